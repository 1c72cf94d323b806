"""What was reported does not change in silence."""

import json
import os
import shutil
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from conftest import Ran
from mzplan.render.check import WITHOUT_TALLY
from repositories import Git, commit, git
from test_cli_check import BEDS, GRADE, MEALS, SOUND, Run, check, codes, report, write
from workbooks import rows_of, xlsx_of

__all__ = ["check", "git"]

JANUARY = "data/2023-01/jia.csv"
MARCH = "data/2023-03/jia.csv"
SCHEMA = json.loads((Path(__file__).parent.parent / "src/mzplan/schemas/check.schema.json").read_text("utf-8"))


@pytest.fixture
def past(check: Run, git: Git) -> Run:
    """The sound project, committed; to be checked against that on 5 April, when March is still open."""
    git("init", "-q", ".")
    commit(git)

    def run(*arguments: str) -> Ran:
        return check("--since", "HEAD", "--format", "concise", *arguments)

    return run


def history(ran: Ran) -> list[str]:
    return [code for code in codes(ran) if code.startswith("MZ61")]


def test_nothing_changed_says_nothing(past: Run) -> None:
    assert past() == (0, "√ 检查了 12 个文件、39 条记录，没有发现问题。\n", "")


def test_a_changed_figure_of_a_month_that_is_over_names_both(past: Run) -> None:
    write(JANUARY, report("甲县", "2023-01", "9"))
    ran = past()
    assert (ran.code, codes(ran)) == (1, [f"MZ613 {JANUARY}:2"])
    assert "2023-01 的 T01-01 服务类救助项目数由 8 改为 9，“说明”里没有新写原因" in ran.out


@pytest.mark.parametrize(("figure", "code"), [("无", "MZ211"), ("1O", "MZ223"), ("约9", "MZ218")])
def test_what_cannot_be_read_in_its_place_is_told_with_it_once(past: Run, figure: str, code: str) -> None:
    write(JANUARY, report("甲县", "2023-01", figure))
    ran = past("--format", "text")
    assert code in ran.out
    assert "原来是 8：没有填错的，改回去。" in ran.out
    assert codes(past()) == [f"{code} {JANUARY}:2"]


def test_of_a_month_that_is_open_and_of_a_figure_that_is_new_nothing_is_told_so(past: Run) -> None:
    write(MARCH, report("甲县", "2023-03", "无"))
    assert "原来是" not in past("--format", "text").out


def test_with_a_reason_it_is_a_warning_and_an_old_note_is_no_reason(past: Run, git: Git) -> None:
    explained = report("甲县", "2023-01", "9").replace("9,,,,", "9,,,更正：漏报1个,")
    write(JANUARY, explained)
    ran = past()
    assert (ran.code, codes(ran)) == (0, [f"MZ613 {JANUARY}:2"])
    assert "由 8 改为 9，说明：更正：漏报1个" in ran.out
    commit(git)
    write(JANUARY, explained.replace(",9,", ",10,"))
    assert past().code == 1


@pytest.mark.parametrize("note", ["更正", "见附件", "根据领导要求"])
def test_a_note_that_names_no_cause_is_quoted_and_its_example_passes(note: str, past: Run) -> None:
    told = report("甲县", "2023-01", "9")
    write(JANUARY, told.replace("9,,,,", f"9,,,{note},"))
    ran = past("--format", "text")
    assert ran.code == 1
    assert f"由 8 改为 9，“说明”里新写的“{note}”没有说为什么改" in ran.out
    assert "没有新写原因" not in ran.out
    fallen = report("甲县", "2023-01", "7").replace("7,,,,", f"7,,,{note},")
    for text, figure, examples in (
        (told, "9", ("更正：上月漏报5人", "笔误")),
        (fallen, "7", ("更正：上月多报5人", "笔误", "两家机构不符合条件，核减")),
    ):
        write(JANUARY, text.replace(f"{figure},,,,", f"{figure},,,{note},"))
        hint = past("--format", "text").out
        for example in examples:
            assert f"“{example}”" in hint
            write(JANUARY, report("甲县", "2023-01", figure).replace(f"{figure},,,,", f"{figure},,,{example},"))
            assert past().code == 0


def test_a_month_that_is_still_open_may_change(past: Run) -> None:
    write(MARCH, report("甲县", "2023-03", "19"))
    assert codes(past()) == []
    assert codes(past("--today", "2023-04-30")) == [f"MZ613 {MARCH}:2"]


def test_how_a_figure_is_written_is_not_what_it_says(past: Run) -> None:
    write(JANUARY, report("甲县", "2023-01", "８").replace("\n", "\r\n").encode("gb18030"))
    assert history(past()) == []
    rows = report("甲县", "2023-01", "8").splitlines()
    write(JANUARY, "\n".join([rows[0], *rows[:0:-1], ""]))
    assert codes(past()) == []


def test_ratios_stages_and_not_applicable_are_figures(past: Run) -> None:
    text = report("甲县", "2023-01", "8").replace(",8,10,", ",9,10,").replace("未启动", "推进中")
    write(JANUARY, text.replace(f"{GRADE},12,,,,", f"{GRADE},不适用,,,尚无登记,"))
    ran = past()
    assert history(ran) == [f"MZ613 {JANUARY}:{line}" for line in (3, 4, 5)]
    for said in ("由 8/10 改为 9/10", "由 12 改为 不适用，说明：尚无登记", "由 未启动 改为 推进中"):
        assert said in ran.out
    assert "2 个错误" in ran.out


def test_deleted_figures_are_one_finding_for_a_report(past: Run) -> None:
    lines = report("甲县", "2023-01", "8").splitlines(keepends=True)
    write(JANUARY, "".join([lines[0], *lines[3:]]))
    ran = past()
    assert history(ran) == [f"MZ614 {JANUARY}:0"]
    assert "删去了 2023-01 的 2 个数：T01-01 服务类救助项目数（原为 8）、T01-02 助餐点覆盖率（原为 8/10）" in ran.out


def test_a_row_that_is_wrong_now_is_told_once(past: Run) -> None:
    write(JANUARY, report("甲县", "2023-01", "8个"))
    assert history(past()) == []
    assert past().code == 1
    write(JANUARY, b"PK\x03\x04 xl/")
    assert codes(past()) == [f"MZ104 {JANUARY}:0"]


def test_a_wrong_figure_may_be_put_right(past: Run, git: Git) -> None:
    write(JANUARY, report("甲县", "2023-01", "1O"))
    commit(git)
    write(JANUARY, report("甲县", "2023-01", "8"))
    assert codes(past()) == []


def test_a_deleted_report_and_a_deleted_month(past: Run) -> None:
    Path(MARCH).unlink()
    ran = past()
    assert (ran.code, history(ran)) == (1, [f"MZ611 {MARCH}:0"])
    assert "甲县 2023-03 的报表删去了，原有 4 个数" in ran.out
    late = past("--today", "2023-05-30")
    assert codes(late) == [f"MZ611 {MARCH}:0"], "not as one to be sent in as well"
    assert f"MZ602 {MARCH}:0" in codes(past("--today", "2023-05-30", "--ignore", "MZ611")), "unless nobody tells of it"
    shutil.rmtree("data/2023-02")
    ran = past()
    assert history(ran) == ["MZ612 data/2023-02/bureau.csv:0", f"MZ611 {MARCH}:0"]
    assert "2023-02 的报表全部删去了（市本级、示范开发区、甲县、乙市）" in ran.out
    assert len(json.loads(past("--format", "json").out)["diagnostics"]) == len(codes(ran))


def test_a_renamed_report_is_a_deleted_one(past: Run) -> None:
    Path(JANUARY).rename("data/2023-01/jia1.csv")
    assert f"MZ611 {JANUARY}:0" in codes(past())


def test_a_report_in_another_format_is_still_there(past: Run) -> None:
    Path(JANUARY).unlink()
    write("data/2023-01/jia.xlsx", xlsx_of(rows_of(report("甲县", "2023-01", "8"))))
    assert history(past()) == []
    write("data/2023-01/jia.xlsx", xlsx_of(rows_of(report("甲县", "2023-01", "9"))))
    assert history(past()) == ["MZ613 data/2023-01/jia.xlsx:2"]
    write("data/2023-01/jia.xlsx", b"PK\x03\x04 xl/")
    assert history(past()) == [], "that it can not be read is told already"


def test_only_what_is_asked_about_is_looked_at(past: Run) -> None:
    write(JANUARY, report("甲县", "2023-01", "9"))
    Path("data/2023-02/yi.csv").unlink()
    assert history(past("data/2023-01")) == [f"MZ613 {JANUARY}:2"]
    assert history(past(JANUARY)) == [f"MZ613 {JANUARY}:2"]
    assert history(past("data/2023-02")) == ["MZ611 data/2023-02/yi.csv:0"]
    assert history(past("data/2023-03")) == []


def test_settings_and_waivers_hold_for_history_as_well(past: Run) -> None:
    Path(MARCH).unlink()
    assert history(past("--ignore", "deleted-report")) == []
    write("waivers.csv", "code,unit,indicator,period,reason,until\nMZ611,甲县,,2023-03,并入乙市,2023-12-31\n")
    ran = past()
    assert history(ran) == []
    assert "豁免 1 条" in ran.out


def test_a_waiver_of_history_is_not_without_use_where_git_is_not_asked(check: Run) -> None:
    write("waivers.csv", "code,unit,indicator,period,reason,until\nMZ611,甲县,,2023-03,并入乙市,2023-12-31\n")
    assert codes(check("--format", "concise")) == []


# --- what else --since does on the command line ----------------------------------------------------------------------


def test_all_tells_the_rest_after_what_has_changed(past: Run, git: Git) -> None:
    write("data/2023-02/devzone.csv", report("示范开发区", "2023-02", "1O"))
    commit(git)
    write(MARCH, report("甲县", "2023-03", "1O"))
    assert codes(past("--all")) == [f"MZ223 {MARCH}:2", "MZ223 data/2023-02/devzone.csv:2"]
    ran = past()
    assert codes(ran) == [f"MZ223 {MARCH}:2"]
    assert "不在改动的行里 1 条" in ran.out


@pytest.mark.untraced
def test_every_tally_says_how_many_findings_are_not_told_and_why(
    check: Run, git: Git, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    git("init", "-q", ".")
    write("data/2023-02/devzone.csv", report("示范开发区", "2023-02", "1O"))
    write("data/2023-02/yi.csv", report("乙市", "2023-02", "1O"))
    write("waivers.csv", "code,unit,indicator,period,reason,until\nMZ223,甲县,,2023-03,市局同意,2023-12-31\n")
    check("data/2023-02/yi.csv", "--write-baseline", "baseline.json")
    commit(git)
    write(MARCH, report("甲县", "2023-03", "1O"))
    write("data/2023-03/yi.csv", report("乙市", "2023-03", "17", "2023-03,乙市,T99-01,,1,,,,\n"))
    page = tmp_path / "summary.md"
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(page))

    def said(name: str) -> str:
        options = ("--since", "HEAD", "--baseline", "baseline.json", "--ignore", "MZ301", "--format", name)
        return check(*options).out

    document = json.loads(said("json"))
    Draft202012Validator(SCHEMA).validate(document)
    assert document["summary"] == {
        "files": 12,
        "records": 40,
        "errors": 0,
        "warnings": 0,
        "ignored": 1,
        "waived": 1,
        "known": 1,
        "unchanged": 1,
        "excluded": 0,
        "cleared": 0,
    }
    tally = "（按 waivers.csv 豁免 1 条，命令行不查 1 条，基线中已有 1 条，不在改动的行里 1 条，未列出。）"
    for text in (*map(said, ("text", "concise", "markdown", "github")), page.read_text("utf-8")):
        assert text.endswith(f"{tally}\n")
    for name in WITHOUT_TALLY:
        assert check("--since", "HEAD", "--baseline", "baseline.json", "--ignore", "MZ301", "--format", name).err == (
            f"{tally[1:-1]}\n"
        )
    assert json.loads(said("sarif"))["runs"][0]["invocations"][0]["toolExecutionNotifications"] == [
        {"level": "note", "message": {"text": tally[1:-1]}}
    ]


def test_new_rows_with_a_unit_that_an_old_row_had_wrong_too_are_told(past: Run, git: Git) -> None:
    lines = report("甲县", "2023-03", "18").splitlines(keepends=True)
    write(MARCH, "".join([lines[0], lines[1].replace("甲县", "甲具")]))
    commit(git)
    write(MARCH, "".join([lines[0], *(line.replace("甲县", "甲具") for line in lines[1:])]))
    found = json.loads(past("--format", "json", "--select", "MZ302").out)["diagnostics"]
    assert [(each["line"], each["column"], each["lines"]) for each in found] == [(3, 9, [3, 4, 5])]
    assert "本文件共 3 行" in found[0]["message"]


def test_a_baseline_of_some_files_keeps_the_rest(check: Run) -> None:
    for path, unit in ((MARCH, "甲县"), ("data/2023-03/yi.csv", "乙市")):
        write(path, report(unit, "2023-03", "1O0"))
    assert "2 条" in check("--write-baseline", "b.json").err
    write(MARCH, SOUND[MARCH])
    assert check("--baseline", "b.json", "data/2023-03/yi.csv")[2] == ""
    assert check("--baseline", "b.json", MARCH).err == "基线中有 1 条已不再出现，可用 --write-baseline 重新生成。\n"
    ran = check("--write-baseline", "b.json", MARCH)
    assert ran.err == "已写入基线 b.json：0 条；没有检查的 1 条照旧。\n"
    assert check("--baseline", "b.json").code == 0
    assert (
        check("--write-baseline", "b.json", "--select", "MZ5xx").err
        == "已写入基线 b.json：0 条；没有检查的 1 条照旧。\n"
    )


def test_one_missing_indicator_more_is_new(check: Run) -> None:
    lines = SOUND[MARCH].splitlines(keepends=True)
    write(MARCH, "".join(lines[:-1]))
    check("--write-baseline", "b.json")
    write(MARCH, "".join(lines[:2]))
    ran = check("--baseline", "b.json", "--format", "concise")
    assert codes(ran) == [f"MZ603 {MARCH}:0"]
    assert f"其中新增 2 项：{MEALS.split(',')[0]}、{GRADE.split(',')[0]}" in ran.out
    assert BEDS.split(",")[0] not in ran.out


def test_when_the_plan_or_settings_change_nothing_is_left_out(past: Run, git: Git) -> None:
    write("data/2023-02/devzone.csv", report("示范开发区", "2023-02", "1O"))
    commit(git)
    assert codes(past()) == []
    write("mzplan.toml", "strict = true\n")
    ran = past()
    assert codes(ran) == ["MZ223 data/2023-02/devzone.csv:2"]
    assert "mzplan.toml 也改动过" in ran.err
    Path("mzplan.toml").unlink()
    plan = Path("plan/2023.yaml")
    plan.write_text(plan.read_text("utf-8") + "# 修订\n", "utf-8")
    assert codes(past()) == ["MZ223 data/2023-02/devzone.csv:2"]


# --- what hides the past ---------------------------------------------------------------------------------------------


def changed(path: str = JANUARY) -> None:
    """Another figure in a month that is over."""
    write(path, report("甲县", "2023-01", "9"))


def linked(folder: str, away: str) -> None:
    """A link in place of a folder that has been moved away."""
    Path(folder).rename(away)
    Path(folder).symlink_to(os.path.relpath(away, Path(folder).parent))


def test_a_folder_that_a_link_replaces_takes_its_reports_away(past: Run, git: Git) -> None:
    linked("data/2023-02", "archive")
    ran = past()
    assert (ran.code, codes(ran)) == (1, ["MZ612 data/2023-02:0"]), "and no word of each report that is missing"
    assert "原来的文件夹换成了符号链接，其中 4 份报表不再算数（市本级、示范开发区、甲县、乙市）" in ran.out
    Path("data/2023-02").unlink()
    Path("archive").rename("data/2023-02")
    linked("data", "data2")
    for target in ("data", str(Path("data").absolute()), "data/2023-01", "."):
        ran = past(target)
        assert (ran.code, "MZ612 data:0" in history(ran)) == (1, True), target


def test_a_link_that_was_there_before_is_followed(past: Run, git: Git) -> None:
    linked("data", "data2")
    commit(git)
    assert history(past()) == []
    changed()
    assert history(past()) == [f"MZ613 {JANUARY}:2"]


def test_a_report_that_a_link_replaces_is_compared_with_its_own_past(past: Run) -> None:
    write("data/2023-01/x/jia.csv", report("甲县", "2023-01", "9"))
    Path(JANUARY).unlink()
    Path(JANUARY).symlink_to("x/jia.csv")
    assert f"MZ613 {JANUARY}:2" in history(past())
    Path(JANUARY).unlink()
    Path(JANUARY).symlink_to("nowhere.csv")
    assert history(past()) == [f"MZ611 {JANUARY}:0"]


def test_a_folder_or_a_submodule_in_its_place_is_no_report(past: Run, git: Git) -> None:
    Path(JANUARY).unlink()
    Path(JANUARY).mkdir()
    assert history(past()) == [f"MZ611 {JANUARY}:0"]
    git("init", "-q", JANUARY)
    commit(git, JANUARY)
    assert history(past("--select", "MZ6xx")) == [f"MZ611 {JANUARY}:0"]


ONE_LESS = report("甲县", "2023-01", "8").replace(f"2023-01,甲县,{BEDS},8,,,,\n", "")
FOOTER = "填表人：张三,,,,,,,,\n"
HIDING = {
    "an ignored footer": (FOOTER, 'ignore = ["MZ1xx", "MZ2xx", "MZ3xx"]\n'),
    "a footer that only warns": (FOOTER, 'warn = ["MZ1xx", "MZ2xx", "MZ3xx"]\n'),
    "a wrong row, ignored": (f"2023-01,甲县,{BEDS},8个,,,,\n", 'ignore = ["MZ2xx"]\n'),
    "a wrong row that only warns": (f"2023-01,甲县,{BEDS},8个,,,,\n", 'warn = ["MZ2xx"]\n'),
    "a wrong row of another indicator": (f"2023-01,甲县,{GRADE},1O,,,,\n", ""),
}


@pytest.mark.parametrize("how", HIDING)
@pytest.mark.parametrize("rest", [(), ("--all",)])
def test_a_figure_is_missed_unless_an_error_that_counts_stands_on_its_own_row(
    how: str, rest: tuple[str, ...], past: Run, git: Git
) -> None:
    row, settings = HIDING[how]
    write("mzplan.toml", settings)
    commit(git)
    write(JANUARY, ONE_LESS + row)
    ran = past(*rest)
    assert ran.code == 1
    assert f"MZ614 {JANUARY}:0" in history(ran)
    assert "T01-01 服务类救助项目数（原为 8" in ran.out


def test_an_error_that_is_known_waived_or_left_out_excuses_nothing(past: Run, check: Run, git: Git) -> None:
    wrong = f"2023-01,甲县,{BEDS},8个,,,,\n"
    write(JANUARY, report("甲县", "2023-01", "8", wrong))
    commit(git)
    check("--write-baseline", "b.json")
    write(JANUARY, ONE_LESS + wrong)
    assert history(past()) == [f"MZ614 {JANUARY}:0"], "the wrong row is unchanged and left out"
    assert history(past("--all", "--baseline", "b.json")) == [f"MZ614 {JANUARY}:0"]
    assert history(past("--all")) == [], "the wrong row is told and fails the run"
    code = next(each.split()[0] for each in codes(past("--all")) if each.endswith(f"{JANUARY}:6") or ":5" in each)
    write("waivers.csv", f"code,unit,indicator,period,reason,until\n{code},甲县,,2023-01,已知,2023-12-31\n")
    assert history(past("--all")) == [f"MZ614 {JANUARY}:0"]


@pytest.mark.parametrize("note", [".", "。。。", "\u3164\u3164\u3164", "12", "改", "原来的说", "的说明原来"])
def test_what_says_nothing_new_is_no_reason(note: str, past: Run, git: Git) -> None:
    write(JANUARY, report("甲县", "2023-01", "8").replace("8,,,,", "8,,,原来的说明,"))
    commit(git)
    write(JANUARY, report("甲县", "2023-01", "9").replace("9,,,,", f"9,,,{note},"))
    ran = past()
    assert (ran.code, f"MZ613 {JANUARY}:2" in history(ran)) == (1, True)
    write(JANUARY, report("甲县", "2023-01", "9").replace("9,,,,", "9,,,原来的说明；更正：漏报1个,"))
    assert past().code == 0


def test_a_deleted_month_is_one_finding(past: Run) -> None:
    shutil.rmtree("data/2023-02")
    assert codes(past("--all")) == ["MZ612 data/2023-02/bureau.csv:0"]
    assert "MZ601" in past("--all", "--ignore", "MZ612").out, "unless nobody tells of it"


def test_what_decides_may_also_be_deleted(past: Run, git: Git) -> None:
    write("mzplan.toml", "strict = true\n")
    write("plan/2024.yaml", Path("plan/2023.yaml").read_text("utf-8").replace("year: 2023", "year: 2024"))
    write("data/2023-02/devzone.csv", report("示范开发区", "2023-02", "1O"))
    commit(git)
    assert codes(past()) == []
    for name in ("mzplan.toml", "plan/2024.yaml"):
        Path(name).unlink()
        ran = past()
        assert codes(ran) == ["MZ223 data/2023-02/devzone.csv:2"]
        assert f"{name} 也改动过" in ran.err
        git("checkout", "-q", "HEAD", name)


def test_evidence_that_is_deleted_is_told_of_the_row_that_names_it(past: Run, git: Git) -> None:
    write("data/2023-01/plan.pdf", "x")
    write(JANUARY, report("甲县", "2023-01", "8").replace("未启动,,,,", "未启动,,,,plan.pdf"))
    commit(git)
    assert codes(past()) == []
    Path("data/2023-01/plan.pdf").unlink()
    assert codes(past()) == [f"MZ411 {JANUARY}:5"]


def test_figures_whose_past_is_not_here_are_an_error_once_their_month_is_over(
    past: Run, git: Git, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    changed()
    write(MARCH, report("甲县", "2023-03", "19"))
    commit(git)
    git("config", "uploadpack.allowFilter", "true")
    git("clone", "-q", "--filter=blob:none", f"file://{Path().absolute()}", str(tmp_path / "partial"))
    monkeypatch.chdir(tmp_path / "partial")
    ran = past("--since", "HEAD~1")
    assert (ran.code, history(ran)) == (1, [f"MZ613 {JANUARY}:0"])
    assert "以前的内容不在这里（部分克隆）" in ran.out
