"""Which rows have changed since a git revision. Runs git; knows nothing of plans or rules."""

import os
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from mzplan.diagnostics import Diagnostic, InputError, Location, show

TIMEOUT = 60
"""Seconds after which git is given up."""

_NO_GIT = "--since 需要 git，但这台机器上没有安装。"
_NOT_A_REPOSITORY = "--since 只能在 git 仓库里使用：{folder} 不在仓库里，或 git 不肯读它（{reason}）。"
_NO_REVISION = "git 找不到版本“{revision}”。浅克隆（fetch-depth: 1）里没有更早的版本，请取全部历史。"
_FAILED = "git 没有成功：{reason}"

_SAFE = ("-c", "core.fsmonitor=false", "-c", "core.quotePath=true", "--literal-pathspecs", "--no-pager")


class Changes(NamedTuple):
    """The lines that are new or changed, by absolute path; None for a file that is new, gone or changed as a whole."""

    lines: Mapping[str, frozenset[int] | None]

    def touches(self, place: Location) -> bool:
        """Whether the place is in a changed row; a finding about a whole file counts when the file has changed."""
        path = os.path.realpath(place.path)
        if path not in self.lines:
            return False
        changed = self.lines[path]
        return changed is None or not place.line or place.line in changed

    def limit(self, findings: Iterable[Diagnostic]) -> list[Diagnostic]:
        """The findings in which a changed row takes part, be it as the other place."""
        return [f for f in findings if self.touches(f.location) or any(self.touches(place) for place in f.related)]


def changes_since(revision: str, paths: Sequence[Path]) -> Changes:
    """What has changed in these files and folders between the revision and the working tree.

    InputError when there is no git, no repository or no such revision.
    """
    folder = _folder(paths)
    try:
        top = os.fsdecode(_git(folder, "rev-parse", "--show-toplevel").removesuffix(b"\n"))
    except _GitError as error:
        reason = show(str(error), 200)
        raise InputError(_NOT_A_REPOSITORY.format(folder=show(str(folder), 200), reason=reason)) from None
    try:
        name = f"{revision}^{{commit}}"
        commit = _git(folder, "rev-parse", "--verify", "--quiet", "--end-of-options", name).strip().decode()
    except (_GitError, ValueError):
        raise InputError(_NO_REVISION.format(revision=show(revision))) from None
    places = [_place(path) for path in paths]
    try:
        patch = _git(folder, "diff", *_DIFF, "--end-of-options", commit, "--", *places)
        untracked = _git(top, "ls-files", "--others", "--exclude-standard", "-z", "--", *places)
    except _GitError as error:
        raise InputError(_FAILED.format(reason=show(str(error), 200))) from None
    lines: dict[str, frozenset[int] | None] = {_below(top, path): found for path, found in parse_patch(patch).items()}
    lines |= {_below(top, name): None for name in untracked.split(b"\0") if name}
    return Changes(lines)


_DIFF = (
    *("--unified=0", "--no-ext-diff", "--no-textconv", "--no-color", "--no-renames", "--no-relative", "--text"),
    *("--ignore-submodules", "--src-prefix=a/", "--dst-prefix=b/"),
)


class _GitError(Exception):
    """git ended with a failure; the text is the first line it said."""


def _git(folder: str | Path, *arguments: str) -> bytes:
    import shutil
    import subprocess

    git = shutil.which("git")
    if git is None:
        raise InputError(_NO_GIT)
    environment = {**os.environ, "GIT_OPTIONAL_LOCKS": "0", "LC_ALL": "C"}
    try:
        done = subprocess.run(  # noqa: S603  # no shell, and nothing given is read as an option
            [git, *_SAFE, *arguments],
            cwd=folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=TIMEOUT,
            check=False,
        )
    except (OSError, ValueError, subprocess.TimeoutExpired) as error:
        raise _GitError(str(error)) from None
    if done.returncode:
        raise _GitError(done.stderr.decode(errors="backslashreplace").partition("\n")[0])
    return done.stdout


def _folder(paths: Sequence[Path]) -> Path:
    """Where to ask git: the folder of the first path that exists."""
    for path in paths:
        absolute = path.absolute()
        for folder in (absolute, *absolute.parents):
            if folder.is_dir():
                return folder
    return Path.cwd()


def _place(path: Path) -> str:
    """The path as git can tell whether it is inside; a symbolic link to a file is kept, as git tracks the link."""
    return str(path.resolve() if path.is_dir() else path.absolute().parent.resolve() / path.name)


def _below(top: str, name: bytes) -> str:
    return os.path.realpath(Path(top, os.fsdecode(name)))


def parse_patch(patch: bytes) -> dict[bytes, frozenset[int] | None]:
    """The new lines of each file in a patch without context, by its path in the repository; None for the whole file.

    git counts lines by LF alone, so a file with a bare CR counts as changed as a whole.
    """
    files: dict[bytes, set[int] | None] = {}
    old = path = b""
    body = 0
    for line in patch.split(b"\n"):
        if body:
            body -= line[:1] != b"\\"  # "\ No newline at end of file" is not counted
            if line[:1] == b"+" and b"\r" in line[1:].removesuffix(b"\r"):
                files[path] = None
        elif line.startswith(b"--- "):
            old = _name(line[4:])
        elif line.startswith(b"+++ "):
            new = _name(line[4:])
            path = (new or old)[2:]
            files[path] = set() if new and old else None
        elif line.startswith(b"@@ "):
            removed, added = (_range(part) for part in line.split(b" ")[1:3])
            body = removed[1] + added[1]
            if (lines := files.get(path)) is not None:
                lines.update(range(added[0], added[0] + added[1]))
    return {name: None if lines is None else frozenset(lines) for name, lines in files.items()}


def _range(text: bytes) -> tuple[int, int]:
    start, _, count = text[1:].partition(b",")
    return int(start), int(count) if count else 1


_ESCAPES = {b"a": 7, b"b": 8, b"t": 9, b"n": 10, b"v": 11, b"f": 12, b"r": 13, b'"': 34, b"\\": 92}


def _name(text: bytes) -> bytes:
    r"""A path as `a/…` in a patch, unquoted (`"a/\345\251\272.csv"`); empty for /dev/null."""
    text = text.removesuffix(b"\t")  # ends a name that has a blank
    if not text.startswith(b'"'):
        return b"" if text == b"/dev/null" else text
    out = bytearray()
    at = 1
    while at < len(text) - 1:
        if text[at : at + 1] != b"\\":
            out.append(text[at])
            at += 1
        elif (escape := text[at + 1 : at + 2]) in _ESCAPES:
            out.append(_ESCAPES[escape])
            at += 2
        else:
            out.append(int(text[at + 1 : at + 4], 8))
            at += 4
    return bytes(out)
