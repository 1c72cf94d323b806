"""The output of `mzplan lights`: thresholds, sources, notes of the presets, and what each would change."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from mzplan.diagnostics import show
from mzplan.figures import decimal_or_none, decimal_text
from mzplan.plan.model import LightPreset
from mzplan.render.document import Block, Cell, Column, Document, Heading, Table, listing
from mzplan.render.formats import Formats, formats
from mzplan.render.words import beyond
from mzplan.said import Named, listed, say
from mzplan.scoring.progress import LIT, LOST, STATUS_ZH, Status
from mzplan.scoring.scorecard import Scorecard
from mzplan.views.presets import Effect

LONG = 1000

_TITLE = Named("亮灯规则", "Light presets")
_BASIS = "报告期 {period}，与 {name} 相比"
_NO_DATA = "没有数据，只列规则；给出 --data 可看到各规则下状态会变多少"
_LOST = "{words}一律红灯，有一项的领域和单位也是；其余按差距，领域和单位按平均滞后"
_CHANGES = "{name} 改变 {count} 项次：{changes}"
_CHANGE = "{was}→{now} {count}"

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


class Rules(NamedTuple):
    """The presets that are shown, and what each does to a scorecard where there is one."""

    presets: Sequence[LightPreset]
    effects: Sequence[Effect] = ()
    card: Scorecard | None = None


def document(rules: Rules) -> Document:
    """A table of all, then source, note and effect of each."""
    effects, card = {effect.preset.name: effect for effect in rules.effects}, rules.card
    columns = (*_COLUMNS, *_COUNTS) if effects else _COLUMNS
    rows = [_row(preset, effects.get(preset.name)) for preset in rules.presets]
    fact = _NO_DATA if card is None else say(_BASIS, period=card.period, name=show(card.preset.name))
    blocks: list[Block] = [
        listing("facts", [fact, say(_LOST, words=listed(STATUS_ZH[one] for one in LOST))]),
        Table("lights", "界限", columns, rows),
    ]
    for preset in rules.presets:
        details = list(_details(preset, effects.get(preset.name)))
        blocks += [Heading(show(preset.name)), listing("points", details)]
    return Document(_TITLE, tuple(blocks))


def _row(preset: LightPreset, effect: Effect | None) -> list[Cell]:
    cells = [Cell(show(preset.name)), Cell(show(preset.title)), Cell(yellow_text(preset)), Cell(red_text(preset))]
    if effect is not None:
        cells += [Cell(str(effect.totals.get(status, 0))) for status in LIT]
        cells.append(Cell(str(effect.changed)))
    return cells


def _details(preset: LightPreset, effect: Effect | None) -> Iterator[str]:
    yield say("出处 {source}", source=show(preset.source, LONG))
    if preset.note:
        yield show(preset.note, LONG)
    if effect is not None and effect.changed:
        yield say(_CHANGES, name=show(preset.name), count=effect.changed, changes=_changes(effect))


def _changes(effect: Effect) -> str:
    order = list(Status)
    pairs = sorted(effect.changes.items(), key=lambda item: (order.index(item[0][0]), order.index(item[0][1])))
    return listed(
        (say(_CHANGE, was=STATUS_ZH[was], now=STATUS_ZH[now], count=count) for (was, now), count in pairs), "，"
    )


def _json(rules: Rules) -> dict[str, object]:
    """Thresholds as strings of plain decimals; the effects are null without data."""
    effects, card = {effect.preset.name: effect for effect in rules.effects}, rules.card
    return {
        "schema_version": 1,
        "period": None if card is None else str(card.period),
        "compared_with": None if card is None else card.preset.name,
        "presets": [{**thresholds(preset), **_effect(effects.get(preset.name))} for preset in rules.presets],
    }


def thresholds(preset: LightPreset) -> dict[str, object]:
    """A preset for programs."""
    return {
        "name": preset.name,
        "title": listed((preset.title,)),
        "yardstick": preset.yardstick,
        "yellow": decimal_text(preset.yellow),
        "yellow_inclusive": preset.yellow_inclusive,
        "red": decimal_or_none(preset.red),
        "red_inclusive": preset.red_inclusive,
        "source": listed((preset.source,)),
        "note": listed((preset.note,)) if preset.note else None,
    }


def yellow_text(preset: LightPreset) -> str:
    """From which shortfall on the light is yellow."""
    return beyond(preset, "yellow") if preset.yellow else "低于序时"


def red_text(preset: LightPreset) -> str:
    """From which shortfall on it is red."""
    return beyond(preset, "red") or "无"


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


FORMATS: Formats[Rules] = formats(document, "text", "markdown", "html", "latex", "docx", json=_json)
"""Every value of `lights --format`."""
