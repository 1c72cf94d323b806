"""A note that says otherwise than the parts, the zero or the stage beside it is asked about; what is sound is not."""

import re
from pathlib import Path

import pytest

from conftest import through
from mzplan.plan.load import load_plan
from rule_examples import of_notes

PLAN = load_plan(Path(__file__).parent.parent / "plan" / "2023.yaml")
STATIONS, TRAINING, MEALS, CARE = "T03-03,,16,16", "T02-06,,220,262", "T05-06,,271,359", "T05-07,,10,18"
WORKERS, GRADES, LAW = "T12-05,,501,275164", "T14-10,,44,423", "T30-04,,16,17"
ACCIDENTS, CHEATING, GRAVES, TRUST, BEDS = "T29-05,0,,", "T32-12,0,,", "T20-07,1,,", "T16-09,42.1,,", "T05-03,40,,"
READY, OPEN, BEGUN, NOT_BEGUN = "T29-06,已完成,,", "T22-03,推进中,,", "T12-03,推进中,,", "T12-03,未启动,,"


def said(cells: str, note: str, unit: str = "义乌市") -> list[str]:
    """The codes of what the rules about notes say of a record of September."""
    code, figures = cells.split(",", 1)
    row = f'2023-09,{unit},{code},,{figures},"{note}",https://example.org/1'
    return [each.rule.code for each in of_notes(row, PLAN)]


OTHERWISE = [
    *((STATIONS, note) for note in ("还有2个乡镇未建", "还差2个乡镇", "2个乡镇尚未建")),
    *((LAW, note) for note in ("尚有5项未纳入",)),
    *((TRAINING, note) for note in ("已全员培训", "覆盖率95%")),
    *((MEALS, note) for note in ("覆盖率已达95%", "城乡社区总数已增至500个")),
    *((CARE, note) for note in ("累计18个全覆盖", "已全覆盖")),
    *((WORKERS, note) for note in ("在岗社工620人",)),
    *((GRADES, note) for note in ("其中4A以上60家",)),
    *((ACCIDENTS, note) for note in ("1起，已整改", "本月1起", "1起")),
    (CHEATING, "1起，已查处"),
    (GRAVES, "年内新建2处"),
    (TRUST, "备案金额421元"),
    *((BEDS, note) for note in ("另有12张尚未投用，暂计入", "去年同期结转5张一并计入")),
    (NOT_BEGUN, "初稿已完成，正在征求意见"),
]
SOUND = [
    *((STATIONS, note) for note in ("累计16个全覆盖", "还有3个村级点未建", "2个乡镇站点提升改造中")),
    *((LAW, note) for note in ("尚有1项未纳入", "尚有1项未纳入，10月完成", "另有5项不属于双随机事项")),
    *((TRAINING, note) for note in ("全员培训计划10月完成", "还有42人未参训", "覆盖率84.0%", "共举办培训班3期")),
    *((TRAINING, note) for note in ("10月已全员培训", "在岗262人", "有20人未通过考试")),
    *(
        (MEALS, note)
        for note in ("覆盖率75.5%", "满意率95%", "尚有20个偏远村未覆盖", "城乡社区总数359个", "拟增至500个")
    ),
    *((CARE, note) for note in ("年底实现全覆盖", "已建10个，还有8个未建", "养老机构18家全部签约")),
    *((WORKERS, note) for note in ("在岗社工501人，持证320人", "编制620人", "在册志愿者620人")),
    *((GRADES, note) for note in ("其中4A以上20家", "登记的社会组织423家", "参评社会组织60家")),
    *((ACCIDENTS, note) for note in ("排查隐患2起", "一般事故1起", "上年1起", "0起", "1起一般事故，不属于重特大")),
    *((GRAVES, note) for note in ("共1处", "规划2处，建成1处", "完善配套2处")),
    *((TRUST, note) for note in ("备案421000元", "其中421元为利息", "新设立1单20万元")),
    *((BEDS, note) for note in ("另有12张尚未投用，未计入", "去年结转的5张未计入")),
    *((BEDS, note) for note in ("更正：1张重复", "更正：3张床位不符合条件，已减去", "更正：5张登记有误，已剔除")),
    *((TRUST, note) for note in ("更正：15万元为计划数，已减去", "更正：2单重复")),
    *((NOT_BEGUN, note) for note in ("尚未启动", "省里正在征求意见", "计划10月启动", "正在前期调研")),
    *((BEGUN, note) for note in ("初稿已完成", "正在征求意见")),
    *((OPEN, note) for note in ("夏季专项已结束，寒冬专项12月启动", "夏季专项已完成", "夏季已完成，寒冬未到")),
    *((READY, note) for note in ("预案修订完成", "正在组织修订下一年度预案", "各乡镇预案正在修订")),
]


@pytest.mark.parametrize(("cells", "note"), OTHERWISE)
def test_a_note_that_says_otherwise_is_asked_about(cells: str, note: str) -> None:
    assert said(cells, note) == ["MZ431"]


@through(("cells", "note"), SOUND)
def test_a_sound_note_is_not(cells: str, note: str) -> None:
    assert said(cells, note) == []


@pytest.mark.parametrize("note", ["义乌数待核实", "义乌市数据待核实", "义乌应为20", "永康、义乌市数待核实"])
def test_the_name_of_the_records_own_unit_changes_nothing(note: str) -> None:
    assert said(BEDS, note) == said(BEDS, re.sub("永康、|义乌市?", "", note)) == ["MZ430"]


def test_a_note_that_begins_with_others_alone_is_not_of_the_record() -> None:
    assert said(BEDS, "永康、兰溪数待核实") == []


def test_what_is_revised_is_not_finished() -> None:
    assert said(READY, "预案正在修订") == ["MZ430"]


def test_the_bureaus_own_total_is_its_figure() -> None:
    assert said("T16-07,14,,", "市本级共9家", "市本级") == ["MZ431"]
    assert said("T16-07,14,,", "市本级共14家", "市本级") == []


@pytest.mark.parametrize("note", ["更正：190", "更正：190张", "更正：190张（床位）", "更正:190."])
def test_a_number_alone_behind_a_correction_is_the_right_one(note: str) -> None:
    assert said(BEDS, note) == ["MZ430"]
