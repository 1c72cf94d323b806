"""What is to be said of some of a sheet's cells besides what they say: that nobody sees them, notes at them."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

from mzplan.reading.around import MARGINS, Around, Comment, OtherSheet
from mzplan.reading.flaws import Defect, Flaw
from mzplan.reading.spreadsheet import Grid, place_of
from mzplan.reading.workbook import Sheet, unseen
from mzplan.submissions.header import FIELDS
from mzplan.submissions.names import Names
from mzplan.submissions.tables import FileTable
from mzplan.submissions.wide_record import Places

_Cell = tuple[int, int]
"""Row and column."""


def said_of_lines(table: FileTable, others: Collection[int], names: Names, units: Collection[str]) -> Sheet | None:
    """What is said of a table without those of its rows, which are those units', and without margins of theirs."""
    if table.sheet is None:
        return None
    defects = []
    for each in table.sheet.defects:
        lines = tuple(line for line in each.lines if line not in others)
        if lines or not each.lines:
            defects.append(each._replace(line=lines[0] if lines else each.line, lines=lines))
    around = _around(table.sheet, lambda cell: cell[0] not in others, table.sheet.around.literals)
    return table.sheet._replace(defects=tuple(defects), around=_without(around, names, units))


def said_of_columns(table: FileTable, columns: range, names: Names, units: Collection[str]) -> Sheet | None:
    """What is said of those columns of a table, the others being those units'; as `said_of_lines`."""
    if table.grid is None or table.sheet is None:
        return None
    rows = table.grid.rows.items()
    below = {row: [(row, at) for at in cells if at in columns] for row, cells in rows if row > table.header_line}
    told = (each for each in table.sheet.defects if not each.lines and (not each.cell or each.cell in columns))
    around = _without(_around(table.sheet, lambda cell: cell[1] in columns, table.sheet.around.literals), names, units)
    return table.sheet._replace(defects=(*unseen(table.grid, below), *told), around=around)


def _without(around: Around, names: Names, units: Collection[str]) -> Around:
    """What stands around a table without the margins that name one of those units, and what is said of them alone."""
    remarks = (each for each in around.remarks if each.where != MARGINS or names.unit_in(each.text) not in units)
    return around._replace(remarks=tuple(remarks), others=saying_of(around.others, names, units))


def saying_of(sheets: Iterable[OtherSheet], names: Names, others: Collection[str]) -> tuple[OtherSheet, ...]:
    """Other sheets without the rows that are said of those units alone."""
    return tuple(sheet.only(lambda text: not is_of_others(names, text, others)) for sheet in sheets)


def is_of_others(names: Names, text: str, units: Collection[str]) -> bool:
    """Whether words name some units, and all of them are among those."""
    return bool(named := names.units_in(text)) and named <= {*units}


def said_of_cells(table: FileTable, places: Places, known: Collection[_Cell], beside: Iterable[Comment]) -> Sheet:
    """What is said of a table that was made of some of the `known` cells of a sheet, by line and field.

    The others of those are another's. `beside` is what stands in cells that are no part of it.
    """
    if table.grid is None or table.sheet is None:
        return Sheet("", table.text, around=Around(comments=tuple(beside)))
    records = {line: own for line, own in places.lines.items() if "" not in own}
    cells = {line: [*own.values()] for line, own in records.items()}
    literals = {
        (line, FIELDS.index(field) + 1): table.grid.literals[cell]
        for line, own in records.items()
        for field, cell in own.items()
        if field in FIELDS and cell in table.grid.literals
    }
    own = {cell for several in places.lines.values() for cell in several.values()}
    around = _around(table.sheet, lambda cell: cell in own or cell not in known, literals)._replace(others=())
    lines = {cell: line for line, several in cells.items() for cell in several}
    comments = tuple(each._replace(line=lines.get(place_of(each.reference), 0)) for each in around.comments)
    return table.sheet._replace(
        defects=(*unseen(table.grid, cells), *_hidden_columns(table.grid, cells)),
        around=around._replace(comments=(*comments, *beside)),
    )


def _around(sheet: Sheet, is_own: Callable[[_Cell], bool], literals: Mapping[_Cell, tuple[str, str]]) -> Around:
    comments = tuple(each for each in sheet.around.comments if is_own(place_of(each.reference)))
    return sheet.around._replace(comments=comments, literals=literals)


def _hidden_columns(grid: Grid, cells: Mapping[int, Collection[_Cell]]) -> Iterator[Defect]:
    """The hidden columns in which any of the cells stands, each with the first words in it."""
    lines: dict[int, list[int]] = {}
    for line, several in cells.items():
        for column in {column for _, column in several if grid.is_column_hidden(column)}:
            lines.setdefault(column, []).append(line)
    for column, own in lines.items():
        heading = next(row[column] for _, row in sorted(grid.rows.items()) if column in row)
        yield Defect(Flaw.HIDDEN_COLUMNS, own[0], detail=heading)
