"""Notes that say the figure beside them is none of this month's, final, whole or the indicator's own, by their kind.

Each kind is heard by its grammar: the innocent notes have the same words, and speak of something else or agree.
"""

import pytest

from conftest import through
from test_notes import BEDS, LEVEL, MONEY, SHARE, said

KINDS = {
    "another period": """
    这是2月的 2月的 2月份的 系2月数 报的2月的 报的是2月 用的2月数据 这是上月的 上月的 上个月的数
    填的上月数 沿用2月 暂用2月数 数据截至2月底 截至2月底 这是1-2月的 2-3月的数 4月的数 上半年数
    下半年的 二季度数 这是去年的 系2030年 为上年底数
    """,
    "another figure": """
    实际只有114张 实际就114张 实际仅114张 实有114张 其实只有114张 真实数114张 建成300张
    完成300张
    """,
    "a part above the whole": """
    计入300张 集中计入300张 含民办300张 包括民办300张 其中民办300张
    """,
    "an estimate": """
    估的 大致估的 估计数 估计的 是估计值 毛估 估摸着填的 推算的 按比例推算 按人口推算得出 根据去年推算
    测算数 约数 大约数 大概的 拍脑袋的
    """,
    "what is expected": """
    系全年预计 为全年目标 是年度计划 这是计划数 按全年计划填的 预计的
    """,
    "a place is missing": """
    义亭镇没报 3月义亭镇没报 义亭镇未报 义亭镇还没报 义亭镇没交 义亭镇数据没报上来 义亭镇数据未到 两个镇未上报
    3个街道没统计 佛堂镇未计入 佛堂镇没算 数据不齐 没报全 未报齐 还差几家没报 有2家机构没报 这是义亭镇的
    填的是佛堂镇数据
    """,
    "another indicator or measure": """
    该数为户数 此数是人次 填的是人次 填的人数 这是护理员数 该数为护理员人数 填成了护理员数 数据是销量 单位：户
    按户填 以户计
    """,
    "another row": """
    串行了 串行 错行了 填串行了 错位了 填到别的行了 看错行
    """,
    "doubt": """
    数据待核 待核 还要再核 有待核实 数据可能不准 不一定准 不太准 存疑 有出入 与台账有出入 和系统对不上
    对不上 仅供参考 参考数 待定 没把握 不是最终数 非最终数 初步数 初步统计 数据还会变 可能要调 下月再调整
    以后再核 不确定 先这样填 随便填的 瞎填的
    """,
}
INNOCENT = """
7月新增12人 7月已报 与7月一致 7月的机构已投用 7月起执行新标准 7月启动 为7月开工项目 义亭镇7月投用
3月底前完成 3月的数据 这是3月的 系3月底数 截至3月底 上月已报 比上月多8张 上月未报已补
2月义亭镇没报，本月补上 2月漏报的已补报 去年已启动 去年的项目今年投用 今年的 2031年的 实际已投用
实际到位3人 实际开工3家 实际只有3个镇开展 只有3家机构 现有机构12家 系统显示12家机构 台账齐全
系统已更新 已核实 数据已核实 数据已核对，准确 已与台账核对无误 核实无误 已复核 经核实，准确 数据真实准确
非估算数 不是估的 已评估 评估合格 等级评估3家 预计12月建成 预计全年可完成 按计划推进 按比例配置护理员
按比例抽查 按人口比例分配任务 测算补助资金3万元 计划12月投用 义亭镇已报 义亭镇没有养老机构
义亭镇未发生事故 义亭镇没报名 义亭镇未新增 各镇均已上报 佛堂镇已全部上报 镇街均已报齐 佛堂镇没有新增
不缺数据 不含开发区 不含自理老人 含义亭镇 含义亭镇、佛堂镇 含上月漏报 含上月漏报10张 含本月新增
包括民办机构 床位数增加 床位数已核实 该数为养老床位数 该数为累计数 此数为最终数 该数为实际数 这是准确数
该数为系统导出数 此数为审核后的数 新增床位数 按时上报 按月报送 按要求统计 按床位统计 已按张统计 按实际填报
串珠手工活动 串联三个片区 可能受天气影响 如有变化及时更新 与上级核对一致 不存在误差 数据没有出入 准确无误
非暂估数 其中男80人 其中乡镇100张、城区35张 其中护理型30张、民办28张 计入35张 集中计入100张
含民办100张 本月完成19张 完成19张
"""
"""Beside 135 beds of 青山县 in March: what has come about, where, when, and that all is as it should be."""
QUESTIONS = """
缺义亭镇 缺义亭镇数据 少佛堂镇的 不含义亭镇 不包括佛堂镇 义亭镇除外
系统里是114张 台账为114张 系统显示114张 只有114张 其中男80张女90张
和下一行填反了 上下行填反 跟护理员数填反了
"""


@pytest.mark.untraced
@through("note", [note for kind in KINDS.values() for note in kind.split()])
def test_a_note_of_each_kind_is_an_error(note: str) -> None:
    assert [code for code, _ in said(BEDS, note)] == ["MZ430"]


@pytest.mark.untraced
@through("note", INNOCENT.split())
def test_the_same_words_in_an_innocent_note_are_none(note: str) -> None:
    assert said(BEDS, note) == []


@through("note", QUESTIONS.split())
def test_what_may_have_its_reason_is_a_question(note: str) -> None:
    assert [code for code, _ in said(BEDS, note)] == ["MZ431"]


@pytest.mark.parametrize("denial", ["不是", "并非", "非"])
@pytest.mark.parametrize("note", ["2月的", "上月的数", "户数", "估算的", "推算的", "全年预计数"])
def test_none_is_one_where_it_is_denied(note: str, denial: str) -> None:
    assert said(BEDS, f"{denial}{note}") == []


@pytest.mark.parametrize(
    ("code", "note"),
    [
        *((LEVEL, note) for note in ("填的人数", "这是护理员数", "该数为名数", "2-3月的数", "单位：名", "按人填")),
        *((MONEY, note) for note in ("数据是销量", "该数为福彩销量", "此数为销售额")),
        *((SHARE, note) for note in ("分子为人数", "这是探访率", "按户统计")),
    ],
)
def test_what_the_indicator_itself_is_and_is_counted_in_is_no_other(code: str, note: str) -> None:
    assert said(code, note) == []


@pytest.mark.parametrize(
    ("cells", "note", "codes"),
    [
        ("150,,", "计入300张", ["MZ430"]),
        ("150,,", "计入150张", []),
        ("150,,", "计入80张", []),
        ("780,,", "集中计入78张", ["MZ431"]),
        ("7800,,", "集中计入78张", ["MZ431"]),
        ("150,,", "未计入300张", []),
        ("150,,", "其中男80张女90张", ["MZ431"]),
        ("170,,", "其中男80张女90张", []),
        ("150,,", "其中参加培训300张次", []),
        ("150,,", "拆除150张，改建增加300张", []),
    ],
)
def test_the_parts_of_a_first_figure_are_compared_with_it(cells: str, note: str, codes: list[str]) -> None:
    assert [code for code, _ in said(BEDS, note, cells)] == codes


OF_THEN = """
数为2月 数为2月数 的数是2月的 为2月数据 填的是2月数 报的是2月数 按2月数填 沿用2月 用2月数据 数据为1月底 2月数据
的数据是上月的 数系上月数 数取自2月报表 数为上季度末 数据截至2月底
"""
OF_NOW = """
数为3月 数为3月数 数为3月底数 数据截至3月底 数为1-3月累计 2月起按新口径统计 较2月增加3张 含2月补报2张 2月已报
2月新增3张 2月漏报已补 2月开业2家 2月投用 数比2月多3张 数与2月持平 数与2月口径一致 数已核实 数为最终数
数为累计数 数为实有数 沿用2月标准 2月底已完成 数无误 为全市首个 已全部报上来
"""


@through("whose", ["青山", "青山县", "本县", "我县", "该指标", "本行"])
def test_whose_figure_a_note_speaks_of_takes_nothing_from_what_it_says(whose: str) -> None:
    heard = {note: {code for code, _ in said(BEDS, f"{whose}{note}")} for note in f"{OF_THEN}{OF_NOW}".split()}
    assert [note for note, codes in heard.items() if codes] == OF_THEN.split()


@through("note", ["除青山外均为2月数", "绿水县数为2月", "床位数比2月多3张"])
def test_what_is_said_of_others_or_compared_is_none(note: str) -> None:
    assert said(BEDS, note) == []


@through("note", ["床位数为2月", "床位数为2月底数", "除绿水外均为2月数", "各县市区数为2月"])
def test_the_indicators_own_words_and_all_but_others_are_whose_it_is_too(note: str) -> None:
    assert [code for code, _ in said(BEDS, note)] == ["MZ430"]
