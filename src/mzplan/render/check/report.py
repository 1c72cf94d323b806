"""What a renderer of findings is given. Knows nothing of files, the environment or any format."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property

from mzplan.check.baseline import relative_path
from mzplan.diagnostics import Diagnostic, Location, Occurrence, Severity, column_letters, errors_of, show
from mzplan.render.guard import hides, slashed
from mzplan.render.layout import NARROW, Look
from mzplan.rules.pages import PAGE
from mzplan.said import Listed, Said, listed, say

ROW = "第{row}行"
_ROW_CELL = "第{row}行 {letters}列（{cell}）"
_REFUSED = "没有检查：{errors:,} 个错误，{warnings:,} 个警告。"
_NO_FILE = "没有检查任何文件。"
_CLEAN = "√ 检查了 {looked}，没有发现问题。"
_FOUND = "检查了 {looked}：{errors:,} 个错误，{warnings:,} 个警告。"
_FIXABLE = (
    "检查了 {looked}：{errors:,} 个错误，{warnings:,} 个警告；其中 {fixable:,} 处可用 mzplan check --fix 自动改正。"
)

_WITH_ROWS, _WITH_MANY_ROWS = "{fact}各处：{rows}", "{fact}各处：{rows}，等 {count} 处"
ROWS_NAMED = 20
"""Rows of one finding that people are told of; programs are told of all."""
FIGURES = frozenset({"value", "numerator", "denominator"})
"""The columns of figures, by canonical name."""
_SENTENCE_END = re.compile(r"(?<=[。？])|(?<=[.?])(?= )")
_ROW_HOLDS, _ROW_MEANS, _ROW_SAYS = "{place}：{value}", "{place}：{value} → {meant}", "{place}：{value}；{hint}"

REMEDY = "改法：{hint}"
SEE_ALSO = "{fact}另见：{places}"

SAID_WIDTH = 2000
"""Cells of a message; no more than two a character."""

CLEARED = "凭说明放行 {count:,} 处变化，请看说明是否属实："
_CLEARED_SHOWN, _CLEARED_LEAST = 10, 3
_PART = re.compile(r"\d+(?:\.\d+)?")
"""Of a figure as it is told: itself, or a part of a ratio."""
_NOTE_SHOWN, _PLACE_SHOWN = 120, 200

PATH_WIDTH = 4096
"""Paths are never cut; hidden characters in them are spelt out all the same."""


def no_lines(path: str, line: int) -> str | None:
    """For a caller that has no text at hand."""
    return None


@dataclass(frozen=True, kw_only=True)
class CheckReport:
    """The findings of one run, in the order of a report, with what a reader needs beside them."""

    diagnostics: Sequence[Diagnostic]
    files: Sequence[str]
    """Every file that was looked at, whether or not anything was found in it."""
    records: int | None
    """Rows that say something; None where the files are no data."""
    waived: int = 0
    """Findings that a waiver silences."""
    ignored: int = 0
    """Findings that settings or options ignore."""
    ignored_by_option: int = 0
    """Of these, those that count by the settings file: the command line leaves them out."""
    known: int = 0
    """Findings that the baseline knows."""
    unchanged: int = 0
    """Findings left out because none of their rows has changed."""
    cleared: Sequence[Diagnostic] = ()
    """Changes that would be findings but for what their notes say: told beside the tally, and no findings."""
    excluded: int = 0
    """Files whose findings `--exclude` leaves out."""
    command: str = "mzplan check"
    """What was run, without its options."""
    again: str = "mzplan check"
    """What shows all of it to people."""
    tell: Callable[[str], str] = str
    """What says a text in the reader's language; the findings are said in it already."""
    is_refused: bool = False
    """Whether nothing was checked, which the findings are the reasons of."""
    links: frozenset[str] = frozenset()
    """The files that are links, in place of which `--fix` writes nothing."""
    cap: int = 100
    """Findings of one file that `text` and `concise` print before they say how many more there are; 0 for all."""
    verbose: bool = False
    quiet: bool = False
    """Whether formats for people list the findings and say nothing else."""
    look: Look = NARROW
    """How wide the lines are in which people read the findings, and whether in colour."""
    statistics: bool = False
    unit_names: Mapping[str, str] = field(default_factory=dict)
    """Names of the reporting units by id."""
    regions_of: Callable[[Sequence[str]], str] = lambda units: ""
    """How many of some units each region has; empty where there are none."""
    indicator_name: Callable[[Diagnostic], str] = lambda finding: ""
    """What the indicator is called that a finding is about, by the plan of its year; empty without one."""
    field_names: Mapping[str, str] = field(default_factory=dict)
    """What people call the columns, by canonical name."""
    cwd: str = ""
    """The folder that relative paths start from; needed only together with `root`."""
    root: str = ""
    """The repository's folder: what continuous integration wants paths to be relative to."""
    line_hash: Callable[[str, int], str | None] = lambda path, line: ""
    """GitHub's name of a line of a file; None when the file is too large, empty when there is no such line."""
    line_text: Callable[[str, int], str | None] = no_lines
    """The text of a line of a file, for formats that count bytes or propose replacements; None when unknown."""
    rules_page: str = PAGE
    """Where the page of rules stands, for the formats that link to it."""

    @cached_property
    def errors(self) -> int:
        """How many findings fail the run."""
        return len(errors_of(self.diagnostics))

    @cached_property
    def warnings(self) -> int:
        """How many findings do not."""
        return len(self.diagnostics) - self.errors

    @cached_property
    def fixable(self) -> int:
        """How many findings `--fix` would mend."""
        return sum(finding.fixes for finding in self.diagnostics if finding.location.path not in self.links)

    @cached_property
    def worst_first(self) -> Sequence[Diagnostic]:
        """Errors before warnings, each in the order of a report."""
        return sorted(self.diagnostics, key=lambda finding: finding.severity is not Severity.ERROR)

    @cached_property
    def by_file(self) -> Mapping[str, Sequence[Diagnostic]]:
        """The findings of each file that has any."""
        files: dict[str, list[Diagnostic]] = {}
        for finding in self.diagnostics:
            files.setdefault(finding.location.path, []).append(finding)
        return files

    def repository_path(self, path: str) -> str:
        """The path as the repository sees it: relative to its root, with slashes; outside of it, as it stands."""
        return relative_path(path, self.cwd, self.root)


def shown_path(path: str) -> str:
    """A path made safe to print, with slashes and never cut."""
    path = slashed(path)
    return show(path, PATH_WIDTH) if hides(path) or len(path) > PATH_WIDTH // 2 else path


def shown_place(place: Location) -> str:
    """`path:line:column`, as far as they are known."""
    return str(place._replace(path=shown_path(place.path)))


def whereabouts(report: CheckReport, finding: Diagnostic) -> str:
    """Row and cell as a spreadsheet calls them, and the indicator: `第16行 E列（E16） T05-04 新增持证养老护理员`."""
    pieces: list[str] = []
    if finding.row:
        letters, cell = column_letters(finding.cell_number), show(finding.cell)
        pieces.append(report.tell(say(_ROW_CELL if cell else ROW, row=finding.row, letters=letters, cell=cell)))
    name = report.tell(report.indicator_name(finding))
    if name and not (finding.indicator in finding.message and name in finding.message):
        pieces.append(f"{finding.indicator} {show(name, 60)}")
    return " ".join(pieces)


def fact(report: CheckReport, finding: Diagnostic) -> str:
    """Place in the sheet, column, message and offending value, each unless the message says it already."""
    place = whereabouts(report, finding)
    said_of_it = bare_fact(report, finding)
    return report.tell(say("{place}：{fact}", place=place, fact=said_of_it)) if place else said_of_it


def bare_fact(report: CheckReport, finding: Diagnostic) -> str:
    """Column, message and offending value, each unless the message says it already: for whoever says the place."""
    message = said(finding.message)
    field = show(report.tell(report.field_names.get(finding.field, finding.field)))
    prefix = say("“{field}”一栏，", field=field) if field and field not in message else ""
    value = show(finding.value) if finding.value else ""
    is_told = all(part in message for part in (value.parts if isinstance(value, Listed) else (value,)))
    suffix = "" if is_told else say("（原值“{value}”）", value=value)
    return report.tell(listed((prefix, message, suffix), ""))


def each_row(report: CheckReport, finding: Diagnostic) -> Sequence[str]:
    """Of a finding about several rows each row's cell and indicator, and what is said or meant of it alone.

    Empty where all is the same of all of them.
    """
    singles = singles_of(finding)
    hints = [_SENTENCE_END.split(each.hint) for each in singles]
    shared = set(hints[0]).intersection(*hints[1:]) if hints else set()
    is_of_one = any(part.hint and finding.hint.startswith(part.hint) for part in finding.parts)
    said_alone = ["".join(piece for piece in hint if is_of_one and piece not in shared) for hint in hints]
    own = [each.meant or each.fix or alone for each, alone in zip(singles, said_alone, strict=True)]
    if len(set(own)) < 2:
        return ()
    return [_row(report, finding, each, told) for each, told in zip(singles, own, strict=True)]


def singles_of(finding: Diagnostic) -> Sequence[Diagnostic]:
    """The rows of a finding about several, each as a finding of its own; none where it is about one."""
    return [each for each in finding.singly() if each.row] if len(finding.parts) > 1 else []


def _row(report: CheckReport, finding: Diagnostic, each: Diagnostic, own: str) -> str:
    named = " ".join(filter(None, (row_named(each, finding), show(report.tell(report.indicator_name(each)), 60))))
    template = _ROW_MEANS if each.meant or each.fix else _ROW_SAYS if own else _ROW_HOLDS
    return report.tell(say(template, place=named, value=show(each.value or "", 40), meant=own, hint=own))


def row_named(part: Diagnostic | Occurrence, finding: Diagnostic) -> str:
    """The cell of one of the rows of a finding, and of a figure the code of what it is about."""
    letters = column_letters(part.cell_number or finding.cell_number)
    cell: str = f"{letters}{part.row}" if letters else say(ROW, row=part.row)
    is_of_figure = (part.field or finding.field) in FIGURES
    return listed((cell, part.indicator), " ") if is_of_figure and part.indicator else cell


def verdict(report: CheckReport) -> str:
    """What came of the check, in a word."""
    return "未通过" if report.errors else "通过"


def sentence(report: CheckReport, finding: Diagnostic, *, places: bool = False) -> str:
    """Fact and remedy in one paragraph, for formats that have one field for all; `places` adds the other places."""
    text = fact(report, finding)
    if finding.hint:
        text = report.tell(say("{fact}改法：{hint}", fact=full_stop(text), hint=said(finding.hint)))
    if rows := each_row(report, finding):
        template = _WITH_ROWS if len(rows) <= ROWS_NAMED else _WITH_MANY_ROWS
        told = listed(rows[:ROWS_NAMED], "；")
        text = report.tell(say(template, fact=full_stop(text), rows=told, count=len(rows)))
    if places and finding.related:
        text = report.tell(say(SEE_ALSO, fact=full_stop(text), places=other_places(finding)))
    return text


def other_places(finding: Diagnostic) -> str:
    """The related places in one line, as far as the first ten."""
    return listed(shown_place(place) for place in finding.related[:10])


def full_stop(text: str) -> str:
    """The text as a sentence."""
    return text if text.endswith(("。", "？", "！", ".", "?")) else say("{text}。", text=text)


def said(text: str) -> str:
    """A message or a hint on one line: its untrusted parts were made safe when it was made, so this changes nothing."""
    return text if len(text) <= SAID_WIDTH // 2 and not hides(text) else show(text, SAID_WIDTH)


def tally(report: CheckReport) -> str:
    """The counts in one sentence, the last line of every report for people."""
    counts = {"errors": report.errors, "warnings": report.warnings, "fixable": report.fixable}
    looked = listed((say("{count:,} 个文件", count=len(report.files)), *_records(report)))
    if report.is_refused:
        template = _REFUSED
    elif not report.files and not report.diagnostics:
        template = _NO_FILE
    elif not report.diagnostics:
        template = _CLEAN
    else:
        template = _FIXABLE if report.fixable else _FOUND
    text = say(template, looked=looked, **counts)
    untold = left_out(report)
    return report.tell(listed((text, say("（{untold}）", untold=untold)), "") if untold else text)


def _records(report: CheckReport) -> Sequence[str]:
    return () if report.records is None else [say("{count:,} 条记录", count=report.records)]


def left_out(report: CheckReport) -> str:
    """How many findings are not told, and why; empty when all are."""
    counts = (
        ("按 --exclude 略过 {count:,} 个文件", report.excluded),
        ("按 waivers.csv 豁免 {count:,} 条", report.waived),
        ("设置不查 {count:,} 条", report.ignored - report.ignored_by_option),
        ("命令行不查 {count:,} 条", report.ignored_by_option),
        ("基线中已有 {count:,} 条", report.known),
        ("不在改动的行里 {count:,} 条", report.unchanged),
    )
    told = [say(template, count=count) for template, count in counts if count]
    return report.tell(say("{told}，未列出。", told=listed(told, "，"))) if told else ""


def worst_cleared(report: CheckReport) -> Sequence[Diagnostic]:
    """What notes clear, errors first, of these the largest change by its factor, of equal ones the latest."""
    latest_first = sorted(report.cleared, key=lambda each: each.period, reverse=True)
    return sorted(latest_first, key=lambda each: (each.severity is not Severity.ERROR, -_factor(each.known_message)))


def _factor(change: str) -> Fraction:
    """By how many times a figure has changed, of a ratio the part that has changed most; 0 of a stage."""
    fields = change.fields if isinstance(change, Said) else {}
    new, old = ([Fraction(part) for part in _PART.findall(fields.get(name, ""))] for name in ("new", "old"))
    pairs = [sorted(pair) for pair in zip(new, old or [Fraction(1)] * len(new), strict=False)]
    return max((high / max(low, Fraction(1)) for low, high in pairs), default=Fraction(0))


def cleared_by_notes(report: CheckReport) -> Sequence[str]:
    """What notes clear, a heading and a line each, the worst first; empty for nothing.

    Of more than fit on a screen only the errors, and a few in any case.
    """
    in_order = worst_cleared(report)
    if not in_order:
        return ()
    lines = [say(CLEARED, count=len(in_order))]
    shown = len(in_order)
    if shown > _CLEARED_SHOWN and not report.verbose:
        shown = min(max(len(errors_of(in_order)), _CLEARED_LEAST), _CLEARED_SHOWN)
    lines += [say("  {line}", line=cleared_line(report, each)) for each in in_order[:shown]]
    if shown < len(in_order):
        lines.append(say("  另有 {count:,} 处（--verbose 全部列出）。", count=len(in_order) - shown))
    return [report.tell(line) for line in lines]


def cleared_line(report: CheckReport, cleared: Diagnostic) -> str:
    """A change with the note that clears it: `义乌市 T05-04 新增持证养老护理员 17 → 13：“…”（yiwu.csv:16）`."""
    return say(
        "{unit} {indicator} {name} {change}：“{note}”（{place}）",
        unit=show(report.unit_names.get(cleared.unit, cleared.unit)),
        indicator=cleared.indicator,
        name=show(report.indicator_name(cleared), 60),
        change=cleared.message,
        note=show(cleared.value or "", _NOTE_SHOWN),
        place=show(shown_place(cleared.location._replace(column=0)), _PLACE_SHOWN),
    )


def statistics(report: CheckReport) -> Sequence[tuple[str, Sequence[tuple[str, str, int, int]]]]:
    """Counts by rule and by unit: (title, rows of (key, name, errors, warnings)), the most frequent first."""
    by_rule: dict[tuple[str, str], list[int]] = {}
    by_unit: dict[tuple[str, str], list[int]] = {}
    for finding in report.diagnostics:
        warning = finding.severity is not Severity.ERROR
        by_rule.setdefault((finding.rule.code, finding.rule.title), [0, 0])[warning] += 1
        name = report.tell(report.unit_names.get(finding.unit, "") if finding.unit else "未能识别单位")
        by_unit.setdefault((finding.unit, name), [0, 0])[warning] += 1
    return tuple(
        (
            report.tell(title),
            tuple(
                (key, name, errors, warnings)
                for (key, name), (errors, warnings) in sorted(counts.items(), key=lambda item: (-sum(item[1]), item[0]))
            ),
        )
        for title, counts in (("按规则", by_rule), ("按填报单位", by_unit))
    )
