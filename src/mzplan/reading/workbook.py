"""A workbook as the CSV that its table would be: one line a row, so that all that is known of CSVs holds of it too.

Row and column stay what they are in the sheet: E16 is the fifth cell of line 16. Line breaks within a cell become
blanks. Of merged cells the first has the text, as in an exported CSV. Hidden rows and columns are read as well.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from itertools import islice
from typing import NamedTuple

from mzplan.reading.archive import names_of, parts_of
from mzplan.reading.around import MOST_BESIDE, Around, OtherSheet
from mzplan.reading.csv_border import Defect, Flaw, RefusedError, refuse_foreign
from mzplan.reading.ods import is_ods, read_ods
from mzplan.reading.seal import is_untouched
from mzplan.reading.spreadsheet import Grid, Trouble, refused
from mzplan.reading.xls import read_xls
from mzplan.reading.xlsx import is_xlsx, read_xlsx

LIMIT = 64 << 20
"""Bytes of a workbook that are read."""
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_LOOKED_AT = 10
"""A header is looked for in so many rows that are not blank."""
_LISTED = 5
_PEEKED = 1 << 16
_MOST_TEXT = 64 << 20
"""Characters of a table: a cell at the far end of a sheet makes every row as wide."""

IsHeader = Callable[[Sequence[str]], bool]
"""Whether a row of cells is the header of the table that is looked for."""


class Sheet(NamedTuple):
    """The table of a workbook."""

    name: str
    """The name of its tab."""
    text: bytes
    """It as a CSV in UTF-8."""
    defects: tuple[Defect, ...] = ()
    """What is to be said of it."""
    around: Around = Around()


def is_workbook(head: bytes) -> bool:
    """Whether a file that begins so may be a workbook."""
    return head.startswith((_ZIP, _OLE))


def read_sheet(data: bytes, is_header: IsHeader) -> Sheet:
    """The sheet with the header; RefusedError when there are several, or the workbook cannot be read.

    A form that nobody has saved since it was made says nothing, though a milestone stands in it where it stood.
    """
    if is_untouched(data):
        raise RefusedError(Defect(Flaw.UNTOUCHED))
    return chosen_sheet(sheets_of(data), is_header)


def chosen_sheet(grids: Sequence[Grid], is_header: IsHeader) -> Sheet:
    """That of several sheets which has the header; RefusedError when none has, or more than one."""
    filled = [grid for grid in grids if grid.rows]
    if not filled:
        raise RefusedError(Defect(Flaw.EMPTY))
    tables = [grid for grid in filled if _header_row(grid, is_header)]
    full = [grid for grid in tables if _has_rows(grid, is_header)]
    shown = [grid for grid in full if not grid.is_hidden]
    hidden = [grid for grid in full if grid.is_hidden]
    if len(shown) > 1 or (hidden and not shown):
        raise RefusedError(_several(shown or hidden))
    visible = [grid for grid in filled if not grid.is_hidden]
    grid = (shown or [each for each in tables if not each.is_hidden] or visible or filled)[0]
    sheet = sheet_of(grid, is_header)
    at = filled.index(grid)
    others = tuple(_other(each, is_before=filled.index(each) < at) for each in filled if each not in (grid, *full))
    return sheet._replace(
        defects=(_several(hidden), *sheet.defects) if hidden else sheet.defects,
        around=sheet.around._replace(others=others),
    )


def _other(grid: Grid, *, is_before: bool) -> OtherSheet:
    rows: list[tuple[str, ...]] = []
    left = MOST_BESIDE
    for _, cells in grid.filled():
        left -= len(cells)
        if left < 0:
            break
        rows.append(tuple(cells))
    return OtherSheet(grid.name, tuple(rows), left >= 0, is_before and not grid.is_hidden, grid.is_hidden)


def sheet_of(grid: Grid, is_header: IsHeader) -> Sheet:
    """The table of one sheet, with what is to be said of it."""
    header = _header_row(grid, is_header)
    below = {row: [(row, column) for column in cells] for row, cells in grid.rows.items() if row > header}
    defects = (*unseen(grid, below), *_hidden_columns(grid, header))
    return Sheet(grid.name, csv_of(grid), defects, Around((), tuple(grid.comments), grid.literals))


def unseen(grid: Grid, lines: Mapping[int, Collection[tuple[int, int]]]) -> Iterator[Defect]:
    """Which lines have a cell of a sheet, by row and column, in a hidden row, and which one that is struck through."""
    hidden = [line for line, cells in lines.items() if any(row in grid.hidden_rows for row, _ in cells)]
    struck = [line for line, cells in lines.items() if not grid.struck.isdisjoint(cells)]
    for flaw, found in ((Flaw.HIDDEN_ROWS, sorted(hidden)), (Flaw.STRUCK_ROWS, sorted(struck))):
        if found:
            yield Defect(flaw, found[0], lines=tuple(found))


def _hidden_columns(grid: Grid, header: int) -> Iterator[Defect]:
    """The columns below the header with anything in them that nobody sees, each with its heading."""
    for column, heading in grid.rows.get(header, {}).items():
        if grid.is_column_hidden(column) and any(
            row > header and cells.get(column, "").strip() for row, cells in grid.rows.items()
        ):
            yield Defect(Flaw.HIDDEN_COLUMNS, header, detail=heading, cell=column)


def sheets_of(data: bytes) -> list[Grid]:
    """All sheets of a workbook as cells of text; RefusedError when it is none, or cannot be read."""
    if len(data) > LIMIT:
        raise refused(Trouble.TOO_LARGE)
    if not data.startswith(_ZIP):
        return read_xls(data)
    parts = parts_of(data)
    if is_xlsx(parts):
        return read_xlsx(parts)
    if is_ods(parts):
        return read_ods(parts)
    raise _foreign(data)


def only_sheet(data: bytes) -> Grid:
    """The one sheet of a workbook that is shown and holds anything; RefusedError when there are several.

    Also one with hidden rows is refused: nobody who looks at it sees all that would be read.
    """
    filled = [grid for grid in sheets_of(data) if grid.rows]
    shown = [grid for grid in filled if not grid.is_hidden]
    if len(shown) != 1:
        raise RefusedError(_several(shown or filled) if filled else Defect(Flaw.EMPTY))
    if rows := sorted(shown[0].hidden_rows & shown[0].rows.keys()):
        raise RefusedError(Defect(Flaw.HIDDEN_ROWS, rows[0], detail=str(len(rows))))
    return shown[0]


def _foreign(data: bytes) -> RefusedError:
    """The refusal of an archive that is none of those workbooks."""
    names = names_of(data)
    if "xl/workbook.bin" in names:
        return RefusedError(Defect(Flaw.SPREADSHEET, detail=".xlsb"))
    if "word/document.xml" in names:
        return RefusedError(Defect(Flaw.DOCUMENT, detail="Word"))
    if names:
        return RefusedError(Defect(Flaw.ARCHIVE, detail="zip"))
    try:
        refuse_foreign(data[:_PEEKED])
    except RefusedError as said:
        if said.defect.flaw is Flaw.ARCHIVE:
            return said
    return refused(Trouble.DAMAGED)


def _several(grids: Sequence[Grid]) -> Defect:
    """Sheets with records that are not read, or of which nobody knows which counts."""
    kind = "hidden" if all(grid.is_hidden for grid in grids) else "several"
    return Defect(Flaw.SHEETS, detail="、".join(grid.name for grid in grids[:_LISTED]), expected=kind)


def _header_row(grid: Grid, is_header: IsHeader) -> int:
    """The row with the header; 0 when there is none."""
    return next((row for row, cells in islice(grid.filled(), _LOOKED_AT) if is_header(cells)), 0)


def _has_rows(grid: Grid, is_header: IsHeader) -> bool:
    header = _header_row(grid, is_header)
    return any(row > header for row, _ in grid.filled())


def csv_of(grid: Grid) -> bytes:
    """A sheet as a CSV in UTF-8, each row on the line of its number."""
    rows = dict(grid.filled())
    width = max(map(len, rows.values()), default=0)
    if width * len(rows) > _MOST_TEXT:
        raise refused(Trouble.TOO_LARGE)
    return ("\n".join(_lines(rows, width)) + "\n").encode("utf-8", "replace")


def _lines(rows: dict[int, list[str]], width: int) -> Iterator[str]:
    for row in range(1, max(rows, default=0) + 1):
        cells = rows.get(row, ())
        yield ",".join(map(_cell, cells)) + "," * (width - len(cells)) if cells else ""


def _cell(text: str) -> str:
    """A cell of the CSV, on one line."""
    if "\n" in text or "\r" in text:
        text = " ".join(text.split("\r\n")).replace("\n", " ").replace("\r", " ")
    return '"' + text.replace('"', '""') + '"' if '"' in text or "," in text else text
