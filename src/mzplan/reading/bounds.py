"""Where a project ends: what decides about a run and what is reported lies in it, and no link leads out of it.

Whoever may change the project might put a link in a file's or a folder's place, and have what else the machine holds
read and quoted. What the user names by a path outside of any project is his own to name.
"""

import os
from functools import lru_cache
from typing import BinaryIO

from mzplan.reading.files import FileError, Obstacle, StrPath, absolute, is_within, open_regular, upward

PLANS = "plan"
"""The project's folder of plans; where it lies is the project's root."""


def has_plans(folder: StrPath) -> bool:
    """Whether a folder is a project's root: its `plan/` may be closed, or a link that leads nowhere, and is there."""
    plans = os.path.join(folder, PLANS)
    return os.path.isdir(plans) or (os.path.islink(plans) and not os.path.exists(plans))


def project_around(path: StrPath) -> str:
    """The nearest folder upward that has a `plan/` folder, links not followed; empty when there is none."""
    return next((above for above in upward(os.path.dirname(absolute(path))) if has_plans(above)), "")


def project_left(path: StrPath) -> str:
    """The project that a link on the way to a path, itself included, leads out of; empty when none does."""
    return next((left for way in upward(path) if (left := _left_at(way))), "")


@lru_cache(maxsize=1024)
def _left_at(way: str) -> str:
    project = project_around(way)
    return project if project and not is_within(os.path.realpath(way), os.path.realpath(project)) else ""


def open_own(path: StrPath, limit: int, within: str = "") -> BinaryIO:
    """A file that decides about a run: opened as `open_regular` does, and never out of its project by a link.

    With `within` it is bound to that folder instead.
    """
    bounds = within or project_left(path) or project_around(path)
    if bounds and not is_within(os.path.realpath(path), os.path.realpath(bounds)):
        raise FileError(Obstacle.OUTSIDE)
    return open_regular(path, limit)
