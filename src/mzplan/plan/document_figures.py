"""Whose the numbers of a document are: which indicators quote one as their figure, and which of them it speaks of."""

import re
from collections.abc import Iterator, Sequence
from itertools import combinations, pairwise

from mzplan.plan.clause import StatedNumber, is_end, is_named
from mzplan.plan.indicator import Indicator

Number = tuple[int, int, StatedNumber]
"""Where one starts and ends in the text."""
_Claim = tuple[int, int, Indicator]
"""Where the quote of an indicator starts and ends."""

_CLAUSE = re.compile(r"[^。；;，,、：:0-9]{0,40}$")
"""The words right before a number say what it counts."""
_MEASURE = 4
"""The measure unit behind a number tells as much as so many pairs of signs of the name before it."""


def is_figure(amount: StatedNumber, indicator: Indicator) -> bool:
    """Whether a number that an indicator quotes is one of its figures: its target, its baseline, a point of its way.

    What has no figure of its own may quote any: a milestone's stages stand for them, or nobody knows what they mean.
    """
    target, schedule = indicator.target, indicator.schedule
    if indicator.stages or target.operator == "undefined":
        return True
    shares = {target.growth, target.tolerance, *(share for _, share in schedule.points)}
    if indicator.baseline:
        shares.add(abs(target.value / indicator.baseline - 1))
    if amount.is_percent and amount.value / 100 in shares:
        return True
    scale = indicator.ratio.scale if indicator.ratio and indicator.unit != "%" else 1
    values = {target.value, target.value / scale, indicator.baseline, *(value for _, value in schedule.amounts)}
    if target.growth:
        values.add(target.value / (1 + target.growth))
    elif indicator.baseline is not None:
        values.add(abs(target.value - indicator.baseline))
    meant = amount.in_unit(indicator.unit)
    return meant is not None and (meant in values or is_named(meant, [target.value]) or is_end(meant, target))


def swapped(
    text: str, claims: Sequence[_Claim], numbers: Sequence[Number]
) -> Iterator[tuple[Indicator, Indicator, Number]]:
    """Pairs of indicators that quote the same two numbers, where the words beside them say that each has the other's.

    With the first one's number, by these words, which is the target of the second.
    """
    for (start, end, one), (begin, stop, other) in combinations(claims, 2):
        shared = [each for each in numbers if max(start, begin) <= each[0] < min(end, stop)]
        ours = [each for each in shared if _is_target(each[2], one)]
        theirs = [each for each in shared if _is_target(each[2], other)]
        if one is other or len(ours) != 1 or len(theirs) != 1 or ours == theirs:
            continue
        (own,), (its,) = ours, theirs
        if _fit(text, its, one) + _fit(text, own, other) > _fit(text, own, one) + _fit(text, its, other):
            yield one, other, its


def _is_target(amount: StatedNumber, indicator: Indicator) -> bool:
    has_none = bool(indicator.stages) or indicator.target.operator == "undefined"
    return not has_none and is_figure(amount, indicator)


def _fit(text: str, number: Number, indicator: Indicator) -> int:
    """How much the words beside a number speak of an indicator."""
    start, end, amount = number
    before = _CLAUSE.search(text[max(start - 40, 0) : start])
    words = before[0] if before else ""
    pairs = {one + other for one, other in pairwise(indicator.name)}
    is_measured = amount.is_percent == (indicator.unit == "%") and (
        amount.is_percent or text.startswith(indicator.unit, end)
    )
    return sum(pair in words for pair in pairs) + _MEASURE * is_measured
