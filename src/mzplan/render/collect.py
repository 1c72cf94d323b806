"""What `mzplan collect` shows: what became of each file, and who is silent; and the words for whoever sent it."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from pathlib import PurePath
from typing import NamedTuple

from mzplan.check.outcomes import TAKEN, Outcome, Taken
from mzplan.check.replacing import THE_FILED
from mzplan.check.standing import Standing, is_over
from mzplan.diagnostics import Diagnostic, Occurrence, Severity, column_letters, errors_of, show
from mzplan.period import Period
from mzplan.plan.model import Plan
from mzplan.plan.unit_lists import units_told
from mzplan.render.check.report import (
    CLEARED,
    REMEDY,
    ROW,
    ROWS_NAMED,
    CheckReport,
    bare_fact,
    cleared_line,
    each_row,
    full_stop,
    said,
    shown_path,
)
from mzplan.render.columns import column
from mzplan.render.document import Block, Cell, Column, Document, Table, Tone, listing
from mzplan.said import SCREEN, first_of, listed, retold, say
from mzplan.scoring.progress import STATUS_ZH, Status
from mzplan.submissions.header import FIELDS_ZH
from mzplan.submissions.parcel import Parcel

OUTCOMES: Mapping[Outcome, tuple[str, str, Tone]] = {
    Outcome.FILED: ("√", "归档", "green"),
    Outcome.REPLACED: ("√", "替换", "green"),
    Outcome.KNOWN: ("√", "已归档", "dim"),
    Outcome.SUPERSEDED: ("·", "已被替换", "dim"),
    Outcome.WAITING: ("？", "待定", "yellow"),
    Outcome.RETURNED: ("×", "退回", "red"),
    Outcome.UNKNOWN: ("×", "没有收", "red"),
    Outcome.DOUBTFUL: ("？", "请核对", "yellow"),
    Outcome.BESIDE: ("·", "附件", "dim"),
    Outcome.BLANK: ("·", "没有填", "dim"),
}
"""Sign and word of what becomes of a report."""
_BEFORE = frozenset({Outcome.KNOWN, Outcome.SUPERSEDED})

_NOTHING = "（无）"
_MORE = "……共 {count} 处"
_COLUMNS = (column("unit"), column("period"), Column("received", "收到", "right"), Column("outcome", "结果"))
_COUNT = "{word} {count}"
_UNREAD, _UNREAD_IN = "{name}（有文件，没有读到数）", "{word}（{files} 里没有读到数）"
_BY_NAME = "{word}：{names}"
_SHOWN, _FILES = 10, 3

_OPENING = "{unit}：你们报来的{period}填报表“{name}”有 {errors} 处要改，改好后请把整张表重新发来。"
_UNFIT = "{unit}：你们报来的{period}填报表“{name}”没有收：{reason}。请重新发来。"
_CAUSE = "{number}. {title}。{text}"
_CAUSES = "{number}. {title}（{count} 处）。{hint}"
_POINT = "　{text}"
_OF_INDICATOR = "{places} {indicator} {name}"
_ATTACHED = "附件“{name}”是标好的原表：{colours}，每格都写着原因和改法。"
_PARTLY = "附件“{name}”是标好的原表：{colours}，每格都写着原因和改法；整个文件要改的，写在第一张工作表里。"
_LISTED = "附件“{name}”是标好的原表，第一张工作表写着原因和改法。"
_RED, _YELLOW = "红色的要改", "黄色的请核对"
_FEW = 6
"""So many cells of a finding are named."""
_WRONG_SHOWN, _DOUBTFUL_SHOWN = 12, 3
"""Of one cause so many places are told: the rest stands in the copy."""


class Returned(NamedTuple):
    """An annotated copy that goes back."""

    path: str
    lost: str
    """What could not be kept of the file, in a sentence; empty when all of it is there."""


@dataclass(frozen=True, kw_only=True)
class Shown:
    """What was collected, for whoever shows it."""

    plan: Plan
    taken: Sequence[Taken]
    standing: Mapping[Period, Mapping[str, Standing]]
    """By month the units that owe a report, and what became of it; of a month not yet over only who has sent one."""
    copies: Mapping[int, Returned]
    """By the place of a returned report among all: its annotated copy."""
    messages: Mapping[int, str]
    """Likewise where the words for its unit are."""
    targets: Mapping[int, str]
    """Likewise of a filed one where it is filed."""
    settled: Mapping[int, Sequence[str]]
    """Likewise what had been sent back for its unit and month, and is taken away."""
    today: date
    is_dry: bool


def collected(shown: Shown) -> Document:
    """The whole of it, file by file, then unit by unit, and how many of each kind."""
    blocks: list[Block] = []
    if shown.is_dry:
        blocks.append(listing("facts", ["只看不写（--dry-run）：下面是会怎样做，什么也没有写"], "yellow"))
    for at, one in enumerate(shown.taken):
        blocks += _of_file(shown, at, one)
    if (units := _of_units(shown)).rows:
        blocks.append(units)
    blocks.append(listing("notes", _ending(shown)))
    files = len({one.received.name for one in shown.taken})
    return Document(say("收到 {count} 个文件", count=files), tuple(blocks))


def _of_file(shown: Shown, at: int, one: Taken) -> Iterator[Block]:
    sign, word, tone = OUTCOMES[one.outcome]
    name = shown_path(one.received.name)
    if one.parcel is None:
        line = say("{sign} {name}：{word}", sign=sign, name=name, word=word)
    else:
        unit = show(shown.plan.units[one.parcel.unit].name)
        whom = say("{unit} {period}", unit=unit, period=one.parcel.period)
        line = say("{sign} {name}：{whom}，{word}", sign=sign, name=name, whom=whom, word=word)
    yield listing("facts", [line], tone)
    if points := list(_points(shown, at, one)):
        yield listing("points", points)


def _points(shown: Shown, at: int, one: Taken) -> Iterator[str]:
    if one.parcel is not None:
        tab, why = show(one.parcel.tab, 40), one.parcel.why
        yield say("工作表“{sheet}”，{why}", sheet=tab, why=why) if tab else why
        if one.outcome is not Outcome.RETURNED and not one.parcel.void_by:
            yield from _odds(one.parcel)
    if one.reason and one.outcome is not Outcome.RETURNED:
        yield show(one.reason, 2000)
    if one.outcome is Outcome.RETURNED:
        yield from message(shown.plan, one, shown.copies.get(at))
        if at in shown.messages:
            path = shown_path(shown.copies[at].path) if at in shown.copies else ""
            words = "批注副本 {path}，回话 {message}" if path else "回话 {message}"
            yield say(words, path=path, message=shown_path(shown.messages[at]))
        return
    if one.outcome in TAKEN:
        yield say("{count} 条 → {path}", count=one.rows, path=shown_path(shown.targets[at]))
    if at in shown.settled:
        yield say("以前退回的已撤下：{paths}", paths=listed(map(shown_path, shown.settled[at])))
    if one.notes and one.outcome not in _BEFORE:
        yield say("已改写法：{notes}", notes=listed(one.notes, "；"))
        yield from one.gone
    yield from _changes(shown.plan, one)
    if one.findings and one.outcome not in _BEFORE:
        yield say("{count} 处请核对：", count=len(one.findings))
        yield from causes(shown.plan, one.findings, _DOUBTFUL_SHOWN)
    if one.cleared and one.outcome not in _BEFORE:
        yield say(CLEARED, count=len(one.cleared))
        report = _report((), shown.plan)
        yield from (say(_POINT, text=cleared_line(report, each)) for each in one.cleared)
    if one.beyond and one.outcome in TAKEN | {Outcome.KNOWN, Outcome.WAITING}:
        yield from _beyond(shown.plan, one.beyond)


def _beyond(plan: Plan, findings: Sequence[Diagnostic]) -> Iterator[str]:
    """What the unit has to mend in reports of later months that are filed."""
    yield "后面月份已归档的与它对不上，请单位核对、更正那几个月的："
    for finding in findings[:_SHOWN]:
        fact = full_stop(_told(plan, _report(findings, plan), finding))
        hint = say(REMEDY, hint=said(finding.remedy)) if finding.remedy else ""
        text = listed((fact, hint), "")
        yield say(_POINT, text=say("{path} {text}", path=shown_path(finding.location.path), text=text))
    if len(findings) > _SHOWN:
        yield say(_POINT, text=say(_MORE, count=len(findings)))


def _report(findings: Sequence[Diagnostic], plan: Plan) -> CheckReport:
    """As it is made: the whole document is told in the reader's language, and the sender's words stay Chinese."""
    return CheckReport(
        diagnostics=findings,
        files=(),
        records=0,
        field_names=FIELDS_ZH,
        tell=lambda text: text,
        unit_names={unit.id: unit.name for unit in plan.reporting_units},
        indicator_name=lambda each: plan.indicators[each.indicator].name if each.indicator in plan.indicators else "",
    )


def _changes(plan: Plan, one: Taken) -> Iterator[str]:
    if not one.changes:
        return
    yield say("与{other}比，{count} 处不同：", other=show(one.other, 2000) or THE_FILED, count=len(one.changes))
    for change in one.changes[:_SHOWN]:
        name = show(plan.indicators[change.indicator].name, 60)
        before, after = map(_in_its_cell, (change.before, change.after), change.places)
        yield say(
            "{indicator} {name}：{before} → {after}", indicator=change.indicator, name=name, before=before, after=after
        )
    if len(one.changes) > _SHOWN:
        yield say(_MORE, count=len(one.changes))


def _in_its_cell(figure: str, place: str) -> str:
    told = _cut(figure or _NOTHING)
    return say("{figure}（{place}）", figure=told, place=place) if place else told


def _cut(figure: str) -> str:
    """A figure with the words that go with it, none too long."""
    return retold(figure, lambda piece: show(piece, 60))


def message(plan: Plan, one: Taken, copy: Returned | None) -> Iterator[str]:
    """What to tell the sender, line by line, to be pasted into a chat: causes first, each with its cells."""
    if one.parcel is None:
        return
    unit, name = plan.units[one.parcel.unit].name, show(PurePath(one.received.name).name, 80)
    month = say("{year}年{month}月", year=one.parcel.period.year, month=one.parcel.period.month)
    opening = {"unit": show(unit), "period": month, "name": name}
    if one.errors:
        yield say(_OPENING, errors=one.errors, **opening)
    else:
        yield say(_UNFIT, reason=show(one.reason, 2000), **opening)
    yield from _changes(plan, one)
    yield from _odds(one.parcel)
    wrong = errors_of(one.findings)
    doubtful = [finding for finding in one.findings if finding.severity is not Severity.ERROR]
    yield from causes(plan, wrong, _WRONG_SHOWN)
    if doubtful:
        yield say("另有 {count} 处请核对，确实无误的可以不改：", count=len(doubtful))
        yield from causes(plan, doubtful, _DOUBTFUL_SHOWN)
    if copy is not None:
        colours = [
            say(word) for word, found in ((_RED, wrong), (_YELLOW, doubtful)) if any(each.lines for each in found)
        ]
        words = _ATTACHED if all(each.lines for each in wrong) else _PARTLY
        attached = say(words if colours else _LISTED, name=PurePath(copy.path).name, colours=listed(colours, "，"))
        yield listed((attached, _rest(one), copy.lost), "")


def _rest(one: Taken) -> str:
    """How many rows have no error; empty where an error is about no row, or a row holds several records."""
    wrong = [finding.lines for finding in errors_of(one.findings)]
    is_wide = one.parcel is not None and bool(one.parcel.places.lines)
    return say("其余 {count} 行没有错误。", count=one.rows) if wrong and all(wrong) and one.rows and not is_wide else ""


def _odds(parcel: Parcel) -> Iterator[str]:
    """What the file or the tab is called that its contents contradict, or that speaks against its figures."""
    for told in filter(None, (parcel.at_odds, parcel.doubts)):
        yield full_stop(say("请核对：{said}", said=show(listed(told, "；"), 400)))


def causes(plan: Plan, findings: Sequence[Diagnostic], shown: int) -> Iterator[str]:
    """The findings cause by cause, and each cause with its remedy once; of one cause so many places."""
    report = _report(findings, plan)
    by_rule = sorted(findings, key=lambda finding: finding.rule.code)
    for number, (_, group) in enumerate(groupby(by_rule, key=lambda finding: finding.rule.code), start=1):
        several = list(group)
        texts = [_told(plan, report, finding) for finding in several]
        hints = {finding.remedy for finding in several}
        hint = say(REMEDY, hint=said(hints.pop())) if len(hints) == 1 and several[0].remedy else ""
        if len(several) == 1:
            yield say(_CAUSE, number=number, title=several[0].rule.title, text=listed((full_stop(texts[0]), hint), ""))
            yield from _rows(report, several[0])
            continue
        yield say(_CAUSES, number=number, title=several[0].rule.title, count=len(several), hint=hint)
        for finding, text in zip(several[:shown], texts, strict=False):
            own = "" if hint or not finding.remedy else say(REMEDY, hint=said(finding.remedy))
            yield say(_POINT, text=listed((full_stop(text), own), ""))
            yield from _rows(report, finding)
        if len(several) > shown:
            yield say(_POINT, text=say(_MORE, count=len(several)))


def _rows(report: CheckReport, finding: Diagnostic) -> Iterator[str]:
    """The rows of one finding that are to be mended each with a figure of its own."""
    rows = each_row(report, finding)
    yield from (say(_POINT, text=row) for row in rows[:ROWS_NAMED])
    if len(rows) > ROWS_NAMED:
        yield say(_POINT, text=say(_MORE, count=len(rows)))


def _told(plan: Plan, report: CheckReport, finding: Diagnostic) -> str:
    """Where it stands, all its cells, and what is wrong there."""
    parts = finding.parts or (Occurrence(finding.location.line, row=finding.row, cell_number=finding.cell_number),)
    numbers = [(part.cell_number or finding.cell_number, part.row) for part in parts if part.row]
    cells = [f"{column_letters(number)}{row}" if number else say(ROW, row=row) for number, row in numbers]
    places = first_of(cells, _FEW, "{names}等 {count} 格")
    fact = bare_fact(report, finding)
    indicator = plan.indicators.get(finding.indicator)
    if indicator is not None and len(cells) == 1 and indicator.name not in fact:
        places = say(_OF_INDICATOR, places=places, indicator=indicator.id, name=show(indicator.name, 60))
    return say("{places}：{fact}", places=places, fact=fact) if places else fact


def _of_units(shown: Shown) -> Table:
    """Each unit's part in it, in plan order, the silent ones included."""
    by_key: dict[tuple[Period, str], list[Taken]] = {}
    for one in shown.taken:
        for unit, period in one.keys:
            by_key.setdefault((period, unit), []).append(one)
    for period, standing in shown.standing.items():
        silent = [unit for unit, one in standing.items() if one.outcome is None]
        for unit in silent if len(silent) <= SCREEN else ():  # else they are counted below
            by_key.setdefault((period, unit), [])
    order = {unit: at for at, unit in enumerate(shown.plan.units)}
    rows = []
    for (period, unit), several in sorted(by_key.items(), key=lambda item: (item[0][0], order[item[0][1]])):
        words = list(dict.fromkeys(OUTCOMES[one.outcome][1] for one in several))
        words = words or [_silent(shown.standing[period][unit])]
        tone: Tone = OUTCOMES[several[0].outcome][2] if several else "missing"
        texts = show(shown.plan.units[unit].name), str(period), str(len(several))
        odds = dict.fromkeys(said for one in several if one.parcel is not None for said in one.parcel.at_odds)
        became: str = listed(words)
        became = say("{words}（{said}）", words=became, said=show(listed(odds, "；"), 400)) if odds else became
        rows.append((*map(Cell, texts), Cell(became, tone)))
    return Table("units", "各单位", _COLUMNS, rows)


def _silent(standing: Standing) -> str:
    """未报, and which files of the unit there are nevertheless."""
    word, files = STATUS_ZH[Status.MISSING], standing.unread
    if not files:
        return word
    return say(_UNREAD_IN, word=word, files=first_of(list(map(shown_path, files)), _FILES, "{names}等 {count} 个文件"))


def _ending(shown: Shown) -> Iterator[str]:
    counts = Counter(one.outcome for one in shown.taken)
    words = (say(_COUNT, word=OUTCOMES[outcome][1], count=counts[outcome]) for outcome in OUTCOMES if counts[outcome])
    yield full_stop(listed(words, "，"))
    for period, standing in shown.standing.items():
        if standing:
            yield full_stop(_standing(shown.plan, period, standing, is_running=not is_over(period, shown.today)))


def _standing(plan: Plan, period: Period, standing: Mapping[str, Standing], *, is_running: bool) -> str:
    """Who has reported for the month, and of whom it is still awaited, or once more."""
    units: dict[Outcome | None, list[str]] = {}
    for unit, one in standing.items():
        units.setdefault(one.outcome, []).append(unit)
    names = {
        outcome: units_told(plan, own, [_named(plan, unit, standing) for unit in own]) for outcome, own in units.items()
    }
    filed, silent = units.pop(Outcome.FILED, []), units.pop(None, [])
    if not units and not is_running:
        words = "{period} 还有 {count} 家未报：{names}" if silent else "{period} 应报的 {count} 家都有了"
        return say(words, period=period, count=len(silent or filed), names=names.get(None, ""))
    parts = [say("归档 {count} 家", count=len(filed))]
    for outcome in units:
        word = OUTCOMES[outcome or Outcome.WAITING][1]
        word = say("{word}待重报", word=word) if outcome is Outcome.RETURNED else word
        parts.append(say(_BY_NAME, word=word, names=names[outcome]))
    if silent:
        parts.append(say(_BY_NAME, word=STATUS_ZH[Status.MISSING], names=names[None]))
    words = "{period} 还没有结束，不算未报：{parts}" if is_running else "{period} 应报 {count} 家：{parts}"
    return say(words, period=period, count=len(standing), parts=listed(parts, "；"))


def _named(plan: Plan, unit: str, standing: Mapping[str, Standing]) -> str:
    name = show(plan.units[unit].name)
    return say(_UNREAD, name=name) if standing[unit].unread else name
