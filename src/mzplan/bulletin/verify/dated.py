"""Of which month each clause is, in whatever words (8月底, 6月末, 上月, 上半年), and what it says held against it."""

import re
from calendar import monthrange
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple

from mzplan.bulletin.verify.clauses import clauses
from mzplan.bulletin.verify.consistency import Slip
from mzplan.bulletin.verify.context import in_context
from mzplan.bulletin.verify.judging import Check, Verdict, check
from mzplan.bulletin.verify.passages import Passage, with_words
from mzplan.bulletin.verify.reading import BoundNumber, DraftReader
from mzplan.bulletin.verify.set_slips import REWORD
from mzplan.bulletin.verify.spans import SPAN, YEAR, months_of
from mzplan.bulletin.verify.statements import SentenceReview, first_open
from mzplan.bulletin.verify.truth import Truth
from mzplan.bulletin.verify.turned import OF_MONTH
from mzplan.period import Period


class MonthSaid(NamedTuple):
    """Words that say of which month a clause is, where they stand, and it; None for what nobody has data of."""

    start: int
    end: int
    month: Period | None
    is_level: bool = True
    """Whether they say up to when it all is (8月底, 上半年), and not which months have brought it (8月, 二季度)."""
    is_single: bool = True
    """Whether they name one month, or all up to its end."""


_OTHER_YEAR = re.compile(
    "(?:去年|上年|前年|明年)(?:[0-9]{1,2}月份?|全年|同期|[上下]半年|第?[一二三四1-4]季度)*[初底末]?"
    "|年初(?=[，时已未仅有])|(?:截[至止到]|[到至])?[0-9]{4}年(?:[0-9]{1,2}月份?)?[初底末]?"
)
_NO_TIME_BEFORE = re.compile("[较比从由自距离用报]$")
_NO_TIME_AFTER = re.compile("相?比|之?前|以前|到期|以来|之?后|起|开始|至今|的?(?:目标|任务|计划|要求|序时)|的[0-9]")
_SO_FAR = ("截至", "截止", "截到")
"""What is told up to a month that is still to come is wrong, and not of that month."""
_NOW = re.compile("截至目前|目前|现已|当前|如今|现在")
_OF_DATA = re.compile("的?(?:数据|报表)")
_TO_SEND = re.compile("的?(?:数据|报表)[请应须要需于将]")
_BY, _REPORTED = re.compile("根?据|按照?"), re.compile("的?(?:通报|简报)(?:显示|反映)?(?=，)")
"""What stands around the month whose own document is cited: 据8月通报，…."""
_PARTOF_MONTH = re.compile("初|[上中下]旬")
_ALSO = re.compile("[、和及与]")
_STOP = re.compile("[，；。：（）！？]")


def months_said(passage: Passage, now: Period) -> list[MonthSaid]:
    """Every time that a clause is said to be of, in order: none that it is compared with, due by, or has come from."""
    text, found = passage.text, list[MonthSaid]()
    named = {at for one in passage.mentions for at in range(one.start, one.end)}
    of_now = re.compile(f"{now.year}年|{now.month}月")  # a wrong year beside the report's month is no other time
    others = [one for one in _OTHER_YEAR.finditer(text) if not of_now.search(one[0])]
    own = (
        one for one in SPAN.finditer(text) if all(one.end() <= by.start() or by.end() <= one.start() for by in others)
    )
    for match in sorted((*others, *own, *_NOW.finditer(text)), key=lambda one: one.start()):
        start, end = match.span()
        opens = _begin(text, start) == start or (found and found[-1].end == start - 1 and _ALSO.match(text, start - 1))
        if match.re is _NOW:
            found.append(MonthSaid(start, end, now))
            continue
        reported = _REPORTED.match(text, end) if _BY.fullmatch(text, begun := _begin(text, start), start) else None
        if reported and match.re is SPAN and (cited := _said(match, now)) and cited.month is not None:
            found.append(MonthSaid(begun, reported.end(), cited.month))
            continue
        is_bare = not opens and text[end - 1] not in "底末" and all(one.end != start for one in passage.mentions)
        is_data = (_TO_SEND if opens else _OF_DATA).match(text, end)
        is_edge = _NO_TIME_AFTER.match(text, end)
        if start in named or is_bare or is_data or _NO_TIME_BEFORE.search(text, 0, start) or (is_edge and not opens):
            continue
        is_other = match.re is _OTHER_YEAR
        said = MonthSaid(start, end, None) if is_other else _said(match, now)
        if said is not None and not is_edge:
            found.append(said)
        elif said is not None and said.month is not None and said.month < now:  # 8月以来: of more than that month
            found.append(said._replace(month=None))
    for at, (one, other) in enumerate(pairwise(found)):
        if other.start - one.end == 1 and _ALSO.match(text, one.end):  # 7月、8月均未报
            found[at : at + 2] = one._replace(month=None), other._replace(month=None)
    return found


def _begin(text: str, position: int) -> int:
    """Where the clause begins that something stands in."""
    return max((stop.end() for stop in _STOP.finditer(text, 0, position)), default=0)


def _said(match: re.Match[str], now: Period) -> MonthSaid | None:
    """The month that a part of the year ends with; None where it compares, or has begun and is not over."""
    after, until = months_of(match, now.month)
    if match["than"] is not None or match["whole"] or until > YEAR:
        return None
    is_level = bool(match["up_to"] or match["end"]) or after == 0
    if match["day"] and int(match["day"][:-1]) != (monthrange(now.year, until)[1] if 0 < until <= YEAR else 0):
        return None if until == now.month else MonthSaid(*match.span(), None)
    if until > now.month and (match["up_to"] in _SO_FAR or not (match["end"] or after >= now.month)):
        return None
    is_known = 0 < until <= now.month and not _PARTOF_MONTH.match(match.string, match.end())
    month = Period(now.year, until) if is_known else None
    return MonthSaid(*match.span(), month, is_level, is_level or until == after + 1)


def month_of_each(text: str, said: Sequence[MonthSaid], now: Period) -> list[MonthSaid]:
    """What each character is told of: from the clause that names a month to the next such, a ；, its bracket's end."""
    opened = {}
    before = 0
    for one in said:
        begin = _begin(text, one.start)
        if before > begin:
            begin = max(before, text.rfind("、", 0, one.start) + 1)
        opened[begin], before = one, one.end
    of_now = MonthSaid(0, 0, now)
    current, outside, found = of_now, list[MonthSaid](), list[MonthSaid]()
    for at, letter in enumerate(text):
        if letter == "（":
            outside.append(current)
        current = opened.get(at, current)
        found.append(current)
        if letter == "）" and outside:
            current = outside.pop()
        elif letter in "；。":
            current = of_now
    return found


def undated(passage: Passage, said: Sequence[MonthSaid]) -> tuple[Passage, list[int]]:
    """A sentence as one of that month's own document has it, and where each of its characters stood."""
    kept, letters = list[int](), list[str]()
    moved, at = {}, 0
    for one in (*said, MonthSaid(len(passage.text), len(passage.text), None)):
        for position in range(at, one.start):
            moved[position] = len(kept)
            kept.append(position)
            letters.append(passage.text[position])
        at = one.end
        is_last = passage.text.startswith("上", one.start)  # 上季度
        if one.month and not one.is_level and (one.is_single or is_last):
            name = f"{one.month.month}月" if one.is_single else f"{one.month.month // 3}季度"
            kept += [one.start] * len(name)
            letters += name
        elif not one.is_level:
            kept += range(one.start, one.end)
            letters += passage.text[one.start : one.end]
        elif passage.text.startswith("，", at):
            at += 1
    mentions = tuple(
        one._replace(start=moved[one.start], end=moved[one.end - 1] + 1)
        for one in passage.mentions
        if one.start in moved and one.end - 1 in moved
    )
    spelled = tuple(passage.spelled[position] for position in kept) if passage.spelled else ()
    places = tuple(passage.places[position] for position in kept)
    return replace(passage, text="".join(letters), mentions=mentions, places=places, spelled=spelled), kept


class SentenceOutcome(NamedTuple):
    """What comes of a sentence: its numbers, what else is wrong, the first words that nothing is behind, and where."""

    checks: tuple[Check, ...]
    slips: list[Slip]
    rest: str
    at: int

    @property
    def is_wrong(self) -> bool:
        """Whether anything in it is."""
        return bool(self.slips) or any(one.is_wrong for one in self.checks)


def reviewed(passage: Passage, reader: DraftReader, truth: Truth) -> SentenceOutcome:
    """A sentence, each part of it held against the month that it speaks of; what nobody has data of is let be."""
    now = truth.facts.period
    written = [one for one in clauses(passage) if truth.states(one)]
    said = [
        one
        for one in months_said(passage, now)
        if not any(clause.start <= one.start < clause.end for clause in written)
    ]
    told = month_of_each(passage.text, said, now)
    if passage.is_heading or all(one.month == now for one in told):
        told = [MonthSaid(0, 0, now)] * len(passage.text)
    covered = bytearray(len(passage.text))
    checks, slips = list[tuple[int, Check]](), list[Slip]()
    for month in dict.fromkeys(one.month for one in told):
        if month is None or not (month == now or truth.facts.ledger.reporters(month)):
            continue
        found = _SaidOfMonth(
            passage, reader, truth, tuple(one for one in said if one.month == month), told, month
        ).found()
        checks += found.checks
        slips += found.slips
        for at, is_covered in enumerate(found.covered):
            covered[at] |= is_covered
    told_checks = tuple(one for _, one in sorted(checks, key=lambda one: one[0]))
    return SentenceOutcome(told_checks, slips, *first_open(passage, covered))


def review_of(
    view: Passage, reader: DraftReader, truth: Truth, is_meant: Callable[[BoundNumber], bool]
) -> tuple[SentenceReview, tuple[Check, ...]]:
    """A sentence, and the numbers in it that are meant, held against the data of one month."""
    facts = truth.facts
    bounds = [one for one in replace(reader, facts=facts).bounds(view) if is_meant(one)]
    reader.effort.spend_checking(len(bounds))
    review = SentenceReview(view, in_context([check(one, facts) for one in bounds], facts), facts, truth)
    return review, review.outcome()


def is_mended(view: Passage, span: tuple[int, int], words: str, reader: DraftReader, truth: Truth, wrong: int) -> bool:
    """Whether a sentence with other words there is proven in them, and has less that is wrong than before."""
    mended = with_words(view, *span, words, reader.names)
    begin, end = span[0], len(mended.text) - (len(view.text) - span[1])
    review, checks = review_of(mended, reader, truth, lambda _: True)
    inside = [one for one in checks if begin <= one.bound.start < end]
    is_right = all(one.verdict is Verdict.AGREES for one in inside) and review.covered.find(0, begin, end) < 0
    return is_right and len(review.slips) + sum(one.is_wrong for one in checks) < wrong


class _MonthOutcome(NamedTuple):
    checks: tuple[tuple[int, Check], ...]
    """Each with where its number stands."""
    slips: tuple[Slip, ...]
    covered: bytearray

    @property
    def is_wrong(self) -> bool:
        return bool(self.slips) or any(one.is_wrong for _, one in self.checks)


class _SaidOfMonth(NamedTuple):
    """What a sentence says of one month."""

    passage: Passage
    reader: DraftReader
    truth: Truth
    said: tuple[MonthSaid, ...]
    """Where it names the month."""
    told: Sequence[MonthSaid]
    """What each character is told of."""
    month: Period

    def found(self) -> _MonthOutcome:
        """What comes of it by the data of that month."""
        if self.month == self.truth.facts.period:
            return self._held(self._alone(), range(len(self.passage.text)), self.month)
        found = self._held(*undated(self._alone(), self.said), self.month)
        return (found.is_wrong and self._stale()) or found

    def _alone(self) -> Passage:
        """The sentence with nothing but names of what it says of other months."""
        letters = list(self.passage.text)
        named = {at for one in self.passage.mentions for at in range(one.start, one.end)}
        for at, one in enumerate(self.told):
            if one.month != self.month and at >= one.start and at not in named and letters[at] not in "；。（）":
                letters[at] = "，"
        return replace(self.passage, text="".join(letters))

    def _held(self, view: Passage, kept: Sequence[int], month: Period) -> _MonthOutcome:
        """It as a sentence of a month's own document; `kept` is where each of its characters stands in the draft."""
        own = [self.told[at] if self.told[at].month == self.month else None for at in kept]
        written, truth = self.truth.written, self.truth.at(month)
        truth.bring(view)
        self.reader.effort.spend_writing(self.truth.written - written)
        review, outcome = review_of(view, self.reader, truth, lambda one: own[one.start] is not None)
        checks = tuple((kept[one.bound.start], self._of_month(one)) for one in outcome)
        covered = bytearray(len(self.passage.text))
        names = {at for one in view.mentions for at in range(one.start, one.end)}
        for at, is_covered in enumerate(review.covered):
            covered[kept[at]] |= is_covered and (own[at] is not None or at in names)
        for position in set(range(len(covered))) - set(kept):  # the words for the month, which are left out
            covered[position] = 1
        slips, wrong = [], len(review.slips) + sum(one.is_wrong for one in outcome)
        for slip in review.slips:
            at = view.places.index(slip.place)
            meant = own[at]
            if slip.instead and not is_mended(view, (at, slip.end), slip.instead, self.reader, truth, wrong):
                slip = slip._replace(hint=REWORD)
            if meant is not None and meant.is_single:
                slips.append(self._slip_of_month(slip))
            elif meant is not None:  # how it was within the months is not known
                for position, one in enumerate(self.told):
                    covered[position] &= one is not meant
        return _MonthOutcome(checks, tuple(slips), covered)

    def _of_month(self, one: Check) -> Check:
        """A check by another month's data: what is wrong by them is told so."""
        is_wrong = one.is_wrong and self.month != self.truth.facts.period
        return replace(one, verdict=Verdict.DIFFERS, period=self.month) if is_wrong else one

    def _slip_of_month(self, slip: Slip) -> Slip:
        if self.month == self.truth.facts.period:
            return slip
        return slip._replace(message=OF_MONTH.format(month=self.month.month, said=slip.message))

    def _stale(self) -> _MonthOutcome | None:
        """The month alone, where all that is told of it is so of the report's own: it was not brought up to date."""
        now = self.truth.facts.period
        levels = [one._replace(is_level=True) for one in self.said]
        found = self._held(*undated(self._alone(), levels), now)
        is_so = all(found.covered[at] for at, one in enumerate(self.told) if one.month == self.month)
        bounds = [one for one in self.reader.bounds(self.passage) if one.ref is not None and one.ref.field == "month"]
        months = tuple(
            (one.start, Check(one, Verdict.STALE, str(now.month), self.month))
            for one in bounds
            if any(
                said.start <= one.start < said.end and not _BY.match(self.passage.text, said.start)
                for said in self.said
            )
        )
        return (
            _MonthOutcome(months, (), found.covered)
            if months and found.checks and is_so and not found.is_wrong
            else None
        )
