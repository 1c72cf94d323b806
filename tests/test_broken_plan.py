"""Whatever stands in the place of one scalar of a sound plan and its breakdown, it is read or told why not."""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
import yaml

from conftest import few, of
from mzplan.diagnostics import errors_of
from mzplan.plan.load import english_in
from mzplan.plan.validate import validate

TESTS = Path(__file__).parent
PLANS = {path.stem: path for path in ((TESTS.parent / "plan" / "2023.yaml"), *sorted((TESTS / "plans").glob("*.yaml")))}
WRITTEN = ("null", '""', "[a]", "{a: b}", "123", "true", '"=x"', "2023-05-01", "1e9", "x" * 5000, None)
"""What is written in its place; None, with its key under another one, which is not known."""


class Spot(NamedTuple):
    """Where a scalar stands in a text, and its key, if it has one."""

    key: int | None
    start: int
    end: int


def spots(node: yaml.Node) -> Iterator[Spot]:
    """Every scalar that is a value."""
    if isinstance(node, yaml.MappingNode | yaml.SequenceNode):
        for each in node.value:
            key, value = each if isinstance(node, yaml.MappingNode) else (None, each)
            if isinstance(value, yaml.ScalarNode):
                yield Spot(key and key.start_mark.index, value.start_mark.index, value.end_mark.index)
            yield from spots(value)


def broken(text: str, spot: Spot, written: str | None) -> str:
    """The text with that in the place of a scalar."""
    if written is None and spot.key is not None:
        return f"{text[: spot.key]}zzz: 1{text[spot.end :]}"
    return f"{text[: spot.start]}{written or '{}'}{text[spot.end :]}"


@pytest.mark.untraced
@few("written", WRITTEN, WRITTEN[1:3], ids=lambda written: str(written)[:12])
@few("name", PLANS, ["every_key"])
def test_a_plan_with_one_scalar_broken_is_read_or_told_why_not(name: str, written: str | None, tmp_path: Path) -> None:
    """Every third scalar, and of the shipped plan, which takes a hundred times as long, every hundredth."""
    text = PLANS[name].read_text("utf-8")
    parts = PLANS[name].with_name(f"{name}.breakdown.csv").read_bytes()
    node = yaml.compose(text, Loader=yaml.SafeLoader)
    assert node is not None
    path = tmp_path / "a.yaml"
    for spot in list(spots(node))[1 :: 97 if name == "2023" else 3]:
        with of(text[spot.key or spot.start : spot.end]):
            wrong = broken(text, spot, written).encode()
            plan, findings = validate("a.yaml", wrong, "a.breakdown.csv", parts)
            assert (plan is None) == bool(errors_of(findings))
            path.write_bytes(wrong)
            assert "" not in {each for pair in english_in(path).items() for each in pair}


def test_an_indicator_whose_name_is_unread_is_no_name_of_the_breakdown() -> None:
    """Its row by id stands; nothing is said of a name that may be the unread one's."""
    text = PLANS["every_key"].read_text("utf-8")
    for name in ('""', "[a]", "123", '"=x"'):
        wrong = text.replace("name: 新增护理型床位", f"name: {name}", 1)
        rows = PLANS["every_key"].with_name("every_key.breakdown.csv").read_text("utf-8")
        rows = rows.replace("YL1-01", "新增护理型床位", 1)
        _, findings = validate("a.yaml", wrong.encode(), "a.breakdown.csv", rows.encode())
        with of(name):
            assert wrong != text
            assert [each.location.path for each in findings] == ["a.yaml"]
