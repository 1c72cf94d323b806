"""Rows of a unit that the plan does not know, among those of units that it knows: nobody else answers for them."""

import csv
import io
from collections.abc import Sequence
from itertools import permutations
from pathlib import Path

import pytest

from conftest import run
from factory import FIRST_TASK, PLAN_HEAD
from workbooks import xlsx_of

REGIONS = {"东山市": ["东山11县", "东山12县", "东山13县"], "西山市": ["西山11县", "西山12县", "西山13县"]}
CODES = {"T01-01": "项目", "T01-02": "床位", "T01-03": "站点"}
COLUMNS = ["报告期", "填报单位", "指标编码", "指标名称", "完成值"]
Row = list[str]
Capture = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def province(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two regions of three units each, which have reported nothing."""
    plan = [PLAN_HEAD]
    for at, (region, units) in enumerate(REGIONS.items()):
        plan.append(f"  - {{id: r{at}, name: {region}, kind: county}}\n")
        plan += (f"  - {{id: u{at}{k}, name: {name}, kind: county, parent: r{at}}}\n" for k, name in enumerate(units))
    plan.append(FIRST_TASK)
    target = "kind: stock, unit: 个, target: {at_least: 90}"
    plan += (f"          - {{id: {code}, name: {name}, {target}, source: 各}}\n" for code, name in CODES.items())
    (tmp_path / "plan").mkdir()
    (tmp_path / "plan" / "2024.yaml").write_text("".join(plan), encoding="utf-8")
    (tmp_path / "data").mkdir()
    monkeypatch.chdir(tmp_path)


def block(unit: str, codes: Sequence[str] = tuple(CODES)) -> list[Row]:
    return [["2024-06", unit, code, CODES[code], "3"] for code in codes]


def collected(capsys: Capture, rows: Sequence[Row], suffix: str, called: str = "西山市6月") -> str:
    Path("inbox").mkdir()
    path = Path("inbox", called + suffix)
    if suffix == ".xlsx":
        path.write_bytes(xlsx_of([COLUMNS, *rows]))
    else:
        stream = io.StringIO()
        csv.writer(stream).writerows([COLUMNS, *rows])
        path.write_text(stream.getvalue(), encoding="utf-8")
    run("collect", "inbox", "--today", "2024-07-01")
    return capsys.readouterr().out


def filed() -> set[str]:
    """Whose reports are filed, each of all three indicators."""
    paths = list(Path("data/2024-06").glob("*.csv"))
    assert all(len(path.read_text(encoding="utf-8").splitlines()) == 1 + len(CODES) for path in paths)
    return {path.stem for path in paths}


def told(name: str, row: int, count: int, meant: str = "") -> str:
    meant = f"：是否应是“{meant}”？" if meant else ""
    return f"  第{row}行起的“{name}”不是计划里的填报单位，它的 {count} 条没有采用{meant}\n"


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("西山31县", ""),  # another number is another unit's
        ("西山商贸县", "西山12县"),  # the one of its region that has none
        ("西山13线", ""),  # the nearest has rows of its own
        ("经济功能区", ""),
        ("小计", ""),
    ],
)
@pytest.mark.parametrize("at", [0, 1, 2])
def test_rows_of_an_unknown_unit_are_told_once_and_charge_nobody(
    capsys: Capture, suffix: str, name: str, meant: str, at: int
) -> None:
    """Wherever its block stands."""
    blocks = [block("西山11县"), block("西山13县")]
    blocks.insert(at, block(name))
    text = collected(capsys, [row for each in blocks for row in each], suffix)
    assert told(name, 2 + 3 * at, 3, meant) in text
    assert "？ inbox/西山市6月" in text
    assert text.count(name) == 1
    assert "退回" not in text
    assert filed() == {"u10", "u12"}


@pytest.mark.parametrize("order", [*permutations(["西山11县", "西山12县", "区本级"])])
def test_sorted_by_indicator_or_by_unit_it_is_the_same(capsys: Capture, order: Sequence[str]) -> None:
    rows = [row for code in CODES for unit in order for row in block(unit, [code])]
    text = collected(capsys, rows, ".csv")
    assert told("区本级", 2 + order.index("区本级"), 3, "") in text
    assert filed() == {"u10", "u11"}


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_cells_below_an_unknown_name_are_merged_with_it(capsys: Capture, suffix: str) -> None:
    rows = [*block("西山11县"), *block("西山商贸县"), *block("西山13县")]
    for at in (1, 2, 4, 5, 7, 8):
        rows[at][1] = ""
    text = collected(capsys, rows, suffix)
    assert told("西山商贸县", 5, 3, "西山12县") in text
    assert text.count("西山商贸县") == 1
    assert "退回待重报：西山11县、西山13县；" in text  # each writes its own name in each row


def test_an_unknown_unit_in_two_blocks_is_told_once(capsys: Capture) -> None:
    rows = [*block("西山11县"), *block("镇里", ["T01-01"]), *block("西山12县"), *block("镇里", ["T01-03"])]
    text = collected(capsys, rows, ".csv")
    assert told("镇里", 5, 2) in text
    assert filed() == {"u10", "u11"}


def test_beside_one_known_unit_alone_it_charges_nobody_either(capsys: Capture) -> None:
    text = collected(capsys, [*block("西山11县"), *block("西山商贸县")], ".csv")
    assert "第5行起的“西山商贸县”不是计划里的填报单位，它的 3 条没有采用" in text
    assert filed() == {"u10"}


@pytest.mark.parametrize("called", ["东山市6月", "东山市/6月"])
def test_units_of_another_region_are_filed_as_what_they_are(capsys: Capture, called: str) -> None:
    """And what is not known is near to one of theirs."""
    Path("inbox").mkdir()
    Path("inbox", called).parent.mkdir(exist_ok=True)
    rows = [*block("西山11县"), *block("西山商贸县"), *block("西山13县")]
    stream = io.StringIO()
    csv.writer(stream).writerows([COLUMNS, *rows])
    Path("inbox", f"{called}.csv").write_text(stream.getvalue(), encoding="utf-8")
    run("collect", "inbox", "--today", "2024-07-01")
    assert told("西山商贸县", 5, 3, "西山12县") in capsys.readouterr().out
    assert filed() == {"u10", "u12"}


@pytest.mark.parametrize("heading", ["西山市合计", "西山市小计", "西山市（合计）", "西山市 总计"])
@pytest.mark.parametrize(("figure", "is_told"), [("6", False), ("7", True)])
def test_a_regions_total_is_its_sum_and_no_unknown_unit(
    capsys: Capture, heading: str, figure: str, is_told: bool
) -> None:
    rows = [*block("西山11县"), *block("东山11县"), *block("西山13县"), *block(heading)]
    for row in rows[-3:]:
        row[-1] = figure
    text = collected(capsys, rows, ".csv")
    assert ("合计对不上，请核对：E11 写的是7，各单位加起来是6" in text) == is_told
    assert heading not in text
    assert filed() == {"u00", "u10", "u12"}


@pytest.mark.parametrize("name", ["西山3县", "区民政办", "12县"])
@pytest.mark.parametrize("at", [0, 1, 2])
def test_a_slip_in_one_row_goes_back_to_the_unit_that_lacks_it(capsys: Capture, name: str, at: int) -> None:
    """That the row stands in its block, or just before, and that it has no other of that indicator tells it."""
    rows = [*block("西山11县"), *block("西山12县")]
    rows[3 + at][1] = name
    text = collected(capsys, rows, ".csv")
    assert "没有采用" not in text
    assert f"计划中没有填报单位“{name}”" in text
    assert filed() == {"u10"}


def test_a_unit_in_two_blocks_has_one_report(capsys: Capture) -> None:
    rows = [*block("西山11县", ["T01-01"]), *block("西山12县"), *block("西山11县", ["T01-02", "T01-03"])]
    text = collected(capsys, rows, ".csv")
    assert "没有采用" not in text
    assert filed() == {"u10", "u11"}


def test_a_name_that_no_unit_has_is_told_the_units_of_the_files_own_region(capsys: Capture) -> None:
    """What follows lists those who may be meant: the whole province's first twenty were told."""
    Path("data/2024-06").mkdir()
    rows = "".join(f"2024-06,经济功能区,{code},{name},3,,,,\n" for code, name in CODES.items())
    header = "period,unit,indicator,name,value,numerator,denominator,note,evidence\n"
    Path("data/2024-06/u11.csv").write_text(header + rows, encoding="utf-8")
    run("check")
    assert "填报单位有：西山11县、西山12县、西山13县。" in capsys.readouterr().out


@pytest.mark.parametrize(
    "title",
    [
        "西山市2024年6月指标统计表",
        "2024年6月 西山市 各县",
        "西山市各县（市、区）2024年6月完成情况",
        "西山市民政局2024年6月报表",
    ],
)
def test_a_title_may_name_the_region_of_its_units_as_it_may_the_whole_city(capsys: Capture, title: str) -> None:
    """All its units' reports went back for it, to be titled as they were."""
    rows = [row for unit in REGIONS["西山市"] for row in block(unit)]
    Path("inbox").mkdir()
    Path("inbox", "6月.xlsx").write_bytes(xlsx_of([[title], COLUMNS, *rows]))
    assert run("collect", "inbox", "--today", "2024-07-01") == 0
    assert "请核对" not in capsys.readouterr().out
    assert filed() == {"u10", "u11", "u12"}


def test_a_unit_of_another_region_than_the_file_is_called_after_is_told(capsys: Capture) -> None:
    """It was filed as reported on the word of a region that it is not of."""
    text = collected(capsys, [row for unit in ("西山11县", "东山11县") for row in block(unit)], ".csv")
    assert "请核对：文件名说是西山市，内容是东山11县" in text
    assert "内容是西山11县" not in text
    assert filed() == {"u10", "u00"}


def test_a_title_of_another_region_is_wrong_of_the_unit_that_is_not_of_it(capsys: Capture) -> None:
    rows = [row for unit in ("西山11县", "东山11县") for row in block(unit)]
    Path("inbox").mkdir()
    Path("inbox", "6月.xlsx").write_bytes(xlsx_of([["西山市2024年6月报表"], COLUMNS, *rows]))
    assert run("collect", "inbox", "--today", "2024-07-01") == 1
    assert "写的是“西山市”，应是东山11县" in capsys.readouterr().out
    assert filed() == {"u10"}
