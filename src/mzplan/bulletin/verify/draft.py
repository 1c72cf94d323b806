"""An edited bulletin as blocks of text with their places: Markdown, text, HTML, DOCX. Knows nothing of figures."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise
from typing import Literal

from mzplan.bulletin.verify.docx_draft import BLOCKS, NO_TEXT, TOO_MANY, NoText, read_docx
from mzplan.bulletin.verify.html_draft import COLUMNS, LETTERS, TOO_LONG, read_html
from mzplan.diagnostics import InputError
from mzplan.reading.text import decoded
from mzplan.said import say

LIMIT = 16 << 20
"""Bytes of a draft at most."""
ROWS = BLOCKS
"""Lines, paragraphs or table rows at most; so many marks as well."""


@dataclass(frozen=True, slots=True)
class Block:
    """A heading, a paragraph or a table row, with the line and column of each of its characters.

    Or what is no text of the draft: an open revision or comment, hidden or white text, a part that is not read.
    """

    kind: Literal["heading", "paragraph", "row", NoText]
    text: str
    places: Sequence[tuple[int, int]]
    level: int = 0
    """Of a heading: 0 the title, 1 一、, 2 （一）; of a row: 1 when it opens a table."""
    cells: tuple[tuple[int, int], ...] = ()
    """Of a row: where each cell starts and ends in the text."""


_MARKS = (
    (1, re.compile(r"[一二三四五六七八九十]+、")),
    (2, re.compile(r"[（(][一二三四五六七八九十]+[）)]")),
    (3, re.compile(r"[0-9]{1,2}[.．](?![0-9])")),
    (4, re.compile(r"[（(][0-9]{1,2}[）)]")),
)
_NUMBERED = re.compile(r"〔[0-9０-９]{4}〕")
"""What stands above the title: the number of an issued document."""
_IMPRINT = re.compile(r"抄送[:：]|.*日印发$")
"""A line of the imprint stands by itself."""
_PAGE = re.compile(r"\s*<(!doctype html|html)\b", re.IGNORECASE)
_LABEL = re.compile(r"(附件|附表|附录|表)[\s]*[0-9一二三四五六七八九十]*\s*$|说明[:：]?$")
_RULE = re.compile(r"[\s|│┼─\-:+—=]+")
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])|&#([0-9]{1,6});|&(lt|gt|amp|quot|nbsp);|<br\s*/?>")
_TOO_LARGE = "文稿超过 {size} MB，不予核对。"
_TOO_MANY_LINES = "文稿超过 {count} 行，不予核对。"
_NO_TEXT = "文稿不是文本文件、Markdown、HTML 或 DOCX。请另存为 UTF-8 文本或 .docx 后再核对。"
_PDF = "文稿是 PDF，取出的文字会错位，不能逐字核对。请在 Word 或 WPS 中打开另存为 .docx，或把全文复制到 .txt 后再核对。"
_ENTITIES = {"lt": "<", "gt": ">", "amp": "&", "quot": '"', "nbsp": " "}


def read_draft(name: str, data: bytes) -> list[Block]:
    """The blocks of a draft by its file name's suffix; InputError when it cannot be read."""
    if len(data) > LIMIT:
        raise InputError(say(_TOO_LARGE, size=LIMIT >> 20))
    if name.lower().endswith(".docx") or data.startswith(b"PK\x03\x04"):
        return list(_docx(data))
    text = _decoded(data)
    if text.count("\n") > ROWS:
        raise InputError(say(_TOO_MANY_LINES, count=ROWS))
    if name.lower().endswith((".html", ".htm")) or _PAGE.match(text):
        return _bounded(_html(text))
    if len(text) > LETTERS:
        raise InputError(TOO_LONG)
    return list(_markdown(text) if _is_markdown(name, text) else _plain(text))


def _bounded(blocks: Iterable[Block]) -> list[Block]:
    """The blocks, as long as they are not too many."""
    kept = list(islice(blocks, ROWS + 1))
    if len(kept) > ROWS:
        raise InputError(TOO_MANY)
    return kept


def _decoded(data: bytes) -> str:
    text = None if data.startswith(b"%PDF-") else decoded(data)
    if text is None or "\0" in text:
        raise InputError(_PDF if data.startswith(b"%PDF-") else _NO_TEXT)
    return text


def _is_markdown(name: str, text: str) -> bool:
    """By its headings; without any, by its name, unless it is set as plain text is, which a shell may call so."""
    if re.search(r"^#{1,6} \S", text, re.MULTILINE):
        return True
    return name.lower().endswith((".md", ".markdown")) and not re.search("^　　|│", text, re.MULTILINE)


def _heading_level(text: str) -> int:
    """Level of a line that opens like 一、 or （一） and does not end like a sentence; 0 for none."""
    if len(text) > 80 or text.rstrip()[-1:] in "。；;，,":
        return 0
    return next((level for level, mark in _MARKS if mark.match(text)), 0)


def _plain(text: str) -> Iterator[Block]:
    paragraph: list[tuple[str, int, int]] = []
    title_seen = in_table = False
    for number, line in enumerate(text.split("\n"), 1):
        line = line.rstrip("\r")
        stripped = line.strip()
        indent = len(line) - len(line.lstrip())
        was_in_table, in_table = in_table, "│" in line or "┼" in line
        starts: object = not stripped or line.startswith(("　", "\t")) or _heading_level(stripped) or "│" in line
        starts = bool(starts or _IMPRINT.match(stripped))
        if paragraph and (starts or _LABEL.match(stripped)):
            yield _joined(paragraph)
            paragraph = []
        if not stripped:
            continue
        if in_table:
            if not _RULE.fullmatch(line):
                yield _row(line, number, "│", opens=not was_in_table)
        elif not title_seen and not _NUMBERED.search(stripped):
            title_seen = True
            yield _block("heading", stripped, number, indent, 0)
        elif _LABEL.match(stripped):
            yield _block("heading", stripped, number, indent, 1)
        elif level := _heading_level(stripped):
            yield _block("heading", stripped, number, indent, level)
        else:
            paragraph.append((stripped, number, indent))
    if paragraph:
        yield _joined(paragraph)


def _markdown(text: str) -> Iterator[Block]:
    paragraph: list[tuple[str, int, int]] = []
    in_table = False
    for number, line in enumerate(text.split("\n"), 1):
        line = line.rstrip("\r")
        stripped = line.strip()
        indent = len(line) - len(line.lstrip())
        was_in_table, in_table = in_table, stripped.startswith("|")
        mark = re.match(r"(#{1,6})\s+|(?:>\s*)+|[-*+]\s+|[0-9]{1,2}[.)]\s+", stripped)
        if paragraph and (not stripped or mark or stripped.startswith("|")):
            yield _joined(paragraph, markdown=True)
            paragraph = []
        if not stripped:
            continue
        body, offset = (stripped[mark.end() :], indent + mark.end()) if mark else (stripped, indent)
        if in_table:
            if not _RULE.fullmatch(stripped):
                yield _row(line, number, "|", opens=not was_in_table, markdown=True)
        elif mark and mark[1]:
            level = len(mark[1]) - 1
            yield _unescaped(_block("heading", body, number, offset, 1 if _LABEL.match(body) else level))
        else:
            paragraph.append((body, number, offset))
    if paragraph:
        yield _joined(paragraph, markdown=True)


def _block(kind: Literal["heading", "paragraph"], text: str, line: int, offset: int, level: int = 0) -> Block:
    return Block(kind, text, [(line, offset + position + 1) for position in range(len(text))], level)


def _joined(lines: Sequence[tuple[str, int, int]], *, markdown: bool = False) -> Block:
    """Lines of one paragraph as one text: an editor may have wrapped it."""
    text = "".join(line for line, _, _ in lines)
    places = [(number, offset + position + 1) for line, number, offset in lines for position in range(len(line))]
    block = Block("paragraph", text, places)
    return _unescaped(block) if markdown else block


def _unescaped(block: Block) -> Block:
    """A Markdown text without its escapes and emphasis, each character still in its place."""
    letters: list[str] = []
    kept: list[int] = []
    position = 0
    text = block.text
    while position < len(text):
        match = _ESCAPE.match(text, position)
        if match:
            letter = match[1] or (chr(int(match[2])) if match[2] else _ENTITIES.get(match[3] or "", " "))
            letters.append(letter)
            kept.append(position)
            position = match.end()
        elif text.startswith(("**", "__"), position):
            position += 2
        else:
            letters.append(text[position])
            kept.append(position)
            position += 1
    cells = []
    for start, end in block.cells:
        inside = [new for new, old in enumerate(kept) if start <= old < end]
        cells.append((inside[0], inside[-1] + 1) if inside else (0, 0))
    return Block(block.kind, "".join(letters), [block.places[old] for old in kept], block.level, tuple(cells))


def _row(line: str, number: int, bar: str, *, opens: bool, markdown: bool = False) -> Block:
    places = [(number, position + 1) for position in range(len(line))]
    bars = [match.start() for match in islice(re.finditer(r"(?<!\\)" + re.escape(bar), line), COLUMNS)]
    edges = [-1, *bars, len(line)]
    cells = [(start + 1, end) for start, end in pairwise(edges)]
    if markdown:
        cells = cells[1:-1] if line.rstrip().endswith(bar) else cells[1:]
    block = Block("row", line, places, int(opens), tuple(cells))
    return _unescaped(block) if markdown else block


def _html(text: str) -> Iterator[Block]:
    """Headings, paragraphs and table rows in order."""
    title_seen = False
    for kind, cells, level in read_html(text):
        words = ["".join(letter for letter, _, _ in cell) for cell in cells]
        places = [(line, column) for cell in cells for _, line, column in cell]
        if kind in ("hidden", "unread"):
            yield Block(kind, words[0], places)
            continue
        if kind in ("head", "row"):
            edges, places, start = [], [], 0
            for cell in cells:
                edges.append((start, start + len(cell)))
                start += len(cell) + 1
                places += [(line, column) for _, line, column in cell]
                places.append(places[-1] if places else (1, 1))
            yield Block("row", "\t".join(words), places[:-1], int(kind == "head"), tuple(edges))
            continue
        rank = level - 1 if kind == "heading" else 0
        if not title_seen and not _NUMBERED.search(words[0]):
            title_seen, kind, rank = True, "heading", 0
        elif _LABEL.match(words[0]):
            kind, rank = "heading", 1
        elif kind == "paragraph" and (found := _heading_level(words[0])):
            kind, rank = "heading", found
        yield Block("heading" if kind == "heading" else "paragraph", words[0], places, rank)


def _docx(data: bytes) -> Iterator[Block]:
    """Paragraphs and table rows in order; the "line" of a place is the number of the paragraph or row."""
    title_seen = False
    for kind, cells, number in read_docx(data):
        if kind in ("head", "row"):
            text = "\t".join(cells)
            edges, start = [], 0
            for cell in cells:
                edges.append((start, start + len(cell)))
                start += len(cell) + 1
            places = [(number, position + 1) for position in range(len(text))]
            yield Block("row", text, places, int(kind == "head"), tuple(edges))
            continue
        text = cells[0].strip()
        if kind in NO_TEXT:
            yield Block(kind, text, [(number, 1)] * len(text))
            continue
        level = 1 if _LABEL.match(text) else _heading_level(text)
        if not title_seen and not _NUMBERED.search(text):
            title_seen, level = True, 0
            yield _block("heading", text, number, 0, 0)
        elif level or kind == "heading":
            yield _block("heading", text, number, 0, level or 1)
        else:
            yield _block("paragraph", text, number, 0)
