"""Tables laid out in lines of a given width: the same lines for a pipe and, with colours, for a terminal.

A table that does not fit is not cut into pieces but laid out another way: a matrix is shortened, turned or split; a
list keeps what matters most in its main line and puts the rest, labelled, under it.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from mzplan.render.document import Cell, RowGroup, Table, Tone
from mzplan.render.layout import INDENT, WIDEST, Line, Look, Span
from mzplan.render.matrix import matrix_lines

LIST_GAP = 2
BAR, BAR_WEIGHT = 10, 5
"""The cells of a bar, and the weight of the last columns that come before it: a figure says more."""
NAME_LEAST_NARROW, NAME_LEAST, NAME_MOST = 16, 20, 44
ROOMY = 90
CARDS_BELOW = 60
RULE, CROSS, BAR_BETWEEN = "─", "┼", " │ "


def table_lines(table: Table, look: Look) -> Iterator[Line]:
    """A table in lines, without its title."""
    # Not by rich: its tables neither turn, split nor fold under themselves as ours do, and it counts the cells of
    # ambiguous characters by a table of its own, not by the console's width.
    if not table.rows:
        yield from ([Span(line, "dim")] for line in look.hung(table.empty, 2))
    elif table.is_matrix:
        yield from matrix_lines(table, look)
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
    _narrow(widths, [place for place in shown if not columns[place].weight], width)
    main: list[int] = []
    used, is_cut, bars = -LIST_GAP, False, False
    for place in sorted(shown, key=lambda at: columns[at].weight):
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
    main.sort()
    below = [place for place in shown if place not in main]
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
        tone: Tone = next((row[at].tone for at, column in enumerate(table.columns) if column.key == "status"), "")
        for line in look.fold(" ".join(row[place].text for place in naming if row[place].text), width):
            yield [Span(line, tone or "strong")]
        for line in look.flow(_labelled(table, row, others), width - len(INDENT)):
            yield [Span(INDENT + line)]
