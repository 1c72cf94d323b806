"""Units in one line: by name, and of more than a screen holds the first few, with how many there are in each region."""

from collections import Counter
from collections.abc import Sequence

from mzplan.diagnostics import show
from mzplan.plan.model import Plan
from mzplan.said import SCREEN, first_of, listed, say

FEW = 4
"""So many are named where they are too many."""

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
    """How many of the units each region has, who has most first; empty where they are of none.

    The regions are the topmost; where one has all of them, those below it.
    """
    ways = [_way(plan, unit) for unit in units]
    depth = 0
    while len(heads := Counter(way[depth] if depth < len(way) else "" for way in ways)) == 1 and "" not in heads:
        depth += 1
    if not heads.keys() - {""}:
        heads = Counter(way[depth - 1] for way in ways) if depth else Counter()
    counts = [
        say(_OF_REGION, region=show(plan.units_and_regions[region].name), count=count)
        if region
        else say(_OF_NONE, count=count)
        for region, count in heads.most_common()
    ]
    return first_of(counts, SCREEN, _MORE_REGIONS)


def _way(plan: Plan, unit: str) -> list[str]:
    """The regions that a unit is in, the topmost first."""
    found: list[str] = []
    above = plan.units_and_regions[unit].parent
    while above:
        found.insert(0, above)
        above = plan.units_and_regions[above].parent
    return found
