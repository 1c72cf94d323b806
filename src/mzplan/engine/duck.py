"""DuckDB, the engine of one machine: it runs the statement over files, and hands out what the sound ones say."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from mzplan.diagnostics import InputError, show
from mzplan.engine.relations import PlanTable
from mzplan.engine.sound import LineFile, Means, Plain, SoundRows, Unread, columns_together, files_table, is_usual
from mzplan.engine.statement import STATEMENT
from mzplan.reading.csv_border import BLOCK
from mzplan.reading.duck_query import fetched, run, texts
from mzplan.reading.files import FileError
from mzplan.reading.flaws import RefusedError
from mzplan.reading.parquet import are_usual, columns_and_rows, header_of, is_parquet, line_of, read_by_duckdb
from mzplan.said import say
from mzplan.submissions.sources import Source

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

NAME = PACKAGE = "DuckDB"
EXTRA = "duckdb"
_GLOBS = frozenset("*?[]{}")
"""What DuckDB takes for a pattern of paths."""
_LITTLE_MEMORY = "DuckDB 的内存不够：--memory {memory} 太小，或这台电脑空闲的内存太少。请写大些。"
_FAILED = "DuckDB 读不了这些文件（{reason}）。"
_USUAL = "（没有指定）"
_LINES = (
    "SELECT {file} AS file, text FROM read_csv({paths}, "
    "columns = {{'text': 'VARCHAR'}}, auto_detect = false, header = false, skip = 1, delim = '\x01', quote = '', "
    "escape = '', comment = '', compression = 'none', hive_partitioning = false, strict_mode = false, "
    "ignore_errors = true)"
)
"""Nothing is a quote or a number to the reader; a line that it leaves out is missed where lines are counted."""
_ROWS = "SELECT {file} AS file, {line} AS text FROM {read}"
_COLUMNS = {"file": "INT", "cell": "INT", "figure": "BIGINT", "denominator": "BIGINT"}
_COLUMNS |= {"note": "TEXT", "evidence": "TEXT", "line": "TEXT"}
_TAKE = f"INSERT INTO taken SELECT {', '.join(_COLUMNS)} FROM ({STATEMENT})"  # noqa: S608  # of our own constants


def can_open(path: str) -> bool:
    """Whether the path is no pattern to DuckDB."""
    return _GLOBS.isdisjoint(path)


def plain(files: Sequence[Unread], means: Means, begun: Callable[[], None]) -> Sequence[Plain | None]:
    """What each has, counted here; None of one that is not plain or cannot be opened."""
    return [_plain_rows(file) if is_parquet(file.path) else _plain(file.source) for file in files]


def _plain_rows(file: Unread) -> Plain | None:
    import duckdb  # for those who have it

    with suppress(FileError, RefusedError, OSError, duckdb.Error):
        for stream in file.source.parts():
            stream.close()
        columns, count = columns_and_rows(file.parts)
        header = header_of(columns)
        return Plain(header, count, columns) if count and is_usual(header) and are_usual(columns) else None
    return None


def _plain(source: Source) -> Plain | None:
    lines, header, last = 0, "", b""
    with suppress(FileError, OSError), source.open() as stream:
        while data := stream.read(BLOCK):
            if not last:
                header = _header(data)
                if not is_usual(header):
                    return None
            if data.count(b"\r") != data.count(b"\r\n") or b"\0" in data:
                return None
            lines += data.count(b"\n")
            last = data
        lines += bool(last) and not last.endswith(b"\n")
    return Plain(header, lines - 1) if lines > 1 else None


def _header(data: bytes) -> str:
    """The first line, without the mark before it and the end behind it."""
    line = data.partition(b"\n")[0]
    return line.removeprefix(b"\xef\xbb\xbf").removesuffix(b"\r").decode(errors="replace")


@contextmanager
def taken(
    plan: Mapping[str, PlanTable], files: Sequence[LineFile], means: Means, begun: Callable[[], None]
) -> Iterator[SoundRows]:
    """What the sound ones of the files say, as long as it is looked at; InputError where DuckDB cannot do it.

    What goes beyond the memory that it may use goes to a temporary folder.
    """
    import duckdb  # for those who have it

    settings: dict[str, str | int | bool] = {"preserve_insertion_order": False, "autoinstall_known_extensions": False}
    settings |= {"threads": means.threads} if means.threads else {}
    settings |= {"memory_limit": means.memory} if means.memory else {}
    with TemporaryDirectory(prefix="mzplan-") as folder:
        try:
            with duckdb.connect(config={**settings, "temp_directory": folder}) as connection:
                tables = {**plan, "files": files_table(files), "taken": PlanTable(_COLUMNS, [])}
                for name, relation in tables.items():
                    _fill(connection, name, relation)
                # Joined in the order written: the size of text files is misjudged.
                connection.execute("SET disabled_optimizers = 'join_order,build_side_probe_side'")
                begun()
                _take(connection, list(enumerate(files)))
                yield SoundRows(partial(fetched, connection))
        except duckdb.OutOfMemoryException:
            raise InputError(say(_LITTLE_MEMORY, memory=means.memory or _USUAL)) from None
        except duckdb.Error as error:
            raise InputError(say(_FAILED, reason=show(str(error).partition("\n")[0], 200))) from None


def _take(connection: "DuckDBPyConnection", files: Sequence[tuple[int, LineFile]]) -> None:
    """Take what these files say, but for those that cannot be read after all, which Python will tell of.

    One of them fails all: then each half is tried by itself.
    """
    import duckdb  # for those who have it

    try:
        connection.execute(f"CREATE OR REPLACE TEMP VIEW lines AS {' UNION ALL '.join(_lines(files))}")
        run(connection, _TAKE)
    except duckdb.OutOfMemoryException:
        raise
    except duckdb.Error:
        half = len(files) // 2
        for some in (files[:half], files[half:]) if half else ():
            _take(connection, some)


def _lines(files: Sequence[tuple[int, LineFile]]) -> Iterator[str]:
    """The queries of the lines of these files, each with the place of its file."""
    csvs = [(at, file.path) for at, file in files if not file.parts]
    if csvs:
        yield _LINES.format(file=_place([at for at, _ in csvs]), paths=texts(path for _, path in csvs))
    for columns, parts in columns_together(files).items():
        read = read_by_duckdb([path for _, path in parts])
        yield _ROWS.format(file=_place([at for at, _ in parts]), line=line_of(columns), read=read)


def _place(places: Sequence[int]) -> str:
    """Which of our files a row is of, by which of those it is that are read."""
    is_same = places == list(range(len(places)))
    return "file_index" if is_same else f"list_extract({places}, CAST(file_index AS BIGINT) + 1)"


def _fill(connection: "DuckDBPyConnection", name: str, table: PlanTable) -> None:
    connection.execute(f"CREATE TEMP TABLE {name} ({', '.join(map(' '.join, table.columns.items()))})")
    unnested = ", ".join(f"unnest(?::{kind}[])" for kind in table.columns.values())
    values = list(map(list, zip(*table.rows, strict=True))) or [[]] * len(table.columns)
    connection.execute(f"INSERT INTO {name} SELECT {unnested}", values)
