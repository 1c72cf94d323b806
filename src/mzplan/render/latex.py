"""Documents as LaTeX: a fragment to be put into a document that can print Chinese."""

import re
from collections.abc import Iterator

from mzplan.render.document import Block, Document, Heading, Listing, Paragraph, Table, Text, plain
from mzplan.render.guard import inert
from mzplan.render.layout import SPARKS, Look
from mzplan.render.tabulated import tabulated
from mzplan.said import say

_SPECIAL = {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "<": r"\textless{}",
    ">": r"\textgreater{}",
    "↑": r"$\uparrow$",
    "↓": r"$\downarrow$",
    "≥": r"$\geq$",
    "≤": r"$\leq$",
    "[": "{[}",  # at the start of a line, `\\` would take either for an option of its own
    "*": "{*}",
    **{spark: rf"\rule{{.4em}}{{{height * 2 / 10}ex}}" for height, spark in enumerate(SPARKS, 1)},
    **{character: f"\\{character}" for character in "&%$#_{}"},
}
_ANY_SPECIAL = re.compile("|".join(re.escape(character) for character in _SPECIAL))
_HEAD = "须用 XeLaTeX 或 LuaLaTeX 编译，导言区加 {package}。"
_PACKAGE = r"\usepackage{ctex}"
_SECTIONS = ("section", "subsection", "subsubsection", "paragraph")


def latex(document: Document, look: Look) -> str:
    """Sections without numbers, paragraphs and tables."""
    blocks = [f"% {look.tell(say(_HEAD, package=_PACKAGE))}"]
    if document.title:
        blocks.append(_section(document.title, 1))
    for block in document.blocks:
        blocks += _block(block)
    if document.trace:
        blocks += [r"\medskip", rf"\noindent {_text(document.trace)}"]
    return inert("\n\n".join(blocks) + "\n")


def _text(text: Text) -> str:
    return _ANY_SPECIAL.sub(lambda match: _SPECIAL[match[0]], plain(text))


def _section(text: Text, level: int) -> str:
    return f"\\{_SECTIONS[min(level, len(_SECTIONS)) - 1]}*{{{_text(text)}}}"


def _block(block: Block) -> Iterator[str]:
    match block:
        case Heading():
            yield _section(block.text, block.level)
        case Paragraph():
            label = rf"\textbf{{{_text(block.label)}}}" if block.label else ""
            yield (r"\noindent " if block.is_salutation else "") + label + _text(block.text)
        case Listing():
            yield from _listing(block)
        case Table():
            yield from _table(block)


def _listing(block: Listing) -> Iterator[str]:
    """A paragraph of lines of their own."""
    if block.heading:
        yield _section(block.heading, 2)
    lines = [" · ".join(map(_text, item.pieces)) for item in block.items]
    if block.kind == "numbered":
        lines = [f"{number}. {line}" for number, line in enumerate(lines, 1)]
    if block.kind == "notes" and lines:
        yield r"\medskip"
    if lines:
        text = "\\\\\n".join(lines)
        if block.kind == "signature":
            yield f"\\begin{{flushright}}\n{text}\n\\end{{flushright}}"
        else:
            yield rf"\noindent {text}"


def _table(table: Table) -> Iterator[str]:
    if table.title:
        yield _section(table.title, table.level)
    if not table.rows:
        yield _text(table.empty)
    for title, rows in table.sections:
        if title:
            yield _section(title, table.level + 1)
        yield "\\noindent\n" + tabulated(table.columns, rows, "latex_raw", _text)
    yield from (rf"\noindent {_text(note)}" for note in table.notes)
