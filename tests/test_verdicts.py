"""Each status from both sides of its boundary, with silence and with a revision; every figure worked out by hand."""

from fractions import Fraction

import pytest

from conftest import through
from factory import COUNTIES, DUE, JUNE, at_least, indicator, ledger_of, plan_of_one, plan_with
from mzplan.period import Period
from mzplan.plan.indicator import CountIndicator, Indicator, MilestoneIndicator, RatioIndicator, StockIndicator
from mzplan.plan.model import Part, Plan
from mzplan.plan.target import Schedule, Target
from mzplan.scoring.means import tally
from mzplan.scoring.progress import Progress, Status
from mzplan.scoring.scorecard import score

F = Fraction
SEPTEMBER = Period(2023, 9)
BY_DUE, ALWAYS, LINEAR = (Schedule(kind, DUE) for kind in ("by_due", "always", "linear"))
ABOUT = Target("about", F(14000), F(1, 20))
A_HUNDRED = Target("about", F(100), F(1, 20))
NONE_AT_ALL = Target("at_most", F(0))


def rows_of(plan: Plan, data: str, period: Period = JUNE) -> dict[str | None, Progress]:
    """The rows of the plan's only indicator, by unit."""
    return {unit: row for (_, unit), row in score(plan, ledger_of(plan, data), period).rows.items()}


def row_of(plan: Plan, data: str, period: Period = JUNE, unit: str | None = "north") -> Progress:
    return rows_of(plan, data, period)[unit]


def each(target: Target, kind: type[Indicator] = CountIndicator, **more: object) -> Plan:
    """An indicator that each of three units must keep."""
    fields: dict[str, object] = {"applies_to": "each", "judged": COUNTIES, "reporting": COUNTIES, "unit": "个"}
    return plan_with(indicator(kind, target=target, **{**fields, **more}))  # type: ignore[arg-type]


def total(target: Target, kind: type[Indicator] = CountIndicator, **more: object) -> Plan:
    return plan_with(indicator(kind, target=target, **more))  # type: ignore[arg-type]


@through(
    ("target", "schedule", "figures", "period", "status"),
    [
        # a band: 14000 and five per cent is 14700
        (ABOUT, LINEAR, "- - - - - - - - - - - 14700", DUE, Status.MET),
        (ABOUT, LINEAR, "- - - - - - - - - - - 14800", DUE, Status.EXCEEDED),
        (ABOUT, LINEAR, "- - - - - - - - - - - 13299", DUE, Status.OVERDUE),
        (ABOUT, LINEAR, "- - - - - - - - - - - 13300", DUE, Status.MET),
        (Target("about", F(500), F(1, 20)), LINEAR, "- - - - - 540", JUNE, Status.EXCEEDED),
        (Target("about", F(500), F(1, 20)), LINEAR, "- - - - - 525", JUNE, Status.MET),
        # a ceiling of what accumulates can only be kept up, and once passed is passed for good
        (NONE_AT_ALL, ALWAYS, "0", Period(2023, 1), Status.HOLDING),
        (NONE_AT_ALL, ALWAYS, "- - - - - - - - - - - 0", DUE, Status.MET),
        (NONE_AT_ALL, ALWAYS, "1", Period(2023, 1), Status.EXCEEDED),
        (Target("at_most", F(5)), LINEAR, "- - - - - 4", JUNE, Status.HOLDING),
        (Target("at_most", F(5)), LINEAR, "- - - - - 5", JUNE, Status.HOLDING),
        (Target("at_most", F(5)), LINEAR, "- - - - - 6", JUNE, Status.EXCEEDED),
        # half the year asks for half of a hundred; ten points less is yellow, more is red
        (at_least(100), LINEAR, "- - - - - 100", JUNE, Status.MET),
        (at_least(100), LINEAR, "- - - - - 50", JUNE, Status.ON_SCHEDULE),
        (at_least(100), LINEAR, "- - - - - 49", JUNE, Status.BEHIND),
        (at_least(100), LINEAR, "- - - - - 40", JUNE, Status.BEHIND),
        (at_least(100), LINEAR, "- - - - - 39", JUNE, Status.FAR_BEHIND),
        (at_least(100), LINEAR, "- - - - - - - - - - 90 99", DUE, Status.OVERDUE),
        (at_least(100), BY_DUE, "- - - - - 99", JUNE, Status.NOT_DUE),
        (at_least(100), BY_DUE, "- - - - - - - - - - 99", Period(2023, 11), Status.NOT_DUE),
        (at_least(100), BY_DUE, "- - - - - - - - - - - 99", DUE, Status.OVERDUE),
    ],
)
def test_a_count_of_one_unit(target: Target, schedule: Schedule, figures: str, period: Period, status: Status) -> None:
    plan = plan_of_one(target, CountIndicator, schedule=schedule)
    assert row_of(plan, f"T01-01 north {figures}", period).status is status


@through(
    ("target", "schedule", "figures", "period", "status"),
    [
        (at_least(18), ALWAYS, "18", Period(2023, 1), Status.HOLDING),
        (at_least(18), ALWAYS, "17", Period(2023, 1), Status.BEHIND),
        (at_least(18), ALWAYS, "- - - - - - - - - - - 18", DUE, Status.MET),
        (at_least(18), ALWAYS, "- - - - - - - - - - - 17", DUE, Status.OVERDUE),
        # a level above its limit can come back
        (Target("at_most", F(5)), ALWAYS, "- - - - - 6", JUNE, Status.FAR_BEHIND),
        (Target("at_most", F(5)), BY_DUE, "- - - - - 6", JUNE, Status.NOT_DUE),
        # 5 above a hundred keep it, 6 are as far off as 94, from 111 on it is red, in half of the year as well
        (A_HUNDRED, ALWAYS, "105", Period(2023, 1), Status.HOLDING),
        (A_HUNDRED, ALWAYS, "106", Period(2023, 1), Status.BEHIND),
        (A_HUNDRED, ALWAYS, "94", Period(2023, 1), Status.BEHIND),
        (A_HUNDRED, ALWAYS, "110", Period(2023, 1), Status.BEHIND),
        (A_HUNDRED, ALWAYS, "111", Period(2023, 1), Status.FAR_BEHIND),
        (A_HUNDRED, ALWAYS, "89", Period(2023, 1), Status.FAR_BEHIND),
        (A_HUNDRED, LINEAR, "- - - - - 106", JUNE, Status.BEHIND),
        (A_HUNDRED, LINEAR, "- - - - - 120", JUNE, Status.FAR_BEHIND),
        (A_HUNDRED, BY_DUE, "- - - - - 120", JUNE, Status.NOT_DUE),
        (A_HUNDRED, ALWAYS, "- - - - - - - - - - - 150", DUE, Status.OVERDUE),
    ],
)
def test_a_level_of_one_unit(target: Target, schedule: Schedule, figures: str, period: Period, status: Status) -> None:
    assert row_of(plan_of_one(target, schedule=schedule), f"T01-01 north {figures}", period).status is status


@through("away", range(0, 60, 3))
def test_what_is_to_hold_always_is_as_far_off_above_its_band_as_below_it(away: int) -> None:
    plan = plan_of_one(A_HUNDRED, schedule=ALWAYS)
    above, below = (row_of(plan, f"T01-01 north {figure}", Period(2023, 1)) for figure in (100 + away, 100 - away))
    assert above.status is below.status
    if away > 5:
        assert (above.lag, above.excess, below.excess) == (below.gap, F(away, 100), None)


def test_a_unit_above_its_band_is_none_of_those_that_the_city_counts() -> None:
    plan = each(Target("about", F(60), F(1, 20)), StockIndicator, schedule=ALWAYS)
    rows = rows_of(plan, "\n".join(f"T01-01 {unit} 80" for unit in COUNTIES), Period(2023, 1))
    assert {row.status for row in rows.values()} == {Status.FAR_BEHIND}
    assert rows[None].actual == 0
    assert tally([rows["north"]]).short == F(1, 3)  # a third too much is no lead that makes up for another's lag


def test_before_the_first_point_nothing_is_due() -> None:
    points = Schedule("points", DUE, ((Period(2023, 6), F(1, 2)), (DUE, F(1))))
    plan = plan_of_one(at_least(100), CountIndicator, schedule=points)
    data = "T01-01 north - - - - 10 10"
    assert row_of(plan, data, Period(2023, 5)).status is Status.NOT_DUE
    assert row_of(plan, data).status is Status.FAR_BEHIND


def test_a_ceiling_with_a_baseline_above_it_is_a_way_down() -> None:
    plan = plan_of_one(Target("at_most", F(20)), baseline=F(50), schedule=LINEAR)
    row = row_of(plan, "T01-01 north - - - - - 35")
    assert (row.completion, row.gap, row.status) == (F(1, 2), F(0), Status.ON_SCHEDULE)
    assert row_of(plan, "T01-01 north - - - - - 60").completion == F(-1, 3)
    assert row_of(plan, "T01-01 north - - - - - 20").status is Status.HOLDING


SILENT = "T01-01 north - - - - - - - {}\nT01-01 south - - - - - - - - 1\nT01-01 zone - - - - - - - - 1"


@pytest.mark.parametrize(
    ("target", "kind", "schedule", "august", "status", "carried"),
    [
        (at_least(3), CountIndicator, LINEAR, "1", Status.MISSING, Status.FAR_BEHIND),
        (at_least(3), CountIndicator, LINEAR, "3", Status.MET, None),  # a total that is reached stays reached
        (Target("at_most", F(2)), CountIndicator, LINEAR, "2", Status.MISSING, Status.HOLDING),
        (Target("at_most", F(2)), CountIndicator, LINEAR, "3", Status.EXCEEDED, None),  # or stays passed
        (Target("about", F(4), F(1, 4)), CountIndicator, LINEAR, "4", Status.MISSING, Status.MET),
        (at_least(3), CountIndicator, BY_DUE, "1", Status.MISSING, Status.NOT_DUE),
        (at_least(3), CountIndicator, LINEAR, "不适用", Status.NOT_APPLICABLE, None),
        (at_least(3), CountIndicator, LINEAR, "-", Status.MISSING, None),
    ],
)
def test_a_silent_unit(
    target: Target, kind: type[Indicator], schedule: Schedule, august: str, status: Status, carried: Status | None
) -> None:
    row = row_of(each(target, kind, schedule=schedule), SILENT.format(august), SEPTEMBER)
    assert (row.status, row.carried_status, row.reported, row.reporting) == (status, carried, 0, 1)
    assert row.is_unreported


def test_a_finished_milestone_needs_no_further_report() -> None:
    plan = each(at_least(1), MilestoneIndicator, schedule=BY_DUE)
    data = "T01-01 north - - - - - - - {}\nT01-01 south - - - - - - - - 已完成\nT01-01 zone - - - - - - - - 已完成"
    done, half = rows_of(plan, data.format("已完成"), SEPTEMBER), rows_of(plan, data.format("推进中"), SEPTEMBER)
    assert (done["north"].status, done[None].status) == (Status.MET, Status.MET)
    # two and a half of three by then, whatever north did in September: not due before December
    assert (half["north"].status, half[None].status, half[None].actual) == (Status.MISSING, Status.NOT_DUE, F(5, 6))


@pytest.mark.parametrize(
    ("august", "september", "city", "text"),
    [
        # forged figures: none may be; north is silent, and nobody can say that it kept the rule or broke it
        ("0", ("0", "0"), Status.MISSING, "未报齐"),
        ("1", ("0", "0"), Status.EXCEEDED, "已超上限"),  # what north said in August cannot come back
        ("0", ("0", "1"), Status.EXCEEDED, "已超上限"),
    ],
)
def test_the_citys_row_of_a_rule_for_each_rests_on_reports(
    august: str, september: tuple[str, str], city: Status, text: str
) -> None:
    south, zone = september
    data = (
        f"T01-01 north - - - - - - - {august}\nT01-01 south - - - - - - - - {south}\nT01-01 zone - - - - - - - - {zone}"
    )
    row = row_of(each(NONE_AT_ALL, schedule=ALWAYS), data, SEPTEMBER, None)
    assert (row.status, row.status_text, row.carried_status) == (city, text, None)
    assert (row.reported, row.reporting) == (2, 3)


def test_the_city_is_judged_once_silence_cannot_turn_it() -> None:
    plan = each(at_least(18), RatioIndicator, unit="%", schedule=ALWAYS)
    ten, twenty = "10/100", "20/100"
    kept = f"T01-01 south - - - - - - - - {twenty}\nT01-01 zone - - - - - - - - {twenty}"
    # two keep it; whether the third does decides: 2 of 3 is red, 3 of 3 holds
    assert row_of(plan, kept, SEPTEMBER, None).status is Status.MISSING
    broken = f"T01-01 south - - - - - - - - {ten}\nT01-01 zone - - - - - - - - {ten}"
    # none keeps it; with north at most one of three would: red either way
    assert row_of(plan, broken, SEPTEMBER, None).status is Status.FAR_BEHIND
    whole = f"{kept}\nT01-01 north - - - - - - - - {twenty}"
    assert row_of(plan, whole, SEPTEMBER, None).status is Status.HOLDING


def test_a_total_over_partial_reports_is_judged_and_one_over_none_is_not() -> None:
    plan = total(at_least(100))
    data = "T01-01 north - - - - - - - 30\nT01-01 south - - - - - - - - 50"
    some = row_of(plan, data, SEPTEMBER, None)
    assert (some.status, some.actual, some.reported, some.reporting) == (Status.ON_SCHEDULE, F(80), 1, 3)
    none = row_of(plan, data, Period(2023, 10), None)
    assert (none.status, none.carried_status, none.status_text) == (Status.MISSING, Status.BEHIND, "未报")
    full = row_of(plan, "T01-01 north - - - - - - - 100", SEPTEMBER, None)
    assert full.status is Status.MET  # a total that is reached stays reached


def parted(*parts: tuple[str, Part], **more: object) -> Plan:
    return plan_with(indicator(**more), parts={("T01-01", unit): (part,) for unit, part in parts})  # type: ignore[arg-type]


def test_a_unit_of_a_stock_with_a_baseline_is_judged_along_the_way_only_from_its_own() -> None:
    """60 from 52, shared out as 30 and 30: both stood at 26 when the year began, and stand there still."""
    blind = [(unit, Part(at_least(30), "official", "")) for unit in ("north", "south")]
    own = [(unit, Part(at_least(30), "official", "", baseline=F(26))) for unit in ("north", "south")]
    more: dict[str, object] = {"target": at_least(60), "baseline": F(52), "schedule": LINEAR}
    data = "T01-01 north - - - - - 26\nT01-01 south - - - - - 26"
    rows = rows_of(parted(*blind, kind=StockIndicator, **more), data)
    assert (rows[None].completion, rows[None].status) == (F(0), Status.FAR_BEHIND)
    assert (rows["north"].expected, rows["north"].status) == (F(0), Status.NOT_DUE)
    rows = rows_of(parted(*own, kind=StockIndicator, **more), data)
    assert (rows["north"].completion, rows["north"].gap, rows["north"].status) == (F(0), F(-1, 2), Status.FAR_BEHIND)
    assert rows["north"].baseline == 26


def test_a_part_of_nothing_is_no_target() -> None:
    plan = parted(("north", Part(at_least(0), "official", "")), ("south", Part(at_least(100), "official", "")))
    rows = rows_of(plan, "T01-01 north - - - - - 7\nT01-01 south - - - - - 50")
    assert (rows["north"].status, rows["north"].target, rows["north"].completion) == (Status.CONTRIBUTION, None, None)
    assert rows["south"].status is Status.ON_SCHEDULE


@pytest.mark.parametrize("baseline", [None, F(10)])
def test_a_part_that_is_a_ceiling_can_only_be_kept_up_until_it_is_due(baseline: Fraction | None) -> None:
    """At most 20 by December, under a plan that asks for at least as many: 20 are kept, and not yet done."""
    plan = parted(
        ("north", Part(Target("at_most", F(20)), "official", "")),
        kind=StockIndicator,
        target=at_least(20),
        baseline=baseline,
        schedule=BY_DUE,
    )
    year = "T01-01 north - - - - - 20 - - - - - 20"
    assert row_of(plan, year).status is Status.HOLDING
    assert row_of(plan, year, DUE).status is Status.MET


def test_a_unit_may_have_a_target_and_a_date_of_its_own() -> None:
    due = Part(at_least(80), "official", "", due=Period(2023, 6))
    plan = parted(
        ("north", due), kind=RatioIndicator, target=at_least(70), applies_to="each", judged=COUNTIES, schedule=BY_DUE
    )
    rows = rows_of(plan, "T01-01 north - - - - - 75/100\nT01-01 south - - - - - 75/100\nT01-01 zone - - - - - 75/100")
    assert (rows["north"].status, rows["south"].status) == (Status.OVERDUE, Status.MET)
    assert rows[None].actual == 2


LATER = Part(at_least(18), "official", "", due=SEPTEMBER)
BY_JUNE = Schedule("by_due", JUNE)


@pytest.mark.parametrize(
    ("period", "south", "zone", "expected", "status"),
    [
        # zone has until September: in June two of three are asked, and both keep it, or one does not
        (JUNE, "18/100", "0/100", F(2, 3), Status.ON_SCHEDULE),
        (JUNE, "17/100", "0/100", F(2, 3), Status.FAR_BEHIND),
        (JUNE, "18/100", "18/100", F(2, 3), Status.MET),
        (JUNE, "18/100", "-", F(2, 3), Status.MISSING),  # zone may have it already
        (SEPTEMBER, "18/100", "17/100", F(1), Status.OVERDUE),
        (SEPTEMBER, "18/100", "18/100", F(1), Status.MET),
        (Period(2023, 5), "17/100", "0/100", F(0), Status.NOT_DUE),
    ],
)
def test_the_city_waits_for_a_unit_whose_own_date_has_not_come(
    period: Period, south: str, zone: str, expected: Fraction, status: Status
) -> None:
    plan = parted(
        ("zone", LATER),
        kind=RatioIndicator,
        target=at_least(18),
        applies_to="each",
        judged=COUNTIES,
        schedule=BY_JUNE,
    )
    blanks = "- " * (period.month - 1)
    data = f"T01-01 north {blanks}18/100\nT01-01 south {blanks}{south}\nT01-01 zone {blanks}{zone}"
    city = row_of(plan, data, period, None)
    assert (city.expected, city.status, city.schedule.due) == (expected, status, SEPTEMBER)


@pytest.mark.parametrize(
    ("south", "status"), [("已完成", Status.ON_SCHEDULE), ("推进中", Status.FAR_BEHIND), ("-", Status.MISSING)]
)
def test_a_milestone_of_the_city_waits_for_a_unit_whose_own_date_has_not_come(south: str, status: Status) -> None:
    """Two of three are due in June: done by both it is two of three; by one and a half it is 16.7 points short."""
    later = Part(at_least(1), "official", "", due=SEPTEMBER)
    fields: dict[str, object] = {"applies_to": "each", "judged": COUNTIES, "schedule": BY_JUNE}
    plan = parted(("zone", later), kind=MilestoneIndicator, target=at_least(1), **fields)
    data = "T01-01 north - - - - - 已完成\nT01-01 zone - - - - - 未启动\nT01-01 south - - - - - "
    rows = rows_of(plan, data + south)
    assert (rows["zone"].status, rows[None].status) == (Status.NOT_DUE, status)


def test_no_mean_counts_how_far_a_unit_is_on_a_way_whose_start_is_not_known() -> None:
    """Each has 30 of the city's 60 from 52 to reach, and 26 of them stood before the year began: nothing is done."""
    blind = [(unit, Part(at_least(30), "official", "")) for unit in ("north", "south")]
    plan = parted(*blind, kind=StockIndicator, target=at_least(60), baseline=F(52), schedule=LINEAR)

    def north(figure: str, period: Period = JUNE) -> tuple[Status, Fraction | None, Fraction | None, int]:
        data = f"T01-01 north {'- ' * (period.month - 1)}{figure}\nT01-01 south - - - - - 26"
        card = score(plan, ledger_of(plan, data), period)
        row, tally = card.rows["T01-01", "north"], card.units["north"].tally
        return row.status, row.completion, tally.completion, tally.not_due

    assert north("26") == (Status.NOT_DUE, None, None, 1)
    assert north("-") == (Status.MISSING, None, None, 0)  # silence gains nothing, and loses nothing
    assert north("30") == (Status.MET, F(1), F(1), 0)
    assert north("26", DUE) == (Status.OVERDUE, F(26, 30), F(26, 30), 0)  # its part as such
    assert north("-", DUE) == (Status.MISSING, None, F(0), 0)


@pytest.mark.parametrize(
    ("data", "month", "own", "whole"),
    [
        ("30", 1, Status.ON_SCHEDULE, Status.NOT_DUE),  # 25 % beside 1/12; nothing is owed, nor asked of the city
        ("- 15", 2, Status.BEHIND, Status.NOT_DUE),  # 12.5 % beside 2/12, by its own word
        ("- - 30", 5, Status.ON_SCHEDULE, Status.ON_SCHEDULE),  # nothing is owed since: 25 % beside 3/12
        ("- - 30 - 45", 5, Status.BEHIND, Status.ON_SCHEDULE),  # 37.5 % beside 5/12; the south's is of March
        ("- - 30 - 50", 5, Status.ON_SCHEDULE, Status.ON_SCHEDULE),  # exactly 5/12
        ("- - - 30", 5, Status.BEHIND, Status.ON_SCHEDULE),  # what was owed in March came in April: 25 % beside 4/12
        ("- - 30 - 45", 6, Status.MISSING, Status.MISSING),  # and in June a report is owed again
    ],
)
def test_a_figure_between_two_that_are_owed_is_held_to_its_own_month(
    data: str, month: int, own: Status, whole: Status
) -> None:
    """By the quarter and evenly: the north has 120 of the city's 240 and the south 120, of which 30 by March."""
    parts = {("T01-01", unit): (Part(at_least(120), "official", ""),) for unit in ("north", "south")}
    one = indicator(target=at_least(240), report_every="quarter", reporting=("north", "south"))
    rows = rows_of(plan_with(one, parts=parts), f"T01-01 north {data}\nT01-01 south - - 30", Period(2023, month))
    assert rows["north"].status is own
    assert rows[None].status is whole


def test_the_city_is_held_to_the_month_that_all_have_come_to() -> None:
    """45 and 50 of 120 each are 95 of 240, 39.6 %: behind where all speak of May (41.7 %), not where one does."""
    one = indicator(target=at_least(240), report_every="quarter", reporting=("north", "south"))
    may = Period(2023, 5)
    assert row_of(plan_with(one), "T01-01 north - - - - 45\nT01-01 south - - - - 50", may, None).status is Status.BEHIND
    earlier = row_of(plan_with(one), "T01-01 north - - - - 45\nT01-01 south - - - 50", may, None)
    assert (earlier.expected, earlier.status) == (Fraction(4, 12), Status.ON_SCHEDULE)
