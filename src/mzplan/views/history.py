"""The same figures at several periods: a trend, or then and now."""

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple

from mzplan.diagnostics import InputError
from mzplan.period import Period
from mzplan.scoring.means import tally
from mzplan.scoring.progress import Progress, Status
from mzplan.scoring.scorecard import Scorecard
from mzplan.views.detail import Key, grouped, key_of, like, order_rows
from mzplan.views.query import Grouping, Order, Query, rows_of

_STATUS_HAS_NO_HISTORY = "按进度状态分组没有完成率可比：--by status 不能和 --trend、--compare 一起用。"


class Point(NamedTuple):
    """Where something stood at one period."""

    completion: Fraction | None
    status: Status | None = None
    """Of a single indicator; None for a mean."""
    on_schedule: int | None = None
    due: int | None = None
    used: Period | None = None
    """The month of the figure of a single indicator that was not reported: carried, and no news."""
    on_reference: bool = False
    """Whether a target behind it is a computed part of a city total."""


class Series(NamedTuple):
    """One line: a mean over a group of indicators, or one indicator of one unit."""

    by: Grouping | None
    """None for a single indicator."""
    key: Key
    row: Progress | None
    """The single indicator's row at the last period."""
    points: tuple[Point, ...]

    @property
    def change(self) -> Fraction | None:
        """From the first period to the last, as a share; None when either has no figure of its own."""
        first, last = self.points[0], self.points[-1]
        if first.completion is None or last.completion is None or first.used or last.used:
            return None
        return last.completion - first.completion


class History(NamedTuple):
    """Several lines over the same periods, oldest first."""

    periods: tuple[Period, ...]
    series: tuple[Series, ...]


def trend_periods(last: Period, year: int, count: int) -> tuple[Period, ...]:
    """That many periods up to the last one, as far as the plan's year goes back."""
    periods = [last.shift(-back) for back in range(count - 1, -1, -1)]
    return tuple(period for period in periods if period.year == year) or (last,)


def history(cards: Sequence[Scorecard], query: Query) -> History:
    """The lines of a query over those scorecards, oldest first; the last one decides which lines there are."""
    periods = tuple(card.period for card in cards)
    if query.by == "status":
        raise InputError(_STATUS_HAS_NO_HISTORY)
    if query.by is None and query.drills:
        return History(periods, _rows(cards, query))
    return History(periods, _means(cards, query, query.by or "unit"))


def _rows(cards: Sequence[Scorecard], query: Query) -> tuple[Series, ...]:
    last = cards[-1]
    names = {unit.id: unit.name for unit in last.plan.reporting_units}
    shown = [row for row in rows_of(last, query) if query.shows(row)]
    ordered = order_rows(shown, query.order, descending=query.descending, names=names)
    return tuple(
        Series(
            None,
            row.indicator.id,
            row,
            tuple(_point(card.rows.get((row.indicator.id, row.unit))) for card in cards),
        )
        for row in ordered
    )


def _point(row: Progress | None) -> Point:
    if row is None:
        return Point(None)
    return Point(row.completion, row.status, used=row.carried_from, on_reference=row.target_basis == "reference")


def _means(cards: Sequence[Scorecard], query: Query, by: Grouping) -> tuple[Series, ...]:
    scope = query._replace(by=by)
    points: dict[Key, list[Point]] = {}
    for card in cards:
        for key, rows in grouped(like(rows_of(card, scope), by), by, card.plan).items():
            whole = tally(rows)
            on_reference = any(row.is_judged and row.target_basis == "reference" for row in rows)
            point = Point(whole.completion, None, whole.on_schedule, whole.due, on_reference=on_reference)
            points.setdefault(key, []).append(point)
    shown = {key_of(row, by) for row in rows_of(cards[-1], scope) if scope.shows(row)}
    series = [Series(by, key, None, tuple(found)) for key, found in points.items() if key in shown]
    keys: Mapping[Order, Callable[[Series], Fraction]] = {
        "completion": lambda one: one.points[-1].completion or Fraction(0),
        "gap": lambda one: one.change or Fraction(0),
    }
    if query.order in keys:
        series.sort(key=keys[query.order])
    return tuple(reversed(series)) if query.descending else tuple(series)
