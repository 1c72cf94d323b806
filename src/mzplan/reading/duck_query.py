"""A query of DuckDB, whose rows come in pieces."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_ROWS = 10_000
"""So many rows are fetched at a time."""


def texts(values: Iterable[str]) -> str:
    """A list of texts, as a query writes it."""
    quoted = ("'" + value.replace("'", "''") + "'" for value in values)
    return f"[{', '.join(quoted)}]"


def run(connection: "DuckDBPyConnection", query: str) -> None:
    """Run what may take long: Ctrl-C ends it, which DuckDB tells in its own way."""
    try:
        connection.execute(query)
    except RuntimeError as error:
        raise KeyboardInterrupt from error


def fetched(connection: "DuckDBPyConnection", query: str) -> Iterator[Any]:
    """The rows of a query."""
    run(connection, query)
    while rows := connection.fetchmany(_ROWS):
        yield from rows
