"""Reading files into the ledger: rows that are sound beyond doubt by the fast path, all others by the rules."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import cache
from itertools import chain

from mzplan.check.fast_path import IS_SAFE, FastPath
from mzplan.check.remedies import Read, proved, proved_row
from mzplan.check.row_rules import Rereading, is_beside, notes_of, of_record, of_shape
from mzplan.check.scanned import FileFindings, Repeat, Scanned, part_of
from mzplan.check.shifted import LEAST_SHIFTED, is_misfit, shift_in
from mzplan.diagnostics import Rule, Severity
from mzplan.period import Period
from mzplan.plan.model import Plan
from mzplan.reading.csv_border import HEADER_ROWS, CsvTable, Numbered
from mzplan.reading.files import FileError, file_error
from mzplan.reading.flaws import BROKEN_ROWS, Defect, Flaw, RefusedError
from mzplan.reading.number import BLANKS
from mzplan.rules import CHECKS
from mzplan.rules.dittos import DITTO, resolved
from mzplan.rules.scope import Scope
from mzplan.submissions.above import above_header
from mzplan.submissions.corrections import CorrectionTables
from mzplan.submissions.garbled import refuse_garbled
from mzplan.submissions.header import FIELDS, Headers, is_row_number, require_alike
from mzplan.submissions.labels import measures_beside
from mzplan.submissions.ledger import NOT_APPLICABLE, Ledger
from mzplan.submissions.names import Names
from mzplan.submissions.opening import other_separator, table_of
from mzplan.submissions.other_sheets import in_columns, noted
from mzplan.submissions.places import Place, ending_at_odds, place_at, should_be
from mzplan.submissions.remarks import column_sums
from mzplan.submissions.row import Row
from mzplan.submissions.shown import as_shown
from mzplan.submissions.side_by_side import side_by_side
from mzplan.submissions.sources import Source

MOST_FINDINGS = 25_000
"""A run with more, or a file with more records left out, is wrong throughout: the rest of that file is not read.

It is as many as GitHub takes of one SARIF run.
"""
SPARED = 100
"""So many findings every file may have, however many the files before it had."""

Progress = Callable[[int], None]


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
        self.held = frozenset(place.key for place in places if place.counts and place.key)
        """The units and months of which there is a report that counts."""
        self.fast_path = FastPath(plan, ledger) if fast and IS_SAFE else None
        self.headers = Headers()
        self.told = 0
        """Findings of the files read so far."""

    def scan(self, file: int, source: Source, progress: Progress | None = None) -> Scanned:
        """Read one file; whatever is wrong with it comes out as findings, and its sound rows are in the ledger."""
        reading = Reading(self, file, source)
        try:
            if defect := source.defect or reading.refusal:
                raise RefusedError(defect)
            with source.open() as stream:
                reading.read(table_of(stream, source.sheet), progress)
            if reading.misfits >= LEAST_SHIFTED and (shifted := shift_in(source, reading.header, self.names)):
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


class Reading(FileFindings):
    """One file while it is read."""

    def __init__(self, scanner: Scanner, file: int, source: Source) -> None:
        self.scanner = scanner
        self.place = place = scanner.places[file] if scanner.places else place_at(scanner.names, source.spot)
        scanner.names.begin_file(place.period)
        added = cache(lambda: column_sums(source.open, self.header, scanner.names))
        scope = Scope(
            plan=scanner.plan,
            names=scanner.names,
            source=source,
            today=scanner.today,
            exists=scanner.exists,
            above={},
            place_unit=scanner.plan.units.get(place.unit),
            place_period=place.period,
            sums=lambda cells: added()(cells),
        )
        super().__init__(scope, file)
        self.spoken: dict[tuple[str, str], bool] = {}
        """By key field and cell: whether a rule called it an error."""
        self.fast_path = scanner.fast_path if place.counts else None
        if self.fast_path is not None:
            self.fast_path.begin_file(file, self.scope)
        self.headings: Sequence[str] = ()
        """The cells of the header as they stand."""
        self.corrections = CorrectionTables(self.header, (), scanner.names)
        self.misfits = 0
        """Rows whose figures are of another kind than their indicator."""
        self.blocks: set[int] = set()
        """Blocks of the ledger that this file may have written to."""
        self.left_out = 0
        """Records that are not in the ledger."""
        self.most = max(SPARED, MOST_FINDINGS - scanner.told)
        """Findings that may be kept of this file."""

    @property
    def _is_workbook(self) -> bool:
        """Whether what is no record and says nothing of the figures may stand: no repair takes it out of a workbook."""
        return bool(self.table and self.table.sheet)

    @property
    def refusal(self) -> Defect | None:
        """Why it is not read at all: it is no table by its name."""
        defect = self.place.defect
        return None if self.place.is_table or defect is None else self._with_its_place(defect)

    def read(self, table: CsvTable, progress: Progress | None) -> None:
        """All rows of the file."""
        self.table = table
        self.scanned.sheet = table.sheet
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
            if self.told() > self.most:
                raise _EnoughError
        if not is_begun:
            raise RefusedError(Defect(Flaw.EMPTY))
        is_read = self.scanned.records or self.scanned.unread or self.scanned.seen
        if not is_read and not any(defect.flaw in BROKEN_ROWS for defect in table.defects):
            raise RefusedError(Defect(Flaw.UNTOUCHED if self.scanned.untouched else Flaw.NO_ROWS))
        self.scanned.encoding = table.encoding
        if ending := ending_at_odds(self.source.path, is_workbook=bool(table.sheet)):
            self.found(Defect(Flaw.OTHER_FORMAT, detail=ending))
        table.defects[:] = [*self.corrections.instead_of(table.defects), *map(self.placed, self.corrections.defects())]
        beside = measures_beside(self.source.open, self.header, self.headings, self.scanner.names)
        table.defects += map(self.placed, beside)
        unknown = [each for each in table.defects if each.flaw is Flaw.UNKNOWN_COLUMN]
        comments = [*table.around.comments, *in_columns(self.source.open, unknown, self.scanner.names)]
        table.defects += noted(
            self.source.open, comments, self.header, self.scanner.names, self.place, self._remember_beside
        )
        self._tell_defects(table)

    def _remember_beside(self, record: Row, where: str, said: str) -> None:
        """Keep what is said beside a record that counts."""
        ledger, period = self.scanner.ledger, record.period
        if not (record.unit and record.indicator and period and period.year == self.scanner.plan.year):
            return
        cell = ledger.cell(record.indicator.id, record.unit.id, period.month)
        if not ledger.is_empty(cell) and ledger.files[cell] == self.scanned.file:
            ledger.remarks[cell] = where, said

    def _tell_defects(self, table: CsvTable) -> None:
        """What the reading of the bytes has brought up."""
        self.scanned.unread += sum(defect.flaw in BROKEN_ROWS for defect in table.defects)
        defects, table.defects = table.defects, []
        if self.place.defect:
            defects.append(self._with_its_place(self.place.defect))
        for defect in defects:
            self.found(defect)

    def _with_its_place(self, defect: Defect) -> Defect:
        """Where a file belongs that its name does not tell: what all its rows say."""
        key = self.place.key
        if not key and len(self.scanned.astray) == 1:
            ((unit, month),) = self.scanned.astray
            key = self.place.unit or unit, self.place.period or Period(self.scanner.plan.year, month)
            flaw = Flaw.OTHER_NAME if defect.flaw is Flaw.OF_REGION else defect.flaw
            defect = defect._replace(flaw=flaw, expected=should_be(*key))
        return defect._replace(is_taken=not self.place.counts and key in self.scanner.held)

    def break_off(self) -> None:
        """The rest of the file is not read, so that nothing can be said to be missing; what is in the ledger stays."""
        if self.table is not None:
            self._tell_defects(self.table)
        self.found(Defect(Flaw.TOO_MANY_FINDINGS, detail=f"{self.most:,}"))

    def _begin(self, table: CsvTable, batch: Iterator[Numbered]) -> Iterator[Numbered] | None:
        """Find the header; the rows below it, or None when the batch is blank."""
        head: list[Numbered] = []
        for line, row in batch:
            if any(cell.strip(BLANKS) for cell in row):
                head.append((line, row))
                if len(head) == HEADER_ROWS:
                    break
        if not head:
            return None
        try:
            refuse_garbled(head, self.scanner.names)
            self.header = self.scanner.headers.find(head, table.defects)
            self._look_above(table, head)
        except RefusedError as refused:
            raise RefusedError(side_by_side(head, self.scanner.names) or refused.defect) from None
        finally:
            table.defects[:] = [self.placed(defect) for defect in table.defects]
        table.width = self.header.width
        self.corrections = CorrectionTables(self.header, self.headings, self.scanner.names)
        if self.corrections.beside.columns:
            self.fast_path = None
        return chain((item for item in head if item[0] > self.header.line), batch)

    def _look_above(self, table: CsvTable, head: Sequence[Numbered]) -> None:
        """What stands above the header is a title, unless there are records in it or words that nobody may lose."""
        line = self.header.line
        self.headings = next(row for at, row in head if at == line)
        above = [item for item in head if item[0] < line]
        records, said = above_header(above, self.header, self.headings, table, self.scanner.names, self.place)
        self.scanned.records += records
        self.scanned.unread += records
        told = {(defect.line, defect.cell) for defect in said}
        is_no_title = any(0 < defect.line < line for defect in said)
        table.defects[:] = [
            each
            for each in table.defects
            if (each.line, each.cell) not in told
            and not (each.flaw is Flaw.TITLE_ROW and (is_no_title or self._is_workbook))
        ]
        table.defects += said

    def _take(self, rows: Iterator[Numbered]) -> None:
        if self.table is not None:
            rows = as_shown(rows, self.table, self.header, self.scanner.names)
        fast_path = self.fast_path
        before = fast_path.taken if fast_path else 0
        try:
            for line, row in self.corrections.apart(fast_path.rest(rows, self.header) if fast_path else rows):
                self._look(line, row)
        finally:
            taken = fast_path.taken - before if fast_path else 0
            self.scanned.records += taken
            self.scanned.entered += taken

    def _admit_own(self) -> None:
        """A file in its place may speak of its unit and period from the first row on, unless a rule says otherwise."""
        scope = self.scope
        if scope.place_period is not None and scope.place_unit is not None:
            keys = str(scope.place_period), scope.place_unit.name
            if not self.speaks_of(*keys):
                self._admit(*keys)

    def passes(self, row: Sequence[str]) -> bool:
        """Whether no rule has anything to say about this record or one before it, which are in the ledger then."""
        self._look(0, row)
        return not self.told()

    def speaks_of(self, period: str, unit: str) -> bool:
        """Whether a rule has anything to say about that period or that unit in this file."""
        texts = {"period": period, "unit": unit}
        return any(check(text, self.scope) for key, text in texts.items() for _, check in CHECKS.key[key])

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
        said = [at for at, cell in enumerate(row) if cell.strip(BLANKS)]
        if not said or (len(said) == 1 and is_row_number(row[said[0]], said[0], self.headings)):
            return
        require_alike(self.header, self.headings, line, row)
        texts = self.header.arranged(row)
        shape = of_shape(row, self.header, self.scope)
        self.scanned.records += shape is None
        if self.left_out > MOST_FINDINGS or self.told() > self.most:
            raise _EnoughError
        reread = Rereading(row, self.header, self.scope, self.scanner.ledger, self.scanned.file)
        if shape:
            rule, finding = shape
            if rule.takes_out and self._is_workbook:
                return
            finding = proved_row(finding, reread.read)
            self.say(rule, finding, line, texts, reread=reread)
            if not (
                is_beside(finding) or (finding.cell and self.scanned.sheet)
            ):  # in a workbook no cell beside the table moves the others
                self._leave_out(rule, row)
                return
            self.scanned.records += 1
        is_wrong = shape is not None and not is_beside(shape[1])
        if not is_wrong:
            texts, dittos = resolved(texts, self.scope, self.spoken)
            for finding in dittos:
                self.say(DITTO, finding, line, texts)
            self._remember(texts[0], texts[1])
        record = Row(line, texts, self.scanner.names)
        is_bad = self._keys(record, reread.changed) or is_wrong
        if record.is_untouched and not is_bad:
            self.misfits += is_misfit(record)
            self.pass_over(record)
            return
        for rule, finding in proved(of_record(record, self.scope), texts, reread.changed):
            self.say(rule, finding, line, record.texts, record, reread)
            is_bad = is_bad or rule.severity is Severity.ERROR
        self.misfits += is_bad and is_misfit(record)
        if not self.place.counts and record.unit and record.period and record.period.year == self.scanner.plan.year:
            self.scanned.astray.add((record.unit.id, record.period.month))
        if is_bad or not self.place.counts:
            self.left_out += 1
            self.scanned.leave_out(record)
        else:
            self._enter(record)

    def _leave_out(self, rule: Rule, row: Sequence[str]) -> None:
        """Count a row of the wrong shape, unless it stands for no record."""
        if not rule.takes_out:
            named = (self.scanner.names.indicator(cell).id for cell in row)
            self.scanned.leave_out_all({code for code in named if code})

    def _keys(self, record: Row, read: Read) -> bool:
        """Apply the rules about period and unit, each once for a cell's text; whether one of them is an error.

        Where none of them says anything, further rows with these texts may take the fast path.
        """
        is_bad = False
        for at, key in enumerate(("period", "unit")):
            text = record.texts[at]
            said = (key, text)
            if said not in self.spoken:
                self.spoken[said] = False
                for rule, check in CHECKS.key[key]:
                    if finding := check(text, self.scope):
                        ((_, finding),) = proved([(rule, finding)], record.texts, read)
                        self.say(rule, finding, record.line, record.texts, record)
                        self.concerned.setdefault(said, ([], []))[0].append(len(self.scanned.diagnostics) - 1)
                        self.spoken[said] = self.spoken[said] or rule.severity is Severity.ERROR
            if said in self.concerned:
                row = self.table.row(record.line) if self.table else 0
                number = self.header.positions[at] + 1
                self.concerned[said][1].append(part_of(record, row, self._column(record.line, number), number))
            is_bad = is_bad or self.spoken[said]
        if not any(key in self.concerned for key in zip(("period", "unit"), record.texts, strict=False)):
            self._admit(*record.texts[:2])
        return is_bad

    def _remember(self, period: str, unit: str) -> None:
        for key, text in (("period", period), ("unit", unit)):
            if text.strip(BLANKS):
                self.scope.above[key] = text

    def _enter(self, record: Row) -> None:
        ledger, figure = self.scanner.ledger, record.figure
        period, unit, indicator = record.period, record.unit, record.indicator
        if figure is None or period is None or unit is None or indicator is None:
            raise AssertionError(f"no rule spoke about {record.texts}")
        cell = ledger.cell(indicator.id, unit.id, period.month)
        if ledger.is_empty(cell):
            self.blocks.add(cell % ledger.block_count)
            ledger.write(cell, figure, self.scanned.file, record.line, **notes_of(record))
            self.scanned.entered += 1
            return
        value = NOT_APPLICABLE if figure.value is None else figure.value
        below = figure.denominator or 0
        self.left_out += 1
        row = self.table.row(record.line) if self.table else 0
        number = self.header.positions[FIELDS.index("indicator")] + 1
        self.scanned.repeats.append(Repeat(cell, self.scanned.file, record.line, value, below, row, number))

    def refuse(self, defect: Defect) -> None:
        """Nothing of the file counts: take out what was entered, forget what was found."""
        self.forget(self.scanned.entered - self.scanner.ledger.erase_file(self.scanned.file, self.blocks))
        if defect.flaw in (Flaw.NO_HEADER, Flaw.EMPTY):
            defect = other_separator(self.source.open) or defect
        self.scanned.is_blank = defect.flaw is Flaw.UNTOUCHED
        misplaced = self.place.defect if self.scanned.is_blank and self.place.is_lost else None
        self.found(self.placed(misplaced or defect))
