"""The text of an HTML page in reading order, each character with its place; any page is read in linear time."""

import re
from collections.abc import Iterator
from html import unescape
from typing import Literal, NamedTuple

from mzplan.bulletin.verify.html_hidden import Hidden
from mzplan.diagnostics import InputError

COLUMNS = 64
"""Columns of a table at most: a cell that spans more spans so many."""
LETTERS = 500_000
"""Characters of a draft at most."""
TOO_LONG = f"文稿超过 {LETTERS // 10_000} 万字，不予核对。"

Letter = tuple[str, int, int]
"""A character with its line and column, from 1."""

_UNCLOSED = "文稿里有没有写完的标签或注释。请在浏览器或编辑器中另存为 HTML 后再核对。"
_IMAGE, _STYLE = "图片", "样式（content）"
"""What holds text of its own that is not read."""
_UNSEEN = frozenset({"head", "script", "style", "template", "del", "s", "strike"})
_INLINE = frozenset(
    {"a", "abbr", "b", "br", "data", "em", "font", "i", "ins", "mark", "small", "span", "strong", "sub", "sup"}
    | {"time", "u", "wbr", "del", "s", "strike"}
)
_EMPTY = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
)
"""Elements that hold nothing and have no end."""
_ROWS = frozenset({"table", "tbody", "thead", "tfoot"})
_ENDS: dict[str, tuple[frozenset[str], frozenset[str]]] = {
    "li": (frozenset({"li"}), frozenset({"ul", "ol"})),
    "dt": (frozenset({"dt", "dd"}), frozenset({"dl"})),
    "dd": (frozenset({"dt", "dd"}), frozenset({"dl"})),
    "td": (frozenset({"td", "th", "tr"}), _ROWS | {"tr"}),
    "th": (frozenset({"td", "th", "tr"}), _ROWS | {"tr"}),
    "tr": (frozenset({"tr"}), _ROWS),
}
"""Of what need not be ended: what begins after it, and what ends around it. After a paragraph any block does."""
_MARKUP = re.compile(
    r"""(?P<comment><!--)|<[!?][^>]*+>|<(?P<close>/?)(?P<tag>[A-Za-z][^\s/>]*+)"""
    r"""(?P<attributes>(?:[^>"']++|"[^"]*+"|'[^']*+')*+)>|(?P<text>[^<]++)|(?P<open><)"""
)
_SPAN = re.compile(r"\b(col|row)span\s*=\s*[\"']?\s*([0-9]{1,9})", re.IGNORECASE)
_TOKENS = 1_000_000
"""Tags and texts at most."""
_ATTRIBUTES = 1000
"""Characters of a cell's attributes that are searched for its span."""
_SAID = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});|\n|\r|[^&\n\r]+|&")


class HtmlPiece(NamedTuple):
    """A heading, a paragraph, a table's first or later row, what is not shown, or what text is not read of."""

    kind: Literal["heading", "paragraph", "head", "row", "hidden", "unread"]
    cells: list[list[Letter]]
    """The characters of each cell; of a heading or paragraph there is one."""
    level: int = 0
    """Of a heading: 1 for h1."""


def read_html(text: str) -> Iterator[HtmlPiece]:
    """The headings, paragraphs and table rows; InputError for a page that ends within a tag or a comment."""
    if text.rfind("<") > text.rfind(">"):
        raise InputError(_UNCLOSED)
    reader = _HtmlReader()
    yield from reader.read(text)


class _HtmlReader:
    def __init__(self) -> None:
        self.pieces: list[HtmlPiece] = []
        self.letters: list[Letter] = []
        self.read_so_far = 0
        self.line, self.column = 1, 1
        self.level = 0
        self.unseen: list[str] = []
        self.styles = Hidden()
        self.within: list[str] = []
        """The element that is not shown, and those of its kind within it."""
        self.concealed: list[Letter] = []
        self.cells: list[list[Letter]] | None = None
        """Those of the table row that is being read."""
        self.opens = False
        self.down: dict[int, int] = {}
        """How many more rows the cells above reach down into, by column."""
        self.across = 1
        self.reaches = 1
        """How many columns and rows the cell takes that is being read."""

    def read(self, text: str) -> Iterator[HtmlPiece]:
        """The pieces as they are complete."""
        position = tokens = 0
        while match := _MARKUP.match(text, position):
            tokens += 1
            if tokens > _TOKENS:
                raise InputError(TOO_LONG)
            end = match.end()
            if match["text"] or match["open"]:
                self._text(match[0])
            elif match["comment"]:
                end = text.find("-->", end) + 3
            elif match["tag"]:
                tag = match["tag"].lower()
                if match["close"]:
                    self._end(tag)
                else:
                    self._start(tag, match["attributes"][:_ATTRIBUTES])
                    if tag in ("script", "style"):  # what stands in them is no markup
                        begun, end = end, _closing(text, tag, end)
                        if tag == "style":
                            was = self.styles.writes
                            self.styles.learn(text[begun:end])
                            if self.styles.writes and not was:
                                self._leave_unread(_STYLE)
            if end < match.end():
                raise InputError(_UNCLOSED)
            if not (match["text"] or match["open"]):
                self._skip(text, position, end)
            position = end
            yield from self.pieces
            self.pieces.clear()
        self._conceal()
        self._end_row()
        self.end_block()
        yield from self.pieces

    def _skip(self, text: str, start: int, end: int) -> None:
        """Count the lines and columns of what is not seen."""
        if lines := text.count("\n", start, end):
            self.line += lines
            self.column = end - text.rfind("\n", start, end)
        else:
            self.column += end - start

    def _text(self, text: str) -> None:
        is_seen = not self.unseen
        for match in _SAID.finditer(text):
            words = match[0]
            if words == "\n":
                self.line, self.column = self.line + 1, 1
                continue
            if is_seen and words != "\r":
                said = unescape(words) if words[0] == "&" else words
                step = 0 if words[0] == "&" else 1
                self.read_so_far += len(said)
                if self.read_so_far > LETTERS:
                    raise InputError(TOO_LONG)
                letters = self.concealed if self.within else self.letters
                letters += [(c, self.line, self.column + step * at) for at, c in enumerate(said)]
            self.column += len(words)

    def _conceal(self) -> None:
        """The end of what is not shown."""
        if letters := _trimmed(self.concealed):
            self.pieces.append(HtmlPiece("hidden", [letters]))
        self.within, self.concealed = [], []

    def _leave_unread(self, what: str) -> None:
        self.pieces.append(HtmlPiece("unread", [[(letter, self.line, self.column) for letter in what]]))

    def _is_concealed(self, tag: str, attributes: str) -> bool:
        """Whether an element is not shown, or stands within one that is not."""
        if self.within:
            if len(self.within) > 1 or not self._ends(tag, 0):
                self.within += [tag] if tag == self.within[0] else []
                return True
            self._conceal()
        if self.unseen or tag in _EMPTY or not self.styles.hides(tag, attributes):
            return False
        if tag not in _INLINE and self.cells is None:
            self.end_block()
        self.within = [tag]
        return True

    def _ends(self, tag: str, where: int) -> bool:
        """Whether a tag, which begins (0) or ends (1), ends what is not shown though that has no end of its own."""
        hidden = self.within[0]
        return tag not in _INLINE if hidden == "p" else hidden in _ENDS and tag in _ENDS[hidden][where]

    def _start(self, tag: str, attributes: str) -> None:
        if self._is_concealed(tag, attributes):
            return
        if tag == "img" and not self.unseen and self.styles.told_instead(attributes):
            self._leave_unread(_IMAGE)
        if tag == "body":
            self.unseen.clear()  # the end of the head need not be written
        elif tag in _UNSEEN:
            self.unseen.append(tag)
        elif tag not in _INLINE:
            if tag in ("table", "tr"):  # one within a cell, or after a row whose end was not written
                self._end_row()
            self._break(tag)
            if tag == "table":
                self.opens = True
                self.down.clear()
            elif tag == "tr":
                self.cells = []
                self._pass_down()
            elif tag in ("td", "th"):
                spans = {match[1].lower(): int(match[2]) for match in _SPAN.finditer(attributes)}
                self.across, self.reaches = spans.get("col", 1), spans.get("row", 1)
            elif tag in ("h1", "h2", "h3", "h4", "h5", "h6"):
                self.level = int(tag[1])

    def _end(self, tag: str) -> None:
        if self.within and tag == self.within[0]:
            self.within.pop()
            if not self.within:
                self._conceal()
            return
        if self.within and not self._ends(tag, 1):
            return
        if self.within:
            self._conceal()
        if tag in self.unseen:
            self.unseen.remove(tag)
        elif tag in ("tr", "table") and self.cells is not None:
            self._end_row()
        elif tag in ("td", "th") and self.cells is not None:
            self._add(_trimmed(self.letters))
            self.letters = []
        elif tag not in _INLINE:
            self._break(tag)

    def _end_row(self) -> None:
        """A table's row, whether its end was written or not."""
        if self.cells is None:
            return
        self._end_cell()
        if any(self.cells):
            self.pieces.append(HtmlPiece("head" if self.opens else "row", self.cells))
            self.opens = False
        self.cells = None

    def _add(self, cell: list[Letter]) -> None:
        """A cell in its column, and blank ones for what it spans; past the last column it goes on in that one."""
        if self.cells is None:
            return
        start = len(self.cells)
        if start >= COLUMNS:
            self.cells[-1] += cell
        for column in range(start, min(start + max(1, self.across), COLUMNS)):
            self.cells.append(cell if column == start else [])
            if self.reaches > 1:
                self.down[column] = self.reaches - 1
        self.across = self.reaches = 1
        self._pass_down()

    def _pass_down(self) -> None:
        """Blank cells where one of a row above reaches down."""
        while self.cells is not None and self.down.get(len(self.cells), 0) > 0:
            self.down[len(self.cells)] -= 1
            self.cells.append([])

    def _break(self, tag: str) -> None:
        """A block begins or ends; within a table's row only cells do."""
        if self.cells is None:
            self.end_block()
        elif tag in ("td", "th"):
            self._end_cell()

    def _end_cell(self) -> None:
        """A cell whose end was not written."""
        if cell := _trimmed(self.letters):
            self._add(cell)
        self.letters = []

    def end_block(self) -> None:
        """What was gathered is a heading or a paragraph."""
        if letters := _trimmed(self.letters):
            self.pieces.append(HtmlPiece("heading" if self.level else "paragraph", [letters], self.level))
        self.letters, self.level = [], 0


def _closing(text: str, tag: str, start: int) -> int:
    """Where the end tag begins of what holds no markup; the end of the page where there is none."""
    found = re.compile(f"</{tag}", re.IGNORECASE).search(text, start)
    return found.start() if found else len(text)


def _trimmed(letters: list[Letter]) -> list[Letter]:
    start, end = 0, len(letters)
    while start < end and letters[start][0].isspace():
        start += 1
    while end > start and letters[end - 1][0].isspace():
        end -= 1
    return letters[start:end]
