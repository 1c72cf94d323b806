"""What the program itself would write of the same plan and data: a draft's sentence that says the same is right."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from mzplan import zh
from mzplan.bulletin.documents import KINDS, Request, compose
from mzplan.bulletin.facts import Facts
from mzplan.bulletin.model import Annex, Bulletin, BulletinSection, Trace
from mzplan.bulletin.office import NOBODY, Office
from mzplan.bulletin.phrases import PhraseWriter
from mzplan.bulletin.verify.clauses import Clause, clauses
from mzplan.bulletin.verify.draft import Block
from mzplan.bulletin.verify.grammar import bare_heading
from mzplan.bulletin.verify.names import DraftNames, normalised
from mzplan.bulletin.verify.passages import UNKNOWN, Outline, Passage, SentenceKey, area_of, is_frame, sentence_key
from mzplan.diagnostics import InputError
from mzplan.period import Period

if TYPE_CHECKING:
    from mzplan.bulletin.verify.sets import Known

ALIKE = 0.5
"""How much of an edited sentence is still the one that was written."""
_COMPARED = 400
"""Characters of a sentence that are looked at to find it again."""


_NOT = re.compile("尚未|并未|没有|未能|未")
_WHOLLY = re.compile("已经|已|均|都|全部")
_COUNT = re.compile("[0-9]+[家项]")
_BRACKET = re.compile("（[^）]*）")


def _turned(words: str) -> tuple[str, bool]:
    """What a clause says or denies, and whether it denies it."""
    said, times = _NOT.subn("", words)
    return _WHOLLY.sub("", said), times % 2 == 1


class DraftTable(NamedTuple):
    """A table of a document: each row's label, with the text of each cell by its heading."""

    title: str
    headings: tuple[str, ...]
    rows: dict[str, dict[str, str]]


@dataclass(frozen=True)
class Written:
    """One document that the program writes: its sentences, and the rows of its annexes by their labels."""

    bulletin: Bulletin
    tables: list[DraftTable]
    """Of each annex."""
    sentences: dict[SentenceKey, Passage] = field(default_factory=dict)
    ordered: list[tuple[SentenceKey, Passage]] = field(default_factory=list)
    """All of them in order, with what stands above an annex and the notes."""
    clauses: set[tuple[object, ...]] = field(default_factory=set)
    turned: dict[tuple[object, ...], dict[bool, str]] = field(default_factory=dict)
    """What it says, and what it denies, of whom: the words by whether they deny it."""

    def after(self, key: SentenceKey, text: str) -> tuple[Passage, frozenset[str]] | None:
        """The sentence of that text that next follows another one, with the headings between the two."""
        at = self._places[key]
        position = next((one for one in self._by_text.get(text, ()) if one > at), None)
        if position is None:
            return None
        between = self.ordered[at + 1 : position]
        return self.ordered[position][1], frozenset(one[0][2] for one in between if one[1].is_heading)

    @property
    def lines(self) -> frozenset[str]:
        """What each block of it says, with what counts it, what is attached, and what stands above each annex."""
        numbered = enumerate(self.bulletin.attachments, 1)
        attached = (line for number, title in numbered for line in (f"{number}.{title}", f"附件{number}"))
        return frozenset(normalised(one)[0] for one in (*(one.text for one in blocks_of(self.bulletin)), *attached))

    @cached_property
    def _places(self) -> dict[SentenceKey, int]:
        return {key: at for at, (key, _) in reversed([*enumerate(self.ordered)])}

    @cached_property
    def _by_text(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        for at, (key, passage) in enumerate(self.ordered):
            if not passage.is_heading:
                found.setdefault(key[2], []).append(at)
        return found

    @property
    def headings(self) -> list[SentenceKey]:
        """The keys of its headings, in order."""
        return [key for key, passage in self.sentences.items() if passage.is_heading]


@dataclass
class Truth:
    """Everything that can be written of one period; letters to units are written when they are asked for."""

    facts: Facts
    trace: Trace
    office: Office = NOBODY
    dated: str = ""
    """The day, YYYY-MM-DD, that it is to be signed on, where that is told."""
    is_earlier: bool = False
    """Whether the draft is of a later month, so that the documents on areas too are written when they are asked for."""
    documents: list[Written] = field(default_factory=list)
    before: "dict[Period, Truth]" = field(default_factory=dict)
    """What can be written of the earlier months that a draft has spoken of."""

    leaves_out_silent: bool = False
    """Whether the draft says that the silent have no places."""

    def __post_init__(self) -> None:
        self.known: Known = {}
        """Of whom something holds that drafts say."""
        self.names = DraftNames(self.facts.plan)
        self._asked: set[Request] = set()
        for kind in KINDS:
            if kind not in ("unit", "area"):
                self._write(Request(kind=kind))
        if not self.is_earlier:
            self._write_areas(self._areas)

    def at(self, period: Period) -> "Truth":
        """What can be written of an earlier month, once a draft speaks of it."""
        if period == self.facts.period:
            return self
        if period not in self.before:
            facts = self.facts.at(period)
            self.before[period] = Truth(
                facts,
                self.trace,
                self.office,
                self.dated,
                is_earlier=True,
                leaves_out_silent=self.leaves_out_silent,
            )
        return self.before[period]

    @property
    def has_places(self) -> bool:
        """Whether a draft may give units places: by no computed parts, and with a word on the silent."""
        return not self.facts.is_referring and (self.leaves_out_silent or not self.facts.unplaced)

    @property
    def _areas(self) -> list[int | None]:
        return [*(area.number for area in self.facts.plan.action_areas), None]

    def _write_areas(self, numbers: Iterable[int | None]) -> None:
        for number in numbers:
            self._write(Request(kind="area", area=number))

    def _write(self, request: Request) -> None:
        if request in self._asked:
            return
        self._asked.add(request)
        if written := self._written(request):
            self.documents.append(written)

    def _written(self, request: Request) -> Written | None:
        try:
            bulletin = compose(
                PhraseWriter(self.facts), replace(request, office=self.office, dated=self.dated), self.trace
            )
        except InputError:  # there is no such document of this period
            return None
        written = Written(bulletin, [_table(table) for table in bulletin.annexes])
        outline = Outline(self.names)
        for block in blocks_of(bulletin):
            passages = outline.passages(block)
            if block.kind == "heading" or not is_frame(block):
                written.ordered.extend((sentence_key(passage, self.names), passage) for passage in passages)
            for passage in passages if not is_frame(block) else ():
                written.sentences.setdefault(sentence_key(passage, self.names), passage)
                for clause in clauses(passage):
                    words = passage.text[clause.start : clause.end]
                    core, is_denied = _turned(words)
                    written.clauses.add(clause.key)
                    written.turned.setdefault((*clause.key[:4], core), {})[is_denied] = words
        return written

    def about(self, unit: str | None) -> None:
        """Write the letter to a unit, and the reminder to it, so that their sentences are known too; of no region."""
        if unit is not None and unit in self.facts.plan.units:
            self._write(Request(kind="unit", unit=unit))
            self._write(Request(kind="reminder", unit=unit))

    @property
    def written(self) -> int:
        """How many documents of earlier months have been tried to write so far."""
        return sum(len(one._asked) for one in self.before.values())

    def bring(self, passage: Passage) -> None:
        """Write what a sentence may stand in, told of a month that is not the report's."""
        plan = self.facts.plan
        areas = {passage.scope.area, *(plan.indicators[one].area for one in passage.carried)}
        for mention in passage.mentions:
            if mention.kind == "unit":
                self.about(mention.ids[0])
            elif mention.kind == "area":
                areas.add(area_of(mention.ids[0]))
            elif mention.kind == "indicator":
                areas.update(plan.indicators[one].area for one in mention.ids)
        self.about(passage.scope.unit)
        self._write_areas(one for one in self._areas if one in areas)

    def writes(self, passage: Passage) -> Sequence[Written]:
        """The documents that have that sentence, said of the same; empty when none has."""
        key = sentence_key(passage, self.names)
        if not any(key in written.sentences for written in self.documents):
            self.about(passage.scope.unit)
        return [written for written in self.documents if key in written.sentences]

    def knows_heading(self, text: str) -> bool:
        """Whether some document has that heading, without what counts it, or that title of an annex."""
        return any(key[2] == text for written in self.documents for key in written.sentences)

    def in_its_area(self, passage: Passage) -> Passage:
        """A sentence under a heading that names no area as that of the only area of which it is written, if any."""
        if passage.scope.area != UNKNOWN:
            return passage
        readings = [replace(passage, scope=replace(passage.scope, area=number)) for number in self._areas]
        meant = [one for one in readings if self.writes(one)]
        return meant[0] if len(meant) == 1 else passage

    def states(self, clause: Clause) -> bool:
        """Whether some document says that, word for word, of the same."""
        return any(clause.key in written.clauses for written in self.documents)

    def rows(self, unit: str | None, label: str) -> list[dict[str, str]]:
        """Every row of that label in the annexes of the documents to that unit, or to all."""
        found = self._rows(unit, label)
        if not found:
            self.about(unit)
        return found or self._rows(unit, label)

    def _rows(self, unit: str | None, label: str) -> list[dict[str, str]]:
        tables = (
            table for written in self.documents if written.bulletin.subject.unit == unit for table in written.tables
        )
        return [table.rows[label] for table in tables if label in table.rows]

    def contrary(self, clause: Clause, words: str) -> str:
        """What the documents say of the same where a clause says the opposite of it; empty where they do not.

        How many do and how many do not may be told side by side.
        """
        core, is_denied = _turned(words)
        told = {
            said: right for one in self.documents for said, right in one.turned.get((*clause.key[:4], core), {}).items()
        }
        return "" if is_denied in told or _COUNT.search(words) else told.get(not is_denied, "")

    def of_all(self, passage: Passage, words: str, opening: int) -> tuple[bool, str]:
        """Whether some sentence of the same scope says those words, else the one that has only their opening."""
        contrary = ""
        for written in self.documents:
            for other in written.sentences.values():
                if other.scope == passage.scope and words[:opening] in other.text:
                    if words in other.text:
                        return True, ""
                    contrary = contrary or other.text
        return False, contrary

    def nearest(self, passage: Passage, source: Written | None) -> str:
        """The sentence of a document that an edited one most likely was, a heading of any; empty when none is."""
        if len(passage.text) > _COMPARED:
            return ""
        matcher = SequenceMatcher(autojunk=False, b=passage.text)
        best, found = ALIKE, ""
        sources = self.documents if passage.is_heading else [source or self.documents[0]]
        for other in (one for written in sources for one in written.sentences.values()):
            if (
                (other.scope != passage.scope and not passage.is_heading)
                or other.is_heading != passage.is_heading
                or len(other.text) > _COMPARED
            ):
                continue
            for words in dict.fromkeys((other.text, _BRACKET.sub("", other.text))):  # a list of names may be most of it
                matcher.set_seq1(words)
                if matcher.real_quick_ratio() > best and matcher.quick_ratio() > best and matcher.ratio() > best:
                    best, found = matcher.ratio(), other.text
        return found


def _table(table: Annex) -> DraftTable:
    headings = tuple(bare_heading(column.heading) for column in table.columns)
    rows = {
        normalised(str(row[0]))[0]: {
            heading: normalised(str(cell))[0] for heading, cell in zip(headings, row, strict=True)
        }
        for row in table.rows
    }
    return DraftTable(normalised(table.title)[0], headings, rows)


def blocks_of(bulletin: Bulletin) -> Iterator[Block]:
    """A document as the blocks that a draft of it has, without the tables."""
    yield _block("heading", str(bulletin.title), 0)
    if bulletin.salutation:
        yield _block("paragraph", bulletin.salutation)
    for paragraph in bulletin.lead:
        yield _block("paragraph", str(paragraph))
    for number, section in enumerate(bulletin.sections, 1):
        yield from _section(bulletin, section, 1, number)
    for line in (bulletin.signature, bulletin.dated):
        if line:
            yield _block("paragraph", line)
    for table in bulletin.annexes:
        yield _block("heading", "附件", 1)
        yield _block("paragraph", table.title)
        if table.note:
            yield _block("paragraph", f"注：{table.note}")
        for paragraph in table.paragraphs:
            yield _block("paragraph", str(paragraph))
        for number, section in enumerate(table.sections, 1):
            yield from _section(bulletin, section, 1, number)
    if bulletin.notes:
        yield _block("heading", "说明", 1)
    for note in bulletin.notes:
        yield _block("paragraph", str(note))


def _section(bulletin: Bulletin, section: BulletinSection, level: int, number: int) -> Iterator[Block]:
    yield _block("heading", (zh.heading(level, number) if bulletin.numbered else "") + section.heading, level)
    for paragraph in section.paragraphs:
        yield _block("paragraph", str(paragraph))
    for position, child in enumerate(section.sections, 1):
        yield from _section(bulletin, child, level + 1, position)


def _block(kind: str, text: str, level: int = 0) -> Block:
    return Block("heading" if kind == "heading" else "paragraph", text, [(0, 0)] * len(text), level)
