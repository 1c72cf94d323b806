"""The presets of lights: thresholds, sources, notes, and what each would change; as text, Markdown and JSON."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from types import MappingProxyType

from mzplan.diagnostics import show
from mzplan.figures import decimal_text
from mzplan.plan.model import LightPreset
from mzplan.render.layout import flow, width_of
from mzplan.render.status.document import Cell, Column, Document, Note, Table
from mzplan.render.status.words import over, size
from mzplan.scoring.progress import STATUS_ZH, Scorecard, Status
from mzplan.views.presets import LIT, Effect

LONG = 1000

_TITLE = "亮灯规则"
_TABLE = "界限"
_BASIS = "报告期 {period}，与 {name} 相比"
_NO_DATA = "没有数据，只列规则；给出 --data 可看到各规则下状态会变多少"
_CHANGES = "{name} 改变 {count} 项次：{changes}"
_CHANGE = "{was}→{now} {count}"
_SOURCE = "出处 {source}"

_COLUMNS = (
    Column("name", "名称"),
    Column("title", "发布", label=True),
    Column("yellow", "黄灯", weight=1),
    Column("red", "红灯", weight=1),
)
_COUNTS = (
    *(Column(status.value, STATUS_ZH[status], "right", weight=2) for status in LIT),
    Column("changed", "状态改变", "right", weight=2),
)


def _document(presets: Sequence[LightPreset], effects: Sequence[Effect], card: Scorecard | None) -> Document:
    by_name = {effect.preset.name: effect for effect in effects}
    columns = (*_COLUMNS, *_COUNTS) if effects else _COLUMNS
    rows = [_row(preset, by_name.get(preset.name)) for preset in presets]
    table = Table("lights", _TABLE, columns, rows)
    fact = _NO_DATA if card is None else _BASIS.format(period=card.period, name=show(card.preset.name))
    return Document(_TITLE, (Note(fact),), (), (table,), table, ())


def _row(preset: LightPreset, effect: Effect | None) -> list[Cell]:
    cells = [
        Cell(show(preset.name)),
        Cell(show(preset.title)),
        Cell(yellow_text(preset)),
        Cell(red_text(preset)),
    ]
    if effect is not None:
        cells += [Cell(str(effect.totals.get(status, 0))) for status in LIT]
        cells.append(Cell(str(effect.changed)))
    return cells


def _details(presets: Sequence[LightPreset], effects: Sequence[Effect]) -> Iterator[tuple[str, list[str]]]:
    changed = {effect.preset.name: effect for effect in effects if effect.changed}
    for preset in presets:
        lines = [_SOURCE.format(source=show(preset.source, LONG))]
        if preset.note:
            lines.append(show(preset.note, LONG))
        if effect := changed.get(preset.name):
            lines.append(_CHANGES.format(name=show(preset.name), count=effect.changed, changes=_changes(effect)))
        yield show(preset.name), lines


def _changes(effect: Effect) -> str:
    order = list(Status)
    pairs = sorted(effect.changes.items(), key=lambda item: (order.index(item[0][0]), order.index(item[0][1])))
    return "，".join(_CHANGE.format(was=STATUS_ZH[was], now=STATUS_ZH[now], count=count) for (was, now), count in pairs)


def text(
    presets: Sequence[LightPreset], effects: Sequence[Effect], card: Scorecard | None, width: int | None = None
) -> str:
    """A table, then the source and the gap of each."""
    from mzplan.render.status.text import lines_of

    found = _document(presets, effects, card)
    lines = ["".join(span.text for span in line).rstrip() for line in lines_of(found, width)]
    for name, details in _details(presets, effects):
        lines += ["", name]
        for detail in details:
            fits = width is None or width_of(detail) <= width - 2
            lines += [f"  {line}" for line in ([detail] if fits else flow([detail], (width or 80) - 2))]
    return "\n".join(line for line in lines) + "\n"


def markdown(
    presets: Sequence[LightPreset], effects: Sequence[Effect], card: Scorecard | None, width: int | None = None
) -> str:
    """The same with headings."""
    from mzplan.render.check.markdown import escape
    from mzplan.render.status.markup import markdown as whole

    lines = [whole(_document(presets, effects, card)).rstrip("\n")]
    for name, details in _details(presets, effects):
        lines += ["", f"## {escape(name)}", "", *(f"- {escape(detail)}" for detail in details)]
    return "\n".join(lines) + "\n"


def json(
    presets: Sequence[LightPreset], effects: Sequence[Effect], card: Scorecard | None, width: int | None = None
) -> str:
    """Thresholds as strings of plain decimals; the effects are null without data."""
    from mzplan.render.check.guard import json_text

    by_name = {effect.preset.name: effect for effect in effects}
    found = {
        "schema_version": 1,
        "period": None if card is None else str(card.period),
        "compared_with": None if card is None else card.preset.name,
        "presets": [{**thresholds(preset), **_effect(by_name.get(preset.name))} for preset in presets],
    }
    return json_text(found, indent=2) + "\n"


def thresholds(preset: LightPreset) -> dict[str, object]:
    """A preset for programs."""
    return {
        "name": preset.name,
        "title": preset.title,
        "yardstick": preset.yardstick,
        "yellow": decimal_text(preset.yellow),
        "yellow_inclusive": preset.yellow_inclusive,
        "red": None if preset.red is None else decimal_text(preset.red),
        "red_inclusive": preset.red_inclusive,
        "source": preset.source,
        "note": preset.note or None,
    }


def yellow_text(preset: LightPreset) -> str:
    """From which shortfall on the light is yellow."""
    return f"{over(preset.yellow_inclusive)}{size(preset, preset.yellow)}" if preset.yellow else "低于序时"


def red_text(preset: LightPreset) -> str:
    """From which shortfall on it is red."""
    return f"{over(preset.red_inclusive)}{size(preset, preset.red)}" if preset.red is not None else "无"


def _effect(effect: Effect | None) -> dict[str, object]:
    if effect is None:
        return {"totals": None, "changed": None, "changes": None}
    return {
        "totals": {status.value: effect.totals.get(status, 0) for status in LIT},
        "changed": effect.changed,
        "changes": [
            {"from": was.value, "to": now.value, "count": count} for (was, now), count in effect.changes.items()
        ],
    }


FORMATS: Mapping[str, Callable[[Sequence[LightPreset], Sequence[Effect], Scorecard | None, int | None], str]] = (
    MappingProxyType({"text": text, "markdown": markdown, "json": json})
)
"""Every value of `lights --format`."""
