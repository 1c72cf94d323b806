"""Where the city and every unit stand on an indicator at a period: the arithmetic between a ledger and a scorecard.

Everything is judged in integers; a row with its fractions is made when it is asked for.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from fractions import Fraction
from functools import cached_property
from typing import NamedTuple

from mzplan.period import Period
from mzplan.plan.indicator import SILENCE, Figure, Indicator, Measure, Schedule, Target
from mzplan.plan.lights import Light, Limits, limits
from mzplan.plan.model import LightPreset, Part, Plan
from mzplan.scoring.progress import LAGGING, Judged, Progress, Status
from mzplan.submissions.ledger import EMPTY, MONTHS, NOT_APPLICABLE, Ledger

Quotient = tuple[int, int]
"""An actual as `above, below` with below > 0."""

_OF_LIGHT: Mapping[Light, Status] = {
    "green": Status.ON_SCHEDULE,
    "yellow": Status.BEHIND,
    "red": Status.FAR_BEHIND,
}


class Yardstick(NamedTuple):
    """How statuses are decided for an indicator at a period."""

    expected: Fraction
    limits: Limits
    is_undefined: bool
    is_before_due: bool
    """Whether nothing is called behind yet."""

    def judge(self, measure: Measure | None, actual: Quotient | None, *, is_not_applicable: bool) -> Judged:
        """The verdict on a unit, or on the city: of the states in the order of `Status` the first that holds.

        `measure` is None for whom nothing is promised of, `actual` where nothing is reported.
        """
        if self.is_undefined:
            return Judged(Status.UNDEFINED)
        if is_not_applicable:
            return Judged(Status.NOT_APPLICABLE)
        if actual is None:
            return Judged(Status.MISSING) if measure is None else Judged(Status.MISSING, 0, 1)
        if measure is None:
            return Judged(Status.CONTRIBUTION)
        above, below = measure.completion(*actual)
        if measure.is_met(*actual):
            return Judged(Status.MET, above, below)
        if self.is_before_due:
            return Judged(Status.NOT_DUE, above, below)
        return Judged(_OF_LIGHT[self.limits.light(above, below)], above, below)


def owners(plan: Plan, indicator: Indicator) -> tuple[str, ...]:
    """Ids of the units that have a row of that indicator: those that report it or are judged on it, in plan order."""
    involved = {*indicator.reporting, *indicator.judged}
    return tuple(unit for unit in plan.units if unit in involved or (indicator.id, unit) in plan.parts)


class Roster(NamedTuple):
    """The units of an indicator, as positions in the plan."""

    indicator: Indicator
    places: Sequence[int]
    """Those that have a row, in plan order."""
    measures: Mapping[int, Measure]
    """What those are judged by of which something is promised."""
    reference: Collection[int]
    """Those whose target is a computed part of the total."""
    judged: Sequence[int]
    """Those that the plan's own target applies to; all of `places` for a total."""
    owing: frozenset[int]
    """Those that must report it."""

    @classmethod
    def of(cls, plan: Plan, indicator: Indicator, parts: Mapping[str, Part]) -> "Roster":
        """The roster of an indicator whose total is shared out like that."""

        def places(units: Iterable[str]) -> list[int]:
            return sorted({plan.unit_index[unit] for unit in units})

        everyone = places((*indicator.reporting, *indicator.judged, *parts))
        given = {unit: part for unit, part in parts.items() if part.is_target}
        if indicator.applies_to == "total":
            measures = {plan.unit_index[unit]: part.measure for unit, part in given.items()}
        else:
            measures = dict.fromkeys(places(indicator.judged), indicator.target.measure(indicator.baseline))
        return cls(
            indicator,
            everyone,
            measures,
            frozenset(places(unit for unit, part in given.items() if part.basis == "reference")),
            places(indicator.judged) if indicator.judged else everyone,
            frozenset(places(indicator.owing)),
        )


class Column:
    """An indicator at a period: the latest record of every unit not after it, and where each stands."""

    def __init__(self, ledger: Ledger, roster: Roster, yardstick: Yardstick, period: Period) -> None:
        self.indicator = roster.indicator
        self.roster = roster
        self.yardstick = yardstick
        units = len(ledger.plan.reporting_units)
        start = ledger.plan.indicator_index[self.indicator.id] * ledger.block_count
        last = ledger.months_until(period)
        at_last = slice(start + last - 1, start + ledger.block_count, MONTHS)
        is_ratio = "denominator" in self.indicator.columns
        self.values = ledger.values[at_last] if last else [EMPTY] * units
        """By place: the figure as the ledger has it, or what stands for none."""
        self.denominators = ledger.denominators[at_last].tolist() if last and is_ratio else [0] * units
        silent = [place for place in roster.places if self.values[place] == EMPTY]
        months = {last} if len(silent) < len(roster.places) else set()
        for place in silent:
            january = start + place * MONTHS
            for cell in range(january + last - 2, january - 1, -1):
                if not ledger.is_empty(cell):
                    self.values[place] = ledger.values[cell]
                    self.denominators[place] = ledger.denominators[cell] if is_ratio else 0
                    months.add(cell - january + 1)
                    break
        self.oldest: int | None = min(months, default=None)
        """The month of the oldest record used."""
        self.unreported: Sequence[int] = silent if period.year == ledger.plan.year else roster.places
        """The places without a record for the period itself."""
        self.judged: list[Judged | None] = [None] * units
        """By place: the verdict before anything escalates; None for a unit that has nothing to do with it."""
        for place in roster.places:
            self.judged[place] = yardstick.judge(
                roster.measures.get(place),
                self.actual(place),
                is_not_applicable=self.values[place] == NOT_APPLICABLE,
            )

    def actual(self, place: int) -> Quotient | None:
        """What a unit has reached; None when that is unknown or not applicable."""
        value = self.values[place]
        return self.indicator.quotient(value, self.denominators[place]) if value >= 0 else None

    def lagging(self) -> list[int]:
        """The places that are behind or far behind."""
        return [place for place, one in enumerate(self.judged) if one is not None and one.status in LAGGING]


class City(NamedTuple):
    """What the records of an indicator's units come to, and where the city stands by that."""

    judged: Judged
    expected: Fraction
    actual: Quotient | None
    target: Target
    numerator: Fraction | None = None
    denominator: Fraction | None = None


class Scorer:
    """One column or one row at a time, for any period of the same plan, ledger and preset."""

    def __init__(self, plan: Plan, ledger: Ledger, preset: LightPreset) -> None:
        self.plan = plan
        self.ledger = ledger
        self.preset = preset
        self._rosters: dict[str, Roster] = {}
        self._columns: dict[tuple[str, Period], Column] = {}
        self._limits: dict[Fraction, Limits] = {}
        self._expected: dict[tuple[Schedule, Period], Fraction] = {}

    @cached_property
    def _parts(self) -> Mapping[str, Mapping[str, Part]]:
        parts: dict[str, dict[str, Part]] = {}
        for (identifier, unit), rows in self.plan.parts.items():
            parts.setdefault(identifier, {})[unit] = rows[-1]
        return parts

    def roster(self, indicator: Indicator) -> Roster:
        """The units of an indicator."""
        if indicator.id not in self._rosters:
            self._rosters[indicator.id] = Roster.of(self.plan, indicator, self._parts.get(indicator.id, {}))
        return self._rosters[indicator.id]

    def column(self, indicator: Indicator, period: Period) -> Column:
        """All units of an indicator."""
        key = (indicator.id, period)
        if key not in self._columns:
            schedule = indicator.schedule
            is_before_due = schedule.kind == "by_due" and period < schedule.due
            yardstick = self._yardstick(indicator, self.expected(schedule, period), is_before_due=is_before_due)
            self._columns[key] = Column(self.ledger, self.roster(indicator), yardstick, period)
        return self._columns[key]

    def expected(self, schedule: Schedule, period: Period) -> Fraction:
        """The share expected at the end of that period."""
        if (schedule, period) not in self._expected:
            self._expected[schedule, period] = schedule.expected_by(period)
        return self._expected[schedule, period]

    def _yardstick(self, indicator: Indicator, expected: Fraction, *, is_before_due: bool) -> Yardstick:
        if expected not in self._limits:
            self._limits[expected] = limits(self.preset, expected)
        return Yardstick(expected, self._limits[expected], indicator.target.operator == "undefined", is_before_due)

    def city(self, column: Column, period: Period) -> City:
        """The city's sum or ratio, the mean share of a milestone, or the number of units that meet what each must."""
        indicator, yardstick, values = column.indicator, column.yardstick, column.values
        target = indicator.target
        applicable = [place for place in column.roster.judged if values[place] != NOT_APPLICABLE]
        heard = [place for place in applicable if values[place] != EMPTY]
        baseline: Fraction | None = None
        pair: tuple[Fraction | None, Fraction | None] = None, None
        actual: Fraction | None = None
        if indicator.counts_silence and applicable:
            silent = [SILENCE] * (len(applicable) - len(heard))
            actual = indicator.actual([*(Figure(values[place]) for place in heard), *silent]) if heard else None
        elif indicator.applies_to == "total":
            below = column.denominators
            whole = Figure(sum(values[place] for place in heard), sum(below[place] for place in heard))
            sums = (whole,) if heard else ()
            actual, pair, baseline = indicator.actual(sums), indicator.pair(sums), indicator.baseline
        elif not yardstick.is_undefined:
            verdicts = [column.judged[place] for place in applicable]
            meeting = sum(one is not None and one.status is Status.MET for one in verdicts)
            actual = Fraction(meeting) if heard else None
            target = Target("at_least", Fraction(len(applicable)))
            expected = Fraction(int(indicator.schedule.is_due(period)))
            yardstick = self._yardstick(indicator, expected, is_before_due=not expected)
        quotient = None if actual is None else (actual.numerator, actual.denominator)
        is_not_applicable = bool(column.roster.judged) and not applicable
        judged = yardstick.judge(target.measure(baseline), quotient, is_not_applicable=is_not_applicable)
        return City(judged, yardstick.expected, quotient, target, *pair)

    def streak(self, row: Progress, period: Period) -> int:
        """How many periods in a row, up to that one, the row has been behind or far behind."""
        return self.streak_of(row.indicator, row.unit, row.status, period)

    def streak_of(self, indicator: Indicator, unit: str | None, status: Status, period: Period) -> int:
        """The streak of the row that has that status at the period."""
        count = 0
        while status in LAGGING:
            count += 1
            if period.month == 1:
                break
            period = period.shift(-1)
            column = self.column(indicator, period)
            judged = self.city(column, period).judged if unit is None else column.judged[self.plan.unit_index[unit]]
            status = Status.MISSING if judged is None else judged.status
        return count

    def escalated(self, judged: Judged, indicator: Indicator, unit: str | None, period: Period) -> tuple[Judged, int]:
        """The verdict after a long streak, as the plan has it, and the streak where the plan counts them."""
        if not self.plan.escalate or judged.status not in LAGGING:
            return judged, 0
        streak = self.streak_of(indicator, unit, judged.status, period)
        return judged._replace(status=Status.FAR_BEHIND) if streak >= self.plan.escalate else judged, streak

    def unit_row(self, column: Column, unit: str, period: Period, whole: Quotient | None) -> Progress:
        """The row of a unit; `whole` is the sum of which it contributes a share, if any. KeyError without a row."""
        indicator, place = column.indicator, self.plan.unit_index[unit]
        plain, quotient = column.judged[place], column.actual(place)
        if plain is None:
            raise KeyError(unit)
        judged, streak = self.escalated(plain, indicator, unit, period)
        actual = None if quotient is None else Fraction(*quotient)
        entry = self.ledger.latest(indicator.id, unit, period)
        figures = (entry.figure,) if entry is not None and actual is not None else ()
        numerator, denominator = indicator.pair(figures)
        target, basis = self.plan.target_for(indicator, unit, period) or (None, None)
        completion, expected = judged.completion(quotient), column.yardstick.expected if judged.counts else None
        owes = place in column.roster.owing
        return Progress(
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
            status=judged.status,
            record_period=entry.period if entry else None,
            contribution=actual / Fraction(*whole) if actual is not None and whole and whole[0] > 0 else None,
            reported=int(owes and entry is not None and entry.period == period),
            reporting=int(owes),
            entry=entry,
            streak=streak,
        )

    def city_row(self, column: Column, city: City, period: Period, units: Sequence[Progress]) -> Progress:
        """The city's row, folded from those of its units."""
        roster, indicator = column.roster, column.indicator
        judged, streak = self.escalated(city.judged, indicator, None, period)
        completion, expected = judged.completion(city.actual), city.expected if judged.counts else None
        unreported = sum(place in roster.owing for place in column.unreported)
        return Progress(
            indicator=indicator,
            unit=None,
            actual=None if city.actual is None else Fraction(*city.actual),
            numerator=city.numerator,
            denominator=city.denominator,
            target=city.target,
            target_basis=None if judged.status is Status.UNDEFINED else "plan",
            completion=completion,
            expected=expected,
            gap=None if completion is None or expected is None else completion - expected,
            status=judged.status,
            record_period=None if column.oldest is None else Period(self.plan.year, column.oldest),
            reported=len(roster.owing) - unreported,
            reporting=len(roster.owing),
            addends=units,
            streak=streak,
        )
