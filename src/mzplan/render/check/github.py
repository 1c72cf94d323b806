"""Findings as annotations of GitHub Actions, by the runner's own grammar of workflow commands."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice

from mzplan.diagnostics import LEVELS, Diagnostic, Location, Severity, show
from mzplan.render.check.report import PATH_WIDTH, CheckReport, cleared_line, sentence, tally, worst_cleared
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


_CLEARED = "凭说明放行：{code} {title}"
_MORE_CLEARED = "还有 {more:,} 处凭说明放行的变化，见步骤日志。"


def github(report: CheckReport) -> str:
    """At most ten annotations a level, the worst first, the last of them saying how many more follow in the log.

    A notice is what a note clears.
    """
    lines, rest = [], []
    for severity in Severity:
        findings = [finding for finding in report.diagnostics if finding.severity is severity]
        room = PER_LEVEL if len(findings) <= PER_LEVEL else PER_LEVEL - 1
        lines += [_annotation(report, finding) for finding in islice(_annotated(findings), room)]
        if more := max(len(findings) - room, 0):
            message = report.tell(say(_MORE, more=more, level=LEVELS[severity], command=report.again))
            lines.append(f"::{severity.value} title=mzplan::{_data(message)}")
            rest += findings[room:]
    lines += _notices(report)
    listed = replace(report, diagnostics=rest, cap=0, verbose=False, quiet=True, statistics=False, look=NARROW)
    return "".join(f"{line}\n" for line in lines) + inert(concise(listed) + tally(report)) + "\n"


def _notices(report: CheckReport) -> Iterator[str]:
    """What notes clear is no finding, and is told on its row; what there is no room for follows in the log."""
    cleared = worst_cleared(report)
    room = PER_LEVEL if len(cleared) <= PER_LEVEL else PER_LEVEL - 1
    for each in cleared[:room]:
        title = report.tell(say(_CLEARED, code=each.rule.code, title=each.rule.title))
        yield f"::notice {_properties(report, each.location, title)}::{_data(_cleared(report, each))}"
    if more := cleared[room:]:
        yield f"::notice title=mzplan::{_data(report.tell(say(_MORE_CLEARED, more=len(more))))}"
    yield from (inert(_cleared(report, each)) for each in more)


def _cleared(report: CheckReport, each: Diagnostic) -> str:
    return report.tell(cleared_line(report, each))


def _annotated(findings: Sequence[Diagnostic]) -> Iterator[Diagnostic]:
    """Each finding where it stands, then those that stand for many rows on their other rows."""
    yield from findings
    for finding in findings:
        for each in finding.singly() if finding.parts else ():
            if each.location.line != finding.location.line:
                yield each


def _annotation(report: CheckReport, finding: Diagnostic) -> str:
    properties = _properties(report, finding.location, f"{finding.rule.code} {finding.rule.title}")
    message = sentence(report, finding, places=True)[:MESSAGE_LIMIT]
    return f"::{finding.severity.value} {properties}::{_data(message)}"


def _properties(report: CheckReport, place: Location, title: str) -> str:
    properties = [f"file={_property(show(report.repository_path(place.path), PATH_WIDTH))}"] if place.path else []
    if place.line:
        properties.append(f"line={place.line},endLine={place.line}")
        if place.column:
            properties.append(f"col={place.column}")
    return ",".join([*properties, f"title={_property(title)}"])


def _data(text: str) -> str:
    return inert(text).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
