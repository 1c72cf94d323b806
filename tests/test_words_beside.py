"""Words in a workbook that are in no cell of its table are judged as a remark below it is, wherever they stand."""

from collections.abc import Callable
from datetime import date
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from openpyxl.comments import Comment

from inbox import Collect, collect, rows
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


@pytest.mark.parametrize("at", [0, 1, 2, 5])
def test_other_words_are_told(at: int) -> None:
    make, ending = PLACES[at]
    assert told(make("床位按核定数填报"), ending) == {"warning MZ129"}


@pytest.mark.parametrize("note", ["190", "张三:\n实际190", "应为 190", "实际应为190"])
def test_a_comment_at_a_figure_is_judged_as_its_note_is(note: str) -> None:
    assert told(written(note=note)) == {"error MZ161"}
    assert told(written(note=note.replace("190", "30"))) == set()  # what the cell holds
    assert told(written(note="新建一家养老院")) == set()


def test_a_shape_and_a_comment_of_another_sheet_are_read() -> None:
    book = openpyxl.load_workbook(BytesIO(written()))
    book.create_sheet("封面")["A1"] = "甲县4月报表"
    book["封面"]["A1"].comment = Comment("数据有误", "张三")
    assert told(saved(book)) == {"error MZ161"}


@pytest.mark.parametrize("name", ["甲县4月（作废）.xlsx", "甲县4月预计数.xlsx", "作废/甲县4月.xlsx"])
def test_a_report_that_is_called_void_is_not_filed(collect: Collect, name: str) -> None:
    write(f"inbox/{name}", xlsx_of(rows()))
    ran = collect("inbox")
    assert "退回" in ran.out
    assert "名写着" in ran.out
    assert not Path("data/2023-04/jia.csv").exists()


@pytest.mark.parametrize(
    "name", ["甲县4月（最终版）.xlsx", "甲县4月报表（改）.xlsx", "新建 Microsoft Excel 工作表.xlsx"]
)
def test_a_report_may_be_called_anything_else(collect: Collect, name: str) -> None:
    write(f"inbox/{name}", xlsx_of(rows()))
    assert "退回" not in collect("inbox").out
