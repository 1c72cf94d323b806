"""What was reported and is reported otherwise now: deleted reports, changed and deleted figures of past months.

Figures of both sides are read by the rules and the plan of today.
"""

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from mzplan.check.reader import Scanned, Scanner
from mzplan.check.since import Changes
from mzplan.diagnostics import Diagnostic, Location, Part, Rule, Severity, show
from mzplan.period import Period
from mzplan.plan.model import Plan
from mzplan.reading.csv_border import RefusedError
from mzplan.reading.files import FileError, StrPath
from mzplan.reading.number import BLANKS
from mzplan.rules.completeness import due_day
from mzplan.rules.history import CHANGED_FIGURE, DELETED_FIGURE, DELETED_MONTH, DELETED_REPORT
from mzplan.submissions.header import cells_of_lines
from mzplan.submissions.ledger import MONTHS, Entry, Ledger
from mzplan.submissions.names import Names
from mzplan.submissions.sources import Source, is_in_place, place_in, place_of

SUFFIXES = (".csv", ".xlsx", ".xls", ".ods")
"""What a report's file may end in."""
_LISTED = 10

_DELETED_MONTH = "{period} 的报表全部删去了（{units}）"
_DELETED_REPORT = "{unit} {period} 的报表删去了，原有 {count} 个数"
_DELETED = "删去了 {period} 的 {count} 个数：{names}"
_FIGURE = "{code} {name}（原为 {old}）"
_CHANGED = "{period} 的 {code} {name}由 {old} 改为 {new}"
_NO_REASON = "，“说明”里没有新写原因"
_REASON = "，说明：{note}"


class _Side(NamedTuple):
    """The changed files of one side, read."""

    ledger: Ledger
    scans: Mapping[str, Scanned]
    """By path."""


def history_findings(
    plan: Plan, changes: Changes, targets: Sequence[StrPath], now: Ledger, today: date
) -> list[Diagnostic]:
    """What has become of the reports below these files and folders; `now` holds all records of today."""
    names = Names(plan)
    reports = list(_reports(changes, targets))
    changed = [path for path in reports if changes.has_changed(path)]
    kept = [path for path in changed if os.path.lexists(path)]
    before = _read(names, changed, lambda path: _old_source(changes, path))
    after = _read(names, kept, _new_source)
    places = {path: place for path in reports if (place := place_of(names, _new_source(path)))}
    return [
        *_deleted_reports(plan, places, before),
        *_changed_figures(plan, changes, before, after, now, today),
    ]


def _reports(changes: Changes, targets: Sequence[StrPath]) -> Iterator[str]:
    """The reports that there were below the targets, as paths from here."""
    for target in dict.fromkeys(str(target) for target in targets):
        inside = changes.repository.inside(target)
        if inside is None:
            continue
        prefix = "" if inside == os.curdir else f"{inside}/"
        for name, entry in changes.tree.items():
            if entry.is_file and name.lower().endswith(SUFFIXES) and not os.path.basename(name).startswith((".", "~$")):
                if name == inside:
                    yield target
                elif name.startswith(prefix):
                    yield os.path.join(target, *name[len(prefix) :].split("/"))


def _is_there(path: str) -> bool:
    """Whether the report is still there, in whatever format."""
    stem = os.path.splitext(path)[0]
    return os.path.lexists(path) or any(os.path.lexists(stem + suffix) for suffix in SUFFIXES)


def _old_source(changes: Changes, path: str) -> Source:
    return Source.of_bytes(path, changes.old_version(path) or b"")._replace(place=place_in(os.path.abspath(path)))


def _new_source(path: str) -> Source:
    return Source(path, path, place=place_in(os.path.abspath(path)))


def _read(names: Names, paths: Sequence[str], source_of: Callable[[str], Source]) -> _Side:
    """The records that each file gives, those in their place first, as the check itself reads them."""
    plan = names.plan
    ledger = Ledger(plan)
    ledger.sources = sorted(paths, key=lambda path: (not is_in_place(names, _new_source(path)), path))
    scanner = Scanner(plan, ledger, None, lambda text, source: True)
    return _Side(ledger, {path: scanner.scan(file, source_of(path)) for file, path in enumerate(ledger.sources)})


def _deleted_reports(plan: Plan, places: Mapping[str, tuple[str, Period]], before: _Side) -> Iterator[Diagnostic]:
    """Reports that are not there any more: one finding for a month of which none is left."""
    left = {period for path, (_, period) in places.items() if _is_there(path)}
    gone: dict[Period, list[str]] = {}
    for path, (_, period) in places.items():
        if not _is_there(path):
            gone.setdefault(period, []).append(path)
    for period, paths in gone.items():
        units = [places[path][0] for path in paths]
        if period not in left and len(paths) > 1:
            names = "、".join(plan.units[unit].name for unit in units[:_LISTED])
            more = f"等 {len(units)} 家" if len(units) > _LISTED else ""
            parts = tuple(Part(0, unit, "", str(period)) for unit in units)
            message = _DELETED_MONTH.format(period=period, units=names + more)
            yield _finding(DELETED_MONTH, Location(paths[0]), message, period=str(period), parts=parts)
            continue
        for path, unit in zip(paths, units, strict=True):
            count = before.scans[path].entered
            message = _DELETED_REPORT.format(unit=plan.units[unit].name, period=period, count=count)
            yield _finding(DELETED_REPORT, Location(path), message, unit=unit, period=str(period))


def _changed_figures(
    plan: Plan, changes: Changes, before: _Side, after: _Side, now: Ledger, today: date
) -> Iterator[Diagnostic]:
    """Figures of months that are over which are not what they were, in reports that are still there."""
    missing: dict[tuple[str, str, str], list[tuple[str, str]]] = {}
    notes = _Notes(changes)
    for code, unit, month in _records(plan, before.ledger):
        cell = before.ledger.cell(code, unit, month)
        old = before.ledger.entry(cell)
        if old is None or today <= due_day(plan, old.period) or not _is_there(old.location.path):
            continue
        new = after.ledger.entry(cell)
        if new is None:
            new = now.entry(cell)
            if new is not None and not changes.has_changed(new.location.path):
                continue  # that record was in force before, too
        if new is None:
            if not _is_left_out(after, old.location.path, code):
                key = (old.location.path, unit, str(old.period))
                missing.setdefault(key, []).append((code, plan.indicators[code].told(old.figure)))
        elif new.figure != old.figure:
            yield _change(plan, code, unit, old, new, notes)
    for (path, unit, period), figures in missing.items():
        yield _deletion(plan, path, unit, period, figures)


def _records(plan: Plan, ledger: Ledger) -> Iterator[tuple[str, str, int]]:
    """Indicator, unit and month of every record."""
    for position, code in enumerate(plan.indicators):
        start = position * ledger.block_count
        tokens = ledger.values.held[start : start + ledger.block_count].tolist()
        if any(tokens):
            for at, token in enumerate(tokens):
                if token:
                    yield code, plan.reporting_units[at // MONTHS].id, at % MONTHS + 1


def _is_left_out(after: _Side, path: str, code: str) -> bool:
    """Whether the row is there and wrong, which the check says itself."""
    scan = after.scans.get(path)
    return scan is not None and (not scan.encoding or code in scan.seen or scan.unread > 0)


def _deletion(plan: Plan, path: str, unit: str, period: str, figures: Sequence[tuple[str, str]]) -> Diagnostic:
    names = "、".join(
        _FIGURE.format(code=code, name=show(plan.indicators[code].name, 40), old=old) for code, old in figures[:_LISTED]
    )
    more = "等" if len(figures) > _LISTED else ""
    message = _DELETED.format(period=period, count=len(figures), names=names + more)
    parts = tuple(Part(0, unit, code, period, old) for code, old in figures)
    return _finding(DELETED_FIGURE, Location(path), message, unit=unit, period=period, parts=parts)


def _change(plan: Plan, code: str, unit: str, old: Entry, new: Entry, notes: "_Notes") -> Diagnostic:
    message = _CHANGED.format(
        period=old.period,
        code=code,
        name=show(plan.indicators[code].name, 40),
        old=plan.indicators[code].told(old.figure),
        new=plan.indicators[code].told(new.figure),
    )
    note = notes.after(new.location)
    is_explained = bool(note) and note != notes.before(old.location)
    message += _REASON.format(note=show(note, 60)) if is_explained else _NO_REASON
    severity = Severity.WARNING if is_explained else CHANGED_FIGURE.severity
    finding = _finding(CHANGED_FIGURE, new.location, message, unit=unit, period=str(old.period))
    hint = "" if is_explained else finding.hint
    return finding._replace(severity=severity, indicator=code, hint=hint, value=plan.indicators[code].told(new.figure))


class _Notes:
    """The notes of rows, each file read once for all that is asked of it in a row."""

    def __init__(self, changes: Changes) -> None:
        self.before = lru_cache(maxsize=1024)(lambda place: self._note(_old_source(changes, place.path), place))
        """The note that a row had, by its place."""
        self.after = lru_cache(maxsize=1024)(lambda place: self._note(_new_source(place.path), place))
        """The note that it has."""

    @staticmethod
    def _note(source: Source, place: Location) -> str:
        with suppress(FileError, RefusedError, OSError), source.open() as stream:
            for _, cells in cells_of_lines(stream, {place.line}):
                return cells.get("note", (0, ""))[1].strip(BLANKS)
        return ""


def _finding(
    rule: Rule, place: Location, message: str, unit: str = "", period: str = "", parts: tuple[Part, ...] = ()
) -> Diagnostic:
    return Diagnostic(place, rule, message, rule.severity, hint=rule.mend, unit=unit, period=period, parts=parts)
