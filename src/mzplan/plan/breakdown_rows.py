"""What a row of a breakdown gives to a unit, and what is wrong with it, wherever the row was written."""

import re
from collections.abc import Mapping
from fractions import Fraction
from typing import Any, Literal, NamedTuple, get_args

from mzplan.diagnostics import Location, Rule
from mzplan.figures import SCALE, decimal_text
from mzplan.period import Period
from mzplan.plan import breakdown_measure, breakdown_totals, file_rules, fineness
from mzplan.plan import breakdown_rules as rule
from mzplan.plan.breakdown import COLUMNS
from mzplan.plan.breakdown_columns import folded, is_total
from mzplan.plan.breakdown_measure import baseline_by_other_measure, is_other_part, other_measure
from mzplan.plan.breakdown_names import BreakdownNames
from mzplan.plan.breakdown_totals import check_together
from mzplan.plan.build_indicator import Units
from mzplan.plan.build_target import SAME_KIND
from mzplan.plan.findings import IN_UNIT, Findings
from mzplan.plan.fineness import check_fineness
from mzplan.plan.indicator import CYCLE_ZH, Indicator
from mzplan.plan.meant import month_meant
from mzplan.plan.model import BASIS_IN_FULL, BASIS_ZH, BEGINNING, REFERENCE_PART, Basis, Part, in_order
from mzplan.plan.rules import UNFITTING_SCHEDULE, UNUSED_BASELINE
from mzplan.plan.scale import meant_by_scale
from mzplan.plan.target import SCHEDULE_ZH, Target
from mzplan.plan.yaml_text import is_hidden
from mzplan.reading.misread import meant_in
from mzplan.reading.number import plain_number
from mzplan.reading.sheet import SheetRow
from mzplan.reading.spreadsheet import unmarked
from mzplan.said import say

LONGEST_CELL = 2000

WRITE_INDICATOR = "写计划里的指标编码或名称"
WRITE_UNIT = "写 reporting_units 里的 id、名称或别名"
OTHER_NAME = ("{value} 不是 {indicator} 的名称，计划里是 {name}", "核对编码和名称，是否错了行")
_MESSAGES: Mapping[str, tuple[str, str]] = {
    "blank": ("{column} 是空的", "写上内容"),
    "long": ("{column} 超过 {limit} 个字", "写短一些"),
    "hidden": ("{column} 里有看不见的字符 {detail}", "删去该字符重新输入"),
    "formula": ("{column} 以 {detail} 开头，表格软件会当成公式", "去掉开头的 {detail}"),
    "number": ("{column} 不是零或正数：{value}", "只写数字，小数点后最多6位，不写约数和别的单位"),
    "number-meant": ("{column} 不是零或正数：{value}", "只写数字：{meant}{unit_in}"),
    "basis": ("basis 不能是 {value}", "正式下达的写 official（正式），测算的写 reference（参考）"),
    "month-meant": ("{column} 不是 {year} 年的月份：{value}", "写成 {meant}"),
    "month": ("{column} 不是 {year} 年的月份：{value}", "写成 {example}"),
    "no-indicator": ("计划里没有指标 {value}", WRITE_INDICATOR),
    "other-name": OTHER_NAME,
    "no-unit": ("计划里没有填报单位 {value}", WRITE_UNIT),
    "region": ("{value} 有下级单位，它的目标是下级单位的目标之和", "删去这一行，目标写给它的下级单位"),
    "whole": ("{value} 是合计，不是填报单位", "删去这一行，全市的数写在计划里"),
    "undefined": ("{indicator} 的目标是 undefined，没有数可分解", "删去这一行"),
    "not-reporting": ("{unit_name} 不填报 {indicator}，目标不适用于它", "删去这一行，或在计划里改 reporting"),
    "not-judged": ("{indicator} 的目标不适用于 {unit_name}", "删去这一行，或在计划里改 applies_to"),
    "repeated": (
        "{indicator} 对 {unit_name} 已有一行（第 {line} 行）",
        "删去其中一行；年中调整的，后一行写起始月份（from）",
    ),
    "milestone": ("{indicator} 是里程碑，目标没有数", "target 留空，完成时限写在 due"),
    "milestone-fixed": ("{indicator} 是里程碑，进度是{schedule}，没有什么可分给一个单位", "删去这一行"),
    "milestone-due": ("{indicator} 是里程碑，要写这个单位的完成时限", "在 due 写上月份，或删去这一行"),
    "own-zero": ("{indicator} 是逐单位的要求，0 没有意义", "不作要求的单位不写；计划里可改 applies_to"),
    "over": ("{column} 是 {value}，超过 {limit}：分子是分母的一部分，比率到不了", "核对数和单位"),
    "other-scale": ("{column} 是 {value}，像是按{words}填的：计划里是 {known}", "按“{measure}”应是 {meant}"),
    "baseline-kind": ("{indicator} 是{kind}，不从基期值算起", "删去 baseline；存量和比率才从基期值算起"),
    "baseline-unused": (
        "基期值 {value} 不参与计算：{indicator} 的目标是{target}，不从它算起",
        "删去 baseline；从基期值算起的只有 at_least，和比它低的 at_most",
    ),
    "baseline-equal": ("基期值等于目标 {target}：一开始就完成了", SAME_KIND),
    "baseline-beyond": ("基期值 {value} 已经超过目标 {target}", SAME_KIND),
    "too-late": ("{indicator} 从 {start} 起用，完成时限 {end} 已经过了", "改正 from 或 due，写上新的完成时限"),
    "due-not-owed": (
        "{unit_name}的期限是 {due}，{indicator} 那个月不报（{every}报送）",
        "期限写成应报的月份，或在计划里改 report_every",
    ),
    "due-schedule": ("{indicator} 的进度是{schedule}，不能给一个单位另定时限", "删去 due，或在计划里改 schedule"),
}
_FORMULA = re.compile(r"\s*[=+\-@＝＋－＠]")
_BY_THE_END_OF = re.compile(r"(?<=月)(?:底前|底|末|前|份前)$")
_BASES: Mapping[str, Basis] = {
    **{spelling: basis for basis in get_args(Basis) for spelling in (basis, BASIS_ZH[basis], BASIS_IN_FULL[basis])},
    **dict.fromkeys(("下达", "正式分解"), "official"),
    **dict.fromkeys((REFERENCE_PART, "测算", "参考测算"), "reference"),
}


class PartRow(NamedTuple):
    """One row, its cells by column."""

    path: str
    line: int
    cells: Mapping[str, str]
    """A column that there is not need not be there."""
    places: Mapping[str, tuple[SheetRow, int]]
    """The row and the number of the cell in which each stands."""

    def text(self, column: str) -> str:
        """What a cell holds; empty for a column that there is not."""
        return self.cells.get(column, "")

    def place(self, column: str) -> Location:
        """Where a cell stands."""
        if column not in self.places:
            return Location(self.path, self.line, 1)
        row, at = self.places[column]
        return Location(self.path, row.line, row.column(at))


class RowReader:
    """Takes rows, one after the other, and in the end looks at what they come to."""

    def __init__(
        self,
        path: str,
        indicators: Mapping[str, Indicator | None],
        units: Units,
        year: int | None,
        messages: Mapping[str, tuple[str, str]],
    ) -> None:
        self.path = path
        self.names = BreakdownNames(indicators, units)
        self.year = year
        self.found = Findings(
            {**messages, **_MESSAGES, **breakdown_measure.MESSAGES, **breakdown_totals.MESSAGES, **fineness.MESSAGES}
        )
        self.parts: dict[tuple[str, str], dict[Period | None, Part]] = {}
        self._unsure: set[str | None] = set()
        """The indicators with a row that was not taken: what the others come to says nothing."""

    def take(self, entry: PartRow) -> None:
        """Keep what a row gives, or report what is wrong with it."""
        before = self.found.errors
        self._take(entry, before)
        if self.found.errors > before:
            self._unsure.add(self.names.indicator(entry.text("indicator")))

    def _take(self, entry: PartRow, before: int) -> None:
        if not self._is_legible(entry):
            return
        indicator, unit = self._indicator(entry), self._unit(entry)
        if indicator is not None and unit is not None and not self._concerns(entry, indicator, unit):
            return
        basis = _BASES.get(folded(entry.text("basis")))
        start, due = self._month(entry, "from", indicator), self._month(entry, "due", indicator)
        if indicator is None:
            self._amount(entry, "target", None)
            self._amount(entry, "baseline", None)
            return
        target = self._target(entry, indicator, start)
        baseline = self._baseline(entry, indicator, target)
        if due and indicator.schedule.kind in ("always", "points"):
            said = {"schedule": SCHEDULE_ZH[indicator.schedule.kind], "cause": indicator.id}
            self._report(entry, "due", rule.PARTS_STRAY, "due-schedule", indicator=indicator.id, **said)
        if self.found.errors > before or unit is None or target is None or basis is None:
            return
        part = Part(target, basis, entry.text("source"), entry.line, baseline, due, start)
        end = due or indicator.schedule.due
        if start and part.is_target and start > end and indicator.schedule.kind != "always":
            column = "due" if due else "from"
            self._report(entry, column, rule.PARTS_TOO_LATE, "too-late", indicator=indicator.id, start=start, end=end)
        if due and not indicator.is_owed(due):
            said = {"due": str(due), "every": CYCLE_ZH[indicator.report_every], "cause": f"{indicator.id} {due}"}
            self._report(entry, "due", UNFITTING_SCHEDULE, "due-not-owed", **self._of(indicator, unit), **said)
        rows = self.parts.setdefault((indicator.id, unit), {})
        if start in rows:
            line, whose = rows[start].line, self._of(indicator, unit)
            related = [Location(self.path, line, 1)]
            self._report(entry, "indicator", rule.PARTS_REPEATED, "repeated", line=line, related=related, **whose)
        else:
            rows[start] = part

    def finished(self) -> dict[tuple[str, str], tuple[Part, ...]]:
        """All parts, each unit's in order of time; what they come to is looked at."""
        parts = self.taken()
        self.look_at(parts)
        return parts

    def taken(self) -> dict[tuple[str, str], tuple[Part, ...]]:
        """All parts, each unit's in order of time."""
        return {key: in_order(rows.values()) for key, rows in self.parts.items()}

    def look_at(self, parts: Mapping[tuple[str, str], tuple[Part, ...]], start: Period | None = None) -> None:
        """Report what parts come to, from a month on or all through the year."""
        for indicator in self.names.indicators.values():
            if indicator is None or indicator.id in self._unsure:
                continue
            given = {
                unit: parts[indicator.id, unit] for unit in self.names.units.kinds if (indicator.id, unit) in parts
            }
            if given:
                check_together(self.found, self.path, indicator, given, self.names.units.names, start)

    def _report(self, entry: PartRow, column: str, broken: Rule, message: str, **named: Any) -> None:
        self.found.report(broken, entry.place(column), message, column=column, **named)

    def _is_legible(self, entry: PartRow) -> bool:
        """Whether every cell can be taken as it stands; what is wrong with one whatever else its row says is told."""
        is_legible = True
        for column, text in entry.cells.items():
            message, detail = flaw(column, text)
            if message:
                broken = file_rules.HIDDEN if message == "hidden" else rule.PARTS_CELL
                self._report(entry, column, broken, message, value=text, detail=detail, limit=LONGEST_CELL)
            is_legible = is_legible and message not in ("hidden", "long")
        return is_legible

    def _indicator(self, entry: PartRow) -> Indicator | None:
        """The indicator of a row, unless it is unknown, wrong or has no target."""
        text = entry.text("indicator")
        identifier = self.names.indicator(text)
        if identifier is None:
            if text and (self.names.is_complete or text.isascii()):
                near = (text, self.names.known_indicators())
                self._report(entry, "indicator", rule.PARTS_STRAY, "no-indicator", value=text, near=near, cause=text)
            return None
        indicator = self.names.indicators[identifier]
        if indicator is None:
            return None
        if (name := entry.text("name")) and self.names.indicator(name) != identifier:
            said: dict[str, Any] = {"indicator": identifier, "value": name, "name": indicator.name}
            self._report(entry, "name", rule.PARTS_STRAY, "other-name", **said)
        if indicator.target.operator == "undefined":
            said = {"indicator": identifier, "cause": identifier}
            self._report(entry, "indicator", rule.PARTS_STRAY, "undefined", **said)
            return None
        return indicator

    def _unit(self, entry: PartRow) -> str | None:
        text = entry.text("unit")
        unit = self.names.unit(text)
        if text and unit is None and self.names.units.is_complete:
            is_whole = is_total(text, self.names.units.cities)
            message, near = ("whole", None) if is_whole else ("no-unit", (text, self.names.known_units()))
            self._report(entry, "unit", rule.PARTS_STRAY, message, value=text, near=near, cause=text)
        elif unit in self.names.units.regions:
            self._report(entry, "unit", rule.PARTS_STRAY, "region", value=text, cause=text)
            return None
        return unit

    def _month(self, entry: PartRow, column: Literal["due", "from"], indicator: Indicator | None) -> Period | None:
        text = _BY_THE_END_OF.sub("", entry.text(column))
        if not text or self.year is None:
            return None
        readings = Period.readings(text, self.year)
        meant = [month for month in readings if month.year == self.year]
        if len(meant) == 1:
            return meant[0]
        named = month_meant(entry.text(column), self.year) or ""
        months = {month.month for month in readings} or {int(named[5:7]) for _ in (named,) if named}
        message = "month-meant" if len(months) == 1 else "month"
        if len(months) == 1:
            named = str(Period(self.year, *months))  # the same month of another year is the last year's, copied
        until = indicator.schedule.due if indicator else Period(self.year, 12)
        said = {"value": entry.text(column), "year": self.year, "meant": named, "example": str(until)}
        self._report(entry, column, rule.PARTS_CELL, message, **said)
        return None

    def _amount(
        self, entry: PartRow, column: Literal["target", "baseline"], indicator: Indicator | None
    ) -> Fraction | None:
        """The number in a cell, which may have the measure unit behind it; None, and told, when it is none."""
        text, unit = entry.text(column), indicator.unit if indicator else ""
        if not text:
            return None
        number = plain_number(text.removesuffix(unit)) or plain_number(text)
        if number is not None and number.figure is not None and number.figure >= 0:
            figure = Fraction(number.figure, SCALE)
            if indicator is not None and indicator.additive:
                place = entry.place(column)
                check_fineness(self.found, place, figure, indicator.decimals, indicator.unit, indicator.id)
            return figure
        meant = meant_in(text, unit)
        message = "number" if meant is None or meant.startswith("-") else "number-meant"
        said = {"value": text, "meant": meant, "unit_in": say(IN_UNIT, unit=unit) if unit else ""}
        self._report(entry, column, rule.PARTS_CELL, message, **said)
        return None

    def _target(self, entry: PartRow, indicator: Indicator, start: Period | None) -> Target | None:
        """What is asked of the unit: a part of the total, a target of its own, or the plan's at another date."""
        text = entry.text("target")
        if indicator.stages:
            if text and text != indicator.stages[-1].name:
                self._report(entry, "target", rule.PARTS_CELL, "milestone", indicator=indicator.id)
            elif not entry.text("due"):
                is_fixed = indicator.schedule.kind in ("always", "points")
                said: dict[str, Any] = {"indicator": indicator.id, "schedule": SCHEDULE_ZH[indicator.schedule.kind]}
                said["cause"] = indicator.id
                message = "milestone-fixed" if is_fixed else "milestone-due"
                self._report(entry, "due", rule.PARTS_CELL, message, **said)
            return indicator.target
        if not text:
            if indicator.applies_to != "total" and (entry.text("due") or entry.text("baseline")):
                return indicator.target
            self._report(entry, "target", rule.PARTS_CELL, "blank")
            return None
        value = self._amount(entry, "target", indicator)
        if value is None:
            return None
        if not value and not indicator.contributes and indicator.target.operator != "at_most":
            self._report(entry, "target", rule.PARTS_CELL, "own-zero", indicator=indicator.id)
        target, known = indicator.target.with_value(value), indicator.at(start or BEGINNING).target.value
        if self._is_possible(entry, "target", indicator, target, known) and is_other_part(indicator, value, known):
            said = {"what": "target", "indicator": indicator.id, **other_measure(indicator, value, known)}
            self._report(entry, "target", rule.PARTS_OTHER_MEASURE, "other-measure", **said)
        return target

    def _of(self, indicator: Indicator, unit: str) -> dict[str, Any]:
        """What a message says of whose row it is."""
        return {"indicator": indicator.id, "unit": unit, "unit_name": self.names.units.names[unit]}

    def _concerns(self, entry: PartRow, indicator: Indicator, unit: str) -> bool:
        named = {**self._of(indicator, unit), "cause": indicator.id}
        if unit not in indicator.reporters:
            self._report(entry, "unit", rule.PARTS_STRAY, "not-reporting", **named)
        elif indicator.applies_to != "total" and unit not in indicator.judged:
            self._report(entry, "unit", rule.PARTS_STRAY, "not-judged", **named)
        else:
            return True
        return False

    def _is_possible(self, entry: PartRow, column: str, indicator: Indicator, given: Target, known: Fraction) -> bool:
        """Whether a figure is by the ratio's own scale, and a share of a whole not more than the whole; told if not.

        `known` is what the whole city has.
        """
        ratio = indicator.ratio
        if ratio is None:
            return True
        said: dict[str, Any] = {"indicator": indicator.id, "value": decimal_text(given.value)}
        is_scaled = ratio.unit == "%" or ratio.scale != 100
        limit = ratio.scale if ratio.part_of_whole else None
        if is_scaled and (meant := meant_by_scale(given, ratio.scale, known, limit)):
            said |= {"words": meant.words, "known": decimal_text(known)}
            said |= {"measure": indicator.unit, "meant": decimal_text(meant.figure)}
            self._report(entry, column, rule.PARTS_CELL, "other-scale", **said)
            return False
        if limit is not None and given.value > limit:
            self._report(entry, column, rule.PARTS_CELL, "over", limit=limit, **said)
            return False
        return True

    def _baseline(self, entry: PartRow, indicator: Indicator, target: Target | None) -> Fraction | None:
        if not entry.text("baseline"):
            return None
        if indicator.cumulative or indicator.stages:
            said: dict[str, Any] = {"indicator": indicator.id, "kind": indicator.kind_zh, "cause": indicator.id}
            self._report(entry, "baseline", rule.PARTS_CELL, "baseline-kind", **said)
            return None
        value = self._amount(entry, "baseline", indicator)
        if value is None:
            return None
        known = indicator.target.value if indicator.baseline is None else indicator.baseline
        is_possible = self._is_possible(entry, "baseline", indicator, Target("at_most", value), known)
        if target is not None and (other := baseline_by_other_measure(indicator, value, target.value, known)):
            self._report(entry, "baseline", rule.PARTS_OTHER_MEASURE, "baseline-other-measure", **other)
            return None
        if is_possible and target is not None and target.operator == "at_least" and value >= target.value > 0:
            told, promised = decimal_text(value), decimal_text(target.value)
            message = "baseline-equal" if value == target.value else "baseline-beyond"
            self._report(entry, "baseline", rule.PARTS_CELL, message, value=told, target=promised)
        elif is_possible and target is not None and target.operator != "at_least" and not target.has_way_from(value):
            said = {"indicator": indicator.id, "value": decimal_text(value), "target": indicator.target_text(target)}
            self._report(entry, "baseline", UNUSED_BASELINE, "baseline-unused", **said)
        return value


def flaw(column: str, text: str) -> tuple[str, str]:
    """What is wrong with a cell whatever else its row says, with the character that is; nothing when it is sound."""
    if not text:
        return ("blank", "") if column in COLUMNS and column != "target" else ("", "")
    if len(text) > LONGEST_CELL:
        return "long", ""
    if not text.isprintable() and (hidden := next(filter(is_hidden, text), "")):
        return "hidden", f"U+{ord(hidden):04X}"
    if column == "basis":
        return ("basis", "") if folded(text) not in _BASES else ("", "")
    said = unmarked(text)
    return ("formula", said[0]) if column == "source" and _FORMULA.match(said) else ("", "")
