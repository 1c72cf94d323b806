"""Reading files into the ledger: rows that are sound beyond doubt by the fast path, all others by the rules."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from itertools import chain
from typing import NamedTuple

from mzplan.check.fast_path import FastPath
from mzplan.check.folded import by_cause, with_parts
from mzplan.check.remedies import Read, proved, proved_row
from mzplan.check.row_rules import Rereading, of_record, of_shape
from mzplan.check.shifted import LEAST_SHIFTED, fits, shift_of
from mzplan.diagnostics import Diagnostic, Location, Part, Rule, Severity, show
from mzplan.period import Period
from mzplan.plan.model import Plan, ReportingUnit
from mzplan.reading.csv_border import Defect, Flaw, Numbered, RefusedError, Table
from mzplan.reading.files import FileError, file_error
from mzplan.reading.number import BLANKS
from mzplan.rules import CHECKS
from mzplan.rules.registry import Cause, Finding, Scope
from mzplan.submissions.header import ENOUGH_HEADINGS, FIELDS, USUAL, Headers, meant_field
from mzplan.submissions.ledger import NOT_APPLICABLE, Ledger
from mzplan.submissions.names import Names
from mzplan.submissions.places import Place, place_at, should_be
from mzplan.submissions.row import Row, explains
from mzplan.submissions.sources import Source

MOST_FINDINGS = 25_000
"""A run with more, or a file with more records left out, is wrong throughout: the rest of that file is not read.

It is as many as GitHub takes of one SARIF run.
"""
SPARED = 100
"""So many findings every file may have, however many the files before it had."""
_HEADER_ROWS = 10
_SIDE_BY_SIDE = 3
"""So many units or indicators in one row are the columns of a wide sheet."""
_MOST_SHIFTED = 1000
"""A file with more rows is no clerk's report."""
_LOST_ROWS = frozenset({Flaw.OPEN_QUOTE, Flaw.STRAY_QUOTE, Flaw.LONG_CELL})

Progress = Callable[[int], None]


class Repeat(NamedTuple):
    """A record whose place in the ledger was taken already."""

    cell: int
    file: int
    line: int
    value: int
    denominator: int


class Scanned:
    """What came of one file, besides what is in the ledger now."""

    __slots__ = ("astray", "diagnostics", "encoding", "entered", "file", "records", "repeats", "seen", "told", "unread")

    def __init__(self, file: int, entered: int = 0, told: int = 0) -> None:
        self.file = file
        self.encoding = ""
        """Empty when no row could be read."""
        self.records = 0
        """Rows that say something, sound or not."""
        self.entered = entered
        """Records that it left in the ledger."""
        self.diagnostics: list[Diagnostic] = []
        self.repeats: list[Repeat] = []
        self.astray: set[tuple[str, int]] = set()
        """Units and months of which its rows speak, when they count for nothing."""
        self.seen: set[str] = set()
        """The indicators of rows that were left out for an error."""
        self.told = told
        """How many findings there were, before those of one cause became one or the file was refused."""
        self.unread = 0
        """Rows that do not say which indicator they are about."""


class _EnoughError(Exception):
    """More findings than anybody will read."""


class Scanner:
    """Reads files into one ledger."""

    def __init__(
        self,
        plan: Plan,
        ledger: Ledger,
        today: date | None,
        exists: Callable[[str, Source], bool],
        places: Sequence[Place] = (),
        *,
        fast: bool = True,
    ) -> None:
        self.plan = plan
        self.ledger = ledger
        self.today = today
        self.exists = exists
        self.names = Names(plan)
        self.places = places
        """By file: what it speaks for, as settled among all files."""
        self.fast_path = FastPath(plan, ledger) if fast else None
        self.headers = Headers()
        self.told = 0
        """Findings of the files read so far."""

    def scan(self, file: int, source: Source, progress: Progress | None = None) -> Scanned:
        """Read one file; whatever is wrong with it comes out as findings, and its sound rows are in the ledger."""
        reading = _Reading(self, file, source)
        try:
            if defect := source.defect or reading.refusal:
                raise RefusedError(defect)
            with source.open() as stream:
                reading.read(Table(stream), progress)
            if reading.misfits >= LEAST_SHIFTED and (shifted := reading.shift()):
                raise RefusedError(shifted)
        except FileError as error:
            reading.refuse(Defect(Flaw.FILE, detail=error.obstacle.value, expected=error.detail))
        except OSError as error:
            problem = file_error(error)
            reading.refuse(Defect(Flaw.FILE, detail=problem.obstacle.value, expected=problem.detail))
        except RefusedError as refused:
            reading.refuse(refused.defect)
        except _EnoughError:
            reading.break_off()
        scanned = reading.finished()
        self.told += scanned.told
        return scanned


class _Reading:
    """One file while it is read."""

    def __init__(self, scanner: Scanner, file: int, source: Source) -> None:
        self.scanner = scanner
        self.source = source
        self.scanned = Scanned(file)
        self.causes: list[Cause | None] = []
        """Of each finding what it may have in common with others."""
        self.place = place = scanner.places[file] if scanner.places else place_at(scanner.names, source.spot)
        scanner.names.begin_file(place.period)
        self.scope = Scope(
            scanner.plan,
            scanner.names,
            source,
            scanner.today,
            scanner.exists,
            {},
            place_unit=scanner.plan.units.get(place.unit),
            place_period=place.period,
        )
        self.header = USUAL
        self.table: Table | None = None
        self.spoken: dict[tuple[str, str], bool] = {}
        """By key field and cell: whether a rule called it an error."""
        self.concerned: dict[tuple[str, str], tuple[list[int], list[Part]]] = {}
        """By key field and cell that a rule spoke about: which diagnostics say so, and the rows that have the cell."""
        self.fast_path = scanner.fast_path if place.counts else None
        if self.fast_path is not None:
            self.fast_path.begin_file(file, self.scope)
        self.misfits = 0
        """Rows whose figures are of another kind than their indicator."""
        self.blocks: set[int] = set()
        """Blocks of the ledger that this file may have written to."""
        self.left_out = 0
        """Records that are not in the ledger."""
        self.most = max(SPARED, MOST_FINDINGS - scanner.told)
        """Findings that may be kept of this file."""

    @property
    def refusal(self) -> Defect | None:
        """Why it is not read at all: it is no table by its name."""
        return None if self.place.is_table else self.place.defect

    def read(self, table: Table, progress: Progress | None) -> None:
        """All rows of the file."""
        self.table = table
        self._admit_own()
        is_begun = False
        for batch in table.batches():
            before = self.scanned.records
            rows = batch if is_begun else self._begin(table, batch)
            if rows is not None:
                is_begun = True
                self._take(rows)
            if progress is not None:
                progress(self.scanned.records - before)
            if self._told() > self.most:
                raise _EnoughError
        if not is_begun:
            raise RefusedError(Defect(Flaw.EMPTY))
        if not self.scanned.records and not any(defect.flaw in _LOST_ROWS for defect in table.defects):
            raise RefusedError(Defect(Flaw.NO_ROWS))
        self.scanned.encoding = table.encoding
        self._tell_defects(table)

    def _tell_defects(self, table: Table) -> None:
        """What the reading of the bytes has brought up."""
        self.scanned.unread += sum(defect.flaw in _LOST_ROWS for defect in table.defects)
        defects, table.defects = table.defects, []
        if self.place.defect:
            defects.append(self._with_its_place(self.place.defect))
        for defect in defects:
            self.found(defect)

    def _with_its_place(self, defect: Defect) -> Defect:
        """Where a file belongs that its name does not tell: what all its rows say."""
        if self.place.key or len(self.scanned.astray) != 1:
            return defect
        ((unit, month),) = self.scanned.astray
        period = self.place.period or Period(self.scanner.plan.year, month)
        return defect._replace(expected=should_be(self.place.unit or unit, period))

    def break_off(self) -> None:
        """The rest of the file is not read, so that nothing can be said to be missing; what is in the ledger stays."""
        if self.table is not None:
            self._tell_defects(self.table)
        self.found(Defect(Flaw.TOO_MANY_FINDINGS, detail=f"{self.most:,}"))

    def _told(self) -> int:
        """How many findings there are by now."""
        found = len(self.scanned.diagnostics) + len(self.scanned.repeats)
        return found + len(self.table.defects) if self.table else found

    def _begin(self, table: Table, batch: Iterator[Numbered]) -> Iterator[Numbered] | None:
        """Find the header; the rows below it, or None when the batch is blank."""
        head: list[Numbered] = []
        for line, row in batch:
            if any(cell.strip(BLANKS) for cell in row):
                head.append((line, row))
                if len(head) == _HEADER_ROWS:
                    break
        if not head:
            return None
        try:
            self.header = self.scanner.headers.find(head, table.defects)
        except RefusedError as refused:
            raise RefusedError(self._wide(head) or refused.defect) from None
        finally:
            table.defects[:] = [self._placed(defect) for defect in table.defects]
        table.width = self.header.width
        return chain((item for item in head if item[0] > self.header.line), batch)

    def _wide(self, head: Sequence[Numbered]) -> Defect | None:
        """Units or indicators side by side in place of the columns, if that is what the header has."""
        names, first = self.scanner.names, head[0][0]
        headings = [row[0] for _, row in head if row and meant_field(row[0]) is not None]
        if len(set(headings)) >= ENOUGH_HEADINGS:
            return Defect(Flaw.WIDE, first, 1, "、".join(headings), "各条记录，列名在第一列")
        for line, row in head:
            units = {unit: cell for cell in row if cell and (unit := names.unit(cell).id)}
            codes = {code: cell for cell in row if cell and (code := names.indicator(cell).id)}
            codes |= {code: cell for cell in row if cell and (code := names.indicator_called(cell))}
            for found, what in ((units, "各填报单位"), (codes, "各指标")):
                if len(found) >= _SIDE_BY_SIDE:
                    return Defect(Flaw.WIDE, line, 1, "、".join(found.values()), what)
        return None

    def _placed(self, defect: Defect) -> Defect:
        """The column counted, while the line is at hand."""
        if not defect.cell or self.table is None:
            return defect
        columns = self.table.columns(defect.line)
        return defect._replace(column=columns[defect.cell - 1] if defect.cell <= len(columns) else 0)

    def _take(self, rows: Iterator[Numbered]) -> None:
        fast_path = self.fast_path
        if fast_path is None:
            for line, row in rows:
                self._look(line, row)
            return
        before = fast_path.taken
        try:
            for line, row in fast_path.rest(rows, self.header):
                self._look(line, row)
        finally:
            self.scanned.records += fast_path.taken - before
            self.scanned.entered += fast_path.taken - before

    def _admit_own(self) -> None:
        """A file in its place may speak of its unit and period from the first row on, unless a rule says otherwise."""
        scope = self.scope
        if scope.place_period is not None and scope.place_unit is not None:
            keys = {"period": str(scope.place_period), "unit": scope.place_unit.name}
            if not any(check(text, scope) for key, text in keys.items() for _, check in CHECKS.key[key]):
                self._admit(*keys.values())

    def _admit(self, period_text: str, unit_text: str) -> None:
        """Let the fast path take rows with these cells if they are spelt as they should be; no rule speaks of them."""
        names, fast_path = self.scanner.names, self.fast_path
        period, period_fix = names.period(period_text)
        unit = names.unit(unit_text)
        if fast_path is None or period is None or period_fix or unit.id is None or unit.fix:
            return
        block = self.scanner.ledger.block(unit.id, period.month)
        self.blocks.add(block)
        fast_path.admit(period_text, unit_text, unit.id, block)

    def _look(self, line: int, row: Sequence[str]) -> None:
        """Let the rules look at a row, and enter it if none of them calls it an error."""
        if not any(row) or not any(cell.strip(BLANKS) for cell in row):
            return
        self.scanned.records += 1
        if self.left_out > MOST_FINDINGS or self._told() > self.most:
            raise _EnoughError
        texts = self.header.arranged(row)
        if self.header.fits(row):
            self._remember(texts[0], texts[1])
        reread = Rereading(row, self.header, self.scope, self.scanner.ledger, self.scanned.file)
        if shape := of_shape(row, self.header, self.scope):
            rule, finding = shape
            self._say(rule, proved_row(finding, reread.is_sound), line, texts)
            self.scanned.unread += 1
            return
        record = Row(line, texts, self.scanner.names)
        is_bad = self._keys(record, reread.changed)
        if ("period", texts[0]) not in self.concerned and ("unit", texts[1]) not in self.concerned:
            self._admit(texts[0], texts[1])
        for rule, finding in proved(of_record(record, self.scope), texts, reread.changed):
            self._say(rule, finding, line, record.texts, record)
            is_bad = is_bad or rule.severity is Severity.ERROR
        self.misfits += is_bad and record.coded is not None and not fits(record.coded, texts[4:7])
        if not self.place.counts and record.unit and record.period and record.period.year == self.scanner.plan.year:
            self.scanned.astray.add((record.unit.id, record.period.month))
        if is_bad or not self.place.counts:
            self._leave_out(record)
        else:
            self._enter(record)

    def _column(self, line: int, name: str) -> int:
        """The column of a field's cell in that row, as far as it stands on the row's first line; else 0."""
        if not name or self.table is None:
            return 0
        columns, at = self.table.columns(line), self.header.positions[FIELDS.index(name)]
        return columns[at] if at < len(columns) else 0

    def _keys(self, record: Row, read: Read) -> bool:
        """Apply the rules about period and unit, each once for a cell's text; whether one of them is an error."""
        is_bad = False
        for at, key in enumerate(("period", "unit")):
            text = record.texts[at]
            said = (key, text)
            if said not in self.spoken:
                self.spoken[said] = False
                for rule, check in CHECKS.key[key]:
                    if finding := check(text, self.scope):
                        ((_, finding),) = proved([(rule, finding)], record.texts, read)
                        self._say(rule, finding, record.line, record.texts, record)
                        self.concerned.setdefault(said, ([], []))[0].append(len(self.scanned.diagnostics) - 1)
                        self.spoken[said] = self.spoken[said] or rule.severity is Severity.ERROR
            if said in self.concerned:
                self.concerned[said][1].append(_part(record, self.table.row(record.line) if self.table else 0))
            is_bad = is_bad or self.spoken[said]
        return is_bad

    def _remember(self, period: str, unit: str) -> None:
        for key, text in (("period", period), ("unit", unit)):
            if text.strip(BLANKS):
                self.scope.above[key] = text

    def shift(self) -> Defect | None:
        """Whether the columns of figures have slipped by a few rows: the file is read again for that."""
        names, source, rows = self.scanner.names, self.source, []
        with source.open() as stream:
            for _, row in chain.from_iterable(Table(stream).batches()):
                texts = self.header.arranged(row)
                if code := names.indicator(texts[2]).id:
                    rows.append((self.scanner.plan.indicators[code], texts[4:7]))
                if len(rows) > _MOST_SHIFTED:
                    return None
        return shift_of(rows)

    def _leave_out(self, record: Row) -> None:
        self.left_out += 1
        if record.coded is None:
            self.scanned.unread += 1
        else:
            self.scanned.seen.add(record.coded.id)

    def _enter(self, record: Row) -> None:
        ledger, figure = self.scanner.ledger, record.figure
        period, unit, indicator = record.period, record.unit, record.indicator
        if figure is None or period is None or unit is None or indicator is None:
            raise AssertionError(f"no rule spoke about {record.texts}")
        cell = ledger.cell(indicator.id, unit.id, period.month)
        if ledger.is_empty(cell):
            self.blocks.add(cell % ledger.block_count)
            says = {"note": explains(record.note), "evidence": bool(record.evidence)}
            ledger.write(cell, figure, self.scanned.file, record.line, **says)
            self.scanned.entered += 1
            return
        value = NOT_APPLICABLE if figure.value is None else figure.value
        below = figure.denominator or 0
        self.left_out += 1
        self.scanned.repeats.append(Repeat(cell, self.scanned.file, record.line, value, below))

    def _say(self, rule: Rule, finding: Finding, line: int, texts: Sequence[str], record: Row | None = None) -> None:
        """Tell of a row what a rule has found."""
        value = finding.value
        if value is None and finding.field:
            value = texts[FIELDS.index(finding.field)]
        unit, period, coded = (record.unit, record.period, record.coded) if record else (None, None, None)
        place = Location(self.source.path, line, self._column(line, finding.field))
        number = self.header.positions[FIELDS.index(finding.field)] + 1 if finding.field else 0
        self._add(rule, finding._replace(value=value), place, number, unit, period, coded.id if coded else "")

    def found(self, defect: Defect) -> None:
        """Tell of a defect in words."""
        rule, check = CHECKS.flaw[defect.flaw]
        place = Location(self.source.path, defect.line, defect.column)
        self._add(rule, check(defect), place, defect.cell, self.scope.place_unit, self.scope.place_period, "")

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
        self.causes.append(finding.cause)
        self.scanned.diagnostics.append(
            Diagnostic(
                place,
                rule,
                finding.message,
                rule.severity,
                finding.field,
                finding.value,
                finding.hint,
                finding.fix,
                finding.related,
                unit.id if unit else "",
                indicator,
                str(period) if period else "",
                row=self.table.row(place.line) if self.table and place.line else 0,
                cell_number=number,
            )
        )

    def refuse(self, defect: Defect) -> None:
        """Nothing of the file counts: take out what was entered, forget what was found."""
        ledger, file, left = self.scanner.ledger, self.scanned.file, self.scanned.entered
        for block in self.blocks:
            for cell in range(block, len(ledger.values), ledger.block_count):
                if not ledger.is_empty(cell) and ledger.files[cell] == file:
                    ledger.erase(cell)
                    left -= 1
        self.scanned = Scanned(file, entered=left, told=self._told())
        self.causes = []
        self.concerned = {}
        self.found(self._placed(defect))

    def finished(self) -> Scanned:
        """What came of the file, its findings with how many rows each concerns."""
        findings = self.scanned.diagnostics
        self.scanned.told = max(self.scanned.told, self._told())
        for where, parts in self.concerned.values():
            for at in where:
                fix = findings[at].fix
                told = parts if fix is None else [part._replace(fix=fix) for part in parts]
                findings[at] = with_parts(findings[at], told)
        findings[:] = by_cause(zip(findings, self.causes, strict=True))
        return self.scanned


def _part(record: Row, row: int) -> Part:
    """A row as one of many that a finding is about."""
    return Part(
        record.line,
        record.unit.id if record.unit else "",
        record.coded.id if record.coded else show(record.texts[2], 40),
        str(record.period) if record.period else "",
        row=row,
    )
