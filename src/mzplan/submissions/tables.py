"""A file that came in as its tables, as far as it can be read, each with all that is to be said of it."""

from collections.abc import Container, Sequence
from io import BytesIO
from itertools import chain, islice
from typing import NamedTuple

from mzplan.reading.csv_border import HEADER_ROWS, Numbered
from mzplan.reading.flaws import BROKEN_ROWS, Defect, Flaw, RefusedError
from mzplan.reading.number import BLANKS
from mzplan.reading.seal import is_untouched
from mzplan.reading.spreadsheet import Grid
from mzplan.reading.workbook import Sheet, is_workbook
from mzplan.submissions.apportioned import with_only
from mzplan.submissions.books import book_of, chosen_sheet, keep, marks_in, sheet_of
from mzplan.submissions.header import is_header, meant_field
from mzplan.submissions.opening import table_of
from mzplan.submissions.repair import reshaped
from mzplan.submissions.unfilled import is_unfilled


class FileTable(NamedTuple):
    """A table of a file."""

    text: bytes
    rows: Sequence[Numbered]
    is_intact: bool = True
    """Whether all its rows could be read."""
    notes: tuple[str, ...] = ()
    """What had to be done to the file before it was a CSV, in words."""
    grid: Grid | None = None
    """The sheet of a workbook that it is …"""
    sheet: Sheet | None = None
    """… and what is to be said of it besides its rows."""
    is_detail: bool = False
    """Whether its figures add up to those of another sheet."""
    lacking: frozenset[str] = frozenset()
    """The columns that its text has and it has not: what is in them was said elsewhere."""

    def without(self, tabs: Container[str]) -> "FileTable":
        """It without the other sheets of those names beside it."""
        if self.sheet is None:
            return self
        others = tuple(each for each in self.sheet.around.others if each.name not in tabs)
        return self._replace(sheet=self.sheet._replace(around=self.sheet.around._replace(others=others)))

    @property
    def alone(self) -> "FileTable":
        """It without the sheets of earlier months beside it, which are read by themselves."""
        if self.sheet is None:
            return self
        defects = tuple(each for each in self.sheet.defects if each.flaw is not Flaw.EARLIER_SHEET)
        return self._replace(sheet=self.sheet._replace(defects=defects))

    @property
    def tab(self) -> str:
        """What the sheet is called; empty for a CSV."""
        return self.grid.name if self.grid else ""

    @property
    def is_hidden(self) -> bool:
        """Whether nobody sees the sheet."""
        return self.grid is not None and self.grid.is_hidden

    @property
    def header_line(self) -> int:
        """The line of the header; 0 for none."""
        filled = (item for item in self.rows if any(cell.strip(BLANKS) for cell in item[1]))
        return next((line for line, row in islice(filled, HEADER_ROWS) if is_header(row)), 0)

    @property
    def has_records(self) -> bool:
        """Whether anything stands below a header."""
        line = self.header_line
        return line > 0 and any(at > line and any(row) for at, row in self.rows)


class Contents(NamedTuple):
    """What a file holds."""

    tables: Sequence[FileTable] = ()
    refusal: Defect | None = None
    """Why it is not read as one report."""


def contents_of(data: bytes) -> Contents:
    """The tables of a file, as far as it can be read."""
    try:
        if is_workbook(data):
            return _of_workbook(data)
        shape = reshaped(data)
        text = shape.data if shape else data
        table = table_of(BytesIO(text), may_be_unfilled=True)
        rows = list(chain.from_iterable(table.batches()))
    except RefusedError as error:
        return Contents(refusal=error.defect)
    if (plain := _without_marks(rows)) != rows:
        rows, text = plain, with_only(plain, {line for line, _ in plain})
    is_intact = not any(defect.flaw in BROKEN_ROWS for defect in table.defects)
    refusal = Defect(Flaw.UNTOUCHED) if is_unfilled(row for _, row in rows) else None
    return Contents([FileTable(text, rows, is_intact, shape.notes if shape else ())], refusal)


def _without_marks(rows: Sequence[Numbered]) -> list[Numbered]:
    """The rows of a CSV without what an annotated copy says beside titles, rows and words, from which it was saved."""
    header = next((row for _, row in rows[:HEADER_ROWS] if is_header(row)), ())
    fields = {at for at, cell in enumerate(header) if meant_field(cell)}
    marks = {line: found for line, row in rows if (found := marks_in(enumerate(row), fields))}
    return [
        (line, ["" if at in marks[line] else cell for at, cell in enumerate(row)] if line in marks else row)
        for line, row in rows
    ]


def _of_workbook(data: bytes) -> Contents:
    grids = [grid for grid in book_of(data) if grid.rows]
    chosen, refusal = None, Defect(Flaw.UNTOUCHED) if is_untouched(data) else None
    try:
        chosen = chosen_sheet(grids) if refusal else keep(data, chosen_sheet(grids))
    except RefusedError as error:
        refusal = refusal or error.defect
    details = {each.name for each in chosen.around.others if each.proved} if chosen else set()
    tables = []
    for grid in grids:
        sheet = chosen if chosen and chosen.name == grid.name else sheet_of(grid)
        is_detail = grid.name in details
        tables.append(FileTable(sheet.text, _padded(grid), grid=grid, sheet=sheet, is_detail=is_detail))
    return Contents(tables, refusal)


def _padded(grid: Grid) -> list[Numbered]:
    """The rows of a sheet, all as wide as the widest, as in a CSV."""
    rows = list(grid.filled())
    width = max((len(cells) for _, cells in rows), default=0)
    return [(row, cells + [""] * (width - len(cells))) for row, cells in rows]
