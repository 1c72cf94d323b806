"""The plan as the program uses it: areas, tasks, indicators, reporting units. Knows nothing of YAML, CSV or output."""

import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction
from functools import cached_property
from typing import Literal, NamedTuple

from mzplan.period import Period
from mzplan.plan.indicator import Indicator
from mzplan.plan.target import Schedule, Target

UnitKind = Literal["county", "zone", "bureau"]
Basis = Literal["official", "reference"]

BASIS_ZH: Mapping[str, str] = {"plan": "计划", "official": "正式", "reference": "参考"}
"""What a target rests on, where columns are narrow."""
REFERENCE_PART = "参考分解"
BASIS_IN_FULL: Mapping[str, str] = {"plan": "计划规定", "official": "正式下达", "reference": "参考分解（测算）"}
REFERENCE_CAUTION = "参考分解（测算），非正式下达"


FIRST_YEAR, LAST_YEAR = 1949, 2999
"""The years that a plan may be of."""
BEGINNING = Period(1, 1)
"""Before every month of a plan."""
OFFICE = "民政局"
"""What the name of a unit, or of the city, may be followed by: it is the same one."""


CITY_WORDS = ("city", "whole city", "total", "全市")
"""What means the whole city whatever a plan calls it."""


def city_names(city: str | None, publisher: str | None) -> tuple[str, ...]:
    """What the whole is called: 全市, and 某市 where 某市民政局 issues the plan."""
    return tuple(filter(None, (city, (publisher or "").removesuffix(OFFICE))))


def folded(spelling: str) -> str:
    """A spelling without what does not tell names apart: full widths and capitals."""
    return unicodedata.normalize("NFKC", spelling).casefold()


def city_spellings(city: str | None, publisher: str | None, words_en: Mapping[str, str | None]) -> frozenset[str]:
    """Whatever means the whole city where a unit is asked for, and therefore no unit; folded."""
    names = city_names(city, publisher)
    return frozenset(folded(each) for each in (*CITY_WORDS, *names, *map(words_en.get, names)) if each)


class ReportingUnit(NamedTuple):
    """Who files records: a county, a development zone, or the city's bureau itself (填报单位)."""

    id: str
    """ASCII; used in file names."""
    name: str
    kind: UnitKind
    weights: Mapping[str, Fraction]
    """The facts a breakdown may weigh by: townships, population."""
    code: str = ""
    """GB/T 2260 or an internal code; compared whole, never by prefix."""
    aliases: tuple[str, ...] = ()
    name_en: str = ""
    parent: str = ""
    """The id of the region that it belongs to; empty for none."""

    @property
    def is_ranked(self) -> bool:
        """Counties and zones are ranked; the bureau is not."""
        return self.kind != "bureau"


class Task(NamedTuple):
    """A numbered task (任务), or a safeguard item (工作保障), with its indicators."""

    number: int
    name: str
    area: int | None
    indicators: tuple[Indicator, ...]
    lead: str = ""
    """The office of the bureau that answers for it (责任处室), and for its indicators unless they name another."""
    name_en: str = ""


class ActionArea(NamedTuple):
    """A numbered action area (行动) with its tasks."""

    number: int
    name: str
    short: str
    """A few characters that fit a column heading."""
    tasks: tuple[Task, ...]
    name_en: str = ""

    @property
    def indicators(self) -> tuple[Indicator, ...]:
        """The indicators of all its tasks, in plan order."""
        return tuple(indicator for task in self.tasks for indicator in task.indicators)


class Part(NamedTuple):
    """What a unit was given of an indicator (任务分解): a part of a city total, or a target or due date of its own."""

    target: Target
    basis: Basis
    source: str
    line: int = 0
    """Its line in the breakdown file."""
    baseline: Fraction | None = None
    """The unit's own; the city's says nothing about one unit."""
    due: Period | None = None
    """The unit's own due date; None for the indicator's."""
    start: Period | None = None
    """The month from which on it holds; None for all of the year."""

    @property
    def is_target(self) -> bool:
        """Whether the unit is judged by it: a part of 0 is no target (无分解任务), while a ceiling of 0 is one."""
        return self.target.operator == "at_most" or self.target.value > 0

    def is_blind(self, indicator: Indicator) -> bool:
        """Whether the way to it has a start that is not known: the indicator has a baseline, and the unit none.

        Nobody can say how far the unit has come along such a way: it is judged at the due date alone, by its part as
        such. What must hold always has no way to go.
        """
        return indicator.baseline is not None and self.baseline is None and indicator.schedule.kind != "always"

    def schedule(self, indicator: Indicator) -> Schedule:
        """By when the unit is expected to have come how far."""
        due = self.due or indicator.schedule.due
        if self.is_blind(indicator):
            return Schedule("by_due", due)
        return indicator.schedule._replace(due=due).asked_of(self.target, self.baseline)


def in_order(parts: Iterable[Part]) -> tuple[Part, ...]:
    """A unit's parts in the order of the months from which on each holds."""
    return tuple(sorted(parts, key=lambda part: part.start or BEGINNING))


def in_force(parts: Iterable[Part], period: Period) -> Part | None:
    """Of a unit's parts the latest that holds by then."""
    return next((part for part in reversed(in_order(parts)) if (part.start or BEGINNING) <= period), None)


def added(parts: Sequence[Part], due: Period) -> Part | None:
    """What several units were given together, as one part; None where their targets cannot be added.

    It rests on a reference if any of them does, and is due when the last of them is; `due` is that of those without
    one of their own.
    """
    if not parts or len({(part.target.operator, part.target.tolerance) for part in parts}) != 1:
        return None
    baselines = [part.baseline for part in parts if part.baseline is not None]
    latest = max(part.due or due for part in parts)
    return Part(
        parts[0].target._replace(value=sum((part.target.value for part in parts), Fraction(0))),
        "reference" if any(part.basis == "reference" for part in parts) else "official",
        source="",
        baseline=sum(baselines, Fraction(0)) if len(baselines) == len(parts) else None,
        due=None if latest == due else latest,
    )


class Relation(NamedTuple):
    """A relation between indicators of one unit and period: the terms' sum must be at most, or equal to, the whole."""

    terms: tuple[str, ...]
    operator: Literal["at_most", "equals"]
    whole: str
    missing: Literal["skip_any", "skip_all", "as_zero"] = "skip_any"
    """When a figure is absent: skip the relation if any is, skip it only if all terms are, or count it as zero."""


class LightPreset(NamedTuple):
    """Thresholds with a name that turn a gap into a light."""

    name: str
    title: str
    yardstick: Literal["points", "relative"]
    """Percentage points of gap, or shortfall relative to the expected amount in per cent."""
    yellow: Fraction
    """Shortfall from which on the light is yellow; 0 means any shortfall."""
    red: Fraction | None
    """Shortfall from which on it is red; None for a preset with two states."""
    source: str
    note: str = ""
    yellow_inclusive: bool = False
    red_inclusive: bool = False


def _spellings(units: Iterable[ReportingUnit]) -> Mapping[str, str]:
    return {
        spelling: unit.id for unit in units for spelling in (*unit.aliases, unit.code, unit.id, unit.name) if spelling
    }


@dataclass(frozen=True, kw_only=True)
class Plan:
    """A year's work plan of one city."""

    title: str
    year: int
    city: str
    """The city's name as tables and prose call it (全市 stands for its total)."""
    publisher: str
    issued: str
    source: str
    reporting_units: tuple[ReportingUnit, ...]
    """Those that file records: whoever is nobody's parent."""
    action_areas: tuple[ActionArea, ...]
    safeguards: tuple[Task, ...]
    safeguards_name: str = "工作保障"
    regions: tuple[ReportingUnit, ...] = ()
    """Those that others name as their parent: they file nothing, their figures are what their members' come to."""
    parts: Mapping[tuple[str, str], tuple[Part, ...]]
    """What units were given by (indicator id, unit id), in the order of the months from which on each holds."""
    relations: tuple[Relation, ...] = ()
    lights: tuple[LightPreset, ...] = ()
    words_en: Mapping[str, str] = field(default_factory=dict)
    """English for words of the plan that are no names of areas, tasks, indicators or units."""
    escalate: int = 0
    """Periods behind in a row that turn `behind` into `far_behind`; 0 for never."""
    report_day: int = 10
    """Day of the following month by which a period's reports are due."""
    path: str = ""
    digest: str = ""
    """SHA-256 of the plan and breakdown files, hexadecimal."""

    @cached_property
    def tasks(self) -> tuple[Task, ...]:
        """All tasks in plan order, the safeguard items last."""
        return tuple(task for area in self.action_areas for task in area.tasks) + self.safeguards

    @cached_property
    def indicators(self) -> Mapping[str, Indicator]:
        """By id, in plan order."""
        return {indicator.id: indicator for task in self.tasks for indicator in task.indicators}

    @cached_property
    def units(self) -> Mapping[str, ReportingUnit]:
        """By id, in plan order."""
        return {unit.id: unit for unit in self.reporting_units}

    @cached_property
    def units_and_regions(self) -> Mapping[str, ReportingUnit]:
        """Whoever has rows, by id: the regions, then the units, each in plan order."""
        return {unit.id: unit for unit in (*self.regions, *self.reporting_units)}

    @cached_property
    def children(self) -> Mapping[str, tuple[str, ...]]:
        """By region, and by "" for those of none: who belongs to it directly, regions first."""
        found: dict[str, list[str]] = {}
        for unit in self.units_and_regions.values():
            found.setdefault(unit.parent, []).append(unit.id)
        return {parent: tuple(members) for parent, members in found.items()}

    @cached_property
    def members(self) -> Mapping[str, tuple[str, ...]]:
        """By region: the units below it, at whatever depth, in plan order."""
        found: dict[str, list[str]] = {region.id: [] for region in self.regions}
        for unit in self.reporting_units:
            above = unit.parent
            while above:
                found[above].append(unit.id)
                above = self.units_and_regions[above].parent
        return {region: tuple(units) for region, units in found.items()}

    @cached_property
    def below(self) -> Mapping[str, tuple[str, ...]]:
        """By region: whoever is below it, at whatever depth, each region followed by its own."""
        found: dict[str, tuple[str, ...]] = {}
        for region in self._upward:
            found[region] = tuple(each for one in self.children[region] for each in (one, *found.get(one, ())))
        return found

    @cached_property
    def _upward(self) -> tuple[str, ...]:
        """The regions, each behind those below it; "" for those of none last."""
        depths = {"": 0}
        for region in self.regions:
            way = [region.id]
            while way[-1] not in depths:
                way.append(self.units_and_regions[way[-1]].parent)
            depths.update({each: depths[way[-1]] + up for up, each in enumerate(reversed(way))})
        return tuple(sorted(depths, key=lambda region: -depths[region]))

    @cached_property
    def unit_index(self) -> Mapping[str, int]:
        """Position of each unit id: the ledger's second dimension."""
        return {unit.id: position for position, unit in enumerate(self.reporting_units)}

    @cached_property
    def indicator_index(self) -> Mapping[str, int]:
        """Position of each indicator id: the ledger's first dimension."""
        return {identifier: position for position, identifier in enumerate(self.indicators)}

    @cached_property
    def unit_names(self) -> Mapping[str, str]:
        """Every accepted spelling (name, id, code, alias) to the unit's id."""
        return _spellings(self.reporting_units)

    @cached_property
    def region_names(self) -> Mapping[str, str]:
        """The same of regions, for whom no data are filed."""
        return _spellings(self.regions)

    @cached_property
    def _judged(self) -> Mapping[str, frozenset[str]]:
        """Who is judged, by indicator id: asked for every unit, so a tuple would take units × units steps."""
        return {identifier: frozenset(indicator.judged) for identifier, indicator in self.indicators.items()}

    @cached_property
    def _owing(self) -> Mapping[str, frozenset[str]]:
        """Who must report, by indicator id: a tuple would take units × units steps."""
        return {identifier: frozenset(indicator.owing) for identifier, indicator in self.indicators.items()}

    @property
    def city_names(self) -> tuple[str, ...]:
        """What the whole is called."""
        return city_names(self.city, self.publisher)

    @cached_property
    def english(self) -> Mapping[str, str]:
        """The plan's own words to their English, where it gives one: names, and `words_en`."""
        named = [(unit.name, unit.name_en) for unit in self.units_and_regions.values()]
        named += [(area.name, area.name_en) for area in self.action_areas]
        named += [(task.name, task.name_en) for task in self.tasks]
        named += [(indicator.name, indicator.name_en) for indicator in self.indicators.values()]
        return {**self.words_en, **{name: name_en for name, name_en in named if name_en}}

    @cached_property
    def periods(self) -> tuple[Period, ...]:
        """The twelve months of the plan's year."""
        return tuple(Period(self.year, month) for month in range(1, 13))

    @cached_property
    def owed_by_month(self) -> Mapping[int, Mapping[str, Sequence[str]]]:
        """By month, 1 to 12, and unit: the indicators that it must report, in plan order."""
        owed: dict[int, dict[str, list[str]]] = {one.month: {unit: [] for unit in self.units} for one in self.periods}
        for code, indicator in self.indicators.items():
            for period in filter(indicator.is_owed, self.periods):
                for unit in indicator.owing:
                    owed[period.month][unit].append(code)
        return owed

    def owed(self, unit: str, period: Period | None = None) -> tuple[Indicator, ...]:
        """The indicators that a unit must report, in that period if one is given, in plan order."""
        return tuple(
            indicator
            for indicator in self.indicators.values()
            if unit in self._owing[indicator.id] and (period is None or indicator.is_owed(period))
        )

    def due_day(self, period: Period) -> date:
        """The last day on which a month's reports are in time."""
        following = period.shift(1)
        return date(following.year, following.month, self.report_day)

    @property
    def is_divided(self) -> bool:
        """Whether there are several areas: in a plan of what one office answers for all is one, which is no area."""
        return len(self.action_areas) > 1 or bool(self.safeguards)

    def narrowed(self, name: str, wants: Callable[[Indicator], bool]) -> "Plan":
        """A plan of the indicators wanted alone, in one area of that name, with a number that no area has here."""
        number = 1 + max((area.number for area in self.action_areas), default=0)
        found = {task: tuple(replace(one, area=number) for one in task.indicators if wants(one)) for task in self.tasks}
        tasks = tuple(task._replace(area=number, indicators=wanted) for task, wanted in found.items() if wanted)
        return replace(self, action_areas=(ActionArea(number, name, name, tasks),), safeguards=())

    def part_for(self, indicator: Indicator, unit: str, period: Period) -> Part | None:
        """What the breakdown gives a unit at a period: the latest that holds by then, even where it is no target.

        A region what it gives all who report a count or stock there, together; None where it gives one of them nothing.
        """
        if unit in self.members:
            units = self.members_of(indicator, unit) if indicator.contributes else ()
            parts = [part for one in units if (part := self.part_for(indicator, one, period)) is not None]
            return added(parts, indicator.schedule.due) if len(parts) == len(units) else None
        given = self.parts.get((indicator.id, unit))
        return in_force(given, period) if given else None

    def members_of(self, indicator: Indicator, region: str) -> tuple[str, ...]:
        """The units below a region that report an indicator, in plan order."""
        return tuple(unit for unit in self.members[region] if unit in indicator.reporters)

    def target_for(
        self, indicator: Indicator, unit: str, period: Period
    ) -> tuple[Target, Basis | Literal["plan"]] | None:
        """The target a unit is judged by at a period and what it rests on; None when the unit is not judged.

        The basis of the breakdown's row, or "plan" when the plan itself promises it of the unit.
        """
        if part := self.part_for(indicator, unit, period):
            return (part.target, part.basis) if part.is_target else None
        return (indicator.at(period).target, "plan") if unit in self._judged[indicator.id] else None
