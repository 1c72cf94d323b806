"""A first figure beside those of the other units: no false alarm in sound years, and no ten-thousandfold unseen.

The shipped data are eleven units' sound years; each record is looked at as if its unit had reported nothing before it.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mzplan.check.run import run_checks
from mzplan.figures import SCALE
from mzplan.plan.indicator import RatioIndicator
from mzplan.plan.load import load_plan
from mzplan.rules import CHECKS, proportion
from mzplan.rules.scope import Series
from mzplan.submissions.ledger import MONTHS, NOTE, Ledger
from mzplan.submissions.names import stage_names
from mzplan.submissions.sources import data_sources
from rule_examples import DOUBTS

pytestmark = pytest.mark.untraced

ROOT = Path(__file__).parent.parent
WARNED, WRONG = DOUBTS, {"MZ507"}


@pytest.fixture(scope="module")
def ledger() -> Ledger:
    plan = load_plan(ROOT / "plan" / "2023.yaml")
    return run_checks(plan, data_sources([ROOT / "data"], ROOT)).ledger


def firsts(ledger: Ledger) -> Iterator[Series]:
    """Each record alone, without the note that would clear it."""
    for indicator in ledger.plan.indicators.values():
        for unit in ledger.plan.reporting_units if not stage_names(indicator) else ():
            for month in range(1, MONTHS + 1):
                cell = ledger.cell(indicator.id, unit.id, month)
                if ledger.values[cell] >= 0:
                    below = [ledger.denominators[cell]] if isinstance(indicator, RatioIndicator) else []
                    yield Series(ledger, indicator, unit, [month], [ledger.values[cell]], below)


def said(series: Series) -> set[str]:
    """The codes of what is said of a figure's magnitude."""
    return {rule.code for rule, check in CHECKS.series if rule.code in WARNED | WRONG for _ in check(series)}


def said_of(series: Series, times: int) -> set[str]:
    """The same with the figure, both parts of a ratio, so many times as large, and no note."""
    ledger, cell = series.ledger, series.cell(0)
    kept = ledger.values[cell], ledger.denominators[cell], ledger.flags[cell]
    values: Sequence[int] = [series.values[0] * times]
    below = [each * times for each in series.denominators]
    try:
        ledger.values[cell], ledger.flags[cell] = values[0], kept[2] & ~NOTE
        if below:
            ledger.denominators[cell] = below[0]
        proportion.rates.cache_clear()
        return said(Series(ledger, series.indicator, series.unit, series.months, values, below))
    finally:
        ledger.values[cell], ledger.denominators[cell], ledger.flags[cell] = kept
        proportion.rates.cache_clear()


def test_no_record_of_a_sound_year_is_odd_as_the_first_of_its_unit(ledger: Ledger) -> None:
    assert {
        (each.indicator.id, each.unit.id, each.months[0]): told for each in firsts(ledger) if (told := said_of(each, 1))
    } == {}


@pytest.mark.parametrize(("times", "errors", "seen"), [(10, 0, 70), (100, 90, 95), (10_000, 98, 98)])
def test_a_figure_so_many_times_as_large_is_seen(ledger: Ledger, times: int, errors: int, seen: int) -> None:
    """Of all figures above 0 at least so many per cent are errors, and are errors or warnings.

    What is left are small figures beside much larger ones, and figures that no other unit has.
    """
    found = [said_of(each, times) for each in firsts(ledger) if each.values[0]]
    assert 100 * sum(bool(each & WRONG) for each in found) >= errors * len(found)
    assert 100 * sum(bool(each) for each in found) >= seen * len(found)


@pytest.mark.parametrize("count", [2, 3])
def test_a_report_whose_denominators_all_are_a_hundred_gives_percentages(ledger: Ledger, count: int) -> None:
    cells = [ledger.cell(code, "panan") for code in ("T14-08", "T08-08", "T02-06")]
    kept = [(ledger.values[cell], ledger.denominators[cell]) for cell in cells]
    for cell in (*cells[:1], *cells[-count + 1 :]):
        ledger.values[cell], ledger.denominators[cell] = 62_000_000, 100_000_000
    proportion.rates.cache_clear()
    use = ledger.plan.indicators["T14-08"]
    told = said(Series(ledger, use, ledger.plan.units["panan"], [1], [62_000_000], [100_000_000]))
    for cell, (value, below) in zip(cells, kept, strict=True):
        ledger.values[cell], ledger.denominators[cell] = value, below
    proportion.rates.cache_clear()
    assert told == (WRONG if count == 3 else set())


@given(st.lists(st.one_of(st.integers(1, 40), st.integers(1, 5_000)), min_size=1, max_size=9))
def test_what_is_usual_is_the_least_and_the_most_of_the_others_that_are_not_far_from_the_middle(
    figures: list[int],
) -> None:
    by_unit = {str(unit): figure for unit, figure in enumerate(figures)}
    known = proportion._sized(by_unit, dict.fromkeys(by_unit, SCALE))
    assert (known is None) == (len(figures) < 3)
    middle = sorted(figures)[(len(figures) - 1) // 2]
    for unit in by_unit if known else ():
        others = [figure for other, figure in by_unit.items() if other != unit]
        most = max(figure for figure in others if figure <= middle * 30)
        assert known is not None
        assert proportion._around(known, unit, SCALE) == (min(others), most)
