"""A small table that people keep by hand, from bytes to rows of text with their places. Knows nothing of plans.

Reads what Chinese spreadsheets write: workbooks, or UTF-8, UTF-16 or GB18030, with commas, tabs or semicolons. It is
read whole, unlike the reports in `csv_border`, of which there are many and large ones.
"""

import csv
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import NamedTuple

from mzplan.reading.csv_lines import cell_columns, physical_lines
from mzplan.reading.encodings import BIG5, text_of, utf16_of
from mzplan.reading.flaws import Defect, Flaw, RefusedError
from mzplan.reading.foreign import refuse_foreign
from mzplan.reading.workbook import is_workbook, only_sheet

_DELIMITERS = "\t,;"
"""Of several that stand in as many lines the first: texts have commas, but no tabs."""
_LOOKED_AT = 20
"""The delimiter is told from so many lines."""
_FAULTS = (("unexpected end", Flaw.OPEN_QUOTE), ("larger than field limit", Flaw.LONG_CELL))


class SheetRow(NamedTuple):
    """A row of a table that holds anything."""

    line: int
    """The physical line where it starts."""
    cells: tuple[str, ...]
    """Without the blanks around them."""
    text: str = ""
    """The first line as it stands in the file, with commas for its delimiters; empty where there are only cells."""

    def column(self, at: int) -> int:
        """Where a cell starts, in code points from 1, or its number where there are only cells.

        The row, when it starts on a later line.
        """
        if not self.text:
            return at + 1
        starts = cell_columns(self.text)
        return starts[at] if at < len(starts) else 1


def table_rows(data: bytes) -> Iterator[SheetRow]:
    """The rows of a workbook with one sheet, or those of a CSV; RefusedError where they cannot be read."""
    if not is_workbook(data):
        yield from sheet_rows(data)
        return
    for row, cells in only_sheet(data).filled():
        yield SheetRow(row, tuple(" ".join(cell.split()) for cell in cells))


def sheet_rows(data: bytes) -> Iterator[SheetRow]:
    """The rows that hold anything; RefusedError with the place where nothing more can be read."""
    text = _decoded(data)
    lines = physical_lines(text)
    delimiter = _delimiter(lines)
    swapped = {ord(","): "，", ord(delimiter): ","}
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    end = 0
    try:
        for raw in reader:
            start, end = end, reader.line_num
            cells = tuple(cell.strip() for cell in raw)
            if any(cells):
                yield SheetRow(start + 1, cells, lines[start].translate(swapped))
    except csv.Error as error:
        flaw = next((flaw for words, flaw in _FAULTS if words in str(error)), Flaw.STRAY_QUOTE)
        raise RefusedError(Defect(flaw, end + 1, 1)) from None


def _decoded(data: bytes) -> str:
    try:
        if not utf16_of(data):
            refuse_foreign(data)
    except RefusedError as refused:
        if refused.defect.flaw is not Flaw.BINARY:  # a cell with a control character is told as such
            raise
    try:
        return text_of(data)[0]
    except UnicodeDecodeError as error:
        raise _refusal(error) from None


def _refusal(error: UnicodeDecodeError) -> RefusedError:
    if error.encoding == BIG5:
        return RefusedError(Defect(Flaw.BAD_BYTES, expected=BIG5))
    lines = physical_lines(error.object[: error.start].decode(error.encoding, "replace")) or [""]
    if lines[-1].endswith(("\n", "\r")):
        lines.append("")
    place = len(lines), len(lines[-1]) + 1
    return RefusedError(Defect(Flaw.BAD_BYTES, *place, f"0x{error.object[error.start]:02X}", error.encoding))


def _delimiter(lines: Iterable[str]) -> str:
    some = list(islice(filter(str.strip, lines), _LOOKED_AT))
    return max(_DELIMITERS, key=lambda mark: sum(mark in line for line in some))
