"""The form a clerk fills in: what it lists, and that it comes back through the checks."""

import csv
import io
from datetime import date
from pathlib import Path

import pytest

from mzplan.check.run import run_checks
from mzplan.figures import SCALE
from mzplan.period import Period
from mzplan.plan.indicator import Figure
from mzplan.plan.load import load_plan
from mzplan.plan.model import Plan
from mzplan.render.form import csv as form_csv
from mzplan.submissions.blank_form import blank_form
from mzplan.submissions.ledger import Ledger
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


def test_filled_in_it_passes_the_checks(plan: Plan, tmp_path: Path) -> None:
    header, *rows = table(form_csv(blank_form(plan, Ledger(plan), plan.units["jia"], Period(2023, 6))))
    for row, cells in zip(rows, (["5", "", ""], ["", "30", "60"], ["41", "", ""], ["推进中", "", ""]), strict=True):
        row[4:7] = cells
    text = io.StringIO(newline="")
    csv.writer(text).writerows([header, *rows])
    path = tmp_path / "form.csv"
    path.write_bytes(b"\xef\xbb\xbf" + text.getvalue().encode())
    result = run_checks(plan, data_sources([path]), today=date(2023, 7, 1))
    assert [finding.rule.code for finding in result.diagnostics] == []
    assert result.ledger.entry(result.ledger.cell("T01-02", "jia", 6)) is not None
