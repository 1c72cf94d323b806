"""`mzplan collect` as the officer meets it: what came in is taken for what it says, checked, and filed or sent back."""

import csv
import io
import sys
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import openpyxl
import pytest

from conftest import Mzplan, Ran
from test_cli_check import BEDS, GRADE, HEADER, MEALS, SCHEME, Run, check, report, write
from test_workbooks import csv_of
from workbooks import WRITERS, rows_of, xlsx_of, xlsx_of_sheets

__all__ = ["check"]

TODAY = "2023-05-05"
APRIL = "2023-04"
REGISTER = Path("inbox/filed/register.jsonl")
FILED = "报告期,填报单位,指标编码,指标名称,完成值,分子,分母,说明,佐证"

Collect = Callable[..., Ran]


@pytest.fixture
def collect(check: Run, mzplan: Mzplan) -> Collect:
    """Run `mzplan collect` in a project with sound reports from January to March."""
    return lambda *arguments: mzplan("collect", "--today", TODAY, *arguments)


def of_march(beds: str, note: str = "更正：录入错误") -> str:
    """March's report with another figure, and why."""
    return report("甲县", "2023-03", beds).replace(f",{beds},,,,", f",{beds},,,{note},")


def april(unit: str, beds: str = "30", extra: str = "") -> str:
    return report(unit, APRIL, beds, extra)


def rows(unit: str = "甲县", beds: str = "30") -> list[list[str]]:
    return rows_of(april(unit, beds))


def files() -> dict[str, bytes]:
    """Everything in the project, by path, but the register of what came in."""
    paths = (path for path in sorted(Path().rglob("*")) if path.is_file() and path != REGISTER)
    return {str(path): path.read_bytes() for path in paths}


def figures(path: str) -> dict[str, tuple[str, ...]]:
    """By indicator: value, numerator, denominator, note, evidence of a filed report."""
    table = list(csv.reader(io.StringIO(Path(path).read_text(encoding="utf-8-sig"))))
    assert ",".join(table[0]) == FILED
    return {row[2]: tuple(row[4:]) for row in table[1:]}


SOUND = {
    "T01-01": ("30", "", "", "", ""),
    "T01-02": ("", "8", "10", "", ""),
    "T02-01": ("12", "", "", "", ""),
    "T02-02": ("未启动", "", "", "", ""),
}
WIDE = """指标编码,指标名称,甲县,乙市,示范开发区,市本级,合计
T01-01,服务类救助项目数,30,31,32,—,93
T01-02,助餐点覆盖率,8/10,9/10,7/10,/,
T02-01,四A级社会组织数,12,13,14,—,39
T02-02,发展规划,未启动,未启动,推进中,—,
T03-01,市级方案,—,—,—,推进中,
"""
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


def test_twice_is_as_once(collect: Collect) -> None:
    write("inbox/甲.xlsx", xlsx_of(rows()))
    write("inbox/乙.xlsx", xlsx_of(rows("乙市", "三十个")))
    collect("inbox")
    before = files()
    again = collect("inbox")
    assert files() == before
    assert "甲.xlsx：甲县 2023-04，已归档" in again.out
    assert "同一个文件，以前收过" in again.out
    assert again.code == 1  # the other is still wrong


def test_the_same_figures_in_another_file_are_filed_already(collect: Collect) -> None:
    write("inbox/甲.csv", april("甲县"))
    collect("inbox/甲.csv")
    before = files()
    write("second/甲.xlsx", xlsx_of(rows()))
    ran = collect("second")
    assert ran.code == 0
    assert "与已归档的一字不差" in ran.out
    assert set(files()) - set(before) == {"second/甲.xlsx"}


def test_another_report_for_the_same_month_shows_what_it_changes_and_waits(collect: Collect) -> None:
    write("inbox/甲.csv", april("甲县"))
    collect("inbox")
    before = files()
    later = april("甲县", "31").replace("T02-02,发展规划,未启动,,,,\n", "T02-02,发展规划,推进中,,,会议已开,\n")
    write("second/甲.csv", later)
    ran = collect("second")
    assert ran.code == 1
    assert files() == {**before, "second/甲.csv": later.encode()}
    assert "  T01-01 服务类救助项目数：30 → 31\n  T02-02 发展规划：未启动 → 推进中（会议已开）\n" in ran.out
    assert "--replace" in ran.out
    replaced = collect("second", "--replace")
    assert replaced.code == 0
    assert "甲县 2023-04，替换" in replaced.out
    assert figures("data/2023-04/jia.csv")["T01-01"][0] == "31"
    kept = {path.read_bytes() for path in Path("inbox/filed/2023-04").iterdir()}
    assert {before["inbox/甲.csv"], before["data/2023-04/jia.csv"], later.encode()} <= kept
    assert collect("inbox", "second").code == 0  # the first is known, and does not come back
    assert figures("data/2023-04/jia.csv")["T01-01"][0] == "31"


@pytest.mark.parametrize("written", ["30", "３０"])
def test_a_report_that_was_replaced_is_held_against_what_is_filed_now(collect: Collect, written: str) -> None:
    """The one before may come back, if it comes alone; beside the one in its place it changes nothing."""
    write("first/甲.csv", april("甲县", written))
    write("second/甲.csv", april("甲县", "３１"))
    assert collect("first").code == 0
    assert collect("first", "second", "--replace").code == 0
    assert figures("data/2023-04/jia.csv")["T01-01"][0] == "31"
    for option in ([], ["--replace"]):
        both = collect("first", "second", *option)
        assert both.code == 0
        assert "以前收过，后来由 second/甲.csv 替换了" in both.out
        assert "  T01-01 服务类救助项目数：31 → 30\n" in both.out.replace("３０", "30")
        assert figures("data/2023-04/jia.csv")["T01-01"][0] == "31"
    alone = collect("first")
    assert alone.code == 1
    assert "与已归档的不同；要替换，请加 --replace" in alone.out
    assert collect("first", "--replace").code == 0
    assert figures("data/2023-04/jia.csv")["T01-01"][0] == "30"
    assert "已归档" in collect("first").out


def test_a_part_of_a_report_takes_nothing_away(collect: Collect) -> None:
    write("inbox/甲.csv", april("甲县"))
    collect("inbox")
    write("later/甲.csv", "\n".join(april("甲县", beds="31").splitlines()[:-1]) + "\n")
    before = Path("data/2023-04/jia.csv").read_bytes()
    ran = collect("later", "--replace")
    assert ran.code == 1
    assert "比已归档的少 1 条，没有替换：请对方把整张表发来；要去掉的数，那一行留着、不填\n" in ran.out
    assert "T02-02 发展规划：未启动 → （无）" in ran.out
    assert Path("data/2023-04/jia.csv").read_bytes() == before


def test_a_report_put_there_by_hand_is_kept_before_another_takes_its_place(collect: Collect) -> None:
    old = Path("data/2023-03/jia.csv").read_bytes()
    write("inbox/甲3月.csv", of_march("19"))
    assert collect("inbox", "--replace").code == 0
    assert old in {path.read_bytes() for path in Path("inbox/filed/2023-03").iterdir()}


def test_a_workbook_among_the_data_is_not_put_aside(collect: Collect) -> None:
    write("data/2023-04/jia.xlsx", xlsx_of(rows()))
    write("inbox/甲.csv", april("甲县", "31"))
    before = files()
    ran = collect("inbox", "--replace")
    assert (ran.code, files()) == (1, before)
    assert "data/2023-04/jia.xlsx 不是由程序归档的 CSV：先移走，再收" in ran.out


def test_two_that_differ_are_left_to_the_officer(collect: Collect) -> None:
    write("inbox/1.csv", april("甲县"))
    write("inbox/2.csv", april("甲县", "31"))
    before = files()
    ran = collect("inbox")
    assert (ran.code, files()) == (1, before)
    assert "与 inbox/2.csv 不同，不知以哪一份为准" in ran.out
    assert "  与 inbox/1.csv 比，1 处不同：\n  T01-01 服务类救助项目数：30 → 31\n" in ran.out
    assert "待定 2。" in ran.out
    assert collect("inbox/2.csv").code == 0  # the officer's choice
    assert figures("data/2023-04/jia.csv")["T01-01"][0] == "31"
    for option in ([], ["--replace"]):  # from now on the other is an older one
        ran = collect("inbox", *option)
        assert ran.code == 0
        assert "inbox/1.csv：甲县 2023-04，已被替换" in ran.out
        assert "以前收过，后来由 inbox/2.csv 替换了，以后一份为准；要换回来，只收这个文件，并加 --replace" in ran.out
        assert figures("data/2023-04/jia.csv")["T01-01"][0] == "31"
    assert collect("inbox/1.csv", "--replace").code == 0
    assert figures("data/2023-04/jia.csv")["T01-01"][0] == "30"
    assert "后来由 inbox/1.csv 替换了" in collect("inbox", "--replace").out


@pytest.mark.parametrize("is_sent_anew", [False, True])
def test_an_older_one_takes_no_newer_ones_place(collect: Collect, is_sent_anew: bool) -> None:
    """Be it still in the inbox, or sent once more in another file, which may be meant: beside others it gives way."""
    write("inbox/甲.csv", april("甲县"))
    assert collect("inbox").code == 0
    write("later/甲.csv", april("甲县", "31"))
    assert collect("later", "--replace").code == 0
    if is_sent_anew:
        Path("inbox/甲.csv").unlink()
        write("inbox/新.xlsx", xlsx_of(rows()))
    write("inbox/乙.csv", april("乙市"))
    assert collect("inbox").code == is_sent_anew
    ran = collect("inbox", "--replace")
    assert ran.code == is_sent_anew
    assert f"：甲县 2023-04，{'待定' if is_sent_anew else '已被替换'}" in ran.out
    assert "以前收过，后来由 later/甲.csv 替换了，以后一份为准；要换回来，只收这个文件，并加 --replace" in ran.out
    assert figures("data/2023-04/jia.csv")["T01-01"][0] == "31"


def test_what_is_put_right_among_the_data_gives_way_to_no_original(collect: Collect) -> None:
    write("inbox/甲.csv", april("甲县"))
    write("inbox/乙.csv", april("乙市"))
    collect("inbox")
    write("data/2023-04/jia.csv", april("甲县", "31"))
    ran = collect("inbox", "--replace")
    assert ran.code == 0
    assert "以前收过，后来由 data/2023-04/jia.csv 替换了" in ran.out
    assert Path("data/2023-04/jia.csv").read_text() == april("甲县", "31")


def test_a_report_that_was_sent_back_is_not_sent_back_beside_the_corrected_one(collect: Collect) -> None:
    write("inbox/甲.csv", april("甲县", "三十个"))
    assert collect("inbox").code == 1
    write("inbox/甲（更正）.csv", april("甲县"))
    for told in ("归档", "已归档"):
        ran = collect("inbox")
        assert ran.code == 0
        assert f"inbox/甲（更正）.csv：甲县 2023-04，{told}" in ran.out
        assert "inbox/甲.csv：甲县 2023-04，已被替换" in ran.out
        assert "以前收过，后来由 inbox/甲（更正）.csv 替换了，以后一份为准\n" in ran.out
        assert not list(Path("returns/2023-04").glob("jia*"))
    write("inbox/甲（再更正）.csv", april("甲县", "三十一个"))  # what is wrong and comes later is still sent back
    for _ in range(2):
        assert collect("inbox").code == 1
        assert Path("returns/2023-04/jia.txt").exists()
        assert figures("data/2023-04/jia.csv") == SOUND


def test_the_register_is_written_as_all_else_is(collect: Collect) -> None:
    """Nothing for a dry run, once for two runs; what somebody has written into it is passed over."""
    write("inbox/甲.csv", april("甲县"))
    write("inbox/乙.csv", april("乙市", "三十个"))
    collect("inbox", "--dry-run")
    assert not REGISTER.exists()
    collect("inbox")
    before = REGISTER.read_bytes()
    assert len(before.splitlines()) == 2
    collect("inbox")
    assert REGISTER.read_bytes() == before
    REGISTER.write_bytes(b"[1]\n{}\n\xff\n" + b"[" * 100_000 + b"\n" + before)
    ran = collect("inbox")
    assert "同一个文件，以前收过" in ran.out
    REGISTER.unlink()
    REGISTER.mkdir()
    assert collect("inbox").code == 2


def test_two_sheets_of_one_file_that_differ_go_back_with_what_differs(collect: Collect) -> None:
    book = openpyxl.load_workbook(io.BytesIO(xlsx_of(rows())))
    again = book.create_sheet("更正")
    for row in rows(beds="31"):
        again.append(row)
    stream = io.BytesIO()
    book.save(stream)
    write("inbox/甲.xlsx", stream.getvalue())
    assert collect("inbox").code == 1
    assert not Path("data/2023-04").exists()
    said = Path("returns/2023-04/jia.txt").read_text()
    assert "没有收：与工作表“更正”不同，不知以哪一张为准：只留要报的一张。请重新发来。" in said
    assert "与工作表“填报表”比，1 处不同：\nT01-01 服务类救助项目数：30 → 31\n" in said


def test_two_that_say_the_same_are_one(collect: Collect) -> None:
    write("inbox/1.csv", april("甲县"))
    write("inbox/2.xlsx", xlsx_of(rows()))
    ran = collect("inbox")
    assert ran.code == 0
    assert "与 inbox/1.csv 相同" in ran.out
    assert figures("data/2023-04/jia.csv") == SOUND


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


def test_the_series_of_what_is_filed_counts(collect: Collect) -> None:
    """March had 18 (3 months × 5 + 3): a total cannot fall."""
    write("inbox/甲.csv", april("甲县", "17"))
    ran = collect("inbox")
    assert ran.code == 1
    assert "累计数由 2023-03 的 18 降为 17" in ran.out


@pytest.mark.parametrize("is_late", [False, True])
def test_what_a_report_makes_of_later_months_is_told_of_those(collect: Collect, check: Run, is_late: bool) -> None:
    """March has 18: February's 30, corrected or late, is filed, and March's sender mends March as it is told."""
    if is_late:
        Path("data/2023-02/jia.csv").unlink()
    write("inbox/甲2月.csv", report("甲县", "2023-02", "30").replace(",30,,,,", ",30,,,更正：录入错误,"))
    ran = collect("inbox", *([] if is_late else ["--replace"]))
    assert ran.code == 1
    assert figures("data/2023-02/jia.csv")["T01-01"][0] == "30"
    assert not Path("returns").exists()
    assert "data/2023-03/jia.csv E2 T01-01 服务类救助项目数：“完成值”一栏，累计数由 2023-02 的 30 降为 18。" in ran.out
    assert check().code == 1
    write(
        "inbox/甲3月.csv", report("甲县", "2023-03", "18").replace(",18,,,,", ",18,,,2月误计在建项目，比上次减少12个,")
    )
    assert collect("inbox", "--replace").code == 0
    assert check().code == 0


def test_what_is_returned_since_another_is_has_a_mark(collect: Collect) -> None:
    """April's 15 is sound after March's 40, which goes back for another row, and not after February's 100."""
    Path("data/2023-03/jia.csv").unlink()
    for path, month, beds, grade in (
        ("data/2023-01/jia.csv", "2023-01", "12", "100"),
        ("data/2023-02/jia.csv", "2023-02", "13", "100"),
        ("inbox/甲3月.csv", "2023-03", "十八个", "40"),
        ("inbox/甲4月.csv", APRIL, "30", "15"),
    ):
        write(path, report("甲县", month, beds).replace("数,12,", f"数,{grade},"))
    ran = collect("inbox")
    assert "inbox/甲4月.csv：甲县 2023-04，退回" in ran.out
    assert "E4 T02-01 四A级社会组织数：“完成值”一栏，由 2023-02 的 100 降为 15" in ran.out
    comment = openpyxl.load_workbook("returns/2023-04/jia-甲4月.xlsx")["填报表"]["E4"].comment
    assert comment is not None
    assert "由 2023-02 的 100 降为 15" in comment.text


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
    assert "退回待重报：甲县、乙市；未报：示范开发区、市本级" in ran.out  # nobody is silent whose rows are there
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


@pytest.mark.parametrize("where", ["inbox/甲县乙市.xlsx", "title"])
def test_a_name_of_two_units_is_told(collect: Collect, where: str) -> None:
    table = [[row[0], "" if at else row[1], *row[2:]] for at, row in enumerate(rows())]
    title = [] if where != "title" else [["甲县、乙市报表"]]
    write("inbox/4月.xlsx" if title else where, xlsx_of([*title, *table]))
    place = "标题“甲县、乙市报表”" if title else "文件名"
    assert f"看不出是哪个单位的：{place}里有甲县、乙市，只留一个，或在“填报单位”一栏写明" in collect("inbox").out


def test_merged_cells_of_several_units_go_back_for_each(collect: Collect) -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in [*rows(), *rows("乙市")[1:]]:
        sheet.append(row)
    for merged in ("A2:A9", "B2:B5", "B6:B9"):
        sheet.merge_cells(merged)
    stream = io.BytesIO()
    book.save(stream)
    write("inbox/4月.xlsx", stream.getvalue())
    ran = collect("inbox")
    assert ran.code == 1
    merged = "没有写报告期、填报单位；本文件共 {} 格。改法：每一行都写上；像是合并单元格的，取消合并，每一行都填满。"
    assert f"A3、B3、A4、B4、A5、B5：{merged.format(6)}" in ran.out
    assert f"A6、A7、B7、A8、B8、A9等 7 格：{merged.format(7)}" in ran.out
    assert "退回待重报：甲县、乙市；未报：示范开发区、市本级" in ran.out
    assert "单位与文件名不符" not in ran.out


def test_a_file_that_hides_a_sheet_goes_back_for_all_its_units(collect: Collect) -> None:
    sheets = ((unit, rows(unit)) for unit in ("甲县", "乙市", "示范开发区"))
    write("inbox/4月.xlsx", xlsx_of_sheets(*sheets, states={"示范开发区": "hidden"}))
    assert "退回待重报：甲县、乙市、示范开发区；未报：市本级" in collect("inbox").out
    assert not Path("data/2023-04").exists()


def test_sheets_without_a_column_go_back_for_that(collect: Collect) -> None:
    """One of each unit, called after it: that there are several is no fault."""
    sheets = ((unit, [row[:1] + row[2:] for row in rows(unit)]) for unit in ("甲县", "乙市"))
    write("inbox/4月.xlsx", xlsx_of_sheets(*sheets))
    ran = collect("inbox")
    assert ran.out.count("缺少列：unit") == 2
    assert "几张工作表" not in ran.out
    assert "退回待重报：甲县、乙市；未报：示范开发区、市本级" in ran.out


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


def test_a_name_of_several_reports_may_be_that_of_one(collect: Collect) -> None:
    table = [*rows(), *rows("乙市")[1:]]
    write("inbox/甲县4月.xlsx", xlsx_of(table))
    assert "请核对" not in collect("inbox", "--dry-run").out
    write("second/示范开发区4月.xlsx", xlsx_of(table))
    assert collect("second", "--dry-run").out.count("  请核对：文件名说是示范开发区") == 2


def test_a_tab_that_is_called_otherwise_is_told(collect: Collect) -> None:
    book = openpyxl.load_workbook(io.BytesIO(xlsx_of(rows())))
    book.worksheets[0].title = "乙市3月"
    stream = io.BytesIO()
    book.save(stream)
    write("inbox/甲.xlsx", stream.getvalue())
    assert "工作表名说是3月，内容是2023-04；工作表名说是乙市，内容是甲县" in collect("inbox").out


def test_a_report_of_another_month_than_the_one_asked_for_waits(collect: Collect) -> None:
    write("inbox/甲.csv", april("甲县"))
    ran = collect("inbox", "--period", "2023-03")
    assert ran.code == 1
    assert "是2023-04的，不是 --period 写的2023-03：没有收" in ran.out
    assert not Path("data/2023-04").exists()
    assert collect("inbox", "--period", APRIL).code == 0


def test_what_says_nothing_of_month_or_unit_is_known_by_its_name_or_not_taken(collect: Collect) -> None:
    bare = april("甲县").replace(f"{APRIL},甲县,", ",,")
    write("inbox/甲县/4月.csv", bare)
    write("second/表.csv", bare)
    assert "单位看文件夹名“甲县”，报告期看文件名" in collect("inbox").out  # and the checks say what the cells lack
    ran = collect("second")
    assert ran.code == 1
    assert "× second/表.csv：没有收\n  看不出是哪个单位、哪个月的\n" in ran.out
    assert "看不出是哪个单位的" in collect("second", "--period", APRIL).out


def test_an_unreadable_file_goes_back_to_whom_its_name_tells(collect: Collect) -> None:
    write("inbox/乙市4月.xlsx", b"PK\x03\x04 broken")
    write("inbox/甲县4月.csv", "<html><table></table></html>")
    ran = collect("inbox")
    assert ran.code == 1
    assert "乙市 2023-04，退回" in ran.out
    assert "甲县 2023-04，退回" in ran.out
    assert sorted(path.name for path in Path("returns/2023-04").iterdir()) == [
        "jia-甲县4月.xlsx", "jia.txt", "yi-乙市4月.xlsx", "yi.txt",
    ]  # fmt: skip


def gbk_zip(members: Mapping[str, bytes]) -> bytes:
    """As a Chinese Windows packs it: names in GBK, and no word of it."""

    class Entry(zipfile.ZipInfo):
        def _encodeFilenameFlags(self) -> tuple[bytes, int]:  # noqa: N802  # the library's own name
            return self.filename.encode("gb18030"), 0

    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(Entry(name), data)
    return stream.getvalue()


def said_to_be(size: int, archive: bytes) -> bytes:
    """The archive with another size of its one file in its list."""
    at = archive.index(b"PK\x01\x02") + 24
    return archive[:at] + size.to_bytes(4, "little") + archive[at + 4 :]


def test_an_archive_is_opened_and_leads_nowhere(collect: Collect) -> None:
    bare = april("甲县").replace("甲县", "")
    write(
        "4月.zip", gbk_zip({"../../乙市/报表.csv": april("乙市").encode(), "甲县.csv": bare.encode(), "佐证.jpg": b"x"})
    )
    before = files()
    ran = collect("4月.zip")
    assert "4月.zip/../../乙市/报表.csv：乙市 2023-04，归档" in ran.out
    assert "4月.zip/甲县.csv：甲县 2023-04，退回" in ran.out
    assert "· 4月.zip/佐证.jpg：附件" in ran.out
    new = set(files()) - set(before)
    assert {path.split("/")[0] for path in new} == {"data", "inbox", "returns"}
    assert not list(Path("..").glob("*.csv"))


def test_files_of_one_name_in_an_archive_are_all_collected(collect: Collect) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("4月/报表.csv", april("甲县"))
        archive.writestr("/4月/报表.csv", april("乙市"))
        archive.writestr("4月/报表（2）.csv", april("示范开发区"))
    write("4月.zip", stream.getvalue())
    ran = collect("4月.zip")
    assert ran.code == 0
    assert {path.stem for path in Path("data/2023-04").iterdir()} == {"jia", "yi", "devzone"}
    assert "收到 3 个文件" in ran.out


@pytest.mark.parametrize(
    "archive",
    [
        gbk_zip({f"{number}.csv": b"" for number in range(2001)}),
        said_to_be(300 << 20, gbk_zip({"甲.csv": b"x"})),
        b"PK\x03\x04 broken",
    ],
    ids=["many", "large", "broken"],
)
def test_an_archive_that_is_too_large_or_broken_is_not_unpacked(collect: Collect, archive: bytes) -> None:
    write("a.zip", archive)
    ran = collect("a.zip")
    assert ran.code == 1
    assert "× a.zip：没有收\n  压缩包打不开、有密码，或解压后太大\n" in ran.out


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
    assert 'pip install "mzplan[excel]"。这次没有批注副本' in ran.err
    assert Path("data/2023-04/devzone.csv").exists()
    assert [path.name for path in Path("returns/2023-04").iterdir()] == ["yi.txt"]
    assert "附件" not in Path("returns/2023-04/yi.txt").read_text()
    assert "  回话 returns/2023-04/yi.txt\n" in ran.out


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


def test_what_was_kept_and_sent_back_is_not_collected_again(collect: Collect) -> None:
    write("inbox/甲.csv", april("甲县"))
    write("inbox/乙.csv", april("乙市", "三十个"))
    first = collect("inbox")
    second = collect(".")
    assert "filed/" not in second.out
    assert second.out.count("returns/2023-04/yi") == first.out.count("returns/2023-04/yi")


def test_formulas_in_notes_stay_words(collect: Collect) -> None:
    table = rows()
    table[1][7] = "=cmd()"
    write("inbox/甲.csv", csv_of(table))
    collect("inbox")
    assert figures("data/2023-04/jia.csv")["T01-01"][3] == "'=cmd()"


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


def test_a_report_of_another_plans_year_waits_for_it(collect: Collect) -> None:
    plan = Path("plan/2023.yaml").read_text()
    write(
        "plan/2022.yaml", plan.replace("year: 2023", "year: 2022").replace("2023-", "2022-").replace("2023年", "2022年")
    )
    write("inbox/甲.csv", april("甲县"))
    write("inbox/去年.csv", report("甲县", "2022-12", "99"))
    ran = collect("inbox")
    assert ran.code == 1
    assert "甲县 2023-04，归档" in ran.out
    assert "是2022年的，要按那年的计划收：请加 --period 2022-12" in ran.out
    assert "甲县 2022-12，归档" in collect("inbox/去年.csv", "--period", "2022-12").out


def test_what_waits_for_the_officer_is_no_yardstick(collect: Collect) -> None:
    """March is filed with 18: another March with 99 is not what April's 30 is set beside, unless it is to be filed."""
    write("inbox/3月.csv", report("甲县", "2023-03", "99"))
    write("inbox/4月.csv", april("甲县"))
    ran = collect("inbox", "--dry-run")
    assert "甲县 2023-04，归档" in ran.out
    assert "甲县 2023-03，归档" not in ran.out
    both = collect("inbox", "--dry-run", "--replace")
    assert "由 2023-03 的 99 降为 30" in both.out


def test_a_table_that_lacks_a_column_is_still_its_units(collect: Collect) -> None:
    table = [row[:5] + row[7:] for row in rows()]
    write("inbox/x.csv", csv_of(table))
    ran = collect("inbox")
    assert ran.code == 1
    assert "甲县 2023-04，退回" in ran.out
    assert "缺少列：numerator、denominator" in ran.out


def test_what_is_no_table_and_tells_nothing_by_its_name_is_told_once(collect: Collect) -> None:
    write("inbox/x.csv", "TABLE\n0,1\n")
    write("inbox/y.xlsx", b"PK\x03\x04 broken")
    write("inbox/wide.csv", WIDE)
    ran = collect("inbox")
    assert ran.code == 1
    assert ran.out.count("没有收\n") == 3
    assert "× inbox/y.xlsx：没有收\n  这是 zip 压缩包，不是 CSV，也看不出是哪个单位、哪个月的\n" in ran.out
    assert "× inbox/wide.csv：没有收\n  看不出是哪个月的\n" in ran.out


def test_what_a_workbook_hides_counts_as_in_check(collect: Collect) -> None:
    """A tab with records that is hidden."""
    book = openpyxl.load_workbook(io.BytesIO(xlsx_of(rows())))
    hidden = book.create_sheet("旧")
    for row in rows("甲县", "29"):
        hidden.append(row)
    hidden.sheet_state = "hidden"
    stream = io.BytesIO()
    book.save(stream)
    write("inbox/甲.xlsx", stream.getvalue())
    ran = collect("inbox")
    assert ran.code == 1
    assert "隐藏的工作表里有填报记录（旧）" in ran.out
    assert not Path("data/2023-04").exists()


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
    assert ran.code == 1
    assert figures("data/2023-04/jia.csv") == SOUND
    causes = Path("returns/2023-04/yi.txt").read_text().splitlines()[1:-1]
    assert causes == ["1. 填报表还没有填。这张表一行也没有填，不算报表。改法：填好、保存；没有发生的填 0。"]


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
    assert "data/2023-04/jia.csv：符号链接指到了项目外面，没有归档。" in ran.err
    assert "符号链接指到了项目外面" in check("data/2023-04").out
    assert [*outside.iterdir()] == []


BLANK = "".join(f"{APRIL},乙市,{name},,,,,\n" for name in (BEDS, MEALS, GRADE, SCHEME))


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


@pytest.mark.parametrize(
    ("name", "is_told"),
    [("乙市.xlsx", True), ("乙市/扫描件.pdf", True), ("乙市3月.pdf", False), ("扫描件.pdf", False)],
)
def test_of_whom_a_file_came_in_that_is_not_read_that_is_said(collect: Collect, name: str, is_told: bool) -> None:
    write("inbox/甲.csv", april("甲县"))
    write(f"inbox/{name}", b"%PDF-1.4" if name.endswith("pdf") else b"PK\x03\x04broken")
    ran = collect("inbox", "--dry-run")
    assert (f"乙市        2023-04     0  未报（inbox/{name} 里没有读到数）\n" in ran.out) == is_told


def test_nobody_is_silent_of_a_month_that_is_not_over(collect: Collect) -> None:
    write("inbox/甲.csv", report("甲县", "2023-05", "40"))
    ran = collect("inbox", "--dry-run")
    assert "未报\n" not in ran.out
    assert ran.out.endswith("2023-05 还没有结束，不算未报：归档 1 家。\n")
    write("inbox/甲.csv", report("甲县", "2023-12", "40"))
    ran = collect("inbox", "--dry-run")
    assert "未报\n" not in ran.out
    assert ran.out.endswith("2023-12 还没有结束，不算未报：归档 0 家；退回待重报：甲县。\n")


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


def test_what_is_sound_only_beside_a_correction_that_waits_waits_with_it(collect: Collect) -> None:
    write("inbox/3月更正.csv", of_march("14"))  # 18 is filed
    write("inbox/4月.csv", april("甲县", "16"))
    before = files()
    ran = collect("inbox")
    assert (ran.code, files()) == (1, before)
    assert "？ inbox/4月.csv：甲县 2023-04，待定" in ran.out
    assert "  要与 inbox/3月更正.csv 一起归档：单与已归档的对不上；一起归档，请加 --replace\n" in ran.out
    assert collect("inbox", "--replace").code == 0
    beds = [figures(f"data/{month}/jia.csv")["T01-01"][0] for month in ("2023-03", APRIL)]
    assert beds == ["14", "16"]


def test_a_fall_that_no_correction_explains_goes_back_beside_one(collect: Collect) -> None:
    write("inbox/3月更正.csv", report("甲县", "2023-03", "17"))
    write("inbox/4月.csv", april("甲县", "16"))
    assert "× inbox/4月.csv：甲县 2023-04，退回" in collect("inbox").out


def test_a_later_month_on_file_is_told_of_though_its_own_correction_goes_back(collect: Collect) -> None:
    """And on every run until one of the two is put right: what contradicts it stays among the data."""
    write("inbox/4月.csv", april("甲县", "30"))
    assert collect("inbox").code == 0
    write("inbox/3月更正.csv", of_march("40"))
    write("inbox/4月更正.csv", april("甲县", "35"))
    told = "累计数由 2023-03 的 40 降为 30"
    ran = collect("inbox", "--replace")
    assert "√ inbox/3月更正.csv：甲县 2023-03，替换" in ran.out
    assert "× inbox/4月更正.csv：甲县 2023-04，退回" in ran.out
    assert told in ran.out
    Path("inbox/4月更正.csv").unlink()
    ran = collect("inbox")
    assert ran.code == 1
    assert "√ inbox/3月更正.csv：甲县 2023-03，已归档" in ran.out
    assert "后面月份已归档的与它对不上，请单位核对、更正那几个月的：\n  　data/2023-04/jia.csv E2 " in ran.out
    assert told in ran.out
    write("inbox/4月更正.csv", april("甲县", "45"))
    assert collect("inbox", "--replace").code == 0
    assert collect("inbox").code == 0


def test_a_report_in_two_halves_loses_neither(collect: Collect) -> None:
    """Whichever the officer takes, the other is not called an older one until both are in one table."""
    text = april("甲县").splitlines(keepends=True)
    halves = {"inbox/救助科.csv": text[:3], "inbox/社会科.csv": [text[0], *text[3:]]}
    for name, lines in halves.items():
        write(name, "".join(lines))
    told = "没有一项指标相同，像是一张表分成了两份：请对方合成一张表发来，或把两份的行粘到一张表里"
    ran = collect("inbox")
    assert (ran.code, ran.out.count(told)) == (1, 2)
    assert collect("inbox/救助科.csv").code == 0
    for arguments in (["inbox"], ["inbox", "--replace"], ["inbox/社会科.csv", "--replace"]):
        ran = collect(*arguments)
        assert ran.code == 1
        assert "？ inbox/社会科.csv：甲县 2023-04，待定" in ran.out
        assert told in ran.out
        assert len(figures("data/2023-04/jia.csv")) == 2
    write("inbox/合.csv", "".join(text))
    assert collect("inbox/合.csv", "--replace").code == 0
    assert figures("data/2023-04/jia.csv") == SOUND
    assert collect("inbox").code == 0


def test_a_figure_that_is_emptied_goes_only_where_the_officer_asks_for_just_that(collect: Collect) -> None:
    write("inbox/甲.csv", april("甲县"))
    assert collect("inbox").code == 0
    write("inbox/甲改.csv", april("甲县").replace(f"{GRADE},12", f"{GRADE},"))
    ran = collect("inbox", "--replace")
    assert ran.code == 1
    assert "已归档的有 1 项在这张表里空着，没有替换" in ran.out
    assert "确要去掉这些数，只收这个文件，并加 --replace\n" in ran.out
    assert figures("data/2023-04/jia.csv") == SOUND
    assert collect("inbox/甲改.csv").code == 1
    assert collect("inbox/甲改.csv", "--replace").code == 0
    assert figures("data/2023-04/jia.csv") == {code: cells for code, cells in SOUND.items() if code != "T02-01"}
    assert collect("inbox").code == 0
    write(
        "inbox/甲更正.csv",
        HEADER + f"{APRIL},甲县,{BEDS},31,,,,\n" + "".join(f"{APRIL},甲县,{name},,,,,\n" for name in (MEALS, SCHEME)),
    )
    assert "比已归档的少 2 条" in collect("inbox/甲更正.csv", "--replace").out  # a blank form with one figure


def test_no_month_is_replaced_by_a_file_that_is_called_as_another_s(collect: Collect) -> None:
    """A form of last month, taken for this month's, with the period left as it was."""
    write("inbox/甲县4月.csv", of_march("30"))
    before = files()
    ran = collect("inbox", "--replace")
    assert (ran.code, files()) == (1, before)
    assert "文件名说是4月，内容是2023-03。\n" in ran.out
    assert "  没有替换：是内容写错的，请对方改；是名称写错的，把名称改对再收\n" in ran.out
    Path("inbox/甲县4月.csv").rename("inbox/甲县3月.csv")
    assert collect("inbox", "--replace").code == 0
    assert figures("data/2023-03/jia.csv")["T01-01"][0] == "30"


@pytest.mark.parametrize("folder", ["inbox/甲县", "inbox/甲县.zip"])
@pytest.mark.parametrize("name", ["照片.jpg", "佐证/批复.pdf"])
def test_evidence_that_came_along_is_found_and_kept_with_what_is_filed(
    collect: Collect, check: Run, folder: str, name: str
) -> None:
    sent = {"4月.csv": april("甲县").replace(f"{SCHEME},未启动,,,,", f"{SCHEME},已完成,,,,{name}").encode()}
    sent |= {name: b"\xff\xd8\xff", "别的.jpg": b"\xff\xd8"}
    if folder.endswith(".zip"):
        content = io.BytesIO()
        with zipfile.ZipFile(content, "w") as package:
            for each, data in sent.items():
                package.writestr(each, data)
        write(folder, content.getvalue())
    else:
        for each, data in sent.items():
            write(f"{folder}/{each}", data)
    ran = collect("inbox")
    assert ran.code == 0
    assert "佐证找不到" not in ran.out
    kept = Path("inbox/filed/2023-04/jia")
    assert [path.relative_to(kept).as_posix() for path in kept.rglob("*") if path.is_file()] == [name]
    assert (kept / name).read_bytes() == sent[name]
    assert check("data/2023-04/jia.csv").code == 0
    (kept / name).unlink()
    assert "MZ411" in check("data/2023-04/jia.csv").out, "it is looked for"


def undated(unit: str = "甲县") -> str:
    return april(unit).replace(f"{APRIL},", ",")


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
    assert "2022-04 不在2023年的计划里；本文件共 4 行。改法：是否应是 2023-04？" in out
    assert "inbox/乙市2022年4月.csv：乙市 2022-04，退回" in out
    assert "inbox/示范开发区.csv：示范开发区 2022-12，退回" in out


def test_halves_that_share_an_indicator_are_one_report_while_they_agree(collect: Collect) -> None:
    text = april("甲县").splitlines(keepends=True)
    write("inbox/救助科.csv", "".join(text[:4]))
    write("inbox/社会科.csv", "".join([text[0], *text[3:]]))
    assert collect("inbox").out.count("各有对方没有的指标，都有的 1 项数也相同，像是一张表分成了两份") == 2
    write("inbox/社会科.csv", "".join([text[0], text[3].replace(",12,", ",13,"), *text[4:]]))
    out = collect("inbox").out
    assert "像是一张表分成了两份" not in out
    assert "比，1 处不同：\n  T02-01 四A级社会组织数：" in out


def test_a_blank_workbook_in_the_place_of_a_report_is_in_nobodys_way(collect: Collect) -> None:
    write("data/2023-04/jia.xlsx", xlsx_of([]))
    write("inbox/甲.csv", april("甲县"))
    assert collect("inbox").code == 0
    assert figures("data/2023-04/jia.csv") == SOUND


def test_rows_of_another_unit_go_back_marked_and_the_rest_is_said_to_be_sound(collect: Collect) -> None:
    write("inbox/甲.xlsx", xlsx_of([*rows(), rows("乙市")[2]]))
    out = collect("inbox").out
    assert "B6 T01-02 助餐点覆盖率：“填报单位”一栏，文件属于甲县，这里写的是乙市" in out
    assert "每格都写着原因和改法。其余 4 行没有错误。" in out
    sheet = openpyxl.load_workbook("returns/2023-04/jia-甲.xlsx")["填报表"]
    assert [cell.coordinate for row in sheet for cell in row if cell.comment] == ["B6"]
