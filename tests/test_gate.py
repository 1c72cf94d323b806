"""What keeps a gate from being slipped through or stopped, and the options that say what it looks at."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from conftest import Mzplan, Ran, few
from factory import PLANS, check_plan
from mzplan.check.run import run_checks
from mzplan.cli import loading
from mzplan.diagnostics import Diagnostic
from mzplan.reading import files
from mzplan.rules import DATA_RULES
from mzplan.submissions.sources import context_sources, data_sources
from rule_examples import PLAN, TODAY, UNITS, complete_report, files_of, put
from test_cli_check import HEADER, SOUND, Run, check, codes, report, write

__all__ = ["check"]

JIA = "data/2023-03/jia.csv"


def piped(text: bytes, *words: str) -> subprocess.CompletedProcess[bytes]:
    """The program with that on its standard input, in the current folder."""
    command = [sys.executable, "-m", "mzplan", "check", "--today", "2023-04-05", "--format", "concise", *words]
    return subprocess.run(command, input=text, capture_output=True, check=False)


def in_place(code: str, folder: Path) -> Path:
    """A rule's bad example as files of a project: one that lies nowhere takes the place of a county's report."""
    (folder / "plan").mkdir()
    example = DATA_RULES[code].bad
    if any(name.startswith("data/") for name, _ in files_of(example)):
        put(example, folder)
        return folder / "data"
    for unit in UNITS:
        for month in ("2031-02", "2031-03"):
            path = folder / "data" / month / f"{unit.id}.csv"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(complete_report(unit, month))
    _, content = next(iter(files_of(example)))
    path = folder / "data/2031-03/qingshan.csv"
    path.unlink()
    if isinstance(content, bytes) and not example.startswith("--- data/"):
        path.write_bytes(content)
    else:
        path.symlink_to("/dev/zero")
    return folder / "data"


SHOWN = sorted(code for code, rule in DATA_RULES.items() if rule.bad)
every = few("code", SHOWN, {code[:3]: code for code in SHOWN}.values())
"""The rules with an example, of which the suite takes one of each family."""


@every
def test_one_file_named_gets_what_the_folder_gets(code: str, tmp_path: Path) -> None:
    """Every kind of finding but those about what is not there: these only a folder can miss."""
    data = in_place(code, tmp_path)
    whole = run_checks(PLAN, data_sources([data], tmp_path), today=TODAY).diagnostics
    for source in data_sources([data], tmp_path):
        given = data_sources([source.path], tmp_path)
        alone = run_checks(PLAN, given, today=TODAY, context=context_sources(given, tmp_path)).diagnostics

        def of_file(findings: tuple[Diagnostic, ...], path: str = source.path) -> list[Diagnostic]:
            return [finding for finding in findings if finding.location.path == path]

        assert of_file(alone) == of_file(whole)


def told(mzplan: Mzplan, data: Path, *command: str) -> Ran:
    """What a command tells of those data in the summer of the examples; a defect of the program is raised."""
    return mzplan("--debug", *command, f"--plan={PLANS / 'examples.yaml'}", f"--data={data}")


@pytest.fixture
def summer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loading, "today", lambda: TODAY)


@pytest.mark.usefixtures("summer")
@every
def test_no_finding_keeps_figures_from_being_told(code: str, tmp_path: Path, mzplan: Mzplan) -> None:
    data = in_place(code, tmp_path)
    assert told(mzplan, data, "status").code in (0, 1, 2)
    assert told(mzplan, data, "summary", "--draft").code in (0, 1, 2)


@pytest.mark.usefixtures("summer")
@pytest.mark.parametrize("command", [("status",), ("summary", "--draft"), ("report", "-o", "report.html")])
def test_a_report_copied_from_the_last_month_is_no_doubt_about_one_figure(
    command: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, mzplan: Mzplan
) -> None:
    """A question about a whole report names no indicator."""
    monkeypatch.chdir(tmp_path)
    for month in ("2031-02", "2031-03"):
        write(f"data/{month}/qingshan.csv", complete_report(UNITS[0], "2031-02").replace("2031-02", month))
    data = tmp_path / "data"
    assert [each.rule.code for each in run_checks(PLAN, data_sources([data], tmp_path)).diagnostics] == ["MZ511"]
    ended = told(mzplan, data, *command)
    assert ended.code == 0, ended.err
    assert "有的数与上次相差很大" not in ended.out + ended.err


def test_a_file_that_cannot_be_read_stops_no_other(check: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    write("data/2023-03/yi.csv", report("乙市", "2023-03", "1O0"))
    Path(JIA).unlink()
    Path(JIA).symlink_to("jia.csv")
    ran = check("--format", "concise", JIA, "data/2023-03/yi.csv")
    assert (ran.code, ran.err) == (1, "")
    assert codes(ran)[0] == f"MZ101 {JIA}:0"
    assert codes(ran)[1].endswith(" data/2023-03/yi.csv:2")
    real = os.lstat

    def forbidden(path: object, **more: object) -> os.stat_result:
        if str(path).endswith("closed.csv"):
            raise PermissionError(13, "Permission denied")
        return real(path, **more)  # type: ignore[arg-type]  # as it came

    monkeypatch.setattr("os.lstat", forbidden)
    assert files.may_exist("closed.csv")
    assert not files.may_exist("none.csv")
    assert not files.may_exist("a\0b")


def test_a_link_that_leaves_the_project_is_never_quoted(check: Run, tmp_path: Path) -> None:
    write(tmp_path / "secret", "root:hunter2:0:0\nx,hunter3\n")
    (tmp_path / "out").mkdir()
    write(tmp_path / "out/x.csv", "root:hunter2:0:0\n")
    Path("link.csv").symlink_to(tmp_path / "secret")
    Path("way").symlink_to(tmp_path / "out")
    Path("data/2023-03/x.csv").symlink_to(tmp_path / "secret")
    for name in ("link.csv", "way/x.csv", "data/2023-03/x.csv"):
        for format_name in ("text", "json", "github", "sarif", "rdjson"):
            ran = check("--format", format_name, name)
            assert (ran.code, "MZ101" in ran.out) == (1, True)
            assert "hunter" not in ran.out + ran.err


def test_a_breakdown_that_is_a_link_out_of_the_plan_s_folder_is_never_quoted(tmp_path: Path, check: Run) -> None:
    write(tmp_path / "secret", "root:hunter2:0:0\n")
    Path("plan/2023.breakdown.csv").symlink_to(tmp_path / "secret")
    (finding,) = check_plan("plan/2023.yaml")
    assert (finding.rule.code, "外面" in finding.message) == ("MZ781", True)
    assert "hunter" not in check().err
    Path("plan/2023.breakdown.csv").unlink()
    write("plan/parts.csv", "indicator,unit,target,basis,source\n")
    Path("plan/2023.breakdown.csv").symlink_to("parts.csv")
    assert check().code == 0


@pytest.mark.parametrize("size", [10, files._HELD, files._HELD * 2 + 5])
def test_a_stream_can_be_read_again_and_is_bounded(size: int, tmp_path: Path) -> None:
    (tmp_path / "stream").write_bytes(b"ab" * size)
    with (tmp_path / "stream").open("rb") as stream:
        content = files.spooled(stream, limit=size)
    for _ in range(2):
        with files.reopened(content) as again:
            data = again.read()
        assert len(data) in (2 * size, size + 1)
        assert data == (b"ab" * size)[: len(data)]
    content.close()


def test_standard_input_may_stand_for_a_file(check: Run) -> None:
    other = report("乙市", "2023-03").encode()
    for name in (JIA, str(Path(JIA).resolve())):
        ran = piped(other, "-", "--stdin-filename", name)
        assert f"{name}:2:9: MZ308".encode() in ran.stdout
    sound = piped(SOUND[JIA].encode(), "-", "--stdin-filename", JIA)
    assert (sound.returncode, b"MZ320" in sound.stdout) == (0, False), "the file itself is not read beside it"
    short = piped(f"{HEADER}2023-03,甲县,T01-01,,18,,,,\n".encode(), "-", "--stdin-filename", JIA)
    assert b"MZ603" in short.stdout
    assert "要与 -".encode() in piped(b"", JIA, "--stdin-filename", JIA).stderr


def test_what_is_excluded_is_read_and_not_told(check: Run) -> None:
    write(JIA, report("甲县", "2023-03", "1O0"))
    write("data/2023-02/yi.csv", report("乙市", "2023-02", "1O0"))
    for pattern in ("jia.csv", "j*.csv", "2023-03", "data/2023-03", "data/2023-03/", "data/*/jia.csv"):
        ran = check("--format", "concise", "--exclude", pattern)
        assert {line.split()[1] for line in codes(ran)} == {"data/2023-02/yi.csv:2"}
        assert re.search(r"（按 --exclude 略过 \d 个文件，未列出。）\n$", ran.out)
    assert check("--exclude", "*") == (0, "没有检查任何文件。（按 --exclude 略过 12 个文件，未列出。）\n", "")
    assert check("--exclude", "jia.csv", "--exclude", "yi.csv", "-q") == (0, "", "")


def test_files_and_settings_can_be_shown(check: Run) -> None:
    write("data/2023-03/x.txt", "x")
    assert check("--show-files").out.splitlines() == sorted([*SOUND, "data/2023-03/x.txt"])
    assert check("--show-files", "data/2023-03", "--exclude", "x.*").out.splitlines() == [
        name for name in sorted(SOUND) if "2023-03" in name
    ]
    write("mzplan.toml", 'ignore = ["MZ60"]\nstrict = true\n')
    shown = check("--show-settings", "--select", "MZ104", "data/2023-03").out
    assert 'plan = "plan/2023.yaml"\ndata = ["data/2023-03"]\n' in shown
    assert 'select = ["MZ104"]\nignore = ["MZ601", "MZ602", "MZ603", "MZ604", "MZ605"]\n' in shown
    assert "strict = true\n" in shown
    assert "mzplan.toml" in shown.splitlines()[0]
    write("mzplan.toml", shown[shown.index("select = ") :])
    assert check().code == 0, "what is shown may be written down"


def test_quiet_lists_the_findings_alone(check: Run) -> None:
    assert check("-q") == (0, "", "")
    write(JIA, report("甲县", "2023-03", "1O0"))
    for format_name in ("text", "concise"):
        loud, quiet = (check("--format", format_name, *words).out for words in ((), ("--quiet",)))
        assert loud.startswith(quiet)
        assert quiet
        assert "检查了" not in quiet


def test_rules_are_chosen_by_the_beginning_of_their_codes(check: Run) -> None:
    write(JIA, HEADER + "2023-03,甲县,T01-01,,1O0,,,,\n")
    everything = codes(check("--format", "concise"))
    assert codes(check("--format", "concise", "--select", "ALL")) == everything
    assert codes(check("--format", "concise", "--select", "MZ6")) == [one for one in everything if "MZ6" in one] != []
    assert check("--select", "MZ0").code == 2


def test_the_project_as_a_whole_means_its_data(check: Run) -> None:
    """What lies beside them is no report: blank forms, what came in, what went back, the plan's breakdown."""
    write(JIA, report("甲县", "2023-03", "1O0"))
    for path in ("inbox/甲.csv", "returns/2023-03/jia.csv", "forms/甲.csv"):
        write(path, report("甲县", "2023-03", "30"))
    write("plan/2023.breakdown.csv", "indicator,unit,target,basis,source,baseline,due,from\n")
    whole = check()
    assert whole.code == 1
    assert check(".") == whole
    assert check(str(Path.cwd())).out.replace(f"{Path.cwd()}/", "") == whole.out


@pytest.mark.parametrize("path", ["plan", "plan/2023.yaml", "plan/2023.breakdown.csv"])
def test_a_plan_is_called_one(check: Run, mzplan: Mzplan, path: str) -> None:
    """Whoever obeyed what is said of a report would destroy it."""
    del check
    for words in (
        ("check", path),
        ("check", "--data", path),
        ("status", "--data", path),
        ("collect", ".", "--data", path),
    ):
        told = f"mzplan: {path} 是计划，不是填报表。校验计划请用 mzplan plan check。\n"
        assert mzplan(*words) == (2, "", told), words
