"""A table of several units or months taken apart: which reports it holds, and which rows are whose."""

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import suppress

from mzplan.diagnostics import show
from mzplan.reading.csv_border import Numbered
from mzplan.reading.flaws import RefusedError
from mzplan.reading.number import BLANKS
from mzplan.reading.patterns import late
from mzplan.reading.workbook import on_one_line
from mzplan.said import say
from mzplan.submissions.beside import CODE
from mzplan.submissions.harmless import is_remark
from mzplan.submissions.header import FIELDS_ZH, FIGURES, MEASURES, find_header, is_header, meant_field
from mzplan.submissions.names import Names, matched_form, trimmed
from mzplan.submissions.repair import quoted
from mzplan.submissions.wide_record import pair_in

_OF_UNITS = late(r"(?:(?:所属|所在)?单位|(?:所属|所在)?地区|区域|县市)(?:名称?|全称|简称)?(?:\([^()]*\))?:?")
"""What may head the column of units, and that of measures or of something else."""
_OF_NAMES = "“{heading}”一栏写的是单位的名称，当作“{field}”"
_OF_MEASURES = "“{heading}”一栏写的是计量单位，当作“{field}”"


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
        start = begins(waiting, headers, at)
        found |= {each: whose if each >= start else last for each in waiting}
        found[line], last, at = whose, whose, line
        waiting.clear()
    return found | dict.fromkeys(waiting, last)


def begins(waiting: Sequence[int], headers: Collection[int], last: int) -> int:
    """Where among rows between two records the table of the second begins: below a blank row, or above its header.

    A blank row may stand between its title and its header.
    """
    header = next((line for line in waiting if line in headers), None)
    if header is None:
        return waiting[-1] + 1 if waiting else 0
    first = header if header - 1 in waiting else max((line for line in waiting if line < header), default=header)
    while first - 1 in waiting:
        first -= 1
    return first if first - 1 != last else max(first, header - 1)


def lines_of(
    lines: Mapping[int, tuple[str, ...]],
    key: tuple[str, ...],
    codes: Collection[int],
    headers: Collection[int],
    said: Mapping[int, Collection[str]],
) -> tuple[Collection[int], bool]:
    """The rows of a report, and whether the first header is not above it but one of its own.

    A line among them that names units (`said`) is theirs, wherever it stands.
    """
    own = [
        line
        for line, whose in lines.items()
        if (whose == key or (line in said and whose[1] != key[1])) and key[1] in said.get(line, key)
    ]
    first = next((line for line in own if line in codes or line in headers), 0)
    return own, first in headers


def with_unit_heading(
    rows: Sequence[Numbered], header_line: int, names: Names
) -> tuple[Sequence[Numbered], Sequence[str]]:
    """The table with its column of units or measures headed as ours is, and what is told of it; else as it is.

    What most of its records say tells which 单位 means.
    """
    headings = next(row for line, row in rows if line == header_line)
    plain = ["" if meant_field(cell) else "".join(matched_form(cell).split()) for cell in headings]
    columns = [at for at, cell in enumerate(plain) if _OF_UNITS.fullmatch(cell)]
    if len(columns) != 1:
        return rows, ()
    at = columns[0]
    records = [row for line, row in rows if line > header_line and any(map(names.indicator_in, row))]
    said = [cell for row in records for cell in row[at : at + 1] if trimmed(cell)]
    if 2 * sum(names.unit(cell).id is not None for cell in said) > len(said) and "unit" not in map(
        meant_field, headings
    ):
        told, field = _OF_NAMES, FIELDS_ZH["unit"]
    elif 2 * sum(matched_form(cell) in names.measures for cell in said) > len(said):
        told, field = _OF_MEASURES, MEASURES
    else:
        return rows, ()
    headed = {line for line, row in rows if row[at : at + 1] == [headings[at]]}
    renamed = [(line, [*row[:at], field, *row[at + 1 :]] if line in headed else row) for line, row in rows]
    return renamed, [say(told, heading=show(on_one_line(headings[at]), 40), field=field)]


def with_columns(
    rows: Sequence[Numbered], header_line: int, said: Mapping[str, str], names: Names
) -> tuple[Sequence[Numbered], Sequence[str]]:
    """The table with columns behind all others for what it lacks, and which; none of them where that is not all known.

    `said` is what the keys of all its records are; most rows with a figure have an indicator's name.
    Where there is a column of values and none of the parts of ratios, both are added, with what stands in its one cell.
    A line of words alone is none, nor who signed it. Their codes stand in the place of their names, so that of an
    unknown name it is told there. No column that is only misspelt is lacking.
    """
    headings = next(row for line, row in rows if line == header_line)
    fields = [meant_field(cell) for cell in headings]
    by_name = "indicator" not in fields and "name" in fields
    _, *parts = FIGURES
    lacks_parts = "value" in fields and not set(parts) & set(fields)
    if lacks_parts:
        said = {**said, **dict.fromkeys(parts, "")}
    lacking = [key for key in said if key not in fields] + ["indicator"] * by_name
    about = "name" if by_name else "indicator"
    if about not in fields or _is_misspelt([item for item in rows if item[0] == header_line]):
        return rows, ()
    at, found, known = fields.index(about), list[Numbered](), list[bool]()
    behind = [key for key in lacking if key in said] + ["name"] * by_name
    figures = [each for each, field in enumerate(fields) if field in FIGURES]
    for line, row in rows:
        text = row[at] if line > header_line and at < len(row) else ""
        code = names.only_called(text) if by_name and text else None
        is_alone = sum(map(bool, row)) == 1 and not CODE.fullmatch(text)
        has_figure = any(row[each] for each in figures if each < len(row))
        is_row = bool(has_figure if by_name else text and not is_alone)
        is_record = bool(code) or (is_row and not is_remark(row))
        value = row[fields.index("value")] if lacks_parts and fields.index("value") < len(row) else ""
        one = names.plan.indicators.get(code or names.indicator(text).id or "")
        pair = pair_in(value) if is_record and one and one.ratio else None
        texts = {**said, "name": text if code else "", **dict(zip(parts, pair or (), strict=False))}
        added = [FIELDS_ZH[key] if is_header(row) else texts[key] if is_record else "" for key in behind]
        cells = [*row[: len(headings)], *[""] * (len(headings) - len(row)), *added, *row[len(headings) :]]
        if pair:
            cells[fields.index("value")] = ""
        if by_name and (is_record or is_header(row)):
            cells[at] = FIELDS_ZH["indicator"] if is_header(row) else code or text
        known += [bool(code)] * is_record
        found.append((line, cells))
    if by_name and 2 * sum(known) <= len(known):
        return rows, ()
    if lacking and all(said[key] for key in lacking if key in said and key not in parts):
        with suppress(RefusedError):
            find_header([item for item in found if item[0] == header_line], [])
            return found, lacking
    return rows, ()


def _is_misspelt(header: Sequence[Numbered]) -> bool:
    """Whether one of its headings is nearly that of a column that it lacks."""
    try:
        find_header(header, [])
    except RefusedError as refused:
        return refused.defect.cell > 0
    return False


def own_cells(rows: Sequence[Numbered]) -> Sequence[Numbered]:
    """Some rows of a sheet without the blank ones, and without the blank columns on their right."""
    filled = [(line, [bool(cell.strip(BLANKS)) for cell in row]) for line, row in rows]
    width = max((at + 1 for _, cells in filled for at, is_filled in enumerate(cells) if is_filled), default=0)
    return [(line, row[:width]) for (line, row), (_, cells) in zip(rows, filled, strict=True) if any(cells)]


def with_only(rows: Sequence[Numbered], lines: Collection[int]) -> bytes:
    """The table with those rows alone, each on its line; of a sheet's cell that has several lines, all on one."""
    text: list[str] = []
    at = 1
    for (line, row), after in zip(rows, [*(line for line, _ in rows[1:]), 0], strict=True):
        if line not in lines:
            continue
        cells = ",".join(map(quoted, row))
        if after and line + _ends(cells) >= after:  # the next row stands there: these are no lines of a CSV
            cells = ",".join(map(quoted, map(on_one_line, row)))
        text.append("\n" * (line - at) + cells)
        at = line + _ends(cells)
    return ("".join(text).rstrip("\n") + "\n").encode("utf-8", "replace")


def _ends(text: str) -> int:
    """How many line ends stand in a text."""
    return text.count("\n") + text.count("\r") - text.count("\r\n")
