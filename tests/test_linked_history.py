"""A report that is a link, and a month that is a submodule: their past is followed, or it is said that it cannot be."""

import os
import shutil
from pathlib import Path

import pytest

from conftest import Mzplan
from repositories import Git, commit, git
from test_cli_check import SOUND, Run, check, codes, report, write
from test_history import JANUARY, history, past

__all__ = ["check", "git", "past"]

pytestmark = pytest.mark.untraced

AWAY = "archive/x.csv"
NINE = report("甲县", "2023-01", "9")


def link(place: str, target: str) -> None:
    Path(place).unlink(missing_ok=True)
    Path(place).symlink_to(os.path.relpath(target, Path(place).parent))


@pytest.fixture
def links(past: Run, git: Git) -> Run:
    """January's report of one county is a link to an archive, since before the revision."""
    write(AWAY, SOUND[JANUARY])
    link(JANUARY, AWAY)
    commit(git)
    return past


def test_a_report_that_was_a_link_all_along_has_a_past(links: Run) -> None:
    assert history(links()) == []
    write(AWAY, NINE)
    for named in ((), (JANUARY,), ("data/2023-01",)):
        ran = links(*named)
        assert (ran.code, history(ran)) == (1, [f"MZ613 {JANUARY}:2"])
        assert "由 8 改为 9" in ran.out
    write(AWAY, NINE.replace("9,,,,", "9,,,更正：漏报1个,"))
    assert links().code == 0


def test_a_link_that_becomes_a_report_or_leads_elsewhere_is_compared_with_what_it_led_to(links: Run) -> None:
    Path(JANUARY).unlink()
    write(JANUARY, SOUND[JANUARY])
    assert history(links()) == []
    write(JANUARY, NINE)
    assert history(links()) == [f"MZ613 {JANUARY}:2"]
    write("archive/y.csv", NINE)
    link(JANUARY, "archive/y.csv")
    assert history(links()) == [f"MZ613 {JANUARY}:2"]


def test_a_report_that_becomes_a_link_is_compared_with_what_it_leads_to(past: Run) -> None:
    write(AWAY, SOUND[JANUARY])
    link(JANUARY, AWAY)
    assert history(past()) == []
    write(AWAY, NINE)
    assert history(past()) == [f"MZ613 {JANUARY}:2"]


@pytest.mark.parametrize("lost", [JANUARY, AWAY])
def test_a_report_is_deleted_with_its_link_and_with_what_it_leads_to(lost: str, links: Run) -> None:
    Path(lost).unlink()
    assert history(links()) == [f"MZ611 {JANUARY}:0"]


def test_chains_of_links_and_linked_folders_on_the_way_are_followed(past: Run, git: Git) -> None:
    write("store/deep/x.csv", SOUND[JANUARY])
    link("archive", "store/deep")
    link("data/x.txt", AWAY)
    link(JANUARY, "data/x.txt")
    commit(git)
    assert history(past()) == []
    write("store/deep/x.csv", NINE)
    assert history(past()) == [f"MZ613 {JANUARY}:2"]


@pytest.mark.parametrize("target", ["../outside.csv", "untracked/x.csv", JANUARY])
def test_where_a_link_led_out_of_the_revision_its_past_is_an_error(target: str, past: Run, git: Git) -> None:
    """A loop, a file that git does not hold, one outside: nobody can say what was reported."""
    write(".gitignore", "untracked\n")
    if target != JANUARY:
        write(target, SOUND[JANUARY])
    link(JANUARY, target)
    commit(git)
    Path(JANUARY).unlink()
    write(JANUARY, NINE)
    ran = past()
    assert (ran.code, history(ran)) == (1, [f"MZ613 {JANUARY}:0"])
    assert "通向这个版本之外的符号链接" in ran.out


def test_data_that_were_a_link_and_are_a_folder_now_have_a_past(past: Run, git: Git) -> None:
    Path("data").rename("data2")
    link("data", "data2")
    commit(git)
    Path("data").unlink()
    Path("data2").rename("data")
    assert history(past()) == []
    write(JANUARY, NINE)
    assert history(past()) == [f"MZ613 {JANUARY}:2"]


def submodule(git: Git, folder: str) -> None:
    """Another repository in place of a folder, with the same files."""
    git("rm", "-rq", "--cached", folder)
    git("init", "-q", ".", folder=folder)
    commit(git, folder)
    commit(git)


@pytest.mark.parametrize("folder", ["data/2023-01", "data"])
def test_the_past_of_a_submodule_is_an_error(folder: str, past: Run, git: Git) -> None:
    """Also for the request that makes it one, which else would stop the next."""
    first = commit(git)
    submodule(git, folder)
    assert f"MZ613 {folder}:0" in history(past("data", "--since", f"{first}..HEAD"))
    ran = past("data")
    assert (ran.code, f"MZ613 {folder}:0" in history(ran)) == (1, True)
    assert "这里是 git 子模块" in ran.out
    shutil.rmtree(f"{folder}/.git")
    assert f"MZ613 {folder}:0" in history(past("data")), "what was in it nobody knows"


def test_a_month_that_becomes_a_submodule_is_one_finding_and_its_remedy_works(past: Run, git: Git) -> None:
    folder = "data/2023-01"
    git("rm", "-rq", "--cached", folder)
    git("init", "-q", ".", folder=folder)
    commit(git, folder)
    git("add", folder)
    ran = past("data")
    assert (ran.code, codes(ran)) == (1, [f"MZ613 {folder}:0"])
    remedy = past("data", "--format", "text").out
    assert f"git rm -f --cached {folder}，删去其中的 .git，再 git add {folder}" in remedy
    git("rm", "-fq", "--cached", folder)
    shutil.rmtree(f"{folder}/.git")
    git("add", folder)
    assert past("data") == (0, "√ 检查了 12 个文件、39 条记录，没有发现问题。\n", "")


def test_a_month_that_is_a_link_all_along_is_told_as_one(past: Run, git: Git) -> None:
    Path("data/2023-01").rename("archive")
    link("data/2023-01", "archive")
    commit(git)
    ran = past("--all")
    assert "MZ101 data/2023-01:0" in codes(ran)
    assert "：是通向文件夹的符号链接\n" in ran.out


@pytest.mark.parametrize("staged", [False, True])
def test_a_month_that_becomes_a_link_is_one_finding_and_its_remedy_works(staged: bool, past: Run, git: Git) -> None:
    folder = Path("data/2023-01")
    folder.rename("archive")
    folder.symlink_to("../archive")
    if staged:
        git("add", "-A")
    ran = past("--format", "text")
    assert (ran.code, codes(past())) == (1, [f"MZ612 {folder}:0"])
    assert "删去这个符号链接，把报表所在的文件夹本身放在这里" in ran.out
    folder.unlink()
    Path("archive").rename(folder)
    if staged:
        git("add", "-A")
    assert past().code == 0


def test_a_submodule_elsewhere_is_nobodys_business(past: Run, git: Git) -> None:
    write("vendor/x.txt", "x")
    git("init", "-q", ".", folder="vendor")
    commit(git, "vendor")
    commit(git)
    assert past().code == 0


def test_impact_follows_links_as_well(links: Run, mzplan: Mzplan) -> None:
    assert "没有差别" in mzplan("impact", "HEAD").out
    write(AWAY, NINE)
    out = mzplan("impact", "HEAD", "--format", "plain").out
    assert ("8" in out, "9" in out, "没有差别" in out) == (True, True, False)


def test_a_report_that_is_gone_from_where_a_link_led_is_told_with_its_figures(past: Run, git: Git) -> None:
    Path("data").rename("data2")
    link("data", "data2")
    commit(git)
    Path("data").unlink()
    Path("data2").rename("data")
    Path(JANUARY).unlink()
    ran = past()
    assert (history(ran), "原有 4 个数" in ran.out) == ([f"MZ611 {JANUARY}:0"], True)


def test_a_report_that_the_next_commit_is_without_is_deleted_though_it_lies_there(past: Run, git: Git) -> None:
    git("rm", "-q", "--cached", JANUARY)
    ran = past("--all")
    assert (ran.code, history(ran)) == (1, [f"MZ611 {JANUARY}:0"])
    assert "提交以后就没有了" in ran.out
    git("add", JANUARY)
    assert history(past()) == []
    Path(".git/index").unlink()
    assert history(past()) == [], "nobody knows what the next commit holds"
