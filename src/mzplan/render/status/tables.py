"""The tables of a status output: for each, one list of columns that every format uses."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple, TypeVar

from mzplan.diagnostics import show
from mzplan.period import Period
from mzplan.plan.model import BASIS_ZH, Plan
from mzplan.plan.unit_lists import by_region
from mzplan.render import words
from mzplan.render.columns import column
from mzplan.render.document import EMPTY, Cell, Column, RowGroup, Table, Tone
from mzplan.render.words import REFERENCE, TONES
from mzplan.said import Named, listed, say
from mzplan.scoring.progress import STATUS_ZH, Progress, Status, Tally
from mzplan.scoring.scorecard import Scorecard
from mzplan.views import StatusView
from mzplan.views.danger import Danger
from mzplan.views.detail import DetailLine, Group, Key, label_of
from mzplan.views.overview import ListedUnits, LitMean, MatrixLine
from mzplan.views.query import GROUPINGS, Grouping, rows_of
from mzplan.zh import Amount

MATRIX_TITLE = "各单位完成情况"
AMISS = "未达到的行动领域"
NOTHING_MATCHES = "（没有符合条件的指标{found}）"
_MARK = (column("completion").heading, *column("on_schedule").raw)
_UNLISTED = "另有 {count} 个{by}没有符合条件的指标，没有列出。"
_UNLISTED_REGIONS = "另有 {count} 个地区或单位没有列出：{counts}"
_UNLISTED_UNITS, _SEEN_WITH = "另有 {count} 家没有列出：{counts}", "逐家看用 --unit，全部列出用 --full"
_MORE_PICKED = "另有 {count} 个填报单位有符合条件的指标，没有列出{regions}"
_BY_PARTS = "有符合条件的共 {all} 家，其中按参考分解（测算）滞后的{units}，不作通报依据。"
_OF_ALL = "各行是这个{by}的全部指标，不只是所列状态的。"

_LIT, _COUNTED, _PLACE = "{word}{mark}", "{count}{word}{mark}", "{rank}{moved}"
_PROGRESS, _STATUSES = "{actual}/{target}{carried}", "{word}{count}"

_T = TypeVar("_T")
_Entry = tuple[Column, Callable[[_T], Cell]]
"""A column, and what stands in it of one line."""


class _DetailRow(NamedTuple):
    """One row, and what else its cells go by."""

    plan: Plan
    period: Period
    line: DetailLine

    @property
    def row(self) -> Progress:
        return self.line.row


_DETAIL: tuple[_Entry[_DetailRow], ...] = (
    (column("unit"), lambda it: Cell(words.unit_name(it.plan, it.row.unit))),
    (column("id"), lambda it: Cell(show(it.row.indicator.id))),
    (column("name"), lambda it: Cell(show(it.row.indicator.name))),
    (column("actual", weight=2), lambda it: words.actual(it.row)),
    (column("target", weight=2), lambda it: target(it.row)),
    (column("measure", weight=5), lambda it: Cell(words.measure(it.row), "dim")),
    (column("completion", weight=1, bar=True), lambda it: words.completion(it.row)),
    (column("capped", weight=12), lambda it: words.capped(it.row)),
    (column("expected", weight=6), lambda it: words.expected(it.row)),
    (column("gap", weight=3), lambda it: words.gap(it.row)),
    (column("status"), lambda it: words.status(it.row)),
    (column("record", weight=7), lambda it: words.record(it.row, it.period)),
    (column("reported", weight=11), lambda it: _reported(it.line)),
    (column("basis", weight=8), lambda it: words.basis(it.row)),
    (column("contribution", weight=9), lambda it: words.contribution(it.row)),
    (column("rank", key="place", weight=10), lambda it: EMPTY if it.line.place is None else Cell(str(it.line.place))),
    (column("pace", weight=6), lambda it: words.pace(it.row, it.line.pace)),
    (column("streak", weight=10), lambda it: _streak(it.line.streak)),
)


_ASIDE = frozenset({"contribution", "place"})
"""Columns that are shown when they are asked for."""


def matrix(view: StatusView) -> Table:
    """Units × areas: completion and light, then the whole, how many on schedule, reporting and rank."""
    plan, overview = view.card.plan, view.overview
    shorts = {area.number: area.short for area in plan.action_areas}
    entries: list[_Entry[MatrixLine]] = [(column("unit", short="单位"), lambda it: _standing(plan, it))]
    for at, number in enumerate(overview.areas):
        name = show(shorts[number] if number is not None else plan.safeguards_name)
        raw = tuple(say("{area} {heading}", area=name, heading=heading) for heading in _MARK)
        entries.append(_of_area(at, Column(f"area{number or ''}", name, "right", raw=raw)))
    entries += [
        (column("on_schedule"), lambda it: _on_schedule(it.whole)),
        (column("whole"), lambda it: _mean(it.whole)),
        (column("reported", short="已报", raw=("已报", "应报", "沿用")), _filed),
    ]
    if is_ranked(view):
        entries.append((column("rank", raw=("位次", "较上期")), _rank))
    summary = frozenset({"on_schedule", "whole", "reported", "rank"})
    rest = (unlisted(view),) if view.shown.rest else ()
    amiss = AMISS if view.query.is_first_screen and not view.query.full else ""
    columns, rows = _filled(entries, overview.standings)
    return Table("matrix", MATRIX_TITLE, columns, rows, is_matrix=True, summary=summary, amiss=amiss, notes=rest)


def unlisted(view: StatusView) -> str:
    """How many have no line of their own, by how they stand, and how to see them."""
    return listed((unlisted_on_page(view.shown), _SEEN_WITH), "。")


def unlisted_on_page(listed_units: ListedUnits) -> str:
    """How many have no line of their own, by how they stand, the worst first."""
    rest, has_regions = listed_units.rest, listed_units.has_regions
    found = Counter(words.mark(one.light, one.tally)[0] for one in rest)
    counts = listed(say(_STATUSES, word=word, count=found[word]) for word in words.WORST_MARKS if found[word])
    return say(_UNLISTED_REGIONS if has_regions else _UNLISTED_UNITS, count=len(rest), counts=counts)


def _filled(entries: Sequence[_Entry[_T]], lines: Iterable[_T]) -> tuple[tuple[Column, ...], list[list[Cell]]]:
    """The columns, and for each line its cells."""
    return tuple(one for one, _ in entries), [[cell(line) for _, cell in entries] for line in lines]


def _of_area(at: int, heading: Column) -> _Entry[MatrixLine]:
    """What a unit has reached of the area in that place."""
    return heading, lambda it: _reach(it.areas[at])


def _standing(plan: Plan, standing: MatrixLine) -> Cell:
    is_whole = standing.unit is None or standing.unit in plan.members
    return Cell(words.unit_name(plan, standing.unit), "strong" if is_whole else "")


def is_ranked(view: StatusView) -> bool:
    """Whether places are shown: they are by all that judges a unit, and nothing beside the figures of a part."""
    return view.query.rank and not view.query.picks


def _reach(mark: LitMean) -> Cell:
    """How many of those due are reached, with the word of the light; where none is due, that word alone."""
    tally = mark.tally
    if tally.completion is None:
        return Cell("-", "dim", raw=("",) * len(_MARK))
    word, tone = words.mark(mark.light, tally)
    basis = BASIS_ZH["reference"] if tally.on_reference else ""
    count = f"{tally.on_schedule}/{tally.due}" if tally.due else ""
    star = REFERENCE if tally.on_reference and count else ""
    raw = (words.mean(tally), str(tally.on_schedule), str(tally.due), word, basis)
    told = say(_COUNTED, count=count, word=word, mark=star) if count else word
    return Cell(told, tone, raw=raw)


def _on_schedule(mark: LitMean) -> Cell:
    """What `_reach` says, for a line whose completion has a column of its own."""
    whole = _reach(mark)
    return whole._replace(raw=(whole.raw or ())[1:])


def _mean(mark: LitMean) -> Cell:
    tally = mark.tally
    if tally.completion is None:
        return Cell("-", "dim", raw=("", ""))
    star = REFERENCE if tally.on_reference else ""
    uncapped = "" if tally.raw is None else words.percent(tally.raw)
    return Cell(words.mean(tally) + star, raw=(words.mean(tally), uncapped))


def _filed(standing: MatrixLine | Group) -> Cell:
    """How many of those owed are reported, and from when the figures are that stand in for the others."""
    cell = _of(standing.reported, standing.reporting, tone="missing")
    raw = (*(cell.raw or ("", "")), " ".join(map(str, standing.carried)))
    if not standing.carried:
        return cell._replace(raw=raw)
    carried = words.carried_from(standing.carried)
    return cell._replace(text=listed((cell.text, carried), " "), raw=raw)


def mark_cell(mark: LitMean) -> Cell:
    """A mean completion with the word of its light, or of why it has none."""
    tally = mark.tally
    if tally.completion is None:
        return Cell("-", "dim", raw=("", "", ""))
    word, tone = words.mark(mark.light, tally)
    figure = words.mean(tally)
    basis = BASIS_ZH["reference"] if tally.on_reference else ""
    star = REFERENCE if tally.on_reference else ""
    return Cell(say(_COUNTED, count=figure, word=word, mark=star), tone, raw=(figure, word, basis))


def _of(some: int, whole: int, tone: Tone = "") -> Cell:
    if not whole:
        return Cell("-", "dim", raw=("", ""))
    return Cell(f"{some}/{whole}", tone if some < whole else "", raw=(str(some), str(whole)))


def _due(tally: Tally) -> Cell:
    """How many of those due are reached; of what is judged machines are told that none is."""
    cell = _of(tally.on_schedule, tally.due)
    return cell if tally.completion is None else cell._replace(raw=(str(tally.on_schedule), str(tally.due)))


def _rank(standing: MatrixLine) -> Cell:
    if standing.rank is None:
        return Cell("-" if standing.unit is not None else "", "dim", raw=("", ""))
    moved = standing.moved
    if isinstance(moved, int) and moved:
        word = f"↑{moved}" if moved > 0 else f"↓{-moved}"
    else:
        word = {None: "", "new": "新", 0: "→"}[moved]
    return Cell(
        say(_PLACE, rank=standing.rank, moved=word), raw=(str(standing.rank), "" if moved is None else str(moved))
    )


def groups(view: StatusView) -> Table:
    """One line for each group: the mean, how many on schedule, how many in each status, reporting."""
    by: Grouping = view.query.by or "unit"
    plan = view.card.plan
    entries: tuple[_Entry[Group], ...] = (
        (column("id", heading=Named("编号", "Id")), lambda it: Cell(_number(it.by, it.key))),
        (column("name", heading=GROUPINGS[by]), lambda it: Cell(show(label_of(plan, it.by, it.key)))),
        (
            column("completion", raw=("完成率%", "灯", "依据"), bar=True, weight=1),
            lambda it: mark_cell(it.mark)._replace(share=it.mark.tally.completion),
        ),
        (column("on_schedule", short="", raw=("达到", "应达"), weight=1), lambda it: _due(it.mark.tally)),
        *(_of_status(status, 2 + place) for place, status in enumerate(TONES)),
        (column("reported", raw=("已报", "应报", "沿用"), weight=3), _filed),
    )
    columns, rows = _filled(entries, view.groups)
    title, unlisted = say("按{by}汇总", by=GROUPINGS[by]), view.unlisted
    if not rows:
        return Table("groups", title, columns, rows, empty=_nothing(view))
    left_out = (say(_UNLISTED, count=unlisted, by=GROUPINGS[by]),) if unlisted else ()
    whole = (say(_OF_ALL, by=GROUPINGS[by]),) if view.query.only and by not in ("status", "indicator") else ()
    return Table(
        "groups", title, columns, rows, notes=(*(_more_picked(view) if by == "unit" else ()), *left_out, *whole)
    )


def _more_picked(view: StatusView) -> tuple[str, ...]:
    """How many units have rows that are asked for, and no line, by region, and how to see them."""
    if view.picked is None or not view.picked.rest:
        return ()
    regions = by_region(view.card.plan, view.picked.rest)
    told = say("（{regions}）", regions=regions) if regions else ""
    more = listed((say(_MORE_PICKED, count=len(view.picked.rest), regions=told), _SEEN_WITH), "。")
    query = view.query
    if Status.BEHIND not in query.only or query.units or query.picks or not view.on_reference:
        return (more,)
    return (more, say(_BY_PARTS, all=view.picked.having, units=words.counted_by_parts(view.on_reference)))


def _of_status(status: Status, weight: int) -> _Entry[Group]:
    """How many of a group have that status."""
    heading = Column(status.value, STATUS_ZH[status], "right", weight=weight)

    def count(it: Group) -> Cell:
        found = it.totals.get(status, 0)
        return Cell(str(found), TONES[status]) if found else Cell("", raw=("0",))

    return heading, count


def _number(by: Grouping, key: Key) -> str:
    if by == "status":
        return str(Status(str(key)))
    return show(str(key)) if key is not None and by != "lead" else ""


def detail(view: StatusView, *, whole: bool = True) -> Table:
    """Single indicators, in sections; unless the whole is wanted, without what was not asked for or needs no saying."""
    plan, period = view.card.plan, view.card.period
    whole = whole or view.query.full
    asked = _asked_for(view)
    entries = [entry for entry in _DETAIL if whole or entry[0].key in asked or entry[0].key not in _ASIDE]
    rows: list[list[Cell]] = []
    parts = []
    for section in view.sections:
        start = len(rows)
        for line in (_DetailRow(plan, period, each) for each in section.lines):
            silent = frozenset() if whole else _needless(line)
            rows.append([EMPTY if one.key in silent else cell(line) for one, cell in entries])
        parts.append(RowGroup(_part_title(plan, section.by, section.key), start, len(rows), _stated(section.lines)))
    columns = tuple(one._replace(heading=say(one.heading, city=show(plan.city))) for one, _ in entries)
    more = () if whole or view.query.by == "unit" else _more_picked(view)
    return Table("detail", "指标明细", columns, rows, tuple(parts), empty="" if rows else _nothing(view), notes=more)


def _asked_for(view: StatusView) -> frozenset[str]:
    """Which of the columns that few need the question is about: how units compare, or what it sorts by."""
    query = view.query
    compares = any(section.by == "indicator" for section in view.sections)
    keys = {"contribution"} if compares or query.order == "contribution" else set()
    if query.rank and (compares or query.order == "rank"):
        keys.add("place")
    return frozenset(keys)


def _needless(line: _DetailRow) -> frozenset[str]:
    """The columns whose cell goes without saying: a mark beside it says it, it is usual, nought."""
    row = line.row
    silent = {
        "record": row.record_period in (line.period, row.carried_from),
        "basis": row.target_basis != "official",
        "expected": not row.expected,
        "reported": row.reported == row.reporting or (row.status is not Status.MISSING and row.reported > 0),
    }
    return frozenset(key for key, is_silent in silent.items() if is_silent)


def _nothing(view: StatusView) -> str:
    """What an empty answer says: what there is instead."""
    rows = rows_of(view.card, view.query)
    found = statuses(Counter(row.status for row in rows), rows)
    return say(NOTHING_MATCHES, found=say("；所看范围内有：{totals}", totals=listed(found)) if found else "")


def _part_title(plan: Plan, by: Grouping, key: Key) -> str:
    name = show(label_of(plan, by, key))
    is_keyed = by in ("task", "indicator") or (by == "area" and key is not None)
    return say("{key} {name}", key=key, name=name) if is_keyed else name


def _stated(lines: Sequence[DetailLine]) -> frozenset[str]:
    """Columns that say the same in every line, and that the title of the section or of the output says as well."""
    stated = set()
    if len({line.row.unit for line in lines}) == 1:
        stated.add("unit")
    if len(lines) > 1 and len({line.row.indicator.id for line in lines}) == 1:
        stated |= {"id", "name"}
    return frozenset(stated)


def line_cells(card: Scorecard, line: DetailLine) -> dict[str, Cell]:
    """What a table says of one row, by the key of the column that would say it."""
    it = _DetailRow(card.plan, card.period, line)
    return {one.key: cell(it) for one, cell in _DETAIL}


def danger_cells(card: Scorecard, danger: Danger) -> dict[str, Cell]:
    """The same of what is in danger."""
    return line_cells(card, DetailLine(danger.row, None, danger.pace, danger.streak))


def target(row: Progress) -> Cell:
    """The target, marked where it rests on a reference."""
    reference = REFERENCE if row.target_basis == "reference" else ""
    promise = words.target(row)
    return promise._replace(text=say(_LIT, word=promise.text, mark=reference), raw=(promise.text,))


def progress(row: Progress) -> Cell:
    """The actual beside the target in one cell, and of which month it is if that is an older one.

    Of a milestone of several units the actual says both.
    """
    actual, promise, measure = words.actual(row), words.target(row).text, words.measure(row)
    if words.is_mean_of_stages(row):
        return actual._replace(raw=(*(actual.raw or ("",)), promise, ""))
    bare, *_ = actual.raw or (actual.text,)
    carried = words.carried_mark(row) if row.actual is not None else ""
    told = say(_PROGRESS, actual=bare, target=Amount(target(row).text, measure), carried=carried)
    return Cell(told, raw=(*(actual.raw or ("",)), promise, measure))


def _reported(line: DetailLine) -> Cell:
    """How many of how many reported; of a single unit the month of its record says it."""
    row = line.row
    cell = _of(row.reported, row.reporting, tone="missing")
    return cell if row.is_whole else cell._replace(text="")


def _streak(count: int) -> Cell:
    return Cell(say("{count}期", count=count), "yellow", raw=(str(count),)) if count else Cell("", raw=("0",))


def statuses(totals: Mapping[Status, int], rows: Iterable[Progress]) -> Sequence[str]:
    """Totals by status, nought left out; of the rows that are missing those are told apart that lack something else."""
    missing = STATUS_ZH[Status.MISSING]
    apart = Counter(row.lacking for row in rows if row.status is Status.MISSING and row.lacking != missing)
    found: list[tuple[str, int]] = []
    for status in TONES:
        count = totals.get(status, 0)
        if status is Status.MISSING:
            found += apart.items()
            count -= apart.total()
        found.append((STATUS_ZH[status], count))
    return [say(_STATUSES, word=word, count=count) for word, count in found if count]
