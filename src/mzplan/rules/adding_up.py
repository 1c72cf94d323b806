"""Whether the numbers of a note come to what a figure has changed by: the arithmetic of `bearing`."""

import re
from collections.abc import Sequence
from fractions import Fraction
from itertools import product
from typing import NamedTuple

from mzplan.submissions.amounts import Stated
from mzplan.submissions.clauses import without_name
from mzplan.submissions.slips import OVER, SLIP
from mzplan.submissions.steps import ARRIVED

TOTAL = re.compile("累计|合计|总|共|应|现|更|改|调整|有效|[到至为是实]")
"""A number beside these is what the total comes to."""
_IN_THE_MONTH = re.compile(r"(?:[本当]月|\d月)(?:份|[只仅新])[^底末]*$")
"""Before a number it is what the month brought."""
_MOST = 6
"""So many numbers of a note are looked at; one that gives more explains nothing more."""


class PartStep(NamedTuple):
    """The numbers that may speak of a figure, what it was, 0 where nothing was, and what it is."""

    part: str
    numbers: Sequence[Stated]
    old: Fraction
    new: Fraction
    has_unit: bool


def gives_what_came(step: PartStep) -> bool:
    """Whether one number says what came to a figure that has grown so, and not how two figures differ."""
    came = step.new - step.old
    return step.has_unit and any(
        each.unit and each.way >= 0 and each.figure == came > 0 and not each.is_net for each in step.numbers
    )


def brings_its_whole(step: PartStep, numbers: Sequence[Stated], counted: str) -> bool:
    """Whether one number of all in a note says how many came of those whom a denominator counts."""
    came = step.new - step.old
    return step.part == "denominator" and any(
        each.way > 0 and each.figure == came and not each.is_net and without_name(each.before, counted) != each.before
        for each in numbers
    )


def fits(said: PartStep) -> bool:
    """Whether the numbers of a note say that step: all that came and went, what it comes to, or from where to where."""
    _, numbers, old, new, has_unit = said
    step = new - old
    if not step:
        return False
    if not old:
        return any(each.is_about(new) and (each.unit or each.way or not has_unit) for each in numbers if each.way >= 0)
    return _reconcile(numbers, old, new) or are_both(numbers, old, new)


def _reconcile(numbers: Sequence[Stated], old: Fraction, new: Fraction) -> bool:
    """Whether all that came and went adds up to the step; of a note that gives the step itself, what else it gives.

    Of a number that is not said to come or go both are tried; it may as well count something else, and so may one in
    another measure unit.
    """
    step, numbers = new - old, numbers[:_MOST]
    ways = [_ways(each, old, new) for each in numbers]
    if _adds_up(numbers, ways, step):
        return True
    for at, each in enumerate(numbers):
        if each.is_about(abs(step)) and (1 if step > 0 else -1) in ways[at]:
            others, their_ways = [*numbers[:at], *numbers[at + 1 :]], [*ways[:at], *ways[at + 1 :]]
            if (each.is_net and not any(_is_the_months(other, old, new) for other in others)) or _adds_up(
                others, their_ways, step
            ):
                return True
    return False


def _ways(number: Stated, old: Fraction, new: Fraction) -> tuple[int, ...]:
    """What a number may add to the step: itself, less, nothing."""
    is_total = number.is_about(old) or (number.is_about(new) and (number.way <= 0 or new > old))
    if _is_the_months(number, old, new):
        return (1,)
    if not number.way:
        is_of_all = TOTAL.search(ARRIVED.sub("", number.before))
        if number.figure == new - old and not is_of_all:
            return (0, 1)  # though 1亿, as loosely as it is written, is near the new figure too
        is_either = number.is_about(new) or (number.is_about(old) and 0 < new < old)
        return (0,) if is_either else (0, 1, -1)
    is_of_it = (number.unit or number.bare) and not is_total and not number.is_within
    return (number.way,) if is_of_it else (number.way, 0)


def _is_the_months(number: Stated, old: Fraction, new: Fraction) -> bool:
    """Whether the figure of a fall is given as what has just come in: the month's, and not what there is in all."""
    if new > old or number.is_within or not number.is_about(new):
        return False
    has_come = ARRIVED.search(number.clause) or _IN_THE_MONTH.search(number.before)
    return number.way > 0 or (bool(has_come) and not TOTAL.search(ARRIVED.sub("", number.clause)))


def _adds_up(numbers: Sequence[Stated], ways: Sequence[Sequence[int]], step: Fraction) -> bool:
    """Whether some of the ways, not all of them nothing, make the step, and are no vaguer than it is large."""
    for chosen in product(*ways):
        pairs = [(each, way) for each, way in zip(numbers, chosen, strict=True) if way]
        low = sum(each.low if way > 0 else -each.high for each, way in pairs)
        high = sum(each.high if way > 0 else -each.low for each, way in pairs)
        if pairs and low <= step <= high and high - low <= abs(step):
            return True
    return False


def are_both(numbers: Sequence[Stated], old: Fraction, new: Fraction) -> bool:
    """Whether a note gives the earlier figure and the new one, and not as what has come in."""
    was = [each for each in numbers if each.is_about(old)]
    is_wrong = any(words.search(each.clause) for each in was for words in (OVER, SLIP))
    return bool(was) and any(
        each.is_about(new)
        and (not _is_the_months(each, old, new) or (TOTAL.search(each.clause) if each.way > 0 else is_wrong))
        for each in numbers
    )


def are_but_differences(fitting: Sequence[PartStep]) -> bool:
    """Whether all amounts that fit say how two figures differ, and none of them both or what came or went."""
    return not any(
        are_both(step.numbers, step.old, step.new)
        or any(each.is_about(abs(step.new - step.old)) and not each.is_net for each in step.numbers)
        for step in fitting
    )
