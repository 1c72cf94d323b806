"""Makes what a plan file and its breakdown hold into a plan, with every check."""

from dataclasses import replace
from hashlib import sha256

from mzplan.diagnostics import Diagnostic, Severity
from mzplan.plan.breakdown_csv import read_parts
from mzplan.plan.build import PlanBuilder
from mzplan.plan.cache import source_of
from mzplan.plan.document import Wording, examine
from mzplan.plan.form_messages import read_form
from mzplan.plan.model import Part, Plan
from mzplan.plan.unfinished import unfinished
from mzplan.plan.yaml_border import Cursor, read_yaml


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
    form, in_form = read_form(document) if document.is_complete else (None, None)
    findings = [*document.findings, *(in_form.found if in_form else ()), *unfinished(document)]
    if form is None:
        return None, findings
    builder = PlanBuilder(form, Cursor(document))
    plan = builder.build()
    if breakdown is None and is_alone:
        builder.no_breakdown(breakdown_path)
    findings += builder.found.found
    parts: dict[tuple[str, str], tuple[Part, ...]] = {}
    if breakdown is not None:
        parts, in_parts = read_parts(breakdown, breakdown_path, builder.indicators, builder.units, form.year)
        findings += in_parts.found
    if plan is None or any(finding.severity is Severity.ERROR for finding in findings):
        return None, findings
    if wording is not None:
        findings += examine(plan, form, Cursor(document), wording)
    digest = sha256(source_of(data, breakdown)).hexdigest()
    return replace(plan, parts=parts, path=path, digest=digest), findings
