"""Which way the city's row went where some units are silent in one state: by what those brought who are in both."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agreement import ledger_with
from factory import COUNTIES, JUNE, at_least, indicator, plan_with
from mzplan.plan.indicator import CountIndicator, MilestoneIndicator, RatioIndicator, StockIndicator
from mzplan.plan.target import Schedule, Target
from mzplan.scoring.scorecard import score
from mzplan.views.impact import Direction, State, year_between
from oracle import Records

EACH = {"applies_to": "each", "judged": COUNTIES}
PLAN = plan_with(
    indicator(CountIndicator, "T01-01"),
    indicator(CountIndicator, "T01-02", target=Target("about", Fraction(30), Fraction(1, 10))),
    indicator(CountIndicator, "T01-03", target=Target("at_most", Fraction(20))),
    indicator(RatioIndicator, "T01-04", target=at_least(80), unit="%"),
    indicator(StockIndicator, "T01-05", target=at_least(8), **EACH),
    indicator(MilestoneIndicator, "T01-06", target=at_least(1), **EACH),
    indicator(StockIndicator, "T01-07", target=at_least(8), schedule=Schedule("always", JUNE)),
)
"""A total of each operator, a ratio, a count of units and a mean of stages."""
Cell = tuple[str, str]
FIGURES = {
    one.id: st.tuples(st.integers(0, 2 if one.stages else 20), st.just(20 if one.ratio else None))
    for one in PLAN.indicators.values()
}
SENT = st.tuples(st.booleans(), st.booleans(), st.booleans())
"""Whether there is a report of May, of June in the state before, and of June in the state after."""


def records(figures: dict[Cell, list[tuple[int, int | None] | None]]) -> Records:
    """The figures of May and June, whole ones."""
    scale = {one.id: 1 if one.stages else 10**6 for one in PLAN.indicators.values()}
    return {
        (code, unit, month): (figure[0] * scale[code], figure[1] and figure[1] * scale[code])
        for (code, unit), months in figures.items()
        for month, figure in zip((5, 6), months, strict=True)
        if figure is not None
    }


def directions(before: Records, after: Records) -> dict[Cell, Direction]:
    """Which way each row of the city went, and each unit's; the city is ""."""
    was, now = (
        State(score(PLAN, ledger, JUNE), ledger) for ledger in (ledger_with(PLAN, one) for one in (before, after))
    )
    return {(row.indicator.id, row.unit or ""): row.direction for row in year_between(was, now, None).rows}


@given(st.data())
def test_nothing_is_worse_or_better_where_reports_came_and_went_and_no_figure_of_both_states_differs(
    data: st.DataObject,
) -> None:
    before, after = {}, {}
    for code, figure in FIGURES.items():
        for unit in COUNTIES:
            may, june = data.draw(figure), data.draw(figure)
            was_sent = data.draw(SENT)
            first = may if was_sent[0] else None
            before[code, unit] = [first, june if was_sent[1] else None]
            after[code, unit] = [first, june if was_sent[2] else None]
    told = directions(records(before), records(after))
    by_figures = (Direction.WORSE, Direction.BETTER, Direction.SAME, Direction.RETARGETED, Direction.RESCHEDULED)
    assert [row for row, direction in told.items() if direction in by_figures] == []


@pytest.mark.parametrize(
    ("north", "south", "expected"),
    [
        # of each: its figure of May, then those of June in either state; the zone reports 5 in both
        ((0, 1, None), (0, None, 0), Direction.SILENT),  # 6 and the 0 of May; then the 0 of May and 5
        ((0, 1, None), (0, 4, 4), Direction.SILENT),
        ((0, None, 1), (0, 4, 4), Direction.HEARD),
        ((0, None, 1), (0, 4, None), Direction.SILENT),  # 5 + 4, then 1 + 5
        ((0, None, 6), (0, 4, None), Direction.HEARD),  # 5 + 4, then 6 + 5
        ((0, 1, None), (0, 4, 3), Direction.WORSE),
        ((0, None, 1), (0, 4, 6), Direction.BETTER),
        ((0, 3, None), (0, 4, 6), Direction.SILENT),  # what 南县 did more does not make up for the 3 of 北县
        ((0, None, 3), (0, 4, 3), Direction.HEARD),  # and no more is it worse for 南县, who did less
        ((0, None, None), (0, 4, 3), Direction.WORSE),
        ((2, 1, 1), (0, 4, 6), Direction.BETTER),
    ],
)
def test_the_city_s_total_went_the_way_of_those_who_reported_in_both_states(
    north: tuple[int | None, ...], south: tuple[int | None, ...], expected: Direction
) -> None:
    def state(june: int) -> Records:
        units = {"north": north, "south": south, "zone": (0, 5, 5)}
        return records(
            {
                ("T01-01", unit): [None if figure is None else (figure, None) for figure in (told[0], told[june])]
                for unit, told in units.items()
            }
        )

    assert directions(state(1), state(2))["T01-01", ""] is expected
