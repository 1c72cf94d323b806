"""`mzplan collect` and the month of a sheet that has no column for it, or has it beside units and indicators."""

from collections.abc import Sequence
from pathlib import Path

import openpyxl
import pytest
from openpyxl.styles import numbers

from inbox import SOUND, WIDE, Collect, april, collect, figures, rows, undated
from mzplan.reading.spreadsheet import Shape, number_text
from test_cli_check import check, report, write
from workbooks import rows_of, saved, transposed, xlsx_of_sheets

__all__ = ["check", "collect"]

SIGNED = (
    "2023年5月3日",
    "填报时间：2023年5月",
    "制表：张三 2023年5月",
    "上报时间：5月6日",
    "审核：李四 5月",
    "打印日期 2023-05-05",
    "填报人：张三　5月3日",
)


def book(name: str, tab: str, rows: list[list[str]]) -> None:
    write(f"inbox/{name}", xlsx_of_sheets((tab, rows)))


@pytest.mark.parametrize("text", SIGNED)
@pytest.mark.parametrize("is_turned", [False, True])
def test_a_signature_below_a_wide_sheet_is_no_month_of_it(collect: Collect, text: str, is_turned: bool) -> None:
    table = rows_of(WIDE)
    book("4月汇总.xlsx", "4月", [*(transposed(table) if is_turned else table), [text]])
    ran = collect("inbox")
    assert (ran.code, figures("data/2023-04/jia.csv")) == (0, SOUND)
    assert not Path("data/2023-05").exists()


@pytest.mark.parametrize("text", [text for text in SIGNED if "：" in text or " " in text])
@pytest.mark.parametrize("is_long", [False, True])
def test_a_signature_above_a_table_is_no_month_of_it(collect: Collect, text: str, is_long: bool) -> None:
    long = [row[1:] for row in rows_of(april("甲县"))]
    book("甲县4月.xlsx", "4月", [[text], *(long if is_long else rows_of(WIDE))])
    collect("inbox")
    assert figures("data/2023-04/jia.csv") == SOUND
    assert not Path("data/2023-05").exists()


@pytest.mark.parametrize("text", ["注：乙市数据为3月底数", "说明：乙市3月数已更正"])
def test_a_footnote_gives_no_month(collect: Collect, text: str) -> None:
    before = Path("data/2023-03/jia.csv").read_bytes()
    book("4月汇总.xlsx", "2023年4月", [*rows_of(WIDE), [text]])
    ran = collect("inbox", "--replace")
    assert "报告期看工作表名“2023年4月”" in ran.out
    assert Path("data/2023-03/jia.csv").read_bytes() == before


@pytest.mark.parametrize("is_turned", [False, True])
def test_a_wide_sheet_has_its_month_in_a_column(collect: Collect, is_turned: bool) -> None:
    table = rows_of(WIDE)
    table = transposed([row for row in table if row]) if is_turned else table
    head, *rest = table
    if is_turned:
        rest = [row for row in rest if row[0] not in ("指标名称", "合计")]
        head = ["填报单位", *head[1:]]
    dated = [["报告期", *head], *(["2023年4月", *row] for row in rest)]
    book("汇总.xlsx", "3月", [*dated, ["2023年5月3日"]])
    ran = collect("inbox")
    assert (ran.code, figures("data/2023-04/jia.csv")) == (0, SOUND)
    assert "报告期看“报告期”一栏" in ran.out


def test_a_wide_sheet_of_two_months_is_asked_about(collect: Collect) -> None:
    head, *rest = rows_of(WIDE)
    months = ["2023年4月", "2023年3月", "2023年4月", "2023年4月", "2023年4月"]
    book("4月汇总.xlsx", "4月", [["报告期", *head], *([month, *row] for month, row in zip(months, rest, strict=True))])
    ran = collect("inbox")
    assert ran.code == 1
    assert "“报告期”一栏有2023-04、2023-03，每个月单独填一张表" in ran.out
    assert not Path("data/2023-04").exists()


@pytest.mark.parametrize(
    ("title", "tab", "name", "said"),
    [
        ("2023年3月指标表", "4月", "汇总.xlsx", "标题“2023年3月指标表”是2023-03，工作表名“4月”是2023-04"),
        ("", "3月", "4月汇总.xlsx", "工作表名“3月”是2023-03，文件名是2023-04"),
        ("2023年4月", "Sheet1", "3月.xlsx", "标题“2023年4月”是2023-04，文件名是2023-03"),
    ],
)
def test_title_tab_and_name_of_different_months_are_asked_about(
    collect: Collect, title: str, tab: str, name: str, said: str
) -> None:
    book(name, tab, [*([[title]] if title else []), *rows_of(WIDE)])
    ran = collect("inbox")
    assert ran.code == 1
    assert f"没有收\n  看不出是哪个月的：{said}，改成一致，或用 --period 写明\n" in ran.out
    assert not Path("data/2023-04").exists()
    settled = collect("inbox", "-p", "2023-04")
    assert "没有收\n  看不出" not in settled.out
    assert "甲县 2023-04，归档" in settled.out
    assert ("标题写着“2023年3月指标表”，照 --period 当作 2023-04 的" in settled.out) == ("3月" in title)
    assert figures("data/2023-04/jia.csv") == SOUND


@pytest.mark.parametrize(("title", "tab"), [("甲县2023年3月指标表", "4月"), ("甲县2023年4月指标表", "3月")])
def test_the_option_settles_of_which_month_a_table_is_that_does_not_say_it_in_its_rows(
    collect: Collect, title: str, tab: str
) -> None:
    """What is offered as a remedy is one; a month in the rows is said by them, and a title otherwise is wrong."""
    book("甲县.xlsx", tab, [[title], *rows_of(undated())])
    assert "改成一致，或用 --period 写明" in collect("inbox").out
    ran = collect("inbox", "-p", "2023-04")
    assert ran.code == 0, ran.out
    assert figures("data/2023-04/jia.csv") == SOUND
    Path("data/2023-04/jia.csv").unlink()
    book("甲县.xlsx", tab, [[title], *rows_of(april("甲县"))])
    assert (collect("inbox", "-p", "2023-04").code == 1) == ("3月" in title)


@pytest.mark.parametrize("number_format", ["0.00", numbers.FORMAT_NUMBER_00, "General"])
def test_a_month_that_is_a_number_is_the_one_that_is_shown(collect: Collect, number_format: str) -> None:
    """2023.1 with two places is seen as 2023.10, an October."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in rows_of(report("甲县", "2023-10", "60")):
        sheet.append(row)
    for at in range(2, sheet.max_row + 1):
        sheet.cell(at, 1).value = 2023.1
        sheet.cell(at, 1).number_format = number_format
    write("inbox/甲县.xlsx", saved(book))
    out = collect("inbox", "--dry-run", "--today", "2023-11-05").out
    assert ("甲县 2023-10" in out, "甲县 2023-01" in out) == (number_format != "General", number_format == "General")


def test_a_figure_with_two_places_stays_what_it_is() -> None:
    assert [number_text(stored, Shape.TWO_PLACES) for stored in ("2023.1", "2023.2", "5.1", "2023")] == [
        "2023.10",
        "2023.2",
        "5.1",
        "2023",
    ]


@pytest.mark.parametrize("kept", [range(2, 9), range(2, 7), (3, 4, 5, 6)], ids=len)
@pytest.mark.parametrize("at", [1, 1000], ids=["above", "below"])
@pytest.mark.parametrize(
    "line",
    [
        ["填报单位", "甲县", "填报日期", "2023年5月3日"],
        ["填报单位：", "甲县", "填报时间：", "2023年5月"],
        ["填报单位", "甲县", "报告期", "2023年4月"],
        ["报告期", "2023年4月", "填报单位", "甲县"],
        ["填报人", "张三", "2023年5月3日"],
        ["（公章）", "", "2023年5月3日"],
        ["上报单位（公章）：甲县民政局", "", "填报日期：2023年5月3日"],
        ["上报单位（公章）：甲县民政局", "负责人：张三", "日期：", "2023-05-03"],
    ],
)
def test_who_signed_and_when_is_no_month_of_a_table_be_it_in_cells_of_their_own(
    collect: Collect, line: list[str], at: int, kept: Sequence[int]
) -> None:
    table = [["甲县2023年4月填报表"], *([row[each] for each in kept] for row in rows())]
    table.insert(at, line)
    book("报表.xlsx", "填报表", table)
    assert (collect("inbox").code, figures("data/2023-04/jia.csv")) == (0, SOUND)


def test_a_day_before_the_month_of_the_title_or_long_after_it_is_at_odds_with_it(collect: Collect) -> None:
    for day in ("2023年3月31日", "2023年7月1日"):
        book("甲县.xlsx", "填报表", [["甲县2023年4月填报表"], [day], *(row[2:] for row in rows())])
        assert "看不出是哪个月的：标题“甲县2023年4月填报表”是2023-04，标题“" in collect("inbox").out
    book("甲县.xlsx", "填报表", [["甲县填报表"], ["2023年4月30日"], *(row[2:] for row in rows())])
    assert (collect("inbox").code, figures("data/2023-04/jia.csv")) == (0, SOUND)
