"""What a ratio is taken of: that it changes, or is too round. Part of family MZ5xx."""

from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise

from mzplan.figures import plain
from mzplan.rules.at_first import OddFirst, first_that_is, is_odd_at_first
from mzplan.rules.bearing import Bearing, asked, bearing
from mzplan.rules.bounds import FLOOR, OTHER_ORDER
from mzplan.rules.examples import RATIO, table
from mzplan.rules.magnitude import is_question, may_be_off, questioned
from mzplan.rules.proportion import is_alike
from mzplan.rules.proposals import CHECK_IT, other_orders, proposed
from mzplan.rules.ratio_parts import ROUND
from mzplan.rules.registry import WARNING, Finding, series_rule
from mzplan.rules.scope import Series
from mzplan.rules.steps import is_jump, own_steps
from mzplan.said import listed, say

_ENOUGH = 2
"""So many others show how a denominator grows."""
_CHANGED = "分母由 {period} 的 {old} 变为 {new}，变化超过 20%"
_FAST = "分母由 {period} 的 {old} 变为 {new}，明显偏大"
_OTHER_ORDER = "分母由 {period} 的 {old} 变为 {new}，此前没有这样变过，像是有两位写颠倒了"
_ROUNDED = "分母由 {period} 的 {old} 变为 {new}，正好是整数，不像实际数"


def denominator_changed(series: Series, before: int, at: int) -> str:
    """The sentence about a denominator that has changed too much; empty for none."""
    old, new = series.denominators[before], series.denominators[at]
    if is_alike(old, new) and _is_in_other_order(old, new) and before:
        most = max(abs(now - then) for then, now in pairwise(series.denominators[: before + 1]))
        return _OTHER_ORDER if abs(new - old) > most * OTHER_ORDER.times else ""
    if series.indicator.ratio and series.indicator.ratio.denominator_accumulates:
        best = max(own_steps(series, before, below=True) or [_pace_of_others(series, before, at)])
        is_fast = is_jump(old, new, series.months[at] - series.months[before], best.numerator, best.denominator)
        return _FAST if is_fast and new - old > FLOOR else ""
    return "" if is_alike(old, new) else _CHANGED


def _is_in_other_order(old: int, new: int) -> bool:
    """Whether two denominators differ by two neighbouring digits in each other's place."""
    return old != new and new in other_orders(old)


def _pace_of_others(series: Series, before: int, at: int) -> Fraction:
    """By how much a month a denominator that was reported once would have grown as that of most others has.

    Where less than two others tell, it is taken to have come about evenly since January: so much may be a year's
    standing amount.
    """
    old, months = series.denominators[before], series.months[at] - series.months[before]
    ledger, growths = series.ledger, list[Fraction]()
    for unit in {*series.indicator.reporting} - {series.unit.id}:
        was, now = (
            ledger.denominators[ledger.cell(series.indicator.id, unit, series.months[each])] for each in (before, at)
        )
        if was and now:
            growths.append(Fraction(now, was) - 1)
    if len(growths) < _ENOUGH:
        return Fraction(old, series.months[before])
    return sorted(growths)[len(growths) // 2] * old / months


def _may_have_changed(series: Series) -> bool:
    """Whether any denominator of a year may have changed too much."""
    steps = pairwise(series.denominators)
    return bool(series.denominators) and (
        may_be_off(series) or any(_is_in_other_order(*step) or not is_alike(*step) for step in steps)
    )


def _may_be_round(series: Series) -> bool:
    """Whether any denominator of a year may be too round: none but a first one may be, where all follow each other."""
    return may_be_off(series) or is_odd_at_first(series, OddFirst.ROUND)


@series_rule(
    "MZ503",
    WARNING,
    _may_have_changed,
    title="分母突变",
    what="比率的分母比上一次变化超过 20%（计划写明分母年内累计的，增加的超过一半，也超过 10，"
    "增速超过此前一个月最多增加的数（只报过一次的，照别的单位的增速，没有的照月均）的 3 倍，"
    "中间缺月的，隔几个月放宽几倍；变小的见 MZ501）；或正好是上次的分母有相邻两位写颠倒了的数，"
    "变化超过此前一次最多变化的数的 4 倍（至少报过两次）。“说明”又没有写原因和增减的数。",
    why="分母变了，比率就不能前后相比；有人会为了比率好看而改分母。",
    mend="核对；确有增减，在“说明”里写明原因和增减的数。",
    bad=table(f"2031-02,{RATIO},,50,100,,", f"2031-03,{RATIO},,50,70,,"),
    good=table(f"2031-02,{RATIO},,50,100,,", f"2031-03,{RATIO},,50,90,,"),
    casts_doubt=True,
)
def denominator_change(series: Series) -> Iterator[tuple[int, Finding]]:
    """What a share is taken of should not change without a word, or grow faster than it did if it accumulates."""
    if series.indicator.ratio:
        for before, at in questioned(series):
            if how := denominator_changed(series, before, at):
                yield from _told(series, before, at, how)


def _told(series: Series, before: int, at: int, how: str) -> Iterator[tuple[int, Finding]]:
    if is_question(series, at) or (of_note := bearing(series, before, at, "denominator")) is Bearing.FULL:
        return
    old, new = (plain(series.denominators[each]) for each in (before, at))
    message = say(how, period=series.period(before), old=old, new=new)
    words = asked(series, before, at, "denominator")
    hint, related = listed((CHECK_IT, words), ""), (series.place(before),)
    blank = asked(series, before, at, "denominator", is_off=True)
    meant = plain(series.denominators[before]) if how == _OTHER_ORDER else ""
    remedies = [each for each in proposed(series, before, at, "denominator", blank) if meant in ("", each.text)]
    yield at, Finding(message, "denominator", hint, related=related, remedies=tuple(remedies), of_note=of_note)


@series_rule(
    OddFirst.ROUND.value,
    WARNING,
    _may_be_round,
    title="分母正好是整数",
    what="分母变为正好 1000、10000 等；或第一次报的分母正好是 100、1000、10000 等，别的单位的不是这样，"
    "或没有别的单位可比而分子、分母都是整百、分母超过一万；“说明”又没有写原因和这个数。",
    why="真数出来的数很少正好是整数；多半是把百分数、比率写成了分子、分母，或填的是约数。",
    mend="填实际数；确实正好这么多的，在“说明”里写明原因和数。",
    bad=table(f"2031-02,{RATIO},,850,990,,", f"2031-03,{RATIO},,860,1000,,"),
    good=table(f"2031-02,{RATIO},,850,990,,", f"2031-03,{RATIO},,860,1001,,"),
    casts_doubt=True,
)
def round_denominator(series: Series) -> Iterator[tuple[int, Finding]]:
    """A denominator that is no number of things: what a percentage or a rate is of, or about so many."""
    yield from first_that_is(series, OddFirst.ROUND)
    ratio = series.indicator.ratio
    if ratio is None or ratio.decimals:
        return
    for before, at in questioned(series):
        old, new = series.denominators[before], series.denominators[at]
        is_lower = new < old and ratio.denominator_accumulates  # told as such
        if new != old and new in ROUND[2:] and not is_lower and not denominator_changed(series, before, at):
            yield from _told(series, before, at, _ROUNDED)
