"""The tables behind the prose: areas, reporting units, indicators."""

from mzplan import zh
from mzplan.bulletin.groups import concerned, is_judged_one_by_one, stages_of
from mzplan.bulletin.indicators import name_of, stage_reached, subject_of
from mzplan.bulletin.model import Cell, Cited, Column, Ref, Subject, Table
from mzplan.bulletin.overview import standings
from mzplan.bulletin.phrases import UNCLEAR, P, Slot, Writer, pieces, reference
from mzplan.plan.model import BASIS_IN_FULL, REFERENCE_CAUTION, REFERENCE_PART
from mzplan.scoring.progress import STATUS_ZH, Progress, Status

_ABSENT = "—"
_NO_PART = "无分解"

AREA_COLUMNS = (
    Column("领域", align="left", width=24),
    Column("指标数", "{count:all}", width=6),
    Column("纳入评价", "{count:judged}", width=7),
    Column(STATUS_ZH[Status.MET], "{count:met}", width=6),
    Column("应达", "{count:due}", width=5),
    Column("达到", "{count:steady}", width=5),
    Column("未达到", "{count:lagging}", width=6),
    Column("应达未报", "{count:missing&due}", width=6),
    Column("尚未到期", "{count:not_due}", width=6),
    Column("未到期未报", "{count:missing&later}", width=6),
    Column("完成率（%）", "{area_mean}", width=7),
)
UNIT_COLUMNS = (
    Column("填报单位", align="left", width=14),
    Column("年度完成率（%）", "{overall}", width=9),
    Column("位次", "{rank}", width=5),
    Column("正式目标", "{count:firm}", width=6),
    Column("未达到进度要求", "{count:firm&lagging}", width=7),
    Column(REFERENCE_PART, "{count:reference}", width=6),
    Column(STATUS_ZH[Status.CONTRIBUTION], "{count:contribution}", width=7),
    Column("应报", "{owed}", width=6),
    Column("已报", "{filed}", width=6),
)
INDICATOR_COLUMNS = (
    Column("指标", align="left", width=20),
    Column("单位", align="centre", width=5),
    Column("目标", "{target}", width=7),
    Column("完成值", "{actual}", width=7),
    Column("完成率（%）", "{completion}", width=6),
    Column("序时（%）", "{expected}", width=6),
    Column("差距（百分点）", "{gap}", width=7),
    Column("状态", align="centre", width=7),
    Column("应报", "{reporting}", width=4),
    Column("已报", "{reported}", width=4),
)
UNIT_INDICATOR_COLUMNS = (
    *INDICATOR_COLUMNS[:-2],
    Column("贡献占比（%）", "{contribution}", width=7),
    Column("目标依据", align="centre", width=7),
)


def areas(writer: Writer, unit: str | None = None) -> Table:
    """One row for each action area, and one for the safeguards."""
    plan = writer.facts.plan
    named: list[tuple[int | None, str]] = [(area.number, zh.full_width(area.name)) for area in plan.action_areas]
    if plan.safeguards:
        named.append((None, zh.full_width(plan.safeguards_name)))
    rows = [
        _row(writer, AREA_COLUMNS, name, Subject(unit=unit, area=number))
        for number, name in named
        if writer.facts.rows(Subject(unit=unit, area=number))
    ]
    empty = () if writer.facts.rows(Subject(unit=unit), "missing&later") else ("未到期未报",)
    return _without(Table("各领域进展情况", AREA_COLUMNS, tuple(rows)), empty)


def units(writer: Writer) -> Table:
    """One row for each reporting unit, in plan order."""
    plan = writer.facts.plan
    rows = [_row(writer, UNIT_COLUMNS, unit.name, Subject(unit=unit.id)) for unit in plan.reporting_units]
    referring = any(part.basis == "reference" for rows in plan.parts.values() for part in rows)
    note = f"{standings(writer)}含{REFERENCE_CAUTION}，仅供参考。" if referring else ""
    columns = UNIT_COLUMNS
    ranked = any(standing.rank for standing in writer.facts.card.units.values())
    return _without(Table("各填报单位进展情况", columns, tuple(rows), note), () if ranked else ("位次",))


def indicators(writer: Writer, rows: list[Progress], title: str = "各项指标进展情况") -> Table:
    """One row for each indicator of the city, or of one unit: then with its share of the city and what judges it."""
    own = bool(rows) and rows[0].unit is not None
    columns = UNIT_INDICATOR_COLUMNS if own else INDICATOR_COLUMNS
    note = "重点事项的目标和完成值以阶段或完成单位数表示。" if any(stages_of(row) for row in rows) else ""
    return Table(title, columns, tuple(_indicator_row(writer, row, own=own) for row in rows), note)


def _without(table: Table, headings: tuple[str, ...]) -> Table:
    kept = [position for position, column in enumerate(table.columns) if column.heading not in headings]
    return Table(
        table.title,
        tuple(table.columns[position] for position in kept),
        tuple(tuple(row[position] for position in kept) for row in table.rows),
        table.note,
    )


def _row(writer: Writer, columns: tuple[Column, ...], label: str, about: Subject) -> tuple[Cell, ...]:
    return (Cell((label,)), *(_figure(writer, column, about) for column in columns[1:]))


def _figure(writer: Writer, column: Column, about: Subject) -> Cell:
    """A column's figure of a subject, or a dash."""
    slot = next(piece for piece in pieces(column.slot) if isinstance(piece, Slot))
    ref = reference(slot, about)
    value = writer.facts.value(ref)
    if value is None:
        return Cell((_ABSENT,))
    text = writer.facts.cite(ref).text
    return Cell((Cited(ref, value, f"-{text}" if ref.field == "gap" and value < 0 else text),))


def _amount(writer: Writer, row: Progress, field: str) -> Cell:
    """A cell in the unit that the row names: never 万 or 亿 of its own."""
    ref = Ref(field, "", subject_of(row))
    value = writer.facts.value(ref)
    if value is None or (row.target is not None and row.target.operator == "undefined" and field == "target"):
        return Cell((_ABSENT,))
    if is_judged_one_by_one(row):
        return Cell((Cited(ref, value, str(int(value)), "家"), "达标"))
    target = row.target.value if row.target is not None and field == "actual" else None
    number = zh.amount(value, row.indicator.unit, target, short=True).number
    return Cell((Cited(ref, value, zh.trimmed(number) if field == "target" else number),))


def _indicator_row(writer: Writer, row: Progress, *, own: bool) -> tuple[Cell, ...]:
    about = subject_of(row)
    if stages := stages_of(row):
        unit, target = "阶段", Cell((stages[-1].name if row.target is not None else _ABSENT,))
        actual = _progress(writer, row)
    else:
        unit = zh.full_width(row.indicator.unit)
        target, actual = _amount(writer, row, "target"), _amount(writer, row, "actual")
    if row.carried_from is not None:
        actual = Cell((*actual.parts, "（", *writer.say(P.CARRIED, about), "）"))
    columns = UNIT_INDICATOR_COLUMNS if own else INDICATOR_COLUMNS
    figures = {column.heading: _figure(writer, column, about) for column in columns[4:] if column.slot}
    words = {
        "状态": UNCLEAR if row.status is Status.UNDEFINED else row.status_text,
        "目标依据": BASIS_IN_FULL[row.target_basis] if row.target_basis else _NO_PART,
    }
    if row.target_basis == "reference" and row.is_lagging:
        words["状态"] = "仅供参考"
    if row.status is Status.MISSING or (row.target_basis == "reference" and row.is_lagging):
        figures.update(dict.fromkeys(("序时（%）", "差距（百分点）"), Cell((_ABSENT,))))
    rest = (figures.get(column.heading) or Cell((words[column.heading],)) for column in columns[4:])
    return (Cell((name_of(row),)), Cell((unit,)), target, actual, *rest)


def _progress(writer: Writer, row: Progress) -> Cell:
    """Where a milestone stands: its stage, or how many units have finished."""
    if row.actual is None:
        return Cell((_ABSENT,))
    if row.unit is not None or len(concerned(row)) == 1:
        return Cell((stages_of(row)[stage_reached(row)].name,))
    return Cell((writer.facts.cite(Ref("addends", "met", subject_of(row))), "家完成"))
