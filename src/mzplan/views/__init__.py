"""What `mzplan status` shows, as data: which tables, and what is in them. Knows nothing of text or formats."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import NamedTuple, TypeVar

from mzplan.period import Period
from mzplan.said import SCREEN
from mzplan.scoring.progress import INCOMPLETE, STATUS_ZH, UNREAD, Progress, Status, UnitTally
from mzplan.scoring.scorecard import Scorecard, score
from mzplan.submissions.ledger import Begun, Ledger
from mzplan.views.danger import Danger, Moves, dangers, moves, on_reference, unreached
from mzplan.views.detail import DetailLine, DetailSection, Group, Key, groups, sections, unlisted
from mzplan.views.history import History, history, trend_periods
from mzplan.views.overview import ListedUnits, Overview, PickedUnits, ScopeTotal, overview, picked, scope, shown
from mzplan.views.query import Query, is_among, rows_of

_UnitsT = TypeVar("_UnitsT", Group, DetailSection)


class LeftOut(NamedTuple):
    """A file of which no figure rests on some rows, or on anything, because they have errors."""

    path: str
    errors: int
    """How many of its lines have one."""
    reason: str = ""
    """Why nothing of it was read, when nothing was."""


@dataclass(frozen=True, kw_only=True)
class StatusView:
    """Everything a format may print about one scorecard and one question; worked out when it is asked for."""

    card: Scorecard
    ledger: Ledger
    query: Query = field(default_factory=Query)
    left_out: tuple[LeftOut, ...] = ()
    doubts: str = ""
    """The figures that are odd beside the ones before, in one sentence."""
    begun: tuple[Begun, ...] = ()
    """The later months that have begun, where none was asked for."""

    @cached_property
    def overview(self) -> Overview:
        """The first screen, within the units asked for."""
        return overview(self.card, self.query)

    @cached_property
    def scope(self) -> ScopeTotal:
        """What the units come to within the areas, tasks, offices and indicators asked for."""
        return scope(self.card, self.query)

    @cached_property
    def dangers(self) -> tuple[Danger, ...]:
        """What lags of what the city or a unit was firmly promised to reach, the city's targets first."""
        return dangers(self.card)

    @cached_property
    def owners(self) -> tuple[str | None, ...]:
        """Whose rows it is about: those asked for, with those below the regions among them; else the city and all."""
        return self.query.named(self.card.plan) or (None, *self.card.plan.units_and_regions)

    @property
    def heads(self) -> tuple[str | None, ...]:
        """Whom it sums up: the city where it is asked about, else each unit."""
        return (None,) if None in self.owners else self.query.units

    @property
    def leaves_out(self) -> bool:
        """Whether there are more units than a screen holds, and it is not asked for all of them."""
        plan = self.card.plan
        return not self.query.full and len(plan.reporting_units) > SCREEN

    @cached_property
    def listed(self) -> Query:
        """The question about those whom a screen lists, where it is asked of everybody, or of those below a region."""
        if self.query.by == "status":
            return self.query
        if self.picked is not None:
            return self.query._replace(units=self.picked.owners)
        asks_who = self.query.indicators or self.query.by == "unit"
        return self.query._replace(units=self.shown.owners) if asks_who and self._is_about_many else self.query

    @property
    def _is_about_many(self) -> bool:
        return self.leaves_out or any(unit in self.card.plan.members for unit in self.query.units)

    @cached_property
    def picked(self) -> PickedUnits | None:
        """Whom a screen lists where only some statuses are asked for; None where that is everybody asked about."""
        return picked(self.card, self.query, self.scope) if self.query.only and self._is_about_many else None

    @cached_property
    def shown(self) -> ListedUnits:
        """Whom a screen lists."""
        return shown(self.card, self.query, self.scope)

    @cached_property
    def concerns(self) -> tuple[Danger, ...]:
        """Of the heads what is due and not reached; with the city also what units were firmly promised to reach."""
        found = list(unreached(self.card, rows_of(self.card, self.query._replace(units=self.heads))))
        if None in self.heads:
            firm = [one for one in self.dangers if one.row.unit is not None and one.row.unit in self.owners]
            found += [one for one in firm if self.query.wants(one.row.indicator)]
        return tuple(one for one in found if not self.query.only or is_among(one.row, self.query.only))

    @property
    def late(self) -> tuple[Danger, ...]:
        """Of the city's targets those that lag by what is reported, as every count of them has it."""
        return tuple(one for one in self.dangers if one.row.unit is None)

    @cached_property
    def unsettled(self) -> tuple[Progress, ...]:
        """The city's targets of which something is expected by now, and that wait for those who are silent."""
        rows = (self.card.rows[identifier, None] for identifier in self.card.plan.indicators)
        return tuple(row for row in rows if row.is_due and row.status is Status.MISSING)

    @cached_property
    def silences(self) -> Mapping[str, tuple[UnitTally, ...]]:
        """By the word for how it does, who owes reports of what is asked for, who owes most first; no word for nobody.

        Of the city all on which it rests. A report that is there and could not be read is no silence.
        """
        wanted = frozenset(self.owners)
        found: dict[str, list[UnitTally]] = {UNREAD: [], STATUS_ZH[Status.MISSING]: [], INCOMPLETE: []}
        for unit, one in self.scope.units.items():
            if unit in self.card.plan.units and one.unreported and not wanted.isdisjoint((None, unit)):
                is_unread = self.card.is_all_unread(unit, self.query.wants)
                found[UNREAD if is_unread else INCOMPLETE if one.reported else STATUS_ZH[Status.MISSING]].append(one)
        return {way: tuple(sorted(units, key=lambda one: -one.unreported)) for way, units in found.items() if units}

    @cached_property
    def moves(self) -> Moves | None:
        """What has changed since the period before; None where there is none."""
        return moves(self.card, self.overview.standings)

    @cached_property
    def on_reference(self) -> Mapping[str, int]:
        """By unit, who lags most first: how many of its targets lag that are computed parts of city totals."""
        return on_reference(self.card)

    @cached_property
    def groups(self) -> tuple[Group, ...]:
        """One line for each group: as asked for, or how the units stand within the areas or tasks asked for."""
        found = groups(self.card, self._listed_by, self._listed_by.by or "unit")
        return found if self.query.order else self._as_listed(found)

    @property
    def _listed_by(self) -> Query:
        """The same, with what its groups are made by; what is no unit is of all whom it is about."""
        by = self.query.by or "unit"
        query = self.query._replace(by=by)
        return replace(self, query=query).listed if by == "unit" else query

    @property
    def unlisted(self) -> int:
        """How many groups have no line."""
        by = self.query.by or "unit"
        return self.picked.others if self.picked and by == "unit" else unlisted(self.card, self._listed_by, by)

    @cached_property
    def sections(self) -> tuple[DetailSection, ...]:
        """Single indicators."""
        return self._as_listed(sections(self.card, self.ledger, self.listed))

    def _as_listed(self, found: tuple[_UnitsT, ...]) -> tuple[_UnitsT, ...]:
        """Those of units in the order in which a screen lists these, where it picks some of many."""
        if self.picked is None or self.query.full or any(one.by != "unit" for one in found):
            return found
        at: dict[Key, int] = {unit: place for place, unit in enumerate(self.picked.owners)}
        return tuple(sorted(found, key=lambda one: at[one.key]))

    @cached_property
    def lines(self) -> tuple[DetailLine, ...]:
        """The lines of all sections."""
        return tuple(line for section in self.sections for line in section.lines)

    @cached_property
    def trend(self) -> History | None:
        """The last periods side by side, when asked for."""
        if self.query.trend is None:
            return None
        return self._history(trend_periods(self.card.period, self.card.plan.year, self.query.trend))

    @cached_property
    def comparison(self) -> History | None:
        """Then and now, when asked for."""
        return self._history((self.query.compare, self.card.period)) if self.query.compare else None

    def at(self, period: Period) -> Scorecard:
        """The scorecard of another period, by the same preset."""
        if period == self.card.period:
            return self.card
        if period not in self._cards:
            self._cards[period] = score(self.card.plan, self.ledger, period, self.card.preset, rank=self.query.rank)
        return self._cards[period]

    def _history(self, periods: tuple[Period, ...]) -> History:
        query = self.listed if self.query.drills or self.query.by is not None else self._listed_by._replace(by=None)
        return history([self.at(period) for period in periods], query)

    @cached_property
    def _cards(self) -> dict[Period, Scorecard]:
        return {}
