"""A copy of a clerk's own workbook with what is wrong marked in it: nothing else differs from what the clerk sent."""

import csv
import io
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter
from hypothesis import example, given
from openpyxl.comments import Comment
from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.datavalidation import DataValidation

from conftest import dear
from mzplan.check.run import run_checks
from mzplan.diagnostics import Diagnostic
from mzplan.plan.load import load_plan
from mzplan.reading.formula import is_formula
from mzplan.reading.workbook import sheets_of
from mzplan.render.annotated import Copy, annotated
from mzplan.submissions.places import Spot
from mzplan.submissions.sources import Source
from test_cli_check import Run, check, report, write
from test_workbooks import TABLE, csv_of, tables
from workbooks import WRITERS, Rows, repacked, rows_of, saved, xlsx_of

__all__ = ["check"]

PLAN = load_plan(Path(__file__).parent / "plans" / "tiny.yaml")
RED, YELLOW = "FFFF9999", "FFFFFF66"
MARCH = "data/2023-03/jia"
LISTING = "校验结果"


def findings_of(data: bytes, ending: str) -> tuple[Diagnostic, ...]:
    path = "data/2023-06/jia" + ending
    source = Source(path, content=BytesIO(data), spot=Spot(("2023-06",), f"jia{ending}"))
    found = run_checks(PLAN, [source], today=date(2023, 12, 31)).diagnostics
    return tuple(finding for finding in found if finding.location.path == path)


def copy_of(data: bytes, ending: str) -> Copy:
    return annotated("jia" + ending, data, findings_of(data, ending), {})


def opened(data: bytes) -> Any:
    return openpyxl.load_workbook(BytesIO(data), rich_text=True)


def styled(rows: Rows) -> bytes:
    """The rows as a clerk may have made them look, with a formula, a comment, rules and a second sheet."""
    book = opened(xlsx_of(rows))
    sheet = book.worksheets[0]
    thin = Side(style="thin", color="FF336699")
    for row in sheet.iter_rows():
        for cell in row:
            cell.font = Font(name="仿宋", size=11, bold=cell.row == 1)
            cell.border = Border(left=thin, bottom=thin)
            cell.alignment = Alignment(horizontal="center", wrap_text=True)
    sheet["L1"], sheet["L2"], sheet["L3"] = "=SUM(E2:E5)", 0.25, datetime(2023, 10, 1, 9)  # noqa: DTZ001
    sheet["L2"].number_format, sheet["L3"].number_format = "0.00%", 'yyyy"年"m"月"'
    sheet["M1"].fill = PatternFill("solid", start_color="FF00FF00")
    sheet["M1"].comment = Comment("请当天报", "科长")
    sheet.merge_cells("L7:M8")
    sheet["L7"] = "合并"
    sheet.column_dimensions["D"].width, sheet.row_dimensions[2].height = 31, 40
    sheet.row_dimensions[3].hidden = True
    sheet.freeze_panes = "A2"
    chosen = DataValidation(type="list", formula1='"未启动,推进中,已完成"')
    chosen.add("E5")
    sheet.add_data_validation(chosen)
    sheet.conditional_formatting.add("E2:E5", FormulaRule(formula=["E2<0"], fill=PatternFill()))  # type: ignore[no-untyped-call]
    sheet.protection.sheet = True
    sheet.print_title_rows = "1:1"
    book.create_sheet("说明")["B2"] = "不用填"
    return saved(book)


def cells(sheet: Any) -> dict[str, tuple[object, ...]]:
    """Everything about every cell but its fill and comment."""
    return {
        cell.coordinate: (
            cell.value,
            cell.data_type,
            cell.number_format,
            *map(repr, (cell.font, cell.border, cell.alignment, cell.protection)),
        )
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None or cell.has_style
    }


def around(sheet: Any) -> tuple[object, ...]:
    """Everything about a sheet that is no cell."""
    widths = {name: column.width for name, column in sheet.column_dimensions.items()}
    rows = {number: (row.height, row.hidden) for number, row in sheet.row_dimensions.items()}
    rules = [(str(each.sqref), [rule.formula for rule in each.rules]) for each in sheet.conditional_formatting]
    chosen = [(str(each.sqref), each.type, each.formula1) for each in sheet.data_validations.dataValidation]
    return (
        sheet.sheet_state, sheet.freeze_panes, sheet.print_title_rows, sheet.protection.sheet,
        sorted(map(str, sheet.merged_cells.ranges)), widths, rows, rules, chosen,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("value", "format_", "said"),
    [
        (datetime(2023, 10, 1), "yyyy-mm-dd", "2023-10-01"),  # noqa: DTZ001
        (190, "yyyy-mm-dd", "1900-07-08"),
        (190, 'yyyy"年"m"月"', "1900-07-08"),
        (190, "[h]:mm", "1900-07-08"),
        (0.5, "h:mm", "12:00:00"),
        (1.9, "0%", "190%"),
        (190, "0.00%", "19000%"),
        (190, ";;;", "190（显示的不是它）"),
        (190000, "#,##0,", "190000（显示时缩小了）"),
        (190, '"约"0', "约190"),
        (190, '0"元"', "190元"),
    ],
)
def test_a_cell_whose_format_makes_another_thing_of_any_number_takes_one_in_the_copy(
    value: object, format_: str, said: str
) -> None:
    """It says what it did until then: no figure comes of it before somebody has given one."""
    book = opened(xlsx_of(TABLE))
    cell = book.worksheets[0]["E2"]
    cell.value, cell.number_format = value, format_
    data = saved(book)
    wrong = findings_of(data, ".xlsx")
    assert "填报表!E2" in {each.cell for each in wrong if each.severity.value == "error"}
    copy = copy_of(data, ".xlsx").data
    again = opened(copy)
    assert (again["填报表"]["E2"].value, again["填报表"]["E2"].number_format) == (said, "General")
    assert [(each.rule, each.message) for each in findings_of(copy, ".xlsx")] == [
        (each.rule, each.message) for each in wrong
    ]
    again["填报表"]["E2"].value = 190
    assert findings_of(saved(again), ".xlsx") == findings_of(xlsx_of(TABLE), ".xlsx")


def test_no_format_is_taken_off_a_cell_whose_figure_is_read_as_it_is_seen() -> None:
    book = opened(xlsx_of(TABLE))
    sheet = book.worksheets[0]
    sheet["E2"], sheet["E2"].number_format = 190.5, "#,##0.00"
    copy = opened(copy_of(saved(book), ".xlsx").data)["填报表"]["E2"]
    assert copy.comment is not None
    assert (copy.value, copy.number_format) == (190.5, "#,##0.00")


@dear()
@given(rows=tables())
@example(rows=[TABLE[0], *TABLE])
def test_nothing_but_marks_differs_from_what_the_clerk_sent(rows: Rows) -> None:
    data = styled(rows)
    copy = copy_of(data, ".xlsx")
    before, after = opened(data), opened(copy.data)
    assert copy.lost == ""
    assert after.sheetnames == [LISTING, *before.sheetnames]
    for old in before.worksheets:
        new = after[old.title]
        was, now = cells(old), cells(new)
        column = next((cell.column_letter for row in new.iter_rows() for cell in row if cell.value == LISTING), "J")
        beside = {place for place in now if place.rstrip("0123456789") == column}
        assert {place: now[place] for place in was} == was
        assert not beside & was.keys()
        assert all(now[place][0] is None and new[place].comment for place in now.keys() - was.keys() - beside)
        for sheet in (old, new):
            sheet.column_dimensions.pop(column, None)
        assert around(new) == around(old)
    again = opened(copy_of(copy.data, ".xlsx").data)["填报表"]["M1"].comment.text
    is_read = "MZ162" not in {finding.rule.code for finding in findings_of(data, ".xlsx")}  # a second, other header
    told = "请当天报" + is_read * "\n\nMZ129 警告：批注没有读，上面写着“请当天报”\n"
    assert after["填报表"]["M1"].comment.text.startswith(told)
    assert again == after["填报表"]["M1"].comment.text
    assert after["填报表"]["L1"].value == "=SUM(E2:E5)"


@pytest.mark.parametrize("ending", [*WRITERS, ".csv"])
@dear()
@given(rows=tables())
def test_every_cell_that_is_spoken_of_is_marked_and_no_other(ending: str, rows: Rows) -> None:
    data = csv_of(rows) if ending == ".csv" else WRITERS[ending](rows)
    found = findings_of(data, ending)
    sheet = opened(copy_of(data, ending).data)["填报表"]
    expected: dict[str, str] = {}
    for finding in found:
        for each in finding.singly():
            if each.cell:
                place = each.cell.rpartition("!")[2]
                colour = RED if each.severity == "error" or expected.get(place) == RED else YELLOW
                expected[place] = colour
    marked = {c.coordinate: c for row in sheet.iter_rows() for c in row if c.comment is not None}
    assert {place: cell.fill.start_color.rgb for place, cell in marked.items()} == expected
    for finding in found:
        for each in finding.singly():
            if each.cell:
                assert finding.rule.code in marked[each.cell.rpartition("!")[2]].comment.text


@pytest.mark.parametrize("ending", [*WRITERS, ".csv"])
@dear()
@given(rows=tables())
def test_a_file_of_any_kind_says_in_its_copy_what_it_said(ending: str, rows: Rows) -> None:
    data = csv_of(rows) if ending == ".csv" else WRITERS[ending](rows)
    said = {(row, column): text for row, column, text in _texts(rows)}
    (sheet,) = [grid for grid in sheets_of(copy_of(data, ending).data) if grid.name == "填报表"]
    now = {(row, column): text for row, texts in sheet.rows.items() for column, text in texts.items() if column < 10}
    if ending == ".csv":
        assert now == said
    else:
        (was,) = sheets_of(data)
        assert now == {(row, column): text for row, texts in was.rows.items() for column, text in texts.items()}


def _texts(rows: Rows) -> list[tuple[int, int, str]]:
    read = csv.reader(io.StringIO(csv_of(rows).decode()))
    return [(at, number, text) for at, row in enumerate(read, 1) for number, text in enumerate(row, 1) if text]


def test_the_first_sheet_lists_all_findings_with_links_and_the_column_tells_them_beside() -> None:
    rows = [list(row) for row in TABLE]
    rows[1][4], rows[3][1] = "三十", "甲"
    book = opened(copy_of(xlsx_of(rows), ".xlsx").data)
    listing, sheet = book.worksheets
    assert listing["A1"].value == "校验结果：jia.xlsx"
    assert listing["A2"].value == "1 处要改（红色），1 处请核对（黄色）。"
    told = [[cell.value for cell in row] for row in listing.iter_rows(min_row=6)]
    assert [(row[0], row[1], row[5]) for row in told] == [("E2", "错误", "MZ217"), ("B4", "警告", "MZ303")]
    assert [listing.cell(row, 1).hyperlink.location for row in (6, 7)] == ["'填报表'!E2", "'填报表'!B4"]
    assert sheet["J1"].value == LISTING
    assert sheet["J2"].value.startswith("MZ217 错误：")
    assert "；改法：" in sheet["J4"].value
    assert sheet["J3"].value is None
    assert sheet["E2"].comment.text.startswith("MZ217 错误：")


def test_a_copy_that_is_mended_checks_clean_and_is_marked_anew_without_a_trace_of_before() -> None:
    rows = [list(row) for row in TABLE]
    rows[1][4], rows[3][1] = "三十", "甲"
    book = opened(copy_of(xlsx_of(rows), ".xlsx").data)
    book["填报表"]["E2"].value = 30
    stream = BytesIO()
    book.save(stream)
    (finding,) = findings_of(stream.getvalue(), ".xlsx")
    assert (finding.rule.code, finding.cell) == ("MZ303", "填报表!B4")
    again = opened(copy_of(stream.getvalue(), ".xlsx").data)
    assert again.sheetnames == [LISTING, "填报表"]
    sheet = again["填报表"]
    assert (sheet["J2"].value, sheet["E2"].comment, sheet["E2"].fill.fill_type) == (None, None, None)
    assert sheet["J4"].value.startswith("MZ303")
    sheet["B4"].value = "甲县"
    assert findings_of(saved(again), ".xlsx") == ()


@pytest.mark.parametrize(
    ("above", "below", "mended"),
    [
        ("", "请领导审阅", True),
        ("甲县6月填报表（另有30）", "", False),
        ("", "注：按本月数填报", False),
        ("", "另有30", False),
    ],
)
def test_what_stands_beside_words_around_the_table_is_ours_when_the_copy_comes_back(
    above: str, below: str, mended: bool
) -> None:
    """In a copy that is sent back as it is everything is said again; mended as told there is nothing of the marks."""
    rows = [*([[above]] if above else []), *map(list, TABLE), *([[below]] if below else [])]
    first, at = bool(above), 1 if above else len(rows)
    rows[first + 1][4] = "三十"
    found = findings_of(xlsx_of(rows), ".xlsx")
    copy = copy_of(xlsx_of(rows), ".xlsx").data
    said = [(each.rule, each.cell, each.message, each.value) for each in found]
    assert [(each.rule, each.cell, each.message, each.value) for each in findings_of(copy, ".xlsx")] == said
    book = opened(copy)
    sheet = book["填报表"]
    assert str(sheet.cell(at, 10).value).startswith("MZ")
    sheet.cell(first + 2, 5).value = 30
    if not mended:
        sheet.cell(at, 1).value = "甲县6月填报表" if above else None
    left = findings_of(saved(book), ".xlsx")
    assert [each.severity.value for each in left if each.severity.value == "error"] == []
    assert all("MZ" not in f"{each.message}{each.value}" for each in left)
    sheet.cell(at, 1).value, sheet.cell(first + 2, 5).value = None, "四十"
    again = opened(copy_of(saved(book), ".xlsx").data)
    assert again["填报表"].cell(at, 10).value is None


def test_a_cell_beside_the_table_is_marked_where_it_stands_and_its_row_is_judged() -> None:
    book = opened(xlsx_of(TABLE))
    sheet = book.worksheets[0]
    sheet["Q3"], sheet["F3"], sheet["G3"] = "旁注", 15, 10
    copy = opened(copy_of(saved(book), ".xlsx").data).worksheets[1]
    red = {cell.coordinate: cell.comment.text[:5] for row in copy.iter_rows() for cell in row if cell.comment}
    assert red == {"F3": "MZ404", "Q3": "MZ153"}


@pytest.mark.untraced
@pytest.mark.parametrize("corner", ["A1048576", "XFD1048576", "XFD1", "XFD3"])
def test_a_cell_far_out_costs_nothing_and_the_findings_stand_beside_the_headings(corner: str) -> None:
    book = opened(xlsx_of(TABLE))
    book.worksheets[0][corner], book.worksheets[0]["E2"] = "旁注", "三十"
    sheet = opened(copy_of(saved(book), ".xlsx").data).worksheets[1]
    assert sheet["J1"].value == LISTING
    assert sheet[corner].value == "旁注"


def test_what_a_cell_says_never_becomes_a_formula() -> None:
    rows = [list(row) for row in TABLE]
    rows[1][4], rows[1][7] = "=1+1", "@SUM(A1)"
    sheet = opened(copy_of(csv_of(rows), ".csv").data)["填报表"]
    assert (sheet["E2"].value, sheet["E2"].data_type, sheet["H2"].data_type) == ("=1+1", "s", "s")
    for row in sheet.iter_rows():
        for cell in row:
            assert cell.data_type != "f"
            assert cell.quotePrefix == is_formula(str(cell.value or ""))


def test_a_formula_keeps_what_it_came_to() -> None:
    """Who opens the copy in what does not calculate reads what the clerk saw: openpyxl writes the formulas alone."""
    stream = BytesIO()
    with xlsxwriter.Workbook(stream) as book:
        for name in ("填报表", "A & B"):
            sheet = book.add_worksheet(name)
            for at, row in enumerate(TABLE):
                sheet.write_row(at, 0, row)
            bold = book.add_format({"bold": True})
            for at, value in enumerate((236, "0.1234567890123456789", "甲 <乙>&丙", "", True, "#DIV/0!", -0.5)):
                sheet.write_formula(at, 12, "=200+36", bold if at % 2 else None, value)
            sheet.write_formula("K1", '=IF(A1="<&>", 1, 2)', None, 2)
            sheet.write_array_formula("L1:L1", "{=SUM(E2:E3)}", None, 7)
            sheet.write_formula("L2", "=1+1", None, "_x000D_")
            sheet.write("L3", "=3", book.add_format({"quote_prefix": True}))
    data = stream.getvalue()
    copy = copy_of(data, ".xlsx").data
    before, after = ([grid for grid in sheets_of(each) if grid.name != "校验结果"] for each in (data, copy))
    for old, new in zip(before, after, strict=True):
        kept = {row: {at: text for at, text in cells.items() if at in old.rows[row]} for row, cells in new.rows.items()}
        assert kept == old.rows
        assert new.formulas == old.formulas
    again = opened(copy)["填报表"]
    assert (again["M1"].value, again["K1"].value) == ("=200+36", '=IF(A1="<&>", 1, 2)')


def test_a_comment_of_the_clerks_stays_above_ours() -> None:
    rows = [list(row) for row in TABLE]
    rows[1][4] = "三十"
    book = opened(xlsx_of(rows))
    book.worksheets[0]["E2"].comment = Comment("问过村里", "小王")
    text = opened(copy_of(saved(book), ".xlsx").data)["填报表"]["E2"].comment.text
    assert text.startswith("问过村里\n\nMZ217")


def with_extension(data: bytes) -> bytes:
    """With a newer rule for cells, as Excel writes one whose list is in another sheet."""
    new = (
        b'<extLst><ext uri="{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}" '
        b'xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main">'
        b'<x14:dataValidations count="1"><x14:dataValidation type="list"/></x14:dataValidations></ext></extLst>'
        b"</worksheet>"
    )

    def change(name: str, part: bytes) -> tuple[str, bytes]:
        return name, part.replace(b"</worksheet>", new) if name.endswith("sheet1.xml") else part

    return repacked(data, change)


def test_what_could_not_be_kept_is_said() -> None:
    rows = [list(row) for row in TABLE]
    rows[1][4] = "三十"
    assert (
        copy_of(with_extension(xlsx_of(rows)), ".xlsx").lost
        == "原文件里的新式数据验证没有保留；要用的，请在原文件里改。"
    )
    assert copy_of(csv_of(rows), ".csv").lost == ""
    assert copy_of(WRITERS[".ods"](rows), ".ods").lost == (
        "由 ods 转成工作簿（xlsx），只有单元格的内容，版式、图片等没有保留；要用的，请在原文件里改。"
    )


def test_a_workbook_that_openpyxl_cannot_open_gives_its_contents_at_least() -> None:
    rows = [list(row) for row in TABLE]
    rows[1][4] = "三十"

    def change(name: str, part: bytes) -> tuple[str, bytes]:
        return name, b"<styleSheet><fonts>?</fonts" if name.endswith("theme1.xml") else part.replace(
            b'<numFmts count="0" />', b""
        ).replace(b"<fills", b"<fillz").replace(b"</fills>", b"</fillz>")

    copy = copy_of(repacked(xlsx_of(rows), change), ".xlsx")
    assert opened(copy.data)["填报表"]["E2"].value == "三十"


def test_a_file_that_cannot_be_read_gets_the_list_alone() -> None:
    copy = copy_of(b"PK\x03\x04 not a workbook", ".xlsx")
    book = opened(copy.data)
    assert copy.lost == "原文件读不出内容，副本里只有校验结果。"
    assert book.sheetnames == [LISTING]
    assert book.worksheets[0]["A6"].value == "整个文件"


def test_each_file_with_findings_gets_a_copy_and_the_run_ends_as_without(check: Run) -> None:
    write(f"{MARCH}.csv", report("甲县", "2023-03", "三十"))
    ran = check("--annotate", "returns")
    assert ran.code == 1
    assert "已写入批注副本 returns/jia.xlsx：1 个错误，0 个警告。\n" in ran.err
    assert [path.name for path in Path("returns").iterdir()] == ["jia.xlsx"]
    assert opened(Path("returns/jia.xlsx").read_bytes())["填报表"]["E2"].fill.start_color.rgb == RED


def test_files_of_one_name_are_told_apart_by_their_folders(check: Run) -> None:
    for month in ("2023-02", "2023-03"):
        write(f"data/{month}/jia.csv", report("甲县", month, "三十"))
    check("--annotate", "returns")
    assert sorted(map(str, Path("returns").rglob("*.xlsx"))) == ["returns/2023-02/jia.xlsx", "returns/2023-03/jia.xlsx"]


def test_a_copy_takes_no_files_place_unless_forced_and_then_all_are_written(check: Run) -> None:
    for unit, name in (("jia", "甲县"), ("yi", "乙市")):
        write(f"data/2023-03/{unit}.csv", report(name, "2023-03", "三十"))
    write("returns/yi.xlsx", "mine")
    ran = check("--annotate", "returns")
    assert ran.code == 2
    assert "returns/yi.xlsx 已经有了" in ran.err
    assert not Path("returns/jia.xlsx").exists()
    assert check("--annotate", "returns", "--force").code == 1
    assert Path("returns/yi.xlsx").read_bytes()[:2] == b"PK"


def test_without_findings_there_is_no_copy(check: Run) -> None:
    ran = check("--annotate", "returns")
    assert (ran.code, ran.err) == (0, "没有要批注的文件。\n")
    assert not Path("returns").exists()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--annotate", "data/returns"), "data/returns 在数据文件夹里，副本会被当作填报"),
        (("--annotate", f"{MARCH}.csv"), "是文件；--annotate 后面写文件夹"),
        (("--annotate", "returns", "--diff"), "--annotate 与 --diff 不能同时使用"),
        (("-", "--annotate", "returns"), "从标准输入读取（-）时不能用 --annotate"),
    ],
)
def test_where_no_copies_can_be_written_nothing_is_checked(check: Run, arguments: tuple[str, ...], said: str) -> None:
    ran = check(*arguments)
    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err


def test_without_openpyxl_it_says_what_to_install(check: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    modules = __import__("sys").modules
    for name in [name for name in modules if name.startswith("mzplan.render.annotated")]:
        monkeypatch.delitem(modules, name)
    monkeypatch.setitem(modules, "openpyxl", None)
    ran = check("--annotate", "returns")
    assert (ran.code, ran.out) == (2, "")
    assert "-m pip install xlsxwriter xlrd openpyxl" in ran.err


def test_a_workbook_that_is_not_repaired_is_told_of_the_copy(check: Run) -> None:
    Path(f"{MARCH}.csv").unlink()
    write(f"{MARCH}.xlsx", xlsx_of(rows_of(report("甲", "2023-03"))))
    assert "用 --annotate DIR" in check("--fix").err
