"""A wrong figure between sound ones is told where it stands, with the later one beside it, and nothing of that one."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mzplan.check.run import run_checks
from mzplan.diagnostics import Diagnostic, Severity
from mzplan.submissions.sources import Source
from rule_examples import HEADER, PLAN

COUNT, STOCK, RATIO, ACCUMULATING = "T01-01", "T01-02", "T01-03", "T01-08"


def files_of(indicator: str, figures: list[str]) -> list[Source]:
    """青山县's year of one indicator, a file for each month from January."""
    sources = []
    for month, figure in enumerate(figures, start=1):
        cells = f",{figure.replace('/', ',')}" if "/" in figure else f"{figure},,"
        row = f"2031-{month:02d},青山县,{indicator},,{cells},,\n"
        sources.append(Source.of_bytes(f"data/2031-{month:02d}/qingshan.csv", f"{HEADER}\n{row}".encode()))
    return sources


def told(indicator: str, figures: list[str]) -> list[Diagnostic]:
    """All that is found of such a year."""
    found = run_checks(PLAN, files_of(indicator, figures)).diagnostics
    return [each for each in found if each.indicator == indicator and each.location.line]


@pytest.mark.parametrize(
    ("indicator", "year", "expected"),
    [
        # up and back: a total cannot fall, and so that is one error
        (COUNT, "20 30 91 52 60", ["03 MZ502 error"]),
        (COUNT, "20 30 400 52 60", ["03 MZ507 error"]),
        (COUNT, "400 30 40", ["01 MZ507 error"]),
        (COUNT, "20 22 300 310 30 32", ["03 MZ507 error", "04 MZ507 error"]),
        (COUNT, "20 30 40 41 40", ["05 MZ501 error"]),  # 41 was not asked about: nobody can tell which is wrong
        # down and back
        (COUNT, "20 92 95 52 118", ["02 MZ502 warning", "04 MZ501 error"]),
        (STOCK, "40 41 20 42 43", ["03 MZ515 warning"]),
        (RATIO, "40/100 41/100 20/100 42/100", ["03 MZ515 warning"]),
        (RATIO, "40/100 41/100 41/130 42/100", ["03 MZ503 warning"]),
        # a level that stays where it went to has not gone back
        (STOCK, "40 41 20 20 21", ["03 MZ515 warning"]),
        (STOCK, "40 41 20 2 1", ["03 MZ515 warning", "04 MZ508 error"]),
    ],
)
def test_one_wrong_figure_is_told_where_it_stands(indicator: str, year: str, expected: list[str]) -> None:
    found = told(indicator, year.split())
    assert [f"{each.period[5:]} {each.rule.code} {each.severity.value}" for each in found] == expected


def test_a_fall_is_mended_in_either_month() -> None:
    """A figure too high is told at the next one, which is right: no note of its clerk would mend it."""
    (fall,) = told(COUNT, ["3", "13", "7", "8"])
    assert (fall.period, fall.rule.code) == ("2031-03", "MZ501")
    assert fall.hint.endswith("”。2031-02 的数填错了的，改那个月的表。")


def test_the_later_figure_is_named_and_its_file_is_told_of_it() -> None:
    (found,) = told(COUNT, ["20", "30", "91", "52", "60"])
    assert found.message.endswith("，2031-04 是 52")
    assert found.hint.endswith("”。2031-04 的数填错了的，改那个月的表。")
    assert [place.path for place in found.related] == [f"data/2031-0{month}/qingshan.csv" for month in (2, 4)]


@pytest.mark.parametrize("year", ["47 94 4900 50", "25 52 2300 28 30"])
def test_the_later_figure_is_not_named_twice(year: str) -> None:
    (found,) = (each for each in told(STOCK, year.split()) if each.rule.code == "MZ507")
    assert found.message.count(" 是 ") == 2


@given(st.lists(st.integers(0, 3), min_size=5, max_size=8), st.integers(2, 3), st.sampled_from([4, 5, 7]))
def test_nothing_is_said_of_sound_figures_after_a_wrong_one(steps: list[int], at: int, times: int) -> None:
    year = [20 + sum(steps[: month + 1]) for month in range(len(steps))]
    assert not told(COUNT, [str(each) for each in year])
    wrong = [str(each * times if month == at else each) for month, each in enumerate(year)]
    assert {(each.period, each.severity.value) for each in told(COUNT, wrong)} == {(f"2031-{at + 1:02d}", "error")}


@pytest.mark.parametrize("later", [[], ["54", "60"], ["95"]])
@pytest.mark.parametrize("year", ["25 42 26", "20 30 91 52", "10 60 14", "70 10", "10 11 60 61 14"])
def test_no_later_month_takes_a_fall_away(year: str, later: list[str]) -> None:
    """Told at its month, or with it: so what a file that was named gets when it came is no less than it gets now."""
    months = year.split()
    for figures in (months, [*months, *later]):
        errors = [each for each in told(COUNT, figures) if each.severity is Severity.ERROR]
        places = {place.path for each in errors for place in (each.location, *each.related)}
        assert f"data/2031-{len(months):02d}/qingshan.csv" in places


@pytest.mark.parametrize("year", ["20 30 91 52", "70 10 15", "10 11 60 61 14"])
def test_a_file_alone_that_shows_an_earlier_one_to_be_wrong_does_not_pass(year: str) -> None:
    files = files_of(COUNT, year.split())
    fallen = next(at for at, (old, new) in enumerate(pairwise(map(int, year.split())), start=1) if new < old)
    found = run_checks(PLAN, [files[fallen]], context=[*files[:fallen], *files[fallen + 1 :]]).diagnostics
    assert any(each.indicator == COUNT and each.severity is Severity.ERROR for each in found)
