"""Findings as annotations of GitHub Actions, by the runner's own grammar of workflow commands."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice

from mzplan.diagnostics import LEVELS, Diagnostic, Severity, show
from mzplan.render.check.report import PATH_WIDTH, CheckReport, sentence, tally
from mzplan.render.check.text import concise
from mzplan.render.guard import inert
from mzplan.render.layout import NARROW
from mzplan.said import say

PER_LEVEL = 10
"""Annotations of one level that the runner keeps of a step (ExecutionContext, _maxCountPerIssueType)."""

MESSAGE_LIMIT = 4000
"""Characters of a message; the runner cuts at 4,096 (_maxIssueMessageLength)."""

_MORE = (
    "还有 {more:,} 条{level}未在此列出。完整清单见本次运行的摘要（Summary）或步骤日志；本地运行 {command} 也能看到。"
)


def github(report: CheckReport) -> str:
    """At most ten annotations a level, the worst first, the last of them saying how many more follow in the log."""
    lines, rest = [], []
    for severity in Severity:
        findings = [finding for finding in report.diagnostics if finding.severity is severity]
        room = PER_LEVEL if len(findings) <= PER_LEVEL else PER_LEVEL - 1
        lines += [_annotation(report, finding) for finding in islice(_annotated(findings), room)]
        if more := max(len(findings) - room, 0):
            message = report.tell(say(_MORE, more=more, level=LEVELS[severity], command=report.again))
            lines.append(f"::{severity.value} title=mzplan::{_data(message)}")
            rest += findings[room:]
    listed = replace(report, diagnostics=rest, cap=0, verbose=False, quiet=True, statistics=False, look=NARROW)
    return "".join(f"{line}\n" for line in lines) + inert(concise(listed) + tally(report)) + "\n"


def _annotated(findings: Sequence[Diagnostic]) -> Iterator[Diagnostic]:
    """Each finding where it stands, then those that stand for many rows on their other rows."""
    yield from findings
    for finding in findings:
        for each in finding.singly() if finding.parts else ():
            if each.location.line != finding.location.line:
                yield each


def _annotation(report: CheckReport, finding: Diagnostic) -> str:
    place = finding.location
    properties = [f"file={_property(show(report.repository_path(place.path), PATH_WIDTH))}"] if place.path else []
    if place.line:
        properties.append(f"line={place.line},endLine={place.line}")
        if place.column:
            properties.append(f"col={place.column}")
    properties.append(f"title={_property(f'{finding.rule.code} {finding.rule.title}')}")
    message = sentence(report, finding, places=True)[:MESSAGE_LIMIT]
    return f"::{finding.severity.value} {','.join(properties)}::{_data(message)}"


def _data(text: str) -> str:
    return inert(text).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
