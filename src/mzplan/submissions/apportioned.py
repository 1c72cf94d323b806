"""A table of several units or months taken apart: which reports it holds, and which rows are whose."""

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import suppress

from mzplan.reading.csv_border import Numbered
from mzplan.reading.flaws import RefusedError
from mzplan.submissions.header import FIELDS_ZH, find_header, is_header, meant_field
from mzplan.submissions.repair import quoted


def own_reports(
    keys: Mapping[int, tuple[str, ...]],
    codes: Mapping[int, str],
    owed: Callable[[tuple[str, ...]], Collection[str]],
) -> Sequence[tuple[str, ...]]:
    """The months and units of which a sheet holds a report, the one with most rows first.

    Reports side by side are about the same indicators: each has half of what the one with most rows has, or half of
    what it owes, and then also of what both owe. Other rows of another month or unit are a slip of the pen in that
    one, about which the checks ask.
    """
    counts = Counter(keys[line] for line in codes)
    there: dict[tuple[str, ...], set[str]] = {key: set() for key, _ in counts.most_common()}
    for line, code in codes.items():
        there[keys[line]].add(code)
    main = next(iter(there.values()), set())

    def is_report(key: tuple[str, ...]) -> bool:
        own, due = there[key], set(owed(key))
        alike, shared = len(own & main), len(due & main)
        return 2 * alike >= len(main) or (2 * len(own & due) >= len(due) > 0 and 2 * alike >= shared)

    return [key for key in there if is_report(key)]


def apportioned(
    keys: Mapping[int, tuple[str, ...]],
    codes: Mapping[int, str],
    own: Sequence[tuple[str, ...]],
    headers: Collection[int],
) -> Mapping[int, tuple[str, ...]]:
    """To which report each row below the first header belongs: none is left out.

    One that is about no indicator belongs to the report in which it stands, one of no report to the main one; a header
    that stands once more, and what is above it, to what follows it.
    """
    found: dict[int, tuple[str, ...]] = {}
    last, at = own[0], 0
    waiting: list[int] = []
    for line, key in keys.items():
        if line not in codes:
            waiting.append(line)
            continue
        whose = key if key in own else own[0]
        begins = _begins(waiting, headers, at)
        found |= {each: whose if each >= begins else last for each in waiting}
        found[line], last, at = whose, whose, line
        waiting.clear()
    return found | dict.fromkeys(waiting, last)


def _begins(waiting: Sequence[int], headers: Collection[int], last: int) -> int:
    """Where among rows between two records the table of the second begins: below a blank row, or above its header."""
    header = next((line for line in waiting if line in headers), None)
    if header is None:
        return waiting[-1] + 1 if waiting else 0
    first = header
    while first - 1 in waiting:
        first -= 1
    return first if first - 1 != last else max(first, header - 1)


def lines_of(
    lines: Mapping[int, tuple[str, ...]], key: tuple[str, ...], codes: Collection[int], headers: Collection[int]
) -> tuple[Collection[int], bool]:
    """The rows of a report, and whether the first header is not above it but one of its own."""
    own = [line for line, whose in lines.items() if whose == key]
    first = next((line for line in own if line in codes or line in headers), 0)
    return own, first in headers


def with_months(rows: Sequence[Numbered], header_line: int, month: str) -> Sequence[Numbered] | None:
    """The table with a column for the month behind all others, each record of that month; None if it lacks more."""
    headings = next(row for line, row in rows if line == header_line)
    fields = [meant_field(cell) for cell in headings]
    if not month or "period" in fields or "indicator" not in fields:
        return None
    at, code, dated = len(headings), fields.index("indicator"), list[Numbered]()
    for line, row in rows:
        is_record = line > header_line and code < len(row) and row[code]
        added = FIELDS_ZH["period"] if is_header(row) else month if is_record else ""
        dated.append((line, [*row[:at], *[""] * (at - len(row)), added, *row[at:]]))
    with suppress(RefusedError):
        find_header([item for item in dated if item[0] == header_line], [])
        return dated
    return None


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
