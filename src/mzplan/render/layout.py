"""Text in columns of a console's cells: widths, padding, folding, bars, sparklines.

wcwidth measures, cuts and pads. Lines are folded here: libraries break at blanks alone, or put a comma first in a line.
"""

from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import NamedTuple

import wcwidth

from mzplan.render.document import Align

ELLIPSIS = "…"
BAR_FULL, BAR_EMPTY = "█", "─"
SPARKS = "▁▂▃▄▅▆▇█"
NO_SPARK = "·"
_OPENING, _CLOSING = "（《“‘【", "，。：；！？、）》”’】%％"


class Look(NamedTuple):
    """Where a text is read: how wide its lines and characters are, and whether it has colours."""

    width: int | None = None
    """Cells of a line; None for as wide as the text needs."""
    colour: bool = False
    ambiguous: int = 1
    """Cells of a character of ambiguous width (≥ … █ “): two on a Chinese Windows console."""

    def cells(self, text: str) -> int:
        """The cells a text takes: two for a full-width character, none for a combining mark."""
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
        return wcwidth.clip(text, 0, room, fillchar="", ambiguous_width=self.ambiguous) + ELLIPSIS

    def pad(self, text: str, width: int, align: Align = "left") -> str:
        """The text in exactly that many cells, cut where it is longer."""
        padded = wcwidth.rjust if align == "right" else wcwidth.ljust
        return padded(self.cut(text, width), width, ambiguous_width=self.ambiguous)

    def fold(self, text: str, width: int) -> list[str]:
        """The text in lines of at most that many cells; Chinese breaks anywhere, a word only where it must."""
        lines, line, room = [], "", max(width, 2)
        for piece in self._pieces(text, room):
            if line and self.cells((line + piece).rstrip()) > room:
                lines.append(line.rstrip())
                line = ""
            line += piece if line else piece.lstrip()
        return [*lines, line.rstrip()] if line.strip() or not lines else lines

    def _pieces(self, text: str, room: int) -> Iterable[str]:
        """What may not be torn: a run of narrow characters with its blank, a character with the mark behind it."""
        piece = ""
        for character in text:
            joins = bool(piece) and (
                character in _CLOSING
                or piece[-1] in _OPENING
                or (wcwidth.width(character) < 2 and wcwidth.width(piece[-1]) < 2 and piece[-1] != " ")
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
        for narrower in range(-(-self.cells(text) // len(lines)), width):
            even = self.fold(text, narrower)
            if len(even) == len(lines):
                return even
        return lines

    def flow(self, pieces: Sequence[str], width: int, gap: str = "  ") -> list[str]:
        """Pieces side by side in lines of at most that many cells; one too long for a line is folded."""
        lines: list[str] = []
        line = ""
        for piece in pieces:
            joined = f"{line}{gap}{piece}" if line else piece
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
