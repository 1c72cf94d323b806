"""docs/reference/plan.md: every form has its table of keys, and the examples load."""

import re
from pathlib import Path

import pytest

from mzplan.plan.form import json_schema
from mzplan.plan.load import check_plan

PAGE = Path(__file__).parent.parent / "docs" / "reference" / "plan.md"


def test_every_form_has_its_table() -> None:
    assert set(re.findall(r"<!-- begin: keys: (\w+) -->", PAGE.read_text())) == {
        *json_schema()["$defs"],
        "PlanForm",
        "IndicatorForm",
    }


def test_the_example_plan_and_breakdown_are_sound(tmp_path: Path) -> None:
    blocks = re.findall(r"```(yaml|csv)\n(.*?)```", PAGE.read_text(), flags=re.S)
    plan = next(block for kind, block in blocks if kind == "yaml")
    (tmp_path / "2024.yaml").write_text(plan)
    (tmp_path / "2024.breakdown.csv").write_text(next(block for kind, block in blocks if kind == "csv"))
    assert check_plan(tmp_path / "2024.yaml") == []


@pytest.mark.parametrize("key", ["stage_sets", "lights"])
def test_the_fragments_fit_into_a_plan(key: str, tmp_path: Path) -> None:
    blocks = re.findall(r"```yaml\n(.*?)```", PAGE.read_text(), flags=re.S)
    fragment = next(block for block in blocks if block.startswith(key))
    (tmp_path / "2024.yaml").write_text(blocks[0] + fragment)
    (tmp_path / "2024.breakdown.csv").write_text("indicator,unit,target,basis,source\n")
    assert check_plan(tmp_path / "2024.yaml") == []
