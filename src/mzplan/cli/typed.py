"""Words that name files, as they were typed: what a shell of Linux would have done to them, those of Windows leave."""

import os
from collections.abc import Iterable
from glob import glob
from pathlib import Path

from mzplan.reading.files import is_hidden

_QUOTE = '"'
_VERBATIM = {"\\\\?\\UNC\\": "\\\\", "\\\\?\\": ""}
"""How Windows marks a path that it is to take as it stands, and how the same place is called without."""
_LONG = 240
"""Characters of a path that Windows may take with that mark alone."""


_NO_QUOTE_IN_NAMES = os.name == "nt"


def path_of(text: str) -> Path:
    r"""The path, without the quotes that `set MZPLAN_DATA="D:\data" && mzplan` keeps and the mark of a verbatim one."""
    bare = text.strip()
    if len(bare) > 1 and bare[0] == bare[-1] == _QUOTE:
        text = bare[1:-1]
    elif _NO_QUOTE_IN_NAMES:
        text = bare.rstrip(_QUOTE) or text
    for mark, plain in _VERBATIM.items():
        if text.startswith(mark) and len(text) < _LONG:
            return Path(plain + text.removeprefix(mark))
    return Path(text)


def paths_of(texts: Iterable[str]) -> list[Path]:
    """The paths; a pattern stands for the files that it fits, unless one has that very name or none fits."""
    return [Path(path) for text in texts for path in _fitting(str(path_of(text)))]


def _fitting(path: str) -> list[str]:
    if not {"*", "?"} & set(path) or os.path.lexists(path):
        return [path]
    found = glob(path.replace("[", "[[]"), recursive=True)  # noqa: PTH207  # a Path finds nothing from a root on
    return sorted(each for each in found if not is_hidden(Path(each).name)) or [path]


def without_stray_quote(words: Iterable[str]) -> list[str]:
    r"""The words; Windows takes the `\"` at the end of `"D:\my data\" --strict` for a quote, and all for one word."""
    return [each for word in words for each in _apart(word)]


def _apart(word: str) -> list[str]:
    folder, quote, rest = word.partition(_QUOTE)
    named = folder.rpartition("=")[2]
    is_end = bool(quote) and bool(named) and rest[:1] in ("", " ")
    is_folder = quote and os.path.isdir(named)  # noqa: PTH112  # a Path fails where it is too long
    if (is_folder or (is_end and _NO_QUOTE_IN_NAMES)) and not os.path.lexists(word):
        return [folder, *rest.split()]
    return [word]
