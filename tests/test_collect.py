"""`mzplan collect` as the officer meets it: what came in is taken for what it says, checked, and filed or sent back."""

import errno
import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import openpyxl
import pytest

from conftest import Mzplan, few
from inbox import APRIL, BLANK, SOUND, Collect, april, collect, figures, files, rows
from test_cli_check import HEADER, MEALS, SCHEME, Run, check, write
from test_workbooks import csv_of
from workbooks import WRITERS, xlsx_of

__all__ = ["check", "collect"]

pytestmark = pytest.mark.untraced

TABS = "\n".join("\t".join(row) for row in rows()).encode("utf-16")


SHAPES: Mapping[str, bytes] = {
    "甲.csv": april("甲县").encode(),
    "新建文件夹/gbk.csv": april("甲县").encode("gb18030"),
    "报表.txt": TABS,
    "无名": csv_of(rows()),
    "book.csv": xlsx_of(rows()),
    "title.xlsx": xlsx_of([["示范市民政工作4月报表"], *rows(), ["填报人：张三"]]),
    **{f"book{ending}": writer(rows()) for ending, writer in WRITERS.items()},
}


@pytest.mark.parametrize("name", SHAPES)
def test_a_sound_report_is_filed_whatever_it_is_called_and_written_in(collect: Collect, name: str) -> None:
    write(f"inbox/{name}", SHAPES[name])
    ran = collect("inbox")
    assert (ran.code, ran.err) == (0, "")
    assert figures("data/2023-04/jia.csv") == SOUND
    assert "单位看“填报单位”一栏，报告期看“报告期”一栏" in ran.out
    assert "甲县 2023-04，归档" in ran.out
    (kept,) = Path("inbox/filed/2023-04").iterdir()
    assert kept.read_bytes() == SHAPES[name]
    assert not Path("returns").exists()


def test_an_inbox_that_may_not_be_listed_is_named_itself(collect: Collect, monkeypatch: pytest.MonkeyPatch) -> None:
    """Root may list whatever it likes, and so the system's refusal is played; it is no matter of what is kept in it."""
    write("inbox/甲.csv", april("甲县"))

    def refuse(path: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied", str(path))

    monkeypatch.setattr(os, "scandir", refuse)
    ran = collect("inbox")
    assert (ran.code, ran.out, ran.err) == (2, "", "mzplan: 读不了 inbox：没有权限。\n")


def test_what_is_filed_checks_clean(collect: Collect, check: Run) -> None:
    for unit in ("甲县", "乙市", "示范开发区"):
        write(f"inbox/{unit}.xlsx", xlsx_of(rows(unit)))
    assert collect("inbox").code == 0
    assert check("data/2023-04").code == 0


def test_a_dry_run_says_the_same_and_writes_nothing(collect: Collect) -> None:
    write("inbox/甲.csv", april("甲县"))
    write("inbox/乙.csv", april("乙市", "三十"))
    before = files()
    dry = collect("inbox", "--dry-run")
    assert files() == before
    real = collect("inbox")
    assert dry.code == real.code == 1
    first, note, *rest = dry.out.splitlines()
    assert note == "只看不写（--dry-run）：下面是会怎样做，什么也没有写"
    assert [first, *rest] == real.out.splitlines()


def test_what_has_been_put_right_is_told_and_goes_to_nobody(collect: Collect) -> None:
    text = april("甲县").replace("T01-01", "T01-01 ").replace(",30,", ",３０,")
    write("inbox/甲.csv", text.encode("gb18030"))
    ran = collect("inbox")
    assert ran.code == 0
    assert figures("data/2023-04/jia.csv") == SOUND
    assert "已改写法：1 行的写法；编码由 GB18030 改为 UTF-8" in ran.out
    assert "请核对" not in ran.out


def test_a_line_that_is_left_out_is_told(collect: Collect) -> None:
    write("inbox/甲.csv", "示范市民政工作报表,,,,,,,,\n" + april("甲县"))
    assert "  第1行已去掉：示范市民政工作报表,,,,,,,,\n" in collect("inbox").out


@few("kept", [range(9), range(2, 9), [2, 4, 5, 6], range(3, 7)], [range(9), range(3, 7)], ids=str)
def test_who_signed_below_a_table_is_no_row_of_it_whatever_columns_it_has(
    collect: Collect, kept: Sequence[int]
) -> None:
    """The month and the unit that a table lacks are said of its rows alone."""
    table = [[row[at] for at in kept] for row in rows()]
    signed = ["填报单位：甲县", "", "填报日期：2023年5月3日"]
    lines = [*table, [*signed, *[""] * (len(kept) - len(signed))]]
    write("inbox/甲县2023年4月.csv", "".join(f"{','.join(line)}\n" for line in lines))
    ran = collect("inbox")
    assert ran.code == 0
    assert figures("data/2023-04/jia.csv") == SOUND
    assert f"  第{len(lines)}行已去掉：填报单位：甲县,,填报日期：2023年5月3日," in ran.out
    assert "2023-04,甲县" not in ran.out


def test_the_table_ends_with_the_silent(collect: Collect) -> None:
    write("inbox/甲.csv", april("甲县"))
    write("inbox/乙.csv", april("乙市", "三十个"))
    ran = collect("inbox")
    assert ran.out.endswith(
        "各单位\n"
        "填报单位    报告期   收到  结果\n"
        "甲县        2023-04     1  归档\n"
        "乙市        2023-04     1  退回\n"
        "示范开发区  2023-04     0  未报\n"
        "市本级      2023-04     0  未报\n\n"
        "归档 1，退回 1。\n"
        "2023-04 应报 4 家：归档 1 家；退回待重报：乙市；未报：示范开发区、市本级。\n"
    )


def test_whose_report_was_sent_back_has_not_reported(collect: Collect) -> None:
    for unit in ("甲县", "示范开发区"):
        write(f"inbox/{unit}.csv", april(unit))
    write("inbox/乙.csv", april("乙市", "三十个"))
    write("inbox/市.csv", f"{HEADER}{APRIL},市本级,T03-01,市级方案,未启动,,,,\n")
    assert collect("inbox").out.endswith("2023-04 应报 4 家：归档 3 家；退回待重报：乙市。\n")
    write("inbox/乙.csv", april("乙市"))
    assert collect("inbox").out.endswith("2023-04 应报的 4 家都有了。\n")
    write("inbox/乙.csv", april("乙市", "三十个"))
    assert collect("inbox").out.endswith("2023-04 应报的 4 家都有了。\n"), "the one filed before stands"


def test_everybody_is_heard(collect: Collect) -> None:
    for unit in ("甲县", "乙市", "示范开发区"):
        write(f"inbox/{unit}.csv", april(unit))
    write("inbox/市.csv", f"{HEADER}{APRIL},市本级,T03-01,市级方案,未启动,,,,\n")
    ran = collect("inbox")
    assert ran.code == 0
    assert ran.out.endswith("归档 4。\n2023-04 应报的 4 家都有了。\n")


def test_nothing_is_written_when_something_cannot_be(collect: Collect) -> None:
    write("inbox/甲.csv", april("甲县"))
    write("inbox/乙.csv", april("乙市", "三十个"))
    write("returns/2023-04", "no folder")
    before = files()
    ran = collect("inbox")
    assert ran.code == 2
    assert files() == before


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["nowhere"], "找不到 nowhere"),
        (["empty"], "empty 里没有收到文件"),
        (["data/2023-03"], "data/2023-03 在数据文件夹里，不是收件箱"),
        (["empty", "--data", "data/2023-03/jia.csv"], "--data 只写一个文件夹"),
        ([], "缺少必填的参数 INBOX"),
    ],
)
def test_what_cannot_be_collected_is_said(collect: Collect, arguments: list[str], said: str) -> None:
    Path("empty").mkdir()
    ran = collect(*arguments)
    assert ran.code == 2
    assert said in ran.err


def test_words_that_begin_as_a_formula_are_filed_as_words(collect: Collect) -> None:
    table = rows()
    table[1][7] = "=不是公式，新院投用"
    write("inbox/甲.csv", csv_of(table))
    collect("inbox")
    assert figures("data/2023-04/jia.csv")["T01-01"][3] == "'=不是公式，新院投用"


def test_a_first_report_makes_the_data_folder(collect: Collect) -> None:
    write("inbox/甲.csv", april("甲县"))
    ran = collect("inbox", "--data", "new")
    assert ran.code == 0
    assert figures("new/2023-04/jia.csv") == SOUND


def test_settings_count_as_in_check(collect: Collect) -> None:
    text = april("甲县").replace(f"{APRIL},甲县,{SCHEME},未启动,,,,", f"{APRIL},甲县,{SCHEME},已完成,,,,")
    write("inbox/甲.csv", text)
    warned = collect("inbox", "--dry-run")
    assert warned.code == 0
    assert "1 处请核对：" in warned.out
    write("mzplan.toml", "strict = true\n")
    assert collect("inbox", "--dry-run").code == 1


def test_meals_are_no_percentage(collect: Collect) -> None:
    write("inbox/甲.csv", april("甲县").replace(f"{MEALS},,8,10,,", f"{MEALS},80%,8,10,,"))
    assert collect("inbox").code == 0
    assert figures("data/2023-04/jia.csv")["T01-02"][1:3] == ("8", "10")


def test_forms_are_sent_filled_in_and_collected(collect: Collect, mzplan: Mzplan) -> None:
    """One comes back as it was sent, which is one cause and not an empty cell each."""
    assert mzplan("template", "--all", "-p", APRIL, "-o", "forms/").code == 0
    book = openpyxl.load_workbook("forms/jia.xlsx")
    sheet = book["填报"]
    column = {cell.value: number for number, cell in enumerate(sheet[1], start=1)}
    for row in range(2, sheet.max_row + 1):
        value, above, below, *_ = SOUND[str(sheet.cell(row, column["指标编码"]).value)]
        for heading, text in (("完成值", value), ("分子", above), ("分母", below)):
            if text:
                sheet.cell(row, column[heading]).value = int(text) if text.isdigit() else text
    book.save("forms/jia.xlsx")
    ran = collect("forms/jia.xlsx", "forms/yi.xlsx")
    assert ran.code == 0
    assert figures("data/2023-04/jia.csv") == SOUND
    assert "· forms/yi.xlsx：乙市 2023-04，没有填\n" in ran.out
    assert "乙市        2023-04     0  未报（forms/yi.xlsx 里没有读到数）\n" in ran.out
    assert not Path("returns").exists()


@pytest.mark.parametrize("is_saved", [False, True])
def test_a_blank_form_beside_the_filled_one_changes_nothing(collect: Collect, mzplan: Mzplan, is_saved: bool) -> None:
    mzplan("template", "--all", "-p", "2023-04", "-o", "forms")
    if is_saved:
        openpyxl.load_workbook("forms/jia.xlsx").save("forms/jia.xlsx")
    write("sent/甲县.csv", april("甲县"))
    ran = collect("forms/jia.xlsx", "sent")
    assert (ran.code, figures("data/2023-04/jia.csv")) == (0, SOUND)
    assert "甲县        2023-04     1  归档\n" in ran.out
    assert "归档 1，没有填 1。" in ran.out
    again = collect("forms/jia.xlsx", "sent")
    assert (again.code, "已归档 1，没有填 1。" in again.out) == (0, True)
    assert not Path("returns").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
@pytest.mark.parametrize("linked", ["data", "data/2023-04"])
def test_nothing_is_filed_where_check_would_read_nothing(
    linked: str, collect: Collect, check: Run, tmp_path: Path
) -> None:
    write("inbox/甲.csv", april("甲县"))
    outside = tmp_path.parent / f"{tmp_path.name}-outside"
    outside.mkdir()
    link = Path(linked)
    if link.exists():
        link.rename("before")
    link.symlink_to(outside, target_is_directory=True)
    ran = collect("inbox")
    assert ran.code == 2
    assert f"{linked}：符号链接指到了项目外面，没有归档。" in ran.err
    assert "符号链接指到了项目外面" in check("data/2023-04").out
    assert [*outside.iterdir()] == []


@pytest.mark.parametrize("text", [HEADER + BLANK, "", april("丙市")], ids=["form", "empty", "error"])
def test_a_file_without_a_record_is_no_report(collect: Collect, text: str) -> None:
    """Who has reported is told by the records, as `status` tells it, and not by the files."""
    for unit in ("甲县", "示范开发区"):
        write(f"inbox/{unit}.csv", april(unit))
    write("inbox/市.csv", f"{HEADER}{APRIL},市本级,T03-01,市级方案,未启动,,,,\n")
    write("data/2023-04/yi.csv", text)
    ran = collect("inbox")
    assert "乙市        2023-04     0  未报（data/2023-04/yi.csv 里没有读到数）\n" in ran.out
    assert ran.out.endswith("2023-04 还有 1 家未报：乙市（有文件，没有读到数）。\n")
