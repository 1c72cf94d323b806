"""What a figure still needs each month to be met when it is due, beside what the months so far have brought."""

from collections.abc import Mapping
from enum import StrEnum
from fractions import Fraction
from itertools import pairwise
from types import MappingProxyType
from typing import NamedTuple

from mzplan.period import Period
from mzplan.plan.indicator import Figure
from mzplan.scoring.judging import Scorer
from mzplan.scoring.progress import Progress, Status
from mzplan.scoring.yardstick import owners
from mzplan.submissions.ledger import NOT_APPLICABLE, Ledger


class Reach(StrEnum):
    """How the pace required compares with the months so far."""

    WITHIN_REACH = "within_reach"
    """No more than the mean month."""
    TIGHT = "tight"
    """No more than the best month."""
    OUT_OF_REACH = "out_of_reach"
    """More than any month has brought."""


REACH_ZH: Mapping[Reach, str] = MappingProxyType(
    {Reach.WITHIN_REACH: "可达", Reach.TIGHT: "吃紧", Reach.OUT_OF_REACH: "难达"}
)


class Pace(NamedTuple):
    """What is left of an unmet target, and at least how much each month must bring; all in the measure unit."""

    left: Fraction
    """Negative where the figure must fall."""
    months: int
    """Months after the period up to the due date; 0 once that has come."""
    required: Fraction | None = None
    """At least so many each month, exact; None once the due date has come, in the first month, and where the year does
    not ask for a share each month."""
    mean: Fraction | None = None
    """Of the months so far; None when no change is known."""
    best: Fraction | None = None
    """The month that brought most."""
    reach: Reach | None = None
    """None when there is nothing to compare with, or no month is left."""
    decimals: int = 0
    """How many decimals a figure of it may have."""

    @property
    def least(self) -> Fraction | None:
        """What is required a month rounded up, as it is told: to the decimals of its figures, hundredths at most."""
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
    if target is None or not row.is_judged or row.is_kept or not _is_amount(row):
        return None
    actual = Fraction(0) if row.actual is None and indicator.cumulative else row.actual
    if actual is None or target.value == actual:
        return None
    left = target.value - actual
    if left < 0 and indicator.cumulative:
        return None
    due = row.schedule.due
    months = max(0, (due.year - period.year) * 12 + due.month - period.month)
    if (
        row.status is Status.MISSING
        or not months
        or period.month == 1
        or row.schedule.kind != "linear"
        or not indicator.cumulative
    ):
        return Pace(left, months)
    required = left / months
    known = _known(ledger, row, period)
    steps = [(after - before) / (later - sooner) for (sooner, before), (later, after) in pairwise(known)]
    if not steps:
        return Pace(left, months, required, decimals=indicator.decimals)
    mean = (known[-1][1] - known[0][1]) / (known[-1][0] - known[0][0])
    best = max(steps)
    return Pace(left, months, required, mean, best, _reach(required, mean, best), indicator.decimals)


def streak(scorer: Scorer, row: Progress, period: Period) -> int:
    """How many periods in a row, up to that one, the row has been behind; 0 when it is not."""
    return row.streak or scorer.streak(row, period)


def _is_amount(row: Progress) -> bool:
    indicator = row.indicator
    return not indicator.counts_silence and (row.unit is not None or indicator.applies_to == "total")


def _reach(required: Fraction, mean: Fraction, best: Fraction) -> Reach:
    if required <= mean:
        return Reach.WITHIN_REACH
    return Reach.TIGHT if required <= best else Reach.OUT_OF_REACH


def _known(ledger: Ledger, row: Progress, period: Period) -> list[tuple[int, Fraction]]:
    """The actual at the end of each month that brought news of it, from the start of the year on."""
    indicator = row.indicator
    known = [(0, Fraction(0))]
    plan = ledger.plan
    units = owners(plan, indicator) if row.unit is None else (row.unit,)
    cells = [ledger.cell(indicator.id, unit) for unit in units]
    latest: dict[int, Figure] = {}
    for month in range(ledger.months_until(period)):
        news = [cell for cell in cells if ledger.values.held[cell + month]]
        for cell in news:
            value, denominator = ledger.values[cell + month], ledger.denominators[cell + month]
            latest[cell] = Figure(value, max(denominator, 0))
        given = [figure for figure in latest.values() if figure.value != NOT_APPLICABLE]
        if news and given and (actual := indicator.actual(given)) is not None:
            known.append((month + 1, actual))
    return known
