"""Checks an edited bulletin against the data: each figure, list, share and claim in it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from mzplan import zh
from mzplan.bulletin.facts import FIELDS, Facts
from mzplan.bulletin.model import Trace
from mzplan.bulletin.verify.consistency import Slip, claims, lists, shares, ties
from mzplan.bulletin.verify.draft import Block, read_draft
from mzplan.bulletin.verify.grammar import Grammar
from mzplan.bulletin.verify.judging import PERCENT, Check, Verdict, check
from mzplan.bulletin.verify.names import Names, normalised
from mzplan.bulletin.verify.reading import Bound, Reader, Scope
from mzplan.diagnostics import Diagnostic, Location, Rule, show
from mzplan.period import Period
from mzplan.rules.draft import (
    FIGURE_MISMATCH,
    FIGURE_STALE,
    FIGURE_UNBOUND,
    SOURCE_CHANGED,
    VERIFY_RULES,
    WRONG_WAY_ROUND,
)

_DIFFERS = "“{said}”与数据不符：{about}应为{right}"
_NO_DATA = "“{said}”没有数据可依：{about}{status}"
_STALE = "“{said}”是{period}的数字：{about}现为{right}"
_UNBOUND = "“{said}”无法核对：看不出说的是哪个指标、单位或合计"
_REVERSED = "“{said}”方向说反了：{about}为{right}个百分点"
_CORRECT = "改为“{right}”。"
_CHANGED = "文末记的{what}是 {said}，现在是 {now}"


@dataclass(frozen=True)
class Report:
    """Every number of a draft with its verdict, and the findings."""

    checks: tuple[Check, ...]
    findings: tuple[Diagnostic, ...]

    @property
    def written_for(self) -> Period | None:
        """The earlier period that the draft says it speaks for, where it is not the one it is checked with."""
        months = (one.period for one in self.checks if one.verdict is Verdict.STALE and _is_month(one.bound))
        return next(months, None)

    def count(self, verdict: Verdict) -> int:
        """How many numbers came to that verdict."""
        return sum(one.verdict is verdict for one in self.checks)


def _is_month(bound: Bound) -> bool:
    return bound.ref is not None and bound.ref.field == "month"


def verify(path: str, data: bytes, facts: Facts, trace: Trace, scope: Scope | None = None) -> Report:
    """Check a draft; `path` names it in the findings and tells its format. InputError when it cannot be read."""
    blocks = read_draft(path, data)
    names = Names(facts.plan)
    reader = Reader(facts, Grammar(facts.plan), names, scope or Scope())
    checks = [check(bound, facts) for bound in reader.read(blocks)]
    slips: list[Slip] = []
    for passage in reader.seen:
        slips += shares(passage)
        slips += claims(passage, facts)
    for one in checks:
        slips += lists(one.bound, facts)
        slips += ties(one.bound, facts)
    findings = [finding for one in checks if (finding := _finding(path, one, facts))]
    findings += [_slip_finding(path, slip) for slip in slips]
    findings += _changed(path, blocks, trace)
    return Report(tuple(checks), tuple(sorted(findings, key=lambda finding: finding.order)))


def _finding(path: str, one: Check, facts: Facts) -> Diagnostic | None:
    bound = one.bound
    said = _said(bound)
    match one.verdict:
        case Verdict.AGREES:
            return None
        case Verdict.UNBOUND:
            return _diagnostic(path, FIGURE_UNBOUND, bound.place, _UNBOUND.format(said=said), bound.text)
    about = _about(bound, facts)
    if one.verdict is Verdict.STALE and one.period is not None:
        period = f"{one.period.year}年{one.period.month}月"
        message = _STALE.format(said=said, period=period, about=about, right=_with_sign(bound, one.right))
        return _diagnostic(path, FIGURE_STALE, bound.place, message, bound.text, fix=one.right)
    if not one.right:
        message = _NO_DATA.format(said=said, about=about, status="没有这一数据（未报、未到期或不适用）")
        return _diagnostic(path, FIGURE_MISMATCH, bound.place, message, bound.text)
    if _is_reversed(bound, one, facts):
        message = _REVERSED.format(said=said, about=about, right=_signed(bound, facts))
        way = "慢于" if bound.sign == "+" else "快于"
        return _diagnostic(path, WRONG_WAY_ROUND, bound.place, message, bound.text, hint=_CORRECT.format(right=way))
    message = _DIFFERS.format(said=said, about=about, right=_with_sign(bound, one.right))
    return _diagnostic(path, FIGURE_MISMATCH, bound.place, message, bound.text, fix=one.right)


def _is_reversed(bound: Bound, one: Check, facts: Facts) -> bool:
    """Whether the size of a gap is right and its direction is not."""
    if bound.ref is None or bound.sign not in ("+", "-"):
        return False
    value = facts.value(bound.ref)
    return value is not None and (value > 0) != (bound.sign == "+") and bound.text == one.right


def _signed(bound: Bound, facts: Facts) -> str:
    value = facts.value(bound.ref) if bound.ref else None
    return ("-" if value is not None and value < 0 else "+") + (facts.cite(bound.ref).text if bound.ref else "")


def _with_sign(bound: Bound, right: str) -> str:
    """A figure as a message names it: with the % or 个百分点 that the draft's phrase brings itself."""
    if not right:
        return "无数据"
    field = bound.ref.field if bound.ref else ""
    return right + ("个百分点" if field == "gap" else "%" if field in PERCENT or field == "share" else "")


def _said(bound: Bound) -> str:
    """The number with the few words that make it a statement."""
    if bound.reading is None:
        return show(bound.text)
    return show(bound.passage.text[bound.reading.phrase_start : bound.reading.phrase_end], 60)


def _about(bound: Bound, facts: Facts) -> str:
    """Whose figure it is, in words."""
    if bound.ref is None:
        return ""
    subject = bound.ref.subject
    plan = facts.plan
    words = plan.units[subject.unit].name if subject.unit is not None else ""
    if subject.indicator:
        words += f"“{zh.full_width(plan.indicators[subject.indicator].name)}”"
    elif subject.unit is None:
        words += plan.city
    return words


def _slip_finding(path: str, slip: Slip) -> Diagnostic:
    return _diagnostic(path, slip.rule, slip.place, slip.message, slip.value, hint=slip.hint)


def _diagnostic(
    path: str, rule: Rule, place: tuple[int, int], message: str, value: str, *, hint: str = "", fix: str | None = None
) -> Diagnostic:
    return Diagnostic(
        location=Location(path, *place),
        rule=rule,
        message=message,
        severity=rule.severity,
        value=value,
        hint=hint or (_CORRECT.format(right=fix) if fix else rule.mend),
        fix=fix or None,
    )


def _changed(path: str, blocks: Sequence[Block], trace: Trace) -> Iterator[Diagnostic]:
    """The line at the foot of a draft against the plan, data and preset it is checked with."""
    now = {"版本": trace.plan_digest, "数据：": trace.data_digest, "亮灯规则：": trace.preset}
    for block in blocks:
        text, positions = normalised(block.text)
        if not (text.startswith("计划：") and "亮灯规则：" in text):
            continue
        for mark, right in now.items():
            start = text.find(mark)
            end = next((at for at in range(start + len(mark), len(text)) if text[at] in "；）"), len(text))
            said = text[start + len(mark) : end]
            if start >= 0 and right and said != normalised(right)[0]:
                what = {"版本": "计划版本", "数据：": "数据摘要", "亮灯规则：": "亮灯规则"}[mark]
                place = block.places[positions[start + len(mark)]] if start + len(mark) < len(positions) else (0, 0)
                message = _CHANGED.format(what=what, said=show(said), now=right)
                yield _diagnostic(path, SOURCE_CHANGED, place, message, said)


__all__ = ["FIELDS", "VERIFY_RULES", "Check", "Report", "Scope", "Verdict", "verify"]
