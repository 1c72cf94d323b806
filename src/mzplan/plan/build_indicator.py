"""One indicator's form made into an `Indicator`, and what its values contradict in each other."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, Literal, get_args

from mzplan.diagnostics import Location
from mzplan.figures import decimal_text
from mzplan.plan import build_schedule, build_stages, build_target, document_rules, file_rules, fineness
from mzplan.plan import rules as rule
from mzplan.plan.build_schedule import ScheduleReader
from mzplan.plan.build_stages import read_stages
from mzplan.plan.build_target import PromiseReader
from mzplan.plan.clause import DUE_ELSEWHERE, contradicts, due_elsewhere, is_off_by_tens, other_way
from mzplan.plan.findings import Findings
from mzplan.plan.form_indicator import (
    AdditiveForm,
    IndicatorForm,
    MeasuredForm,
    MilestoneForm,
    RatioForm,
    Scale,
    StrictForm,
    TargetForm,
)
from mzplan.plan.indicator import DEFAULT_STAGES, Indicator, RatioIndicator, Stage
from mzplan.plan.meant import members_in
from mzplan.plan.model import UnitKind
from mzplan.plan.scale import bare_unit, is_per_cent, is_share_unit
from mzplan.plan.target import Target
from mzplan.plan.yaml_border import Cursor
from mzplan.said import listed

UNIT_KINDS = get_args(UnitKind)

MESSAGES: Mapping[str, tuple[str, str]] = {
    **build_target.MESSAGES,
    **build_schedule.MESSAGES,
    **build_stages.MESSAGES,
    **fineness.MESSAGES,
    "due": DUE_ELSEWHERE,
    "clause-measure": (
        "目标值 {number}{measure} 不是原文里的数：原文写的是 {named}，按“{measure}”应是 {meant}",
        "核对目标值和计量单位",
    ),
    "unknown-unit": ("没有填报单位 {name}", "可以写 reporting_units 里的 id，或 county、zone、bureau"),
    "units-apart": ("没有填报单位 {name}", "各单位用半角逗号隔开：{meant}"),
    "empty-kind": ("没有一个填报单位的 kind 是 {name}", "改正这里，或在 reporting_units 里补上"),
    "not-reporting": ("{name} 要考核却不填报", "把它加进 reporting，或从 applies_to 去掉"),
    "unit-repeated": ("{names} 写了两遍", "改成原来要写的单位，或去掉多写的"),
    "region-reports": (
        "{name} 有下级单位，数由下级单位的数合成，自己不填报，也不单独考核",
        "改写它的下级单位，或删去下级单位的 parent",
    ),
    "nobody": ("没有单位填报 {name}", "写上 reporting，例如 [county, zone] 或 [bureau]"),
    "no-stage-set": ("没有名为 {name} 的阶段", "可用的有：{known}"),
    "no-stage-sets": ("没有名为 {name} 的阶段", "先在 stage_sets 里写上，或这里直接写列表"),
    "unit-share": (
        "{kind} 的计量单位不能是 {name}：各单位的数要相加，百分比不能相加",
        "改成 kind: ratio，报分子和分母；报的是个数的，unit 写个数的单位",
    ),
    "unit-wrapped": ("计量单位写的是 {name}", "写成 unit: {meant}"),
    "unit-missing": ("缺少必填的键 unit", "scale 不是100时要写计量单位，例如 人/万人"),
    "unit-of-scale": ("计量单位 {name} 要乘 {times}，scale 却是 {scale}", "写上 scale: {times}；是百分数的，删去 unit"),
    "unit-percent": ("比率的计量单位是 {name}，程序只认 %", "删去 unit：不写就是 %"),
    "unit-of-percent": (
        "计量单位 {name} 要乘 {times}，scale 却是 {scale}",
        "改成 scale: {times}；不是百分数的，unit 写成 人/万人 这样的单位",
    ),
    "unit-without-scale": (
        "计量单位 {name} 要乘 {times}，scale 只能是 100 或 10000",
        "改成 unit: {unit}、scale: {other}，各数都按它写",
    ),
    "unit-without-scale-but": (
        "计量单位 {name} 要乘 {times}，scale 只能是 100 或 10000",
        "改成 unit: {unit}、scale: {other}，各数都按它写：{number}{name} 是 {meant}{other_unit}",
    ),
    "breakdown-total": ("applies_to 不是 total，不能分解", "只有全市合计的目标才分解；删去 breakdown"),
    "breakdown-undefined": ("目标是 undefined，没有数可分解", "删去 breakdown"),
    "no-weight": ("没有单位填写权重 {name}", "可用的有：{known}；或在 weights 里补上"),
    "weight-gap": ("{unit_name} 没有填写权重 {name}", "在它的 weights 里补上"),
    "weight-zero": ("各填报单位的权重 {name} 都是0", "核对 weights"),
}

_QUOTED = {"%": '"%"'}
"""A measure unit that YAML takes for no text without quotes."""


@dataclass(slots=True)
class Units:
    """The reporting units as far as they are known, in plan order."""

    cities: tuple[str, ...] = ()
    """What the whole is called."""
    kinds: dict[str, str] = field(default_factory=dict)
    """Kind by id."""
    names: dict[str, str] = field(default_factory=dict)
    ids_by_name: dict[str, str] = field(default_factory=dict)
    """Id by name, alias and code."""
    english: dict[str, str] = field(default_factory=dict)
    """Id by the name in English, which screens say and files do not."""
    weights: dict[str, Mapping[str, Fraction]] = field(default_factory=dict)
    regions: frozenset[str] = frozenset()
    """Those that others name as their parent: they have no kind here, and no figures of their own."""
    is_complete: bool = True
    """Whether every unit's id could be read; if not, a name not found is not yet wrong."""

    def expand(self, found: Findings, words: Sequence[str | None], at: Cursor) -> tuple[str, ...] | None:
        """The units that a list of ids and kind words names, in plan order; None when any is unknown."""
        chosen: set[str] = set()
        is_sound = self.is_complete
        of_kind: dict[str, list[str]] = {}
        for unit, kind in self.kinds.items():
            of_kind.setdefault(kind, []).append(unit)
        for position, word in enumerate(words):
            named = [word] if word in self.kinds else [] if word is None else of_kind.get(word, [])
            if twice := listed(unit for unit in named if unit in chosen):
                found.report(rule.REPEATED_UNIT, at.down(position).place(), "unit-repeated", names=twice)
            chosen.update(named)
            is_sound = is_sound and bool(named)
            if word is not None and not named:
                self._unknown(found, at.down(position), word, is_sure="" not in of_kind)
        return tuple(unit for unit in self.kinds if unit in chosen) if is_sound else None

    def _unknown(self, found: Findings, at: Cursor, word: str, *, is_sure: bool) -> None:
        """Nothing is said of a word that a unit which could not be read may stand for."""
        if word in self.regions:
            found.report(rule.REGION_REPORTS, at.place(), "region-reports", name=word)
        elif word in UNIT_KINDS:
            if self.kinds and is_sure:
                found.report(rule.UNKNOWN_UNIT, at.place(), "empty-kind", name=word)
        elif self.is_complete:
            near = (self.ids_by_name.get(word, word), (*self.kinds, *UNIT_KINDS))
            apart = listed((self.ids_by_name.get(each, each) for each in members_in(word)), ", ")
            message, near_one = ("units-apart", None) if apart else ("unknown-unit", near)
            found.report(rule.UNKNOWN_UNIT, at.place(), message, name=word, near=near_one, meant=apart)


_Scope = tuple[Literal["total", "each", "units"], tuple[str, ...], tuple[str, ...]]
"""What a target applies to, the units that it judges, and those that report."""


@dataclass(frozen=True, slots=True)
class IndicatorReader:
    """Reads indicators against what the rest of the plan says."""

    found: Findings
    units: Units
    year: int | None
    reporting: tuple[str, ...] | None
    """The plan's default of who reports; None when it could not be read."""
    stage_sets: Mapping[str, tuple[Stage, ...] | None]

    def read(self, form: IndicatorForm, task: int, area: int | None, at: Cursor, lead: str = "") -> Indicator | None:
        """The indicator written here, under a task led by that office; None when anything about it is wrong."""
        if form.kind is None:
            return None
        before = self.found.errors
        extras = self._extras(form, at)
        promise = PromiseReader(self.found, form, self.year, at).read()
        target = promise.target
        scope = self._scope(form, at)
        schedule = ScheduleReader(self.found, form, promise, self.year, at).read()
        if (bare := bare_unit(form.unit or "")) != (form.unit or ""):
            self.found.report(file_rules.NOT_ALLOWED, at.place("unit"), "unit-wrapped", name=form.unit, meant=bare)
        if isinstance(form, AdditiveForm) and is_share_unit(form.unit or ""):
            self.found.report(file_rules.NOT_ALLOWED, at.place("unit"), "unit-share", kind=form.kind, name=form.unit)
        if form.ratio is not None:
            self._check_scale(form.ratio, at)
        breakdown = form.breakdown or "" if isinstance(form, AdditiveForm) else ""
        if breakdown and form.applies_to not in (None, "total"):
            self.found.report(rule.UNUSABLE_BREAKDOWN, at.place("breakdown"), "breakdown-total")
        elif breakdown:
            self._breakdown(breakdown, target, scope[2] if scope else (), at.place("breakdown"))
        if target is None or scope is None or schedule is None or extras is None or self.found.errors > before:
            return None
        if words := due_elsewhere(form.source or "", schedule):
            named: dict[str, Any] = {"indicator": form.id or "", "words": words, "name": str(schedule.due)}
            self.found.report(document_rules.DOCUMENT_SAYS_OTHERWISE, at.place("source"), "due", **named)
        starts = [] if promise.baseline is None else [promise.baseline]
        self._hold_against_clause(form, form.source or "", target, starts, len(scope[2]), at.place("target"))
        held = target
        for now, place in at.members("revisions", promise.revisions):
            starts, held = [*starts, held.value], now.target
            self._hold_against_clause(form, now.source, held, starts, len(scope[2]), place.place("target"))
        if form.name is None:
            return None
        applies_to, judged, reporting = scope
        return form.makes(
            **as_written(form, "id", "name"),
            source=form.source or "",
            name_en=form.name_en or "",
            unit=form.unit or "",
            target=target,
            applies_to=applies_to,
            judged=judged,
            reporting=reporting,
            schedule=schedule,
            task=task,
            area=area,
            baseline=promise.baseline,
            breakdown=breakdown,
            note=form.note or "",
            lead=form.lead or lead,
            weight=Fraction(form.weight or 1),
            report_every=form.report_every or "month",
            revisions=promise.revisions,
            **extras,
        )

    def _check_scale(self, form: RatioForm, at: Cursor) -> None:
        """The unit says by what the ratio is multiplied, and `scale` the same."""
        said = form.other_scale
        if said is None:
            if is_per_cent(form.unit or ""):
                self.found.report(file_rules.NOT_ALLOWED, at.place("unit"), "unit-percent", name=form.unit or "")
            return
        if "unit" not in form.model_fields_set:
            self.found.report(file_rules.MISSING_KEY, at.place(), "unit-missing")
            return
        named: dict[str, Any] = {"name": form.unit or "", "times": said.times, "scale": form.scale or 0}
        if said.times in get_args(Scale):
            message = "unit-of-percent" if said.times == RatioIndicator.scale else "unit-of-scale"
            self.found.report(file_rules.NOT_ALLOWED, at.place("unit"), message, **named)
            return
        unit = said.other_unit
        named |= {"unit": _QUOTED.get(unit, unit), "other_unit": unit, "other": said.other_times}
        goal = form.target if isinstance(form.target, TargetForm) else None
        written = next(filter(None, (goal.at_least, goal.at_most, goal.about)), None) if goal is not None else None
        if written is None:
            self.found.report(file_rules.NOT_ALLOWED, at.place("unit"), "unit-without-scale", **named)
            return
        value = Fraction(written)
        named |= {"number": decimal_text(value), "meant": decimal_text(value * said.other_times / said.times)}
        self.found.report(file_rules.NOT_ALLOWED, at.place("unit"), "unit-without-scale-but", **named)

    def _hold_against_clause(
        self,
        form: IndicatorForm,
        clause: str,
        target: Target,
        starts: Collection[Fraction],
        count: int,
        place: Location,
    ) -> None:
        """The target is a number of its clause, or what that comes to for so many units, and the same way about."""
        if not isinstance(form, MeasuredForm):
            return
        unit = form.unit or ""
        scale = (form.ratio.scale or 100) if form.ratio is not None and unit != "%" else 1
        named = contradicts(clause, unit, target, scale, starts)
        told = listed(each.text for each, _ in named)
        growth, number = decimal_text(target.growth * 100), decimal_text(target.value)
        if target.growth and len(named) == 1 and named[0][0].is_points:
            meant = decimal_text(target.value / (1 + target.growth) + named[0][1])
            self.found.report(rule.CLAUSE_MISMATCH, place, "clause-points", number=growth, named=told, at_least=meant)
        elif named:
            is_share = bool(target.growth) and any(each.is_percent for each, _ in named)
            is_sum = any(figure * count == target.value for _, figure in named)
            figure, measure = (target.growth * 100, "%") if is_share else (target.value, unit)
            off_by = is_off_by_tens(figure, measure, named) and not is_sum
            broken = rule.CLAUSE_OFF_BY_TENS if off_by else rule.CLAUSE_MISMATCH
            message, number = ("clause-growth", growth) if is_share else ("clause-number", number)
            if off_by and not is_share and (written := named[0][0].measured(unit)):
                message, told = "clause-measure", listed([written])
            said: dict[str, Any] = {"number": number, "named": told, "measure": unit, "indicator": form.id or ""}
            self.found.report(broken, place, message, meant=decimal_text(named[0][1]), **said)
        elif other := other_way(clause, unit, target, scale, starts):
            said = {"words": other.words, "operator": target.operator, "other": other.way}
            self.found.report(rule.CLAUSE_MISMATCH, place, "clause-direction", number=number, **said)

    def _extras(self, form: IndicatorForm, at: Cursor) -> dict[str, Any] | None:
        """The fields that only this kind has; None when they cannot be read."""
        if (ratio := form.ratio) is not None:
            written = as_written(ratio, "scale", "numerator", "denominator", "denominator_accumulates")
            written["decimals"] = ratio.most_decimals
            return None if ratio.scale is None else {**written, "part_of_whole": ratio.is_part_of_whole}
        if form.staged is not None:
            stages = self._stages(form.staged, at.down("stages"))
            return None if stages is None else {"stages": stages}
        return {"decimals": form.most_decimals} if isinstance(form, MeasuredForm) else {}

    def _scope(self, form: IndicatorForm, at: Cursor) -> _Scope | None:
        scope = form.applies_to
        named = self.units.expand(self.found, scope, at.down("applies_to")) if isinstance(scope, list) else None
        if form.reporting is not None:
            reporting = self.units.expand(self.found, form.reporting, at.down("reporting"))
        elif form.is_unread("reporting") or scope is None:
            reporting = None
        else:
            reporting = named if isinstance(scope, list) else self.reporting
        if reporting == ():
            place = at.place() if form.reporting is None else at.place("reporting")
            self.found.report(rule.NOBODY_REPORTS, place, "nobody", name=form.id or "")
        if scope is None or reporting is None:
            return None
        if not isinstance(scope, list):
            return ("each", reporting, reporting) if scope == "each" else ("total", (), reporting)
        reports = frozenset(reporting)
        for unit in named or ():
            if unit not in reports:
                name = self.units.names.get(unit, unit)
                place = at.place("applies_to")
                self.found.report(rule.JUDGED_WITHOUT_REPORT, place, "not-reporting", name=name, unit=unit)
        return None if named is None else ("units", named, reporting)

    def _stages(self, form: MilestoneForm, at: Cursor) -> tuple[Stage, ...] | None:
        name = form.stages
        if name is None:
            return None if form.is_unread("stages") else DEFAULT_STAGES
        if not isinstance(name, str):
            return read_stages(self.found, name, at)
        if name not in self.stage_sets and (apart := listed(members_in(name), ", ")):
            self.found.report(rule.IMPOSSIBLE_STAGES, at.place(), "stages-apart", name=name, meant=apart)
        elif name not in self.stage_sets:
            known = listed(self.stage_sets)
            message = "no-stage-set" if known else "no-stage-sets"
            near = (name, list(self.stage_sets))
            self.found.report(rule.UNKNOWN_STAGE_SET, at.place(), message, name=name, known=known, near=near)
        return self.stage_sets.get(name)

    def _breakdown(self, weight: str, target: Target | None, reporting: Sequence[str], place: Location) -> None:
        if target is not None and target.operator == "undefined":
            self.found.report(rule.UNUSABLE_BREAKDOWN, place, "breakdown-undefined")
            return
        if weight == "equal" or not reporting:
            return
        weights = {unit: self.units.weights.get(unit, {}) for unit in reporting}
        among = sorted({name for facts in weights.values() for name in facts})
        if weight not in among:
            known = listed(("equal", *among))
            near = (weight, ("equal", *among))
            self.found.report(rule.UNUSABLE_BREAKDOWN, place, "no-weight", name=weight, known=known, near=near)
            return
        for unit, facts in weights.items():
            if weight not in facts and self.units.kinds[unit] != "bureau":
                name = self.units.names.get(unit, unit)
                self.found.report(rule.UNUSABLE_BREAKDOWN, place, "weight-gap", name=weight, unit_name=name)
        if not any(facts.get(weight) for facts in weights.values()):
            self.found.report(rule.UNUSABLE_BREAKDOWN, place, "weight-zero", name=weight)


def as_written(form: StrictForm, *keys: str) -> dict[str, Any]:
    """The values under those keys, for a class that has fields of the same names."""
    return {key: getattr(form, key) for key in keys}
