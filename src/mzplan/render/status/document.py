"""What a status output consists of: lines and tables, the same for every format. Knows nothing of scorecards."""

from collections.abc import Sequence
from fractions import Fraction
from typing import Literal, NamedTuple

Tone = Literal["", "green", "yellow", "red", "missing", "dim", "strong"]
"""What a figure says, for formats that have colours; the words say it too."""


class Cell(NamedTuple):
    """One place of a table; every text has passed through `show`."""

    text: str = ""
    tone: Tone = ""
    brief: str | None = None
    """A shorter form for narrow layouts."""
    raw: tuple[str, ...] | None = None
    """What machines read, one for each of the column's machine headings; the text itself unless given."""
    share: Fraction | None = None
    """Drawn as a bar where the column has one."""


EMPTY = Cell()


class Column(NamedTuple):
    """One column of a table, in every format."""

    key: str
    heading: str
    align: Literal["left", "right"] = "left"
    short: str = ""
    """The heading where space is scarce."""
    raw: tuple[str, ...] = ()
    """Machine headings: one figure each, in place of the printed form that joins them."""
    weight: int = 0
    """What a narrow layout keeps in its main line: the smaller the sooner; 0 always."""
    bar: bool = False
    optional: bool = False
    """Whether a narrow layout may leave it out, since another view of the same has it."""
    label: bool = False
    """Whether it is text of any length, which gives way first."""

    @property
    def brief(self) -> str:
        """The heading where space is scarce."""
        return self.short or self.heading


class Part(NamedTuple):
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
    parts: tuple[Part, ...] = ()
    is_matrix: bool = False
    """Whether its middle columns are all of one kind, so that it may be turned or split."""
    summary: frozenset[str] = frozenset()
    """Of a matrix: the keys of the columns that sum a row up."""
    empty: str = "（无）"
    """What stands in its place when it has no rows."""

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


class Note(NamedTuple):
    """A line of prose."""

    text: str
    tone: Tone = ""


class Document(NamedTuple):
    """One status output."""

    title: str
    facts: tuple[Note, ...]
    """Under the title: period, expectation, preset, the whole."""
    warnings: tuple[Note, ...]
    """What the reader must know before trusting a figure."""
    tables: tuple[Table, ...]
    main: Table
    """The one that formats with a single table print."""
    notes: tuple[Note, ...]
    """Under the tables: legend, marks, footnotes."""
