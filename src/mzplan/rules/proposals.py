"""The figure that was meant, as a proposal: told only if the row, read again with it, has no finding."""

from collections.abc import Iterator
from fractions import Fraction

from mzplan.figures import SCALE, plain
from mzplan.rules.proportion import times
from mzplan.rules.registry import Remedy
from mzplan.rules.scope import Series
from mzplan.said import listed, say

CHECK_IT = "请核对；"
_WITHOUT_ZEROS, _OTHER_PLACES = "如果多写了 0，应是 {meant}；", "如果位数写错了，应是 {meant}；"
_TWICE = "如果有一位打了两遍，应是 {meant}；"
_MOST = 4
"""So many places a point may be moved by."""


def with_other_digits(series: Series, at: int, field: str, words: str) -> tuple[Remedy, ...]:
    """The figures that it may have been with zeros fewer or its point elsewhere, each before the words of the hint."""
    figure = (series.denominators if field == "denominator" else series.values)[at]
    return tuple(
        Remedy(listed((CHECK_IT, say(template, meant=plain(meant)), words), ""), plain(meant))
        for template, meant in _with_other_digits(figure, series.indicator.decimals)
    )


def _with_other_digits(figure: int, decimals: int) -> Iterator[tuple[str, int]]:
    if times(figure, Fraction(1, 10), decimals) is None:  # else a zero too many, or the point, is as likely
        yield from ((_TWICE, less) for less in _without_a_double(figure))
    for power in range(1, _MOST + 1):
        if less := times(figure, Fraction(1, 10**power), decimals):
            yield _OTHER_PLACES if figure % (10**power * SCALE) else _WITHOUT_ZEROS, less
        if figure % SCALE:  # what is whole has no point to move
            yield _OTHER_PLACES, figure * 10**power


def _without_a_double(figure: int) -> Iterator[int]:
    """A whole number without one of two digits that are the same and stand side by side."""
    digits = plain(figure)
    places = [at for at in range(1, len(digits)) if digits[at] == digits[at - 1]] if digits.isdecimal() else []
    yield from sorted({int(digits[:at] + digits[at + 1 :]) * SCALE for at in places})
