"""Every odd and hostile file of the corpus gets exactly what it deserves, at its place and at once."""

import io
import json
import time
import tracemalloc
from datetime import date
from pathlib import Path
from unicodedata import category

import pytest

from corpus import INJECTIONS, Case, cases
from mzplan.check.run import CheckResult, run_checks
from mzplan.diagnostics import Diagnostic, Severity
from mzplan.plan.load import load_plan
from mzplan.plan.model import Plan
from mzplan.submissions.ledger import EMPTY
from mzplan.submissions.row import Source

PATH = "data/2023-06/jia.csv"
SEEDS = (0, 7)
CASES = {f"{case.name}/{seed}": case for seed in SEEDS for case in cases(seed)}


@pytest.fixture(scope="module")
def plan() -> Plan:
    return load_plan(Path(__file__).parent / "plans" / "tiny.yaml")


def checked(plan: Plan, case: Case) -> CheckResult:
    source = Source(PATH, content=io.BytesIO(case.data), place=("2023-06", "jia"))
    return run_checks(plan, [source], today=date(2023, 12, 31))


def own(result: CheckResult) -> list[Diagnostic]:
    """The findings without those about reports and indicators that are not there."""
    return [finding for finding in result.diagnostics if not finding.rule.code.startswith("MZ6")]


@pytest.mark.untraced
@pytest.mark.parametrize("name", CASES)
def test_each_file_gets_what_it_deserves(plan: Plan, name: str) -> None:
    case = CASES[name]
    began = time.process_time()
    result = checked(plan, case)
    assert time.process_time() - began < 5
    found = own(result)
    errors = [finding for finding in found if finding.severity is Severity.ERROR]
    if case.kind == "ok":
        assert found == []
    elif case.kind == "warn":
        assert errors == []
        assert case.line in (0, found[0].location.line)
    else:
        assert len(errors) == case.errors, "one finding for one cause"
        assert case.line in (0, errors[0].location.line)
        assert errors[0].hint
    figures = len(result.ledger.values) - result.ledger.values.count(EMPTY)
    if case.kind == "refuse":
        assert figures == 0
    elif case.kind in ("ok", "warn"):
        assert figures == 4


@pytest.mark.parametrize(
    "name", [name for name, case in CASES.items() if case.kind == "error" and case.name.startswith("number")]
)
def test_the_other_rows_of_a_file_count(plan: Plan, name: str) -> None:
    ledger = checked(plan, CASES[name]).ledger
    assert len(ledger.values) - ledger.values.count(EMPTY) == 3


@pytest.mark.untraced
def test_memory_stays_small_whatever_comes_in(plan: Plan) -> None:
    tracemalloc.start()
    for case in cases():
        checked(plan, case)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 100 << 20


def test_no_cell_reaches_an_output_as_it_stands(plan: Plan) -> None:
    from mzplan.render.check import FORMATS
    from mzplan.render.check.report import Report

    hidden = [cell for cell in INJECTIONS if any(category(c) in ("Cc", "Cf") for c in cell)]
    for case in cases():
        if not case.name.startswith("injection"):
            continue
        result = checked(plan, case)
        report = Report(diagnostics=result.diagnostics, files=(PATH,), records=result.records)
        for name, render in FORMATS.items():
            shown = render(report)
            assert "\x1b" not in shown, (case.name, name)
            assert "\u202e" not in shown, (case.name, name)
            assert not any(cell in shown for cell in hidden), (case.name, name)
            if name == "json":
                json.loads(shown)


def test_a_short_file_with_a_quoted_cell_still_gives_columns(plan: Plan) -> None:
    rows = b'period,unit,indicator,name,value,numerator,denominator\n2023-06,jia,T01-01,,"1,205",,\n'
    (finding,) = own(checked(plan, Case("short", rows, "warn", 2)))
    assert (finding.location.line, finding.location.column) == (2, 21)
