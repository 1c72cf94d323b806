"""The form of a plan: its JSON Schema is current and true to what the loader says, and every fault has a sentence."""

import json
import re
from collections.abc import Iterator
from copy import deepcopy
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from mzplan.diagnostics import Diagnostic, Severity
from mzplan.plan.build import PlanBuilder
from mzplan.plan.form import PlanForm, json_schema
from mzplan.plan.form_indicator import INDICATOR_FORMS
from mzplan.plan.form_messages import read_form
from mzplan.plan.model import Plan
from mzplan.plan.yaml_border import Cursor, Value, YamlDocument, read_yaml
from mzplan.plan.yaml_text import YamlPlace

TESTS = Path(__file__).parent
ROOT = TESTS.parent
SCHEMA = ROOT / "src" / "mzplan" / "schemas" / "plan.schema.json"
PLANS = [TESTS / "plans" / f"{name}.yaml" for name in ("tiny", "other_city", "every_key")]
PLANS.append(ROOT / "plan" / "2023.yaml")


@pytest.fixture(scope="module")
def validator() -> Draft202012Validator:
    return Draft202012Validator(json.loads(SCHEMA.read_text()))


def value_of(path: Path) -> dict[str, Any]:
    document = read_yaml(path.read_bytes(), path.name)
    assert isinstance(document.value, dict)
    return document.value


def for_schema(value: Any) -> Any:
    """A plan's values as a JSON library would read them."""
    if isinstance(value, dict):
        return {key: for_schema(held) for key, held in value.items()}
    if isinstance(value, list):
        return [for_schema(held) for held in value]
    return float(value) if isinstance(value, Decimal) else value


def test_the_shipped_schema_is_current(request: pytest.FixtureRequest) -> None:
    text = json.dumps(json_schema(), ensure_ascii=False, indent=2) + "\n"
    if request.config.getoption("--update-golden"):
        SCHEMA.write_text(text)
    assert text == SCHEMA.read_text()


def test_the_schema_is_one(validator: Draft202012Validator) -> None:
    validator.check_schema(validator.schema)


@pytest.mark.parametrize("path", PLANS, ids=lambda path: path.stem)
def test_sound_plans_keep_to_the_schema(path: Path, validator: Draft202012Validator) -> None:
    assert [error.message for error in validator.iter_errors(for_schema(value_of(path)))] == []


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("year", "2023"),
        ("cities", 1),
        ("reporting", "county"),
        ("report_day", 31),
        ("issued", "2023年4月"),
        ("lights", None),
    ],
)
def test_the_schema_refuses_what_the_form_refuses(key: str, value: object, validator: Draft202012Validator) -> None:
    plan = {**value_of(PLANS[0]), key: value}
    assert not validator.is_valid(plan)
    assert faults(plan)


@pytest.mark.parametrize("path", PLANS, ids=lambda path: path.stem)
def test_plans_name_the_schema_for_editors(path: Path) -> None:
    """Those that are meant to be edited say on their first line where it is."""
    first = path.read_text().splitlines()[0]
    if found := re.match(r"# yaml-language-server: \$schema=(.+)", first):
        assert (path.parent / found[1]).resolve() == SCHEMA.resolve()
    else:
        assert path.stem == "tiny"


def test_every_key_that_is_not_plain_from_its_name_is_described() -> None:
    bare = {
        f"{name}.{key}"
        for name, part in json_schema()["$defs"].items()
        for key, held in part["properties"].items()
        if "description" not in held and "$ref" not in held
    }
    assert {name.rpartition(".")[2] for name in bare} <= {"name", "kind", "tasks", "items", "title"}


def built(value: Any) -> tuple[Plan | None, list[Diagnostic]]:
    """The plan of a value, and all findings about it."""
    document = YamlDocument("p.yaml", deepcopy(value), is_complete=True)
    document.marks.update(marks(value, ()))
    form, in_form, _ = read_form(document)
    assert form is not None
    builder = PlanBuilder(form, Cursor(document))
    return builder.build(), [*in_form.found, *builder.found.found]


def faults(value: Any) -> list[str]:
    """The codes of the findings about a value."""
    return [finding.rule.code for finding in built(value)[1]]


def marks(value: Any, path: tuple[str | int, ...]) -> Iterator[tuple[tuple[str | int, ...], YamlPlace]]:
    yield path, YamlPlace(1, 1)
    held = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, member in held:
        yield from marks(member, (*path, key))


def test_a_value_with_several_forms_is_judged_by_one_of_them() -> None:
    """A plain union would report what every one of its members misses."""
    assert "'type': 'union'" not in str(PlanForm.__pydantic_core_schema__)
    assert faults({**TINY, "stage_sets": {"甲": 1}, "safeguards": 1}) == ["MZ714", "MZ714"]


def test_a_wrong_key_below_a_wrong_key_is_no_crash() -> None:
    indicator = TINY["action_areas"][0]["tasks"][0]["indicators"][0] | {"schedule": {"月": {"月": 1}, "2023-06": 50}}
    path = ("action_areas", 0, "tasks", 0, "indicators", 0)
    assert {"MZ711", "MZ715"} <= {*faults(replaced(TINY, path, indicator))}


leaves = st.one_of(
    st.booleans(),
    st.integers(-(10**17), 10**17),
    st.decimals(allow_nan=False, allow_infinity=False, places=7, min_value=-10, max_value=10**13),
    st.sampled_from(["", " 甲", "甲" * 3000, "total", "2023-13", "T01-01", "[key]", "count", "undefined", "%"]),
)
anything = st.recursive(
    leaves,
    lambda inner: (
        st.lists(inner, max_size=2) | st.dictionaries(st.sampled_from(["id", "kind", "[key]", "2023-06", "甲"]), inner)
    ),
    max_leaves=4,
)
VALIDATOR = Draft202012Validator(json_schema())
TINY, OTHER, EVERY = (value_of(path) for path in PLANS[:3])
places = st.sampled_from([(plan, path) for plan in (TINY, OTHER, EVERY) for path, _ in marks(plan, ()) if path])


def replaced(value: Any, path: tuple[str | int, ...], new: Any) -> Any:
    """A copy with another value at that path."""
    if not path:
        return new
    if isinstance(value, dict):
        return {key: replaced(held, path[1:], new) if key == path[0] else held for key, held in value.items()}
    return [replaced(held, path[1:], new) if at == path[0] else held for at, held in enumerate(value)]


@settings(deadline=None)
@given(places, anything)
def test_no_value_anywhere_is_answered_by_a_crash_or_in_english(place: tuple[Any, Any], new: Value) -> None:
    plan, path = place
    made, found = built(replaced(plan, path, new))
    for finding in found:
        assert re.search("[\u4e00-\u9fff]", finding.message)
        assert finding.hint
    assert made is not None or any(finding.severity is Severity.ERROR for finding in found)


@settings(deadline=None)
@given(places, anything)
def test_what_the_schema_refuses_the_loader_refuses(place: tuple[Any, Any], new: Value) -> None:
    plan, path = place
    value = replaced(plan, path, new)
    if not VALIDATOR.is_valid(for_schema(value)):
        assert any(finding.severity is Severity.ERROR for finding in built(value)[1])


def test_kinds_and_their_forms_are_those_of_the_program() -> None:
    from mzplan.plan.indicator import KINDS

    assert list(INDICATOR_FORMS) == list(KINDS)
