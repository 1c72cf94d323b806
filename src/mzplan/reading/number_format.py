"""Number formats of workbooks that show another figure than is stored, or none: `"99"0`, `0"."0`, `;;;`."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

_MARK = re.compile(
    r'(?P<quoted>"[^"]*"?)|[\\!](?P<escaped>.)|\[\$(?P<currency>[^\]-]*)[^\]]*\]|\[(?P<bracket>[^\]]*)\]'
    r"|[_*].|(?P<general>General)|(?P<exponent>E[+-])|(?P<next>;)|(?P<plain>.)",
    re.IGNORECASE | re.DOTALL,
)
_CONDITION = re.compile("[<>=]")
_PLACES = frozenset("0#?")
_DATES = frozenset("yYmMdDhHsSgGeEbB")
_MEASURES = frozenset("百千万亿")
"""Numbers that make a measure: `0"万元"` shows what is stored."""
_SIGNS = frozenset("-−－.．,，")
"""They make another figure of the one beside them."""
_SECTIONS = 3
"""Of a format the first are for numbers: above zero, below it, zero; the fourth is for text."""


class _Section(NamedTuple):
    """A part of a format: what it puts in place of the figure and around it."""

    marks: str
    """In order: 0 for a digit of the figure, @ for text, d for a part of a date, l for what stands there as it is."""
    literals: str
    """What stands there as it is."""
    condition: str
    """Of which figures it holds, as `>100`; empty where that follows from its place."""

    @property
    def adds_digits(self) -> bool:
        """Whether digits stand there that are none of the figure's."""
        return any(character.isnumeric() and character not in _MEASURES for character in self.literals)

    @property
    def shows_another(self) -> bool:
        """Whether a figure is shown as another one, or not at all."""
        shown = self.marks.strip("l")
        if not set("0@d") & set(shown):
            return True
        is_torn = "d" not in shown and "l" in shown
        return self.adds_digits or is_torn or ("d" not in shown and bool(_SIGNS & set(self.literals)))


@lru_cache(maxsize=1024)
def shows_another(code: str) -> bool:
    """Whether a number, as the plan counts them, looks like another one or like nothing in that format.

    A zero may be blank or a dash, and a number below zero, which no figure is, may look like anything but digits.
    """
    sections = _sections(code)
    numbers = sections[:_SECTIONS]
    if any(section.condition for section in numbers):
        return any(section.adds_digits if section.condition == "=0" else section.shows_another for section in numbers)
    return numbers[0].shows_another or any(section.adds_digits for section in sections)


@lru_cache(maxsize=1024)
def hides_text(code: str) -> bool:
    """Whether digits that are stored as text look like others, or like nothing, in that format."""
    sections = _sections(code)
    own = [section for section in sections if "@" in section.marks] or sections[_SECTIONS : _SECTIONS + 1]
    return any("@" not in section.marks or section.adds_digits for section in own)


def _sections(code: str) -> list[_Section]:
    return [_section(tokens) for tokens in _split(code)]


def _split(code: str) -> Iterator[list[re.Match[str]]]:
    tokens: list[re.Match[str]] = []
    for token in _MARK.finditer(code):
        if token["next"]:
            yield tokens
            tokens = []
        else:
            tokens.append(token)
    yield tokens


def _section(tokens: list[re.Match[str]]) -> _Section:
    marks = literals = condition = ""
    for token in tokens:
        said = (token["quoted"] or "").strip('"') + (token["escaped"] or "") + (token["currency"] or "")
        plain = token["plain"] or ""
        if token["bracket"] is not None:
            condition = token["bracket"].strip() if _CONDITION.match(token["bracket"]) else condition
            marks += "d" if re.fullmatch("[hms]+", token["bracket"], re.IGNORECASE) else ""
        elif token["general"] or plain in _PLACES:
            marks += "0"
        elif plain in _DATES:
            marks += "d"
        elif plain == "@":
            marks += "@"
        elif token["exponent"] or (plain and plain in ".,/% "):
            continue
        else:
            said += plain
        if said.strip():
            marks += "l"
            literals += said
    return _Section(marks, literals, condition)
