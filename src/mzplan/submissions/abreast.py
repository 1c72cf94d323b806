"""Tables side by side in a sheet, each with a header of its own: as many sheets, each with the columns of one."""

from collections.abc import Sequence
from itertools import pairwise

from mzplan.reading.csv_border import Numbered
from mzplan.reading.number import BLANKS, plain_number
from mzplan.reading.patterns import late
from mzplan.submissions.across import words_at
from mzplan.submissions.apportioned import own_cells, with_only
from mzplan.submissions.header import is_header, tables_abreast
from mzplan.submissions.stacked import stacked
from mzplan.submissions.tables import FileTable
from mzplan.submissions.unseen import said_of_columns
from mzplan.submissions.whose import Whose
from mzplan.submissions.wide_cells import FEW

_OF_SEVERAL = late("[两三各几][个张份]?表|本页|左右")


def tables_of(sheet: FileTable, whose: Whose) -> Sequence[FileTable]:
    """The tables of a sheet, side by side and one below the other, each of another unit or month; else the sheet."""
    return [part for strip in _strips(sheet, whose) for part in stacked(strip, whose)]


def _strips(sheet: FileTable, whose: Whose) -> Sequence[FileTable]:
    """The tables side by side; words in the columns of one that name the unit of none are said of that one.

    They are said of all where they speak of all, are merged over others' columns too, or stand where a title over all
    does: above the first.
    """
    columns = _columns(sheet.rows) if sheet.header_line else ()
    strips = [sheet._replace(rows=[(line, _only(row, each)) for line, row in sheet.rows]) for each in columns]
    owners = [whose.owners(strip) for strip in strips]
    if len({*owners}) < max(len(owners), 2) or not all(strip.header_line for strip in strips):
        return [sheet]
    units = frozenset().union(*(units for units, _ in owners))
    words = {line: row for line, row in sheet.rows if _is_words(row, columns, whose)}
    named = {line: whose.names.units_in(" ".join(row)) & units for line, row in words.items()}
    shared = {
        line
        for line, said in named.items()
        if (not said and _is_of_all(line, words[line], sheet, columns)) or (line < sheet.header_line and len(said) > 1)
    }
    found = []
    for strip, own, (mine, _) in zip(strips, columns, owners, strict=True):
        told = words_at(whose.names, sheet, units, mine)
        here = {
            line
            for line, row in strip.rows
            if (not mine.isdisjoint(told[line]) if line in told and line in words else any(row))
        }
        rows = own_cells([(line, words.get(line, row)) for line, row in strip.rows if line in here | shared])
        said = said_of_columns(sheet, range(own.start + 1, own.stop + 1), whose.names, units - mine)
        found.append(sheet._replace(rows=rows, text=with_only(rows, {line for line, _ in rows}), sheet=said))
    return found


def _only(row: Sequence[str], columns: range) -> list[str]:
    return [cell if at in columns else "" for at, cell in enumerate(row)]


def _columns(rows: Sequence[Numbered]) -> Sequence[range]:
    """The columns of each table that has none with another in common; what stands before its header is its own."""
    heads = [(row, span) for _, row in rows if is_header(row) for span in tables_abreast(row)]
    spans: list[range] = []
    for _, span in sorted(heads, key=lambda head: head[1].start):
        if spans and span.start < spans[-1].stop:
            spans[-1] = range(spans[-1].start, max(spans[-1].stop, span.stop))
        else:
            spans.append(span)
    starts = [0]
    for before, span in pairwise(spans):
        own = [row for row, each in heads if each.start == span.start]
        between = range(span.start - 1, before.stop - 1, -1)
        free = (at for at in between if not any(row[at].strip(BLANKS) for row in own))
        starts.append(next(free, span.start - 1) + 1)
    return [range(*each) for each in zip(starts, [*starts[1:], max(map(len, dict(rows).values()))], strict=True)]


def _is_of_all(line: int, row: Sequence[str], sheet: FileTable, columns: Sequence[range]) -> bool:
    """Whether words that name no unit are said of all tables."""
    if _OF_SEVERAL.search(" ".join(row)) or (line < sheet.header_line and any(_only(row, columns[0]))):
        return True
    areas = [numbers for rows, numbers in sheet.grid.merged if line in rows] if sheet.grid else []
    return any(
        sum(own.start < numbers.stop - 1 and numbers.start <= own.stop for own in columns) > 1 for numbers in areas
    )


def _is_words(row: Sequence[str], columns: Sequence[range], whose: Whose) -> bool:
    """Whether a line has words alone, and under one table."""
    filled = [at for at, cell in enumerate(row) if cell.strip(BLANKS)]
    cells = [row[at] for at in filled]
    is_of_one = sum(any(at in each for at in filled) for each in columns) == 1
    return (
        is_of_one
        and len(filled) <= FEW
        and not any(whose.names.indicator_in(cell) or plain_number(cell) is not None for cell in cells)
    )
