"""Nothing that a clerk has filled in is lost, by a repair or in silence, whatever else the row or the sheet says."""

import csv
import io
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mzplan.submissions.repair import repair
from test_clerk import PLAN, Rows, checked, october, project, put, written

__all__ = ["project"]

JUNK = (
    *("######", "#REF!", "#N/A", "#", "# 9", "//", "注：2023-10", "合计", "小计", "全市合计", "填表人：张三", "total"),
    *("任务5", "2023-10", "", "Sep-23", "说明:见下"),
)


def records(rows: Sequence[Sequence[str]]) -> list[tuple[str, ...]]:
    """Of each row that names an indicator of the plan and holds a figure: its code and its figures."""
    return [(row[2], *row[4:7]) for row in rows if row[2] in PLAN.indicators and any(row[4:7])]


def mended(project: Path, rows: Rows) -> Rows:
    data = written(rows).encode()
    found = repair(data, checked(project, data).diagnostics)
    return list(csv.reader(io.StringIO((found.data if found else data).decode("utf-8-sig"))))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.tuples(st.integers(1, 68), st.sampled_from([0, 1, 3, 7, 8]), st.sampled_from(JUNK)), max_size=6),
    st.integers(0, 8),
)
def test_no_repair_takes_out_a_row_that_names_an_indicator_and_holds_a_figure(
    project: Path, odd: list[tuple[int, int, str]], header_at: int
) -> None:
    rows = october()
    for row, cell, text in odd:
        rows[row][cell] = text
    rows.insert(header_at, rows.pop(0))
    assert records(mended(project, rows)) == records(rows)


@pytest.mark.parametrize(
    ("field", "text", "said"),
    [
        ("period", "######", "MZ201 “######”列太窄，没有显示出来"),
        ("period", "#REF!", "MZ201 “#REF!”公式出错"),
        ("period", "注：2023-10", "MZ201 “注：2023-10”不是报告期"),
        ("unit", "#N/A", "MZ302 “填报单位”一栏的“#N/A”公式出错"),
        ("unit", "小计", "MZ302 计划中没有填报单位“小计”"),
        ("indicator", "#REF!", "MZ301 “指标编码”一栏的“#REF!”公式出错"),
        ("name", "合计", "MZ304 T05-03 是“新增认知障碍照护专区床位”，这里写的是“合计”"),
        ("value", "####", "MZ212 “完成值”一栏的“####”列太窄，没有显示出来"),
    ],
)
def test_a_record_with_a_broken_cell_is_told_at_that_cell(project: Path, field: str, text: str, said: str) -> None:
    rows = october()
    put(field, text, "T05-03")(rows)
    (found,) = checked(project, written(rows).encode()).diagnostics[:1]
    assert f"{found.rule.code} {found.message}" == said


def test_records_above_the_header_are_told_and_kept(project: Path) -> None:
    rows = october()
    rows.insert(5, rows.pop(0))
    (found,) = [each for each in checked(project, written(rows).encode()).diagnostics if each.rule.code != "MZ511"]
    assert (found.rule.code, found.message) == (
        "MZ157",
        "表头在第6行，上面有 5 行填报记录，这些行没有采用",
    )


@pytest.mark.parametrize(
    ("title", "said"),
    [
        ("义乌市2023年9月民政重点工作填报表", "表上写的是“2023年9月”，应是2023-10"),
        ("2023年1—9月", "表上写的是“2023年1—9月”，应是2023-10"),
        ("2022年10月", "表上写的是“2022年10月”，应是2023-10"),
        ("永康市2023年10月填报表", "表上写的是“永康市”，应是义乌市"),
        ("金额单位：元", "表上写的是“金额单位:元”，应是计划规定的计量单位"),
    ],
)
def test_a_title_that_says_otherwise_is_told_and_stays(project: Path, title: str, said: str) -> None:
    rows = october()
    rows.insert(0, [title, *[""] * 8])
    (found,) = [each for each in checked(project, written(rows).encode()).diagnostics if each.rule.code != "MZ511"]
    assert (found.rule.code, found.message) == ("MZ158", said)
    assert mended(project, rows)[0][0] == title


@pytest.mark.parametrize(
    "title",
    [
        "义乌市民政局2023年1-10月填报表（单位：万元）",
        "金华市2023年民政重点工作，10月份",
        "填报单位：义乌市  填报日期：2023年11月3日",
        "报送时间：2023年11月",
    ],
)
def test_a_title_that_says_the_same_is_taken_off(project: Path, title: str) -> None:
    rows = october()
    rows.insert(0, [title, *[""] * 8])
    (found,) = [each for each in checked(project, written(rows).encode()).diagnostics if each.rule.code != "MZ511"]
    assert found.rule.code == "MZ131"
    assert mended(project, rows) == rows[1:]


def test_a_heading_in_another_measure_is_told_and_stays(project: Path) -> None:
    rows = october()
    rows[0][4] = "完成值（元）"
    (found,) = [each for each in checked(project, written(rows).encode()).diagnostics if each.rule.code != "MZ511"]
    assert (found.rule.code, found.message) == ("MZ158", "表上写的是“完成值（元）”，应是计划规定的计量单位")
    assert mended(project, rows) == rows
