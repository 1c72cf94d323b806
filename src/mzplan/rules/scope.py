"""What a rule looks at beside a cell or a record: the file it stands in, a unit's year, all that was read."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, lru_cache
from typing import NamedTuple, Self

from mzplan.diagnostics import Location, Occurrence
from mzplan.period import Period
from mzplan.plan.indicator import Indicator
from mzplan.plan.model import Plan, ReportingUnit
from mzplan.plan.target import Target
from mzplan.submissions.ledger import EVIDENCE, MONTHS, NOTE, Ledger
from mzplan.submissions.names import Names
from mzplan.submissions.sources import Source


@dataclass(frozen=True, kw_only=True)
class Scope:
    """What a rule may ask beside the thing it looks at: the plan, the file, the day."""

    plan: Plan
    names: Names
    source: Source
    today: date | None
    """None when nobody said what day it is: rules about dates are silent."""
    exists: Callable[[str, Source], bool]
    """Whether a file that is named as evidence is there."""
    above: dict[str, str]
    """The last period and unit of this file that were not blank; kept up to date while it is read."""
    place_unit: ReportingUnit | None = None
    """The unit that the file's path names."""
    place_period: Period | None = None
    sums: Callable[[Sequence[str]], Sequence[Sequence[int]]] = lambda _: ()
    """By the cells of a total what it may sum up, by column in millionths; empty where nobody adds it up."""


@lru_cache(maxsize=1)  # the rules take all series of one ledger
def names_of(ledger: Ledger) -> Names:
    """The names of the plan that the records of a ledger are of."""
    return Names(ledger.plan)


_WITHOUT_WORDS = bytes((0, EVIDENCE))
"""The flags of cells of which no note says anything."""
_YEAR = range(1, MONTHS + 1)


@dataclass(frozen=True, eq=False)
class Series:
    """A unit's year of one indicator, in integers as the ledger has them: the months that have a figure, in order.

    Each is itself alone, so that what several rules ask of one is worked out once.
    """

    ledger: Ledger
    indicator: Indicator
    unit: ReportingUnit
    months: Sequence[int]
    """From 1 to 12; the other sequences are as long."""
    values: Sequence[int]
    denominators: Sequence[int]
    """Empty unless the indicator is a ratio."""
    otherwise: Mapping[int, bool] = field(default_factory=dict)
    """By position of a figure that stands for another one: whether its note says that it is not that."""
    without_note: int | None = None
    """The position of a figure that is looked at as if it had no note."""
    with_remark: int | None = None
    """The position of a figure that is looked at as if what is said beside its record were its note."""

    @classmethod
    def of(cls, ledger: Ledger, indicator: Indicator, unit: ReportingUnit) -> Self:
        """What a ledger has of a unit's year of one indicator, without the months that have no figure."""
        start = ledger.cell(indicator.id, unit.id)
        year = ledger.values[start : start + MONTHS]
        if min(year) >= 0:  # as nearly all are
            whole = ledger.denominators[start : start + MONTHS].tolist() if indicator.ratio else ()
            return cls(ledger, indicator, unit, _YEAR, year, whole)
        months = [month for month, value in enumerate(year, start=1) if value >= 0]
        below = [ledger.denominators[start + month - 1] for month in months] if indicator.ratio else ()
        return cls(ledger, indicator, unit, months, [value for value in year if value >= 0], below)

    @property
    def plan(self) -> Plan:
        """The plan that the figures are of."""
        return self.ledger.plan

    def period(self, at: int) -> Period:
        """The month of the figure in that position."""
        return Period(self.plan.year, self.months[at])

    def cell(self, at: int) -> int:
        """Where it stands in the ledger."""
        return self._start + self.months[at] - 1

    @cached_property
    def _start(self) -> int:
        return self.ledger.cell(self.indicator.id, self.unit.id)

    def place(self, at: int) -> Location:
        """Where its record stands."""
        return self.ledger.location(self.cell(at))

    def has_unread_between(self, before: int, at: int) -> bool:
        """Whether a report between two figures is there, but could not be used: it may explain how they differ."""
        between = (month for month in range(self.months[before] + 1, self.months[at]) if month not in self.months)
        return any((self.unit.id, str(Period(self.plan.year, month))) in self.ledger.faulty for month in between)

    def target(self, at: int) -> Target | None:
        """What the unit is judged by in that month, if anything is promised of it."""
        promised = self._all_year or (self.plan.target_for(self.indicator, self.unit.id, self.period(at)),)
        return promised[0][0] if promised[0] else None

    @cached_property
    def _all_year(self) -> tuple[tuple[Target, str] | None, ...]:
        """What is promised of the unit where that is the same in every month; else nothing."""
        parts = self.plan.parts.get((self.indicator.id, self.unit.id), ())
        changes = self.indicator.revisions or any(part.start for part in parts)
        return () if changes else (self.plan.target_for(self.indicator, self.unit.id, self.period(0)),)

    @cached_property
    def has_words(self) -> bool:
        """Whether any record of the year has a note, or is looked at as if it had."""
        year = range(self._start, self._start + MONTHS)
        is_flagged = bool(self.ledger.flags[year.start : year.stop].tobytes().strip(_WITHOUT_WORDS))
        is_noted = not self.ledger.notes.keys().isdisjoint(year)
        return is_flagged or is_noted or bool(self.otherwise) or self.with_remark is not None

    @cached_property
    def has_remarks(self) -> bool:
        """Whether anything is said beside a record of the year."""
        return not self.ledger.remarks.keys().isdisjoint(range(self._start, self._start + MONTHS))

    @cached_property
    def is_plain(self) -> bool:
        """Whether no month between its first and last is missing, none has a note, and all have one promise."""
        is_whole = self.months[-1] - self.months[0] == len(self.months) - 1
        return is_whole and bool(self._all_year) and not self.has_words

    def note(self, at: int) -> str:
        """The note of its record; empty for none."""
        if at == self.with_remark:
            return self.remark(at)[1]
        return "" if at == self.without_note else self.ledger.notes.get(self.cell(at), "")

    def remark(self, at: int) -> tuple[str, str]:
        """Where something is said beside its record, and what; both empty for nothing."""
        return self.ledger.remarks.get(self.cell(at), ("", ""))

    def has_flag(self, at: int, flag: int) -> bool:
        """Whether a flag of its note is set."""
        return at != self.without_note and bool(self.ledger.flags[self.cell(at)] & flag)

    def has_note(self, at: int) -> bool:
        """Whether its record has a note that explains something."""
        return self.has_flag(at, NOTE)

    def has_evidence(self, at: int) -> bool:
        """Whether its record has evidence."""
        return bool(self.ledger.flags[self.cell(at)] & EVIDENCE)


class Whole(NamedTuple):
    """All that was read."""

    plan: Plan
    ledger: Ledger
    today: date | None
    sources: Sequence[Source]
    """All files in reading order; the ledger's `files` index them."""
    placed: Mapping[int, tuple[str, Period]]
    """By file: the unit id and month that its path names."""
    read: frozenset[int]
    """The files whose rows were read and count."""
    astray: frozenset[tuple[str, int]]
    """Units and months of which rows speak that do not count, as their file does not lie in its place."""
    closed: frozenset[tuple[str, int]]
    """Units and months whose folder cannot be looked into: their reports may be there."""
    given: frozenset[int]
    """The files to be reported on; the others are context."""
    seen: Mapping[int, frozenset[str]]
    """By file: the indicators of rows that were left out for an error."""
    wrong: frozenset[int | None]
    """The cells of records that an error of their series makes useless: they leave the ledger when all have looked."""
    unread: Mapping[int, int]
    """By file: how many rows do not say which indicator they are about."""
    untouched: Mapping[int, Mapping[str, Occurrence]]
    """By file and indicator the row in which nothing is filled in."""
    blank: frozenset[int]
    """The files that are forms in no row of which anything is filled in."""


def value_field(indicator: Indicator) -> str:
    """The column that a finding about an indicator's figure names."""
    return "numerator" if "numerator" in indicator.columns else "value"
