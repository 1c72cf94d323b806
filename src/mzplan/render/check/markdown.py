"""Findings as Markdown: a pull-request comment, or GitHub's step summary.

Written row by row until the limit is reached, and so without a `Document`, whose tables are aligned over all rows.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace

from mzplan.diagnostics import LEVELS, Diagnostic, show
from mzplan.render.check.report import (
    CheckReport,
    cleared_by_notes,
    said,
    sentence,
    shown_path,
    statistics,
    tally,
    verdict,
)
from mzplan.render.guard import comment_text as escape
from mzplan.said import say

_MARKER = "<!-- {command} -->"
"""The first line, by which a job finds the comment that it wrote before."""

COMMENT_LIMIT = 64_500
"""Characters of a comment; GitHub takes 65,536."""

SUMMARY_LIMIT = 900_000
"""Bytes of a step summary; the runner drops one over 1 MiB, with an error annotation (FileCommandManager)."""

_TABLE = "| 行 | 级别 | 规则 | 问题 | 改法 |\n| --- | --- | --- | --- | --- |"
_MORE = "……还有 {more:,} 条，因篇幅所限未列出；本地运行 {command} 可看到全部。"


def markdown(report: CheckReport) -> str:
    """Counts and a table for each file, in less than 65,000 characters."""
    return render_markdown(report, COMMENT_LIMIT, len)


def step_summary(report: CheckReport) -> str:
    """The same for GITHUB_STEP_SUMMARY, in less than 900 KB."""
    return render_markdown(report, SUMMARY_LIMIT, lambda text: len(text.encode(errors="backslashreplace")))


def render_markdown(report: CheckReport, limit: int, size: Callable[[str], int]) -> str:
    """As many findings as fit, cut at the end of a row, saying how many more there are."""
    tail = [*_cleared(report), "", escape(tally(report)), *_statistics(report)]
    reserve = size("\n".join(tail)) + 300 + size(escape(report.again))
    marker = _MARKER.format(command=report.command)
    lines = [marker, report.tell(say("### {command}：{verdict}", command=report.command, verdict=verdict(report)))]
    left = limit - reserve - sum(size(line) + 1 for line in lines)
    listed = 0
    for piece, findings in _pieces(report):
        left -= size(piece) + 1
        if left < 0:
            break
        lines.append(piece)
        listed += findings
    if listed < len(report.diagnostics):
        more = len(report.diagnostics) - listed
        lines += ["", report.tell(say(_MORE, more=more, command=escape(report.again)))]
    return "\n".join([*lines, *tail]) + "\n"


def _pieces(report: CheckReport) -> Iterator[tuple[str, int]]:
    """The lines of the tables, each with the number of findings that it adds; a heading goes with its first row."""
    for path, findings in report.by_file.items():
        heading = f"\n**{escape(shown_path(report.repository_path(path)))}**\n\n{report.tell(_TABLE)}\n"
        for finding in findings:
            yield heading + _row(report, finding), 1
            heading = ""


def _row(report: CheckReport, finding: Diagnostic) -> str:
    place = finding.location
    cells = (
        f"{place.line}" if place.line else "",
        report.tell(LEVELS[finding.severity]),
        f"{finding.rule.code} {escape(finding.rule.title)}",
        escape(sentence(report, finding._replace(hint=""), places=True)),
        escape(said(finding.hint)),
    )
    return "| " + " | ".join(cells) + " |"


def _cleared(report: CheckReport) -> Iterator[str]:
    """A list: its heading in a paragraph, and the lines as points; no more of them than a comment bears."""
    for number, line in enumerate(cleared_by_notes(replace(report, verbose=False))):
        yield f"- {escape(line.strip())}" if number else f"\n{escape(line)}\n"


def _statistics(report: CheckReport) -> Iterator[str]:
    if not report.statistics:
        return
    for title, rows in statistics(report):
        if rows:
            yield report.tell(say("\n| {title} | 名称 | 错误 | 警告 |\n| --- | --- | ---: | ---: |", title=title))
            for key, name, errors, warnings in rows:
                yield f"| {escape(show(key)) or '-'} | {escape(show(name))} | {errors} | {warnings} |"
