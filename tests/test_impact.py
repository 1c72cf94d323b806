"""What differs between two states: figures worked out by hand, in a repository of four units and one task."""

import json
import shutil
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from conftest import Golden, Mzplan
from mzplan.scoring.progress import Status
from mzplan.views.impact import WORST, Direction
from repositories import Git, commit, git
from test_cli_check import PLANS, SOUND, check, report, write
from test_plan_choice import next_year

__all__ = ["check", "git"]

SCHEMA = json.loads((Path(__file__).parent.parent / "src/mzplan/schemas/impact.schema.json").read_text("utf-8"))
MARCH = "data/2023-03/jia.csv"


@pytest.fixture
def project(check: object, git: Git) -> None:
    """The sound project of the checks, committed."""
    git("init", "-q", ".")
    commit(git)


def changes(mzplan: Mzplan, *arguments: str) -> dict[str, list[dict[str, object]]]:
    ran = mzplan("impact", *arguments, "--format", "json")
    assert ran.code == 0
    found = json.loads(ran.out)
    Draft202012Validator(SCHEMA).validate(found)
    return {name: found[name] for name in ("plan", "records", "rows", "units")}


@pytest.mark.usefixtures("project")
def test_nothing_changed_is_said_and_is_no_failure(mzplan: Mzplan) -> None:
    ran = mzplan("impact", "HEAD")
    assert (ran.code, "没有差别" in ran.out) == (0, True)
    assert changes(mzplan, "HEAD") == {"plan": [], "records": [], "rows": [], "units": []}


@pytest.mark.usefixtures("project")
def test_a_changed_figure_moves_its_row_the_citys_and_their_standings(mzplan: Mzplan) -> None:
    write(MARCH, report("甲县", "2023-03", "30"))  # it was 18
    found = changes(mzplan, "HEAD")
    assert found["records"] == [
        {"indicator": "T01-01", "unit": "jia", "period": "2023-03", "before": "18", "after": "30"}
    ]
    rows = {row["unit"]: row for row in found["rows"]}
    assert rows.keys() >= {None, "jia"}
    assert {row["indicator"] for row in found["rows"]} == {"T01-01"}
    before, after = rows["jia"]["before"], rows["jia"]["after"]
    assert isinstance(before, dict)
    assert isinstance(after, dict)
    assert (before["actual"], after["actual"]) == ("18", "30")
    city = rows[None]
    was, now = city["before"], city["after"]
    assert isinstance(was, dict)
    assert isinstance(now, dict)
    assert int(now["actual"]) - int(was["actual"]) == 12


@pytest.mark.usefixtures("project")
def test_a_deleted_report_falls_back_to_the_month_before(mzplan: Mzplan) -> None:
    Path(MARCH).unlink()
    found = changes(mzplan, "HEAD")
    assert {(record["before"], record["after"]) for record in found["records"]} == {
        ("18", None),
        ("8/10", None),
        ("12", None),
        ("未启动", None),
    }
    standings = {one["unit"]: one for one in found["units"]}
    after = standings["jia"]["after"]
    assert isinstance(after, dict)
    assert after["reported"] == 0


@pytest.mark.usefixtures("project")
def test_a_changed_target_is_named_and_judged(mzplan: Mzplan) -> None:
    plan = Path("plan/2023.yaml")
    text = plan.read_text("utf-8")
    old = next(line for line in text.splitlines() if "at_least" in line)
    plan.write_text(text.replace(old, old.replace("at_least: ", "at_least: 1"), 1), "utf-8")
    found = changes(mzplan, "HEAD")
    assert len(found["plan"]) == 1
    assert found["records"] == []
    assert {row["indicator"] for row in found["rows"]} == {found["plan"][0]["indicator"]}


@pytest.mark.usefixtures("project")
def test_one_unit_and_the_markdown_of_a_comment(mzplan: Mzplan, golden: Golden, git: Git) -> None:
    write(MARCH, report("甲县", "2023-03", "30"))
    write("data/2023-03/yi.csv", report("乙市", "2023-03", "40"))
    assert {row["unit"] for row in changes(mzplan, "HEAD", "--unit", "甲县")["rows"]} == {"jia"}
    text = mzplan("impact", "HEAD", "--format", "markdown").out
    assert text.startswith("<!-- mzplan impact -->\n")
    golden("impact.markdown", text.replace(git("rev-parse", "HEAD")[:10], "0123456789"))


def test_ranks_parts_and_carried_figures_are_told(mzplan: Mzplan, golden: Golden, git: Git, check: object) -> None:
    shutil.copy(PLANS / "tiny.breakdown.csv", "plan/2023.breakdown.csv")
    git("init", "-q", ".")
    commit(git)
    write(MARCH, report("甲县", "2023-03", "45"))  # 18 of 60, 12 of 30 and nothing: (30 + 40 + 0) / 3
    write("data/2023-03/yi.csv", report("乙市", "2023-03", "13"))  # 17 of 30, 12 of 20: (56.7 + 60 + 0) / 3
    Path("data/2023-03/devzone.csv").unlink()  # 22 of 10, then the 17 of February
    units = {
        one["unit"]: (one["before"], one["after"]) for one in changes(mzplan, "HEAD", "--period", "2023-03")["units"]
    }
    moved = {unit: [side["rank"] for side in sides] for unit, sides in units.items()}  # type: ignore[index]  # both there
    assert moved == {None: [None, None], "jia": [3, 2], "yi": [2, 3], "devzone": [1, 1]}
    text = mzplan("impact", "HEAD", "--period", "2023-03", "--format", "plain").out
    golden("impact.plain", text.replace(git("rev-parse", "HEAD")[:10], "0123456789"))


@pytest.mark.usefixtures("project")
def test_a_schedule_or_scope_that_changes_is_named(mzplan: Mzplan) -> None:
    plan = Path("plan/2023.yaml")
    text = plan.read_text("utf-8")
    plan.write_text(
        text.replace(
            "{at_least: 100}", "{about: 100, tolerance: 5}\n            schedule: {2023-03: 60, 2023-12: 100}"
        ).replace("            kind: stock\n", "            kind: stock\n            due: 2023-11\n"),
        "utf-8",
    )
    found = changes(mzplan, "HEAD")
    assert [(one["indicator"], one["change"]) for one in found["plan"]] == [
        ("T01-01", ["目标 ≥100个 → 约100个±5%", "进度 按月均衡 → 3月60%、12月100%"]),
        ("T02-01", ["期限 2023-12 → 2023-11"]),
    ]
    before, after = next((row["before"], row["after"]) for row in found["rows"] if row["unit"] is None)
    assert isinstance(before, dict)
    assert isinstance(after, dict)
    assert [(side["actual"], side["expected"], side["status"]) for side in (before, after)] == [
        ("57", "0.25", "on_schedule"),  # a quarter of the year, 57 of 100
        ("57", "0.6", "behind"),  # three points short
    ]


@pytest.mark.usefixtures("project")
def test_standard_input_has_no_past(mzplan: Mzplan) -> None:
    ran = mzplan("impact", "HEAD", "--data", "-")
    assert (ran.code, "标准输入" in ran.err) == (2, True)


@pytest.mark.usefixtures("project")
def test_a_comment_never_outgrows_its_place(mzplan: Mzplan, monkeypatch: pytest.MonkeyPatch) -> None:
    for path in SOUND:
        if "2023-03" in path:
            Path(path).unlink()
    monkeypatch.setattr("mzplan.render.impact.COMMENT_LIMIT", 1800)
    text = mzplan("impact", "HEAD", "--format", "markdown", "--period", "2023-03").out
    assert len(text) <= 1800
    assert "因篇幅所限未列出" in text


@pytest.mark.usefixtures("project")
def test_what_cannot_be_compared_is_said(mzplan: Mzplan, git: Git) -> None:
    assert (mzplan("impact", "nope").code, mzplan("impact").code) == (2, 2)
    git("rm", "-rq", "--cached", "plan")
    git("commit", "-qm", "x")
    ran = mzplan("impact", "HEAD")
    assert (ran.code, "没有计划" in ran.err) == (2, True)
    git("reset", "-q", "--hard", "HEAD~1")
    outside = Path("../elsewhere").resolve()
    write(outside / "2023-03/jia.csv", SOUND[MARCH])
    ran = mzplan("impact", "HEAD", "--data", str(outside))
    assert (ran.code, "不在" in ran.err) == (2, True)


@pytest.mark.usefixtures("project")
def test_a_plan_that_was_wrong_and_data_with_errors_are_named(mzplan: Mzplan, git: Git) -> None:
    write(MARCH, report("甲县", "2023-03", "十八"))
    assert "现在的数据有 1 处错误" in mzplan("impact", "HEAD").out
    plan = Path("plan/2023.yaml")
    text = plan.read_text("utf-8")
    plan.write_text("title: x\n", "utf-8")
    commit(git)
    plan.write_text(text, "utf-8")
    ran = mzplan("impact", "HEAD")
    assert (ran.code, "HEAD 里的计划读不了" in ran.err) == (2, True)


def test_every_status_has_its_place_from_worst_to_best() -> None:
    assert sorted(WORST) == sorted(Status)


@pytest.mark.usefixtures("project")
def test_a_month_that_is_gone_is_compared_and_named(mzplan: Mzplan) -> None:
    shutil.rmtree("data/2023-03")
    ran = mzplan("impact", "HEAD", "--format", "plain")
    assert ("报告期 2023-03" in ran.out, "现在没有 2023-03 的任何报表" in ran.out) == (True, True)
    asked = mzplan("impact", "HEAD", "--format", "plain", "--period", "2023-02")
    assert ("报告期 2023-02" in asked.out, "任何报表" in asked.out) == (True, False)


@pytest.mark.usefixtures("project")
def test_a_year_that_is_gone_is_named_and_can_be_asked_for(mzplan: Mzplan, git: Git) -> None:
    """The newest data choose the plan: without any of that year the year before would seem to be all there is."""
    next_year()
    write("data/2024-01/jia.csv", SOUND["data/2023-01/jia.csv"].replace("2023-01", "2024-01"))
    commit(git)
    shutil.rmtree("data/2024-01")
    ran = mzplan("impact", "HEAD")
    assert "HEAD 里有 2024 年的数据，现在一份也没有了：这里比较的是2023年度的" in ran.err
    asked = mzplan("impact", "HEAD", "--plan", "plan/2024.yaml", "--format", "plain")
    assert ("报告期 2024-01" in asked.out, "现在没有 2024-01 的任何报表" in asked.out) == (True, True)


@pytest.mark.usefixtures("project")
def test_silence_is_neither_worse_nor_better(mzplan: Mzplan) -> None:
    """乙市 fell from 17 to 13; the zone sends nothing for March any more; 甲县 rose from 18 to 30."""
    write(MARCH, report("甲县", "2023-03", "30"))
    write("data/2023-03/yi.csv", report("乙市", "2023-03", "13"))
    Path("data/2023-03/devzone.csv").unlink()
    rows = [row for row in changes(mzplan, "HEAD")["rows"] if row["indicator"] == "T01-01" and row["unit"]]
    told = {row["unit"]: row["direction"] for row in rows}
    assert (told["devzone"], told["jia"]) == ("silent", "same")  # a contribution is not judged
    assert "转为未报" in mzplan("impact", "HEAD", "--unit", "示范开发区").out
    places = [list(Direction).index(Direction(str(row["direction"]))) for row in changes(mzplan, "HEAD")["rows"]]
    assert places == sorted(places)
