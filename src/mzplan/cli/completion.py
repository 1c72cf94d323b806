"""What the shell offers of a plan: units, indicators, areas, tasks, presets. Silent where there is no plan."""

from collections.abc import Iterator

from mzplan.cli.project import plan_path
from mzplan.diagnostics import InputError
from mzplan.plan.lights import PRESETS, presets_of
from mzplan.plan.load import load_plan
from mzplan.plan.model import Plan
from mzplan.views.query import leads_of


def _plan_for_completion() -> Plan | None:
    try:
        return load_plan(plan_path(None))
    except InputError:
        return None


def complete_unit(incomplete: str) -> Iterator[tuple[str, str]]:
    """Names and ids of units for the shell."""
    plan = _plan_for_completion()
    for unit in plan.reporting_units if plan else ():
        for word in (unit.name, unit.id):
            if word.startswith(incomplete):
                yield word, unit.name


def complete_indicator(incomplete: str) -> Iterator[tuple[str, str]]:
    """Ids of indicators for the shell, with their names."""
    plan = _plan_for_completion()
    for indicator in plan.indicators.values() if plan else ():
        if indicator.id.startswith(incomplete.upper()):
            yield indicator.id, indicator.name


def complete_area(incomplete: str) -> Iterator[tuple[str, str]]:
    """Numbers of areas for the shell, with their names."""
    plan = _plan_for_completion()
    for area in plan.action_areas if plan else ():
        if str(area.number).startswith(incomplete):
            yield str(area.number), area.short


def complete_task(incomplete: str) -> Iterator[tuple[str, str]]:
    """Numbers of tasks for the shell, with their names."""
    plan = _plan_for_completion()
    for task in plan.tasks if plan else ():
        if str(task.number).startswith(incomplete):
            yield str(task.number), task.name


def complete_lead(incomplete: str) -> Iterator[str]:
    """Offices for the shell."""
    plan = _plan_for_completion()
    offices = [leads_of(indicator) for indicator in plan.indicators.values()] if plan else []
    for office in sorted(frozenset().union(*offices)):
        if office.startswith(incomplete):
            yield office


def complete_period(incomplete: str) -> Iterator[str]:
    """The months of the plan's year for the shell."""
    plan = _plan_for_completion()
    for period in plan.periods if plan else ():
        if str(period).startswith(incomplete):
            yield str(period)


def complete_lights(incomplete: str) -> Iterator[tuple[str, str]]:
    """Names of presets for the shell."""
    plan = _plan_for_completion()
    for preset in (presets_of(plan) if plan else PRESETS).values():
        if preset.name.startswith(incomplete):
            yield preset.name, preset.title
