"""Makes what a plan file and its breakdown hold into a plan, with every check."""

from codecs import BOM_UTF8
from collections.abc import Mapping
from dataclasses import replace
from hashlib import sha256

from mzplan.diagnostics import Diagnostic, Location, errors_of
from mzplan.plan import breakdown_rules as rule
from mzplan.plan import file_rules
from mzplan.plan import rules as plan_rule
from mzplan.plan.breakdown_csv import read_parts
from mzplan.plan.build import PlanBuilder
from mzplan.plan.cache import source_of
from mzplan.plan.document import examine
from mzplan.plan.document_rules import NUMBER_UNCLAIMED, SOURCE_NOT_IN_DOCUMENT
from mzplan.plan.document_text import Wording
from mzplan.plan.findings import Findings
from mzplan.plan.form_messages import FormReading, read_form
from mzplan.plan.model import Part, Plan
from mzplan.plan.proofs import prove
from mzplan.plan.unfinished import unfinished
from mzplan.plan.yaml_border import Cursor, YamlDocument, read_yaml

_MESSAGES: Mapping[str, tuple[str, str]] = {
    "unjudged": ("分解表没有核对：计划里的指标、单位或年份还不对", "先改正计划文件，再核对分解表"),
}
_OF_ITS_NUMBER = (NUMBER_UNCLAIMED, SOURCE_NOT_IN_DOCUMENT)
"""What is told beside the document of a target that is no number of its clause: that it is none is not told too."""
_NAMING = frozenset(
    {
        plan_rule.DUPLICATE_ID,
        plan_rule.COLLIDING_NAME,
        plan_rule.UNSAFE_INDICATOR_ID,
        plan_rule.UNSAFE_UNIT_ID,
        plan_rule.UNKNOWN_UNIT,
        plan_rule.JUDGED_WITHOUT_REPORT,
        plan_rule.NOBODY_REPORTS,
        file_rules.YEAR_DISAGREES,
    }
)
"""By which the plan says wrongly whom, what or which year it speaks of: rows held against that are told to go."""


def validate(
    path: str,
    data: bytes,
    breakdown_path: str,
    breakdown: bytes | None,
    *,
    is_alone: bool = True,
    wording: Wording | None = None,
) -> tuple[Plan | None, list[Diagnostic]]:
    """The plan, and every finding about the two files; no plan when one of them is an error.

    Without a breakdown it `is_alone`, unless there is a file that cannot be read. A sound plan is held against the
    wording of its document, if that is given; what is found there does not take the plan away.
    """
    document = read_yaml(data, path)
    reading = read_form(document) if document.is_complete else FormReading(None, Findings({}))
    findings = [*document.findings, *unfinished(document)]
    form = reading.form
    if form is None:
        unjudged = [] if breakdown is None else _unjudged(breakdown_path)
        return None, [*findings, *unjudged, *reading.found.found]
    builder = PlanBuilder(form, Cursor(document))
    plan = builder.build()
    prove(data, path, _said, reading.found, builder.found)
    if breakdown is None and is_alone:
        builder.no_breakdown(breakdown_path)
    findings += [*reading.found.found, *builder.found.found]
    parts: dict[tuple[str, str], tuple[Part, ...]] = {}
    has_units = builder.units.is_complete and all(builder.units.kinds.values())
    is_named = reading.names_all and has_units and not any(each.rule in _NAMING for each in findings)
    if breakdown is not None and not is_named:
        findings += _unjudged(breakdown_path)
    elif breakdown is not None:
        parts, in_parts = read_parts(breakdown, breakdown_path, builder.indicators, builder.units, form.year)
        findings += in_parts.found
    if plan is None or errors_of(findings):
        return None, findings
    if wording is not None:
        beside = examine(plan, form, Cursor(document), wording)
        told = {found.indicator for found in beside if found.rule in _OF_ITS_NUMBER} - {""}
        findings = [
            each for each in findings if each.rule is not plan_rule.CLAUSE_MISMATCH or each.indicator not in told
        ] + beside
    return replace(plan, parts=parts, path=path, digest=_digest(data, breakdown)), findings


def _digest(data: bytes, breakdown: bytes | None) -> str:
    """What tells two versions of a plan apart: neither the line ends of a system nor the mark of an editor."""
    parts = None if breakdown is None else BOM_UTF8 + _as_written(breakdown)  # with it, as the program writes them
    return sha256(source_of(_as_written(data), parts)).hexdigest()


def _as_written(data: bytes) -> bytes:
    return data.removeprefix(BOM_UTF8).replace(b"\r\n", b"\n").replace(b"\r", b"\n")


def _said(document: YamlDocument) -> list[Diagnostic]:
    """All that is to be said of a document as a plan."""
    form, in_form, _ = read_form(document)
    if form is None:
        return in_form.found
    builder = PlanBuilder(form, Cursor(document))
    builder.build()
    return [*in_form.found, *builder.found.found]


def _unjudged(path: str) -> list[Diagnostic]:
    """The one finding about a breakdown whose rows nobody can hold against a plan that was not read."""
    found = Findings(_MESSAGES)
    found.report(rule.PARTS_UNJUDGED, Location(path), "unjudged")
    return found.found
