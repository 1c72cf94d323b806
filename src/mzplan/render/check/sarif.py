"""Findings as SARIF 2.1.0, within what GitHub's code scanning takes."""

import os
from collections.abc import Sequence
from pathlib import PurePath
from urllib.parse import quote

from mzplan import __version__
from mzplan.check.baseline import fingerprints
from mzplan.diagnostics import Diagnostic, Location, Rule
from mzplan.render.check.report import (
    SEE_ALSO,
    CheckReport,
    cleared_line,
    each_row,
    full_stop,
    left_out,
    sentence,
    shown_place,
    singles_of,
    worst_cleared,
)
from mzplan.render.guard import json_text
from mzplan.rules.pages import address
from mzplan.said import listed, say

RESULT_LIMIT = 25_000
"""Results of a run that GitHub takes; more make it refuse the file."""

RELATED_LIMIT = 100

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_ROOT = "SRCROOT"
_LINKED = 10
_SEE_MORE = "{fact}另见：{places}等"
_OTHER, _ROW = "与此有关的一处", "同样的一行"
_CLEARED = "凭说明放行：{line}"
_MORE = "还有 {more:,} 条未列入：一次上传最多 {limit:,} 条。完整清单用 --format json。"


def sarif(report: CheckReport) -> str:
    """One run: the rules that were broken, and the findings, the worst first when there are more than fit."""
    kept = report.diagnostics
    if len(kept) > RESULT_LIMIT:
        kept = report.worst_first[:RESULT_LIMIT]
    rules = sorted({finding.rule.code: finding.rule for finding in kept}.items())
    positions = {code: position for position, (code, _) in enumerate(rules)}
    prints = fingerprints(kept, report.repository_path)
    notes: list[tuple[str, str]] = []
    if report.is_refused:
        notes = [("error", sentence(report, finding)) for finding in report.diagnostics[:RELATED_LIMIT]]
    elif more := len(report.diagnostics) - len(kept):
        notes = [("warning", report.tell(say(_MORE, more=more, limit=RESULT_LIMIT)))]
    if untold := left_out(report):
        notes.append(("note", untold))
    invocation: dict[str, object] = {"executionSuccessful": not report.is_refused}
    said = [{"level": level, "message": {"text": text}} for level, text in notes] + _cleared(report)
    if said:
        invocation["toolExecutionNotifications"] = said
    run = {
        "tool": {
            "driver": {
                "name": "mzplan",
                "version": __version__,
                "semanticVersion": __version__,
                "rules": [_rule(report, rule) for _, rule in rules],
            }
        },
        "invocations": [invocation],
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {_ROOT: {"description": {"text": report.tell("仓库的根目录。")}}},
        "results": [
            _result(report, finding, positions[finding.rule.code], fingerprint)
            for finding, fingerprint in zip(kept, prints, strict=True)
        ],
    }
    return json_text({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2) + "\n"


def _cleared(report: CheckReport) -> list[dict[str, object]]:
    """What notes clear: no findings, so that none becomes an alert; the worst first, as many as links."""
    return [
        {
            "level": "note",
            "message": {"text": _without_links(report.tell(say(_CLEARED, line=cleared_line(report, each))))},
            "locations": [_location(report, each.location)],
        }
        for each in worst_cleared(report)[:RELATED_LIMIT]
    ]


def _rule(report: CheckReport, rule: Rule) -> dict[str, object]:
    help_text = "\n\n".join(part for part in (rule.what, rule.why, rule.mend) if part) or rule.title
    return {
        "id": rule.code,
        "name": "".join(word.capitalize() for word in rule.name.split("-")),
        "shortDescription": {"text": report.tell(full_stop(rule.title))},
        "fullDescription": {"text": report.tell(full_stop(rule.what or rule.title))},
        "help": {"text": help_text},
        "helpUri": address(rule.code, report.rules_page),
        "defaultConfiguration": {"level": rule.severity.value},
    }


def _result(report: CheckReport, finding: Diagnostic, rule: int, fingerprint: str) -> dict[str, object]:
    text, related = _without_links(sentence(report, finding)), _related(report, finding)
    result: dict[str, object] = {
        "ruleId": finding.rule.code,
        "ruleIndex": rule,
        "level": finding.severity.value,
        "message": {"text": _linked(report, text, related) if related else text},
        "locations": [_location(report, finding.location)],
        "partialFingerprints": {"mzplan/v1": fingerprint, **_line_hash(report, finding, fingerprint)},
    }
    if related:
        result["relatedLocations"] = [
            {"id": number, "message": {"text": report.tell(said)}, **_location(report, place)}
            for number, (said, place) in enumerate(related)
        ]
    return result


def _line_hash(report: CheckReport, finding: Diagnostic, fingerprint: str) -> dict[str, str]:
    """The one that GitHub reads: its own name of the line, or ours where there is no file to name lines of."""
    name = report.line_hash(finding.location.path, finding.location.line or 1)
    if name is None:
        return {}  # too large: the upload action puts it in
    return {"primaryLocationLineHash": name or f"{fingerprint[:16]}:1"}


def _related(report: CheckReport, finding: Diagnostic) -> list[tuple[str, Location]]:
    """The other places that take part, then the other rows that the finding stands for."""
    others = [(_OTHER, place) for place in finding.related]
    path, first = finding.location.path, finding.location.line
    told = {each.location.line: row for each, row in zip(singles_of(finding), each_row(report, finding), strict=False)}
    others += [(told.get(line, _ROW), Location(path, line)) for line in finding.lines if line != first]
    return others[:RELATED_LIMIT]


def _linked(report: CheckReport, text: str, related: Sequence[tuple[str, Location]]) -> str:
    """The message with the first of them as links in it: code scanning shows no others."""
    words = [
        f"[{_escaped(shown_place(place._replace(path=report.repository_path(place.path))))}]({number})"
        for number, (_, place) in enumerate(related[:_LINKED])
    ]
    see = _SEE_MORE if len(related) > _LINKED else SEE_ALSO
    return report.tell(say(see, fact=full_stop(text), places=listed(words)))


def _without_links(text: str) -> str:
    """The text in which nothing reads as a link: a cell may hold one."""
    return _escaped(text) if "](" in text else text


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("[", "\\[").replace("]", "\\]")


def _location(report: CheckReport, place: Location) -> dict[str, object]:
    """A place; that of a whole file is its first line, since code scanning wants a line."""
    region = {"startLine": place.line or 1}
    if place.line and place.column:
        region["startColumn"] = place.column
    artifact = _artifact(report.repository_path(place.path))
    return {"physicalLocation": {"artifactLocation": artifact, "region": region}}


def _artifact(path: str) -> dict[str, object]:
    if PurePath(path).is_absolute():
        drive, rest = os.path.splitdrive(path)
        start = "" if drive.startswith("//") else "///" if drive else "//"  # \\server\share, a drive, neither
        return {"uri": f"file:{start}{quote(_bytes(drive), safe='/:')}{quote(_bytes(rest))}"}
    return {"uri": quote(_bytes(path)), "uriBaseId": _ROOT}


def _bytes(path: str) -> bytes:
    """The name as the file system has it; one that this machine's could not hold, as UTF-8 would write it."""
    try:
        return os.fsencode(path)
    except UnicodeEncodeError:
        return path.encode("utf-8", "surrogatepass")
