"""The output of `mzplan plan`: what the plan promises, by area and task."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from mzplan.diagnostics import show
from mzplan.figures import decimal_or_none, decimal_text
from mzplan.plan.indicator import CYCLE_ZH, Indicator
from mzplan.plan.model import BASIS_IN_FULL, Plan, ReportingUnit, Task
from mzplan.plan.target import SCHEDULE_ZH, Schedule, Target
from mzplan.plan.unit_lists import units_told
from mzplan.render.columns import column
from mzplan.render.document import Cell, Document, Item, Listing, RowGroup, Table
from mzplan.render.formats import Formats, formats
from mzplan.render.lights import red_text, thresholds, yellow_text
from mzplan.said import SCREEN, listed, say
from mzplan.zh import Amount

SCHEMA_VERSION = 1

_AREAS, _TASKS, _ITEMS = "{count} 项行动", "{count} 项任务", "{count} 项{safeguards}"
_TITLE = "{title}（{year}年）"
_PARTS = "任务分解：{official_word} {official} 个数，{reference_word} {reference} 个数"
_LIGHTS = "自定亮灯规则 {name}：{title}（黄：{yellow}；红：{red}）"
_WHOLE_KINDS = {"county": "各县（市、区）", "zone": "开发区"}
_WEIGHT = "{text}（权重{weight}）"

_COLUMNS = (
    column("id"),
    column("name"),
    column("target", align="left"),
    column("scope", weight=1),
    column("due", weight=2),
    column("schedule", weight=3),
    column("unit", key="reporting", weight=4),
)


class Excerpt(NamedTuple):
    """A plan and the tasks of it that are shown."""

    plan: Plan
    tasks: Sequence[Task]

    @property
    def indicators(self) -> list[Indicator]:
        """The indicators of the tasks, in plan order."""
        return [indicator for task in self.tasks for indicator in task.indicators]


def document(excerpt: Excerpt) -> Document:
    """A table for each area that has tasks in the excerpt, its parts the tasks."""
    plan = excerpt.plan
    return Document(
        title if str(plan.year) in (title := show(plan.title, 160)) else say(_TITLE, title=title, year=plan.year),
        (Listing("facts", tuple(map(Item, _facts(excerpt)))), *_tables(excerpt)),
    )


def _facts(excerpt: Excerpt) -> Iterator[tuple[str, ...]]:
    plan, indicators = excerpt.plan, excerpt.indicators
    yield say("{publisher} {issued} 印发", publisher=show(plan.publisher), issued=plan.issued), show(plan.source, 160)
    kinds = Counter(indicator.kind_zh for indicator in indicators)
    by_kind = listed((say("{kind} {count}", kind=kind, count=count) for kind, count in kinds.items()), "，")
    yield size_text(plan, excerpt.tasks), say("{count} 项指标：{kinds}", count=len(indicators), kinds=by_kind)
    shown = {indicator.id for indicator in indicators}
    bases = [part.basis for (identifier, _), rows in plan.parts.items() if identifier in shown for part in rows]
    if bases:
        words = {f"{basis}_word": BASIS_IN_FULL[basis] for basis in ("official", "reference")}
        yield (say(_PARTS, **words, official=bases.count("official"), reference=bases.count("reference")),)
    if plan.escalate:
        yield (say("连续 {periods} 期滞后的判为严重滞后", periods=plan.escalate),)
    for preset in plan.lights:
        title, yellow, red = show(preset.title, 160), yellow_text(preset), red_text(preset)
        yield (say(_LIGHTS, name=preset.name, title=title, yellow=yellow, red=red),)
    yield say("每期次月 {day} 日前报送", day=plan.report_day), units_told(plan, tuple(plan.units))


def size_text(plan: Plan, tasks: Sequence[Task]) -> str:
    """How many areas, tasks and safeguard items there are among the tasks, without those of which there are none."""
    counts = (
        (_AREAS, len({task.area for task in tasks if task.area is not None})),
        (_TASKS, sum(task.area is not None for task in tasks)),
        (_ITEMS, sum(task.area is None for task in tasks)),
    )
    return listed(say(words, count=count, safeguards=show(plan.safeguards_name)) for words, count in counts if count)


def _tables(excerpt: Excerpt) -> Iterator[Table]:
    plan = excerpt.plan
    titles: dict[int | None, str] = {
        area.number: say(
            "行动 {number} {short}：{name}" if area.short != area.name else "行动 {number} {name}",
            number=area.number,
            short=show(area.short),
            name=show(area.name, 160),
        )
        for area in plan.action_areas
    }
    titles[None] = show(plan.safeguards_name)
    for number, title in titles.items():
        tasks = [task for task in excerpt.tasks if task.area == number]
        if tasks:
            yield _table(plan, str(number or "safeguards"), title, tasks)


def _table(plan: Plan, key: str, title: str, tasks: Sequence[Task]) -> Table:
    rows: list[Sequence[Cell]] = []
    parts = []
    for task in tasks:
        start = len(rows)
        rows += [_row(plan, indicator) for indicator in task.indicators]
        words = say("任务 {number} {name}", number=task.number, name=show(task.name, 160))
        parts.append(RowGroup(words if task.indicators else listed((words, "（未列指标）"), ""), start, len(rows)))
    return Table(key, title, _COLUMNS, rows, tuple(parts))


def _row(plan: Plan, indicator: Indicator) -> tuple[Cell, ...]:
    due = indicator.schedule.due
    return (
        Cell(indicator.id),
        Cell(name_text(indicator)),
        Cell(history_text(indicator)),
        Cell(scope_text(plan, indicator)),
        Cell(say("{month}月", month=due.month)),
        Cell(schedule_text(indicator.schedule)),
        Cell(reporting_text(plan, indicator)),
    )


def name_text(indicator: Indicator) -> str:
    """The name, and its weight where that is not 1."""
    name = show(indicator.name, 200)
    return name if indicator.weight == 1 else say(_WEIGHT, text=name, weight=decimal_text(indicator.weight))


def reporting_text(plan: Plan, indicator: Indicator) -> str:
    """Who reports it, how often unless by the month, and the office that leads it."""
    text = units_text(plan, indicator.reporting)
    if indicator.report_every != "month":
        text = listed((CYCLE_ZH[indicator.report_every], text), "：")
    return say("{text}（{lead}）", text=text, lead=show(indicator.lead)) if indicator.lead else text


def history_text(indicator: Indicator) -> str:
    """The promise, and each that took its place with its first month: ≥800张；9月起≥900张."""
    later = (
        say("{month}月起{target}", month=revision.start.month, target=target_text(indicator.at(revision.start)))
        for revision in indicator.revisions
    )
    return listed((target_text(indicator), *later), "；")


def target_text(indicator: Indicator) -> str:
    """The promise in a few characters: ≥100个, 约14000万元±5%, 已完成, 定义缺失."""
    target = indicator.target
    text = show(indicator.target_text(target))
    if target.operator == "undefined" or indicator.counts_silence:
        return text
    if target.operator == "about":
        amount = Amount(indicator.figure_text(target.value), show(indicator.unit))
        return say("约{amount}±{percent}%", amount=amount, percent=decimal_text(target.tolerance * 100))
    amount = Amount(text, show(indicator.unit))
    if target.growth:
        return say("{amount}（增长{percent}%）", amount=amount, percent=decimal_text(target.growth * 100))
    return say("{amount}", amount=amount)


def scope_text(plan: Plan, indicator: Indicator) -> str:
    """Whom the target binds: the whole, every unit, or the units named."""
    if indicator.applies_to == "total":
        return show(plan.city)
    return "各填报单位" if indicator.applies_to == "each" else units_text(plan, indicator.judged)


def schedule_text(schedule: Schedule) -> str:
    """How much is expected when."""
    if schedule.kind != "points":
        return SCHEDULE_ZH[schedule.kind]
    values = {month: decimal_text(amount) for month, amount in schedule.amounts}
    return listed(
        say("{month}月{value}", month=month.month, value=values[month])
        if month in values
        else say("{month}月{percent}%", month=month.month, percent=decimal_text(share * 100))
        for month, share in schedule.points
    )


def units_text(plan: Plan, ids: Iterable[str]) -> str:
    """Units in one line: all counties, or all of several zones, by one word, the others by name."""
    chosen = [plan.units[identifier] for identifier in dict.fromkeys(ids)]
    given, there_are = (Counter(unit.kind for unit in units) for units in (chosen, plan.reporting_units))
    said: dict[str, None] = {}
    single: list[str] = []
    for unit in chosen:
        if given[unit.kind] == there_are[unit.kind] > 1 and unit.kind in _WHOLE_KINDS:
            said[_WHOLE_KINDS[unit.kind]] = None
        else:
            said[show(unit.name)] = None
            single.append(unit.id)
    return listed(said) if len(said) <= SCREEN else units_told(plan, single)


def _unit(plan: Plan, unit: ReportingUnit) -> dict[str, object]:
    return {
        "id": unit.id,
        "name": unit.name,
        "name_en": unit.name_en or None,
        "kind": unit.kind,
        "code": unit.code or None,
        "aliases": list(unit.aliases),
        **({"parent": unit.parent or None} if plan.regions else {}),
        "weights": {word: decimal_text(value) for word, value in unit.weights.items()},
    }


def as_document(excerpt: Excerpt) -> dict[str, object]:
    """The excerpt for programs: figures are strings of plain decimals, absent is null."""
    plan = excerpt.plan
    shown = {indicator.id for indicator in excerpt.indicators}
    return {
        "schema_version": SCHEMA_VERSION,
        "title": plan.title,
        "city": plan.city,
        "year": plan.year,
        "issued": plan.issued,
        "publisher": plan.publisher,
        "source": plan.source,
        "report_day": plan.report_day,
        "escalate": plan.escalate,
        "lights": [thresholds(preset) for preset in plan.lights],
        "digest": plan.digest,
        "words_en": dict(plan.words_en),
        "reporting_units": [_unit(plan, unit) for unit in plan.reporting_units],
        **({"regions": [_unit(plan, region) for region in plan.regions]} if plan.regions else {}),
        "action_areas": [
            {"number": area.number, "name": area.name, "name_en": area.name_en or None, "short": area.short}
            for area in plan.action_areas
        ],
        "tasks": [
            {
                "number": task.number,
                "name": task.name,
                "name_en": task.name_en or None,
                "area": task.area,
                "lead": task.lead or None,
                "indicators": [_indicator(indicator) for indicator in task.indicators],
            }
            for task in excerpt.tasks
        ],
        "breakdown": [
            {
                "indicator": identifier,
                "unit": unit,
                "target": decimal_text(part.target.value),
                "basis": part.basis,
                "source": part.source,
                "baseline": decimal_or_none(part.baseline),
                "due": str(part.due) if part.due else None,
                "from": str(part.start) if part.start else None,
            }
            for (identifier, unit), rows in plan.parts.items()
            if identifier in shown
            for part in rows
        ],
    }


def _indicator(indicator: Indicator) -> dict[str, object]:
    schedule = indicator.schedule
    found: dict[str, object] = {
        "id": indicator.id,
        "name": indicator.name,
        "name_en": indicator.name_en or None,
        "kind": indicator.kind,
        "measure_unit": indicator.unit or None,
        "target": _target(indicator.target),
        "applies_to": indicator.applies_to,
        "judged": list(indicator.judged),
        "reporting": list(indicator.reporting),
        "schedule": {
            "kind": schedule.kind,
            "due": str(schedule.due),
            "points": {str(month): decimal_text(share) for month, share in schedule.points},
            "values": {str(month): decimal_text(amount) for month, amount in schedule.amounts},
        },
        "lead": indicator.lead or None,
        "weight": decimal_text(indicator.weight),
        "report_every": indicator.report_every,
        "revisions": [
            {
                "from": str(revision.start),
                "target": _target(revision.target),
                "source": revision.source,
                "note": revision.note or None,
            }
            for revision in indicator.revisions
        ],
        "baseline": decimal_or_none(indicator.baseline),
        "breakdown": indicator.breakdown or None,
        "source": indicator.source,
        "note": indicator.note or None,
    }
    if ratio := indicator.ratio:
        found["scale"] = ratio.scale
        found["numerator"], found["denominator"] = ratio.numerator, ratio.denominator
        found["denominator_accumulates"] = ratio.denominator_accumulates
    if indicator.stages:
        found["stages"] = [{"name": stage.name, "share": decimal_text(stage.share)} for stage in indicator.stages]
    return found


def _target(target: Target) -> dict[str, str | None]:
    is_open = target.operator == "undefined"
    return {
        "operator": target.operator,
        "value": None if is_open else decimal_text(target.value),
        "tolerance": decimal_text(target.tolerance) if target.operator == "about" else None,
        "growth": decimal_text(target.growth) if target.growth else None,
    }


FORMATS: Formats[Excerpt] = formats(
    document, "terminal", "plain", "markdown", "html", "latex", "docx", json=as_document
)
"""Every value of `plan --format`."""
