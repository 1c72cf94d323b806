"""What a scorecard says: status, progress, tallies, standings. How they are worked out is the business of `scoring`."""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from fractions import Fraction
from typing import NamedTuple

from mzplan.period import Period
from mzplan.plan.indicator import UNDEFINED, Indicator, Target
from mzplan.reading.number import NOT_APPLICABLE_WORD
from mzplan.submissions.ledger import Entry

ZERO, ONE = Fraction(0), Fraction(1)


class Status(StrEnum):
    """Where an indicator stands, in the order in which the states are decided."""

    UNDEFINED = "undefined"
    NOT_APPLICABLE = "not_applicable"
    MISSING = "missing"
    MET = "met"
    NOT_DUE = "not_due"
    ON_SCHEDULE = "on_schedule"
    BEHIND = "behind"
    FAR_BEHIND = "far_behind"
    CONTRIBUTION = "contribution"


STATUS_ZH: Mapping[Status, str] = {
    Status.UNDEFINED: UNDEFINED,
    Status.NOT_APPLICABLE: NOT_APPLICABLE_WORD,
    Status.MISSING: "未报",
    Status.MET: "已完成",
    Status.NOT_DUE: "未到期",
    Status.ON_SCHEDULE: "达序时",
    Status.BEHIND: "滞后",
    Status.FAR_BEHIND: "严重滞后",
    Status.CONTRIBUTION: "仅统计贡献",
}


ON_SCHEDULE = (Status.MET, Status.NOT_DUE, Status.ON_SCHEDULE)
"""Met, on schedule, or nothing expected yet."""
LAGGING = (Status.BEHIND, Status.FAR_BEHIND)


class Judged(NamedTuple):
    """A verdict in integers: the completion is `above / below`, exact and not reduced."""

    status: Status
    above: int = 0
    below: int = 0
    """0 where no mean counts it; else positive, also for one that is missing and counts as nothing."""

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
    gap: Fraction | None
    """completion - expected as a share; times 100 it is percentage points."""
    status: Status
    record_period: Period | None
    """The month of the record used (a unit); of the oldest record used (the city)."""
    reported: int
    """How many units reported for the period itself, out of `reporting` that must."""
    reporting: int
    numerator: Fraction | None = None
    denominator: Fraction | None = None
    contribution: Fraction | None = None
    """The unit's share of the city's sum, 0 to 1; additive kinds only."""
    addends: Sequence["Progress"] = ()
    """City rows: the unit rows that it is folded from."""
    entry: Entry | None = None
    """Unit rows: the record used."""
    streak: int = 0
    """Periods behind in a row up to this one."""

    @property
    def is_judged(self) -> bool:
        """Whether it counts in a mean completion."""
        return self.target is not None and self.status not in (
            Status.UNDEFINED,
            Status.NOT_APPLICABLE,
            Status.CONTRIBUTION,
        )

    @property
    def counts_units(self) -> bool:
        """Whether it is the city's count of units that meet a target."""
        return self.unit is None and self.indicator.applies_to != "total" and not self.indicator.counts_silence

    @property
    def is_on_schedule(self) -> bool:
        """Met, on schedule, or nothing expected yet."""
        return self.status in ON_SCHEDULE

    @property
    def capped(self) -> Fraction:
        """Completion between 0 and 1, as means use it; 0 when missing."""
        completion = self.completion
        if completion is None or completion.numerator <= 0:
            return ZERO
        return ONE if completion.numerator >= completion.denominator else completion


class Tally(NamedTuple):
    """The mean capped completion of a set of rows, and how many of how many are on schedule."""

    completion: Fraction | None
    """None when nothing judges."""
    surplus: Fraction
    """What the cap takes off the sum of the uncapped completions."""
    on_schedule: int
    judged: int
    short: Fraction = ZERO
    """The sum of what each row behind or missing lacks of its expectation; nobody's lead makes up for it."""
    expected: Fraction = ZERO
    """The sum of the expectations."""
    on_reference: bool = False
    """Whether a target that it counts is a computed part of a city total."""

    @property
    def raw(self) -> Fraction | None:
        """The mean of uncapped completions."""
        return None if self.completion is None else self.completion + self.surplus / self.judged


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
