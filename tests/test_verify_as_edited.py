"""Sentences that an officer adds to the bulletin for September 2023, or words anew: what is true, and what is not.

Beside each true one stands the same with one figure, one name or one word turned. No true one is wrong, no false one
is right; most true ones are proven. 磐安县 has sent nothing. Figures are those of `status` for September and August.
"""

from collections.abc import Sequence
from functools import cache

import pytest

import bulletin_cases as cases
from mzplan.bulletin import Material
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
    (
        "新增持证养老护理员500人，已完成年度目标的八成以上。",
        "新增持证养老护理员500人，已完成年度目标的九成以上。",
    ),
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
    ("新增持证养老护理员还有100人的缺口。", "新增持证养老护理员还有110人的缺口。"),
    ("慈善组织数还有7家的差距。", "慈善组织数还有8家的差距。"),
    # beyond a target, or short of it, with its figure
    ("社会救助联合体规范化达标5家，比4家的目标多1家。", "社会救助联合体规范化达标5家，比4家的目标多2家。"),
    ("社会救助联合体规范化达标5家，超过4家的目标1家。", "社会救助联合体规范化达标5家，超过3家的目标2家。"),
    (
        "每万城镇常住人口专职社区工作者18.4人，超过18人的目标0.4人。",
        "每万城镇常住人口专职社区工作者18.4人，超过18人的目标0.6人。",
    ),
    (
        "助餐服务城乡社区覆盖率73.1%，比70%的目标高3.1个百分点。",
        "助餐服务城乡社区覆盖率73.1%，比70%的目标高1.3个百分点。",
    ),
    ("慈善组织数93家，比100家的年度目标少7家。", "慈善组织数93家，比100家的年度目标少3家。"),
    ("社会救助联合体规范化达标5家，超出4家的目标1家。", "慈善组织数93家，超出100家的目标7家。"),
    ("社会救助联合体规范化达标5家，比4家的目标超出1家。", "慈善组织数93家，比100家的目标超出7家。"),
    ("慈善组织数93家，低于100家的目标7家。", "慈善组织数93家，低于100家的目标9家。"),
    ("慈善信托资金总量距800万元的年度目标还差50.8万元。", "慈善信托资金总量距900万元的年度目标还差150.8万元。"),
    ("慈善组织数93家，较100家的目标低7家。", "慈善组织数93家，较100家的目标高7家。"),
    ("社会救助联合体规范化达标5家，较4家的目标超1家。", "社会救助联合体规范化达标5家，较4家的目标低1家。"),
    ("社会救助联合体规范化达标5家，较目标超1家。", "慈善组织数93家，较目标超7家。"),
    ("社会救助联合体规范化达标5家，超过年度目标的4家1家。", "社会救助联合体规范化达标5家，超过年度目标的3家2家。"),
    (
        "助餐服务城乡社区覆盖率73.1%，提前超过70%的年度目标3.1个百分点。",
        "康养联合体乡镇街道覆盖率58.2%，提前超过50%的年度目标8.2个百分点。",
    ),
    (
        "社会救助联合体规范化达标5家，提前完成4家的年度目标，超额1家。",
        "社会救助联合体规范化达标5家，提前完成4家的年度目标，超额2家。",
    ),
    ("慈善组织数93家，完成100家的年度目标的93.0%。", "慈善组织数93家，完成100家的年度目标。"),
    # beyond what the pace of the year asks for by now, or short of it
    ("服务困难群众8233人次，比序时应达的7500人次多733人次。", "服务困难群众8233人次，比序时应达的7400人次多833人次。"),
    ("服务困难群众8233人次，超过序时应达的7500人次733人次。", "服务困难群众8233人次，超过序时应达的7500人次833人次。"),
    ("服务困难群众8233人次，较序时应达数高733人次。", "服务困难群众8233人次，较序时应达数低733人次。"),
    (
        "新增认知障碍照护专区床位633张，高出序时应达的600张33张。",
        "新增认知障碍照护专区床位633张，低于序时应达的600张33张。",
    ),
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
    # which waits for the silent one
    (
        "水库移民扶持资金投入7610.7万元，低于序时应达的1.05亿元2889.3万元。",
        "水库移民扶持资金投入7610.7万元，超过序时应达的1.05亿元2889.3万元。",
    ),
    (
        "水库移民扶持资金投入7610.7万元，距序时应达的1.05亿元还差2889.3万元。",
        "水库移民扶持资金投入7610.7万元，距序时应达的1.06亿元还差2989.3万元。",
    ),
    ("慈善组织数93家，低于目标100家。", "慈善组织数93家，超过目标100家。"),
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
OF_AUGUST = (
    # what has come in a month of what is told as it stands, and since another one
    ("8月份新增慈善组织1家。", "8月份新增慈善组织2家。"),
    ("8月份新增4A级以上社会组织7家，其中义乌市2家。", "8月份新增4A级以上社会组织7家，其中永康市2家。"),
    ("慈善信托资金总量8月份增加41.5万元。", "慈善信托资金总量8月份增加705.3万元。"),
    ("7月份新增4A级以上社会组织4家。", "7月份新增4A级以上社会组织7家。"),
    ("4A级以上社会组织数8月份为181家，比7月份增加7家。", "4A级以上社会组织数8月份为181家，比6月份增加7家。"),
    # of so many, how many have done more than the city or than so much
    ("11家单位中，有9家年度完成率高于全市。", "11家单位中，有8家年度完成率高于全市。"),
    ("10家单位中，有8家年度完成率高于全市。", "10家单位中，有9家年度完成率高于全市。"),
    ("9家县（市、区）中，有7家年度完成率高于全市。", "11家县（市、区）中，有9家年度完成率高于全市。"),
    ("10个领域中，有8个领域完成率超过50%。", "10个领域中，有7个领域完成率超过50%。"),
    ("9个领域中，有7个领域完成率超过50%。", "9个领域中，有8个领域完成率超过50%。"),
    # what all have at least
    ("各单位养老机构阳光厨房建成数均不少于3家。", "各单位养老机构阳光厨房建成数均不少于4家。"),
    ("各单位养老机构阳光厨房建成数均在3家以上。", "各单位养老机构阳光厨房建成数均超过3家。"),
    ("各单位新增认知障碍照护专区床位均不少于10张。", "各单位新增认知障碍照护专区床位均不少于11张。"),
    # the first few, with the figures that they are first by
    (
        "新增认知障碍照护专区床位居前三位的是义乌市（160张）、永康市（79张）、东阳市（77张）。",
        "新增认知障碍照护专区床位居前三位的是义乌市（160张）、永康市（79张）、婺城区（37张）。",
    ),
    (
        "服务困难群众人次居前两位的是义乌市（2047人次）、东阳市（1026人次）和永康市（1026人次）。",
        "服务困难群众人次居前两位的是义乌市（2047人次）和婺城区（496人次）。",
    ),
    # so many units as a share of all
    ("年度完成率超过80%的单位有2家，占11家单位的18.2%。", "年度完成率超过80%的单位有2家，占11家单位的28.2%。"),
    (
        "11家单位中，有5家没有未达到进度要求的指标，占45.5%。",
        "11家单位中，有5家没有未达到进度要求的指标，占54.5%。",
    ),
    (
        "政府购买儿童类社会组织服务资金有6家未达到进度要求，占66.7%。",
        "政府购买儿童类社会组织服务资金有6家未达到进度要求，占54.5%。",
    ),
    ("10个领域中，有8个领域完成率超过50%，占八成。", "10个领域中，有8个领域完成率超过50%，占九成。"),
    # how far the best and the worst are apart, with their figures
    (
        "年度完成率最高的永康市（84.3%）与最低的磐安县（45.7%）相差38.6个百分点。",
        "年度完成率最高的永康市（84.3%）与最低的磐安县（45.7%）相差36.8个百分点。",
    ),
    (
        "完成率最高的区划地名领域（81.1%）与最低的移民共富领域（33.9%）相差47.2个百分点。",
        "完成率最高的区划地名领域（82.1%）与最低的移民共富领域（33.9%）相差47.2个百分点。",
    ),
    # a sum beside a share of the city, and a name without 人次
    (
        "义乌市、永康市和东阳市新增认知障碍照护专区床位合计316张，接近全市的六成。",
        "义乌市、永康市和东阳市新增认知障碍照护专区床位合计316张，超过全市的六成。",
    ),
    (
        "义乌市、永康市和东阳市新增认知障碍照护专区床位合计316张，超过全市的一半。",
        "义乌市、永康市和东阳市新增认知障碍照护专区床位合计316张，超过全市的三分之二。",
    ),
    ("引导社会力量参与救助最多的是义乌市，达190名。", "引导社会力量参与救助最多的是永康市，达95名。"),
    # nothing yet
    ("永康市新增持证社工数为零。", "永康市新增持证养老护理员数为零。"),
)
"""The same of the bulletin for August, for which all have reported."""
OF_AUGUST_OPEN = (
    # what the mean of all is, that of the city or that of the units
    ("11家单位中，有6家年度完成率高于全市平均水平。", "11家单位中，有5家年度完成率高于全市平均水平。"),
    ("年度完成率高于全市的单位有9家。", "年度完成率高于全市的单位有8家。"),  # with 市本级 or without
    ("8月份新增慈善组织89家。", "年度完成率低于全市平均水平的有4家。"),
    ("年度完成率超过80%的单位有2家，占9家单位的22.2%。", "年度完成率超过80%的单位有2家，占12家单位的16.7%。"),
)
OF_DECEMBER = (
    ("应完成的10项中，未完成2项，占两成。", "应完成的11项中，未完成2项，占两成。"),
    ("应完成的10项指标中，已完成8项。", "应完成的10项指标中，已完成9项。"),
    ("市本级1项全部完成。", "东山县2项全部完成。"),
)
"""The same of the year, at whose end 新增护理型床位 and 乡镇街道社工站数 are behind."""


@cache
def accounts() -> dict[str, Account]:
    return _told([*PROVEN, *OPEN], None)


@cache
def _august() -> dict[str, Account]:
    return _told([*OF_AUGUST, *OF_AUGUST_OPEN], shipped("2023-08"))


def _told(pairs: Sequence[tuple[str, str]], given: Material | None) -> dict[str, Account]:
    sentences = [one for pair in pairs for one in pair]
    return dict(zip(sentences, [one.account for one in told(*sentences, given=given).statements[1:]], strict=True))


@pytest.mark.parametrize(("true", "false"), PROVEN)
def test_what_is_true_is_proven_and_what_is_turned_is_not(true: str, false: str) -> None:
    assert accounts()[true] is Account.RIGHT
    assert accounts()[false] is not Account.RIGHT


@pytest.mark.parametrize(("true", "false"), OF_AUGUST)
def test_so_it_is_when_all_have_reported(true: str, false: str) -> None:
    assert _august()[true] is Account.RIGHT
    assert _august()[false] is not Account.RIGHT


@pytest.mark.parametrize("sentence", [one for pair in OF_AUGUST_OPEN for one in pair])
def test_what_may_mean_several_things_is_asked_about(sentence: str) -> None:
    assert _august()[sentence] is Account.OPEN


def test_so_it_is_at_the_end_of_the_year() -> None:
    found = _told(OF_DECEMBER, cases.material(12, cases.lagging("C1", "B2"), cases.plan(breakdown="official")))
    assert [found[true] for true, _ in OF_DECEMBER] == [Account.RIGHT] * len(OF_DECEMBER)
    assert Account.RIGHT not in [found[false] for _, false in OF_DECEMBER]


OF_THE_SILENT = (
    "磐安县9月份服务困难群众0人次。",
    "磐安县9月新增持证养老护理员0人。",
    "9月份服务困难群众1463人次，其中磐安县0人次。",
    "三季度磐安县服务困难群众52人次。",
    "磐安县服务困难群众人次比8月增加0人次。",
    "磐安县服务困难群众141人次，与8月持平。",
    "磐安县年度完成率与8月持平。",
    "年度完成率与8月相比，磐安县增加0个百分点。",
)


OF_VALUES = ("重特大事故和突破道德底线事件数全市为11家。", "民政统计数据造假数11家。")
OF_UNDEFINED = ("弱有众扶核心指标达标数未完成。", "首批低保家庭善居工程户数未完成。")


def test_silence_is_no_month_without_anything_new() -> None:
    """The older figure that stands for a silent unit was taken for what the month had brought: 0, and proven."""
    found = [one.account for one in told(*OF_THE_SILENT).statements[1:]]
    assert dict(zip(OF_THE_SILENT, found, strict=True)) == dict.fromkeys(OF_THE_SILENT, Account.OPEN)


def test_how_many_have_kept_a_target_is_not_what_was_counted() -> None:
    """So many units have had none: it read as so many accidents. And nothing is unfinished that has no definition."""
    found = [one.account for one in told(*OF_VALUES, *OF_UNDEFINED).statements[1:]]
    assert found == [Account.OPEN, Account.OPEN, Account.WRONG, Account.WRONG]


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
