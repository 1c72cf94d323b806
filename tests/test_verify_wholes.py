"""Of which whole a share, a count and a section are: of the count that it is part of, or of nobody's.

September 2031, as in `test_verify_edits`: of 11 indicators 10 are judged, of which 6 are due (3 reached, 3 not, by the
reports there are) and 4 are not yet; 1 is done.
"""

from functools import cache
from itertools import product

import pytest

import bulletin_cases as cases
from mzplan.bulletin import Material
from mzplan.bulletin.verify import Account, Verification
from test_verify import shipped
from test_verify_edits import is_wrong, of, official, said, text_of

LEAD = "确定的11项指标中，{judged}，应达到进度要求6项，{steady}，占50.0%，未达到3项，占50.0%；{later}。"
JUDGED, STEADY, LATER = "纳入评价10项", "已达到3项", "4项尚未到期"


def lead(**told: str) -> Verification:
    return said(LEAD.format(**({"judged": JUDGED, "steady": STEADY, "later": LATER} | told)))


@pytest.mark.parametrize(
    "told", [{"judged": f"{JUDGED}，占90.9%"}, {"later": f"{LATER}，占40.0%"}, {"later": f"{LATER}，占40%"}]
)
def test_a_share_is_right_of_the_count_that_it_is_part_of(told: dict[str, str]) -> None:
    """10 of 11, and 4 of the 10 judged."""
    assert lead(**told).statements[1].account is Account.RIGHT


@pytest.mark.parametrize(
    "told", [{"judged": f"{JUDGED}，占90.8%"}, {"judged": f"{JUDGED}，占50.0%"}, {"later": f"{LATER}，占45.0%"}]
)
def test_a_share_of_no_count_before_it_is_asked_about_alone(told: dict[str, str]) -> None:
    report = lead(**told)
    assert [one.rule.code for one in report.findings] == ["MZ903"]


def test_a_wrong_count_beside_right_shares_is_told_alone() -> None:
    assert [one.message for one in lead(judged=f"{JUDGED}，占90.9%", steady="已达到2项").findings] == [
        "“已达到2项，占50.0%”与数据不符：全市应为3"
    ]


@pytest.mark.parametrize("words", ["已完成1项，占9.1%", "未达到进度要求3项，占27.3%，报齐后再作结论"])
def test_a_share_is_shown_by_the_two_counts_of_its_sentence(words: str) -> None:
    """1 and 3 of all 11: without the 11 nobody can tell."""
    assert said(f"11项指标中，{words}。").statements[1].account is Account.RIGHT
    assert said(f"{words}。").statements[1].account is Account.OPEN
    assert said(f"11项指标中，{words.replace('%', '')}1%。").statements[1].account is Account.OPEN


@pytest.mark.parametrize(
    ("said_so", "account"),
    [
        ("已达到3项，占应达到进度要求6项的50.0%", Account.RIGHT),
        ("已达到3项，占应达到进度要求6项的五成以上", Account.RIGHT),
        ("未达到3项，占纳入评价10项的30%", Account.RIGHT),
        ("已达到3项，占应达到进度要求6项的51.0%", Account.WRONG),
        ("4项尚未到期，占应达到进度要求6项的66.7%", Account.OPEN),  # of which they are no part
    ],
)
def test_a_share_is_of_the_count_that_is_told_with_it(said_so: str, account: Account) -> None:
    assert said(f"{said_so}。").statements[-1].account is account


@pytest.mark.parametrize(
    ("said_so", "account"),
    [
        ("11项指标中，已完成1项、推进中2项", Account.OPEN),
        ("11项指标中，分别已完成1项、保持达标2项", Account.OPEN),
        ("11项指标中，其中已完成1项、推进中2项", Account.OPEN),
        ("11项指标中，已完成1项，保持达标2项", Account.RIGHT),
        ("11项指标中，纳入评价10项，其中已完成1项", Account.RIGHT),
    ],
)
def test_parts_that_are_told_as_all_of_a_whole_make_it_up(said_so: str, account: Account) -> None:
    """推进中 are 2 of the 2 that have stages, and 1 and 2 are not 11."""
    assert said(f"{said_so}。").statements[1].account is account


def test_what_is_due_by_a_month_is_not_what_is_due_in_it() -> None:
    assert said("12月底到期、尚未完成的有7项。").statements[1].account is Account.RIGHT
    assert is_wrong(said("12月底到期、尚未完成的有6项。"))
    for words in (
        "截至12月底到期、尚未完成的有6项",
        "截至11月底到期、尚未完成的有6项",
        "到11月底到期、尚未完成的有6项",
    ):
        assert not is_wrong(report := said(f"{words}。"))
        assert report.statements[1].account is Account.OPEN


INSIDE = ("应达到进度要求的45项中，40项已达到，3项未达到，{}。", "应达到进度要求45项，其中已达到40项、未达到3项、{}。")


@pytest.mark.untraced
@pytest.mark.parametrize(("form", "count", "told"), [*product(INSIDE, (2, 4, 3), ("未报齐{}项", "{}项未报齐"))])
def test_a_part_is_counted_within_its_whole(form: str, count: int, told: str) -> None:
    """September 2023 as shipped: of all 122 4 are not reported in full, of the 45 that are due 2."""
    draft = f"2023年1—9月全市民政重点工作指标进展简报\n\n　　{form.format(told.format(count))}\n"
    report = cases.verified("draft.txt", draft.encode(), shipped("2023-09"))
    assert report.statements[1].account is (Account.RIGHT if count == 2 else Account.WRONG)
    assert is_wrong(report) is (count != 2)


@pytest.mark.untraced
@pytest.mark.parametrize(("count", "account"), [(2, Account.RIGHT), (4, Account.RIGHT), (3, Account.WRONG)])
def test_a_part_beside_the_others_may_be_one_of_theirs(count: int, account: Account) -> None:
    """Of the 45, or of all 122: both are so."""
    draft = f"2023年1—9月全市民政重点工作指标进展简报\n\n　　40项达到进度要求，3项未达到，{count}项未报齐。\n"
    assert cases.verified("draft.txt", draft.encode(), shipped("2023-09")).statements[1].account is account


SECTIONS = ("一、推进社会救助提质行动", "二、推进养老服务提升行动", "三、工作保障")


@pytest.mark.untraced
@pytest.mark.parametrize("heading", SECTIONS)
def test_the_figures_under_a_heading_of_no_area_are_never_wrong(heading: str) -> None:
    """Those that are written of one area are its own; what is not can be told by nobody."""
    draft = text_of(official(), "bulletin")
    renamed = draft.replace(f"\n{heading}\n", f"\n{heading[:2]}改革创新\n")
    assert [(one.rule.code, one.value) for one in of(renamed).findings] == [("MZ908", f"{heading[:2]}改革创新")]
    edited = renamed.replace("共设指标", "共设重点指标")
    assert not is_wrong(of(edited))
    assert sum(one.account is Account.OPEN for one in of(edited).statements) > 1


def test_the_figures_under_another_heading_are_the_citys() -> None:
    draft = text_of(official(), "bulletin").replace("一、总体情况", "一、总体进展")
    assert not is_wrong(of(draft))
    assert is_wrong(of(draft.replace("已完成1项", "已完成2项")))


@cache
def september() -> Material:
    return shipped("2023-09")


@cache
def bulletin_of_september() -> str:
    return text_of(september(), "bulletin")


@cache
def written_in_september() -> set[str]:
    return {one.text for one in of(bulletin_of_september(), september()).statements}


COUNTS_OF_MISSING = {
    "应达而未报齐2项，占4.4%": {
        "@，未报齐的2项": "一致",
        "未报齐2项，占4.4%": "一致",
        "应达而未报齐4项，占4.4%": "不符",
    },
    "共未报齐4项，其中应达而未报齐2项": {
        "未报齐4项": "未核对",
        "共未报齐4项，其中应达2项": "一致",
        "未报齐2项": "未核对",
        "未报齐3项": "不符",
        "共未报齐4项，其中应达而未报齐4项": "不符",
    },
}
"""Four of the shipped September are 未报齐, two of them due; in May two were."""


@pytest.mark.untraced
@pytest.mark.parametrize(
    ("told", "edited", "account"),
    [(told, edited, account) for told, edits in COUNTS_OF_MISSING.items() for edited, account in edits.items()],
)
def test_what_is_missing_is_told_in_two_counts_and_neither_is_another_months(
    told: str, edited: str, account: str
) -> None:
    draft = bulletin_of_september()
    assert told in draft
    report = of(draft.replace(told, edited.replace("@", told), 1), september())
    assert [one.account.value for one in report.statements if one.text not in written_in_september()] == [account]
    assert not [one for one in report.findings if one.rule.code == "MZ902"]
