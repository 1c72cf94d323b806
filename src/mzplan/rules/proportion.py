"""What a figure may be where no record came before it: the one yardstick, from the other units or from the plan.

A unit is set beside the others by its size: their figures, the latest not after its month, are divided by whichever
measure makes them most alike (nothing, the unit's part of the total, its population, its townships …), and the
smallest and the largest of them, times the unit's own measure, are what is usual. Totals of earlier months are carried
on at their pace. What is far from the middle is left out, as others may be wrong too; a single other one is no
evidence.

Where the others say nothing, the plan does: the unit's own target; else what is promised of the whole city, of which no
unit is expected to do more than all; for a denominator the unit's population, as there are more people than things
that are counted by the unit.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

from mzplan.figures import SCALE, millionths, plain
from mzplan.period import Period
from mzplan.plan.indicator import Indicator
from mzplan.plan.target import Target
from mzplan.rules.bounds import (
    BASELINE_LOW,
    BUREAU_LOW,
    BUREAU_ODD,
    CHANGED,
    CITY_ODD,
    CITY_WRONG,
    DENIED,
    FEW,
    FLOOR,
    OTHERS_LOW,
    OTHERS_ODD,
    OTHERS_WRONG,
    OWN_ODD,
    OWN_WRONG,
    PLAUSIBLE,
    QUARTER,
    SHARE_ODD,
    SMALL,
)
from mzplan.rules.scope import Series
from mzplan.said import Named, say
from mzplan.submissions.ledger import MONTHS, Ledger

TEN_THOUSAND, _HUNDRED = 10_000, 100
_BESIDE = "照别的单位报的折算最多是 {high}"
_BESIDE_LEAST, _BASELINE = "照别的单位报的折算最少是 {low}", "本单位的基期值是 {known}"
_OWN, _CITY, _PEOPLE = "本单位的目标是 {known}", "全市的目标是 {known}", "本单位的常住人口是 {known}"
_POPULATION = "population"
_ENOUGH = 2
"""So many others must have a figure above 0."""
_STRAY = 30
"""Figures of so many times the middle one are left out."""
_LEAST_PART = 100
"""A hundredth of its own target is the least that a unit is expected to report where it reports something."""


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
    beside: tuple[int, ...] = ()
    """The positions of those figures, where it is not the one before alone."""
    is_below: bool = False
    """Whether the denominator is wrong, though nobody can tell which was meant."""


def times(figure: int, factor: Fraction, decimals: int) -> int | None:
    """A figure in another measure unit; None when it would have more decimals than it may."""
    meant, rest = divmod(figure * factor.numerator, factor.denominator)
    return None if rest or meant % 10 ** (6 - decimals) else meant


def other_units(unit: str) -> Iterator[tuple[Fraction, str]]:
    """The measure units that are taken for the plan's: by what each is to be multiplied, and what it is called."""
    if unit.startswith(("万", "亿")):
        rest = unit[1:]
        larger = say("万{rest}", rest=rest) if unit.startswith("亿") else rest or "个"
        yield Fraction(1, TEN_THOUSAND), larger
        if unit.startswith("亿"):
            yield Fraction(1, TEN_THOUSAND**2), rest or "个"
        else:
            yield Fraction(TEN_THOUSAND), say("亿{rest}", rest=rest)
    elif unit == "%":
        yield Fraction(_HUNDRED), Named("小数", "a fraction of 1")
        yield Fraction(1, _HUNDRED), Named("万分数", "a number per 10,000")
    else:
        yield Fraction(TEN_THOUSAND), say("万{unit}", unit=unit)


def is_near(figure: int, known: int) -> bool:
    """Whether one may follow the other."""
    return 0 < figure <= known * PLAUSIBLE.times and known <= figure * PLAUSIBLE.times


def is_alike(old: int, new: int) -> bool:
    """Whether a figure is so near the one before that it may count as the same."""
    return abs(new - old) * CHANGED.part <= old


class Usual(NamedTuple):
    """The smallest and the largest figure that a unit may be expected to have, in millionths."""

    low: int
    high: int
    known: str = ""
    """What is known, where that is the plan."""
    odd: int = OTHERS_ODD.times
    """So many times the largest is worth a question."""
    wrong: int = OTHERS_WRONG.times
    """So many times the largest is an error."""
    step: int = 1
    """The least by which two such figures differ: no half of a person is told."""

    @property
    def words(self) -> str:
        """What a figure was set beside."""
        return self.known or say(_BESIDE, high=plain(-(-self.high // self.step) * self.step))

    @property
    def least(self) -> str:
        """What a figure that is small was set beside."""
        return say(_BESIDE_LEAST, low=plain(self.low // self.step * self.step))

    def is_wrong(self, figure: int) -> bool:
        """Whether a figure cannot be right."""
        return figure > max(self.high, FEW) * self.wrong

    def is_odd(self, figure: int) -> bool:
        """Whether it is worth a question."""
        return figure > max(self.high, SCALE) * self.odd

    def is_low(self, figure: int, times: int = OTHERS_LOW.times) -> bool:
        """Whether it is so small beside the smallest that it is worth a question."""
        return self.low > figure * times and self.low > figure + SMALL

    def has(self, figure: int, times: int = 3) -> bool:
        """Whether it may stand beside those of the others."""
        return self.low <= figure * times and figure <= self.high * times


class _Rates(NamedTuple):
    """The figures of all units that have one, by their size."""

    sizes: Mapping[str, int]
    """By unit id."""
    rates: Mapping[str, int]
    ordered: Sequence[int]
    last: int
    """The position of the largest that is not so far from the middle one that it says nothing."""


def yardstick(series: Series, at: int) -> Usual | None:
    """What is usual for a unit's figure, or for the denominator of a ratio, by the others or else by the plan."""
    return usual(series, at) or planned(series, at)


def promised(series: Series, at: int) -> Target | None:
    """What the unit is judged by, or else what is promised of the city as a whole; None for nothing."""
    target = series.target(at) or series.indicator.at(series.period(at)).target
    return target if target.value else None


class OddShare(NamedTuple):
    """A first figure that is small, or large, beside what is known of it."""

    field: str
    figure: int
    words: str
    """What is known."""
    is_large: bool = False


@lru_cache(maxsize=2)  # the rules take one series after another, and several ask this of its first figures
def odd_at_first(series: Series, at: int) -> OddShare | None:
    """What is odd about a figure where nothing came before it, set beside the others and the baseline.

    What accumulates begins small: it is asked about where a unit's first report comes later. The bureau is of no
    county's size; of a share, the numerator is set beside those of the others by the denominators.
    """
    indicator, figure = series.indicator, series.values[at]
    if (series.target(at) or indicator.target).operator == "at_most":
        return None
    if series.denominators:
        below, known = series.denominators[at], usual(series, at)
        if known and _is_low(series, at, known):
            return OddShare("denominator", below, known.least)
        share = usual_share(series, at)
        if share and figure >= FLOOR and share.is_odd(figure):
            return OddShare("numerator", figure, share.words, is_large=True)
        return OddShare("numerator", figure, share.least) if share and figure and share.is_low(figure) else None
    is_begun = indicator.cumulative and (series.months[at] <= QUARTER or 0 in series.values[:at])
    if is_begun:
        return None
    known = usual(series, at)
    if known and _is_low(series, at, known):
        return OddShare("value", figure, known.least)
    part = series.plan.part_for(indicator, series.unit.id, series.period(at))
    is_level = not indicator.cumulative and series.unit.kind != "bureau"
    if part and part.baseline and is_level and figure * BASELINE_LOW.times < part.baseline * SCALE:
        return OddShare("value", figure, say(_BASELINE, known=plain(millionths(part.baseline))))
    return None


def _is_low(series: Series, at: int, known: Usual | None) -> bool:
    """Whether a first figure is small beside those of the others; more so where the next one is like theirs."""
    figures = series.denominators or series.values
    if known is None or not figures[at]:
        return False
    ratio = series.indicator.ratio
    accumulates = series.indicator.cumulative or (ratio is not None and ratio.denominator_accumulates)
    after = 0 if accumulates or at + 1 == len(figures) else figures[at + 1]
    if after >= figures[at] * DENIED.times and known.has(after, 1):
        return known.is_low(figures[at], DENIED.times)
    if series.unit.kind == "bureau":  # it is of no county's size
        return bool(series.denominators) and known.is_low(figures[at], BUREAU_LOW.times)
    return known.is_low(figures[at])


def above_its_share(series: Series, at: int) -> str:
    """What a first figure of a unit without a target of its own is far above: its even share of the city's."""
    indicator, units = series.indicator, len(series.indicator.reporting)
    target = indicator.at(series.period(at)).target
    is_total = not series.denominators and indicator.applies_to == "total" and target.operator == "at_least"
    if not is_total or series.target(at) or units <= SHARE_ODD.times:
        return ""
    figure = series.values[at]
    is_above = figure > FEW and figure * units > millionths(target.value, SHARE_ODD.times)
    return say(_CITY, known=plain(millionths(target.value))) if is_above else ""


def people(series: Series) -> int:
    """The unit's population in millionths; 0 where the plan does not give it."""
    return millionths(series.unit.weights.get(_POPULATION, 0))


def planned(series: Series, at: int) -> Usual | None:
    """What the plan gives to set a figure beside."""
    if series.denominators:
        high = people(series)
        return Usual(0, high, say(_PEOPLE, known=plain(high))) if high else None
    own = series.target(at)
    target = own or series.indicator.at(series.period(at)).target
    if target.operator == "undefined" or (not target.value and target.operator != "at_most"):
        return None
    high = millionths(target.value)
    if own:
        return Usual(high // _LEAST_PART, high, say(_OWN, known=plain(high)), OWN_ODD.times, OWN_WRONG.times)
    odd = BUREAU_ODD if series.unit.kind == "bureau" else CITY_ODD
    return Usual(0, high, say(_CITY, known=plain(high)), odd.times, CITY_WRONG.times)


@lru_cache(maxsize=2)  # the rules take one series after another, and several ask this of its first figures
def usual(series: Series, at: int) -> Usual | None:
    """What the others say; None without evidence."""
    unit, known = series.unit.id, rates(series.ledger, series.indicator.id, series.months[at])
    found = [_around(each, unit, size) for each in known if (size := each.sizes.get(unit))]
    return Usual(*min(found, key=_spread), step=10 ** (6 - series.indicator.decimals)) if found else None


def usual_share(series: Series, at: int) -> Usual | None:
    """What the others say of the numerator of a ratio; None without evidence."""
    known = _shares(series.ledger, series.indicator.id, series.months[at])
    if known is None or not (size := series.denominators[at]):
        return None
    return Usual(*_around(known, series.unit.id, size), step=10 ** (6 - series.indicator.decimals))


def _around(rates: _Rates, unit: str, size: int) -> tuple[int, int]:
    """The smallest and the largest that is usual by one measure for a unit of that size, its own figure left out."""
    ordered, last = rates.ordered, rates.last
    own = bisect_left(ordered, rates.rates.get(unit, 0))
    return ordered[own == 0] * size // SCALE or 1, ordered[last - (own == last)] * size // SCALE or 1


def _spread(bounds: tuple[int, int]) -> int:
    low, high = bounds
    return high * SCALE // low


@lru_cache(maxsize=32)  # the rules take the units of one indicator one after another
def rates(ledger: Ledger, code: str, month: int) -> Sequence[_Rates]:
    """By each measure that enough units with a figure have."""
    indicator = ledger.plan.indicators[code]
    figures = dict(_figures(ledger, indicator, month))
    sized = (_sized(figures, sizes) for sizes in (dict.fromkeys(figures, SCALE), *_sizes(ledger, indicator, figures)))
    return [each for each in sized if each is not None]


def _sized(figures: Mapping[str, int], sizes: Mapping[str, int]) -> _Rates | None:
    """Figures by their size, of the units that have one: the bureau has no people, which says nothing of the others.

    None where they are too few to tell.
    """
    rates = {unit: figure * SCALE // size for unit, figure in figures.items() if (size := sizes.get(unit))}
    if len(rates) <= _ENOUGH:
        return None
    ordered = sorted(rates.values())
    return _Rates(sizes, rates, ordered, bisect_right(ordered, ordered[(len(ordered) - 1) // 2] * _STRAY) - 1)


@lru_cache(maxsize=32)
def _shares(ledger: Ledger, code: str, month: int) -> _Rates | None:
    """The numerators of a ratio, by their denominators."""
    entries = {
        unit.id: entry.figure
        for unit in ledger.plan.reporting_units
        if (entry := ledger.latest(code, unit.id, Period(ledger.plan.year, month))) and entry.figure.value
    }
    figures = {unit: figure.value or 0 for unit, figure in entries.items()}
    return _sized(figures, {unit: figure.denominator or 0 for unit, figure in entries.items()})


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
        yield {unit: millionths(plan.units[unit].weights.get(weight, 0)) for unit in units}
    period = plan.periods[MONTHS - 1]
    parts = {unit: plan.part_for(indicator, unit, period) for unit in units if (indicator.id, unit) in plan.parts}
    yield {unit: millionths(part.target.value) for unit, part in parts.items() if part and part.is_target}
