"""Sign-off rows as offices write them are footers, whoever signs; what is said of figures beside a label is told."""

from pathlib import Path

import pytest

from conftest import of
from mzplan.submissions.harmless import is_harmless
from mzplan.submissions.header import FIELDS, USUAL
from mzplan.submissions.names import Names
from mzplan.submissions.remarks import figure_in
from test_clerk import PLAN, checked, october, project, written

__all__ = ["project"]

pytestmark = pytest.mark.untraced

SIGNED = """
填报人：张三|||联系电话：0579-88812345转801
短号：661234
联系电话：661234
电话（短号）：661234
填报人：甲
填报人：欧阳小明
填报人：禚某
填表人：买买提·艾力
填报人：Zhang San
填报人：张三（13812345678）
填报人：|张三||联系电话：|661234
填报人|张三|审核人|李四
填表：张三|审核：李四|批准：王五
单位负责人：赵六|审核人：钱七|填表人：孙八|联系电话：0579-88812345|填报日期：2023年11月3日
局长（签字）：|||分管副局长：||科室负责人：
科长签字：王五
审核意见：同意
统计员：赵六
联系人及电话：张三 13812345678
办公电话：82345678
办公室电话：0579-88812345-801
手机号码：138 1234 5678
联系人：老李||内线：8801
传真：0579-88812346
微信号：zs123456
微信：zhang_san88
浙政钉：张三
邮箱：zhangsan@163.com
邮编：321100
地址：义乌市府前路1号
填报单位：义乌市民政局|填报日期：2023年11月3日
填表单位：义乌市民政局||填表日期：2023年11月3日
填报单位：义乌市||填报人：张三
报送单位：义乌市|填报人：李四|联系电话：0579-85512345
填报单位|义乌市|填报日期|2023年11月3日
填表人|王小明||填报日期|45233
填表人：|王小明||填报日期：|Nov-23
填报日期：3-Nov-23
制表时间：2023/11/3 0:00
日期|20231103
上报单位（公章）：义乌市民政局|负责人：张三|填报日期：2023年11月3日
报出单位(盖章)|义乌市民政局
填报单位（加盖公章）：义乌市
单位负责人（签字或盖章）：张三
制表人（公章）：|李四
责任处室：救助处
（盖章）
填报时间：10月8日14时20分
填报时间：|10月8日14时20分
填报日期：2023年10月8日上午9时
制表时间：2023年10月8日 下午3点半
打印时间：2023-10-08 下午2:20
数据更新时间：2023-10-08 14:20
数据更新时间：|2023-10-08 14:20:05
10月8日15时前
15时前
下午3点
请于10月8日15时前报送
请于每月5日下午3点前报送市民政局
每月5日17:00前报送
年  月  日
2023 年 11 月 3 日
共3页
""".strip().splitlines()
TELLING = """
填报人：张三|||新增床位更正为 99
填报人：张三||||99
填报人：张三||||661234
填报人|||||255
联系电话：||||255
联系电话：35张
传真 3500张
短号：床位661234
微信：T05-03
地址：床位35张
审核人：李四（数据以元计）
审核人：退回
审核意见：不同意
审核：偏大
填报人：漏报12张
填报人：当月数
填报人：万元
填报人：张三|||以上数据为当月数
填报单位：义乌市|||35
上报单位（公章）：义乌市|||35
上报单位（公章）：义乌市||数据未核实
负责人（签字）：漏报12张
填报单位：义乌市||数据未核实
填报日期：35张
填报日期|255
统计日期|45233
15时
3点
培训16时
下午3点35张
10月8日15时前完成35张
数据更新时间：35张
""".strip().splitlines()


NAMES = Names(PLAN)


def row(line: str) -> list[str]:
    cells = line.split("|")
    return [*cells, *[""] * (len(FIELDS) - len(cells))]


def test_who_signed_and_how_he_is_reached_says_nothing_of_the_figures() -> None:
    for line in SIGNED:
        with of(line):
            assert (figure_in(row(line), USUAL, NAMES), is_harmless(row(line), NAMES)) == ("", True)


def test_what_is_said_of_figures_beside_a_signature_is_no_part_of_it() -> None:
    for line in TELLING:
        with of(line):
            assert figure_in(row(line), USUAL, NAMES) or not is_harmless(row(line), NAMES)


@pytest.mark.parametrize(("at", "expected"), [(0, "MZ131"), (1000, "MZ151")])
@pytest.mark.parametrize(("line", "told"), [(SIGNED[0], ""), (SIGNED[1], ""), (SIGNED[4], ""), (TELLING[1], "MZ160")])
def test_a_signature_is_taken_out_of_a_report(project: Path, line: str, told: str, at: int, expected: str) -> None:
    rows = october()
    rows.insert(at, row(line))
    found = {each.rule.code for each in checked(project, written(rows).encode()).diagnostics} - {"MZ511"}
    assert found - {"MZ151"} == {told} if told else found == {expected}
