"""Spark, the engine of many machines: it runs the statement where the files are seen, and hands out the figures."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING, Any

from mzplan.diagnostics import InputError, installing
from mzplan.engine.relations import PlanTable
from mzplan.engine.sound import LineFile, Means, Row, SoundRows, files_table
from mzplan.engine.spark_session import running
from mzplan.engine.statement import steps
from mzplan.said import say

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

NAME = "Spark"
_MISSING = "--engine spark 需要 PySpark。请运行：{command}；或改用 --engine python"

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
_KINDS = {"INT": "INT", "BIGINT": "BIGINT", "TEXT": "STRING"}
_SOURCES = {"file": "INT", "path": "TEXT", "header": "TEXT"}
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


def is_installed() -> bool:
    """Whether PySpark can be loaded."""
    try:
        import pyspark  # noqa: F401  # for those who have it
    except ImportError:
        return False
    return True


def require() -> None:
    """InputError where PySpark is not installed."""
    if not is_installed():
        raise InputError(say(_MISSING, command=installing("spark")))


def can_open(path: str) -> bool:
    """Whether Hadoop reads a file by that path as the text that it is."""
    return not _NOT_READ.search(path)


@contextmanager
def taken(
    plan: Mapping[str, PlanTable], files: Sequence[LineFile], means: Means, begun: Callable[[], None]
) -> Iterator[SoundRows]:
    """What the sound ones of the files say, as long as it is looked at; InputError where Spark cannot do it.

    They are read where Spark runs, which has to see them by the same paths. It runs until the process ends.
    """
    with running(means) as session:
        sources = [(at, _address(file.path), file.header) for at, file in enumerate(files)]
        tables = {**plan, "files": files_table(files), "sources": PlanTable(_SOURCES, sources)}
        for name, table in tables.items():
            _fill(session, name, table)
        read = session.read.options(**_READER).text([f"file:{file.path}" for file in files])
        read.select("value", read["_metadata.file_path"].alias("path")).createOrReplaceTempView("read")
        for name, query in (("lines", _LINES), *steps("spark")):
            session.sql(query).createOrReplaceTempView(name)
            if name in _KEPT:
                session.catalog.cacheTable(name)
        begun()
        yield _PackedRows(partial(_fetch, session))
        session.catalog.clearCache()


def _address(path: str) -> str:
    """The path of a file as Spark tells which file a line is of."""
    return "file:" + _LEGAL.sub(lambda found: "".join(f"%{byte:02X}" for byte in found[0].encode()), path)


def _fetch(session: "SparkSession", query: str) -> Iterator[Any]:
    yield from session.sql(query).toLocalIterator()


def _fill(session: "SparkSession", name: str, table: PlanTable) -> None:
    """A table that goes whole to whoever has lines to set against it, so that no line has to move."""
    schema = ", ".join(f"{column} {_KINDS[kind]}" for column, kind in table.columns.items())
    frame = session.createDataFrame(table.rows, schema, verifySchema=False)
    frame.hint("broadcast").createOrReplaceTempView(name)
