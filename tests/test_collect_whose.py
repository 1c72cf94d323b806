"""Whose a report is and for when: by what it says, then by what it is called."""

import io
from collections.abc import Sequence
from pathlib import Path

import openpyxl
import pytest

from conftest import Mzplan
from inbox import APRIL, FILED, SOUND, Collect, april, collect, figures, rows, undated
from test_cli_check import BEDS, GRADE, HEADER, MEALS, check, codes, report, write
from test_workbooks import csv_of
from workbooks import rows_of, saved, transposed, xlsx_of, xlsx_of_sheets

__all__ = ["check", "collect"]


def test_several_units_and_months_in_one_file_come_apart(collect: Collect) -> None:
    """None of the rows is the other's, and a place in the file stays what it is there."""
    table = [*rows(), *rows("乙市", "三十个")[1:], *rows_of(report("甲县", "2023-05", "40"))[1:]]
    write("inbox/汇总.xlsx", xlsx_of(table))
    ran = collect("inbox", "--today", "2023-06-05")
    assert ran.code == 1
    assert figures("data/2023-04/jia.csv") == SOUND
    assert figures("data/2023-05/jia.csv") == {**SOUND, "T01-01": ("40", "", "", "", "")}
    assert not Path("data/2023-04/yi.csv").exists()
    assert "E6 T01-01 服务类救助项目数" in Path("returns/2023-04/yi.txt").read_text()
    assert openpyxl.load_workbook("returns/2023-04/yi-汇总.xlsx")["填报表"]["E6"].comment is not None


@pytest.mark.parametrize(
    "between", [[[]], [[], ["乙市2023年4月报表"]], [["乙市2023年4月报表"]], [["填报人：张三"], ["乙市2023年4月报表"]]]
)
def test_tables_one_below_the_other_come_apart_each_with_its_title(collect: Collect, between: list[list[str]]) -> None:
    write("inbox/汇总.xlsx", xlsx_of([["甲县2023年4月报表"], *rows("甲县"), *between, *rows("乙市", "31")]))
    ran = collect("inbox")
    assert ran.code == 0
    assert figures("data/2023-04/jia.csv") == SOUND
    assert figures("data/2023-04/yi.csv") == {**SOUND, "T01-01": ("31", "", "", "", "")}


def test_a_header_in_the_middle_of_one_report_is_told_as_in_check(collect: Collect) -> None:
    table = rows()
    other = [table[0][at] for at in (0, 1, 2, 3, 5, 4, *range(6, len(table[0])))]
    write("inbox/甲.xlsx", xlsx_of([*table[:3], other, *table[3:]]))
    assert "E4：又有一行表头，与第1行的不同（完成值、分子）" in collect("inbox").out
    write("inbox/甲.xlsx", xlsx_of([*table[:3], other, *table[3:], *rows("乙市")[1:]]))
    ran = collect("inbox")
    assert "E4：又有一行表头，与第1行的不同（完成值、分子）" in ran.out
    assert figures("data/2023-04/yi.csv") == SOUND


@pytest.mark.parametrize("name", ["甲.xlsx", "甲.csv"])
def test_the_same_header_in_the_middle_of_one_report_is_harmless(collect: Collect, name: str) -> None:
    table = rows()
    both = [*table[:3], table[0], *table[3:]]
    write(f"inbox/{name}", xlsx_of(both) if name.endswith("xlsx") else "".join(",".join(row) + "\n" for row in both))
    assert collect("inbox").code == 0
    assert figures("data/2023-04/jia.csv") == SOUND


def test_rows_apart_keep_notes_of_several_lines(collect: Collect) -> None:
    noted = april("甲县").replace(f"{BEDS},30,,,,", f'{BEDS},30,,,"两行\n的说明",')
    write("inbox/汇总.csv", noted + april("乙市").removeprefix(HEADER))
    assert collect("inbox").code == 0
    assert figures("data/2023-04/jia.csv")["T01-01"] == ("30", "", "", "两行\n的说明", "")
    assert figures("data/2023-04/yi.csv") == SOUND


def test_several_sheets_are_so_many_reports(collect: Collect) -> None:
    write("inbox/汇总.xlsx", xlsx_of_sheets(*((unit, rows(unit)) for unit in ("甲县", "乙市"))))
    ran = collect("inbox")
    assert ran.code == 0
    assert "工作表“乙市”，单位、" not in ran.out
    assert figures("data/2023-04/yi.csv") == figures("data/2023-04/jia.csv") == SOUND


def test_a_slip_of_the_pen_makes_no_report_of_its_own(collect: Collect) -> None:
    """One row of March in April's report: the checks ask about it, and March stays as it is."""
    write("inbox/甲.csv", april("甲县").replace(f"{APRIL},甲县,{GRADE}", f"2023-03,甲县,{GRADE}"))
    ran = collect("inbox", "--replace")
    assert ran.code == 1
    assert "甲县 2023-04，退回" in ran.out
    assert "2023-03，" not in ran.out


@pytest.mark.parametrize("where", ["inbox/甲县乙市.xlsx", "title"])
def test_a_name_of_two_units_is_told(collect: Collect, where: str) -> None:
    table = [[row[0], "" if at else row[1], *row[2:]] for at, row in enumerate(rows())]
    title = [] if where != "title" else [["甲县、乙市报表"]]
    write("inbox/4月.xlsx" if title else where, xlsx_of([*title, *table]))
    place = "标题“甲县、乙市报表”" if title else "文件名"
    assert f"看不出是哪个单位的：{place}里有甲县、乙市，只留一个，或在“填报单位”一栏写明" in collect("inbox").out


def test_the_contents_go_before_the_name(collect: Collect) -> None:
    write("inbox/乙市3月.csv", april("甲县"))
    ran = collect("inbox")
    assert "甲县 2023-04，归档" in ran.out
    assert ran.code == 0
    odds = "文件名说是3月，内容是2023-04；文件名说是乙市，内容是甲县"
    assert f"  请核对：{odds}。\n" in ran.out
    assert f"2023-04     1  归档（{odds}）\n" in ran.out
    write("second/乙市3月.csv", april("甲县", "三十个"))
    collect("second")
    assert f"请核对：{odds}。\n" in Path("returns/2023-04/jia.txt").read_text()


@pytest.mark.parametrize(
    "name", ["甲县4月", "市本级汇总", "甲县20230503", "甲县2023-05-03", "甲县和乙市", "甲县1-4月", "5月3日", "二季度"]
)
def test_a_name_that_the_contents_do_not_contradict_is_not_told(collect: Collect, name: str) -> None:
    write(f"inbox/{name}.csv", april("甲县"))
    assert "请核对" not in collect("inbox").out


@pytest.mark.parametrize("said", ["此表为3月", "数据是3月", "表仍为2023年3月"])
def test_a_name_that_says_of_which_month_the_figures_are_is_held_against_them(collect: Collect, said: str) -> None:
    """Though it names the month of the report, too."""
    write(f"inbox/甲县4月（{said}数据）.csv", april("甲县"))
    assert f"  请核对：文件名说是{said}，内容是2023-04。\n" in collect("inbox").out
    write(f"second/甲县4月（{said.replace('3月', '4月')}数据）.csv", april("甲县"))
    assert "请核对" not in collect("second").out


def test_a_name_of_several_reports_may_be_that_of_one(collect: Collect) -> None:
    table = [*rows(), *rows("乙市")[1:]]
    write("inbox/甲县4月.xlsx", xlsx_of(table))
    assert "请核对" not in collect("inbox", "--dry-run").out
    write("second/示范开发区4月.xlsx", xlsx_of(table))
    assert collect("second", "--dry-run").out.count("  请核对：文件名说是示范开发区") == 2


def test_a_tab_that_is_called_otherwise_is_told(collect: Collect) -> None:
    book = openpyxl.load_workbook(io.BytesIO(xlsx_of(rows())))
    book.worksheets[0].title = "乙市3月"
    write("inbox/甲.xlsx", saved(book))
    assert "工作表名说是3月，内容是2023-04；工作表名说是乙市，内容是甲县" in collect("inbox").out


def test_what_says_nothing_of_month_or_unit_is_known_by_its_name_or_not_taken(collect: Collect) -> None:
    bare = april("甲县").replace(f"{APRIL},甲县,", ",,")
    write("inbox/甲县/4月.csv", bare)
    write("second/表.csv", bare)
    assert "单位看文件夹名“甲县”，报告期看文件名" in collect("inbox").out  # and the checks say what the cells lack
    ran = collect("second")
    assert ran.code == 1
    assert "× second/表.csv：没有收\n  看不出是哪个单位、哪个月的\n" in ran.out
    assert "看不出是哪个单位的" in collect("second", "--period", APRIL).out


@pytest.mark.parametrize("word", ["民政局", "市民政局", "本局", "我市", "局本级"])
@pytest.mark.parametrize("name", ["乙市民政局.csv", "乙市民政局/4月.csv"])
def test_a_word_that_is_no_unit_s_name_alone_leaves_it_to_the_file_s(collect: Collect, word: str, name: str) -> None:
    """What any office calls itself is no bureau's report: it goes back to whom the file's or folder's name tells."""
    plan = Path("plan/2023.yaml")
    write(plan, plan.read_text().replace("kind: bureau}", "kind: bureau, aliases: [市民政局]}"))
    write(f"inbox/{name}", april(word))
    ran = collect("inbox", "--dry-run")
    assert f"× inbox/{name}：乙市 2023-04，退回" in ran.out
    assert "市本级      2023-04     0  未报\n" in ran.out
    write("inbox/乙市民政局代报.csv", april("甲"))  # another name of a unit names it
    assert "√ inbox/乙市民政局代报.csv：甲县 2023-04，归档" in collect("inbox", "--dry-run").out


def test_an_office_that_nothing_names_is_nobody_s(collect: Collect) -> None:
    write("inbox/4月.csv", april("县民政局"))
    assert "× inbox/4月.csv：没有收\n  看不出是哪个单位的\n" in collect("inbox", "--dry-run").out


@pytest.mark.parametrize(
    ("name", "above", "why"),
    [
        ("inbox/甲县2023年4月.csv", "", "文件名"),
        ("inbox/2023年4月/甲.csv", "", "文件夹名“2023年4月”"),
        ("inbox/甲.csv", "示范市2023年4月报表\n", "标题“示范市2023年4月报表”"),
    ],
)
def test_a_month_that_no_record_says_is_the_one_that_is_said_around_them(
    collect: Collect, name: str, above: str, why: str
) -> None:
    write(name, above + undated())
    ran = collect("inbox")
    assert ran.code == 0
    assert f"“报告期”一栏都空着，照{why}填为2023-04" in ran.out
    assert figures("data/2023-04/jia.csv") == SOUND


@pytest.mark.parametrize(
    ("name", "above", "why"),
    [
        ("inbox/甲县2023年4月.xlsx", [], "文件名"),
        ("inbox/2023年4月/甲.csv", [], "文件夹名“2023年4月”"),
        ("inbox/甲.xlsx", [["示范市2023年4月报表"]], "标题“示范市2023年4月报表”"),
    ],
)
def test_a_table_without_a_column_for_the_month_is_of_the_one_that_is_said_around_it(
    collect: Collect, name: str, above: list[list[str]], why: str
) -> None:
    """A footer is no record of it, and a wrong cell is named where it stands."""
    table = [*above, *(row[1:] for row in rows()), ["填报人：张三"]]
    write(name, xlsx_of(table) if name.endswith("xlsx") else csv_of(table))
    ran = collect("inbox")
    assert ran.code == 0
    assert f"报告期看{why}\n" in ran.out
    assert f"没有“报告期”一栏，照{why}都当作2023-04" in ran.out
    assert figures("data/2023-04/jia.csv") == SOUND
    table[len(above) + 1][3] = "三十个"
    write(name, xlsx_of(table) if name.endswith("xlsx") else csv_of(table))
    collect("inbox", "--replace")
    assert f"D{len(above) + 2} T01-01" in Path("returns/2023-04/jia.txt").read_text()


SAID = [
    ("inbox/甲县4月.xlsx", [], "文件名"),
    ("inbox/甲县/4月.csv", [], "文件夹名“甲县”"),
    ("inbox/4月.xlsx", [["甲县2023年4月报表"]], "标题“甲县2023年4月报表”"),
]


@pytest.mark.parametrize(("name", "above", "why"), SAID)
@pytest.mark.parametrize("lacks", ["unit", "code", "cells"])
def test_what_a_table_does_not_say_is_what_all_around_it_say(
    collect: Collect, name: str, above: list[list[str]], why: str, lacks: str
) -> None:
    """A table without the column for the unit, or with an empty one, and one with names and no codes."""
    kept = {"unit": [0, 2, 3, 4, 5, 6, 7, 8], "code": [0, 3, 4, 5, 6], "cells": range(9)}[lacks]
    table = [[row[at] for at in kept] for row in rows()]
    if lacks == "cells":
        table[1:] = [[row[0], "", *row[2:]] for row in table[1:]]
    write(name, xlsx_of([*above, *table]) if name.endswith("xlsx") else csv_of([*above, *table]))
    ran = collect("inbox")
    assert (ran.code, figures("data/2023-04/jia.csv")) == (0, SOUND)
    heading = "“填报单位”一栏"
    told = f"{heading}都空着，照{why}填为甲县" if lacks == "cells" else f"没有{heading}，照{why}都当作甲县"
    assert told in ran.out
    assert ("没有“指标编码”一栏，照“指标名称”一栏认出" in ran.out) == (lacks == "code")


@pytest.mark.parametrize(("name", "above", "why"), SAID)
@pytest.mark.parametrize("blank", [slice(2, None), slice(1, 3), slice(3, 4)])
def test_units_that_are_empty_beside_others_that_agree_with_all_around_are_filled(
    collect: Collect, name: str, above: list[list[str]], why: str, blank: slice
) -> None:
    table = rows()
    for row in table[blank]:
        row[1] = ""
    write(name, xlsx_of([*above, *table]) if name.endswith("xlsx") else csv_of([*above, *table]))
    ran = collect("inbox")
    assert (ran.code, figures("data/2023-04/jia.csv")) == (0, SOUND), ran.out
    assert f"“填报单位”一栏有的空着，照{why}填为甲县" in ran.out


@pytest.mark.parametrize(
    ("name", "above", "own"),
    [
        ("inbox/报表.xlsx", [], "甲县"),  # nothing around says so
        ("inbox/报表.xlsx", [["乙市2023年4月报表"]], "甲县"),
        ("inbox/甲县4月.xlsx", [["乙市2023年4月报表"]], "甲县"),
        ("inbox/甲县4月.xlsx", [], "乙市"),
    ],
)
def test_units_that_are_empty_stay_so_where_what_is_said_does_not_agree(
    collect: Collect, name: str, above: list[list[str]], own: str
) -> None:
    table = rows(own)
    for row in table[2:]:
        row[1] = ""
    write(name, xlsx_of([*above, *table]))
    ran = collect("inbox")
    assert (ran.code, Path("data/2023-04").exists()) == (1, False), ran.out
    assert "没有写填报单位" in ran.out


def test_a_name_that_is_misspelt_in_a_table_without_codes_is_told_at_its_cell(collect: Collect) -> None:
    """Before, the whole column of codes was told to be lacking, which nobody misses in such a table."""
    table = [[row[at] for at in (3, 4, 5, 6)] for row in rows()]
    table[1][0] = "服务类求助项目数"
    write("inbox/甲县4月.xlsx", xlsx_of(table))
    ran = collect("inbox")
    assert (
        "A2：“指标名称”一栏，计划中没有指标“服务类求助项目数”。改法：是否应是 T01-01（服务类救助项目数）？" in ran.out
    )
    assert "缺少一列" not in ran.out
    assert "指标编码”一栏，" not in ran.out


@pytest.mark.parametrize("first", [1, 2, 3])
def test_halves_of_a_table_side_by_side_are_no_columns_to_delete(collect: Collect, first: int) -> None:
    """Also where unit, month and codes have no columns."""
    header, *table = [row[first:7] for row in rows()]
    beside = [[*one, "", *other] for one, other in zip(table[:2], table[2:], strict=True)]
    write("inbox/甲县4月.xlsx", xlsx_of([[*header, "", *header], *beside]))
    ran = collect("inbox")
    assert ran.code == 1
    assert f"从“{header[0]}”起又是一张表的表头：两张表并排放着" in ran.out
    assert "改名" not in ran.out
    write("inbox/甲县4月.xlsx", xlsx_of([header, *table[:2], header, *table[2:]]))
    assert collect("inbox").code == 0
    assert len(figures("data/2023-04/jia.csv")) == 4


@pytest.mark.parametrize("name", ["甲县", "甲县2023年4月"])
@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_months_side_by_side_are_told_and_filed_when_one_is_left(ending: str, name: str, collect: Collect) -> None:
    """What is told, obeyed to the letter, is taken: nothing more is asked for."""
    made = {"csv": csv_of, "xlsx": xlsx_of}[ending]
    table = [[row[2], row[3], "8", row[4]] for row in rows() if row[2] != "T01-02"]
    table[0] = ["指标编码", "指标名称", "2023年3月", "2023年4月"]
    write(f"inbox/{name}.{ending}", made(table))
    ran = collect("inbox")
    if name == "甲县2023年4月":  # it goes back to whose it is
        told = "一个月一列（2023年3月、2023年4月），没有“完成值”一列。改法：把“2023年4月”改为“完成值”，"
        assert Path("returns/2023-04/jia.txt").exists()
    else:
        told = "一个月一列（2023-03、2023-04），没有采用：只留要报的那个月，列名写“完成值”，文件名写明填报单位和月份\n"
    assert told in ran.out
    assert "读不出是谁的" not in ran.out
    left = [[row[0], row[1], row[3]] for row in table]
    left[0] = ["指标编码", "指标名称", "完成值"]
    Path(f"inbox/{name}.{ending}").unlink()
    write(f"inbox/甲县2023年4月.{ending}", made(left))
    assert collect("inbox").code == 0
    assert figures("data/2023-04/jia.csv") == {code: told for code, told in SOUND.items() if code != "T01-02"}


@pytest.mark.parametrize(
    ("headings", "told"),
    [
        (["进展"], "认不出列“进展”，因此缺少“完成值”。改法：是否应是“完成值”？"),
        (["本月数"], "缺少“完成值”一列；“本月数”一栏是一个月的数，不能当作完成值"),
        (["一月", "4月", "本月"], "一个月一列（一月、4月），没有“完成值”一列。改法：把“4月”改为“完成值”，"),
    ],
)
@pytest.mark.parametrize("first", [0, 2])
def test_a_table_whose_figures_are_called_otherwise_goes_back_and_is_taken_when_they_are_not(
    first: int, headings: list[str], told: str, collect: Collect
) -> None:
    """Nobody was told which column it is, or the sheet was not taken for anybody's."""
    table = [[*row[first:4], *[row[4]] * len(headings)] for row in rows() if row[2] != "T01-02"]
    head = rows()[0][first:4]
    write("inbox/甲县2023年4月.xlsx", xlsx_of([[*head, *headings], *table[1:]]))
    ran = collect("inbox")
    assert (ran.code, told in ran.out) == (1, True), ran.out
    assert Path("returns/2023-04/jia.txt").exists()
    write("inbox/甲县2023年4月.xlsx", xlsx_of([[*head, "完成值"], *(row[: len(head) + 1] for row in table[1:])]))
    if first:
        assert (collect("inbox").code, len(figures("data/2023-04/jia.csv"))) == (0, 3)


@pytest.mark.parametrize("first", [0, 2])
@pytest.mark.parametrize(
    "headings", [["累计"], ["累计完成"], ["完成情况"], ["目标值", "累计完成数"], ["年初至今累计"], ["1-4月累计"]]
)
def test_totals_may_be_called_as_in_a_sheet_of_several_units(first: int, headings: list[str], collect: Collect) -> None:
    head, *table = rows()
    found = [[*row[first:4], *["50"] * (len(headings) - 1), *row[4:7]] for row in table]
    write("inbox/甲县2023年4月.xlsx", xlsx_of([[*head[first:4], *headings, *head[5:7]], *found]))
    ran = collect("inbox")
    assert ran.code == 0, ran.out
    assert f"“{headings[-1]}”一栏是从1月起累计的数，当作“完成值”" in ran.out
    assert figures("data/2023-04/jia.csv") == SOUND


@pytest.mark.parametrize(
    ("headings", "figures_of"),
    [(["完成值", "累计"], 0), (["累计", "累计完成"], None), (["完成情况"], None)],
)
def test_no_column_of_totals_is_taken_beside_one_of_values_another_or_words(
    headings: list[str], figures_of: int | None, collect: Collect
) -> None:
    head, *table = rows()
    cells = [["见附件"] if headings == ["完成情况"] else [row[4], *["77"] * (len(headings) - 1)] for row in table]
    found = [[*row[:4], *own, *row[5:7]] for row, own in zip(table, cells, strict=True)]
    write("inbox/甲县2023年4月.xlsx", xlsx_of([[*head[:4], *headings, *head[5:7]], *found]))
    out = collect("inbox").out
    assert "一栏是从1月起累计的数" not in out
    assert Path("data/2023-04/jia.csv").exists() == (figures_of is not None)


KEPT = {"指标编码": 2, "指标名称": 3, "完成值": 4, "说明": 7}


@pytest.mark.parametrize(
    "headings",
    [("指标编码", "指标名称", "完成值"), ("指标名称", "完成值"), ("完成值", "指标编码"), tuple(KEPT)],
    ids="-".join,
)
@pytest.mark.parametrize("where", ["title", "tab", "name"])
@pytest.mark.parametrize(("ratio", "said"), [("", ""), ("80", "没有填分子或分母")])
def test_a_table_of_values_alone_is_read_and_its_ratios_are_told(
    headings: tuple[str, ...], where: str, ratio: str, said: str, collect: Collect
) -> None:
    """Whoever has no column of 分子 and 分母 reports all but ratios, in whatever columns are left."""
    sent = [[*row[:4], ratio, *row[5:]] if row[2] == "T01-02" else row for row in rows()[1:]]
    table = [list(headings), *([row[KEPT[each]] for each in headings] for row in sent)]
    whose = "甲县2023年4月"
    book = openpyxl.load_workbook(io.BytesIO(xlsx_of([[whose], *table] if where == "title" else table)))
    book.worksheets[0].title = whose if where == "tab" else "填报表"
    write(f"inbox/{whose if where == 'name' else '表'}.xlsx", saved(book))
    ran = collect("inbox")
    assert (ran.code, "没有收" in ran.out) == (int(bool(said)), False)
    assert f"  1. {said}" in ran.out
    assert "T01-02 助餐点覆盖率" in ran.out
    if not said:
        assert figures("data/2023-04/jia.csv") == {code: told for code, told in SOUND.items() if code != "T01-02"}


@pytest.mark.parametrize("name", ["4月", "甲县4月"])
def test_words_that_were_lost_as_question_marks_are_told(collect: Collect, name: str) -> None:
    write(f"inbox/{name}.csv", csv_of([FILED.split(","), *rows()[1:]]).decode().encode("ascii", "replace"))
    assert "表里的字成了问号：是用没有汉字的编码保存的" in collect("inbox").out


def test_words_that_were_lost_below_an_english_header_are_one_cause(collect: Collect) -> None:
    write("inbox/jia 2023-04.csv", csv_of(rows()).decode().encode("ascii", "replace"))
    ran = collect("inbox")
    assert "有 1 处要改" in ran.out
    assert "表里的字成了问号：是用没有汉字的编码保存的" in ran.out


@pytest.mark.parametrize("stamp", ["单位（盖章）", "单位(公章)：", "填报单位（盖章）甲县民政局"])
def test_who_stamped_a_long_form_below_it_is_no_record(collect: Collect, stamp: str) -> None:
    line = [stamp, "甲县民政局", "", "填表人", "张三", "", "2023年5月3日"]
    write("inbox/甲县4月.xlsx", xlsx_of([*rows(), [], line]))
    assert (collect("inbox").code, figures("data/2023-04/jia.csv")) == (0, SOUND)


@pytest.mark.parametrize(
    ("name", "heading", "unit"),
    [
        ("inbox/乙市/甲县4月.csv", "", ""),
        ("inbox/4月.csv", "", ""),
        ("inbox/示范市民政局4月.csv", "", ""),
        ("inbox/甲县4月.csv", "填报单卫", "甲县"),
    ],
)
def test_a_unit_that_is_not_said_plainly_is_not_taken_for_said(
    collect: Collect, name: str, heading: str, unit: str
) -> None:
    """Folder and file contradict each other, nothing names one, any office may be meant, or a heading is misspelt."""
    table = [[row[0], *([heading if not at else unit] if heading else []), *row[2:]] for at, row in enumerate(rows())]
    write(name, csv_of(table))
    ran = collect("inbox")
    assert (ran.code, Path("data/2023-04").exists()) == (1, False)


def _of_the_bureau(title: str, tab: str = "报表") -> bytes:
    """Its April without columns for month and unit."""
    table = [
        ["指标编码", "指标名称", "完成值", "分子", "分母", "说明"],
        ["T03-01", "市级方案", "推进中", "", "", "已送审"],
    ]
    return xlsx_of_sheets((tab, [[title], *table]))


@pytest.mark.parametrize(
    ("name", "title", "tab"),
    [
        ("4月", "市本级2023年4月报表", "报表"),
        ("4月", "示范市民政局（市本级）2023年4月报表", "报表"),
        ("市本级4月", "2023年4月报表", "报表"),
        ("4月", "2023年4月报表", "市本级"),
        ("示范市民政局4月", "市本级2023年4月报表", "市本级"),
    ],
)
def test_the_bureaus_own_name_settles_whose_a_table_is(collect: Collect, name: str, title: str, tab: str) -> None:
    """As a county's does; it was said to lack columns."""
    write(f"inbox/{name}.xlsx", _of_the_bureau(title, tab))
    ran = collect("inbox")
    assert ran.code == 0, ran.out
    assert figures("data/2023-04/bureau.csv") == {"T03-01": ("推进中", "", "", "已送审", "")}
    assert "没有“填报单位”一栏，照" in ran.out


@pytest.mark.parametrize(
    ("name", "title", "told"),
    [
        ("示范市民政局4月", "2023年4月报表", "看不出是哪个单位的"),
        ("4月", "市本级及各县2023年4月报表", "缺少列：报告期、填报单位"),
        ("甲县4月", "市本级2023年4月报表", "标题“市本级2023年4月报表”与文件名写的单位不同，没有照着补填报单位"),
    ],
)
def test_what_any_office_is_called_settles_nothing(collect: Collect, name: str, title: str, told: str) -> None:
    write(f"inbox/{name}.xlsx", _of_the_bureau(title))
    ran = collect("inbox")
    assert (ran.code, told in ran.out) == (1, True), ran.out
    assert not Path("data/2023-04").exists()


def test_tables_of_several_units_below_one_another_are_not_all_the_first_one_s(collect: Collect) -> None:
    """Each under its title, with other indicators, and no column for the unit."""
    first, second = ([[row[0], *row[2:]] for row in rows(unit)] for unit in ("甲县", "乙市"))
    write("inbox/4月.xlsx", xlsx_of([["甲县4月报表"], *first[:3], ["乙市4月报表"], first[0], *second[3:]]))
    collect("inbox")
    assert list(figures("data/2023-04/jia.csv")) == [row[1] for row in first[1:3]]
    assert list(figures("data/2023-04/yi.csv")) == [row[1] for row in second[3:]]


def over(stretch: str, third: str = "") -> list[list[str]]:
    """April's report with that in the column for the month, and another in its third line."""
    table = [[cell.replace(APRIL, stretch) for cell in row] for row in rows()]
    table[2][0] = third or table[2][0]
    return table


@pytest.mark.parametrize("name", ["甲县", "甲县4月", "甲县1-4月"])
def test_totals_of_all_months_since_january_are_the_report_of_the_last(collect: Collect, name: str) -> None:
    write(f"inbox/{name}.xlsx", xlsx_of(over("2023年1-4月")))
    assert (collect("inbox").code, figures("data/2023-04/jia.csv")) == (0, SOUND)


@pytest.mark.parametrize(
    ("name", "table", "month"),
    [
        ("甲县3月", over("2023年1-4月"), "2023-03"),
        ("2023-03/甲县", over("2023年1-4月"), "2023-03"),
        ("甲县", over("2023年1-4月", "2023年1-3月"), "2023-04"),
        ("甲县", over("2023年1-4月", "2023年3-4月"), "2023-04"),
        ("甲县", over("2023年1-4月", "2023-03"), "2023-04"),
        ("甲县4月", over("2023年3-4月"), "2023-04"),
    ],
)
def test_totals_up_to_another_month_than_the_file_or_its_other_rows_say_go_back(
    collect: Collect, name: str, table: list[list[str]], month: str
) -> None:
    """As those from another month than January, with which nobody knows what the figures are."""
    write(f"inbox/{name}.xlsx", xlsx_of(table))
    ran = collect("inbox")
    assert (ran.code, f"甲县 {month}，退回" in ran.out, Path("data/2023-04").exists()) == (1, True, False)


def in_one_cell(cell: str, first: int, *, at: int = 2) -> list[list[str]]:
    """April's report without columns for the parts of ratios, from that column on, with that cell as one value."""
    table = [[*row[first:5]] for row in rows()]
    table[at][-1] = cell
    return table


@pytest.mark.parametrize("first", [2, 3])
@pytest.mark.parametrize("cell", ["8/10", "8 / 10", "8／10"])
def test_both_parts_in_the_one_cell_of_a_ratio_are_taken_apart_as_in_a_wide_sheet(
    collect: Collect, first: int, cell: str
) -> None:
    write("inbox/甲县2023年4月.xlsx", xlsx_of(in_one_cell(cell, first)))
    assert (collect("inbox").code, figures("data/2023-04/jia.csv")) == (0, SOUND)


@pytest.mark.parametrize(("cell", "at"), [("8/10/2", 2), ("约8/10", 2), ("12/1", 3), ("10/8", 2), ("80%", 2)])
def test_what_may_be_no_two_parts_goes_back(collect: Collect, cell: str, at: int) -> None:
    write("inbox/甲县2023年4月.xlsx", xlsx_of(in_one_cell(cell, 3, at=at)))
    assert (collect("inbox").code, Path("data/2023-04/jia.csv").exists()) == (1, False)


def test_a_name_that_is_no_indicator_s_leaves_a_table_without_codes(collect: Collect) -> None:
    table = [[row[0], *row[3:7]] for row in rows()]
    table[2][1] += "数"
    write("inbox/甲县4月.csv", csv_of(table))
    ran = collect("inbox")
    assert ran.code == 1
    assert "“指标名称”一栏，计划中没有指标“助餐点覆盖率数”" in ran.out


def test_a_table_that_stands_on_its_side_is_called_that(collect: Collect) -> None:
    """Whose and of when it is is asked only behind that."""
    write("inbox/报表.xlsx", xlsx_of(transposed(rows())))
    said = collect("inbox").out
    assert "列名在第一列" in said
    assert "，也看不出是哪个" in said


def test_a_table_that_lacks_more_than_the_month_goes_back_for_it(collect: Collect) -> None:
    write("inbox/甲县4月.xlsx", xlsx_of([[*row[1:4], *row[5:]] for row in rows()]))
    assert "缺少列：period、value" in collect("inbox").out


def test_one_record_without_its_month_among_others_is_asked_about(collect: Collect) -> None:
    write("inbox/甲县2023年4月.csv", april("甲县").replace(f"{APRIL},甲县,{MEALS}", f",甲县,{MEALS}"))
    assert "没有写报告期" in collect("inbox").out
    assert not Path("data/2023-04").exists()


def test_a_year_that_there_is_no_plan_for_is_taken_for_a_slip_of_the_pen(collect: Collect) -> None:
    """Unless the file is called so, too, or that month of the plan's year has not come."""
    for name, month in (("inbox/甲县4月.csv", "2022-04"), ("inbox/乙市2022年4月.csv", "2022-04")):
        write(name, report(name[6:8], month, "30"))
    write("inbox/示范开发区.csv", report("示范开发区", "2022-12", "30"))
    out = collect("inbox").out
    assert "inbox/甲县4月.csv：甲县 2023-04，退回" in out
    assert out.count("报告期看“报告期”一栏，写的是2022年，没有那一年的计划，当作2023年的\n") == 1
    assert "2022-04 不在2023年的计划里；本文件共 4 行。改法：是否应是 2023-04？" in out
    assert "inbox/乙市2022年4月.csv：乙市 2022-04，退回" in out
    assert "inbox/示范开发区.csv：示范开发区 2022-12，退回" in out


def headed(text: str) -> bytes:
    """Reports of two units below each other in one sheet, with that page header."""
    book = openpyxl.load_workbook(io.BytesIO(xlsx_of([*rows(), *rows("乙市")[1:]])))
    margin = book.worksheets[0].oddHeader
    assert margin is not None
    margin.center.text = text
    return saved(book)


def test_the_margin_of_a_form_speaks_of_its_own_unit_where_another_s_rows_stand_below(collect: Collect) -> None:
    """Two reports in one of the program's forms: the page header names the unit that the form was made for."""
    write("inbox/4月.xlsx", headed("甲县 2023年4月填报表"))
    ran = collect("inbox")
    assert ran.code == 0
    assert figures("data/2023-04/jia.csv") == figures("data/2023-04/yi.csv") == SOUND


def test_the_margin_of_a_third_unit_is_asked_about_in_each(collect: Collect) -> None:
    write("inbox/4月.xlsx", headed("示范开发区 2023年4月填报表"))
    assert collect("inbox").code == 1
    assert not Path("data/2023-04").exists()


@pytest.mark.parametrize("heading", ["单位", "地 区", "县市：", "单位（全称）"])
@pytest.mark.parametrize("kept", [range(9), (0, 1, 3, 4, 5, 6)], ids=len)
def test_a_column_of_units_is_theirs_whatever_it_is_headed(collect: Collect, heading: str, kept: Sequence[int]) -> None:
    """As if it were headed 填报单位, of several units as of one; a record with another word is told."""
    table = [*rows(), *rows("乙市", "31")[1:], ["", "填报人：张三"]]
    table[0][1] = heading
    write("inbox/汇总.xlsx", xlsx_of([[row[at] for at in kept if at < len(row)] for row in table]))
    ran = collect("inbox")
    assert (ran.code, figures("data/2023-04/jia.csv")) == (0, SOUND)
    assert figures("data/2023-04/yi.csv") == {**SOUND, "T01-01": ("31", "", "", "", "")}
    assert f"“{heading}”一栏写的是单位的名称，当作“填报单位”" in ran.out
    table[2][1] = "丙镇"
    write("inbox/又.xlsx", xlsx_of([[row[at] for at in kept if at < len(row)] for row in table]))
    assert "计划中没有填报单位“丙镇”" in collect("inbox", "--replace").out


@pytest.mark.parametrize("heading", ["填报单位（盖章）", "报送单位全称：", "填表单位（签字、盖章）", "单位（公章）"])
def test_a_heading_that_can_but_be_the_units_is_theirs_to_check_and_to_collect(
    collect: Collect, mzplan: Mzplan, heading: str
) -> None:
    """Check refused what collect filed: one of the two was wrong."""
    table = rows()
    table[0][1] = heading
    write("data/2023-04/jia.csv", csv_of(table))
    ran = mzplan("check", "--format", "concise", "data/2023-04/jia.csv")
    assert (ran.code, codes(ran)) == (0, ["MZ136 data/2023-04/jia.csv:1"])
    Path("data/2023-04/jia.csv").unlink()
    write("inbox/报表.xlsx", xlsx_of(table))
    assert (collect("inbox").code, figures("data/2023-04/jia.csv")) == (0, SOUND)


@pytest.mark.parametrize("kept", [(3, 9, 4, 5, 6), (0, 1, 2, 3, 9, 4, 5, 6), (2, 3, 4, 5, 6, 9), range(10)], ids=str)
def test_a_column_of_measures_headed_as_units_are_is_passed_over(collect: Collect, kept: Sequence[int]) -> None:
    table = [[*row, measure] for row, measure in zip(rows(), ("单位", "个", "%", "个", ""), strict=True)]
    write("inbox/甲县2023年4月.xlsx", xlsx_of([[row[at] for at in kept] for row in table]))
    ran = collect("inbox")
    assert (ran.code, figures("data/2023-04/jia.csv")) == (0, SOUND)
    assert "“单位”一栏写的是计量单位，当作“计量单位”" in ran.out


def without_keys(*below: str, title: str = "甲县2023年4月报表") -> bytes:
    """A table that leaves unit and month to its title, and lines below it."""
    return xlsx_of([[title], *(row[2:] for row in rows("甲县")), *([line] for line in below)])


@pytest.mark.parametrize("line", ["备注：乙市数据另行报送", "本表由乙市统计局提供模板", "注：不含乙市托管人员"])
def test_a_remark_below_that_names_another_unit_makes_nobody_doubt_whose_the_table_is(
    collect: Collect, line: str
) -> None:
    """It is told as words; the remedy, obeyed, is all."""
    write("inbox/报表.xlsx", without_keys(line))
    out = collect("inbox").out
    assert "1. 记录以外写着话。第7行" in out
    assert "缺少" not in out
    write("inbox/报表.xlsx", without_keys())
    assert collect("inbox").code == 0
    assert figures("data/2023-04/jia.csv") == SOUND


@pytest.mark.parametrize(
    "line",
    ["填表说明：本表由各镇（街道）民政办填报，于每月5日前报市民政局", "注：本表报市民政局社会救助处，抄送乙市民政局"],
)
def test_who_gets_a_table_is_no_second_unit(collect: Collect, line: str) -> None:
    """The bureau was one, and the table went back as one without columns."""
    write("inbox/报表.xlsx", xlsx_of([["甲县2023年4月报表"], [line], *(row[2:] for row in rows("甲县"))]))
    assert collect("inbox").code == 0
    assert figures("data/2023-04/jia.csv") == SOUND


def test_a_remark_beside_its_label_is_told_as_words_where_the_title_says_whose_it_is(collect: Collect) -> None:
    write("inbox/报表.xlsx", xlsx_of([["甲县2023年4月报表"], *(row[2:] for row in rows("甲县")), ["备注", "另有说明"]]))
    out = collect("inbox").out
    assert "写着“备注 另有说明”，没有采用" in out
    assert "指标编码" not in out


@pytest.mark.parametrize("line", ["以上为乙市数据", "填报单位：乙市", "乙市2023年4月报表"])
def test_a_line_that_makes_it_doubtful_whose_a_table_is_is_named(collect: Collect, line: str) -> None:
    write("inbox/报表.xlsx", without_keys(line))
    out = collect("inbox").out
    assert f"请核对：第7行写着“{line}”，与标题写的单位不同，没有照标题补填报单位。" in out
    assert "1. 缺少一列。" in out
    assert not Path("data/2023-04").exists()


def test_titles_that_name_different_units_are_named(collect: Collect) -> None:
    write("inbox/报表.xlsx", xlsx_of([["乙市"], *rows_of("甲县2023年4月报表"), *(row[2:] for row in rows("甲县"))]))
    out = collect("inbox").out
    assert "请核对：标题“乙市”与标题“甲县2023年4月报表”写的单位不同，没有照着补填报单位。" in out
    assert not Path("data/2023-04").exists()


def test_what_is_wrong_with_another_column_makes_no_unit_doubtful(collect: Collect) -> None:
    table = [["甲县2023年4月报表"], *rows("甲县"), ["以上为乙市数据"]]
    table[1][4] = "数"
    write("inbox/报表.xlsx", xlsx_of(table))
    out = collect("inbox").out
    assert "退回" in out
    assert "没有照标题补填报单位" not in out


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
@pytest.mark.parametrize("at", [0, 1, 2])
@pytest.mark.parametrize("is_blank_below", [False, True])
def test_the_rows_of_an_unknown_unit_are_nobodys_and_send_no_one_back(
    collect: Collect, kind: str, at: int, *, is_blank_below: bool
) -> None:
    """The unit above had them, and its right rows went back."""
    head, *_ = rows()
    strange = [
        [*row[:1], "" if is_blank_below and place else row[1], *row[2:]] for place, row in enumerate(rows("丙县")[1:])
    ]
    blocks = [rows("甲县")[1:], rows("乙市")[1:]]
    blocks.insert(at, strange)
    table = [head, *(row for block in blocks for row in block)]
    write(f"inbox/4月.{kind}", xlsx_of(table) if kind == "xlsx" else csv_of(table))
    ran = collect("inbox")
    assert ran.code == 1
    assert figures("data/2023-04/jia.csv") == figures("data/2023-04/yi.csv") == SOUND
    told = f"第{2 + sum(map(len, blocks[:at]))}行起的“丙县”不是计划里的填报单位，它的 {len(strange)} 条没有采用"
    assert told in ran.out
    assert "退回" not in ran.out


@pytest.mark.parametrize(
    ("names", "filed", "is_told"),
    [
        (["甲县", "乙是"], {"jia"}, False),  # a slip of 乙市, which goes back for it
        (["甲县", "乙市", "乙是"], {"jia", "yi"}, True),  # which has its own rows
        (["甲县", "丙县"], {"jia"}, True),
    ],
)
def test_a_name_that_is_nearly_a_units_is_its_slip_unless_it_has_rows_of_its_own(
    collect: Collect, names: list[str], filed: set[str], *, is_told: bool
) -> None:
    write("inbox/4月.xlsx", xlsx_of([rows()[0], *(row for name in names for row in rows(name)[1:])]))
    ran = collect("inbox")
    assert {path.stem for path in Path("data/2023-04").glob("*.csv")} == filed
    assert (f"“{names[-1]}”不是计划里的填报单位" in ran.out) == is_told


def test_one_row_that_names_no_unit_is_a_slip_of_the_one_above(collect: Collect) -> None:
    table = [*rows(), *rows("乙市")[1:]]
    table[2][1] = "丙县"
    write("inbox/4月.xlsx", xlsx_of(table))
    ran = collect("inbox")
    assert "计划中没有填报单位“丙县”" in ran.out
    assert [path.stem for path in Path("data/2023-04").glob("*.csv")] == ["yi"]
