"""Single indicators as data: the rows a question is about, in sections, and one line for each group of them."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple

from mzplan.plan.model import Plan
from mzplan.scoring.judging import Scorer
from mzplan.scoring.means import tally
from mzplan.scoring.pace import Pace, pace, streak
from mzplan.scoring.progress import STATUS_ZH, Progress, Status
from mzplan.scoring.scorecard import Scorecard
from mzplan.submissions.ledger import Ledger
from mzplan.views.overview import Mark, Marks
from mzplan.views.query import WORST_FIRST, Grouping, Order, Query, rows_of

Key = str | int | Status | None
NO_LEAD = "未写责任处室"
"""What the indicators of no office are called together."""


class Line(NamedTuple):
    """One indicator of one unit, or of the city, with what a table adds to its figures."""

    row: Progress
    place: int | None
    """Its place among the units that are judged on the indicator, by completion; where none is, by contribution."""
    pace: Pace | None
    streak: int


class Section(NamedTuple):
    """The lines that belong together."""

    by: Grouping
    key: Key
    lines: tuple[Line, ...]


class Group(NamedTuple):
    """What the rows of one unit, area, task, indicator or status come to, whether they are shown or not."""

    by: Grouping
    key: Key
    mark: Mark
    totals: Mapping[Status, int]
    reported: int
    reporting: int


def groups(card: Scorecard, query: Query, by: Grouping) -> tuple[Group, ...]:
    """One line for each group, in plan order; `only` picks the groups, never what is counted in one."""
    found = []
    marks = Marks(card.preset)
    for key, rows in grouped(like(rows_of(card, query._replace(by=by)), by), by, card.plan).items():
        if not any(query.shows(row) for row in rows):
            continue
        found.append(
            Group(
                by,
                key,
                marks.of(tally(rows)),
                Counter(row.status for row in rows),
                sum(row.reported for row in rows),
                sum(row.reporting for row in rows),
            )
        )
    return _ordered_groups(found, query, card.plan)


def like(rows: Sequence[Progress], by: Grouping) -> Sequence[Progress]:
    """The rows that one group may add up: never the city's row with those of its units, which it is made of."""
    units = [row for row in rows if row.unit is not None]
    return rows if by == "unit" or not units else units


def sections(card: Scorecard, ledger: Ledger, query: Query) -> tuple[Section, ...]:
    """The rows that a query shows, grouped as it asks, else in the way that leaves least to repeat."""
    shown = [row for row in rows_of(card, query) if query.shows(row)]
    by = query.by or natural_grouping(query, card.plan)
    names = {unit.id: unit.name for unit in card.plan.reporting_units}
    order: Order = "rank" if query.order == "plan" and by == "indicator" else query.order
    scorer = Scorer(card.plan, ledger, card.preset)
    places = _Places(card)
    return tuple(
        Section(
            by,
            key,
            tuple(
                Line(row, places.of(row), pace(ledger, row, card.period), streak(scorer, row, card.period))
                for row in order_rows(rows, order, descending=query.descending, names=names)
            ),
        )
        for key, rows in grouped(shown, by, card.plan).items()
    )


def natural_grouping(query: Query, plan: Plan) -> Grouping:
    """By indicator where the question is how the units compare, by area within one unit, else by unit."""
    if query.indicators and len(query.units) != 1:
        return "indicator"
    return "area" if len(query.owners(plan)) == 1 else "unit"


def key_of(row: Progress, by: Grouping) -> Key:
    """What group a row belongs to."""
    match by:
        case "unit":
            return row.unit
        case "area":
            return row.indicator.area
        case "task":
            return row.indicator.task
        case "lead":
            return row.indicator.lead or None
        case "indicator":
            return row.indicator.id
        case "status":
            return row.status


def label_of(plan: Plan, by: Grouping, key: Key) -> str:
    """The group's name for a heading or a first column."""
    match by:
        case "unit":
            return plan.city if key is None else plan.units[str(key)].name
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


def order_rows(rows: Sequence[Progress], order: Order, *, descending: bool, names: Mapping[str, str]) -> list[Progress]:
    """Rows in that order, the city before its units where they tie; what has no such figure comes last."""
    if order == "plan":
        return list(reversed(rows)) if descending else list(rows)
    if order == "name":
        return sorted(rows, key=lambda row: (row.indicator.name, names.get(row.unit or "", "")), reverse=descending)
    figure = _FIGURES[order]
    keyed = [(figure(row), row) for row in rows]
    having = sorted(((key, row) for key, row in keyed if key is not None), key=lambda pair: pair[0], reverse=descending)
    return [row for _, row in having] + [row for key, row in keyed if key is None]


def _negative(figure: Fraction | None) -> Fraction | None:
    return None if figure is None else -figure


def _standing(row: Progress) -> Fraction | None:
    """The city first, then the best completion; without one, after all of those, the largest contribution."""
    if row.unit is None:
        return Fraction(-(10**30))
    if row.completion is not None:
        return -row.completion
    return None if row.contribution is None else 10**30 - row.contribution


_FIGURES: Mapping[Order, Callable[[Progress], Fraction | None]] = {
    "gap": lambda row: row.gap,
    "completion": lambda row: row.completion,
    "contribution": lambda row: _negative(row.contribution),
    "rank": _standing,
    "status": lambda row: Fraction(WORST_FIRST.index(row.status)),
}


class _Places:
    """Places within an indicator, worked out for those indicators that are shown."""

    def __init__(self, card: Scorecard) -> None:
        self._card = card
        self._known: dict[str, Mapping[str | None, int]] = {}

    def of(self, row: Progress) -> int | None:
        if row.unit is None:
            return None
        identifier = row.indicator.id
        if identifier not in self._known:
            self._known[identifier] = self._card.rows.places(identifier)
        return self._known[identifier].get(row.unit)


def grouped(rows: Iterable[Progress], by: Grouping, plan: Plan) -> dict[Key, list[Progress]]:
    """Rows by group, the groups in plan order, the city before its units, the worst status first."""
    found: dict[Key, list[Progress]] = {}
    for row in rows:
        found.setdefault(key_of(row, by), []).append(row)
    if by == "status":
        return {status: found[status] for status in WORST_FIRST if status in found}
    if by == "unit":
        return {unit: found[unit] for unit in (None, *plan.units) if unit in found}
    return found


def _ordered_groups(found: list[Group], query: Query, plan: Plan) -> tuple[Group, ...]:
    keys: Mapping[Order, Callable[[Group], Fraction | str]] = {
        "completion": lambda one: one.mark.tally.completion or Fraction(0),
        "rank": lambda one: -(one.mark.tally.completion or Fraction(0)),
        "name": lambda one: label_of(plan, one.by, one.key),
    }
    if query.order in keys:
        key = keys[query.order]
        found.sort(key=key)
    return tuple(reversed(found)) if query.descending else tuple(found)
