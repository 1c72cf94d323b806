"""Findings that stand for many rows: how they are told, and told of some of their rows only."""

from collections.abc import Sequence

from mzplan.diagnostics import Diagnostic, Location, Part

_ROWS = "；本文件共 {count} 行"
_RUN = "；到第{line}行共 {count} 行都不符，像是整列错位"
_OF_THEM = "；其中新增 {count} 项：{names}"
_NAMED = 10


def with_parts(finding: Diagnostic, parts: Sequence[Part]) -> Diagnostic:
    """The finding with the rows of its file that it concerns, and how many they are when there are several."""
    more = _ROWS.format(count=len(parts)) if len(parts) > 1 else ""
    return finding._replace(message=finding.message + more, parts=tuple(parts))


def narrowed(finding: Diagnostic, parts: Sequence[Part]) -> Diagnostic:
    """A finding that stands for many rows, or for many missing indicators, told of these of them only."""
    if len(parts) == len(finding.parts):
        return finding
    lines = [part.line for part in finding.parts]
    said = finding.message
    for ending in (_ROWS.format(count=len(lines)), _RUN.format(line=lines[-1], count=len(lines))):
        said = said.removesuffix(ending)
    first = parts[0]
    if not first.line:
        said += _OF_THEM.format(count=len(parts), names="、".join(part.indicator for part in parts[:_NAMED]))
        return finding._replace(message=said, parts=tuple(parts))
    if len(parts) > 1:
        said += _ROWS.format(count=len(parts))
    place = finding.location if first.line == finding.location.line else Location(finding.location.path, first.line)
    return finding._replace(
        location=place,
        message=said,
        value=first.value or finding.value,
        unit=first.unit,
        indicator=first.indicator,
        period=first.period,
        parts=tuple(parts),
    )


def of_run(run: Sequence[Diagnostic]) -> Diagnostic:
    """One finding for the same defect on successive rows."""
    more = _RUN.format(line=run[-1].location.line, count=len(run))
    parts = tuple(Part(f.location.line, f.unit, f.indicator, f.period, f.value or "") for f in run)
    return run[0]._replace(message=run[0].message + more, parts=parts)
