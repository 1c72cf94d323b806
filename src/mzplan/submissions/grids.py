"""A file as its sheets, whatever it is: for whoever looks at more of it than the table with our header."""

from io import BytesIO
from itertools import chain

from mzplan.reading.csv_lines import physical_lines
from mzplan.reading.spreadsheet import Grid
from mzplan.reading.text import decoded
from mzplan.reading.workbook import is_workbook, sheets_of
from mzplan.submissions.opening import table_of
from mzplan.submissions.repair import reshaped

SHEET = "填报表"
"""What the one sheet of a CSV is called."""


def grids_of(data: bytes) -> list[Grid]:
    """All sheets of a workbook, or the one that a CSV would be; RefusedError when it cannot be read as either.

    Rows and columns are those that findings speak of. A line that is no row for a quote astray is one cell.
    """
    if is_workbook(data):
        return sheets_of(data)
    shape = reshaped(data)
    text = shape.data if shape else data
    table = table_of(BytesIO(text))
    grid = Grid(SHEET)
    for line, row in chain.from_iterable(table.batches()):
        for number, cell in enumerate(row, start=1):
            grid.put(table.row(line), number, cell)
    lines = physical_lines(decoded(text) or "") if table.defects else []
    for defect in table.defects:
        if 0 < defect.line <= len(lines) and table.row(defect.line) not in grid.rows:
            grid.put(table.row(defect.line), 1, lines[defect.line - 1].rstrip("\r\n"))
    return [grid]
