"""What `mzplan check --fix` writes and `--diff` shows."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress

from mzplan.cli.language import teller
from mzplan.cli.terminal import warn
from mzplan.diagnostics import Diagnostic, InputError, show
from mzplan.reading.files import LINK_REASON, FileError, Obstacle, is_link, system_reason, write_whole
from mzplan.reading.flaws import RefusedError
from mzplan.reading.parquet import is_parquet
from mzplan.reading.workbook import is_workbook
from mzplan.render.check.diff import unified_diff
from mzplan.said import listed, say
from mzplan.submissions.repair import RESHAPED, SIZE_LIMIT, Repair, repair, reshaped
from mzplan.submissions.sources import Source

_NOTHING_TO_FIX = "没有可以自动改正的地方。"
_NOT_FIXED = "没有改动 {path}：{reason}。"
_WORKBOOK = "工作簿、Parquet 不由 --fix 改写；要一份标出了问题的副本，用 --annotate DIR"
_NO_HEADER = "没有找到表头，不知道读得对不对"


def repairs(sources: Sequence[Source], findings: Iterable[Diagnostic]) -> Iterator[tuple[Source, bytes, Repair]]:
    """Each file that a repair changes, with its bytes as they are."""
    fixes: dict[str, list[Diagnostic]] = {}
    misshapen: set[str] = set()
    concerned: set[str] = set()
    for finding in findings:
        concerned.add(finding.location.path)
        if finding.rule.code in RESHAPED:
            misshapen.add(finding.location.path)
        elif finding.fixes:
            fixes.setdefault(finding.location.path, []).append(finding)
    for source in sources:
        data = b""
        with suppress(FileError, RefusedError), source.open() as stream:
            data = stream.read(SIZE_LIMIT + 1)
        if is_workbook(data) or is_parquet(source.path):
            if source.path in concerned:
                warn(say(_NOT_FIXED, path=show(source.path, 4096), reason=_WORKBOOK))
            continue
        if len(data) > SIZE_LIMIT:
            too_large = FileError(Obstacle.TOO_LARGE, str(SIZE_LIMIT))
            warn(say(_NOT_FIXED, path=show(source.path, 4096), reason=too_large.reason))
            continue
        shape = reshaped(data) if source.path in misshapen else None
        found = repair(shape.data if shape else data, fixes.get(source.path, ()))
        if found is not None and shape is not None:
            found = found._replace(notes=shape.notes + found.notes)
        if found is None or found.data == data:
            continue
        if is_link(source.file) or not found.has_header:
            reason = LINK_REASON if is_link(source.file) else _NO_HEADER
            warn(say(_NOT_FIXED, path=show(source.path, 4096), reason=reason))
            continue
        yield source, data, found


def differences(sources: Sequence[Source], findings: Iterable[Diagnostic]) -> str:
    """What `write_repairs` would do, as unified diffs; empty, which is told, when that is nothing."""
    changes = "".join(unified_diff(source.path, found, teller()) for source, _, found in repairs(sources, findings))
    if not changes:
        warn(_NOTHING_TO_FIX)
    return changes


def write_repairs(sources: Sequence[Source], findings: Iterable[Diagnostic]) -> None:
    """Write every file that a repair changes, each whole or not at all; InputError when one cannot be written."""
    count = 0
    for source, data, found in list(repairs(sources, findings)):
        path = show(source.path, 4096)
        with source.open() as stream:
            is_same = stream.read(len(data) + 1) == data
        if not is_same:
            warn(say(_NOT_FIXED, path=path, reason="检查期间文件有变动"))
            continue
        try:
            write_whole(source.file or source.path, found.data)
        except OSError as problem:
            raise InputError(say(_NOT_FIXED, path=path, reason=show(system_reason(problem)))) from None
        warn(say("已改正 {path}：{what}。", path=path, what=listed(found.said, "；")))
        for line in found.gone:
            warn(say("  {line}", line=line))
        count += 1
    if not count:
        warn(_NOTHING_TO_FIX)
