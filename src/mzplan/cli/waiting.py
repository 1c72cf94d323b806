"""A count of rows for whoever waits at a terminal."""

import contextlib
import sys
from collections.abc import Callable, Iterator
from time import monotonic

_READING = "\r已读取 {rows:,} 行……"

_PATIENCE = 1.0
"""Seconds before the first count of rows is shown."""


class Progress:
    """A count of rows on a terminal's standard error, once a run has taken long enough to be wondered about."""

    def __init__(self) -> None:
        self._rows = 0
        self._next = monotonic() + _PATIENCE
        self._is_shown = False

    def advance(self, rows: int) -> None:
        """So many more rows have been read."""
        self._rows += rows
        if monotonic() < self._next or sys.stderr is None or not sys.stderr.isatty():
            return
        self._next = monotonic() + _PATIENCE / 2
        self._is_shown = True
        sys.stderr.write(_READING.format(rows=self._rows))
        sys.stderr.flush()

    def clear(self) -> None:
        """Take the count off the screen."""
        if self._is_shown:
            sys.stderr.write("\r\x1b[K")


@contextlib.contextmanager
def rows_counted() -> Iterator[Callable[[int], None] | None]:
    """What is to be told the rows that are read, for whoever waits at a terminal; None where nobody does."""
    if sys.stderr is None or not sys.stderr.isatty():
        yield None
        return
    progress = Progress()
    try:
        yield progress.advance
    finally:
        progress.clear()
