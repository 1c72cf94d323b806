"""Several plans in one folder: last year's figures stay last year's, whatever is written for the next."""

import io
import json
import re
from pathlib import Path

import pytest

from conftest import Mzplan
from test_cli_check import SOUND, TODAY, Run, check, write

__all__ = ["check"]

NOTE_2023 = "计划用 plan/2023.yaml（2023年）；plan 里还有 2024.yaml（2024年）。\n"
NOTE_2024 = "计划用 plan/2024.yaml（2024年）；plan 里还有 2023.yaml（2023年）。\n"


def next_year(folder: str = "plan") -> Path:
    """Next year's plan beside this year's: another name, so that one sees which is used."""
    text = Path("plan/2023.yaml").read_text().replace("2023", "2024").replace("示范市", "来年")
    write(f"{folder}/2024.yaml", text)
    return Path(folder, "2024.yaml")


def next_data(*units: str) -> None:
    """January of next year, of those units."""
    for unit in units:
        write(f"data/2024-01/{unit}.csv", SOUND[f"data/2023-01/{unit}.csv"].replace("2023-01", "2024-01"))


@pytest.mark.parametrize(
    "command",
    [
        ("check", "--today", TODAY),
        ("status", "--format", "json"),
        ("summary",),
        ("explain", "T01-01", "--format", "json"),
        ("plan", "--format", "json"),
        ("breakdown", "T01-01", "--by", "equal"),
        ("lights",),
        ("template", "--unit", "甲县"),
    ],
    ids=lambda command: command[0],
)
def test_a_plan_for_next_year_changes_nothing_while_there_are_no_data_of_it(
    command: tuple[str, ...], check: Run, mzplan: Mzplan
) -> None:
    before = mzplan(*command)
    next_year()
    after = mzplan(*command)
    assert (after.code, after.out) == (before.code, before.out)
    assert after.err == NOTE_2023 + before.err


def test_the_newest_data_choose_and_so_does_the_period(check: Run, mzplan: Mzplan) -> None:
    next_year()
    old = json.loads(mzplan("status", "--format", "json").out)
    next_data("jia", "yi")
    new = mzplan("status", "--format", "json")
    assert json.loads(new.out)["period"] == "2024-01"
    assert new.err.startswith("计划用 plan/2024.yaml（2024年）；plan 里还有 2023.yaml（2023年）。\n")
    again = mzplan("status", "--format", "json", "--period", "2023-03")
    assert json.loads(again.out) == old
    assert again.err == NOTE_2023


def test_a_month_that_few_have_reported_does_not_choose_next_years_plan(check: Run, mzplan: Mzplan) -> None:
    """One of four is less than half; with a second one it is half, as within a year."""
    next_year()
    commands = [("status", "--format", "json"), ("summary",), ("explain", "T01-01", "--format", "json")]
    before = [mzplan(*command).out for command in commands]
    next_data("jia")
    begun = "2024-01 已有1家报送，未到应报单位的半数，仍看 2023-03；要看该期请用 --period。\n"
    for command, out in zip(commands, before, strict=True):
        ran = mzplan(*command)
        begins = r'("begun": \[)\s*\{\s*"period": "2024-01",\s*"reported": 1,\s*"unread": 0\s*\}\s*\]'
        told = re.sub(begins, r"\1]", ran.out)
        assert (ran.code, told, ran.err) == (0, out, f"{NOTE_2023}{begun}")
        assert (told != ran.out) == (command[0] == "status")
    assert json.loads(mzplan("status", "--format", "json", "--period", "2024-01").out)["period"] == "2024-01"
    assert mzplan("template", "--unit", "甲县").out.count("2024年2月") > 0, (
        "who fills in forms fills in the next month's"
    )
    for month in ("01", "02", "03"):
        for unit in ("yi", "devzone", "bureau"):
            Path(f"data/2023-{month}/{unit}.csv").unlink()
    assert json.loads(mzplan("status", "--format", "json").out)["period"] == "2024-01", "no month has half: the newest"


def test_a_plan_that_is_named_speaks_for_its_own_year(check: Run, mzplan: Mzplan) -> None:
    next_year()
    commands = [("status",), ("summary",), ("explain", "T01-01")]
    named = ("--plan", "plan/2023.yaml")
    before = [mzplan(*command, *named) for command in commands]
    next_data("jia", "yi")
    aside = "这里看的是 2023 年的计划，其他年份的文件没有计入：2024 年 2 个。\n"
    for command, was in zip(commands, before, strict=True):
        assert mzplan(*command, *named) == (was.code, was.out, aside + was.err)
    assert check(*named, today="2024-04-05").code == 0, "the other year's are checked by their own plan"
    write("data/2024-01/jia.csv", "")
    assert "data/2024-01/jia.csv" in check(*named, today="2024-04-05").out
    Path("plan/2024.yaml").unlink()
    ran = check(*named)
    assert (ran.code, "MZ306" in ran.out) == (1, True), "nobody checks them"
    shown = before[0].out.replace(" --plan plan/2023.yaml", "")
    assert mzplan("status") == (before[0].code, shown, aside + before[0].err), "what is proposed keeps what was typed"


def test_check_looks_at_the_data_of_the_year_that_it_is_about(check: Run) -> None:
    next_year()
    next_data("jia")
    for named in ("data/2023-03", "data/2023-03/jia.csv"):
        ran = check(named)
        assert (ran.code, ran.err) == (0, NOTE_2023)


@pytest.mark.parametrize("name", ["in/甲县2023年3月.csv", "in/report.csv", "in/甲县3月.csv", "-"])
def test_a_file_outside_of_the_data_is_judged_by_the_plan_of_its_month(
    name: str, check: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its place names no year: next year's plan held every row of this year's for one of another year (MZ306)."""
    sound = SOUND["data/2023-03/jia.csv"]
    for text, note in ((sound, NOTE_2023), (sound.replace("2023-03", "2024-01"), NOTE_2024)):
        next_year()
        write("in/x.csv" if name == "-" else name, text)
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(text.encode())))
        ran = check(name, today="2024-02-05")
        assert (ran.code, ran.err, "MZ306" in ran.out) == (0, note, False), ran.out


def test_files_outside_of_the_data_of_two_years_have_their_own_plans(check: Run) -> None:
    next_year()
    sound = SOUND["data/2023-03/jia.csv"]
    write("in/a.csv", sound)
    write("in/b.csv", sound.replace("2023-03", "2024-01"))
    ran = check("in", today="2024-02-05")
    assert (ran.code, "MZ306" in ran.out) == (0, False), ran.out
    assert ran.err == "各年的文件按各自的计划检查：plan/2023.yaml（2023年）、plan/2024.yaml（2024年）。\n"


def test_what_asks_for_no_data_takes_the_plan_of_the_newest(check: Run, mzplan: Mzplan) -> None:
    Path("in").mkdir()
    Path("in/x.csv").write_text(SOUND["data/2023-03/jia.csv"])
    shown = mzplan("rule", "T03-01").out
    next_year()
    text = Path("plan/2024.yaml").read_text()
    write("plan/2024.yaml", text.replace("市级方案", "来年方案"))
    assert mzplan("rule", "T03-01").out == shown
    assert mzplan("status", "--data", "in/x.csv").err.startswith(NOTE_2023)


def test_a_copy_whose_year_was_forgotten_is_refused(check: Run, mzplan: Mzplan) -> None:
    """The first line of docs/reference/plan.md; it changed every figure of the year that was copied."""
    write("plan/2024.yaml", Path("plan/2023.yaml").read_text())
    for command in (("status",), ("plan",), ("summary", "--period", "2023-03")):
        ran = mzplan(*command)
        assert (ran.code, ran.out) == (2, "")
        assert "plan/2024.yaml:5: MZ709 错误：2023 年的计划有两份，另一份是 plan/2023.yaml；" in ran.err
    told = check("--format", "json")
    assert told.code == 2
    (finding,) = json.loads(told.out)["diagnostics"]
    assert (finding["code"], finding["path"], finding["line"]) == ("MZ709", "plan/2024.yaml", 5)
    assert mzplan("status", "--plan", "plan/2023.yaml").code == 0


def test_a_draft_that_does_not_parse_stops_nobody(check: Run, mzplan: Mzplan) -> None:
    write("plan/2024.yaml", "year: 2024\ntitle: [\n")
    assert mzplan("status").code == 0
    assert mzplan("status", "--period", "2024-01").code == 2
    write("plan/2025.yaml", "title: 还没有写年份\n")
    ran = mzplan("status")
    assert ran.code == 0
    assert "；plan 里还有 2024.yaml（2024年）、2025.yaml（读不出年份）。" in ran.err


def test_a_year_without_a_plan_is_said(check: Run, mzplan: Mzplan) -> None:
    next_year()
    ran = mzplan("status", "--period", "2022-12")
    assert (ran.code, ran.err) == (2, "mzplan: plan 里没有 2022 年的计划，只有 2023、2024。\n")


def test_a_month_of_next_year_is_told_how_its_plan_is_made(check: Run, mzplan: Mzplan) -> None:
    for command in (("template", "--unit", "甲县"), ("status",)):
        err = mzplan(*command, "--period", "2024-01").err
        assert (
            "不在计划年度 2023 内；2024 年的计划还没有的，这样做：mzplan init --from plan/2023.yaml --year 2024。"
            in err
        )
        assert mzplan(*command, "--period", "2025-01").err.endswith("报告期 2025-01 不在计划年度 2023 内。\n")
    assert mzplan("init", "--from", "plan/2023.yaml", "--year", "2024").code == 0


def test_one_plan_is_used_without_a_word_whatever_it_is_called(check: Run, mzplan: Mzplan) -> None:
    Path("plan/2023.yaml").rename("plan/计划.yml")
    assert mzplan("status").err == ""
    write("plan/.2024.yaml", "year: 2024\n")
    write("plan/~$2024.yaml", "")
    assert mzplan("status").err == ""


def test_a_folder_may_be_given_as_the_plan(check: Run, mzplan: Mzplan) -> None:
    next_year()
    ran = mzplan("status", "--plan", "plan", "--period", "2023-02")
    assert (ran.code, ran.err) == (0, NOTE_2023)


@pytest.fixture
def quarterly(check: Run) -> Run:
    """The indicator T02-01 is owed by the quarter; in January and February nobody reports it."""
    path = Path("plan/2023.yaml")
    lines = path.read_text().splitlines(keepends=True)
    at = next(number for number, line in enumerate(lines) if "id: T02-01" in line)
    indent = " " * (len(lines[at]) - len(lines[at].lstrip(" -")))
    lines.insert(at + 1, f"{indent}report_every: quarter\n")
    path.write_text("".join(lines))
    for month in ("01", "02"):
        for report in Path(f"data/2023-{month}").iterdir():
            kept = [line for line in report.read_text().splitlines(keepends=True) if ",T02-01," not in line]
            report.write_text("".join(kept))
    return check


def test_a_quarterly_indicator_is_missed_only_at_the_end_of_a_quarter(quarterly: Run) -> None:
    assert quarterly().code == 0
    assert "MZ603" not in quarterly().out
    march = Path("data/2023-03/jia.csv")
    march.write_text("".join(line for line in march.read_text().splitlines(keepends=True) if ",T02-01," not in line))
    ran = quarterly("--format", "concise")
    assert "MZ603" in ran.out
    assert "T02-01" in ran.out


def test_a_figure_that_was_not_owed_yet_is_welcome(quarterly: Run) -> None:
    write("data/2023-02/jia.csv", SOUND["data/2023-02/jia.csv"])
    assert quarterly() == (0, "√ 检查了 12 个文件、34 条记录，没有发现问题。\n", "")


def test_forms_ask_for_what_is_owed_in_their_month(quarterly: Run, mzplan: Mzplan) -> None:
    rows = {month: mzplan("template", "--unit", "甲县", "--period", f"2023-{month}").out for month in ("05", "06")}
    assert ("T02-01" in rows["05"], "T02-01" in rows["06"]) == (False, True)


def test_a_unit_that_owes_nothing_in_a_month_is_not_late_with_it(quarterly: Run, mzplan: Mzplan) -> None:
    """The bureau has one indicator; once that is quarterly, January and February are no gaps before March."""
    path = Path("plan/2023.yaml")
    text = path.read_text()
    at = text.index("id: T03-01")
    indent = " " * (at - text.rindex("\n", 0, at) - 1)
    path.write_text(text.replace("id: T03-01\n", f"id: T03-01\n{indent}report_every: quarter\n"))
    for month in ("01", "02"):
        Path(f"data/2023-{month}/bureau.csv").unlink()
    assert quarterly().code == 0
    assert "MZ60" not in quarterly("--format", "concise").out
    refused = mzplan("template", "--unit", "市本级", "--period", "2023-04")
    assert (refused.code, refused.err) == (2, "mzplan: 市本级 2023-04 没有应报的指标。\n")
