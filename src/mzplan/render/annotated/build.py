"""What is wrong put into a clerk's workbook: cells in colour with comments, a column beside the rows, a first sheet."""

from collections.abc import Mapping, Sequence
from pathlib import PurePath
from typing import Any, NamedTuple

from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from mzplan.diagnostics import Diagnostic, Severity
from mzplan.reading.number import plain_number
from mzplan.reading.number_format import NO_LITERALS
from mzplan.reading.spreadsheet import MERGED_MARK, Grid, unmarked
from mzplan.render.annotated.book import draft_of, put, storable
from mzplan.render.annotated.listing import COLOURS, list_findings
from mzplan.render.annotated.marks import Mark, marks_of
from mzplan.submissions.books import header_row, is_mark
from mzplan.submissions.header import FIGURES, RESULTS, meant_field
from mzplan.submissions.other_sheets import FINDING

_AUTHOR = "mzplan"
"""Who has written a comment: one of an earlier check makes room."""
_WIDTH, _LINE, _ROOM = 300, 20, 24
"""Pixels of a comment's width and of a line, and characters of a line."""
_COLUMN_WIDTH = 60


class Copy(NamedTuple):
    """An annotated copy."""

    data: bytes
    lost: str
    """What could not be kept of the file, in a sentence that its first sheet says too; empty when all is there."""


def annotated(path: str, data: bytes, findings: Sequence[Diagnostic], names: Mapping[str, str]) -> Copy:
    """A copy of a file, as a workbook, with the findings of it; `names` are those of the indicators."""
    draft = draft_of(data, PurePath(path).suffix.lower())
    named = next((finding.sheet for finding in findings if finding.sheet), "")
    only = next(iter(draft.grids)) if len(draft.grids) == 1 else ""
    title = named if named in draft.grids else only
    sheet = draft.book[title] if title else None
    if sheet is not None:
        _mark(sheet, draft.grids[title], [mark for finding in findings for mark in marks_of(finding)])
    list_findings(draft.book, PurePath(path).name, findings, sheet, names, draft.lost)
    return Copy(draft.saved(), draft.lost)


def _mark(sheet: Worksheet, grid: Grid, marks: Sequence[Mark]) -> None:
    for cell in list(sheet._cells.values()):  # those that there are: a sheet may have one in its last corner
        if cell.comment is not None and cell.comment.author == _AUTHOR:
            own = FINDING.split(cell.comment.text)[0].strip()
            cell.comment, cell.fill = Comment(own, "") if own else None, PatternFill()
    by_cell: dict[tuple[int, int], list[Mark]] = {}
    by_row: dict[int, list[Mark]] = {}
    for mark in marks:
        by_row.setdefault(mark.row, []).append(mark)
        if mark.column:
            by_cell.setdefault((mark.row, mark.column), []).append(mark)
    for place, there in by_cell.items():
        cell = _cell(sheet, *place)
        if text := _made_by_format(cell, grid, place, there):
            cell.value, cell.data_type, cell.number_format = storable(text), "s", "General"
        _colour(cell, there)
    _beside(sheet, grid, by_row)


def _made_by_format(cell: Any, grid: Grid, place: tuple[int, int], marks: Sequence[Mark]) -> str:
    """What a figure's cell seems to hold by its format alone, as any number would that is typed there; else empty.

    The cell goes on to say that, as text, until another figure is given: nobody has to change a format that is locked.
    """
    text = grid.rows.get(place[0], {}).get(place[1], "")
    seen = {text, text.join(grid.literals.get(place, NO_LITERALS))}
    told = {mark.finding.value for mark in marks if mark.finding.field in FIGURES}
    is_formatted = cell.data_type in ("n", "d") and cell.number_format != "General"
    wrong = (each for each in seen if plain_number(each) is None and not each.endswith(MERGED_MARK))
    return next((each for each in wrong if unmarked(each) in told), "") if is_formatted else ""


def _colour(cell: Any, marks: Sequence[Mark]) -> None:
    is_wrong = any(mark.finding.severity is Severity.ERROR for mark in marks)
    colour = COLOURS[Severity.ERROR if is_wrong else Severity.WARNING]
    cell.fill = PatternFill("solid", start_color=colour, end_color=colour)
    own = [cell.comment.text] if cell.comment is not None else []
    text = storable("\n\n".join(dict.fromkeys([*own, *(mark.text for mark in marks)])))
    lines = sum(len(line) // _ROOM + 1 for line in text.split("\n"))
    cell.comment = Comment(text, _AUTHOR, height=_LINE * (lines + 1), width=_WIDTH)


def _beside(sheet: Worksheet, grid: Grid, by_row: Mapping[int, Sequence[Mark]]) -> None:
    """The column of findings, under a heading that the checks pass over; that of an earlier check is written anew."""
    header = header_row(grid)
    old = [at for at, text in grid.rows.get(header, {}).items() if text == RESULTS]
    column = old[0] if old else _free_column(sheet, grid, header)
    for row, cells in grid.rows.items() if old else ():
        if (row > header and column in cells) or is_mark(cells.get(column, "")):
            sheet.cell(row, column).value = None
    if by_row and header:
        put(sheet, header, column, RESULTS)
        sheet.cell(header, column).font = Font(bold=True)
    for row, marks in by_row.items():
        if row == header:
            continue
        texts = dict.fromkeys(mark.text.replace("\n", "；") for mark in marks)
        put(sheet, row, column, storable("\n".join(texts)))
        sheet.cell(row, column).alignment = Alignment(wrap_text=True, vertical="top")
    if by_row:
        sheet.column_dimensions[get_column_letter(column)].width = _COLUMN_WIDTH


def _free_column(sheet: Worksheet, grid: Grid, header: int) -> int:
    """The first column behind our headings that is empty and in sight, whatever stands far out."""
    taken = {at for cells in grid.rows.values() for at in cells}
    taken |= {at for area in sheet.merged_cells.ranges for at in range(area.min_col, area.max_col + 1)}
    column = max((at for at, text in grid.rows.get(header, {}).items() if meant_field(text)), default=0) + 1
    while column in taken or grid.is_column_hidden(column):
        column += 1
    return column


def _cell(sheet: Worksheet, row: int, column: int) -> Any:
    """A cell, or the first of the merged ones to which it belongs: the others hold nothing."""
    for area in sheet.merged_cells.ranges:
        if area.min_row <= row <= area.max_row and area.min_col <= column <= area.max_col:
            return sheet.cell(area.min_row, area.min_col)
    return sheet.cell(row, column)
