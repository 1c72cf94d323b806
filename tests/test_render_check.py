"""The formats for people, read on one screen; every format also has a golden file."""

import re
from collections.abc import Callable
from dataclasses import replace

import pytest

from findings import LATE, SEPARATED, TWICE, WRONG, finding, hostile
from mzplan.diagnostics import Diagnostic, Location, Severity
from mzplan.english import english
from mzplan.render.check import FORMATS, render
from mzplan.render.check.github import MESSAGE_LIMIT
from mzplan.render.check.markdown import COMMENT_LIMIT, SUMMARY_LIMIT, markdown, step_summary
from mzplan.render.check.report import CheckReport
from mzplan.render.guard import comment_text as escape
from mzplan.render.guard import markdown_text
from mzplan.render.layout import Look
from mzplan.said import say

FILES = ("data/2023-06/panan.csv", "data/2023-06/wucheng.csv", "data/2023-06/yiwu.csv")
LINES = {5: "2023-06,义乌市,T05-03,养老床位,1,234,,,,", 4: "2023-06,义乌市,T05-03,养老床位,1O0,,,,"}


def report(*findings: Diagnostic, **more: object) -> CheckReport:
    given: dict[str, object] = {
        "files": FILES,
        "records": 1234,
        "unit_names": {"yiwu": "义乌市", "panan": "磐安县"},
        "indicator_name": lambda finding: {"T05-03": "养老床位"}.get(finding.indicator, ""),
    }
    return CheckReport(diagnostics=findings, **{**given, **more})  # type: ignore[arg-type]  # by name


CLEARED = finding(message="17 → 13", field="note", value="两人|退休", indicator="T05-03", unit="yiwu")
ALL = report(LATE, WRONG, SEPARATED, TWICE, line_text=lambda path, line: LINES.get(line), cleared=[CLEARED])


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_has_a_golden_file(name: str, golden: Callable[[str, str], None]) -> None:
    golden(f"check.{name}.txt", render(name, ALL))


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_renders_a_clean_run(name: str, golden: Callable[[str, str], None]) -> None:
    golden(f"check.{name}.clean.txt", render(name, report()))


def test_the_column_is_called_what_the_form_calls_it_and_not_said_twice() -> None:
    named = report(
        WRONG, finding(message="分子不是数字", field="numerator"), field_names={"value": "完成值", "numerator": "分子"}
    )
    lines = render("concise", named).splitlines()
    assert lines[0].endswith("MZ201 错误：第4行 E列（E4） T05-03 养老床位：完成值不是数字（原值“1O0”）")
    assert lines[1].endswith("MZ201 错误：T05-03 养老床位：分子不是数字（原值“1O0”）")


def test_no_comment_grows_beyond_its_limit_by_what_notes_clear() -> None:
    path, note = "data/" + "<|`_*" * 800, "<&|*_`[]" * 200
    cleared = [CLEARED._replace(value=note, location=Location(path, at), severity=Severity.ERROR) for at in range(500)]
    assert len(markdown(report(WRONG, cleared=cleared, verbose=True))) < COMMENT_LIMIT


@pytest.mark.parametrize(("errors", "count", "shown"), [(0, 10, 10), (0, 11, 3), (1, 11, 3), (5, 11, 5), (12, 13, 10)])
def test_of_more_cleared_changes_than_fit_the_errors_are_named_and_a_few_at_least(
    errors: int, count: int, shown: int
) -> None:
    cleared = [CLEARED._replace(severity=Severity.ERROR if at < errors else Severity.WARNING) for at in range(count)]
    told = [line for line in render("text", report(cleared=cleared)).splitlines() if "17 → 13" in line]
    assert len(told) == shown
    assert render("text", report(cleared=cleared, verbose=True)).count("17 → 13") == count
    assert "→" not in render("text", report(cleared=cleared, quiet=True))


@pytest.mark.parametrize("tell", [str, english])
def test_of_what_notes_clear_the_largest_change_comes_first(tell: Callable[[str], str]) -> None:
    """By its factor: 3 to 100 is more than 1,000 to 2,000, a part counts as a whole does."""
    changes = ["1000 → 2000", "100 → 3", "50/100 → 60/13000", "已完成 → 推进中", "3 → 97"]
    cleared = [CLEARED._replace(message=_change(each)).told(tell) for each in changes]
    lines = render("text", report(cleared=cleared)).splitlines()
    told = [re.findall(r"[^ ]+ → [^：]+", line)[0] for line in lines if " → " in line]
    assert [told.index(tell(_change(changes[at]))) for at in (2, 1, 4, 0, 3)] == [0, 1, 2, 3, 4]


def _change(text: str) -> str:
    old, new = text.split(" → ")
    said: str = say("{old} → {new}", old=old, new=new)
    return said


def test_there_is_a_notice_for_each_as_far_as_the_runner_takes_them_and_the_others_stand_in_the_log() -> None:
    cleared = [CLEARED._replace(location=Location("a.csv", line), value=f"::error::{line}") for line in range(2, 14)]
    lines = render("github", report(cleared=cleared)).splitlines()
    assert [line.partition(" ")[0] for line in lines[:10]] == ["::notice"] * 10
    assert "还有 3 处" in lines[9]
    assert [line.rpartition("a.csv:")[2] for line in lines[10:13]] == ["11）", "12）", "13）"]
    assert not any(line.startswith("::error") for line in lines)


def test_verbose_names_the_clean_files() -> None:
    assert render("text", report(WRONG, verbose=True)).splitlines()[:2] == [
        "√ data/2023-06/panan.csv",
        "√ data/2023-06/wucheng.csv",
    ]


def test_a_file_with_many_findings_is_cut_and_says_how_many_more_there_are() -> None:
    many = [finding(line=line) for line in range(2, 5002)]
    lines = render("concise", report(*many, LATE)).splitlines()
    assert len(lines) == 103
    assert lines[100] == "data/2023-06/yiwu.csv：…还有 4,900 条（--max-findings 0 全部列出）"
    assert lines[101].startswith("data/2023-06/panan.csv: MZ601 警告：")
    assert len(render("concise", report(*many, cap=0)).splitlines()) == 5001


def test_what_waivers_and_baseline_keep_back_is_counted() -> None:
    last = render("text", report(waived=2, known=1300)).splitlines()[-1]
    assert (
        last
        == "√ 检查了 3 个文件、1,234 条记录，没有发现问题。（按 waivers.csv 豁免 2 条，基线中已有 1,300 条，未列出。）"
    )


def test_the_worst_finding_is_explained_where_the_page_of_rules_stands() -> None:
    elsewhere = report(LATE, WRONG, rules_page="https://example.org/rules.md")
    assert render("text", elsewhere).endswith("\n说明见 https://example.org/rules.md#mz201 或 mzplan rule MZ201\n")
    assert '"helpUri": "https://example.org/rules.md#mz601"' in render("sarif", elsewhere)
    assert '"url": "https://example.org/rules.md#mz601"' in render("rdjson", elsewhere)


def test_statistics_count_by_rule_and_by_unit() -> None:
    lines = render("concise", report(WRONG, WRONG, SEPARATED, LATE, finding(unit=""), statistics=True)).splitlines()
    assert lines[5:] == [
        "按规则：",
        "      3  MZ201  不是数字（错误 3）",
        "      1  MZ202  有千分位逗号（警告 1）",
        "      1  MZ601  缺报（警告 1）",
        "按填报单位：",
        "      3  yiwu  义乌市（错误 2，警告 1）",
        "      1  -  未能识别单位（错误 1）",
        "      1  panan  磐安县（警告 1）",
        "检查了 3 个文件、1,234 条记录：3 个错误，2 个警告；其中 1 处可用 mzplan check --fix 自动改正。",
    ]


def test_colour_adds_nothing_but_colour() -> None:
    import re

    coloured = render("text", replace(ALL, look=Look(colour=True)))
    assert "\x1b[31m错误\x1b[0m" in coloured
    assert re.sub(r"\x1b\[\d*m", "", coloured) == render("text", ALL)


@pytest.mark.parametrize("name", FORMATS)
def test_no_character_in_any_output_is_hidden(name: str) -> None:
    import unicodedata

    output = render(name, report(*hostile(), statistics=True, cap=0, verbose=True))
    hidden = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
    assert {c for c in output if unicodedata.category(c) in hidden} <= {"\n"}


def test_paths_are_never_cut() -> None:
    long = "data/" + "很长" * 100 + ".csv"
    for name in FORMATS:
        output = render(name, report(finding(path=long)))
        assert long in output or "%E5%BE%88%E9%95%BF" * 100 in output


def test_github_lists_the_worst_first_and_the_last_says_where_the_rest_is() -> None:
    warnings = [SEPARATED._replace(rule=SEPARATED.rule) for _ in range(10)]
    errors = [finding(line=line) for line in range(2, 14)]
    lines = render("github", report(*warnings, *errors)).splitlines()
    assert [line.split(" ")[0] for line in lines[:20]] == ["::error"] * 10 + ["::warning"] * 10
    assert lines[9].startswith("::error title=mzplan::还有 3 条错误未在此列出。")
    assert "file=" in lines[19]
    assert [line.split(" ")[0] for line in lines[20:23]] == [f"data/2023-06/yiwu.csv:{row}:25:" for row in (11, 12, 13)]
    assert lines[23].startswith("检查了 3 个文件")


def test_github_messages_stay_under_what_the_runner_keeps() -> None:
    line = render("github", report(finding(message="长" * 3000, hint="长" * 3000))).splitlines()[0]
    assert len(line.split("::", 2)[2]) <= MESSAGE_LIMIT


def test_ci_paths_start_at_the_repository_and_not_at_the_working_folder() -> None:
    inside = report(WRONG, cwd="/repo/sub", root="/repo")
    assert "file=sub/data/2023-06/yiwu.csv," in render("github", inside)
    assert '"path": "sub/data/2023-06/yiwu.csv"' in render("gitlab", inside)
    assert '"uri": "sub/data/2023-06/yiwu.csv"' in render("sarif", inside)
    outside = report(finding(path="/elsewhere/x.csv"), cwd="/repo/sub", root="/repo")
    assert '"uri": "file:///elsewhere/x.csv"' in render("sarif", outside)


def test_markdown_keeps_under_the_limit_of_a_comment_and_says_how_many_are_left() -> None:
    many = report(*(finding(line=line) for line in range(2, 5002)))
    output = markdown(many)
    assert len(output) < 65_000
    assert len(output) > COMMENT_LIMIT - 1000
    rows = output.count("\n| ") - 2
    assert f"还有 {5000 - rows:,} 条" in output
    assert output.splitlines()[0] == "<!-- mzplan check -->"
    assert "5,000 个错误" in output


def test_the_step_summary_keeps_under_what_the_runner_takes() -> None:
    many = report(*(finding(line=line) for line in range(2, 20_002)))
    size = len(step_summary(many).encode())
    assert SUMMARY_LIMIT - 1000 < size <= SUMMARY_LIMIT


def test_markdown_shows_hostile_text_as_it_stands() -> None:
    assert escape("a|b *c* _d_ [e](f) <g> `h`") == r"a\|b \*c\* \_d\_ \[e\]\(f\) &lt;g&gt; \`h\`"
    assert escape("@octocat #1") == "&#64;<!-- -->octocat &#35;<!-- -->1"
    assert escape("https://x www.x :100: a: b") == "https&#58;<!-- -->//x www&#46;x &#58;<!-- -->100: a: b"
    assert escape("a\nb") == "a<br>b"
    assert escape("见GH-1、gh-20") == "见GH<!-- -->-1、gh<!-- -->-20", "an issue"
    assert escape("a5c3785 x@1234567" + "f" * 33) == "a<!-- -->5c3785 x&#64;<!-- -->1<!-- -->234567" + "f" * 33
    assert markdown_text("见GH-1，版本 a5c3785") == "见GH<!-- -->-1，版本 a5c3785"
    for words in ("GH", "gh-x", "T05-03", "123456", "1234567.5"[2:], "facadef2g", "2023-09"):
        assert escape(words) == words, "no reference"


def test_strict_and_its_like_show_in_every_format() -> None:
    raised = SEPARATED._replace(severity=Severity.ERROR)
    assert render("junit", report(raised)).count("<failure") == 1
    assert render("github", report(raised)).startswith("::error ")
