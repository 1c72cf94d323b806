"""Run what a page tells to type, in the order of the page, and put under each command what it prints.

A page says at its top in which project: `<!-- run in: shipped -->`, or `<!-- run in: shipped, in English -->`, where
MZPLAN_LANG is en, as the page must tell its readers. Of its fenced blocks `console` is run, a line after
`$ ` at a time. A block below `<!-- file: NAME -->` becomes that file, below `<!-- added to: NAME -->` its last lines;
one below `<!-- not run: WHY -->` is left alone; another stops the run. A command ends with 0 unless its own remark says
otherwise (`# exit code 1`, `# 退出码 1`), or `<!-- exit code: 1 -->` above its block: cmd knows no remarks. Of what it
prints, `<!-- shown: first 6 -->` keeps six lines, `last 6` likewise, `结论; 数据` the paragraphs that begin so; what is
left out is `……`. `<!-- edited: FILE: OLD → NEW -->` does what the page tells people to do in an editor.
"""

import contextlib
import io
import os
import pty
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextvars import copy_context
from itertools import groupby, takewhile
from pathlib import Path
from unittest.mock import patch

from mzplan.cli import main

ROOT = Path(__file__).resolve().parent.parent
WHERE = re.compile(r"^<!-- run in: (\w+)(, in English)? -->$", re.MULTILINE)
NOT_RUN = {
    "installs from the network",
    "changes the shell",
    "runs until it is stopped",
    "a picture",
    "a part of a file",
}
"""Why a block may be left alone."""
_MARK = r" *<!-- (file|added to|not run|shown|exit code): (.+?) -->\n"
_BLOCK = re.compile(
    r"^<!-- edited: (?P<file>\S+): (?P<old>.+?) → (?P<new>.+?) -->$|"
    rf"^(?P<marks>(?:{_MARK.replace('(', '(?:')})*)"
    r"(?P<indent> *)```(?P<language>\w*)\n(?P<body>.*?)^(?P=indent)```$",
    re.MULTILINE | re.DOTALL,
)
_ENDS_WITH = re.compile(r"# (?:.*[ ，])?(?:exit code|退出码) ?(\d+)$")
_HERE = re.compile(r"<<'(\w+)'")
_PLAIN = re.compile(r"mzplan [^|&;<>()$`\\*?{}~\n]+")
"""A line that any shell takes for the program and its words."""
_GIT = ("-c", "user.name=t", "-c", "user.email=t@example.invalid", "-c", "init.defaultBranch=main")


class PageError(Exception):
    """A block that nobody can run, or a command that ends otherwise than the page says."""


def _shipped(folder: Path) -> None:
    for part in ("plan", "data", "docs/examples"):
        shutil.copytree(ROOT / part, folder / part)


def _repository(folder: Path) -> None:
    """A city that has a plan and the reports of a month, and a remote that has both."""
    shutil.copytree(ROOT / "plan", folder / "plan")
    shutil.copytree(ROOT / "data" / "2023-06", folder / "data" / "2023-06")
    origin = str(folder.parent / "origin.git")
    for words in (
        ("init", "-q", "--bare", origin),
        ("init", "-q", "."),
        ("remote", "add", "origin", origin),
        ("add", "-A"),
        ("commit", "-q", "-m", "Begin"),
        ("push", "-q", "-u", "origin", "main"),
        ("config", "user.name", "t"),
        ("config", "user.email", "t@example.invalid"),
    ):
        subprocess.run(["git", *_GIT, *words], cwd=folder, check=True, env=_environment(folder.parent))


PROJECTS: Mapping[str, Callable[[Path], None]] = {
    "shipped": _shipped,
    "repository": _repository,
    "empty": lambda folder: None,
}
"""In what a page's commands can be run."""


def shown(text: str, *, in_processes: bool = False) -> str:
    """The page with what its commands print now.

    Lines of nothing but `mzplan` and its words run in this process, if not asked otherwise: that takes half the time.
    """
    where = WHERE.search(text)
    if where is None:
        if left := _BLOCK.search(text):
            raise PageError(f"no project to run this in:\n{left[0]}")
        return text
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "city"
        folder.mkdir()
        _program(Path(scratch) / "bin" / "mzplan")
        PROJECTS[where[1]](folder)
        language = {"MZPLAN_LANG": "en"} if where[2] else {}
        run = _Run(folder, {**_environment(Path(scratch)), **language}, in_processes)
        return _BLOCK.sub(run.block, text)


def _program(path: Path) -> None:
    path.parent.mkdir()
    path.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m mzplan "$@"\n')
    path.chmod(0o755)


def _environment(scratch: Path) -> Mapping[str, str]:
    """A terminal of a hundred columns without colours, nobody's settings, and the cache of plans that is there."""
    home = Path.home()
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("MZPLAN_", "GIT_"))}
    return {
        **kept,
        "PATH": f"{scratch / 'bin'}{os.pathsep}{kept['PATH']}",
        "XDG_CACHE_HOME": kept.get("XDG_CACHE_HOME", str(home / ".cache")),
        "HOME": str(scratch),
        "COLUMNS": "100",
        "NO_COLOR": "1",
        "LC_ALL": "C.UTF-8",
    }


class _Run:
    """The blocks of one page, one after the other."""

    def __init__(self, folder: Path, environment: Mapping[str, str], in_processes: bool) -> None:
        self._folder, self._environment, self._in_processes = folder, environment, in_processes

    def block(self, found: re.Match[str]) -> str:
        """The block as it should be: written, left alone, or run with what is printed."""
        if found["file"]:
            self._edit(self._folder / found["file"], found["old"], found["new"])
            return found[0]
        marks = dict(re.findall(_MARK, found["marks"]))
        indent, body = found["indent"], re.sub(f"^{found['indent']}", "", found["body"], flags=re.MULTILINE)
        if name := marks.get("file", marks.get("added to")):
            file = self._folder / name
            file.parent.mkdir(parents=True, exist_ok=True)
            with file.open("w" if "file" in marks else "a", encoding="utf-8") as stream:
                stream.write(body)
        elif "not run" in marks:
            if marks["not run"] not in NOT_RUN:
                raise PageError(f"no reason to leave a block alone: {marks['not run']}")
        elif found["language"] != "console":
            raise PageError(f"a block that nothing runs:\n{found[0]}")
        else:
            lines = "".join(f"{indent}{line}".rstrip() + "\n" for line in self._session(body, marks))
            return f"{found['marks']}{indent}```console\n{lines}{indent}```"
        return found[0]

    @staticmethod
    def _edit(file: Path, old: str, new: str) -> None:
        text = file.read_text(encoding="utf-8")
        if old not in text:
            raise PageError(f"no {old} in {file.name}")
        file.write_text(text.replace(old, new), encoding="utf-8")

    def _session(self, body: str, marks: Mapping[str, str]) -> Iterator[str]:
        for command in _commands(body):
            yield from f"$ {command}".split("\n")
            if command.startswith("cd "):
                self._folder = (self._folder / command.removeprefix("cd ")).resolve(strict=True)
            else:
                lines = self._run(command, int(marks.get("exit code", 0)))
                yield from _part(lines, marks["shown"]) if "shown" in marks else lines

    def _run(self, command: str, code_expected: int) -> list[str]:
        """What the command prints: on a terminal, then what it tells beside."""
        run = self._of_shell if self._in_processes or not _PLAIN.fullmatch(command) else self._of_program
        code, printed = run(command)
        lines = printed.decode().removeprefix("\ufeff").rstrip().split("\n")
        ends_with = _ENDS_WITH.search(command)
        if code != (int(ends_with[1]) if ends_with else code_expected):
            raise PageError("\n".join([f"$ {command}", *lines, f"ends with {code}"]))
        return lines if lines != [""] else []

    def _of_shell(self, command: str) -> tuple[int, bytes]:
        screen, terminal = pty.openpty()
        with tempfile.TemporaryFile() as told:
            running = subprocess.Popen(
                ["bash", "-c", command], cwd=self._folder, env=self._environment, stdout=terminal, stderr=told
            )
            os.close(terminal)
            output = b"".join(_read(screen)).replace(b"\r\n", b"\n")
            code = running.wait()
            told.seek(0)
            return code, output + told.read()

    def _of_program(self, command: str) -> tuple[int, bytes]:
        words = shlex.split(command, comments=True)[1:]
        screen, told = _Screen(io.BytesIO(), "utf-8"), io.TextIOWrapper(io.BytesIO(), "utf-8")
        with (
            contextlib.chdir(self._folder),
            patch.dict(os.environ, self._environment, clear=True),
            contextlib.redirect_stdout(screen),
            contextlib.redirect_stderr(told),
        ):
            try:
                copy_context().run(main, words)  # the language of the run goes with it
            except SystemExit as stop:
                code = int(stop.code or 0)
        return code, b"".join(_printed(stream) for stream in (screen, told))


class _Screen(io.TextIOWrapper):
    """What is written to a terminal."""

    def isatty(self) -> bool:
        return True


def _printed(stream: io.TextIOWrapper) -> bytes:
    stream.flush()
    stream.seek(0)
    return stream.buffer.read()


def _part(lines: list[str], wanted: str) -> Iterator[str]:
    """Some of the lines, and a mark for those that are left out."""
    if said := re.fullmatch(r"(first|last) (\d+)", wanted):
        some = slice(int(said[2])) if said[1] == "first" else slice(-int(said[2]), None)
        kept = set(range(len(lines))[some])
    else:
        begins = [at for at, line in enumerate(lines) if line.startswith(tuple(wanted.split("; ")))]
        kept = {at for begin in begins for at in takewhile(lambda at: lines[at], range(begin, len(lines)))}
    if not kept:
        raise PageError(f"nothing is shown of {wanted}")
    for is_kept, group in groupby(range(len(lines)), kept.__contains__):
        some_lines = [lines[at] for at in group]
        if is_kept:
            yield from some_lines
        elif any(some_lines):
            yield "……"


def _commands(body: str) -> Iterator[str]:
    """What is typed in a block; a text that is typed in goes on to its last line."""
    lines = iter(body.split("\n"))
    for line in lines:
        if not line.startswith("$ "):
            continue
        command = [line.removeprefix("$ ")]
        if text := _HERE.search(line):
            for more in lines:
                command.append(more)
                if more == text[1]:
                    break
        yield "\n".join(command)


def _read(screen: int) -> Iterator[bytes]:
    """All that is written to a terminal, until nobody has it open any more; Linux tells that by an error."""
    with os.fdopen(screen, "rb", buffering=0) as stream, contextlib.suppress(OSError):
        while piece := stream.read(1 << 16):
            yield piece
