"""What `make windows-zip` makes, in the Wine of `make test-windows`: drives, consoles, open files, the zip itself."""

import base64
import itertools
import json
import os
import re
import shutil
import subprocess
import sys
import threading
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from mzplan.render.check import FORMATS
from mzplan.render.formats import FOR_PEOPLE

ROOT = Path(__file__).parent.parent
ARCHIVE = ROOT / "dist" / "mzplan-windows.zip"
PREFIX = ROOT / ".venv-windows"
WINE = "/usr/lib/wine/wine64"
PATIENCE = 240
"""Seconds for one command."""
RUNNER = f"""
import base64, json, os, subprocess, sys
for line in sys.stdin:
    words, folder, more = json.loads(line)
    try:
        ran = subprocess.run(words, cwd=folder, env=dict(os.environ, **more), stdin=subprocess.DEVNULL,
            capture_output=True, timeout={PATIENCE})
        told = ran.returncode, ran.stdout, ran.stderr
    except (OSError, subprocess.TimeoutExpired) as error:
        told = -1, b"", repr(error).encode()
    print(json.dumps([each if isinstance(each, int) else base64.b64encode(each).decode() for each in told]), flush=True)
"""
HELD = """
import _winapi, subprocess, sys
_winapi.CreateFile(sys.argv[1], 0xC0000000, int(sys.argv[2]), 0, 3, 0, 0)
sys.exit(subprocess.run([sys.executable, "-m", "mzplan", *sys.argv[3:]]).returncode)
"""
"""Runs the program while a file is open, which others may read (1) or not (0)."""
CONSOLE = """
import ctypes, msvcrt, subprocess, sys
if len(sys.argv) > 2:
    of_its_own = subprocess.CREATE_NO_WINDOW
    sys.exit(subprocess.run([sys.executable, "-c", *sys.argv[2:]], creationflags=of_its_own).returncode)
system = ctypes.windll.kernel32
system.SetConsoleOutputCP(int(sys.argv[1]))
from mzplan.cli import terminal
console = open("CONOUT$", "w")
mode = ctypes.c_ulong()
system.SetConsoleMode(msvcrt.get_osfhandle(console.fileno()), 3)
obeys = terminal.takes_escapes(console)
system.GetConsoleMode(msvcrt.get_osfhandle(console.fileno()), ctypes.byref(mode))
with open("console.txt", "w") as told:
    print(terminal.code_page(), terminal.ambiguous_width(None), obeys, bool(mode.value & 4), file=told)
"""
"""What the program takes a console for, with its code page, and whether its mode is as it is taken."""
OPENED = """
import shutil, sys
shutil.copyfile(sys.argv[1], sys.argv[2])
"""
"""Stands for a browser: keeps the page that it is given."""

pytestmark = [
    pytest.mark.windows,
    pytest.mark.untraced,
    pytest.mark.skipif(not (PREFIX.exists() and ARCHIVE.exists()), reason="no Wine to try it in: make test-windows"),
]


class Ended(NamedTuple):
    """A run that has ended."""

    code: int
    out: bytes
    err: bytes


class Windows:
    """One program under Wine that starts all others and hands back what they write.

    So no command of a test starts Wine's own servers, which would keep what it writes to open; and what it writes to is
    Windows's own, not inherited from here.
    """

    def __init__(self, home: Path, folder: Path) -> None:
        self.home, self.folder = home, folder
        self.environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "MZPLAN"))},
            "LC_ALL": "C.UTF-8",
            "WINEPREFIX": str(PREFIX),
            "WINEDEBUG": "-all",
            "WINEDLLOVERRIDES": "mscoree,mshtml=;bcryptprimitives=n,b",
        }
        self.stop()
        self.program = subprocess.Popen(
            [WINE, str(home / "python" / "python.exe"), "-c", RUNNER],
            env=self.environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )

    def run(self, words: list[str] | str, where: str = "", **environment: str) -> Ended:
        """Run a command in the folder, or where it is said, with more in its environment."""
        assert self.program.stdin is not None
        assert self.program.stdout is not None
        asked = json.dumps([words, where or path(self.folder), environment])
        late = threading.Timer(2 * PATIENCE, self.program.kill)
        late.start()
        self.program.stdin.write(asked.encode() + b"\n")
        self.program.stdin.flush()
        answer = self.program.stdout.readline()
        late.cancel()
        code, *written = json.loads(answer)
        return Ended(code, *map(base64.b64decode, written))

    def python(self, *words: str, where: str = "", **environment: str) -> Ended:
        """Run its Python, whose streams are UTF-8 unless another encoding is said."""
        named = {"PYTHONIOENCODING": "utf-8", **environment}
        return self.run([path(self.home / "python" / "python.exe"), *words], where, **named)

    def batch(self, name: str, *words: str, **environment: str) -> Ended:
        """Run what is double-clicked, or has files dropped on it, in the way of Explorer."""
        quoted = " ".join(f'"{word}"' for word in (path(self.home / name), *words))
        return self.run(f'cmd /c "{quoted}"', **environment)

    def mzplan(self, *words: str, where: str = "", **environment: str) -> Ended:
        return self.python("-m", "mzplan", *words, where=where, **environment)

    def end(self) -> None:
        self.program.kill()
        self.program.communicate()  # closes the pipes too
        self.stop()

    def stop(self) -> None:
        """End all that runs in this Wine."""
        command = [str(Path(WINE).with_name("wineserver")), "-k"]
        subprocess.run(command, env=self.environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)


def path(file: Path) -> str:
    """What Wine calls a file of this system."""
    return "Z:" + str(file).replace("/", "\\")


@pytest.fixture(scope="module")
def windows(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Windows]:
    """The archive, unpacked beside the shipped plan and data, in a folder that is a drive as well."""
    base = tmp_path_factory.mktemp("我的 数据")
    with zipfile.ZipFile(ARCHIVE) as archive:
        archive.extractall(base)
    folder = base / "2023 年"
    for name in ("plan", "data"):
        shutil.copytree(ROOT / name, folder / name)
    (folder / "bad").mkdir()
    shutil.copy(ROOT / "docs" / "examples" / "yiwu-2023-10.csv", folder / "bad")
    drive = PREFIX / "dosdevices" / "n:"
    drive.unlink(missing_ok=True)
    drive.symlink_to(folder)
    system = Windows(base / "mzplan-windows", folder)
    yield system
    system.end()
    drive.unlink()


def linux(folder: Path, *arguments: str) -> Ended:
    """How the same command ends here."""
    program = [sys.executable, "-m", "mzplan", *arguments]
    ran = subprocess.run(program, cwd=folder, capture_output=True, timeout=PATIENCE, check=False)
    return Ended(ran.returncode, ran.stdout, ran.stderr)


@pytest.mark.parametrize(
    ("where", "command"),
    [("{folder}", "check"), ("n:\\", "check"), ("n:\\", "status"), ("n:\\data", "check"), ("n:\\data", "status")],
)
def test_a_drive_that_stands_for_a_folder(windows: Windows, where: str, command: str) -> None:
    """Wine calls a folder by the drive that is nearest, so that from the folder itself it is as with `subst`."""
    ran = windows.mzplan(command, "--format", "json", where=where.format(folder=path(windows.folder)))
    here = windows.folder / "data" if where.endswith("data") else windows.folder
    assert ran == linux(here, command, "--format", "json")


MACHINE = [
    *(["check", "bad", "--format", name] for name in FORMATS if name not in FOR_PEOPLE),
    ["plan", "--format", "json"],
    ["plan", "check", "--format", "sarif"],
    ["plan", "schema"],
    ["rule", "--format", "json"],
    ["explain", "T05-03", "--format", "json"],
    ["status", "--format", "csv"],
    ["template", "--unit", "义乌市", "--format", "csv"],
]


@pytest.mark.parametrize(
    ("command", "encoding"), list(zip(MACHINE, itertools.cycle(("cp936", "cp1252", "ascii")), strict=False))
)
def test_programs_get_what_they_get_on_linux(windows: Windows, command: list[str], encoding: str) -> None:
    ran, here = windows.mzplan(*command, PYTHONIOENCODING=encoding), linux(windows.folder, *command)
    assert ran.out == here.out
    assert (ran.code, ran.err) == (here.code, b"")


@pytest.mark.parametrize(
    "given",
    [
        "data\\2023-09\\*.csv",
        "data\\2023-0?\\yiwu.csv",
        "DATA\\2023-09\\YIWU.CSV",
        "n:\\data\\2023-09\\yiwu.csv",
        "\\\\?\\n:\\data\\2023-09\\yiwu.csv",
        'data\\2023-06" --strict',
    ],
)
def test_paths_as_they_are_typed(windows: Windows, given: str) -> None:
    ran = windows.mzplan("check", given)
    assert (ran.code, ran.err) == (0, b"")
    assert "没有发现问题" in ran.out.decode()


def test_a_file_that_another_program_has_open(windows: Windows) -> None:
    """As WPS has one, to itself, and as Excel has one, which others may read but not replace."""
    read = windows.python("-c", HELD, "data\\2023-09\\yiwu.csv", "0", "check", "data\\2023-09\\yiwu.csv")
    assert "MZ101 错误：文件正被别的程序（Excel、WPS、Word 等）打开" in read.out.decode()
    (windows.folder / "out.txt").write_text("old")
    written = windows.python("-c", HELD, "out.txt", "1", "plan", "-o", "out.txt", "--force")
    assert written.err.decode().startswith("mzplan: 无法写入 out.txt：文件正被别的程序")
    assert (windows.folder / "out.txt").read_text() == "old"
    into = windows.mzplan("plan", "-o", "data").err.decode()
    assert into.strip() == "mzplan: 无法写入 data：是文件夹。"


@pytest.mark.parametrize("command", [["status"], ["explain", "T05-03"], ["rule", "MZ220"], ["doctor"]], ids=" ".join)
def test_a_chinese_pipe_has_no_escapes(windows: Windows, command: list[str]) -> None:
    ran = windows.mzplan(*command, PYTHONIOENCODING="cp936")
    assert (ran.code, ran.err) == (0, b"")
    assert not re.search(rb"\\u[0-9a-f]{4}", ran.out)  # C:\users is none
    assert b"\x1b" not in ran.out
    ran.out.decode("cp936")


@pytest.mark.parametrize(("code_page", "cells"), [(936, 2), (1252, 1)])
def test_a_console_is_known_by_its_code_page_and_mode(windows: Windows, code_page: int, cells: int) -> None:
    for _ in range(5):
        ran = windows.python("-c", CONSOLE, "", CONSOLE, str(code_page))
        if b"WinError 1359" not in ran.err:  # a busy Wine has at times no console yet for who asks for it
            break
    assert (ran.code, ran.err) == (0, b"")
    page, width, obeys, mode = (windows.folder / "console.txt").read_text().split()
    assert (int(page), int(width)) == (code_page, cells)
    assert obeys == mode


def test_a_plan_is_the_same_whatever_its_lines_end_with(windows: Windows) -> None:
    """As git may check it out on Windows."""
    plan = windows.folder / "plan" / "2023.yaml"
    before = windows.mzplan("plan", "--format", "json").out
    plan.write_bytes(plan.read_bytes().replace(b"\n", b"\r\n"))
    after = windows.mzplan("plan", "--format", "json").out
    plan.write_bytes(plan.read_bytes().replace(b"\r\n", b"\n"))
    assert json.loads(before) == json.loads(after)


def test_the_archive_is_unpacked_and_used(windows: Windows) -> None:
    ran = windows.batch("mzplan.cmd", "status", PYTHONIOENCODING="utf-8")
    assert (ran.code, ran.err) == (0, b"")
    assert ran.out.replace(b"\r\n", b"\n") == linux(windows.folder, "status").out
    for name in ("填报表.xlsx", "通报.docx"):
        command = ["template", "--unit", "义乌市"] if name.endswith("xlsx") else ["summary"]
        assert windows.mzplan(*command, "-o", name).code == 0
        assert zipfile.is_zipfile(windows.folder / name)
    failed = windows.batch("mzplan.cmd", "check", "nowhere.csv")
    assert failed.code == 2


def test_a_file_that_is_dropped_is_checked_and_shown(windows: Windows, tmp_path: Path) -> None:
    """A program that keeps the page stands for the browser."""
    browser, kept = tmp_path / "browser.py", tmp_path / "kept.html"
    browser.write_text(OPENED)
    shown_by = " ".join(f'"{path(file)}"' for file in (windows.home / "python" / "python.exe", browser))
    command = f'{shown_by} "%1" "{path(kept)}"'
    for words in (["HKCR\\.html", "/d", "kept"], ["HKCR\\kept\\shell\\open\\command", "/d", command]):
        assert windows.run(["reg", "add", words[0], "/ve", *words[1:], "/f"]).code == 0
    bad = tmp_path / "义乌 9月.csv"
    good = (windows.folder / "data" / "2023-09" / "yiwu.csv").read_text("utf-8")
    bad.write_text(good.replace("T05-03", "T99-99"), "utf-8")
    for file, verdict in ((bad, "校验结果：未通过"), (windows.folder / "data" / "2023-09", "校验结果：通过")):
        ran = windows.batch("校验.cmd", path(file))
        for _ in range(50):
            if kept.exists() and verdict in kept.read_text("utf-8"):
                break
            threading.Event().wait(0.2)
        assert ran.code in (0, 1)
        assert verdict in kept.read_text("utf-8")


@pytest.mark.parametrize("name", ["甲 & 乙（9月）.csv", "data\\2023-09\\"])
def test_names_as_explorer_drops_them(windows: Windows, name: str, tmp_path: Path) -> None:
    """In quotes; a backslash before the last one is taken for its own by Windows."""
    shutil.copy(windows.folder / "data" / "2023-09" / "yiwu.csv", windows.folder / "甲 & 乙（9月）.csv")
    ran = windows.batch("校验.cmd", f"{path(windows.folder)}\\{name}", PYTHONIOENCODING="utf-8", TEMP=path(tmp_path))
    assert ran.err == b""
    assert "校验结果：通过" in (tmp_path / "mzplan-check.html").read_text("utf-8")


def test_a_command_that_is_proposed_does_in_cmd_what_it_says(windows: Windows) -> None:
    """Whatever the folder is called: nothing of it is cut off, left out or a command of its own."""
    folder = "@甲&乙^(9月),{一};=it's 叹!号"
    for name in ("plan", "data/2023-09"):
        shutil.copytree(windows.folder / name, windows.folder / folder / name)
    look = ("status", "--plan", f"{folder}\\plan\\2023.yaml", "--data", f"{folder}\\data")
    (proposed,) = re.findall(
        r"mzplan status .*--full$", windows.mzplan(*look).out.decode().replace("\r", ""), re.MULTILINE
    )
    ran = windows.run(
        f'cmd /s /c "{proposed}"', PATH=f"{path(windows.home)};C:\\windows\\system32", PYTHONIOENCODING="utf-8"
    )
    assert (ran.code, ran.err) == (0, b"")
    assert ran.out.replace(b"\r\n", b"\n") == windows.mzplan(*look, "--full").out.replace(b"\r\n", b"\n")


@pytest.mark.parametrize("command", [["check", "--since", "HEAD"], ["impact", "HEAD"]], ids=" ".join)
def test_what_needs_git_says_so_where_there_is_none(windows: Windows, command: list[str]) -> None:
    ran = windows.mzplan(*command)
    assert (ran.code, ran.out) == (2, b"")
    assert "需要 git，但这台机器上没有安装。" in ran.err.decode()


def test_a_bulletin_is_verified_and_written_in_a_layout_of_one_s_own(windows: Windows) -> None:
    """The zip has what both need: python-docx, jinja2 and the grammar; a figure that was changed is found."""
    assert windows.mzplan("summary", "-o", "通报.docx").code == 0
    assert windows.mzplan("summary", "-o", "通报.md").code == 0
    for name in ("通报.docx", "通报.md"):
        verified = windows.mzplan("summary", "--verify", name)
        assert (verified.code, verified.err) == (0, b""), name
    text = (windows.folder / "通报.md").read_text("utf-8")
    assert "122项" in text
    (windows.folder / "改过.md").write_text(text.replace("122项", "123项"), "utf-8")
    ran = windows.mzplan("summary", "--verify", "改过.md")
    assert (ran.code, "MZ901" in ran.out.decode()) == (1, True)
    (windows.folder / "版式.txt").write_bytes(b"{{ bulletin.title.text }}\r\n")
    layout = ("summary", "--template", "版式.txt")
    assert windows.mzplan(*layout).out == linux(windows.folder, *layout).out


def test_a_file_in_the_place_of_the_data_is_nobodys_silence(windows: Windows) -> None:
    """Windows calls a folder that is opened as a file forbidden, and so a wrong path would look like a closed one."""
    data, away = windows.folder / "data", windows.folder / "away"
    data.rename(away)
    try:
        data.write_text("")
        for words in (["explain", "T05-03", "义乌市"], ["summary", "--kind", "reminder", "--draft"]):
            ran = windows.mzplan(*words)
            assert (ran.code, ran.out) == (2, b""), words
            assert ran.err.decode().splitlines() == linux(windows.folder, *words).err.decode().splitlines()
        assert "data（不是文件夹）" in windows.mzplan("doctor").out.decode()
    finally:
        data.unlink()
        away.rename(data)
    ran = windows.mzplan("status", "-o", "nodir\\x.md")
    assert ran.err.decode().strip() == "mzplan: 无法写入 nodir\\x.md：没有文件夹 nodir，请先建好。"
