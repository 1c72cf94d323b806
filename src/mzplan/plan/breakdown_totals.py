"""What the parts of an indicator come to together: its total, its baseline, and who is judged at the due date alone."""

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Any

from mzplan.diagnostics import Location
from mzplan.figures import decimal_text
from mzplan.period import Period
from mzplan.plan import breakdown_rules as rule
from mzplan.plan.breakdown import since
from mzplan.plan.breakdown_measure import is_other_total, other_measure
from mzplan.plan.findings import Findings
from mzplan.plan.indicator import Indicator
from mzplan.plan.model import BEGINNING, Part, in_force
from mzplan.said import listed, say

MESSAGES: Mapping[str, tuple[str, str]] = {
    "off-total": ("{indicator} {since}各单位合计 {total}，比全市目标 {target} {how} {gap}", "{remedy}"),
    "off-baseline": (
        "{indicator} {since}各单位基期值合计 {total}，全市基期值是 {target}",
        "核对基期值是不是同一时点、同一口径",
    ),
    "no-baseline": (
        "{indicator} 从基期值 {baseline} 算起，{units}没有自己的基期值：{due}以前不判断快慢，到期才考核",
        "在 baseline 写上各单位的基期值",
    ),
}
_COMPUTED = "参考分解应正好等于全市目标：用 mzplan breakdown --write 重新测算"
_OFFICIAL: Mapping[tuple[bool, bool], str] = {
    (False, True): "核对下达文件；有意加码的可以不管",
    (False, False): "核对下达文件：各单位都完成了，全市也完不成",
    (True, True): "核对下达文件：各单位都没有超过，全市也会超过",
    (True, False): "核对下达文件；有意从严的可以不管",
}
"""By whether the target is a ceiling, and whether the parts come to more than it."""
_REVISED = "全市目标有调整，分解没有跟上：{remedy}"
_ALL_PARTS = "{indicator} {since}各单位合计"
_NAMED_UNITS, _AMONG_OTHERS = 5, "{names}等{count}家"

Given = Mapping[str, tuple[Part, ...]]
"""The parts of an indicator by unit, each unit's in order of time."""


def check_together(
    found: Findings,
    path: str,
    indicator: Indicator,
    given: Given,
    names: Mapping[str, str],
    start: Period | None = None,
) -> None:
    """Report what the parts come to, a sum that is wrong once, when it first is; `names` are those of the units.

    The parts of every unit that reports add up to the city's target; those of some do not pass it. With a start, what
    they came to before is not looked at.
    """
    _check_baselines(found, path, indicator, given, names)
    if not indicator.contributes:
        return
    starts = {part.start or BEGINNING for parts in given.values() for part in parts}
    changes = {BEGINNING, *starts, *(revision.start for revision in indicator.revisions)}
    moments = sorted(moment for moment in changes if start is None or moment >= start)
    for check in (_check_total, _check_sum_of_baselines):
        any(check(found, path, indicator, moment, _at(given, moment)) for moment in moments)


def _at(given: Given, moment: Period) -> dict[str, Part]:
    """What each unit has by then."""
    parts = {unit: in_force(parts, moment) for unit, parts in given.items()}
    return {unit: part for unit, part in parts.items() if part is not None}


def _check_total(found: Findings, path: str, indicator: Indicator, moment: Period, given: Mapping[str, Part]) -> bool:
    total = sum((part.target.value for part in given.values()), Fraction(0))
    target = indicator.at(moment).target.value
    others = {indicator.target.value, *(revision.target.value for revision in indicator.revisions)}
    is_whole = len(given) == len(indicator.reporting)
    is_complete = total in others or is_whole
    if is_other_total(total, target, is_complete=is_whole):
        said = other_measure(indicator, total, target)
        place = _place(path, moment, given)
        what = say(_ALL_PARTS, indicator=indicator.id, since=since(moment))
        found.report(rule.PARTS_OTHER_MEASURE, place, "other-measure", indicator=indicator.id, what=what, **said)
        return True
    if not given or total == target or (total < target and not is_complete):
        return False
    is_official = any(part.basis == "official" for part in given.values())
    remedy = _OFFICIAL[indicator.target.operator == "at_most", total > target] if is_official else _COMPUTED
    if total in others:
        remedy = say(_REVISED, remedy=remedy)
    how, gap = "少" if total < target else "多", decimal_text(abs(total - target))
    said = {**_sums(indicator, moment, total, target), "how": how, "gap": gap, "remedy": remedy}
    found.report(rule.PARTS_OFF_TOTAL, _place(path, moment, given), "off-total", **said)
    return True


def _check_sum_of_baselines(
    found: Findings, path: str, indicator: Indicator, moment: Period, given: Mapping[str, Part]
) -> bool:
    bases = [part.baseline for part in given.values() if part.baseline is not None]
    total, whole = sum(bases, Fraction(0)), indicator.baseline
    if whole is None or total == whole or len(bases) != len(indicator.reporting):
        return False
    said = _sums(indicator, moment, total, whole)
    found.report(rule.PARTS_OFF_BASELINE, _place(path, moment, given), "off-baseline", **said)
    return True


def _sums(indicator: Indicator, moment: Period, total: Fraction, target: Fraction) -> dict[str, Any]:
    """What a message says of parts that come to another sum than the city's."""
    figures = {"total": decimal_text(total), "target": decimal_text(target)}
    return {"indicator": indicator.id, "since": since(moment), **figures}


def _place(path: str, moment: Period, given: Mapping[str, Part]) -> Location:
    """The first row that holds from that moment on, else the first of all."""
    rows = list(given.values())
    return Location(path, next((part.line for part in rows if part.start == moment), rows[0].line), 1)


def _check_baselines(found: Findings, path: str, indicator: Indicator, given: Given, names: Mapping[str, str]) -> None:
    """Where the city starts from a baseline, a unit without one of its own is judged at the due date alone."""
    blind = {
        unit: part
        for unit, parts in given.items()
        for part in parts
        if part.is_target and part.is_blind(indicator) and indicator.schedule.kind != "by_due"
    }
    if not blind or indicator.baseline is None:
        return
    told = listed(names[unit] for unit in list(blind)[:_NAMED_UNITS])
    found.report(
        rule.PARTS_WITHOUT_BASELINE,
        Location(path, next(iter(blind.values())).line, 1),
        "no-baseline",
        indicator=indicator.id,
        units=say(_AMONG_OTHERS, names=told, count=len(blind)) if len(blind) > _NAMED_UNITS else told,
        baseline=decimal_text(indicator.baseline),
        due=_until(part.schedule(indicator).due for part in blind.values()),
    )


def _until(dues: Iterable[Period]) -> str:
    """The month when all are due, or the first and the last of several."""
    first, *others = sorted(set(dues))
    return say("{first} 至 {last} 各自到期", first=first, last=others[-1]) if others else say("{due} 到期", due=first)
