"""A zero too many is an error that names the figure meant where anything shows it; honest leaps are none."""

from collections.abc import Sequence
from random import Random

import pytest

from mzplan.check.run import run_checks
from mzplan.diagnostics import Diagnostic, Severity
from mzplan.submissions.sources import Source
from rule_examples import HEADER, PLAN

pytestmark = pytest.mark.untraced

COUNT, STOCK, UNPROMISED = "T01-01", "T01-02", "T01-06"
YEARS = 80


def told(indicator: str, figures: Sequence[int]) -> list[Diagnostic]:
    """The errors in 青山县's months from January, in one file."""
    rows = (f"2031-{month:02d},青山县,{indicator},,{figure},,,," for month, figure in enumerate(figures, start=1))
    found = run_checks(PLAN, [Source.of_bytes("示例.csv", "\n".join((HEADER, *rows, "")).encode())]).diagnostics
    return [each for each in found if each.severity is Severity.ERROR]


def evenly(random: Random) -> tuple[str, list[int]]:
    """A total that comes to 80 to 130 % of its target of 100, or of what nobody has promised."""
    end, months = random.choice([100, 100, 40, 12]) * random.randint(80, 130), range(1, 13)
    steps = [random.randint(0, 2 * end // 12) for _ in months]
    return random.choice([COUNT, UNPROMISED]), [sum(steps[:month]) // 100 for month in months]


def at_once(random: Random) -> tuple[str, list[int]]:
    """A total of which little comes for months, and then all that is promised, and up to half as much again."""
    few, since = random.choice([0, 1, 1, 2, 3, 5, 8]), random.randint(2, 11)
    come = few * 10 if random.random() < 0.5 else random.randint(60, 150)
    return COUNT, [few] * (since - 1) + [come + month for month in range(13 - since)]


def level(random: Random) -> tuple[str, list[int]]:
    """A level that goes up and down by a few, and once by as much as half."""
    level, grown = random.choice([1, 2, 4, 8, 30, 120, 700]), random.randint(1, 11)
    steps = [random.randint(-1, 2) * max(level // 20, 1) + (month == grown) * level // 2 for month in range(12)]
    return STOCK, [max(level + sum(steps[:month]), 1) for month in range(12)]


def test_of_honest_years_none_has_an_error_and_of_tenfold_slips_most_with_the_figure_meant() -> None:
    random = Random(20310101)
    years = [random.choice((evenly, at_once, level))(random) for _ in range(YEARS)]
    assert [year for year in years if told(*year)] == []
    found = named = 0
    for indicator, year in years:
        begun = next(at for at, figure in enumerate(year) if figure)
        at = random.randint(begun + 1, 11)
        errors = told(indicator, [*year[:at], year[at] * 10])
        found += bool(errors)
        named += any(f"像是 {year[at]}；" in each.hint for each in errors)
    assert found > YEARS * 6 // 10
    assert named > found * 9 // 10


def test_what_nobody_has_promised_is_an_error_beyond_what_the_whole_city_has() -> None:
    """Most came at once before, as results of an examination do: own months do not tell."""
    whole = int(PLAN.indicators[UNPROMISED].target.value)
    year = [0, 0, 0, 0, whole // 5]
    assert told(UNPROMISED, year) == []
    (error,) = told(UNPROMISED, [*year, whole * 2])
    assert f"像是 {whole // 5}；" in error.hint
    assert told(UNPROMISED, [*year, whole]) == []
    assert told(UNPROMISED, [*year[:2], whole // 10, whole]) == []


def test_a_zero_too_many_that_the_next_month_shows_is_one_error_at_its_own_month() -> None:
    random = Random(20310102)
    for indicator, year in (evenly(random) for _ in range(20)):
        begun = next(at for at, figure in enumerate(year) if figure)
        at = random.randint(begun + 1, 10)
        errors = told(indicator, [*year[:at], year[at] * 10, *year[at + 1 :]])
        assert [each.period for each in errors] == [f"2031-{at + 1:02d}"]
