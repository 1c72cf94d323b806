"""What is told of each number, sentence and list that is wrong or open, and of the line at the foot of a draft."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import NamedTuple

from mzplan import zh
from mzplan.bulletin.facts import Facts
from mzplan.bulletin.model import WHOLE, Trace
from mzplan.bulletin.phrases import LISTED, Slot, pieces, reference
from mzplan.bulletin.verify.agreement import PERCENT, rough_words
from mzplan.bulletin.verify.consistency import Slip
from mzplan.bulletin.verify.dated import is_mended
from mzplan.bulletin.verify.draft import Block
from mzplan.bulletin.verify.judging import Check, Verdict, check
from mzplan.bulletin.verify.names import normalised
from mzplan.bulletin.verify.passages import TRACE
from mzplan.bulletin.verify.reading import OF_BAND, BoundNumber, DraftReader, scale_of
from mzplan.bulletin.verify.statements import Statement
from mzplan.bulletin.verify.truth import Truth
from mzplan.diagnostics import Diagnostic, Location, Rule, show
from mzplan.figures import rounded
from mzplan.rules.draft import (
    FIGURE_MISMATCH,
    FIGURE_STALE,
    FIGURE_UNBOUND,
    REVISION_OPEN,
    SOURCE_CHANGED,
    STATEMENT_OPEN,
    WRONG_WAY_ROUND,
)

_DIFFERS = "“{said}”与数据不符：{about}应为{right}"
_NOT_QUITE = "“{said}”与数据不符：{about}为{right}，{way}{bound}"
_NO_DATA = "“{said}”没有数据可依：{about}{status}"
_STALE = "“{said}”是{period}的数字：{about}现为{right}"
_OTHER_PERIOD = "“{said}”与报告期不符：报告期是{year}年{month}月"
_AHEAD = "“{said}”说的是还没有结束的时间：报告期是{year}年{month}月"
_UNBOUND = "“{said}”无法核对：看不出说的是哪个指标、单位或合计，或者数据里没有"
_TO_EDGE = "（达到目标；达到允许偏差的下限为{right}）"
_AT_END = "{month}月底"
_AREA, _MONTHS = "{}领域", "{}月"
_IN_TITLE = "标题中的"
_FRAME: Mapping[str, tuple[str, str]] = {
    "year": ("年度", "{year}"),
    "deadline_month": (_DEADLINE := "报送期限", "{deadline_month}月{deadline_day}日"),
    "next_month": ("下一期的月份", "{next_month}月"),
    "next_deadline_month": (_DEADLINE, _NEXT := "{next_deadline_month}月{deadline_day}日"),
    "deadline_day": (_DEADLINE, _NEXT),
}
"""What is called by its place in a document, since it is nobody's, and how it is told whole."""
_REVERSED = "“{said}”方向说反了：{about}为{right}个百分点"
_TURNED = {way: f"{way}序时进度{{size}}个百分点" for way in ("快于", "慢于")}
_MARK = "{what}“{said}”还没有处理"
_MARKS = {
    "inserted": "修订（插入）",
    "deleted": "修订（删除）",
    "comment": "批注",
    "hidden": "隐藏文字",
    "struck": "删除线文字",
    "white": "白色文字",
}
_UNREAD = "{what}里的文字没有读，没有核对"
_OPEN, _NO_DATA_FOR, _OF_PART = "“{said}”没有核对：{why}", "没有数据可以对照{part}", "“{rest}”"
_EMPTIED = "“{heading}”一格空着"
_STRANGER = "{names}不是计划里的填报单位"
_GENERATED = "按数据生成的是“{said}”。不是有意改的请改回，有意改的由人核对。"
_CORRECT, _BY_DATA = "改为“{right}”。", "按数据改写。"
_MOST_DECIMALS = 6
_TRACED = {"plan": "计划", "version": "计划版本", "data": "数据摘要", "preset": "亮灯规则"}
_CHANGED = "文末记的{what}是 {said}，现在是 {now}"


def open_finding(path: str, statement: Statement, strangers: Sequence[str] = ()) -> Diagnostic:
    """A sentence that nobody has looked at, with what the program writes there, and who in it is not in the plan."""
    part = "" if statement.rest == statement.text.rstrip("。") else _OF_PART.format(rest=show(statement.rest, 40))
    names = zh.joined((f"“{name}”" for name in strangers), LISTED)
    why = _STRANGER.format(names=names) if strangers else _NO_DATA_FOR.format(part=part)
    if statement.emptied:
        why = _EMPTIED.format(heading=statement.emptied)
    message = _OPEN.format(said=show(statement.text, 60), why=why)
    hint = _GENERATED.format(said=show(statement.generated, 200)) if statement.generated else ""
    return diagnostic(path, STATEMENT_OPEN, statement.place, message, statement.rest, hint=hint)


def mark_finding(path: str, block: Block) -> Diagnostic:
    """A revision or comment that is still open, hidden or white text, or a part whose text is not read."""
    place = block.places[0] if block.places else (0, 0)
    if block.kind == "unread":
        return diagnostic(path, STATEMENT_OPEN, place, _UNREAD.format(what=block.text), block.text)
    said = _MARK.format(what=_MARKS[block.kind], said=show(block.text, 60))
    return diagnostic(path, REVISION_OPEN, place, said, block.text)


class _WrongFigure(NamedTuple):
    """What is told of a wrong number, and what may stand instead of its words, and of it alone where that is all."""

    rule: Rule
    message: str
    words: str = ""
    fix: str = ""


def figure_finding(
    path: str, one: Check, beside: Sequence[Check], reader: DraftReader, truth: Truth, wrong: int
) -> Diagnostic | None:
    """What is wrong with a number; None for one that agrees. `wrong` is how much is in its sentence.

    Wrong ones `beside` it in the same words are put right with it. What is to be written instead is told only if the
    sentence with it, read again, is right there and less wrong.
    """
    bound = one.bound
    if one.verdict is Verdict.AGREES:
        return None
    if one.verdict is Verdict.UNBOUND:
        return diagnostic(path, FIGURE_UNBOUND, bound.place, _UNBOUND.format(said=_said(bound)), bound.text)
    if one.verdict is Verdict.DIFFERS and one.period is not None and one.period < truth.facts.period:
        truth = truth.at(one.period)
    told = _told(one, beside, truth.facts, reader.grammar.measures)
    if not told.words:
        return diagnostic(path, told.rule, bound.place, told.message, bound.text)
    if bound.in_cell:
        is_right = check(replace(bound, text=one.right), truth.facts).verdict is Verdict.AGREES
    else:
        is_right = is_mended(bound.passage, _span(bound), told.words, reader, truth, wrong)
    if not is_right:
        return diagnostic(path, told.rule, bound.place, told.message, bound.text, hint=_BY_DATA)
    hint = _CORRECT.format(right=told.words)
    return diagnostic(path, told.rule, bound.place, told.message, bound.text, hint=hint, fix=told.fix)


def once(told: Sequence[tuple[Check, Diagnostic]]) -> Iterator[Diagnostic]:
    """What is told of the wrong numbers of one phrase: nothing of one that another puts right, or is wrong without."""
    hints = set[str]()
    is_known = any(one.right for one, _ in told)
    for one, finding in told:
        is_said = finding.hint in hints or (is_known and one.is_wrong and not one.right)
        if not is_said:
            yield finding
        if finding.hint not in (_BY_DATA, finding.rule.mend):
            hints.add(finding.hint)


def _told(one: Check, beside: Sequence[Check], facts: Facts, measures: str) -> _WrongFigure:
    bound, ref = one.bound, one.bound.ref
    said, about, right = _said(bound), _about(bound, facts), _with_sign(bound, one.right)
    if ref is not None and one.right and _is_reversed(bound, facts):
        turned = _TURNED["慢于" if bound.sign == "+" else "快于"].format(size=facts.cite(ref).text)
        return _WrongFigure(
            WRONG_WAY_ROUND, _REVERSED.format(said=said, about=about, right=_signed(bound, facts)), turned
        )
    words = _in_figures(one, beside, measures) if one.right else ""
    if ref is not None and ref.field in _FRAME and not (one.verdict is Verdict.STALE and ref.field == "year"):
        about, right = _in_frame(bound, ref.field, facts)
        return _WrongFigure(FIGURE_MISMATCH, _DIFFERS.format(said=said, about=about, right=right), words, one.right)
    if one.verdict is Verdict.STALE and one.period is not None:
        period = f"{one.period.year}年{one.period.month}月"
        message = _STALE.format(said=said, period=period, about=about, right=right)
        if ref is not None and ref.field in ("year", "month"):
            message = _OTHER_PERIOD.format(said=said, year=facts.period.year, month=facts.period.month)
        return _WrongFigure(FIGURE_STALE, message, words, one.right)
    if one.period is not None and one.period > facts.period:
        message = _AHEAD.format(said=said, year=facts.period.year, month=facts.period.month)
        return _WrongFigure(FIGURE_MISMATCH, message)
    if not one.right:
        status = "没有这一数据（未报、待报齐、未到期或不适用）"
        return _WrongFigure(FIGURE_MISMATCH, _NO_DATA.format(said=said, about=about, status=status))
    if one.period is not None and ref is not None and ref.field != "increase":
        about += _AT_END.format(month=one.period.month)
    message = _DIFFERS.format(said=said, about=about, right=right + _other_bound(bound, facts))
    message = _not_quite(bound, right, said, about, facts) or message
    is_plain = not rough_words(bound) and bound.passage.quoted(bound.start, bound.end) == bound.text
    return _WrongFigure(FIGURE_MISMATCH, message, words, one.right if is_plain else "")


def _in_frame(bound: BoundNumber, field: str, facts: Facts) -> tuple[str, str]:
    """What a year or a deadline is called, and how it should be."""
    template = bound.reading.template if bound.reading is not None else ""
    field = "deadline_month" if field == "deadline_day" and "{deadline_month}" in template else field
    what, form = _FRAME[field]
    figures_of = {
        slot.field: facts.cite(reference(slot, WHOLE)).text for slot in pieces(form) if isinstance(slot, Slot)
    }
    where = _IN_TITLE if field == "year" and bound.passage.is_heading else ""
    return where + what, ("次年" if what == _DEADLINE and "次年" in template else "") + form.format(**figures_of)


def _other_bound(bound: BoundNumber, facts: Facts) -> str:
    """What is needed to the edge of what is allowed, where the figure is of the target itself and that is another."""
    ref = bound.ref
    if ref is None or ref.field not in OF_BAND:
        return ""
    other = ref._replace(field=OF_BAND[ref.field])
    return _TO_EDGE.format(right=facts.cite(other)) if facts.value(other) not in (None, facts.value(ref)) else ""


def _is_reversed(bound: BoundNumber, facts: Facts) -> bool:
    """Whether the direction of a gap is wrong, whatever its size."""
    if bound.ref is None or bound.sign not in ("+", "-"):
        return False
    value = facts.value(bound.ref)
    return value is not None and value != 0 and (value > 0) != (bound.sign == "+")


def _not_quite(bound: BoundNumber, right: str, said: str, about: str, facts: Facts) -> str:
    """What is told of a bound that reads as the figure does, and that it misses: 64.7%以上 of 64.68 %."""
    measure, ref, number = right.removeprefix(bound.text), bound.ref, Fraction(bound.text)
    value, row = (facts.value(ref), facts.row(ref.subject)) if ref else (None, None)
    if value is None or measure == right or re.match("[0-9.]", measure) or not rough_words(bound):
        return ""
    is_share = ref is not None and (ref.field in PERCENT or ref.field == "share")
    exact = abs(value) * 100 if is_share else value / (scale_of(bound, row) if row else 1)
    least = len(bound.text.partition(".")[2]) + 1
    printed = (rounded(exact, decimals) for decimals in range(least, least + _MOST_DECIMALS))
    told = next((text for text in printed if Fraction(text) != number), "")
    way = "不到" if exact < number else "超过"
    return told and _NOT_QUITE.format(said=said, about=about, right=told + measure, way=way, bound=bound.text + measure)


def _in_figures(one: Check, beside: Sequence[Check], measures: str) -> str:
    """The words of a number with the right figures in them and their units, and without what makes them rough ones."""
    begin, end = _span(one.bound)
    text = one.bound.passage.text
    letters = list(text)
    for told in (one, *(other for other in beside if other.is_wrong and other.right)):
        bound, right = told.bound, _with_sign(told.bound, told.right)
        if not begin <= bound.start < end or bound.passage is not one.bound.passage:
            continue
        unit = re.compile(f"[余多]?[万亿]?[余多]?(?:{measures})").match(text, bound.end)
        stop = unit.end() if unit and not right[-1].isdigit() else bound.end
        for _, start, after in rough_words(bound):
            letters[start:after] = [""] * (after - start)
        letters[bound.start : stop] = [right, *[""] * (stop - bound.start - 1)]
    return "".join(letters[begin:end])


def _signed(bound: BoundNumber, facts: Facts) -> str:
    value = facts.value(bound.ref) if bound.ref else None
    return ("-" if value is not None and value < 0 else "+") + (facts.cite(bound.ref).text if bound.ref else "")


def _with_sign(bound: BoundNumber, right: str) -> str:
    """A figure as a message names it: with the % or 个百分点 that the draft's phrase brings itself."""
    if not right:
        return "无数据"
    field = bound.ref.field if bound.ref else ""
    return right + ("个百分点" if field == "gap" else "%" if field in PERCENT or field == "share" else "")


def _said(bound: BoundNumber) -> str:
    """The number with the few words that make it a statement."""
    if bound.reading is None:
        start = bound.start  # a number that is spelled out stands where its first character does
        while start > 0 and not bound.passage.quoted(start, bound.end):
            start -= 1
        return show(bound.passage.quoted(start, bound.end))
    return show(bound.passage.quoted(*_span(bound)), 60)


def _span(bound: BoundNumber) -> tuple[int, int]:
    """Where the words of a number begin and end, with those that make it a rough one."""
    spans = [(bound.phrase_start, bound.phrase_end), *((start, end) for _, start, end in rough_words(bound))]
    return min(start for start, _ in spans), max(end for _, end in spans)


def _about(bound: BoundNumber, facts: Facts) -> str:
    """Whose figure it is, in words."""
    if bound.ref is None:
        return ""
    subject = bound.ref.subject
    plan = facts.plan
    words = plan.units_and_regions[subject.unit].name if subject.unit is not None else ""
    if subject.indicator:
        words += f"“{zh.full_width(plan.indicators[subject.indicator].name)}”"
    elif subject.unit is None:
        words += plan.city
    named = [area.short for area in plan.action_areas if area.number == subject.area and not subject.indicator]
    safeguards = plan.safeguards_name if subject.area is None and not subject.indicator else ""
    months = [bound.ref.group] if bound.ref.field == "increase" else []
    area = _AREA if plan.is_divided else "{}"
    return words + safeguards + "".join((*map(area.format, named), *map(_MONTHS.format, months)))


def slip_finding(path: str, slip: Slip) -> Diagnostic:
    """What is wrong beyond a single number."""
    return diagnostic(path, slip.rule, slip.place, slip.message, slip.value, hint=slip.hint)


def diagnostic(
    path: str, rule: Rule, place: tuple[int, int], message: str, value: str, *, hint: str = "", fix: str | None = None
) -> Diagnostic:
    """A finding in a draft."""
    return Diagnostic(
        location=Location(path, *place),
        rule=rule,
        message=message,
        severity=rule.severity,
        value=value,
        hint=hint or rule.mend,
        fix=fix or None,
    )


def changed(path: str, blocks: Sequence[Block], trace: Trace) -> Iterator[Diagnostic]:
    """The line at the foot of a draft against the plan, data and preset it is checked with."""
    now = {"plan": trace.plan, "version": trace.plan_digest, "data": trace.data_digest, "preset": trace.preset}
    for block in blocks:
        text, positions = normalised(block.text)
        line = TRACE.match(text)
        for mark, right in now.items() if line else ():
            said = line[mark] if line else None
            if said is not None and right and said != normalised(right)[0]:
                place = block.places[positions[line.start(mark)]] if line and said else (0, 0)
                message = _CHANGED.format(what=_TRACED[mark], said=show(said), now=right)
                yield diagnostic(path, SOURCE_CHANGED, place, message, said)
