"""What others copy into their repositories: the rules that keep a pull request from running what it brings."""

import os
import re
import stat
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import typer
import yaml

from mzplan.cli import check as check_command
from mzplan.diagnostics import show
from mzplan.render.check import FORMATS
from mzplan.render.formats import SUFFIXES
from mzplan.submissions.header import FIELDS
from repositories import Git, commit, git
from test_cli_check import write

__all__ = ["git"]

ROOT = Path(__file__).parent.parent
ACTION = ROOT / "action.yml"
EXAMPLES = ROOT / "docs" / "examples"
WORKFLOWS = sorted((EXAMPLES / "github").glob("*.yml"))
HOOKS = ROOT / ".pre-commit-hooks.yaml"
GITLAB = EXAMPLES / "gitlab" / ".gitlab-ci.yml"

PINNED = re.compile(r"[\w.-]+(?:/[\w.-]+)+@[0-9a-f]{40}")
EXPRESSION = re.compile(r"\$\{\{")


class Loader(yaml.SafeLoader):
    """YAML in which `on` is a word and not True."""


Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:bool" or first in "tTfF"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def load(path: Path) -> Any:
    return yaml.load(path.read_text(encoding="utf-8"), Loader=Loader)  # a safe loader under another name


def steps(document: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    if "runs" in document:
        yield from document["runs"]["steps"]
    for job in document.get("jobs", {}).values():
        yield from job["steps"]


@pytest.mark.parametrize("path", [ACTION, *WORKFLOWS], ids=lambda path: path.name)
def test_nothing_from_outside_is_pasted_into_a_script(path: Path) -> None:
    scripts = [step["run"] for step in steps(load(path)) if "run" in step]
    assert not any(EXPRESSION.search(script) for script in scripts)
    assert scripts or path != ACTION


@pytest.mark.parametrize("path", [ACTION, *WORKFLOWS], ids=lambda path: path.name)
def test_every_action_is_pinned_to_a_commit_with_its_version_beside_it(path: Path) -> None:
    uses = [step["uses"] for step in steps(load(path)) if "uses" in step]
    assert uses
    assert all(PINNED.fullmatch(name) for name in uses)
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if "uses:" in line]
    assert all(re.search(r"@[0-9a-f]{40} # v\d+\.\d+\.\d+$", line) for line in lines)


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_a_workflow_has_no_more_rights_than_it_needs(path: Path) -> None:
    workflow = load(path)
    assert workflow["permissions"] == {}
    assert "pull_request_target" not in workflow["on"]
    assert workflow["on"]["pull_request"] is None, "a required check that is filtered away blocks for ever"
    assert workflow["on"]["merge_group"] is None
    assert "pull_request" in workflow["concurrency"]["cancel-in-progress"], "a commit on main is checked to the end"
    assert "github.sha" in workflow["concurrency"]["group"]
    for job in workflow["jobs"].values():
        writes = {scope for scope, right in job["permissions"].items() if right != "read"}
        assert writes <= {"security-events"}
        assert job["timeout-minutes"] <= 10
    checkouts = [step for step in steps(workflow) if step.get("uses", "").startswith("actions/checkout@")]
    assert checkouts
    assert all(step["with"]["persist-credentials"] is False for step in checkouts)
    assert all(step["with"]["fetch-depth"] == 0 for step in checkouts)


def test_the_actions_inputs_reach_its_script_through_the_environment_alone() -> None:
    action = load(ACTION)
    assert action["runs"]["using"] == "composite"
    scripts = [step for step in steps(action) if "run" in step]
    assert all(step["shell"] == "bash" for step in scripts)
    given = " ".join(str(step.get(key, "")) for step in steps(action) for key in ("env", "with", "working-directory"))
    assert set(re.findall(r"\$\{\{ inputs\.([\w-]+) \}\}", given)) == set(action["inputs"])
    check = scripts[-1]
    for name in check["env"].keys() - {"MZPLAN_RULES_URL"}:
        uses = [line for line in check["run"].splitlines() if re.search(rf"\${name}\b", line)]
        assert uses
        assert all(f'"${name}"' in line or f'/${name}"' in line or f'=${name}"' in line for line in uses), name


def options() -> set[str]:
    """Every option of `mzplan check`."""
    app = typer.Typer()
    app.command()(check_command.command)
    return {name for parameter in typer.main.get_command(app).params for name in parameter.opts}


@pytest.mark.parametrize(
    "path", [ACTION, GITLAB, HOOKS, ROOT / "docs" / "how-to" / "ci.md"], ids=lambda path: path.name
)
def test_every_option_in_examples_and_docs_exists(path: Path) -> None:
    ours = [line for line in path.read_text(encoding="utf-8").splitlines() if "mzplan" in line or "options+=" in line]
    named = {option for line in ours for option in re.findall(r"(?<![\w-])--[a-z][a-z-]+", line)}
    foreign = {"--quiet", "--disable-pip-version-check", "--no-checkout", "--detach"}
    foreign |= {"--only-binary", "--require-hashes", "--requirement", "--no-index", "--no-deps", "--no-build-isolation"}
    assert named - foreign <= options()
    assert named & options()


def test_the_page_names_every_suffix_that_a_report_may_have() -> None:
    page = (ROOT / "docs" / "how-to" / "ci.md").read_text(encoding="utf-8")
    named = re.search(r"in the format of their suffix unless `--format` says which \(([^)]+)\)", page)
    assert named is not None
    assert set(re.findall(r"`(\.[a-z]+)`", named[1])) == {each for name in FORMATS for each in SUFFIXES.get(name, ())}


def test_hooks_tell_pre_commit_what_it_needs() -> None:
    hooks = {hook["id"]: hook for hook in load(HOOKS)}
    assert {hook["language"] for hook in hooks.values()} == {"python"}
    for hook in hooks.values():
        assert {"name", "description", "entry", "pass_filenames"} <= set(hook)
        assert ("files" in hook) != bool(hook.get("always_run")), "a commit that only deletes names no file"
        assert not hook["pass_filenames"] or hook["require_serial"]
    pattern = re.compile(hooks["mzplan-check"]["files"])
    assert pattern.search("data/2023-06/yiwu.csv")
    assert pattern.search("city/data/2023-06/yiwu.csv")
    for name in (
        "YIWU.CSV",
        "义乌市.xlsx",
        "yiwu.Xls",
        "sub/yiwu.ods",
        "2023年6月.csv",
        "x.et",
        "x.txt",
        "x.zip",
        "x.tsv",
    ):
        assert pattern.search(f"data/2023-06/{name}"), name
        assert pattern.search(f"city/data/2023-06/{name}"), name
    for name in (".2023-06/yiwu.csv", "2023-06/.yiwu", "2023-06/yiwu", "README.md"):
        assert pattern.search(f"data/{name}"), "what check looks at"
    assert hooks["mzplan-check-all"]["always_run"]
    assert not pattern.search("docs/data/picture.png")
    assert not pattern.search("metadata/x.md")
    assert not pattern.search("plan/2023.breakdown.csv")


def test_gitlab_keeps_its_reports_whatever_the_verdict() -> None:
    job = load(GITLAB)["check-data"]
    installs = [
        line for line in job["before_script"] if ("pip " in line and " install" in line) or line.startswith("$pip")
    ]
    assert all("--require-hashes" in line or "--no-index" in line for line in installs[1:])
    assert job["variables"]["GIT_DEPTH"] == "0"
    reports = job["artifacts"]["reports"]
    assert job["artifacts"]["when"] == "always"
    written = [line for line in job["script"] if "--output" in line]
    assert all("--exit-zero" in line and line.endswith(" || true") for line in written), (
        "also when nothing can be checked"
    )
    assert {line.split("--output ")[1].split()[0] for line in written} == set(reports.values())
    assert job["script"][-3:][0] == written[-1], "the verdict comes after the reports"
    assert "--exit-zero" not in job["script"][-1]
    assert "--policy-from=$base" in str(job["script"])


@pytest.mark.parametrize(
    ("merge", "pushed", "options", "is_told"),
    [
        (
            "main",
            "HEAD~1",
            "--all --since=refs/remotes/origin/main --policy-from=refs/remotes/origin/main",
            False,
        ),
        ("", "HEAD~1", "--all --since=HEAD~1..HEAD", False),
        ("", "0" * 40, "", False),
        ("", "12" * 20, "", True),
        ("", "", "", False),
    ],
)
def test_gitlab_compares_a_merge_request_with_its_target_and_a_push_with_what_was_there(
    merge: str, pushed: str, options: str, is_told: bool, git: Git, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    git("init", "-q", ".")
    for text in ("1", "2"):
        write("x", text)
        commit(git)
    git("init", "-q", "--bare", str(tmp_path / "origin.git"))
    git("remote", "add", "origin", str(tmp_path / "origin.git"))
    git("push", "-q", "origin", "HEAD~1:refs/heads/main")
    git("fetch", "-q", "origin")
    git("push", "-q", "origin", "HEAD:refs/heads/main")  # it has gone on since the job began
    git("update-ref", "refs/remotes/origin/main", "HEAD~1")
    lines = load(GITLAB)["check-data"]["script"]
    choice = lines[1 : next(at for at, line in enumerate(lines) if "--output" in line)]
    done = subprocess.run(
        ["sh", "-euc", "\n".join([*choice, 'echo "[$options]"'])],
        env={
            **os.environ,
            "CI_MERGE_REQUEST_TARGET_BRANCH_NAME": merge,
            "CI_MERGE_REQUEST_DIFF_BASE_SHA": merge and "HEAD~1",  # as old as the request likes
            "CI_COMMIT_BEFORE_SHA": pushed,
        },
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.endswith(f"[{options}]\n")
    assert ("没有比较以前的数" in done.stdout) is is_told
    if merge:
        assert git("rev-parse", "refs/remotes/origin/main") == git("rev-parse", "HEAD")


def test_each_unit_of_the_plan_has_an_owner_and_so_has_what_decides() -> None:
    from mzplan.plan.load import load_plan

    plan = load_plan(ROOT / "plan" / "2023.yaml")
    owned = [
        line.split()[0]
        for line in (EXAMPLES / "github" / "CODEOWNERS").read_text().splitlines()
        if line.startswith(("/", "*"))
    ]
    assert owned[0] == "*"
    assert {f"/data/*/{unit}.csv" for unit in plan.units} <= set(owned)
    assert {"/plan/", "/mzplan.toml", "/waivers.csv", "/baseline.json", "/.github/"} <= set(owned)


def test_the_faulty_example_is_an_ordinary_file() -> None:
    path = EXAMPLES / "yiwu-2023-10.csv"
    text = path.read_text(encoding="utf-8-sig")
    assert text.splitlines()[0].split(",") == list(FIELDS)
    assert not path.stat().st_mode & stat.S_IXUSR
    assert all(show(line, 1000) == line for line in text.splitlines())
