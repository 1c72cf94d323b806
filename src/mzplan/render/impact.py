"""What differs between a revision and now: records, statuses, lights and ranks, worst first."""

from collections.abc import Callable, Iterator, Sequence

from mzplan.diagnostics import show
from mzplan.figures import decimal_text
from mzplan.plan.indicator import Indicator
from mzplan.plan.lights import Light
from mzplan.plan.model import Plan
from mzplan.render import words
from mzplan.render.document import Block, Cell, Column, Document, Table, Tone, listing
from mzplan.render.formats import Formats, formats
from mzplan.render.layout import Look
from mzplan.render.markdown import markdown
from mzplan.render.plan import schedule_text, scope_text, target_text, units_text
from mzplan.render.status.build import REFERENCE_NOTE
from mzplan.render.status.json import Value, figures_of, mean_of
from mzplan.render.words import LIGHT_WORDS, REFERENCE, TONES
from mzplan.scoring.progress import STATUS_ZH, Progress, Tally, UnitTally
from mzplan.views.impact import DIRECTION_ZH, Impact, PlanChange, RecordChange, RowChange, StandingChange

SCHEMA_VERSION = 1

MARKER = "<!-- mzplan impact -->"
"""The first line of the Markdown, by which a job finds the comment that it wrote before."""
COMMENT_LIMIT = 64_500
"""Characters of a comment; GitHub takes 65,536."""
_FEWEST = 1

_TITLE = "与 {revision} 相比的影响"
_FACT = "报告期 {period}，{revision}（{commit}）→ 现在"
_NOTHING = "没有差别：完成值、进度状态、亮灯、位次都与 {revision} 相同。"
_LEFT_OUT = "{side}的数据有 {count} 处错误，有错误的行没有计入：见 mzplan check"
_SILENT = "{side}没有 {period} 的任何报表"
_COUNTS = "计划 {plan} 项，记录 {records} 条，指标 {rows} 行（其中全市 {city} 行），单位 {standings} 个"
_MORE = "另有 {count} 行，因篇幅所限未列出；本地运行 mzplan impact {revision} 可看到全部"
_ADDED, _REMOVED, _NONE = "新增", "删去", "-"
_OTHERWISE = "口径有调整"
_ARROW = "{before} → {after}"

_PLAN = (Column("id", "编码"), Column("name", "指标", label=True), Column("change", "计划的变化", weight=1))
_RECORDS = (
    Column("unit", "填报单位"),
    Column("period", "报告期"),
    Column("id", "编码"),
    Column("name", "指标", label=True),
    Column("before", "原数", "right", weight=1),
    Column("after", "现数", "right", weight=1),
)
_ROWS = (
    Column("unit", "填报单位"),
    Column("id", "编码"),
    Column("name", "指标", label=True),
    Column("direction", "变化", weight=1),
    Column("actual", "完成值", "right", weight=2),
    Column("target", "目标", "right", weight=3),
    Column("completion", "完成率%", "right", weight=1),
    Column("expected", "序时%", "right", weight=3),
    Column("status", "进度状态", weight=1),
)
_STANDINGS = (
    Column("unit", "填报单位"),
    Column("completion", "年度完成率%", "right", weight=1),
    Column("on_schedule", "达到/应达", "right", weight=2),
    Column("rank", "位次", "right", weight=1),
    Column("reported", "已报", "right", weight=2),
)
_ASPECTS: Sequence[tuple[str, Callable[[Plan, Indicator], str]]] = (
    ("目标", lambda _, one: target_text(one)),
    ("基期值", lambda _, one: _NONE if one.baseline is None else decimal_text(one.baseline)),
    ("类型", lambda _, one: one.kind_zh),
    ("名称", lambda _, one: one.name),
    ("计量单位", lambda _, one: one.measure),
    ("对象", scope_text),
    ("进度", lambda _, one: schedule_text(one.schedule)),
    ("期限", lambda _, one: str(one.schedule.due)),
    ("填报单位", lambda plan, one: units_text(plan, one.reporting)),
)
"""What decides about an indicator's verdicts, parts of units aside, in the words of `mzplan plan`."""


def document(view: Impact) -> Document:
    """All that differs, in tables; a sentence when nothing does."""
    return _document(view, None)


def _document(view: Impact, most: int | None) -> Document:
    """With at most so many rows a table."""
    revision = show(view.revision)
    fact = _FACT.format(period=view.after.card.period, revision=revision, commit=view.commit[:10])
    sides = ((revision, view.before), ("现在", view.after))
    warnings = [_LEFT_OUT.format(side=side, count=state.errors) for side, state in sides if state.errors]
    warnings += [_SILENT.format(side=side, period=view.after.card.period) for side, state in sides if state.is_silent]
    blocks: list[Block] = [listing("facts", [fact, _counts(view)])]
    if warnings:
        blocks.append(listing("warnings", warnings))
    tables = [
        Table("standings", "各单位", _STANDINGS, [_standing(view, one) for one in view.standings]),
        Table("rows", "指标（变差的在前，转为未报的其次）", _ROWS, [_row(view, one) for one in view.rows]),
        Table("records", "记录", _RECORDS, [_record(view, one) for one in view.records]),
        Table("plan", "计划", _PLAN, [_plan(view, one) for one in view.plan]),
    ]
    for table in tables:
        if table.rows:
            left_out = 0 if most is None else max(0, len(table.rows) - most)
            notes = (_MORE.format(count=left_out, revision=revision),) if left_out else ()
            blocks.append(table._replace(rows=table.rows[:most], notes=notes))
    if _rests_on_reference(view):
        blocks.append(listing("notes", [REFERENCE_NOTE], "dim"))
    return Document(_TITLE.format(revision=revision), tuple(blocks))


def _rests_on_reference(view: Impact) -> bool:
    rows = (row for change in view.rows for row in (change.before, change.after) if row is not None)
    standings = (one for change in view.standings for one in (change.before, change.after) if one is not None)
    return any(row.target_basis == "reference" for row in rows) or any(one.tally.on_reference for one in standings)


def _counts(view: Impact) -> str:
    if view.is_nothing:
        return _NOTHING.format(revision=show(view.revision))
    return _COUNTS.format(
        plan=len(view.plan),
        records=len(view.records),
        rows=len(view.rows),
        city=sum(change.unit is None for change in view.rows),
        standings=sum(change.unit is not None for change in view.standings),
    )


def _unit(view: Impact, unit: str | None) -> Cell:
    known = view.after.plan if unit is None or unit in view.after.plan.units else view.before.plan
    return Cell(words.unit_name(known, unit))


def _arrow(before: str | None, after: str | None, tone: Tone = "") -> Cell:
    """One figure where both are the same, else both."""
    return Cell(before or "" if before == after else _ARROW.format(before=before or _NONE, after=after or _NONE), tone)


def _plan(view: Impact, change: PlanChange) -> list[Cell]:
    one = change.any
    told = "；".join(_aspects(view, change)) or _OTHERWISE
    return [Cell(show(one.id)), Cell(show(one.name)), Cell(told)]


def _aspects(view: Impact, change: PlanChange) -> Iterator[str]:
    before, after = change.before, change.after
    if before is None or after is None:
        yield _ADDED if before is None else _REMOVED
        return
    for word, aspect in _ASPECTS:
        was, now = show(aspect(view.before.plan, before)), show(aspect(view.after.plan, after))
        if was != now:
            yield f"{word} {_ARROW.format(before=was, after=now)}"


def _record(view: Impact, change: RecordChange) -> list[Cell]:
    indicator = change.indicator
    before = _NONE if change.before is None else indicator.told(change.before)
    after = _NONE if change.after is None else indicator.told(change.after)
    name = Cell(show(indicator.name))
    return [_unit(view, change.unit), Cell(change.period), Cell(show(indicator.id)), name, Cell(before), Cell(after)]


def _row(view: Impact, change: RowChange) -> list[Cell]:
    was, now = change.before, change.after
    tone = TONES[now.status] if now else ""
    return [
        _unit(view, change.unit),
        Cell(show(change.indicator.id)),
        Cell(show(change.indicator.name)),
        Cell(DIRECTION_ZH[change.direction]),
        _arrow(was and words.actual(was).text, now and words.actual(now).text),
        _arrow(was and _target(was), now and _target(now)),
        _arrow(was and words.completion(was).text, now and words.completion(now).text, tone),
        _arrow(was and words.expected(was).text, now and words.expected(now).text),
        _arrow(_status(was, _ADDED), _status(now, _REMOVED), tone),
    ]


def _target(row: Progress) -> str:
    """The target, marked where it rests on a reference."""
    return words.target(row).text + (REFERENCE if row.target_basis == "reference" else "")


def _status(row: Progress | None, absent: str) -> str:
    return absent if row is None else STATUS_ZH[row.status]


def _standing(view: Impact, change: StandingChange) -> list[Cell]:
    was, now = change.before, change.after
    light: Tone = change.light_after or ""
    return [
        _unit(view, change.unit),
        _arrow(_mean(was, change.light_before), _mean(now, change.light_after), light),
        _arrow(_out_of(was and was.tally), _out_of(now and now.tally)),
        _arrow(_rank(was), _rank(now)),
        _arrow(_reported(was), _reported(now)),
    ]


def _mean(standing: UnitTally | None, light: Light | None) -> str:
    if standing is None:
        return ""
    reference = REFERENCE if standing.tally.on_reference else ""
    return words.mean(standing.tally) + (LIGHT_WORDS[light] if light else "") + reference


def _out_of(tally: Tally | None) -> str:
    return "" if tally is None else f"{tally.on_schedule}/{tally.due}"


def _rank(standing: UnitTally | None) -> str:
    return "" if standing is None or standing.rank is None else str(standing.rank)


def _reported(standing: UnitTally | None) -> str:
    return "" if standing is None else f"{standing.reported}/{standing.reporting}"


def _markdown(view: Impact, look: Look) -> str:
    """As much as fits into a comment, the worst rows of each table."""
    most = max(len(view.rows), len(view.records), len(view.plan), len(view.standings), _FEWEST)
    while True:
        text = f"{MARKER}\n{markdown(_document(view, most), look)}"
        if len(text) <= COMMENT_LIMIT or most <= _FEWEST:
            return text[:COMMENT_LIMIT]
        most = max(_FEWEST, most * COMMENT_LIMIT // len(text) * 9 // 10)


def _json(view: Impact) -> dict[str, Value]:
    return {
        "schema_version": SCHEMA_VERSION,
        "revision": view.revision,
        "commit": view.commit or None,
        "period": str(view.after.card.period),
        "preset": view.after.card.preset.name,
        "errors": {"before": view.before.errors, "after": view.after.errors},
        "plan": [
            {"indicator": one.any.id, "name": one.any.name, "change": list(_aspects(view, one))} for one in view.plan
        ],
        "records": [
            {
                "indicator": one.indicator.id,
                "unit": one.unit,
                "period": one.period,
                "before": None if one.before is None else one.indicator.told(one.before),
                "after": None if one.after is None else one.indicator.told(one.after),
            }
            for one in view.records
        ],
        "rows": [
            {
                "indicator": one.indicator.id,
                "name": one.indicator.name,
                "unit": one.unit,
                "direction": one.direction.value,
                "before": None if one.before is None else _side(one.before),
                "after": None if one.after is None else _side(one.after),
            }
            for one in view.rows
        ],
        "units": [
            {
                "unit": one.unit,
                "before": None if one.before is None else _whole(one.before, one.light_before),
                "after": None if one.after is None else _whole(one.after, one.light_after),
            }
            for one in view.standings
        ],
    }


def _side(row: Progress) -> dict[str, Value]:
    tone = TONES[row.status]
    light = tone if tone in LIGHT_WORDS else None
    return {**figures_of(row), "target_basis": row.target_basis, "status": row.status.value, "light": light}


def _whole(standing: UnitTally, light: Light | None) -> dict[str, Value]:
    return {
        "completion": mean_of(standing.tally),
        "light": light,
        "rank": standing.rank,
        "on_schedule": standing.tally.on_schedule,
        "due": standing.tally.due,
        "judged": standing.tally.judged,
        "reported": standing.reported,
        "reporting": standing.reporting,
    }


FORMATS: Formats[Impact] = formats(
    document, "terminal", "plain", "html", "latex", "docx", markdown=_markdown, json=_json
)
"""Every value of `impact --format`."""
