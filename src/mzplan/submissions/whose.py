"""Whose a table is and for when: by its cells, else its titles, its tab, the file's name and folders."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from typing import NamedTuple

from mzplan.diagnostics import show
from mzplan.figures import plain
from mzplan.period import Period, in_digits, is_day
from mzplan.plan.model import OFFICE
from mzplan.reading.csv_border import HEADER_ROWS
from mzplan.reading.number import BLANKS, plain_number
from mzplan.said import listed, say
from mzplan.submissions.apportioned import with_only
from mzplan.submissions.harmless import is_aside, speaks_of_table
from mzplan.submissions.header import FIELDS_ZH, FIGURES, is_header, meant_field
from mzplan.submissions.labels import EXCEPTS, SIGNED_WITHIN, answered, as_title, mended, of_another
from mzplan.submissions.names import Names, matched_form, trimmed
from mzplan.submissions.places import month_meant
from mzplan.submissions.remarks import said_in
from mzplan.submissions.standing_words import claiming
from mzplan.submissions.tables import FileTable

_COLUMN = "“{heading}”一栏"
_TITLE = "标题“{text}”"
_SHEET = "工作表名“{text}”"
NAME = "文件名"
_FOLDER = "文件夹名“{text}”"
_OPTION = "--period"
_SEVERAL = "：{where}里有{names}，只留一个，或在“填报单位”一栏写明"
_SETTLED = "标题写着“{text}”，照 --period 当作 {period} 的"
_AT_ODDS = "：{said}，改成一致，或用 --period 写明"
_SAYS = "{where}是{month}"
_APART = "{one}与{other}写的单位不同，没有照着补填报单位"
_AGAIN = "第{row}行又是表头，上面没有写是哪个单位的，下面的数与前面的不同，没有照{where}补填报单位"
_TITLED = "第{row}行写着“{text}”，与标题写的单位不同，没有照标题补填报单位"

_AND = "[)(]?[和与及、]"
KEYS = ("period", "unit")
_FEW = 2
"""So many cells a line has at most that is no row of a table."""


class Known(NamedTuple):
    """A unit or a period, and by what it is known; without value why it is not, in words that follow."""

    value: str = ""
    why: str = ""
    text: str = ""
    """What says so, of what stands around the rows."""


def of_column(field: str, value: str) -> Known:
    """What the cells of a column say."""
    return Known(value, say(_COLUMN, heading=FIELDS_ZH[field]))


def _figure(cell: str) -> str:
    """What a cell of figures says, however the number is written."""
    number = plain_number(cell)
    return trimmed(cell) if number is None or number.figure is None else plain(number.figure)


def frequent(units: Sequence[str]) -> frozenset[str]:
    """The units of a table's rows that have half as many as the one with most: fewer are slips of the pen."""
    counts = Counter(filter(None, units))
    return frozenset(unit for unit, count in counts.items() if 2 * count >= max(counts.values()))


class Whose(NamedTuple):
    """What tells the unit and the month of the tables of a file."""

    names: Names
    hints: Sequence[str]
    """What the file is called, and its folders."""
    period: Period | None
    """The month that the user says, for where the file says none."""

    def keys(self, texts: Sequence[str], outside: Known) -> Mapping[str, str]:
        """The period and the unit that a record names, in whatever spelling."""
        return {"period": self.month_in(texts[0]), "unit": self.unit_in(texts[1], outside)}

    def unit_in(self, text: str, outside: Known) -> str:
        """The unit that a cell names; what is but like a name (民政局) names none where something is said outside.

        Nor does another unit's other name that what is said there ends with: 市民政局 in 义乌市民政局.xlsx.
        """
        if not text.strip(BLANKS):
            return ""
        named = self.names.unit(text)
        found = named.id or self.names.unit_in(text)
        is_short = named.is_alias and found != outside.value and matched_form(text) in matched_form(outside.text)
        if found and not is_short:
            return found
        if outside.value:
            return ""
        near = self.names.nearest_unit(text)
        return near.id if near else ""

    def month_in(self, text: str) -> str:
        """The month that a cell names, or may mean where the file is called by no other (1-4月); empty for none."""
        if month := self.names.period(text)[0]:
            return str(month)
        months = self.names.months(text)
        called = list(filter(None, map(self._named, self.hints)))
        outside = [month for month in called or months if month in months]
        return str(outside[0]) if outside and (called or len(months) == 1) else ""

    def _named(self, text: str) -> Period | None:
        return month_meant(text, self.names.plan.year)

    def usual(self, sheet: FileTable, said: Sequence[str], key: str) -> Known:
        """What most rows say; where none does, what is said outside of them."""
        if found := Counter(filter(None, said)).most_common(1):
            return of_column(key, found[0][0])
        return self.outside(sheet, key)

    def under_heading(self, sheet: FileTable, key: str) -> tuple[Known, Sequence[str]]:
        """What most rows say under that heading, be the table in order or not; else what is said around it. And all."""
        header_line = sheet.header_line
        header = next((row for line, row in sheet.rows if line == header_line), ())
        at = next((at for at, cell in enumerate(header) if meant_field(cell) == key), None)
        outside = self.outside(sheet, "unit")
        rows = [row for line, row in sheet.rows if line > header_line]
        cells = [row[at] for row in rows if at is not None and at < len(row)]
        said = [self.unit_in(cell, outside) if key == "unit" else self.month_in(cell) for cell in cells]
        return self.usual(sheet, said, key), said

    def owners(self, sheet: FileTable) -> tuple[frozenset[str], str]:
        """The units and the month of a table, by its rows, else by what stands around it; empty for none."""
        (unit, units), (period, _) = self.under_heading(sheet, "unit"), self.under_heading(sheet, "period")
        return frequent(units) or frozenset(filter(None, [unit.value])), period.value

    def behind(self, sheet: FileTable) -> frozenset[str]:
        """The units named behind all of our columns, where indicators stand there too: a table without a header."""
        header = next((row for line, row in sheet.rows if line == sheet.header_line), ())
        width = max((at + 1 for at, cell in enumerate(header) if meant_field(cell)), default=0)
        cells = [cell for _, row in sheet.rows for cell in row[width:] if width and cell.strip(BLANKS)]
        is_table = any(map(self.names.indicator_in, cells))
        return frozenset().union(*map(self._units_in, cells)) if is_table else frozenset()

    def outside(self, sheet: FileTable, key: str) -> Known:
        """What the lines above the table, the tab, the file's name or its folders say, whichever comes first."""
        if key == "period":
            return self._dated_outside(sheet)
        several = ""
        for words, text in self._around(sheet):
            where = say(words, text=show(text, 40))
            units = sorted(self._units_in(text), key=list(self.names.plan.units).index)
            if len(units) == 1:
                return Known(units[0], where, text)
            if len(units) > 1 and not several:
                called = listed(self.names.plan.units[unit].name for unit in units)
                several = say(_SEVERAL, where=where, names=show(called, 200))
        return Known(why=several)

    def _dated_outside(self, sheet: FileTable) -> Known:
        """The month that title, tab and file's name tell, else another line or a folder; `--period` settles odds."""
        found = self._months_outside(sheet)
        if self.period is not None and len(found) != 1:
            return found.get(self.period, Known(str(self.period), _OPTION))
        if len(found) < 2:
            return next(iter(found.values()), Known())
        said = listed((say(_SAYS, where=each.why, month=each.value) for each in found.values()), "，")
        return Known(why=say(_AT_ODDS, said=said))

    def settled(self, sheet: FileTable) -> FileTable:
        """A table with the month of `--period` in its titles, where title, tab and name are at odds."""
        if (period := self.period) is None or len(self._months_outside(sheet)) < 2:
            return sheet
        rows, notes, first = list(sheet.rows), list(sheet.notes), sheet.header_line or self.top(sheet)
        for at, (line, row) in enumerate(rows):
            claims = [list(of_another(in_digits(cell), self.names, None, period)) for cell in row if line < first]
            if any(claims):
                notes.append(say(_SETTLED, text=show(" ".join(filter(None, row)), 40), period=period))
                right = (mended([cell], said, self.names, period) for cell, said in zip(row, claims, strict=True))
                rows[at] = line, [*chain.from_iterable(right)]
        text = with_only(rows, {line for line, _ in rows})
        return sheet._replace(text=text, rows=rows, notes=tuple(notes)) if len(notes) > len(sheet.notes) else sheet

    def _months_outside(self, sheet: FileTable) -> Mapping[Period, Known]:
        """The months that are told around a table, each by what tells it first.

        A day alone soon after a month that is told is that of the signature.
        """
        found: dict[Period, Known] = {}
        around = sorted(self._around(sheet), key=lambda each: (self._is_beside_the_point(*each), self._is_day(each[1])))
        for words, text in around:
            year = next(iter(found)).year if found else self.names.plan.year
            month = month_meant(as_title(text) if words == _TITLE else text, year)
            if not month or (found and self._is_beside_the_point(words, text)):
                continue
            if not (self._is_day(text) and any(own < month <= own.shift(SIGNED_WITHIN) for own in found)):
                found.setdefault(month, Known(str(month), say(words, text=show(text, 40)), text))
        return found

    def _is_beside_the_point(self, words: str, text: str) -> bool:
        """Whether it tells the month only where nothing better does: a folder, a line that is no title of the table."""
        return words == _FOLDER or (words == _TITLE and not speaks_of_table([text], self.names, is_above=True))

    def _is_day(self, text: str) -> bool:
        return is_day(matched_form(text), self.names.plan.year)

    def _units_in(self, text: str) -> set[str]:
        """The units that words around a table may say to be its own."""
        return set() if EXCEPTS.search(text) else self.names.units_in(claiming(in_digits(said_in([text]))))

    def _own_units_in(self, text: str) -> set[str]:
        """The units that words say to be their own, a bureau where they have its name and no other unit's.

        Any office is called like it (民政局), and what is said of it and others (市本级及各县) is not its own.
        """
        units = self._units_in(text)
        own = {unit for unit in units if self.names.plan.units[unit].kind != "bureau"}
        (name,) = (matched_form(self.names.plan.units[unit].name) for unit in units) if len(units) == 1 else ("",)
        said = matched_form(text)
        is_own = (
            name in said
            and not name.endswith(OFFICE)
            and not re.search(f"{_AND}{re.escape(name)}|{re.escape(name)}{_AND}", said)
        )
        return own or (units if is_own else set())

    def titled(self, sheet: FileTable) -> tuple[frozenset[str], str]:
        """The units and the month that its titles name; empty for none."""
        titles = [text for words, text in self._around(sheet) if words == _TITLE]
        months = filter(None, (month_meant(as_title(text), self.names.plan.year) for text in titles))
        return frozenset().union(*map(self._units_in, titles)), str(next(months, ""))

    def region(self, sheet: FileTable) -> str | None:
        """The region that its cells, else what stands around it, name, where they name one alone."""
        cells = (region for _, row in sheet.rows for cell in row if (region := self.names.region(cell)))
        around = (region for _, text in self._around(sheet) if (region := self.names.region_in(text)))
        named = set(cells) or set(around)
        return named.pop() if len(named) == 1 else None

    def agreed_unit(self, sheet: FileTable) -> Known:
        """The unit that all that stands around a table names, if it is one; a bureau by its own name alone.

        Where something else, or a line among its rows, names another, why there is none.
        """
        around = ((self._own_units_in(text), words, text) for words, text in self._around(sheet))
        said = [each for each in around if each[0]]
        named = {unit for units, _, _ in said for unit in units}
        if other := next(((words, text) for units, words, text in said if units != said[0][0]), None):
            one, another = (say(words, text=show(text, 40)) for words, text in (said[0][1:], other))
            return Known(why=say(_APART, one=one, other=another))
        if len(named) != 1:
            return Known()
        for line, text, units in self._beside(sheet):
            if units.isdisjoint(named):
                return Known(why=say(_TITLED, row=line, text=show(text, 40)))
        if line := self._begun_again(sheet):
            return Known(why=say(_AGAIN, row=line, where=say(said[0][1], text=show(said[0][2], 40))))
        return next(Known(named.pop(), say(words, text=show(text, 40)), text) for units, words, text in said)

    def _begun_again(self, sheet: FileTable) -> int:
        """The line of a further header, below which an indicator stands again with other figures; 0 for none."""
        columns, header_line = dict[str, int](), 0
        figures = dict[str, tuple[str, ...]]()
        for line, row in sheet.rows:
            if line >= sheet.header_line and is_header(row):
                columns, header_line = {meant_field(cell) or "": at for at, cell in enumerate(row)}, line
            elif code := next(filter(None, map(self.names.indicator_in, row)), None):
                cells = (row[at] if (at := columns.get(field, len(row))) < len(row) else "" for field in FIGURES)
                own = tuple(map(_figure, cells))
                if any(own) and figures.setdefault(code, own) != own and header_line > sheet.header_line:
                    return header_line
        return 0

    def _beside(self, sheet: FileTable) -> Iterator[tuple[int, str, set[str]]]:
        """The lines among the rows that may be titles of further tables, and the units, no bureau, that they name."""
        for line, row in sheet.rows:
            said = [cell for cell in row if cell.strip(BLANKS)]
            if line <= sheet.header_line or len(said) > _FEW:
                continue
            units = {unit for cell in said for unit in self._units_in(cell)}
            units = {unit for unit in units if self.names.plan.units[unit].kind != "bureau"}
            if units and speaks_of_table(said, self.names):
                yield line, " ".join(said), units

    def top(self, sheet: FileTable) -> int:
        """The line where a table without our header begins: the first that names an indicator, or two units."""
        for line, row in sheet.rows[:HEADER_ROWS]:
            said = [cell for cell in row if cell.strip(BLANKS)]
            units = {self.names.unit(cell).id for cell in said} - {None}
            if len(said) > 1 and (len(units) > 1 or any(map(self.names.indicator_in, said))):
                return line
        return HEADER_ROWS

    def months_across(self, sheet: FileTable) -> Sequence[str]:
        """The months that stand side by side above the rows of a table without our header, each over a column."""
        head = [row for line, row in sheet.rows if line < self.top(sheet)]
        return max((list(filter(None, map(self.month_in, row))) for row in head), key=len, default=[])

    def _is_apart(self, row: Sequence[str], at: int) -> bool:
        """Whether a cell stands apart to the right, and names no month and no unit: 金额单位：元."""
        is_mute = not (any(map(str.isdigit, row[at])) or self._units_in(row[at]))
        return at > 1 and not row[at - 1].strip(BLANKS) and is_mute

    def _around(self, sheet: FileTable) -> Iterator[tuple[str, str]]:
        line = sheet.header_line or self.top(sheet)
        above = (row for at, row in sheet.rows if at < line)
        if sheet.header_line:
            titles = (cell for row in above for cell in answered(row))
            yield from ((_TITLE, cell) for cell in titles if not is_aside(cell, self.names))
        else:
            for row in above:
                said = [cell for at, cell in enumerate(row) if cell.strip(BLANKS) and not self._is_apart(row, at)]
                is_title = len(said) == 1 and (said == row[:1] or plain_number(said[0]) is None)
                if is_aside(" ".join(said[:_FEW]), self.names):
                    continue
                if is_title or (len(said) > 1 and said == row[:2] and meant_field(said[0]) in KEYS):
                    yield _TITLE, " ".join(said)
        yield _SHEET, sheet.tab
        name, *folders = self.hints
        yield NAME, name
        yield from ((_FOLDER, folder) for folder in folders)
