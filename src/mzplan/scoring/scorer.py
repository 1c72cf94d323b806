"""The rows of a scorecard with their fractions, made when they are asked for."""

from collections.abc import Callable, Collection, Sequence
from fractions import Fraction
from functools import cache, cached_property

from mzplan.period import Period
from mzplan.plan.indicator import Indicator
from mzplan.plan.lights import limits
from mzplan.plan.model import LightPreset, Plan
from mzplan.scoring.judging import Combined, LatestRecords
from mzplan.scoring.progress import LAGGING, UNJUDGED, Judged, Progress, Status
from mzplan.scoring.yardstick import Roster, Yardstick
from mzplan.submissions.ledger import Ledger


def _unread(ledger: Ledger, period: Period) -> tuple[Collection[str], Collection[tuple[str, str]], Collection[str]]:
    """The units of which nothing could be taken, the rows that could not, and the units that have such rows."""
    refused = ledger.refused_at(period)
    return ledger.unread_at(period), refused, frozenset(unit for _, unit in refused)


def _contribution(column: LatestRecords, actual: Fraction | None) -> Fraction | None:
    """Which share it is of the city's sum, where the indicator has one above 0."""
    whole = column.city.actual if column.indicator.contributes else None
    return actual / Fraction(*whole) if actual is not None and whole and whole[0] > 0 else None


RowsOf = Callable[[Sequence[int]], Collection[Progress]]
"""Gives the rows of an indicator's units in those places, each made when it is asked for."""


class Scorer:
    """One column or one row at a time, for any period of the same plan, ledger and preset."""

    def __init__(self, plan: Plan, ledger: Ledger, preset: LightPreset) -> None:
        self.plan = plan
        self.ledger = ledger
        self.preset = preset
        self._rosters: dict[tuple[str, Period | None], Roster] = {}
        self._columns: dict[tuple[str, Period], LatestRecords] = {}
        self._limits_at = cache(lambda expected: limits(preset, expected))
        self._unread_at = cache(lambda period: _unread(ledger, period))

    @cached_property
    def _places_of(self) -> Callable[[str], frozenset[int]]:
        """Where all units of a region stand in the plan."""
        index = self.plan.unit_index
        return cache(lambda region: frozenset(index[unit] for unit in self.plan.members[region]))

    @cached_property
    def _dated(self) -> frozenset[str]:
        """The indicators of which a unit was given something from some month on."""
        rows = ((identifier, part) for (identifier, _), parts in self.plan.parts.items() for part in parts)
        return frozenset(identifier for identifier, part in rows if part.start is not None)

    def is_unread(self, indicator: str, unit: str | None, period: Period) -> bool:
        """Whether what the unit sent of the indicator for that period could not be taken: that is no silence."""
        units, rows, _ = self._unread_at(period)
        return unit in units or (indicator, unit) in rows

    def is_unread_in_part(self, unit: str | None, period: Period) -> bool:
        """Whether anything that the unit sent for that period could not be taken."""
        units, _, in_part = self._unread_at(period)
        return unit in units or unit in in_part

    def roster(self, indicator: Indicator, period: Period) -> Roster:
        """The units of an indicator of the plan, as it is judged at that period."""
        changes = indicator.revisions or indicator.report_every != "month" or indicator.id in self._dated
        key = (indicator.id, period if changes else None)
        if key not in self._rosters:
            self._rosters[key] = Roster.of(self.plan, indicator.at(period), period)
        return self._rosters[key]

    def column(self, indicator: Indicator, period: Period) -> LatestRecords:
        """All units of an indicator."""
        key = (indicator.id, period)
        if key not in self._columns:
            roster = self.roster(self.plan.indicators[indicator.id], period)
            self._columns[key] = LatestRecords(self.ledger, roster, self._limits_at, period)
        return self._columns[key]

    def streak(self, row: Progress, period: Period) -> int:
        """How many periods in a row, up to that one, the row has lagged; 0 when it does not, and of a region's."""
        if row.unit in self.plan.members:
            return 0
        return row.streak or self._streak(row.indicator, row.unit, row.status, period)

    def _streak(self, indicator: Indicator, unit: str | None, status: Status, period: Period) -> int:
        """The streak of the row that has that status at the period.

        Months that are not owed, and those not reported, neither count nor break it.
        """
        if status not in LAGGING:
            return 0
        count, owed = 0, self.plan.indicators[indicator.id].is_owed(period)
        while status in LAGGING or status is Status.MISSING or not owed:
            count += owed and status in LAGGING
            if period.month == 1 or self.ledger.latest_period(before=period) is None:
                break  # nobody lags of whom nothing is known
            period = period.shift(-1)
            column = self.column(indicator, period)
            judged = column.city.judged if unit is None else column.judged[self.plan.unit_index[unit]]
            status = Status.UNDEFINED if judged is None else judged.status
            owed = self.plan.indicators[indicator.id].is_owed(period)
        return count

    def escalated(self, judged: Judged, indicator: Indicator, unit: str | None, period: Period) -> tuple[Judged, int]:
        """The verdict after a long streak, as the plan has it, and the streak where the plan counts them."""
        if not self.plan.escalate or judged.status not in (Status.BEHIND, Status.FAR_BEHIND):
            return judged, 0
        streak = self._streak(indicator, unit, judged.status, period)
        return judged._replace(status=Status.FAR_BEHIND) if streak >= self.plan.escalate else judged, streak

    def unit_row(self, column: LatestRecords, unit: str, period: Period) -> Progress:
        """The row of a unit; KeyError without one."""
        indicator, place = column.indicator, self.plan.unit_index[unit]
        plain, quotient = column.judged[place], column.actual(place)
        if plain is None:
            raise KeyError(unit)
        judged, streak = self.escalated(plain, indicator, unit, period)
        actual = None if quotient is None else Fraction(*quotient)
        entry = self.ledger.latest(indicator.id, unit, period)
        figures = (entry.figure,) if entry is not None and actual is not None else ()
        numerator, denominator = indicator.pair(figures)
        target, basis = self.plan.target_for(indicator, unit, period) or (None, None)
        own = column.yardstick_of(place)
        is_waiting = not judged.counts and judged.status not in UNJUDGED
        owes = place in column.roster.owing
        return Progress(
            indicator=indicator,
            unit=unit,
            actual=actual,
            numerator=numerator,
            denominator=denominator,
            target=target,
            target_basis=basis,
            completion=judged.completion(quotient),
            expected=own.expected if judged.counts or is_waiting else None,
            status=judged.status,
            record_period=entry.period if entry else None,
            contribution=_contribution(column, actual),
            reported=int(owes and place not in column.unreported),
            reporting=int(owes),
            entry=entry,
            streak=streak,
            carried_status=judged.carried,
            baseline=column.roster.baselines.get(place) if target is not None else None,
            own_schedule=column.roster.schedules.get(place),
            is_unread=self.is_unread(indicator.id, unit, period),
            is_waiting=is_waiting,
        )

    def region(self, column: LatestRecords, region: str, period: Period) -> Combined:
        """What the units of a region come to; KeyError where none of them has the indicator."""
        places = self.places(column, region)
        if not places:
            raise KeyError(region)
        return column.region(places, self.plan.part_for(column.indicator, region, period))

    def yardstick(self, column: LatestRecords, unit: str | None, period: Period) -> Yardstick:
        """What the city, a region or a unit is judged by; of an indicator that counts units, what these are."""
        if unit is None or (unit in self.plan.members and not column.indicator.contributes):
            return column.yardstick
        if unit in self.plan.members:
            return self.region(column, unit, period).yardstick
        return column.yardstick_of(self.plan.unit_index[unit])

    def places(self, column: LatestRecords, region: str) -> frozenset[int]:
        """Where the units of a region stand that have the indicator."""
        return frozenset(place for place in self._places_of(region) if column.judged[place] is not None)

    def city_row(self, column: LatestRecords, period: Period, rows_of: RowsOf) -> Progress:
        """The city's row, folded from those of its units."""
        indicator, city = column.indicator, column.city
        judged, streak = self.escalated(city.judged, indicator, None, period)
        row = self._whole_row(column, city, frozenset(column.roster.places), rows_of)
        return row._replace(
            target_basis=None if judged.status is Status.UNDEFINED else "plan",
            completion=judged.completion(city.actual),
            status=judged.status,
            streak=streak,
            baseline=indicator.baseline if indicator.applies_to == "total" else None,
        )

    def region_row(self, column: LatestRecords, region: str, period: Period, rows_of: RowsOf) -> Progress:
        """A region's row, folded from those of its units; KeyError where none of them has the indicator."""
        indicator, found = column.indicator, self.region(column, region, period)
        row = self._whole_row(column, found, self.places(column, region), rows_of)
        part = self.plan.part_for(indicator, region, period)
        is_promised = found.target is not None and found.judged.status is not Status.UNDEFINED
        return row._replace(
            unit=region,
            target_basis=None if not is_promised else part.basis if part is not None else "plan",
            contribution=_contribution(column, row.actual),
            baseline=part.baseline if part is not None and found.target is not None else None,
            own_schedule=found.schedule if part is None else part.schedule(indicator),
        )

    @staticmethod
    def _whole_row(column: LatestRecords, found: Combined, places: frozenset[int], rows_of: RowsOf) -> Progress:
        """The row of all units in those places together."""
        owing = column.roster.owing & places
        reported = len(owing - column.unreported)
        carried = column.carried(places) if reported < len(owing) else {}
        return Progress(
            indicator=column.indicator,
            unit=None,
            actual=None if found.actual is None else Fraction(*found.actual),
            numerator=found.numerator,
            denominator=found.denominator,
            target=found.target,
            target_basis=None,
            completion=found.judged.completion(found.actual),
            expected=found.expected if found.judged.counts else None,
            status=found.judged.status,
            record_period=column.oldest(places),
            reported=reported,
            reporting=len(owing),
            addends=rows_of(sorted(places)),
            carried_addends=rows_of(list(carried)),
            carried_addend_months=tuple(sorted(set(carried.values()))),
            carried_status=found.judged.carried,
            own_schedule=found.schedule,
        )
