"""Sentences that an officer adds to the bulletin for September 2023, or words anew: what is true, and what is not.

Beside each true one stands the same with one figure, one name or one word turned. No true one is wrong, no false one
is right; most true ones are proven. 磐安县 has sent nothing. Figures are those of `status` for September and August.
"""

from functools import cache

import pytest

from mzplan.bulletin.verify import Account
from test_verify import shipped
from test_verify_of_units import told

pytestmark = pytest.mark.untraced

PROVEN = (
    # figures of an indicator, rough and exact
    ("新增持证社工累计1113人，完成年度目标的74.2%。", "新增持证社工累计1131人，完成年度目标的74.2%。"),
    ("新增持证社工1113人，完成年度目标1500人的74.2%。", "新增持证社工1113人，完成年度目标1600人的74.2%。"),
    ("新增持证养老护理员累计500人，距年度目标还差100人。", "新增持证养老护理员累计500人，距年度目标还差110人。"),
    ("慈善信托资金总量距800万元的目标还差50.8万元。", "慈善信托资金总量距800万元的目标还差58.0万元。"),
    ("养老机构阳光厨房建成数完成67家，完成率为78.8%。", "养老机构阳光厨房建成数完成67家，完成率为87.8%。"),
    ("新增认知障碍照护专区床位633张，完成近八成。", "新增认知障碍照护专区床位633张，完成近七成。"),
    ("新增认知障碍照护专区床位完成年度目标的近80%。", "新增认知障碍照护专区床位完成年度目标的近90%。"),
    ("新增持证养老护理员完成年度目标逾八成。", "新增持证养老护理员完成年度目标逾九成。"),
    ("服务困难群众8233人次，已完成年度目标的八成以上。", "服务困难群众8233人次，已完成年度目标的九成以上。"),
    ("水库移民扶持资金投入约0.76亿元。", "水库移民扶持资金投入约0.67亿元。"),
    ("水库移民扶持资金投入逾7600万元。", "水库移民扶持资金投入逾7700万元。"),
    (
        "水库移民扶持资金投入0.76亿元，完成年度目标1.4亿元的54.4%。",
        "水库移民扶持资金投入0.76亿元，完成年度目标1.5亿元的54.4%。",
    ),
    ("助餐服务城乡社区覆盖率73.1%，高出目标3.1个百分点。", "助餐服务城乡社区覆盖率73.1%，高出目标2.1个百分点。"),
    (
        "水库移民扶持资金投入7610.7万元，占年度目标14000万元的54.4%。",
        "水库移民扶持资金投入7610.7万元，占年度目标15000万元的54.4%。",
    ),
    ("引导社会力量参与救助人数822名，超过800名。", "引导社会力量参与救助人数822名，超过900名。"),
    # since an earlier month
    ("慈善信托资金总量749.2万元，较8月增加43.9万元。", "慈善信托资金总量749.2万元，较8月增加34.9万元。"),
    ("慈善信托资金总量较上月增长6.2%。", "慈善信托资金总量较上月增长6.8%。"),
    ("服务困难群众人次累计8233人次，比8月增加1463人次。", "服务困难群众人次累计8233人次，比7月增加1463人次。"),
    ("9月当月服务困难群众1463人次。", "9月当月服务困难群众1436人次。"),
    ("新增持证养老护理员从8月的423人增加到9月的500人。", "新增持证养老护理员从8月的432人增加到9月的500人。"),
    ("助餐服务城乡社区覆盖率较8月提高2.5个百分点。", "助餐服务城乡社区覆盖率较8月下降2.5个百分点。"),
    ("全市年度完成率71.2%，较8月提高6.5个百分点。", "全市年度完成率71.2%，较8月提高5.6个百分点。"),
    (
        "婺城区年度完成率由8月的76.8%提高到83.5%，提高6.7个百分点。",
        "婺城区年度完成率由8月的76.8%提高到83.5%，提高7.6个百分点。",
    ),
    (
        "婺城区年度完成率83.5%，比8月的76.8%提高6.7个百分点。",
        "婺城区年度完成率83.5%，比8月的78.6%提高6.7个百分点。",
    ),
    # a unit's, its share, sums and lists of units
    (
        "新增持证社工累计1113人，其中义乌市300人，占全市的27.0%。",
        "新增持证社工累计1113人，其中义乌市300人，占全市的37.0%。",
    ),
    ("义乌市慈善组织数21家，占全市的22.6%。", "永康市慈善组织数21家，占全市的22.6%。"),
    (
        "义乌市、东阳市慈善信托资金分别占全市的22.6%和12.3%。",
        "义乌市、东阳市慈善信托资金分别占全市的12.3%和22.6%。",
    ),
    ("义乌市、永康市和东阳市共新增持证社工626人。", "义乌市、永康市和东阳市共新增持证社工662人。"),
    (
        "义乌市、永康市、东阳市三市新增持证社工合计626人，占全市的56.2%。",
        "义乌市、永康市、东阳市三市新增持证社工合计626人，占全市的65.2%。",
    ),
    (
        "义乌市、永康市、东阳市新增持证社工分别为300人、156人、170人。",
        "义乌市、永康市、东阳市新增持证社工分别为300人、170人、156人。",
    ),
    ("义乌市新增持证社工300人，是武义县55人的5.5倍。", "义乌市新增持证社工300人，是武义县55人的6.5倍。"),
    (
        "义乌市助餐服务城乡社区覆盖率81.8%，高于全市8.7个百分点。",
        "义乌市助餐服务城乡社区覆盖率81.8%，低于全市8.7个百分点。",
    ),
    (
        "助餐服务城乡社区覆盖率超过70%的有婺城区、金东区、义乌市、永康市、浦江县和金华开发区。",
        "助餐服务城乡社区覆盖率超过70%的有婺城区、金东区、兰溪市、永康市、浦江县和金华开发区。",
    ),
    ("义乌市新增持证社工300人，居已报单位首位。", "永康市新增持证社工156人，居已报单位首位。"),
    ("已报单位中，新增持证社工最少的是武义县。", "已报单位中，新增持证社工最少的是浦江县。"),
    ("兰溪市和武义县尚未完成青山白化专项治理。", "兰溪市和永康市尚未完成青山白化专项治理。"),
    # how much is done
    ("永康市年度完成率90.6%，比义乌市高2.9个百分点。", "永康市年度完成率90.6%，比义乌市低2.9个百分点。"),
    ("武义县年度完成率58.1%，低于全市平均水平13.1个百分点。", "武义县年度完成率58.1%，低于全市平均水平11.3个百分点。"),
    (
        "4家单位年度完成率超过80%，分别是永康市、义乌市、东阳市和婺城区。",
        "4家单位年度完成率超过80%，分别是永康市、义乌市、东阳市和金东区。",
    ),
    ("全市年度完成率超过七成。", "全市年度完成率超过八成。"),
    ("养老服务领域完成率76.9%，高于全市5.7个百分点。", "养老服务领域完成率76.9%，高于全市7.5个百分点。"),
    ("社会救助领域完成率86.5%，为各领域最高。", "养老服务领域完成率76.9%，为各领域最高。"),
    ("移民共富领域完成率36.1%，在各领域中最低。", "社会事务领域完成率71.8%，在各领域中最低。"),
    ("2个领域完成率超过80%，为社会救助领域和区划地名领域。", "2个领域完成率超过80%，为社会救助领域和养老服务领域。"),
    # counts
    ("已完成31项，占纳入评价指标的26.3%。", "已完成31项，占纳入评价指标的36.2%。"),
    ("提前完成30项，占已完成指标的96.8%。", "提前完成30项，占已完成指标的98.6%。"),
    ("尚未到期71项，占纳入评价的六成。", "尚未到期71项，占纳入评价的七成。"),
    ("全市122项指标中有4项口径待明确。", "全市122项指标中有5项口径待明确。"),
    ("社区治理、慈善社工两个领域共完成13项。", "社区治理、慈善社工两个领域共完成14项。"),
    ("义乌市达到进度要求25项，比永康市少2项。", "义乌市达到进度要求25项，比永康市多2项。"),
    ("武义县达到进度要求10项，比婺城区少12项。", "武义县达到进度要求10项，比婺城区少13项。"),
    ("义乌市、永康市各有23项已完成的指标。", "义乌市、永康市各有24项已完成的指标。"),
    ("永康市达到进度要求27项，尚未到期5项。", "永康市达到进度要求27项，尚未到期6项。"),
    # reports
    ("9月份应报单位11家，已报10家，报送率90.9%。", "9月份应报单位11家，已报10家，报送率99.0%。"),
    ("除磐安县外，其余10家单位均已报齐。", "除武义县外，其余10家单位均已报齐。"),
)
OPEN = (
    ("共有640项次数据报送。", "全部数据报送。"),
    # what is read in part, or has no proof while one has sent nothing
    ("已完成指标中，社区治理领域7项，慈善社工领域6项。", "已完成指标中，社区治理领域8项，慈善社工领域6项。"),
    ("社区治理领域已完成7项，居各领域首位。", "慈善社工领域已完成6项，居各领域首位。"),
    ("慈善组织数93家，比8月增加4家，其中义乌市21家。", "慈善组织数93家，比8月增加4家，其中义乌市12家。"),
    ("义乌市新增持证社工300人，居全市首位。", "永康市新增持证社工156人，居全市首位。"),
    ("武义县新增持证社工55人，居全市末位。", "浦江县新增持证社工63人，居全市末位。"),
    ("新增持证社工后三位依次为磐安县、武义县、浦江县。", "新增持证社工后三位依次为武义县、磐安县、浦江县。"),
    ("已报单位中，武义县年度完成率居末位。", "已报单位中，浦江县年度完成率居末位。"),
    ("武义县达到进度要求11项，比婺城区少19项。", "武义县达到进度要求11项，比婺城区少18项。"),  # with computed parts
    ("义乌市、永康市各有25项已完成的指标。", "义乌市、永康市各有26项已完成的指标。"),
    ("各领域都有已完成的指标。", "各单位均没有未达到进度要求的指标。"),
)


@cache
def accounts() -> dict[str, Account]:
    sentences = [one for pair in (*PROVEN, *OPEN) for one in pair]
    return dict(zip(sentences, [one.account for one in told(*sentences).statements[1:]], strict=True))


@pytest.mark.parametrize(("true", "false"), PROVEN)
def test_what_is_true_is_proven_and_what_is_turned_is_not(true: str, false: str) -> None:
    assert accounts()[true] is Account.RIGHT
    assert accounts()[false] is not Account.RIGHT


@pytest.mark.parametrize(("true", "false"), OPEN)
def test_what_has_no_proof_is_neither_wrong_nor_right(true: str, false: str) -> None:
    assert accounts()[true] is Account.OPEN
    assert accounts()[false] is not Account.RIGHT


NOT_OF_ALL = {
    "各领域均无未达到进度要求的指标。": "社会事务领域有青山白化专项治理",
    "各单位均没有未达到进度要求的指标。": "金东区、兰溪市和武义县有政府购买儿童类社会组织服务资金和青山白化专项治理",
    "各领域都有到期未完成的指标。": "社会组织领域等没有“到期未完成”的",
    "没有滞后指标。": "按已报数，“滞后”的有水库移民扶持资金投入和新时代美丽移民村数",
}


def test_what_is_not_so_of_all_tells_of_whom_it_is_not() -> None:
    findings = told(*NOT_OF_ALL).findings
    assert [words in one.message for one, words in zip(findings, NOT_OF_ALL.values(), strict=True)] == [True] * 4


EVERY = {
    "各领域没有滞后指标。": (Account.OPEN, Account.WRONG),  # of two it is told when all have reported
    "各领域均没有已超上限的指标。": (Account.OPEN, Account.RIGHT),
    "各单位均没有已超上限的指标。": (Account.OPEN, Account.RIGHT),  # nobody knows it of the silent one
    "各领域没有未报的指标。": (Account.WRONG, Account.RIGHT),
    "各单位均没有未报的指标。": (Account.WRONG, Account.RIGHT),
    "各单位均有未达到进度要求的指标。": (Account.WRONG, Account.WRONG),
    "已报单位均没有未达到进度要求的指标。": (Account.WRONG, Account.WRONG),
    "已报单位均有已完成的指标。": (Account.RIGHT, Account.RIGHT),
    "各领域都有尚未到期的指标。": (Account.RIGHT, Account.RIGHT),
    "各领域均无尚未到期的指标。": (Account.WRONG, Account.WRONG),
    "各领域都有未达到进度要求的重点事项。": (Account.WRONG, Account.WRONG),
    "各单位均有已完成的重点事项。": (Account.OPEN, Account.RIGHT),
    "9个领域中有8个领域有已完成的重点事项。": (Account.RIGHT, Account.WRONG),  # of 指标 9 and 8
    "各县（市、区）都有已完成的指标。": (Account.OPEN, Account.RIGHT),
}
"""What comes of a claim of each area or unit in September, and in August, when all had reported."""


def test_a_claim_of_each_area_or_unit_is_held_against_each() -> None:
    for at, month in enumerate(("2023-09", "2023-08")):
        found = [one.account for one in told(*EVERY, given=shipped(month)).statements[1:]]
        assert dict(zip(EVERY, found, strict=True)) == {words: meant[at] for words, meant in EVERY.items()}


def test_of_key_tasks_are_meant_those_alone_that_are_done_in_stages() -> None:
    """In August 移民共富 has one indicator that is done, and no 重点事项; 未成年人 has neither."""
    (finding,) = told("各领域均有已完成的重点事项。", given=shipped("2023-08")).findings
    assert "未成年人领域和移民共富领域没有" in finding.message
