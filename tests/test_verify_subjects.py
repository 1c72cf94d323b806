"""Of whom a figure is: whatever names an area, a unit or both sets the subject until another one is named.

September 2031, where the city, the areas and the units differ in most figures: a sentence with the figure of its own
subject is never called wrong, and one with another's different figure never ticked off, whatever the subject is called.
"""

from itertools import product

import pytest

import bulletin_cases as cases
from mzplan.bulletin.model import EVERY, Ref, Subject
from mzplan.bulletin.verify import Account
from test_verify_edits import of, official, said

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
    report = of("\n\n".join((cases.TITLE, *(f"　　{sentence}" for sentence in sentences))) + "\n")
    found = {statement.text: statement.account for statement in report.statements}
    assert set(sentences) <= found.keys()
    return [found[sentence] for sentence in sentences]


def opened(unit: str | None, area: int | None) -> list[str]:
    short, name = AREAS[area]
    return [UNITS[unit] + form.format(short=short, name=name) for form in FORMS]


@pytest.mark.parametrize(("unit", "area"), list(product(UNITS, AREAS)))
def test_a_figure_is_held_against_the_area_that_is_named(unit: str | None, area: int | None) -> None:
    for (field, group), phrases in PHRASES.items():
        right = figure(field, group, unit, area)
        others = {figure(field, group, *one) for one in product(UNITS, (*AREAS, EVERY))} - {right, ""}
        assert others
        subjects = opened(unit, area)
        true = [subject + phrase.format(right) for subject, phrase in product(subjects, phrases) if right]
        false = [s + phrase.format(other) for s, phrase, other in product(subjects, phrases, sorted(others))]
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
