"""Of which units of a sheet words beside their figures are said: whose reports go back for them."""

from itertools import cycle
from pathlib import Path

import pytest

from conftest import few
from inbox import WIDE, Collect, check, collect, figures, rows
from test_cli_check import write
from test_workbooks import csv_of
from workbooks import rows_of, transposed, xlsx_of

__all__ = ["check", "collect"]

TWO = [row[:4] for row in rows_of(WIDE)[:-1]]
"""甲县 and 乙市, of a plan that also has 示范开发区."""
LAYOUTS = {"across": TWO, "down": transposed(TWO), "rows": [*rows("甲县"), *rows("乙市")[1:]]}


def sent_back() -> set[str]:
    return {unit for unit in ("jia", "yi") if not Path(f"data/2023-04/{unit}.csv").exists()}


SAID = [
    ("注：示范开发区的数另报", set(), True),
    ("注：本表不含示范开发区", set(), True),
    ("注：参照示范开发区口径", {"jia", "yi"}, False),
    ("注：参照甲县口径", {"jia", "yi"}, False),
    ("注：乙市的数为示范开发区数", {"yi"}, False),
    ("注：乙市的数误填为甲县的数", {"yi"}, False),
    ("注：因为乙市数据待核", {"yi"}, False),
    ("除示范开发区外按新口径", {"jia", "yi"}, False),
]


@few(
    ("layout", "words", "whose", "is_told"),
    [(layout, *case) for layout in LAYOUTS for case in SAID],
    [
        *((layout, *SAID[0]) for layout in LAYOUTS),
        *((layout, *case) for layout, case in zip(cycle(LAYOUTS), SAID[1:], strict=False)),
    ],
)
def test_words_beside_figures_are_of_whom_they_speak_of_and_not_of_whose_figures_they_name(
    collect: Collect, layout: str, words: str, whose: set[str], is_told: bool
) -> None:
    """What was said of a unit that is not there sent all back, and 乙市数为甲县数 甲县 too."""
    write("inbox/4月.xlsx", xlsx_of([["2023年4月指标汇总表"], *LAYOUTS[layout], [words]]))
    ran = collect("inbox")
    assert ran.code == 1
    assert sent_back() == whose
    assert ran.out.count(f"表里写着“{words}”，说的是表里没有的填报单位，没有采用") == is_told


@pytest.mark.parametrize("heading", ["处理意见", ""])
@pytest.mark.parametrize(
    ("words", "whose"),
    [("作废", {"yi"}), ("不报", {"yi"}), ("数据不实，重新核", {"yi"}), ("示范开发区数", {"yi"}), ("同意", set())],
)
def test_words_in_a_units_own_row_are_that_units(collect: Collect, heading: str, words: str, whose: set[str]) -> None:
    """Where units stand one below the other, they were lost without a word."""
    table = [[*row, ""] for row in transposed(TWO)]
    table[0][-1], table[3][-1] = heading, words
    write("inbox/4月.xlsx", xlsx_of(table))
    out = collect("inbox").out
    is_loose = words == "示范开发区数" and heading  # takes nothing back
    assert sent_back() == (set() if is_loose else whose)
    assert ("这一格" in out and words[:3] in out) == (not heading or (words != "同意" and not is_loose))
    assert "删去这一行" not in out  # with all its figures


@pytest.mark.parametrize(
    ("note", "jia", "yi"),
    [
        ("甲县：新开五家；乙市：新开六家", "甲县：新开五家", "乙市：新开六家"),
        ("乙市新开六家，已验收；甲县新开五家。", "甲县新开五家", "乙市新开六家，已验收"),
        ("其中甲县新开5家、乙市新开6家", "其中甲县新开5家", "乙市新开6家"),
        ("1.甲县新开5家；\n2.乙市新开6家。", "1.甲县新开5家", "2.乙市新开6家"),
        ("9月验收：甲县5家、乙市6家", "9月验收：甲县5家", "乙市6家"),
        ("甲县、乙市均为新开", "甲县、乙市均为新开", "甲县、乙市均为新开"),
        ("甲县新开5家，其中从乙市迁入1家", "甲县新开5家，其中从乙市迁入1家", ""),
        ("新开五家", "新开五家", "新开五家"),
        ("甲县新开五家", "甲县新开五家", ""),
    ],
)
def test_each_unit_has_what_a_note_says_of_it(collect: Collect, note: str, jia: str, yi: str) -> None:
    """Held against all of it, each was to have the figure of the other."""
    head, *below = TWO
    write("inbox/4月.xlsx", xlsx_of([["2023年4月指标汇总表"], [*head, "备注"], [*below[0], note], *below[1:]]))
    assert collect("inbox").code == 0
    assert [figures(f"data/2023-04/{unit}.csv")["T01-01"][3] for unit in ("jia", "yi")] == [jia, yi]


@pytest.mark.parametrize(
    ("note", "of_it", "is_back"),
    [
        ("服务类救助项目数新开五家", ("T01-01",), False),
        ("T02-01 新开五家", ("T02-01",), False),
        ("经分管领导审核", (), False),
        ("更正：上月重复登记，核减", (), False),  # of which nobody knows: it was the reason of every figure
        ("本月走访12个乡镇", (), False),
        ("均为3月数", (), True),
        ("作废", (), True),
    ],
)
@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_a_units_note_beside_all_its_figures_is_that_of_the_one_it_names(
    collect: Collect, note: str, of_it: tuple[str, ...], kind: str, *, is_back: bool
) -> None:
    table = [["2023年4月指标汇总表"], *transposed(TWO)]
    table[1] = [*table[1], "备注"]
    table = [[*row, note] if row and row[0] == "甲县" else row for row in table]
    write(f"inbox/4月.{kind}", xlsx_of(table) if kind == "xlsx" else csv_of(table))
    out = collect("inbox").out
    assert sent_back() == ({"jia"} if is_back else set())
    assert (f"这一格没有读，上面写着“{note[:2]}" in out) == (not (is_back or of_it) and note != "经分管领导审核")
    assert "删去这一行" not in out
    assert "已去掉：," not in out
    if not is_back:
        noted = {code for code, texts in figures("data/2023-04/jia.csv").items() if texts[3]}
        assert noted == {*of_it}
    assert {texts[3] for texts in figures("data/2023-04/yi.csv").values()} == {""}


def test_a_note_that_is_asked_for_names_the_figure_where_one_row_has_them_all(collect: Collect) -> None:
    """Whoever added a note as told was asked for it again."""
    why = "3月的18填错了，甲县没有这类项目"
    for note, code in (("", 1), (why, 1), (f"服务类救助项目数：{why}", 0)):
        table = [[*row, ""] for row in transposed(TWO)]
        table[0][-1] = "备注"
        table[2][table[0].index("T01-01")], table[2][-1] = "不适用", note
        write("inbox/4月.xlsx", xlsx_of([["2023年4月指标汇总表"], *table]))
        ran = collect("inbox")
        assert (ran.code, "写在这家单位那一行的“说明”一栏，前面写上指标的名称" in ran.out) == (code, bool(code))


def under_units(*headings: str) -> list[list[str]]:
    """甲县 and 乙市 over those headings each; T01-01, a ratio, a stock and a milestone below, as `TWO` has them."""
    gap = [""] * (len(headings) - 1)
    table = [["指标名称", "甲县", *gap, "乙市", *gap], ["", *headings, *headings]]
    for _, name, *both in TWO[1:]:
        row = [name]
        for figure in both:
            parts = (
                dict(zip(("分子", "分母"), figure.split("/"), strict=True))
                if "/" in figure and "分子" in headings
                else {}
            )
            cells = parts or {"完成值": figure}
            row += (cells.get(heading, "") for heading in headings)
        table.append(row)
    return table


@pytest.mark.parametrize(
    "headings", [("完成值", "备注"), ("完成值", "分子", "分母", "说明"), ("说明", "完成值"), ("完成值", "说明", "佐证")]
)
def test_words_beside_each_units_figures_are_that_units(collect: Collect, headings: tuple[str, ...]) -> None:
    """They were lost in silence, and the unit asked for the reason that it had given; four headings were a header."""
    table = under_units(*headings)
    note = next(at for at, heading in enumerate(headings) if heading in ("备注", "说明"))
    table[2][1 + note] = "新开五家"
    table[4][1 + len(headings) + note] = "新评两家"
    write("inbox/2023年4月.xlsx", xlsx_of(table))
    assert collect("inbox").code == 0
    filed = {unit: figures(f"data/2023-04/{unit}.csv") for unit in ("jia", "yi")}
    assert {(unit, code): row[3] for unit, rows in filed.items() for code, row in rows.items() if row[3]} == {
        ("jia", "T01-01"): "新开五家",
        ("yi", "T02-01"): "新评两家",
    }
    assert [row[:3] for row in filed["yi"].values()] == [
        ("31", "", ""),
        ("", "9", "10"),
        ("13", "", ""),
        ("未启动", "", ""),
    ]


@pytest.mark.parametrize(("words", "is_back"), [("还没统计", True), ("按月报送", False)])
def test_words_beside_no_figure_are_told_of_that_unit_alone(collect: Collect, words: str, *, is_back: bool) -> None:
    table = under_units("完成值", "备注")
    table[2][3:] = ["", words]
    write("inbox/2023年4月.xlsx", xlsx_of(table))
    out = collect("inbox").out
    assert f"“{words}”" in out
    assert out.count(words) == 1
    assert sent_back() == ({"yi"} if is_back else set())


def test_a_note_behind_all_units_under_a_second_heading_is_of_the_line(collect: Collect) -> None:
    table = [[*row, ""] for row in under_units("本月", "完成值")]
    table[1][-1], table[2][-1] = "备注", "甲县新开五家"
    write("inbox/2023年4月.xlsx", xlsx_of(table))
    assert collect("inbox").code == 0
    assert [figures(f"data/2023-04/{unit}.csv")["T01-01"][3] for unit in ("jia", "yi")] == ["甲县新开五家", ""]


@pytest.mark.untraced
@pytest.mark.parametrize("second", ["", "完成值"])
@pytest.mark.parametrize("headings", [("完成值", "分子", "分母"), ("分子", "分母", "完成值"), ("完成值", "备注")])
def test_a_wrong_total_is_told_beside_units_of_several_columns(
    collect: Collect, headings: tuple[str, ...], second: str
) -> None:
    """It adds up the values alone, and one that is right, or of other figures, is not blamed."""
    for added, told, heading in ((0, False, second), (1, True, second), (1, False, "分子")):
        table = under_units(*headings)
        values = [table[2][at] for at, text in enumerate(table[1]) if text == "完成值"]
        table = [[*row, ""] for row in table]
        table[0][-1], table[1][-1], table[2][-1] = "合计", heading, str(sum(map(int, values)) + added)
        write("inbox/4月.xlsx", xlsx_of([["2023年4月指标汇总表"], *table]))
        ran = collect("inbox", "--dry-run")
        assert ("合计对不上，请核对" in ran.out) == told, ran.out
        assert ran.out.count("，归档") == 2
