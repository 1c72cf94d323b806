"""Whether a note that gives the size of a leap takes it back: what it says besides must agree with it.

A figure that has leapt as no month's does is a slip far more often than an event. So its note is held to the amount as
a whole: none of it is left out as another's or still to come, its other numbers are parts that add up to the amount,
and nobody but the unit has it.
"""

from collections.abc import Collection
from fractions import Fraction

from mzplan.reading.patterns import late
from mzplan.rules.adding_up import PartStep, are_both
from mzplan.submissions.amounts import Stated
from mzplan.submissions.clauses import clauses_of
from mzplan.submissions.own_clauses import HAS_ALL_DO, WHOLE, NoteSubject
from mzplan.submissions.steps import ARRIVED

_SITE = late("(?:镇|乡|街道|社区|(?<!农)村)$")
"""A part that is in some place of the unit's is no smaller truth."""
_NOT_ITS_OWN = late(
    "(?:全[市省国])(?:\\w{0,2}(?:数|合计|总[数计])|$)|[为是系属][^\\W\\d]{1,8}[县市区][的总]?(?:数|合计)|(?:(?<!\\d)\\d|[二两三四五六七八九十])年(?:累计|合计|来|以来|共)|分[二两三四五六七八九十\\d]+年"
)
"""That the amount is another's, that all of them together have it, or that it comes over years."""
_AMOUNT = late(r"\d(?![\d月年日])")
_OWN = late("[我本][县市区]")
_FIRST_STEPS = late("招[聘录]|录[用取]|入职|引进|聘用|年[检审]|申[报请]|提交|认捐|签约|报[名考]")
"""What brings those who may be counted one day."""


def is_not_its_own(note: str, subject: NoteSubject) -> bool:
    """Whether some words of a note say that its amount is another's, the whole city's, or to come over years."""
    return any(_is_others(each, subject) for each in clauses_of(note))


def without_first_steps(note: str, counted: str) -> str:
    """A note without the clauses that say how many took a first step and no last one, unless it counts those."""
    return ",".join(
        clause
        for clause in clauses_of(note)
        if ARRIVED.search(clause)
        or not _AMOUNT.search(clause)
        or all(each in counted for each in _FIRST_STEPS.findall(clause))
    )


def has_a_smaller_part(step: PartStep, known: Collection[Fraction]) -> bool:
    """Whether a note gives beside the amount of a step another number that is no part of several that make it up.

    The figures that are `known`, of both parts of a ratio, are none. A note that gives both figures is held to those;
    a first figure has changed by nothing.
    """
    change = abs(step.new - step.old)
    whole = [each for each in step.numbers if each.is_about(change)]
    if not whole or not step.old or are_both(step.numbers, step.old, step.new):
        return False
    others = [
        each for each in step.numbers if _is_like(each, whole[0]) and not any(map(each.is_about, (change, *known)))
    ]
    parts = [each.figure for each in others if not _SITE.search(each.before)]
    return bool(parts) and sum(each.figure for each in others) != change


def _is_like(number: Stated, whole: Stated) -> bool:
    return (number.unit and whole.unit) or number.bare or number.behind[:1] == whole.behind[:1]


def _is_others(clause: str, subject: NoteSubject) -> bool:
    if _NOT_ITS_OWN.search(clause):
        return True
    whole = WHOLE.search(clause) if subject.whole else None
    is_own = _OWN.search(clause) or any(each in clause for each in subject.names)
    return (
        whole is not None and not is_own and (bool(_AMOUNT.search(clause)) or not HAS_ALL_DO.match(clause, whole.end()))
    )
