"""The first screen: the verdict, what is in danger and because of whom, who is silent, what has changed."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from mzplan.diagnostics import show
from mzplan.plan.unit_lists import FEW
from mzplan.render import words
from mzplan.render.columns import column
from mzplan.render.document import EMPTY, Block, Cell, Heading, Item, Table, Tone, listing
from mzplan.render.status import tables
from mzplan.render.status.because import (
    EVERYONE,
    LAGS,
    MORE_TARGETS,
    MORE_UNITS,
    NAMED,
    because,
    compared,
    counted,
    few,
    moved,
    units_named,
    unmoved,
    waiting,
)
from mzplan.render.words import TONES
from mzplan.said import listed, say
from mzplan.scoring.progress import UNREAD, Status, UnitTally
from mzplan.views import StatusView
from mzplan.views.danger import Danger

DANGER_TITLE = "{city}滞后的目标"
SO_FAR_TITLE = "{city}按已报滞后、报齐后再作结论的目标"
FIRM_TITLE = "各单位滞后的目标（计划规定或正式下达）"
SILENCE_TITLE = "未报的单位（{month}月{day}日前报）"

MOST_DANGERS, MOST_FIRM, MOST_NAMES = 5, 3, FEW
"""How many of each are shown; what is left out is counted."""

_LATE, _LATE_BY = "滞后 {count} 项", "滞后 {count} 项（{states}）"
_STATE, _ASIDE = "{word}{count}", "；"
_SILENT_MANY, _OR = "{count} 家单位{silent}", "或"
_MOST_IN_VERDICT, _MOST_ON_REFERENCE = 3, 3

_MORE_DANGERS = "另有 {count} 项，见 --full"
_NEVER, _ALL_NEVER, _NEVER_SOME = "（从未报过）", "（均从未报过）", "（{count}项从未报过）"
_ON_REFERENCE = "* 参考分解（测算），非正式下达：按此滞后的有{units}，不作通报依据；明细 {command}"
_ON_REFERENCE_COMMAND = "mzplan status --only behind --by unit"

_COLUMNS = (
    column("unit", heading="单位"),
    column("id"),
    column("name"),
    column("progress", weight=1),
    column("gap", weight=2),
    column("status"),
    column("pace", weight=3),
    column("why", label=False, weight=4),
    column("streak", weight=5),
)
"""Without `--full` the last is left out."""


def verdict(view: StatusView) -> Item:
    """In one sentence: how many of the city's targets lag, how many wait for those who are silent, and who these are.

    Late is what every count of late rows counts; that everything is reached is said only when all have reported.
    """
    tally = view.card.units[None].tally
    lagging = view.late
    tone: Tone = "red" if lagging else "missing" if view.silences else "green" if tally.due else ""
    if lagging:
        is_plain = all(one.row.status is Status.BEHIND for one in lagging)  # the word before the count says it
        states = listed(filter(None, ("" if is_plain else counted(lagging, _STATE), waiting(lagging))), _ASIDE)
        said: str = say(_LATE_BY if states else _LATE, count=len(lagging), states=states)
    elif not tally.due:
        said = "目前没有应达的目标"
    elif view.silences:
        said = "已报的没有滞后"
    else:
        said = say("应达的 {due} 项全部达到", due=tally.due)
    for word, count in Counter(row.status_text for row in view.unsettled).items():
        said = listed((said, say("，{word} {count} 项", word=word, count=count)), "")
    city = show(view.card.plan.city)
    return Item((say("{city}{verdict}；{silence}。", city=city, verdict=said, silence=_silence_in_brief(view)),), tone)


def _silence_in_brief(view: StatusView) -> str:
    if not view.silences:
        return "各单位都已报齐"
    if not view.card.units[None].reported:
        return "各单位都没有报"
    count = sum(map(len, view.silences.values()))
    if count > _MOST_IN_VERDICT:
        return say(_SILENT_MANY, count=count, silent=listed(view.silences, _OR))
    return listed(
        say("{units}{silent}", units=listed(_of_whom(view, one, word) for one in found), silent=word)
        for word, found in view.silences.items()
    )


def _of_whom(view: StatusView, one: UnitTally, word: str) -> str:
    """The unit, with how many of its rows were refused where the others were read."""
    name = words.unit_name(view.card.plan, one.unit)
    is_in_part = word == UNREAD and one.unreported < one.reporting
    return say(words.ITEMS_OF, unit=name, count=one.unreported) if is_in_part else name


def blocks(view: StatusView) -> tuple[Block, ...]:
    """What stands above the matrix."""
    city = show(view.card.plan.city)
    firm = [one for one in view.dangers if one.row.unit is not None]
    tables = (
        ("danger", say(DANGER_TITLE, city=city), [one for one in view.late if not one.hinges], MOST_DANGERS),
        ("late_so_far", say(SO_FAR_TITLE, city=city), [one for one in view.late if one.hinges], MOST_FIRM),
    )
    found: list[Block] = [_table(view, *given) for given in tables if given[2]]
    if firm:
        brief = (Heading(FIRM_TITLE), listing("points", _firm(view, firm)))
        found += (_table(view, "firm", FIRM_TITLE, firm, len(firm)),) if view.query.full else brief
    if view.silences:
        month, day = view.card.period.shift(1).month, view.card.plan.report_day
        found.append(Heading(say(SILENCE_TITLE, month=month, day=day)))
        found.append(listing("points", _silences(view)))
    if view.moves is not None:
        found.append(Heading(compared(view.moves.since, view.card.period)))
        lines = [say(NAMED, word=word, units=_some(view, names, more)) for word, more, names in moved(view) if names]
        found.append(listing("points", lines or [unmoved(view)]))
    return tuple(found)


def on_reference(view: StatusView) -> Iterator[Item]:
    """What lags by computed parts alone, apart from everything else."""
    if found := view.on_reference:
        plan = view.card.plan
        units: str = listed(
            say(words.ITEMS_OF, unit=words.unit_name(plan, unit), count=count) for unit, count in found.items()
        )
        if len(found) > _MOST_ON_REFERENCE and not view.query.full:
            units = words.counted_by_parts(found)
        yield Item((say(_ON_REFERENCE, units=units, command=_ON_REFERENCE_COMMAND),))


def _table(view: StatusView, key: str, title: str, found: Sequence[Danger], most: int) -> Table:
    shown = found if view.query.full else found[:most]
    more = (say(_MORE_DANGERS, count=len(found) - len(shown)),) if len(shown) < len(found) else ()
    rows = [_danger(view, one) for one in shown]
    columns = _COLUMNS if view.query.full else _COLUMNS[:-1]
    told = [at for at in range(len(columns)) if any(row[at].text for row in rows)]
    return Table(key, title, tuple(columns[at] for at in told), [[row[at] for at in told] for row in rows], notes=more)


def _danger(view: StatusView, danger: Danger) -> list[Cell]:
    row, period = danger.row, view.card.period
    cells = tables.danger_cells(view.card, danger)
    if row.unit is None:
        cells["unit"] = EMPTY
    cells["progress"] = tables.progress(row)
    cells["status"] = Cell(row.status_text, TONES[row.status])
    if row.status in (Status.EXCEEDED, Status.OVERDUE):
        cells["pace"] = EMPTY  # the status says that there is no month left to do it in
    elif danger.pace is None:
        cells["pace"] = words.months_left(row, period)
    cells["why"] = Cell(because(view, danger))
    return [cells[column.key] for column in _COLUMNS]


def _firm(view: StatusView, found: Iterable[Danger]) -> Iterator[str]:
    """Units by what they lag in, in the order of the worst; how much it takes is told in full."""
    by_indicator: dict[str, list[Danger]] = {}
    for one in found:
        by_indicator.setdefault(one.row.indicator.id, []).append(one)
    shown = list(by_indicator.items())[:MOST_FIRM]
    for identifier, late in shown:
        names = [(words.unit_name(view.card.plan, one.row.unit), tables.progress(one.row).text) for one in late]
        units = [say("{unit}{progress}", unit=unit, progress=progress) for unit, progress in names]
        everyone = len(late) > MOST_NAMES and len(late) == sum(
            one.is_judged for one in view.card.rows[identifier, None].addends
        )
        said = say(EVERYONE, count=len(late), word=LAGS) if everyone else _some(view, units, MORE_UNITS)
        yield say("{id} {name}：{units}", id=show(identifier), name=show(late[0].row.indicator.name), units=said)
    if len(shown) < len(by_indicator):
        yield say(_MORE_DANGERS, count=len(by_indicator) - len(shown))


def _silences(view: StatusView) -> Iterator[str]:
    for word, found in view.silences.items():
        never = [view.card.rows.never_heard(one.unit) for one in found if one.unit is not None]
        nothing_yet = len(found) > 1 and never == [one.unreported for one in found]
        aside = (0,) * len(found) if nothing_yet else never
        told = [_silence(view, *pair) for pair in zip(found, aside, strict=True)]
        units = units_named(view, [one.unit for one in found], told)
        yield say(NAMED, word=word, units=listed((units, _ALL_NEVER if nothing_yet else ""), ""))
    if view.unsettled:
        names = [show(row.indicator.name) for row in view.unsettled]
        city = show(view.card.plan.city)
        yield say("因此{city}应达的 {count} 项尚无结论：{names}", city=city, count=len(names), names=_some(view, names))


def _silence(view: StatusView, one: UnitTally, never: int) -> str:
    said = say(words.ITEMS_OF, unit=words.unit_name(view.card.plan, one.unit), count=one.unreported)
    of_it = _NEVER if never == one.unreported else say(_NEVER_SOME, count=never) if never else ""
    return listed((said, of_it), "")


def _some(view: StatusView, names: Sequence[str], more: str = MORE_TARGETS) -> str:
    """The names; of many the first few and how many there are: never one alone is left out."""
    if view.query.full or len(names) <= MOST_NAMES + 1:
        return listed(names)
    return few(names, more)
