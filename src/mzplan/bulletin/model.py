"""A bulletin as data: sections, sentences, tables, whose every number says which figure it is. Knows no format."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal, NamedTuple

from mzplan import zh
from mzplan.bulletin.office import Office

EVERY = -1
"""In place of an area's number: all of them together."""


class Subject(NamedTuple):
    """What a figure is about."""

    indicator: str = ""
    """An indicator's id; empty when the figure is not about a single one."""
    unit: str | None = None
    """A reporting unit's id; None is the whole city."""
    area: int | None = EVERY
    """An action area's number, None for the safeguards, `EVERY` for the whole plan."""


WHOLE = Subject()
"""The whole plan and the whole city."""


class Ref(NamedTuple):
    """One figure of the scorecard: a field, for `count` and its like the group that is counted, and the subject."""

    field: str
    group: str = ""
    subject: Subject = WHOLE


@dataclass(frozen=True, slots=True)
class Cited:
    """A number in a sentence or table cell."""

    ref: Ref
    value: Fraction
    """Exact, in the figure's own measure unit; shares are 0 to 1."""
    text: str
    """As printed, without what follows it."""
    unit: str = ""
    """The words that belong to the number (万人次); they are printed after it."""

    def __str__(self) -> str:
        return self.text + self.unit


Part = str | Cited


@dataclass(frozen=True, slots=True)
class Sentence:
    """Words and numbers in reading order."""

    parts: tuple[Part, ...]

    def __str__(self) -> str:
        return "".join(map(str, self.parts))

    @property
    def figures(self) -> tuple[Cited, ...]:
        """Its numbers, in reading order."""
        return tuple(part for part in self.parts if isinstance(part, Cited))


@dataclass(frozen=True, slots=True)
class BulletinParagraph:
    """Sentences that are printed in one go; `label` opens it in bold (义乌市：)."""

    sentences: tuple[Sentence, ...]
    label: str = ""

    def __str__(self) -> str:
        return self.label + "".join(map(str, self.sentences))


@dataclass(frozen=True, slots=True)
class BulletinSection:
    """A heading with its paragraphs and its sections; never empty."""

    heading: str
    """Without its mark: the renderer numbers 一、（一）1."""
    paragraphs: tuple[BulletinParagraph, ...] = ()
    sections: tuple["BulletinSection", ...] = ()
    subject: Subject = WHOLE

    def __bool__(self) -> bool:
        return bool(self.paragraphs or self.sections)

    @property
    def told(self) -> tuple[BulletinParagraph, ...]:
        """The paragraphs below it and below the headings under it, in reading order."""
        return (*self.paragraphs, *(paragraph for section in self.sections for paragraph in section.told))


Align = Literal["left", "right", "centre"]


@dataclass(frozen=True, slots=True)
class BulletinColumn:
    """A table's column: its heading, and the slot that its numbers fill; no slot for words."""

    heading: str
    slot: str = ""
    align: Align = "right"
    width: int = 1
    """Relative to the other columns."""


@dataclass(frozen=True, slots=True)
class BulletinCell:
    """A table's cell: words and numbers."""

    parts: tuple[Part, ...]

    def __str__(self) -> str:
        return "".join(map(str, self.parts))


class Footing(NamedTuple):
    """What the figures of a row rest on."""

    basis: str
    """`plan`, `official`, `reference`, of several targets `reference` where one is; empty without."""
    carried: str
    """The months, of the city's figures with whose they are, from which figures are carried; empty where none is."""


@dataclass(frozen=True, slots=True)
class Annex:
    """A table, and the prose that goes with it."""

    title: str
    columns: tuple[BulletinColumn, ...]
    rows: tuple[tuple[BulletinCell, ...], ...]
    note: str = ""
    paragraphs: tuple[BulletinParagraph, ...] = ()
    sections: tuple[BulletinSection, ...] = ()
    marks: tuple[Footing, ...] = ()
    """Of each row; a sheet has them in columns of their own, in print notes and cells say it."""


Kind = Literal["bulletin", "brief", "half-year", "annual", "unit", "area", "reminder"]


@dataclass(frozen=True, slots=True)
class Trace:
    """Where a paper copy came from."""

    plan: str
    plan_digest: str
    data_digest: str
    preset: str
    program: str


@dataclass(frozen=True, slots=True)
class Bulletin:
    """A whole document; the same scorecards give the same one."""

    kind: Kind
    title: Sentence
    salutation: str
    lead: tuple[BulletinParagraph, ...]
    sections: tuple[BulletinSection, ...]
    closing: str
    """特此函告。"""
    annexes: tuple[Annex, ...]
    notes: tuple[Sentence, ...]
    signature: str
    day: str
    """The ISO date that it is signed on; empty where none is given."""
    office: Office
    trace: Trace
    draft: bool
    numbered: bool
    """Whether its sections carry 一、（一）."""
    subject: Subject = WHOLE

    @property
    def dated(self) -> str:
        """That date as it is printed."""
        return zh.dated(self.day)

    @property
    def made_from(self) -> str:
        """The line at its foot: plan, data, preset and program behind it; empty in a reminder, which has no results."""
        if self.kind == "reminder":
            return ""
        trace = self.trace
        plan = f"{trace.plan}（版本 {trace.plan_digest}）" if trace.plan_digest else trace.plan
        return f"计划：{plan}；数据：{trace.data_digest}；亮灯规则：{trace.preset}；程序：{trace.program}"

    @property
    def attachments(self) -> tuple[str, ...]:
        """What is attached to what is signed, by title (附件说明)."""
        return tuple(annex.title for annex in self.annexes)

    @property
    def words(self) -> str:
        """All that it says but its notes, without its headings."""
        told: list[object] = [self.title, *self.lead]
        for section in (*self.sections, *(one for annex in self.annexes for one in annex.sections)):
            told += section.told
        for annex in self.annexes:
            told += [annex.note, *(column.heading for column in annex.columns), *annex.paragraphs]
            told += [cell for row in annex.rows for cell in row]
        return "\n".join(map(str, told))

    @property
    def figures(self) -> tuple[Cited, ...]:
        """Every number of the document, in reading order."""
        return tuple(self._figures())

    def _figures(self) -> Iterator[Cited]:
        yield from self.title.figures
        for paragraph in self.lead:
            yield from _paragraph_figures(paragraph)
        for section in self.sections:
            yield from _section_figures(section)
        for annex in self.annexes:
            for row in annex.rows:
                for cell in row:
                    yield from (part for part in cell.parts if isinstance(part, Cited))
            yield from _section_figures(BulletinSection(annex.title, annex.paragraphs, annex.sections))
        for note in self.notes:
            yield from note.figures


def _paragraph_figures(paragraph: BulletinParagraph) -> Iterator[Cited]:
    for sentence in paragraph.sentences:
        yield from sentence.figures


def _section_figures(section: BulletinSection) -> Iterator[Cited]:
    for paragraph in section.told:
        yield from _paragraph_figures(paragraph)
