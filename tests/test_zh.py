"""How numbers, amounts, lists and headings read in official Chinese."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import through
from mzplan import zh
from mzplan.period import Period


@pytest.mark.parametrize(
    ("number", "words"), [(1, "一"), (9, "九"), (10, "十"), (11, "十一"), (20, "二十"), (27, "二十七"), (99, "九十九")]
)
def test_headings_count_in_chinese(number: int, words: str) -> None:
    assert zh.numeral(number) == words


def test_no_heading_counts_below_one() -> None:
    with pytest.raises(ValueError, match="no heading"):
        zh.numeral(0)


def test_marks_of_four_levels_of_headings() -> None:
    assert [zh.heading(level, 2) for level in (1, 2, 3, 4)] == ["二、", "（二）", "2.", "（2）"]


@through(
    ("names", "cap", "text"),
    [
        (["甲"], None, "甲"),
        (["甲", "乙"], None, "甲和乙"),
        (["甲", "乙", "丙"], 3, "甲、乙和丙"),
        (["甲", "乙", "丙", "丁"], 3, "甲、乙、丙等"),
        (["浦江、武义规划", "乙"], None, "浦江、武义规划；乙"),
        (["评定和评估", "乙"], None, "评定和评估、乙"),
        ([], None, ""),
        (["“甲”", "“乙”", "“丙”"], None, "“甲”“乙”和“丙”"),  # nothing between two quotation marks (GB/T 15834)
        (["“甲”", "乙“丙”"], 1, "“甲”等"),
    ],
)
def test_lists(names: list[str], cap: int | None, text: str) -> None:
    assert zh.joined(names, cap) == text


@pytest.mark.parametrize(
    ("share", "below", "text"),
    [
        (Fraction(525, 1000), [], "52.5"),
        (Fraction(9996, 10000), [1], "99.9"),
        (Fraction(9996, 10000), [], "100.0"),
        (Fraction(5, 10000), [], "0.1"),
        (Fraction(7499, 10000), [Fraction(75, 100)], "74.9"),
    ],
)
def test_percentages_have_one_decimal_and_do_not_contradict(share: Fraction, below: list[Fraction], text: str) -> None:
    assert zh.percent(share, below) == text


def test_a_gap_that_exists_is_never_nought_point_nought() -> None:
    assert [zh.points(gap) for gap in (Fraction(-25, 1000), Fraction(-2, 10000), Fraction(0))] == ["2.5", "0.1", "0.0"]


@through(
    ("value", "unit", "text"),
    [
        (531, "张", "531张"),
        (12000, "人次", "1.2万人次"),
        (10000, "人次", "1万人次"),
        (22666, "人次", "2.27万人次"),
        (14000, "万元", "1.4亿元"),
        (800, "万元", "800万元"),
        ("0.5", "万元", "5000元"),
        (25000, "元", "2.5万元"),
        (0, "万元", "0万元"),
        ("1.35", "亿元", "1.35亿元"),
        ("0.5", "亿元", "5000万元"),
        (70, "%", "70.0%"),
        ("18.04", "人/万人", "18.0人"),
        (1, "个/县", "1个"),
        ("12.345", "公顷", "12.35公顷"),
    ],
)
def test_amounts_in_the_size_that_reads_best(value: int | str, unit: str, text: str) -> None:
    assert str(zh.amount(Fraction(value), unit)) == text


def test_an_unmet_amount_never_reads_like_its_target() -> None:
    assert str(zh.amount(Fraction(139999, 10), "万元", Fraction(14000))) == "1.39999亿元"
    assert str(zh.amount(Fraction(17999, 1000), "人/万人", Fraction(18))) == "17.9人"
    assert str(zh.amount(Fraction(50001, 10000), "%", Fraction(5))) == "5.1%"


def test_a_table_cell_keeps_its_unit() -> None:
    assert zh.amount(Fraction(14000), "万元", short=True) == ("14000", "万元")


@given(st.integers(0, 10**9), st.sampled_from(["张", "人次", "万元", "元", "亿元"]))
def test_an_amount_says_the_figure_to_half_of_its_last_decimal(value: int, unit: str) -> None:
    number, word = zh.amount(Fraction(value), unit)
    sizes = {"亿元": 10**8, "万元": 10**4, "元": 1}
    scale = Fraction(sizes[word], sizes[unit]) if unit in sizes else Fraction(10**4 if word.startswith("万") else 1)
    assert abs(Fraction(number) * scale - value) <= scale / 200


@pytest.mark.parametrize(
    ("text", "full"),
    [
        ("乡镇(街道)社工站", "乡镇（街道）社工站"),
        ("甲,乙:丙", "甲，乙：丙"),
        ("规划(2021-2035)", "规划（2021-2035）"),
        ("12:30", "12:30"),
    ],
)
def test_punctuation_is_full_width_in_chinese(text: str, full: str) -> None:
    assert zh.full_width(text) == full


def test_periods() -> None:
    assert zh.month_name(Period(2032, 3), 2031) == "2032年3月"
    assert zh.month_name(Period(2031, 3), 2031) == "3月"
    assert zh.dated("2031-04-09") == "2031年4月9日"
    assert zh.dated("四月") == "四月"


def test_counting_words() -> None:
    assert [zh.firstly(number) for number in (1, 3)] == ["一是", "三是"]
