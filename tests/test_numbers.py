"""Cells of figures: what is a number, what is one written otherwise, and what is none and why."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import through
from mzplan.figures import SCALE, plain
from mzplan.reading.misread import chinese_value, read_number
from mzplan.reading.number import Fault, Habit, in_unit


@through(
    ("cell", "figure", "decimals"),
    [
        ("0", "0", 0),
        ("-0", "0", 0),
        ("12", "12", 0),
        ("+5", "5", 0),
        ("-3", "-3", 0),
        ("85.5", "85.5", 1),
        ("1.50", "1.5", 2),
        ("0.000001", "0.000001", 6),
        ("999999999999.999999", "999999999999.999999", 6),
    ],
)
def test_plain_numbers_are_exact(cell: str, figure: str, decimals: int) -> None:
    number = read_number(cell)
    assert (plain(number.figure or 0), number.decimals, number.fault, number.habits) == (figure, decimals, None, ())


@through(
    ("cell", "written", "habits"),
    [
        (" 12", "12", (Habit.BLANKS,)),
        ("12\u00a0", "12", (Habit.BLANKS,)),
        ("\u300012\t", "12", (Habit.BLANKS,)),
        ("１２０", "120", (Habit.WIDTH,)),
        ("８５．５０", "85.50", (Habit.WIDTH,)),
        ("－３", "-3", (Habit.WIDTH,)),
        ("1,234", "1234", (Habit.GROUPS,)),
        ("12,345,678.90", "12345678.90", (Habit.GROUPS,)),
        ("１，２３４", "1234", (Habit.WIDTH, Habit.GROUPS)),
        (" １，２３４", "1234", (Habit.BLANKS, Habit.WIDTH, Habit.GROUPS)),
    ],
)
def test_lossless_spellings_are_read_and_named(cell: str, written: str, habits: tuple[Habit, ...]) -> None:
    number = read_number(cell)
    assert (number.fault, number.plain, number.habits) == (None, written, habits)
    assert read_number(number.plain).figure == number.figure


FAULTS = {
    Fault.BLANK: ["", " ", "\u3000\t"],
    Fault.PLACEHOLDER: [
        *("-", "--", "——", "/", "无", "不涉及", "N/A", "n/a", "待填", "未报", "null", "？", "…"),
        *("同上", "同上月", "〃", "无变化", "未变", "没有变化", "不变", "持平", "与上月持平", "和上期一样", "保持不变"),
        *("同9月", "同10月份", "同九月", "同十二月份数据"),
    ],
    Fault.SPREADSHEET_ERROR: ["#DIV/0!", "#N/A", "#REF!", "#NAME?", "#VALUE!", "#######"],
    Fault.FORMULA: ["=60+60", "@SUM(A1)", "+A1", "-B2", "＝6", "60+60", "200 + 5", "12*3", "1.2.3+4"],
    Fault.MERGED: ["30（合并单元格）", "8/10（合并单元格）", "未启动（合并单元格）"],
    Fault.DISGUISED: ["12000（显示时缩小了）", "12（显示的不是它）"],
    Fault.SCIENTIFIC: ["1.4E+08", "1e5", "１e５", "1e999", "1e2000000", "2E-3"],
    Fault.NOT_FINITE: ["nan", "NaN", "inf", "-inf", "Infinity"],
    Fault.PERCENT: ["70%", "70％", "7.5 %"],
    Fault.MAGNITUDE: ["1.4亿", "3万", "3万元", "12万人次", "5千", "1.2 万"],
    Fault.CHINESE: ["一百二十", "三", "壹佰", "两万零三", "〇"],
    Fault.INEXACT: [
        "约120",
        "120-130",
        "120～130",
        "240+",
        "100多人",
        "5000余",
        "10万左右",
        "120以上",
        "≥5",
        ">3",
        "近百",
        *("约3/4", "3/4左右"),
    ],
    Fault.WITH_UNIT: ["120元", "120 个", "12张", "￥40.80", "￥2,379.20", "七家", "人民币12元", "零起", "两台"],
    Fault.REMARK: ["14（新增1）", "1（9月）", "12 (含在建)", "12张（在建2张）"],
    Fault.PAIR: [
        *("1/2", "261/261", "9 / 14", "9:14", "1,200/1,300"),
        *("128/134格", "128格/134格", "128/134（个）", "95.52%（128/134）", "128/134、95.52%", "128/134＝95.52%"),
        *(
            "1，246，1，348",
            "1,246,1,348",
            "246,1,348",
            "1246，1348",
            "12,345,67,890",
            "128/134，50/60",
            "城市128/134；农村10/20",
            "3/4 5/6",
        ),
    ],
    Fault.DATE: ["9月14日", "2023-09-14", "2023/9/14 0:00", "14-Sep", "Sep-14", "2023/4/5", "9:14:00"],
    Fault.OTHER_DIGITS: ["②", "½", "Ⅷ", "٣٤", "𝟏𝟐", "৩৪"],
    Fault.TOO_LONG: ["1234567890123", "9007199254740993", "0.1234567", "9" * 5000],
    Fault.SEPARATOR: ["1,23,4", "1.234,56", "12 000", "24 4", "1_000", "1'000", "1.2.3", "2459,5", "1,2,345", "1,1348"],
    Fault.UNUSUAL: ["007", ".5", "5.", "141，", "14、", "7。", "177。5", "−5", "–5", "1O0", "l2", "'123"],
    Fault.OTHER: [
        "已完成",
        "若干",
        "abc",
        "12\u200b",
        "--5",
        "0x1F",
        "1__0,",
        "4/5日",
        "128/134万",
        "1/2/3",
        "应为3/4",
    ],
}


@through(("fault", "cell"), [(fault, cell) for fault, cells in FAULTS.items() for cell in cells])
def test_what_is_no_number_says_why(fault: Fault, cell: str) -> None:
    number = read_number(cell)
    assert (number.figure, number.fault) == (None, fault)


@through(
    ("cell", "parts"),
    [
        ("128格/134格", (128, 134)),
        ("95.52%（128/134）", (128, 134)),
        ("3/4，5/6", (None, None)),
        ("1，246，1，348", (1246, 1348)),
    ],
)
def test_both_parts_are_known_where_one_pair_stands(cell: str, parts: tuple[int | None, int | None]) -> None:
    number = read_number(cell)
    assert (number.meant, number.below) == tuple(part and part * SCALE for part in parts)


def test_every_fault_is_tried() -> None:
    assert set(FAULTS) == set(Fault)


@through(
    ("cell", "meant"),
    [
        ("1.4亿", "140000000"),
        ("3万", "30000"),
        ("0.35万", "3500"),
        ("1.4E+08", "140000000"),
        ("2E-3", "0.002"),
        ("1e2000000", None),
        ("70%", "70"),
        ("一百二十", "120"),
        ("120元", "120"),
        ("٣٤", "34"),
        ("②", None),
        ("007", "7"),
        (".5", "0.5"),
        ("−5", "-5"),
        ("1O0", "100"),
        ("99999999万亿", None),
        *(("200+5", "205"), ("＝60＋60", "120"), ("1.5 + 2 + 3.25", "6.75"), ("12*3", None), ("1.2.3+4", None)),
        *(("135+15=150", "150"), ("135+15=151", None), ("=135 + 15人", "150"), ("135+十五", None)),
    ],
)
def test_the_number_that_was_probably_meant_is_exact(cell: str, meant: str | None) -> None:
    number = read_number(cell)
    assert (None if number.meant is None else plain(number.meant)) == meant


@through(
    ("text", "value"),
    [
        ("零", 0),
        ("十", 10),
        ("十二", 12),
        ("一百零五", 105),
        ("二〇二三", 2023),
        ("三千二百", 3200),
        ("两万零三", 20003),
        ("一亿四千万", 140_000_000),
        ("一百二十万", 1_200_000),
        ("十个", None),
    ],
)
def test_chinese_numerals(text: str, value: int | None) -> None:
    assert chinese_value(text) == value


@through(
    ("cell", "unit", "meant"),
    [
        ("1.4亿", "万元", "14000"),
        ("1.4亿元", "亿元", "1.4"),
        ("1775000元", "万元", "177.5"),
        ("1775000块钱", "万元", "177.5"),
        ("320千元", "万元", "32"),
        ("3.2亿元", "万元", "32000"),
        ("500万元", "元", "5000000"),
        ("12万人", "人", "120000"),
        ("3万", "人", "30000"),
        ("12名", "人", "12"),
        ("12家", "个", "12"),
        ("12万人", "万元", None),
        ("12张", "万元", None),
        ("12元", "张", None),
    ],
)
def test_a_number_with_a_measure_unit_is_converted_to_that_of_the_plan(cell: str, unit: str, meant: str | None) -> None:
    figure = in_unit(read_number(cell), unit)
    assert (None if figure is None else plain(figure)) == meant


@pytest.mark.parametrize(
    "cell", ["1e2000000", "9" * 5000, "0." + "0" * 5000 + "1", "一" * 4000, "1," * 2000, "１" * 4096]
)
def test_hostile_cells_are_no_numbers(cell: str) -> None:
    assert read_number(cell).figure is None


@given(st.text(max_size=80))
def test_any_text_has_an_answer(text: str) -> None:
    number = read_number(text)
    assert (number.figure is None) == (number.fault is not None)
    assert bool(number.habits) == bool(number.plain)


@given(st.integers(-(10**12) + 1, 10**12 - 1), st.integers(0, 6))
def test_every_plain_decimal_is_read_exactly(whole: int, decimals: int) -> None:
    fraction = abs(whole) % 10**decimals
    text = f"{whole}.{fraction:0{decimals}d}" if decimals else str(whole)
    number = read_number(text)
    expected = abs(whole) * SCALE + fraction * 10 ** (6 - decimals)
    assert number.figure == (-expected if text.startswith("-") else expected)
