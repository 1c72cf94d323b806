"""Tables of units × indicators in one sheet, each with headings of its own, side by side or one below the other.

They are read as one table where they can be: of one month and one below the other.
"""

from collections.abc import Collection, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from mzplan.diagnostics import show
from mzplan.period import Period
from mzplan.reading.number import plain_number
from mzplan.said import listed, say
from mzplan.submissions.apportioned import begins
from mzplan.submissions.header import meant_field
from mzplan.submissions.month_bands import month_bands, month_of
from mzplan.submissions.names import Names, trimmed
from mzplan.submissions.tables import FileTable
from mzplan.submissions.whose import Known, Whose
from mzplan.submissions.wide import Wide, unfolded
from mzplan.submissions.wide_cells import FEW, Aside
from mzplan.submissions.wide_labels import told_at

_BAND = "第{row}行“{text}”"
_MONTHS = "：第{row}行有几个月（{months}）{why}"
_NO_MONTH = "，标题或文件名写明要报的是哪个月，或用 --period 写明，也可以每个月单独发一张表"
_OTHERWISE = "，{where}是{month}，改成一致"
_ROWS_PASSED_OVER = "{months}的各行没有采用，只收{month}的"
_PASSED_OVER = "“{headings}”下面的各列没有采用，只收{month}的"
_LOOKED_AT = 50
"""So many rows tell what stands in a column."""
_SEVERAL = 2
_UNIT, _INDICATOR = "unit", "indicator"


class WideTable(NamedTuple):
    """A table of a sheet without our header."""

    sheet: FileTable
    """Its rows, on the lines and in the columns of the sheet."""
    wide: Wide
    months: Collection[str]
    """The months that a column of it names."""
    period: Known
    """The month of its figures."""
    is_asked_for: bool = True
    """Whether it is of the month that is said of the sheet, where one is."""


def wide_tables(sheet: FileTable, whose: Whose) -> Sequence[WideTable]:
    """The tables of a sheet: several where their months, or headings that cannot be of one table, tell them apart.

    None of a sheet that has not units × indicators.
    """
    width = max((len(row) for _, row in sheet.rows), default=0)
    sheet = sheet._replace(rows=[(line, [*row, *[""] * (width - len(row))]) for line, row in sheet.rows])
    if months := _under_months(sheet, whose):
        return months
    whole = _read(sheet, whose)
    strips = [_stacked(strip, whose.names) for strip in _strips(sheet, whose.names)]
    is_one = whole is not None and not whole.wide.unclear
    parts = [part for strip in strips for part in (_by_month(strip, whose) if is_one else strip)]
    is_of_one_month = len(strips) == 1 and len({whose.titled(part)[1] for part in parts}) == 1
    if len(parts) > 1 and not (is_one and is_of_one_month):
        found = [_read(part, whose) for part in parts]
        if len(tables := [table for table in found if table is not None]) == len(parts):
            return _with_asides(tables, whose.names)
    return [whole] if whole is not None else ()


def _under_months(sheet: FileTable, whose: Whose) -> Sequence[WideTable]:
    """The tables of groups of columns under a month each, those of another than the sheet says not asked for."""
    bands = month_bands(sheet, whose.names)
    tables = [table for band in bands if (table := _read(band.sheet, whose)) is not None]
    if not bands or len(tables) < len(bands):
        return ()
    asked = whose.outside(sheet, "period")
    if asked.value not in (str(band.month) for band in bands):
        told = listed((told_at(band.heading, band.columns) for band in bands), "，")
        why = asked.why if not asked.value else say(_OTHERWISE, where=asked.why, month=asked.value)
        return [
            tables[0]._replace(period=Known(why=say(_MONTHS, row=bands[0].line, months=told, why=why or _NO_MONTH)))
        ]
    found = []
    for band, table in zip(bands, tables, strict=True):
        others = listed(show(each.heading, 40) for each in bands if each is not band)
        note = say(_PASSED_OVER, headings=others, month=asked.value)
        found.append(
            table._replace(
                sheet=table.sheet._replace(notes=(*table.sheet.notes, note)),
                period=Known(str(band.month), say(_BAND, row=band.line, text=show(band.heading, 40))),
                is_asked_for=asked.value == str(band.month),
            )
        )
    return found


def _read(sheet: FileTable, whose: Whose) -> WideTable | None:
    table, months = _months_apart(sheet, whose)
    period = whose.usual(sheet, [*months], "period")
    merged = sheet.grid.merged if sheet.grid else ()
    wide = unfolded(whose.names, table.rows, merged, Period.parse(period.value) if period.value else None)
    return None if wide is None else WideTable(table._replace(rows=sheet.rows), wide, months, period)


def _with_asides(tables: Sequence[WideTable], names: Names) -> Sequence[WideTable]:
    """The tables, each with the words at another that name units of its own alone, and without those of the others."""
    units = [frozenset(record.unit for record in table.wide.records) for table in tables]
    every = frozenset().union(*units)

    def told(at: int, asides: Sequence[Sequence[Aside]]) -> Sequence[Aside]:
        found = []
        for other, several in enumerate(asides):
            for each in several:
                named = names.units_in(each.text) & every
                is_here = other == at and (not named or not named.isdisjoint(units[at]))
                if is_here or (not named.isdisjoint(units[at]) and named.isdisjoint(units[other])):
                    found.append(each)
        return found

    titles, footers = [table.wide.titles for table in tables], [table.wide.footers for table in tables]
    return [
        table._replace(wide=table.wide._replace(titles=told(at, titles), footers=told(at, footers)))
        for at, table in enumerate(tables)
    ]


def _months_apart(sheet: FileTable, whose: Whose) -> tuple[FileTable, Collection[str]]:
    """The table without a column of months, which is read as a long form's, and what it says.

    Of several months that have rows each those of the one that is said of the sheet, where one is.
    """
    top = whose.top(sheet)
    head = next((row for line, row in sheet.rows if line == top), ())
    at = next((at for at, cell in enumerate(head) if meant_field(cell) == "period"), None)
    if at is None:
        return sheet, ()
    cells = {line: row[at] for line, row in sheet.rows if line > top and at < len(row) and trimmed(row[at])}
    told = {line: month for line, text in cells.items() if (month := _month_in(text, whose))}
    if not told:
        return sheet, ()
    months, asked = [*dict.fromkeys(told.values())], whose.outside(sheet, "period").value
    rows = [(line, [*row[:at], "", *row[at + 1 :]] if line == top or line in told else row) for line, row in sheet.rows]
    others = _of_other_months(sheet, told, asked, whose.names) if asked in months else ()
    if not others:
        return sheet._replace(rows=rows), months
    note = say(_ROWS_PASSED_OVER, months=listed(month for month in months if month != asked), month=asked)
    own = [(line, row) for line, row in rows if line not in others]
    return sheet._replace(rows=own, notes=(*sheet.notes, note)), [asked]


def _of_other_months(sheet: FileTable, told: Mapping[int, str], asked: str, names: Names) -> Collection[int]:
    """The lines of other months than that, where each is of one unit that has one of that month as well."""
    found, current = dict[tuple[str, str], int](), ""
    for line, row in sheet.rows:
        current = told.get(line, current)
        units = _named(row, names)[0] if current else ()
        if line in told and len(units) != 1:
            return ()
        found.update({(current, unit): line for unit in units})
    own = {unit for month, unit in found if month == asked}
    is_alike = own.issuperset(unit for _, unit in found)
    return {line for (month, _), line in found.items() if month != asked} if is_alike else ()


def _month_in(text: str, whose: Whose) -> str:
    return whose.month_in(text) or str(month_of(text, whose.names) or "")


def _by_month(parts: Sequence[FileTable], whose: Whose) -> Sequence[FileTable]:
    """Tables one below the other, those put together that no title of another month tells apart."""
    found: list[FileTable] = []
    last = ""
    for part in parts:
        month = whose.titled(part)[1]
        if found and month in ("", last):
            found[-1] = found[-1]._replace(rows=[*found[-1].rows, *part.rows])
        else:
            found.append(part)
        last = month or last
    return found


def _stacked(sheet: FileTable, names: Names) -> Sequence[FileTable]:
    """The tables one below the other, each from the titles above its headings on."""
    starts, waiting, last = list[int](), list[int](), 0
    for line, row in sheet.rows:
        waiting.append(line)
        units, indicators = _named(row, names)
        if _is_head(row, units, indicators):
            if last:
                starts.append(begins(waiting, {line}, last))
            last = 0
        elif (units or indicators) and (_has_number(row) or len(list(filter(trimmed, row))) > FEW):
            last = line
        else:
            continue
        waiting.clear()
    spans = pairwise([0, *starts, sheet.rows[-1][0] + 1])
    return [sheet._replace(rows=[item for item in sheet.rows if start <= item[0] < end]) for start, end in spans]


def _named(row: Sequence[str], names: Names) -> tuple[frozenset[str], frozenset[str]]:
    """The units and the indicators that the cells of a row name."""
    words = [text for cell in row if (text := trimmed(cell)) and plain_number(text) is None]
    units = {text: names.unit(text).id for text in words}
    indicators = (names.indicator_in(text) for text, unit in units.items() if not unit)
    return frozenset(filter(None, units.values())), frozenset(filter(None, indicators))


def _has_number(row: Sequence[str]) -> bool:
    return any(plain_number(text) is not None for text in map(trimmed, row) if text)


def _is_head(row: Sequence[str], units: Collection[str], indicators: Collection[str]) -> bool:
    """Whether a row has several units, or several indicators, and no figure."""
    return max(len(units), len(indicators)) >= _SEVERAL and not _has_number(row)


def _strips(sheet: FileTable, names: Names) -> Sequence[FileTable]:
    """The tables side by side, each from the column that names its lines on; with the lines above that are of all.

    Those are the ones that have nothing above the others.
    """
    heads = (item for item in sheet.rows if _is_head(item[1], *_named(item[1], names)))
    top, head = next(heads, (0, ()))
    columns = _columns(head, [row for line, row in sheet.rows if line >= top], names)
    if len(columns) < _SEVERAL:
        return [sheet]
    first = columns[0]
    shared = {line for line, row in sheet.rows if line < top and not any(map(trimmed, row[first.stop :]))}
    return [
        sheet._replace(
            rows=[
                (line, [cell if at in own or line in shared else "" for at, cell in enumerate(row)])
                for line, row in sheet.rows
            ]
        )
        for own in columns
    ]


def _columns(head: Sequence[str], below: Sequence[Sequence[str]], names: Names) -> Sequence[range]:
    """The columns of each table: where what names the lines comes again behind what the headings name."""
    keys = [_key([row[at] for row in below[1:_LOOKED_AT]], names) for at in range(len(head))]
    kind = next(filter(None, keys), "")
    starts, is_behind = list[int](), True
    for at, (key, cell) in enumerate(zip(keys, head, strict=True)):
        units, indicators = _named([cell], names)
        if kind and key == kind and is_behind:
            free = (each for each in range(at - 1, 0, -1) if starts and not any(trimmed(row[each]) for row in below))
            starts.append(next(free, at) if starts else 0)
            is_behind = False
        is_behind = is_behind or bool(indicators if kind == _UNIT else units)
    return [range(*span) for span in pairwise([*starts, len(head)])]


def _key(cells: Sequence[str], names: Names) -> str:
    """What the cells of a column name, most of them; empty for neither."""
    said = [cell for cell in cells if trimmed(cell)]
    for kind, named in zip((_UNIT, _INDICATOR), (0, 1), strict=True):
        if 2 * sum(bool(_named([cell], names)[named]) for cell in said) > len(said):
            return kind
    return ""
