"""Where the city and every unit stand on an indicator at a period: the arithmetic between a ledger and a scorecard.

Everything is judged in integers; a row with its fractions is made when it is asked for.
"""

from collections.abc import Callable, Collection, Sequence
from fractions import Fraction
from functools import cache, cached_property
from typing import NamedTuple

from mzplan.period import Period
from mzplan.plan.indicator import SILENCE, Figure, Indicator
from mzplan.plan.lights import Limits, limits
from mzplan.plan.model import LightPreset, Plan
from mzplan.plan.target import Schedule, Target
from mzplan.scoring.progress import KEPT, LAGGING, UNJUDGED, ZERO, Judged, Progress, Status
from mzplan.scoring.yardstick import Quotient, Roster, Yardstick
from mzplan.submissions.ledger import EMPTY, MONTHS, NOT_APPLICABLE, Ledger


class City(NamedTuple):
    """What the records of an indicator's units come to, and where the city stands by that."""

    judged: Judged
    expected: Fraction
    actual: Quotient | None
    target: Target
    numerator: Fraction | None = None
    denominator: Fraction | None = None
    schedule: Schedule | None = None
    """With the date of its last unit, where units have dates of their own."""


class LatestRecords:
    """An indicator at a period: the latest record of every unit not after it, and where each and the city stand."""

    def __init__(
        self,
        ledger: Ledger,
        roster: Roster,
        limits_at: Callable[[Fraction], Limits],
        period: Period,
    ) -> None:
        self.indicator = roster.indicator
        self.roster = roster
        self._limits_at = limits_at
        units = len(ledger.plan.reporting_units)
        start = ledger.plan.indicator_index[self.indicator.id] * ledger.block_count
        last = ledger.months_until(period)
        at_last = slice(start + last - 1, start + ledger.block_count, MONTHS)
        is_ratio = "denominator" in self.indicator.columns
        self.values = ledger.values[at_last] if last else [EMPTY] * units
        """By place: the figure as the ledger has it, or what stands for none."""
        self.denominators = ledger.denominators[at_last].tolist() if last and is_ratio else [0] * units
        silent = [place for place in roster.places if self.values[place] == EMPTY]
        months = {place: last for place in roster.places if self.values[place] != EMPTY}
        owed = self.indicator.owed_by(period)
        owed_month = 0 if owed is None else owed.month if owed.year == ledger.plan.year else MONTHS + 1
        unreported = set(silent) if owed_month <= last else set(roster.places)
        for place in silent:
            january = start + place * MONTHS
            for cell in range(january + last - 2, january - 1, -1):
                if not ledger.is_empty(cell):
                    self.values[place] = ledger.values[cell]
                    self.denominators[place] = ledger.denominators[cell] if is_ratio else 0
                    months[place] = month = cell - january + 1
                    if month >= owed_month:
                        unreported.discard(place)
                    break
        self.oldest = Period(ledger.plan.year, min(months.values())) if months else None
        """The month of the oldest record used."""
        # a figure reported between two that are owed answers for its own month, and a silent unit for what it owes
        asked = {place: max(owed_month, months.get(place, 0)) for place in roster.places}
        common = min(asked.values(), default=owed_month)
        as_of = {month: Period(ledger.plan.year, month) for month in asked.values()} | {owed_month: owed}
        self.yardstick = self._yardstick(self.indicator.schedule, as_of[common])
        """What the city is judged by, as of the month that all have come to, and every unit that has no other date."""
        self._own: dict[int, Yardstick] = {}
        for place in roster.schedules if max(asked.values(), default=common) == common else roster.places:
            own = self._yardstick(roster.schedules.get(place, self.indicator.schedule), as_of[asked[place]])
            self._own[place] = own._replace(is_blind=place in roster.blind)
        self.unreported: Collection[int] = unreported if owed_month else frozenset()
        """The places without a record for the period last owed, or for one since."""
        self.judged: list[Judged | None] = [None] * units
        """By place: the verdict before anything escalates; None for a unit that has nothing to do with it."""
        for place in roster.places:
            self.judged[place] = self.yardstick_of(place).judge(
                roster.measures.get(place),
                self.actual(place),
                is_not_applicable=self.values[place] == NOT_APPLICABLE,
                is_reported=place not in self.unreported,
            )

    def _yardstick(self, schedule: Schedule, month: Period | None) -> Yardstick:
        """What that schedule asks of the indicator by the end of that month; nothing where there is none."""
        indicator, expected = self.indicator, ZERO if month is None else schedule.expected_by(month)
        return Yardstick(
            month=month,
            expected=expected,
            limits=self._limits_at(expected),
            is_due=month is not None and month >= schedule.due,
            is_undefined=indicator.target.operator == "undefined",
            is_kept_up=schedule.kind == "always" or indicator.target.operator == "at_most",
            accumulates=indicator.cumulative,
            cannot_fall=indicator.cumulative or indicator.counts_silence,
        )

    def yardstick_of(self, place: int) -> Yardstick:
        """What the unit in that place is judged by."""
        return self._own.get(place, self.yardstick)

    def asked(self, applicable: Sequence[int]) -> Yardstick:
        """What the city is judged by where each of those units has a promise to keep: what the units are judged by.

        As much is expected as of its units in the mean, and it is due when the last of them is, so that no unit whose
        own date has not come counts as one that failed, and one whose date came early counts from then on. A rule that
        is kept or not is expected of a unit when all of it is.
        """
        own = [self.yardstick_of(place) for place in applicable] if self._own else [self.yardstick]
        wanted = [one.expected if self.indicator.counts_silence else Fraction(int(one.expected == 1)) for one in own]
        expected, is_due = sum(wanted, ZERO) / len(own), all(one.is_due for one in own)
        limits_at = self._limits_at(expected)
        return self.yardstick._replace(expected=expected, limits=limits_at, is_due=is_due, is_blind=False)

    def schedule(self, applicable: Sequence[int]) -> Schedule | None:
        """By when those units must all keep their promises; None where none has a date other than the city's."""
        own = [self.roster.schedules.get(place, self.indicator.schedule) for place in applicable]
        if all(one == self.indicator.schedule for one in own):
            return None
        return self.indicator.schedule._replace(due=max(one.due for one in own))

    def actual(self, place: int) -> Quotient | None:
        """What a unit has reached; None when that is unknown or not applicable."""
        value = self.values[place]
        return self.indicator.quotient(value, self.denominators[place]) if value >= 0 else None

    def heard(self, applicable: Sequence[int]) -> list[int]:
        """Those of the places of which there is a figure, be it an older one."""
        return [place for place in applicable if self.values[place] != EMPTY]

    def lagging(self) -> list[int]:
        """The places that are not as they should be by now."""
        return [place for place, one in enumerate(self.judged) if one is not None and one.status in LAGGING]

    @cached_property
    def city(self) -> City:
        """The city's sum or ratio, the mean share of a milestone, or the number of units that meet what each must."""
        indicator = self.indicator
        applicable = [place for place in self.roster.judged if self.values[place] != NOT_APPLICABLE]
        counts = indicator.applies_to != "total" and not indicator.counts_silence
        if counts and self.yardstick.is_undefined:
            return City(Judged(Status.UNDEFINED), self.yardstick.expected, None, indicator.target)
        target = Target("at_least", Fraction(len(applicable))) if counts else indicator.target
        if not applicable and (self.roster.judged or indicator.applies_to != "total"):
            status = Status.UNDEFINED if self.yardstick.is_undefined else Status.NOT_APPLICABLE
            return City(Judged(status), self.yardstick.expected, None, target)
        if counts:
            return self._count(applicable, target)
        return self._stages(applicable) if indicator.counts_silence else self._sum(applicable)

    def _sum(self, applicable: Sequence[int]) -> City:
        """The sum or ratio of all figures, the carried ones among them; missing only if nobody reported."""
        indicator, yardstick = self.indicator, self.yardstick
        heard = self.heard(applicable)
        figure = Figure(sum(self.values[place] for place in heard), sum(self.denominators[place] for place in heard))
        sums = (figure,) if heard else ()
        actual = indicator.actual(sums)
        quotient = None if actual is None else (actual.numerator, actual.denominator)
        judged = yardstick.judge(
            indicator.target.measure(indicator.baseline),
            quotient,
            is_not_applicable=False,
            is_reported=any(place not in self.unreported for place in applicable),
        )
        return City(judged, yardstick.expected, quotient, indicator.target, *indicator.pair(sums))

    def _stages(self, applicable: Sequence[int]) -> City:
        """The mean share of a milestone; a silent unit could stand anywhere from where it stood to the last stage."""
        indicator, yardstick = self.indicator, self.asked(applicable)
        stages = [Figure(value) if (value := self.values[at]) != EMPTY else SILENCE for at in applicable]
        best = [
            Figure(len(indicator.stages) - 1) if self._is_open(at) else stage
            for at, stage in zip(applicable, stages, strict=True)
        ]
        mean, most = indicator.actual(stages), indicator.actual(best)
        if yardstick.is_undefined or mean is None or most is None:
            judged = Judged(Status.UNDEFINED) if yardstick.is_undefined else Judged(Status.MISSING, 0, 1)
            return City(judged, yardstick.expected, None, indicator.target)
        measure, actual = indicator.target.measure(), (mean.numerator, mean.denominator)
        low, high = yardstick.verdict(measure, actual), yardstick.verdict(measure, (most.numerator, most.denominator))
        judged = self._certain(applicable, low, high)
        heard = self.heard(applicable)
        schedule = self.schedule(applicable)
        return City(judged, yardstick.expected, actual if heard else None, indicator.target, schedule=schedule)

    def _count(self, applicable: Sequence[int], target: Target) -> City:
        """How many units keep what each must; a silent one might or might not, unless an older figure settles it."""
        measure = target.measure()
        verdicts = {place: self.judged[place] for place in applicable}
        stood = {place: one.carried or one.status for place, one in verdicts.items() if one is not None}
        sure = sum(status in KEPT and not self._is_open(place) for place, status in stood.items())
        open_ = sum(self._is_open(place) for place in applicable)
        meeting = sum(status in KEPT for status in stood.values())
        yardstick = self.asked(applicable)._replace(accumulates=False, cannot_fall=False)
        above, below = measure.completion(meeting, 1)
        low, high = yardstick.verdict(measure, (sure, 1)), yardstick.verdict(measure, (sure + open_, 1))
        if self.yardstick.accumulates and any(
            self._is_open(place) and self.roster.measures[place].operator in ("at_most", "about")
            for place in applicable
        ):
            high = high._replace(status=Status.EXCEEDED)
        judged = self._certain(applicable, low, high)._replace(above=above, below=below)
        if any(status is Status.EXCEEDED for status in stood.values()):
            judged = judged._replace(status=Status.EXCEEDED)
        heard = self.heard(applicable)
        schedule = self.schedule(applicable)
        return City(judged, yardstick.expected, (meeting, 1) if heard else None, target, schedule=schedule)

    def _is_open(self, place: int) -> bool:
        """Whether the unit is silent, and what it will report can still change its verdict."""
        judged = self.judged[place]
        return judged is None or judged.status is Status.MISSING

    def _certain(self, applicable: Sequence[int], low: Judged, high: Judged) -> Judged:
        """The verdict that holds whatever the silent units would have reported, else missing.

        Nothing expected yet blames and praises nobody, and may stand once anybody has reported.
        """
        is_heard = any(place not in self.unreported for place in applicable)
        if low.status is high.status and (is_heard or low.status in KEPT):
            return low
        if low.status is Status.NOT_DUE and is_heard:
            return low
        return low._replace(status=Status.MISSING)


class Scorer:
    """One column or one row at a time, for any period of the same plan, ledger and preset."""

    def __init__(self, plan: Plan, ledger: Ledger, preset: LightPreset) -> None:
        self.plan = plan
        self.ledger = ledger
        self.preset = preset
        self._rosters: dict[tuple[str, Period | None], Roster] = {}
        self._columns: dict[tuple[str, Period], LatestRecords] = {}
        self._limits_at = cache(lambda expected: limits(preset, expected))
        self._unread_at = cache(lambda period: (ledger.unread_at(period), ledger.refused_at(period)))

    @cached_property
    def _dated(self) -> frozenset[str]:
        """The indicators of which a unit was given something from some month on."""
        rows = ((identifier, part) for (identifier, _), parts in self.plan.parts.items() for part in parts)
        return frozenset(identifier for identifier, part in rows if part.start is not None)

    def is_unread(self, indicator: str, unit: str | None, period: Period) -> bool:
        """Whether what the unit sent of the indicator for that period could not be taken: that is no silence."""
        units, rows = self._unread_at(period)
        return unit in units or (indicator, unit) in rows

    def roster(self, indicator: Indicator, period: Period) -> Roster:
        """The units of an indicator of the plan, as it is judged at that period."""
        changes = indicator.revisions or indicator.report_every != "month" or indicator.id in self._dated
        key = (indicator.id, period if changes else None)
        if key not in self._rosters:
            self._rosters[key] = Roster.of(self.plan, indicator.at(period), period)
        return self._rosters[key]

    def column(self, indicator: Indicator, period: Period) -> LatestRecords:
        """All units of an indicator."""
        key = (indicator.id, period)
        if key not in self._columns:
            roster = self.roster(self.plan.indicators[indicator.id], period)
            self._columns[key] = LatestRecords(self.ledger, roster, self._limits_at, period)
        return self._columns[key]

    def streak(self, row: Progress, period: Period) -> int:
        """How many periods in a row, up to that one, the row has lagged; 0 when it does not."""
        return row.streak or self._streak(row.indicator, row.unit, row.status, period)

    def _streak(self, indicator: Indicator, unit: str | None, status: Status, period: Period) -> int:
        """The streak of the row that has that status at the period.

        Months that are not owed, and those not reported, neither count nor break it.
        """
        if status not in LAGGING:
            return 0
        count, owed = 0, self.plan.indicators[indicator.id].is_owed(period)
        while status in LAGGING or status is Status.MISSING or not owed:
            count += owed and status in LAGGING
            if period.month == 1:
                break
            period = period.shift(-1)
            column = self.column(indicator, period)
            judged = column.city.judged if unit is None else column.judged[self.plan.unit_index[unit]]
            status = Status.UNDEFINED if judged is None else judged.status
            owed = self.plan.indicators[indicator.id].is_owed(period)
        return count

    def escalated(self, judged: Judged, indicator: Indicator, unit: str | None, period: Period) -> tuple[Judged, int]:
        """The verdict after a long streak, as the plan has it, and the streak where the plan counts them."""
        if not self.plan.escalate or judged.status not in (Status.BEHIND, Status.FAR_BEHIND):
            return judged, 0
        streak = self._streak(indicator, unit, judged.status, period)
        return judged._replace(status=Status.FAR_BEHIND) if streak >= self.plan.escalate else judged, streak

    def unit_row(self, column: LatestRecords, unit: str, period: Period) -> Progress:
        """The row of a unit; KeyError without one."""
        indicator, place = column.indicator, self.plan.unit_index[unit]
        plain, quotient = column.judged[place], column.actual(place)
        whole = column.city.actual if indicator.contributes else None
        if plain is None:
            raise KeyError(unit)
        judged, streak = self.escalated(plain, indicator, unit, period)
        actual = None if quotient is None else Fraction(*quotient)
        entry = self.ledger.latest(indicator.id, unit, period)
        figures = (entry.figure,) if entry is not None and actual is not None else ()
        numerator, denominator = indicator.pair(figures)
        target, basis = self.plan.target_for(indicator, unit, period) or (None, None)
        own = column.yardstick_of(place)
        is_waiting = not judged.counts and judged.status not in UNJUDGED
        owes = place in column.roster.owing
        return Progress(
            indicator=indicator,
            unit=unit,
            actual=actual,
            numerator=numerator,
            denominator=denominator,
            target=target,
            target_basis=basis,
            completion=judged.completion(quotient),
            expected=own.expected if judged.counts or is_waiting else None,
            status=judged.status,
            record_period=entry.period if entry else None,
            contribution=actual / Fraction(*whole) if actual is not None and whole and whole[0] > 0 else None,
            reported=int(owes and place not in column.unreported),
            reporting=int(owes),
            entry=entry,
            streak=streak,
            carried_status=judged.carried,
            baseline=column.roster.baselines.get(place) if target is not None else None,
            own_schedule=column.roster.schedules.get(place),
            is_unread=self.is_unread(indicator.id, unit, period),
            is_waiting=is_waiting,
        )

    def city_row(self, column: LatestRecords, period: Period, units: Collection[Progress]) -> Progress:
        """The city's row, folded from those of its units."""
        roster, indicator, city = column.roster, column.indicator, column.city
        judged, streak = self.escalated(city.judged, indicator, None, period)
        unreported = sum(place in roster.owing for place in column.unreported)
        return Progress(
            indicator=indicator,
            unit=None,
            actual=None if city.actual is None else Fraction(*city.actual),
            numerator=city.numerator,
            denominator=city.denominator,
            target=city.target,
            target_basis=None if judged.status is Status.UNDEFINED else "plan",
            completion=judged.completion(city.actual),
            expected=city.expected if judged.counts else None,
            status=judged.status,
            record_period=column.oldest,
            reported=len(roster.owing) - unreported,
            reporting=len(roster.owing),
            addends=units,
            streak=streak,
            carried_status=judged.carried,
            baseline=indicator.baseline if indicator.applies_to == "total" else None,
            own_schedule=city.schedule,
        )
