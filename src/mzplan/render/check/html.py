"""Findings as a page for people who have no terminal: a table for each file, with what to do."""

from mzplan.diagnostics import LEVELS, Diagnostic, Severity, show
from mzplan.render import html as page
from mzplan.render.check.report import (
    SEE_ALSO,
    CheckReport,
    bare_fact,
    cleared_by_notes,
    full_stop,
    other_places,
    said,
    shown_path,
    tally,
    verdict,
    whereabouts,
)
from mzplan.render.columns import column
from mzplan.render.document import Block, Cell, Document, Table, listing
from mzplan.render.layout import NARROW
from mzplan.render.told import told
from mzplan.said import say

_COLUMNS = tuple(map(column, ("level", "place", "fact", "hint", "rule")))


def html(report: CheckReport) -> str:
    """The counts, then every finding under its file."""
    blocks: list[Block] = [listing("warnings" if report.errors else "facts", [tally(report)])]
    if cleared := cleared_by_notes(report):
        blocks.append(listing("notes", [line.strip() for line in cleared]))
    for path, findings in report.by_file.items():
        rows = [_row(report, finding) for finding in findings]
        blocks.append(Table("findings", shown_path(path), _COLUMNS, rows))
    document = Document(say("校验结果：{verdict}", verdict=verdict(report)), tuple(blocks))
    return page.html(told(document, report.tell), NARROW)


def _row(report: CheckReport, finding: Diagnostic) -> list[Cell]:
    fact = bare_fact(report, finding)
    if finding.related:
        fact = say(SEE_ALSO, fact=full_stop(fact), places=other_places(finding))
    hint = said(finding.hint) or ("" if finding.fix is None else say("--fix 会改为“{fix}”", fix=show(finding.fix)))
    is_error = finding.severity is Severity.ERROR
    return [
        Cell(LEVELS[finding.severity], "red" if is_error else "yellow"),
        Cell(whereabouts(report, finding)),
        Cell(fact),
        Cell(hint),
        Cell(f"{finding.rule.code} {finding.rule.title}"),
    ]
