"""Documents as Word files on the page of official documents; needs python-docx."""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from mzplan.diagnostics import InputError, installing
from mzplan.render.document import Block, Cell, Column, Document, Heading, Listing, Paragraph, Table, attached, plain
from mzplan.render.docx_page import (
    after_blank_line,
    at_foot,
    clean,
    element,
    first_page,
    fonts,
    keep_end,
    next_pages,
    properties,
    repacked,
    room_mm,
    styles,
)
from mzplan.render.layout import Look
from mzplan.said import say

_TITLE_LINE = 20
"""Characters of 22 pt in a line."""
_SPAN = re.compile(r".*?年(?:上半年|(?:[0-9]+—)?[0-9]+月)?")
_CELL_MARGIN_TWIPS = 40
_POINT_MM = 25.4 / 72
_POINTS = (10.5, 9, 8, 7)
"""Of the type in tables."""
_LONGEST_WORD, _CHINESE_WORD = 32, 4
"""Halves of its type's size that a column has at least: for its longest word, up to those, and for Chinese."""
_WIDE: Mapping[str, float] = {
    **dict.fromkeys("fijlt.,:;'|!()[]-/ ", 0.8),
    **dict.fromkeys("ABCDEFGHIJKLNOPQRSTUVXYZw+~=<>#", 1.75),
    **dict.fromkeys("m%&", 1.9),
    **dict.fromkeys("MW@", 2.1),
}
_USUAL = 1.3
"""How many halves of its size a character takes in DejaVu Serif, the widest that stands in for Times New Roman."""
_HYPHEN = re.compile(r"(?<=[^\W\d]-)(?=[^\W\d])")
"""Where Word breaks a word; in a code it could as well, if that did not fit."""
_PAPER = Look(ambiguous=2)
"""A Chinese font has ≥ and … as wide as its characters."""


def docx(document: Document, look: Look) -> bytes:
    """The package; InputError when python-docx is not installed."""
    try:
        import docx as library  # an extra, which few runs need; so all its parts below
    except ImportError:
        raise InputError(say("生成 DOCX 需要 python-docx。请运行：{command}", command=installing("docx"))) from None
    package = library.Document()
    across, points = _page(document)
    first_page(package, across=across)
    styles(package, points)
    fonts(package)
    properties(package, document)
    if document.reference:
        package.add_paragraph(document.reference, "Reference")
    _title(package, plain(document.title))
    imprint = [block for block in document.blocks if isinstance(block, Listing) and block.kind == "imprint"]
    for block in document.blocks:
        if imprint and isinstance(block, Listing) and block.kind == "numbered":
            next_pages(package, is_last=True)
        _block(package, block, points)
    if document.trace:
        package.add_paragraph(document.trace, "Note")
    if imprint:
        at_foot(package, [" · ".join(map(plain, item.pieces)) for block in imprint for item in block.items])
    clean(package)
    return repacked(package)


def _title(package: Any, title: str) -> None:
    """A title too long for one line, broken after the part of the year that it names and not within a word."""
    opening = _SPAN.match(title)
    if opening is None or len(title) <= _TITLE_LINE:
        package.add_paragraph(title, "Title")
        return
    rest = title[opening.end() :]
    aside = rest.find("（") if rest.endswith("）") and len(rest) > _TITLE_LINE else -1
    lines = [rest] if aside < 0 else [rest[:aside], rest[aside:]]  # （草稿）
    run = package.add_paragraph(opening[0], "Title").add_run()
    for line in lines:
        run.add_break()
        run.add_text(line)


def _page(document: Document) -> tuple[bool, float]:
    """Whether the page lies across, and the points of the type in tables: the first that tear no word, or the last.

    Annexes lie across anyway, and the text before them stands upright.
    """
    grids, in_annex = list[tuple[bool, list[float]]](), False
    for block in document.blocks:
        in_annex |= isinstance(block, Heading) and block.opens_page
        if isinstance(block, Table):
            grids += ((in_annex, _least(block.columns, rows)) for _, rows in block.sections)
    pages = [(False, _POINTS[0]), *((not in_annex, points) for points in _POINTS)]
    for across, points in pages:
        if all(sum(_millimetres(least, points)) <= room_mm(across=across or annex) for annex, least in grids):
            break
    return across, points


def _block(package: Any, block: Block, points: float) -> None:
    match block:
        case Heading():
            if block.opens_page:
                next_pages(package, across=True) if len(package.sections) == 1 else keep_end(package)
            added = package.add_paragraph(plain(block.text), f"Heading {block.level - 1}")
            if block.opens_page:
                added.paragraph_format.page_break_before = True
                added.paragraph_format.first_line_indent = 0
        case Paragraph():
            added = package.add_paragraph("", "Normal" if block.is_salutation else "Body Text")
            if block.label:
                added.add_run(block.label).bold = True
            added.add_run(plain(block.text))
        case Listing():
            _listing(package, block)
        case Table():
            _table(package, block, points)


def _listing(package: Any, block: Listing) -> None:
    if block.kind == "imprint":  # at the foot of the last page
        return
    if block.kind in ("attachments", "signature"):
        package.paragraphs[-1].paragraph_format.keep_with_next = True  # nobody signs a page without text
    if block.kind == "attachments":
        for number, line in enumerate(attached(block)):
            added = package.add_paragraph(line, "Body Text")
            added.paragraph_format.keep_with_next = True
            if not number:
                after_blank_line(added)
        return
    if block.heading:
        package.add_paragraph(block.opening, "Note")
    style = "Signature" if block.kind == "signature" else "Note"
    for number, item in enumerate(block.items, 1):
        mark = f"{number}." if block.kind == "numbered" else ""
        added = package.add_paragraph(mark + " · ".join(map(plain, item.pieces)), style)
        if block.kind == "signature" and number == 1:
            after_blank_line(added)


def _table(package: Any, table: Table, points: float) -> None:
    """The head repeats on every page, no row is torn."""
    if table.title:
        package.add_paragraph(table.title, "Table Title").paragraph_format.keep_with_next = True
    if not table.rows:
        package.add_paragraph(table.empty, "Note")
    for title, rows in table.sections:
        if title:
            package.add_paragraph(title, "Table Title").paragraph_format.keep_with_next = True
        _grid(package, table.columns, rows, points)
    for note in table.notes:
        package.add_paragraph(note, "Note")


def _grid(package: Any, columns: Sequence[Column], rows: Sequence[Sequence[Cell]], points: float) -> None:
    from docx.enum.section import WD_ORIENT
    from docx.shared import Mm

    grid = package.add_table(rows=0, cols=len(columns))
    grid.style = package.styles["Table Grid"]
    grid.autofit = False
    margins = element("tblCellMar")
    for side in ("left", "right"):
        margins.append(element(side, w=str(_CELL_MARGIN_TWIPS), type="dxa"))
    grid._tbl.tblPr.insert_element_before(margins, "w:tblLook")
    across = package.sections[-1].orientation == WD_ORIENT.LANDSCAPE
    widths = _widths(columns, rows, points, room_mm(across=across))
    for column, width in zip(grid.columns, widths, strict=True):
        column.width = Mm(width)
    # By their ids, which the library would look up among all styles for each cell: that took most of the time.
    head, text = (package.styles[name].style_id for name in ("Table Head", "Table Text"))
    _row(grid, [column.heading for column in columns], columns, widths, head, points, is_head=True)
    for row in rows:
        _row(grid, [cell.text for cell in row], columns, widths, text, points)


def _widths(columns: Sequence[Column], rows: Sequence[Sequence[Cell]], points: float, room: int) -> list[float]:
    """Of each column in millimetres: what its longest word needs, and of the rest as it says or its text is long.

    A heading is not torn either, but before its bracket, where there is room for all of them.
    """
    least = _millimetres(_least(columns, rows), points)
    headed = _millimetres([max(map(_wide, _lines(column.heading))) for column in columns], points)
    whole = [max(pair) for pair in zip(least, headed, strict=True)]
    least = whole if sum(whole) <= room else least
    said = sum(column.width for column in columns)
    wanted = (
        [column.width * room / said for column in columns]
        if said
        else _millimetres([max(map(_wide, texts)) for texts in _texts(columns, rows)], points)
    )
    more = [max(wish - need, 0) + _POINT_MM for wish, need in zip(wanted, least, strict=True)]
    if sum(least) > room:  # what half a size each takes first, as Times New Roman has it
        wanted, least = least, _millimetres(_least(columns, rows, _PAPER.cells), points)
        more = [max(wish - need, 0) + _POINT_MM for wish, need in zip(wanted, least, strict=True)]
    if (rest := room - sum(least)) < 0:
        return [need * room / sum(least) for need in least]
    return [need + rest * share / sum(more) for need, share in zip(least, more, strict=True)]


def _lines(heading: str) -> list[str]:
    """A heading as the lines that it may be broken into: its bracket has one of its own."""
    return re.split("(?=（)", heading)


def _wide(text: str) -> float:
    """How many halves of its size the text takes, wherever it is read."""
    return sum(_WIDE.get(each) or (_USUAL if (cells := _PAPER.cells(each)) == 1 else cells) for each in text)


def _least(
    columns: Sequence[Column], rows: Sequence[Sequence[Cell]], measure: Callable[[str], float] = _wide
) -> list[float]:
    """The halves of the type's size below which each column would tear a word."""
    return [min(max(_least_of(text, measure) for text in texts), _LONGEST_WORD) for texts in _texts(columns, rows)]


def _least_of(text: str, measure: Callable[[str], float]) -> float:
    words = (part.rstrip() for word in _PAPER.words(text) for part in _HYPHEN.split(word))
    return max(min(measure(text), _CHINESE_WORD), *map(measure, words), 0)


def _texts(columns: Sequence[Column], rows: Sequence[Sequence[Cell]]) -> list[set[str]]:
    """What stands in each column, its heading with it."""
    return [{column.heading, *(row[at].text for row in rows)} for at, column in enumerate(columns)]


def _millimetres(halves: Sequence[float], points: float) -> list[float]:
    """How wide columns of so many halves of the type's size are, with a little room and the margins."""
    return [((count + 0.25) * points / 2 + 2 * _CELL_MARGIN_TWIPS / 20) * _POINT_MM for count in halves]


def _row(
    grid: Any,
    words: Sequence[str],
    columns: Sequence[Column],
    widths: Sequence[float],
    style: str,
    points: float,
    *,
    is_head: bool = False,
) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Mm

    sides = {"left": WD_ALIGN_PARAGRAPH.LEFT, "right": WD_ALIGN_PARAGRAPH.RIGHT, "centre": WD_ALIGN_PARAGRAPH.CENTER}
    row = grid.add_row()
    properties = row._tr.get_or_add_trPr()
    properties.append(element("cantSplit"))
    if is_head:
        properties.append(element("tblHeader"))
    for cell, text, column, width in zip(row.cells, words, columns, widths, strict=True):
        cell.width = Mm(width)
        paragraph = cell.paragraphs[0]
        paragraph._p.style = style
        is_broken = is_head and _millimetres([_wide(text)], points)[0] > width
        paragraph.add_run("\n".join(_lines(text)) if is_broken else text)
        if not is_head:
            paragraph.alignment = sides[column.align]
