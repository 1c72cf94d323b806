"""Findings for people at a terminal: `text` with remedies, `concise` with one line a finding."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from mzplan.diagnostics import LEVELS, Diagnostic, Severity, show
from mzplan.plan.unit_lists import FEW
from mzplan.render.check.report import (
    ROWS_NAMED,
    CheckReport,
    cleared_by_notes,
    each_row,
    fact,
    other_places,
    row_named,
    said,
    shown_path,
    shown_place,
    statistics,
    tally,
)
from mzplan.render.colour import painted
from mzplan.render.guard import inert
from mzplan.rules.pages import address
from mzplan.said import SCREEN, listed, say

_COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow"}

_HEAD = "{place}: {code} {level}"
_ROWS = "  各处：{places}"
_MANY_ROWS = "  各处：{places} 等 {count} 处"
_EACH_ROW, _MORE_ROWS = "  各处：", "    等 {count} 处"
_FURTHER = 4
"""The column at which a line goes on that is too long."""
_COUNTS = "{count:>7,}  {key}  {name}（{levels}）"
_MORE = "{path}：…还有 {more:,} 条（--max-findings 0 全部列出）"
_MORE_UNITS = "{code} {title}：另有 {count:,} 家单位的 {findings:,} 条没有列出{regions}，--max-findings 0 全部列出"
_EXPLAINED = "说明见 {address} 或 mzplan rule {code}"


def text(report: CheckReport) -> str:
    """Place, rule, fact, remedy and the other places of each finding, the counts, and where the worst is explained."""
    output = _render(report, _paragraph, _beyond_a_screen(report))
    if report.quiet or not report.diagnostics:
        return output
    code = report.worst_first[0].rule.code
    explained = say(_EXPLAINED, address=shown_path(address(code, report.rules_page)), code=code)
    return output + _written(report, [report.tell(explained)])


def concise(report: CheckReport) -> str:
    """`path:line:column: CODE level: fact`, one line a finding however long, then the counts."""
    report = replace(report, look=report.look._replace(width=None))
    return _render(report, _headline)


def _beyond_a_screen(report: CheckReport) -> Mapping[str, Sequence[Diagnostic]]:
    """By rule all findings but the first few, of one that speaks of more than a screen holds; none where all is asked.

    That is units, or reports that are not there: those of a silent region have one cause. A file that says only how it
    is read has no unit, and is always told.
    """
    found: dict[str, list[Diagnostic]] = {}
    for finding in report.diagnostics if report.cap else ():
        if finding.unit:
            found.setdefault(finding.rule.code, []).append(finding)
    looked_at = frozenset(report.files)
    return {
        code: _left_out(findings)
        for code, findings in found.items()
        if len({one.unit for one in findings}) > SCREEN
        or sum(one.location.path not in looked_at for one in findings) > SCREEN
    }


def _left_out(findings: Sequence[Diagnostic]) -> Sequence[Diagnostic]:
    """All but the last of each of the first few units, those of which most is found: they are no few months of one."""
    last = {one.unit: at for at, one in enumerate(findings)}
    kept = {last[unit] for unit, _ in Counter(one.unit for one in findings).most_common(FEW)}
    kept |= {*[at for at in range(len(findings)) if at not in kept][: FEW - len(kept)]}
    return [one for at, one in enumerate(findings) if at not in kept]


def _counted(report: CheckReport, code: str, findings: Sequence[Diagnostic]) -> str:
    units = list(dict.fromkeys(finding.unit for finding in findings))
    regions = report.regions_of(units)
    return report.tell(
        say(
            _MORE_UNITS,
            code=code,
            title=findings[0].rule.title,
            count=len(units),
            findings=len(findings),
            regions=say("（{regions}）", regions=regions) if regions else "",
        )
    )


def _render(
    report: CheckReport,
    lines_of: Callable[[CheckReport, Diagnostic], Iterable[str]],
    left_out: Mapping[str, Sequence[Diagnostic]] = {},
) -> str:
    """The findings but those left out, which are counted by rule."""
    lines: list[str] = []
    hidden = {id(finding) for findings in left_out.values() for finding in findings}
    if report.verbose:
        lines += [say("√ {path}", path=shown_path(path)) for path in report.files if path not in report.by_file]
    for path, findings in report.by_file.items():
        findings = sorted((one for one in findings if id(one) not in hidden), key=lambda one: -_weight(one))
        told = findings[: report.cap] if report.cap else findings
        for finding in told:
            lines += lines_of(report, finding)
        if len(told) < len(findings):
            lines.append(report.tell(say(_MORE, path=shown_path(path), more=len(findings) - len(told))))
    lines += [_counted(report, code, findings) for code, findings in left_out.items()]
    if report.statistics:
        lines += _statistics(report)
    if not report.quiet:
        lines += [*cleared_by_notes(report), tally(report)]
    return _written(report, lines)


def _written(report: CheckReport, lines: Iterable[str]) -> str:
    return "".join(f"{part}\n" for line in lines for part in report.look.hung(line, _FURTHER))


def _weight(finding: Diagnostic) -> int:
    """What explains many rows comes first, then what is in the way of the whole file, then one row after the other."""
    return len(finding.parts) if len(finding.parts) > 1 and finding.row else 0


def _headline(report: CheckReport, finding: Diagnostic) -> list[str]:
    level = report.tell(LEVELS[finding.severity])
    place = inert(shown_place(finding.location))
    code = finding.rule.code
    headline = say("{place}: {code} {level}：{fact}", place=place, code=code, level=level, fact=fact(report, finding))
    first, *others = report.look.hung(report.tell(headline), _FURTHER)
    plain = say(_HEAD, place=place, code=code, level=level)
    if report.look.colour and first.startswith(plain):
        bright = painted(level, _COLOURS[finding.severity])
        coloured = say(_HEAD, place=painted(place, "bold"), code=painted(code, "cyan"), level=bright)
        first = coloured + first[len(plain) :]
    return [first, *others]


def _paragraph(report: CheckReport, finding: Diagnostic) -> list[str]:
    lines: list[str] = []
    if finding.hint:
        lines.append(say("  改法：{hint}", hint=said(finding.hint)))
    elif finding.fix is not None:
        lines.append(say("  改法：--fix 会改为“{fix}”", fix=show(finding.fix)))
    if rows := each_row(report, finding):
        lines += [_EACH_ROW, *(say("    {row}", row=row) for row in rows[:ROWS_NAMED])]
        lines += [say(_MORE_ROWS, count=len(rows))] if len(rows) > ROWS_NAMED else []
    elif len(finding.parts) > 1 and finding.row:
        names = [row_named(part, finding) for part in finding.parts if part.row]
        places = listed(names[:ROWS_NAMED])
        lines.append(say(_MANY_ROWS if len(names) > ROWS_NAMED else _ROWS, places=places, count=len(names)))
    if finding.related:
        lines.append(say("  另见：{places}", places=other_places(finding)))
    return [*_headline(report, finding), *map(report.tell, lines)]


def _statistics(report: CheckReport) -> Iterator[str]:
    for title, rows in statistics(report):
        if rows:
            yield report.tell(say("{title}：", title=title))
            for key, name, errors, warnings in rows:
                counts = zip(LEVELS.values(), (errors, warnings), strict=True)
                levels = listed((say("{level} {count:,}", level=level, count=n) for level, n in counts if n), "，")
                line = say(_COUNTS, count=errors + warnings, key=show(key) or "-", name=show(name), levels=levels)
                yield report.tell(line)
