"""The scorecards of one year as prose asks for them: which rows are in a group, who reports, who is silent."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property

from mzplan import figures
from mzplan.bulletin import groups
from mzplan.bulletin.model import EVERY, Subject
from mzplan.period import Period
from mzplan.plan.model import Plan
from mzplan.scoring.pace import Pace, pace
from mzplan.scoring.progress import Progress, Tally, UnitTally
from mzplan.scoring.scorecard import Scorecard
from mzplan.submissions.ledger import MONTHS, Ledger


@dataclass(frozen=True)
class ScoredYear:
    """One scorecard and the earlier ones of its year, asked for rows and units."""

    card: Scorecard
    ledger: Ledger
    scored: Callable[[Period], Scorecard]
    """The scorecard of another period of the same year."""

    @property
    def plan(self) -> Plan:
        """The plan that is reported on."""
        return self.card.plan

    @property
    def period(self) -> Period:
        """The period that is reported on."""
        return self.card.period

    @property
    def earlier(self) -> tuple[Period, ...]:
        """The periods of the same year before this one."""
        return tuple(Period(self.period.year, month) for month in range(1, self.period.month))

    def row(self, subject: Subject) -> Progress | None:
        """The row of a subject that names an indicator."""
        return self.card.row(subject.indicator, subject.unit)

    def rows(self, subject: Subject, group: str = "all") -> list[Progress]:
        """The rows of a unit or the city, within an area, that belong to a group."""
        key = (subject.unit, subject.area, group)
        if key not in self._groups:
            about = groups.rows_about(self.card, subject)
            self._groups[key] = tuple(row for row in about if groups.passes(row, group, self.card))
        return list(self._groups[key])

    @cached_property
    def _groups(self) -> dict[tuple[str | None, int | None, str], tuple[Progress, ...]]:
        """The groups counted so far: a bulletin and its verification count each of them many times."""
        return {}

    def addends(self, subject: Subject, group: str) -> list[Progress]:
        """The unit rows behind a city row that its target applies to and that belong to a group."""
        row = self.row(subject)
        return [one for one in groups.concerned(row) if groups.passes(one, group, self.card)] if row else []

    def reporters(self, group: str, region: str | None = None) -> list[UnitTally]:
        """The units that owe reports and belong to a group of `REPORTERS`; of a region those below it alone."""
        within = self.plan.members.get(region or "")
        owing = [tally for unit, tally in self.card.units.items() if unit is not None and tally.reporting]
        owing = owing if within is None else [tally for tally in owing if tally.unit in within]
        return [tally for tally in owing if groups.REPORTERS[group](tally, self.is_unread(tally.unit))]

    def standing(self, unit: str | None) -> UnitTally | None:
        """How a unit, a region or, for None, the city stands; None for whoever owes and is judged on nothing."""
        return self.card.units.get(unit) or self.card.regions.get(unit)

    def is_unread(self, unit: str | None) -> bool:
        """Whether a unit sent something of all that it owes for the period, and none of it could be taken."""
        return not self.card.units[unit].reported and self.card.is_all_unread(unit)

    def last_heard(self, unit: str | None) -> int | None:
        """The latest month for which a unit has reported anything at all; None where there is none in the year."""
        return max(
            (row.record_period.month for row in self.rows(Subject(unit=unit)) if row.record_period), default=None
        )

    def unit_names(self, units: Iterable[str | None]) -> tuple[str, ...]:
        """Names of units by their ids."""
        return tuple(self.plan.units[unit].name for unit in units if unit is not None)

    @cached_property
    def silent(self) -> frozenset[str | None]:
        """The units that owe reports and of which none counts."""
        return frozenset(tally.unit for group in ("none", "unread") for tally in self.reporters(group))

    @cached_property
    def is_silent(self) -> bool:
        """Whether most of the units that owe reports have sent none: nothing can be said of the city then."""
        return groups.is_mostly_silent(self.card)

    def _is_silent_region(self, region: str) -> bool:
        """Whether it is a region, and most of its units that owe reports have sent none: nothing can be said of it."""
        owing = self.reporters("all", region) if region in self.plan.members else []
        return 2 * sum(not tally.reported for tally in owing) > len(owing)

    @property
    def is_last(self) -> bool:
        """Whether it is the year's last period, after which nothing can be done for the year."""
        return self.period.month == MONTHS

    @cached_property
    def is_over(self) -> bool:
        """Whether the year is, and with it the date of everything that is judged."""
        return self.is_last and all(
            row.schedule.due <= self.period
            for unit in (None, *self.plan.units)
            for row in self.rows(Subject(unit=unit), "judged")
        )

    @cached_property
    def is_referring(self) -> bool:
        """Whether a reference weighs in the completion of any unit, so that no place among them can be told."""
        return any(self.rows(Subject(unit=unit), "reference") for unit in self.plan.units)

    @cached_property
    def unplaced(self) -> frozenset[str | None]:
        """The units that are left out of the ranking of the others because none of their reports counts."""
        return frozenset(unit for unit in self.silent if unit and self.plan.units[unit].is_ranked)

    @cached_property
    def overall_decimals(self) -> int:
        """With how many the units' completions are printed: one, or as many as keep apart what has different places."""
        ranked = [one.tally.completion for one in self.card.units.values() if one.rank is not None]
        known = set() if self.is_referring else {completion for completion in ranked if completion is not None}
        return next(
            (few for few in range(1, 4) if len({figures.percent(one, few, [1]) for one in known}) == len(known)), 1
        )

    def tally(self, subject: Subject) -> Tally | None:
        """The tally of a unit, or of a region or the city that is not silent, within an area or over everything."""
        if self.is_silent if subject.unit is None else self._is_silent_region(subject.unit):
            return None
        if subject.area == EVERY:
            standing = self.standing(subject.unit)
            return standing.tally if standing else None
        return self.card.areas.get((subject.area, subject.unit))

    def pace(self, subject: Subject) -> Pace | None:
        """What an unmet row that falls short still needs; None when nothing is short or nothing known."""
        row = self.row(subject)
        need = pace(self.ledger, row, self.period) if row is not None and row.actual is not None else None
        return need if need is not None and need.left > 0 else None
