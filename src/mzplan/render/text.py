"""Documents as text: `plain` lines, and the same lines in colour for a `terminal`."""

from collections.abc import Iterator, Sequence
from itertools import zip_longest

from mzplan.render.colour import STYLES, painted
from mzplan.render.document import Block, Document, Heading, Listing, Paragraph, Table, Tone, attached
from mzplan.render.document import plain as words
from mzplan.render.guard import inert
from mzplan.render.layout import INDENT, Line, Look, Span
from mzplan.render.table import ruled_lines, table_lines

PROSE = "　　"
"""Before a paragraph of official prose."""
SIGNED = PROSE * 8
WARNING = "× "


def plain(document: Document, look: Look) -> str:
    """Lines of text and nothing else."""
    return _written("".join(span.text for span in line) for line in lines_of(document, look))


def terminal(document: Document, look: Look) -> str:
    """The same lines, in colours where the look has them."""
    if not look.colour:
        return plain(document, look)
    lines = map(_trimmed, lines_of(document, look))
    return _written("".join(painted(span.text, STYLES[span.tone]) for span in line) for line in lines)


def _written(lines: Iterator[str]) -> str:
    return inert("\n".join(line.rstrip() for line in lines) + "\n")


def _trimmed(line: Line) -> Line:
    """The line without blanks at its end."""
    for place in range(len(line) - 1, -1, -1):
        if text := line[place].text.rstrip():
            return [*line[:place], Span(text, line[place].tone)]
    return []


def lines_of(document: Document, look: Look) -> Iterator[Line]:
    """The document in lines of at most the look's width; official documents are as wide as they need."""
    if document.is_official:
        look = look._replace(width=None)
    if document.reference:
        yield from [[Span(document.reference)], []]
    if document.title:
        yield from _folded([words(document.title)], "strong", look)
    for place, block in enumerate(document.blocks):
        if (document.title or place) and _stands_apart(block, is_first=not place):
            yield []
        yield from _block(document, block, look)
    if document.trace:
        yield []
        yield [Span(document.trace)]


def _stands_apart(block: Block, *, is_first: bool) -> bool:
    """Whether a line is left free before a block."""
    match block:
        case Heading() | Table():
            return block.level == 2
        case Listing():
            return bool(block.items) and block.kind in ("notes", "numbered", "attachments", "signature", "imprint")
        case Paragraph():
            return is_first


def _block(document: Document, block: Block, look: Look) -> Iterator[Line]:
    match block:
        case Heading():
            yield from _folded([(PROSE if block.level > 2 else "") + words(block.text)], "strong", look)
        case Paragraph():
            yield [Span(("" if block.is_salutation else PROSE) + block.label + words(block.text))]
        case Listing():
            yield from _listing(block, look)
        case Table():
            if block.title:
                yield from _folded([block.title], "strong", look)
            yield from ruled_lines(block, look) if document.is_official else table_lines(block, look)
            for note in block.notes:
                yield from _folded([note], "", look)


def _listing(block: Listing, look: Look) -> Iterator[Line]:
    if block.kind == "attachments":
        yield from ([Span(PROSE + line)] for line in attached(block))
        return
    if block.heading:
        yield [Span(block.opening)]
    for number, (item, pieces) in enumerate(zip(block.items, _aligned(block, look), strict=True), 1):
        match block.kind:
            case "points":
                yield from _point("  ".join(pieces).rstrip(), look)
            case "numbered":
                yield [Span(f"{PROSE}{number}.{''.join(pieces)}")]
            case "signature":
                yield [Span(SIGNED + "".join(pieces))]
            case "warnings":
                yield from _folded([WARNING + pieces[0], *pieces[1:]], item.tone, look)
            case _:
                yield from _folded(pieces, item.tone, look)


def _aligned(block: Listing, look: Look) -> Iterator[list[str]]:
    """The pieces of each item, padded where they stand under each other."""
    items = [list(map(words, item.pieces)) for item in block.items]
    columns = zip_longest(*(pieces for pieces in items if len(pieces) > 1), fillvalue="")
    widths = [max(map(look.cells, column)) for column in columns] if block.aligns else []
    for pieces in items:
        if len(pieces) > 1 and block.aligns:
            yield [look.pad(*column) for column in zip(pieces, widths, block.aligns, strict=False)]
        else:
            yield pieces


def _point(text: str, look: Look) -> Iterator[Line]:
    """Under a heading, and further in where it goes on."""
    yield from ([Span(line)] for line in look.hung(INDENT + text, len(INDENT) * 2))


def _folded(pieces: Sequence[str], tone: Tone, look: Look) -> Iterator[Line]:
    text = "  ".join(pieces)
    for line in [text] if look.fits(text) else look.flow(pieces, look.width or len(text)):
        yield [Span(line, tone)]
