"""Which figures the lines and columns of a sheet of units × indicators hold: parts of ratios, totals, others."""

from pathlib import Path

import pytest

from inbox import SOUND, WIDE, Collect, collect, figures
from test_cli_check import check, write
from workbooks import Rows, rows_of, transposed, xlsx_of

__all__ = ["check", "collect"]

YI = {
    "T01-01": ("31", "", "", "", ""),
    "T01-02": ("", "9", "10", "", ""),
    "T02-01": ("13", "", "", "", ""),
    "T02-02": ("未启动", "", "", "", ""),
}
ONE_LINE_EACH = "T02-01,四A级社会组织数,,12,13\nT02-02,发展规划,,未启动,未启动\n"
IN_LINES = {
    "merged": "T01-01,服务类救助项目数,完成值,30,31\nT01-02,助餐点覆盖率,分子,8,9\n,,分母,10,10\n",
    "repeated": "T01-01,服务类救助项目数,完成值,30,31\nT01-02,助餐点覆盖率,分母,10,10\nT01-02,助餐点覆盖率,分子,8,9\n",
    "beside others": "T01-01,服务类救助项目数,本月,3,4\n,,累计,30,31\n"
    "T01-02,助餐点覆盖率,目标,90,90\n,,分子,8,9\n,,分母,10,10\n",
    "others last": "T01-01,服务类救助项目数,1-4月,30,31\n,,1-3月,26,28\n,,上月累计,26,28\n"
    "T01-02,助餐点覆盖率,分子,8,9\n,,分母,10,10\n",
    "named within": "T01-01,服务类救助项目数,,30,31\nT01-02,助餐点覆盖率（分子）,,8,9\n,－分母,,10,10\n",
}


def assert_filed(collect: Collect, table: Rows) -> None:
    """Both units' reports are filed with all that a sound one has, and nothing is told of them as an error."""
    write("inbox/4月.xlsx", xlsx_of(table))
    ran = collect("inbox")
    assert (ran.code, ran.err) == (0, ""), ran.out
    assert (figures("data/2023-04/jia.csv"), figures("data/2023-04/yi.csv")) == (SOUND, YI)


@pytest.mark.parametrize("turned", [False, True])
@pytest.mark.parametrize("name", IN_LINES)
def test_lines_of_one_indicator_say_which_figures_they_hold(collect: Collect, name: str, *, turned: bool) -> None:
    """Whichever way the sheet lies: as lines beside the indicators, or as a second line of headings below them."""
    table = rows_of(f"指标编码,指标名称,,甲县,乙市\n{IN_LINES[name]}{ONE_LINE_EACH}")
    assert_filed(collect, transposed(table) if turned else table)


@pytest.mark.parametrize("turned", [False, True])
@pytest.mark.parametrize(
    ("other", "own"),
    [
        ("本月", "累计"),
        ("4月", "累计"),
        ("目标", "完成值"),
        ("上月累计", "本月累计"),
        ("1-3月", "1-4月"),
        ("3月累计", "截至4月底累计"),
    ],
)
def test_lines_of_parts_stand_in_the_columns_of_totals(collect: Collect, other: str, own: str, *, turned: bool) -> None:
    """Where both units and indicators have several columns, or lines."""
    table = rows_of(
        f"指标编码,指标名称,甲县,,乙市,\n,,{other},{own},{other},{own}\n"
        "T01-01,服务类救助项目数,3,30,4,31\nT01-02,助餐点覆盖率（分子）,,8,,9\n,（分母）,,10,,10\n"
        "T02-01,四A级社会组织数,1,12,1,13\nT02-02,发展规划,,未启动,,未启动\n"
    )
    assert_filed(collect, transposed(table) if turned else table)


@pytest.mark.parametrize("turned", [False, True])
def test_totals_and_numbers_beside_a_second_line_are_no_name_of_it(collect: Collect, *, turned: bool) -> None:
    """It was taken for a line of an indicator that is called like its total."""
    table = rows_of(
        "序号,指标名称,,甲县,乙市,合计\n1,服务类救助项目数,本月,3,4,7\n,,累计,30,31,61\n2,助餐点覆盖率,分子,8,9,17\n"
        "3,,分母,10,10,20\n4,四A级社会组织数,,12,13,25\n5,发展规划,,未启动,未启动,—\n"
    )
    assert_filed(collect, transposed(table) if turned else table)


@pytest.mark.parametrize("months", [("12月", "9月", "12月底", "6月"), ("1-12月", "1-6月", "全年", "")])
def test_when_an_indicator_is_due_says_nothing_of_its_figures(collect: Collect, months: tuple[str, ...]) -> None:
    """Under a heading of its own, which tells what the months are."""
    head, *lines = [row[:4] for row in rows_of(WIDE)[:-1]]
    table = [[*head[:2], "完成时限", *head[2:]]]
    table += [[*row[:2], month, *row[2:]] for row, month in zip(lines, months, strict=True)]
    write("inbox/4月.xlsx", xlsx_of(table))
    ran = collect("inbox")
    assert (figures("data/2023-04/jia.csv"), figures("data/2023-04/yi.csv")) == (SOUND, YI), ran.out
    write("inbox/4月.xlsx", xlsx_of(transposed(table)))
    assert "几个月的数" not in collect("inbox").out


@pytest.mark.parametrize("turned", [False, True])
@pytest.mark.parametrize("line", ["T01-01,服务类救助项目数,本月,30,31", "T01-01,服务类救助项目数,上月累计,30,31"])
def test_an_indicator_with_other_figures_alone_is_not_taken(collect: Collect, line: str, *, turned: bool) -> None:
    table = rows_of(f"指标编码,指标名称,,甲县,乙市\n{line}\n{ONE_LINE_EACH}")
    write("inbox/4月.xlsx", xlsx_of(transposed(table) if turned else table))
    ran = collect("inbox")
    said = line.split(",")[2]
    assert ran.code == 1
    assert f"{said}”，不知道下面的数是谁的、是不是完成值，整个工作表没有采用" in ran.out
    assert not Path("data/2023-04").exists()


def test_a_part_in_the_column_of_the_other_is_not_taken(collect: Collect) -> None:
    head = "指标编码,指标名称,甲县,,,乙市,,\n,,完成值,分子,分母,完成值,分子,分母\n"
    write("inbox/4月.xlsx", xlsx_of(rows_of(f"{head}T01-02,助餐点覆盖率（分子）,,,8,,,9\n,（分母）,,,10,,,10\n")))
    ran = collect("inbox")
    assert ran.code == 1
    assert "第3行写着“T01-02 助餐点覆盖率" in ran.out
    assert not Path("data/2023-04").exists()


def _in_columns(*headings: str, turned: bool) -> bytes:
    """Two indicators of two units, the figures asked for under the last heading, those under the others smaller."""
    table = [["指标编码", "", "甲县", "乙市"]]
    for code, *own in (("T01-01", 30, 31), ("T02-01", 12, 13)):
        for at, heading in enumerate(headings, start=1 - len(headings)):
            table.append([code, heading, *(str(figure + 2 * at) for figure in own)])
    if turned:
        return xlsx_of(transposed(table))
    columns = [
        [unit, heading, *(line[at] for line in table if line[1] == heading)]
        for at, unit in ((2, "甲县"), (3, "乙市"))
        for heading in headings
    ]
    return xlsx_of(transposed([["指标编码", "", "T01-01", "T02-01"], *columns]))


@pytest.mark.parametrize("turned", [False, True])
@pytest.mark.parametrize(
    ("one", "other", "name"), [("3月", "4月", "4月"), ("2023年3月", "2023年4月", "4月"), ("1-3月", "1-4月", "报表")]
)
def test_months_side_by_side_are_told_with_their_columns_and_obeyed(
    collect: Collect, one: str, other: str, name: str, *, turned: bool
) -> None:
    """A month is no total unless it says so, and of totals nobody knows which is asked for where no month is."""
    write(f"inbox/{name}.xlsx", _in_columns(one, other, turned=turned))
    ran = collect("inbox")
    assert ran.code == 1
    told = f"第2行有几个月的数（“{one}”在 B、D 列，“{other}”在 C、E 列），看不出哪些是到要报的月份为止的累计数"
    assert told in ran.out
    assert not Path("data/2023-04").exists()
    write("inbox/4月.xlsx", _in_columns("完成值", turned=turned))
    assert collect("inbox/4月.xlsx").code == 0
    assert figures("data/2023-04/jia.csv") == {code: SOUND[code] for code in ("T01-01", "T02-01")}
