"""What a scorecard says: status, progress, tallies, standings. How they are worked out is the business of `scoring`."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from enum import StrEnum
from fractions import Fraction
from typing import NamedTuple

from mzplan.period import Period
from mzplan.plan.indicator import Indicator
from mzplan.plan.target import UNDEFINED, Schedule, Target
from mzplan.reading.number import NOT_APPLICABLE_WORD
from mzplan.submissions.ledger import Entry

ZERO, ONE = Fraction(0), Fraction(1)


class Status(StrEnum):
    """Where an indicator stands, in the order in which the states are decided."""

    UNDEFINED = "undefined"
    NOT_APPLICABLE = "not_applicable"
    CONTRIBUTION = "contribution"
    """The unit has no target of its own."""
    MISSING = "missing"
    """Nothing is reported for the period last owed, and no older record settles the matter for good."""
    EXCEEDED = "exceeded"
    """A figure that accumulates has passed its limit or the band of an `about`; it cannot come back."""
    MET = "met"
    HOLDING = "holding"
    """What can only be kept up is kept so far: an `always` or an `at_most` before it is due."""
    OVERDUE = "overdue"
    """Due has come and the promise is not kept."""
    NOT_DUE = "not_due"
    """Nothing is expected yet."""
    ON_SCHEDULE = "on_schedule"
    BEHIND = "behind"
    FAR_BEHIND = "far_behind"


STATUS_ZH: Mapping[Status, str] = {
    Status.UNDEFINED: UNDEFINED,
    Status.NOT_APPLICABLE: NOT_APPLICABLE_WORD,
    Status.CONTRIBUTION: "仅统计贡献",
    Status.MISSING: "未报",
    Status.EXCEEDED: "已超上限",
    Status.MET: "已完成",
    Status.HOLDING: "保持达标",
    Status.OVERDUE: "到期未完成",
    Status.NOT_DUE: "未到期",
    Status.ON_SCHEDULE: "达序时",
    Status.BEHIND: "滞后",
    Status.FAR_BEHIND: "严重滞后",
}

RETARGETED = "目标已变"
"""What is said where something else is asked at one time, or in one state, than in the other."""
RESCHEDULED = "时间要求已变"
"""What is said where the same is asked for by another date, or another share of it by now, in one state than in the
other."""
RECOUNTED = "计入项变动"
"""What is said of a mean that counts rows at one time and not at the other."""
INCOMPLETE = "未报齐"
"""`missing` of the whole city, where some units have reported and the silent ones could turn the verdict."""
UNREAD = "报了但未能读入"
"""What is said of a unit whose report is there, but nothing of it was taken: it is not silent, and not ranked as if."""

KEPT = (Status.MET, Status.HOLDING)
"""The promise is kept, for good or so far."""
ON_SCHEDULE = (*KEPT, Status.ON_SCHEDULE)
"""What is due by now and reached."""
LAGGING = (Status.BEHIND, Status.FAR_BEHIND, Status.OVERDUE, Status.EXCEEDED)
"""What is not as it should be by now, and whose reports say so."""
LIT = (Status.ON_SCHEDULE, Status.BEHIND, Status.FAR_BEHIND)
"""What the thresholds of a preset decide."""
LOST = (Status.OVERDUE, Status.EXCEEDED)
"""What is red whatever the thresholds are, alone and in a group: it is too late for one, the other cannot come back."""
UNJUDGED = (Status.UNDEFINED, Status.NOT_APPLICABLE, Status.CONTRIBUTION)
"""What no mean counts."""


class Judged(NamedTuple):
    """A verdict in integers: the completion is `above / below`, exact and not reduced."""

    status: Status
    above: int = 0
    below: int = 0
    """0 where no mean counts it; else positive, also for one that is missing and counts as nothing."""
    carried: Status | None = None
    """Of one that is missing: the verdict on the older figure that stands in for it, if there is one."""

    @property
    def counts(self) -> bool:
        """Whether it counts in a mean completion."""
        return self.below > 0

    def completion(self, actual: tuple[int, int] | None) -> Fraction | None:
        """The completion as a fraction, if there is one; what has no actual has none."""
        return Fraction(self.above, self.below) if self.below and actual is not None else None


class Progress(NamedTuple):
    """One indicator of one unit, or of the whole city, at one period."""

    indicator: Indicator
    unit: str | None
    """The reporting unit's id; None is the whole city."""
    actual: Fraction | None
    """In the measure unit; for the city row of an `each` indicator the number of units that meet it, of a milestone the
    mean share. None when nothing is reported or nothing applies."""
    target: Target | None
    """None when the unit is not judged; for the city row of an `each` indicator the number of units it applies to."""
    target_basis: str | None
    """`plan`, `official`, `reference`, or None without a target."""
    completion: Fraction | None
    expected: Fraction | None
    status: Status
    record_period: Period | None
    """The month of the record used (a unit); of the oldest record used (the city)."""
    reported: int
    """How many units reported for the period last owed, out of `reporting` that must."""
    reporting: int
    numerator: Fraction | None = None
    denominator: Fraction | None = None
    contribution: Fraction | None = None
    """The unit's share of the city's sum, 0 to 1; additive kinds only."""
    addends: Collection["Progress"] = ()
    """Rows of the city and of regions: the unit rows that it is folded from."""
    carried_addends: Collection["Progress"] = ()
    """Those of them whose older figures stand in for what they did not report."""
    carried_addend_months: tuple[Period, ...] = ()
    """The months of those figures, each once, the oldest first."""
    entry: Entry | None = None
    """Unit rows: the record used."""
    streak: int = 0
    """Periods behind in a row up to this one."""
    carried_status: Status | None = None
    """Of a missing row with an older figure: the verdict on that figure."""
    baseline: Fraction | None = None
    """Where the way to the target starts; None where it starts from nothing."""
    own_schedule: Schedule | None = None
    """What is expected by when of this unit, where the breakdown gives it a date of its own; of the city where one of
    its units has such a date: all of it is expected when the last of them is due."""
    is_unread: bool = False
    """Unit rows: whether something was sent of it for the period, but could not be taken."""
    is_waiting: bool = False
    """Whether no mean counts it before it is due, for nobody knows where the unit's way to its target starts."""

    @property
    def is_whole(self) -> bool:
        """Whether it is made of the rows of units: the city's, or a region's."""
        return self.unit is None or bool(self.addends)

    @property
    def gap(self) -> Fraction | None:
        """Completion - expected as a share; times 100 it is percentage points."""
        return None if self.completion is None or self.expected is None else self.completion - self.expected

    @property
    def schedule(self) -> Schedule:
        """What is expected by when."""
        return self.own_schedule or self.indicator.schedule

    @property
    def promise(self) -> Target | None:
        """What is asked: the unit's target; of the city's row that of each unit, where the row counts units by it."""
        return self.indicator.target if self.unit is None or self.counts_units else self.target

    @property
    def asked(self) -> Mapping[str | None, Target]:
        """What the row is measured by: its promise, and where it counts units what each of them is asked for."""
        rows = (self, *(self.addends if self.counts_units else ()))
        return {row.unit: row.promise for row in rows if row.promise is not None}

    @property
    def timed(self) -> Mapping[str | None, Schedule]:
        """By when how much of it is asked for, and where it is of what each unit must do, of each of them."""
        rows = (self, *(self.addends if self.indicator.applies_to != "total" else ()))
        return {row.unit: row.schedule for row in rows}

    @property
    def is_judged(self) -> bool:
        """Whether it counts in a mean completion."""
        return self.target is not None and self.status not in UNJUDGED and not self.is_waiting

    @property
    def is_kept(self) -> bool:
        """Whether the promise is kept, for good or so far."""
        return self.status in KEPT

    @property
    def is_beyond(self) -> bool:
        """Whether there is too much of it: above a limit, or above the band of an `about`."""
        if self.target is None or self.actual is None:
            return False
        return self.target.measure().is_exceeded(self.actual.numerator, self.actual.denominator)

    @property
    def excess(self) -> Fraction | None:
        """The share of the target by which it is above it, where that is above the band of an `about`; else None."""
        if not self.is_beyond or self.completion is None or self.target is None or self.target.operator != "about":
            return None
        return self.completion - 1

    @property
    def lag(self) -> Fraction | None:
        """The gap as lights and orders take it: what is above a band lacks as much as what is as far below."""
        return self.gap if self.excess is None else -self.excess

    @property
    def told_gap(self) -> Fraction | None:
        """The gap where it tells who is ahead or late; None above a band, for too much of it is neither."""
        return self.gap if self.excess is None else None

    @property
    def is_lagging(self) -> bool:
        """Whether reports say that it is not as it should be by now."""
        return self.status in LAGGING

    @property
    def is_due(self) -> bool:
        """Whether something is expected by now: it is judged and not `not_due`, or missing though something is due."""
        if self.status is Status.MISSING:
            return self.is_judged and bool(self.expected)
        return self.is_judged and self.status is not Status.NOT_DUE

    @property
    def is_unreported(self) -> bool:
        """Whether nothing was reported for the period last owed, whatever its status; of the city also 未报齐."""
        return self.status is Status.MISSING or (self.reporting > 0 and not self.reported)

    @property
    def carried_from(self) -> Period | None:
        """The month of the older figure that a unit's row shows where it reported nothing for the period last owed."""
        is_carried = not self.is_whole and self.actual is not None and self.is_unreported
        return self.record_period if is_carried else None

    @property
    def carried_rows(self) -> tuple["Progress", ...]:
        """Whose older figures the row rests on: the unit itself, of the city's row those of its units."""
        if self.is_whole:
            return tuple(self.carried_addends)
        return () if self.carried_from is None else (self,)

    @property
    def carried_months(self) -> tuple[Period, ...]:
        """The months of those figures."""
        if self.is_whole:
            return self.carried_addend_months
        return () if self.carried_from is None else (self.carried_from,)

    @property
    def status_text(self) -> str:
        """The status in words; of one that is missing what it lacks."""
        return self.lacking if self.status is Status.MISSING else STATUS_ZH[self.status]

    @property
    def lacking(self) -> str:
        """In words what a row lacks that is not reported: reports of some units, a report, or one that can be read."""
        if self.is_whole and self.reported:
            return INCOMPLETE
        return UNREAD if self.is_unread else STATUS_ZH[Status.MISSING]

    @property
    def counts_units(self) -> bool:
        """Whether it is the city's, or a region's, count of units that meet a target."""
        return self.is_whole and self.indicator.applies_to != "total" and not self.indicator.counts_silence

    @property
    def is_on_schedule(self) -> bool:
        """Whether what is expected by now is reached."""
        return self.status in ON_SCHEDULE

    @property
    def capped(self) -> Fraction:
        """Completion between 0 and 1, as means use it; 0 when missing."""
        completion = self.completion
        if completion is None or completion.numerator <= 0:
            return ZERO
        return ONE if completion.numerator >= completion.denominator else completion


def carried_into(rows: Iterable[Progress]) -> tuple[Period, ...]:
    """The months of the older figures on which the mean of those rows rests, each once, the oldest first."""
    return tuple(sorted({month for row in rows if row.is_judged for month in row.carried_months}))


def by_area(rows: Iterable[Progress]) -> Mapping[int | None, Sequence[Progress]]:
    """Those rows by their area's number, None for the safeguards; no area without any."""
    found: dict[int | None, list[Progress]] = {}
    for row in rows:
        found.setdefault(row.indicator.area, []).append(row)
    return found


def severity(row: Progress) -> tuple[bool, bool, Fraction]:
    """A key that sorts what is lost first, what has passed its limit before what is late; then the furthest behind."""
    return row.status is not Status.EXCEEDED, row.status is not Status.OVERDUE, row.lag or ZERO


class Tally(NamedTuple):
    """The mean capped completion of a set of rows, and how much of what is due by now is reached."""

    completion: Fraction | None
    """The mean by weight; None when nothing judges."""
    surplus: Fraction
    """What the cap takes off the mean of the uncapped completions."""
    on_schedule: int
    """How many are as they should be, of `due` of which something is expected by now."""
    due: int
    judged: int
    missing: int = 0
    """How many of `due` are not reported: not reached, and not late either."""
    short: Fraction = ZERO
    """The sum of what each row that lags lacks of its expectation; nobody's lead makes up for it."""
    expected: Fraction = ZERO
    """The sum of the expectations of what is due and reported."""
    on_reference: bool = False
    """Whether a target that it counts is a computed part of a city total."""
    not_due: int = 0
    """How many have the status 未到期."""
    later: int = 0
    """How many are not reported before anything is expected of them: neither due nor 未到期."""
    unjudged: int = 0
    """How many have a status that no mean counts."""
    lost: int = 0
    """How many of `due` are `LOST`."""

    @property
    def raw(self) -> Fraction | None:
        """The mean of uncapped completions."""
        return None if self.completion is None else self.completion + self.surplus

    @property
    def heard(self) -> int:
        """How many of `due` have a verdict that rests on reports."""
        return self.due - self.missing


class UnitTally(NamedTuple):
    """A unit's standing over all that judges it; `unit` None is the whole city."""

    unit: str | None
    tally: Tally
    rank: int | None
    """Competition ranking 1, 2, 3, 3, 5; None for the bureau, the city, and a unit that nothing judges."""
    ties: int
    """How many units share that rank."""
    reported: int
    """Indicators it reported for the period, out of `reporting` that it owes."""
    reporting: int

    @property
    def unreported(self) -> int:
        """How many it owes that are not reported."""
        return self.reporting - self.reported
