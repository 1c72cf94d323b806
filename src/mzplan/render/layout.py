"""Text in columns of a console's cells: widths, padding, folding, bars, sparklines.

wcwidth measures and cuts what has marks, emoji or hidden characters in it; everyday characters take the cells that
Unicode says. Lines are folded here: libraries break at blanks alone, or put a comma first in a line.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

from mzplan.render.document import Align, Tone

ELLIPSIS = "…"
BAR_FULL, BAR_EMPTY = "█", "─"
SPARKS = "▁▂▃▄▅▆▇█"
NO_SPARK = "·"
_LISTING, _COMMAND = "、", ("mzplan ", "（mzplan ", "(mzplan ")
_PARTS = re.compile(
    r"(?:[（(]?mzplan(?: [!-~]+)+|(?:(?![（(]?mzplan [!-~])[^、：；，。！？ ])*)[、：；，。！？ ]*[）》”’】]*"
)
"""Commands, names and clauses, each with the marks behind it."""
_COLUMNS = re.compile(" *[^ ].* {2,}(?=[^ ])")
"""All columns of a line but the last: two blanks stand between them."""
_NARROWEST = 12
"""Cells below which nothing is written under a column: it goes on further to the left."""
_OPENING, _CLOSING = "（《“‘【［", "，。：；！？、）》”’】］%％"
INDENT = "  "
WIDEST = 10**6
"""Cells of a line that may be as wide as it needs."""


class Span(NamedTuple):
    """A piece of a line with what it says."""

    text: str
    tone: Tone = ""


Line = list[Span]


class Look(NamedTuple):
    """Where a text is read: how wide its lines and characters are, whether it has colours, and in which language."""

    width: int | None = None
    """Cells of a line; None for as wide as the text needs."""
    colour: bool = False
    ambiguous: int = 1
    """Cells of a character of ambiguous width (≥ … █ “): two on a Chinese Windows console."""
    tell: Callable[[str], str] = str
    """What says a text in the reader's language."""

    def cells(self, text: str) -> int:
        """The cells a text takes: two for a full-width character, none for a combining mark."""
        each = [_cells_of(character, self.ambiguous) for character in text]
        if all(each):
            return sum(each)
        import wcwidth  # where first needed: importing it takes an eighth of a short run

        return wcwidth.width(text, control_codes="ignore", ambiguous_width=self.ambiguous)

    def fits(self, text: str) -> bool:
        """Whether a text fits into a line."""
        return self.width is None or self.cells(text) <= self.width

    def cut(self, text: str, width: int) -> str:
        """The text in at most that many cells, ending in … where something is missing."""
        if self.cells(text) <= width:
            return text
        room = width - self.cells(ELLIPSIS)
        if room < 0:
            return ""
        import wcwidth  # likewise

        return wcwidth.clip(text, 0, room, fillchar="", ambiguous_width=self.ambiguous) + ELLIPSIS

    def pad(self, text: str, width: int, align: Align = "left") -> str:
        """The text in exactly that many cells, cut where it is longer."""
        cut = self.cut(text, width)
        blanks = " " * (width - self.cells(cut))
        return blanks + cut if align == "right" else cut + blanks

    def fold(self, text: str, width: int, less: int = 0) -> list[str]:
        """The text in lines of at most that many cells; Chinese breaks anywhere, a word or listed name if it must.

        The lines after the first one have so many cells less.
        """
        lines, line, room, later = list[str](), "", max(width, 2), max(width - less, 2)
        for piece in self._pieces(text, later):
            if line and self.cells((line + piece).rstrip()) > (later if lines else room):
                lines.append(line.rstrip())
                line = ""
            line += piece if line else piece.lstrip()
        return [*lines, line.rstrip()] if line.strip() or not lines else lines

    def hung(self, text: str, at: int | None = None) -> list[str]:
        """The text in lines that fit into the look's, which go on at that column, else under its last or only one."""
        if self.width is None or self.fits(text):
            return [text]
        start = len(text) - len(text.lstrip(" "))
        columns = _COLUMNS.match(text) if at is None else None
        at = self.cells(columns[0]) if columns else start if at is None else at
        if self.width - at < _NARROWEST:
            at = start + 2
        first, *others = self.fold(text[start:], self.width - start, at - start)
        return [" " * start + first, *(" " * at + line for line in others)]

    def _pieces(self, text: str, room: int) -> Iterable[str]:
        """What may not be torn: a listed name or a command that fits into a line, a word, a character with its mark."""
        is_listed = False
        for part in _PARTS.findall(text):
            is_whole = is_listed or part.endswith(_LISTING) or part.startswith(_COMMAND)
            is_listed = part.endswith(_LISTING)
            if is_whole and self.cells(part) <= room:
                yield part
            else:
                yield from self.words(part, room)

    def words(self, text: str, room: int = WIDEST) -> Iterable[str]:
        """A run of narrow characters with its blank, a character with the mark behind it."""
        piece = ""
        for character in text:
            joins = bool(piece) and (
                character in _CLOSING
                or piece[-1] in _OPENING
                or (NARROW.cells(character) < 2 and NARROW.cells(piece[-1]) < 2 and piece[-1] != " ")
            )
            if piece and (not joins or self.cells(piece) + self.cells(character) > room):
                yield piece
                piece = ""
            piece += character
        if piece:
            yield piece

    def balanced(self, text: str, width: int) -> list[str]:
        """The text folded into as few lines as the width allows, all of about the same length."""
        lines = self.fold(text, width)
        words = (self.cells(word) for word in text.split() if word.isascii())
        for narrower in range(max(-(-self.cells(text) // len(lines)), *words, 0), width):
            even = self.fold(text, narrower)
            if len(even) == len(lines):
                return even
        return lines

    def flow(self, pieces: Sequence[str], width: int) -> list[str]:
        """Pieces side by side in lines of at most that many cells; one too long for a line is folded."""
        lines: list[str] = []
        line = ""
        for piece in pieces:
            joined = f"{line}  {piece}" if line else piece
            if line and self.cells(joined) > width:
                lines.append(line)
                joined = piece
            if self.cells(joined) > width:
                *whole, joined = self.fold(joined, width)
                lines += whole
            line = joined
        return [*lines, line] if line else lines

    def bar(self, share: Fraction, width: int) -> str:
        """A bar of at most that many cells; full only when the share is 1 or more, empty only when it is 0 or less."""
        size = width // self.ambiguous
        filled = min(max(int(share * size), 0), size)
        if share > 0 and size:
            filled = max(filled, 1)
        if share < 1:
            filled = min(filled, max(size - 1, 0))
        return BAR_FULL * filled + BAR_EMPTY * (size - filled)


NARROW = Look()
"""Where characters of ambiguous width take one cell."""


_EVERYDAY = (
    (0x20, 0x7E),
    (0xA1, 0xAC),
    (0xB0, 0x17F),
    (0x2010, 0x2027),
    (0x2030, 0x205E),
    (0x2190, 0x22FF),
    (0x2500, 0x25FF),
    (0x3000, 0x3029),
    (0x4E00, 0x9FA5),
    (0xFF01, 0xFF60),
    (0xFFE0, 0xFFE6),
)
"""Characters that take as many cells wherever they stand: Latin, arrows, mathematics, boxes, Chinese."""


@lru_cache(maxsize=4096)
def _cells_of(character: str, ambiguous: int) -> int:
    """The cells of an everyday character; 0 for one that wcwidth must see in its text."""
    if not any(low <= ord(character) <= high for low, high in _EVERYDAY):
        return 0
    kind = unicodedata.east_asian_width(character)
    return 2 if kind in "WF" else ambiguous if kind == "A" else 1


def sparkline(figures: Sequence[Fraction | None]) -> str:
    """One character a figure, from the lowest to the highest of them; a dot where there is none."""
    known = [figure for figure in figures if figure is not None]
    if not known:
        return NO_SPARK * len(figures)
    low, high = min(known), max(known)
    steps = len(SPARKS) - 1
    return "".join(
        NO_SPARK if figure is None else SPARKS[int((figure - low) / (high - low) * steps) if high > low else 0]
        for figure in figures
    )
