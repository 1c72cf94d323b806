"""A plan file's values made into a `Plan`, and what they contradict in each other. Knows nothing of YAML's syntax.

Works on whatever part of the document is sound, so that one pass reports every contradiction; there is a plan only
when nothing is wrong.
"""

import re
import unicodedata
from collections.abc import Mapping
from fractions import Fraction
from typing import Literal, cast

from mzplan.diagnostics import Location
from mzplan.figures import decimal_text
from mzplan.plan import rules as rule
from mzplan.plan.build_indicator import MESSAGES, UNIT_KINDS, IndicatorReader, Units
from mzplan.plan.findings import Findings, Node
from mzplan.plan.form import DEFAULT_REPORT_DAY, DEFAULT_SAFEGUARDS_NAME
from mzplan.plan.indicator import Indicator
from mzplan.plan.lights import PRESETS, flaws
from mzplan.plan.model import ActionArea, LightPreset, Plan, Relation, ReportingUnit, Task, UnitKind
from mzplan.plan.stages import read_stages

_MESSAGES: Mapping[str, tuple[str, str]] = {
    **MESSAGES,
    "same-id": ("{what} {name} 重复，第 {line} 行已经有了", "改掉其中一个"),
    "same-name": ("指标名称 {name} 与第 {line} 行的 {other} 相同", "给其中一个加上限定词"),
    "same-spelling": ("{name} 也是 {other}（第 {line} 行）的称呼", "改掉或删去其中一个"),
    "spelling-of-city": ("{name} 是全市的称呼，不能又指一个填报单位", "改掉这里，或改 city"),
    "indicator-id": ("指标编码 {name} 不稳妥：{reason}", "写成 T05-03 这样：大写字母开头，只用大写字母、数字和连字符"),
    "unit-id": ("填报单位 id {name} 不能作文件名：{reason}", "用小写字母开头的拼音或英文，如 wucheng"),
    "no-indicator": ("没有指标 {name}", "写计划里的指标编码"),
    "not-additive": ("{name}（{kind}）不能相加", "只用累计量（count）和存量（stock）"),
    "part-of-itself": ("{name} 在关系里出现了两次", "分项写在 terms，总项写在 at_most 或 equals"),
    "relation-whole": ("at_most 与 equals 要正好写一个", "部分不超过总数用 at_most，相等用 equals"),
    "light-flaw": ("{flaw}", "黄灯从 yellow 到 red，红灯从 red 起：0 ≤ yellow < red"),
    "light-hole": ("黄灯到 {to} 为止，红灯从 {red} 开始：{to} 到 {red} 之间没有灯", "yellow_to 应等于 red"),
    "light-overlap": ("黄灯到 {to} 为止，红灯从 {red} 已经开始：两档重叠", "yellow_to 应等于 red"),
    "light-open": ("写了黄灯上限 {to}，却没有红灯：超过上限就没有灯", "补上 red，或删去 yellow_to"),
    "light-taken": ("{name} 是程序自带的亮灯规则", "换一个名字，例如加上城市和年份"),
}

_INDICATOR_ID = re.compile(r"[A-Z][A-Z0-9]{0,11}(?:-[A-Z0-9]{1,11}){0,3}")
_LIKE_A_DATE = re.compile(r"(?:JAN|FEB|MAR|APR|MAY|JUN|JUNE|JUL|JULY|AUG|SEP|SEPT|OCT|NOV|DEC)-?[0-9]{1,4}(?:-[0-9]+)?")
_UNIT_ID = re.compile(r"[a-z][a-z0-9_-]{0,39}")
_RESERVED = re.compile(r"con|prn|aux|nul|com[0-9]|lpt[0-9]")


class PlanBuilder:
    """Reads the parts of a plan in the order in which they refer to each other."""

    def __init__(self, root: Node) -> None:
        self.root = root
        self.found = Findings(_MESSAGES)
        self.units = Units()
        self.indicators: dict[str, Indicator | None] = {}
        """By id; None for one that is there and wrong."""
        self.seen: dict[tuple[str, object], Location] = {}
        self.names: dict[str, tuple[str, Location]] = {}

    def build(self) -> Plan | None:
        """The plan, without its breakdown; None when anything about it is wrong."""
        root = self.root
        self.units.is_complete = root.get("reporting_units").is_list
        reporting_units = [self._unit(node) for node in root.get("reporting_units").items()]
        self._spellings()
        stage_sets = {name: read_stages(self.found, node) for name, node in root.get("stage_sets").entries()}
        reporting = self.units.expand(self.found, root.get("reporting")) if root.get("reporting").is_list else None
        year = root.get("year").whole
        reader = IndicatorReader(self.found, self.units, year, reporting, stage_sets)
        areas = [self._area(node, reader) for node in root.get("action_areas").items()]
        safeguards = root.get("safeguards")
        items = [self._task(node, None, reader) for node in safeguards.get("items").items()]
        relations = [self._relation(node) for node in root.get("relations").items()]
        lights = [self._light(node) for node in root.get("lights").items()]
        if self.found.errors or year is None:
            return None
        return Plan(
            title=root.get("title").words(),
            year=year,
            city=root.get("city").words(),
            publisher=root.get("publisher").words(),
            issued=root.get("issued").words(),
            source=root.get("source").words(),
            reporting_units=tuple(unit for unit in reporting_units if unit),
            action_areas=tuple(areas),
            safeguards=tuple(items),
            safeguards_name=safeguards.get("name").words(DEFAULT_SAFEGUARDS_NAME),
            parts={},
            relations=tuple(relation for relation in relations if relation),
            lights=tuple(preset for preset in lights if preset),
            escalate=root.get("escalate").whole or 0,
            report_day=root.get("report_day").whole or DEFAULT_REPORT_DAY,
        )

    def _first(self, what: str, name: object, place: Location) -> bool:
        """Whether this is the first of that name; a second one is reported with both places."""
        first = self.seen.setdefault((what, name), place)
        if first is place:
            return True
        self.found.report(
            rule.DUPLICATE_ID, place, "same-id", what=what, name=str(name), line=first.line, related=[first]
        )
        return False

    def _unit(self, node: Node) -> ReportingUnit | None:
        identifier, kind, name = node.get("id"), node.get("kind").text, node.get("name").text
        key = identifier.text
        if key is None:
            self.units.is_complete = False
            return None
        self._unit_id(key, kind, identifier.place)
        if not self._first("填报单位 id", key, identifier.place):
            return None
        facts = {word: entry.number for word, entry in node.get("weights").entries()}
        weights = {word: number for word, number in facts.items() if number is not None}
        self.units.kinds[key] = kind if kind in UNIT_KINDS else ""
        self.units.names[key] = name or key
        self.units.weights[key] = weights
        if name is None or kind not in UNIT_KINDS:
            return None
        return ReportingUnit(
            id=key,
            name=name,
            kind=cast("UnitKind", kind),
            code=node.get("code").words(),
            aliases=tuple(alias.words() for alias in node.get("aliases").items()),
            weights=weights,
        )

    def _unit_id(self, key: str, kind: str | None, place: Location) -> None:
        reason = ""
        if not _UNIT_ID.fullmatch(key):
            reason = "要以小写字母开头，只用小写字母、数字、下划线和连字符，不超过40个"
        elif _RESERVED.fullmatch(key):
            reason = "是 Windows 的保留名"
        elif key in UNIT_KINDS and key != kind:
            reason = f"{key} 指一类单位"
        elif key in UNIT_KINDS and list(self.units.kinds.values()).count(key):
            reason = f"已有别的 {key}，这个词就分不清了"
        if reason:
            self.found.report(rule.UNSAFE_UNIT_ID, place, "unit-id", name=key, reason=reason)

    def _spellings(self) -> None:
        """No spelling of a unit may mean another one, or the whole city."""
        city = self.root.get("city").text
        owners: dict[str, tuple[str, Node]] = {}
        for unit in self.root.get("reporting_units").items():
            key = unit.get("id").text
            spellings = [unit.get("id"), unit.get("name"), unit.get("code"), *unit.get("aliases").items()]
            for node in spellings:
                if node.text is None or key is None:
                    continue
                folded = unicodedata.normalize("NFKC", node.text).casefold()
                self.units.ids_by_name.setdefault(node.text, key)
                owner, first = owners.setdefault(folded, (key, node))
                if city is not None and folded == unicodedata.normalize("NFKC", city).casefold():
                    self.found.report(rule.COLLIDING_NAME, node.place, "spelling-of-city", name=node.text)
                elif owner != key:
                    other = self.units.names.get(owner, owner)
                    self.found.report(
                        rule.COLLIDING_NAME,
                        node.place,
                        "same-spelling",
                        name=node.text,
                        other=other,
                        line=first.place.line,
                        related=[first.place],
                    )

    def _area(self, node: Node, reader: IndicatorReader) -> ActionArea:
        number, name = node.get("number").whole, node.get("name").words()
        if number is not None:
            self._first("行动编号", number, node.get("number").place)
        tasks = tuple(self._task(task, number, reader) for task in node.get("tasks").items())
        return ActionArea(number or 0, name, node.get("short").words(name), tasks)

    def _task(self, node: Node, area: int | None, reader: IndicatorReader) -> Task:
        number = node.get("number").whole
        if number is not None:
            self._first("任务编号", number, node.get("number").place)
        indicators = [self._indicator(item, number or 0, area, reader) for item in node.get("indicators").items()]
        return Task(number or 0, node.get("name").words(), area, tuple(item for item in indicators if item))

    def _indicator(self, node: Node, task: int, area: int | None, reader: IndicatorReader) -> Indicator | None:
        identifier, name = node.get("id"), node.get("name")
        indicator = reader.read(node, task, area)
        key = identifier.text
        if key is None:
            return None
        reason = _unsafe(key)
        if reason:
            self.found.report(rule.UNSAFE_INDICATOR_ID, identifier.place, "indicator-id", name=key, reason=reason)
        if self._first("指标编码", key, identifier.place):
            self.indicators[key] = indicator
        if name.text is not None:
            other, first = self.names.setdefault(name.text, (key, name.place))
            if first != name.place:
                self.found.report(
                    rule.DUPLICATE_NAME,
                    name.place,
                    "same-name",
                    name=name.text,
                    other=other,
                    line=first.line,
                    related=[first],
                    indicator=key,
                )
        return indicator

    def _relation(self, node: Node) -> Relation | None:
        operators: list[Literal["at_most", "equals"]] = [
            operator for operator in ("at_most", "equals") if node.get(operator).is_given
        ]
        if len(operators) != 1:
            self.found.report(rule.RELATION_IMPOSSIBLE, node.place, "relation-whole")
            return None
        whole = node.get(operators[0])
        named = [member for member in (*node.get("terms").items(), whole) if member.text is not None]
        seen: set[str] = set()
        for member in named:
            key = member.words()
            if key not in self.indicators:
                near = (key, self.indicators)
                self.found.report(rule.RELATION_UNKNOWN, member.place, "no-indicator", name=key, near=near)
            elif key in seen:
                self.found.report(rule.RELATION_IMPOSSIBLE, member.place, "part-of-itself", name=key)
            elif (indicator := self.indicators[key]) is not None and not indicator.additive:
                kind = indicator.kind_zh
                self.found.report(rule.RELATION_IMPOSSIBLE, member.place, "not-additive", name=key, kind=kind)
            seen.add(key)
        missing = cast("Literal['skip_any', 'skip_all', 'as_zero']", node.get("missing").words("skip_any"))
        terms = tuple(member.words() for member in node.get("terms").items())
        return Relation(terms, operators[0], whole.words(), missing)

    def _light(self, node: Node) -> LightPreset | None:
        name, yellow = node.get("name"), node.get("yellow").number
        if name.text is not None:
            self._first("亮灯规则", name.text, name.place)
            if name.text in PRESETS:
                self.found.report(rule.LIGHT_NAME_TAKEN, name.place, "light-taken", name=name.text)
        red = node.get("red").number
        if yellow is None or yellow < 0 or (red is not None and red < 0):
            return None
        preset = LightPreset(
            name=name.words(),
            yardstick="relative" if node.get("yardstick").text == "relative" else "points",
            yellow=yellow,
            yellow_inclusive=node.get("yellow_inclusive").flag or False,
            red=red,
            red_inclusive=node.get("red_inclusive").flag or False,
            title=node.get("title").words(),
            source=node.get("source").words(),
            note=node.get("note").words(),
        )
        for flaw in flaws(preset):
            self.found.report(rule.LIGHT_GAP, node.get("red").place, "light-flaw", flaw=flaw)
        self._yellow_to(node.get("yellow_to"), red)
        return preset

    def _yellow_to(self, node: Node, red: Fraction | None) -> None:
        end = node.number
        if end is None or end == red:
            return
        message = "light-open" if red is None else "light-hole" if end < red else "light-overlap"
        start = decimal_text(red or Fraction(0))
        self.found.report(rule.LIGHT_GAP, node.place, message, to=decimal_text(end), red=start)


def _unsafe(identifier: str) -> str:
    """Why a spreadsheet or a file would not keep an indicator's id as it is; empty when it would."""
    if not identifier[:1].isascii() or not identifier[:1].isupper():
        return "要以大写字母开头，5-3 会被表格软件改成日期，14.10 改成小数，1E5 改成科学计数"
    if not _INDICATOR_ID.fullmatch(identifier):
        return "只能用大写字母、数字和连字符"
    if not any(character.isdigit() for character in identifier):
        return "要含数字，否则与名称分不清"
    if _LIKE_A_DATE.fullmatch(identifier):
        return "表格软件会把它读成日期"
    return ""
