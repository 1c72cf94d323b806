"""Whether the note of a figure bears the size of what is found of it: the one rule of what a note may clear.

A cause alone says that something has happened, and not that it comes to so much. With the number that fits beside it
(the difference to the figure before, all that came and went if it adds up to that, that figure and this one, or of a
first figure itself as the plan counts it) it clears the finding; of a ratio a number of the part that is off: who
tells what came to the numerator has not looked at the denominator. Without one it makes of an error a question, but
where another measure unit explains the figure. Beside the number that fits any words are a cause that are not known
to be empty; what came to a figure, exactly, is one itself. A number that does not fit, or gives the month's figure as
what the cell holds, explains nothing, nor does what is of another place, year or thing or has not happened.
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from enum import StrEnum
from fractions import Fraction
from itertools import pairwise

from mzplan.diagnostics import show
from mzplan.figures import SCALE, plain
from mzplan.plan.indicator import Indicator
from mzplan.rules.adding_up import (
    TOTAL,
    PartStep,
    are_both,
    are_but_differences,
    brings_its_whole,
    fits,
    gives_what_came,
)
from mzplan.rules.scope import Series, names_of
from mzplan.rules.taken_back import has_a_smaller_part, is_not_its_own, without_first_steps
from mzplan.said import asking, listed, say
from mzplan.submissions.amounts import Stated, changes_left_out, counted_anew, is_taken_for, stated
from mzplan.submissions.clauses import clauses_of, is_of_earlier
from mzplan.submissions.figures_said import about_the_figure, as_one_figure, own_measure, part_named
from mzplan.submissions.ledger import SAYS_OTHERWISE
from mzplan.submissions.names import matched_form
from mzplan.submissions.other_things import is_moved_as_cause
from mzplan.submissions.other_years import taken_out
from mzplan.submissions.own_clauses import NoteSubject, is_of_what_is_counted, own_clauses, own_words
from mzplan.submissions.reasons import (
    admits,
    brings_what_is_counted,
    ends_with_a_cause,
    explains,
    names_a_thing,
    names_some_thing,
    tells_a_slip,
    tells_what_was_wrong,
)
from mzplan.submissions.row import measure_of
from mzplan.submissions.slips import OVER, TAKEN_OFF, takes_back, way_of_slip
from mzplan.submissions.wrong_kinds import corrects, is_of_wrong_kind, is_of_wrong_kind_now, remedy_of
from mzplan.zh import Amount

_ASKED = "数没有错的，“说明”写明原因和{what}，如“…，{words}”。"
_DENIED = "{remedy}；“说明”只写与所填的相符的话。"
AS_THE_NOTE_SAYS = "按“说明”改正"
CORRECT_THAT = "{period} 的数填错了的，改那个月的表。"
_SHOULD_BE = re.compile(r"应(?:该|当)?[为是](?=(?P<figure>\d+(?:\.\d+)?)(?![\d.]))")
_BEGINS_WITH = re.compile(r"(?<![^,，。;；])[^,，。;；\d]*(?:\d+月[^,，。;；\d]*)?(?P<figure>\d+(?:\.\d+)?)(?![\d.])")
"""The first number of a clause: if it is the earlier figure, the clause speaks of that."""
_CHANGE, _ITSELF = "增减的数", "这个数"
_UP, _DOWN = "增加", "减少"
_BLANK = "__"
_PARTS = ("numerator", "denominator")
_LAST = "上次"
_VALID = re.compile("有效[^,，\\d]*$")
"""Of what was counted some is not valid: why there is less, and not how much."""
_MERGED = re.compile("(?:撤并|[合归]并)了?$")
"""So many came to be fewer, and not by so many."""
_COMES_TO = re.compile(r"[由从]\d.*[为至到成]$")
_LOOKED_AT = re.compile("经复?核[对实查]?后?")
"""Somebody looked, and it is not said what was wrong."""
_LONG_AGO = re.compile("同期|[季年]")
"""The difference is not to the figure before."""


class Bearing(StrEnum):
    """What a note says of the size, in the words that the finding adds."""

    FULL = ""
    NO_CHANGE = "没有写增减了多少"
    NO_FIGURE = "没有写这个数是多少"
    OF_MERGED = "写的是撤并的数，没有写增减了多少"
    OTHER_SIZE = "和增减的数对不上"
    OTHER_PARTS = "里另写的数加起来不是增减的数"
    OTHER_WAY = "和增减的方向对不上"
    CONFIRMED = "印证了这一点"
    NO_CAUSE = "没有说是什么事引起的"
    NO_SLIP = "没有说以前的数错在哪里"
    OF_ANOTHER = "说的是别处、别年、别的指标的，还没有的，或早已改正的事"

    @property
    def is_question(self) -> bool:
        """Whether there is a cause, and no more than its size is asked for."""
        return self in (Bearing.NO_CHANGE, Bearing.NO_FIGURE, Bearing.OF_MERGED)


def bearing(
    series: Series, before: int | None, at: int, *about: str, may_be_the_months: bool = False, is_far: bool = False
) -> Bearing:
    """What the note of a figure says of its step from the one before, of a first one of its own size.

    `about` are the parts of a ratio that are off, or may be: the note has to bear each. Of a step that `is_far`, as
    no month's is, an amount that came is no cause: whoever reckons it from the wrong figure has it too.
    """
    note = series.note(at)
    if not note:
        return Bearing.NO_CAUSE
    new = plain(series.values[at])
    note = _SHOULD_BE.sub(lambda found: "现为" if found["figure"] == new else found[0], note)
    if before is not None and (old := plain(series.values[before])) != new:
        note = _BEGINS_WITH.sub(lambda found: f"{_LAST}{found[0]}" if found["figure"] == old else found[0], note)
    own = about_the_figure(note, *(each[at] for each in (series.values, series.denominators) if each))
    own = "，".join(own_measure(matched_form(series.indicator.unit)).sub("", each) for each in clauses_of(own))
    if contradicts_itself(series, at) or is_of_wrong_kind_now(own):
        return Bearing.CONFIRMED
    then = 0 if before is None else series.months[before]
    is_lower = before is not None and series.values[at] < series.values[before]
    subject = NoteSubject.of(names_of(series.ledger), series.unit.id, series.indicator, then, is_lower=is_lower)
    clauses = clauses_of(note)
    note, own = ("，".join(own_clauses(each, subject)) for each in (clauses, clauses_of(own)))
    is_leap = is_far or (may_be_the_months and before is not None and series.values[at] * 2 < series.values[before])
    if clauses and (not note or (is_leap and note != "，".join(clauses))):
        return Bearing.OF_ANOTHER
    numbers = _numbers(note, series, is_far=is_far)
    last = {before} if before is None else {before, at - 1}  # it may count from what was reported, though that is off
    known = [each for each in last if each is not None]
    if any(_goes_on(series, each, at, subject) for each in known):
        return Bearing.FULL
    taken = [pair for pair in pairwise(numbers) if is_taken_for(*pair)]
    if any(_was_taken(*pair, series, each, at) for pair in taken for each in known):
        return Bearing.FULL
    if taken or (known and any(_is_denied(series, known, at, part, numbers) for part in _PARTS)):
        return Bearing.OTHER_SIZE
    steps = [step for each in last for step in _steps(series, each, at, numbers)]
    fitting = [step for step in steps if fits(step)]
    borne = {step.part for step in fitting}
    if borne:
        borne |= {each.part for each in steps if any(_gives(number, each, series.indicator) for number in numbers)}
    if borne.issuperset(about if series.denominators else ()) and borne:
        return _of_the_size(note, steps, series, subject, is_far=is_far, is_leap=is_leap)
    if (
        before is not None
        and not series.denominators
        and series.values[at] < series.values[before]
        and counted_anew(note, numbers, series.values[at])
    ):
        return Bearing.FULL
    if (
        may_be_the_months
        and re.search(r"[^\W\d_]{2}", note)
        and any(each.is_about(series.values[at]) and not TOTAL.search(each.clause) for each in numbers)
    ):
        return Bearing.CONFIRMED
    return _without_the_number(series, before, at, numbers, note, own)


def _is_of_anothers(fitting: Sequence[PartStep], subject: NoteSubject) -> bool:
    """Whether the amounts that fit are said of something else than what the figure counts, or in no unit of it.

    A first figure has grown by no amount.
    """
    for step in fitting:
        own = [each for each in step.numbers if is_of_what_is_counted(each, subject)]
        if not step.old or fits(step._replace(numbers=own)) or are_both(step.numbers, step.old, step.new):
            return False
    return True


def _of_the_size(
    note: str, steps: Sequence[PartStep], series: Series, subject: NoteSubject, *, is_far: bool, is_leap: bool
) -> Bearing:
    """What a note says of a figure with a number that fits: any words beside it are a cause but those known as empty.

    What came to a figure that has grown so, exactly, says itself what has happened; a difference does not. A total
    since January is not less than the last for what a month did not bring: beside the difference only what takes back
    what was counted is a cause. Of a leap the number must be said of what the subject counts; who has but begun what
    brings more (招聘) has no more yet.
    """
    fitting = [each for each in steps if fits(each)]
    known = {figure for each in steps for figure in (each.old, each.new)}
    if is_leap and any(has_a_smaller_part(each, known) for each in fitting):
        return Bearing.OTHER_PARTS
    if is_leap and (is_not_its_own(note, subject) or _is_of_anothers(fitting, subject)):
        return Bearing.OF_ANOTHER
    if is_far:
        note = without_first_steps(note, subject.counted)
    is_smaller_total = subject.is_total and subject.is_lower
    is_told = tells_what_was_wrong(note, series.indicator.name)
    if is_leap and is_smaller_total and not is_told and are_but_differences(fitting):
        return Bearing.NO_SLIP
    is_put_right = not is_far and corrects(_LOOKED_AT.sub("", TAKEN_OFF.sub("", note)))  # 核减12张 says how much alone
    is_corrected = corrects(note) and any(
        step.old and (is_put_right or are_both(step.numbers, step.old, step.new)) for step in fitting
    )
    ratio, numbers = series.indicator.ratio, [number for step in steps for number in step.numbers]
    has_come = not is_far and any(
        step.old
        and (gives_what_came(step) or (ratio is not None and brings_its_whole(step, numbers, ratio.denominator)))
        for step in fitting
    )
    is_of_last_year = subject.is_lower and bool(taken_out(clauses_of(note), subject.year))
    if is_corrected or has_come or is_of_last_year or tells_a_slip(note):
        return Bearing.FULL
    arrivals = [each.clause for step in fitting for each in step.numbers if brings_what_is_counted(each.clause)]
    if not (explains(note) or names_some_thing(note, series.indicator.name) or arrivals):
        return _without_cause(note)
    is_difference = any(each.is_net for step in fitting for each in step.numbers)
    return Bearing.NO_SLIP if is_smaller_total and is_difference and not takes_back(clauses_of(note)) else Bearing.FULL


def _without_the_number(
    series: Series, before: int | None, at: int, numbers: Sequence[Stated], note: str, own: str
) -> Bearing:
    """What a note says of a figure's step, none of whose numbers fits; `own` is what it says of the figure itself."""
    moves = _moves(series, before, at) if before is not None else {}
    counted = [each for each in numbers if each.unit or each.bare or any(map(each.is_about, moves.values()))]
    is_ratio = bool(series.denominators)
    amounts = [each for each in counted if each.way or (not is_ratio and _is_amount(each, series, before, at))]
    if before is not None and not all(_is_what_was(each, series, before) for each in amounts):
        is_turned = bool(moves) and all(each.way and each.way not in moves for each in counted)
        return Bearing.OTHER_WAY if is_turned else Bearing.OTHER_SIZE
    if is_of_wrong_kind(own):
        return Bearing.CONFIRMED
    if _is_the_step_of_another_kind(note, series, moves):
        return Bearing.OF_ANOTHER
    if before is not None and (way := way_of_slip(clauses_of(note))):
        return Bearing.NO_CHANGE if way in moves else Bearing.OTHER_WAY
    if before is not None and any(_VALID.search(each.before) and each.is_about(series.values[at]) for each in numbers):
        return Bearing.NO_CHANGE
    if not explains(note):
        return Bearing.CONFIRMED if admits(own) else _without_cause(note)
    if before is None:
        return Bearing.NO_FIGURE
    merged = [each for each in numbers if _MERGED.search(each.before) and (each.unit or (is_ratio and each.bare))]
    return Bearing.OF_MERGED if merged else Bearing.NO_CHANGE


def _is_the_step_of_another_kind(note: str, series: Series, moves: Mapping[int, int]) -> bool:
    """Whether a note gives exactly the step, and of what is counted in no such measure unit: 减少114张 of people."""
    numbers = () if series.denominators else stated(note, series.indicator.unit)
    return any(each.is_of_another_kind and each.is_about(moves.get(each.way, 0)) for each in numbers)


def _is_amount(number: Stated, series: Series, before: int | None, at: int) -> bool:
    """Whether a number is that of the event that its clause tells: 集中拨付344.5万元, and not 参训200人."""
    figures = [series.values[each] for each in (before, at) if each is not None]
    is_known = number.is_within or _MERGED.search(number.before) or any(map(number.is_about, figures))
    return number.unit and number.is_plain and not is_known and explains(number.clause)


def _is_what_was(number: Stated, series: Series, before: int) -> bool:
    """Whether a number of which it is said that it was wrong is all that was reported: 上月误报89人."""
    return bool(OVER.search(number.before)) and number.is_about(series.values[before])


def _was_taken(right: Stated, wrong: Stated, series: Series, before: int, at: int) -> bool:
    """Whether the wrong number is what a figure was, and the right one what it is."""
    parts = [each for each in (series.values, series.denominators) if each]
    return any(wrong.is_about(each[before]) and right.is_about(each[at]) for each in parts)


def _numbers(note: str, series: Series, *, is_far: bool = False) -> list[Stated]:
    """The numbers of a note, those that come or go of something else as in no measure unit of the figure.

    Of what is no ratio, those that count nothing like it are left out. Of a step that is far all are asked for, but
    those that are said to be no exact numbers.
    """
    measure = measure_of(series.indicator, "numerator") or series.indicator.unit
    numbers = stated(note, measure, series.indicator.decimals)
    is_counted = any(each.unit for each in numbers)
    return [
        each._replace(unit=False, bare=False)
        if each.way and _is_of_another_thing(each, series.indicator)
        else each._replace(unit=each.unit or (each.alike and not is_counted))
        for each in numbers
        if (not each.is_rough if is_far else series.denominators or not each.is_of_another_kind)
    ]


def _goes_on(series: Series, before: int, at: int, subject: NoteSubject) -> bool:
    """Whether a note gives what an earlier total should have been, and what came since makes this one of it."""
    note = own_words(as_one_figure(series.note(at), series.months[at]), subject)
    numbers = _numbers(note, series)
    should_have_been = re.compile(
        rf"(?:上个?[月次期]|(?<!\d){series.period(before).month}月)[^,，\d]{{0,8}}[应现]该?当?[为是]$"
    )
    right = [each for each in numbers if should_have_been.search(each.before)]
    if series.denominators or len(right) != 1:
        return False
    came = [each for each in numbers if each.way and each is not right[0] and (each.unit or each.bare)]
    return right[0].figure + sum(each.figure * each.way for each in came) == series.values[at]


def _moves(series: Series, before: int, at: int) -> dict[int, int]:
    """Which ways a figure, or the parts of a ratio, have gone: 1 up, -1 down; and by how much."""
    parts = [each for each in (series.values, series.denominators) if each]
    return {
        1 if each[at] > each[before] else -1: abs(each[at] - each[before]) for each in parts if each[at] != each[before]
    }


def _without_cause(note: str) -> Bearing:
    return Bearing.NO_SLIP if corrects(note) else Bearing.NO_CAUSE


def contradicts_itself(series: Series, at: int) -> bool:
    """Whether the note of a record says that its figure is another one."""
    return series.otherwise.get(at, series.has_flag(at, SAYS_OTHERWISE))


def asked(series: Series, before: int | None, at: int, *about: str, is_fall: bool = False, is_off: bool = False) -> str:
    """The words to write where the figure is right, with the number of each part that they are about.

    Of a figure that looks off by a measure unit or its digits the number is left blank: what clears it is nothing to
    be copied. Of a total that fell it may as well be the one before that is wrong, which no note would mend.
    """
    if not series.denominators:
        words = _words(series.values, before, at, "", show(series.indicator.unit, 20), is_off=is_off)
    else:
        figures = {"numerator": (series.values, "分子"), "denominator": (series.denominators, "分母")}
        words = listed(
            (_words(figures[each][0], before, at, figures[each][1], "", is_off=is_off) for each in about), "，"
        )
    note = series.note(at)
    if contradicts_itself(series, at):  # nobody is asked for the cause of a figure that is known to be another
        return say(_DENIED, remedy=remedy_of(note) or AS_THE_NOTE_SAYS)
    hint = asking("note", _ASKED, what=_ITSELF if before is None else _CHANGE, words=words)
    if before is not None and (is_fall or corrects(note)):
        return listed((hint, say(CORRECT_THAT, period=series.period(before))), "")
    return hint


def _words(figures: Sequence[int], before: int | None, at: int, part: str, unit: str, *, is_off: bool) -> str:
    change = figures[at] - (figures[before] if before is not None else 0)
    amount = Amount(_BLANK if is_off else plain(abs(change)), unit)
    if before is None:
        return say("{part}共{amount}", part=part, amount=amount)
    return say("{part}比上次{up}{amount}", part=part, up=_UP if change > 0 else _DOWN, amount=amount)


def _steps(series: Series, before: int | None, at: int, numbers: Sequence[Stated]) -> Iterator[PartStep]:
    """The steps of a figure, of a ratio those of its parts; that of its percentage is said to be its numerator's."""
    indicator, is_ratio = series.indicator, bool(series.denominators)
    shares = [each for each in numbers if each.is_percent]
    counts = [each for each in numbers if not each.is_percent]
    spoken = counts if is_ratio or indicator.unit != "%" else numbers
    for part, figures in zip(_PARTS, (series.values, series.denominators), strict=True):
        if figures:
            was = figures[before] if before is not None else 0
            yield PartStep(part, _of_part(spoken, indicator, part), Fraction(was), Fraction(figures[at]), not is_ratio)
    if (ratio := indicator.ratio) and indicator.unit == "%" and before is not None:
        old, new = (
            Fraction(series.values[each] * ratio.scale * SCALE, series.denominators[each]) for each in (before, at)
        )
        yield PartStep("numerator", shares, old, new, has_unit=True)


def _named(number: Stated, indicator: Indicator) -> str:
    """The part of a ratio of which a number is said; "" for none."""
    ratio = indicator.ratio
    return part_named(number.before, ratio.numerator, ratio.denominator) if ratio else ""


def _gives(number: Stated, step: PartStep, indicator: Indicator) -> bool:
    """Whether a number is said to be that part of a ratio as it stands now."""
    return number.is_about(step.new) and _named(number, indicator) == step.part


def _is_of_another_thing(number: Stated, indicator: Indicator) -> bool:
    """Whether a number is said of something that the figure does not count, or is left out of it."""
    nearest = re.split(r"\d(?!A)", number.before)[-1]
    said = changes_left_out(nearest)
    is_cause = any(map(ends_with_a_cause, (nearest, said)))
    is_other = not is_cause and names_a_thing(said, indicator.name)
    is_moved = is_moved_as_cause(number.clause, indicator.name)
    return "另" in number.clause or (indicator.ratio is None and (is_other or is_moved))


def _of_part(numbers: Sequence[Stated], indicator: Indicator, part: str) -> Sequence[Stated]:
    """The numbers of a note that may speak of one part of a ratio: those said of it, else all not said of the other.

    Where it is said how much of it came, or went, another number may say what went, or came, beside that.
    """
    own = [each for each in numbers if _named(each, indicator) == part]
    ways = {-each.way for each in own if each.way}
    others = [each for each in numbers if not _named(each, indicator) and (not ways or each.way in ways)]
    return own + ([each._replace(unit=False, bare=False) for each in others] if ways else others)


def _is_denied(series: Series, last: Collection[int], at: int, part: str, numbers: Sequence[Stated]) -> bool:
    """Whether the numbers that a note gives as what came or went of one part of a ratio do not make its step.

    So it is where the part is said to have come from one number to another.
    """
    figures = series.denominators if part == "denominator" else series.values
    own = [
        each
        for each in numbers
        if (each.way or _COMES_TO.search(each.before))
        and _named(each, series.indicator) == part
        and not (each.is_percent or any(each.is_about(figures[known]) for known in (at, *last)))
    ]
    said = [each.clause.removeprefix(_LAST) for each in own]
    if not own or any(is_of_earlier(each) or _LONG_AGO.search(each) for each in said):
        return False
    spoken, new = _of_part(numbers, series.indicator, part), Fraction(figures[at])
    return not any(fits(PartStep(part, spoken, Fraction(figures[each]), new, has_unit=False)) for each in last)
