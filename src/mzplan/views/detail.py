"""Single indicators as data: the rows a question is about, in sections, and one line for each group of them."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from fractions import Fraction
from functools import cache
from typing import Any, Literal, NamedTuple, TypeVar

from mzplan.period import Period
from mzplan.plan.model import Plan
from mzplan.scoring.means import tally
from mzplan.scoring.pace import Pace, pace
from mzplan.scoring.progress import STATUS_ZH, Progress, Status, carried_into, severity
from mzplan.scoring.scorecard import Scorecard
from mzplan.submissions.ledger import Ledger
from mzplan.views.overview import LitMean, Sorted, TallyLights, ordered
from mzplan.views.query import WORST_FIRST, Grouping, Order, Query, rows_of, sort_by, summed_rows

T = TypeVar("T")
Key = str | int | Status | None
NO_LEAD = "未写责任处室"
"""What the indicators of no office are called together."""


class DetailLine(NamedTuple):
    """One indicator of one unit, or of the city, with what a table adds to its figures."""

    row: Progress
    place: int | None
    """Its place among the units that are judged on the indicator, by completion; where none is, by contribution."""
    pace: Pace | None
    streak: int


class DetailSection(NamedTuple):
    """The lines that belong together."""

    by: Grouping
    key: Key
    lines: tuple[DetailLine, ...]


class Group(NamedTuple):
    """What the rows of one unit, area, task, indicator or status come to, whether they are shown or not."""

    by: Grouping
    key: Key
    mark: LitMean
    totals: Mapping[Status, int]
    reported: int
    reporting: int
    carried: tuple[Period, ...]
    """The months that the figures are from which stand in for what is not reported."""


def groups(card: Scorecard, query: Query, by: Grouping) -> tuple[Group, ...]:
    """One line for each group, in plan order: `only` chooses the lines and never changes what one says."""
    marks, query = TallyLights(card.preset), query._replace(by=by)
    found = [
        Group(
            by,
            key,
            marks.of(tally(rows)),
            Counter(row.status for row in rows),
            sum(row.reported for row in rows),
            sum(row.reporting for row in rows),
            carried_into(rows),
        )
        for key, rows in shown_groups(card, query, grouped(summed_rows(card, query), by, card.plan)).items()
    ]
    return ordered(found, query, lambda one: sortable(card, by, one.key, one.mark))


def unlisted(card: Scorecard, query: Query, by: Grouping) -> int:
    """How many groups have no line, as `only` picks none of their rows; the city is no group of its own.

    Of single indicators this goes without saying.
    """
    if by == "indicator":
        return 0
    query = query._replace(by=by)
    found = grouped(summed_rows(card, query), by, card.plan)
    left_out = found.keys() - shown_groups(card, query, found).keys()
    return len(left_out - {None} if by == "unit" else left_out)


def shown_groups(card: Scorecard, query: Query, found: Mapping[Key, T]) -> dict[Key, T]:
    """The groups that have a line: those of which `only` picks a row."""
    if query.by is None or not query.only:
        return dict(found)
    picked = {_KEYS[query.by](row) for row in rows_of(card, query) if query.shows(row)}
    return {key: one for key, one in found.items() if key in picked}


def sections(card: Scorecard, ledger: Ledger, query: Query) -> tuple[DetailSection, ...]:
    """The rows that a query shows, grouped as it asks, else in the way that leaves least to repeat."""
    shown = [row for row in rows_of(card, query) if query.shows(row)]
    by = query.by or natural_grouping(query, card.plan)
    order = query.order or _READ_BEST.get(by, "plan")
    places, streak = cache(card.rows.places), card.rows.scorer.streak

    def line(row: Progress) -> DetailLine:
        place = None if row.is_whole else places(row.indicator.id).get(row.unit)
        return DetailLine(row, place, pace(ledger, row, card.period), streak(row, card.period))

    return tuple(
        DetailSection(by, key, tuple(map(line, sorted_rows(card, rows, query, order))))
        for key, rows in grouped(shown, by, card.plan).items()
    )


def natural_grouping(query: Query, plan: Plan) -> Grouping:
    """By indicator where the question is how the units compare, by area within one unit, else by unit."""
    if query.indicators and len(query.units) != 1:
        return "indicator"
    return "area" if len(query.owners(plan)) == 1 else "unit"


_KEYS: Mapping[Grouping, Callable[[Progress], Key]] = {
    "unit": lambda row: row.unit,
    "area": lambda row: row.indicator.area,
    "task": lambda row: row.indicator.task,
    "lead": lambda row: row.indicator.lead or None,
    "indicator": lambda row: row.indicator.id,
    "status": lambda row: row.status,
}
"""What group a row belongs to."""


def sortable(card: Scorecard, by: Grouping, key: Key, mark: LitMean, change: Fraction | None = None) -> Sorted:
    """What a group may be sorted by; units alone have a rank."""
    standing = card.units.get(None if key is None else str(key)) if by == "unit" else None
    rank = standing.rank if standing is not None else None
    return Sorted(mark, label_of(card.plan, by, key), rank, change, is_whole=by == "unit" and key is None)


def label_of(plan: Plan, by: Grouping, key: Key) -> str:
    """The group's name for a heading or a first column."""
    match by:
        case "unit":
            return plan.city if key is None else plan.units_and_regions[str(key)].name
        case "area":
            return next((area.short for area in plan.action_areas if area.number == key), plan.safeguards_name)
        case "task":
            return next(task.name for task in plan.tasks if task.number == key)
        case "lead":
            return NO_LEAD if key is None else str(key)
        case "indicator":
            return plan.indicators[str(key)].name
        case "status":
            return STATUS_ZH[Status(str(key))]


def sorted_rows(
    card: Scorecard, rows: Sequence[Progress], query: Query, best: Order | Literal["late"] = "plan"
) -> list[Progress]:
    """Rows in the order asked for, else in the best; what has no such figure last, the city above its units."""
    order, descending = query.order or best, query.descending
    if order == "name":
        names = {unit.id: unit.name for unit in card.plan.units_and_regions.values()}
        found = sorted(rows, key=lambda row: (row.indicator.name, names.get(row.unit or "", "")), reverse=descending)
    elif order in _FIGURES:
        found = sort_by(rows, _FIGURES[order], descending=descending)
    else:
        found = list(reversed(rows)) if descending else list(rows)
    return city_first(found, found)


def city_first(items: Sequence[T], rows: Sequence[Progress]) -> list[T]:
    """The items of those rows; where all are of one indicator, so that units are compared, the city's on top."""
    if len({row.indicator.id for row in rows}) != 1:
        return list(items)
    pairs = list(zip(items, rows, strict=True))
    return [item for wanted in (True, False) for item, row in pairs if (row.unit is None) is wanted]


def _late(row: Progress) -> tuple[int, tuple[bool, bool, Fraction]]:
    """What lags first, the worst of it first; then what is due and silent; the rest as it stands."""
    nothing = (False, False, Fraction(0))
    return (0, severity(row)) if row.is_lagging else (1 if row.is_due and row.is_unreported else 2, nothing)


def _standing(row: Progress) -> Fraction | None:
    """The city first, then the best completion; without one, after all of those, the largest contribution."""
    if row.unit is None:
        return Fraction(-(10**30))
    if row.completion is not None:
        return -row.completion
    return None if row.contribution is None else 10**30 - row.contribution


_FIGURES: Mapping[Order | Literal["late"], Callable[[Progress], Any]] = {
    "late": _late,
    "gap": lambda row: row.lag,
    "completion": lambda row: row.completion,
    "contribution": lambda row: None if row.contribution is None else -row.contribution,
    "rank": _standing,
    "status": lambda row: Fraction(WORST_FIRST.index(row.status)),
}


_READ_BEST: Mapping[Grouping, Order | Literal["late"]] = {"indicator": "rank", "area": "late"}
"""Units compared by their places; of one unit what is late on top."""


def grouped(rows: Iterable[Progress], by: Grouping, plan: Plan) -> dict[Key, list[Progress]]:
    """Rows by group, the groups in plan order, the city before its units, the worst status first."""
    found: dict[Key, list[Progress]] = {}
    for row in rows:
        found.setdefault(_KEYS[by](row), []).append(row)
    if by == "status":
        return {status: found[status] for status in WORST_FIRST if status in found}
    if by == "unit":
        return {unit: found[unit] for unit in (None, *plan.units_and_regions) if unit in found}
    return found
