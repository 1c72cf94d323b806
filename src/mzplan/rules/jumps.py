"""A figure beside the one before it: what has changed too much to pass without a word. Part of family MZ5xx."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from enum import Enum
from fractions import Fraction
from functools import lru_cache
from operator import attrgetter
from typing import NamedTuple

from mzplan.diagnostics import show
from mzplan.figures import SCALE, plain
from mzplan.rules.bearing import Bearing, asked, bearing
from mzplan.rules.bounds import BEST_MONTH, DIGIT, FEW, FLOOR, OWN_STEPS, TOPPED
from mzplan.rules.denominators import denominator_changed
from mzplan.rules.examples import COUNT, RATIO, table
from mzplan.rules.levels import how_lost, is_the_months
from mzplan.rules.magnitude import is_question, questioned
from mzplan.rules.misstated import MISSTATED, misstated
from mzplan.rules.notes import record_of
from mzplan.rules.proposals import CHECK_IT, proposed
from mzplan.rules.ratio_parts import changed_most
from mzplan.rules.registry import WARNING, Finding, series_rule, series_words
from mzplan.rules.scope import Series, value_field
from mzplan.rules.steps import has_a_digit_more, has_topped, is_far, may_stand_out, out_of_pace, shown, step
from mzplan.said import listed, say
from mzplan.submissions.names import stage_names
from mzplan.submissions.statements import STALE, odd

_CORRECT_NOTE = "请核对；这个数错了的，改正；没有错的，改正“说明”里的话。"
_CORRECT_REMARK = "请核对；这个数错了的，改正；没有错的，改正那里的话。"
_REMARKED = "{message}；{where}写的“{said}”{fault}"
_CHANGED = "由 {period} 的 {old} 变为 {new}，变化 {change}"
_SAME = "与 {period} 的 {old} 相同"
_BEYOND = "由 {period} 的 {old} 变为 {new}，变化 {change}，超过目标 {target} 的一半"
_LARGE = "由 {period} 的 {old} 变为 {new}，变化 {change}，明显偏大"
_PACE = "由 {period} 的 {old} 变为 {new}，变化 {change}，{how}"
_OF_RATIO, _OF_NUMERATOR = "比率{message}", "分子{message}"
_FIGURE, _PERCENT = ("{figure}", "{figure}"), ("{figure}%", "{figure} 个百分点")
"""How a figure, and a difference of two, is told; of a ratio in per cent."""
_HUNDRED = 100
_TOPPED = "分子由 {period} 的 {old} 增加到 {new}，和分母一样大"


class _StepDefect(Enum):
    """What is wrong with a step; of several the first."""

    TOPPED = "a part that becomes its whole"
    FAR = "beyond half of the target, or of what was before"
    DIGIT = "as by one digit more"
    PACE = "beyond what its own steps bear"
    MISSTATED = "not as its note says"


class _StageStep(NamedTuple):
    """Two positions of a year, and what is wrong with the second."""

    before: int
    at: int
    defect: _StepDefect
    how: str = ""
    """What its growth is set beside; of a note the field that it speaks of."""


@lru_cache(maxsize=1)  # the rules take one series after another
def _steps(series: Series) -> Sequence[_StageStep]:
    """The steps at which something is wrong that no other rule tells."""
    if stage_names(series.indicator):
        return ()
    found = (_step(series, before, at) for before, at in questioned(series))
    return [
        each
        for each in found
        if each is not None
        and not (is_the_months(series, *each[:2]) or _is_of_the_denominator(series, *each[:2]))
        and not is_question(series, each.at)
    ]


def _step(series: Series, before: int, at: int) -> _StageStep | None:
    if how_lost(series, before, at):
        return None
    if has_topped(series, before, at):
        return _StageStep(before, at, _StepDefect.TOPPED)
    old, new, one = step(series, before, at)
    least = FLOOR // SCALE * one if old else FLOOR // SCALE * one - 1  # of one digit more than 1 ten is left
    is_small = abs(new - old) <= least or (series.indicator.cumulative and new < old)
    if not is_small and is_far(series, before, at, old, new, one):
        return _StageStep(before, at, _StepDefect.FAR)
    if has_a_digit_more(series, before, at):
        return _StageStep(before, at, _StepDefect.DIGIT)
    if how := out_of_pace(series, before, at):
        return _StageStep(before, at, _StepDefect.PACE, how)
    field = misstated(series, before, at)
    return _StageStep(before, at, _StepDefect.MISSTATED, field) if field else None


def _is_of_the_denominator(series: Series, before: int, at: int) -> bool:
    """Whether a ratio has changed because what it is taken of has, more than its numerator: that is told."""
    is_moved_by_it = bool(series.denominators) and changed_most(series, before, at) == "denominator"
    return is_moved_by_it and bool(denominator_changed(series, before, at))


@series_rule(
    "MZ502",
    WARNING,
    may_stand_out,
    title="数值突变",
    what=say(
        "“说明”没有写原因和增减的数，又与上一次相比（中间缺月的，隔几个月放宽几倍）：\n\n"
        "- 变化超过目标的一半（没有目标的：超过上次数值的一半，且累计数的增速超过此前月均的 3 倍），"
        "并且超过 {floor} 个计量单位；\n"
        "- 增加到上一次的 {digit} 倍以上，到了 {floor}；\n"
        "- 存量，或分母没有大变的比率的分子，此前至少有两次变化（不变也算），这次增加的超过此前一个月最多变化的数"
        "（不到 1 的算 1）的 {own} 倍（减少的见 MZ515）；\n"
        "- 累计数超出目标的部分（没有目标的，变化）超过此前一个月最多增加的数的 {times} 倍，并且超过 {few}。\n\n"
        "目标是不超过的，后两种除外。“说明”写的数正好是增加的数（10月新增180张），就是原因；别处、别年、别的指标的，还没有发生的，不算。",
        floor=FLOOR // SCALE,
        digit=DIGIT.times,
        own=OWN_STEPS.times,
        times=BEST_MONTH.times,
        few=FEW // SCALE,
    ),
    why="多半是单位弄错（元、万元）、多写了一个 0，或把当月数和累计数弄混；也可能确有其事，那就值得说一句。",
    mend="核对；确有其事，在“说明”里写明原因和增减的数。",
    bad=table(f"2031-02,{COUNT},20,,,,", f"2031-03,{COUNT},200,,,,"),
    good=table(f"2031-02,{COUNT},20,,,,", f"2031-03,{COUNT},200,,,新院投用180张,"),
    casts_doubt=True,
)
def jump(series: Series) -> Iterator[tuple[int, Finding]]:
    """A change too large to pass without a word."""
    for before, at, defect, how in _steps(series):
        if defect in (_StepDefect.TOPPED, _StepDefect.MISSTATED):
            continue
        is_of_ratio = bool(series.denominators) and defect is _StepDefect.FAR
        field = changed_most(series, before, at) if is_of_ratio else value_field(series.indicator)
        if (of_note := bearing(series, before, at, field)) is Bearing.FULL:
            continue
        message = _changed(series, before, at, defect, how)
        words = asked(series, before, at, field)
        remedies = proposed(series, before, at, field, asked(series, before, at, field, is_off=True))
        hint, related = listed((CHECK_IT, words), ""), (series.place(before),)
        yield at, Finding(message, field, hint, related=related, remedies=remedies, of_note=of_note)


def _changed(series: Series, before: int, at: int, defect: _StepDefect, how: str) -> str:
    """The sentence about a step: of a ratio it is the ratio that went far, else its numerator that grew."""
    promised, is_of_ratio = series.target(at), bool(series.denominators) and defect is _StepDefect.FAR
    if is_of_ratio or not series.denominators:
        old, new, one = step(series, before, at)
    else:
        old, new, one = series.values[before], series.values[at], SCALE
    is_percent = series.indicator.ratio is not None and series.indicator.ratio.scale == _HUNDRED
    figure, difference = _PERCENT if is_of_ratio and is_percent else _FIGURE
    target = shown(promised.value) if promised else ""
    message = say(
        _BEYOND if defect is _StepDefect.FAR and promised and promised.value else _PACE if how else _LARGE,
        period=series.period(before),
        old=say(figure, figure=shown(Fraction(old, one))),
        new=say(figure, figure=shown(Fraction(new, one))),
        change=say(difference, figure=shown(Fraction(abs(new - old), one))),
        target=say(figure, figure=target),
        how=how,
    )
    return message if not series.denominators else say(_OF_RATIO if is_of_ratio else _OF_NUMERATOR, message=message)


@series_rule(
    "MZ516",
    WARNING,
    may_stand_out,
    title="分子变得和分母一样大",
    what=say(
        "分子是分母的一部分，分母没有大变，分子一次增加的超过分母的 {part} 分之一（中间缺月的，隔几个月放宽几倍），"
        "变得和分母一样大，“说明”又没有写原因和增加的数。",
        part=TOPPED.times,
    ),
    why="多半是把分母抄进了分子；确实全部完成的，值得说一句。",
    mend="核对分子；确实全部完成的，在“说明”里写明原因和增加的数。",
    bad=table(f"2031-02,{RATIO},,79,100,,", f"2031-03,{RATIO},,100,100,,"),
    good=table(f"2031-02,{RATIO},,79,100,,", f"2031-03,{RATIO},,100,100,抽调网格员上门，增加21,"),
    casts_doubt=True,
)
def numerator_topped(series: Series) -> Iterator[tuple[int, Finding]]:
    """A part that becomes its whole by a great step, as when the denominator is copied into the numerator."""
    for before, at, defect, _ in _steps(series):
        if defect is _StepDefect.TOPPED and (of_note := bearing(series, before, at, "numerator")) is not Bearing.FULL:
            old, new = (plain(series.values[each]) for each in (before, at))
            message = say(_TOPPED, period=series.period(before), old=old, new=new)
            hint = listed((CHECK_IT, asked(series, before, at, "numerator")), "")
            yield at, Finding(message, "numerator", hint, related=(series.place(before),), of_note=of_note)


@series_rule(
    "MZ520",
    WARNING,
    may_stand_out,
    title="说明与以前报的不符",
    what="“说明”说比上次增减了多少、上次是多少、某月新增多少、与上次相同、无变化、漏算或多算了多少，与报过的数（分子、分母）对不上；变化再小也问。格子的批注、没有读的列里这样说的也是。"
    "更正以前的数的、累计数下降的（见 MZ501）除外。",
    why="两处说的不同，至少有一处写错了。",
    mend="核对这个数和“说明”，改正写错的一处。",
    bad=table(f"2031-02,{COUNT},20,,,,", f"2031-03,{COUNT},25,,,新院投用，比上月多6张,"),
    good=table(f"2031-02,{COUNT},20,,,,", f"2031-03,{COUNT},25,,,新院投用，比上月多5张,"),
    casts_doubt=True,
)
def misstated_step(series: Series) -> Iterator[tuple[int, Finding]]:
    """A note that says of an earlier figure, or of the difference to it, what does not add up."""
    for at, finding in _misstated(series):
        yield at, finding._replace(of_note=MISSTATED)


@series_words("MZ520", attrgetter("has_remarks"))
def misstated_remark(series: Series) -> Iterator[tuple[int, Finding]]:
    """Likewise a comment at its cell, or a column that is not read."""
    for at in range(len(series.values)):
        where, said = series.remark(at)
        found = _misstated(replace(series, with_remark=at)) if said else ()
        for _, finding in (each for each in found if each[0] == at):
            message = say(_REMARKED, message=finding.message, where=where, said=show(said, 40), fault=MISSTATED)
            yield at, finding._replace(message=message, hint=_CORRECT_REMARK)


def _misstated(series: Series) -> Iterator[tuple[int, Finding]]:
    for before, at, defect, field in _steps(series):
        if defect is _StepDefect.MISSTATED and odd(record_of(series, at))[0] != STALE:  # it is told by that
            figures = series.denominators if field == "denominator" else series.values
            old, new = figures[before], figures[at]
            message = say(
                _CHANGED if new != old else _SAME,
                period=series.period(before),
                old=plain(old),
                new=plain(new),
                change=plain(abs(new - old)),
            )
            related = (series.place(before),)
            yield at, Finding(message, field, _CORRECT_NOTE, related=related)
