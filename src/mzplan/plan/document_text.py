"""The text of a document that a plan was made from: its characters with their places, its numbers, what is like what.

Blanks and the width of letters do not count.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from itertools import groupby, islice
from operator import itemgetter
from typing import NamedTuple

from mzplan.diagnostics import Location
from mzplan.plan.clause import StatedNumber, amounts
from mzplan.reading.number import BLANKS, WIDE

_NO_AMOUNT = re.compile(
    r"〔[^〕]{0,40}〕"  # the number of a document
    r"|[0-9]{4}[-/.][0-9]{1,2}[-/.][0-9]{1,2}|[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?"  # a day, a time
    r"|(?:19|20)[0-9]{2}[-—~至](?:19|20)[0-9]{2}"  # a span of years
    r"|\([0-9]{1,2}\)|^\s{0,9}[0-9]{1,3}[.、)](?![0-9])"  # what enumerates
    r"|^[\s—-]{0,9}[0-9]{1,4}[\s—-]{0,9}$"  # the number of a page
)
_AROUND = 6
"""How many characters before and behind a number are told with it."""
_LIKENESS = 4
"""A passage that has fewer characters in a row with a quote is not like it."""
_END, _REST = re.compile("[。；;，,：:、]"), re.compile("[^。；;，,：:、]*")
"""What ends a clause, and what is left of one."""
_DIGITS = re.compile(r"[0-9][0-9,.]*")
_LIKE_A_LINE = 0.6
"""Nor is a line of which less is the same."""
_MOST_LINES = 2000
"""Of more it takes too long to tell."""
_SEARCHED = 100_000
"""In a longer document nothing is looked for that is like a quote: it takes too long."""


class Wording(NamedTuple):
    """A document as it was read."""

    path: str
    paragraphs: Sequence[tuple[str, Sequence[tuple[int, int]]]]
    """Each paragraph, with the line and column of each of its characters."""


class DocumentText:
    """A document without blanks and in narrow letters, each with its place; and the numbers in it."""

    def __init__(self, wording: Wording) -> None:
        self.path = wording.path
        self.places: list[tuple[int, int]] = []
        self.lines: list[int] = []
        """Where each line starts."""
        self.amounts: list[tuple[int, int, StatedNumber]] = []
        """Where each starts and ends."""
        kept: list[str] = []
        for paragraph, places in wording.paragraphs:
            for _, line in groupby(zip(paragraph, places, strict=True), key=lambda sign: sign[1][0]):
                self._line(list(line), kept)
        self.original = "".join(kept)
        self.text = self.original.translate(WIDE)

    def _line(self, signs: list[tuple[str, tuple[int, int]]], kept: list[str]) -> None:
        """Add a line; numbers are looked for in it as it stands, since two of them may be parted by a blank alone."""
        start = len(kept)
        self.lines.append(start)
        line = "".join(sign for sign, _ in signs)
        offsets = [start]
        for sign, place in signs:
            if not _is_blank(sign):
                kept.append(sign)
                self.places.append(place)
            offsets.append(len(kept))
        masked = _NO_AMOUNT.sub(lambda match: " " * len(match[0]), line.translate(WIDE))
        found = [(offsets[each.start], offsets[each.start + len(each.text)], each) for each in amounts(masked)]
        self.amounts += sorted(found, key=itemgetter(0))

    def occurrences(self, words: str) -> Iterator[tuple[int, int]]:
        """Where those words stand: start and end of each."""
        plain = folded(words)
        start = self.text.find(plain) if plain else -1
        while start >= 0:
            yield start, start + len(plain)
            start = self.text.find(plain, start + 1)

    def but_for_numbers(self, words: str) -> tuple[int, int] | None:
        """Where those words stand with other numbers; None where they have none, or stand nowhere."""
        plain = folded(words)
        pieces = [re.escape(piece) for piece in _DIGITS.split(plain)]
        is_telling = len(pieces) > 1 and len("".join(pieces)) >= _LIKENESS
        found = re.search(_DIGITS.pattern.join(pieces), self.text) if is_telling else None
        return found.span() if found else None

    def has_whole(self, words: str, start: int) -> bool:
        """Whether those words stand there, and no word goes on behind them."""
        end = start + len(words)
        goes_on = end < len(self.text) and self.text[end].isalnum() and self._line_of(end) < end
        return self.text.startswith(words, start) and not goes_on

    def place(self, start: int) -> Location:
        """The place of a character."""
        return Location(self.path, *self.places[start])

    def around(self, start: int, end: int) -> str:
        """The words around a stretch, as many as make it easy to find and no more than its line has."""
        after = bisect_right(self.lines, start)
        stop = self.lines[after] if after < len(self.lines) else len(self.text)
        return self.original[max(start - _AROUND, self._line_of(start)) : min(end + _AROUND, stop)]

    def _line_of(self, start: int) -> int:
        """Where the line of a character starts."""
        return self.lines[bisect_right(self.lines, start) - 1]

    def like(self, words: str) -> tuple[int, int] | None:
        """The passage that has the most in a row with those words, in whole clauses; None where none has much."""
        if len(self.text) > _SEARCHED:
            return None
        plain = folded(words)
        same = SequenceMatcher(None, plain, self.text, autojunk=False).find_longest_match()
        line = self._line_of(same.b)
        start, end = max(same.b - same.a, line), same.b - same.a + len(plain)
        while start > line and same.b - start < len(plain) and not _END.match(self.text, start - 1):
            start -= 1
        rest = _REST.match(self.text, end, end + _AROUND)
        return (start, rest.end() if rest else end) if same.size >= _LIKENESS else None


def most_like(words: str, lines: Iterable[str]) -> str:
    """The line that is most like those words; empty where none is much like them."""
    short = [line for line in islice(lines, _MOST_LINES) if len(line) <= 2 * len(words)]
    alike = [(SequenceMatcher(None, words, line, autojunk=False).ratio(), line) for line in short]
    likeness, line = max(alike, default=(0, ""))
    return line if likeness >= _LIKE_A_LINE else ""


def folded(words: str) -> str:
    """Words without blanks and in narrow letters."""
    return "".join(sign for sign in words.translate(WIDE) if not _is_blank(sign))


def _is_blank(sign: str) -> bool:
    return sign.isspace() or sign in BLANKS
