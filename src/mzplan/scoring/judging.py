"""One row, or one indicator of all units, at any period: the arithmetic between a ledger and a scorecard."""

from collections.abc import Sequence
from fractions import Fraction
from typing import NamedTuple

from mzplan.period import Period
from mzplan.plan.indicator import SILENCE, Figure, Indicator, Schedule, Target
from mzplan.plan.lights import Limits, limits
from mzplan.plan.model import LightPreset, Plan
from mzplan.scoring.columns import Latest, Roster, Rosters, Yardstick, judge
from mzplan.scoring.means import CODED, MET, UnitSums
from mzplan.scoring.progress import Progress, Status
from mzplan.submissions.ledger import EMPTY, NOT_APPLICABLE, Ledger

_WITHOUT_COMPLETION = (Status.UNDEFINED, Status.NOT_APPLICABLE, Status.CONTRIBUTION)


class Column(NamedTuple):
    """An indicator at a period: where the city and every unit stand."""

    roster: Roster
    codes: bytes
    """Of every unit of the plan, before anything escalates."""
    latest: Latest
    yardstick: Yardstick


class Scorer:
    """One column or one row at a time, for any period of the same plan, ledger and preset."""

    def __init__(self, plan: Plan, ledger: Ledger, preset: LightPreset) -> None:
        self.plan = plan
        self.ledger = ledger
        self.preset = preset
        self.rosters = Rosters(plan)
        self._limits: dict[Fraction, Limits] = {}
        self._yardsticks: dict[tuple[Schedule, bool, Period], Yardstick] = {}

    def column(self, indicator: Indicator, period: Period, sums: UnitSums | None = None) -> Column:
        """All units of an indicator; what they complete is added to `sums`."""
        roster = self.rosters[indicator.id]
        latest = Latest(self.ledger, roster, period)
        yardstick = self.yardstick(indicator, period)
        return Column(roster, judge(roster, latest, yardstick, sums), latest, yardstick)

    def yardstick(self, indicator: Indicator, period: Period) -> Yardstick:
        """How the units of an indicator are judged at that period."""
        schedule, is_undefined = indicator.schedule, indicator.target.operator == "undefined"
        key = (schedule, is_undefined, period)
        if key not in self._yardsticks:
            is_before_due = schedule.kind == "by_due" and period < schedule.due
            self._yardsticks[key] = self._yardstick(schedule.expected_by(period), is_undefined, is_before_due)
        return self._yardsticks[key]

    def _yardstick(self, expected: Fraction, is_undefined: bool, is_before_due: bool) -> Yardstick:
        if expected not in self._limits:
            self._limits[expected] = limits(self.preset, expected)
        return Yardstick(expected, self._limits[expected], is_undefined, is_before_due)

    def streak(self, row: Progress, period: Period) -> int:
        """How many periods in a row, up to that one, the row has been behind or far behind."""
        return self.streak_of(row.indicator, row.unit, row.status, period)

    def streak_of(self, indicator: Indicator, unit: str | None, status: Status, period: Period) -> int:
        """The streak of the row that has that status at the period."""
        count = 0
        while status in (Status.BEHIND, Status.FAR_BEHIND):
            count += 1
            if period.month == 1:
                break
            period = period.shift(-1)
            status = self._plain_status(indicator, unit, period)
        return count

    def unit_row(self, indicator: Indicator, unit: str, period: Period, code: int, whole: Fraction | None) -> Progress:
        """The row of a unit whose status is known; `whole` is the sum of which it contributes a share, if any."""
        status = CODED[code]
        entry = self.ledger.latest(indicator.id, unit, period)
        actual = numerator = denominator = completion = expected = None
        if entry is not None and not entry.is_not_applicable:
            actual = indicator.actual((entry.figure,))
            numerator, denominator = indicator.pair((entry.figure,)) if actual is not None else (None, None)
        target, basis = self.plan.target_for(indicator, unit) or (None, None)
        if target is not None and status not in _WITHOUT_COMPLETION:
            expected = indicator.schedule.expected_by(period)
            if actual is not None:
                completion = target.completion(actual, indicator.baseline if basis == "plan" else None)
        owes = self.plan.unit_index[unit] in self.rosters[indicator.id].owing
        row = Progress(
            indicator=indicator,
            unit=unit,
            actual=actual,
            numerator=numerator,
            denominator=denominator,
            target=target,
            target_basis=basis,
            completion=completion,
            expected=expected,
            gap=None if completion is None or expected is None else completion - expected,
            status=status,
            record_period=entry.period if entry else None,
            contribution=actual / whole if actual is not None and whole is not None and whole > 0 else None,
            reported=int(owes and entry is not None and entry.period == period),
            reporting=int(owes),
            entry=entry,
        )
        return self._escalated(row, period)

    def city_row(self, column: Column, period: Period, units: Sequence[Progress] = ()) -> Progress:
        """The city's row, folded from those of its units."""
        return self._escalated(self._plain_city_row(column, period, units), period)

    def _escalated(self, row: Progress, period: Period) -> Progress:
        if not self.plan.escalate or row.status not in (Status.BEHIND, Status.FAR_BEHIND):
            return row
        streak = self.streak(row, period)
        status = Status.FAR_BEHIND if streak >= self.plan.escalate else row.status
        return row._replace(status=status, streak=streak)

    def _plain_status(self, indicator: Indicator, unit: str | None, period: Period) -> Status:
        """A status before anything escalates."""
        if unit is None:
            return self._plain_city_row(self.column(indicator, period), period, ()).status
        roster, yardstick = self.rosters[indicator.id], self.yardstick(indicator, period)
        if yardstick.is_undefined:
            return Status.UNDEFINED
        entry = self.ledger.latest(indicator.id, unit, period)
        if entry is None:
            quotient = None
        elif entry.figure.value is None:
            return Status.NOT_APPLICABLE
        else:
            quotient = indicator.quotient(entry.figure.value, entry.figure.denominator or 0)
        return CODED[yardstick.verdict(roster.measures[self.plan.unit_index[unit]], quotient)[0]]

    def _plain_city_row(self, column: Column, period: Period, units: Sequence[Progress]) -> Progress:
        roster, latest = column.roster, column.latest
        indicator = roster.indicator
        fold = _fold(column, period)
        completion = expected = None
        yardstick = column.yardstick
        if fold.counts_units:
            expected = Fraction(int(indicator.schedule.is_due(period)))
            yardstick = self._yardstick(expected, yardstick.is_undefined, not expected)
        if yardstick.is_undefined:
            status, expected = Status.UNDEFINED, None
        elif fold.is_not_applicable:
            status, expected = Status.NOT_APPLICABLE, None
        else:
            actual = fold.actual
            code, above, below = yardstick.verdict(
                fold.target.measure(fold.baseline), None if actual is None else (actual.numerator, actual.denominator)
            )
            status, expected = CODED[code], yardstick.expected
            completion = None if actual is None else Fraction(above, below)
        unreported = sum(1 for place in latest.unreported if place in roster.owing)
        return Progress(
            indicator=indicator,
            unit=None,
            actual=fold.actual,
            numerator=fold.numerator,
            denominator=fold.denominator,
            target=fold.target,
            target_basis=None if yardstick.is_undefined else "plan",
            completion=completion,
            expected=expected,
            gap=None if completion is None or expected is None else completion - expected,
            status=status,
            record_period=None if latest.oldest is None else Period(self.plan.year, latest.oldest),
            reported=len(roster.owing) - unreported,
            reporting=len(roster.owing),
            addends=units,
        )


class _Fold(NamedTuple):
    """What the records of the units come to for the city, before it is judged."""

    actual: Fraction | None
    target: Target
    is_not_applicable: bool
    baseline: Fraction | None = None
    numerator: Fraction | None = None
    denominator: Fraction | None = None
    counts_units: bool = False
    """Whether it is how many units meet what each must."""


def _fold(column: Column, period: Period) -> _Fold:
    """The city's sum or ratio, the mean share of a milestone, or the number of units that meet what each must."""
    roster, values = column.roster, column.latest.values
    indicator = roster.indicator
    applicable = [place for place in roster.judged if values[place] != NOT_APPLICABLE]
    heard = [place for place in applicable if values[place] != EMPTY]
    is_not_applicable = bool(roster.judged) and not applicable
    if indicator.counts_silence and applicable:
        stages = {value: Figure(value) for value in {values[place] for place in heard}}
        figures = [stages[values[place]] for place in heard]
        silent = [SILENCE] * (len(applicable) - len(heard))
        return _Fold(indicator.actual(figures + silent) if heard else None, indicator.target, is_not_applicable)
    if indicator.applies_to == "total":
        below = column.latest.denominators
        whole = Figure(sum(values[place] for place in heard), sum(below[place] for place in heard))
        sums = (whole,) if heard else ()
        return _Fold(
            indicator.actual(sums),
            indicator.target,
            is_not_applicable,
            indicator.baseline,
            *indicator.pair(sums),
        )
    if indicator.target.operator == "undefined":
        return _Fold(None, indicator.target, is_not_applicable)
    meeting = sum(1 for place in applicable if column.codes[place] == MET)
    target = Target("at_least", Fraction(len(applicable)))
    return _Fold(Fraction(meeting) if heard else None, target, is_not_applicable, counts_units=True)
