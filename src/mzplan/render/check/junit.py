"""Findings as a JUnit report (junit-10.xsd): a suite for each file, a case for each finding."""

from collections.abc import Iterator, Sequence

from mzplan.diagnostics import Diagnostic, Severity, errors_of
from mzplan.render.check.report import CheckReport, fact, sentence, shown_path, shown_place
from mzplan.render.guard import xml_text
from mzplan.said import say


def junit(report: CheckReport) -> str:
    """Errors fail their case, warnings are told by a case that passes, a clean file is one case that passes."""
    by_file: dict[str, Sequence[Diagnostic]] = dict.fromkeys(report.files, ())
    by_file.update(report.by_file)
    total = sum(max(1, len(findings)) for findings in by_file.values())
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<testsuites name="mzplan check" tests="{total}" failures="{report.errors}" errors="0">',
    ]
    for path, findings in by_file.items():
        lines += _suite(report, path, findings)
    return "\n".join([*lines, "</testsuites>"]) + "\n"


def _suite(report: CheckReport, path: str, findings: Sequence[Diagnostic]) -> Iterator[str]:
    name = xml_text(shown_path(report.repository_path(path)))
    failures = len(errors_of(findings))
    counts = f'tests="{max(1, len(findings))}" failures="{failures}" errors="0"'
    yield f'  <testsuite name="{name}" {counts} skipped="0" time="0">'
    if not findings:
        clean = xml_text(report.tell("没有发现问题"))
        yield f'    <testcase name="{clean}" classname="{name}" time="0"/>'
    for finding in findings:
        rule, place = finding.rule, finding.location
        named = "{code} {title}（第 {line} 行）" if place.line else "{code} {title}"
        title = xml_text(report.tell(say(named, code=rule.code, title=rule.title, line=place.line)))
        yield f'    <testcase name="{title}" classname="{name}" time="0">'
        text = xml_text(f"{shown_place(place)}: {rule.code} {sentence(report, finding, places=True)}")
        if finding.severity is Severity.ERROR:
            yield f'      <failure type="{rule.code}" message="{xml_text(fact(report, finding))}">{text}</failure>'
        else:
            yield f"      <system-out>{text}</system-out>"
        yield "    </testcase>"
    yield "  </testsuite>"
