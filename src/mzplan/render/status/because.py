"""In words: because of whom something is in danger, and what has changed; for the first screen and the report."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from mzplan.diagnostics import show
from mzplan.period import Period
from mzplan.plan.unit_lists import FEW, units_told
from mzplan.render import words
from mzplan.said import SCREEN, listed, say
from mzplan.scoring.progress import STATUS_ZH, UNREAD, Progress, Status
from mzplan.views import StatusView
from mzplan.views.danger import Danger
from mzplan.views.overview import MatrixLine
from mzplan.views.query import WORST_FIRST
from mzplan.zh import Amount

LAGS = STATUS_ZH[Status.BEHIND]
SILENT = STATUS_ZH[Status.MISSING]
NAMED = "{word}：{units}"

_COMPARED, _EMPTY_BETWEEN = "与{month}月相比", "（{months}月没有填报）"

EVERYONE = "{count}家均{word}"
_ALSO_UNREAD, _ALSO_SILENT = "另有报了但未能读入：{units}", "另有未报：{units}"
_IDLE, _ALL_IDLE = "尚为0：{units}", "{count}家均为0"
_DONE, _LATE, _RECOVERED, _RANKS = "新完成", "新滞后", "不再滞后", "位次升降"
_MOVED_TO = "{unit}↑{places}至第{rank}", "{unit}↓{places}至第{rank}"
_MANY, _MOST_NAMED = "{count}家", 4
MORE_TARGETS, MORE_UNITS = "等 {count} 项", "等 {count} 家"
_DONE_SO_FAR, _LATE_SO_FAR = "新完成（报齐后再作结论）", "新滞后（报齐后再作结论）"


def because(view: StatusView, danger: Danger) -> str:
    """Who lags, or where an excess comes from; who is silent, as the cause only where a report could lift it."""
    plan, row = view.card.plan, danger.row
    pieces: list[str] = []
    if danger.everyone:
        pieces.append(say(EVERYONE, count=len(danger.late), word=LAGS))
    else:
        by_status: dict[Status, list[Progress]] = {}
        for one in danger.late:
            by_status.setdefault(one.status, []).append(one)
        pieces += [
            say(NAMED, word=STATUS_ZH[status], units=units_named(view, [one.unit for one in by_status[status]]))
            for status in WORST_FIRST
            if status in by_status
        ]
    if danger.sources:
        pieces.append(say("来自：{units}", units=_sources(view, danger.sources)))
    all_idle = len(danger.idle) > 1 and len(danger.idle) == sum(one.reported for one in row.addends)
    if danger.late_by_reference and not danger.hinges and not all_idle:  # at nought everybody lags
        pieces.append(say("{count}家均滞后（参考分解）", count=danger.late_by_reference))
    elif danger.is_sure and not danger.late:
        pieces.append("已报各家合计超出" if danger.is_excess else "已报各家合计不足")
    unread = [unit for unit in danger.silent if view.card.is_unread(row.indicator.id, unit)]
    unheard = [unit for unit in danger.silent if unit not in unread]
    for also, word, silent in ((_ALSO_UNREAD, UNREAD, unread), (_ALSO_SILENT, SILENT, unheard)):
        if silent:
            pieces.append(say(NAMED if danger.hinges else also, word=word, units=_some(view, silent)))
    if all_idle:
        pieces.append(say(_ALL_IDLE, count=len(danger.idle)))
    elif danger.idle:
        pieces.append(say(_IDLE, units=_some(view, danger.idle)))
    if (
        row.unit is None
        and row.indicator.contributes
        and not any(plan.target_for(row.indicator, one.unit or "", view.card.period) for one in row.addends)
    ):
        pieces.append("没有分解到各单位")
    return listed(pieces, "；")


def _some(view: StatusView, units: Sequence[str]) -> str:
    """The units by name; of many how many: the silent are named once, in their list, and `explain` names the others."""
    return say(_MANY, count=len(units)) if len(units) > _MOST_NAMED else units_named(view, units)


def counted(found: Sequence[Danger], template: str) -> str:
    """How many have each status, the worst first."""
    by_word = Counter((WORST_FIRST.index(one.row.status), one.row.status_text) for one in found)
    return listed(say(template, word=word, count=count) for (_, word), count in sorted(by_word.items()))


def waiting(found: Iterable[Danger]) -> str:
    """Of how many that lag the missing reports could still lift them; empty where none: the others are settled."""
    count = sum(one.hinges for one in found)
    return say("其中 {count} 项报齐后再作结论", count=count) if count else ""


def compared(since: Period, period: Period) -> str:
    """With which month: where it is not the one before, why not."""
    between = listed(say(words.MONTH_OF, month=month) for month in range(since.month + 1, period.month))
    empty = say(_EMPTY_BETWEEN, months=between) if between else ""
    return listed((say(_COMPARED, month=since.month), empty), "")


def moved(view: StatusView) -> Iterator[tuple[str, str, Sequence[str]]]:
    """What has changed since the period before, of what is asked about: how, what is said of many, and the names."""
    found = view.moves
    if found is None:
        return
    for word, keys in (
        (_DONE, found.done),
        (_DONE_SO_FAR, found.done_so_far),
        (_LATE, found.late),
        (_LATE_SO_FAR, found.late_so_far),
        (_RECOVERED, found.recovered),
    ):
        asked = (key for key in keys if view.query.wants(view.card.plan.indicators[key[0]]))
        yield word, MORE_TARGETS, [_named(view, key) for key in asked]
    yield _RANKS, MORE_UNITS, [] if view.query.picks else [_moved(view, one) for one in found.ranks]


def few(names: Sequence[str], more: str) -> str:
    """The first of the names, and how many there are."""
    return listed((listed(names[:FEW]), say(more, count=len(names))), "")


def unmoved(view: StatusView) -> str:
    """That nothing has changed; what is not settled while somebody is silent was not looked at."""
    return listed(("没有新完成或新滞后的目标", "（只看已报齐的）" if view.scope.units[None].unreported else ""), "")


def _named(view: StatusView, key: tuple[str, str | None]) -> str:
    identifier, unit = key
    name = show(view.card.plan.indicators[identifier].name)
    return name if unit is None else say("{unit}{name}", unit=words.unit_name(view.card.plan, unit), name=name)


def _moved(view: StatusView, one: MatrixLine) -> str:
    assert isinstance(one.moved, int)
    unit = words.unit_name(view.card.plan, one.unit)
    return say(_MOVED_TO[one.moved < 0], unit=unit, places=abs(one.moved), rank=one.rank)


def _source(view: StatusView, row: Progress) -> str:
    assert row.actual is not None
    return say(
        "{unit}{actual}",
        unit=words.unit_name(view.card.plan, row.unit),
        actual=Amount(words.actual_text(row, row.actual), words.measure(row)),
    )


def _sources(view: StatusView, rows: Sequence[Progress]) -> str:
    """Where an excess comes from, the largest first where there are too many to name."""
    most = sorted(rows, key=lambda row: -(row.actual or 0)) if len(rows) > SCREEN else rows
    return units_named(view, [one.unit for one in most], [_source(view, one) for one in most])


def units_named(view: StatusView, units: Sequence[str | None], told: Sequence[str] = ()) -> str:
    """Units by name, or as they are told; of more than a screen holds how many there are, unless all are asked for."""
    if view.query.full or len(units) <= SCREEN:
        return listed(told or (words.unit_name(view.card.plan, unit) for unit in units))
    return units_told(view.card.plan, [unit for unit in units if unit is not None], told)
