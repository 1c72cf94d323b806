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
    assert found["plans"] == []
    (year,) = found["years"]
    return {name: year[name] for name in ("plan", "parts", "records", "rows", "units")}


@pytest.mark.usefixtures("project")
def test_nothing_changed_is_said_and_is_no_failure(mzplan: Mzplan) -> None:
    ran = mzplan("impact", "HEAD")
    assert (ran.code, "没有差别" in ran.out) == (0, True)
    assert mzplan("impact", "HEAD", "--format", "text") == mzplan("impact", "HEAD", "--format", "plain")
    assert changes(mzplan, "HEAD") == {"plan": [], "parts": [], "records": [], "rows": [], "units": []}


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
    assert {row["direction"] for row in found["rows"]} == {"retargeted"}, "nothing was done or lost"


@pytest.mark.usefixtures("project")
def test_a_revision_is_named_and_is_no_work_done_or_lost(mzplan: Mzplan) -> None:
    plan = Path("plan/2023.yaml")
    text = plan.read_text("utf-8")
    target = "            target: {at_least: 100}\n"
    assert text.count(target) == 1
    later = "            revisions: [{from: 2023-03, target: {at_least: 900}, source: 通知}]\n"
    plan.write_text(text.replace(target, target + later), "utf-8")
    found = changes(mzplan, "HEAD")
    (change,) = found["plan"]
    assert change["change"] == ["目标调整 - → 2023-03起≥900"]
    assert {row["direction"] for row in found["rows"]} == {"retargeted"}


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
def test_another_date_is_no_work_done_or_lost(mzplan: Mzplan) -> None:
    """57 of 100 in March: of the year a quarter is expected, and half of it where all is asked for by June."""
    plan = Path("plan/2023.yaml")
    text = plan.read_text("utf-8")
    target = "            target: {at_least: 100}\n"
    assert text.count(target) == 1
    plan.write_text(text.replace(target, f"{target}            due: 2023-06\n"), "utf-8")
    found = changes(mzplan, "HEAD")
    assert [change["change"] for change in found["plan"]] == [["期限 2023-12 → 2023-06"]]
    rows = {row["unit"]: row for row in found["rows"]}
    city = rows[None]
    assert isinstance(city["before"], dict)
    assert isinstance(city["after"], dict)
    assert (city["before"]["expected"], city["after"]["expected"]) == ("0.25", "0.5")
    assert {row["direction"] for row in found["rows"]} == {"rescheduled"}
    assert "时间要求已变" in mzplan("impact", "HEAD").out


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


@pytest.fixture
def years(project: None, git: Git) -> None:
    """Two years with plans of their own, of the later one a single January report; committed."""
    next_year()
    write("data/2024-01/jia.csv", SOUND["data/2023-01/jia.csv"].replace("2023-01", "2024-01"))
    commit(git)


def by_year(mzplan: Mzplan, *arguments: str) -> dict[int, set[str]]:
    """The tables of each year that tell of any difference."""
    ran = mzplan("impact", "HEAD", "--format", "json", *arguments)
    assert ran.code == 0
    found = json.loads(ran.out)
    Draft202012Validator(SCHEMA).validate(found)
    told = {one["year"]: {one["change"], str(one["records"])} for one in found["plans"]}
    return told | {
        year["year"]: {name for name in ("plan", "parts", "records", "rows", "units") if year[name]}
        for year in found["years"]
    }


ALL_BUT_PLAN = {"records", "rows", "units"}


@pytest.mark.untraced
@pytest.mark.usefixtures("years")
def test_every_year_is_compared_by_its_own_plan(mzplan: Mzplan) -> None:
    assert by_year(mzplan) == {2023: set(), 2024: set()}
    write(MARCH, report("甲县", "2023-03", "30"))
    assert by_year(mzplan) == {2023: {"records", "rows", "units"}, 2024: set()}
    plain = mzplan("impact", "HEAD", "--format", "plain").out
    assert ("2023 年：记录" in plain, "2024 年：" in plain) == (True, False)
    for path in Path("data").glob("2023-*"):
        shutil.rmtree(path)
    plan = Path("plan/2024.yaml")
    plan.write_text(plan.read_text("utf-8").replace("{at_least: 100}", "{at_least: 110}"), "utf-8")
    assert by_year(mzplan) == {2023: ALL_BUT_PLAN, 2024: {"plan", "rows", "units"}}
    assert by_year(mzplan, "--period", "2023-03") == {2023: ALL_BUT_PLAN}
    assert by_year(mzplan, "--plan", "plan/2023.yaml") == {2023: ALL_BUT_PLAN}


@pytest.mark.usefixtures("years")
def test_data_of_a_year_that_are_gone_are_told_in_their_year(mzplan: Mzplan) -> None:
    shutil.rmtree("data/2024-01")
    assert by_year(mzplan) == {2023: set(), 2024: ALL_BUT_PLAN}
    out = mzplan("impact", "HEAD", "--format", "plain").out
    assert ("报告期 2024-01" in out, "现在没有 2024-01 的任何报表" in out) == (True, True)


@pytest.mark.usefixtures("years")
def test_a_year_that_one_side_has_no_plan_of_is_new_or_gone(mzplan: Mzplan, git: Git) -> None:
    """Three months of 13 records in 2023."""
    Path("plan/2023.yaml").unlink()
    assert by_year(mzplan) == {2023: {"removed", "39"}, 2024: set()}
    out = mzplan("impact", "HEAD").out
    assert ("2023 年的计划没有了：HEAD 里有 5 项指标、39 条记录" in out, "没有差别" in out) == (True, True)
    git("reset", "-q", "--hard", "HEAD~1")
    next_year()
    assert by_year(mzplan) == {2024: {"added", "0"}, 2023: set()}
    assert by_year(mzplan, "--plan", "plan/2024.yaml") == {2024: {"added", "0"}}
    Path("plan/2023.yaml").unlink()
    assert by_year(mzplan) == {2024: {"added", "0"}, 2023: {"removed", "39"}}
    assert mzplan("impact", "HEAD", "--period", "2022-01").code == 2


@pytest.mark.usefixtures("project")
def test_data_of_a_year_without_any_plan_are_named(mzplan: Mzplan) -> None:
    write("data/2022-12/jia.csv", SOUND["data/2023-01/jia.csv"].replace("2023-01", "2022-12"))
    ran = mzplan("impact", "HEAD")
    assert ("没有差别" in ran.out, "2022 年有数据，但 HEAD 里和现在都没有这一年的计划" in ran.err) == (True, True)


@pytest.mark.usefixtures("years")
def test_a_unit_of_one_year_alone_is_looked_for_in_that_year(mzplan: Mzplan, git: Git) -> None:
    for path in (Path("plan/2024.yaml"), Path("data/2024-01/jia.csv")):
        path.write_text(path.read_text("utf-8").replace("甲县", "新县").replace("甲", "新"), "utf-8")
    commit(git)
    write(MARCH, report("甲县", "2023-03", "30"))
    write("data/2024-01/jia.csv", report("新县", "2024-01", "30"))
    assert by_year(mzplan, "--unit", "甲县") == {2023: {"records"} | {"rows"}, 2024: set()}
    ran = mzplan("impact", "HEAD", "--unit", "丁县")
    assert (ran.code, "丁县" in ran.err) == (2, True)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (
            "T02-01,jia,30,official,x,,",
            "T02-01,jia,30,official,x,20,2023-06",
            ["基期值 - → 20", "期限 2023-12 → 2023-06"],
        ),
        ("T02-01,jia,30,official,x,,", "T02-01,jia,31,reference,x,,", ["目标 ≥30 → ≥31", "依据 正式 → 参考"]),
        ("T02-01,jia,30,official,x,,", "T02-01,jia,30,official,y,,", None),
        ("T02-01,jia,30,official,x,,", "T02-01,jia,30,official,x,,2023-12", None),  # as it was due before
        ("T02-01,jia,30,official,x,,", "", ["分解 目标 ≥30，基期值 -，期限 2023-12，依据 正式 → -"]),
    ],
)
def test_what_a_unit_was_given_is_named_whatever_of_it_changes(
    old: str, new: str, told: list[str] | None, mzplan: Mzplan, git: Git, project: None
) -> None:
    head = "indicator,unit,target,basis,source,baseline,due\n"
    write("plan/2023.breakdown.csv", f"{head}{old}\nT02-01,yi,20,official,x,,\n")
    commit(git)
    write("plan/2023.breakdown.csv", f"{head}{new}\nT02-01,yi,20,official,x,,\n")
    expected = [] if told is None else [{"indicator": "T02-01", "unit": "jia", "change": told}]
    assert changes(mzplan, "HEAD")["parts"] == expected


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
    write("data/2023-03/yi.csv", SOUND["data/2023-03/yi.csv"])
    write(MARCH, SOUND[MARCH])  # now nothing but the silence: the city's 57 is 52
    silent = {row["unit"]: row["direction"] for row in changes(mzplan, "HEAD")["rows"] if row["indicator"] == "T01-01"}
    assert silent == {"devzone": "silent", None: "silent"}
    places = [list(Direction).index(Direction(str(row["direction"]))) for row in changes(mzplan, "HEAD")["rows"]]
    assert places == sorted(places)


@pytest.mark.usefixtures("project")
def test_an_older_figure_that_is_the_lost_one_s_equal_is_told(mzplan: Mzplan, git: Git) -> None:
    """甲县 stays in March at its figure of February: without that report no figure differs, but what it rests on."""
    write(MARCH, report("甲县", "2023-03", "13"))  # as in February
    commit(git)
    Path(MARCH).unlink()
    found = [row for row in changes(mzplan, "HEAD")["rows"] if row["indicator"] == "T01-01"]
    assert {row["unit"]: row["direction"] for row in found} == {"jia": "silent", None: "silent"}
    for row in found:
        was, now = row["before"], row["after"]
        assert isinstance(was, dict)
        assert isinstance(now, dict)
        assert (was["actual"], was["reported"] - 1) == (now["actual"], now["reported"])
        assert (was["carried_from"], now["carried_from"]) == (None, "2023-02")
    whole = {one["unit"]: (one["before"], one["after"]) for one in changes(mzplan, "HEAD")["units"]}
    status = json.loads(mzplan("status", "--period", "2023-03", "--format", "json").out)["units"]
    months = {one["unit"]: one["carried_from"] for one in status}
    assert months["jia"] == ["2023-02"]
    for unit, (was, now) in whole.items():
        assert isinstance(was, dict)
        assert isinstance(now, dict)
        assert (was["carried_from"], now["carried_from"]) == ([], months[unit])
    assert "（沿用2月）" in next(line for line in mzplan("impact", "HEAD").out.splitlines() if line.startswith("甲县"))


@pytest.mark.usefixtures("project")
def test_who_sent_what_cannot_be_read_is_not_silent(mzplan: Mzplan) -> None:
    """The zone's 22 of March are there and cannot be read: its 17 of February stand in, also in the city's sum."""
    write("data/2023-03/devzone.csv", "\x00\x01")
    rows = {row["unit"]: row for row in changes(mzplan, "HEAD")["rows"] if row["indicator"] == "T01-01"}
    assert {unit: row["direction"] for unit, row in rows.items()} == {"devzone": "unread", None: "unread"}
    zone, city = ([row["before"], row["after"]] for row in (rows["devzone"], rows[None]))
    assert [(one["reported"], one["reporting"]) for one in zone] == [(1, 1), (0, 1)]  # type: ignore[index]  # both there
    assert [(one["reported"], one["reporting"]) for one in city] == [(3, 3), (2, 3)]  # type: ignore[index]  # both there
    told = mzplan("impact", "HEAD").out
    assert "报了但未能读入" in told
    assert "转为未报" not in told.partition("\n\n指标")[2].partition("\n")[2]
    Path("data/2023-03/yi.csv").unlink()  # one is silent besides, and the city waits for both
    both = {row["unit"]: row["direction"] for row in changes(mzplan, "HEAD")["rows"] if row["indicator"] == "T01-01"}
    assert both == {"devzone": "unread", "yi": "silent", None: "silent"}


@pytest.mark.usefixtures("project")
def test_silence_moves_a_total_whatever_else_is_asked_of_other_units(mzplan: Mzplan, git: Git) -> None:
    """The zone sends nothing for March any more, and 甲县 is to have done by June what it was to do by December."""
    head = "indicator,unit,target,basis,source,baseline,due\n"
    write("plan/2023.breakdown.csv", f"{head}T01-01,jia,40,official,x,,\n")
    commit(git)
    write("plan/2023.breakdown.csv", f"{head}T01-01,jia,40,official,x,,2023-06\n")
    Path("data/2023-03/devzone.csv").unlink()
    rows = {row["unit"]: row["direction"] for row in changes(mzplan, "HEAD")["rows"] if row["indicator"] == "T01-01"}
    assert rows == {None: "silent", "jia": "rescheduled", "devzone": "silent"}


@pytest.mark.usefixtures("project")
def test_the_same_target_on_another_basis_changes_no_figure(mzplan: Mzplan, git: Git) -> None:
    head = "indicator,unit,target,basis,source,baseline,due\n"
    write("plan/2023.breakdown.csv", f"{head}T01-01,jia,40,reference,x,,\n")
    commit(git)
    write("plan/2023.breakdown.csv", f"{head}T01-01,jia,40,official,x,,\n")
    assert [(row["unit"], row["direction"]) for row in changes(mzplan, "HEAD")["rows"]] == [("jia", "regrounded")]
    assert "仅依据变" in mzplan("impact", "HEAD").out


@pytest.mark.usefixtures("project")
def test_a_target_issued_to_who_is_silent_makes_nothing_worse(mzplan: Mzplan, git: Git) -> None:
    """The zone has sent nothing for March; a target of 40 is issued to it (5 in February), then lowered to 4."""
    Path("data/2023-03/devzone.csv").unlink()
    head = "indicator,unit,target,basis,source,baseline,due\n"
    commit(git)
    write("plan/2023.breakdown.csv", f"{head}T01-01,devzone,40,official,x,,\n")
    for target in ("40", "4"):
        write("plan/2023.breakdown.csv", f"{head}T01-01,devzone,{target},official,x,,\n")
        rows = changes(mzplan, "HEAD", "--unit", "示范开发区")["rows"]
        assert [(row["indicator"], row["direction"]) for row in rows] == [("T01-01", "unreported")]
        commit(git)
    assert [row["direction"] for row in changes(mzplan, "HEAD~1", "--unit", "devzone")["rows"]] == ["unreported"]
    table = mzplan("impact", "HEAD~1", "--unit", "示范开发区").out.partition("指标（变差的在前")[2]
    assert ("未报" in table, "变差" in table.partition("\n")[2], "变好" in table) == (True, False, False)


@pytest.mark.untraced
@pytest.mark.usefixtures("project")
def test_the_comment_is_in_the_language_of_the_run(mzplan: Mzplan) -> None:
    shown = mzplan("impact", "HEAD", "--format", "markdown", "--lang", "en").out
    assert shown.startswith("<!-- mzplan impact -->\n# What differs from HEAD\n")
    assert "Nothing differs: " in shown
