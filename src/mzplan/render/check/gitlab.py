"""Findings as a GitLab Code Quality report."""

from mzplan.check.baseline import fingerprints
from mzplan.diagnostics import Severity
from mzplan.render.check.report import CheckReport, sentence
from mzplan.render.guard import json_text

_SEVERITIES = {Severity.ERROR: "major", Severity.WARNING: "minor"}


def gitlab(report: CheckReport) -> str:
    """A list of issues; a fingerprint names each, since GitLab shows two with the same one once."""
    prints = fingerprints(report.diagnostics, report.repository_path)
    issues = [
        {
            "description": sentence(report, finding, places=True),
            "check_name": f"{finding.rule.code} {finding.rule.name}",
            "fingerprint": fingerprint,
            "severity": _SEVERITIES[finding.severity],
            "location": {
                "path": report.repository_path(finding.location.path),
                "lines": {"begin": finding.location.line or 1},
            },
        }
        for finding, fingerprint in zip(report.diagnostics, prints, strict=True)
    ]
    return json_text(issues, indent=2) + "\n"
