"""The breakdown file as people keep it: headings, names, encodings, and every fault at its place."""

from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path

import pytest

from factory import check_plan
from mzplan.period import Period
from mzplan.plan.breakdown import breakdown_file
from mzplan.plan.load import breakdown_path, load_plan
from mzplan.plan.model import Part, Plan
from mzplan.plan.target import Target

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
  - {id: jia, name: 甲县, kind: county, code: "330701", aliases: [甲]}
  - {id: yi, name: 乙县, kind: county, code: "330702"}
  - {id: bureau, name: 市本级, kind: bureau}
action_areas:
  - number: 1
    name: 甲行动
    tasks:
      - number: 1
        name: 甲任务
        indicators:
          - {id: T01-01, name: 床位, kind: count, unit: 张, target: {at_least: 100}, source: 床位}
          - {id: T01-02, name: 机构, kind: stock, unit: 家, target: {at_least: 60}, baseline: 52, source: 机构}
          - {id: T01-03, name: 覆盖率, kind: ratio, target: {at_least: 80}, source: 覆盖}
          - {id: T01-04, name: 站点, kind: count, unit: 个, target: {at_least: 4}, applies_to: each, source: 站点}
          - {id: T01-05, name: 条例, kind: milestone, source: 条例}
          - {id: T01-06, name: 比赛, kind: count, unit: 场, target: {at_least: 1}, applies_to: [yi], source: 比赛}
          - {id: T01-07, name: 常态, kind: stock, unit: 人, target: {at_least: 18}, schedule: always, source: 常态}
          - {id: T01-08, name: 规模, kind: stock, unit: 人, target: {about: 100, tolerance: 5}, source: 规模}
          - {id: T01-10, name: 压降, kind: stock, unit: 户, target: {at_most: 20}, baseline: 50, source: 压降}
"""
HEADER = "indicator,unit,target,basis,source,baseline,due,from\n"
ZH = "指标编码,填报单位,目标值,依据,来源,基期值,完成时限,起始月份\n"


def put(folder: Path, breakdown: str | bytes) -> Path:
    path = folder / "2030.yaml"
    path.write_text(PLAN, encoding="utf-8")
    data = breakdown if isinstance(breakdown, bytes) else breakdown.encode()
    Path(breakdown_path(path)).write_bytes(data)
    return path


def told(folder: Path, breakdown: str | bytes) -> list[str]:
    return [
        f"{f.location.line}:{f.location.column} {f.rule.code} {f.message}" for f in check_plan(put(folder, breakdown))
    ]


def at_least(value: int) -> Target:
    return Target("at_least", Fraction(value))


def given(plan: Plan) -> dict[tuple[str, str], tuple[Part, ...]]:
    """The parts without the lines on which they stand."""
    return {key: tuple(part._replace(line=0) for part in parts) for key, parts in plan.parts.items()}


# -- what a row may give


def test_every_kind_of_row(tmp_path: Path) -> None:
    rows = (
        "T01-01,jia,60,official,某民2号,,,\n"
        "T01-02,jia,30,official,某民2号,25,2030-10,\n"
        "T01-03,jia,75,official,某民2号,70.5,,\n"
        "T01-04,jia,6,official,某民2号,,,2030-09\n"
        "T01-05,jia,,official,某民2号,,2030-06,\n"
        "T01-06,yi,,reference,测算,,2030-05,\n"
    )
    october, september, june = Period(2030, 10), Period(2030, 9), Period(2030, 6)
    assert given(load_plan(put(tmp_path, HEADER + rows))) == {
        ("T01-01", "jia"): (Part(at_least(60), "official", "某民2号"),),
        ("T01-02", "jia"): (Part(at_least(30), "official", "某民2号", baseline=Fraction(25), due=october),),
        ("T01-03", "jia"): (Part(at_least(75), "official", "某民2号", baseline=Fraction(141, 2)),),
        ("T01-04", "jia"): (Part(at_least(6), "official", "某民2号", start=september),),
        ("T01-05", "jia"): (Part(at_least(1), "official", "某民2号", due=june),),
        ("T01-06", "yi"): (Part(at_least(1), "reference", "测算", due=Period(2030, 5)),),
    }


def test_rows_of_one_unit_stand_in_order_of_time_wherever_they_are_written(tmp_path: Path) -> None:
    rows = "T01-01,jia,40,official,二,,,2030-09\nT01-01,jia,30,official,一,,,\nT01-01,jia,35,official,三,,,2030-04\n"
    plan = load_plan(put(tmp_path, HEADER + rows))
    assert [part.target.value for part in plan.parts["T01-01", "jia"]] == [30, 35, 40]
    beds = plan.indicators["T01-01"]
    in_force = [plan.target_for(beds, "jia", Period(2030, month)) for month in (3, 4, 8, 9)]
    assert [target and target[0].value for target in in_force] == [30, 35, 35, 40]


# -- as people write it


@pytest.mark.parametrize(
    "header",
    [
        ZH,
        "指标名称,单位名称,分解数（张）,性质,文号,基数,完成时间,生效月份\n",
        "Indicator, Unit ,TARGET,basis,source,baseline,due,from\n",
        "2030年任务分解表,,,,,,,\n某市民政局,,,,,,,\n" + ZH,
    ],
)
@pytest.mark.parametrize(
    "row",
    [
        "T01-01,jia,1000,official,某民2号,,2030-10,2030-02",
        "t01-01,甲县,1000张,正式,某民2号,,2030年10月,2030年2月",
        "床位,甲,１０００,正式下达,某民2号,,10月底前,2030/2",
        '床位（张）,330701,"1,000",下达,某民2号,,2030.10,2月',
    ],
)
def test_other_spellings_mean_the_same(header: str, row: str, tmp_path: Path) -> None:
    part = Part(at_least(1000), "official", "某民2号", due=Period(2030, 10), start=Period(2030, 2))
    assert given(load_plan(put(tmp_path, f"{header}{row}\n"))) == {("T01-01", "jia"): (part,)}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_encodings_and_delimiters_mean_the_same(encoding: str, delimiter: str, end: str, tmp_path: Path) -> None:
    text = f"{ZH}T01-01,甲县,60,正式,某民〔2030〕2号,,,\nT01-01,乙县,40,参考,测算,,,\n".replace(",", delimiter)
    plan = load_plan(put(tmp_path, text.replace("\n", end).encode(encoding)))
    assert given(plan) == {
        ("T01-01", "jia"): (Part(at_least(60), "official", "某民〔2030〕2号"),),
        ("T01-01", "yi"): (Part(at_least(40), "reference", "测算"),),
    }


def test_columns_for_the_eye_are_passed_over_and_a_name_is_held_against_its_code(tmp_path: Path) -> None:
    text = "序号,指标编码,指标名称,填报单位,目标值,计量单位,依据,来源,备注\n1,T01-01,{},甲县,60,张,正式,某民2号,重点\n"
    assert told(tmp_path, text.format("床位")) == []
    assert told(tmp_path, text.format("机构")) == ["2:10 MZ784 机构 不是 T01-01 的名称，计划里是 床位"]


# -- what is wrong, all at once


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ("T01-01,甲具,60,official,x,,,", "2:8 MZ784 计划里没有填报单位 甲具"),
        *(
            (f"T01-01,{whole},100,reference,x,,,", f"2:8 MZ784 {whole} 是合计，不是填报单位")
            for whole in ("全市", "合计", "总计", "全市合计", "某市", "某市合计")
        ),
        ("床立,jia,60,official,x,,,", "2:1 MZ784 计划里没有指标 床立"),
        ("T01-01,jia,约60,official,x,,,", "2:12 MZ783 target 不是零或正数：约60"),
        ("T01-01,jia,60家,official,x,,,", "2:12 MZ783 target 不是零或正数：60家"),
        ("T01-01,jia,,official,x,,2030-10,", "2:12 MZ783 target 是空的"),
        ("T01-01,jia,60,官方,x,,,", "2:15 MZ783 basis 不能是 官方"),
        ("T01-01,jia,60,official,x,25,,", "2:26 MZ783 T01-01 是累计量，不从基期值算起"),
        ("T01-02,jia,30,official,x,31,,", "2:26 MZ783 基期值 31 已经超过目标 30"),
        ("T01-02,jia,30,official,x,30,,", "2:26 MZ783 基期值等于目标 30：一开始就完成了"),
        ("T01-02,jia,30,official,x,-1,,", "2:26 MZ783 baseline 不是零或正数：-1"),
        ("T01-03,jia,101,official,x,,,", "2:12 MZ783 target 是 101，超过 100：分子是分母的一部分，比率到不了"),
        ("T01-03,jia,75,official,x,101,,", "2:26 MZ783 baseline 是 101，超过 100：分子是分母的一部分，比率到不了"),
        ("T01-03,jia,0,official,x,,,", "2:12 MZ783 T01-03 是逐单位的要求，0 没有意义"),
        ("T01-04,jia,0,official,x,,,", "2:12 MZ783 T01-04 是逐单位的要求，0 没有意义"),
        ("T01-05,jia,1,official,x,,2030-06,", "2:12 MZ783 T01-05 是里程碑，目标没有数"),
        ("T01-05,jia,,official,x,,,", "2:25 MZ783 T01-05 是里程碑，要写这个单位的完成时限"),
        ("T01-05,jia,,official,x,,6月31日,", "2:25 MZ783 due 不是 2030 年的月份：6月31日"),
        ("T01-01,jia,60,official,x,,2031-06,", "2:27 MZ783 due 不是 2030 年的月份：2031-06"),
        ("T01-01,jia,60,official,x,,,十三月", "2:28 MZ783 from 不是 2030 年的月份：十三月"),
        ("T01-06,jia,1,official,x,,,", "2:8 MZ784 甲县 不填报 T01-06，目标不适用于它"),
        ("T01-07,jia,9,official,x,,2030-06,", "2:26 MZ784 T01-07 的进度是全年保持，不能给一个单位另定时限"),
    ],
)
def test_each_fault_is_told_at_its_cell(row: str, says: str, tmp_path: Path) -> None:
    assert told(tmp_path, f"{HEADER}{row}\n") == [says]


@pytest.mark.parametrize(
    ("cells", "hint"),
    [
        ("2031-06,", "写成 2030-06"),
        ("2029年9月底前,", "写成 2030-09"),
        (",2029-09", "写成 2030-09"),
        (",2031年3月", "写成 2030-03"),
    ],
)
def test_a_month_of_another_year_is_proposed_in_the_plans_own(cells: str, hint: str, tmp_path: Path) -> None:
    (finding,) = check_plan(put(tmp_path, f"{HEADER}T01-01,jia,60,official,x,,{cells}\n"))
    assert finding.hint == hint


def test_all_faults_are_told_in_one_pass(tmp_path: Path) -> None:
    text = f"{ZH}T01-01,丙县,六十,随便,,,,\nT01-09,甲县,1,正式,x,,,\nT01-01,甲县,60,正式,x,,,\nT01-01,甲,50,正式,x,,,\n"
    assert [one.split(" ")[:2] for one in told(tmp_path, text)] == [
        *(["2:8", "MZ784"], ["2:11", "MZ783"], ["2:14", "MZ783"], ["2:17", "MZ783"]),
        *(["3:1", "MZ784"], ["5:1", "MZ785"]),
    ]


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        (("T01-99,jia,60", "T01-99,yi,40", "T01-99,bureau,1"), "2:1 MZ784 计划里没有指标 T01-99（另有 2 行同样）"),
        (("T01-01,丙县,60", "T01-02,丙县,40"), "2:8 MZ784 计划里没有填报单位 丙县（另有 1 行同样）"),
        (("T01-06,jia,1", "T01-06,bureau,1"), "2:8 MZ784 甲县 不填报 T01-06，目标不适用于它（另有 1 行同样）"),
    ],
)
def test_what_has_one_cause_is_told_once_with_all_its_lines(rows: Sequence[str], says: str, tmp_path: Path) -> None:
    text = HEADER + "".join(f"{row},official,x,,,\n" for row in rows)
    assert told(tmp_path, text) == [says]
    (finding,) = check_plan(put(tmp_path, text))
    assert finding.lines == tuple(range(2, len(rows) + 2))


def test_an_example_of_a_month_is_one_that_fits_its_indicator(tmp_path: Path) -> None:
    path = put(tmp_path, f"{HEADER}T01-05,jia,,official,x,,明年,\n")
    path.write_text(PLAN.replace("kind: milestone,", "kind: milestone, report_every: half, due: 2030-06,"))
    assert [one.hint for one in check_plan(path)] == ["写成 2030-06"]


def test_a_guess_is_made_in_the_words_that_were_used(tmp_path: Path) -> None:
    hints = [finding.hint for finding in check_plan(put(tmp_path, f"{HEADER}床立,乙具,60,official,x,,,\n"))]
    assert [hint.split("？")[0] for hint in hints] == ["是不是 床位", "是不是 乙县"]


@pytest.mark.parametrize(
    ("header", "says"),
    [
        ("指标编码,填报单位,目标值,依据,来历\n", "不认识的列 来历"),
        ("指标编码,填报单位,目标值,依据,来源,甲,指标编号\n", "不认识的列 甲"),
        ("指标编码,填报单位,目标值,依据,来源,指标编号\n", "指标编号 和 指标编码 是同一列"),
        ("甲,乙,丙,丁,戊\n", "表头是 甲,乙,丙,丁,戊"),
    ],
)
def test_a_wrong_header_is_told(header: str, says: str, tmp_path: Path) -> None:
    findings = check_plan(put(tmp_path, header))
    assert {finding.rule.code for finding in findings} == {"MZ782"}
    assert says in [finding.message for finding in findings]


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"PK\x03\x04xl/", "这不是 CSV，而是 xlsx"),
        (b"%PDF-1.4", "这不是 CSV，而是 PDF"),
        (f'{ZH}T01-01,甲县,"60,正式,x\n'.encode(), "读不成表格：从这一行起引号没有成对，一直到文件末尾"),
    ],
)
def test_what_is_no_table_is_called_what_it_is(data: bytes, says: str, tmp_path: Path) -> None:
    (finding,) = check_plan(put(tmp_path, data))
    assert (finding.rule.code, finding.message) == ("MZ781", says)


def test_big5_is_named_and_not_read_as_other_characters(tmp_path: Path) -> None:
    rows = "T01-01,甲縣,60,正式,某民〔2030〕2號,,,\n" * 3
    data = (ZH.replace("标", "標") + rows).encode("big5", "replace")
    assert told(tmp_path, data) == ["0:0 MZ703 编码是 Big5（繁体中文）"]


# -- what the rows come to


def test_sums_are_held_against_the_city_from_each_month_on(tmp_path: Path) -> None:
    # 60 + 40 until August, 60 + 50 from September on.
    rows = "T01-01,jia,60,official,x,,,\nT01-01,yi,40,official,x,,,\nT01-01,yi,50,official,y,,,2030-09\n"
    assert told(tmp_path, HEADER + rows) == ["4:1 MZ786 T01-01 从 2030-09 起各单位合计 110，比全市目标 100 多 10"]


@pytest.mark.parametrize(
    ("indicator", "parts", "hint"),
    [
        ("T01-01", (60, 50), "有意加码的可以不管"),
        ("T01-01", (60, 30), "各单位都完成了，全市也完不成"),
        ("T01-10", (15, 10), "各单位都没有超过，全市也会超过"),
        ("T01-10", (10, 5), "有意从严的可以不管"),
    ],
)
def test_what_another_sum_comes_to_is_said_of_floor_and_ceiling(
    indicator: str, parts: tuple[int, int], hint: str, tmp_path: Path
) -> None:
    rows = "".join(
        f"{indicator},{unit},{part},official,x,,,\n" for unit, part in zip(("jia", "yi"), parts, strict=True)
    )
    (finding,) = [each for each in check_plan(put(tmp_path, HEADER + rows)) if each.rule.code == "MZ786"]
    assert finding.hint.endswith(hint)


def test_units_own_targets_are_no_parts_of_anything(tmp_path: Path) -> None:
    assert told(tmp_path, f"{HEADER}T01-03,jia,90,official,x,,,\nT01-03,yi,95,official,x,,,\n") == []


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ("2030-06,2030-09", "2:27 MZ789 T01-01 从 2030-09 起用，完成时限 2030-06 已经过了"),
        ("2030-09,2030-09", None),
        (",2030-12", None),
    ],
)
def test_a_part_that_begins_after_its_due_date_can_never_be_kept(row: str, says: str | None, tmp_path: Path) -> None:
    assert told(tmp_path, f"{HEADER}T01-01,jia,30,official,x,,{row}\n") == ([says] if says else [])


def test_a_unit_whose_way_has_no_start_is_named(tmp_path: Path) -> None:
    rows = "T01-02,jia,30,official,x,25,,\nT01-02,yi,30,official,x,,,\n"
    assert told(tmp_path, HEADER + rows) == [
        "3:1 MZ787 T01-02 从基期值 52 算起，乙县没有自己的基期值：2030-12 到期以前不判断快慢，到期才考核"
    ]


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ("T01-08,jia,40,official,x,50,,", ["2:26 MZ750 基期值 50 不参与计算：T01-08 的目标是约40，不从它算起"]),
        ("T01-10,jia,9,official,x,8,,", ["2:25 MZ750 基期值 8 不参与计算：T01-10 的目标是≤9，不从它算起"]),
        ("T01-10,jia,9,official,x,20,,", []),
    ],
)
def test_a_baseline_from_which_nothing_is_counted_is_said_to_be_none(row: str, says: list[str], tmp_path: Path) -> None:
    """As it is of the plan's own: the way to an `about` starts nowhere, and the one to a ceiling above it."""
    assert told(tmp_path, HEADER + row) == says


def test_baselines_add_up_to_the_citys(tmp_path: Path) -> None:
    rows = "T01-02,jia,30,official,x,25,,\nT01-02,yi,30,official,x,26,,\n"
    assert told(tmp_path, HEADER + rows) == ["2:1 MZ788 T01-02 各单位基期值合计 51，全市基期值是 52"]
    assert told(tmp_path, HEADER + rows.replace(",26,", ",27,")) == []


# -- written again


def test_a_file_written_again_gives_the_same_parts(tmp_path: Path) -> None:
    rows = (
        "T01-02,jia,30,official,某民2号,25,2030-10,\nT01-02,yi,30,official,某民2号,27,,\n"
        "T01-01,jia,60,official,甲,,,\nT01-01,jia,55,official,乙,,,2030-09\n"
        "T01-05,jia,,official,某民2号,,2030-06,\nT01-06,yi,,reference,测算,,2030-05,\nT01-04,jia,6,reference,测算,,,\n"
    )
    plan = load_plan(put(tmp_path, HEADER + rows))
    written = breakdown_file(plan, plan.parts)
    assert given(load_plan(put(tmp_path, written))) == given(plan)
    assert written.decode("utf-8-sig").splitlines()[0] == HEADER.strip()


def test_columns_that_nobody_needs_are_not_written(tmp_path: Path) -> None:
    plan = load_plan(put(tmp_path, f"{HEADER}T01-01,jia,60,official,x,,,\n"))
    assert breakdown_file(plan, plan.parts).decode("utf-8-sig").splitlines()[0] == "indicator,unit,target,basis,source"


def test_nothing_is_given_of_a_milestone_with_nodes(tmp_path: Path) -> None:
    """A date for it would be refused, and was asked for."""
    path = put(tmp_path, f"{HEADER}T01-05,jia,,official,x,,,\n")
    nodes = "kind: milestone, schedule: {2030-06: 50, 2030-12: 100}, source"
    path.write_text(path.read_text().replace("kind: milestone, source", nodes))
    (finding,) = check_plan(path)
    assert (finding.rule.code, finding.hint) == ("MZ783", "删去这一行")
