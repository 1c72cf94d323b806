"""What numbers the parts of a text (1. … 2. …, ①, （一）, 二、), which is no figure."""

import unicodedata

from mzplan.reading.patterns import late

_CIRCLED = {sign: f"({int(unicodedata.numeric(chr(sign)))})" for sign in range(ord("①"), ord("⑳") + 1)}
"""A number is all that their compatibility forms would be."""
_DIGITS = "一二三四五六七八九"
_HAN = {text: at for at, text in enumerate((*_DIGITS, "十", *(f"十{each}" for each in _DIGITS), "二十"), start=1)}
_MARK = late(
    r"(?a:(?P<open>\()?(?<![\d.])(?P<number>\d{1,2}(?:\.\d{1,2})?|[一二三四五六七八九十]{1,3})(?(open)\)|[、.)])(?=\s*\D))"
)
_BEFORE = late(r"(?:^|[;。\n]|附件\s*:)\s*(?:(?:备?注|附注|(?:填表)?说明)\s*:?\s*)?$")
"""What stands before an ordinal that begins a sentence."""
_LONGEST_BEFORE = 20
_FIRST = late(
    r"(?a:第?\d{1,3}(?:\.\d{1,2}){0,2}(?:[、.):项]|\s)|\(\d{1,3}\)|\(?[一二三四五六七八九十]{1,3}[、.):]|\([一二三四五六七八九十]{1,3}\))\s*"
)


def with_plain_ordinals(text: str) -> str:
    """A text with (1) for ①."""
    return text.translate(_CIRCLED)


def without_first(text: str) -> str:
    """A name, its compatibility forms undone, without the ordinal in front of it: （8）…, 8、…, ⑧…."""
    plain = unicodedata.normalize("NFKC", with_plain_ordinals(text)).strip()
    number = _FIRST.match(plain)
    return plain[number.end() :] if number else text


def without_ordinals(text: str) -> str:
    """A text, its compatibility forms undone, with a line end for each ordinal.

    One that begins a sentence may be any; within one each is by one more than that before it, the first is 1.
    """
    parts, end, last = list[str](), 0, 0
    for mark in _MARK.finditer(text):
        number = _HAN.get(mark["number"]) or int(mark["number"].partition(".")[0] if mark["number"].isascii() else 0)
        is_next = number == last + 1 and text[mark.end() :].lstrip()[:1].isalpha()
        if is_next or _BEFORE.search(text, max(mark.start() - _LONGEST_BEFORE, 0), mark.start()):
            parts.append(text[end : mark.start()])
            end, last = mark.end(), number
    return "\n".join([*parts, text[end:]])
