"""Whether a number that is bound to a figure is right: 一致, 不符, 过期 or 无法核对."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction

from mzplan.bulletin.facts import Facts
from mzplan.bulletin.groups import by_any_target, is_judged_one_by_one
from mzplan.bulletin.model import EVERY, Ref
from mzplan.bulletin.verify.agreement import DATES, agrees, meanings, rough_words, shown
from mzplan.bulletin.verify.beside_numbers import COUNTIES
from mzplan.bulletin.verify.passages import JOINTS, is_of_city_since
from mzplan.bulletin.verify.reading import OF_ROW, OF_WHOLE, BoundNumber
from mzplan.bulletin.verify.rough import ROUGH
from mzplan.bulletin.verify.spans import PARTED, SPAN, YearPart, span_before
from mzplan.period import Period

_TO_COME = re.compile("[将可能需要须拟应待]")
_TOLD = re.compile("已|累计|共|实现|达|完成率|为")
_TOTAL = re.compile(rf"{_TOLD.pattern}|[0-9](?![0-9.年月—日])[^，。；0-9]{{0,4}}，$")
"""What is told of all there is, in words or by a figure, before what has come since: 93家，比8月增加4家."""
GROWN = re.compile("(?:净?新增|增加|增长|多)了?")
"""What is told of the difference to an earlier month."""
_NEXT_CLAUSE = re.compile(f"，(?!{PARTED})")
_FILED = re.compile("(?:已经?|未)报送?了?$")
_FAILED = re.compile("未(?:达标|完成)")
_UP_TO = re.compile("截[至止]到?$")
_BY = re.compile("(?:截[至止]到?|[到至])$")
_OPENS = re.compile("(?:^|[，；：。（、])(?:从|在|对)?$")
_DATED = re.compile("[底末份，：）的]|报告期|$")
_STARTED = re.compile(r"[^，。；、0-9]{0,4}?(?:增|提|上升|扩|发展|减|降|下降|回落|转|变)[^，。；0-9]{0,3}[到至为]")
_TOPIC = re.compile("(?:方面|领域|行动|工作|条线|板块|看)$")
_AS_TARGET = re.compile("(?:以上|以内)?的(?:年度|全年)?目标")
_RANKED = re.compile("(?:年度|综合|总体|领域)?(?:完成率)?居?(?:最[高低]|首|第[0-9]+位?)(?:的(?:单位|领域)?[为是有])?")
"""What goes before the rate of whoever has most or least done."""
_AS_VALUE, _KEPT = re.compile("(?:[为是：数率额量共达]|全市)$"), re.compile("[^，。；]{0,8}(?:达标|达到|完成|符合)")
"""What stands before a value, and behind a number of units that have kept their targets."""
_SHARE_BESIDE = re.compile("项，占([0-9.]+)%")
_WORDS = re.compile(r"\w")
_OF_REPORTS = frozenset({"reported", "reporting", "unreported"})
"""Figures of those who report something, of one indicator or of all."""
_ROUGHLY = re.compile(f"(?:{'|'.join(ROUGH)})$")
_SAYS = re.compile(
    "完成率?|(?:年度|全年)?(?:增量|压减)?(?:目标|任务|计划)|序时进度|[快慢高低]于|落后于?|超过|尚需|[距尚还差共应已现占约其该比较]|新增|建成"
    "|实现|(?:增加|增长)了?|相当于|月均|每月|应报|应达标|应完成|[仅已]$"
)
"""What opens a statement of a figure and names nobody."""


class Verdict(StrEnum):
    """What comes of checking one number."""

    AGREES = "一致"
    DIFFERS = "不符"
    STALE = "过期"
    UNBOUND = "无法核对"


@dataclass(frozen=True, slots=True)
class Check:
    """One number of a draft, checked."""

    bound: BoundNumber
    verdict: Verdict
    right: str = ""
    """The figure as it should read; empty when there is none."""
    period: Period | None = None
    """The earlier period whose figure it is."""

    @property
    def is_wrong(self) -> bool:
        """Whether it is the figure of something, and another one."""
        return self.verdict in (Verdict.DIFFERS, Verdict.STALE)


def check(bound: BoundNumber, facts: Facts) -> Check:
    """The verdict on one number."""
    if bound.ref is None or any(
        is_none(bound, bound.ref, facts) for is_none in (_is_share_of_points, _is_before_its_date, _is_as_a_value)
    ):
        return Check(replace(bound, ref=None), Verdict.UNBOUND)
    refs = list(meanings(bound, bound.ref, facts))
    if (told := _of_span(bound, refs, facts)) is not None:
        return told
    if any(agrees(bound, ref, facts) for ref in refs):
        is_other = _is_of_another_target(bound, bound.ref, facts)
        return Check(replace(bound, ref=None), Verdict.UNBOUND) if is_other else Check(bound, Verdict.AGREES)
    if not bound.in_cell and _is_doubtful(bound, bound.ref, refs, facts):
        return Check(replace(bound, ref=None), Verdict.UNBOUND)
    right = shown(bound, refs[0], facts)
    is_of_now = rough_words(bound) or _is_beside_its_share(bound, bound.ref, facts)
    for period in () if is_of_now else sorted(facts.earlier, reverse=True):
        before = facts.at(period)
        if any(agrees(bound, ref, before) for ref in refs):
            return Check(bound, Verdict.STALE, right, period)
    return Check(bound, Verdict.DIFFERS, right)


def _is_doubtful(bound: BoundNumber, ref: Ref, refs: Sequence[Ref], facts: Facts) -> bool:
    """Whether the words around a number that is not right leave it open of whom or of when it is.

    What stands in a cell its row and its column tell.
    """
    return (
        _is_by_a_date(bound, ref)
        or _is_of_another_time(bound, ref, facts)
        or _is_of_city(bound, ref, refs, facts)
        or _is_of_counties(bound, ref)
        or (ref.field in _OF_REPORTS and is_of_city_since(bound.passage, bound.start))
        or _is_unclear(bound, ref)
        or _is_by_reference(bound, ref, facts)
    )


def _is_beside_its_share(bound: BoundNumber, ref: Ref, facts: Facts) -> bool:
    """Whether the share told with a count is the report's: 4 for 40 is a slip, and no figure of an earlier month."""
    share = _SHARE_BESIDE.match(bound.passage.text, bound.end) if ref.field == "count" else None
    of_it = ref._replace(field="share")
    return share is not None and facts.value(of_it) is not None and facts.cite(of_it).text == share[1]


def _is_as_a_value(bound: BoundNumber, ref: Ref, facts: Facts) -> bool:
    """Whether how many units have kept a target of their own is told as what was reported: 事故数全市为11家."""
    row = facts.row(ref.subject) if ref.field == "actual" and not bound.in_cell else None
    if row is None or not is_judged_one_by_one(row):
        return False
    text = bound.passage.text
    return not _KEPT.search(text, bound.end) and _AS_VALUE.search(text, 0, bound.start) is not None


def _is_share_of_points(bound: BoundNumber, ref: Ref, _: Facts) -> bool:
    """Whether what is a distance in points is given in %: 慢于序时进度6%, if not spoken of as 约四成."""
    is_share = ref.field == "gap" and not bound.in_cell and bound.passage.text.startswith("%", bound.end)
    return is_share and not rough_words(bound)


def _is_of_another_target(bound: BoundNumber, ref: Ref, facts: Facts) -> bool:
    """Whether what a figure is said to be beyond is called the target, and is another number (超过17人的目标)."""
    target = ref._replace(field="target")
    is_target = ref.field == "actual" and _AS_TARGET.match(bound.passage.text, bound.phrase_end)
    return bool(is_target) and (facts.value(target) is None or facts.cite(target).text != bound.text)


def _is_by_reference(bound: BoundNumber, ref: Ref, facts: Facts) -> bool:
    """Whether it is not said that those with an official target are counted of a unit that has others besides."""
    every = ref._replace(group=by_any_target(ref.group))
    is_told = every == ref or "正式目标" in bound.passage.text
    return ref.field == "count" and not is_told and facts.value(every) != facts.value(ref)


def _is_before_its_date(bound: BoundNumber, ref: Ref, facts: Facts) -> bool:
    """Whether so many are said to be 未达标 or 未完成 while for some of them the date is still to come."""
    words = bound.passage.text[bound.phrase_start : bound.phrase_end]
    if ref.field not in ("count", "addends") or not _FAILED.search(words):
        return False
    found = facts.rows if ref.field == "count" else facts.addends
    return not {"overdue", "unmet", "open"} & set(ref.group.split("&")) and any(found(ref.subject, "pending"))


def _is_by_a_date(bound: BoundNumber, ref: Ref) -> bool:
    """Whether all is meant that is due up to a month, and not what is due in it: 截至11月底到期."""
    is_due = ref.field == "due_month" or "due=" in ref.group
    return is_due and _BY.search(bound.passage.text, 0, bound.phrase_start) is not None


def _is_of_another_time(bound: BoundNumber, ref: Ref, facts: Facts) -> bool:
    """Whether it is not of when the sentence's figures are: a date of something else, or what 增至 starts from.

    Of when they are is said in a heading, after 截至, or where a part of the sentence opens, of a month that is over.
    """
    if _is_to_come(bound, ref, facts) or _STARTED.match(bound.passage.text, bound.end):
        return True
    if bound.reading is None or "{year}年" not in bound.reading.template or "报告期" in bound.reading.template:
        return False
    passage, start, end = bound.passage, bound.phrase_start, bound.phrase_end
    if passage.is_heading or _UP_TO.search(passage.text, 0, start):
        return False
    is_over = ref.field != "month" or Fraction(bound.text) <= facts.period.month
    follows = _DATED.match(passage.text, end) or any(one.start == end for one in passage.mentions)
    return not (is_over and follows and _OPENS.search(passage.text, 0, start))


def _is_of_city(bound: BoundNumber, ref: Ref, refs: Sequence[Ref], facts: Facts) -> bool:
    """Whether whom a figure is taken to be of, a unit or an area, is named in another clause, and the city has it."""
    scope, subject = bound.passage.scope, ref.subject
    if bound.owner is not None:
        return False
    for kind, is_told in (("unit", subject.unit != scope.unit), ("area", subject.area != scope.area)):
        named = [one for one in bound.passage.mentions if one.kind == kind and one.end <= bound.phrase_start]
        if not is_told or not named or "，" not in bound.passage.text[named[-1].end : bound.phrase_start]:
            continue
        wider = subject._replace(unit=None) if kind == "unit" else subject._replace(area=EVERY)
        of_whole = {"area_mean": "overall"} if wider.area == EVERY else {}
        if any(
            agrees(bound, one._replace(field=of_whole.get(one.field, one.field), subject=wider), facts) for one in refs
        ):
            return True
    return False


def _is_of_counties(bound: BoundNumber, ref: Ref) -> bool:
    """Whether all counties are said to have it, who may be all units or all but the zones."""
    named = [one.start for one in bound.passage.mentions if one.kind == "indicator" and one.end <= bound.phrase_start]
    begins = (*named[-1:], bound.phrase_start)
    is_of_all = ref.field == "actual" and ref.subject.unit is None
    return is_of_all and any(COUNTIES.search(bound.passage.text, 0, begin) for begin in begins)


def _is_unclear(bound: BoundNumber, ref: Ref) -> bool:
    """Whether words that are no name of the plan stand where whom the figure is of is said (山区县年度完成率…).

    A sentence without an indicator's name is of the one before it, unless it opens with words of its own.
    """
    is_row = ref.field in OF_ROW
    if not (is_row or ref.field in OF_WHOLE) or bound.owner is not None:
        return False
    if bound.alike:
        return bound.narrowed
    text = bound.passage.text[: bound.phrase_start]
    begun = max(match.end() for match in re.finditer("^|[；。]", text))
    letters = list(text)
    for mention in bound.passage.mentions:
        mark = "某" if mention.kind == "task" else "、"  # of a task there are no figures
        letters[mention.start : mention.end] = mark * (min(mention.end, len(text)) - mention.start)
    *before, own = re.split("[，：（）]", _ROUGHLY.sub("", "".join(letters)[begun:]))
    if re.search("[0-9]", own):  # what is counted goes before it
        own = ""
    topics = [one for one in before if _TOPIC.search(one)]
    if is_row and not any(one.kind == "indicator" for one in bound.passage.mentions):
        topics += [_SAYS.sub("", re.split("[，：；（）0-9]", "".join(letters))[0])]
    own = _SAYS.sub("", own) if is_row else _RANKED.sub("", own)
    topics = topics if is_row else [_RANKED.sub("", one) for one in topics]
    return any(_WORDS.search(SPAN.sub("", JOINTS.sub("", one))) for one in (own, *topics))


def _is_to_come(bound: BoundNumber, ref: Ref, facts: Facts) -> bool:
    """Whether the month is that of data yet to be reported (10月份数据请于11月上旬报送), or is said to be reported."""
    is_data = bound.reading is not None and bound.passage.text.startswith("数据", bound.reading.phrase_end)
    is_filed = _FILED.search(bound.passage.text, 0, bound.phrase_start) is not None
    month, now = Fraction(bound.text), facts.period.month
    if ref.field == "month" and month > now and _TO_COME.match(bound.passage.text, bound.phrase_end):
        return True  # 10月份将…
    return ref.field == "month" and is_data and (month > now or (month < now and is_filed))


def _of_span(bound: BoundNumber, refs: Sequence[Ref], facts: Facts) -> Check | None:
    """The verdict by the part of the year that the clause names, where that is not the year up to the report's month.

    What such a part has brought alone is known of what adds up; of anything else it is never the year's.
    """
    span = None if bound.ref is None or bound.ref.field in DATES | {"target", "ranked"} else part_of(bound, facts)
    if span is None or (not span.after and span.until == facts.period.month):
        return None
    if span.after:
        return _of_part(bound, refs, facts, span)
    until = Period(facts.period.year, span.until)
    if until < facts.period:
        is_so = any(agrees(bound, ref, facts.at(until)) for ref in refs)
        return Check(bound, Verdict.AGREES if is_so else Verdict.DIFFERS, shown(bound, refs[0], facts.at(until)), until)
    if _is_told_of_the_year(bound, span):
        return Check(bound, Verdict.DIFFERS, period=until)
    return Check(replace(bound, ref=None), Verdict.UNBOUND)


def _of_part(bound: BoundNumber, refs: Sequence[Ref], facts: Facts, span: YearPart) -> Check:
    """The verdict on what months in the midst of the year are said to have brought.

    The year's total, after the name of a month or 累计, may be meant as such, and nobody can tell.
    """
    parts = [ref._replace(field="increase", group=span.months) for ref in refs]
    is_told = grown_before(bound, span) is not None or (not span.is_since and _adds_up(bound, facts))
    if is_told and not _is_unclear(bound, refs[0]) and facts.value(parts[0]) is not None:
        if any(agrees(bound, part, facts) for part in parts):
            return Check(bound, Verdict.AGREES)
        is_total = any(agrees(bound, ref, facts.at(Period(facts.period.year, span.until))) for ref in refs)
        text = bound.passage.text
        begun = max(text.rfind(mark, 0, span.start) for mark in "；。") + 1
        is_of_total = span.is_since and "，" in text[span.end : bound.start] and _TOTAL.search(text, begun, span.start)
        is_said = span.is_numbered or is_of_total or _TOLD.search(text, span.end, bound.start)
        if not (is_total and is_said):
            return Check(replace(bound, ref=parts[0]), Verdict.DIFFERS, shown(bound, parts[0], facts))
    return Check(replace(bound, ref=None), Verdict.UNBOUND)


def _adds_up(bound: BoundNumber, facts: Facts) -> bool:
    """Whether it is a figure that is counted from January on."""
    row = facts.row(bound.ref.subject) if bound.ref and bound.ref.field == "actual" else None
    return row is not None and row.indicator.cumulative and not is_judged_one_by_one(row)


def part_of(bound: BoundNumber, facts: Facts) -> YearPart | None:
    """The part of the year that the clause says a figure is of (上半年, 三季度); None where it says none.

    A month's number tells what that month has brought of what adds up, else when something was so.
    """
    if bound.in_cell:
        return None
    span = span_before(bound.passage.text, bound.phrase_start, facts.period.month)
    if span is not None and span.is_since and (bound.ref is None or bound.ref.field != "actual"):
        return None
    if span is None or not span.is_numbered:
        return span
    return span if span.after and (_adds_up(bound, facts) or grown_before(bound, span)) else None


def grown_before(bound: BoundNumber, span: YearPart) -> re.Match[str] | None:
    """The word between a part of the year and a figure that tells what has come in it: 12月份新增慈善组织14家.

    Of what a month's number opens none in an earlier clause, but for the whole of parts, and none in a name.
    """
    text, begun = bound.passage.text, span.end
    if span.is_since:
        return GROWN.search(text, begun, bound.start)
    begun = max([begun, *(one.end() for one in _NEXT_CLAUSE.finditer(text, begun, bound.start))])
    named = [one for one in bound.passage.mentions if one.kind == "indicator"]
    found = GROWN.finditer(text, begun, bound.start)
    return next((one for one in found if not any(by.start <= one.start() < by.end for by in named)), None)


def _is_told_of_the_year(bound: BoundNumber, span: YearPart) -> bool:
    """Whether a figure is told as what 全年 has brought, and not as what is to come."""
    text, start = bound.passage.text, bound.phrase_start
    if not text.startswith("全年", span.start) or _TO_COME.search(text, max(span.end, start - 2), start):
        return False
    return bool(_TOLD.search(text, span.end, bound.end))
