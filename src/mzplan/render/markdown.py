"""Documents as Markdown: nothing in a text is markup, a mention or a reference."""

from collections.abc import Iterator

from mzplan.render.document import Block, Document, Heading, Listing, Paragraph, Table, Text, attached, plain
from mzplan.render.guard import inert
from mzplan.render.guard import markdown_text as escape
from mzplan.render.layout import Look
from mzplan.render.tabulated import tabulated


def markdown(document: Document, _look: Look) -> str:
    """Headings, paragraphs, lists and tables, a line free between any two of them."""
    blocks = [escape(document.reference)] if document.reference else []
    blocks += [_heading(document.title, 1)] if document.title else []
    for block in document.blocks:
        blocks += _block(block)
    if document.trace:
        blocks += ["---", escape(document.trace)]
    return inert("\n\n".join(blocks) + "\n")


def _heading(text: Text, level: int) -> str:
    return f"{'#' * level} {escape(plain(text))}"


def _block(block: Block) -> Iterator[str]:
    match block:
        case Heading():
            yield _heading(block.text, block.level)
        case Paragraph():
            name = block.label.removesuffix("：")
            stop = block.label[len(name) :]  # which would end no emphasis, if it stood within
            yield (f"**{escape(name)}**{stop}" if name else "") + escape(plain(block.text))
        case Listing():
            yield from _listing(block)
        case Table():
            yield from _table(block)


def _listing(block: Listing) -> Iterator[str]:
    if block.kind == "attachments":
        yield from map(escape, attached(block))
        return
    if block.heading:
        yield _heading(block.heading, 2)
    items = [" · ".join(escape(plain(piece)) for piece in item.pieces) for item in block.items]
    match block.kind:
        case "warnings":
            yield from (f"> **{item}**" for item in items)
        case "signature" | "imprint":
            yield from items
        case "numbered":
            yield "\n".join(f"{number}. {item}" for number, item in enumerate(items, 1))
        case _ if items:
            yield "\n".join(f"- {item}" for item in items)


def _table(table: Table) -> Iterator[str]:
    if table.title:
        yield _heading(table.title, table.level)
    if not table.rows:
        yield escape(table.empty)
    for title, rows in table.sections:
        if title:
            yield _heading(title, table.level + 1)
        yield tabulated(table.columns, rows, "pipe", escape)
    yield from map(escape, table.notes)
