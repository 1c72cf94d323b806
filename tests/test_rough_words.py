"""What a word that makes a number a rough one asserts, as `summary --verify` holds it."""

from fractions import Fraction

import pytest

from mzplan.bulletin.verify import rough

WORDS = {
    ("超过", "刚过", "超", "逾", "突破"): (False, False, True),
    ("不足", "不到", "不满"): (True, False, False),
    ("近", "接近", "将近"): (True, False, False),
    ("余", "多"): (False, False, True),
    ("不低于", "不少于", "至少", "以上"): (False, True, True),
    ("不超过", "不高于", "至多", "以下", "以内"): (True, True, False),
    ("约", "大约", "左右", "上下", "大致", "大概"): (True, True, True),
}


@pytest.mark.parametrize(
    ("word", "expected"), [(word, expected) for words, expected in WORDS.items() for word in words]
)
def test_a_word_is_true_of_a_figure_below_at_or_above_the_number(word: str, expected: tuple[bool, bool, bool]) -> None:
    assert tuple(rough.holds(word, Fraction(500), Fraction(true)) for true in (499, 500, 501)) == expected


def test_no_word_is_left_out() -> None:
    told = {word for words in WORDS for word in words}
    assert told == {*rough.ROUGH, *rough.SIDED.split("|")}


@pytest.mark.parametrize(
    ("said", "true", "is_share", "expected"),
    [
        ("500", "485", False, True),
        ("500", "484.9", False, False),
        ("700", "633", False, False),
        ("95", "94", True, True),
        ("95", "93.9", True, False),
        ("90", "88", True, True),
        ("90", "87", True, True),
        ("90", "86.9", True, False),
        ("26", "23.6", True, False),
    ],
)
def test_near_is_just_below(said: str, true: str, is_share: bool, expected: bool) -> None:
    assert rough.holds("近", Fraction(said), Fraction(true), is_share=is_share) is expected
