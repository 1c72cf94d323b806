"""Words in a workbook that are in no cell of its table are judged as a remark below it is, wherever they stand."""

import re
from collections.abc import Callable
from datetime import date
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from openpyxl.comments import Comment

from inbox import Collect, april, collect, gbk_zip, rows
from mzplan.check.run import run_checks
from mzplan.submissions.places import Spot
from mzplan.submissions.sources import Source
from test_cli_check import check, write
from test_workbooks import PLAN, TABLE
from workbooks import ods_of, repacked, saved, xlsx_of

__all__ = ["check", "collect"]

APRIL = [TABLE[0], *(["2023-04", *row[1:]] for row in TABLE[1:])]


def told(data: bytes, ending: str = ".xlsx") -> set[str]:
    source = Source(f"data/2023-04/jia{ending}", content=BytesIO(data), spot=Spot(("2023-04",), f"jia{ending}"))
    found = run_checks(PLAN, [source], today=date(2023, 4, 30)).diagnostics
    return {f"{each.severity.value} {each.rule.code}" for each in found if not each.rule.code.startswith("MZ6")}


def written(*, box: str = "", tab: str = "填报", margin: str = "", note: str = "", at: str = "E2") -> bytes:
    stream = BytesIO()
    book = xlsxwriter.Workbook(stream)
    sheet = book.add_worksheet(tab)
    for number, cells in enumerate(APRIL):
        for column, cell in enumerate(cells):
            sheet.write(number, column, int(cell) if cell.isdecimal() else cell)
    if box:
        sheet.insert_textbox("G9", box)
    if margin:
        sheet.set_footer(f"&C{margin}")
    if note:
        sheet.write_comment(at, note, {"author": "张三"})
    book.close()
    return stream.getvalue()


def box_in_ods(text: str) -> bytes:
    """A shape that stands in a cell, as LibreOffice anchors it."""
    shape = (
        f'<draw:frame xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"><draw:text-box><text:p>{text}'
        "</text:p></draw:text-box></draw:frame><text:p>12</text:p>"
    )

    def put(name: str, content: bytes) -> tuple[str, bytes]:
        return name, content.replace(b"<text:p>12</text:p>", shape.encode())

    return repacked(ods_of(APRIL), put)


PLACES: list[tuple[Callable[[str], bytes], str]] = [
    (lambda text: written(box=text), ".xlsx"),
    (lambda text: written(margin=text), ".xlsx"),
    (lambda text: written(note=text, at="E1"), ".xlsx"),
    (lambda text: written(note=text), ".xlsx"),
    (lambda text: written(tab=text), ".xlsx"),
    (box_in_ods, ".ods"),
]
WRONG = ["实际应为190", "改为190", "数据有误，待核实", "未经审核", "预计数", "这是当月数"]


@pytest.mark.parametrize("text", WRONG)
@pytest.mark.parametrize(("make", "ending"), PLACES)
def test_what_makes_the_figures_wrong_is_an_error_wherever_it_stands(
    make: Callable[[str], bytes], ending: str, text: str
) -> None:
    assert told(make(text), ending) & {"error MZ160", "error MZ161"}


@pytest.mark.parametrize("text", ["甲县4月报表", "填报人：王芳", "应为30"])
@pytest.mark.parametrize(("make", "ending"), PLACES)
def test_what_says_nothing_against_them_passes(make: Callable[[str], bytes], ending: str, text: str) -> None:
    if text != "应为30" or make is PLACES[3][0]:
        text = text.replace("：", " ")  # no tab may have it
        assert told(make(text), ending) == set()


@pytest.mark.parametrize("at", [0, 1, 2, 5])
def test_another_unit_and_month_in_a_shape_or_margin_is_an_error(at: int) -> None:
    make, ending = PLACES[at]
    assert told(make("乙市2023年3月"), ending) == {"error MZ158"}


@pytest.mark.parametrize("make", [PLACES[0][0], PLACES[1][0]])
@pytest.mark.parametrize(("text", "is_good"), [("乙市2023年3月", True), ("乙市4月报表，数据有误", False)])
def test_they_are_to_be_put_right_where_nothing_is_told_of_them_then(
    make: Callable[[str], bytes], text: str, *, is_good: bool
) -> None:
    spot = Spot(("2023-04",), "jia.xlsx")
    source = Source("data/2023-04/jia.xlsx", content=BytesIO(make(text)), spot=spot)
    found = run_checks(PLAN, [source], today=date(2023, 4, 30)).diagnostics
    hints = {each.hint for each in found if each.rule.code == "MZ158"}
    assert [hint.endswith("再改正这几个字。") for hint in hints] == [is_good]


@pytest.mark.parametrize("at", [0, 1, 2, 5])
def test_other_words_are_told(at: int) -> None:
    make, ending = PLACES[at]
    assert told(make("床位按核定数填报"), ending) == {"warning MZ129"}


@pytest.mark.parametrize("note", ["190", "张三:\n实际190", "应为 190", "实际应为190"])
def test_a_comment_at_a_figure_is_judged_as_its_note_is(note: str) -> None:
    assert told(written(note=note)) == {"error MZ161"}
    assert told(written(note=note.replace("190", "30"))) == set()  # what the cell holds
    assert told(written(note="新建一家养老院")) == set()


@pytest.mark.parametrize("heading", ["处理", "备注2", "领导意见", "情况"])
@pytest.mark.parametrize(
    ("text", "is_wrong"),
    [("应为190", True), ("作废", True), ("应为190，以此为准", True), ("同意", False), ("张三", False), ("190", False)],
)
def test_what_a_column_that_is_not_read_says_of_a_figure_is_judged_as_its_note_is(
    heading: str, text: str, *, is_wrong: bool
) -> None:
    """To name the column does not take it back: it was an error only as long as no heading stood over it."""
    book = openpyxl.load_workbook(BytesIO(written()))
    book.worksheets[0]["J1"], book.worksheets[0]["J2"] = heading, text
    wrong = {"error MZ161"} if is_wrong else set()
    assert told(saved(book)) == {"warning MZ135"} | wrong
    lines = [*map(list, APRIL)]
    lines[0].append(heading)
    lines[1].append(text)
    lines[2:] = [[*line, ""] for line in lines[2:]]
    assert told("\n".join(",".join(line) for line in lines).encode(), ".csv") == {"warning MZ135"} | wrong


@pytest.mark.parametrize("heading", ["更正值", "更正后", "更正为", "市级核定数", "核实数", "审核数", "应为"])
@pytest.mark.parametrize(
    ("figure", "corrected", "is_wrong"), [("30", "190", True), ("30", "30", False), ("", "190", True)]
)
def test_a_number_under_a_heading_that_corrects_is_another_figure(
    heading: str, figure: str, corrected: str, *, is_wrong: bool
) -> None:
    book = openpyxl.load_workbook(BytesIO(written()))
    sheet = book.worksheets[0]
    sheet["J1"], sheet["J2"], sheet["E2"] = heading, int(corrected), figure or None
    assert ("error MZ161" in told(saved(book))) == is_wrong


@pytest.mark.parametrize(("measure", "is_wrong"), [("张", False), ("元", True), ("万元", True), ("", False)])
@pytest.mark.parametrize("heading", ["计量单位", "指标单位", "单位"])
def test_money_is_no_measure_of_what_is_counted(heading: str, measure: str, *, is_wrong: bool) -> None:
    book = openpyxl.load_workbook(BytesIO(written()))
    book.worksheets[0]["J1"], book.worksheets[0]["J2"] = heading, measure
    assert ("error MZ158" in told(saved(book))) == is_wrong


@pytest.mark.parametrize("base", ["甲县2023年4月填报表", "甲县2023年4月民政指标完成情况表"])
@pytest.mark.parametrize(
    ("behind", "severity"),
    [
        *((each, "") for each in ("", "（终稿）", "(正式)", "（盖章版）", "（截至4月30日）", "（截至2023年4月底）")),
        *((each, "warning") for each in ("（补报）", "(更正)", "（修改后）", "（重报）", "（更新）", "（已更正）")),
        *((each, "error") for each in ("（当月数）", "（暂估）", "（草稿）", "（未审定）")),
    ],
)
def test_a_title_may_say_which_version_of_a_table_it_heads(base: str, behind: str, severity: str) -> None:
    """What it is there instead of is asked about; how its figures were come by is an error."""
    found = told(xlsx_of([[base + behind, *[""] * (len(APRIL[0]) - 1)], *APRIL]))
    assert found == ({f"{severity} MZ161"} if severity else set())


def test_a_shape_and_a_comment_of_another_sheet_are_read() -> None:
    book = openpyxl.load_workbook(BytesIO(written()))
    book.create_sheet("封面")["A1"] = "甲县4月报表"
    book["封面"]["A1"].comment = Comment("数据有误", "张三")
    assert told(saved(book)) == {"error MZ161"}


@pytest.mark.parametrize("name", ["甲县4月（作废）.xlsx", "有误作废.xlsx", "作废/甲县4月.xlsx", "作废.zip"])
def test_a_report_that_is_called_void_waits_for_whoever_collects_it(collect: Collect, name: str) -> None:
    data = xlsx_of(rows())
    write(f"inbox/{name}", gbk_zip({"1.xlsx": data}) if name.endswith("zip") else data)
    ran = collect("inbox")
    assert ran.code == 1
    assert re.search("文件夹?名写着“.*作废.*”，没有归档：要用它，把名字改了再收；不用，移出收件箱\n", ran.out)
    assert "请核对" not in ran.out
    assert not Path("data/2023-04/jia.csv").exists()
    assert not Path("returns").exists()
    write("inbox/甲县.xlsx", xlsx_of(rows(beds="31")))
    for _ in range(2):
        ran = collect("inbox")
        assert ran.code == 0
        assert "，没有归档\n" in ran.out
        assert ",31," in Path("data/2023-04/jia.csv").read_text(encoding="utf-8")


DOUBTFUL = ("草稿", "待定", "待核实", "随便", "估算", "当月", "领导未审", "先报后改", "更正为12", "以纸质为准")
WORDS = (
    *DOUBTFUL,
    "甲县",
    "乙市",
    "4月",
    "3月",
    "2023年",
    "10月",
    "数据",
    "最终版",
    "定稿",
    "(1)",
    "新增15",
    " ",
    "-",
    "_",
    "民政局",
)
NAMES = st.lists(st.sampled_from(WORDS), min_size=1, max_size=5).map("".join).map(str.strip).filter(bool)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(name=NAMES, as_folder=st.booleans())
@example(name="随便", as_folder=False)
def test_what_is_sound_is_filed_in_any_name_and_what_that_says_is_told(
    collect: Collect, name: str, as_folder: bool
) -> None:
    path = f"inbox/{name}/1.csv" if as_folder else f"inbox/{name}.csv"
    write(path, april("甲县"))
    ran = collect("inbox", "--dry-run")
    Path(path).unlink()
    assert ran.code == 0
    assert f"√ {path}：甲县 2023-04，归档\n" in ran.out
    told = f"请核对：文件{'夹' if as_folder else ''}名写着“{name}”，数照表里的收，没有照它改。\n"
    assert told in ran.out or not any(word in name for word in ("草稿", "待核实", "随便"))


def test_a_folder_above_the_inbox_says_nothing_of_what_came_in(collect: Collect) -> None:
    write("作废/inbox/甲县.csv", april("甲县"))
    write("作废/inbox/草稿/乙市.csv", april("乙市"))
    ran = collect("作废/inbox", "--dry-run")
    assert ran.code == 0
    assert ran.out.count("请核对：") == 1
    assert "请核对：文件夹名写着“草稿”" in ran.out
    assert collect("作废/inbox/甲县.csv").code == 0


@pytest.mark.parametrize("name", ["草稿", "待核实", "乙市3月当月数据"])
def test_a_copy_that_is_sent_back_with_its_cell_put_right_is_filed(collect: Collect, name: str) -> None:
    write(f"inbox/{name}.xlsx", xlsx_of(rows(beds="三十个左右")))
    assert collect("inbox").code == 1
    assert f"文件名写着“{name}”" in Path("returns/2023-04/jia.txt").read_text(encoding="utf-8")
    copy = Path(f"returns/2023-04/jia-{name}.xlsx")
    book = openpyxl.load_workbook(copy)
    book.worksheets[1]["E2"] = 30
    Path(f"inbox/{name}.xlsx").unlink()
    book.save(f"inbox/{copy.name}")
    assert collect("inbox").code == 0
    assert Path("data/2023-04/jia.csv").exists()


@pytest.mark.parametrize(
    "name", ["甲县4月（最终版）.xlsx", "甲县4月报表（改）.xlsx", "新建 Microsoft Excel 工作表.xlsx"]
)
def test_a_report_may_be_called_anything_else(collect: Collect, name: str) -> None:
    write(f"inbox/{name}", xlsx_of(rows()))
    assert "退回" not in collect("inbox").out
