"""One year of one plan's figures: indicator × unit × month, exact and dense. Knows nothing of rules or totals."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain
from mmap import mmap
from struct import calcsize
from typing import Literal, NamedTuple, overload

from mzplan.diagnostics import Location
from mzplan.period import Period
from mzplan.plan.indicator import Figure
from mzplan.plan.model import Plan

EMPTY, NOT_APPLICABLE = -1, -2
"""Stand for the figure where there is no record, and where the record says 不适用. No figure is below 0."""

NOTE, EVIDENCE, SAYS_OTHERWISE = 1, 2, 4
"""Flags of a cell: the record has a note that explains something, has evidence, has a note that says otherwise."""

MONTHS = 12


@dataclass(frozen=True, slots=True)
class Entry:
    """One record as the ledger keeps it; two of different ledgers are equal when they say the same."""

    period: Period
    figure: Figure
    cell: int
    """Its place in the ledger."""
    ledger: "Ledger" = field(compare=False, repr=False)
    has_note: bool
    has_evidence: bool

    @property
    def location(self) -> Location:
        """Where the record stands, found when it is asked for."""
        return self.ledger.location(self.cell)

    @property
    def is_not_applicable(self) -> bool:
        """Whether the record says 不适用."""
        return self.figure.value is None


class Begun(NamedTuple):
    """A month after the one that is shown, of which there are records."""

    period: Period
    reported: int
    """How many units have reported anything for it."""
    unread: int
    """How many others' reports for it are there, but nothing of them could be taken."""


def shared(code: Literal["B", "I", "q"], length: int) -> "memoryview[int]":
    """So many zeros of that `struct` code, which take no memory before they are looked at."""
    size = calcsize(code) * length
    return memoryview(mmap(-1, max(size, 1)))[:size].cast(code)


class Figures(Sequence[int]):
    """Figures by cell, `EMPTY` at first: `held` is one more than each, as untouched memory is 0."""

    def __init__(self, length: int) -> None:
        self.held = shared("q", length)

    def __len__(self) -> int:
        return len(self.held)

    @overload
    def __getitem__(self, at: int) -> int: ...
    @overload
    def __getitem__(self, at: slice) -> list[int]: ...
    def __getitem__(self, at: int | slice) -> int | list[int]:
        if isinstance(at, slice):
            return [held - 1 for held in self.held[at].tolist()]
        return self.held[at] - 1

    def __setitem__(self, at: int, figure: int) -> None:
        self.held[at] = figure + 1

    def holds(self, figure: int, cells: slice) -> bool:
        """Whether one of these cells holds that figure."""
        return figure + 1 in self.held[cells].tolist()


class Ledger:
    """Dense columns over (indicator, unit, month), bounded by the plan and not by the number of rows.

    A cell's position is `indicator_index * block_count + block`, that of its block `unit_index * 12 + month - 1`.
    `values` holds millionths (of the numerator for a ratio; a milestone's stage position), `denominators` those of a
    ratio and else 0, `files` the position in `sources` and `lines` the physical line of the record, 0 of a file that
    is `unlocated` until `location` is asked for one. What nobody writes takes no memory: denominators of what is no
    ratio, flags.
    """

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.block_count = len(plan.reporting_units) * MONTHS
        """How many blocks there are: the step from an indicator's cell to the next one's."""
        self.sources: list[str] = []
        self._pairs = bytes("denominator" in indicator.columns for indicator in plan.indicators.values())
        """By indicator: whether its figures have a denominator; others are not looked at, which would take memory."""
        self.faulty: frozenset[tuple[str, str]] = frozenset()
        """Units and months of reports that have errors."""
        self.refused: frozenset[tuple[str, str, str]] = frozenset()
        """Indicators, units and months of rows that have errors."""
        self.clear()

    def clear(self) -> None:
        """Forget every record; the sources stay."""
        cells = len(self.plan.indicators) * self.block_count
        self.values = Figures(cells)
        self.denominators, self.lines, self.files = shared("q", cells), shared("I", cells), shared("I", cells)
        self.flags = shared("B", cells)
        self.notes: dict[int, str] = {}
        """By cell: what its record's note says, where it has one."""
        self.remarks: dict[int, tuple[str, str]] = {}
        """By cell: where something is said beside its record (a comment, a column that is not read), and what."""
        self.unlocated: dict[int, Callable[[], None]] = {}
        """By file whose lines nobody knows yet: what finds them."""

    def block(self, unit: str, month: int) -> int:
        """The block of that unit and month (1 to 12): its cell of the first indicator, the others' by steps."""
        return self.plan.unit_index[unit] * MONTHS + month - 1

    def cell(self, indicator: str, unit: str, month: int = 1) -> int:
        """Position of the cell of that indicator, unit and month (1 to 12)."""
        return self.plan.indicator_index[indicator] * self.block_count + self.block(unit, month)

    def keys(self, cell: int) -> tuple[str, str, int]:
        """The indicator, the unit and the month (1 to 12) of a cell."""
        rest, month = divmod(cell, MONTHS)
        indicator, unit = divmod(rest, len(self.plan.reporting_units))
        return tuple(self.plan.indicators)[indicator], self.plan.reporting_units[unit].id, month + 1

    def is_empty(self, cell: int) -> bool:
        """Whether no record has been written there."""
        return not self.values.held[cell]

    def count(self) -> int:
        """How many records there are."""
        step = max(self.block_count, 1)
        held = self.values.held
        return len(held) - sum(held[at : at + step].tolist().count(0) for at in range(0, len(held), step))

    def has_report(self, unit: str, month: int) -> bool:
        """Whether there is any record of that unit and month."""
        return any(self.values.held[self.block(unit, month) :: self.block_count])

    def silent(self, unit: str, month: int) -> list[int]:
        """Positions of the indicators without a record of that unit and month."""
        report = self.report(unit, month)
        return [at for at, figure in enumerate(report) if figure == EMPTY] if EMPTY in report else []

    def report(self, unit: str, month: int) -> list[int]:
        """The figures of that unit and month, of every indicator in plan order."""
        return self.values[self.block(unit, month) :: self.block_count]

    def write(
        self,
        cell: int,
        figure: Figure,
        file: int = 0,
        line: int = 0,
        *,
        note: str = "",
        explained: bool = False,
        evidence: bool = False,
        contradicted: bool = False,
    ) -> None:
        """Put a record into its cell, over whatever stood there."""
        if not self.is_empty(cell):
            self.erase(cell)
        if figure.denominator is not None:
            self.denominators[cell] = figure.denominator
        self.files[cell] = file
        self.lines[cell] = line
        if note:
            self.notes[cell] = note
        if explained or evidence or contradicted:
            self.flags[cell] = NOTE * explained | EVIDENCE * evidence | SAYS_OTHERWISE * contradicted
        self.values[cell] = NOT_APPLICABLE if figure.value is None else figure.value

    def erase(self, cell: int) -> None:
        """Take a record out again: a finding says that no figure may rest on it."""
        self.denominators[cell] = self.lines[cell] = self.files[cell] = self.flags[cell] = 0
        self.notes.pop(cell, None)
        self.remarks.pop(cell, None)
        self.values[cell] = EMPTY

    def erase_file(self, file: int, blocks: Iterable[int]) -> int:
        """Take out what a file has written to these blocks; how many records that was."""
        cells = chain.from_iterable(range(block, len(self.values), self.block_count) for block in blocks)
        own = [cell for cell in cells if not self.is_empty(cell) and self.files[cell] == file]
        for cell in own:
            self.erase(cell)
        return len(own)

    def location(self, cell: int) -> Location:
        """Where the cell's record stands."""
        if not self.lines[cell] and (find := self.unlocated.pop(self.files[cell], None)):
            find()
        return Location(self.path(cell), self.lines[cell])

    def path(self, cell: int) -> str:
        """The file in which the cell's record stands."""
        return self.sources[self.files[cell]] if self.sources else ""

    def entry(self, cell: int) -> Entry | None:
        """The record in that cell, or None."""
        value = self.values[cell]
        if value == EMPTY:
            return None
        denominator = self.denominators[cell] if self._pairs[cell // self.block_count] else 0
        figure = Figure(None if value == NOT_APPLICABLE else value, denominator or None)
        flags = self.flags[cell]
        period = Period(self.plan.year, cell % MONTHS + 1)
        return Entry(period, figure, cell, self, bool(flags & NOTE), bool(flags & EVIDENCE))

    def series(self, indicator: str, unit: str) -> Iterator[Entry]:
        """The records of a unit's year of one indicator, by month; silent months are left out."""
        start = self.cell(indicator, unit)
        for cell in range(start, start + MONTHS):
            if (entry := self.entry(cell)) is not None:
                yield entry

    def months_until(self, period: Period) -> int:
        """How many months of the year have come by the end of that period, 0 to 12."""
        return MONTHS if period.year > self.plan.year else period.month if period.year == self.plan.year else 0

    def latest(self, indicator: str, unit: str, period: Period) -> Entry | None:
        """The latest record not after that period, or None."""
        start, held = self.cell(indicator, unit), self.values.held
        cells = range(start + self.months_until(period) - 1, start - 1, -1)
        return next((self.entry(cell) for cell in cells if held[cell]), None)

    def reporters(self, period: Period) -> frozenset[str]:
        """Ids of the units with any record of that very period."""
        return self._reporters(self.plan.units, period)

    def _reporters(self, units: Iterable[str], period: Period) -> frozenset[str]:
        if period.year != self.plan.year:
            return frozenset()
        return frozenset(unit for unit in units if self.has_report(unit, period.month))

    def unread_at(self, period: Period) -> frozenset[str]:
        """Ids of the units whose report of that very period is there, but nothing of it was taken."""
        there = {unit for unit, month in self.faulty if month == str(period) and unit in self.plan.unit_index}
        return frozenset(there) - self._reporters(there, period)

    def refused_at(self, period: Period) -> frozenset[tuple[str, str]]:
        """Indicators and units of which a row of that very period is there, but was not taken."""
        there = {(one, unit) for one, unit, month in self.refused if month == str(period)}
        known = (key for key in there if key[0] in self.plan.indicators and key[1] in self.plan.unit_index)
        return frozenset(key for key in known if self.is_empty(self.cell(*key, period.month)))

    def months(self, until: int = MONTHS) -> Iterator[int]:
        """The months, 1 to 12, that have any record, the latest first and none after that one."""
        return (month for month in range(until, 0, -1) if any(self.values.held[month - 1 :: MONTHS]))

    def latest_period(self, before: Period | None = None) -> Period | None:
        """The last month, of all or of those before one, that has any record."""
        until = MONTHS if before is None else self.months_until(before.shift(-1))
        return next((Period(self.plan.year, month) for month in self.months(until)), None)

    def usual_period(self) -> Period | None:
        """The period that figures are shown for unless another is asked for; None without any record.

        That of `half_period`; if there is none, the latest with any record.
        """
        return self.half_period() or self.latest_period()

    def half_period(self) -> Period | None:
        """The latest period for which at least half of the units that owe have reported, or None."""
        for month in range(MONTHS, 0, -1):
            period = Period(self.plan.year, month)
            owing = {unit for one in self.plan.indicators.values() if one.is_owed(period) for unit in one.owing}
            if owing and 2 * len(owing & self.reporters(period)) >= len(owing):
                return period
        return None
