"""Which of two earlier figures a figure is likelier to follow: its own unit's or another one's."""

from fractions import Fraction
from typing import NamedTuple

from mzplan.submissions.ledger import MONTHS, Ledger

_MUCH = 2
"""A step that is so many times another one is less likely."""


class Apart(NamedTuple):
    """How two figures of one indicator are apart; the less the likelier is it that both are one unit's."""

    fell: bool
    below: Fraction
    """The part by which the denominator differs; 0 without one."""
    grew: Fraction
    """How many times the earlier figure the later one is."""


USUAL_APART = Apart(fell=False, below=Fraction(1, 10), grew=Fraction(1))


def apart(ledger: Ledger, cell: int, other: int) -> Apart | None:
    """The step between the figures of a cell and of another one; None where there is none."""
    (earlier, below), (later, then) = (
        (ledger.values[each], ledger.denominators[each]) for each in sorted((cell, other), key=lambda at: at % MONTHS)
    )
    if earlier < 0 or later < 0:
        return None
    return Apart(later < earlier, Fraction(abs(then - below), max(then, below, 1)), Fraction(later, max(earlier, 1)))


def vote(mine: Apart | None, theirs: Apart | None) -> int:
    """Whether a step is likelier than another (1), less likely (-1) or neither (0).

    Of units of other sizes the larger one's figures are nearer to what is larger by growth: little is no evidence.
    """
    if mine is None or theirs is None or mine == theirs:
        return 0
    if mine.fell != theirs.fell:
        return theirs.fell - mine.fell
    if mine.below != theirs.below:
        return 1 if mine.below < theirs.below else -1
    if mine.fell or max(mine.grew, theirs.grew) < min(mine.grew, theirs.grew) * _MUCH:
        return 0
    return 1 if mine.grew < theirs.grew else -1
