"""One indicator of a plan file made into an `Indicator`, and what its values contradict in each other."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import pairwise
from typing import Any, Literal

from mzplan.figures import decimal_text
from mzplan.period import Period
from mzplan.plan import rules as rule
from mzplan.plan.findings import Findings, Node
from mzplan.plan.indicator import DEFAULT_STAGES, KINDS, Indicator, Schedule, ScheduleKind, Stage, Target
from mzplan.plan.stages import STAGE_MESSAGES, read_stages

UNIT_KINDS = ("county", "zone", "bureau")
SCALES = (100, 10_000)
OPERATORS: tuple[Literal["at_least", "at_most", "about"], ...] = ("at_least", "at_most", "about")

MESSAGES: Mapping[str, tuple[str, str]] = {
    **STAGE_MESSAGES,
    "unknown-unit": ("没有填报单位 {name}", "可以写 reporting_units 里的 id，或 county、zone、bureau"),
    "empty-kind": ("没有一个填报单位的 kind 是 {name}", "改正这里，或在 reporting_units 里补上"),
    "not-reporting": ("{name} 要考核却不填报", "把它加进 reporting，或从 applies_to 去掉"),
    "nobody": ("没有单位填报 {name}", "写上 reporting，例如 [county, zone] 或 [bureau]"),
    "target-empty": ("目标没有写方向", "写成 {{at_least: 数}}、{{at_most: 数}} 或 {{about: 数, tolerance: 百分数}}"),
    "target-several": ("目标写了不止一个方向", "at_least、at_most、about 只能写一个"),
    "target-negative": ("目标是负数 {number}", "核对原文的数"),
    "target-zero": ("{operator}: 0 没有意义：{meaning}", "零目标写成 at_most: 0"),
    "target-over": (
        "目标 {number} 超过 {limit}：分子是分母的一部分，比率到不了",
        "核对数和单位；分子可以大于分母的写 part_of_whole: false",
    ),
    "tolerance-missing": ("about 没有写容差", "写上 tolerance: 5（百分之五）这样的容差"),
    "tolerance-alone": ("tolerance 只用于 about", "删去 tolerance，或把方向改成 about"),
    "tolerance-range": ("容差 {number} 不在0到100之间", "写百分数，例如 5 表示上下百分之五"),
    "baseline-negative": ("基期值是负数 {number}", "核对基期值"),
    "baseline-equal": ("基期值等于目标 {number}：一开始就完成了", "核对两个数是不是同一口径"),
    "baseline-beyond": ("基期值 {number} 已经超过目标 {target}", "核对两个数是不是同一口径（存量对存量）"),
    "baseline-over": ("基期值 {number} 超过 {limit}", "核对数和单位"),
    "due-year": ("期限 {name} 不在 {year} 年", "写成本年的月份；不写就是12月"),
    "points-empty": ("进度点是空的", "写成 {{{year}-06: 50, {year}-12: 100}}，或写 linear、by_due、always"),
    "point-year": ("进度点 {name} 不在 {year} 年", "进度点只能是本年的月份"),
    "point-range": ("进度点 {number} 不在0到100之间", "写累计百分数，到100为止"),
    "points-fall": ("进度从 {before} 降到 {number}", "进度点是累计百分数，只能上升"),
    "points-short": ("进度只到 {number}，没有到100", "补上全部完成的月份，例如 {year}-12: 100"),
    "points-due": ("期限 {name} 与进度点不一致：{month} 已要求100", "删去 due，或改进度点"),
    "no-stage-set": ("没有名为 {name} 的阶段", "可用的有：{known}"),
    "no-stage-sets": ("没有名为 {name} 的阶段", "先在 stage_sets 里写上，或这里直接写列表"),
    "unit-missing": ("缺少必填的键 unit", "scale 不是100时要写计量单位，例如 人/万人"),
    "breakdown-total": ("applies_to 不是 total，不能分解", "只有全市合计的目标才分解；删去 breakdown"),
    "breakdown-undefined": ("目标是 undefined，没有数可分解", "删去 breakdown"),
    "no-weight": ("没有单位填写权重 {name}", "可用的有：equal{known}；或在 weights 里补上"),
    "weight-gap": ("{unit_name} 没有填写权重 {name}", "在它的 weights 里补上"),
    "weight-zero": ("各填报单位的权重 {name} 都是0", "核对 weights"),
}


@dataclass(slots=True)
class Units:
    """The reporting units as far as they are known, in plan order."""

    kinds: dict[str, str] = field(default_factory=dict)
    """Kind by id."""
    names: dict[str, str] = field(default_factory=dict)
    ids_by_name: dict[str, str] = field(default_factory=dict)
    """Id by name, alias and code."""
    weights: dict[str, Mapping[str, Fraction]] = field(default_factory=dict)
    is_complete: bool = True
    """Whether every unit's id could be read; if not, a name not found is not yet wrong."""

    def expand(self, found: Findings, node: Node) -> tuple[str, ...] | None:
        """The units that a list of ids and kind words names, in plan order; None when any is unknown."""
        chosen: set[str] = set()
        is_sound = self.is_complete
        of_kind: dict[str, list[str]] = {}
        for unit, kind in self.kinds.items():
            of_kind.setdefault(kind, []).append(unit)
        for member in node.items():
            word = member.text
            if word is None:
                is_sound = False
            elif word in self.kinds:
                chosen.add(word)
            elif word in of_kind:
                chosen.update(of_kind[word])
            else:
                is_sound = False
                self._unknown(found, member, word, is_sure="" not in of_kind)
        return tuple(unit for unit in self.kinds if unit in chosen) if is_sound else None

    def _unknown(self, found: Findings, node: Node, word: str, *, is_sure: bool) -> None:
        """Nothing is said of a word that a unit which could not be read may stand for."""
        if word in UNIT_KINDS:
            if self.kinds and is_sure:
                found.report(rule.UNKNOWN_UNIT, node.place, "empty-kind", name=word)
        elif self.is_complete:
            near = (self.ids_by_name.get(word, word), (*self.kinds, *UNIT_KINDS))
            found.report(rule.UNKNOWN_UNIT, node.place, "unknown-unit", name=word, near=near)


@dataclass(frozen=True, slots=True)
class _Defaults:
    applies_to: Literal["total", "each"]
    schedule: ScheduleKind


_DEFAULTS: Mapping[str, _Defaults] = {
    "count": _Defaults("total", "linear"),
    "stock": _Defaults("total", "by_due"),
    "ratio": _Defaults("total", "by_due"),
    "milestone": _Defaults("each", "by_due"),
}


@dataclass(slots=True)
class IndicatorReader:
    """Reads indicators against what the rest of the plan says."""

    found: Findings
    units: Units
    year: int | None
    reporting: tuple[str, ...] | None
    """The plan's default of who reports; None when it could not be read."""
    stage_sets: Mapping[str, tuple[Stage, ...] | None]

    def read(self, node: Node, task: int, area: int | None) -> Indicator | None:
        """The indicator written here; None when anything about it is wrong."""
        kind = node.get("kind").text
        if kind is None or kind not in KINDS:
            return None
        before = self.found.errors
        extras = self._extras(node, kind)
        target = self._target(node.get("target"), _limit(extras)) if kind != "milestone" else _DONE
        baseline = self._baseline(node.get("baseline"), target, _limit(extras))
        applies_to, judged, reporting = self._scope(node, kind)
        schedule = self._schedule(node, kind)
        unit = self._unit(node, extras)
        breakdown = self._breakdown(node.get("breakdown"), applies_to, target, reporting)
        identifier, name = node.get("id").text, node.get("name").text
        if target is None or judged is None or reporting is None or schedule is None or extras is None:
            return None
        if identifier is None or name is None or unit is None:
            return None
        if self.found.errors > before:
            return None
        return KINDS[kind](
            id=identifier,
            name=name,
            name_en=node.get("name_en").words(),
            unit=unit,
            target=target,
            applies_to=applies_to,
            judged=judged,
            reporting=reporting,
            schedule=schedule,
            source=node.get("source").words(),
            task=task,
            area=area,
            baseline=baseline,
            breakdown=breakdown,
            note=node.get("note").words(),
            **extras,
        )

    def _extras(self, node: Node, kind: str) -> dict[str, Any] | None:
        """The fields that only this kind has; None when they cannot be read."""
        if kind == "ratio":
            scale = 100 if not node.get("scale").is_given else node.get("scale").whole
            if scale not in SCALES:
                return None
            part = node.get("part_of_whole").flag
            return {
                "scale": scale,
                "numerator": node.get("numerator").words("分子"),
                "denominator": node.get("denominator").words("分母"),
                "part_of_whole": scale == 100 if part is None else part,
                "denominator_accumulates": bool(node.get("denominator_accumulates").flag),
            }
        if kind == "milestone":
            stages = self._stages(node.get("stages"))
            return None if stages is None else {"stages": stages}
        return {}

    def _unit(self, node: Node, extras: dict[str, Any] | None) -> str | None:
        given = node.get("unit")
        if given.is_given:
            return given.text
        if extras is None or "scale" not in extras:
            return ""
        if extras["scale"] == 100:
            return "%"
        self.found.report(rule.MISSING_KEY, node.place, "unit-missing")
        return None

    def _target(self, node: Node, limit: int | None) -> Target | None:
        if node.text == "undefined":
            return Target("undefined")
        if not isinstance(node.value, dict):
            return None
        given = [operator for operator in OPERATORS if operator in node.value]
        if len(given) != 1:
            if given or not set(node.value) - {"tolerance"}:
                self._impossible(node, "target-several" if given else "target-empty")
            return None
        operator = given[0]
        written, tolerance = node.get(operator), node.get("tolerance")
        value = written.number
        if operator != "about" and tolerance.is_given:
            self._impossible(tolerance, "tolerance-alone")
        share = self._tolerance(node, tolerance) if operator == "about" else Fraction(0)
        if value is None or share is None:
            return None
        number = decimal_text(value)
        if value < 0:
            self._impossible(written, "target-negative", number=number)
        elif value == 0 and operator != "at_most":
            meaning = "一开始就完成了" if operator == "at_least" else "零没有“左右”"
            self._impossible(written, "target-zero", operator=operator, meaning=meaning)
        elif limit is not None and value > limit:
            self._impossible(written, "target-over", number=number, limit=limit)
        return Target(operator, value, share)

    def _tolerance(self, target: Node, node: Node) -> Fraction | None:
        if "tolerance" not in (target.value if isinstance(target.value, dict) else {}):
            self._impossible(target, "tolerance-missing")
        elif (percent := node.number) is not None:
            if 0 < percent < 100:
                return percent / 100
            self._impossible(node, "tolerance-range", number=decimal_text(percent))
        return None

    def _impossible(self, node: Node, message: str, **named: Any) -> None:
        self.found.report(rule.IMPOSSIBLE_TARGET, node.place, message, **named)

    def _baseline(self, node: Node, target: Target | None, limit: int | None) -> Fraction | None:
        value = node.number
        if value is None:
            return None
        number = decimal_text(value)
        if value < 0:
            self.found.report(rule.IMPOSSIBLE_BASELINE, node.place, "baseline-negative", number=number)
        elif limit is not None and value > limit:
            self.found.report(rule.IMPOSSIBLE_BASELINE, node.place, "baseline-over", number=number, limit=limit)
        elif target is not None and target.operator == "at_least" and value >= target.value:
            message = "baseline-equal" if value == target.value else "baseline-beyond"
            at = decimal_text(target.value)
            self.found.report(rule.IMPOSSIBLE_BASELINE, node.place, message, number=number, target=at)
        return value

    def _scope(
        self, node: Node, kind: str
    ) -> tuple[Literal["total", "each", "units"], tuple[str, ...] | None, tuple[str, ...] | None]:
        """What the target applies to, the units it judges, and the units that report."""
        scope, given = node.get("applies_to"), node.get("reporting")
        word = scope.text or _DEFAULTS[kind].applies_to
        named = self.units.expand(self.found, scope) if scope.is_list else None
        if given.is_given:
            reporting = self.units.expand(self.found, given)
        else:
            reporting = named if scope.is_list else self.reporting
        if reporting == ():
            place = given if given.is_given else node
            self.found.report(rule.NOBODY_REPORTS, place.place, "nobody", name=node.get("id").words())
        if not scope.is_list:
            return ("each", reporting, reporting) if word == "each" else ("total", (), reporting)
        reports = frozenset(reporting or ())
        for unit in named or ():
            if reporting is not None and unit not in reports:
                name = self.units.names.get(unit, unit)
                self.found.report(rule.JUDGED_WITHOUT_REPORT, scope.place, "not-reporting", name=name, unit=unit)
        return "units", named, reporting

    def _schedule(self, node: Node, kind: str) -> Schedule | None:
        written, due_node = node.get("schedule"), node.get("due")
        due = self._month(due_node)
        if written.is_mapping:
            return self._points(written, due_node, due)
        if due_node.is_given and due is None:
            return None
        if due is None:
            due = Period(self.year or 1, 12)
        default = "linear" if kind == "stock" and node.get("baseline").is_given else _DEFAULTS[kind].schedule
        match written.text if written.is_given else default:
            case "linear" | "by_due" | "always" as word:
                return Schedule(word, due)
        return None

    def _month(self, node: Node) -> Period | None:
        try:
            month = Period.parse(node.words())
        except ValueError:
            return None
        if self.year is not None and month.year != self.year:
            self.found.report(rule.DUE_OUTSIDE_YEAR, node.place, "due-year", name=str(month), year=self.year)
        return month

    def _points(self, node: Node, due_node: Node, due: Period | None) -> Schedule | None:
        points: list[tuple[Period, Fraction, Node]] = []
        for key, entry in node.entries():
            try:
                month, percent = Period.parse(key), entry.number
            except ValueError:
                continue
            if self.year is not None and month.year != self.year:
                self._wrong_point(entry, "point-year", at_key=True, name=key, year=self.year)
            elif percent is not None and not 0 <= percent <= 100:
                self._wrong_point(entry, "point-range", number=decimal_text(percent))
            elif percent is not None:
                points.append((month, percent, entry))
        if not node.entries():
            self._wrong_point(node, "points-empty", year=self.year or "")
        points.sort(key=lambda point: point[0])
        for (_, before, earlier), (_, percent, entry) in pairwise(points):
            if percent < before:
                self.found.report(
                    rule.IMPOSSIBLE_SCHEDULE,
                    entry.place,
                    "points-fall",
                    before=decimal_text(before),
                    number=decimal_text(percent),
                    related=[earlier.place],
                )
        if not points:
            return None
        last, highest, entry = points[-1]
        if highest < 100:
            number = decimal_text(highest)
            self.found.report(rule.UNFINISHED_SCHEDULE, entry.place, "points-short", number=number, year=last.year)
        done = next((month for month, percent, _ in points if percent == 100), None)
        if due is not None and done is not None and due != done:
            self._wrong_point(due_node, "points-due", name=str(due), month=str(done))
        shares = tuple((month, percent / 100) for month, percent, _ in points)
        return Schedule("points", done or due or last, shares)

    def _wrong_point(self, node: Node, message: str, *, at_key: bool = False, **named: Any) -> None:
        place = node.key_place if at_key else node.place
        self.found.report(rule.IMPOSSIBLE_SCHEDULE, place, message, **named)

    def _stages(self, node: Node) -> tuple[Stage, ...] | None:
        if not node.is_given:
            return DEFAULT_STAGES
        name = node.text
        if name is None:
            return read_stages(self.found, node)
        if name not in self.stage_sets:
            known = "、".join(self.stage_sets)
            message = "no-stage-set" if known else "no-stage-sets"
            near = (name, self.stage_sets)
            self.found.report(rule.UNKNOWN_STAGE_SET, node.place, message, name=name, known=known, near=near)
        return self.stage_sets.get(name)

    def _breakdown(self, node: Node, applies_to: str, target: Target | None, reporting: tuple[str, ...] | None) -> str:
        weight = node.text
        if weight is None:
            return ""
        if applies_to != "total":
            self.found.report(rule.UNUSABLE_BREAKDOWN, node.place, "breakdown-total")
        elif target is not None and target.operator == "undefined":
            self.found.report(rule.UNUSABLE_BREAKDOWN, node.place, "breakdown-undefined")
        elif weight != "equal" and reporting:
            self._weight(node, weight, {unit: self.units.weights.get(unit, {}) for unit in reporting})
        return weight

    def _weight(self, node: Node, weight: str, weights: Mapping[str, Mapping[str, Fraction]]) -> None:
        among = sorted({name for facts in weights.values() for name in facts})
        if weight not in among:
            known = "".join(f"、{name}" for name in among)
            near = (weight, ("equal", *among))
            self.found.report(rule.UNUSABLE_BREAKDOWN, node.place, "no-weight", name=weight, known=known, near=near)
            return
        for unit, facts in weights.items():
            if weight not in facts and self.units.kinds[unit] != "bureau":
                name = self.units.names.get(unit, unit)
                self.found.report(rule.UNUSABLE_BREAKDOWN, node.place, "weight-gap", name=weight, unit_name=name)
        if not any(facts.get(weight) for facts in weights.values()):
            self.found.report(rule.UNUSABLE_BREAKDOWN, node.place, "weight-zero", name=weight)


_DONE = Target("at_least", Fraction(1))
"""What a milestone promises: the whole of the work."""


def _limit(extras: Mapping[str, Any] | None) -> int | None:
    """The largest value possible: the scale of a ratio of a part to its whole."""
    return extras["scale"] if extras and extras.get("part_of_whole") else None
