"""The figures that may have been meant, each with what it supposes: told only if the row, read again with it, is sound.

Of what a clerk may have done (the month's figure for the total, another measure unit, digits too many, too few, twice
or in another order) all that fit are told, as nobody knows which it was; the only one that fits is the figure meant.
"""

from collections.abc import Collection, Iterator
from fractions import Fraction
from typing import NamedTuple

from mzplan.figures import SCALE, plain
from mzplan.plan.indicator import Indicator
from mzplan.rules.proportion import other_units, times
from mzplan.rules.registry import Remedy
from mzplan.rules.scope import Series
from mzplan.said import listed, say
from mzplan.submissions.amounts import stated
from mzplan.submissions.row import measure_of

CHECK_IT = "请核对；"
_WITHOUT_ZEROS, _OTHER_PLACES = "如果多写了 0，应是 {meant}；", "如果位数写错了，应是 {meant}；"
_SOME_LOST, _IN_10_000 = "如果少写了 {digits} 位，应在 {meant} 左右；", "如果是按“万”填的，应在 {meant} 左右；"
_TWICE = "如果有一位打了两遍，应是 {meant}；"
EXCHANGED = "如果有两位写颠倒了，应是 {meant}；"
_MONTHS = "如果填的是当月数，累计数应是 {meant}；"
_MONTHS_OF_A_LEVEL = "如果填的是当月数，加上次的是 {meant}；"
_MONTHS_IN_UNIT = "如果是按“{words}”填的当月数，加上次的是 {meant}；"
_MOST = 4
"""So many places a point may be moved by."""


class Supposed(NamedTuple):
    """A figure that may have been meant."""

    said: str
    """What is supposed, and the figure."""
    figure: int
    is_about: bool = False
    """Whether digits behind those that were written are lost: the figure is but near that."""


def proposed(
    series: Series, before: int | None, at: int, field: str, words: str, lead: str = CHECK_IT
) -> tuple[Remedy, ...]:
    """All that a figure, in its column, may have been meant as, each between the other words of the hint."""
    figures = series.denominators if field == "denominator" else series.values
    known = 0 if before is None else figures[before]
    said = stated(series.note(at), measure_of(series.indicator, field), series.indicator.decimals)
    came = [int(each.figure) for each in said]
    return tuple(proposal(each, words, lead) for each in supposed(series.indicator, field, figures[at], known, came))


def proposal(each: Supposed, words: str, lead: str = "") -> Remedy:
    """One supposition as a proposal, for the column of its finding."""
    hint = listed((lead, each.said, words), "")
    return Remedy(hint, plain(each.figure), supposed=each.said, words=words, is_about=each.is_about)


def supposed(
    indicator: Indicator, field: str, figure: int, known: int, came: Collection[int] = ()
) -> Iterator[Supposed]:
    """All that a figure may have been meant as beside the one that is known, 0 for none; fitting or not.

    `came` are amounts that are said to have come to that. A 0 adds nothing, and has no digits that may be wrong.
    """
    if not figure:
        return
    if known:
        yield from _of_the_month(indicator, field, figure, known)
    yield from _with_other_digits(figure, indicator.decimals)
    if known > figure:
        yield from _with_more_digits(indicator, figure, (known, *(known + each for each in came)))
    elif figure % SCALE:  # what is whole has no point to move
        yield from (_said(_OTHER_PLACES, figure * 10**power) for power in range(1, _MOST + 1))
    if known:
        yield from (_said(EXCHANGED, other) for other in other_orders(figure))


def other_orders(figure: int) -> Iterator[int]:
    """The figures that it may have been with two neighbouring digits exchanged."""
    whole, _, decimals = plain(figure).partition(".")
    digits, unit = whole + decimals, SCALE // 10 ** len(decimals)
    for at in range(len(digits) - 1):
        if digits[at] != digits[at + 1] and (at or digits[at + 1] != "0" or len(whole) == 1):
            yield int(digits[:at] + digits[at + 1] + digits[at] + digits[at + 2 :]) * unit


def _said(template: str, figure: int) -> Supposed:
    return Supposed(say(template, meant=plain(figure)), figure)


def _of_the_month(indicator: Indicator, field: str, figure: int, known: int) -> Iterator[Supposed]:
    """What came in the month, be it in another measure unit, added to what there was."""
    unit, ratio = measure_of(indicator, field), indicator.ratio
    if field == "denominator" and ratio and not ratio.denominator_accumulates:
        return
    is_total = indicator.cumulative or field == "denominator"
    yield _said(_MONTHS if is_total else _MONTHS_OF_A_LEVEL, known + figure)
    for factor, words in other_units(unit) if unit else ():
        if factor < 1 and (came := times(figure, factor, indicator.decimals)):
            yield Supposed(say(_MONTHS_IN_UNIT, words=words, meant=plain(known + came)), known + came)


def _with_other_digits(figure: int, decimals: int) -> Iterator[Supposed]:
    """With fewer digits."""
    if times(figure, Fraction(1, 10), decimals) is None:  # else a zero too many, or the point, is as likely
        yield from (_said(_TWICE, less) for less in _without_a_double(figure))
    for power in range(1, _MOST + 1):
        if less := times(figure, Fraction(1, 10**power), decimals):
            yield _said(_OTHER_PLACES if figure % (10**power * SCALE) else _WITHOUT_ZEROS, less)


def _with_more_digits(indicator: Indicator, figure: int, likely: Collection[int]) -> Iterator[Supposed]:
    """With more digits: of those lost nobody knows which they were, so that it may be whatever is likely near that."""
    step = 10 ** (6 - indicator.decimals)
    for power in range(1, _MOST + 1):
        factor = 10**power
        meant = figure * factor
        if figure % step and meant % step == 0 != meant % (step * 10):  # all its digits are there
            yield _said(_OTHER_PLACES, meant)
            continue
        said = (
            say(_SOME_LOST, digits=power, meant=plain(meant)) if power < _MOST else say(_IN_10_000, meant=plain(meant))
        )
        for each in dict.fromkeys(nearest(figure, factor, known, step) for known in likely):
            yield Supposed(said, each, is_about=True)


def nearest(figure: int, factor: int, known: int, step: int) -> int:
    """Of the figures that may be left as that one when their last digits are lost, the nearest to a known one."""
    low, high = (figure - step // 2) * factor, (figure + step) * factor - step
    return sorted((low, known, high))[1] // step * step


def _without_a_double(figure: int) -> Iterator[int]:
    """A whole number without one of two digits that are the same and stand side by side."""
    digits = plain(figure)
    places = [at for at in range(1, len(digits)) if digits[at] == digits[at - 1]] if digits.isdecimal() else []
    yield from sorted({int(digits[:at] + digits[at + 1 :]) * SCALE for at in places})
