"""An explanation leads to the number that status shows: followed step by step, as a reader would with a calculator."""

import json
import re
from dataclasses import replace
from fractions import Fraction
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import Golden, through
from factory import (
    COUNTIES,
    DUE,
    JUNE,
    YEAR,
    at_least,
    indicator,
    ledger_of,
    plan_of_one,
    plan_with,
    small_plan,
    view_of,
    written,
)
from mzplan.diagnostics import InputError
from mzplan.figures import decimal_text
from mzplan.period import Period
from mzplan.plan.indicator import CountIndicator, RatioIndicator, StockIndicator
from mzplan.plan.lights import PRESETS
from mzplan.plan.model import Part, Plan
from mzplan.plan.target import Schedule, Target
from mzplan.render.explain import FORMATS
from mzplan.render.layout import Look
from mzplan.render.status import FORMATS as STATUS_FORMATS
from mzplan.scoring.explain import Explanation, explain
from mzplan.scoring.progress import Status
from mzplan.scoring.scorecard import score

render = partial(written, FORMATS)


def explained(
    identifier: str,
    unit: str | None,
    preset: str = "strict",
    period: Period = JUNE,
    plan: Plan | None = None,
    data: str | None = None,
) -> Explanation:
    plan = plan or small_plan()
    ledger = ledger_of(plan) if data is None else ledger_of(plan, data)
    return explain(score(plan, ledger, period, PRESETS[preset]), ledger, identifier, unit)  # fmt: skip


def worked_out(formula: str) -> Fraction:
    """What a printed formula comes to, exactly; only numbers, brackets and the four signs may stand in it."""
    python = formula.replace("×", "*").replace("÷", "/").replace("−", "-")
    assert re.fullmatch(r"[0-9.()+\-*/ ]+", python), formula
    exact = re.sub(r"\d+(\.\d+)?", lambda number: f"Fraction('{number[0]}')", python)
    value = eval(exact, {"Fraction": Fraction})
    assert isinstance(value, Fraction)
    return value


ROWS = [(identifier, unit) for identifier, unit in view_of().card.rows]


@pytest.mark.parametrize(("identifier", "unit"), ROWS)
@pytest.mark.parametrize("preset", ["strict", "tianjin-2022"])
def test_following_an_explanation_gives_the_figures_of_status(identifier: str, unit: str | None, preset: str) -> None:
    found = json.loads(render("json", explained(identifier, unit, preset)))
    status = {
        (row["indicator"], row["unit"]): row
        for row in json.loads(written(STATUS_FORMATS, "json", view_of(preset=preset)))["rows"]
    }[identifier, unit]
    assert found["status"] == status["status"]
    steps = {step["name"]: step for step in found["steps"]}
    assert set(steps) >= {name for name in ("actual", "completion", "gap", "contribution") if status[name] is not None}
    for name in ("actual", "completion", "expected", "gap", "contribution"):
        if name in steps:
            assert decimal_text(worked_out(steps[name]["formula"])) == status[name] == steps[name]["value"]
    if found["light"] is not None:
        expected = {"on_schedule": "green", "behind": "yellow"}
        assert expected.get(found["carried_status"] or found["status"], "red") == found["light"]


@given(st.integers(0, 10**6), st.integers(1, 10**6), st.integers(0, 300))
def test_no_rounding_hides_in_a_formula(above: int, below: int, beds: int) -> None:
    data = f"T01-02 north - - - - - {above}/{below}\nT01-01 south - - - - - {beds}\nT01-01 north - - - - - 7"
    for identifier, unit in (("T01-02", None), ("T01-02", "north"), ("T01-01", "south"), ("T01-01", None)):
        found = explained(identifier, unit, data=data)
        steps = {step["name"]: worked_out(step["formula"]) for step in json.loads(render("json", found))["steps"]}
        assert steps["actual"] == found.row.actual
        if found.row.completion is not None and found.row.gap is not None:
            assert steps["completion"] == found.row.completion
            assert steps["gap"] == found.row.gap * 100


def formulas(found: Explanation) -> dict[str, str]:
    return {step["name"]: step["formula"] for step in json.loads(render("json", found))["steps"]}


def test_formulas_have_the_numbers_in_them() -> None:
    assert formulas(explained("T01-02", None))["actual"] == "(60 + 50) ÷ (80 + 50) × 100"
    assert formulas(explained("T01-02", None))["capped"] == "1"
    assert formulas(explained("T02-01", None))["actual"] == "1 + 0"  # the zone's is not applicable
    assert formulas(explained("T02-02", None))["actual"] == "0.5 ÷ 1"
    assert formulas(explained("S04-01", "zone"))["completion"] == "0 ÷ 1"
    assert formulas(explained("S04-01", "north"))["completion"] == "1"
    assert formulas(explained("T01-01", "south", "tianjin-2022"))["shortfall"] == "(1 ÷ 6) ÷ 0.5 × 100"


@pytest.mark.parametrize(
    ("plan", "value", "formula", "completion"),
    [
        (plan_of_one(at_least(70), baseline=Fraction(40)), "55", "(55 − 40) ÷ (70 − 40)", "1/2"),
        (plan_of_one(at_least(40), baseline=Fraction(40)), "39", "0", "0"),
        (plan_of_one(at_least(0)), "0", "1", "1"),
        (plan_of_one(Target("at_most", Fraction(5))), "8", "5 ÷ 8", "5/8"),
        (plan_of_one(Target("at_most", Fraction(5))), "5", "1", "1"),
        (plan_of_one(Target("about", Fraction(100), Fraction(1, 20))), "120", "120 ÷ 100", "6/5"),
    ],
)
def test_every_kind_of_target_has_its_formula(plan: Plan, value: str, formula: str, completion: str) -> None:
    found = explained("T01-01", "north", plan=plan, data=f"T01-01 north - - - - - {value}")
    assert formulas(found)["completion"] == formula
    assert found.row.completion == Fraction(completion)


@pytest.mark.parametrize(("month", "formula", "expected"), [(2, "0", "0"), (8, "6 ÷ 12", "1/2"), (9, "9 ÷ 12", "3/4")])
def test_what_is_reported_by_the_quarter_is_expected_as_of_the_quarter(month: int, formula: str, expected: str) -> None:
    plan = plan_of_one(at_least(120), CountIndicator, report_every="quarter")
    period = Period(2023, month)
    ledger = ledger_of(plan, "T01-01 north - - 30 - - 70 - - 90")
    found = explain(score(plan, ledger, period), ledger, "T01-01", "north")
    assert (found.row.expected, formulas(found)["expected"]) == (Fraction(expected), formula)


def test_a_figure_of_a_month_that_is_not_owed_is_used_and_said_to_be_one() -> None:
    plan = plan_of_one(at_least(120), CountIndicator, report_every="quarter")
    ledger = ledger_of(plan, "T01-01 north - - 30 - 45")
    found = explain(score(plan, ledger, Period(2023, 5)), ledger, "T01-01", "north")
    assert formulas(found)["expected"] == "5 ÷ 12"
    may, march = [line.split() for line in render("text", found).splitlines() if line.strip().startswith("2023-0")]
    assert (may[:2], may[-1]) == (["2023-05", "45"], "采用，该月不应报")
    assert (march[:2], len(march)) == (["2023-03", "30"], len(may) - 1)


@pytest.mark.parametrize(
    ("schedule", "words"),
    [
        (Schedule("linear", DUE), "按月均衡，12月到期"),
        (Schedule("by_due", DUE), "12月到期完成，此前不作要求"),
        (Schedule("always", DUE), "全年保持，每一期都须达到"),
        (
            Schedule("points", DUE, ((Period(YEAR, 3), Fraction(1, 5)), (DUE, Fraction(1)))),
            "按节点：2023-03起20.0%，2023-12起100.0%",
        ),
        (Schedule("linear", Period(2024, 3)), "按月均衡，2024年3月到期"),
    ],
)
def test_every_schedule_is_said_in_words(schedule: Schedule, words: str) -> None:
    plan = plan_of_one(at_least(10), schedule=schedule)
    assert words in render("text", explained("T01-01", "north", plan=plan, data="T01-01 north - - - - - 1"))


def test_records_after_the_period_are_not_looked_at() -> None:
    found = explained("T01-01", "north", period=Period(YEAR, 2))
    assert [record.entry.period.month for record in found.records] == [2, 1]


@through(
    ("identifier", "unit", "words"),
    [
        ("T01-01", "zone", "≥20张，正式下达"),
        ("T02-01", "south", "≥4家，计划规定"),
        ("T02-01", "south", "剩余 1家，已到期"),
        ("T02-01", None, "考核单位 2 个，都达标为完成"),
        ("T02-01", None, "不适用：开发区"),
        ("S04-01", "zone", "累计数已超过上限，不能回落 → 红灯 → 已超上限"),
        ("T02-01", "zone", "填报为不适用，不判定"),
        ("T01-01", "south", "应报的一期没有填报，不判定 → 未报"),
        ("T01-01", "south", "沿用的数按本期要求看：严重滞后（不作判定）"),
        ("T02-01", None, "未报的单位还可能改变结论，不判定 → 未报齐"),
        ("T01-02", None, "未报：南县"),
        ("T01-02", None, "已达到目标，不再看差距 → 已完成"),
        ("T01-02", None, "已报2家、未报1家，报齐后结论可能改变。"),
        ("S04-01", None, "已报2家、未报1家。"),
        ("T01-02", None, "说明：按社区计"),
        ("T01-03", "bureau", "定义缺失，不计入完成率"),
        ("T03-01", "north", "没有分解目标，只统计贡献，不判定进度"),
        ("T03-01", None, "差距 = (0.4 − 0.5) × 100 = -10.0 个百分点"),
        ("T02-02", "bureau", "2023-06  推进中  data/2023-06/bureau.csv:2  采用"),
        ("T02-02", "bureau", "差距 0.0 个百分点 → 绿灯 → 达序时"),
        ("S04-01", "zone", "工作保障"),
    ],
)
def test_what_an_explanation_says(identifier: str, unit: str | None, words: str) -> None:
    assert words in render("text", explained(identifier, unit))


@pytest.mark.parametrize("target", [Target("at_most", Fraction(10)), Target("about", Fraction(10), Fraction(0))])
def test_what_is_due_and_too_much_is_no_remainder(target: Target) -> None:
    plan = plan_of_one(target, schedule=Schedule("by_due", JUNE))
    told = render("text", explained("T01-01", "north", plan=plan, data="T01-01 north - - - - - 26"))
    assert "超出 16个，已到期" in told
    assert "剩余" not in told


def test_before_the_first_point_nothing_is_expected_even_below_a_baseline() -> None:
    points = Schedule("points", DUE, ((DUE, Fraction(1)),))
    plan = plan_of_one(at_least(10), baseline=Fraction(5), schedule=points)
    found = explained("T01-01", "north", "sanya-2022", plan=plan, data="T01-01 north - - - - - 4")
    assert found.row.status is Status.NOT_DUE
    assert "此时尚不作要求，不看差距 → 未到期" in render("text", found)


def test_escalation_is_explained() -> None:
    plan = small_plan(escalate=2)
    text = render("text", explained("T01-01", "zone", plan=plan))
    assert "差距 -5.0 个百分点 → 黄灯 → 严重滞后" in text
    assert "连续滞后 6 期；计划规定连续滞后 2 期升为严重滞后" in text


def test_a_level_that_must_fall_says_by_how_much() -> None:
    plan = plan_of_one(Target("at_most", Fraction(10)), kind=StockIndicator, schedule=Schedule("always", DUE))
    text = render("text", explained("T01-01", "north", plan=plan, data="T01-01 north - - - 26 24 22"))
    assert "须再减少 12个，余 6 个月" in text


def test_what_lies_between_two_per_cents_is_told_in_points() -> None:
    plan = plan_of_one(Target("at_most", Fraction(10)), kind=RatioIndicator, unit="%", schedule=Schedule("always", DUE))
    assert "须再减少 2.5个百分点，余 6 个月" in render(
        "text", explained("T01-01", "north", plan=plan, data="T01-01 north - - - - - 5/40")
    )


def test_a_unit_that_has_nothing_to_do_with_it_is_told_so() -> None:
    with pytest.raises(InputError, match="市本级既不填报也不考核指标 T01-01"):
        explained("T01-01", "bureau")


@pytest.mark.parametrize(("name", "suffix"), [("text", "txt"), ("markdown", "md"), ("html", "html"), ("json", "json")])
def test_formats(golden: Golden, name: str, suffix: str) -> None:
    golden(f"explain.unit.{suffix}", render(name, explained("T01-01", "south")))
    golden(f"explain.city.{suffix}", render(name, explained("T01-01", None)))


@pytest.mark.parametrize("width", [40, 80, 120])
def test_no_line_is_longer_than_the_terminal_is_wide(width: int) -> None:
    for identifier, unit in ROWS:
        for line in render("text", explained(identifier, unit), Look(width)).splitlines():
            assert Look().cells(line) <= width


def test_the_own_targets_of_units_are_named_with_how_they_came() -> None:
    """Each must have four by December; 北县 was given 8 by September, in July 6 by November, and 开发区 is left out."""
    one = indicator(StockIndicator, target=at_least(4), applies_to="each", judged=COUNTIES)
    first = Part(at_least(8), "official", "民1号", 2, due=Period(YEAR, 9))
    later = Part(at_least(6), "official", "民2号", 3, baseline=Fraction(2), due=Period(YEAR, 11), start=Period(YEAR, 7))
    parts = {
        ("T01-01", "north"): (first, later),
        ("T01-01", "south"): (Part(at_least(5), "reference", "测算", 4),),
        ("T01-01", "zone"): (Part(at_least(0), "official", "民1号", 5),),
    }
    plan = plan_with(replace(one, schedule=Schedule("by_due", DUE)), parts=parts)
    history = (
        "北县 年初：≥8张，正式下达，9月到期（plan/2023.breakdown.csv:2，民1号）",
        "北县 2023-07 起：≥6张，正式下达，11月到期，基期值 2（plan/2023.breakdown.csv:3，民2号）",
    )
    for period, own in ((JUNE, "北县：≥8张，正式下达，9月到期"), (DUE, "北县：≥6张，正式下达，11月到期，基期值 2")):
        found = explained("T01-01", None, period=period, plan=plan, data="T01-01 north 1")
        lines = [line.strip() for line in render("text", found, Look(None)).partition("\n目标\n")[2].splitlines()]
        others = ("南县：≥5张，参考分解（测算），非正式下达", "开发区：没有分解目标，不判定进度")
        assert lines[2 : lines.index("")] == [own, *others, *history]
        facts = json.loads(render("json", found))["given"]
        assert [(one["unit"], one["from"], one["due"], one["value"]) for one in facts] == [
            ("north", None, "2023-09", "8"),
            ("north", "2023-07", "2023-11", "6"),
            ("south", None, "2023-12", "5"),
            ("zone", None, "2023-12", "0"),
        ]
        assert [one["in_force"] for one in facts] == [period == JUNE, period == DUE, True, True]
    alone = render("text", explained("T01-01", "north", plan=plan, data="T01-01 north 1"), Look(None))
    assert [line.strip() for line in alone.splitlines() if line.strip().startswith("北县 ")] == list(history)
    whole = plan_with(indicator(), parts=parts)  # parts that only add up are not the city's to tell
    assert explained("T01-01", None, plan=whole, data="T01-01 north 1").given == ()


def test_the_way_of_a_unit_starts_from_its_own_baseline_for_programs_too() -> None:
    """From 52 to 100, of which 北县 is to come from 20 to 50; at 35 half of its way is done."""
    part = Part(at_least(50), "official", "民1号", 2, baseline=Fraction(20))
    level = indicator(StockIndicator, baseline=Fraction(52))
    plan = plan_with(level, parts={("T01-01", "north"): (part,)})
    for unit, baseline in ((None, "52"), ("north", "20"), ("south", None)):
        found = json.loads(render("json", explained("T01-01", unit, plan=plan, data="T01-01 north - - - - - 35")))
        assert (found["target"] and found["target"]["baseline"]) == baseline
