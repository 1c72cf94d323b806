"""A matrix laid out in lines: the first of its forms that fits the width."""

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from mzplan.render.document import Align, Cell, Table, Tone
from mzplan.render.layout import INDENT, WIDEST, Line, Look, Span
from mzplan.said import listed, say

GAP = 1
AMISS_MORE, AMISS_MANY = "等{count}个", "{count}个"
FINE = "没有滞后和未报的不列：{names}"
_AMISS: Sequence[Tone] = ("red", "yellow", "missing")
"""Tones of cells that are not as they should be, the worst first."""
HEADING_LINES, LEAST_HEADING, SHORT_HEADING = 3, 4, 6


class _AlignedCells(NamedTuple):
    """Cells ready to be aligned: names to the left with a heading that is never folded, the others to the right."""

    headings: Sequence[str]
    rows: Sequence[Sequence[Span]]
    last: Align = "right"
    """Where the last column is aligned to."""


def matrix_lines(table: Table, look: Look) -> Iterator[Line]:
    """The first of its forms that fits: in full, shortened, trimmed, turned, cut or split, a paragraph for each row."""
    for form in (_whole, _brief, *((_trimmed, _turned, _amiss) if table.amiss else (_turned, _split))):
        grids = form(table, look)
        if all(_fits(grid, look) for grid in grids):
            for place, grid in enumerate(grids):
                if place:
                    yield []
                yield from _grid_lines(grid, look)
            if form is _trimmed:
                names = listed(table.columns[place].brief for place in _fine(table))
                yield from ([Span(line, "dim")] for line in _folded(look.tell(say(FINE, names=names)), look))
            return
    yield from _paragraphs(table, look)


def _folded(text: str, look: Look) -> list[str]:
    return [text] if look.width is None else look.fold(text, look.width)


def _whole(table: Table, _look: Look) -> list[_AlignedCells]:
    return [_grid(table, range(len(table.columns)), _full)]


def _brief(table: Table, _look: Look) -> list[_AlignedCells]:
    return [_grid(table, range(len(table.columns)), _short)]


def _trimmed(table: Table, _look: Look) -> list[_AlignedCells]:
    """Without the columns in which nothing is amiss; `_fine` names them."""
    fine = _fine(table)
    return [_grid(table, [place for place in range(len(table.columns)) if place not in fine], _short)]


def _fine(table: Table) -> list[int]:
    """The columns that neither sum a row up nor have a cell that is not as it should be."""
    others = (place for place, column in enumerate(table.columns) if place and column.key not in table.summary)
    return [place for place in others if not any(_is_amiss(row[place]) for row in table.rows)]


def _is_amiss(cell: Cell) -> bool:
    return cell.tone in _AMISS


def _split(table: Table, look: Look) -> list[_AlignedCells]:
    """What sums a row up, then the others, as many side by side as fit."""
    summary = [place for place, column in enumerate(table.columns) if column.key in table.summary]
    others = [place for place, column in enumerate(table.columns) if place and column.key not in table.summary]
    found = [_grid(table, (0, *places), _short) for places in _flowed(table, others, look)]
    return [_grid(table, (0, *summary), _full), *found]


def _flowed(table: Table, places: Sequence[int], look: Look) -> list[Sequence[int]]:
    """The columns in as few groups as fit, each beside the first column."""
    found, others = [], places
    while others:
        count = len(others)
        while count > 1 and not _fits(_grid(table, (0, *others[:count]), _short), look):
            count -= 1
        found.append(others[:count])
        others = others[count:]
    return found


def _amiss(table: Table, look: Look) -> list[_AlignedCells]:
    """What sums a row up, and behind it the worst of its other cells, the rest of what is amiss counted.

    That stands below where there is no room for the worst one of every row.
    """
    summary = [place for place, column in enumerate(table.columns) if column.key in table.summary]
    grid = _grid(table, (0, *summary), _full)
    names = _grid(table, (0,), _full)
    beside = (look.width or WIDEST) - _grid_width(grid, look) - GAP
    below = (look.width or WIDEST) - _grid_width(names, look) - GAP
    found = [_found(table, row, summary) for row in table.rows]
    is_beside = all(look.cells(_first(pieces, 1, look)) <= beside for pieces in found)
    told = [Span(_worst(pieces, beside if is_beside else below, look)) for pieces in found]
    if is_beside:
        rows = [[*row, said] for row, said in zip(grid.rows, told, strict=True)]
        return [_AlignedCells([*grid.headings, table.amiss], rows, "left")]
    rows = [[*row, said] for row, said in zip(names.rows, told, strict=True) if said.text]
    return [grid, _AlignedCells([*names.headings, table.amiss], rows, "left")] if rows else [grid]


def _found(table: Table, row: Sequence[Cell], summary: Sequence[int]) -> list[str]:
    """What is amiss in a row, the worst first."""
    found = [place for place in range(1, len(row)) if place not in summary and _is_amiss(row[place])]
    found.sort(key=lambda place: _AMISS.index(row[place].tone))
    return [_piece(table, row, place) for place in found]


def _first(pieces: Sequence[str], count: int, look: Look) -> str:
    """So many of them, and how many there are if these are not all."""
    rest = [look.tell(say(AMISS_MORE, count=len(pieces)))] if count < len(pieces) else []
    return " ".join([*pieces[:count], *rest])


def _worst(pieces: Sequence[str], room: int, look: Look) -> str:
    """As many as there is room for."""
    forms = (_first(pieces, count, look) for count in range(len(pieces), 0, -1))
    many = look.tell(say(AMISS_MANY, count=len(pieces))) if pieces else ""
    return next((form for form in forms if look.cells(form) <= room), many)


def _piece(table: Table, row: Sequence[Cell], place: int) -> str:
    """A cell behind its heading, with a blank between words of Latin letters."""
    heading = table.columns[place].brief
    return heading + " " * heading[-1:].isascii() + _short(row[place]).text


def _fits(grid: _AlignedCells, look: Look) -> bool:
    return look.width is None or _grid_width(grid, look) <= look.width


def _turned(table: Table, _look: Look) -> list[_AlignedCells]:
    headings = [table.columns[0].brief, *(row[0].text for row in table.rows)]
    rows = [
        [Span(column.brief), *(_short(row[place]) for row in table.rows)]
        for place, column in enumerate(table.columns)
        if place
    ]
    return [_AlignedCells(headings, rows)]


def _full(cell: Cell) -> Span:
    return Span(cell.text, cell.tone)


def _short(cell: Cell) -> Span:
    return Span(cell.text if cell.brief is None else cell.brief, cell.tone)


def _grid(table: Table, places: Sequence[int] | range, form: Callable[[Cell], Span]) -> _AlignedCells:
    headings = [table.columns[place].brief for place in places]
    return _AlignedCells(headings, [[form(row[place]) for place in places] for row in table.rows])


def _grid_widths(grid: _AlignedCells, look: Look) -> list[int]:
    widths = []
    for place, heading in enumerate(grid.headings):
        cells = max((look.cells(row[place].text) for row in grid.rows), default=0)
        whole = look.cells(heading)
        widths.append(max(cells, whole if place == 0 else _heading_width(heading, cells, look)))
    return widths


def _heading_width(heading: str, cells: int, look: Look) -> int:
    """The least width, from that of the cells on, in which a heading takes three lines at most and no word is torn."""
    whole = look.cells(heading)
    words = (look.cells(word) for word in heading.split() if word.isascii())
    least = max(cells, whole if whole <= SHORT_HEADING else LEAST_HEADING, *words)
    while len(look.fold(heading, least)) > HEADING_LINES:
        least += 1
    return least


def _grid_width(grid: _AlignedCells, look: Look) -> int:
    widths = _grid_widths(grid, look)
    return sum(widths) + GAP * (len(widths) - 1)


def _grid_lines(grid: _AlignedCells, look: Look) -> Iterator[Line]:
    widths = _grid_widths(grid, look)
    folded = [
        [heading] if place == 0 else look.balanced(heading, width)
        for place, (heading, width) in enumerate(zip(grid.headings, widths, strict=True))
    ]
    depth = max(map(len, folded))
    for level in range(depth):
        shown = [lines[level - depth + len(lines)] if level >= depth - len(lines) else "" for lines in folded]
        yield _aligned([Span(text, "dim") for text in shown], widths, grid, look)
    for row in grid.rows:
        yield _aligned(row, widths, grid, look)


def _aligned(spans: Sequence[Span], widths: Sequence[int], grid: _AlignedCells, look: Look) -> Line:
    line = []
    for place, (span, width) in enumerate(zip(spans, widths, strict=True)):
        align: Align = "left" if place == 0 else grid.last if place == len(widths) - 1 else "right"
        text = look.pad(span.text, width, align)
        line.append(span._replace(text=text if place == 0 else " " * GAP + text))
    return line


def _paragraphs(table: Table, look: Look) -> Iterator[Line]:
    """A paragraph for each row: its name and summary, then each of its cells, or what is amiss, with its heading."""
    width = look.width or 80
    for row in table.rows:
        yield [Span(look.cut(row[0].text, width), "strong")]
        places = [place for place in range(1, len(row)) if row[place].text]
        summary = [place for place in places if table.columns[place].key in table.summary]
        others = [place for place in places if place not in summary and (not table.amiss or _is_amiss(row[place]))]
        for shown in (summary, others):
            pieces = [f"{table.columns[place].brief} {_short(row[place]).text}" for place in shown]
            for line in look.flow(pieces, width - len(INDENT)):
                yield [Span(INDENT + line)]
