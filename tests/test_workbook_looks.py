"""What a clerk sees in a workbook and what is stored there are the same, or it is said that they are not."""

import re
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter
import xlwt
from openpyxl.styles import Font, PatternFill
from openpyxl.worksheet.worksheet import Worksheet

from conftest import through
from mzplan.diagnostics import Diagnostic
from mzplan.english import english
from mzplan.reading.number_format import hides_text, shows_another
from mzplan.reading.spreadsheet import mark_in
from mzplan.reading.workbook import sheets_of
from test_workbooks import PLAN, TABLE, checked, table_in
from workbooks import WRITERS, ods_content, repacked, saved, xlsx_of, zipped

_ODS = "application/vnd.oasis.opendocument.spreadsheet"
HONEST = r"""General|0|0.00|#,##0.00|0"张"|0"万元"|General"人"|_-* #,##0.00_-;-* #,##0.00_-;_-* "-"??_-;_-@_-
$#,##0_);($#,##0)|_ * #,##0_ ;_ * -#,##0_ ;_ * "-"_ ;_ @_ |￥#,##0.00;￥-#,##0.00|"¥"#,##0;[Red]"¥"\-#,##0
[$¥-804]#,##0.00|0;-0;;@|0;;;@|0_);[Red]\(0\)|@|# ?/?|0.00E+00|[DBNum1][$-804]General|yyyy"年"m"月"|yyyy/m/d;@|0%|000
0"%"|[=0]"";General|[h]:mm|G/通用格式|[>=10000]0;0|0.00_ ;[Red]\-0.00\ |#\ ##0"""
"""Rounded, with a measure, a sign of money or fewer zeros, but no other figure; a zero may be blank or a dash."""
DISGUISES = r"""\90|"99"0|;;;|0"9"|0\.0|0!.0|"九十"0|"-"0|[$99]0|0;-0;"99"|"无"|**|0"."00
[>100]0;"99"|000-0000|[=1]"2";0|yyyy"-09-"dd"""


@through("code", [code for line in HONEST.splitlines() for code in line.split("|")])
def test_a_format_that_shows_what_is_stored_is_none_of_our_business(code: str) -> None:
    assert not shows_another(code)
    assert not hides_text(code)


@through("code", [code for line in DISGUISES.splitlines() for code in line.split("|")])
def test_a_format_that_shows_another_figure_or_none_is_told(code: str) -> None:
    assert shows_another(code)


def numbers_of_xlsx(code: str, value: float | str) -> bytes:
    stream = BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    sheet = book.add_worksheet()
    if isinstance(value, str):
        sheet.write_string(0, 0, value, book.add_format({"num_format": code}))
    else:
        sheet.write_number(0, 0, value, book.add_format({"num_format": code}))
    book.close()
    return stream.getvalue()


def numbers_of_xls(code: str, value: float | str) -> bytes:
    stream = BytesIO()
    book = xlwt.Workbook()
    book.add_sheet("1").write(0, 0, value, xlwt.easyxf(num_format_str=code))
    book.save(stream)
    return stream.getvalue()


@pytest.mark.parametrize("make", [numbers_of_xlsx, numbers_of_xls])
def test_a_disguised_figure_is_none_and_a_plain_one_is(make: Callable[[str, float | str], bytes]) -> None:
    cases: list[tuple[str, float | str, str]] = [
        ('"99"0', 12, "12（显示的不是它）"),
        (";;;", 12.5, "12.5（显示的不是它）"),
        ("0.0", 12.25, "12.25"),
        (";;;", "12", "12（显示的不是它）"),
        ('"9"@', "12", "12（显示的不是它）"),
        (";;;", "义乌市", "义乌市"),  # the unit may be hidden
        ("@", "12", "12"),
    ]
    for code, value, said in cases:
        assert table_in(make(code, value)) == f"{said}\n", (code, value)


@through(
    ("shown", "is_honest"),
    [
        *((text, True) for text in ("12.5", "13", "12,5", "￥12.50", "12.5张", "1.25E+01", "12 1/2", "１２.５")),
        *((text, False) for text in ("9912.5", "", "125", "12.5（9月）", "无")),
    ],
)
def test_what_an_open_document_shows_is_held_to_what_it_stores(shown: str, is_honest: bool) -> None:
    cell = (
        f'<table:table-cell office:value-type="float" office:value="12.5"><text:p>{shown}</text:p></table:table-cell>'
    )
    content = ods_content(f"<table:table-row>{cell}</table:table-row>")
    book = zipped({"mimetype": _ODS, "content.xml": content})
    assert table_in(book) == ("12.5\n" if is_honest else "12.5（显示的不是它）\n")


def test_a_note_at_a_cell_of_an_open_document_is_read_and_is_none_of_the_cells_text() -> None:
    said = "<dc:creator>张三</dc:creator><text:p>此数为<text:span>当月数</text:span></text:p><text:p>待核</text:p>"
    note = f"<office:annotation>{said}</office:annotation>"
    cells = f"<table:table-cell/><table:table-cell>{note}<text:p>甲县</text:p></table:table-cell>"
    book = zipped({"mimetype": _ODS, "content.xml": ods_content(f"<table:table-row>{cells}</table:table-row>")})
    (sheet,) = sheets_of(book)
    assert (sheet.rows, sheet.comments) == ({1: {2: "甲县"}}, [("B1", "此数为当月数\n待核")])


def test_a_disguised_figure_of_a_report_is_an_error_that_says_so() -> None:
    book = openpyxl.load_workbook(BytesIO(xlsx_of(TABLE)))
    book.worksheets[0]["E2"].number_format = '"99"0'
    (finding,) = [f for f in checked(saved(book), ".xlsx").diagnostics if f.field == "value"]
    assert (finding.rule.code, finding.cell) == ("MZ228", "填报表!E2")
    assert "的格式显示的不是存着的数" in finding.message


def in_format(code: str, value: object = 40, cell: str = "E2") -> Diagnostic | None:
    """What is said of the cell of a report that holds that number in that format, if anything."""
    book = openpyxl.load_workbook(BytesIO(xlsx_of(TABLE)))
    book.worksheets[0][cell].value, book.worksheets[0][cell].number_format = value, code
    found = checked(saved(book), ".xlsx").diagnostics
    return next((each for each in found if each.cell == f"填报表!{cell}"), None)


_PAGE = (Path(__file__).parent.parent / "docs" / "reference" / "files.md").read_text(encoding="utf-8")
_ROW = re.compile(r"^\| ([^|]*`[^|]+`[^|]*) \| [^|]*\[(MZ2[0-9]{2})\]", re.MULTILINE)
_OF_FORMATS = _ROW.findall(_PAGE.split("## Workbooks")[1])


@pytest.mark.parametrize(
    ("format_", "code"), [(each, code) for row, code in _OF_FORMATS for each in re.findall("`([^`]+)`", row)]
)
def test_the_page_names_the_rule_that_each_format_breaks(format_: str, code: str) -> None:
    finding = in_format(format_)
    assert finding is not None
    assert finding.rule.code == code


def test_the_page_names_a_format_for_each_rule_about_one() -> None:
    assert [code for _, code in _OF_FORMATS] == ["MZ228", "MZ219", "MZ218"]
    assert in_format(f'0"{PLAN.indicators["T01-01"].unit}"') is None  # the unit of measure that the plan has


@pytest.mark.parametrize(
    ("cell", "value", "code", "message"),
    [
        ("E2", 40, "#,##0,", "value “40” is scaled down by its format"),
        ("E2", 40, ";;;", "value “40” is not what its format shows"),
        ("A2", 202306, '"99"0', "“202306” is not a month (the cell's format shows something else)"),
        ("A2", 202306, "#,##0,", "“202306” is not a month (the cell's format scales it down)"),
        ("B2", 330782, ";;;", "no reporting unit “330782” in the plan (the cell's format shows something else)"),
    ],
)
def test_a_cell_is_quoted_as_it_stands_and_what_is_said_of_its_format_is_in_the_readers_language(
    cell: str, value: int, code: str, message: str
) -> None:
    finding = in_format(code, value, cell)
    assert finding is not None
    assert (finding.value, english(finding.message)) == (str(value), message)


def test_a_line_that_is_told_as_a_whole_has_no_mark_in_it_either() -> None:
    book = openpyxl.load_workbook(BytesIO(xlsx_of([*TABLE, ["合计", "", "", "", "5300"]])))
    book.worksheets[0].cell(len(TABLE) + 1, 5).number_format = ";;;"
    (finding,) = [each for each in checked(saved(book), ".xlsx").diagnostics if each.rule.code == "MZ160"]
    assert (finding.value, mark_in(finding.message)) == ("合计 5300", "")


def told(data: bytes, ending: str) -> list[tuple[str, tuple[int, ...], str]]:
    usual = {(f.rule.code, f.message) for f in checked(WRITERS[ending](TABLE), ending).diagnostics}
    found = checked(data, ending).diagnostics
    return [(f.rule.code, f.lines, f.cell) for f in found if (f.rule.code, f.message) not in usual]


def test_rows_of_no_height_are_hidden_ones() -> None:
    rows = [("MZ125", (3,), "填报表!A3")]
    book = openpyxl.load_workbook(BytesIO(xlsx_of(TABLE)))
    flat = repacked(
        saved(book), lambda name, part: (name, part.replace(b'<row r="3"', b'<row r="3" ht="0" customHeight="1"'))
    )
    assert [each[:2] for each in told(flat, ".xlsx")] == [each[:2] for each in rows]
    style = '<style:style style:name="r"><style:table-row-properties style:row-height="0cm"/></style:style>'
    changed = in_ods(
        lambda text: (
            style_of(text, style)
            .replace("<table:table-row>", '<table:table-row table:style-name="r">', 3)
            .replace('<table:table-row table:style-name="r">', "<table:table-row>", 2)
        )
    )
    assert [each[:2] for each in told(changed, ".ods")] == [each[:2] for each in rows]


def in_ods(change: Callable[[str], str]) -> bytes:
    return repacked(
        WRITERS[".ods"](TABLE),
        lambda name, part: (name, change(part.decode()).encode() if name == "content.xml" else part),
    )


def style_of(text: str, style: str) -> str:
    return text.replace("<office:body>", f"<office:automatic-styles>{style}</office:automatic-styles><office:body>")


@pytest.mark.parametrize(("column", "codes"), [("A", []), ("B", []), ("C", ["MZ125"]), ("E", ["MZ125"]), ("L", [])])
@pytest.mark.parametrize("how", ['hidden="1"', 'width="0" customWidth="1"'])
def test_a_hidden_column_is_told_where_it_decides_about_a_figure(column: str, codes: list[str], how: str) -> None:
    at = "ABCDEFGHIJKL".index(column)
    columns = f'<cols><col min="{at + 1}" max="{at + 1}" {how}/></cols><sheetData>'.encode()
    book = repacked(xlsx_of(TABLE), lambda name, part: (name, part.replace(b"<sheetData>", columns)))
    assert [code for code, *_ in told(book, ".xlsx")] == codes
    old = xlwt.Workbook()
    sheet = old.add_sheet("填报表")
    for line, row in enumerate(TABLE):
        for number, text in enumerate(row):
            sheet.write(line, number, text)
    sheet.col(at).hidden = True
    assert [code for code, *_ in told(saved(old), ".xls")] == codes


def test_a_hidden_column_of_an_open_document_is_told() -> None:
    columns = '<table:table-column table:number-columns-repeated="4"/><table:table-column table:visibility="collapse"/>'
    book = in_ods(lambda text: text.replace('table:name="填报表">', f'table:name="填报表">{columns}'))
    assert [code for code, *_ in told(book, ".ods")] == ["MZ125"]


def test_what_is_struck_through_is_told_in_every_format() -> None:
    """A whole cell, or a part of its text."""
    stream = BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    sheet, struck = book.add_worksheet("填报表"), book.add_format({"font_strikeout": True})
    old = xlwt.Workbook()
    old_sheet = old.add_sheet("填报表")
    for at, row in enumerate(TABLE):
        for number, text in enumerate(row):
            sheet.write_string(at, number, text, struck if (at, number) == (2, 3) else None)
            old_sheet.write(
                at, number, text, xlwt.easyxf("font: struck_out on") if (at, number) == (2, 3) else xlwt.easyxf()
            )
    sheet.write_rich_string(3, 3, struck, TABLE[3][3][:2], TABLE[3][3][2:])
    book.close()
    assert ("MZ127", (3, 4)) in [each[:2] for each in told(stream.getvalue(), ".xlsx")]
    assert [each[:2] for each in told(saved(old), ".xls")] == [("MZ127", (3,))]
    style = '<style:style style:name="s"><style:text-properties style:text-line-through-style="solid"/></style:style>'
    name = TABLE[2][3]
    opened = in_ods(
        lambda text: style_of(text, style).replace(f"<text:p>{name}", f'<text:p text:style-name="s">{name}', 1)
    )
    assert [code for code, *_ in told(opened, ".ods")] == ["MZ127"]


def in_xls(
    change: Callable[[xlwt.Worksheet], None], style: Callable[[int, int], str] = lambda row, column: ""
) -> bytes:
    """The table in Excel's old format; `style` says how the cell of a row and column looks, both from 0."""
    book = xlwt.Workbook()
    sheet = book.add_sheet("填报表")
    for at, row in enumerate(TABLE):
        for number, text in enumerate(row):
            sheet.write(at, number, text, xlwt.easyxf(style(at, number)))
    change(sheet)
    return saved(book)


def in_xlsx(change: Callable[[Worksheet], None]) -> bytes:
    book = openpyxl.load_workbook(BytesIO(xlsx_of(TABLE)))
    change(book.worksheets[0])
    return saved(book)


def low_in_xls(sheet: xlwt.Worksheet) -> None:
    sheet.row(2).height_mismatch, sheet.row(2).height = True, 15
    sheet.col(4).width = 26


def low_in_xlsx(sheet: Worksheet) -> None:
    sheet.row_dimensions[3].height = 0.75
    sheet.column_dimensions["E"].width = 0.1


def low_in_ods(text: str) -> str:
    low = '<style:style style:name="r"><style:table-row-properties style:row-height="0.0104in"/></style:style>'
    narrow = '<style:style style:name="c"><style:table-column-properties style:column-width="0.2mm"/></style:style>'
    columns = '<table:table-column table:number-columns-repeated="4"/><table:table-column table:style-name="c"/>'
    first, second, third, rest = text.split("<table:table-row>", 3)
    rows = f"{first}<table:table-row>{second}<table:table-row>{third}"
    rows += f'<table:table-row table:style-name="r">{rest}'
    return style_of(rows, low + narrow).replace('table:name="填报表">', f'table:name="填报表">{columns}')


@pytest.mark.parametrize(
    ("ending", "book"),
    [(".xlsx", in_xlsx(low_in_xlsx)), (".xls", in_xls(low_in_xls)), (".ods", in_ods(low_in_ods))],
)
def test_a_row_or_column_that_nobody_can_see_is_a_hidden_one(ending: str, book: bytes) -> None:
    assert [each[:2] for each in told(book, ending)] == [("MZ125", (1,)), ("MZ125", (3,))]


def coloured_in_ods(text: str, ground: str) -> str:
    looks = f'<style:table-cell-properties fo:background-color="{ground}"/><style:text-properties fo:color="#fefefe"/>'
    name = TABLE[2][3]
    cell = '<table:table-cell table:style-name="w" '
    at = text.rindex("<table:table-cell ", 0, text.index(name))
    changed = text[:at] + cell + text[at:].removeprefix("<table:table-cell ")
    return style_of(changed, f'<style:style style:name="w">{looks}</style:style>')


@pytest.mark.parametrize(
    ("xls", "xlsx", "ods", "codes"),
    [
        ("", None, "transparent", ["MZ125"]),
        ("; pattern: pattern solid, fore_colour white", PatternFill("solid", "FFFEFEFE"), "#ffffff", ["MZ125"]),
        ("; pattern: pattern solid, fore_colour dark_blue", PatternFill("solid", "FF003366"), "#003366", []),
    ],
)
def test_words_in_the_colour_of_their_ground_are_told(
    xls: str, xlsx: PatternFill | None, ods: str, codes: list[str]
) -> None:
    def white(sheet: Worksheet) -> None:
        sheet["D3"].font = Font(color="FFFFFFFF")
        if xlsx:
            sheet["D3"].fill = xlsx

    old = in_xls(lambda sheet: None, lambda row, column: f"font: colour white{xls}" if (row, column) == (2, 3) else "")
    opened = in_ods(lambda text: coloured_in_ods(text, ods))
    for data, ending in ((in_xlsx(white), ".xlsx"), (old, ".xls"), (opened, ".ods")):
        assert [code for code, *_ in told(data, ending)] == codes, ending


@pytest.mark.parametrize("ending", WRITERS)
def test_a_figure_that_is_merged_over_two_indicators_is_that_of_neither(ending: str) -> None:
    """Both are left out, and one finding says so."""
    covered = [*TABLE[3][:4], "", *TABLE[3][5:]]
    table = [*TABLE[:2], covered, TABLE[4]]
    if ending == ".xlsx":
        book = openpyxl.load_workbook(BytesIO(xlsx_of(table)))
        book.worksheets[0].merge_cells("E2:E3")
        data = saved(book)
    elif ending == ".xls":
        old = xlwt.Workbook()
        sheet = old.add_sheet("填报表")
        for at, row in enumerate(table):
            for number, text in enumerate(row):
                if (at, number) not in ((1, 4), (2, 4)):
                    sheet.write(at, number, text)
        sheet.write_merge(1, 2, 4, 4, 30)
        data = saved(old)
    else:
        figure = b'office:value="30"'
        spanning = figure + b' table:number-rows-spanned="2"'
        data = repacked(WRITERS[".ods"](table), lambda name, part: (name, part.replace(figure, spanning, 1)))
    (finding,) = [each for each in checked(data, ending).diagnostics if each.rule.code == "MZ227"]
    assert finding.lines == (2, 3)
    assert "“30”合并了几格，不知道是哪一项的；本文件共 2 行" in finding.message


@pytest.mark.parametrize(
    ("kind", "text", "is_seen"),
    [
        ({"type": "formula", "criteria": "=TRUE"}, "FFFFFF", False),
        ({"type": "cell", "criteria": "==", "value": 30}, "FEFEFE", False),
        ({"type": "cell", "criteria": ">", "value": 29.5}, "FFFFFF", False),
        ({"type": "cell", "criteria": "<", "value": 30}, "FFFFFF", True),
        ({"type": "cell", "criteria": "==", "value": 30}, "FF0000", True),
        ({"type": "formula", "criteria": "=E2>100"}, "FFFFFF", True),
    ],
)
def test_what_a_condition_makes_white_is_told(kind: dict[str, Any], text: str, is_seen: bool) -> None:
    """The first figure is 30. A condition that is not plain is taken not to hold."""
    stream = BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    sheet = book.add_worksheet("填报表")
    for row, cells in enumerate(TABLE):
        for column, cell in enumerate(cells):
            sheet.write(row, column, int(cell) if cell.isdigit() else cell)
    sheet.conditional_format("E2:E2", {**kind, "format": book.add_format({"font_color": f"#{text}"})})
    book.close()
    assert TABLE[1][4] == "30"
    assert [code for code, *_ in told(stream.getvalue(), ".xlsx")] == ([] if is_seen else ["MZ125"])


@pytest.mark.parametrize("height", ['zeroHeight="1" defaultRowHeight="15"', 'defaultRowHeight="0.5" customHeight="1"'])
def test_rows_that_have_no_height_of_their_own_are_as_low_as_the_sheet_says(height: str) -> None:
    def low(name: str, part: bytes) -> tuple[str, bytes]:
        return name, re.sub(rb"<sheetFormatPr[^>]*>", f"<sheetFormatPr {height}/>".encode(), part)

    (found,) = told(repacked(xlsx_of(TABLE), low), ".xlsx")
    assert found[0] == "MZ125"
