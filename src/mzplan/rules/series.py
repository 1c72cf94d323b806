"""A unit's figures of one indicator from month to month. Family MZ5xx, with `together`."""

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from functools import lru_cache

from mzplan.figures import SCALE, plain
from mzplan.rules.bearing import Bearing, asked, bearing
from mzplan.rules.examples import COUNT, STAGE, table
from mzplan.rules.levels import of_months
from mzplan.rules.magnitude import reported
from mzplan.rules.proposals import proposed
from mzplan.rules.registry import ERROR, WARNING, Cause, Finding, series_rule
from mzplan.rules.scope import Series, names_of
from mzplan.said import asking, say
from mzplan.submissions.names import stage_names
from mzplan.submissions.own_clauses import NoteSubject, own_words
from mzplan.submissions.reasons import explains, names_some_thing

SAME_MONTHS = 6
"""From so many months on, an accumulating figure that stands still is worth a question."""
SAME_FLOOR = 10
"""Figures below this are equal by chance."""


_WHY = asking("note", "请核对；属实的在“说明”里写明原因。")
_BACK = re.compile("反弹|返工|重[新做来启]|整[治改]|发现|退回|回退|抽查|督查|复查")
"""Words of work that has to be done again, whatever it is."""

FALL = "MZ501"
_INCREMENTS = Cause(
    FALL,
    least=3,
    together="{count} 项比上次小，像是填了当月数",
    hint=asking(
        "note", "“完成值”填从1月1日起的累计数：上次的数加上本月的数；更正以前的，在“说明”里写明原因和减少的数。"
    ),
)
"""What several totals of one file that fall have in common."""


@lru_cache(maxsize=1)  # two rules ask it of each series
def _has_fallen(series: Series) -> bool:
    """Whether any figure of a year, or what it is taken of, is smaller than the one before."""
    return any(list(figures) != sorted(figures) for figures in (series.values, series.denominators))


def _is_still(series: Series) -> bool:
    """Whether a year ends where it began."""
    return series.values[0] == series.values[-1]


def _falls(series: Series, figures: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Positions of figures that are smaller than the one before, after that one's."""
    return ((before, at) for before, at in reported(series) if figures[at] < figures[before])


@series_rule(
    FALL,
    ERROR,
    _has_fallen,
    title="累计数下降",
    what="累计数（从 1 月 1 日起；也指计划写明年内累计的分母）比上一次报的小，“说明”又没有写原因和减少的数"
    "（或原来的数和现在的数）。只写原因没有写数的，是警告；写的数对不上的，说的是别处、别年、别的指标，或还没有发生的，不算。"
    "写“当月数”“按元”“填错了”“待核实”不是原因，恰恰印证这个数不对；当月做得少、“经核实”也不是：累计数不会因此变小，要写以前的数错在哪里，或哪些不再算。后报的一行不采用；"
    "前一次与前后都对不上的，说前一次，后报的采用。",
    why="累计数只增不减；变小了，不是这一次错，就是上一次多报了。",
    mend="核对两个数；确是更正以前多报的，在“说明”里写明原因和减少的数。",
    bad=table(f"2031-02,{COUNT},20,,,,", f"2031-03,{COUNT},12,,,,"),
    good=table(f"2031-02,{COUNT},20,,,,", f"2031-03,{COUNT},12,,,更正：2月误计在建床位8张,"),
)
def falling_total(series: Series) -> Iterator[tuple[int, Finding]]:
    """A total since January that is lower than before, without a reason: a count, or what a ratio is taken of."""
    of_ratio = series.indicator.ratio is not None and series.indicator.ratio.denominator_accumulates
    if not series.indicator.cumulative and not of_ratio:
        return
    figures, what = (series.denominators, "分母是年内累计数，却") if of_ratio else (series.values, "累计数")
    field = "denominator" if of_ratio else "value"
    for before, at in _falls(series, figures):
        of_note = bearing(series, before, at, field, may_be_the_months=True)
        if of_note is Bearing.FULL:
            continue
        old, new = plain(figures[before]), plain(figures[at])
        message = say(
            "{what}由 {period} 的 {old} 降为 {new}", what=what, period=series.period(before), old=old, new=new
        )
        hint, related = asked(series, before, at, field, is_fall=True), (series.place(before),)
        blank = asked(series, before, at, field, is_fall=True, is_off=True)
        remedies = proposed(series, before, at, field, blank, lead="")
        finding = Finding(message, field, hint, related=related, remedies=remedies, cause=_INCREMENTS)
        yield at, of_months(finding, of_note)


@series_rule(
    "MZ504",
    WARNING,
    _has_fallen,
    title="里程碑倒退",
    what="里程碑报的阶段比上一次低，“说明”又没有写原因。",
    why="工作一般不会倒退；多半是这一次或上一次报得不对。",
    mend="核对；确实退回重做的，在“说明”里写明原因。",
    bad=table(f"2031-02,{STAGE},推进中,,,,", f"2031-03,{STAGE},未启动,,,,"),
    good=table(f"2031-02,{STAGE},推进中,,,,", f"2031-03,{STAGE},未启动,,,方案退回重做,"),
)
def milestone_back(series: Series) -> Iterator[tuple[int, Finding]]:
    """A stage behind the one reported before."""
    stages = stage_names(series.indicator)
    if not stages:
        return
    for before, at in _falls(series, series.values):
        note = series.note(at)
        reason = own_words(note, NoteSubject.of(names_of(series.ledger), series.unit.id, series.indicator))
        if explains(reason) or (_BACK.search(reason) and names_some_thing(reason, "")):
            continue
        old, new = stages[series.values[before]], stages[series.values[at]]
        template = "由 {period} 的“{old}”退回“{new}”" if note else "由 {period} 的“{old}”退回“{new}”，没有说明"
        message = say(template, period=series.period(before), old=old, new=new)
        yield at, Finding(message, "value", _WHY, related=(series.place(before),), of_note=Bearing.NO_CAUSE)


@series_rule(
    "MZ505",
    WARNING,
    _is_still,
    title="长期不变",
    what=say("累计数连续 {same_months} 个月以上完全相同，还没有达到目标，也没有说明。", same_months=SAME_MONTHS),
    why="可能确实没有进展，也可能是一直照抄上月。请核实，这不是指责。",
    mend="核实；确实没有进展的，在“说明”里写一句。",
    bad=table(*(f"2031-{month:02d},{COUNT},20,,,," for month in range(1, 7))),
    good=table(*(f"2031-{month:02d},{COUNT},{10 * month},,,," for month in range(1, 7))),
)
def unchanged_for_months(series: Series) -> Iterator[tuple[int, Finding]]:
    """An accumulating figure that stands still."""
    values = series.values
    if not series.indicator.cumulative or len(values) < SAME_MONTHS or values[0] < SAME_FLOOR * SCALE:
        return
    if any(value != values[0] for value in values) or any(map(series.has_note, range(len(values)))):
        return
    last = len(values) - 1
    promised = series.target(last)
    if promised and promised.met_by(Fraction(values[0], SCALE)):
        return
    message = say(
        "从 {period} 到 {period2} 一直是 {first}，请核实",
        period=series.period(0),
        period2=series.period(last),
        first=plain(values[0]),
    )
    places = tuple(map(series.place, range(last)))
    yield last, Finding(message, "value", asking("note", "确实没有进展的，在“说明”里写一句。"), related=places)
