"""A note clears a finding by a cause in the world or a correction of earlier figures; an admission confirms it."""

import re

import pytest

from mzplan.check.run import run_checks
from mzplan.submissions.reasons import admits, explains
from mzplan.submissions.sources import Source
from rule_examples import HEADER, PLAN

ADMISSIONS = [
    # the month's in place of the total
    *(
        "当月数",
        "本月数",
        "9月当月数",
        "当月新增数",
        "填的是本月数",
        "填报当月",
        "这个数是当月的",
        "只填了当月",
        "本月发生数",
        "单月数",
    ),
    *(
        "非累计",
        "不是累计数",
        "没有按累计填",
        "9月新增数",
        "本季度数",
        "沿用上月",
        "本月新增",
        "本月新增12张",
        "本月完成",
        "本月实际完成数",
    ),
    # in another measure unit
    *(
        "按元",
        "以元计",
        "单位为元",
        "单位：元",
        "单位是元",
        "元",
        "未换算成万元",
        "没有换算",
        "单位弄错了",
        "填的百分数",
        "按人填",
    ),
    # a mistake
    *(
        "填错了",
        "误填",
        "数字写错",
        "手误",
        "多打了一个0",
        "录入错误",
        "数据有误",
        "错了",
        "应为累计数",
        "应为177.5",
        "typo",
        "this is wrong",
    ),
    # still to be checked
    *(
        "待核实",
        "待核",
        "待进一步核对",
        "有误，待更正",
        "下月更正",
        "请更正",
        "暂估",
        "估算数",
        "大概数",
        "此数尚未核实",
        "先填这个数",
    ),
    # whatever else is said
    *("按元填报，因项目集中验收", "当月数，新院投用", "单位：元（项目集中验收）", "新院投用，待核实"),
]
REASONS = [
    *(
        "项目集中验收",
        "新机构投用",
        "新院投用180张",
        "辖区内没有养老机构",
        "城区重新划定",
        "口径调整",
        "资金到位",
        "两镇合并",
        "本月底前竣工",
    ),
    *(
        "本月新增120张，新院投用",
        "本月新增3家机构集中投用",
        "成绩9月公布，当月集中计入",
        "预计年底投用，已验收",
        "第一批扶持资金3月集中下达",
    ),
    # an earlier figure was of the wrong kind, or has been corrected
    *(
        "数据更正：上月多报",
        "更正：2月误计在建床位",
        "更正以前误计",
        "上月误填",
        "2月按元填，现改为万元",
        "上月填的是当月数",
        "上次多写了一个0",
    ),
    *(
        "上月漏报，含上月新增",
        "前期统计错误",
        "7月重复登记，现核减",
        "经复核，7月重复登记38人次，本月更正",
        "录入错误已更正",
    ),
    # denied
    *("不是填错，新院投用", "没有误填，项目集中验收"),
]


@pytest.mark.parametrize("note", ADMISSIONS)
def test_an_admission_is_no_reason(note: str) -> None:
    assert admits(note)
    assert not explains(note)


@pytest.mark.parametrize("note", REASONS)
def test_a_cause_or_a_correction_is_one(note: str) -> None:
    assert explains(note)
    assert not admits(note)


@pytest.mark.parametrize("note", ["", "无", "同上", "属实", "确是累计数", "数据无误", "10月"])
def test_what_says_nothing_is_neither(note: str) -> None:
    assert not explains(note)
    assert not admits(note)


@pytest.mark.parametrize("note", [f"{a}，{b}" for a in ("当月数", "按元", "填错了", "待核实") for b in REASONS[:5]])
def test_no_cause_makes_an_admission_a_reason(note: str) -> None:
    assert not explains(note)


FALL, UNIT = ("T01-01", "20", "12"), ("T01-05", "250", "2600000")


@pytest.mark.parametrize(
    ("code", "before", "now", "rule"), [(*FALL, "MZ501"), (*UNIT, "MZ507"), ("T01-03", "296/362", "82/100", "MZ507")]
)
@pytest.mark.parametrize(
    "note", ["当月数", "按元", "填错了", "本月新增", "单位为元", "误填", "待核实", "新院投用", "同上"]
)
def test_an_admission_is_quoted_as_confirming_the_finding(
    code: str, before: str, now: str, rule: str, note: str
) -> None:
    cells = [
        figures.replace("/", ",").rjust(len(figures) + 1, ",") if "/" in figures else f"{figures},,"
        for figures in (before, now)
    ]
    rows = (f"2031-02,青山县,{code},,{cells[0]},,", f"2031-03,青山县,{code},,{cells[1]},{note},")
    found = run_checks(PLAN, [Source.of_bytes("示例.csv", "\n".join((HEADER, *rows, "")).encode())]).diagnostics
    quoted = [re.findall("；“说明”写的“(.*)”印证了这一点$", each.message) for each in found if each.rule.code == rule]
    assert quoted == ([] if note == "新院投用" else [[]] if note == "同上" else [[note]])
