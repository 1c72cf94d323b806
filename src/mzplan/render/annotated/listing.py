"""The first sheet of an annotated workbook: every finding, with links to its cells."""

from collections.abc import Mapping, Sequence

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from mzplan.diagnostics import LEVELS, Diagnostic, Severity, errors_of
from mzplan.render.annotated.book import put, storable
from mzplan.render.annotated.marks import marks_of
from mzplan.render.check.report import said
from mzplan.render.columns import COLUMNS
from mzplan.submissions.header import RESULTS

COLOURS: Mapping[Severity, str] = {Severity.ERROR: "FFFF9999", Severity.WARNING: "FFFFFF66"}
"""Red and yellow."""

_TITLE = "校验结果：{name}"
_TALLY = "{errors} 处要改（红色），{warnings} 处请核对（黄色）。"
_HOW = "点“位置”一栏，到那一格；格上的批注和右边的“{heading}”一栏写着问题和改法。改好保存，原样交回。"
_WIDTHS: Mapping[str, int] = {"place": 10, "level": 8, "fact": 60, "hint": 60, "name": 34, "rule": 9}
_OTHER_NAME = "{name}（{number}）"
_HEAD = PatternFill("solid", start_color="FFD6E4F0", end_color="FFD6E4F0")


def list_findings(
    book: Workbook,
    name: str,
    findings: Sequence[Diagnostic],
    marked: Worksheet | None,
    names: Mapping[str, str],
    lost: str,
) -> None:
    """Put the sheet before all others; an older one of ours makes room for it.

    `names` are those of the indicators, `lost` says what the workbook has no more of the file; empty for nothing.
    """
    for old in book.worksheets:
        if old.title == RESULTS and str(old["A1"].value or "").startswith(_TITLE.format(name="")):
            book.remove(old)
    sheet = book.create_sheet(_free_name(book), 0)
    errors = len(errors_of(findings))
    tally = _TALLY.format(errors=errors, warnings=len(findings) - errors)
    for row, text in enumerate((_TITLE.format(name=name), tally, _HOW.format(heading=RESULTS), lost), start=1):
        put(sheet, row, 1, text)
    sheet["A1"].font = Font(bold=True, size=14)
    for column, (key, width) in enumerate(_WIDTHS.items(), start=1):
        put(sheet, 5, column, COLUMNS[key].heading)
        sheet.cell(5, column).font, sheet.cell(5, column).fill = Font(bold=True), _HEAD
        sheet.column_dimensions["ABCDEF"[column - 1]].width = width
    row = 6
    for finding in sorted(findings, key=lambda each: each.severity is not Severity.ERROR):
        row = _list(sheet, row, finding, marked, names)
    sheet.freeze_panes = "A6"
    sheet.page_setup.orientation, sheet.page_setup.fitToHeight = "landscape", 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    for other in book.worksheets:
        other.sheet_view.tabSelected = False  # tabs that are chosen together are written in together
    book.active = 0


def _list(sheet: Worksheet, row: int, finding: Diagnostic, marked: Worksheet | None, names: Mapping[str, str]) -> int:
    """The rows of one finding, one for each of its places; the row below them."""
    marks = marks_of(finding) if marked is not None else ()
    is_all_there = marks and all(part.line for part in finding.parts)
    for mark in marks if is_all_there else (*marks, None):
        told = mark.finding if mark else finding
        indicator = f"{told.indicator} {names.get(told.indicator, '')}".rstrip()
        texts = (
            mark.place if mark else "整个文件",
            LEVELS[told.severity],
            said(told.message),
            said(told.remedy),
            indicator,
        )
        for column, text in enumerate((*texts, told.rule.code), start=1):
            put(sheet, row, column, storable(text))
            sheet.cell(row, column).alignment = Alignment(wrap_text=True, vertical="top")
        colour = COLOURS[told.severity]
        sheet.cell(row, 2).fill = PatternFill("solid", start_color=colour, end_color=colour)
        if mark and marked is not None:
            title = marked.title.replace("'", "''")
            cell = sheet.cell(row, 1)
            cell.hyperlink = Hyperlink(ref=cell.coordinate, location=f"'{title}'!{mark.place}")
            cell.font = Font(color="FF0563C1", underline="single")
        row += 1
    return row


def _free_name(book: Workbook) -> str:
    taken = {sheet.title for sheet in book.worksheets}
    names = (RESULTS, *(_OTHER_NAME.format(name=RESULTS, number=number) for number in range(2, len(taken) + 3)))
    return next(name for name in names if name not in taken)
