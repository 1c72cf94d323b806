"""What a clerk is told leads home: what is obeyed to the letter gives the figure that was meant, or none."""

from pathlib import Path

import pytest

from mzplan.diagnostics import Diagnostic
from test_clerk import Rows, checked, october, project, put, written
from test_clerk_losses import mended

__all__ = ["project"]


def only(project: Path, rows: Rows) -> Diagnostic:
    (found,) = [each for each in checked(project, written(rows).encode()).diagnostics if each.rule.code != "MZ511"]
    return found


@pytest.mark.parametrize(
    ("heading", "holds"),
    [
        ("9月完成值", "一个月的数"),
        ("本月完成", "一个月的数"),
        ("本月完成值", "一个月的数"),
        ("当月完成值", "一个月的数"),
        ("上月完成值", "以前的数"),
        ("目标完成值", "目标"),
        ("完成率", "完成的百分比"),
    ],
)
def test_a_column_of_something_else_is_never_offered_as_the_figures(project: Path, heading: str, holds: str) -> None:
    rows = october()
    rows[0][4] = heading
    found = only(project, rows)
    assert found.message == f"缺少“完成值”一列；“{heading}”一栏是{holds}，不能当作完成值"
    assert found.hint == "“完成值”填从1月1日起到本月底的数：加上这一列。"


@pytest.mark.parametrize("heading", ["本年累计", "1-10月累计", "1—10月累计完成值", "累计完成", "完成直"])
def test_a_column_of_totals_is_offered(project: Path, heading: str) -> None:
    rows = october()
    rows[0][4] = heading
    assert only(project, rows).hint == "是否应是“完成值”？"


@pytest.mark.parametrize(
    ("code", "cells", "hint"),
    [
        ("T25-05", ("2", "459.5", ""), "2,459.5 是否应写作 2459.5？"),
        ("T25-05", ("2459,5", "", ""), "像是把小数点写成了逗号：是否应是 2459.5？"),
        ("T09-06", ("40,8", "", ""), "像是把小数点写成了逗号：是否应是 40.8？"),
        ("T05-03", ("199,3", "", ""), "照原来的数改：小数点用“.”，千位之间什么也不加。"),
        ("T09-06", ("2", "44", ""), "2,44 是否应写作 2.44？"),
        ("T05-03", ("2", "440", ""), "2,440 是否应写作 2440？"),
        ("T05-03", ("2", "44", ""), "像是一个数被逗号分成了几格：照原来的数，整个填在“完成值”，分子和分母留空。"),
    ],
)
def test_a_comma_in_a_figure_is_told_with_the_figure_meant(
    project: Path, code: str, cells: tuple[str, str, str], hint: str
) -> None:
    rows = october()
    for field, text in zip(("value", "numerator", "denominator"), cells, strict=True):
        put(field, text, code)(rows)
    assert only(project, rows).hint == hint


@pytest.mark.parametrize(
    "helper",
    [
        [str(number) for number in range(1, 10)],
        [*"甲乙丙丁戊己庚辛壬"],
        [*"甲乙丙丁", *"12345"],
        ["", "", "", "", "（个）", "（人）", "（人）", "", ""],
        ["（必填）", "（必填）", "（必填）", "", "（累计）", "", "", "（选填）", ""],
    ],
)
def test_a_row_of_column_marks_is_one_finding_and_taken_off(project: Path, helper: list[str]) -> None:
    rows = october()
    rows.insert(1, helper)
    assert only(project, rows).rule.code == "MZ159"
    assert mended(project, rows) == october()


def test_a_ditto_mark_is_told_once_with_the_unit(project: Path) -> None:
    rows = october()
    for row in rows[2:]:
        row[1] = "〃"
    found = only(project, rows)
    assert (found.rule.code, len(found.lines), found.hint) == ("MZ302", 67, "是否应是 义乌市？")


@pytest.mark.parametrize(
    ("code", "field", "text", "hint"),
    [
        ("T09-06", "value", "1775000元", "只填数：177.5。"),
        ("T09-06", "value", "1775000元（新增）", "只填数：177.5；括号里的话写在“说明”里。"),
        ("T09-06", "value", "1775000.5元", "换算成以“万元”为单位的数，只填数。"),
        ("T09-06", "value", "￥1775000", "换算成以“万元”为单位的数，只填数。"),
        ("T09-06", "value", "320千元", "以“万元”为单位应写作 32。"),
        ("T09-06", "value", "12万人", "换算成以“万元”为单位的数，只填数。"),
        ("T03-07", "value", "12万人", "以“名”为单位应写作 120000。"),
        ("T25-06", "numerator", "19300000元", "只填数：1930。"),
        ("T25-06", "denominator", "3581万元", "以“万元”为单位应写作 3581。"),
    ],
)
def test_a_figure_with_its_measure_unit_is_told_as_the_plan_counts(
    project: Path, code: str, field: str, text: str, hint: str
) -> None:
    rows = october()
    put(field, text, code)(rows)
    found = checked(project, written(rows).encode()).diagnostics
    assert [each.hint for each in found if each.indicator == code] == [hint]
