"""A setting either means exactly one thing or stops the run."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import through
from findings import finding
from mzplan.check.settings import (
    INVALID_SETTING,
    SIZE_LIMIT,
    UNKNOWN_RULE,
    UNKNOWN_SETTING,
    Settings,
    catalogue,
    codes_of,
    find_settings,
    parse_settings,
    read_settings,
)
from mzplan.diagnostics import InputError, Rule, Severity

pytestmark = pytest.mark.traced

CODE, OTHER = "MZ301", "MZ803"
ERROR, WARNING = Severity.ERROR, Severity.WARNING


def rule(code: str = CODE) -> Rule:
    return catalogue()[code]


def problems(text: str) -> list[str]:
    """What is wrong in a settings file: `code@line message hint`."""
    found = parse_settings(text)[1]
    return [f"{f.rule.code}@{f.location.line} {f.message}{'。' + f.hint if f.hint else ''}" for f in found]


def test_every_setting_is_read() -> None:
    settings, found = parse_settings(
        'select = ["MZ3xx", "mz803"]\nignore = ["unknown-indicator"]\nerror = ["MZ814"]\n'
        "warn = []\nstrict = true\njobs = 3\n"
    )
    assert found == []
    assert settings.select == {code for code in catalogue() if code.startswith("MZ3")} | {"MZ803"}
    assert settings == Settings(
        select=settings.select, ignore=frozenset({"MZ301"}), error=frozenset({"MZ814"}), strict=True, jobs=3
    )


def test_an_empty_file_changes_nothing() -> None:
    assert parse_settings("") == (Settings(), [])


@through(
    ("text", "expected"),
    [
        ('# a comment\n\ningore = ["MZ301"]\n', "MZ801@3 没有设置项“ingore”。是否要写 ignore？"),
        ("xyzzy = 1\n", "MZ801@1 没有设置项“xyzzy”。可用的有 select、ignore、error、warn、strict、jobs。"),
        ("[check]\nstrict = true\n", "MZ801@1 没有设置项“check”。可用的有 select、ignore、error、warn、strict、jobs。"),
        ('strict = true\nwarn = [\n  "MZ301",\n  "MZ3O1",\n]\n', "MZ802@4 没有规则“MZ3O1”。是否要写 MZ301？"),
        ('ignore = []\nignored = ["MZ301"]\n', "MZ801@2 没有设置项“ignored”。可用的有 select"),
        ('warn = ["unknow-indicator"]\n', "MZ802@1 没有规则“unknow-indicator”。是否要写 unknown-indicator？"),
        ('# warning\nignore = ["MZ301"]\nstrict = true\nig = 1\n', "MZ801@4 没有设置项“ig”。"),
        ('warn = ["MZ0xx"]\n', "MZ802@1 没有规则“MZ0xx”。"),
        ('warn = ["\\u001b[31m"]\n', "MZ802@0 没有规则“\\x1b[31m”。用 mzplan rule 查看全部规则。"),
        ('warn = "MZ301"\n', "MZ803@1 warn 应是规则编号的列表"),
        ("warn = [301]\n", "MZ803@1 warn 应是规则编号的列表"),
        ('strict = "yes"\n', "MZ803@1 strict 应是 true 或 false"),
        ("jobs = 0\n", "MZ803@1 jobs 应是 1 到 256 的整数"),
        ("jobs = true\n", "MZ803@1 jobs 应是 1 到 256 的整数"),
        ("jobs = 1.5\n", "MZ803@1 jobs 应是 1 到 256 的整数"),
        ('error = ["MZ301"]\nwarn = ["MZ301"]\n', "MZ803@2 MZ301 同时列在 error 和 warn 里"),
        ("strict = yes\n", "MZ803@1 不是合法的 TOML：Invalid value (at line 1, column 10)"),
        ("strict = true\nstrict = false\n", "MZ803@2 不是合法的 TOML：Cannot overwrite a value"),
        ("a = " + "[" * 5000, "MZ803@0 不是合法的 TOML："),
        ("a = 2025-02-30\n", "MZ803@1 不是合法的 TOML："),
    ],
)
def test_what_is_wrong_is_said_with_its_line_and_the_nearest_name(text: str, expected: str) -> None:
    found = problems(text)
    assert len(found) == 1
    assert found[0].startswith(expected)


def test_all_that_is_wrong_is_said_in_one_run(tmp_path: Path) -> None:
    path = tmp_path / "mzplan.toml"
    path.write_text('warn = ["MZ999"]\nstrict = 1\nselekt = []\n', encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_settings(path)
    lines = str(caught.value).splitlines()
    assert lines[0] == "设置文件有误，无法检查："
    assert [line.removeprefix(f"{path}:").split(" ")[:2] for line in lines[1:]] == [
        ["1:", "MZ802"],
        ["2:", "MZ803"],
        ["3:", "MZ801"],
    ]


@pytest.mark.parametrize("data", [b"\xff\xfe", b"# \xd2\xe5\xce\xda", b"#" * (SIZE_LIMIT + 1)])
def test_a_file_that_is_no_text_or_too_large_stops_the_run(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "mzplan.toml"
    path.write_bytes(data)
    with pytest.raises(InputError, match="无法读取"):
        read_settings(path)


def test_a_bom_is_no_fault(tmp_path: Path) -> None:
    path = tmp_path / "mzplan.toml"
    path.write_bytes(b"\xef\xbb\xbfstrict = true\r\n")
    assert read_settings(path).strict


def test_the_nearest_file_upward_is_found(tmp_path: Path) -> None:
    inner = tmp_path / "data" / "2023-06"
    inner.mkdir(parents=True)
    (tmp_path / "mzplan.toml").touch()
    assert find_settings(inner) == str(tmp_path / "mzplan.toml")
    (inner / "mzplan.toml").touch()
    assert find_settings(inner) == str(inner / "mzplan.toml")


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        (os.mkfifo, "不是普通文件，是管道、设备或套接字"),
        (os.mkdir, "是文件夹"),
        (lambda path: Path(path).symlink_to("没有"), "符号链接指向的文件不存在"),
    ],
)
def test_settings_that_are_no_file_are_not_passed_over(
    make: Callable[[Path], None], reason: str, tmp_path: Path
) -> None:
    path = tmp_path / "mzplan.toml"
    make(path)
    found = find_settings(tmp_path)
    assert found == str(path)
    with pytest.raises(InputError) as stopped:
        read_settings(found)
    assert str(stopped.value).endswith(f"：{reason}。请换成可以读取的普通文件；不需要设置的，请把它移走。")


def test_words_name_codes_names_and_families() -> None:
    family = {code for code in catalogue() if code.startswith("MZ8")}
    assert codes_of(["mz301", " MZ803 "]) == (frozenset({"MZ301", "MZ803"}), [])
    assert codes_of(["invalid-setting"]) == (frozenset({"MZ803"}), [])
    assert codes_of(["MZ8xx"]) == (frozenset(family), [])
    assert codes_of(["MZ8"]) == codes_of(["mz8XX"]) == (frozenset(family), [])
    assert codes_of(["MZ80"]) == (frozenset(code for code in family if code < "MZ81"), [])
    assert codes_of(["all"]) == (frozenset(catalogue()), [])
    for word in ("MZ", "8", "MZ0", "MZ80x", "MZ8xxx", "", "ALLES"):
        assert codes_of([word]) == (frozenset(), [word])


def test_no_key_of_many_steps_is_read() -> None:
    """40 KB of dotted keys took 1.6 GB."""
    text = "strict = true\n" + "a." * 20_000 + "a = 1\n"
    _, (finding,) = parse_settings(text)
    assert (finding.rule.code, finding.location.line) == ("MZ803", 2)


@pytest.mark.parametrize(
    ("settings", "severity", "expected"),
    [
        (Settings(), WARNING, WARNING),
        (Settings(error=frozenset({CODE})), WARNING, ERROR),
        (Settings(warn=frozenset({CODE})), ERROR, WARNING),
        (Settings(strict=True), WARNING, ERROR),
        (Settings(strict=True, warn=frozenset({CODE})), ERROR, WARNING),
        (Settings(ignore=frozenset({CODE}), error=frozenset({CODE})), ERROR, None),
        (Settings(select=frozenset({OTHER})), ERROR, None),
        (Settings(select=frozenset({CODE})), ERROR, ERROR),
    ],
)
def test_a_rule_weighs_what_the_settings_say(settings: Settings, severity: Severity, expected: Severity | None) -> None:
    assert settings.severity(rule(), severity) is expected
    kept = settings.apply([finding(rule(), severity=severity)])
    assert [found.severity for found in kept] == ([] if expected is None else [expected])


def test_the_command_line_wins_over_the_file() -> None:
    file = Settings(
        select=frozenset({"MZ801"}), ignore=frozenset({"MZ301", "MZ802"}), error=frozenset({"MZ814"}), jobs=4
    )
    over = file.override(select=["MZ301,MZ814"], ignore=["MZ815"], warn=["MZ814"], jobs=1)
    assert over == Settings(
        select=frozenset({"MZ301", "MZ814"}),
        ignore=frozenset({"MZ802", "MZ815"}),
        warn=frozenset({"MZ814"}),
        jobs=1,
    )
    assert file.override() == file


def test_the_command_line_names_every_unknown_rule() -> None:
    with pytest.raises(InputError) as caught:
        Settings().override(select=["MZ3O1,MZ801"], ignore=["xyzzy\x1b"], error=["MZ801"], warn=["MZ801"], jobs=0)
    assert str(caught.value).splitlines() == [
        "--select：没有规则“MZ3O1”。是否要写 MZ301？",
        "--ignore：没有规则“xyzzy\\x1b”。用 mzplan rule 查看全部规则。",
        "--error、--warn：MZ801 同时列在 error 和 warn 里。",
        "--jobs 应是 1 到 256 的整数。",
    ]


@pytest.mark.parametrize("given", [UNKNOWN_SETTING, UNKNOWN_RULE, INVALID_SETTING], ids=lambda rule: rule.code)
def test_the_examples_of_the_rules_are_true(given: Rule) -> None:
    assert [found.rule.code for found in parse_settings(given.bad)[1]] == [given.code]
    assert parse_settings(given.good)[1] == []
