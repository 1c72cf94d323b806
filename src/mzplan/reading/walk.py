"""What lies below a folder: which files, in which order, and what is passed over. Opens none."""

import os
from collections.abc import Callable, Iterator

from mzplan.diagnostics import InputError, show
from mzplan.reading.parquet import is_parquet
from mzplan.said import say

MOST_ENTRIES = 500_000
"""Files and folders that are looked at below one folder: a year of 38,000 units has 456,012.

A drive of the machine named by mistake has more."""

_TOO_MANY = "{folder} 里的文件和文件夹超过 {most:,} 个，不像是数据文件夹，没有读。请检查路径。"


def walk_files(folder: str, is_wanted: Callable[[str], bool] = lambda path: False) -> Iterator[str]:
    """Paths of all that lies below a folder, sorted; InputError when there is more than any data folder has.

    What is hidden, and what Windows, Excel and LibreOffice leave beside a user's files, is passed over unless it is
    wanted all the same. What cannot be walked comes out itself, and opening it says why: a folder that cannot be
    listed, a link to a folder, an empty folder that is called like a file. A folder of Parquet is one file.
    """
    closed: list[str] = []
    seen = 0

    def remember(error: OSError) -> None:
        closed.append(os.fsdecode(error.filename))

    for here, folders, names in os.walk(folder, onerror=remember, followlinks=False):
        yield from closed
        closed.clear()
        seen += len(folders) + len(names)
        must_be_few(seen, folder)
        way = here if here.endswith(os.sep) else here + os.sep
        folders[:] = sorted(name for name in folders if not is_hidden(name) or is_wanted(way + name))
        names += [name for name in folders if os.path.islink(way + name) or is_parquet(name)]
        folders[:] = [name for name in folders if not is_parquet(name)]
        for name in sorted(names):
            if not is_hidden(name) or is_wanted(way + name):
                yield way + name
        if not folders and not names and here != folder and "." in os.path.basename(here):
            yield here
    yield from closed


def is_folder_of_files(path: str | os.PathLike[str]) -> bool:
    """Whether it is a folder and not a table in parts."""
    return os.path.isdir(path) and not is_parquet(os.fspath(path))


def must_be_few(count: int, folder: str) -> None:
    """InputError where so many files and folders are more than any data folder has."""
    if count > MOST_ENTRIES:
        raise InputError(say(_TOO_MANY, folder=show(folder, 400), most=MOST_ENTRIES))


def is_hidden(name: str) -> bool:
    """Whether a name is one that its folder does not show, or that a program gives to what it leaves behind."""
    return name.startswith((".", "~$")) or name.lower() in _LEFT_BY_WINDOWS


_LEFT_BY_WINDOWS = frozenset({"desktop.ini", "ehthumbs.db", "thumbs.db"})
"""Hidden on Windows, though their names do not say so."""
