"""Several units or months one below the other in a sheet, each below a title and a header of its own."""

from itertools import chain
from pathlib import Path

import pytest

from inbox import APRIL, Collect, collect, figures, rows
from test_cli_check import check, write
from workbooks import xlsx_of

__all__ = ["check", "collect"]

pytestmark = pytest.mark.untraced

UNITS = {"jia": ("甲县", "30"), "yi": ("乙市", "31")}


def table(unit: str, beds: str, title: str = "{unit}2023年4月填报表", first: int = 2) -> list[list[str]]:
    """A title, a header and its rows without the columns of month and unit, or with them from that column on."""
    return [[title.format(unit=unit)], *(row[first:] for row in rows(unit, beds))]


def beds_filed() -> dict[str, str]:
    return {unit: figures(f"data/{APRIL}/{unit}.csv")["T01-01"][0] for unit in UNITS if is_filed(unit)}


def is_filed(unit: str) -> bool:
    return Path(f"data/{APRIL}/{unit}.csv").exists()


@pytest.mark.parametrize(
    ("title", "between"),
    [
        ("{unit}2023年4月填报表", [[]]),
        ("{unit}2023年4月填报表", []),
        ("{unit}2023年4月填报表", [["填表人：张三  2023年5月3日"], []]),
        ("{unit}2023年4月填报表", [["填表人：张三  2023年5月3日"]]),
        ("填报单位：{unit}民政局  报告期：2023年4月", [[]]),
    ],
)
@pytest.mark.parametrize("name", ["四表.xlsx", "四表.csv"])
def test_each_table_is_the_report_that_its_title_names(
    collect: Collect, title: str, between: list[list[str]], name: str
) -> None:
    lines = [line for unit in UNITS.values() for line in [*table(*unit, title), *between]]
    text = "".join(",".join(line) + "\n" for line in lines)
    write(f"inbox/{name}", xlsx_of(lines) if name.endswith("xlsx") else text)
    ran = collect("inbox")
    assert (ran.code, beds_filed()) == (0, {"jia": "30", "yi": "31"}), ran.out


def test_a_title_of_all_gives_the_month_and_a_blank_row_may_stand_below_each(collect: Collect) -> None:
    tables = [[[], title, [], *below] for title, *below in (table(*unit, "{unit}") for unit in UNITS.values())]
    write("inbox/汇总.xlsx", xlsx_of([["2023年4月各县市填报表"], *chain.from_iterable(tables)]))
    ran = collect("inbox")
    assert (ran.code, beds_filed()) == (0, {"jia": "30", "yi": "31"}), ran.out


def test_one_that_is_wrong_keeps_none_of_the_others(collect: Collect) -> None:
    write("inbox/汇总.xlsx", xlsx_of([*table("甲县", "三十左右"), [], *table("乙市", "31")]))
    ran = collect("inbox")
    assert (ran.code, beds_filed()) == (1, {"yi": "31"})
    assert "甲县 2023-04，退回" in ran.out


def test_the_same_title_once_more_goes_on_with_the_table(collect: Collect) -> None:
    title, header, *below = table("甲县", "30")
    again = [[], [f"{title[0]}（续）"], header]
    write("inbox/汇总.xlsx", xlsx_of([title, header, *below[:2], *again, *below[2:], [], *table("乙市", "31")]))
    ran = collect("inbox")
    assert (ran.code, beds_filed()) == (0, {"jia": "30", "yi": "31"}), ran.out


def test_what_the_rows_say_goes_before_the_titles(collect: Collect) -> None:
    swapped = [*table("甲县", "30", "乙市2023年4月填报表", 0), [], *table("乙市", "31", "甲县2023年4月填报表", 0)]
    write("inbox/汇总.xlsx", xlsx_of(swapped))
    assert set(beds_filed().items()) <= {("jia", "30"), ("yi", "31")}


def test_a_title_without_unit_or_month_is_told_and_no_figure_goes_to_another(collect: Collect) -> None:
    write("inbox/汇总.xlsx", xlsx_of([*table("甲县", "30"), [], *table("乙市", "31", "{unit}")]))
    ran = collect("inbox")
    assert (ran.code, beds_filed()) == (1, {"jia": "30"})
    assert "看不出是哪个月的" in ran.out


@pytest.mark.parametrize("footer", ["注：以上数据截至4月30日", "说明：以上均为累计数", "以上数据真实有效"])
def test_a_line_of_words_is_no_record_where_unit_and_month_have_no_columns(collect: Collect, footer: str) -> None:
    write("inbox/汇总.xlsx", xlsx_of([*table("甲县", "30"), [footer]]))
    ran = collect("inbox")
    assert (ran.code, beds_filed()) == (0, {"jia": "30"}), ran.out


def sent(name: str, lines: list[list[str]]) -> None:
    text = "".join(",".join(line) + "\n" for line in lines)
    write(f"inbox/{name}", xlsx_of(lines) if name.endswith("xlsx") else text)


@pytest.mark.parametrize("between", [[], [[]]])
@pytest.mark.parametrize("name", ["两表.xlsx", "两表.csv"])
def test_a_header_again_above_which_no_unit_is_said_is_named_and_no_row_of_it_is_to_go(
    collect: Collect, name: str, between: list[list[str]]
) -> None:
    """Whose these figures are is said nowhere: they were told as the first table's, pasted twice."""
    _, *untitled = table("乙市", "31")
    sent(name, [*table("甲县", "30"), *between, *untitled, ["T03-01", "市级方案", "推进中", "", "", "", ""]])
    out = collect("inbox").out
    where = "标题“甲县2023年4月填报表”"
    why = f"第{7 + len(between)}行又是表头，上面没有写是哪个单位的，下面的数与前面的不同，没有照{where}补填报单位。"
    assert f"请核对：{why}" in out
    assert "1. 缺少一列。" in out
    assert not any(word in out for word in ("只留", "删去", "重复", "佐证”"))
    assert beds_filed() == {}


@pytest.mark.parametrize("name", ["两表.xlsx", "两表.csv"])
@pytest.mark.parametrize("beds", ["30", "30.0"])
def test_the_same_figures_again_below_the_same_header_are_copies(collect: Collect, name: str, beds: str) -> None:
    _, *again = table("甲县", beds)
    sent(name, [*table("甲县", "30"), *again])
    out = collect("inbox").out
    assert out.count("与前面一行的记录重复，数也相同") == 4
    assert "又是表头" not in out


@pytest.mark.parametrize("name", ["一表.xlsx", "一表.csv"])
def test_the_header_of_a_further_page_goes_on_with_the_table(collect: Collect, name: str) -> None:
    title, header, *below = table("甲县", "30")
    sent(name, [title, header, *below[:2], header, *below[2:]])
    ran = collect("inbox")
    assert (ran.code, beds_filed()) == (0, {"jia": "30"}), ran.out


@pytest.mark.parametrize("name", ["一表.xlsx", "一表.csv"])
def test_nothing_is_told_at_a_column_that_the_file_has_not(collect: Collect, name: str) -> None:
    """What the title says was told in the column behind the last, which a file has for something else or not at all."""
    sent(name, [*table("甲县", "30"), ["T03-01", "市级方案", "推进中", "", "", "", ""]])
    out = collect("inbox").out
    assert "第7行：T03-01“市级方案”不由甲县填报" in out
