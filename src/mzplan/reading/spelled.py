"""Shares that a text spells out, in per cent: 三分之二, 千分之五, 百分之八十一点五, 八成半, 过半, 翻一番."""

import re
from collections.abc import Iterator
from fractions import Fraction
from typing import NamedTuple

from mzplan.reading.misread import chinese_value

DIGITS = "零〇一二两三四五六七八九"
_NUMERALS = f"{DIGITS}十百千万亿"
_PARTS = re.compile(f"([{_NUMERALS}]{{1,8}})分之([{_NUMERALS}]{{1,8}})(?:点([{DIGITS}]{{1,6}}))?")
TENTHS = f"([1-9{DIGITS[2:]}])成([{DIGITS[2:]}半])?(?!员|立|本|果|效|功|为|都)"
"""The pattern of 八成, 8成 and 八成半; 三成员 is none."""
_TENTHS = re.compile(f"(?<![0-9.第{_NUMERALS}]){TENTHS}(?!不变|[长人])")
_HALF = re.compile("(?<!时间)(?<!任务)(?:过半数?|半数|一半)")
_DOUBLED = re.compile("翻([一二两])?番")


class SpelledShare(NamedTuple):
    """A share as a text spells it out."""

    text: str
    start: int
    """Where it starts in the text."""
    percent: Fraction
    """翻一番 grows by 100."""


def shares(text: str) -> Iterator[SpelledShare]:
    """Each share that a text spells out, kind by kind; 时间过半、任务过半 is none."""
    yield from (share for share, _ in parts(text))
    for match in _TENTHS.finditer(text):
        yield SpelledShare(match[0], match.start(), Fraction(tenths(match[1], match[2])))
    for match in _HALF.finditer(text):
        yield SpelledShare(match[0], match.start(), Fraction(50))
    for match in _DOUBLED.finditer(text):
        yield SpelledShare(match[0], match.start(), Fraction(100 if match[1] in (None, "一") else 300))


def parts(text: str) -> Iterator[tuple[SpelledShare, int]]:
    """Each 三分之二 and 百分之八十一点五, with the whole in which it counts: 3 and 100."""
    for match in _PARTS.finditer(text):
        whole, part = chinese_value(match[1]), chinese_value(match[2])
        decimals = "".join(str(chinese_value(digit)) for digit in match[3] or "零")
        if whole and part is not None:
            yield SpelledShare(match[0], match.start(), Fraction(f"{part}.{decimals}") * 100 / whole), whole


def tenths(digit: str, rest: str | None) -> int:
    """How many per cent the groups of `TENTHS` are: 八成半 is 85."""
    ones = 5 if rest == "半" else chinese_value(rest or "零") or 0
    return 10 * (int(digit) if digit.isdecimal() else chinese_value(digit) or 0) + ones
