"""The name that GitHub's code scanning gives to a line, so that an alert outlives rows inserted above it.

`primaryLocationLineHash` is the only fingerprint that it reads, and its upload action warns of every result that has
another one than it works out itself. It is a polynomial over the hundred characters that follow the line's start.
"""

import re
from array import array
from collections import Counter
from collections.abc import Callable
from functools import lru_cache, reduce
from typing import BinaryIO, Final

from mzplan.reading.files import FileError, Obstacle, open_regular

SIZE_LIMIT = 1 << 20
"""Bytes of a file whose lines are named; of a larger one the upload action names them."""

_WINDOW: Final = 100
_BASE: Final = 37
_END: Final = 0xFFFF
_LINE_END: Final = ord("\n")
_MODULUS: Final = 1 << 64


def line_hashes(data: bytes) -> list[str]:
    """The name of each line: hexadecimal, and how many lines have had the same so far."""
    text = data.decode("utf-8", "replace").replace("\r\n", "\n").replace("\r", "\n")
    units = array("H", re.sub("[ \t]", "", text).encode("utf-16-le", "surrogatepass"))
    units.append(_END)
    starts = [0, *(at + 1 for at, unit in enumerate(units) if unit == _LINE_END)]
    units.extend([0] * _WINDOW)
    seen: Counter[int] = Counter()
    names = []
    for start in starts:
        value = reduce(lambda sum_, unit: (sum_ * _BASE + unit) % _MODULUS, units[start : start + _WINDOW], 0)
        seen[value] += 1
        names.append(f"{value:x}:{seen[value]}")
    return names


def line_namer(opened: Callable[[str, int], BinaryIO] = open_regular) -> Callable[[str, int], str | None]:
    """A function from path and line to the name; None when the file is too large, empty when there is no such line.

    The last file asked about is remembered, since findings come file by file.
    """

    @lru_cache(maxsize=1)
    def names_of(path: str) -> list[str] | None:
        try:
            with opened(path, SIZE_LIMIT) as stream:
                return line_hashes(stream.read(SIZE_LIMIT))
        except FileError as error:
            return None if error.obstacle is Obstacle.TOO_LARGE else []

    def name(path: str, line: int) -> str | None:
        names = names_of(path)
        if names is None:
            return None
        return names[line - 1] if line <= len(names) else ""

    return name
