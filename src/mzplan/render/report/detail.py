"""The drill-down: each unit by area, each indicator with its charts, each row with what explains it."""

from collections.abc import Iterator, Sequence
from fractions import Fraction

from mzplan.diagnostics import show
from mzplan.period import Period
from mzplan.render import words
from mzplan.render.document import Heading, Listing, plain
from mzplan.render.explain.build import CLAUSE_HEADING, document
from mzplan.render.report import svg
from mzplan.render.report.markup import Markup, element
from mzplan.render.report.overview import area_name, members
from mzplan.render.report.parts import (
    Head,
    bar_tone,
    cell,
    cells_of,
    heads,
    indicator_at,
    link,
    row_at,
    row_data,
    side,
    state,
    table,
    titled,
    unit_at,
)
from mzplan.render.status.build import tally_facts
from mzplan.render.status.tables import line_cells
from mzplan.said import listed, say
from mzplan.scoring.progress import Progress
from mzplan.views.detail import DetailLine
from mzplan.views.report import HeatRow, Month, ReportView
from mzplan.zh import Amount

_UNIT_COLUMNS = ("name", "status", "completion", "gap", "actual", "target", "expected", "record", "pace")
_ROW_COLUMNS = ("actual", "target", "completion", "gap", "record")
_CHART = "{id} {name} {unit}：各月完成值与序时进度"
_CHART_LEGEND = "实线 完成值（空心：当月有未报，用此前的数） · 长虚线 序时进度 · 点线 目标"
_LAST_WITH_ROOM = 9
"""Months of a chart that have room for a figure on their right."""
_APART, _BY_UNIT, _HISTORY = "　", "{title}：各单位", "{unit}的来历"
_MONTHS, _MONTH = "{last}至{first}", "YYYY-MM"
"""Of records told together: of which months, and what stands for each of them in their place."""
_BARS_NOTE = "条形为各单位完成值（空心为沿用），竖线为本单位目标"


def units(view: ReportView) -> Iterator[Markup]:
    """Each owner's indicators, by area."""
    by_owner = {row.owner: row for row in view.rows}
    for owner in view.owners:
        yield _unit(view, by_owner[owner])


def _unit(view: ReportView, row: HeatRow) -> Markup:
    name = words.unit_name(view.status.card.plan, row.owner)
    facts = listed(tally_facts(row.whole.mark.tally, row.whole.carried, row.reported, row.reporting), " · ")
    areas = []
    for area, spot in zip(view.areas, row.areas, strict=True):
        lines = [
            line for (_, owner), line in view.lines.items() if owner == row.owner and line.row.indicator.area == area
        ]
        if not lines:
            continue
        rows = [cells_of(line.row, line_cells(view.status.card, line)) for line in lines]
        tally = spot.mark.tally
        told = listed(tally_facts(tally, spot.carried, *_reports(lines))[:2], " · ") if tally.judged else ""
        title = say("{unit} {area}", unit=name, area=area_name(view, area))
        areas.append(
            element(
                "details",
                element("summary", element("h4", area_name(view, area)), _APART, told),
                table(
                    "",
                    heads(*_UNIT_COLUMNS),
                    [[cells[key] for key in _UNIT_COLUMNS] for cells in rows],
                    "sort unit",
                    title,
                ),
                id=unit_at(row.owner, area),
            )
        )
    below = members(view, row.owner) if row.owner is not None else Markup()
    head = element("summary", element("h3", name), _APART, facts)
    return element("details", head, below, *areas, id=unit_at(row.owner))


def _reports(lines: Sequence[DetailLine]) -> tuple[int, int]:
    return sum(line.row.reported for line in lines), sum(line.row.reporting for line in lines)


def indicators(view: ReportView) -> Iterator[Markup]:
    """Each indicator with its charts and its rows, under its area."""
    for area in view.areas:
        found = [
            _indicator(view, identifier, lines)
            for identifier, lines in view.by_indicator.items()
            if lines[0].row.indicator.area == area
        ]
        yield element("div", element("h3", area_name(view, area)), *found, class_="drill")


def _indicator(view: ReportView, identifier: str, lines: Sequence[DetailLine]) -> Markup:
    indicator = view.status.card.plan.indicators[identifier]
    first = lines[0].row
    title = titled(indicator)
    explained = [_explanation(view, line, is_first=line is lines[0]) for line in lines]
    leading = [line for line in lines if line.row.unit in view.status.heads] or lines[:1]
    charts = [] if indicator.counts_silence else [_chart(view, line.row) for line in leading]
    return element(
        "details",
        element("summary", element("h4", title), _APART, state(first)),
        element("div", *charts, _rows(view, title, lines), class_="pair"),
        *explained,
        id=indicator_at(identifier),
        data_find=show(indicator.lead) or None,
    )


def _rows(view: ReportView, title: str, lines: Sequence[DetailLine]) -> Markup:
    card = view.status.card
    units = [line.row for line in lines if line.row.unit is not None]
    figures = [
        figure
        for row in units
        for figure in (row.actual, row.target.value if row.target else None)
        if figure is not None
    ]
    extent = max(figures, default=Fraction(0))
    rows = []
    for line in lines:
        row, said = line.row, line_cells(card, line)
        name = words.unit_name(card.plan, row.unit)
        drawn = Markup()
        if row.unit is not None and row.actual is not None:
            target = row.target.value if row.target is not None else None
            drawn = svg.bar(row.actual, target, bar_tone(row), extent)
        cells = cells_of(row, said) | {"completion": cell(said["completion"]._replace(tone=""))}
        head = side(link(row_at(row), name), **row_data(row))
        rows.append([head, cells["status"], element("td", drawn), *(cells[key] for key in _ROW_COLUMNS)])
    told = [*heads("unit", "status"), Head("完成值与目标"), *heads(*_ROW_COLUMNS)]
    return table(_BARS_NOTE, told, rows, "sort rows sticky", say(_BY_UNIT, title=title))


def _chart(view: ReportView, row: Progress) -> Markup:
    """The actual month by month against the schedule, and the target with its revisions."""
    months = view.months(row)
    if all(month.actual is None for month in months):
        return Markup()
    name = words.unit_name(view.status.card.plan, row.unit)
    unit = words.measure(row)
    places = [Fraction(month.period.month - 1, 11) for month in months]
    hollow = {at for at, month in zip(places, months, strict=True) if month.reported < month.reporting}
    actual = svg.steps(((at, month.actual) for at, month in zip(places, months, strict=True)), hollow)
    targets = [month.target.value if month.target else None for month in months]
    lines = [
        svg.ChartLine("target", tuple(map(svg.staircase, svg.steps(list(zip(places, targets, strict=True)))))),
        svg.ChartLine("schedule", svg.steps([(at, month.scheduled) for at, month in zip(places, months, strict=True)])),
        svg.ChartLine("actual", actual, has_dots=True),
    ]
    changes = [at for at, value in enumerate(targets) if value is not None and (at == 0 or targets[at - 1] != value)]
    labels = [
        svg.Label(places[at], targets[at] or Fraction(0), show(row.indicator.target_text(month.target)))
        for at in changes
        if (month := months[at]).target is not None and not row.counts_units
    ]
    last = max(at for at, month in enumerate(months) if month.actual is not None)
    value = months[last].actual
    assert value is not None
    top = max(value for month in months for value in (month.actual, month.scheduled) if value is not None)
    top = max([top, *(value for value in targets if value is not None)])
    is_below = top / 5 < value < (months[last].scheduled or 0) and last < _LAST_WITH_ROOM  # clear of every line
    anchor = "start" if is_below else "end"
    figure = say("{amount}", amount=Amount(words.amount(row, value), unit))
    labels.append(svg.Label(places[last], value, figure, anchor, is_below))
    ticks = [(Fraction(0), "0"), (top, words.amount(row, top))] if top > 0 else [(Fraction(0), "0")]
    told = listed(
        (
            say(
                "{month}月{actual}{carried}",
                month=month.period.month,
                actual=Amount(words.amount(row, month.actual), unit),
                carried=_wanting(month),
            )
            for month in months
            if month.actual is not None
        ),
        "；",
    )
    named = [(at, str(month.period.month)) for at, month in zip(places, months, strict=True)]
    title = say(_CHART, id=show(row.indicator.id), name=show(row.indicator.name), unit=name)
    frame = svg.Frame(380, 190, 48, 14, 18, 18)
    drawn = svg.chart(frame, title, told, lines, ticks, named, labels, "month")
    return element("figure", drawn, element("figcaption", _CHART_LEGEND, class_="note"))


def _wanting(month: Month) -> str:
    """The mark of a figure that rests on older ones: of how many units, or alone."""
    wanting = month.reporting - month.reported
    return "" if not wanting else say(words.PARTIAL, count=wanting) if month.reported else "（沿用）"


def _explanation(view: ReportView, line: DetailLine, *, is_first: bool) -> Markup:
    """What `mzplan explain` says of a row; the clause once an indicator."""
    row = line.row
    name = words.unit_name(view.status.card.plan, row.unit)
    pieces: list[Markup] = []
    skips = False
    for block in document(view.explained(row)).blocks:
        if isinstance(block, Heading):
            skips = not is_first and plain(block.text) == CLAUSE_HEADING
            if not skips:
                pieces.append(element("dt", plain(block.text)))
        elif isinstance(block, Listing) and not skips:
            lines = [list(map(plain, item.pieces)) for item in block.items]
            pieces += [
                element("dd", listed(said, _APART)) for said in (folded(lines) if row.unit is not None else lines)
            ]
    return element(
        "details",
        element("summary", element("h5", say(_HISTORY, unit=name)), _APART, words.status(row).text),
        element("dl", *pieces),
        id=row_at(row),
    )


def folded(lines: Sequence[Sequence[str]]) -> Iterator[Sequence[str]]:
    """A unit's records of months that follow each other, at the same place of each month's file, in one line."""
    run: list[Sequence[str]] = []
    for said in [*lines, ()]:
        if run and not _follows(run[-1], said):
            alone = 1 if said and not said[0] else 0  # what comes next is said of the last of them
            yield from _told(run[: len(run) - alone])
            yield from run[len(run) - alone :]
            run = []
        if said:
            run.append(said)


def _told(run: Sequence[Sequence[str]]) -> Iterator[Sequence[str]]:
    if len(run) > 1:
        months = say(_MONTHS, last=run[0][0], first=run[-1][0])
        yield months, listed(said[1] for said in run), _pattern(run[0])
    else:
        yield from run


def _follows(later: Sequence[str], said: Sequence[str]) -> bool:
    """Whether the record is of the month before and stands at the same place."""
    if not len(later) == len(said) == len(("month", "figure", "place")) or _pattern(later) != _pattern(said):
        return False
    return _MONTH in _pattern(said) and Period.parse(said[0]) == Period.parse(later[0]).shift(-1)


def _pattern(said: Sequence[str]) -> str:
    month, _, place = said
    return place.replace(month, _MONTH)
