"""Of which month a clause speaks: it gets the verdict that the same has in the month's own document.

September 2031, as in `test_verify_edits`: 西河县 has sent nothing since August; of 新增护理型床位 there are 256 at the
end of August, 200 of June and 100 of March.
"""

from fractions import Fraction
from functools import cache

import pytest

import bulletin_cases as cases
from conftest import few
from mzplan.bulletin.verify import Account, verify
from mzplan.bulletin.verify.draft import read_draft
from mzplan.bulletin.verify.truth import Truth
from mzplan.period import Period
from test_verify_edits import is_wrong, of, official, said

pytestmark = pytest.mark.untraced

CLAIMS = (
    "已完成{}项。",
    "达到进度要求{}项，未达到进度要求{}项。",
    "应达到进度要求的指标有{}项。",
    "全市年度完成率{}%。",
    "东山县年度完成率列全市第{}位。",
    "应报单位5家，未报{}家。",
    "报齐{}家。",
    "新增护理型床位完成年度目标的{}%。",
    "新增护理型床位慢于序时进度{}个百分点。",
    "认知障碍照护试点有{}家未完成。",
)
FIGURES = ("0", "1", "2", "4", "25.0", "32.0", "59.8", "70.9")
WORDS = (
    "各单位均已报齐。",
    "仅西河县未报。",
    "未报的单位有西河县。",
    "西河县已报齐。",
    "西河县未报。",
    "东山县已报齐。",
    "新增护理型床位快于序时进度。",
    "新增护理型床位严重滞后。",
    "新增护理型床位进度滞后。",
    "新增护理型床位未达到进度要求的有东山县和西河县。",
    "仅新增护理型床位未达到进度要求。",
    "服务困难群众人次已完成。",
    "服务困难群众人次已完成年度目标，新增护理型床位未完成。",
    "认知障碍照护试点推进中。",
    "认知障碍照护试点已完成。",
    "年度完成率最高的是东山县。",
    "西河县列全市末位。",
    "东山县、南江市、高新区列全市前三位。",
    "没有严重滞后的指标。",
    "所有指标均达到进度要求。",
    "养老领域完成率高于救助领域。",
)
AMOUNTS = tuple(f"新增护理型床位累计{beds}张。" for beds in (100, 200, 256, 274, 275))
FORMS = {
    8: (
        *("截至8月底，", "截至8月末", "截止8月底，", "8月底，", "8月末，", "到8月底，", "至8月末，", "在8月底，"),
        *("上月底，", "上月末", "2031年8月底，", "截至2031年8月底，", "今年8月底，", "截至8月31日，", "1—8月，"),
        *("前8个月，", "八月底，"),
    ),
    6: (
        "截至6月底，",
        "6月末，",
        "上半年，",
        "上半年",
        "上半年末，",
        "二季度末，",
        "截至第二季度末，",
        "前两个季度，",
        "1—6月",
    ),
    3: ("截至3月底，", "一季度，", "一季度末，", "第一季度末，", "前3个月，", "截至1季度末，"),
}
OF_ONE_MONTH = ("今年8月，", "8月份，", "8月份", "8月", "上月，", "上月", "上个月，")


@cache
def own(month: int) -> Truth:
    return Truth(official().facts.at(Period(cases.YEAR, month)), official().trace)


@cache
def verdicts_of(month: int, claims: tuple[str, ...]) -> list[Account]:
    draft = f"{cases.YEAR}年1—{month}月通报\n\n　　" + "\n\n　　".join(claims)
    return [one.account for one in verify("d.txt", read_draft("d.txt", draft.encode()), own(month)).statements[1:]]


def verdicts(claims: list[str]) -> list[Account]:
    return [one.account for one in said("\n\n　　".join(claims)).statements[1:]]


STATED = (*WORDS, *(claim.replace("{}", figure) for claim in CLAIMS for figure in FIGURES))


CASES = [
    *((month, form, (*STATED, *AMOUNTS)) for month, forms in FORMS.items() for form in forms),
    *((8, form, STATED) for form in OF_ONE_MONTH),
]
KEPT = ("截至8月底，", "上月底，", "上半年，", "6月末，", "一季度末，", "8月份", "上月，")


@few(("month", "form", "claims"), CASES, [one for one in CASES if one[1] in KEPT])
def test_it_gets_the_verdict_that_the_months_own_document_has(month: int, form: str, claims: tuple[str, ...]) -> None:
    right = verdicts_of(month, claims)
    assert len(set(right)) == 3
    found = verdicts([form + claim for claim in claims])
    assert [claim for claim, one, other in zip(claims, right, found, strict=True) if one is not other] == []


@pytest.mark.parametrize(
    "sentence",
    [
        "新增护理型床位8月底累计256张，9月底累计274张。",
        "新增护理型床位6月底累计200张、8月底累计256张、9月底累计274张。",
        "新增护理型床位累计274张（8月底为256张），完成年度目标的34.3%。",
        "9月份应报单位5家，未报1家；8月份应报单位5家，未报1家；6月份应报的5家单位全部报齐。",
        "6月份各单位均已报齐，9月份仅西河县未报。",
        "西河县6月份已报齐，9月份未报。",
        "截至8月底，全市年度完成率70.9%；截至9月底，全市年度完成率72.5%。",
    ],
)
def test_each_part_of_a_sentence_is_of_its_own_month(sentence: str) -> None:
    report = said(sentence)
    assert [finding.message for finding in report.findings] == []
    assert report.statements[1].account is Account.RIGHT


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("6月份仅西河县未报，9月份仅西河县未报。", ["对照6月的数据：“仅西河县未报”与数据不符：按数据，没有“未报”的"]),
        ("新增护理型床位8月底累计257张，9月底累计274张。", ["“累计257张”与数据不符：“新增护理型床位”8月底应为256张"]),
        ("截至6月底，新增护理型床位已完成。", ["对照6月的数据：新增护理型床位按数据是“严重滞后”，不能说“已完成”"]),
        ("新增护理型床位累计274张（8月底为274张）。", ["“为274张”与数据不符：“新增护理型床位”8月底应为256张"]),
        ("上半年，东山县未报。", ["对照6月的数据：东山县按数据应报9项、已报9项，不能说“未报”"]),
        ("截至8月底，新增护理型床位累计274张。", ["“截至8月底”与报告期不符：报告期是2031年9月"]),
    ],
)
def test_what_is_wrong_is_told_of_its_month(sentence: str, told: list[str]) -> None:
    assert [finding.message for finding in said(sentence).findings] == told


@pytest.mark.parametrize(
    "time",
    [
        "去年底，",
        "上年同期，",
        "2030年底，",
        "2030年8月底，",
        "8月份以来，",
        "8月底前，",
        "年初，",
        "10月底，",
        "12月底，",
        "8月15日，",
        "8月上旬，",
        "7月、8月",
    ],
)
def test_what_nobody_has_data_of_is_asked_about(time: str) -> None:
    for claim in (
        "新增护理型床位已完成。",
        "仅东山县未报。",
        "已完成5项。",
        "新增护理型床位累计300张。",
        "西河县已报齐。",
    ):
        report = said(time + claim)
        assert not is_wrong(report)
        assert report.statements[1].account is Account.OPEN


def test_a_month_that_nobody_reported_for_is_let_be() -> None:
    late = cases.material(9, lambda _indicator, _unit, month: None if month < 9 else Fraction(1))
    for claim in ("截至6月底，已完成1项。", "8月份仅东山县未报。", "上半年，新增护理型床位已完成。"):
        report = of(f"{cases.TITLE}\n\n　　{claim}\n", late)
        assert (report.statements[1].account, is_wrong(report)) == (Account.OPEN, False)


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("养老服务办法修订未完成，应于6月底前完成。", "新增护理型床位已完成，应于6月底前完成。"),
        ("新增护理型床位累计274张，较8月底增加18张。", "新增护理型床位累计256张，较8月底增加18张。"),
        ("10月份将继续推进，养老服务办法修订未完成。", "10月份将继续推进，新增护理型床位已完成。"),
        ("自6月以来，服务困难群众人次已完成。", "自6月以来，新增护理型床位已完成。"),
    ],
)
def test_what_is_compared_due_or_begun_is_of_the_report_s_month(right: str, wrong: str) -> None:
    assert not is_wrong(said(right))
    assert is_wrong(said(wrong))
