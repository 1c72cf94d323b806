"""What a figure still needs each month to be met when it is due, beside what the months so far have brought."""

from collections.abc import Mapping
from enum import StrEnum
from fractions import Fraction
from typing import NamedTuple

from mzplan.period import Period
from mzplan.plan.indicator import CYCLES, Cycle, Indicator
from mzplan.plan.target import Target
from mzplan.scoring.progress import Progress, Status
from mzplan.scoring.yardstick import owners
from mzplan.submissions.ledger import NOT_APPLICABLE, Ledger


class Reach(StrEnum):
    """How the pace required compares with the months so far."""

    WITHIN_REACH = "within_reach"
    """No more than the mean month, or whatever it is reported by, nor than the best."""
    TIGHT = "tight"
    """No more than the best one."""
    OUT_OF_REACH = "out_of_reach"
    """More than any has brought."""


REACH_ZH: Mapping[Reach, str] = {Reach.WITHIN_REACH: "可达", Reach.TIGHT: "吃紧", Reach.OUT_OF_REACH: "难达"}


class Pace(NamedTuple):
    """What is left of an unmet target, and at least how much each month, or what it is reported by, must bring."""

    left: Fraction
    """Up to the nearest figure that keeps the promise, of `about` the edge of its band; negative where it must fall."""
    months: int
    """Months after the period up to the due date; 0 once that has come."""
    required: Fraction | None = None
    """At least so many each, exact; None once the due date has come, in the first, and where the year does not ask for
    a share each month."""
    mean: Fraction | None = None
    """Of those so far; None when no change is known."""
    best: Fraction | None = None
    """That of the one that brought most."""
    reach: Reach | None = None
    """None when there is nothing to compare with, or no month is left."""
    decimals: int = 0
    """How many decimals a figure of it may have."""
    every: Cycle = "month"
    """What must bring so many."""
    best_at: int | None = None
    """The month with which the best one ends, the first of several."""
    is_spread: bool = False
    """Whether something is in the best one that a unit caught up on after months of silence."""

    @property
    def least(self) -> Fraction | None:
        """What is required each rounded up, as it is told: to the decimals of its figures, hundredths at most."""
        if self.required is None:
            return None
        step = 10 ** min(self.decimals, 2)
        return Fraction(-(-self.required * step // 1), step)


def pace(ledger: Ledger, row: Progress, period: Period) -> Pace | None:
    """The pace that an unmet, judged row needs from that period on; None where there is no amount to speak of.

    There is none for a milestone, nor for the city's count of units that meet a target, nor where a total since January
    has passed its limit. Only what accumulates month by month (a linear count) has a pace; of anything else, and of
    what is not reported, only what is left is told. A unit without any record is taken to start from nothing, and
    then only where the figure accumulates: a level that nobody reported is unknown.
    """
    indicator, target = row.indicator, row.target
    if target is None or not row.is_judged or row.is_kept or row.counts_units or indicator.counts_silence:
        return None
    actual = Fraction(0) if row.actual is None and indicator.cumulative else row.actual
    if actual is None or target.met_by(actual):
        return None
    left = _nearest(indicator, target, actual) - actual
    if left < 0 and indicator.cumulative:
        return None
    due, owed, length = row.schedule.due, indicator.owed_by(period), CYCLES[indicator.report_every]
    months = max(0, (due.year - period.year) * 12 + due.month - period.month)
    if (
        row.status is Status.MISSING
        or not months
        or owed is None
        or owed.month == length
        or row.schedule.kind != "linear"
        or not indicator.cumulative
    ):
        return Pace(left, months)
    required = left / -(-(months + period.month - owed.month) // length)
    brought, spread = _brought(ledger, row, period)
    ends = range(length, len(brought) + 1, length)
    if not ends:
        return Pace(left, months, required, decimals=indicator.decimals, every=indicator.report_every)
    mean, sums = actual * length / len(brought), {end: sum(brought[end - length : end], Fraction(0)) for end in ends}
    at, best = max(sums.items(), key=lambda pair: pair[1])
    reach = Reach.OUT_OF_REACH if required > best else Reach.WITHIN_REACH if required <= mean else Reach.TIGHT
    is_spread = not spread.isdisjoint(range(at - length, at))
    return Pace(left, months, required, mean, best, reach, indicator.decimals, indicator.report_every, at, is_spread)


def _nearest(indicator: Indicator, target: Target, actual: Fraction) -> Fraction:
    """The figure nearest to that one that keeps the promise: of what is counted one that a record can have."""
    slack, is_short = target.value * target.tolerance, actual < target.value
    edge = target.value - slack if is_short else target.value + slack
    if not indicator.additive:
        return edge
    step = 10**indicator.decimals
    return Fraction(-(-edge * step // 1) if is_short else edge * step // 1, step)


def _brought(ledger: Ledger, row: Progress, period: Period) -> tuple[list[Fraction], set[int]]:
    """What each month up to the last news brought; what a unit caught up on is spread over its months of silence.

    A month brings whole things, or as small a part of one as a figure may have: 13 in two months are 6 and 7.
    In which months, counted from 0, there is something of that is told besides.
    """
    indicator, plan = row.indicator, ledger.plan
    grain = 10**indicator.decimals
    brought, last, spread = [0] * period.month, 0, set[int]()
    for unit in owners(plan, indicator) if row.unit is None else plan.members.get(row.unit, (row.unit,)):
        cell, sooner, before = ledger.cell(indicator.id, unit), 0, (0, 1)
        for month in range(ledger.months_until(period)):
            value, denominator = ledger.values[cell + month], ledger.denominators[cell + month]
            if not ledger.values.held[cell + month] or value == NOT_APPLICABLE:
                continue
            after = indicator.quotient(value, max(denominator, 0))
            if after is None:
                continue
            span = month + 1 - sooner
            rise = (after[0] * before[1] - before[0] * after[1]) * grain
            whole = after[1] * before[1] * span
            for at in range(span):
                brought[sooner + at] += rise * (at + 1) // whole - rise * at // whole
            if rise and span > CYCLES[indicator.report_every]:
                spread.update(range(sooner, month + 1))
            sooner, before = month + 1, after
        last = max(last, sooner)
    return [Fraction(part, grain) for part in brought[:last]], spread
