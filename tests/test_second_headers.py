"""A header lower down: no figure is read by another one than its own."""

import csv
import io
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mzplan.check.run import CheckResult, run_checks
from mzplan.submissions.header import FIELDS, FIELDS_ZH
from mzplan.submissions.repair import repair
from mzplan.submissions.sources import context_sources, data_sources
from test_clerk import PLAN, TODAY, Rows, checked, october, project, written
from workbooks import xlsx_of

__all__ = ["project"]

pytestmark = pytest.mark.untraced

VALUE = FIELDS.index("value")
LAST_YEAR = "上年同期"


def figures(result: CheckResult) -> dict[str, tuple[int, int]]:
    """What counts for the report of October, by indicator."""
    ledger = result.ledger
    cells = {code: ledger.cell(code, "yiwu", 10) for code in PLAN.indicators}
    return {code: (ledger.values[at], ledger.denominators[at]) for code, at in cells.items() if not ledger.is_empty(at)}


def codes(result: CheckResult) -> set[str]:
    return {each.rule.code for each in result.diagnostics}


def as_workbook(project: Path, rows: Rows) -> CheckResult:
    (project / "data/2023-10/yiwu.csv").unlink(missing_ok=True)
    path = project / "data/2023-10/yiwu.xlsx"
    path.write_bytes(xlsx_of(rows))
    try:
        given = data_sources([path], project)
        return run_checks(PLAN, given, today=TODAY, context=context_sources(given, project))
    finally:
        path.unlink()


def with_last_year(rows: Rows) -> Rows:
    """The report with the figures of last year, which nobody reads, behind its figures; they look like its figures."""
    return [[*row[: VALUE + 1], LAST_YEAR if not at else row[VALUE], *row[VALUE + 1 :]] for at, row in enumerate(rows)]


def below(rows: Rows, at: int, order: Sequence[int]) -> Rows:
    """The report with its columns in that order from a second header on, which stands above that row."""
    return [*rows[:at], *([row[column] for column in order] for row in [rows[0], *rows[at:]])]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(2, 60), st.permutations(range(10)), st.booleans())
def test_no_figure_is_read_by_another_header_than_its_own(
    project: Path, at: int, order: list[int], is_workbook: bool
) -> None:
    rows = with_last_year(october())
    wrong = [[*row[: VALUE + 1], "1" if number else LAST_YEAR, *row[VALUE + 2 :]] for number, row in enumerate(rows)]
    true = figures(checked(project, written(rows).encode()))
    both = below(wrong, at, order)
    result = as_workbook(project, both) if is_workbook else checked(project, written(both).encode())
    read = figures(result)
    assert read.items() <= true.items()
    assert read == true or "MZ162" in codes(result)


def test_the_columns_that_moved_are_named(project: Path) -> None:
    rows = with_last_year(october())
    order = [*range(VALUE), VALUE + 1, VALUE, *range(VALUE + 2, 10)]
    found = checked(project, written(below(rows, 31, order)).encode()).diagnostics[0]
    assert (found.rule.code, found.location.line, found.message, found.hint) == (
        "MZ162",
        32,
        "又有一行表头，与第1行的不同（完成值），整个文件没有采用",
        "下面各行的列按第1行表头的次序排好，再删去这一行。",
    )


@pytest.mark.parametrize(
    "words",
    [
        {"value": LAST_YEAR},
        {"value": ""},
        {"value": "完成值（千元）"},
        {"numerator": "分母", "denominator": "分子"},
        {"note": "更正：上面的数作废"},
    ],
)
def test_another_word_in_a_second_header_refuses_the_file(project: Path, words: dict[str, str]) -> None:
    rows = october()
    rows.insert(30, [words.get(field, heading) for field, heading in FIELDS_ZH.items()])
    result = checked(project, written(rows).encode())
    assert "MZ162" in codes(result)
    assert not figures(result)


def test_two_headings_alone_are_a_second_header_too(project: Path) -> None:
    rows = october()
    rows.insert(30, ["", "", "", "", "", "完成值", "分母", "", ""])
    assert "MZ162" in codes(checked(project, written(rows).encode()))


@pytest.mark.parametrize("again", [list(FIELDS_ZH.values()), list(FIELDS), ["月份", *list(FIELDS_ZH.values())[1:]]])
def test_the_same_header_once_more_is_taken_out(project: Path, again: list[str]) -> None:
    rows = october()
    data = written([*rows[:30], again, *rows[30:]]).encode()
    result = checked(project, data)
    assert codes(result) - codes(checked(project, written(rows).encode())) == {"MZ152"}
    found = repair(data, checked(project, data).diagnostics)
    assert found is not None
    assert list(csv.reader(io.StringIO(found.data.decode("utf-8-sig")))) == rows
    assert figures(as_workbook(project, [*rows[:30], again, *rows[30:]])) == figures(result)
