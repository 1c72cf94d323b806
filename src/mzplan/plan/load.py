"""Loads a plan: from the cache when these very bytes were found sound before, else from YAML with every check."""

import os
from collections.abc import Mapping
from typing import TYPE_CHECKING

from mzplan.diagnostics import LEVELS, Diagnostic, InputError, Location, Rule, errors_of, show
from mzplan.plan import cache as plan_cache
from mzplan.plan.breakdown_rules import PARTS_UNREADABLE
from mzplan.plan.file_rules import NOT_A_PLAN, TOO_LARGE, UNREADABLE
from mzplan.plan.findings import Findings
from mzplan.plan.model import Plan
from mzplan.reading.bounds import open_own
from mzplan.reading.files import FileError, Obstacle, StrPath, file_error, obstacle_told
from mzplan.said import listed, say

if TYPE_CHECKING:
    from mzplan.plan.document_text import Wording

LARGEST = 8 << 20
"""Bytes of a plan file."""
LARGEST_BREAKDOWN = 64 << 20
"""Bytes of a breakdown file: 38,000 units with a part in forty indicators each."""

_SHOWN = 200
_INVALID = "计划有 {count} 处错误，改正后再运行："
_MORE = "…还有 {count} 处，用 mzplan plan check 查看全部"
_LINE = "{location}: {code} {severity}：{message}；{hint}"
_HINTS = {
    Obstacle.VANISHED: "检查路径",
    Obstacle.FORBIDDEN: "检查文件权限",
    Obstacle.IN_USE: "关掉它再试",
    Obstacle.TOO_LARGE: NOT_A_PLAN,
    Obstacle.FAILED: "检查磁盘和网络",
}
_MESSAGES: Mapping[str, tuple[str, str]] = {
    obstacle: ("{reason}", _HINTS.get(obstacle, "给出文件本身的路径")) for obstacle in Obstacle
}


def breakdown_path(plan: StrPath) -> str:
    """Where the breakdown of a plan file stands: `2023.breakdown.csv` beside `2023.yaml`."""
    return f"{os.path.splitext(plan)[0]}.breakdown.csv"


def load_plan(path: StrPath) -> Plan:
    """The plan in a file, with its breakdown; InputError carries every error when anything is wrong with either."""
    data, breakdown, unread = _contents(path)
    source = plan_cache.source_of(data, breakdown)
    if not unread and (kept := plan_cache.load(source, str(path))):
        return kept
    plan, findings = _validated(path, data, breakdown, unread)
    if plan is None:
        raise InputError(complaint(errors_of(findings)), findings)
    plan_cache.store(plan, source)
    return plan


def english_in(path: StrPath) -> Mapping[str, str]:
    """The words of a plan file, which may be wrong, to the English that it gives them."""
    from mzplan.plan.yaml_border import read_yaml  # needed only where a plan is wrong

    document = read_yaml(_contents(path)[0], str(path))
    words = document.value.get("words_en") if isinstance(document.value, dict) else None
    found: list[tuple[object, object]] = [*words.items()] if isinstance(words, dict) else []
    within: list[object] = [document.value]
    while within:
        value = within.pop()
        if isinstance(value, dict):
            found.append((value.get("name"), value.get("name_en")))
            within += value.values()
        elif isinstance(value, list):
            within += value
    sound = [pair for pair in found if all(isinstance(each, str) and each.strip() for each in pair)]
    return {str(name): str(text) for name, text in sound}


def outside(path: StrPath) -> InputError:
    """The error that a link leads from there out of the project."""
    found = Findings(_MESSAGES)
    _report(found, UNREADABLE, path, FileError(Obstacle.OUTSIDE))
    return InputError(complaint(found.found), found.found)


def read_plan(path: StrPath, wording: "Wording | None" = None) -> tuple[Plan | None, list[Diagnostic]]:
    """The plan in a file and every finding about it, warnings too, in order; no plan when the file itself is wrong.

    With the wording of the document it was made from, a sound plan is held against that as well.
    """
    return _validated(path, *_contents(path), wording)


def _validated(
    path: StrPath,
    data: bytes,
    breakdown: bytes | None,
    unread: list[Diagnostic],
    wording: "Wording | None" = None,
) -> tuple[Plan | None, list[Diagnostic]]:
    if any(finding.location.path == str(path) for finding in unread):
        return None, unread
    # Needed only for a plan that is not kept: it brings pydantic and PyYAML. No other package takes part in reading a
    # plan; searching for such packages is a quarter of pydantic's import.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    from mzplan.plan.validate import validate  # see above

    plan, findings = validate(str(path), data, breakdown_path(path), breakdown, is_alone=not unread, wording=wording)
    return (None if unread else plan), sorted([*findings, *unread], key=lambda finding: finding.order)


def finding_line(finding: Diagnostic) -> str:
    """One finding as one line: `path:line:column: CODE severity: fact; remedy`."""
    place = finding.location._replace(path=show(finding.location.path, 400))
    code, severity = finding.rule.code, LEVELS[finding.severity]
    return say(_LINE, location=place, code=code, severity=severity, message=finding.message, hint=finding.hint)


def complaint(findings: list[Diagnostic]) -> str:
    """Errors of plans in one text, a line each."""
    lines = [say(_INVALID, count=len(findings)), *(finding_line(finding) for finding in findings[:_SHOWN])]
    if len(findings) > _SHOWN:
        lines.append(say(_MORE, count=len(findings) - _SHOWN))
    return listed(lines, "\n")


def _contents(path: StrPath) -> tuple[bytes, bytes | None, list[Diagnostic]]:
    """What the plan file and its breakdown hold, and why they cannot be read; a plan need not have a breakdown."""
    found = Findings(_MESSAGES)
    data = _bytes(path, LARGEST, UNREADABLE, found)
    if data is None:
        return b"", None, found.found
    parts = breakdown_path(path)
    beside = os.path.dirname(parts) or os.curdir
    is_there = os.path.lexists(parts)
    breakdown = _bytes(parts, LARGEST_BREAKDOWN, PARTS_UNREADABLE, found, within=beside) if is_there else None
    return data, breakdown, found.found


def _bytes(path: StrPath, largest: int, rule: Rule, found: Findings, within: str = "") -> bytes | None:
    """What a regular file holds; None, and a finding, when it cannot be had or a link leads to it from elsewhere."""
    data = b""
    try:
        with open_own(path, largest, within) as file:
            while len(data) <= largest and (piece := file.read(largest + 1 - len(data))):
                data += piece
        if len(data) <= largest:
            return data
        error = FileError(Obstacle.TOO_LARGE, str(largest))
    except OSError as failure:
        error = file_error(failure)
    except FileError as refusal:
        error = refusal
    _report(found, TOO_LARGE if error.obstacle is Obstacle.TOO_LARGE else rule, path, error)
    return None


def _report(found: Findings, rule: Rule, path: StrPath, error: FileError) -> None:
    reason = obstacle_told(error.obstacle, error.detail)
    found.report(rule, Location(str(path)), error.obstacle, reason=reason)
