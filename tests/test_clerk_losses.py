"""Nothing that a clerk has filled in is lost, by a repair or in silence, whatever else the row or the sheet says."""

import csv
import io
import re
from collections.abc import Sequence
from itertools import cycle, product
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from conftest import dear, few, run
from mzplan.diagnostics import Diagnostic, show
from mzplan.submissions.repair import read_rows, repair
from test_clerk import PLAN, ROOT, Rows, checked, october, project, put, written

__all__ = ["project"]

pytestmark = pytest.mark.untraced

PLAN_FILE = ROOT / "plan" / "2023.yaml"

JUNK = (
    *("######", "#REF!", "#N/A", "#", "# 9", "//", "注：2023-10", "合计", "小计", "全市合计", "填表人：张三", "total"),
    *("任务5", "2023-10", "", "Sep-23", "说明:见下"),
)


def records(rows: Sequence[Sequence[str]]) -> list[tuple[str, ...]]:
    """Of each row that names an indicator of the plan and holds a figure: its code and its figures."""
    return [(row[2], *row[4:7]) for row in rows if row[2] in PLAN.indicators and any(row[4:7])]


def told_and_mended(project: Path, rows: Rows) -> tuple[list[Diagnostic], Rows]:
    """What is told, but that the figures are September's, and what a repair leaves."""
    data = written(rows).encode()
    told = checked(project, data).diagnostics
    found = repair(data, told)
    after = list(csv.reader(io.StringIO((found.data if found else data).decode("utf-8-sig"))))
    return [each for each in told if each.rule.code != "MZ511"], after


def mended(project: Path, rows: Rows) -> Rows:
    return told_and_mended(project, rows)[1]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.tuples(st.integers(1, 68), st.sampled_from([0, 1, 3, 7, 8]), st.sampled_from(JUNK)), max_size=6),
    st.integers(0, 8),
)
def test_no_repair_takes_out_a_row_that_names_an_indicator_and_holds_a_figure(
    project: Path, odd: list[tuple[int, int, str]], header_at: int
) -> None:
    rows = october()
    for row, cell, text in odd:
        rows[row][cell] = text
    rows.insert(header_at, rows.pop(0))
    assert records(mended(project, rows)) == records(rows)


@pytest.mark.parametrize(
    ("field", "text", "said"),
    [
        ("period", "######", "MZ201 “######”列太窄，没有显示出来"),
        ("period", "#REF!", "MZ201 “#REF!”公式出错"),
        ("period", "注：2023-10", "MZ201 “注：2023-10”不是报告期"),
        ("unit", "#N/A", "MZ302 “填报单位”一栏的“#N/A”公式出错"),
        ("unit", "小计", "MZ302 计划中没有填报单位“小计”"),
        ("indicator", "#REF!", "MZ301 “指标编码”一栏的“#REF!”公式出错（名称写的是“新增认知障碍照护专区床位”）"),
        ("name", "合计", "MZ304 T05-03 是“新增认知障碍照护专区床位”，这里写的是“合计”"),
        ("value", "####", "MZ212 “完成值”一栏的“####”列太窄，没有显示出来"),
    ],
)
def test_a_record_with_a_broken_cell_is_told_at_that_cell(project: Path, field: str, text: str, said: str) -> None:
    rows = october()
    put(field, text, "T05-03")(rows)
    (found,) = checked(project, written(rows).encode()).diagnostics[:1]
    assert f"{found.rule.code} {found.message}" == said


def test_records_above_the_header_are_told_and_kept(project: Path) -> None:
    rows = october()
    rows.insert(5, rows.pop(0))
    ((found,), _) = told_and_mended(project, rows)
    assert (found.rule.code, found.message) == (
        "MZ157",
        "表头在第6行，上面有 5 行填报记录，这些行没有采用",
    )


@pytest.mark.parametrize(
    ("title", "said"),
    [
        ("义乌市2023年9月民政重点工作填报表", "表上写的是“2023年9月”，应是2023-10"),
        ("2023年1—9月", "表上写的是“2023年1—9月”，应是2023-10"),
        ("2022年10月", "表上写的是“2022年10月”，应是2023-10"),
        ("永康市2023年10月填报表", "表上写的是“永康市”，应是义乌市"),
        ("二〇二三年九月报表", "表上写的是“2023年9月”，应是2023-10"),
        ("2023-09 报表", "表上写的是“2023-09”，应是2023-10"),
        ("2023年三季度报表", "表上写的是“三季度”，应是2023-10"),
        ("截止日期：2023年9月30日", "表上写的是“截止日期:2023年9月30日”，应是2023-10"),
        ("填报表（2023.9.30）", "表上写的是“2023.9.30”，应是2023-10"),
        ("2023年上半年报表", "表上写的是“上半年”，应是2023-10"),
        ("2022年民政重点工作", "表上写的是“2022年”，应是2023-10"),
        ("金额单位：元", "表上写的是“金额单位:元”，应是计划规定的计量单位"),
        ("2023年10月情况表（元）", "表上写的是“(元)”，应是计划规定的计量单位"),
        ("2023年10月（单位：千人）", "表上写的是“(单位:千人)”，应是计划规定的计量单位"),
    ],
)
def test_a_title_that_says_otherwise_is_told_and_stays(project: Path, title: str, said: str) -> None:
    rows = october()
    rows.insert(0, [title, *[""] * 8])
    (found,), after = told_and_mended(project, rows)
    assert (found.rule.code, found.message) == ("MZ158", said)
    assert after[0][0] == title


@pytest.mark.parametrize(
    "title",
    [
        "义乌市民政局2023年1-10月填报表（单位：万元）",
        "金华市2023年民政重点工作，10月份",
        "填报单位：义乌市  填报日期：2023年11月3日",
        "报送时间：2023年11月",
        "填报表（2023.11.3）",
        "统计时间：2023年1月1日至10月31日",
        "sep=",
    ],
)
def test_a_title_that_says_the_same_is_taken_off(project: Path, title: str) -> None:
    rows = october()
    rows.insert(0, [title, *[""] * 8])
    (found,), after = told_and_mended(project, rows)
    assert found.rule.code == "MZ131"
    assert after == rows[1:]


OTHERWISE = [
    (["填报单位：永康市"], "表上写的是“永康市”，应是义乌市"),
    (["永康市"], "表上写的是“永康市”，应是义乌市"),
    (["东阳市合计", "", "", "", "12"], "表上写的是“东阳市”，应是义乌市"),
    (["以下为永康市数据"], "表上写的是“永康市”，应是义乌市"),
    (["注：以上为永康市数据"], "表上写的是“永康市”，应是义乌市"),
    (["本表由永康市民政局填报"], "表上写的是“永康市”，应是义乌市"),
    (["永康市2023年10月民政重点工作指标完成情况表"], "表上写的是“永康市”，应是义乌市"),
    (["永康市2023年10月民政快览统计表"], "表上写的是“永康市”，应是义乌市"),
    (["2023年9月"], "表上写的是“2023年9月”，应是2023-10"),
    (["注：以上为2023年9月数"], "表上写的是“2023年9月”，应是2023-10"),
    (["数据截至2023年9月30日"], "表上写的是“截至2023年9月30日”，应是2023-10"),
    (["截止日期：2023年9月30日"], "表上写的是“截止日期:2023年9月30日”，应是2023-10"),
    (["统计时间：9月"], "表上写的是“9月”，应是2023-10"),
    (["统计时间：11月"], "表上写的是“11月”，应是2023-10"),
    (["填报日期：2023年9月28日"], "表上写的是“2023年9月28日”，应是2023-10"),
    (["日期：2022年11月3日"], "表上写的是“2022年11月3日”，应是2023-10"),
    (["以上数据为上半年数"], "表上写的是“上半年”，应是2023-10"),
    (["单位：元"], "表上写的是“单位:元”，应是计划规定的计量单位"),
    (["注：金额以元为单位"], "表上写的是“以元为单位”，应是计划规定的计量单位"),
]
PLACES = (1, 30, 69)


@few(("given", "at"), product(OTHERWISE, PLACES), zip(OTHERWISE, cycle(PLACES)))
def test_a_line_that_says_otherwise_is_told_and_stays_wherever_it_stands(
    project: Path, given: tuple[list[str], str], at: int
) -> None:
    line, said = given
    rows = october()
    rows.insert(at, [*line, *[""] * (9 - len(line))])
    (found,), after = told_and_mended(project, rows)
    assert (found.rule.code, found.lines, found.message) == ("MZ158", (at + 1,), said)
    assert after == rows


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("9月起按新口径统计", "MZ161"),
        ("2022年9月起纳入统计", "MZ161"),
        ("自9月起统计扩大到村", "MZ161"),
        ("截至9月末，义乌市已完成135人", "MZ160"),
        ("截至9月底，新建站点3个", "MZ160"),
        ("截至9月末，全市完成68项指标", "MZ161"),
        ("以上为9月起累计数", "MZ158"),
        ("截至9月30日，以上共68项", "MZ158"),
    ],
)
def test_since_when_something_holds_is_no_month_of_the_table(project: Path, line: str, code: str) -> None:
    """Obeyed, 改正这几个字 would have made them say what is not so."""
    (found,), after = told_and_mended(project, rows := [*october(), [line, *[""] * 8]])
    assert (found.rule.code, after) == (code, rows)


@pytest.mark.parametrize(
    ("line", "right"),
    [
        ("义乌市2023年9月报表", "义乌市2023年10月报表"),
        ("数据截至9月末", "数据截至10月末"),
        ("单位：元", "单位：万元"),
        ("永康市", "义乌市"),
        ("以上为9月数", "以上为10月数"),
        ("注：9月数据", "注：10月数据"),
        ("本表由永康市填报", "本表由义乌市填报"),
    ],
)
def test_words_are_to_be_put_right_where_their_line_is_good_then(project: Path, line: str, right: str) -> None:
    (found,), _ = told_and_mended(project, [*october(), [line, *[""] * 8]])
    rest, _ = told_and_mended(project, [*october(), [right, *[""] * 8]])
    is_good = all(each.rule.fixable for each in rest)
    assert found.rule.code == "MZ158"
    assert (found.hint == "先核对各行的数，再改正这几个字。") == is_good
    assert is_good or "自己删去这一行" in str(found.hint)


@pytest.mark.parametrize(
    ("line", "right", "is_good"),
    [
        ("义乌市2023年9月报表", "义乌市2023年10月报表", True),
        ("永康市2023年10月报表", "义乌市2023年10月报表", True),
        ("永康2023年9月报表", "义乌市2023年10月报表", True),
        ("义乌市二〇二三年九月报表", "义乌市2023年10月报表", True),
        ("义乌市2023年10月报表 单位：元", "义乌市2023年10月报表", True),
        ("义乌市2023年9月报表，数据为暂估", "义乌市2023年10月报表，数据为暂估", False),
    ],
)
def test_words_of_a_title_are_to_be_put_right_where_it_is_plain_then(
    project: Path, line: str, right: str, *, is_good: bool
) -> None:
    hints = [
        "先核对各行的数，再改正这几个字；旁边别的话和数，要说明的写到“说明”里，自己删去。",
        "先核对各行的数，再改正这几个字。",
    ]
    told, _ = told_and_mended(project, [[line, *[""] * 8], *october()])
    rest, _ = told_and_mended(project, [[right, *[""] * 8], *october()])
    assert {(each.rule.code, each.hint) for each in told if not each.rule.fixable} == {("MZ158", hints[is_good])}
    assert all(each.rule.fixable for each in rest) == is_good


ASIDES = [
    "备注：磐安县数据另行报送",
    "注：不含东阳市托管人员",
    "注：武义县划入人员已计入",
    "本表由武义县统计局提供模板",
    "附件：2023年9月报表存档",
    "数据来源：民政业务系统 2023年9月导出",
    "备注：上次报表二〇二三年九月已寄",
    "如有疑问请联系武义县民政局李四",
    "上年同期（2022年10月）数据见附表",
    "注：较2023年9月增长一成",
    "说明：与2023年9月数相比无变化",
    "磐安县民政局代为汇总",
    "本表模板：武义县民政局提供",
    "附：2023年8月样表",
    "附件：2022年12月年报口径",
    "编者按：武义县另算",
    "其余按武义县的办法",
]
"""Lines that name another unit or month, and do not say that the figures are its."""


@pytest.mark.parametrize("at", [0, 69])
@pytest.mark.parametrize("apart", [1, 3])
def test_a_remark_in_the_cell_beside_its_label_is_no_record(project: Path, apart: int, at: int) -> None:
    rows = october()
    rows.insert(at, (["备注", *[""] * (apart - 1), "磐安县数据另行报送"] + [""] * 8)[:9])
    found, after = told_and_mended(project, rows)
    assert [(each.rule.code, each.lines) for each in found] == [("MZ161", (at + 1,))]
    assert after == rows


@pytest.mark.parametrize("at", [0, 1, 69])
@pytest.mark.parametrize("line", ASIDES)
def test_a_remark_about_another_unit_or_month_is_told_as_words(project: Path, line: str, at: int) -> None:
    """To put this unit's name in its place would make a true remark false."""
    rows = october()
    rows.insert(at, [line, *[""] * 8])
    found, after = told_and_mended(project, rows)
    assert [(each.rule.code, each.lines) for each in found] == [("MZ161", (at + 1,))]
    assert after == rows


@pytest.mark.parametrize(
    ("line", "figure"),
    [
        (["说明：T05-03更正为", "", "", "", "255"], "255"),
        (["另：T05-03 实为 255"], "255"),
        (["备注：更正为二百五十五"], "二百五十五"),
        (["任务1", "", "", "", "已完成"], "已完成"),
        (["任务1", "", "", "", "12"], "12"),
        (["任务1小计", "", "", "", "", "12", "30"], "12"),
        (["合计", "", "", "", "300"], "300"),
        ([f"注：{'长' * 600}"], f"注:{'长' * 18}…"),
    ],
)
def test_a_line_that_holds_a_figure_is_one_finding_and_stays(project: Path, line: list[str], figure: str) -> None:
    rows = [*october(), [*line, *[""] * (9 - len(line))]]
    (found,), after = told_and_mended(project, rows)
    name = "“合计”" if line[0] == "合计" else ""
    message = f"{name}这一行不是填报记录，却写着“{figure}”，没有采用"
    said = found.message.partition("：本栏")[0]
    assert (found.rule.code, found.lines, said) == ("MZ160", (70,), message)
    assert after == rows


@pytest.mark.parametrize(
    "line",
    [
        "附件：1.佐证材料；2.照片",
        "T05-04按省厅口径统计",
        "2.T17-07按上级口径",
        "注：T02-03 已完成",
        "注：新增认知障碍照护专区床位已核实",
        "T05-04",
    ],
)
@pytest.mark.parametrize("is_above", [True, False])
def test_a_code_a_name_and_an_ordinal_are_words_and_no_figure(project: Path, line: str, is_above: bool) -> None:
    rows = october()
    rows.insert(0 if is_above else len(rows), [line, *[""] * 8])
    (found,), after = told_and_mended(project, rows)
    assert (found.rule.code, after) == ("MZ161", rows)


def test_a_title_that_holds_a_figure_is_told_and_stays(project: Path) -> None:
    rows = [["2023年10月民政重点工作（T05-03 更正为 255）", *[""] * 8], *october()]
    (found,), after = told_and_mended(project, rows)
    assert (found.rule.code, found.message) == ("MZ160", "这一行不是填报记录，却写着“255”，没有采用")
    assert after == rows


@pytest.mark.parametrize(
    "line",
    [
        ["填表人：张三  2023年11月3日"],
        ["制表：民政局", "", "2023年11月", "", "审核人：李四"],
        ["联系电话：", "0579-85123456"],
        ["注：见义民〔2023〕18号文件"],
        ["12月底前完成的任务"],
        ["", "", "", "一、社会救助"],
        ["T05 养老服务"],
        ["义乌市"],
        ["2023年10月"],
        ["（单位：万元）"],
        ["以上数据真实有效"],
        ["本表数据均真实、准确、完整。"],
        ["数据均为累计数"],
        ["经办科室：养老服务科"],
        ["抄送：市局办公室、养老服务科"],
        ["数据来源：省民政信息系统"],
        ["——完——"],
        ["QQ：12345678"],
        ["注：以上数据均为累计数"],
        ["本表数据截至2023年10月31日"],
        ["本表一式两份"],
        ["填报说明：累计量填1月1日以来累计数"],
        ["累计量：填1月1日以来的累计数，不是当月数。"],
        ["说明：以上数据已经局领导审核"],
        ["以上数据已审核"],
        ["本表由各县（市、区）民政局填报，每月10日前报送"],
        ["说明：本表由各县（市、区）民政局填报"],
        ["打印日期：2023-11-03"],
        ["说明：1.本表由民政局填报；2.以上数据均为累计数。"],
        ["编制单位：义乌市民政局"],
        ["义乌市民政局制"],
        ["密级：内部"],
        ["义民〔2023〕18号"],
        ["表号：金民统1表  有效期至：2024年1月"],
        ["单位：见计量单位"],
        ["注：累计数从1月1日起计算"],
        ["注：累计数为1月1日以来的数"],
        ["本表由各乡镇（街道）民政办填报"],
        ["填表说明：本表由各镇（街道）民政办填报，于每月5日前报送"],
        ["本表一式两份，报市民政局规划处"],
        ["抄送：磐安县民政局"],
        ["注：本表报市民政局社会救助处，抄送磐安县民政局"],
        ["发送：永康市、兰溪市、武义县民政局"],
        ["备注"],
        ["说明", "以上数据均属实"],
        ["注：1.本表每月3日前报送。2.累计数均从年初开始统计至报告期末。"],
        ["注：以上数据截至10月31日"],
        ["备注：以上数据截至2023年10月底"],
        ["说明：以上均为累计数"],
        ["说明：完成值为累计数，不是当月数。"],
        ["本表各项数据统计时间：2023年1月1日至2023年10月31日"],
        ["以上数据均为1月1日以来累计数，真实准确"],
        ["数据截止日期为2023-10-31"],
    ],
)
def test_a_line_that_holds_no_figure_is_one_finding_and_goes(project: Path, line: list[str]) -> None:
    rows = [*october(), [*line, *[""] * (9 - len(line))]]
    (found,), after = told_and_mended(project, rows)
    assert found.rule.takes_out
    assert after == october()


SENTENCES = [
    *("以上数据为10月当月数", "金额以元计", "均按元填报", "本表数据为暂估数", "分子分母填反", "单位均为人次"),
    *("单位均为万", "注：计划12月完成验收", "# 草稿", "审核人：按元填", "填表人：暂估数", "说明：本表为初步数"),
    *("注：口径为常住人口", "注：本月无变化", "以上为新增数", "合计 以元计", "本表为10月份增量", "10月新增情况"),
    *("完成值为百分比", "（当月）", "数据未核实", "金华市民政重点工作（未审核）", "以上为去年同期数"),
    *("各项数据由系统导出", "累计数从7月1日起", "从1月起新增指标", "注：每月3日前报送暂估数"),
    *("累计数从1月1日起，9月底止", "以上数据截至9月30日", "完成值为当月数，不是累计数", "累计数从2022年1月1日起"),
    *("以上均为7—10月累计数", "以上均为累计数，除T05外", "以上数据截至10月31日，为暂估数", "以上为2022年累计数"),
    *("完成值为累计数，金额以元计", "本期数", "单位错", "表内为时点数", "以上均为累计数减上月", "测试数据", "样表"),
    *("审核人：金额元", "制表：金按元", "审核人：数据暂估", "不含婺城区", "含开发区", "不含金华开发区数据"),
    *("仅统计民办机构", "未完成", "不报", "报错", "以上数据均真实，除T05外为暂估", "数据来源：2022年台账"),
    *("抄送：金额以元计", "数据均为累计数减上月数", "累计数为当月数", "累计数为1月1日以来的暂估数"),
    *(
        "说明：数据为当月数",
        "累计量填当月数",
        "累计量填2月1日以来累计数",
        "以上数据未经局领导审核",
        "以上数据已核实有误",
    ),
    *("以上数据已经局领导审核，为当月数", "本表由各县（市、区）民政局填报，数据为当月数"),
]
"""Lines of which some word may speak of the figures: what they are, in what, of when, how sure."""


@pytest.mark.parametrize("is_title", [False, True])
@pytest.mark.parametrize("line", SENTENCES)
def test_a_line_that_may_speak_of_the_figures_is_told_and_stays(project: Path, line: str, *, is_title: bool) -> None:
    rows = [[line, *[""] * 8], *october()] if is_title else [*october(), [line, *[""] * 8]]
    found, after = told_and_mended(project, rows)
    assert not any(each.rule.takes_out for each in found)
    assert {each.rule.code for each in found} & {"MZ158", "MZ160", "MZ161"}
    assert after == rows


def test_such_a_line_is_told_with_what_to_do_first(project: Path) -> None:
    rows = [*october(), ["注：以上数据为10月当月数", *[""] * 8]]
    ((found,), _) = told_and_mended(project, rows)
    assert (found.rule.code, found.lines, found.message, found.hint) == (
        "MZ161",
        (70,),
        "这一行不是填报记录，写着“注:以上数据为10月当月数”，没有采用",
        "说的是数怎么填的，先按它把各行的数改正；说的是某项指标的，写到那一行的“说明”里；然后自己删去这一行。",
    )


@pytest.mark.parametrize("at", [1, 4])
def test_a_total_goes_only_where_it_is_the_sum_of_its_column(project: Path, at: int) -> None:
    rows = [row for row in october() if row[2] in ("指标编码", "T05-03", "T05-04")]
    for row, figure in zip(rows[1:], ("190", "1,41"), strict=True):
        row[4] = figure.replace(",", "")
    rows.insert(min(at, len(rows)), ["合计", "", "", "", "331", "", "", "", ""])
    assert mended(project, rows) == [row for row in rows if row[0] != "合计"]
    for row in rows:
        row[4] = "332" if row[0] == "合计" else row[4]
    assert mended(project, rows) == rows
    told = [each.message for each in checked(project, written(rows).encode()).diagnostics if each.rule.code == "MZ160"]
    assert told == ["“合计”这一行不是填报记录，却写着“332”，没有采用：本栏各行之和是 331"]


@pytest.mark.parametrize(
    "line", [["合计"], ["合  计", *[""] * 4, "331"], ["任务5"], ["一、养老服务"], ["填报人：张三"]]
)
def test_what_stands_under_a_column_of_numbers_is_no_record(project: Path, line: list[str]) -> None:
    """序号 stands before our columns, and there a total, a heading or a signature begins."""
    rows = [row for row in october() if row[2] in ("指标编码", "T05-03", "T05-04")]
    for row, figure in zip(rows[1:], ("190", "141"), strict=True):
        row[4] = figure
    table = [[str(at) if at else "序号", *row] for at, row in enumerate(rows)]
    assert mended(project, [*table, [*line, *[""] * (10 - len(line))]]) == table


def test_a_row_that_holds_but_its_number_is_as_a_blank_one(project: Path) -> None:
    """序号 is filled down further than the table; a number under any other heading is asked about."""
    for heading, codes in (("序号", set()), ("口径", {"MZ160"})):
        table = [[str(at) if at else heading, *row] for at, row in enumerate(october())]
        before = {each.rule.code for each in checked(project, written(table).encode()).diagnostics}
        table.append([str(len(table)), *[""] * 9])
        found = {each.rule.code for each in checked(project, written(table).encode()).diagnostics}
        assert found - before == codes


LINES = st.sampled_from(
    [
        *("填表人：张三", "任务1", "合计", "注：见附件", "# 草稿", "注：更正为 255", "填报单位：永康市"),
        "一、社会救助",
        *("T05-03", "小计：12", "1", "（必填）", "说明：\n第二行", "\x1b[31m注", "注：\u202e"),
    ]
)


@dear(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.integers(0, 9), st.lists(LINES, min_size=1, max_size=3)), min_size=1, max_size=5))
def test_nothing_is_taken_out_that_is_not_printed(
    project: Path, capfd: pytest.CaptureFixture[str], odd: list[tuple[int, list[str]]]
) -> None:
    rows = october()[:10]
    for at, line in odd:
        rows.insert(at, [*line, *[""] * (9 - len(line))])
    path = project / "data/2023-10/yiwu.csv"
    path.write_text(written(rows), "utf-8")
    options = (path, "--plan", PLAN_FILE, "--data", project / "data", "--today", "2023-11-05")
    run("check", "--diff", *options)
    shown = capfd.readouterr().out
    run("check", "--fix", *options)
    printed = capfd.readouterr().err
    gone = {int(line) for line in re.findall("第([0-9]+)行已去掉：", printed)}
    before = read_rows(written(rows)) or []
    kept = [tuple(cell.value for cell in row.cells) for row in before if row.line not in gone]
    assert kept == [tuple(row) for row in csv.reader(io.StringIO(path.read_text("utf-8")))]
    parts = [part for row in before if row.line in gone for cell in row.cells for part in cell.value.split("\n")]
    assert all(show(part, 500) in printed and show(part, 500) in shown for part in parts)


def test_a_heading_in_another_measure_is_told_and_stays(project: Path) -> None:
    rows = october()
    rows[0][4] = "完成值（元）"
    (found,), after = told_and_mended(project, rows)
    assert (found.rule.code, found.message) == ("MZ158", "表上写的是“完成值（元）”，应是计划规定的计量单位")
    assert after == rows


@pytest.mark.parametrize("is_above", [False, True])
def test_a_subtotal_goes_where_it_is_the_sum_of_its_group(project: Path, is_above: bool) -> None:
    header, *rows = [row for row in october() if row[2] in ("指标编码", "T05-03", "T05-04", "T05-05", "T16-07")]
    for row, figure in zip(rows, (190, 141, 12, 21), strict=True):
        row[4] = str(figure)
    sums = [["小计", "", "", "", str(figure), "", "", "", ""] for figure in (331, 33)]
    groups = [rows[:2], rows[2:]]
    parts = [[sum_, *group] if is_above else [*group, sum_] for sum_, group in zip(sums, groups, strict=True)]
    total = ["合计", "", "", "", "364", "", "", "", ""]
    assert mended(project, [header, *parts[0], *parts[1], total]) == [header, *rows]
    sums[1][4] = "32"
    kept = mended(project, [header, *parts[0], *parts[1], total])
    assert kept == [header, *(row for part in parts for row in part if row != sums[0])]
