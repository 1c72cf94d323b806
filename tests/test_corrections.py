"""Tables of corrections below a report or beside it: one cause, one finding, and none of their figures is taken."""

import re
from pathlib import Path

import pytest

from inbox import SOUND, WIDE, Collect, collect, figures, rows
from test_cli_check import Run, check, write
from test_workbooks import csv_of
from workbooks import rows_of, xlsx_of

__all__ = ["check", "collect"]

CODE, NAME = "T01-01", "服务类救助项目数"
OTHER = "四A级社会组织数"
TODAY = ("--today", "2023-05-05")


def codes(out: str) -> list[str]:
    return re.findall(r"(?m)^\S+ (MZ\d{3}) ", out)


def beside(*table: list[str]) -> list[list[str]]:
    """April's report with that to its right, two free columns off."""
    width = len(table[0])
    own = [*table, *([[""] * width] * (len(rows()) - len(table)))]
    return [[*row, "", "", *more] for row, more in zip(rows(), own, strict=True)]


TABLES = [
    [["指标", "原报", "现报"], [NAME, "29", "30"], [OTHER, "11", "12"]],
    [["指标", "原数", "更正数"], [NAME, "29", "30"], [OTHER, "11", "12"]],
    [["更正前", "更正后", "指标名称"], ["29", "30", NAME], ["11", "12", OTHER]],
    [["序号", "指标", "原报数", "应为", "原因"], ["1", NAME, "29", "30", "录入错误"], ["2", OTHER, "11", "12", ""]],
    [["指标编码", "指标名称", "原报", "现报"], [CODE, NAME, "29", "30"], ["T02-01", OTHER, "11", "12"]],
]


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("title", [[], [["更正表"]], [["2月数据更正情况："]]])
def test_a_table_of_corrections_below_is_one_finding_that_names_its_rows(
    check: Run, table: list[list[str]], title: list[list[str]]
) -> None:
    write("data/2023-04/jia.xlsx", xlsx_of([*rows(), [], *title, *table]))
    ran = check("data/2023-04/jia.xlsx", *TODAY)
    assert (ran.code, codes(ran.out)) == (1, ["MZ160"]), ran.out
    assert f"更正的是：{NAME}（29、30）、{OTHER}（11、12），没有采用" in ran.out


@pytest.mark.parametrize("table", TABLES[:2])
def test_one_beside_the_report_is_one_finding(check: Run, table: list[list[str]]) -> None:
    write("data/2023-04/jia.xlsx", xlsx_of(beside(*table)))
    ran = check("data/2023-04/jia.xlsx", *TODAY)
    assert (ran.code, codes(ran.out)) == (1, ["MZ160"]), ran.out
    assert f"更正的是：{NAME}（29、30）、{OTHER}（11、12），没有采用" in ran.out


def test_columns_of_corrections_among_those_of_the_records_are_one_finding(check: Run) -> None:
    more = [["原报", "更正后"], ["29", "30"], ["", ""], ["11", "12"], ["", ""]]
    write("data/2023-04/jia.csv", csv_of([[*row, *two] for row, two in zip(rows(), more, strict=True)]))
    ran = check("data/2023-04/jia.csv", *TODAY)
    assert (ran.code, codes(ran.out)) == (1, ["MZ160"]), ran.out
    assert f"更正的是：{NAME}（29、30）、{OTHER}（11、12），没有采用" in ran.out


def test_a_report_with_one_goes_back(collect: Collect) -> None:
    write("inbox/甲县4月.xlsx", xlsx_of([*rows(), [], *TABLES[0]]))
    write("inbox/乙市4月.xlsx", xlsx_of([*rows("乙市"), ["填表人：张三"]]))
    ran = collect("inbox")
    assert (ran.code, Path("data/2023-04/jia.csv").exists()) == (1, False)
    assert "有 1 处要改" in Path("returns/2023-04/jia.txt").read_text()
    assert figures("data/2023-04/yi.csv") == SOUND


@pytest.mark.parametrize(
    "table",
    [
        [*rows(), [], ["填表人：张三", "", "审核人：李四"]],
        [[*row, *(["原报", "更正后"] if not at else ["", ""])] for at, row in enumerate(rows())],
        [[*row, "原因" if not at else ""] for at, row in enumerate(rows())],
        [*rows()[:1], *([*row[:7], "更正后为30，原报29系录入错误", ""] for row in rows()[1:2]), *rows()[2:]],
    ],
)
def test_a_report_without_one_is_not_blamed_for_it(check: Run, table: list[list[str]]) -> None:
    write("data/2023-04/jia.xlsx", xlsx_of(table))
    assert "更正表" not in check("data/2023-04/jia.xlsx", *TODAY).out


HEADINGS = ("重报数", "现报", "调整后", "更正值", "补报数", "改后数值", "核定数")


@pytest.mark.parametrize("heading", [*HEADINGS, "原报", "上年同期", "目标数", "现有人数"])
def test_a_column_that_decides_is_told_with_both_figures_and_no_other_column_is(check: Run, heading: str) -> None:
    table = [[*row, {0: heading, 1: "33"}.get(at, "")] for at, row in enumerate(rows())]
    write("data/2023-04/jia.xlsx", xlsx_of(table))
    ran = check("data/2023-04/jia.xlsx", *TODAY)
    assert ("MZ161" in codes(ran.out)) == (heading in HEADINGS)
    assert (f"列“{heading}”（所填的是：完成值 30）写着“33”" in ran.out) == (heading in HEADINGS)


@pytest.mark.parametrize("heading", ["甲县（更正）", "甲县更正数", "甲县（重报）", "甲县（调整后）"])
def test_a_column_that_puts_a_units_figures_right_sends_its_report_back(collect: Collect, heading: str) -> None:
    """Its old figures were filed, and the column was told to be no unit's."""
    table = [[*row, {"指标编码": heading, "T01-01": "33"}.get(row[0], "")] for row in rows_of(WIDE)]
    write("inbox/4月.xlsx", xlsx_of(table))
    ran = collect("inbox")
    assert f"列“{heading}”里有指标或更正的数（甲县），没有采用" in ran.out
    assert "不是计划里的填报单位" not in ran.out
    assert {path.stem for path in Path("data/2023-04").iterdir()} == {"yi", "devzone", "bureau"}


def test_a_unit_that_is_not_there_is_put_right_by_no_column(collect: Collect) -> None:
    table = [[*row, {"指标编码": "丙县（更正）", "T01-01": "33"}.get(row[0], "")] for row in rows_of(WIDE)]
    write("inbox/4月.xlsx", xlsx_of(table))
    assert "表里“丙县（更正）”一列不是计划里的填报单位" in collect("inbox").out
    assert figures("data/2023-04/jia.csv") == SOUND
