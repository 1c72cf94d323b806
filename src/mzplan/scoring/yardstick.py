"""By what a unit or the city is judged: its target, its dates, and how statuses are decided."""

from collections.abc import Collection, Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple

from mzplan.period import Period
from mzplan.plan.indicator import Indicator
from mzplan.plan.lights import Light, Limits
from mzplan.plan.model import Plan
from mzplan.plan.target import Measure, Schedule
from mzplan.scoring.progress import KEPT, Judged, Status

Quotient = tuple[int, int]
"""An actual as `above, below` with below > 0."""

_OF_LIGHT: Mapping[Light, Status] = {"green": Status.ON_SCHEDULE, "yellow": Status.BEHIND, "red": Status.FAR_BEHIND}


class Yardstick(NamedTuple):
    """How statuses are decided for an indicator at a period: what the year asks by now, and how lights fall."""

    month: Period | None
    """By the end of which month it is asked; None where nothing is owed or reported yet."""
    expected: Fraction
    limits: Limits
    is_due: bool
    """Whether the promise's date has come."""
    is_undefined: bool
    is_kept_up: bool
    """Whether the promise can only be kept up until it is due: `always`, or `at_most`; so can a part's own ceiling."""
    accumulates: bool
    cannot_fall: bool
    """Whether what is reached is reached for good: a figure that accumulates, or a milestone."""
    is_blind: bool = False
    """Whether nobody knows where the way to the target starts, and so how much of it is done before it is due."""

    def judge(
        self, measure: Measure | None, actual: Quotient | None, *, is_not_applicable: bool, is_reported: bool
    ) -> Judged:
        """The verdict on a unit, or on the city's total: of the states in the order of `Status` the first that holds.

        `measure` is None for whom nothing is promised of, `actual` where nothing is known. What is not reported for the
        period last owed is missing, whatever an older figure says, unless that settles the matter for good.
        """
        if self.is_undefined:
            return Judged(Status.UNDEFINED)
        if is_not_applicable:
            return Judged(Status.NOT_APPLICABLE)
        if measure is None:
            return Judged(Status.CONTRIBUTION)
        if actual is None:
            return Judged(Status.NOT_DUE if is_reported else Status.MISSING, 0, int(self.is_due or not self.is_blind))
        verdict = self.verdict(measure, actual)
        if is_reported or self.is_settled(measure, verdict.status):
            return verdict
        return verdict._replace(status=Status.MISSING, carried=verdict.status)

    def verdict(self, measure: Measure, actual: Quotient) -> Judged:
        """The verdict on a figure, whoever reported it and when."""
        above, below = measure.completion(*actual)
        if self.accumulates and measure.is_exceeded(*actual):
            status = Status.EXCEEDED
        elif measure.is_met(*actual):
            is_kept_up = self.is_kept_up or measure.operator == "at_most"
            status = Status.HOLDING if is_kept_up and not self.is_due else Status.MET
        elif self.is_due:
            status = Status.OVERDUE
        elif not self.expected:
            status = Status.NOT_DUE
        else:
            beyond = measure.operator == "about" and measure.is_exceeded(*actual)
            status = _OF_LIGHT[self.limits.light(*(self._mirrored(above, below) if beyond else (above, below)))]
        if status is Status.NOT_DUE and self.is_blind:
            return Judged(status)
        return Judged(status, above, below)

    def _mirrored(self, above: int, below: int) -> Quotient:
        """The completion that lacks of its expectation what this one is above the target: too much is no lead."""
        expected, over = self.limits.expected
        return (expected + over) * below - above * over, below * over

    def is_settled(self, measure: Measure, status: Status) -> bool:
        """Whether no later report can change that verdict."""
        kept = status in KEPT and measure.operator == "at_least" and self.cannot_fall
        return kept or status is Status.EXCEEDED


def owners(plan: Plan, indicator: Indicator) -> tuple[str, ...]:
    """Ids of the units that have a row of that indicator: those that report it or are judged on it, in plan order."""
    involved = {*indicator.reporting, *indicator.judged}
    return tuple(unit for unit in plan.units if unit in involved or (indicator.id, unit) in plan.parts)


class Roster(NamedTuple):
    """The units of an indicator, as positions in the plan."""

    indicator: Indicator
    places: Sequence[int]
    """Those that have a row, in plan order."""
    measures: Mapping[int, Measure]
    """What those are judged by of which something is promised."""
    reference: Collection[int]
    """Those whose target is a computed part of the total."""
    judged: Sequence[int]
    """Those that the plan's own target applies to; all of `places` for a total."""
    owing: frozenset[int]
    """Those that must report it."""
    baselines: Mapping[int, Fraction] = {}
    """Where the way to their target starts, of those that have a baseline."""
    schedules: Mapping[int, Schedule] = {}
    """What is expected by when of those that have another date than the whole."""
    blind: Collection[int] = frozenset()
    """Those of which nobody knows where the way to their target starts."""

    @classmethod
    def of(cls, plan: Plan, indicator: Indicator, period: Period) -> "Roster":
        """The roster of an indicator, as the plan judges it at that period, with what its units were given by then."""
        units = owners(plan, indicator)
        index = plan.unit_index
        parts = {unit: part for unit in units if (part := plan.part_for(indicator, unit, period))}
        measures = dict.fromkeys(
            (index[unit] for unit in indicator.judged), indicator.target.measure(indicator.baseline)
        )
        baselines: dict[int, Fraction | None] = dict.fromkeys(measures, indicator.baseline)
        for unit, part in parts.items():
            measures.pop(index[unit], None)
            if part.is_target:
                measures[index[unit]] = part.target.measure(part.baseline)
                baselines[index[unit]] = part.baseline if part.target.has_way_from(part.baseline) else None
        judged = [index[unit] for unit in units if index[unit] in measures]
        everyone = [index[unit] for unit in units]
        return cls(
            indicator=indicator,
            places=everyone,
            measures=measures,
            reference={index[unit] for unit, part in parts.items() if part.is_target and part.basis == "reference"},
            judged=everyone if indicator.applies_to == "total" else judged,
            owing=frozenset(index[unit] for unit in indicator.owing) if indicator.owed_by(period) else frozenset(),
            baselines={place: start for place, start in baselines.items() if start is not None and place in measures},
            schedules={index[unit]: part.schedule(indicator) for unit, part in parts.items() if part.is_target},
            blind=frozenset(index[unit] for unit, part in parts.items() if part.is_blind(indicator)),
        )
