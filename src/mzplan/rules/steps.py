"""How far a figure stands from the one before it: part of family MZ5xx."""

from fractions import Fraction

from mzplan.figures import SCALE, plain, rounded
from mzplan.plan.indicator import RatioIndicator
from mzplan.rules.bounds import DIGIT, FEW, FLOOR, PACE, SMALL_STEP, STEP, TOPPED
from mzplan.rules.magnitude import pairs
from mzplan.rules.proportion import is_alike
from mzplan.rules.scope import Series
from mzplan.said import say

_BEST = "此前一个月最多增加 {best}"
_BEYOND = "超出目标 {target}，此前一个月最多增加 {best}"


def has_a_digit_more(series: Series, before: int, at: int) -> bool:
    """Whether a figure, what a ratio is taken of being as it was, has grown as by one more digit, however small."""
    old, new, below = series.values[before], series.values[at], series.denominators
    return 0 < old * DIGIT.times <= new >= FLOOR and (not below or is_alike(below[before], below[at]))


def has_topped(series: Series, before: int, at: int) -> bool:
    """Whether a part has become its whole by a great step, as when the denominator is copied into the numerator."""
    if not isinstance(series.indicator, RatioIndicator) or not series.indicator.part_of_whole:
        return False
    old, new, below = series.values[before], series.values[at], series.denominators
    is_whole = new == below[at] >= FLOOR and is_alike(below[before], below[at])
    return is_whole and (new - old) * TOPPED.times > new * (series.months[at] - series.months[before])


def small_step(series: Series, before: int, at: int) -> str:
    """How a figure is told that has grown by few, but by more than its target and its own pace bear; else empty."""
    old, new, promised = series.values[before], series.values[at], series.target(at)
    if series.denominators or (promised and promised.operator == "at_most"):
        return ""
    target = int(promised.value * SCALE) if promised else 0
    if (beyond := new - max(old, target)) <= FEW:
        return ""
    months, best = (series.months[before], series.months[at]), _best_month(series, before)
    if beyond <= best * (months[1] - months[0]) * SMALL_STEP.times:
        return ""
    is_seen = target or (best and is_jump(old, new, series.indicator.cumulative, *months))
    return say(_BEYOND if target else _BEST, target=plain(target), best=shown(best / SCALE)) if is_seen else ""


def _best_month(series: Series, upto: int) -> Fraction:
    """The most by which a figure has grown in a month until then, in millionths."""
    months, values = series.months, series.values
    steps = [(each, after) for each, after in pairs(series) if after <= upto]
    first = steps[0][0] if steps else upto
    start = [Fraction(values[first], months[first])] if series.indicator.cumulative else []
    return max([Fraction(0), *start, *(Fraction(values[b] - values[a], months[b] - months[a]) for a, b in steps)])


def step(series: Series, before: int, at: int) -> tuple[int, int, int]:
    """Two figures, and what one measure unit comes to in them; in whole numbers also for ratios."""
    old, new = series.values[before], series.values[at]
    if not isinstance(series.indicator, RatioIndicator):
        return old, new, SCALE
    scale, under, below = series.indicator.scale, series.denominators[before], series.denominators[at]
    return old * scale * below, new * scale * under, under * below


def is_far(series: Series, before: int, at: int, old: int, new: int, one: int) -> bool:
    """Whether the second of two figures is a jump from the first, in so many parts of one measure unit.

    A month that is missing between them, or could not be read, gives the change as much time again.
    """
    promised = series.target(at)
    if promised and promised.value:
        return _is_beyond_half(abs(new - old), promised.value, one * (series.months[at] - series.months[before]))
    return is_jump(old, new, series.indicator.cumulative, series.months[before], series.months[at])


def _is_beyond_half(change: int, target: Fraction, one: int) -> bool:
    """Whether a change is above half of a target, or that is small: in integers, as nearly all pairs are asked.

    One measure unit is given as it counts in the change, for each month that the change has taken.
    """
    half = target.numerator * one
    parts = STEP.part * target.denominator
    return half <= FLOOR // SCALE * parts * one or change * parts > half


def is_jump(old: int, new: int, is_total: bool, month: int, next_month: int) -> bool:
    """Without a target: large beside the figure before, and for a total also beside its pace until then."""
    change, months = new - old, next_month - month
    if not old or abs(change) * STEP.part <= old * months:
        return False
    return not is_total or change < 0 or change * month > PACE.times * old * months


def shown(figure: Fraction) -> str:
    """A figure to two decimals at most."""
    return rounded(figure, 2).rstrip("0").removesuffix(".")
