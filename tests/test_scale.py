"""Figures of a plan and its breakdown by another scale or in another unit: the figure that was meant is said."""

from fractions import Fraction
from pathlib import Path

import pytest

from conftest import through
from factory import check_plan
from mzplan.reading.misread import meant_in
from test_plan_load import plan_text, write

HEADER = "indicator,unit,target,basis,source,baseline\n"
RATIO = "- {{id: T09-01, name: 甲, kind: ratio, {}}}\n"
PER_10000 = "scale: 10000, unit: 人/万人, part_of_whole: true"


def said(folder: Path, fragment: str, breakdown: str | None = None) -> list[str]:
    return [f"{one.message}；{one.hint}" for one in check_plan(write(folder, plan_text(fragment), breakdown))]


@pytest.mark.parametrize(
    ("written", "says"),
    [
        ("target: {at_least: 0.95}, source: 覆盖率95%", "目标 0.95 像是按小数写的；按“%”应是 95"),
        ("target: {at_least: 0.95}, baseline: 60, source: 覆盖率", "目标 0.95 像是按小数写的；按“%”应是 95"),
        ("target: {at_least: 1}, source: 实现全覆盖", "目标 1 像是按小数写的；按“%”应是 100"),
        ("target: {at_least: 9500}, source: 覆盖率95%", "目标 9500 像是按万分数写的；按“%”应是 95"),
        ("target: {at_most: 0.05}, source: 控制在5%以内", "目标 0.05 像是按小数写的；按“%”应是 5"),
        (f"target: {{at_least: 95}}, {PER_10000}, source: 达到95%", "目标 95 像是按百分数写的；按“人/万人”应是 9500"),
        (f"target: {{at_least: 0.95}}, {PER_10000}, source: 达到95%", "目标 0.95 像是按小数写的；按“人/万人”应是 9500"),
        (
            "target: {at_least: 95}, source: 95%, revisions: [{from: 2023-09, target: {at_least: 0.97}, source: 通知}]",
            "目标 0.97 像是按小数写的；按“%”应是 97",
        ),
        ("target: {at_least: 100}, baseline: 0.5, source: 全覆盖", "基期值 0.5 像是按小数写的：目标是 100；"),
        ("target: {at_least: 95}, baseline: 0.6, source: 达95%", "基期值 0.6 像是按小数写的：目标是 95；按“%”应是 60"),
    ],
)  # fmt: skip
def test_a_ratio_by_another_scale_is_told_in_the_plan(written: str, says: str, tmp_path: Path) -> None:
    (finding,) = said(tmp_path, RATIO.format(written))
    assert finding.startswith(says)


@pytest.mark.parametrize(
    ("unit", "written", "says"),
    [
        (
            "人",
            "target: {at_least: 600000}, baseline: 58",
            "基期值 58 像是按“万人”写的：目标是 600000；按“人”应是 580000",
        ),
        (
            "万人",
            "target: {at_least: 60}, baseline: 580000",
            "基期值 580000 像是按“人”写的：目标是 60；按“万人”应是 58",
        ),
        ("人", "target: {at_least: 600000}, baseline: 580000", ""),
        ("户", "target: {at_most: 20}, baseline: 5000", ""),
        ("个", "target: {at_least: 5000}, baseline: 0", ""),
    ],
)
def test_a_baseline_by_another_measure_than_its_target_is_told(
    unit: str, written: str, says: str, tmp_path: Path
) -> None:
    found = said(tmp_path, f"- {{id: T09-01, name: 甲, kind: stock, unit: {unit}, {written}, source: 甲}}\n")
    assert found == [] if not says else len(found) == 1 and found[0].startswith(says)


@pytest.mark.parametrize(
    "written",
    [
        "target: {at_least: 0.95}, source: 增长0.95%",
        "target: {at_least: 1}, source: 占比达到1%",
        "target: {at_most: 0.5}, source: 差错率",
        "target: {at_most: 1}, baseline: 12, source: 差错率",
        "target: {at_least: 95}, source: 覆盖率",
        "target: {at_least: 50}, baseline: 0, source: 覆盖率",
        "target: {at_least: 50}, baseline: 0.1, source: 覆盖率",
        "target: {at_least: 100}, baseline: 0.1, source: 全覆盖",
        f"target: {{at_least: 95}}, {PER_10000}, source: 每万人95人",
        "target: {at_least: 1}, unit: 天, part_of_whole: false, source: 缩短办理时间",
    ],
)
def test_a_small_ratio_that_is_meant_is_left_alone(written: str, tmp_path: Path) -> None:
    assert said(tmp_path, RATIO.format(written)) == []


@pytest.mark.parametrize(
    ("city", "row", "says"),
    [
        ("target: {at_least: 80}", "0.95,official,x,", "target 是 0.95，像是按小数填的：计划里是 80；按“%”应是 95"),
        ("target: {at_least: 80}", "1,official,x,", "target 是 1，像是按小数填的：计划里是 80；按“%”应是 100"),
        ("target: {at_least: 80}", "0.05,official,x,", "target 是 0.05，像是按小数填的：计划里是 80；按“%”应是 5"),
        ("target: {at_least: 80}", "9500,official,x,", "target 是 9500，像是按万分数填的：计划里是 80；按“%”应是 95"),
        ("target: {at_least: 80}", "950,official,x,", "target 是 950，超过 100"),
        ("target: {at_least: 80}, baseline: 60", "95,official,x,0.7", "baseline 是 0.7，像是按小数填的：计划里是 60"),
        (
            f"target: {{at_least: 9500}}, {PER_10000}",
            "95,official,x,",
            "target 是 95，像是按百分数填的：计划里是 9500；按“人/万人”应是 9500",
        ),
    ],
)
def test_a_ratio_by_another_scale_is_told_in_the_breakdown(city: str, row: str, says: str, tmp_path: Path) -> None:
    findings = said(tmp_path, RATIO.format(f"{city}, source: 覆盖率"), f"{HEADER}T09-01,jia,{row}\n")
    assert [finding for finding in findings if finding.startswith(says)] == findings != []


@pytest.mark.parametrize(
    ("city", "row"),
    [
        ("target: {at_least: 80}", "8,official,x,"),
        ("target: {at_least: 80}", "2,official,x,"),  # as a share it would be 200 per cent
        ("target: {at_most: 10}", "1,official,x,"),
        ("target: {at_least: 5}", "0.8,official,x,"),
        ("target: {at_least: 80}, baseline: 60", "95,official,x,7"),
    ],
)
def test_a_unit_may_have_another_target_than_the_city(city: str, row: str, tmp_path: Path) -> None:
    assert said(tmp_path, RATIO.format(f"{city}, source: 覆盖率"), f"{HEADER}T09-01,jia,{row}\n") == []


AMOUNTS = [
    ("0.1亿元", "万元", "1000"),
    ("0.1亿", "万元", "1000"),
    ("1000万元", "万元", "1000"),
    ("5000元", "万元", "0.5"),
    ("￥5000", "万元", "0.5"),
    ("5000万", "亿元", "0.5"),
    ("3万", "人", "30000"),
    ("5000人", "万人", "0.5"),
    ("1.5百万元", "百万元", "1.5"),
    ("60张", "张", "60"),
    ("60", "万元", "60"),
    ("9/14", "个", None),
    ("9月14日", "个", None),
    ("很多", "个", None),
]


@through(("text", "unit", "meant"), AMOUNTS)
def test_an_amount_is_converted_into_the_measure_unit(text: str, unit: str, meant: str | None) -> None:
    assert meant_in(text, unit) == meant


@pytest.mark.parametrize(("text", "unit", "meant"), [each for each in AMOUNTS if each[1] == "万元" and each[0] != "60"])
def test_plan_and_breakdown_are_told_alike(text: str, unit: str, meant: str, tmp_path: Path) -> None:
    money = "- {{id: T09-01, name: 甲, kind: count, unit: {}, target: {{at_least: {}}}, source: 甲}}\n"
    if text != f"1000{unit}":  # a breakdown may have the measure unit behind a figure
        row = f"{HEADER}T09-01,jia,{text},official,x,\n"
        assert [
            each for each in said(tmp_path, money.format(unit, 9000), row) if f"只写数字：{meant}，单位是{unit}" in each
        ]
    assert [
        each for each in said(tmp_path, money.format(unit, text)) if f"写成 at_least: {meant}，单位是{unit}" in each
    ]
    assert Fraction(meant) > 0
