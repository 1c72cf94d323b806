"""From a bulletin to a document."""

from collections.abc import Iterable, Iterator
from typing import Literal

from mzplan.bulletin import model
from mzplan.bulletin.model import Bulletin, BulletinSection, Cited
from mzplan.bulletin.office import Office
from mzplan.diagnostics import show
from mzplan.plan.model import BASIS_ZH
from mzplan.render.document import (
    Block,
    Cell,
    Column,
    Document,
    FigureText,
    Heading,
    Item,
    Listing,
    Paragraph,
    Table,
    Text,
    plain,
)
from mzplan.render.words import MARKS
from mzplan.zh import dated, heading

LONG = 8192
"""Cells of a paragraph, cell or heading at most; nothing that a plan may hold comes near it."""


def document(bulletin: Bulletin) -> Document:
    """The document of a bulletin, as offices write to each other."""
    return Document(
        _text(bulletin.title.parts),
        tuple(_blocks(bulletin)),
        is_official=True,
        author=safe(bulletin.signature),
        reference=safe(_reference(bulletin.office)),
        day=bulletin.day,
        trace=safe(bulletin.made_from),
    )


def mark(bulletin: Bulletin, level: int, number: int) -> str:
    """The 一、 or （一） before a heading, where the document has them."""
    return heading(level, number) if bulletin.numbered else ""


def annex_title(count: int, number: int) -> str:
    """附件 for the only one, 附件1 among several."""
    return "附件" if count == 1 else f"附件{number}"


def safe(words: object) -> str:
    """Words that may be printed."""
    return show(str(words), LONG)


def _blocks(bulletin: Bulletin) -> Iterator[Block]:
    if bulletin.salutation:
        yield Paragraph(safe(bulletin.salutation), is_salutation=True)
    yield from map(_paragraph, bulletin.lead)
    for number, section in enumerate(bulletin.sections, 1):
        yield from _section(bulletin, section, 1, number)
    if bulletin.closing:
        yield Paragraph(safe(bulletin.closing))
    if bulletin.attachments:
        yield _listing("attachments", bulletin.attachments, "附件")
    if signed := [line for line in (bulletin.signature, bulletin.dated) if line]:
        yield _listing("signature", signed)
    if contact := _contact(bulletin.office):
        yield Paragraph(safe(contact))
    for number, annex in enumerate(bulletin.annexes, 1):
        yield Heading(annex_title(len(bulletin.annexes), number), opens_page=True)
        yield _table(annex)
        yield from map(_paragraph, annex.paragraphs)
        for position, section in enumerate(annex.sections, 1):
            yield from _section(bulletin, section, 1, position)
    if bulletin.notes:
        yield Listing("numbered", tuple(Item((_text(note.parts),)) for note in bulletin.notes), "说明")
    if imprint := list(_imprint(bulletin.office)):
        yield _listing("imprint", imprint)


def _listing(kind: Literal["attachments", "signature", "imprint"], lines: Iterable[str], heading: str = "") -> Listing:
    return Listing(kind, tuple(Item((safe(line),)) for line in lines), heading)


def _reference(office: Office) -> str:
    signer = f"签发人：{office.signer}" if office.signer else ""
    return "　　".join(part for part in (office.number, signer) if part)


def _contact(office: Office) -> str:
    parts = (("联系人", office.contact), ("电话", office.phone))
    told = "，".join(f"{name}：{value}" for name, value in parts if value)
    return f"（{told}）" if told else ""


def _imprint(office: Office) -> Iterator[str]:
    if office.copies:
        yield f"抄送：{office.copies}。"
    if office.printer or office.printed:
        printed = f"{dated(office.printed)}印发" if office.printed else ""
        yield "　　".join(part for part in (office.printer, printed) if part)


def _section(bulletin: Bulletin, section: BulletinSection, level: int, number: int) -> Iterator[Block]:
    yield Heading(mark(bulletin, level, number) + safe(section.heading), level + 1)
    yield from map(_paragraph, section.paragraphs)
    for position, child in enumerate(section.sections, 1):
        yield from _section(bulletin, child, level + 1, position)


def _paragraph(paragraph: model.BulletinParagraph) -> Paragraph:
    parts = [part for sentence in paragraph.sentences for part in sentence.parts]
    return Paragraph(_text(parts), safe(paragraph.label))


def _table(table: model.Annex) -> Table:
    columns = tuple(
        Column(column.heading, column.heading, column.align, width=column.width) for column in table.columns
    )
    rows = [[_cell(cell) for cell in row] for row in table.rows]
    if table.marks:
        columns = (*columns[:-1], columns[-1]._replace(raw=(columns[-1].heading, *MARKS)))
        rows = [[*row[:-1], _marked(row[-1], marks)] for row, marks in zip(rows, table.marks, strict=True)]
    notes = (f"注：{safe(table.note)}",) if table.note else ()
    return Table("annex", safe(table.title), columns, rows, level=3, notes=notes)


def _cell(cell: model.BulletinCell) -> Cell:
    told = _text(cell.parts)
    return Cell(plain(told), told=told)


def _marked(cell: Cell, marks: model.Footing) -> Cell:
    """The last cell, behind which a sheet has what the row rests on."""
    return cell._replace(raw=(cell.text, BASIS_ZH.get(marks.basis, ""), safe(marks.carried)))


def _text(parts: Iterable[model.Part]) -> Text:
    """The words, with every figure in them named."""
    pieces: list[str | FigureText] = []
    for part in parts:
        if isinstance(part, Cited):
            pieces += [FigureText(safe(part.text), part.value), safe(part.unit)]
        else:
            pieces.append(safe(part))
    return tuple(piece for piece in pieces if piece)
