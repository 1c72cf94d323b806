"""Nobody brings his own excuse: what decides is taken from the revision that is named."""

import json
import shutil
import tempfile
from itertools import cycle, product
from pathlib import Path

import pytest

from conftest import Ran, few
from repositories import Git, commit, git
from test_cli_check import SOUND, WRONG, Run, check, codes, report, write

__all__ = ["check", "git"]

MARCH = "data/2023-03/jia.csv"


def errors(ran: Ran) -> list[str]:
    """Those of the findings that fail the run."""
    return codes(ran._replace(out="\n".join(line for line in ran.out.splitlines() if " 错误：" in line)))


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
    assert (ran.code, "设置不查 1 条" in ran.out, "命令行" in ran.out) == (0, True, False)
    ran = check("--format", "concise", "--select", "MZ1")
    assert (ran.code, "命令行不查" in ran.out) == (0, False)  # it would not have counted in any case
    commit(git)
    assert codes(asked()) == told
    Path("mzplan.toml").unlink()
    assert check("--write-baseline", "baseline.json").code == 0
    assert check("--baseline", "baseline.json").code == 0
    ran = asked("--baseline", "baseline.json")
    assert (ran.code, codes(ran), "main 里没有基线 baseline.json" in ran.err) == (1, told, True)


@pytest.mark.untraced
def test_a_request_cannot_change_the_plan_it_is_checked_against(asked: Run, check: Run) -> None:
    plan = Path("plan/2023.yaml")
    text = plan.read_text("utf-8")
    write(MARCH, report("甲县", "2023-03", "18", "2023-03,甲县,T09-01,新指标,1,,,,\n"))
    plan.write_text(text.replace("id: T02-01", "id: T09-01").replace("四A级社会组织数", "新指标"), "utf-8")
    assert f"MZ301 {MARCH}:4" in codes(check("--format", "concise"))
    for option in ((), ("--plan", "plan/2023.yaml"), ("--plan", "plan")):
        ran = asked(*option)
        assert errors(ran) == [f"MZ301 {MARCH}:6"]
        assert f"MZ301 {MARCH}:4" in codes(ran), "what the data are by the new plan is told as warnings"
        assert "（按这里改动后的计划和设置）" in ran.out
    shutil.copy(plan, "plan/2024.yaml")
    assert errors(asked()) == ["MZ709 plan/2024.yaml:5", f"MZ301 {MARCH}:6"][::-1]
    write("plan/2024.yaml", plan.read_text("utf-8").replace("year: 2023", "year: 2024"))
    assert errors(asked()) == [f"MZ301 {MARCH}:6", "MZ716 plan/2024.yaml:5"], "a plan that it brings is looked at"
    write("plan/2024.yaml", plan.read_text("utf-8").replace("2023", "2024"))
    assert errors(asked()) == [f"MZ301 {MARCH}:6"]
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
    assert (ran.code, codes(ran)) == (0, ["MZ223 ./2023-03/jia.csv:2", "MZ301 ./2023-03/jia.csv:6"])
    assert "豁免 1 条" in ran.out
    assert codes(asked(".", "--since", "main", "--all")) == ["MZ223 ./2023-03/jia.csv:2"], (
        "the request moved none of it"
    )


def test_what_is_wrong_in_it_is_told_by_the_revision(asked: Run, git: Git) -> None:
    write(MARCH, SOUND[MARCH])
    git("switch", "-q", "main")
    write("waivers.csv", "x\n")
    commit(git)
    ran = asked()
    assert (ran.code, codes(ran)) == (1, ["MZ811 main:waivers.csv:1", "MZ811 waivers.csv:1"])
    Path("waivers.csv").unlink()
    ran = asked()
    assert (ran.code, codes(ran)) == (0, ["MZ811 main:waivers.csv:1"]), "what mends it passes"
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


@pytest.mark.parametrize(
    ("path", "text", "code"),
    [
        ("mzplan.toml", 'ingore = ["MZ501"]\n', "MZ801"),
        ("mzplan.toml", "strict = ", "MZ803"),
        ("waivers.csv", "code,unit,indicator,period,reason,until\nMZ999,,,2023-06,x,2023-12-31\n", "MZ812"),
        ("waivers.csv", "x\n", "MZ811"),
        ("plan/2023.yaml", "year: x\n", "MZ7"),
        ("plan/2023.breakdown.csv", "x\n", "MZ7"),
    ],
)
def test_what_would_stop_the_next_request_stops_the_one_that_brings_it(
    path: str, text: str, code: str, asked: Run
) -> None:
    write(MARCH, SOUND[MARCH])
    assert asked().code == 0
    write(path, text)
    ran = asked()
    assert ran.code == 1
    assert any(each.startswith(code) and path in each for each in errors(ran)), ran.out


DECIDES = ("mzplan.toml", "plan", "plan/2023.yaml", "plan/2023.breakdown.csv", "waivers.csv")
WHERE = ("outside", "nowhere", "inside")


@few(("name", "where"), product(DECIDES, WHERE), zip(DECIDES, cycle(WHERE)))
def test_no_link_leads_to_what_decides(name: str, where: str, asked: Run, check: Run, git: Git, tmp_path: Path) -> None:
    """What the revision has in a place is found by its name, wherever a link leads that was put there."""
    git("stash", "-q")
    git("switch", "-q", "main")
    write("mzplan.toml", 'error = ["MZ230"]\n')
    commit(git)
    git("switch", "-q", "work")
    git("merge", "-q", "main")
    write(MARCH, report("甲县", "2023-03", "１８"))
    assert (asked("--select", "MZ230").code, check("--warn", "MZ230").code) == (1, 0)
    lax = {"outside": tmp_path / "lax", "inside": Path("lax").absolute(), "nowhere": tmp_path / "none"}[where]
    if where != "nowhere":
        shutil.copytree("plan", lax / "plan")
        write(lax / "mzplan.toml", 'ignore = ["MZ230"]\n')
        write(lax / "waivers.csv", "code,unit,indicator,period,reason,until\nMZ230,甲县,,,自己同意,2023-12-31\n")
        write(lax / "plan" / "2023.breakdown.csv", "indicator,unit,target,basis\n")
    shutil.rmtree(name) if Path(name).is_dir() else Path(name).unlink(missing_ok=True)
    Path(name).symlink_to(lax / name)
    ran = asked()
    assert ran.code in (1, 2)
    assert ran.code == 2 or f"MZ230 {MARCH}:2" in errors(ran)


def test_a_request_without_its_plan_folder_or_with_another_is_not_checked_by_the_shipped_plan(
    asked: Run, git: Git, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(MARCH, SOUND[MARCH])
    shutil.move("plan", "elsewhere")
    ran = asked("data")
    assert (ran.code, "main 的计划在 plan，这里的却不在（没有）" in ran.err) == (2, True)
    shutil.copytree("elsewhere", "plan")
    shutil.copytree("elsewhere", "data/plan")
    assert codes(asked()) == ["MZ122 data/plan/2023.yaml:0"]
    monkeypatch.chdir("data")
    ran = asked(".")
    assert (ran.code, "main 的计划在 plan，这里的却不在" in ran.err) == (2, True)


def test_a_baseline_that_the_revision_lacks_is_empty_and_a_broken_one_stops_at_once(asked: Run, check: Run) -> None:
    check("--write-baseline", "b.json")
    ran = asked("--baseline", "b.json")
    assert (ran.code, "main 里没有基线 b.json，等于一条也不认" in ran.err) == (1, True)
    write(MARCH, SOUND[MARCH])
    assert asked("--baseline", "b.json").code == 0, "so that it can be brought"
    write("b.json", "{}")
    assert (asked("--baseline", "b.json").code, asked("--baseline", "c.json").code) == (2, 2)


def test_what_only_the_requests_own_plan_knows_waits_for_that_plan(asked: Run, check: Run) -> None:
    """A new county, brought with its unit: no name of another unit is a remedy."""
    plan = Path("plan/2023.yaml")
    write(MARCH, WRONG)
    write("data/2023-03/bing.csv", report("丙县", "2023-03", "9"))
    before = asked("--format", "json")
    plan.write_text(
        plan.read_text("utf-8").replace(
            "reporting_units:\n", 'reporting_units:\n  - {id: bing, name: 丙县, kind: county, code: "990103"}\n'
        ),
        "utf-8",
    )
    assert check("--format", "concise", "data/2023-03").code == 1, "by its own plan but one row is wrong"
    ran = asked("--format", "json")
    assert ran.code == before.code == 1

    def hints(told: Ran) -> dict[str, str]:
        found = json.loads(told.out)["diagnostics"]
        return {each["path"]: each["hint"] for each in found if each["severity"] == "error"}

    waits = "main 的计划还不是这样，按这里改动后的计划没有这一条：计划的改动先合并，数据随后再交。"
    assert (hints(ran)["data/2023-03/bing.csv"], hints(before)["data/2023-03/bing.csv"] == waits) == (waits, False)
    assert hints(ran)[MARCH] == hints(before)[MARCH], "what is wrong by both plans is to be mended"


def test_no_temporary_folder_is_named(asked: Run, git: Git) -> None:
    git("stash", "-q")
    git("switch", "-q", "main")
    text = Path("plan/2023.yaml").read_text("utf-8")
    write("plan/2024.yaml", text.replace("year: 2023", "year: 2024"))
    commit(git)
    shown = [asked(), asked("--show-settings")]
    assert "计划用 main:plan/2023.yaml（2023年）；main:plan 里还有 2024.yaml" in shown[0].err
    write("plan/2024.yaml", text)
    commit(git)
    shown += [asked("--format", name) for name in ("json", "sarif", "concise")]
    assert "另一份是 main:plan/2023.yaml" in shown[-1].err
    assert not any(tempfile.gettempdir() + "/mzplan-" in ran.out + ran.err for ran in shown)
