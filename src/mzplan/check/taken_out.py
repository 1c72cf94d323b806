"""Files and folders as a revision has them, taken out into a folder of their own and read there like any others."""

import os
from collections.abc import Iterable, Mapping
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from mzplan.check.git import GitError, Repository
from mzplan.check.tree import TreeFile, followed
from mzplan.diagnostics import show
from mzplan.reading.files import StrPath, write_whole
from mzplan.said import Named, say

_OUTSIDE = "{path} 不在 git 仓库里，没有以前的样子可比。"
_UNREADABLE = "{revision} 里的 {path} 读不了：{why}。其中的数无从知道，没有比较。"
NOT_HERE = "不在这里（部分克隆）、太大，或者不是普通文件"
"""Why the contents of a file of a revision cannot be had."""
_SUBMODULE = "是 git 子模块，内容不在这个仓库里"
_LEADS_AWAY = "是符号链接，通向文件夹或{bounds}之外，或者那里什么也没有"
_REPOSITORY, _PROJECT = "这个版本", Named("项目", "the project")


def take_out(
    repository: Repository, revision: str, commit: str, paths: Iterable[StrPath], into: str, project: StrPath | None
) -> list[Path]:
    """Each path as the commit has it, below `into`; what the commit lacks is not there.

    A link to a file is followed as it led then, within the project for what lies in that. What cannot be known is
    never passed off for nothing: GitError for a path outside of the repository, a submodule, a link that leads to a
    folder, out of the tree or project, or to nothing, and a file whose bytes cannot be had.
    """
    home = None if project is None else repository.inside(os.path.realpath(project))
    then = _Then(repository, repository.tree(commit), revision, home)
    places = []
    for path in paths:
        name = repository.inside(path)
        if name is None:
            raise GitError(say(_OUTSIDE, path=show(str(path), 200)))
        if (target := then.leads_to(name)) not in then.tree:  # a folder
            name = target
        for inside in [each for each in then.tree if _is_below(each, name) and _is_plain(each)]:
            copy = Path(into, inside)
            copy.parent.mkdir(parents=True, exist_ok=True)
            write_whole(copy, then.contents(inside))
        places.append(Path(into, name))
    return places


class _Then(NamedTuple):
    """A revision; each method raises GitError for what cannot be known of it."""

    repository: Repository
    tree: Mapping[str, TreeFile]
    revision: str
    home: str | None
    """The project as the tree calls it, where it lies there."""

    def leads_to(self, name: str) -> str:
        """The path of the tree to which a path leads, be anything there or not."""
        target = followed(self.tree, name, self.repository.link, self.repository.top)
        if target is None:
            raise self._unreadable(name, say(_LEADS_AWAY, bounds=_REPOSITORY))
        for above in (target, *map(str, PurePosixPath(target).parents)):
            if above in self.tree and self.tree[above].is_submodule:
                raise self._unreadable(above, _SUBMODULE)
        return target or os.curdir

    def contents(self, name: str) -> bytes:
        """The bytes of a file, or of that to which a link leads."""
        target = self.leads_to(name)
        if self.home is not None and _is_below(name, self.home) and not _is_below(target, self.home):
            raise self._unreadable(name, say(_LEADS_AWAY, bounds=_PROJECT))
        if target not in self.tree:
            raise self._unreadable(name, say(_LEADS_AWAY, bounds=_REPOSITORY))
        data = self.repository.blob(self.tree[target])
        if data is None:
            raise self._unreadable(name, NOT_HERE)
        return data

    def _unreadable(self, name: str, why: str) -> GitError:
        return GitError(say(_UNREADABLE, revision=show(self.revision), path=show(name, 200), why=why))


def _is_below(name: str, folder: str) -> bool:
    """Whether a path of the tree is that one, or lies in it."""
    return folder == os.curdir or name == folder or name.startswith(f"{folder}/")


def _is_plain(name: str) -> bool:
    """Whether a path of a tree stays below the folder into which it is taken out, on any system."""
    parts = PurePosixPath(name).parts
    return not any(part in ("", os.curdir, os.pardir) or "\\" in part or ":" in part for part in parts)
