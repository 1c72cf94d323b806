"""What every engine of databases takes and gives: files and a plan as relations, and what the sound files say."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from importlib.util import find_spec
from typing import Any, NamedTuple, Protocol

from mzplan.diagnostics import InputError, installing
from mzplan.engine.relations import FILES, PlanTable
from mzplan.reading.parquet import ParquetColumn
from mzplan.said import say
from mzplan.submissions.header import FIELDS, field_of
from mzplan.submissions.sources import Source

_MISSING = "--engine {engine} 需要 {package}。请运行：{command}。"


class LineFile(NamedTuple):
    """A file below whose header there are so many lines, for its own unit and month alone where these are given."""

    path: str
    header: str
    """As it stands, without its mark and its end."""
    lines: int
    unit: str | None = None
    month: int | None = None
    parts: Sequence[str] = ()
    """Of Parquet: the paths of which it is made."""
    columns: Sequence[ParquetColumn] = ()
    """Of Parquet: how the engine has them, to make lines of."""


class Unread(NamedTuple):
    """A file of which nothing is known yet but where it lies."""

    path: str
    """From the root on, or its address where it lies elsewhere."""
    source: Source
    parts: Sequence[str] = ()
    """Of Parquet: the paths of which it is made."""


class Plain(NamedTuple):
    """What a file has whose header is the usual one and whose lines end in one of the two usual ways."""

    header: str
    lines: int
    """Below the header, at least one."""
    columns: Sequence[ParquetColumn] = ()
    """Of Parquet: how the engine has them."""


class Means(NamedTuple):
    """With how much an engine reads."""

    threads: int = 0
    """0 for as many as there are processors."""
    memory: str = ""
    """What it may use, as `2GB`; empty for its own measure."""
    master: str = ""
    """The cluster that it is to run on; empty for its own configuration."""


Row = tuple[int, int, int, int]
"""File, cell of the ledger, figure, and denominator, 0 for none."""


class Words(NamedTuple):
    """A row that says something beside its figure."""

    file: int
    cell: int
    note: str
    evidence: str
    line: str | None
    """The row as it stands, where it has a note."""


class SoundRows:
    """What the files say of which every line is sound, but for its note and evidence, which are not judged here."""

    def __init__(self, fetch: Callable[[str], Iterator[Any]]) -> None:
        """`fetch` gives the rows of a query over `taken`, which is what the statement yields."""
        self._fetch = fetch

    def words(self) -> Iterator[Words]:
        """The rows with a note or evidence, file by file."""
        query = "SELECT file, cell, note, evidence, line FROM taken WHERE note <> '' OR evidence <> '' ORDER BY 1"
        return (Words(*row) for row in self._fetch(query))

    def files(self) -> list[int]:
        """The sound files, by their place among those given."""
        return [file for (file,) in self._fetch("SELECT DISTINCT file FROM taken")]

    def figures(self) -> Iterator[Row]:
        """Every row."""
        return self._fetch("SELECT file, cell, figure, denominator FROM taken")


class Database(Protocol):
    """An engine that runs the statement: a module that has these."""

    NAME: str
    """As it is shown."""

    EXTRA: str
    """What it is asked for by, and the extra that brings it."""
    PACKAGE: str
    """What Python has of it, as its makers write it; it is imported in small letters."""

    def can_open(self, path: str) -> bool:
        """Whether a file is read by that path as it stands, and not as a pattern or by what it is called."""

    def plain(self, files: Sequence[Unread], means: Means, begun: Callable[[], None]) -> Sequence[Plain | None]:
        """What each has, so that no line can be passed over; None of the others, which it has no business with.

        `begun` is called when it stands ready, if it has to be for that.
        """

    def taken(
        self, plan: Mapping[str, PlanTable], files: Sequence[LineFile], means: Means, begun: Callable[[], None]
    ) -> AbstractContextManager[SoundRows]:
        """What the sound ones of the files say, as long as it is looked at; InputError where it cannot be had.

        `begun` is called when it stands ready, right before it reads. A file of which anything cannot be read is not
        taken, and the others are.
        The files are opened by their paths, which have to be those of regular files that may be read.
        """


def is_installed(database: Database) -> bool:
    """Whether it can be loaded."""
    return find_spec(database.PACKAGE.lower()) is not None


def require(database: Database) -> None:
    """InputError where it is not installed."""
    if not is_installed(database):
        command = installing(database.EXTRA)
        raise InputError(say(_MISSING, engine=database.EXTRA, package=database.PACKAGE, command=command))


def is_usual(header: str) -> bool:
    """Whether the cells of a first line are those of the usual header."""
    return tuple(map(field_of, header.split(","))) == FIELDS


def columns_together(
    files: Iterable[tuple[int, LineFile]],
) -> Mapping[Sequence[ParquetColumn], Sequence[tuple[int, str]]]:
    """The parts of Parquet that have the same columns, each with the place of its file."""
    found: dict[Sequence[ParquetColumn], list[tuple[int, str]]] = {}
    for at, file in files:
        found.setdefault(file.columns, []).extend((at, part) for part in file.parts)
    found.pop((), None)
    return found


def files_table(files: Sequence[LineFile]) -> PlanTable:
    """The relation of the files, numbered by their place."""
    return PlanTable(FILES, [(at, file.lines, file.unit, file.month) for at, file in enumerate(files)])
