"""More units than a screen holds: the worst first, the rest counted, by region; files leave nobody out."""

import csv
import io
import json
import tracemalloc
from importlib.resources import files
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import out, run
from mzplan.figures import SCALE
from mzplan.plan.indicator import Figure
from mzplan.plan.load import load_plan
from mzplan.rules.foreign_reports import _agreeing
from mzplan.rules.scope import Whole
from mzplan.said import SCREEN
from mzplan.submissions.ledger import Ledger
from mzplan.views.overview import _Passed

COUNT = SCREEN + 15
PLAN = """\
title: 2024年工作要点
city: 全省
year: 2024
issued: "2024-03-01"
publisher: 示范省民政厅
source: 示民发〔2024〕1号
reporting: [county]
reporting_units:
{units}action_areas:
  - number: 1
    name: 第一行动
    tasks:
      - number: 1
        name: 第一项任务
        indicators:
          - {{id: T01-01, name: 项目, kind: count, unit: 个, target: {{at_least: 12}}, applies_to: each,
             source: 各12个}}
          - {{id: T01-02, name: 床位, kind: stock, unit: 张, target: {{at_least: 900}}, source: 床位900张}}
"""
HEADER = "period,unit,indicator,name,value,numerator,denominator,note,evidence\n"


def project(folder: Path, count: int, regions: int = 0) -> Path:
    """Units of which every tenth is silent in June; regions share them by turns."""
    (folder / "plan").mkdir()
    (folder / "data" / "2024-06").mkdir(parents=True)
    units = [f"  - {{id: r{at}, name: 第{at}片, kind: county}}\n" for at in range(regions)]
    for at in range(count):
        parent = f", parent: r{at % regions}" if regions else ""
        units.append(f"  - {{id: u{at}, name: 单位{at}号, kind: county{parent}}}\n")
        if at % 10 == 9:
            continue
        rows = f"2024-06,单位{at}号,T01-01,项目,{at % 8},,,,\n2024-06,单位{at}号,T01-02,床位,1,,,,\n"
        (folder / "data" / "2024-06" / f"u{at}.csv").write_text(HEADER + rows, encoding="utf-8")
    (folder / "plan" / "2024.yaml").write_text(PLAN.format(units="".join(units)), encoding="utf-8")
    return folder


@pytest.fixture
def many(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(project(tmp_path, COUNT))
    return tmp_path


@pytest.fixture
def by_region(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(project(tmp_path, COUNT, regions=3))
    return tmp_path


Capture = pytest.CaptureFixture[str]


def named(text: str) -> list[int]:
    return [at for at in range(COUNT) if f"单位{at}号" in text]


def matrix(text: str) -> list[str]:
    """The lines of the matrix, by their first word."""
    _, _, table = text.partition("各单位完成情况\n")
    return [
        line.split()[0] for line in table.partition("\n\n")[0].splitlines() if line.startswith(("单位", "第", "全"))
    ]


@pytest.mark.usefixtures("many")
def test_the_matrix_holds_a_screen_of_the_worst_and_counts_the_rest(capsys: Capture) -> None:
    text = out(capsys, "status")
    lines = matrix(text)[1:]
    assert lines[0] == "全省"
    assert len(lines) == 1 + SCREEN
    behind = {f"单位{at}号" for at in range(COUNT) if at % 10 != 9 and at % 8 < 6}  # 6 of 12 are half by June
    assert lines[1:5] == [f"单位{at}号" for at in range(9, COUNT, 10)]  # who has reported nothing
    assert {*lines[5:]} <= behind
    assert f"另有 {COUNT - SCREEN} 家没有列出：" in text


@pytest.mark.usefixtures("many")
def test_full_and_files_leave_nobody_out(capsys: Capture) -> None:
    assert named("".join(matrix(out(capsys, "status", "--full")))) == list(range(COUNT))
    rows = list(csv.reader(io.StringIO(out(capsys, "status", "--format", "csv"))))
    assert len(rows) == 1 + 1 + COUNT
    units = json.loads(out(capsys, "status", "--format", "json"))["units"]
    assert [one["unit"] for one in units] == [None, *(f"u{at}" for at in range(COUNT))]
    assert not any("parent" in one for one in units)
    rows = list(csv.reader(io.StringIO(out(capsys, "status", "--by", "unit", "--format", "csv"))))
    assert len(rows) == 1 + 1 + COUNT


@pytest.mark.usefixtures("many")
@pytest.mark.parametrize("question", ["--by unit", "--indicator T01-01", "--only missing,behind", "--compare 2024-05"])
def test_no_question_lists_more_units_than_a_screen_holds(question: str, capsys: Capture) -> None:
    if "--compare" in question:
        data = Path("data/2024-05")
        data.mkdir()
        (data / "u0.csv").write_text(HEADER + "2024-05,单位0号,T01-01,项目,0,,,,\n", encoding="utf-8")
    text = out(capsys, "status", *question.split())
    assert 0 < len(named(text)) <= SCREEN + 4


@pytest.mark.usefixtures("by_region")
def test_many_units_with_regions_are_shown_by_region_the_most_silent_first(capsys: Capture) -> None:
    """Of 15 units each 9 and 39 are silent in the first, 19 in the second, 29 in the third."""
    text = out(capsys, "status")
    assert matrix(text)[1:] == ["全省", "第0片", "第1片", "第2片"]
    assert matrix(out(capsys, "status", "--sort", "-plan"))[1:] == ["全省", "第2片", "第1片", "第0片"]
    assert "没有列出" not in text
    Path("data/2024-06/u2.csv").unlink()
    assert matrix(out(capsys, "status"))[1:] == ["全省", "第0片", "第2片", "第1片"]
    below = matrix(out(capsys, "status", "--unit", "第1片"))[1:]
    assert below[:4] == ["全省", "第1片", "单位19号", "单位16号"]  # silent; then 0 of 12
    assert {*below[2:]} == {f"单位{at}号" for at in range(1, COUNT, 3)}


@pytest.mark.parametrize("regions", [0, 3])
def test_only_lists_the_units_themselves_the_silent_and_worst_first(
    regions: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    """Of 45 units 4 are silent, 28 have less than 5 of 12 in June, 4 have 5; of those 21 and 37 have no room."""
    monkeypatch.chdir(project(tmp_path, COUNT, regions))
    far = [at for at in range(COUNT) if at % 8 < 5 and at % 10 != 9]
    assert named(out(capsys, "status", "--only", "far_behind")) == far
    assert named(out(capsys, "status", "--only", "missing")) == [9, 19, 29, 39]
    for more in ((), ("--by", "unit")):
        text = out(capsys, "status", "--only", "behind", *more)
        assert named(text) == sorted([*far, 5, 13])
        assert text.index("单位0号") < text.index("单位1号") < text.index("单位5号")
        by_region = "（第0片1家、第1片1家）" if regions else ""
        assert f"另有 2 个填报单位有符合条件的指标，没有列出{by_region}。" in text
    assert f"另有 {COUNT - 32} 个填报单位没有符合条件的指标，没有列出。" in text
    if regions:
        text = out(capsys, "status", "--unit", "r0", "--only", "missing", "--by", "unit")
        assert named(text) == [9, 39]
        assert f"另有 {15 - 2} 个填报单位没有符合条件的指标，没有列出。" in text
    assert named(out(capsys, "status", "--only", "behind", "--full")) == sorted([*far, 5, 13, 21, 37])


def test_who_is_silent_longest_stands_first_and_who_owes_nothing_last(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    """Here 19 was heard of in May, 39 in April, the others that are silent never."""
    monkeypatch.chdir(project(tmp_path, COUNT))
    for at, month in ((19, 5), (39, 4)):
        folder = Path(f"data/2024-0{month}")
        folder.mkdir()
        row = f"2024-0{month},单位{at}号,T01-01,项目,12,,,,\n"
        (folder / f"u{at}.csv").write_text(HEADER + row, encoding="utf-8")
    plan = Path("plan/2024.yaml")
    text = plan.read_text(encoding="utf-8")
    plan.write_text(text.replace("name: 单位9号, kind: county", "name: 单位9号, kind: bureau"), encoding="utf-8")
    assert matrix(out(capsys, "status"))[2:5] == ["单位29号", "单位39号", "单位19号"]
    assert "单位9号" not in matrix(out(capsys, "status"))


def test_of_one_light_what_lags_officially_stands_before_computed_parts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    """Nothing of 20 beds each is due before the year's end but for 项目: 1 lags in it by a part handed down."""
    monkeypatch.chdir(project(tmp_path, COUNT))
    plan = Path("plan/2024.yaml")
    text = plan.read_text(encoding="utf-8")
    plan.write_text(text.replace("applies_to: each,\n             source: 各12个", "source: 12个"), encoding="utf-8")
    parts = "".join(
        f"T01-01,u{at},12,{'official' if at == 1 else 'reference'},示民发\n" for at in range(COUNT) if at % 10 != 9
    )
    plan.write_text(plan.read_text(encoding="utf-8").replace("at_least: 12}", "at_least: 492}"), encoding="utf-8")
    Path("plan/2024.breakdown.csv").write_text(f"indicator,unit,target,basis,source\n{parts}", encoding="utf-8")
    assert matrix(out(capsys, "status"))[6:8] == ["单位1号", "单位0号"]


def test_regions_without_a_line_are_not_counted_as_units(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    monkeypatch.chdir(project(tmp_path, COUNT, regions=SCREEN + 2))
    assert "另有 2 个地区或单位没有列出：" in out(capsys, "status")


@pytest.mark.usefixtures("by_region")
def test_regions_are_rows_with_their_parent_in_files(capsys: Capture) -> None:
    found = json.loads(out(capsys, "status", "--format", "json"))
    schema = json.loads(files("mzplan").joinpath("schemas/status.schema.json").read_text(encoding="utf-8"))
    jsonschema.validate(found, schema)
    parents = {one["unit"]: one["parent"] for one in found["units"]}
    assert [unit for unit, parent in parents.items() if parent is None] == [None, "r0", "r1", "r2"]
    assert all(parents[f"u{at}"] == f"r{at % 3}" for at in range(COUNT))
    rows = {(row["indicator"], row["unit"]): row for row in found["rows"]}
    assert rows["T01-02", "r0"]["actual"] == str(sum(at % 10 != 9 for at in range(0, COUNT, 3)))
    assert (rows["T01-02", "r0"]["reported"], rows["T01-02", "r0"]["reporting"]) == (13, 15)  # 9 and 39 are silent
    below = json.loads(out(capsys, "status", "--unit", "r1", "--format", "json"))
    assert {row["unit"] for row in below["rows"]} == {"r1", *(f"u{at}" for at in range(1, COUNT, 3))}


def test_few_units_with_regions_are_shown_each_below_its_region(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    monkeypatch.chdir(project(tmp_path, 4, regions=2))
    lines = ["全省", "第0片", "单位0号", "单位2号", "第1片", "单位1号", "单位3号"]
    assert matrix(out(capsys, "status"))[1:] == lines


@pytest.mark.parametrize(("regions", "end"), [(0, "等 40 家"), (2, "等 40 家（第0片20家、第1片20家）")])
def test_more_silent_units_than_a_screen_holds_are_counted(
    regions: int, end: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    monkeypatch.chdir(project(tmp_path, 44, regions))
    for at in range(4, 44):
        Path(f"data/2024-06/u{at}.csv").unlink(missing_ok=True)
    line = next(line for line in out(capsys, "status").splitlines() if line.startswith("  未报："))
    assert line == f"  未报：单位4号2项、单位5号2项、单位6号2项、单位7号2项 {end}（均从未报过）"


@pytest.mark.usefixtures("by_region")
def test_an_explanation_names_the_first_records_and_counts_the_others(capsys: Capture) -> None:
    """Of 45 units 4 are silent; 30 records stand there and 11 are counted, and of 41 addends the first and last."""
    text = out(capsys, "explain", "T01-02")
    assert "另有 11 条记录没有列出" in text
    assert "完成值 = 1 + 1 + 1 + 1 + … + 1 = 41张" in text
    found = json.loads(out(capsys, "explain", "T01-02", "--format", "json"))
    assert len(found["records"]) == 41
    assert out(capsys, "explain", "T01-02", "r1").count("data/2024-06/") == 14  # 15 without 19


@pytest.mark.usefixtures("by_region")
@pytest.mark.parametrize(
    ("more", "rows"), [((), ["全省", *["第0片", "第1片", "第2片"]]), (("--unit", "r1"), ["第1片"])]
)
def test_the_page_shows_regions_and_who_is_below_the_one_asked_for(
    more: tuple[str, ...], rows: list[str], capsys: Capture
) -> None:
    out(capsys, "report", *more, "-o", "page.html")
    page = Path("page.html").read_text(encoding="utf-8")
    heads = [name for name in rows if f">{name}<" in page]
    assert heads == rows
    below = [at for at in range(COUNT) if f">单位{at}号</a>" in page]
    assert below == ([*range(1, COUNT, 3)] if more else [])


@pytest.mark.usefixtures("by_region")
@pytest.mark.parametrize("command", ["summary --unit 第1片", "template --unit r1 -o f.csv"])
def test_no_document_and_no_form_is_made_for_a_region(command: str, capsys: Capture) -> None:
    assert run(*command.split()) == 2
    assert "第1片 是地区" in capsys.readouterr().err


@pytest.mark.usefixtures("by_region")
@pytest.mark.parametrize("spelling", ["第1片", "r1"])
def test_a_row_of_a_region_is_told_as_that_and_lists_no_units(spelling: str, capsys: Capture) -> None:
    path = Path("data/2024-06/u0.csv")
    path.write_text(path.read_text(encoding="utf-8").replace("单位0号", spelling), encoding="utf-8")
    text = out(capsys, "check", str(path), "--exit-zero", "--today", "2024-06-30")
    assert len([line for line in text.splitlines() if ": MZ302 " in line]) == 1
    assert "第1片 是地区，由下级单位合成，不填报" in text
    assert "填报单位有" not in text


@pytest.mark.usefixtures("many")
def test_a_rule_that_speaks_of_more_units_than_a_screen_holds_counts_the_rest(capsys: Capture) -> None:
    for path in Path("data/2024-06").iterdir():
        path.write_text(path.read_text(encoding="utf-8").replace(",项目,", ",项,"), encoding="utf-8")
    reports = COUNT - COUNT // 10
    text = out(capsys, "check", "--exit-zero", "--today", "2024-06-30")
    assert len(named(text)) <= SCREEN
    line = next(line for line in text.splitlines() if "没有列出" in line)
    assert f"另有 {reports - SCREEN} 家单位的 {reports - SCREEN} 条没有列出" in line
    assert f"{reports} 个" in text.splitlines()[-2]
    assert "没有列出" not in out(capsys, "check", "--exit-zero", "--today", "2024-06-30", "--max-findings", "0")
    assert "没有列出" not in out(capsys, "check", "--exit-zero", "--today", "2024-06-30", "--format", "concise")


def test_reports_are_held_against_each_other_in_memory_that_grows_with_the_units(tmp_path: Path) -> None:
    """Of 3,000 units there are nine million pairs; every hundredth unit has the figures of the first."""
    project(tmp_path, 0)
    indicator = (
        "          - {{id: T01-{at:02d}, name: 项目{at}, kind: count, unit: 个, target: {{at_least: 1}}, source: 各}}\n"
    )
    units = "".join(f"  - {{id: u{at}, name: 单位{at}号, kind: county}}\n" for at in range(3_000))
    head = PLAN.format(units=units).partition("          - {id: T01-01")[0]
    path = tmp_path / "plan" / "2024.yaml"
    path.write_text(head + "".join(indicator.format(at=at) for at in range(1, 7)), encoding="utf-8")
    plan = load_plan(path)
    ledger = Ledger(plan)
    for place, unit in enumerate(plan.units):
        for code in plan.indicators:
            ledger.write(ledger.cell(code, unit, 6), Figure((1_000 + (place if place % 100 else 0)) * SCALE))
    whole = Whole(
        plan,
        ledger,
        None,
        [],
        {},
        frozenset(),
        frozenset(),
        frozenset(),
        frozenset(),
        {},
        frozenset(),
        {},
        {},
        frozenset(),
    )
    tracemalloc.start()
    found = set(_agreeing(whole, {code: frozenset() for code in plan.indicators}, 6, 6))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    alike = [place for place in range(3_000) if place % 100 == 0]
    assert found == {(one, other) for one in alike for other in alike if one != other}
    assert peak < 3_000 * 3_000 // 2


_places = st.tuples(st.integers(1, 6), st.integers(1, 6))


@given(places=st.lists(_places, max_size=8), one=_places)
def test_who_has_passed_is_told_without_comparing_each_with_each(
    places: list[tuple[int, int]], one: tuple[int, int]
) -> None:
    def order(first: int, second: int) -> int:
        return (first > second) - (first < second)

    compared = any(order(one[0], then) != order(one[1], now) for then, now in places)
    assert _Passed(places).by(*one) is compared
