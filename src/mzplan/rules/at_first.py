"""The first figure of a unit, beside the others' and what the plan promises. Part of family MZ5xx."""

from collections.abc import Iterator
from enum import Enum
from functools import lru_cache, partial
from typing import NamedTuple

from mzplan.figures import SCALE, millionths, plain
from mzplan.plan.target import Target
from mzplan.rules.bearing import Bearing, asked, bearing
from mzplan.rules.bounds import (
    BASELINE_LOW,
    BUREAU_LOW,
    BUREAU_ODD,
    FLOOR,
    OTHERS_LOW,
    OTHERS_ODD,
    OWN_ODD,
    QUARTER,
    SHARE_ODD,
)
from mzplan.rules.examples import COUNT, table
from mzplan.rules.magnitude import first, is_question
from mzplan.rules.proportion import above_its_share, odd_at_first, yardstick
from mzplan.rules.proposals import CHECK_IT, proposed
from mzplan.rules.ratio_parts import round_parts
from mzplan.rules.registry import WARNING, Finding, series_rule
from mzplan.rules.scope import Series, value_field
from mzplan.rules.steps import is_far, shown
from mzplan.said import listed, say
from mzplan.submissions.names import stage_names

_IS_LARGE = {
    "value": "第一次报的 {figure} 明显偏大，{known}",
    "numerator": "第一次报的分子 {figure} 明显偏大，{known}",
    "denominator": "第一次报的分母 {figure} 明显偏大，{known}",
}
_IS_SMALL = {
    "value": "第一次报的 {figure} 明显偏小，{known}",
    "numerator": "第一次报的分子 {figure} 明显偏小，{known}",
    "denominator": "第一次报的分母 {figure} 明显偏小，{known}",
}
_A_YEARS = "第一次报的 {figure} 已超过全年的目标 {target}"
_OF_ALL = "第一次报的 {figure} 明显偏大，{known}，由 {count} 家完成"
_ROUND = "第一次报的 {above}/{below}{words}"


class OddFirst(Enum):
    """What is odd about a first figure."""

    LARGE = "MZ517"
    SMALL = "MZ518"
    ROUND = "MZ519"


class _First(NamedTuple):
    """The position of a first figure, what is odd about it, and how that is told."""

    at: int
    odd: OddFirst
    finding: Finding


@lru_cache(maxsize=1)  # the rules take one series after another
def _odd(series: Series) -> _First | None:
    """What is odd about the first figure, or the first denominator: it is large or small beside what is known."""
    at, figures = (None if stage_names(series.indicator) else first(series)), series.denominators or series.values
    if at is None or is_question(series, at):
        return None
    known, figure = yardstick(series, at), figures[at]
    is_step = not series.denominators and 0 in series.values[:at] and figure >= FLOOR  # as such it is told
    is_step = is_step and is_far(series, at - 1, at, 0, figure, SCALE)
    own = value_field(series.indicator)

    def found(odd: OddFirst, message: str, field: str = own) -> _First | None:
        if (of_note := bearing(series, None, at, field)) is Bearing.FULL:
            return None
        words = asked(series, None, at, field)
        remedies = proposed(series, None, at, field, asked(series, None, at, field, is_off=True))
        return _First(
            at, odd, Finding(message, field, listed((CHECK_IT, words), ""), remedies=remedies, of_note=of_note)
        )

    if known is not None and figure >= FLOOR and known.is_odd(figure) and not is_step:
        field = "denominator" if series.denominators else own
        message = say(_IS_LARGE[field], figure=plain(figure), known=known.words)
        return found(OddFirst.LARGE, message, field)
    if (target := series.target(at)) and _has_done_a_year(series, at, target):
        return found(OddFirst.LARGE, say(_A_YEARS, figure=plain(figure), target=shown(target.value)))
    if odd := odd_at_first(series, at):
        templates = _IS_LARGE if odd.is_large else _IS_SMALL
        message = say(templates[odd.field], figure=plain(odd.figure), known=odd.words)
        return found(OddFirst.LARGE if odd.is_large else OddFirst.SMALL, message, odd.field)
    if words := above_its_share(series, at):
        message = say(_OF_ALL, figure=plain(figure), known=words, count=len(series.indicator.reporting))
        return found(OddFirst.LARGE, message)
    if (ratio := series.indicator.ratio) and (words := round_parts(series, ratio, at)):
        message = say(_ROUND, above=plain(series.values[at]), below=plain(figure), words=words)
        return found(OddFirst.ROUND, message, "denominator")
    return None


def is_odd_at_first(series: Series, odd: OddFirst) -> bool:
    """Whether the first figure is odd in that way."""
    found = _odd(series)
    return found is not None and found.odd is odd


def first_that_is(series: Series, odd: OddFirst) -> Iterator[tuple[int, Finding]]:
    """The first figure with its finding, where it is odd in that way."""
    found = _odd(series)
    if found is not None and found.odd is odd:
        yield found.at, found.finding


def _has_done_a_year(series: Series, at: int, target: Target) -> bool:
    """Whether a total that is reported first, by March, is above what is promised of the unit for the whole year."""
    if not series.indicator.cumulative or target.operator != "at_least" or series.months[at] > QUARTER or at:
        return False
    return series.values[at] > max(millionths(target.value), FLOOR)


@series_rule(
    OddFirst.LARGE.value,
    WARNING,
    partial(is_odd_at_first, odd=OddFirst.LARGE),
    title="第一次报的数偏大",
    what=say(
        "第一次报的数（比率的分母、份额）超过照别的单位折算的最大数的 {others} 倍；"
        "没有别的单位可比的，分母超过常住人口的 {others} 倍，数超过本单位目标的 {own} 倍，"
        "或没有自己目标而超过全市的目标（市本级：{bureau} 倍）、全市目标平均数的 {share} 倍；"
        "一季度第一次报的累计数就超过本单位的全年目标。“说明”写了原因和这个数的除外。",
        others=OTHERS_ODD.times,
        own=OWN_ODD.times,
        bureau=BUREAU_ODD.times,
        share=SHARE_ODD.times,
    ),
    why="前面没有数可比，错了一位也看不出来；超过别的单位几倍，多半是单位弄错或多写了一个 0。",
    mend="核对；确是这么多的，在“说明”里写明原因和这个数。",
    bad=table(f"2031-01,{COUNT},801,,,,"),
    good=table(f"2031-01,{COUNT},801,,,多院投用，共801张,"),
    casts_doubt=True,
)
def large_at_first(series: Series) -> Iterator[tuple[int, Finding]]:
    """A first figure, or denominator, that is large beside what is known of it."""
    return first_that_is(series, OddFirst.LARGE)


@series_rule(
    OddFirst.SMALL.value,
    WARNING,
    partial(is_odd_at_first, odd=OddFirst.SMALL),
    title="第一次报的数偏小",
    what=say(
        "第一次报的存量、分母、分子占分母的份额，一季度以后第一次报的累计数，"
        "不到照别的单位折算的最小数的 {others} 分之一（市本级的分母：{bureau} 分之一）；"
        "或存量不到基期值的 {baseline} 分之一。“说明”写了原因和这个数的除外。",
        others=OTHERS_LOW.times,
        bureau=BUREAU_LOW.times,
        baseline=BASELINE_LOW.times,
    ),
    why="前面没有数可比，少写一位也看不出来；只有别的单位的几分之一，多半是漏了一部分，或只填了当月的。",
    mend="核对；确是这么多的，在“说明”里写明原因和这个数。",
    bad=table(
        *(f"2031-01,{unit},T01-02,持证护理员数,{n},,,," for unit, n in (("青山县", 3), ("绿水县", 31), ("高新区", 33)))
    ),
    good=table(
        *(f"2031-01,{unit},T01-02,持证护理员数,{n},,,," for unit, n in (("青山县", 30), ("绿水县", 31), ("高新区", 33)))
    ),
    casts_doubt=True,
)
def small_at_first(series: Series) -> Iterator[tuple[int, Finding]]:
    """A first figure, denominator or share that is small beside what is known of it."""
    return first_that_is(series, OddFirst.SMALL)
