"""What makes two findings of two runs the same one: fingerprints, and the file of findings already known.

A finding is known by its content, never by its line, so that a row inserted above changes nothing.
"""

import os
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from mzplan.diagnostics import Diagnostic, InputError, show
from mzplan.reading.files import FileError, open_regular

if TYPE_CHECKING:
    from pathlib import Path

SCHEMA_VERSION = 1

SIZE_LIMIT = 64 << 20
"""Bytes of a baseline file that are read."""

_UNREADABLE = "无法读取基线文件 {path}：{reason}。用 mzplan check --write-baseline {path} 可以重新生成。"


class Identity(NamedTuple):
    """The content of a finding by which a baseline knows it."""

    path: str
    """Relative to the baseline file's folder, with slashes."""
    code: str
    unit: str
    indicator: str
    period: str
    field: str
    value: str

    @classmethod
    def of(cls, finding: Diagnostic, path: str) -> "Identity":
        """The identity of a finding in the file that the baseline calls `path`."""
        keys = (finding.unit, finding.indicator, finding.period, finding.field)
        return cls(path, finding.rule.code, *keys, finding.value or "")


class Compared(NamedTuple):
    """A run set against its baseline."""

    new: list[Diagnostic]
    known: int
    gone: int
    """Findings of the baseline that are no longer there: it may be written anew."""


def relative_path(path: str, cwd: str, root: str) -> str:
    """The path relative to the root, with slashes; as it stands when it leads outside or the root is not known."""
    from pathlib import PurePath

    if not root or path == "-":
        return PurePath(path).as_posix()
    inside = os.path.relpath(PurePath(cwd, path), root)
    outside = inside == os.pardir or inside.startswith(os.pardir + os.sep)
    return PurePath(path if outside else inside).as_posix()


def fingerprints(findings: Sequence[Diagnostic], rename: Callable[[str], str]) -> list[str]:
    """For each finding a name that is unique in the run and outlives edits elsewhere in the file, in hexadecimal.

    SHA-256 over rule, path, unit, indicator, period and column; the second of two that agree in all is numbered.
    """
    from hashlib import sha256

    seen: Counter[tuple[str, ...]] = Counter()
    prints = []
    for finding in findings:
        key = (
            *(finding.rule.code, rename(finding.location.path)),
            *(finding.unit, finding.indicator, finding.period, finding.field),
        )
        number = (str(seen[key]),) if seen[key] else ()
        seen[key] += 1
        prints.append(sha256("\0".join((*key, *number)).encode(errors="surrogatepass")).hexdigest())
    return prints


def compare(findings: Iterable[Diagnostic], baseline: Counter[Identity], rename: Callable[[str], str]) -> Compared:
    """The findings that the baseline does not know; as many equal ones are known as it counts."""
    left = Counter(baseline)
    new = []
    known = 0
    for finding in findings:
        identity = Identity.of(finding, rename(finding.location.path))
        if left[identity] > 0:
            left[identity] -= 1
            known += 1
        else:
            new.append(finding)
    return Compared(new, known, sum(left.values()))


def baseline_text(findings: Iterable[Diagnostic], rename: Callable[[str], str]) -> str:
    """The baseline file of these findings: JSON, sorted, one finding a line, so that a review can read its diff."""
    import json

    counts = Counter(Identity.of(finding, rename(finding.location.path)) for finding in findings)
    lines = [json.dumps({**identity._asdict(), "count": count}) for identity, count in sorted(counts.items())]
    body = "\n    " + ",\n    ".join(lines) + "\n  " if lines else ""
    return f'{{\n  "schema_version": {SCHEMA_VERSION},\n  "findings": [{body}]\n}}\n'


def read_baseline(path: "Path") -> Counter[Identity]:
    """How often the baseline has each finding; InputError when the file is not one."""
    import json

    try:
        with open_regular(path, SIZE_LIMIT) as stream:
            data = stream.read(SIZE_LIMIT)
        document = json.loads(data)
        if not isinstance(document, dict) or document.get("schema_version") != SCHEMA_VERSION:
            raise ValueError
        counts: Counter[Identity] = Counter()
        for entry in document["findings"]:
            identity = Identity(*(_text(entry[name]) for name in Identity._fields))
            counts[identity] += _number(entry["count"])
    except FileError as error:
        raise InputError(_UNREADABLE.format(path=show(str(path)), reason=show(error.reason))) from None
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        raise InputError(_UNREADABLE.format(path=show(str(path)), reason="内容不是 mzplan 写的基线")) from None
    return counts


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value


def _number(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise TypeError
    return value
