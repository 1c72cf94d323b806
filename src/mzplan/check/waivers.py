"""`waivers.csv`: findings that the city has agreed to let pass, each with its reason and its last day."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import NamedTuple

from mzplan.check.settings import (
    EXPIRED_WAIVER,
    INVALID_WAIVER,
    UNREADABLE_WAIVERS,
    UNUSED_WAIVER,
    WAIVER_WITHOUT_REASON,
    catalogue,
    nearest_rule,
)
from mzplan.diagnostics import Diagnostic, Location, Rule, show
from mzplan.period import Period
from mzplan.plan.lookup import MEANT_IN_FILE, in_both, nearest
from mzplan.plan.model import Plan
from mzplan.reading.bounds import open_own
from mzplan.reading.files import FileError, StrPath
from mzplan.reading.flaws import BROKEN_ROWS, Defect, Flaw, RefusedError
from mzplan.reading.sheet import SheetRow, sheet_rows
from mzplan.rules.history import HISTORY_RULES
from mzplan.said import say

NAME = "waivers.csv"

SIZE_LIMIT = 1 << 20
"""Bytes of a waiver file that are read."""

HEADERS: Mapping[str, str] = MappingProxyType(
    {
        "code": "规则编号",
        "unit": "填报单位",
        "indicator": "指标编码",
        "period": "报告期",
        "reason": "理由",
        "until": "有效期至",
    }
)
"""The columns, with what a Chinese table calls them."""

_ASKED_OF_GIT = frozenset(rule.code for rule in HISTORY_RULES)
"""Not every run looks for these, so that none can say that a waiver is without use."""


class Waiver(NamedTuple):
    """One agreed exception; an empty unit, indicator or period stands for any."""

    code: str
    unit: str
    indicator: str
    period: str
    reason: str
    until: date
    """The last day on which it holds."""
    line: int

    def covers(self, finding: Diagnostic) -> bool:
        """Whether this is the finding that was agreed upon."""
        return (
            self.code == finding.rule.code
            and self.unit in ("", finding.unit)
            and self.indicator in ("", finding.indicator)
            and self.period in ("", finding.period)
        )


class Waived(NamedTuple):
    """A run after its waivers."""

    kept: list[Diagnostic]
    """The findings that no waiver covers, then those about the waivers themselves."""
    waived: int


def read_waivers(path: StrPath, plan: Plan, others: Sequence[Plan] = ()) -> tuple[list[Waiver], list[Diagnostic]]:
    """The waivers in the file, and what is wrong in it; it also holds for the data of other years' plans."""
    try:
        with open_own(path, SIZE_LIMIT) as stream:
            data = stream.read(SIZE_LIMIT)
    except FileError as error:
        return [], [_finding(UNREADABLE_WAIVERS, str(path), 0, say("无法读取：{reason}", reason=show(error.reason)))]
    return parse_waivers(data, plan, str(path), others)


def parse_waivers(
    data: bytes, plan: Plan, path: str = NAME, others: Sequence[Plan] = ()
) -> tuple[list[Waiver], list[Diagnostic]]:
    """The waivers that the bytes hold, and what is wrong in them; a row that is wrong waives nothing."""
    units = {name: unit for each in (*others, plan) for name, unit in each.unit_names.items()}
    indicators = {code: None for each in (plan, *others) for code in each.indicators}
    try:
        header, *rows = list(sheet_rows(data)) or [SheetRow(1, ())]
    except RefusedError as refused:
        return [], [_refusal(refused.defect, path)]
    positions = _positions(header.cells)
    if positions is None:
        hint = say("第一行应是 {names}。", names=",".join(HEADERS))
        return [], [_finding(UNREADABLE_WAIVERS, path, 1, "表头不对", hint)]
    plans = (*others, plan)
    parsed = [_parse_row(row.cells, positions, units, indicators, plans, path, row.line) for row in rows]
    waivers = [each for each in parsed if isinstance(each, Waiver)]
    return waivers, [each for each in parsed if isinstance(each, Diagnostic)]


def _refusal(defect: Defect, path: str) -> Diagnostic:
    if defect.flaw in BROKEN_ROWS:
        return _finding(UNREADABLE_WAIVERS, path, defect.line, "这一行的引号不配对，或某一格太长")
    is_unknown = defect.flaw is Flaw.BAD_BYTES and defect.detail
    what = (
        "编码不是 UTF-8、UTF-16 或 GB18030"
        if is_unknown
        else say("这是 {what}", what=defect.detail or defect.expected or defect.flaw)
    )
    return _finding(UNREADABLE_WAIVERS, path, defect.line, what)


def apply_waivers(
    findings: Iterable[Diagnostic], waivers: Sequence[Waiver], path: str, today: date, *, whole: bool
) -> Waived:
    """The findings without those that a waiver covers, and with one for each waiver that has expired.

    When the run saw all data (`whole`), also one for each waiver that covers nothing.
    """
    valid: dict[str, list[Waiver]] = {}
    for waiver in waivers:
        if waiver.until >= today:
            valid.setdefault(waiver.code, []).append(waiver)
    kept: list[Diagnostic] = []
    used: set[int] = set()
    waived = 0
    for finding in findings:
        covering = [waiver for waiver in valid.get(finding.rule.code, ()) if waiver.covers(finding)]
        used.update(waiver.line for waiver in covering)
        waived += bool(covering)
        if not covering:
            kept.append(finding)
    for waiver in waivers:
        if waiver.until < today:
            message = say("对 {code} 的豁免已于 {until} 到期", code=waiver.code, until=waiver.until)
            kept.append(_about(EXPIRED_WAIVER, waiver, path, message))
        elif whole and waiver.line not in used and waiver.code not in _ASKED_OF_GIT:
            kept.append(_about(UNUSED_WAIVER, waiver, path, say("对 {code} 的豁免没有用上", code=waiver.code)))
    return Waived(kept, waived)


def _positions(cells: Sequence[str]) -> Mapping[str, int] | None:
    """Where each column stands; None when one is missing, unknown or given twice."""
    names = {**{name: name for name in HEADERS}, **{zh: name for name, zh in HEADERS.items()}}
    while cells and not cells[-1]:
        cells = cells[:-1]
    found = [names.get(cell) for cell in cells]
    if set(found) != set(HEADERS) or len(found) != len(HEADERS):
        return None
    return {name: found.index(name) for name in HEADERS}


def _parse_row(
    cells: Sequence[str],
    positions: Mapping[str, int],
    units: Mapping[str, str],
    indicators: Collection[str],
    plans: Sequence[Plan],
    path: str,
    line: int,
) -> Waiver | Diagnostic:
    values = {name: cells[at] if at < len(cells) else "" for name, at in positions.items()}

    def wrong(field: str, message: str, hint: str = "", rule: Rule = INVALID_WAIVER) -> Diagnostic:
        return _finding(rule, path, line, message, hint, field, values[field])

    code, unit, indicator, period = (values[name] for name in ("code", "unit", "indicator", "period"))
    if code not in catalogue():
        return wrong("code", say("没有规则“{code}”", code=show(code)), _told(nearest_rule(code)))
    if unit and unit not in units:
        return wrong("unit", say("没有填报单位“{unit}”", unit=show(unit)), _told(_unit_meant(unit, plans)))
    if indicator and indicator not in indicators:
        return wrong(
            "indicator",
            say("计划中没有指标“{indicator}”", indicator=show(indicator)),
            _told(_indicator_meant(indicator, plans)),
        )
    if period and _period(period) is None:
        return wrong("period", say("“{period}”不是报告期", period=show(period)), "写成 YYYY-MM。")
    if not (unit or indicator or period):
        return wrong("unit", "没有写明豁免哪个单位、指标或报告期", "整条规则不查，请在 mzplan.toml 里写 ignore。")
    for field, meaning in (("reason", "理由"), ("until", "有效期")):
        if not values[field]:
            return wrong(field, say("豁免没有写{meaning}", meaning=meaning), rule=WAIVER_WITHOUT_REASON)
    until = _day(values["until"])
    if until is None:
        return wrong("until", say("“{values}”不是日期", values=show(values["until"])), "写成 YYYY-MM-DD。")
    return Waiver(code, units.get(unit, ""), indicator, period, values["reason"], until, line)


def _period(text: str) -> Period | None:
    try:
        return Period.parse(text)
    except ValueError:
        return None


def _day(text: str) -> date | None:
    """The day that `2023-12-31` or, as spreadsheets make of it, `2023/12/31` names."""
    parts = text.replace("/", "-").split("-")
    if len(parts) != 3 or len(text) > 10 or not all(part.isascii() and part.isdigit() for part in parts):
        return None
    try:
        return date(*(int(part) for part in parts))
    except ValueError:
        return None


def _told(meant: str | None) -> str:
    return say(MEANT_IN_FILE, name=meant) if meant else ""


def _unit_meant(text: str, plans: Sequence[Plan]) -> str | None:
    """The name of the unit nearest to what no file may call one."""
    known = {name: plan.units[unit].name for plan in plans for name, unit in in_both(plan, plan.unit_names).items()}
    return known.get(nearest(text, known) or "")


def _indicator_meant(text: str, plans: Sequence[Plan]) -> str | None:
    """The code of the indicator nearest to a text, which may be its name."""
    known = {name: each.id for plan in plans for each in plan.indicators.values() for name in (each.name_en, each.name)}
    known |= {code: code for plan in plans for code in plan.indicators}
    return known.get(nearest(text, known) or "")


def _about(rule: Rule, waiver: Waiver, path: str, message: str) -> Diagnostic:
    return Diagnostic(
        Location(path, waiver.line),
        rule,
        message,
        rule.severity,
        hint=rule.mend,
        unit=waiver.unit,
        indicator=waiver.indicator,
        period=waiver.period,
    )


def _finding(
    rule: Rule, path: str, line: int, message: str, hint: str = "", field: str = "", value: str | None = None
) -> Diagnostic:
    return Diagnostic(Location(path, line), rule, message, rule.severity, field, value or None, hint)
