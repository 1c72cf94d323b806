"""Loads a plan: from the cache when these very bytes were found sound before, else from YAML with every check."""

import os
from collections.abc import Mapping
from dataclasses import replace

from mzplan.diagnostics import Diagnostic, InputError, Location, Severity, show
from mzplan.plan import cache as plan_cache
from mzplan.plan.model import Part, Plan
from mzplan.reading.files import FileError, Obstacle, StrPath, file_error, open_regular

LARGEST = 1 << 20
"""Bytes of a plan file."""
LARGEST_BREAKDOWN = 16 << 20
"""Bytes of a breakdown file: 3,000 units with a part in a hundred indicators each."""

_SHOWN = 200
_INVALID = "计划有 {count} 处错误，改正后再运行："
_MORE = "…还有 {count} 处，用 mzplan plan check 查看全部"
_LINE = "{location}: {code} {severity}: {message}；{hint}"
_FILE: Mapping[str, tuple[str, str]] = {
    Obstacle.VANISHED: ("文件不存在", "检查路径，或用 --plan 指定"),
    Obstacle.FORBIDDEN: ("没有读取权限", "检查文件权限"),
    Obstacle.LOOP: ("符号链接绕成了圈", "给出 YAML 文件本身的路径"),
    Obstacle.FOLDER: ("是文件夹，不是文件", "给出文件本身的路径"),
    Obstacle.SPECIAL: ("不是普通文件", "给出文件本身的路径"),
    Obstacle.TOO_LARGE: ("文件超过 {limit} 字节", "确认给的是计划文件"),
    Obstacle.FAILED: ("打不开（{detail}）", "检查磁盘和网络"),
}


def breakdown_path(plan: StrPath) -> str:
    """Where the breakdown of a plan file stands: `2023.breakdown.csv` beside `2023.yaml`."""
    return f"{os.path.splitext(plan)[0]}.breakdown.csv"


def load_plan(path: StrPath) -> Plan:
    """The plan in a file, with its breakdown; InputError carries every error when anything is wrong with either."""
    data, breakdown = _contents(path)
    if isinstance(data, bytes) and not isinstance(breakdown, FileError):
        cached = plan_cache.load(_source(data, breakdown), str(path))
        if cached is not None:
            return cached
    plan, findings = _validate(path, data, breakdown)
    if plan is None:
        raise InputError(_complaint([finding for finding in findings if finding.severity is Severity.ERROR]))
    if isinstance(data, bytes) and not isinstance(breakdown, FileError):
        plan_cache.store(plan, _source(data, breakdown))
    return plan


def check_plan(path: StrPath) -> list[Diagnostic]:
    """Every finding about a plan file and its breakdown, warnings too, in the order of a report."""
    return read_plan(path)[1]


def read_plan(path: StrPath) -> tuple[Plan | None, list[Diagnostic]]:
    """The plan in a file and every finding about it, warnings too; no plan when there is an error."""
    return _validate(path, *_contents(path))


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


def _source(data: bytes, breakdown: bytes | None) -> bytes:
    """Both files as one; no byte of one can be taken for one of the other, as a plan has no NUL."""
    return data if breakdown is None else data + b"\0" + breakdown


def _contents(path: StrPath) -> tuple[bytes | FileError, bytes | FileError | None]:
    """What the plan file and its breakdown hold, or why they cannot be read; a plan need not have a breakdown."""
    data = _bytes(path, LARGEST)
    if isinstance(data, FileError):
        return data, None
    breakdown = _bytes(breakdown_path(path), LARGEST_BREAKDOWN)
    absent = isinstance(breakdown, FileError) and breakdown.obstacle is Obstacle.VANISHED
    return data, None if absent else breakdown


def _bytes(path: StrPath, largest: int) -> bytes | FileError:
    """What a regular file holds, or why it cannot be had."""
    data = b""
    try:
        with open_regular(path, largest) as file:
            while len(data) <= largest and (piece := file.read(largest + 1 - len(data))):
                data += piece
    except FileError as error:
        return error
    except OSError as error:
        return file_error(error)
    return data if len(data) <= largest else FileError(Obstacle.TOO_LARGE)


def _validate(
    path: StrPath, data: bytes | FileError, breakdown: bytes | FileError | None
) -> tuple[Plan | None, list[Diagnostic]]:
    # No other package takes part in reading a plan; searching for such packages is a quarter of pydantic's import.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    from hashlib import sha256

    from mzplan.plan.breakdown_csv import read_parts
    from mzplan.plan.build import PlanBuilder
    from mzplan.plan.findings import Findings, Node
    from mzplan.plan.form_messages import check_form
    from mzplan.plan.rules import PARTS_UNREADABLE, TOO_LARGE, UNREADABLE
    from mzplan.plan.yaml_border import read_yaml

    found = Findings(_FILE)
    if isinstance(data, FileError):
        large = data.obstacle is Obstacle.TOO_LARGE
        place = Location(str(path))
        found.report(TOO_LARGE if large else UNREADABLE, place, data.obstacle, detail=data.detail, limit=LARGEST)
        return None, found.found
    if isinstance(breakdown, FileError):
        large = breakdown.obstacle is Obstacle.TOO_LARGE
        place = Location(breakdown_path(path))
        rule = TOO_LARGE if large else PARTS_UNREADABLE
        found.report(rule, place, breakdown.obstacle, detail=breakdown.detail, limit=LARGEST_BREAKDOWN)
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
            parts, in_parts = read_parts(breakdown, breakdown_path(path), builder.indicators, builder.units)
            findings += in_parts.found
    findings.sort(key=lambda finding: finding.order)
    if plan is None or isinstance(breakdown, FileError) or any(f.severity is Severity.ERROR for f in findings):
        return None, findings
    digest = sha256(_source(data, breakdown)).hexdigest()
    return replace(plan, parts=parts, path=str(path), digest=digest), findings
