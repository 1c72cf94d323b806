"""Exact figures: fixed point of six decimals, rounding once and half up. Knows nothing of plans, files or Chinese."""

import re
from collections.abc import Iterable, Mapping
from fractions import Fraction

SCALE = 1_000_000
"""A figure is kept as an integer of millionths: exact, comparable, eight bytes."""

_PLAIN = re.compile(r"([+-]?)([0-9]{1,12})(?:\.([0-9]{1,6}))?")


def parse_plain(text: str) -> int | None:
    """Millionths of a plain decimal (`85.5`: up to 12 digits, a point, up to 6), or None when the text is not one."""
    match = _PLAIN.fullmatch(text)
    if match is None:
        return None
    sign, whole, decimals = match.groups(default="")
    amount = int(whole) * SCALE + int(decimals.ljust(6, "0"))
    return -amount if sign == "-" else amount


def plain(millionths: int) -> str:
    """A figure as the shortest plain decimal: `85.5`, `800`, `-0.25`."""
    sign = "-" if millionths < 0 else ""
    whole, rest = divmod(abs(millionths), SCALE)
    return f"{sign}{whole}.{rest:06d}".rstrip("0").removesuffix(".") if rest else f"{sign}{whole}"


def millionths(figure: Fraction | int, times: int = 1) -> int:
    """So many times a figure in whole millionths, what is less cut off."""
    return figure.numerator * times * SCALE // figure.denominator


def decimals_of(figure: Fraction) -> int | None:
    """How many decimals write a figure exactly; None when six do not."""
    return next((decimals for decimals in range(7) if (figure * 10**decimals).denominator == 1), None)


def rounded(
    figure: Fraction, decimals: int, below: Iterable[Fraction | int] = (), above: Iterable[Fraction | int] = ()
) -> str:
    """A figure rounded half up (away from zero) to that many decimals, without contradicting a verdict.

    Strictly under one of the bounds in `below` it also prints under it (99.96 short of 100 reads 99.9, a gap of -0.02
    reads -0.1); strictly over one in `above` it prints over it (5.01 over a limit of 5 reads 5.1).
    """
    return _text(_units(figure, 10**decimals, below, above), decimals)


def percent(
    share: Fraction, decimals: int, below: Iterable[Fraction | int] = (), above: Iterable[Fraction | int] = ()
) -> str:
    """A share `rounded` as a percentage: 0.525 reads 52.5. The bounds are shares too."""
    return _text(_units(share, 100 * 10**decimals, below, above), decimals)


def _units(figure: Fraction, unit: int, below: Iterable[Fraction | int], above: Iterable[Fraction | int]) -> int:
    """How many of those parts of 1 a figure is, rounded, and kept on its own side of every bound."""
    top, bottom = figure.numerator, figure.denominator
    units = (2 * abs(top) * unit + bottom) // (2 * bottom)
    if top < 0:
        units = -units
    for bound in below:
        limit = -(-bound.numerator * unit // bound.denominator)
        if units >= limit and top * bound.denominator < bound.numerator * bottom:
            units = limit - 1
    for bound in above:
        limit = bound.numerator * unit // bound.denominator
        if units <= limit and top * bound.denominator > bound.numerator * bottom:
            units = limit + 1
    return units


def _text(units: int, decimals: int) -> str:
    whole, rest = divmod(abs(units), 10**decimals)
    sign = "-" if units < 0 else ""
    return f"{sign}{whole}.{rest:0{decimals}d}" if decimals else f"{sign}{whole}"


def decimal_text(figure: Fraction, below: Iterable[Fraction | int] = (), above: Iterable[Fraction | int] = ()) -> str:
    """A figure as a plain decimal for machines: exact when six decimals suffice, else `rounded` to six."""
    text = rounded(figure, 6, below, above)
    return text.rstrip("0").removesuffix(".")


def decimal_or_none(
    figure: Fraction | None, below: Iterable[Fraction | int] = (), above: Iterable[Fraction | int] = ()
) -> str | None:
    """The `decimal_text` of a figure that may be absent."""
    return None if figure is None else decimal_text(figure, below, above)


def add_up(by_denominator: Mapping[int, int]) -> tuple[int, int]:
    """The sum of fractions given as numerators by denominator, exact and not reduced; 0/1 for none.

    Two by two, so that the large integers are few.
    """
    terms = list(by_denominator.items())
    while len(terms) > 1:
        odd = terms[-1:] if len(terms) % 2 else []
        pairs = zip(terms[::2], terms[1::2], strict=False)
        terms = [(below * under, above * under + over * below) for (below, above), (under, over) in pairs]
        terms += odd
    return (terms[0][1], terms[0][0]) if terms else (0, 1)


def share_out(total: int, weights: Iterable[int]) -> list[int]:
    """Whole parts of a whole total in proportion to weights, by largest remainder: they add up to the total exactly.

    Equal remainders go to the earlier part. ValueError when the weights are negative or all zero.
    """
    given = list(weights)
    whole = sum(given)
    if whole <= 0 or min(given) < 0:
        raise ValueError("weights must be zero or more, and not all zero")
    parts = [total * weight // whole for weight in given]
    by_remainder = sorted(range(len(given)), key=lambda i: (-(total * given[i] % whole), i))
    for i in by_remainder[: total - sum(parts)]:
        parts[i] += 1
    return parts
