"""What status shows, as data, on the small plan of factory.py; every figure worked out by hand."""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from factory import BEDS, COUNTIES, COVERAGE, ledger_of, small_plan, view_of
from mzplan.diagnostics import InputError
from mzplan.period import Period
from mzplan.plan.lights import PRESETS
from mzplan.plan.model import ActionArea, Task
from mzplan.scoring.progress import Status
from mzplan.scoring.scorecard import score
from mzplan.views.detail import Group, Line, label_of
from mzplan.views.history import Point
from mzplan.views.overview import Lag, Silence, Standing
from mzplan.views.presets import effect
from mzplan.views.query import (
    Query,
    area_named,
    grouping_named,
    indicator_named,
    order_named,
    split,
    status_named,
    task_named,
    unit_named,
)

F = Fraction
MAY = Period(2023, 5)


def standing(unit: str | None, query: Query | None = None, **given: object) -> Standing:
    view = view_of(query, **given)  # type: ignore[arg-type]  # a table of options
    return next(one for one in view.overview.standings if one.unit == unit)


def test_a_mark_is_green_when_all_is_on_schedule_red_by_the_mean_shortfall_else_yellow() -> None:
    def lights(unit: str | None, preset: str = "strict") -> list[str | None]:
        one = standing(unit, preset=preset)
        return [mark.light for mark in (*one.areas, one.whole)]

    # areas 1 and 2, the safeguards, the whole; shortfalls in points behind the schedule
    assert lights("north") == ["green", "green", "green", "green"]
    assert lights("south") == ["red", "red", "green", "red"]  # 16.7; 25; none; (16.7 + 25 + 0) / 3 = 13.9
    assert lights("zone") == ["yellow", None, "red", "red"]  # 5; not applicable; 100; 52.5
    assert lights("bureau") == [None, "green", None, "green"]
    assert lights(None) == ["yellow", "red", "red", "red"]  # 1 / 2; (50 + 0 + 10) / 3 = 20; 33.3; 15.7
    # points from 30 on, and 33.3 % of what was expected: 16.7 of 50
    assert lights("south", "yinchuan-2025") == ["yellow", "yellow", "green", "yellow"]
    assert lights("south", "tianjin-2022") == ["red", "yellow", "green", "yellow"]
    assert lights("south", "xuancheng-2020") == ["yellow", "yellow", "green", "yellow"]


def test_nobodys_lead_makes_up_for_anothers_lag_in_a_light() -> None:
    # beds 30 of 30 done long before they are due; the station is 25 points short
    data = "T01-01 south - - - - - 30\nT02-01 south - - - - - 3\nS04-01 south - - - - - 0"
    one = standing("south", data=data)
    assert one.whole.tally.completion == F(11, 12)
    assert one.whole.light == "yellow"  # 25 / 3 = 8.3 points


def test_marks_say_whether_they_rest_on_a_computed_part() -> None:
    assert [mark.on_reference for mark in standing("north").areas] == [True, False, False]
    assert [mark.on_reference for mark in standing("zone").areas] == [False, False, False]  # an official part
    assert standing("north").whole.on_reference
    assert not standing(None).whole.on_reference


def test_places_move_against_the_period_before() -> None:
    # May: south 25/36, north 2/3, zone 0.1; June: north 2.6/3, south 25/36, zone 0.225
    assert [(standing(unit).rank, standing(unit).moved) for unit in COUNTIES] == [(1, 1), (2, -1), (3, 0)]
    assert standing("bureau").moved is None
    assert standing(None).moved is None
    assert standing("north", period=Period(2023, 1)).moved is None
    assert standing("north", Query(rank=False)).moved is None


def test_a_unit_heard_of_for_the_first_time_is_new() -> None:
    data = "T01-01 north 10 20\nT01-01 zone - 1"
    february = Period(2023, 2)
    assert standing("zone", data=data, period=february).moved == "new"
    assert standing("north", data=data, period=february).moved == 0


CELLS = st.sampled_from(["-", "0", "3", "50", "不适用"])


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(CELLS, CELLS), min_size=5, max_size=5))
def test_the_places_of_the_period_before_are_those_of_its_scorecard(cells: list[tuple[str, str]]) -> None:
    names = ["T01-01 north", "T01-01 south", "T02-01 north", "T02-01 zone", "S04-01 south"]
    data = "\n".join(f"{name} {first} {second}" for name, (first, second) in zip(names, cells, strict=True))
    plan = small_plan()
    ledger = ledger_of(plan, data)
    for period in (Period(2023, 1), Period(2023, 2)):
        card = score(plan, ledger, period)
        heard = {unit for (_, unit), row in card.rows.items() if row.record_period is not None}
        whole = {unit: one.rank for unit, one in card.units.items() if unit in heard and one.rank is not None}
        assert card.rows.ranks(period) == whole


def test_totals_count_the_citys_rows_and_the_units_rows_apart() -> None:
    overview = view_of().overview
    assert dict(overview.city_totals) == {
        Status.BEHIND: 2,
        Status.MET: 1,
        Status.UNDEFINED: 1,
        Status.FAR_BEHIND: 2,
        Status.ON_SCHEDULE: 1,
    }
    assert sum(overview.unit_totals.values()) == 17
    assert overview.unit_totals[Status.CONTRIBUTION] == 5
    assert sum(view_of(Query(units=("south",))).overview.unit_totals.values()) == 5


def test_attention_lists_the_worst_row_of_each_indicator_then_who_is_silent() -> None:
    items = view_of().attention
    assert [
        (item.row.indicator.id, item.row.unit, item.others, item.streak) for item in items if isinstance(item, Lag)
    ] == [
        ("S04-01", "zone", 0, 1),  # -100
        ("T02-01", None, 1, 1),  # -50, and the south with it
        ("T01-01", "south", 1, 6),  # -16.7, and the zone
        ("T03-01", None, 0, 2),  # -10
    ]
    # the bureau owes nothing: what is not defined cannot be reported
    assert [item for item in items if isinstance(item, Silence)] == [Silence("south", 5, 5, ("T01-02",))]
    own = view_of(Query(units=("south",))).attention
    assert [item.row.unit for item in own if isinstance(item, Lag)] == ["south", "south"]


def test_of_units_equally_far_behind_attention_shows_the_first() -> None:
    items = view_of(Query(units=COUNTIES), data="S04-01 south - - - - - 1\nS04-01 zone - - - - - 1").attention
    assert [(item.row.unit, item.others) for item in items if isinstance(item, Lag)] == [("south", 1)]


def test_attention_has_ten_items_at_most_and_silence_keeps_room_for_itself() -> None:
    many = [f"T01-{number:02}" for number in range(1, 15)]
    beds = tuple(replace(BEDS, id=name) for name in many)
    plan = small_plan(
        action_areas=(ActionArea(1, "", "", (Task(1, "", 1, (*beds, replace(COVERAGE, id="T01-99"))),)),),
        safeguards=(),
        parts={},
    )
    items = view_of(plan=plan, data="\n".join(f"{name} north - - - - - {i}" for i, name in enumerate(many))).attention
    assert [type(item) for item in items] == [Lag] * 7 + [Silence] * 3
    assert [item.row.actual for item in items if isinstance(item, Lag)] == list(range(7))


def test_filters_pick_rows_and_leave_every_figure_as_it_is() -> None:
    whole = {(line.row.indicator.id, line.row.unit): line.row for line in view_of(Query(units=COUNTIES)).lines}
    for query in (
        Query(units=("south",)),
        Query(units=COUNTIES, areas=(2,)),
        Query(units=COUNTIES, tasks=(1,)),
        Query(units=COUNTIES, only=frozenset({Status.FAR_BEHIND})),
    ):
        for line in view_of(query).lines:
            assert line.row == whole[line.row.indicator.id, line.row.unit]


def ids(lines: tuple[Line, ...]) -> list[tuple[str, str | None]]:
    return [(line.row.indicator.id, line.row.unit) for line in lines]


@pytest.mark.parametrize(
    ("query", "rows"),
    [
        (Query(areas=(None,)), [("S04-01", None)]),
        (Query(tasks=(2,), units=("south", "bureau")), [("T02-01", "south"), ("T02-02", "bureau")]),
        (
            Query(only=frozenset({Status.FAR_BEHIND})),
            [
                ("T02-01", None),
                ("S04-01", None),
                ("T01-01", "south"),
                ("T02-01", "south"),
                ("S04-01", "zone"),
            ],
        ),
        (Query(units=("south",), only=frozenset({Status.MISSING})), [("T01-02", "south")]),
    ],
)
def test_filters_work_together(query: Query, rows: list[tuple[str, str | None]]) -> None:
    assert ids(view_of(query).lines) == rows


def test_an_indicator_ranks_its_units_by_completion_and_shows_everyones_part() -> None:
    lines = view_of(Query(indicators=("T01-01",))).lines
    assert [(line.row.unit, line.place, line.row.contribution) for line in lines] == [
        (None, None, None),
        ("north", 1, F(30, 49)),  # 60 %
        ("zone", 2, F(9, 49)),  # 45 %
        ("south", 3, F(10, 49)),  # 33.3 %
    ]
    # nobody has a target of the funds: the places are those of the contributions
    assert [(line.row.unit, line.place) for line in view_of(Query(indicators=("T03-01",))).lines] == [
        (None, None),
        ("north", 1),
        ("south", 2),
        ("zone", 3),
    ]


def test_ties_share_a_place_and_silence_has_none() -> None:
    lines = view_of(Query(indicators=("S04-01",))).lines
    assert [(line.row.unit, line.place) for line in lines] == [(None, None), ("north", 1), ("south", 1), ("zone", 3)]
    silent = view_of(Query(indicators=("T02-01",)), data="T02-01 north - - - - - 4").lines
    assert [(line.row.unit, line.place) for line in silent] == [
        (None, None),
        ("north", 1),
        ("south", None),
        ("zone", None),
    ]


@pytest.mark.parametrize(
    ("order", "descending", "units"),
    [
        ("gap", False, ["south", "zone", None, "north"]),
        ("gap", True, ["north", None, "zone", "south"]),
        ("completion", False, ["south", "zone", None, "north"]),
        ("contribution", False, ["north", "south", "zone", None]),
        ("status", False, ["south", None, "zone", "north"]),
        ("plan", False, [None, "north", "zone", "south"]),
        ("name", False, [None, "north", "south", "zone"]),
    ],
)
def test_rows_are_sorted_with_what_has_no_figure_last(order: str, descending: bool, units: list[str | None]) -> None:
    query = Query(indicators=("T01-01",), order=order, descending=descending)  # type: ignore[arg-type]  # one of ORDERS
    assert [line.row.unit for line in view_of(query).lines] == units


def test_the_matrix_is_sorted_below_the_city() -> None:
    def units(order: str) -> list[str | None]:
        query = Query(order=order)  # type: ignore[arg-type]  # one of ORDERS
        return [one.unit for one in view_of(query).overview.standings]

    assert units("completion") == [None, "zone", "bureau", "south", "north"]
    assert units("rank") == [None, "north", "south", "zone", "bureau"]
    assert units("gap") == [None, "north", "south", "zone", "bureau"]


def group(query: Query, key: object) -> Group:
    return next(one for one in view_of(query).groups if one.key == key)


def test_groups_count_everything_in_them_whatever_is_shown() -> None:
    south = group(Query(by="unit"), "south")
    assert (south.mark.tally.completion, south.mark.tally.on_schedule, south.mark.tally.judged) == (F(25, 36), 1, 3)
    assert (south.reported, south.reporting) == (0, 5)
    only = Query(by="unit", only=frozenset({Status.MISSING}))
    assert [one.key for one in view_of(only).groups] == ["south"]
    assert group(only, "south").mark.tally == south.mark.tally
    assert [one.key for one in view_of(Query(by="area")).groups] == [1, 2, None]
    assert [one.key for one in view_of(Query(by="task")).groups] == [1, 2, 3, 4]
    assert [one.key for one in view_of(Query(by="indicator")).groups][:2] == ["T01-01", "T01-02"]
    assert [one.key for one in view_of(Query(by="status", units=("south",))).groups] == [
        Status.FAR_BEHIND,
        Status.MISSING,
        Status.MET,
        Status.CONTRIBUTION,
    ]


def test_an_area_groups_by_unit_so_that_one_sees_who() -> None:
    found = {one.key: one.mark.tally.completion for one in view_of(Query(areas=(1,))).groups}
    assert found == {None: F(149, 200), "north": F(3, 5), "south": F(1, 3), "zone": F(9, 20), "bureau": None}


def test_a_trend_puts_the_last_periods_side_by_side() -> None:
    trend = view_of(Query(trend=3)).trend
    assert trend is not None
    assert [str(period) for period in trend.periods] == ["2023-04", "2023-05", "2023-06"]
    north = next(one for one in trend.series if one.key == "north")
    # April: beds 20/50, accidents met, no station; May: 25/50, 2/4; June: 30/50, 4/4
    assert [point.completion for point in north.points] == [F(7, 15), F(2, 3), F(13, 15)]
    assert north.change == F(2, 5)
    assert [one.key for one in trend.series] == [None, "north", "south", "zone", "bureau"]


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
    assert one.points == (Point(F(3, 4), Status.NOT_DUE), Point(F(3, 4), Status.FAR_BEHIND))
    assert one.change == 0


def test_statuses_have_no_history() -> None:
    with pytest.raises(InputError, match="--by status"):
        _ = view_of(Query(trend=3, by="status")).trend


def test_what_another_preset_would_change() -> None:
    view = view_of()
    found = effect(view.card, view.ledger, PRESETS["yinchuan-2025"])
    # city: beds -1 green, funds -10 stays yellow, stations -50 and accidents -33.3 stay red;
    # units: beds -5 (zone) green, -16.7 (south) yellow, station -25 (south) yellow, accident -100 red
    assert found.changes == {
        (Status.BEHIND, Status.ON_SCHEDULE): 2,
        (Status.FAR_BEHIND, Status.BEHIND): 2,
    }
    assert found.changed == 4


@pytest.mark.parametrize("text", ["north", "北县", "330001", "北", " 北县 "])
def test_a_unit_goes_by_any_of_its_names(text: str) -> None:
    assert unit_named(small_plan(), text) == "north"


@pytest.mark.parametrize("text", ["全市", "city"])
def test_the_city_has_a_name_too(text: str) -> None:
    assert unit_named(small_plan(), text) is None


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
    assert split(["a,b", "c，d", ""]) == ["a", "b", "c", "d"]


@pytest.mark.parametrize(
    ("find", "text", "message"),
    [
        (lambda plan, text: unit_named(plan, text), "南先", "您是否要写 南县"),
        (lambda plan, text: area_named(plan, text), "养佬", "没有行动领域 养佬"),
        (lambda plan, text: area_named(plan, text), "9", "1 养老、2 事务、工作保障"),
        (lambda plan, text: task_named(plan, text), "建强街道", "您是否要写 2 建强基层"),
        (lambda plan, text: task_named(plan, text), "", "没有任务"),
        (lambda plan, text: indicator_named(plan, text), "T01", "可以指多个指标"),
        (lambda plan, text: status_named(text), "behnd", "您是否要写 behind"),
        (lambda plan, text: grouping_named(text), "县", "unit、area、task、indicator、status"),
        (lambda plan, text: order_named(text), "-gaps", "您是否要写 gap"),
        (lambda plan, text: area_named(plan, text), "\x1b[31m", r"\\x1b"),
    ],
)
def test_a_wrong_name_gets_the_nearest_or_the_list(find: object, text: str, message: str) -> None:
    with pytest.raises(InputError, match=message):
        find(small_plan(), text)  # type: ignore[operator]  # a table of functions


def test_two_areas_that_begin_alike_are_both_named() -> None:
    alike = tuple(ActionArea(number, name, name, ()) for number, name in ((1, "社会救助"), (2, "社会组织")))
    with pytest.raises(InputError, match="1 社会救助、2 社会组织"):
        area_named(small_plan(action_areas=alike), "社会")


def test_when_nobody_has_reported_everything_is_missing_and_nothing_is_called_behind() -> None:
    view = view_of(data="")
    assert {one.whole.light for one in view.overview.standings} == {"red"}
    assert all(isinstance(item, Silence) for item in view.attention)
    assert set(view.overview.city_totals) == {Status.MISSING, Status.UNDEFINED}
    assert all(one.moved == "new" or one.rank is None for one in view.overview.standings)


def test_a_plan_without_indicators_makes_a_view_too() -> None:
    view = view_of(Query(trend=3), plan=small_plan(action_areas=(), safeguards=(), parts={}), data="")
    assert view.overview.areas == ()
    assert view.attention == ()
    assert view.lines == ()
    assert view.trend is not None
    assert view.trend.series == ()


@pytest.mark.parametrize(
    ("order", "descending", "keys"),
    [
        ("plan", False, [None, "north", "south", "zone", "bureau"]),
        ("completion", False, ["zone", "bureau", None, "south", "north"]),
        ("completion", True, ["north", "south", None, "bureau", "zone"]),
        ("rank", False, ["north", "south", None, "bureau", "zone"]),
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

    assert keys("completion") == ["zone", "bureau", None, "south", "north"]
    # 20.8, 33.9, 46.8, then 50 and 50 in plan order
    assert keys("gap") == ["zone", "south", None, "north", "bureau"]
