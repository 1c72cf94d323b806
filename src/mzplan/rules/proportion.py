"""What a figure may be by those of the other units: the one yardstick for a record that has none before it.

A unit is set beside the others by its size: their figures, the latest not after its month, are divided by whichever
measure makes them most alike (nothing, the unit's part of the total, its population, its townships …), and the
smallest and the largest of them, times the unit's own measure, are what is usual. Totals of earlier months are carried
on at their pace. What is far from the middle is left out, as others may be wrong too; a single other one is no
evidence.

How far a figure must be off, and why: of sound years made up for eleven units no figure is more than about twice the
largest of the others. Above four times it is worth a question (a warning): a unit may have done at once what others do
in a year. Above twenty times it is an error: no difference between units explains that, while a figure ×100 is there if
it was at least a fifth of the largest. ×10 thus is a warning and ×100 or more an error. A figure within twice the
unit's own target is never an error, nor one of a few things. Where nobody else has a figure, the target alone is left,
which bounds nothing: only above a thousand times it a figure is an error.
"""

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from mzplan.figures import SCALE
from mzplan.plan.indicator import Indicator
from mzplan.rules.registry import Series
from mzplan.submissions.ledger import MONTHS, Ledger

ODD, WRONG = 4, 20
"""So many times the largest of the others a figure is worth a question, or is an error."""
BESIDE = "照别的单位报的折算最多是 {high}"
_ENOUGH = 2
"""So many others must have a figure above 0."""
_STRAY = 30
"""Figures of so many times the middle one are left out."""
FEW = 3 * SCALE
"""The largest of the others counts as so much at least: where it is 1, 20 more are no error."""


class Usual(NamedTuple):
    """The smallest and the largest figure that a unit would have if it were like one of the others, in millionths."""

    low: int
    high: int

    def is_wrong(self, figure: int) -> bool:
        """Whether a figure cannot be right."""
        return figure > max(self.high, FEW) * WRONG

    def is_odd(self, figure: int) -> bool:
        """Whether it is worth a question."""
        return figure > max(self.high, SCALE) * ODD

    def has(self, figure: int, times: int = 3) -> bool:
        """Whether it may stand beside those of the others."""
        return self.low <= figure * times and figure <= self.high * times


class _Rates(NamedTuple):
    """The figures of all units that have one, by their size."""

    sizes: Mapping[str, int]
    """By unit id."""
    ordered: Sequence[int]


def usual(series: Series, at: int) -> Usual | None:
    """What is usual for a unit's figure, or for the denominator of a ratio; None without evidence."""
    figure = (series.denominators or series.values)[at]
    found = (
        _without(each, series.unit.id, figure) for each in rates(series.ledger, series.indicator, series.months[at])
    )
    ranges = [each for each in found if each is not None]
    return min(ranges, key=lambda each: each.high * SCALE // each.low, default=None)


def _without(rates: _Rates, unit: str, figure: int) -> Usual | None:
    """What is usual by one measure, the unit's own figure left out."""
    size, ordered = rates.sizes.get(unit, 0), rates.ordered
    if not size or len(ordered) <= _ENOUGH:
        return None
    own = bisect_left(ordered, _rate(figure, size))
    low, middle = ordered[1 if own == 0 else 0], ordered[(len(ordered) - 1) // 2]
    last = len(ordered) - 1
    while last > 0 and (last == own or ordered[last] > middle * _STRAY):
        last -= 1
    return Usual(max(low * size // SCALE, 1), max(ordered[last] * size // SCALE, 1))


def _rate(figure: int, size: int) -> int:
    return figure * SCALE // size


@lru_cache(maxsize=32)  # the rules take the units of one indicator one after another
def rates(ledger: Ledger, indicator: Indicator, month: int) -> Sequence[_Rates]:
    """By each measure that all units with a figure have."""
    figures = dict(_figures(ledger, indicator, month))
    return [
        _Rates(sizes, sorted(_rate(figure, sizes[unit]) for unit, figure in figures.items()))
        for sizes in (dict.fromkeys(figures, SCALE), *_sizes(ledger, indicator, figures))
        if all(map(sizes.get, figures))
    ]


def _figures(ledger: Ledger, indicator: Indicator, month: int) -> Iterator[tuple[str, int]]:
    """The latest figure above 0 of each unit, a total carried on to that month at its pace."""
    held = ledger.denominators if "denominator" in indicator.columns else ledger.values
    for unit in ledger.plan.reporting_units:
        start = ledger.cell(indicator.id, unit.id)
        latest = next((at for at in range(month, 0, -1) if ledger.values[start + at - 1] >= 0), 0)
        if latest and (figure := held[start + latest - 1]) > 0:
            yield unit.id, figure * month // latest if indicator.cumulative else figure


def _sizes(ledger: Ledger, indicator: Indicator, units: Mapping[str, int]) -> Iterator[Mapping[str, int]]:
    """By what units differ: the weights that the plan gives them, and their parts of the indicator."""
    plan = ledger.plan
    for weight in sorted({name for unit in units for name in plan.units[unit].weights}):
        yield {unit: int(plan.units[unit].weights.get(weight, 0) * SCALE) for unit in units}
    period = plan.periods[MONTHS - 1]
    parts = {unit: plan.part_for(indicator, unit, period) for unit in units if (indicator.id, unit) in plan.parts}
    yield {unit: int(part.target.value * SCALE) for unit, part in parts.items() if part and part.is_target}
