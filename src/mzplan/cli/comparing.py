"""What `mzplan check` is set against: an earlier revision, and a baseline of findings already known."""

import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from mzplan.check.baseline import (
    Compared,
    Identity,
    baseline_text,
    can_be_known,
    compare,
    counted,
    read_baseline,
    relative_path,
    row_reader,
)
from mzplan.check.git import repository_of
from mzplan.check.policy import Policy
from mzplan.check.settings import Settings
from mzplan.check.since import Changes, changes_since
from mzplan.cli.project import project_root
from mzplan.cli.terminal import emit_data, warn
from mzplan.diagnostics import Diagnostic, quoted, show
from mzplan.reading.files import StrPath, absolute, is_within
from mzplan.said import first_of, say

_BASELINE = "已写入基线 {path}：{count} 条。"
_KEPT = "已写入基线 {path}：{count} 条；没有检查的 {kept} 条照旧。"
_NOT_KNOWN = "{count} 条没有写入基线：打不开的文件、没有报表的文件夹什么也没有查，下次还要报。"
_NO_BASELINE = "{revision} 里没有基线 {path}，等于一条也不认；合并以后才起作用。"
_OUTSIDE = "{paths} 不在 git 仓库里，无法比较，全部算作改动过。"
_ABSENT = "{paths} 以前的内容不在这里（部分克隆）或太大，无法比较，全部算作改动过。"
_MOVED = (
    "与 {revision} 相比，决定怎样检查的文件有变动：{paths}。以前各月的数和判断有什么不同，请看 mzplan impact {word}。"
)
_LOST = "{path}（删去或改了名）"
_ELSEWHERE = (
    "{paths} 在另一个 git 仓库（{folder}）里，与这里的版本无法比较，全部算作改动过。"
    "要与那里的版本比较，请只给出那里的路径。"
)
_LISTED = 3


@contextmanager
def compared(revision: str | None, targets: Sequence[StrPath]) -> Iterator[Changes | None]:
    """What has changed since the revision, as long as it is asked; None when there is no revision to compare with."""
    if revision is None:
        yield None
        return
    changes = changes_since(revision, home_of(targets))
    with changes.repository:
        yield changes
        _warn_of_outside(changes)
        if changes.absent:
            warn(say(_ABSENT, paths=_listed(sorted(changes.absent))))


def _warn_of_outside(changes: Changes) -> None:
    """Say what cannot be compared as it lies outside of the repository, and in which other it lies."""
    outside: dict[str, list[str]] = {}
    for path in sorted(changes.outside):
        outside.setdefault(repository_of(path) or "", []).append(path)
    for folder, paths in outside.items():
        template = _ELSEWHERE if folder else _OUTSIDE
        warn(say(template, paths=_listed(paths), folder=show(folder, 400)))


def home_of(targets: Sequence[StrPath]) -> StrPath:
    """Where to look for the repository: the project, when it holds what is checked or a link to it, else beside that.

    Never first in the data, where a pull request may have put what looks like a repository, or a link into another.
    """
    root, first = project_root(), Path(os.path.realpath(targets[0]))
    if root is not None and any(is_within(way, os.path.realpath(root)) for way in (str(first), absolute(targets[0]))):
        return root
    return first if first.is_dir() else first.parent


def changed_first(
    changes: Changes, findings: Sequence[Diagnostic], deciding: Iterable[StrPath], *, with_others: bool
) -> tuple[list[Diagnostic], int]:
    """The findings in which a changed row takes part, then the others if they are wanted, and how many are left out.

    When a file that decides about all rows has changed, nothing is left out.
    """
    changed, others = changes.split(findings)
    with_others = with_others or any(changes.has_changed(str(path)) for path in deciding)
    return (changed + others, 0) if with_others else (changed, len(others))


def warn_of_moved(changes: Changes, deciding: Iterable[StrPath]) -> None:
    """Say which files that decide about the run have changed, and how to see what that comes to."""
    moved = [str(path) for path in deciding if changes.has_changed(str(path))]
    if moved:
        moved.sort(key=changes.has_lost)  # first what decides now
        names = _listed([say(_LOST, path=path) if changes.has_lost(path) else path for path in moved])
        warn(say(_MOVED, paths=names, revision=show(changes.revision), word=quoted(changes.revision)))


def warn_of_all(changes: Changes, deciding: Iterable[StrPath]) -> None:
    """Say because of which files that decide about all rows nothing is left out."""
    if moved := [str(path) for path in deciding if changes.has_changed(str(path))]:
        warn(say("{paths} 也改动过，会影响所有的行，因此没有略去任何问题。", paths=_listed(moved)))


def looked_at(path: Path, settings: Settings, files: Iterable[str], *, is_whole: bool) -> Callable[[Identity], bool]:
    """Whether this run would find an entry of that baseline again: its file was looked at, and its rule counts."""
    rename = _relative_to(path)
    looked = set(map(rename, files))
    return lambda identity: (is_whole or identity.path in looked) and settings.counts(identity.code)


def write_baseline(
    path: Path, findings: Sequence[Diagnostic], looked: Callable[[Identity], bool], *, is_anew: bool
) -> None:
    """Write down the findings that can be known; what this run did not look at stays as it was, unless all is anew.

    That may be told again nevertheless: that a report is missing is told of its folder.
    """
    counts = counted(findings, _relative_to(path), row_reader(findings))
    known: Counter[Identity] = Counter()
    if path.exists() and not is_anew:
        known.update({entry: count for entry, count in read_baseline(path).items() if not looked(entry)})
    kept = known - counts
    emit_data(baseline_text(counts | known), path)
    template = _KEPT if kept else _BASELINE
    warn(say(template, path=show(str(path), 4096), count=counts.total(), kept=kept.total()))
    if unseen := sum(not can_be_known(finding) for finding in findings):
        warn(say(_NOT_KNOWN, count=unseen))


def known_findings(path: Path, policy: Policy | None) -> Counter[Identity]:
    """What the baseline in that place knows; with a policy what its revision's does, and nothing if it has none.

    The one that is here must be a baseline in any case: a broken one would stop every request after this.
    """
    known = read_baseline(path)
    if policy is None:
        return known
    source = policy.file(path)
    if source is None:
        warn(say(_NO_BASELINE, revision=show(policy.revision), path=show(str(path), 4096)))
        return Counter()
    return read_baseline(source)


def unknown_findings(
    path: Path, known: Counter[Identity], findings: Sequence[Diagnostic], looked: Callable[[Identity], bool]
) -> Compared:
    """The findings that the baseline in that place does not know."""
    return compare(findings, known, _relative_to(path), row_reader(findings), looked)


def _relative_to(path: Path) -> Callable[[str], str]:
    """Paths as the baseline file in that place calls them, whatever the working folder."""
    folder = str(path.absolute().parent)
    return lambda name: relative_path(name, str(Path.cwd()), folder)


def _listed(paths: Sequence[str]) -> str:
    return first_of([show(path, 200) for path in paths], _LISTED, "{names} 等 {count} 个文件")
