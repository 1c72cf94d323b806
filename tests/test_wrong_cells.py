"""A wrong word in a workbook is told at the very cell that it stands in, in whatever order the columns are."""

import io
import re
from collections.abc import Sequence

import openpyxl
import pytest

from inbox import rows
from test_cli_check import Run, check, write
from workbooks import saved, xlsx_of

__all__ = ["check"]

FIELDS = ("报告期", "填报单位", "指标编码", "指标名称", "完成值", "分子", "分母", "说明", "佐证", "计量单位")
MEASURES = ("计量单位", "个", "%", "家", "项")
ORDERS = (
    FIELDS,
    FIELDS[::-1],
    (*FIELDS[2:], *FIELDS[:2]),
    ("说明", "佐证", "计量单位", "完成值", "分母", "分子", "指标名称", "指标编码", "填报单位", "报告期"),
)
PATH = "data/2023-04/jia.xlsx"
TOLD = re.compile(r"MZ\d{3} (?:错误|警告)：.*?填报表!([A-Z]+\d+)")


def table(order: Sequence[str], field: str, line: int, word: str) -> tuple[list[list[str]], str]:
    """April's report with its columns in that order and that word in that line; and where the word stands."""
    long = [[*row, measure] for row, measure in zip(rows(), MEASURES, strict=True)]
    long[line - 1][FIELDS.index(field)] = word
    return [[row[FIELDS.index(each)] for each in order] for row in long], f"{'ABCDEFGHIJ'[order.index(field)]}{line}"


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize(
    ("field", "line", "word"),
    [
        ("报告期", 2, "四月份吧"),
        ("填报单位", 2, "甲乙县"),
        ("指标编码", 2, "T99-99"),
        ("指标名称", 2, "别的名称"),
        ("完成值", 2, "三十"),
        ("分子", 3, "八"),
        ("分母", 3, "十个"),
        ("佐证", 2, "C:\\佐证.pdf"),
        ("计量单位", 2, "万元"),
    ],
)
def test_it_is_told_there_alone(check: Run, order: Sequence[str], field: str, line: int, word: str) -> None:
    cells, where = table(order, field, line, word)
    write(PATH, xlsx_of(cells))
    assert TOLD.findall(check(PATH, "--today", "2023-05-05").out) == [where]


@pytest.mark.parametrize("order", ORDERS)
def test_what_a_note_takes_back_is_told_at_the_figure(check: Run, order: Sequence[str]) -> None:
    cells, _ = table(order, "说明", 2, "数据待核实")
    write(PATH, xlsx_of(cells))
    assert TOLD.findall(check(PATH, "--today", "2023-05-05").out) == [f"{'ABCDEFGHIJ'[order.index('完成值')]}2"]


@pytest.mark.parametrize("field", ["报告期", "指标编码", "完成值", "分子"])
def test_nor_does_a_hidden_column_before_it_move_it(check: Run, field: str) -> None:
    cells, _ = table(FIELDS, field, 3, "八个")
    book = openpyxl.load_workbook(io.BytesIO(xlsx_of([["" if at else "序号", *row] for at, row in enumerate(cells)])))
    book.worksheets[0].column_dimensions["A"].hidden = True
    write(PATH, saved(book))
    assert TOLD.findall(check(PATH, "--today", "2023-05-05").out) == [f"{'BCDEFGHIJK'[FIELDS.index(field)]}3"]


@pytest.mark.parametrize("order", ORDERS)
def test_a_sound_report_is_not_blamed_in_any_order(check: Run, order: Sequence[str]) -> None:
    cells, _ = table(order, "报告期", 2, "2023-04")
    write(PATH, xlsx_of(cells))
    ran = check(PATH, "--today", "2023-05-05")
    assert (ran.code, TOLD.findall(ran.out)) == (0, [])
