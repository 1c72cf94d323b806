"""A sheet of units × indicators as the records that it holds: one for each cell that says something."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import NamedTuple

from mzplan.period import Period
from mzplan.reading.csv_border import HEADER_ROWS, Numbered
from mzplan.reading.misread import read_number
from mzplan.reading.number import Fault
from mzplan.reading.spreadsheet import MERGED_MARK
from mzplan.submissions.header import meant_field
from mzplan.submissions.names import Names, trimmed
from mzplan.submissions.reasons import admits
from mzplan.submissions.remarks import indicators_in
from mzplan.submissions.signatures import is_signature
from mzplan.submissions.totals import Total, wrong_total
from mzplan.submissions.wide_cells import (
    Area,
    Aside,
    columns_counted,
    is_figure,
    is_silent,
    merged_cells,
    runs_of,
    unlabelled,
    words_of_each,
)
from mzplan.submissions.wide_columns import KEYS, WORDS, Headings, Line, WideCell, WideColumns, may_be_total
from mzplan.submissions.wide_labels import OTHER, VALUE, code_and_name, months_told
from mzplan.submissions.wide_record import WideRecord, joined, noted, with_parts


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
    worded: Collection[str] = ()
    """Of the note and the evidence those for which it has a place."""


def unfolded(
    names: Names, rows: Sequence[Numbered], merged: Sequence[Area] = (), month: Period | None = None
) -> Wide | None:
    """The records of a sheet that has units across and indicators down, or the other way round; None for another.

    `merged` are the areas of it that are one cell each, `month` is that of its figures, where it is known.
    """
    width = max((len(cells) for _, cells in rows), default=0)
    grid = [
        [WideCell(trimmed(cells[at]) if at < len(cells) else "", row, at + 1) for at in range(width)]
        for row, cells in rows
        if any(map(trimmed, cells))
    ]
    turned = [list(column) for column in zip(*grid, strict=True)]
    return (
        _Unfolding(names, grid, merged, month).read() or _Unfolding(names, turned, merged, month, is_turned=True).read()
    )


class _Unfolding:
    """Reads a sheet line by line: every line of headings binds what stands below it."""

    def __init__(
        self,
        names: Names,
        grid: Sequence[Line],
        merged: Sequence[Area],
        month: Period | None,
        *,
        is_turned: bool = False,
    ) -> None:
        self.names = names
        self.heads = Headings(names, month)
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
        self.worded = set[str]()
        self.above: tuple[str | None, WideCell, WideCell | None] | None = None
        """Code, key and name of the line above."""
        self.last: dict[tuple[str, str], int] = {}
        """By unit and indicator where its last record stands."""
        self.others: dict[str, list[WideCell]] = {}
        """By indicator what says of its lines that they hold other figures: they are passed over beside one's own."""

    def read(self) -> Wide | None:
        """The sheet; None when it has no units across, or no indicator of the plan."""
        if not any(self.heads.is_head(line, self.grid[at + 1 :]) for at, line in enumerate(self.grid[:HEADER_ROWS])):
            return None
        starts = [at for at, line in enumerate(self.grid) if self.heads.is_head(line, self.grid[at + 1 :])]
        for line in self.grid[: starts[0]]:
            counts = columns_counted([cell.text for cell in line], self.names.plan.year)
            self._put_aside([cell for cell in line if cell.text not in counts], self.titles)
        for start, end in zip(starts, [*starts[1:], len(self.grid)], strict=True):
            self._section(self.grid[start], self.grid[start + 1 : end])
        known = {record.indicator for record in self.records}
        if alone := [cell for key, cells in self.others.items() if key not in known for cell in cells]:
            self._put_unclear(alone)
        if not (self.unclear or any(record.indicator in self.names.plan.indicators for record in self.records)):
            return None
        asides = self.strangers, self.titles, self.footers, self.unclear
        return Wide(self.records, *asides, self.totals, self.is_turned, self.worded)

    def _section(self, line: Line, below: Sequence[Line]) -> None:
        units: Mapping[int, str] = self.heads.units(line)
        fields: Mapping[int, str] = {}
        second: Line = ()
        headed = {place for place, cell in enumerate(line) if cell.text}
        kept_apart = set[int]()
        words, whose = dict[int, str](), dict[int, str]()
        if below and self.heads.is_second(below[0]):
            second, *below = below
            kept_apart = {place for place, cell in enumerate(second) if cell.text}
            headed |= kept_apart
            if not self.heads.are_plain(second, line):
                self._put_unclear(second)
            units, fields = self.heads.under_units(line, second)
            words, whose = map(dict, self.heads.words_under(line, second))
        heads = {place: cell for place, cell in enumerate(line) if place not in units}
        words |= {
            at: word for at, head in heads.items() if (word := self.heads.word(head, [each[at] for each in below]))
        }
        told = [*self.heads.without_kinds(line, below, {*units, *words})]
        below = [each for each, _, _ in told]
        totals = self.heads.totals(line, second, units, fields)
        first = min(units, default=0)
        remarks = [place for place in range(first + 1, len(line)) if place not in headed and place not in units]
        notes = self._notes(below, units) if self.is_turned else {}
        self.worded.update(words.values(), *notes.values())
        free = {at: head for at, head in heads.items() if at not in words}
        keys = {at: key for at, head in free.items() if (key := self.heads.key(head, [each[at] for each in below]))}
        columns = WideColumns(units, fields, words, whose, notes, keys, () if self.is_turned else remarks, totals)
        for each, kind, said in told:
            self._line(each, columns._replace(kind=kind, said=said))
        strangers = {
            place: cell
            for place, cell in enumerate(line)
            if not (place in columns.units or place in words or place in totals or self.names.unit(cell.text).id)
            and (self.names.region(cell.text) or not self.heads.is_for_eye(cell.text))
            and meant_field(cell.text) != "unit"
            and any(is_figure(each[place].text) for each in below)
        }
        self.strangers += [cell.text for cell in strangers.values()]
        if self.is_turned:
            kept_apart |= {place for place, cell in strangers.items() if self.heads.may_be_unit(cell)}
            self._across([line, *below], columns, kept_apart)

    def _notes(self, below: Sequence[Line], units: Mapping[int, str]) -> Mapping[int, Mapping[str, str]]:
        found: dict[int, dict[str, str]] = {}
        for line in below:
            label = next((cell.text for place, cell in enumerate(line) if cell.text and place not in units), "")
            if (field := meant_field(label)) in WORDS:
                for place in units:
                    words = found.setdefault(place, {})
                    words[str(field)] = noted(words.get(str(field), ""), line[place].text)
        return found

    def _line(self, line: Line, columns: WideColumns) -> None:
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
        code = code or (self.heads.indicator(key) if key else None)
        if columns.kind and not code and all(map(may_be_total, texts)) and self.above is not None:
            code, key, name = self.above
        has_figures = any(is_figure(line[place].text) for place in columns.units)
        first = min(columns.units, default=0)
        is_heading = any(meant_field(text) in KEYS for text in texts)
        beside = [cell for place, cell in labels.items() if place > first and self.heads.indicator(cell)]
        if beside:
            self.unclear.append(Aside(beside[0].row, beside[0].text, beside[0].number, is_of_another_table=True))
        elif is_heading or self._is_at_odds(line, columns):
            self._put_aside(line, self.unclear)
        elif columns.kind == OTHER and columns.said:
            if key or (texts and not self.heads.is_for_eye(texts[0])):
                self.above = code, key or next(iter(labels.values())), name
                self.others.setdefault(code or self.above[1].text, []).append(columns.said)
        elif code or (texts and has_figures and not (self.heads.is_for_eye(texts[0]) or is_signature(texts[0]))):
            self.above = code, key or next(iter(labels.values())), name
            for record in self._records(line, columns, *self.above):
                self._add(record)
            self.footers += self._beside_nothing(line, columns)
            for place in (*columns.remarks, *self._taking_back(labels, columns)):
                self._put_aside(line[place : place + 1], self.footers, is_beside=True)
            self.totals += self._wrong_totals(line, columns, code)
        elif self.is_turned:
            self._beside_units(line, columns, [cell.text for cell in labels.values()])
        elif not self.heads.passes_over(line):
            self._put_aside(line, self.footers)

    @staticmethod
    def _beside_nothing(line: Line, columns: WideColumns) -> Iterator[Aside]:
        """A unit's own words in a line in which it has no figure."""
        there = {unit for at, unit in columns.units.items() if line[at].text}
        for cell, unit in ((line[at], unit) for at, unit in columns.whose.items() if unit not in there):
            if cell.text:
                yield Aside(cell.row, cell.text, cell.number, unit=unit, is_beside=True)

    @staticmethod
    def _is_at_odds(line: Line, columns: WideColumns) -> bool:
        """Whether a line of one part of a ratio has something in a column of the other."""
        others = (at for at, field in columns.fields.items() if field not in (VALUE, columns.kind))
        return columns.kind not in ("", VALUE, OTHER) and any(line[at].text for at in others)

    def _beside_units(self, line: Line, columns: WideColumns, headings: Sequence[str]) -> None:
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

    def _taking_back(self, labels: Mapping[int, WideCell], columns: WideColumns) -> Iterator[int]:
        """Where words under a heading of their own take figures back, or correct them: nobody may lose those either."""
        known = (*columns.remarks, *columns.keys)
        for place, cell in labels.items():
            if not self.is_turned and place not in known and self._takes_back(cell):
                yield place

    def _takes_back(self, cell: WideCell) -> bool:
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

    def _wrong_totals(self, line: Line, columns: WideColumns, code: str | None) -> Iterator[Total]:
        """The totals of a line that its figures do not add up to, where all of them are numbers that add up."""
        for place, addends in columns.totals.items():
            cell, texts = line[place], (line[at].text for at in addends)
            if total := wrong_total(self.names, code or "", (cell.row, cell.number), cell.text, texts):
                yield total

    def _across(self, lines: Sequence[Line], columns: WideColumns, others: Collection[int]) -> None:
        """What a sheet with units down says in the rows above and below them."""
        first = min(columns.units, default=0)
        for place in range(len(lines[0])):
            row = [line[place] for line in lines]
            if place in (*columns.units, *columns.words, *others) or any(map(self.heads.indicator, row)):
                continue
            if not self.heads.passes_over(row):
                self._put_aside(row, self.titles if place < first else self.footers)

    def _put_unclear(self, line: Line) -> None:
        """Put a line aside for which nothing is taken, with which of its headings is of which month, if it tells."""
        months = months_told((cell for cell in line if cell.text), self.names.plan.year)
        self._put_aside(line, self.unclear)
        self.unclear[-1] = self.unclear[-1]._replace(months=months)

    @staticmethod
    def _put_aside(line: Line, where: list[Aside], *, is_beside: bool = False) -> None:
        for run in runs_of([cell.text for cell in line]):
            first = line[run[0]]
            where.append(Aside(first.row, " ".join(line[at].text for at in run), first.number, is_beside=is_beside))

    def _whole(self, line: Line, columns: WideColumns) -> Line:
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
        self, line: Line, columns: WideColumns, code: str | None, key: WideCell, name: WideCell | None
    ) -> Iterator[WideRecord]:
        cells: list[tuple[str, int, dict[str, WideCell]]] = []
        for place, unit in columns.units.items():
            field = columns.fields.get(place, VALUE)
            field = columns.kind if field == VALUE and columns.kind else field
            if line[place].text:
                if not cells or cells[-1][0] != unit or field in cells[-1][2]:
                    cells.append((unit, place, {}))
                cells[-1][2][field] = line[place]
        units = set(columns.units.values())
        keys = {"indicator": None if code else key, "name": name}
        key_places = {field: cell[1:] for field, cell in keys.items() if cell}
        word_places = {at: line[at][1:] for at in columns.words}
        said = {
            at: {columns.whose[at]: line[at].text} if at in columns.whose else words_of_each(self.names, text, units)
            for at in columns.words
            if (text := line[at].text)
        }
        for unit, place, given in cells:
            if not is_silent(self.names, code, unit, [cell.text for cell in given.values()]):
                figures = {field: cell.text for field, cell in given.items()}
                places = {field: (cell.row, cell.number) for field, cell in given.items()}
                places |= key_places
                of_all = columns.notes.get(place, {})
                words = {word: text for word, text in of_all.items() if word != "note" or self._is_of(text, code)}
                for at, field in columns.words.items():
                    if text := said.get(at, {}).get(unit, ""):
                        text = unlabelled(self.names, text, unit) if field == "evidence" else text  # it may be a path
                        words[field] = noted(words.get(field, ""), text)
                        places.setdefault(field, word_places[at])
                record = WideRecord(unit, code or key.text, name.text if name else "", figures, places, words)
                yield with_parts(self.names, record)
