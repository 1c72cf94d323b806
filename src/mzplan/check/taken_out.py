"""Files and folders as a revision has them, taken out into a folder of their own and read there like any others."""

import os
from collections.abc import Iterable
from pathlib import Path, PurePosixPath

from mzplan.check.git import GitError, Repository
from mzplan.check.tree import followed
from mzplan.diagnostics import show
from mzplan.reading.files import StrPath, write_whole

_OUTSIDE = "{path} 不在 git 仓库里，没有以前的样子可比。"
_UNREADABLE = "{revision} 里的 {path} 读不了：不在这里（部分克隆）、太大，或者不是普通文件。"


def take_out(repository: Repository, revision: str, commit: str, paths: Iterable[StrPath], into: str) -> list[Path]:
    """Each path as the commit has it, below `into`; what the commit lacks is not there.

    A link is followed within the tree, as it led then; one that leads out of it, and a submodule, is left out.
    GitError for a path outside of the repository and for a file whose bytes cannot be had.
    """
    tree = repository.tree(commit)
    places = []
    for path in paths:
        name = repository.inside(path)
        if name is None:
            raise GitError(_OUTSIDE.format(path=show(str(path), 200)))
        leads_to = followed(tree, name, repository.link, repository.top)
        if leads_to and leads_to not in tree:  # a folder
            name = leads_to
        for inside, each in tree.items():
            if not (inside == name or inside.startswith(f"{name}/")) or not _is_plain(inside):
                continue
            entry = tree.get(followed(tree, inside, repository.link, repository.top) or "") if each.is_link else each
            if entry is None or not entry.is_file:
                continue
            data = repository.blob(entry)
            if data is None:
                raise GitError(_UNREADABLE.format(revision=show(revision), path=show(inside, 200)))
            target = Path(into, inside)
            target.parent.mkdir(parents=True, exist_ok=True)
            write_whole(target, data)
        places.append(Path(into, name))
    return places


def _is_plain(name: str) -> bool:
    """Whether a path of a tree stays below the folder into which it is taken out, on any system."""
    parts = PurePosixPath(name).parts
    return not any(part in ("", os.curdir, os.pardir) or "\\" in part or ":" in part for part in parts)
