"""What is promised, and how much of it by when: targets, schedules and revisions, in exact figures."""

from collections.abc import Mapping
from fractions import Fraction
from itertools import accumulate
from typing import Literal, NamedTuple

from mzplan.period import Period

Operator = Literal["at_least", "at_most", "about", "undefined"]

OPERATOR_SIGNS: Mapping[Operator, str] = {"at_least": "≥", "at_most": "≤", "about": "约"}
UNDEFINED = "定义缺失"
"""What stands for a target that the document does not define."""


class Measure(NamedTuple):
    """A target in integers, for the many actuals judged by it; an actual is given as `above / below`, below > 0."""

    operator: Operator
    value: int
    over: int
    """The target is `value / over`."""
    tolerance: int
    tolerance_over: int
    factor: int
    offset: int
    way: int
    """The share of the way is `(above * factor - below * offset) / (below * way)`; 0 where there is no way to go, as
    for an `at_most` without a baseline above it."""

    def is_met(self, above: int, below: int) -> bool:
        """Whether the actual keeps the promise; an undefined target is never met."""
        beyond = above * self.over - self.value * below
        match self.operator:
            case "at_least":
                return beyond >= 0
            case "at_most":
                return beyond <= 0
            case "about":
                return abs(beyond) * self.tolerance_over <= self.tolerance * self.value * below
            case "undefined":
                return False

    def is_exceeded(self, above: int, below: int) -> bool:
        """Whether the actual is above a limit, or above the band of an `about`."""
        beyond = above * self.over - self.value * below
        match self.operator:
            case "at_most":
                return beyond > 0
            case "about":
                return beyond * self.tolerance_over > self.tolerance * self.value * below
            case "at_least" | "undefined":
                return False

    def completion(self, above: int, below: int) -> tuple[int, int]:
        """The share of the way to the target: numerator and positive denominator, not reduced.

        It is more than 1 when surpassed, below 0 when under the baseline. at_least: actual / target, or (actual -
        baseline) / (target - baseline) with a baseline; a target of 0 (or one equal to the baseline) counts as 1 once
        met and 0 before. at_most: (baseline - actual) / (baseline - target) with a baseline above the target; else 1
        when met, and target / actual before, which is 0 for a target of 0. about: actual / target. undefined: 0.
        """
        if self.operator == "undefined":
            return 0, 1
        if not self.way:
            if self.is_met(above, below):
                return 1, 1
            if self.operator != "at_most":
                return 0, 1
            short = self.value * below, self.over * above
            return short if short[1] > 0 else (-short[0], -short[1])
        return above * self.factor - below * self.offset, below * self.way


class Target(NamedTuple):
    """The value promised, in the indicator's measure unit, and its direction."""

    operator: Operator
    value: Fraction = Fraction(0)
    tolerance: Fraction = Fraction(0)
    """For `about`: the share of the value by which the actual may differ, 0.05 for five per cent."""
    growth: Fraction = Fraction(0)
    """The share of the baseline by which it is to grow, 0.08 for 增长8%; 0 where it is not promised so."""

    def measure(self, baseline: Fraction | None = None) -> Measure:
        """The target, and the way to it from a baseline, in integers."""
        value, over = self.value.numerator, self.value.denominator
        way, factor, offset = 0 if self.operator == "at_most" else value, over, 0
        if baseline is not None and self.has_way_from(baseline):
            step = self.value - baseline
            way = step.numerator * baseline.denominator
            factor, offset = step.denominator * baseline.denominator, step.denominator * baseline.numerator
        if way < 0:
            way, factor, offset = -way, -factor, -offset
        slack = self.tolerance
        return Measure(self.operator, value, over, slack.numerator, slack.denominator, factor, offset, way)

    def has_way_from(self, baseline: Fraction | None) -> bool:
        """Whether completion starts from that baseline: up to an `at_least`, or down to an `at_most` below it."""
        if baseline is None:
            return False
        return self.operator == "at_least" or (self.operator == "at_most" and baseline > self.value)

    def met_by(self, actual: Fraction) -> bool:
        """Whether the exact actual keeps the promise; an undefined target is never met."""
        return self.measure().is_met(actual.numerator, actual.denominator)

    def amount_at(self, share: Fraction, baseline: Fraction | None = None) -> Fraction | None:
        """The actual whose completion is that share of the way; None where there is no way to go."""
        measure = self.measure(baseline)
        if self.operator == "undefined" or not measure.way:
            return None
        return (share * measure.way + measure.offset) / measure.factor

    def with_value(self, value: Fraction) -> "Target":
        """The same promise at another value: a unit's part of a city total."""
        return Target(self.operator, value, self.tolerance)


ScheduleKind = Literal["linear", "by_due", "always", "points"]

SCHEDULE_ZH: Mapping[ScheduleKind, str] = {
    "linear": "按月均衡",
    "by_due": "到期完成",
    "always": "全年保持",
    "points": "按节点",
}


class Schedule(NamedTuple):
    """How much of the target is expected by when (序时进度)."""

    kind: ScheduleKind
    due: Period
    points: tuple[tuple[Period, Fraction], ...] = ()
    """For `points`: rising shares of 1, each holding until the next; nothing is expected before the first."""
    amounts: tuple[tuple[Period, Fraction], ...] = ()
    """The points given as values in the measure unit: their shares follow the target in force."""

    def expected_by(self, period: Period) -> Fraction:
        """The share expected at the end of that period, 0 to 1: linear counts the months of the due date's year."""
        if self.kind == "always" or (self.kind != "points" and period >= self.due):
            return Fraction(1)
        if self.kind == "linear":
            return Fraction(period.month, self.due.month) if period.year == self.due.year else Fraction(0)
        reached = [share for start, share in self.points if start <= period]
        return reached[-1] if reached else Fraction(0)

    def is_due(self, period: Period) -> bool:
        """Whether the whole target is expected by the end of that period."""
        return self.expected_by(period) == 1

    def asked_of(self, target: Target, baseline: Fraction | None) -> "Schedule":
        """What it asks of that target: a limit that no way leads to is kept or not, and where some is expected, all is.

        So nothing above a limit is in time, be it as near to it as the share of the year that has gone.
        """
        if target.operator != "at_most" or target.has_way_from(baseline):
            return self
        if self.kind == "linear":
            return self._replace(kind="always")
        return self._replace(points=tuple((month, Fraction(int(share > 0))) for month, share in self.points))

    def against(self, target: Target, baseline: Fraction | None) -> "Schedule":
        """The same schedule where each point given as a value is the completion that the value has of that target.

        No share is more than 1 or less than one before it, whatever a revision made of the target.
        """
        if not self.amounts:
            return self
        measure = target.measure(baseline)
        shares = dict(self.points)
        for month, amount in self.amounts:
            shares[month] = Fraction(*measure.completion(amount.numerator, amount.denominator))
        highest = accumulate((min(max(shares[month], Fraction(0)), Fraction(1)) for month in sorted(shares)), max)
        return self._replace(points=tuple(zip(sorted(shares), highest, strict=True)))


class Revision(NamedTuple):
    """A target that takes the place of an earlier one from some month of the year on."""

    start: Period
    """The first period that is judged by it."""
    target: Target
    source: str
    """The document that says so."""
    note: str = ""
