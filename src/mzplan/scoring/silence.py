"""Whether a verdict on a total rests on silence: what the silent units could still bring to it."""

from fractions import Fraction

from mzplan.period import Period
from mzplan.scoring.progress import LAGGING, ON_SCHEDULE, ONE, ZERO, Progress, Status
from mzplan.scoring.scorer import Scorer


def hinges_on_silence(scorer: Scorer, row: Progress, period: Period) -> bool:
    """Whether the city's row would not lag, or might, if the silent units reported the best that they could.

    Nothing bounds what a unit brings to a total: units do more than their parts. What is reached rests on silence
    unless it can only grow. Nobody's silence causes an excess that cannot come back, nor what has a verdict only if
    silence cannot change it.
    """
    if not row.is_whole or row.reported == row.reporting:
        return False
    if row.status is Status.MISSING:
        return True
    if row.status is Status.EXCEEDED or row.indicator.applies_to != "total" or row.indicator.counts_silence:
        return False
    if row.status in ON_SCHEDULE:
        return not row.indicator.cumulative or row.target is None or row.target.operator != "at_least"
    if row.status not in LAGGING:
        return False
    best = _best(row)
    if best is None or row.target is None:
        return best is None
    yardstick = scorer.yardstick(scorer.column(row.indicator, period), row.unit, period)
    measure = row.target.measure(row.baseline)
    return yardstick.verdict(measure, (best.numerator, best.denominator)).status not in LAGGING


def silent_units(row: Progress) -> list[Progress]:
    """The units of a row of the city, or of a region, that owe a report and have sent none."""
    return [one for one in row.addends if one.reporting and not one.reported]


def open_units(row: Progress) -> list[Progress]:
    """Those of them whose report could still change the row: of what each unit must do, all that it does not settle.

    A milestone that is finished stays so, and so does a figure that only grows and has come to its target.
    """
    silent = silent_units(row)
    is_of_each = row.indicator.applies_to != "total" or row.indicator.counts_silence
    return [one for one in silent if not is_of_each or one.status is Status.MISSING]


def _best(row: Progress) -> Fraction | None:
    """The best figure that the silent units could make of it; None where nothing bounds it.

    A figure falls by what they had at most, and a share of a whole rises to all that they last counted.
    """
    target, actual, indicator = row.target, row.actual, row.indicator
    if target is None or actual is None:
        return None
    falls = target.operator == "at_most" or row.is_beyond
    if indicator.additive and not falls:
        return None
    silent = silent_units(row)
    if indicator.additive:
        best = actual - sum((one.actual or ZERO for one in silent), start=ZERO)
    elif (
        indicator.ratio
        and (falls or indicator.ratio.part_of_whole)
        and row.numerator
        and all(one.denominator is not None for one in silent)
    ):
        most = ((ZERO if falls else one.denominator or ZERO) - (one.numerator or ZERO) for one in silent)
        best = actual * (ONE + sum(most, start=ZERO) / row.numerator)
    else:
        return None
    if target.operator != "about":
        return best
    return max(best, target.value) if falls else min(best, target.value)
