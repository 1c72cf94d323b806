"""One indicator of all units at once: whom it concerns, what they last reported, and where each stands, in integers."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from functools import cached_property
from typing import NamedTuple

from mzplan.period import Period
from mzplan.plan.indicator import Indicator, Measure
from mzplan.plan.lights import Limits
from mzplan.plan.model import Part, Plan
from mzplan.scoring.means import ABSENT, CODE, FAR_BEHIND, LAGGING, MET, MISSING, NOT_DUE, UNASKED, UnitSums
from mzplan.scoring.progress import Status
from mzplan.submissions.ledger import EMPTY, MONTHS, NOT_APPLICABLE, Ledger

_CODE_OF_LIGHT = {"green": CODE[Status.ON_SCHEDULE], "yellow": CODE[Status.BEHIND], "red": FAR_BEHIND}
_CONTRIBUTION, _UNDEFINED = CODE[Status.CONTRIBUTION], CODE[Status.UNDEFINED]
_NOT_APPLICABLE = CODE[Status.NOT_APPLICABLE]

Verdict = tuple[int, int, int]
"""The code of a status, and the completion's numerator and denominator, not reduced; 0/1 without one."""


def owners(plan: Plan, indicator: Indicator) -> tuple[str, ...]:
    """Ids of the units that have a row of that indicator: those that report it or are judged on it, in plan order."""
    involved = {*indicator.reporting, *indicator.judged}
    return tuple(unit for unit in plan.units if unit in involved or (indicator.id, unit) in plan.parts)


class Roster(NamedTuple):
    """The units of an indicator, as positions in the plan."""

    indicator: Indicator
    places: Sequence[int]
    """Those that have a row."""
    measures: Sequence[Measure | None]
    """What each unit of the plan is judged by; None where it is not judged."""
    is_shared: bool
    """Whether all that are judged are judged by the same measure."""
    reference: Sequence[int]
    """Those whose target is a computed part of the total."""
    judged: Sequence[int]
    """Those that the plan's own target applies to; all of `places` for a total."""
    owing: frozenset[int]
    """Those that must report it."""
    has_denominators: bool


class Rosters(Mapping[str, Roster]):
    """The rosters of a plan by indicator id, each made when it is first asked for."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._known: dict[str, Roster] = {}
        self._sets: dict[tuple[str, ...], frozenset[int]] = {}
        self._everyone = range(len(plan.reporting_units))
        self._ids = tuple(plan.units)
        self._nobody: tuple[Measure | None, ...] = (None,) * len(plan.reporting_units)

    @cached_property
    def _parts(self) -> Mapping[str, Mapping[str, Part]]:
        parts: dict[str, dict[str, Part]] = {}
        for (identifier, unit), part in self._plan.parts.items():
            parts.setdefault(identifier, {})[unit] = part
        return parts

    def __getitem__(self, identifier: str) -> Roster:
        if identifier not in self._known:
            self._known[identifier] = self._made(self._plan.indicators[identifier])
        return self._known[identifier]

    def __iter__(self) -> Iterator[str]:
        return iter(self._plan.indicators)

    def __len__(self) -> int:
        return len(self._plan.indicators)

    def _places(self, *units: Iterable[str]) -> Sequence[int]:
        if self._ids in units:
            return self._everyone
        position = self._plan.unit_index
        known = {position[unit] for some in units for unit in some if unit in position}
        return self._everyone if len(known) == len(self._everyone) else sorted(known)

    def _owing(self, units: tuple[str, ...]) -> frozenset[int]:
        if units not in self._sets:
            position = self._plan.unit_index
            self._sets[units] = frozenset(position[unit] for unit in units if unit in position)
        return self._sets[units]

    def _made(self, indicator: Indicator) -> Roster:
        parts = self._parts.get(indicator.id, {})
        places = self._places(indicator.reporting, indicator.judged, parts)
        judged = self._places(indicator.judged) if indicator.judged else places
        measures: Sequence[Measure | None] = self._nobody
        reference: list[int] = []
        if indicator.applies_to != "total":
            own = indicator.target.measure(indicator.baseline)
            each = list(self._nobody)
            for place in self._places(indicator.judged):
                each[place] = own
            measures = each
        elif parts:
            each = list(self._nobody)
            for unit, part in parts.items():
                place = self._plan.unit_index[unit]
                each[place] = part.target.measure()
                if part.basis == "reference":
                    reference.append(place)
            measures = each
        return Roster(
            indicator,
            places,
            measures,
            is_shared=indicator.applies_to != "total" or not parts,
            reference=reference,
            judged=judged,
            owing=self._owing(indicator.owing),
            has_denominators="denominator" in indicator.columns,
        )


class Latest:
    """The latest records of an indicator, by place, that are not after a period."""

    __slots__ = ("denominators", "oldest", "unreported", "values")

    def __init__(self, ledger: Ledger, roster: Roster, period: Period) -> None:
        plan = ledger.plan
        units = len(plan.reporting_units)
        start = plan.indicator_index[roster.indicator.id] * units * MONTHS
        last = ledger.months_until(period)
        self.oldest: int | None = None
        """The month of the oldest of them."""
        if not last:
            self.values = [EMPTY] * units
            self.denominators = [0] * units
            self.unreported = list(roster.places)
            return
        first, stop = start + last - 1, start + units * MONTHS
        self.values = ledger.values[first:stop:MONTHS]
        below = ledger.denominators[first:stop:MONTHS].tolist() if roster.has_denominators else [0] * units
        self.denominators = below
        silent = [place for place in roster.places if self.values[place] == EMPTY] if EMPTY in self.values else []
        if len(silent) < len(roster.places):
            self.oldest = last
        for place in silent:
            january = start + place * MONTHS
            for cell in range(january + last - 2, january - 1, -1):
                if not ledger.is_empty(cell):
                    month = cell - january + 1
                    self.values[place] = ledger.values[cell]
                    if roster.has_denominators:
                        below[place] = ledger.denominators[cell]
                    self.oldest = month if self.oldest is None else min(month, self.oldest)
                    break
        self.unreported = silent if period.year == plan.year else list(roster.places)
        """The places without a record for the period itself."""


class Yardstick(NamedTuple):
    """How statuses are decided for an indicator at a period."""

    expected: Fraction
    limits: Limits
    is_undefined: bool
    is_before_due: bool
    """Whether nothing is called behind yet."""

    def verdict(self, measure: Measure | None, actual: tuple[int, int] | None) -> Verdict:
        """The states from `missing` on, in the order of `Status`: the first that holds is the verdict.

        `actual` is `above, below` with below > 0; None when nothing is reported.
        """
        if actual is None:
            return (UNASKED if measure is None else MISSING), 0, 1
        if measure is None:
            return _CONTRIBUTION, 0, 1
        above, below = measure.completion(*actual)
        if measure.is_met(*actual):
            return MET, above, below
        if self.is_before_due:
            return NOT_DUE, above, below
        return _CODE_OF_LIGHT[self.limits.light(above, below)], above, below


def judge(roster: Roster, latest: Latest, yardstick: Yardstick, sums: UnitSums | None = None) -> bytes:
    """The code of the status of every unit of the plan; completions are added to `sums`."""
    codes = bytearray([ABSENT]) * len(roster.measures)
    if yardstick.is_undefined:
        for place in roster.places:
            codes[place] = _UNDEFINED
        return bytes(codes)
    values, denominators, measures = latest.values, latest.denominators, roster.measures
    quotient = roster.indicator.quotient
    known: dict[tuple[int, int, bool], Verdict] = {}
    for place in roster.places:
        value, measure = values[place], measures[place]
        if value == NOT_APPLICABLE:
            codes[place] = _NOT_APPLICABLE
            continue
        if value == EMPTY:
            codes[place] = UNASKED if measure is None else MISSING
            continue
        if roster.is_shared:
            key = (value, denominators[place], measure is None)
            verdict = known.get(key)
            if verdict is None:
                verdict = known[key] = yardstick.verdict(measure, quotient(value, denominators[place]))
        else:
            verdict = yardstick.verdict(measure, quotient(value, denominators[place]))
        code, above, below = verdict
        codes[place] = code
        if above and sums is not None:
            sums.add(place, code, above, below)
    if sums is not None:
        sums.close(bytes(codes), yardstick.expected)
        for place in roster.reference:
            if codes[place] not in (ABSENT, UNASKED, _NOT_APPLICABLE, _CONTRIBUTION):
                sums.reference[place] = 1
    return bytes(codes)


def lagging(codes: bytes) -> list[int]:
    """The places that are behind or far behind."""
    if not any(code in codes for code in LAGGING):
        return []
    return [place for place, code in enumerate(codes) if code in LAGGING]


def furthest(roster: Roster, latest: Latest, places: Sequence[int]) -> int:
    """The one of these judged places with the least completion, the first of equals."""
    least, most_behind = (1, 0), places[0]
    for place in places:
        measure = roster.measures[place]
        actual = roster.indicator.quotient(latest.values[place], latest.denominators[place])
        if measure is None or actual is None:
            continue
        above, below = measure.completion(*actual)
        if above * least[1] < least[0] * below:
            least, most_behind = (above, below), place
    return most_behind
