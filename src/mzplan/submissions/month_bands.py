"""Groups of columns of a sheet of units × indicators, each under a month: of each the table that it is by itself."""

from collections.abc import Collection, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from mzplan.period import Period, in_digits
from mzplan.reading.csv_border import HEADER_ROWS, Numbered
from mzplan.submissions.names import Names, matched_form, trimmed
from mzplan.submissions.places import month_meant
from mzplan.submissions.result_headings import month_of_total
from mzplan.submissions.tables import FileTable
from mzplan.submissions.wide_headings import is_of_month

_SEVERAL = 2
_OF_ITSELF = "当月"


class MonthBand(NamedTuple):
    """The columns under a month."""

    sheet: FileTable
    """Their rows, with what is of all groups, on the lines and in the columns of the sheet."""
    line: int
    heading: str
    """Where the month stands, and how it is called there."""
    month: Period
    columns: Sequence[int]
    """Of the sheet."""


def month_bands(sheet: FileTable, names: Names) -> Sequence[MonthBand]:
    """The groups of a sheet whose headings come again under several months; none where they do not.

    What stands before the first and behind the last, and above the months, is of all of them.
    """
    filled = [item for item in sheet.rows if any(map(trimmed, item[1]))]
    for (line, band), (below, head) in pairwise(filled[:HEADER_ROWS]):
        months = {at: month for at, cell in enumerate(band) if (month := month_of(cell, names))}
        starts = [at for at, cell in enumerate(band) if months and at >= min(months) and trimmed(cell)]
        columns = _columns(starts, head, names)
        own = [each for each in columns if each.start in months]
        if len({*months.values()}) < len(months) or len(own) < max(_SEVERAL, len(months)):
            continue
        shared = {*range(len(head))}.difference(*columns)
        moved = {at: band[at] for at in shared if at < len(band) and not trimmed(head[at])}
        return [
            MonthBand(
                _only(sheet, (line, below), {*each, *shared}, moved),
                line,
                trimmed(band[each.start]),
                months[each.start],
                [at + 1 for at in each],
            )
            for each in own
        ]
    return ()


def month_of(text: str, names: Names) -> Period | None:
    """The month that a heading is, be it of totals; None of a month's own figures."""
    plain, year = in_digits(matched_form(text)), names.plan.year
    is_month = is_of_month(plain) and _OF_ITSELF not in plain
    return month_of_total(text, year) or (month_meant(plain, year) if is_month else None)


def _columns(starts: Sequence[int], head: Sequence[str], names: Names) -> Sequence[range]:
    """The columns of each group, which all have the same units, or indicators, once each; none where they have not.

    What has no unit and no indicator is no group. The last has as many as the one before it if it is headed alike, else
    what units and indicators head.
    """
    keys = [names.unit(cell).id or names.indicator_in(cell) for cell in map(trimmed, head)]
    columns = [range(*span) for span in pairwise([*starts, len(head)]) if any(keys[slice(*span)])]
    if len(columns) < _SEVERAL:
        return ()
    *_, before, last = columns
    end = last.start + len(before)
    if [*head[last.start : end]] != [*head[before.start : before.stop]]:
        end = next((at for at in last if trimmed(head[at]) and not keys[at]), last.stop)
    columns[-1] = range(last.start, min(end, last.stop))
    named = [[key for key in keys[own.start : own.stop] if key] for own in columns]
    is_alike = all(len({*own}) == len(own) and {*own} == {*named[0]} for own in named)
    return columns if is_alike else ()


def _only(sheet: FileTable, lines: tuple[int, int], columns: Collection[int], moved: Mapping[int, str]) -> FileTable:
    """The table of some columns, from the line with the months on, without those.

    Headings that are `moved` go down from there to the line of the others: they are merged over both.
    """
    band, head = lines
    rows = list[Numbered]()
    for line, row in sheet.rows:
        cells = list(row) if line < band else [cell if at in columns else "" for at, cell in enumerate(row)]
        if line == band:
            cells = [""] * len(cells)
        elif line == head:
            cells = [moved.get(at, cell) for at, cell in enumerate(cells)]
        rows.append((line, cells))
    return sheet._replace(rows=rows)
