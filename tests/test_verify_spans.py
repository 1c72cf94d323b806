"""Of which months a figure is: whatever names a part of the year has what its months have brought, and not the total.

September 2031, as in `test_verify_edits`: of 新增护理型床位 there are 100 at the end of March, 200 of June, 256 of
August and 274 of September; 4A级以上养老机构数 is a level, and so is 全市年度完成率, 72.5 %.
"""

from itertools import product

import pytest

from conftest import through
from mzplan.bulletin.verify import Account
from test_verify_edits import is_wrong, of, said

BROUGHT = {
    100: ("一季度", "第一季度", "1季度", "二季度", "第二季度", "第2季度", "4—6月", "4月至6月", "1—3月", "前3个月"),
    200: ("上半年", "前两个季度", "1—6月", "截至二季度末，", "截至6月底，", "前6个月", "二季度末，"),
    18: ("9月", "9月份", "当月", "本月", "本月份"),
    74: ("三季度", "第三季度", "第3季度", "三季度，", "7—9月", "7月至9月", "本季度", "当季"),
    274: (
        "前三季度",
        "前3季度",
        "前三个季度",
        "1—9月",
        "前9个月",
        "截至三季度末",
        "截至第三季度",
        "三季度末，",
        "截至9月底，",
    ),
}
WORDS = [(words, beds) for beds, all_words in BROUGHT.items() for words in all_words]


@through(("words", "beds"), WORDS)
def test_a_part_of_the_year_has_what_its_months_have_brought(words: str, beds: int) -> None:
    report = said(f"{words}新增护理型床位{beds}张。")
    assert [one.account for one in report.statements[1:]] == [Account.RIGHT], report.findings


@pytest.mark.untraced
@through(("words", "beds"), WORDS)
def test_it_has_not_what_another_part_has_brought(words: str, beds: int) -> None:
    """The year's total after the name of a month may be meant as such: that is asked about."""
    others = [other for other in BROUGHT if other != beds]
    report = said("\n\n　　".join(f"{words}新增护理型床位{other}张。" for other in others))
    for other, one in zip(others, report.statements[1:], strict=True):
        assert one.account in ((Account.WRONG, Account.OPEN) if other == 274 else (Account.WRONG,))


@pytest.mark.parametrize(
    "sentence",
    [
        "三季度全市年度完成率72.5%。",
        "第三季度4A级以上养老机构数为186家。",
        "三季度应达到进度要求6项。",
        "三季度新增护理型床位完成年度目标的34.3%。",
        "四季度新增护理型床位274张。",
        "下半年新增护理型床位274张。",
        "9月5日新增护理型床位12张。",
        "6月以来新增护理型床位110张。",
        "三季度新增护理型床位累计274张。",
        "9月新增护理型床位274张。",
    ],
)
def test_what_is_of_no_part_of_the_year_is_asked_about(sentence: str) -> None:
    report = said(sentence)
    assert report.statements[1].account is Account.OPEN
    assert not is_wrong(report)


def test_a_part_beside_an_earlier_month_has_its_own_figure() -> None:
    draft = "截至6月底，新增护理型床位累计200张，三季度新增{}张。"
    assert not is_wrong(said(draft.format(74)))
    assert [one.message for one in said(draft.format(75)).findings] == [
        "“新增75张”与数据不符：“新增护理型床位”7—9月应为74张"
    ]


SINCE = {18: ("较8月底", "比8月底", "较上月", "比上月", "较8月"), 74: ("较6月底", "比二季度末", "较上半年末")}


@pytest.mark.parametrize(("words", "more"), [(words, more) for more, each in SINCE.items() for words in each])
def test_a_difference_is_that_of_two_months(words: str, more: int) -> None:
    draft = f"新增护理型床位累计274张，{words}{{}}{{}}张。"
    for grown in ("增加", "增加了", "新增", "增长"):
        assert said(draft.format(grown, more)).statements[1].account is Account.RIGHT
        assert is_wrong(said(draft.format(grown, more + 1)))
    assert said(draft.format("减少", more)).statements[1].account is Account.OPEN
    assert said(f"{words}，新增护理型床位增加{more}张。").statements[1].account is Account.OPEN


WHOLE = ("新增护理型床位累计274张", "服务困难群众人次累计22666人次", "4A级以上养老机构数为186家")


@pytest.mark.parametrize(("told", "more"), [*product(WHOLE, ("次", "月", ""))])
def test_a_measure_word_is_read_whole(told: str, more: str) -> None:
    assert (said(f"{told}{more}。").statements[1].account is Account.RIGHT) is (not more)


@pytest.mark.parametrize("sentence", ["服务困难群众人次累计22666人。", "新增护理型床位累计274户。"])
def test_another_measure_word_is_asked_about(sentence: str) -> None:
    assert said(sentence).statements[1].account is Account.OPEN


@pytest.mark.parametrize("measure", ["人", "名", "位"])
def test_people_are_counted_in_any_word_for_them(measure: str) -> None:
    """每万人口社工数: 18 of 10 000."""
    assert of(f"2031年1—9月通报\n\n　　每万人口社工数为18.0{measure}。\n").statements[1].account is Account.RIGHT
