"""What a unit calls the totals since January in its own table: up to which month they go, which are the report."""

from pathlib import Path

import pytest

from conftest import through
from inbox import SOUND, Collect, collect, figures, rows
from mzplan.submissions.result_headings import month_of_total, other_figures
from test_cli_check import check, write
from workbooks import xlsx_of

__all__ = ["check", "collect"]

OF_SEPTEMBER = (
    *("1-9月", "1—9月累计", "1至9月完成数", "1月至9月", "1月-9月累计", "一至九月累计", "2023年1-9月", "九月累计"),
    *("9月累计", "9月份累计完成情况", "截至9月底", "截至9月30日累计", "截止9月底完成数", "截至9月底累计完成数"),
    *("年初至9月累计", "至9月累计"),
)
OF_NO_MONTH = (
    "9月",
    "2023年9月",
    "9月底",
    "9月完成数",
    "9月当月",
    "8月新增",
    "2-9月",
    "2-9月累计",
    "9月目标",
    "累计",
    "",
)


@through("heading", [*OF_SEPTEMBER, *OF_NO_MONTH])
def test_a_heading_of_totals_tells_up_to_which_month_they_go(heading: str) -> None:
    month = month_of_total(heading, 2023)
    assert str(month) == ("2023-09" if heading in OF_SEPTEMBER else "None")


@through(
    ("heading", "holds"),
    [
        ("上月累计", "以前的数"),
        ("去年同期累计", "以前的数"),
        ("累计目标", "目标"),
        ("累计完成率", "完成的百分比"),
        ("2-9月累计", "从别的月份起的数"),
        ("9月完成数", "一个月的数"),
        *((each, "") for each in (*OF_SEPTEMBER, "本月累计", "累计", "截至目前累计")),
    ],
)
def test_a_total_that_is_not_the_reports_own_is_proposed_as_none(heading: str, holds: str) -> None:
    assert other_figures(heading) == holds


def _own_table(headings: list[str], *, is_last: bool = True) -> bytes:
    """甲县's April, the figures under the last heading, those under the others another month's."""
    records = [row for row in rows()[1:] if row[2] != "T01-02"]
    figures = [[*["8" if row[4].isdigit() else row[4]] * (len(headings) - 1), row[4]] for row in records]
    keys = [["指标编码", "指标名称"], *(row[2:4] for row in records)]
    order = slice(None, None, 1 if is_last else -1)
    return xlsx_of([[*key, *each[order]] for key, each in zip(keys, [headings, *figures], strict=True)])


@pytest.mark.parametrize(
    "headings",
    [
        ["上月累计", "本月累计"],
        ["1-3月", "1-4月"],
        ["3月累计", "4月累计"],
        ["截至3月底", "本月新增", "截至4月底累计完成数"],
        ["目标值", "2023年1-4月累计完成"],
        ["截至目前累计"],
    ],
)
@pytest.mark.parametrize("is_last", [True, False])
def test_the_total_up_to_the_reports_month_is_taken(collect: Collect, headings: list[str], *, is_last: bool) -> None:
    """Cell by cell, wherever its column stands; the other column's stages are figures, and no words."""
    write("inbox/甲县2023年4月.xlsx", _own_table(headings, is_last=is_last))
    ran = collect("inbox")
    assert ran.code == 0, ran.out
    assert figures("data/2023-04/jia.csv") == {code: told for code, told in SOUND.items() if code != "T01-02"}
    assert f"“{headings[-1]}”一栏是从1月起累计的数，当作“完成值”" in ran.out


@pytest.mark.parametrize(
    ("headings", "told"),
    [
        (["上月累计"], "“上月累计”一栏是以前的数，不能当作完成值"),
        (["1-3月累计"], "一个月一列（1-3月累计），没有“完成值”一列。改法：只留要报的那个月，列名改为“完成值”"),
        (["1-2月", "1-3月"], "一个月一列（1-2月、1-3月），没有“完成值”一列。改法：只留要报的那个月"),
        (["2-4月累计"], "“2-4月累计”一栏是从别的月份起的数，不能当作完成值"),
    ],
)
def test_the_total_up_to_another_month_is_not_taken(collect: Collect, headings: list[str], told: str) -> None:
    write("inbox/甲县2023年4月.xlsx", _own_table(headings))
    ran = collect("inbox")
    assert (ran.code, told in ran.out) == (1, True), ran.out
    assert not Path("data/2023-04").exists()
