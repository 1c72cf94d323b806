"""A report as it is filed: the columns in their order, every figure as it stands; and what differs between two."""

from collections.abc import Iterator, Mapping, Sequence
from io import BytesIO
from itertools import chain
from typing import NamedTuple

from mzplan.period import Period
from mzplan.plan.model import Plan, ReportingUnit
from mzplan.reading.csv_border import MARK
from mzplan.reading.files import FileError
from mzplan.reading.flaws import Flaw, RefusedError
from mzplan.reading.formula import no_formula, without_mark
from mzplan.reading.number import BLANKS, plain_number
from mzplan.said import listed, say
from mzplan.submissions.header import FIELDS, FIELDS_ZH, FIGURES, FILLED_IN, WORDS, Header, is_header, read_header
from mzplan.submissions.names import Names
from mzplan.submissions.opening import as_csv, table_of
from mzplan.submissions.places import Place, places_of
from mzplan.submissions.repair import quoted
from mzplan.submissions.sources import Source

_WORDS = ("name", *WORDS)


class FigureChange(NamedTuple):
    """A figure before and after; empty where there was or will be none."""

    indicator: str
    before: str
    after: str
    places: tuple[str, str] = ("", "")
    """The cell of either, with its file, where both came in."""


Records = Mapping[str, Mapping[str, str]]
"""By indicator what a report says of it, by field."""


def records_of(names: Names, text: bytes) -> list[Mapping[str, str]]:
    """The rows of a table with our header that say something, each by field, without blanks around.

    RefusedError when it is none.
    """
    return [cells for _, _, cells, _ in _records(names, text) if _says_something(cells)]


def records_in(names: Names, text: bytes) -> list[Mapping[str, str]]:
    """The same, none of what cannot be read."""
    try:
        return records_of(names, text)
    except RefusedError:
        return []


def lines_in(names: Names, text: bytes) -> frozenset[int]:
    """The lines where they stand."""
    try:
        return frozenset(line for line, _, cells, _ in _records(names, text) if _says_something(cells))
    except RefusedError:
        return frozenset()


def indicators_of(names: Names, text: bytes) -> frozenset[str]:
    """The indicators of which a table has a row, be nothing filled in there; none of what cannot be read."""
    try:
        return frozenset(cells["indicator"] for _, _, cells, _ in _records(names, text))
    except RefusedError:
        return frozenset()


def is_form(names: Names, source: Source) -> bool:
    """Whether a file is a form in which nothing is filled in, or blank altogether; not of one that cannot be read."""
    try:
        with source.open() as stream:
            return not records_of(names, as_csv(stream.read()))
    except RefusedError as refused:
        return refused.defect.flaw in (Flaw.UNTOUCHED, Flaw.EMPTY)
    except (FileError, OSError):
        return False


def places_of_sources(names: Names, sources: Sequence[Source]) -> list[Place]:
    """What each of these files speaks for, and whether it counts beside the others."""
    return places_of(names, [source.spot for source in sources], lambda file: is_form(names, sources[file]))


def cells_of(names: Names, text: bytes) -> Mapping[tuple[str, str], tuple[int, int]]:
    """By indicator and field the row and the number of the cell where it stands first; RefusedError as above."""
    found: dict[tuple[str, str], tuple[int, int]] = {}
    rows = (each for each in _records(names, text) if _says_something(each[2]))
    for _, row, cells, header in rows:
        for field, at in zip(FIELDS, header.positions, strict=True):
            found.setdefault((cells["indicator"], field), (row, at + 1 if at < header.width else 0))
    return found


def columns_in(names: Names, text: bytes) -> frozenset[str]:
    """The fields for which a table has a column; all where it cannot be read."""
    try:
        headers = {header for _, _, _, header in _records(names, text)}
    except RefusedError:
        return frozenset(FIELDS)
    return frozenset(
        field for header in headers for field, at in zip(FIELDS, header.positions, strict=True) if at < header.width
    )


def _says_something(cells: Mapping[str, str]) -> bool:
    return any(cells[field] for field in FILLED_IN)


def _records(names: Names, text: bytes) -> Iterator[tuple[int, int, Mapping[str, str], Header]]:
    """Line, row and cells of each, below which header."""
    header, table = None, table_of(BytesIO(text))
    for line, row in chain.from_iterable(table.batches()):
        if header is None:
            header = read_header(line, row, []) if is_header(row) else None
        else:
            cells = dict(zip(FIELDS, (cell.strip(BLANKS) for cell in header.arranged(row)), strict=True))
            cells["indicator"] = names.indicator(cells["indicator"]).id or cells["indicator"]
            yield line, table.row(line), cells | {field: without_mark(cells[field]) for field in _WORDS}, header


def filed_text(records: Sequence[Mapping[str, str]], unit: ReportingUnit, period: Period) -> bytes:
    """The report as a CSV in UTF-8 that a spreadsheet opens as it is, for that unit and month."""
    lines = [",".join(FIELDS_ZH.values())]
    for record in records:
        cells = {**record, "period": str(period), "unit": unit.name}
        cells |= {field: no_formula(cells[field]) for field in _WORDS}
        lines.append(",".join(quoted(cells[field]) for field in FIELDS))
    return (MARK + "\n".join(lines) + "\n").encode("utf-8", "replace")


def by_indicator(records: Sequence[Mapping[str, str]]) -> Records:
    """The rows of a report, of each indicator its first, by what they say of it."""
    found: dict[str, Mapping[str, str]] = {}
    for record in records:
        found.setdefault(record["indicator"], {field: record[field] for field in FILLED_IN})
    return found


def number_of(record: Mapping[str, str]) -> int | None:
    """The number of a record in millionths, of a ratio its numerator; None for a stage or nothing."""
    number = plain_number(record["value"] or record["numerator"])
    return number.figure if number else None


def is_same_figure(one: Mapping[str, str], other: Mapping[str, str]) -> bool:
    """Whether two records have one figure, of ratios both parts."""
    parts = FIGURES[1:] if any(each[field] for each in (one, other) for field in FIGURES[1:]) else FIGURES[:1]
    texts = [[each[field] for field in parts] for each in (one, other)]
    numbers = [[number and number.figure for number in map(plain_number, several)] for several in texts]
    return texts[0] == texts[1] or (None not in numbers[0] and numbers[0] == numbers[1])


def changes(plan: Plan, before: Records, after: Records) -> Iterator[FigureChange]:
    """What differs, in plan order."""
    for code in plan.indicators:
        if (old := before.get(code)) != (new := after.get(code)):
            yield FigureChange(code, _told(old), _told(new))


def figure_of(record: Mapping[str, str]) -> str:
    """The figure of a record as it stands, of a ratio both parts."""
    parts = [record["numerator"], record["denominator"]]
    return "/".join(parts) if any(parts) else record["value"]


def _told(record: Mapping[str, str] | None) -> str:
    """A figure, and behind it the words that go with it."""
    if record is None:
        return ""
    figure = figure_of(record)
    words = listed(filter(None, (record["note"], record["evidence"])), "；")
    return say("{figure}（{words}）", figure=figure, words=words) if words else figure
