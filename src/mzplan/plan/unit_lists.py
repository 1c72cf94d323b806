"""Units in one line: by name, and of more than a screen holds the first few, with how many there are in each region."""

from collections.abc import Mapping, Sequence

from mzplan.diagnostics import show
from mzplan.plan.model import Plan
from mzplan.said import SCREEN, first_of, listed, say

FEW = 4
"""So many are named where they are too many."""
_REGIONS = 10
"""So many regions are named, with what each has."""

_MANY, _MANY_BY_REGION = "{names} 等 {count} 家", "{names} 等 {count} 家（{regions}）"
_OF_REGION, _OF_NONE = "{region}{count}家", "不属任何地区的{count}家"
_MORE_REGIONS = "{names} 等 {count} 个地区"


def units_told(plan: Plan, units: Sequence[str], told: Sequence[str] = ()) -> str:
    """The units, each as it is told, else by name; counted by region where there are more than a screen holds."""
    shown = units if len(units) <= SCREEN else units[:FEW]
    names = listed(told[: len(shown)] or (show(plan.units_and_regions[unit].name) for unit in shown))
    if shown is units:
        return names
    regions = by_region(plan, units)
    if not regions:
        return say(_MANY, names=names, count=len(units))
    return say(_MANY_BY_REGION, names=names, count=len(units), regions=regions)


def by_region(plan: Plan, units: Sequence[str]) -> str:
    """How many of the units each region has, who has most first, of many the first; empty where they are of none."""
    counts = [
        say(_OF_REGION, region=show(plan.units_and_regions[region].name), count=len(members))
        if region
        else say(_OF_NONE, count=len(members))
        for region, members in in_regions(plan, units).items()
    ]
    return first_of(counts, _REGIONS, _MORE_REGIONS)


def in_regions(plan: Plan, units: Sequence[str]) -> Mapping[str, Sequence[str]]:
    """The units by region, the one with most first, and by "" those of none; empty where all are of none.

    The regions are the topmost; where one has all of them, those below it.
    """
    ways = {unit: _way(plan, unit) for unit in units}
    depth = 0
    while len(heads := {way[depth] if depth < len(way) else "" for way in ways.values()}) == 1 and "" not in heads:
        depth += 1
    if not heads - {""}:
        if not depth:
            return {}
        depth -= 1
    found: dict[str, list[str]] = {}
    for unit, way in ways.items():
        found.setdefault(way[depth] if depth < len(way) else "", []).append(unit)
    return dict(sorted(found.items(), key=lambda pair: -len(pair[1])))


def told_one_by_one(plan: Plan) -> Sequence[str]:
    """Whom a document tells of one by one: the units, of more than a screen holds the topmost regions, where there are.

    With them stand the units of none; where one region has all, those directly below it.
    """
    if len(plan.reporting_units) <= SCREEN or not plan.regions:
        return [unit.id for unit in plan.reporting_units]
    found = plan.children[""]
    while len(found) == 1 and found[0] in plan.children:
        found = plan.children[found[0]]
    return found


def _way(plan: Plan, unit: str) -> list[str]:
    """The regions that a unit is in, the topmost first."""
    found: list[str] = []
    above = plan.units_and_regions[unit].parent
    while above:
        found.insert(0, above)
        above = plan.units_and_regions[above].parent
    return found
