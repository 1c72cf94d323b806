"""Findings in reviewdog's diagnostic format, whose columns count UTF-8 bytes from 1."""

from mzplan.diagnostics import Diagnostic, Location, Severity
from mzplan.render.check.report import CheckReport, sentence
from mzplan.render.guard import json_text
from mzplan.rules.pages import address

_SEVERITIES = {Severity.ERROR: "ERROR", Severity.WARNING: "WARNING"}


def rdjson(report: CheckReport) -> str:
    """One DiagnosticResult; a column is left out when the line's text is not at hand to count its bytes."""
    document = {
        "source": {"name": "mzplan"},
        "severity": _SEVERITIES[Severity.ERROR if report.errors else Severity.WARNING],
        "diagnostics": [_diagnostic(report, finding) for finding in report.diagnostics],
    }
    return json_text(document, indent=2) + "\n"


def _diagnostic(report: CheckReport, finding: Diagnostic) -> dict[str, object]:
    document: dict[str, object] = {
        "message": sentence(report, finding),
        "location": _location(report, finding.location),
        "severity": _SEVERITIES[finding.severity],
        "code": {"value": finding.rule.code, "url": address(finding.rule.code, report.rules_page)},
    }
    if suggestion := _suggestion(report, finding):
        document["suggestions"] = [suggestion]
    if finding.related:
        document["related_locations"] = [{"location": _location(report, place)} for place in finding.related]
    return document


def _location(report: CheckReport, place: Location) -> dict[str, object]:
    location: dict[str, object] = {"path": report.repository_path(place.path)}
    if place.line:
        start = {"line": place.line}
        if (column := _byte_column(report, place, place.column)) is not None:
            start["column"] = column
        location["range"] = {"start": start}
    return location


def _byte_column(report: CheckReport, place: Location, column: int) -> int | None:
    """The column in UTF-8 bytes; None when it is unknown or lies beyond the line (a cell of several lines)."""
    line = report.line_text(place.path, place.line) if place.line and column else None
    if line is None or column > len(line) + 1:
        return None
    return len(line[: column - 1].encode(errors="surrogatepass")) + 1


def _suggestion(report: CheckReport, finding: Diagnostic) -> dict[str, object] | None:
    """The cell's replacement, where the cell stands unquoted at the very column."""
    place, value, fix = finding.location, finding.value, finding.fix
    if not value or fix is None or any(character in fix for character in '",\r\n'):
        return None
    line = report.line_text(place.path, place.line) if place.line and place.column else None
    if line is None or not line.startswith(value, place.column - 1):
        return None
    start, end = (
        {"line": place.line, "column": _byte_column(report, place, column)}
        for column in (place.column, place.column + len(value))
    )
    return {"range": {"start": start, "end": end}, "text": fix}
