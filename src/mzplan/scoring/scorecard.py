"""How a plan's figures become a scorecard: actual, completion, expectation, gap and status. Arithmetic only.

Units are judged column by column in integers (`columns`); a row with all its figures is made when it is asked for.
"""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import overload

from mzplan.figures import ExactSum
from mzplan.period import Period
from mzplan.plan.indicator import Indicator
from mzplan.plan.lights import DEFAULT, PRESETS
from mzplan.plan.model import LightPreset, Plan
from mzplan.scoring.columns import Latest, Roster, furthest, lagging
from mzplan.scoring.judging import Column, Scorer
from mzplan.scoring.means import ABSENT, CODED, FAR_BEHIND, JUDGED, Sums, UnitSums, sums_of, together
from mzplan.scoring.progress import ZERO, Key, Progress, Rows, Scorecard, Status, Tally, UnitTally
from mzplan.submissions.ledger import EMPTY, NOT_APPLICABLE, Ledger


def score(
    plan: Plan, ledger: Ledger, period: Period, preset: LightPreset | None = None, *, rank: bool = True
) -> Scorecard:
    """The scorecard of that period; `preset` is `strict` unless given, `rank=False` leaves every rank out."""
    scorer = Scorer(plan, ledger, preset or PRESETS[DEFAULT])
    rows = _Rows(scorer, period)
    areas: dict[tuple[int | None, str | None], Tally] = {}
    whole: dict[str | None, list[Sums]] = {unit: [] for unit in (None, *plan.units)}
    for number, indicators in _by_area(plan):
        sums = UnitSums(len(plan.units))
        for indicator in indicators:
            rows.add(indicator, sums)
        city = sums_of(rows.city(indicator.id) for indicator in indicators)
        for unit, part in zip(whole, (city, *sums), strict=True):
            areas[number, unit] = part.tally()
            whole[unit].append(part)
    tallies = {unit: together(parts).tally() for unit, parts in whole.items()}
    places = _places(plan, {unit: one.completion for unit, one in tallies.items()}) if rank else {}
    shared = Counter(places.values())
    units = {
        unit: UnitTally(unit, own, places.get(unit), shared[places.get(unit, 0)], *rows.reporting(unit))
        for unit, own in tallies.items()
    }
    return Scorecard(plan=plan, period=period, preset=scorer.preset, rows=rows, areas=areas, units=units)


def _by_area(plan: Plan) -> Iterator[tuple[int | None, Sequence[Indicator]]]:
    """The indicators of each area, the safeguards last as None."""
    for area in plan.action_areas:
        yield area.number, area.indicators
    if plan.safeguards:
        yield None, [indicator for task in plan.safeguards for indicator in task.indicators]


def _places(plan: Plan, means: Mapping[str | None, Fraction | None]) -> dict[str | None, int]:
    """Competition ranking of the units that are ranked: 1, 2, 3, 3, 5."""
    ranked: list[str | None] = [unit.id for unit in plan.reporting_units if unit.is_ranked]
    judged = [(mean, unit) for unit in ranked if (mean := means.get(unit)) is not None]
    places: dict[str | None, int] = {}
    place, last = 0, None
    for position, (mean, unit) in enumerate(sorted(judged, key=lambda one: _falling(one[0])), start=1):
        place, last = (place, last) if mean == last else (position, mean)
        places[unit] = place
    return places


def _falling(mean: Fraction) -> tuple[int, Fraction]:
    """A key that sorts the largest first; its integer part spares most comparisons of large fractions."""
    return -(mean.numerator << 64) // mean.denominator, -mean


class _Rows(Rows):
    """The rows of a scorecard: a column of statuses for each indicator, and the rows that have been asked for."""

    def __init__(self, scorer: Scorer, period: Period) -> None:
        self._scorer = scorer
        self._period = period
        self._codes: dict[str, bytes] = {}
        self._known: dict[Key, Progress] = {}
        self._owed = [0] * len(scorer.plan.reporting_units)
        self._unreported = list(self._owed)

    def add(self, indicator: Indicator, sums: UnitSums | None = None) -> None:
        """Score one more indicator."""
        scorer, period = self._scorer, self._period
        column = scorer.column(indicator, period, sums)
        for place in column.roster.owing:
            self._owed[place] += 1
        for place in column.latest.unreported:
            self._unreported[place] += place in column.roster.owing
        self._known[indicator.id, None] = scorer.city_row(column, period, _Addends(self, column.roster))
        self._codes[indicator.id] = self._escalated(column) if scorer.plan.escalate else column.codes

    def _escalated(self, column: Column) -> bytes:
        codes = bytearray(column.codes)
        for place in lagging(column.codes):
            unit = self._scorer.plan.reporting_units[place].id
            streak = self._scorer.streak_of(column.roster.indicator, unit, CODED[codes[place]], self._period)
            if streak >= self._scorer.plan.escalate:
                codes[place] = FAR_BEHIND
        return bytes(codes)

    def city(self, identifier: str) -> Progress:
        """The city's row of an indicator."""
        return self._known[identifier, None]

    def at(self, roster: Roster, place: int) -> Progress:
        """The row of the unit in that place."""
        return self[roster.indicator.id, self._scorer.plan.reporting_units[place].id]

    def __getitem__(self, key: Key) -> Progress:
        row = self._known.get(key)
        if row is None:
            identifier, unit = key
            if unit is None:
                raise KeyError(key)
            code = self._codes[identifier][self._scorer.plan.unit_index[unit]]
            if code == ABSENT:
                raise KeyError(key)
            indicator = self._scorer.plan.indicators[identifier]
            adds = indicator.additive and indicator.applies_to == "total"
            whole = self.city(identifier).actual if adds else None
            row = self._known[key] = self._scorer.unit_row(indicator, unit, self._period, code, whole)
        return row

    def __iter__(self) -> Iterator[Key]:
        units = self._scorer.plan.reporting_units
        for identifier in self._scorer.plan.indicators:
            yield identifier, None
            for place in self._scorer.rosters[identifier].places:
                yield identifier, units[place].id

    def __len__(self) -> int:
        return sum(1 + len(self._scorer.rosters[identifier].places) for identifier in self._codes)

    def statuses(self) -> Iterator[tuple[Key, Status]]:
        """The status of every row, in the same order."""
        index = self._scorer.plan.unit_index
        for key in self:
            identifier, unit = key
            code = None if unit is None else self._codes[identifier][index[unit]]
            yield key, self.city(identifier).status if code is None else CODED[code]

    def totals(self, units: Collection[str | None] = ()) -> Counter[Status]:
        """How many rows of those units (of all units, without the city, when none is named) have each status."""
        index = self._scorer.plan.unit_index
        places = [index[unit] for unit in units if unit is not None]
        found: Counter[Status] = Counter()
        if None in units:
            found.update(self.city(identifier).status for identifier in self._codes)
        for codes in self._codes.values():
            own = bytes(codes[place] for place in places) if units else codes
            for code, count in Counter(own).items():
                if code != ABSENT:
                    found[CODED[code]] += count
        return found

    def worst(self, units: Collection[str | None] = ()) -> Iterator[tuple[Progress, int]]:
        """The worst row behind of each indicator, and how many other rows of units are behind."""
        scorer = self._scorer
        asked = frozenset(scorer.plan.unit_index[unit] for unit in units if unit is not None)
        for identifier, codes in self._codes.items():
            places = [place for place in lagging(codes) if not units or place in asked]
            city = self.city(identifier) if not units or None in units else None
            if city is not None and city.status not in (Status.BEHIND, Status.FAR_BEHIND):
                city = None
            if not places:
                if city is not None:
                    yield city, 0
                continue
            roster = scorer.rosters[identifier]
            place = furthest(roster, Latest(scorer.ledger, roster, self._period), places)
            row = self.at(roster, place)
            if city is not None and (city.gap or ZERO) <= (row.gap or ZERO):
                yield city, len(places)
            else:
                yield row, len(places) - 1

    def ranks(self, period: Period) -> Mapping[str | None, int]:
        """The places at another period of the units that had reported anything by then."""
        scorer, plan = self._scorer, self._scorer.plan
        capped = [ExactSum() for _ in plan.units]
        judged = [0] * len(capped)
        for _, indicators in _by_area(plan):
            sums = UnitSums(len(capped))
            for indicator in indicators:
                scorer.column(indicator, period, sums)
            for place, (share, count) in enumerate(sums.capped()):
                capped[place].add(share)
                judged[place] += count
        means = [total.total() / count if count else None for total, count in zip(capped, judged, strict=True)]
        heard = scorer.ledger.heard(period)
        places = _places(plan, dict(zip(plan.units, means, strict=True)))
        return {unit: place for unit, place in places.items() if unit in heard}

    def places(self, identifier: str) -> Mapping[str | None, int]:
        """The places of the ranked units on one indicator."""
        plan, roster, codes = self._scorer.plan, self._scorer.rosters[identifier], self._codes[identifier]
        latest, indicator = Latest(self._scorer.ledger, roster, self._period), roster.indicator
        shares: dict[str | None, Fraction | None] = {}
        actuals: dict[str | None, Fraction | None] = {}
        for place in roster.places:
            value = latest.values[place]
            actual = (
                indicator.quotient(value, latest.denominators[place]) if value not in (EMPTY, NOT_APPLICABLE) else None
            )
            if actual is None:
                continue
            unit, measure = plan.reporting_units[place].id, roster.measures[place]
            actuals[unit] = Fraction(*actual)
            if measure is not None and codes[place] in JUDGED:
                shares[unit] = Fraction(*measure.completion(*actual))
        if any(unit in shares for unit in plan.units if plan.units[unit].is_ranked):
            return _places(plan, shares)
        adds = indicator.additive and indicator.applies_to == "total" and (self.city(identifier).actual or ZERO) > 0
        return _places(plan, actuals) if adds else {}

    def reporting(self, unit: str | None) -> tuple[int, int]:
        """How many indicators the unit reported for the period, and how many it owes; of all units for the city."""
        if unit is None:
            rows = [self.city(identifier) for identifier in self._codes]
            return sum(row.reported for row in rows), sum(row.reporting for row in rows)
        place = self._scorer.plan.unit_index[unit]
        return self._owed[place] - self._unreported[place], self._owed[place]


class _Addends(Sequence[Progress]):
    """The rows of an indicator's units, each made when it is asked for."""

    def __init__(self, rows: "_Rows", roster: Roster) -> None:
        self._rows = rows
        self._roster = roster

    @overload
    def __getitem__(self, position: int) -> Progress: ...

    @overload
    def __getitem__(self, position: slice) -> Sequence[Progress]: ...

    def __getitem__(self, position: int | slice) -> Progress | Sequence[Progress]:
        if isinstance(position, slice):
            return [self._rows.at(self._roster, place) for place in self._roster.places[position]]
        return self._rows.at(self._roster, self._roster.places[position])

    def __len__(self) -> int:
        return len(self._roster.places)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and list(self) == list(other)

    def __hash__(self) -> int:
        return hash(self._roster.indicator.id)
