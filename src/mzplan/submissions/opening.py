"""A file opened as the table that it holds, be it a CSV or a workbook, and what single lines of it say."""

from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import suppress
from io import BytesIO
from itertools import chain
from typing import BinaryIO, NamedTuple

from mzplan.reading.csv_border import CsvTable
from mzplan.reading.files import FileError
from mzplan.reading.flaws import Defect, Flaw, RefusedError
from mzplan.reading.formula import without_mark
from mzplan.reading.number import BLANKS
from mzplan.reading.text import BEGINNING, beginning
from mzplan.reading.workbook import LIMIT, Sheet, is_workbook
from mzplan.submissions.books import report_of
from mzplan.submissions.header import FIELDS, SEPARATORS, Header, is_header, meant_field, read_header, separator_of
from mzplan.submissions.unfilled import is_unfilled, may_be_form

_PEEKED = 8
"""The first bytes tell a workbook."""
_HEAD, _MOST = 1 << 12, 1 << 20
"""Bytes of a CSV in which its headings stand, and of a form."""
_MAY_BE_HIDDEN = (None, "period", "unit")


def table_of(stream: BinaryIO, sheet: Sheet | None = None, *, may_be_unfilled: bool = False) -> CsvTable:
    """The rows of a file: of a CSV, or of the sheet of a workbook that has our header, whatever the file is called.

    `sheet` is what else is known of a CSV that was made of one. RefusedError when it is a workbook that cannot be used,
    or a form in which nobody has filled in anything; of a CSV alone that may be allowed.
    """
    head = stream.read(_PEEKED)
    stream.seek(0)
    if sheet is not None:
        return _beside(CsvTable(stream), sheet)
    if not is_workbook(head):
        if not may_be_unfilled:
            _refuse_unfilled(stream)
        return CsvTable(stream)
    sheet = report_of(stream.read(LIMIT + 1))
    table = _beside(CsvTable(BytesIO(sheet.text)), sheet)
    table.sheet = sheet.name or "Sheet1"
    return table


def _refuse_unfilled(stream: BinaryIO) -> None:
    """RefusedError for a CSV that is a form in which nobody has filled in anything; else it is at its beginning."""
    head = stream.read(_HEAD)
    data = head + stream.read(_MOST) if may_be_form(head) else b""
    stream.seek(0)
    if not data:
        return
    is_form = False
    with suppress(RefusedError):
        is_form = is_unfilled(row for _, row in chain.from_iterable(CsvTable(BytesIO(data)).batches()))
    if is_form:
        raise RefusedError(Defect(Flaw.UNTOUCHED))


def _beside(table: CsvTable, sheet: Sheet) -> CsvTable:
    table.around = sheet.around
    table.defects += (defect for defect in sheet.defects if not _may_be_hidden(defect))
    return table


def _may_be_hidden(defect: Defect) -> bool:
    """Whether a column is hidden that is none of ours, or says what the file's place says too."""
    return bool(defect.flaw is Flaw.HIDDEN_COLUMNS and defect.cell) and meant_field(defect.detail) in _MAY_BE_HIDDEN


def other_separator(opened: Callable[[], BinaryIO]) -> Defect | None:
    """By what else than commas a file has a header, be there a title above it; None where it has none, or by commas."""
    with opened() as stream:
        found = separator_of(beginning(stream.read(BEGINNING)))
    if found is None or found.mark == ",":
        return None
    return Defect(Flaw.DELIMITER, found.line, 1, SEPARATORS[found.mark], found.mark)


def as_csv(data: bytes) -> bytes:
    """The bytes of a CSV as they are, and of a workbook those of its sheet as one; RefusedError as `table_of`."""
    return report_of(data).text if is_workbook(data) else data


def hidden_lines(data: bytes) -> frozenset[int]:
    """The lines of a workbook's sheet that nobody who looks at it sees, or sees struck out; as `table_of`."""
    if not is_workbook(data):
        return frozenset()
    defects = (defect for defect in report_of(data).defects if defect.flaw in (Flaw.HIDDEN_ROWS, Flaw.STRUCK_ROWS))
    return frozenset(line for defect in defects for line in defect.lines)


class PlacedCell(NamedTuple):
    """A cell of a record, and where it stands."""

    column: int
    """In its physical line, from 1; 0 for a cell that stands on a later line of its record."""
    text: str
    row: int
    """As a spreadsheet counts rows."""
    number: int
    """The number of the cell in its row, from 1."""
    sheet: str
    """The tab of the workbook that it stands in; empty in a CSV."""


def cells_of_lines(stream: BinaryIO, lines: Collection[int]) -> Iterator[tuple[int, dict[str, PlacedCell]]]:
    """The records on those lines of a file, each as its cells by field."""
    header: Header | None = None
    table = table_of(stream)
    for line, row in chain.from_iterable(table.batches()):
        if header is None and is_header(row):
            header = read_header(line, row, [])
        elif header is not None and line in lines:
            columns = table.columns(line)
            yield (
                line,
                {
                    name: PlacedCell(
                        columns[at] if at < len(columns) else 0, row[at], table.row(line), at + 1, table.sheet
                    )
                    for name, at in zip(FIELDS, header.positions, strict=True)
                    if at < len(row)
                },
            )


def cells_on(opened: Callable[[], BinaryIO], lines: Collection[int]) -> Mapping[int, Mapping[str, PlacedCell]]:
    """The records on those lines of a file, each as its cells by field; none that cannot be read."""
    found: dict[int, Mapping[str, PlacedCell]] = {}
    with suppress(FileError, RefusedError, OSError), opened() as stream:
        found.update(cells_of_lines(stream, lines))
    return found


def said_on(opened: Callable[[], BinaryIO], lines: Collection[int]) -> Mapping[int, Mapping[str, str]]:
    """What the records on those lines of a file say, by field, without blanks around; none that cannot be read."""
    return {line: said_by(cells) for line, cells in cells_on(opened, lines).items()}


def said_by(cells: Mapping[str, PlacedCell]) -> Mapping[str, str]:
    """What a record says, by field, without blanks around."""
    return {name: without_mark(cell.text.strip(BLANKS)) for name, cell in cells.items()}


def said_at(opened: Callable[[], BinaryIO], line: int) -> Mapping[str, str]:
    """What the record on that line of a file says, as `said_on` does; nothing of what cannot be read."""
    return said_on(opened, {line}).get(line, {})
