"""Every sentence of a draft accounted for: right (一致), wrong (不符), or looked at by nobody (未核对).

A sentence is right when the program writes the same, of the same; or when each word of it belongs to something that
has been held against the data, to the name of what that is about, or to what only joins words.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction
from functools import partial

from mzplan.bulletin.facts import Facts
from mzplan.bulletin.groups import held_against
from mzplan.bulletin.phrases import P, singular
from mzplan.bulletin.verify.agreement import rough_words
from mzplan.bulletin.verify.claims import Claim, claims, denial_before, filings, stands
from mzplan.bulletin.verify.clauses import clauses, span_of_clause
from mzplan.bulletin.verify.compared import compared
from mzplan.bulletin.verify.consistency import Slip, incomplete, miscounted, moves, parts, shares, sums, ties
from mzplan.bulletin.verify.counted import counted
from mzplan.bulletin.verify.counted_names import listed
from mzplan.bulletin.verify.derived import derived
from mzplan.bulletin.verify.every import every
from mzplan.bulletin.verify.grammar import ALL_REACHED
from mzplan.bulletin.verify.judging import Check, Verdict, grown_before, part_of
from mzplan.bulletin.verify.names import Mention
from mzplan.bulletin.verify.passages import JOINTS, Passage, bare, by_subject
from mzplan.bulletin.verify.portions import portions
from mzplan.bulletin.verify.put_off import tells_early
from mzplan.bulletin.verify.ranges import ranges
from mzplan.bulletin.verify.reading import BoundNumber
from mzplan.bulletin.verify.related import related
from mzplan.bulletin.verify.sets import sets
from mzplan.bulletin.verify.spans import is_aimed
from mzplan.bulletin.verify.together import together
from mzplan.bulletin.verify.truth import Truth
from mzplan.bulletin.verify.turned import turned
from mzplan.bulletin.verify.words_beside import says_more
from mzplan.diagnostics import show
from mzplan.rules.draft import WRONG_WAY_ROUND

_NOT_SAID = "“{said}”与数据不符：按数据应为“{right}”"
_NOT_NONE = "“{said}”没有数据可依：还有{count}项未报，不能说没有"
_NOT_REACHED = "“{said}”与数据不符：按数据，达到进度要求的是{right}项"
_OTHERWISE = "“{said}”与数据不符：{about}是“{status}”"


class Account(StrEnum):
    """What came of a sentence or a table's row."""

    RIGHT = Verdict.AGREES.value
    WRONG = Verdict.DIFFERS.value
    OPEN = "未核对"


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence, a heading or a table's row, with what came of it."""

    text: str
    place: tuple[int, int]
    account: Account
    rest: str = ""
    """The first clause of it with words that nothing stands behind."""
    generated: str = ""
    """What the program writes there: the sentence, or the cell of a row that the draft has emptied."""
    emptied: str = ""
    """The heading of that cell."""


_ALL = re.compile("(?<![月平])均|已?全部|都")
_OF_ONE = frozenset(singular(phrase) for phrase in P if singular(phrase) != phrase)
"""Phrases about all of several, said of a single one."""
_RULES = frozenset({"yellow", "red"})
"""Figures of the rules of judging, which some document tells in the same words or which are none."""
_DENIABLE = frozenset({"completion", "overall", "gap", "rank"})
"""Figures of which it may be said that so much is not so."""
_DIGIT = re.compile("[0-9]")
_BY_WHAT = {
    "rank": re.compile("(?:年度|综合|总体)?完成率(?:排名|位次)?$"),
    "overall": re.compile("(?:年度|综合|总体)?完成率(?=[为是：]?[^0-9]{2,8}[0-9.]+%|[^0-9]{2,8}$)"),
}
"""By what a place is, and of what a share is that stands behind a unit's name (完成率某县90.6%)."""
_MONTH = re.compile(r"(?:截至|截止|到)?(?:([0-9]{1,2})|[本当])月(?:份|底|末)?")


def first_open(passage: Passage, covered: bytearray) -> tuple[str, int]:
    """The first clause with words that nothing stands behind, and where they are; empty where there are none."""
    start = covered.find(0, len(passage.text) - len(bare(passage.text)))
    if start < 0:
        return "", 0
    begun, end = span_of_clause(passage.text, start)
    return passage.quoted(begun, end), start


@dataclass
class SentenceReview:
    """One sentence that nobody has written like that, word by word."""

    passage: Passage
    checks: Sequence[Check]
    facts: Facts
    truth: Truth

    def __post_init__(self) -> None:
        self.covered = bytearray(len(self.passage.text))
        self.slips: list[Slip] = []

    def outcome(self) -> tuple[Check, ...]:
        """The checks of its numbers; then `slips` has what else is wrong, `covered` what something stands behind."""
        for clause in clauses(self.passage):
            if self.truth.states(clause):
                self._cover(clause.start, clause.end)
            elif right := self.truth.contrary(clause, words := self.passage.text[clause.start : clause.end]):
                said = _NOT_SAID.format(
                    said=show(self.passage.quoted(clause.start, clause.end), 60), right=show(right, 120)
                )
                self.slips.append(Slip(WRONG_WAY_ROUND, self.passage.places[clause.start], said, words))
        readers = (
            partial(sets, known=self.truth.known, has_places=self.truth.has_places),
            compared,
            together,
            counted,
            derived,
            related,
            every,
            portions,
            ranges,
            turned,
            filings,
        )
        for claim in self._claims(*readers):
            self._take(claim)
        for start, end, slip in miscounted(self.passage):
            self.slips += [slip] if slip else []
            self._cover(start, end)
        self._written = bytes(self.covered)
        checks = tuple(map(self._check, self.checks))
        for one in checks:
            if one.verdict is not Verdict.AGREES:  # its phrase may hold another number, which is right
                self.covered[one.bound.start : one.bound.end] = bytes(one.bound.end - one.bound.start)
        for claim in self._claims(partial(claims, has_places=self.truth.has_places)):
            if self._is_covered(claim.start, claim.end):
                continue
            self._take(claim)
        unbound = [one.bound.start for one in checks if one.verdict is Verdict.UNBOUND]
        if unbound or all(one.verdict is Verdict.AGREES for one in checks):  # else it is told which number is wrong
            self.slips += shares(self.passage)
        self.slips += [*sums(self.passage, unbound), *moves(self.passage)]
        self.slips += parts([one.bound for one in checks if one.verdict is Verdict.AGREES], self.facts)
        for start, end in incomplete([one.bound for one in checks if one.verdict is Verdict.AGREES], self.facts):
            self.covered[start:end] = bytes(end - start)
        self._cover_joints()
        self._uncover_repeated()
        return checks

    def _claims(self, *readers: Callable[[Passage, Facts], Iterator[Claim]]) -> Iterator[Claim]:
        """What each of them reads, of whom the part of the sentence is about in which it begins."""
        alike = (one.bound for one in self.checks if one.bound.alike and not one.bound.narrowed)
        shortened = {(bound.indicators, *self._shortened(bound)) for bound in alike}
        named = (Mention("indicator", *one) for one in shortened if one[1] < one[2])
        mentions = sorted([*self.passage.mentions, *named], key=lambda one: one.start)
        parts = list(by_subject(replace(self.passage, mentions=tuple(mentions))))
        for read in readers:
            for within, passage in parts:
                yield from (one for one in read(passage, self.facts) if one.start in within)

    def _shortened(self, bound: BoundNumber) -> tuple[int, int]:
        """Where the shortened form of an indicator's name stands in front of its figure's phrase."""
        name = self.facts.plan.indicators[bound.indicators[0]].name
        at = bound.phrase_start
        while at > 0 and (self.passage.text[at - 1] in name or self.passage.text[at - 1] in "“”已"):
            at -= 1
        return at, bound.phrase_start

    def _uncover_repeated(self) -> None:
        """A figure that a sentence gives twice in the same words most likely stands where another one stood."""
        seen: set[tuple[object, ...]] = set()
        for bound in (one.bound for one in self.checks):
            said = (bound.ref, self.passage.text[bound.phrase_start : bound.phrase_end])
            if said in seen and bound.ref is not None:
                self.covered[bound.phrase_start : bound.phrase_end] = bytes(bound.phrase_end - bound.phrase_start)
            seen.add(said)
        before = ""
        for clause in clauses(self.passage):
            words = self.passage.text[clause.start : clause.end].removeprefix("其中")
            key = (
                *clause.key[:3],
                words,
                before if words.startswith("占") else "",
            )  # a share is that of the count before
            before = words
            if key in seen and _DIGIT.search(words):
                self.covered[clause.start : clause.end] = bytes(clause.end - clause.start)
            seen.add(key)

    def _cover_joints(self) -> None:
        """Cover what says nothing of its own: the month of the report, the city, titles, words that join."""
        for match in _MONTH.finditer(self.passage.text):
            if match[1] in (None, str(self.facts.period.month)):
                self._cover(*match.span())
        for match in JOINTS.finditer(self.passage.text):
            self._cover(*match.span())
        for mention in self.passage.mentions:
            if mention.kind in ("city", "other"):
                self._cover(mention.start, mention.end)

    def _cover(self, start: int, end: int) -> None:
        self.covered[start:end] = b"\1" * (end - start)

    def _is_covered(self, start: int, end: int) -> bool:
        return self.covered.find(0, start, end) < 0

    def _name(self, names: Sequence[Mention]) -> None:
        for mention in names:
            self._cover(mention.start, mention.end)

    def _take(self, claim: Claim) -> None:
        """Keep what is wrong with a claim, and cover it but for what stands beside single names."""
        self.slips += [claim.slip] if claim.slip else []
        before = bytes(self.covered)
        self._cover(claim.start, claim.end)
        for start, end in claim.beside:
            self.covered[start:end] = before[start:end]
        self._name(claim.names)

    def _check(self, one: Check) -> Check:
        """A number's check, with what its phrase and the names after it say besides; covers what is right."""
        bound = one.bound
        is_written = self._written.find(0, bound.start, bound.end) < 0
        is_deniable = bound.ref is not None and bound.ref.field in _DENIABLE and not is_written
        if is_deniable and denial_before(self.passage, bound.phrase_start):
            return replace(one, verdict=Verdict.UNBOUND, right="")  # 没有完成年度目标的82.3%
        if one.verdict is not Verdict.AGREES:
            return replace(one, verdict=Verdict.AGREES, right="") if is_written else one
        names = listed(bound, self.facts)
        if names and names.start < names.end and self._written.find(0, names.start, names.end) < 0:
            names = None
        slips = [] if is_written else [*ties(bound, self.facts), *self._besides(bound)]
        slips += names.slips if names else ()
        self.slips += slips
        is_early = bound.ref is not None and tells_early(bound.ref, self.facts, self.passage.text)
        is_placed = bound.ref is not None and bound.ref.field == "rank" and not self.truth.has_places
        if not (slips or is_early or is_placed) and self._is_whole(bound):
            self._cover(bound.start if self._is_aim(bound) else bound.phrase_start, bound.phrase_end)
            self._cover(bound.start, bound.end)
        for _, start, end in rough_words(bound):
            self._cover(start, end)
        if names:
            self._cover(names.start, names.end)
        self._subject(one)
        return one

    def _besides(self, bound: BoundNumber) -> Iterator[Slip]:
        """What the phrase of a right figure says besides, where that is wrong."""
        if bound.ref is None:
            return
        text = self.passage.text
        words = text[bound.phrase_start : bound.phrase_end]
        quoted = show(self.passage.quoted(bound.phrase_start, bound.phrase_end), 60)
        row = self.facts.row(bound.ref.subject)
        wider = self.facts.row(bound.ref.subject._replace(unit=None)) if self._is_named_apart(bound) else row
        told = [says_more(words, bound.ref.field, one, self.facts) for one in (row, wider)]
        if row is not None and not (True in told or None in told or self._is_aim(bound)):
            about = f"“{row.indicator.name}”"
            said = _OTHERWISE.format(said=quoted, about=about, status=stands(row, self.facts))
            yield Slip(WRONG_WAY_ROUND, bound.place, said, words)
        if waiting := self._waiting(bound):
            said = _NOT_NONE.format(said=quoted, count=waiting)
            yield Slip(WRONG_WAY_ROUND, bound.place, said, words)
        if self._reach_all(bound) is False:
            yield Slip(WRONG_WAY_ROUND, bound.place, _NOT_REACHED.format(said=quoted, right=self._steady(bound)), words)
            return
        opening = self._of_all(bound)
        if opening and not words[0].isdigit():
            is_so, right = self.truth.of_all(self.passage, words, opening)
            if right and not is_so:
                said = _NOT_SAID.format(said=quoted, right=show(right, 120))
                yield Slip(WRONG_WAY_ROUND, bound.place, said, words)

    def _is_aim(self, bound: BoundNumber) -> bool:
        """Whether a target is told as what is to be reached, and nothing of whether it is."""
        is_target = bound.ref is not None and bound.ref.field == "target"
        return is_target and is_aimed(self.passage, bound.start, bound.start)

    def _is_named_apart(self, bound: BoundNumber) -> bool:
        """Whether the unit that a figure is taken to be of is named in another clause: the city may be meant."""
        units = [one for one in self.passage.mentions if one.kind == "unit" and one.end <= bound.phrase_start]
        return bool(units) and "，" in self.passage.text[units[-1].end : bound.phrase_start]

    def _waiting(self, bound: BoundNumber) -> int:
        """Of how many it is not known whether they belong to what is said to be none: no verdict rests on silence."""
        ref = bound.ref
        if ref is None or ref.field not in ("count", "addends") or Fraction(bound.text):
            return 0
        if {"missing", "unfiled", "never", "undefined", "not_applicable"} & set(ref.group.split("&")):
            return 0
        found = self.facts.rows if ref.field == "count" else self.facts.addends
        return len(found(ref.subject, "missing"))

    def _steady(self, bound: BoundNumber) -> Fraction | None:
        ref = bound.ref
        group = held_against(ref.subject.unit, "steady", self.facts.card) if ref else None
        return self.facts.value(ref._replace(group=group)) if ref and group else None

    def _reach_all(self, bound: BoundNumber) -> bool | None:
        """Whether all that are said to be due are in time, as a phrase says; None where it does not."""
        is_said = bound.reading is not None and bound.reading.template in ALL_REACHED
        steady = self._steady(bound) if is_said else None
        return None if steady is None else steady == Fraction(bound.text)

    def _of_all(self, bound: BoundNumber) -> int:
        """How long the opening of a phrase is that says something of all it counts; 0 where it does not."""
        words = self.passage.text[bound.phrase_start : bound.phrase_end]
        is_alone = bound.reading is not None and bound.reading.template in _OF_ONE and bound.text == "1"
        is_rule = bound.ref is not None and bound.ref.field in _RULES
        return bound.end - bound.phrase_start + 1 if is_alone or is_rule or _ALL.search(words) else 0

    def _is_whole(self, bound: BoundNumber) -> bool:
        """Whether nothing is said of all, by 均 or 全部, but what some document says too."""
        words = self.passage.text[bound.phrase_start : bound.phrase_end]
        opening = self._of_all(bound)
        return not opening or bool(self._reach_all(bound)) or self.truth.of_all(self.passage, words, opening)[0]

    def _subject(self, one: Check) -> None:
        """Cover the names of whom a right figure is, and the month that it is of."""
        bound = one.bound
        if bound.ref is None:
            return
        subject, text = bound.ref.subject, self.passage.text
        for mention in self.passage.mentions:
            is_meant = {
                "indicator": subject.indicator in mention.ids or bool(set(mention.ids) & set(bound.indicators)),
                "unit": subject.unit in mention.ids,
                "area": str("safeguards" if subject.area is None else subject.area) in mention.ids,
            }
            if is_meant.get(mention.kind, False):
                self._cover(mention.start, mention.end)
        words = _BY_WHAT.get(bound.ref.field) if subject.unit is not None else None
        for match in words.finditer(text, 0, bound.phrase_start) if words else ():
            self._cover(*match.span())
        if bound.alike and not bound.narrowed:
            self._cover(*self._shortened(bound))
        if span := part_of(bound, self.facts):
            self._cover(span.start, span.end)
            grown = grown_before(bound, span)
            self._cover(*grown.span() if grown else (0, 0))
        if one.period is not None:
            for match in _MONTH.finditer(text, 0, bound.start):
                if match[1] == str(one.period.month):
                    self._cover(*match.span())
