"""Columns of numbers give back what was put in, whichever plane it stands in."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mzplan.submissions.planes import EMPTY, LARGEST, NOT_APPLICABLE, SHORT, Figures, Files, Lines, packed, unpacked

WHOLE = 1_000_000
EDGES = [
    *(0, 1, 2, 3, 9_999, 10_000, 10_001, 12_500_000, 2_147_000_000, 2_147_483_640_000),
    *(LARGEST - 1, LARGEST, LARGEST + 1, LARGEST + 2, LARGEST + 3, (1 << 32) - 1, 1 << 32),
    *((LARGEST - 1) * 10_000, LARGEST * 10_000, (LARGEST + 1) * 10_000, 999_999_999_999 * WHOLE),
]
FIGURES = st.sampled_from(EDGES) | st.integers(0, (1 << 63) - 1) | st.integers(0, 10**9).map(lambda n: n * 10_000)


@pytest.mark.parametrize(
    ("figure", "token"),
    [
        (0, 1),
        (12 * WHOLE, 1_201),
        (12 * WHOLE + 340_000, 1_235),
        (21_474_836 * WHOLE, 2_147_483_601),
        (2, -5),
        (12 * WHOLE + 345_678, -12_345_681),
    ],
)
def test_hundredths_and_small_figures_have_a_token(figure: int, token: int) -> None:
    assert packed(figure) == token
    assert unpacked(token) == figure


@pytest.mark.parametrize("figure", [21_474_837 * WHOLE, 2_148 * WHOLE + 1])
def test_large_figures_stand_for_themselves(figure: int) -> None:
    assert packed(figure) == figure > LARGEST


@given(FIGURES)
def test_packing_loses_nothing(figure: int) -> None:
    token = packed(figure)
    assert unpacked(token) == figure
    assert token == figure > LARGEST or (-(1 << 31) <= token <= LARGEST and token not in (0, -1, -2))


@given(st.lists(st.sampled_from([EMPTY, NOT_APPLICABLE, -1, -5 * WHOLE]) | FIGURES, min_size=1, max_size=6))
def test_figures_come_back_as_they_were(figures: list[int]) -> None:
    column = Figures(len(figures))
    assert list(column) == [EMPTY] * len(figures)
    for at, figure in enumerate(figures):
        column[at] = figure
    assert [column[at] for at in range(len(figures))] == figures
    assert column[:] == figures
    assert column[::-2] == figures[::-2]
    assert column.count(figures[0]) == figures.count(figures[0])


def test_what_is_emptied_is_empty_whatever_stood_there() -> None:
    column = Figures(2)
    column[1] = 1 << 40
    assert list(column) == [EMPTY, 1 << 40]
    column[1] = EMPTY
    assert list(column) == [EMPTY, EMPTY]
    column[1] = 7
    assert column[1] == 7


@pytest.mark.parametrize("line", [1, SHORT, SHORT + 1, 1_008_001, (1 << 32) - 1])
def test_long_files_have_lines_too(line: int) -> None:
    column = Lines(3)
    column[1] = line
    assert list(column) == column[:] == [0, line, 0]


def test_a_file_is_said_once_for_a_block_and_by_cell_where_it_is_another() -> None:
    column = Files(6, [4, 0])
    assert list(column) == [4, 0, 4, 0, 4, 0]
    column[0], column[1], column[2], column[3] = 4, 3, 1, 0
    assert list(column) == column[:] == [4, 3, 1, 0, 4, 0]
    assert column[::2] == [4, 1, 4]


def test_columns_are_equal_when_their_numbers_are() -> None:
    one, other = Figures(2), Figures(2)
    assert one == other
    one[0] = 1 << 40
    assert one != other
    other[0] = 1 << 40
    assert one == other
    assert one != [1 << 40, EMPTY]
    assert len(one) == 2
