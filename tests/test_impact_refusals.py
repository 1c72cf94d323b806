"""What cannot be read at a revision is unknown, not absent: `impact` refuses, and says so in the format asked for."""

import json
import shutil
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from conftest import Mzplan
from mzplan.english import CHINESE
from mzplan.render.impact_refusal import REFUSALS
from repositories import Git, commit, git
from test_cli_check import SOUND, check
from test_impact import MARCH, SCHEMA, changes, project
from test_linked_history import link, submodule

__all__ = ["check", "git", "project"]

pytestmark = pytest.mark.usefixtures("project")
MONTH = "data/2023-03"


def refused(mzplan: Mzplan, name: str, why: str) -> None:
    """The comparison is refused, naming what cannot be read and why."""
    ran = mzplan("impact", "HEAD")
    assert (ran.code, ran.out) == (2, "")
    assert f"HEAD 里的 {name} 读不了：{why}" in ran.err


@pytest.mark.parametrize("folder", [MONTH, "data", "plan"])
def test_a_submodule_is_no_empty_folder(folder: str, mzplan: Mzplan, git: Git) -> None:
    submodule(git, folder)
    refused(mzplan, folder, "是 git 子模块")


def test_what_lies_in_a_submodule_is_unknown_too(mzplan: Mzplan, git: Git) -> None:
    submodule(git, "data")
    ran = mzplan("impact", "HEAD", "--data", MONTH)
    assert (ran.code, "HEAD 里的 data 读不了" in ran.err) == (2, True)


@pytest.mark.parametrize("target", ["../outside.csv", "untracked/x.csv", MARCH])
def test_a_report_that_leads_nowhere_is_unknown(target: str, mzplan: Mzplan, git: Git) -> None:
    """A loop, a file that git does not hold, one outside."""
    Path(".gitignore").write_text("untracked\n")
    link(MARCH, target)
    commit(git)
    refused(mzplan, MARCH, "是符号链接")


def test_a_month_that_is_a_link_is_unknown(mzplan: Mzplan, git: Git) -> None:
    """Nor is it read now: it must not look as if reports had been added when it becomes a folder."""
    shutil.move(MONTH, "archive")
    link(MONTH, "archive")
    commit(git)
    refused(mzplan, MONTH, "是符号链接")
    Path(MONTH).unlink()
    shutil.move("archive", MONTH)
    refused(mzplan, MONTH, "是符号链接")


def test_a_link_out_of_the_project_is_unknown_within_it_followed(
    mzplan: Mzplan, git: Git, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As for what is read now: of a link within the project nothing differs."""
    Path("city").mkdir()
    for name in ("data", "plan"):
        shutil.move(name, f"city/{name}")
    monkeypatch.chdir("city")
    Path("archive.csv").write_text(SOUND[MARCH], "utf-8")
    link(MARCH, "archive.csv")
    commit(git)
    assert not any(changes(mzplan, "HEAD").values())
    shutil.move("archive.csv", "../archive.csv")
    link(MARCH, "../archive.csv")
    commit(git)
    refused(mzplan, f"city/{MARCH}", "是符号链接，通向文件夹或项目之外")


@pytest.mark.parametrize("name", ["json", "markdown", "html", "latex"])
def test_a_refusal_is_told_in_the_format_asked_for(name: str, mzplan: Mzplan, git: Git) -> None:
    submodule(git, MONTH)
    ran = mzplan("impact", "HEAD", "--format", name)
    assert (ran.code, "是 git 子模块" in ran.out, "是 git 子模块" in ran.err) == (2, True, True)
    if name == "json":
        found = json.loads(ran.out)
        Draft202012Validator(SCHEMA).validate(found)
        assert set(found) == {"schema_version", "revision", "error"}
    if name == "markdown":
        assert ran.out.startswith("<!-- mzplan impact -->\n# 与 HEAD 相比的影响\n")


@pytest.mark.parametrize("name", REFUSALS)
def test_a_refusal_is_in_the_language_of_the_run(name: str, mzplan: Mzplan, tmp_path: Path, git: Git) -> None:
    """A revision that there is not, and one whose plan is wrong, whose errors are a line each."""
    plan = Path("plan/2023.yaml")
    sound = plan.read_text("utf-8")
    plan.write_text(sound.replace("at_least", "atleast"), "utf-8")
    commit(git)
    plan.write_text(sound, "utf-8")
    for revision, said in (("none", "git knows no revision"), ("HEAD", "there is no key atleast")):
        target = ("--output", tmp_path / f"{revision}.docx") if name == "docx" else ()
        ran = mzplan("impact", revision, "--format", name, "--lang", "en", *target)
        assert (ran.code, said in ran.err, CHINESE.findall(ran.out + ran.err)) == (2, True, [])
        assert name == "docx" or said in ran.out


def test_a_month_without_any_record_on_either_side_is_refused(mzplan: Mzplan) -> None:
    asked = ("impact", "HEAD", "--period")
    assert mzplan(*asked, "2023-03").code == 0
    shutil.rmtree(MONTH)
    gone = mzplan(*asked, "2023-03")
    assert (gone.code, "现在没有 2023-03 的任何报表" in gone.out) == (0, True)
    ran = mzplan(*asked, "2023-09", "--format", "json")
    assert (ran.code, "2023-09" in json.loads(ran.out)["error"]) == (2, True)
