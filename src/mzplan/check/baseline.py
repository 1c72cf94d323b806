"""What makes two findings of two runs the same one: fingerprints, and the file of findings already known.

A finding is known by its content, never by its line, so that a row inserted above changes nothing. One that stands for
many rows, or for many missing indicators, is known row by row: the next row of the same kind is new.
"""

import json
import os
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from functools import cache
from hashlib import sha256
from pathlib import PurePath
from typing import TYPE_CHECKING, NamedTuple

from mzplan.check.folded import narrowed
from mzplan.check.settings import CANNOT_CHECK
from mzplan.diagnostics import Diagnostic, InputError, Location, Occurrence, quoted, show
from mzplan.reading.bounds import open_own
from mzplan.reading.files import FileError, is_folder, open_regular, way_from
from mzplan.reading.flaws import RefusedError
from mzplan.reading.number import BLANKS
from mzplan.reading.text import line_reader
from mzplan.said import say
from mzplan.submissions.header import FIGURES, FILLED_IN
from mzplan.submissions.opening import cells_of_lines
from mzplan.submissions.repair import SIZE_LIMIT as FILE_LIMIT

if TYPE_CHECKING:
    from pathlib import Path

SCHEMA_VERSION = 3

SIZE_LIMIT = 64 << 20
"""Bytes of a baseline file that are read."""

_FOREIGN = "内容不是 mzplan 写的基线"
_OLD = "这是旧版程序写的，不分各行各数，会放过新问题"
_ROW_WIDTH = 1000
MOST = 1_000_000
"""So often one finding may be known."""
_UNREADABLE = "无法读取基线文件 {path}：{reason}。用 mzplan check --write-baseline {word} 可以重新生成。"
_FOLDER = "无法读取基线文件 {path}：{reason}。请写上文件名。"


_OF_THE_RUN = frozenset({"MZ101", "MZ102", "MZ128"})
"""What could not be opened, and where there was no report: nothing was looked at, so that nobody knows what was found.

What lies there by the next run no baseline may set aside.
"""

Rename = Callable[[str], str]
"""A path as the baseline file calls it."""
RowText = Callable[[Location], str]
"""What the row in a place says: its figures, or as it stands; empty where there is none."""


class Identity(NamedTuple):
    """The content of a finding by which a baseline knows it, for one row."""

    path: str
    """Relative to the baseline file's folder, with slashes."""
    code: str
    unit: str
    indicator: str
    period: str
    field: str
    value: str
    row: str
    """The figures of the row, then those of the other rows that take part: with others it is another finding."""


class Compared(NamedTuple):
    """A run set against its baseline."""

    new: list[Diagnostic]
    """The findings that it does not know; of one for many rows, those that it does not know."""
    known: int
    """Findings that it knows, of one for many rows those rows that it knows."""
    gone: int
    """Entries that are no longer there, as far as was looked: the baseline may be written anew."""


def identities(finding: Diagnostic, rename: Rename, row_text: RowText) -> list[Identity]:
    """One for each of the finding's parts: a row's is its own, whatever others it is told with."""
    path, value = rename(finding.location.path), finding.value or ""
    whole = Occurrence(finding.location.line, finding.unit, finding.indicator, finding.period)
    return [
        Identity(
            path,
            part.code or finding.rule.code,
            part.unit,
            part.indicator,
            part.period,
            part.field or finding.field,
            part.value or value,
            "; ".join(map(row_text, (Location(finding.location.path, part.line), *finding.related_to(part))))[
                :_ROW_WIDTH
            ],
        )
        for part in finding.parts or (whole,)
    ]


def can_be_known(finding: Diagnostic) -> bool:
    """Whether a finding is about what was looked at, and not about the run, in which it could not be."""
    return finding.rule.code not in _OF_THE_RUN


def row_reader(findings: Iterable[Diagnostic]) -> RowText:
    """What the rows say that these findings are about: each file is read once."""
    wanted: dict[str, set[int]] = {}
    for finding in findings:
        places = [*finding.related, *(Location(finding.location.path, line) for line in finding.lines)]
        for place in places:
            if place.line:
                wanted.setdefault(place.path, set()).add(place.line)

    @cache
    def rows_of(path: str) -> Mapping[int, str]:
        rows: dict[int, str] = {}
        with suppress(FileError, RefusedError, OSError), open_regular(path) as stream:
            for line, cells in cells_of_lines(stream, wanted.get(path, ())):
                said = [cells.get(field, (0, ""))[1].strip(BLANKS) for field in FILLED_IN]
                is_untouched = not any(said)  # it is known as if there were no such row
                rows[line] = "" if is_untouched else " ".join(text or "-" for text in said[: len(FIGURES)])
        return rows

    line_text = line_reader(FILE_LIMIT)

    def row_text(place: Location) -> str:
        if not place.line:
            return ""
        found = rows_of(place.path).get(place.line)
        return found if found is not None else line_text(place.path, place.line) or ""

    return row_text


def relative_path(path: str, cwd: str, root: str) -> str:
    """The path relative to the root, with slashes; as it stands when it leads outside or the root is not known."""
    if not root or path == "-":
        return PurePath(path).as_posix()
    inside = way_from(root, PurePath(cwd, path))
    is_outside = inside is None or inside.split(os.sep, 1)[0] == os.pardir
    return PurePath(path if inside is None or is_outside else inside).as_posix()


def fingerprints(findings: Sequence[Diagnostic], rename: Callable[[str], str]) -> list[str]:
    """For each finding a name that is unique in the run and outlives edits elsewhere in the file, in hexadecimal.

    SHA-256 over rule, path, unit, indicator, period, column and cell, and the message if nothing could be checked; the
    second of two that agree in all is numbered, in the order of their places, whatever order the findings are told in.
    """
    seen: Counter[tuple[str, ...]] = Counter()
    prints = [""] * len(findings)
    for at in sorted(range(len(findings)), key=lambda at: findings[at].order):
        finding = findings[at]
        key = (
            *(finding.rule.code, rename(finding.location.path)),
            *(finding.unit, finding.indicator, finding.period, finding.field, finding.value or ""),
            *((finding.known_message,) if finding.rule.code == CANNOT_CHECK.code else ()),
        )
        number = (str(seen[key]),) if seen[key] else ()
        seen[key] += 1
        prints[at] = sha256("\0".join((*key, *number)).encode(errors="surrogatepass")).hexdigest()
    return prints


def compare(
    findings: Iterable[Diagnostic],
    baseline: Counter[Identity],
    rename: Rename,
    row_text: RowText,
    looked: Callable[[Identity], bool],
) -> Compared:
    """The findings that the baseline does not know; as many equal ones are known as it counts.

    `looked` tells of an entry whether this run would have found it again.
    """
    left = Counter(baseline)
    new = []
    known = 0
    for finding in findings:
        unknown = []
        parts = identities(finding, rename, row_text)
        for at, identity in enumerate(parts):
            if left[identity] > 0:
                left[identity] -= 1
            else:
                unknown.append(at)
        known += len(unknown) < len(parts)
        if unknown:
            new.append(narrowed(finding, [finding.parts[at] for at in unknown]) if finding.parts else finding)
    return Compared(new, known, sum(count for identity, count in left.items() if looked(identity)))


def counted(findings: Iterable[Diagnostic], rename: Rename, row_text: RowText) -> Counter[Identity]:
    """How often there is each finding that can be known."""
    known = filter(can_be_known, findings)
    return Counter(identity for finding in known for identity in identities(finding, rename, row_text))


def baseline_text(counts: Counter[Identity]) -> str:
    """The baseline file of these findings: JSON, sorted, one finding a line, so that a review can read its diff."""
    lines = [
        json.dumps({**identity._asdict(), "count": count}) for identity, count in sorted(counts.items()) if count > 0
    ]
    body = "\n    " + ",\n    ".join(lines) + "\n  " if lines else ""
    return f'{{\n  "schema_version": {SCHEMA_VERSION},\n  "findings": [{body}]\n}}\n'


def read_baseline(path: "Path") -> Counter[Identity]:
    """How often the baseline has each finding; InputError when the file is not one."""
    try:
        with open_own(path, SIZE_LIMIT) as stream:
            data = stream.read(SIZE_LIMIT)
        document = json.loads(data)
        if not isinstance(document, dict) or document.get("schema_version") != SCHEMA_VERSION:
            if isinstance(document, dict) and document.get("schema_version") in (1, 2):
                raise _unreadable(path, _OLD)
            raise ValueError
        counts: Counter[Identity] = Counter()
        for entry in document["findings"]:
            identity = Identity(*(_text(entry[name]) for name in Identity._fields))
            count = _number(entry["count"])
            if identity.code not in _OF_THE_RUN:
                counts[identity] += count
    except FileError as error:
        raise _unreadable(path, show(error.reason), is_place=is_folder(path)) from None
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        raise _unreadable(path, _FOREIGN) from None
    return counts


def _unreadable(path: PurePath, reason: str, *, is_place: bool = False) -> InputError:
    template = _FOLDER if is_place else _UNREADABLE
    return InputError(say(template, path=show(str(path)), reason=reason, word=quoted(str(path))))


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value


def _number(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 < value <= MOST:
        raise TypeError
    return value
