"""What a place is of that a draft tells: what was told last before it.

September 2023: of 服务困难群众人次 义乌市 has the most, 2,464, and by its rate too. 东阳市 has the best rate of
新增持证养老护理员 (112.9 %) and not the most; of 新增认知障碍照护专区床位 浦江县 is seventh by its rate. In the
completion of the units' year parts weigh in that were computed, so that no document tells a place in it.
"""

from collections.abc import Sequence

import pytest

import bulletin_cases as cases
from mzplan.bulletin.verify import Account
from test_verify_edits import of
from test_verify_wholes import september

pytestmark = pytest.mark.untraced

_TITLE = "金华市民政局关于2023年1—9月全市民政重点工作指标进展情况的通报"
RIGHT = (
    "义乌市服务困难群众2464人次，居全市第一。",
    "义乌市服务困难群众人次居全市首位。",
    "东阳市新增持证养老护理员完成率112.9%，居全市首位。",
    "东阳市新增持证养老护理员105人，完成率112.9%，居全市首位。",
    "浦江县新增认知障碍照护专区床位38张，完成率73.1%，居全市第7位。",
)
WRONG = (
    "义乌市服务困难群众2464人次，居全市第二。",
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
    "武义县服务困难群众451人次，完成率68.8%，居已报单位末位。",
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


@pytest.mark.parametrize(("place", "account"), [(4, Account.RIGHT), (5, Account.WRONG), (3, Account.WRONG)])
def test_the_bureau_takes_no_place_among_those_that_are_ranked(place: int, account: Account) -> None:
    """In December 西河县 is the last of four; with 市本级 it would be the fifth."""
    title = f"{cases.YEAR}年1—12月全市民政重点工作指标进展简报"
    draft = f"{title}\n\n　　西河县：年度完成率83.3%，列全市第{place}位。\n"
    report = cases.verified("draft.txt", draft.encode(), cases.SITUATIONS["december-silent"]())
    assert report.statements[1].account is account
