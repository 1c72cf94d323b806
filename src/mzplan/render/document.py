"""What an output consists of: headings, paragraphs, lists and tables. Data alone: every format writes the same ones."""

from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import Literal, NamedTuple

Tone = Literal["", "green", "yellow", "red", "missing", "dim", "strong"]
"""What a figure says, for formats that have colours; the words say it too."""

Align = Literal["left", "right", "centre"]


class FigureText(NamedTuple):
    """A number within a text, for formats that can say what it is exactly."""

    text: str
    value: Fraction

    def __str__(self) -> str:
        return self.text


Text = str | tuple[str | FigureText, ...]
"""Words that have passed through `show`."""


def plain(text: Text) -> str:
    """The words alone."""
    return text if isinstance(text, str) else "".join(map(str, text))


class Heading(NamedTuple):
    """What opens a part of the document; the title itself is of level 1."""

    text: Text
    level: int = 2
    opens_page: bool = False


class Paragraph(NamedTuple):
    """Prose; `label` opens it in bold (义乌市：)."""

    text: Text
    label: str = ""
    is_salutation: bool = False


class Item(NamedTuple):
    """One line of a listing, in pieces that a narrow layout may set on lines of their own."""

    pieces: tuple[Text, ...]
    tone: Tone = ""


class Listing(NamedTuple):
    """Lines that belong together."""

    kind: Literal["facts", "warnings", "points", "notes", "numbered", "attachments", "signature", "imprint"]
    """What stands under the title; what must be known before trusting a figure; what is to be said of something; what
    explains marks and figures; that with numbers; what is attached, with numbers where it is several; who signs, and
    when; who gets copies, who printed it and when."""
    items: tuple[Item, ...]
    heading: str = ""
    aligns: tuple[Align, ...] = ()
    """How the pieces of items that have several stand under each other, where they do."""

    @property
    def opening(self) -> str:
        """The heading as it stands before what it heads."""
        return f"{self.heading}："


def attached(block: Listing) -> list[str]:
    """What is attached, a line each: 附件：1.…, the next ones under the first; without a number where it is alone."""
    names = ["".join(map(plain, item.pieces)) for item in block.items]
    if len(names) == 1:
        return [block.opening + names[0]]
    margin = "　" * len(block.opening)
    return [f"{block.opening if number == 1 else margin}{number}.{name}" for number, name in enumerate(names, 1)]


class Cell(NamedTuple):
    """One place of a table."""

    text: str = ""
    tone: Tone = ""
    brief: str | None = None
    """A shorter form for narrow layouts."""
    raw: tuple[str, ...] | None = None
    """What machines read, one for each of the column's machine headings; the text itself unless given."""
    share: Fraction | None = None
    """Drawn as a bar where the column has one."""
    told: Text = ""
    """The text with its figures, where they are known."""


EMPTY = Cell()


class Column(NamedTuple):
    """One column of a table, in every format."""

    key: str
    heading: str
    align: Align = "left"
    short: str = ""
    """The heading where space is scarce."""
    raw: tuple[str, ...] = ()
    """Machine headings: one figure each, in place of the printed form that joins them."""
    weight: int = 0
    """What a narrow layout keeps in its main line: the smaller the sooner; 0 always."""
    width: int = 0
    """On paper, relative to the other columns; 0 for as wide as its cells need."""
    bar: bool = False
    label: bool = False
    """Whether it is text of any length, which gives way first."""
    is_serial: bool = False
    """Whether it is one of several that follow each other: a narrow layout keeps none without the weightier ones."""
    percent: bool = False
    """Whether its figures are in per cent, which its heading does not say."""

    @property
    def brief(self) -> str:
        """The heading where space is scarce."""
        return self.short or self.heading


class RowGroup(NamedTuple):
    """Rows of a table that stand together under a title of their own."""

    title: str
    start: int
    stop: int
    stated: frozenset[str] = frozenset()
    """Keys of the columns that the title already says for all of its rows."""


class Table(NamedTuple):
    """Columns and rows."""

    key: str
    title: str
    columns: tuple[Column, ...]
    rows: Sequence[Sequence[Cell]]
    parts: tuple[RowGroup, ...] = ()
    level: int = 2
    """Of its title."""
    is_matrix: bool = False
    """Whether its middle columns are all of one kind, so that it may be turned or split."""
    summary: frozenset[str] = frozenset()
    """Of a matrix: the keys of the columns that sum a row up."""
    amiss: str = ""
    """Of a matrix: where it does not fit, the heading of one column that names what is amiss in the others, instead."""
    empty: str = "（无）"
    """What stands in its place when it has no rows."""
    notes: tuple[str, ...] = ()
    """What stands right under it."""

    @property
    def sections(self) -> list[tuple[str, Sequence[Sequence[Cell]]]]:
        """The titles of its parts with their rows; one without a title when it has no parts, none without rows."""
        if self.parts:
            return [(part.title, self.rows[part.start : part.stop]) for part in self.parts]
        return [("", self.rows)] if self.rows else []

    @property
    def raw_headings(self) -> list[str]:
        """The headings of machine formats."""
        return [heading for column in self.columns for heading in column.raw or (column.heading,)]

    def raw_rows(self) -> list[list[str]]:
        """The rows of machine formats."""
        rows = []
        for row in self.rows:
            cells: list[str] = []
            for column, cell in zip(self.columns, row, strict=True):
                cells += cell.raw if cell.raw is not None else (cell.text, *[""] * (len(column.raw) - 1))
            rows.append(cells)
        return rows


Block = Heading | Paragraph | Listing | Table


CHINESE = "zh-CN"


class Document(NamedTuple):
    """One output."""

    title: Text
    blocks: tuple[Block, ...]
    main: Table | None = None
    """The one that formats with a single table print; the first unless given."""
    is_official: bool = False
    """Whether it is laid out as offices write to each other: 首行缩进, ruled tables, the page of GB/T 9704."""
    author: str = ""
    reference: str = ""
    """The number of an issued document, above its title."""
    day: str = ""
    """The ISO date that it is signed on, where it is."""
    trace: str = ""
    """The last line: what a paper copy came from."""
    language: str = CHINESE
    """What its texts are in, by the name that BCP 47 has for it; told with them."""

    @property
    def tables(self) -> tuple[Table, ...]:
        """Its tables, in order."""
        return tuple(block for block in self.blocks if isinstance(block, Table))


def listing(kind: Literal["facts", "warnings", "points", "notes"], lines: Iterable[str], tone: Tone = "") -> Listing:
    """Lines of one piece each."""
    return Listing(kind, tuple(Item((line,), tone) for line in lines))
