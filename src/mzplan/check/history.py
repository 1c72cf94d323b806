"""What was reported and is reported otherwise now: deleted reports, changed and deleted figures of past months.

Figures of both sides are read by the rules and the plan of today.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from mzplan.check.changed import disagrees, is_new, is_of_stages, is_reason, step_of
from mzplan.check.folded import Hint, with_hints
from mzplan.check.past import Past, new_source
from mzplan.check.scanned import Scanned
from mzplan.check.since import Changes
from mzplan.diagnostics import Diagnostic, Location, Occurrence, Rule, Severity, errors_of, quoted, show
from mzplan.plan.indicator import Indicator
from mzplan.plan.model import Plan
from mzplan.reading.files import StrPath
from mzplan.rules.history import CHANGED_FIGURE, DELETED_FIGURE, DELETED_MONTH, DELETED_REPORT
from mzplan.said import listed, say
from mzplan.submissions.header import FIGURES
from mzplan.submissions.ledger import MONTHS, Entry, Ledger
from mzplan.submissions.names import Names
from mzplan.submissions.opening import said_at
from mzplan.submissions.own_clauses import NoteSubject
from mzplan.submissions.sources import Source

if TYPE_CHECKING:
    from mzplan.period import Period

_LISTED = 10

_DELETED_MONTH = "{period} 的报表全部删去了（{units}）"
_LINKED_FOLDER = "原来的文件夹换成了符号链接，其中 {count} 份报表不再算数（{units}）"
_DELETED_REPORT = "{unit} {period} 的报表删去了，原有 {count} 个数"
_LET_GO = "{unit} {period} 的报表从 git 里删去了：文件还在这里，提交以后就没有了"
_ADD = "用 git add 加回来。"
_DELETED = "删去了 {period} 的 {count} 个数：{names}"
_FIGURE = "{code} {name}（原为 {old}）"
_UNUSABLE_FIGURE = "{code} {name}（原为 {old}，现在的行不能用）"
_CHANGED = "{period} 的 {code} {name}由 {old} 改为 {new}"
_NO_REASON = "，“说明”里没有新写原因"
_NO_CAUSE = "，“说明”里新写的“{note}”没有说为什么改"
_DISAGREES = "，“说明”里新写的“{note}”与改成的数对不上"
_WAS = "原来是 {old}：没有填错的，改回去。"
_SAY_WHY = "改回原来的数；确是更正的，写明原来的数错在哪里，如“更正：上月多报5人”“笔误”“两家机构不符合条件，核减”。"
_SAY_WHY_MORE = "改回原来的数；确是更正的，写明原来的数错在哪里，如“更正：上月漏报5人”“笔误”。"
_SAY_WHY_STAGE = "改回原来的阶段；确是更正的，写明原来的阶段错在哪里，如“上月填错，文件8月已经印发”“笔误”。"
_REASON = "，说明：{note}"
_UNREAD = "这份报表改动过，以前的内容不在这里（部分克隆）、太大，或是通向这个版本之外的符号链接，无法核对以前的数"
_FETCH = "检出时不要用 --filter；已经是部分克隆的，先运行 git fetch --refetch；原来是符号链接的，换成文件本身。"
_SUBMODULE = "这里是 git 子模块，其中报表以前的内容不在这个仓库里，无法核对以前的数"
_NO_SUBMODULE = (
    "报表直接放进这个仓库：git rm -f --cached {path}，删去其中的 .git，再 git add {path}；"
    "原来就是子模块的，合并以后才没有这一条。"
)
_NO_LINK = "删去这个符号链接，把报表所在的文件夹本身放在这里。"


class FiguresThen(NamedTuple):
    """What has become of what was reported."""

    findings: Sequence[Diagnostic]
    was: Mapping[tuple[str, str], str]
    """By file and indicator the figure of a row that cannot be used now, which an error tells."""


class _StandingErrors:
    """The errors that this run tells anyway: a figure on whose row one stands need not be told of as well.

    A row that does not tell its indicator stands for one figure, whichever that was.
    """

    def __init__(self, indicators: Collection[str], findings: Iterable[Diagnostic]) -> None:
        errors = errors_of(findings)
        self._files = {finding.location.path for finding in errors}
        rows = [
            (finding.location.path, part.line or finding.location.line, part.indicator)
            for finding in errors
            for part in (finding.parts or (Occurrence(0, indicator=finding.indicator),))
            if finding.lines
        ]
        self._rows = {(path, code) for path, _, code in rows}
        named = {(path, line) for path, line, code in rows if code in indicators}
        self.unnamed = Counter(path for path, line in {(path, line) for path, line, _ in rows} - named)
        """By file: how many rows are told of whose indicator nobody knows."""
        self.was: dict[tuple[str, str], str] = {}
        """By file and indicator: the figure of a row of which one is told."""

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
) -> FiguresThen:
    """What has become of the reports below these files and folders, and of those for which these files stand now.

    `homes` are the data folders, be they there or not. `now` holds all records of today, `told` is what the run says of
    them after settings, waivers and all else. `is_ours` says by its path whether a report is one of the plan's year.
    """
    past = Past(Names(plan), changes, targets, homes, now, today, is_ours)
    standing = _StandingErrors(plan.indicators, told)
    findings = [
        *_deleted_reports(plan, past),
        *_let_go(plan, past),
        *(_finding(CHANGED_FIGURE, Location(path), _UNREAD)._replace(hint=_FETCH) for path in past.unread_over()),
        *(
            _finding(CHANGED_FIGURE, Location(path), _SUBMODULE)._replace(hint=say(_NO_SUBMODULE, path=quoted(path)))
            for path in past.submodules()
            if is_ours(path)
        ),
        *_changed_figures(past, now, standing),
    ]
    return FiguresThen(findings, standing.was)


def with_old_figures(findings: Iterable[Diagnostic], was: Mapping[tuple[str, str], str]) -> Iterator[Diagnostic]:
    """The findings, those of a row in place of a figure that was reported with that figure."""

    def told(finding: Diagnostic) -> Hint:
        old = was.get((finding.location.path, finding.indicator))
        hint = listed((finding.hint, say(_WAS, old=old)), "") if old and finding.field in FIGURES else finding.hint
        return Hint(hint, finding.meant)

    for finding in findings:
        is_told = was and finding.severity is Severity.ERROR and finding.hint
        yield with_hints(finding, told) if is_told else finding


def without_consequences(findings: Sequence[Diagnostic]) -> list[Diagnostic]:
    """The findings without those that reports or figures are missing, when it is told that they were deleted.

    And without that a folder is no file, where a link took the place of one with reports.
    """
    deleted = {(part.unit, part.period) for one in findings if one.rule is DELETED_MONTH for part in one.parts}
    deleted |= {(one.unit, one.period) for one in findings if one.rule is DELETED_REPORT}
    figures = {_figures(finding) for finding in findings if finding.rule is DELETED_FIGURE}
    told = {"MZ601": deleted, "MZ602": deleted}
    links = {finding.location.path for finding in findings if finding.rule is DELETED_MONTH}
    return [
        finding
        for finding in findings
        if not (finding.rule.code == "MZ101" and finding.location.path in links)
        and (finding.unit, finding.period) not in told.get(finding.rule.code, ())
        and not (finding.rule.code == "MZ603" and _figures(finding) in figures)
    ]


def _figures(finding: Diagnostic) -> tuple[str, frozenset[tuple[str, str, str]]]:
    """The file and the figures that a finding is about."""
    return finding.location.path, frozenset((part.unit, part.indicator, part.period) for part in finding.parts)


def _deleted_reports(plan: Plan, past: Past) -> Iterator[Diagnostic]:
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
        message = say(_LINKED_FOLDER, count=len(paths), units=_units(past, paths))
        yield _several(past, paths, Location(link), message)._replace(hint=_NO_LINK)
    for period, paths in gone.items():
        if period not in left and len(paths) > 1:
            yield _several(
                past, paths, Location(paths[0]), say(_DELETED_MONTH, period=period, units=_units(past, paths))
            )
            continue
        for path in paths:
            unit, count = past.places[path].unit, past.before.scans[path].entered
            message = say(_DELETED_REPORT, unit=plan.units[unit].name, period=period, count=count)
            yield _finding(DELETED_REPORT, Location(path), message, unit=unit, period=str(period))


def _let_go(plan: Plan, past: Past) -> Iterator[Diagnostic]:
    """Reports that git is told to forget, though they lie there still."""
    for path in past.let_go:
        place = past.places[path]
        message = say(_LET_GO, unit=plan.units[place.unit].name, period=place.period)
        finding = _finding(DELETED_REPORT, Location(path), message, unit=place.unit, period=str(place.period))
        yield finding._replace(hint=_ADD)


def _units(past: Past, paths: Sequence[str]) -> str:
    units = list(dict.fromkeys(past.places[path].unit for path in paths))
    names = listed(past.names.plan.units[unit].name for unit in units[:_LISTED])
    return say("{names}等 {count} 家", names=names, count=len(units)) if len(units) > _LISTED else names


def _several(past: Past, paths: Sequence[str], place: Location, message: str) -> Diagnostic:
    parts = tuple(Occurrence(0, place.unit, "", str(place.period)) for place in (past.places[path] for path in paths))
    periods = {part.period for part in parts}
    return _finding(DELETED_MONTH, place, message, period=min(periods) if len(periods) == 1 else "", parts=parts)


def _changed_figures(past: Past, now: Ledger, standing: _StandingErrors) -> Iterator[Diagnostic]:
    """Figures of months that are over which are not what they were, whatever file they stand in now."""
    plan, before, after = past.names.plan, past.before.ledger, past.after.ledger
    missing: dict[tuple[str, str, str], list[tuple[Occurrence, str]]] = {}
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
            scan, was = past.after.scans.get(path), plan.indicators[code].told(old.figure)
            if standing.excuses(path, code, scan):
                standing.was[path, code] = was
            else:
                template = _UNUSABLE_FIGURE if scan is not None and code in scan.seen else _FIGURE
                name = show(plan.indicators[code].name, 40)
                part = Occurrence(0, unit, code, str(old.period), was)
                figure = say(template, code=code, name=name, old=was)
                missing.setdefault((path, unit, str(old.period)), []).append((part, figure))
        elif new.figure != old.figure:
            yield _change(past.names, code, unit, old, new, notes)
    for (path, unit, period), figures in missing.items():
        standing.unnamed[path] -= len(figures)
        if standing.unnamed[path] < 0:
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


def _deletion(path: str, unit: str, period: str, figures: Sequence[tuple[Occurrence, str]]) -> Diagnostic:
    names: str = listed(figure for _, figure in figures[:_LISTED])
    if len(figures) > _LISTED:
        names = say("{names}等", names=names)
    message = say(_DELETED, period=period, count=len(figures), names=names)
    parts = tuple(part for part, _ in figures)
    return _finding(DELETED_FIGURE, Location(path), message, unit=unit, period=period, parts=parts)


def _change(names: Names, code: str, unit: str, old: Entry, new: Entry, notes: "_Notes") -> Diagnostic:
    indicator = names.plan.indicators[code]
    figures, notes_of_both = (old.figure, new.figure), (notes.before(old.location), notes.after(new.location))
    was, now = map(indicator.told, figures)
    found = changed_figure(names, indicator, unit, old.period, (was, now), notes_of_both)
    return found._replace(location=new.location, value=now)


def changed_figure(
    names: Names, indicator: Indicator, unit: str, period: "Period", figures: tuple[str, str], notes: tuple[str, str]
) -> Diagnostic:
    """That a figure of a month that is over was changed, both figures and notes as they were and are; without place."""
    (old, new), (before, note) = figures, notes
    name = show(indicator.name, 40)
    message = say(_CHANGED, period=period, code=indicator.id, name=name, old=show(old, 60), new=show(new, 60))
    subject = NoteSubject.of(names, unit, indicator)
    is_explained = is_reason(note, before, figures, subject)
    is_denied = disagrees(note, before, figures, subject)
    why = _REASON if is_explained else _DISAGREES if is_denied else _NO_CAUSE if is_new(note, before) else _NO_REASON
    message = say("{change}{why}", change=message, why=say(why, note=show(note, 60)))
    severity = Severity.WARNING if is_explained else CHANGED_FIGURE.severity
    finding = _finding(CHANGED_FIGURE, Location(""), message, unit=unit, period=str(period))
    hint = _SAY_WHY_STAGE if is_of_stages(figures) else _SAY_WHY_MORE if step_of(figures) > 0 else _SAY_WHY
    return finding._replace(severity=severity, indicator=indicator.id, hint="" if is_explained else hint)


class _Notes:
    """The notes of rows, each file read once for all that is asked of it in a row."""

    def __init__(self, past: Past) -> None:
        self.before = lru_cache(maxsize=1024)(lambda place: self._note(past.old_source(place.path), place))
        """The note that a row had, by its place."""
        self.after = lru_cache(maxsize=1024)(lambda place: self._note(new_source(place.path), place))
        """The note that it has."""

    @staticmethod
    def _note(source: Source, place: Location) -> str:
        return said_at(source.open, place.line).get("note", "")


def _finding(
    rule: Rule, place: Location, message: str, unit: str = "", period: str = "", parts: tuple[Occurrence, ...] = ()
) -> Diagnostic:
    return Diagnostic(place, rule, message, rule.severity, hint=rule.mend, unit=unit, period=period, parts=parts)
