"""Figures of a breakdown that are not by the plan's measure: 300000 where it counts by 万元, 0.5 where it counts 张.

What is near enough to have been meant is left alone: units differ, and a bureau may ask for more than the city's total.
"""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from mzplan.figures import decimal_text
from mzplan.plan.build_target import SAME_MEASURE
from mzplan.plan.indicator import Indicator
from mzplan.plan.scale import other_measure_of
from mzplan.reading.number import MeasureUnit
from mzplan.said import say
from mzplan.zh import MAGNITUDES

MESSAGES: Mapping[str, tuple[str, str]] = {
    "other-measure": ("{what} 是 {number}，{known}：不像是按“{measure}”写的", "按“{measure}”写数{meant}"),
    "baseline-other-measure": ("baseline 是 {value}，像是按“{written}”写的：这个单位的目标是 {target}", SAME_MEASURE),
}

_COMES_TO = "：{number}{written}是 {figure}{measure}"
_WHOLE, _OF_EACH = "全市目标是 {known}", "计划对每个单位的要求是 {known}"
_PART = 10
"""A part so many times the city's total is no part of it …"""
_SHARE = 1000
"""… nor is one that is so small a part of what each would have if all had the same."""
_OWN = 100
"""A unit's own target is not so many times the plan's, nor so small a part of it …"""
_SUM = 50
"""Nor are all parts together so far from the total."""


def is_other_part(indicator: Indicator, value: Fraction, known: Fraction) -> bool:
    """Whether a unit's target cannot be by the measure of the plan's, which is the total or what is asked of each."""
    if not value or not known:
        return False
    if indicator.contributes:
        return value > known * _PART or value * len(indicator.reporting) * _SHARE <= known
    return _is_far(value, known, _OWN)


def is_other_total(value: Fraction, known: Fraction, *, is_complete: bool = True) -> bool:
    """Whether a sum cannot be by the measure of the city's total; a small one may want parts unless it is complete."""
    return bool(value and known) and _is_far(value, known, _SUM) and (is_complete or value > known)


def _is_far(value: Fraction, known: Fraction, far: int) -> bool:
    return value >= known * far or value * far <= known


def other_measure(indicator: Indicator, value: Fraction, known: Fraction) -> dict[str, Any]:
    """What a message says of a figure that is by another measure: with what it comes to where that is as expected."""
    measure = MeasureUnit.of(indicator.unit)
    readings = [(value / 10**measure.power, measure.single)] if value > known and measure.power else []
    if value < known and not measure.power and not indicator.ratio:
        readings = [(value * size, f"{word}{indicator.unit}") for word, size in MAGNITUDES.items()]
    number = decimal_text(value)
    meant = next(
        (say(_COMES_TO, number=number, written=written, figure=decimal_text(figure), measure=indicator.unit)
         for figure, written in readings
         if not is_other_part(indicator, figure, known)),
        "",
    )  # fmt: skip
    told = say(_WHOLE if indicator.contributes else _OF_EACH, known=decimal_text(known))
    return {"number": number, "known": told, "measure": indicator.unit, "meant": meant}


def baseline_by_other_measure(
    indicator: Indicator, value: Fraction, target: Fraction, known: Fraction
) -> dict[str, Any] | None:
    """What a message says of a unit's baseline that is near its target by another measure alone; None where it is not.

    One far below the target may be so small, unless no part of what is `known` of the whole city is.
    """
    other = None if indicator.ratio else other_measure_of(indicator.unit, value, target)
    if other is None or (other.is_larger and not is_other_part(indicator, value, known)):
        return None
    figures = {"value": decimal_text(value), "target": decimal_text(target), "meant": decimal_text(other.meant)}
    return {**figures, "written": other.written, "measure": indicator.unit}
