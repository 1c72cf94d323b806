"""What differs between a revision and now: records, statuses, lights and ranks, worst first."""

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from types import MappingProxyType
from typing import TypeVar

from mzplan.diagnostics import quoted, show
from mzplan.plan.indicator import Indicator
from mzplan.plan.unit_lists import by_region
from mzplan.render import words
from mzplan.render.columns import column
from mzplan.render.document import Block, Cell, Column, Document, Table, Tone, listing
from mzplan.render.formats import Formats, formats
from mzplan.render.impact_changes import ADDED, NONE, REMOVED, part_aspects, plan_aspects
from mzplan.render.impact_json import impact_json, sides
from mzplan.render.layout import Look
from mzplan.render.markdown import markdown
from mzplan.render.plan import units_text
from mzplan.render.status.build import REFERENCE_NOTE
from mzplan.render.status.tables import target
from mzplan.render.told import told
from mzplan.render.words import REFERENCE, TONES
from mzplan.said import SCREEN, listed, say
from mzplan.scoring.progress import UNREAD, ZERO
from mzplan.views.impact import (
    DIRECTION_ZH,
    Impact,
    Lit,
    Move,
    PartChange,
    PlanChange,
    RecordChange,
    RowChange,
    StandingChange,
    Year,
)

Change = StandingChange | RowChange | Move | RecordChange | PlanChange | PartChange
C = TypeVar("C", StandingChange, RowChange, Move, RecordChange, PlanChange, PartChange)
S = TypeVar("S")

MARKER = "<!-- mzplan impact -->"
"""The first line of the Markdown, by which a job finds the comment that it wrote before."""
COMMENT_LIMIT = 64_500
"""Characters of a comment; GitHub takes 65,536."""
_FEWEST = 1
_SHORTEST = len("| x | x | x |")
"""Characters that no row of a table has fewer of."""

TITLE = "与 {revision} 相比的影响"
_FACT = "报告期 {period}，{revision}（{commit}）→ 现在"
_NEW = "{year} 年的计划是新增的：{indicators} 项指标，已有 {records} 条记录"
_GONE = "{year} 年的计划没有了：{revision} 里有 {indicators} 项指标、{records} 条记录，现在都没有计划可判断"
_LEFT_OUT = "{side}的数据有 {count} 处错误，有错误的行没有计入：见 mzplan check"
_UNREAD = "{side}{units} {period} {unread}，没有位次；两边其他单位的位次都不计在内"
_BY_RANK_ALONE = "单位中 {count} 个只是位次变了"
_MORE = "另有 {count} 行，因篇幅所限未列出；本地运行 mzplan impact {revision} --format json 可看到全部"
_UNLISTED = "另有 {count} 行没有列出{regions}，全部见 mzplan impact {revision} --format json"
_NOW, _THEN = "现在", "{revision} 里"
_ARROW = "{before} → {after}"
_LIT, _CARRIED = "{mean}{light}{mark}", "{mean}（{carried}）"

_MOVES = (column("unit"), Column("before", "原属地区", weight=1), Column("after", "现属地区", weight=1))
_PLAN = (column("id"), column("name"), Column("change", "计划的变化", weight=1))
_PARTS = (column("unit"), column("id"), column("name"), Column("change", "分解的变化", weight=1))
_RECORDS = (
    column("unit"),
    column("period"),
    column("id"),
    column("name"),
    Column("before", "原数", "right", weight=1),
    Column("after", "现数", "right", weight=1),
)
_ROWS = (
    column("unit"),
    column("id"),
    column("name"),
    Column("direction", "变化", weight=1),
    column("actual", weight=2),
    column("target", weight=3),
    column("completion", weight=1),
    column("expected", weight=3),
    column("status", heading="进度状态", weight=1),
)
_STANDINGS = (
    column("unit"),
    column("whole", key="completion", short="", raw=(), weight=1),
    column("on_schedule", short="", raw=(), weight=2),
    column("rank", weight=1),
    column("reported", heading="已报", raw=(), weight=2),
)


def document(view: Impact) -> Document:
    """All that differs, in tables, year by year; a sentence when nothing does."""
    return _document(view, None, _MORE)


def _on_screen(view: Impact) -> Document:
    """The same; of more units than a screen holds as many rows a table as it does, and the rest counted."""
    if not any(map(_is_of_many, view.years)):
        return document(view)
    return _document(_worst_first(view), SCREEN, _UNLISTED)


def _is_of_many(year: Year) -> bool:
    return len(year.after.plan.reporting_units) > SCREEN


def _worst_first(view: Impact) -> Impact:
    """With what is shown of many units in front: what has another verdict, the city's and regions' before units'."""
    return view._replace(years=[_with_worst_first(year) if _is_of_many(year) else year for year in view.years])


def _with_worst_first(year: Year) -> Year:
    units = year.after.plan.units
    rows = sorted(year.rows, key=lambda change: (not change.is_verdict, change.unit in units))
    shown = sorted(rows[:SCREEN], key=lambda change: change.order)
    standings = sorted(year.standings, key=lambda one: (one.is_rank_alone, one.unit in units, *_loss(one)))
    return year._replace(rows=[*shown, *rows[SCREEN:]], standings=standings)


def _loss(change: StandingChange) -> tuple[bool, Fraction]:
    """The city first, then whose completion fell most."""
    was, now = (one.standing.tally.completion if one else None for one in (change.before, change.after))
    return change.unit is not None, (now or ZERO) - (was or ZERO)


def _document(view: Impact, most: int | None, more: str) -> Document:
    """With at most so many rows a table, and what is said of the others."""
    revision = show(view.revision)
    facts: list[str] = [say(_NEW if one.is_new else _GONE, revision=revision, **one._asdict()) for one in view.alone]
    for year in view.years:
        period = year.after.card.period
        facts += [say(_FACT, period=period, revision=revision, commit=view.commit[:10]), _counts(view, year)]
        if ranks := sum(change.is_rank_alone for change in year.standings):
            facts.append(say(_BY_RANK_ALONE, count=ranks))
    warnings = [line for year in view.years for line in _warnings(revision, year)]
    blocks: list[Block] = [listing("facts", facts)]
    if warnings:
        blocks.append(listing("warnings", warnings))
    for year in view.years:
        for table, left_out in _tables(year, most):
            count, regions = len(left_out), _regions(year, left_out)
            notes = (say(more, count=count, regions=regions, revision=quoted(view.revision)),) if left_out else ()
            of_year = say("{year} 年：{title}", year=year.after.plan.year, title=table.title)
            title = of_year if len(view.years) > 1 else table.title
            blocks.append(table._replace(notes=notes, title=title))
    if any(map(_rests_on_reference, view.years)):
        blocks.append(listing("notes", [REFERENCE_NOTE], "dim"))
    return Document(say(TITLE, revision=revision), tuple(blocks))


def _warnings(revision: str, year: Year) -> Iterator[str]:
    """What must be known before trusting the figures of a year."""
    period, sides = year.after.card.period, ((say(_THEN, revision=revision), year.before), (_NOW, year.after))
    for side, state in sides:
        if state.errors:
            yield say(_LEFT_OUT, side=side, period=period, count=state.errors)
        if state.card.unread:
            units = units_text(state.plan, (unit for unit in state.plan.units if unit in state.card.unread))
            yield say(_UNREAD, side=side, units=units, period=period, unread=UNREAD)
    for side, state in sides:
        if state.is_silent:
            yield say("{side}没有 {period} 的任何报表", side=side, period=period)


def _regions(year: Year, changes: Sequence[Change]) -> str:
    """How many of the units that the changes are about each region has, in brackets; empty without any."""
    plan = year.after.plan
    owners = dict.fromkeys(one.unit for one in changes if not isinstance(one, PlanChange))
    regions = by_region(plan, [unit for unit in owners if unit is not None and unit in plan.units])
    return say("（{regions}）", regions=regions) if regions else ""


def _tables(year: Year, most: int | None) -> Iterator[tuple[Table, Sequence[Change]]]:
    """The tables of a year that have any rows, with at most so many, and the changes that they leave out."""
    most_units = most
    if most is not None and _is_of_many(year):  # of whom those whose rank alone differs are but counted
        most_units = min(most, sum(not one.is_rank_alone for one in year.standings))
    tables = (
        _table(Table("standings", "各单位", _STANDINGS, []), year, year.standings, _standing, most_units),
        _table(
            Table("rows", "指标（变差的在前；转为未报的、补报的、目标已变的依次在后）", _ROWS, []),
            year,
            year.rows,
            _row,
            most,
        ),
        _table(Table("moves", "换了地区的单位", _MOVES, []), year, year.moves, _move, most),
        _table(Table("records", "记录", _RECORDS, []), year, year.records, _record, most),
        _table(Table("plan", "计划", _PLAN, []), year, year.plan, _plan, most),
        _table(Table("parts", "分解", _PARTS, []), year, year.parts, _part, most),
    )
    return ((table, left_out) for table, left_out in tables if table.rows)


def _table(
    empty: Table, year: Year, changes: Sequence[C], row: Callable[[Year, C], list[Cell]], most: int | None
) -> tuple[Table, Sequence[C]]:
    """The table with a row for each of the first changes, and the others, of which no row is made."""
    shown = changes[:most]
    return empty._replace(rows=[row(year, one) for one in shown]), changes[len(shown) :]


def _longest(year: Year) -> int:
    """How many rows the longest table of a year has."""
    return max(map(len, (year.standings, year.rows, year.moves, year.records, year.plan, year.parts)))


def _rests_on_reference(year: Year) -> bool:
    rows = (row for change in year.rows for row in (change.before, change.after) if row is not None)
    standings = (one for change in year.standings for one in (change.before, change.after) if one is not None)
    return any(row.target_basis == "reference" for row in rows) or any(
        one.standing.tally.on_reference for one in standings
    )


def _counts(view: Impact, year: Year) -> str:
    if year.is_nothing:
        return say("没有差别：完成值、进度状态、亮灯、位次都与 {revision} 相同。", revision=show(view.revision))
    return say(
        "计划 {plan} 项，分解 {parts} 个，记录 {records} 条，指标 {rows} 行（其中全市 {city} 行），单位 {standings} 个",
        plan=len(year.plan),
        parts=len(year.parts),
        records=len(year.records),
        rows=len(year.rows),
        city=sum(change.unit is None for change in year.rows),
        standings=sum(change.unit in {**year.before.plan.units, **year.after.plan.units} for change in year.standings),
    )


def _unit(year: Year, unit: str | None) -> Cell:
    known = year.after.plan if unit is None or unit in year.after.plan.units_and_regions else year.before.plan
    return Cell(words.unit_name(known, unit))


def _arrow(
    told: Callable[[S], str], before: S | None, after: S | None, tone: Tone = "", absent: tuple[str, str] = (NONE, NONE)
) -> Cell:
    """What is said of both states, once where it is the same; `absent` stands for one that has nothing of it."""
    was, now = sides(told, before, after)
    return Cell(was or "" if was == now else say(_ARROW, before=was or absent[0], after=now or absent[1]), tone)


def _named(indicator: Indicator) -> list[Cell]:
    return [Cell(show(indicator.id)), Cell(show(indicator.name))]


def _plan(year: Year, change: PlanChange) -> list[Cell]:
    return [*_named(change.any), Cell(listed(plan_aspects(year, change), "；") or "口径有调整")]


def _part(year: Year, change: PartChange) -> list[Cell]:
    return [_unit(year, change.unit), *_named(change.indicator), Cell(listed(part_aspects(change), "；"))]


def _move(year: Year, move: Move) -> list[Cell]:
    regions = zip((year.before.plan, year.after.plan), (move.before, move.after), strict=True)
    names = (Cell(show(plan.units_and_regions[region].name) if region else NONE) for plan, region in regions)
    return [_unit(year, move.unit), *names]


def _record(year: Year, change: RecordChange) -> list[Cell]:
    figures = [Cell(told or NONE) for told in sides(change.indicator.told, change.before, change.after)]
    return [_unit(year, change.unit), Cell(change.period), *_named(change.indicator), *figures]


def _row(year: Year, change: RowChange) -> list[Cell]:
    was, now = change.before, change.after
    tone = TONES[now.status] if now else ""
    return [
        _unit(year, change.unit),
        *_named(change.indicator),
        Cell(DIRECTION_ZH[change.direction]),
        _arrow(lambda row: words.actual(row).text, was, now),
        _arrow(lambda row: target(row).text, was, now),
        _arrow(lambda row: words.completion(row).text, was, now, tone),
        _arrow(lambda row: words.expected(row).text, was, now),
        _arrow(lambda row: words.status(row).text, was, now, tone, (ADDED, REMOVED)),
    ]


def _standing(year: Year, change: StandingChange) -> list[Cell]:
    was, now = change.before, change.after
    return [
        _unit(year, change.unit),
        _arrow(_mean, was, now, (now and now.light) or ""),
        _arrow(lambda one: f"{one.standing.tally.on_schedule}/{one.standing.tally.due}", was, now),
        _arrow(lambda one: str(one.standing.rank or ""), was, now),
        _arrow(lambda one: f"{one.standing.reported}/{one.standing.reporting}", was, now),
    ]


def _mean(lit: Lit) -> str:
    """The mean with its light and its marks, as the heading of `status` has them."""
    tally = lit.standing.tally
    light = words.mark(lit.light, tally)[0] if tally.completion is not None else ""
    told = say(_LIT, mean=words.mean(tally), light=light, mark=REFERENCE if tally.on_reference else "")
    return say(_CARRIED, mean=told, carried=words.carried_from(lit.carried)) if lit.carried else told


def _markdown(view: Impact, look: Look) -> str:
    """As much as fits into a comment, the worst rows of each table; no more rows are made than ever fit."""
    view = _worst_first(view)
    most = max(_FEWEST, min(COMMENT_LIMIT // _SHORTEST, max(map(_longest, view.years), default=0)))
    while True:
        text = f"{MARKER}\n{markdown(told(_document(view, most, _MORE), look.tell), look)}"
        if len(text) <= COMMENT_LIMIT or most <= _FEWEST:
            return text[:COMMENT_LIMIT]
        most = max(_FEWEST, most * COMMENT_LIMIT // len(text) * 9 // 10)


FORMATS: Formats[Impact] = MappingProxyType(
    {
        **formats(_on_screen, "terminal", "plain"),
        **formats(document, "html", "latex", "docx", markdown=_markdown, json=impact_json),
    }
)
"""Every value of `impact --format`."""
