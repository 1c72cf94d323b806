"""What the author of a plan meant by a value that its key cannot hold, as what a hint proposes."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from mzplan.plan.findings import Offer
from mzplan.plan.form import holds_forms
from mzplan.plan.form_indicator import TargetForm
from mzplan.plan.indicator import CYCLE_ZH, KINDS
from mzplan.plan.meant import (
    day_meant,
    is_nothing,
    month_meant,
    numbers_meant,
    scopes_meant,
    targets_meant,
    unit_kinds_meant,
    whole_meant,
    word_meant,
)
from mzplan.plan.target import SCHEDULE_ZH
from mzplan.plan.yaml_border import Path, YamlDocument, read_yaml
from mzplan.said import listed, say

CHINESE: Mapping[str, Mapping[str, str]] = {
    "kind": {kind: each.kind_zh for kind, each in KINDS.items()},
    "schedule": {str(word): chinese for word, chinese in SCHEDULE_ZH.items()},
    "report_every": {str(word): chinese for word, chinese in CYCLE_ZH.items()},
}
"""What the words mean that a key may hold."""
_OPTIONAL = ("baseline", "due", "weight", "decimals")
"""Keys of an indicator that are left out where there is nothing to say."""
_WITH_BASELINE = "{written}，另写 baseline: 上年的数"


class MeantValue(NamedTuple):
    """What the message for a value proposes, and the message where that does not hold."""

    message: str
    otherwise: str
    offers: Sequence[Offer] = ()


def meant_by(document: YamlDocument, path: Path, kind: str, given: object, unit: str, year: str) -> MeantValue:
    """What was meant by a value of which one can say it; else the message for this kind of fault."""
    last = path[-1]
    if found := _simply_meant(kind, path, given):
        return found
    if last == "target" and kind in ("literal_error", "model_type"):
        beside = value_at(document, path[:-1])
        meant = _mapping_in(given) or targets_meant(given, unit, str(beside.get("source", "")))
        return MeantValue("target", "target-unknown", [_target(each, beside) for each in meant])
    if kind == "literal_error":
        return _word_meant(document, path, given)
    if kind == "number_type" and isinstance(given, str) and (numbers := numbers_meant(given, unit, str(last))):
        return MeantValue("number", kind, [_written(each) for each in numbers])
    if kind == "string_pattern_mismatch" and isinstance(given, str) and {"due", "from", "schedule"} & {*path[-2:]}:
        return MeantValue("month", kind, [Offer(month, month)] if (month := month_meant(given, year)) else [])
    if kind == "string_pattern_mismatch" and isinstance(given, str) and last == "issued":
        return MeantValue("month", kind, [Offer(day, day)] if (day := day_meant(given)) else [])
    if kind == "string_type" and last in ("due", "from") and isinstance(given, int | Decimal):
        month = month_meant(f"{given}月", year) or month_meant(str(given), year)
        return MeantValue("month", "month-unknown", [Offer(month, month)] if month else [])
    if kind == "string_type" and last in ("due", "from"):
        return MeantValue("months" if last == "due" else "month-unknown", "")
    if kind == "string_type" and isinstance(given, int | Decimal):
        return MeantValue("quoted", kind, [_written(f'"{_plain(given)}"')])
    return _list_meant(document, last, given) if kind == "list_type" else MeantValue(kind, "")


def _word_meant(document: YamlDocument, path: Path, given: object) -> MeantValue:
    """What was meant by a word that is none of those which a key may hold."""
    last, kind = path[-1], "literal_error"
    if last == "applies_to" and isinstance(given, str):
        scopes = scopes_meant(unit_ids(document).get(given, given))
        return MeantValue("word", "applies-to-unknown", [_written(each) for each in scopes])
    if last == "applies_to" and isinstance(given, dict):
        return MeantValue("applies-to-mapping", "")
    if last == "kind" and "reporting_units" in path:
        return MeantValue("word", kind, [Offer(each, each) for each in unit_kinds_meant(str(given))])
    otherwise = {"applies_to": "applies-to-unknown", "schedule": "schedule"}.get(str(last), kind)
    words = word_meant(given, CHINESE.get(str(last), {})) if isinstance(given, str) else []
    return MeantValue("word", otherwise, [Offer(word, word) for word in words])


def _simply_meant(kind: str, path: Path, given: object) -> MeantValue | None:
    """What was meant by a value, by nothing but its key; None where that does not say it."""
    last = path[-1]
    if kind == "missing" and last == "kind" and "indicators" in path:
        return MeantValue("missing-kind", "")
    if kind in ("number_type", "string_pattern_mismatch") and last in _OPTIONAL and is_nothing(str(given)):
        return MeantValue("nothing" if kind == "number_type" else "nothing-format", "")
    if kind == "int_type" and (whole := whole_meant(str(given))):
        return MeantValue("whole", kind, [_written(whole)])
    is_text = kind == "string_type" and last not in ("due", "from")
    if is_text and isinstance(given, list) and all(isinstance(each, str) for each in given):
        return MeantValue("joined", kind, [Offer(text, text) for text in [listed(given)]])
    return None


def _list_meant(document: YamlDocument, key: str | int, given: object) -> MeantValue:
    """What was meant by something that should be a list: one member without its brackets, or its dash."""
    if isinstance(given, dict):
        return MeantValue("listed-members", "")
    if holds_forms(key):
        return MeantValue("listed-forms", "")
    if not isinstance(given, str):
        return MeantValue("list_type", "")
    if key != "reporting":
        return MeantValue("listed", "list_type", [_written(f"[{given}]")])
    scopes = [each for each in scopes_meant(unit_ids(document).get(given, given)) if each.startswith("[")]
    return MeantValue("listed", "listed-units", [_written(each) for each in scopes or [f"[{given}]"]])


def _mapping_in(given: object) -> Sequence[str]:
    """The target that is written whole, but in quotes, without braces or as a member of a list."""
    members = given if isinstance(given, list) else [given]
    if len(members) != 1:
        return ()
    (written,) = members
    if isinstance(written, str):
        held = read_yaml(f"x: {{{written.strip('{}')}}}\n".encode(), "").value
        written = held.get("x") if isinstance(held, dict) else None
    if not isinstance(written, dict) or not written or not written.keys() <= TargetForm.model_fields.keys():
        return ()
    return (f"{{{', '.join(f'{key}: {value}' for key, value in written.items())}}}",)


def _plain(given: object) -> str:
    return str(given).lower() if isinstance(given, bool) else str(given)


def _target(text: str, indicator: Mapping[str, Any]) -> Offer:
    """A target that may have been meant, with what it needs beside it."""
    offer = _written(text)
    if "growth" in text and "baseline" not in indicator:
        return offer._replace(text=say(_WITH_BASELINE, written=text), beside={"baseline": 1})
    return offer


def _written(text: str) -> Offer:
    """A proposal by how it is written in YAML."""
    written = read_yaml(f"x: {text}\n".encode(), "").value
    return Offer(text, written["x"] if isinstance(written, dict) else None)


def unit_ids(document: YamlDocument) -> dict[str, str]:
    """The reporting units' ids by their names and aliases."""
    units = document.value.get("reporting_units") if isinstance(document.value, dict) else None
    known = [unit for unit in units if isinstance(unit, dict)] if isinstance(units, list) else []
    spellings = [(unit, [unit.get("id"), unit.get("name"), *_listed(unit.get("aliases"))]) for unit in known]
    return {str(each): str(unit["id"]) for unit, names in spellings if names[0] for each in names if each}


def _listed(value: object) -> list[object]:
    return value if isinstance(value, list) else []


def value_at(document: YamlDocument, path: Path) -> Any:
    """What the document has at a place."""
    held: Any = document.value
    for step in path:
        held = held[step]
    return held
