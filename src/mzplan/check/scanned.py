"""What came of one file: its records, and its findings, each with its place."""

from collections.abc import Sequence, Set
from typing import TYPE_CHECKING, NamedTuple

from mzplan.check.folded import with_parts
from mzplan.diagnostics import Diagnostic, Location, Occurrence, Rule, show
from mzplan.period import Period
from mzplan.plan.model import ReportingUnit
from mzplan.reading.flaws import Defect
from mzplan.rules import CHECKS
from mzplan.rules.registry import Cause, Finding, severity_of
from mzplan.rules.scope import Scope, value_field
from mzplan.submissions.header import FIELDS, USUAL
from mzplan.submissions.row import Row

if TYPE_CHECKING:
    from mzplan.check.remedies import Proposed
    from mzplan.check.row_rules import Rereading
    from mzplan.reading.csv_border import CsvTable


class Repeat(NamedTuple):
    """A record whose place in the ledger was taken already."""

    cell: int
    file: int
    line: int
    value: int
    denominator: int
    row: int = 0
    """As a spreadsheet counts rows."""
    cell_number: int = 0
    """The number of its code's cell in the row, from 1."""


class Scanned:
    """What came of one file, besides what is in the ledger now."""

    __slots__ = (
        "astray",
        "causes",
        "diagnostics",
        "encoding",
        "entered",
        "file",
        "is_blank",
        "proposals",
        "records",
        "repeats",
        "seen",
        "sheet",
        "told",
        "unread",
        "untouched",
    )

    def __init__(self, file: int, entered: int = 0, told: int = 0) -> None:
        self.file = file
        self.encoding = ""
        """Empty when no row could be read."""
        self.sheet = ""
        """The tab that was read, when it is a workbook."""
        self.records = 0
        """Rows that say something, sound or not."""
        self.entered = entered
        """Records that it left in the ledger."""
        self.diagnostics: list[Diagnostic] = []
        self.causes: list[Cause | None] = []
        """Of each finding what it may have in common with others."""
        self.repeats: list[Repeat] = []
        self.astray: set[tuple[str, int]] = set()
        """Units and months of which its rows speak, when they count for nothing."""
        self.seen: set[str] = set()
        """The indicators of rows that were left out for an error; those that are named stand for an unknown code."""
        self.told = told
        """How many findings there were, before the file was refused."""
        self.unread = 0
        """Rows left out that do not say which indicator they are about."""
        self.proposals: dict[tuple[int, str, str], Proposed] = {}
        """By line, code and field of a finding the record that its hint proposes."""
        self.untouched: dict[str, Occurrence] = {}
        """By indicator the row in which nothing is filled in."""
        self.is_blank = False
        """Whether it is a form in no row of which anything is filled in."""

    def leave_out(self, record: Row) -> None:
        """Count a row that is not in the ledger for an error."""
        called = record.names.indicator_called(record.texts[3]) if record.coded is None or record.is_shifted else None
        self.leave_out_all({code for code in (record.coded and record.coded.id, called) if code})

    def leave_out_all(self, indicators: Set[str]) -> None:
        """Count a row that is not in the ledger, by the indicators that it names."""
        self.seen |= indicators
        self.unread += not indicators


class FileFindings:
    """What is found in one file while it is read, each with its place."""

    def __init__(self, scope: Scope, file: int) -> None:
        self.scope = scope
        self.source = scope.source
        self.scanned = Scanned(file)
        self.header = USUAL
        self.table: CsvTable | None = None
        self.concerned: dict[tuple[str, str], tuple[list[int], list[Occurrence]]] = {}
        """By key field and cell that a rule spoke about: which diagnostics say so, and the rows that have the cell."""

    def told(self) -> int:
        """How many findings there are by now."""
        found = len(self.scanned.diagnostics) + len(self.scanned.repeats)
        return found + len(self.table.defects) if self.table else found

    def placed(self, defect: Defect) -> Defect:
        """The column counted, while the line is at hand."""
        if not defect.cell or self.table is None:
            return defect
        return defect._replace(column=self._column(defect.line, defect.cell))

    def _column(self, line: int, cell: int) -> int:
        """The column of the cell of that number in the row, as far as it stands on the row's first line; else 0."""
        if not cell or self.table is None:
            return 0
        columns = self.table.columns(line)
        return columns[cell - 1] if cell <= len(columns) else 0

    def say(
        self,
        rule: Rule,
        finding: Finding,
        line: int,
        texts: Sequence[str],
        record: Row | None = None,
        reread: "Rereading | None" = None,
    ) -> None:
        """Tell of a row what a rule has found.

        With `reread` the record that its proved remedy makes is kept: when all is read it is held against other months.
        """
        for remedy in finding.remedies if reread else ():
            if reread and (proposed := reread.proposed(remedy, finding, texts)):
                self.scanned.proposals[line, rule.code, finding.field] = proposed
        value = finding.value
        if value is None and finding.field:
            value = texts[FIELDS.index(finding.field)]
        unit, period, coded = (record.unit, record.period, record.coded) if record else (None, None, None)
        number = self.header.positions[FIELDS.index(finding.field)] + 1 if finding.field else finding.cell
        place = Location(self.source.path, line, self._column(line, number))
        self._add(rule, finding._replace(value=value), place, number, unit, period, coded.id if coded else "")

    def found(self, defect: Defect) -> None:
        """Tell of a defect in words."""
        rule, check = CHECKS.flaw[defect.flaw]
        place = Location(self.source.path, defect.line, defect.column)
        self._add(rule, check(defect), place, defect.cell, self.scope.place_unit, self.scope.place_period, "")
        if defect.lines:
            parts = tuple(Occurrence(line, row=self.table.row(line) if self.table else 0) for line in defect.lines)
            self.scanned.diagnostics[-1] = self.scanned.diagnostics[-1]._replace(parts=parts)

    def pass_over(self, record: Row) -> None:
        """Count a row in which nothing is filled in as none; its indicator is missing there unless it is elsewhere."""
        self.scanned.records -= 1
        if record.indicator is not None:
            number = self.header.positions[FIELDS.index(value_field(record.indicator))] + 1
            row = self.table.row(record.line) if self.table else 0
            part = part_of(record, row, self._column(record.line, number), number)
            self.scanned.untouched.setdefault(record.indicator.id, part)

    def _add(
        self,
        rule: Rule,
        finding: Finding,
        place: Location,
        number: int,
        unit: ReportingUnit | None,
        period: Period | None,
        indicator: str,
    ) -> None:
        self.scanned.causes.append(finding.cause)
        self.scanned.diagnostics.append(
            Diagnostic(
                place,
                rule,
                finding.message,
                severity_of(rule, finding),
                finding.field,
                finding.value,
                finding.told_hint,
                finding.fix,
                finding.related,
                unit.id if unit else "",
                indicator,
                str(period) if period else "",
                row=self.table.row(place.line) if self.table and place.line else 0,
                cell_number=number,
                meant=finding.meant,
            )
        )

    def forget(self, entered: int) -> None:
        """Drop all that was found, but not how much it was; so many of the records are still in the ledger."""
        sheet = self.scanned.sheet
        self.scanned = Scanned(self.scanned.file, entered=entered, told=self.told())
        self.scanned.sheet = sheet
        self.concerned = {}

    def finished(self) -> Scanned:
        """What came of the file, its findings with how many rows each concerns."""
        findings = self.scanned.diagnostics
        self.scanned.told = max(self.scanned.told, self.told())
        for where, parts in self.concerned.values():
            for at in where:
                fix = findings[at].fix
                told = parts if fix is None else [part._replace(fix=fix) for part in parts]
                findings[at] = with_parts(findings[at], told)
        return self.scanned


def part_of(record: Row, row: int, column: int, cell_number: int = 0) -> Occurrence:
    """A row as one of many that a finding is about."""
    return Occurrence(
        record.line,
        record.unit.id if record.unit else "",
        record.coded.id if record.coded else show(record.texts[2], 40),
        str(record.period) if record.period else "",
        row=row,
        cell_number=cell_number,
        column=column,
    )
