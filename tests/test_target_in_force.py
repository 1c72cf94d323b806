"""What a unit was given of an indicator: which row is in force, what is no target, and by when how much is expected."""

from dataclasses import replace
from fractions import Fraction

import pytest

from factory import DUE, JUNE, YEAR, at_least, indicator, plan_with
from mzplan.period import Period
from mzplan.plan.indicator import CountIndicator, Indicator, MilestoneIndicator, StockIndicator
from mzplan.plan.model import Part, Plan
from mzplan.plan.target import Schedule, Target

BEDS = indicator()
AUGUST, SEPTEMBER = Period(YEAR, 8), Period(YEAR, 9)


def plan_giving(one: Indicator, *parts: Part) -> Plan:
    return plan_with(one, parts={(one.id, "north"): parts} if parts else {})


def part(
    value: int, start: Period | None = None, *, baseline: Fraction | None = None, due: Period | None = None
) -> Part:
    return Part(at_least(value), "official", "某民〔2023〕9号", baseline=baseline, due=due, start=start)


def test_the_latest_row_not_after_the_period_is_in_force() -> None:
    plan = plan_giving(BEDS, part(30), part(40, SEPTEMBER))
    assert plan.target_for(BEDS, "north", AUGUST) == (at_least(30), "official")
    assert plan.target_for(BEDS, "north", SEPTEMBER) == (at_least(40), "official")
    assert plan.target_for(BEDS, "north", DUE) == (at_least(40), "official")
    assert plan.target_for(BEDS, "south", DUE) is None


def test_nothing_is_in_force_before_the_first_row() -> None:
    plan = plan_giving(BEDS, part(40, SEPTEMBER))
    assert plan.part_for(BEDS, "north", AUGUST) is None
    assert plan.target_for(BEDS, "north", AUGUST) is None


@pytest.mark.parametrize(("operator", "is_target"), [("at_least", False), ("about", False), ("at_most", True)])
def test_a_part_of_nothing_is_a_target_only_as_a_ceiling(operator: str, is_target: bool) -> None:
    nothing = part(0)._replace(target=Target(operator, Fraction(0)))  # type: ignore[arg-type]  # one of the operators
    plan = plan_giving(BEDS, nothing)
    assert plan.part_for(BEDS, "north", JUNE) == nothing
    assert (plan.target_for(BEDS, "north", JUNE) is not None) == is_target


def test_a_units_own_target_stands_before_that_of_each() -> None:
    each = replace(BEDS, applies_to="each", judged=("north", "south"))
    plan = plan_giving(each, part(40, SEPTEMBER))
    assert plan.target_for(each, "north", AUGUST) == (at_least(100), "plan")
    assert plan.target_for(each, "north", SEPTEMBER) == (at_least(40), "official")
    assert plan.target_for(each, "south", SEPTEMBER) == (at_least(100), "plan")


def test_a_unit_without_a_baseline_of_its_own_is_judged_at_the_due_date_alone() -> None:
    # 30 from 26, at 28: half the way. Without the 26 nobody can say what June should have brought.
    stock = indicator(StockIndicator, target=at_least(60), baseline=Fraction(52))
    assert part(30).schedule(stock) == Schedule("by_due", DUE)
    own = part(30, baseline=Fraction(26))
    assert own.schedule(stock) == Schedule("linear", DUE)
    assert Fraction(*own.target.measure(own.baseline).completion(28, 1)) == Fraction(1, 2)


def test_what_must_hold_always_must_hold_without_a_baseline_too() -> None:
    always = Schedule("always", DUE)
    stock = indicator(StockIndicator, target=at_least(60), baseline=Fraction(52), schedule=always)
    assert part(30).schedule(stock) == always


@pytest.mark.parametrize("kind", [CountIndicator, MilestoneIndicator])
def test_a_due_date_of_its_own_moves_the_schedule_of_that_unit_alone(kind: type[Indicator]) -> None:
    one = indicator(kind)
    plan = plan_giving(one, part(1, due=SEPTEMBER))
    given = plan.part_for(one, "north", JUNE)
    assert given is not None
    assert given.schedule(one) == one.schedule._replace(due=SEPTEMBER)
    assert plan.part_for(one, "south", JUNE) is None
