"""Several tables in one sheet, each with a header of its own: wherever they stand, they are as files of their own."""

from collections.abc import Callable
from io import BytesIO
from itertools import zip_longest
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl.comments import Comment

from inbox import APRIL, Collect, collect, figures, rows
from test_cli_check import Run, check, codes, write
from workbooks import saved, xlsx_of, xlsx_of_sheets

__all__ = ["check", "collect"]

Rows = list[list[str]]

JIA, YI = rows("甲县", "30"), rows("乙市", "31")


def beside(left: Rows, right: Rows, gap: int = 1, lower: int = 0) -> Rows:
    """Two tables side by side, so many columns apart and the right one so many rows lower."""
    width = max(map(len, left)) + gap
    both = zip_longest(left, [[]] * lower + right, fillvalue=list[str]())
    return [[*one, *[""] * (width - len(one)), *other] for one, other in both]


def below(upper: Rows, lower: Rows, columns: int) -> Rows:
    """One table below the other, so many columns further to the right."""
    return [*upper, [], *([""] * columns + row for row in lower)]


def titled(unit: str, beds: str) -> Rows:
    return [[f"{unit}2023年4月填报表"], *(row[2:] for row in rows(unit, beds))]


def narrow(table: Rows) -> Rows:
    """Without note and evidence."""
    return [row[:7] for row in table]


def as_csv(lines: Rows) -> str:
    return "".join(",".join(line) + "\n" for line in lines)


def beds_filed() -> dict[str, str]:
    paths = sorted(Path(f"data/{APRIL}").glob("*.csv"))
    return {path.stem: figures(str(path))["T01-01"][0] for path in paths}


BOTH = {"jia": "30", "yi": "31"}
ARRANGED = {
    "side by side": beside(JIA, YI),
    "without a column between": beside(JIA, YI, gap=0),
    "the right one lower": beside(JIA, YI, lower=2),
    "the right one below the left one": beside(JIA, YI, lower=len(JIA) + 2),
    "below, two columns to the right": below(JIA, YI, 2),
    "below, two columns to the left": below([["", "", *row] for row in JIA], YI, 0),
    "the right one narrower": beside(JIA, narrow(YI)),
    "the left one narrower": beside(narrow(JIA), YI),
    "below, wider, its columns elsewhere": below(narrow(JIA), YI, 1),
    "by their titles": beside(titled("甲县", "30"), titled("乙市", "31")),
    "a title of both": [
        ["2023年4月各县市填报表"],
        *beside([["甲县"], *titled("甲县", "30")[1:]], [["乙市"], *titled("乙市", "31")[1:]]),
    ],
    "numbered": beside(
        [["序号", *JIA[0]], *(["1", *row] for row in JIA[1:])], [["序号", *YI[0]], *(["1", *row] for row in YI[1:])]
    ),
}


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
@pytest.mark.parametrize("lines", ARRANGED.values(), ids=ARRANGED)
def test_tables_in_one_sheet_are_as_files_of_their_own(collect: Collect, lines: Rows, ending: str) -> None:
    write(f"inbox/两表.{ending}", xlsx_of(lines) if ending == "xlsx" else as_csv(lines))
    ran = collect("inbox")
    assert (ran.code, beds_filed()) == (0, BOTH), ran.out
    assert "写法；" not in ran.out  # nothing of either had to be put right


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=8)
@given(order=st.permutations([0, 2, 3, 4, 5, 6, 1, 7, 8]), gap=st.integers(0, 2), lower=st.integers(0, 7))
def test_the_columns_of_each_may_have_an_order_of_their_own(
    collect: Collect, order: list[int], gap: int, lower: int
) -> None:
    write("inbox/两表.csv", as_csv(beside(JIA, [[row[at] for at in order] for row in YI], gap, lower)))
    ran = collect("inbox", "--dry-run")
    assert "甲县 2023-04，归档" in ran.out, ran.out
    assert "乙市 2023-04，归档" in ran.out, ran.out


LEFT, RIGHT = 0, 10
"""Columns of the one and the other."""


@pytest.mark.parametrize(
    ("note", "column", "filed"),
    [
        ("以上数据截至4月30日", LEFT, BOTH),
        ("注：以上数据为当月数", LEFT, {"yi": "31"}),
        ("注：以上数据为当月数", RIGHT, {"jia": "30"}),
        ("注：以上两表为当月数", LEFT, {}),
        ("注：以上两表为当月数", RIGHT, {}),
        ("注：甲县数据为当月数", RIGHT, {"yi": "31"}),
        ("注：乙市数据为当月数", LEFT, {"jia": "30"}),
    ],
)
def test_words_under_one_of_them_are_said_of_that_one_unless_they_name_another_or_all(
    collect: Collect, note: str, column: int, filed: dict[str, str]
) -> None:
    write("inbox/两表.xlsx", xlsx_of([*beside(JIA, YI), [*[""] * column, note]]))
    ran = collect("inbox")
    assert beds_filed() == filed, ran.out
    assert note.replace("：", ":") in ran.out or filed == BOTH


@pytest.mark.parametrize(
    ("cells", "filed"), [("A7:I7", {"yi": "31"}), ("A7:S7", {}), ("K7:S7", {"jia": "30"}), ("A7:K7", {})]
)
def test_words_in_a_cell_that_is_merged_over_several_are_said_of_all(
    collect: Collect, cells: str, filed: dict[str, str]
) -> None:
    book = openpyxl.load_workbook(BytesIO(xlsx_of(beside(JIA, YI))))
    sheet = book.worksheets[0]
    sheet[cells.partition(":")[0]] = "注：以上数据为当月数"
    sheet.merge_cells(cells)
    write("inbox/两表.xlsx", saved(book))
    ran = collect("inbox")
    assert beds_filed() == filed, ran.out


@pytest.mark.parametrize(("column", "filed"), [(LEFT, {}), (RIGHT, {"jia": "30"})])
def test_words_above_the_first_are_where_a_title_of_all_stands(
    collect: Collect, column: int, filed: dict[str, str]
) -> None:
    write("inbox/两表.xlsx", xlsx_of([[*[""] * column, "注：以下数据为当月数"], *beside(JIA, YI)]))
    ran = collect("inbox")
    assert beds_filed() == filed, ran.out


def test_one_that_is_wrong_keeps_none_of_the_others(collect: Collect) -> None:
    write("inbox/两表.xlsx", xlsx_of(beside(JIA, rows("乙市", "三十左右"))))
    ran = collect("inbox")
    assert (ran.code, beds_filed()) == (1, {"jia": "30"})
    assert "乙市 2023-04，退回" in ran.out
    assert "O2 T01-01" in ran.out  # where its figure stands in the sheet


def test_one_of_nobody_is_told_and_its_figures_go_to_nobody(collect: Collect) -> None:
    nobodys = [["2023年4月"], *titled("乙市", "31")[1:]]
    write("inbox/两表.xlsx", xlsx_of(beside(titled("甲县", "30"), nobodys)))
    ran = collect("inbox")
    assert (ran.code, beds_filed()) == (1, {"jia": "30"})
    assert "看不出是哪个单位的" in ran.out


@pytest.mark.parametrize("lower", [0, 2, len(JIA) + 1])
def test_two_of_one_unit_and_month_go_back_and_check_tells_of_the_second(
    collect: Collect, check: Run, lower: int
) -> None:
    lines = beside(JIA, rows("甲县", "32"), lower=lower)
    write("inbox/甲县.xlsx", xlsx_of(lines))
    ran = collect("inbox")
    assert (ran.code, beds_filed()) == (1, {})
    assert "甲县 2023-04，退回" in ran.out
    write("data/2023-04/jia.xlsx", xlsx_of(lines))
    ran = check("--format", "concise", "data/2023-04/jia.xlsx", today="2023-05-05")
    assert codes(ran) == [f"MZ133 data/2023-04/jia.xlsx:{lower + 1}"], ran.out


LAYOUTS: dict[str, Callable[[str], bytes]] = {
    "tabs": lambda note: xlsx_of_sheets(("一", [*JIA, [note]]), ("二", YI)),
    "the other tab": lambda note: xlsx_of_sheets(("一", JIA), ("二", [*YI, [note]])),
    "stacked": lambda note: xlsx_of([*titled("甲县", "30"), [note], [], *titled("乙市", "31")]),
    "moved": lambda note: xlsx_of(below([*narrow(JIA), [note]], YI, 1)),
    "abreast": lambda note: xlsx_of([*beside(JIA, YI), [note]]),
    "a tab without a table": lambda note: xlsx_of_sheets(("说明", [[note]]), ("一", JIA), ("二", YI)),
}
OF_UNITS = [
    ("注：甲县数据为当月数", {"yi": "31"}),
    ("注：乙市数据为当月数", {"jia": "30"}),
    ("注：甲县、乙市数据为当月数", {}),
    ("注：乙市年报另行报送", {"jia": "30"}),
    ("填报人：张三", BOTH),
    ("请领导审阅", BOTH),
]


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize(("note", "filed"), OF_UNITS, ids=[note for note, _ in OF_UNITS])
def test_words_are_said_of_the_units_they_name_wherever_the_tables_stand(
    collect: Collect, layout: str, note: str, filed: dict[str, str]
) -> None:
    write("inbox/两表.xlsx", LAYOUTS[layout](note))
    ran = collect("inbox")
    is_mild = layout == "a tab without a table" and "年报" in note  # another sheet's words are doubted less
    assert beds_filed() == (BOTH if is_mild else filed), ran.out
    assert note.replace("：", ":") in ran.out or filed == BOTH


@pytest.mark.parametrize("layout", ["tabs", "stacked", "moved"])
def test_words_that_speak_of_the_table_where_they_stand_are_said_of_that_one_too(collect: Collect, layout: str) -> None:
    write("inbox/两表.xlsx", LAYOUTS[layout]("以上为乙市4月数据"))
    ran = collect("inbox")
    assert "jia" not in beds_filed(), ran.out


def test_a_title_of_another_unit_goes_to_no_other_tab(collect: Collect) -> None:
    """It says that the rows below it may be another's: the first one's figures are in doubt."""
    write("inbox/两表.xlsx", xlsx_of_sheets(("一", [["乙市2023年4月填报表"], *JIA]), ("二", YI)))
    ran = collect("inbox")
    assert (ran.code, beds_filed()) == (1, {"yi": "31"}), ran.out


@pytest.mark.parametrize("where", ["comment", "margin"])
def test_words_in_no_cell_of_a_tab_are_said_of_the_unit_of_another_that_they_name(collect: Collect, where: str) -> None:
    book = openpyxl.load_workbook(BytesIO(xlsx_of_sheets(("一", JIA), ("二", YI))))
    if where == "comment":
        book.worksheets[0]["A8"].comment = Comment("乙市数据为当月数", "x")
    else:
        margin = book.worksheets[0].oddFooter
        assert margin is not None
        margin.center.text = "乙市数据为当月数"
    write("inbox/两表.xlsx", saved(book))
    ran = collect("inbox")
    assert "yi" not in beds_filed(), ran.out


@pytest.mark.parametrize("right", [[[], *YI[1:]], [["乙市2023年4月"], *(row[2:] for row in YI[1:])]])
@pytest.mark.parametrize("gap", [0, 1])
def test_one_without_a_header_goes_back_under_its_unit_too(collect: Collect, right: Rows, gap: int) -> None:
    """It was told as cells too many of the left one, and its unit as one that has sent nothing."""
    write("inbox/两表.xlsx", xlsx_of(beside(JIA, right, gap)))
    ran = collect("inbox")
    assert (ran.code, beds_filed()) == (1, {})
    assert "退回待重报：甲县、乙市；未报：示范开发区" in ran.out, ran.out


def test_units_named_behind_a_table_without_an_indicator_are_none_of_a_table(collect: Collect) -> None:
    write("inbox/甲县.xlsx", xlsx_of(beside(JIA, [["", ""], ["乙市", "已报"]])))
    ran = collect("inbox")
    assert "退回待重报：甲县；未报：乙市" in ran.out, ran.out
