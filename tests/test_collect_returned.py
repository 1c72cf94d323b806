"""What goes back: marked, with words for its sender, and taken away when its report is filed."""

import io
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlwt
from openpyxl.comments import Comment

from inbox import APRIL, SOUND, Collect, april, collect, figures, files, of_march, rows
from mzplan.cli.annotating import annotator
from test_cli_check import Run, check, write
from test_workbooks import csv_of
from workbooks import rows_of, saved, xlsx_of, xlsx_of_sheets

__all__ = ["check", "collect"]

pytestmark = pytest.mark.untraced


def test_a_wrong_one_goes_back_marked_with_words_for_its_sender(collect: Collect) -> None:
    wrong = rows("乙市", "三十个左右")
    write("inbox/乙市4月.xlsx", xlsx_of(wrong))
    ran = collect("inbox")
    assert ran.code == 1
    assert not Path("data/2023-04").exists()
    said = Path("returns/2023-04/yi.txt").read_text()
    first, *causes, last = said.splitlines()
    assert first == "乙市：你们报来的2023年4月填报表“乙市4月.xlsx”有 1 处要改，改好后请把整张表重新发来。"
    assert causes[0].startswith("1. ")
    assert "E2 T01-01 服务类救助项目数：“完成值”一栏的“三十个左右”" in causes[0]
    assert "yi-乙市4月.xlsx" in last
    assert all(line in ran.out for line in said.splitlines())
    book = openpyxl.load_workbook("returns/2023-04/yi-乙市4月.xlsx")
    assert book.sheetnames == ["校验结果", "填报表"]
    sheet = book["填报表"]
    assert sheet["E2"].value == "三十个左右"
    assert sheet["E2"].comment is not None
    assert sheet["E3"].comment is None


def test_what_was_sent_back_is_taken_away_when_its_report_is_filed(collect: Collect) -> None:
    """Another unit's, and what is not from `collect`, stays."""
    for unit in ("甲县", "乙市"):
        write(f"inbox/{unit}.csv", april(unit, "三十个"))
    collect("inbox")
    write("returns/2023-04/jia-notes.txt", "mine")
    write("returns/2023-04/jia-own.xlsx", xlsx_of(rows()))
    before = {path for path in files() if path.startswith("returns/")}
    write("inbox/甲县.csv", april("甲县"))
    dry = collect("inbox", "--dry-run")
    told = "  以前退回的已撤下：returns/2023-04/jia-甲县.xlsx、returns/2023-04/jia.txt\n"
    assert told in dry.out
    assert before == {path for path in files() if path.startswith("returns/")}
    assert told in collect("inbox").out
    gone = {"returns/2023-04/jia-甲县.xlsx", "returns/2023-04/jia.txt"}
    assert {path for path in files() if path.startswith("returns/")} == before - gone


def test_what_is_sent_back_anew_stays_though_another_is_filed(collect: Collect) -> None:
    write("inbox/1.csv", april("甲县", "三十个"))
    write("inbox/2.csv", april("甲县"))
    for _ in range(2):
        assert "已撤下" not in collect("inbox").out
        assert Path("returns/2023-04/jia.txt").exists()


@pytest.mark.parametrize("old", ["inbox/1.csv", "inbox/0.csv"])
def test_a_file_that_came_before_takes_nothing_away_that_went_back_since(collect: Collect, old: str) -> None:
    """Be it the one that is filed or one that went back before it was: twice is as once."""
    write("inbox/0.csv", april("甲县", "三十个"))
    assert "甲县 2023-04，退回" in collect("inbox/0.csv").out
    write("inbox/1.csv", april("甲县"))
    assert "以前退回的已撤下" in collect("inbox/1.csv").out
    write("inbox/2更正.csv", april("甲县", "31个上下"))
    assert "甲县 2023-04，退回" in collect("inbox/2更正.csv").out
    before = files()
    assert collect(old).code == 0
    assert files() == before
    write("inbox/3更正.csv", april("甲县", "31"))
    assert "以前退回的已撤下" in collect("inbox/3更正.csv", "--replace").out
    assert not Path("returns/2023-04/jia.txt").exists()


@pytest.mark.parametrize("odd", [[2], [1, 3], [-1]])
def test_rows_of_another_unit_go_back_to_whose_the_others_are(collect: Collect, check: Run, odd: list[int]) -> None:
    """A wrong unit in a form, or one row of another's report below it: no report of the other unit comes of it."""
    table = rows() if odd != [-1] else [*rows(), rows()[1]]
    extra = f"{APRIL},甲县,T03-01,市级方案,未启动,,,,"
    table += [extra.split(",")] if len(odd) > 1 else []
    for at in odd:
        table[at][1] = "乙市"
    write("inbox/4月.xlsx", xlsx_of(table))
    ran = collect("inbox")
    assert ran.code == 1
    assert "inbox/4月.xlsx：甲县 2023-04，退回" in ran.out
    assert "inbox/4月.xlsx：乙市" not in ran.out
    cells = "、".join(f"B{(at % len(table)) + 1}" for at in odd)
    assert f"单位与文件名不符。{cells}" in Path("returns/2023-04/jia.txt").read_text()
    assert not Path("returns/2023-04/yi.txt").exists()
    assert not Path("data/2023-04").exists()
    assert "退回待重报：甲县；未报：乙市、示范开发区、市本级" in ran.out  # in whose name nothing came is silent
    assert "MZ308" in check("inbox/4月.xlsx").out


def test_a_row_of_the_city_goes_back_to_be_deleted(collect: Collect) -> None:
    """An office's name is its unit's; the city's, a total and what is nearest to a unit's name is no unit's."""
    table = rows("甲县民政局")
    for name in ("示范市", "全市", "示范市合计", "合计"):
        table.append([APRIL, name, *table[1][2:]])
    write("inbox/4月.xlsx", xlsx_of(table))
    ran = collect("inbox")
    said = Path("returns/2023-04/jia.txt").read_text()
    assert said.startswith("甲县：")
    assert "（4 处）。改法：这是各单位的合计：删去这一行，由程序计算" in said
    assert all(f"B{row} T01-01 服务类救助项目数：计划中没有填报单位" in said for row in (6, 7, 8, 9))
    assert "是否应是" not in ran.out
    assert "有 4 处要改" in said


@pytest.mark.parametrize("ending", [".xlsx", ".xls"])
def test_a_month_and_a_unit_that_are_merged_over_their_rows_are_those_of_each(collect: Collect, ending: str) -> None:
    """As one cell of the workbook they are plain; a CSV of it has blanks, of which nobody knows what they mean."""
    table = [*rows(), *rows("乙市")[1:]]
    areas = ((2, 9, 1), (2, 5, 2), (6, 9, 2))
    for first, last, number in areas:
        for row in table[first:last]:
            row[number - 1] = ""
    stream = io.BytesIO()
    if ending == ".xlsx":
        book = openpyxl.Workbook()
        for row in table:
            book.worksheets[0].append(row)
        for first, last, number in areas:
            book.worksheets[0].merge_cells(start_row=first, end_row=last, start_column=number, end_column=number)
    else:
        book = xlwt.Workbook()
        sheet = book.add_sheet("Sheet1")
        for at, row in enumerate(table):
            for number, cell in enumerate(row):
                if cell:
                    sheet.write(at, number, cell)
        for first, last, number in areas:
            sheet.merge(first - 1, last - 1, number - 1, number - 1)
    book.save(stream)
    write(f"inbox/4月{ending}", stream.getvalue())
    assert collect("inbox").code == 0
    assert figures("data/2023-04/jia.csv") == figures("data/2023-04/yi.csv") == SOUND
    write("inbox/4月.csv", csv_of(table))
    ran = collect("inbox/4月.csv", "--replace")
    merged = "没有写报告期、填报单位；本文件共 {} 格。改法：每一行都写上；像是合并单元格的，取消合并，每一行都填满。"
    assert (ran.code, merged.format(6) in ran.out) == (1, True)


def test_a_file_that_hides_a_sheet_goes_back_for_all_its_units(collect: Collect) -> None:
    sheets = ((unit, rows(unit)) for unit in ("甲县", "乙市", "示范开发区"))
    write("inbox/4月.xlsx", xlsx_of_sheets(*sheets, states={"示范开发区": "hidden"}))
    assert "退回待重报：甲县、乙市、示范开发区；未报：市本级" in collect("inbox").out
    assert not Path("data/2023-04").exists()


def test_sheets_without_a_column_go_back_for_that(collect: Collect) -> None:
    """One of each unit, called after it: that there are several is no fault."""
    sheets = ((unit, [row[:4] + row[5:] for row in rows(unit)]) for unit in ("甲县", "乙市"))
    write("inbox/4月.xlsx", xlsx_of_sheets(*sheets))
    ran = collect("inbox")
    assert ran.out.count("缺少列：value") == 2
    assert "几张工作表" not in ran.out
    assert "退回待重报：甲县、乙市；未报：示范开发区、市本级" in ran.out


def test_an_unreadable_file_goes_back_to_whom_its_name_tells(collect: Collect) -> None:
    write("inbox/乙市4月.xlsx", b"PK\x03\x04 broken")
    write("inbox/甲县4月.csv", "<html><table></table></html>")
    ran = collect("inbox")
    assert ran.code == 1
    assert "乙市 2023-04，退回" in ran.out
    assert "甲县 2023-04，退回" in ran.out
    assert sorted(path.name for path in Path("returns/2023-04").iterdir()) == ["jia.txt", "yi.txt"]


def test_without_openpyxl_what_is_sound_is_filed_and_the_words_go_back(
    collect: Collect, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    for module in [name for name in sys.modules if name.startswith("mzplan.render.annotated")]:
        monkeypatch.delitem(sys.modules, module)
    write("inbox/甲.csv", april("甲县"))
    assert collect("inbox").err == "", "nobody needs it where nothing is sent back"
    write("inbox/乙.csv", april("乙市", "三十个"))
    write("inbox/开发区.csv", april("示范开发区"))
    dry = collect("inbox", "--dry-run")
    ran = collect("inbox")
    assert (ran.code, ran.err) == (dry.code, dry.err)
    assert dry.out.splitlines()[2:] == ran.out.splitlines()[1:]
    assert ran.code == 1
    assert ran.err.startswith("这次没有批注副本")
    assert ran.err.endswith("-m pip install xlsxwriter xlrd openpyxl\n"), "to be copied as it stands"
    assert Path("data/2023-04/devzone.csv").exists()
    assert [path.name for path in Path("returns/2023-04").iterdir()] == ["yi.txt"]
    assert "附件" not in Path("returns/2023-04/yi.txt").read_text()
    assert "  回话 returns/2023-04/yi.txt\n" in ran.out


def test_what_was_kept_and_sent_back_is_not_collected_again(collect: Collect) -> None:
    write("inbox/甲.csv", april("甲县"))
    write("inbox/乙.csv", april("乙市", "三十个"))
    first = collect("inbox")
    second = collect("inbox")
    assert "filed/" not in second.out
    assert second.out.count("returns/2023-04/yi") == first.out.count("returns/2023-04/yi")


def test_a_table_that_lacks_a_column_is_still_its_units(collect: Collect) -> None:
    table = [row[:4] + row[5:] for row in rows()]
    write("inbox/x.csv", csv_of(table))
    ran = collect("inbox")
    assert ran.code == 1
    assert "甲县 2023-04，退回" in ran.out
    assert "缺少列：value" in ran.out


@pytest.mark.parametrize(("of_the_other", "is_back"), [(4, True), (2, True), (1, False)])
def test_all_whose_table_goes_back_whole_are_told_so_and_nobody_for_a_slip(
    collect: Collect, of_the_other: int, *, is_back: bool
) -> None:
    """A table without figures is not taken apart: whoever has half as many rows as the first is asked again, too."""
    table = [row[:4] + row[5:] for row in [*rows(), *rows("乙市")[1 : 1 + of_the_other]]]
    write("inbox/两家.csv", csv_of(table))
    ran = collect("inbox")
    waited = "退回待重报：甲县、乙市；" if is_back else "退回待重报：甲县；"
    assert waited in ran.out
    assert ("乙市        2023-04     1  退回" in ran.out) is is_back


def test_what_a_workbook_hides_counts_as_in_check(collect: Collect) -> None:
    """A tab with records that is hidden."""
    book = openpyxl.load_workbook(io.BytesIO(xlsx_of(rows())))
    hidden = book.create_sheet("旧")
    for row in rows("甲县", "29"):
        hidden.append(row)
    hidden.sheet_state = "hidden"
    write("inbox/甲.xlsx", saved(book))
    ran = collect("inbox")
    assert ran.code == 1
    assert "隐藏的工作表里有填报记录（旧）" in ran.out
    assert not Path("data/2023-04").exists()


def test_rows_of_another_unit_go_back_marked_and_the_rest_is_said_to_be_sound(collect: Collect) -> None:
    write("inbox/甲.xlsx", xlsx_of([*rows(), rows("乙市")[2]]))
    out = collect("inbox").out
    assert "B6 T01-02 助餐点覆盖率：“填报单位”一栏，文件属于甲县，这里写的是乙市" in out
    assert "每格都写着原因和改法。其余 4 行没有错误。" in out
    sheet = openpyxl.load_workbook("returns/2023-04/jia-甲.xlsx")["填报表"]
    assert [cell.coordinate for row in sheet for cell in row if cell.comment] == ["B6"]


@pytest.mark.parametrize(
    ("above", "below"),
    [
        ([], [["以上均为暂估数"]]),
        ([["甲县2023年4月填报表（暂估）"]], []),
        ([], [["以上均为暂估数"], ["", "", "", "", "填表人：张三"], ["合计", "", "", "", "42"]]),
        ([], [["以上均为暂估数"], rows()[0]]),
    ],
)
def test_what_is_no_record_is_not_taken_off_the_sound_ones(
    collect: Collect, above: list[list[str]], below: list[list[str]]
) -> None:
    table = rows()
    write("inbox/甲.xlsx", xlsx_of([*above, *table, *below]))
    assert f"其余 {len(table) - 1} 行没有错误。" in collect("inbox").out


def test_a_hidden_sheet_of_another_unit_says_nothing_for_it(collect: Collect) -> None:
    """That unit has sent nothing: what a form was made of may lie in it."""
    sheets = ((unit, rows(unit)) for unit in ("甲县", "乙市"))
    write("inbox/甲.xlsx", xlsx_of_sheets(*sheets, states={"乙市": "hidden"}))
    ran = collect("inbox")
    assert "退回待重报：甲县；未报：乙市、示范开发区、市本级" in ran.out
    assert "乙市        2023-04     0  未报\n" in ran.out


def noted() -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(xlsx_of(rows())))
    book.worksheets[0]["E2"].comment = Comment("此数为当月数", "x")
    return saved(book)


@pytest.mark.parametrize(
    ("sent", "said", "cell"),
    [
        (noted(), "批注写着“此数为当月数”", "E2"),
        (
            xlsx_of_sheets(("封面", [["甲县2023年3月填报表"]]), ("填报", rows())),
            "工作表“封面”的 A1 写的是“2023年3月”",
            "",
        ),
        (xlsx_of_sheets(("救助科", rows()[:3]), ("社会科", [rows()[0], *rows()[3:]])), "每张只有一部分", ""),
        (xlsx_of_sheets(("一", rows()), ("二", rows(beds="31"))), "不知以哪一张为准", ""),
        (xlsx_of(rows_of(of_march("16", ""))), "由 18 改为 16，“说明”里没有新写原因", "E2"),
        (xlsx_of(rows_of(of_march("16", "更正"))), "由 18 改为 16，“说明”里新写的“更正”没有说为什么改", "E2"),
    ],
    ids=["a note", "a cover", "halves", "two tabs", "a late correction", "a late one without a cause"],
)
def test_every_workbook_that_goes_back_does_so_as_a_copy_with_what_is_wrong(
    collect: Collect, sent: bytes, said: str, cell: str
) -> None:
    """At its cell where it is about one, and on the first sheet."""
    write("inbox/甲县.xlsx", sent)
    assert "附件“jia-甲县.xlsx”是标好的原表" in collect("inbox").out
    (path,) = Path("returns").glob("*/jia-甲县.xlsx")
    assert said in path.with_name("jia.txt").read_text(encoding="utf-8")
    first, *others = openpyxl.load_workbook(path).worksheets
    assert [row[2].value for row in first.iter_rows(min_row=6) if said in str(row[2].value)]
    marked = [
        each.coordinate for sheet in others for row in sheet for each in row if each.fill.fgColor.rgb == "FFFF9999"
    ]
    assert marked == [cell] * bool(cell)


@pytest.mark.parametrize("beds", ["三十左右", "-5"])
@pytest.mark.parametrize("is_first", [True, False])
def test_of_two_tabs_for_a_month_the_sound_one_is_not_taken_for_the_one_meant(
    collect: Collect, beds: str, *, is_first: bool
) -> None:
    """A tab with a word for a figure was taken for the details of the other, which was filed in silence."""
    tabs = [("一", rows()), ("二", rows(beds=beds))]
    write("inbox/甲.xlsx", xlsx_of_sheets(*(tabs if is_first else reversed(tabs))))
    ran = collect("inbox")
    assert ran.out.count("inbox/甲.xlsx：甲县 2023-04，退回") == 1
    assert "，归档" not in ran.out
    assert "不知以哪一张为准" in ran.out
    marked = openpyxl.load_workbook("returns/2023-04/jia-甲.xlsx")["二"]["E2"]
    assert marked.comment is not None


def test_a_web_page_of_an_unknown_month_is_told_how_to_come(collect: Collect) -> None:
    write("inbox/甲县.xls", "<html><table></table></html>")
    assert "网页（HTML）读不成表格，文件名也看不出是哪个月的。在 Excel 或 WPS 里“另存为”" in collect("inbox").out


def test_what_a_late_correction_changes_is_told_from_its_top_on_every_run(collect: Collect) -> None:
    march = rows_of(of_march("16", ""))
    for at, row in enumerate(march[1:4], start=1):
        row[4 if row[4] else 5] = str(16 + at if at == 1 else int(row[4] or row[5]) + 1)
    write("inbox/甲县.xlsx", xlsx_of(march))
    collect("inbox")
    told = Path("returns/2023-03/jia.txt").read_text(encoding="utf-8")
    assert [told.index(cell) for cell in ("　E2：", "　F3：", "　E4：")] == sorted(
        told.index(cell) for cell in ("　E2：", "　F3：", "　E4：")
    )


def test_nothing_is_marked_twice_to_be_shown_what_would_go_back(
    collect: Collect, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two counties in one sheet: each of the copies has all of it, and the dry run tells the same with one."""
    made = list[str]()
    write("inbox/汇总.xlsx", xlsx_of([*rows("甲县", "三十个左右"), *rows("乙市", "三十个左右")[1:]]))

    def counting() -> Callable[..., object]:
        mark = annotator()

        def marked(path: str, *arguments: object) -> object:
            made.append(path)
            return mark(path, *arguments)

        return marked

    monkeypatch.setattr("mzplan.cli.collect.annotator", counting)
    dry = collect("inbox", "--dry-run")
    assert len(made) == 1
    ran = collect("inbox")
    assert len(made) == 3
    assert dry.out.splitlines()[2:] == ran.out.splitlines()[1:]
    assert sorted(path.suffix for path in Path("returns/2023-04").iterdir()) == [".txt", ".txt", ".xlsx", ".xlsx"]


def test_copies_that_would_all_have_a_large_file_are_not_made_and_the_words_go_back(
    collect: Collect, monkeypatch: pytest.MonkeyPatch
) -> None:
    both = xlsx_of([*rows("甲县", "三十个左右"), *rows("乙市", "三十个左右")[1:]])
    one = xlsx_of(rows("示范开发区", "三十个左右"))
    write("inbox/汇总.xlsx", both)
    write("inbox/开发区.xlsx", one)
    monkeypatch.setattr("mzplan.cli.collect._MOST_COPIED", min(len(one) - 1, 2 * len(both) - 1))
    ran = collect("inbox")
    assert ran.err.count("汇总.xlsx 有 2 份要退回") == ran.err.count("没有批注副本，只有回话") == 1
    back = {path.name for path in Path("returns/2023-04").iterdir()}
    assert back == {"jia.txt", "yi.txt", "devzone.txt", "devzone-开发区.xlsx"}
    assert "附件" not in Path("returns/2023-04/yi.txt").read_text()


@pytest.mark.parametrize(
    ("change", "mend"),
    [
        (
            lambda table: table[0].__setitem__(0, "甲县2023年3月报表"),
            lambda sheet: sheet.__setitem__("A1", "甲县2023年4月报表"),
        ),
        (lambda table: table.append(["注：以上为当月数"]), lambda sheet: sheet.__setitem__("A7", None)),
        (lambda table: table[2].__setitem__(4, "三十个左右"), lambda sheet: sheet.__setitem__("E3", 30)),
    ],
    ids=["title", "below", "cell"],
)
@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030"])
def test_a_sheet_of_a_marked_copy_may_come_back_as_csv(
    collect: Collect, change: Callable[[list[list[str]]], None], mend: Callable[[Any], None], encoding: str
) -> None:
    """A workbook was read without the marks, its sheet saved as CSV with them: what was mended went back for them."""
    table = [["甲县2023年4月报表"], *rows()]
    change(table)
    write("inbox/甲县2023年4月.xlsx", xlsx_of(table))
    assert collect("inbox").code == 1
    book = openpyxl.load_workbook("returns/2023-04/jia-甲县2023年4月.xlsx")
    results, sheet = book.worksheets
    mend(sheet)
    assert any("MZ" in str(cell.value) for row in sheet.iter_rows() for cell in row)
    for called, each, is_taken in (("结果", results, False), ("甲县4月改", sheet, True)):
        text = csv_of([["" if cell is None else str(cell) for cell in row] for row in each.iter_rows(values_only=True)])
        write(f"{called}/甲县2023年4月.csv", text.decode("utf-8-sig").encode(encoding))
        ran = collect(called)
        assert Path("data/2023-04/jia.csv").exists() == is_taken, ran.out
        assert ("这是批注副本的“校验结果”一页，不是填报表" in ran.out) is not is_taken
    assert figures("data/2023-04/jia.csv") == SOUND
