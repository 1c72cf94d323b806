"""Nothing untrusted reaches a terminal or a log as it stands."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mzplan.diagnostics import Location, show


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("义乌市", "义乌市"),
        ("a\x1b[31mred", "a\\x1b[31mred"),
        ("\u202eabc", "\\u{202e}abc"),
        ("第一行\n::error::x", "第一行\\x0a::error::x"),
        ("\ud800", "\\u{d800}"),
        ("邊\U000e0100", "邊\\u{e0100}"),
        ("a\u2028b", "a\\u{2028}b"),
    ],
)
def test_hidden_characters_are_spelt_out(text: str, shown: str) -> None:
    assert show(text) == shown


def test_long_text_is_cut_to_its_width() -> None:
    assert show("a" * 80) == "a" * 80
    assert show("a" * 81) == "a" * 79 + "…"
    assert show("县" * 6, width=10) == "县" * 4 + "…"
    assert show("Z" * 1_000_000, width=5) == "ZZZZ…"


@given(st.text(), st.integers(2, 60))
def test_what_is_shown_is_printable_and_fits(text: str, width: int) -> None:
    shown = show(text, width)
    assert all(unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Co", "Zl", "Zp") for c in shown)
    assert sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in shown) <= width


def test_a_place_prints_as_far_as_it_is_known() -> None:
    assert str(Location("a.csv", 3, 9)) == "a.csv:3:9"
    assert str(Location("a.csv", 3)) == "a.csv:3"
    assert str(Location("a.csv")) == "a.csv"
