"""Widths in terminal cells, and what is built on them."""

from fractions import Fraction

import pytest
import wcwidth
from hypothesis import given
from hypothesis import strategies as st

from conftest import through
from mzplan.render.layout import Look, sparkline

LOOK = Look()
TEXTS = st.lists(st.sampled_from([*"ab 义乌市（），。%1", "mzplan "]), max_size=40).map("".join)


@through(
    ("text", "cells"),
    [
        ("", 0),
        ("T05-03", 6),
        ("义乌市", 6),
        ("（）", 4),
        ("１２", 4),
        ("↑█─…", 4),
        ("e\u0301", 1),  # a combining accent takes no cell
        ("ｱ", 1),  # half-width kana
        ("𠮷", 2),
        ("é", 1),
    ],
)
def test_a_full_width_character_takes_two_cells(text: str, cells: int) -> None:
    assert LOOK.cells(text) == cells


def test_a_cut_text_says_so_and_never_halves_a_character() -> None:
    assert LOOK.cut("义乌市", 6) == "义乌市"
    assert LOOK.cut("义乌市", 5) == "义乌…"
    assert LOOK.cut("义乌市", 4) == "义…"
    assert LOOK.cut("义乌市", 1) == "…"
    assert LOOK.cut("义乌市", 0) == ""


def test_padding_aligns_by_cells() -> None:
    assert LOOK.pad("义乌", 6) == "义乌  "
    assert LOOK.pad("义乌", 6, "right") == "  义乌"
    assert LOOK.pad("义乌市", 5) == "义乌…"
    assert LOOK.cells(LOOK.pad("义乌市", 4)) == 4


@given(TEXTS, st.integers(2, 30))
def test_folding_loses_nothing_but_blanks_and_keeps_to_the_width(text: str, width: int) -> None:
    lines = LOOK.fold(text, width)
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert all(LOOK.cells(line) <= width for line in lines)


@given(TEXTS.filter(str.strip), st.integers(0, 6), st.integers(0, 6), st.integers(20, 60))
def test_what_does_not_fit_hangs_at_its_column(text: str, start: int, at: int, width: int) -> None:
    first, *others = LOOK._replace(width=width).hung(" " * start + text.strip(), at)
    assert "".join("".join((first, *others)).split()) == "".join(text.split())
    assert len(first) - len(first.lstrip(" ")) == start
    assert all(line[:at].isspace() or not at for line in others)
    assert all(LOOK.cells(line) <= width for line in (first, *others))


def test_the_last_of_several_columns_goes_on_under_itself() -> None:
    assert LOOK._replace(width=24).hung("  --unit U  只看该单位，可给多个") == [
        "  --unit U  只看该单位，",
        "            可给多个",
    ]
    assert LOOK.hung("  --unit U  只看该单位，可给多个") == ["  --unit U  只看该单位，可给多个"]


@given(st.lists(TEXTS.filter(str.strip), max_size=8), st.integers(6, 40))
def test_flowing_pieces_keep_to_the_width(pieces: list[str], width: int) -> None:
    lines = LOOK.flow(pieces, width)
    assert all(LOOK.cells(line) <= width for line in lines)
    assert "".join("".join(lines).split()) == "".join("".join(pieces).split())


def test_folding_keeps_marks_with_what_they_belong_to() -> None:
    assert LOOK.fold("完成率，按月", 6) == ["完成", "率，按", "月"]
    assert LOOK.fold("到（12月）前", 8) == ["到（12", "月）前"]
    assert LOOK.fold("see T05-03 here", 10) == ["see T05-03", "here"]
    assert LOOK.fold("aaaaaaaaaaaa", 5) == ["aaaaa", "aaaaa", "aa"]


NAMES = st.lists(st.text(st.sampled_from("义乌市浦江县1a"), min_size=1, max_size=8), min_size=2, max_size=8)


@given(NAMES, st.integers(18, 40))
def test_a_name_in_a_list_that_fits_into_a_line_is_never_torn(names: list[str], width: int) -> None:
    """Eight wide characters and the mark behind them take eighteen cells."""
    lines = LOOK.fold(f"未报：{'、'.join(names)}，不作通报依据", width)
    told = [name for line in lines for name in line.removeprefix("未报：").rstrip("、").split("、")]
    assert [name.partition("，")[0] for name in told if name.partition("，")[0]][: len(names)] == names


def test_a_command_is_not_torn_where_it_fits_into_a_line() -> None:
    text = "明细见 mzplan status --by unit，或者别处"
    assert LOOK.fold(text, 30) == ["明细见", "mzplan status --by unit，或者", "别处"]
    assert LOOK.fold(text, 16) == ["明细见 mzplan", "status --by", "unit，或者别处"]
    assert LOOK.fold("东阳市等 6 家（mzplan status --full）", 24) == ["东阳市等 6 家", "（mzplan status --full）"]


def test_a_heading_is_folded_into_even_lines() -> None:
    assert LOOK.fold("社会救助", 6) == ["社会救", "助"]
    assert LOOK.balanced("社会救助", 6) == ["社会", "救助"]
    assert LOOK.balanced("社会救助", 8) == ["社会救助"]
    assert LOOK.balanced("Elderly care", 9) == ["Elderly", "care"]


@pytest.mark.parametrize(
    ("share", "drawn"),
    [
        ("0", "──────────"),
        ("-1", "──────────"),
        ("0.001", "█─────────"),
        ("0.5", "█████─────"),
        ("0.999", "█████████─"),
        ("1", "██████████"),
        ("10", "██████████"),
    ],
)
def test_a_bar_is_full_only_when_all_is_done_and_empty_only_for_nothing(share: str, drawn: str) -> None:
    assert LOOK.bar(Fraction(share), 10) == drawn


def test_a_sparkline_runs_from_lowest_to_highest_and_leaves_silence_a_dot() -> None:
    figures = [None if text is None else Fraction(text) for text in ("0", "0.5", None, "1")]
    assert sparkline(figures) == "▁▄·█"
    assert sparkline([Fraction(3), Fraction(3)]) == "▁▁"
    assert sparkline([None, None]) == "··"
    assert sparkline([]) == ""


def test_every_sign_exists_on_a_chinese_windows_console() -> None:
    "…█─▁▂▃▄▅▆▇█·■×↑↓≥≤、（）％".encode("cp936")


@pytest.mark.untraced
@pytest.mark.parametrize("ambiguous", [1, 2])
def test_every_character_takes_the_cells_that_wcwidth_says(ambiguous: int) -> None:
    look = Look(ambiguous=ambiguous)
    characters = [chr(code) for code in range(0x20, 0x10000) if not 0x7F <= code < 0xA0 and not 0xD800 <= code < 0xE000]
    measured = [wcwidth.width(each, control_codes="ignore", ambiguous_width=ambiguous) for each in characters]
    assert list(map(look.cells, characters)) == measured
