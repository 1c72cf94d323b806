"""What a draft counts of one unit, by the shipped data for September 2023, where 磐安县 is silent.

Nobody is called late, nor done, by parts that were computed: such a count is not ticked off, and none is offered.
"""

from functools import cache

import pytest

import bulletin_cases as cases
from conftest import few
from mzplan.bulletin import Material
from mzplan.bulletin.facts import Facts
from mzplan.bulletin.model import Subject
from mzplan.bulletin.verify import Account, Verification
from mzplan.bulletin.verify.grammar import COUNTED
from mzplan.diagnostics import Severity
from test_verify import shipped
from test_verify_edits import of, text_of

pytestmark = pytest.mark.untraced

material = cache(lambda: shipped("2023-09"))


def told(*sentences: str, given: Material | None = None) -> Verification:
    """What comes of each of them in a paragraph of its own."""
    every, about = (f"　　{one}" for one in sentences), given or material()
    year, month = about.facts.period.year, about.facts.period.month
    return of("\n\n".join((f"{year}年1—{month}月全市民政重点工作指标进展简报", *every)) + "\n", about)


WORDS = {group: words for words, group in COUNTED}
"""The words of each group that is counted."""
OF_SILENCE = frozenset({"missing", "missing&due", "judged", "due", "undefined"})
"""What can be told of a unit that has sent nothing."""
UNITS = (
    *("wucheng", "jindong", "lanxi", "dongyang", "yiwu", "yongkang", "pujiang", "wuyi", "panan"),
    *("devzone", "bureau"),
)
SMALL = [(one, unit) for one in ("reference", "december-silent") for unit in cases.ALL_UNITS]
WITHOUT_TARGET = frozenset({"undefined", "not_applicable"})


def allowed(count: int, group: str, unit: str, facts: Facts) -> set[Account]:
    """What may come of a count of a unit: one that rests on computed parts, or on silence, is right of nobody."""
    official, every = (len(facts.rows(Subject(unit=unit), one)) for one in (f"firm&{group}", group))
    true = {every if group in WITHOUT_TARGET else official}
    if group == "missing":
        true.add(len(facts.rows(Subject(unit=unit), "unfiled")))
    if unit in facts.silent and group not in OF_SILENCE:
        return {Account.OPEN}
    if count in true:
        return {Account.RIGHT, Account.OPEN}
    return {Account.OPEN} if official != every and group not in WITHOUT_TARGET else {Account.WRONG, Account.OPEN}


def counts_of(unit: str, facts: Facts) -> dict[str, set[Account]]:
    """What may come of every word of a count of that unit, with the true number, those beside it and computed ones."""
    name, meant = facts.plan.units[unit].name, {}
    for group, words in WORDS.items():
        official, every, unfiled = (
            len(facts.rows(Subject(unit=unit), one)) for one in (f"firm&{group}", group, "unfiled")
        )
        for count in {official - 1, official, official + 1, every, every + 1, unfiled} - {-1, 0}:
            for sentence in (f"{name}有{count}项指标{words}。", f"{name}{words}{count}项。"):
                meant[sentence] = allowed(count, group, unit, facts)
    return meant


@few("unit", UNITS, ["wucheng", "panan", "devzone"])
def test_what_is_counted_of_a_unit_has_an_official_target_and_is_reported(unit: str) -> None:
    meant = counts_of(unit, material().facts)
    found = {one.text: one.account for one in told(*meant).statements}
    assert {one: found.get(one) for one in meant if found.get(one) not in meant[one]} == {}


@few(("situation", "unit"), SMALL, [("december-silent", "xi"), ("reference", "dong")])
def test_so_it_is_of_another_plan_and_at_the_end_of_the_year(situation: str, unit: str) -> None:
    given = cases.SITUATIONS[situation]()
    meant = counts_of(unit, given.facts)
    found = {one.text: one.account for one in told(*meant, given=given).statements}
    assert {one: found.get(one) for one in meant if found.get(one) not in meant[one]} == {}


def test_counts_of_a_unit_that_stand_in_the_document_are_proven() -> None:
    """婺城区: 30 with an official target, 22 of them due; 磐安县 is silent and owes 66, 29 of 32 official."""
    right = (
        "婺城区纳入评价30项。",
        "婺城区应达到进度要求22项，达到进度要求22项。",
        "磐安县有29项指标未报齐。",
        "磐安县有66项指标未报齐。",
        "磐安县应报66项，未报66项。",
        "义乌市应报68项，比永康市多2项。",
        "永康市已报66项，比义乌市少2项。",
        "磐安县未报66项，比义乌市多66项。",
        "义乌市已完成23项。",
    )
    wrong = ("义乌市应报68项，比永康市多1项。", "磐安县未报65项。", "义乌市尚未到期8项。", "磐安县未达到进度要求0项。")
    unknown = (
        "义乌市69项，比永康市多2项。",
        "义乌市已完成25项。",
        "磐安县已完成3项。",
        "磐安县已完成3项，比义乌市少20项。",
        "磐安县已完成3项，占纳入评价指标的9.4%。",
        "磐安县没有1项滞后。",
        "婺城区应达到进度要求30项。",
        *(f"年度完成率最低的是{unit}。" for unit in ("磐安县", "武义县")),
        "滞后最多的是武义县。",
    )
    found = {one.text: one.account for one in told(*right, *wrong, *unknown).statements}
    assert [one for one in right if found[one] is not Account.RIGHT] == []
    assert [one for one in wrong if found[one] is not Account.WRONG] == []
    assert [one for one in unknown if found[one] is not Account.OPEN] == []


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
    turned = of(text.replace(said, said.replace("均未", "均")), january)
    assert {one.account for one in turned.statements if "9家单位均达到" in one.text} <= {Account.WRONG, Account.OPEN}


def test_what_some_or_each_of_the_units_owe_is_not_held_against_the_sum_of_all() -> None:
    """All true: 653 without the bureau, 64 in the mean, 66 not sent."""
    sentences = (
        "各县（市、区）应报653项，已报587项。",
        "平均每家应报64项。",
        "除磐安县外，其余单位应报640项，已报640项。",
        "全市应报706项，未报66项。",
        "全市11家单位应报706项指标。",
        "重点事项已报200项。",
    )
    assert [one.message for one in told(*sentences).findings if one.severity is Severity.ERROR] == []
