"""Units that belong to units: what a plan may say of them, and what is told of one that contradicts itself."""

from pathlib import Path

import pytest

from factory import FIRST_TASK, PLAN_HEAD
from mzplan.plan.load import load_plan, read_plan

TAIL = (
    FIRST_TASK
    + """\
          - {id: T01-01, name: 项目数, kind: count, unit: 个, target: {at_least: 100}, source: 项目100个}
"""
)


def plan_file(folder: Path, units: str, tail: str = TAIL) -> Path:
    """A plan of these units, a line each: id, and behind a blank the parent and other keys."""
    path = folder / "2024.yaml"
    lines = [
        f"  - {{id: {identifier}, name: 单位{identifier}, kind: county{more}}}\n"
        for identifier, _, more in (line.partition(",") for line in units.split("\n"))
        for more in [f",{more}" if more else ""]
    ]
    path.write_text(PLAN_HEAD + "".join(lines) + tail, encoding="utf-8")
    return path


def found(path: Path) -> list[str]:
    _, findings = read_plan(path)
    return [f"{one.location.line} {one.rule.code} {one.message}" for one in findings]


def test_who_is_named_as_a_parent_reports_nothing_and_the_others_report(tmp_path: Path) -> None:
    plan = load_plan(plan_file(tmp_path, "p\na, parent: c\nc, parent: p\nb, parent: p\nd"))
    assert [unit.id for unit in plan.reporting_units] == ["a", "b", "d"]
    assert [region.id for region in plan.regions] == ["p", "c"]
    assert plan.members == {"p": ("a", "b"), "c": ("a",)}
    assert plan.children == {"": ("p", "d"), "p": ("c", "b"), "c": ("a",)}
    assert plan.indicators["T01-01"].reporting == ("a", "b", "d")


def test_a_kept_plan_is_the_plan_that_was_read(tmp_path: Path) -> None:
    path = plan_file(tmp_path, "p\na, parent: p\nb")
    read, _ = read_plan(path)
    assert load_plan(path) == load_plan(path) == read


def test_a_plan_without_regions_has_none(tmp_path: Path) -> None:
    plan = load_plan(plan_file(tmp_path, "a\nb"))
    assert plan.regions == ()
    assert plan.members == {}


@pytest.mark.parametrize(
    ("units", "expected"),
    [
        ("a, parent: q\np\nb, parent: p", ["9 MZ735 没有单位 q，不能作 parent"]),
        ("a, parent: 单位p\np\nb, parent: p", ["9 MZ735 没有单位 单位p，不能作 parent"]),
        ("a, parent: a\nb", ["9 MZ736 a 的上级写成了它自己"]),
        ("a, parent: p\np, parent: q\nq, parent: p\nb", ["10 MZ736 p、q 互为上级"]),
        ("p, parent: q\nq, parent: r\nr, parent: p\nb, parent: p", ["9 MZ736 p、q、r 互为上级"]),
        ("p, parent: p\nq, parent: q\na", ["9 MZ736 p 的上级写成了它自己", "10 MZ736 q 的上级写成了它自己"]),
        ("p\nq, parent: p\na, parent: q", []),
    ],
)
def test_parents_that_are_none(units: str, expected: list[str], tmp_path: Path) -> None:
    assert found(plan_file(tmp_path, units)) == expected


@pytest.mark.parametrize("word", ["wset", "单位west"])
def test_a_wrong_parent_is_one_finding_with_what_was_meant(word: str, tmp_path: Path) -> None:
    """A parent that has no weights, as its members have, is not told as a unit without any."""
    weights = ", weights: {people: 2}"
    units = f"west\na, parent: {word}{weights}\nb, parent: {word}{weights}\nc{weights}"
    path = plan_file(tmp_path, units, TAIL.replace("source:", "breakdown: people, source:"))
    _, findings = read_plan(path)
    assert [(one.rule.code, len(one.parts)) for one in findings if one.rule.code != "MZ752"] == [("MZ735", 2)]
    assert "是不是 west？" in findings[0].hint


@pytest.mark.parametrize(
    ("more", "codes"),
    [
        ("reporting: [a, p]", ["MZ737"]),
        ("reporting: [a, 单位p]", ["MZ731"]),
        ("applies_to: [p]", ["MZ737"]),
        ("reporting: [county]", []),
        ("reporting: [a, b], applies_to: each", []),
    ],
)
def test_no_region_is_told_to_report(more: str, codes: list[str], tmp_path: Path) -> None:
    path = plan_file(tmp_path, "p\na, parent: p\nb", TAIL.replace("source:", f"{more}, source:"))
    assert [line.split()[1] for line in found(path)] == codes


def test_nothing_is_said_of_a_parent_that_could_not_be_read(tmp_path: Path) -> None:
    path = plan_file(tmp_path, "a, parent: p\nb")
    path.write_text(path.read_text(encoding="utf-8").replace("id: b", "id: 7"), encoding="utf-8")
    assert not [line for line in found(path) if "MZ735" in line]


@pytest.mark.parametrize("name", ["p", "单位p"])
def test_a_region_has_no_row_of_its_own_in_the_breakdown(name: str, tmp_path: Path) -> None:
    path = plan_file(tmp_path, "p\na, parent: p\nb")
    rows = f"indicator,unit,target,basis,source\nT01-01,a,60,official,x\nT01-01,{name},60,official,x\n"
    path.with_name("2024.breakdown.csv").write_text(rows, encoding="utf-8")
    assert found(path) == [f"3 MZ784 {name} 有下级单位，它的目标是下级单位的目标之和"]
