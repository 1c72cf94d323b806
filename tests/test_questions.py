"""Every option that chooses or orders, on every view: it does what it says, or the question is refused.

The small plan of factory.py with an office for every task; expectations are worked out here from the rows themselves.
"""

import csv
import io
import json
from dataclasses import replace
from fractions import Fraction
from itertools import product
from typing import Any, TypeVar

import pytest

from conftest import of
from factory import small_plan, view_of, written
from mzplan.diagnostics import InputError
from mzplan.period import Period
from mzplan.plan.model import Plan, Task
from mzplan.render.layout import Look
from mzplan.render.status import FORMATS
from mzplan.render.status.build import document
from mzplan.scoring.means import tally
from mzplan.scoring.progress import Progress, Status
from mzplan.views import StatusView
from mzplan.views.history import Point
from mzplan.views.query import GROUPINGS, ORDERS, WORST_FIRST, Grouping, Order, Query, is_among, must_mean

T = TypeVar("T")
MAY = Period(2023, 5)
OFFICES = {1: "福利处", 2: "事务处", 3: "福利处", 4: "办公室"}


def with_offices() -> Plan:
    plan = small_plan()

    def led(task: Task) -> Task:
        lead = OFFICES[task.number]
        return task._replace(indicators=tuple(replace(one, lead=lead) for one in task.indicators))

    areas = tuple(area._replace(tasks=tuple(map(led, area.tasks))) for area in plan.action_areas)
    return replace(plan, action_areas=areas, safeguards=tuple(map(led, plan.safeguards)))


PLAN = with_offices()
VIEWS = {
    "first screen": Query(),
    "unit": Query(units=("zone",)),
    "units": Query(units=("north", "zone")),
    "area": Query(areas=(1,)),
    "indicator": Query(indicators=("T01-01",)),
    "by unit": Query(by="unit"),
    "by area": Query(by="area"),
    "by area of a unit": Query(by="area", units=("zone",)),
    "by status": Query(by="status"),
    "trend": Query(trend=6),
    "trend of a unit": Query(trend=6, units=("zone",)),
    "trend by area": Query(trend=6, by="area"),
    "comparison": Query(compare=MAY),
    "comparison of an area": Query(compare=MAY, areas=(1,)),
}


def shown(query: Query) -> StatusView:
    return view_of(query, plan=PLAN)


def figures(view: StatusView, order: Order) -> list[list[Any]]:
    """What each table of the view is sorted by, in the order of its lines; the worst is the smallest."""
    found: list[list[Any]] = []
    if view.query.is_first_screen:
        units = [one for one in view.overview.standings if one.unit is not None]
        found.append([of_mark(order, one.whole, one.rank) for one in units])
    for history in (view.trend, view.comparison):
        if history is None:
            continue
        if all(one.row is not None for one in history.series):
            series = below([(one.row.unit, one) for one in history.series if one.row is not None])
            found.append([one.change if order == "change" else of_row(order, one.row) for one in series])
            continue
        series = below([(one.key if one.by == "unit" else one.by, one) for one in history.series])
        if order == "change":
            found.append([one.change for one in series])
        elif order == "completion":
            found.append([one.points[-1].completion for one in series])
    if view.query.by is not None and not view.query.has_history:
        by_unit = view.query.by == "unit"
        rank: dict[object, int | None] = {one.unit: one.rank for one in view.card.units.values() if by_unit}
        groups = below([(one.key if by_unit else one.by, one) for one in view.groups])
        found.append([of_mark(order, one.mark, rank.get(one.key)) for one in groups])
    if view.query.drills and not view.query.has_history:
        for section in view.sections:
            lines = below([(line.row.unit, line) for line in section.lines])
            found.append([of_row(order, line.row) for line in lines])
    return [figures for figures in found if not all(figure is None for figure in figures)]


def below(found: list[tuple[object, T]]) -> list[T]:
    """What stands below the city, which is on top where it stands among its units."""
    owners = [owner for owner, _ in found]
    if None in owners and len(set(owners)) > 1:
        assert owners.index(None) == 0
        assert owners.count(None) == 1
        found = found[1:]
    return [one for _, one in found]


def of_mark(order: Order, mark: Any, rank: int | None) -> Any:
    match order:
        case "gap":
            return -mark.tally.short / mark.tally.heard if mark.tally.heard else None
        case "completion":
            return mark.tally.completion
        case "rank":
            return rank
        case "status":
            return ["red", "yellow", "missing", "nothing due", "green"].index(
                mark.light or ("missing" if mark.tally.missing else "nothing due")
            )
    return None


def of_row(order: Order, row: Progress | None) -> Any:
    assert row is not None
    match order:
        case "gap":
            return row.lag
        case "completion":
            return row.completion
        case "contribution":
            return None if row.contribution is None else -row.contribution
        case "status":
            return WORST_FIRST.index(row.status)
    return None


def is_refused(query: Query) -> bool:
    try:
        must_mean(query)
    except InputError as error:
        return bool(str(error))
    return False


@pytest.mark.untraced
def test_an_order_sorts_every_table_that_has_such_a_figure() -> None:
    for name, order, descending in product(VIEWS, ORDERS, [False, True]):
        with of((name, order, descending)):
            must_be_sorted(name, order, descending=descending)


def must_be_sorted(name: str, order: Order, *, descending: bool) -> None:
    query = VIEWS[name]._replace(order=order, descending=descending)
    if is_refused(query):
        return
    for keys in figures(shown(query), order):
        having = [key for key in keys if key is not None]
        assert having == sorted(having, reverse=descending)
        assert keys[len(having) :] == [None] * (len(keys) - len(having)), "what has no figure comes last"


@pytest.mark.parametrize(
    ("order", "refusing"),
    [
        ("plan", set()),
        ("gap", set()),
        ("completion", set()),
        ("status", set()),
        ("name", set()),
        ("contribution", {"first screen", "by unit", "by area", "by status", "trend", "trend by area", "comparison"}),
        ("rank", {"by area", "by status", "trend by area"}),
        ("change", set(VIEWS) - {one for one, query in VIEWS.items() if query.has_history}),
    ],
)
def test_an_order_by_what_a_view_has_not_is_refused(order: Order, refusing: set[str]) -> None:
    assert {name for name, query in VIEWS.items() if is_refused(query._replace(order=order))} == refusing


def test_who_is_not_ranked_is_not_sorted_by_rank() -> None:
    assert is_refused(Query(order="rank", rank=False))
    assert is_refused(Query(order="rank", units=("zone",), rank=False))
    assert not is_refused(Query(order="gap", rank=False))


def test_of_a_unit_what_is_late_stands_first_in_its_area() -> None:
    """养老 has 床位 behind; of 事务 nothing lags; 事故 have exceeded their limit."""
    late = {section.key: section.lines[0].row for section in shown(Query(units=("zone",))).sections}
    assert [(key, row.indicator.id, row.status) for key, row in late.items() if row.is_lagging] == [
        (1, "T01-01", Status.BEHIND),
        (None, "S04-01", Status.EXCEEDED),
    ]
    south = shown(Query(units=("south",), areas=(2,))).lines
    assert [line.row.indicator.id for line in south] == ["T02-01", "T03-01"], "silent and due, before a contribution"


@pytest.mark.untraced
def test_only_leaves_those_rows() -> None:
    for name, status in product(VIEWS, Status):
        with of((name, status)):
            must_leave_those_rows(name, status)


def must_leave_those_rows(name: str, status: Status) -> None:
    view = shown(VIEWS[name]._replace(only=frozenset({status})))
    if is_refused(view.query):
        return
    assert all(is_among(line.row, {status}) for line in view.lines)
    rows = json.loads(written(FORMATS, "json", view))["rows"]
    kept = [row for key, row in view.card.rows.items() if is_among(row, {status}) and in_scope(view, row)]
    assert sorted((row["indicator"], row["unit"] or "") for row in rows) == sorted(
        (row.indicator.id, row.unit or "") for row in kept
    )
    for history in (view.trend, view.comparison):
        for one in history.series if history is not None else ():
            assert one.row is None or is_among(one.row, {status})


@pytest.mark.untraced
def test_a_group_says_the_same_whatever_rows_are_chosen() -> None:
    for by, status, indicators in product(GROUPINGS, (None, *Status), ((), ("T01-01", "T02-01"))):
        with of((by, status, indicators)):
            must_say_the_same(by, () if status is None else (status,), indicators)


def must_say_the_same(by: Grouping, only: tuple[Status, ...], indicators: tuple[str, ...]) -> None:
    """A line is the same whatever is listed, and is there where one of its rows is."""
    asked = Query(by=by, indicators=indicators)
    whole = {group.key: group for group in shown(asked if by != "indicator" else Query(by=by)).groups}
    found = {group.key: group for group in shown(asked._replace(only=frozenset(only))).groups}
    assert found == {key: whole[key] for key in found}
    if by == "indicator":
        listed = {line.row.indicator.id for line in shown(asked._replace(only=frozenset(only))).lines}
        assert found.keys() == listed
    else:
        assert found.keys() == whole.keys() or only
    if by in ("area", "task", "lead") and not only:
        assert (
            sum(group.mark.tally.judged for group in found.values())
            == tally(row for row in shown(asked).card.of_unit(None) if asked.wants(row.indicator)).judged
        )


def in_scope(view: StatusView, row: Progress) -> bool:
    named = view.query.units
    return view.query.wants(row.indicator) and (not named or row.unit in named)


@pytest.mark.parametrize("office", ["福利处", "事务处", "办公室"])
@pytest.mark.parametrize("name", VIEWS)
def test_an_office_sees_its_own_indicators_alone(name: str, office: str) -> None:
    view = shown(VIEWS[name]._replace(leads=(office,)))
    if is_refused(view.query):
        return
    names = {one.name: OFFICES[one.task] for one in PLAN.indicators.values()}
    text = written(FORMATS, "plain", view)
    assert not [one for one, lead in names.items() if lead != office and one in text]
    rows = json.loads(written(FORMATS, "json", view))["rows"]
    assert {OFFICES[row["task"]] for row in rows} <= {office}


@pytest.mark.parametrize("unit", [(), ("zone",)])
@pytest.mark.parametrize("by", GROUPINGS)
def test_what_is_grouped_is_a_table_of_its_own_in_every_format(by: Any, unit: tuple[str, ...]) -> None:
    view = shown(Query(by=by, units=unit))
    heading = GROUPINGS[by]
    for name in ("csv", "tsv"):
        lines = written(FORMATS, name, view).lstrip("\ufeff")
        first = next(csv.reader(io.StringIO(lines), delimiter="\t" if name == "tsv" else ","))
        assert first[:2] == ["编号", heading]
    groups = json.loads(written(FORMATS, "json", view))["groups"]
    assert [one["by"] for one in groups] == [by] * len(view.groups)
    assert [one["reported"] for one in groups] == [group.reported for group in view.groups]


@pytest.mark.parametrize("name", VIEWS)
def test_a_mark_is_a_column_for_programs_and_never_glued_to_a_figure(name: str) -> None:
    """Beds of 北县 and 南县 rest on computed parts, and 南县 has carried figures: whoever shows them says so."""
    view = shown(VIEWS[name])
    table = document(view).main
    assert table is not None
    headings, *rows = csv.reader(io.StringIO(written(FORMATS, "csv", view).lstrip("\ufeff")))
    for cells, row in zip(table.rows, rows, strict=True):
        assert not [text for text in row if "*" in text or "（沿用" in text.replace("未报（沿用", "")]
        told = [
            text for heading, text in zip(headings, row, strict=True) if heading.endswith(("依据", "沿用", "记录月份"))
        ]
        said = " ".join(cell.text for cell in cells)
        assert ("参考" in told) >= ("*" in said)
        assert ("2023-05" in " ".join(told)) >= ("沿用5月" in said)


def test_what_the_lines_come_to_stands_under_them() -> None:
    """The zone in June by areas: beds 45 %; of stations nothing applies; of accidents none is left of 0."""
    view = shown(Query(trend=2, by="area", units=("zone",)))
    assert view.trend is not None
    total = view.trend.total
    assert total is not None
    # May: beds 3/10, stations and accidents not heard of; June: beds 9/20, accidents 0
    assert [point.completion for point in total.points] == [Fraction(1, 10), Fraction(9, 40)]
    assert total.change == Fraction(1, 8)
    table = written(FORMATS, "plain", view)
    assert "合计" in table
    assert "+12.5" in next(line for line in table.splitlines() if line.startswith("合计"))
    city = shown(Query(trend=2)).trend
    assert city is not None
    assert city.total is None, "the line of the city is what those of its units come to"


def is_another(first: Point, last: Point) -> bool:
    """Whether the last point differs from the first; who is silent at both, and keeps its figure, tells nothing new."""
    were, are = (point.used is not None or point.status is Status.MISSING for point in (first, last))
    is_other = first.completion != last.completion
    return is_other or were != are if were or are else first[:5] != last[:5]


@pytest.mark.parametrize("name", [name for name, query in VIEWS.items() if query.has_history])
def test_a_total_is_that_of_the_rows_whatever_has_changed(name: str) -> None:
    query = VIEWS[name]
    both = [(view.trend or view.comparison) for view in (shown(query), shown(query._replace(changed=True)))]
    whole, changed = both
    assert whole is not None
    assert changed is not None
    assert changed.total == whole.total
    assert list(changed.series) == [one for one in whole.series if is_another(one.points[0], one.points[-1])]
    if whole.total is not None and query.by is None:
        rows = [one.row for one in whole.series if one.row is not None]
        assert whole.total.points[-1].completion == tally(rows).completion


def test_changes_are_of_several_periods() -> None:
    assert is_refused(Query(changed=True))
    unchanged = shown(Query(compare=MAY, units=("south",), indicators=("T01-03",), changed=True))
    assert "（没有变化）" in written(FORMATS, "plain", unchanged)


@pytest.mark.parametrize("unit", ["north", "south", "zone", "bureau"])
def test_an_indicator_of_a_unit_takes_two_lines_at_most_and_no_column_that_was_not_asked_for(unit: str) -> None:
    text = written(FORMATS, "plain", shown(Query(units=(unit,))), Look(100))
    lines = text.partition("指标明细")[2].splitlines()
    starts = [place for place, line in enumerate(lines) if line[:1] in "TS" and "-" in line[:6]]
    assert starts
    assert all(not lines[at + 2 : at + 3] or not lines[at + 2].startswith("  ") for at in starts)
    assert "位次" not in text.partition("指标明细")[2].partition("\n绿 ")[0]
    assert "占比" not in text


@pytest.mark.parametrize(("order", "word"), [("rank", "位次"), ("contribution", "占比")])
def test_places_and_shares_are_shown_where_they_are_asked_for(order: Order, word: str) -> None:
    for query in (Query(units=("north",), order=order), Query(units=("north",), full=True)):
        assert word in written(FORMATS, "plain", shown(query), Look(100)).partition("指标明细")[2]
    assert word in written(FORMATS, "plain", shown(Query(indicators=("T01-01",))), Look(100))


def test_periods_of_one_unit_say_whose_they_are_once() -> None:
    for query in (Query(trend=3, units=("zone",)), Query(compare=MAY, units=("zone",))):
        text = written(FORMATS, "plain", shown(query), Look(80))
        table = text.partition("\n\n")[2]
        assert table.count("开发区") == 1
        heading, *_ = csv.reader(io.StringIO(written(FORMATS, "csv", shown(query)).lstrip("\ufeff")))
        assert heading[0] == "填报单位"
