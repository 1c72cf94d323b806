"""The program as a process: odd files, full disks, closed streams, signals, locales, and the worst files."""

import json
import os
import pty
import re
import shutil
import signal
import socket
import subprocess
import sys
import tomllib
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from time import sleep

import pytest

import corpus
from conftest import Mzplan, Ran, few, out, run

PLANS = Path(__file__).parent / "plans"
PROGRAM = (sys.executable, "-m", "mzplan")
TIMEOUT = 120
"""Seconds after which a process counts as hanging; each takes a fraction of one, more on a machine that is busy."""

Ended = subprocess.CompletedProcess[bytes]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project with one sound report of four records."""
    folder = tmp_path / "project"
    (folder / "plan").mkdir(parents=True)
    shutil.copy(PLANS / "tiny.yaml", folder / "plan" / "2023.yaml")
    shutil.copy(PLANS / "tiny.breakdown.csv", folder / "plan" / "2023.breakdown.csv")
    (folder / "data" / "2023-06").mkdir(parents=True)
    (folder / "data" / "2023-06" / "jia.csv").write_text(corpus.text(), encoding="utf-8")
    return folder


def mzplan(
    project: Path, *arguments: str, stdout: int = subprocess.PIPE, environment: Mapping[str, str] | None = None
) -> Ended:
    """One run in the project; it must not hang."""
    return subprocess.run(
        [*PROGRAM, *arguments],
        cwd=project,
        env={**os.environ, **(environment or {})},
        stdin=subprocess.DEVNULL,
        stdout=stdout,
        stderr=subprocess.PIPE,
        timeout=TIMEOUT,
        check=False,
    )


@pytest.fixture
def here(project: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Mzplan:
    """One run in the project and in this process, for what needs none of its own."""
    monkeypatch.chdir(project)
    return lambda *arguments: Ran(run(*arguments), *capfd.readouterr())


def at_a_terminal(project: Path, *arguments: str) -> tuple[bytes, bytes]:
    """What one run that is impatient from the start writes to standard output, and to a terminal as standard error."""
    impatient = f"from mzplan.cli import main, terminal; terminal.PATIENCE = 0; main({list(arguments)!r})"
    shown, terminal = pty.openpty()
    done = subprocess.Popen(
        [sys.executable, "-c", impatient],
        cwd=project,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=terminal,
    )
    os.close(terminal)
    out, _ = done.communicate(timeout=TIMEOUT)
    said = b""
    with suppress(OSError):  # EIO: nobody has the other end open
        while part := os.read(shown, 1 << 16):
            said += part
    os.close(shown)
    return out, said


@few("command", ["check", "status"], ["check"])
def test_rows_are_counted_on_a_terminal_and_nowhere_else(project: Path, command: str) -> None:
    out, said = at_a_terminal(project, command)
    assert said.decode().startswith("\r已读取 4 行……")
    assert said.decode().endswith("\r\x1b[K")
    assert "已读取" not in out.decode()
    impatient = f"from mzplan.cli import main, terminal; terminal.PATIENCE = 0; main([{command!r}])"
    quiet = subprocess.run([sys.executable, "-c", impatient], cwd=project, capture_output=True, check=False)
    assert (quiet.stdout, quiet.stderr) == (out, b"")


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        ("check --format js", ["json", "jsonl"]),
        *(
            (f"{command} --lights s", ["strict", "sanya-2022"])
            for command in ("status", "summary", "explain", "lights")
        ),
        ("status --format js", ["json", "jsonl"]),
        ("status --by t", ["task"]),
        ("status --sort g", ["gap"]),
        ("summary --kind b", ["bulletin", "brief"]),
        ("plan check --format s", ["sarif"]),
        ("che", ["check"]),
    ],
)
def test_the_shell_completes_words_out_of_a_fixed_set(
    project: Path,
    words: str,
    offered: Sequence[str],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(project)
    number = str(len(words.split()))
    asked = {"COMP_WORDS": f"mzplan {words}", "COMP_CWORD": number, "_MZPLAN_COMPLETE": "complete_bash"}
    for name, value in asked.items():
        monkeypatch.setenv(name, value)
    assert out(capsys).splitlines() == list(offered)


def shell(project: Path, redirection: str, *arguments: str) -> Ended:
    """One run with its streams as the shell makes them."""
    command = ["bash", "-c", f'exec "$@" {redirection}', "bash", *PROGRAM, *arguments]
    return subprocess.run(command, cwd=project, capture_output=True, timeout=TIMEOUT, check=False)


def lines(said: bytes) -> list[str]:
    text = said.decode()
    assert "Traceback" not in text
    assert "Exception ignored" not in text
    return text.splitlines()


def everything_in(folder: Path) -> dict[str, bytes]:
    """What lies below a folder, temporary files too."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def plug(path: Path) -> None:
    """A socket's name is short: bind it from its own folder."""
    here = Path.cwd()
    os.chdir(path.parent)
    with socket.socket(socket.AF_UNIX) as end:
        end.bind(path.name)
    os.chdir(here)


def fill_sparsely(path: Path) -> None:
    path.touch()
    os.truncate(path, (1 << 30) + 1)


ODD: dict[str, tuple[Callable[[Path], object], str]] = {
    "pipe.csv": (os.mkfifo, "不是普通文件"),
    "zero.csv": (lambda path: path.symlink_to("/dev/zero"), "项目外面"),
    "plug.csv": (plug, "不是普通文件"),
    "loop.csv": (lambda path: path.symlink_to(path.name), "绕成了圈"),
    "out.csv": (lambda path: path.symlink_to("/etc/hostname"), "项目外面"),
    "gone.csv": (lambda path: path.symlink_to("nowhere.csv"), "指向的文件不存在"),
    "huge.csv": (fill_sparsely, "1024 MB"),
}
"""Names below the data folder that are no readable file, and a word of what must be said of each."""


@pytest.fixture
def odd_project(project: Path) -> Path:
    for name, (make, _) in ODD.items():
        make(project / "data" / "2023-06" / name)
    return project


def test_what_is_no_file_is_a_finding_and_the_other_files_go_on(here: Mzplan, odd_project: Path) -> None:
    done = here("check", "--format", "json", "--ignore", "MZ602")
    assert (done.code, done.err) == (1, "")
    report = json.loads(done.out)
    said = {Path(finding["path"]).name: finding["message"] for finding in report["diagnostics"]}
    assert {name for name, (_, word) in ODD.items() if word in said[name]} == said.keys() == ODD.keys()
    left_out = {"ignored": 3, "waived": 0, "known": 0, "unchanged": 0, "excluded": 0, "cleared": 0}
    assert report["summary"] == {"files": 8, "records": 4, "errors": 7, "warnings": 0} | left_out


def test_tables_are_made_without_them_and_say_so_and_no_bulletin_is_written(here: Mzplan, odd_project: Path) -> None:
    tables = here("status")
    assert (tables.code, tables.err) == (0, "")
    assert "已报/应报 4/13" in tables.out
    assert "有错误的数据未计入任何数字：data/2023-06/gone.csv（符号链接指向的文件不存在）" in tables.out
    bulletin = here("summary")
    assert (bulletin.code, bulletin.out) == (1, "")
    assert "7 个错误" in bulletin.err


def test_named_one_by_one_they_hang_no_more_than_found_in_a_folder(here: Mzplan, odd_project: Path) -> None:
    data = odd_project / "data" / "2023-06"
    (data / "empty.csv").mkdir()
    names = [str(data / name) for name in ("pipe.csv", "plug.csv", "loop.csv", "empty.csv")]
    done = here("check", "--no-context", "/dev/zero", *names)
    assert (done.code, done.err) == (1, "")
    assert "5 个错误" in done.out.splitlines()[-2]


@pytest.mark.parametrize(
    "arguments",
    [
        ("summary", "--verify", "PIPE"),
        ("summary", "--draft", "--template", "PIPE"),
        ("status", "--plan", "PIPE"),
        ("plan", "check", "/dev/zero"),
        ("breakdown", "T01-01", "--weights", "PIPE"),
        ("check", "--baseline", "PIPE"),
    ],
)
def test_what_any_other_option_names_must_be_a_file_too(here: Mzplan, project: Path, arguments: Sequence[str]) -> None:
    os.mkfifo(project / "PIPE")
    done = here(*arguments)
    assert done.code == 2
    assert "不是普通文件" in done.out + done.err


@pytest.mark.parametrize("command", [("check",), ("status",), ("template", "--unit", "甲县"), ("lights",)])
def test_data_that_are_not_there_are_missed_whichever_way_they_are_named(
    project: Path, command: Sequence[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(project)
    assert run(*command, "--data", "no-such") == 2
    monkeypatch.setenv("MZPLAN_DATA", "no-such")
    assert run(*command) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.count("mzplan: 找不到 no-such。") == 2


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps the folder that somebody is in")
@few("command", ["status", "check", "doctor"], ["status", "doctor"])
def test_a_current_folder_that_is_gone_is_named(command: str, tmp_path: Path) -> None:
    gone = "import os,sys,runpy; os.mkdir('gone'); os.chdir('gone'); os.rmdir('../gone'); "
    run = f"sys.argv = ['mzplan', {command!r}]; runpy.run_module('mzplan', run_name='__main__')"
    done = subprocess.run([sys.executable, "-c", gone + run], cwd=tmp_path, capture_output=True, check=False)
    assert done.returncode == 2
    assert done.stderr.decode() == "mzplan: 当前文件夹已经不在了：换到别的文件夹再运行。\n"


@pytest.mark.parametrize("path", ["/proc/nowhere", "plan/2023.yaml/out.txt", "no-such/out.txt", "data", "/dev/full"])
def test_an_output_that_cannot_be_written_is_one_line_and_leaves_nothing(
    project: Path, path: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(project)
    before = everything_in(project)
    assert run("status", "--output", path) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith(f"mzplan: 无法写入 {path}")
    assert said.err.count("\n") == 1
    assert everything_in(project) == before


@pytest.mark.parametrize("arguments", [("check",), ("summary", "--draft", "--format", "docx"), ("--help",)])
def test_a_full_disk_behind_standard_output_is_one_line(project: Path, arguments: Sequence[str]) -> None:
    full = os.open("/dev/full", os.O_WRONLY)
    done = mzplan(project, *arguments, stdout=full)
    os.close(full)
    assert done.returncode == 2
    assert lines(done.stderr) == ["mzplan: 无法写出结果：磁盘空间不足。请检查磁盘空间和权限。"]


@pytest.mark.parametrize("arguments", [("check",), ("summary", "--draft", "--format", "docx"), ("--help",)])
def test_a_reader_that_has_gone_ends_it_without_a_word(project: Path, arguments: Sequence[str]) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    done = mzplan(project, *arguments, stdout=writer)
    os.close(writer)
    assert (done.returncode, done.stderr) == (141, b"")


@pytest.mark.parametrize("arguments", [("check",), ("plan", "check")])
def test_a_closed_standard_output_is_one_line(project: Path, arguments: Sequence[str]) -> None:
    done = shell(project, ">&-", *arguments)
    assert done.returncode == 2
    assert len(lines(done.stderr)) == 1


def test_a_file_is_written_whole_whatever_is_closed(project: Path) -> None:
    expected = mzplan(project, "status").stdout
    assert shell(project, "<&- >&- 2>&-", "status", "--output", "out.txt").returncode == 0
    assert (project / "out.txt").read_bytes() == expected


def test_without_standard_error_the_rest_is_as_ever(project: Path) -> None:
    expected = mzplan(project, "check")
    for redirection in ("2>&-", "2>/dev/full"):
        done = shell(project, redirection, "check")
        assert (done.returncode, done.stdout) == (expected.returncode, expected.stdout)
    assert shell(project, redirection, "check", "no-such.csv").returncode == 2


def test_a_closed_standard_input_is_a_usage_error(project: Path) -> None:
    done = shell(project, "<&-", "check", "-")
    assert (done.returncode, len(lines(done.stderr))) == (2, 1)


READ = [
    (("status",), "已报/应报 4/13"),
    (("explain", "T01-01", "甲县"), "2023-06    30  -:2  采用"),
    (
        ("template", "--unit", "甲县"),
        "2023年7月,甲县,T01-01,服务类救助项目数,,,,,,个,≥60,参考分解（测算），非正式下达,30（6月）",
    ),
]


@few(("arguments", "words"), READ, READ[1:2])
def test_every_command_reads_its_data_from_standard_input(project: Path, arguments: Sequence[str], words: str) -> None:
    done = shell(project, "<data/2023-06/jia.csv", *arguments, "--data", "-")
    assert (done.returncode, done.stderr) == (0, b"")
    assert words in done.stdout.decode()


@pytest.mark.parametrize(
    ("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, -signal.SIGTERM)], ids=["ctrl-c", "terminated"]
)
@pytest.mark.parametrize("arguments", [("check", "-"), ("status", "--data", "-")], ids=["check", "status"])
def test_stopped_while_it_reads_it_writes_nothing(
    project: Path, arguments: Sequence[str], number: signal.Signals, code: int
) -> None:
    before = everything_in(project)
    running = subprocess.Popen(
        [*PROGRAM, *arguments, "--output", "out.txt"],
        cwd=project,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert running.stdin is not None
    running.stdin.write(b"x" * 500_000)  # more than a pipe holds: when this returns, it is reading
    running.send_signal(number)
    said = running.communicate(timeout=TIMEOUT)
    assert (running.returncode, *said) == (code, b"", b"")
    assert everything_in(project) == before


INTERRUPTED_AT = """
import sys
from importlib import import_module

class Interrupt:
    @staticmethod
    def find_spec(name, *_):
        if name == module:
            raise KeyboardInterrupt

entry, name, module, *sys.argv[1:] = sys.argv[1:]
sys.meta_path.insert(0, Interrupt)
getattr(import_module(entry), name)()
"""


@pytest.mark.parametrize(
    "module", ["mzplan.cli", "mzplan.cli.terminal", "mzplan.cli.parser", "typer", "mzplan.cli.status"]
)
def test_stopped_while_it_is_imported_it_says_nothing(project: Path, module: str) -> None:
    scripts = tomllib.loads((PLANS.parents[1] / "pyproject.toml").read_text("utf-8"))["project"]["scripts"]
    command = [sys.executable, "-c", INTERRUPTED_AT, *scripts["mzplan"].split(":"), module, "status"]
    done = subprocess.run(command, cwd=project, capture_output=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (130, b"", b"")


LOCALES = {
    "c": {"LANG": "C", "LC_ALL": "C"},
    "ascii": {"PYTHONIOENCODING": "ascii"},
    "no-utf-8": {"PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "LC_ALL": "C"},
    "gbk": {"PYTHONIOENCODING": "cp936"},
}


@few("arguments", [("status",), ("check",), ("summary", "--draft")], [("check",)], ids=lambda given: given[0])
def test_files_are_the_same_in_every_locale_and_screens_show_what_they_can(
    project: Path, arguments: Sequence[str]
) -> None:
    expected = mzplan(project, *arguments, environment={"LC_ALL": "C.UTF-8"})
    assert (expected.returncode, expected.stderr) == (0, b"")
    shown = {name: mzplan(project, *arguments, environment=environment) for name, environment in LOCALES.items()}
    assert {(done.returncode, done.stderr) for done in shown.values()} == {(0, b"")}
    assert shown["c"].stdout == expected.stdout
    assert shown["gbk"].stdout.decode("cp936") == expected.stdout.decode()
    for name in ("ascii", "no-utf-8"):
        assert shown[name].stdout.decode("ascii").encode().decode("unicode_escape") == expected.stdout.decode()
    written = mzplan(project, *arguments, "--output", "out.txt", environment=LOCALES["no-utf-8"])
    assert written.returncode == 0
    assert (project / "out.txt").read_bytes() == expected.stdout


HOSTILE_NAMES = (
    b"a\n::error::pwned.csv",
    b"::error::pwned.csv",
    b"b##[error]pwned.csv",
    b"\x1b[2Jc.csv",
    b"\xff\xfe\xb9.csv",
    "\u202egnp.csv".encode(),
    b"-x.csv",
    b"[red]x.csv",
    b"%0A::error::pwned.csv",
    "长".encode() * 83 + b".csv",
)


def write_hostile_files(project: Path) -> None:
    for name in HOSTILE_NAMES:
        (project / "data" / "2023-06" / os.fsdecode(name)).write_bytes(b"not a table\n")


@pytest.mark.parametrize("arguments", [("check",), ("check", "--format", "github"), ("status",)], ids=" ".join)
def test_a_file_may_be_called_anything(here: Mzplan, project: Path, arguments: Sequence[str]) -> None:
    write_hostile_files(project)
    code, shown, said = here(*arguments)
    assert (code, said) == (1 if "check" in arguments else 0, "")
    assert not re.findall("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e\ud800-\udfff]", shown)
    commands = [line for line in shown.split("\n") if line.strip().startswith("::") or "##[" in line]
    assert all(re.match("::(error|warning) (file=data/2023-06/|title=mzplan::还有)", line) for line in commands)
    assert bool(commands) == ("github" in arguments)


def test_names_that_are_no_text_come_out_of_json_as_text(project: Path) -> None:
    write_hostile_files(project)
    done = mzplan(project, "check", "--format", "json")
    refused = [finding["path"] for finding in json.loads(done.stdout)["diagnostics"] if finding["severity"] == "error"]
    assert len(refused) == len(set(refused)) == len(HOSTILE_NAMES)


LONG_LINE = corpus.HEADER + "\n" + "x" * 3_000_000 + "\n"
LONG_CELL = corpus.text() + '2023-06,甲县,T01-01,,"' + "9" * 3_000_000 + '",,,,\n'
BAD_ROWS = corpus.HEADER + "\n" + "".join(f"2023-06,甲县,T01-01,,坏{number},,,,\n" for number in range(5000))
STRANGERS = corpus.HEADER + "\n" + "".join(f"2023-06,甲{n}县,T{n}-01,,坏{n},,,,\n" for n in range(2000))


@pytest.mark.parametrize(
    ("content", "arguments", "errors", "shown"),
    [
        (LONG_LINE, ("check",), 1, 1),
        (LONG_CELL, ("check",), 1, 1),
        (BAD_ROWS, ("check", "--format", "json"), 1, 1),
        (STRANGERS, ("check",), 4000, 100),
    ],
    ids=["long-line", "long-cell", "bad-rows", "strangers"],
)
def test_the_worst_files_get_an_answer_of_bounded_length(
    here: Mzplan, project: Path, content: str, arguments: Sequence[str], errors: int, shown: int
) -> None:
    (project / "data" / "2023-06" / "jia.csv").write_text(content, encoding="utf-8")
    code, printed, said = here(*arguments, "--ignore", "MZ6xx")
    assert (code, said) == (1, "")
    if "json" in arguments:
        report = json.loads(printed)
        assert (report["summary"]["errors"], len(report["diagnostics"])) == (errors, shown)
    else:
        assert f"{errors:,} 个错误" in printed.splitlines()[-2]
        assert len(re.findall("^data/.* 错误：", printed, re.MULTILINE)) == shown
        assert max(map(len, printed.splitlines())) < 500


def test_of_writers_at_once_the_last_one_wins_whole(project: Path) -> None:
    ways = [("--lights", name) for name in ("strict", "sanya-2022")]
    wholes = {mzplan(project, "status", *way).stdout for way in ways}
    assert len(wholes) == 2
    before = everything_in(project)
    running = [subprocess.Popen([*PROGRAM, "status", *way, "-o", "out.txt"], cwd=project) for way in ways * 2]
    seen: set[bytes] = set()
    while any(process.poll() is None for process in running):
        if (project / "out.txt").exists():
            seen.add((project / "out.txt").read_bytes())
        sleep(0.002)
    assert [process.returncode for process in running] == [0] * 4
    assert seen <= wholes
    after = everything_in(project)
    assert after.pop("out.txt") in wholes
    assert after == before
