"""What of a note explains that a past figure was changed: what was wrong with it or had happened, in that size."""

from collections import Counter
from fractions import Fraction
from itertools import pairwise

from mzplan.reading.number import plain_number
from mzplan.reading.patterns import late
from mzplan.rules.adding_up import PartStep, fits
from mzplan.submissions.amounts import Stated, is_taken_for, stated
from mzplan.submissions.clauses import clauses_of
from mzplan.submissions.figures_said import part_named
from mzplan.submissions.names import matched_form
from mzplan.submissions.other_years import taken_out
from mzplan.submissions.own_clauses import LACKS, NoteSubject, is_of_what_is_counted, own_clauses
from mzplan.submissions.reasons import explains_change, names_some_thing
from mzplan.submissions.slips import LEFT_OUT, way_of_slip
from mzplan.submissions.wrong_kinds import DO_NOT_FIT, is_of_wrong_kind_now

_WAS_RIGHT = late(
    "(?:(?:原来?|以前|此前|上个?月|\\d+月)的?(?:[填上]?报的?)?(?:数[据字值]?|报表)(?:本身|原本|是|都|均|并)*"
    "(?:没有?错误?|没有?问题|无误|正确|准确|属实)|数[据字值]?(?:本身|原本|都|均|并)*没有?(?:错误?|问题))的?"
)
"""There was nothing to be changed."""
_FOR_THE_TARGET = late(
    "为了?(?:完成|达到?|赶上?|凑|应付|通过|满足|确保)[^,，\\d]{0,6}(?:进度|序时|任务|目标|考核|指标|排名|检查|验收)"
    "|[因为]了?[^,，\\d]{0,4}(?:考核|排名|检查|督查|进度|评比|任务|目标)[^,，\\d]{0,2}(?:需要|要求|安排)"
)
"""It is changed for what it should come to, and not for what was wrong with it."""
_NAMED = late("[^,，\\d]{1,10}?数")
_PIECE = 100
"""As long a text as has its invisible letters taken out."""


def is_reason(note: str, old: str, figures: tuple[str, str], subject: NoteSubject) -> bool:
    """Whether a note says anew why a figure, as it was and is, was changed: a cause, or how much was left out.

    What moves a figure the other way is none, nor what makes another figure of it, nor what has not happened or is of
    another than the `subject`; of a stage none is that there were so many too much or too little.
    """
    subject, is_stage = _of_the_change(subject, figures), is_of_stages(figures)
    kept = own_clauses(clauses_of(note), subject)
    said = ",".join(
        each
        for each in kept
        if not (_FOR_THE_TARGET.search(each) or _is_of_what_stands(each, subject, figures))
        and not (is_stage and way_of_slip([each]) and stated(each, ""))  # a stage is not so many more or less
    )
    is_wrong = is_of_wrong_kind_now(note) or _was_right(note) or disagrees(note, old, figures, subject)
    is_told = is_new(note, old) and not is_wrong
    is_exact = any(
        each.figure == abs(now - was)
        and (
            not each.is_percent
            if subject.is_ratio
            else each.unit and ((subject.is_lower and _lacks_something(each)) or is_of_what_is_counted(each, subject))
        )
        for each in stated(said, subject.measure)
        for was, now in _parts(figures)
    )
    is_of_last_year = subject.is_lower and bool(taken_out(clauses_of(said), subject.year))
    is_slip = is_of_last_year or _was_taken_for_another(said, figures) or explains_change(said)
    is_amount = (is_exact and names_some_thing(said, subject.indicator)) or _is_made_up(said, step_of(figures))
    return is_told and (is_slip or (is_amount and not _FOR_THE_TARGET.search(note)))


def _of_the_change(subject: NoteSubject, figures: tuple[str, str]) -> NoteSubject:
    """The subject of a note, and whether the figure, or a part of the ratio, is less than it was."""
    return subject._replace(is_lower=any(now < was for was, now in _parts(figures)))


def _is_of_what_stands(clause: str, subject: NoteSubject, figures: tuple[str, str]) -> bool:
    """Whether a clause speaks of the part of a ratio that has not changed."""
    changed = [was != now for was, now in _parts(figures)]
    if not (subject.is_ratio and any(changed)) or all(changed):
        return False
    named = _NAMED.match(clause)
    part = next(
        filter(None, (part_named(each, *subject.parts) for each in (clause, named[0] if named else "") if each)), ""
    )
    return part == ("denominator" if changed[0] else "numerator")


def _was_right(note: str) -> bool:
    """Whether a note says that the earlier figure was right."""
    return any(map(_WAS_RIGHT.fullmatch, clauses_of(note)))


def _was_taken_for_another(said: str, figures: tuple[str, str]) -> bool:
    """Whether a note says that the figure as it is was written as what it was."""
    pairs = [pair for pair in pairwise(stated(said, "")) if is_taken_for(*pair)]
    return any(wrong.is_about(was) and right.is_about(now) for right, wrong in pairs for was, now in _parts(figures))


def is_of_stages(figures: tuple[str, str]) -> bool:
    """Whether what was changed is a stage, and no figure."""
    return not any(character.isdecimal() for figure in figures for character in figure)


def step_of(figures: tuple[str, str]) -> int:
    """By how much a figure was changed, in millionths; 0 of a ratio, and where one of them is no number."""
    parts = _parts(figures)
    return parts[0][1] - parts[0][0] if len(parts) == 1 else 0


def _parts(figures: tuple[str, str]) -> list[tuple[int, int]]:
    """A figure, or each part of a ratio, as it was and is, in millionths; none where one of them is no number."""
    pairs = [tuple(map(plain_number, pair)) for pair in zip(*(each.split("/") for each in figures), strict=False)]
    return [(was.figure or 0, now.figure or 0) for was, now in pairs if was and now]


def disagrees(note: str, old: str, figures: tuple[str, str], subject: NoteSubject) -> bool:
    """Whether what a note says anew of a figure makes another figure of it, or moves it the other way."""
    parts, known, subject = _parts(figures), clauses_of(old), _of_the_change(subject, figures)
    steps = [now - was for was, now in parts if was != now]
    said = [each for each in own_clauses(clauses_of(note), subject) if each not in known]
    all_numbers = stated(",".join(said), subject.measure)
    if len(parts) != 1 or not steps:
        ways = [each.way for each in all_numbers if each.way and each.figure in {*map(abs, steps)}] or [
            way_of_slip(said)
        ]
        return bool(steps) and all(way * step < 0 for way in ways for step in steps)
    numbers = [each for each in all_numbers if each.unit or each.bare]
    results = [each for each in numbers if each.is_result]
    (step,), (before, after) = steps, map(Fraction, parts[0])
    is_wrong_now = any(each.is_mistaken and each.is_about(after) for each in all_numbers)
    if is_wrong_now or (results and not any(each.is_about(after) for each in results)):
        return True
    others = [each for each in numbers if not (each.is_result or each.is_about(before) or each.is_about(after))]
    amounts = [each for each in others if each.way]
    exact = [each for each in amounts if each.figure == abs(step)]
    ways = [each.way for each in exact or amounts] or [way_of_slip(said)]
    if all(way * step < 0 for way in ways):
        return True
    counted = [each for each in others if each.unit and (each.way or each.before.endswith("共"))]
    told = sum(each.figure * each.way for each in stated(old, subject.measure) if each.unit)  # when it was changed last
    return bool(counted) and not any(
        fits(PartStep("numerator", numbers, start, after, has_unit=True)) for start in (before, before - told)
    )


def _lacks_something(number: Stated) -> bool:
    """Whether so many are said not to be, or to have, what makes them count."""
    return bool(LACKS.match(number.behind) or DO_NOT_FIT.search(number.clause))


def _is_made_up(note: str, step: int) -> bool:
    """Whether a note says of the number that came to a figure that it was left out of it (补报2个)."""
    return step > 0 and bool(LEFT_OUT.search(note)) and any(each.figure == step for each in stated(note, ""))


def is_new(note: str, old: str) -> bool:
    """Whether a note says more than the old one did: not as it was, nor cut short, nor in another order.

    “第二批更正” after “第一批更正” does, by a single character.
    """
    return bool(Counter(_said(note)) - Counter(_said(old)))


def _said(note: str) -> str:
    """The letters and digits of a note."""
    pieces = (matched_form(note[at : at + _PIECE]) for at in range(0, len(note), _PIECE))
    return "".join(character for piece in pieces for character in piece if character.isalnum())
