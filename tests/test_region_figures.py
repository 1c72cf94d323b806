"""What regions come to: the city's own arithmetic over their members, and no verdict that rests on silence."""

from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factory import FIRST_TASK, PLAN_HEAD
from mzplan.period import Period
from mzplan.plan.indicator import Figure
from mzplan.plan.load import load_plan
from mzplan.scoring.progress import Status
from mzplan.scoring.scorecard import Scorecard, score
from mzplan.submissions.ledger import Ledger

UNITS = "abcd"
ACTIONS = (
    FIRST_TASK
    + """\
          - {id: T01-01, name: 项目, kind: count, unit: 个, target: {at_least: 120}, source: 项目120个}
          - {id: T01-02, name: 床位, kind: stock, unit: 张, target: {at_least: 40}, source: 床位40张}
          - {id: T01-03, name: 覆盖率, kind: ratio, target: {at_least: 80}, source: 覆盖率80%}
          - {id: T01-04, name: 各县覆盖率, kind: ratio, target: {at_least: 80}, applies_to: each, source: 均达80%}
          - {id: T01-05, name: 办法, kind: milestone, source: 各县出台办法}
          - {id: T01-06, name: 事故, kind: count, unit: 起, target: {at_most: 4}, source: 事故4起以内}
"""
)
INDICATORS = [f"T01-0{number}" for number in range(1, 7)]
JUNE = Period(2024, 6)

units_of = st.fixed_dictionaries({unit: st.none() | st.tuples(*[st.integers(0, 60)] * 6) for unit in UNITS})
"""What each unit reports: nothing, or a figure of each indicator."""


def plan_path(folder: Path, parents: dict[str, str], parts: str = "") -> Path:
    """The plan with those parents, and the unit that nobody belongs to in no region."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "2024.yaml"
    lines = []
    for unit in dict.fromkeys((*UNITS, *parents.values(), *parents)):
        parent = f", parent: {parents[unit]}" if unit in parents else ""
        lines.append(f"  - {{id: {unit}, name: 单位{unit}, kind: county{parent}}}\n")
    path.write_text(PLAN_HEAD + "".join(lines) + ACTIONS, encoding="utf-8")
    if parts:
        rows = "".join(f"{row},official,示民发\n" for row in parts.split())
        path.with_name("2024.breakdown.csv").write_text(f"indicator,unit,target,basis,source\n{rows}", encoding="utf-8")
    return path


def scored(path: Path, reports: dict[str, tuple[int, ...] | None], period: Period = JUNE) -> Scorecard:
    plan = load_plan(path)
    ledger = Ledger(plan)
    for unit, figures in reports.items():
        for identifier, figure in zip(INDICATORS, figures or (), strict=False):
            write(ledger, identifier, unit, period, figure)
    return score(plan, ledger, period)


def write(ledger: Ledger, identifier: str, unit: str, period: Period, figure: int) -> None:
    indicator = ledger.plan.indicators[identifier]
    if indicator.stages:
        record = Figure(figure % len(indicator.stages))
    elif indicator.ratio:
        record = Figure(figure * 10**6, 60 * 10**6)
    else:
        record = Figure(figure * 10**6)
    ledger.write(ledger.cell(identifier, unit, period.month), record)


@given(reports=units_of)
def test_a_region_of_all_units_has_the_figures_of_the_city(
    reports: dict[str, tuple[int, ...] | None], tmp_path_factory: pytest.TempPathFactory
) -> None:
    """But for the target of a sum, which is its members' parts, and a verdict that silence could still turn."""
    path = plan_path(tmp_path_factory.mktemp("plan"), dict.fromkeys(UNITS, "p"))
    card = scored(path, reports)
    for identifier in INDICATORS:
        city, region = card.rows[identifier, None], card.rows[identifier, "p"]
        same = ("actual", "numerator", "denominator", "reported", "reporting", "record_period")
        assert [getattr(region, name) for name in same] == [getattr(city, name) for name in same]
        if city.indicator.applies_to == "total":
            assert region.target is None
            assert region.status is Status.CONTRIBUTION
        else:
            assert (region.status, region.completion, region.expected) == (city.status, city.completion, city.expected)


@given(reports=units_of)
def test_what_regions_report_adds_up_to_what_the_city_does(
    reports: dict[str, tuple[int, ...] | None], tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = plan_path(tmp_path_factory.mktemp("plan"), {"a": "p", "b": "p", "c": "q", "d": "q"})
    card = scored(path, reports)
    for identifier in ("T01-01", "T01-02", "T01-06"):
        rows = [card.rows[identifier, region] for region in "pq"]
        assert sum((row.actual or Fraction(0) for row in rows), Fraction(0)) == (
            card.rows[identifier, None].actual or Fraction(0)
        )
        shares = [row.contribution for row in rows if row.contribution is not None]
        assert not shares or sum(shares) == 1
    assert sum(card.regions[region].reported for region in "pq") == card.units[None].reported


@given(reports=units_of)
def test_a_region_of_one_unit_with_a_part_is_judged_as_the_unit_is(
    reports: dict[str, tuple[int, ...] | None], tmp_path_factory: pytest.TempPathFactory
) -> None:
    parts = " ".join(f"{one},{unit},{part}" for one, part in (("T01-01", 30), ("T01-06", 1)) for unit in UNITS)
    card = scored(plan_path(tmp_path_factory.mktemp("plan"), {"a": "p"}, parts), reports)
    for identifier in ("T01-01", "T01-06"):
        unit, region = card.rows[identifier, "a"], card.rows[identifier, "p"]
        same = ("actual", "target", "target_basis", "completion", "expected", "status", "contribution")
        assert [getattr(region, name) for name in same] == [getattr(unit, name) for name in same]


def test_the_target_of_a_region_is_the_sum_of_its_members_parts(tmp_path: Path) -> None:
    """60 + 30 of 120 asked; 20 + 25 by June are half of it, which the schedule expects."""
    path = plan_path(tmp_path, {"a": "p", "b": "p"}, "T01-01,a,60 T01-01,b,30 T01-01,c,30")
    row = scored(path, {"a": (20,), "b": (25,), "c": (0,), "d": (0,)}).rows["T01-01", "p"]
    assert row.target is not None
    assert (row.target.value, row.target_basis) == (Fraction(90), "official")
    assert (row.completion, row.expected) == (Fraction(1, 2), Fraction(1, 2))
    assert row.status is Status.ON_SCHEDULE
    assert scored(path, {"a": (20,), "b": (24,), "c": (0,), "d": (0,)}).rows["T01-01", "p"].status is Status.BEHIND


def test_a_region_with_a_member_that_has_no_part_is_not_judged(tmp_path: Path) -> None:
    path = plan_path(tmp_path, {"a": "p", "b": "p"}, "T01-01,a,60 T01-01,c,60")
    assert scored(path, {"a": (1,), "b": (1,)}).rows["T01-01", "p"].status is Status.CONTRIBUTION


def test_silence_below_a_region_is_neither_zero_nor_lag(tmp_path: Path) -> None:
    path = plan_path(tmp_path, {"a": "p", "b": "p"}, "T01-01,a,60 T01-01,b,60")
    card = scored(path, {"a": (1, 1, 1, 50, 2, 0), "c": (9, 9, 9, 9, 1, 0), "d": (9, 9, 9, 9, 1, 0)})
    row = card.rows["T01-01", "p"]
    assert (row.status, row.carried_status) == (Status.MISSING, Status.FAR_BEHIND)
    assert (row.status_text, row.reported, row.reporting) == ("未报齐", 1, 2)
    assert card.rows["T01-04", "p"].status in (Status.MISSING, Status.NOT_DUE)
    standing = card.regions["p"]
    assert (standing.reported, standing.reporting, standing.tally.missing) == (6, 12, 1)
    assert standing.tally.short == 0


def test_regions_nest(tmp_path: Path) -> None:
    path = plan_path(tmp_path, {"a": "p", "b": "p", "p": "r", "c": "r"})
    card = scored(path, {"a": (1,), "b": (2,), "c": (4,), "d": (8,)})
    figures = {unit: card.rows["T01-01", unit].actual for unit in ("p", "r", None)}
    assert figures == {"p": 3, "r": 7, None: 15}


def test_regions_stand_in_no_count_of_units(tmp_path: Path) -> None:
    reports: dict[str, tuple[int, ...] | None] = {"a": (1,) * 6, "b": (30,) * 6, "c": None, "d": (60,) * 6}
    with_regions = scored(plan_path(tmp_path / "with", {"a": "p", "b": "p", "p": "r"}), reports)
    without = scored(plan_path(tmp_path / "without", {}), reports)
    assert list(with_regions.rows) == list(without.rows)
    assert with_regions.units == without.units
    assert with_regions.areas == without.areas
    assert with_regions.rows.totals() == without.rows.totals()
