"""Paths as Windows has them typed: patterns, quotes, marks of verbatim paths, drives that stand for a folder."""

import os
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from conftest import Mzplan, through
from mzplan.cli import typed
from mzplan.cli.typed import path_of, paths_of, without_stray_quote
from mzplan.diagnostics import InputError
from mzplan.reading import files
from mzplan.reading.files import from_here, way_from
from mzplan.submissions.mirror import Address
from test_cli_check import WRONG, Run, check, codes, write

__all__ = ["check"]


@through(
    ("typed", "meant"),
    [
        ("data/2023-03", "data/2023-03"),
        ('"D:\\my data"', "D:\\my data"),
        ("\\\\?\\D:\\数据\\2023-03", "D:\\数据\\2023-03"),
        ("\\\\?\\UNC\\server\\share\\数据", "\\\\server\\share\\数据"),
        ("\\\\server\\share", "\\\\server\\share"),
        ("\\\\?\\Volume{1}\\data", "\\\\?\\Volume{1}\\data"),
        ("\\\\?\\D:\\" + "long\\" * 60, "\\\\?\\D:\\" + "long\\" * 60),
        ('"D:\\my data" ', "D:\\my data"),
        ('"', '"'),
    ],
)
def test_a_path_is_read_without_what_windows_adds(typed: str, meant: str) -> None:
    assert path_of(typed) == Path(meant)


PATTERNS = [
    ("*.csv", ["a.csv", "b[1].csv"]),
    ("?.csv", ["a.csv"]),
    ("b[1]*.csv", ["b[1].csv"]),
    ("sub/*", ["sub/c.csv"]),
    ("**/c.csv", ["sub/c.csv"]),
    ("a.csv", ["a.csv"]),
    ("*.xlsx", ["*.xlsx"]),
    ("is*.txt", ["is*.txt"]),
    ("b[1].csv", ["b[1].csv"]),
]


@pytest.mark.parametrize(("pattern", "found"), PATTERNS)
@pytest.mark.parametrize("is_absolute", [False, True])
def test_a_pattern_stands_for_the_files_that_it_fits(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, pattern: str, found: Sequence[str], *, is_absolute: bool
) -> None:
    """But for what a program leaves beside them; a name that there is, is that name."""
    for name in ("a.csv", "b[1].csv", "~$a.csv", ".hidden.csv", "sub/c.csv", "is*.txt", "isnot.txt"):
        write(tmp_path / name, "")
    monkeypatch.chdir(tmp_path)
    start = tmp_path if is_absolute else Path()
    assert paths_of([str(start / pattern)]) == [start / each for each in found]


def test_a_pattern_in_the_place_of_one_file_is_the_file_that_it_fits(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What Word lays beside an open draft is none; of several none is taken for what was meant."""
    monkeypatch.chdir(tmp_path)
    for name in ("通报.docx", "~$通报.docx"):
        write(name, "")
    assert [path_of("*.docx"), path_of("*.md"), path_of("通报.*")] == [
        Path("通报.docx"),
        Path("*.md"),
        Path("通报.docx"),
    ]
    write("旧.docx", "")
    with pytest.raises(InputError, match=r"^\*\.docx 说的有 2 个文件（旧\.docx、通报\.docx）：请写其中一个。$"):
        path_of("*.docx")


@pytest.mark.parametrize(
    ("typed_as", "there"),
    [
        ("DATA/2023-03/JIA.CSV", "data/2023-03/jia.csv"),
        ("data/2023-03/Jia.csv", "data/2023-03/jia.csv"),
        ("Data", "data"),
        ("DATA/../data/2023-03", "data/../data/2023-03"),
        ("data/2023-03/jia.csv", "data/2023-03/jia.csv"),
        ("DATA/2023-03/NEW.CSV", "data/2023-03/NEW.CSV"),
        ("-", "-"),
        ("NEW.csv", "NEW.csv"),
    ],
)
def test_a_system_blind_to_capitals_has_one_name_for_a_file(
    typed_as: str, there: str, check: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Played: any spelling finds what there is."""
    found = {
        str(each).lower()
        for each in [*Path("data").rglob("*"), Path("data"), Path("data/../data"), Path("data/../data/2023-03")]
    }
    monkeypatch.setattr(os.path, "lexists", lambda path: str(path).lower() in found)
    assert str(path_of(typed_as)) == there
    assert str(paths_of([typed_as])[0]) == there


def test_where_capitals_tell_files_apart_they_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("a.csv", "A.CSV", "b.csv"):
        write(name, "")
    assert list(map(str, paths_of(["a.csv", "A.CSV", "B.CSV"]))) == ["a.csv", "A.CSV", "B.CSV"]


def test_a_pattern_is_checked_as_its_files_are(check: Run) -> None:
    write("data/2023-03/jia.csv", WRONG)
    for pattern in ("data/2023-03/*.csv", "data/*/jia.csv", str(Path("data").absolute() / "2023-??" / "j*.csv")):
        ran = check(pattern, "--format", "concise")
        assert (ran.code, [code.split()[0] for code in codes(ran)]) == (1, ["MZ223"]), pattern
    nothing = check("data/*.txt")
    assert (nothing.code, nothing.out) == (2, "")
    assert nothing.err.startswith("mzplan: 找不到 data/*.txt。")


def test_a_quote_at_the_end_of_a_folder_takes_no_words_away(check: Run) -> None:
    """What Windows makes of `"my data\\" --format json` is one word."""
    words = ['data" --format concise', "--strict", 'no-folder" --quiet', '--data=data"']
    assert without_stray_quote(words) == [
        "data",
        "--format",
        "concise",
        "--strict",
        'no-folder" --quiet',
        "--data=data",
    ]
    write("data/2023-03/jia.csv", WRONG)
    assert check('data" --format concise') == check("data", "--format", "concise")
    write('data" --quiet', "a file of that name")
    assert without_stray_quote(['data" --quiet']) == ['data" --quiet']


def test_on_windows_no_name_has_a_quote_and_a_folder_may_be_yet_to_make(monkeypatch: pytest.MonkeyPatch) -> None:
    """What Windows makes of `-o "forms\\" --force` and of `init "新 项目\\"`."""
    words = ['forms" --force', '新 项目"', "--units", "甲,乙", '--data=no-folder"', '"', '5"x']
    assert without_stray_quote(words) == words
    monkeypatch.setattr(typed, "_NO_QUOTE_IN_NAMES", True)
    assert without_stray_quote(words) == [
        *("forms", "--force", "新 项目", "--units", "甲,乙", "--data=no-folder", '"', '5"x')
    ]
    assert path_of('n:\\data"') == Path("n:\\data")


def test_variables_may_keep_their_quotes(check: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    expected = check("--format", "json")
    monkeypatch.setenv("MZPLAN_DATA", '"data"')
    monkeypatch.setenv("MZPLAN_PLAN", '"plan/2023.yaml"')
    assert check("--format", "json") == expected


Drive = Callable[[], None]


@pytest.fixture
def drive(check: Run, monkeypatch: pytest.MonkeyPatch) -> Drive:
    """Make the working folder a mapped drive, whose files really lie on another: no way leads from one to the other."""
    mapped, real = str(Path.cwd()), f"{Path.cwd()}-share"
    relative, resolved = os.path.relpath, os.path.realpath

    def mount_of(path: str) -> str:
        return "Z:" if f"{path}/".startswith(f"{mapped}/") else "D:" if "/drive-d" in path else "C:"

    def relpath(path: str | Path, start: str | Path = os.curdir) -> str:
        whole, folder = str(Path.cwd() / path), str(Path.cwd() / start)
        if mount_of(whole) != mount_of(folder):
            raise ValueError(f"path is on mount {mount_of(whole)!r}, start on mount {mount_of(folder)!r}")
        return relative(path, start)

    def realpath(path: str | Path, *arguments: object, **named: object) -> str:
        found = resolved(path)
        return real + found.removeprefix(mapped) if mount_of(found) == "Z:" else found

    def mount() -> None:
        Path(real).symlink_to(mapped)
        for remembered in (files._real_folder, files._way_into):  # of before there was a drive
            remembered.cache_clear()
        monkeypatch.setattr("os.path.relpath", relpath)
        monkeypatch.setattr("os.path.realpath", realpath)

    return mount


COMMANDS = [
    ["check"],
    ["check", "--format", "sarif"],
    ["check", "data/2023-03/jia.csv", "--format", "json"],
    ["check", "--exclude", "*.txt", "--format", "gitlab"],
    ["plan", "check"],
    ["status", "--format", "json"],
    ["explain", "T01-01", "甲县"],
]


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_a_mapped_drive_is_the_folder_that_it_stands_for(
    check: Run, mzplan: Mzplan, drive: Drive, command: list[str]
) -> None:
    write("data/2023-03/jia.csv", WRONG)
    here = mzplan(*command)
    drive()
    assert mzplan(*command) == here


def test_a_file_of_another_drive_is_called_as_it_stands(check: Run, drive: Drive, tmp_path: Path) -> None:
    other = tmp_path / "drive-d" / "jia.csv"
    write(other, WRONG)
    drive()
    assert way_from(os.curdir, other) is None
    assert from_here(other) == str(other)
    ran = check(other, "--format", "concise")
    assert [code.split()[1] for code in codes(ran)] == [f"{other}:2"]
    written = check(other, "--write-baseline", "known.json")
    assert (written.code, written.err) == (0, "已写入基线 known.json：1 条。\n")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("hdfs:///data/", "hdfs:///data"),
        ("hdfs://name:8020/data", "hdfs://name:8020/data"),
        (" s3a://bucket//a*b ", "s3a://bucket//a*b"),
        ("file:/shared/data", "file:/shared/data"),
    ],
)
def test_an_address_stays_as_it_is_typed(typed: str, meant: str) -> None:
    """Two slashes are not one in it, nor is a star a pattern."""
    assert str(path_of(typed)) == meant
    assert isinstance(path_of(typed), Address)


def test_what_lies_here_is_no_address(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file:").mkdir()
    (tmp_path / "file:" / "a.csv").touch()
    monkeypatch.chdir(tmp_path)
    assert not isinstance(path_of("file:/a.csv"), Address)
    assert not isinstance(path_of("C:/a.csv"), Address)
