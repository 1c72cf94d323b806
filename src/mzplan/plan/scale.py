"""Figures written by another scale or measure than the plan's: 0.95 or 9500 for 95 per cent, 58万 as 58 of 600000."""

import re
from fractions import Fraction
from typing import NamedTuple

from mzplan.plan.clause import amounts
from mzplan.plan.target import Target
from mzplan.reading.number import MeasureUnit
from mzplan.zh import MAGNITUDES

_PERCENT, _TEN_THOUSAND = 100, 10_000
_OTHERS = {
    _PERCENT: ((Fraction(_PERCENT), "小数"), (Fraction(1, _PERCENT), "万分数")),
    _TEN_THOUSAND: (
        (Fraction(_PERCENT), "百分数"),
        (Fraction(_TEN_THOUSAND), "小数"),
        (Fraction(1, _PERCENT), "百万分数"),
    ),
}
"""By a ratio's scale: by what the figures of another are to be multiplied, and what they are called."""
_FAR = 10
"""A figure so many times what is known of the ratio, or that part of it, is another scale's …"""
_NEAR = 3
"""… where by the ratio's own it is within so many times of it."""
_TENS = 10
"""Where a per cent is known to be tens, a promise of at most 1 is a share, however far below it is."""


_SHARES = (
    (re.compile("[%％]|百分[比率数]|percent", re.I), _PERCENT),
    (re.compile("‰"), 1000),
    (re.compile("‱"), _TEN_THOUSAND),
    (re.compile("成"), 10),
)
"""Measure units of shares, and by what the ratio is multiplied."""
_WRAPPED = re.compile(r"(?:计量)?单位[:：] ?(.+)|[（(]([^()（）]+)[)）]")
_POINTS = re.compile("个?百分点")
_PER = (
    (re.compile(r"(?<=[/／每])(?:百万|100万)"), 1_000_000),
    (re.compile(r"(?<=[/／每])(?:十万|10万)"), 100_000),
    (re.compile(r"(?<=[/／每])(?:万|10000(?!\d))"), _TEN_THOUSAND),
    (re.compile(r"(?<=[/／每])(?:千(?![米克瓦伏])|1000(?!\d))"), 1000),
    (re.compile(r"(?<=[/／每])(?:百|100(?!\d))"), _PERCENT),
)
"""What a measure unit says that it is per, the longest first; a kilometre is one thing."""


class UnitScale(NamedTuple):
    """By what a ratio is multiplied that has a measure unit, and the nearest one that a plan can have."""

    times: int
    other_unit: str
    other_times: int


def _times(unit: str) -> int | None:
    """By what a share is multiplied that is measured so; None for what is no share."""
    return next((times for pattern, times in _SHARES if pattern.fullmatch(unit.strip())), None)


def bare_unit(unit: str) -> str:
    """A measure unit without what a heading has around it: （张） and 单位：张 are 张."""
    found = _WRAPPED.fullmatch(unit)
    return found[1] or found[2] if found else unit


def is_share_unit(unit: str) -> bool:
    """Whether a measure unit is that of shares, which do not add up."""
    return bool(_times(unit) or _POINTS.fullmatch(unit))


def is_per_cent(unit: str) -> bool:
    """Whether a measure unit is per cent by another name."""
    return unit != "%" and _times(unit) == _PERCENT


def unit_scale(unit: str) -> UnitScale | None:
    """The scale that a measure unit says (%, ‰, 人/万人); None for one that says none (天/人)."""
    if times := _times(unit):
        return UnitScale(times, "%", _PERCENT)
    for pattern, times in _PER:
        if found := pattern.search(unit):
            return UnitScale(times, f"{unit[: found.start()]}万{unit[found.end() :]}", _TEN_THOUSAND)
    return None


class MeantFigure(NamedTuple):
    """The figure that was meant, and what it was written in."""

    figure: Fraction
    words: str


def meant_by_scale(target: Target, scale: int, known: Fraction | None, limit: int | None) -> MeantFigure | None:
    """The figure that was meant by a target's, where what else is known of the ratio shows it; else None.

    `limit` is what no figure of the ratio can exceed.
    """
    value = target.value
    if known is None or value <= 0 or known <= 0 or known / _FAR < value < known * _FAR:
        return None
    for factor, words in _OTHERS[scale]:
        figure = value * factor
        is_share = factor == scale == _PERCENT and value <= 1 and known >= _TENS and target.operator != "at_most"
        is_possible = figure <= known * _NEAR and (limit is None or figure <= limit)
        if is_possible and (is_share or figure * _NEAR >= known):
            return MeantFigure(figure, words)
    return None


class OtherMeasure(NamedTuple):
    """By what other measure a figure was written, and what it comes to by the plan's."""

    written: str
    meant: Fraction
    is_larger: bool
    """Whether the other measure counts in larger steps: 万 of what the plan counts one by one."""


def other_measure_of(unit: str, value: Fraction, near: Fraction) -> OtherMeasure | None:
    """By what other measure a figure is as large as one that it should resemble; None where it is by none."""
    measure = MeasureUnit.of(unit)
    others = [(size, f"{word}{unit}") for word, size in MAGNITUDES.items()]
    if measure.power:
        others = [(Fraction(1, 10**measure.power), measure.single)]
    for size, written in others:
        meant = value * size
        if near < meant * _NEAR and meant < near * _NEAR:
            return OtherMeasure(written, meant, size > 1)
    return None


def meant_by_clause(
    target: Target, scale: int, clause: str, baseline: Fraction | None, limit: int | None
) -> MeantFigure | None:
    """The figure that was meant by a target's, where its clause or its baseline shows it; else None.

    What the clause names is meant as it stands, and of a baseline that a possible target is far above (0.5 and 100) the
    baseline is doubted. A promise to reach at most 1 per cent of which the clause names no
    number (全覆盖) is a share of 1.
    """
    value = target.value
    numbers = list(amounts(clause))
    named = {each.value * scale / _PERCENT if each.is_percent else each.value for each in numbers}
    if value <= 0 or value in named:
        return None
    for factor, words in _OTHERS[scale]:
        if value * factor in named:
            return MeantFigure(value * factor, words)
    is_rise = baseline is not None and limit is not None and baseline < value <= limit
    if not is_rise and (found := meant_by_scale(target, scale, baseline, limit)):
        return found
    is_share = scale == _PERCENT and value <= 1 and target.operator == "at_least" and not named
    return MeantFigure(value * _PERCENT, "小数") if is_share else None
