"""The text of an HTML page in reading order, each character with its place."""

from collections.abc import Iterator
from html import unescape
from html.parser import HTMLParser
from typing import Literal, NamedTuple

from mzplan.diagnostics import InputError

Letter = tuple[str, int, int]
"""A character with its line and column, from 1."""

_UNCLOSED = "文稿里有没有写完的标签或注释。请在浏览器或编辑器中另存为 HTML 后再核对。"
_UNSEEN = frozenset({"head", "script", "style", "template"})
_INLINE = frozenset(
    {"a", "abbr", "b", "br", "data", "del", "em", "font", "i", "ins", "mark", "s", "small", "span", "strong", "sub"}
    | {"sup", "time", "u", "wbr"}
)


class Piece(NamedTuple):
    """A heading, a paragraph, or a table's first or later row."""

    kind: Literal["heading", "paragraph", "head", "row"]
    cells: list[list[Letter]]
    """The characters of each cell; of a heading or paragraph there is one."""
    level: int = 0
    """Of a heading: 1 for h1."""


def read_html(text: str) -> Iterator[Piece]:
    """The headings, paragraphs and table rows; InputError for a page that ends within a tag or a comment."""
    if text.rfind("<") > text.rfind(">") or text.count("<!--") > text.count("-->"):
        raise InputError(_UNCLOSED)
    reader = _Reader()
    reader.feed(text)
    reader.close()
    reader.end_block()
    yield from reader.pieces


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.pieces: list[Piece] = []
        self.letters: list[Letter] = []
        self.level = 0
        self.unseen: list[str] = []
        self.cells: list[list[Letter]] | None = None
        """Those of the table row that is being read."""
        self.opens = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "body":
            self.unseen.clear()  # the end of the head need not be written
        elif tag in _UNSEEN:
            self.unseen.append(tag)
        elif tag not in _INLINE:
            self._break(tag)
            if tag == "table":
                self.opens = True
            elif tag == "tr":
                self.cells = []
            elif tag in ("h1", "h2", "h3", "h4", "h5", "h6"):
                self.level = int(tag[1])

    def handle_endtag(self, tag: str) -> None:
        if tag in self.unseen:
            self.unseen.remove(tag)
        elif tag == "tr" and self.cells is not None:
            self._end_cell()
            if self.cells:
                self.pieces.append(Piece("head" if self.opens else "row", self.cells))
            self.opens, self.cells = False, None
        elif tag in ("td", "th") and self.cells is not None:
            self.cells.append(_trimmed(self.letters))
            self.letters = []
        elif tag not in _INLINE:
            self._break(tag)

    def handle_data(self, data: str) -> None:
        if self.unseen:
            return
        line, column = self.getpos()
        for letter in data:
            if letter == "\n":
                line, column = line + 1, -1
            elif letter != "\r":
                self.letters.append((letter, line, column + 1))
            column += 1

    def handle_entityref(self, name: str) -> None:
        self._reference(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self._reference(f"&#{name};")

    def _reference(self, reference: str) -> None:
        if not self.unseen:
            line, column = self.getpos()
            self.letters += [(letter, line, column + 1) for letter in unescape(reference)]

    def _break(self, tag: str) -> None:
        """A block begins or ends; within a table's row only cells do."""
        if self.cells is None:
            self.end_block()
        elif tag in ("td", "th"):
            self._end_cell()

    def _end_cell(self) -> None:
        """A cell whose end was not written."""
        if self.cells is not None and (cell := _trimmed(self.letters)):
            self.cells.append(cell)
        self.letters = []

    def end_block(self) -> None:
        """What was gathered is a heading or a paragraph."""
        if letters := _trimmed(self.letters):
            self.pieces.append(Piece("heading" if self.level else "paragraph", [letters], self.level))
        self.letters, self.level = [], 0


def _trimmed(letters: list[Letter]) -> list[Letter]:
    start, end = 0, len(letters)
    while start < end and letters[start][0].isspace():
        start += 1
    while end > start and letters[end - 1][0].isspace():
        end -= 1
    return letters[start:end]
