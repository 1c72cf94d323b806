"""The scorecard on tables small enough to work out by hand."""

from dataclasses import replace
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from factory import COUNTIES, DUE, JUNE, at_least, indicator, plan_with
from mzplan.figures import SCALE
from mzplan.period import Period
from mzplan.plan.indicator import CountIndicator, Figure, MilestoneIndicator, RatioIndicator, StockIndicator
from mzplan.plan.model import Plan
from mzplan.plan.target import Schedule, Target
from mzplan.scoring.progress import Status
from mzplan.scoring.scorecard import Scorecard, score
from mzplan.submissions.ledger import Ledger

DONE = at_least(1)


Cells = dict[tuple[str, str, int], int | tuple[int, int] | None]


def scored(the_plan: Plan, cells: Cells, period: Period = JUNE, *, rank: bool = True) -> Scorecard:
    """Cells by (indicator, unit, month): a number, a pair for a ratio, a stage's position, None for 不适用."""
    ledger = Ledger(the_plan)
    for (name, unit, month), given_figure in cells.items():
        if the_plan.indicators[name].kind == "milestone":
            assert not isinstance(given_figure, tuple)
            figure = Figure(given_figure)
        elif isinstance(given_figure, tuple):
            figure = Figure(given_figure[0] * SCALE, given_figure[1] * SCALE)
        else:
            figure = Figure(None if given_figure is None else given_figure * SCALE)
        ledger.write(ledger.cell(name, unit, month), figure, line=2)
    return score(the_plan, ledger, period, rank=rank)


def test_silence_is_missing_and_zero_is_a_figure() -> None:
    card = scored(plan_with(indicator()), {("T01-01", "north", 6): 0})
    assert card.rows["T01-01", "north"].actual == 0
    assert card.rows["T01-01", "south"].actual is None
    assert card.rows["T01-01", "south"].status is Status.CONTRIBUTION
    assert card.rows["T01-01", "south"].is_unreported
    assert card.rows["T01-01", "north"].contribution is None  # no share of a sum of nothing
    assert scored(plan_with(indicator()), {}).rows["T01-01", None].status is Status.MISSING


def test_nothing_is_behind_before_it_is_due() -> None:
    the_plan = plan_with(indicator(StockIndicator, schedule=Schedule("by_due", DUE), reporting=("north",)))
    cells: Cells = {("T01-01", "north", 6): 99}
    assert scored(the_plan, cells).rows["T01-01", None].status is Status.NOT_DUE
    late = scored(the_plan, {("T01-01", "north", 12): 99}, DUE).rows["T01-01", None]
    assert (late.status, late.gap) == (Status.OVERDUE, Fraction(-1, 100))
    assert scored(the_plan, {("T01-01", "north", 6): 100}).rows["T01-01", None].status is Status.MET


@given(st.integers(0, 50), st.integers(1, 50), st.integers(0, 50), st.integers(1, 50))
def test_splitting_a_unit_leaves_the_citys_ratio_unchanged(a: int, b: int, c: int, d: int) -> None:
    ratio = indicator(RatioIndicator, target=Target("at_least", Fraction(70)), unit="%")
    split = scored(plan_with(ratio), {("T01-01", "north", 6): (a, b), ("T01-01", "south", 6): (c, d)})
    whole = scored(plan_with(ratio), {("T01-01", "north", 6): (a + c, b + d)})
    assert split.rows["T01-01", None].actual == whole.rows["T01-01", None].actual


def test_nobody_it_applies_to_is_not_applicable() -> None:
    for kind in (CountIndicator, MilestoneIndicator):
        only = indicator(kind, applies_to="units", judged=("north",), reporting=("north",), target=DONE)
        card = scored(plan_with(only), {("T01-01", "north", 6): None})
        assert card.rows["T01-01", None].status is Status.NOT_APPLICABLE
        assert not card.rows["T01-01", None].is_judged
        assert ("T01-01", "south") not in card.rows


def test_what_is_not_applicable_is_never_zero_even_where_nothing_is_defined() -> None:
    card = scored(plan_with(indicator(target=Target("undefined"))), {("T01-01", "north", 6): None})
    assert [card.rows["T01-01", unit].actual for unit in ("north", None)] == [None, None]
    assert card.rows["T01-01", None].record_period == JUNE


def test_a_row_is_made_once_and_only_for_a_unit_that_has_one() -> None:
    only = indicator(reporting=("north",))
    rows = scored(plan_with(only), {("T01-01", "north", 6): 3}).rows
    assert rows["T01-01", "north"] is rows["T01-01", "north"]
    assert list(rows["T01-01", None].addends) == [rows["T01-01", "north"]]
    assert list(rows["T01-01", None].addends)[:1] == [rows["T01-01", "north"]]
    assert len(rows) == len(list(rows)) == 2
    assert [key in rows for key in (("T01-01", "south"), ("T09-09", None), ("T01-01", "nowhere"))] == [False] * 3


def test_ties_share_a_rank_and_the_next_one_skips() -> None:
    each = indicator(applies_to="each", judged=(*COUNTIES, "bureau"), reporting=(*COUNTIES, "bureau"))
    cells: Cells = {("T01-01", unit, 6): value for unit, value in zip(COUNTIES, (50, 50, 30), strict=True)}
    card = scored(plan_with(each), cells)
    assert [(card.units[unit].rank, card.units[unit].ties) for unit in COUNTIES] == [(1, 2), (1, 2), (3, 1)]
    assert card.units["bureau"].rank is None
    assert all(standing.rank is None for standing in scored(plan_with(each), cells, rank=False).units.values())


def test_two_periods_behind_escalate_where_the_plan_says_so() -> None:
    the_plan = plan_with(indicator(reporting=("north",)), escalate=2)
    cells: Cells = {("T01-01", "north", month): 8 * month for month in range(1, 7)}  # 8 a month where 8 1/3 is expected
    january = scored(the_plan, cells, Period(2023, 1)).rows["T01-01", None]
    june = scored(the_plan, cells).rows["T01-01", None]
    assert (january.status, january.streak) == (Status.BEHIND, 1)
    assert (june.status, june.streak) == (Status.FAR_BEHIND, 6)
    assert scored(replace(the_plan, escalate=0), cells).rows["T01-01", None].status is Status.BEHIND
