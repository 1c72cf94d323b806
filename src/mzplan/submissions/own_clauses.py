"""Which clauses of a note may say why a figure changed: those of its own unit, year and indicator, in no mood.

This stands before every use of a note: a cause, or an amount, of another place, year or thing explains nothing, be it
as large as the change; nor does what is to come, asked for, doubted or denied.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence, Set
from functools import lru_cache
from typing import NamedTuple, Self

from mzplan.plan.indicator import Indicator
from mzplan.reading.patterns import late
from mzplan.submissions.amounts import Stated, stated
from mzplan.submissions.clauses import clauses_of
from mzplan.submissions.moods import in_no_mood
from mzplan.submissions.names import Names, matched_form
from mzplan.submissions.other_things import is_of_another_thing, is_of_its_document, names_another
from mzplan.submissions.other_years import YEAR_WORDS, names_another_year, taken_out
from mzplan.submissions.reasons import names_a_thing
from mzplan.submissions.slips import (
    MEND,
    OVER,
    OVER_WORDS,
    SLIP,
    SLIP_WORDS,
    TAKEN_OFF,
    UNDER,
    UNDER_WORDS,
    wrongly_counted,
)

_AND_MONTH = late(f"{YEAR_WORDS}(?:[底末初]|\\d{{1,2}}月份?)?")
_OF_YEARS_DATA = late(
    f"{YEAR_WORDS}(?:数[据字]?|统计|[底末初]|\\d+月|已|就|也|有|因){{0,3}}(?:{OVER_WORDS}|{UNDER_WORDS}|{SLIP_WORDS})"
)
"""The figures of another year were wrong, not those of this one into which something of that year came."""
_IN_THIS_YEAR = late(
    "[今本当]年|[本当]月|\\d月|现|结转|[计列算纳]入|^(?:开[工建始]|动工|立项|启动|筹建|申报|报名|参训|签约|招[标聘]|下达)"
)
"""That what another year began, or left over, came about in this one."""
_MENDED = late(
    r"(?:已|于|在)+(?P<month>\d{1,2}|上个?)月|(?P<then>\d{1,2}|上个?)月(?:份)?(?:已经?|就)+(?=[更改订修补核剔扣])"
)
_TAKEN_IN = late("[计列算纳]入")
"""That what came in another year was counted in this year's total."""
_BEFORE_PLACE = late(
    "(?:因为?|由于|系|据|其中|含|包[含括]|说明|原因|[更订修]正|(?:今|本)年|20\\d\\d年|[本上当]个?月|\\d{1,2}月份?[底末]?)*"
)
_OTHERS = late("(?:其[他它]|[外邻别]|周边|相邻|邻近|毗邻|兄弟)[县市区]")
WHOLE = late("全[市省国]")
"""More than a unit: what has several of them."""
HAS_ALL_DO = late("\\w{0,6}?(?:统一|集中|组织|部署|摸底|普查|[清排核抽]查|专项|联合|推[进广]|调整|下达|安排|首)")
"""Behind the whole: what it has all units do, which is no figure of its own."""
LACKS = late("[人名位家户个](?:[并均都还尚]*(?:没有?|未)(?:取得|领取|通过|达到?)|不具备|不持有|无证)")
"""So many have not what makes them count."""
_OWN = late("[我本]|自[家己]|该[县市区]")
_THEIR_FIGURES = late(
    "[市县区]?(?:民政局|[上本当]个?月|\\d{1,2}月份?|已经?|均|共|的|数[据字]?|报表|填报|统计)*"
    f"(?:净?[增减][加少]|{OVER_WORDS}|{UNDER_WORDS}|{SLIP_WORDS}|{MEND.pattern})"
)
_FROM_THERE = late(
    "籍|户口|[转调划迁派][过回]?来|来(?=[我本的\\d])|[转调划迁并][入出走]|划[转归拨]|移交|接[收管手]|承接|代管|托管|考[点场]|[高院学]校"
    f"|[^,，]{TAKEN_OFF.pattern}"
)
"""Behind a place whose figures are not said to be wrong or changed: who or what has come from there, or went."""


class UnitNames(NamedTuple):
    """What the units that report are called, as notes are read."""

    own: Mapping[str, Sequence[str]]
    """By id."""
    owners: Mapping[str, Set[str]]
    """By name the ids of those that have it, but the bureau: it looks at what all report."""
    lengths: Set[int]

    def end_of_other(self, said: str, unit: str) -> int:
        """Where the name of another unit ends that words begin with, 0 for none: of thousands but those are tried."""
        heads = {said[:each] for each in self.lengths}
        return max((len(head) for head in heads if self.owners.get(head, set()) - {unit}), default=0)


@lru_cache(maxsize=1)  # all notes are of one plan
def _unit_names(names: Names) -> UnitNames:
    units = names.plan.reporting_units
    own = {unit.id: [matched_form(name) for name in (unit.name, *unit.aliases)] for unit in units}
    owners: defaultdict[str, set[str]] = defaultdict(set)
    for unit in units:
        for name in own[unit.id] if unit.is_ranked else ():
            owners[name].add(unit.id)
    return UnitNames(own, owners, frozenset(map(len, owners)))


class NoteSubject(NamedTuple):
    """What a note should speak of: a unit's figure of an indicator; empty or 0 where it is not known."""

    unit: str = ""
    places: UnitNames = UnitNames({}, {}, frozenset())
    whole: Sequence[str] = ()
    """What all of them together are called; empty where the unit stands for them."""
    indicator: str = ""
    counted: str = ""
    """The indicator's name and the plan's words of what it counts."""
    other_indicators: Sequence[str] = ()
    measure: str = ""
    year: int = 0
    before: int = 0
    """The month of the figure before."""
    is_total: bool = False
    parts: Sequence[str] = ()
    """What the numerator and the denominator of a ratio are called."""
    is_lower: bool = False
    """Whether the figure is less than it was: what is taken out of it, as another year's, may be why."""

    @property
    def names(self) -> Sequence[str]:
        """What the unit is called; empty where it is not known."""
        return self.places.own.get(self.unit, ())

    @property
    def is_ratio(self) -> bool:
        """Whether the figure is of two parts."""
        return bool(self.parts)

    @property
    def is_of_stages(self) -> bool:
        """Whether the indicator has stages, and so no measure unit."""
        return bool(self.indicator) and not self.measure

    @classmethod
    def of(cls, names: Names, unit: str, indicator: Indicator, before: int = 0, *, is_lower: bool = False) -> Self:
        """The subject of a unit's notes of an indicator."""
        plan, own = names.plan, names.plan.units[unit]
        return cls(
            unit,
            _unit_names(names),
            [each for each in plan.city_names if len(each) > 1] if own.is_ranked else (),
            indicator.name,
            f"{indicator.name},{indicator.source}",
            [each.name for each in plan.indicators.values() if each.name != indicator.name],
            indicator.unit,
            plan.year,
            before,
            indicator.cumulative,
            (indicator.ratio.numerator, indicator.ratio.denominator) if indicator.ratio else (),
            is_lower,
        )


def own_clauses(clauses: Sequence[str], subject: NoteSubject) -> list[str]:
    """The clauses but those that cannot say why a figure differs from that of the month before.

    So much has not happened, as its mood says; it is another unit's, the city's or another thing's; or of another year,
    if a lower figure is not said to be without it, and no clause says that its figures are put right now, of a total in
    this year's; or it was put right by the month before already. That it was put right goes with what was.
    """
    happened = in_no_mood(clauses, None if subject.is_of_stages else subject.counted)
    out = {happened[at] for at in taken_out(happened, subject.year)} if subject.is_lower else set[str]()
    wrong = out | {happened[at] for at in wrongly_counted(happened)}
    here = [
        each
        for each in _of_unit(happened, subject, wrong)
        if not _is_of_another_thing(each, subject, is_wrongly_counted=each in wrong)
    ]
    mended = {each: said for each in here if MEND.search(each) and (said := _MENDED.search(each))}
    months = [said["month"] or said["then"] for said in mended.values()]
    is_mended = any((int(month) if month.isdecimal() else 1) <= subject.before for month in months)
    mends = [each for each in here if MEND.search(each)]
    is_put_right = not is_mended and bool(mends) and (not subject.is_total or any(map(_TAKEN_IN.search, here)))

    def is_other(clause: str) -> bool:
        if clause in out and not is_mended:
            return False
        is_of_slip = clause in mended or any(words.search(clause) for words in (OVER, UNDER, SLIP))
        is_of_year = names_another_year(clause, subject.year) is not None
        is_of_it_alone = is_of_year and not _IN_THIS_YEAR.search(_AND_MONTH.sub("", clause))
        if not is_of_slip:
            return is_of_it_alone
        of_data = names_another_year(clause, subject.year, _OF_YEARS_DATA)
        is_data = of_data is not None if subject.is_total and mends else is_of_year
        return is_mended or (not is_put_right and (is_of_it_alone or is_data))

    told = [each for each in here if not is_other(each)]
    return [each for each in told if len(told) == len(clauses) or each not in mends or re.search(r"\d", each)]


def own_words(note: str, subject: NoteSubject) -> str:
    """A note without the clauses that cannot say why; as it is where there are none."""
    clauses = clauses_of(note)
    kept = own_clauses(clauses, subject)
    return note if kept == clauses else ",".join(kept)


def _of_unit(clauses: Sequence[str], subject: NoteSubject, wrongly_in: Collection[str]) -> list[str]:
    """The clauses of the unit's own: what another place is said to have done goes on until its own name comes.

    Whoever was wrongly counted in its figure may be of another.
    """
    kept, is_others = list[str](), False
    for clause in clauses:
        before = _BEFORE_PLACE.match(clause)
        said = clause[before.end() if before else 0 :]
        place = _place_of(said, subject, is_wrongly_counted=clause in wrongly_in)
        is_others = bool(place) if place is not None else is_others
        if is_others and subject.places.end_of_other(said, subject.unit) == len(
            said
        ):  # in brackets behind what it is of
            del kept[-1:]
        if not (is_others or _is_of_the_whole(said, subject)):
            kept.append(clause)
    return kept


def _is_of_the_whole(said: str, subject: NoteSubject) -> bool:
    """Whether words say how much there is of something in the whole city, or in more than that."""
    whole = WHOLE.match(said) if subject.whole else None
    end = max([whole.end() if whole else 0, *(len(each) for each in subject.whole if said.startswith(each))])
    return bool(end and re.search(r"\d(?![\d月])", said)) and not HAS_ALL_DO.match(said, end)


def _place_of(said: str, subject: NoteSubject, *, is_wrongly_counted: bool) -> bool | None:
    """Whether words speak of another place's figures; None where they name no place."""
    if _OWN.match(said) or any(each in said for each in subject.names):
        return False
    place = _OTHERS.match(said)
    end = max(place.end() if place else 0, subject.places.end_of_other(said, subject.unit))
    if not end:
        return None
    return bool(_THEIR_FIGURES.match(said, end)) or not (is_wrongly_counted or _FROM_THERE.search(said, end))


def _is_of_another_thing(clause: str, subject: NoteSubject, *, is_wrongly_counted: bool) -> bool:
    """Whether a clause says how much of something else there is, or was wrong.

    Of a ratio, of two things, it does only where it names another, in what nothing but such things is counted.
    """
    if not subject.indicator:
        return False
    for each in subject.names:
        clause = clause.replace(each, "")
    numbers = stated(clause, subject.measure)
    is_put_right = any(words.search(clause) for words in (OVER, UNDER, SLIP, MEND))
    if is_put_right and numbers and all(each.is_of_another_kind for each in numbers):
        return not subject.is_ratio or names_a_thing(numbers[0].before, ",".join((subject.counted, *subject.parts)))
    return (
        not subject.is_ratio
        and not is_wrongly_counted
        and is_of_another_thing(clause, subject.counted, subject.other_indicators)
    )


def is_of_what_is_counted(number: Stated, subject: NoteSubject) -> bool:
    """Whether a number is in the figure's measure unit and beside it stands no other thing; beside a slip one may.

    The parts of a ratio have none, so that what stands beside it alone says what it is of.
    """
    is_by_document = is_of_its_document(number.before, number.behind, subject.counted)
    is_long = len(subject.measure) > 1
    is_own_measure = (
        number.unit or number.bare or number.alike or (is_long and number.behind.startswith(subject.measure[-1]))
    )
    if not (is_own_measure or is_by_document or subject.is_ratio):
        return False
    behind = number.behind[1:] if is_by_document else number.behind.removeprefix(subject.measure)
    said = number.before + re.split(r"\d", behind)[0]
    for each in subject.names:
        said = said.replace(each, "")
    is_of_slip = any(words.search(number.clause) for words in (OVER, UNDER, SLIP, MEND))
    is_taken_off = subject.is_lower and LACKS.match(number.behind)
    counted = ",".join((subject.counted, *subject.parts))
    return bool(is_of_slip or is_taken_off) or not names_another(said, counted, subject.measure)
