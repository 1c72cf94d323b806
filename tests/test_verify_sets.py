"""Who is meant by 仅, 只有, 唯一, 除…外均 and by a bound on shares: exactly those of the data, and nobody else.

September 2031: 西河县 has sent nothing, 南江市 a part, the others all. Done of the year: 东山县 and 高新区 70.8 %,
南江市 69.3, 西河县 43.0, 市本级 75.0; the areas 56.9 and 70.9, 工作保障 100. 新增护理型床位 has 34.3 % and is far
behind, as 东山县 and 高新区 are with it; 乡镇街道社工站数 has 0; 救助服务资金 and 4A级以上养老机构数 are behind,
if the silent bring nothing. 东山县 and 高新区 have 75 beds each and, as 南江市, 26.25 million yuan of 救助服务资金;
carried are 58 and 66 beds of 西河县 and 南江市.
"""

from typing import Literal

import pytest

import bulletin_cases as cases
from mzplan.bulletin.model import Subject
from mzplan.bulletin.verify import Account
from mzplan.scoring.progress import Status
from mzplan.zh import joined
from test_verify_edits import is_wrong, of, official, said
from test_verify_subjects import accounts

pytestmark = pytest.mark.traced

WRONG = (
    "领域完成率最高的养老领域与最低的救助领域相差13.0个百分点。",
    "年度完成率最高和最低的单位分别为西河县和东山县，相差27.8个百分点。",
    "新增护理型床位超过70张的有东山县。",
    "新增护理型床位70张以上的有东山县和南江市。",
    "救助服务资金超过0.27亿元的有东山县。",
    "东山县、南江市年度完成率均为70.8%。",
    "东山县、高新区各有2项未达到进度要求。",
    "救助、养老两个领域各有1项已完成。",
    "各单位年度完成率最高与最低相差26.8个百分点。",
    "各领域完成率最高的与最低的相差13.0个百分点。",
    "除南江市（69.4%）、西河县（43.0%）外，其余单位年度完成率均超过七成。",
    "除西河县等1家外，其余单位年度完成率均超过七成。",
    "救助领域和养老领域没有严重滞后的指标。",
    "报齐的单位有东山县、南江市以及市本级。",
    "东山县以及西河县年度完成率均超过60%。",
    "年度完成率居前两位的是西河县和南江市，分别为43.0%和69.3%。",
    "年度完成率居后两位的是西河县和南江市，分别为43.0%和69.8%。",
    "全市没有严重滞后的指标。",
    "无滞后指标。",
    "仅新增护理型床位严重滞后。",
    "仅救助服务资金、新增护理型床位未达到进度要求。",
    "9月份无未报单位。",
    "东山县无滞后指标。",
    "9月份数据已全部报齐。",
    "全部5家单位均已报送。",
    "全市各项指标均达到序时进度。",
    "西河县年度完成率倒数第二。",
    "年度完成率前三名依次为南江市、东山县、高新区。",
    "年度完成率高于全市水平的有西河县。",
    "新增护理型床位有东山县、西河县2家未达到进度要求。",
    "9月份仅东山县1家未报。",
    "只有东山县未报9月份数据。",
    "仅西河县、东山县2家未报。",
    "全市仅南江市一家未报。",
    "唯一未报的单位是东山县。",
    "仅2家未报。",
    "仅有4家报齐。",
    "仅东山县1家报齐。",
    "除东山县外均已报送。",
    "除西河县外，其余单位均已报齐。",
    "除西河县外，其余5家均已报送。",
    "新增护理型床位仅东山县未达到进度要求。",
    "只有助餐服务城乡社区覆盖率未达到进度要求。",
    "仅救助服务资金严重滞后。",
    "年度完成率超过80%的有东山县1家。",
    "年度完成率60%以上的单位有东山县1家。",
    "年度完成率低于50%的有3家：东山县、西河县和南江市。",
    "年度完成率低于七成的有西河县。",
    "有3家单位年度完成率低于60%。",
    "完成率低于50%的1家：东山县。",
    "完成率低于50%的指标有4项。",
    "有2个领域完成率超过80%。",
    "两个领域完成率超过80%。",
    "2个领域领域完成率超过80%。",
    "3家单位年度完成率低于六成。",
    "两个县（市、区）年度完成率低于60%。",
    "有2个县（市、区）的年度完成率低于60%。",
    "年度完成率低于60%的有2个县（市、区）。",
    "领域完成率超过80%的有养老领域。",
)
TRUE = (
    "领域完成率最高的养老领域与最低的救助领域相差14.0个百分点。",
    "年度完成率最高和最低的单位分别为东山县和西河县，相差27.8个百分点。",
    "新增护理型床位超过70张的有东山县和高新区。",
    "新增护理型床位70张以上的单位有东山县、高新区。",
    "东山县、高新区新增护理型床位均超过70张。",
    "救助服务资金超过0.25亿元的有东山县、南江市和高新区。",
    "东山县、高新区年度完成率均为70.8%。",
    "东山县和高新区各有1项未达到进度要求。",
    "各单位年度完成率最高与最低相差27.8个百分点。",
    "年度完成率最高与最低的县（市、区）相差27.8个百分点。",
    "各领域完成率最高的与最低的相差14.0个百分点。",
    "除南江市（69.3%）、西河县（43.0%）外，其余单位年度完成率均超过七成。",
    "除南江市、西河县等2家外，其余单位年度完成率均超过七成。",
    "除工作保障外各领域完成率均超过五成。",
    "除市本级外，各单位年度完成率均超过四成。",
    "救助领域以及工作保障没有严重滞后的指标。",
    "报齐的单位有东山县、高新区以及市本级。",
    "东山县以及南江市年度完成率均超过60%。",
    "1家单位年度完成率低于六成。",
    "1个县（市、区）年度完成率低于60%。",
    "有1个县（市、区）的年度完成率低于60%。",
    "上月仅西河县未报。",
    "无已超上限指标。",
    "没有已超上限的事项。",
    "新增护理型床位有东山县、高新区2家未达到进度要求。",
    "9月份仅西河县1家未报。",
    "只有西河县未报9月份数据。",
    "全市仅西河县一家未报。",
    "唯一未报的单位是西河县。",
    "仅1家未报。",
    "除西河县和南江市外，其余3家均已报齐。",
    "新增护理型床位已报单位中仅东山县和高新区未达到进度要求。",
    "年度完成率低于50%的有西河县1家。",
    "年度完成率低于50%的1家：西河县。",
    "年度完成率低于七成的有2家（西河县和南江市）。",
    "年度完成率超过70%的有东山县、高新区和市本级。",
    "有1家单位年度完成率低于50%（西河县）。",
    "新增护理型床位完成率低于50%的有东山县等。",
    "领域完成率低于60%的有1个领域：救助领域。",
)
OPEN = (
    "东山县未报1家。",
    "救助领域东山县、高新区年度完成率均为70.8%。",
    "各领域均超过3项。",
    "救助领域、养老领域均超过3项。",
    "年度完成率最高和最低的单位分别为东山县和西河县。",
    "新增护理型床位不足70张的有南江市。",
    "新增护理型床位超过70人的有东山县和高新区。",
    "东山县、西河县各有1项未达到进度要求。",
    "除南江市、西河县等3家外，其余单位年度完成率均超过七成。",
    "除西河县外，数据均已全部报齐。",
    "东山县年度完成率位列第二。",
    "新增护理型床位仅东山县和高新区未达到进度要求。",
    "除西河县外，其余单位均已报送。",
    "年度完成率超过70%的有东山县和高新区。",
    "年度完成率超过70%的有东山县等3家。",
    "有1个领域完成率超过80%。",
    "1个领域领域完成率超过80%。",
    "其中2家单位年度完成率超过70%。",
    "东山县有2个领域完成率超过80%。",
    "东山县进展较快，1个领域完成率超过80%。",
    "不仅西河县未报。",
    "预计年度完成率超过80%的有东山县。",
    "东山县年度完成率高于全市平均水平。",
    "东山县自6月以来一直并列第一位。",
    "全市年度完成率同比提高5个百分点。",
)


@pytest.mark.parametrize("sentence", WRONG)
def test_others_than_those_of_the_data_are_wrong(sentence: str) -> None:
    report = said(sentence)
    assert is_wrong(report)
    assert report.statements[-1].account is Account.WRONG


@pytest.mark.parametrize("sentence", TRUE)
def test_exactly_those_of_the_data_are_right(sentence: str) -> None:
    report = said(sentence)
    assert [finding.message for finding in report.findings] == []
    assert report.statements[-1].account is Account.RIGHT


@pytest.mark.parametrize("sentence", OPEN)
def test_what_depends_on_who_is_meant_or_on_another_time_is_not_ticked_off(sentence: str) -> None:
    report = said(sentence)
    assert not is_wrong(report)
    assert report.statements[-1].account is Account.OPEN


LEFT_OUT = (
    *("除{}外，各单位", "除了{}，各单位", "除{}以外，各单位", "除{}之外，其余单位", "除{}外", "{}以外的单位"),
    *("不含{}，各单位", "扣除{}后，各单位", "除{}外，全市各县（市、区）"),
)
"""Whom a rate is told of: 西河县 has 43.0 %, 南江市 69.3, 东山县 and 高新区 70.8."""


@pytest.mark.parametrize("words", LEFT_OUT)
@pytest.mark.parametrize(
    ("names", "rate", "account"),
    [
        *(("西河县", "超过六成", Account.RIGHT), ("西河县", "在69%以上", Account.RIGHT)),
        *(("西河县和南江市", "超过七成", Account.RIGHT), ("西河县、南江市", "高于全市", Account.WRONG)),
        *(("西河县", "超过七成", Account.WRONG), ("东山县", "超过六成", Account.WRONG)),
        *(("西河县和南江市", "低于六成", Account.WRONG), ("西河县、东山县", "超过六成", Account.OPEN)),
    ],
)
def test_what_is_said_of_all_but_some_is_of_those_that_are_left(
    words: str, names: str, rate: str, account: Account
) -> None:
    """Of one that is left out and has it too nobody can tell why: that is asked about."""
    report = said(f"{words.format(names)}年度完成率均{rate}。")
    assert report.statements[-1].account is account
    assert all(name not in found.message.partition("：")[2] for found in report.findings for name in names.split("、"))


ALL_BUT = {
    "除救助领域外，各领域完成率均超过七成。": Account.RIGHT,
    "除救助领域外，各领域完成率均超过八成。": Account.WRONG,
    "各领域完成率均超过五成。": Account.RIGHT,
    "各领域完成率均超过六成。": Account.WRONG,
    "各单位年度完成率均超过四成。": Account.RIGHT,
    "各单位年度完成率均超过五成。": Account.WRONG,
    "新增护理型床位除东山县、高新区外，各单位均达到进度要求。": Account.OPEN,  # two have sent nothing of it
    "新增护理型床位除东山县外，各单位均达到进度要求。": Account.WRONG,  # 高新区 has not
    "除西河县、南江市外，各单位均已报齐。": Account.RIGHT,
    "除西河县外，各单位均已报齐。": Account.WRONG,
    "除新增护理型床位外，各项指标均未滞后。": Account.OPEN,
}


@pytest.mark.parametrize("sentence", ALL_BUT)
def test_all_but_some_of_any_kind_are_those_that_are_left(sentence: str) -> None:
    assert said(sentence).statements[-1].account is ALL_BUT[sentence]


@pytest.mark.untraced
def test_of_a_computed_part_nobody_is_blamed_and_none_is_denied() -> None:
    """东山县 has 75 beds of 80, 高新区 of 800: by a reference neither is told to lag, and only the second may be."""
    shares = {"dong": 80, "gaoxin": 800}
    told = (
        (True, "东山县", Account.RIGHT),
        (True, "高新区", Account.OPEN),
        (False, "东山县", Account.RIGHT),
        (False, "高新区", Account.WRONG),
    )
    for is_computed, unit, account in told:
        basis: Literal["reference", "official"] = "reference" if is_computed else "official"
        material = cases.material(9, cases.mixed, cases.plan(breakdown=basis, shares=shares, only=("C1", "B3", "S1")))
        report = of(f"{cases.TITLE}\n\n　　{unit}没有未达到进度要求的指标。\n", material)
        assert (unit, report.statements[-1].account) == (unit, account)


@pytest.mark.parametrize(
    ("told", "account"),
    [
        ("居前两位的是东山县（71.8%）和高新区（70.8%）", Account.WRONG),
        ("居后两位的是南江市（43.0%）和西河县（69.3%）", Account.WRONG),
        ("居后两位的是南江市（69.3%）和西河县（43.1%）", Account.WRONG),
        ("超过60%的有东山县（70.8%）、高新区（70.8%）、南江市（69.4%）和市本级（75.0%）", Account.WRONG),
        ("最低的是西河县（34.0%）", Account.WRONG),
    ],
)
def test_a_share_in_the_bracket_of_a_name_is_its_rate(told: str, account: Account) -> None:
    assert said(f"年度完成率{told}。").statements[-1].account is account


def test_nobody_is_told_by_a_share_of_a_computed_part() -> None:
    material = cases.material(9, cases.mixed, cases.plan(breakdown="reference", shares={"dong": 80}))
    report = of(f"{cases.TITLE}\n\n　　新增护理型床位完成率超过90%的有东山县。\n", material)
    assert report.statements[-1].account is Account.OPEN


CLAIMS = {
    "已完成": {Status.MET},
    "达到进度要求": {Status.MET, Status.HOLDING, Status.ON_SCHEDULE},
    "未达到进度要求": {Status.BEHIND, Status.FAR_BEHIND, Status.OVERDUE, Status.EXCEEDED},
    "严重滞后": {Status.FAR_BEHIND},
}
LISTS = ("的有{}", "的是{}", "的单位：{}", "的只有{}")


def test_the_silent_are_in_no_list_of_what_only_a_report_can_tell() -> None:
    """Of each indicator and claim: 西河县 put beside those of the data, or alone, is wrong, and left out right."""
    facts = official().facts
    wrong, right = [], []
    for one in facts.plan.indicators.values():
        rows = {row.unit: row for row in facts.addends(Subject(one.id), "applicable") if row.unit is not None}
        if "xi" not in rows or rows["xi"].status is not Status.MISSING:
            continue
        for words, statuses in CLAIMS.items():
            members = [facts.plan.units[unit].name for unit, row in rows.items() if row.status in statuses]
            wrong += [f"{one.name}{words}{form.format(joined([*members, '西河县'], 9))}。" for form in LISTS]
            right += [f"{one.name}{words}的有{joined(members, 9)}。"] if members else []
    assert len(wrong) > 20
    assert len(right) > 4
    assert [one for one, account in zip(wrong, accounts(wrong), strict=True) if account is not Account.WRONG] == []
    assert [one for one, account in zip(right, accounts(right), strict=True) if account is not Account.RIGHT] == []


REST = {
    "9月份仅西河县未报。其余4家单位均已报送。": (None, ""),
    "9月份仅西河县未报。其余3家单位均已报送。": ("应为4家", "按提示改说法。"),
    "9月份仅西河县未报，其余3家单位均已报送。": ("应为4家", "按提示改说法。"),
    "除西河县外，其他单位9月份数据均已报送。": (None, ""),
    "除东山县外，其他单位9月份数据均已报送。": ("西河县不是", "增减名单"),
    "其余1家未报。": (None, ""),
    "其余2家未报。": ("应为1家", "改为“其余1家未报”。"),
    "另外2家单位未报。": ("应为1家", "改为“另外1家单位未报”。"),
    "西河县为唯一未报单位。": (None, ""),
    "有1家单位未报9月份数据。": (None, ""),
    "有2家单位未报9月份数据。": ("应为1家", "改为“有1家单位未报9月份数据”。"),
    "南江市为唯一未报单位。": ("的是西河县", "增减名单"),
    "六成单位未报。": ("应为20.0%", "改为“20.0%单位未报”。"),
    "所有单位均未报。": ("不是", "按提示改说法。"),
}
"""Of five that owe reports one is silent: who the others are, and how a wrong number of them is mended."""


@pytest.mark.parametrize(("sentence", "found"), REST.items(), ids=REST)
def test_the_others_are_counted_against_whom_the_sentence_before_names(
    sentence: str, found: tuple[str | None, str]
) -> None:
    words, hint = found
    wrong = [one for one in said(sentence).findings if one.rule.code == "MZ904"]
    assert [(words in one.message, hint in one.hint) for one in wrong if words] == ([(True, True)] if words else [])
    assert bool(wrong) is (words is not None)
