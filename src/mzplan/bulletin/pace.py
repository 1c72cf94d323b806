"""What a lagging figure still needs each month, beside what it has managed so far (倒排进度)."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import Literal

from mzplan.period import Period
from mzplan.progress import Progress, Scorecard, Status

Outlook = Literal["within_reach", "tight", "out_of_reach"]

OUTLOOK_ZH: Mapping[Outlook, str] = {
    "within_reach": "保持目前进度可如期完成",
    "tight": "高于此前月均，须加快进度",
    "out_of_reach": "高于此前任何一个月，如期完成难度较大",
}


@dataclass(frozen=True, slots=True)
class Pace:
    """How much is left, over how many months, and what the months so far have brought."""

    remaining: Fraction
    months_left: int
    needed: Fraction
    """Each month; whole when everything that is counted is whole, since part of a bed helps nobody."""
    mean: Fraction | None
    """Of the months so far; None when no increase is known."""
    best: Fraction | None

    @property
    def outlook(self) -> Outlook:
        """Whether the months so far would do, only the best of them, or none."""
        if self.mean is not None and self.needed <= self.mean:
            return "within_reach"
        return "tight" if self.best is not None and self.needed <= self.best else "out_of_reach"


def remaining(row: Progress) -> Fraction | None:
    """What an unmet figure is short of its target, in the measure unit; None when nothing is short or known."""
    if row.actual is None or row.target is None or row.status is Status.MET or row.target.operator == "at_most":
        return None
    short = row.target.value - row.actual
    return short if short > 0 else None


def pace(row: Progress, earlier: Mapping[Period, Scorecard], period: Period) -> Pace | None:
    """The pace a row needs to be met when it is due; None when it is met, due, or no sum of amounts."""
    indicator = row.indicator
    short = remaining(row)
    due = indicator.schedule.due
    left = (due.year - period.year) * 12 + due.month - period.month
    if short is None or left <= 0 or not indicator.additive or (row.unit is None and indicator.applies_to != "total"):
        return None
    needed = short / left
    if (
        row.target is not None
        and row.actual is not None
        and (row.actual.denominator, row.target.value.denominator) == (1, 1)
    ):
        needed = Fraction(-(-needed // 1))
    known = _known(row, earlier, period)
    steps = [(after - before) / (later - sooner) for (sooner, before), (later, after) in pairwise(known)]
    if not steps:
        return Pace(short, left, needed, None, None)
    mean = (known[-1][1] - known[0][1]) / (known[-1][0] - known[0][0])
    return Pace(short, left, needed, mean, max(steps))


def _known(row: Progress, earlier: Mapping[Period, Scorecard], period: Period) -> list[tuple[int, Fraction]]:
    """The figure at the end of each month that brought news of it, from the start of the year on."""
    indicator = row.indicator
    start = Fraction(0) if indicator.cumulative else indicator.baseline if row.unit is None else None
    known = [] if start is None else [(0, start)]
    for month in range(1, period.month):
        card = earlier.get(Period(period.year, month))
        before = card.row(indicator.id, row.unit) if card else None
        if before is not None and before.actual is not None and before.reported:
            known.append((month, before.actual))
    if row.actual is not None:
        last = period.month if row.reported or row.record_period is None else row.record_period.month
        if not known or known[-1][0] < last:
            known.append((last, row.actual))
    return known
