"""`mzplan check` as a user meets it: what is printed where, which exit code, and what is written to disk."""

import io
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from pathlib import Path

import pytest

from conftest import Mzplan, Ran
from findings import HOSTILE_TEXTS
from mzplan.cli import check as check_command
from mzplan.cli import fixing
from mzplan.cli import rule as rule_command
from mzplan.diagnostics import Diagnostic
from mzplan.render import breakdown, explain, impact, lights, plan, status, summary
from mzplan.render.check import FORMATS
from mzplan.render.formats import SUFFIXES
from mzplan.submissions.sources import Source
from test_ci_formats import WHITE, commands

PLANS = Path(__file__).parent / "plans"
HEADER = "period,unit,indicator,name,value,numerator,denominator,note,evidence\n"
BEDS = "T01-01,服务类救助项目数"
MEALS = "T01-02,助餐点覆盖率"
GRADE = "T02-01,四A级社会组织数"
SCHEME = "T02-02,发展规划"
TODAY = "2023-04-05"


def report(unit: str, month: str, beds: str = "10", extra: str = "") -> str:
    """A unit's sound report of a month; `beds` is the first indicator's value."""
    return (
        f"{HEADER}{month},{unit},{BEDS},{beds},,,,\n{month},{unit},{MEALS},,8,10,,\n"
        f"{month},{unit},{GRADE},12,,,,\n{month},{unit},{SCHEME},未启动,,,,\n{extra}"
    )


UNITS = {"jia": "甲县", "yi": "乙市", "devzone": "示范开发区"}
SOUND = {
    f"data/{month}/{unit}.csv": report(name, month, str(5 * number + len(unit)))
    for number, month in enumerate(("2023-01", "2023-02", "2023-03"), start=1)
    for unit, name in UNITS.items()
} | {
    f"data/{month}/bureau.csv": f"{HEADER}{month},市本级,T03-01,市级方案,未启动,,,,\n"
    for month in ("2023-01", "2023-02", "2023-03")
}


Run = Callable[..., Ran]


@pytest.fixture
def check(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, mzplan: Mzplan) -> Run:
    """Run `mzplan check` in a project whose data are sound."""
    project = tmp_path / "project"
    (project / "plan").mkdir(parents=True)
    plan = (PLANS / "tiny.yaml").read_text()  # without its breakdown, of which a weight would speak
    write(project / "plan" / "2023.yaml", plan.replace("breakdown: townships", "note: 不分解"))
    for name, text in SOUND.items():
        write(project / name, text)
    monkeypatch.chdir(project)

    return lambda *arguments, today=TODAY: mzplan("check", "--today", today, *arguments)


def write(path: str | Path, text: str | bytes) -> None:
    target = Path(path)
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(text if isinstance(text, bytes) else text.encode())


def codes(ran: Ran) -> list[str]:
    """Code and place of each finding, in the order printed, of a run with `--format concise`."""
    found = [re.match(r"(\S+?)(?::(\d+))?(?::\d+)?: (MZ\d+)", line) for line in ran.out.splitlines()]
    return [f"{match[3]} {match[1]}:{match[2] or 0}" for match in found if match]


WRONG = report("甲县", "2023-03", "1O0")
NOTHING_LEFT_OUT = {"ignored": 0, "waived": 0, "known": 0, "unchanged": 0, "excluded": 0, "cleared": 0}


def test_sound_data_say_one_line_and_end_with_0(check: Run) -> None:
    assert check() == (0, "√ 检查了 12 个文件、39 条记录，没有发现问题。\n", "")


def test_an_error_goes_to_standard_output_and_ends_with_1(check: Run) -> None:
    write("data/2023-03/jia.csv", WRONG)
    ran = check()
    assert (ran.code, ran.err) == (1, "")
    first, hint, last, explained = ran.out.splitlines()
    assert re.match(r"data/2023-03/jia\.csv:2(:\d+)?: MZ\d+ 错误：.*1O0", first)
    assert hint.startswith("  改法：")
    assert last == "检查了 12 个文件、39 条记录：1 个错误，0 个警告。"
    code = re.search(r"MZ\d+", first)
    assert code is not None
    assert explained == f"说明见 docs/rules.md#{code[0].lower()} 或 mzplan rule {code[0]}"


def test_the_page_of_rules_may_stand_elsewhere(check: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MZPLAN_RULES_URL", "https://example.org/rules.md")
    write("data/2023-03/jia.csv", WRONG)
    assert re.search(r"\n说明见 https://example\.org/rules\.md#mz\d+ 或 mzplan rule MZ\d+\n$", check().out)


def test_a_warning_ends_with_0_and_with_1_when_strict(check: Run) -> None:
    write("data/2023-03/jia.csv", report("甲县", "2023-03", "１８"))
    assert codes(check("--format", "concise")) == ["MZ230 data/2023-03/jia.csv:2"]
    assert check().code == 0
    assert check("--strict").code == 1
    assert check("--error", "MZ230").code == 1
    assert check("--strict", "--warn", "full-width-digits").code == 0


def test_rules_are_selected_and_ignored(check: Run) -> None:
    write("data/2023-03/jia.csv", report("甲县", "2023-03", "１８", "2023-03,丙县,T01-01,,1,,,,\n"))
    assert [code.split()[0] for code in codes(check("--format", "concise"))] == ["MZ230", "MZ302"]
    assert [code.split()[0] for code in codes(check("--format", "concise", "--select", "MZ3xx"))] == ["MZ302"]
    assert [code.split()[0] for code in codes(check("--format", "concise", "--ignore", "MZ302"))] == ["MZ230"]
    assert check("--exit-zero").code == 0


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--format", "jsno"], "没有输出格式 jsno。是否要写 json？可用的有：text、concise、json、"),
        (["--format", "Plain"], "没有输出格式 Plain。是否要写 plain？可用的有：text、concise、json、"),
        (["--format", "\x1b[31m"], "没有输出格式 \\x1b[31m。可用的有："),
        (["--select", "MZ3O1"], "--select：没有规则“MZ3O1”。是否要写 MZ301？"),
        (["--today", "2023-13-01"], "“2023-13-01”不是日期"),
        (["--today", "gestern"], "“gestern”不是日期"),
        (["nowhere.csv"], "找不到 nowhere.csv。"),
        (["hdfs://name/data"], "hdfs://name/data 不是这台电脑上的路径。"),
        (["--engine", "duckdb", "s3a://bucket/data"], "s3a://bucket/data 不是这台电脑上的路径。能读它的是 Spark："),
        (
            ["--engine", "spark", "--since", "HEAD", "hdfs:///data"],
            "--since 只管这台电脑上的文件，不能用于 hdfs:///data。",
        ),
        (
            ["--engine", "spark", "--fix", "hdfs://name/data/"],
            "--fix 只管这台电脑上的文件，不能用于 hdfs://name/data。",
        ),
        (["--engine", "spark", "--baseline", "b", "s3a://b"], "--baseline 只管这台电脑上的文件，不能用于 s3a://b。"),
        (["--engine", "spark", "--annotate", "d", "s3a://b"], "--annotate 只管这台电脑上的文件，不能用于 s3a://b。"),
        (["C:/nowhere.csv"], "找不到 C:/nowhere.csv。"),
        (["--statistics", "--format", "sarif"], "--statistics 只用于 text、concise、json、markdown 格式。"),
        (["--fix", "--diff"], "--fix 与 --diff 不能同时使用。"),
        (["--diff", "--write-baseline", "b"], "--diff 与 --write-baseline 不能同时使用。"),
        (["--baseline", "a", "--write-baseline", "b"], "--baseline 与 --write-baseline 不能同时使用。"),
        (["--baseline", "nowhere.json"], "无法读取基线文件 nowhere.json"),
        (["--jobs", "0"], "--jobs 应是 1 到 256 的整数。"),
        (["-", "--fix"], "从标准输入读取（-）时不能用 --fix。"),
        (["--since", "HEAD"], "--since 只能在 git 仓库里使用"),
        (["--plan", "nowhere.yaml"], "nowhere.yaml"),
        (["--output", "nowhere/report.txt"], "无法写入 nowhere/report.txt"),
        (["--max-findings", "-1"], "--max-findings"),
        (["--no-such-option"], "没有选项 --no-such-option"),
    ],
)
def test_a_run_that_makes_no_sense_ends_with_2_and_says_why(
    arguments: list[str], said: str, check: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    ran = check(*arguments)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("mzplan: ")
    assert said in ran.err
    assert "Traceback" not in ran.err


# --- formats ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_is_written_whole_to_a_file(name: str, check: Run) -> None:
    write("data/2023-03/jia.csv", WRONG)
    printed = check("--format", name)
    assert printed.code == 1
    written = check("--format", name, "--output", "report.out")
    assert written == (1, "", "")
    assert Path("report.out").read_text(encoding="utf-8") == printed.out


def test_the_formats_in_the_help_are_those_there_are(check: Run) -> None:
    text = "".join(check("--help").out.split())
    assert "、".join(FORMATS) in text


def test_json_counts_files_records_and_findings(check: Run) -> None:
    write("data/2023-03/jia.csv", WRONG)
    document = json.loads(check("--format", "json", "--statistics").out)
    assert document["summary"] == {"files": 12, "records": 39, "errors": 1, "warnings": 0} | NOTHING_LEFT_OUT
    assert document["statistics"]["units"] == [{"unit": "jia", "errors": 1, "warnings": 0}]
    found = document["diagnostics"][0]
    assert (found["path"], found["line"], found["field"], found["value"]) == ("data/2023-03/jia.csv", 2, "value", "1O0")


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_reviewdog_is_told_the_byte_of_the_text_and_a_replacement(encoding: str, check: Run) -> None:
    text = report("甲县", "2023-03", "１８")
    write("data/2023-03/jia.csv", text.encode(encoding))
    found = json.loads(check("--format", "rdjson", "--select", "MZ230").out)["diagnostics"][0]
    line = text.splitlines()[1]
    start = found["location"]["range"]["start"]
    assert line.encode()[start["column"] - 1 :].decode().startswith("１８")
    assert found["suggestions"][0]["text"] == "18"


def test_colour_is_for_terminals_and_only_when_wanted(check: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    write("data/2023-03/jia.csv", WRONG)
    plain = check()
    assert "\x1b" not in plain.out
    monkeypatch.setenv("FORCE_COLOR", "1")
    coloured = check()
    assert "\x1b[31m错误\x1b[0m" in coloured.out
    assert re.sub(r"\x1b\[\d*m", "", coloured.out) == plain.out
    check("--output", "report.txt")
    assert Path("report.txt").read_text(encoding="utf-8") == plain.out


def test_github_gets_annotations_and_the_whole_report_as_a_summary(
    check: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = "".join(f"2023-03,甲县,T99-{n:03},,1,,,,\n" for n in range(30))
    write("data/2023-03/jia.csv", report("甲县", "2023-03", "18", rows))
    summary = tmp_path / "summary.md"
    summary.write_text("before\n", encoding="utf-8")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(summary))
    monkeypatch.setenv("GITHUB_WORKSPACE", str(tmp_path))
    ran = check("--format", "github")
    said = commands(ran.out)
    assert [command.name for command in said] == ["error"] * 10
    assert said[0].properties["file"] == "project/data/2023-03/jia.csv"
    assert "还有 21 条错误" in said[-1].data
    text = summary.read_text(encoding="utf-8")
    assert text.startswith("before\n<!-- mzplan check -->\n")
    assert text.count("MZ301") == 30
    check("--format", "text")
    assert summary.read_text(encoding="utf-8") == text


def test_a_summary_that_cannot_be_written_spoils_nothing(check: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", "/nowhere/at/all")
    ran = check("--format", "github")
    assert ran.code == 0
    assert ran.err.startswith("没有写出步骤摘要：")


def test_paths_are_told_from_the_git_repository(check: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    write("data/2023-03/jia.csv", WRONG)
    Path("../.git").mkdir()
    assert json.loads(check("--format", "gitlab").out)[0]["location"]["path"] == "project/data/2023-03/jia.csv"


@pytest.mark.untraced
@pytest.mark.parametrize("name", FORMATS)
def test_a_hostile_project_cannot_speak_to_the_runner(name: str, check: Run) -> None:
    names = ["::error::x", "##[error]x", "\u3000::warning::x", "a\n::error::b", "\x1b[31m", "a\u202eb", "%0A::error::"]
    rows = "".join(
        f'2023-03,"{cell}","{cell}","{cell}","{cell}",,,"{cell}","{cell}"\n'
        for cell in (text.replace('"', '""').replace("\udcff", "") for text in HOSTILE_TEXTS if "\0" not in text)
    )
    for file in names:
        write(f"data/{file}.csv", HEADER + rows)
    write("data/2023-03/jia.csv", "\u3000::error::header," + HEADER + rows)
    ran = check("--format", name, "--max-findings", "0", "--verbose", "--exit-zero")
    said = [command.name for command in commands(ran.out + ran.err)]
    assert set(said) == ({"error", "warning"} if name == "github" else set())
    assert len(said) <= 20
    if name != "github":
        assert not any(line.lstrip(WHITE).startswith("::") for line in ran.out.splitlines())
        assert "##[" not in ran.out
    assert not set(ran.out) & {"\x1b", "\u202e", "\x07", "\u200b", "\x7f", "\x85"}


# --- settings, waivers, baseline -------------------------------------------------------------------------------------


def test_settings_are_found_upward_and_the_command_line_wins(check: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    write("data/2023-03/jia.csv", WRONG)
    write("mzplan.toml", 'ignore = ["MZ2xx"]\n')
    monkeypatch.chdir("data/2023-03")
    assert check("jia.csv").code == 0
    assert check("jia.csv", "--select", "MZ2xx").code == 1


def test_settings_that_are_wrong_stop_the_run(check: Run) -> None:
    write("mzplan.toml", 'ingore = ["MZ2xx"]\n')
    ran = check()
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == ("mzplan: 设置文件有误，无法检查：\nmzplan.toml:1: MZ801 没有设置项“ingore”。是否要写 ignore？\n")


def test_a_waiver_silences_one_finding_and_is_counted(check: Run) -> None:
    write("data/2023-03/jia.csv", report("甲县", "2023-03", "1O0", "2023-03,甲县,T99-01,,1,,,,\n"))
    first = codes(check("--format", "concise"))[0].split()[0]
    write("waivers.csv", f"code,unit,indicator,period,reason,until\n{first},甲县,T01-01,2023-03,市局同意,2023-12-31\n")
    ran = check("--format", "concise")
    assert codes(ran) == ["MZ301 data/2023-03/jia.csv:6"]
    assert ran.out.endswith("（按 waivers.csv 豁免 1 条，未列出。）\n")
    assert len(codes(check("--format", "concise", today="2024-01-01"))) > 2
    assert "MZ814 waivers.csv:2" in codes(check("--format", "concise", today="2024-01-01"))


def test_settings_and_waivers_change_the_check_and_never_a_figure(check: Run, mzplan: Mzplan) -> None:
    def status() -> str:
        return mzplan("status", "--format", "terminal").out

    write("data/2023-03/jia.csv", report("甲县", "2023-03", "1O0"))
    wrong = check("--format", "concise")
    strictly = status()
    assert (wrong.code, codes(wrong)[0]) == (1, "MZ223 data/2023-03/jia.csv:2")
    assert "jia.csv" in strictly
    write("mzplan.toml", 'warn = ["MZ223"]\n')
    assert check().code == 0
    assert status() == strictly
    write("mzplan.toml", "strict = true\n")
    write("waivers.csv", "code,unit,indicator,period,reason,until\nMZ223,甲县,,2023-03,市局同意,2999-12-31\n")
    assert check().code == 0
    assert status() == strictly


def test_waivers_that_are_no_file_are_not_passed_over(check: Run) -> None:
    Path("waivers.csv").symlink_to("没有.csv")
    ran = check("--format", "concise")
    assert (ran.code, codes(ran)) == (1, ["MZ811 waivers.csv:0"])


def test_an_unused_waiver_is_told_only_when_all_data_are_checked(check: Run) -> None:
    write("waivers.csv", "code,unit,indicator,period,reason,until\nMZ301,甲县,,,市局同意,2023-12-31\n")
    assert codes(check("--format", "concise")) == ["MZ815 waivers.csv:2"]
    assert codes(check("--format", "concise", "data/../data")) == ["MZ815 waivers.csv:2"]
    assert codes(check("--format", "concise", "data/2023-03/jia.csv")) == []


def test_a_baseline_lets_only_new_findings_through(check: Run) -> None:
    write("data/2023-03/jia.csv", WRONG)
    ran = check("--write-baseline", "baseline.json")
    assert ran == (0, "", "已写入基线 baseline.json：1 条。\n")
    assert check("--baseline", "baseline.json").code == 0
    write(
        "data/2023-03/jia.csv",
        WRONG.replace(f"2023-03,甲县,{BEDS}", f"2023-03,甲县,T99-01,,1,,,,\n2023-03,甲县,{BEDS}"),
    )
    ran = check("--baseline", "baseline.json", "--format", "concise")
    assert codes(ran) == ["MZ301 data/2023-03/jia.csv:2"]
    assert "基线中已有 1 条" in ran.out
    write("data/2023-03/jia.csv", SOUND["data/2023-03/jia.csv"])
    assert check("--baseline", "baseline.json").err == "基线中有 1 条已不再出现，可用 --write-baseline 重新生成。\n"


def test_a_baseline_serves_from_any_folder(check: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    write("data/2023-03/jia.csv", WRONG)
    check("--write-baseline", "baseline.json")
    monkeypatch.chdir("data")
    assert check("2023-03/jia.csv", "--baseline", "../baseline.json").code == 0


# --- context, since --------------------------------------------------------------------------------------------------


def test_one_file_is_judged_with_the_rest_of_the_project_in_mind(check: Run) -> None:
    write("data/2023-03/jia.csv", report("甲县", "2023-03", "12"))
    found = codes(check("--format", "concise", "data/2023-03/jia.csv"))
    assert found == ["MZ501 data/2023-03/jia.csv:2"]
    assert codes(check("--format", "concise", "--no-context", "data/2023-03/jia.csv")) == []


def test_a_file_that_is_not_given_is_not_reported_on(check: Run) -> None:
    write("data/2023-03/jia.csv", WRONG)
    ran = check("data/2023-03/yi.csv")
    assert ran == (0, "√ 检查了 1 个文件、4 条记录，没有发现问题。\n", "")


def test_standard_input_is_checked(check: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(WRONG.encode())))
    assert codes(check("-", "--format", "concise")) == ["MZ223 -:2"]


def test_only_findings_of_rows_changed_since_a_revision_are_told(check: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM"):
        monkeypatch.setenv(name, os.devnull)
    write("data/2023-02/jia.csv", report("甲县", "2023-02", "1O0"))
    identity = ["-c", "user.name=t", "-c", "user.email=t@example.invalid"]
    for arguments in (["init", "-q"], ["add", "."], [*identity, "commit", "-qm", "x"]):
        subprocess.run(["git", *arguments], check=True, capture_output=True)
    assert codes(check("--since", "HEAD", "--format", "concise")) == []
    write("data/2023-03/jia.csv", report("甲县", "2023-03", "18", "2023-03,甲县,T99-01,,1,,,,\n"))
    assert codes(check("--since", "HEAD", "--format", "concise")) == ["MZ301 data/2023-03/jia.csv:6"]
    assert len(codes(check("--format", "concise"))) == 2


# --- repairs ---------------------------------------------------------------------------------------------------------

UNTIDY = (
    "报告期,填报单位,指标编码,指标名称,完成值,分子,分母, 说明,佐证,,\r\n"
    f"2023/3,甲县,{BEDS},１８,,,,,,\r\n"
    f'2023-03,甲,{MEALS},,"8",10,"照录,不动",,,\n'
    f'2023-03,甲县,{GRADE}," 1,012 ",,,,,,\r\n'
    f"2023-03,甲县,{SCHEME},未启动,,,,,,\r\n"
    ",,,,,,,,,,\r\n"
)
TIDY = (
    "\ufeff报告期,填报单位,指标编码,指标名称,完成值,分子,分母,说明,佐证\r\n"
    f"2023-03,甲县,{BEDS},18,,,,\r\n"
    f'2023-03,甲县,{MEALS},,"8",10,"照录,不动",\r\n'
    f"2023-03,甲县,{GRADE},1012,,,,\r\n"
    f"2023-03,甲县,{SCHEME},未启动,,,,\r\n"
)


def test_fix_mends_what_can_be_mended_without_loss(check: Run) -> None:
    write("data/2023-03/jia.csv", UNTIDY.encode("gb18030"))
    ran = check("--fix")
    assert Path("data/2023-03/jia.csv").read_bytes().decode() == TIDY
    assert re.findall(r": (MZ\d+) ", ran.out) == ["MZ502"], "a jump stays a jump"
    assert ran.err.startswith("已改正 data/2023-03/jia.csv：5 行的写法；编码由 GB18030 改为 UTF-8")
    assert ran.err.count("\n") == 1
    again = check("--fix")
    assert again.err == "没有可以自动改正的地方。\n"
    assert Path("data/2023-03/jia.csv").read_bytes().decode() == TIDY


@pytest.mark.parametrize(
    ("suffix", "name"),
    [("sarif", "sarif"), ("xml", "junit"), ("json", "json"), ("jsonl", "jsonl"), ("md", "markdown"), ("TXT", "text")],
)
def test_a_report_gets_the_format_of_its_name(check: Run, suffix: str, name: str) -> None:
    check("--output", f"report.{suffix}")
    check("--format", name, "--output", "asked")
    assert Path(f"report.{suffix}").read_text(encoding="utf-8") == Path("asked").read_text(encoding="utf-8")


def test_no_two_formats_of_a_command_have_one_suffix() -> None:
    others = (breakdown, explain, impact, lights, plan, status, summary)
    for formats in (FORMATS, *(each.FORMATS for each in others)):
        suffixes = [suffix for name in formats for suffix in SUFFIXES.get(name, ())]
        assert len(suffixes) == len(set(suffixes))


def test_what_is_shown_in_place_of_a_report_has_suffixes_of_its_own(check: Run) -> None:
    assert check("--diff", "--output", "mend.patch").code == 0
    assert Path("mend.patch").exists()
    assert check("--diff", "--output", "mend.sarif").code == 2
    assert check("--show-settings", "--output", "settings.txt").code == 0
    assert check("--show-files", "--output", "files.patch").code == 2


def test_diff_shows_what_fix_would_do_and_writes_nothing(check: Run) -> None:
    write("data/2023-03/jia.csv", report("甲县", "2023-03", "１８"))
    before = Path("data/2023-03/jia.csv").read_bytes()
    ran = check("--diff")
    assert (ran.code, ran.err) == (1, "")
    assert ran.out.splitlines()[:5] == [
        "--- a/data/2023-03/jia.csv",
        "+++ b/data/2023-03/jia.csv",
        "@@ -1,5 +1,5 @@",
        f" {HEADER.rstrip()}",
        f"-2023-03,甲县,{BEDS},１８,,,,",
    ]
    assert Path("data/2023-03/jia.csv").read_bytes() == before
    assert check("--diff", "--exit-zero").code == 0
    assert check("--diff", "data/2023-03/yi.csv") == (0, "", "没有可以自动改正的地方。\n")


def test_what_is_ignored_is_not_mended(check: Run) -> None:
    write("data/2023-03/jia.csv", report("甲县", "2023-03", "１８"))
    assert check("--diff", "--ignore", "MZ230").out == ""


def test_a_file_that_cannot_be_read_completely_is_never_touched(check: Run) -> None:
    data = b"<<<<<<< HEAD\n" + report("甲县", "2023-03", "１８").encode()
    write("data/2023-03/jia.csv", data)
    assert check("--fix").code == 1
    assert Path("data/2023-03/jia.csv").read_bytes() == data


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (report("甲县", "2023-03", "１８").encode("utf-16"), "编码由 UTF-16 改为 UTF-8"),
        (report("甲县", "2023-03", "１８").replace(",", "\t").encode("utf-16"), "分隔符由制表符改为逗号"),
        (report("甲县", "2023-03", "１８").replace(",", ";").encode("gb18030"), "分隔符由分号改为逗号"),
        (f"甲县三月报表,,,,,,,,\n\n{report('甲县', '2023-03', '１８')}".encode(), "去掉 2 行标题、合计、分组或落款"),
        (f"{report('甲县', '2023-03', '１８')}合计,,,,30,,,,\n,,,,,,,,\n填表人：张三,,,,,,,,\n".encode(), "去掉 2 行"),
    ],
)
def test_a_table_in_another_shape_becomes_the_same_csv(data: bytes, said: str, check: Run) -> None:
    write("data/2023-03/jia.csv", data)
    difference = check("--diff", "data/2023-03/jia.csv")
    assert said in difference.out
    assert said in check("--fix", "data/2023-03/jia.csv").err
    assert Path("data/2023-03/jia.csv").read_text("utf-8-sig") == report("甲县", "2023-03", "18")
    assert "没有可以自动改正的地方" in check("--fix", "data/2023-03/jia.csv").err


def test_what_is_said_of_a_repair_is_no_command(check: Run) -> None:
    write("data/##[error]x.csv", report("甲县", "2023-03", "１８"))
    ran = check("--fix", "--no-context", "data/##[error]x.csv")
    assert "已改正 data/# #[error]x.csv：1 行的写法。" in ran.err
    assert commands(ran.out + ran.err) == []


@pytest.mark.untraced
def test_a_file_too_large_to_hold_is_not_mended(check: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fixing, "SIZE_LIMIT", 1 << 20)
    rows = "".join(f"2023-03,甲县,T01-01,服务类救助项目数,{n},,,{'长' * 900},\n" for n in range(400))
    write("data/2023-03/jia.csv", report("甲县", "2023-03", "１８", rows))
    before = Path("data/2023-03/jia.csv").read_bytes()
    ran = check("--fix", "--max-findings", "1")
    assert "没有改动 data/2023-03/jia.csv：文件超过 1 MB。\n" in ran.err
    assert Path("data/2023-03/jia.csv").read_bytes() == before


def test_the_example_of_a_date_is_todays(check: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mzplan.cli.project.today", lambda: date(2031, 7, 5))
    assert check(today="gestern").err == "mzplan: “gestern”不是日期，写成 YYYY-MM-DD，例如 2031-07-05。\n"


def test_a_file_that_changes_under_the_check_is_left_alone(check: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def meanwhile(sources: Sequence[Source], findings: Iterable[Diagnostic]) -> list[object]:
        found = list(unchanged_repairs(sources, findings))
        write("data/2023-03/jia.csv", WRONG)
        return list(found)

    unchanged_repairs = fixing.repairs
    monkeypatch.setattr(fixing, "repairs", meanwhile)
    write("data/2023-03/jia.csv", report("甲县", "2023-03", "１８"))
    ran = check("--fix")
    assert "没有改动 data/2023-03/jia.csv：检查期间文件有变动。\n" in ran.err
    assert Path("data/2023-03/jia.csv").read_bytes() == WRONG.encode()


def test_a_full_disk_stops_the_run_and_tears_no_file(check: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(path: object, data: bytes) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(fixing, "write_whole", full)
    write("data/2023-03/jia.csv", report("甲县", "2023-03", "１８"))
    before = Path("data/2023-03/jia.csv").read_bytes()
    ran = check("--fix")
    assert ran == (2, "", "mzplan: 没有改动 data/2023-03/jia.csv：磁盘空间不足。\n")
    assert Path("data/2023-03/jia.csv").read_bytes() == before


# --- at the terminal --------------------------------------------------------------------------------------------------


def test_the_shell_completes_codes() -> None:
    assert ("MZ301", "计划中没有这个指标") in list(check_command.complete_code("MZ3"))
    assert list(check_command.complete_code("XX")) == []
    assert ("unknown-indicator", "计划中没有这个指标") in list(rule_command.complete_rule("unknown-in"))


@pytest.mark.parametrize("format_name", FORMATS)
@pytest.mark.parametrize(
    ("path", "text", "arguments", "code"),
    [
        ("plan/2023.yaml", "year: x\n", (), "MZ7"),
        ("mzplan.toml", "strict = 3\n", (), "MZ803"),
        ("x", "", ("--since", "nope"), "MZ804"),
        ("x", "", ("--baseline", "nope.json"), "MZ804"),
        ("x", "", ("nope.csv",), "MZ804"),
    ],
    ids=lambda value: str(value)[:12],
)
def test_why_nothing_can_be_checked_is_told_in_the_asked_format(
    format_name: str, path: str, text: str, arguments: tuple[str, ...], code: str, check: Run
) -> None:
    write(path, text)
    ran = check("--format", format_name, *arguments)
    assert (ran.code, bool(ran.err)) == (2, True)
    if format_name in ("text", "concise"):
        assert ran.out == ""
    elif format_name == "sarif":
        (run,) = json.loads(ran.out)["runs"]
        assert run["invocations"][0]["executionSuccessful"] is False
        assert run["invocations"][0]["toolExecutionNotifications"]
        assert run["results"]
        assert all(result["ruleId"].startswith(code) for result in run["results"])
        (place,) = {each["physicalLocation"]["artifactLocation"]["uri"] for each in run["results"][0]["locations"]}
        assert place == ("data" if code == "MZ804" else path)
    else:
        assert code in ran.out
        assert ("data" if code == "MZ804" else path) in ran.out


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
def test_what_is_reached_by_a_link_is_not_said_to_be_mended(check: Run) -> None:
    """`--fix` writes nothing in a link's place, and so the tally does not promise it; of a file it does."""
    wrong = report("甲县", "2023-03", "18").replace(",18,", ",1８,")
    promised = "1 处可用 mzplan check --fix 自动改正"
    write("data/2023-03/jia.csv", wrong)
    assert promised in check().out
    Path("data/2023-03/jia.csv").rename("sent.csv")
    Path("data/2023-03/jia.csv").symlink_to("../../sent.csv")
    assert promised not in check().out
    assert check("--fix").code == 0
    assert Path("sent.csv").read_text() == wrong
