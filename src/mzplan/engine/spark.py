"""Spark, the engine of many machines: it runs the statement where the files are seen, and hands out the figures.

Files lie at paths that all its machines see, or at addresses (`hadoop.py`). They are read twice: first their lines are
counted, then the statement takes what is sound. What comes to this computer is a row for each file, and the figures.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from typing import TYPE_CHECKING, Any

from mzplan.engine.relations import PlanTable
from mzplan.engine.sound import (
    LineFile,
    Means,
    Plain,
    Row,
    SoundRows,
    Unread,
    columns_together,
    files_table,
    is_usual,
)
from mzplan.engine.spark_session import running
from mzplan.engine.statement import expression, steps
from mzplan.reading.files import FileError
from mzplan.reading.flaws import RefusedError
from mzplan.reading.parquet import ParquetColumn, are_usual, header_of, line_of
from mzplan.submissions.mirror import is_address
from mzplan.submissions.sources import Source

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

NAME = "Spark"
EXTRA = "spark"
PACKAGE = "PySpark"

_NOT_READ = re.compile(r"[*?\[\]{}\\]|/(?:[._][^/]*|[^/]*:[^/]*)\Z|(?<!\.csv)(?<!\.parquet)\Z", re.IGNORECASE)
"""What Hadoop takes for a pattern, hides or cannot name, or is no CSV by how it ends, which tells how it is packed."""
_LEGAL = re.compile(r"[^A-Za-z0-9_.!~'()*:@&=+$,;/\x80-\U0010ffff-]+")
"""What is written as %20 in a URI of Java's, which keeps what is not ASCII."""
_LONGEST = 1 << 20
"""Bytes of a line: a longer one is left out, and missed where lines are counted."""
_READER = {"lineSep": "\n", "mapreduce.input.linerecordreader.line.maxlength": str(_LONGEST)}
_LINES = r"""
SELECT f.file, l.text
FROM (SELECT path, TRIM(TRAILING '\r' FROM value) AS text FROM read WHERE IS_VALID_UTF8(value)) AS l
JOIN sources AS f ON f.path = l.path AND f.header <> l.text
"""
"""The header goes wherever it stands: a file in which it stands twice has a line too few."""
_ROWS_TOO = (
    "UNION ALL SELECT p.file, r.text FROM rows_{at} AS r JOIN parts_{at} AS p ON p.path = r.path "
    "WHERE IS_VALID_UTF8(r.text) "
)
"""What Parquet adds to them."""
_PLAIN = r"""
SELECT f.file, r.header, r.lines
FROM (
    SELECT path, MIN_BY(value, place) AS header, COUNT(*) AS lines,
           SUM(OCTET_LENGTH(value) + 1) - MIN(size) AS surplus,
           MAX_BY(value, place) LIKE '%\r' AS ends_half,
           BOOL_OR(INSTR(value, '\0') > 0 OR INSTR(value, '\r') NOT IN (0, LENGTH(value))) AS is_odd
    FROM read GROUP BY path
) AS r JOIN sources AS f ON f.path = r.path
WHERE NOT is_odd AND lines > 1 AND (surplus IN (0, -3) OR (surplus IN (1, -2) AND NOT ends_half))
"""
"""A line that was left out is missed in the bytes, which are three more with a mark, one less without a last end."""
_PARTS = "spark.sql.shuffle.partitions"
_PART = 8 << 20
"""Bytes of files (some 110,000 rows) that make a part of a shuffle, which costs as much as it is small."""
_MOST_PARTS = 200
"""What Spark takes for any size."""
_KINDS = {"INT": "INT", "BIGINT": "BIGINT", "TEXT": "STRING"}
_PATHS = {"file": "INT", "path": "TEXT"}
_SOURCES = {**_PATHS, "header": "TEXT"}
_KEPT = ("marked", "sound")
"""The parts of the statement that are asked for more than once."""
_ROWS = 65_536
"""About so many figures come at a time."""
_FIGURES = f"""
SELECT taken.file, COLLECT_LIST(cell), COLLECT_LIST(figure), COLLECT_LIST(denominator)
FROM taken JOIN files ON files.file = taken.file
GROUP BY taken.file, cell % (1 + files.lines DIV {_ROWS})
"""  # noqa: S608  # of our own constants


class _PackedRows(SoundRows):
    """The same; many figures are one row of Spark's, as every row takes as long to hand over."""

    def figures(self) -> Iterator[Row]:
        """Every row."""
        for file, *columns in self._fetch(_FIGURES):
            yield from ((file, *row) for row in zip(*columns, strict=True))


def can_open(path: str) -> bool:
    """Whether Hadoop reads a file by that path as the text that it is."""
    return not _NOT_READ.search(path)


def plain(files: Sequence[Unread], means: Means, begun: Callable[[], None]) -> Sequence[Plain | None]:
    """What each has, counted where Spark runs; InputError where it cannot be.

    None of one that is not plain, and of one that lies here and cannot be opened here.
    """
    there = [at for at, file in enumerate(files) if file.source.mirror or _opens(file.source)]
    texts, tables = ([at for at in there if bool(files[at].parts) is is_table] for is_table in (False, True))
    if not there:
        return [None] * len(files)
    found: dict[int, Plain] = {}
    with running(means) as session:
        begun()
        _part(session, sum(files[at].source.size for at in there))
        if texts:
            _fill(session, "sources", PlanTable(_PATHS, [(at, _uri(files[at].path)) for at in texts]))
            _read(session, [files[at].path for at in texts])
            for at, header, lines in _fetch(session, _PLAIN):
                found[at] = Plain(header.removeprefix("\ufeff").removesuffix("\r"), lines - 1)
        for at in tables:
            found |= _plain_rows(session, at, files[at].parts)
    return [found[at] if at in found and is_usual(found[at].header) else None for at in range(len(files))]


def _part(session: "SparkSession", size: int) -> None:
    """Have so many bytes set against each other in as many parts as pay; a number that the user has set stays."""
    if not session.sparkContext.getConf().contains(_PARTS):
        session.conf.set(_PARTS, str(min(_MOST_PARTS, 1 + size // _PART)))


def _plain_rows(session: "SparkSession", at: int, parts: Sequence[str]) -> Mapping[int, Plain]:
    """What Parquet has, by its place; nothing of what is none, or has parts with different columns or unusual ones."""
    from py4j.protocol import Py4JError  # for those who have it
    from pyspark.errors import PySparkException  # likewise

    with suppress(Py4JError, PySparkException):
        frames = [session.read.parquet(_address(part)) for part in parts]
        described = {tuple(ParquetColumn(*column) for column in frame.dtypes) for frame in frames}
        columns = described.pop()
        count = session.read.parquet(*map(_address, parts)).count()
        if count and not described and are_usual(columns):
            return {at: Plain(header_of(columns), count, columns)}
    return {}


def _opens(source: Source) -> bool:
    with suppress(FileError, RefusedError, OSError):
        for stream in source.parts():
            stream.close()
        return True
    return False


@contextmanager
def taken(
    plan: Mapping[str, PlanTable], files: Sequence[LineFile], means: Means, begun: Callable[[], None]
) -> Iterator[SoundRows]:
    """What the sound ones of the files say, as long as it is looked at; InputError where Spark cannot do it.

    They are read where Spark runs, which has to see them by the same paths. It runs until the process ends.
    """
    with running(means) as session:
        sources = [(at, _uri(file.path), file.header) for at, file in enumerate(files)]
        tables = {**plan, "files": files_table(files), "sources": PlanTable(_SOURCES, sources)}
        for name, table in tables.items():
            _fill(session, name, table)
        _read(session, [file.path for file in files if not file.parts])
        rows = _read_rows(session, files)
        for name, query in (("lines", _LINES + rows), *steps("spark")):
            session.sql(query).createOrReplaceTempView(name)
            if name in _KEPT:
                session.catalog.cacheTable(name)
        begun()
        yield _PackedRows(partial(_fetch, session))
        session.catalog.clearCache()


def _read(session: "SparkSession", paths: Sequence[str]) -> None:
    """The view of all lines of these files, each with where it stands."""
    from pyspark.sql.functions import monotonically_increasing_id, struct  # for those who have it

    lines = session.read.options(**_READER).text([_address(path) for path in paths])
    known = lines["_metadata"]
    place = struct(known["file_block_start"], monotonically_increasing_id()).alias("place")
    columns = "value", known["file_path"].alias("path"), known["file_size"].alias("size"), place
    lines.select(*columns).createOrReplaceTempView("read")


def _read_rows(session: "SparkSession", files: Sequence[LineFile]) -> str:
    """What adds the lines of Parquet to those of text; each kind of columns has its view."""
    added = []
    for at, (columns, parts) in enumerate(columns_together(enumerate(files)).items()):
        frame = session.read.parquet(*(_address(path) for _, path in parts))
        lines = frame.selectExpr(f"{expression(line_of(columns), 'spark')} AS text", "_metadata.file_path AS path")
        lines.createOrReplaceTempView(f"rows_{at}")
        _fill(session, f"parts_{at}", PlanTable(_PATHS, [(file, _uri(path)) for file, path in parts]))
        added.append(_ROWS_TOO.format(at=at))
    return "".join(added)


def _address(path: str) -> str:
    """How Hadoop calls a file."""
    return path if is_address(path) else f"file:{path}"


def _uri(path: str) -> str:
    """How Spark tells which file a line is of."""
    return _LEGAL.sub(lambda found: "".join(f"%{byte:02X}" for byte in found[0].encode()), _address(path))


def _fetch(session: "SparkSession", query: str) -> Iterator[Any]:
    yield from session.sql(query).toLocalIterator()


def _fill(session: "SparkSession", name: str, table: PlanTable) -> None:
    """A table that goes whole to whoever has lines to set against it, so that no line has to move."""
    schema = ", ".join(f"{column} {_KINDS[kind]}" for column, kind in table.columns.items())
    frame = session.createDataFrame(table.rows, schema, verifySchema=False)
    frame.hint("broadcast").createOrReplaceTempView(name)
