"""Text out of bytes, in either encoding that Chinese editors write."""

from collections.abc import Callable
from contextlib import suppress
from functools import lru_cache
from typing import BinaryIO

from mzplan.reading.csv_lines import physical_lines
from mzplan.reading.encodings import text_of, utf16_of
from mzplan.reading.files import FileError, open_regular
from mzplan.reading.workbook import is_workbook

BEGINNING = 1 << 18
"""Bytes from which a file's kind is told."""


def beginning(data: bytes) -> str:
    """The first `BEGINNING` bytes of a file as text, by whole lines where it goes on."""
    end = len(data) if len(data) < BEGINNING or utf16_of(data) else data.rfind(b"\n") + 1
    try:
        return text_of(data[:end])[0]
    except UnicodeDecodeError:
        return data.decode("gb18030", "ignore")


def decoded(data: bytes) -> str | None:
    """The text of bytes as `text_of` reads them; None where it cannot."""
    with suppress(UnicodeDecodeError):
        return text_of(data)[0]
    return None


def line_reader(limit: int, opened: Callable[[str, int], BinaryIO] = open_regular) -> Callable[[str, int], str | None]:
    """A function from path and line to the text there, None when there is none or the file has more than `limit` bytes.

    The last file asked about is remembered, since findings come file by file.
    """

    @lru_cache(maxsize=1)
    def lines_of(path: str) -> list[str]:
        try:
            with opened(path, limit) as stream:
                data = stream.read()
        except FileError:
            return []
        if is_workbook(data):  # it has cells, and no lines to show
            return []
        return physical_lines(decoded(data) or "")

    def line_text(path: str, line: int) -> str | None:
        lines = lines_of(path)
        return lines[line - 1].rstrip("\r\n") if 0 < line <= len(lines) else None

    return line_text
