"""One year of one plan's figures: indicator × unit × month, exact and dense. Knows nothing of rules or totals."""

from array import array
from collections.abc import Iterator
from typing import NamedTuple

from mzplan.diagnostics import Location
from mzplan.indicator import Figure
from mzplan.period import Period
from mzplan.plan import Plan

EMPTY = -(1 << 63)
"""No record."""
NOT_APPLICABLE = EMPTY + 1
"""A record that says 不适用."""

NOTE, EVIDENCE, PRESENT = 1, 2, 4
"""Flags of a cell: the record has a note, has evidence; there is a record."""

MONTHS = 12


class Entry(NamedTuple):
    """One record as the ledger keeps it."""

    period: Period
    figure: Figure
    location: Location
    has_note: bool
    has_evidence: bool

    @property
    def is_not_applicable(self) -> bool:
        """Whether the record says 不适用."""
        return self.figure.value is None


class Ledger:
    """Dense arrays over (indicator, unit, month), bounded by the plan and not by the number of rows.

    A cell's position is `(indicator_index * units + unit_index) * 12 + month - 1`; the readers' hot loop writes the
    arrays directly. `values` holds millionths (of the numerator for a ratio; a milestone's stage position), `files` the
    position in `sources` and `lines` the physical line of the record.
    """

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        cells = len(plan.indicators) * len(plan.reporting_units) * MONTHS
        self.values = array("q", [EMPTY]) * cells
        self.denominators = array("q", [EMPTY]) * cells
        self.lines = array("i", [0]) * cells
        self.files = array("i", [0]) * cells
        self.flags = bytearray(cells)
        self.sources: list[str] = []

    def cell(self, indicator: str, unit: str, month: int = 1) -> int:
        """Position of the cell of that indicator, unit and month (1 to 12)."""
        plan = self.plan
        return (
            (plan.indicator_index[indicator] * len(plan.reporting_units) + plan.unit_index[unit]) * MONTHS + month - 1
        )

    def is_empty(self, cell: int) -> bool:
        """Whether no record has been written there."""
        return self.values[cell] == EMPTY

    def write(
        self, cell: int, figure: Figure, file: int = 0, line: int = 0, *, note: bool = False, evidence: bool = False
    ) -> None:
        """Put a record into its cell, over whatever stood there."""
        self.values[cell] = NOT_APPLICABLE if figure.value is None else figure.value
        self.denominators[cell] = EMPTY if figure.denominator is None else figure.denominator
        self.files[cell] = file
        self.lines[cell] = line
        self.flags[cell] = PRESENT | (NOTE if note else 0) | (EVIDENCE if evidence else 0)

    def erase(self, cell: int) -> None:
        """Take a record out again: a finding says that no figure may rest on it."""
        self.values[cell] = self.denominators[cell] = EMPTY
        self.lines[cell] = self.files[cell] = self.flags[cell] = 0

    def location(self, cell: int) -> Location:
        """Where the cell's record stands."""
        path = self.sources[self.files[cell]] if self.sources else ""
        return Location(path, self.lines[cell])

    def entry(self, cell: int) -> Entry | None:
        """The record in that cell, or None."""
        value = self.values[cell]
        if value == EMPTY:
            return None
        denominator = self.denominators[cell]
        figure = Figure(
            None if value == NOT_APPLICABLE else value,
            None if denominator == EMPTY else denominator,
        )
        flags = self.flags[cell]
        period = Period(self.plan.year, cell % MONTHS + 1)
        return Entry(period, figure, self.location(cell), bool(flags & NOTE), bool(flags & EVIDENCE))

    def series(self, indicator: str, unit: str) -> Iterator[Entry]:
        """The records of a unit's year of one indicator, by month; silent months are left out."""
        start = self.cell(indicator, unit)
        for cell in range(start, start + MONTHS):
            if (entry := self.entry(cell)) is not None:
                yield entry

    def latest(self, indicator: str, unit: str, period: Period) -> Entry | None:
        """The latest record not after that period, or None."""
        start = self.cell(indicator, unit)
        last = MONTHS if period.year > self.plan.year else period.month if period.year == self.plan.year else 0
        for cell in range(start + last - 1, start - 1, -1):
            if self.values[cell] != EMPTY:
                return self.entry(cell)
        return None

    def latest_period(self) -> Period | None:
        """The last month that has any record: the default period of every command."""
        for month in range(MONTHS, 0, -1):
            column = self.values[month - 1 :: MONTHS]
            if column.count(EMPTY) < len(column):
                return Period(self.plan.year, month)
        return None
