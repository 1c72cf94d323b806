"""What was reported and is reported otherwise now: deleted reports, changed and deleted figures of past months.

Figures of both sides are read by the rules and the plan of today.
"""

import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from mzplan.check.reader import Scanner
from mzplan.check.scanned import Scanned
from mzplan.check.since import Changes
from mzplan.diagnostics import Diagnostic, Location, Part, Rule, Severity, show
from mzplan.period import Period
from mzplan.plan.model import Plan
from mzplan.reading.csv_border import Flaw
from mzplan.reading.files import StrPath
from mzplan.rules import RULES
from mzplan.rules.completeness import due_day
from mzplan.rules.history import CHANGED_FIGURE, DELETED_FIGURE, DELETED_MONTH, DELETED_REPORT
from mzplan.submissions.header import said_at
from mzplan.submissions.ledger import MONTHS, Entry, Ledger
from mzplan.submissions.names import Names, matched_form
from mzplan.submissions.places import Place, places_of
from mzplan.submissions.reasons import explains
from mzplan.submissions.sources import Source, spot_of

SUFFIXES = (".csv", ".xlsx", ".xls", ".ods")
"""What a report's file may end in."""
_LISTED = 10

_DELETED_MONTH = "{period} 的报表全部删去了（{units}）"
_LINKED_FOLDER = "原来的文件夹换成了符号链接，其中 {count} 份报表不再算数（{units}）"
_DELETED_REPORT = "{unit} {period} 的报表删去了，原有 {count} 个数"
_DELETED = "删去了 {period} 的 {count} 个数：{names}"
_FIGURE = "{code} {name}（原为 {old}）"
_UNUSABLE_FIGURE = "{code} {name}（原为 {old}，现在的行不能用）"
_CHANGED = "{period} 的 {code} {name}由 {old} 改为 {new}"
_NO_REASON = "，“说明”里没有新写原因"
_REASON = "，说明：{note}"
_UNREAD = "这份报表改动过，以前的内容不在这里（部分克隆）或太大，无法核对以前的数"
_FETCH = "检出时不要用 --filter；已经是部分克隆的，先运行 git fetch --refetch。"

_LEAST_REASON = 2
"""So many letters or characters a reason has that the note did not have before."""
_PIECE = 100
"""As long a text as has its invisible letters taken out."""


class _Side(NamedTuple):
    """The changed files of one side, read."""

    ledger: Ledger
    scans: Mapping[str, Scanned]
    """By path."""


class _Standing:
    """The errors that this run tells anyway: a figure on whose row one stands need not be told of as well."""

    def __init__(self, findings: Iterable[Diagnostic]) -> None:
        errors = [finding for finding in findings if finding.severity is Severity.ERROR]
        self._files = {finding.location.path for finding in errors}
        self._rows = {
            (finding.location.path, each.indicator)
            for finding in errors
            for each in (finding.parts or (finding,))
            if finding.lines
        }

    def excuses(self, path: str, code: str, scan: Scanned | None) -> bool:
        """Whether one of them is about the row of that figure, or about a file of which no row could be read."""
        is_refused = scan is not None and not scan.encoding
        return (path, code) in self._rows or (is_refused and path in self._files)


def history_findings(
    plan: Plan,
    changes: Changes,
    targets: Sequence[StrPath],
    homes: Sequence[str],
    now: Ledger,
    today: date,
    told: Iterable[Diagnostic],
    is_ours: Callable[[str], bool] = lambda path: True,
) -> list[Diagnostic]:
    """What has become of the reports below these files and folders, and of those for which these files stand now.

    `homes` are the data folders, be they there or not. `now` holds all records of today, `told` is what the run says of
    them after settings, waivers and all else. `is_ours` says by its path whether a report is one of the plan's year.
    """
    past = _Past(Names(plan), changes, targets, homes, now, today, is_ours)
    return [
        *_deleted_reports(plan, past),
        *(_finding(CHANGED_FIGURE, Location(path), _UNREAD)._replace(hint=_FETCH) for path in past.unread_over()),
        *_changed_figures(past, now, _Standing(told)),
    ]


def paths_before(changes: Changes, targets: Iterable[StrPath]) -> list[str]:
    """The reports that there were below these files and folders."""
    return [path for path, _ in _reports(changes, targets)]


def without_consequences(findings: Sequence[Diagnostic]) -> list[Diagnostic]:
    """The findings without those that a month's reports are missing, when it is told that they were deleted."""
    deleted = {part.period for finding in findings if finding.rule is DELETED_MONTH for part in finding.parts}
    missing = (RULES["MZ601"], RULES["MZ602"])
    return [finding for finding in findings if finding.rule not in missing or finding.period not in deleted]


class _Past:
    """The reports that there were, and what has become of their files and of what they said.

    A report is a unit's month, whatever its file is called: one whose file is gone stands where another speaks for it.
    """

    def __init__(
        self,
        names: Names,
        changes: Changes,
        targets: Sequence[StrPath],
        homes: Sequence[str],
        now: Ledger,
        today: date,
        is_ours: Callable[[str], bool],
    ) -> None:
        self.names, self.changes, self.homes, self.today = names, changes, homes, today
        self.reports = {path: name for path, name in self._asked(targets).items() if is_ours(path)}
        """By path from here: how the tree calls it."""
        repository = changes.repository
        links = {
            path: link for path, name in self.reports.items() if (link := repository.link_on(name)) not in (None, name)
        }
        self.linked = {
            path: os.path.relpath(os.path.join(repository.top, link)) for path, link in links.items() if link
        }
        """By path: the link that stands where the tree had a folder, so that the report is nobody's any more."""
        self.gone = frozenset(path for path in self.reports if path not in self.linked and not os.path.isfile(path))
        self.places = self._placed(self.reports)
        there = set(self.reports) - self.linked.keys() - self.gone
        self.standing = self._placed(_files_of_today([*there, *_beside(self.gone), *now.sources]))
        """The places of today's files."""
        spoken = {place.key: path for path, place in self.standing.items() if place.key and _speaks(place)}
        self.deleted = frozenset(
            path
            for path in self.gone
            if (key := self.places[path].key) and key not in spoken and not _has_report(now, *key)
        )
        """Reports of which nothing is left anywhere."""
        self.heirs = {path: spoken.get(key, path) for path in self.gone if (key := self.places[path].key)}
        """By path of a file that is gone: which one speaks for its unit and month now; itself if none does."""
        changed = [path for path in self.reports if changes.has_changed(path)]
        self.unread: set[str] = set()
        """Whose old bytes are not to be had."""
        self.before = self._read(changed, self.places, self.old_source)
        heirs = {self.heirs.get(path, path) for path in changed}
        tables = [path for path in heirs if path in self.standing and self.standing[path].is_table]
        self.after = self._read(tables, self.standing, _new_source)

    def _asked(self, targets: Sequence[StrPath]) -> dict[str, str]:
        """The reports below the targets, and those beside a file that said then what it says now."""
        reports = dict(_reports(self.changes, targets))
        files = [str(target) for target in targets if not os.path.isdir(target)]
        keys = {place.key for place in self._placed(files).values() if place.key}
        beside = dict(_reports(self.changes, dict.fromkeys(map(os.path.dirname, files)))) if keys else {}
        known = set(reports.values())
        others = {path: name for path, name in beside.items() if name not in known}
        return reports | {path: others[path] for path, place in self._placed(others).items() if place.key in keys}

    def _placed(self, paths: Iterable[str]) -> dict[str, Place]:
        """What each of the files speaks for, as settled among them."""
        files = list(paths)
        return dict(zip(files, places_of(self.names, [spot_of(path, self.homes) for path in files]), strict=True))

    def _read(self, paths: Iterable[str], places: Mapping[str, Place], source_of: Callable[[str], Source]) -> _Side:
        """The records that each file gives, those in their place first, as the check itself reads them."""
        plan = self.names.plan
        ledger = Ledger(plan)
        ledger.sources = sorted(paths, key=lambda path: _order(places[path], path))
        in_order = [places[path] for path in ledger.sources]
        scanner = Scanner(plan, ledger, None, lambda text, source: True, in_order)
        return _Side(ledger, {path: scanner.scan(file, source_of(path)) for file, path in enumerate(ledger.sources)})

    def old_source(self, path: str) -> Source:
        """A report as it was."""
        data = self.changes.old_version(self.reports[path])
        if data is None:
            self.unread.add(path)
        return Source.of_bytes(path, data or b"")

    def was_in_force(self, path: str, other: str) -> bool:
        """Whether a file of today stands as it was, and was read before that other one then."""
        place = self.standing.get(path)
        is_before = place is not None and _order(place, path) < _order(self.places[other], other)
        return is_before and not self.changes.has_changed(path)

    def is_over(self, period: Period) -> bool:
        """Whether a month's figures should not change any more."""
        return self.today > due_day(self.names.plan, period)

    def unread_over(self) -> list[str]:
        """Reports that are there and whose figures of months that are over cannot be compared."""
        found = sorted(self.unread - self.linked.keys() - self.deleted)
        periods = {path: self.places[path].period for path in found}
        return [
            self.heirs.get(path, path) for path, period in periods.items() if period is None or self.is_over(period)
        ]


def _reports(changes: Changes, targets: Iterable[StrPath]) -> Iterator[tuple[str, str]]:
    """The reports that there were below the targets: as paths from here, and as the tree calls them.

    Below a target as it is named, and below what it leads to now: a link may have been there before, too.
    """
    repository = changes.repository
    for target in dict.fromkeys(str(target) for target in targets):
        for inside in dict.fromkeys((repository.inside(os.path.realpath(target)), repository.inside(target))):
            if inside is None:
                continue
            prefix = "" if inside == os.curdir else f"{inside}/"
            for name, entry in changes.tree.items():
                if entry.is_file and _may_be_report(name):
                    if name == inside:
                        yield target, name
                    elif name.startswith(prefix):
                        yield os.path.join(target, *name[len(prefix) :].split("/")), name


def _may_be_report(name: str) -> bool:
    return name.lower().endswith(SUFFIXES) and not os.path.basename(name).startswith((".", "~$"))


def _files_of_today(paths: Iterable[str]) -> Iterable[str]:
    """Each file once, as a run calls it, however often it is named."""
    return {os.path.abspath(path): path for path in paths if os.path.isfile(path)}.values()


def _beside(paths: Iterable[str]) -> Iterator[str]:
    """The files in the folders of these, be they read by the run or not."""
    for folder in {os.path.dirname(path) for path in paths}:
        with suppress(OSError):
            yield from (os.path.join(folder, name) for name in os.listdir(folder or os.curdir) if _may_be_report(name))


def _has_report(now: Ledger, unit: str, period: Period) -> bool:
    return period.year == now.plan.year and now.has_report(unit, period.month)


def _speaks(place: Place) -> bool:
    """Whether a file stands for its unit and month, be it in another format or one of two, which others tell of."""
    return place.counts or (place.defect is not None and place.defect.flaw in (Flaw.SPREADSHEET, Flaw.REPEATED_REPORT))


def _new_source(path: str) -> Source:
    return Source(path, path, within=os.path.dirname(os.path.dirname(os.path.abspath(path))))


def _order(place: Place, path: str) -> tuple[bool, str]:
    """The order in which files are read: of two records for one place the first read is in force."""
    return not place.is_in_place, path


def _deleted_reports(plan: Plan, past: _Past) -> Iterator[Diagnostic]:
    """Reports that are not there any more: one finding for a month of which none is left, or for a link."""
    keys = {path: place.key for path, place in past.places.items() if place.key}
    left = {key[1] for path, key in keys.items() if path not in past.deleted and path not in past.linked}
    gone: dict[Period, list[str]] = {}
    behind: dict[str, list[str]] = {}
    for path, (_, period) in keys.items():
        if link := past.linked.get(path):
            behind.setdefault(link, []).append(path)
        elif path in past.deleted:
            gone.setdefault(period, []).append(path)
    for link, paths in behind.items():
        message = _LINKED_FOLDER.format(count=len(paths), units=_units(past, paths))
        yield _several(past, paths, Location(link), message)
    for period, paths in gone.items():
        if period not in left and len(paths) > 1:
            yield _several(
                past, paths, Location(paths[0]), _DELETED_MONTH.format(period=period, units=_units(past, paths))
            )
            continue
        for path in paths:
            unit, scan = past.places[path].unit, past.before.scans.get(path)
            count = scan.entered if scan is not None else 0
            message = _DELETED_REPORT.format(unit=plan.units[unit].name, period=period, count=count)
            yield _finding(DELETED_REPORT, Location(path), message, unit=unit, period=str(period))


def _units(past: _Past, paths: Sequence[str]) -> str:
    units = list(dict.fromkeys(past.places[path].unit for path in paths))
    names = "、".join(past.names.plan.units[unit].name for unit in units[:_LISTED])
    return names + (f"等 {len(units)} 家" if len(units) > _LISTED else "")


def _several(past: _Past, paths: Sequence[str], place: Location, message: str) -> Diagnostic:
    parts = tuple(Part(0, place.unit, "", str(place.period)) for place in (past.places[path] for path in paths))
    periods = {part.period for part in parts}
    return _finding(DELETED_MONTH, place, message, period=min(periods) if len(periods) == 1 else "", parts=parts)


def _changed_figures(past: _Past, now: Ledger, standing: _Standing) -> Iterator[Diagnostic]:
    """Figures of months that are over which are not what they were, whatever file they stand in now."""
    plan, before, after = past.names.plan, past.before.ledger, past.after.ledger
    missing: dict[tuple[str, str, str], list[tuple[Part, str]]] = {}
    notes = _Notes(past)
    for code, unit, month in _records(plan, before):
        cell = before.cell(code, unit, month)
        old = before.entry(cell)
        if old is None or not past.is_over(old.period):
            continue
        was_in = old.location.path
        if was_in in past.deleted or was_in in past.linked:
            continue  # that is told of the report
        new = after.entry(cell) or now.entry(cell)
        if new is not None and past.was_in_force(new.location.path, was_in):
            continue
        if new is None:
            path = past.heirs.get(was_in, was_in)
            scan = past.after.scans.get(path)
            if not standing.excuses(path, code, scan):
                template = _UNUSABLE_FIGURE if scan is not None and code in scan.seen else _FIGURE
                name, was = show(plan.indicators[code].name, 40), plan.indicators[code].told(old.figure)
                part = Part(0, unit, code, str(old.period), was)
                figure = template.format(code=code, name=name, old=was)
                missing.setdefault((path, unit, str(old.period)), []).append((part, figure))
        elif new.figure != old.figure:
            yield _change(plan, code, unit, old, new, notes)
    for (path, unit, period), figures in missing.items():
        yield _deletion(path, unit, period, figures)


def _records(plan: Plan, ledger: Ledger) -> Iterator[tuple[str, str, int]]:
    """Indicator, unit and month of every record."""
    for position, code in enumerate(plan.indicators):
        start = position * ledger.block_count
        tokens = ledger.values.held[start : start + ledger.block_count].tolist()
        if any(tokens):
            for at, token in enumerate(tokens):
                if token:
                    yield code, plan.reporting_units[at // MONTHS].id, at % MONTHS + 1


def _deletion(path: str, unit: str, period: str, figures: Sequence[tuple[Part, str]]) -> Diagnostic:
    names = "、".join(figure for _, figure in figures[:_LISTED]) + ("等" if len(figures) > _LISTED else "")
    message = _DELETED.format(period=period, count=len(figures), names=names)
    parts = tuple(part for part, _ in figures)
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
    is_explained = is_reason(note, notes.before(old.location))
    message += _REASON.format(note=show(note, 60)) if is_explained else _NO_REASON
    severity = Severity.WARNING if is_explained else CHANGED_FIGURE.severity
    finding = _finding(CHANGED_FIGURE, new.location, message, unit=unit, period=str(old.period))
    hint = "" if is_explained else finding.hint
    return finding._replace(severity=severity, indicator=code, hint=hint, value=plan.indicators[code].told(new.figure))


def is_reason(note: str, old: str) -> bool:
    """Whether a note gives a reason that the old one did not: a dot, or the old note cut short, is none."""
    return explains(note) and (Counter(_letters(note)) - Counter(_letters(old))).total() >= _LEAST_REASON


def _letters(note: str) -> str:
    pieces = (matched_form(note[at : at + _PIECE]) for at in range(0, len(note), _PIECE))
    return "".join(character for piece in pieces for character in piece if character.isalpha())


class _Notes:
    """The notes of rows, each file read once for all that is asked of it in a row."""

    def __init__(self, past: _Past) -> None:
        self.before = lru_cache(maxsize=1024)(lambda place: self._note(past.old_source(place.path), place))
        """The note that a row had, by its place."""
        self.after = lru_cache(maxsize=1024)(lambda place: self._note(_new_source(place.path), place))
        """The note that it has."""

    @staticmethod
    def _note(source: Source, place: Location) -> str:
        return said_at(source.open, place.line).get("note", "")


def _finding(
    rule: Rule, place: Location, message: str, unit: str = "", period: str = "", parts: tuple[Part, ...] = ()
) -> Diagnostic:
    return Diagnostic(place, rule, message, rule.severity, hint=rule.mend, unit=unit, period=period, parts=parts)
