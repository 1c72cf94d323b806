"""Where the units stood a period before, without scoring it whole: a table shows the places alone.

The mean is the scorecard's: capped completion over all that judges a unit, silence counting nothing.
"""

from collections.abc import Mapping
from fractions import Fraction

from mzplan.figures import ExactSum
from mzplan.indicator import Indicator, Target
from mzplan.ledger import EMPTY, MONTHS, NOT_APPLICABLE, Ledger
from mzplan.period import Period
from mzplan.plan import Plan

ZERO, ONE = Fraction(0), Fraction(1)


def ranks(plan: Plan, ledger: Ledger, period: Period) -> Mapping[str, int]:
    """The place of every ranked unit that had reported anything by then, among all that are judged.

    The period is one of the plan's year.
    """
    means = _means(plan, ledger, period)
    ordered = sorted(means.values(), reverse=True)
    places: dict[Fraction, int] = {}
    for place, mean in enumerate(ordered, start=1):
        places.setdefault(mean, place)
    heard = _heard(ledger, period)
    return {unit: places[mean] for unit, mean in means.items() if unit in heard}


def _means(plan: Plan, ledger: Ledger, period: Period) -> dict[str, Fraction]:
    ranked = [(place, unit.id) for place, unit in enumerate(plan.reporting_units) if unit.is_ranked]
    sums = {unit: ExactSum() for _, unit in ranked}
    counts = dict.fromkeys(sums, 0)
    for indicator in plan.indicators.values():
        if indicator.target.operator == "undefined":
            continue
        start = ledger.cell(indicator.id, plan.reporting_units[0].id)
        known: dict[tuple[int, int, int], Fraction] = {}
        for place, unit in ranked:
            found = plan.target_for(indicator, unit)
            if found is None:
                continue
            target, basis = found
            cell = _latest(ledger, start + place * MONTHS, period)
            value = EMPTY if cell is None else ledger.values[cell]
            if value == NOT_APPLICABLE:
                continue
            counts[unit] += 1
            if cell is None:
                continue
            key = (value, ledger.denominators[cell], id(target))  # units that share a target share it whole
            if key not in known:
                known[key] = _capped(indicator, ledger, cell, target, basis == "plan")
            sums[unit].add(known[key])
    return {unit: total.total() / counts[unit] for unit, total in sums.items() if counts[unit]}


def _latest(ledger: Ledger, start: int, period: Period) -> int | None:
    """The cell of the last record of a unit's year of one indicator by that period."""
    values = ledger.values
    for cell in range(start + period.month - 1, start - 1, -1):
        if values[cell] != EMPTY:
            return cell
    return None


def _capped(indicator: Indicator, ledger: Ledger, cell: int, target: Target, on_plan: bool) -> Fraction:
    entry = ledger.entry(cell)
    actual = indicator.actual((entry.figure,)) if entry is not None else None
    if actual is None:
        return ZERO
    completion = target.completion(actual, indicator.baseline if on_plan else None)
    return min(max(completion, ZERO), ONE)


def _heard(ledger: Ledger, period: Period) -> frozenset[str]:
    """The units with any record by then; one without stands last only because silence counts nothing."""
    plan = ledger.plan
    return frozenset(
        unit
        for unit in plan.units
        if any(_latest(ledger, ledger.cell(identifier, unit), period) is not None for identifier in plan.indicators)
    )
