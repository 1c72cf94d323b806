"""The files of a revision as git lists them, and where its symbolic links lead within it."""

import os
from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from mzplan.reading.files import is_within

_MOST = 40
"""So many links one after the other are followed, as systems do."""


class TreeFile(NamedTuple):
    """A file as a tree has it."""

    mode: str
    object: str

    @property
    def is_file(self) -> bool:
        """Whether it is an ordinary file, and no link or submodule."""
        return self.mode.startswith("100")

    @property
    def is_link(self) -> bool:
        """Whether it is a symbolic link, whose bytes are where it leads."""
        return self.mode == "120000"

    @property
    def is_submodule(self) -> bool:
        """Whether another repository lies there, of which a tree has but the name of a commit."""
        return self.mode == "160000"


def entries(listing: bytes) -> Iterator[tuple[str, TreeFile]]:
    """The files of a listing by `ls-tree -r -z`, each with its path from the top."""
    for line in listing.split(b"\0"):
        facts, _, name = line.partition(b"\t")
        words = facts.split()
        if len(words) == 3:
            yield os.fsdecode(name), TreeFile(words[0].decode(), words[2].decode())


def followed(tree: Mapping[str, TreeFile], name: str, link: Callable[[TreeFile], str | None], top: str) -> str | None:
    """The path of the tree to which a path leads, be there a file or not; None when its links lead out of it.

    `link` tells where an entry leads; `top` is the folder of the tree.
    """
    left, links = name.split("/"), 0
    way: list[str] = []
    while left:
        part = left.pop(0)
        if part in ("", os.curdir):
            continue
        if part == os.pardir:
            if not way:
                return None
            way.pop()
            continue
        way.append(part)
        entry = tree.get("/".join(way))
        if entry is None or not entry.is_link:
            continue
        links += 1
        target = link(entry)
        if not target or links > _MOST:
            return None
        if target.startswith("/"):
            if not is_within(target, top):
                return None
            way, target = [], os.path.relpath(target, top)
        else:
            way.pop()
        left = [*target.split("/"), *left]
    return "/".join(way)
