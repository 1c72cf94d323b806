"""Figures that are off by a measure unit, by what else is known of them: part of family MZ5xx.

What is known is the figure of the month before, the target, the unit's or else the city's, and what the other units
have reported, by the yardstick of `proportion`.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from functools import lru_cache
from itertools import pairwise
from operator import le
from typing import NamedTuple

from mzplan.figures import SCALE, millionths, plain
from mzplan.rules.bearing import Bearing, bearing
from mzplan.rules.bounds import (
    CITY_WRONG,
    FEW,
    HUNDREDFOLD,
    NO_NOTE,
    OTHERS_ODD,
    OTHERS_WRONG,
    OWN_WRONG,
    PLAUSIBLE,
    QUARTER,
    SPIKE,
    TENFOLD,
    ZERO_CITY,
    ZERO_OWN,
    ZERO_STEPS,
)
from mzplan.rules.examples import table
from mzplan.rules.magnitude_said import field_about, parts_about, told
from mzplan.rules.proportion import Magnitude, odd_at_first, other_units, planned, promised, times, yardstick
from mzplan.rules.ratio_parts import OTHER_UNIT, RATE, SWAPPED, may_follow, parts_off
from mzplan.rules.registry import ERROR, SWAPPED_COLUMNS, Cause, Finding, series_rule
from mzplan.rules.scope import Series
from mzplan.rules.spikes import ODD_DIGITS, TOO_MANY, may_be_spike, spike
from mzplan.said import say
from mzplan.submissions.names import stage_names
from mzplan.submissions.reasons import explains_by_scope

_PERCENT = 100
_ENOUGH_STEPS = 2
"""So many earlier steps tell how a row goes on."""
_TOO_FEW = "少写了几位"
_MEANT = "印证应是 {figure}"
_BEYOND_ALL = "写清了，但这个数超过全市目标的 {times} 倍"


@lru_cache(maxsize=1)  # the rules take one series after another, and several ask this of each
def pairs(series: Series) -> Sequence[tuple[int, int]]:
    """Successive positions, without those of figures that are off, or of a first one that the next shows to be odd."""
    odd = _outlier(series)
    return list(pairwise(at for at in range(len(series.values)) if at != odd and not is_off(series, at)))


def reported(series: Series) -> Iterator[tuple[int, int]]:
    """Successive positions that had passed when they were reported: what came later takes no fall from itself."""
    off = _off(series)
    return pairwise(at for at in range(len(series.values)) if at not in off or off[at].is_question or off[at].is_spike)


def questioned(series: Series) -> Iterator[tuple[int, int]]:
    """Those of which a question may be asked: no report between them could not be used."""
    return (pair for pair in pairs(series) if not series.has_unread_between(*pair))


def is_off(series: Series, at: int) -> bool:
    """Whether a figure is off, so that no other is judged by it."""
    off = _off(series).get(at)
    return off is not None and not off.is_question


def is_question(series: Series, at: int) -> bool:
    """Whether it is asked of a figure already that it is off, though it counts."""
    off = _off(series).get(at)
    return off is not None and off.is_question


def first(series: Series) -> int | None:
    """The first position of a figure above 0 (of a ratio, whatever its numerator is) that is not off."""
    figures = series.denominators or series.values
    return next((at for at, figure in enumerate(figures) if figure and not is_off(series, at)), None)


@lru_cache(maxsize=1)
def _outlier(series: Series) -> int | None:
    """The position of a first figure that is odd beside the others' while the next is not: none is judged by it."""
    figures = series.denominators or series.values
    at = next((at for at, figure in enumerate(figures) if figure), len(figures))
    if at + 1 >= len(figures) or stage_names(series.indicator):
        return None
    odd = odd_at_first(series, at)
    is_alone = odd is not None and not odd_at_first(series, at + 1)
    return at if odd and is_alone and bearing(series, None, at, odd.field) is not Bearing.FULL else None


class _Off(NamedTuple):
    """A figure that is off, by the one before it that is not, and what its note says of that."""

    before: int | None
    found: Magnitude
    of_note: str
    is_question: bool
    """Whether it counts: there is a cause, and no measure unit explains it."""
    is_spike: bool
    """Whether only those after it show it."""
    is_borne: bool
    """Whether its note says all that is asked for, and it is a question all the same."""


@lru_cache(maxsize=1)
def may_be_off(series: Series) -> bool:
    """Whether any figure of a year may be off, or its first one odd: else each follows the one before as nearly all do.

    What `_off` finds one by one cannot be where the first figure is not off, no other is far from the one before it,
    and none is above those around it.
    """
    if series.indicator.stages:
        return False
    return (
        _magnitude(series, None, 0) is not None
        or not _may_all_follow(series)
        or may_be_spike(series)
        or _outlier(series) is not None
    )


def _may_all_follow(series: Series) -> bool:
    """Whether each figure behind the first may follow the one before it; a lower one may, unless that was a spike."""
    if ratio := series.indicator.ratio:
        return all(may_follow(series, ratio, before, at) for before, at in pairwise(range(len(series.values))))
    return all(map(le, series.values[1:], [old * PLAUSIBLE.times for old in series.values]))


@lru_cache(maxsize=1)  # the rules take one series after another, and several ask this of each
def _off(series: Series) -> Mapping[int, _Off]:
    """The positions of figures that are off by a measure unit, each judged by the last one that is not."""
    off: dict[int, _Off] = {}
    if not may_be_off(series):
        return off
    last: int | None = None
    for at in range(len(series.values)):
        at_once = _magnitude(series, last, at)
        if found := at_once or spike(series, last, at):
            of_note = bearing(series, last, at, *parts_about(series, last, at, found), is_far=True)
            is_of_a_unit = _is_of_a_unit(series, last, at, found)
            is_scope = last is not None and explains_by_scope(series.note(at))
            if of_note is Bearing.FULL and is_of_a_unit and is_scope:
                of_note = Bearing.NO_CAUSE
            is_beyond = of_note is Bearing.FULL and _is_beyond_all(series, at)
            if of_note is not Bearing.FULL or is_beyond:
                is_asked = is_beyond or (of_note.is_question and not is_of_a_unit)
                said = _meant_by_note(series, last, at, found) or of_note
                said = say(_BEYOND_ALL, times=NO_NOTE.times) if is_beyond else said
                off[at] = _Off(last, found, said, is_asked, is_spike=at_once is None, is_borne=is_beyond)
        if (at not in off or off[at].is_question) and at != _outlier(series):
            last = at
    return off


def _is_beyond_all(series: Series, at: int) -> bool:
    """Whether a total is so far beyond what is asked of the whole city that no note settles it: somebody is to look."""
    whole = series.indicator.target.value
    return series.indicator.additive and 0 < whole * NO_NOTE.times * SCALE < series.values[at]


def _meant_by_note(series: Series, before: int | None, at: int, off: Magnitude) -> str:
    """That the note of a figure gives the amount that makes the one that was meant of the one before; else empty."""
    if before is None or off.meant is None or series.denominators:
        return ""
    values = [*series.values[:at], off.meant, *series.values[at + 1 :]]
    is_meant = bearing(replace(series, values=values), before, at) is Bearing.FULL
    return say(_MEANT, figure=plain(off.meant)) if is_meant else ""


def _is_of_a_unit(series: Series, before: int | None, at: int, off: Magnitude) -> bool:
    """Whether a figure is off by so much that another measure unit or digits explain it, and no event does."""
    if off.words in (RATE, SWAPPED, OTHER_UNIT):
        return True
    known = yardstick(series, at) if before is None and off.meant is None else None
    for figures, meant in ((series.values, off.meant), (series.denominators, off.below)):
        if figures:
            last = meant or (figures[before] if before is not None else known.high if known else 0)
            if max(figures[at], last) >= min(figures[at], last) * HUNDREDFOLD.times:
                return True
    return False


def _magnitude(series: Series, before: int | None, at: int) -> Magnitude | None:
    """The figure that was meant when what is known shows that it is off."""
    indicator, new = series.indicator, series.values[at]
    if ratio := indicator.ratio:
        return parts_off(series, ratio, before, at)
    if not new:
        return None
    old = series.values[before] if before is not None else 0
    if not old and (found := _beside_yardstick(series, at)):
        return found
    low, high = _plausible(series, old, at)
    if low <= new <= high:
        return None
    for factor, words in other_units(indicator.unit):
        meant = times(new, factor, indicator.decimals)
        if meant is not None and low <= meant <= high:
            return Magnitude(words, meant)
    return _out_of_growth(series, before, at) if before is not None and old else None


def _beside_yardstick(series: Series, at: int) -> Magnitude | None:
    """A first figure that is wrong beside those of the other units, or the plan's, unless its own target bears it."""
    new, own = series.values[at], series.target(at)
    if new <= FEW * OTHERS_WRONG.times or (own and new <= millionths(own.value, 2)):
        return None
    known = yardstick(series, at)
    if known is None or not known.is_wrong(new):
        return None
    units = [(factor, words) for factor, words in other_units(series.indicator.unit) if factor < 1]
    digits = [(Fraction(1, 10**power), say(TOO_MANY, digits=power)) for power in range(1, 7)]
    likely = units if known.known else [*units, *digits]  # of a target nearly any number of digits makes a part
    meant = [(words, times(new, factor, series.indicator.decimals)) for factor, words in likely]
    fitting = [(words, figure) for words, figure in meant if figure and known.has(figure)]
    words, figure = fitting[0] if len({figure for _, figure in fitting}) == 1 else (ODD_DIGITS, None)
    return Magnitude(words, figure, known=known.words)


def _out_of_growth(series: Series, before: int, at: int) -> Magnitude | None:
    """A figure that has grown a hundredfold, or after the first quarter tenfold, where no target bears it.

    A stock that has fallen to a hundredth has lost its digits likewise.
    """
    new, old = series.values[at], series.values[before]
    if not series.indicator.cumulative and new * HUNDREDFOLD.times <= old:
        return Magnitude(_TOO_FEW)
    if new < old * TENFOLD.times:
        return None
    if meant := _without_a_zero(series, before, at):
        return Magnitude(say(TOO_MANY, digits=1), meant)
    if new <= FEW * OTHERS_WRONG.times:
        return None
    target = planned(series, at)
    borne = target.high if target else 0
    if new >= old * HUNDREDFOLD.times:
        return Magnitude(ODD_DIGITS) if new > borne * 2 else None
    is_late = series.months[before] > QUARTER
    return Magnitude(ODD_DIGITS) if is_late and target and new > borne * OTHERS_ODD.times else None


def _without_a_zero(series: Series, before: int, at: int) -> int:
    """The tenth of a figure that may follow the one before where nothing bears the figure itself; 0 for none.

    All that is promised of the unit may be done at once, and more; without a promise its own months tell.
    """
    new, own = series.values[at], series.target(at)
    meant = times(new, Fraction(1, 10), series.indicator.decimals)
    low, high = _plausible(series, series.values[before], at)
    if meant is None or not low <= meant <= high or (own or series.indicator.target).operator == "at_most":
        return 0
    if own and own.value:
        return meant if new > own.value * ZERO_OWN.times * SCALE else 0
    whole = series.indicator.target.value
    if whole and series.months[before] > QUARTER and new > whole * ZERO_CITY.times * SCALE:
        return meant
    steps = [
        Fraction(abs(series.values[b] - series.values[a]), series.months[b] - series.months[a])
        for a, b in pairwise(range(before + 1))
    ]
    limit = max([Fraction(SCALE), *steps]) * ZERO_STEPS.times * (series.months[at] - series.months[before])
    return meant if len(steps) >= _ENOUGH_STEPS and new - series.values[before] > limit else 0


def _plausible(series: Series, old: int, at: int) -> tuple[int, int]:
    """The figures among which the one meant may lie, from the figure before or from the target."""
    if old:
        return (old if series.indicator.cumulative else old // PLAUSIBLE.times), old * PLAUSIBLE.times
    target = promised(series, at)
    high = millionths(target.value) if target else 0
    return (high // _PERCENT if series.target(at) else 0), high * 2


@series_rule(
    "MZ507",
    ERROR,
    may_be_off,
    title="像是写错了的数",
    what=say(
        "下列任一种，“说明”又没有写原因和相符的数（增减的数，原来的数和现在的数，或第一次报的数和它的计量单位）：\n\n"
        "- 这个数，或比率的分子、分母，与上一次（没有上一次的，与目标、与别的单位）相差一万倍、一百倍，"
        "换一个计量单位就对得上："
        "把元当成万元，把万元当成亿元，把小数当成百分数，把百分数、比率填成“82/100”“18/10000”这样的分子、分母；\n"
        "- 分子、分母填反了，或有一个多写、少写了几位；\n"
        "- 不封顶的比率超过目标、上一次和别的单位的 5 倍；\n"
        "- 不累计的分母变为上一次的 2 倍以上或一半以下；\n"
        "- 超过照别的单位折算的最大数的 {times} 倍；没有别的单位可比的，超过本单位目标的 {times2} 倍"
        "（没有的，全市目标的 {times3} 倍）；分母超过常住人口的 {times} 倍；\n"
        "- 目标容不下，又猛增到上一次的 {times4} 倍，一季度以后 {times5} 倍；\n"
        "- 十分之一接得上上一次的，这个数又超过本单位目标的 {times7} 倍；"
        "没有自己目标的，一季度以后超过全市目标，或者此前至少有两次变化（不变也算），"
        "这次变化超过此前一个月最多变化的数（不到 1 的算 1）的 {times8} 倍（比率、目标是不超过的除外）；\n"
        "- 前后两次的数相近，中间的（或连续两个）超过它们的 {times6} 倍，或十分之一和它们相近，"
        "或两位数字对调就对得上（累计数除外）。\n\n"
        "这一行不采用；相差不到一百倍，“说明”写了原因没有写数的，只是警告。写的数对不上的仍是错误，与上一次的数合起来正是应填的数的，提示这个数；别处、别年、别的指标的，还没有发生的，不算；“说明”里只要有一句这样的话，或另写的数加起来不是增减的数，都不算。"
        "超过全市目标 {times9} 倍的，“说明”写清了也留着警告。",
        times=OTHERS_WRONG.times,
        times2=OWN_WRONG.times,
        times3=CITY_WRONG.times,
        times4=HUNDREDFOLD.times,
        times5=TENFOLD.times,
        times6=SPIKE.times,
        times7=ZERO_OWN.times,
        times8=ZERO_STEPS.times,
        times9=NO_NOTE.times,
    ),
    why="差一万倍的数一旦汇总，全市的数就全错了。",
    mend="按提示换成计划的计量单位；确是这个数的，在“说明”里写明原因和数。",
    bad=table("2031-02,青山县,T01-05,福利彩票销量,20,,,,", "2031-03,青山县,T01-05,福利彩票销量,0.0025,,,,"),
    good=table("2031-02,青山县,T01-05,福利彩票销量,20,,,,", "2031-03,青山县,T01-05,福利彩票销量,25,,,,"),
)
def other_magnitude(series: Series) -> Iterator[tuple[int, Finding]]:
    """Yuan for ten thousands of yuan, a share for a percentage: the figure before shows which."""
    for at, off in _off(series).items():
        message, hint, remedies = told(series, off.before, at, off.found, is_borne=off.is_borne)
        yield (
            at,
            Finding(
                message,
                field_about(series, off.before, at, off.found),
                hint,
                related=tuple(map(series.place, off.found.beside or [at for at in (off.before,) if at is not None])),
                remedies=remedies,
                cause=None if off.is_question else _cause(off.found),
                of_note=off.of_note,
                is_question=off.is_question,
            ),
        )


def _cause(off: Magnitude) -> Cause:
    return Cause(f"MZ507 {off.words}", least=3, joins=SWAPPED_COLUMNS if off.words == SWAPPED else None)
