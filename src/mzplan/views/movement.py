"""Where the units stood a period before, without scoring it whole: a table shows the places alone.

The mean is the scorecard's: capped completion over all that judges a unit, silence counting nothing.
"""

from collections.abc import Iterator, Mapping
from fractions import Fraction

from mzplan.figures import ExactSum
from mzplan.indicator import Indicator, Target
from mzplan.ledger import Ledger
from mzplan.period import Period
from mzplan.plan import Plan

ONE = Fraction(1)


def ranks(plan: Plan, ledger: Ledger, period: Period) -> Mapping[str, int]:
    """The place of every ranked unit that had reported anything by then, among all that are judged."""
    means = _means(plan, ledger, period)
    ordered = sorted(means.values(), reverse=True)
    places: dict[Fraction, int] = {}
    for place, mean in enumerate(ordered, start=1):
        places.setdefault(mean, place)
    heard = _heard(ledger, period)
    return {unit: places[mean] for unit, mean in means.items() if unit in heard}


def _means(plan: Plan, ledger: Ledger, period: Period) -> dict[str, Fraction]:
    sums = {unit.id: ExactSum() for unit in plan.reporting_units if unit.is_ranked}
    counts = dict.fromkeys(sums, 0)
    for indicator in plan.indicators.values():
        if indicator.target.operator == "undefined":
            continue
        for unit, target, baseline in _judged(plan, indicator, frozenset(sums)):
            entry = ledger.latest(indicator.id, unit, period)
            if entry is not None and entry.is_not_applicable:
                continue
            counts[unit] += 1
            actual = indicator.actual((entry.figure,)) if entry is not None else None
            if actual is not None and (completion := target.completion(actual, baseline)) > 0:
                sums[unit].add(min(completion, ONE))
    return {unit: total.total() / counts[unit] for unit, total in sums.items() if counts[unit]}


def _judged(plan: Plan, indicator: Indicator, ranked: frozenset[str]) -> Iterator[tuple[str, Target, Fraction | None]]:
    """The ranked units that the indicator judges, with what they are judged by."""
    among = plan.units if indicator.applies_to == "total" else indicator.judged
    for unit in among:
        found = plan.target_for(indicator, unit) if unit in ranked else None
        if found is not None:
            target, basis = found
            yield unit, target, indicator.baseline if basis == "plan" else None


def _heard(ledger: Ledger, period: Period) -> frozenset[str]:
    """The units with any record by then; one without stands last only because silence counts nothing."""
    plan = ledger.plan
    return frozenset(
        unit
        for unit in plan.units
        if any(ledger.latest(identifier, unit, period) is not None for identifier in plan.indicators)
    )
