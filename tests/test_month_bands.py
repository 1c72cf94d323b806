"""Sheets of units × indicators with a group of columns for each of several months: the month asked for is taken."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from inbox import SOUND, WIDE, Collect, collect, figures
from test_cli_check import check, write
from workbooks import rows_of, transposed, xlsx_of

__all__ = ["check", "collect"]

PATHS = tuple(f"data/2023-04/{unit}.csv" for unit in ("jia", "yi", "devzone", "bureau"))
MARCH, APRIL = ("3月", "4月")


def _grouped(months: Sequence[str], *, turned: bool = False, behind: str = "") -> list[list[str]]:
    """The wide sheet with the columns of every month, the last with April's figures, those before with smaller ones."""
    head, *lines = (row[:-1] for row in rows_of(WIDE))
    keys = 2
    if turned:
        head, _, *lines = transposed([head, *lines])
        keys = 1
    width = len(head) - keys
    band = [*[""] * keys, *(text for month in months for text in (month, *[""] * (width - 1)))]
    table = [band, [*head[:keys], *head[keys:] * len(months)]]
    for line in lines:
        earlier = [text.replace("3", "1") for text in line[keys:]]
        table.append([*line[:keys], *earlier * (len(months) - 1), *line[keys:]])
    return [[*row, text] for row, text in zip(table, ["", "备注", *[behind] * len(lines)], strict=True)]


@pytest.mark.parametrize(
    "months", [("3月", "4月"), ("2023年3月", "2023年4月"), ("2月", "3月", "4月"), ("1-3月累计", "1-4月累计")]
)
@pytest.mark.parametrize("name", ["4月汇总", "汇总4月数"])
def test_the_columns_of_the_month_asked_for_are_its_sheet(collect: Collect, months: tuple[str, ...], name: str) -> None:
    """Cell by cell as the sheet that has no other month; nothing of another one is filed."""
    write("alone/4月.xlsx", xlsx_of(rows_of(WIDE)))
    assert collect("alone").code == 0
    expected = {path: figures(path) for path in PATHS}
    for path in PATHS:
        Path(path).unlink()
    march = {path: path.read_bytes() for path in Path("data/2023-03").iterdir()}
    write("inbox/4月汇总.xlsx", xlsx_of(_grouped(months)))
    ran = collect("inbox")
    assert (ran.code, ran.err) == (0, ""), ran.out
    assert {path: figures(path) for path in PATHS} == expected
    assert {path: path.read_bytes() for path in Path("data/2023-03").iterdir()} == march
    assert f"报告期看第1行“{months[-1]}”" in ran.out
    assert f"“{'、'.join(months[:-1])}”下面的各列没有采用，只收2023-04的" in ran.out


@pytest.mark.parametrize("told", ["file", "title", "--period"])
def test_the_month_may_be_told_anywhere(collect: Collect, told: str) -> None:
    title = [["2023年4月民政指标汇总表"]] if told == "title" else []
    write(f"inbox/{'4月' if told == 'file' else '汇总'}.xlsx", xlsx_of([*title, *_grouped((MARCH, APRIL))]))
    ran = collect("inbox", *(["--period", "2023-04"] if told == "--period" else []))
    assert ran.code == 0, ran.out
    assert figures("data/2023-04/jia.csv") == SOUND


def test_months_over_indicators_are_read_as_those_over_units(collect: Collect) -> None:
    write("inbox/4月.xlsx", xlsx_of(_grouped((MARCH, APRIL), turned=True)))
    ran = collect("inbox")
    assert ran.code == 0, ran.out
    assert figures("data/2023-04/jia.csv") == SOUND


def test_what_stands_behind_all_months_is_said_of_the_one_that_is_taken(collect: Collect) -> None:
    write("inbox/4月.xlsx", xlsx_of(_grouped((MARCH, APRIL), behind="甲县新开五家")))
    assert collect("inbox").code == 0
    assert {told[3] for told in figures("data/2023-04/jia.csv").values()} == {"甲县新开五家"}


@pytest.mark.parametrize("behind", ["备注", "增减"])
def test_headings_merged_over_both_lines_and_groups_of_no_month_are_what_they_are(
    collect: Collect, behind: str
) -> None:
    """The note of a line is read; how much the months differ is passed over."""
    band, head, *lines = [row[:-1] for row in _grouped((MARCH, APRIL))]
    if behind == "备注":
        table = [
            ["指标编码", "指标名称", *band[2:], behind],
            ["", "", *head[2:], ""],
            *([*row, "甲县新开五家"] for row in lines),
        ]
    else:
        table = [[*band, behind, *[""] * 3], [*head, *head[2:6]], *([*row, "2", "2", "2", "2"] for row in lines)]
    write("inbox/4月.xlsx", xlsx_of(table))
    ran = collect("inbox")
    assert ran.code == 0, ran.out
    note = "甲县新开五家" * (behind == "备注")
    assert figures("data/2023-04/jia.csv") == {code: (*told[:3], note, "") for code, told in SOUND.items()}


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("汇总", "标题或文件名写明要报的是哪个月，或用 --period 写明"),
        ("5月汇总", "文件名是2023-05，改成一致"),
    ],
)
def test_which_columns_are_of_which_month_is_told_where_none_is_asked_for(
    collect: Collect, name: str, why: str
) -> None:
    """And obeyed: a file that names the month is taken."""
    write(f"inbox/{name}.xlsx", xlsx_of(_grouped((MARCH, APRIL))))
    ran = collect("inbox")
    assert ran.code == 1
    told = "看不出是哪个月的：第1行有几个月（“3月”在 C、D、E、F 列，“4月”在 G、H、I、J 列）"
    assert f"{told}，{why}" in ran.out
    assert not Path("data/2023-04").exists()


@pytest.mark.parametrize("months", [("3月当月", "4月当月"), ("上月", "本月"), ("4月", "4月")])
def test_what_is_no_month_of_totals_starts_no_group(collect: Collect, months: tuple[str, ...]) -> None:
    write("inbox/4月.xlsx", xlsx_of(_grouped(months)))
    assert collect("inbox").code == 1
    assert not Path("data/2023-04").exists()


def _in_rows(*months: str, is_merged: bool) -> list[list[str]]:
    """Units down, a row of each for every month, the last with April's figures."""
    head, _, *units = transposed([row[:-1] for row in rows_of(WIDE)])
    table = [["月份", "填报单位", *head[1:]]]
    for month in months:
        for at, (unit, *own) in enumerate(units):
            earlier = own if month == months[-1] else [text.replace("3", "1") for text in own]
            table.append(["" if at and is_merged else month, unit, *earlier])
    return table


@pytest.mark.parametrize("is_merged", [True, False])
@pytest.mark.parametrize("months", [("3月", "4月"), ("2023年3月", "2023年4月"), ("1-3月", "1-4月")])
def test_the_rows_of_the_month_asked_for_are_its_sheet(
    collect: Collect, months: tuple[str, ...], *, is_merged: bool
) -> None:
    """March's were April's as well, as its file is called."""
    write("inbox/4月.xlsx", xlsx_of(_in_rows(*months, is_merged=is_merged)))
    ran = collect("inbox")
    assert (ran.code, ran.err) == (0, ""), ran.out
    assert figures("data/2023-04/jia.csv") == SOUND
    assert "2023-03的各行没有采用，只收2023-04的" in ran.out
    write("inbox/4月.xlsx", xlsx_of(_in_rows(months[0], "2月", is_merged=is_merged)))
    assert "“报告期”一栏有2023-03、2023-02，每个月单独填一张表" in collect("inbox").out


def test_one_row_of_another_month_is_a_slip_that_is_asked_about(collect: Collect) -> None:
    """Its unit has no other; as its April's it would be guessed at, and left out it would be silent."""
    table = _in_rows("4月", is_merged=False)
    table[2][0] = "3月"
    write("inbox/4月.xlsx", xlsx_of(table))
    ran = collect("inbox")
    assert "“报告期”一栏有2023-04、2023-03，每个月单独填一张表" in ran.out
    assert not Path("data/2023-04").exists()
