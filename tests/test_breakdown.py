"""Shares by largest remainder, worked out by hand, and what the breakdown file keeps."""

import csv
import io
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import run
from factory import check_plan
from mzplan.cli.sheets import rows_of
from mzplan.diagnostics import InputError
from mzplan.english import english
from mzplan.plan.breakdown import (
    Breakdown,
    break_down,
    break_down_by_plan,
    plan_weights,
    read_weights,
    select,
    updated_file,
)
from mzplan.plan.load import breakdown_path, load_plan
from mzplan.plan.model import Plan

pytestmark = pytest.mark.traced

PLAN = """\
title: 某市民政工作要点
city: 全市
year: 2030
issued: "2030-01-05"
publisher: 某市民政局
source: 某民〔2030〕1号
reporting: [county]
reporting_units:
  - {id: jia, name: 甲县, kind: county, aliases: [甲], weights: {townships: 5, area: 0.5}}
  - {id: yi, name: 乙县, kind: county, weights: {townships: 3, area: 0.25}}
  - {id: bing, name: 丙县, kind: county, weights: {townships: 3, area: 0.25}}
  - {id: bureau, name: 市本级, kind: bureau}
action_areas:
  - number: 1
    name: 甲行动
    tasks:
      - number: 1
        name: 甲任务
        indicators:
          - id: T01-01
            name: 床位
            kind: count
            unit: 张
            target: {at_least: 10}
            breakdown: townships
            source: 床位10张
          - id: T01-02
            name: 资金
            kind: stock
            unit: 万元
            target: {about: 2.5, tolerance: 5}
            reporting: [county, bureau]
            breakdown: equal
            source: 资金2.5万元左右
          - {id: T01-03, name: 培训, kind: ratio, target: {at_least: 100}, source: 全覆盖}
          - {id: T01-04, name: 站点, kind: count, unit: 个, target: {at_least: 4}, source: 站点4个}
"""


def written(folder: Path) -> Path:
    file = folder / "own.yaml"
    file.write_text(PLAN, encoding="utf-8")
    return file


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return written(tmp_path)


@pytest.fixture(scope="module")
def plan(tmp_path_factory: pytest.TempPathFactory) -> Plan:
    return load_plan(written(tmp_path_factory.mktemp("plan")))


def with_parts(path: Path, rows: str) -> Plan:
    Path(breakdown_path(path)).write_text("indicator,unit,target,basis,source\n" + rows, encoding="utf-8")
    return load_plan(path)


def by_plan(plan: Plan, identifier: str, *, keep_official: bool = True) -> Breakdown:
    [breakdown] = break_down_by_plan(plan, [plan.indicators[identifier]], keep_official=keep_official)
    return breakdown


def parts(breakdown: Breakdown) -> dict[str, str]:
    return {unit: str(part.target.value) for unit, part in breakdown.parts.items()}


def test_a_total_with_a_decimal_is_shared_out_in_that_decimal(plan: Plan) -> None:
    # 2.5 by three: 0.8 each and 0.1 left, for the first of equal remainders. The bureau has no share.
    breakdown = by_plan(plan, "T01-02")
    assert breakdown.step == Fraction(1, 10)
    assert parts(breakdown) == {"jia": "9/10", "yi": "4/5", "bing": "4/5"}
    assert breakdown.left_out == ("bureau",)


def test_a_part_keeps_the_direction_and_tolerance_and_is_called_a_reference(plan: Plan) -> None:
    part = by_plan(plan, "T01-02").parts["jia"]
    assert (part.target.operator, part.target.tolerance) == ("about", Fraction(5, 100))
    assert (part.basis, part.source) == ("reference", "参考分解（测算）：按单位平均")


def test_weights_may_be_decimals(plan: Plan) -> None:
    # 10 by 0.5 : 0.25 : 0.25 is 5, 2 1/2 and 2 1/2; the earlier of equal remainders gets the one.
    breakdown = break_down(plan, plan.indicators["T01-01"], plan_weights(plan, "area"), "面积")
    assert parts(breakdown) == {"jia": "5", "yi": "3", "bing": "2"}


@given(
    total=st.integers(min_value=0, max_value=10**9),
    weights=st.lists(st.fractions(min_value=0, max_value=1000, max_denominator=50), min_size=3, max_size=3).filter(any),
)
def test_parts_add_up_and_stray_less_than_one_step(plan: Plan, total: int, weights: list[Fraction]) -> None:
    beds = plan.indicators["T01-01"]
    indicator = replace(beds, target=beds.target.with_value(Fraction(total)))
    breakdown = break_down(plan, indicator, dict(zip(beds.reporting, weights, strict=True)), "权重")
    assert sum(share.part for share in breakdown.shares) == total
    assert all(abs(share.part - share.quota) < 1 for share in breakdown.shares)


# -- official parts


def test_official_parts_stand_and_only_the_rest_is_shared_out(path: Path) -> None:
    # 10 - 7 leaves 3 for 3 : 3, so 1 1/2 each: 2 and 1.
    plan = with_parts(path, "T01-01,jia,7,official,某民〔2030〕2号\n")
    breakdown = by_plan(plan, "T01-01")
    assert breakdown.official == {"jia": 7}
    assert parts(breakdown) == {"yi": "2", "bing": "1"}


def test_official_parts_are_replaced_only_when_told(path: Path) -> None:
    plan = with_parts(path, "T01-01,jia,7,official,某民〔2030〕2号\n")
    assert parts(by_plan(plan, "T01-01", keep_official=False)) == {"jia": "4", "yi": "3", "bing": "3"}


def test_official_parts_beyond_the_total_stop_the_breakdown(path: Path) -> None:
    plan = with_parts(path, "T01-01,jia,12,official,某民〔2030〕2号\n")
    with pytest.raises(InputError, match="合计 12张，已超过全市目标 10张"):
        by_plan(plan, "T01-01")


def test_the_file_keeps_other_rows_and_official_ones_in_plan_order(path: Path) -> None:
    plan = with_parts(
        path,
        "T01-04,jia,4,reference,早先测算\nT01-01,bing,9,reference,早先测算\nT01-01,jia,7,official,某民〔2030〕2号\n",
    )
    content = updated_file(plan, [by_plan(plan, "T01-01")])
    assert content.decode("utf-8-sig") == (
        "indicator,unit,target,basis,source\n"
        "T01-01,jia,7,official,某民〔2030〕2号\n"
        "T01-01,yi,2,reference,参考分解（测算）：按乡镇街道数\n"
        "T01-01,bing,1,reference,参考分解（测算）：按乡镇街道数\n"
        "T01-04,jia,4,reference,早先测算\n"
    )
    assert content.startswith(b"\xef\xbb\xbf")


# -- what cannot be broken down


@pytest.mark.parametrize(
    ("identifiers", "any_weight", "words"),
    [
        (["T01-03"], False, "T01-03 培训不是可以分解的全市总量"),
        (["T01-04"], False, "可用的权重：townships、area、equal"),
        (["T0101"], True, "是否要写 T01-01 床位？"),
    ],
)
def test_an_indicator_that_has_no_parts_is_refused(
    plan: Plan, identifiers: list[str], any_weight: bool, words: str
) -> None:
    with pytest.raises(InputError) as stop:
        select(plan, identifiers, any_weight=any_weight)
    assert words in str(stop.value)


def test_all_totals_are_chosen_when_none_is_named(plan: Plan) -> None:
    assert [each.id for each in select(plan, [], any_weight=False)] == ["T01-01", "T01-02"]
    assert [each.id for each in select(plan, [], any_weight=True)] == ["T01-01", "T01-02", "T01-04"]


def test_an_unknown_weight_names_the_known_ones(plan: Plan) -> None:
    with pytest.raises(InputError, match="没有权重 people。可用的权重：townships、area、equal"):
        plan_weights(plan, "people")


# -- weights from a file


def weights_in(text: str, plan: Plan, folder: Path, encoding: str = "utf-8") -> dict[str, Fraction]:
    path = folder / "w.csv"
    path.write_text(text, encoding=encoding)
    return read_weights(plan, rows_of(path, 1 << 20), path.name)


def test_weights_are_read_by_any_name_of_a_unit(plan: Plan, tmp_path: Path) -> None:
    text = "\ufeffunit,weight\n甲,2\nyi,0.5\n\n丙县,0\n"
    assert weights_in(text, plan, tmp_path) == {"jia": 2, "yi": Fraction(1, 2), "bing": 0}


def test_weights_are_read_as_a_chinese_spreadsheet_writes_them(plan: Plan, tmp_path: Path) -> None:
    assert weights_in("unit,weight\n甲县,2\n", plan, tmp_path, "gb18030") == {"jia": 2}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "w.csv：没有表头，第一行应为 unit,weight。"),
        ("单位,权重\n", "表头应为 unit,weight，现为 单位,权重"),
        ("unit,weight\n甲市,1\n", "w.csv:2：没有填报单位 甲市。是否要写 甲县？"),
        ("unit,weight\n甲县,1\n甲,2\n", "w.csv:3：甲县的权重写了两次"),
        ("unit,weight\n甲县,-1\n", "w.csv:2：权重 -1 不是"),
        ("unit,weight\n甲县,1e5\n", "w.csv:2：权重 1e5 不是"),
        ("unit,weight\n甲县\n", "w.csv:2：没有写权重。"),
        ("unit,weight\n甲县,0\n", "w.csv：没有一行权重大于 0"),
        ('unit,weight\n"甲县,1\n', "w.csv:2:1：读不成表格"),
        ("unit,weight\n" + "甲" * 200_000 + ",1\n", "w.csv:2:1：读不成表格"),
    ],
)
def test_a_wrong_file_of_weights_is_named_with_its_line(plan: Plan, text: str, words: str, tmp_path: Path) -> None:
    with pytest.raises(InputError) as stop:
        weights_in(text, plan, tmp_path)
    assert words in str(stop.value)


def test_a_unit_that_weights_do_not_know_is_told_in_english_too(plan: Plan, tmp_path: Path) -> None:
    with pytest.raises(InputError) as stop:
        weights_in("unit,weight\n甲市,1\n", plan, tmp_path)
    told = english(stop.value.message, {"甲县": "Jia County"})
    assert told == "w.csv:2: Reporting unit 甲市 is not known. Did you mean Jia County?"


# -- the command


def test_the_command_shows_how_each_part_came_about(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("breakdown", "T01-01", "--plan", str(path)) == 0
    assert capsys.readouterr().out == (
        "T01-01 床位：全市目标10张，按乡镇街道数分解\n"
        "单位  权重  精确份额  取整   余数  补足  分解数\n"
        "甲县     5     4.545     4  0.545     0       4\n"
        "乙县     3     2.727     2  0.727     1       3\n"
        "丙县     3     2.727     2  0.727     1       3\n"
        "合计    11                                   10\n"
        "参考分解（测算），非正式下达。按最大余数法：先取整，差额依余数从大到小各补足1张，余数相同的先列者先得。\n"
    )
    assert not Path(breakdown_path(path)).exists()


def test_written_parts_are_those_the_plan_then_has(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("breakdown", "--plan", str(path), "--write") == 0
    assert "2 项指标的参考分解" in capsys.readouterr().err
    written = list(csv.reader(io.StringIO(Path(breakdown_path(path)).read_text(encoding="utf-8-sig"))))
    assert len(written) == 7
    assert load_plan(path).parts["T01-02", "jia"][0].target.value == Fraction(9, 10)


def test_official_parts_are_shown_as_such(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with_parts(path, "T01-01,jia,7,official,某民〔2030〕2号\n")
    assert run("breakdown", "T01-01", "--plan", str(path)) == 0
    shown = capsys.readouterr().out
    assert "其中正式下达7张，其余3张按乡镇街道数分解" in shown
    assert "甲县  正式下达" in shown


def test_a_total_that_is_all_official_shows_its_parts_and_no_arithmetic(
    path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with_parts(
        path,
        "".join(
            f"T01-01,{unit},{part},official,某民〔2030〕2号\n" for unit, part in (("jia", 5), ("yi", 3), ("bing", 2))
        ),
    )
    assert run("breakdown", "T01-01", "--plan", str(path)) == 0
    assert capsys.readouterr().out == (
        "T01-01 床位：全市目标10张已全部正式下达，没有需要测算的部分。\n"
        "单位      依据  分解数\n"
        "甲县  正式下达       5\n"
        "乙县  正式下达       3\n"
        "丙县  正式下达       2\n"
        "合计                10\n"
    )


def test_weights_of_ones_own_are_named_after_their_file(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    weights = path.with_name("移民人口.csv")
    weights.write_text("unit,weight\n甲县,1\n乙县,3\n", encoding="utf-8")
    assert run("breakdown", "T01-04", "--plan", str(path), "--weights", str(weights)) == 0
    shown = capsys.readouterr().out
    assert "按移民人口.csv分解" in shown
    assert "未参加分解（没有权重）：丙县" in shown


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--by", "equal", "--weights", "w.csv"), "只能用一个"),
        (("--weights", "absent.csv"), "读不了 absent.csv：没有这个文件"),
        (("--weights", str(Path(__file__).parent)), "是文件夹"),
        (("T01-04",), "请用 --by 指定"),
    ],
)
def test_wrong_usage_ends_with_two_and_a_sentence(
    path: Path, arguments: tuple[str, ...], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("breakdown", *arguments, "--plan", str(path)) == 2
    shown = capsys.readouterr()
    assert words in shown.err
    assert shown.out == ""


# -- a total that is revised

REVISED = PLAN.replace(
    "target: {at_least: 10}",
    "target: {at_least: 10}\n            revisions: [{from: 2030-09, target: {at_least: 21}, source: 通知}]",
)
COMPUTED = "T01-01,jia,4,reference,测算\nT01-01,yi,3,reference,测算\nT01-01,bing,3,reference,测算\n"


def revised(folder: Path, rows: str, plan: str = REVISED) -> Path:
    path = folder / "own.yaml"
    path.write_text(plan, encoding="utf-8")
    header = "indicator,unit,target,basis,source,baseline,due,from\n"
    Path(breakdown_path(path)).write_text(header + rows, encoding="utf-8")
    return path


@pytest.mark.parametrize("reporting", ["[county]", "[county, bureau]"])
def test_parts_of_the_total_before_a_revision_are_told(reporting: str, tmp_path: Path) -> None:
    text = REVISED.replace("breakdown: townships", f"breakdown: townships\n            reporting: {reporting}")
    [finding] = check_plan(revised(tmp_path, COMPUTED.replace("测算\n", "测算,,,\n"), text))
    assert finding.message == "T01-01 从 2030-09 起各单位合计 10，比全市目标 21 少 11"
    assert finding.hint.startswith("全市目标有调整，分解没有跟上")
    assert "mzplan breakdown --write" in finding.hint


def test_parts_are_computed_again_from_a_revision_on(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    # 21 by 5 : 3 : 3 is 9.545, 5.727 and 5.727: 9, 5 and 5, and one more each for the two largest remainders.
    path = revised(tmp_path, COMPUTED.replace("测算\n", "测算,,,\n"))
    assert run("breakdown", "T01-01", "--plan", str(path), "--write") == 0
    shown = capsys.readouterr()
    assert "T01-01 床位：全市目标10张" in shown.out
    assert "T01-01 床位：从 2030-09 起全市目标21张" in shown.out
    assert "1 项指标的参考分解" in shown.err
    assert check_plan(path) == []
    plan = load_plan(path)
    told = {
        unit: [(str(part.start), int(part.target.value)) for part in plan.parts["T01-01", unit]]
        for unit in ("jia", "yi")
    }
    assert told == {"jia": [("None", 4), ("2030-09", 9)], "yi": [("None", 3), ("2030-09", 6)]}


def test_what_official_parts_leave_is_shared_out_from_where_they_change(tmp_path: Path) -> None:
    # Until June nothing is official; from July 甲县 has 4 of 10, and what it leaves is 3 and 3 as before; from
    # September 17 of 21 are left: 8.5 and 8.5, the one too many for the earlier.
    plan = load_plan(revised(tmp_path, "T01-01,jia,4,official,某民2号,,2030-10,2030-07\n"))
    lines = updated_file(plan, break_down_by_plan(plan, [plan.indicators["T01-01"]])).decode("utf-8-sig").splitlines()
    assert lines[1:] == [
        "T01-01,jia,4,reference,参考分解（测算）：按乡镇街道数,,",
        "T01-01,jia,4,official,某民2号,2030-10,2030-07",
        "T01-01,yi,3,reference,参考分解（测算）：按乡镇街道数,,",
        "T01-01,yi,9,reference,参考分解（测算）：按乡镇街道数,,2030-09",
        "T01-01,bing,3,reference,参考分解（测算）：按乡镇街道数,,",
        "T01-01,bing,8,reference,参考分解（测算）：按乡镇街道数,,2030-09",
    ]


def test_a_computed_part_keeps_the_units_own_due_date(tmp_path: Path) -> None:
    plan = load_plan(revised(tmp_path, "T01-01,jia,5,reference,早先测算,,2030-10,\n", PLAN))
    lines = updated_file(plan, break_down_by_plan(plan, [plan.indicators["T01-01"]])).decode("utf-8-sig").splitlines()
    assert lines[1] == "T01-01,jia,4,reference,参考分解（测算）：按乡镇街道数,2030-10"


def test_a_total_that_official_parts_do_not_make_up_is_said_as_such(tmp_path: Path) -> None:
    plan = load_plan(revised(tmp_path, COMPUTED.replace("reference,测算\n", "official,某民2号,,,\n")))
    with pytest.raises(InputError, match="T01-01 床位从 2030-09 起各单位都已正式下达，合计 10张，全市目标是 21张"):
        break_down_by_plan(plan, [plan.indicators["T01-01"]])
