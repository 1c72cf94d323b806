"""Tables laid out in lines of a given width: the same lines for a pipe and, with colours, for a terminal.

A table that does not fit is not cut into pieces but laid out another way: a matrix is shortened, turned or split; a
list keeps what matters most in its main line and puts the rest, labelled, under it.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from mzplan.render.document import Align, Cell, RowGroup, Table, Tone
from mzplan.render.layout import Look
from mzplan.said import listed, say

GAP = 1
INDENT = "  "
LIST_GAP = 2
BAR, BAR_WEIGHT = 10, 5
"""The cells of a bar, and the weight of the last columns that come before it: a figure says more."""
NAME_LEAST_NARROW, NAME_LEAST, NAME_MOST = 16, 20, 44
ROOMY = 90
CARDS_BELOW = 60
RULE, CROSS, BAR_BETWEEN = "─", "┼", " │ "
AMISS_LEAST, AMISS_MORE, AMISS_MANY = 20, "等{count}个", "{count}个"
FINE = "没有滞后和未报的不列：{names}"
_AMISS: Sequence[Tone] = ("red", "yellow", "missing")
"""Tones of cells that are not as they should be, the worst first."""
HEADING_LINES, LEAST_HEADING, SHORT_HEADING = 3, 4, 6
WIDEST = 10**6
"""Cells of a line that may be as wide as it needs."""


class Span(NamedTuple):
    """A piece of a line with what it says."""

    text: str
    tone: Tone = ""


Line = list[Span]


def table_lines(table: Table, look: Look) -> Iterator[Line]:
    """A table in lines, without its title."""
    # Not by rich: its tables neither turn, split nor fold under themselves as ours do, and it counts the cells of
    # ambiguous characters by a table of its own, not by the console's width.
    if not table.rows:
        yield from ([Span(line, "dim")] for line in look.hung(table.empty, 2))
    elif table.is_matrix:
        yield from _matrix(table, look)
    else:
        yield from _list(table, look)


def ruled_lines(table: Table, look: Look) -> Iterator[Line]:
    """A table with rules between its columns and under its head, as wide as it needs."""
    rows = [[column.heading for column in table.columns], *([cell.text for cell in row] for row in table.rows)]
    widths = [max(map(look.cells, texts)) for texts in zip(*rows, strict=True)]
    rule = look.cells(RULE)
    edges = [1, *[2] * (len(widths) - 2), 1][: len(widths)]
    widths = [width + -(width + edge) % rule for width, edge in zip(widths, edges, strict=True)]
    for place, row in enumerate(rows):
        cells = zip(row, widths, table.columns, strict=True)
        yield [Span(BAR_BETWEEN.join(look.pad(text, width, column.align) for text, width, column in cells))]
        if not place:
            yield [Span(CROSS.join(RULE * ((width + edge) // rule) for width, edge in zip(widths, edges, strict=True)))]


# --- matrix ---------------------------------------------------------------------------------------------------------


class _AlignedCells(NamedTuple):
    """Cells ready to be aligned: names to the left with a heading that is never folded, the others to the right."""

    headings: Sequence[str]
    rows: Sequence[Sequence[Span]]
    last: Align = "right"
    """Where the last column is aligned to."""


def _matrix(table: Table, look: Look) -> Iterator[Line]:
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
    """What sums a row up, and behind it, or below, the worst of its other cells, the rest of what is amiss counted."""
    summary = [place for place, column in enumerate(table.columns) if column.key in table.summary]
    grid = _grid(table, (0, *summary), _full)
    names = _grid(table, (0,), _full)
    beside = (look.width or WIDEST) - _grid_width(grid, look) - GAP
    room = beside if beside >= AMISS_LEAST else (look.width or WIDEST) - _grid_width(names, look) - GAP
    told = [Span(_worst(table, row, summary, room, look)) for row in table.rows]
    if room == beside:
        rows = [[*row, said] for row, said in zip(grid.rows, told, strict=True)]
        return [_AlignedCells([*grid.headings, table.amiss], rows, "left")]
    rows = [[*row, said] for row, said in zip(names.rows, told, strict=True) if said.text]
    return [grid, _AlignedCells([*names.headings, table.amiss], rows, "left")] if rows else [grid]


def _worst(table: Table, row: Sequence[Cell], summary: Sequence[int], room: int, look: Look) -> str:
    found = [place for place in range(1, len(row)) if place not in summary and _is_amiss(row[place])]
    found.sort(key=lambda place: _AMISS.index(row[place].tone))
    pieces = [_piece(table, row, place) for place in found]
    for count in range(len(pieces), 0, -1):
        rest = look.tell(say(AMISS_MORE, count=len(pieces))) if count < len(pieces) else ""
        if look.cells(said := " ".join([*pieces[:count], rest]).rstrip()) <= room:
            return said
    return look.tell(say(AMISS_MANY, count=len(pieces))) if pieces else ""


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


# --- list -----------------------------------------------------------------------------------------------------------


def _list(table: Table, look: Look) -> Iterator[Line]:
    """All parts that leave out the same columns share one layout, and its heading stands above the first of them."""
    parts = table.parts or (RowGroup("", 0, len(table.rows)),)
    layouts: dict[frozenset[str], _Layout] = {}
    above: frozenset[str] | None = None
    for place, part in enumerate(parts):
        rows = table.rows[part.start : part.stop]
        if part.stated not in layouts:
            alike = [row for one in parts if one.stated == part.stated for row in table.rows[one.start : one.stop]]
            layouts[part.stated] = _layout(table, alike, _shown(table, alike, part.stated), look)
        layout = layouts[part.stated]
        if part.title:
            if place:
                yield []
            yield [Span(look.cut(_part_title(table, part, rows), look.width or WIDEST), "strong")]
        if look.width is not None and look.width < CARDS_BELOW:
            yield from _cards(table, rows, sorted([*layout.main, *layout.below]), look)
            continue
        if part.stated != above:
            above = part.stated
            yield _main_line([Span(table.columns[at].brief, "dim") for at in layout.main], layout, table, None, look)
        yield from _rows(table, rows, layout, look)


def _shown(table: Table, rows: Sequence[Sequence[Cell]], stated: frozenset[str]) -> list[int]:
    """The columns that say anything which the titles do not."""
    return [
        place
        for place, column in enumerate(table.columns)
        if column.key not in stated and any(row[place].text for row in rows)
    ]


def _part_title(table: Table, part: RowGroup, rows: Sequence[Sequence[Cell]]) -> str:
    """The title, and behind it what the columns that it stands for would say."""
    said = []
    for place, column in enumerate(table.columns):
        if column.key in part.stated and rows and rows[0][place].text and rows[0][place].text not in part.title:
            said.append(rows[0][place].text)
    return " ".join(["■", part.title, *said])


class _Layout(NamedTuple):
    """Which columns stand in the main line, how wide, and which below it."""

    main: list[int]
    widths: dict[int, int]
    below: list[int]
    bars: bool


def _rows(table: Table, rows: Sequence[Sequence[Cell]], layout: _Layout, look: Look) -> Iterator[Line]:
    indent = INDENT * 2
    for row in rows:
        yield _main_line([Span(row[place].text, row[place].tone) for place in layout.main], layout, table, row, look)
        for line in look.flow(_labelled(table, row, layout.below), (look.width or WIDEST) - len(indent)):
            yield [Span(indent + line, "dim")]


def _layout(table: Table, rows: Sequence[Sequence[Cell]], shown: Sequence[int], look: Look) -> _Layout:
    """As many columns in the main line as fit, the weightiest first, a bar among them; then room for the names."""
    columns = table.columns
    natural = {
        place: max(map(look.cells, (columns[place].brief, *(row[place].text for row in rows)))) for place in shown
    }
    width = look.width
    if width is None:
        return _Layout(list(shown), natural, [], any(columns[place].bar for place in shown))
    least_name = NAME_LEAST if width >= ROOMY else NAME_LEAST_NARROW
    widths = {place: min(size, least_name) if columns[place].label else size for place, size in natural.items()}
    _narrow(widths, [place for place in shown if not columns[place].weight and not columns[place].optional], width)
    main: list[int] = []
    used, is_cut, bars = -LIST_GAP, False, False
    for place in sorted((at for at in shown if not columns[at].optional), key=lambda at: columns[at].weight):
        if columns[place].weight > BAR_WEIGHT and not bars:
            bars, used = _barred(table, main, used, width)
        taken = widths[place] + LIST_GAP
        if columns[place].weight and (used + taken > width or (is_cut and columns[place].is_serial)):
            is_cut = is_cut or columns[place].is_serial
            continue
        main.append(place)
        used += taken
    if not bars:
        bars, used = _barred(table, main, used, width)
    for place in main:
        if columns[place].label and used < width:
            grown = min(natural[place], NAME_MOST, widths[place] + width - used)
            used += max(grown - widths[place], 0)
            widths[place] = max(grown, widths[place])
    for place in sorted((at for at in shown if columns[at].optional), key=lambda at: columns[at].weight):
        if used + widths[place] + LIST_GAP <= width:
            main.append(place)
            used += widths[place] + LIST_GAP
    main.sort()
    below = [place for place in shown if place not in main and not columns[place].optional]
    return _Layout(main, {place: widths[place] for place in main}, below, bars)


def _barred(table: Table, main: Iterable[int], used: int, width: int) -> tuple[bool, int]:
    """Whether there is room for the bar of a column in the main line, and how much is used then."""
    fits = any(table.columns[place].bar for place in main) and used + BAR + 1 <= width
    return fits, used + (BAR + 1) * fits


def _narrow(widths: dict[int, int], places: Sequence[int], room: int) -> None:
    """Take from the widest of those columns until all of them fit: they stand in the main line whatever their names."""
    over = sum(widths[place] for place in places) + LIST_GAP * (len(places) - 1) - room
    for _ in range(over):
        widest = max(places, key=lambda place: widths[place])
        widths[widest] = max(widths[widest] - 1, 1)


def _main_line(spans: Sequence[Span], layout: _Layout, table: Table, row: Sequence[Cell] | None, look: Look) -> Line:
    line = []
    for order, (place, span) in enumerate(zip(layout.main, spans, strict=True)):
        column = table.columns[place]
        text = look.pad(span.text, layout.widths[place], column.align)
        if column.bar and layout.bars:
            share = row[place].share if row is not None else None
            text += " " + (look.bar(share, BAR) if share is not None else " " * BAR)
        line.append(span._replace(text=text if order == 0 else " " * LIST_GAP + text))
    return line


def _labelled(table: Table, row: Sequence[Cell], places: Iterable[int]) -> list[str]:
    return [f"{table.columns[place].brief} {row[place].text}" for place in places if row[place].text]


def _cards(table: Table, rows: Sequence[Sequence[Cell]], shown: Sequence[int], look: Look) -> Iterator[Line]:
    """A paragraph for each row: what names it in the first line, then every figure with its heading."""
    naming = [place for place in shown if table.columns[place].key in ("unit", "id", "name")]
    others = [place for place in shown if place not in naming]
    width = look.width or WIDEST
    for row in rows:
        tone = _status_tone(table, row)
        for line in look.fold(" ".join(row[place].text for place in naming if row[place].text), width):
            yield [Span(line, tone or "strong")]
        for line in look.flow(_labelled(table, row, others), width - len(INDENT)):
            yield [Span(INDENT + line)]


def _status_tone(table: Table, row: Sequence[Cell]) -> Tone:
    return next((cell.tone for column, cell in zip(table.columns, row, strict=True) if column.key == "status"), "")
