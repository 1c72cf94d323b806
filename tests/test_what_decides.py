"""What decides about a run is the project's own, and its changes and its absence are said by their name."""

import json
import shutil
from itertools import cycle, product
from pathlib import Path

import pytest

from conftest import Mzplan, Ran, few
from mzplan.reading import walk
from repositories import Git, commit, git
from test_cli_check import Run, check, write
from test_history import JANUARY, past

__all__ = ["check", "git", "past"]

POLICIES, FORMATS = ((), ("--policy-from", "HEAD")), ("concise", "json", "github")
SECRET = "s3cret: hunter2\n"
NAMES = ("plan/2023.yaml", "plan/2023.breakdown.csv", "waivers.csv", "mzplan.toml", "baseline.json", "plan")
WAIVERS = "code,unit,indicator,period,reason,until\n"
PARTS = "indicator,unit,target,basis,source\n"


@few(
    ("name", "policy", "format_name"),
    product(NAMES, POLICIES, FORMATS),
    zip(NAMES, cycle(POLICIES), cycle(FORMATS)),
)
def test_no_link_has_another_file_of_the_machine_read(
    name: str, policy: tuple[str, ...], format_name: str, past: Run, check: Run, git: Git, tmp_path: Path
) -> None:
    check("--write-baseline", "baseline.json")
    commit(git)
    secret = tmp_path / "secret"
    if name == "plan":
        shutil.copytree("plan", secret)
        write(secret / "2023.yaml", SECRET)
        shutil.rmtree(name)
    else:
        write(secret, SECRET)
        Path(name).unlink(missing_ok=True)
    Path(name).symlink_to(secret)
    ran = check(*policy, "--baseline", "baseline.json", "--format", format_name)
    assert ran.code in (1, 2)
    assert "符号链接指到了项目外面" in ran.out + ran.err
    assert name in ran.out + ran.err
    assert not any(word in ran.out + ran.err for word in ("s3cret", "hunter2"))


def test_a_link_inside_of_the_project_and_a_file_elsewhere_that_is_named_are_read(check: Run, tmp_path: Path) -> None:
    shutil.copytree("plan", tmp_path / "elsewhere")
    Path("plan/2023.yaml").rename("kept.yaml")
    Path("plan/2023.yaml").symlink_to("../kept.yaml")
    assert check().code == 0
    (tmp_path / "link.yaml").symlink_to("elsewhere/2023.yaml")
    assert check("--plan", str(tmp_path / "link.yaml")).code == 0


DECIDES = {
    "plan/2023.breakdown.csv": PARTS,
    "waivers.csv": WAIVERS,
    "mzplan.toml": "strict = false\n",
    "baseline.json": '{"schema_version": 3, "findings": []}\n',
    "plan/2023.yaml": "",
}
WAYS = ((), ("--all",), ("--all", "--policy-from", "HEAD"))


@few(("name", "how"), product(DECIDES, WAYS), zip(DECIDES, cycle(WAYS)))
def test_a_change_of_what_decides_is_said_and_how_to_see_what_it_comes_to(
    name: str, how: tuple[str, ...], past: Run, git: Git
) -> None:
    text = DECIDES[name]
    write("baseline.json", '{"schema_version": 3, "findings": []}\n')
    commit(git)
    options = (*how, "--baseline", "baseline.json")
    if text:
        write(name, text)
        commit(git)
    assert past(*options).err == ""
    old = Path(name).read_bytes()
    write(name, old.rstrip(b"\n") + b" \n")
    said = past(*options).err
    assert (name in said, "mzplan impact HEAD" in said) == (True, True)
    if name.endswith(("breakdown.csv", "waivers.csv", "mzplan.toml")):
        Path(name).unlink()
        ran = past(*options)
        assert f"{name}（删去或改了名）" in ran.err
        assert past(*options, "--quiet").code == ran.code


@pytest.mark.parametrize("targets", [(), ("data",), (JANUARY,)])
@pytest.mark.parametrize("option", ["--policy-from", "--since"])
def test_a_plan_folder_that_is_gone_is_called_so_where_it_was(
    option: str, targets: tuple[str, ...], check: Run, git: Git
) -> None:
    git("init", "-q", "-b", "main", ".")
    commit(git)
    shutil.rmtree("plan")
    ran = check(option, "main", "--format", "json", *targets)
    assert (ran.code, "main 的计划在 plan，这里的却不在（没有）" in ran.err) == (2, True)
    (finding,) = json.loads(ran.out)["diagnostics"]
    assert (finding["code"], finding["path"]) == ("MZ804", "plan/2023.yaml")


def prints(ran: Ran) -> list[str]:
    return [issue["fingerprint"] for issue in json.loads(ran.out)]


def test_what_cannot_be_checked_differs_by_its_reason(check: Run) -> None:
    (one,), (other,) = (prints(check("--format", "gitlab", name)) for name in ("nope.csv", "none.csv"))
    assert one != other
    assert [one] == prints(check("--format", "gitlab", "nope.csv"))
    (finding,) = json.loads(check("--format", "json", "nope.csv").out)["diagnostics"]
    assert finding["hint"] in ("", None), "the message says it all"


def test_data_that_lie_in_another_repository_are_called_so(past: Run, git: Git, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    git("init", "-q", ".", folder=other)
    shutil.copytree("data", other / "data")
    ran = past("data", str(other / "data"))
    assert f"个文件 在另一个 git 仓库（{other.resolve()}）里" in ran.err


def test_a_folder_that_leads_out_of_the_project_is_read_nowhere(
    check: Run, mzplan: Mzplan, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However it is named, and though what it leads to looks like a project itself; named as what it is, it is read."""
    away = tmp_path / "away"
    Path("data").rename(away)
    shutil.copytree("plan", away / "plan")
    write(away / "2023-03/jia.csv", SECRET)
    Path("data").symlink_to(away)
    named = ("data/2023-03/jia.csv", "data/2023-03", "data", ".", str(Path("data").absolute()))
    for way in named:
        ran = check("--format", "json", way)
        assert [(each["code"], each["message"]) for each in json.loads(ran.out)["diagnostics"]] == [
            ("MZ101", "符号链接指到了项目外面")
        ], way
        assert "s3cret" not in ran.out + ran.err
    assert mzplan("status").err.startswith("mzplan: 读不了 data（符号链接指到了项目外面）。")
    monkeypatch.chdir(tmp_path)
    for way in named[:3]:
        assert "s3cret" not in check("--plan", "project/plan", f"project/{way}").out
    assert "s3cret" in check("--plan", "project/plan", "--data", "away", "away").out


def test_a_link_to_nothing_is_called_one(check: Run) -> None:
    Path(JANUARY).unlink()
    Path(JANUARY).symlink_to("gone.csv")
    assert "MZ101 错误：符号链接指向的文件不存在" in check(JANUARY).out
    Path("plan/2023.yaml").rename("kept.yaml")
    Path("plan/2023.yaml").symlink_to("gone.yaml")
    assert "MZ701 错误：符号链接指向的文件不存在" in check().err


def test_a_folder_without_end_is_not_walked(check: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(walk, "MOST_ENTRIES", 4)
    ran = check()
    assert (ran.code, "data 里的文件和文件夹超过 4 个" in ran.err) == (2, True)


def test_a_year_of_every_unit_that_a_plan_may_hold_is_walked() -> None:
    units, months = 38_000, 12
    assert months * (units + 1) <= walk.MOST_ENTRIES
