"""What decides how strictly is checked, as a revision has it: plan, breakdown, settings, waivers, baseline.

So that nobody brings his own excuse: the files are taken out of the revision into a folder of their own and read there.
What lies outside of the repository no pull request can change; it is read as it is.
"""

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

from mzplan.check.git import GitError, Repository
from mzplan.check.settings import CANNOT_CHECK
from mzplan.check.settings import NAME as SETTINGS
from mzplan.check.since import bytes_now, object_name
from mzplan.check.taken_out import NOT_HERE
from mzplan.check.tree import TreeFile
from mzplan.diagnostics import Diagnostic, InputError, Location, show
from mzplan.plan.choice import SUFFIXES_WITH_BREAKDOWN
from mzplan.reading.bounds import PLANS
from mzplan.reading.files import StrPath, from_here, write_whole
from mzplan.said import retold, say

_OPTION = "--policy-from"
_NOT_THERE = "{revision} 里没有 {path}（--policy-from 从那里取计划、分解、设置、豁免和基线）。"
_MOVED = "{revision} 的计划在 {path}，这里的却不在（{here}）：计划文件夹不能在被检查的改动里删去、移走或另放一个。"
_NOWHERE = "没有"
_UNREADABLE = "{revision} 里的 {path} 读不了：{why}。"


class Policy:
    """The files of one revision that decide, each taken out when it is asked for."""

    def __init__(self, repository: Repository, revision: str, folder: str) -> None:
        """Take out what is asked for into the folder."""
        self._repository = repository
        self.revision = revision
        self._folder = Path(folder)
        self._tree = repository.tree(repository.commit(revision))

    def file(self, path: StrPath) -> Path | None:
        """That file as the revision has it; None when it has none."""
        name = self._repository.inside(path)
        if name is None:
            return Path(path) if os.path.lexists(path) else None
        entry = self._tree.get(name)
        if entry is None:
            return None
        data = self._repository.blob(entry)
        if data is None:
            raise GitError(say(_UNREADABLE, revision=show(self.revision), path=show(name, 200), why=NOT_HERE))
        target = self._folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        write_whole(target, data)
        return target

    def differs(self, path: StrPath) -> bool:
        """Whether the file is another here than the revision has it, or one of both has none."""
        name = self._repository.inside(path)
        if name is None:
            return False
        entry, data = self._tree.get(name), bytes_now(path)
        if entry is None or data is None:
            return entry is not None or data is not None
        return object_name(data, entry.object) != entry.object

    def needed(self, path: StrPath) -> Path:
        """That file as the revision has it; GitError when it has none."""
        found = self.file(path)
        if found is None:
            raise GitError(say(_NOT_THERE, revision=show(self.revision), path=show(str(path), 200)))
        return found

    def plans(self, folder: StrPath) -> Path:
        """A folder of plans as the revision has it; GitError when it has none."""
        name = self._repository.inside(folder)
        if name is None:
            return Path(folder)
        inside = [each for each in self._tree if PurePosixPath(each).parent == PurePosixPath(name)]
        for each in inside:
            if each.endswith(SUFFIXES_WITH_BREAKDOWN):
                self.file(Path(self._repository.top, each))
        if not inside:
            raise GitError(say(_NOT_THERE, revision=show(self.revision), path=show(str(folder), 200)))
        return self._folder / name

    def is_folder(self, path: StrPath) -> bool:
        """Whether the revision has a folder there."""
        name = self._repository.inside(path)
        if name is None:
            return Path(path).is_dir()
        return any(each.startswith(f"{name}/") for each in self._tree)

    def check_project(self, start: Path, here: str | None) -> None:
        """GitError unless the project that these checks find from `start` upward is the revision's."""
        check_project(self._repository, self._tree, self.revision, start, here)

    def settings(self, start: Path) -> Path | None:
        """The nearest settings file upward."""
        return next((found for place in (start, *start.parents) if (found := self.file(place / SETTINGS))), None)

    def told(self, finding: Diagnostic) -> Diagnostic:
        """A finding about one of these files, which are called after the revision wherever it names them."""
        place, *others = (each._replace(path=self.named(each.path)) for each in (finding.location, *finding.related))
        message, hint = self.named(finding.message), self.named(finding.hint)
        return finding._replace(location=place, related=tuple(others), message=message, hint=hint)

    def named(self, text: str) -> str:
        """A message or a path in which these files are called after the revision, as git calls them."""
        here, there = f"{self._folder}{os.sep}", f"{show(self.revision)}:"
        return retold(text, lambda plain: plain.replace(here, there)) if here in text else text


def check_project(
    repository: Repository, tree: Mapping[str, TreeFile], revision: str, start: Path, here: str | None
) -> None:
    """GitError, with a finding where the plan was, unless the project found from `start` upward is the tree's.

    Without its plan folder a request would be checked by the plan of another project, or by the one shipped.
    """
    for place in (start, *start.parents):
        name = repository.inside(place / PLANS)
        plans = sorted(each for each in tree if each.startswith(f"{name}/"))
        if name is None or not plans:
            continue
        if here is None or os.path.realpath(place) != os.path.realpath(here):
            there = show(str(Path(here, PLANS)), 200) if here else _NOWHERE
            message = say(_MOVED, revision=show(revision), path=show(name, 200), here=there)
            was = Location(from_here(Path(repository.top, plans[0])))
            raise GitError(message, [Diagnostic(was, CANNOT_CHECK, message, CANNOT_CHECK.severity)])
        return


@contextmanager
def policy_from(revision: str | None, folder: StrPath) -> Iterator[Policy | None]:
    """The policy of a revision of the folder's repository; None when none is asked for.

    An InputError out of its files names them by the revision.
    """
    if revision is None:
        yield None
        return
    with Repository(folder, _OPTION) as repository, TemporaryDirectory(prefix="mzplan-") as taken:
        policy = Policy(repository, revision, os.path.realpath(taken))
        try:
            yield policy
        except InputError as error:
            raise InputError(policy.named(error.message), [policy.told(each) for each in error.findings]) from None
