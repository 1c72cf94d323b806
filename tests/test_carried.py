"""What is shown of older figures that stand in for silence; figures worked out by hand on the plan of factory.py."""

import csv
import io
import json
from dataclasses import replace
from typing import Any

import openpyxl
import pytest

from factory import COUNTIES, LOOK, at_least, indicator, plan_with, view_of, written
from mzplan.period import Period
from mzplan.plan.indicator import CountIndicator, MilestoneIndicator
from mzplan.plan.model import Part
from mzplan.render import words
from mzplan.render.layout import Look
from mzplan.render.report import FORMATS as REPORT
from mzplan.render.status import FORMATS
from mzplan.scoring.scorer import Scorer
from mzplan.views import StatusView
from mzplan.views.query import GROUPINGS, Grouping, Query
from mzplan.views.report import ReportView
from pages import read

pytestmark = pytest.mark.untraced

MAY = Period(2023, 5)


@pytest.mark.parametrize(
    ("identifier", "unit", "shown"),
    [
        ("T01-01", None, "49（1家沿用5月）"),  # 30 + 10 of May + 9
        ("T01-02", None, "84.6"),  # 110 of 130, and 南县 was never heard of
        ("T02-01", None, "1（1家沿用5月）"),  # of the stations 北县 keeps its four; that 南县 does not rests on May
        ("T03-01", None, "400（1家沿用5月）"),  # 300 + 100 of May + 0
        ("S04-01", None, "2（1家沿用5月）"),  # 北县 keeps it, and 南县 kept it in May
        ("T01-01", "south", "10（沿用5月）"),
        ("T01-01", "zone", "9"),
    ],
)
def test_a_figure_in_which_older_ones_stand_says_so(identifier: str, unit: str | None, shown: str) -> None:
    row = view_of().card.rows[identifier, unit]
    assert words.actual(row).text == shown


def test_every_format_says_alike_of_the_city_s_rows_what_rests_on_older_figures() -> None:
    """南县 is silent in June: its 10 beds, its 100 万元, its stations and the accident it had not are those of May."""
    view = view_of(Query(units=(None,)))
    on_may = ("T01-01", "T02-01", "T03-01", "S04-01")
    rests = {one: "2023-05" if one in on_may else None for one in view.card.plan.indicators}
    told = json.loads(written(FORMATS, "json", view))
    assert {row["indicator"]: row["carried_from"] for row in told["rows"]} == rests
    lines = list(csv.DictReader(io.StringIO(written(FORMATS, "csv", view).lstrip("\ufeff"))))
    assert {line["编码"]: line["沿用"] for line in lines} == {
        one: "沿用" if month else "" for one, month in rests.items()
    }
    for one in rests:
        row = view.card.rows[one, None]
        assert ("沿用" in words.actual(row).text) == bool(rests[one])


def test_groups_areas_and_the_whole_say_alike_of_the_city_what_rests_on_older_figures() -> None:
    grouped = view_of(Query(by="area"))
    told = json.loads(written(FORMATS, "json", grouped))
    areas = {str(one["area"] or ""): one["carried_from"] for one in told["areas"] if one["unit"] is None}
    assert areas == {str(one["key"] or ""): one["carried_from"] for one in told["groups"]}
    lines = list(csv.DictReader(io.StringIO(written(FORMATS, "csv", grouped).lstrip("\ufeff"))))
    assert areas == {line["编号"]: line["沿用"].split() for line in lines}
    assert areas == {area: ["2023-05"] for area in ("1", "2", "")}
    assert told["units"][0]["carried_from"] == ["2023-05"]
    whole = next(csv.DictReader(io.StringIO(written(FORMATS, "csv", view_of()).lstrip("\ufeff"))))
    assert (whole["填报单位"], whole["沿用"]) == ("全市", "2023-05")


@pytest.mark.parametrize("unit", [None, "north", "south", "zone", "bureau"])
@pytest.mark.parametrize("area", [1, 2, None])
def test_a_headline_says_whether_its_completion_rests_on_older_figures(unit: str | None, area: int | None) -> None:
    """On the screen and on the page; what has no completion has no sign of per cent either."""
    view = view_of(Query(units=(unit,), areas=(area,)))
    (standing,) = json.loads(written(FORMATS, "json", view))["units"]
    if not view.scope.units[unit].tally.judged and not standing["reporting"]:
        return  # it has nothing to do with the area
    line = next(line for line in written(FORMATS, "plain", view).splitlines() if "  年度完成率 " in line)
    (headline,) = (fact for fact in line.split("  ") if fact.startswith("年度完成率"))
    assert ("沿用5月" in headline) == bool(standing["carried_from"])
    assert (headline == "年度完成率 -") == (standing["completion"] is None)
    page = read(written(REPORT, "html", ReportView(status=view)))
    assert page.one("verdict").all("li")[0].text == headline
    assert headline in page.one(f"u.{unit or ''}").all("summary")[0].text


def test_a_count_of_those_who_keep_a_promise_rests_on_the_silent_one_that_did_not() -> None:
    """南县, silent in June, had nothing in May: it is one of the two by whom 50 % is reckoned."""
    plan = plan_with(indicator(applies_to="each", judged=("north", "south"), target=at_least(1)))
    row = view_of(plan=plan, data="T01-01 north - - - - - 1\nT01-01 south - - - - 0 -").card.rows["T01-01", None]
    assert (words.actual(row).text, words.completion(row).text) == ("1（1家沿用5月）", "50.0")
    assert row.carried_months == (row.record_period,) == (MAY,)


def test_the_months_that_the_city_rests_on_are_told_without_a_row_of_any_unit(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of thousands of units that are silent each row would be made for one word."""
    rows = view_of().card.rows
    monkeypatch.delattr(Scorer, "unit_row")
    assert rows.carried(None) == (MAY,)


def test_of_a_single_unit_the_city_s_figure_is_carried_as_its_own_is() -> None:
    plan = plan_with(indicator(MilestoneIndicator, target=at_least(1), reporting=("north",)))
    row = view_of(plan=plan, data="T01-01 north - - - - 推进中 -").card.rows["T01-01", None]
    assert (words.actual(row).text, words.actual(row).raw) == ("推进中（沿用5月）", ("推进中",))


def test_programs_are_told_which_verdicts_wait_for_reports() -> None:
    """南县 is silent: its beds could lift the 49 of 50, its 300 万元 the money; that an accident happened stands."""
    rows = json.loads(written(FORMATS, "json", view_of()))["rows"]
    assert {row["indicator"] for row in rows if row["awaits_reports"]} == {"T01-01", "T01-02", "T02-01", "T03-01"}
    assert {row["unit"] for row in rows if row["awaits_reports"]} == {None}


def lines_of(view: StatusView) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(written(FORMATS, "csv", view).lstrip("\ufeff"))))


def sheet_of(view: StatusView, name: str) -> list[dict[str, str]]:
    """The rows of a sheet by their headings, which stand in two lines."""
    whole = FORMATS["xlsx"](view, LOOK)
    assert isinstance(whole, bytes)
    sheet = openpyxl.load_workbook(io.BytesIO(whole))[name]
    rows = [[str(value or "") for value in row] for row in sheet.iter_rows(values_only=True)]
    at = next(at for at, row in enumerate(rows) if "沿用" in row)
    headings = [below or above for above, below in zip(rows[at - 1], rows[at], strict=True)]
    return [dict(zip(headings, row, strict=True)) for row in rows[at + 1 :] if any(row[1:])]


def told(view: StatusView) -> dict[str, Any]:
    whole: dict[str, Any] = json.loads(written(FORMATS, "json", view))
    return whole


def at_june(marked: str) -> list[str]:
    """The months of which 2023-05=2023-04 2023-06=2023-05 tells at June."""
    return [month for at, _, month in (pair.partition("=") for pair in marked.split()) if at == "2023-06"]


PAST = [(Query(trend=2), "trend", "走势"), (Query(compare=MAY), "comparison", "比较")]


@pytest.mark.parametrize(("past", "key", "sheet"), PAST)
def test_a_row_has_one_month_from_which_it_is_carried_in_all_views_and_formats(
    past: Query, key: str, sheet: str
) -> None:
    view = view_of(Query(units=(None, *COUNTIES, "bureau")))
    before = replace(view, query=past._replace(units=view.query.units))
    rows = told(view)["rows"]
    months = {(row["indicator"], row["unit"]): row["carried_from"] for row in rows}
    assert set(months.values()) == {None, "2023-05"}
    series = told(before)[key]["series"]
    assert {(one["key"], one["unit"]): one["carried_from"][-1] for one in series} == months
    marked = {(row["indicator"], row["unit_name"]): [one] if (one := row["carried_from"]) else [] for row in rows}
    for lines in (lines_of(view), sheet_of(view, "明细")):
        found = {(line["编码"], line["填报单位"]): [line["记录月份"]] if line["沿用"] else [] for line in lines}
        assert found == marked
    for lines in (lines_of(before), sheet_of(before, sheet)):
        assert {(line["编码"], line["填报单位"]): at_june(line["沿用"]) for line in lines if line["编码"]} == marked


@pytest.mark.parametrize("by", ["unit", "area", "task"])
@pytest.mark.parametrize(("past", "key", "sheet"), PAST)
def test_a_mean_has_the_same_months_from_which_it_is_carried_in_all_views_and_formats(
    past: Query, key: str, sheet: str, by: Grouping
) -> None:
    view = view_of(Query(by=by))
    before = replace(view, query=past._replace(by=by))
    groups = told(view)["groups"]
    months = {one["name"]: one["carried_from"] for one in groups}
    assert ["2023-05"] in months.values()
    oldest = {one["key"]: one["carried_from"][0] if one["carried_from"] else None for one in groups}
    assert {one["key"]: one["carried_from"][-1] for one in told(before)[key]["series"]} == oldest
    for lines in (lines_of(view), sheet_of(view, "汇总")):
        assert {line[GROUPINGS[by]]: line["沿用"].split() for line in lines} == months
    for lines in (lines_of(before), sheet_of(before, sheet)):
        found = {line[GROUPINGS[by]]: at_june(line["沿用"]) for line in lines}
        assert {name: found[name] for name in found if name != "合计"} == months


def test_months_stand_in_their_order_however_wide_one_of_them_is() -> None:
    """南县 was silent in May: its cell is wide, and no older month takes the room that May does not fit in."""
    view = view_of(Query(trend=6, units=("south",), indicators=("T01-01",)), data="T01-01 south 1 2 3 4 - 6")
    for width in range(60, 120):
        heading, _, below = (
            written(FORMATS, "plain", view, Look(width)).partition("近6期完成率%")[2].partition("\n    ")
        )
        main = [month for month in range(1, 7) if f" {month}月" in heading.splitlines()[2]]
        under = [month for month in range(1, 7) if f"{month}月 " in below.splitlines()[0]] if below else []
        assert [*under, *main] == [1, 2, 3, 4, 5, 6], width


def test_what_is_no_longer_reached_for_want_of_reports_says_so() -> None:
    """南县's beds, 15 of 30 in May, were in time, and nothing is reported in June."""
    plan = plan_with(indicator(), parts={("T01-01", "south"): (Part(at_least(30), "official", ""),)})
    view = view_of(Query(compare=MAY, by="unit"), plan=plan, data="T01-01 south - - - - 15 -\nT01-01 north - - - - - 9")
    told = next(line for line in written(FORMATS, "plain", view).splitlines() if line.startswith("南县"))
    assert told.split()[-3:] == ["达到", "1/1", "达到", "0/1、未报1"][-3:]


def test_a_unit_that_reported_in_part_is_marked_with_the_month_of_the_rest() -> None:
    """What its mean rests on: the third row judges nobody, and its older figure says so itself."""
    each: dict[str, object] = {"applies_to": "each", "judged": ("north", "south", "zone")}
    plan = plan_with(
        *(indicator(CountIndicator, one, **each) for one in ("T01-01", "T01-02")), indicator(identifier="T01-03")
    )
    data = "T01-03 north 1 2 3 - -\nT01-01 north 1 2 3 4 5\nT01-02 north 1 2 3 4 -\n" + "".join(
        f"{one} {unit} 1 2 3 4 5\n" for one in ("T01-01", "T01-02", "T01-03") for unit in ("south", "zone")
    )
    shown = written(FORMATS, "plain", view_of(plan=plan, data=data, period=MAY), Look(100))
    (line,) = [line for line in shown.splitlines() if line.startswith("北县 ")]
    assert "1/3 沿用4月" in line
