"""Which column of one unit's own table holds its figures, where none is headed 完成值 or the like."""

from collections.abc import Sequence
from typing import NamedTuple

from mzplan.diagnostics import show
from mzplan.period import Period, in_digits
from mzplan.reading.csv_border import HEADER_ROWS
from mzplan.reading.flaws import Defect, Flaw
from mzplan.reading.patterns import late
from mzplan.said import listed, say
from mzplan.submissions.apportioned import with_only
from mzplan.submissions.header import FIELDS_ZH, PASSED_OVER, meant_field
from mzplan.submissions.names import Names, matched_form, trimmed
from mzplan.submissions.places import month_meant
from mzplan.submissions.result_headings import month_of_total, other_figures, own_totals
from mzplan.submissions.tables import FileTable
from mzplan.submissions.whose import Whose
from mzplan.submissions.wide_cells import is_value

_OF_TOTALS = "“{heading}”一栏是从1月起累计的数，当作“{field}”"
_MONTH = late(r"(?a:(?:20\d\d[年./-])?\d{1,2}月份?|20\d\d[./-]\d{1,2})")
_SEVERAL = 2


class _FigureColumns(NamedTuple):
    """The columns of figures of a table that has none of values."""

    line: int
    headings: Sequence[str]
    columns: Sequence[int]


def with_value_heading(sheet: FileTable, whose: Whose) -> FileTable:
    """A table with 完成值 over its only column of totals from January to its month, and what is told of it.

    A table without one stays as it is.
    """
    found = _figures(sheet, whose.names)
    if not found:
        return sheet
    month = whose.under_heading(sheet, "period")[0].value
    headings = [found.headings[at] for at in found.columns]
    totals = own_totals(headings, Period.parse(month) if month else None, whose.names.plan.year)
    if len(totals) != 1:
        return sheet
    at, field = found.columns[totals[0]], FIELDS_ZH["value"]
    head = [*found.headings[:at], field, *found.headings[at + 1 :]]
    rows = [(line, head if line == found.line else row) for line, row in sheet.rows]
    note = say(_OF_TOTALS, heading=show(found.headings[at], 40), field=field)
    text = with_only(rows, {line for line, _ in rows})
    return sheet._replace(text=text, rows=rows, notes=(*sheet.notes, note))


def valueless(sheet: FileTable, names: Names, period: Period) -> Defect | None:
    """What is wrong with a table that has figures and no column of values, by its columns; None for any other."""
    found = _figures(sheet, names)
    if not found or not found.columns:
        return None
    months = {at: month for at in found.columns if (month := _month(found.headings[at], names))}
    if len(months) >= _SEVERAL or (months and period not in months.values() and len(found.columns) == 1):
        own = [at for at, month in months.items() if month == period]
        called = found.headings[own[0]] if len(own) == 1 else ""
        told = listed(trimmed(found.headings[at]) for at in months)
        return Defect(Flaw.MONTHS_ACROSS, found.line, 0, told, trimmed(called), (own or [*months])[0] + 1)
    columns = [at for at in found.columns if not other_figures(found.headings[at])] or [*found.columns][:1]
    told = listed(trimmed(found.headings[at]) for at in columns)
    return Defect(Flaw.MISSING_COLUMN, found.line, 0, told, FIELDS_ZH["value"], columns[0] + 1)


def _figures(sheet: FileTable, names: Names) -> _FigureColumns | None:
    """The columns in which most of what stands beside an indicator is figures or stages; None where units are there."""
    filled = [item for item in sheet.rows if any(map(trimmed, item[1]))]
    heads = (item for item in filled[:HEADER_ROWS] if not {"indicator", "name"}.isdisjoint(map(meant_field, item[1])))
    line, head = next(heads, (0, ()))
    has_units = any(_units(row, names) >= _SEVERAL for _, row in filled[:HEADER_ROWS])
    if not line or has_units or _units(head, names) or "value" in map(meant_field, head):
        return None
    records = [row for at, row in sheet.rows if at > line and any(map(names.indicator_in, row))]
    stages = frozenset().union(*names.stages.values())
    columns = []
    for at, heading in enumerate(head):
        if trimmed(heading) and trimmed(heading) not in PASSED_OVER and meant_field(heading) is None:
            cells = [trimmed(row[at]) for row in records if at < len(row) and trimmed(row[at])]
            if 2 * sum(cell in stages or is_value(cell) for cell in cells) > len(cells):
                columns.append(at)
    return _FigureColumns(line, head, columns)


def _units(row: Sequence[str], names: Names) -> int:
    """How many units the cells of a row name."""
    return len({names.unit(cell).id for cell in row if trimmed(cell)} - {None})


def _month(heading: str, names: Names) -> Period | None:
    """The month that a heading is of, be it of its total."""
    plain = in_digits(matched_form(heading))
    month = month_meant(plain, names.plan.year) if _MONTH.fullmatch(plain) else None
    return month or month_of_total(heading, names.plan.year)
