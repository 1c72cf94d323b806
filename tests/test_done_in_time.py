"""What is called 如期 and 逾期: by the reports of the month in which it was due, in the prose and in what is read back.

2031, five things that 市本级 does in stages. 甲 is done in June, when it is due; 乙 in July, a month late; 丙, due in
June, is not reported for that month and done in July; 丁, due in December, is done in August; 戊 is never done.
"""

from fractions import Fraction
from functools import cache

import pytest

import bulletin_cases as cases
from conftest import through
from mzplan.bulletin import Material, Request
from mzplan.bulletin.model import Subject
from mzplan.bulletin.verify import Account
from mzplan.period import Period
from mzplan.plan.target import Schedule
from test_verify_edits import is_wrong, of, text_of

JUNE = Schedule("by_due", Period(cases.YEAR, 6))
DONE_FROM = {"M1": 6, "M2": 7, "M3": 7, "M4": 8}
NAMES = {f"M{at}": f"养老制度建设{name}" for at, name in enumerate("甲乙丙丁戊", 1)}


def speed(indicator: str, _unit: str, month: int) -> Fraction | None:
    if indicator == "M3" and month == 6:
        return None
    if indicator in NAMES:
        return Fraction(12 if month >= DONE_FROM.get(indicator, 13) else 0)
    return Fraction(1)


@cache
def material(month: int = 12) -> Material:
    more = cases.milestones(JUNE, JUNE, JUNE, cases.BY_DUE, cases.BY_DUE)
    return cases.material(month, speed, cases.plan(only=("C1", "S1"), more=more))


def rows(group: str) -> list[str]:
    return [row.indicator.id for row in material().facts.rows(Subject(unit="bureau"), group)]


def test_only_what_was_done_when_it_was_due_is_in_time() -> None:
    """丙 may have been done in June: nobody said."""
    assert rows("met") == ["M1", "M2", "M3", "M4"]
    assert rows("in_time") == ["M1", "M4"]
    assert rows("late") == ["M2"]


def test_the_citys_own_row_is_late_as_its_units_are() -> None:
    assert [row.indicator.id for row in material().facts.rows(Subject(), "late")] == ["M2"]


@pytest.mark.parametrize("kind", ["bulletin", "annual"])
def test_a_bulletin_tells_how_much_of_what_is_done_was_late(kind: str) -> None:
    text = text_of(material(), kind)  # type: ignore[arg-type]
    assert "有正式目标的5项中，已完成4项（其中逾期完成1项），未完成1项（养老制度建设戊）。" in text
    assert "如期" not in text
    report = of(text, material())
    assert {one.account for one in report.statements} == {Account.RIGHT}


def test_before_the_years_end_nothing_is_said_of_it() -> None:
    assert "逾期" not in str(material(9).write(Request(kind="bulletin")))


SOUND = (
    "市本级有正式目标的5项中，如期完成2项。",
    "市本级有正式目标的5项中，已完成4项，其中逾期完成1项。",
    "市本级有正式目标的5项中，按期完成2项、逾期完成1项。",
    "养老制度建设甲已如期完成。",
    "养老制度建设丁按期完成。",
    "养老制度建设乙逾期完成。",
)
WRONG = (
    "市本级有正式目标的5项中，如期完成4项。",
    "市本级有正式目标的5项中，逾期完成2项。",
    "养老制度建设乙已如期完成。",
    "养老制度建设戊已按时完成。",
    "养老制度建设甲逾期完成。",
)


def told(sentence: str) -> list[Account]:
    report = of(f"{cases.TITLE.replace('1—9', '1—12')}\n\n　　{sentence}\n", material())
    return [Account.WRONG if is_wrong(report) else report.statements[1].account]


@through("sentence", SOUND)
def test_what_was_in_time_or_late_is_right(sentence: str) -> None:
    assert told(sentence) == [Account.RIGHT]


@through("sentence", WRONG)
def test_what_was_not_is_wrong(sentence: str) -> None:
    assert told(sentence) == [Account.WRONG]
