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
from mzplan.engine.sound import LineFile, Means, Plain, Row, SoundRows, Unread, files_table, is_usual
from mzplan.engine.spark_session import running
from mzplan.engine.statement import steps
from mzplan.reading.files import FileError
from mzplan.submissions.mirror import is_address
from mzplan.submissions.sources import Source

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

NAME = "Spark"
EXTRA = "spark"
PACKAGE = "PySpark"

_NOT_READ = re.compile(r"[*?\[\]{}\\]|/(?:[._][^/]*|[^/]*:[^/]*)\Z|(?<!\.csv)\Z", re.IGNORECASE)
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
    if not there:
        return [None] * len(files)
    with running(means) as session:
        begun()
        _fill(session, "sources", PlanTable(_PATHS, [(at, _uri(files[at].path)) for at in there]))
        _read(session, [files[at].path for at in there])
        found = {
            row[0]: Plain(row[1].removeprefix("\ufeff").removesuffix("\r"), row[2] - 1)
            for row in _fetch(session, _PLAIN)
        }
    return [found[at] if at in found and is_usual(found[at].header) else None for at in range(len(files))]


def _opens(source: Source) -> bool:
    with suppress(FileError, OSError), source.open():
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
        _read(session, [file.path for file in files])
        for name, query in (("lines", _LINES), *steps("spark")):
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
