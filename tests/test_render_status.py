"""Status in every format and width, on the small plan of factory.py; golden files hold the whole outputs."""

import csv
import io
import json
import re
from dataclasses import replace
from functools import partial
from importlib.resources import files
from itertools import combinations
from typing import Any

import jsonschema
import pytest

from conftest import Golden, through
from factory import BEDS, COVERAGE, UNITS, at_least, small_plan, view_of, written
from mzplan.period import Period
from mzplan.plan.model import ActionArea, Part, Plan, Task
from mzplan.render.document import Table
from mzplan.render.formats import DATA
from mzplan.render.layout import Look
from mzplan.render.status import FORMATS
from mzplan.render.status.build import document
from mzplan.scoring.progress import Status
from mzplan.views import LeftOut, StatusView
from mzplan.views.query import Query

render = partial(written, FORMATS)
SUFFIXES = {
    "terminal": "txt",
    "plain": "txt",
    "markdown": "md",
    "html": "html",
    "latex": "tex",
    "csv": "csv",
    "tsv": "tsv",
    "json": "json",
    "jsonl": "jsonl",
}
BAD_FILES = (LeftOut("data/2023-06/south.csv", 2), LeftOut("data/2023-06/zone.csv", 1, "文件编码无法识别"))
EVERYTHING = Query(units=(None, "north", "south", "zone", "bureau"))


def with_bad_files(view: StatusView) -> StatusView:
    return StatusView(card=view.card, ledger=view.ledger, query=view.query, left_out=BAD_FILES)


def plain(query: Query | None = None, width: int | None = None, **given: object) -> str:
    return render("plain", view_of(query, **given), Look(width))  # type: ignore[arg-type]  # a table of options


@pytest.mark.parametrize("name", SUFFIXES)
def test_the_first_screen_in_every_format(golden: Golden, name: str) -> None:
    look = Look(100, colour=True) if name == "terminal" else Look()
    golden(f"status.{name}.{SUFFIXES[name]}", render(name, with_bad_files(view_of()), look))


@pytest.mark.parametrize("width", [40, 80, 100, 120])
def test_the_first_screen_has_a_layout_for_every_width(golden: Golden, width: int) -> None:
    golden(f"status.plain.{width}.txt", plain(width=width))


@pytest.mark.parametrize(
    ("name", "query"),
    [
        ("unit", Query(units=("south",))),
        ("area", Query(areas=(2,))),
        ("indicator", Query(indicators=("T01-01",))),
        ("by-task", Query(by="task")),
        ("only", Query(only=frozenset({Status.FAR_BEHIND, Status.MISSING}), by="unit")),
        ("trend", Query(trend=6)),
        ("compare", Query(compare=Period(2023, 5), units=("zone",))),
    ],
)
def test_drilling_down(golden: Golden, name: str, query: Query) -> None:
    golden(f"status.{name}.txt", plain(query, 100))


@pytest.mark.untraced
@pytest.mark.parametrize("width", [20, 45, 60, 80, 95, 120])
@pytest.mark.parametrize(
    "query", [Query(), EVERYTHING, Query(indicators=("T01-01",)), Query(by="unit"), Query(trend=6)], ids=str
)
def test_no_line_is_longer_than_the_terminal_is_wide(query: Query, width: int) -> None:
    too_long = [line for line in plain(query, width).splitlines() if Look().cells(line) > max(width, 30)]
    assert not too_long


@pytest.mark.parametrize("width", [None, 40, 80, 120])
def test_what_the_colours_say_the_words_say_too(width: int | None) -> None:
    view = view_of(EVERYTHING)
    coloured = render("terminal", view, Look(width, colour=True))
    assert "\x1b[" in coloured
    assert re.sub(r"\x1b\[[0-9;]*m", "", coloured) == render("plain", view, Look(width))
    assert render("terminal", view, Look(width)) == render("plain", view, Look(width))


def tables_of(query: Query) -> dict[str, Table]:
    return {table.key: table for table in document(view_of(query)).tables}


def test_filters_never_change_the_columns_of_a_spreadsheet() -> None:
    detail = document(view_of(EVERYTHING)).main
    assert detail is not None
    for query in (
        Query(units=("south",)),
        Query(areas=(1,)),
        Query(tasks=(2,), units=("bureau",)),
        Query(indicators=("S04-01",)),
        Query(only=frozenset({Status.CONTRIBUTION})),
        Query(only=frozenset({Status.NOT_DUE})),
    ):
        main = document(view_of(query)).main
        assert main is not None
        assert main.columns == detail.columns
    assert tables_of(Query(units=("south",)))["matrix"].columns == tables_of(Query())["matrix"].columns


FILTERS: tuple[dict[str, Any], ...] = (
    {"units": ("south",)},
    {"units": (None, "zone")},
    {"areas": (1,)},
    {"tasks": (2,)},
    {"indicators": ("T01-01", "S04-01")},
    {"only": frozenset({Status.BEHIND})},
    {"only": frozenset({Status.MISSING})},
)
"""One of each kind; any two of different kinds may be asked for together."""


PAIRS = [one | other for one, other in combinations(({}, *FILTERS), 2) if not one.keys() & other.keys()]


@through("filters", PAIRS)
def test_whatever_is_left_out_every_machine_format_has_the_same_rows(filters: dict[str, Any]) -> None:
    view = view_of(Query(**filters))
    rows = [(row["unit_name"], row["indicator"]) for row in json.loads(render("json", view))["rows"]]
    assert rows or len(filters) > 1
    assert [(row["unit_name"], row["indicator"]) for row in map(json.loads, render("jsonl", view).splitlines())] == rows
    for name, mark in (("csv", ","), ("tsv", "\t")):
        text = io.StringIO(render(name, view).removeprefix("\ufeff"), newline="")
        told = [(row["填报单位"], row["编码"]) for row in csv.DictReader(text, delimiter=mark)]
        assert sorted(told) == sorted(rows)


@pytest.mark.parametrize("query", [Query(trend=2), Query(compare=Period(2023, 5))])
def test_figures_of_several_months_say_where_reports_lack(query: Query) -> None:
    """16 reports are owed for June, of which 南县 has sent none of its five; its own figures are carried and say so."""
    view = view_of(query)
    found = json.loads(render("json", view))
    (history,) = [found[key] for key in ("trend", "comparison") if key in found]
    lacking = {line["unit"]: line["unreported"][-1] for line in history["series"]}
    assert lacking == {None: 5, "north": 0, "south": 5, "zone": 0, "bureau": 0}
    text = render("plain", view)
    assert "59.3缺" in text
    assert "69.4（沿用5月）*" in text
    assert "22.5缺" not in text
    assert "缺 该期有未报" in text
    city, *_ = csv.DictReader(io.StringIO(render("csv", view).removeprefix("\ufeff"), newline=""))
    assert city["未报"].split()[-1] == "2023-06=5"


def test_raw_and_capped_completion_stand_side_by_side_where_they_differ() -> None:
    # 60 of 50 beds
    detail = plain(Query(units=("north",)), data="T01-01 north - - - - - 60")
    line = next(line for line in detail.splitlines() if line.startswith("T01-01"))
    assert "120.0*" in line
    assert "100.0" in line


def test_data_without_any_record_says_so() -> None:
    assert "数据中没有 2023-06 及以前的任何记录" in plain(data="")
    assert "全市目前没有应达的目标；各单位都已报齐。" in plain(
        plan=small_plan(action_areas=(), safeguards=(), parts={}), data=""
    )
    # the bureau's two rows and the city's: what there is instead is said
    assert "（没有符合条件的指标；所看范围内有：达序时1、定义缺失1）" in plain(
        Query(only=frozenset({Status.NOT_DUE}), units=("bureau",))
    )


def test_the_json_keeps_to_its_schema() -> None:
    schema = json.loads(files("mzplan").joinpath("schemas/status.schema.json").read_text())
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    for query in (
        Query(),
        Query(rank=False),
        Query(trend=3, compare=Period(2023, 1)),
        Query(trend=3, units=("south",)),
        Query(units=("south",), areas=(1, None)),
        Query(only=frozenset({Status.MISSING})),
    ):
        validator.validate(json.loads(render("json", view_of(query)), parse_float=pytest.fail))


def test_the_json_has_the_figures_as_plain_decimals() -> None:
    found = json.loads(render("json", view_of(Query(units=("south", None), indicators=("T01-01",)))))
    city, south = found["rows"]
    assert (south["actual"], south["target"], south["target_basis"]) == ("10", "30", "reference")
    # a third, rounded to six places; 33.333333 - 50
    assert (south["completion"], south["expected"], south["gap"]) == ("0.333333", "0.5", "-16.666667")
    assert (south["record_period"], south["reported"], south["reporting"]) == ("2023-05", 0, 1)
    assert (city["unit"], city["unit_name"], city["completion"], city["gap"]) == (None, "全市", "0.49", "-1")
    assert south["contribution"] == "0.204082"  # 10 of 49
    assert [unit["unit"] for unit in found["units"]] == [None, "south"]
    assert found["units"][1]["rank"] == 2  # among all, whatever is shown


def test_json_lines_are_the_rows_with_their_period() -> None:
    lines = [json.loads(line) for line in render("jsonl", view_of(Query(units=("south",)))).splitlines()]
    assert [(line["period"], line["indicator"]) for line in lines] == [
        ("2023-06", name) for name in ("T01-01", "T01-02", "T02-01", "T03-01", "S04-01")
    ]


@pytest.mark.parametrize(
    ("value", "printed"),
    [("9.996", "99.9"), ("9.999999", "99.9"), ("10", "100.0"), ("100", "1000.0"), ("0", "0.0")],
)
def test_what_is_not_met_never_reads_as_met(value: str, printed: str) -> None:
    plan = small_plan(parts={("T01-01", "north"): (Part(at_least(10), "official", ""),)})
    view = view_of(Query(units=("north",), indicators=("T01-01",)), plan=plan, data=f"T01-01 north - - - - - {value}")
    row = next(csv.DictReader(io.StringIO(render("csv", view).removeprefix("\ufeff"))))
    assert row["完成率%"] == printed


def test_a_csv_opens_safely_in_a_spreadsheet() -> None:
    hostile = UNITS[0]._replace(name="=HYPERLINK(1)")
    plan = small_plan(reporting_units=(hostile, *UNITS[1:]))
    text = render("csv", view_of(EVERYTHING, plan=plan))
    assert text.startswith("\ufeff")
    assert "\r\n" in text
    rows = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline="")))
    assert {row["填报单位"] for row in rows} >= {"'=HYPERLINK(1)", "南县"}
    gaps = [row["差距（百分点）"] for row in rows]
    assert "-16.7" in gaps  # a number stays a number
    assert all(re.fullmatch(r"-?\d+\.\d|", gap) for gap in gaps)
    tabbed = csv.DictReader(io.StringIO(render("tsv", view_of(EVERYTHING, plan=plan)), newline=""), delimiter="\t")
    assert list(tabbed) == rows


LONG = "一二三四五六七八九十" * 4


def plan_with_names(name: str) -> Plan:
    return small_plan(
        reporting_units=(UNITS[0]._replace(name=name), *UNITS[1:]),
        action_areas=(ActionArea(1, name, name, (Task(1, name, 1, (replace(BEDS, name=name), COVERAGE)),)),),
        safeguards=(),
        parts={("T01-01", "north"): (Part(at_least(0), "reference", ""),)},
    )


@pytest.mark.parametrize("name", [LONG, "甲"])
@pytest.mark.parametrize("width", [40, 80, 120, None])
def test_names_of_forty_characters_and_of_one(name: str, width: int | None) -> None:
    for query in (Query(), EVERYTHING, Query(trend=2), Query(by="indicator")):
        text = plain(query, width, plan=plan_with_names(name), data="T01-01 north - - - - 4 5\nT01-02 north 0/0")
        assert text
        assert width is None or all(Look().cells(line) <= width for line in text.splitlines())


def test_latex_takes_no_sign_for_a_command_and_draws_what_its_fonts_lack() -> None:
    plan = plan_with_names("*甲[乙]")
    text = render("latex", view_of(Query(trend=2), plan=plan, data="T01-01 north 1 2 3 4 5 6\nT01-02 north 0/1"))
    assert r"{*}甲{[}乙]" in text
    assert r"\rule{.4em}{0.2ex}\rule{.4em}{1.6ex}" in text  # the lowest and the highest of two periods
    assert not re.search(r"^[*[]|\\\\[*[]", text, flags=re.MULTILINE)
    assert not set("▁█") & set(text)


def test_a_target_of_nothing_and_a_ratio_of_nothing_make_sense() -> None:
    text = plain(Query(units=("north",)), plan=plan_with_names("甲"), data="T01-01 north - - - - - 5\nT01-02 north 0/0")
    assert re.search(r"T01-01 .* 仅统计贡献", text)  # a part of 0 asks for nothing
    assert re.search(r"T01-02 .* 仅统计贡献（未报）", text)  # of January, and nothing over nothing says nothing


def test_one_unit_and_one_period() -> None:
    plan = small_plan(
        reporting_units=UNITS[:1],
        action_areas=(ActionArea(1, "养老", "养老", (Task(1, "", 1, (replace(BEDS, reporting=("north",)),)),)),),
        safeguards=(),
        parts={},
    )
    text = plain(plan=plan, data="T01-01 north 9", period=Period(2023, 1))
    assert re.search(r"全市 +1/1绿 +1/1绿 +9\.0 +1/1$", text, re.MULTILINE)  # 9 of 100 where 8.3 were expected
    assert "↑" not in text


@pytest.mark.parametrize("name", SUFFIXES)
@pytest.mark.parametrize("query", [Query(), Query(by="area"), Query(units=("north",)), Query(trend=2)], ids=str)
def test_nothing_to_show_is_said_in_every_format(name: str, query: Query) -> None:
    plan = small_plan(action_areas=(), safeguards=(), parts={})
    text = render(name, view_of(query, plan=plan, data=""), Look(80))
    assert text.endswith("\n") or name == "jsonl"
    if name not in DATA:
        assert "（" in text


@pytest.mark.parametrize("picked", [{"areas": (1,)}, {"areas": (None,)}, {"tasks": (2,)}, {"indicators": ("T01-01",)}])
@pytest.mark.parametrize("units", [(), ("north",), (None, "south")])
def test_the_head_is_of_what_is_asked_for(picked: dict[str, Any], units: tuple[str | None, ...]) -> None:
    """Counted from the rows themselves: on the screen, and in JSON of each unit and area."""
    view = view_of(Query(units=units, **picked))
    document = json.loads(render("json", view))
    head = render("plain", view)
    for one in document["units"]:
        rows = [row for row in document["rows"] if row["unit"] == one["unit"]]
        assert one["reported"] == sum(row["reported"] for row in rows)
        assert one["reporting"] == sum(row["reporting"] for row in rows)
        assert one["on_schedule"] == sum(row["status"] in ("met", "holding", "on_schedule") for row in rows)
        areas = [area for area in document["areas"] if area["unit"] == one["unit"]]
        assert {area["area"] for area in areas} >= {row["area"] for row in rows}
        for name in ("on_schedule", "due", "judged"):
            assert one[name] == sum(area[name] for area in areas)
        if one["unit"] in (units or (None,)) and not (None in units and one["unit"]):
            assert f"应达 {one['due']} 项、达到 {one['on_schedule']} 项" in head
            assert f"已报/应报 {one['reported']}/{one['reporting']}" in head


def test_what_a_figure_of_the_city_rests_on_is_marked_for_machines() -> None:
    """南县 is silent in June: its figures of May stand in sums and counts; 市本级 has reported what it owes alone."""
    view = view_of(Query(units=(None,)))
    rows = {row["indicator"]: row for row in json.loads(written(FORMATS, "json", view))["rows"]}
    assert {name: rows[name]["carried_from"] for name in ("T01-01", "S04-01", "T02-02")} == {
        "T01-01": "2023-05",
        "S04-01": "2023-05",
        "T02-02": None,
    }
    view = view_of(Query(units=(None,), only=frozenset(Status)))
    table = list(csv.DictReader(io.StringIO(written(FORMATS, "csv", view).removeprefix("\ufeff"))))
    marks = {row["编码"]: (row["记录月份"], row["沿用"]) for row in table}
    assert (marks["T01-01"], marks["S04-01"]) == (("2023-05", "沿用"), ("2023-05", "沿用"))
    assert marks["T02-02"][1] == ""
