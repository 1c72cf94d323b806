"""What has not happened, or nobody vouches for, explains nothing, whatever number stands beside it."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from conftest import through
from mzplan.check.run import run_checks
from mzplan.plan.load import load_plan
from mzplan.submissions.clauses import clauses_of
from mzplan.submissions.left_out import says_what_is_missing
from mzplan.submissions.moods import MOODS, in_no_mood
from mzplan.submissions.other_things import is_of_another_thing
from mzplan.submissions.sources import Source
from rule_examples import HEADER

PLAN = load_plan(Path(__file__).parents[1] / "plan" / "2023.yaml")


def told(code: str, earlier: str, figure: str, note: str) -> list[str]:
    """Severity and code of what is found of 武义县's figure of August, which has the note, after that of July."""
    rows = f'2023-07,武义县,{code},,{earlier},,,,\n2023-08,武义县,{code},,{figure},,,"{note}",\n'
    found = run_checks(PLAN, [Source.of_bytes("示例.csv", f"{HEADER}\n{rows}".encode())]).diagnostics
    return [f"{each.severity.value} {each.rule.code}" for each in found if each.period == "2023-08"]


OPEN = [
    *(each for mood in MOODS for each in mood.examples if "4人" in each),
    *("预备核减4人", "禁止核减4人", "反对核减重复4人", "传闻重复4人", "年底前核减重复4人", "今后剔除重复4人"),
    *("多报4人系误传", "重复4人一事不成立", "假设重复4人", "可否剔除重复4人", "疑重复4人", "网传重复4人"),
    *("县里说要核减4人", "暂不核减4人", "据说，上月重复4人", "4人重复尚未核实", "下月将核减4人", "待审批后核减4人"),
]
OTHER_YEAR = ["上年多报4人，已更正", "2022年数据多计4人，已核减", "去年重复统计4人已剔除", "前年多计4人已更正"]
OTHER_YEAR += ["2021年多报4人，本月核减", "2022年度多报4人，现予核减", "往年多报4人，本月已剔除", "外县减少4人"]
HAPPENED = """
    剔除重复4人 核减4人，上月重复登记 更正：7月误计4人 上月多报4人 上月多报4人，已更正
    因3人离职、1人退休，减少4人 2家机构关停，减少4人 4名护理员调离 4人证书作废 剔除不符合条件4人
    经省厅核实，核减重复4人 上月误报4人 7月重复登记4人，本月剔除 根据省厅通知，核减4人，上月误计
    4人未通过复核，已核减 市局同意核减重复4人 经领导同意，剔除重复4人 按要求核减重复4人
    应省厅要求，剔除重复4人 上月多报4人，经请示同意更正 自查发现重复4人 由17更正为13，上月误报
    经同意后核减重复4人 7月10日后离职4人 4人疑似重复，经核实已剔除4人 4人申请退出
    误将去年取证的4人计入，本月核减4人 4人拒绝体检，核减4人 自8月起剔除重复4人 4人证书不予认定，核减4人
    上月漏减4人 4人请辞 2023年多报4人，本月核减 去年多报4人，误计入今年，本月核减
    外县人员核减4人 邻县4名护理员核减 东阳市户籍人员核减4人 外县户籍4人已核减 其他县市人员核减4人
    因7月报送时口径不一致，多报了4人，已更正 7月报送口径不一致，多报4人，已更正 去重4人 已去重，减少4人
"""
COUNTED_ANEW = """
    去重后实有13人 去重后为13人 去重后累计13人 按人去重，实为13人 剔除重复后为13人 扣除重复后实有13人
    经与民政部系统核对，系统有效数13，据此更正 经系统比对，更正为13人 经与系统比对，实际为13人，据此更正
    经与花名册核对，实有13人 按系统名单核对后调整为13人 对照花名册，实为13人 上月有4人重复，去重后共13人
    上月未去重，去重后13人 由17人去重为13人
"""
NOT_COUNTED_ANEW = """
    未经系统比对，实为13人 没有与系统比对，更正为13人 未去重，实为13人 去重13人 未去重4人 下月起去重4人
    据说去重后13人 经系统比对，实为17人，现填13人 经核对，实为13人 更正为13人 实为13人 去重后为12人
    待系统比对后更正为13人 去重后减少5人 与系统口径不一致，减少4人 系统有效数13
    经局领导核对，改为13人 经办人核对，实为13人 经系统比对无差异，实为13人
    系统核对通不过，改为13人
"""
OTHER_THING = """
    阳光厨房上月多报4家，已更正 低保人数减少4人 孤儿人数减少4人 孤儿减少4名 目标数调减4人 年度目标任务核减4人
    特困人员减少4人 减少特困人员4人 婚姻登记员减少4人 社工减少4人 志愿者减少4人（其他指标） 高龄老人减少4人
    低保对象死亡4人 儿童主任上月多报4人 残疾人去世4人 特困人员比上月减少4人 比7月特困人员减少4人 老年食堂减少4家
    常住人口减少4人
    退役军人去世4人 退役军人减少4人 登记员离职4人 社工离职4人 志愿者退出4人 儿童主任辞职4人 低保户退出4人
    特困人员由17人减少为13人 低保对象由17人减少到13人 孤儿从17人减少至13人 残疾人由17人变为13人
    上月特困人员由17人降为13人
"""
OWN_THING = """
    佛堂镇减少4人 佛堂敬老院多报4人 离职人员核减4人 不合格人员核减4人 减少离职人员4人
    剔除不符合条件人员4人 养老机构多报4人 因服务对象减少4人 多报护理员4人 统计数据多报4人 持证数多报4人 社区多报4人
    外来务工人员返乡减少4人 持证护理员去世4人 死亡人员核减4人 考核指标调整，核减4人 特困人员减少10人，护理员离职4人
    计划外人员核减4人 护理职工离职4人 外聘护工离职4人 临时工离职4人 厨师离职4人 管理员离职4人
    护理员离职，由17人减少为13人 持证上岗人员由17人减少为13人 在册人员由17人减少为13人 武义由17人减少为13人
    花名册由17人减少为13人 佛堂镇由17人减少为13人 因工作人员由17人减少为13人 7月因特困人员由17人减少为13人
"""


@pytest.mark.parametrize("mood", MOODS, ids=[each.name for each in MOODS])
def test_no_example_of_a_mood_is_told_as_what_happened(mood: object) -> None:
    (each,) = (one for one in MOODS if one is mood)
    assert [example for example in each.examples if in_no_mood(clauses_of(example), "")] == []


def test_what_is_in_a_mood_or_of_another_year_leaves_a_fall_an_error() -> None:
    """17 - 13 = 4."""
    found = {note: told("T05-04", "17", "13", note) for note in OPEN + OTHER_YEAR}
    assert {note: each for note, each in found.items() if "error MZ501" not in each} == {}


def test_what_happened_clears_it() -> None:
    assert {note: found for note in HAPPENED.split() if (found := told("T05-04", "17", "13", note))} == {}


def test_a_fall_is_cleared_by_what_is_true_beside_what_it_is_known_by() -> None:
    clearing = {note: not told("T05-04", "17", "13", note) for note in (COUNTED_ANEW + NOT_COUNTED_ANEW).split()}
    assert clearing == {note: note in COUNTED_ANEW.split() for note in clearing}
    assert told("T05-04", "13", "170", "去重后为170人") != []


@pytest.mark.untraced
def test_so_many_fewer_of_another_thing_clear_no_fall() -> None:
    clearing = {note: not told("T05-04", "17", "13", note) for note in (OTHER_THING + OWN_THING).split()}
    assert clearing == {note: note in OWN_THING.split() for note in clearing}
    assert told("T17-07", "17", "13", "社工去世4人") == []
    assert told("T05-05", "17", "13", "阳光厨房上月多报4家，已更正") == []


def test_where_bodies_are_counted_others_of_them_clear_no_fall() -> None:
    other = (
        "社会组织由17家减少为13家 老年食堂由17家减少为13家 社会组织注销4家 社工站撤并4家 外县减少4家"
        " 医院由17家减少为13家"
    )
    own = (
        "敬老院关停4家 福利院停业4家 民办机构关停4家 乡镇敬老院关停4家 农村养老服务中心撤并4家 外县厨房核减4家"
        " 义亭镇由17家减少为13家 敬老院由17家减少为13家 上月福利院由17家减少到13家 老年公寓由17家变为13家"
    )
    clearing = {note: not told("T05-05", "17", "13", note) for note in f"{other} {own}".split()}
    assert clearing == {note: note in own.split() for note in clearing}


def test_how_much_of_another_thing_is_the_cause_is_a_reason_without_the_change() -> None:
    for note in ("因工作人员减少9人", "因工作人员由27人减少为16人", "由于敬老院由9家减少为7家"):
        assert told("T05-04", "17", "13", note) == ["warning MZ501"], note
    for note in ("因护理员由27人减少为16人", "因佛堂镇由27人减少为16人", "工作人员由27人减少为16人"):
        assert told("T05-04", "17", "13", note) == ["error MZ501"], note


def test_another_years_slip_explains_the_fall_of_a_standing_amount() -> None:
    """Only a total begins with January: 43 - 2 = 41."""
    assert told("T14-11", "43", "2", "2021年多报41家，本月核减") == []


def test_what_is_valid_of_all_is_a_cause_without_the_change() -> None:
    assert told("T05-04", "17", "13", "有效证书13本") == ["warning MZ501"]
    assert told("T05-04", "17", "13", "证书13本") == ["error MZ501"]
    assert told("T05-05", "17", "13", "有效证书13家") == ["warning MZ501"]
    assert told("T05-05", "17", "13", "有效证书12家") == told("T05-05", "17", "13", "证书13家") == ["error MZ501"]


def test_words_of_time_said_over_and_over_are_read_in_no_time() -> None:
    """Where each could belong to what stands before or behind a thing, 1500 took six seconds."""
    assert not is_of_another_thing("本月" * 20000 + "4人", "新增持证养老护理员", ())


def test_hearsay_clears_no_tenfold() -> None:
    """467 - 47 = 420; whose figure lacked them is asked."""
    assert told("T05-04", "47", "467", "漏报420人") == ["warning MZ431"]
    assert told("T05-04", "47", "467", "据说漏报420人") == ["error MZ507"]


Year = tuple[str, str, str]


def one_by_one(notes: Mapping[Year, str]) -> list[tuple[Year, str]]:
    """Each note of a year beside it."""
    return [(year, note) for year, several in notes.items() for note in several.split()]


NOT_YET = {
    ("T05-03", "40", "400"): "360张在建 360张床位已列入规划 规划总床位360张 360张床位开工建设 新院360张床位动工"
    " 新增360张，尚未投用 新院正在建设，新增360张，待验收 据了解，周边县新院启用，新增360张 预算新增360张",
    ("T05-04", "40", "400"): "360人通过资格审查，等待发证 360人已报考 正在公示360人 考试新增360人，待发证"
    " 据悉考试新增360人 按省厅测算应新增360人 按省厅测算，考试新增360人 周边县360人取证 邻近县考试新增360人",
    ("T05-02", "4", "80"): "采购智能终端76个，尚未安装 征集项目意向76个 招标采购76个 76台设备待安装",
    ("T16-07", "4", "80"): "76家正在公示，尚未认定 受理申请76家 76家提出申请 76家材料初审",
    (
        "T16-09",
        "100",
        "1100",
    ): "1000万元意向协议 签约1000万元，首期未到账 签约1000万元，资金尚未到位 招标控制价1000万元",
    ("T25-09", "6", "70"): "启动建设64个村 已列入计划64个村 创建对象64个村",
    ("T05-03", "190", "2200"): "改造中床位2010张 完成招标2010张",
    ("T09-06", "38.9", "457"): "10月采购公告发布，418.1万元",
    ("T05-04", "135", "1560"): "10月1425人通过理论考试 历年持证1425人",
    ("T05-04", "40", "35"): "5人将于11月离职 5人即将退休 5人拟调离",
    ("T25-05", "500", "400"): "100万元移至下年 100万元结转下年",
}
STEPS = [
    "投用",
    "建成",
    "验收",
    "到账",
    "发证",
    "取证",
    "完成",
    "竣工",
    "拨付",
    "登记",
    "交付",
    "安装",
    "认定",
    "挂牌",
    "成立",
]
ON_WAY = ["在建", "在训", "筹建", "规划中", "意向"]


@through("words", [*(f"{no}{step}" for step in STEPS for no in ("未", "没有", "尚未")), *ON_WAY])
def test_what_has_not_come_is_no_cause_and_is_rightly_left_out(words: str) -> None:
    """Whoever asks of a step knows each: as a cause of 4 more, and of 4 that are not counted."""
    assert in_no_mood([f"4人{words}"], "") == []
    assert not says_what_is_missing([f"4人{words}未计入"], 0)
    assert in_no_mood([f"4人已{words[-2:]}"], "") or words in ON_WAY


@through("words", ["开展", "启动", "开工", "动工", "实施", "整改"])
def test_a_stage_that_has_not_begun_is_not_done_and_what_has_not_is_rightly_left_out(words: str) -> None:
    rows = f"2023-10,武义县,T03-10,,已完成,,,尚未{words},https://example.org/1\n"
    found = run_checks(PLAN, [Source.of_bytes("示例.csv", f"{HEADER}\n{rows}".encode())]).diagnostics
    assert "MZ430" in {each.rule.code for each in found}
    assert not says_what_is_missing([f"2家尚未{words}未计入"], 0)


ARRIVED = {
    ("T25-09", "6", "70"): "列入计划的64个村全部建成 启动建设的64个村建成",
    ("T05-03", "190", "2200"): "完成招标并投用2010张 养老服务中心投用2010张",
    ("T05-04", "135", "1560"): "10月1425人通过理论考试后取证",
    ("T05-04", "135", "16"): "9月误计历年持证人员，比上次减少119人 9月多计历年持证119人，比上次减少119人"
    " 9月误将历年持证人数119人计入，本月更正，比上次减少119人 由135更正为16，9月误含历年持证人员",
    ("T14-11", "43", "4"): "等级有效期满，39家未参加复评，比上次减少39家 39家未按期参加复评，等级失效，比上次减少39家",
    (
        "T05-03",
        "40",
        "100",
    ): "原在建床位已投用60张 按规划建成60张 规划的60张已投用 去年开工的新院启用，增加60张 60张床位竣工验收",
    ("T05-04", "40", "100"): "60人报考，均已取证 60人资格审查后取证 公示结束，60人取证 按预算培训，60人取证",
    ("T05-02", "4", "20"): "招标采购16个，现已安装 16个意向项目已安装 采购16台，10月安装",
    ("T16-07", "4", "20"): "公示结束认定16家 受理并办结16家 16家提出申请，已认定",
    ("T16-09", "100", "200"): "意向协议100万元已到账 签约100万元，资金已到账 招标后下达100万元",
    (
        "T05-04",
        "40",
        "35",
    ): "5人离职 上月计入5人，尚未取证 误计在训5人，核减 核减在建5人 5人尚未发证，核减 5人报名后误计",
}


@pytest.mark.untraced
@through(("year", "note"), one_by_one(NOT_YET))
def test_what_has_not_arrived_clears_nothing_however_far_it_has_come(year: Year, note: str) -> None:
    assert set(told(*year, note)) & {"error MZ501", "error MZ507", "warning MZ502"}


@through(
    ("note", "is_own"),
    [
        *(
            (note, True)
            for note in ("新备案慈善信托3单，分别为1000万元、500万元、127万元", "新备案慈善信托，规模1627万元")
        ),
        *((note, True) for note in ("10月20日新备案慈善信托，总额1627万元", "新备案慈善信托1627万元")),
        *((note, False) for note in ("拍卖规模1627万元", "福彩销售总额1627万元", "分别为福彩1500万元、体彩127万元")),
    ],
)
def test_words_for_an_amount_are_no_other_thing(note: str, is_own: bool) -> None:
    """1796 - 169 is 1627."""
    assert (told("T16-09", "169", "1796", note) == []) == is_own


@pytest.mark.untraced
@through(("year", "note"), one_by_one(ARRIVED))
def test_what_has_arrived_clears_it_through_whatever_stages_it_came(year: Year, note: str) -> None:
    assert told(*year, "") != []
    assert told(*year, note) == []


STEP_TO_COME = {
    ("T05-04", "40", "100"): """
        已申请认定60人，市局尚在审核 增加60人，已请示分管领导 据乡镇反映，今年增加60人取证 取证60人，正在审批
    """,
    ("T05-03", "40", "100"): "新院建成60张，未投入使用 新院建成60张，尚未投入运营",
    ("T05-04", "400", "40"): "360人证书将于年底到期 360人证书即将失效",
}
STEP_COME = {
    ("T05-04", "40", "100"): "新增取证60人，市局已审核 集中考试取证60人，已报分管领导 按请示批复新增持证60人",
    ("T05-03", "40", "100"): "新院建成60张，已投入使用",
    ("T05-04", "40", "35"): "核减5人，已请示分管领导 5人证书到期 5人证书已到期 误计即将到期的5人，核减",
}


@through(("year", "note"), one_by_one(STEP_TO_COME))
def test_a_step_that_another_has_still_to_take_clears_nothing(year: Year, note: str) -> None:
    assert set(told(*year, note)) & {"error MZ501", "error MZ507", "error MZ508", "warning MZ502"}


@through(("year", "note"), one_by_one(STEP_COME))
def test_a_step_that_was_taken_clears_it(year: Year, note: str) -> None:
    assert told(*year, "") != []
    assert told(*year, note) == []


MONTHS_ALONE = {
    ("T05-03", "95", "16"): "国庆期间新增16张，去掉以前的79张 新增16张，减少79张 8月投用16张，前期95张已统计",
    ("T25-05", "1156", "190"): "本期下达190万元，前期1156万元已结算",
    ("T05-04", "32", "5"): "5人取证；原32人统计口径按全年调整 8月发证5人，上月32人",
}
OF_ALL = {
    (
        "T05-03",
        "95",
        "16",
    ): "新增16张，95张拆除 由95更正为16，上月重复 上月误报95张，投用16张 7月误报，实际投用16张，原95张",
    ("T05-04", "32", "5"): "上月误报32人，5人取证 5人取证，32人证书注销 32人中重复27人，实为5人",
}


@through(("year", "note"), one_by_one(MONTHS_ALONE))
def test_what_came_in_the_month_is_no_total_whatever_is_said_of_the_rest(year: Year, note: str) -> None:
    assert "error MZ501" in told(*year, note)


@through(("year", "note"), one_by_one(OF_ALL))
def test_what_is_left_of_a_total_put_right_clears_its_fall(year: Year, note: str) -> None:
    """95 - 79 = 16, 95 - 95 + 16 = 16; 32 - 27 = 5, 32 - 32 + 5 = 5."""
    assert told(*year, note) == []


@pytest.mark.parametrize("note", ["待省里验收", "建议退回", "请核实上月是否误报", "听说方案退回", "拟退回重做"])
def test_no_stage_goes_back_for_what_has_not_happened(note: str) -> None:
    code = next(each.id for each in PLAN.indicators.values() if each.stages and "wuyi" in each.reporting)
    assert "warning MZ504" in told(code, "推进中", "未启动", note)
    for each in ("省里验收未通过，退回重做", "规划调整，重新立项"):
        assert "warning MZ504" not in told(code, "推进中", "未启动", each)


def test_how_many_were_merged_is_told_not_to_be_the_change() -> None:
    """160 - 109 = 51: 58 that became 7."""
    earlier, now = (f"2023-0{month},武义县,T03-06,,{figure},,," for month, figure in ((7, 160), (8, 109)))
    for note, said in (("撤并58个", "写的是撤并的数，没有写增减了多少"), ("两镇撤并", "没有写增减了多少")):
        source = Source.of_bytes("示例.csv", f"{HEADER}\n{earlier},\n{now}{note},\n".encode())
        (found,) = (each for each in run_checks(PLAN, [source]).diagnostics if each.period == "2023-08")
        assert (found.severity.value, found.message.rpartition("”")[2]) == ("warning", said)
    assert told("T03-06", "160", "109", "撤并51个") == told("T03-06", "160", "109", "58个撤并为7个") == []


LEAPS = {
    "T09-07": ("4", "15"),
    "T05-04": ("135", "1500"),
    "T16-09": ("169", "10169"),
    "T05-02": ("9", "110"),
}
"""A figure of July and one of August, by indicator: 11, 1365, 10000 and 101 more."""


@pytest.mark.parametrize(
    ("code", "notes"),
    [
        ("T09-07", "培育11家 新培育11家 企业按承诺设立11家 兑现承诺，新设立11家 按计划设立11家"),
        ("T05-04", "培训后新增持证1365人 1365人通过考试，证书已发 补录1365人，7月未统计"),
        ("T05-02", "8月为101个居家养老服务中心配置终端，比上次增加101个"),
        ("T16-09", "新设慈善信托，备案规模1亿元 新设慈善信托，备案规模10000万元"),
    ],
)
def test_what_has_come_clears_a_leap(code: str, notes: str) -> None:
    for note in notes.split():
        assert told(code, *LEAPS[code], note) == [], note


@pytest.mark.parametrize(
    ("code", "notes"),
    [
        ("T09-07", "培育中11家 企业承诺设立11家 企业承诺捐建11家 企业计划设立11家"),
        ("T05-04", "1365人考试通过，证书待发 培训后新增持证约1365人 培训后新增持证1365余人"),
        ("T05-04", "补录1365人 比上次增加1365人，7月未统计"),
        ("T05-02", "已配置，比上次增加101个 居家养老服务中心智能终端配置数比上次增加101个"),
        ("T16-09", "新设慈善信托，备案规模1000元 现有总规模1亿元"),
    ],
)
def test_what_is_under_way_promised_or_no_exact_number_clears_none(code: str, notes: str) -> None:
    for note in notes.split():
        assert told(code, *LEAPS[code], note) != [], note


WHAT_WAS_WRONG = """
    7月误计在建机构护理员，比上次减少114人 7月重复登记，比上次减少114人 7月多报114人，比上次减少114人
    上月135人填错了，应为21人 7月误把护理员总数填成新增数，更正为21人，比上次减少114人
"""
THAT_IT_WAS_WRONG = """
    上月数有误，比上次减少114人 上月误报，比上次减少114人 上月笔误，比上次减少114人
    7月数据有误，更正为21人，比上次减少114人 误把护理员总数填成新增数，比上次减少114人
"""


def test_a_total_like_the_months_is_cleared_by_what_was_wrong_and_not_that_it_was() -> None:
    for note in WHAT_WAS_WRONG.split():
        assert told("T05-04", "135", "21", note) == [], note
    for note in THAT_IT_WAS_WRONG.split():
        assert "error MZ501" in told("T05-04", "135", "21", note), note
    assert told("T05-04", "135", "100", "上月数有误，比上次减少35人") == []  # no month's figure: more than half of it
