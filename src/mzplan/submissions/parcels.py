"""Whose report a file is and for when: by what it says, then by what it is called. Of several, each with its rows.

Knows nothing of what is right: a file that is only nearly readable is somebody's report all the same.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import chain

from mzplan.diagnostics import show
from mzplan.period import Period
from mzplan.plan.unit_lists import units_told
from mzplan.reading.csv_border import HEADER_ROWS
from mzplan.reading.flaws import Defect, RefusedError
from mzplan.reading.number import plain_number
from mzplan.said import listed, say
from mzplan.submissions.abreast import tables_of
from mzplan.submissions.across import said_across, with_tabs
from mzplan.submissions.apportioned import (
    apportioned,
    lines_of,
    own_reports,
    with_columns,
    with_only,
    with_unit_heading,
)
from mzplan.submissions.books import other_sheet
from mzplan.submissions.called import at_odds, doubts, void_by
from mzplan.submissions.corrections import beside_unit, corrected_units
from mzplan.submissions.filled_in import filled, how_added, noted, written
from mzplan.submissions.garbled import refuse_garbled
from mzplan.submissions.header import FIELDS_ZH, RESULTS, find_header, is_header, meant_field
from mzplan.submissions.names import Names
from mzplan.submissions.other_sheets import corrects, is_results, is_whole_guide
from mzplan.submissions.parcel import AS_THEY_STAND, Parcel, Unknown
from mzplan.submissions.received import Received
from mzplan.submissions.side_by_side import side_by_side
from mzplan.submissions.strangers import said_of_column, said_of_strangers, with_strangers
from mzplan.submissions.tables import Contents, FileTable, contents_of
from mzplan.submissions.totals import TotalLine, is_total, said_of_totals, wrong_totals
from mzplan.submissions.unseen import said_of_cells, said_of_lines
from mzplan.submissions.value_headings import valueless, with_value_heading
from mzplan.submissions.whose import KEYS, NAME, Known, Whose, frequent, of_column
from mzplan.submissions.wide_cells import Aside, said_of_units
from mzplan.submissions.wide_record import Places, WideRecord
from mzplan.submissions.wide_rows import long_form
from mzplan.submissions.wide_tables import WideTable, wide_tables

_TAB = "工作表名"
_ACROSS = "各单位的列"
_WHY = "单位看{unit}，报告期看{period}"
_WHY_BOTH = "单位、报告期看{both}"
_NO_UNIT = "看不出是哪个单位的"
_NO_PERIOD = "看不出是哪个月的"
_NEITHER = "看不出是哪个单位、哪个月的"
_OF_REGION = "写的是{region}：{region} 是地区，由下级单位合成，不填报；请它的下级单位各报各的：{units}"
_ALSO, _NAME_ALSO = "也{lacking}", "文件名也{lacking}"
"""Of a file that is not taken for another reason: of one that cannot be read its name alone was looked at."""
_SEVERAL_MONTHS = "“{heading}”一栏有{months}，每个月单独填一张表"
_OF_NOBODY = "表里写着“{text}”，说的是表里没有的填报单位，没有采用"

_UNCLEAR = (
    "第{row}行写着“{text}”，不知道下面的数是谁的、是不是完成值，整个工作表没有采用："
    "列名写“完成值”的才采用，别的数的行或列去掉"
)
_OF_ANOTHER_TABLE = (
    "第{row}行在别的数后面又写着“{text}”，像是几张表拼在一起，整个工作表没有采用：每张表放在各自的工作表里"
)
_SEVERAL_TOTALS = (
    "第{row}行有几个月的数（{months}），看不出哪些是到要报的月份为止的累计数，整个工作表没有采用："
    "只留要报的那个月从1月起的累计数，列名写“完成值”"
)
_NOT_TAKEN = "工作表“{sheet}”里有指标和数，读不出是谁的，没有采用"
_MONTHS_ACROSS = "{table}一个月一列（{months}），没有采用：只留要报的那个月，列名写“完成值”{called}"
_MOST_CELLS = 250_000
"""Filled cells of a sheet of units × indicators: a province has half as many. One takes about a kilobyte."""
_TOO_LARGE = "{table}有 {count} 格，超过 {most} 格，没有采用：把单位分成几份，每份一个文件"
_OF_SHEET, _OF_FILE = "工作表“{sheet}”", "表格"
_CALLED = "，文件名写明填报单位和月份"
_NO_VALUES = "工作表“{sheet}”里有指标和数，认不出哪一栏是完成值，没有采用：要报的数写在一栏里，列名写“完成值”"
_RESULTS_ALONE = (
    "这是批注副本的“{sheet}”一页，不是填报表：打开批注副本，把改好的填报表那一页另存为 CSV，或直接发来整个工作簿"
)
_HIDDEN = "工作表“{sheet}”是隐藏的，里面有指标和数，没有采用"


def parcels_of(names: Names, received: Received, period: Period | None) -> list[Parcel | Unknown]:
    """The reports that a file holds; `period` is meant where it says none."""
    found = _taken_apart(names, received, period)
    parcels = [each for each in found if isinstance(each, Parcel)]
    by_name = at_odds(names, NAME, received.hints[0], [each.key for each in parcels])
    doubted = tuple(doubts(names, received.called)) if parcels else ()
    told_apart: list[Parcel | Unknown] = [each for each in found if isinstance(each, Unknown)]
    for each, odds in zip(parcels, by_name, strict=True):
        (of_tab,) = at_odds(names, _TAB, each.tab, [each.key])
        beside = (*each.doubts, *doubted)
        told_apart.append(each._replace(at_odds=(*odds, *of_tab), doubts=beside, void_by=void_by(received.called)))
    return told_apart


def _taken_apart(names: Names, received: Received, period: Period | None) -> list[Parcel | Unknown]:
    contents = contents_of(received.data)
    reader = _ParcelReader(names, received, period, contents)
    sheets = [with_value_heading(sheet, reader.whose) for sheet in contents.tables]
    tables = [sheet for sheet in sheets if sheet.has_records]
    shown = [sheet for sheet in tables if not sheet.is_hidden]
    beside = {sheet.tab: list(reader.other(sheet)) for sheet in sheets if sheet not in tables}
    bare = [other_sheet(each.grid) for each in sheets if each.grid and beside.get(each.tab) == []]
    owners = (reader.whose.owners(sheet)[0] for sheet in tables)
    unread = {tab for tab, found in beside.items() if found and not any(isinstance(each, Parcel) for each in found)}
    others = (other_sheet(each.grid) for each in sheets if each.grid and each.tab in unread)
    if (correcting := [each for each in others if corrects(each, names)]) or bare:
        beside = with_tabs(names, beside, bare, frozenset().union(*owners), correcting)
    if not tables:
        told = reader.without_values(sheets, list(chain.from_iterable(beside.values())))
        filled = [each for each in sheets if not is_results(row for _, row in each.rows)] or sheets
        return told or [reader.whole(filled[0] if filled else FileTable(received.data, ()))]
    is_sound = len(shown) == len(tables) and all(sheet.is_intact for sheet in tables)
    apart = [part for sheet in tables for part in tables_of(sheet, reader.whose)] if is_sound else ()
    if len(apart) > 1:
        return [*reader.all_of(said_across(apart, bare, reader.whose)), *chain.from_iterable(beside.values())]
    taken = {tab: found for tab, found in beside.items() if any(isinstance(each, Parcel) for each in found)}
    table = (shown or tables)[0].without(taken)  # the checks say what is wrong with it, and what else is in the file
    return [
        *(reader.split(table, is_only=True) if is_sound else [reader.refused(table, tables)]),
        *chain(*taken.values()),
    ]


class _ParcelReader:
    """Takes one file apart."""

    def __init__(self, names: Names, received: Received, period: Period | None, contents: Contents) -> None:
        names.begin_file()
        self.names = names
        self.received = received
        self.whose = Whose(names, received.hints, period)
        self.refusal = contents.refusal

    def whole(self, sheet: FileTable, *, is_only: bool = True) -> Parcel | Unknown:
        """The file as it is, for whom most rows, its titles or its name say."""
        if is_results(row for _, row in sheet.rows):
            return Unknown(self.received, say(_RESULTS_ALONE, sheet=RESULTS))
        (unit, units), (period, _) = self.whose.under_heading(sheet, "unit"), self.whose.under_heading(sheet, "period")
        parts = tables_of(sheet, self.whose)
        titled = {unit for part in parts for unit in self.whose.titled(part)[0]} if len(parts) > 1 else ()
        others = [*frequent(units), *titled, *self.whose.behind(sheet)]
        one = self._parcel(unit, period, sheet, refusal=self.refusal if is_only else None, units=others)
        is_guide = not sheet.header_line and is_whole_guide([row for _, row in sheet.rows], self.names)
        return one._replace(is_guide=is_guide) if isinstance(one, Parcel) else one

    def refused(self, sheet: FileTable, tables: Sequence[FileTable]) -> Parcel | Unknown:
        """The file as it is, which speaks for the units of its other tables as well: of hidden ones beside several."""
        others = [each for each in tables if each.tab != sheet.tab]
        beside = others if any(not each.is_hidden for each in others) else []
        one, *found = (self.whole(each) for each in (sheet, *beside))
        if not isinstance(one, Parcel):
            return one
        units = {unit for each in found if isinstance(each, Parcel) for unit in (each.unit, *each.others)}
        return one._replace(others=(one.others | units) - {one.unit})

    def split(self, sheet: FileTable, *, is_only: bool) -> Iterator[Parcel | Unknown]:
        """The reports of a table with our header, one for each unit and month of which it has rows."""
        if is_only and not any(self.whose.under_heading(sheet, "period")[1]):
            sheet = self.whose.settled(sheet)
        header_line = sheet.header_line
        rows, notes = with_unit_heading(sheet.rows, header_line, self.names)
        sheet = noted(sheet, rows, notes) if notes else sheet
        around = {"period": self.whose.outside(sheet, "period"), "unit": self.whose.agreed_unit(sheet)}
        rows, added = with_columns(sheet.rows, header_line, written(self.names, around), self.names)
        if added:
            sheet = noted(sheet, rows, [how_added(self.names, key, around) for key in added])
            sheet = sheet._replace(lacking=frozenset(added))
        try:
            header = find_header([item for item in sheet.rows if item[0] == header_line], [])
        except RefusedError:
            one, why = self._valueless(sheet) or self.whole(sheet, is_only=is_only), around["unit"].why
            head = next((row for line, row in sheet.rows if line == header_line), ())
            is_doubted = why and not around["unit"].value and "unit" not in map(meant_field, head)
            yield one._replace(doubts=(why,)) if is_doubted and isinstance(one, Parcel) else one
            return
        below = {line: header.arranged(row) for line, row in sheet.rows if line > header_line and any(row)}
        codes = {line: code for line, texts in below.items() if (code := self._code(texts))}
        outside = self.whose.outside(sheet, "unit")
        said = {line: self.whose.keys(texts, outside) for line, texts in below.items()}
        usual = {key: self.whose.usual(sheet, [said[line][key] for line in codes], key) for key in KEYS}
        usual |= {key: known for key, known in around.items() if key in added}
        totals = {line: below[line][1] for line in codes if is_total(self.names, below[line][1])}
        records = {line: code for line, code in codes.items() if line not in totals}
        cells = {} if outside.value else {line: below[line][1] for line in records}
        each_says = {line: tuple(each[key] for key in KEYS) for line, each in said.items()}
        first = tuple(usual[key].value for key in KEYS)
        keys = with_strangers(self.names, each_says, records, cells, first, self._owed)
        sums = {
            line: TotalLine(keys.pop(line)[0], heading, codes[line], below[line][4]) for line, heading in totals.items()
        }
        reports = own_reports(keys, records, self._owed)
        own = [key for key in reports if key[1] in self.names.plan.units]
        if len(reports) < 2 or not own:
            refusal = self.refusal if is_only else None
            sheet = filled(self.names, sheet, header, said, codes, around)
            behind = self.whose.behind(sheet)
            yield self._parcel(usual["unit"], usual["period"], sheet, refusal=refusal, units=behind)
            return
        headers = {line for line, row in sheet.rows if line in below and is_header(row)}
        strange = {line: keys[line] for line in records if keys[line][1] not in self.names.plan.units}
        lines = apportioned(keys, records, [*own, *strange.values()], headers)
        told = said_of_units(self.names, sheet.rows, units := {unit for _, unit in own}, units)
        for key in own:
            period, unit = (of_column(field, value) for field, value in zip(KEYS, key, strict=True))
            mine, has_header = lines_of(lines, key, records, headers, told)
            above = [line for line, _ in sheet.rows if line <= header_line and key[1] in told.get(line, key)]
            above = [] if has_header else above
            text = with_only(sheet.rows, {*above, *mine})
            others = units - {unit.value}
            of_others = {line for line, whose in lines.items() if whose != key} | sums.keys()
            marks = said_of_lines(sheet, of_others, self.names, others)
            yield self._parcel(unit, period, sheet._replace(text=text, sheet=marks))
        of_nobody = (row for line, row in sheet.rows if not told.get(line, units))
        yield from self._of_nobody(" ".join(filter(str.strip, row)) for row in of_nobody)
        yield from (Unknown(self.received, said) for said in said_of_strangers(self.names, strange, units))
        figures = ((*lines[line], code, below[line][4]) for line, code in records.items())
        wrong = wrong_totals(self.names, sums, figures, header.positions[4] + 1)
        yield from (Unknown(self.received, said) for said in said_of_totals(*wrong))

    def all_of(self, sheets: Sequence[FileTable]) -> Iterator[Parcel | Unknown]:
        """The reports of several tables; of one that adds up to another only those of another unit or month."""
        tables = (sheet.alone for sheet in sheets if not sheet.is_detail)
        whole = [each for sheet in tables for each in self.split(sheet, is_only=False)]
        yield from whole
        own = {(each.unit, each.period) for each in whole if isinstance(each, Parcel)}
        for sheet in sheets:
            for each in self.split(sheet, is_only=False) if sheet.is_detail else ():
                if isinstance(each, Parcel) and (each.unit, each.period) not in own:
                    yield each

    def other(self, sheet: FileTable) -> Iterator[Parcel | Unknown]:
        """What a sheet without our header holds: reports side by side, or figures of which it must be said."""
        if (count := sum(cell != "" for _, row in sheet.rows for cell in row)) > _MOST_CELLS:
            yield Unknown(self.received, say(_TOO_LARGE, table=self._called(sheet), count=count, most=_MOST_CELLS))
            return
        tables = wide_tables(sheet, self.whose)
        if len(tables) == 1 and not tables[0].months:
            tables = wide_tables(self.whose.settled(sheet), self.whose)
        if tables and not sheet.is_hidden:
            cells = {cell for table in tables for each in table.wide.records for cell in each.places.values()}
            for table in (each for each in tables if each.is_asked_for):
                yield from self._unfold(table, cells)
        elif sheet.tab != RESULTS and not sheet.is_detail and (tables or self._has_figures(sheet)):
            name = show(sheet.tab, 40)
            if len(across := self.whose.months_across(sheet)) > 1 and not sheet.is_hidden:
                yield Unknown(self.received, self._across(sheet, across))
            elif sheet.tab:
                known = _NO_VALUES if self._is_known(sheet) else _NOT_TAKEN
                yield Unknown(self.received, say(_HIDDEN if sheet.is_hidden else known, sheet=name))

    def without_values(self, sheets: Sequence[FileTable], found: list[Parcel | Unknown]) -> list[Parcel | Unknown]:
        """What a file holds, of one that holds no report the only table with figures of a unit in a month instead."""
        held = {sheet.tab: one for sheet in sheets if not sheet.is_hidden and (one := self._valueless(sheet))}
        if len(held) != 1 or len(found) != 1 or isinstance(found[0], Parcel):
            return found
        return [*held.values()]

    def _valueless(self, sheet: FileTable) -> Parcel | Unknown | None:
        """The report that a table without a column of values would be; None where it is not known whose, or why."""
        unit, period = (self.whose.outside(sheet, key) for key in ("unit", "period"))
        if sheet.header_line:
            unit, period = (self.whose.under_heading(sheet, key)[0] for key in ("unit", "period"))
        if not unit.value or not period.value:
            return None
        refusal = valueless(sheet, self.names, Period.parse(period.value))
        return self._parcel(unit, period, sheet, refusal=refusal) if refusal else None

    def _across(self, sheet: FileTable, months: Sequence[str]) -> str:
        """How months side by side are told: what is left is known by what the file is called, unless others say it."""
        called = "" if self._is_known(sheet) else _CALLED
        return say(_MONTHS_ACROSS, table=self._called(sheet), months=listed(months), called=called)

    @staticmethod
    def _called(sheet: FileTable) -> str:
        return say(_OF_SHEET, sheet=show(sheet.tab, 40)) if sheet.tab else _OF_FILE

    def _is_known(self, sheet: FileTable) -> bool:
        """Whether unit and month are said around a table."""
        return all(self.whose.outside(sheet, key).value for key in KEYS)

    def _has_figures(self, sheet: FileTable) -> bool:
        """Whether an indicator and a number stand in one row."""
        return any(
            any(map(self.names.indicator_in, row)) and any(plain_number(cell) is not None for cell in row)
            for _, row in sheet.rows
        )

    def _unfold(self, table: WideTable, known: Collection[tuple[int, int]]) -> Iterator[Parcel | Unknown]:
        """The reports of a table of units × indicators, each with all that the table says of itself.

        `known` are the cells of all figures of its sheet.
        """
        sheet, wide, months, period = table.sheet, table.wide, table.months, table.period
        if wide.unclear:
            yield Unknown(self.received, _not_clear(wide.unclear[0]))
            return
        records = wide.records
        if len(months) > 1:
            yield Unknown(self.received, say(_SEVERAL_MONTHS, heading=FIELDS_ZH["period"], months=listed(months)))
            return
        if not period.value:
            yield Unknown(self.received, say("{lacking}{why}", lacking=_NO_PERIOD, why=period.why))
            return
        units = dict[str, list[WideRecord]]()
        for record in records:
            units.setdefault(record.unit, []).append(record)
        whose = {each: each.whose(self.names, units) for each in (*wide.titles, *wide.footers)}
        corrected = corrected_units(wide.strangers, self.names, units)
        for unit, own in units.items():
            text, places, beside = long_form(self.names, own, period.value, wide, whose)
            said = said_of_cells(sheet, places, known, beside)
            wrong = (
                beside_unit(each, self.names.plan.units[unit].name) for each, of in corrected.items() if of == unit
            )
            said = said._replace(defects=(*said.defects, *wrong))
            yield self._parcel(Known(unit, _ACROSS), period, sheet._replace(text=text, sheet=said), places=places)
        for heading in (each for each in wide.strangers if not (self.names.region(each) or each in corrected)):
            yield Unknown(self.received, said_of_column(self.names, heading, units))
        yield from self._of_nobody(each.text for each, of_whom in whose.items() if not of_whom)
        of_totals = said_of_totals(filter(self.names.region, wide.strangers), wide.totals)
        yield from (Unknown(self.received, said) for said in of_totals)

    def _of_nobody(self, texts: Iterable[str]) -> Iterator[Unknown]:
        """What is said of none of the units among whose figures it stands."""
        yield from (Unknown(self.received, say(_OF_NOBODY, text=show(text, 40))) for text in dict.fromkeys(texts))

    def _parcel(
        self,
        unit: Known,
        period: Known,
        sheet: FileTable,
        *,
        refusal: Defect | None = None,
        places: Places = AS_THEY_STAND,
        units: Iterable[str] = (),
    ) -> Parcel | Unknown:
        if not unit.value or not period.value:
            lacking = _NEITHER if unit.value == period.value else _NO_PERIOD if unit.value else _NO_UNIT
            told = say("{lacking}{why}", lacking=lacking, why=period.why if unit.value else unit.why)
            if not unit.value and (region := self.whose.region(sheet)):
                plan = self.names.plan
                name = show(plan.units_and_regions[region].name)
                told = say(_OF_REGION, region=name, units=units_told(plan, plan.members[region]))
            refusal = self._shape(sheet) if sheet.rows else self.refusal
            if refusal is not None:
                told = say(_ALSO if sheet.rows else _NAME_ALSO, lacking=told)
            return Unknown(self.received, told, refusal)
        why = say(_WHY_BOTH, both=unit.why) if unit.why == period.why else say(_WHY, unit=unit.why, period=period.why)
        return Parcel(
            self.received,
            unit.value,
            Period.parse(period.value),
            why,
            sheet.text,
            sheet.sheet,
            sheet.notes,
            refusal,
            places,
            others=frozenset(units) - {unit.value},
            lacking=sheet.lacking,
        )

    def _shape(self, sheet: FileTable) -> Defect | None:
        """What a table without our header is: its words lost, or units, indicators, our headings instead of rows."""
        if sheet.header_line:
            return None
        head = sheet.rows[:HEADER_ROWS]
        try:
            refuse_garbled(head, self.names)
        except RefusedError as refused:
            return refused.defect
        return side_by_side(head, self.names)

    def _code(self, texts: Sequence[str]) -> str:
        """The indicator that a row is about; empty for none that the plan knows."""
        return self.names.indicator(texts[2]).id or self.names.indicator_called(texts[3]) or ""

    def _owed(self, key: tuple[str, ...]) -> Collection[str]:
        """The indicators of which a unit owes a figure in a month; none of one that the plan does not know."""
        period, unit = key
        plan = self.names.plan
        owed = plan.owed(unit, Period.parse(period)) if period and unit in plan.units else ()
        return [indicator.id for indicator in owed]


def _not_clear(first: Aside) -> str:
    """Why nothing of a table is taken, by the first line that is not understood."""
    if first.months:
        return say(_SEVERAL_TOTALS, row=first.row, months=first.months)
    words = _OF_ANOTHER_TABLE if first.is_of_another_table else _UNCLEAR
    return say(words, row=first.row, text=show(first.text, 40))
