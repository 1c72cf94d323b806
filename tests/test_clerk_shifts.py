"""Columns that slipped by some rows, from the top or the middle on, are one finding; single wrong cells are none."""

import random
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mzplan.check.run import run_checks
from mzplan.plan.load import load_plan
from mzplan.submissions.sources import Source
from test_clerk import Rows, checked, october, project, written

__all__ = ["project"]

pytestmark = pytest.mark.untraced

ROOT = Path(__file__).parent.parent
SHIPPED, PLAN_OF_2023 = ROOT / "data", load_plan(ROOT / "plan" / "2023.yaml")
BLOCKS = [("jindong", 8, 12, 26, -1), ("wuyi", 7, 14, 25, -1), ("yongkang", 6, 17, 26, 1)]
ALL, VALUE, PARTS, ABOVE, BELOW = slice(4, 7), slice(4, 5), slice(5, 7), slice(5, 6), slice(6, 7)


def slipped(at: int, columns: slice, by: int) -> Rows:
    """The report with those cells of the record at that position and of all below it moved down, or up, by a row."""
    rows = october()
    cells = [row[columns] for row in rows[1:]]
    blank = [""] * len(cells[0])
    moved = [*cells[:at], blank, *cells[at:-1]] if by > 0 else [*cells[:at], *cells[at + 1 :], blank]
    for row, own in zip(rows[1:], moved, strict=True):
        row[columns] = own
    return rows


@pytest.mark.parametrize("at", [0, 5, 30, 45])
@pytest.mark.parametrize(
    ("columns", "named"),
    [(ALL, "“完成值”“分子”“分母”"), (VALUE, "“完成值”"), (PARTS, "“分子”“分母”"), (ABOVE, "“分子”"), (BELOW, "“分母”")],
)
@pytest.mark.parametrize(("by", "way"), [(1, "下"), (-1, "上")])
def test_columns_that_slip_are_one_finding_with_the_row_and_the_way(
    project: Path, at: int, columns: slice, named: str, by: int, way: str
) -> None:
    (found,) = checked(project, written(slipped(at, columns, by)).encode()).diagnostics
    assert found.rule.code == "MZ313"
    assert f"{named}与指标错开了 1 行（{way}移了）" in found.message
    if found.lines:
        assert f"最迟从第{found.lines[0]}行起" in found.message
        assert found.lines == tuple(range(found.lines[0], 70))
        assert at + 2 <= found.lines[0] <= at + 8


@pytest.mark.parametrize(("at", "end"), [(5, 45), (10, 40), (20, 60)])
@pytest.mark.parametrize("columns", [ALL, PARTS, ABOVE, BELOW])
@pytest.mark.parametrize("by", [1, -1])
def test_so_are_those_of_a_stretch_between_sound_rows(
    project: Path, at: int, end: int, columns: slice, by: int
) -> None:
    rows, moved = october(), slipped(at, columns, by)
    below = [row for place, row in enumerate(rows) if place > end]
    (found,) = [
        each
        for each in checked(project, written([*moved[: end + 1], *below]).encode()).diagnostics
        if each.rule.code != "MZ603"
    ]
    assert found.rule.code == "MZ313"
    beyond = 0 if columns is ALL else 12  # rows that have no parts tell nothing
    assert at + 2 <= found.lines[0] <= at + 8 + beyond
    assert end - 6 <= found.lines[-1] <= end + 2 + beyond


@pytest.mark.parametrize("at", [2, 20, 28, 36, 44])
def test_so_are_ten_rows_of_which_the_last_ones_own_figures_are_written_over(project: Path, at: int) -> None:
    rows, moved, end = october(), slipped(at, ALL, 1), at + 10
    (found,) = checked(project, written([*moved[: end + 1], *rows[end + 1 :]]).encode()).diagnostics
    assert found.rule.code == "MZ313"
    assert at + 2 <= found.lines[0] < found.lines[-1] <= end + 8  # rows that fit either way tell nothing


@pytest.mark.parametrize(("unit", "month", "first", "last", "by"), BLOCKS)
def test_so_is_a_block_beside_an_empty_row_with_three_rows_of_another_kind(
    unit: str, month: int, first: int, last: int, by: int
) -> None:
    """Rows of a shipped report as a sheet counts them: cells put in at the first one, or taken out there."""
    text = (SHIPPED / f"2023-{month:02d}" / f"{unit}.csv").read_text(encoding="utf-8")
    rows = [line.split(",") for line in text.splitlines()]
    cells = [row[ALL] for row in rows[first - 1 : last]]
    blank = [""] * 3
    moved = [blank, *cells[:-1]] if by > 0 else [*cells[1:], blank]
    for row, own in zip(rows[first - 1 : last], moved, strict=True):
        row[ALL] = own
    source = Source.of_bytes(f"data/2023-{month:02d}/{unit}.csv", written(rows).encode())
    (found,) = run_checks(PLAN_OF_2023, [source]).diagnostics
    assert found.rule.code == "MZ313"
    assert first <= found.lines[0] <= first + 2
    assert last - 2 <= found.lines[-1] <= last


def test_the_row_is_that_of_the_cell_pushed_in(project: Path) -> None:
    (found,) = checked(project, written(slipped(30, ALL, 1)).encode()).diagnostics
    assert (found.location.line, len(found.lines)) == (32, 38)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.dictionaries(st.integers(1, 67), st.sampled_from(["", "完成", "12", "√", "约3"]), max_size=30))
def test_cells_that_are_wrong_one_by_one_are_no_shift(project: Path, odd: dict[int, str]) -> None:
    rows = october()
    for at, text in odd.items():
        rows[at][4] = text
    assert "MZ313" not in {each.rule.code for each in checked(project, written(rows).encode()).diagnostics}


@pytest.mark.parametrize("seed", range(5))
def test_the_order_of_the_rows_changes_nothing(project: Path, seed: int) -> None:
    rows = slipped(0, ALL, 1)
    (usual,) = checked(project, written(rows).encode()).diagnostics
    below = rows[1:]
    random.Random(seed).shuffle(below)
    (found,) = checked(project, written([rows[0], *below]).encode()).diagnostics
    assert (found.rule.code, found.message) == (usual.rule.code, usual.message)


def test_rows_without_figures_or_with_nothing_but_zero_are_no_evidence(project: Path) -> None:
    rows = october()
    for row in rows[1:]:
        row[4:7] = "", "", ""
    for at in range(20, 40):
        rows[at][4] = "0"
    assert "MZ313" not in {each.rule.code for each in checked(project, written(rows).encode()).diagnostics}
