"""Words that take back the figure beside them are told; honest ones of the same words are passed."""

from pathlib import Path

from conftest import through
from mzplan.plan.load import load_plan
from mzplan.submissions import disowned
from mzplan.submissions.clauses import clauses_of
from mzplan.submissions.doubts import leaves_doubt
from mzplan.submissions.names import Names
from mzplan.submissions.row import Row
from mzplan.submissions.statements import contradicts, odd, speaks_of_the_figure

NAMES = Names(load_plan(Path(__file__).parent.parent / "plan" / "2023.yaml"))
CARERS, LISTS = ("T05-04", "138", "", ""), ("T01-07", "已完成", "", "")


def record(note: str, cells: tuple[str, str, str, str] = CARERS) -> Row:
    """义乌市's record of October with a note."""
    return Row(0, ("2023-10", "义乌市", cells[0], "", *cells[1:], note, ""), NAMES)


TAKEN_BACK = [said for said, kind in disowned.EXAMPLES.items() if kind.remedy]
ANOTHER = """
此数作废，另报 数据作废，另报 义乌市数作废 本市的数据作废 10月数作废 误填 按140计 按140人计 以电话报的140为准 抄上月
系累计到8月 累计到9月底 不含10月份 不含本月 未统计10月数据 只含到9月20日 仅统计到9月
数据不实，重新核 数据不实，请重新核定 请重新统计 不报数
这个数报错了 报错了 数错了 错 填错 数不对，退回重报 数不对，已退回 不同意，偏高 ×，67→70 报多了，请重报 数据领导不同意
领导说改为30 局长要求改成130 科长让改为130 105→110 105->110 105人→110人 100改130 由105改为110 10月由105更正为110
上月105→本月110 核减2人后为120 核减2人后120 剔除重复2人后共120人 应由138改为140 138更正140 应改为30 审核改为30
核减后为120 减去2人后是120 错误 打叉
"""
IN_QUESTION = """
多报了2人 报多了2人 这个数多了2人 数多报了2人 漏报5人 少报5人 另有5人未计入 还有5人没有算入
含东阳市12人 其中含东阳市12人 本月新增3人，另有5人未计入
"""
HONEST = """
取消收费后服务人次增加 撤销2家机构，核减 作废证书3本已核减 含东阳路街道12人
误填后已改正 误填，已更正为138 上月误填，已改正
取消2家机构资质，核减 收回证书2本
旧证3本，已作废 收费项目3个，全部取消 重复登记3人，已删除 上月漏报5人，已补报 漏报5人，已补报
另有5人未计入，属外市户籍
另有5人在建未计入 含东阳市户籍12人 含由东阳市转入12人 统计口径同上月 同上月 按12元计 每户按2人计 按年龄60岁计 按12个月计
以系统为准 数据以省系统为准 口径以附件为准 标准以省厅文件为准
2家机构撤回申请 撤回报名3人 无效证书2本已剔除 过期证书无效，核减
累计到10月 累计至10月底138人 按138计 以电话报的138为准 不含9月注销的2人 不含在建 请予审核 请审阅 删除重复人员2名
注销机构不要求填报 9月数作废，已按新数填 原数作废，现为138
全年目标600人，已完成138人 全年预计完成600人
停办机构不再统计 含退役军人12人 本市户籍12人 佐证材料另附 照片另行报送 证书作废后重新发放3本 废止旧办法后新增
上月报错了，已更正 报错了，已改 上次多报了2人，已核减 多报了2人，已核减 多报2人 多了2人 已退回重报后核实
退回重报，现已核实 上月退回重报，已核实 无误 没有问题 没有报错 核过无误 已核过 领导已审核同意 不同意见已统一
重新核实后填报 退回资金3万元 退回申请2件 方案退回重做
3个村不同意，暂未建 2家要求合并，领导不同意，未合并 2件被驳回 只有2人未通过 价格偏高 因集中发证，数据偏高
待改造3家 领导说改为138 105→138 105→138人 由105增至138 由105改为138 上月105→本月138 100改138
9月由105更正为110 8月105→110 标准由105→110元 补助105→110元 参训105→110人次 核减2人后为138 核减后为138 应改为138
9月核减2人后为110 100改130张床位 注销机构不报 旧数不实，重新核实后为138 已重新核对 重新核定低保对象
"""


@through("note", [*TAKEN_BACK, *ANOTHER.split()])
def test_a_note_that_takes_its_figure_back_or_gives_another_contradicts_it(note: str) -> None:
    assert contradicts(record(note))


@through("note", [each for each in TAKEN_BACK if disowned.EXAMPLES[each].name != "foreseen"])
def test_the_same_words_take_a_stage_back_and_are_a_doubt_beside_a_table(note: str) -> None:
    assert contradicts(record(note, LISTS))
    assert leaves_doubt(note, NAMES)


@through("note", IN_QUESTION.split())
def test_what_a_figure_may_lack_or_have_of_others_is_asked(note: str) -> None:
    assert not contradicts(record(note))
    assert odd(record(note))[0]


@through("note", HONEST.split())
def test_the_same_words_in_another_sense_are_passed(note: str) -> None:
    assert not contradicts(record(note))
    assert odd(record(note)) == ("", "")
    assert disowned.withdrawn(clauses_of(note)) is None


@through(("said", "kind"), disowned.EXAMPLES.items())
def test_each_kind_is_known_by_its_examples_and_its_rows_are_looked_at(said: str, kind: disowned.Disowning) -> None:
    assert speaks_of_the_figure(said)
    told = disowned.withdrawn([said])
    assert (told.name if told else "") == (kind.name if kind.remedy else "")


def test_words_for_the_figure_said_over_and_over_are_read_in_no_time() -> None:
    """Each more took twice as long: eighteen took minutes."""
    assert not contradicts(record(f"{'此数' * 40}x138"))
