"""What `mzplan report` shows, as data: standings by area, what is in danger, the year by month, who reported when."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from mzplan.diagnostics import Location
from mzplan.period import Period
from mzplan.plan.target import Target
from mzplan.scoring.explain import Explanation, RecordRemarks, explain
from mzplan.scoring.progress import Progress, by_area, carried_into
from mzplan.views import StatusView
from mzplan.views.detail import DetailLine, sections
from mzplan.views.history import TrendLine, history
from mzplan.views.overview import ListedUnits, LitMean, TallyLights, shown
from mzplan.views.query import Query, rows_of

Owner = str | None
"""A unit's id; None is the whole city."""


class OwnerMean(NamedTuple):
    """A set of rows of one owner: their mean, and the months from which figures are carried into it."""

    mark: LitMean
    carried: tuple[Period, ...]


class HeatRow(NamedTuple):
    """One line of the heat map."""

    owner: Owner
    areas: tuple[OwnerMean, ...]
    """In the order of `ReportView.areas`."""
    whole: OwnerMean
    reported: int
    reporting: int


class Month(NamedTuple):
    """Where one row stood at the end of a month; no actual where that has not come or nothing was known."""

    period: Period
    actual: Fraction | None
    reported: int
    reporting: int
    """How many reports were owed for it; the actual rests on older figures in the place of those that are wanting."""
    target: Target | None
    scheduled: Fraction | None
    """The amount that the schedule asks for by then; None where there is no way to go."""


class FiledCount(NamedTuple):
    """How many of the indicators owed for a month a unit has reported."""

    reported: int
    owed: int
    is_unread: bool
    """Whether a report is there, of which nothing could be taken."""


@dataclass(frozen=True, kw_only=True)
class ReportView:
    """Everything that the page says about one scorecard and one question; worked out when it is asked for."""

    status: StatusView
    base: Path | None = None
    """What paths are told from."""
    said: Callable[[Location], RecordRemarks] = field(default=lambda _: RecordRemarks())
    """What a record says beside its figures."""

    @property
    def owners(self) -> tuple[Owner, ...]:
        """Who is on the page: of more than a screen holds those whom a screen lists."""
        status = self.status
        is_region = any(unit in status.card.plan.members for unit in status.query.units)
        return status.shown.owners if status.leaves_out or is_region else status.owners

    @cached_property
    def _query(self) -> Query:
        return self.status.query._replace(units=self.owners, by="unit", order="plan", descending=False)

    @cached_property
    def lines(self) -> Mapping[tuple[str, Owner], DetailLine]:
        """Every row that is shown, by indicator and owner, those of one owner together."""
        found = sections(self.status.card, self.status.ledger, self._query)
        return {(line.row.indicator.id, line.row.unit): line for section in found for line in section.lines}

    @cached_property
    def by_indicator(self) -> Mapping[str, Sequence[DetailLine]]:
        """The rows of each indicator in plan order, the city's first."""
        found: dict[str, list[DetailLine]] = {identifier: [] for identifier in self.status.card.plan.indicators}
        for (identifier, _), line in self.lines.items():
            found[identifier].append(line)
        return {identifier: lines for identifier, lines in found.items() if lines}

    @cached_property
    def areas(self) -> tuple[int | None, ...]:
        """The areas of which there are rows, in plan order."""
        indicators = self.status.card.plan.indicators
        return tuple(dict.fromkeys(indicators[identifier].area for identifier in self.by_indicator))

    @cached_property
    def rows(self) -> tuple[HeatRow, ...]:
        """The heat map: the city on top for comparison, then the owners; counted within the areas asked for."""
        return self._heat(tuple(dict.fromkeys((None, *self.owners))))

    def below(self, region: str) -> tuple[tuple[HeatRow, ...], ListedUnits] | None:
        """Who is directly below a region, the silent and worst first, no more than a screen holds; and who those are.

        None for a unit, and where all of these are on the page.
        """
        children = self.status.card.plan.children.get(region, ())
        if not set(children) - set(self.owners):
            return None
        query = self.status.query._replace(units=(region,), full=False)
        listed = shown(self.status.card, query, self.status.scope)
        return self._heat(listed.owners[1:]), listed

    def _heat(self, owners: Sequence[Owner]) -> tuple[HeatRow, ...]:
        card, scope = self.status.card, self.status.scope
        marks = TallyLights(card.preset)
        found = []
        for owner in owners:
            own = rows_of(card, self._query._replace(units=(owner,)))
            of_area = by_area(own)
            areas = (
                OwnerMean(marks.of(scope.areas[area, owner]), carried_into(of_area.get(area, ())))
                for area in self.areas
            )
            standing = scope.units[owner]
            whole = OwnerMean(marks.of(standing.tally), carried_into(own))
            found.append(HeatRow(owner, tuple(areas), whole, standing.reported, standing.reporting))
        return tuple(found)

    @cached_property
    def trend(self) -> tuple[tuple[Period, ...], tuple[TrendLine, ...]]:
        """The months up to now, and the completion of the whole and of each area over them, of the heads."""
        months = self.months_so_far
        cards = [self.status.at(period) for period in months]
        scope = self._query._replace(units=self.status.heads)
        whole = history(cards, scope._replace(by="unit"))
        series = (*whole.series, *history(cards, scope._replace(by="area")).series)
        return months, tuple(one for one in series if any(point.completion is not None for point in one.points))

    @property
    def months_so_far(self) -> tuple[Period, ...]:
        """The months of the plan's year up to the period."""
        period = self.status.card.period
        return tuple(month for month in self.status.card.plan.periods if month <= period) or (period,)

    @cached_property
    def calendar(self) -> Mapping[str, Sequence[FiledCount | None]]:
        """By unit, for each month of the year what was owed and reported.

        None for a month after the period for which it has sent nothing: that one is not late yet.
        """
        plan = self.status.card.plan
        periods, units = plan.periods, plan.units_and_regions
        return {
            unit: [
                filed if filed.reported or filed.is_unread or period in self.months_so_far else None
                for period, filed in ((period, self._filed(unit, period)) for period in periods)
            ]
            for unit in units
            if unit in self.owners
            and any(self.status.query.wants(one) for each in plan.members.get(unit, (unit,)) for one in plan.owed(each))
        }

    def _filed(self, unit: str, period: Period) -> FiledCount:
        ledger = self.status.ledger
        if members := self.status.card.plan.members.get(unit):
            filed = [self._filed(member, period) for member in members]
            return FiledCount(sum(one.reported for one in filed), sum(one.owed for one in filed), is_unread=False)
        owed = [one for one in self.status.card.plan.owed(unit, period) if self.status.query.wants(one)]
        empty = sum(ledger.is_empty(ledger.cell(one.id, unit, period.month)) for one in owed)
        is_unread = empty == len(owed) and unit in self.status.at(period).unread
        return FiledCount(len(owed) - empty, len(owed), is_unread)

    def months(self, row: Progress) -> tuple[Month, ...]:
        """The year of one row, month by month, each judged by the target then in force."""
        return tuple(self._month(row.indicator.id, row.unit, period) for period in self.status.card.plan.periods)

    def _month(self, identifier: str, owner: Owner, period: Period) -> Month:
        row = self.status.at(period).rows[identifier, owner]
        target = row.target if row.target is not None and row.target.operator != "undefined" else None
        scheduled = None
        if target is not None and row.expected is not None and row.schedule.kind in ("linear", "points"):
            scheduled = target.amount_at(row.expected, row.baseline)
        actual = row.actual if period in self.months_so_far else None
        return Month(period, actual, row.reported, row.reporting, target, scheduled)

    def explained(self, row: Progress) -> Explanation:
        """Everything behind a row."""
        return explain(self.status.card, self.status.ledger, row.indicator.id, row.unit, self.base, self.said)
