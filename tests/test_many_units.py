"""More units than a screen holds: the worst first, the rest counted, by region; files leave nobody out."""

import csv
import io
import json
import re
import tracemalloc
from importlib.resources import files
from pathlib import Path
from random import Random

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import out, run
from factory import FIRST_TASK, PLAN_HEAD
from mzplan.figures import SCALE
from mzplan.plan.indicator import Figure
from mzplan.plan.load import load_plan
from mzplan.plan.model import Plan
from mzplan.render.document import Cell
from mzplan.render.impact import _row
from mzplan.rules.foreign_reports import _agreeing, foreign_report
from mzplan.rules.scope import Whole
from mzplan.said import SCREEN
from mzplan.submissions.ledger import Ledger
from mzplan.views.impact import RowChange, Year
from mzplan.views.overview import _Passed
from repositories import Git, commit, git

__all__ = ["git"]

COUNT = SCREEN + 15
ACTIONS = (
    FIRST_TASK
    + """\
          - {id: T01-01, name: 项目, kind: count, unit: 个, target: {at_least: 12}, applies_to: each,
             source: 各12个}
          - {id: T01-02, name: 床位, kind: stock, unit: 张, target: {at_least: 900}, source: 床位900张}
"""
)
TWO_AREAS = (
    FIRST_TASK
    + """\
          - {id: T01-01, name: 项目, kind: count, unit: 个, target: {at_least: 540}, source: 各12个}
  - number: 2
    name: 第二行动
    tasks:
      - number: 2
        name: 第二项任务
        indicators:
          - {id: T02-01, name: 床位, kind: count, unit: 张, target: {at_least: 540}, source: 各12张}
          - {id: T02-02, name: 站点, kind: count, unit: 个, target: {at_least: 540}, source: 各12个}
"""
)
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
    (folder / "plan" / "2024.yaml").write_text(PLAN_HEAD + "".join(units) + ACTIONS, encoding="utf-8")
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


@pytest.mark.untraced
@pytest.mark.usefixtures("many")
def test_the_matrix_holds_a_screen_of_the_worst_and_counts_the_rest(capsys: Capture) -> None:
    text = out(capsys, "status")
    lines = matrix(text)[1:]
    assert lines[0] == "全市"
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
    assert matrix(text)[1:] == ["全市", "第0片", "第1片", "第2片"]
    assert matrix(out(capsys, "status", "--sort", "-plan"))[1:] == ["全市", "第2片", "第1片", "第0片"]
    assert "没有列出" not in text
    Path("data/2024-06/u2.csv").unlink()
    assert matrix(out(capsys, "status"))[1:] == ["全市", "第0片", "第2片", "第1片"]
    below = matrix(out(capsys, "status", "--unit", "第1片"))[1:]
    assert below[:4] == ["全市", "第1片", "单位19号", "单位16号"]  # silent; then 0 of 12
    assert {*below[2:]} == {f"单位{at}号" for at in range(1, COUNT, 3)}


def test_a_region_stands_where_its_worst_area_does_and_says_that_all_of_it_is_silent(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    """In June half of 12 a unit is expected. Of the second region's three figures one is 4, in an area of its own.

    That is 16⅔ points behind, and red; of the three 5⁵⁄₉, and yellow. In the first all are 5, 8⅓ points behind and
    yellow. The third has reported nothing since May, when all were 6.
    """
    monkeypatch.chdir(tmp_path)
    units = [f"  - {{id: r{at}, name: 第{at}片, kind: county}}\n" for at in range(3)]
    units += [f"  - {{id: u{at}, name: 单位{at}号, kind: county, parent: r{at % 3}}}\n" for at in range(COUNT)]
    Path("plan").mkdir()
    Path("plan/2024.yaml").write_text(PLAN_HEAD + "".join(units) + TWO_AREAS, encoding="utf-8")
    parts = [f"{one},u{at},12,official,文1号\n" for one in ("T01-01", "T02-01", "T02-02") for at in range(COUNT)]
    head = "indicator,unit,target,basis,source\n"
    Path("plan/2024.breakdown.csv").write_text(head + "".join(parts), encoding="utf-8")
    for month, at in ((month, at) for month in (5, 6) for at in range(COUNT) if month == 5 or at % 3 < 2):
        figures = (6, 6, 6) if at % 3 == 2 else (5, 5, 5) if at % 3 == 0 else (4, 6, 6)
        path = Path(f"data/2024-0{month}/u{at}.csv")
        path.parent.mkdir(parents=True, exist_ok=True)
        rows = zip(("T01-01,项目", "T02-01,床位", "T02-02,站点"), figures, strict=True)
        text = "".join(f"2024-0{month},单位{at}号,{name},{figure},,,,\n" for name, figure in rows)
        path.write_text(HEADER + text, encoding="utf-8")
    for order in ((), ("--sort", "status")):
        text = out(capsys, "status", "--period", "2024-06", *order)
        lines = [line.split() for line in text.splitlines() if line.startswith("第") and "片" in line.split()[0]]
        worst = {name: line for name, *line in lines}
        assert [name for name, *_ in lines if name != "第2片"] == ["第1片", "第0片"]
        assert [cell.strip("*") for cell in worst["第1片"][:3]] == ["0/1红", "2/2绿", "2/3黄"]
        assert [cell.strip("*") for cell in worst["第0片"][:3]] == ["0/1黄", "0/2黄", "0/3黄"]
        assert worst["第2片"][4:6] == ["0/45", "沿用5月"]


def test_the_silent_of_many_regions_are_counted_in_the_ten_that_have_most(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    """Of the first twelve of 60 units, one in each region, 9 is silent, and so are all the others: 1 + 4 · 12."""
    monkeypatch.chdir(project(tmp_path, 60, regions=12))
    for at in range(12, 60):
        Path(f"data/2024-06/u{at}.csv").unlink(missing_ok=True)
    text = out(capsys, "status", "--period", "2024-06")
    assert "等 49 家（第9片5家、第0片4家、第1片4家" in text
    assert "、第8片4家 等 12 个地区）" in text
    assert "第10片4家" not in text


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
    lines = ["全市", "第0片", "单位0号", "单位2号", "第1片", "单位1号", "单位3号"]
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
    ("more", "rows"), [((), ["全市", *["第0片", "第1片", "第2片"]]), (("--unit", "r1"), ["第1片"])]
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


@pytest.fixture
def nested(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two regions of 45 units each in one that holds both."""
    monkeypatch.chdir(project(tmp_path, 90, regions=2))
    plan = Path("plan/2024.yaml")
    text = plan.read_text(encoding="utf-8").replace("第0片, kind: county", "第0片, kind: county, parent: p")
    text = text.replace("第1片, kind: county", "第1片, kind: county, parent: p")
    plan.write_text(text.replace("  - {id: r0", "  - {id: p, name: 东部, kind: county}\n  - {id: r0"), encoding="utf-8")
    return tmp_path


@pytest.mark.usefixtures("nested")
@pytest.mark.parametrize(("asked", "below"), [((), ["r1", "r0"]), (("--unit", "东部"), None)])
def test_the_page_tells_who_is_below_its_regions_and_every_link_of_it_leads_somewhere(
    asked: tuple[str, ...], below: list[str] | None, capsys: Capture
) -> None:
    """Of the 45 units of a region the first 30, the nine silent ones before: 9, 19, … are odd and so of region 1."""
    plan = Path("plan/2024.yaml")
    text = plan.read_text(encoding="utf-8").replace("applies_to: each", "applies_to: each, schedule: always")
    plan.write_text(text, encoding="utf-8")
    out(capsys, "report", *asked, "-o", "page.html")
    page = Path("page.html").read_text(encoding="utf-8")
    addresses = re.findall(r"\bid=([^ >]+)", page)
    assert len(addresses) == len(set(addresses))
    assert set(re.findall(r"href=#([^ >]+)", page)) <= set(addresses)
    told = [page.split(f"{name}的下一级", 1) for name in (["东部"] if below else ["第0片", "第1片"])]
    rows = [re.findall(r"<th scope=row data-unit=(\w+) id=u\.\w+>", table.split("</table>")[0]) for _, table in told]
    if below:
        assert rows == [below]
        assert "72/90" in told[0][1].split("</table>")[0]  # nine of 45 are silent
    else:
        assert [len(row) for row in rows] == [SCREEN, SCREEN]
        assert rows[1][:9] == [f"u{at}" for at in range(9, 90, 10)]
        assert all("另有 15 家没有列出" in table.split("</p>")[0] for _, table in told)


@pytest.mark.usefixtures("by_region")
@pytest.mark.parametrize("command", ["summary --unit 第1片", "template --unit r1 -o f.csv"])
def test_no_document_and_no_form_is_made_for_a_region(command: str, capsys: Capture) -> None:
    assert run(*command.split()) == 2
    told = capsys.readouterr().err
    assert "第1片 是地区" in told
    assert ("请用 --unit 给它的下级单位各写一份：单位1号、单位4号、" in told) == command.startswith("summary")


@pytest.mark.usefixtures("by_region")
@pytest.mark.parametrize("name", ["r1.csv", "第1片.csv"])
def test_a_units_report_that_is_called_like_a_region_is_told_where_it_belongs(name: str, capsys: Capture) -> None:
    Path("data/2024-06/u1.csv").rename(path := Path("data/2024-06", name))
    found = json.loads(out(capsys, "check", "--exit-zero", "--today", "2024-06-30", "--format", "json"))
    [told] = [one for one in found["diagnostics"] if one["severity"] == "error"]
    assert (told["code"], told["path"]) == ("MZ119", str(path))
    assert "是地区" not in told["message"]
    assert "2024-06/u1.csv" in told["hint"]


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
    assert sum(": MZ304 " in line for line in text.splitlines()) == 4
    line = next(line for line in text.splitlines() if line.startswith("MZ304 ") and "没有列出" in line)
    assert f"另有 {reports - 4} 家单位的 {reports - 4} 条没有列出" in line
    assert f"{reports} 个" in text.splitlines()[-2]
    assert "没有列出" not in out(capsys, "check", "--exit-zero", "--today", "2024-06-30", "--max-findings", "0")
    assert "没有列出" not in out(capsys, "check", "--exit-zero", "--today", "2024-06-30", "--format", "concise")


def test_a_region_that_is_silent_for_months_is_told_once_and_counted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    """Of 30 units in three regions the ten of the second, and 9 and 29, are silent in each of six months."""
    monkeypatch.chdir(project(tmp_path, 30, regions=3))
    silent = [at for at in range(30) if at % 3 == 1 or at % 10 == 9]
    for month in range(1, 6):
        folder = Path(f"data/2024-0{month}")
        folder.mkdir()
        for at in range(30):
            if at not in silent:
                row = Path(f"data/2024-06/u{at}.csv").read_text(encoding="utf-8").replace("2024-06", folder.name)
                (folder / f"u{at}.csv").write_text(row, encoding="utf-8")
            else:
                Path(f"data/2024-06/u{at}.csv").unlink(missing_ok=True)
    late = ("check", "--exit-zero", "--today", "2024-07-30", "--select", "MZ602")
    text = out(capsys, *late).replace("\n    ", "")
    assert text.count(": MZ602 ") == 4
    shown = [line.partition(":")[0] for line in text.splitlines() if ": MZ602 " in line]
    assert shown == [f"data/2024-06/u{at}.csv" for at in (1, 10, 13, 16)]  # of four units, the last month of each
    assert (
        "MZ602 迟报：另有 12 家单位的 68 条没有列出（第1片10家、第2片1家、第0片1家），--max-findings 0 全部列出\n"
        in text
    )
    found = json.loads(out(capsys, *late, "--format", "json"))
    assert len(found["diagnostics"]) == 72
    assert sum(": MZ602 " in line for line in out(capsys, *late, "--max-findings", "0").splitlines()) == 72


def test_few_reports_that_are_not_there_are_told_one_by_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    monkeypatch.chdir(project(tmp_path, 2 * SCREEN // 3, regions=2))
    text = out(capsys, "check", "--exit-zero", "--today", "2024-07-30", "--select", "MZ602")
    assert sum(": MZ602 " in line for line in text.splitlines()) == SCREEN // 15
    assert "没有列出" not in text


def plan_of_counts(folder: Path, units: int, indicators: int) -> Plan:
    """A plan of so many units and counts."""
    project(folder, 0)
    indicator = (
        "          - {{id: T01-{at:02d}, name: 项目{at}, kind: count, unit: 个, target: {{at_least: 1}}, source: 各}}\n"
    )
    named = "".join(f"  - {{id: u{at}, name: 单位{at}号, kind: county}}\n" for at in range(units))
    head = PLAN_HEAD + named + ACTIONS.partition("          - {id: T01-01")[0]
    path = folder / "plan" / "2024.yaml"
    path.write_text(head + "".join(indicator.format(at=at) for at in range(1, indicators + 1)), encoding="utf-8")
    return load_plan(path)


def whole_of(plan: Plan, ledger: Ledger) -> Whole:
    return Whole(
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


@pytest.mark.untraced
def test_reports_are_held_against_each_other_in_memory_that_grows_with_the_units(tmp_path: Path) -> None:
    """Of 3,000 units there are nine million pairs; every hundredth unit has the figures of the first."""
    plan = plan_of_counts(tmp_path, 3_000, 6)
    ledger = Ledger(plan)
    for place, unit in enumerate(plan.units):
        for code in plan.indicators:
            ledger.write(ledger.cell(code, unit, 6), Figure((1_000 + (place if place % 100 else 0)) * SCALE))
    whole = whole_of(plan, ledger)
    tracemalloc.start()
    promised: dict[str, frozenset[int]] = {code: frozenset() for code in plan.indicators}
    found = {(one, other, times) for one, other, times, _ in _agreeing(whole, promised, 6, 6)}
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    alike = [place for place in range(3_000) if place % 100 == 0]
    assert found == {(one, other, 6) for one in alike for other in alike if one != other}
    assert peak < 3_000 * 3_000 // 2


def test_small_figures_of_a_thousand_honest_units_are_nobody_s_report_and_a_copy_of_all_is(tmp_path: Path) -> None:
    """Of 499,500 pairs 252 x 0.04^5 x 0.96^5 agree by chance in half of ten figures of 25 kinds: ten."""
    plan, draw = plan_of_counts(tmp_path, 1_000, 10), Random(14)
    ledger = Ledger(plan)
    for unit in plan.units:
        for code in plan.indicators:
            ledger.write(ledger.cell(code, unit, 6), Figure(draw.randrange(10, 35) * SCALE))
    whole = whole_of(plan, ledger)
    assert [*foreign_report(whole)] == []
    for code in plan.indicators:
        ledger.write(ledger.cell(code, "u7", 6), Figure(ledger.values[ledger.cell(code, "u999", 6)]))
    assert {found.unit for found in foreign_report(whole)} == {"u7", "u999"}


_places = st.tuples(st.integers(1, 6), st.integers(1, 6))


@given(places=st.lists(_places, max_size=8), one=_places)
def test_who_has_passed_is_told_without_comparing_each_with_each(
    places: list[tuple[int, int]], one: tuple[int, int]
) -> None:
    def order(first: int, second: int) -> int:
        return (first > second) - (first < second)

    compared = any(order(one[0], then) != order(one[1], now) for then, now in places)
    assert _Passed(places).by(*one) is compared


@pytest.mark.usefixtures("by_region")
@pytest.mark.parametrize("name", ["r1.csv", "第1片.csv", "6月第1片报表.csv"])
def test_a_regions_own_file_is_one_finding_and_moving_it_out_clears_it(name: str, capsys: Capture) -> None:
    path = Path("data/2024-06", name)
    path.write_text(HEADER + "2024-06,第1片,T01-01,项目,5,,,,\n2024-06,r1,T01-02,床位,9,,,,\n", encoding="utf-8")
    found = json.loads(out(capsys, "check", "--exit-zero", "--today", "2024-06-30", "--format", "json"))
    [told] = [one for one in found["diagnostics"] if one["severity"] == "error"]
    assert (told["code"], told["path"]) == ("MZ119", str(path))
    assert "第1片 是地区，由下级单位合成，不填报" in told["message"]
    assert told["hint"].startswith("移出数据文件夹")
    path.unlink()
    assert run("check", "--today", "2024-06-30") == 0


@pytest.mark.usefixtures("by_region")
def test_a_file_of_a_unit_and_its_region_is_the_units_and_its_regions_row_is_told(capsys: Capture) -> None:
    path = Path("data/2024-06/单位1号（第1片）.csv")
    Path("data/2024-06/u1.csv").unlink()
    path.write_text(HEADER + "2024-06,第1片,T01-01,项目,5,,,,\n", encoding="utf-8")
    text = out(capsys, "check", "--exit-zero", "--today", "2024-06-30")
    assert "MZ120" in text
    assert "MZ302" in text


COUNTED = "填报单位,项目,床位\n单位0号,3,1\n单位3号,4,2\n单位1号,1,1\n"


def collected(capsys: Capture, rows: str, name: str = "6月汇总.csv") -> str:
    Path("inbox").mkdir(exist_ok=True)
    Path("inbox", name).write_text(rows, encoding="utf-8")
    run("collect", "inbox", "--dry-run", "--today", "2024-07-01")
    return capsys.readouterr().out


@pytest.fixture
def empty(by_region: Path) -> Path:
    """The same with nothing filed."""
    for path in Path("data/2024-06").iterdir():
        path.unlink()
    return by_region


@pytest.mark.usefixtures("empty")
@pytest.mark.parametrize("turned", [False, True])
@pytest.mark.parametrize(
    ("sums", "told"), [("第0片,7,3", ""), ("r0,7,4", "写的是4，各单位加起来是3"), ("第2片,9,9", "第2片")]
)
def test_a_region_beside_its_members_in_a_wide_sheet_is_their_sum(
    turned: bool, sums: str, told: str, capsys: Capture
) -> None:
    """Of the third region no member is there: its row is of no use, and sums of nothing are not set against it."""
    rows = COUNTED + f"{sums}\n合计,8,4\n"
    if turned:
        rows = "".join(",".join(cells) + "\n" for cells in zip(*csv.reader(io.StringIO(rows)), strict=True))
    text = collected(capsys, rows)
    assert text.count(" 2024-06，归档") == 3
    assert (
        "2024-06 还有 42 家未报：单位2号、单位4号、单位5号、单位6号 等 42 家（第2片15家、第1片14家、第0片13家）。"
        in text
    )
    assert "单位7号" not in text
    assert ("请核对" in text) == bool(told)
    assert told in text
    assert "表里“第2片”是地区，由下级单位合成，没有采用" in text or "第2片" not in sums


@pytest.mark.usefixtures("empty")
@pytest.mark.parametrize(
    ("heading", "said", "told"),
    [
        ("第0片", "7", ""),
        ("r0", "8", "合计对不上，请核对：E6 写的是8，各单位加起来是7"),
        ("第2片", "9", "表里“第2片”是地区，由下级单位合成，没有采用"),
        ("合计", "8", ""),
        ("全市", "7", "合计对不上，请核对：E6 写的是7，各单位加起来是8"),
    ],
)
@pytest.mark.parametrize("at", [3, 5])
def test_a_region_or_the_city_among_the_rows_of_units_is_a_total_and_none_of_them(
    heading: str, said: str, told: str, at: int, capsys: Capture
) -> None:
    """Units 0 and 3 are of the region 0, unit 1 is of another; wherever the row stands, no unit answers for it."""
    rows = [f"2024-06,单位{unit}号,T01-01,项目,{figure},,,,\n" for unit, figure in ((0, 3), (3, 4), (1, 1))]
    rows.insert(at - 2, f"2024-06,{heading},T01-01,项目,{said},,,,\n")
    text = collected(capsys, HEADER + "".join(rows), "6月.csv")
    assert text.count(" 2024-06，归档") == 3
    assert "退回" not in text
    assert "1 条 → " in text
    assert "2 条 → " not in text
    assert told.replace("E6", f"E{at}") in text
    assert text.count("？ inbox/6月.csv") == bool(told)


@pytest.mark.usefixtures("empty")
@pytest.mark.parametrize(
    ("name", "rows"),
    [
        ("r1.csv", HEADER + "2024-06,第1片,T01-01,项目,5,,,,\n"),
        ("6月.csv", HEADER + "2024-06,r1,T01-01,项目,5,,,,\n"),
        ("第1片6月.csv", "指标编码,指标名称,完成值\nT01-01,项目,5\n"),
        ("第1片.csv", "指标编码,指标名称,完成值\nT01-01,项目,5\n"),
    ],
)
def test_what_a_region_sends_is_told_as_that_with_who_should_send_it(name: str, rows: str, capsys: Capture) -> None:
    text = collected(capsys, rows, name)
    assert "第1片 是地区，由下级单位合成，不填报；请它的下级单位各报各的：单位1号、单位4号、" in text
    assert "看不出是哪个单位的" not in text


def test_a_region_is_not_taken_for_the_unit_that_is_called_most_like_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    monkeypatch.chdir(project(tmp_path, 4, regions=2))
    plan = Path("plan/2024.yaml")
    plan.write_text(plan.read_text(encoding="utf-8").replace("第0片", "单位0市"), encoding="utf-8")
    Path("data/2024-06/u0.csv").unlink()
    text = collected(capsys, HEADER + "2024-06,单位0市,T01-01,项目,5,,,,\n", "6月.csv")
    assert "写的是单位0市" in text
    assert "归档" not in text


@pytest.mark.usefixtures("by_region")
def test_how_many_more_match_is_said_once_in_english(capsys: Capture) -> None:
    text = " ".join(out(capsys, "status", "--only", "behind", "--lang", "en").split())
    assert "2 more units have matching indicators, not listed (" in text


@pytest.mark.usefixtures("by_region")
def test_who_lags_is_one_count_on_the_first_screen_and_where_it_leads(capsys: Capture) -> None:
    """41 units have 0 to 7 of the 12 computed for each; u1 is given its twelve officially. Six are expected by June."""
    plan = Path("plan/2024.yaml")
    text = plan.read_text(encoding="utf-8").replace("at_least: 12}, applies_to: each", "at_least: 540}")
    plan.write_text(text, encoding="utf-8")
    parts = "".join(f"T01-01,u{at},12,{'official' if at == 1 else 'reference'},示民发\n" for at in range(COUNT))
    Path("plan/2024.breakdown.csv").write_text(f"indicator,unit,target,basis,source\n{parts}", encoding="utf-8")
    late = [at for at in range(COUNT) if at % 10 != 9 and at % 8 < 6]
    assert f"按此滞后的有 {len(late) - 1} 家 {len(late) - 1} 项" in out(capsys, "status")
    computed = f"其中按参考分解（测算）滞后的 {len(late) - 1} 家 {len(late) - 1} 项，不作通报依据。"
    told = f"有符合条件的共 {len(late)} 家，{computed}"
    assert told in out(capsys, "status", "--only", "behind", "--by", "unit").replace("\n", "")
    assert "其中按参考分解" not in out(capsys, "status", "--only", "missing", "--by", "unit")


@pytest.mark.usefixtures("by_region")
def test_a_unit_that_there_is_not_does_not_list_all_that_there_are(capsys: Capture) -> None:
    assert run("status", "--unit", "nobody") == 2
    told = capsys.readouterr().err
    assert "可用的有：单位0号、单位1号、单位2号、单位3号 等 45 家（第0片15家、第1片15家、第2片15家）。" in told


@pytest.mark.untraced
@pytest.mark.parametrize(("regions", "who"), [(0, "单位0号、单位2号、单位4号、单位6号、单位8号等"), (2, "第0片36家")])
def test_a_bulletin_names_the_first_of_many_silent_units_and_is_what_verify_accepts(
    regions: int, who: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    """Of 72 units half are silent: no sentence names 36; a count that is wrong is found all the same."""
    monkeypatch.chdir(project(tmp_path, 72, regions))
    for at in range(0, 72, 2):
        Path(f"data/2024-06/u{at}.csv").unlink()
    for at in range(9, 72, 10):
        row = f"2024-06,单位{at}号,T01-01,项目,7,,,,\n2024-06,单位{at}号,T01-02,床位,1,,,,\n"
        Path(f"data/2024-06/u{at}.csv").write_text(HEADER + row, encoding="utf-8")
    out(capsys, "summary", "-o", "b.md")
    text = Path("b.md").read_text(encoding="utf-8")
    assert f"未报齐的36家单位（{who}）请尽快补报6月份数据" in text
    assert run("summary", "--verify", "b.md") == 0
    Path("b.md").write_text(text.replace("未报齐的36家单位", "未报齐的35家单位"), encoding="utf-8")
    assert run("summary", "--verify", "b.md") == 1


@pytest.mark.usefixtures("by_region")
def test_impact_tells_of_a_region_beside_the_city_and_of_its_silence_as_of_the_citys(git: Git, capsys: Capture) -> None:
    """Unit 1 of region 1 reports six more, and unit 2 of region 2 nothing any more; region 0 stays as it was."""
    git("init", "-q", ".")
    commit(git)
    path = Path("data/2024-06/u1.csv")
    path.write_text(path.read_text(encoding="utf-8").replace("床位,1,", "床位,7,"), encoding="utf-8")
    Path("data/2024-06/u2.csv").unlink()
    (year,) = json.loads(out(capsys, "impact", "HEAD", "--period", "2024-06", "--format", "json"))["years"]
    rows = {row["unit"]: row for row in year["rows"] if row["indicator"] == "T01-02"}
    assert rows.keys() == {None, "r1", "r2", "u1", "u2"}
    figures = {unit: (row["before"]["actual"], row["after"]["actual"]) for unit, row in rows.items()}
    assert figures == {None: ("41", "46"), "r1": ("14", "20"), "r2": ("14", "13"), "u1": ("1", "7"), "u2": ("1", None)}
    assert rows["r2"]["direction"] == rows["u2"]["direction"] == "silent"
    assert rows["r1"]["direction"] != "silent"
    assert [one["unit"] for one in year["units"]][:2] == [None, "r2"]
    asked = ("impact", "HEAD", "--period", "2024-06", "--unit", "第1片", "--format", "json")
    (year,) = json.loads(out(capsys, *asked))["years"]
    assert {row["unit"] for row in year["rows"]} == {"r1", "u1"}
    text = out(capsys, "impact", "HEAD", "--period", "2024-06")
    assert re.search(r"^ *第1片 +T01-02.*14 → 20", text, re.MULTILINE)


@pytest.mark.untraced
def test_what_the_page_asks_of_reports_grows_as_the_units_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    """Twice as many units, of which every tenth is silent, are looked at no more than twice as often."""
    asked: list[int] = []
    has_report = Ledger.has_report

    def counted(ledger: Ledger, unit: str, month: int) -> bool:
        asked.append(month)
        return has_report(ledger, unit, month)

    monkeypatch.setattr(Ledger, "has_report", counted)
    times = []
    for count in (COUNT + 1, 2 * (COUNT + 1)):  # of which no other test has kept what is found
        folder = tmp_path / str(count)
        folder.mkdir()
        monkeypatch.chdir(project(folder, count, regions=3))
        asked.clear()
        out(capsys, "report", "-o", "page.html")
        times.append(len(asked))
    assert times[1] <= 2.1 * times[0]


@pytest.mark.untraced
@pytest.mark.parametrize(("regions", "counts"), [(0, "，全部见"), (3, "（第")])
def test_impact_shows_a_screen_of_the_worst_and_counts_the_rest(
    git: Git, regions: int, counts: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    """Of 41 units 40 have more beds; the last but one loses all its projects: it stands first, and JSON has all."""
    monkeypatch.chdir(project(tmp_path, COUNT, regions))
    git("init", "-q", ".")
    commit(git)
    for path in Path("data/2024-06").iterdir():
        change = ("项目,3,", "项目,0,") if path.stem == "u43" else ("床位,1,", "床位,5,")
        path.write_text(path.read_text(encoding="utf-8").replace(*change), encoding="utf-8")
    asked = ("impact", "HEAD", "--period", "2024-06")
    text = out(capsys, *asked, "--format", "plain")
    _, _, rows = text.partition("指标（变差")
    rows, _, records = rows.partition("\n记录\n")
    shown = re.findall(r"^ *(\S+) +T01-0\d", rows, re.MULTILINE)
    assert len(shown) == SCREEN
    assert shown[0] == "单位43号"
    assert {"全市", *(f"第{at}片" for at in range(regions))} <= {*shown}
    assert f"另有 {41 + 1 + regions - SCREEN} 行没有列出{counts}" in rows
    assert f"另有 {41 - SCREEN} 行没有列出{counts}" in records
    assert "HEAD --format json" in rows
    (year,) = json.loads(out(capsys, *asked, "--format", "json"))["years"]
    assert len(year["rows"]) == 41 + 1 + regions
    assert len(year["records"]) == 41
    out(capsys, *asked, "--format", "html", "-o", "i.html")
    assert "没有列出" not in Path("i.html").read_text(encoding="utf-8")


@pytest.mark.untraced
def test_impact_makes_no_more_rows_than_it_shows(
    git: Git, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    """All units and the city have more beds: a file has a row of each, a screen and a comment as many as they hold."""
    made: list[str | None] = []

    def counted(year: Year, change: RowChange) -> list[Cell]:
        made.append(change.unit)
        return _row(year, change)

    monkeypatch.setattr("mzplan.render.impact._row", counted)
    monkeypatch.setattr("mzplan.render.impact.COMMENT_LIMIT", 400)
    monkeypatch.chdir(project(tmp_path, COUNT))
    git("init", "-q", ".")
    commit(git)
    reports = [*Path("data/2024-06").iterdir()]
    for path in reports:
        path.write_text(path.read_text(encoding="utf-8").replace("床位,1,", "床位,5,"), encoding="utf-8")
    counts = {}
    for style in ("plain", "markdown", "latex"):
        made.clear()
        out(capsys, "impact", "HEAD", "--period", "2024-06", "--format", style)
        counts[style] = len(made)
    assert (counts["plain"], counts["latex"]) == (SCREEN, len(reports) + 1)
    assert counts["markdown"] < len(reports)
