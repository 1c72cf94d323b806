"""Because of whom a target of the city is in danger: silence is a cause only where a report could lift it."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factory import COUNTIES, UNITS, at_least, indicator, plan_with, view_of, written
from mzplan.period import Period
from mzplan.plan.indicator import CountIndicator, Indicator, MilestoneIndicator, RatioIndicator, StockIndicator
from mzplan.plan.model import Part
from mzplan.plan.target import Schedule, Target
from mzplan.render.status import FORMATS
from mzplan.render.status.because import because

TEN_UNITS = tuple(
    UNITS[0]._replace(id=f"u{at}", name=f"{name}县", code="") for at, name in enumerate("甲乙丙丁戊己庚辛壬癸")
)
TEN = tuple(unit.id for unit in TEN_UNITS)
ABOUT = Target("about", at_least(100).value, at_least(1).value / 20)


def at_most(value: int) -> Target:
    return Target("at_most", at_least(value).value)


def cause(made: Indicator, data: str, parts: dict[str, Part] | None = None) -> str:
    """Why the only target of a plan is in danger in June, when half of the year's is expected."""
    given = {("T01-01", unit): (part,) for unit, part in (parts or {}).items()}
    view = view_of(plan=plan_with(made, parts=given), data=data)
    return because(view, view.dangers[0])


def reports(*figures: str) -> str:
    """What each county has reported for June; a dash is silence, `8-` was reported in May and not since."""
    cells = [f"{figure[:-1]} -" if figure[-1] == "-" and figure != "-" else f"- {figure}" for figure in figures]
    return "\n".join(f"T01-01 {unit} - - - - {cell}" for unit, cell in zip(COUNTIES, cells, strict=True))


def test_an_excess_comes_from_those_who_have_it_and_never_from_nought_or_silence() -> None:
    limit = indicator(target=at_most(0), name="事故", unit="起")
    assert cause(limit, reports("0", "-", "1")) == "来自：开发区1起；另有未报：南县；没有分解到各单位"
    assert cause(limit, reports("0", "0", "1")) == "来自：开发区1起；没有分解到各单位"
    # 106 are above the band of 95 to 105, which nobody can take back
    assert (
        cause(indicator(target=ABOUT), reports("0", "-", "106")) == "已报各家合计超出；另有未报：南县；没有分解到各单位"
    )


def test_a_level_above_its_band_is_too_much_and_not_too_little() -> None:
    made = indicator(StockIndicator, target=ABOUT, schedule=Schedule("by_due", Period(2023, 6)))
    assert cause(made, reports("60", "-", "60")) == "已报各家合计超出；另有未报：南县；没有分解到各单位"
    assert cause(made, reports("30", "40-", "0")) == "未报：南县；尚为0：开发区；没有分解到各单位"


@pytest.mark.parametrize("own", [None, 0, 10, 40])
@pytest.mark.parametrize("south", ["-", "10-", "40-"])
@pytest.mark.parametrize("kind", [CountIndicator, StockIndicator])
def test_nothing_bounds_what_a_silent_unit_brings_be_it_its_part_or_an_equal_share(
    kind: type[Indicator], south: str, own: int | None
) -> None:
    """At most 5 + 40 + 4 are known where 50 are expected: one silent unit may have 45 more, whatever its part."""
    parts = {} if own is None else {unit: Part(at_least(own), "reference", "") for unit in COUNTIES}
    unshared = "" if own else "；没有分解到各单位"
    assert cause(indicator(kind), reports("5", south, "4"), parts) == f"未报：南县{unshared}"


def test_units_that_all_lag_by_computed_parts_are_counted_once_all_have_reported() -> None:
    parts = {unit: Part(at_least(30), "reference", "") for unit in COUNTIES}
    assert cause(indicator(), reports("5", "6", "5"), parts) == "3家均滞后（参考分解）"


def test_where_everybody_is_at_nought_they_are_counted_and_nothing_else_is_said_of_them() -> None:
    parts = {unit: Part(at_least(30), "reference", "") for unit in COUNTIES}
    assert cause(indicator(), reports("0", "0", "0"), parts) == "3家均为0"
    assert cause(indicator(), reports("0", "0", "-"), parts) == "未报：开发区；2家均为0"
    assert cause(indicator(), reports("0", "0", "1"), parts) == "3家均滞后（参考分解）；尚为0：北县、南县"
    assert cause(indicator(), reports("0", "-", "-"), parts) == "未报：南县、开发区；尚为0：北县"


def test_many_at_nought_are_counted_and_not_named() -> None:
    made = indicator(target=at_least(100), reporting=TEN, judged=())
    for idle, said in ((4, "尚为0：甲县、乙县、丙县、丁县"), (5, "尚为0：5家")):
        data = "\n".join(f"T01-01 {unit} - - - - - {int(at >= idle)}" for at, unit in enumerate(TEN))
        view = view_of(plan=plan_with(made, reporting_units=TEN_UNITS), data=data)
        assert because(view, view.dangers[0]) == f"{said}；没有分解到各单位"


@pytest.mark.parametrize("kind", [CountIndicator, StockIndicator])
@pytest.mark.parametrize("target", [at_least(100), at_most(30), ABOUT])
@given(*[st.integers(0, 60)] * 2, st.one_of(st.none(), st.integers(0, 60)))
def test_a_total_waits_for_the_silent_just_where_a_report_of_theirs_could_lift_it(
    kind: type[Indicator], target: Target, north: int, zone: int, had: int | None
) -> None:
    plan = plan_with(indicator(kind, target=target))
    view = view_of(plan=plan, data=reports(str(north), "-" if had is None else f"{had}-", str(zone)))
    least = had or 0 if kind.cumulative else 0  # what accumulates does not fall
    could = (least, max(least, int(target.value) - north - zone), 1000)
    lifted = [
        not view_of(plan=plan, data=reports(str(north), str(one), str(zone))).card.rows["T01-01", None].is_lagging
        for one in could
    ]
    assert [one.hinges for one in view.dangers if one.row.unit is None] == (
        [any(lifted)] if view.card.rows["T01-01", None].is_lagging else []
    )


def test_who_lags_officially_is_named_and_who_is_silent_beside_it() -> None:
    parts = {unit: Part(at_least(30), "official", "通知") for unit in COUNTIES}
    assert cause(indicator(), reports("16", "-", "2"), parts) == "严重滞后：开发区；未报：南县"
    assert cause(indicator(), reports("16", "-", "14"), parts) == "滞后：开发区；未报：南县"


def test_a_ratio_is_lifted_by_what_its_silent_unit_counts() -> None:
    """80 of 100 each are to be covered always: 南县 has 20 of 50 in May, of which all could be covered now."""
    schedule = indicator().schedule._replace(kind="always")
    made = indicator(RatioIndicator, target=at_least(80), schedule=schedule, unit="%")
    assert cause(made, reports("35/50", "20/50-", "35/50")) == "未报：南县"
    assert cause(made, reports("34/50", "20/50-", "35/50")) == "已报各家合计不足；另有未报：南县"
    # of a unit never heard of nobody knows how much it counts
    assert cause(made, reports("34/50", "-", "35/50")) == "未报：南县"
    # and what is no part of a whole has no bound
    free = indicator(RatioIndicator, target=at_least(80), schedule=schedule, unit="人/万人", part_of_whole=False)
    assert cause(free, reports("34/50", "20/50-", "35/50")) == "未报：南县"


def test_who_has_finished_is_silent_about_nothing_that_could_change_it() -> None:
    """Due in June: the first county is finished since May and the last has not begun, whatever the silent would say."""
    of_each: Any = {"applies_to": "each", "judged": COUNTIES, "schedule": Schedule("by_due", Period(2023, 6))}
    made = indicator(MilestoneIndicator, target=at_least(1), **of_each)
    assert cause(made, reports("已完成-", "推进中-", "未启动")) == "到期未完成：开发区；另有未报：南县"
    assert cause(made, reports("已完成-", "已完成-", "未启动")) == "到期未完成：开发区"
    # what each must come to stays reached where it only grows; a level is told anew each month
    assert cause(indicator(target=at_least(5), **of_each), reports("5-", "4-", "0")) == (
        "到期未完成：开发区；另有未报：南县"
    )
    level = indicator(StockIndicator, target=at_least(5), **of_each)
    assert cause(level, reports("5-", "4-", "0")) == "到期未完成：开发区；另有未报：北县、南县"


def test_many_that_are_silent_are_counted_and_named_once_elsewhere() -> None:
    """Six counties owe beds, the first has 9 of the 50 that are expected; its equal share is 16⅔."""
    units = tuple(
        UNITS[0]._replace(id=f"u{number}", name=f"{name}县", code="") for number, name in enumerate("甲乙丙丁戊己")
    )
    ids = tuple(unit.id for unit in units)
    view = view_of(
        plan=plan_with(indicator(reporting=ids), reporting_units=units),
        data="T01-01 u0 - - - - - 9",
    )
    assert because(view, view.dangers[0]) == "未报：5家；没有分解到各单位"
    text = written(FORMATS, "plain", view)
    assert "未报：乙县1项、丙县1项、丁县1项、戊县1项、己县1项（均从未报过）\n" in text
