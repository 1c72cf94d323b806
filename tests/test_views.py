"""What status shows, as data, on the small plan of factory.py; every figure worked out by hand."""

import json
from fractions import Fraction
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import through
from factory import at_least, indicator, ledger_of, plan_of_one, plan_with, small_plan, view_of, written
from mzplan.diagnostics import InputError
from mzplan.period import Period
from mzplan.plan.indicator import CountIndicator, StockIndicator
from mzplan.plan.lights import PRESETS
from mzplan.plan.lookup import MEANT, find_unit, nearest
from mzplan.plan.model import ActionArea, Part, Plan
from mzplan.plan.target import Operator, Revision, Schedule, Target
from mzplan.render import words
from mzplan.render.status import FORMATS
from mzplan.render.status.history import comparison
from mzplan.scoring.progress import Status
from mzplan.scoring.scorecard import score
from mzplan.scoring.scorer import Scorer
from mzplan.submissions.names import Names
from mzplan.views.detail import DetailLine, Group, label_of
from mzplan.views.history import Point
from mzplan.views.overview import TallyLights
from mzplan.views.query import (
    Grouping,
    Query,
    area_named,
    grouping_named,
    indicator_named,
    must_mean,
    order_named,
    split,
    status_named,
    task_named,
    unit_named,
)

F = Fraction
MAY = Period(2023, 5)


ALONE = {"applies_to": "each", "judged": ("north",), "reporting": ("north",)}
CELLS = st.sampled_from(["-", "0", "3", "50", "不适用"])


@given(st.lists(st.tuples(CELLS, CELLS), min_size=5, max_size=5))
def test_the_places_of_the_period_before_are_those_of_its_scorecard(cells: list[tuple[str, str]]) -> None:
    names = ["T01-01 north", "T01-01 south", "T02-01 north", "T02-01 zone", "S04-01 south"]
    data = "\n".join(f"{name} {first} {second}" for name, (first, second) in zip(names, cells, strict=True))
    plan = small_plan()
    ledger = ledger_of(plan, data)
    for period in (Period(2023, 1), Period(2023, 2)):
        card = score(plan, ledger, period)
        whole = {unit: one.rank for unit, one in card.units.items() if one.rank is not None}
        assert card.rows.ranks(period) == whole


@pytest.mark.parametrize("preset", ["strict", "yinchuan-2025", "xuancheng-2020"])
@pytest.mark.parametrize(
    ("target", "due", "figure", "light"),
    [
        (at_least(100), 6, "99", "red"),  # 到期未完成: half a point of the mean is lacking
        (at_least(100), 7, "85", "yellow"),  # 85.0 % beside 6/7, so 0.4 points
        (Target("at_most", F(99)), 12, "100", "red"),  # 已超上限
    ],
)
def test_what_is_overdue_or_exceeded_makes_its_area_red_under_every_preset(
    preset: str, target: Target, due: int, figure: str, light: str
) -> None:
    late = indicator(target=target, schedule=Schedule("linear", Period(2023, due)), reporting=("north",))
    kept = indicator(identifier="T01-02", reporting=("north",))
    data = f"T01-01 north - - - - - {figure}\nT01-02 north - - - - - 100"
    card = score((plan := plan_with(late, kept)), ledger_of(plan, data), Period(2023, 6), PRESETS[preset])
    if preset == "yinchuan-2025" and light == "yellow":
        light = "green"  # it lets ten points pass
    assert TallyLights(PRESETS[preset]).of(card.units[None].tally).light == light


def test_the_city_in_danger_names_who_lags_who_is_silent_and_who_has_brought_nothing() -> None:
    accidents, funds, beds = view_of().dangers
    # 开发区 had an accident where none may be: the plan's own target for each, and 南县 is silent
    assert (accidents.row.indicator.id, accidents.row.unit, accidents.row.status) == ("S04-01", None, Status.EXCEEDED)
    assert ([row.unit for row in accidents.late], accidents.silent) == (["zone"], ("south",))
    # 400 of 1000 万元 where 500 are expected; nobody was given a part: nobody is late, 开发区 has brought nothing
    assert (funds.row.indicator.id, funds.row.unit, funds.row.gap) == ("T03-01", None, F(-1, 10))
    assert (funds.late, funds.silent, funds.idle) == ((), ("south",), ("zone",))
    # 49 of 100 beds; 开发区 has 9 of the 20 that were handed down to it officially, where 10 are expected
    assert (beds.row.indicator.id, beds.row.unit, beds.row.gap) == ("T01-01", None, F(-1, 100))
    assert ([row.unit for row in beds.late], beds.silent, beds.idle) == (["zone"], ("south",), ())
    assert not any(one.everyone for one in view_of().dangers)
    assert view_of().on_reference == {}


def test_whom_the_city_lags_because_of_is_worked_out_of_what_is_shown_alone() -> None:
    """Of 38,000 units that would be millions of rows, for five lines."""
    view = view_of()
    with patch.object(Scorer, "unit_row", autospec=True, side_effect=Scorer.unit_row) as made:
        accidents, *_ = view.dangers
        assert made.call_count == 0
        assert accidents.silent == ("south",)
    assert {call.args[1].indicator.id for call in made.call_args_list} == {accidents.row.indicator.id}


def test_who_lags_by_a_computed_part_alone_is_counted_apart_and_named_by_no_danger() -> None:
    """北县 has 10 of its computed 50 beds where 25 are expected, the city 80 of 100 where 50 are."""
    data = "T01-01 north - - - - - 10\nT01-01 south - - - - - 50\nT01-01 zone - - - - - 20"
    view = view_of(data=data)
    assert (view.dangers, view.on_reference) == ((), {"north": 1})


def test_an_official_part_that_lags_is_a_danger_where_the_citys_target_is_none() -> None:
    """30 of 80 beds where 40 are expected, handed down to 北县; of the city 80 of 100, where 50 are."""
    plan = small_plan(parts={("T01-01", "north"): (Part(at_least(80), "official", ""),)})
    data = "T01-01 north - - - - - 30\nT01-01 south - - - - - 50\nT01-01 zone - - - - - 0"
    (danger,) = view_of(plan=plan, data=data).dangers
    assert (danger.row.unit, danger.row.gap) == ("north", F(-1, 8))
    assert (danger.late, danger.everyone) == ((), False)


@pytest.mark.parametrize(
    ("operator", "places"),
    [("at_least", [1, 2, 2]), ("at_most", [None, None, None]), ("about", [None, None, None])],
)
def test_a_share_of_a_total_gives_a_place_only_where_more_is_better(
    operator: Operator, places: list[int | None]
) -> None:
    """6, 2 and 2 of 10, of which nobody has a part: of accidents most is not best, of about ten nobody knows."""
    target = Target(operator, F(20), F(1, 10) if operator == "about" else F(0))
    data = "T01-01 north - - - - - 6\nT01-01 south - - - - - 2\nT01-01 zone - - - - - 2"
    view = view_of(Query(indicators=("T01-01",)), plan=plan_with(indicator(target=target)), data=data)
    assert [line.place for line in view.lines if line.row.unit is not None] == places


def test_silence_is_told_with_what_it_leaves_open() -> None:
    ((word, (silence,)),) = view_of().silences.items()
    assert (word, silence.unit, silence.unreported, silence.reporting) == ("未报", "south", 5, 5)
    assert view_of().card.rows.never_heard("south") == 1
    # stations are due in June, and 南县 would decide whether each has four
    assert [row.indicator.id for row in view_of().unsettled] == ["T02-01"]


def test_what_has_changed_since_the_month_before() -> None:
    moves = view_of().moves
    assert moves is not None
    assert moves.since == MAY
    # the first accident; the money lagged before; 南县, which is silent, could still undo the 110 of 130 communities
    assert (moves.done, moves.late, moves.recovered) == ((), (("S04-01", None),), ())
    # 北县 has passed 南县 because that is silent
    assert moves.ranks == ()
    assert view_of(period=Period(2023, 1)).moves is None


def ids(lines: tuple[DetailLine, ...]) -> list[tuple[str, str | None]]:
    return [(line.row.indicator.id, line.row.unit) for line in lines]


@pytest.mark.parametrize(
    ("query", "rows"),
    [
        (Query(areas=(None,)), [("S04-01", None)]),
        (Query(tasks=(2,), units=("south", "bureau")), [("T02-01", "south"), ("T02-02", "bureau")]),
        (
            Query(only=frozenset({Status.BEHIND}), areas=(1, None)),
            [("T01-01", None), ("S04-01", None), ("T01-01", "zone"), ("S04-01", "zone")],
        ),
        (
            Query(units=("south",), only=frozenset({Status.MISSING}), areas=(1,)),
            [("T01-01", "south"), ("T01-02", "south")],
        ),
        (
            Query(areas=(2,), only=frozenset({Status.MISSING})),
            [("T02-01", None), ("T02-01", "south"), ("T03-01", "south")],
        ),
    ],
)
def test_filters_work_together(query: Query, rows: list[tuple[str, str | None]]) -> None:
    assert ids(view_of(query).lines) == rows


@pytest.mark.parametrize(
    ("order", "descending", "units"),
    [
        ("gap", False, [None, "south", "zone", "north"]),
        ("gap", True, [None, "north", "zone", "south"]),
        ("completion", False, [None, "south", "zone", "north"]),
        ("contribution", False, [None, "north", "south", "zone"]),
        ("status", False, [None, "zone", "south", "north"]),
        (None, False, [None, "north", "zone", "south"]),
        ("plan", False, [None, "north", "south", "zone"]),
        ("name", False, [None, "north", "south", "zone"]),
    ],
)
def test_rows_are_sorted_below_the_city_with_what_has_no_figure_last(
    order: str, descending: bool, units: list[str | None]
) -> None:
    query = Query(indicators=("T01-01",), order=order, descending=descending)  # type: ignore[arg-type]  # one of ORDERS
    assert [line.row.unit for line in view_of(query).lines] == units


def test_the_matrix_is_sorted_below_the_city() -> None:
    def units(order: str) -> list[str | None]:
        query = Query(order=order)  # type: ignore[arg-type]  # one of ORDERS
        return [one.unit for one in view_of(query).overview.standings]

    assert units("completion") == [None, "zone", "bureau", "south", "north"]
    assert units("rank") == [None, "north", "south", "zone", "bureau"]
    # 开发区 lacks 5 of 50 and all of 100 points; what is silent has no gap
    assert units("gap") == [None, "zone", "north", "bureau", "south"]


def group(query: Query, key: object) -> Group:
    return next(one for one in view_of(query).groups if one.key == key)


def test_groups_count_everything_in_them_whatever_is_shown() -> None:
    south = group(Query(by="unit"), "south")
    tally = south.mark.tally
    assert (tally.completion, tally.on_schedule, tally.due, tally.judged, tally.missing) == (F(25, 36), 0, 3, 3, 3)
    assert south.mark.light is None  # silence has no colour
    assert (south.reported, south.reporting) == (0, 5)
    only = Query(by="unit", only=frozenset({Status.MISSING}))
    # of the others nothing is missing
    assert ([one.key for one in view_of(only).groups], view_of(only).unlisted) == ([None, "south"], 3)
    assert group(only, "south").mark.tally == south.mark.tally
    assert [one.key for one in view_of(Query(by="area")).groups] == [1, 2, None]
    assert [one.key for one in view_of(Query(by="task")).groups] == [1, 2, 3, 4]
    assert [one.key for one in view_of(Query(by="indicator")).groups][:2] == ["T01-01", "T01-02"]
    assert [one.key for one in view_of(Query(by="status", units=("south",))).groups] == [
        Status.MISSING,
        Status.CONTRIBUTION,
    ]
    # of one indicator the city's row is told, whether it is one of all or the only one asked for
    (beds,) = view_of(Query(by="indicator", indicators=("T01-01",))).groups
    assert beds == group(Query(by="indicator"), "T01-01")
    assert beds.mark.tally.completion == view_of(Query()).card.rows["T01-01", None].completion
    assert (beds.reported, beds.reporting, sum(beds.totals.values())) == (2, 3, 1)


@pytest.mark.parametrize("by", ["unit", "area", "task", "lead", "indicator"])
@pytest.mark.parametrize("only", [Status.BEHIND, Status.MISSING, Status.MET, Status.NOT_APPLICABLE])
def test_the_groups_that_have_a_line_are_those_of_the_rows_shown(by: Grouping, only: Status) -> None:
    every, some = view_of(Query(by=by)), view_of(Query(by=by, only=frozenset({only})))
    shown = {section.key for section in some.sections}
    assert some.groups == tuple(one for one in every.groups if one.key in shown)
    left_out = sum(one.key not in shown and (by, one.key) != ("unit", None) for one in every.groups)
    assert some.unlisted == (0 if by == "indicator" else left_out)


def test_a_trend_reaches_back_to_january_at_most() -> None:
    trend = view_of(Query(trend=6), period=Period(2023, 2)).trend
    assert trend is not None
    assert [str(period) for period in trend.periods] == ["2023-01", "2023-02"]


def test_a_trend_of_single_indicators_follows_their_own_completion() -> None:
    trend = view_of(Query(trend=2, indicators=("T01-01",), units=("south", "zone"))).trend
    assert trend is not None
    assert [(one.row.unit, [point.completion for point in one.points]) for one in trend.series if one.row] == [
        ("south", [F(1, 3), F(1, 3)]),
        ("zone", [F(3, 10), F(9, 20)]),
    ]
    by_area = view_of(Query(trend=2, by="area", units=("zone",))).trend
    assert by_area is not None
    # in May the zone had not said anything about stations, which counts 0; in June it says they do not apply
    assert [(one.key, [point.completion for point in one.points]) for one in by_area.series] == [
        (1, [F(3, 10), F(9, 20)]),
        (2, [F(0), None]),
        (None, [F(0), F(0)]),
    ]


def test_then_and_now() -> None:
    comparison = view_of(Query(compare=MAY, units=("south",), indicators=("T02-01",))).comparison
    assert comparison is not None
    (one,) = comparison.series
    before, after = (point._replace(rows={}) for point in one.points)
    assert (before, after) == (
        Point(F(3, 4), Status.NOT_DUE, reported=1),
        Point(F(3, 4), Status.MISSING, carried=(MAY,), unreported=1),
    )
    assert one.change is None  # the figure of May again, which says nothing of June


def revised(start: int, value: int, first: int = 40, **more: object) -> Plan:
    """One count of two counties whose target is revised."""
    later = Revision(Period(2023, start), Target("at_least", F(value)), "通知")
    several = {"judged": (), "reporting": ("north", "south"), "applies_to": "total", **more}
    return plan_of_one(Target("at_least", F(first)), CountIndicator, revisions=(later,), unit="张", **several)


@pytest.mark.parametrize("unit", [None, "south"])
def test_then_and_now_say_who_is_silent_in_the_words_of_the_detail(unit: str | None) -> None:
    view = view_of(Query(compare=MAY, units=(unit,), order="gap"))
    assert view.comparison is not None
    rows = [one.row for one in view.comparison.series if one.row is not None]
    told = [row[-1].text for row in comparison(view, view.comparison).rows][: len(rows)]
    assert told == [words.status(row).text for row in rows]
    assert any("未报" in each for each in told)


def test_who_has_fallen_silent_has_changed_and_one_month_is_no_change() -> None:
    """南县 reported 8 of its part in May, and nothing in June; 北县 moved, and 开发区 did not."""
    data = "T01-01 north - - - - 8 20\nT01-01 south - - - - 8 -\nT01-01 zone - - - - 8 8"
    parts = {("T01-01", unit): (Part(at_least(30), "official", ""),) for unit in ("north", "south", "zone")}
    plan = plan_with(indicator(), parts=parts)
    view = view_of(Query(compare=MAY, changed=True, indicators=("T01-01",)), plan=plan, data=data)
    assert view.comparison is not None
    assert {one.row.unit for one in view.comparison.series if one.row is not None} == {None, "north", "south"}
    january = view_of(Query(trend=6), Period(2023, 1)).trend
    assert january is not None
    assert {one.change for one in january.series} == {None}


GROWING = "T01-01 north 0 0 0 8 10 10\nT01-01 south 0 0 0 8 10 10"


def test_a_target_that_changes_is_no_work_done_or_lost() -> None:
    """16 of 40 in April, 20 of 40 in May, 20 of 50 in June: 40, 50 and 40 per cent, and nothing was lost in June."""
    whole = view_of(Query(trend=3, indicators=("T01-01",), units=(None,)), plan=revised(6, 50), data=GROWING)
    assert whole.trend is not None
    (one,) = whole.trend.series
    assert [point.completion for point in one.points] == [F(2, 5), F(1, 2), F(2, 5)]
    assert [[target.value for target in targets] for targets in one.retargeted.values()] == [[40, 50]]
    assert one.has_changed
    told = written(FORMATS, "plain", whole)
    assert "0.0 目标已变（40→50）" in told
    assert '"0.0","40→50"' in written(FORMATS, "csv", whole)
    series = json.loads(written(FORMATS, "json", whole))["trend"]["series"]
    assert [(each["target"], each["retargeted"]) for each in series] == [(["40", "40", "50"], 1)]


def test_a_mean_says_how_many_of_its_targets_changed() -> None:
    query = Query(compare=MAY, by="area", units=(None,))
    before, after = (view_of(query, plan=plan, data=GROWING) for plan in (revised(5, 50), revised(6, 50)))
    assert "目标已变" not in written(FORMATS, "plain", before), "since May it is the same"
    assert "变化中不是工作的增减：行动 -10.0 含目标已变1项 -10.0。" in written(FORMATS, "plain", after)
    series = json.loads(written(FORMATS, "json", after))["comparison"]["series"]
    assert [(each["target"], each["retargeted"]) for each in series] == [([None, None], 1)]


def test_a_units_own_target_that_changes_is_no_work_lost_in_the_citys_count_of_units() -> None:
    """Each at least 10, 南县 15 from June: one of two meets it in June with the figures of May, when both did."""
    parts = {
        ("T01-01", "south"): (
            Part(at_least(10), "official", ""),
            Part(at_least(15), "official", "", start=Period(2023, 6)),
        )
    }
    both = {"judged": ("north", "south"), "reporting": ("north", "south"), "applies_to": "each"}
    plan = plan_with(indicator(StockIndicator, "T01-01", target=at_least(10), **both), parts=parts)
    data = "T01-01 north - - - - 10 10\nT01-01 south - - - - 12 12"
    city = view_of(Query(compare=MAY, by="area", units=(None,)), plan=plan, data=data)
    assert "行动 -50.0 含目标已变1项 -50.0。" in written(FORMATS, "plain", city)
    (mean,) = json.loads(written(FORMATS, "json", city))["comparison"]["series"]
    assert (mean["causes"]["work"], mean["causes"]["retargeted"]) == ("0", "-50")
    row = view_of(Query(compare=MAY, indicators=("T01-01",), units=(None,)), plan=plan, data=data)
    assert "-50.0 目标已变（10→15）" in written(FORMATS, "plain", row)


def test_a_mean_says_what_entered_or_left_it_and_how_much_that_made() -> None:
    """One of two is at 50 per cent in May and 60 in June; the other, at 100, is 不适用 in one of the months."""
    both = [indicator(StockIndicator, f"T01-0{at}", target=at_least(10), **ALONE) for at in (1, 2)]
    query = Query(compare=MAY, by="area", units=("north",))
    for cells, said in (
        ("不适用 10", " +30.0 含纳入1项 +20.0"),
        ("10 不适用", " -15.0 含退出1项 -25.0"),
    ):
        data = f"T01-01 north - - - - 5 6\nT01-02 north - - - - {cells}"
        view = view_of(query, plan=plan_with(*both), data=data)
        assert said in written(FORMATS, "plain", view)
        (one,) = json.loads(written(FORMATS, "json", view))["comparison"]["series"]
        assert one["causes"]["work"] == "10"


SHARES = st.sampled_from(["-", "0", "3", "8", "12", "不适用"])


@given(st.lists(st.tuples(SHARES, SHARES), min_size=6, max_size=6), st.sampled_from(["unit", "area", "task"]))
def test_what_a_mean_changes_by_adds_up_to_its_whole_change(cells: list[tuple[str, str]], by: Grouping) -> None:
    """Three stocks of two counties, of different weight; the second is asked for more from June on."""
    judged = {**ALONE, "judged": ("north", "south"), "reporting": ("north", "south")}
    later = (Revision(Period(2023, 6), at_least(15), "通知"),)
    plan = plan_with(
        indicator(StockIndicator, "T01-01", target=at_least(10), **judged),
        indicator(StockIndicator, "T01-02", target=at_least(10), weight=F(3), revisions=later, **judged),
        indicator(StockIndicator, "T01-03", target=at_least(10), weight=F(1, 2), **judged),
    )
    names = [f"T01-0{at} {unit}" for at in (1, 2, 3) for unit in ("north", "south")]
    data = "\n".join(f"{name} - - - - {before} {after}" for name, (before, after) in zip(names, cells, strict=True))
    history = view_of(Query(compare=MAY, by=by, units=("north", "south")), plan=plan, data=data).comparison
    assert history is not None
    for one in history.series:
        assert (one.causes is None) == (one.change is None)
        if one.causes is None:
            continue
        work, retargeted, recounted, entered, left = one.causes
        then, now = (point.rows for point in one.points)
        assert work + retargeted + recounted == one.change
        assert (entered, left) == (len(now.keys() - then.keys()), len(then.keys() - now.keys()))
        assert entered or left or not recounted
        assert one.retargeted or not retargeted
        both = then.keys() & now.keys()
        raised = {key: capped(now[key].actual, 15) - capped(now[key].actual, 10) for key in both if key[0] == "T01-02"}
        weights = {key: now[key].indicator.weight for key in both}
        assert retargeted == sum(raised[key] * weights[key] for key in raised) / (sum(weights.values()) or 1) <= 0


def capped(actual: Fraction | None, target: int) -> Fraction:
    return min((actual or F(0)) / target, F(1))


def test_a_raised_target_takes_off_what_the_figure_is_short_of_it_and_all_else_is_work() -> None:
    """20 of 400 in May and 375 of 500 in June: 5 and 75 per cent; of 400, 375 had been 93.75 per cent."""
    data = "T01-01 north 0 0 0 0 20 300\nT01-01 south 0 0 0 0 0 75"
    view = view_of(Query(compare=MAY, by="area", units=(None,)), plan=revised(6, 500, 400), data=data)
    assert "变化中不是工作的增减：行动 +70.0 含目标已变1项 -18.8。" in written(FORMATS, "plain", view)
    (one,) = json.loads(written(FORMATS, "json", view))["comparison"]["series"]
    assert one["causes"] == {"work": "88.75", "retargeted": "-18.75", "recounted": "0", "entered": 0, "left": 0}


def test_of_units_that_meet_a_target_those_count_that_the_earlier_one_would_have_had() -> None:
    """8 each in May, 10 and 12 in June: of ten, none and then both; of twelve, one. Work is 100, the target -50."""
    plan = revised(6, 12, 10, applies_to="each", judged=("north", "south"))
    data = "T01-01 north 0 0 0 0 8 10\nT01-01 south 0 0 0 0 8 12"
    view = view_of(Query(compare=MAY, by="area", units=(None,)), plan=plan, data=data)
    (one,) = json.loads(written(FORMATS, "json", view))["comparison"]["series"]
    assert (one["change"], one["causes"]["work"], one["causes"]["retargeted"]) == ("50", "100", "-50")


def test_where_each_unit_is_asked_for_more_the_citys_row_says_so() -> None:
    """Ten each are reached by both; of twelve each nobody has: the number of units that are to reach it is the same."""
    plan = revised(6, 12, 10, applies_to="each", judged=("north", "south"))
    view = view_of(Query(compare=MAY, indicators=("T01-01",), units=(None, "north")), plan=plan, data=GROWING)
    assert view.comparison is not None
    assert [
        [[target.value for target in one] for one in each.retargeted.values()] for each in view.comparison.series
    ] == [
        [[10, 12]],
        [[10, 12]],
    ]


def test_statuses_have_no_history() -> None:
    with pytest.raises(InputError, match="--by status"):
        must_mean(Query(trend=3, by="status"))


def test_units_go_by_any_of_their_names_and_the_city_by_three() -> None:
    names = ("north", "北县", "330001", "北", " 北县 ", "全市", "city", "市")
    assert [unit_named(small_plan(), text) for text in names] == [*["north"] * 5, None, None, None]


@pytest.mark.parametrize("text", ["全市", "city", "市", " Total "])
def test_the_city_is_no_unit_where_one_is_asked_for(text: str) -> None:
    with pytest.raises(InputError, match="不是填报单位"):
        find_unit(small_plan(), text)


def test_areas_tasks_indicators_and_statuses_go_by_number_name_or_prefix() -> None:
    plan = small_plan()
    assert [area_named(plan, text) for text in ("2", "事务", "社会事务行动", "社会")] == [2, 2, 2, 2]
    assert [area_named(plan, text) for text in ("工作保障", "工作", "safeguards")] == [None, None, None]
    assert [task_named(plan, text) for text in ("2", "02", "T02", "t02", "建强基层", "建强")] == [2] * 6
    assert task_named(plan, "S04") == 4
    assert [indicator_named(plan, text) for text in ("T01-01", "t01-01", "新增床位", "新增")] == ["T01-01"] * 4
    assert [status_named(text) for text in ("far_behind", "far-behind", "严重滞后")] == [Status.FAR_BEHIND] * 3
    assert grouping_named("area") == "area"
    assert order_named("gap") == ("gap", False)
    assert order_named("-gap") == ("gap", True)
    assert split(["a,b", "c，d", ",e,"]) == ["a", "b", "c", "d", "e"]


@through(
    ("find", "text", "message"),
    [
        (lambda plan, text: unit_named(plan, text), "33000", "北县、南县"),
        (lambda plan, text: indicator_named(plan, text), "新增床为", "T01-01"),
        (lambda plan, text: area_named(plan, text), "养佬", "没有行动领域 养佬"),
        (lambda plan, text: task_named(plan, text), "建强街道", "是否要写 2 建强基层"),
        (lambda plan, text: task_named(plan, text), "", "没有任务"),
        (lambda plan, text: indicator_named(plan, text), "T01", "可以指多个指标"),
        (lambda plan, text: status_named(text), "behnd", "是否要写 behind"),
        (lambda plan, text: order_named(text), "-gaps", "是否要写 gap"),
        (lambda plan, text: area_named(plan, text), "\x1b[31m", r"\\x1b"),
    ],
)
def test_a_wrong_name_gets_the_nearest_or_the_list(find: object, text: str, message: str) -> None:
    with pytest.raises(InputError, match=message):
        find(small_plan(), text)  # type: ignore[operator]  # a table of functions


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("T01-3", "T01-03"),
        ("T01-49", None),
        ("丙县", None),
        ("永唐市", "永康市"),
        ("甲某区", "甲县某区"),
        ("behnd", "behind"),
        ("yiwu", "yi-wu"),
        ("Yi Wu", "yi-wu"),
        ("wyui", "wuyi"),
        ("义务", "义乌"),
        ("武务", "武义"),
        ("义义", None),
    ],
)
def test_where_several_are_equally_near_none_is_meant(text: str, meant: str | None) -> None:
    """Unless all stand for the same, or one differs by noughts, marks, one character or two exchanged letters alone."""
    known = {
        "wuyi": "wuyi",
        "yi-wu": "yiwu",
        "甲县": "jia",
        "乙县": "yi",
        "永康市": "yong",
        "甲县某区": "mou",
        "甲市某区": "mou",
        "behind": "behind",
        "义乌": "yiwu",
        "武义": "wuyi",
    }
    assert nearest(text, {**known, **{f"T01-{n:02}": f"T01-{n:02}" for n in range(1, 14)}}) == meant


def test_with_another_number_a_name_is_another() -> None:
    known = ["西山13县", "西山三十县", "养老床位"]
    assert [nearest(text, known) for text in ("西山31县", "西山十三县", "西山13是", "养老床位2张")] == [
        None,
        None,
        "西山13县",
        "养老床位",
    ]
    known = ["西山01县", "西山10县", "西山市"]
    assert [nearest(text, known) for text in ("西山1县", "西山001县", "西山10", "西山2县")] == [
        "西山01县",
        "西山01县",
        "西山10县",
        "西山市",
    ]


@through(
    ("text", "meant"),
    [
        ("北县民政局", "北县"),
        ("浙江省北县", "北县"),
        ("北县（报送）", "北县"),
        ("NORTH county", "北县"),
        ("比县", None),
        ("开发曲", "开发区"),
        ("民政局报", None),
        ("33000", None),
    ],
)
def test_a_unit_is_sought_alike_on_the_command_line_and_in_a_file(text: str, meant: str | None) -> None:
    plan = small_plan()
    with pytest.raises(InputError) as raised:
        find_unit(plan, text)
    near = Names(plan).nearest_unit(text)
    told = MEANT.format(name=near.name) if near else "可"
    assert (near.name if near else None, told in str(raised.value)) == (meant, True)


def test_two_areas_that_begin_alike_are_both_named() -> None:
    alike = tuple(ActionArea(number, name, name, ()) for number, name in ((1, "社会救助"), (2, "社会组织")))
    with pytest.raises(InputError, match="1 社会救助、2 社会组织"):
        area_named(small_plan(action_areas=alike), "社会")


def test_when_nobody_has_reported_everything_is_missing_and_nothing_is_called_behind() -> None:
    view = view_of(data="")
    assert {one.whole.light for one in view.overview.standings} == {None}
    assert view.dangers == ()
    assert (
        {one.unit: one.unreported for one in view.silences["未报"]}["south"] == view.card.rows.never_heard("south") == 5
    )
    assert set(view.overview.city_totals) == {Status.MISSING, Status.UNDEFINED}
    assert all(one.moved is None for one in view.overview.standings), "there is nothing to compare with"


def test_a_plan_without_indicators_makes_a_view_too() -> None:
    view = view_of(Query(trend=3), plan=small_plan(action_areas=(), safeguards=(), parts={}), data="")
    assert view.overview.areas == ()
    assert (view.dangers, view.silences, view.unsettled) == ((), {}, ())
    assert view.lines == ()
    assert view.trend is not None
    assert view.trend.series == ()


@pytest.mark.parametrize(
    ("order", "descending", "keys"),
    [
        ("plan", False, [None, "north", "south", "zone", "bureau"]),
        ("completion", False, [None, "zone", "bureau", "south", "north"]),
        ("completion", True, [None, "north", "south", "bureau", "zone"]),
        ("rank", False, [None, "north", "south", "zone", "bureau"]),
        ("name", False, ["全市", "北县", "南县", "市本级", "开发区"]),
    ],
)
def test_groups_are_sorted_by_what_they_have(order: str, descending: bool, keys: list[str | None]) -> None:
    query = Query(by="unit", order=order, descending=descending)  # type: ignore[arg-type]  # one of ORDERS
    found = [one.key for one in view_of(query).groups]
    if order == "name":
        assert sorted(keys, key=str) == [label_of(small_plan(), "unit", key) for key in found]
    else:
        assert found == keys


def test_a_trend_is_sorted_by_the_last_figure_or_by_the_change() -> None:
    def keys(order: str) -> list[object]:
        trend = view_of(Query(trend=6, order=order)).trend  # type: ignore[arg-type]  # one of ORDERS
        assert trend is not None
        return [one.key for one in trend.series]

    assert keys("completion") == [None, "zone", "bureau", "south", "north"]
    # 20.8, 33.9, 46.8, then 50 and 50 in plan order
    # and 南县 has sent nothing in June, so that nothing is known of how far it has come
    assert keys("change") == [None, "zone", "north", "bureau", "south"]


def test_a_figure_that_is_carried_is_no_news() -> None:
    """南县 sent nothing in June: its 10 of 30 of May stand in, marked, and have not moved; 开发区 went from 6 to 9."""
    query = Query(trend=2, compare=MAY, indicators=("T01-01",), units=("south", "zone"))
    view = view_of(query)
    for found in (view.trend, view.comparison):
        assert found is not None
        south, zone = found.series
        assert ([point.used for point in south.points], south.change) == ([None, MAY], None)
        assert ([point.used for point in zone.points], zone.change) == ([None, None], Fraction(3, 20))
    text = written(FORMATS, "plain", view)
    assert text.count("33.3（沿用5月）*") == 2
