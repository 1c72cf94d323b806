"""What of a note may clear a finding: whose it is, of when, of what, whether it has happened, and how much it says."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import through
from mzplan.check.changed import is_reason
from mzplan.check.history import changed_figure
from mzplan.check.run import run_checks
from mzplan.period import Period
from mzplan.plan.load import load_plan
from mzplan.submissions.names import Names
from mzplan.submissions.own_clauses import NoteSubject
from mzplan.submissions.sources import Source
from rule_examples import HEADER

PLAN = load_plan(Path(__file__).parents[1] / "plan" / "2023.yaml")
YEARS = {
    "T05-02": "7 8 9",
    "T14-11": "40 41 43",
    "T05-03": "130 160 190",
    "T05-04": "90 114 135",
    "T03-07": "170 180 190",
    "T16-07": "70 75 80",
    "T16-09": "30 35 37.9",
    "T03-08": "1800 2047 2464",
    "T25-05": "1500 1888 2266",
}
OF_ANOTHER = "说的是别处、别年、别的指标的，还没有的，或早已改正的事"


def told(code: str, figure: str, note: str) -> list[str]:
    """Severity, code, and what is said of the note of 义乌市's figure of October, after those of July to September."""
    rows = [f"2023-{month:02d},义乌市,{code},,{each},,,," for month, each in enumerate(YEARS[code].split(), start=7)]
    data = "\n".join([HEADER, *rows, f'2023-10,义乌市,{code},,{figure},,,"{note}",', ""])
    found = run_checks(PLAN, [Source.of_bytes("示例.csv", data.encode())]).diagnostics
    return [
        f"{each.severity.value} {each.rule.code} {each.message.rpartition('”')[2]}"
        for each in found
        if each.period == "2023-10" and each.rule.code in ("MZ501", "MZ502", "MZ507", "MZ508")
    ]


def explains_past(note: str, code: str = "T05-04", change: str = "135 128") -> bool:
    """Whether a note is a reason why a figure was changed so: why 135 people became 128."""
    was, now = change.split()
    return is_reason(note, "", (was, now), NoteSubject.of(Names(PLAN), "yiwu", PLAN.indicators[code]))


WHOSE = {"": True, "我市": True, "义乌市": True, "永康市": False, "全市": False, "外县": False, "金华市": False}
WHEN = {"": True, "10月": True, "今年10月": True, "2022年10月": False, "去年": False}
WHAT = {"": True, "护理员": True, "社工": False, "志愿者": False}
MOODS = {"": True, "计划": False, "据说": False, "可能": False}


@given(*(st.sampled_from(list(each)) for each in (MOODS, WHOSE, WHEN, WHAT)))
def test_an_amount_explains_exactly_if_each_part_of_its_note_is_of_the_figure(
    mood: str, whose: str, when: str, what: str
) -> None:
    """135 to 420 is 285, to 1580 is 1445; 135 to 16 is 119 less, to 128 is 7."""
    is_own = MOODS[mood] and WHOSE[whose] and WHEN[when] and WHAT[what]
    rise, fall = f"{mood}{whose}{when}考试新增持证{what}", f"{mood}{whose}{when.replace('10', '9')}{what}重复统计"
    assert told("T05-04", "420", f"{rise}285人") == ([] if is_own else [f"warning MZ502 {OF_ANOTHER}"])
    assert told("T05-04", "1580", f"{rise}1445人") == ([] if is_own else [f"error MZ507 {OF_ANOTHER}"])
    assert told("T05-04", "16", f"{fall}119人，核减") == ([] if is_own else [f"error MZ501 {OF_ANOTHER}"])
    assert explains_past(f"{fall}7人，更正") == is_own


@pytest.mark.untraced
@through(
    ("figure", "note", "expected"),
    [
        # 158 was meant: 135 + 23
        *(("1580", note, "error MZ507 印证应是 158") for note in ("10月考试新增持证23人", "集中发证23人", "23人取证")),
        *(("1580", f"10月考试新增持证{n}人", "error MZ507 和增减的数对不上") for n in (20, 1400, 1444)),
        ("1580", "10月集中发证20人", "error MZ507 和增减的数对不上"),
        ("1580", "10月集中发证", "warning MZ507 没有写增减了多少"),
        # an amount is no cause of what is tenfold: it can be had from the wrong figure
        *(
            ("1580", note, "error MZ507 没有说是什么事引起的")
            for note in ("本月新增1445人", "新增1445人", "增加1445人")
        ),
        ("420", "10月集中发证20人", "warning MZ502 和增减的数对不上"),
        ("16", "9月重复统计20人，核减", "error MZ501 和增减的数对不上"),
        ("16", "9月重复统计，核减", "warning MZ501 没有写增减了多少"),
        # how many were to be trained or tested is no amount of those who passed
        *(("1580", note, f"error MZ507 {OF_ANOTHER}") for note in ("报名1445人", "全年任务1445人", "组织1445人培训")),
        # a cause or an amount of another, in whatever place its words stand
        *(
            ("1580", note, f"error MZ507 {OF_ANOTHER}")
            for note in (
                *(
                    "永康市10月集中发证",
                    "永康市考试，新增持证1445人",
                    "10月新增1445人（永康市）",
                    "其中永康市新增1445人",
                ),
                *(
                    "据永康市反馈新增1445人",
                    "永康市持证人员新增1445人",
                    "新增持证1445名社工",
                    "社会工作者新增1445人",
                    "新增儿童主任1445人",
                ),
                *("计划明年考试新增持证1445人", "下月新增1445人", "没有新增持证1445人", "申请考试新增1445人"),
            )
        ),
        *(
            (figure, note, f"error MZ501 {OF_ANOTHER}")
            for figure, note in (
                ("16", "永康市9月重复统计119人，核减"),
                ("16", "床位重复统计119张，核减"),
                ("128", "永康市多报7人，更正"),
                ("128", "因床位减少7张更正"),
            )
        ),
    ],
)
def test_what_else_a_note_can_be_is_told_by_its_verdict(figure: str, note: str, expected: str) -> None:
    assert told("T05-04", figure, note) == [expected]


@pytest.mark.parametrize(
    ("code", "figure", "note", "meant"),
    [
        ("T25-05", "26105", "10月集中拨付344.5万元", "2610.5"),
        ("T03-08", "28900", "重阳节走访慰问426人次", "2890"),
        ("T05-03", "2140", "新院启用，增加24张", "214"),
    ],
)
def test_the_amount_of_a_note_names_the_figure_that_was_meant(code: str, figure: str, note: str, meant: str) -> None:
    assert told(code, figure, note) == [f"error MZ507 印证应是 {meant}"]


HONEST = {
    ("T05-02", "19"): "一次性安装10台 采购10台已装好 10月集中配发10台 到货10台 新配10台 安装智能终端10套 本月配置10个"
    " 10家中心10月装好 10个村社完成配置",
    ("T05-02", "90"): "10月集中采购安装81台",
    ("T05-03", "370"): "新增180床 180张是10月新增的 新院投用180张 福泰院专区床位增加180张 10月两院验收180张"
    " 2022年开工的新院启用，增加180张",
    ("T03-08", "6800"): "10月服务4336人次 重阳节走访慰问4336人次 敬老月活动服务4336人次",
    (
        "T25-05",
        "6266",
    ): "10月集中拨付4000万元 省级资金下达4000万元 计划资金4000万元已下达 第三批资金4000万元到位 追加4000万元",
    ("T05-04", "420"): """
        全市统一考试新增持证285人 285人通过考核 10月发证285本 9月培训的285人10月取证 佛堂镇120人、义亭镇165人取证
        2022年报名、今年10月发证285人 退役军人取证285人 8月没有发证，10月集中发证285人 永康考点发证285人
        永康籍12人、本市273人取证 上月漏报285人 永康市转来285人
        与永康市联合考试，我市285人取证 按计划10月考试，285人取证 职业院校毕业生285人持证
    """,
    ("T05-04", "120"): "剔除重复15人 15人证书作废，核减 9月多报15人，更正 由135更正为120 佛堂镇重复登记15人，核减"
    " 误将社工15人计入，核减",
}


@pytest.mark.untraced
@through(("code", "figure", "note"), [(*key, note) for key, notes in HONEST.items() for note in notes.split()])
def test_an_honest_cause_with_the_exact_amount_clears_it(code: str, figure: str, note: str) -> None:
    assert told(code, figure, "") != []
    assert told(code, figure, note) == []


def test_a_past_change_is_explained_by_its_exact_amount_and_not_by_anothers() -> None:
    own = "9月多报7人 佛堂镇多报7人 7人证书作废 笔误 义乌市多报7人 录入错误"
    others = "因床位减少7张更正 2022年9月多报7人，更正 永康市多报7人，更正 社工多报7人，更正 计划核减7人 更正：7人"
    found = {note: explains_past(note) for note in f"{own} {others}".split()}
    assert found == {note: note in own.split() for note in found}


NONE_OF_IT = {
    ("T03-07", "184", "6名"): "6名志愿者重复登记，扣除 6名志愿者同时属于两个组织，去重 6名社工重复登记，核减"
    " 6名职工不属社会力量，剔除",
    ("T03-08", "2400", "64人次"): """
        上月误把64名志愿者的服务算作困难群众，现已剔除 上月把外县志愿者64人次也算进来了，现剔除
        64人次为志愿者培训，误计，扣除 永康市64人次误计，扣除 外县志愿者64人次，误计，剔除
    """,
    ("T05-02", "7", "2个"): "2个为乡镇养老院，不是居家养老服务中心，剔除 2个是养老机构，不属于居家养老服务中心，去重",
    ("T16-09", "5", "32.9万元"): "32.9万元是慈善捐款，不是信托，剔除 32.9万元属捐款，并非慈善信托，核减",
    (
        "T05-04",
        "133",
        "2人",
    ): "2名护士持护士证，不是护理员证，剔除 2名社工不是护理员，剔除 误将社工2人计入，核减"
    " 2名社工误入，剔除 把2名社工也算进来了，已去掉",
}


@pytest.mark.untraced
@through(
    ("code", "figure", "amount", "note"), [(*key, note) for key, notes in NONE_OF_IT.items() for note in notes.split()]
)
def test_whoever_was_counted_and_should_not_have_been_is_a_cause_for_so_many(
    code: str, figure: str, amount: str, note: str
) -> None:
    """With the words of the hint behind as well; for no other amount."""
    assert told(code, figure, "") != []
    assert told(code, figure, note) == []
    assert told(code, figure, f"{note}，比上次减少{amount}") == []
    number = amount.rstrip("名人次个万元")
    assert told(code, figure, note.replace(number, f"{number}1", 1)) != []


@through(
    ("figure", "note", "expected"),
    [
        # what is taken off makes it less
        ("420", "285名护士持护士证，不是护理员证，剔除", "warning MZ502 和增减的方向对不上"),
        ("420", "285名护士误计，扣除", "warning MZ502 和增减的方向对不上"),
        # what the cell holds, or another's figures, or without that it was taken off
        ("15", "15人是培训，不是取证，剔除", "error MZ501 和增减的数对不上"),
        ("120", "15名护士持护士证，不是护理员证", "error MZ501 印证了这一点"),
        ("120", "永康市误计15人，扣除", f"error MZ501 {OF_ANOTHER}"),
        ("120", "9月填的不是累计，更正", "error MZ501 印证了这一点"),
        ("120", "本行是社工，不是护理员，更正", "error MZ501 印证了这一点"),
    ],
)
def test_what_the_figure_itself_is_not_or_another_place_miscounted_clears_nothing(
    figure: str, note: str, expected: str
) -> None:
    assert told("T05-04", figure, note) == [expected]


PUT_RIGHT = {
    ("T05-04", "135 128"): "更正：上月多报7人 笔误 7人不符合条件，核减",
    ("T05-04", "89 98"): """
        数字打反了，89应为98 更正：上月漏报9人 笔误 两位数字颠倒 漏报9人，数据已核对无误 证书核查发现漏登9人
        漏报10人，重复1人
    """,
    ("T03-08", "2047 2074"): "误写成2047 8月误报为2047，实际2074 2074写成2047，今改回 误将2074报成2047 少报27人次",
    ("T03-07", "113 131"): "更正：原报113，实为131，两位数字颠倒 漏报18名志愿者",
    ("T03-07", "190 185"): "5名志愿者重复，核减 6名社工重复，漏报1名",
    ("T05-06", "284/362 280/362"): "4个村助餐点实地核查已停，扣除 多报4个 分子多报4个 社区多报4个 台风",
    ("T05-06", "284/362 284/358"): "分母多报4个 社区总数按民政厅区划调整 4个社区撤并",
    ("T05-06", "280/362 284/382"): "漏报4个 分母少算20个",
    ("T05-04", "114 110"): """
        与人社部门比对，4人未取得证书 因2人重复登记、2人证书类别不符，核减4人 2人重复登记、2人证书类别不符，多报4人
        4人无证，核减 4人未取得证书，多报4人 4人证书类别不符 8月重复统计4人
    """,
    ("T05-04", "114 119"): """
        8月下旬取证5人未及时统计，现予补报 8月下旬取证5人未及时统计，现予补报，漏报5人 5人未录入，本月一并补录
        录入时将119误录为114
    """,
    ("T14-06", "387/479 380/479"): "更正：7家未开展活动 多报7家",
    ("T25-05", "100 100.7"): "漏报0.7万元 漏报7000元 因考核需要，补报0.7万元，上月漏报",
}
STANDS = {
    ("T05-04", "89 92"): "培训漏登3人 漏报2人 漏报30人",
    ("T05-04", "114 112"): "体检2人 表彰2人 走访困难老人2人 回访2人 宣传2人",
    ("T03-08", "1026 1126"): "漏报50人次 漏报99户，共1人次 少报100元 数据没有错，漏报为0 为完成序时进度补录 误写成1126",
    ("T03-08", "2047 2074"): "2047写成2074，今改回 误将2047报成2074",
    ("T05-03", "100 105"): "原数无误，按新要求调整5张 上月数据准确，调整5张",
    ("T25-05", "100 100.7"): "因考核需要，补报0.7万元 招标文件漏写0.7万元 合同少写0.7万元",
    ("T05-06", "284/362 280/362"): "漏报4个 少报村社 床位多报4张 分母多报4个 社区总数按民政厅区划调整 核减 核减4个",
    ("T05-06", "284/362 284/358"): "分子多报4个 核减",
    ("T05-04", "114 110"): "社区总数按民政厅区划调整 核减 核减4人 4人未及时统计，现予补报 4人与系统不一致",
    ("T05-04", "114 119"): "5人未取得证书 5人未及时统计 5人未及时统计，待补报 误将社工5人计入，更正",
    ("T03-08", "1000 1048"): "补报48元",
}


@through(("code", "change", "note"), [(*key, note) for key, notes in PUT_RIGHT.items() for note in notes.split()])
def test_what_was_wrong_with_a_past_figure_is_a_reason_in_whatever_words(code: str, change: str, note: str) -> None:
    assert explains_past(note, code, change)


@through(("code", "change", "note"), [(*key, note) for key, notes in STANDS.items() for note in notes.split()])
def test_another_size_another_thing_or_what_the_figure_is_to_come_to_is_no_reason_for_a_past_one(
    code: str, change: str, note: str
) -> None:
    assert not explains_past(note, code, change)


ANOTHERS = {
    ("T03-08", "28000"): "发放慰问金25536元 惠及25536户 印发宣传资料25536份 走访25536户 社区食堂用餐25536人次",
    ("T05-04", "1580"): "发放补贴1445元 开展活动1445场 慰问困难老人1445人 体检1445人 高龄津贴发放1445人"
    " 养老护理员体检1445人 社工考试后取证1445人 床位验收后新增1445人 发放宣传册1445本 床位登记证1445本"
    " 经核实无误，新增1445人 经核实，新增持证1445人 更正，增加1445人",
    ("T16-07", "1445"): "检查慈善组织1365家 走访后约谈慈善组织1365家",
    ("T05-03", "1900"): "补贴发放1710户 改造护理型床位1710张 检查1710家 新建家庭养老床位1710张",
    ("T05-02", "90"): "智能手环发放81个 安装烟感报警器81个 检查81家 开展活动81场",
    ("T25-05", "22666"): "乡村振兴资金下达20400万元 慈善总会接收捐赠款20400万元 惠及移民20400人 低保金发放20400万元",
}
OWN_LEAPS = {
    ("T03-08", "28000"): "重阳节走访慰问25536人次 救助站集中服务25536人次 佛堂镇开展服务25536人次",
    ("T05-04", "1580"): """
        10月考试新增持证1445人 集中取证1445名 考试通过1445人 佛堂镇集中考试取证1445人 漏报佛堂镇考试取证1445人
        新增护理员1445人，集中发证 由135更正为1580，漏报一批 统一考试，增加1445人
        省里统一调整口径后增加1445人 职业院校毕业生1445人取证 退役军人取证1445人 联合人社局考试1445人
        发证1445本 集中发放证书1445本 大比武后集中取证1445人 技能竞赛后新增持证1445人 体检后取证1445人
    """,
    ("T16-07", "1445"): "新登记慈善组织1365家 检查后登记慈善组织1365家 检查发现漏报慈善组织1365家",
    ("T05-03", "1900"): "新院启用，增加1710张 福泰院启用专区床位1710张 认知障碍照护专区投用1710床 10月新院启用1710张",
    ("T05-02", "90"): "10月集中采购安装81台 采购安装81套 智能终端集中到货81个 佛堂镇安装智能终端81台，集中采购",
    ("T25-05", "22666"): """
        省级资金集中下达20400万元 第二批扶持资金下达20400万元 中央水库移民资金拨付20400万元
        省级资金集中下达2.04亿元 横锦水库移民扶持项目拨付20400万元
    """,
}


@pytest.mark.untraced
@through(("code", "figure", "note"), [(*key, note) for key, notes in ANOTHERS.items() for note in notes.split()])
def test_an_amount_of_another_thing_or_measure_clears_no_tenfold_figure(code: str, figure: str, note: str) -> None:
    assert [each for each in told(code, figure, note) if each.startswith("error MZ507")]


@pytest.mark.untraced
@through(("code", "figure", "note"), [(*key, note) for key, notes in OWN_LEAPS.items() for note in notes.split()])
def test_a_tenfold_leap_is_cleared_by_its_event_wherever_it_was(code: str, figure: str, note: str) -> None:
    assert [each for each in told(code, figure, "") if each.startswith("error MZ507")]
    assert told(code, figure, note) == []


TAKEN_BACK = {
    ("T05-04", "1580"): """
        集中发证1445人，但均为2022年考试 集中发证1445人，均为去年取证 发证1445人，其中1430人为2022年证书
        集中发证1445人，系全市数 集中考试取证1445人（全市） 集中发证1445人，为全市合计 全市取证1445人
        集中考试发证1445本，其中养老护理员15本 集中取证1445人，仅15人为养老护理员 集中发证1445人，另有社工1430人
        集中发证1445人，含家政服务员1430人 集中取证1445人，其中实际在岗15人 取证1445人，下月发证
        三年累计取证1445人 历年取证1445人 待补录1445人，此前未统计 集中发证1445人，本月未统计
        集中发证增加1445人次 新增持证养老护理员1445人 新招聘护理员1445人 养老护理员入职1445人 引进养老护理员1445人
        请市局核实是否增加1445人，系集中考试 培训家政服务员1445人，集中发证 考试报名1445人，集中发证
    """,
    ("T05-03", "1900"): """
        新院投用，床位1710张，其中认知障碍专区171张 新院投用，增加1710张，为全市数 全市新院投用，增加1710张
        新院投用1710张，其中专区仅171张 三家养老院签约，拟增加1710张
    """,
    ("T25-05", "22666"): "集中拨付20400万元，含农业农村资金20000万元 资金下达20400万元，分三年拨付",
    ("T05-04", "21"): """
        机构关停，减少114张 减少114人为东阳市数 114人证书年底到期 114人离职，其中护理员4人 集中退出114人，实为4人
    """,
    ("T14-11", "4"): "3A级社会组织39家到期 注销39家民办幼儿园 39家等级年底到期",
}
NOT_TAKEN_BACK = {
    ("T05-04", "1580"): """
        集中发证1445人，其中初级1000人、中级445人 集中考试取证1445人，其中10月15日发证1000人、25日发证445人
        统一考试1445人取证，其中义亭镇365人 全市统一考试，我市取证1445人 全市集中考试，新增持证1445人
        三家培训机构集中发证共1445人 与人社部门比对，补录1445人 集中发证1445人，由135人增至1580人
        人社部门10月20日集中发证1445人 自2023年以来集中取证1445人
        漏报1445人，现补报 补录1445人，此前未纳入统计 现补录1445人，此前未及时统计
        招聘到位，新增持证1445人 招聘后集中取证1445人 申报认定1445人，集中发证1445人
    """,
    ("T05-03", "1900"): "三家养老院专区投用，共1710张 10月新院验收启用1710张床位 2栋楼启用，增加1710张",
    ("T25-05", "22666"): "水库移民资金集中下达20400万元，其中中央20000万元、省级400万元",
    ("T05-04", "21"): """
        114人未取得证书，核减 上月误报114人，更正 9月多报114人，核减 剔除非养老护理员114人
        114人证书到期 114人证书去年底到期，核减
    """,
    ("T14-11", "4"): "39家等级有效期满 39家评估到期，不再计入 评估等级到期39家 39家未通过评估，核减",
}


@through(("code", "figure", "note"), [(*key, note) for key, notes in TAKEN_BACK.items() for note in notes.split()])
def test_an_amount_that_its_note_takes_back_clears_no_leap(code: str, figure: str, note: str) -> None:
    assert [each for each in told(code, figure, note) if each.startswith("error")]


@pytest.mark.untraced
@through(("code", "figure", "note"), [(*key, note) for key, notes in NOT_TAKEN_BACK.items() for note in notes.split()])
def test_parts_that_add_up_and_whoever_had_all_do_it_take_nothing_back(code: str, figure: str, note: str) -> None:
    assert told(code, figure, "") != []
    assert told(code, figure, note) == []


def test_a_number_that_does_not_add_up_with_the_amount_is_told_and_put_right_clears_it() -> None:
    note = "集中考试发证1445本，其中养老护理员15本"
    assert told("T05-04", "1580", note) == ["error MZ507 里另写的数加起来不是增减的数"]
    assert told("T05-04", "1580", f"{note}、高级护理员1430本") == []


def test_visits_are_no_cause_but_where_they_are_counted() -> None:
    assert not explains_past("慰问2人", "T05-04", "135 137")
    assert explains_past("慰问2人次", "T03-08", "2464 2466")


def of_meals(note: str) -> list[str]:
    """The codes of what is found of 362 communities that became 3620 in October, of which 296 have a meal service."""
    rows = [f"2023-{month:02d},义乌市,T05-06,,,296,362,," for month in (7, 8, 9)]
    data = "\n".join([HEADER, *rows, f'2023-10,义乌市,T05-06,,,296,3620,"{note}",', ""])
    found = run_checks(PLAN, [Source.of_bytes("示例.csv", data.encode())]).diagnostics
    return [each.rule.code for each in found if each.period == "2023-10"]


def test_a_part_of_a_ratio_leaps_by_what_it_counts_and_by_nothing_else() -> None:
    for note in ("网格3258个", "志愿者3258人", "困难学生3258人"):
        assert "MZ507" in of_meals(note), note
    for note in (
        *("行政区划调整，新增社区3258个", "村改居，城乡社区增加3258个", "区划调整划入村（社区）3258个"),
        *("纳入行政村3258个", "撤镇设街道，分母增加3258个", "上月漏统计3258个"),
    ):
        assert of_meals(note) == [], note


@pytest.mark.parametrize(
    ("note", "is_one"),
    [
        ("10月新增儿童主任100名，分母比上次增加100", True),
        ("分母由378增加到478，新增儿童主任100名", True),
        ("新增儿童主任90名，分母比上次增加100", False),
        ("减少儿童主任100名，分母比上次增加100", False),
        ("分母比上次增加100", False),  # how much, and not who came
    ],
)
def test_who_came_to_those_whom_a_denominator_counts_is_why_it_grew(note: str, is_one: bool) -> None:
    rows = [f"2023-09,义乌市,T08-08,,,357,378,,\n2023-10,义乌市,T08-08,,,378,478,{note},\n"]
    found = run_checks(PLAN, [Source.of_bytes("示例.csv", "".join([HEADER, "\n", *rows]).encode())]).diagnostics
    assert ("MZ503" not in [each.rule.code for each in found]) == is_one


@pytest.mark.parametrize(
    ("code", "change"), [("T08-04", ("推进中", "已完成")), ("T05-04", ("135", "128")), ("T05-04", ("128", "133"))]
)
def test_each_example_that_a_changed_figure_gets_is_a_reason_of_its_kind(code: str, change: tuple[str, str]) -> None:
    names, indicator = Names(PLAN), PLAN.indicators[code]
    hint = changed_figure(names, indicator, "yiwu", Period(2023, 9), change, ("", "")).hint
    of_people = re.findall("“([^”]*)”", hint)[0]
    assert ("人" in of_people) == (code == "T05-04")
    right = of_people.replace("多报5人", "多报7人")  # 135 - 128
    assert changed_figure(names, indicator, "yiwu", Period(2023, 9), change, ("", right)).hint == ""
