"""The first screen in the situations that an officer meets; golden files hold it whole, at the width of a terminal."""

from fractions import Fraction

import pytest

from conftest import Golden
from factory import BEDS, JUNE, UNITS, at_least, indicator, plan_with, small_plan, view_of, written
from mzplan.period import Period
from mzplan.plan.indicator import MilestoneIndicator, StockIndicator
from mzplan.plan.model import Part, Plan
from mzplan.plan.target import Schedule, Target
from mzplan.render.layout import Look
from mzplan.render.status import FORMATS
from mzplan.views.query import Query

JANUARY, DECEMBER = Period(2023, 1), Period(2023, 12)
TEN = tuple(
    UNITS[0]._replace(id=f"u{number}", name=f"{name}县", code="") for number, name in enumerate("甲乙丙丁戊己庚辛壬癸")
)

ALL_WELL = """
T01-01 north - - - - 20 30
T01-01 south - - - - 10 20
T01-01 zone  - - - - 8 12
T01-02 north - - - - - 90/100
T01-02 south - - - - - 80/100
T01-02 zone  - - - - - 50/50
T01-03 bureau - - - - - 1
T02-01 north - - - - 4 4
T02-01 south - - - - 4 5
T02-01 zone  - - - - 4 4
T02-02 bureau - - - - - 推进中
T03-01 north - - - - - 500
T03-01 south - - - - - 0
T03-01 zone  - - - - - 0
S04-01 north 0 0 0 0 0 0
S04-01 south 0 0 0 0 0 0
S04-01 zone  0 0 0 0 0 0
"""
FIRST_DAYS = "T01-01 north 9\nT01-02 north 60/80\nT02-01 north 1\nT03-01 north 100\nS04-01 north 0"
YEARS_END = """
T01-01 north - - - - - - - - - - 40 50
T01-01 south - - - - - - - - - - 20 25
T01-01 zone  - - - - - - - - - - 20 20
T01-02 north - - - - - - - - - - - 90/100
T01-02 south - - - - - - - - - - - 70/100
T01-02 zone  - - - - - - - - - - - 50/50
T01-03 bureau - - - - - - - - - - - 1
T02-01 north - - - - - - - - - - 4 4
T02-01 south - - - - - - - - - - 3 3
T02-01 zone  - - - - - - - - - - 4 4
T02-02 bureau - - - - - - - - - - - 已完成
T03-01 north - - - - - - - - - - 500 800
T03-01 south - - - - - - - - - - 0 200
T03-01 zone  - - - - - - - - - - 0 0
S04-01 north - - - - - - - - - - 0 0
S04-01 south - - - - - - - - - - 0 0
S04-01 zone  - - - - - - - - - - 0 0
"""


def one_each() -> Plan:
    """Ten counties that must each have four stations by June."""
    ids = tuple(unit.id for unit in TEN)
    due = BEDS.schedule._replace(kind="by_due", due=Period(2023, 6))
    made = indicator(
        StockIndicator,
        name="社工站",
        unit="家",
        target=at_least(4),
        applies_to="each",
        judged=ids,
        reporting=ids,
        schedule=due,
    )
    return plan_with(made, reporting_units=TEN)


@pytest.mark.parametrize(
    ("name", "plan", "data", "period"),
    [
        ("all-well", None, ALL_WELL, Period(2023, 6)),
        ("nothing-reported", None, "", Period(2023, 6)),
        ("first-days", None, FIRST_DAYS, JANUARY),
        ("one-silent", None, None, Period(2023, 6)),
        ("december", None, YEARS_END, DECEMBER),
        (
            "ten-late",
            one_each(),
            "\n".join(f"T01-01 u{number} - - - - 1 {number % 4}" for number in range(10)),
            Period(2023, 6),
        ),
    ],
)
def test_the_first_screen_of_an_officer(
    golden: Golden, name: str, plan: Plan | None, data: str | None, period: Period
) -> None:
    view = view_of(plan=plan, period=period) if data is None else view_of(plan=plan, period=period, data=data)
    golden(f"status.first.{name}.txt", written(FORMATS, "plain", view, Look(100)))


def first_lines(**given: object) -> str:
    return written(FORMATS, "plain", view_of(**given), Look(400))  # type: ignore[arg-type]  # a table of options


def test_ten_that_are_late_are_counted_and_not_listed() -> None:
    data = "\n".join(f"T01-01 u{number} - - - - 1 {number % 4}" for number in range(10))
    assert "10家均滞后" in first_lines(plan=one_each(), data=data)
    assert "10家均滞后" not in first_lines(plan=one_each(), data=data.replace("u9 - - - - 1 1", "u9 - - - - 1 4"))


def test_what_is_left_out_is_counted_with_the_command_that_shows_it() -> None:
    """Twelve targets of the city lag: eight are shown, four counted, and all of them where it is asked for."""
    made = tuple(indicator(identifier=f"T01-{number:02}", name=f"床位{number}") for number in range(1, 13))
    data = "\n".join(f"T01-{number:02} north - - - - 50 {number}" for number in range(1, 13))
    plan = plan_with(*made)
    text = first_lines(plan=plan, data=data)
    assert "另有 4 项：mzplan status --full" in text
    assert "床位8 " in text
    assert "床位9 " not in text.partition("另有")[0]
    # all twelve were kept up with in May and are late now: four are named
    assert "新滞后：床位1、床位2、床位3、床位4等 12 项（mzplan status --full）" in text
    whole = first_lines(query=Query(full=True), plan=plan, data=data)
    assert "另有" not in whole
    assert "mzplan status --full" not in whole
    assert all(f"床位{number} " in whole for number in range(1, 13))


def test_nobody_is_named_as_late_for_a_computed_part_alone() -> None:
    """北县 has 10 of its computed 50 beds; officially handed down, the same part makes it late."""
    data = "T01-01 north - - - - - 10\nT01-01 south - - - - - 50\nT01-01 zone - - - - - 20"
    text = first_lines(data=data)
    assert "非正式下达：按此滞后的有北县1项，不作通报依据" in text
    assert "各单位滞后的目标" not in text
    parts = {("T01-01", "north"): (Part(at_least(50), "official", ""),)}
    official = first_lines(plan=small_plan(parts=parts), data=data)
    assert "各单位滞后的目标（计划规定或正式下达）" in official
    assert "按此滞后的有" not in official


def test_all_who_are_silent_are_named_and_partial_silence_is_told_apart() -> None:
    data = "T01-01 north 9\nT01-02 north 60/80\nT02-01 north 1\nT03-01 north 100\nT01-01 zone 2\nT01-02 zone 1/2"
    text = first_lines(data=data, period=JANUARY)
    # 北县 owes five and has sent four, 开发区 sent two; 南县 owes five and 市本级 one
    assert "未报：南县5项（从未报过）、市本级1项（从未报过）" in text
    assert "未报齐：开发区3项（从未报过）、北县1项（从未报过）" in text
    assert "未报的单位（2月10日前报）" in text


@pytest.mark.parametrize("target", [Target("at_least", Fraction(100)), Target("about", Fraction(100), Fraction(1, 20))])
def test_a_late_total_says_what_it_has_and_wants_in_the_line_of_its_name(target: Target) -> None:
    text = first_lines(plan=plan_with(indicator(name="移民村", target=target)), data="T01-01 north - - - - - 18")
    (line,) = [line for line in text.splitlines() if "移民村" in line and "18/" in line]
    assert "严重滞后" in line


@pytest.mark.parametrize("width", [20, 30, 40, 60, 80, 100, 120])
@pytest.mark.parametrize("full", [False, True])
def test_every_area_of_every_unit_stands_on_every_width(width: int, full: bool) -> None:
    text = written(FORMATS, "plain", view_of(Query(full=full)), Look(width))
    for count in ("1/2黄", "1/3黄", "0/1红", "1/1绿*", "0/1缺*", "2/6黄", "3/3绿*", "0/3缺*"):
        assert count in text.replace("\n", "")


def test_a_milestone_of_several_units_says_how_many_of_them_are_done() -> None:
    """Due in June: 北县 is done, 南县 is half way, 开发区 has not begun; the mean share is a half."""
    judged: dict[str, object] = {"applies_to": "each", "judged": ("north", "south", "zone"), "target": at_least(1)}
    plan = plan_with(indicator(MilestoneIndicator, "T01-01", schedule=Schedule("by_due", JUNE), **judged))
    data = "T01-01 north - - - - - 已完成\nT01-01 south - - - - - 推进中\nT01-01 zone - - - - - 未启动"
    view = view_of(plan=plan, data=data)
    assert "1/3家已完成" in next(
        line for line in written(FORMATS, "plain", view).splitlines() if line.startswith("T01-01")
    )
    city = written(FORMATS, "plain", view_of(Query(units=(None,)), plan=plan, data=data))
    line = next(line for line in city.splitlines() if line.startswith("T01-01"))
    assert ("50.0%" in line, "均已完成" in line) == (True, True)
