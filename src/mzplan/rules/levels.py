"""Levels, and the parts of wholes, that have come down. Part of family MZ5xx."""

from collections.abc import Iterator

from mzplan.figures import SCALE, plain
from mzplan.rules.bearing import Bearing, asked, bearing
from mzplan.rules.bounds import FLOOR, LEVEL, LOST, OWN_STEPS, SMALL
from mzplan.rules.examples import STOCK, table
from mzplan.rules.magnitude import is_question, may_be_off, pairs, questioned
from mzplan.rules.proportion import is_alike
from mzplan.rules.proposals import CHECK_IT, proposed
from mzplan.rules.registry import ERROR, WARNING, Cause, Finding, series_rule
from mzplan.rules.scope import Series, value_field
from mzplan.rules.steps import may_stand_out, out_of_pace
from mzplan.said import listed, say
from mzplan.submissions.names import stage_names


def _loss(series: Series, before: int, at: int) -> int:
    """By how much a level, or the part of a whole that is as it was, has come down; 0 where that is the aim."""
    indicator = series.indicator
    if series.values[at] >= series.values[before]:
        return 0
    if indicator.cumulative or stage_names(indicator) or (series.target(at) or indicator.target).operator == "at_most":
        return 0
    if series.denominators and not is_alike(*(series.denominators[each] for each in (before, at))):
        return 0
    return series.values[before] - series.values[at]


def how_lost(series: Series, before: int, at: int) -> str:
    """How a level, or the part of a whole, is told that has lost all, or too much; else empty."""
    loss, old = _loss(series, before, at), series.values[before]
    if not loss:
        return ""
    if loss == old >= SCALE:
        return _GONE
    return _MUCH if loss > SMALL and loss * LOST.part > old else out_of_pace(series, before, at)


def is_the_months(series: Series, before: int, at: int) -> bool:
    """Whether a level is so much lower that it is the month's figure."""
    loss = _loss(series, before, at)
    is_low = loss > FLOOR and series.values[at] * LEVEL.times < series.values[before]
    return (
        is_low
        and bearing(series, before, at, value_field(series.indicator), may_be_the_months=True) is not Bearing.FULL
    )


def of_months(finding: Finding, of_note: Bearing) -> Finding:
    """A finding that the figure is the month's, with what the note says of it: a cause makes a question of it."""
    if of_note.is_question:
        return finding._replace(of_note=of_note, is_question=True, cause=None)
    return finding._replace(of_note=of_note)


@series_rule(
    "MZ508",
    ERROR,
    may_be_off,
    title="存量像是当月数",
    what=say(
        "存量（期末的总数），或分母没有大变的比率的分子，不到上一次的 {times} 分之一，并且减少的超过"
        " {floor}，“说明”又没有写原因和减少的数（只写原因的是警告）。目标是不超过的除外。这一行不采用。",
        times=LEVEL.times,
        floor=FLOOR // SCALE,
    ),
    why="多半是只填了当月新增的；期末的总数一个月里不会少掉八成，确有其事就值得说一句。",
    mend="填期末的总数；确实减少的，在“说明”里写明原因和减少的数。",
    bad=table(f"2031-02,{STOCK},43,,,,", f"2031-03,{STOCK},2,,,,"),
    good=table(f"2031-02,{STOCK},43,,,,", f"2031-03,{STOCK},2,,,两镇划出41人,"),
)
def level_of_the_month(series: Series) -> Iterator[tuple[int, Finding]]:
    """What came in this month in place of the level, or of all that a ratio counts."""
    for before, at in pairs(series):
        if not is_the_months(series, before, at):
            continue
        old, new = series.values[before], series.values[at]
        template = (_OF_THE_MONTH if new else _ZERO)[bool(series.denominators)]
        message = say(template, period=series.period(before), old=plain(old), new=plain(new))
        field, related = value_field(series.indicator), (series.place(before),)
        words = asked(series, before, at, field)
        blank = asked(series, before, at, field, is_off=True)
        remedies = proposed(series, before, at, field, blank, lead=_WHOLE)
        hint = listed((_WHOLE, words), "")
        of_note = bearing(series, before, at, field, may_be_the_months=True)
        yield (
            at,
            of_months(Finding(message, field, hint, related=related, remedies=remedies, cause=_MONTHS_LEVELS), of_note),
        )


_OF_THE_MONTH = (
    "由 {period} 的 {old} 降为 {new}，像是填了当月数",
    "分子由 {period} 的 {old} 降为 {new}，像是填了当月数",
)
_ZERO = (
    "由 {period} 的 {old} 变为 {new}，像是本月没有新增就填了 0",
    "分子由 {period} 的 {old} 变为 {new}，像是本月没有新增就填了 0",
)
"""Of a level, of a numerator."""
_WHOLE = "填期末的总数，不填当月的："
_MONTHS_LEVELS = Cause("MZ508", least=3, together="{count} 项存量或分子不到上次的五分之一，像是填了当月数")


@series_rule(
    "MZ515",
    WARNING,
    may_stand_out,
    title="存量减少太多",
    what=say(
        "“说明”没有写原因和减少的数，存量，或分母没有大变的比率的分子，又（中间缺月的，隔几个月放宽几倍）：\n\n"
        "- 比上一次减少的超过三分之一，并且超过 {small} 个；\n"
        "- 变为 0；\n"
        "- 此前至少有两次变化（不变也算），这次减少的超过此前一个月最多变化的数（不到 1 的算 1）的 {own} 倍，"
        "此前没有减少过的，超过这个数。\n\n"
        "目标是不超过的除外；减少的超过八成的见 MZ508。",
        small=SMALL // SCALE,
        own=OWN_STEPS.times,
    ),
    why="床位、人员一个月里很少少掉三分之一，也很少比往常多变几倍；多半是漏了一部分，或填错了位数。",
    mend="核对；确实减少的，在“说明”里写明原因和减少的数。",
    bad=table(f"2031-02,{STOCK},12,,,,", f"2031-03,{STOCK},6,,,,"),
    good=table(f"2031-02,{STOCK},12,,,,", f"2031-03,{STOCK},6,,,6名护理员调离,"),
    casts_doubt=True,
)
def level_lost(series: Series) -> Iterator[tuple[int, Finding]]:
    """A level, or the part of a whole, of which much is gone without a word."""
    if series.indicator.cumulative:
        return
    for before, at in questioned(series):
        if not (how := how_lost(series, before, at)) or is_the_months(series, before, at) or is_question(series, at):
            continue
        field = value_field(series.indicator)
        of_note = bearing(series, before, at, field)
        if of_note is Bearing.FULL:
            continue
        old, new = (plain(series.values[each]) for each in (before, at))
        message = say(_LESS[bool(series.denominators)], period=series.period(before), old=old, new=new, how=how)
        words = asked(series, before, at, field)
        remedies = proposed(series, before, at, field, asked(series, before, at, field, is_off=True))
        hint, related = listed((CHECK_IT, words), ""), (series.place(before),)
        yield at, Finding(message, field, hint, related=related, remedies=remedies, of_note=of_note)


_LESS = "由 {period} 的 {old} 减少到 {new}，{how}", "分子由 {period} 的 {old} 减少到 {new}，{how}"
"""Of a level, of a numerator."""
_MUCH, _GONE = "减少的超过三分之一", "一个也没有了"
