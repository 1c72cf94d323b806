"""DuckDB, the engine of one machine: it runs the statement over files, and hands out what the sound ones say."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, NamedTuple

from mzplan.diagnostics import InputError, installing, show
from mzplan.engine.relations import FILES, PlanTable, Value
from mzplan.engine.statement import STATEMENT
from mzplan.said import say

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_MISSING = "--engine duckdb 需要 DuckDB。请运行：{command}；或改用 --engine python"
_LITTLE_MEMORY = (
    "DuckDB 的内存不够：--memory {memory} 太小，或这台电脑空闲的内存太少。请写大些，或改用 --engine python。"
)
_FAILED = "DuckDB 读不了这些文件（{reason}）。请改用 --engine python。"
_USUAL = "（没有指定）"
_LINES = (
    "CREATE TEMP VIEW lines AS SELECT file_index AS file, text FROM read_csv([{paths}], "
    "columns = {{'text': 'VARCHAR'}}, auto_detect = false, header = false, skip = 1, delim = '\x01', quote = '', "
    "escape = '', comment = '', compression = 'none', hive_partitioning = false, strict_mode = false, "
    "ignore_errors = true)"
)
"""Nothing is a quote or a number to the reader; a line that it leaves out is missed where lines are counted."""
_COLUMNS = "file, cell, figure, denominator, note, evidence, line"
_TAKEN = f"CREATE TEMP TABLE taken AS SELECT {_COLUMNS} FROM ({STATEMENT})"  # noqa: S608  # of our own constants
_ROWS = 10_000
"""So many rows are fetched at a time."""


class LineFile(NamedTuple):
    """A file below whose header there are so many lines, for its own unit and month alone where these are given."""

    path: str
    lines: int
    unit: str | None = None
    month: int | None = None


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

    def __init__(self, connection: "DuckDBPyConnection") -> None:
        self._connection = connection

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

    def _fetch(self, query: str) -> Iterator[Any]:
        _run(self._connection, query)
        while rows := self._connection.fetchmany(_ROWS):
            yield from rows


def is_installed() -> bool:
    """Whether DuckDB can be loaded."""
    try:
        import duckdb  # noqa: F401  # for those who have it
    except ImportError:
        return False
    return True


def require() -> None:
    """InputError where DuckDB is not installed."""
    if not is_installed():
        raise InputError(say(_MISSING, command=installing("duckdb")))


@contextmanager
def taken(
    plan: Mapping[str, PlanTable], files: Sequence[LineFile], *, threads: int = 0, memory: str = ""
) -> Iterator[SoundRows]:
    """What the sound ones of the files say, as long as it is looked at; InputError where DuckDB cannot do it.

    `memory` is what it may use, as `2GB`; further data go to a temporary folder. The files are opened by their paths,
    which have to be those of regular files that may be read.
    """
    import duckdb  # for those who have it

    settings: dict[str, str | int | bool] = {"preserve_insertion_order": False, "autoinstall_known_extensions": False}
    settings |= {"threads": threads} if threads else {}
    settings |= {"memory_limit": memory} if memory else {}
    columns = dict(zip(FILES, zip(*((at, *file[1:]) for at, file in enumerate(files)), strict=True), strict=True))
    with TemporaryDirectory(prefix="mzplan-") as folder:
        try:
            with duckdb.connect(config={**settings, "temp_directory": folder}) as connection:
                for name, relation in plan.items():
                    rows = list(zip(*relation.rows, strict=True)) or [()] * len(relation.columns)
                    _fill(connection, name, relation.columns, rows)
                _fill(connection, "files", FILES, list(columns.values()))
                quoted = ", ".join(f"'{file.path.replace(chr(39), chr(39) * 2)}'" for file in files)
                connection.execute(_LINES.format(paths=quoted))
                # Joined in the order written: the size of text files is misjudged.
                connection.execute("SET disabled_optimizers = 'join_order,build_side_probe_side'")
                _run(connection, _TAKEN)
                yield SoundRows(connection)
        except duckdb.OutOfMemoryException:
            raise InputError(say(_LITTLE_MEMORY, memory=memory or _USUAL)) from None
        except duckdb.Error as error:
            raise InputError(say(_FAILED, reason=show(str(error).partition("\n")[0], 200))) from None


def _run(connection: "DuckDBPyConnection", query: str) -> None:
    """Run what may take long: Ctrl-C ends it, which DuckDB tells in its own way."""
    try:
        connection.execute(query)
    except RuntimeError as error:
        raise KeyboardInterrupt from error


def _fill(
    connection: "DuckDBPyConnection",
    name: str,
    columns: Mapping[str, str],
    values: Sequence[Sequence[Value | None]],
) -> None:
    connection.execute(f"CREATE TEMP TABLE {name} ({', '.join(map(' '.join, columns.items()))})")
    unnested = ", ".join(f"unnest(?::{kind}[])" for kind in columns.values())
    connection.execute(f"INSERT INTO {name} SELECT {unnested}", [list(column) for column in values])
