"""A report is a unit's month, whatever file it stands in: renaming is neither deleting nor a way to change figures."""

import shutil
from pathlib import Path

import pytest

from conftest import few
from repositories import Git, commit, git
from test_cli_check import BEDS, Run, check, codes, report, write
from test_history import JANUARY, history, past

__all__ = ["check", "git", "past"]

pytestmark = pytest.mark.untraced

ONE_LESS = report("甲县", "2023-01", "8").replace(f"2023-01,甲县,{BEDS},8,,,,\n", "")


MOVED = [
    ("data/2023-01/甲县.csv", JANUARY),
    (JANUARY, "data/2023-01/JIA.CSV"),
    (JANUARY, "data/2023-01/甲县.csv"),
    ("data/2023-01/甲县1月(1).csv", JANUARY),
]


@few(("before", "after"), MOVED, MOVED[:2])
def test_a_renamed_report_is_not_deleted_and_its_figures_are_compared(
    before: str, after: str, past: Run, git: Git
) -> None:
    Path(JANUARY).rename("away")
    write(before, report("甲县", "2023-01", "8"))
    Path("away").unlink()
    commit(git)
    Path(before).unlink()
    write(after, report("甲县", "2023-01", "8"))
    asked: list[tuple[str, ...]] = [(), ("data/2023-01",), (after,), (str(Path(after).absolute()),)]
    for targets in asked:
        assert (past(*targets).code, history(past(*targets))) == (0, []), targets
    write(after, report("甲县", "2023-01", "9"))
    for targets in [*asked[:3], (before,), (after, "--no-context")]:
        ran = past(*targets)
        assert (ran.code, history(ran)) == (1, [f"MZ613 {after}:2"]), targets
        assert "由 8 改为 9" in ran.out
    write(after, report("甲县", "2023-01", "9").replace("9,,,,", "9,,,更正：漏报1个,"))
    assert (past().code, history(past())) == (0, [f"MZ613 {after}:2"])
    write(after, ONE_LESS)
    assert history(past()) == [f"MZ614 {after}:0"]


def test_a_report_put_under_a_name_that_counts_for_nothing_is_deleted(past: Run) -> None:
    for name in ("data/2023年1月/jia.csv", "data/2023-01/sub/jia.csv", "data/jia1月.csv"):
        Path(name).parent.mkdir(exist_ok=True)
        Path(JANUARY).rename(name)
        assert history(past()) == [f"MZ611 {JANUARY}:0"], name
        Path(name).rename(JANUARY)


def test_a_report_in_another_months_or_units_place_is_deleted(past: Run) -> None:
    Path(JANUARY).replace("data/2023-02/jia.csv")
    ran = past()
    assert (ran.code, f"MZ611 {JANUARY}:0" in history(ran)) == (1, True)


def test_of_two_reports_that_which_did_not_count_may_go(past: Run, git: Git) -> None:
    write("data/2023-01/甲县.csv", report("甲县", "2023-01", "9"))
    commit(git)
    Path("data/2023-01/甲县.csv").unlink()
    assert (past().code, history(past())) == (0, []), "what stood there was in no figure"
    write("data/2023-01/甲县.csv", report("甲县", "2023-01", "9"))
    Path(JANUARY).unlink()
    assert history(past()) == ["MZ613 data/2023-01/甲县.csv:2"], "now it counts"


def test_a_file_of_many_units_that_is_gone_is_missed_by_its_figures(past: Run, git: Git) -> None:
    write("forms/all.csv", report("甲县", "2023-01", "8"))
    commit(git)
    Path("forms/all.csv").rename("forms/everything.csv")
    assert history(past("forms", "--no-context")) == []
    write("forms/everything.csv", ONE_LESS)
    assert [each.split()[0] for each in history(past("forms", "--no-context"))] == ["MZ614"]


def test_what_was_asked_about_and_is_gone_is_told_before_all_else(past: Run) -> None:
    Path(JANUARY).unlink()
    ran = past(JANUARY)
    assert (ran.code, codes(ran)) == (1, [f"MZ611 {JANUARY}:0"])
    assert codes(past(JANUARY, "data/2023-01/yi.csv")) == [f"MZ611 {JANUARY}:0"]
    shutil.rmtree("data/2023-02")
    assert codes(past("data/2023-02")) == ["MZ612 data/2023-02/bureau.csv:0"]
    shutil.rmtree("data")
    for targets in ((), ("data",), (str(Path("data").absolute()),)):
        ran = past(*targets)
        assert (ran.code, [each.split()[0] for each in codes(ran)]) == (1, ["MZ612"] * 3), targets
    ran = past("nothing/of/that/kind.csv")
    assert (ran.code, "找不到 nothing/of/that/kind.csv" in ran.err) == (2, True), "what never was is a wrong path"


def test_what_is_deleted_is_told_by_the_policy_of_another_revision_as_well(past: Run) -> None:
    shutil.rmtree("data")
    ran = past("--policy-from", "HEAD")
    assert (ran.code, {each.split()[0] for each in codes(ran)}) == (1, {"MZ612"})


def test_moving_a_figure_into_another_row_or_file_of_the_same_unit_changes_nothing(past: Run) -> None:
    rows = report("甲县", "2023-01", "8").splitlines(keepends=True)
    write(JANUARY, rows[0] + "".join(reversed(rows[1:])))
    assert history(past()) == []
