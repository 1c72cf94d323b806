"""From a view to a document: which tables, which lines above and below them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from mzplan.diagnostics import show
from mzplan.period import Period
from mzplan.plan.model import REFERENCE_CAUTION, LightPreset
from mzplan.plan.unit_lists import units_told
from mzplan.render import words
from mzplan.render.document import Block, Cell, Document, Item, Listing, Table, listing
from mzplan.render.status import first, history, tables
from mzplan.render.words import REFERENCE
from mzplan.said import listed, say
from mzplan.scoring.progress import STATUS_ZH, UNREAD, Progress, Status, Tally
from mzplan.views import LeftOut, StatusView

TITLE = "{plan}：完成情况"
PERIOD = "报告期 {period}"
PRESET = "亮灯规则 {name}：{title}"
_COMPLETION, _NO_COMPLETION = "年度完成率 {completion}%{mark}", "年度完成率 -"
_COMPLETION_ASIDE = "年度完成率 {completion}%{mark}（{aside}）"
_ON_SCHEDULE = "应达 {due} 项、达到 {on_schedule} 项{mark}"
_NOT_DUE, _LATER, _UNJUDGED = "未到期 {count} 项", "未到期未报 {count} 项", "不评价 {count} 项"
_RAW = "未封顶 {raw}%"
_UNIT_TOTALS = "各单位 {count} 项次："
_TOTALS = "{whose} {count} 项："
_KEYED, _TASK = "{key} {name}", "任务{key} {name}"
_LEFT_OUT_SHOWN = 5
_LONGEST_PATH = 120
_UNRANKED = "{units} {period} {unread}，没有位次；其他单位的位次和升降都不计在内。"

LEGEND = ("绿 应达的全部达到", "黄 有滞后")
MARKS = ("缺 有未报而无滞后", "未 尚无应达的")
BRIEF_LEGEND = ("绿 都达到", "黄红 有滞后", "缺 有未报", "未 尚无应达")
BRIEF_REFERENCE = f"{REFERENCE} {REFERENCE_CAUTION}"
FULL_NOTE = "详见 mzplan status --full"
MEAN_NOTE = "年度完成率为各指标完成率的平均：超过100%的按100%，从未报过的按0计；不与序时进度相比。"
_RED = "红 有到期未完成或已超上限"
_RED_MEAN = "，或平均滞后{beyond}（超前不抵滞后）"
ESCALATED_NOTE = "连续滞后 {count} 期的，按计划规定升为严重滞后。"
REFERENCE_NOTE = "* 依据参考分解（测算），非正式下达。"
CARRIED_NOTE = "沿用：本期未报，用此前最近一次填报的数，仍计为未报。"
PARTIAL_NOTE = "缺 该期有未报，按已报和沿用的数计算。"
PACE_NOTE = "每月需：剩余量÷到期前的月数，按季报送的按季。不高于此前月均为可达，不高于最好月为吃紧，再高为难达。"
MOVED_NOTE = "位次后 ↑↓ 为较上期升降的位数，→ 为不变，新为上期没有位次；或因有未报而升降的不标。"


def document(view: StatusView) -> Document:
    """The document of a view."""
    above, shown, main = _parts(view)
    below = first.on_reference(view) if view.query.is_first_screen else ()
    return Document(
        say(TITLE, plan=show(view.card.plan.title, 160)),
        (
            Listing("facts", tuple(facts(view))),
            listing("warnings", warnings(view), "red"),
            *above,
            *shown,
            Listing("notes", (*below, *(Item(pieces, "dim") for pieces in notes(view, (*above, *shown))))),
        ),
        main,
    )


def _parts(view: StatusView) -> tuple[tuple[Block, ...], tuple[Table, ...], Table]:
    """What stands above the tables, the tables, and that of formats with a single one, which leaves nobody out."""
    if view.query.is_first_screen:
        return first.blocks(view), (tables.matrix(view),), tables.matrix(_of_all(view))
    shown, main = _tables(view)
    return (), tuple(table for table in shown if table.rows) or shown[-1:], main


def _tables(view: StatusView) -> tuple[tuple[Table, ...], Table]:
    """The tables of a question; that of a format with a single one has the rows of all units asked about."""
    query, everybody = view.query, _of_all(view)
    past = _past(view)
    if past:
        return past, _past(everybody)[0]
    if query.drills:
        single = tables.detail(view, whole=False)
        whole = tables.detail(replace(view, query=query.everyone(view.card.plan)))
        if query.by is not None:
            return (tables.groups(view), single), tables.groups(everybody)
        if query.picks and not query.units and not query.indicators:
            return (tables.groups(view), single), whole
        if query.units and not query.picks and not query.only:
            return (tables.matrix(view), single), whole
        return (single,), whole
    return (tables.groups(view),), tables.groups(everybody)


def _past(view: StatusView) -> tuple[Table, ...]:
    """The tables of several periods."""
    asked = ((history.trend, view.trend), (history.comparison, view.comparison))
    return tuple(build(view, found) for build, found in asked if found is not None)


def _of_all(view: StatusView) -> StatusView:
    """The same with everybody listed, where a screen lists some."""
    return replace(view, query=view.query._replace(full=True)) if view.leaves_out else view


def facts(view: StatusView) -> Iterator[Item]:
    """What stands under the title: of when, by which rules, and what the city comes to."""
    card, plan = view.card, view.card.plan
    if view.query.is_first_screen:
        yield first.verdict(view)
    yield Item(
        (
            say(PERIOD, period=card.period),
            *map(words.begun, view.begun),
            say(PRESET, name=show(card.preset.name), title=show(card.preset.title)),
        )
    )
    for head in view.heads:
        standing = view.scope.units[head]
        if not (standing.tally.judged or standing.tally.unjudged or standing.reporting):
            continue  # nothing that is asked about is tracked
        told = tally_facts(standing.tally, view.scope.carried(head), standing.reported, standing.reporting)
        yield Item((words.unit_name(plan, head), *told))
    if view.query.picks or view.query.only or view.query.by is not None:
        yield from (Item((within,)) for within in (scope(view),) if within)
    elif view.query.full or not view.query.is_first_screen:
        yield from map(Item, _totals(view))


def tally_facts(tally: Tally, carried: Sequence[Period], reported: int, reporting: int) -> tuple[str, ...]:
    """The year's completion, each row once as due, not due or not judged, and how much is reported.

    A completion into which figures of earlier months are carried names these.
    """
    mark = REFERENCE if tally.on_reference else ""
    completion: str = _NO_COMPLETION
    if tally.raw is not None:
        capped, raw = words.mean(tally), words.percent(tally.raw)
        aside = listed(filter(None, ("" if raw == capped else say(_RAW, raw=raw), words.carried_from(carried))), "，")
        completion = say(_COMPLETION_ASIDE if aside else _COMPLETION, completion=capped, mark=mark, aside=aside)
    others = ((_NOT_DUE, tally.not_due), (_LATER, tally.later), (_UNJUDGED, tally.unjudged))
    return (
        completion,
        say(_ON_SCHEDULE, on_schedule=tally.on_schedule, due=tally.due, mark=mark if tally.due else ""),
        *(say(template, count=count) for template, count in others if count),
        say("已报/应报 {reported}/{reporting}", reported=reported, reporting=reporting),
    )


def _totals(view: StatusView) -> Iterator[tuple[str, ...]]:
    overview, card = view.overview, view.card
    if None in view.heads:
        yield _counted("{whose}指标 {count} 项：", overview.city_totals, show(card.plan.city), card.of_unit(None))
    names = listed(words.unit_name(card.plan, unit) for unit in view.query.units if unit is not None)
    if overview.unit_totals:
        unread = (card.rows[key] for key in card.rows if key[1] in view.owners and card.is_unread(*key))
        yield _counted(_TOTALS if names else _UNIT_TOTALS, overview.unit_totals, names, unread)


def _counted(template: str, totals: Mapping[Status, int], whose: str, rows: Iterable[Progress]) -> tuple[str, ...]:
    first, *others = tables.statuses(totals, rows) or [""]
    return (listed((say(template, whose=whose, count=sum(totals.values())), first), ""), *others)


def scope(view: StatusView) -> str:
    """The filters in words; empty where there is none."""
    query, plan = view.query, view.card.plan
    shorts = {area.number: say(_KEYED, key=area.number, name=show(area.short)) for area in plan.action_areas}
    tasks = {task.number: say(_TASK, key=task.number, name=show(task.name)) for task in plan.tasks}
    pieces: list[list[str]] = [
        [words.unit_name(plan, unit) for unit in query.units],
        [shorts[number] if number is not None else show(plan.safeguards_name) for number in query.areas],
        [tasks[number] for number in query.tasks],
        [show(lead) for lead in query.leads],
        [show(indicator) for indicator in query.indicators],
        [STATUS_ZH[status] for status in STATUS_ZH if status in query.only],
    ]
    named = listed((listed(names) for names in pieces if names), "；")
    return say("范围：{scope}", scope=named) if named else ""


def warnings(view: StatusView) -> Iterator[str]:
    """What the reader must know before trusting a figure."""
    if view.left_out:
        yield left_out_said(view.left_out)
    ranked = (unit.id for unit in view.card.plan.units.values() if unit.is_ranked)
    if view.query.rank and (unread := [unit for unit in ranked if unit in view.card.unread]):
        units = units_told(view.card.plan, unread)
        yield say(_UNRANKED, units=units, period=view.card.period, unread=UNREAD)
    if view.doubts:
        yield view.doubts
    if all(row.record_period is None for row in view.card.rows.values()):
        yield say("数据中没有 {period} 及以前的任何记录，以下均为未报。", period=view.card.period)


def left_out_said(files: Sequence[LeftOut]) -> str:
    """That no figure rests on what is wrong in these files."""
    return say("有错误的数据未计入任何数字：{files}。详见 mzplan check。", files=left_out_names(files))


def left_out_names(files: Sequence[LeftOut]) -> str:
    """The first of these files, each with what is wrong with it, and how many there are."""
    names = [
        say(
            "{path}（{reason}）" if one.reason else "{path}（{errors} 处错误）",
            path=show(one.path, _LONGEST_PATH),
            errors=one.errors,
            reason=one.reason,
        )
        for one in files[:_LEFT_OUT_SHOWN]
    ]
    more = [say(words.MORE_FILES, files=len(files))] if len(files) > _LEFT_OUT_SHOWN else []
    return listed((listed(names), *more), "")


def asides(view: StatusView) -> Iterator[str]:
    """What a format of data alone has no place for: warnings, what there is instead of rows, what is left out."""
    yield from warnings(view)
    if not view.query.is_first_screen:
        _, main = _tables(view)
        yield from main.notes if main.rows else (main.empty,)


def notes(view: StatusView, shown: Sequence[Block]) -> Iterator[tuple[str, ...]]:
    """What explains the marks and figures of the tables."""
    found = [block for block in shown if isinstance(block, Table)]
    keys = {table.key for table in found}
    marked = any(map(_is_marked, found)) or any(view.scope.units[head].tally.on_reference for head in view.heads)
    if view.query.is_first_screen and not view.query.full:
        is_said = not marked or bool(view.on_reference)
        yield (*BRIEF_LEGEND, *(() if is_said else (BRIEF_REFERENCE,)), FULL_NOTE)
        return
    if keys & {"matrix", "groups"}:
        yield legend(view.card.preset)
        yield (MEAN_NOTE,)
    if escalate := view.card.plan.escalate:
        yield (say(ESCALATED_NOTE, count=escalate),)
    if view.query.rank and "matrix" in keys and any(one.moved is not None for one in view.overview.standings):
        yield (MOVED_NOTE,)
    if marked:
        yield (REFERENCE_NOTE,)
    is_carried = any(words.CARRIED in cell.text for table in found for row in table.rows for cell in row)
    if is_carried or any(map(view.scope.carried, view.heads)):
        yield (CARRIED_NOTE,)
    if any(history.is_partial(row) for table in found if table.key in history.KEYS for row in table.rows):
        yield (PARTIAL_NOTE,)
    if any(cell.raw and cell.raw[-1] for table in found for cell in _column(table, "pace")):
        yield (PACE_NOTE,)


def legend(preset: LightPreset) -> tuple[str, ...]:
    """What the words behind a count or a mean say."""
    beyond = words.beyond(preset, "red")
    return (*LEGEND, listed((_RED, say(_RED_MEAN, beyond=beyond)), "") if beyond else _RED, *MARKS)


def _is_marked(table: Table) -> bool:
    return any(cell.raw is not None and cell.text.endswith(REFERENCE) for row in table.rows for cell in row)


def _column(table: Table, key: str) -> list[Cell]:
    at = next((place for place, column in enumerate(table.columns) if column.key == key), None)
    return [] if at is None else [row[at] for row in table.rows]
