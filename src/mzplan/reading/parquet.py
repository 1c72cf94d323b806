"""Parquet as the CSV that it would be: one line a row, so that all that is known of CSVs holds of it too.

The header is on line 1, row n on line n + 1. Line breaks within a cell become blanks, as those of workbooks do, and a
decimal is written without the noughts that only its type gives it. A binary float is no exact figure, and is refused.
"""

import csv
import os
import re
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from io import BytesIO, StringIO
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

from mzplan.reading.duck_query import fetched, texts
from mzplan.reading.files import FileError, Obstacle, write_whole
from mzplan.reading.flaws import Defect, Flaw, RefusedError
from mzplan.said import listed

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

PARQUET = ".parquet"
"""How the name of a file ends, or that of a folder of parts as Spark writes them."""
LIMIT = 256 << 20
"""Bytes of a file, and of the CSV that it would be."""
NOT_INSTALLED, DAMAGED, NOT_CALLED_SO = "not-installed", "damaged", "not-called-so"
"""Why it is not read, but for binary floats."""
_BINARY_FLOATS = ("float", "double")
_USUAL = re.compile(r"varchar|string|u?(?:tiny|small|big)?int(?:eger)?|decimal\(\d+, ?\d+\)", re.IGNORECASE)


class ParquetColumn(NamedTuple):
    """A column by its name and its type, as the engine writes it."""

    name: str
    kind: str


def is_parquet(path: str) -> bool:
    """Whether it is called so."""
    return path.lower().endswith(PARQUET)


def parts_of(path: str) -> list[str]:
    """The files of which one is made, in their order; RefusedError for a folder with none, or with anything else."""
    if not (is_parquet(path) and os.path.isdir(path)):
        return [path]
    names = sorted(name for name in os.listdir(path) if not name.startswith(("_", ".")))  # Spark's own notes
    if not names or not all(map(is_parquet, names)):
        raise RefusedError(Defect(Flaw.PARQUET, detail=DAMAGED))
    return [os.path.join(path, name) for name in names]


def floats_in(columns: Iterable[ParquetColumn]) -> list[str]:
    """The names of the columns of binary floats."""
    return [column.name for column in columns if any(kind in column.kind.lower() for kind in _BINARY_FLOATS)]


def are_usual(columns: Iterable[ParquetColumn]) -> bool:
    """Whether each is text, whole numbers or decimals, of which all engines make the same words."""
    return all(_USUAL.fullmatch(column.kind) for column in columns)


def line_of(columns: Sequence[ParquetColumn]) -> str:
    """What makes of a row its line, in DuckDB's SQL."""
    return f"CONCAT_WS(',', {', '.join(map(_cell, columns))})"


def _cell(column: ParquetColumn) -> str:
    name, kind = column.name.replace('"', '""'), column.kind.lower()
    text = f"COALESCE(CAST(\"{name}\" AS VARCHAR), '')"
    if kind.startswith("decimal"):
        return text if kind.endswith(",0)") else f"REGEXP_REPLACE({text}, '[.]?0+$', '')"
    for end in ("CONCAT(CHR(13), CHR(10))", "CHR(10)", "CHR(13)"):
        text = f"REPLACE({text}, {end}, ' ')"
    quoted = f"""CONCAT('"', REPLACE({text}, '"', '""'), '"')"""
    return f"CASE WHEN {text} LIKE '%,%' OR {text} LIKE '%\"%' THEN {quoted} ELSE {text} END"


def header_of(columns: Iterable[ParquetColumn]) -> str:
    """The header, without its end."""
    text = StringIO()
    csv.writer(text, lineterminator="").writerow([column.name for column in columns])
    return text.getvalue()


def read_by_duckdb(paths: Sequence[str]) -> str:
    """What reads these files, in DuckDB's SQL."""
    return f"read_parquet({texts(paths)}, hive_partitioning = false)"


def columns_and_rows(paths: Sequence[str]) -> tuple[tuple[ParquetColumn, ...], int]:
    """The columns of these files, which are the same in all, and how many rows they have together.

    RefusedError where the columns differ or are binary floats, duckdb.Error where it cannot be read.
    """
    described = {
        tuple(ParquetColumn(*row[:2]) for row in fetched(_connection(), f"DESCRIBE FROM {read_by_duckdb([path])}"))
        for path in paths
    }
    columns = described.pop()
    if described:
        raise RefusedError(Defect(Flaw.PARQUET, detail=DAMAGED))
    if floats := floats_in(columns):
        raise RefusedError(Defect(Flaw.BINARY_FLOATS, detail=listed(floats)))
    ((count,),) = fetched(_connection(), f"SELECT COUNT(*) FROM {read_by_duckdb(paths)}")  # noqa: S608  # our own
    return columns, count


def as_csv(parts: Iterable[BinaryIO]) -> bytes:
    """The CSV that these files together would be, in UTF-8; they are closed.

    RefusedError where they cannot be read, FileError where that is too large.
    """
    contents = []
    for part in parts:
        with part:
            contents.append(part.read())
    return _as_csv(tuple(contents))


@lru_cache(maxsize=1)  # a file that is looked into is opened several times
def _as_csv(contents: Sequence[bytes]) -> bytes:
    try:
        import duckdb  # an extra, which few runs need
    except ImportError:
        raise RefusedError(Defect(Flaw.PARQUET, detail=NOT_INSTALLED)) from None
    from tempfile import TemporaryDirectory  # for this alone

    text = BytesIO()
    with TemporaryDirectory(prefix="mzplan-") as folder:  # a path without signs of patterns
        paths = [os.path.join(folder, f"{at}{PARQUET}") for at in range(len(contents))]
        for path, data in zip(paths, contents, strict=True):
            write_whole(path, data)
        try:
            columns, _ = columns_and_rows(paths)
            text.write(f"{header_of(columns)}\n".encode())
            query = f"SELECT {line_of(columns)} FROM {read_by_duckdb(paths)}"  # noqa: S608  # our own
            for (line,) in fetched(_connection(), query):
                text.write(f"{line}\n".encode())
                if text.tell() > LIMIT:
                    raise FileError(Obstacle.TOO_LARGE, str(LIMIT))
        except duckdb.Error:
            raise RefusedError(Defect(Flaw.PARQUET, detail=DAMAGED)) from None
    return text.getvalue()


@cache
def _connection() -> "DuckDBPyConnection":
    """The one of this process, which reads rows in their order."""
    import duckdb  # as above

    return duckdb.connect(config={"threads": 1, "autoinstall_known_extensions": False})
