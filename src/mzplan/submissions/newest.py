"""The newest year of which there are data, by what folders and files are called."""

import os
from collections.abc import Iterable, Iterator
from contextlib import suppress

from mzplan.reading.bounds import project_left
from mzplan.reading.files import StrPath
from mzplan.reading.walk import is_folder_of_files, walk_files
from mzplan.submissions.places import is_period


def newest_year(paths: Iterable[StrPath]) -> int | None:
    """The year of the newest month that these paths name, or that has a file in the folders that they name."""
    return max((int(name[:4]) for path in paths for name in _months(path)), default=None)


def _holds(path: str) -> bool:
    """Whether a file may hold records: a README does not make its folder a month of data."""
    return not os.path.basename(path).lower().startswith("readme")


def _months(path: StrPath) -> Iterator[str]:
    if project_left(path):
        return
    full = os.path.realpath(path)
    if not is_folder_of_files(full):
        full = os.path.dirname(full)
    elif not is_period(os.path.basename(full)):
        with suppress(OSError), os.scandir(full) as entries:
            yield from (
                each.name for each in entries if is_period(each.name) and any(map(_holds, walk_files(each.path)))
            )
        return
    if is_period(os.path.basename(full)):
        yield os.path.basename(full)
