"""The action's scripts, run as the runner runs them, in a checkout that a stranger has prepared."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Mapping, Sequence
from itertools import product
from pathlib import Path
from select import PIPE_BUF, select
from subprocess import PIPE
from typing import Any
from unittest.mock import patch

import pytest

from conftest import Mzplan, few
from repositories import Git, commit, git, program
from test_ci_examples import ACTION, ROOT, load, steps
from test_cli_check import SOUND, WRONG, check, report, write

__all__ = ["check", "git"]

pytestmark = pytest.mark.untraced

NAMES = ("venv", "pip", "ensurepip", "encodings", "site", "sitecustomize", "usercustomize", "json", "typing", "mzplan")
TODAY = "2023-04-05"
CALLED = '[ "$1 $2 $3" = "-I -m mzplan" ] || exit 9'
"""How the steps call the program, or it ends."""


def script(name: str) -> str:
    """What the step of that name runs; its expressions stand in the environment alone."""
    (found,) = (step["run"] for step in steps(load(ACTION)) if step.get("name") == name)
    return str(found)


class Runner:
    """A machine of the code host, as far as the scripts see it."""

    def __init__(self, temp: Path) -> None:
        self.temp = temp
        temp.mkdir()
        self.environment: dict[str, str] = {"RUNNER_TEMP": str(temp), "RUNNER_OS": "Linux", "PATH": os.environ["PATH"]}
        self.environment |= {"GITHUB_ACTION_PATH": str(ROOT), "HOME": str(temp), "GIT_CONFIG_GLOBAL": os.devnull}
        self.environment["XDG_CACHE_HOME"] = os.environ["XDG_CACHE_HOME"]  # one plan is read once, not in each test

    def run(self, name: str, folder: str | Path = ".", **inputs: str) -> "subprocess.CompletedProcess[str]":
        """One step, with its inputs as variables."""
        (step,) = (step for step in steps(load(ACTION)) if step.get("name") == name)
        environment = {**self.environment, **dict.fromkeys(step.get("env", {}), ""), **inputs}
        command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script(name)]
        with subprocess.Popen(command, cwd=folder, env=environment, stdout=PIPE, stderr=PIPE, text=True) as running:
            self.attend(running, environment)
            return subprocess.CompletedProcess(command, running.wait(), *running.communicate())

    def attend(self, running: "subprocess.Popen[str]", environment: Mapping[str, str]) -> None:
        """What has to be done while the step runs."""


@pytest.fixture
def runner(tmp_path: Path) -> Runner:
    return Runner(tmp_path / "runner")


@pytest.fixture
def installed(runner: Runner) -> Runner:
    """A runner on which the first step has been done: its Python is ours, on the day that the data are of."""
    day = f"import sys; sys.argv[1:2] == ['check'] and sys.argv.insert(2, '--today={TODAY}')"
    start = f"{day}; from mzplan.cli import main; main()"
    program(runner.temp / "mzplan/bin/python", f'{CALLED}; shift 3; exec "{sys.executable}" -I -c "{start}" "$@"')
    return runner


class Here(Runner):
    """A runner on which the program is this process: what stands in its place asks here and tells the answer."""

    def __init__(self, temp: Path, mzplan: Mzplan) -> None:
        super().__init__(temp)
        self.mzplan, self.asked, self.told = mzplan, temp / "asked", temp / "told"
        for pipe in (self.asked, self.told):
            os.mkfifo(pipe)
        ask = f"printf '%s\\0' \"$@\" '' > {self.asked}; read -r code < {self.told}"
        program(temp / "mzplan/bin/python", f"{CALLED}; {ask}; cat {temp}/out; cat {temp}/err >&2; exit $code")

    def attend(self, running: "subprocess.Popen[str]", environment: Mapping[str, str]) -> None:
        # Open for both, neither waits for somebody at its other end, nor ends with him.
        asked, told = (os.open(pipe, os.O_RDWR) for pipe in (self.asked, self.told))
        try:
            while running.poll() is None:
                if select([asked], [], [], 0.005)[0]:
                    words = os.read(asked, PIPE_BUF).decode().split("\0")[3:-2]
                    os.write(told, self.answer(words, environment))
        finally:
            os.close(asked)
            os.close(told)

    def answer(self, words: Sequence[str], environment: Mapping[str, str]) -> bytes:
        """What the program ends with; what it says lies there."""
        day = [f"--today={TODAY}"] if words[0] == "check" else []
        with patch.dict(os.environ, environment, clear=True):
            code, *said = self.mzplan(words[0], *day, *words[1:])
        for name, text in zip(("out", "err"), said, strict=True):
            (self.temp / name).write_text(text, "utf-8")
        return b"%d\n" % code


@pytest.fixture
def here(tmp_path: Path, mzplan: Mzplan) -> Here:
    return Here(tmp_path / "here", mzplan)


def forge(folder: Path, marker: Path) -> None:
    """Modules that leave the marker when anything imports them."""
    for name in NAMES:
        write(folder / f"{name}.py", f"open({str(marker)!r}, 'w').close()\n")
    write(folder / "pyvenv.cfg", f"home = {folder}\n")
    write(folder / "setup.cfg", "[install]\nprefix = .\n")


def test_no_module_of_the_checkout_is_imported_by_the_install(runner: Runner, tmp_path: Path) -> None:
    marker, checkout = tmp_path / "marker", tmp_path / "checkout"
    forge(checkout, marker)
    runner.environment |= {"PIP_INDEX_URL": (tmp_path / "none").as_uri(), "PIP_CONFIG_FILE": os.devnull}
    done = runner.run("Install mzplan", checkout)  # the step does not even run there, as the next test holds
    assert done.returncode, "there is no index to install from"
    assert "annotated-doc" in done.stderr, done.stderr
    assert (runner.temp / "mzplan" / "bin" / "python").exists()
    assert not marker.exists()


def test_the_install_takes_only_what_the_lock_names() -> None:
    lines = [line.strip() for line in script("Install mzplan").splitlines() if '"${pip[@]}"' in line]
    assert len(lines) == 2
    assert "--require-hashes" in lines[0]
    assert "--only-binary :all:" in lines[0]
    assert all(option in lines[1] for option in ("--no-index", "--no-deps", "--no-build-isolation"))
    (step,) = (step for step in steps(load(ACTION)) if step.get("name") == "Install mzplan")
    assert step["working-directory"] == "${{ runner.temp }}"


def test_the_lock_has_every_dependency_and_what_builds_the_package() -> None:
    import tomllib

    project: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    wanted = [*project["project"]["dependencies"], *project["build-system"]["requires"]]
    names = {re.split(r"[\[<>=~!]", requirement)[0] for requirement in wanted}
    lock = (ROOT / "requirements.lock").read_text("utf-8")
    pinned = dict(re.findall(r"^([\w.-]+)==(\S+)", lock, re.MULTILINE))
    assert names <= set(pinned)
    entries = re.split(r"^(?=[\w.-]+==)", lock, flags=re.MULTILINE)[1:]
    assert all("--hash=sha256:" in entry for entry in entries)


@pytest.fixture
def project(git: Git, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, check: object) -> Path:
    """A pull request as it is checked out: the sound project on origin/main, and a branch."""
    git("init", "-q", ".")
    commit(git)
    git("update-ref", "refs/remotes/origin/main", "HEAD")
    git("switch", "-qc", "work")
    return Path().absolute()


CHECK = "Check the plan and the data"


def test_a_sound_pull_request_passes(project: Path, here: Here) -> None:
    done = here.run(CHECK, BASE_BRANCH="main")
    assert (done.returncode, done.stderr) == (0, ""), done


def test_what_the_request_changes_is_annotated_before_everybody_elses(
    project: Path, installed: Runner, git: Git, tmp_path: Path
) -> None:
    for unit, name in (("devzone", "示范开发区"), ("jia", "甲县")):
        write(f"data/2023-02/{unit}.csv", report(name, "2023-02", "1O"))
    git("update-ref", "refs/remotes/origin/main", commit(git))
    write("data/2023-03/yi.csv", report("乙市", "2023-03", "1O0"))
    forge(project, tmp_path / "marker")
    commit(git)
    done = installed.run(CHECK, BASE_BRANCH="main", INPUT_SARIF_FILE="out.sarif")
    assert done.returncode == 1, done
    assert re.findall(r"::error file=data/([\w/-]+)", done.stdout) == ["2023-03/yi", "2023-02/devzone", "2023-02/jia"]
    assert Path("out.sarif").exists()
    assert not (tmp_path / "marker").exists()
    only = installed.run(CHECK, BASE_BRANCH="main", INPUT_ONLY_CHANGED="true")
    assert re.findall(r"::error file=data/([\w/-]+)", only.stdout) == ["2023-03/yi"]


def test_a_past_figure_does_not_change_in_silence_and_a_deleted_report_does_not_either(
    project: Path, here: Here, git: Git
) -> None:
    base = git("rev-parse", "HEAD")
    write("data/2023-01/jia.csv", report("甲县", "2023-01", "9"))
    Path("data/2023-02/yi.csv").unlink()
    commit(git)
    for inputs in ({"BASE_BRANCH": "main"}, {"MERGE_BASE": base}, {"INPUT_BASE": base}):
        done = here.run(CHECK, **inputs)
        assert done.returncode == 1
        assert re.findall("title=(MZ6..)", done.stdout) == ["MZ613", "MZ611"]
    assert here.run(CHECK, BASE_BRANCH="main", INPUT_BASE="none").returncode == 0


@pytest.mark.parametrize("way", ["push", "forced"])
def test_a_push_does_not_change_past_figures_in_silence(way: str, project: Path, here: Here, git: Git) -> None:
    """Compared with what was there: a forced push that never had the figure has no merge base that knows of it."""
    root = git("rev-parse", "HEAD")
    write("data/2023-02/jia.csv", report("甲县", "2023-02", "14"))
    before = commit(git)
    if way == "push":
        write("data/2023-02/jia.csv", report("甲县", "2023-02", "15"))
        commit(git)
    else:
        git("reset", "-q", "--hard", root)
    done = here.run(CHECK, PUSHED_ONTO=before)
    assert (done.returncode, re.findall("title=(MZ6..)", done.stdout)) == (1, ["MZ613"])
    assert here.run(CHECK, PUSHED_ONTO=before, INPUT_BASE="none").returncode == 0


def test_a_push_decides_by_itself_and_a_request_is_compared_with_its_base_alone(
    project: Path, here: Here, git: Git
) -> None:
    before = git("rev-parse", "HEAD")
    write("data/2023-03/jia.csv", WRONG)
    write("mzplan.toml", 'ignore = ["MZ2xx"]\n')
    commit(git)
    assert here.run(CHECK, PUSHED_ONTO=before).returncode == 0
    assert here.run(CHECK, PUSHED_ONTO="HEAD", BASE_BRANCH="main").returncode == 1


def test_a_push_onto_nothing_is_checked_and_one_onto_what_is_gone_says_that_nothing_was_compared(
    project: Path, here: Here
) -> None:
    first = here.run(CHECK, PUSHED_ONTO="0" * 40)
    assert (first.returncode, "::warning" in first.stdout) == (0, False)
    gone = here.run(CHECK, PUSHED_ONTO="12" * 20)
    assert (gone.returncode, gone.stdout.count("::warning"), "没有比较以前的数" in gone.stdout) == (0, 1, True)
    assert "√ 检查了 12 个文件" in gone.stdout
    write("data/2023-03/jia.csv", WRONG)
    assert here.run(CHECK, PUSHED_ONTO="12" * 20).returncode == 1


@few("name", ["strict", "only-changed"], ["strict"])
def test_a_switch_is_true_or_false_in_any_case_and_nothing_else(name: str, project: Path, here: Here) -> None:
    variable = f"INPUT_{name.upper().replace('-', '_')}"
    for word in ("FALSE", "True"):  # unset, it is empty, as in all the other tests
        assert here.run(CHECK, **{variable: word}).returncode == 0, word
    for word in ("true ", "\n::error::x"):
        refused = here.run(CHECK, **{variable: word})
        assert (refused.returncode, refused.stdout) == (2, f"::error title=mzplan::{name} 应是 true 或 false。\n")


def test_strictly_a_warning_fails(project: Path, here: Here) -> None:
    write("data/2023-03/jia.csv", report("甲县", "2023-03", "１８"))  # a warning
    assert here.run(CHECK, INPUT_STRICT="").returncode == 0
    assert here.run(CHECK, INPUT_STRICT="TRUE").returncode == 1


def test_a_wrong_plan_fails_and_a_wrong_file_does_not_pass_behind_it(project: Path, here: Here) -> None:
    write("data/2023-03/jia.csv", WRONG)
    assert here.run(CHECK).returncode == 1
    write("data/2023-03/jia.csv", SOUND["data/2023-03/jia.csv"])
    plan = Path("plan/2023.yaml")
    plan.write_text(plan.read_text("utf-8").replace("year: 2023", "year: 2O23"), "utf-8")
    done = here.run(CHECK)
    assert done.returncode == 2
    assert "::error file=plan/2023.yaml,line=" in done.stdout


def test_what_is_named_reaches_the_program_whole(project: Path, here: Here) -> None:
    write("data/2023-03/jia.csv", WRONG)
    hostile = "data/2023-03/yi.csv\n-x; $(touch owned) `touch owned`\n"
    assert here.run(CHECK, INPUT_PATHS=hostile).returncode == 2
    assert not Path("owned").exists()
    assert here.run(CHECK, INPUT_PATHS="data/2023-03/yi.csv\n").returncode == 0


def test_a_checkout_without_history_is_told_what_it_lacks(project: Path, here: Here) -> None:
    done = here.run(CHECK, BASE_BRANCH="elsewhere")
    assert (done.returncode, "git 找不到版本“refs/remotes/origin/elsewhere”" in done.stderr) == (2, True)


def test_a_request_that_ignores_its_own_findings_is_told_them(project: Path, here: Here, git: Git) -> None:
    write("data/2023-03/jia.csv", WRONG)
    write("mzplan.toml", 'ignore = ["MZ2xx"]\n')
    write("waivers.csv", "code,unit,indicator,period,reason,until\nMZ223,甲县,,,自己同意,2023-12-31\n")
    commit(git)
    done = here.run(CHECK, BASE_BRANCH="main")
    assert (done.returncode, re.findall("title=(MZ...)", done.stdout)) == (1, ["MZ223"])
    assert here.run(CHECK, BASE_BRANCH="main", INPUT_POLICY_FROM="none").returncode == 0


@pytest.mark.parametrize("ref", ["refs/tags/origin/main", "refs/heads/origin/main"])
def test_a_tag_or_branch_called_like_the_remotes_does_not_stand_in_for_it(
    ref: str, project: Path, here: Here, git: Git
) -> None:
    write("data/2023-01/jia.csv", report("甲县", "2023-01", "9"))
    write("mzplan.toml", 'ignore = ["MZ613"]\n')
    git("update-ref", ref, commit(git))
    done = here.run(CHECK, BASE_BRANCH="main")
    assert (done.returncode, re.findall("title=(MZ...)", done.stdout)) == (1, ["MZ613"])


def test_no_comparison_is_not_no_policy_and_dots_are_no_revision(project: Path, here: Here, git: Git) -> None:
    write("data/2023-03/jia.csv", WRONG)
    write("mzplan.toml", 'ignore = ["MZ2xx"]\n')
    commit(git)
    assert here.run(CHECK, BASE_BRANCH="main", INPUT_BASE="none").returncode == 1
    assert here.run(CHECK, INPUT_BASE="origin/main...HEAD").returncode == 1
    assert here.run(CHECK, INPUT_BASE="origin/main..HEAD").returncode == 1
    assert here.run(CHECK, INPUT_BASE="none").returncode == 0


BREAK = {
    "plan": ("plan/2023.yaml", "year: x\n", "MZ7"),
    "settings": ("mzplan.toml", "strict = 3\n", "MZ803"),
    "waivers": ("waivers.csv", "x\n", "MZ811"),
}


@few(("what", "branch"), product([*BREAK, "base"], ["", "main"]), zip([*BREAK, "base"], ["main", ""] * 2, strict=True))
def test_there_is_one_verdict_and_every_report_has_it(
    what: str, branch: str, project: Path, here: Here, git: Git, tmp_path: Path
) -> None:
    path, text, code = BREAK.get(what, ("x", "", "MZ804"))
    write(path, text)
    commit(git)
    summary = tmp_path / "summary.md"
    here.environment["GITHUB_STEP_SUMMARY"] = str(summary)
    inputs = {"BASE_BRANCH": branch, "INPUT_SARIF_FILE": "out.sarif"}
    if what == "base":
        inputs["INPUT_BASE"] = "nowhere"
    done = here.run(CHECK, **inputs)
    assert done.returncode
    errors = re.findall(r"::error (?:file=([\w./]+))?.*title=(MZ\d+)", done.stdout)
    assert errors
    assert all(found.startswith(code) and file == ("data" if what == "base" else path) for file, found in errors)
    page = summary.read_text("utf-8")
    assert (page.count("未通过"), page.count("：通过")) == (1, 0)
    (run,) = json.loads(Path("out.sarif").read_text("utf-8"))["runs"]
    said = [each["ruleId"] for each in run["results"]]
    if what == "base":
        said = [run["invocations"][0]["toolExecutionNotifications"][0]["message"]["text"]]
        assert "nowhere" in said[0]
    else:
        assert all(each.startswith(code) for each in said)
    assert said
