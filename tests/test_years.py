"""Several years' plans beside each other: `check` holds every file against the plan of its own year, in one run."""

import json
from pathlib import Path

import pytest

from conftest import Mzplan, Ran
from repositories import Git, commit, git
from test_cli_check import SOUND, WRONG, Run, check, codes, report, write
from test_plan_choice import NOTE_2023, next_year

__all__ = ["check", "git"]

pytestmark = pytest.mark.untraced

JANUARY = "data/2024-01/jia.csv"
MARCH = "data/2023-03/jia.csv"
WRONG_NEXT = report("甲县", "2024-01", "1O0")
DAY = "2024-04-05"
BOTH = "各年的文件按各自的计划检查：plan/2023.yaml（2023年）、plan/2024.yaml（2024年）。\n"


@pytest.fixture
def years(check: Run) -> Run:
    """Two plans, and the sound data of 2023 once more for 2024."""
    next_year()
    for path, text in SOUND.items():
        write(path.replace("2023-", "2024-"), text.replace("2023-", "2024-"))

    def run(*arguments: str) -> Ran:
        return check("--format", "concise", *arguments, today=DAY)

    return run


def test_each_file_is_checked_by_the_plan_of_its_year(years: Run) -> None:
    assert years() == (0, "√ 检查了 24 个文件、78 条记录，没有发现问题。\n", BOTH)
    write(MARCH, WRONG)
    write(JANUARY, WRONG_NEXT)
    ran = years()
    assert (ran.code, codes(ran), ran.err) == (1, [f"MZ223 {MARCH}:2", f"MZ223 {JANUARY}:2"], BOTH)
    assert codes(years(MARCH, JANUARY)) == codes(ran)
    for path in (MARCH, JANUARY):
        alone = years(path)
        assert (codes(alone), len(alone.err.splitlines())) == ([f"MZ223 {path}:2"], 1), "one plan, and its name"


def test_what_a_run_says_of_several_years_is_what_runs_of_each_say(years: Run) -> None:
    write(MARCH, WRONG)
    Path("data/2024-02/jia.csv").unlink()
    write(JANUARY, "")
    folders = {year: sorted(map(str, Path("data").glob(f"{year}-*"))) for year in (2023, 2024)}
    apart = [codes(years(*named)) for named in folders.values()]
    assert codes(years()) == [*apart[0], *apart[1]]
    assert all(apart)


def test_series_stay_within_their_year(years: Run) -> None:
    """The total since January begins anew: 8 after 18 is no fall."""
    assert codes(years("data/2023-03", "data/2024-01")) == []


def test_a_figure_is_called_as_its_own_years_plan_calls_it(years: Run) -> None:
    plan = Path("plan/2024.yaml")
    plan.write_text(plan.read_text("utf-8").replace("服务类救助项目数", "来年的项目数"), "utf-8")
    write(MARCH, WRONG)
    write(JANUARY, WRONG_NEXT.replace("服务类救助项目数", "来年的项目数"))
    lines = [line for line in years().out.splitlines() if "MZ223" in line]
    assert ("T01-01 服务类救助项目数" in lines[0], "T01-01 来年的项目数" in lines[1]) == (True, True)


@pytest.mark.parametrize("named", [(), (MARCH,), (JANUARY, "data/2023-03")])
def test_files_of_a_year_without_a_plan_are_errors(named: tuple[str, ...], years: Run) -> None:
    Path("plan/2023.yaml").unlink()
    Path("plan/2022.yaml").write_text(Path("plan/2024.yaml").read_text("utf-8").replace("2024", "2022"), "utf-8")
    ran = years(*named)
    assert ran.code == 1
    assert f"MZ306 {MARCH}:2" in codes(ran)
    assert "确是 2023 年的，放进那一年的文件夹，那一年的计划放进 plan/。" in years(MARCH, "--format", "text").out


@pytest.mark.parametrize("broken", ["plan/2023.yaml", "plan/2024.yaml"])
def test_a_plan_that_cannot_be_used_stops_the_run_that_needs_it(broken: str, years: Run) -> None:
    plan = Path(broken)
    plan.write_text(plan.read_text("utf-8").replace("reporting_units:", "units:"), "utf-8")
    ran = years("--format", "json")
    assert (ran.code, {each["path"] for each in json.loads(ran.out)["diagnostics"]}) == (2, {broken})
    sound = {"plan/2023.yaml": "data/2024-01", "plan/2024.yaml": "data/2023-03"}
    assert years(sound[broken]).code == 0, "nobody asked about that year"


def test_waivers_and_a_baseline_hold_for_every_year(years: Run) -> None:
    write(MARCH, WRONG)
    write(JANUARY, WRONG_NEXT)
    plan = Path("plan/2024.yaml")
    plan.write_text(plan.read_text("utf-8").replace("T02-01", "T02-09"), "utf-8")
    rows = "MZ223,甲县,T01-01,2024-01,已知,2024-12-31\nMZ501,甲县,T02-09,2024-01,已知,2024-01-31\n"
    write("waivers.csv", f"code,unit,indicator,period,reason,until\n{rows}")
    told = codes(years("--select", "MZ2,MZ8"))
    assert told == [f"MZ223 {MARCH}:2", "MZ814 waivers.csv:3"]
    assert [each for each in codes(years(MARCH)) if "MZ812" in each] == [], "another year's indicator is known"
    Path("waivers.csv").unlink()
    years("--write-baseline", "b.json")
    assert codes(years("--baseline", "b.json")) == []


@pytest.mark.parametrize("kept", ["all", "one"])
def test_history_is_told_of_every_year(kept: str, years: Run, git: Git) -> None:
    git("init", "-q", ".")
    commit(git)
    if kept == "all":
        write("data/2023-01/jia.csv", report("甲县", "2023-01", "9"))
        expected = ["MZ613 data/2023-01/jia.csv:2"]
    else:
        for path in Path("data").glob("2023-*/*.csv"):
            path.unlink()
        expected = [f"MZ612 data/2023-0{month}/bureau.csv:0" for month in (1, 2, 3)]
    ran = years("--since", "HEAD")
    assert (ran.code, codes(ran)) == (1, expected)


def test_a_request_cannot_take_a_years_plan_away(years: Run, git: Git) -> None:
    git("init", "-q", ".")
    commit(git)
    git("switch", "-qc", "work")
    asked = ("--policy-from", "main", "--since", "main")
    assert codes(years(*asked)) == []
    write(MARCH, WRONG)
    ran = years(*asked)
    assert (codes(ran), "/tmp" in ran.err) == ([f"MZ223 {MARCH}:2"], False)
    assert "main:plan/2023.yaml（2023年）、main:plan/2024.yaml（2024年）" in ran.err
    write(MARCH, SOUND[MARCH])
    text = Path("plan/2023.yaml").read_text("utf-8")
    for change in ("", text.replace("year: 2023", "year: x"), text.replace("year: 2023", "year: 2025")):
        write("plan/2023.yaml", change) if change else Path("plan/2023.yaml").unlink()
        ran = years(*asked)
        assert (ran.code, [each for each in codes(ran) if "MZ306" in each]) == (1, ["MZ306 data/2023-01/bureau.csv:0"])
    write("plan/2023.yaml", text.replace("reporting_units:", "units:"))
    ran = years(*asked)
    assert (ran.code, {each.split()[1].split(":")[0] for each in codes(ran)}) == (1, {"plan/2023.yaml"})


def test_repairs_reach_every_year(years: Run) -> None:
    for path in (MARCH, JANUARY):
        write(path, Path(path).read_text("utf-8").replace("甲县", "甲"))
    before = codes(years())
    years("--fix")
    assert (len(before), codes(years())) == (2, [])


def test_a_readme_of_next_year_does_not_choose_the_plan(check: Run) -> None:
    next_year()
    write("data/2024-01/README.md", "hi\n")
    write(MARCH, WRONG)
    ran = check("--format", "concise")
    assert (ran.code, codes(ran), ran.err) == (1, [f"MZ223 {MARCH}:2"], NOTE_2023)


def test_plan_check_looks_at_every_plan_of_the_folder(check: Run, mzplan: Mzplan) -> None:
    assert mzplan("plan", "check").out.startswith("√ plan/2023.yaml：")
    plan = next_year()
    text = plan.read_text("utf-8")
    for name in ("2023", "2024"):
        assert f"√ plan/{name}.yaml：" in mzplan("plan", "check").out
    plan.write_text(text.replace("reporting_units:", "units:"), "utf-8")
    ran = mzplan("plan", "check")
    assert (ran.code, "√ plan/2023.yaml：" in ran.out, "× plan/2024.yaml：" in ran.out) == (2, True, True)
    assert mzplan("plan", "check", "plan/2023.yaml").code == 0
    write("plan/2025.yaml", "title: 还没有写年份\n")
    plan.write_text(text, "utf-8")
    ran = mzplan("plan", "check", "--format", "json")
    assert (ran.code, {each["path"] for each in json.loads(ran.out)["diagnostics"]}) == (2, {"plan/2025.yaml"})
    write("plan/2025.yaml", text)
    ran = mzplan("plan", "check")
    assert (ran.code, "MZ709" in ran.err) == (2, True)


def test_a_request_is_told_of_every_plan_that_it_brings(years: Run, git: Git) -> None:
    """Nobody has data of 2025 yet; a plan that is wrong on the base as well stops nobody."""
    git("init", "-q", ".")
    commit(git)
    git("switch", "-qc", "work")
    asked = ("--policy-from", "main", "--since", "main")
    text = Path("plan/2024.yaml").read_text("utf-8").replace("2024", "2025")
    for broken in (text.replace("reporting_units:", "units:"), "title: x\n"):
        write("plan/2025.yaml", broken)
        ran = years(*asked)
        assert (ran.code, {each.split()[1].split(":")[0] for each in codes(ran)}) == (1, {"plan/2025.yaml"})
        git("add", "plan")
        git("commit", "-qm", "x")
        git("branch", "-f", "main")
        assert years(*asked).code == 0
    write("plan/2025.yaml", text)
    write("plan/2025.breakdown.csv", "nonsense\n")
    assert {each.split()[1].split(":")[0] for each in codes(years(*asked))} == {"plan/2025.breakdown.csv"}


def test_a_named_plan_of_a_revision_leaves_the_other_years_to_theirs(years: Run, git: Git) -> None:
    git("init", "-q", ".")
    commit(git)
    git("switch", "-qc", "work")
    write(JANUARY, WRONG_NEXT)
    plan = Path("plan/2024.yaml")
    plan.write_text(plan.read_text("utf-8").replace("T01-01", "T01-09"), "utf-8")
    ran = years("--plan", "plan/2023.yaml", "--policy-from", "main")
    assert (f"MZ223 {JANUARY}:2" in codes(ran), "MZ306" in ran.out) == (True, False)
    assert "main:plan/2024.yaml（2024年）" in ran.err
