"""What a clerk is told leads home: what is obeyed to the letter gives the figure that was meant, or none."""

from pathlib import Path

import pytest

from mzplan.diagnostics import Diagnostic
from mzplan.submissions.header import FIELDS
from mzplan.submissions.repair import repair
from test_clerk import Rows, checked, october, project, put, written
from test_clerk_losses import mended

__all__ = ["project"]


def only(project: Path, rows: Rows) -> Diagnostic:
    (found,) = [each for each in checked(project, written(rows).encode()).diagnostics if each.rule.code != "MZ511"]
    return found


@pytest.mark.parametrize(
    ("heading", "holds"),
    [
        ("9月完成值", "一个月的数"),
        ("本月完成", "一个月的数"),
        ("本月完成值", "一个月的数"),
        ("当月完成值", "一个月的数"),
        ("上月完成值", "以前的数"),
        ("目标完成值", "目标"),
        ("完成率", "完成的百分比"),
    ],
)
def test_a_column_of_something_else_is_never_offered_as_the_figures(project: Path, heading: str, holds: str) -> None:
    rows = october()
    rows[0][4] = heading
    found = only(project, rows)
    assert found.message == f"缺少“完成值”一列；“{heading}”一栏是{holds}，不能当作完成值"
    assert found.hint == "“完成值”填从1月1日起到本月底的数：加上这一列。"


@pytest.mark.parametrize("heading", ["1-10月累计", "1-9月累计", "1—10月累计完成值", "完成情况", "完成直"])
def test_a_column_that_may_be_of_totals_is_offered(project: Path, heading: str) -> None:
    rows = october()
    rows[0][4] = heading
    found = only(project, rows)
    assert (found.hint, found.fix) == ("是否应是“完成值”？", None)


@pytest.mark.parametrize("heading", ["累计完成", "累计数", "累计完成数", "本年累计", "年初至今累计"])
def test_the_only_column_of_totals_is_the_value_whatever_it_is_called(project: Path, heading: str) -> None:
    rows = october()
    rows[0][4] = heading
    found = only(project, rows)
    assert (found.rule.code, found.hint, found.fix) == ("MZ136", "应写作“完成值”。", "完成值")
    mended = repair(written(rows).encode(), [found])
    assert mended is not None
    assert mended.data.decode() == written(october())


def test_one_of_two_columns_of_totals_is_not(project: Path) -> None:
    rows = [[*row, ""] for row in october()]
    rows[0][4], rows[0][-1] = "累计完成", "本年累计"
    assert only(project, rows).fix is None


@pytest.mark.parametrize(
    ("code", "cells", "hint"),
    [
        ("T25-05", ("2", "459.5", ""), "2,459.5 是否应写作 2459.5？"),
        ("T25-05", ("2459,5", "", ""), "像是把小数点写成了逗号：是否应是 2459.5？"),
        ("T09-06", ("40,8", "", ""), "像是把小数点写成了逗号：是否应是 40.8？"),
        ("T05-03", ("199,3", "", ""), "照原来的数改：小数点用“.”，千位之间什么也不加。"),
        ("T09-06", ("40", "81", ""), "40,81 是否应写作 40.81？"),
        (
            "T05-03",
            ("2", "440", ""),
            "像是一个数被逗号分成了几格：照原来的数，整个填在“完成值”，分子和分母留空。2023-09 是 190，请核对。",
        ),
        ("T05-03", ("2", "44", ""), "分子和分母留空。"),  # no thousands, and beds have no decimals
        ("T05-03", ("190", "14", ""), "分子和分母留空。"),
        ("T09-06", ("40", "8123", ""), "分子和分母留空。"),
    ],
)
def test_a_comma_in_a_figure_is_told_with_the_figure_meant(
    project: Path, code: str, cells: tuple[str, str, str], hint: str
) -> None:
    rows = october()
    for field, text in zip(("value", "numerator", "denominator"), cells, strict=True):
        put(field, text, code)(rows)
    assert only(project, rows).hint == hint


@pytest.mark.parametrize(
    "helper",
    [
        [str(number) for number in range(1, 10)],
        [*"甲乙丙丁戊己庚辛壬"],
        [*"甲乙丙丁", *"12345"],
        ["", "", "", "", "（个）", "（人）", "（人）", "", ""],
        ["（必填）", "（必填）", "（必填）", "", "（累计）", "", "", "（选填）", ""],
    ],
)
def test_a_row_of_column_marks_is_one_finding_and_taken_off(project: Path, helper: list[str]) -> None:
    rows = october()
    rows.insert(1, helper)
    assert only(project, rows).rule.code == "MZ159"
    assert mended(project, rows) == october()


@pytest.mark.parametrize("mark", ["〃", "同上", " ″"])
@pytest.mark.parametrize(("field", "whole"), [("period", "2023-10"), ("unit", "义乌市")])
def test_a_ditto_mark_is_read_as_the_cell_above_and_written_out(
    project: Path, field: str, whole: str, mark: str
) -> None:
    rows = october()
    at = FIELDS.index(field)
    for row in rows[2:]:
        row[at] = mark
    found = only(project, rows)
    assert (found.rule.code, len(found.lines), found.hint) == ("MZ235", 67, f"应写作“{whole}”。")
    assert mended(project, rows) == october()


def test_a_ditto_mark_below_what_is_wrong_means_nothing(project: Path) -> None:
    rows = october()[:7]
    rows[1][1], rows[2][1], rows[3][1] = "〃", "永康市", "同上"
    rows[5][1], rows[6][1] = "义乌", "〃"
    found = [
        (each.rule.code, each.lines)
        for each in checked(project, written(rows).encode()).diagnostics
        if each.field == "unit"
    ]
    assert found == [("MZ302", (2,)), ("MZ308", (3,)), ("MZ302", (4,)), ("MZ303", (6,)), ("MZ235", (7,))]
    assert [row[1] for row in mended(project, rows)[1:]] == ["〃", "永康市", "同上", "义乌市", "义乌市", "义乌市"]


@pytest.mark.parametrize(
    ("at", "heading"),
    [
        *((5, heading) for heading in ("分子\n(人)", "分子（人）", "分子(单位：户)", "分子（人次）")),
        *((4, heading) for heading in ("完成值(万元)", "完成值（个）", "完成数（人/万人）", "完成值（个、人、万元）")),
        (6, "分母\r\n（家）"),
    ],
)
def test_a_heading_with_a_measure_is_the_column(project: Path, at: int, heading: str) -> None:
    rows = october()
    rows[0][at] = heading
    found = only(project, rows)
    assert (found.rule.code, found.hint) == ("MZ136", f"应写作“{october()[0][at]}”。")
    assert mended(project, rows) == october()


@pytest.mark.parametrize("heading", ["完成值（本月）", "完成值（目标）", "完成值（增量）", "分子（上月）"])
def test_a_heading_with_something_else_in_brackets_is_not_taken_for_the_figures(project: Path, heading: str) -> None:
    rows = october()
    rows[0][4] = heading
    assert only(project, rows).rule.code == "MZ134"


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        *(
            ("义民〔2023〕18号，义政办〔2023〕5号", ""),
            ("义民〔2023〕18号、19号", ""),
            ("义民〔2023〕18号 义民〔2023〕19号", ""),
        ),
        *(("义民〔2023〕18号；https://example.org/1", ""), ("义民〔2023〕18号和义民〔2023〕19号", "")),
        *(
            ("义民〔2023〕18号，见附件", "见附件"),
            ("见附件、义民〔2023〕18号", "见附件、义民〔2023〕18号"),
            ("19号", "19号"),
        ),
    ],
)
def test_each_of_several_documents_is_evidence(project: Path, text: str, missing: str) -> None:
    rows = october()
    put("evidence", text, "T02-03")(rows)
    found = [each.message for each in checked(project, written(rows).encode()).diagnostics if each.rule.code == "MZ411"]
    assert found == ([f"佐证“{missing}”不是网址、文号，也不是存在的文件"] if missing else [])


def test_a_hint_says_what_else_is_wrong_with_the_cell(project: Path) -> None:
    rows = october()
    for row in rows[1:]:
        if row[2] == "T02-06":
            row[4:7] = "99%", "261", "261"
    found = {each.rule.code: each.hint for each in checked(project, written(rows).encode()).diagnostics}
    assert found["MZ232"] == "写成“99”还不对：MZ405 完成值与分子分母不符。"


def test_what_cannot_be_mended_like_the_others_of_its_cause_is_told_alone(project: Path) -> None:
    rows = october()
    for row in rows[1:]:
        row[2] = f" {row[2]}" if row[2] != "T02-03" else " T99-99"
    found, alone = [each for each in checked(project, written(rows).encode()).diagnostics if each.rule.code == "MZ233"]
    assert (len(found.lines), found.hint.startswith("应写作“T")) == (67, True)
    assert (alone.value, alone.parts, alone.hint.startswith("写成“T99-99”还不对")) == (" T99-99", (), True)


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("0.0195万张", "以“张”为单位应写作 195。"),
        ("2万张", "换算成以“张”为单位的数，只填数。2023-09 是 190，请核对。"),
        (
            "0.002万张",
            (
                "换算成以“张”为单位的数，只填数。2023-09 是 190：如果填的是当月数，累计数应是 210；"
                "如果少写了 1 位，应在 200 左右；请核对。"
            ),
        ),
    ],
)
def test_no_number_is_offered_that_the_last_report_shows_to_be_wrong(project: Path, text: str, hint: str) -> None:
    """September has 190 beds: 195 may follow it, and neither 20,000 nor 20."""
    rows = october()
    put("value", text, "T05-03")(rows)
    assert only(project, rows).hint == hint


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("2023年9月完成", "是否应是“已完成”？"),
        ("已完成（9月）", "是否应是“已完成”？"),
        ("10月已完成", "是否应是“已完成”？"),
        ("推进中（80%）", "是否应是“推进中”？"),
        ("已完成（100%）", "是否应是“已完成”？"),
        ("完結", "是否应是“已完成”？"),
        ("12月完成", ""),  # is still to be done
        ("完成（2024年9月）", ""),
        ("已完成（80%）", ""),
        ("推进中（100%）", ""),
        ("已完成（未验收）", ""),
    ],
)
def test_a_stage_with_its_month_or_share_is_proposed_where_these_bear_it_out(
    project: Path, text: str, hint: str
) -> None:
    rows = october()
    put("value", text, "T08-04")(rows)
    put("evidence", "https://example.org/1", "T08-04")(rows)
    assert only(project, rows).hint == f"{hint}从中选一个：未启动、推进中、已完成。"


def test_nothing_is_made_of_a_zero(project: Path) -> None:
    rows = october()
    put("value", "0", "T05-03")(rows)
    assert "如果" not in only(project, rows).hint


@pytest.mark.parametrize(
    ("figure", "said"), [("0", "变为 0，像是本月没有新增就填了 0"), ("20", "降为 20，像是填了当月数")]
)
def test_of_a_level_of_0_it_is_not_said_that_0_is_what_came(project: Path, figure: str, said: str) -> None:
    rows = october()
    put("value", figure, "T16-09")(rows)
    assert only(project, rows).message == f"由 2023-09 的 169 {said}"
