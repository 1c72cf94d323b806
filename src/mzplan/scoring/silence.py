"""Whether a verdict on a total rests on silence: what the silent units could still bring to it."""

from fractions import Fraction

from mzplan.period import Period
from mzplan.scoring.judging import Scorer
from mzplan.scoring.progress import LAGGING, ON_SCHEDULE, ONE, ZERO, Progress, Status


def hinges_on_silence(scorer: Scorer, row: Progress, period: Period) -> bool:
    """Whether the city's row would not lag if each silent unit had its whole part by now, or an equal share.

    What is reached rests on silence unless it can only grow. Nobody's silence causes an excess that cannot come back,
    nor what has a verdict only if silence cannot change it.
    """
    silent = silent_units(row)
    if row.unit is not None or not silent:
        return False
    if row.status is Status.MISSING:
        return True
    if row.status is Status.EXCEEDED or row.indicator.applies_to != "total" or row.indicator.counts_silence:
        return False
    if row.status in ON_SCHEDULE:
        return not row.indicator.cumulative or row.target is None or row.target.operator != "at_least"
    if row.status not in LAGGING:
        return False
    best = _best(row, silent)
    if best is None or row.target is None:
        return best is None
    yardstick = scorer.column(row.indicator, period).yardstick
    measure = row.target.measure(row.baseline)
    return yardstick.verdict(measure, (best.numerator, best.denominator)).status not in LAGGING


def silent_units(row: Progress) -> list[Progress]:
    """The units of a city's row that owe a report and have sent none."""
    return [one for one in row.addends if one.reporting and not one.reported]


def _best(row: Progress, silent: list[Progress]) -> Fraction | None:
    """The best figure that the silent units could make of it; None where it could be any."""
    target, indicator = row.target, row.indicator
    if target is None or row.actual is None or indicator.counts_silence:
        return None
    falls = target.operator == "at_most"
    if not indicator.contributes:
        if row.numerator is None or not row.denominator or any(one.denominator is None for one in silent):
            return None
        gained = sum(
            ((ZERO if falls else one.denominator or ZERO) - (one.numerator or ZERO) for one in silent), start=ZERO
        )
        return row.actual * (ONE + gained / row.numerator) if row.numerator else None
    if falls:
        return row.actual - sum((one.actual or ZERO for one in silent), start=ZERO)
    share = ZERO if any(one.target for one in row.addends) else target.value / row.reporting
    gained = sum((max(_part(one, share) - (one.actual or ZERO), ZERO) for one in silent), start=ZERO)
    best = row.actual + gained
    return min(best, max(target.value, row.actual)) if target.operator == "about" else best


def _part(row: Progress, share: Fraction) -> Fraction:
    return share if row.target is None else row.target.value
