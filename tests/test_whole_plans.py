"""Statuses, means and ranks of two whole plans, held against the slow definitions of `oracle`.

The plan and the data that are shipped, and the plan of another city and year that uses every key; each in September as
reported, in September with a silent, a late and a new county, and in December.
"""

import csv
from collections.abc import Callable, Iterator
from fractions import Fraction
from pathlib import Path

import pytest

from agreement import assert_agrees, ledger_with
from factory import PLANS
from mzplan.figures import SCALE
from mzplan.period import Period
from mzplan.plan.indicator import Indicator, MilestoneIndicator, RatioIndicator
from mzplan.plan.lights import PRESETS
from mzplan.plan.load import load_plan
from mzplan.plan.model import Plan
from oracle import Record, Records

ROOT = Path(__file__).parent.parent
PATHS = {"shipped": ROOT / "plan" / "2023.yaml", "every-key": PLANS / "every_key.yaml"}
PACES = (Fraction(1, 2), Fraction(1), Fraction(5, 4), Fraction(0))
"""How much of what the year asks for a unit reaches by December; the units take turns."""
COUNTY_COUNT = 3

Key = tuple[str, str, int]


def record(indicator: Indicator, pace: Fraction, month: int, units: int) -> Record:
    """A figure that comes to `pace` times the indicator's target in December, on a straight way to it."""
    way = pace * month / 12
    if isinstance(indicator, MilestoneIndicator):
        return min(int(way * len(indicator.stages)), len(indicator.stages) - 1), None
    if isinstance(indicator, RatioIndicator):
        return int(indicator.target.value * pace) * SCALE, indicator.scale * SCALE
    share = indicator.target.value / units if indicator.applies_to == "total" else indicator.target.value
    start = Fraction(0) if indicator.cumulative or indicator.baseline is None else indicator.baseline / units
    return int(start + (share - start) * way if indicator.baseline is not None else share * way) * SCALE, None


def made_up(plan: Plan, months: range) -> dict[Key, Record]:
    """What every unit reports in those months of what it owes."""
    return {
        (one.id, unit, month): record(one, PACES[(number + place) % len(PACES)], month, len(one.owing))
        for number, one in enumerate(plan.indicators.values())
        for place, unit in enumerate(one.owing)
        for month in months
        if one.is_owed(Period(plan.year, month))
    }


def cell(indicator: Indicator, row: dict[str, str]) -> Record:
    """A line of the shipped data as a record."""
    if row["value"] == "不适用":
        return None
    if isinstance(indicator, MilestoneIndicator):
        return [stage.name for stage in indicator.stages].index(row["value"]), None
    if isinstance(indicator, RatioIndicator):
        return int(Fraction(row["numerator"]) * SCALE), int(Fraction(row["denominator"]) * SCALE)
    return int(Fraction(row["value"]) * SCALE), None


def shipped(plan: Plan) -> Iterator[tuple[Key, Record]]:
    names = {unit.name: unit.id for unit in plan.reporting_units}
    for path in sorted((ROOT / "data").glob("2023-*/*.csv")):
        with path.open(encoding="utf-8-sig", newline="") as file:
            for row in csv.DictReader(file):
                unit, month = names[row["unit"]], int(row["period"][-2:])
                yield (row["indicator"], unit, month), cell(plan.indicators[row["indicator"]], row)


def september(name: str, plan: Plan) -> dict[Key, Record]:
    return dict(shipped(plan)) if name == "shipped" else made_up(plan, range(1, 10))


def patchy(name: str, plan: Plan) -> Records:
    """The first unit is silent in September, the second since June, and the third sends its first report now."""
    silent, late, new = list(plan.units)[:COUNTY_COUNT]
    return {
        (indicator, unit, month): found
        for (indicator, unit, month), found in september(name, plan).items()
        if month < {silent: 9, late: 6}.get(unit, 13) and (unit != new or month == 9)
    }


def december(name: str, plan: Plan) -> Records:
    return september(name, plan) | made_up(plan, range(10, 13))


@pytest.mark.untraced
@pytest.mark.parametrize("name", PATHS)
@pytest.mark.parametrize(
    ("data", "month", "statuses"),
    [
        (september, 9, {"met", "not_due", "far_behind"}),
        (patchy, 9, {"met", "not_due", "far_behind", "missing"}),
        (december, 12, {"met", "overdue"}),
    ],
)
def test_a_whole_plan_is_scored_as_the_slow_definitions_have_it(
    name: str, data: Callable[[str, Plan], Records], month: int, statuses: set[str]
) -> None:
    plan = load_plan(PATHS[name])
    records = data(name, plan)
    rows = assert_agrees(plan, records, ledger_with(plan, records), PRESETS["strict"], Period(plan.year, month))
    assert statuses <= {row.status for row in rows.values()}
