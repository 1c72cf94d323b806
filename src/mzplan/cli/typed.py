"""Words that name files, as they were typed: what a shell of Linux would have done to them, those of Windows leave."""

import os
import re
from collections.abc import Iterable
from contextlib import suppress
from glob import glob
from pathlib import Path

from mzplan.diagnostics import InputError, show
from mzplan.reading.walk import is_hidden
from mzplan.said import listed, say
from mzplan.submissions.mirror import Address

_QUOTE = '"'
_SEVERAL = "{pattern} 说的有 {count} 个文件（{names}）：请写其中一个。"
_VERBATIM = re.compile(r"\\\\\?\\(?:(UNC\\)|(?=[A-Za-z]:))")
"""How Windows marks a path that it is to take as it stands; a volume without a letter has no other name."""
_LONG = 240
"""Characters of a path that Windows may take with that mark alone."""


_NO_QUOTE_IN_NAMES = os.name == "nt"


def path_of(text: str) -> Path:
    """The path of a file; a pattern stands for the one that it fits, and InputError tells several."""
    fitting = paths_of([text])
    if len(fitting) > 1:
        names = listed((show(each.name) for each in fitting), "、")
        raise InputError(say(_SEVERAL, pattern=show(text), count=len(fitting), names=names))
    return fitting[0]


def paths_of(texts: Iterable[str]) -> list[Path]:
    """The paths, and addresses; a pattern stands for the files that it fits, unless one has that name or none fits."""
    return [path for text in texts for path in _paths(text)]


def _paths(text: str) -> list[Path]:
    if address := Address.typed(text.strip()):
        return [address]
    return [_spelled(Path(path)) for path in _fitting(_plain(text))]


def _plain(text: str) -> str:
    r"""The path, without the quotes that `set MZPLAN_DATA="D:\data" && mzplan` keeps and the mark of a verbatim one."""
    bare = text.strip()
    if len(bare) > 1 and bare[0] == bare[-1] == _QUOTE:
        text = bare[1:-1]
    elif _NO_QUOTE_IN_NAMES:
        text = bare.rstrip(_QUOTE) or text
    if len(text) < _LONG:
        text = _VERBATIM.sub(lambda mark: "\\\\" if mark[1] else "", text, count=1)
    return str(Path(text))


def _spelled(path: Path) -> Path:
    """The path as its folders spell it: a system that is blind to capitals has two names for a file, and one report."""
    if not (name := path.name):
        return path
    folder, turned = _spelled(path.parent), name.swapcase()
    if turned != name and os.path.lexists(folder / name) and os.path.lexists(folder / turned):
        with suppress(OSError):
            names = [each.name for each in folder.iterdir()]
            if name not in names:
                name = next((each for each in names if each.lower() == name.lower()), name)
    return folder / name


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
