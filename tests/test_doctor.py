"""`mzplan doctor`, and what a run says of a component that does not load."""

import builtins
import json
import os
import subprocess
import sys
from importlib import metadata
from pathlib import Path
from typing import Any

import pytest

from conftest import Mzplan
from mzplan import __version__
from test_cli_check import Run, check, write

__all__ = ["check"]


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("MZPLAN_NO_CACHE", raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))


def facts(mzplan: Mzplan, code: int) -> dict[str, tuple[str, str | None]]:
    """What it says of each thing, and what is to be done."""
    ran = mzplan("doctor", "--format", "json")
    assert (ran.code, ran.err) == (code, "")
    said = json.loads(ran.out)
    assert said["schema_version"] == 1
    assert said["problems"] == sum(fact["remedy"] is not None for fact in said["facts"])
    return {fact["name"]: (fact["value"], fact["remedy"]) for fact in said["facts"]}


def test_a_sound_computer_has_no_problems(check: Run, mzplan: Mzplan, tmp_path: Path) -> None:
    del check
    found = facts(mzplan, 0)
    assert found["mzplan"][0].startswith(f"mzplan {__version__}，")
    assert found["python"][0].endswith(sys.executable)
    assert found["project"] == (str(Path.cwd()), None)
    assert found["data"] == (str(Path.cwd() / "data"), None)
    assert found["cache"] == (str(tmp_path / "mzplan"), None)
    assert found["open_files"] == ("没有", None)
    assert found["pydantic_core"] == (metadata.version("pydantic-core"), None)
    shown = mzplan("doctor")
    assert (shown.code, shown.err) == (0, "")
    assert shown.out.startswith("mzplan 自检\n没有发现问题。\n")
    assert "控制台" in shown.out


def test_it_runs_where_there_is_no_project(mzplan: Mzplan, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    found = facts(mzplan, 0)
    assert found["project"] == ("不在项目里（没有 plan/ 文件夹）", None)
    assert found["data"] == ("没有", None)


def test_files_that_are_open_are_named(check: Run, mzplan: Mzplan) -> None:
    del check
    write("data/2023-03/~$jia.csv", "")
    write("plan/.~lock.2023.yaml#", "")
    value, remedy = facts(mzplan, 1)["open_files"]
    assert value == "data/2023-03/jia.csv、plan/2023.yaml"
    assert remedy == "在 Excel、WPS 或 Word 里关掉它们。"
    assert "× 被别的程序打开的文件：在 Excel" in mzplan("doctor").out


def test_what_cannot_be_read_is_no_sound_project(
    check: Run, mzplan: Mzplan, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Data that are not there, a file or folder that may not be read, a folder in a report's place."""
    del check
    assert facts(mzplan, 0)["unreadable"] == ("没有", None)
    Path("data/2023-04/jia.csv").mkdir(parents=True)
    value, remedy = facts(mzplan, 1)["unreadable"]
    assert value == "data/2023-04/jia.csv（是文件夹）"
    assert str(remedy).startswith("data/2023-04/jia.csv（是文件夹）：检查路径和权限")
    Path("data/2023-04/jia.csv").rmdir()
    Path("waivers.csv").mkdir()
    assert facts(mzplan, 1)["unreadable"][0] == "waivers.csv（是文件夹）"
    Path("waivers.csv").rmdir()
    for name in ("waivers.csv", "inbox/a.csv"):
        Path("inbox").mkdir(exist_ok=True)
        Path(name).symlink_to("absent")
        assert facts(mzplan, 1)["unreadable"][0] == f"{name}（符号链接指向的文件不存在）"
        Path(name).unlink()
    for name in ("MZPLAN_DATA", "MZPLAN_PLAN"):
        monkeypatch.setenv(name, str(tmp_path / "absent"))
        assert facts(mzplan, 1)["unreadable"][0].startswith(f"{tmp_path / 'absent'}（")
    monkeypatch.setenv("MZPLAN_DATA", "plan")
    assert facts(mzplan, 1)["data"] == ("读不了", "plan 是计划，不是填报表。校验计划请用 mzplan plan check。")


def test_data_that_every_command_refuses_are_no_sound_data(check: Run, mzplan: Mzplan, tmp_path: Path) -> None:
    """A link to a share is not read, whatever is to be had there; neither is a file in the folder's place."""
    del check
    far = tmp_path.with_name(f"{tmp_path.name}-far")
    Path("data").rename(far)
    Path("data").symlink_to(far)
    assert facts(mzplan, 1)["unreadable"][0] == "data（符号链接指到了项目外面）"
    Path("data").unlink()
    Path("data").write_text("")
    assert facts(mzplan, 1)["unreadable"][0] == "data（不是文件夹）"


def test_a_console_without_chinese_is_told_in_ascii(check: Run, mzplan: Mzplan) -> None:
    """All that it prints there are escapes, from which nobody sees whether anything was found."""
    del check
    write("data/2023-03/~$jia.csv", "")
    command = [sys.executable, "-m", "mzplan", "doctor"]
    ran = subprocess.run(command, capture_output=True, env={**os.environ, "PYTHONIOENCODING": "cp1252"}, check=False)
    assert ran.stderr.decode("ascii").startswith("mzplan: problems found: 1. This console (cp1252) shows no Chinese")
    assert mzplan("doctor").err == ""


def test_a_cache_that_cannot_be_written_is_told(check: Run, mzplan: Mzplan, monkeypatch: pytest.MonkeyPatch) -> None:
    del check
    monkeypatch.setattr(os, "access", lambda path, mode: False)
    remedy = facts(mzplan, 1)["cache"][1]
    assert remedy is not None
    assert remedy.endswith("检查该文件夹的权限，或设 MZPLAN_NO_CACHE=1。")


@pytest.fixture
def blocked(monkeypatch: pytest.MonkeyPatch) -> None:
    """Security software keeps the native part of pydantic from being loaded; xlrd is not there at all."""
    known = builtins.__import__
    libraries = ("pydantic", "pydantic_core", "xlrd")
    users = ("mzplan.plan.form", "mzplan.plan.validate")  # which other tests may have loaded
    for name in [each for each in sys.modules if each.partition(".")[0] in libraries or each.startswith(users)]:
        monkeypatch.delitem(sys.modules, name)

    def load(name: str, *arguments: Any, **named: Any) -> Any:
        if name == "xlrd":
            raise ModuleNotFoundError("No module named 'xlrd'", name=name)
        if name.startswith("pydantic"):
            raise ImportError("DLL load failed while importing _pydantic_core", name="pydantic_core._pydantic_core")
        return known(name, *arguments, **named)

    monkeypatch.setattr(builtins, "__import__", load)
    monkeypatch.setattr("mzplan.cli.doctor.import_module", load)


@pytest.mark.usefixtures("blocked")
def test_a_component_that_is_blocked_is_named_with_the_way_out(
    check: Run, mzplan: Mzplan, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By the command that needs it as well, which is no defect of the program's."""
    found = facts(mzplan, 1)
    assert found["pydantic_core"][0] == "DLL load failed while importing _pydantic_core"
    assert found["xlrd"] == (f"没有装；要用时 {sys.executable} -m pip install xlsxwriter xlrd openpyxl", None)
    remedy = str(found["pydantic_core"][1])
    assert remedy.startswith("组件 pydantic-core 加载不了（DLL load failed while importing _pydantic_core）。")
    assert "在安全软件里信任 Python 所在的文件夹" in remedy
    monkeypatch.setenv("MZPLAN_NO_CACHE", "1")
    ran = check()
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == f"mzplan: {remedy}\n".replace("pydantic-core", "pydantic_core._pydantic_core", 1)


@pytest.mark.parametrize(
    ("path", "content", "name", "remedy"),
    [
        ("plan/2023.yaml", b"", "plan", "mzplan plan check"),
        ("plan/2023.yaml", "title: 要点".encode("gbk"), "plan", "mzplan plan check"),
        ("mzplan.toml", b"x = [", "settings", "mzplan.toml"),
    ],
)
def test_what_lets_no_command_run_is_told(
    check: Run, mzplan: Mzplan, path: str, content: bytes, name: str, remedy: str
) -> None:
    del check
    Path(path).write_bytes(content)
    value, said = facts(mzplan, 1)[name]
    assert value == "读不了"
    assert said is not None
    assert remedy in said


def test_a_folder_without_a_plan_is_told(check: Run, mzplan: Mzplan) -> None:
    del check
    Path("plan/2023.yaml").unlink()
    assert facts(mzplan, 1)["plan"][0] == "读不了"
