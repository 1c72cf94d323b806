"""Who reads the files: Python all of them, or a database those in which nothing can be wrong and Python the others.

What it takes is what the fast path would take, and what notes and evidence say is asked of the fast path itself. A
file with any other row goes to the `Scanner` as it stands, so that each finding is the same, at the same place.
"""

import csv
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import cache, partial
from itertools import chain, groupby
from operator import itemgetter
from typing import NamedTuple

from mzplan.check.fast_path import IS_SAFE
from mzplan.check.reader import Progress, Reading, Scanner
from mzplan.check.scanned import Scanned
from mzplan.diagnostics import InputError
from mzplan.engine import duck, spark
from mzplan.engine.relations import PlanTable, relations
from mzplan.engine.sound import Database, LineFile, Means, Row, Unread, Words, is_installed, require
from mzplan.period import Period
from mzplan.reading.csv_border import CsvTable
from mzplan.reading.files import DATA_LIMIT, FileError, absolute
from mzplan.reading.flaws import RefusedError
from mzplan.reading.parquet import is_parquet, parts_of
from mzplan.rules import CHECKS
from mzplan.rules.scope import Scope
from mzplan.said import say
from mzplan.submissions.header import FIELDS
from mzplan.submissions.ledger import EVIDENCE, NOTE, Ledger
from mzplan.submissions.names import Names
from mzplan.submissions.opening import table_of
from mzplan.submissions.places import Place, ending_at_odds
from mzplan.submissions.sources import Source

DATABASES: Mapping[str, Database] = {"duckdb": duck, "spark": spark}
"""Those that can be asked for, by name."""
_USUAL = "duckdb"
"""The one that is taken unasked where it pays."""
WORTHWHILE = 32 << 20
"""Bytes (some 450,000 rows) from which on DuckDB takes less processor time: see `benchmarks/README.md`."""
_TELL = "用 {engine} 读取，结果与 --engine python 相同。"
_INSTEAD = "{reason}这次改由 Python 读取。"
_OTHERWISE = "{reason}也可以改用 --engine python。"


class Engine(NamedTuple):
    """Who reads, and with how much."""

    name: str = "python"
    means: Means = Means()
    tell: Callable[[str], None] = lambda _: None
    """Told where it is not Python, once it reads."""

    def database(self, sources: Sequence[Source]) -> Database | None:
        """The one that reads these; InputError where it was asked for and is not installed, None for Python."""
        asked = DATABASES.get(self.name)
        if asked is not None:
            require(asked)
        elif self.name == "auto":
            sizes = (source.size for source in sources if source.size <= DATA_LIMIT)
            usual = DATABASES[_USUAL]
            asked = usual if sum(sizes) >= WORTHWHILE and is_installed(usual) else None
        return asked if IS_SAFE else None


PYTHON = Engine()


def read_sound(
    scanner: Scanner, sources: Sequence[Source], engine: Engine, progress: Progress | None
) -> dict[int, Scanned]:
    """By file what came of those that a database found sound, whose records are in the ledger.

    None where Python is to read them all, or two have met. InputError where a database was asked for and cannot do it;
    where it was not, nothing is taken.
    """
    try:
        database = engine.database(sources)
        return {} if database is None else _read_sound(scanner, sources, database, engine, progress)
    except InputError as error:
        if engine.name == "auto":
            engine.tell(say(_INSTEAD, reason=error.message))
            scanner.ledger.clear()
            return {}
        if any(source.mirror for source in sources):  # which Python cannot read by itself
            raise
        raise InputError(say(_OTHERWISE, reason=error.message)) from None


def _read_sound(
    scanner: Scanner, sources: Sequence[Source], database: Database, engine: Engine, progress: Progress | None
) -> dict[int, Scanned]:
    files = dict(_candidates(scanner, sources, database, engine))
    order = list(files)
    if not files:
        return {}
    plan = dict(relations(scanner.plan, scanner.names))
    plan["months"] = _months(plan["months"], Reading(scanner, order[0], sources[order[0]]).scope)
    with database.taken(plan, list(files.values()), engine.means, _begun(engine, database)) as rows:
        sound = set(rows.files())
        for at, said in groupby(rows.words(), itemgetter(0)):
            if not _is_sound(Reading(scanner, order[at], sources[order[at]]), said):
                sound.remove(at)
        if not _enter((row for row in rows.figures() if row[0] in sound), scanner.ledger, order):
            scanner.ledger.clear()
            return {}
    return {order[at]: _found(scanner, sources, order[at], files[order[at]].lines, progress) for at in sound}


def _is_sound(reading: Reading, rows: Iterable[Words]) -> bool:
    """Whether no rule has anything to say about the notes and evidence of a file, which go into the ledger then.

    Where the fast path would not take a row for them, the rules look at it as they would where it stands.
    """
    ledger, fast_path = reading.scanner.ledger, reading.fast_path
    cells: list[int] = []
    if fast_path is None:
        return False
    for row in rows:
        if ledger.flags[row.cell] or not ledger.is_empty(row.cell):  # as another file has written it
            break
        cells.append(row.cell)
        if fast_path.says_nothing_odd(row.note, row.evidence):
            ledger.flags[row.cell] = (NOTE if row.note else 0) | (EVIDENCE if row.evidence else 0)
            if row.note:
                ledger.notes[row.cell] = row.note
        elif not _passes(reading, row.line):
            break
    else:
        return True
    for cell in cells:
        ledger.erase(cell)
    return False


def _passes(reading: Reading, line: str | None) -> bool:
    with suppress(csv.Error):  # a cell beyond what a reader of CSV takes
        return bool(line) and reading.passes(next(csv.reader([line or ""])))
    return False


def _enter(rows: Iterable[Row], ledger: Ledger, order: Sequence[int]) -> bool:
    """Put the figures into the ledger; whether no two are of the same cell."""
    held, denominators, files = ledger.values.held, ledger.denominators, ledger.files
    for at, cell, figure, denominator in rows:
        if held[cell] and files[cell] != order[at]:  # else the rules have entered the same row
            return False
        held[cell], files[cell] = figure + 1, order[at]
        if denominator:
            denominators[cell] = denominator
    return True


def _found(scanner: Scanner, sources: Sequence[Source], file: int, records: int, progress: Progress | None) -> Scanned:
    """What came of a sound file; where its records stand is found when somebody asks."""
    scanner.ledger.unlocated[file] = partial(_locate, scanner.ledger, scanner.names, sources[file], file)
    scanned = Scanned(file, entered=records)
    scanned.records, scanned.encoding = records, "utf-8"
    if progress is not None:
        progress(records)
    return scanned


def have_met(ledger: Ledger, scans: Sequence[Scanned], taken: Mapping[int, Scanned]) -> bool:
    """Whether a record found its place taken by that of a file which is read after its own."""
    repeats = (repeat for scan in scans for repeat in scan.repeats)
    return any(ledger.files[repeat.cell] in taken and ledger.files[repeat.cell] > repeat.file for repeat in repeats)


def _candidates(
    scanner: Scanner, sources: Sequence[Source], database: Database, engine: Engine
) -> Iterator[tuple[int, LineFile]]:
    """The files of which all may be sound, each in its place and with the usual header, as they are to be read.

    Their lines are counted, so that none can be passed over by the statement.
    """
    likely: dict[int, tuple[Unread, Place]] = {}
    for file, source in enumerate(sources):
        if not source.file or source.content is not None or source.defect is not None:
            continue
        unread = _unread(source)
        if all(each.isprintable() and database.can_open(each) for each in (unread.path, *unread.parts)):
            reading = Reading(scanner, file, source)
            if _is_in_place(reading):
                likely[file] = unread, reading.place
    if not likely:
        return
    found = database.plain([file for file, _ in likely.values()], engine.means, _begun(engine, database))
    for (file, (unread, place)), plain in zip(likely.items(), found, strict=True):
        if plain is not None:
            month = place.period.month if place.period else None
            told = place.unit or None, month, unread.parts, plain.columns
            yield file, LineFile(unread.path, plain.header, plain.lines, *told)


def _unread(source: Source) -> Unread:
    path_of = source.mirror.address_of if source.mirror else absolute
    parts: list[str] = []
    if is_parquet(source.file):
        with suppress(RefusedError, OSError):
            parts = parts_of(source.file)
    return Unread(path_of(source.file), source, tuple(map(path_of, parts)))


def _begun(engine: Engine, database: Database) -> Callable[[], None]:
    return partial(engine.tell, say(_TELL, engine=database.NAME))


def _is_in_place(reading: Reading) -> bool:
    """Whether a file is where it speaks for its unit and month, of which no rule speaks, or where it may for any."""
    place, source = reading.place, reading.source
    if place.defect is not None or ending_at_odds(source.path, is_workbook=False):
        return False
    if place.key is None:
        return place == Place(is_proper=place.is_proper)
    return not reading.speaks_of(str(place.period), reading.scanner.plan.units[place.unit].name)


def _months(months: PlanTable, scope: Scope) -> PlanTable:
    """Those of which no rule has anything to say wherever they stand, today being what it is."""
    scope = replace(scope, place_unit=None, place_period=None)
    passed = [row for row in months.rows if not any(check(str(row[0]), scope) for _, check in CHECKS.key["period"])]
    return months._replace(rows=passed)


def _locate(ledger: Ledger, names: Names, source: Source, file: int) -> None:
    """Find the lines of a file's records, as far as it still is what it was."""
    starts = {code: at * ledger.block_count for code, at in ledger.plan.indicator_index.items()}
    held, files, lines = ledger.values.held, ledger.files, ledger.lines

    @cache  # a file has few different ones in many rows
    def block_of(unit: str) -> int | None:
        owner = names.unit(unit).id
        return None if owner is None else ledger.block(owner, 1)

    @cache
    def month_of(period: str) -> int:
        return Period.written(period).month

    with suppress(FileError, RefusedError, OSError, ValueError), source.open() as stream:
        for line, (period, unit, code, *_) in _rows(table_of(stream)):
            start, block = starts.get(code), block_of(unit)
            if start is not None and block is not None:
                cell = start + block + month_of(period) - 1
                if files[cell] == file and held[cell]:
                    lines[cell] = line


def _rows(table: CsvTable) -> Iterator[tuple[int, list[str]]]:
    """The rows below the header."""
    rows = chain.from_iterable(table.batches())
    next(rows, None)
    return ((line, row) for line, row in rows if len(row) == len(FIELDS))
