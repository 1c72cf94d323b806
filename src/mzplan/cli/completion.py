"""What the shell offers to complete: units, indicators, areas, tasks, presets. Silent where there is no plan."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from mzplan.cli.common import plan_path
from mzplan.diagnostics import InputError

if TYPE_CHECKING:
    from mzplan.plan.model import Plan


def _plan_for_completion() -> "Plan | None":
    from mzplan.plan.load import load_plan

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


def complete_lights(incomplete: str) -> Iterator[tuple[str, str]]:
    """Names of presets for the shell."""
    from mzplan.plan.lights import PRESETS, presets_of

    plan = _plan_for_completion()
    for preset in (presets_of(plan) if plan else PRESETS).values():
        if preset.name.startswith(incomplete):
            yield preset.name, preset.title


def complete_format(incomplete: str) -> Iterator[str]:
    """Formats for the shell."""
    from mzplan.render.status import FORMATS

    return (name for name in FORMATS if name.startswith(incomplete))


def complete_status(incomplete: str) -> Iterator[tuple[str, str]]:
    """Statuses for the shell; the last of several joined by commas is completed."""
    from mzplan.scoring.progress import STATUS_ZH

    head, comma, last = incomplete.rpartition(",")
    for status, word in STATUS_ZH.items():
        if status.value.startswith(last):
            yield f"{head}{comma}{status.value}", word


def complete_grouping(incomplete: str) -> Iterator[tuple[str, str]]:
    """Ways of grouping for the shell."""
    from mzplan.views.query import GROUPINGS

    return ((name, word) for name, word in GROUPINGS.items() if name.startswith(incomplete))


def complete_order(incomplete: str) -> Iterator[tuple[str, str]]:
    """Orders for the shell."""
    from mzplan.views.query import ORDERS

    return ((name, word) for name, word in ORDERS.items() if name.startswith(incomplete))
