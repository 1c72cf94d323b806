"""Checks an edited bulletin against the data: each figure, list, share and claim in it."""

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from mzplan.bulletin.facts import FIELDS, Facts
from mzplan.bulletin.model import Ref
from mzplan.bulletin.overview import UNPLACED
from mzplan.bulletin.verify.annex import Annexes
from mzplan.bulletin.verify.consistency import Slip
from mzplan.bulletin.verify.dated import reviewed
from mzplan.bulletin.verify.docx_draft import NO_TEXT
from mzplan.bulletin.verify.draft import Block
from mzplan.bulletin.verify.findings import changed, figure_finding, mark_finding, once, open_finding, slip_finding
from mzplan.bulletin.verify.frame import frame, gone, is_document
from mzplan.bulletin.verify.grammar import Grammar
from mzplan.bulletin.verify.judging import Check, Verdict
from mzplan.bulletin.verify.names import normalised
from mzplan.bulletin.verify.numbering import out_of_turn
from mzplan.bulletin.verify.omitted import cut, lost, shortened_finding
from mzplan.bulletin.verify.passages import (
    Outline,
    Passage,
    PassageScope,
    SentenceKey,
    after_trace,
    bare,
    is_frame,
    sentence_key,
)
from mzplan.bulletin.verify.reading import BoundNumber, DraftReader
from mzplan.bulletin.verify.statements import Account, Statement
from mzplan.bulletin.verify.truth import Truth, Written
from mzplan.diagnostics import Diagnostic, Severity
from mzplan.period import Period
from mzplan.rules.draft import FIGURE_UNBOUND, VERIFY_RULES

_WORDS = re.compile(r"\w")
_ANNEX = "附件"


@dataclass(frozen=True)
class Verification:
    """Every number and every sentence of a draft with what came of it, and the findings."""

    checks: tuple[Check, ...]
    statements: tuple[Statement, ...]
    dropped: tuple[str, ...]
    """The sentences of the document it was made from that it no longer has, nor anything like them."""
    findings: tuple[Diagnostic, ...]

    @property
    def written_for(self) -> Period | None:
        """The earlier period that the draft says it speaks for, where it is not the one it is checked with."""
        months = (one.period for one in self.checks if one.verdict is Verdict.STALE and _is_month(one.bound))
        return next(months, None)

    def count(self, verdict: Verdict) -> int:
        """How many numbers came to that verdict."""
        return sum(one.verdict is verdict for one in self.checks)

    def accounted(self, account: Account) -> int:
        """How many sentences and rows came to that."""
        return sum(one.account is account for one in self.statements)


def _is_month(bound: BoundNumber) -> bool:
    return bound.ref is not None and bound.ref.field == "month"


def verify(path: str, blocks: Sequence[Block], truth: Truth) -> Verification:
    """Check a draft that has been read; `path` names it in the findings. InputError when it takes too long."""
    facts = truth.facts
    reader = DraftReader(facts, Grammar(facts.plan), Outline(truth.names, truth.knows_heading))
    stands = frozenset(bare(normalised(block.text)[0]) for block in blocks)
    truth.leaves_out_silent = any(UNPLACED in one for one in stands)
    course = _Course(path, facts, truth, reader, Annexes(reader, truth), stands)
    for block in blocks:
        course.block(block)
    source = course.source()
    course.settle_headings(source)
    is_made_from = source is not None and is_document(blocks, source, is_whole=course.is_whole())
    absent = list(gone(path, blocks, source)) if source and is_made_from else []
    course.settle_moved({one.value or "" for one in absent})
    written = source.lines if source and absent else ()
    slips = [*out_of_turn(blocks, written), *course.annexes.missing(source, blocks)]
    around = [
        *(slip_finding(path, slip) for slip in slips),
        *changed(path, blocks, truth.trace),
        *frame(path, blocks, facts, source or truth.documents[0], truth.office),
        *absent,
        *(course.omitted(source, {slip.value for slip in slips}) if source and is_made_from else ()),
    ]
    for one in around:
        place = one.location.line or 0, one.location.column or 0
        account = Account.WRONG if one.severity is Severity.ERROR else Account.OPEN
        course.statements.append(Statement(one.value or "", place, account, one.value or ""))
    findings = sorted([*course.findings, *around], key=lambda finding: finding.order)
    return Verification(tuple(course.checks), tuple(course.statements), course.dropped(), tuple(findings))


class _Read(NamedTuple):
    """A sentence of the draft, which statement it is, the documents that have it, and what its figures are."""

    position: int
    passage: Passage
    documents: Sequence[Written]
    refs: Collection[Ref]


@dataclass
class _Course:
    """A draft on its way through: what has been read so far and what came of it."""

    path: str
    facts: Facts
    truth: Truth
    reader: DraftReader
    annexes: Annexes
    stands: frozenset[str]
    """What each block says, without what counts it."""
    checks: list[Check] = field(default_factory=list)
    statements: list[Statement] = field(default_factory=list)
    findings: list[Diagnostic] = field(default_factory=list)
    found: list[tuple[Written, SentenceKey]] = field(default_factory=list)
    """The sentences that the program writes too, each with the document that has it."""
    edited: list[str] = field(default_factory=list)
    """The sentences of the document that the draft has in other words."""
    read: list["_Read"] = field(default_factory=list)
    """The sentences, each with where it stands among the statements."""
    headings: list[tuple[int, SentenceKey]] = field(default_factory=list)
    """Which of the statements are headings that the program writes too."""
    last: Passage | None = None
    """The sentence before."""
    before: list[tuple[Written, SentenceKey]] = field(default_factory=list)
    """The last sentence that the program writes too; none where a heading follows that it does not write."""
    moved: list[tuple[int, frozenset[str]]] = field(default_factory=list)
    """Which of the statements are taken to stand below headings that are gone, and those."""
    taken: tuple[PassageScope, PassageScope] | None = None
    """Of whom the last of these seemed to be, and of whom it is; none where a heading follows."""

    def block(self, block: Block) -> None:
        """Account for a block."""
        if block.kind in NO_TEXT:
            self.findings.append(mark_finding(self.path, block))
            if block.kind == "unread":
                self.statements.append(Statement(block.text, block.places[0], Account.OPEN, block.text))
            return
        if block.kind != "row":
            self.annexes.above = normalised(block.text)[0]
        if block.kind == "row":
            checks, statement, slips = self.annexes.row(block)
            if statement is not None:
                self._take(checks, statement, slips)
            self.findings += [slip_finding(self.path, slip) for slip in slips if statement is None]
            if block.level and not self.annexes.is_heading(block):
                for start, end in block.cells:
                    self._sentences(Block("paragraph", block.text[start:end], block.places[start:end]))
            return
        self._sentences(after_trace(block))

    def _sentences(self, block: Block) -> None:
        passages = self.reader.outline.passages(block)  # also of a mark, which opens a section
        if not is_frame(block):
            for passage in passages:
                if _WORDS.search(passage.text):
                    self._passage(passage)

    def source(self) -> Written | None:
        """The document that the draft was made from: the one with which it shares most sentences."""
        shared = Counter(id(written) for written, _ in self.found)
        known = {id(written): written for written, _ in self.found}
        return known[shared.most_common(1)[0][0]] if shared else None

    def settle_headings(self, source: Written | None) -> None:
        """A heading of another document, or one that stands before the one it follows there, is 未核对."""
        order = {} if source is None else {key: at for at, key in enumerate(source.headings)}
        reached = -1
        for position, key in self.headings:
            if source is not None and key in source.sentences and order.get(key, reached) >= reached:
                reached = order.get(key, reached)  # an annex's title stands in the list of what is attached too
                continue
            statement = self.statements[position]
            self.statements[position] = replace(statement, account=Account.OPEN, rest=statement.text)
            self.findings.append(open_finding(self.path, self.statements[position]))

    def dropped(self) -> tuple[str, ...]:
        """The sentences of that document that the draft has not, in whatever words."""
        return tuple(passage.text for passage in self._dropped().values())

    def _dropped(self) -> dict[SentenceKey, Passage]:
        written = self.source()
        if written is None:
            return {}
        kept = {key for _, key in self.found}
        addressed = normalised(written.bulletin.salutation)[0]  # which is told as a line of the frame
        return {
            key: passage
            for key, passage in written.sentences.items()
            if key not in kept and passage.text not in (*self.edited, addressed) and not passage.is_heading
        }

    def omitted(self, source: Written, missing: Collection[str]) -> Iterator[Diagnostic]:
        """What the draft of a document says no longer of what is adverse or missing there: it is 未核对.

        Nothing below the titles of annexes that are told to be `missing`.
        """
        reworded, kept = set[Ref](), set[str]()
        lacking = Counter(key[2] for key, _ in source.ordered)
        lacking.subtract(key[2] for written, key in self.found if written is source)
        for position, passage, documents, refs in self.read:
            if passage.is_heading or any(one is source for one in documents):
                continue
            statement = self.statements[position]
            generated = statement.generated or self.truth.nearest(passage, source)
            key = bare(generated).rstrip("。")
            kept |= {sentence_key(passage, self.truth.names)[2], key}
            said = self.truth.names.in_full(passage.text, passage.mentions)
            words = lost(said, generated) if lacking.get(key, 1) > 0 else ""
            if not words:
                reworded.update(refs)
            elif statement.account is Account.RIGHT:
                self.statements[position] = replace(statement, account=Account.OPEN, rest=words, generated=generated)
                self.findings.append(shortened_finding(self.path, statement.place, statement.text, words))
        dropped = {key for key in self._dropped() if key[2] not in kept}
        yield from cut(self.path, source, dropped, self.reader, stands=self.stands, reworded=reworded, missing=missing)

    def is_whole(self) -> bool:
        """Whether the draft has most sentences of that document, so that it is not but a part of it."""
        written = self.source()
        told = [one for one in written.sentences.values() if not one.is_heading] if written else []
        return 2 * len(self.dropped()) < len(told)

    def _passage(self, passage: Passage) -> None:
        readings = [passage := self.truth.in_its_area(passage)]
        if passage.opened_by is not None:  # its colon may have been dropped
            readings.insert(0, replace(passage, scope=replace(passage.scope, unit=passage.opened_by)))
        is_twice = passage == replace(self.last, places=passage.places) if self.last else False
        self.last = passage
        if is_twice and not passage.is_heading:
            self._take([], Statement(passage.said, passage.places[0], Account.OPEN, passage.said), [])
            return
        for reading in readings:
            if documents := self.truth.writes(reading):
                key = sentence_key(reading, self.truth.names)
                if reading.is_heading:
                    self.headings.append((len(self.statements), key))
                    self.taken = None
                self.before = [(written, key) for written in documents]
                self.found += self.before
                bounds = self.reader.bounds(reading) if reading.is_readable else ()
                agreed = [Check(bound, Verdict.AGREES) for bound in bounds]
                self._note(reading, documents, agreed)
                self._take(agreed, Statement(reading.said, reading.places[0], Account.RIGHT), [])
                return
        if passage.is_heading:
            self.before, self.taken = [], None
        elif (below := self._below(passage)) is not None:
            self.taken = passage.scope, below.scope
            self._passage(below)
            return
        elif self.taken and passage.scope == self.taken[0]:
            readings = [replace(passage, scope=self.taken[1])]
        if not passage.is_readable:
            self._take([], Statement(passage.said, passage.places[0], Account.OPEN, passage.said), [])
            return
        examined = [self._examined(reading) for reading in readings]
        checks, statement, slips = min(examined, key=lambda one: one[1].account is not Account.RIGHT)
        is_name = any(one.end - one.start == len(bare(passage.text)) for one in passage.mentions)
        if passage.is_heading and not (is_name or checks) and statement.account is Account.RIGHT:
            statement = replace(statement, account=Account.OPEN, rest=passage.said)
        self.edited.append(statement.generated)
        self._note(passage, (), checks)
        self._take(checks, statement, slips)

    def _note(self, passage: Passage, documents: Sequence[Written], checks: Sequence[Check]) -> None:
        refs = {one.bound.ref for one in checks if one.bound.ref is not None}
        self.read.append(_Read(len(self.statements), passage, documents, refs))

    def _below(self, passage: Passage) -> Passage | None:
        """A sentence as one of where it stands in a document, if the headings between are gone from the draft."""
        for written, key in self.before:
            found = written.after(key, sentence_key(passage, self.truth.names)[2])
            if found is None or found[0].scope == passage.scope or found[1] & self.stands:
                continue
            headings = found[1] or (self.moved[-1][1] if self.taken else frozenset())
            if headings:
                self.moved.append((len(self.statements), headings))
                return replace(passage, scope=found[0].scope)
        return None

    def settle_moved(self, absent: Collection[str]) -> None:
        """What was taken to stand below a heading that is not told to be gone is 未核对."""
        known = {bare(normalised(one)[0]) for one in absent}
        marks = {one[:2] for one in known}
        for position, headings in self.moved:
            if not any(one in known or (one == _ANNEX and one in marks) for one in headings):
                statement = self.statements[position]
                self.statements[position] = replace(statement, account=Account.OPEN, rest=statement.text)
                self.findings.append(open_finding(self.path, self.statements[position]))

    def _examined(self, passage: Passage) -> tuple[tuple[Check, ...], Statement, list[Slip]]:
        """What comes of a sentence that nobody has written like that."""
        found = reviewed(passage, self.reader, self.truth)
        self.reader.effort.spend(0, 3)  # to find it again among all that can be written
        account = Account.WRONG if found.is_wrong else Account.OPEN if found.rest else Account.RIGHT
        generated = self.truth.nearest(passage, self.source())
        return (
            found.checks,
            Statement(passage.said, passage.places[found.at], account, found.rest, generated),
            found.slips,
        )

    def _take(self, checks: Sequence[Check], statement: Statement, slips: Sequence[Slip]) -> None:
        self.checks += checks
        self.statements.append(statement)
        wrong = len(slips) + sum(one.is_wrong for one in checks)
        found: list[Diagnostic] = []
        phrases: dict[tuple[int, int], list[tuple[Check, Diagnostic]]] = {}
        for one in checks:
            if told := figure_finding(self.path, one, checks, self.reader, self.truth, wrong):
                phrases.setdefault((one.bound.phrase_start, one.bound.phrase_end), []).append((one, told))
        for of_phrase in phrases.values():
            found += once(of_phrase)
        found += [slip_finding(self.path, slip) for slip in slips]
        strangers = self.reader.names.strangers(statement.rest) if statement.account is Account.OPEN else ()
        if strangers:  # which is why its numbers are of nobody
            found = [one for one in found if one.rule is not FIGURE_UNBOUND]
        if statement.account is Account.OPEN and (strangers or not found):
            found.append(open_finding(self.path, statement, strangers))
        self.findings += found


__all__ = ["FIELDS", "VERIFY_RULES", "Account", "Check", "Report", "Statement", "Verdict", "verify"]
