"""How a plan's figures become a scorecard: actual, completion, expectation, gap and status. Arithmetic only."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import NamedTuple

from mzplan.figures import ExactSum
from mzplan.indicator import SILENCE, Indicator, Target
from mzplan.ledger import Ledger
from mzplan.lights import DEFAULT, PRESETS, light
from mzplan.period import Period
from mzplan.plan import LightPreset, Plan
from mzplan.progress import ZERO, Progress, Rows, Scorecard, Status, Tally, UnitTally


def score(
    plan: Plan, ledger: Ledger, period: Period, preset: LightPreset | None = None, *, rank: bool = True
) -> Scorecard:
    """The scorecard of that period; `preset` is `strict` unless given, `rank=False` leaves every rank out."""
    scorer = Scorer(plan, ledger, preset or PRESETS[DEFAULT])
    rows: dict[tuple[str, str | None], Progress] = {}
    for indicator in plan.indicators.values():
        units = scorer.unit_rows(indicator, period)
        rows[indicator.id, None] = scorer.city_row(indicator, units, period)
        for row in units:
            rows[indicator.id, row.unit] = row
    tallies = _tallies(plan, rows.values())
    return Scorecard(
        plan=plan,
        period=period,
        preset=scorer.preset,
        rows=rows,
        areas=tallies.areas,
        units=_standings(plan, tallies.units, rows, rank=rank),
    )


def owners(plan: Plan, indicator: Indicator) -> tuple[str, ...]:
    """Ids of the units that have a row of that indicator: those that report it or are judged on it, in plan order."""
    involved = {*indicator.reporting, *indicator.judged}
    return tuple(unit for unit in plan.units if unit in involved or (indicator.id, unit) in plan.parts)


class Scorer:
    """One row at a time, for any period of the same plan, ledger and preset."""

    def __init__(self, plan: Plan, ledger: Ledger, preset: LightPreset) -> None:
        self.plan = plan
        self.ledger = ledger
        self.preset = preset

    def row(self, indicator: Indicator, unit: str | None, period: Period) -> Progress:
        """The row of a unit, or of the city for None."""
        rows = self.unit_rows(indicator, period)
        if unit is None:
            return self.city_row(indicator, rows, period)
        return next(row for row in rows if row.unit == unit)

    def streak(self, row: Progress, period: Period) -> int:
        """How many periods in a row, up to that one, the row has been behind or far behind."""
        count = 0
        while row.status in (Status.BEHIND, Status.FAR_BEHIND):
            count += 1
            if period.month == 1:
                break
            period = period.shift(-1)
            row = self._unescalated(row.indicator, row.unit, period)
        return count

    def unit_rows(self, indicator: Indicator, period: Period) -> list[Progress]:
        """A row for each unit that has to do with the indicator: its latest record against its own target."""
        return [self._escalated(row, period) for row in self._plain_unit_rows(indicator, period)]

    def city_row(self, indicator: Indicator, units: Sequence[Progress], period: Period) -> Progress:
        """The city's row, folded from the rows of its units."""
        return self._escalated(self._plain_city_row(indicator, units, period), period)

    def _unescalated(self, indicator: Indicator, unit: str | None, period: Period) -> Progress:
        if unit is None:
            return self._plain_city_row(indicator, self._plain_unit_rows(indicator, period), period)
        return self._plain_unit_rows(indicator, period, only=(unit,))[0]

    def _escalated(self, row: Progress, period: Period) -> Progress:
        if not self.plan.escalate or row.status not in (Status.BEHIND, Status.FAR_BEHIND):
            return row
        streak = self.streak(row, period)
        status = Status.FAR_BEHIND if streak >= self.plan.escalate else row.status
        return replace(row, status=status, streak=streak)

    def _plain_unit_rows(
        self, indicator: Indicator, period: Period, only: tuple[str, ...] | None = None
    ) -> list[Progress]:
        """Rows of all owners, or of `only` some, whose contributions then mean nothing: streaks ask for the status."""
        units = owners(self.plan, indicator) if only is None else only
        entries = [self.ledger.latest(indicator.id, unit, period) for unit in units]
        actuals = [
            None if entry is None or entry.is_not_applicable else indicator.actual((entry.figure,)) for entry in entries
        ]
        whole = ExactSum()
        if indicator.additive and indicator.applies_to == "total":
            for actual in actuals:
                if actual is not None:
                    whole.add(actual)
        total = whole.total()
        owing = set(indicator.owing)
        expected = indicator.schedule.expected_by(period)
        not_due = indicator.schedule.kind == "by_due" and period < indicator.schedule.due
        rows = []
        for unit, entry, actual in zip(units, entries, actuals, strict=True):
            target, basis = self.plan.target_for(indicator, unit) or (None, None)
            judgement = self._judge(
                indicator,
                actual,
                target,
                expected=expected,
                not_applicable=entry is not None and entry.is_not_applicable,
                not_due=not_due,
                baseline=indicator.baseline if basis == "plan" else None,
            )
            numerator, denominator = indicator.pair((entry.figure,)) if actual is not None and entry else (None, None)
            rows.append(
                Progress(
                    indicator=indicator,
                    unit=unit,
                    actual=actual,
                    numerator=numerator,
                    denominator=denominator,
                    target=target,
                    target_basis=basis,
                    completion=judgement.completion,
                    expected=judgement.expected,
                    gap=judgement.gap,
                    status=judgement.status,
                    record_period=entry.period if entry else None,
                    contribution=actual / total if total > 0 and actual is not None else None,
                    reported=int(entry is not None and entry.period == period and unit in owing),
                    reporting=int(unit in owing),
                    entry=entry,
                )
            )
        return rows

    def _plain_city_row(self, indicator: Indicator, units: Sequence[Progress], period: Period) -> Progress:
        fold = _fold(indicator, units, period)
        judgement = self._judge(
            indicator,
            fold.actual,
            fold.target,
            expected=fold.expected,
            not_applicable=fold.not_applicable,
            not_due=fold.not_due,
            baseline=fold.baseline,
        )
        used = [row.record_period for row in units if row.record_period is not None]
        return Progress(
            indicator=indicator,
            unit=None,
            actual=fold.actual,
            numerator=fold.numerator,
            denominator=fold.denominator,
            target=fold.target,
            target_basis=None if fold.target.operator == "undefined" else "plan",
            completion=judgement.completion,
            expected=judgement.expected,
            gap=judgement.gap,
            status=judgement.status,
            record_period=min(used, default=None),
            reported=sum(row.reported for row in units),
            reporting=sum(row.reporting for row in units),
            addends=tuple(units),
        )

    def _judge(
        self,
        indicator: Indicator,
        actual: Fraction | None,
        target: Target | None,
        *,
        expected: Fraction,
        not_applicable: bool,
        not_due: bool,
        baseline: Fraction | None,
    ) -> "_Judgement":
        """The states in the order of `Status`; the first that holds is the verdict."""
        if indicator.target.operator == "undefined":
            return _Judgement(Status.UNDEFINED)
        if not_applicable:
            return _Judgement(Status.NOT_APPLICABLE)
        if actual is None:
            return _Judgement(Status.MISSING, expected=expected if target else None)
        if target is None:
            return _Judgement(Status.CONTRIBUTION)
        completion = target.completion(actual, baseline)
        gap = completion - expected
        if target.met_by(actual):
            status = Status.MET
        elif not_due:
            status = Status.NOT_DUE
        else:
            status = _STATUS_OF_LIGHT[light(self.preset, gap, expected)]
        return _Judgement(status, completion, expected, gap)


class _Judgement(NamedTuple):
    status: Status
    completion: Fraction | None = None
    expected: Fraction | None = None
    gap: Fraction | None = None


_STATUS_OF_LIGHT = {"green": Status.ON_SCHEDULE, "yellow": Status.BEHIND, "red": Status.FAR_BEHIND}


class _Fold(NamedTuple):
    """What the rows of the units come to for the city, before it is judged."""

    actual: Fraction | None
    target: Target
    expected: Fraction
    not_applicable: bool
    not_due: bool
    baseline: Fraction | None = None
    numerator: Fraction | None = None
    denominator: Fraction | None = None


def _fold(indicator: Indicator, units: Sequence[Progress], period: Period) -> _Fold:
    """The city's sum or ratio, the mean share of a milestone, or the number of units that meet what each must."""
    schedule = indicator.schedule
    not_due = schedule.kind == "by_due" and period < schedule.due
    judged = frozenset(indicator.judged)
    involved = [row for row in units if not judged or row.unit in judged]
    applicable = [row for row in involved if row.status is not Status.NOT_APPLICABLE]
    not_applicable = bool(involved) and not applicable
    figures = [row.entry.figure for row in applicable if row.entry is not None]
    if indicator.counts_silence and applicable:
        heard = indicator.actual(figures + [SILENCE] * (len(applicable) - len(figures))) if figures else None
        return _Fold(heard, indicator.target, schedule.expected_by(period), not_applicable, not_due)
    if indicator.applies_to == "total":
        numerator, denominator = indicator.pair(figures)
        return _Fold(
            indicator.actual(figures),
            indicator.target,
            schedule.expected_by(period),
            not_applicable,
            not_due,
            indicator.baseline,
            numerator,
            denominator,
        )
    if indicator.target.operator == "undefined":
        return _Fold(None, indicator.target, ZERO, not_applicable, not_due)
    due = schedule.is_due(period)
    meeting = Fraction(sum(row.status is Status.MET for row in applicable)) if figures else None
    return _Fold(meeting, Target("at_least", Fraction(len(applicable))), Fraction(int(due)), not_applicable, not due)


class _Tallying:
    """Adds up judged rows one by one."""

    __slots__ = ("capped", "judged", "on_schedule", "raw")

    def __init__(self) -> None:
        self.capped, self.raw = ExactSum(), ExactSum()
        self.on_schedule = self.judged = 0

    def add(self, row: Progress) -> None:
        self.capped.add(row.capped)
        self.raw.add(row.completion or ZERO)
        self.on_schedule += row.is_on_schedule
        self.judged += 1

    def tally(self) -> Tally:
        if not self.judged:
            return Tally(None, None, 0, 0)
        return Tally(self.capped.total() / self.judged, self.raw.total() / self.judged, self.on_schedule, self.judged)


def tally(rows: Iterable[Progress]) -> Tally:
    """The mean over the rows that are judged; rows that are not are left out."""
    adding = _Tallying()
    for row in rows:
        if row.is_judged:
            adding.add(row)
    return adding.tally()


class _Tallies(NamedTuple):
    areas: dict[tuple[int | None, str | None], Tally]
    units: dict[str | None, Tally]


def _tallies(plan: Plan, rows: Iterable[Progress]) -> _Tallies:
    """The tallies of every (area, unit) and of every unit, in one pass over the rows."""
    numbers: list[int | None] = [area.number for area in plan.action_areas]
    if plan.safeguards:
        numbers.append(None)
    units = {unit: _Tallying() for unit in (None, *plan.units)}
    areas = {(number, unit): _Tallying() for number in numbers for unit in units}
    for row in rows:
        if row.is_judged:
            areas[row.indicator.area, row.unit].add(row)
            units[row.unit].add(row)
    return _Tallies(
        {key: adding.tally() for key, adding in areas.items()}, {key: adding.tally() for key, adding in units.items()}
    )


def _standings(
    plan: Plan, tallies: Mapping[str | None, Tally], rows: Rows, *, rank: bool
) -> dict[str | None, UnitTally]:
    reported, reporting = dict.fromkeys(tallies, 0), dict.fromkeys(tallies, 0)
    for (_, unit), row in rows.items():
        reported[unit] += row.reported
        reporting[unit] += row.reporting
    ranked = {unit.id for unit in plan.reporting_units if unit.is_ranked} if rank else set()
    means = sorted(mean for unit, tally in tallies.items() if unit in ranked and (mean := tally.completion) is not None)
    standings: dict[str | None, UnitTally] = {}
    for unit, whole in tallies.items():
        place = ties = None
        if unit in ranked and whole.completion is not None:
            place = len(means) - bisect_right(means, whole.completion) + 1
            ties = bisect_right(means, whole.completion) - bisect_left(means, whole.completion)
        standings[unit] = UnitTally(unit, whole, place, ties or 0, reported[unit], reporting[unit])
    return standings
