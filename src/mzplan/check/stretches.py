"""Stretches of rows in which one thing has happened to a column: it was filled down, or its figures have slipped.

What is found of the figures in such a stretch guesses at each alone; it is told as the one thing that happened.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from contextlib import suppress
from functools import partial
from itertools import pairwise, product
from typing import NamedTuple

from mzplan.check.folded import narrowed
from mzplan.check.shifted import COLUMNS, SHIFTS, told_shift
from mzplan.diagnostics import Diagnostic, Location, Occurrence, Rule, column_letters
from mzplan.figures import SCALE
from mzplan.reading.files import FileError
from mzplan.reading.flaws import RefusedError
from mzplan.reading.number import BLANKS, plain_number
from mzplan.rules.kinds import FILLED_DOWN, SHIFTED, figures_filled_down, figures_slipped
from mzplan.rules.registry import Finding
from mzplan.submissions.header import FIELDS, FIGURES
from mzplan.submissions.ledger import Ledger
from mzplan.submissions.names import Names, stage_names
from mzplan.submissions.opening import PlacedCell, cells_of_lines
from mzplan.submissions.places import Place
from mzplan.submissions.row import Row
from mzplan.submissions.sources import Source

_LEAST = 3
"""So many rows make a stretch."""
_LEAST_ODD = 2
_LONG, _LONGER = 5, 6
"""So many rows show a step other than 1, and so many one among figures that are small."""
_TELLING = 10 * SCALE
"""Figures below this follow each other by chance."""
_NEAR = 4
"""A figure is near another one that differs by no more than this part."""
_PLACES = 5
"""By less places a point goes astray."""
_ANY_LINE = range(1, 2**62)

_Cells = tuple[int | str, int | str, int | str]
"""What value, numerator and denominator say: a figure in millionths, or words; empty for nothing."""


class _StretchRow(NamedTuple):
    """A row of a file as it stands, with what its unit reported of its indicator the last time."""

    line: int
    placed: Mapping[str, PlacedCell]
    key: tuple[str, str]
    """Its unit and month; empty for none."""
    indicator: str
    is_ratio: bool
    cells: _Cells
    last: _Cells | None
    """None where there is no earlier report, or it says 不适用."""
    odd: Set[str]
    """The columns of figures in which something is found that casts doubt on what it says."""


class _Stretch(NamedTuple):
    """Successive rows of a file, and what has happened to columns there."""

    records: Sequence[_StretchRow]
    columns: Sequence[int]
    rule: Rule
    finding: Callable[[str], Finding]
    """What is said of the cells, called as a spreadsheet calls them."""


def in_stretches(
    findings: Iterable[Diagnostic], sources: Sequence[Source], places: Sequence[Place], ledger: Ledger
) -> Iterator[Diagnostic]:
    """The findings, those of the figures in such stretches as one each; no record of a stretch stays in the ledger."""
    by_path: defaultdict[str, list[Diagnostic]] = defaultdict(list)
    for finding in findings:
        by_path[finding.location.path].append(finding)
    files = {source.path: (source, place) for source, place in zip(sources, places, strict=True)}
    for path, found in by_path.items():
        odd = _odd(found)
        if len(odd) < _LEAST_ODD:
            yield from found
            continue
        records = list(_records(*files[path], ledger, odd))
        filled = list(_filled_down(records))
        known = {record.line for stretch in filled for record in stretch.records}
        others = [record._replace(odd=frozenset()) if record.line in known else record for record in records]
        stretches = [*filled, *_slipped(others)]
        told = {record.line: record for stretch in stretches for record in stretch.records}
        yield from _without(found, told.keys()) if told else found
        yield from (_finding(path, stretch) for stretch in stretches)
        for record in told.values():
            _erase(ledger, path, record)


def _odd(found: Sequence[Diagnostic]) -> Mapping[int, Set[str]]:
    """By line the columns of figures in which something is found that may make them wrong."""
    odd: defaultdict[int, set[str]] = defaultdict(set)
    for finding in found:
        if finding.rule.counts_always and finding.location.line:
            for one in finding.singly():
                if one.field in FIGURES:
                    odd[one.location.line].add(one.field)
    return odd


def _records(source: Source, place: Place, ledger: Ledger, odd: Mapping[int, Set[str]]) -> Iterator[_StretchRow]:
    names = Names(ledger.plan)
    names.begin_file(place.period)
    with suppress(FileError, RefusedError, OSError), source.open() as stream:
        for line, placed in cells_of_lines(stream, _ANY_LINE):
            row = Row(line, tuple(placed[name].text if name in placed else "" for name in FIELDS), names)
            key = (row.unit.id, str(row.period)) if row.unit and row.period else ("", "")
            indicator = row.indicator.id if row.indicator else ""
            last = _last(row, ledger) if indicator and all(key) else None
            yield _StretchRow(
                line, placed, key, indicator, bool(row.ratio), _said(row), last, odd.get(line, frozenset())
            )


def _said(row: Row) -> _Cells:
    value, above, below = map(_figure, (row.cell(field) for field in FIGURES))
    return value, above, below


def _figure(text: str) -> int | str:
    number = plain_number(text)
    return text if number is None or number.figure is None else number.figure


def _last(row: Row, ledger: Ledger) -> _Cells | None:
    """What the cells of the row's unit and indicator said the last time."""
    if not (row.indicator and row.unit and row.period) or row.period.year != ledger.plan.year or row.period.month == 1:
        return None
    entry = ledger.latest(row.indicator.id, row.unit.id, row.period.shift(-1))
    if entry is None or entry.figure.value is None:
        return None
    value, below = entry.figure.value, entry.figure.denominator
    if stages := stage_names(row.indicator):
        return stages[value], "", ""
    return (value, "", "") if below is None else ("", value, below)


def _filled_down(records: Sequence[_StretchRow]) -> Iterator[_Stretch]:
    """Stretches of a column in which each figure is the one above it, or follows on it by the same step."""
    for column, field in enumerate(FIGURES):
        cells, start = [record.cells[column] for record in records], 0
        while start < len(records):
            end = _end_of_run(cells, start)
            if _is_filled(records[start:end], column):
                run, start = records[start:end], end
                texts = [record.placed[field].text.strip(BLANKS) for record in run]
                yield _Stretch(run, (column,), FILLED_DOWN, partial(figures_filled_down, field, texts))
            else:
                start = max(end - 1, start + 1)


def _end_of_run(cells: Sequence[int | str], start: int) -> int:
    """Before which place the figures from that one on do not follow each other by one step any more."""
    end, step = start + 1, None
    while end < len(cells):
        earlier, later = cells[end - 1], cells[end]
        if not (isinstance(earlier, int) and isinstance(later, int)) or step not in (None, later - earlier):
            break
        end, step = end + 1, later - earlier
    return end


def _is_filled(run: Sequence[_StretchRow], column: int) -> bool:
    """Whether figures that follow each other by one step do so against what is known of half of them.

    They do not where the last report had them follow each other likewise: then all have changed alike. Of small ones
    a few are equal, or follow each other, by chance.
    """
    if len(run) < _LEAST:  # so that all are figures
        return False
    figures = [cell for record in run if isinstance(cell := record.cells[column], int)]
    step, is_small = figures[1] - figures[0], min(figures) < _TELLING
    if len(run) < (_LEAST if step in (0, SCALE) else _LONG) or (is_small and (not step or len(run) < _LONGER)):
        return False
    odd = [at for at, record in enumerate(run) if record.odd and _may_be_filled(record, column)]
    if len(odd) < _LEAST_ODD or 2 * len(odd) < len(run):
        return False
    known = [(at, last[column]) for at in odd if (last := run[at].last) is not None]
    before = [(at, figure) for at, figure in known if isinstance(figure, int)]
    follow = [(there - at) * step == new - old for (at, old), (there, new) in pairwise(before)]
    return not (follow and all(follow))


def _may_be_filled(record: _StretchRow, column: int) -> bool:
    """Whether what is found of a figure may come of its being filled down: a percentage alone lacks its parts."""
    return FIGURES[column] != "value" or not record.is_ratio or any(record.cells[1:])


def _slipped(records: Sequence[_StretchRow]) -> Iterator[_Stretch]:
    """Stretches in which the figures are what other rows, so many above or below, had in the last report."""
    taken: set[int] = set()
    for columns in COLUMNS.values():
        for by in SHIFTS:
            for start, end in _slips(records, columns, by):
                run = records[start:end]
                if taken.isdisjoint(record.line for record in run):
                    taken.update(record.line for record in run)
                    told = tuple(at for at in columns if any(record.cells[at] != "" for record in run))
                    named = next((name for name, some in COLUMNS.items() if some == told), next(iter(COLUMNS)))
                    said = told_shift(named, by, are_codes=False)
                    yield _Stretch(run, told, SHIFTED, partial(figures_slipped, said))


def _slips(records: Sequence[_StretchRow], columns: Sequence[int], by: int) -> Iterator[tuple[int, int]]:
    """From which rows on, and before which, these columns have slipped by so many, as the last report shows.

    The rows between those that show it have nothing found. The farther they slipped, the more it takes to show it.
    """
    groups: list[list[int]] = []
    for at in range(len(records)):
        if _has_slipped(records, at, columns, by):
            is_next = groups and not any(record.odd for record in records[groups[-1][-1] + 1 : at])
            if is_next:
                groups[-1].append(at)
            else:
                groups.append([at])
    for shown in groups:
        if _is_scaled([records[at] for at in shown], columns):
            continue
        start, end = shown[0], shown[-1] + 1
        while start and shown[0] - start < by and _came_round(records, start - 1, shown, columns):
            start -= 1
        while end < len(records) and end - 1 - shown[-1] < -by and _came_round(records, end, shown, columns):
            end += 1
        telling = sum(_tells(records[at], columns) for at in shown)
        odd = sum(bool(record.odd) for record in records[start:end])
        if telling > abs(by) and odd >= _LEAST and 2 * odd > end - start:
            yield start, end


def _came_round(records: Sequence[_StretchRow], at: int, shown: Sequence[int], columns: Sequence[int]) -> bool:
    """Whether a row beside those that have slipped is blank, or has what has left them at the other end."""
    cells = [records[at].cells[column] for column in columns]
    left = [last for each in shown if (last := records[each].last) is not None]
    has_left = any(all(map(_is_near, cells, (last[column] for column in columns))) for last in left)
    return bool(records[at].odd) and (has_left or not any(cell != "" for cell in cells))


def _has_slipped(records: Sequence[_StretchRow], at: int, columns: Sequence[int], by: int) -> bool:
    """Whether a row's figures, of which something is found, are near another row's last and far from its own."""
    record, other = records[at], records[at - by] if 0 <= at - by < len(records) else None
    if other is None or other.last is None or record.last is None or not record.odd or other.key != record.key:
        return False
    cells, own, others = ([some[column] for column in columns] for some in (record.cells, record.last, other.last))
    return all(map(_is_near, cells, others)) and not all(map(_is_near, cells, own))


def _tells(record: _StretchRow, columns: Sequence[int]) -> bool:
    """Whether what stands in these columns tells whose it is: a figure that is not small, or a word for one."""
    cells = [(record.cells[column], (record.last or record.cells)[column]) for column in columns]
    return any(cell >= _TELLING if isinstance(cell, int) else cell and isinstance(old, int) for cell, old in cells)


def _is_near(cell: int | str, other: int | str) -> bool:
    """Whether one figure may follow another within a month, or two words are the same."""
    if isinstance(cell, int) and isinstance(other, int):
        return abs(cell - other) * _NEAR <= max(cell, other)
    return cell == other


def _is_scaled(records: Sequence[_StretchRow], columns: Sequence[int]) -> bool:
    """Whether all figures are those of their own rows, be the point of all elsewhere by so many places."""
    pairs = [(record.cells[at], (record.last or record.cells)[at]) for record in records for at in columns]
    return any(
        all(_is_near(_times(cell, up), _times(old, down)) for cell, old in pairs)
        for up, down in product(range(_PLACES), repeat=2)
    )


def _times(cell: int | str, places: int) -> int | str:
    return cell * 10**places if isinstance(cell, int) else cell


def _without(found: Iterable[Diagnostic], lines: Set[int]) -> Iterator[Diagnostic]:
    """What is found of a file, but for that of the figures on these lines."""
    for finding in found:
        parts = finding.parts or (Occurrence(finding.location.line),)
        rest = [part for part in parts if part.line not in lines or (part.field or finding.field) not in FIGURES]
        if len(rest) == len(parts):
            yield finding
        elif rest:
            yield narrowed(finding, rest)


def _finding(path: str, stretch: _Stretch) -> Diagnostic:
    """What has happened to a stretch, told with all its rows."""
    parts = tuple(_part(record, stretch.columns) for record in stretch.records)
    first, last = (stretch.records[at].placed[FIGURES[stretch.columns[side]]] for at, side in ((0, 0), (-1, -1)))
    said = stretch.finding(f"{column_letters(first.number)}{first.row}:{column_letters(last.number)}{last.row}")
    return Diagnostic(
        Location(path, parts[0].line, parts[0].column),
        stretch.rule,
        said.message,
        stretch.rule.severity,
        parts[0].field,
        parts[0].value,
        said.hint,
        unit=parts[0].unit,
        indicator=parts[0].indicator,
        period=parts[0].period,
        parts=parts,
        row=parts[0].row,
        cell_number=parts[0].cell_number,
    )


def _part(record: _StretchRow, columns: Sequence[int]) -> Occurrence:
    field = FIGURES[columns[0]]
    cell = record.placed[field]
    return Occurrence(
        record.line,
        record.key[0],
        record.indicator,
        record.key[1],
        cell.text,
        cell.row,
        field=field,
        cell_number=cell.number,
        column=cell.column,
    )


def _erase(ledger: Ledger, path: str, record: _StretchRow) -> None:
    """Take a record out of the ledger, if it is there."""
    unit, period = record.key
    if unit and record.indicator and period[:4] == str(ledger.plan.year):
        cell = ledger.cell(record.indicator, unit, int(period[5:]))
        if not ledger.is_empty(cell) and ledger.location(cell)[:2] == (path, record.line):
            ledger.erase(cell)
