"""What a git repository holds at a revision, asked for as data only. Knows nothing of plans, rows or rules.

A checkout may come from anybody, with its `.git/config`, and a pull request may bring files that look like a
repository. So git runs nowhere but in the folder that holds `.git`, which is found here; it looks at commits, trees,
blobs and the names in the index alone, which no filter, attribute, textconv, diff driver, hook or file monitor takes
part in; it may fetch nothing; and all it says is bounded.
"""

import os
import re
import subprocess
import tempfile
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from functools import cached_property
from typing import IO, Self

from mzplan.check.git_command import QUIET, environment, program
from mzplan.check.tree import TreeFile, entries
from mzplan.diagnostics import InputError, quoted, show
from mzplan.reading.files import StrPath, absolute, is_within, upward
from mzplan.said import listed, say

TIMEOUT = 60
"""Seconds after which an answer of git is given up."""
TREE_LIMIT = 64 << 20
"""Bytes of a listing of files: some half a million of them."""
BLOB_LIMIT = 64 << 20
"""Bytes of an old version that is read."""
_ANSWER_LIMIT = 1 << 16

NOTHING = ""
"""What there was before the first commit, in place of a commit."""

NO_GIT = "{option} 需要 git，但这台机器上没有安装。"
NOT_A_REPOSITORY = "{option} 只能在 git 仓库里使用：{folder} 不在仓库里。"
_NOT_OURS = "{option}：git 不肯读 {folder}，因为它属于别人。可信的话：git config --global --add safe.directory {word}"
_UNUSABLE = "{option}：{folder} 的 .git 不是可用的仓库（{reason}）。"
_NO_REVISION = "git 找不到版本“{revision}”。"
_SHALLOW = (
    "这里是浅克隆（fetch-depth: 1 之类），没有更早的版本：检出时请写 fetch-depth: 0，或先运行 git fetch --unshallow。"
)
_SEE_REVISIONS = "git branch -a 和 git log 可看有哪些。"
_AMBIGUOUS = "“{revision}”有几个意思：{names}。请写全名，例如 {first}。"
_NO_BASE = "“{revision}”与 HEAD 没有共同的祖先，无法比较。{why}"
_NO_ANCESTOR = "两者来自不同的历史；要与它本身比较，请写 {revision}..HEAD。"
_NOT_HEAD = "“{revision}”的右边应是 HEAD：比较的总是现在的文件。"
_FAILED = "git 没有成功：{reason}"
_TOO_MUCH = "回答太长"
_TOO_LONG = "{seconds} 秒内没有回答"

_OBJECT = re.compile(rb"[0-9a-f]{40}|[0-9a-f]{64}")
_NAME = re.compile(r"[^~^:@?*\[]+")
"""What a revision begins with when it begins with the name of a branch or tag."""
_ANCESTOR = re.compile(r"(?P<of>[^~^]+)(?:[~^]\d*)+")
_ID = re.compile(r"[0-9a-f]{4,64}", re.IGNORECASE)
"""The name of a commit, or how it begins."""
_REFS = ("refs/{}", "refs/tags/{}", "refs/heads/{}", "refs/remotes/{}", "refs/remotes/{}/HEAD")
"""What a short name may stand for; git takes the first that there is and says so on standard error only."""


class GitError(InputError):
    """git cannot answer, for a reason that the text names."""


class Repository:
    """The repository of a folder, and one git that hands out its objects; used in a `with`."""

    def __init__(self, folder: StrPath, option: str = "--since") -> None:
        """Find the repository of the folder; GitError when there is none that git may read."""
        self.option = option
        self._git = program()
        if self._git is None:
            raise GitError(say(NO_GIT, option=option))
        top = repository_of(folder)
        if top is None:
            raise GitError(say(NOT_A_REPOSITORY, option=option, folder=show(str(folder), 200)))
        self.top = top
        """The folder that holds `.git`, its links resolved."""
        self._batch: subprocess.Popen[bytes] | None = None
        self._errors: IO[bytes] | None = None
        self._check()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End the git that hands out objects."""
        if self._batch is not None:
            _end(self._batch)
            self._batch = None
        if self._errors is not None:
            self._errors.close()
            self._errors = None

    def _check(self) -> None:
        try:
            self._ask("rev-parse", "--git-dir")
        except _FailureError as failure:
            template = _NOT_OURS if "dubious ownership" in failure.said else _UNUSABLE
            values = {"option": self.option, "folder": show(self.top, 200), "reason": show(failure.reason, 200)}
            raise GitError(say(template, word=quoted(self.top), **values)) from None

    @cached_property
    def is_shallow(self) -> bool:
        """Whether the history is cut off."""
        try:
            return self._ask("rev-parse", "--is-shallow-repository").strip() == b"true"
        except _FailureError:
            return False

    def commit(self, revision: str) -> str:
        """The commit that a revision names; GitError when there is none, or when its name is that of several refs.

        A tag `origin/main` wins over the remote's branch: with it a request would be compared with itself.
        """
        self._refuse_ambiguous(revision)
        try:
            if not revision or revision.startswith("-") or "\0" in revision:
                raise _FailureError("")
            name = self._ask("rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}").strip()
            if not _OBJECT.fullmatch(name):
                raise _FailureError("")
        except _FailureError:
            why = _SHALLOW if self.is_shallow and self._may_be_cut_off(revision) else _SEE_REVISIONS
            raise GitError(listed((say(_NO_REVISION, revision=show(revision)), why), "")) from None
        return name.decode()

    def _may_be_cut_off(self, revision: str) -> bool:
        """Whether a revision that is not here may be in the history that is not: by its id, or as one's ancestor.

        A branch of a remote that is configured is left out by what cuts off the history.
        """
        begins = _ANCESTOR.fullmatch(revision)
        name = begins["of"] if begins else revision
        try:
            if _ID.fullmatch(name) or (begins and self.commit(name)):
                return True
            remotes = os.fsdecode(self._ask("remote")).splitlines()
        except (GitError, _FailureError):
            return False
        return name.removeprefix("refs/remotes/").partition("/")[0] in remotes

    def _refuse_ambiguous(self, revision: str) -> None:
        found = _NAME.match(revision)
        if found is None or revision.startswith(("-", "refs/")) or "\0" in revision or found[0] == "HEAD":
            return
        meant = {form.format(found[0]) for form in _REFS}
        try:
            answer = self._ask("for-each-ref", "--format=%(refname)", "--", *sorted(meant), limit=TREE_LIMIT)
        except _FailureError as failure:
            raise GitError(say(_FAILED, reason=show(failure.reason, 200))) from None
        names = sorted(meant & set(os.fsdecode(answer).splitlines()))
        if len(names) > 1:
            shown = listed(show(name, 200) for name in names)
            first = next((name for name in names if name.startswith("refs/remotes/")), names[0])
            raise GitError(say(_AMBIGUOUS, revision=show(revision), names=shown, first=show(first, 200)))

    def base(self, revision: str) -> str:
        """The commit to compare with what is here: the merge base of the revision and HEAD.

        `REV` and `REV...HEAD` mean that; `REV..HEAD` means the revision itself. GitError when there is none. Before the
        first commit HEAD is `NOTHING`.
        """
        if revision == "HEAD":
            return self.head()
        dots = "..." if "..." in revision else ".." if ".." in revision else ""
        left, _, right = revision.partition(dots) if dots else (revision, "", "")
        commit = self.commit(left or ("HEAD" if dots else ""))
        if right and right != "HEAD" and self.commit(right) != self.commit("HEAD"):
            raise GitError(say(_NOT_HEAD, revision=show(revision)))
        if dots == "..":
            return commit
        try:
            base = self._ask("merge-base", commit, self.commit("HEAD")).split(b"\n")[0]
        except _FailureError as failure:
            if failure.code != 1:  # so it says that there is none
                raise GitError(say(_FAILED, reason=show(failure.reason, 200))) from None
            base = b""
        if not _OBJECT.fullmatch(base):
            why = _SHALLOW if self.is_shallow else say(_NO_ANCESTOR, revision=show(left))
            raise GitError(say(_NO_BASE, revision=show(left), why=why))
        return base.decode()

    def head(self) -> str:
        """The commit that is checked out; before the first one `NOTHING`."""
        return NOTHING if self._is_unborn() else self.commit("HEAD")

    def _is_unborn(self) -> bool:
        """Whether there is no commit yet."""
        try:
            self._ask("symbolic-ref", "--quiet", "HEAD")
        except _FailureError:
            return False
        try:
            self._ask("rev-parse", "--verify", "--quiet", "HEAD")
        except _FailureError:
            return True
        return False

    def tree(self, commit: str) -> Mapping[str, TreeFile]:
        """Every file of a commit by its path from the top, with slashes."""
        if commit == NOTHING:
            return {}
        try:
            listing = self._ask("ls-tree", "-r", "-z", "--full-tree", commit, limit=TREE_LIMIT)
        except _FailureError as failure:
            raise GitError(say(_FAILED, reason=show(failure.reason, 200))) from None
        return dict(entries(listing))

    def tracked(self) -> frozenset[str] | None:
        """What the next commit holds as far as it is known, by the paths from the top; None when it is not known."""
        try:
            listing = self._ask("ls-files", "-z", "--full-name", limit=TREE_LIMIT)
        except _FailureError:
            return None
        return frozenset(map(os.fsdecode, listing.split(b"\0")[:-1])) or None

    def blob(self, entry: TreeFile) -> bytes | None:
        """The bytes of a file; None when they are not here (a partial clone), are no file's or too many."""
        return self._contents(entry) if entry.is_file else None

    def link(self, entry: TreeFile) -> str | None:
        """Where a symbolic link leads; None when that is not here, or it is none."""
        data = self._contents(entry) if entry.is_link else None
        return None if data is None else os.fsdecode(data)

    def _contents(self, entry: TreeFile) -> bytes | None:
        batch = self._started()
        with _deadline(batch):
            try:
                batch.stdin.write(entry.object.encode() + b"\n")  # type: ignore[union-attr]  # a pipe was asked for
                batch.stdin.flush()  # type: ignore[union-attr]
                return self._answer(batch.stdout)  # type: ignore[arg-type]
            except OSError:
                self.close()
                return None

    def _answer(self, stream: IO[bytes]) -> bytes | None:
        header = stream.readline(_ANSWER_LIMIT).split()
        if len(header) == 2 and header[1] == b"missing":
            return None
        if len(header) != 3 or not header[2].isdigit():
            self.close()  # it ends on an object that it cannot read; the next question starts another
            return None
        size = int(header[2])
        kept = bytearray()
        left = size
        while left:
            block = stream.read(min(left, 1 << 20))
            if not block:
                self.close()
                return None
            left -= len(block)
            if size <= BLOB_LIMIT:
                kept += block
        stream.read(1)
        return bytes(kept) if header[1] == b"blob" and size <= BLOB_LIMIT else None

    def _started(self) -> "subprocess.Popen[bytes]":
        if self._batch is None:
            self._errors = tempfile.TemporaryFile()  # noqa: SIM115  # closed with the process
            self._batch = self._start(["cat-file", "--batch"], subprocess.PIPE, self._errors)
        return self._batch

    def _ask(self, *arguments: str, limit: int = _ANSWER_LIMIT) -> bytes:
        """What git answers; _FailureError when it fails, says too much or takes too long."""
        with tempfile.TemporaryFile() as errors:
            process = self._start(arguments, subprocess.DEVNULL, errors)
            with _deadline(process) as expired:
                answer = process.stdout.read(limit + 1)  # type: ignore[union-attr]  # a pipe was asked for
                if len(answer) > limit:
                    process.kill()
                code = process.wait()
            _end(process)
            errors.seek(0)
            said = errors.read(_ANSWER_LIMIT).decode(errors="backslashreplace")
        if expired.is_set():
            raise _FailureError(say(_TOO_LONG, seconds=TIMEOUT))
        if len(answer) > limit:
            raise _FailureError(_TOO_MUCH)
        if code:
            raise _FailureError(said, code)
        return answer

    def _start(self, arguments: Sequence[str], stdin: int, errors: IO[bytes]) -> "subprocess.Popen[bytes]":
        try:
            return subprocess.Popen(  # noqa: S603  # no shell, and nothing given is read as an option
                [self._git or "", *QUIET, *arguments],
                cwd=self.top,
                env=environment(self.top),
                stdin=stdin,
                stdout=subprocess.PIPE,
                stderr=errors,
            )
        except OSError as error:
            raise GitError(say(_FAILED, reason=show(error.strerror or str(error)))) from None

    def inside(self, path: StrPath) -> str | None:
        """The path from the top as it is named, with slashes; None when it does not lie there.

        Links above the top are followed, links below it are not: a tree knows a file by its name, and a link may have
        been put there to lead to another file's past.
        """
        for above in reversed(list(upward(path))):
            if is_within(real := os.path.realpath(above), self.top):
                below = os.path.relpath(absolute(path), above)
                return os.path.relpath(os.path.normpath(os.path.join(real, below)), self.top).replace(os.sep, "/")
        return None

    def link_on(self, name: str) -> str | None:
        """The first symbolic link on the way to a path of a tree, itself included, as the tree would call it."""
        parts = name.split("/")
        ways = ("/".join(parts[:end]) for end in range(1, len(parts) + 1))
        return next((way for way in ways if os.path.islink(os.path.join(self.top, way))), None)


class _FailureError(Exception):
    """git ended with a failure."""

    def __init__(self, said: str, code: int = 0) -> None:
        super().__init__(said)
        self.said = said
        self.code = code

    @property
    def reason(self) -> str:
        """The first line it said."""
        return self.said.partition("\n")[0]


def repository_of(path: StrPath) -> str | None:
    """The folder that holds the `.git` of the repository in which something really lies; None when in none."""
    return next((above for above in upward(os.path.realpath(path)) if _holds_repository(above)), None)


def _holds_repository(folder: str) -> bool:
    """Whether the folder has a `.git` that may be a repository's: a folder with a HEAD, or a file."""
    place = os.path.join(folder, ".git")
    return os.path.isfile(place) or os.path.lexists(os.path.join(place, "HEAD"))


@contextmanager
def _deadline(process: "subprocess.Popen[bytes]") -> Iterator[threading.Event]:
    """Kill the process when it has not answered in time; the event says whether that was so."""
    expired = threading.Event()

    def kill() -> None:
        expired.set()
        process.kill()

    timer = threading.Timer(TIMEOUT, kill)
    timer.daemon = True
    timer.start()
    try:
        yield expired
    finally:
        timer.cancel()


def _end(process: "subprocess.Popen[bytes]") -> None:
    for stream in (process.stdin, process.stdout):
        if stream is not None:
            with suppress(OSError):
                stream.close()
    process.kill()
    process.wait()
