"""Whole columns filled in wrongly in one way are one finding that names it, whatever rules their rows would break."""

from collections.abc import Callable
from csv import DictReader, DictWriter
from io import StringIO
from pathlib import Path

import pytest

from mzplan.check.run import run_checks
from mzplan.plan.load import load_plan
from mzplan.submissions.sources import Source
from rule_examples import check_rows

pytestmark = pytest.mark.untraced

ROOT = Path(__file__).parents[1]
PLAN = load_plan(ROOT / "plan" / "2023.yaml")
REPORT = "data/2023-09/dongyang.csv"
Rows = list[dict[str, str]]


def told(change: Callable[[Rows], None]) -> list[tuple[str, int]]:
    """The rules that speak of 东阳市's report of September with a change in it, and of how many rows each."""
    rows: Rows = list(DictReader(StringIO((ROOT / REPORT).read_text(encoding="utf-8"))))
    change(rows)
    sheet = StringIO()
    writer = DictWriter(sheet, rows[0].keys())
    writer.writeheader()
    writer.writerows(rows)
    found = run_checks(PLAN, [Source.of_bytes(REPORT, sheet.getvalue().encode())]).diagnostics
    return [(each.rule.code, len(each.parts) or 1) for each in found if not each.rule.casts_doubt]


def _codes(rows: Rows) -> None:
    for step, row in enumerate(rows[:20]):
        row["indicator"] = f"T01-{step + 5:02d}"


def _numbers(rows: Rows) -> None:
    for step, row in enumerate(rows):
        row["unit"] = str(330782 + step)


def _names(rows: Rows) -> None:
    units = [unit.name for unit in PLAN.reporting_units]
    for step, row in enumerate(rows):
        row["unit"] = units[step % len(units)]


def _alias(rows: Rows) -> None:
    for row in rows:
        row["unit"] = "永康"


def _exchanged(rows: Rows) -> None:
    for row in rows:
        row["value"], row["note"] = row["note"], row["value"]


def _beside(*fields: str) -> Callable[[Rows], None]:
    def change(rows: Rows) -> None:
        for row in rows:
            if row["value"] and not row["numerator"]:
                row.update(dict.fromkeys(fields, row["value"]), value="")

    return change


@pytest.mark.parametrize("fields", [("numerator",), ("denominator",), ("numerator", "denominator")])
def test_figures_in_the_columns_of_a_ratio_are_one_finding_that_moves_them(fields: tuple[str, ...]) -> None:
    """51 of the 67 rows are no ratios."""
    assert told(_beside(*fields)) == [("MZ312", 51)]


def test_one_such_figure_is_told_where_it_belongs() -> None:
    row = "2023-09,东阳市,T05-03,,,93,,,"
    (found,) = check_rows(row, plan=PLAN, today=None).diagnostics
    assert (found.rule.code, found.hint) == ("MZ312", "把“分子”里的“93”移到“完成值”。")


@pytest.mark.parametrize(
    ("change", "code", "left"),
    [
        (_codes, "MZ301", 1),  # the first has its own code
        (_numbers, "MZ302", 1),  # 330783 is 东阳市
        (_names, "MZ308", 6),  # every eleventh of 67, from the fourth on
        (_alias, "MZ308", 0),
        (_exchanged, "MZ432", 16),  # ratios have neither
    ],
)
def test_a_column_that_is_wrong_as_a_whole_is_told_once(change: Callable[[Rows], None], code: str, left: int) -> None:
    rows = 20 if change is _codes else 67
    assert told(change) == [(code, rows - left)]


@pytest.mark.parametrize(
    ("code", "cells"),
    [
        ("T05-03", {"value": "", "note": "93"}),
        ("T05-03", {"value": "新院投用", "note": "93"}),
        ("T04-03", {"value": "正在自查", "note": "推进中"}),
        ("T05-06", {"value": "本月新增12个点"}),
    ],
)
def test_so_is_one_row_and_put_right_it_is_sound(code: str, cells: dict[str, str]) -> None:
    def change(rows: Rows) -> None:
        next(row for row in rows if row["indicator"] == code).update(cells)

    assert told(change) == [("MZ432", 1)]


@pytest.mark.parametrize("cells", [{"value": ""}, {"value": "", "note": "尚在统计"}, {"value": "九十余"}])
def test_what_holds_no_figure_in_either_cell_is_not(cells: dict[str, str]) -> None:
    def change(rows: Rows) -> None:
        next(row for row in rows if row["indicator"] == "T05-03").update(cells)

    assert "MZ432" not in {code for code, _ in told(change)}


def test_nor_is_a_stage_beside_the_parts_of_a_ratio_where_a_column_has_slipped() -> None:
    def change(rows: Rows) -> None:
        next(row for row in rows if row["indicator"] == "T05-06").update(value="推进中")

    assert told(change) == [("MZ224", 1)]


def _in_per_cent(scale: int) -> Callable[[Rows], None]:
    """A column of values in the format of percentages, ratios as so many hundredths of a per cent."""

    def change(rows: Rows) -> None:
        for row in rows:
            if row["numerator"] and row["indicator"] != "T12-05":
                row["value"] = f"{scale * int(row['numerator']) / int(row['denominator']):.2f}%"
            elif row["value"].replace(".", "").isdecimal():
                row["value"] = f"{100 * float(row['value']):.2f}%"

    return change


def test_a_column_in_per_cent_is_one_finding_be_its_ratios_right_or_a_hundred_times_that() -> None:
    """25 figures of another kind; what is right for all the signs needs no word beside that."""
    ((code, count),) = told(_in_per_cent(100))
    assert code == "MZ215"
    ((again, more),) = told(_in_per_cent(10_000))
    assert (again, more > count) == ("MZ215", True)


@pytest.mark.parametrize(("sign", "codes"), [("80%", ["MZ232"]), ("8000%", ["MZ406"]), ("80", [])])
def test_of_one_ratio_the_sign_is_told_unless_it_is_above_the_whole(sign: str, codes: list[str]) -> None:
    found = check_rows(f"2023-09,东阳市,T05-06,,{sign},80,100,,", plan=PLAN, today=None).diagnostics
    assert [each.rule.code for each in found if each.rule.code[:3] in ("MZ2", "MZ4")] == codes
