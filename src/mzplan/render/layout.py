"""Text in columns of a terminal's cells: widths of full-width characters, padding, bars, sparklines."""

import unicodedata
from collections.abc import Iterable, Sequence
from fractions import Fraction
from functools import cache
from typing import Literal

Align = Literal["left", "right"]

ELLIPSIS = "…"
BAR_FULL, BAR_EMPTY = "█", "─"
SPARKS = "▁▂▃▄▅▆▇█"
NO_SPARK = "·"


def width_of(text: str) -> int:
    """The cells a text takes on a terminal: two for a full-width character, none for a combining mark."""
    if text.isascii():
        return len(text)
    return sum(map(_cells, text))


@cache
def _cells(character: str) -> int:
    if character < "\u0300":
        return 1
    if unicodedata.east_asian_width(character) in "WF":
        return 2
    return 0 if unicodedata.combining(character) or unicodedata.category(character) in ("Mn", "Me", "Cf") else 1


def cut(text: str, width: int) -> str:
    """The text in at most that many cells, ending in … where something is missing."""
    if width_of(text) <= width:
        return text
    if width <= 0:
        return ""
    room, kept = width - 1, []
    for character in text:
        room -= _cells(character)
        if room < 0:
            break
        kept.append(character)
    return "".join(kept) + ELLIPSIS


def pad(text: str, width: int, align: Align = "left") -> str:
    """The text in exactly that many cells, cut where it is longer."""
    text = cut(text, width)
    blanks = " " * (width - width_of(text))
    return blanks + text if align == "right" else text + blanks


def fold(text: str, width: int) -> list[str]:
    """The text in lines of at most that many cells; Chinese breaks anywhere, a word only where it must."""
    lines, line, room = [], "", max(width, 2)
    for piece in _pieces(text, room):
        if line and width_of((line + piece).rstrip()) > room:
            lines.append(line.rstrip())
            line = ""
        line += piece if line else piece.lstrip()
    return [*lines, line.rstrip()] if line.strip() or not lines else lines


def balanced(text: str, width: int) -> list[str]:
    """The text folded into as few lines as the width allows, all of about the same length."""
    lines = fold(text, width)
    for narrower in range(-(-width_of(text) // len(lines)), width):
        even = fold(text, narrower)
        if len(even) == len(lines):
            return even
    return lines


_OPENING, _CLOSING = "（《“‘【", "，。：；！？、）》”’】%％"


def _pieces(text: str, room: int) -> Iterable[str]:
    """What may not be torn: a run of half-width characters with its blank, a character with the mark behind it."""
    piece = ""
    for character in text:
        joins = bool(piece) and (
            character in _CLOSING
            or piece[-1] in _OPENING
            or (_cells(character) < 2 and _cells(piece[-1]) < 2 and piece[-1] != " ")
        )
        if piece and (not joins or width_of(piece) + _cells(character) > room):
            yield piece
            piece = ""
        piece += character
    if piece:
        yield piece


def flow(pieces: Sequence[str], width: int, gap: str = "  ") -> list[str]:
    """Pieces side by side in lines of at most that many cells; one too long for a line is folded."""
    lines: list[str] = []
    line = ""
    for piece in pieces:
        joined = f"{line}{gap}{piece}" if line else piece
        if line and width_of(joined) > width:
            lines.append(line)
            joined = piece
        if width_of(joined) > width:
            *whole, joined = fold(joined, width)
            lines += whole
        line = joined
    return [*lines, line] if line else lines


def bar(share: Fraction, width: int) -> str:
    """A bar of exactly that many cells; full only when the share is 1 or more, empty only when it is 0 or less."""
    filled = min(max(int(share * width), 0), width)
    if share > 0 and width:
        filled = max(filled, 1)
    if share < 1:
        filled = min(filled, max(width - 1, 0))
    return BAR_FULL * filled + BAR_EMPTY * (width - filled)


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
