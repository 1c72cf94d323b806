"""The whole check: files into the ledger, then the rules that look across rows, then one report in one order."""

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import date
from pathlib import PurePath
from typing import NamedTuple

from mzplan.check.engines import PYTHON, Engine, have_met, read_sound
from mzplan.check.folded import by_cause, of_run, with_hints
from mzplan.check.in_series import YearFindings, in_series, stands
from mzplan.check.reader import Progress, Scanner
from mzplan.check.remedies import Proposed, beside_the_last, cause_beside_the_last, told_beside
from mzplan.check.repeats import figure_text, repeated
from mzplan.check.scanned import Scanned
from mzplan.check.stretches import in_stretches
from mzplan.diagnostics import Diagnostic, Occurrence, Rule, Severity, errors_of, show
from mzplan.figures import plain
from mzplan.period import Period
from mzplan.plan.indicator import Figure, Indicator
from mzplan.plan.model import Plan
from mzplan.reading.files import FileError, is_within
from mzplan.reading.flaws import RefusedError
from mzplan.rules import CHECKS, RULES
from mzplan.rules.completeness import lacking
from mzplan.rules.marked_figures import in_workbook
from mzplan.rules.proposals import supposed
from mzplan.rules.registry import Found, severity_of
from mzplan.rules.scope import Whole
from mzplan.said import listed, say
from mzplan.submissions.amounts import stated
from mzplan.submissions.filed import places_of_sources
from mzplan.submissions.header import FIGURES
from mzplan.submissions.ledger import Ledger
from mzplan.submissions.names import Names
from mzplan.submissions.opening import PlacedCell, cells_of_lines
from mzplan.submissions.places import Place, is_period
from mzplan.submissions.row import measure_of
from mzplan.submissions.sources import KEPT, Source

_TAKEN = "{code} 这个月已经有一行：核对这一行是哪一项的；重复的，删去这一行。"
_LAST = "{period} 是 {figure}，请核对。"
_OF_NOTE = "；“说明”写的“{note}”{says}"
_QUOTED = 120
"""So much of a note is quoted: what contradicts stands often behind its first words."""
_NOT_ASKED = "MZ309"
"""In another unit's report stands what this one is not asked for."""
_LEAST_RUN = 3
_DEEPEST = 32
"""So many folders deep evidence may lie: each costs a look at the disk."""


class CheckedFile(NamedTuple):
    """One file that was looked at."""

    path: str
    records: int
    encoding: str
    """`utf-8` or `gb18030`; empty when the file could not be read."""

    @property
    def is_refused(self) -> bool:
        """Whether nothing of it was used."""
        return not self.encoding


class CheckResult(NamedTuple):
    """The sound records, and everything that is to be said."""

    ledger: Ledger
    diagnostics: tuple[Diagnostic, ...]
    """In the order of a report: path, line, column, code."""
    files: tuple[CheckedFile, ...]
    """The files given, without context."""
    records: int
    """Rows of those files that say something, sound or not."""
    cleared: tuple[Diagnostic, ...] = ()
    """The changes that are no findings because of what their notes say, in the same order."""
    other_ledgers: tuple[Ledger, ...] = ()
    """Those of the files that were checked by the plans of other years."""


def together(results: Sequence[CheckResult]) -> CheckResult:
    """What was checked plan by plan as one result; the ledger of the first is the ledger."""
    if len(results) == 1:
        return results[0]
    return CheckResult(
        results[0].ledger,
        tuple(sorted((finding for result in results for finding in result.diagnostics), key=lambda each: each.order)),
        tuple(sorted((file for result in results for file in result.files), key=lambda file: file.path)),
        sum(result.records for result in results),
        tuple(sorted((each for result in results for each in result.cleared), key=lambda each: each.order)),
        tuple(result.ledger for result in results[1:]),
    )


def run_checks(
    plan: Plan,
    sources: Iterable[Source],
    *,
    today: date | None = None,
    engine: Engine = PYTHON,
    context: Iterable[Source] = (),
    progress: Progress | None = None,
    errors_only: bool = False,
) -> CheckResult:
    """Read the sources into a ledger and apply every rule; a row with an error is not in the ledger.

    `context` is read as well and takes part in the rules across files, but a finding is reported only where a given
    source takes part in it. `today` is for the rules about dates; without it they are silent. `progress` is told now
    and then how many more rows have been read. With `errors_only` nobody will ask for warnings but those of figures
    that may be wrong, and the rules that give no more are not applied; the ledger is the same.

    The result depends neither on `engine` nor on the order of the sources: they are read in the order of their paths,
    files in their place before all others and then context first, and of two records for one place the first read
    stays.
    """
    given = list(sources)
    paths = {source.path for source in given}
    names = Names(plan)
    unsorted = given + [source for source in context if source.path not in paths]
    placed = zip(unsorted, places_of_sources(names, unsorted), strict=True)
    in_order = sorted(placed, key=lambda pair: (not pair[1].is_in_place, pair[0].path in paths, pair[0].path))
    everything = [source for source, _ in in_order]
    places = [place for _, place in in_order]
    ledger = Ledger(plan)
    ledger.sources = [source.path for source in everything]
    scans = read_all(plan, ledger, everything, places, today, engine, progress)
    for scan in scans:
        beside = [_beside_its_year(each, scan, ledger) for each in scan.diagnostics]
        scan.diagnostics = list(by_cause(zip(beside, scan.causes, strict=True)))
    reported = frozenset(file for file, source in enumerate(everything) if source.path in paths)
    findings = [finding for scan in scans if scan.file in reported for finding in _without_runs(scan)]
    repeats = repeated(plan, ledger, [repeat for scan in scans for repeat in scan.repeats], reported)
    findings += by_cause(repeats)
    closed = frozenset((unit, str(period)) for unit, period in _closed(plan, everything, places))
    ledger.faulty = closed.union((each.unit, each.period) for scan in scans for each in errors_of(scan.diagnostics))
    judged = in_series(plan, ledger, errors_only=errors_only)
    cleared = _cleared(judged, [source for source in everything if source.path in paths])
    findings += _across(plan, ledger, everything, scans, places, today, reported, errors_only, judged, findings)
    findings = list(in_stretches(findings, everything, places, ledger))
    findings = [with_hints(each, lambda one: beside_the_last(one, ledger)) for each in findings]
    findings = list(by_cause((each, cause_beside_the_last(each)) for each in findings))
    if errors_only:
        findings = [finding for finding in findings if finding.rule.counts_always]
    files = tuple(
        CheckedFile(everything[scan.file].path, scan.records, scan.encoding)
        for scan in sorted(scans, key=lambda scan: everything[scan.file].path)
        if scan.file in reported and not everything[scan.file].is_lack
    )
    sheets = {everything[scan.file].path: scan.sheet for scan in scans if scan.sheet}
    findings, cleared = (
        [in_workbook(each, sheet) if (sheet := sheets.get(each.location.path)) else each for each in some]
        for some in (findings, cleared)
    )
    ordered, cleared = (sorted(some, key=lambda finding: finding.order) for some in (findings, cleared))
    errors = [one for each in errors_of(ordered) for one in each.singly()]
    in_place = [(places[scan.file].key, scan) for scan in scans]
    of_files = {key: scan for key, scan in in_place if key and errors_of(scan.diagnostics)}
    ledger.faulty = closed.union((each.unit, each.period) for each in errors)
    ledger.faulty |= {(unit, str(period)) for unit, period in of_files}
    ledger.refused = frozenset((each.indicator, each.unit, each.period) for each in errors).union(
        (indicator, unit, str(period))
        for (unit, period), scan in of_files.items()
        for indicator in _refused(ledger, unit, period, scan)
    )
    return CheckResult(ledger, tuple(ordered), files, sum(file.records for file in files), tuple(cleared))


def _beside_its_year(finding: Diagnostic, scan: Scanned, ledger: Ledger) -> Diagnostic:
    """A finding without the record that its hint proposes, if that has a row or would be odd among the other months.

    Nobody would be let file it. That row, or what the last report says and what may have been meant, is told instead.
    """
    proposed = scan.proposals.get((finding.location.line, finding.rule.code, finding.field))
    if proposed is None or finding.hint != proposed.told:
        return finding
    indicator, unit, month = ledger.keys(proposed.cell)
    if not ledger.is_empty(proposed.cell):
        is_own = ledger.location(proposed.cell)[:2] == finding.location[:2]
        return finding if is_own else finding._replace(hint=say(_TAKEN, code=indicator), meant="")
    last = ledger.latest(indicator, unit, Period(ledger.plan.year, month).shift(-1))
    is_rounded = last is not None and _would_be_written_so(
        finding, ledger.plan.indicators[indicator], last.figure, proposed.figure
    )
    if stands(ledger, proposed) and not is_rounded:
        return finding
    known = figure_text(ledger.plan, indicator, last.figure.value, last.figure.denominator or 0) if last else ""
    beside = (_supposed_beside(ledger, proposed) or say(_LAST, period=last.period, figure=known)) if last else ""
    return finding._replace(hint=listed(filter(None, (proposed.hint, beside)), ""), meant="")


def _would_be_written_so(finding: Diagnostic, indicator: Indicator, last: Figure, proposed: Figure) -> bool:
    """Whether the last figure, though it is not the proposed one, would be written as the cell is: 113.61万."""
    if finding.field not in FIGURES:
        return False
    is_below = finding.field == "denominator"
    known, meant = ((each.denominator if is_below else each.value) for each in (last, proposed))
    numbers = stated(str(finding.value), measure_of(indicator, finding.field), indicator.decimals)
    return known is not None and known != meant and len(numbers) == 1 and numbers[0].is_about(known)


def _supposed_beside(ledger: Ledger, proposed: Proposed) -> str:
    """What a figure below the last may have been meant as, where that stands among the other months; else empty."""
    code, unit, month = ledger.keys(proposed.cell)
    indicator, last = ledger.plan.indicators[code], ledger.latest(code, unit, Period(ledger.plan.year, month).shift(-1))
    figure, known = proposed.figure.value, last.figure.value if last else None
    if last is None or not figure or not known or figure >= known or indicator.ratio or indicator.stages:
        return ""
    fitting = [
        each
        for each in supposed(indicator, "value", figure, known)
        if stands(ledger, proposed._replace(figure=Figure(each.figure)))
    ]
    return told_beside(last.period, plain(known), fitting)


def _refused(ledger: Ledger, unit: str, period: Period, scan: Scanned) -> set[str]:
    """The indicators that a report tells of in rows left out, or may tell of in rows that say of none."""
    missing = lacking(ledger, unit, period, scan.seen) if scan.unread and period.year == ledger.plan.year else []
    return scan.seen.union(missing if len(missing) <= scan.unread else ())


def _closed(plan: Plan, sources: Sequence[Source], places: Sequence[Place]) -> Iterator[tuple[str, Period]]:
    """Every unit's report of the months whose folders cannot be looked into: it may be there."""
    for source, place in zip(sources, places, strict=True):
        spot = source.spot
        if spot is not None and place.period is not None and (not spot.name or is_period(spot.name)):
            yield from ((unit, place.period) for unit in plan.units)


def read_all(
    plan: Plan,
    ledger: Ledger,
    sources: Sequence[Source],
    places: Sequence[Place],
    today: date | None,
    engine: Engine,
    progress: Progress | None,
) -> list[Scanned]:
    """Read every source into the ledger, those without a fault by a database when that pays or was asked for."""
    scanner = Scanner(plan, ledger, today, evidence_exists, places)
    taken = read_sound(scanner, sources, engine, progress)
    scans = [taken.get(file) or scanner.scan(file, source, progress) for file, source in enumerate(sources)]
    if have_met(ledger, scans, taken):
        ledger.clear()
        return read_all(plan, ledger, sources, places, today, PYTHON, progress)
    return scans


def evidence_exists(text: str, source: Source) -> bool:
    """Whether a file named as evidence is there, and not outside of the project.

    It may lie beside its CSV, below the project's root, where what came with the report is kept, or have come just now.
    """
    name = text.replace("\\", "/")
    if name.startswith("/") or ":" in name or "\0" in name or len(name) > 1024 or name.count("/") > _DEEPEST:
        return False
    if name in source.attached:
        return True
    beside, file = os.path.split(source.file or source.path)
    kept = os.path.join(os.path.dirname(os.path.dirname(beside)), KEPT, os.path.basename(beside), PurePath(file).stem)
    folders = [beside, kept, source.root] if source.root else [beside]
    exists = source.mirror.exists if source.mirror else os.path.exists
    there = [path for folder in folders if exists(path := os.path.join(folder, name))]
    return any(is_within(os.path.realpath(path), os.path.realpath(folders[-1])) for path in there)


def _without_runs(scan: Scanned) -> Iterator[Diagnostic]:
    """Names that do not fit their codes on successive rows are one shifted column, not so many mistakes."""
    run: list[Diagnostic] = []
    for finding in scan.diagnostics:
        if finding.rule is not RULES["MZ304"]:
            yield finding
            continue
        if run and finding.location.line != run[-1].location.line + 1:
            yield from _of_run(run)
            run = []
        run.append(finding)
    yield from _of_run(run)


def _of_run(run: Sequence[Diagnostic]) -> Sequence[Diagnostic]:
    return run if len(run) < _LEAST_RUN else [of_run(run)]


def _cleared(judged: YearFindings, sources: Sequence[Source]) -> list[Diagnostic]:
    """What notes clear in these files."""
    paths = {source.path for source in sources}
    cleared = [(rule, each) for rule, each in judged.cleared if each.location.path in paths]
    cells = _located(sources, [each for _, each in cleared])
    return [_diagnostic(rule, each, cells) for rule, each in cleared]


def _across(
    plan: Plan,
    ledger: Ledger,
    sources: Sequence[Source],
    scans: Sequence[Scanned],
    places: Sequence[Place],
    today: date | None,
    reported: frozenset[int],
    errors_only: bool,
    judged: YearFindings,
    told: list[Diagnostic],
) -> list[Diagnostic]:
    """The rules that look at more than one row. An erroneous record leaves the ledger when all have looked.

    What is of one cause with a finding that is told already goes to that.
    """
    found = list(judged.found)
    whole = Whole(
        plan,
        ledger,
        today,
        sources,
        placed={file: place.key for file, place in enumerate(places) if place.key},
        read=frozenset(scan.file for scan in scans if scan.encoding and places[scan.file].counts),
        astray=frozenset(spoken for scan in scans for spoken in scan.astray),
        closed=frozenset(
            (unit, period.month) for unit, period in _closed(plan, sources, places) if period.year == plan.year
        ),
        given=reported,
        seen={scan.file: frozenset(scan.seen) for scan in scans if scan.seen},
        wrong=frozenset(
            each.cell
            for rule, each in found
            if each.cell is not None and severity_of(rule, each.finding) is Severity.ERROR
        ),
        unread={scan.file: scan.unread for scan in scans if scan.unread},
        untouched={scan.file: scan.untouched for scan in scans},
        blank=frozenset(scan.file for scan in scans if scan.is_blank),
    )
    behind = {source.path for file, source in enumerate(sources) if file not in reported}
    for rule, check in CHECKS.whole:
        if not errors_only or rule.severity is Severity.ERROR:
            found += ((rule, each) for each in check(whole))
    copies = {(each.location.path, each.period) for _, each in found if each.is_of_all}
    found = [(rule, each) for rule, each in found if each.is_of_all or (each.location.path, each.period) not in copies]
    anothers = {path for path, _ in copies}
    told[:] = [each for each in told if each.rule.code != _NOT_ASKED or each.location.path not in anothers]
    said = [(rule, each) for rule, each in found if not {each.location.path, *_paths(each)} <= behind]
    cells = _located(sources, [each for _, each in said])
    for rule, each in found:
        if each.cell is not None and severity_of(rule, each.finding) is Severity.ERROR:
            ledger.erase(each.cell)
        if each.is_of_all:
            block = ledger.block(each.unit, int(each.period[-2:]))
            for cell in range(block, len(ledger.values), ledger.block_count):
                ledger.erase(cell)
    return list(by_cause(((_diagnostic(rule, each, cells), each.finding.cause) for rule, each in said), told))


def _paths(found: Found) -> set[str]:
    return {place.path for place in found.finding.related}


Cells = Mapping[tuple[str, int], Mapping[str, PlacedCell]]


def _located(sources: Sequence[Source], found: Sequence[Found]) -> Cells:
    """The cells of the rows that findings across rows are about: their files are read again for that."""
    wanted: dict[str, set[int]] = {}
    for each in found:
        if each.location.line:
            wanted.setdefault(each.location.path, set()).add(each.location.line)
    by_path = {source.path: source for source in sources}
    cells: dict[tuple[str, int], Mapping[str, PlacedCell]] = {}
    for path, lines in wanted.items():
        source = by_path[path]
        with suppress(FileError, RefusedError, OSError), source.open() as stream:
            cells |= {(path, line): found for line, found in cells_of_lines(stream, lines)}
    return cells


def _diagnostic(rule: Rule, found: Found, cells: Cells) -> Diagnostic:
    finding, place = found.finding, found.location
    row = cells.get((place.path, place.line), {})
    cell, note = row.get(finding.field), row.get("note")
    is_said = finding.of_note and note and note.text.strip()
    quoted = say(_OF_NOTE, note=show(note.text, _QUOTED), says=finding.of_note) if note and is_said else ""
    part = next((part for part in found.parts if part.line == place.line), Occurrence())
    return Diagnostic(
        place._replace(column=cell.column if cell else part.column),
        rule,
        say("{message}{quoted}", message=finding.message, quoted=quoted) if quoted else finding.message,
        severity_of(rule, finding),
        finding.field,
        cell.text if cell else None,
        finding.told_hint,
        finding.fix,
        finding.related,
        found.unit,
        found.indicator,
        found.period,
        found.parts,
        row=next(iter(row.values())).row if row else 0,
        cell_number=cell.number if cell else part.cell_number,
        meant=finding.meant,
    )
