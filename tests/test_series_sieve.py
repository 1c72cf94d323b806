"""No rule about a unit's year passes a year over of which it would speak: the quick question is asked of every year."""

from collections.abc import Callable
from inspect import unwrap
from itertools import product
from random import Random
from typing import NamedTuple

import pytest

from mzplan.figures import SCALE
from mzplan.plan.indicator import Figure, Indicator
from mzplan.rules import CHECKS, magnitude
from mzplan.rules.scope import Series
from mzplan.submissions.ledger import MONTHS, Ledger
from mzplan.submissions.names import stage_names
from rule_examples import PLAN

INDICATORS = [PLAN.indicators[f"T01-0{number}"] for number in (1, 2, 3, 4, 5, 6, 7, 8)]
"""Of all kinds, with a target of the unit's own and without."""
STARTS = [(100, 10), (250, 0), (1000, 100), (80, 80), (0, 10)]
"""In tenths the figure of January and the step of a month."""
TENTHS = [0, 1, 5, 8, 12, 14, 21, 31, 50, 100, 400, 1000]
"""What a figure is multiplied by, or what is more of it."""
Record = tuple[int, int]
"""A figure and a denominator, in tenths."""


def exchanged(figure: int) -> int:
    """A figure with the first two of its digits in each other's place."""
    text = f"{figure:02d}"
    return int(text[1] + text[0] + text[2:])


ODDITIES: dict[str, Callable[[Record, int], Record]] = {
    "value": lambda record, tenths: (record[0] * tenths // 10, record[1]),
    "below": lambda record, tenths: (record[0], max(record[1] * tenths // 10, 10)),
    "whole": lambda record, _: (record[1], record[1]),
    "exchanged": lambda record, _: (exchanged(record[0]), record[1]),
    "more": lambda record, tenths: (record[0] + tenths, record[1]),
    "below more": lambda record, tenths: (record[0], record[1] + tenths),
}
"""What may be odd about a month, or all months from then on, by so many tenths."""
FIXED = [("whole", 10), ("exchanged", 10), ("none", 10)]


Oddity = tuple[tuple[str, int], range]
"""What is odd, by so many tenths, in which months."""


def odd_year(start: int, step: int, below: int, *odd: Oddity) -> list[Record | None]:
    """By month a record, None for none: steady growth, but for what is odd."""
    year: list[Record | None] = [(start + month * step, below) for month in range(MONTHS)]
    for (what, tenths), months in odd:
        for month in months:
            record = year[month]
            year[month] = ODDITIES[what](record, tenths) if record and what in ODDITIES else None
    return year


def written(ledger: Ledger, indicator: Indicator, unit: str, year: list[Record | None]) -> None:
    stages = len(stage_names(indicator))
    for month, record in enumerate(year, start=1):
        if record is not None:
            value = record[0] % stages if stages else record[0] * SCALE // 10
            below = record[1] * SCALE // 10 if indicator.ratio else None
            ledger.write(ledger.cell(indicator.id, unit, month), Figure(value, below))


class Recipe(NamedTuple):
    """How a year comes about, in tenths."""

    start: int
    step: int
    below: int
    odd: tuple[Oddity, ...]


CASES = [
    Recipe(start, step, below, ((what, months),))
    for start, step in STARTS
    for below in (900, 1000, 1500)
    for what in (*product(("value", "below", "more"), TENTHS), *FIXED)
    for months in (range(at, end) for at in (0, 1, 3, 11) for end in {at + 1, MONTHS})
]
"""Every way in which a steady year may be odd."""
YEAR = range(MONTHS)
RARE = [
    Recipe(1000, 100, 1400, ((("whole", 10), YEAR[1:]),)),  # a part that becomes its whole without being far
    Recipe(100, 10, 3260, ((("below more", 360), YEAR[11:]),)),  # 326 becomes 362
    Recipe(1000, 0, 900, ((("value", 2), YEAR), (("more", 50), YEAR[1:]), (("more", 50), YEAR[5:]))),  # a first odd one
]


@pytest.mark.parametrize("indicator", INDICATORS, ids=lambda one: one.id)
def test_no_year_is_passed_over_of_which_a_rule_would_speak(indicator: Indicator) -> None:
    for recipe in (*RARE, *Random(indicator.id).sample(CASES, 150)):
        start, step, below, odd = recipe
        unit, *others = indicator.reporting
        ledger = Ledger(PLAN)
        ledger.sources = ["示例.csv"]
        written(ledger, indicator, unit, odd_year(start, step, below, *odd))
        for size, other in zip((11, 12, 13), others, strict=False):
            first, more, under = (each * size // 10 for each in (start, step, below))
            written(ledger, indicator, other, odd_year(first, more, under))
        asked, all_asked = (Series.of(ledger, indicator, PLAN.units[unit]) for _ in range(2))
        if asked.months:
            told = [(rule.code, at, found) for rule, check in CHECKS.series for at, found in check(asked)]
            with pytest.MonkeyPatch.context() as patch:
                patch.setattr(magnitude, "may_be_off", lambda _: True)
                every = [
                    (rule.code, at, found) for rule, check in CHECKS.series for at, found in unwrap(check)(all_asked)
                ]
            assert told == every, recipe
