"""A workbook as the CSV that its table would be: one line a row, so that all that is known of CSVs holds of it too.

Row and column stay what they are in the sheet: E16 is the fifth cell of line 16. Line breaks within a cell become
blanks. Of merged cells the first has the text, as in an exported CSV. Hidden rows and columns are read as well.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import NamedTuple

from mzplan.reading.archive import names_of, parts_of
from mzplan.reading.around import Around
from mzplan.reading.flaws import Defect, Flaw, RefusedError
from mzplan.reading.ods import is_ods, read_ods
from mzplan.reading.spreadsheet import Grid, Trouble, refused
from mzplan.reading.xls import read_xls
from mzplan.reading.xlsx import is_xlsx, read_xlsx
from mzplan.said import listed

LIMIT = 64 << 20
"""Bytes of a workbook that are read."""
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_LISTED = 5
_MOST_AREA = 16 << 20
"""Cells of a table, blank ones included: one at the far end of a sheet makes every row as wide."""


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


def unseen(grid: Grid, lines: Mapping[int, Collection[tuple[int, int]]]) -> Iterator[Defect]:
    """Which lines have a cell of a sheet, by row and column, in a hidden row, and which one that is struck or faint."""
    hidden = [line for line, cells in lines.items() if any(row in grid.hidden_rows for row, _ in cells)]
    struck = [line for line, cells in lines.items() if not grid.struck.isdisjoint(cells)]
    faint = [line for line, cells in lines.items() if not grid.faint.isdisjoint(cells)]
    for flaw, found in ((Flaw.HIDDEN_ROWS, hidden), (Flaw.FAINT_ROWS, faint), (Flaw.STRUCK_ROWS, struck)):
        if found:
            yield Defect(flaw, min(found), lines=tuple(sorted(found)))


def sheets_of(data: bytes) -> list[Grid]:
    """All sheets of a workbook as cells of text; RefusedError when it is none, or cannot be read."""
    if len(data) > LIMIT:
        raise refused(Trouble.TOO_LARGE)
    if not data.startswith(_ZIP):
        return read_xls(data)
    parts = parts_of(data)
    if is_xlsx(parts):
        return _bounded(read_xlsx(parts))
    if is_ods(parts):
        return _bounded(read_ods(parts))
    raise _foreign(data)


def _bounded(grids: list[Grid]) -> list[Grid]:
    """The sheets; RefusedError where one is wider by its rows than any form."""
    for grid in grids:
        if len(grid.rows) * max(map(max, grid.rows.values()), default=0) > _MOST_AREA:
            raise refused(Trouble.TOO_LARGE)
    return grids


def only_sheet(data: bytes) -> Grid:
    """The one sheet of a workbook that is shown and holds anything; RefusedError when there are several.

    Also one with hidden rows is refused: nobody who looks at it sees all that would be read.
    """
    filled = [grid for grid in sheets_of(data) if grid.rows]
    shown = [grid for grid in filled if not grid.is_hidden]
    if len(shown) != 1:
        raise RefusedError(several_sheets(shown or filled) if filled else Defect(Flaw.EMPTY))
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
    return refused(Trouble.DAMAGED)


def several_sheets(grids: Sequence[Grid]) -> Defect:
    """Sheets with records that are not read, or of which nobody knows which counts."""
    kind = "hidden" if all(grid.is_hidden for grid in grids) else "several"
    return Defect(Flaw.SHEETS, detail=listed(grid.name for grid in grids[:_LISTED]), expected=kind)


def csv_of(grid: Grid) -> bytes:
    """A sheet as a CSV in UTF-8, each row on the line of its number."""
    rows = dict(grid.filled())
    width = max(map(len, rows.values()), default=0)
    return ("\n".join(_lines(rows, width)) + "\n").encode("utf-8", "replace")


def _lines(rows: dict[int, list[str]], width: int) -> Iterator[str]:
    for row in range(1, max(rows, default=0) + 1):
        cells = rows.get(row, ())
        yield ",".join(map(_cell, cells)) + "," * (width - len(cells)) if cells else ""


def on_one_line(text: str) -> str:
    """A cell's text with a blank in place of each line break."""
    return " ".join(text.split("\r\n")).replace("\n", " ").replace("\r", " ")


def _cell(text: str) -> str:
    """A cell of the CSV, on one line."""
    if "\n" in text or "\r" in text:
        text = on_one_line(text)
    return '"' + text.replace('"', '""') + '"' if '"' in text or "," in text else text
