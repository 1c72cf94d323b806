"""The form a clerk fills in: what it lists, and that it comes back through the checks."""

import csv
import io
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mzplan.check.run import CheckResult, run_checks
from mzplan.figures import SCALE
from mzplan.period import Period
from mzplan.plan.indicator import Figure
from mzplan.plan.load import load_plan
from mzplan.plan.model import Plan, Task
from mzplan.reading.formula import no_formula, without_mark
from mzplan.render.form import csv as form_csv
from mzplan.submissions.blank_form import blank_form
from mzplan.submissions.ledger import Ledger
from mzplan.submissions.opening import said_at
from mzplan.submissions.sources import data_sources

PLANS = Path(__file__).parent / "plans"


@pytest.fixture
def plan() -> Plan:
    return load_plan(PLANS / "tiny.yaml")


def table(form: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(form.decode("utf-8-sig"), newline="")))


def test_it_lists_what_the_unit_owes_with_target_and_last_record(plan: Plan) -> None:
    ledger = Ledger(plan)
    ledger.write(ledger.cell("T01-01", "jia", 4), Figure(12 * SCALE))
    ledger.write(ledger.cell("T01-02", "jia", 5), Figure(30 * SCALE, 60 * SCALE))
    ledger.write(ledger.cell("T02-01", "jia", 5), Figure(None))
    ledger.write(ledger.cell("T02-02", "jia", 6), Figure(1))  # of the month asked for: not a last record
    form = form_csv(blank_form(plan, ledger, plan.units["jia"], Period(2023, 6)))
    assert form.startswith(b"\xef\xbb\xbf")
    assert form.endswith(b"\r\n")
    header, *rows = table(form)
    assert header[:9] == ["报告期", "填报单位", "指标编码", "指标名称", "完成值", "分子", "分母", "说明", "佐证"]
    assert [row[2] for row in rows] == ["T01-01", "T01-02", "T02-01", "T02-02"]
    assert all(row[:2] == ["2023年6月", "甲县"] and row[4:9] == [""] * 5 for row in rows)
    assert [row[9] for row in rows] == ["个", "%", "家", "未启动/推进中/已完成"]
    assert [row[12] for row in rows] == ["12（4月）", "30/60（5月）", "不适用（5月）", ""]
    assert rows[3][10] == "已完成"


FILLED = (["5", "", ""], ["", "30", "60"], ["41", "", ""], ["推进中", "", ""])


def check_rows(plan: Plan, rows: list[list[str]], path: Path) -> CheckResult:
    text = io.StringIO(newline="")
    csv.writer(text).writerows(rows)
    path.write_bytes(b"\xef\xbb\xbf" + text.getvalue().encode())
    return run_checks(plan, data_sources([path]), today=date(2023, 7, 1))


def test_filled_in_it_passes_the_checks(plan: Plan, tmp_path: Path) -> None:
    header, *rows = table(form_csv(blank_form(plan, Ledger(plan), plan.units["jia"], Period(2023, 6))))
    for row, cells in zip(rows, FILLED, strict=True):
        row[4:7] = cells
    result = check_rows(plan, [header, *rows], tmp_path / "form.csv")
    assert [finding.rule.code for finding in result.diagnostics] == []
    assert result.ledger.entry(result.ledger.cell("T01-02", "jia", 6)) is not None


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "＝", "－"])
def test_no_cell_can_be_a_formula_and_each_says_the_same_when_it_comes_back(
    sign: str, plan: Plan, tmp_path: Path
) -> None:
    def named(task: Task) -> Task:
        indicators = tuple(replace(each, name=sign + each.name, note=sign) for each in task.indicators)
        return task._replace(indicators=indicators)

    areas = tuple(area._replace(tasks=tuple(map(named, area.tasks))) for area in plan.action_areas)
    units = tuple(unit._replace(name=sign + unit.name, aliases=()) for unit in plan.reporting_units)
    hostile = replace(plan, action_areas=areas, reporting_units=units)
    header, *rows = table(form_csv(blank_form(hostile, Ledger(hostile), hostile.units["jia"], Period(2023, 6))))
    assert {(row[1], row[3][:2]) for row in rows} == {(f"'{sign}甲县", f"'{sign}")}
    for row, cells in zip(rows, FILLED, strict=True):
        row[4:7], row[7] = cells, f"'{sign}这是说明"
    evidence = tmp_path / f"{sign}附件.pdf"
    evidence.touch()
    rows[3][4], rows[3][8] = "已完成", f"'{evidence.name}"
    result = check_rows(hostile, [header, *rows], tmp_path / "form.csv")
    assert [finding.rule.code for finding in result.diagnostics] == []
    assert len([row for row in rows if result.ledger.entry(result.ledger.cell(row[2], "jia", 6))]) == len(FILLED)
    with (tmp_path / "form.csv").open("rb") as stream:
        said = said_at(lambda: stream, 5)
    assert (said["unit"], said["note"], said["evidence"]) == (f"{sign}甲县", f"{sign}这是说明", evidence.name)


@pytest.mark.parametrize(("text", "said"), [("'-5", "'-5"), ("'", "'"), ("'甲", "'甲"), ("''=1", "''=1"), ("-5", "-5")])
def test_an_apostrophe_that_marks_no_formula_stays(text: str, said: str) -> None:
    assert without_mark(text) == said


@given(st.text())
def test_the_mark_goes_on_and_off_without_loss(text: str) -> None:
    marked = no_formula(text)
    assert without_mark(marked) == (text if marked != text else without_mark(text))
