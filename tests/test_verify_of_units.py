"""What a draft counts of one unit, by the shipped data for September 2023, where 磐安县 is silent.

Nobody is called late, nor done, by parts that were computed: such a count is not ticked off, and none is offered.
"""

from functools import cache

import pytest

from mzplan.bulletin.model import Subject
from mzplan.bulletin.verify import Account, Verification
from mzplan.diagnostics import Severity
from test_verify import shipped
from test_verify_edits import of, text_of

pytestmark = pytest.mark.untraced

COUNTS = (
    ("{unit}有{count}项指标滞后。", "behind"),
    ("{unit}有{count}项严重滞后。", "far_behind"),
    ("{unit}已完成{count}项。", "met"),
    ("{unit}有{count}项指标达到进度要求。", "steady"),
)
material = cache(lambda: shipped("2023-09"))


def told(*sentences: str) -> Verification:
    """What comes of each of them in a paragraph of its own."""
    every = (f"　　{one}" for one in sentences)
    return of("\n\n".join(("2023年1—9月全市民政重点工作指标进展简报", *every)) + "\n", material())


@pytest.mark.parametrize("unit", ["金东区", "武义县", "浦江县", "义乌市", "金华开发区", "市本级"])
def test_only_official_targets_are_counted_of_a_unit(unit: str) -> None:
    facts = material().facts
    key = next(one.id for one in facts.plan.reporting_units if one.name == unit)
    meant = {}
    for words, group in COUNTS:
        official, every = (len(facts.rows(Subject(unit=key), one)) for one in (f"firm&{group}", group))
        for count in {official - 1, official, official + 1, every} - {-1, 0}:
            allowed = Account.RIGHT if count == official else Account.WRONG if official == every else Account.OPEN
            meant[words.format(unit=unit, count=count)] = {allowed, Account.OPEN}
    found = {one.text: one.account for one in told(*meant).statements}
    assert {one: found[one] for one in meant if found[one] not in meant[one]} == {}


def test_of_two_units_is_compared_what_is_counted_and_who_lags_most_is_not_who_has_done_least() -> None:
    """Of all 69 and 67 indicators nothing is said; and the silent one has done least, and lags at nothing."""
    sentences = ("义乌市应报68项，比永康市多2项。", "永康市已报66项，比义乌市少2项。", "滞后最多的是武义县。")
    assert [one.message for one in told(*sentences).findings if one.severity is Severity.ERROR] == []


def test_a_wrong_comparison_is_quoted_as_the_draft_has_it() -> None:
    wrong = [one for one in told("义乌市达到进度要求33项，比永康市多9项。").findings if one.severity is Severity.ERROR]
    assert [one.value for one in wrong] == ["达到进度要求33项，比永康市多9项"]


RIGHT_AND_WRONG = (
    ("应报706项指标，已报640项，报送率90.7%。", "应报706项指标，已报640项，报送率90.6%。"),
    ("全市应报指标706项，已报640项。", "全市应报指标706项，已报641项。"),
    ("9月份应报706项，已报640项。", "9月份应报705项，已报640项。"),
    ("领域完成率最低的是水库移民领域，为36.1%。", "领域完成率最低的是水库移民领域，为36.2%。"),
    ("领域完成率最高的是社会救助领域，为86.5%。", "领域完成率最低的是养老领域，为76.9%。"),
    (
        "武义县、金东区、兰溪市未达到进度要求的分别为2项、1项和1项。",
        "武义县、金东区、兰溪市未达到进度要求的分别为2项、2项和1项。",
    ),
    ("武义县和兰溪市分别有2项和1项未达到进度要求。", "武义县和浦江县分别有2项和1项未达到进度要求。"),
    ("社会救助领域和养老领域尚未到期的指标分别为7项和8项。", "社会救助领域和养老领域尚未到期的指标分别为8项和7项。"),
    ("社会救助领域达到进度要求7项，比养老领域多1项。", "社会救助领域达到进度要求7项，比养老领域多2项。"),
    ("武义县达到进度要求10项，比金东区少7项。", "武义县达到进度要求10项，比兰溪市少8项。"),
    ("全市118项指标中，超过六成尚未到期。", "全市118项指标中，超过七成尚未到期。"),
    ("全市122项指标中，不足三成已完成。", "全市122项指标中，近四成已完成。"),
)


def test_counts_and_rates_that_stand_in_the_document_are_proven_in_other_words() -> None:
    """31 of 118 judged are done, 71 not due; 应报 and 已报 of annex 2 together are 706 and 640 (90.65 %)."""
    found = {one.text: one.account for one in told(*(one for pair in RIGHT_AND_WRONG for one in pair)).statements}
    assert [right for right, _ in RIGHT_AND_WRONG if found[right] is not Account.RIGHT] == []
    assert [wrong for _, wrong in RIGHT_AND_WRONG if found[wrong] is not Account.WRONG] == []


def test_a_wrong_rate_beside_counts_of_indicators_is_told_the_rate_of_those() -> None:
    """Not the 90.9 % of the units that have reported."""
    findings = told("应报706项指标，已报640项，报送率90.6%。").findings
    assert [one.message for one in findings] == ["“报送率90.6%”与数据不符：按数据应为90.7%"]


def test_the_year_is_said_to_be_done_only_of_whom_it_is() -> None:
    """Of no unit in September; of the silent nothing is known, and what is aimed at is not said to be so."""
    wrong = (
        "义乌市年度任务全部完成。",
        "永康市已全面完成年度目标任务。",
        "全市全面完成年度任务。",
        "养老领域年度任务全部完成。",
    )
    reached = ("义乌市有正式目标的34项均已达到进度要求。",)
    aims = (
        "义乌市确保全面完成年度任务。",
        "各单位要全面完成年度任务。",
        "义乌市未全面完成年度任务。",
        "磐安县全面完成年度任务。",
    )
    found = {one.text: one.account for one in told(*wrong, *reached, *aims).statements}
    assert {found[one] for one in (*wrong, *reached)} == {Account.WRONG}
    assert {found[one] for one in aims} == {Account.OPEN}


def test_any_name_of_a_unit_is_the_unit_in_a_document() -> None:
    """Short names in place of full ones, in brackets, labels and lists: nothing is deleted, and nothing 未核对."""
    text = text_of(material(), "bulletin")
    assert of(text, material()).findings == ()
    for full, short in (("（磐安县）", "（磐安）"), ("武义县：", "武义："), ("兰溪市和武义县", "兰溪和武义")):
        assert full in text
        text = text.replace(full, short)
    assert [one.message for one in of(text, material()).findings] == []
    other = text.replace("（磐安）", "（浦江）", 1)
    assert any(one.severity is Severity.ERROR for one in of(other, material()).findings)


def test_of_everybody_no_few_are_named_as_late() -> None:
    """In January nine of nine units are behind an even schedule: five of them and 等 would blame those five."""
    january = shipped("2023-01")
    text = text_of(january, "bulletin")
    said = "政府购买儿童类社会组织服务资金9家单位均未达到进度要求"
    assert f"各有关单位未达到进度要求。{said}；" in text
    assert of(text, january).findings == ()
    fewer = of(text.replace(said, said.replace("9家", "8家")), january)
    assert [one.rule.code for one in fewer.findings] == ["MZ901"]
