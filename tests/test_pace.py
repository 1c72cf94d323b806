"""Required pace against the months so far, and streaks."""

from fractions import Fraction
from itertools import accumulate
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factory import DUE, JUNE, at_least, ledger_of, plan_of_one, view_of
from mzplan.period import Period
from mzplan.plan.indicator import CountIndicator, Cycle
from mzplan.plan.model import Plan
from mzplan.plan.target import Schedule, Target
from mzplan.render.explain.build import pace_text
from mzplan.scoring.pace import Pace, Reach, pace
from mzplan.scoring.scorecard import score


def pace_of(identifier: str, unit: str | None, period: Period = JUNE) -> Pace | None:
    view = view_of(period=period)
    return pace(view.ledger, view.card.rows[identifier, unit], period)


def pace_in(plan: Plan, data: str, period: Period = JUNE, unit: str | None = "north") -> Pace | None:
    ledger = ledger_of(plan, data)
    return pace(ledger, score(plan, ledger, period).rows["T01-01", unit], period)


def best_in(month: int, *args: Any, **more: Any) -> Pace:
    """A pace whose best month, or what it is reported by, ended with that one."""
    return Pace(*args)._replace(best_at=month, **more)


def spread_to(month: int, *args: Any, **more: Any) -> Pace:
    """Likewise, of which a part was told only after months of silence."""
    return best_in(month, *args, **more, is_spread=True)


def test_the_citys_months_are_the_sums_of_what_was_known_then() -> None:
    # 8, 16, 24, 32, 41 and, with the south's May figure carried on, 49
    assert pace_of("T01-01", None) == best_in(
        5, Fraction(51), 6, Fraction(51, 6), Fraction(49, 6), Fraction(9), Reach.TIGHT
    )
    # one unit's 100 took five months, the other's 300 took six: 20 and 50 each month up to May
    assert pace_of("T03-01", None) == spread_to(  # of about 1000, give or take 5 %, 950 keep it
        1, Fraction(550), 6, Fraction(550, 6), Fraction(400, 6), Fraction(70), Reach.OUT_OF_REACH, decimals=4
    )


def test_what_is_caught_up_on_after_silence_is_no_better_month_of_the_city_than_of_the_unit() -> None:
    """10 a month each; the south says in June what it did since March: the best month brought 20, and 30 are needed."""
    one = {"applies_to": "total", "judged": (), "reporting": ("north", "south")}
    data = "T01-01 north 10 20 30 40 50 60\nT01-01 south 10 20 30 - - 60"
    found = pace_in(plan_of_one(at_least(300), CountIndicator, **one), data, unit=None)
    assert found == best_in(1, Fraction(180), 6, Fraction(30), Fraction(20), Fraction(20), Reach.OUT_OF_REACH)


def test_about_so_many_needs_no_more_than_what_keeps_it() -> None:
    """About 150, give or take 4 %, is kept from 144 to 156; about 333 from 319.68 on, which is 320 of what is whole."""
    band = Fraction(4, 100)
    count = plan_of_one(Target("about", Fraction(150), band), CountIndicator)
    found = pace_in(count, "T01-01 north 8 16 24 32 40 48")
    assert found == best_in(1, Fraction(96), 6, Fraction(16), Fraction(8), Fraction(8), Reach.OUT_OF_REACH)
    level = plan_of_one(Target("about", Fraction(150), band), schedule=Schedule("by_due", DUE))
    assert pace_in(level, "T01-01 north - - - - - 160") == Pace(Fraction(-4), 6)
    odd = plan_of_one(Target("about", Fraction(333), band), schedule=Schedule("by_due", DUE), decimals=0)
    assert pace_in(odd, "T01-01 north - - - - - 300") == Pace(Fraction(20), 6)


def test_nothing_is_left_of_a_level_that_was_reached_and_not_reported_since() -> None:
    assert pace_in(plan_of_one(at_least(10)), "T01-01 north - - - - 12 -") is None


def test_boundaries_of_reach() -> None:
    plan = plan_of_one(at_least(12), CountIndicator)
    # 6 left over six months: exactly the mean of 1
    assert pace_in(plan, "T01-01 north 1 2 3 4 5 6") == best_in(
        1, Fraction(6), 6, Fraction(1), Fraction(1), Fraction(1), Reach.WITHIN_REACH
    )
    # 7 left: 7/6 a month; the best month brought 2
    assert pace_in(plan, "T01-01 north 2 3 3 4 4 5") == best_in(
        1, Fraction(7), 6, Fraction(7, 6), Fraction(5, 6), Fraction(2), Reach.TIGHT
    )
    # 8 left: 4/3 a month; the best brought 1
    assert pace_in(plan, "T01-01 north 0 0 1 2 3 4") == best_in(
        3, Fraction(8), 6, Fraction(4, 3), Fraction(2, 3), Fraction(1), Reach.OUT_OF_REACH
    )


def test_what_is_asked_a_month_is_told_rounded_up_and_compared_exactly() -> None:
    found = pace_in(plan_of_one(at_least(10000), CountIndicator), "T01-01 north - - - - - 5000")
    # 5000 left in six months, 5000 brought in six: 833 1/3 each, told as at least 834, which March brought as 2500 in
    # three are 833, 833 and 834, and within reach
    third = Fraction(2500, 3)
    assert found == spread_to(3, Fraction(5000), 6, third, third, Fraction(834), Reach.WITHIN_REACH)
    assert found.least == 834


def test_nothing_is_asked_a_month_in_the_first_month_and_of_what_is_not_spread_over_the_year() -> None:
    data = "T01-01 north 4 4 4 4 4 4"
    january, june = Period(2023, 1), JUNE
    assert pace_in(plan_of_one(at_least(10), CountIndicator), data, january) == Pace(Fraction(6), 11)
    by_due = plan_of_one(at_least(10), CountIndicator, schedule=Schedule("by_due", DUE))
    assert pace_in(by_due, data, june) == Pace(Fraction(6), 6)
    assert pace_in(plan_of_one(at_least(10)), data, june) == Pace(Fraction(6), 6)


def test_no_pace_for_what_is_met_not_judged_counted_by_units_or_staged() -> None:
    assert pace_of("S04-01", "north") is None  # met
    assert pace_of("T03-01", "north") is None  # contribution only
    assert pace_of("T02-01", None) is None  # so many units
    assert pace_of("T02-02", "bureau") is None  # a stage
    assert pace_of("S04-01", "zone") is None  # an accident cannot be undone


def test_what_is_due_needs_no_monthly_pace_any_more() -> None:
    found = pace_of("T02-01", "south")
    assert found is not None
    assert found == Pace(Fraction(1), 0)


def test_a_level_that_must_fall_says_how_far() -> None:
    plan = plan_of_one(Target("at_most", Fraction(10)), schedule=Schedule("by_due", DUE))
    assert pace_in(plan, "T01-01 north 30 28 26 24 22 22") == Pace(Fraction(-12), 6)


def test_money_is_asked_for_in_its_own_decimals() -> None:
    plan = plan_of_one(at_least(30), CountIndicator, unit="万元", decimals=2)
    found = pace_in(plan, "T01-01 north - - - - - - - - 23", Period(2023, 9))
    # 7 left in three months: 2.3333, told as 2.34
    assert found is not None
    assert found.least == Fraction(234, 100)


def test_silence_is_no_figure_and_only_a_total_since_january_can_start_from_nothing() -> None:
    assert pace_in(plan_of_one(at_least(10)), "") is None
    assert pace_in(plan_of_one(at_least(10), CountIndicator), "") == Pace(Fraction(10), 6)


def test_a_part_of_a_unit_is_not_rounded_up_where_amounts_are_not_whole() -> None:
    plan = plan_of_one(at_least(10), CountIndicator, decimals=2)
    found = pace_in(plan, "T01-01 north - - - - - 4.5")
    assert found is not None
    assert (found.required, found.least) == (Fraction(11, 12), Fraction(92, 100))


def test_a_month_brings_whole_things() -> None:
    """13 since January are 6 and 7; 65 left in ten months are 6.5 each, told as 7, which the best month brought."""
    found = pace_in(plan_of_one(at_least(78), CountIndicator), "T01-01 north - 13", Period(2023, 2))
    assert found == spread_to(2, Fraction(65), 10, Fraction(13, 2), Fraction(13, 2), Fraction(7), Reach.WITHIN_REACH)
    found = pace_in(plan_of_one(at_least(79), CountIndicator), "T01-01 north - 13", Period(2023, 2))
    assert found is not None
    assert found.least == found.best == 7
    assert found.reach is Reach.TIGHT


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ("T01-01 north - 13", "最好月 7（2月，补报的数平摊到未报的各月）"),
        ("T01-01 north 6 13", "最好月 7（2月）"),
        ("T01-01 north 7 13", "最好月 7（1月）"),
    ],
)
def test_the_best_month_is_named_and_what_was_caught_up_on_in_it(data: str, said: str) -> None:
    plan, february = plan_of_one(at_least(79), CountIndicator), Period(2023, 2)
    found = pace_in(plan, data, february)
    assert found is not None
    assert said in pace_text(score(plan, ledger_of(plan, data), february).rows["T01-01", "north"], found)


def test_what_is_reported_by_the_quarter_has_its_pace_by_the_quarter() -> None:
    """9 and 6 in two quarters; 17 are left for two more, 8.5 each: 9, which the best one brought."""
    plan = plan_of_one(at_least(32), CountIndicator, report_every="quarter")
    found = pace_in(plan, "T01-01 north - - 9 - - 15", JUNE)
    expected = best_in(3, Fraction(17), 6, Fraction(17, 2), Fraction(15, 2), Fraction(9), Reach.TIGHT, every="quarter")
    assert found == expected
    assert expected.least == 9
    # of July's 3 nobody knows how much the third quarter brings; two reports are left as before
    later = pace_in(plan, "T01-01 north - - 9 - - 15 18", Period(2023, 7))
    assert later is not None
    assert [later.left, later.months] == [14, 5]
    assert [later.required, later.best] == [7, 9]
    assert pace_in(plan, "T01-01 north - - 9", Period(2023, 3)) == Pace(Fraction(23), 9)  # the first says little


def test_nothing_is_asked_by_the_half_year_of_which_one_is_left() -> None:
    plan = plan_of_one(at_least(2), CountIndicator, report_every="half")
    assert pace_in(plan, "T01-01 north - - - - - 1") == Pace(Fraction(1), 6)


@pytest.mark.parametrize("every", ["month", "quarter"])
@given(st.lists(st.integers(0, 9), min_size=8, max_size=8), st.integers(1, 90))
def test_the_two_figures_that_are_told_show_the_verdict(every: Cycle, brought: list[int], more: int) -> None:
    """Out of reach is where more is asked than the best brought, as both are printed; else it can be done."""
    so_far = list(accumulate(brought))
    plan = plan_of_one(at_least(so_far[-1] + more), CountIndicator, report_every=every, decimals=0)
    found = pace_in(plan, f"T01-01 north {' '.join(map(str, so_far))}", Period(2023, 8))
    if found is not None and found.least is not None and found.best is not None:
        assert (found.least > found.best) == (found.reach is Reach.OUT_OF_REACH)
