"""Tables as sheets for people: real numbers, lights as conditional formats beside words, frozen heads, filters."""

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import groupby
from typing import Any, NamedTuple

from mzplan.diagnostics import InputError
from mzplan.plan.target import OPERATOR_SIGNS
from mzplan.render import xlsx
from mzplan.render.document import Column, Document, Table, Tone, plain
from mzplan.render.layout import Look
from mzplan.render.words import TONES_BY_WORD

_NUMBER = re.compile(
    rf"({'|'.join(OPERATOR_SIGNS.values())}|~)?([+-]?[0-9]+(?:\.([0-9]+))?)(%?)"
    r"([*]|家单位达标|家单位完成)?(（[^（）]*沿用[^（）]*）| \([^()]*carried[^()]*\))?",
    re.ASCII,
)
"""What is a number: the sign of a target before it is its format, and so are the mark and the words behind it."""
_NAMES = frozenset({"unit", "id", "name"})
_SIGNED = frozenset({"gap", "change"})
_STATUS = "状态"
_FORBIDDEN = re.compile(r"[\[\]:*?/\\']")
_LONGEST_NAME = 31

_FILLS: Mapping[Tone, Mapping[str, str]] = {
    "green": {"bg_color": "#C6EFCE", "font_color": "#1E5B24"},
    "yellow": {"bg_color": "#FFEB9C", "font_color": "#7A5600"},
    "red": {"bg_color": "#FFC7CE", "font_color": "#8A0010"},
}
"""Of lights; the word stands beside. Silence has no colour."""
_WIDEST, _NARROWEST, _WORDY = 44, 4, 12
_LINE = 14
"""Points."""


class TableSheet(NamedTuple):
    """A table with what stands over and under it."""

    name: str
    table: Table
    above: Sequence[str] = ()
    below: Sequence[str] = ()
    charted: Sequence[int] = ()
    """The rows that are drawn as lines over the columns in per cent, the most important first."""


class _FigureColumn(NamedTuple):
    """One column of a sheet: one figure of a column of the table."""

    at: int
    raw: int
    column: Column
    heading: str

    @property
    def is_share(self) -> bool:
        return self.column.percent or self.heading.endswith(("%", "（%）"))


def annexes(document: Document, _look: Look) -> bytes:
    """The tables of an official document, a sheet for each; InputError where it has none."""
    if not document.tables:
        raise InputError("这份文稿没有附表，写不成 Excel：请改用 docx 等格式。")
    sheets = [
        TableSheet(f"附件{number} {table.title}", _lit(table), (table.title,), table.notes)
        for number, table in enumerate(document.tables, 1)
    ]
    return workbook(plain(document.title), sheets)


def _lit(table: Table) -> Table:
    """With the light of each status, which its word is in print."""
    at = next((place for place, column in enumerate(table.columns) if column.key == _STATUS), None)
    if at is None:
        return table
    rows = [
        [*row[:at], row[at]._replace(tone=TONES_BY_WORD.get(row[at].text, "")), *row[at + 1 :]] for row in table.rows
    ]
    return table._replace(rows=rows)


def workbook(title: str, sheets: Sequence[TableSheet], pages: str = xlsx.PAGES) -> bytes:
    """The workbook of those sheets, with the numbers of its printed pages in those words."""

    def fill(book: Any) -> None:
        looks = _Looks(book)
        for sheet in sheets:
            _SheetWriter(book, looks, sheet, (title, pages)).write()

    return xlsx.workbook(title, fill)


class _Looks:
    """Formats of cells, each made once."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._known: dict[tuple[tuple[str, object], ...], Any] = {}
        self._fills: dict[Tone, Any] = {}

    def of(self, **more: object) -> Any:
        key = tuple(sorted(more.items()))
        if key not in self._known:
            self._known[key] = self._book.add_format({**xlsx.FONT, **more})
        return self._known[key]

    def fill(self, tone: Tone) -> Any:
        """That of a light, which changes nothing else of a cell."""
        if tone not in self._fills:
            self._fills[tone] = self._book.add_format(dict(_FILLS[tone]))
        return self._fills[tone]


class _SheetWriter:
    """Writes one sheet."""

    def __init__(self, book: Any, looks: _Looks, sheet: TableSheet, on_pages: tuple[str, str]) -> None:
        self.book, self.looks, self.plan = book, looks, sheet
        self.title, self.pages = on_pages
        self.table = sheet.table
        self.figures = list(_figures(sheet.table))
        self.name = _FORBIDDEN.sub("", sheet.name)[:_LONGEST_NAME]
        self.sheet = book.add_worksheet(self.name)
        self.top = len(sheet.above)
        self.is_grouped = any(len(column.raw) > 1 for column in sheet.table.columns)
        self.first = self.top + 1 + self.is_grouped
        self.last = self.first + len(sheet.table.rows) - 1

    def write(self) -> None:
        """All of it."""
        for at, line in enumerate(self.plan.above):
            self.sheet.write_string(at, 0, line, self.looks.of(bold=not at, font_size=10 if at else 14))
        self._head()
        rows = self.table.raw_rows()
        for number, row in enumerate(rows, self.first):
            for at, figure in enumerate(self.figures):
                self._cell(number, at, figure, row[at])
        for number, line in enumerate(self.plan.below, self.last + 2):
            self.sheet.write_string(number, 0, line)
        self._widths(rows)
        self._lights(rows)
        if self.table.rows:
            self.sheet.autofilter(self.first - 1, 0, self.last, len(self.figures) - 1)
        names = [at for at, figure in enumerate(self.figures) if figure.column.key in _NAMES]
        self.sheet.freeze_panes(self.first, max(names, default=-1) + 1)
        xlsx.on_a4(self.sheet, self.title, self.name, (self.top, self.first - 1), self.pages)
        if self.plan.charted:
            self._chart()

    def _head(self) -> None:
        look = self.looks.of(bold=True, border=1, bg_color="#D6E4F0", align="center", text_wrap=True)
        for place, group in groupby(enumerate(self.figures), key=lambda pair: pair[1].at):
            own = list(group)
            (start, _), (stop, _) = own[0], own[-1]
            heading = self.table.columns[place].heading
            if len(own) > 1:
                self.sheet.merge_range(self.top, start, self.top, stop, heading, look)
                for at, figure in own:
                    self.sheet.write_string(self.first - 1, at, figure.heading, look)
            elif self.is_grouped:
                self.sheet.merge_range(self.top, start, self.first - 1, start, heading, look)
            else:
                self.sheet.write_string(self.top, start, heading, look)

    def _cell(self, number: int, at: int, figure: _FigureColumn, text: str) -> None:
        column = figure.column
        found = _NUMBER.fullmatch(text) if column.key not in _NAMES else None
        if found is None:
            wraps = column.label or xlsx.LOOK.cells(text) > _WIDEST
            look = self.looks.of(border=1, text_wrap=wraps, align="center" if column.align == "right" else "left")
            if text:
                self.sheet.write_string(number, at, text[: xlsx.LONGEST_TEXT], look)
            else:
                self.sheet.write_blank(number, at, None, look)
            return
        sign, digits, decimals, percent, mark, carried = found.groups()
        value = Decimal(digits)
        shape = f"0.{'0' * len(decimals)}" if decimals else "0"
        if percent or figure.is_share:
            value, shape = value / 100, f"{shape}%"
        if sign:
            shape = f'"{sign}"{shape}'
        if words := f"{mark or ''}{carried or ''}":
            shape += f'"{words}"'
        if column.key in _SIGNED:
            shape = f"+{shape};-{shape};{shape}"
        self.sheet.write_number(number, at, value, self.looks.of(border=1, num_format=shape))

    def _widths(self, rows: Sequence[Sequence[str]]) -> None:
        for at, figure in enumerate(self.figures):
            texts = [row[at] for row in rows]
            widest = max((xlsx.LOOK.cells(text) for text in texts), default=0)
            heading = min(xlsx.LOOK.cells(figure.heading), _WORDY)
            self.sheet.set_column(at, at, min(max(widest, heading, _NARROWEST) + 1, _WIDEST))
        for number, row in enumerate(rows, self.first):
            lines = max((len(xlsx.LOOK.fold(text, _WIDEST - 2)) for text in row), default=1)
            if lines > 1:
                self.sheet.set_row(number, _LINE * lines)

    def _lights(self, rows: Sequence[Sequence[str]]) -> None:
        """Where the word of a light stands in one of a column's figures, all of these take its colour."""
        for place, group in groupby(enumerate(self.figures), key=lambda pair: pair[1].at):
            own = [at for at, _ in group]
            words: dict[tuple[int, str], Tone] = {}
            for cells, row in zip(self.table.rows, rows, strict=True):
                said = [at for at in own if row[at] and not _NUMBER.fullmatch(row[at])]
                tone = cells[place].tone
                if said and tone in _FILLS:
                    words[said[0], _word(row[said[0]])] = tone
            for (told, word), tone in words.items():
                criteria = f'=LEFT(${_letters(told)}{self.first + 1},{len(word)})="{word}"'
                rule = {"type": "formula", "criteria": criteria, "format": self.looks.fill(tone)}
                self.sheet.conditional_format(self.first, own[0], self.last, own[-1], rule)

    def _chart(self) -> None:
        """Lines over the months; the first is the thick one."""
        months = [at for at, figure in enumerate(self.figures) if figure.column.percent]
        name = next(at for at, figure in enumerate(self.figures) if figure.column.key == "name")
        chart = self.book.add_chart({"type": "line"})
        for place, row in enumerate(self.plan.charted):
            number, look = self.first + row, {"width": 1.25} if place else {"width": 2.5, "color": "#000000"}
            chart.add_series(
                {
                    "name": [self.name, number, name],
                    "categories": [self.name, self.top, months[0], self.top, months[-1]],
                    "values": [self.name, number, months[0], number, months[-1]],
                    "line": look,
                    "marker": {"type": "automatic", "size": 4},
                }
            )
        chart.set_title({"name": self.table.title, "name_font": {"size": 12}})
        chart.set_y_axis({"num_format": "0%", "min": 0, "major_gridlines": {"visible": True}})
        chart.set_size({"width": 900, "height": 380})
        self.sheet.insert_chart(self.last + len(self.plan.below) + 3, 0, chart)


def _figures(table: Table) -> Iterator[_FigureColumn]:
    for at, column in enumerate(table.columns):
        for raw, heading in enumerate(column.raw or (column.heading,)):
            yield _FigureColumn(at, raw, column, heading.removeprefix(f"{column.heading} "))


def _word(text: str) -> str:
    """The word of a status or a light, without what stands behind it."""
    return re.split(r"[（*]| \(", text, maxsplit=1)[0].replace('"', "")


def _letters(at: int) -> str:
    """The name of a column: A, Z, AA."""
    above, below = divmod(at, 26)
    return (_letters(above - 1) if above else "") + chr(ord("A") + below)
