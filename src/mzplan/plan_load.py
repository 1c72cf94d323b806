"""Loads a plan: from the cache when these very bytes were found sound before, else from YAML with every check."""

import os
import stat
from collections.abc import Mapping
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from mzplan import plan_cache
from mzplan.diagnostics import Diagnostic, InputError, Location, Severity, show
from mzplan.plan import Part, Plan

LARGEST = 1 << 20
"""Bytes of a plan or breakdown file."""

_SHOWN = 200
_INVALID = "计划有 {count} 处错误，改正后再运行："
_MORE = "…还有 {count} 处，用 mzplan plan check 查看全部"
_LINE = "{location}: {code} {severity}: {message}；{hint}"
_UNREADABLE: Mapping[str, tuple[str, str]] = {
    "absent": ("文件不存在", "检查路径，或用 --plan 指定"),
    "irregular": ("不是普通文件", "给出 YAML 文件本身的路径"),
    "large": ("文件超过 {limit} 字节", "确认给的是计划文件"),
    "refused": ("打不开（{reason}）", "检查文件权限"),
}


class _Unreadable(NamedTuple):
    message: str
    reason: str = ""


def breakdown_path(plan: Path) -> Path:
    """Where the breakdown of a plan file stands: `2023.breakdown.csv` beside `2023.yaml`."""
    return plan.with_name(f"{plan.stem}.breakdown.csv")


def load_plan(path: Path) -> Plan:
    """The plan in a file, with its breakdown; InputError carries every error when anything is wrong with either."""
    data, breakdown = _bytes(path), _bytes(breakdown_path(path))
    if isinstance(data, bytes) and not _is_wrong(breakdown):
        parts = breakdown if isinstance(breakdown, bytes) else None
        digest = _digest(data, parts)
        cached = plan_cache.load(digest, str(path))
        if cached is not None:
            return cached
    plan, findings = _validate(path, data, breakdown)
    if plan is None:
        raise InputError(_complaint([finding for finding in findings if finding.severity is Severity.ERROR]))
    plan_cache.store(plan)
    return plan


def check_plan(path: Path) -> list[Diagnostic]:
    """Every finding about a plan file and its breakdown, warnings too, in the order of a report."""
    return _validate(path, _bytes(path), _bytes(breakdown_path(path)))[1]


def finding_line(finding: Diagnostic) -> str:
    """One finding as one line: `path:line:column: CODE severity: fact; remedy`."""
    place = finding.location._replace(path=show(finding.location.path, 400))
    code, severity = finding.rule.code, finding.severity.value
    return _LINE.format(location=place, code=code, severity=severity, message=finding.message, hint=finding.hint)


def _complaint(findings: list[Diagnostic]) -> str:
    lines = [_INVALID.format(count=len(findings)), *(finding_line(finding) for finding in findings[:_SHOWN])]
    if len(findings) > _SHOWN:
        lines.append(_MORE.format(count=len(findings) - _SHOWN))
    return "\n".join(lines)


def _digest(data: bytes, breakdown: bytes | None) -> str:
    """SHA-256 of both files; no byte of one can be taken for one of the other, as a plan has no NUL."""
    digest = sha256(data)
    if breakdown is not None:
        digest.update(b"\0" + breakdown)
    return digest.hexdigest()


def _bytes(path: Path) -> bytes | _Unreadable:
    """What a regular file holds, or why it cannot be had; never waits for a pipe, never reads without bound."""
    try:
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    except (FileNotFoundError, NotADirectoryError):
        return _Unreadable("absent")
    except (OSError, ValueError) as error:
        return _refused(path, error)
    with os.fdopen(descriptor, "rb") as file:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            return _Unreadable("irregular")
        try:
            data = file.read(LARGEST + 1)
        except OSError as error:
            return _refused(path, error)
    return data if len(data) <= LARGEST else _Unreadable("large")


def _refused(path: Path, error: Exception) -> _Unreadable:
    """A folder cannot be opened at all on some systems: that it is one says more than the system's words."""
    if path.is_dir():
        return _Unreadable("irregular")
    return _Unreadable("refused", getattr(error, "strerror", None) or str(error))


def _is_wrong(breakdown: bytes | _Unreadable) -> bool:
    """A plan need not have a breakdown; one that is there must be readable."""
    return isinstance(breakdown, _Unreadable) and breakdown.message != "absent"


def _validate(
    path: Path, data: bytes | _Unreadable, breakdown: bytes | _Unreadable
) -> tuple[Plan | None, list[Diagnostic]]:
    """The plan, and every finding in order; no plan when there is an error."""
    from mzplan.plan_build import PlanBuilder
    from mzplan.plan_draft import Findings, Node
    from mzplan.plan_form import check_form
    from mzplan.plan_parts import read_parts
    from mzplan.plan_rules import PARTS_UNREADABLE, TOO_LARGE, UNREADABLE
    from mzplan.yaml_border import read_yaml

    found = Findings(_UNREADABLE)
    if isinstance(data, _Unreadable):
        rule = TOO_LARGE if data.message == "large" else UNREADABLE
        found.report(rule, Location(str(path)), data.message, reason=data.reason, limit=LARGEST)
        return None, found.found
    if isinstance(breakdown, _Unreadable) and breakdown.message != "absent":
        rule = TOO_LARGE if breakdown.message == "large" else PARTS_UNREADABLE
        found.report(
            rule, Location(str(breakdown_path(path))), breakdown.message, reason=breakdown.reason, limit=LARGEST
        )
    document = read_yaml(data, str(path))
    findings = [*document.findings, *found.found]
    plan = None
    parts: dict[tuple[str, str], Part] = {}
    if document.is_complete:
        findings += check_form(document).found
        builder = PlanBuilder(Node(document, (), document.value))
        plan = builder.build()
        findings += builder.found.found
        if isinstance(breakdown, bytes):
            parts, in_parts = read_parts(breakdown, str(breakdown_path(path)), builder.indicators, builder.units)
            findings += in_parts.found
    findings.sort(key=lambda finding: finding.order)
    if plan is None or any(finding.severity is Severity.ERROR for finding in findings):
        return None, findings
    digest = _digest(data, breakdown if isinstance(breakdown, bytes) else None)
    return replace(plan, parts=parts, path=str(path), digest=digest), findings
