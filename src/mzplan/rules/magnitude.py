"""Figures that are off by a measure unit, by what else is known of them: part of family MZ5xx.

What is known is the figure of the month before, the target, the unit's or else the city's, and what the other units
have reported, by the yardstick of `proportion`.
"""

from collections.abc import Iterator, Mapping
from fractions import Fraction
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from mzplan.diagnostics import show
from mzplan.figures import SCALE, plain
from mzplan.plan.indicator import Indicator, RatioIndicator
from mzplan.plan.target import Target
from mzplan.rules.proportion import BESIDE, FEW, WRONG, usual
from mzplan.rules.registry import ERROR, Cause, Finding, Series, series_rule, table
from mzplan.submissions.names import stage_names


class _Magnitude(NamedTuple):
    """What is wrong with a figure, and the figure that explains it."""

    words: str
    """What it was written in, as it seems, or what else has happened to it."""
    meant: int | None = None
    """The figure in the plan's measure unit; None where nobody can tell."""
    below: int = 0
    """The denominator likewise."""
    known: str = ""
    """What it was set beside, where that is what the other units have reported."""
    is_about: bool = False
    """Whether last digits may be lost, so that the figure meant is near that one."""


_TEN_THOUSAND = 10_000
_PERCENT = 100
_PLAUSIBLE = 3
"""A figure may have grown to so many times the one before; a stock may have fallen to that part of it."""
_FAR = 100
"""Parts of a ratio that are so many times what is known are not what was meant, where another figure explains them."""
_IMPOSSIBLE = 1000
"""A figure of so many times what is known is wrong, even if nothing explains it."""
_LEAST_IMPOSSIBLE = 10_000
"""Smaller figures may grow to anything."""
_SHARE = _Magnitude("百分数")
_SWAPPED, _OTHER_UNIT, _TOO_LARGE = "分子、分母填反", "另一种计量单位", "多写了几位"
_TOO_FEW, _TOO_MANY = "少写了 {digits} 位", "多写了 {digits} 位"
_LEAST_ALIKE = 10
"""A denominator below this has no digits to lose: 1/1 may be followed by 10/10."""
_HUNDREDS = 3
"""So many different denominators of a report that all are 100 are percentages."""


def value_field(indicator: Indicator) -> str:
    """The column that a finding about an indicator's figure names."""
    return "numerator" if "numerator" in indicator.columns else "value"


def pairs(series: Series) -> Iterator[tuple[int, int]]:
    """Successive positions, without those of figures that are off."""
    off = _off(series)
    return pairwise(at for at in range(len(series.values)) if at not in off)


def first(series: Series) -> int | None:
    """The first position of a figure that is not off."""
    off = _off(series)
    return next((at for at in range(len(series.values)) if at not in off), None)


@lru_cache(maxsize=1)  # the rules take one series after another, and several ask this of each
def _off(series: Series) -> Mapping[int, _Magnitude]:
    """The positions of figures that are off by a measure unit, each judged by the last one that is not."""
    off: dict[int, _Magnitude] = {}
    if stage_names(series.indicator):
        return off
    last: int | None = None
    for at in range(len(series.values)):
        if (found := _magnitude(series, last, at)) and not series.has_note(at):
            off[at] = found
        else:
            last = at
    return off


def _magnitude(series: Series, before: int | None, at: int) -> _Magnitude | None:
    """The figure that was meant when what is known shows that it is off."""
    indicator = series.indicator
    if isinstance(indicator, RatioIndicator):
        return _beside_before(series, indicator, before, at) if before is not None else _alone(series, indicator, at)
    new, (low, high) = series.values[at], _plausible(series, before, at)
    if before is None and (found := _beside_others(series, at)):
        return found
    if low <= new <= high or not new:
        return None
    for factor, words in _other_units(indicator.unit):
        meant = _times(new, factor, indicator.decimals)
        if meant is not None and low <= meant <= high:
            return _Magnitude(words, meant)
    promised = _promised(series, at)
    known = max(series.values[before] if before is not None else 0, int(promised.value * SCALE) if promised else 0)
    is_impossible = known and new > max(known * _IMPOSSIBLE, _LEAST_IMPOSSIBLE * SCALE)
    return _Magnitude(_TOO_LARGE) if is_impossible else None


def _beside_others(series: Series, at: int) -> _Magnitude | None:
    """A first figure that is wrong beside those of the other units, unless its own target bears it."""
    new, own = series.values[at], series.target(at)
    if new <= (int(own.value * 2 * SCALE) if own else 0) or new <= FEW * WRONG:
        return None
    others = usual(series, at)
    if others is None or not others.is_wrong(new):
        return None
    units = [(factor, words) for factor, words in _other_units(series.indicator.unit) if factor < 1]
    digits = [(Fraction(1, 10**power), _TOO_MANY.format(digits=power)) for power in range(1, 7)]
    likely = [(words, _times(new, factor, series.indicator.decimals)) for factor, words in (*units, *digits)]
    fitting = [(words, meant) for words, meant in likely if meant and others.has(meant)]
    words, meant = fitting[0] if len({meant for _, meant in fitting}) == 1 else (_TOO_LARGE, None)
    return _Magnitude(words, meant, known=BESIDE.format(high=plain(others.high)))


def _promised(series: Series, at: int) -> Target | None:
    """What the unit is judged by, or else what is promised of the city as a whole."""
    target = series.target(at) or series.indicator.at(series.period(at)).target
    return target if target.value else None


def _plausible(series: Series, before: int | None, at: int) -> tuple[int, int]:
    """The figures among which the one meant may lie, from the figure before or from the target."""
    old = series.values[before] if before is not None else 0
    if old:
        return (old if series.indicator.cumulative else old // _PLAUSIBLE), old * _PLAUSIBLE
    promised = _promised(series, at)
    target = int(promised.value * SCALE) if promised else 0
    return (target // _PERCENT if series.target(at) else 0), target * 2


def _times(figure: int, factor: Fraction, decimals: int) -> int | None:
    """A figure in another measure unit; None when it would have more decimals than it may."""
    meant, rest = divmod(figure * factor.numerator, factor.denominator)
    return None if rest or meant % 10 ** (6 - decimals) else meant


def _other_units(unit: str) -> Iterator[tuple[Fraction, str]]:
    """The measure units that are taken for the plan's: by what each is to be multiplied, and what it is called."""
    if unit.startswith(("万", "亿")):
        rest = unit[1:]
        larger = f"万{rest}" if unit.startswith("亿") else rest or "个"
        yield Fraction(1, _TEN_THOUSAND), larger
        if unit.startswith("亿"):
            yield Fraction(1, _TEN_THOUSAND**2), rest or "个"
        else:
            yield Fraction(_TEN_THOUSAND), f"亿{rest}"
    elif unit == "%":
        yield Fraction(_PERCENT), "小数"
        yield Fraction(1, _PERCENT), "万分数"
    else:
        yield Fraction(_TEN_THOUSAND), f"万{unit}"


# --- the parts of a ratio --------------------------------------------------------------------------------------------

_FACTORS = (Fraction(1, _TEN_THOUSAND), Fraction(_TEN_THOUSAND))


def _beside_before(series: Series, indicator: RatioIndicator, before: int, at: int) -> _Magnitude | None:
    """Parts set beside those of the month before."""
    above, below = series.values[at], series.denominators[at]
    old, old_below = series.values[before], series.denominators[before]
    if not indicator.denominator_accumulates and _is_percentage(series, before, at):
        return _SHARE
    if _is_far(above, old) and _is_far(below, old_below) and _is_near(above, old_below) and _is_near(below, old):
        return _Magnitude(_SWAPPED, below, above)
    meant = _in_unit(above, old, indicator.decimals)
    meant_below = _in_unit(below, old_below, indicator.decimals)
    if meant is None and meant_below is None:
        return _scaled_alike(series, indicator, before, at)
    return _Magnitude(_OTHER_UNIT, above if meant is None else meant, below if meant_below is None else meant_below)


def _scaled_alike(series: Series, indicator: RatioIndicator, before: int, at: int) -> _Magnitude | None:
    """Parts of which both are off by the same power of ten: a point moved, last digits lost or written twice.

    Their ratio is what it was, so that nothing else shows it. The denominator meant is within 20 % of the one before,
    as one that changes by more is worth a question; one that accumulates may have grown, so that ten times of it is no
    evidence.
    """
    above, below = series.values[at], series.denominators[at]
    old, old_below = series.values[before], series.denominators[before]
    if not above or old_below < _LEAST_ALIKE * SCALE:
        return None
    for power in (1, 2, 3, 4, -1, -2, -3, -4):
        meant, meant_below = (_times(each, Fraction(10) ** power, indicator.decimals) for each in (above, below))
        if meant is None or meant_below is None or not _is_near(meant, old):
            continue
        if indicator.denominator_accumulates:
            is_meant = power != -1 and _is_near(meant_below, old_below)
        else:
            is_meant = abs(meant_below - old_below) * 5 <= old_below
        if is_meant:
            is_whole = power > 0 and not above % SCALE and not below % SCALE
            words = (_TOO_FEW if power > 0 else _TOO_MANY).format(digits=abs(power))
            return _Magnitude(words, meant, meant_below, is_about=is_whole)
    return None


def _is_near(figure: int, known: int) -> bool:
    return 0 < figure <= known * _PLAUSIBLE and known <= figure * _PLAUSIBLE


def _is_far(figure: int, known: int) -> bool:
    return figure > known * _FAR or known > figure * _FAR


def _in_unit(figure: int, known: int, decimals: int) -> int | None:
    """The figure that was meant by one that is far from what is known, if a measure unit explains it."""
    if not figure or not known or not _is_far(figure, known):
        return None
    meant = (_times(figure, factor, decimals) for factor in _FACTORS)
    return next((each for each in meant if each is not None and _is_near(each, known)), None)


def _alone(series: Series, indicator: RatioIndicator, at: int) -> _Magnitude | None:
    """Parts without any before them: set beside the target, and beside what the other units have reported."""
    return _beside_target(series, indicator, at) or _below_beside_others(series, indicator, at)


def _beside_target(series: Series, indicator: RatioIndicator, at: int) -> _Magnitude | None:
    """Parts whose ratio is far from the one promised."""
    above, below, decimals = series.values[at], series.denominators[at], indicator.decimals
    promised = _promised(series, at)
    if not above or not below or promised is None:
        return None
    wanted = promised.value / indicator.scale
    share = Fraction(above, below)
    if wanted <= share * _IMPOSSIBLE and share <= wanted * _FAR:
        return None
    likely: list[tuple[int | None, int | None, str]] = [(below, above, _SWAPPED)]
    for factor in _FACTORS:
        likely.append((_times(above, factor, decimals), below, _OTHER_UNIT))
        likely.append((above, _times(below, factor, decimals), _OTHER_UNIT))
    for meant, meant_below, words in likely:
        if not meant or not meant_below:
            continue
        is_share = not indicator.part_of_whole or meant <= meant_below
        if is_share and wanted <= Fraction(meant, meant_below) * _PLAUSIBLE <= wanted * _PLAUSIBLE**2:
            return _Magnitude(words, meant, meant_below)
    return _Magnitude(_TOO_LARGE) if share > wanted * _IMPOSSIBLE else None


def _below_beside_others(series: Series, indicator: RatioIndicator, at: int) -> _Magnitude | None:
    """Parts whose denominator is wrong beside those of the other units, or a percentage in place of the parts."""
    above, below, decimals = series.values[at], series.denominators[at], indicator.decimals
    others = usual(series, at)
    is_hundred = indicator.scale == _PERCENT and below == _PERCENT * SCALE
    if is_hundred and ((others and not others.has(below)) or _are_all_hundreds(series, at)):
        return _SHARE
    if others is None or not (others.is_wrong(below) or below * _FAR < others.low):
        return None
    known = BESIDE.format(high=plain(others.high))
    fitting = []
    for power in (4, 1, 2, 3, 5, 6):
        for factor in (Fraction(1, 10**power), Fraction(10**power)):
            meant, meant_below = _times(above, factor, decimals), _times(below, factor, decimals)
            if meant is not None and meant_below is not None and others.has(meant_below):
                words = _OTHER_UNIT if power == 4 else (_TOO_MANY if factor < 1 else _TOO_FEW).format(digits=power)
                fitting.append(_Magnitude(words, meant, meant_below, known))
    if len(fitting) == 1:
        return fitting[0]
    return _Magnitude(_TOO_LARGE, known=known) if others.is_wrong(below) else None


def _are_all_hundreds(series: Series, at: int) -> bool:
    """Whether several different denominators of the unit's report of that month are 100."""
    ledger, plan = series.ledger, series.plan
    block = ledger.block(series.unit.id, series.months[at])
    held = ledger.denominators[block :: ledger.block_count].tolist()
    ratios = zip(plan.indicators.values(), held, strict=True)
    hundreds = {  # a denominator that the plan does not name is none other's
        each.id if each.denominator == RatioIndicator.denominator else each.denominator
        for each, below in ratios
        if isinstance(each, RatioIndicator) and each.scale == _PERCENT and below == _PERCENT * SCALE
    }
    return len(hundreds) >= _HUNDREDS


def _is_percentage(series: Series, before: int, at: int) -> bool:
    """Whether the parts are a percentage of a hundred, near that of the parts before, which were of another number."""
    hundred, old = _PERCENT * SCALE, series.denominators[before]
    if series.denominators[at] != hundred or hundred <= old * 3 <= hundred * 6:
        return False  # it may have grown to that
    gap = abs(series.values[at] * old - series.values[before] * hundred)
    return gap * 10 <= hundred * old


@series_rule(
    "MZ507",
    ERROR,
    title="计量单位弄错",
    what="这个数（或比率的分子、分母）与上一次（没有上一次的，与目标、与别的单位）相差一万倍、一百倍，换一个计量单位就对得上："
    "把元当成万元、把万元当成亿元、把小数当成百分数，或把百分数填成“82/100”这样的分子、分母；分子、分母填反了；分子、分母一起多写或少写了几位；"
    f"或者大出 {_IMPOSSIBLE} 倍，或者超过照别的单位折算的最大数的 {WRONG} 倍。“说明”又没有写原因。这一行不采用。",
    why="差一万倍的数一旦汇总，全市的数就全错了。",
    mend="按提示换成计划的计量单位；确是这个数的，在“说明”里写明原因。",
    bad=table("2031-02,青山县,T01-05,福利彩票销量,20,,,,", "2031-03,青山县,T01-05,福利彩票销量,0.0025,,,,"),
    good=table("2031-02,青山县,T01-05,福利彩票销量,20,,,,", "2031-03,青山县,T01-05,福利彩票销量,25,,,,"),
)
def other_magnitude(series: Series) -> Iterator[tuple[int, Finding]]:
    """Yuan for ten thousands of yuan, a share for a percentage: the figure before shows which."""
    last, off = None, _off(series)
    for at in range(len(series.values)):
        if at not in off:
            last = at
            continue
        message, hint = _told(series, last, at, off[at])
        related = () if last is None else (series.place(last),)
        cause = Cause(f"MZ507 {off[at].words}", least=3)
        yield (
            at,
            Finding(
                message, value_field(series.indicator), hint, related=related, cause=cause, is_cleared_by_note=True
            ),
        )


_AS_IT_IS = "确是这个数的，在“说明”里写明原因。"


def _told(series: Series, last: int | None, at: int, off: _Magnitude) -> tuple[str, str]:
    """Message and hint."""
    indicator, words = series.indicator, show(off.words, 20)
    new, unit = _figure(series, at), show(indicator.unit, 20)
    known = "与目标或别的单位相差太大" if last is None else f"{series.period(last)} 是 {_figure(series, last)}"
    known = off.known or known
    if isinstance(indicator, RatioIndicator):
        parts = f"分子是{show(indicator.numerator, 60)}，分母是{show(indicator.denominator, 60)}。"
        if off.words == _SHARE.words:
            return f"{new} 像是把百分数填成了分子、分母，{known}", f"填个数：{parts}"
        if off.meant is None:
            return f"{new} 里多半有一个数{words}，{known}", f"{parts}{_AS_IT_IS}"
        how = {_SWAPPED: "把分子、分母填反了", _OTHER_UNIT: f"是按{words}填的"}.get(off.words, f"两个数都{words}")
        meant, below = (
            (f"在 {each} 左右" if off.is_about else f"是 {each}") for each in map(plain, (off.meant, off.below))
        )
        hint = f"分子应{meant}，分母应{below}：{parts}{_AS_IT_IS}"
        return f"{new} 像{how}，{known}", hint
    if off.meant is None:
        promised = _promised(series, at)
        if last is None and promised and not off.known:
            known = f"目标是 {plain(int(promised.value * SCALE))}"
        return f"{new} {unit}像是{words}，{known}", f"请核对；{_AS_IT_IS}"
    known = "与目标相差太大" if last is None and not off.known else known
    how = words if words.startswith("多写") else f"按“{words}”填的"
    return f"{new} {unit}像是{how}，{known}", f"按“{unit}”应是 {plain(off.meant)}；{_AS_IT_IS}"


def _figure(series: Series, at: int) -> str:
    value = plain(series.values[at])
    return f"{value}/{plain(series.denominators[at])}" if series.denominators else value
