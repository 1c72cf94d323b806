"""Counts beside counts that people add: shares, differences and sums of them, and changes since a month named first.

September 2031, parts for each county: of 10 that are judged 1 is done (in August none), 2 are kept up, 3 of 6 that are
due are in time and 3 are not, 4 are not due. 养老 has 5 indicators, 2 not in time, 救助 4, 1 done, 1 not in time. Done
of the year: the city 72.5 % (70.9 in August).
"""

import pytest

from mzplan.bulletin.verify import Account
from test_verify_edits import is_wrong, said

pytestmark = pytest.mark.traced

RIGHT_AND_WRONG = (
    ("未达到进度要求3项，占纳入评价指标的30.0%，报齐后再作结论。", "未达到进度要求3项，占纳入评价指标的33.0%。"),
    ("未达到进度要求3项，占纳入评价的三成，报齐后再作结论。", "未达到进度要求2项，占纳入评价的三成。"),
    ("尚未到期的指标占纳入评价的40%。", "尚未到期的指标占纳入评价的66.7%。"),
    ("达到进度要求的指标占应达指标的一半。", "达到进度要求的指标占应达指标的超过六成。"),
    (
        "养老领域未达到进度要求2项，占纳入评价指标的40.0%，报齐后再作结论。",
        "养老领域未达到进度要求2项，占纳入评价指标的20.0%。",
    ),
    ("未达到进度要求的指标比保持达标的多1项，报齐后再作结论。", "未达到进度要求的指标比保持达标的少1项。"),
    ("尚未到期4项，比未达到进度要求的指标多1项，报齐后再作结论。", "尚未到期4项，比未达到进度要求的指标多2项。"),
    ("养老领域有5项指标，比救助领域多1项。", "养老领域有5项指标，比救助领域多2项。"),
    ("救助领域未达到进度要求的指标比养老领域少1项，报齐后再作结论。", "救助领域未达到进度要求的指标比养老领域多1项。"),
    ("养老领域和救助领域共有9项指标。", "养老领域和救助领域共有8项指标。"),
    ("养老领域和救助领域未达到进度要求的指标共3项，报齐后再作结论。", "养老领域和救助领域未达到进度要求的指标共2项。"),
    ("与上月相比，全市年度完成率提高1.6个百分点。", "与上月相比，全市年度完成率下降1.6个百分点。"),
    ("与8月底相比，全市年度完成率提高1.6个百分点。", "与8月底相比，全市年度完成率提高2.6个百分点。"),
    ("较8月，东山县年度完成率提高9.8个百分点。", "较8月，东山县年度完成率提高7.8个百分点。"),
)


@pytest.mark.parametrize(("right", "wrong"), RIGHT_AND_WRONG)
def test_counts_beside_counts_are_proven(right: str, wrong: str) -> None:
    report = said(right)
    assert [finding.message for finding in report.findings] == []
    assert {statement.account for statement in report.statements} == {Account.RIGHT}
    assert is_wrong(said(wrong))


@pytest.mark.parametrize(
    "sentence",
    [
        "除养老领域外，未达到进度要求的指标占纳入评价的30%。",
        "预计尚未到期的指标占纳入评价的40%。",
        "尚未到期4项，占应达的66.7%。",
        "东山县和南江市共有9项指标。",
        "西河县达到进度要求的指标比东山县少1项。",
        "未达到进度要求的指标最多的领域是养老领域。",
        "尚未到期的指标最多的是养老领域。",
    ],
)
def test_what_the_data_leave_open_is_asked_about(sentence: str) -> None:
    """What is left out or meant to be, no part of the whole, told of units that share indicators, or of the silent."""
    report = said(sentence)
    assert not is_wrong(report), report.findings
    assert Account.OPEN in {statement.account for statement in report.statements}
