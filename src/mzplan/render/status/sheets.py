"""Status as a workbook for those who ask for an Excel file: the overview, what needs attention, every row, the year."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from mzplan.diagnostics import show
from mzplan.render import words
from mzplan.render.columns import column
from mzplan.render.document import EMPTY, Cell, Column, Table, plain
from mzplan.render.layout import Look
from mzplan.render.status import build, first, history, tables
from mzplan.render.status.because import because
from mzplan.render.told import told
from mzplan.render.words import REFERENCE
from mzplan.render.workbook import TableSheet, workbook
from mzplan.render.xlsx import PAGES
from mzplan.said import listed, say
from mzplan.scoring.progress import UNREAD, Status, UnitTally
from mzplan.views import StatusView
from mzplan.views.history import trend_periods

OVERVIEW, ATTENTION, GROUPS, DETAIL, TREND, COMPARISON = "总览", "关注", "汇总", "明细", "走势", "比较"
_UNREPORTED, _UNREAD = "本期未报 {count} 项", "本期报了但未能读入 {count} 项"
_MOST_LINES = 15
"""Lines of a chart that can be told apart."""
_LIGHT = slice(1, 4)
"""Of what machines read of an area: how many are reached, how many are due, the word of the light."""
_ATTENTION = (
    *("unit", "id", "name", "actual", "target", "measure", "completion", "expected", "gap", "status", "record"),
    *("reported", "basis", "pace", "streak"),
)


def xlsx(view: StatusView, look: Look) -> bytes:
    """The workbook; within the units, areas and indicators asked for."""
    title = say(build.TITLE, plan=show(view.card.plan.title, 160))
    return workbook(look.tell(title), told(list(_sheets(view)), look.tell), look.tell(PAGES))


def _sheets(view: StatusView) -> Iterator[TableSheet]:
    query = view.query
    whole = replace(view, query=query._replace(full=True))
    yield _sheet(OVERVIEW, whole, _without_means(tables.matrix(whole)), _facts(whole))
    computed = () if query.drills else first.on_reference(whole)
    yield _sheet(ATTENTION, whole, attention(whole), below=[plain(piece) for item in computed for piece in item.pieces])
    if query.by is not None and not query.has_history:
        yield _sheet(GROUPS, whole, tables.groups(whole))
    everyone = replace(whole, query=query.everyone(view.card.plan)._replace(by="unit"))
    yield _sheet(DETAIL, everyone, tables.detail(everyone))
    by = None if query.by == "status" else query.by  # statuses have no history
    months = replace(whole, query=query._replace(trend=query.trend or view.card.period.month, by=by, full=True))
    if months.trend is not None:
        periods = trend_periods(view.card.period, view.card.plan.year, months.query.trend or 1)
        table = _without_sparks(history.trend(months, months.trend))
        has_total = months.trend.total is not None
        yield _sheet(TREND, months, table, charted=_lines(len(table.rows), has_total=has_total) if periods[1:] else ())
    if view.comparison is not None:
        yield _sheet(COMPARISON, whole, history.comparison(view, view.comparison))


def _sheet(
    name: str,
    view: StatusView,
    table: Table,
    above: Sequence[str] = (),
    below: Sequence[str] = (),
    charted: Sequence[int] = (),
) -> TableSheet:
    """A sheet with its title and the month on top, and what explains its marks below."""
    title = say("{title}（{period}）", title=table.title, period=view.card.period)
    notes = [listed(map(plain, pieces), " ") for pieces in build.notes(view, (table,))]
    return TableSheet(name, table, (title, *above), (*below, *notes), charted)


def _lines(rows: int, *, has_total: bool) -> Sequence[int]:
    """The rows of a trend that its chart draws, a total before what it is of and alone where these are too many."""
    total = [rows - 1] if has_total else []
    return [*total, *range(rows - len(total))] if rows <= _MOST_LINES else total


def _facts(view: StatusView) -> list[str]:
    """The verdict on the whole city and the facts, each once, then what must be known before trusting a figure."""
    said = () if view.query.drills else (first.verdict(view),)
    lines = [listed(map(plain, item.pieces), " ") for item in (*said, *build.facts(view))]
    return [*dict.fromkeys(lines), *build.warnings(view)]


def attention(view: StatusView) -> Table:
    """What is due and not reached, with what it would take and because of whom; then who has not reported."""
    columns = [one for one in tables.detail(view).columns if one.key in _ATTENTION]
    rows = []
    for danger in view.concerns:
        cells = tables.danger_cells(view.card, danger)
        rows.append([*(cells[one.key] for one in columns), Cell(because(view, danger))])
    if not view.query.only or Status.MISSING in view.query.only:
        rows += [[*_silence(view, word, one, columns), EMPTY] for word, found in view.silences.items() for one in found]
    return Table("attention", "应达而没有达到的目标，未报的单位", (*columns, column("why")), rows)


def _silence(view: StatusView, word: str, one: UnitTally, columns: Sequence[Column]) -> Iterator[Cell]:
    """What a unit owes within what is asked for; a report that is there and could not be read is not called silence."""
    carried = " ".join(map(str, view.card.rows.carried(one.unit)))
    said = {
        "unit": Cell(words.unit_name(view.card.plan, one.unit)),
        "name": Cell(say(_UNREAD if word == UNREAD else _UNREPORTED, count=one.unreported)),
        "status": Cell(word, "missing"),
        "record": Cell(carried, raw=(carried, words.CARRIED if carried else "")),
    }
    for shown in columns:
        yield said.get(shown.key, Cell("", raw=("",) * len(shown.raw or ("",))))


def _without_means(table: Table) -> Table:
    """The matrix with three figures an area, to fit on a page; the mark of a computed part behind the light."""
    areas = [column.key.startswith("area") for column in table.columns]
    columns = tuple(
        column._replace(raw=column.raw[_LIGHT]) if is_area else column
        for column, is_area in zip(table.columns, areas, strict=True)
    )
    rows = [[_lit(cell) if is_area else cell for cell, is_area in zip(row, areas, strict=True)] for row in table.rows]
    return table._replace(columns=columns, rows=rows)


def _lit(cell: Cell) -> Cell:
    reached, due, light = (cell.raw or ("", "", "", ""))[_LIGHT]
    is_marked = bool(cell.raw and cell.raw[-1])
    marked = say("{word}{mark}", word=light, mark=REFERENCE) if is_marked else light
    return cell._replace(raw=(reached, due, marked))


def _without_sparks(table: Table) -> Table:
    """The trend without its little pictures: the sheet has a chart."""
    *columns, last = table.columns
    rows = [[*row[:-1], row[-1]._replace(raw=(row[-1].raw or ("",))[1:])] for row in table.rows]
    return table._replace(columns=(*columns, last._replace(heading="标记", raw=last.raw[1:])), rows=rows)
