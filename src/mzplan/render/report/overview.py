"""The first pages: the verdict, what is in danger, the heat map, the year's trend, who reported when."""

from collections.abc import Sequence
from fractions import Fraction

from mzplan import zh
from mzplan.diagnostics import show
from mzplan.render import words
from mzplan.render.report import svg
from mzplan.render.report.markup import Markup, element, markup
from mzplan.render.report.parts import (
    Head,
    cell,
    cells_of,
    heads,
    indicator_at,
    labelled,
    link,
    side,
    spot_cell,
    state,
    table,
    titled,
    unit_at,
)
from mzplan.render.status import history
from mzplan.render.status.because import NAMED, because, compared, counted, few, units_named, unmoved, waiting
from mzplan.render.status.because import moved as words_moved
from mzplan.render.status.build import MEAN_NOTE, REFERENCE_NOTE, legend, tally_facts
from mzplan.render.status.tables import danger_cells, is_ranked, line_cells, unlisted_on_page
from mzplan.render.words import REFERENCE
from mzplan.said import SCREEN, listed, say
from mzplan.scoring.progress import STATUS_ZH, UNREAD, Status
from mzplan.views.danger import Danger
from mzplan.views.detail import DetailLine
from mzplan.views.history import History, TrendLine
from mzplan.views.report import FiledCount, HeatRow, Owner, ReportView

_SOME = "{whose}应达 {due} 项{mark}，达到 {reached} 项{mark}{others}。"
_STATES, _ASIDE = "{count} 项{word}", "（{said}）"
_SILENT = "{word}：{units}，{month}月{day}日前报。"
_NO_DANGER, _NONE_DUE = "（应达的全部达到）", "（目前没有应达的指标）"
_CALENDAR_NOTE = (
    "{full} 当月应报的都已报；缺n 当月应报的还缺n项；{silent} 当月应报的都没有报；{none} 当月没有应报的；"
    "空白 报告期以后、尚未报送。"
    "文件里没有报送日期，所以不分按时与迟报。"
)
_FULL, _PART, _NONE = "齐", "缺{count}", "—"
_TREND_TITLE, _TREND_MONTH = "{name}：各月年度完成率", "{month}月{share}%{mark}"
_BELOW, _OWN_PAGE = "{unit}的下一级：未报的和最差的在前", "逐家的明细另出一页：mzplan report --unit 名称"
_WHOLE, _WHOLE_OF = "总体", "{unit}总体"


def verdict(view: ReportView) -> Markup:
    """In words: how much of what is due is reached, and who is silent."""
    by_owner = {row.owner: row for row in view.rows}
    said = [_sentence(view, by_owner[head]) for head in view.status.heads]
    plan, period = view.status.card.plan, view.status.card.period
    if not view.status.silences:
        said.append("应报单位都已报齐。")
    for word, found in view.status.silences.items():
        told = [say(words.ITEMS_OF, unit=_name(view, one.unit), count=one.unreported) for one in found]
        names = units_named(view.status, [one.unit for one in found], told)
        said.append(say(_SILENT, word=word, units=names, month=period.shift(1).month, day=plan.report_day))
    tiles = [
        element("li", *((_name(view, head), "　") if len(view.status.heads) > 1 else ()), fact)
        for head in view.status.heads
        for row in (by_owner[head],)
        for fact in tally_facts(row.whole.mark.tally, row.whole.carried, row.reported, row.reporting)
    ]
    sentences = (element("p", sentence) for sentence in said)
    return markup([element("div", *sentences, class_="verdict"), element("ul", *tiles, class_="tiles")])


def _sentence(view: ReportView, row: HeatRow) -> str:
    tally, whose = row.whole.mark.tally, _name(view, row.owner)
    mark = REFERENCE if tally.on_reference else ""
    if not tally.due:
        return say("{whose}目前没有应达的指标。", whose=whose)
    if tally.on_schedule == tally.due and not view.status.silences:
        return say("{whose}应达的 {due} 项{mark}全部达到。", whose=whose, due=tally.due, mark=mark)
    own = [danger for danger in view.status.concerns if danger.row.unit == row.owner]
    late, missing = [one for one in own if one.row.is_lagging], [one for one in own if not one.row.is_lagging]
    computed = sum(one.row.target_basis == "reference" for one in late)
    asides = (waiting(late), say("其中 {count} 项按参考分解*", count=computed) if computed else "")
    aside = listed(filter(None, asides), "，")
    states = listed((counted(late, _STATES), say(_ASIDE, said=aside) if aside else ""), "")
    told = listed(filter(None, (states, counted(missing, _STATES))))
    others = say("；没有达到的：{states}", states=told) if told else ""
    return say(_SOME, whose=whose, due=tally.due, reached=tally.on_schedule, mark=mark, others=others)


def dangers(view: ReportView) -> Markup:
    """What is due and not reached, each with what it lacks, what it would take, and because of whom."""
    if not view.status.concerns:
        is_any_due = any(row.whole.mark.tally.due for row in view.rows if row.owner in view.status.heads)
        return element("p", _NO_DANGER if is_any_due else _NONE_DUE)
    has_owners = len({danger.row.unit for danger in view.status.concerns}) > 1
    keys = ("name", "status", "completion", "gap", "actual", "target", "pace", "why")
    told, rows = heads(*keys), []
    concerns, rest = _foremost(view.status.concerns)
    for danger in concerns:
        row, said = danger.row, danger_cells(view.status.card, danger)
        if not said["pace"].text:
            said["pace"] = words.months_left(row, view.status.card.period)
        whose = _name(view, row.unit) if has_owners and row.unit is not None else ""
        cells = cells_of(row, said, whose)
        if (row.indicator.id, row.unit) not in view.lines:
            cells["name"] = side(link(indicator_at(row.indicator.id), titled(row.indicator, whose)), class_="label")
        cells["status"] = element("td", state(row))
        cells["why"] = element("td", because(view.status, danger), class_="label")
        rows.append(labelled(told, [cells[key] for key in keys]))
    marked = any(danger.row.target_basis == "reference" for danger in view.status.concerns)
    notes = ["条形为完成率（按100%封顶），竖线为序时进度。", *([REFERENCE_NOTE] if marked else ())]
    notes += [say("各单位另有 {count} 项没有列出", count=rest)] if rest else []
    return markup([table("应达而没有达到的指标", told, rows, "danger"), *map(_note, notes)])


def _foremost(concerns: Sequence[Danger]) -> tuple[Sequence[Danger], int]:
    """All that the whole is concerned about, and of what single units are no more than a screen holds; how many not."""
    whole, units = ([one for one in concerns if one.row.is_whole is wanted] for wanted in (True, False))
    return (concerns, 0) if len(units) <= SCREEN else ([*whole, *units[:SCREEN]], len(units) - SCREEN)


def moved(view: ReportView) -> Markup:
    """What has changed since the last month with records."""
    status = view.status
    lines: list[str] = [
        say(NAMED, word=word, units=listed(names) if len(names) <= SCREEN else few(names, more))
        for word, more, names in words_moved(status)
        if names
    ]
    title = compared(status.moves.since, status.card.period) if status.moves else ""
    return markup([element("p", title), element("ul", *(element("li", line) for line in lines or [unmoved(status)]))])


def heat_map(view: ReportView) -> Markup:
    """Units × areas: the year's completion with a word, what is due and reached, what is carried."""
    notes = [
        *([unlisted_on_page(view.status.shown)] if view.status.shown.rest else ()),
        listed(legend(view.status.card.preset), " · "),
        MEAN_NOTE,
    ]
    notes += [REFERENCE_NOTE] if _is_on_reference(view.rows) else []
    return markup([_heat(view, "年度完成率%与亮灯，达到/应达", view.rows), *map(_note, notes)])


def members(view: ReportView, region: str) -> Markup:
    """Who is directly below a region, where not all of them are on the page: as the heat map has the others."""
    below = view.below(region)
    if below is None:
        return Markup()
    rows, found = below
    notes = [
        *([unlisted_on_page(found)] if found.rest else ()),
        *([REFERENCE_NOTE] if _is_on_reference(rows) else ()),
        _OWN_PAGE,
    ]
    return markup([_heat(view, say(_BELOW, unit=_name(view, region)), rows), *map(_note, notes)])


def _is_on_reference(rows: Sequence[HeatRow]) -> bool:
    return any(spot.mark.tally.on_reference for row in rows for spot in (*row.areas, row.whole))


def _heat(view: ReportView, caption: str, lines: Sequence[HeatRow]) -> Markup:
    """One line each, which leads to what the page has of its owner; of others it is what the page has."""
    ranked = is_ranked(view.status) and not all(row.owner in view.status.card.plan.members for row in lines)
    areas = (Head(area_name(view, area)) for area in view.areas)
    told = [*heads("unit"), *areas, Head(_WHOLE), *heads("reported", *(["rank"] if ranked else []))]
    rows = []
    for row in lines:
        name, at = _name(view, row.owner), unit_at(row.owner)
        has_section, is_compared = row.owner in view.owners, row.owner is None
        head = link(at, name) if has_section else markup([name])
        spots = [
            spot_cell(spot, unit_at(row.owner, area) if has_section else "heat" if is_compared else at)
            for area, spot in zip(view.areas, row.areas, strict=True)
        ]
        reported = f"{row.reported}/{row.reporting}"
        tone = "missing" if row.reported < row.reporting and row.owner is not None else None
        cells = [
            side(head, data_unit=row.owner or "", id=None if has_section or is_compared else at),
            *spots,
            spot_cell(row.whole, "heat" if is_compared and not has_section else at),
            element("td", reported, class_=tone),
        ]
        if ranked:
            rank = view.status.scope.units[row.owner].rank
            cells.append(element("td", "-" if rank is None else str(rank)))
        rows.append(cells)
    return table(caption, told, rows, "heat")


def bullets(view: ReportView) -> Markup:
    """What is due of the heads, area by area: completion against the schedule."""
    found = []
    for area in view.areas:
        lines = [
            line
            for (_, owner), line in view.lines.items()
            if owner in view.status.heads and line.row.indicator.area == area and line.row.is_due
        ]
        if lines:
            found.append(element("figure", element("h3", area_name(view, area)), _bullet_table(view, area, lines)))
    return element("div", *found, class_="bullets") if found else element("p", _NONE_DUE)


def _bullet_table(view: ReportView, area: int | None, lines: Sequence[DetailLine]) -> Markup:
    keys, rows = ("name", "completion", "expected", "status"), []
    for line in lines:
        whose = _name(view, line.row.unit) if len(view.status.heads) > 1 else ""
        cells = cells_of(line.row, line_cells(view.status.card, line), whose)
        cells["status"] = element("td", state(line.row))
        rows.append([cells[key] for key in keys])
    return table("", heads(*keys), rows, "due", label=say("{area}：应达的指标", area=area_name(view, area)))


def trend(view: ReportView) -> Markup:
    """The year's completion of the whole and of each area, a small chart each, and the same figures as a table."""
    months, series = view.trend
    figures = [_trend_figure(view, one) for one in series]
    said = history.trend(view.status, History(months, series))
    keep = [at for at, column in enumerate(said.columns) if column.key != "trend"]
    shown = [Head(said.columns[at].heading) for at in keep]
    rows = [
        [side(series_name(view, one)) if at == 0 else cell(row[at], "right") for at in keep]
        for one, row in zip(series, said.rows, strict=True)
    ]
    whole = element("details", element("summary", "各月数值"), table(said.title, shown, rows, "sticky"))
    wanting = any(point.unreported for one in series for point in one.points)
    note = _note("空心：该月有未报，按已报和沿用的数计算。") if wanting else Markup()
    return markup([element("div", *figures, class_="charts"), note, whole])


def series_name(view: ReportView, one: TrendLine) -> str:
    """The area's name, or that it is the whole."""
    if one.by == "unit":
        whole = one.key if isinstance(one.key, str) else None
        return say(_WHOLE_OF, unit=_name(view, whole))
    return area_name(view, one.key if isinstance(one.key, int) else None)


def _trend_figure(view: ReportView, one: TrendLine) -> Markup:
    name = series_name(view, one)
    points = [
        (Fraction(period.month - 1, 11), period.month, point.completion, point.unreported)
        for period, point in zip(view.trend[0], one.points, strict=True)
    ]
    run = svg.steps(((at, share) for at, _, share, _ in points), {at for at, *_, wanting in points if wanting})
    marks = ("", words.MISSING_MARK)
    given = [
        (at, say(_TREND_MONTH, month=month, share=words.percent(share), mark=marks[bool(wanting)]), share)
        for at, month, share, wanting in points
        if share is not None
    ]
    told = listed(dict.fromkeys(words_said for _, words_said, _ in (*given[:1], *given[-1:])), "，")
    labels = [svg.Label(at, end, f"{words.percent(end)}%", "end") for at, _, end in given[-1:]]
    line = svg.ChartLine("actual", run, has_dots=True)
    ticks = [(Fraction(step, 2), f"{step * 50}%") for step in range(3)]
    months = [(Fraction(month - 1, 11), str(month)) for month in (1, 3, 6, 9, 12)]
    frame = svg.Frame(240, 120, 36, 8, 16, 18)
    drawn = svg.chart(frame, say(_TREND_TITLE, name=name), told, [line], ticks, months, labels, "trend")
    return element("figure", element("figcaption", name), drawn)


def calendar(view: ReportView) -> Markup:
    """Units × months: what was owed for each month and is reported by now."""
    plan = view.status.card.plan
    told = [*heads("unit"), *(Head(zh.month_name(period, period.year)) for period in plan.periods)]
    rows = [
        [side(link(unit_at(unit), _name(view, unit))), *map(_filed, filed)] for unit, filed in view.calendar.items()
    ]
    note = say(_CALENDAR_NOTE, full=_FULL, silent=STATUS_ZH[Status.MISSING], none=_NONE)
    return markup([table("各单位各月报送", told, rows, "heat sticky"), _note(note)])


def _note(text: str) -> Markup:
    return element("p", text, class_="note")


def _filed(filed: FiledCount | None) -> Markup:
    if filed is None:
        return element("td", "")
    data = {"data_reported": str(filed.reported), "data_owed": str(filed.owed)}
    if not filed.owed:
        return element("td", _NONE, class_="none", **data)
    if not filed.reported:
        return element("td", UNREAD if filed.is_unread else STATUS_ZH[Status.MISSING], class_="silent", **data)
    if filed.reported < filed.owed:
        return element("td", say(_PART, count=filed.owed - filed.reported), class_="part", **data)
    return element("td", _FULL, class_="full", **data)


def area_name(view: ReportView, area: int | None) -> str:
    """An area's short name, or what the safeguards are called."""
    plan = view.status.card.plan
    return show(next((one.short for one in plan.action_areas if one.number == area), plan.safeguards_name))


def _name(view: ReportView, owner: Owner) -> str:
    return words.unit_name(view.status.card.plan, owner)
