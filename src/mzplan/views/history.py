"""The same figures at several periods: a trend, or then and now."""

from collections import Counter
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple

from mzplan.period import Period
from mzplan.plan.target import Target
from mzplan.scoring.means import tally
from mzplan.scoring.progress import ZERO, Progress, Status, Tally, carried_into
from mzplan.scoring.scorecard import Scorecard
from mzplan.views.detail import Key, city_first, grouped, shown_groups, sortable, sorted_rows
from mzplan.views.overview import LitMean, TallyLights, ordered
from mzplan.views.query import Grouping, Query, rows_of, sort_by, summed_rows


class Point(NamedTuple):
    """Where something stood at one period."""

    completion: Fraction | None
    status: Status | None = None
    """Of a single indicator, and of a group that has no mean; None for a mean."""
    on_schedule: int | None = None
    due: int | None = None
    missing: int = 0
    """How many of `due` are not reported: not reached, and not late either."""
    carried: tuple[Period, ...] = ()
    """The months of the older figures on which it rests, the oldest first."""
    on_reference: bool = False
    """Whether a target behind it is a computed part of a city total."""
    reported: int = 0
    """How many of the reports that were owed for it were sent."""
    unreported: int = 0
    """How many were not."""
    rows: Mapping[tuple[str, str | None], Progress] = {}
    """By indicator and unit the rows behind it: those that a mean is of, or the single one."""

    @property
    def used(self) -> Period | None:
        """The newest of those months where nobody has reported: all of it is carried, and no news."""
        return self.carried[-1] if self.carried and not self.reported else None

    @property
    def is_silent(self) -> bool:
        """Whether nobody has reported for it, or what was reported is not enough for a verdict."""
        return self.used is not None or self.status is Status.MISSING

    @property
    def targets(self) -> Mapping[tuple[str, str | None], Target]:
        """What is asked of each row behind it, by indicator and unit."""
        return {key: row.promise for key, row in self.rows.items() if row.promise is not None}


class Causes(NamedTuple):
    """What a change of a mean is made of; the shares add up to the whole."""

    work: Fraction
    """By the figures of rows that are in both means, measured by what was asked at first."""
    retargeted: Fraction
    """By what is asked of the rows in both, the later figures held fixed: what raises a target never adds to a mean."""
    recounted: Fraction
    """By what is in one of the two means alone."""
    entered: int
    left: int


class TrendLine(NamedTuple):
    """One line: a mean over a group of indicators, or one indicator of one unit."""

    by: Grouping | None
    """None for a single indicator."""
    key: Key
    row: Progress | None
    """The single indicator's row at the last period."""
    points: tuple[Point, ...]

    @property
    def change(self) -> Fraction | None:
        """From the first period to the last, as a share; None when either has no figure of its own, or is the other."""
        first, last = self.points[0], self.points[-1]
        if len(self.points) == 1 or first.completion is None or last.completion is None or first.used or last.used:
            return None
        return last.completion - first.completion

    @property
    def retargeted(self) -> Mapping[tuple[str, str | None], Sequence[Target]]:
        """Of each row of which something else is asked at a later period than before: its targets one after another.

        Of the city's count of units those of the first unit with other ones, where its own is the same.
        Its completions differ in what they are measured by, and so do the means in which it is.
        """
        histories: dict[tuple[str, str | None], dict[str | None, list[Target]]] = {}
        for point in self.points:
            for key, row in point.rows.items():
                for unit, target in row.asked.items():
                    known = histories.setdefault(key, {}).setdefault(unit, [])
                    if not known or known[-1] != target:
                        known.append(target)
        changed = {key: [one for one in asked.values() if len(one) > 1] for key, asked in histories.items()}
        return {key: several[0] for key, several in changed.items() if several}

    @property
    def causes(self) -> Causes | None:
        """What the change of a mean is made of; None where there is none, and of a single row."""
        change, then, now = self.change, self.points[0].rows, self.points[-1].rows
        if self.row is not None or change is None or not then or not now:
            return None
        both = then.keys() & now.keys()
        whole = sum((now[key].indicator.weight for key in both), start=ZERO)
        parts = {key: now[key].indicator.weight / whole for key in both if whole}
        changed = self.retargeted
        same = {key: (_as_asked(now[key], then[key]) if key in changed else now[key]).capped for key in both}
        work = sum(((same[key] - then[key].capped) * part for key, part in parts.items()), start=ZERO)
        retargeted = sum(((now[key].capped - same[key]) * part for key, part in parts.items()), start=ZERO)
        recounted = change - retargeted - work
        return Causes(work, retargeted, recounted, len(now.keys() - both), len(then.keys() - both))

    @property
    def has_changed(self) -> bool:
        """Whether anything is another at the last period than at the first, but by how many others it was reported.

        Who fell silent, or is heard again, has changed. Of what was silent at both only the figure can change.
        """
        first, last = self.points[0], self.points[-1]
        if first.is_silent or last.is_silent:
            is_other = first.targets != last.targets or first.completion != last.completion
            return is_other or first.is_silent != last.is_silent
        plain = (
            point._replace(on_reference=False, carried=(), reported=0, unreported=0, rows={}) for point in (first, last)
        )
        return first.targets != last.targets or next(plain) != next(plain)


class History(NamedTuple):
    """Several lines over the same periods, oldest first."""

    periods: tuple[Period, ...]
    series: tuple[TrendLine, ...]
    total: TrendLine | None = None
    """The mean over everything asked about, changed or not; None where the city's own lines stand with its units'."""


def trend_periods(last: Period, year: int, count: int) -> tuple[Period, ...]:
    """That many periods up to the last one, as far as the plan's year goes back."""
    periods = [last.shift(-back) for back in range(count - 1, -1, -1)]
    return tuple(period for period in periods if period.year == year) or (last,)


def history(cards: Sequence[Scorecard], query: Query) -> History:
    """The lines of a query over those scorecards, oldest first; the last one decides which lines there are."""
    if query.by is None and query.drills:
        series, total = _rows(cards, query)
    else:
        series, total = _means(cards, query, query.by or "unit")
    shown = tuple(one for one in series if one.has_changed) if query.changed else series
    return History(tuple(card.period for card in cards), shown, total if len(series) > 1 else None)


def _rows(cards: Sequence[Scorecard], query: Query) -> tuple[tuple[TrendLine, ...], TrendLine | None]:
    last = cards[-1]
    shown = [row for row in rows_of(last, query) if query.shows(row)]
    if query.order != "change":
        shown = sorted_rows(last, shown, query)
    series = [
        TrendLine(
            None,
            row.indicator.id,
            row,
            tuple(_point(card.rows.get((row.indicator.id, row.unit))) for card in cards),
        )
        for row in shown
    ]
    if query.order == "change":
        series = sort_by(series, lambda one: one.change, descending=query.descending)
        series = city_first(series, [one.row for one in series if one.row is not None])
    keys = [(row.indicator.id, row.unit) for row in shown]
    return tuple(series), _total([[card.rows[key] for key in keys if key in card.rows] for card in cards])


def _point(row: Progress | None) -> Point:
    if row is None:
        return Point(None)
    return Point(
        row.completion,
        row.status,
        carried=row.carried_months,
        on_reference=row.target_basis == "reference",
        reported=row.reported,
        unreported=row.reporting - row.reported,
        rows={(row.indicator.id, row.unit): row},
    )


def _as_asked(row: Progress, earlier: Progress) -> Progress:
    """The row as far as its figure would have come by what an earlier one asks."""
    target, baseline, actual = earlier.target, earlier.baseline, row.actual
    if row.counts_units:
        asked = {one.unit: one.target for one in earlier.addends}
        pairs = ((asked.get(one.unit), one.actual) for one in row.addends)
        reached = sum(promise.met_by(figure) for promise, figure in pairs if promise is not None and figure is not None)
        target, baseline, actual = row.target, None, Fraction(reached)
    if target is None or actual is None:
        return row
    return row._replace(completion=Fraction(*target.measure(baseline).completion(actual.numerator, actual.denominator)))


def _means(cards: Sequence[Scorecard], query: Query, by: Grouping) -> tuple[tuple[TrendLine, ...], TrendLine | None]:
    scope = query._replace(by=by)
    rows = [summed_rows(card, scope) for card in cards]
    points: dict[Key, list[Point]] = {}
    marks: dict[Key, LitMean] = {}
    of_preset = TallyLights(cards[-1].preset)
    for card, found in zip(cards, rows, strict=True):
        for key, group in grouped(found, by, card.plan).items():
            whole = tally(group)
            points.setdefault(key, []).append(_mean(group, whole))
            marks[key] = of_preset.of(whole)
    shown = shown_groups(cards[-1], scope, points)
    series = [TrendLine(by, key, None, tuple(found)) for key, found in shown.items()]
    return (
        ordered(series, query, lambda one: sortable(cards[-1], by, one.key, marks[one.key], one.change)),
        _total(rows),
    )


def _mean(rows: Sequence[Progress], whole: Tally) -> Point:
    """A mean; where nothing is judged there is none, and what most of the rows are instead is the status."""
    statuses = Counter(row.status for row in rows) if whole.completion is None else None
    status = statuses.most_common(1)[0][0] if statuses else None
    return Point(
        whole.completion,
        status,
        whole.on_schedule,
        whole.due,
        whole.missing,
        carried_into(rows),
        whole.on_reference,
        sum(row.reported for row in rows),
        sum(row.reporting - row.reported for row in rows),
        {(row.indicator.id, row.unit): row for row in rows if row.is_judged},
    )


def _total(rows: Sequence[Sequence[Progress]]) -> TrendLine | None:
    """What the lines come to at each period; None where the city's rows are among those of its units."""
    owners = {row.unit for row in rows[-1]}
    if None in owners and len(owners) > 1:
        return None
    return TrendLine(None, None, None, tuple(_mean(found, tally(found)) for found in rows))
