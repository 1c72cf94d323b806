"""Nobody among some: what goes before 没有 tells among whom there is nobody, and it is said of those alone.

September 2031, parts for each county: money, beds (far) and homes lag, 服务困难群众人次 is done, two are kept up, four
are not due, two of them things done in stages; 西河县 is silent, 南江市 has sent some.
"""

import pytest

from mzplan.bulletin.verify import Account
from test_verify_edits import is_wrong, said

pytestmark = pytest.mark.traced

TRUE = (
    "未到期指标中没有严重滞后的。",
    "未到期的指标中没有滞后的。",
    "未到期的指标没有滞后的。",
    "尚未到期的指标中没有已完成的。",
    "全市未到期指标中没有滞后的。",
    "已完成的指标没有滞后的。",
    "保持达标的指标里没有滞后的。",
    "达到进度要求的指标中没有滞后的。",
    "滞后的指标中没有已完成的。",
    "滞后指标中无保持达标的。",
    "重点事项中没有滞后的。",
    "重点事项没有已完成的。",
    "工作保障中没有滞后的指标。",
    "救助领域的指标中没有严重滞后的。",
    "已报单位中没有未报的。",
    "除西河县外，没有未报的单位。",
    "东山县没有未报的指标。",
)
FALSE = (
    "未到期指标中没有未到期的。",
    "滞后的指标中没有严重滞后的。",
    "未达到进度要求的指标中没有滞后的。",
    "滞后的指标没有严重滞后的。",
    "养老领域的指标中没有严重滞后的。",
    "工作保障中没有保持达标的指标。",
    "救助领域中没有已完成的指标。",
    "重点事项中没有未到期的。",
    "已报单位中没有报齐的。",
    "未报齐的单位中没有未报的。",
    "县（市、区）中没有未报的。",
    "除东山县外，没有未报的单位。",
)
OPEN = (
    "到期未完成的指标没有滞后。",  # there is none of those
    "已报单位中没有滞后的单位较多。",
    "有正式目标的指标中没有滞后的。",
    "到期的指标中没有未完成的。",
    "未报的单位中没有南江市。",
    "已报单位中没有滞后的指标。",
    "山区指标中没有滞后的。",
    "除新增护理型床位外，没有严重滞后的指标。",
)


@pytest.mark.parametrize("sentence", TRUE)
def test_nobody_among_those_is_proven(sentence: str) -> None:
    report = said(sentence)
    assert [finding.message for finding in report.findings] == []
    assert {statement.account for statement in report.statements} == {Account.RIGHT}


@pytest.mark.parametrize("sentence", FALSE)
def test_somebody_among_those_is_found(sentence: str) -> None:
    assert is_wrong(said(sentence))


@pytest.mark.parametrize("sentence", OPEN)
def test_what_is_not_known_of_those_is_asked_about(sentence: str) -> None:
    report = said(sentence)
    assert not is_wrong(report), report.findings
    assert Account.OPEN in {statement.account for statement in report.statements}
