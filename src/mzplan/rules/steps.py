"""How far a figure stands from the one before it: part of family MZ5xx."""

from collections.abc import Sequence
from fractions import Fraction
from functools import lru_cache
from itertools import pairwise

from mzplan.figures import SCALE, millionths, plain, rounded
from mzplan.rules.bounds import BEST_MONTH, DIGIT, FEW, FLOOR, OWN_STEPS, PACE, STEP, TOPPED
from mzplan.rules.magnitude import may_be_off, pairs
from mzplan.rules.proportion import is_alike
from mzplan.rules.scope import Series
from mzplan.said import say

Step = int | Fraction
"""A whole number where no month is missing, as of nearly all: it costs a tenth."""
_ENOUGH = 2
"""So many earlier steps tell what is usual for a row."""
_MOST = "此前一个月最多变化 {best}"
_NEVER_FELL = "此前没有减少过，一个月最多增加 {best}"
_BEST = "此前一个月最多增加 {best}"
_BEYOND = "超出目标 {target}，此前一个月最多增加 {best}"


def has_a_digit_more(series: Series, before: int, at: int) -> bool:
    """Whether a figure, what a ratio is taken of being as it was, has grown as by one more digit, however small."""
    old, new = series.values[before], series.values[at]
    return 0 < old * DIGIT.times <= new >= FLOOR and _is_of_the_same(series, before, at)


def has_topped(series: Series, before: int, at: int) -> bool:
    """Whether a part has become its whole by a great step, as when the denominator is copied into the numerator."""
    if not series.indicator.ratio or not series.indicator.ratio.part_of_whole:
        return False
    old, new, below = series.values[before], series.values[at], series.denominators
    is_whole = new == below[at] >= FLOOR and is_alike(below[before], below[at])
    return is_whole and (new - old) * TOPPED.times > new * (series.months[at] - series.months[before])


def out_of_pace(series: Series, before: int, at: int) -> str:
    """How a figure is told that has changed by more than its own steps until then bear; else empty."""
    change, months = series.values[at] - series.values[before], series.months[at] - series.months[before]
    is_total = series.indicator.cumulative
    if (change <= FEW) if is_total else (abs(change) <= SCALE * months):  # as nearly all are
        return ""
    if (series.target(at) or series.indicator.target).operator == "at_most":
        return ""
    if is_total:
        return _beyond_its_target(series, before, at)
    if not _is_of_the_same(series, before, at) or len(own := own_steps(series, before)) < _ENOUGH:
        return ""
    is_first_fall = change < 0 and all(each >= 0 for each in own)
    best = max(max(own), -min(own))
    if abs(change) <= max(best, SCALE) * months * (1 if is_first_fall else OWN_STEPS.times):
        return ""
    return say(_NEVER_FELL if is_first_fall else _MOST, best=shown(Fraction(best, SCALE)))


def _beyond_its_target(series: Series, before: int, at: int) -> str:
    """The same of a total: what goes beyond its target, beside the best month until then."""
    old, new, promised = series.values[before], series.values[at], series.target(at)
    target = millionths(promised.value) if promised else 0
    beyond, months = new - max(old, target), series.months[at] - series.months[before]
    if beyond <= FEW:
        return ""
    first = next((each for each, _ in pairs(series)), before)
    start = series.values[first] * months * BEST_MONTH.times
    if beyond * series.months[first] <= start:  # as nearly all are; the others are set beside every month
        return ""
    best = max([Fraction(series.values[first], series.months[first]), *own_steps(series, before)])
    if beyond <= best * months * BEST_MONTH.times:
        return ""
    is_seen = target or (best and is_jump(old, new, months, old, series.months[before]))
    return say(_BEYOND if target else _BEST, target=plain(target), best=shown(Fraction(best, SCALE))) if is_seen else ""


@lru_cache(maxsize=1)  # several rules ask this of each series
def may_stand_out(series: Series) -> bool:
    """Whether any step of a year may be far, out of pace or to the whole: its largest ones are held against the bounds.

    Where something is said, a month is missing, or a figure may be off, that is not known before each is looked at.
    """
    if series.indicator.stages:
        return False
    if may_be_off(series) or not series.is_plain:
        return True
    steps = list(pairwise(series.values))
    return bool(steps) and (_may_total if series.indicator.cumulative else _may_level)(series, steps)


_Pairs = Sequence[tuple[int, int]]


def _may_total(series: Series, steps: _Pairs) -> bool:
    """Whether `is_far` or `out_of_pace` may hold of any step of a total; of a fall neither does."""
    largest, promised = max(new - old for old, new in steps), series.target(0)
    if promised is None:
        is_any = (is_jump(old, new, 1, old, month) for month, (old, new) in zip(series.months, steps, strict=False))
        return largest > FEW and any(is_any)
    is_beyond = series.values[-1] > millionths(promised.value) + FEW
    is_fast = largest * series.months[0] > series.values[0] * BEST_MONTH.times
    return (largest >= FLOOR and _is_beyond_half(largest, promised.value, SCALE)) or (is_beyond and is_fast)


def _may_level(series: Series, steps: _Pairs) -> bool:
    """Whether `is_far`, `out_of_pace` or `has_topped` may hold of any step of a level, or of the parts of a ratio.

    A ratio is taken in whole millionths, so that a step of it is up to one more; no steps bear less than the first two.
    """
    changes = [new - old for old, new in steps]
    own, later = changes[:_ENOUGH], changes[_ENOUGH:]
    best = max(SCALE, *map(abs, own))
    if later and (max(later) > best * OWN_STEPS.times or -min(later) > best):
        return True
    if ratio := series.indicator.ratio:
        parts = list(zip(series.values, series.denominators, strict=True))
        if any(new == below and (new - old) * TOPPED.times > new for (old, _), (new, below) in pairwise(parts)):
            return True
        steps = list(pairwise(above * ratio.scale * SCALE // below for above, below in parts))
    largest, promised = max(abs(new - old) for old, new in steps) + 1, series.target(0)
    if largest < FLOOR:
        return False
    if promised and promised.value:
        return _is_beyond_half(largest, promised.value, SCALE)
    return any((abs(new - old) + 1) * STEP.part > old for old, new in steps)


def own_steps(series: Series, upto: int, *, below: bool = False) -> Sequence[Step]:
    """By how much a row's values, or denominators, in millionths, have changed in a month at each step until then."""
    return [change for at, change in _own_steps(series, below) if at <= upto]


@lru_cache(maxsize=2)  # the rules take one series after another, and ask at each of its figures
def _own_steps(series: Series, below: bool) -> Sequence[tuple[int, Step]]:
    figures, months = series.denominators if below else series.values, series.months
    steps = ((b, figures[b] - figures[a], months[b] - months[a]) for a, b in pairs(series))
    return [(at, change if gap == 1 else Fraction(change, gap)) for at, change, gap in steps]


def _is_of_the_same(series: Series, before: int, at: int) -> bool:
    """Whether what a ratio is taken of is as it was; so it is of what is no ratio."""
    return not series.denominators or is_alike(series.denominators[before], series.denominators[at])


def step(series: Series, before: int, at: int) -> tuple[int, int, int]:
    """Two figures, and what one measure unit comes to in them; in whole numbers also for ratios."""
    old, new = series.values[before], series.values[at]
    ratio = series.indicator.ratio
    if ratio is None:
        return old, new, SCALE
    scale, under, below = ratio.scale, series.denominators[before], series.denominators[at]
    return old * scale * below, new * scale * under, under * below


def is_far(series: Series, before: int, at: int, old: int, new: int, one: int) -> bool:
    """Whether the second of two figures is a jump from the first, in so many parts of one measure unit.

    A month that is missing between them, or could not be read, gives the change as much time again.
    """
    promised = series.target(at)
    if promised and promised.value:
        return _is_beyond_half(abs(new - old), promised.value, one * (series.months[at] - series.months[before]))
    is_growing = series.indicator.cumulative and new > old
    return is_jump(old, new, series.months[at] - series.months[before], old if is_growing else 0, series.months[before])


def _is_beyond_half(change: int, target: Fraction, one: int) -> bool:
    """Whether a change is above half of a target, or that is small: in integers, as nearly all pairs are asked.

    One measure unit is given as it counts in the change, for each month that the change has taken.
    """
    half = target.numerator * one
    parts = STEP.part * target.denominator
    return half <= FLOOR // SCALE * parts * one or change * parts > half


def is_jump(old: int, new: int, months: int, came: int, within: int) -> bool:
    """Without a target: large beside the figure before, and beside what came within so many months until then."""
    change = abs(new - old)
    return bool(old) and change * STEP.part > old * months and change * within > PACE.times * came * months


def shown(figure: Fraction) -> str:
    """A figure to two decimals at most."""
    return rounded(figure, 2).rstrip("0").removesuffix(".")
