"""Figures that were filled down, or slipped by some rows as the last report shows, are one finding with all rows."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given
from hypothesis import strategies as st

from conftest import dear
from mzplan.check.run import CheckResult, run_checks
from mzplan.diagnostics import errors_of
from mzplan.submissions.sources import Source
from rule_examples import HEADER, PLAN
from test_clerk import Rows, checked, october, project, written

__all__ = ["project"]

pytestmark = pytest.mark.untraced

FILLED, SLIPPED = "MZ314", "MZ313"
VALUE, ABOVE, BELOW = 4, 5, 6


def filled(first: int, last: int, figures: Sequence[int], column: int = VALUE) -> Rows:
    """October with figures written over a column from the row of the sheet `first` to `last`."""
    rows = october()
    for row, figure in zip(rows[first - 1 : last], figures, strict=True):
        row[column] = str(figure)
    return rows


def moved(first: int, last: int, column: int, by: int, *, is_round: bool) -> Rows:
    """October with a column's cells in those rows of the sheet moved; what leaves them comes in where cells lack."""
    rows = october()
    there = rows[first - 1 : last]
    cells = [row[column] for row in there]
    for at, row in enumerate(there):
        row[column] = cells[(at - by) % len(cells)] if is_round or 0 <= at - by < len(cells) else ""
    return rows


def of_rows(result: CheckResult) -> list[tuple[str, tuple[int, ...]]]:
    return [(each.rule.code, each.lines) for each in result.diagnostics]


@pytest.mark.parametrize(
    ("first", "last", "figures", "said"),
    [
        (16, 25, range(190, 200), "E16:E25 的 10 个数依次是 190、191…199，像是拖拽填充的"),
        (16, 18, [220] * 3, "E16:E18 的 3 个数都是 220，像是一个数向下复制（拖拽填充）的"),
        (2, 69, range(102, 170), "E2:E69 的 68 个数依次是 102、103…169"),
        (2, 69, range(1, 69), "E2:E69 的 68 个数依次是 1、2…68"),  # the row's number
        (8, 12, range(50, 300, 50), "E8:E12 的 5 个数依次是 50、100…250"),
    ],
)
def test_figures_filled_down_are_one_error_with_their_range(
    project: Path, first: int, last: int, figures: Sequence[int], said: str
) -> None:
    result = checked(project, written(filled(first, last, figures)).encode())
    (found,) = result.diagnostics
    assert found.rule.code == FILLED
    assert said in found.message
    assert found.lines == tuple(range(first, last + 1))
    assert found.cell == f"E{first}"


def test_no_row_of_them_is_used_and_none_is_missing(project: Path) -> None:
    """190 stands as it did, and 191 follows on 135: both may be what the spreadsheet made."""
    result = checked(project, written(filled(16, 25, range(190, 200))).encode())
    used = {result.ledger.location(cell).line for cell in range(len(result.ledger.values)) if result.ledger.files[cell]}
    assert used.isdisjoint(range(16, 26))
    assert {each.indicator for each in errors_of(result.diagnostics)[0].singly()} >= {"T05-03", "T05-04"}
    assert {("T05-03", "yiwu", "2023-10"), ("T05-04", "yiwu", "2023-10")} <= result.ledger.refused


@pytest.mark.parametrize("column", [ABOVE, BELOW])
def test_so_are_parts_of_ratios(project: Path, column: int) -> None:
    found = checked(project, written(filled(35, 40, [500] * 6, column)).encode()).diagnostics
    assert (found[0].rule.code, found[0].lines) == (FILLED, tuple(range(35, 41)))
    assert not {each.location.line for each in found[1:]} & set(found[0].lines)


@dear(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(2, 60), st.integers(3, 9), st.integers(300, 900), st.sampled_from([0, 1]))
def test_whatever_is_found_in_a_filled_range_is_told_once(
    project: Path, first: int, count: int, figure: int, step: int
) -> None:
    rows = filled(first, first + count - 1, [figure + step * at for at in range(count)])
    result = checked(project, written(rows).encode())
    inside = [each for each in result.diagnostics if set(each.lines) & set(range(first, first + count))]
    assert [each.rule.code for each in inside] == [FILLED]
    assert inside[0].lines == tuple(range(first, first + count))


@pytest.mark.parametrize(
    ("first", "figures", "lines"),
    [(8, "2881 17 276", (8, 9, 10)), (8, "276 2881 已完成", (8, 9, 10)), (9, "17 276 2881", (9, 10, 11))],
)
def test_figures_beside_other_rows_than_in_the_last_report_have_slipped(
    project: Path, first: int, figures: str, lines: tuple[int, ...]
) -> None:
    """In September 14, 233 and 2464 stood in rows 8, 9 and 10, and a stage in row 11."""
    rows = october()
    for row, figure in zip(rows[first - 1 :], figures.split(), strict=False):
        row[VALUE] = figure
    (found,) = checked(project, written(rows).encode()).diagnostics
    assert (found.rule.code, found.lines) == (SLIPPED, lines)
    assert f"“完成值”与指标错开了 1 行（{'上' if first == 8 and figures[0:3] == '276' else '下'}移了）" in found.message


@pytest.mark.parametrize(("column", "by"), [(ABOVE, 1), (ABOVE, -1)])
def test_so_have_the_parts_of_three_rows(project: Path, column: int, by: int) -> None:
    found = checked(project, written(moved(37, 46, column, by, is_round=False)).encode()).diagnostics
    assert [each.rule.code for each in found] == [SLIPPED]
    assert f"“分子”与指标错开了 1 行（{'下' if by > 0 else '上'}移了）" in found[0].message
    assert set(found[0].lines) <= set(range(36, 41))


def years(figures: dict[str, str], notes: str = "") -> list[str]:
    """The codes that are found of 青山县's rows: each indicator's figures by month, a file each."""
    sources = []
    for month, row in enumerate(zip(*(year.split() for year in figures.values()), strict=True), start=1):
        cells = [f",{each.replace('/', ',')}" if "/" in each else f"{each},," for each in row]
        rows = [f"2031-{month:02d},青山县,{code},,{each},{notes}," for code, each in zip(figures, cells, strict=True)]
        source = Source.of_bytes(f"data/2031-{month:02d}/qingshan.csv", "\n".join((HEADER, *rows, "")).encode())
        sources.append(source)
    found = run_checks(PLAN, sources).diagnostics
    return [each.rule.code for each in found if each.location.line and each.indicator in figures]


COUNTS = [f"T03-0{number}" for number in range(1, 6)]


@pytest.mark.parametrize(
    "year",
    [
        ["30 42 40", "30 42 40", "30 42 40"],  # three that were equal have fallen alike
        ["12 15 0", "14 15 0", "18 19 0"],  # what came in the month
        ["12 15 3", "14 15 3", "18 19 3"],
        ["12 15 2", "14 15 3", "18 19 4", "12 20 5", "14 22 6"],
        ["12 15 40", "14 15 14", "18 19 40"],  # two are equal
        ["12 15 20", "14 15 20", "18 19 20", "18 18 20"],  # nothing is odd
    ],
)
def test_equal_and_following_figures_that_are_no_filling_are_not_blamed_for_one(year: list[str]) -> None:
    assert FILLED not in years(dict(zip(COUNTS, year, strict=False)))


def test_percentages_alone_lack_their_parts_whatever_they_are() -> None:
    rows = [f"2031-03,青山县,{code},,100,,,," for code in ("T01-03", "T01-07", "T01-08")]
    source = Source.of_bytes("示例.csv", "\n".join((HEADER, *rows, "")).encode())
    assert FILLED not in {each.rule.code for each in run_checks(PLAN, [source]).diagnostics}


@dear()
@given(st.lists(st.lists(st.integers(0, 40), min_size=3, max_size=3), min_size=5, max_size=5), st.integers(1, 30))
def test_totals_that_grow_are_never_blamed(steps: list[list[int]], first: int) -> None:
    """Whatever grows by what is like the months before has nothing, equal figures or not."""
    year = [" ".join(str(first + each[0] // 10 + at * (1 + each[0] // 10)) for at in range(3)) for each in steps]
    assert not {FILLED, SLIPPED} & set(years(dict(zip(COUNTS, year, strict=True))))


@pytest.mark.parametrize("power", [10, 100])
def test_figures_with_digits_too_many_have_not_slipped_where_each_is_like_the_next_one(power: int) -> None:
    ladder = {code: f"{step} {step} {step * power}" for code, step in zip(COUNTS, (11, 12, 120, 1200), strict=False)}
    assert SLIPPED not in years(ladder)


def test_two_rows_in_each_others_place_and_jumps_of_their_own_have_not_slipped() -> None:
    assert SLIPPED not in years({"T03-01": "100 110 300", "T03-02": "290 295 120", "T03-03": "20 25 26"})
    assert SLIPPED not in years({"T03-01": "100 110 15", "T03-02": "40 45 9", "T03-03": "200 210 31"})
