"""What came in beside the reports of other months: filed, awaited, or told of those."""

from pathlib import Path

import openpyxl
import pytest

from inbox import APRIL, Collect, april, collect, figures, files, of_march, rows
from test_cli_check import Run, check, report, write
from workbooks import rows_of, xlsx_of_sheets

__all__ = ["check", "collect"]


def test_the_series_of_what_is_filed_counts(collect: Collect) -> None:
    """March had 18 (3 months × 5 + 3): a total cannot fall."""
    write("inbox/甲.csv", april("甲县", "17"))
    ran = collect("inbox")
    assert ran.code == 1
    assert "累计数由 2023-03 的 18 降为 17" in ran.out


def test_a_report_that_shows_a_filed_one_to_be_wrong_goes_back_with_its_month(collect: Collect) -> None:
    """March's 60 is a tenfold of what stands between February's 5 and April's 7, which it cannot stand beside."""
    for month, beds in (("2023-01", "4"), ("2023-02", "5"), ("2023-03", "60")):
        write(f"data/{month}/jia.csv", report("甲县", month, beds))
    write("inbox/甲.csv", april("甲县", "7"))
    ran = collect("inbox")
    assert ran.code == 1
    assert "“完成值”一栏，2023-03 的表里：60 个像是多写了 1 位，2023-02 是 5、2023-04 是 7。改法：像是 6；" in ran.out


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
        ("data/2023-01/jia.csv", "2023-01", "11", "100"),
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


def test_a_report_of_another_month_than_the_one_asked_for_waits(collect: Collect) -> None:
    write("inbox/甲.csv", april("甲县"))
    ran = collect("inbox", "--period", "2023-03")
    assert ran.code == 1
    assert "是2023-04的，不是 --period 写的2023-03：没有收" in ran.out
    assert not Path("data/2023-04").exists()
    assert collect("inbox", "--period", APRIL).code == 0


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
    """March is filed with 18: another March with 20 is not what April's 19 is set beside, unless it is to be filed."""
    write("inbox/3月.csv", report("甲县", "2023-03", "20"))
    write("inbox/4月.csv", april("甲县", "19"))
    ran = collect("inbox", "--dry-run")
    assert "甲县 2023-04，归档" in ran.out
    assert "甲县 2023-03，归档" not in ran.out
    both = collect("inbox", "--dry-run", "--replace")
    assert "由 2023-03 的 20 降为 19" in both.out


def test_nobody_is_silent_of_a_month_that_is_not_over(collect: Collect) -> None:
    write("inbox/甲.csv", report("甲县", "2023-05", "40"))
    ran = collect("inbox", "--dry-run")
    assert "未报\n" not in ran.out
    assert ran.out.endswith("2023-05 还没有结束，不算未报：归档 1 家。\n")
    write("inbox/甲.csv", report("甲县", "2023-12", "40"))
    ran = collect("inbox", "--dry-run")
    assert "未报\n" not in ran.out
    assert ran.out.endswith("2023-12 还没有结束，不算未报：归档 0 家；退回待重报：甲县。\n")


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


def test_what_is_sound_only_beside_a_correction_that_goes_back_waits_for_it_to_come_again(collect: Collect) -> None:
    """March, due by now, comes without a reason: no --replace would take it."""
    write("inbox/3月更正.csv", of_march("14", ""))
    write("inbox/4月.csv", april("甲县", "16"))
    ran = collect("inbox")
    assert "× inbox/3月更正.csv：甲县 2023-03，退回" in ran.out
    assert "  要与 inbox/3月更正.csv 一起归档：单与已归档的对不上，那一份退回了；等它改好发来，一起收\n" in ran.out
    assert "--replace" not in ran.out
    write("inbox/3月更正.csv", of_march("14"))
    assert collect("inbox", "--replace").code == 0


def test_a_fall_that_no_correction_explains_goes_back_beside_one(collect: Collect) -> None:
    write("inbox/3月更正.csv", report("甲县", "2023-03", "17"))
    write("inbox/4月.csv", april("甲县", "16"))
    assert "× inbox/4月.csv：甲县 2023-04，退回" in collect("inbox").out


def test_a_later_month_on_file_is_told_of_though_its_own_correction_goes_back(collect: Collect) -> None:
    """And on every run until one of the two is put right: what contradicts it stays among the data."""
    write("inbox/4月.csv", april("甲县", "19"))
    assert collect("inbox").code == 0
    write("inbox/3月更正.csv", of_march("20"))
    write("inbox/4月更正.csv", april("甲县", "18"))
    told = "累计数由 2023-03 的 20 降为 19"
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
    write("inbox/4月更正.csv", april("甲县", "25"))
    assert collect("inbox", "--replace").code == 0
    assert collect("inbox").code == 0


@pytest.mark.parametrize("is_filed", [False, True])
def test_a_hidden_sheet_of_an_earlier_month_is_told(collect: Collect, is_filed: bool) -> None:
    """It was dropped in silence; and that it is of no use is false where that month was never filed."""
    if not is_filed:
        Path("data/2023-03/jia.csv").unlink()
    march = "3月", rows_of(report("甲县", "2023-03", "18"))
    write("inbox/甲.xlsx", xlsx_of_sheets(("填报", rows()), march, states={"3月": "hidden"}))
    ran = collect("inbox")
    assert ran.code == 0
    assert "工作表（3月）是以前月份的填报表，没有读。改法：那个月还没有报的，把它作为那个月的表另报" in ran.out
    assert Path("data/2023-03/jia.csv").exists() is is_filed


def test_what_is_filed_in_the_same_run_is_not_told_as_filed_before(collect: Collect) -> None:
    """April's 90 after March's 20 is asked about in April's own sheet."""
    Path("data/2023-03/jia.csv").unlink()
    sheets = ("3月", rows_of(report("甲县", "2023-03", "20"))), ("4月", rows(beds="90"))
    write("inbox/甲.xlsx", xlsx_of_sheets(*sheets))
    ran = collect("inbox")
    assert ran.out.count("由 2023-03 的 20 变为 90") == 1
    assert "后面月份" not in ran.out
