"""Findings that stand for many rows: how they are told, and told of some of their rows only."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from mzplan.diagnostics import Diagnostic, Location, Occurrence
from mzplan.rules.registry import OF_ROWS, Cause, of_rows
from mzplan.said import Listed, Said, listed, say

_RUN = "{message}；到第{line}行共 {count} 行都不符，像是整列错位"
_OF_THEM = "{message}；其中新增 {count} 项：{names}"
_LIKEWISE = "其余各行照此改。"
_NAMED = 10


def with_parts(finding: Diagnostic, parts: Sequence[Occurrence]) -> Diagnostic:
    """The finding with the rows of its file that it concerns, and how many they are when there are several."""
    return finding._replace(message=of_rows(finding.message, len(parts)), parts=tuple(parts))


def narrowed(finding: Diagnostic, parts: Sequence[Occurrence]) -> Diagnostic:
    """A finding that stands for many rows, or for many missing indicators, told of these of them only."""
    if len(parts) == len(finding.parts):
        return finding
    said, together = finding.message, ""
    if isinstance(said, Said) and {"message", "count"} <= said.fields.keys():
        together, said = said.template, said.fields["message"]
    first = next((part for part in parts if part.line), Occurrence())
    own = finding.location
    place = own if first.line == own.line else Location(own.path, first.line, first.column)
    number = first.cell_number or finding.cell_number if first.row else 0
    hint = _hint_of(parts) if finding.hint == _hint_of(finding.parts) else finding.hint
    related = tuple(dict.fromkeys(other for part in parts for other in finding.related_to(part)))
    finding = finding._replace(
        location=place, parts=tuple(parts), row=first.row, cell_number=number, hint=hint, related=related
    )
    if not all(part.line for part in parts):
        names = listed(part.indicator for part in parts[:_NAMED])
        return finding._replace(message=say(_OF_THEM, message=said, count=len(parts), names=names))
    message = of_rows(first.message or said, len(parts))
    if together not in ("", OF_ROWS, _RUN) and len(parts) > 1:
        message = say(together, message=first.message or said, count=len(parts))
    return finding._replace(
        message=message,
        value=first.value or finding.value,
        fix=first.fix or finding.fix,
        unit=first.unit,
        indicator=first.indicator,
        period=first.period,
        field=first.field or finding.field,
        meant=first.meant,
    )


class Hint(NamedTuple):
    """What is told to do about one row."""

    hint: str
    meant: str
    """What that writes into the row, as in a finding; empty where it names no figure."""


def of_run(run: Sequence[Diagnostic]) -> Diagnostic:
    """One finding for the same defect on successive rows."""
    message = say(_RUN, message=run[0].message, line=run[-1].location.line, count=len(run))
    return run[0]._replace(message=message, parts=tuple(map(_part, run)))


def by_cause(
    found: Iterable[tuple[Diagnostic, Cause | None]], told: list[Diagnostic] | None = None
) -> Iterator[Diagnostic]:
    """The findings of one file, or of all, with those of one cause and file as one, if they are as many as it takes.

    Those of a cause without a remedy of its own belong together as far as they have one kind of remedy.

    What joins another cause goes to the finding about that, which may be among those told already: it is changed there,
    unless it is harmless.
    """
    groups: dict[tuple[str, str, object], tuple[Cause, list[Diagnostic]]] = {}
    for finding, cause in found:
        if cause is None:
            yield finding
        else:
            kind = None if cause.hint or cause.joins else _kind(finding.remedy)
            groups.setdefault((finding.location.path, cause.key, kind), (cause, []))[1].append(finding)
    here: list[Diagnostic] = []
    for (path, *_), (cause, group) in sorted(groups.items(), key=lambda each: each[1][0].joins is not None):
        joining = () if cause.is_harmless else group
        if cause.joins and any(_join(some, path, cause.joins, joining) for some in (here, told or [])):
            continue
        here += group if len(group) < cause.least else [_together(cause, sorted(group, key=_order))]
    yield from here


def _join(told: list[Diagnostic], path: str, cause: Cause, group: Sequence[Diagnostic]) -> bool:
    """Whether the finding about a cause in a file is among those told; then it stands for the group as well."""
    for at, finding in enumerate(told):
        said = finding.message
        if finding.location.path == path and isinstance(said, Said) and said.template == cause.together:
            told[at] = _together(cause, [finding, *group])
            return True
    return False


def _kind(text: str) -> object:
    """What a text has in common with those that differ in their figures and names only."""
    if isinstance(text, Listed):
        return tuple(map(_kind, text.parts))
    return text.template if isinstance(text, Said) else text


def _order(finding: Diagnostic) -> tuple[str, str, str, str, str]:
    """What is told of several is told at the one that comes first in this, in whatever order the rows stand."""
    return (finding.unit, finding.indicator, finding.period, finding.value or "", finding.rule.code)


def _together(cause: Cause, group: Sequence[Diagnostic]) -> Diagnostic:
    first = group[0]
    parts = [
        part._replace(
            value=part.value or finding.value or "",
            hint=part.hint or finding.hint,
            code=part.code or finding.rule.code,
            related=finding.related_to(part),
        )
        for finding in group
        for part in finding.parts or (_part(finding),)
    ]
    parts.sort(key=lambda part: (part.line, part.cell_number, part.message))
    return first._replace(
        message=say(cause.together or OF_ROWS, message=first.message, count=len(parts)),
        hint=cause.hint or _hint_of([_part(finding) for finding in group]),
        related=tuple(dict.fromkeys(place for finding in group for place in finding.related)),
        parts=tuple(parts),
    )


def _hint_of(parts: Sequence[Occurrence]) -> str:
    """What is told of several that have no remedy in common: that of the first, and that the others are likewise."""
    first = parts[0].hint if parts else ""
    return first if all(part.hint == first for part in parts) else listed((first, _LIKEWISE), "")


def with_hints(finding: Diagnostic, hint_of: Callable[[Diagnostic], Hint]) -> Diagnostic:
    """The finding with another hint, of one that stands for many rows with that of each which has its own."""
    if not any(part.hint for part in finding.parts):
        return finding._replace(**hint_of(finding)._asdict())
    singles = zip(finding.parts, finding.singly(), strict=True)
    parts = [part._replace(**hint_of(each)._asdict()) for part, each in singles]
    hint = _hint_of(parts) if finding.hint == _hint_of(finding.parts) else finding.hint
    return finding._replace(hint=hint, parts=tuple(parts))


def _part(finding: Diagnostic) -> Occurrence:
    return Occurrence(
        finding.location.line,
        finding.unit,
        finding.indicator,
        finding.period,
        finding.value or "",
        finding.row,
        finding.message,
        finding.fix,
        finding.field,
        finding.cell_number,
        finding.location.column,
        finding.hint,
        finding.meant,
        finding.rule.code,
        finding.related,
    )
