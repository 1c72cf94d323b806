"""Of whom a figure is: whatever names an area, a unit or both sets the subject until another one is named.

September 2031, where the city, the areas and the units differ in most figures: a sentence with the figure of its own
subject is never called wrong, and one with another's different figure never ticked off, whatever the subject is called.
"""

from fractions import Fraction
from functools import cache
from itertools import cycle, product

import pytest

import bulletin_cases as cases
from conftest import few, through
from factory import at_least
from mzplan.bulletin import Material
from mzplan.bulletin.groups import is_judged_one_by_one, stages_of
from mzplan.bulletin.model import EVERY, Ref, Subject
from mzplan.bulletin.verify import Account, Verdict
from mzplan.diagnostics import Severity
from test_verify import shipped
from test_verify_edits import is_wrong, of, official, said

AREAS = {1: ("救助", "推进社会救助提质行动"), 2: ("养老", "推进养老服务提升行动"), None: ("工作保障", "工作保障")}
FORMS = (
    *(f"{{short}}{word}" for word in ("", "领域", "方面", "工作", "行动", "板块", "条线", "指标")),
    *(f"{{short}}{word}" for word in ("方面，", "领域，", "工作，", "行动，", "，", "：", "领域：")),
    *("从{short}看，", "从{short}领域看，", "在{short}方面，", "其中{short}领域"),
    *("{name}", "{name}，", "{name}：", "{name}方面，"),
)
PHRASES = {
    ("share", ""): ("完成率{}%。", "年度完成率为{}%。", "领域完成率{}%。"),
    ("count", "met"): ("已完成{}项。", "已完成{}项，另有情况。"),
    ("count", "due"): ("应达到进度要求{}项。",),
    ("count", "lagging"): ("未达到进度要求{}项。",),
    ("count", "not_due"): ("尚未到期{}项。",),
    ("count", "all"): ("共设指标{}项。",),
}
UNITS = {None: "", "dong": "东山县", "nan": "南江市"}


def figure(field: str, group: str, unit: str | None, area: int | None) -> str:
    """As it is printed; empty where there is none."""
    name = field if field != "share" else "overall" if area == EVERY else "area_mean"
    facts, ref = official().facts, Ref(name, group, Subject("", unit, area))
    return "" if facts.value(ref) is None else facts.cite(ref).text


def accounts(sentences: list[str]) -> list[Account]:
    """What comes of each sentence in a paragraph of its own."""
    found: dict[str, Account] = {}
    for start in range(0, len(sentences), 300):  # more are too many for one draft
        each = sentences[start : start + 300]
        report = of("\n\n".join((cases.TITLE, *(f"　　{sentence}" for sentence in each))) + "\n")
        found |= {statement.text: statement.account for statement in report.statements}
    assert set(sentences) <= found.keys()
    return [found[sentence] for sentence in sentences]


def opened(unit: str | None, area: int | None) -> list[str]:
    short, name = AREAS[area]
    return [UNITS[unit] + form.format(short=short, name=name) for form in FORMS]


@pytest.mark.untraced
@few(("unit", "area"), product(UNITS, AREAS), [("dong", 2)])
def test_a_figure_is_held_against_the_area_that_is_named(unit: str | None, area: int | None) -> None:
    for (field, group), phrases in PHRASES.items():
        right = figure(field, group, unit, area)
        others = {figure(field, group, *one) for one in product(UNITS, (*AREAS, EVERY))} - {right, ""}
        assert others
        subjects = opened(unit, area)
        true = [
            subject + phrase.format(right) for subject, phrase in product(subjects, phrases) if right not in ("", "0")
        ]
        false = [
            s + phrase.format(other) for (s, phrase), other in zip(product(subjects, phrases), cycle(sorted(others)))
        ]
        assert [one for one, account in zip(true, accounts(true), strict=True) if account is Account.WRONG] == []
        assert [one for one, account in zip(false, accounts(false), strict=True) if account is Account.RIGHT] == []


@pytest.mark.parametrize("form", ["{short}领域", "{short}方面，", "{short}工作", "{name}", "{short}：", "{short}"])
def test_the_figure_of_an_area_is_found_right_and_another_one_wrong(form: str) -> None:
    subject = form.format(short="养老", name="推进养老服务提升行动")
    assert accounts([f"{subject}完成率70.9%。", f"{subject}完成率56.9%。"]) == [Account.RIGHT, Account.WRONG]


UNKNOWN = ("殡葬领域", "殡葬方面，", "山区县", "社会福利工作", "为老服务工作", "任务1", "民生实事", "从殡葬看，")


@pytest.mark.parametrize("subject", UNKNOWN)
@pytest.mark.parametrize("phrase", ["年度完成率{}%", "已完成{}项", "应达到进度要求{}项"])
def test_of_somebody_unknown_nothing_is_proven_and_nothing_called_wrong(subject: str, phrase: str) -> None:
    field, group = {"年": ("share", ""), "已": ("count", "met"), "应": ("count", "due")}[phrase[0]]
    of_city = figure(field, group, None, EVERY)
    for number in {of_city, "3", figure(field, group, None, 2)}:
        assert accounts([f"{subject}{phrase.format(number)}。"]) == [Account.OPEN]


@pytest.mark.parametrize("sentence", ["养老领域应报单位5家。", "养老工作未报1家。", "东山县养老领域列全市第1位。"])
def test_an_area_has_no_reports_and_no_place_of_its_own(sentence: str) -> None:
    assert said(sentence).statements[-1].account is Account.OPEN


STATES = (
    "未完成",
    "尚未完成",
    "未启动",
    "推进中",
    "未达到进度要求",
    "达到进度要求",
    "已完成",
    "进度滞后",
    "已超上限",
    "未办结",
)


def mixed_units(indicator: str, unit: str, month: int) -> Fraction | None:
    """东山县 has done all, 南江市 nothing, 西河县 has been silent since August."""
    return None if unit == "xi" and month >= 8 else Fraction(2) if unit == "dong" else Fraction(0)


@cache
def differing() -> Material:
    each = {"applies_to": "each", "judged": (*cases.COUNTIES, "gaoxin")}
    return cases.material(9, mixed_units, cases.plan(instead={"C1": {**each, "target": at_least(1)}}))


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("quantity", ["全部", "均", "都"])
@pytest.mark.parametrize("indicator", ["乡镇街道社工站数", "新增护理型床位", "认知障碍照护试点"])
def test_what_is_said_of_all_units_is_never_ticked_off_where_they_differ(
    indicator: str, quantity: str, state: str
) -> None:
    report = of(f"{cases.TITLE}\n\n　　{indicator}{quantity}{state}。\n", differing())
    assert report.statements[-1].account is not Account.RIGHT


@pytest.mark.parametrize("sentence", ["认知障碍照护试点全部未完成。", "认知障碍照护试点均已完成。"])
def test_what_is_said_of_all_units_is_wrong_where_one_has_reported_otherwise(sentence: str) -> None:
    report = of(f"{cases.TITLE}\n\n　　{sentence}\n", differing())
    assert report.statements[-1].account is Account.WRONG
    assert report.findings[0].message.endswith(f"不能说“{sentence[-6:-1] if '全部' in sentence else '均已完成'}”")


@pytest.mark.parametrize("only", ["仅", "只有", "仅有"])
def test_nobody_vouches_for_the_silent(only: str) -> None:
    said_of = f"认知障碍照护试点{{}}{only}南江市和高新区未启动。"
    for words, account in {"": Account.OPEN, "已报单位中": Account.RIGHT, "已报的单位中，": Account.RIGHT}.items():
        report = of(f"{cases.TITLE}\n\n　　{said_of.format(words)}\n", differing())
        assert [finding.message for finding in report.findings if finding.severity is Severity.ERROR] == []
        assert report.statements[-1].account is account
    report = of(f"{cases.TITLE}\n\n　　{said_of.format('已报单位中').replace('南江市', '东山县')}\n", differing())
    assert report.statements[-1].account is Account.WRONG


PACE = {
    # 救助服务资金 is 9 916 of about 14 000 (5 %): 4 084 to the target, 3 384 to the floor, in three months, rounded up
    Account.RIGHT: (
        "救助服务资金距年度目标尚差4084.0万元，月均需完成1362万元，报齐后再作结论。",
        "救助服务资金月均需完成1362万元，报齐后再作结论。",
        "救助服务资金月均需完成1128万元，报齐后再作结论。",  # where the words do not say which bound is meant
        "救助服务资金距容许下限尚差3384.0万元，月均需完成1128万元，报齐后再作结论。",
        "救助服务资金距容许下限1.33亿元尚差3384.0万元，报齐后再作结论。",
        "救助服务资金达到容许下限月均需完成1128万元，报齐后再作结论。",
        "救助服务资金达到1.33亿元的容许下限月均需完成1128万元，报齐后再作结论。",
        "救助服务资金按允许偏差的下限1.33亿元计，月均需完成1128万元，报齐后再作结论。",
        "救助服务资金目标约1.4亿元，容许下限为1.33亿元。",
        "救助服务资金容许上限为1.47亿元。",
    ),
    Account.WRONG: (
        "救助服务资金距年度目标尚差4084.0万元，月均需完成1128万元。",
        "救助服务资金月均需完成1228万元。",
        "救助服务资金达到容许下限月均需完成1362万元。",
        "救助服务资金距容许下限尚差4084.0万元。",
        "救助服务资金按允许偏差的下限1.33亿元计，月均需完成1362万元。",
        "救助服务资金按允许偏差的下限1.34亿元计，月均需完成1128万元。",
        "救助服务资金容许上限为1.4亿元。",
        "救助服务资金容许下限为1.47亿元。",
    ),
}


@through(("account", "sentence"), [(account, one) for account, each in PACE.items() for one in each])
def test_what_is_needed_belongs_to_the_bound_that_is_named(account: Account, sentence: str) -> None:
    assert said(sentence).statements[-1].account is account


def test_what_is_needed_is_told_of_either_bound() -> None:
    assert [one.message for one in said("救助服务资金月均需完成1228万元。").findings] == [
        "“月均需完成1228万元”与数据不符：“救助服务资金”应为1362万元（达到目标；达到允许偏差的下限为1128万元）"
    ]


OF_UNITS = "乡镇街道社工站数：应达标单位4家，{}，另有1家未报，12月底前完成。"
"""By an even pace to four each, 东山县 and 高新区 have three, and so nobody is done; 西河县 is silent."""


@pytest.mark.parametrize("told", ["仅东山县推进较快", "东山县进展较快"])
def test_a_unit_named_in_one_clause_has_not_the_counts_of_units_in_the_next(told: str) -> None:
    report = said(OF_UNITS.format(told))
    assert not is_wrong(report)
    assert report.count(Verdict.UNBOUND) == 0
    assert is_wrong(said(OF_UNITS.format(told).replace("1家未报", "2家未报")))


@pytest.mark.parametrize("others", ["各县（市、区）和高新区", "各县市区、高新区", "各县（市、区）及高新区"])
def test_a_name_within_a_word_for_all_is_nobodys(others: str) -> None:
    """东山县 shares the first place; 高新区 has it too."""
    assert not is_wrong(said(f"东山县年度完成率70.8%，在{others}中并列第1位。"))
    assert is_wrong(said(f"东山县年度完成率70.8%，在{others}中排名第3位。"))


@pytest.mark.parametrize(
    "words", ["尚需新增{}", "还需{}", "尚有{}未完成", "还有{}没有完成", "未完成{}", "{}尚未完成", "尚差{}"]
)
def test_what_is_left_is_not_taken_for_what_is_done(words: str) -> None:
    """新增护理型床位: 274 of 800."""
    assert not is_wrong(said(f"新增护理型床位累计274张，{words.format('526张')}。"))
    assert said(f"新增护理型床位{words.format('526张')}，报齐后再作结论。").statements[-1].account is Account.RIGHT
    assert is_wrong(said(f"新增护理型床位{words.format('274张')}。"))


TRUE_OF_UNITS = (
    "乡镇街道社工站数1家达标、1家未报。",
    "认知障碍照护试点三成单位已完成。",
    "认知障碍照护试点半数单位未完成。",
)


@pytest.mark.parametrize("sentence", TRUE_OF_UNITS)
def test_what_is_said_of_some_units_is_not_said_of_the_indicator(sentence: str) -> None:
    report = of(f"{cases.TITLE}\n\n　　{sentence}\n", differing())
    assert [finding.message for finding in report.findings if finding.severity is Severity.ERROR] == []


@pytest.mark.parametrize("words", ["快于", "慢于"])
def test_a_distance_from_the_schedule_is_in_points(words: str) -> None:
    assert said(f"新增护理型床位{words}序时进度40.8%。").statements[-1].account is not Account.RIGHT


@pytest.mark.untraced
def test_a_figure_right_behind_its_name_is_read_whatever_words_the_name_ends_in() -> None:
    """Of each indicator of the shipped plan: 项目资金占比54.6% is no share of the city's total, nor compared."""
    material = shipped("2023-09")
    true, false = [], []
    for one in material.facts.plan.indicators.values():
        row = material.facts.row(Subject(one.id))
        if row is None or row.actual is None or stages_of(row) or is_judged_one_by_one(row):
            continue
        figure = str(material.facts.cite(Ref("actual", "", Subject(one.id))))
        true += [f"{one.name}{figure}。", f"{one.name}为{figure}。", f"{one.name}{figure}，请各地注意。"]
        false.append(f"{one.name}9{figure}。")
    assert len(false) > 30
    text = "\n\n".join(("2023年1—9月全市民政重点工作指标进展简报", *(f"　　{one}" for one in (*true, *false))))
    found = {one.text: one.account for one in of(f"{text}\n", material).statements}
    assert [one for one in true if found[one] is Account.WRONG] == []
    assert [one for one in false if found[one] is Account.RIGHT] == []


WHOLES = {
    "met": ("已完成{}项", "已完成的{}项中"),
    "due": ("应达到进度要求{}项", "{}项应达指标中"),
    "lagging": ("未达到进度要求{}项", "未达到进度要求的{}项中"),
    "not_due": ("尚未到期{}项",),
    "judged": ("纳入评价{}项", "{}项纳入评价"),
}


@pytest.mark.parametrize("group", WHOLES)
def test_parts_by_area_are_of_what_was_counted_before_them(group: str) -> None:
    whole, relief, care = (figure("count", group, None, area) for area in (EVERY, 1, 2))
    owns = {figure("count", "all", None, area) for area in (1, 2)}
    for form in WHOLES[group]:
        for opening in ("，其中", "，", "，其中："):
            told = f"{form.format(whole)}{opening}救助领域{{}}项、养老领域{{}}项。"
            is_early = group == "lagging"  # what waits for the silent is among them
            assert accounts([told.format(relief, care)]) == [Account.OPEN if is_early else Account.RIGHT]
            wrong = [one for one in ("5", "6", "7") if one not in {care, *owns}]
            assert set(accounts([told.format(relief, one) for one in wrong])) == {Account.WRONG}
    assert accounts([f"{whole}项重点工作中，救助领域{relief}项。"]) == [Account.OPEN]


@pytest.mark.parametrize(
    ("sentence", "name"),
    [
        ("永嘉县年度完成率72.5%。", "永嘉县"),
        ("东山县、永嘉县年度完成率均超过60%。", "永嘉县"),
        ("江南街道新增护理型床位5张。", "江南街道"),
        ("永嘉县、乐清市未报。", "永嘉县”和“乐清市"),
        ("永嘉县、乐清市和永嘉县未报。", "永嘉县”和“乐清市"),
        ("全市城区年度完成率较好。", ""),
        ("乡镇街道年度完成率较好。", ""),
        ("山区县、乡镇街道未报。", ""),
        ("农村社区新增护理型床位较多。", ""),
    ],
)
def test_who_is_not_in_the_plan_is_named(sentence: str, name: str) -> None:
    report = said(sentence)
    assert report.statements[-1].account is Account.OPEN
    told = [one.message for one in report.findings if "不是计划里的填报单位" in one.message]
    assert [f"“{name}”" in one for one in told] == ([True] if name else [])
