"""Every odd and hostile file of the corpus gets exactly what it deserves, at its place."""

import io
import json
from datetime import date
from pathlib import Path
from unicodedata import category

import pytest

from corpus import INJECTIONS, Case, cases
from mzplan.check.run import CheckResult, run_checks
from mzplan.diagnostics import Diagnostic, Severity
from mzplan.plan.load import load_plan
from mzplan.render.check import FORMATS
from mzplan.render.check.report import Report
from mzplan.submissions.ledger import EMPTY
from mzplan.submissions.sources import Source

PATH = "data/2023-06/jia.csv"
PLAN = load_plan(Path(__file__).parent / "plans" / "tiny.yaml")
CASES = {case.name: case for case in cases()}


def checked(case: Case) -> CheckResult:
    source = Source(PATH, content=io.BytesIO(case.data), place=("2023-06", "jia"))
    return run_checks(PLAN, [source], today=date(2023, 12, 31))


def own(result: CheckResult) -> list[Diagnostic]:
    """The findings without those about reports and indicators that are not there."""
    return [finding for finding in result.diagnostics if not finding.rule.code.startswith("MZ6")]


def figures(result: CheckResult) -> int:
    return len(result.ledger.values) - result.ledger.values.count(EMPTY)


def assert_deserved(case: Case) -> None:
    """Also run by `make fuzz`, with one seed after another."""
    result = checked(case)
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
    if case.kind == "refuse":
        assert figures(result) == 0
    elif case.kind in ("ok", "warn"):
        assert figures(result) == 4
    elif case.name.startswith("number"):
        assert figures(result) == 3, "the other rows of the file count"


@pytest.mark.parametrize("name", CASES)
def test_each_file_gets_what_it_deserves(name: str) -> None:
    assert_deserved(CASES[name])


def test_no_cell_reaches_an_output_as_it_stands() -> None:
    hidden = [cell for cell in INJECTIONS if any(category(c) in ("Cc", "Cf") for c in cell)]
    for case in (case for case in CASES.values() if case.name.startswith("injection")):
        result = checked(case)
        report = Report(diagnostics=result.diagnostics, files=(PATH,), records=result.records)
        for name, render in FORMATS.items():
            shown = render(report)
            assert "\x1b" not in shown, (case.name, name)
            assert "\u202e" not in shown, (case.name, name)
            assert not any(cell in shown for cell in hidden), (case.name, name)
            if name == "json":
                json.loads(shown)


def test_a_short_file_with_a_quoted_cell_still_gives_columns() -> None:
    rows = b'period,unit,indicator,name,value,numerator,denominator\n2023-06,jia,T01-01,,"1,205",,\n'
    (finding,) = own(checked(Case("short", rows, "warn", 2)))
    assert (finding.location.line, finding.location.column) == (2, 21)
