"""Words that make a number a rough one (近, 余, 左右), and what each asserts of the number and the figure."""

import re
from collections.abc import Callable, Mapping
from fractions import Fraction
from types import MappingProxyType

from mzplan.figures import rounded

_NEAR = Fraction(3, 100)
"""How far below an amount or a count may be of which 近 is said; of a round ten by one at least (近二十家)."""
_ABOUT = Fraction(5, 100)


def _near(said: Fraction, true: Fraction, *, is_share: bool) -> bool:
    """Whether a figure is just below the number: a share by a point at most, by three below a round ten (近九成)."""
    if not is_share:
        return said - max(said * _NEAR, Fraction(said % 10 == 0)) <= true < said
    return said - (3 if said % 10 == 0 else 1) <= true < said


def _above(said: Fraction, true: Fraction, *, is_share: bool) -> bool:
    return said < true


def _below(said: Fraction, true: Fraction, *, is_share: bool) -> bool:
    return true < said


def _no_less(said: Fraction, true: Fraction, *, is_share: bool) -> bool:
    return said <= true


def _no_more(said: Fraction, true: Fraction, *, is_share: bool) -> bool:
    return true <= said


def _and_more(said: Fraction, true: Fraction, *, is_share: bool) -> bool:
    """Whether a figure is above a round number, by less than one in its last place: 10 in 270, 1 000 in 12 000."""
    place = Fraction(1)
    while said and said % (place * 10) == 0:
        place *= 10
    return said < true < said + place


def _about(said: Fraction, true: Fraction, *, is_share: bool) -> bool:
    return abs(true - said) <= said * _ABOUT


def _part(said: Fraction, true: Fraction, *, is_share: bool) -> bool:
    return abs(true - said) <= Fraction(5, 2)


def _nearest_ten(said: Fraction, true: Fraction, *, is_share: bool) -> bool:
    return said - 5 <= true < said + 5


def _nearest_five(said: Fraction, true: Fraction, *, is_share: bool) -> bool:
    return said - Fraction(5, 2) <= true < said + Fraction(5, 2)


PART = "大概"
"""What 四分之一 is read as."""
TENTHS, HALF_TENTHS = "大致", "大体"
"""What 三成 is read as, of all tenths the nearest, and 三成半, of all halves of one."""
_BEFORE = {
    TENTHS: _nearest_ten, HALF_TENTHS: _nearest_five, PART: _part,
    "大约": _about, "约": _about, "将近": _near, "接近": _near, "近": _near,
    "不超过": _no_more, "不高于": _no_more, "不多于": _no_more, "至多": _no_more,
    "不低于": _no_less, "不少于": _no_less, "至少": _no_less, "起码": _no_less,
    "超过": _above, "刚过": _above, "超": _above, "逾": _above, "突破": _above, "高于": _above, "大于": _above,
    "不足": _below, "不到": _below, "不满": _below, "不及": _below, "低于": _below, "小于": _below,
}  # fmt: skip
_AFTER = {
    "左右": _about, "上下": _about, "以上": _no_less, "以下": _no_more, "以内": _no_more,
    "有余": _and_more, "开外": _and_more, "出头": _and_more, "挂零": _and_more,
}  # fmt: skip
_INSIDE = {"余": _and_more, "多": _and_more}
_ASSERTS: Mapping[str, Callable[..., bool]] = MappingProxyType(_BEFORE | _AFTER | _INSIDE)

NEARLY, BEYOND = (
    tuple(word for word, asserts in _BEFORE.items() if asserts in kinds) for kinds in ([_near], [_above, _below])
)
"""What says of a target how near something has come (接近800万元的目标), and on which side of it something is."""
ROUGH = tuple(_BEFORE)
"""Words before a number that make it a rough one."""
SIDED = "|".join((*_AFTER, *_INSIDE))
"""Words after it that do, as a pattern."""
NO_LESS, NO_MORE, ABOUT = (
    frozenset(word for word, asserts in _ASSERTS.items() if asserts in kinds)
    for kinds in ([_no_less], [_no_more], [_about, _nearest_ten, _nearest_five, _part])
)
"""Bounds, which hold of the exact figure, and what may be said of it as it is printed too, rounded up or down."""


_SPOKEN = re.compile(f"({'|'.join(_BEFORE)})?([0-9]+(?:\\.[0-9]+)?)%?({SIDED})?")


def agrees_roughly(said: str, true: Fraction) -> bool:
    """Whether a share is what a text says of it (超过50%, 90%以上); a plain number is the share rounded so far."""
    match = _SPOKEN.match(said)
    if match is None:
        return False
    number = Fraction(match[2])
    if words := [word for word in (match[1], match[3]) if word]:
        return all(holds(word, number, true, is_share=True) for word in words)
    return match[2] == rounded(true, len(match[2].partition(".")[2]))


def holds(word: str, said: Fraction, true: Fraction, *, is_share: bool = False) -> bool:
    """Whether a figure is what the word asserts of the number it is said with."""
    return _ASSERTS[word](said, true, is_share=is_share)
