"""No rule about a unit's year passes a year over of which it would speak: the quick question is asked of every year."""

from collections.abc import Callable
from inspect import unwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mzplan.figures import SCALE
from mzplan.plan.indicator import Figure, Indicator
from mzplan.rules import CHECKS, magnitude
from mzplan.rules.scope import Series
from mzplan.submissions.ledger import MONTHS, Ledger
from mzplan.submissions.names import stage_names
from rule_examples import PLAN

INDICATORS = [one for one in PLAN.indicators.values() if len(one.reporting) > 1]


Record = tuple[int, int]
"""A figure and a denominator, in tenths."""


def exchanged(figure: int) -> int:
    """A figure with the first two of its digits in each other's place."""
    text = f"{figure:02d}"
    return int(text[1] + text[0] + text[2:])


ODDITIES: dict[str, Callable[[Record, int, int], Record]] = {
    "value": lambda record, tenths, _: (record[0] * tenths // 10, record[1]),
    "below": lambda record, tenths, _: (record[0], max(record[1] * tenths // 10, 10)),
    "whole": lambda record, *_: (record[1], record[1]),
    "exchanged": lambda record, *_: (exchanged(record[0]), record[1]),
    "more": lambda record, tenths, step: (record[0] + step * tenths // 10, record[1]),
}
"""What may be odd about a month, or all months from then on: by so many tenths, of a year that grows by such steps."""


@st.composite
def years(draw: st.DrawFn) -> list[Record | None]:
    """By month a record, None for none: steady growth, but for what is odd once or twice."""
    start = draw(st.sampled_from([0, 10, 90, 100, 250, 600, 1000]))
    step = draw(st.sampled_from([0, 1, 5, 10, 40, 100]))
    below = draw(st.sampled_from([100, 900, 1000, 1500, 10000]))
    odd = st.tuples(
        st.integers(0, MONTHS - 1),
        st.integers(1, MONTHS),
        st.sampled_from([*ODDITIES, "none"]),
        st.sampled_from([0, 1, 5, 7, 8, 9, 11, 12, 13, 14, 16, 20, 25, 31, 50, 100, 120, 1000, 10**5]),
    )
    year: list[Record | None] = [(start + month * step, below) for month in range(MONTHS)]
    for at, count, what, tenths in draw(st.lists(odd, max_size=2)):
        for month in range(at, min(at + count, MONTHS)):
            record = year[month]
            year[month] = ODDITIES[what](record, tenths, step) if record and what in ODDITIES else None
    return year


def written(ledger: Ledger, indicator: Indicator, unit: str, year: list[Record | None]) -> None:
    stages = len(stage_names(indicator))
    for month, record in enumerate(year, start=1):
        if record is not None:
            value = record[0] % stages if stages else record[0] * SCALE // 10
            below = record[1] * SCALE // 10 if indicator.ratio else None
            ledger.write(ledger.cell(indicator.id, unit, month), Figure(value, below))


def series_of(ledger: Ledger, indicator: Indicator, unit: str) -> Series:
    entries = list(ledger.series(indicator.id, unit))
    below = [each.figure.denominator for each in entries if each.figure.denominator is not None]
    values = [each.figure.value or 0 for each in entries]
    return Series(ledger, indicator, PLAN.units[unit], [each.period.month for each in entries], values, below)


@given(st.sampled_from(INDICATORS), st.lists(years(), min_size=4, max_size=4))
def test_no_year_is_passed_over_of_which_a_rule_would_speak(
    indicator: Indicator, of_units: list[list[Record | None]]
) -> None:
    ledger = Ledger(PLAN)
    ledger.sources = ["示例.csv"]
    for unit, year in zip(indicator.reporting, of_units, strict=False):
        written(ledger, indicator, unit, year)
    for unit in indicator.reporting[: len(of_units)]:
        asked, all_asked = series_of(ledger, indicator, unit), series_of(ledger, indicator, unit)
        if not asked.months:
            continue
        told = [(rule.code, at, found) for rule, check in CHECKS.series for at, found in check(asked)]
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(magnitude, "may_be_off", lambda _: True)
            every = [(rule.code, at, found) for rule, check in CHECKS.series for at, found in unwrap(check)(all_asked)]
        assert told == every
