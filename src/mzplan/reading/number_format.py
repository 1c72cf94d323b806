"""Number formats of workbooks that show another figure than is stored, or none: `"99"0`, `0"."0`, `;;;`."""

import re
from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache
from operator import eq, ge, gt, le, lt, ne
from typing import NamedTuple

_MARK = re.compile(
    r'(?P<quoted>"[^"]*"?)|[\\!](?P<escaped>.)|\[\$(?P<currency>[^\]-]*)[^\]]*\]|\[(?P<bracket>[^\]]*)\]'
    r"|[_*].|(?P<general>General|G/通用格式)|(?P<exponent>E[+-])|(?P<next>;)|(?P<plain>.)",
    re.IGNORECASE | re.DOTALL,
)
_CONDITION = re.compile("[<>=]")
_PLACES = frozenset("0#?")
_DATES = frozenset("yYmMdDhHsSgGeEbB")
_MEASURES = frozenset("百千万亿")
"""Numbers that make a measure: `0"万元"` shows what is stored."""
_SIGNS = frozenset("-−－.．,，")
"""They make another figure of the one beside them."""
_SHOWN = re.compile(r"([^\d.+-]*)[+-]?[\d.,\s'’]*\d([^\d]*)")
_OWN_MONEY = re.compile("[¥￥]|RMB|CNY|人民币", re.IGNORECASE)
_BOUND = re.compile(r"(<=|>=|<>|<|>|=)\s*(-?[0-9]+(?:\.[0-9]+)?)", re.ASCII)
_COMPARED = {"<": lt, "<=": le, ">": gt, ">=": ge, "=": eq, "<>": ne}
NO_LITERALS = ("", "")
_SECTIONS = 3
"""Of a format the first are for numbers: above zero, below it, zero; the fourth is for text."""


class _FormatSection(NamedTuple):
    """A part of a format: what it puts in place of the figure and around it."""

    marks: str
    """In order: 0 for a digit of the figure, @ for text, d for a part of a date, l for what stands there as it is."""
    before: str
    """What stands there as it is, before the figure."""
    behind: str
    condition: str
    """Of which figures it holds, as `>100`; empty where that follows from its place."""

    @property
    def literals(self) -> str:
        """All that stands there as it is."""
        return self.before + self.behind

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
    return any("@" not in section.marks or section.adds_digits for section in _text_sections(sections))


def _text_sections(sections: Sequence[_FormatSection]) -> Sequence[_FormatSection]:
    return [section for section in sections if "@" in section.marks] or sections[_SECTIONS : _SECTIONS + 1]


@lru_cache(maxsize=1024)
def literals_in(code: str, number: Decimal, *, is_text: bool) -> tuple[str, str]:
    """What a format shows before that number and behind it."""
    sections = _sections(code)
    numbers = sections[:_SECTIONS]
    conditional = [section for section in numbers if section.condition]
    if is_text:
        own = next(iter(_text_sections(sections)), _FormatSection("", "", "", ""))
    elif conditional:
        own = next((section for section in conditional if _holds(section.condition, number)), numbers[-1])
    else:
        own = numbers[min(2, len(numbers) - 1)] if not number and len(numbers) > 2 else numbers[0]
    return _beside(own.before, own.behind) if set("0@") & set(own.marks) else NO_LITERALS


def literals_of(shown: str) -> tuple[str, str]:
    """The same of what a cell shows."""
    found = _SHOWN.fullmatch(shown.strip())
    return _beside(found[1], found[2]) if found else NO_LITERALS


def _beside(before: str, behind: str) -> tuple[str, str]:
    """The two without a sign of our money, where a measure says of how much."""
    before, behind = before.strip(), behind.strip()
    return (_OWN_MONEY.sub("", before).strip() if behind else before), behind


def _holds(condition: str, number: Decimal) -> bool:
    found = _BOUND.fullmatch(condition)
    return found is not None and _COMPARED[found[1]](number, Decimal(found[2]))


def _sections(code: str) -> list[_FormatSection]:
    sections: list[list[re.Match[str]]] = [[]]
    for token in _MARK.finditer(code):
        if token["next"]:
            sections.append([])
        else:
            sections[-1].append(token)
    return [_section(tokens) for tokens in sections]


def _section(tokens: list[re.Match[str]]) -> _FormatSection:
    marks = before = behind = condition = ""
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
            is_before = not set(marks) & set("0@d")
            before, behind = (before + said, behind) if is_before else (before, behind + said)
            marks += "l"
    return _FormatSection(marks, before, behind, condition)
