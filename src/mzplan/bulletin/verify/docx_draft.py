"""The text of a DOCX in reading order, by its own XML: as it reads once every revision is accepted.

Content controls, text boxes, footnotes and endnotes are read, and headers and footers; what is deleted is not.
Revisions and comments that are still open are handed out too, since nobody should sign a text that has some.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal, NamedTuple, get_args

from mzplan.bulletin.verify.docx_styles import BROKEN, WHITE, DocxStyle, is_on, parse_part, styles_of
from mzplan.bulletin.verify.html_draft import COLUMNS, LETTERS, TOO_LONG
from mzplan.diagnostics import InputError
from mzplan.reading.archive import parts_of
from mzplan.reading.flaws import RefusedError
from mzplan.reading.spreadsheet import Handlers

BLOCKS = 20_000
"""Paragraphs and table rows at most."""
_ELEMENTS = 500_000
"""Elements of the XML at most."""
TOO_MANY = f"文稿超过 {BLOCKS} 段，不予核对。"
_DELETED = frozenset({"del", "moveFrom"})
_INSERTED = frozenset({"ins", "moveTo"})
_MARKS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_NO_CHARACTER = 0xD800
"""From here on a code is half of a character, or a sign of a font's own."""
_NOTES = ("word/footnotes.xml", "word/endnotes.xml")
_COMMENTS = "word/comments.xml"
_MARGIN = re.compile(r"word/(?:header|footer)[0-9]*\.xml")
_PAGING = re.compile(r"[\s第页共/|—–―\-·，、0-9]*")
"""What numbers pages, and says nothing else."""
_BODY = re.compile(r"word/document[0-9]*\.xml")

_UNREAD = {
    "altChunk": "嵌入的文档",
    "subDoc": "子文档",
    "OLEObject": "嵌入的对象",
    "relIds": "智能图形",
    "chart": "图表",
}
"""What holds text of its own that is not read."""

NoText = Literal["inserted", "deleted", "comment", "hidden", "struck", "white", "unread"]
"""What is no text of a draft: open revisions, comments, hidden, struck-out and white text, parts that are not read."""
NO_TEXT: tuple[NoText, ...] = get_args(NoText)
Kind = Literal["paragraph", "heading", "head", "row", NoText]


def _symbol(code: str) -> str:
    """The character that is inserted by its code; of a font's own signs nobody knows what they look like."""
    number = int(code, 16) if re.fullmatch("[0-9A-Fa-f]{4}", code) else 0
    return chr(number) if 0x20 < number < _NO_CHARACTER else "\ufffd"


class DocxPiece(NamedTuple):
    """A paragraph or heading, a table's first or later row, or what is no text of it, with its number."""

    kind: Kind
    cells: list[str]
    number: int
    """Of the paragraph or row, from 1, as a reader counts them."""


@dataclass
class _DocxParagraph:
    """A paragraph while it is read; a text box makes one within another."""

    number: int
    style: "DocxStyle"
    letters: list[str] = field(default_factory=list)
    is_shaded: bool = False
    is_joined: bool = False
    """Whether its mark is deleted, so that it goes on in the next one."""


@dataclass
class _DocxRow:
    """A table's row while it is read."""

    number: int
    cells: list[list[str]] = field(default_factory=list)
    across: int = 1
    revised: Literal["", "deleted", "inserted"] = ""
    """What is tracked of it as a whole."""
    is_told: bool = False
    """Whether a revision within it has been told."""
    is_continued: bool = False
    """Whether the cell that is being read is the lower part of a merged one."""


@dataclass
class _DocxTable:
    """A table while it is read; one within a cell of another is part of that cell's text."""

    rows: int = 0
    row: _DocxRow | None = None


def read_docx(data: bytes) -> Iterator[DocxPiece]:
    """Each paragraph with its text, each table row with its cells, the first of a table as its head."""
    try:
        parts = parts_of(data)
        body = next((parts[name] for name in sorted(parts) if _BODY.fullmatch(name)), None)
        if body is None:
            raise InputError(BROKEN)
        reader = _DocxReader(styles_of(parts))
        reader.parse(body)
        for name in _NOTES:
            if name in parts:
                reader.parse(parts[name])
        for name in filter(_MARGIN.fullmatch, sorted(parts)):
            reader.parse(parts[name], is_margin=True)
        if _COMMENTS in parts:
            reader.parse(parts[_COMMENTS], is_comments=True)
    except RefusedError:
        raise InputError(BROKEN) from None
    yield from reader.pieces


class _DocxReader:
    """The parts of the document, one after the other."""

    def __init__(self, styles: dict[str, DocxStyle]) -> None:
        self.pieces: list[DocxPiece] = []
        self.styles = styles
        self.number = self.elements = self.letters = 0
        self.paragraphs: list[_DocxParagraph] = []
        self.waiting: _DocxParagraph | None = None
        self.tables: list[_DocxTable] = []
        self.path: list[str] = []
        self.changed: dict[str, int] = {"deleted": 0, "inserted": 0, "unseen": 0}
        """Inside of how many such elements we are."""
        self.revision: tuple[Kind, list[str]] | None = None
        self.is_text = self.is_comments = self.is_margin = self.is_hidden = self.is_white = self.is_struck = False

    def parse(self, data: bytes, *, is_comments: bool = False, is_margin: bool = False) -> None:
        """Read one part."""
        self.is_comments, self.is_margin = is_comments, is_margin
        parse_part(data, Handlers(self.start, self.end, self.text))
        self._end_waiting()

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        self.elements += 1
        if self.elements > _ELEMENTS:
            raise InputError(TOO_MANY)
        above = self.path[-1] if self.path else ""
        self.path.append(name)
        if above in ("rPr", "trPr"):
            self._property(above, name, attributes)
        elif name in _UNREAD:
            self.pieces.append(DocxPiece("unread", [_UNREAD[name]], self.number))
        elif name in _DELETED or name in _INSERTED:
            self._revise("deleted" if name in _DELETED else "inserted")
        elif name == "Fallback":  # the same again, for programs that know no text boxes of this kind
            self.changed["unseen"] += 1
        elif name == "p":
            self._begin()
        elif name == "tbl":
            self.tables.append(_DocxTable())
        elif name == "tr" and self.tables:
            self.tables[-1].row = _DocxRow(self._next() if len(self.tables) == 1 else self.number)
        elif name == "tc" and (row := self._row()) is not None:
            row.across, row.is_continued = 1, False
            row.cells.append([])
        elif name in ("t", "delText"):
            self.is_text = True
        elif name in _MARKS and above == "r":
            self._add(_MARKS[name])
        else:
            self._detail(name, attributes)

    def _detail(self, name: str, attributes: dict[str, str]) -> None:
        row = self._row()
        if name == "pStyle" and self.paragraphs:
            value = attributes.get("w:val", "")
            self.paragraphs[-1].style = self.styles.get(value, DocxStyle(value))
        elif name == "r" and self.paragraphs:
            self._look(self.paragraphs[-1].style)
        elif name == "sym":
            self._add(_symbol(attributes.get("w:char", "")))
        elif name == "shd":
            self._shade(attributes)
        elif name == "gridSpan" and row is not None:
            span = attributes.get("w:val", "1")
            row.across = min(int(span), COLUMNS) if span.isdecimal() and len(span) < 12 else 1
        elif name == "vMerge" and row is not None:
            row.is_continued = attributes.get("w:val", "continue") == "continue" and self.tables[-1].rows > 0

    def _property(self, above: str, name: str, attributes: dict[str, str]) -> None:
        """A paragraph's mark or a whole row may be deleted or inserted, a run hidden."""
        if above == "trPr" and name in ("del", "ins") and self.tables and self.tables[-1].row is not None:
            self.tables[-1].row.revised = "deleted" if name == "del" else "inserted"
        elif above == "rPr" and name == "del" and "pPr" in self.path[-3:] and self.paragraphs:
            self.paragraphs[-1].is_joined = True
        elif self.path[-3:-2] == ["r"]:
            value = attributes.get("w:val", "")
            if name == "rStyle":
                self._look(self.styles.get(value, DocxStyle()))
            elif name == "vanish":
                self.is_hidden = is_on(attributes.get("w:val", "1"))
            elif name == "color":
                self.is_white = value.upper() == WHITE
            elif name in ("strike", "dstrike"):
                self.is_struck = is_on(attributes.get("w:val", "1"))
            elif name == "shd":
                self._shade(attributes)

    def _look(self, style: DocxStyle) -> None:
        """Take over what a style says of how text looks."""
        self.is_hidden = self.is_hidden if style.is_hidden is None else style.is_hidden
        self.is_white = self.is_white if style.is_white is None else style.is_white
        self.is_struck = self.is_struck if style.is_struck is None else style.is_struck

    def _shade(self, attributes: dict[str, str]) -> None:
        """White text on a ground of another colour is to be seen."""
        if self.paragraphs and attributes.get("w:fill", "auto").upper() not in ("AUTO", WHITE):
            self.paragraphs[-1].is_shaded = True

    def _row(self) -> _DocxRow | None:
        return self.tables[0].row if len(self.tables) == 1 else None

    def _next(self) -> int:
        self.number += 1
        if self.number > BLOCKS:
            raise InputError(TOO_MANY)
        return self.number

    def _begin(self) -> None:
        if self.tables or self.paragraphs:
            self.elements += 10  # so that paragraphs within others are bounded too
            self.paragraphs.append(_DocxParagraph(self.number, self.styles[""]))
        elif self.waiting is not None:
            self.paragraphs.append(self.waiting)
            self.waiting = None
        else:
            self.paragraphs.append(_DocxParagraph(0 if self.is_comments else self._next(), self.styles[""]))

    def _revise(self, kind: Literal["deleted", "inserted"]) -> None:
        self.changed[kind] += 1
        if self.revision is None:
            self.revision = (kind, [])

    def end(self, name: str) -> None:
        """An element ends."""
        self.path.pop()
        above = self.path[-1] if self.path else ""
        if above in ("rPr", "trPr"):
            return
        if name in _DELETED or name in _INSERTED:
            self.changed["deleted" if name in _DELETED else "inserted"] -= 1
            if not self.changed["deleted"] and not self.changed["inserted"]:
                self._end_revision()
        elif name == "Fallback":
            self.changed["unseen"] -= 1
        elif name == "p" and self.paragraphs:
            self._end_paragraph(self.paragraphs.pop())
        elif name == "tc" and (row := self._row()) is not None and row.cells:
            blank = min(row.across, COLUMNS - len(row.cells) + 1) - 1
            row.cells += [[] for _ in range(blank)]
        elif name == "tr" and self.tables:
            self._end_row(self.tables[-1])
        elif name == "tbl" and self.tables:
            self.tables.pop()
        elif name in ("t", "delText"):
            self.is_text = False
        elif name == "r":
            self.is_hidden = self.is_white = self.is_struck = False

    def text(self, words: str) -> None:
        """Characters, of which only those in a run are text."""
        if self.is_text:
            self._add(words)

    def _add(self, words: str) -> None:
        if self.changed["unseen"] or not self.paragraphs:
            return
        self.letters += len(words)
        if self.letters > LETTERS:
            raise InputError(TOO_LONG)
        if self.is_hidden or self.is_struck:
            self.pieces.append(DocxPiece("hidden" if self.is_hidden else "struck", [words], self.number))
            return
        if self.is_white and not (self.tables or self.paragraphs[-1].is_shaded):
            self.pieces.append(DocxPiece("white", [words], self.number))
        if self.revision is not None:
            self.revision[1].append(words)
        if not self.changed["deleted"]:
            self.paragraphs[-1].letters.append(words)

    def _end_revision(self) -> None:
        if self.revision is not None and self.revision[1]:
            self.pieces.append(DocxPiece(self.revision[0], ["".join(self.revision[1])], self.number))
            if row := self._row():
                row.is_told = True
        self.revision = None

    def _end_paragraph(self, paragraph: _DocxParagraph) -> None:
        if self.tables:
            row = self.tables[0].row
            if row is not None and row.cells and not row.is_continued:
                row.cells[-1] += [letters for letters in paragraph.letters if letters != "\n"]
        elif paragraph.is_joined and not self.paragraphs:
            paragraph.is_joined = False
            self.waiting = paragraph
        else:
            self._tell(paragraph)

    def _end_waiting(self) -> None:
        if self.waiting is not None:
            self._tell(self.waiting)
            self.waiting = None

    def _tell(self, paragraph: _DocxParagraph) -> None:
        words = "".join(paragraph.letters)
        if not words.strip() or (self.is_margin and _PAGING.fullmatch(words)):
            return
        is_heading = self.is_margin or paragraph.style.name.lower().startswith(("heading", "title"))
        kind: Kind = "comment" if self.is_comments else "heading" if is_heading else "paragraph"
        self.pieces.append(DocxPiece(kind, [words], paragraph.number))

    def _end_row(self, table: _DocxTable) -> None:
        row, table.row = table.row, None
        if len(self.tables) > 1 or row is None:
            return
        cells = ["".join(cell) for cell in row.cells]
        cells[COLUMNS - 1 :] = ["".join(cells[COLUMNS - 1 :])] if len(cells) > COLUMNS else cells[COLUMNS - 1 :]
        if row.revised and any(cells) and not row.is_told:
            self.pieces.append(DocxPiece(row.revised, [" ".join(filter(None, cells))], row.number))
        if row.revised != "deleted" and any(cells):
            table.rows += 1
            self.pieces.append(DocxPiece("head" if table.rows == 1 else "row", cells, row.number))
