"""A note beside a milestone says in its own words that something is left, or that all is done; or it does not."""

from pathlib import Path

import pytest

from mzplan.plan.load import load_plan
from rule_examples import of_notes

pytestmark = pytest.mark.untraced

PLAN = load_plan(Path(__file__).parent.parent / "plan" / "2023.yaml")
UNFINISHED = {
    "T20-10": """
    仍在推进，计划11月完成 预计11月底才能完成 还剩3处没治理 还有2处未治理 仍有3个乡镇没有完成 还在推进
    正在推进中 10月份全面完成
    """,
    "T10-04": "还差验收没做",
    "T05-01": "尚有一个乡镇没完成",
    "T24-06": "材料刚报上去，还没批 等省里批复",
    "T21-08": "方案在征求意见",
    "T07-02": "评估下个月才结束",
    "T12-03": "办法已上常务会，待印发",
    "T12-02": "文件尚未印发 文件还没有印发 待市政府审定 已报市政府待批复",
    "T06-01": "实施意见草案已形成 意见还没出台",
    "T24-03": "规划正在编制 规划编制中",
    "T04-03": "整治到11月收尾",
    "T08-05": "年底前完成",
    "T02-03": "文件没出，钱先发了",
    "T03-10": "启动仪式改到10月20日",
    "T16-03": "大会定于11月召开 慈善大会推迟到10月举行",
    "T17-01": "初稿",
    "T22-06": "施工中 改造还没完工 改造明年完工",
}
FINISHED = {
    "T20-10": """
    9月底完成 原计划11月完成，提前完成 共治理120处，全部完成 长效管理持续推进中
    还有3处零星散坟已列入明年计划，不在本次范围
    """,
    "T08-04": "尚未验收 下一步计划11月评估 经费尚未拨付 10月起按新标准发放 省厅尚未验收",
    "T10-04": "9月20日通过省厅验收",
    "T12-02": "9月5日印发，配套细则10月出台 文件已印发，10月1日起施行",
    "T06-06": "规划已印发，12月开展中期评估",
    "T16-03": "9月5日召开，参会200人",
    "T16-04": "评选结束，10月颁奖",
    "T17-01": "结果10月公布在官网",
    "T18-03": "已推荐3个，等待省厅公布",
    "T22-06": "已完工，10月投用 尾款未支付 没有发生安全事故 已通过验收，未发现问题",
    "T29-03": "排查120处，整改120处，未整改0处",
}
DONE = {
    "T08-04": "9月已全部调标到位 已完成调标并发文",
    "T22-06": "改造已经竣工验收 9月已完工 设施改造9月已完成",
}
UNDER_WAY = {
    "T08-04": "省里文件还没下，等文件调标",
    "T08-05": "场地已到位 人员已到位",
    "T12-02": "初稿已完成 征求意见已结束 已报市政府审定",
    "T14-09": "系统开发已完成",
    "T16-03": "筹备工作已到位 方案已印发",
    "T20-10": "预计11月完成 还剩3处没治理 5个乡镇已完成治理 已完成大部分 摸底排查已完成",
    "T22-06": "总投资120万元，完成60% 前期手续已办结 主体已完工，正在装修 已完成招标 已完成60%",
    "T24-03": "已完成现状调研",
}


def said(code: str, stage: str, note: str) -> list[str]:
    """What the rules about notes say of a unit's milestone in September."""
    unit = PLAN.units[PLAN.indicators[code].reporting[-1]].name
    row = f'2023-09,{unit},{code},,{stage},,,"{note}",https://example.org/1'
    return [each.rule.code for each in of_notes(row, PLAN)]


@pytest.mark.parametrize(
    ("stage", "notes", "expected"),
    [
        ("已完成", UNFINISHED, ["MZ430"]),
        ("已完成", FINISHED, []),
        ("推进中", DONE, ["MZ431"]),
        ("推进中", UNDER_WAY, []),
        ("推进中", UNFINISHED, []),
        ("已完成", DONE, []),
    ],
    ids=["unfinished", "finished", "done", "under way", "unfinished as it should be", "done as it should be"],
)
def test_a_note_is_heard_of_the_milestone_it_stands_beside(
    stage: str, notes: dict[str, str], expected: list[str]
) -> None:
    heard = {(code, note): said(code, stage, note) for code, several in notes.items() for note in several.split()}
    assert {key: codes for key, codes in heard.items() if codes != expected} == {}


@pytest.mark.parametrize(
    ("period", "note", "codes"),
    [("2023-10", "11月完成", ["MZ430"]), ("2023-11", "11月完成", []), ("2023-12", "年底前完成", [])],
)
def test_a_month_is_to_come_or_not_by_the_month_of_the_report(period: str, note: str, codes: list[str]) -> None:
    row = f"{period},义乌市,T20-10,,已完成,,,{note},https://example.org/1"
    assert [each.rule.code for each in of_notes(row, PLAN)] == codes
