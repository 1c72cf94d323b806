"""Columns of whole numbers by position that take memory only for what is written, shared with child processes.

A column is one or two planes: a narrow one in which nearly every number has room, and a second one of the same length
that stays untouched, and so takes no memory, until a number needs it.
"""

from collections.abc import Iterator, Sequence
from mmap import mmap
from struct import calcsize
from typing import Literal, overload

EMPTY = -(1 << 63)
"""No record."""
NOT_APPLICABLE = EMPTY + 1
"""A record that says 不适用."""

LARGEST = (1 << 31) - 3
"""The largest token; beyond it `packed` gives the figure itself."""
NOT_APPLICABLE_TOKEN, ELSEWHERE = -1, -2
"""Tokens that stand for no figure: 不适用; the figure is in `wide`."""
SHORT = (1 << 16) - 1
"""The largest number that a `Lines` keeps in its first plane."""

_STEP = 10_000
"""Millionths in a hundredth."""
_RAW = -3
"""From here downward a token says millionths: of small figures with many decimals, or the position of a stage."""
_ODD = {0: EMPTY, NOT_APPLICABLE_TOKEN: NOT_APPLICABLE}
_TOKENS = {figure: token for token, figure in _ODD.items()}


def packed(figure: int) -> int:
    """The token of a figure that is not negative; the figure itself, which is larger than any token, when it has none.

    Hundredths below 21 million have a token, and any number of millionths below 2,147.
    """
    hundredths, rest = divmod(figure, _STEP)
    if not rest and hundredths < LARGEST:
        return hundredths + 1
    return _RAW - figure if figure <= LARGEST else figure


def unpacked(token: int) -> int:
    """The figure that was `packed`."""
    if token > LARGEST:
        return token
    return (token - 1) * _STEP if token > 0 else _RAW - token


def plane(code: Literal["B", "H", "i", "q"], length: int) -> "memoryview[int]":
    """So many zeros of that `struct` code: shared with child processes, and no memory before it is used."""
    size = calcsize(code) * length
    return memoryview(mmap(-1, max(size, 1)))[:size].cast(code)


class _Column(Sequence[int]):
    """Numbers by position; equal to another of its kind that has the same ones."""

    def __iter__(self) -> Iterator[int]:
        return iter(self[:])

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Column) and list(self) == list(other)


class Figures(_Column):
    """Figures by cell, `EMPTY` at first. The readers' hot loop writes the planes directly."""

    def __init__(self, length: int) -> None:
        self.narrow = plane("i", length)
        """Tokens as `packed` gives them; 0 where nothing is."""
        self.wide = plane("q", length)
        """The figures that have no token."""

    def __len__(self) -> int:
        return len(self.narrow)

    @overload
    def __getitem__(self, at: int) -> int: ...
    @overload
    def __getitem__(self, at: slice) -> list[int]: ...
    def __getitem__(self, at: int | slice) -> int | list[int]:
        if isinstance(at, slice):
            tokens = self.narrow[at].tolist()
            if ELSEWHERE not in tokens:
                return [
                    (token - 1) * _STEP if token > 0 else _ODD[token] if token > _RAW else _RAW - token
                    for token in tokens
                ]
            return [self[cell] for cell in range(len(self))[at]]
        token = self.narrow[at]
        if token > 0:
            return (token - 1) * _STEP
        return self.wide[at] if token == ELSEWHERE else _ODD.get(token, _RAW - token)

    def __setitem__(self, at: int, figure: int) -> None:
        token = packed(figure) if figure >= 0 else _TOKENS.get(figure, ELSEWHERE)
        self.narrow[at] = self.put_wide(at, figure) if token > LARGEST or token == ELSEWHERE else token

    def put_wide(self, at: int, figure: int) -> int:
        """Keep a figure that has no token; what is to be written to `narrow`."""
        self.wide[at] = figure
        return ELSEWHERE


class Lines(_Column):
    """Line numbers by cell, 0 at first. The readers' hot loop writes `low` directly for those up to `SHORT`."""

    def __init__(self, length: int) -> None:
        self.low = plane("H", length)
        self.high = plane("H", length)
        self._has_high = plane("B", 1)
        """Whether that was ever written; else it is not read, which would take memory as well."""

    def __len__(self) -> int:
        return len(self.low)

    @overload
    def __getitem__(self, at: int) -> int: ...
    @overload
    def __getitem__(self, at: slice) -> list[int]: ...
    def __getitem__(self, at: int | slice) -> int | list[int]:
        if isinstance(at, slice):
            return [self[cell] for cell in range(len(self))[at]]
        return self.low[at] | self.high[at] << 16 if self._has_high[0] else self.low[at]

    def __setitem__(self, at: int, line: int) -> None:
        """Where there was none."""
        self.low[at] = line if line <= SHORT else self.put_long(at, line)

    def put_long(self, at: int, line: int) -> int:
        """Keep the part of a line number that has no room in `low`; what is to be written there."""
        self.high[at] = line >> 16
        self._has_high[0] = 1
        return line & SHORT


class Files(_Column):
    """Numbers of files by cell, 0 at first: one for a whole block of cells, and how far off a cell's is where it is.

    A file usually speaks for one unit and month, so that one number per block says it for all cells.
    """

    def __init__(self, length: int, usual: list[int]) -> None:
        self.usual = usual
        """By block: the file in which its cells are expected. Not to be changed once there is a record."""
        self.off = plane("i", length)
        """What is to be added to that, by cell."""
        self._has_off = plane("B", 1)

    def __len__(self) -> int:
        return len(self.off)

    @overload
    def __getitem__(self, at: int) -> int: ...
    @overload
    def __getitem__(self, at: slice) -> list[int]: ...
    def __getitem__(self, at: int | slice) -> int | list[int]:
        if isinstance(at, slice):
            return [self[cell] for cell in range(len(self))[at]]
        usual = self.usual[at % len(self.usual)]
        return usual + self.off[at] if self._has_off[0] else usual

    def __setitem__(self, at: int, file: int) -> None:
        """Where there was none."""
        if off := file - self.usual[at % len(self.usual)]:
            self.put_off(at, off)

    def put_off(self, at: int, off: int) -> None:
        """Say that a cell's file is so many off the usual one of its block."""
        self.off[at] = off
        self._has_off[0] = 1
