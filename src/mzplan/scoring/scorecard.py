"""How a plan's figures become a scorecard: actual, completion, expectation, gap and status. Arithmetic only.

Units are judged column by column in integers (`judging`); a row with all its figures is made when it is asked for.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property, partial

from mzplan.period import Period
from mzplan.plan.indicator import Indicator
from mzplan.plan.lights import DEFAULT, PRESETS
from mzplan.plan.model import LightPreset, Plan
from mzplan.scoring.judging import LatestRecords
from mzplan.scoring.means import Sums, tally
from mzplan.scoring.progress import ZERO, Judged, Progress, Status, Tally, UnitTally, carried_into
from mzplan.scoring.scorer import Scorer
from mzplan.scoring.silence import hinges_on_silence
from mzplan.submissions.ledger import EMPTY, Ledger

Key = tuple[str, str | None]
"""Indicator id, and unit id or None for the city."""


def _add_units(sums: Sequence[Sums], column: LatestRecords) -> None:
    """Add the verdicts on an indicator's units to the sums of each place."""
    weight, reference = column.indicator.weight, column.roster.reference
    for place in column.roster.places:
        judged = column.judged[place]
        if judged is not None:
            sums[place].add(judged, column.yardstick_of(place).expected, weight, on_reference=place in reference)


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


class Rows(Mapping[Key, Progress]):
    """Progress in plan order, each indicator's city row before its units; a row is made when it is asked for.

    What needs no figures is answered without making rows. A region's row is there when it is asked for by the region's
    id, and not among the others: it says again, added up, what those of its units say.
    """

    def __init__(self, scorer: Scorer, period: Period) -> None:
        self.scorer = scorer
        """What has judged them, with all that it has worked out."""
        self._plan = scorer.plan
        self._period = period
        self._columns: dict[str, LatestRecords] = {}
        self._verdicts: dict[str, Sequence[Judged | None]] = {}
        """By indicator and place: the verdicts on units, escalated where the plan has it so."""
        self._known: dict[Key, Progress] = {}
        self._owed = [0] * len(scorer.plan.reporting_units)
        self._unreported = list(self._owed)

    def add(self, indicator: Indicator) -> LatestRecords:
        """Score one more indicator."""
        column = self._columns[indicator.id] = self.scorer.column(indicator, self._period)
        self._verdicts[indicator.id] = self._escalated(column) if self._plan.escalate else column.judged
        for place in column.roster.owing:
            self._owed[place] += 1
        for place in column.unreported:
            self._unreported[place] += place in column.roster.owing
        return column

    def _escalated(self, column: LatestRecords) -> Sequence[Judged | None]:
        judged = list(column.judged)
        for place in column.lagging():
            unit, verdict = self._plan.reporting_units[place].id, judged[place]
            if verdict is not None:
                judged[place], _ = self.scorer.escalated(verdict, column.indicator, unit, self._period)
        return judged

    def __getitem__(self, key: Key) -> Progress:
        if key not in self._known:
            identifier, unit = key
            column = self._columns[identifier]
            if unit is None:
                self._known[key] = self.scorer.city_row(column, self._period, partial(_Addends, self, column))
            elif unit in self._plan.members:
                self._known[key] = self._region(column, unit)
            else:
                self._known[key] = self.scorer.unit_row(column, unit, self._period)
        return self._known[key]

    def _region(self, column: LatestRecords, region: str) -> Progress:
        """A region's row; a verdict on a total that rests on silence says no more than that reports are missing."""
        row = self.scorer.region_row(column, region, self._period, partial(_Addends, self, column))
        if row.status is not Status.MISSING and hinges_on_silence(self.scorer, row, self._period):
            return row._replace(status=Status.MISSING, carried_status=row.status)
        return row

    def __iter__(self) -> Iterator[Key]:
        units = self._plan.reporting_units
        for identifier, column in self._columns.items():
            yield identifier, None
            for place in column.roster.places:
                yield identifier, units[place].id

    def __len__(self) -> int:
        return sum(1 + len(column.roster.places) for column in self._columns.values())

    def when_due(self, row: Progress) -> Progress | None:
        """A row as it stood at the end of the month of this year by which it was due; None where that is not over."""
        due = row.schedule.due
        if row.schedule.kind == "always" or due.year != self._period.year or not due < self._period:
            return None
        rows = Rows(self.scorer, due)
        rows.add(row.indicator)
        return rows[row.indicator.id, row.unit]

    def statuses(self) -> Iterator[tuple[Key, Status]]:
        """The status of every row, in the same order."""
        for identifier, unit in self:
            judged = self._verdicts[identifier][self._plan.unit_index[unit]] if unit else None
            yield (identifier, unit), (judged or self[identifier, None]).status

    def of_units(self) -> Iterator[tuple[Key, Status, bool]]:
        """The status of every unit's row, by indicator, and whether the unit owes a report of it that is not there."""
        for identifier, column in self._columns.items():
            for place in column.roster.places:
                judged = self._verdicts[identifier][place]
                if judged is not None:
                    is_unreported = place in column.unreported and place in column.roster.owing
                    yield (identifier, self._plan.reporting_units[place].id), judged.status, is_unreported

    def totals(self, units: Collection[str | None] = ()) -> Counter[Status]:
        """How many rows of those units (of all units, without the city, when none is named) have each status."""
        places = [self._plan.unit_index[unit] for unit in units or self._plan.units if unit is not None]
        found: Counter[Status] = Counter()
        if None in units:
            found.update(self[identifier, None].status for identifier in self._columns)
        for column in self._verdicts.values():
            found.update(judged.status for place in places if (judged := column[place]) is not None)
        return found

    def lagging(self) -> Iterator[tuple[Key, bool]]:
        """Each unit's row that lags, and whether a computed part of a city total alone says so."""
        for identifier, column in self._columns.items():
            for place in column.lagging():
                yield (identifier, self._plan.reporting_units[place].id), place in column.roster.reference

    def firm(self, period: Period) -> dict[Key, tuple[Status, Status]]:
        """What can be said at a period of the city's rows, and of the units' that no computed part judges.

        Each with what is said by what was reported so far: a verdict on a total that rests on silence says no more than
        that reports are missing.
        """
        rows = self if period == self._period else Rows(self.scorer, period)
        found: dict[Key, tuple[Status, Status]] = {}
        for indicator in self._plan.indicators.values():
            column = self._columns[indicator.id] if rows is self else rows.add(indicator)
            is_open = bool(column.unreported) and hinges_on_silence(self.scorer, rows[indicator.id, None], period)
            status = column.city.judged.status
            found[indicator.id, None] = (Status.MISSING if is_open else status, status)
            for place in column.roster.places:
                judged = column.judged[place]
                if judged is not None and place not in column.roster.reference:
                    found[indicator.id, self._plan.reporting_units[place].id] = (judged.status, judged.status)
        return found

    def earlier(self) -> Period | None:
        """The last month before of which there is any record: an empty one has nothing to compare with."""
        return self.scorer.ledger.latest_period(before=self._period)

    def is_silent(self, unit: str, period: Period) -> bool:
        """Whether the unit has not reported something that it owes at a period."""
        place = self._plan.unit_index[unit]
        columns = (self.scorer.column(indicator, period) for indicator in self._plan.indicators.values())
        return any(place in column.unreported and place in column.roster.owing for column in columns)

    def never_heard(self, unit: str) -> int:
        """How many of the indicators that a unit owes it has not reported this year."""
        place = self._plan.unit_index[unit]
        return sum(place in column.roster.owing and column.values[place] == EMPTY for column in self._columns.values())

    def carried(self, unit: str | None) -> tuple[Period, ...]:
        """The months of the older figures on which what the unit, or the city, comes to rests, oldest first."""
        if unit is None:
            return carried_into(self[identifier, None] for identifier in self._columns)
        if unit in self._plan.members:
            return carried_into(
                row for identifier in self._columns if (row := self.get((identifier, unit))) is not None
            )
        place = self._plan.unit_index[unit]
        silent = [one for one, column in self._columns.items() if place in column.unreported]
        return carried_into(self[identifier, unit] for identifier in silent)

    def ranks(self, period: Period, unread: Collection[str] = ()) -> Mapping[str | None, int]:
        """The places at another period of the ranked units that anything judged then, heard of or not.

        Those that are not ranked now, as their reports could not be read, have none then.
        """
        sums = [Sums() for _ in self._plan.units]
        for indicator in self._plan.indicators.values():
            _add_units(sums, self.scorer.column(indicator, period))
        means = zip(self._plan.units, (one.completion for one in sums), strict=True)
        return _places(self._plan, {unit: mean for unit, mean in means if unit not in unread})

    def places(self, identifier: str) -> Mapping[str | None, int]:
        """The places 1, 2, 3, 3, 5 of the ranked units on one indicator; silence has no place.

        They go by completion; where nobody has one, by contribution to a total of which more is better.
        """
        column = self._columns[identifier]
        ranked = [
            (unit.id, actual, judged)
            for place, unit in enumerate(self._plan.reporting_units)
            if unit.is_ranked and (judged := column.judged[place]) and (actual := column.actual(place))
        ]
        shares: dict[str | None, Fraction | None] = {
            unit: judged.completion(actual) for unit, actual, judged in ranked if judged.counts
        }
        city, is_more_better = self[identifier, None], column.indicator.target.operator == "at_least"
        if shares or not column.indicator.contributes or not is_more_better or (city.actual or ZERO) <= 0:
            return _places(self._plan, shares)
        return _places(self._plan, {unit: Fraction(*actual) for unit, actual, _ in ranked})

    def reporting(self, unit: str | None) -> tuple[int, int]:
        """How many indicators the unit reported for the period, and how many it owes; of the city or a region all."""
        if unit is None:
            return sum(self._owed) - sum(self._unreported), sum(self._owed)
        if unit in self._plan.members:
            pairs = [self.reporting(member) for member in self._plan.members[unit]]
            return sum(reported for reported, _ in pairs), sum(owed for _, owed in pairs)
        place = self._plan.unit_index[unit]
        return self._owed[place] - self._unreported[place], self._owed[place]


class _Addends(Collection[Progress]):
    """The rows of an indicator's units in those places, each made when it is asked for."""

    def __init__(self, rows: Rows, column: LatestRecords, places: Sequence[int]) -> None:
        self._rows = rows
        self._column = column
        self._places = places

    def __iter__(self) -> Iterator[Progress]:
        units = self._rows.scorer.plan.reporting_units
        return (self._rows[self._column.indicator.id, units[place].id] for place in self._places)

    def __contains__(self, row: object) -> bool:
        return any(row == one for one in self)

    def __len__(self) -> int:
        return len(self._places)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Collection) and list(self) == list(other)

    def __hash__(self) -> int:
        return hash(self._column.indicator.id)


@dataclass(frozen=True, kw_only=True)
class Scorecard:
    """All progress of one plan at one period."""

    plan: Plan
    period: Period
    preset: LightPreset
    rows: Rows
    areas: Mapping[tuple[int | None, str | None], Tally]
    """By (area number or None for the safeguards, unit id or None)."""
    units: Mapping[str | None, UnitTally]
    """The city (None) first, then the units in plan order."""
    unread: frozenset[str] = frozenset()
    """The units whose report for the period is there but could not be read: they are not ranked as if silent."""

    def is_unread(self, indicator: str, unit: str | None) -> bool:
        """Whether what the unit sent of the indicator for the period could not be taken: that is no silence."""
        return self.rows.scorer.is_unread(indicator, unit, self.period)

    def is_all_unread(self, unit: str | None, among: Callable[[Indicator], bool] = lambda _: True) -> bool:
        """Whether the unit sent something of all that is wanting from it among these, and none could be taken."""
        if not self.rows.scorer.is_unread_in_part(unit, self.period):
            return False
        wanting = [row for row in self.of_unit(unit) if row.reported < row.reporting and among(row.indicator)]
        return bool(wanting) and all(row.is_unread for row in wanting)

    @cached_property
    def regions(self) -> Mapping[str | None, UnitTally]:
        """How the regions stand, in plan order; they have no rank, and silence is no lag of theirs."""
        return {
            region.id: UnitTally(region.id, tally(self.of_unit(region.id)), None, 0, *self.rows.reporting(region.id))
            for region in self.plan.regions
        }

    @cached_property
    def _of_unit(self) -> dict[str | None, tuple[Progress, ...]]:
        """What `of_unit` has answered."""
        return {}

    def row(self, indicator: str, unit: str | None = None) -> Progress | None:
        """One row, or None when the unit has nothing to do with the indicator."""
        return self.rows.get((indicator, unit))

    def of_unit(self, unit: str | None) -> tuple[Progress, ...]:
        """The rows of a unit, or of the city for None, in plan order."""
        if unit not in self._of_unit:
            found = (self.row(indicator, unit) for indicator in self.plan.indicators)
            self._of_unit[unit] = tuple(row for row in found if row is not None)
        return self._of_unit[unit]


def score(
    plan: Plan,
    ledger: Ledger,
    period: Period,
    preset: LightPreset | None = None,
    *,
    rank: bool = True,
    unranked: frozenset[str] = frozenset(),
) -> Scorecard:
    """The scorecard of that period; `preset` is `strict` unless given, `rank=False` leaves every rank out.

    `unranked` are units that have no rank in what this is compared with.
    """
    unread = ledger.unread_at(period)
    scorer = Scorer(plan, ledger, preset or PRESETS[DEFAULT])
    rows = Rows(scorer, period)
    areas: dict[tuple[int | None, str | None], Tally] = {}
    whole = [Sums() for _ in (None, *plan.units)]
    for number, indicators in _by_area(plan):
        sums = [Sums() for _ in whole]
        for indicator in indicators:
            column = rows.add(indicator)
            sums[0].add(column.city.judged, column.city.expected, indicator.weight)
            _add_units(sums[1:], column)
        for unit, part, all_parts in zip((None, *plan.units), sums, whole, strict=True):
            areas[number, unit] = part.tally()
            all_parts.include(part)
    tallies = {unit: one.tally() for unit, one in zip((None, *plan.units), whole, strict=True)}
    units = {unit: UnitTally(unit, own, None, 0, *rows.reporting(unit)) for unit, own in tallies.items()}
    return Scorecard(
        plan=plan,
        period=period,
        preset=scorer.preset,
        rows=rows,
        areas=areas,
        units=_ranked(plan, units, [unit for unit in tallies if rank and unit not in unread | unranked]),
        unread=unread,
    )


def among_reporters(card: Scorecard) -> Scorecard:
    """The same scorecard where those that have reported have places among themselves, and the silent none."""
    ranked = [unit for unit, one in card.units.items() if one.rank is not None and (one.reported or not one.reporting)]
    return replace(card, units=_ranked(card.plan, card.units, ranked))


def _ranked(
    plan: Plan, units: Mapping[str | None, UnitTally], ranked: Iterable[str | None]
) -> dict[str | None, UnitTally]:
    """The same units with the places of some among themselves; the others have none."""
    places = _places(plan, {unit: units[unit].tally.completion for unit in ranked})
    shared = Counter(places.values())
    return {unit: one._replace(rank=places.get(unit), ties=shared[places.get(unit, 0)]) for unit, one in units.items()}
