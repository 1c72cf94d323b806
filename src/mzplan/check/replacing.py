"""Whether a report takes the place of another: of what is filed, or of others that came in for its unit and month.

A figure is lost only if somebody has asked for just that.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import PurePath

from mzplan.check.as_sent import at_its_cell
from mzplan.check.changed import is_reason
from mzplan.check.history import changed_figure
from mzplan.check.outcomes import Filed, Outcome, Taken, called
from mzplan.diagnostics import Diagnostic, Location, show
from mzplan.plan.model import Plan
from mzplan.reading.flaws import Flaw
from mzplan.reading.saved import is_earlier, shown_moment
from mzplan.rules import CHECKS
from mzplan.said import listed, say
from mzplan.submissions.filed import (
    FigureChange,
    Records,
    cells_of,
    changes,
    figure_of,
    indicators_of,
    is_form,
    number_of,
)
from mzplan.submissions.header import FIGURES
from mzplan.submissions.names import Names
from mzplan.submissions.own_clauses import NoteSubject
from mzplan.submissions.parcel import Parcel

_PARTS = (
    "与{other}{how}，像是一张表分成了两份：请对方合成一张表发来，或把两份的行粘到一张表里，只收那一张，并加 --replace"
)
_SPLIT = "填报的数分在工作表{sheets}里，每张只有一部分：把各张的行合到一张表里，只留那一张"
_SHEET = "“{name}”"
_APART, _ALIKE = "没有一项指标相同", "各有对方没有的指标，都有的 {count} 项数也相同"
_UNEQUAL = "与{other}不同，不知以哪一份为准：另一份移出收件箱，或只收要用的那个文件"
_UNEQUAL_SHEETS = "工作表{sheets}不同，不知以哪一张为准：只留要报的一张"
_CLOSED = "已归档的 {path} 读不了（{why}），没有动它：能读了再收"
_WORKBOOK = "{path} 不是由程序归档的 CSV：先移走，再收"
_TAKES_AWAY = "比已归档的少 {count} 条，没有替换：请对方把整张表发来；要去掉的数，那一行留着、不填"
_EMPTIES = (
    "已归档的有 {count} 项在这张表里空着，没有替换：是漏填的，请对方补上；确要去掉这些数，只收这个文件，并加 --replace"
)
_MISCALLED = "没有替换：是内容写错的，请对方改；是名称写错的，把名称改对再收"
_UNSAID = (
    "{period} 的报送期限已过，有 {count} 项数改了，“说明”里没有新写原因：请在那几行的“说明”里写明原来的数错在哪里，"
    "如“更正：上月多报5人”“笔误”"
)
_DIFFERS = "与已归档的不同；要替换，请加 --replace"
_SAVED_EARLIER = "这一份保存于 {own}，比已归档的（{other}）早，像是旧的"
_ALL_LOWER = "改了的 {count} 项数都比已归档的小，又没有写原因，像是旧的"
_OLD_ONE = "{why}，没有替换：是旧的，把这个文件移出收件箱；确要用它，只收这个文件，并加 --replace"
_LOOKS_OLD = "{why}；{reason}"
"""Why it is not taken as it is, behind that it came in before the one that is filed, or looks older than that."""
_PLACE = "{file} {cell}"
_SHEETS = CHECKS.flaw[Flaw.SHEETS][0]
_IN_FILE = Diagnostic(Location(""), _SHEETS, "", _SHEETS.severity)
"""What is told where a figure stands."""
_LEAST_LOWER = 2
"""A single figure that is lower is a slip put right."""
_BOTH_SAVED = "{reason}；这一份保存于 {own}，那一份保存于 {other}"
THE_FILED = "已归档的"


def parts(one: Records, other: Records, name: str) -> str:
    """That two reports are parts of one, as when two offices fill in a half each, in words; empty when they are not.

    Each has what the other has not, and what both have is the same.
    """
    if not _are_parts(one, other):
        return ""
    both = len(one.keys() & other.keys())
    return say(_PARTS, other=name, how=say(_ALIKE, count=both) if both else _APART)


def _are_parts(one: Records, other: Records) -> bool:
    both = one.keys() & other.keys()
    return bool(one.keys() - both and other.keys() - both) and all(one[code] == other[code] for code in both)


def unlike(plan: Plan, names: Names, several: Sequence[Taken]) -> Iterator[Taken]:
    """Several that differ, each beside the first that it differs from; the sheets of one file go back as one."""
    if all(one.received == several[0].received for one in several):
        yield _unlike_sheets(plan, names, several)
        return
    for one in several:
        other = next(other for other in several if other.records != one.records)
        name = called(other, one)
        if reason := parts(one.records, other.records, name):
            yield replace(one, outcome=Outcome.WAITING, reason=reason)
            continue
        reason, moments = say(_UNEQUAL, other=name), (one.received.saved, other.received.saved)
        if all(moments) and one.received != other.received:
            own, others = map(shown_moment, moments)
            reason = say(_BOTH_SAVED, reason=reason, own=own, other=others)
        what = () if one is several[0] else _what_differs(plan, names, other, one)
        yield replace(one, outcome=Outcome.WAITING, reason=reason, changes=what, other=name)


def _unlike_sheets(plan: Plan, names: Names, several: Sequence[Taken]) -> Taken:
    """The sheets of one file that differ as what goes back: whoever sent it can choose one, or put them together."""
    first, other = several[0], next(other for other in several if other.records != several[0].records)
    sheets = _tabs(several)
    if _are_parts(first.records, other.records):
        return _sent_back(first, say(_SPLIT, sheets=sheets), ())
    found = {
        (each.rule.code, each.indicator, each.message): each
        for one in reversed(several)
        for each in reversed(one.findings)
    }
    back = _sent_back(first, say(_UNEQUAL_SHEETS, sheets=sheets), list(reversed(found.values())))
    return replace(back, changes=_what_differs(plan, names, first, other), other=called(first, other))


def one_is_wrong(several: Sequence[Taken]) -> Taken:
    """Sheets of one file for one unit and month, some of them sound, as what goes back: any may be the one meant."""
    wrong = next(one for one in several if one.outcome is Outcome.RETURNED)
    return _sent_back(wrong, say(_UNEQUAL_SHEETS, sheets=_tabs(several)), wrong.findings)


def _tabs(several: Sequence[Taken]) -> str:
    return listed(say(_SHEET, name=show(each.parcel.tab, 40)) for each in several if each.parcel is not None)


def _sent_back(one: Taken, reason: str, findings: Sequence[Diagnostic]) -> Taken:
    """One of whose sheets nobody knows which counts."""
    told = Diagnostic(Location(one.received.name), _SHEETS, reason, _SHEETS.severity)
    return replace(one, outcome=Outcome.RETURNED, findings=[told, *findings])


def _what_differs(plan: Plan, names: Names, one: Taken, other: Taken) -> Sequence[FigureChange]:
    """What both have and the other has otherwise, with the cell in either; else what only one of them has."""
    what = list(changes(plan, one.records, other.records))
    what = [change for change in what if change.before and change.after] or what
    places = [_places(names, each, [change.indicator for change in what]) for each in (one, other)]
    return [change._replace(places=both) for change, both in zip(what, zip(*places, strict=True), strict=True)]


def _places(names: Names, one: Taken, indicators: Sequence[str]) -> list[str]:
    """Where the figures of these indicators stand in the file that was sent; "" for one that is not there."""
    if one.parcel is None:
        return [""] * len(indicators)
    cells, file = cells_of(names, one.parcel.text), show(PurePath(one.received.name).name, 40)
    found = []
    for code in indicators:
        record = one.records.get(code, {})
        field = "value" if record.get("value") else next((each for each in FIGURES if record.get(each)), "")
        cell = at_its_cell(_IN_FILE._replace(indicator=code, field=field), one.parcel, cells).cell if field else ""
        found.append(say(_PLACE, file=file, cell=cell) if cell else "")
    return found


def replacing(
    plan: Plan,
    names: Names,
    one: Taken,
    filed: Filed | None,
    older: str,
    *,
    saved: str,
    today: date,
    may_replace: bool,
    is_alone: bool,
) -> Taken:
    """A sound report beside what is filed; `older` says that it came in before that, in words, `saved` when that was.

    What has no row for a figure that is filed is not the whole report, nor what has few figures. A row that is left
    empty takes its figure away, and what looks older takes its place, only where nothing else is collected. What a
    month gives otherwise after its report was due goes back for the reason, without which `check --since` refuses it:
    at once, as nobody could obey that it be replaced; but not what came in before, which nobody has changed since.
    """
    if filed is None or one.parcel is None or (not filed.is_ours and is_form(names, filed.source)):
        return one
    if filed.obstacle:
        closed = say(_CLOSED, path=show(filed.source.path, 400), why=filed.obstacle)
        return replace(one, outcome=Outcome.WAITING, reason=closed)
    if not filed.is_ours:
        return replace(one, outcome=Outcome.WAITING, reason=say(_WORKBOOK, path=filed.source.path))
    if reason := parts(one.records, filed.records, THE_FILED):
        return replace(one, outcome=Outcome.WAITING, reason=reason)
    what = list(changes(plan, filed.records, one.records))
    if taken_away := [change.indicator for change in what if not change.after]:
        is_whole = indicators_of(names, one.parcel.text).issuperset(taken_away)
        is_whole = is_whole and len(taken_away) <= len(one.records)  # else one figure was corrected in a blank form
        if not (is_whole and may_replace and is_alone):
            words = _EMPTIES if is_whole else _TAKES_AWAY
            return replace(one, outcome=Outcome.WAITING, reason=say(words, count=len(taken_away)), changes=what)
    if may_replace and one.parcel.at_odds:
        return replace(one, outcome=Outcome.WAITING, reason=_MISCALLED, changes=what)
    unsaid = list(_unsaid(names, one.parcel.unit, one.records, filed.records))
    old = _looks_old(one, filed.records, saved, unsaid)
    if may_replace and old and not is_alone:
        return replace(one, outcome=Outcome.WAITING, reason=say(_OLD_ONE, why=old), changes=what)
    unsaid = unsaid if plan.due_day(one.parcel.period) < today else []
    reason = say(_UNSAID, period=one.parcel.period, count=len(unsaid)) if unsaid else _DIFFERS
    if unsaid and not older and (may_replace or not old):
        told = _at_cells(plan, names, one.parcel, (one.records, filed.records), unsaid)
        return replace(one, outcome=Outcome.RETURNED, changes=what, findings=[*told, *one.findings])
    if may_replace and not unsaid:
        return replace(one, outcome=Outcome.REPLACED, reason=old, changes=what)
    for why in filter(None, (older, old)):
        reason = say(_LOOKS_OLD, why=why, reason=reason)
    return replace(one, outcome=Outcome.WAITING, reason=reason, changes=what)


def _looks_old(one: Taken, filed: Records, saved: str, unsaid: Sequence[str]) -> str:
    """Why a report looks older than what is filed, in words; empty when it does not."""
    own = one.received.saved
    if is_earlier(own, saved):
        return say(_SAVED_EARLIER, own=shown_moment(own), other=shown_moment(saved))
    steps = {
        code: after - before
        for code in one.records.keys() & filed.keys()
        if (after := number_of(one.records[code])) is not None
        and (before := number_of(filed[code])) is not None
        and after != before
    }
    is_lower = len(steps) >= _LEAST_LOWER and all(code in unsaid and step < 0 for code, step in steps.items())
    return say(_ALL_LOWER, count=len(steps)) if is_lower and not (own and saved) else ""


def _unsaid(names: Names, unit: str, new: Records, old: Records) -> Iterator[str]:
    """The indicators of which the figure is changed and no new note says why, as they stand in the new report."""
    for code in (code for code in new if code in old):
        after, before = new[code], old[code]
        figures, subject = (
            (figure_of(before), figure_of(after)),
            NoteSubject.of(names, unit, names.plan.indicators[code]),
        )
        if not is_reason(after["note"], before["note"], figures, subject) and _changed(after, before):
            yield code


def _changed(after: Mapping[str, str], before: Mapping[str, str]) -> str:
    """The first field of a figure that is not as it was; empty where all is."""
    return next((field for field in FIGURES if after[field] != before[field]), "")


def _at_cells(
    plan: Plan, names: Names, parcel: Parcel, records: tuple[Records, Records], unsaid: Sequence[str]
) -> Iterator[Diagnostic]:
    """Of each figure that is changed without a reason that it is, at its cell; `records` as they are and were."""
    cells = cells_of(names, parcel.text)
    for code in unsaid:
        after, before = (each[code] for each in records)
        figures, notes = (figure_of(before), figure_of(after)), (before["note"], after["note"])
        found = changed_figure(names, plan.indicators[code], parcel.unit, parcel.period, figures, notes)
        yield at_its_cell(found._replace(field=_changed(after, before)), parcel, cells)
