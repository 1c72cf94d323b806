"""`mzplan collect` and sheets that have units across, or down, and indicators the other way."""

import io
import re
from collections.abc import Callable
from itertools import cycle, permutations, product, zip_longest
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from conftest import few
from inbox import SOUND, WIDE, Collect, april, collect, figures, rows
from mzplan.check import judge
from mzplan.check.run import CheckResult
from mzplan.submissions import parcels
from test_cli_check import check, write
from workbooks import rows_of, saved, transposed, xlsx_of, xlsx_of_sheets

__all__ = ["check", "collect"]


@pytest.mark.parametrize("turned", [False, True])
def test_a_sheet_of_units_and_indicators_is_a_report_of_each(collect: Collect, turned: bool) -> None:
    table = rows_of(WIDE)
    if turned:
        table = transposed(table)
    write("inbox/4月汇总.xlsx", xlsx_of(table))
    ran = collect("inbox")
    assert (ran.code, ran.err) == (0, "")
    assert figures("data/2023-04/jia.csv") == SOUND
    assert figures("data/2023-04/devzone.csv") == {
        "T01-01": ("32", "", "", "", ""),
        "T01-02": ("", "7", "10", "", ""),
        "T02-01": ("14", "", "", "", ""),
        "T02-02": ("推进中", "", "", "", ""),
    }
    assert figures("data/2023-04/bureau.csv") == {"T03-01": ("推进中", "", "", "", "")}
    assert "单位看各单位的列，报告期看文件名" in ran.out


@pytest.mark.untraced
def test_a_name_that_is_misspelt_in_a_wide_sheet_without_codes_is_told_in_its_column(collect: Collect) -> None:
    table = [row[1:] for row in rows_of(WIDE)]
    table[3][0] = "四A级社会组织个数"
    write("inbox/4月汇总.xlsx", xlsx_of(table))
    out = collect("inbox").out
    assert "A4：“指标名称”一栏，计划中没有指标“四A级社会组织个数”。改法：是否应是 T02-01（四A级社会组织数）？" in out
    table[3][0] = "完全不相干"
    write("inbox/4月汇总.xlsx", xlsx_of(table))
    assert "“指标名称”一栏，计划中没有指标“完全不相干”。改法：照填报表上的编码或名称写；" in collect("inbox").out


@pytest.mark.parametrize("turned", [False, True])
@pytest.mark.parametrize("heading", ["指标名称", "指标", "项目", ""])
@pytest.mark.parametrize(
    ("field", "said", "told"),
    [
        (1, "完全不相干的指标", "T02-01 是“四A级社会组织数”，这里写的是“完全不相干的指标”"),
        (1, "助餐点覆盖率", "T02-01 是“四A级社会组织数”，这里写的是“助餐点覆盖率”"),
        (
            0,
            "T99-99",
            "计划中没有指标“T99-99”（名称写的是“四A级社会组织数”）。改法：是否应是 T02-01（四A级社会组织数）？",
        ),
        (1, "四Ａ级社会组织数", ""),
        (1, "", ""),
    ],
)
def test_code_and_name_are_held_together_as_in_a_long_form(
    collect: Collect, turned: bool, heading: str, field: int, said: str, told: str
) -> None:
    """A row whose name is of another indicator is a shifted row, whichever way the sheet lies."""
    long, wide = rows(), rows_of(WIDE)
    next(row for row in long if "T02-01" in row)[2 + field] = said
    next(row for row in wide if "T02-01" in row)[field] = said  # the fourth row
    wide[0][1] = heading
    if turned:
        wide = transposed(wide)
    for name, table in (("甲县4月", long), ("4月汇总", wide)):
        write(f"{name}/{name}.xlsx", xlsx_of(table))
        ran = collect(name, "--dry-run")
        assert ran.code == int(bool(told))
        assert told in ran.out
    if told:
        cell = ("D1", "D2")[field] if turned else ("A4", "B4")[field]
        assert f"{cell}：" in ran.out


def _measured() -> list[list[str]]:
    """The wide sheet with a column of measures and one of notes."""
    head, *below = rows_of(WIDE)
    return [[*head[:2], "计量单位", *head[2:6], "备注"], *([*row[:2], "", *row[2:6], ""] for row in below)]


@few(
    ("turned", "order"),
    product((False, True), ([0, 1, 2, 3, 4, 5, 6, 7], [7, 2, 1, 0, 6, 5, 4, 3], [2, 0, 7, 1, 3, 4, 5, 6])),
    [(False, [2, 0, 7, 1, 3, 4, 5, 6]), (True, [7, 2, 1, 0, 6, 5, 4, 3])],
)
def test_each_finding_in_a_wide_sheet_stands_at_the_very_cell(collect: Collect, turned: bool, order: list[int]) -> None:
    """Whatever column it is, in whatever order, and also where nobody sees it."""
    for at, word in ((0, "T99-99"), (1, "全不相干的项目"), (2, "万个"), (4, "三十又")):
        table = _measured()
        table[3][at] = word
        table = [[row[each] for each in order] for row in table]
        table = transposed(table) if turned else table
        ((row, column),) = [
            (r, c) for r, cells in enumerate(table, start=1) for c, cell in enumerate(cells, start=1) if cell == word
        ]
        book = openpyxl.load_workbook(io.BytesIO(xlsx_of(table)))
        cell = book.worksheets[0].cell(row, column)
        if not turned:
            book.worksheets[0].column_dimensions[get_column_letter(column)].hidden = word == "万个"
        write(f"{word}/4月汇总.xlsx", saved(book))
        told = [line for line in collect(word, "--dry-run").out.splitlines() if word in line and "改法" in line]
        assert told
        assert all(f"{cell.coordinate}：" in line or f"{cell.coordinate} " in line for line in told), told


def test_a_wide_sheet_with_more_cells_than_any_province_has_is_told_and_not_read(
    collect: Collect, monkeypatch: pytest.MonkeyPatch
) -> None:
    table = rows_of(WIDE)
    write("inbox/4月汇总.xlsx", xlsx_of(table))
    count = sum(map(bool, (cell for row in table for cell in row)))
    monkeypatch.setattr(parcels, "_MOST_CELLS", count)
    assert "甲县 2023-04，归档" in collect("inbox", "--dry-run").out
    monkeypatch.setattr(parcels, "_MOST_CELLS", count - 1)
    ran = collect("inbox")
    assert f"工作表“填报表”有 {count} 格，超过 {count - 1} 格，没有采用" in ran.out
    assert not Path("data/2023-04").exists()


@pytest.mark.parametrize(
    ("line", "code"),
    [
        (["填表人：张三", "", "审核人：李四", "", "", "2023年5月3日", ""], 0),
        (["填报日期：", "", "2023年5月3日"], 0),
        (["单位（盖章）：", "", "", "填报日期：2023.5.3"], 0),
        (["填表人：张三", "", "", "电话：85551234"], 0),
        (["单位（盖章）", "", "", "填报日期：2023.5.3"], 0),
        (["填报单位（公章）甲县民政局", "", "", "2023.5.3"], 0),
        (["填表人：张三", "", "", "30"], 1),
        (["养老机构数", "", "", "30"], 1),
    ],
)
def test_who_signed_a_sheet_below_it_is_no_indicator_of_the_units_above(
    collect: Collect, line: list[str], code: int
) -> None:
    """A figure beside a signature is told, as in a long form."""
    write("inbox/4月汇总.xlsx", xlsx_of([*rows_of(WIDE), line]))
    ran = collect("inbox")
    assert ran.code == code


SINCE_JANUARY = (
    "2023年1—4月",
    "2023年1-4月",
    "2023年1至4月",
    "2023年1～4月份",
    "2023年1月—4月",
    "2023年1月至4月",
    "2023年1月份至4月份",
    "2023年1月1日—4月30日",
    "2023年1月-2023年4月",
    "2023年1-4月（截至4月30日）",
    "1-4月",
    "一月至四月",
    "二〇二三年一至四月",
)


IN_NAMES_ALONE = ("2023.1-4", "2023-01至2023-04", "202301-04", "202301-202304")


@few(
    ("months", "is_title"),
    [*product(SINCE_JANUARY, [False, True]), *product(IN_NAMES_ALONE, [False])],
    [*zip(SINCE_JANUARY, cycle([False, True])), *product(IN_NAMES_ALONE[::3], [False])],
)
def test_a_stretch_since_january_is_its_last_months_report(collect: Collect, months: str, is_title: bool) -> None:
    """As totals since January are called: it was January's report, and its remedy would have made it one."""
    table = rows_of(WIDE)
    if is_title:
        table = [[f"全市{months}民政指标汇总表", *[""] * (len(table[0]) - 1)], *table]
    write("inbox/汇总.xlsx" if is_title else f"inbox/{months}汇总.xlsx", xlsx_of(table))
    ran = collect("inbox")
    assert (ran.code, ran.err) == (0, "")
    assert figures("data/2023-04/jia.csv") == SOUND


@pytest.mark.parametrize(
    "months", ["2-4月", "2022年12月-2023年4月", "3月至4月", "2023.3-4", "2023-03至2023-04", "202303-202304"]
)
def test_a_stretch_since_another_month_is_nobodys_month(collect: Collect, months: str) -> None:
    write(f"inbox/{months}汇总.xlsx", xlsx_of(rows_of(WIDE)))
    ran = collect("inbox")
    assert ran.code == 1
    assert "没有收" in ran.out
    assert not Path("data/2023-04/yi.csv").exists()


def test_a_wide_sheet_with_parts_of_ratios_under_its_units(collect: Collect) -> None:
    table = rows_of(
        "2023年4月,,,,,\n指标编码,甲县,,,乙市,,\n,完成值,分子,分母,完成值,分子,分母\n"
        "T01-01,30,,,31,,\nT01-02,,8,10,,9,10\nT02-01,12,,,12,,\nT02-02,未启动,,,未启动,,\n"
    )
    write("inbox/汇总.xlsx", xlsx_of(table))
    ran = collect("inbox")
    assert ran.code == 0
    assert "报告期看标题“2023年4月”" in ran.out
    assert figures("data/2023-04/jia.csv") == SOUND


def test_a_wrong_cell_of_a_wide_sheet_is_named_where_it_stands(collect: Collect) -> None:
    write("inbox/4月.xlsx", xlsx_of(rows_of(WIDE.replace(",31,", ",三十一个,"))))
    ran = collect("inbox")
    assert ran.code == 1
    assert figures("data/2023-04/jia.csv") == SOUND
    assert "D2 T01-01 服务类救助项目数" in ran.out
    assert openpyxl.load_workbook("returns/2023-04/yi-4月.xlsx")["填报表"]["D2"].comment is not None


def test_every_header_of_a_wide_sheet_binds_what_follows_it(collect: Collect) -> None:
    first, second = "指标编码,指标名称,甲县,乙市\n", "指标编码,指标名称,示范开发区,甲县\n"
    write("inbox/4月.csv", f"{first}T01-01,服务类救助项目数,30,31\n,,,\n{second}T02-01,四A级社会组织数,14,12\n")
    collect("inbox")
    assert figures("data/2023-04/jia.csv") == {code: SOUND[code] for code in ("T01-01", "T02-01")}
    assert figures("data/2023-04/yi.csv") == {"T01-01": ("31", "", "", "", "")}
    assert figures("data/2023-04/devzone.csv") == {"T02-01": ("14", "", "", "", "")}


UNCLEAR = {
    "header of one unit": "指标编码,甲县,乙市\nT01-01,30,31\n指标编码,示范开发区,\nT02-01,14,\n",
    "tables side by side": "指标编码,甲县,乙市,指标编码,示范开发区\nT01-01,30,31,T02-01,14\n",
    "units down, twice": "单位,T01-01\n甲县,30\n乙市,31\n单位,T02-01\n甲县,12\n乙市,13\n",
    "rows of targets": "指标编码,项,甲县,乙市\nT01-01,目标,40,41\n,年度计划,30,31\n",
    "targets alone": "指标编码,甲县,乙市\n,目标,目标\nT01-01,40,41\n",
}


@pytest.mark.parametrize("name", UNCLEAR)
def test_a_wide_sheet_with_what_may_be_another_heading_is_not_taken(collect: Collect, name: str) -> None:
    write("inbox/4月.csv", UNCLEAR[name])
    ran = collect("inbox")
    assert ran.code == 1
    is_joined = name in ("tables side by side", "units down, twice")
    told = "像是几张表拼在一起" if is_joined else "不知道下面的数是谁的、是不是完成值"
    assert f"{told}，整个工作表没有采用：" in ran.out
    assert not Path("data/2023-04").exists()


@few(
    ("other", "own"),
    [*product(("目标", "年度目标", "本月"), ("完成值", "完成", "累计", "累计完成", "本年累计", "实际完成数"))],
    [("目标", "完成值"), ("目标", "完成"), ("本月", "累计")],
)
def test_columns_of_targets_beside_those_of_results_are_passed_over(collect: Collect, other: str, own: str) -> None:
    write("inbox/4月.csv", f"指标编码,甲县,,乙市,\n,{other},{own},{other},{own}\nT01-01,40,30,41,31\n")
    collect("inbox")
    assert figures("data/2023-04/jia.csv") == {"T01-01": SOUND["T01-01"]}
    assert figures("data/2023-04/yi.csv") == {"T01-01": ("31", "", "", "", "")}


@few(
    ("headings",),
    [(each,) for each in permutations(("目标", "本月", "累计"))],
    [(("目标", "本月", "累计"),), (("累计", "目标", "本月"),)],
)
@pytest.mark.parametrize("said", ["", "3"])
def test_figures_of_other_kinds_under_a_unit_are_nobodys_words(
    collect: Collect, headings: tuple[str, ...], said: str
) -> None:
    """Under a merged name of a unit only the first heading has a cell above it that says something."""
    wide = [row[:4] for row in rows_of(WIDE)][:-1]
    other = {"目标": "40", "本月": said}
    table = [
        [*wide[0][:2], *(text for unit in wide[0][2:] for text in (unit, "", ""))],
        ["", "", *headings, *headings],
        *([*row[:2], *(other.get(each, figure) for figure in row[2:] for each in headings)] for row in wide[1:]),
    ]
    write("inbox/4月汇总.xlsx", xlsx_of(table))
    ran = collect("inbox")
    assert (ran.code, ran.err) == (0, "")
    assert figures("data/2023-04/jia.csv") == SOUND
    assert figures("data/2023-04/yi.csv")["T01-01"] == ("31", "", "", "", "")


@pytest.mark.parametrize("turned", [False, True])
@pytest.mark.parametrize("form", ["{} {}", "{}\n{}", "{}{}", "{}、{}", "（{}）{}", "{1}（{0}）", "{1}[{0}]"])
def test_code_and_name_in_one_cell_are_both_read(collect: Collect, form: str, turned: bool) -> None:
    """A sheet with such heads was refused as nobody's."""
    (_, _, *units), *rest = rows_of(WIDE)
    table = [["指标", *units], *([form.format(code, name), *cells] for code, name, *cells in rest)]
    write("inbox/2023年4月.xlsx", xlsx_of(transposed(table) if turned else table))
    ran = collect("inbox")
    assert (ran.code, ran.err) == (0, "")
    assert figures("data/2023-04/jia.csv") == SOUND


@pytest.mark.parametrize("turned", [False, True])
def test_the_measures_and_notes_of_a_wide_sheet_are_read(collect: Collect, turned: bool) -> None:
    def sent(measure: str, note: str) -> list[list[str]]:
        table = rows_of(f"指标编码,计量单位,甲县,乙市,备注\nT01-01,{measure},30,31,{note}\nT02-01,个,12,13,\n")
        return transposed(table) if turned else table

    write("first/4月.xlsx", xlsx_of(sent("百个", "")))
    assert "表上写的是“百个”，应是个" in collect("first").out
    assert not Path("data/2023-04").exists()
    write("second/4月.xlsx", xlsx_of(sent("个", "" if turned else "新开五个")))
    collect("second")
    assert figures("data/2023-04/jia.csv")["T01-01"] == ("30", "", "", "" if turned else "新开五个", "")


SAYS_OTHERWISE = ("当月新增数汇总", "目标任务分解表", "计划表", "全年预计数", "单位：百万元")


@pytest.mark.untraced
@pytest.mark.parametrize("is_above", [True, False])
@pytest.mark.parametrize("form", ["long", "wide", "units down"])
@pytest.mark.parametrize("title", SAYS_OTHERWISE)
def test_a_title_that_says_the_figures_are_others_counts_in_every_form(
    collect: Collect, title: str, form: str, *, is_above: bool
) -> None:
    table = rows() if form == "long" else rows_of(WIDE) if form == "wide" else transposed(rows_of(WIDE))
    write("inbox/4月.xlsx", xlsx_of([[f"2023年4月{title}"], *table] if is_above else [*table, [f"注：{title}"]]))
    ran = collect("inbox")
    assert ran.code == 1
    assert "√" not in ran.out
    assert title.removeprefix("单位：") in ran.out
    assert not Path("data/2023-04").exists()


def test_a_title_of_results_may_speak_of_targets(collect: Collect) -> None:
    write("inbox/4月.xlsx", xlsx_of([["2023年4月目标任务分解落实情况统计表"], *rows_of(WIDE)]))
    assert collect("inbox").code == 0


def test_every_sheet_with_figures_is_taken_or_told(collect: Collect) -> None:
    sheets = (
        ("填报", rows()),
        ("汇总", [["指标编码", "乙市", "示范开发区"], ["T01-01", "31", "32"]]),
        ("更正", [["T01-01", "应为", "33"]]),
        ("旧", [["指标编码", "甲县", "乙市"], ["T01-01", "28", "29"]]),
        ("说明", [["联系人", "张三"]]),
    )
    write("inbox/4月.xlsx", xlsx_of_sheets(*sheets, states={"旧": "hidden"}))
    ran = collect("inbox")
    assert ran.code == 1
    assert "甲县 2023-04，退回" in ran.out
    assert not Path("data/2023-04/jia.csv").exists()
    assert figures("data/2023-04/yi.csv") == {"T01-01": ("31", "", "", "", "")}
    assert "工作表“更正”里有指标或更正的数（T01-01 应为 33），没有采用" in ran.out
    assert "隐藏的工作表“旧”里有指标或更正的数（T01-01 28 29），没有采用" in ran.out
    assert "“说明”" not in ran.out.replace("在“说明”里", "")


def test_a_tab_that_corrects_a_unit_beside_a_sheet_of_units_sends_its_report_back(collect: Collect) -> None:
    """As beside a form: of the other units it says nothing."""
    correction = [["单位", "指标", "原数", "更正数"], ["甲县", "服务类救助项目数", "30", "33"]]
    write("inbox/4月.xlsx", xlsx_of_sheets(("汇总", rows_of(WIDE)), ("更正", correction)))
    ran = collect("inbox")
    assert ran.code == 1
    assert "甲县 2023-04，退回" in ran.out
    assert "工作表“更正”里有指标或更正的数（甲县 服务类救助项目数 30 33），没有采用" in ran.out
    assert not Path("data/2023-04/jia.csv").exists()
    assert figures("data/2023-04/yi.csv") == {
        "T01-01": ("31", "", "", "", ""),
        "T01-02": ("", "9", "10", "", ""),
        "T02-01": ("13", "", "", "", ""),
        "T02-02": ("未启动", "", "", "", ""),
    }


@pytest.mark.parametrize("turned", [False, True])
@pytest.mark.parametrize(
    ("heading", "is_filed"),
    [("丙县", True), ("示范开发曲", True), ("衢江区", True), ("累计", False), ("增减", False), ("目标值", False)],
)
def test_one_unit_beside_what_is_called_like_a_unit_is_a_wide_sheet(
    collect: Collect, turned: bool, heading: str, is_filed: bool
) -> None:
    """Beside another kind of figure it is none: nobody knows what the figures under the unit are."""
    table = [["指标编码", "指标名称", "甲县", heading]]
    table += [[row[0], row[1], row[3], row[3]] for row in rows_of(WIDE)[1:] if row[0] in ("T01-01", "T02-01")]
    assert [row[0] for row in table[1:]] == ["T01-01", "T02-01"]
    write("inbox/4月.xlsx", xlsx_of(transposed(table) if turned else table))
    ran = collect("inbox")
    assert ran.code == 1
    assert (f"表里“{heading}”一列不是计划里的填报单位，没有采用" in ran.out) == is_filed
    assert Path("data/2023-04/jia.csv").exists() == is_filed
    assert not Path("data/2023-04/devzone.csv").exists()


@pytest.mark.parametrize(("heading", "meant"), [("丙县", ""), ("示范开发曲", "：是否应是“示范开发区”？")])
def test_a_column_of_a_wide_sheet_that_is_no_unit_is_told(collect: Collect, heading: str, meant: str) -> None:
    """With the unit that is meant, which is none that has a column of its own: 甲县 for 丙县."""
    write("inbox/4月.csv", WIDE.replace("示范开发区", heading))
    ran = collect("inbox")
    assert ran.code == 1
    assert f"表里“{heading}”一列不是计划里的填报单位，没有采用{meant}\n" in ran.out


TURNED = transposed(rows_of(WIDE))


@pytest.mark.parametrize("heading", ["单位", "填报单位", "县（市、区）", "指标编码"])
@pytest.mark.parametrize("total", ["合计", "合 计", "全市合计", "汇总"])
def test_a_row_of_totals_is_no_report(collect: Collect, heading: str, total: str) -> None:
    units = [[heading, "T01-01", "T01-02", "T02-01"], *([unit, "30", "8/10", "12"] for unit in ("甲县", "乙市"))]
    write("inbox/4月.xlsx", xlsx_of([*units, [total, "60", "16/20", "24"]]))
    ran = collect("inbox")
    assert ran.code == 0
    assert "归档 2。" in ran.out
    assert "没有收" not in ran.out


def test_the_number_format_of_a_wide_sheets_cell_is_told_once(collect: Collect) -> None:
    book = openpyxl.load_workbook(io.BytesIO(xlsx_of(rows_of(WIDE))))
    cell = book.worksheets[0]["C2"]
    cell.value, cell.number_format = 30, '0"万"'
    write("inbox/4月.xlsx", saved(book))
    collect("inbox")
    told = Path("returns/2023-04/jia.txt").read_text()
    assert "有 1 处要改" in told
    assert "用了万、亿。C2" in told


@pytest.mark.untraced
@pytest.mark.parametrize(
    ("table", "beds", "heading"),
    [
        (rows(), "E2", "value"),
        ([*rows(), *rows("乙市")[1:]], "E2", "value"),
        (rows_of(WIDE), "C2", "甲县"),
        (TURNED, "B3", "T01-01"),
    ],
    ids=["form", "several", "wide", "turned"],
)
def test_what_nobody_sees_and_what_is_noted_is_told_of_every_shape_of_sheet(
    collect: Collect, table: list[list[str]], beds: str, heading: str
) -> None:
    """The row of one figure hidden, its column, it struck through, and a note at it that admits a mistake."""

    def told(mark: str) -> str:
        book = openpyxl.load_workbook(io.BytesIO(xlsx_of(table)))
        sheet = book.worksheets[0]
        match mark:
            case "row":
                sheet.row_dimensions[sheet[beds].row].hidden = True
            case "column":
                sheet.column_dimensions[sheet[beds].column_letter].hidden = True
            case "struck":
                sheet[beds].font = Font(strike=True)
            case "note":
                sheet[beds].comment = Comment("此数为当月数", "x")
        book.save("inbox/4月.xlsx")
        ran = collect("inbox", "--dry-run", "--period", "2023-04")
        (own,) = re.findall(r"^. inbox/4月.xlsx：甲县.*\n(?:  .*\n)+", ran.out, re.MULTILINE)
        return str(own)

    Path("inbox").mkdir()
    assert "√" in told("")
    assert "请核对" not in told("")
    assert "这一行是隐藏的，照常读取" in told("row")
    assert f"“{heading}”一列是隐藏的，照常读取" in told("column")
    assert "这一行有加了删除线的格子，照常读取" in told("struck")
    assert re.search(rf"{beds}[^：]*：批注写着“此数为当月数”", told("note"))
    assert "退回" in told("note")


@pytest.mark.parametrize("table", [[*rows(), *rows("乙市")[1:]], rows_of(WIDE)], ids=["several", "wide"])
def test_what_is_noted_at_one_units_cell_is_no_other_units(collect: Collect, table: list[list[str]]) -> None:
    book = openpyxl.load_workbook(io.BytesIO(xlsx_of(table)))
    sheet = book.worksheets[0]
    beds = sheet["E2" if len(table[0]) > 8 else "C2"]
    beds.comment, beds.font = Comment("此数为当月数", "x"), Font(strike=True)
    Path("inbox").mkdir()
    book.save("inbox/4月.xlsx")
    ran = collect("inbox", "--dry-run", "--period", "2023-04")
    assert ran.out.count("批注写着") == 1
    assert ran.out.count("这一行有加了删除线的格子") == ran.out.count("去掉删除线") == 1
    assert "甲县 2023-04，退回" in ran.out
    assert "乙市 2023-04，归档" in ran.out


WORKED_OUT = ("合计", "总 计", "全市", "示范市", "示范市合计", "平均", "平均数", "排名", "占比")


@few(
    ("heading", "turned", "is_first"),
    product(WORKED_OUT, [False, True], [False, True]),
    zip(WORKED_OUT, cycle([False, True]), cycle([False, False, True, True])),
)
def test_what_is_worked_out_of_all_units_is_no_unit_s(
    collect: Collect, heading: str, *, turned: bool, is_first: bool
) -> None:
    """Be it a row or a column, before the units or behind them."""
    table = [row[:-1] for row in rows_of(WIDE)]
    worked_out = [heading, "93", "", "39" if heading in ("合计", "示范市") else "", "", ""]
    if heading in ("平均", "平均数", "排名", "占比"):
        worked_out = [heading, "31", "80%", "13", "", ""]
    table = [
        [*row[:2], text, *row[2:]] if is_first else [*row, text] for row, text in zip(table, worked_out, strict=True)
    ]
    write("inbox/4月.xlsx", xlsx_of(transposed(table) if turned else table))
    ran = collect("inbox")
    assert ran.code == 0
    assert figures("data/2023-04/jia.csv") == SOUND


@pytest.mark.parametrize("turned", [False, True])
def test_a_total_that_the_units_do_not_add_up_to_is_told(collect: Collect, *, turned: bool) -> None:
    """30 + 31 + 32 are 93, a dash is nothing, and 12 + 13 + 14 are 39, as it says. The units are filed all the same."""
    table = rows_of(WIDE.replace(",93\n", ",95\n"))
    write("inbox/4月.xlsx", xlsx_of(transposed(table) if turned else table))
    ran = collect("inbox")
    assert ran.code == 1
    assert f"  合计对不上，请核对：{'B7' if turned else 'G2'} 写的是95，各单位加起来是93\n" in ran.out
    assert figures("data/2023-04/jia.csv") == SOUND


def test_of_part_of_the_units_no_total_is_asked_for(collect: Collect) -> None:
    write("inbox/4月.xlsx", xlsx_of(rows_of(WIDE.replace("合计", "县（市）小计").replace(",93\n", ",61\n"))))
    assert collect("inbox").code == 0


@pytest.mark.parametrize("words", ["甲县应为20", "甲县数待核实", "20"])
def test_words_under_no_heading_of_a_wide_sheet_are_told(collect: Collect, words: str) -> None:
    """A footnote with the same words, and a form's own cell, went back; here they were dropped in silence."""
    table = [[*row, words if row[0] == "T01-01" else ""] for row in rows_of(WIDE)]
    write("inbox/4月.xlsx", xlsx_of(table))
    ran = collect("inbox")
    assert ran.code == 1
    assert words in ran.out
    assert not Path("data/2023-04/jia.csv").exists()


def test_what_says_nothing_under_no_heading_stays_unsaid(collect: Collect) -> None:
    table = [[*row, "累计" if row[0] == "T01-01" else ""] for row in rows_of(WIDE)]
    write("inbox/4月.xlsx", xlsx_of(table))
    assert collect("inbox").code == 0
    assert figures("data/2023-04/jia.csv") == SOUND


def test_a_figure_merged_over_several_indicators_is_nobodys(collect: Collect) -> None:
    """The first indicator had it alone, and the unit was told to write 0 for the next."""
    write("inbox/4月.xlsx", xlsx_of(rows_of(WIDE), "C2:C3"))
    ran = collect("inbox")
    assert ran.code == 1
    assert "C2、C3：“完成值”一栏的“30”合并了几格，不知道是哪一项的" in ran.out
    assert not Path("data/2023-04/jia.csv").exists()
    assert figures("data/2023-04/yi.csv")["T01-02"] == ("", "9", "10", "", "")


def test_a_merged_number_beside_the_figures_is_none(collect: Collect) -> None:
    """The number of a task over its indicators, and a year over all columns."""
    table = [["序号" if at == 0 else "1", *row] for at, row in enumerate(rows_of(WIDE))]
    write("inbox/4月.xlsx", xlsx_of([["2023"], *table], "A1:G1", "A3:A6"))
    assert collect("inbox").code == 0
    assert figures("data/2023-04/jia.csv") == SOUND


@pytest.mark.parametrize("heading", ["说明", "备注", ""])
@pytest.mark.parametrize(
    ("words", "whose"),
    [
        ("甲县填的是当月数", ("jia",)),
        ("甲县、乙市填的是当月数", ("jia", "yi")),
        ("填的是当月数", ("jia", "yi", "devzone")),
        ("市本级要求填当月数", ("jia", "yi", "devzone")),  # said of all, by whom it names
    ],
)
def test_words_that_name_units_are_said_of_them_alone(
    collect: Collect, heading: str, words: str, whose: tuple[str, ...]
) -> None:
    """They were laid on all units of the sheet, whose own report went back for another's note."""
    table = [[*row, words if row[0] == "T01-01" else ""] for row in rows_of(WIDE)]
    table[0][-1] = heading
    write("inbox/4月.xlsx", xlsx_of(table))
    collect("inbox")
    filed = {unit for unit in ("jia", "yi", "devzone") if Path(f"data/2023-04/{unit}.csv").exists()}
    assert filed == {"jia", "yi", "devzone"} - {*whose}
    assert {path.stem for path in Path("returns/2023-04").glob("*.txt")} - {"bureau"} == {*whose}


def stacked_tables(line: str) -> list[list[str]]:
    """Tables one below the other, each below its title, with a line at the end of the first."""
    one, other = ([[f"{unit}2023年4月报表"], *(row[2:] for row in rows(unit))] for unit in ("甲县", "乙市"))
    return [*one, [line], [], *other]


@pytest.mark.parametrize(
    ("line", "whose"),
    [
        ("注：乙市T01-01数据为底数", {"yi"}),
        ("注：乙市数据为3月底数", {"yi"}),
        ("说明：乙市数据经核实", {"yi"}),
        ("编者按：乙市不含丙镇", {"yi"}),
        ("乙市的数另有口径", {"yi"}),
        ("注：甲县、乙市数据以系统为准", {"jia", "yi"}),
        ("注：甲县、乙市按新口径", {"jia", "yi"}),
        ("除乙市外按新口径", {"jia", "yi"}),
    ],
)
@pytest.mark.parametrize("is_above", [True, False])
@pytest.mark.parametrize("layout", ["wide", "turned", "rows", "tables"])
def test_a_line_that_names_units_of_its_sheet_is_said_of_them_and_claims_nothing(
    collect: Collect, layout: str, line: str, whose: set[str], *, is_above: bool
) -> None:
    """All units went back, and were told to put their own name in its place, which fails for the next one."""
    wide = [row[:4] for row in rows_of(WIDE)[:-1]]
    table = {"wide": wide, "turned": transposed(wide), "rows": [*rows("甲县"), *rows("乙市")[1:]]}.get(layout, [])
    lines = [["2023年4月指标汇总表"], *([[line]] if is_above else []), *table, *([] if is_above else [[line]])]
    write("inbox/4月.xlsx", xlsx_of(lines if table else stacked_tables(line)))
    out = collect("inbox").out
    if layout == "tables" and len(whose) > 1:
        return  # where it stands, it is told
    assert "表上写的" not in out or line == "注：乙市数据为3月底数"
    assert "应是甲县" not in out
    assert {unit for unit in ("jia", "yi") if not Path(f"data/2023-04/{unit}.csv").exists()} == whose


@pytest.mark.parametrize(
    "line",
    [
        "附件：2023年3月报表存档",
        "附：2023年2月样表",
        "上年同期（2022年4月）数据见附表",
        "丙县民政局代为汇总",
        "与2022年同期相比有增长",
    ],
)
@pytest.mark.parametrize("turned", [False, True])
def test_a_note_above_a_wide_sheet_is_no_title(collect: Collect, line: str, *, turned: bool) -> None:
    table = transposed(rows_of(WIDE)) if turned else rows_of(WIDE)
    write("inbox/汇总.xlsx", xlsx_of([["2023年4月指标汇总表"], [line], *table]))
    out = collect("inbox").out
    assert "看不出" not in out
    assert "表上写的" not in out
    assert out.count(f"写着“{line.replace('：', ':').replace('（', '(').replace('）', ')')}”，没有采用") == 4


@pytest.mark.parametrize("line", ["如有疑问，3月15日前联系", "模板来源：丙县2023年3月"])
def test_a_sentence_above_a_wide_sheet_does_not_make_its_month_doubtful(collect: Collect, line: str) -> None:
    write("inbox/汇总.xlsx", xlsx_of([["2023年4月指标汇总表"], [line], *rows_of(WIDE)]))
    out = collect("inbox").out
    assert "报告期看标题“2023年4月指标汇总表”" in out
    assert "看不出" not in out


def test_words_that_except_a_unit_are_said_of_the_others(collect: Collect) -> None:
    table = [[*row, "除甲县外，填的是当月数" if row[0] == "T01-01" else ""] for row in rows_of(WIDE)]
    table[0][-1] = "备注"
    write("inbox/4月.xlsx", xlsx_of(table))
    collect("inbox")
    assert not Path("data/2023-04/yi.csv").exists()


@pytest.mark.parametrize("words", ["甲县应为28", "甲县完成值应为28"])
def test_a_correction_may_name_the_unit_itself(collect: Collect, words: str) -> None:
    write("inbox/甲县4月.csv", april("甲县").replace(",30,,,,", f",30,,,{words},"))
    ran = collect("inbox")
    assert ran.code == 1
    assert "“完成值”改为 28" in ran.out


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (",93", ",94", "合计对不上，请核对：G2 写的是94，各单位加起来是93"),
        ("市本级,", "市直,", "表里“市直”一列不是计划里的填报单位，没有采用"),
    ],
)
def test_what_is_doubtful_of_a_file_that_is_filed_is_not_called_refused(
    collect: Collect, old: str, new: str, told: str
) -> None:
    table = WIDE.replace(old, new).replace("T03-01,市级方案,—,—,—,推进中,", "T03-01,市级方案,—,—,—,1,")
    write("inbox/4月.xlsx", xlsx_of(rows_of(table if new == "市直," else WIDE.replace(old, new))))
    ran = collect("inbox")
    assert ran.code == 1
    assert f"？ inbox/4月.xlsx：请核对\n  {told}\n" in ran.out
    assert "没有收" not in ran.out
    assert figures("data/2023-04/jia.csv") == SOUND


@pytest.mark.parametrize(("one", "other"), [("上月", "本月"), ("完成", "累计")])
def test_figures_of_two_months_of_each_unit_are_not_taken(collect: Collect, one: str, other: str) -> None:
    """They were read as rows of an indicator called 4月."""
    table = [["指标编码", "甲县", "", "乙市", ""], ["", one, other, one, other], ["T01-01", "3", "30", "1", "31"]]
    write("inbox/4月.xlsx", xlsx_of(table))
    ran = collect("inbox")
    assert ran.code == 1
    assert f"第2行写着“{one} {other} {one} {other}”，不知道下面的数是谁的" in ran.out
    assert not Path("data/2023-04").exists()


def test_the_month_of_the_report_over_every_unit_says_nothing_new(collect: Collect) -> None:
    table = rows_of(WIDE)
    write("inbox/4月.xlsx", xlsx_of([table[0], ["", "", *["4月"] * 4, ""], *table[1:]]))
    assert collect("inbox").code == 0
    assert figures("data/2023-04/jia.csv") == SOUND


def test_a_title_may_stand_over_any_column(collect: Collect) -> None:
    table = rows_of(WIDE)
    write("inbox/汇总.xlsx", xlsx_of([["", "", "全市2023年4月民政指标汇总表", "", "", "", ""], *table]))
    ran = collect("inbox")
    assert ran.code == 0
    assert "报告期看标题“全市2023年4月民政指标汇总表”" in ran.out
    assert figures("data/2023-04/jia.csv") == SOUND


@pytest.mark.parametrize("turned", [False, True])
@pytest.mark.parametrize(
    ("row", "written", "remedy", "obeyed"),
    [
        (2, "8:10", "没有分子、分母两栏的，两个数写在一格：如 8/10", "8/10"),
        (2, "80%", "没有分子、分母两栏的，两个数写在一格：如 8/10", "8/10"),
        (2, "4月8日", "没有分子、分母两栏的，两个数写在一格：如 8/10", "8/10"),
        (2, "待定", "还没有数的，这一项什么都不填", ""),
        (1, "暂无", "还没有数的，这一项什么都不填", ""),
        (1, "TRUE", "填阿拉伯数字", "30"),
    ],
)
def test_a_remedy_can_be_obeyed_in_a_wide_sheet(
    collect: Collect, turned: bool, row: int, written: str, remedy: str, obeyed: str
) -> None:
    """There the whole row is every unit's, and a ratio has one column."""
    table = rows_of(WIDE)
    for text, code in ((written, 1), (obeyed, 0)):
        table[row][2], table[row][-1] = text, ""
        write("inbox/4月.xlsx", xlsx_of(transposed(table) if turned else table))
        ran = collect("inbox")
        assert (ran.code, remedy in ran.out) == (code, bool(code))
        assert figures("data/2023-04/yi.csv")["T01-01"][0] == "31"


@pytest.mark.untraced
def test_a_note_that_is_asked_for_is_read_from_a_column_that_is_added(collect: Collect) -> None:
    """Beside another, too: 备注 and 说明 are both the note."""
    table = rows_of(WIDE)
    table[1][2], table[1][-1] = "不适用", ""
    for added in ((), ("说明",), ("备注", "说明"), ("说明", "备注")):
        for word in added:
            for row in table:
                row.append(
                    {"指标编码": word, "T01-01": "甲县辖区内没有养老机构" if word == "说明" else ""}.get(row[0], "")
                )
        write("inbox/4月.xlsx", xlsx_of(table))
        ran = collect("inbox")
        assert ("没有“说明”一栏的，加一栏" in ran.out, "“不适用”没有写说明" in ran.out) == (True, not added)
        table = [row[:7] for row in table]


@pytest.mark.untraced
@pytest.mark.parametrize(("code", "figure", "column", "words"), [
    ("T01-01", "不适用", "说明", "3月的18填错了，县里没有这类项目"),
    ("T02-02", "已完成", "佐证", "《规划》（甲发〔2023〕1号）"),
    ("T02-02", "已完成", "佐证", "规划.pdf"),
])  # fmt: skip
def test_words_that_are_asked_of_one_unit_are_of_no_other(
    collect: Collect, code: str, figure: str, column: str, words: str
) -> None:
    """Written as told, with the unit's name in front: every unit with a figure in the row was given them."""
    table = rows_of(WIDE)
    row = next(each for each in table if each[0] == code)
    row[2] = figure
    write("inbox/4月.xlsx", xlsx_of(table))
    asked = re.search(
        "没有“(.+?)”一栏的，加一栏。同一行有几家单位的数，前面写上单位的名称：如“(.+?：)……”", collect("inbox").out
    )
    assert asked is not None
    assert asked.groups() == (column, "甲县：")
    for each in table:
        each.append({"指标编码": column, code: f"{asked[2]}{words}"}.get(each[0], ""))
    write("inbox/4月.xlsx", xlsx_of(table))
    write("规划.pdf", "")
    ran = collect("inbox", "--replace")
    assert (ran.code, "佐证找不到" in ran.out) == (0, False), ran.out
    at = 3 if column == "说明" else 4
    assert words in figures("data/2023-04/jia.csv")[code][at]
    assert {texts[at] for unit in ("yi", "devzone") for texts in figures(f"data/2023-04/{unit}.csv").values()} == {""}


@pytest.mark.parametrize("turned", [False, True])
@pytest.mark.parametrize(
    ("row", "told"),
    [
        (2, "一个数合并了几格。{cell} T01-01 服务类救助项目数：“完成值”一栏的“30”合并了几格"),
        (4, "一个数合并了几格。{cell} T02-01 四A级社会组织数：“完成值”一栏的“12”合并了几格"),
        (5, "一个数合并了几格。{cell} T02-02 发展规划：“完成值”一栏的“未启动”合并了几格"),
        (3, "一个数合并了几格。{cell} T01-02 助餐点覆盖率：“分子”一栏的“8”合并了几格"),
    ],
)
def test_what_is_merged_over_two_units_is_nobodys_whatever_it_is(
    collect: Collect, turned: bool, row: int, told: str
) -> None:
    """The first unit had it alone in silence, and the other was told to fill it in, or to write 0."""
    table, column = rows_of(WIDE), "ABCDEF"[row - 1]
    area = f"{column}3:{column}4" if turned else f"C{row}:D{row}"
    write("inbox/4月.xlsx", xlsx_of(transposed(table) if turned else table, area))
    ran = collect("inbox")
    assert ran.code == 1
    for cell in area.split(":"):
        assert ran.out.count(told.format(cell=cell)) == ran.out.count(f"{cell} ") == 1
    assert not Path("data/2023-04/jia.csv").exists()
    assert not Path("data/2023-04/yi.csv").exists()
    assert Path("data/2023-04/devzone.csv").exists()


def test_what_is_merged_over_the_columns_of_one_unit_or_is_a_dash_is_whose_it_is(collect: Collect) -> None:
    table = rows_of(
        "指标编码,甲县,,,乙市,,\n,完成值,分子,分母,完成值,分子,分母\n"
        "T01-01,30,,,31,,\nT01-02,,8,10,,9,10\nT02-01,12,,,12,,\nT02-02,未启动,,,未启动,,\nT03-01,—,,,,,\n"
    )
    write("inbox/4月.xlsx", xlsx_of(table, "B3:D3", "E6:G6", "B7:G7"))
    assert collect("inbox").code == 0
    assert figures("data/2023-04/jia.csv") == SOUND


@pytest.mark.parametrize("note", [["备注", "12"], ["备注", "", "12"], ["注", "2023年4月", "5"], ["255"]])
def test_a_number_above_a_wide_sheet_is_told_and_not_dropped(collect: Collect, note: list[str]) -> None:
    write("inbox/4月.xlsx", xlsx_of([["2023年4月汇总表"], note, *rows_of(WIDE)]))
    ran = collect("inbox")
    assert (ran.code, Path("data/2023-04/jia.csv").exists()) == (1, False)
    assert f"却写着“{note[-1]}”" in ran.out


def test_the_numbers_of_the_columns_above_a_wide_sheet_are_none(collect: Collect) -> None:
    write("inbox/4月.xlsx", xlsx_of([["2023年4月汇总表"], [*"1234567"], *rows_of(WIDE)]))
    assert collect("inbox").code == 0


@pytest.mark.parametrize("row", [0, -1])
def test_words_beside_a_wide_sheet_are_told_at_their_own_cell(collect: Collect, row: int) -> None:
    table = [["", *each] for each in ([""], *rows_of(WIDE), [""])]
    table[row] += [""] * (8 - len(table[row]))
    table[row][7] = "金额以元计"
    write("inbox/4月.xlsx", xlsx_of(table))
    out = collect("inbox").out
    assert f"H{row % len(table) + 1}：" in out
    assert f"A{row % len(table) + 1}：" not in out


def test_words_beside_the_title_of_a_wide_sheet_cost_it_nothing_of_its_say(collect: Collect) -> None:
    write("inbox/汇总.xlsx", xlsx_of([["2023年4月指标汇总表", "", "", "", "请领导审阅"], *rows_of(WIDE)]))
    ran = collect("inbox")
    assert (ran.code, figures("data/2023-04/jia.csv")) == (0, SOUND)
    assert "E1：" in ran.out
    assert "A1：" not in ran.out


def statuses(out: str) -> dict[str, str]:
    return dict(re.findall(r"^[√×] inbox/\S+：(\S+) 2023-04，(\S+)$", out, re.MULTILINE))


TAKEN = dict.fromkeys(("甲县", "乙市", "示范开发区", "市本级"), "归档")


@pytest.mark.parametrize("turned", [False, True])
@pytest.mark.parametrize(
    ("words", "doubted"),
    [
        ("甲县、乙市数据为3月数据", ("甲县", "乙市")),
        ("乙市数据偏高", ("乙市",)),
        ("以上数据均为预估数", tuple(TAKEN)),
    ],
)
def test_a_tab_beside_a_wide_sheet_that_doubts_sends_back_whom_it_names_or_all(
    collect: Collect, words: str, doubted: tuple[str, ...], *, turned: bool
) -> None:
    table = transposed(rows_of(WIDE)) if turned else rows_of(WIDE)
    write("inbox/四月.xlsx", xlsx_of_sheets(("2023年4月", table), ("说明", [[words]])))
    out = collect("inbox").out
    assert statuses(out) == TAKEN | dict.fromkeys(doubted, "退回")
    assert out.count(words) == len(doubted)


@pytest.mark.parametrize(("words", "times"), [("请领导审阅", 4), ("乙市联系人已换", 1), ("填表人：张三", 0)])
def test_a_tab_beside_a_wide_sheet_that_doubts_nothing_is_but_told(collect: Collect, words: str, times: int) -> None:
    write("inbox/四月.xlsx", xlsx_of_sheets(("2023年4月", rows_of(WIDE)), ("说明", [[words]])))
    ran = collect("inbox")
    assert (ran.code, statuses(ran.out)) == (0, TAKEN)
    assert ran.out.count(words) == times


def test_of_two_wide_sheets_neither_is_words_beside_the_other(collect: Collect) -> None:
    one, other = ([[*row[:2], *row[at : at + 2]] for row in rows_of(WIDE)] for at in (2, 4))
    tabs = ("2023年4月（一）", one), ("2023年4月（二）", other), ("说明", [["乙市数据偏高"]])
    write("inbox/四月.xlsx", xlsx_of_sheets(*tabs))
    assert statuses(collect("inbox").out) == TAKEN | {"乙市": "退回"}


def _of(month: str, *units: str) -> list[list[str]]:
    """A wide table of some units with its title, the figures told apart by the month."""
    header, *below = rows_of(WIDE)
    columns = [0, 1, *map(header.index, units)]
    lines = [[row[at].replace("3", month[-1]) if at > 1 else row[at] for at in columns] for row in below]
    return [[f"2023年{int(month)}月民政指标汇总表"], [header[at] for at in columns], *lines]


def _below(one: list[list[str]], other: list[list[str]]) -> list[list[str]]:
    return [*one, [], *other]


def _beside(one: list[list[str]], other: list[list[str]]) -> list[list[str]]:
    width = max(map(len, one)) + 1
    pairs = zip_longest(one, other, fillvalue=list[str]())
    return [[*left, *[""] * (width - len(left)), *right] for left, right in pairs]


Put = Callable[[list[list[str]], list[list[str]]], list[list[str]]]
ALL = ("甲县", "乙市", "示范开发区", "市本级")


@pytest.mark.parametrize("turned", [False, True])
@pytest.mark.parametrize("put", [_below, _beside])
@pytest.mark.parametrize(("one", "other"), [(("03", *ALL), ("04", *ALL)), (("04", *ALL[:2]), ("04", *ALL[2:]))])
def test_tables_of_units_and_indicators_in_one_sheet_are_reports_each(
    collect: Collect, one: tuple[str, ...], other: tuple[str, ...], put: Put, *, turned: bool
) -> None:
    """As if each had come in a file of its own, wherever they stand."""
    for month in ("03", "04"):
        for filed in Path(f"data/2023-{month}").glob("*.csv"):
            filed.unlink()
    tables = [_of(*each) for each in (one, other)]
    if turned:
        tables = [[title, *transposed(table)] for title, *table in tables]
    for name, table in zip("ab", tables, strict=True):
        write(f"apart/{name}.xlsx", xlsx_of(table))
    write("together/汇总.xlsx", xlsx_of(put(*tables)))
    assert collect("apart").code == 0
    paths = [f"data/2023-{month}/{unit}.csv" for month in ("03", "04") for unit in ("jia", "yi", "devzone", "bureau")]
    expected = {path: figures(path) for path in paths if Path(path).exists()}
    assert len(expected) == len({*one[1:], *other[1:]}) * len({one[0], other[0]})
    for path in expected:
        Path(path).unlink()
    ran = collect("together")
    assert (ran.code, {path: figures(path) for path in paths if Path(path).exists()}) == (0, expected), ran.out


@pytest.mark.parametrize("put", [_below, _beside])
def test_words_at_one_of_two_tables_are_told_of_the_units_that_they_name(collect: Collect, put: Put) -> None:
    for path in Path("data/2023-03").glob("*.csv"):
        path.unlink()
    one, other = _of("04", *ALL[:2]), _of("04", *ALL[2:])
    one.append(["示范开发区的数有误，以此为准：35"])
    write("inbox/汇总.xlsx", xlsx_of(put(one, other)))
    out = collect("inbox").out
    assert Path("data/2023-04/jia.csv").exists(), out
    assert not Path("data/2023-04/devzone.csv").exists(), out


@pytest.mark.parametrize(
    ("band", "is_sound"),
    [
        ("完成情况", True),
        ("各县（市、区）完成情况", True),
        ("", True),
        ("4月当月数", False),
        ("暂估数", False),
    ],
)
@pytest.mark.parametrize("is_merged", [True, False])
def test_headings_merged_over_two_rows_say_nothing_of_the_figures(
    collect: Collect, band: str, is_sound: bool, is_merged: bool
) -> None:
    """指标编码 and 指标名称 stand in the upper row then, beside the band over the units, which may say something."""
    first, *rest = rows_of(WIDE)
    lower = ["", "", *first[2:]] if is_merged else first
    upper = [*(first[:2] if is_merged else ["", ""]), band, "", "", "", ""]
    write("inbox/汇总4月.xlsx", xlsx_of([upper, lower, *rest], "C1:G1", *(("A1:A2", "B1:B2") if is_merged else ())))
    ran = collect("inbox")
    assert Path("data/2023-04/jia.csv").exists() == is_sound, ran.out


@pytest.mark.parametrize(("again", "checks"), [(False, 2), (True, 4)])
def test_what_is_filed_is_checked_once_as_it_came_and_once_as_it_is_filed(
    collect: Collect, monkeypatch: pytest.MonkeyPatch, again: bool, checks: int
) -> None:
    """What they make of later months was asked of all of them in a third check.

    Where one has been filed before, it is judged by itself, and what is filed by now is more than what was filed now.
    """
    if again:
        write("inbox/甲.csv", april("甲县"))
        assert collect("inbox").code == 0
    write("inbox/汇总4月.xlsx", xlsx_of(rows_of(WIDE)))
    calls = []
    checked: Callable[..., CheckResult] = vars(judge)["run_checks"]

    def counted(*arguments: Any, **more: Any) -> CheckResult:
        calls.append(arguments)
        return checked(*arguments, **more)

    monkeypatch.setattr(judge, "run_checks", counted)
    ran = collect("inbox")
    assert ran.code == 0, ran.out
    assert len(calls) == checks


@pytest.mark.parametrize("heading", ["处理意见", "领导意见", "情况", ""])
@pytest.mark.parametrize(
    ("text", "wrong"),
    [("甲县应为31", "jia"), ("乙市作废", "yi"), ("同意", ""), ("张三", ""), ("已核", ""), ("按时完成，较好", "")],
)
def test_what_a_column_of_its_own_takes_back_is_lost_under_no_heading(
    collect: Collect, heading: str, text: str, wrong: str
) -> None:
    """Only whose figure is taken back has to say which counts; other words under a heading are as they were."""
    table = rows_of(WIDE)
    for row in table:
        row.append(heading if row is table[0] else text if row is table[1] else "")
    write("inbox/4月汇总.xlsx", xlsx_of(table))
    ran = collect("inbox")
    if wrong:
        assert ("这一格" in ran.out, text in ran.out, ran.code) == (True, True, 1), ran.out
        filed = {unit for unit in ("jia", "yi") if Path(f"data/2023-04/{unit}.csv").exists()}
        assert filed == {"jia", "yi"} - {wrong}
    elif heading:
        assert ran.code == 0, ran.out


def test_small_figures_in_the_first_row_are_no_months(collect: Collect) -> None:
    """It was taken for a second line of headings, and the sheet sent back whole."""
    head, count, _, *others = [row[1:4] for row in rows_of(WIDE)[:-1]]
    ratio = [["助餐点覆盖率（分子）", "8", "9"], ["助餐点覆盖率（分母）", "10", "10"]]
    table = [["序号", *head], *(["1", *row] for row in (*ratio, count, *others))]
    write("inbox/2023年4月.xlsx", xlsx_of(table))
    assert collect("inbox").code == 0
    assert figures("data/2023-04/jia.csv") == SOUND
    table[1:2] = [["1", "4A级社会组织家数", "11", "12"], table[1]]
    write("inbox/2023年4月.xlsx", xlsx_of(table))
    assert "“4A级社会组织家数”" in collect("inbox").out


ONE = [["指标名称", "甲县"], *(row[1:3] for row in rows_of(WIDE)[1:5])]
TITLED = [["甲县", "", "2023年4月"], ["序号", "指标名称", "完成值"], *(["1", *row] for row in (ONE[1], ONE[3], ONE[4]))]


@pytest.mark.parametrize(
    "table",
    [
        ONE,
        [["序号", "指标编码", "指标", "甲县"], *(["1", row[0], row[1], row[2]] for row in rows_of(WIDE)[1:5])],
        [["填报单位", *(row[0] for row in ONE[1:])], ["甲县", *(row[1] for row in ONE[1:])]],
        [*ONE[:2], ["助餐点覆盖率（分子）", "8"], ["助餐点覆盖率（分母）", "10"], *ONE[3:]],
    ],
)
def test_one_unit_alone_may_head_its_figures(collect: Collect, table: list[list[str]]) -> None:
    """From two units on the same sheet was read; of one nobody knew whose it was."""
    write("inbox/4月.xlsx", xlsx_of([["2023年4月"], *table]))
    assert collect("inbox").code == 0
    assert figures("data/2023-04/jia.csv") == SOUND


def test_a_title_with_one_unit_heads_no_numbers_of_rows(collect: Collect) -> None:
    write("inbox/4月.xlsx", xlsx_of(TITLED))
    collect("inbox")
    assert {code: row[0] for code, row in figures("data/2023-04/jia.csv").items()} == {
        "T01-01": "30",
        "T02-01": "12",
        "T02-02": "未启动",
    }
