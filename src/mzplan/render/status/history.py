"""Tables of the same figures at several periods."""

from collections.abc import Sequence

from mzplan import zh
from mzplan.diagnostics import show
from mzplan.plan.model import BASIS_ZH
from mzplan.render import words
from mzplan.render.columns import column
from mzplan.render.document import EMPTY, Cell, Column, RowGroup, Table
from mzplan.render.layout import sparkline
from mzplan.render.words import REFERENCE, TONES
from mzplan.said import listed, say
from mzplan.scoring.progress import RECOUNTED, RETARGETED, STATUS_ZH, Status
from mzplan.views import StatusView
from mzplan.views.detail import label_of
from mzplan.views.history import History, Point, TrendLine
from mzplan.views.query import GROUPINGS, Grouping

NOTHING = "（没有可比的数据）"
UNCHANGED = "（没有变化）"
TOTAL = "合计"

KEYS = frozenset({"trend", "comparison"})
"""Of its tables."""
_CARRIED = "{period}={used}"
_MARKS = (*words.MARKS, STATUS_ZH[Status.MISSING])
_COMPLETION_AT, _STATE_AT = "{period}完成率%", "{period}状态"
_CHANGE = Column(
    "change", "变化（百分点）", "right", short="变化", raw=("变化（百分点）", RETARGETED, RECOUNTED), weight=1
)
_NOT_WORK, _OF_MEAN = "变化中不是工作的增减：{means}。", "{name} {change} 含{parts}"
_SHARE = "{cause} {share}"
_RETARGETED, _ENTERED, _LEFT = "目标已变{count}项", "纳入{count}项", "退出{count}项"
_SAID = (Status.MISSING, Status.NOT_APPLICABLE)
"""What is worth a word in place of a figure; the other states without one say the same in every period."""


def trend(view: StatusView, history: History) -> Table:
    """The periods side by side, a sparkline, and the change in percentage points over all of them."""
    periods = history.periods
    columns = (
        *_names(history),
        *(
            Column(
                f"p{period}",
                str(period),
                "right",
                short=zh.month_name(period, view.card.plan.year),
                weight=2 + back,
                is_serial=True,
                percent=True,
            )
            for back, period in zip(range(len(periods) - 1, -1, -1), periods, strict=True)
        ),
        _CHANGE,
        Column("trend", "走势", raw=("走势", *_MARKS), weight=1),
    )
    rows = [
        [
            *_name(view, history, one),
            *(_completion(point) for point in one.points),
            _change(one),
            _marked(_spark(one), history, one),
        ]
        for one in _with_total(history)
    ]
    return _table(view, history, "trend", say("近{count}期完成率%", count=len(periods)), columns, rows)


def comparison(view: StatusView, history: History) -> Table:
    """Then and now: completion, change in percentage points, status or how many on schedule."""
    then, now = (str(period) for period in history.periods)
    columns = (
        *_names(history),
        Column("then", say(_COMPLETION_AT, period=then), "right", short=then, weight=1),
        Column("now", say(_COMPLETION_AT, period=now), "right", short=now, weight=1),
        _CHANGE,
        Column("then_state", say(_STATE_AT, period=then), short="原状态", weight=2),
        Column(
            "now_state", say(_STATE_AT, period=now), short="现状态", raw=(say(_STATE_AT, period=now), *_MARKS), weight=2
        ),
    )
    rows = []
    for one in _with_total(history):
        before, after = one.points
        rows.append(
            [
                *_name(view, history, one),
                _completion(before),
                _completion(after),
                _change(one),
                _state(one, before),
                _marked(_state(one, after), history, one),
            ]
        )
    return _table(view, history, "comparison", say("{then}与{now}比较", then=then, now=now), columns, rows)


def _table(
    view: StatusView, history: History, key: str, title: str, columns: tuple[Column, ...], rows: Sequence[list[Cell]]
) -> Table:
    """A table of those rows, and below it what its means changed by beside work."""
    parts, notes = _parts(view, history), _notes(view, history)
    return Table(key, title, columns, rows, parts, empty=UNCHANGED if view.query.changed else NOTHING, notes=notes)


def _with_total(history: History) -> tuple[TrendLine, ...]:
    return history.series if history.total is None else (*history.series, history.total)


def _names(history: History) -> tuple[Column, ...]:
    by = _grouping(history)
    if by is not None:
        return (column("name", heading=GROUPINGS[by]),)
    return (column("unit"), column("id"), column("name"))


def _parts(view: StatusView, history: History) -> tuple[RowGroup, ...]:
    """Of single indicators of one unit a part that says whose they are, once."""
    owners = {one.row.unit for one in history.series if one.row is not None}
    if len(owners) != 1:
        return ()
    title = words.unit_name(view.card.plan, owners.pop())
    return (RowGroup(title, 0, len(_with_total(history)), frozenset({"unit"})),)


def _grouping(history: History) -> Grouping | None:
    return next((one.by for one in history.series), "unit")


def _name(view: StatusView, history: History, one: TrendLine) -> list[Cell]:
    plan = view.card.plan
    if one is history.total:
        cells = [EMPTY] * len(_names(history))
        return [*cells[:-1], Cell(TOTAL, "strong")]
    if one.by is not None:
        return [Cell(show(label_of(plan, one.by, one.key)))]
    row = one.row
    assert row is not None
    return [Cell(words.unit_name(plan, row.unit)), Cell(show(row.indicator.id)), Cell(show(row.indicator.name))]


def _completion(point: Point) -> Cell:
    if point.completion is None:
        return Cell(STATUS_ZH[point.status] if point.status in _SAID else "-", "dim", raw=("",))
    marked = REFERENCE if point.on_reference else ""
    text = words.percent(point.completion)
    tone = TONES[point.status] if point.status else ""
    partial = words.MISSING_MARK if point.unreported and point.used is None else ""
    carried = words.carried(point.used)
    told = say("{share}{partial}{carried}{mark}", share=text, partial=partial, carried=carried, mark=marked)
    return Cell(told, tone, raw=(text,))


def _spark(one: TrendLine) -> Cell:
    """The way of the figures; where there is none at any period, why there is none."""
    last = one.points[-1].status
    if last is not None and all(point.completion is None for point in one.points):
        return Cell(STATUS_ZH[last], "dim")
    return Cell(sparkline([None if point.used else point.completion for point in one.points]))


def _marked(cell: Cell, history: History, one: TrendLine) -> Cell:
    """The cell, behind which machines read what the marks in the others say: the basis, of when, how many lack."""
    basis = BASIS_ZH["reference"] if any(point.on_reference for point in one.points) else ""
    pairs = list(zip(history.periods, one.points, strict=True))
    carried = " ".join(say(_CARRIED, period=period, used=month) for period, point in pairs for month in point.carried)
    silent = [(period, point.unreported) for period, point in pairs if point.unreported]
    unreported = " ".join(say(_CARRIED, period=period, used=count) for period, count in silent)
    return cell._replace(raw=(cell.text, basis, carried, unreported))


def is_partial(row: Sequence[Cell]) -> bool:
    """Whether a row of such a table has a figure that rests on some of the reports that were owed."""
    return any(cell.text.rstrip(REFERENCE).endswith(words.MISSING_MARK) and cell.raw is not None for cell in row)


def _change(one: TrendLine) -> Cell:
    """The change in percentage points; behind it by which targets a row is measured, for machines what is not work."""
    change = EMPTY if one.change is None else words.change(one.change)
    path = words.path(next(iter(one.retargeted.values()))) if one.row is not None and one.retargeted else ""
    retargeting = say("{word}（{path}）", word=RETARGETED, path=path) if path else ""
    marked = listed(filter(None, (change.text, retargeting)), " ")
    retargeted, recounted = _not_work(one)
    return Cell(marked, change.tone, raw=(*(change.raw or (change.text,)), path or retargeted, recounted))


def _not_work(one: TrendLine) -> tuple[str, str]:
    """Of a mean: what other targets make of its change, and what it counts now and did not, or the other way round."""
    if one.row is not None:
        return "", ""
    causes, count = one.causes, len(one.retargeted)
    retargeted = say(_RETARGETED, count=count) if count else ""
    if causes is None:
        return retargeted, ""
    counts = ((_ENTERED, causes.entered), (_LEFT, causes.left))
    recounted = listed(say(text, count=count) for text, count in counts if count)
    shares = ((retargeted, causes.retargeted), (recounted, causes.recounted))
    first, second = (say(_SHARE, cause=text, share=words.change(share).text) if text else "" for text, share in shares)
    return first, second


def _notes(view: StatusView, history: History) -> tuple[str, ...]:
    """Which means changed by more than work, and by how much."""
    means = []
    for one in _with_total(history):
        if parts := listed(filter(None, _not_work(one))):
            change = "" if one.change is None else words.change(one.change).text
            means.append(say(_OF_MEAN, name=_name(view, history, one)[-1].text, change=change, parts=parts))
    return (say(_NOT_WORK, means=listed(means, "；")),) if means else ()


def _state(one: TrendLine, point: Point) -> Cell:
    if point.status is not None:
        (row,) = point.rows.values() if one.row is not None and point.rows else (None,)
        return words.status(row) if row else Cell(STATUS_ZH[point.status], TONES[point.status])
    if point.due is None:
        return EMPTY
    template = "达到 {reached}/{due}、未报{missing}" if point.missing else words.REACHED
    return Cell(say(template, reached=point.on_schedule, due=point.due, missing=point.missing))
