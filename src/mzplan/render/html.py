"""Documents as one HTML file: no script, nothing loaded, every light in words beside its colour."""

from collections.abc import Iterator, Sequence
from html import escape

from mzplan.figures import decimal_text
from mzplan.render.document import Block, Cell, Document, Heading, Listing, Paragraph, Table, Text, attached, plain
from mzplan.render.guard import inert
from mzplan.render.layout import Look
from mzplan.render.style import OFFICIAL, SCREEN

_PAGE = """<!DOCTYPE html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>
{style}
</style>
</head>
<body>
{body}
</body>
</html>
"""


def html(document: Document, _look: Look) -> str:
    """A page that stands alone; every text is escaped, every known figure a `data` element with its exact value."""
    title = plain(document.title) or next((table.title for table in document.tables), "")
    style = OFFICIAL if document.is_official else SCREEN
    return inert(
        _PAGE.format(language=document.language, title=escape(title), style=style, body="\n".join(_body(document)))
    )


def _body(document: Document) -> Iterator[str]:
    if document.reference:
        yield f'<p class="reference">{escape(document.reference)}</p>'
    if document.title:
        yield f"<h1>{_text(document.title)}</h1>"
    for block in document.blocks:
        yield from _block(block)
    if document.trace:
        yield f"<footer>{escape(document.trace)}</footer>"


def _text(text: Text) -> str:
    if isinstance(text, str):
        return escape(text)
    return "".join(
        escape(piece)
        if isinstance(piece, str)
        else f'<data value="{decimal_text(piece.value)}">{escape(piece.text)}</data>'
        for piece in text
    )


def _block(block: Block) -> Iterator[str]:
    match block:
        case Heading():
            yield f"<h{block.level}{_classes('page' if block.opens_page else '')}>{_text(block.text)}</h{block.level}>"
        case Paragraph():
            label = f"<strong>{escape(block.label)}</strong>" if block.label else ""
            yield f"<p{_classes('salutation' if block.is_salutation else '')}>{label}{_text(block.text)}</p>"
        case Listing():
            yield from _listing(block)
        case Table():
            yield from _table(block)


def _listing(block: Listing) -> Iterator[str]:
    if block.kind == "attachments":
        yield from (f"<p>{escape(line)}</p>" for line in attached(block))
        return
    if block.heading:
        yield f"<h2>{escape(block.heading)}</h2>"
    items = [(" · ".join(map(_text, item.pieces)), item.tone) for item in block.items]
    match block.kind:
        case "warnings":
            yield from (f'<p class="warning" role="alert">{text}</p>' for text, _ in items)
        case "signature" | "imprint":
            yield from (f'<p class="{block.kind}">{text}</p>' for text, _ in items)
        case "points" | "numbered":
            tag = "ul" if block.kind == "points" else "ol"
            yield f"<{tag}>{''.join(f'<li>{text}</li>' for text, _ in items)}</{tag}>"
        case _:
            yield from (f"<p{_classes(tone)}>{text}</p>" for text, tone in items)


def _table(table: Table) -> Iterator[str]:
    """A table of a document's own part has its title above it, one of another part, and each of its parts, within."""
    caption = table.title if table.level > 2 else ""
    if table.title and not caption:
        yield f"<h{table.level}>{escape(table.title)}</h{table.level}>"
    if not table.rows:
        yield f"<p>{escape(table.empty)}</p>"
    for title, rows in table.sections:
        yield from _rows(table, title or caption, rows)
    yield from (f'<p class="note">{escape(note)}</p>' for note in table.notes)


def _rows(table: Table, caption: str, rows: Sequence[Sequence[Cell]]) -> Iterator[str]:
    yield "<table>"
    if caption:
        yield f"<caption>{escape(caption)}</caption>"
    heads = "".join(
        f'<th scope="col"{_classes(_side(column.align))}>{escape(column.heading)}</th>' for column in table.columns
    )
    yield f"<thead><tr>{heads}</tr></thead>"
    yield "<tbody>"
    for row in rows:
        cells = []
        for place, (column, cell) in enumerate(zip(table.columns, row, strict=True)):
            text = _text(cell.told or cell.text)
            if column.bar and cell.share is not None:
                value = cell.raw[0] if cell.raw else cell.text
                text = f'<meter min="0" max="100" value="{escape(value)}"></meter> {text}'
            name = "td" if place else "th"
            scope = "" if place else ' scope="row"'
            classes = _classes(_side(column.align), cell.tone, "label" if column.label else "")
            cells.append(f"<{name}{scope}{classes}>{text}</{name}>")
        yield f"<tr>{''.join(cells)}</tr>"
    yield "</tbody>"
    yield "</table>"


def _side(align: str) -> str:
    return "" if align == "left" else align


def _classes(*names: str) -> str:
    given = " ".join(name for name in names if name)
    return f' class="{given}"' if given else ""
