"""The tables behind the prose: areas, reporting units, indicators."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from mzplan import zh
from mzplan.bulletin import sections
from mzplan.bulletin.facts import Facts
from mzplan.bulletin.groups import PUT_OFF, concerned, is_judged_one_by_one, is_put_off, stages_of
from mzplan.bulletin.indicators import WAITING, name_of, stage_reached, subject_of, unheard
from mzplan.bulletin.model import WHOLE, Annex, BulletinCell, BulletinColumn, Cited, Footing, Part, Ref, Subject
from mzplan.bulletin.overview import how_it_stands
from mzplan.bulletin.phrases import UNCLEAR, P, PhraseWriter, Slot, pieces, reference
from mzplan.plan.model import BASIS_IN_FULL, REFERENCE_CAUTION, REFERENCE_PART
from mzplan.plan.unit_lists import told_one_by_one
from mzplan.said import SCREEN
from mzplan.scoring.progress import INCOMPLETE, STATUS_ZH, Progress, Status

CAUTION = f"年度完成率含{REFERENCE_CAUTION}，仅供参考，不作为评价依据。"

_OF_PUT_OFF = f"状态为{PUT_OFF}的，{WAITING}。"
_WITH_PUT_OFF = f"“达到”“未达到”按已报数计，含{PUT_OFF}的指标。"
_WITH_PUT_OFF_AT_END = f"“未完成”按已报数计，含{PUT_OFF}的指标。"
_ABSENT = "—"
_BY_REPORTS = ("steady", "lagging", "met")
"""Groups that only reports put anything into: of the silent there are not 0 in them."""
_NO_PART = "无分解"
_CARRIED_FROM_SEVERAL = "沿用此前数据"

AREA_COLUMNS = (
    BulletinColumn("领域", align="left", width=28),
    BulletinColumn("指标数", "{count:all}", width=5),
    BulletinColumn("纳入评价", "{count:judged}", width=6),
    BulletinColumn("应达", "{count:due}", width=4),
    BulletinColumn("达到", "{count:steady}", width=4),
    BulletinColumn("未达到", "{count:lagging}", width=5),
    BulletinColumn("应达未报齐", "{count:missing&due}", width=7),
    BulletinColumn("尚未到期", "{count:not_due}", width=6),
    BulletinColumn("未到期未报齐", "{count:missing&later}", width=9),
    BulletinColumn(STATUS_ZH[Status.MET], "{count:met}", width=5),
    BulletinColumn("完成率（%）", "{area_mean}", width=5),
)
AT_YEAR_END: Mapping[str, str] = {
    "应达": "应完成",
    "达到": "按已报数完成",
    "未达到": "未完成",
    "应达未报齐": INCOMPLETE,
    "尚未到期": "",
    "未达到进度要求": "未完成",
    "序时（%）": "",
}
"""What those columns are headed once everything is due; empty for what says nothing then."""
UNIT_COLUMNS = (
    BulletinColumn("填报单位", align="left", width=14),
    BulletinColumn("年度完成率（%）", "{overall}", width=9),
    BulletinColumn("位次", "{rank}", width=5),
    BulletinColumn("正式目标", "{count:firm}", width=6),
    BulletinColumn("未达到进度要求", "{count:firm&lagging}", width=7),
    BulletinColumn(REFERENCE_PART, "{count:reference}", width=6),
    BulletinColumn(STATUS_ZH[Status.CONTRIBUTION], "{count:contribution}", width=7),
    BulletinColumn("应报", "{owed}", width=6),
    BulletinColumn("已报", "{filed}", width=6),
)
REGION_COLUMNS = (replace(UNIT_COLUMNS[0], heading="地区或单位"), *UNIT_COLUMNS[1:])
"""Of more units than a screen holds; regions have no places."""
INDICATOR_COLUMNS = (
    BulletinColumn("指标", align="left", width=22),
    BulletinColumn("单位", align="centre", width=5),
    BulletinColumn("目标", "{target}", width=9),
    BulletinColumn("完成值", "{actual}", width=14),
    BulletinColumn("完成率（%）", "{completion}", width=5),
    BulletinColumn("序时（%）", "{expected}", width=5),
    BulletinColumn("差距（百分点）", "{gap}", width=7),
    BulletinColumn("状态", align="centre", width=8),
    BulletinColumn("应报", "{reporting}", width=4),
    BulletinColumn("已报", "{reported}", width=4),
)
UNIT_INDICATOR_COLUMNS = (
    *(replace(one, width=width) for one, width in zip(INDICATOR_COLUMNS, (20, 4, 6, 15, 4, 4, 6, 9), strict=False)),
    BulletinColumn("贡献占比（%）", "{contribution}", width=7),
    BulletinColumn("目标依据", align="centre", width=14),
)
"""A unit's figures may be carried (推进中（沿用8月）), and its targets computed (参考分解（测算）)."""


def areas(writer: PhraseWriter) -> Annex:
    """One row for each action area, and one for the safeguards; then what there is to say of each."""
    plan = writer.facts.plan
    named: list[tuple[int | None, str]] = [(area.number, zh.full_width(area.name)) for area in plan.action_areas]
    if plan.safeguards:
        named.append((None, zh.full_width(plan.safeguards_name)))
    named = [one for one in named if writer.facts.rows(Subject(area=one[0]))]
    rows = [_row(writer, AREA_COLUMNS, name, Subject(area=number)) for number, name in named]
    marks = tuple(_marks(writer, writer.facts.rows(Subject(area=number))) for number, _ in named)
    unsaid = frozenset() if writer.facts.rows(WHOLE, "missing&later") else frozenset({"未到期未报齐"})
    if writer.facts.is_over and not writer.facts.rows(WHOLE, "steady&open"):
        unsaid |= {"达到"}  # all of it is 已完成
    note = _WITH_PUT_OFF_AT_END if writer.facts.is_over else _WITH_PUT_OFF
    note = note if any(is_put_off(row, writer.facts.card) for row in writer.facts.rows(WHOLE)) else ""
    title = f"各领域{how_it_stands(writer)}"
    shown = Annex(title, AREA_COLUMNS, tuple(rows), note, sections=sections.areas(writer), marks=marks)
    return _shown(writer, shown, unsaid)


def units(writer: PhraseWriter) -> Annex:
    """One row for each unit, of many each region, in plan order; then what there is to say of each."""
    facts, names = writer.facts, writer.facts.plan.units_and_regions
    told = told_one_by_one(facts.plan)
    rows = [_row(writer, UNIT_COLUMNS, names[one].name, Subject(unit=one)) for one in told]
    note = CAUTION if facts.is_referring else ""
    marks = tuple(_marks(writer, facts.rows(Subject(unit=one))) for one in told)
    is_by_region = not facts.plan.units.keys() >= set(told)
    who, columns = ("各地区", REGION_COLUMNS) if is_by_region else ("各填报单位", UNIT_COLUMNS)
    shown = Annex(f"{who}{how_it_stands(writer)}", columns, tuple(rows), note, sections.units(writer), marks=marks)
    ranked = not is_by_region and not facts.is_referring and any(one.rank for one in facts.card.units.values())
    return _shown(writer, shown, frozenset() if ranked else frozenset({"位次"}))


def indicators(writer: PhraseWriter, rows: list[Progress], whose: str = "") -> Annex:
    """One row for each indicator of the city, or of one unit: then with its share of the city and what judges it."""
    own = bool(rows) and rows[0].unit is not None
    columns = UNIT_INDICATOR_COLUMNS if own else INDICATOR_COLUMNS
    note = "重点事项的目标和完成值以阶段或完成单位数表示。" if any(stages_of(row) for row in rows) else ""
    note += _OF_PUT_OFF if any(is_put_off(row, writer.facts.card) for row in rows) else ""
    told = tuple(_indicator_row(writer, row, own=own) for row in rows)
    title = f"{whose}各项指标{how_it_stands(writer)}"
    return _shown(writer, Annex(title, columns, told, note, marks=tuple(_marks(writer, [row]) for row in rows)))


def _marks(writer: PhraseWriter, rows: Sequence[Progress]) -> Footing:
    """What those rows rest on: of several the worst basis, and every month once."""
    bases = {row.target_basis for row in rows if row.target_basis is not None}
    basis = next((one for one in ("reference", *BASIS_IN_FULL) if one in bases), "")
    names = writer.facts.plan.units
    months = {
        f"{names[one.unit].name} {one.carried_from}" if row.unit is None and one.unit else str(one.carried_from): None
        for row in rows
        for one in row.carried_rows
    }
    told = months if len(months) <= SCREEN else dict.fromkeys(month.rpartition(" ")[2] for month in months)
    return Footing(basis, "、".join(told))


def _shown(writer: PhraseWriter, annex: Annex, unsaid: frozenset[str] = frozenset()) -> Annex:
    """Without some of its columns, and with the headings of the year's end when it has come."""
    headings = AT_YEAR_END if writer.facts.is_over else {}
    kept = [
        (position, replace(column, heading=heading))
        for position, column in enumerate(annex.columns)
        if column.heading not in unsaid and (heading := headings.get(column.heading, column.heading))
    ]
    rows = tuple(tuple(row[position] for position, _ in kept) for row in annex.rows)
    return replace(annex, columns=tuple(column for _, column in kept), rows=rows)


def _row(
    writer: PhraseWriter, columns: tuple[BulletinColumn, ...], label: str, about: Subject
) -> tuple[BulletinCell, ...]:
    return (BulletinCell((label,)), *(_figure(writer, column, about) for column in columns[1:]))


def _figure(writer: PhraseWriter, column: BulletinColumn, about: Subject) -> BulletinCell:
    """A column's figure of a subject, or a dash."""
    slot = next(piece for piece in pieces(column.slot) if isinstance(piece, Slot))
    ref = reference(slot, about)
    value = writer.facts.value(ref)
    if value is None or (not value and _is_absent(writer.facts, ref)):
        return BulletinCell((_ABSENT,))
    text = writer.facts.cite(ref).text
    shown = Cited(ref, value, f"-{text}" if ref.field == "gap" and value < 0 else text)
    is_carried = ref.field == "overall" and about.unit in writer.facts.silent
    return BulletinCell((shown, "（", *writer.say(P.UNIT_CARRIED_TO, about), "）") if is_carried else (shown,))


def _is_absent(facts: Facts, ref: Ref) -> bool:
    """Whether a 0 rests on silence: nobody of a unit, a region or the city has reported, this year or this month."""
    unit = ref.subject.unit
    if ref.field == "overall":
        return facts.last_heard(unit) is None
    is_silent = unit in facts.silent if unit in facts.plan.units else not facts.reporters("heard", unit)
    return ref.group.endswith(_BY_REPORTS) and is_silent


def _amount(writer: PhraseWriter, row: Progress, field: str) -> BulletinCell:
    """A cell in the unit that the row names: never 万 or 亿 of its own."""
    ref = Ref(field, "", subject_of(row))
    value = writer.facts.value(ref)
    if value is None or (row.target is not None and row.target.operator == "undefined" and field == "target"):
        return BulletinCell((_ABSENT,))
    if is_judged_one_by_one(row):
        whose = _whose(writer, row, "kept_before", P.CARRIED_KEPT) if field == "actual" else ()
        return BulletinCell((Cited(ref, value, str(int(value)), "家"), "单位达标", *whose))
    target = row.target.value if row.target is not None and field == "actual" else None
    number = zh.amount(value, row.indicator.unit, target, short=True).number
    return BulletinCell((Cited(ref, value, zh.trimmed(number) if field == "target" else number),))


def _whose(writer: PhraseWriter, row: Progress, group: str, counted: P) -> tuple[Part, ...]:
    """Of the units that a count holds, whose figures are carried: （磐安县沿用8月）; of several, of how many units.

    Nothing where all that there is is carried.
    """
    rows = () if _is_carried(row) else writer.facts.addends(subject_of(row), group)
    if len(rows) > 1:
        return ("（", *writer.say(counted, Subject(rows[0].indicator.id)), "）")
    if not rows:
        return ()
    return ("（", *writer.facts.unit_names([rows[0].unit]), *writer.say(P.CARRIED, subject_of(rows[0])), "）")


def _is_carried(row: Progress) -> bool:
    """Whether all that a row shows is of earlier months, since nobody has reported it for this one."""
    return row.actual is not None and row.is_unreported and not row.reported and bool(row.carried_months)


def _since(writer: PhraseWriter, row: Progress) -> tuple[Part, ...]:
    """Of which month that is: （沿用8月）; where units were last heard of in several, that it is of before."""
    said = writer.say(P.CARRIED, subject_of(row)) if len(row.carried_months) == 1 else (_CARRIED_FROM_SEVERAL,)
    return ("（", *said, "）")


def _indicator_row(writer: PhraseWriter, row: Progress, *, own: bool) -> tuple[BulletinCell, ...]:
    about = subject_of(row)
    if stages := stages_of(row):
        unit, target = "阶段", BulletinCell((stages[-1].name if row.target is not None else _ABSENT,))
        actual = _progress(writer, row)
    else:
        unit = zh.full_width(row.indicator.unit)
        target, actual = _amount(writer, row, "target"), _amount(writer, row, "actual")
    if _is_carried(row):
        actual = BulletinCell((*actual.parts, *_since(writer, row)))
    columns = UNIT_INDICATOR_COLUMNS if own else INDICATOR_COLUMNS
    figures = {column.heading: _figure(writer, column, about) for column in columns[4:] if column.slot}
    words = {
        "状态": PUT_OFF if (waits := is_put_off(row, writer.facts.card)) else _status(row),
        "目标依据": BASIS_IN_FULL[row.target_basis] if row.target_basis else _NO_PART,
    }
    if row.target_basis == "reference" and row.is_lagging:
        words["状态"] = "仅供参考"
    if row.status is Status.MISSING or waits or (row.target_basis == "reference" and row.is_lagging):
        figures.update(dict.fromkeys(("序时（%）", "差距（百分点）"), BulletinCell((_ABSENT,))))
    rest = (figures.get(column.heading) or BulletinCell((words[column.heading],)) for column in columns[4:])
    return (BulletinCell((name_of(row),)), BulletinCell((unit,)), target, actual, *rest)


def _status(row: Progress) -> str:
    """The status as an office says it: of what is there but could not be read it is not said that it is not."""
    if row.status is Status.UNDEFINED:
        return UNCLEAR
    return unheard(row) if row.status_text == STATUS_ZH[Status.MISSING] else row.status_text


def _progress(writer: PhraseWriter, row: Progress) -> BulletinCell:
    """Where a milestone stands: its stage, or how many units have finished."""
    if row.actual is None:
        return BulletinCell((_ABSENT,))
    if row.unit is not None or len(concerned(row)) == 1:
        return BulletinCell((stages_of(row)[stage_reached(row)].name,))
    done = writer.facts.cite(Ref("addends", "met", subject_of(row)))
    return BulletinCell((done, "家单位完成", *_whose(writer, row, "met&carried", P.CARRIED_MET)))
