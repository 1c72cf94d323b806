"""Figures that those before and after them show to be wrong: part of family MZ5xx."""

from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise

from mzplan.figures import plain
from mzplan.rules.bearing import Bearing, bearing
from mzplan.rules.bounds import FLOOR, LOST, SMALL, SPIKE
from mzplan.rules.proportion import Magnitude, is_alike, is_near, times
from mzplan.rules.proposals import other_orders
from mzplan.rules.scope import Series
from mzplan.said import listed, say

ODD_DIGITS, TOO_MANY, EXCHANGED = "多写了几位", "多写了 {digits} 位", "两位数字写颠倒了"


def spike(series: Series, before: int | None, at: int) -> Magnitude | None:
    """A figure above those around it, which are near each other: far, or as two digits that changed places explain.

    It may stand there with the next one, where most figures are like those around them. Nothing is said of it where
    the note of the later one explains the fall; that a total fell is told of that one in any case.
    """
    for after in (at + 1, at + 2):
        is_outvoted = len(series.values) > 2 * (after - at)
        if after >= len(series.values) or not is_outvoted:
            return None
        for part, figures in (("numerator", series.values), ("denominator", series.denominators)):
            other = after + 1 if before is None or (figures and not figures[before]) else before
            if not figures or other >= len(figures):
                continue
            usual, known, least = figures[after], figures[other], min(figures[at:after])
            high = max(usual, known)
            if least <= high:  # as nearly all are
                continue
            is_order = not series.indicator.cumulative or (usual <= known if other > at else known <= usual)
            is_far = least > high * SPIKE.times and least > high + FLOOR and is_near(usual, known)
            is_alone = after == at + 1
            tenth = _tenth(series, figures[at], known, usual, is_first=other > at) if is_alone else 0
            meant = tenth or (_exchanged(series, figures, at, sorted((usual, known))) if is_alone and not is_far else 0)
            if is_order and (is_far or meant) and bearing(series, at, after, part) is not Bearing.FULL:
                beside = (min(other, after), max(other, after))
                known_by = listed(
                    say("{period} 是 {figure}", period=series.period(each), figure=figure_of(series, each))
                    for each in beside
                )
                is_below = figures is not series.values
                if not meant:
                    return Magnitude(ODD_DIGITS, known=known_by, beside=beside, is_below=is_below)
                above, below = (series.values[at], meant) if is_below else (meant, _below(series, at))
                return Magnitude(say(TOO_MANY, digits=1) if tenth else EXCHANGED, above, below, known_by, beside)
    return None


def _tenth(series: Series, figure: int, known: int, usual: int, *, is_first: bool) -> int:
    """The tenth of a figure where it is near those around it, of a total between them; 0 for none."""
    meant, ratio = times(figure, Fraction(1, 10), series.indicator.decimals) or 0, series.indicator.ratio
    is_total = series.indicator.cumulative or (ratio is not None and ratio.denominator_accumulates)
    around = (usual,) if is_first and is_total else (known, usual)
    is_between = not is_total or ((is_first or known <= meant) and meant <= usual)
    return meant if is_between and all(is_near(meant, each) for each in around) else 0


def may_be_spike(series: Series) -> bool:
    """Whether any step of a year leads back from a figure that is above those around it: it loses a part of it."""
    return any(
        (old - new) * LOST.part > old
        for figures in (series.values, series.denominators)
        for old, new in (pairwise(figures) if list(figures) != sorted(figures) else ())
    )


def _below(series: Series, at: int) -> int:
    return series.denominators[at] if series.denominators else 0


def _exchanged(series: Series, figures: Sequence[int], at: int, around: Sequence[int]) -> int:
    """The level that is near those around it, which are alike, once two digits are put right; 0 for none.

    The one that is written could not stay: too much would be lost. Of a total, which grows, nearly any order of the
    digits fits somewhere between the months around it.
    """
    new, (low, high) = figures[at], around
    if series.indicator.cumulative or new - high <= SMALL or (new - high) * LOST.part <= new or not is_alike(low, high):
        return 0
    fitting = [each for each in other_orders(new) if is_alike(each, low) and is_alike(each, high)]
    return fitting[0] if len(fitting) == 1 else 0


def figure_of(series: Series, at: int) -> str:
    """A figure as it is told: of a ratio both parts."""
    value = plain(series.values[at])
    return f"{value}/{plain(series.denominators[at])}" if series.denominators else value
