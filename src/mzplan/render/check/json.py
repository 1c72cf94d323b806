"""Findings for programs: `json` as the contract has it, `jsonl` with one finding a line.

The shape is `schemas/check.schema.json`; absent is null, columns count code points from 1.
"""

from mzplan.diagnostics import Diagnostic
from mzplan.render.check.report import CheckReport, statistics
from mzplan.render.guard import json_text, slashed

SCHEMA_VERSION = 1


def json(report: CheckReport) -> str:
    """One document: counts, those of what is not told included, and every finding."""
    document: dict[str, object] = {
        "schema_version": SCHEMA_VERSION,
        "summary": {
            "files": len(report.files),
            "records": report.records or 0,
            "errors": report.errors,
            "warnings": report.warnings,
            "ignored": report.ignored,
            "waived": report.waived,
            "known": report.known,
            "unchanged": report.unchanged,
            "excluded": report.excluded,
            "cleared": len(report.cleared),
        },
        "diagnostics": [as_document(finding) for finding in report.diagnostics],
        "cleared": [{**as_document(each), "unit": each.unit, "indicator": each.indicator} for each in report.cleared],
    }
    if report.statistics:
        (_, by_rule), (_, by_unit) = statistics(report)
        document["statistics"] = {
            "rules": [{"code": key, "errors": errors, "warnings": warnings} for key, _, errors, warnings in by_rule],
            "units": [
                {"unit": key or None, "errors": errors, "warnings": warnings} for key, _, errors, warnings in by_unit
            ],
        }
    return json_text(document, indent=2) + "\n"


def jsonl(report: CheckReport) -> str:
    """Each finding on a line of its own, nothing else."""
    return "".join(json_text(as_document(finding)) + "\n" for finding in report.diagnostics)


def as_document(finding: Diagnostic) -> dict[str, object]:
    """One finding in the contract's words."""
    return {
        "path": slashed(finding.location.path),
        "line": finding.location.line or None,
        "column": finding.location.column or None,
        "cell": finding.cell or None,
        "field": finding.field or None,
        "code": finding.rule.code,
        "rule": finding.rule.name,
        "severity": finding.severity.value,
        "message": finding.message,
        "value": finding.value,
        "hint": finding.hint or None,
        "fix": finding.fix,
        "lines": list(finding.lines),
        "parts": [_part(each) for each in finding.singly()] if finding.parts else [],
    }


def _part(each: Diagnostic) -> dict[str, object]:
    """One of the rows that a finding stands for."""
    return {
        "line": each.location.line or None,
        "column": each.location.column or None,
        "cell": each.cell or None,
        "indicator": each.indicator or None,
        "value": each.value,
        "message": each.message,
        "hint": each.hint or None,
        "meant": each.meant or None,
        "fix": each.fix,
    }
