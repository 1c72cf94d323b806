"""Git is asked for data only: what a checkout or a pull request brings runs nothing, and does not say what main is."""

import os
import shutil
from pathlib import Path

import pytest

from mzplan.check import git as git_module
from mzplan.check.git import GitError, Repository
from repositories import Git, commit, git, program
from test_cli_check import WRONG, Run, check, codes, report, write

__all__ = ["check", "git"]

TOLD = ["MZ223 data/2023-03/jia.csv:2"]
"""What the honest comparison says of the pull request in `request`."""


@pytest.fixture
def marker(tmp_path: Path) -> Path:
    """A file that a program of the attacker would make."""
    return tmp_path / "marker"


@pytest.fixture
def bad(tmp_path: Path, marker: Path) -> str:
    """The attacker's program: it leaves the marker and passes on what it is given."""
    return str(program(tmp_path / "bad", f'touch "{marker}"; cat'))


@pytest.fixture
def asked(check: Run, git: Git) -> Run:
    """A pull request on a branch of its own with one wrong row, not yet run."""
    git("init", "-q", ".")
    commit(git)
    git("switch", "-qc", "work")
    write("data/2023-03/jia.csv", WRONG)
    return check


def test_the_honest_verdict(asked: Run, git: Git) -> None:
    commit(git)
    ran = asked("--since", "main", "--format", "concise")
    assert (ran.code, codes(ran)) == (1, TOLD)


def test_a_repository_planted_in_the_data_is_a_folder_of_files(
    asked: Run, git: Git, bad: str, marker: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    forged = Path("forged").absolute()
    shutil.copytree("data", forged / "work")
    git("init", "-q", ".", folder=forged / "work")
    commit(git, forged / "work")
    inside = forged / "work" / ".git"
    git("config", "core.worktree", "..", folder=forged / "work")
    git("config", "core.bare", "false", folder=forged / "work")
    for key in ("core.fsmonitor", "filter.x.clean", "filter.x.process", "diff.x.textconv", "diff.external"):
        git("config", key, bad, folder=forged / "work")
    for name in ("HEAD", "config", "objects", "refs"):
        shutil.move(str(inside / name), f"data/{name}")
    write("data/.gitattributes", "* filter=x diff=x\n")
    shutil.rmtree(forged)
    commit(git)
    project = Path().absolute()
    for folder, data in ((".", "data"), ("data", "."), ("data/2023-03", ".")):
        monkeypatch.chdir(project / folder)
        ran = asked("--since", "main", "--format", "concise", data)
        told = {line.split()[0] for line in codes(ran)} - {"MZ122"}  # which says what is no report
        assert (ran.code, told) == (1, {"MZ223"})
    assert not marker.exists()


@pytest.mark.parametrize(
    "settings",
    [
        ["filter.x.clean", "filter.x.smudge", "filter.x.process"],
        ["diff.x.textconv", "diff.x.command", "diff.external"],
        ["core.fsmonitor"],
        ["core.pager", "pager.cat-file", "core.editor", "core.askPass"],
        ["core.sshCommand", "core.gitProxy", "credential.helper", "gpg.program"],
    ],
    ids=lambda settings: settings[0],
)
def test_the_settings_of_a_copied_checkout_run_nothing(
    settings: list[str], asked: Run, git: Git, bad: str, marker: Path
) -> None:
    write(".gitattributes", "*.csv filter=x diff=x\n")
    commit(git)
    write("data/2023-03/jia.csv", WRONG.replace("1O0", "2O0"))
    for key in settings:
        git("config", key, bad)
    ran = asked("--since", "main", "--format", "concise")
    assert (ran.code, codes(ran)) == (1, TOLD)
    assert not marker.exists()


def test_no_hook_runs(asked: Run, git: Git, tmp_path: Path, marker: Path) -> None:
    names = ("post-index-change", "reference-transaction", "fsmonitor-watchman", "post-checkout", "pre-auto-gc")
    for name in names:
        program(tmp_path / "hooks" / name, f'touch "{marker}"')
    commit(git)
    git("config", "core.hooksPath", str(tmp_path / "hooks"))
    assert codes(asked("--since", "main", "--format", "concise")) == TOLD
    assert not marker.exists()


def test_nothing_is_fetched_for_a_partial_clone(
    asked: Run, git: Git, bad: str, marker: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    commit(git)
    git("config", "uploadpack.allowFilter", "true")
    git("clone", "-q", "--filter=blob:none", f"file://{Path().absolute()}", str(tmp_path / "partial"))
    monkeypatch.chdir(tmp_path / "partial")
    git("fetch", "-q", "origin", "main:main")
    for key in ("remote.origin.uploadpack", "core.sshCommand", "core.fsmonitor"):
        git("config", key, bad)
    for url in (git("config", "remote.origin.url"), "ssh://host.invalid/x"):
        git("config", "remote.origin.url", url)
        ran = asked("--since", "main", "--format", "concise")
        assert (ran.code, codes(ran)) == (1, TOLD)
        assert "data/2023-03/jia.csv 以前的内容不在这里（部分克隆）" in ran.err
    assert not marker.exists()


def test_a_git_file_in_the_data_points_nowhere(asked: Run, git: Git, tmp_path: Path) -> None:
    commit(git)
    shutil.copytree("data", tmp_path / "forged")
    git("init", "-q", ".", folder=tmp_path / "forged")
    commit(git, tmp_path / "forged")
    write("data/.git", f"gitdir: {tmp_path / 'forged' / '.git'}\n")
    assert codes(asked("--since", "main", "--format", "concise")) == TOLD


def test_a_replaced_object_is_seen_as_it_was(asked: Run, git: Git) -> None:
    head = commit(git)
    git("replace", "main", head)
    old = git("rev-parse", "main:data/2023-03/jia.csv")
    git("replace", old, git("rev-parse", "HEAD:data/2023-03/jia.csv"))
    assert codes(asked("--since", "main", "--format", "concise")) == TOLD


def test_data_that_are_a_submodule_count_as_changed(asked: Run, git: Git, tmp_path: Path) -> None:
    shutil.copytree("data", tmp_path / "forged")
    git("init", "-q", ".", folder=tmp_path / "forged")
    commit(git, tmp_path / "forged")
    git("rm", "-rq", "--cached", "data")
    shutil.rmtree("data")
    git("submodule", "--quiet", "add", str(tmp_path / "forged"), "data")
    commit(git)
    assert codes(asked("--since", "main", "--format", "concise", "--select", "MZ2xx")) == TOLD
    assert codes(asked("--since", "HEAD", "--format", "concise", "--select", "MZ2xx")) == TOLD


def test_a_project_that_is_a_submodule_or_a_linked_worktree_is_compared(
    asked: Run, git: Git, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    commit(git)
    project = Path().absolute()
    git("worktree", "add", "-q", "--detach", str(tmp_path / "linked"), "work")
    (tmp_path / "above").mkdir()
    git("init", "-q", ".", folder=tmp_path / "above")
    git("submodule", "--quiet", "add", "-b", "work", str(project), "below", folder=tmp_path / "above")
    for folder, base in ((tmp_path / "linked", "main"), (tmp_path / "above" / "below", "origin/main")):
        monkeypatch.chdir(folder)
        assert codes(asked("--since", base, "--format", "concise")) == TOLD


def test_what_a_hook_is_told_does_not_lead_astray(
    asked: Run, git: Git, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    commit(git)
    shutil.copytree("data", tmp_path / "forged" / "data")
    git("init", "-q", ".", folder=tmp_path / "forged")
    commit(git, tmp_path / "forged")
    for name, value in {
        "GIT_DIR": str(tmp_path / "forged" / ".git"),
        "GIT_WORK_TREE": str(tmp_path / "forged"),
        "GIT_INDEX_FILE": str(tmp_path / "forged" / ".git" / "index"),
        "GIT_OBJECT_DIRECTORY": str(tmp_path / "forged" / ".git" / "objects"),
        "GIT_NAMESPACE": "x",
        "GIT_EXTERNAL_DIFF": "false",
        "GIT_CONFIG_PARAMETERS": "'core.bare'='true'",
    }.items():
        monkeypatch.setenv(name, value)
    assert codes(asked("--since", "main", "--format", "concise")) == TOLD


def test_a_git_in_the_working_folder_is_not_run(
    asked: Run, git: Git, marker: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    commit(git)
    program(Path("git"), f'touch "{marker}"')
    monkeypatch.setenv("PATH", f".{os.pathsep}{os.pathsep}{os.environ['PATH']}")
    assert codes(asked("--since", "main", "--format", "concise")) == TOLD
    assert not marker.exists()


# --- what git cannot answer ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("revision", ["nowhere", "--output=stolen", "-p", "", "HEAD:plan", "x\0y", "nowhere...HEAD"])
def test_an_unknown_revision_is_named_and_is_no_option(revision: str, asked: Run, git: Git) -> None:
    commit(git)
    with Repository(".") as repository, pytest.raises(GitError, match=r"git 找不到版本.*git branch -a"):
        repository.base(revision)
    assert not Path("stolen").exists()


@pytest.mark.parametrize("impostor", ["refs/tags/origin/main", "refs/heads/origin/main", "refs/origin/main"])
def test_a_name_with_several_meanings_is_refused(impostor: str, asked: Run, git: Git) -> None:
    git("update-ref", "refs/remotes/origin/main", "main")
    git("update-ref", impostor, commit(git))
    for revision in ("origin/main", "origin/main...HEAD", "origin/main~0", "origin/main^{commit}"):
        ran = asked("--since", revision)
        assert (ran.code, "请写全名，例如 refs/remotes/origin/main。" in ran.err) == (2, True), revision
        assert asked("--policy-from", revision.partition("...")[0]).code == 2
    assert codes(asked("--since", "refs/remotes/origin/main", "--format", "concise")) == TOLD
    assert codes(asked("--since", "main", "--format", "concise")) == TOLD


def test_a_path_is_that_by_which_it_is_called(asked: Run, tmp_path: Path) -> None:
    Path("sub").mkdir()
    Path("sub/inner").symlink_to("../data")
    Path("sub/out").symlink_to(tmp_path)
    (tmp_path / "way").symlink_to(Path().absolute())
    (tmp_path / "deep").symlink_to(Path("sub").absolute())
    with Repository(".") as repository:
        for path, name in {
            "data": "data",
            "./sub/../data/x": "data/x",
            "sub/inner/x": "sub/inner/x",
            "sub/out/x": "sub/out/x",
            ".": ".",
            "..": None,
            str(tmp_path / "way" / "data" / "x"): "data/x",
            str(tmp_path / "deep" / "inner"): "sub/inner",
            str(tmp_path / "x"): None,
        }.items():
            assert repository.inside(path) == name, path
        assert repository.link_on("sub/inner/x") == "sub/inner"
        assert repository.link_on("sub/inner") == "sub/inner"
        assert repository.link_on("data/2023-03/jia.csv") is None


def test_the_base_is_where_the_branches_parted_unless_told_otherwise(asked: Run, git: Git) -> None:
    parted = git("rev-parse", "main")
    head = commit(git)
    git("switch", "-q", "main")
    write("data/2023-02/yi.csv", report("乙市", "2023-02", "11"))
    main = commit(git)
    git("tag", "-a", "v1", "-m", "x")
    git("switch", "-q", "work")
    with Repository(".") as repository:
        for revision in ("main", "main...HEAD", "main...", "main...work", "v1"):
            assert repository.base(revision) == parted
        for revision in ("main..HEAD", "main..", "v1..work"):
            assert repository.base(revision) == main
        assert repository.base("HEAD") == head
        with pytest.raises(GitError, match="右边应是 HEAD"):
            repository.base("HEAD...main")


def test_a_shallow_clone_is_told_to_fetch_more(
    asked: Run, git: Git, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    commit(git)
    url = f"file://{Path().absolute()}"
    git("clone", "-q", "--depth=1", "--branch=work", url, str(tmp_path / "shallow"))
    monkeypatch.chdir(tmp_path / "shallow")
    ran = asked("--since", "origin/main")
    assert (ran.code, "fetch-depth: 0" in ran.err) == (2, True)
    for revision in ("HEAD~5", "HEAD^^", "origin/work~9", "5ca1ab1e", "5ca1ab1e^"):
        assert "fetch-depth: 0" in asked("--since", revision).err, revision
    for revision in ("nosuch", "nosuch~1", "no/such", "HEAD:data", "HEAD^{tree}", "--output=x"):
        ran = asked("--since", revision)
        assert (ran.code, "fetch-depth" in ran.err, "git branch -a" in ran.err) == (2, False, True), revision
    git("switch", "-q", "--orphan", "other")
    commit(git)
    git("fetch", "-q", "--depth=1", "origin", "main:main")
    ran = asked("--since", "main", "data" if Path("data").exists() else ".")
    assert (ran.code, "没有共同的祖先" in ran.err and "fetch-depth: 0" in ran.err) == (2, True)


def test_histories_without_a_common_ancestor_are_named_as_such(asked: Run, git: Git) -> None:
    commit(git)
    git("switch", "-q", "--orphan", "other")
    commit(git)
    with Repository(".") as repository, pytest.raises(GitError, match=r"没有共同的祖先.*main\.\.HEAD"):
        repository.base("main")


def test_outside_of_a_repository_and_without_git_it_cannot_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(GitError, match="只能在 git 仓库里使用"):
        Repository(tmp_path)
    (tmp_path / ".git").write_text("gitdir: nowhere\n")
    with pytest.raises(GitError, match="不是可用的仓库"):
        Repository(tmp_path)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(GitError, match="没有安装"):
        Repository(tmp_path)


def test_a_repository_of_somebody_else_is_named_as_such(
    asked: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = shutil.which("git")
    program(tmp_path / "bin" / "git", f'GIT_TEST_ASSUME_DIFFERENT_OWNER=1 exec "{real}" "$@"')
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}{os.pathsep}{os.environ['PATH']}")
    ran = asked("--since", "HEAD")
    assert (ran.code, "属于别人" in ran.err and "safe.directory" in ran.err) == (2, True)


@pytest.mark.parametrize(("script", "said"), [("sleep 60", "没有回答"), ("yes", "回答太长")])
def test_git_is_given_so_much_time_and_room(
    script: str, said: str, asked: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program(tmp_path / "bin" / "git", f"exec {script}")
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setattr(git_module, "TIMEOUT", 0.5)
    ran = asked("--since", "HEAD")
    assert (ran.code, said in ran.err) == (2, True)


def test_an_old_version_too_large_to_read_counts_as_changed(
    asked: Run, git: Git, monkeypatch: pytest.MonkeyPatch
) -> None:
    commit(git)
    monkeypatch.setattr(git_module, "BLOB_LIMIT", 100)
    with Repository(".") as repository:
        tree = repository.tree("main")
        assert repository.blob(tree["data/2023-03/jia.csv"]) is None
        assert repository.blob(tree["data/2023-03/yi.csv"]._replace(object="0" * 40)) is None
        monkeypatch.setattr(git_module, "BLOB_LIMIT", 1 << 20)
        assert repository.blob(tree["data/2023-03/yi.csv"]) == Path("data/2023-03/yi.csv").read_bytes()
