"""What a place is of that a draft tells: what was told last before it.

September 2023: of 服务困难群众人次 义乌市 has the most, 2,464, and by its rate too. 东阳市 has the best rate of
新增持证养老护理员 (112.9 %) and not the most; of 新增认知障碍照护专区床位 浦江县 is seventh by its rate. In the
completion of the units' year parts weigh in that were computed, so that no document tells a place in it. 磐安县 has
sent nothing and may stand anywhere, so that nobody has a place but among those who have reported.
"""

from collections.abc import Sequence
from fractions import Fraction

import pytest

import bulletin_cases as cases
from mzplan.bulletin.verify import Account
from test_verify_edits import of
from test_verify_wholes import september

pytestmark = pytest.mark.untraced

_TITLE = "金华市民政局关于2023年1—9月全市民政重点工作指标进展情况的通报"
RIGHT = (
    "义乌市服务困难群众2464人次，居已报单位第一。",
    "义乌市服务困难群众人次居已报单位首位。",
    "东阳市新增持证养老护理员完成率112.9%，居已报单位首位。",
    "东阳市新增持证养老护理员105人，完成率112.9%，居已报单位首位。",
    "浦江县新增认知障碍照护专区床位38张，完成率73.1%，居已报单位第7位。",
    "武义县服务困难群众451人次，完成率68.8%，居已报单位末位。",
)
WRONG = (
    "义乌市服务困难群众2464人次，居已报单位第二。",
    "金东区服务困难群众531人次，居全市第二。",
    "永康市服务困难群众1213人次，居全市首位。",
    "永康市服务困难群众人次居全市首位。",
    "东阳市新增持证养老护理员105人，完成率居全市第3位。",
    "东阳市新增持证养老护理员105人，完成率112.9%，居全市第3位。",
    "浦江县新增认知障碍照护专区床位38张，完成率73.1%，居全市第2位。",
    "永康市年度完成率90.6%，居全市第三位。",
    "义乌市服务困难群众2464人次，年度完成率居全市第5位。",
    "武义县年度完成率居全市首位。",
)
OPEN = (
    "义乌市服务困难群众2464人次，居全市第一。",
    "义乌市服务困难群众2464人次，居全市第二。",
    "东阳市新增持证养老护理员105人，完成率112.9%，居全市首位。",
    "武义县服务困难群众451人次，居全市末位。",
    "磐安县服务困难群众141人次，居全市末位。",
    "新增持证社工后三位依次为磐安县、武义县和浦江县。",
    "新增持证社工最少的是武义县。",
    "武义县年度完成率居末位。",
    "义乌市服务困难群众2464人次，年度完成率居全市第2位。",
    "永康市年度完成率居全市首位。",
    "永康市年度完成率继续居全市首位。",
    "永康市年度完成率90.6%，居全市第一位。",
    "年度完成率最高的是永康市（90.6%），最低的是磐安县（45.7%）。",
    "磐安县年度完成率45.7%，居末位。",
    "磐安县：年度完成率45.7%，居末位。",
)


def accounts(sentences: Sequence[str]) -> dict[str, Account]:
    draft = "\n\n".join((_TITLE, *(f"　　{one}" for one in sentences))) + "\n"
    return {one.text: one.account for one in of(draft, september()).statements}


@pytest.mark.parametrize(
    ("sentences", "account"), [(RIGHT, Account.RIGHT), (WRONG, Account.WRONG), (OPEN, Account.OPEN)]
)
def test_a_place_is_of_what_was_told_last(sentences: Sequence[str], account: Account) -> None:
    found = accounts(sentences)
    assert [one for one in sentences if found[one] is not account] == []


@pytest.mark.parametrize(("place", "account"), [(3, Account.RIGHT), (4, Account.WRONG), (2, Account.WRONG)])
def test_the_bureau_and_the_silent_take_no_place_among_those_that_are_ranked(place: int, account: Account) -> None:
    """In September 南江市 is the last of three that have reported; 西河县 is behind it by what it sent in July."""
    assert placed(f"南江市：年度完成率69.3%，列全市第{place}位。") is account


LAST = (
    "年度完成率最低的是南江市。",
    "年度完成率倒数第一的是南江市。",
    "南江市列全市末位。",
    "南江市位列末位。",
    "年度完成率后三位依次为高新区、东山县、南江市。",
    "东山县并列全市首位。",
)
"""Among those that have reported: 东山县 and 高新区 share the first place."""
SILENT = (
    "西河县列全市末位。",
    "西河县位列末位。",
    "西河县年度完成率最低。",
    "年度完成率最低的是西河县。",
    "年度完成率最低的是西河县（43.0%）。",
    "西河县年度完成率倒数第一。",
    "各单位中，西河县年度完成率最低。",
    "西河县年度完成率列全市第4位，仅次于南江市。",
    "年度完成率后两名为西河县、南江市。",
    "年度完成率居后两位的是西河县和南江市，分别为43.0%和69.3%。",
)
"""By what it sent in July."""


def placed(sentence: str, *, is_told: bool = True) -> Account:
    """What comes of a sentence in a document that says that the silent have no places, or does not."""
    told = "　　未报单位不参与排序。\n" if is_told else ""
    report = of(f"{cases.TITLE}\n\n　　{sentence}\n\n{told}", cases.SITUATIONS["official"]())
    return report.statements[1].account


def test_places_are_proven_where_it_is_said_that_the_silent_have_none() -> None:
    assert [one for one in LAST if placed(one) is not Account.RIGHT] == []
    assert [one for one in LAST if placed(one, is_told=False) is not Account.OPEN] == []
    among = [f"已报单位中，{one}" for one in LAST if "年度完成率" in one]
    assert [one for one in among if placed(one, is_told=False) is not Account.RIGHT] == []


@pytest.mark.parametrize("is_told", [True, False])
def test_nobody_who_is_silent_is_proven_to_lag_most(*, is_told: bool) -> None:
    assert [one for one in SILENT if placed(one, is_told=is_told) is Account.RIGHT] == []


def test_places_need_no_word_on_the_silent_where_nobody_is() -> None:
    material = cases.material(9, cases.lagging("C1"), cases.plan(breakdown="official"))
    draft = f"{cases.TITLE}\n\n　　东山县并列全市首位。\n"
    assert of(draft, material).statements[1].account is Account.RIGHT


def test_a_place_by_a_figure_leaves_nobody_out_unsaid_whose_figure_never_came() -> None:
    """Beds: 高新区 225, 东山县 150, 南江市 75; 西河县 has sent nothing this year."""
    paces = {"dong": Fraction(1), "nan": Fraction(1, 2), "gaoxin": Fraction(3, 2)}

    def speed(_indicator: str, unit: str, _month: int) -> Fraction | None:
        return None if unit == "xi" else paces.get(unit, Fraction(1))

    material = cases.material(9, speed, cases.plan(breakdown="official"))

    def account(sentence: str, told: str = "") -> Account:
        return of(f"{cases.TITLE}\n\n　　{sentence}\n\n{told}", material).statements[1].account

    right = (
        "新增护理型床位居末位的是南江市。",
        "南江市新增护理型床位75张，居末位。",
        "新增护理型床位居后两位的依次为东山县、南江市。",
        "新增护理型床位居首位的是高新区。",
    )
    assert [account(one) for one in right] == [Account.OPEN] * 4
    assert [account(one, "　　未报单位不参与排序。\n") for one in right] == [Account.RIGHT] * 4
    assert account(f"已报单位中，{right[0]}") is Account.RIGHT
    assert account("新增护理型床位居末位的是东山县。") is Account.WRONG
