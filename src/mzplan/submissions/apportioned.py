"""A table of several units or months taken apart: which reports it holds, and which rows are whose."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence

from mzplan.reading.csv_border import Numbered
from mzplan.submissions.repair import quoted

_LEAST_ROWS = 3
"""So many rows of another unit in a sheet are its report, though no indicator stands there twice."""


def own_reports(keys: Mapping[int, tuple[str, ...]], codes: Mapping[int, str]) -> Sequence[tuple[str, ...]]:
    """The months and units of which a sheet holds a report, the one with most rows first.

    A few rows of another month or unit are a slip of the pen in the main report, about which the checks ask, unless
    they repeat its indicators, or are several rows of another unit.
    """
    counts = Counter(keys[line] for line in codes)
    if not counts:
        return ()
    main = counts.most_common(1)[0][0]
    there = {codes[line] for line in codes if keys[line] == main}
    repeats = {keys[line] for line in codes if codes[line] in there}
    return [
        key for key, count in counts.most_common() if key in repeats or (key[1] != main[1] and count >= _LEAST_ROWS)
    ]


def apportioned(
    keys: Mapping[int, tuple[str, ...]], codes: Mapping[int, str], own: Sequence[tuple[str, ...]]
) -> Mapping[int, tuple[str, ...]]:
    """To which report each row belongs: none is left out.

    One that is about no indicator belongs to the report in which it stands, one of no report to the main one.
    """
    found: dict[int, tuple[str, ...]] = {}
    last = own[0]
    for line, key in keys.items():
        if line in codes:
            last = key if key in own else own[0]
        found[line] = last
    return found


def with_only(rows: Sequence[Numbered], lines: Collection[int]) -> bytes:
    """The table with those rows alone, each on its line."""
    text: list[str] = []
    at = 1
    for line, row in rows:
        cells = ",".join(map(quoted, row)) if line in lines else _blank(row)
        text.append("\n" * (line - at) + cells)
        at = line + _ends(cells)
    return ("".join(text).rstrip("\n") + "\n").encode("utf-8", "replace")


def _blank(row: Sequence[str]) -> str:
    """A row without words that takes as many lines."""
    ends = sum(map(_ends, row))
    return '"' + "\n" * ends + '"' if ends else ""


def _ends(text: str) -> int:
    """How many line ends stand in a text."""
    return text.count("\n") + text.count("\r") - text.count("\r\n")
