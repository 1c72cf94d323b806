"""What is told of figures beside each other: rates of reports, distances, multiples, growth, means, how many have.

September 2031, all have reported, 西河县 at three quarters and 南江市 at half of an even pace. 新增护理型床位: 487 of
800, 150 in 东山县, 112 in 西河县, 75 in 南江市 and 150 in 高新区, in August 432, in July 377.
助餐服务城乡社区覆盖率: 70.0 % in 东山县, 56.9 % in the city. The city has done 65.0 %, 东山县 83.3 %, 西河县 52.0 %,
南江市 37.5 %; two counties are late.
"""

from collections.abc import Sequence
from fractions import Fraction
from functools import cache
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

import bulletin_cases as cases
from mzplan.bulletin import Material
from mzplan.bulletin.verify import Account
from test_verify_edits import is_wrong, of, official, said
from test_verify_wholes import september

pytestmark = pytest.mark.traced


@cache
def reported() -> Material:
    paces = {"xi": Fraction(3, 4), "nan": Fraction(1, 2)}
    return cases.material(
        9, lambda _indicator, unit, _month: paces.get(unit, Fraction(1)), cases.plan(breakdown="official")
    )


def accounts(sentences: Sequence[str]) -> list[Account]:
    """What comes of each sentence in a paragraph of its own."""
    draft = "\n\n".join((cases.TITLE, *(f"　　{one}" for one in sentences))) + "\n"
    report = cases.verified("draft.txt", draft.encode(), reported())
    return [statement.account for statement in report.statements[1:]]


FIGURES = (
    ("9月份报送率为{}%。", "100"),
    ("全市5家单位报送率{}%。", "100.0"),
    ("9月份应报单位5家，已报5家，报送率{}%。", "100"),
    ("新增护理型床位报送率{}%。", "100.0"),
    ("东山县与南江市新增护理型床位相差{}张。", "75"),
    ("新增护理型床位东山县和南江市相差{}张。", "75"),
    ("东山县和南江市的年度完成率相差{}个百分点。", "45.8"),
    ("救助领域与养老领域完成率相差{}个百分点。", "28.8"),
    ("东山县新增护理型床位是南江市的{}倍。", "2"),
    ("东山县新增护理型床位150张，是西河县112张的{}倍。", "1.3"),
    ("东山县年度完成率是南江市的{}倍。", "2.2"),
    ("新增护理型床位较上月增长{}%。", "12.7"),
    ("新增护理型床位累计487张，较7月增长{}%。", "29.2"),
    ("东山县年度完成率高于全市平均{}个百分点。", "18.3"),
    ("南江市年度完成率37.5%，低于全市平均水平{}个百分点。", "27.5"),
    ("东山县年度完成率比全市平均水平高{}个百分点。", "18.3"),
    ("东山县助餐服务城乡社区覆盖率高于全市平均{}个百分点。", "13.1"),
    ("新增护理型床位平均每家单位{}张。", "121.8"),
    ("新增护理型床位平均每个县（市、区）{}张。", "112.3"),
    ("东山县新增护理型床位占全市的{}%。", "30.8"),
    ("新增护理型床位累计487张，平均每家单位{}张。", "121.8"),
    ("平均每家单位新增护理型床位{}张。", "121.8"),
    ("新增护理型床位较上月增加55张，增长{}%。", "12.7"),
    ("新增护理型床位由7月的377张增至9月的487张，增长{}%。", "29.2"),
    ("东山县、西河县两县合计新增护理型床位{}张。", "262"),
    ("东山县、西河县新增护理型床位合计占全市的{}%。", "53.8"),
    ("3个县（市、区）合计新增护理型床位{}张。", "337"),
    ("新增护理型床位东山县150张，其余单位{}张。", "337"),
    ("新增护理型床位东山县150张，其余3家单位{}张。", "337"),
    ("有{}家单位存在未达到进度要求的指标。", "2"),
    ("5家单位中有{}家存在滞后指标。", "2"),
    ("2个领域中有{}个领域存在未达到进度要求的指标。", "2"),
)
"""Sentences with the figure that each derives, which is right."""
WAYS = (
    ("新增护理型床位较上月增长12.7%。", "新增护理型床位较上月下降12.7%。"),
    ("东山县年度完成率高于全市平均18.3个百分点。", "东山县年度完成率低于全市平均18.3个百分点。"),
    ("东山县年度完成率高于全市平均水平。", "东山县年度完成率低于全市平均水平。"),
    ("东山县年度完成率比全市平均水平高18.3个百分点。", "东山县年度完成率比全市平均水平低18.3个百分点。"),
    ("东山县新增护理型床位是南江市的2倍。", "南江市新增护理型床位是东山县的2倍。"),
    ("东山县年度完成率高于全市平均近20个百分点。", "东山县年度完成率高于全市平均超过20个百分点。"),
)
"""What is so, and its contrary."""
OPEN = (
    "按时报送率为90%。",
    "各单位报送率为90%。",
    "除西河县外，报送率为90%。",
    "东山县、西河县与南江市新增护理型床位相差75张。",
    "年度完成率较上月增长3.0%。",
    "新增护理型床位较去年增长3.0%。",
    "东山县新增护理型床位是全市平均的2倍。",
    "各单位年度完成率平均为66.2%。",  # with 市本级 or without
    "有2家单位存在未达标指标。",  # for two others the date is to come
    "东山县年度完成率低于全市平均水平的差距不大。",
    "各县（市、区）新增护理型床位合计337张。",  # with the zone or without
    "各县（市、区）新增护理型床位合计487张。",
    "新增护理型床位由400张增至487张。",  # of when?
    "新增护理型床位累计487张，其余单位337张。",  # but for whom?
)
BESIDE = (
    "新增护理型床位累计486张，较7月增长29.2%。",
    "东山县新增护理型床位151张，是西河县112张的1.3倍。",
    "东山县新增护理型床位150张，是西河县113张的1.3倍。",
    "南江市年度完成率38.5%，低于全市平均水平27.5个百分点。",
    "新增护理型床位较上月增加54张，增长12.7%。",
    "新增护理型床位累计486张，平均每家单位121.8张。",
    "新增护理型床位由7月的376张增至9月的487张，增长29.2%。",
    "新增护理型床位由377张增至486张。",
)
"""What tells a wrong figure first, and then what is derived from the right one."""


def test_what_is_so_is_proven() -> None:
    sentences = [*(words.format(figure) for words, figure in FIGURES), *(right for right, _ in WAYS)]
    found = accounts(sentences)
    assert [one for one, account in zip(sentences, found, strict=True) if account is not Account.RIGHT] == []


def test_what_is_turned_round_is_wrong() -> None:
    sentences = [wrong for _, wrong in WAYS]
    found = accounts(sentences)
    assert [one for one, account in zip(sentences, found, strict=True) if account is not Account.WRONG] == []


@given(st.lists(st.integers(1, 999), min_size=len(FIGURES), max_size=len(FIGURES)))
def test_every_other_figure_is_wrong(others: list[int]) -> None:
    """With as many decimals as the right one."""
    sentences = []
    for (words, right), other in zip(FIGURES, others, strict=True):
        figure = f"{other // 10}.{other % 10}" if "." in right else str(other)
        sentences.append(words.format(figure if figure not in (right, right.removesuffix(".0")) else "1" + figure))
    found = accounts(sentences)
    told = [one for one, account in zip(sentences, found, strict=True) if account is not Account.WRONG]
    assert Account.RIGHT not in found
    # by the mean of the units it may be so, and by what the two months alone brought
    assert [one for one in told if "全市平均" not in one and not ("7月" in one and "增长5.8%" in one)] == []


def test_a_figure_that_is_told_first_is_held_for_itself() -> None:
    found = accounts(BESIDE)
    assert [one for one, account in zip(BESIDE, found, strict=True) if account is not Account.WRONG] == []


def test_what_has_another_meaning_is_asked_about() -> None:
    found = accounts(OPEN)
    assert [one for one, account in zip(OPEN, found, strict=True) if account is not Account.OPEN] == []


@pytest.mark.parametrize(
    ("sentence", "account"),
    [
        ("9月份报送率为60.0%。", Account.OPEN),  # 3 of 5 in full, 4 of 5 in part
        ("9月份报送率为80.0%。", Account.OPEN),
        ("9月份报送率为70.0%。", Account.WRONG),
        ("9月份应报单位5家，报齐3家，报送率60.0%。", Account.RIGHT),
        ("9月份应报单位5家，报齐3家，报送率80.0%。", Account.WRONG),
        ("西河县报送率0.0%。", Account.RIGHT),
        ("南江市报送率77.8%。", Account.RIGHT),  # 7 of 9
        ("南江市报送率100.0%。", Account.WRONG),
        ("新增护理型床位平均每家单位68.5张。", Account.OPEN),  # with the silent one
        ("新增护理型床位平均每家单位75张。", Account.WRONG),
        ("东山县年度完成率高于全市平均水平。", Account.OPEN),  # of the units, and not of the city
    ],
)
def test_with_some_silent_the_meanings_differ(sentence: str, account: Account) -> None:
    assert official().facts.silent == {"xi"}
    report = said(sentence)
    assert report.statements[-1].account is account
    assert is_wrong(report) == (account is Account.WRONG)


_OF_UNITS = (
    "东山县年度完成率83.3%",
    "南江市9月份数据已报",
    "南江市新增护理型床位75张",
    "西河县新增护理型床位112张，慢于序时进度",
    "东山县年度完成率84.3%",
    "南江市9月份数据未报",
)
_OF_CITY = (
    "全市报送率为100%",
    "全市报送率为80%",
    "全市年度完成率65.0%",
    "全市年度完成率83.3%",
    "全市已报5家，报送率100%",
    "全市已报4家，报送率80%",
    "全市新增护理型床位487张",
    "全市新增护理型床位75张",
    "全市新增护理型床位慢于序时进度",
    "全市新增护理型床位快于序时进度",
    "全市新增护理型床位较上月增长22.7%",
    "全市有2家单位存在滞后指标",
    "全市有3家单位存在滞后指标",
    "全市各单位均已报送",
    "全市9月份数据未报",
)


@given(
    st.sampled_from(_OF_UNITS), st.sampled_from(_OF_CITY), st.booleans(), st.sampled_from(["，", "；", "，而", "。"])
)
def test_what_is_said_of_the_city_is_of_no_unit_before_it(unit: str, city: str, is_first: bool, joint: str) -> None:
    """Nor is what is said of a unit of the city before it: together they are no righter and no wronger than alone."""
    first, second = (unit, city) if is_first else (city, unit)
    alone = accounts([f"{first}。", f"{second}。"])
    together = accounts([f"{first}{joint}{second}。"])
    if joint != "。":
        alone = [min(alone, key=[Account.WRONG, Account.OPEN, Account.RIGHT].index)]
    for one, other in zip(alone, together, strict=True):
        assert other in (one, Account.OPEN)


def test_a_rate_of_reports_behind_a_unit_is_the_city_s() -> None:
    """September 2023: 10 of 11 units have reported, 永康市 among them, and 磐安县 has not."""
    before = ("永康市年度完成率90.6%，", "永康市年度完成率90.6%。", "磐安县9月份数据未报。", "磐安县9月份数据未报，")
    for words, rate in product(before, ("100%", "0%", "90.9%")):
        draft = f"金华市民政局关于2023年1—9月全市民政重点工作指标进展情况的通报\n\n　　{words}全市报送率为{rate}。\n"
        report = of(draft, september())
        account = next(one.account for one in report.statements if one.text.endswith(f"全市报送率为{rate}。"))
        assert account is (Account.RIGHT if rate == "90.9%" else Account.WRONG), (words, rate)


def _of_shipped(words: str) -> Account:
    report = of(f"2023年1—9月全市民政重点工作指标进展简报\n\n　　{words}\n", september())
    return Account.WRONG if is_wrong(report) else report.statements[-1].account


def test_units_are_counted_by_their_official_targets() -> None:
    """Behind are 金东区, 兰溪市 and 武义县; with 参考 parts five are, which is open. 磐安县 has sent nothing."""
    behind = "存在未达到进度要求的指标。"
    for words in ("全市11家填报单位中有{}家", "有{}家单位"):
        found = [_of_shipped(words.format(count) + behind) for count in (2, 3, 4, 5)]
        assert found == [Account.WRONG, Account.RIGHT, Account.WRONG, Account.OPEN]


def test_of_how_many_there_is_none_is_not_said_of_the_city() -> None:
    """Two of nine areas have some that are behind, one of them beyond what is settled; seven units surely have none."""
    expected = {
        "9个领域中有6个领域没有未达到进度要求的指标。": Account.WRONG,
        "有7家单位没有未达到进度要求的指标。": Account.RIGHT,
        "11家单位中有6家没有未达到进度要求的指标。": Account.WRONG,
        "全市没有未达到进度要求的指标。": Account.WRONG,
        "九大行动领域中有7个领域没有未达到进度要求的指标。": Account.OPEN,
        "7个领域均没有未达到进度要求的指标。": Account.OPEN,
        "近八成的领域没有未达到进度要求的指标。": Account.OPEN,
        "多数领域没有未达到进度要求的指标。": Account.OPEN,
        "全市11家填报单位中，8家单位均无未达到进度要求的指标。": Account.OPEN,  # with the silent one
    }
    assert {words: _of_shipped(words) for words in expected} == expected
