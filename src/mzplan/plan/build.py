"""A plan's form made into a `Plan`, and what its values contradict in each other. Knows nothing of YAML's syntax.

Works on whatever can be read, so that one pass reports every contradiction; there is a plan only when nothing is wrong.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from pathlib import PurePath
from typing import Any, Literal, TypeVar

from mzplan.diagnostics import Location, Rule
from mzplan.figures import decimal_text
from mzplan.plan import build_regions, file_rules
from mzplan.plan import rules as rule
from mzplan.plan.build_indicator import MESSAGES, UNIT_KINDS, IndicatorReader, Units, as_written
from mzplan.plan.build_regions import check_parents, regions_of
from mzplan.plan.build_stages import read_stages
from mzplan.plan.findings import Findings
from mzplan.plan.form import AreaForm, LightForm, PlanForm, RelationForm, TaskForm, UnitForm
from mzplan.plan.form_indicator import IndicatorForm, MeasuredForm
from mzplan.plan.indicator import Indicator
from mzplan.plan.lights import PRESETS, flaws
from mzplan.plan.model import (
    CITY_WORDS,
    ActionArea,
    LightPreset,
    Plan,
    Relation,
    ReportingUnit,
    Task,
    city_names,
    city_spellings,
    folded,
)
from mzplan.plan.yaml_border import Cursor
from mzplan.said import say

_MESSAGES: Mapping[str, tuple[str, str]] = {
    **MESSAGES,
    **build_regions.MESSAGES,
    "issued-year": ("{name} 印发，不像是 {year} 年的计划", "核对 issued 和 year"),
    "year-disagrees": (
        "year 是 {year}，印发日期、期限、进度点和目标调整却有 {count} 个月份在 {other} 年",
        "改正 year，或把这些月份改成 {year} 年的",
    ),
    "no-file": ("{count} 项指标写了 breakdown，却没有分解表 {file}", "用 mzplan breakdown --write 生成参考分解"),
    "same-id": ("{what} {name} 重复，第 {line} 行已经有了", "改掉其中一个"),
    "same-name": ("指标名称 {name} 与第 {line} 行的 {other} 相同", "给其中一个加上限定词"),
    "same-spelling": ("{name} 也是 {other}（第 {line} 行）的称呼", "改掉或删去其中一个"),
    "spelling-of-city": ("{name} 是全市的称呼，不能又指一个填报单位", "改掉这里，或改 city、publisher"),
    "word-of-city": ("{name} 是全市的称呼，不能又指一个填报单位", "换一个称呼"),
    "indicator-id": ("指标编码 {name} 不稳妥：{reason}", "写成 T05-03 这样：大写字母开头，只用大写字母、数字和连字符"),
    "unit-id": ("填报单位 id {name} 不能作文件名：{reason}", "用小写字母开头的拼音或英文，如 wucheng"),
    "unit-id-of-kind": ("填报单位 id {name} 不能作文件名：{reason}", "改正 kind，或换一个 id，如 wucheng"),
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


_Member = TypeVar("_Member")


class PlanBuilder:
    """Builds the parts of a plan in the order in which they refer to each other."""

    def __init__(self, form: PlanForm, root: Cursor) -> None:
        self.form = form
        self.root = root
        self.found = Findings(_MESSAGES, is_proved=True)
        self.units = Units(cities=city_names(form.city, form.publisher))
        self.indicators: dict[str, Indicator | None] = {}
        """By id; None for one that is there and wrong."""
        self.seen: dict[tuple[str, object], Location] = {}
        self.names: dict[str, tuple[str, Location]] = {}
        self.weighed: list[Location] = []
        """Where the weights of indicators stand by which they are to be broken down."""

    def build(self) -> Plan | None:
        """The plan, without its breakdown; None when anything about it is wrong."""
        form, root = self.form, self.root
        year = self._year()
        self._issued(year)
        self.units.is_complete = form.reporting_units is not None
        self.units.regions = regions_of(_present(form.reporting_units or ()))
        members = list(root.members("reporting_units", form.reporting_units))
        units = _present(self._unit(unit, at) for unit, at in members)
        self._spellings()
        check_parents(self.found, self.units, members)
        stage_sets = {
            name: read_stages(self.found, stages, root.down("stage_sets", name))
            for name, stages in (form.stage_sets or {}).items()
        }
        reporting = None
        if form.reporting is not None:
            reporting = self.units.expand(self.found, form.reporting, root.down("reporting"))
        reader = IndicatorReader(self.found, self.units, year, reporting, stage_sets)
        areas = [self._area(area, at, reader) for area, at in root.members("action_areas", form.action_areas)]
        safeguards = form.safeguards.items if form.safeguards else None
        in_safeguards = root.down("safeguards")
        items = [self._task(task, None, at, reader) for task, at in in_safeguards.members("items", safeguards)]
        relations = [self._relation(relation, at) for relation, at in root.members("relations", form.relations)]
        lights = [self._light(light, at) for light, at in root.members("lights", form.lights)]
        if self.found.errors:
            return None
        named: dict[str, Any] = {"safeguards_name": form.safeguards.name} if form.safeguards else {}
        return Plan(
            **as_written(form, "title", "year", "city", "publisher", "issued", "source", "escalate", "report_day"),
            **named,
            reporting_units=tuple(unit for unit in units if unit.id not in self.units.regions),
            regions=tuple(unit for unit in units if unit.id in self.units.regions),
            action_areas=tuple(areas),
            safeguards=tuple(items),
            parts={},
            relations=_present(relations),
            lights=_present(lights),
            words_en={word: text for word, text in (form.words_en or {}).items() if text is not None},
        )

    def _issued(self, year: int | None) -> None:
        """A plan is issued in its year, or in the last quarter of the one before."""
        issued = self.form.issued
        if year is not None and issued is not None and not f"{year - 1}-10" <= issued[:7] <= f"{year}-12":
            place = self.root.place("issued")
            self.found.report(file_rules.ISSUED_ANOTHER_YEAR, place, "issued-year", name=issued, year=year)

    def _year(self) -> int | None:
        """The year that every month is to be of; None where most are of one other year, which is said once."""
        year = self.form.year
        years = Counter(int(month[:4]) for month in self._months())
        most, count = next(iter(years.most_common(1)), (year, 0))
        if year is None or most == year or count < 2 or count <= years[year]:
            return year
        at = self.root.place("year")
        self.found.report(file_rules.YEAR_DISAGREES, at, "year-disagrees", year=year, count=count, other=most)
        return None

    def _months(self) -> Iterator[str]:
        """The months of due dates, points and revisions, as they are written, and of issue if that is of the year."""
        if self.form.issued is not None and self.form.issued[5:7] < "10":
            yield self.form.issued
        for task in _present(self.form.tasks):
            forms: tuple[IndicatorForm, ...] = _present(task.indicators or ())
            for form in forms:
                yield from [form.due] if form.due else []
                yield from form.schedule if isinstance(form.schedule, dict) else ()
                revisions = _present(form.revisions or ()) if isinstance(form, MeasuredForm) else ()
                yield from (revision.start for revision in revisions if revision.start)

    def no_breakdown(self, path: str) -> None:
        """Say that there is no breakdown file, where an indicator has a weight to be broken down by."""
        if self.weighed:
            name, count = PurePath(path).name, len(self.weighed)
            self.found.report(rule.NO_BREAKDOWN_FILE, self.weighed[0], "no-file", count=count, file=name)

    def _first(self, what: str, name: object, place: Location) -> bool:
        """Whether this is the first of that name; a second one is reported with both places."""
        first = self.seen.setdefault((what, name), place)
        if first is not place:
            self._again(rule.DUPLICATE_ID, place, "same-id", first, what=what, name=str(name))
        return first is place

    def _again(self, broken: Rule, place: Location, message: str, first: Location, **named: Any) -> None:
        """Report what is there a second time, with where it stood first."""
        self.found.report(broken, place, message, line=first.line, related=[first], **named)

    def _unit(self, form: UnitForm | None, at: Cursor) -> ReportingUnit | None:
        if form is None or form.id is None:
            self.units.is_complete = False
            return None
        self._unit_id(form.id, form.kind, at.place("id"))
        if not self._first("填报单位 id", form.id, at.place("id")):
            return None
        weights = {word: Fraction(number) for word, number in (form.weights or {}).items() if number is not None}
        self.units.names[form.id] = form.name or form.id
        if form.id not in self.units.regions:
            self.units.kinds[form.id] = form.kind or ""
            self.units.weights[form.id] = weights
        if form.name is None or form.kind is None:
            return None
        aliases, parent = _present(form.aliases or ()), form.parent or ""
        return ReportingUnit(
            form.id, form.name, form.kind, weights, form.code or "", aliases, form.name_en or "", parent
        )

    def _unit_id(self, key: str, kind: str | None, place: Location) -> None:
        reason = ""
        if not _UNIT_ID.fullmatch(key):
            reason = "要以小写字母开头，只用小写字母、数字、下划线和连字符，不超过40个"
        elif _RESERVED.fullmatch(key):
            reason = "是 Windows 的保留名"
        elif key in UNIT_KINDS and kind not in (key, None):
            reason = say("{key} 指一类单位", key=key)
        elif key in UNIT_KINDS and self._count(key) > 1:
            reason = say("已有别的 {key}，这个词就分不清了", key=key)
        if reason:
            message = "unit-id-of-kind" if key in UNIT_KINDS and not self._count(key) else "unit-id"
            self.found.report(rule.UNSAFE_UNIT_ID, place, message, name=key, reason=reason)

    def _count(self, kind: str) -> int:
        """How many units are of that kind."""
        return sum(form is not None and form.kind == kind for form in self.form.reporting_units or ())

    def _spellings(self) -> None:
        """No spelling of a unit may mean another one, or the whole city, in either language."""
        cities = city_spellings(self.form.city, self.form.publisher, self.form.words_en or {})
        owners: dict[str, tuple[str, Location]] = {}
        for unit, at in self.root.members("reporting_units", self.form.reporting_units):
            if unit is None or unit.id is None:
                continue
            spellings = [(getattr(unit, key), at.place(key)) for key in ("id", "name", "code")]
            spellings += [(alias, place.place()) for alias, place in at.members("aliases", unit.aliases)]
            for spelling in (each for each, _ in spellings if each):
                self.units.ids_by_name.setdefault(spelling, unit.id)
            if unit.name_en:  # spells it on screens and in options, not in data
                self.units.english.setdefault(unit.name_en, unit.id)
                spellings.append((unit.name_en, at.place("name_en")))
            for spelling, place in spellings:
                if spelling is None:
                    continue
                owner, first = owners.setdefault(folded(spelling), (unit.id, place))
                if folded(spelling) in cities:
                    message = "word-of-city" if folded(spelling) in CITY_WORDS else "spelling-of-city"
                    self.found.report(rule.COLLIDING_NAME, place, message, name=spelling)
                elif owner != unit.id:
                    other = self.units.names.get(owner, owner)
                    self._again(rule.COLLIDING_NAME, place, "same-spelling", first, name=spelling, other=other)

    def _area(self, form: AreaForm | None, at: Cursor, reader: IndicatorReader) -> ActionArea:
        if form is None:
            return ActionArea(0, "", "", ())
        if form.number is not None:
            self._first("行动编号", form.number, at.place("number"))
        tasks = tuple(self._task(task, form.number, place, reader) for task, place in at.members("tasks", form.tasks))
        short = form.short or form.name or ""
        return ActionArea(form.number or 0, form.name or "", short, tasks, form.name_en or "")

    def _task(self, form: TaskForm | None, area: int | None, at: Cursor, reader: IndicatorReader) -> Task:
        if form is None:
            return Task(0, "", area, ())
        number = form.number or 0
        if form.number is not None:
            self._first("任务编号", number, at.place("number"))
        indicators = [
            self._indicator(each, number, area, form.lead or "", place, reader)
            for each, place in at.members("indicators", form.indicators)
        ]
        return Task(number, form.name or "", area, _present(indicators), form.lead or "", form.name_en or "")

    def _indicator(
        self, form: IndicatorForm | None, task: int, area: int | None, lead: str, at: Cursor, reader: IndicatorReader
    ) -> Indicator | None:
        if form is None:
            return None
        indicator = reader.read(form, task, area, at, lead)
        if indicator is not None and indicator.breakdown:
            self.weighed.append(at.place("breakdown"))
        if form.id is None:
            return None
        reason = _unsafe(form.id)
        if reason:
            self.found.report(rule.UNSAFE_INDICATOR_ID, at.place("id"), "indicator-id", name=form.id, reason=reason)
        if self._first("指标编码", form.id, at.place("id")):
            self.indicators[form.id] = indicator
        if form.name is not None:
            place = at.place("name")
            other, first = self.names.setdefault(form.name, (form.id, place))
            if first != place:
                named = {"name": form.name, "other": other, "indicator": form.id}
                self._again(rule.DUPLICATE_NAME, place, "same-name", first, **named)
        return indicator

    def _relation(self, form: RelationForm | None, at: Cursor) -> Relation | None:
        if form is None:
            return None
        wholes: tuple[Literal["at_most", "equals"], ...] = ("at_most", "equals")
        operators = [operator for operator in wholes if operator in form.model_fields_set]
        if len(operators) != 1:
            self.found.report(rule.RELATION_IMPOSSIBLE, at.place(), "relation-whole")
            return None
        whole: str | None = getattr(form, operators[0])
        seen: set[str] = set()
        for key, member in (*at.members("terms", form.terms), (whole, at.down(operators[0]))):
            if key is None:
                continue
            place = member.place()
            if key not in self.indicators:
                near = (key, list(self.indicators))
                self.found.report(rule.RELATION_UNKNOWN, place, "no-indicator", name=key, near=near)
            elif key in seen:
                self.found.report(rule.RELATION_IMPOSSIBLE, place, "part-of-itself", name=key)
            elif (indicator := self.indicators[key]) is not None and not indicator.additive:
                kind = indicator.kind_zh
                self.found.report(rule.RELATION_IMPOSSIBLE, place, "not-additive", name=key, kind=kind)
            seen.add(key)
        if whole is None or form.missing is None:
            return None
        return Relation(_present(form.terms or ()), operators[0], whole, form.missing)

    def _light(self, form: LightForm | None, at: Cursor) -> LightPreset | None:
        if form is None:
            return None
        if form.name is not None:
            self._first("亮灯规则", form.name, at.place("name"))
            if form.name in PRESETS:
                self.found.report(rule.LIGHT_NAME_TAKEN, at.place("name"), "light-taken", name=form.name)
        if form.yellow is None or form.is_unread("red"):
            return None
        red = None if form.red is None else Fraction(form.red)
        preset = LightPreset(
            **as_written(form, "name", "yardstick", "yellow_inclusive", "red_inclusive", "title", "source"),
            yellow=Fraction(form.yellow),
            red=red,
            note=form.note or "",
        )
        for flaw in flaws(preset):
            self.found.report(rule.LIGHT_GAP, at.place("red"), "light-flaw", flaw=flaw)
        if form.yellow_to is not None and form.yellow_to != red:
            message = "light-open" if red is None else "light-hole" if form.yellow_to < red else "light-overlap"
            to, start = decimal_text(Fraction(form.yellow_to)), decimal_text(red or Fraction(0))
            self.found.report(rule.LIGHT_GAP, at.place("yellow_to"), message, to=to, red=start)
        return preset


def _present(members: Iterable[_Member | None]) -> tuple[_Member, ...]:
    return tuple(member for member in members if member is not None)


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
