"""Required pace against the months so far, and streaks."""

from fractions import Fraction

from factory import DUE, JUNE, at_least, ledger_of, plan_of_one, view_of
from mzplan.period import Period
from mzplan.plan.indicator import CountIndicator, Schedule, Target
from mzplan.plan.model import Plan
from mzplan.scoring.pace import Pace, Reach, pace
from mzplan.scoring.scorecard import score


def pace_of(identifier: str, unit: str | None, period: Period = JUNE) -> Pace | None:
    view = view_of(period=period)
    return pace(view.ledger, view.card.rows[identifier, unit], period)


def pace_in(plan: Plan, data: str, period: Period = JUNE, unit: str | None = "north") -> Pace | None:
    ledger = ledger_of(plan, data)
    return pace(ledger, score(plan, ledger, period).rows["T01-01", unit], period)


def test_the_citys_months_are_the_sums_of_what_was_known_then() -> None:
    # 8, 16, 24, 32, 41 and, with the south's May figure carried on, 49
    assert pace_of("T01-01", None) == Pace(Fraction(51), 6, Fraction(9), Fraction(49, 6), Fraction(9), Reach.TIGHT)
    # the first news is in May: 100 in five months, then 300 in one
    assert pace_of("T03-01", None) == Pace(
        Fraction(600), 6, Fraction(100), Fraction(400, 6), Fraction(300), Reach.TIGHT
    )


def test_boundaries_of_reach() -> None:
    plan = plan_of_one(at_least(12), CountIndicator)
    # 6 left over six months: exactly the mean of 1
    assert pace_in(plan, "T01-01 north 1 2 3 4 5 6") == Pace(
        Fraction(6), 6, Fraction(1), Fraction(1), Fraction(1), Reach.WITHIN_REACH
    )
    # 7 left: 2 a month; the best month brought exactly 2
    assert pace_in(plan, "T01-01 north 2 3 3 4 4 5") == Pace(
        Fraction(7), 6, Fraction(2), Fraction(5, 6), Fraction(2), Reach.TIGHT
    )
    # 8 left: 2 a month; the best brought 1
    assert pace_in(plan, "T01-01 north 0 0 1 2 3 4") == Pace(
        Fraction(8), 6, Fraction(2), Fraction(2, 3), Fraction(1), Reach.OUT_OF_REACH
    )


def test_no_pace_for_what_is_met_not_judged_counted_by_units_or_staged() -> None:
    assert pace_of("S04-01", "north") is None  # met
    assert pace_of("T03-01", "north") is None  # contribution only
    assert pace_of("T02-01", None) is None  # so many units
    assert pace_of("T02-02", "bureau") is None  # a stage
    assert pace_of("S04-01", "zone") is None  # an accident cannot be undone


def test_what_is_due_needs_no_monthly_pace_any_more() -> None:
    found = pace_of("T02-01", "south")
    assert found is not None
    assert found == Pace(Fraction(1), 0, None, None, None, None)


def test_a_level_without_a_baseline_has_no_known_start() -> None:
    plan = plan_of_one(at_least(10))
    assert pace_in(plan, "T01-01 north - - - - - 4") == Pace(Fraction(6), 6, Fraction(1), None, None, None)
    # two levels give one step: 4 to 6 in two months
    assert pace_in(plan, "T01-01 north - - - 4 - 6") == Pace(
        Fraction(4), 6, Fraction(1), Fraction(1), Fraction(1), Reach.WITHIN_REACH
    )
    with_baseline = plan_of_one(at_least(10), baseline=Fraction(3))
    assert pace_in(with_baseline, "T01-01 north - - - - - 6") == Pace(
        Fraction(4), 6, Fraction(1), Fraction(1, 2), Fraction(1, 2), Reach.OUT_OF_REACH
    )


def test_a_level_that_must_fall_is_measured_by_its_falls() -> None:
    plan = plan_of_one(Target("at_most", Fraction(10)), schedule=Schedule("by_due", DUE))
    assert pace_in(plan, "T01-01 north 30 28 26 24 22 22") == Pace(
        Fraction(-12), 6, Fraction(-2), Fraction(-8, 5), Fraction(-2), Reach.TIGHT
    )


def test_silence_is_no_figure_and_only_a_total_since_january_can_start_from_nothing() -> None:
    assert pace_in(plan_of_one(at_least(10)), "") is None
    assert pace_in(plan_of_one(at_least(10), CountIndicator), "") == Pace(
        Fraction(10), 6, Fraction(2), None, None, None
    )


def test_a_part_of_a_unit_is_not_rounded_up_where_amounts_are_not_whole() -> None:
    plan = plan_of_one(at_least(10), CountIndicator)
    found = pace_in(plan, "T01-01 north - - - - - 4.5")
    assert found is not None
    assert found.required == Fraction(11, 12)
