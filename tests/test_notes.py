"""A note that says the figure beside it is another one is an error, whatever the figure looks like."""

from pathlib import Path

import pytest

from conftest import through
from mzplan.check.run import run_checks
from mzplan.plan.load import load_plan
from mzplan.submissions.sources import Source
from rule_examples import HEADER, PLAN, check_rows, of_notes
from test_reasons import CAUSES, EMPTY, REASONS, SLIPS

OF_2023 = load_plan(Path(__file__).parent.parent / "plan" / "2023.yaml")
BEDS, LEVEL, SHARE, LAW, MONEY = "T01-01", "T01-02", "T01-03", "T01-04", "T01-05"
FIGURES = {BEDS: "135,,", LEVEL: "43,,", SHARE: ",357,378", LAW: "已完成,,", MONEY: "200,,"}


def said(code: str, note: str, cells: str = "") -> list[tuple[str, str]]:
    """Code and message of what the rules about notes say of 青山县's record of March."""
    row = f'2031-03,青山县,{code},,{cells or FIGURES[code]},"{note}",https://example.org/1'
    return [(each.rule.code, each.message) for each in of_notes(row)]


OTHERWISE = [
    # another figure
    *((BEDS, note) for note in ("累计应为241张", "正确数为241", "实际数为130", "更正为120", "应为241", "3月应为241")),
    *((SHARE, note) for note in ("分子应为310", "分母应为357", "应为310")),
    *((BEDS, note) for note in ("3月数有误，应为241张", "本月数有误，应为241张", "2月数有误，本月应为241张")),
    *((BEDS, note) for note in ("2家漏报未计入", "漏报2张，未统计", "漏统计3张未纳入")),
    *((BEDS, note) for note in ("数据有误", "少报100张，下月补", "暂估数，待核实", "待核实", "请更正")),
    # the month's, another month's, a part of it, what is foreseen
    *((BEDS, note) for note in ("此数为当月数", "非累计", "此为2月数据", "上月数据", "沿用2月数", "预计年底完成数")),
    *((BEDS, note) for note in ("只统计了三个镇，其余未报", "仅含部分乡镇", "目标数")),
    # another year's, another unit's, the whole city's
    *((BEDS, note) for note in ("2030年数据", "为上年数据", "1-2月累计", "2月底累计数", "为绿水县数据", "全市合计数")),
    *((BEDS, note) for note in ("以160为准", "应报160", "实为160张", "更正：160", "与T01-02填反了", "数据不实")),
    *((BEDS, note) for note in ("填错了", "填错", "数字填错了", "暂无数据", "3月数据未统计", "3月填错")),
    # another total, in the indicator's measure unit
    *(
        (BEDS, note)
        for note in ("累计145张", "截至3月底共145张", "1—3月累计145张", "1-3月145张", "总数145张", "实际145张")
    ),
    *(
        (BEDS, note)
        for note in ("本月新增19张，累计154张", "本年累计一百四十五张", "2031年累计完成145张", "其中乡镇136张")
    ),
    *((MONEY, note) for note in ("累计2000001元", "累计20万元", "累计2亿元")),
    *((SHARE, note) for note in ("347/378", "357/387")),
    # in another measure unit
    *((MONEY, note) for note in ("未除以10000", "单位不是万元")),
    *((MONEY, note) for note in ("单位：元", "此数单位为元", "以千元计", "单位：亿元", "未换算成万元")),
    (BEDS, "单位：十张"),
]


@through(("code", "note"), OTHERWISE)
def test_a_note_that_says_otherwise_is_an_error_and_quoted(code: str, note: str) -> None:
    assert said(code, note) == [("MZ430", f"所填的数不对；“说明”写的“{note}”印证了这一点")]


NOT_THERE_YET = (
    *("在建", "正在建设", "筹建", "筹备中", "改造中", "装修中", "未验收", "尚未开业", "待认定", "待安装", "待审核"),
    *("申报中", "在审", "拟建", "停业", "试运行"),
)
ORDERS = (
    *("{words}{count}未计入", "{words}的{count}没有计入", "另有{words}{count}未计入", "{count}{words}未计入"),
    *("其中{words}{count}没有纳入", "其中{count}{words}暂不计入", "{count}机构{words}暂未纳入", "未计入{words}{count}"),
    *("{words}的机构{count}未计入", "{count}未计入，{words}", "{count}没有计入（{words}）"),
)


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize("words", NOT_THERE_YET)
def test_what_is_not_there_yet_is_rightly_left_out_whatever_the_order_and_the_measure_word(
    words: str, order: str
) -> None:
    notes = [order.format(words=words, count=f"2{each}") for each in ("家", "个", "处", "张", "所")]
    assert [note for note in notes if said(BEDS, note)] == []


@pytest.mark.parametrize(
    "what",
    [
        *("已建成2家", "乡镇2家", "服务中心2个", "建设中心村2个", "所在建制村2个", "接待站2个", "虚拟养老院2家"),
        *("待上报的2家", "正在统计的2家", "在建转已建成2家", "未成年人保护站2个", "乡镇2家未报"),
    ],
)
@pytest.mark.parametrize("left_out", ["未计入", "没有计入", "未统计", "未统计，拟下月补", "未统计，正在汇总"])
def test_what_is_there_and_left_out_is_missing(what: str, left_out: str) -> None:
    assert [code for code, _ in said(BEDS, f"{what}{left_out}")] == ["MZ430"]


@pytest.mark.parametrize(
    ("cells", "note"),
    [
        ("已完成,,", "尚未完成，计划11月开展"),
        ("已完成,,", "工作未开展"),
        ("推进中,,", "尚未启动"),
        ("推进中,,", "已全部完成"),
        ("未启动,,", "已办结"),
    ],
)
def test_a_note_that_names_another_stage_is_an_error(cells: str, note: str) -> None:
    assert said(LAW, note, cells) == [("MZ430", f"所填的阶段不对；“说明”写的“{note}”印证了这一点")]


@pytest.mark.parametrize("note", ["发生1张一般的，非重特大", "未发生重特大事故；查处1张"])
def test_what_a_limit_of_nothing_does_not_count_contradicts_no_zero(note: str) -> None:
    assert said(BEDS, note, "0,,") == []


@pytest.mark.parametrize(("cells", "note"), [("0,,", "3月发生1张"), ("0,,", "新增两张"), ("5,,", "本月新增6张")])
def test_more_than_the_total_cannot_have_come_about(cells: str, note: str) -> None:
    assert [code for code, _ in said(BEDS, note, cells)] == ["MZ430"]


IN_ACCORD = [
    # its own total, or none: of a month, a year, a place, a plan, something else
    *(
        (BEDS, note)
        for note in ("累计135张", "本月新增19张，累计135张", "截至3月底共135张", "合计135张", "其中乡镇100张、城区35张")
    ),
    *(
        (BEDS, note)
        for note in ("本月共新增19张", "3月共19张", "甲院10张、乙院9张，合计19张", "统一挂牌，共19张", "截至2月底116张")
    ),
    *((BEDS, note) for note in ("2月累计116张", "上月累计116张", "去年累计130张", "2030年累计130张", "全市累计1154张")),
    *(
        (BEDS, note)
        for note in ("累计培训300人", "累计检查145张次", "城东镇累计20张", "计划150张，实际135张", "累计减少5张")
    ),
    *(
        (BEDS, note)
        for note in ("其中乡镇100张", "其中乡镇30张、护理型60张", "其中本月新增19张", "2月填错", "2月数据未统计")
    ),
    *((LEVEL, note) for note in ("累计新增145人", "今年累计新增12人")),
    *((MONEY, note) for note in ("累计2000000元", "累计200万元", "累计0.02亿元")),
    *((SHARE, note) for note in ("357/378", "2月347/378", "由347/378增加到357/378", "3/15")),
    *((BEDS, note) for note in ("应为135", "原填错，应为135张", "填错了，应为135", "更正为135", "累计135张")),
    *((BEDS, note) for note in ("2月应为120", "上月数据有误", "去年发生200张", "没有新增200张", "目标应为400张")),
    *((BEDS, note) for note in ("按张填报", "单位：张", "本月新增12张", "此为3月数据", "是累计数", "累计新增数")),
    *((BEDS, note) for note in ("3家机构待审核", "项目尚未确认", "预计年底达到200张", "新增护理员300人")),
    *((BEDS, note) for note in ("不是当月数，是累计数", "此数为累计数，不是当月数", "不是本月数")),
    *((BEDS, note) for note in ("本月数11，累计数135", "当月数11张，累计数135张", "本月增量11，1-3月135")),
    *((BEDS, note) for note in ("2031年数据", "1-3月累计", "为青山县数据", "3月底数据", "以135为准", "更正：135")),
    *(
        (BEDS, note)
        for note in ("另有12人未报名", "活动不对外", "沿用上月口径", "按上月的标准统计", "仅统计本辖区社区")
    ),
    *((BEDS, note) for note in ("十四五以来新增500张", "近三年新增500张", "12人下月再补考", "完成年度目标数的91%")),
    *((SHARE, note) for note in ("分子应为357", "分母应为378")),
    *((MONEY, note) for note in ("单位不是元，是万元", "单位并非亿元")),
    *((LAW, note) for note in ("尚未验收", "已完成待验收")),
    *(
        (BEDS, note)
        for note in ("上月数有误，应为145张", "2月填报有误，应为145张", "上月漏报，实际145张", "上月误填，更正为145")
    ),
    *((MONEY, note) for note in ("单位：万元", "以万元计", "标准由700元调整为800元")),
    *((LAW, note) for note in ("已完成", "下一步计划11月评估", "经费尚未拨付", "本月完成")),
]


@pytest.mark.untraced
@through(("code", "note"), IN_ACCORD)
def test_a_note_that_says_what_the_cell_holds_or_speaks_of_something_else_is_none(code: str, note: str) -> None:
    assert said(code, note) == []


SLIPS_OF_NOW = {"填错了", "误填"}
OF_NOW_OR_BEFORE = {
    **dict.fromkeys(("多打了一个0", "分子分母填反"), "数填错了"),
    "漏报1个": "数没有算全",
}


@pytest.mark.untraced
@through("note", [*CAUSES.split(), *REASONS, *(each for each in SLIPS.split() if each not in SLIPS_OF_NOW)])
def test_no_reason_contradicts_a_figure(note: str) -> None:
    """What was lost is a question: it may be this figure's, or what was wrong with the one that it mends."""
    told = OF_NOW_OR_BEFORE.get(note)
    assert said(BEDS, note, "300,,") == ([("MZ431", f"“说明”说{told}")] if told else [])


EMPTY_AND_OTHERWISE = {
    "暂无数据",
    "全市合计",
    "更正为120",
    "更正为120人",
    "仅10月份",
    "10月数据",
    "截至10月底",
    "本月新增",
}
"""Of the notes that give no reason, those that name a figure or a month which is not that of the record of March."""


@pytest.mark.untraced
@through("note", EMPTY.split())
def test_what_says_nothing_contradicts_nothing(note: str) -> None:
    assert bool(said(BEDS, note, "300,,")) == (note in EMPTY_AND_OTHERWISE)


@through(
    ("note", "told"),
    [
        *(
            (note, "“说明”说数没有更新")
            for note in ("与上月相同，未更新", "义乌市未更新", "开发区尚未更新", "佛堂镇没有更新数据")
        ),
        ("含去年结转100张", "“说明”说数含去年的"),
        *(
            (note, "“说明”说的与所填的不同")
            for note in ("合计145张", "共145张", "累计床位145张", "其中乡镇100张、城区40张", "其中乡镇100张、城区30张")
        ),
        *(
            (note, "“说明”说的与所填的不同")
            for note in ("截至3月底尚未开展，为0", "没有开展，填0", "目前为0", "3月底为145张")
        ),
        *((note, "“说明”说数填错了") for note in ("少写一个0", "漏了一个0", "小数点点错了", "分子分母填反")),
    ],
)
def test_what_may_be_honest_is_a_question(note: str, told: str) -> None:
    assert said(BEDS, note) == [("MZ431", told)]


@pytest.mark.parametrize(
    "note",
    [
        *("不含去年结转", "未含去年结转", "扣除去年结转后的数", "上月少写一个0", "少写一个0，已更正"),
        *("老旧小区未更新", "智慧社区还未更新", "2个街道未更新门牌"),
        *("去年同期为0", "本月新增为0", "缺口为0", "目前投诉为0", "2月为0", "3月底培训145人次", "3月底计划145张"),
    ],
)
def test_nor_is_what_is_denied_or_mended(note: str) -> None:
    assert said(BEDS, note) == []


@pytest.mark.parametrize(
    ("cells", "note", "is_told"),
    [
        ("0,,", "养老院火灾致3人死亡", True),
        ("0,,", "一人溺水，3人死亡", True),
        ("1,,", "养老院火灾致3人死亡", False),
        ("0,,", "火灾致3人死亡，不属于重特大", False),
        ("0,,", "未造成人员伤亡", False),
        *(("0,,", note, True) for note in ("8月发生安全事故1起", "发生突破道德底线事件1起", "出现重大事故两起")),
        *(("0,,", note, False) for note in ("8月发生一般安全事故1起", "去年发生安全事故1起", "未发生安全事故1起")),
        *(("0,,", note, False) for note in ("发生安全事故0起", "查处统计造假1起", "排查发现隐患5起")),
    ],
)
def test_an_event_beside_a_limit_of_nothing_that_counts_none_is_a_question(
    cells: str, note: str, is_told: bool
) -> None:
    row = f'2023-10,义乌市,T29-05,,{cells},"{note}",https://example.org/1'
    assert [each.message for each in of_notes(row, OF_2023) if each.rule.code == "MZ431"] == [
        "“说明”说有发生"
    ] * is_told


ADMITTED = {
    BEDS: "当月数 本月数 当月新增数 本月发生数 单月数 本季度数 上月数据 2月数据 去年数据 绿水县数据 全市合计数 增量 "
    "年底预计数 全年目标数 目标数 暂估数",
    MONEY: "按元填 以千元计 以元为单位",
}
DENIALS = ("不是", "并非", "而非", "非", "不属于")


@pytest.mark.parametrize("denial", DENIALS)
@pytest.mark.parametrize(
    ("code", "admitted"), [(code, each) for code, all_ in ADMITTED.items() for each in all_.split()]
)
def test_every_admission_is_one_and_none_where_it_is_denied(code: str, admitted: str, denial: str) -> None:
    assert [told for told, _ in said(code, admitted)] == ["MZ430"]
    assert said(code, f"{denial}{admitted}") == []
    assert said(code, f"此数{denial}{admitted}") == []


def test_a_footer_that_admits_is_told_by_what_it_says_and_is_no_record() -> None:
    text = f"{HEADER}\n2031-03,青山县,{BEDS},,12,,,,\n注：本表T01-01为当月数，其余为累计,,,,,,,,\n"
    result = run_checks(PLAN, [Source.of_bytes("示例.csv", text.encode())])
    assert [each.rule.code for each in result.diagnostics] == ["MZ161"]
    assert result.records == 1


def test_a_contradicted_figure_is_not_counted_and_a_finding_that_it_confirms_is_the_only_one() -> None:
    rows = f"2031-02,青山县,{BEDS},,20,,,,\n2031-03,青山县,{BEDS},,12,,,当月数,"
    result = check_rows(rows, plan=PLAN, today=None)
    assert [each.rule.code for each in result.diagnostics] == ["MZ501"]
    assert result.ledger.count() == 1


@pytest.mark.parametrize("note", ["系统导出，属实", "同上"])
def test_a_note_that_gives_no_reason_is_quoted_with_what_it_lacks(note: str) -> None:
    rows = f"2031-02,青山县,{BEDS},,20,,,,\n2031-03,青山县,{BEDS},,12,,,{note},"
    (finding,) = check_rows(rows, plan=PLAN, today=None).diagnostics
    assert finding.message.endswith(f"；“说明”写的“{note}”没有说是什么事引起的")


@pytest.mark.parametrize(
    "note", ["10月新增265人，系全市统一发证", "集中发证265人，计入当月", "上旬集中发证265张，计入当月"]
)
def test_what_happened_all_at_once_is_a_reason(note: str) -> None:
    rows = f"2031-02,青山县,{BEDS},,20,,,,\n2031-03,青山县,{BEDS},,285,,,{note},"
    assert check_rows(rows, plan=PLAN, today=None).diagnostics == ()


def hints(code: str, note: str, cells: str = "") -> list[str]:
    """What to do about a figure that its note contradicts."""
    row = f'2031-03,青山县,{code},,{cells or FIGURES[code]},"{note}",https://example.org/1'
    found = check_rows(row, plan=PLAN, today=None).diagnostics
    return [each.hint.partition("；")[0] for each in found if each.rule.code == "MZ430"]


@through(
    ("code", "note", "hint"),
    [
        (BEDS, "累计应为241张", "“完成值”改为 241"),
        (BEDS, "更正：160", "“完成值”改为 160"),
        (BEDS, "累计应为1,241张", "“完成值”改为 1241"),
        (BEDS, "应为241.5张", "按“说明”改正"),  # no half bed
        (BEDS, "应为241张，待核实", "核实以后填准确的数"),  # it would still be open
        (BEDS, "截至3月底共145张", "“完成值”改为 145"),
        (BEDS, "1-3月累计一百四十五张", "“完成值”改为 145"),
        (BEDS, "应为1.2万张", "“完成值”改为 12000"),
        (MONEY, "累计3000000元", "“完成值”改为 300"),
        (SHARE, "357/387", "“分母”改为 387"),
        (SHARE, "分子应为310", "“分子”改为 310"),
        (SHARE, "分子应为390", "按“说明”改正"),  # no more than 378 can be
        (SHARE, "应为310", "按“说明”改正"),
        (BEDS, "此数为当月数", "累计数填从1月1日起的，存量填期末的"),
        (MONEY, "单位：元", "换算成计划的计量单位再填"),
        (BEDS, "只统计了三个镇，其余未报", "补齐没有报的再填"),
        (BEDS, "预计年底完成数", "填实际发生的数"),
        (BEDS, "为绿水县数据", "按“说明”改正"),
    ],
)
def test_a_hint_says_what_to_do_and_gives_the_figure_where_the_row_would_then_agree(
    code: str, note: str, hint: str
) -> None:
    assert hints(code, note) == [hint]


@pytest.mark.parametrize("note", ["累计应为241张", "更正：160", "以160为准", "应报160", "实为160张"])
def test_the_figure_that_a_hint_gives_is_one_that_the_note_agrees_with(note: str) -> None:
    ((words, _, figure),) = [each.partition(" ") for each in hints(BEDS, note)]
    assert words == "“完成值”改为"
    assert said(BEDS, note, f"{figure},,") == []
