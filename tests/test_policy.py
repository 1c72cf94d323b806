"""Nobody brings his own excuse: what decides is taken from the revision that is named."""

import shutil
from pathlib import Path

import pytest

from conftest import Ran
from repositories import Git, commit, git
from test_cli_check import SOUND, WRONG, Run, check, codes, report, write

__all__ = ["check", "git"]

MARCH = "data/2023-03/jia.csv"


@pytest.fixture
def asked(check: Run, git: Git) -> Run:
    """A pull request with a wrong row, checked by what main says."""
    git("init", "-q", ".")
    commit(git)
    git("switch", "-qc", "work")
    write(MARCH, WRONG)

    def run(*arguments: str) -> Ran:
        return check("--policy-from", "main", "--format", "concise", *arguments)

    return run


def test_a_request_cannot_ignore_waive_or_know_its_own_findings(asked: Run, check: Run, git: Git) -> None:
    told = [f"MZ223 {MARCH}:2"]
    write("mzplan.toml", 'ignore = ["MZ223"]\n')
    write("waivers.csv", "code,unit,indicator,period,reason,until\nMZ223,甲县,,,自己同意,2023-12-31\n")
    ran = check("--format", "concise")
    assert (ran.code, "豁免 1 条" in ran.out) == (0, True)
    assert codes(asked()) == told
    Path("waivers.csv").unlink()
    ran = check("--format", "concise")
    assert (ran.code, "设置不查 1 条" in ran.out) == (0, True)
    commit(git)
    assert codes(asked()) == told
    Path("mzplan.toml").unlink()
    assert check("--write-baseline", "baseline.json").code == 0
    assert check("--baseline", "baseline.json").code == 0
    ran = asked("--baseline", "baseline.json")
    assert (ran.code, "main 里没有 baseline.json" in ran.err) == (2, True)


def test_a_request_cannot_change_the_plan_it_is_checked_against(asked: Run, check: Run) -> None:
    plan = Path("plan/2023.yaml")
    text = plan.read_text("utf-8")
    write(MARCH, report("甲县", "2023-03", "18", "2023-03,甲县,T09-01,新指标,1,,,,\n"))
    plan.write_text(text.replace("id: T02-01", "id: T09-01").replace("四A级社会组织数", "新指标"), "utf-8")
    assert f"MZ301 {MARCH}:4" in codes(check("--format", "concise"))
    assert codes(asked()) == [f"MZ301 {MARCH}:6"]
    assert codes(asked("--plan", "plan/2023.yaml")) == [f"MZ301 {MARCH}:6"]
    assert codes(asked("--plan", "plan")) == [f"MZ301 {MARCH}:6"]
    shutil.copy(plan, "plan/2024.yaml")
    assert codes(asked()) == [f"MZ301 {MARCH}:6"]
    ran = asked("--plan", "plan/2024.yaml")
    assert (ran.code, "main 里没有 plan/2024.yaml" in ran.err) == (2, True)


def test_what_main_says_counts_from_any_folder(asked: Run, git: Git, monkeypatch: pytest.MonkeyPatch) -> None:
    git("stash", "-q")
    git("switch", "-q", "main")
    write("mzplan.toml", 'warn = ["MZ223"]\n')
    write("waivers.csv", "code,unit,indicator,period,reason,until\nMZ301,甲县,,,市局同意,2023-12-31\n")
    commit(git)
    git("switch", "-q", "work")
    write(MARCH, report("甲县", "2023-03", "1O0", "2023-03,甲县,T99-01,,1,,,,\n"))
    monkeypatch.chdir("data")
    ran = asked(".")
    assert (ran.code, codes(ran)) == (0, ["MZ223 ./2023-03/jia.csv:2"])
    assert "豁免 1 条" in ran.out


def test_what_is_wrong_in_it_is_told_by_the_revision(asked: Run, git: Git) -> None:
    write(MARCH, SOUND[MARCH])
    git("switch", "-q", "main")
    write("waivers.csv", "x\n")
    commit(git)
    ran = asked()
    assert (ran.code, codes(ran)) == (1, ["MZ811 main:waivers.csv:1"])
    Path("waivers.csv").unlink()
    write("mzplan.toml", "strict = 3\n")
    commit(git)
    ran = asked()
    assert (ran.code, "main:mzplan.toml" in ran.err, "/tmp" in ran.err) == (2, True, False)
    Path("mzplan.toml").unlink()
    plan = Path("plan/2023.yaml")
    plan.write_text(plan.read_text("utf-8").replace("year: 2023", "year: x"), "utf-8")
    commit(git)
    ran = asked()
    assert (ran.code, "main:plan/2023.yaml:" in ran.err) == (2, True)


def test_an_unknown_revision_or_one_without_a_plan_cannot_decide(asked: Run, git: Git) -> None:
    assert "git 找不到版本“nowhere”" in asked("--policy-from", "nowhere").err
    commit(git)
    git("switch", "-q", "--orphan", "other")
    write("x", "y")
    commit(git)
    git("checkout", "-q", "main", "--", "plan", "data")
    ran = asked("--policy-from", "other")
    assert (ran.code, "other 里没有 plan" in ran.err) == (2, True)
