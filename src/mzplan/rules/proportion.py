"""What a figure may be where no record came before it: the one yardstick, from the other units or from the plan.

A unit is set beside the others by its size: their figures, the latest not after its month, are divided by whichever
measure makes them most alike (nothing, the unit's part of the total, its population, its townships …), and the
smallest and the largest of them, times the unit's own measure, are what is usual. Totals of earlier months are carried
on at their pace. What is far from the middle is left out, as others may be wrong too; a single other one is no
evidence.

Where the others say nothing, the plan does: the unit's own target; else what is promised of the whole city, of which no
unit is expected to do more than all; for a denominator the unit's population, as there are more people than things
that are counted by the unit.

How far a figure must be off, and why: of sound years made up for eleven units no figure is more than about twice the
largest of the others. Above four times it is worth a question (a warning): a unit may have done at once what others do
in a year. Above twenty times it is an error: no difference between units explains that, while a figure ×100 is there if
it was at least a fifth of the largest. ×10 thus is a warning and ×100 or more an error. A figure within twice the
unit's own target is never an error, nor one of a few things. A target bounds less than what others do, as a part may
have been reckoned for another unit: above five times it a figure is worth a question, and above fifty times it is an
error; above the whole city's, as one unit does a part (the bureau: three times that), and above ten times it.
"""

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

from mzplan.figures import SCALE, plain
from mzplan.plan.indicator import Indicator
from mzplan.plan.target import Target
from mzplan.rules.scope import Series
from mzplan.submissions.ledger import MONTHS, Ledger

TEN_THOUSAND = 10_000
ODD, WRONG = 4, 20
"""So many times the largest of the others a figure is worth a question, or is an error."""
OWN_ODD, OWN_WRONG = 5, 50
"""Likewise so many times the unit's own target."""
CITY_ODD, CITY_WRONG = 1, 10
_BUREAU_ODD = 3
"""Likewise so many times what is promised of the whole city; the bureau may do more than all of that."""
_BESIDE = "照别的单位报的折算最多是 {high}"
_OWN, _CITY, _PEOPLE = "本单位的目标是 {known}", "全市的目标是 {known}", "本单位的常住人口是 {known}"
_POPULATION = "population"
QUARTER = 3
"""In so many months a figure may have grown to anything."""
PLAUSIBLE = 3
"""A figure may have grown to so many times the one before; a stock may have fallen to that part of it."""
_ENOUGH = 2
"""So many others must have a figure above 0."""
_STRAY = 30
"""Figures of so many times the middle one are left out."""
_LEAST_PART = 100
"""A hundredth of its own target is the least that a unit is expected to report where it reports something."""
FEW = 3 * SCALE
"""The largest of the others counts as so much at least: where it is 1, 20 more are no error."""


class Magnitude(NamedTuple):
    """What is wrong with a figure, and the figure that explains it."""

    words: str
    """What it was written in, as it seems, or what else has happened to it."""
    meant: int | None = None
    """The figure in the plan's measure unit; None where nobody can tell."""
    below: int = 0
    """The denominator likewise."""
    known: str = ""
    """What it was set beside, where that is neither the figure before nor the target."""
    about: tuple[bool, bool] = (False, False)
    """Whether last digits of the figure, and of the denominator, may be lost: the one meant is near that one."""
    is_below: bool = False
    """Whether the denominator is wrong, though nobody can tell which was meant."""


def times(figure: int, factor: Fraction, decimals: int) -> int | None:
    """A figure in another measure unit; None when it would have more decimals than it may."""
    meant, rest = divmod(figure * factor.numerator, factor.denominator)
    return None if rest or meant % 10 ** (6 - decimals) else meant


def is_near(figure: int, known: int) -> bool:
    """Whether one may follow the other."""
    return 0 < figure <= known * PLAUSIBLE and known <= figure * PLAUSIBLE


class Usual(NamedTuple):
    """The smallest and the largest figure that a unit may be expected to have, in millionths."""

    low: int
    high: int
    known: str = ""
    """What is known, where that is the plan."""
    odd: int = ODD
    """So many times the largest is worth a question."""
    wrong: int = WRONG
    """So many times the largest is an error."""
    step: int = 1
    """The least by which two such figures differ: no half of a person is told."""

    @property
    def words(self) -> str:
        """What a figure was set beside."""
        return self.known or _BESIDE.format(high=plain(-(-self.high // self.step) * self.step))

    def is_wrong(self, figure: int) -> bool:
        """Whether a figure cannot be right."""
        return figure > max(self.high, FEW) * self.wrong

    def is_odd(self, figure: int) -> bool:
        """Whether it is worth a question."""
        return figure > max(self.high, SCALE) * self.odd

    def has(self, figure: int, times: int = 3) -> bool:
        """Whether it may stand beside those of the others."""
        return self.low <= figure * times and figure <= self.high * times


class _Rates(NamedTuple):
    """The figures of all units that have one, by their size."""

    sizes: Mapping[str, int]
    """By unit id."""
    ordered: Sequence[int]


def yardstick(series: Series, at: int) -> Usual | None:
    """What is usual for a unit's figure, or for the denominator of a ratio, by the others or else by the plan."""
    return usual(series, at) or planned(series, at)


def promised(series: Series, at: int) -> Target | None:
    """What the unit is judged by, or else what is promised of the city as a whole; None for nothing."""
    target = series.target(at) or series.indicator.at(series.period(at)).target
    return target if target.value else None


def people(series: Series) -> int:
    """The unit's population in millionths; 0 where the plan does not give it."""
    return int(series.unit.weights.get(_POPULATION, 0) * SCALE)


def planned(series: Series, at: int) -> Usual | None:
    """What the plan gives to set a figure beside."""
    if series.denominators:
        high = people(series)
        return Usual(0, high, _PEOPLE.format(known=plain(high))) if high else None
    own = series.target(at)
    target = own or series.indicator.at(series.period(at)).target
    if target.operator == "undefined" or (not target.value and target.operator != "at_most"):
        return None
    high = int(target.value * SCALE)
    if own:
        return Usual(high // _LEAST_PART, high, _OWN.format(known=plain(high)), OWN_ODD, OWN_WRONG)
    odd = _BUREAU_ODD if series.unit.kind == "bureau" else CITY_ODD
    return Usual(0, high, _CITY.format(known=plain(high)), odd, CITY_WRONG)


def usual(series: Series, at: int) -> Usual | None:
    """What the others say; None without evidence."""
    figure = (series.denominators or series.values)[at]
    found = (
        _without(each, series.unit.id, figure) for each in rates(series.ledger, series.indicator.id, series.months[at])
    )
    ranges = [each._replace(step=10 ** (6 - series.indicator.decimals)) for each in found if each is not None]
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
def rates(ledger: Ledger, code: str, month: int) -> Sequence[_Rates]:
    """By each measure that all units with a figure have."""
    indicator = ledger.plan.indicators[code]
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
