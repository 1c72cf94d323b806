"""Forms that somebody has saved and not filled in: the seal is gone, and nothing is said all the same."""

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from openpyxl import load_workbook

from conftest import Mzplan
from inbox import FILED, Collect, collect, figures
from mzplan.reading.formula import without_mark
from test_cli_check import Run, check, codes, report, write
from test_workbooks import csv_of
from workbooks import WRITERS, Rows, rows_of

__all__ = ["check", "collect"]

HEADINGS = [*FILED.split(","), "计量单位", "目标", "目标依据", "上次填报", "填报口径"]
KEYS = ["2023年4月", "甲县"]
FORM = [
    HEADINGS,
    [*KEYS, "T01-01", "服务类救助项目数", "", "", "", "", "", "个", "≥100", "计划规定", "18（3月）", "累计数"],
    [*KEYS, "T01-02", "助餐点覆盖率", "", "", "", "", "", "%", "", "", "8/10（3月）", "分子"],
    [*KEYS, "T02-02", "发展规划", "推进中", "", "", "", "会议.pdf", "", "", "", "推进中（3月）佐证：会议.pdf", "阶段"],
]
WRITE: Mapping[str, Callable[[Rows], bytes]] = {
    **WRITERS,
    ".csv": csv_of,
    ".gbk.csv": lambda rows: csv_of(rows).decode("utf-8-sig").encode("gb18030"),
}


@pytest.mark.parametrize("ending", WRITE)
def test_a_form_with_nothing_but_what_it_carries_is_no_report(
    check: Run, collect: Collect, mzplan: Mzplan, ending: str
) -> None:
    """Its milestone stood in it before anybody opened it."""
    write(f"inbox/报表{ending}", WRITE[ending](FORM))
    ran = collect("inbox")
    assert ran.code == 0
    assert f"· inbox/报表{ending}：甲县 2023-04，没有填" in ran.out
    assert not Path("returns").exists()
    write(f"data/2023-04/jia{Path('x' + ending).suffix}", WRITE[ending](FORM))
    assert "MZ139" in check("data/2023-04", "--format", "concise").out
    assert "MZ603" not in check("data/2023-04", "--format", "concise").out
    told = mzplan("status", "-p", "2023-04", "--unit", "甲县", "--as-of", "2023-06-01")
    assert "推进中" not in told.out


@pytest.mark.parametrize("ending", [".xlsx", ".csv"])
@pytest.mark.parametrize(
    ("row", "column", "text", "read"),
    [
        (1, 4, "20", "T01-01"),
        (1, 4, "18", "T01-01"),  # as last month: somebody has written it
        (2, 5, "8", "T02-02"),
        (3, 4, "已完成", "T02-02"),
        (3, 7, "仍在推进", "T02-02"),
        (3, 8, "四月会议.pdf", "T02-02"),
        (3, 8, "", "T02-02"),
        (3, 12, "推进中（3月）", "T02-02"),  # the evidence is the clerk's: the form carried none
    ],
)
def test_one_cell_makes_it_a_report(collect: Collect, ending: str, row: int, column: int, text: str, read: str) -> None:
    table = [list(cells) for cells in FORM]
    table[row][column] = text
    if column == 5:
        table[row][6] = "10"
    write(f"inbox/报表{ending}", WRITE[ending](table))
    collect("inbox")
    assert read in figures("data/2023-04/jia.csv")


def test_who_owes_milestones_alone_may_send_them_as_they_were(collect: Collect) -> None:
    write("inbox/报表.xlsx", WRITERS[".xlsx"]([FORM[0], FORM[3]]))
    collect("inbox")
    assert figures("data/2023-04/jia.csv")["T02-02"][0] == "推进中"


def reported_in_march(evidence: str) -> None:
    """甲县's milestone is under way, by that evidence."""
    march = rows_of(report("甲县", "2023-03", "18"))
    march[4][4], march[4][8] = "推进中", evidence
    write("data/2023-03/jia.csv", csv_of(march))


@pytest.mark.parametrize("evidence", ["会议.pdf", "金政发〔2023〕12号（3月）佐证：附件", "a,b", "一\n二"])
def test_a_form_made_and_saved_says_nothing_until_a_cell_differs(
    collect: Collect, mzplan: Mzplan, evidence: str
) -> None:
    """What the last report gave as evidence is no word of this month's, whatever characters it has."""
    reported_in_march(evidence)
    assert mzplan("template", "--unit", "甲县", "-p", "2023-04", "-o", "form.xlsx").code == 0
    made = [
        [str(value or "") for value in row] for row in load_workbook("form.xlsx")["填报"].iter_rows(values_only=True)
    ]
    row, at = next(row for row in made if row[2] == "T02-02"), made[0].index("佐证")
    assert row[at] == evidence
    for ending, form in WRITE.items():
        write(f"saved/{ending[1:]}{Path('x' + ending).suffix}", form(made))
    assert collect("saved").out.count("甲县 2023-04，没有填") == len(WRITE)
    row[at] = f"{evidence}，又一份"
    for ending, form in WRITE.items():
        write(f"changed/{ending[1:]}{Path('x' + ending).suffix}", form(made))
    assert "没有填" not in collect("changed", "--dry-run").out


@pytest.mark.parametrize("evidence", ["会议.pdf", "=附件", "一\n二", ""])
def test_a_form_carries_the_same_forward_as_csv_and_as_workbook(
    collect: Collect, mzplan: Mzplan, evidence: str
) -> None:
    """A CSV left the cells blank that a workbook has filled in."""
    reported_in_march(evidence)
    for name in ("form.xlsx", "form.csv"):
        assert mzplan("template", "--unit", "甲县", "-p", "2023-04", "-o", name).code == 0
    made = load_workbook("form.xlsx")["填报"].iter_rows(values_only=True)
    head, *book = ([str(value or "") for value in row] for row in made)
    headings, *text = rows_of(Path("form.csv").read_text("utf-8-sig"))
    assert [[row[head.index(each)] for each in headings] for row in book] == [
        [without_mark(cell) for cell in row] for row in text
    ]
    assert [row[4] for row in text] == ["", "", "", "推进中"]
    write("sent/甲县.csv", Path("form.csv").read_bytes())
    assert "甲县 2023-04，没有填" in collect("sent").out


def test_a_csv_in_which_all_would_be_filled_in_waits_as_a_form(check: Run, mzplan: Mzplan) -> None:
    """Nobody could tell it from a report: the bureau owes one milestone, and a workbook of that has its seal."""
    for name in ("bureau.csv", "bureau.xlsx"):
        assert mzplan("template", "--unit", "市本级", "-p", "2023-04", "-o", name).code == 0
        write(f"data/2023-04/{name}", Path(name).read_bytes())
        ran = check(f"data/2023-04/{name}", "--format", "concise")
        assert codes(ran) == [f"MZ139 data/2023-04/{name}:0"]
        Path("data/2023-04", name).unlink()
    assert rows_of(Path("bureau.csv").read_text("utf-8-sig"))[1][4] == ""
