"""What the shell offers of a plan: units, indicators, areas, tasks, presets. Silent where there is no plan."""

from collections.abc import Callable, Iterable, Iterator

from mzplan.cli.language import known_plan
from mzplan.cli.project import plan_choice
from mzplan.diagnostics import InputError
from mzplan.plan.lights import PRESETS, presets_of
from mzplan.plan.model import Plan
from mzplan.views.query import leads_of

Words = Iterable[tuple[str, str]]
"""What may be written, each word with what it means."""


def _offering(words: Callable[[Plan], Words], otherwise: Words = ()) -> Callable[[str], Iterator[tuple[str, str]]]:
    """A completion by the words of the plan, or by those that there are otherwise; capitals do not count."""

    def complete(incomplete: str) -> Iterator[tuple[str, str]]:
        try:
            offered = words(known_plan(plan_choice(None).path))
        except InputError:
            offered = otherwise
        begun = incomplete.casefold()
        yield from ((word, meaning) for word, meaning in offered if word.casefold().startswith(begun))

    return complete


def _leads(plan: Plan) -> Words:
    offices = frozenset[str]().union(*map(leads_of, plan.indicators.values()))
    return ((office, "") for office in sorted(offices))


complete_unit = _offering(
    lambda plan: ((word, unit.name) for unit in plan.reporting_units for word in (unit.name, unit.id))
)
complete_indicator = _offering(lambda plan: ((each.id, each.name) for each in plan.indicators.values()))
complete_area = _offering(lambda plan: ((str(area.number), area.short) for area in plan.action_areas))
complete_task = _offering(lambda plan: ((str(task.number), task.name) for task in plan.tasks))
complete_lead = _offering(_leads)
complete_period = _offering(lambda plan: ((str(period), "") for period in plan.periods))
complete_lights = _offering(
    lambda plan: ((preset.name, preset.title) for preset in presets_of(plan).values()),
    [(preset.name, preset.title) for preset in PRESETS.values()],
)
