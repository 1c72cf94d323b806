"""A whole earlier month's report sent under a later month's date is one finding, whichever month it was."""

from pathlib import Path

import pytest

from mzplan.check.run import CheckResult, run_checks
from mzplan.plan.load import load_plan
from mzplan.submissions.sources import Source, data_sources

ROOT = Path(__file__).parent.parent
PLAN = load_plan(ROOT / "plan" / "2023.yaml")


def report(unit: str, month: int) -> str:
    """A shipped one."""
    return (ROOT / "data" / f"2023-{month:02d}" / f"{unit}.csv").read_text(encoding="utf-8-sig")


def checked(unit: str, month: int, text: str) -> CheckResult:
    """What is found of a text that a unit sends for that month, beside its shipped reports of the months before."""
    earlier = [(f"data/2023-{each:02d}/{unit}.csv", each) for each in range(1, month)]
    sources = [Source.of_bytes(path, report(unit, each).encode()) for path, each in earlier if (ROOT / path).exists()]
    return run_checks(PLAN, [Source.of_bytes(f"data/2023-{month:02d}/{unit}.csv", text.encode())], context=sources)


def dated(text: str, sent: int, month: int) -> str:
    """A report of one month with the date of another."""
    return text.replace(f"2023-{sent:02d}", f"2023-{month:02d}")


SENT = [("yiwu", 9, 7), ("yiwu", 9, 1), ("dongyang", 9, 5), ("bureau", 6, 2), ("devzone", 4, 1), ("wuyi", 9, 7)]


@pytest.mark.parametrize(("unit", "month", "sent"), SENT)
def test_a_report_of_an_earlier_month_is_one_error_that_names_it_and_none_of_its_figures_count(
    unit: str, month: int, sent: int
) -> None:
    result = checked(unit, month, dated(report(unit, sent), sent, month))
    assert [(each.rule.code, each.severity.value) for each in result.diagnostics] == [("MZ511", "error")]
    assert f"2023-{sent:02d} 的报表" in result.diagnostics[0].message
    assert not result.ledger.has_report(unit, month)
    assert result.ledger.has_report(unit, sent)


def test_that_of_the_last_month_may_be_true_and_is_asked_about() -> None:
    result = checked("yiwu", 9, dated(report("yiwu", 8), 8, 9))
    assert [(each.rule.code, each.severity.value) for each in result.diagnostics] == [("MZ511", "warning")]
    assert result.ledger.has_report("yiwu", 9)


@pytest.mark.parametrize("unit", sorted(unit.id for unit in PLAN.reporting_units))
def test_a_unit_s_own_report_of_any_month_is_none(unit: str) -> None:
    own = [each for each in data_sources([ROOT / "data"], ROOT) if each.path.endswith(f"/{unit}.csv")]
    assert "MZ511" not in [each.rule.code for each in run_checks(PLAN, own).diagnostics]


def test_a_figure_that_was_written_anew_hides_no_copy() -> None:
    text = dated(report("yiwu", 7), 7, 9)
    (row,) = [line for line in text.splitlines() if ",T03-06," in line]
    result = checked("yiwu", 9, text.replace(row, row.replace(",9,", ",15,", 1)))
    assert [each.rule.code for each in result.diagnostics] == ["MZ511"]
