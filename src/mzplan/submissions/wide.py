"""A sheet of units × indicators as the records that it holds: one for each cell that says something."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import NamedTuple

from mzplan.reading.csv_border import HEADER_ROWS, Numbered
from mzplan.reading.misread import read_number
from mzplan.reading.number import Fault
from mzplan.reading.spreadsheet import MERGED_MARK
from mzplan.submissions.header import FIGURES, MEASURE_HEADINGS, meant_field
from mzplan.submissions.names import Names, matched_form, trimmed
from mzplan.submissions.reasons import admits
from mzplan.submissions.remarks import indicators_in
from mzplan.submissions.result_headings import names_results
from mzplan.submissions.signatures import is_signature
from mzplan.submissions.totals import Total, summed, wrong_total
from mzplan.submissions.wide_cells import (
    Area,
    Aside,
    columns_counted,
    is_figure,
    is_silent,
    is_value,
    merged_cells,
    runs_of,
    words_of_each,
)
from mzplan.submissions.wide_headings import is_for_the_eye, is_like_unit, is_of_months, names_other_kind
from mzplan.submissions.wide_record import MEASURE, WideRecord, code_and_name, joined, noted, with_parts, without_part

_LEAST = 2
"""So many units in one row are the columns of a wide sheet, whatever stands below."""
_WORDS = frozenset({"note", "evidence"})
_KEYS = ("indicator", "name")


class Wide(NamedTuple):
    """A wide sheet."""

    records: Sequence[WideRecord]
    strangers: Sequence[str]
    """Headings over figures that are of no unit, so that nobody takes them."""
    titles: Sequence[Aside]
    footers: Sequence[Aside]
    """What is said above the headings, and below."""
    unclear: Sequence[Aside]
    """What may be headings of figures and is not understood: nothing of the sheet may be taken."""
    totals: Sequence[Total] = ()
    is_turned: bool = False
    """Whether the units stand one below the other."""


class _WideCell(NamedTuple):
    text: str
    row: int
    number: int


_Line = Sequence[_WideCell]


class _WideColumns(NamedTuple):
    """What stands at which place of the lines below a line of headings."""

    units: Mapping[int, str]
    fields: Mapping[int, str]
    """Under the units the parts of their figures, where a second line of headings names them."""
    words: Mapping[int, str]
    """Where a note, the evidence or the measure of a line stands."""
    notes: Mapping[int, Mapping[str, str]]
    """What is noted at a unit for all its figures."""
    keys: Mapping[int, str]
    """Where the code or the name of a line's indicator stands."""
    remarks: Sequence[int]
    """Where words of a line stand under no heading, behind the units: nobody may lose them."""
    totals: Mapping[int, Collection[int]]
    """Where a total stands, of all units or a region's, if nothing but their figures stands under them; of which."""
    part: str = ""
    """Which part of a ratio a line holds; empty for other lines."""


def unfolded(names: Names, rows: Sequence[Numbered], merged: Sequence[Area] = ()) -> Wide | None:
    """The records of a sheet that has units across and indicators down, or the other way round; None for another.

    `merged` are the areas of it that are one cell each.
    """
    width = max((len(cells) for _, cells in rows), default=0)
    grid = [
        [_WideCell(trimmed(cells[at]) if at < len(cells) else "", row, at + 1) for at in range(width)]
        for row, cells in rows
        if any(map(trimmed, cells))
    ]
    turned = [list(column) for column in zip(*grid, strict=True)]
    return _Unfolding(names, grid, merged).read() or _Unfolding(names, turned, merged, is_turned=True).read()


class _Unfolding:
    """Reads a sheet line by line: every line of headings binds what stands below it."""

    def __init__(self, names: Names, grid: Sequence[_Line], merged: Sequence[Area], *, is_turned: bool = False) -> None:
        self.names = names
        self.texts = {cell[1:]: cell.text for line in grid for cell in line}
        self.merged = dict(merged_cells(merged, self.texts))
        self.grid = grid
        self.is_turned = is_turned
        self.records: list[WideRecord] = []
        self.strangers: list[str] = []
        self.titles: list[Aside] = []
        self.footers: list[Aside] = []
        self.unclear: list[Aside] = []
        self.totals: list[Total] = []
        self.above: tuple[str | None, _WideCell, _WideCell | None] | None = None
        """Code, key and name of the line above."""
        self.last: dict[tuple[str, str], int] = {}
        """By unit and indicator where its last record stands."""

    def read(self) -> Wide | None:
        """The sheet; None when it has no units across, or no indicator of the plan."""
        if not any(self._is_head(line, self.grid[at + 1 :]) for at, line in enumerate(self.grid[:HEADER_ROWS])):
            return None
        starts = [at for at, line in enumerate(self.grid) if self._is_head(line, self.grid[at + 1 :])]
        for line in self.grid[: starts[0]]:
            counts = columns_counted([cell.text for cell in line], self.names.plan.year)
            self._put_aside([cell for cell in line if cell.text not in counts], self.titles)
        for start, end in zip(starts, [*starts[1:], len(self.grid)], strict=True):
            self._section(self.grid[start], self.grid[start + 1 : end])
        if not (self.unclear or any(record.indicator in self.names.plan.indicators for record in self.records)):
            return None
        return Wide(self.records, self.strangers, self.titles, self.footers, self.unclear, self.totals, self.is_turned)

    def _section(self, line: _Line, below: Sequence[_Line]) -> None:
        units, fields = self._units(line), dict[int, str]()
        headed = {place for place, cell in enumerate(line) if cell.text}
        if below and self._is_second(below[0]):
            headed |= {place for place, cell in enumerate(below[0]) if cell.text}
            fields = {place: field for place, cell in enumerate(below[0]) if (field := _field(cell.text))}
            others = [cell for place, cell in enumerate(below[0]) if cell.text and place not in fields]
            carried = _carried(units, fields, line)
            told = [(unit, fields[place]) for place, unit in carried.items() if place in fields]
            if not fields or any(map(self._is_unknown, others)) or len({*told}) < len(told):
                self._put_aside(below[0], self.unclear)
            units, below = {place: unit for place, unit in carried.items() if place in fields}, below[1:]
        below, parts = self._without_parts(below, units)
        words = {place: word for place in range(len(line)) if (word := self._word(line[place], place, below, units))}
        totals = {at: of for at, cell in enumerate(line) if not fields and (of := summed(self.names, cell.text, units))}
        first = min(units, default=0)
        remarks = [place for place in range(first + 1, len(line)) if place not in headed and place not in units]
        notes = self._notes(below, units) if self.is_turned else {}
        free = [place for place in range(len(line)) if place not in units and place not in words]
        keys = {place: key for place in free if (key := self._key(line[place], [each[place] for each in below]))}
        columns = _WideColumns(units, fields, words, notes, keys, () if self.is_turned else remarks, totals)
        for each, part in zip(below, parts, strict=True):
            self._line(each, columns, part)
        strangers = {
            place: cell
            for place, cell in enumerate(line)
            if not (place in columns.units or place in words or place in totals or self.names.unit(cell.text).id)
            and (self.names.region(cell.text) or not self._is_for_eye(cell.text))
            and meant_field(cell.text) != "unit"
            and any(is_figure(each[place].text) for each in below)
        }
        self.strangers += [cell.text for cell in strangers.values()]
        if self.is_turned:
            called = [place for place, cell in strangers.items() if self._may_be_unit(cell)]
            self._across([line, *below], columns, called)

    def _is_head(self, line: _Line, below: Sequence[_Line]) -> bool:
        """Whether a line names several units, or one with figures beside figures of what is but called like one."""
        units = self._units(line)
        if len(set(units.values())) != 1 or any(map(self._indicator, line)):
            return len(set(units.values())) >= _LEAST
        others = [place for place, cell in enumerate(line) if cell.text and self._may_be_unit(cell)]
        return all(any(is_value(each[at].text) for each in below for at in ats) for ats in (units, others))

    def _may_be_unit(self, cell: _WideCell) -> bool:
        """Whether a heading that is no unit of the plan is called like one: no other kind of figure is (累计, 增减)."""
        is_like = is_like_unit(cell.text) or self.names.nearest_unit(cell.text)
        return bool(is_like) and not (self.names.unit(cell.text).id or self._is_for_eye(cell.text))

    def _units(self, line: _Line) -> dict[int, str]:
        return {place: unit for place, cell in enumerate(line) if cell.text and (unit := self.names.unit(cell.text).id)}

    def _indicator(self, cell: _WideCell) -> str | None:
        return self.names.indicator_in((code_and_name(self.names, cell.text) or [cell.text])[0])

    def _key(self, heading: _WideCell, below: _Line) -> str:
        """Which key of its lines a column holds, by its heading or by most of what stands there; empty for none."""
        if (field := meant_field(heading.text)) in _KEYS:
            return str(field)
        said = [cell.text for cell in below if cell.text]
        known = (sum(self.names.indicator(text).id is not None for text in said), "indicator")
        called = (sum(self.names.indicator_called(text) is not None for text in said), "name")
        most, field = max(known, called)
        return field if 2 * most > len(said) else ""

    def _is_unknown(self, cell: _WideCell) -> bool:
        return not (names_other_kind(cell.text) or self._is_for_eye(cell.text))

    def _is_for_eye(self, text: str) -> bool:
        """Whether a heading is that of totals, be it by a name that adds up, or of words beside the figures."""
        return is_for_the_eye(text) or self.names.is_total(text) or self.names.region(text) is not None

    def _is_for_the_eye(self, line: _Line) -> bool:
        """Whether a line has no words but its first, and that is one of totals or of numbers for the reader."""
        said = [cell.text for cell in line if cell.text]
        return (
            len(said) > 1
            and (self._is_for_eye(said[0]) or said[0].isdigit())
            and all(self._is_for_eye(text) or read_number(text).fault in _OF_TOTALS for text in said[1:])
        )

    def _is_second(self, line: _Line) -> bool:
        """Whether a line says what the columns of the units hold."""
        said = [cell for cell in line if cell.text]
        months = {cell.text for cell in said if is_of_months(cell.text)}
        told = [cell for cell in said if cell.text not in months]
        return (len(months) > 1 or any(_field(cell.text) or names_other_kind(cell.text) for cell in told)) and not any(
            is_figure(cell.text) or self._indicator(cell) for cell in told
        )

    def _word(self, cell: _WideCell, place: int, below: Sequence[_Line], units: Mapping[int, str]) -> str:
        """What a column says of its lines in words; empty for any other column."""
        if place in units or not cell.text:
            return ""
        if matched_form(cell.text) in MEASURE_HEADINGS:
            return "" if any(self._indicator(each[place]) for each in below) else MEASURE
        field = meant_field(cell.text)
        return field if field in _WORDS else ""

    def _notes(self, below: Sequence[_Line], units: Mapping[int, str]) -> Mapping[int, Mapping[str, str]]:
        found: dict[int, dict[str, str]] = {}
        for line in below:
            label = next((cell.text for place, cell in enumerate(line) if cell.text and place not in units), "")
            if (field := meant_field(label)) in _WORDS:
                for place in units:
                    words = found.setdefault(place, {})
                    words[str(field)] = noted(words.get(str(field), ""), line[place].text)
        return found

    def _without_parts(self, lines: Sequence[_Line], units: Mapping[int, str]) -> tuple[list[_Line], list[str]]:
        """The lines without what says in their labels which part of a ratio they hold, and which that is."""
        found: list[_Line] = []
        parts: list[str] = []
        for line in lines:
            told = {at: without_part(self.names, cell.text) for at, cell in enumerate(line) if at not in units}
            parts.append(next((part for _, part in told.values() if part), ""))
            found.append([cell._replace(text=told[at][0]) if at in told else cell for at, cell in enumerate(line)])
        return found, parts

    def _line(self, line: _Line, columns: _WideColumns, part: str) -> None:
        line = self._whole(line, columns)
        labels = {
            place: cell
            for place, cell in enumerate(line)
            if cell.text and not (place in columns.units or place in columns.words)
        }
        told = {place: both for place, cell in labels.items() if (both := code_and_name(self.names, cell.text))}
        labels |= {place: labels[place]._replace(text=name) for place, (_, name) in told.items()}
        texts = [*(cell.text for cell in labels.values()), *(code for code, _ in told.values())]
        code = next((found for text in texts if (found := self.names.indicator(text).id)), None)
        keys = {columns.keys[at]: cell for at, cell in labels.items() if at in columns.keys}
        called = next((cell for cell in labels.values() if self.names.indicator_called(cell.text)), None)
        name = keys.get("name", called)
        name = called if name and self.names.indicator(name.text).id else name
        key = keys.get("indicator", name)
        code = code or (self._indicator(key) if key else None)
        if part and not texts and self.above is not None:
            code, key, name = self.above
        has_figures = any(is_figure(line[place].text) for place in columns.units)
        first = min(columns.units, default=0)
        is_heading = any(meant_field(text) in _KEYS for text in texts)
        beside = [cell for place, cell in labels.items() if place > first and self._indicator(cell)]
        if beside:
            self.unclear.append(Aside(beside[0].row, beside[0].text, beside[0].number, is_of_another_table=True))
        elif is_heading or (code and any(names_other_kind(cell.text) for cell in labels.values())):
            self._put_aside(line, self.unclear)
        elif code or (texts and has_figures and not (self._is_for_eye(texts[0]) or is_signature(texts[0]))):
            self.above = code, key or next(iter(labels.values())), name
            for record in self._records(line, columns._replace(part=part), *self.above):
                self._add(record)
            for place in (*columns.remarks, *self._taking_back(labels, columns)):
                self._put_aside(line[place : place + 1], self.footers, is_beside=True)
            self.totals += self._wrong_totals(line, columns, code)
        elif self.is_turned:
            self._beside_units(line, columns, [cell.text for cell in labels.values()])
        elif not self._is_for_the_eye(line):
            self._put_aside(line, self.footers)

    def _beside_units(self, line: _Line, columns: _WideColumns, headings: Sequence[str]) -> None:
        """Put words in the units' own rows aside, of those under another heading the ones that take figures back.

        A unit's note is of all its figures: it is none of any of them, unless it names that one.
        """
        fields = {meant_field(heading) for heading in headings}
        for place, unit in columns.units.items() if "evidence" not in fields else ():
            cell = line[place]
            is_of_none = "note" in fields and not any(indicators_in(cell.text, self.names))
            if cell.text and (not headings or is_of_none or ("note" not in fields and self._takes_back(cell))):
                self.footers.append(Aside(cell.row, cell.text, cell.number, unit=unit, is_beside=True))

    def _is_of(self, note: str, code: str | None) -> bool:
        """Whether a note of all figures of a unit names the one of an indicator."""
        named = indicators_in(note, self.names)
        return any(code and code in (self.names.indicator(said).id, self.names.only_called(said)) for said in named)

    def _taking_back(self, labels: Mapping[int, _WideCell], columns: _WideColumns) -> Iterator[int]:
        """Where words under a heading of their own take figures back, or correct them: nobody may lose those either."""
        known = (*columns.remarks, *columns.keys)
        for place, cell in labels.items():
            if not self.is_turned and place not in known and self._takes_back(cell):
                yield place

    def _takes_back(self, cell: _WideCell) -> bool:
        return admits(self.names.without_units(cell.text))

    def _add(self, record: WideRecord) -> None:
        """Take a record, of a ratio the second part to the first."""
        at = self.last.get(key := record[:2], -1)
        whole = joined(self.records[at], record) if at >= 0 else None
        if whole is not None:
            self.records[at] = whole
            return
        self.last[key] = len(self.records)
        self.records.append(record)

    def _wrong_totals(self, line: _Line, columns: _WideColumns, code: str | None) -> Iterator[Total]:
        """The totals of a line that its figures do not add up to, where all of them are numbers that add up."""
        for place, addends in columns.totals.items():
            cell, texts = line[place], (line[at].text for at in addends)
            if total := wrong_total(self.names, code or "", (cell.row, cell.number), cell.text, texts):
                yield total

    def _across(self, lines: Sequence[_Line], columns: _WideColumns, others: Sequence[int]) -> None:
        """What a sheet with units down says in the rows above and below them."""
        first = min(columns.units, default=0)
        for place in range(len(lines[0])):
            row = [line[place] for line in lines]
            if place in (*columns.units, *columns.words, *others) or any(map(self._indicator, row)):
                continue
            if not self._is_for_the_eye(row):
                self._put_aside(row, self.titles if place < first else self.footers)

    @staticmethod
    def _put_aside(line: _Line, where: list[Aside], *, is_beside: bool = False) -> None:
        for run in runs_of([cell.text for cell in line]):
            first = line[run[0]]
            where.append(Aside(first.row, " ".join(line[at].text for at in run), first.number, is_beside=is_beside))

    def _whole(self, line: _Line, columns: _WideColumns) -> _Line:
        """A line with what is merged over the figures of several units, or indicators, in each of them.

        Marked, as nobody knows of which it is, but for a dash, which is no figure of any.
        """
        cells = list(line)
        for area in dict.fromkeys(self.merged[key] for at in columns.units if (key := line[at][1:]) in self.merged):
            rows, numbers = area
            over = [at for at in columns.units if self.merged.get(line[at][1:]) == area]
            if len(numbers if self.is_turned else rows) == len({columns.units[at] for at in over}) == 1:
                continue
            text = self.texts[rows[0], numbers[0]]
            is_told = read_number(text).fault is not Fault.PLACEHOLDER
            for at in over:
                cells[at] = line[at]._replace(text=f"{text}{MERGED_MARK}" if is_told else text)
        return cells

    def _records(
        self, line: _Line, columns: _WideColumns, code: str | None, key: _WideCell, name: _WideCell | None
    ) -> Iterator[WideRecord]:
        cells: list[tuple[str, int, dict[str, _WideCell]]] = []
        for place, unit in columns.units.items():
            field = columns.fields.get(place, columns.part or "value")
            if line[place].text:
                if not cells or cells[-1][0] != unit or field in cells[-1][2]:
                    cells.append((unit, place, {}))
                cells[-1][2][field] = line[place]
        units = set(columns.units.values())
        keys = {"indicator": None if code else key, "name": name}
        key_places = {field: cell[1:] for field, cell in keys.items() if cell}
        word_places = {at: line[at][1:] for at in columns.words}
        said = {at: words_of_each(self.names, line[at].text, units) for at in columns.words if line[at].text}
        for unit, place, given in cells:
            if not is_silent(self.names, code, unit, [cell.text for cell in given.values()]):
                figures = {field: cell.text for field, cell in given.items()}
                places = {field: (cell.row, cell.number) for field, cell in given.items()}
                places |= key_places
                of_all = columns.notes.get(place, {})
                words = {word: text for word, text in of_all.items() if word != "note" or self._is_of(text, code)}
                for at, field in columns.words.items():
                    if text := said.get(at, {}).get(unit, ""):
                        words[field] = noted(words.get(field, ""), text)
                        places.setdefault(field, word_places[at])
                record = WideRecord(unit, code or key.text, name.text if name else "", figures, places, words)
                yield with_parts(self.names, record)


_OF_TOTALS = (None, Fault.PLACEHOLDER, Fault.PAIR, Fault.PERCENT)
"""What a total may say: a number, nothing, both parts of a ratio, its share."""


def _field(text: str) -> str | None:
    field = meant_field(text)
    return field if field in FIGURES else "value" if names_results(text) else None


def _carried(units: Mapping[int, str], fields: Mapping[int, str], line: _Line) -> dict[int, str]:
    """A heading goes on to the right over the parts of its ratio."""
    carried: dict[int, str] = {}
    unit = ""
    for place, cell in enumerate(line):
        unit = units.get(place, "" if cell.text else unit)
        if unit and (place in units or place in fields):
            carried[place] = unit
    return carried
