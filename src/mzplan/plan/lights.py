"""The published light rules, and what a plan's own may be: thresholds that turn a shortfall into a light."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Literal, NamedTuple

from mzplan.plan.lookup import one_of
from mzplan.plan.model import LightPreset, Plan
from mzplan.said import say

Light = Literal["green", "yellow", "red"]

LIGHT_ZH: Mapping[Light, str] = {"green": "绿灯", "yellow": "黄灯", "red": "红灯"}

DEFAULT = "strict"

_PUBLISHED = (
    LightPreset(
        name="strict",
        title="严格（默认）",
        yardstick="points",
        yellow=Fraction(0),
        red=Fraction(10),
        source="mzplan 默认规则，非任何地方发布",
        note="凡低于序时进度即黄灯，低于序时进度10个百分点以上（不含10）为红灯；没有空档。",
    ),
    LightPreset(
        name="yinchuan-2025",
        title="银川市发展改革委2025年3月",
        yardstick="points",
        yellow=Fraction(10),
        yellow_inclusive=True,
        red=Fraction(30),
        source="https://m.qlbk.net/news/3Ww4l7bw75.html",
        note="原文：低于序时进度10至30个百分点（含）为黄灯，30个百分点以上为红灯。"
        "原文未规定低于不足10个百分点时亮什么灯，此处按绿灯。来源为转载页，引用前请核对原件。",
    ),
    LightPreset(
        name="tianjin-2022",
        title="天津市发展改革委2022年2月",
        yardstick="relative",
        yellow=Fraction(0),
        red=Fraction(30),
        source="http://tj.people.com.cn/BIG5/n2/2022/0228/c375366-35152478.html",
        note="原文：达到或超过预期进度为绿灯，低于预期进度30%以内为黄灯，低于30%以上为红灯。"
        "原文未写明30%是百分点还是比例，此处按占应完成量的比例；恰为30%按黄灯。"
        "原规则用于资金支付进度，投资增速另有规则，未采用。",
    ),
    LightPreset(
        name="sanya-2022",
        title="三亚市2022年5月",
        yardstick="relative",
        yellow=Fraction(0),
        red=Fraction(50),
        source="http://news.hndaily.cn/html/2022-05/13/content_58470_14809063.htm",
        note="原文：达到序时进度为绿灯，低于序时进度50%以内为黄灯，低于50%以上为红灯。"
        "原文未写明50%是百分点还是比例，此处按占应完成量的比例；恰为50%按黄灯。"
        "原文各区连续两月未完成转红灯，需要时用计划的 escalate: 2 表达，本预设不含。",
    ),
    LightPreset(
        name="xuancheng-2020",
        title="宣城市政府2020年12月",
        yardstick="points",
        yellow=Fraction(0),
        red=None,
        source="https://www.xuancheng.gov.cn/OpennessContent/show/2044556.html",
        note="只分达到与未达到序时进度两种（1—11月以91.7%，即11/12为线），没有红灯，未达到者一律黄灯。"
        "覆盖率类指标是否也按月折算，从原文看不出。",
    ),
)

PRESETS: Mapping[str, LightPreset] = {preset.name: preset for preset in _PUBLISHED}
"""The presets that every plan has, by name; the first is the default."""

_NEGATIVE = "黄灯界限不能小于0"
_ORDER = "红灯界限 {red} 必须大于黄灯界限 {yellow}，否则两档重叠、黄灯永不出现"


def shortfall(preset: LightPreset, gap: Fraction, expected: Fraction) -> Fraction | None:
    """How far below the expectation, in the preset's yardstick (points or per cent); 0 or less when not below.

    None when it is below and nothing was expected: no share of nothing can be said (a level under its baseline).
    """
    if preset.yardstick == "points":
        return -gap * 100
    if expected > 0:
        return -gap / expected * 100
    return None if gap < 0 else Fraction(0)


class Limits(NamedTuple):
    """A preset at one expectation, in integers: which completions have which light.

    A completion is given as `above / below`, below > 0. At or above the expectation it is green, whatever the
    thresholds. Below an expectation of nothing, a relative preset gives its strongest light: the shortfall is beyond
    every share of it.
    """

    expected: tuple[int, int]
    yellow: tuple[int, int, int]
    """Numerator and denominator of the completion under which it is yellow, and 1 where it itself is, else 0."""
    red: tuple[int, int, int] | None

    def light(self, above: int, below: int) -> Light:
        """The light of a completion, exact on both sides of each threshold."""
        expected, over = self.expected
        if above * over >= expected * below:
            return "green"
        if self.red is not None:
            red, over, inclusive = self.red
            if above * over < red * below + inclusive:
                return "red"
        yellow, over, inclusive = self.yellow
        return "yellow" if above * over < yellow * below + inclusive else "green"


def limits(preset: LightPreset, expected: Fraction) -> Limits:
    """The limits of a preset where that share is expected; they give each completion the light of its shortfall."""

    def limit(threshold: Fraction, inclusive: bool) -> tuple[int, int, int]:
        yard = Fraction(1) if preset.yardstick == "points" else expected
        under = expected - yard * threshold / 100
        return under.numerator, under.denominator, int(inclusive)

    return Limits(
        (expected.numerator, expected.denominator),
        limit(preset.yellow, preset.yellow_inclusive),
        None if preset.red is None else limit(preset.red, preset.red_inclusive),
    )


def light(preset: LightPreset, gap: Fraction, expected: Fraction) -> Light:
    """The light of a gap (completion - expected, as a share), as the preset's limits at that expectation say."""
    completion = expected + gap
    return limits(preset, expected).light(completion.numerator, completion.denominator)


def presets_of(plan: Plan | None) -> Mapping[str, LightPreset]:
    """The published presets and the plan's own, by name; the plan's come last, or in the place of one they replace."""
    return {**PRESETS, **{preset.name: preset for preset in plan.lights}} if plan is not None else PRESETS


def preset_named(plan: Plan | None, name: str) -> LightPreset:
    """The preset of that name; InputError with the nearest name when there is none."""
    known = presets_of(plan)
    return known[one_of(name, known, "没有亮灯规则 {text}。{hint}")]


def flaws(preset: LightPreset) -> list[str]:
    """What is wrong with a plan's own thresholds, in Chinese; empty when every gap has exactly one light."""
    found = []
    if preset.yellow < 0:
        found.append(_NEGATIVE)
    if preset.red is not None and preset.red <= preset.yellow:
        found.append(say(_ORDER, red=preset.red, yellow=preset.yellow))
    return found
