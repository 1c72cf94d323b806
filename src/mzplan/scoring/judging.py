"""Where the city and every unit stand on an indicator at a period, judged in integers."""

from collections.abc import Callable, Collection, Mapping, Sequence, Set
from fractions import Fraction
from functools import cached_property
from typing import NamedTuple

from mzplan.period import Period
from mzplan.plan.indicator import SILENCE, Figure
from mzplan.plan.lights import Limits
from mzplan.plan.model import Part
from mzplan.plan.target import Measure, Schedule, Target
from mzplan.scoring.progress import KEPT, LAGGING, ZERO, Judged, Status
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
        self.unreported: Set[int] = unreported if owed_month else frozenset()
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
        return min((self._months[place] for place in places if place in self._months), default=None)

    def carried(self, places: Set[int]) -> Mapping[int, Period]:
        """Of which months the older figures are that stand in for what those of the places did not report.

        A count of those who keep a promise, or their mean share, rests on the figures of all who made it, kept or not.
        """
        is_promised = self.indicator.applies_to != "total"
        return {
            place: self._months[place]
            for place in sorted(self.unreported & places)
            if (judged := self.judged[place]) is not None
            and (judged.status is Status.MISSING or place in self.roster.owing)
            and (judged.counts or not is_promised)
            and self.actual(place) is not None
        }

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
