"""What is derived from figures: means, sums over several areas or some units, a turn since a month, the most of some.

September 2031: 新增护理型床位 274 of 800 (526 left in 3 months, 175.3 each; 30.4 a month so far), 75 + 58 + 66 in the
counties and 75 in 高新区; in August 256; it waits for the silent one. Of 11 indicators the area 救助 has 4 (one
behind, one not due), 养老 5 (two behind, three not due). 西河县 is silent.
"""

import pytest

from mzplan.bulletin.verify import Account
from mzplan.diagnostics import Severity
from test_verify_edits import is_wrong, of, said
from test_verify_wholes import september

pytestmark = pytest.mark.traced

TRUE = (
    "养老领域和救助领域共有未达到进度要求的指标3项，报齐后再作结论。",
    "养老领域和救助领域合计尚未到期4项。",
    "养老领域、救助领域共设指标9项。",
    "养老、救助两个领域共设指标9项，占全部11项的81.8%。",
    "养老和救助领域共有9项指标，占81.8%。",
    "养老、救助两个领域合计未达到进度要求3项，报齐后再作结论。",
    "后三个月，新增护理型床位还需完成526张，月均175.3张，报齐后再作结论。",
    "新增护理型床位还需526张，月均176张，报齐后再作结论。",
    "后三个月新增护理型床位月均需完成175.3张，报齐后再作结论。",
    "新增护理型床位累计274张，前9个月月均完成30.4张。",
    "今年以来新增护理型床位月均30.4张。",
    "前8个月新增护理型床位月均完成32.0张。",
    "新增护理型床位此前月均30.4张。",
    "新增护理型床位还需完成526张，此前月均30.4张，报齐后再作结论。",
    "3个县（市、区）新增护理型床位合计199张，高新区75张。",
    "年度完成率最低的已报单位是南江市。",
    "已报单位中，年度完成率最低的是南江市。",
)
FALSE = (
    "养老领域和救助领域共有未达到进度要求的指标1项。",
    "养老领域和救助领域合计尚未到期1项。",
    "养老领域、救助领域共设指标4项。",
    "养老、救助两个领域共设指标9项，占全部11项的88.1%。",
    "养老、救助两个领域共设指标9项，占全部12项的81.8%。",
    "养老、救助三个领域合计未达到进度要求3项。",
    "后三个月，新增护理型床位还需完成526张，月均177.3张。",
    "后三个月新增护理型床位月均需完成175.2张。",
    "新增护理型床位累计274张，前9个月月均完成34.0张。",
    "新增护理型床位还需完成526张，此前月均175.3张。",
    "新增护理型床位还需完成526张，月均40.4张。",
    "后三个月，新增护理型床位还需完成526张，月均30.4张。",
    "3个县（市、区）新增护理型床位合计274张。",
    "与上月相比，新增护理型床位由快于序时进度转为慢于序时进度。",
    "新增护理型床位由8月的慢于序时进度转为快于序时进度。",
    "新增护理型床位由8月的慢于序时进度转为严重滞后。",
    "服务困难群众人次由8月的快于序时进度转为慢于序时进度。",
    "与上月相比，服务困难群众人次由慢于序时进度转为快于序时进度。",
    "年度完成率最低的已报单位是西河县。",
    "已报单位中，年度完成率最低的是西河县。",
)
OPEN = (
    "东山县新增护理型床位75张，全市还需526张，月均175.3张。",
    "养老领域和救助领域共有未达到进度要求的指标3项。",
    "养老、救助两个领域合计未达到进度要求3项。",
    "后三个月，新增护理型床位还需完成526张，月均175.3张。",
    "新增护理型床位还需526张，月均176张。",
    "后三个月新增护理型床位月均需完成175.3张。",
    "新增护理型床位还需完成526张，月均30.4张。",  # so far, or from now on?
    "新增护理型床位还需完成526张，以往月均50.0张。",  # of other years
    "助餐服务城乡社区覆盖率平均为65.0%。",
    "新增护理型床位月均约30张。",
    "新增护理型床位月均完成年度目标的3.8%。",
    "前8个月新增护理型床位月均完成30.4张。",
    "新增护理型床位平均每家单位68.5张。",
    "新增护理型床位累计274张，比各单位平均数50张多25张。",
    "高新区新增护理型床位75张，比全市单位平均数68.5张多6.5张。",
    "新增护理型床位平均每个县（市、区）66.3张。",
    "2个县（市、区）新增护理型床位合计133张。",
    "后四个月，新增护理型床位还需完成526张。",
    "后三个月新增护理型床位274张。",
    "年度完成率最高的未报单位是西河县。",
    "未报单位中年度完成率最高的是西河县。",
)


@pytest.mark.parametrize("sentence", TRUE)
def test_what_is_derived_is_proven(sentence: str) -> None:
    report = said(sentence)
    assert [finding.message for finding in report.findings] == []
    assert {statement.account for statement in report.statements} == {Account.RIGHT}


@pytest.mark.parametrize("sentence", FALSE)
def test_what_is_derived_wrongly_is_found(sentence: str) -> None:
    assert is_wrong(said(sentence))


@pytest.mark.parametrize("sentence", OPEN)
def test_no_derived_figure_is_held_against_the_one_it_is_derived_from(sentence: str) -> None:
    report = said(sentence)
    assert not is_wrong(report), report.findings
    assert Account.OPEN in {statement.account for statement in report.statements}


def test_the_mean_so_far_beside_the_pace_that_is_needed_is_not_that_pace() -> None:
    """A unit's letter has both: 8.5万元 of 30 are left for three months, and 21.5万元 came in nine."""
    told = "武义县政府购买儿童类社会组织服务资金距年度目标尚差8.5万元，月均需完成2.84万元（此前月均{}万元）{}。"
    for rest in ("", "，高于此前月均水平，须加快进度"):
        drafts = [
            f"2023年1—9月全市民政重点工作指标进展简报\n\n　　{told.format(mean, rest)}\n" for mean in ("2.4", "2.8")
        ]
        so_far, needed = (of(draft, september()) for draft in drafts)
        assert [finding.message for finding in so_far.findings if finding.severity is Severity.ERROR] == []
        assert is_wrong(needed)
