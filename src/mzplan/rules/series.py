"""A unit's figures of one indicator from month to month. Family MZ5xx, with `together`."""

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction

from mzplan.figures import SCALE, plain
from mzplan.plan.indicator import RatioIndicator
from mzplan.plan.target import Target
from mzplan.rules.bearing import MISSTATED, Bearing, asked, bearing, misstated
from mzplan.rules.bounds import (
    BUREAU_LOW,
    BUREAU_ODD,
    CHANGED,
    DIGIT,
    FEW,
    FLOOR,
    LEVEL,
    LOST,
    OTHERS_LOW,
    OTHERS_ODD,
    OWN_ODD,
    QUARTER,
    SHARE_ODD,
    SMALL,
    SMALL_STEP,
    TOPPED,
)
from mzplan.rules.magnitude import first, is_question, pairs, value_field
from mzplan.rules.proportion import Usual, above_its_share, odd_at_first, yardstick
from mzplan.rules.ratio_parts import ROUND, round_parts
from mzplan.rules.registry import ERROR, WARNING, Cause, Finding, series_rule, table
from mzplan.rules.scope import Series
from mzplan.rules.steps import has_a_digit_more, has_topped, is_alike, is_far, is_jump, shown, small_step, step
from mzplan.said import listed, say
from mzplan.submissions.names import stage_names
from mzplan.submissions.reasons import names_some_thing

JUMP = "MZ502"
"""Told wherever a figure is shown that it speaks of: it may be wrong."""
SAME_MONTHS = 6
"""From so many months on, an accumulating figure that stands still is worth a question."""
SAME_FLOOR = 10
"""Figures below this are equal by chance."""

_COUNT = "青山县,T01-01,新增养老床位数"
_RATIO = "青山县,T01-03,困难老人探访率"
_STAGE = "青山县,T01-04,养老服务条例"

_CHECK = "请核对；"
_WHY = "请核对；属实的在“说明”里写明原因。"
_GONE, _LARGE, _COPIED = "一个也没有了", "明显偏大", "分子和分母一样大"
_DIGIT, _WITHOUT = 10, "如果多写了 0，应是 {meant}；"
_CHANGED, _FAST, _ROUNDED = "变化超过 20%", _LARGE, "正好是整数，不像实际数"


_BACK = re.compile("反弹|返工|重[新做来启]|整[治改]|发现|退回|回退|抽查|督查|复查")
"""Words of work that has to be done again, whatever it is."""

_INCREMENTS = Cause(
    "MZ501",
    least=3,
    together="{count} 项比上次小，像是填了当月数",
    hint="“完成值”填从1月1日起的累计数：上次的数加上本月的数；更正以前的，在“说明”里写明原因和减少的数。",
)
"""What several totals of one file that fall have in common."""


def _falls(series: Series, figures: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Positions of figures that are smaller than the one before, after that one's."""
    return ((before, at) for before, at in pairs(series) if figures[at] < figures[before])


@series_rule(
    "MZ501",
    ERROR,
    title="累计数下降",
    what="累计数（从 1 月 1 日起；也指计划写明年内累计的分母）比上一次报的小，“说明”又没有写原因和减少的数"
    "（或原来的数和现在的数）。只写原因没有写数的，是警告；写的数对不上的，不算。"
    "写“当月数”“按元”“填错了”“待核实”不是原因，恰恰印证这个数不对。后报的一行不采用。",
    why="累计数只增不减；变小了，不是这一次错，就是上一次多报了。",
    mend="核对两个数；确是更正以前多报的，在“说明”里写明原因和减少的数。",
    bad=table(f"2031-02,{_COUNT},20,,,,", f"2031-03,{_COUNT},12,,,,"),
    good=table(f"2031-02,{_COUNT},20,,,,", f"2031-03,{_COUNT},12,,,更正：2月误计在建床位8张,"),
)
def falling_total(series: Series) -> Iterator[tuple[int, Finding]]:
    """A total since January that is lower than before, without a reason: a count, or what a ratio is taken of."""
    of_ratio = isinstance(series.indicator, RatioIndicator) and series.indicator.denominator_accumulates
    if not series.indicator.cumulative and not of_ratio:
        return
    figures, what = (series.denominators, "分母是年内累计数，却") if of_ratio else (series.values, "累计数")
    field = "denominator" if of_ratio else "value"
    for before, at in _falls(series, figures):
        of_note = bearing(series, before, at, may_be_the_months=True)
        if of_note is Bearing.FULL:
            continue
        old, new = plain(figures[before]), plain(figures[at])
        message = say(
            "{what}由 {period} 的 {old} 降为 {new}", what=what, period=series.period(before), old=old, new=new
        )
        total = figures[before] + figures[at]
        is_sound = of_ratio or figures[at] <= FLOOR or not is_far(series, before, at, figures[before], total, SCALE)
        meant = say("如果填的是当月数，应改为累计数 {total}；", total=plain(total)) if is_sound else ""
        hint = listed((meant, asked(series, before, at, field)), "")
        yield at, _of_months(Finding(message, field, hint, related=(series.place(before),), cause=_INCREMENTS), of_note)


def _of_months(finding: Finding, of_note: Bearing) -> Finding:
    """A finding that the figure is the month's, with what the note says of it: a cause makes a question of it."""
    if of_note.is_question:
        return finding._replace(of_note=of_note, is_question=True, cause=None)
    return finding._replace(of_note=of_note)


def _loss(series: Series, before: int, at: int) -> int:
    """By how much a level, or the part of a whole that is as it was, has come down; 0 where that is the aim."""
    indicator = series.indicator
    if indicator.cumulative or stage_names(indicator) or (series.target(at) or indicator.target).operator == "at_most":
        return 0
    if series.denominators and not is_alike(*(series.denominators[each] for each in (before, at))):
        return 0
    return max(series.values[before] - series.values[at], 0)


def _lost(series: Series, before: int, at: int) -> str:
    """How a level, or the part of a whole, that has lost much is told; empty where it has not."""
    loss, old = _loss(series, before, at), series.values[before]
    if loss == old >= SCALE:
        return _GONE
    return "少了三分之一以上" if loss > SMALL and loss * LOST.part > old else ""


def _is_the_months(series: Series, before: int, at: int) -> bool:
    """Whether a level is so much lower that it is the month's figure."""
    loss = _loss(series, before, at)
    is_low = loss > FLOOR and series.values[at] * LEVEL.times < series.values[before]
    return is_low and bearing(series, before, at, may_be_the_months=True) is not Bearing.FULL


def _is_of_the_denominator(series: Series, before: int, at: int) -> bool:
    """Whether a ratio has changed because what it is taken of has, its numerator being what it was: that is told."""
    if not isinstance(series.indicator, RatioIndicator) or series.indicator.denominator_accumulates:
        return False
    alike = (is_alike(each[before], each[at]) for each in (series.values, series.denominators))
    return [*alike] == [True, False]


@series_rule(
    "MZ508",
    ERROR,
    title="存量像是当月数",
    what=say(
        "存量（期末的总数），或分母没有大变的比率的分子，不到上一次的 {times} 分之一，并且少了 {floor}"
        " 以上，“说明”又没有写原因和减少的数（只写原因的是警告）。目标是不超过的除外。这一行不采用。",
        times=LEVEL.times,
        floor=FLOOR // SCALE,
    ),
    why="多半是只填了当月新增的；期末的总数一个月里不会少掉八成，确有其事就值得说一句。",
    mend="填期末的总数；确实减少的，在“说明”里写明原因和减少的数。",
    bad=table("2031-02,青山县,T01-02,持证护理员数,43,,,,", "2031-03,青山县,T01-02,持证护理员数,2,,,,"),
    good=table("2031-02,青山县,T01-02,持证护理员数,43,,,,", "2031-03,青山县,T01-02,持证护理员数,2,,,两镇划出41人,"),
)
def level_of_the_month(series: Series) -> Iterator[tuple[int, Finding]]:
    """What came in this month in place of the level, or of all that a ratio counts."""
    for before, at in pairs(series):
        if not _is_the_months(series, before, at):
            continue
        old, new = series.values[before], series.values[at]
        what = "分子" if series.denominators else ""
        message = say(
            "{what}由 {period} 的 {old} 降为 {new}，像是填了当月数",
            what=what,
            period=series.period(before),
            old=plain(old),
            new=plain(new),
        )
        is_possible = not series.denominators or old + new <= series.denominators[at]
        meant = say("如果填的是当月数，加上次的是 {old}；", old=plain(old + new)) if is_possible else ""
        hint = say("填期末的总数，不填当月的：{meant}{asked}", meant=meant, asked=asked(series, before, at))
        field, related = value_field(series.indicator), (series.place(before),)
        of_note = bearing(series, before, at, may_be_the_months=True)
        yield at, _of_months(Finding(message, field, hint, related=related, cause=_MONTHS_LEVELS), of_note)


_MONTHS_LEVELS = Cause("MZ508", least=3, together="{count} 项存量或分子不到上次的五分之一，像是填了当月数")


@series_rule(
    JUMP,
    WARNING,
    title="数值突变",
    what=say(
        "与上一次相比，变化超过目标的一半（没有目标的：超过上次数值的一半，且累计数的增速超过此前月均"
        "的 3 倍），并且超过 10 个计量单位；十个以内的变化，超出目标的部分（没有目标的，变化）超过此前"
        "一个月最多增加的数的 {times} 倍，并且超过 {few}；增加到上一次的 {times2} 倍以上，"
        "到了 {floor}；存量或分子少了三分之一以上，并且超过 {small} 个，或变为 0（目标是不超过的除外）"
        "；第一次报的数（比率的分母），超过照别的单位折算的最大数（没有别的单位可比的，常住人口）的 {times3}"
        " 倍，或本单位目标的 {times4} 倍、全市目标（市本级：{times5} 倍）；第一次报的存量、"
        "分母、分子占分母的份额，一季度以后第一次报的累计数，不到照别的单位折算的最小数的 {times6} 分"
        "之一（市本级的分母：{times7} 分之一），存量不到基期值的一半；第一次报的份额超过别的单位最大的"
        " {times3} 倍；没有自己目标的单位，第一次报的数超过全市目标平均数的 {times8} 倍；"
        "分子一次增加分母的 {times9} 分之一以上，变得和分母一样大；一季度第一次报的累计数就超过本单位"
        "的全年目标；没有别的单位可比，分母又正好是 100、1000、10000 等，或分子、分母都是整百、"
        "分母超过一万；而“说明”没有写原因和增减的数；写的与报过的对不上的也问。",
        times=SMALL_STEP.times,
        few=FEW // SCALE,
        times2=DIGIT.times,
        floor=FLOOR // SCALE,
        small=SMALL // SCALE,
        times3=OTHERS_ODD.times,
        times4=OWN_ODD.times,
        times5=BUREAU_ODD.times,
        times6=OTHERS_LOW.times,
        times7=BUREAU_LOW.times,
        times8=SHARE_ODD.times,
        times9=TOPPED.times,
    ),
    why="多半是单位弄错（元、万元）、多写了一个 0，或把当月数和累计数弄混；也可能确有其事，那就值得说一句。",
    mend="核对；确有其事，在“说明”里写明原因和增减的数。",
    bad=table(f"2031-02,{_COUNT},20,,,,", f"2031-03,{_COUNT},200,,,,"),
    good=table(f"2031-02,{_COUNT},20,,,,", f"2031-03,{_COUNT},200,,,新院投用180张,"),
)
def jump(series: Series) -> Iterator[tuple[int, Finding]]:
    """A change too large to pass without a word."""
    indicator = series.indicator
    if stage_names(indicator):
        return
    yield from _odd_at_first(series)
    for last, at in pairs(series):
        old, new, one = step(series, last, at)
        change = abs(new - old)
        promised, lost = series.target(at), _lost(series, last, at)
        least = FLOOR // SCALE * one if old else FLOOR // SCALE * one - 1  # of one digit more than 1 ten is left
        is_small = change <= least or (indicator.cumulative and new < old)
        is_beyond = not is_small and is_far(series, last, at, old, new, one)
        has_digit = has_a_digit_more(series, last, at)
        topped = _COPIED if has_topped(series, last, at) else ""
        is_large = is_beyond or bool(lost) or has_digit or bool(topped)
        small = "" if is_large else (small_step(series, last, at) if is_small else "") or misstated(series, last, at)
        if not (is_large or small):
            continue
        if _is_the_months(series, last, at) or _is_of_the_denominator(series, last, at) or is_question(series, at):
            continue
        of_note = Bearing.OTHER_SIZE if small == MISSTATED else bearing(series, last, at)
        if of_note is Bearing.FULL:
            continue
        before, after, by = (shown(Fraction(figure, one)) for figure in (old, new, change))
        far = say("超过目标 {value} 的一半", value=shown(promised.value)) if promised and promised.value else _LARGE
        how = (
            lost
            if lost == _GONE
            else say("变化 {by}，{far}", by=by, far=far if is_beyond else lost or small or topped or _LARGE)
        )
        message = say(
            "由 {period} 的 {before} 变为 {after}，{how}",
            period=series.period(last),
            before=before,
            after=after,
            how=how,
        )
        digits = (
            say(_WITHOUT, meant=plain(series.values[at] // _DIGIT))
            if has_digit and not series.values[at] % (_DIGIT * SCALE)
            else ""
        )
        field, hint = value_field(indicator), listed((_CHECK, digits, asked(series, last, at)), "")
        yield at, Finding(message, field, hint, related=(series.place(last),), of_note=of_note)


def _odd_at_first(series: Series) -> Iterator[tuple[int, Finding]]:
    """The first figure, or the first denominator, that is large beside what is known of it, or all too round."""
    at, figures = first(series), series.denominators or series.values
    if at is None or (of_note := bearing(series, None, at)) is Bearing.FULL or is_question(series, at):
        return
    known, figure = yardstick(series, at), figures[at]
    is_step = not series.denominators and 0 in series.values[:at] and figure >= FLOOR  # as such it is told
    is_step = is_step and is_far(series, at - 1, at, 0, figure, SCALE)
    if known is not None and figure >= FLOOR and known.is_odd(figure) and not is_step:
        what, field = ("分母", "denominator") if series.denominators else ("", value_field(series.indicator))
        message = say(
            "第一次报的{what} {figure} {large}，{words}",
            what=what,
            figure=plain(figure),
            large=_LARGE,
            words=known.words,
        )
        hint = listed((_CHECK, _without_digits(figure, known), asked(series, None, at, field)), "")
        yield at, Finding(message, field, hint, of_note=of_note)
    elif (target := series.target(at)) and _has_done_a_year(series, at, target):
        message = say("第一次报的 {figure} 已超过全年的目标 {value}", figure=plain(figure), value=shown(target.value))
        yield at, Finding(message, "value", listed((_CHECK, asked(series, None, at)), ""), of_note=of_note)
    elif odd := odd_at_first(series, at):
        what = {"denominator": "分母 ", "numerator": "分子 "}.get(odd.field, "")
        message = say(
            "第一次报的{what}{figure} {large}，{words}",
            what=what or " ",
            figure=plain(odd.figure),
            large=_LARGE if odd.is_large else "明显偏小",
            words=odd.words,
        )
        yield at, Finding(message, odd.field, listed((_CHECK, asked(series, None, at, odd.field)), ""), of_note=of_note)
    elif words := above_its_share(series, at):
        message = say(
            "第一次报的 {figure} {large}，{words}，由 {count} 家完成",
            figure=plain(figure),
            large=_LARGE,
            words=words,
            count=len(series.indicator.reporting),
        )
        yield at, Finding(message, "value", listed((_CHECK, asked(series, None, at)), ""), of_note=of_note)
    elif isinstance(series.indicator, RatioIndicator) and (words := round_parts(series, series.indicator, at)):
        parts = f"{plain(series.values[at])}/{plain(figure)}"
        hint = listed((_CHECK, asked(series, None, at, "denominator")), "")
        yield (
            at,
            Finding(say("第一次报的 {parts}{words}", parts=parts, words=words), "denominator", hint, of_note=of_note),
        )


def _has_done_a_year(series: Series, at: int, target: Target) -> bool:
    """Whether a total that is reported first, by March, is above what is promised of the unit for the whole year."""
    if not series.indicator.cumulative or target.operator != "at_least" or series.months[at] > QUARTER or at:
        return False
    return series.values[at] > max(target.value, Fraction(FLOOR // SCALE)) * SCALE


def _without_digits(figure: int, known: Usual) -> str:
    """The figure meant, where a digit too many explains one that is too large."""
    likely = [figure // 10**power for power in range(1, 4) if not figure % (10**power * SCALE)]
    fitting = [meant for meant in likely if known.low <= meant <= known.high]
    return say(_WITHOUT, meant=plain(fitting[0])) if fitting and not known.is_odd(fitting[0]) else ""


@series_rule(
    "MZ503",
    WARNING,
    title="分母突变",
    what="比率的分母比上一次变化超过 20%（计划写明分母年内累计的，增加一半以上，超过 10，"
    "增速超过此前月均的 3 倍；变小的见 MZ501），或变为正好 1000、10000 等，不像实际数；“说明”又没有写原因和增减的数。",
    why="分母变了，比率就不能前后相比；有人会为了比率好看而改分母。",
    mend="核对；确有增减，在“说明”里写明原因和增减的数。",
    bad=table(f"2031-02,{_RATIO},,50,100,,", f"2031-03,{_RATIO},,50,70,,"),
    good=table(f"2031-02,{_RATIO},,50,100,,", f"2031-03,{_RATIO},,50,90,,"),
)
def denominator_change(series: Series) -> Iterator[tuple[int, Finding]]:
    """What a share is taken of should not change without a word, or grow faster than it did if it accumulates."""
    if not isinstance(series.indicator, RatioIndicator):
        return
    for before, at in pairs(series):
        old, new = series.denominators[before], series.denominators[at]
        if new == old or is_question(series, at):
            continue
        if series.indicator.denominator_accumulates:
            is_fast = is_jump(old, new, True, series.months[before], series.months[at])
            how = _FAST if is_fast and new - old > FLOOR else ""
        else:
            how = _CHANGED if abs(new - old) * CHANGED.part > old else ""
        if not how and not series.indicator.decimals and new in ROUND[2:]:
            how = _ROUNDED
        if how and (new > old or not series.indicator.denominator_accumulates):
            message = say(
                "分母由 {period} 的 {old} 变为 {new}，{how}",
                period=series.period(before),
                old=plain(old),
                new=plain(new),
                how=how,
            )
            hint = listed((_CHECK, asked(series, before, at, "denominator")), "")
            of_note = bearing(series, before, at)
            if of_note is not Bearing.FULL:
                yield at, Finding(message, "denominator", hint, related=(series.place(before),), of_note=of_note)


@series_rule(
    "MZ504",
    WARNING,
    title="里程碑倒退",
    what="里程碑报的阶段比上一次低，“说明”又没有写原因。",
    why="工作一般不会倒退；多半是这一次或上一次报得不对。",
    mend="核对；确实退回重做的，在“说明”里写明原因。",
    bad=table(f"2031-02,{_STAGE},推进中,,,,", f"2031-03,{_STAGE},未启动,,,,"),
    good=table(f"2031-02,{_STAGE},推进中,,,,", f"2031-03,{_STAGE},未启动,,,方案退回重做,"),
)
def milestone_back(series: Series) -> Iterator[tuple[int, Finding]]:
    """A stage behind the one reported before."""
    stages = stage_names(series.indicator)
    if not stages:
        return
    for before, at in _falls(series, series.values):
        note = series.ledger.notes.get(series.cell(at), "")
        if series.has_note(at) or (_BACK.search(note) and names_some_thing(note, "")):
            continue
        old, new = stages[series.values[before]], stages[series.values[at]]
        template = "由 {period} 的“{old}”退回“{new}”" if note else "由 {period} 的“{old}”退回“{new}”，没有说明"
        message = say(template, period=series.period(before), old=old, new=new)
        yield at, Finding(message, "value", _WHY, related=(series.place(before),), of_note=Bearing.NO_CAUSE)


@series_rule(
    "MZ505",
    WARNING,
    title="长期不变",
    what=say("累计数连续 {same_months} 个月以上完全相同，还没有达到目标，也没有说明。", same_months=SAME_MONTHS),
    why="可能确实没有进展，也可能是一直照抄上月。请核实，这不是指责。",
    mend="核实；确实没有进展的，在“说明”里写一句。",
    bad=table(*(f"2031-{month:02d},{_COUNT},20,,,," for month in range(1, 7))),
    good=table(*(f"2031-{month:02d},{_COUNT},{10 * month},,,," for month in range(1, 7))),
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
    yield last, Finding(message, "value", "确实没有进展的，在“说明”里写一句。", related=places)
