"""docs/plan.md: its tables of keys are the form's own, and its examples load."""

import re
from pathlib import Path
from typing import Any

import pytest

from mzplan.plan.form import IndicatorForm, json_schema
from mzplan.plan.load import check_plan

PAGE = Path(__file__).parent.parent / "docs" / "plan.md"
SCHEMA = json_schema()
FORMS: dict[str, dict[str, Any]] = {**SCHEMA["$defs"], "PlanForm": SCHEMA}
COMMON = list(IndicatorForm.model_fields)
KINDS = ("CountForm", "StockForm", "RatioForm", "MilestoneForm")


def table(name: str) -> str:
    """The keys of a form: those of every indicator once, and what each kind has besides."""
    form = FORMS["CountForm" if name == "IndicatorForm" else name]
    wanted = [*COMMON, "kind"] if name == "IndicatorForm" else list(form["properties"])
    if name in KINDS:
        wanted = [key for key in wanted if key not in (*COMMON, "kind")]
    lines = ["| key | value | default | meaning |", "|---|---|---|---|"]
    for key in wanted:
        part = form["properties"][key]
        default = "required" if key in form.get("required", ()) else written(part.get("default"))
        kind = "`count`, `stock`, `ratio`, `milestone`" if (name, key) == ("IndicatorForm", "kind") else value(part)
        lines.append(f"| `{key}` | {kind} | {default} | {part.get('description', '')} |")
    return "\n".join(lines)


def written(default: object) -> str:
    if default is None or default in ([], {}):
        return "optional"
    return f"`{str(default).lower() if isinstance(default, bool) else default}`"


def value(part: dict[str, Any]) -> str:
    """What may stand there, in a few words."""
    if "$ref" in part:
        return "mapping"
    if several := part.get("oneOf") or part.get("anyOf"):
        return " or ".join(dict.fromkeys(value(one) for one in several))
    if "enum" in part:
        return ", ".join(f"`{word}`" for word in part["enum"])
    if "const" in part:
        return f"`{part['const']}`"
    if part["type"] == "array":
        return f"list of {value(part['items'])}"
    if part["type"] == "object":
        (member,) = part.get("patternProperties", {"": part.get("additionalProperties")}).values()
        return f"mapping to {value(member)}"
    if part["type"] in ("integer", "number"):
        low, high = part.get("minimum"), part.get("maximum")
        bounds = f" {low}–{high}" if high is not None else f" ≥ {low}" if low is not None else ""
        return f"{'whole number' if part['type'] == 'integer' else 'number'}{bounds}"
    return {"string": "text", "boolean": "`true`, `false`"}[part["type"]]


def test_the_tables_of_keys_are_current(request: pytest.FixtureRequest) -> None:
    text = PAGE.read_text()
    current = re.sub(
        r"(<!-- keys: (\w+) -->\n).*?(<!-- end -->)",
        lambda found: f"{found[1]}{table(found[2])}\n{found[3]}",
        text,
        flags=re.S,
    )
    if request.config.getoption("--update-golden"):
        PAGE.write_text(current)
    assert current == PAGE.read_text(), "run pytest --update-golden and read the diff"


def test_every_form_has_its_table() -> None:
    assert set(re.findall(r"<!-- keys: (\w+) -->", PAGE.read_text())) == {*FORMS, "IndicatorForm"}


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
    assert check_plan(tmp_path / "2024.yaml") == []
