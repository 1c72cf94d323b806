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
from mzplan.plan.model import LightPreset, Part, Plan
from mzplan.plan.target import Measure, Schedule, Target
from mzplan.scoring.progress import KEPT, LAGGING, UNJUDGED, ZERO, Judged, Progress, Status
from mzplan.scoring.yardstick import Quotient, Roster, Yardstick
from mzplan.submissions.ledger import EMPTY, MONTHS, NOT_APPLICABLE, Ledger


class Combined(NamedTuple):
    """What the records of an indicator's units come to, and where the city, or a region, stands by that."""

    judged: Judged
    yardstick: Yardstick
    """What it is judged by."""
    actual: Quotient | None
    target: Target | None
    """None for a region of which nothing is promised."""
    numerator: Fraction | None = None
    denominator: Fraction | None = None
    schedule: Schedule | None = None
    """With the date of its last unit, where units have dates of their own."""

    @property
    def expected(self) -> Fraction:
        """How much of it is expected by now."""
        return self.yardstick.expected


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
        self._months = {place: Period(ledger.plan.year, month) for place, month in months.items()}
        """Of which month the record used is, by place."""
        # a figure reported between two that are owed answers for its own month, and a silent unit for what it owes
        self._asked_by = asked = {place: max(owed_month, months.get(place, 0)) for place in roster.places}
        common = min(asked.values(), default=owed_month)
        self._as_of = as_of = {month: Period(ledger.plan.year, month) for month in asked.values()} | {owed_month: owed}
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

    def oldest(self, places: Collection[int]) -> Period | None:
        """The month of the oldest record used of those places; None where there is none."""
        return min((month for place, month in self._months.items() if place in places), default=None)

    def heard(self, applicable: Sequence[int]) -> list[int]:
        """Those of the places of which there is a figure, be it an older one."""
        return [place for place in applicable if self.values[place] != EMPTY]

    def lagging(self) -> list[int]:
        """The places that are not as they should be by now."""
        return [place for place, one in enumerate(self.judged) if one is not None and one.status in LAGGING]

    @cached_property
    def city(self) -> Combined:
        """The city's sum or ratio, the mean share of a milestone, or the number of units that meet what each must."""
        indicator = self.indicator
        return self._whole(
            self.roster.judged, indicator.target, indicator.target.measure(indicator.baseline), self.yardstick
        )

    def region(self, places: Collection[int], part: Part | None) -> Combined:
        """The same of a region with units in those places; its sum is judged by the part that they have together."""
        month = self._as_of[min(self._asked_by[place] for place in places)]
        judged = [place for place in self.roster.judged if place in places]
        if part is None or not part.is_target:
            return self._whole(judged, None, None, self._yardstick(self.indicator.schedule, month))
        yardstick = self._yardstick(part.schedule(self.indicator), month)
        is_blind = part.is_blind(self.indicator)
        return self._whole(
            judged, part.target, part.target.measure(part.baseline), yardstick._replace(is_blind=is_blind)
        )

    def _whole(
        self, places: Sequence[int], promised: Target | None, measure: Measure | None, yardstick: Yardstick
    ) -> Combined:
        """What those units come to, a sum judged by that measure; of what each must do how many do it."""
        indicator = self.indicator
        applicable = [place for place in places if self.values[place] != NOT_APPLICABLE]
        counts = indicator.applies_to != "total" and not indicator.counts_silence
        if counts and yardstick.is_undefined:
            return Combined(Judged(Status.UNDEFINED), yardstick, None, indicator.target)
        target = Target("at_least", Fraction(len(applicable))) if counts else promised
        if not applicable and (places or indicator.applies_to != "total"):
            status = Status.UNDEFINED if yardstick.is_undefined else Status.NOT_APPLICABLE
            return Combined(Judged(status), yardstick, None, target)
        if target is not None and counts:
            return self._count(applicable, target)
        return (
            self._stages(applicable) if indicator.counts_silence else self._sum(applicable, target, measure, yardstick)
        )

    def _sum(
        self, applicable: Sequence[int], target: Target | None, measure: Measure | None, yardstick: Yardstick
    ) -> Combined:
        """The sum or ratio of all figures, the carried ones among them; missing only if nobody reported."""
        indicator = self.indicator
        heard = self.heard(applicable)
        figure = Figure(sum(self.values[place] for place in heard), sum(self.denominators[place] for place in heard))
        sums = (figure,) if heard else ()
        actual = indicator.actual(sums)
        quotient = None if actual is None else (actual.numerator, actual.denominator)
        judged = yardstick.judge(
            measure,
            quotient,
            is_not_applicable=False,
            is_reported=any(place not in self.unreported for place in applicable),
        )
        return Combined(judged, yardstick, quotient, target, *indicator.pair(sums))

    def _stages(self, applicable: Sequence[int]) -> Combined:
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
            return Combined(judged, yardstick, None, indicator.target)
        measure, actual = indicator.target.measure(), (mean.numerator, mean.denominator)
        low, high = yardstick.verdict(measure, actual), yardstick.verdict(measure, (most.numerator, most.denominator))
        judged = self._certain(applicable, low, high)
        heard = self.heard(applicable)
        schedule = self.schedule(applicable)
        return Combined(judged, yardstick, actual if heard else None, indicator.target, schedule=schedule)

    def _count(self, applicable: Sequence[int], target: Target) -> Combined:
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
        return Combined(judged, yardstick, (meeting, 1) if heard else None, target, schedule=schedule)

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


def _unread(ledger: Ledger, period: Period) -> tuple[Collection[str], Collection[tuple[str, str]], Collection[str]]:
    """The units of which nothing could be taken, the rows that could not, and the units that have such rows."""
    refused = ledger.refused_at(period)
    return ledger.unread_at(period), refused, frozenset(unit for _, unit in refused)


class Scorer:
    """One column or one row at a time, for any period of the same plan, ledger and preset."""

    def __init__(self, plan: Plan, ledger: Ledger, preset: LightPreset) -> None:
        self.plan = plan
        self.ledger = ledger
        self.preset = preset
        self._rosters: dict[tuple[str, Period | None], Roster] = {}
        self._columns: dict[tuple[str, Period], LatestRecords] = {}
        self._limits_at = cache(lambda expected: limits(preset, expected))
        self._unread_at = cache(lambda period: _unread(ledger, period))

    @cached_property
    def _places_of(self) -> Callable[[str], frozenset[int]]:
        """Where all units of a region stand in the plan."""
        index = self.plan.unit_index
        return cache(lambda region: frozenset(index[unit] for unit in self.plan.members[region]))

    @cached_property
    def _dated(self) -> frozenset[str]:
        """The indicators of which a unit was given something from some month on."""
        rows = ((identifier, part) for (identifier, _), parts in self.plan.parts.items() for part in parts)
        return frozenset(identifier for identifier, part in rows if part.start is not None)

    def is_unread(self, indicator: str, unit: str | None, period: Period) -> bool:
        """Whether what the unit sent of the indicator for that period could not be taken: that is no silence."""
        units, rows, _ = self._unread_at(period)
        return unit in units or (indicator, unit) in rows

    def is_unread_in_part(self, unit: str | None, period: Period) -> bool:
        """Whether anything that the unit sent for that period could not be taken."""
        units, _, in_part = self._unread_at(period)
        return unit in units or unit in in_part

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
        """How many periods in a row, up to that one, the row has lagged; 0 when it does not, and of a region's."""
        if row.unit in self.plan.members:
            return 0
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
            if period.month == 1 or self.ledger.latest_period(before=period) is None:
                break  # nobody lags of whom nothing is known
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

    def region(self, column: LatestRecords, region: str, period: Period) -> Combined:
        """What the units of a region come to; KeyError where none of them has the indicator."""
        places = self.places(column, region)
        if not places:
            raise KeyError(region)
        return column.region(places, self.plan.part_for(column.indicator, region, period))

    def yardstick(self, column: LatestRecords, unit: str | None, period: Period) -> Yardstick:
        """What the city, a region or a unit is judged by; of an indicator that counts units, what these are."""
        if unit is None or (unit in self.plan.members and not column.indicator.contributes):
            return column.yardstick
        if unit in self.plan.members:
            return self.region(column, unit, period).yardstick
        return column.yardstick_of(self.plan.unit_index[unit])

    def places(self, column: LatestRecords, region: str) -> frozenset[int]:
        """Where the units of a region stand that have the indicator."""
        return self._places_of(region).intersection(column.roster.places)

    def city_row(self, column: LatestRecords, period: Period, units: Collection[Progress]) -> Progress:
        """The city's row, folded from those of its units."""
        indicator, city = column.indicator, column.city
        judged, streak = self.escalated(city.judged, indicator, None, period)
        row = self._whole_row(column, city, range(len(column.values)), units)
        return row._replace(
            target_basis=None if judged.status is Status.UNDEFINED else "plan",
            completion=judged.completion(city.actual),
            status=judged.status,
            streak=streak,
            baseline=indicator.baseline if indicator.applies_to == "total" else None,
        )

    def region_row(self, column: LatestRecords, region: str, period: Period, units: Collection[Progress]) -> Progress:
        """A region's row, folded from those of its units; KeyError where none of them has the indicator.

        A share of the city's sum is what it contributes, as a unit does.
        """
        indicator, found = column.indicator, self.region(column, region, period)
        row = self._whole_row(column, found, self.places(column, region), units)
        whole = column.city.actual if indicator.contributes else None
        part = self.plan.part_for(indicator, region, period)
        is_promised = found.target is not None and found.judged.status is not Status.UNDEFINED
        return row._replace(
            unit=region,
            target_basis=None if not is_promised else part.basis if part is not None else "plan",
            contribution=row.actual / Fraction(*whole) if row.actual is not None and whole and whole[0] > 0 else None,
            baseline=part.baseline if part is not None and found.target is not None else None,
            own_schedule=found.schedule if part is None else part.schedule(indicator),
        )

    @staticmethod
    def _whole_row(
        column: LatestRecords, found: Combined, places: Collection[int], units: Collection[Progress]
    ) -> Progress:
        """The row of all units in those places together."""
        owing = [place for place in column.roster.owing if place in places]
        return Progress(
            indicator=column.indicator,
            unit=None,
            actual=None if found.actual is None else Fraction(*found.actual),
            numerator=found.numerator,
            denominator=found.denominator,
            target=found.target,
            target_basis=None,
            completion=found.judged.completion(found.actual),
            expected=found.expected if found.judged.counts else None,
            status=found.judged.status,
            record_period=column.oldest(places),
            reported=sum(place not in column.unreported for place in owing),
            reporting=len(owing),
            addends=units,
            carried_status=found.judged.carried,
            own_schedule=found.schedule,
        )
