"""What the parts of a whole are, and what is left of it: parts of an increase are increases, the rest is what is left.

September 2031, as in `test_verify_related`. 新增护理型床位: 150 in 东山县, 112 in 西河县, 75 in 南江市 and 150
in 高新区, 487 in all; in August 133, 100, 66 and 133, which is 432; the target 800, 200 each.
"""

import pytest

import bulletin_cases as cases
from conftest import through
from mzplan.bulletin.verify import Account
from test_verify import shipped
from test_verify_edits import is_wrong, of
from test_verify_related import accounts, reported

BEDS = "新增护理型床位"
RIGHT = (
    f"{BEDS}较8月底增加55张，分别为东山县17张、西河县12张、南江市9张和高新区17张。",
    f"{BEDS}较8月底增加55张，其中东山县17张、西河县12张。",
    f"{BEDS}较8月底增加55张，其中东山县17张，西河县12张。",
    f"{BEDS}较8月底增加55张，其中东山县17张，累计487张。",
    f"{BEDS}目标800张（东山县200张、西河县200张），东山县150张。",
    f"{BEDS}较上月增加55张（东山县17张、西河县12张、南江市9张、高新区17张）。",
    f"{BEDS}距年度目标尚差313张，其中南江市125张、西河县88张。",
    f"{BEDS}目标800张，其中东山县200张。",
    f"{BEDS}累计487张，其中东山县150张、西河县112张。",
)
"""What each part is of an increase, a gap, a target and a total."""
FALSE = (
    f"{BEDS}较8月底增加55张，其中东山县18张。",
    f"{BEDS}较8月底增加55张，其中东山县150张、西河县112张。",
    f"{BEDS}距年度目标尚差313张，其中南江市115张。",
    f"{BEDS}累计487张，其中东山县17张。",
    f"{BEDS}目标800张（东山县200张、西河县200张），东山县200张。",
)
OPEN = (
    f"{BEDS}较8月底增加55张，分别为东山县150张、西河县112张、南江市75张和高新区150张。",
    f"{BEDS}累计487张，较8月底增加55张，其中东山县150张。",
    f"{BEDS}距年度目标尚差313张，其中南江市75张。",
)
"""Totals where parts of something else are told: nobody knows which is meant."""


@through("sentence", RIGHT)
def test_parts_are_of_what_their_whole_is(sentence: str) -> None:
    assert accounts([sentence]) == [Account.RIGHT]


@through("sentence", FALSE)
def test_a_part_of_something_else_is_wrong(sentence: str) -> None:
    assert accounts([sentence]) == [Account.WRONG]


@through("sentence", OPEN)
def test_a_total_among_the_parts_of_something_else_is_asked_about(sentence: str) -> None:
    assert accounts([sentence]) == [Account.OPEN]


@pytest.mark.untraced
def test_what_is_told_of_the_shipped_september_is_held_against_it() -> None:
    """45 are due: 40 reached, 3 not, 2 not reported in full; of those not due 2 more are not. 31 are done, one late.

    71 are not due by the reports there are, 73 with those 2.
    """
    material = shipped("2023-09")

    def account(sentence: str) -> Account:
        report = of(f"2023年1—9月全市民政重点工作指标进展简报\n\n　　{sentence}\n", material)
        return Account.WRONG if is_wrong(report) else report.statements[1].account

    right = (
        "应达到进度要求45项，已达到40项，其余5项未达到或未报齐。",
        "应达到进度要求45项，已达到40项，尚有5项未达到或未报齐。",
        "应达到进度要求45项，未达到或者未报齐的有5项。",
        "尚有7项未达到或未报齐。",
        "水库移民领域应达到进度要求3项，仅达到1项，其余2项未达到。",
        "已完成31项，其中提前完成30项、逾期完成1项。",
        "应达到进度要求45项，达到率88.9%。",
        "应达到进度要求45项，73项尚未到期（含未报齐2项）。",
        "纳入评价118项，应达到进度要求45项（含未报齐2项），尚未到期73项（其中未报齐2项）。",
        "尚未到期73项，其中未报齐2项。",
        "未报齐4项，其中应达2项、未到期2项。",
        "未报齐4项（含未到期2项）。",
        "磐安县8月份数据已报。",
        "磐安县9月份数据未报。",
    )
    false = (
        "应达到进度要求45项，已达到40项，其余5项未达到。",
        "应达到进度要求45项，已达到40项，尚有4项未达到或未报齐。",
        "已完成31项，其中提前完成30项、逾期完成2项。",
        "尚未到期74项（含未报齐2项）。",
        "尚未到期72项。",
        "未达到进度要求5项（含未报齐2项）。",  # silence is no lag
        "应达到进度要求45项，达到率88.8%。",
        "磐安县9月份数据已报。",
        "磐安县8月份数据未报。",
    )
    left_open = (
        "应达到进度要求45项，已达到40项，其余4项未达到或未报齐。",
        "应达到进度要求45项，已达到40项，其余5项未达到或正在抓紧补报。",
        "应达到进度要求45项，已达到40项，其余5项中未达到3项、未报齐2项。",
        "水库移民领域应达到进度要求3项，仅达到1项，其余2项达到。",
        "尚未到期73项。",  # by what nobody has reported, too
        "尚未到期73项（含未报齐3项）。",
        "尚未到期71项（含未报齐2项）。",
        "新增持证社工300人的义乌市占全市的27.0%。",
        "完成率低于50%的领域只有水库移民领域1个。",
    )
    assert {one: account(one) for one in right} == dict.fromkeys(right, Account.RIGHT)
    assert {one: account(one) for one in false} == dict.fromkeys(false, Account.WRONG)
    assert {one: account(one) for one in left_open} == dict.fromkeys(left_open, Account.OPEN)


def test_a_remedy_of_what_is_either_way_names_those_that_are_due() -> None:
    report = of("2023年1—9月全市民政重点工作指标进展简报\n\n　　尚有4项未达到或未报齐。\n", shipped("2023-09"))
    assert "全市现为5" in report.findings[0].message


def test_what_is_done_or_not_reported_is_no_claim_of_either() -> None:
    report = cases.verified("draft.txt", f"{cases.TITLE}\n\n　　东山县{BEDS}未完成或未报。\n".encode(), reported())
    assert report.statements[1].account is Account.OPEN
