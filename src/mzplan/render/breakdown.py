"""The output of `mzplan breakdown`: reference parts of city totals, and how each came about."""

from collections.abc import Sequence
from fractions import Fraction
from typing import NamedTuple

from mzplan.diagnostics import show
from mzplan.figures import decimal_text, rounded
from mzplan.plan.breakdown import Breakdown, Share
from mzplan.plan.model import BASIS_IN_FULL, REFERENCE_CAUTION, Plan
from mzplan.render.columns import column
from mzplan.render.document import Cell, Column, Document, Table
from mzplan.render.formats import Formats, formats
from mzplan.said import listed, say
from mzplan.zh import Amount

_TITLE = "{id} {name}：{since}{city}目标{value}{unit}，按{weight}分解"
_REST = "{id} {name}：{since}{city}目标{value}{unit}，其中正式下达{official}{unit}，其余{rest}{unit}按{weight}分解"
_ALL_OFFICIAL = "{id} {name}：{since}{city}目标{value}{unit}已全部正式下达，没有需要测算的部分。"
_OFFICIAL = BASIS_IN_FULL["official"]
_SUM = "合计"
_LEFT_OUT = "未参加分解（没有权重）：{names}"
_FOOTER = "{basis}。按最大余数法：先取整，差额依余数从大到小各补足{step}，余数相同的先列者先得。"
_COLUMNS = (
    column("unit", heading="单位"),
    Column("weight", "权重", "right"),
    Column("quota", "精确份额", "right"),
    Column("whole", "取整", "right"),
    Column("remainder", "余数", "right"),
    Column("extra", "补足", "right"),
    column("part"),
)
_ALL_COLUMNS = (column("unit", heading="单位"), column("basis", heading="依据", align="right"), column("part"))


class Breakdowns(NamedTuple):
    """City totals of a plan, broken down."""

    plan: Plan
    each: Sequence[Breakdown]


def document(broken: Breakdowns) -> Document:
    """A table for each indicator."""
    return Document("", tuple(_table(broken.plan, each) for each in broken.each))


def _table(plan: Plan, breakdown: Breakdown) -> Table:
    """A row for each unit, and the sum; a total that is official throughout says nothing about how it was computed."""
    indicator, shares = breakdown.indicator, breakdown.shares
    if not shares:
        parts = [_cells(_name(plan, unit), _OFFICIAL, value) for unit, value in breakdown.official.items()]
        return Table(indicator.id, _title(plan, breakdown), _ALL_COLUMNS, [*parts, _cells(_SUM, "", breakdown.total)])
    weight = sum((share.weight for share in shares), Fraction(0))
    whole = sum((share.part for share in shares), breakdown.total - breakdown.shared)
    rows = [
        *(_row(_name(plan, share.unit), share, breakdown.step) for share in shares),
        *(_cells(_name(plan, unit), _OFFICIAL, "", "", "", "", value) for unit, value in breakdown.official.items()),
        _cells(_SUM, weight, "", "", "", "", whole),
    ]
    step = Amount(decimal_text(breakdown.step), show(indicator.unit))
    notes = [say(_FOOTER, basis=REFERENCE_CAUTION, step=step)]
    if breakdown.left_out:
        notes.insert(0, say(_LEFT_OUT, names=listed(_name(plan, unit) for unit in breakdown.left_out)))
    return Table(indicator.id, _title(plan, breakdown), _COLUMNS, rows, notes=tuple(notes))


def _row(name: str, share: Share, step: Fraction) -> list[Cell]:
    return _cells(
        name,
        share.weight,
        rounded(share.quota, 3, below=[share.whole + step]),
        share.whole,
        rounded(share.remainder, 3, below=[step], above=[0]),
        share.extra,
        share.part,
    )


def _cells(*figures: str | Fraction) -> list[Cell]:
    return [Cell(figure if isinstance(figure, str) else decimal_text(figure)) for figure in figures]


def _name(plan: Plan, unit: str) -> str:
    return show(plan.units[unit].name)


def _title(plan: Plan, breakdown: Breakdown) -> str:
    indicator = breakdown.indicator
    words = _ALL_OFFICIAL if not breakdown.shares else _REST if breakdown.official else _TITLE
    return say(
        words,
        id=show(indicator.id),
        name=show(indicator.name),
        since=breakdown.since,
        city=show(plan.city),
        value=decimal_text(breakdown.total),
        official=decimal_text(breakdown.total - breakdown.shared),
        rest=decimal_text(breakdown.shared),
        unit=show(indicator.unit),
        weight=breakdown.weight,
    )


FORMATS: Formats[Breakdowns] = formats(document, "text", "markdown", "html", "latex", "docx")
"""Every value of `breakdown --format`."""
