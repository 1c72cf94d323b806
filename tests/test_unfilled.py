"""Forms that somebody has saved and not filled in: the seal is gone, and nothing is said all the same."""

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from conftest import Mzplan
from inbox import FILED, Collect, collect, figures
from test_cli_check import Run, check, write
from test_workbooks import csv_of
from workbooks import WRITERS, Rows

__all__ = ["check", "collect"]

HEADINGS = [*FILED.split(","), "计量单位", "目标", "目标依据", "上次填报", "填报口径"]
KEYS = ["2023年4月", "甲县"]
FORM = [
    HEADINGS,
    [*KEYS, "T01-01", "服务类救助项目数", "", "", "", "", "", "个", "≥100", "计划规定", "18（3月）", "累计数"],
    [*KEYS, "T01-02", "助餐点覆盖率", "", "", "", "", "", "%", "", "", "8/10（3月）", "分子"],
    [*KEYS, "T02-02", "发展规划", "推进中", "", "", "", "会议.pdf", "", "", "", "推进中（3月）", "阶段"],
]
WRITE: Mapping[str, Callable[[Rows], bytes]] = {
    **WRITERS,
    ".csv": csv_of,
    ".gbk.csv": lambda rows: csv_of(rows).decode("utf-8-sig").encode("gb18030"),
}


@pytest.mark.parametrize("ending", WRITE)
def test_a_form_with_nothing_but_what_it_carries_is_no_report(
    check: Run, collect: Collect, mzplan: Mzplan, ending: str
) -> None:
    """Its milestone stood in it before anybody opened it."""
    write(f"inbox/报表{ending}", WRITE[ending](FORM))
    ran = collect("inbox")
    assert ran.code == 0
    assert f"· inbox/报表{ending}：甲县 2023-04，没有填" in ran.out
    assert not Path("returns").exists()
    write(f"data/2023-04/jia{Path('x' + ending).suffix}", WRITE[ending](FORM))
    assert "MZ139" in check("data/2023-04", "--format", "concise").out
    assert "MZ603" not in check("data/2023-04", "--format", "concise").out
    told = mzplan("status", "-p", "2023-04", "--unit", "甲县", "--as-of", "2023-06-01")
    assert "推进中" not in told.out


@pytest.mark.parametrize("ending", [".xlsx", ".csv"])
@pytest.mark.parametrize(
    ("row", "column", "text", "read"),
    [
        (1, 4, "20", "T01-01"),
        (1, 4, "18", "T01-01"),  # as last month: somebody has written it
        (2, 5, "8", "T02-02"),
        (3, 4, "已完成", "T02-02"),
        (3, 7, "仍在推进", "T02-02"),
    ],
)
def test_one_cell_makes_it_a_report(collect: Collect, ending: str, row: int, column: int, text: str, read: str) -> None:
    table = [list(cells) for cells in FORM]
    table[row][column] = text
    if column == 5:
        table[row][6] = "10"
    write(f"inbox/报表{ending}", WRITE[ending](table))
    collect("inbox")
    assert read in figures("data/2023-04/jia.csv")


def test_who_owes_milestones_alone_may_send_them_as_they_were(collect: Collect) -> None:
    write("inbox/报表.xlsx", WRITERS[".xlsx"]([FORM[0], FORM[3]]))
    collect("inbox")
    assert figures("data/2023-04/jia.csv")["T02-02"][0] == "推进中"
