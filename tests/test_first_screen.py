"""The first screen in the situations that an officer meets; golden files hold it whole, at the width of a terminal."""

import re
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Literal

import pytest

from conftest import Golden, Mzplan, few
from factory import BEDS, COUNTIES, JUNE, UNITS, at_least, indicator, plan_with, small_plan, view_of, written
from mzplan.period import Period
from mzplan.plan.indicator import CountIndicator, MilestoneIndicator, StockIndicator
from mzplan.plan.model import Part, Plan
from mzplan.plan.target import Schedule, Target
from mzplan.render.document import Cell, Column, Table, Tone
from mzplan.render.layout import Look
from mzplan.render.status import FORMATS
from mzplan.render.table import table_lines
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
    """Twelve targets of the city lag: five are shown, seven counted, and all of them where it is asked for."""
    made = tuple(indicator(identifier=f"T01-{number:02}", name=f"床位{number}") for number in range(1, 13))
    figures = [("north", "50 {number}"), ("south", "0 0"), ("zone", "0 0")]
    data = "\n".join(
        f"T01-{number:02} {unit} - - - - {own.format(number=number)}"
        for number in range(1, 13)
        for unit, own in figures
    )
    plan = plan_with(*made)
    text = first_lines(plan=plan, data=data)
    assert "另有 7 项，见 --full\n" in text
    assert "床位5 " in text
    assert "床位6 " not in text.partition("另有")[0]
    # all twelve were kept up with in May and are late now: four are named
    assert "新滞后：床位1、床位2、床位3、床位4等 12 项\n" in text
    assert "mzplan status --full" in text
    whole = first_lines(query=Query(full=True), plan=plan, data=data)
    assert "另有" not in whole
    assert "mzplan status --full" not in whole
    assert all(f"床位{number} " in whole for number in range(1, 13))


def test_units_that_all_lag_by_firm_parts_are_counted_and_of_one_status_no_count_is_told_twice() -> None:
    """Each county is to report ten beds by the year's end: five by June, where the city's total of thirty is ahead."""
    ids = tuple(unit.id for unit in TEN)
    made = indicator(target=at_least(30), reporting=ids, judged=ids)
    parts = {("T01-01", unit): (Part(at_least(10), "official", ""),) for unit in ids}
    plan = plan_with(made, reporting_units=TEN, parts=parts)
    late = "\n".join(f"T01-01 {unit} - - - - - 4" for unit in ids)
    assert "  T01-01 床位：10家均滞后\n" in first_lines(plan=plan, data=late)
    but_one = first_lines(plan=plan, data=late.replace("u9 - - - - - 4", "u9 - - - - - 5"))
    assert "均滞后" not in but_one
    assert "丁县4/≥10张等 9 家\n" in but_one
    short = first_lines(plan=plan, data=late.replace("- 4", "- 1"))
    assert "滞后 1 项（严重滞后1）；各单位都已报齐。" in short
    assert "滞后 1 项；各单位都已报齐。" in first_lines(
        plan=plan_with(indicator()), data="T01-01 north - - - - - 49\nT01-01 south - - - - - 0\nT01-01 zone - - - - - 0"
    )


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


def test_units_that_lag_stand_beside_what_they_lag_in_and_computed_parts_are_counted() -> None:
    """Ten beds are wanted of each in the year, and nine have one by June; the city wants ten in all, which one has."""
    ids = tuple(unit.id for unit in TEN)
    made = indicator(name="床位", target=at_least(10), reporting=ids)
    data = "\n".join(f"T01-01 {one} - - - - - {10 if one == 'u9' else 1}" for one in ids)

    def text(basis: Literal["official", "reference"], *, full: bool = False) -> str:
        parts = {("T01-01", one): (Part(at_least(10), basis, ""),) for one in ids}
        return first_lines(query=Query(full=full), plan=plan_with(made, parts=parts, reporting_units=TEN), data=data)

    assert "  T01-01 床位：甲县1/≥10张、乙县1/≥10张、丙县1/≥10张、丁县1/≥10张等 9 家\n" in text("official")
    whole = [line for line in text("official", full=True).splitlines() if "床位" in line and "1/≥10张" in line]
    assert [line.split()[0] for line in whole] == [unit.name for unit in TEN[:-1]]
    assert "按此滞后的有 9 家 9 项，不作通报依据；明细 mzplan status --only behind --by unit" in text("reference")
    assert "、".join(f"{unit.name}1项" for unit in TEN[:-1]) in text("reference", full=True)


def test_two_means_that_print_alike_are_said_once() -> None:
    """120.01 of 120 are 100.0083 %, 121 are 100.83 %; both count as 100."""
    plan = plan_with(indicator(target=at_least(120)))
    for most, said in (("120.01", "年度完成率 100.0%  "), ("121", "年度完成率 100.0%（未封顶 100.8%）")):
        data = "\n".join(f"T01-01 {unit} - - - - - {had}" for unit, had in zip(COUNTIES, ("0", "0", most), strict=True))
        assert said in first_lines(plan=plan, data=data)


def test_all_who_are_silent_are_named_and_partial_silence_is_told_apart() -> None:
    data = "T01-01 north 9\nT01-02 north 60/80\nT02-01 north 1\nT03-01 north 100\nT01-01 zone 2\nT01-02 zone 1/2"
    text = first_lines(data=data, period=JANUARY)
    # 北县 owes five and has sent four, 开发区 sent two; 南县 owes five and 市本级 one
    assert "未报：南县5项、市本级1项（均从未报过）\n" in text
    assert "未报齐：开发区3项、北县1项（均从未报过）\n" in text
    assert "未报的单位（2月10日前报）" in text


@pytest.mark.parametrize("target", [Target("at_least", Fraction(100)), Target("about", Fraction(100), Fraction(1, 20))])
def test_a_late_total_says_what_it_has_and_wants_in_the_line_of_its_name(target: Target) -> None:
    text = first_lines(plan=plan_with(indicator(name="移民村", target=target)), data="T01-01 north - - - - - 18")
    (line,) = [line for line in text.splitlines() if "移民村" in line and "18/" in line]
    assert "严重滞后" in line


HALF = tuple(indicator(identifier=f"T01-{number:02}", name=name) for number, name in ((1, "床位"), (2, "社工")))
"""Two totals of 100 in the year, of which 50 are expected by June and 41⅔ by May."""


@pytest.mark.parametrize(
    ("reporters", "verdict", "late", "so_far"),
    [
        # nobody: 20 of the beds and 0 of the workers are carried from May
        (0, "已报的没有滞后，未报 2 项；各单位都没有报", "", ""),
        # one of three, and all but one: nobody knows what the others have
        (1, "滞后 2 项（严重滞后1、滞后1；其中 2 项报齐后再作结论）；南县、开发区未报", "", "社工 床位"),
        (2, "滞后 2 项（严重滞后1、滞后1；其中 2 项报齐后再作结论）；开发区未报", "", "社工 床位"),
        # all: 40 and none
        (3, "滞后 2 项（严重滞后1、滞后1）；各单位都已报齐", "社工 床位", ""),
    ],
)
def test_a_total_is_late_by_what_is_reported_and_what_the_silent_could_lift_stands_apart(
    reporters: int, verdict: str, late: str, so_far: str
) -> None:
    figures = (("20", "0"), ("20", "0"), ("0", "0"))
    lines = [
        f"{one.id} {unit} - - - - {own[at]} {own[at] if place < reporters else '-'}"
        for place, (unit, own) in enumerate(zip(("north", "south", "zone"), figures, strict=True))
        for at, one in enumerate(HALF)
    ]
    view = view_of(plan=plan_with(*HALF), data="\n".join(lines))
    text = written(FORMATS, "plain", view, Look(400))
    assert text.splitlines()[1] == f"全市{verdict}。"
    assert [one.row.indicator.name for one in view.late if not one.hinges] == late.split()
    assert [one.row.indicator.name for one in view.late if one.hinges] == so_far.split()
    # both were late in May already
    assert "新滞后：" not in text
    assert ("全市按已报滞后、报齐后再作结论的目标" in text) == bool(so_far)


def test_many_who_sent_nothing_have_not_reported_and_only_who_sent_some_have_not_all() -> None:
    """Ten owe two: two report both, and eight nothing; then one of the two sends one of them alone."""
    made = one_each().indicators["T01-01"]
    twice = plan_with(made, replace(made, id="T01-02", name="社工室"), reporting_units=TEN)
    data = [f"{one} {unit} - - - - - 4" for unit in ("u0", "u1") for one in ("T01-01", "T01-02")]
    assert first_lines(plan=twice, data="\n".join(data)).splitlines()[1].endswith("；8 家单位未报。")
    assert first_lines(plan=twice, data="\n".join(data[:-1])).splitlines()[1].endswith("；9 家单位未报或未报齐。")


@pytest.mark.parametrize(
    ("april", "may", "june", "moved"),
    [
        # late in April, unknown in May, late in June: nothing new
        (("10", "10", "10"), ("-", "-", "-"), ("10", "10", "10"), ""),
        (("10", "10", "10"), ("-", "10", "10"), ("10", "10", "10"), ""),
        # in time in April, unknown in May, late in June
        (("20", "10", "10"), ("-", "-", "-"), ("20", "10", "10"), "新滞后"),
        # in time in May; in June late only for want of one report, and once it has come
        (("20", "10", "10"), ("20", "12", "10"), ("20", "12", "-"), ""),
        (("20", "10", "10"), ("20", "12", "10"), ("20", "12", "10"), "新滞后"),
        # late in May, in time in June by what was reported; by two of them alone as well, for it can only grow
        (("10", "10", "10"), ("10", "10", "10"), ("30", "20", "10"), "不再滞后"),
        (("10", "10", "10"), ("10", "10", "10"), ("30", "20", "-"), "不再滞后"),
        (("10", "10", "10"), ("10", "10", "10"), ("90", "20", "-"), "新完成"),
    ],
)
def test_what_silence_makes_has_not_changed(
    april: tuple[str, ...], may: tuple[str, ...], june: tuple[str, ...], moved: str
) -> None:
    lines = (f"T01-01 {unit} - - - {' '.join(of)}" for unit, *of in zip(COUNTIES, april, may, june, strict=True))
    text = first_lines(plan=plan_with(indicator(CountIndicator, name="床位")), data="\n".join(lines))
    told = [word for word in ("新滞后", "不再滞后", "新完成") if f"  {word}：床位" in text]
    assert told == ([moved] if moved else [])


@pytest.mark.parametrize(
    ("april", "may", "june", "is_new"),
    [
        # 40 and 42 of 100 are in time and late by what was reported: 南县, which may still bring 8, decides
        (("20", "10", "10"), ("20", "12", "10"), ("20", "12", "-"), True),
        # late by what was reported in May as well
        (("20", "10", "10"), ("20", "10", "-"), ("20", "12", "-"), False),
        # nobody has reported in May, and it was late in April
        (("10", "10", "10"), ("-", "-", "-"), ("20", "12", "-"), False),
        # late in April, in time in May
        (("10", "10", "10"), ("20", "12", "10"), ("20", "12", "-"), True),
    ],
)
def test_what_is_newly_late_for_want_of_reports_is_told_apart(
    april: tuple[str, ...], may: tuple[str, ...], june: tuple[str, ...], is_new: bool
) -> None:
    lines = (f"T01-01 {unit} - - - {' '.join(of)}" for unit, *of in zip(COUNTIES, april, may, june, strict=True))
    text = first_lines(plan=plan_with(indicator(CountIndicator, name="床位")), data="\n".join(lines))
    assert ("  新滞后（报齐后再作结论）：床位" in text) == is_new
    assert "  新滞后：" not in text
    assert ("没有新完成或新滞后的目标" in text) == (not is_new)


def test_what_has_changed_is_told_since_the_last_month_that_has_any_record() -> None:
    """Of 60 beds 20 each by April, which is as it should be; then nobody files, and in June they have not moved."""
    plan = plan_with(indicator(CountIndicator, name="床位", target=at_least(180)))
    data = "\n".join(f"T01-01 {unit} - - - 20 {{}} 20" for unit in COUNTIES)
    assert "与5月相比\n  没有新完成或新滞后的目标" in first_lines(plan=plan, data=data.format(20, 20, 20))
    text = first_lines(plan=plan, data=data.format("-", "-", "-"))
    assert "与4月相比（5月没有填报）\n  新滞后：床位" in text
    alone = first_lines(plan=plan, data="\n".join(f"T01-01 {unit} - - - - - 20" for unit in COUNTIES))
    assert "相比" not in alone


@pytest.mark.parametrize(
    ("may", "june", "moves"),
    [
        # everybody reports, and 南县 passes 开发区
        (("30", "20", "21"), ("30", "25", "22"), {"north": 0, "south": 1, "zone": -1}),
        # 南县 passes 开发区 because that is silent: nothing is said of the two
        (("30", "20", "21"), ("30", "25", "-"), {"north": 0, "south": None, "zone": None}),
        # 北县 and 南县 change places, whatever 开发区 has, which is last both times
        (("30", "20", "10"), ("30", "35", "-"), {"north": -1, "south": 1, "zone": 0}),
        # 开发区 had reported nothing by May, which was the third place, and catches up
        (("30", "20", "-"), ("30", "20", "40"), {"north": None, "south": None, "zone": None}),
        # 开发区 never reports: it was the third and is
        (("30", "20", "-"), ("30", "25", "-"), {"north": 0, "south": 0, "zone": 0}),
    ],
)
def test_no_unit_moves_past_one_that_is_silent(
    may: tuple[str, ...], june: tuple[str, ...], moves: dict[str, object]
) -> None:
    lines = (f"T01-01 {unit} - - - - {' '.join(of)}" for unit, *of in zip(COUNTIES, may, june, strict=True))
    parts = {("T01-01", unit): (Part(at_least(50), "official", ""),) for unit in COUNTIES}
    view = view_of(plan=plan_with(indicator(), parts=parts), data="\n".join(lines))
    assert {one.unit: one.moved for one in view.overview.standings if one.unit in COUNTIES} == moves


@pytest.mark.parametrize(("width", "full"), [*((width, True) for width in (20, 30, 40, 60, 80)), (60, False)])
def test_every_area_of_every_unit_stands_on_every_width_that_it_fits(width: int, full: bool) -> None:
    text = written(FORMATS, "plain", view_of(Query(full=full)), Look(width))
    for count in ("1/2黄", "1/3黄", "0/1红", "1/1绿*", "0/1缺*", "2/6红", "3/3绿*", "0/3缺*"):
        assert count in text.replace("\n", "")


def test_a_matrix_that_nearly_fits_leaves_out_where_nothing_is_amiss_and_names_it() -> None:
    """Six areas of six cells, of which the second and the fifth have something amiss; the sum takes six."""
    columns = (Column("unit", "单位"), *(Column(f"a{at}", f"领域{at}") for at in range(6)), Column("whole", "达到"))
    tones: dict[int, tuple[str, Tone]] = {1: ("黄", "yellow"), 4: ("缺", "missing"), 5: ("未", "dim")}
    good: tuple[str, Tone] = ("绿", "green")
    rows = [
        [Cell(name), *(Cell("1/2" + tones.get(at, good)[0], tones.get(at, good)[1]) for at in range(6)), Cell("6/9黄")]
        for name in ("全市", "东阳市")
    ]
    table = Table("t", "", columns, rows, is_matrix=True, summary=frozenset({"whole"}), amiss="不足的")
    told = ["".join(span.text for span in line).rstrip() for line in table_lines(table, Look(27))]
    assert told == [
        "单位   领域1 领域4  达到",
        "全市   1/2黄 1/2缺 6/9黄",
        "东阳市 1/2黄 1/2缺 6/9黄",
        "没有滞后和未报的不列：",
        "领域0、领域2、领域3、领域5",
    ]
    assert "不列" not in "".join(span.text for line in table_lines(table, Look(60)) for span in line)


@pytest.mark.parametrize(
    ("width", "expected"),
    [
        (
            47,
            [
                "单位         达到 不足的",
                "东阳市民政局  6/6 丁行动7/9红 乙行动8/9黄 等5个",
                "义乌市民政局  6/6",
            ],
        ),
        (34, ["单位         达到", "东阳市民政局  6/6", "单位         不足的", "东阳市民政局 丁行动7/9红 等5个"]),
    ],
)
def test_a_matrix_of_too_much_that_is_amiss_names_it_the_worst_first(width: int, expected: list[str]) -> None:
    """Of twelve areas one is red and four are yellow: beside the summary where there is room, else below it."""
    names = tuple(f"{name}行动" for name in "甲乙丙丁戊己庚辛壬癸子丑")
    columns = (Column("unit", "单位"), *(Column(name, name) for name in names), Column("whole", "达到"))
    good, late, over = Cell("9/9绿", "green"), Cell("8/9黄", "yellow"), Cell("7/9红", "red")
    rows = [
        [Cell("东阳市民政局"), good, late, good, over, good, late, late, late, *[good] * 4, Cell("6/6")],
        *([Cell(f"{name}市民政局"), *[good] * 12, Cell("6/6")] for name in ("义乌", "永康", "兰溪") * 3),
    ]
    table = Table("t", "", columns, rows, is_matrix=True, summary=frozenset({"whole"}), amiss="不足的")
    told = ["".join(span.text for span in line).rstrip() for line in table_lines(table, Look(width))]
    assert list(dict.fromkeys(line for line in told if line in expected)) == expected
    whole = ["".join(span.text for span in line) for line in table_lines(table._replace(amiss=""), Look(width))]
    assert sum(line.count("9/9绿") for line in whole) == 9 * 12 + 7


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
    assert ("1/3家已完成" in line, "均已完成" in line, "50.0%" in line) == (True, True, False)


@pytest.mark.parametrize(
    ("south", "said"), [("4 -", "2/≥3个单位（1家沿用5月）"), ("3 -", "1/≥3个单位（1家沿用5月）"), ("4 4", "2/≥3个单位")]
)
def test_a_count_of_units_marks_those_that_it_judges_by_older_figures(south: str, said: str) -> None:
    """Four stations each by June: 北县 has them, 开发区 three; 南县 had them in May, or not, or has reported them."""
    due = BEDS.schedule._replace(kind="by_due", due=JUNE)
    judged: dict[str, object] = {"applies_to": "each", "judged": ("north", "south", "zone"), "target": at_least(4)}
    plan = plan_with(indicator(StockIndicator, "T01-01", schedule=due, **judged))
    data = f"T01-01 north - - - - 4 4\nT01-01 south - - - - {south}\nT01-01 zone - - - - 3 3"
    view = view_of(plan=plan, data=data)
    line = next(line for line in written(FORMATS, "plain", view).splitlines() if line.startswith("T01-01"))
    assert said in line.split()


@few("width", range(90, 150, 5), range(90, 150, 15))
def test_what_is_not_reached_is_named_however_wide_the_screen(
    width: int, mzplan: Mzplan, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Beside the figures there was no room for English names: three areas were told as a bare 3."""
    monkeypatch.chdir(Path(__file__).parent.parent)
    monkeypatch.setenv("COLUMNS", str(width))
    shown = mzplan("status", "--lang", "en", "--format", "terminal").out
    of_units = [line for line in shown[shown.rindex("Progress by unit") :].splitlines() if "Jindong" in line]
    assert any("5/6 yellow*" in line for line in of_units)
    assert not any(re.search(r"→ \d+$", line) for line in of_units)
