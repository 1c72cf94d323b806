"""`status --watch`: what is on the screen is that of the files as they are now, until Ctrl-C."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import Mzplan
from factory import write_project
from mzplan.cli import watching
from mzplan.cli.watching import state_of

PATIENCE = 60


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(write_project(tmp_path))
    return tmp_path


REPORT = Path("data/2023-06/zone.csv")


def longer(path: Path) -> None:
    path.write_bytes(path.read_bytes() + b"\n")


def later(path: Path) -> None:
    os.utime(path, ns=(1, 1))


def filed(path: Path) -> None:
    path.with_name("south.csv").write_bytes(path.read_bytes())


@pytest.mark.parametrize(
    "change",
    [
        lambda: longer(REPORT),
        lambda: later(REPORT),
        lambda: filed(REPORT),
        REPORT.unlink,
        lambda: longer(Path("plan/2023.yaml")),
        lambda: longer(Path("plan/2023.breakdown.csv")),
    ],
)
def test_whatever_a_figure_rests_on_is_looked_at(project: Path, change: Callable[[], object]) -> None:
    data = [Path("data")]
    before = state_of(Path("plan"), data)
    assert before == state_of(Path("plan"), data)
    change()
    assert before != state_of(Path("plan"), data)


def test_a_file_named_alone_is_looked_at_and_others_are_not(project: Path) -> None:
    before = state_of(Path("plan"), [REPORT])
    longer(REPORT.with_name("north.csv"))
    longer(Path("README.md")) if Path("README.md").exists() else Path("README.md").touch()
    assert before == state_of(Path("plan"), [REPORT])
    longer(REPORT)
    assert before != state_of(Path("plan"), [REPORT])


def test_a_plan_that_is_wrong_for_a_while_is_told_and_does_not_end_it(
    project: Path, mzplan: Mzplan, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = Path("plan/2023.yaml")
    sound = plan.read_bytes()
    changes = iter([lambda: plan.write_bytes(sound + b"\n\tx"), lambda: plan.write_bytes(sound), None])

    def nap(_seconds: float) -> None:
        change = next(changes)
        if change is None:
            raise KeyboardInterrupt
        change()

    monkeypatch.setattr(watching, "sleep", nap)
    once = mzplan("status").out
    ran = mzplan("status", "--watch")
    assert ran.code == 130
    assert ran.out == once * 2
    assert "计划文件" in ran.err or "plan/2023.yaml" in ran.err
    assert ran.err.count("Ctrl-C 结束") == 3


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("-o", "表.txt"), "--output"),
        (("-f", "json"), "--format json"),
        (("-f", "xlsx"), "--format xlsx"),
        (("-f", "markdown"), "--format markdown"),
        (("--data", "-"), "--data -"),
    ],
)
def test_what_goes_elsewhere_than_to_a_screen_is_refused(
    project: Path, mzplan: Mzplan, arguments: tuple[str, ...], words: str
) -> None:
    ran = mzplan("status", "--watch", *arguments)
    assert (ran.code, ran.out) == (2, "")
    assert f"不能和 {words} 一起用" in ran.err
    assert not Path("表.txt").exists()


def test_a_wrong_question_ends_it_at_once(project: Path, mzplan: Mzplan) -> None:
    assert mzplan("status", "--watch", "--unit", "南先").code == 2


@pytest.mark.untraced
@pytest.mark.skipif(sys.platform == "win32", reason="has no SIGINT for one process")
def test_a_reply_that_is_filed_is_on_the_screen_and_ctrl_c_ends_it_with_130(project: Path) -> None:
    command = [sys.executable, "-m", "mzplan", "status", "--unit", "南县", "--indicator", "T01-01", "--watch"]
    silent = "10（沿用5月）"
    with (
        Path("out.txt").open("wb") as out,
        subprocess.Popen(command, stdout=out, stderr=subprocess.DEVNULL, env={**os.environ, "PYTHONUTF8": "1"}) as run,
    ):
        until(lambda: silent in Path("out.txt").read_text("utf-8"))
        header = REPORT.read_text("utf-8-sig").splitlines()[0]
        row = f"2023-06,南县,T01-01,12,,,{',' * (header.count(',') - 6)}"
        REPORT.with_name("south.csv").write_text(f"{header}\n{row}\n", encoding="utf-8")
        until(lambda: " 12 " in Path("out.txt").read_text("utf-8").partition(silent)[2])
        run.send_signal(signal.SIGINT)
        assert run.wait(PATIENCE) == 130


def until(holds: Callable[[], bool]) -> None:
    for _ in range(PATIENCE * 10):
        if holds():
            return
        time.sleep(0.1)
    pytest.fail("nothing has changed")
