"""The arithmetic that every printed number rests on."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import through
from mzplan.figures import decimal_text, parse_plain, plain, rounded, share_out


@pytest.mark.parametrize(
    ("text", "millionths"),
    [("0", 0), ("85.5", 85_500_000), ("-0.25", -250_000), ("+7", 7_000_000), ("999999999999.999999", 10**18 - 1)],
)
def test_plain_decimals_are_kept_exactly(text: str, millionths: int) -> None:
    assert parse_plain(text) == millionths


@through("text", ["", ".5", "5.", "1e3", "1_000", "1,000", "٣", "１", "1000000000000", "0.0000001", "nan", " 1"])
def test_anything_else_is_no_plain_decimal(text: str) -> None:
    assert parse_plain(text) is None


@given(st.integers(min_value=-(10**18) + 1, max_value=10**18 - 1))
def test_a_figure_survives_printing(millionths: int) -> None:
    assert parse_plain(plain(millionths)) == millionths


@pytest.mark.parametrize(
    ("figure", "decimals", "text"),
    [
        (Fraction(1, 8), 2, "0.13"),  # half up, not half to even
        (Fraction(5, 2), 0, "3"),
        (Fraction(-5, 2), 0, "-3"),
        (Fraction(-1, 1000), 1, "0.0"),
        (Fraction(2, 3), 3, "0.667"),
        (Fraction(0), 1, "0.0"),
    ],
)
def test_rounding_is_half_up_and_never_prints_minus_zero(figure: Fraction, decimals: int, text: str) -> None:
    assert rounded(figure, decimals) == text


def test_rounding_never_contradicts_a_verdict() -> None:
    assert rounded(Fraction(9996, 100), 1) == "100.0"
    assert rounded(Fraction(9996, 100), 1, below=(100,)) == "99.9"
    assert rounded(Fraction(-2, 100), 1, below=(0,)) == "-0.1"
    assert rounded(Fraction(501, 100), 1, above=(5,)) == "5.1"
    assert rounded(Fraction(100), 1, below=(100,), above=(100,)) == "100.0"


@given(st.fractions(), st.integers(0, 4), st.integers(-50, 150))
def test_a_printed_figure_stays_on_its_side_of_a_bound(figure: Fraction, decimals: int, bound: int) -> None:
    printed = Fraction(rounded(figure, decimals, below=(bound,), above=(bound,)))
    assert (printed < bound) == (figure < bound)
    assert (printed > bound) == (figure > bound)
    assert abs(printed - figure) <= Fraction(1, 10**decimals)


def test_machine_decimals_are_exact_where_they_can_be() -> None:
    assert decimal_text(Fraction(103, 200)) == "0.515"
    assert decimal_text(Fraction(1, 3)) == "0.333333"
    assert decimal_text(Fraction(800)) == "800"
    assert decimal_text(Fraction(9999999, 10000000), below=(1,)) == "0.999999"


def test_parts_follow_the_weights_by_largest_remainder() -> None:
    # 10 over 3 : 3 : 1 -> quotas 4 2/7, 4 2/7, 1 3/7; floors 4 + 4 + 1 = 9; the one left goes to the largest remainder
    assert share_out(10, [3, 3, 1]) == [4, 4, 2]
    # equal remainders: the earlier part wins
    assert share_out(1, [1, 1]) == [1, 0]
    assert share_out(0, [1, 2]) == [0, 0]


@given(st.integers(0, 10**9), st.lists(st.integers(0, 10**6), min_size=1, max_size=30).filter(any))
def test_parts_add_up_and_miss_their_quota_by_less_than_one(total: int, weights: list[int]) -> None:
    parts = share_out(total, weights)
    assert sum(parts) == total
    for part, weight in zip(parts, weights, strict=True):
        assert abs(part * sum(weights) - total * weight) < sum(weights)


@pytest.mark.parametrize("weights", [[], [0, 0], [2, -1]])
def test_weights_that_say_nothing_are_refused(weights: list[int]) -> None:
    with pytest.raises(ValueError, match="weights"):
        share_out(5, weights)
