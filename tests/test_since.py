"""A row counts as changed exactly when git says so, in a real repository."""

import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from findings import finding
from mzplan.check.since import Changes, changes_since, parse_patch
from mzplan.diagnostics import InputError, Location

Git = Callable[..., None]


@pytest.fixture
def git(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Git:
    """git in a new repository that is the working folder, deaf to the developer's own configuration."""
    monkeypatch.chdir(tmp_path)
    for name, value in {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}.items():
        monkeypatch.setenv(name, value)

    def run(*arguments: str) -> None:
        identity = ["-c", "user.name=t", "-c", "user.email=t@example.invalid", "-c", "core.autocrlf=false"]
        subprocess.run(["git", *identity, *arguments], check=True, capture_output=True)

    run("init", "-q", ".")
    return run


def changed(revision: str = "HEAD", *paths: str) -> dict[str, list[int] | None]:
    found = changes_since(revision, [Path(path) for path in paths or (".",)])
    here = os.path.realpath(".")
    return {
        os.path.relpath(path, here): None if lines is None else sorted(lines) for path, lines in found.lines.items()
    }


def test_changed_added_and_new_rows_count_and_others_do_not(git: Git) -> None:
    Path("a.csv").write_text("h\n1\n2\n3\n4\n")
    Path("same.csv").write_text("h\n1\n")
    git("add", ".")
    git("commit", "-qm", "x")
    Path("a.csv").write_text("h\n1\nX\n3\n4\n5\n6\n")
    Path("new.csv").write_text("h\n1\n")
    assert changed() == {"a.csv": [3, 6, 7], "new.csv": None}


def test_paths_are_found_whatever_their_name_and_the_working_folder(git: Git, monkeypatch: pytest.MonkeyPatch) -> None:
    names = ['婺城 "新".csv', "tab\there.csv", "back\\slash.csv", "-x.csv", ":(glob)*.csv", "ansi\x1b.csv", "行\n.csv"]
    Path("sub").mkdir()
    for name in names:
        Path("sub", name).write_text("h\n1\n")
    git("add", ".")
    git("commit", "-qm", "x")
    for name in names:
        Path("sub", name).write_text("h\n2\n")
    monkeypatch.chdir("sub")
    assert changed() == {name: [2] for name in names}
    assert changed("HEAD", ":(glob)*.csv") == {":(glob)*.csv": [2]}


def test_a_file_that_is_gone_or_renamed_counts_as_a_whole(git: Git) -> None:
    Path("gone.csv").write_text("h\n1\n")
    Path("old.csv").write_text("h\n2\n3\n4\n")
    git("add", ".")
    git("commit", "-qm", "x")
    Path("gone.csv").unlink()
    git("mv", "old.csv", "renamed.csv")
    assert changed() == {"gone.csv": None, "old.csv": None, "renamed.csv": None}


def test_a_file_that_ends_its_lines_with_cr_counts_as_a_whole(git: Git) -> None:
    Path("cr.csv").write_bytes(b"h\r1\r2\r")
    Path("crlf.csv").write_bytes(b"h\r\n1\r\n2\r\n")
    git("add", ".")
    git("commit", "-qm", "x")
    Path("cr.csv").write_bytes(b"h\r1\r3\r")
    Path("crlf.csv").write_bytes(b"h\r\n1\r\n3\r\n")
    assert changed() == {"cr.csv": None, "crlf.csv": [3]}


def test_rows_that_look_like_a_patch_are_rows(git: Git) -> None:
    Path("a.csv").write_text("h\n")
    git("add", ".")
    git("commit", "-qm", "x")
    Path("a.csv").write_text("h\n++ b/evil.csv\n@@ -1 +1,9 @@\n-- a/evil.csv\ndiff --git a/x b/x\n")
    assert changed() == {"a.csv": [2, 3, 4, 5]}


def test_the_users_own_diff_settings_change_nothing(git: Git) -> None:
    Path("a.csv").write_text("h\n1\n")
    Path(".gitattributes").write_text("*.csv binary diff=loud\n")
    git("add", ".")
    git("commit", "-qm", "x")
    for key, value in {
        "diff.external": "false",
        "diff.loud.textconv": "false",
        "diff.noprefix": "true",
        "diff.mnemonicPrefix": "true",
        "color.ui": "always",
        "diff.relative": "true",
        "core.pager": "false",
        "core.fsmonitor": "false",
    }.items():
        git("config", key, value)
    Path("a.csv").write_text("h\n2\n")
    assert changed() == {"a.csv": [2]}


def test_only_the_paths_given_count(git: Git) -> None:
    for folder in ("data", "other"):
        Path(folder).mkdir()
        Path(folder, "a.csv").write_text("h\n1\n")
    git("add", ".")
    git("commit", "-qm", "x")
    for folder in ("data", "other"):
        Path(folder, "a.csv").write_text("h\n2\n")
    assert changed("HEAD", "data") == {"data/a.csv": [2]}


@pytest.mark.parametrize("revision", ["nowhere", "--output=stolen", "-p", "", "HEAD:a.csv", "x\0y"])
def test_an_unknown_revision_stops_the_run_and_is_no_option(git: Git, revision: str) -> None:
    Path("a.csv").write_text("h\n")
    git("add", ".")
    git("commit", "-qm", "x")
    with pytest.raises(InputError, match="git 找不到版本"):
        changes_since(revision, [Path()])
    assert not Path("stolen").exists()


def test_outside_of_a_repository_it_cannot_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    with pytest.raises(InputError, match="只能在 git 仓库里使用"):
        changes_since("HEAD", [tmp_path])


def test_without_git_it_cannot_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(InputError, match="没有安装"):
        changes_since("HEAD", [tmp_path])


def test_a_finding_counts_when_any_of_its_places_has_changed(tmp_path: Path) -> None:
    old, new = str(tmp_path / "2023-05.csv"), str(tmp_path / "2023-06.csv")
    changes = Changes({os.path.realpath(new): frozenset({4}), os.path.realpath(tmp_path / "x.csv"): None})
    here = finding(path=new, line=4)
    elsewhere = finding(path=new, line=5)
    whole = finding(path=new, line=0)
    fell = finding(path=old, line=9, related=(Location(new, 4),))
    fresh = finding(path=str(tmp_path / "x.csv"), line=7)
    assert changes.limit([here, elsewhere, whole, fell, fresh]) == [here, whole, fell, fresh]


def test_a_deletion_alone_leaves_no_changed_line() -> None:
    patch = b"diff --git a/a b/a\n--- a/a\n+++ b/a\n@@ -2,2 +1,0 @@\n-x\n-y\n"
    assert parse_patch(patch) == {b"a": frozenset()}
