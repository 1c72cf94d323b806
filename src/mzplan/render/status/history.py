"""Tables of the same figures at several periods."""

from mzplan import zh
from mzplan.diagnostics import show
from mzplan.render import words
from mzplan.render.document import EMPTY, Cell, Column, Table
from mzplan.render.layout import sparkline
from mzplan.render.words import REFERENCE, TONES
from mzplan.scoring.progress import STATUS_ZH, Status
from mzplan.views import StatusView
from mzplan.views.detail import label_of
from mzplan.views.history import History, Point, Series
from mzplan.views.query import GROUPINGS, Grouping

TREND_TITLE = "近{count}期完成率%"
COMPARE_TITLE = "{then}与{now}比较"
NOTHING = "（没有可比的数据）"

_REACHED = "达到 {reached}/{due}"
_SAID = (Status.MISSING, Status.NOT_APPLICABLE)
"""What is worth a word in place of a figure; the other states without one say the same in every period."""


def trend(view: StatusView, history: History) -> Table:
    """The periods side by side, a sparkline, and the change in percentage points over all of them."""
    periods = history.periods
    columns = (
        *_names(history),
        *(
            Column(
                f"p{period}", str(period), "right", short=zh.month_name(period, view.card.plan.year), weight=2 + back
            )
            for back, period in zip(range(len(periods) - 1, -1, -1), periods, strict=True)
        ),
        Column("change", "变化（百分点）", "right", short="变化", weight=1),
        Column("trend", "走势", weight=1),
    )
    rows = [
        [
            *_name(view, one),
            *(_completion(point) for point in one.points),
            EMPTY if one.change is None else words.change(one.change),
            Cell(sparkline([None if point.used else point.completion for point in one.points])),
        ]
        for one in history.series
    ]
    return Table("trend", TREND_TITLE.format(count=len(periods)), columns, rows, empty=NOTHING)


def comparison(view: StatusView, history: History) -> Table:
    """Then and now: completion, change in percentage points, status or how many on schedule."""
    then, now = (str(period) for period in history.periods)
    columns = (
        *_names(history),
        Column("then", f"{then}完成率%", "right", short=then, weight=1),
        Column("now", f"{now}完成率%", "right", short=now, weight=1),
        Column("change", "变化（百分点）", "right", short="变化", weight=1),
        Column("then_state", f"{then}状态", short="原状态", weight=2),
        Column("now_state", f"{now}状态", short="现状态", weight=2),
    )
    rows = []
    for one in history.series:
        before, after = one.points
        rows.append(
            [
                *_name(view, one),
                _completion(before),
                _completion(after),
                EMPTY if one.change is None else words.change(one.change),
                _state(before),
                _state(after),
            ]
        )
    return Table("comparison", COMPARE_TITLE.format(then=then, now=now), columns, rows, empty=NOTHING)


def _names(history: History) -> tuple[Column, ...]:
    by: Grouping | None = next((one.by for one in history.series), "unit")
    if by is not None:
        return (Column("name", GROUPINGS[by], label=True),)
    return (Column("unit", "填报单位"), Column("id", "编码"), Column("name", "指标", label=True))


def _name(view: StatusView, one: Series) -> list[Cell]:
    plan = view.card.plan
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
    return Cell(text + words.carried(point.used) + marked, tone, raw=("" if point.used else text,))


def _state(point: Point) -> Cell:
    if point.status is not None:
        return Cell(STATUS_ZH[point.status], TONES[point.status])
    return EMPTY if point.due is None else Cell(_REACHED.format(reached=point.on_schedule, due=point.due))
