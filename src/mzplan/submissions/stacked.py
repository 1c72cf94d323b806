"""Tables one below the other in a sheet, each below a title of its own that says whose it is and for when."""

from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise

from mzplan.reading.csv_border import Numbered
from mzplan.reading.number import BLANKS
from mzplan.submissions.across import is_given, words_at
from mzplan.submissions.apportioned import begins, own_cells, with_only
from mzplan.submissions.header import is_header, meant_field
from mzplan.submissions.names import trimmed
from mzplan.submissions.tables import FileTable
from mzplan.submissions.unseen import said_of_lines
from mzplan.submissions.whose import Whose


def stacked(sheet: FileTable, whose: Whose) -> Sequence[FileTable]:
    """The tables of a sheet with titles of different units or months, which its rows do not say; else the sheet.

    A title above the first that names no unit is said of all. A header without a title goes on with the table above,
    but where its columns are others, and its rows of another unit or month.
    """
    if not sheet.header_line:
        return [sheet]
    is_moved = _is_moved(sheet)
    parts, said = _parts(sheet, whose, is_moved=is_moved)
    differ = {"unit": len({units for units, _ in said}) > 1, "period": len({month for _, month in said}) > 1}
    if not any(differs and (is_moved or _is_unsaid(key, sheet, whose)) for key, differs in differ.items()):
        return [sheet]
    first = sheet.header_line
    common = [item for item in parts[0] if item[0] < first and not any(map(whose.names.units_in, item[1]))]
    tables = []
    told = _told([sheet._replace(rows=rows) for rows in parts], [units for units, _ in said], whose)
    for at, (rows, (units, month), own) in enumerate(zip(parts, said, told, strict=True)):
        rows = [item for item in sheet.rows if item[0] in own]
        rows = rows if month or at == 0 else [*common, *rows]
        own = {line for line, _ in rows}
        others = {unit for each, _ in said for unit in each} - units
        marks = said_of_lines(sheet, {line for line, _ in sheet.rows} - own, whose.names, others)
        text = with_only(own_cells(rows) if is_moved else sheet.rows, own)
        tables.append(sheet._replace(rows=rows, text=text, sheet=marks))
    return tables


def _told(parts: Sequence[FileTable], units: Sequence[frozenset[str]], whose: Whose) -> Iterator[Collection[int]]:
    """The lines of each table without words said of others' units, with those at others that are said of its own."""
    names, known = whose.names, frozenset().union(*units)
    told = [words_at(names, part, known, own) for part, own in zip(parts, units, strict=True)]
    for part, own, mine in zip(parts, units, told, strict=True):
        lines = {line for line, _ in part.rows if line not in mine or not own.isdisjoint(mine[line])}
        for other, here, said in zip(parts, units, told, strict=True):
            given = (line for line, row in other.rows if is_given(names, " ".join(row), said.get(line, ()), here, own))
            lines.update(() if other is part else given)
        yield lines


def _is_moved(sheet: FileTable) -> bool:
    """Whether a header has a column elsewhere than the first has it."""
    first, *others = (
        {field: at for at, cell in enumerate(row) if (field := meant_field(cell))}
        for line, row in sheet.rows
        if line >= sheet.header_line and is_header(row)
    )
    return any(first.get(field) != at for each in others for field, at in each.items())


def _parts(
    sheet: FileTable, whose: Whose, *, is_moved: bool
) -> tuple[list[list[Numbered]], list[tuple[frozenset[str], str]]]:
    """The rows of each table with its title, and which units and what month that names, or its rows."""
    parts, said = list[list[Numbered]](), list[tuple[frozenset[str], str]]()
    starts = _starts(sheet, whose)
    for start, end in pairwise([0, *starts, sheet.rows[-1][0] + 1]):
        rows = [item for item in sheet.rows if start <= item[0] < end]
        part = sheet._replace(rows=rows)
        named = whose.owners(part) if is_moved else whose.titled(part)
        if parts and (not any(named) or named == said[-1] or (is_moved and _is_of_both(named, said[-1]))):
            parts[-1] += rows
        else:
            parts.append(rows)
            said.append(named)
    return parts, said


def _is_of_both(one: tuple[frozenset[str], str], other: tuple[frozenset[str], str]) -> bool:
    """Whether two tables may be parts of one: they have the month and a unit in common."""
    return one[1] == other[1] and not one[0].isdisjoint(other[0])


def _starts(sheet: FileTable, whose: Whose) -> Sequence[int]:
    """The lines where tables after the first begin."""
    first, last = sheet.header_line, sheet.header_line
    waiting: list[int] = []
    starts = list[int]()
    for line, row in sheet.rows:
        if line <= first or not any(cell.strip(BLANKS) for cell in row):
            continue
        waiting.append(line)
        if is_header(row):
            starts.append(begins(waiting, {line}, last))
        elif not any(map(whose.names.indicator_in, row)):
            continue
        waiting.clear()
        last = line
    return starts


def _is_unsaid(key: str, sheet: FileTable, whose: Whose) -> bool:
    """Whether no record says it."""
    header = next(row for line, row in sheet.rows if line == sheet.header_line)
    at = next((at for at, cell in enumerate(header) if meant_field(cell) == key), None)
    records = (row for _, row in sheet.rows if any(map(whose.names.indicator_in, row)))
    return at is None or not any(trimmed(row[at]) for row in records if at < len(row))
