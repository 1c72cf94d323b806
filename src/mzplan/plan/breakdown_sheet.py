"""The sheet in which a bureau issues its breakdown, units × indicators in either orientation, as parts of the plan."""

import re
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any, NamedTuple

from mzplan.diagnostics import Diagnostic, Location, Rule
from mzplan.figures import SCALE, decimal_text
from mzplan.period import Period
from mzplan.plan import breakdown_rules as rule
from mzplan.plan.breakdown_columns import MEASURES, SUBTOTAL, field_of, folded, is_for_the_eye, is_label, is_total
from mzplan.plan.breakdown_measure import is_other_total, other_measure
from mzplan.plan.breakdown_merge import EmptyPart, Endings, Merged, can_be_none, endings, merged, promised
from mzplan.plan.breakdown_rows import OTHER_NAME, WRITE_INDICATOR, WRITE_UNIT, PartRow, RowReader
from mzplan.plan.build_indicator import Units
from mzplan.plan.indicator import Indicator
from mzplan.plan.model import BEGINNING, Part, Plan
from mzplan.reading.csv_border import HEADER_ROWS
from mzplan.reading.misread import read_number
from mzplan.reading.number import NOT_APPLICABLE_WORD, Fault, plain_number
from mzplan.reading.sheet import SheetRow
from mzplan.said import listed, say

_MESSAGES: Mapping[str, tuple[str, str]] = {
    "no-heading": ("看不出哪一行是表头", "表头一行写各单位，左边一列写指标（或者相反）；名称与计划一致"),
    "no-heading-but-columns": (
        "这是分解表，不是各单位一列的下达表",
        "不用 --import：并入 plan/ 里的 <计划名>.breakdown.csv",
    ),
    "strange-unit": ("不认识 {value}，计划里没有这个填报单位", WRITE_UNIT),
    "strange-indicator": ("不认识 {value}，计划里没有这个指标", WRITE_INDICATOR),
    "same": ("{value} 与前面的 {first} 是同一个", "删去其中一个"),
    "label": OTHER_NAME,
    "measure": ("{indicator} 的计量单位是 {measure}，这里写的是 {value}", "换算成计划的计量单位"),
    "own-sum": ("{name} 表内{heading}是 {value}，各单位之和是 {total}{blank}", "核对下达文件"),
    "no-sum": (
        "{name} 各单位之和是 {total}{blank}，全市目标是 {target}",
        "核对下达文件，空白的补上；没有任务的写 0 或“—”",
    ),
    "undecided": ("{name} {units}，表内空着或没有写数：是不是还照原来的，看不出来", "{remedy}"),
    "own-target": ("{name} 表内{heading}是 {value}，计划里是 {target}", "核对下达文件和计划"),
}
_BLANK = "（{units} 空白）"
_IN_SHEET = "{indicator} 表内{heading}"
_HAD = "{unit}原有 {target}"
_END = "写上数；不再分解的写 0 或“—”"
_NO_END = "写上数；{indicator} 不能从年中起不作要求"
_NO_PART = frozenset(
    {"-", "--", "—", "——", "―", "–", "/", "无", "不涉及", "无此项", "不分解", "无任务", "没有任务", NOT_APPLICABLE_WORD}
)
"""What says that a unit has no part; other words for nothing leave it open."""
_REMARK = re.compile(r"\(([^()]*)\)$")
_FIELDS = ("target", "baseline", "due")
"""What a second row of headings, under the units or the indicators, may say of a column."""


class Imported(NamedTuple):
    """What a sheet gives, and what is to be said of it."""

    parts: Mapping[tuple[str, str], tuple[Part, ...]]
    findings: Sequence[Diagnostic]
    merged: Merged
    """The plan's parts with those of the sheet."""
    ended: Sequence[tuple[str, str]]
    """By indicator and unit the parts that the sheet says there are no longer."""


def read_breakdown_sheet(
    plan: Plan, rows: Sequence[SheetRow], path: str, source: str, start: Period | None = None
) -> Imported:
    """The official parts that a sheet issues, from a month on or for all of the year.

    An error among the findings leaves something not understood.
    """
    sheet = _BreakdownSheet(plan, path, source, start)
    sheet.read(rows)
    ended = sheet.endings()
    issued = sheet.reader.taken()
    parts = {**issued, **ended.none}
    result = merged(plan, parts, start, ended.dropped)
    lines = {indicator: part.line for (indicator, _), (part,) in issued.items()}
    known = {} if sheet.has_strangers else result.parts
    told = {  # with the line of the sheet that says something of them, for those that stand elsewhere
        key: tuple(part._replace(line=lines[key[0]]) for part in rows) for key, rows in known.items() if key[0] in lines
    }
    sheet.reader.look_at(told, start)
    findings = sorted(sheet.reader.found.found, key=lambda finding: finding.order)
    return Imported(parts, findings, result, [*ended.none, *ended.dropped])


class _PartCell(NamedTuple):
    text: str
    row: SheetRow
    at: int


class _UnitColumns(NamedTuple):
    """What stands in which column of a sheet that has the units across."""

    units: Mapping[int, str]
    labels: Sequence[int]
    totals: Sequence[int]
    measures: Sequence[int]


class _BreakdownSheet:
    def __init__(self, plan: Plan, path: str, source: str, start: Period | None) -> None:
        units = Units(
            cities=plan.city_names,
            kinds={unit.id: unit.kind for unit in plan.reporting_units},
            names={unit.id: unit.name for unit in plan.reporting_units},
            ids_by_name=dict(plan.unit_names),
            english={unit.name_en: unit.id for unit in plan.reporting_units if unit.name_en},
        )
        self.plan = plan
        self.path = path
        self.source = source
        self.start = start
        self.reader = RowReader(path, plan.indicators, units, plan.year, _MESSAGES)
        self.names = self.reader.names
        self.fields: dict[int, str] = {}
        """By the number of a cell in its row, what a second row of headings says that it gives."""
        self.has_strangers = False
        """Whether it gives a unit that nobody knows something: no sum over the others is all that it gives."""
        self.taken: dict[tuple[str, str], PartRow] = {}
        self.unsaid: dict[tuple[str, str], _PartCell] = {}
        """The cells that give a unit nothing in a line that gives others something, or says that there is no part."""

    def read(self, rows: Sequence[SheetRow]) -> None:
        """Take every cell that gives a unit something."""
        width = max((len(row.cells) for row in rows), default=0)
        grid = [
            [_PartCell(row.cells[at] if at < len(row.cells) else "", row, at) for at in range(width)] for row in rows
        ]
        start, has_units = self._heading(grid)
        if start is None:
            place = Location(self.path, rows[0].line, 1) if rows else Location(self.path)
            is_long = any({"indicator", "target"} <= set(map(field_of, row.cells)) for row in rows[:HEADER_ROWS])
            self.reader.found.report(rule.PARTS_HEADER, place, "no-heading-but-columns" if is_long else "no-heading")
            return
        table = self._headed(grid, start)
        self._body(table if has_units else self._turned(table), is_turned=not has_units)
        for entry in self.taken.values():
            self.reader.take(entry)

    def _heading(self, grid: Sequence[Sequence[_PartCell]]) -> tuple[int | None, bool]:
        """Which row is one of headings, if any, and whether it names units; one of a unit above others is under it."""
        for start, line in enumerate(grid[:HEADER_ROWS]):
            named = [cell.at for cell in line if self.names.unit(cell.text)]
            if _is_heading(line) and bool(named) != any(self.names.indicator(cell.text) for cell in line):
                is_body = len(named) == 1 and any(self.names.unit(below[named[0]].text) for below in grid[start + 1 :])
                return (start - 1, False) if is_body and start else (start, bool(named))
        return None, False

    def _headed(self, grid: Sequence[Sequence[_PartCell]], start: int) -> list[Sequence[_PartCell]]:
        """The table under one row of headings: that of the units, or of the indicators, with those above and below.

        An empty heading is what stands above it. A row under it that says what each column gives (基期值, 目标值) makes
        a heading go on to the right until the next one.
        """
        heads = list(grid[start])
        for above in reversed(grid[:start]):
            if not _is_heading(above):
                break
            heads = [cell if cell.text else other for cell, other in zip(heads, above, strict=True)]
        lines = grid[start + 1 :]
        under = lines[0] if lines else ()
        fields = {cell.at: field for cell in under if (field := field_of(cell.text)) in _FIELDS}
        names = any(self.names.unit(cell.text) or self.names.indicator(cell.text) for cell in under)
        if not fields or names:
            return [heads, *lines]
        self.fields = {at: str(field) for at, field in fields.items()}
        for at in range(1, len(heads)):
            if not heads[at].text and at in fields:
                heads[at] = heads[at]._replace(text=heads[at - 1].text)
        return [heads, *lines[1:]]

    def _turned(self, grid: Sequence[Sequence[_PartCell]]) -> list[list[_PartCell]]:
        """The same cells with the units across: the column that names most of them comes first, as the header."""
        columns = [list(column) for column in zip(*grid, strict=True)]
        named = [sum(self.names.unit(cell.text) is not None for cell in column) for column in columns]
        header = columns.pop(named.index(max(named)))
        return [header, *columns]

    def _report(self, cell: _PartCell, broken: Rule, message: str, **named: Any) -> None:
        place = Location(self.path, cell.row.line, cell.row.column(cell.at))
        self.reader.found.report(broken, place, message, value=cell.text, **named)

    def _body(self, grid: Sequence[Sequence[_PartCell]], *, is_turned: bool) -> None:
        header, lines = grid[0], grid[1:]
        columns = self._columns(header, lines, is_turned=is_turned)
        for line in lines:
            given = [at for at in columns.units if _is_given(line[at].text)]
            words = [line[at] for at in columns.labels if line[at].text]
            if any(is_total(cell.text, self.plan.city_names) or is_for_the_eye(cell.text) for cell in words):
                continue
            is_none = any(line[at].text in _NO_PART for at in columns.units)
            if not given and not (is_none and any(self.names.indicator(cell.text) for cell in words)):
                continue
            label = self._named(words, line)
            if label is None:
                continue
            indicator = self.names.indicator(label.text) or ""
            for cell in (line[at] for at in columns.measures if line[at].text):
                self._check_measure(cell, indicator, cell.text)
            for at in given:
                self._take(line[at], label, header[at], indicator, columns.units[at])
            for at, unit in columns.units.items():
                if at not in given and self._field(line[at], self.plan.indicators[indicator]) != "baseline":
                    self.unsaid[indicator, unit] = line[at]
            self._check_sums(header, line, columns, self.plan.indicators[indicator])

    def _columns(
        self, header: Sequence[_PartCell], lines: Sequence[Sequence[_PartCell]], *, is_turned: bool
    ) -> _UnitColumns:
        units: dict[int, str] = {}
        labels: list[int] = []
        totals: list[int] = []
        measures: list[int] = []
        naming = [at for at in range(len(header)) if any(self.names.indicator(line[at].text) for line in lines)]
        for at, cell in enumerate(header):
            heading = folded(cell.text)
            if unit := self.names.unit(cell.text):
                same = [place for place, one in units.items() if one == unit]
                if any(self.fields.get(place) == self.fields.get(at) for place in same):
                    self._report(cell, rule.PARTS_REPEATED, "same", first=header[same[0]].text)
                units[at] = unit
            elif is_turned and not at:
                labels.append(at)
            elif heading in MEASURES:
                measures.append(at)
            elif is_label(heading) or (at in naming and (not heading or at == naming[0])):
                labels.append(at)
            elif is_total(cell.text, self.plan.city_names):
                totals.append(at)
            elif self._is_strange(heading, at, lines):
                self.has_strangers = True
                self._report(cell, rule.PARTS_STRAY, "strange-unit", near=(cell.text, self.names.known_units()))
        return _UnitColumns(units, labels or [0], totals, measures)

    def _is_strange(self, heading: str, at: int, lines: Sequence[Sequence[_PartCell]]) -> bool:
        """Whether a column that is nothing known holds anything."""
        return bool(heading) and not is_for_the_eye(heading) and any(_is_given(line[at].text) for line in lines)

    def _named(self, words: Sequence[_PartCell], line: Sequence[_PartCell]) -> _PartCell | None:
        """The cell that says which indicator a line is about; None, and told, when it is not known or not one."""
        label = next((cell for cell in words if self.names.indicator(cell.text)), None)
        if label is None:
            cell = words[0] if words else line[0]
            near = cell.text, self.names.known_indicators()
            self._report(cell, rule.PARTS_STRAY, "strange-indicator", near=near)
            return None
        indicator = self.names.indicator(label.text) or ""
        name = self.plan.indicators[indicator].name
        for cell in words:
            if self.names.indicator(cell.text) != indicator:
                self._report(cell, rule.PARTS_STRAY, "label", indicator=indicator, name=name)
                return None
            if (remark := _REMARK.search(folded(cell.text))) and folded(cell.text) != folded(name):
                self._check_measure(cell, indicator, remark[1])
        return label

    def _check_measure(self, cell: _PartCell, indicator: str, written: str) -> None:
        """The measure unit that stands beside a name, or in brackets behind it."""
        measure = self.plan.indicators[indicator].unit
        if measure and folded(written).removeprefix("单位:") != folded(measure):
            self._report(cell, rule.PARTS_STRAY, "measure", indicator=indicator, measure=measure)

    def _take(self, cell: _PartCell, label: _PartCell, heading: _PartCell, indicator: str, unit: str) -> None:
        """Keep a cell with what else the sheet gives the unit of the indicator."""
        column = self._field(cell, self.plan.indicators[indicator])
        start = {"from": str(self.start)} if self.start else {}
        before = self.taken.get((indicator, unit))
        cells = {
            "indicator": indicator,
            "unit": unit,
            "target": "",
            "basis": "official",
            "source": self.source,
            **start,
        }
        places = {
            "indicator": (label.row, label.at),
            "unit": (heading.row, heading.at),
            **dict.fromkeys(("target", "due"), (cell.row, cell.at)),
        }
        if before is not None and before.text(column):  # the indicator has another line
            self.reader.take(PartRow(self.path, cell.row.line, {**cells, column: cell.text}, places))
            return
        if before is not None:
            cells, places = dict(before.cells), dict(before.places)
        cells[column], places[column] = cell.text, (cell.row, cell.at)
        self.taken[indicator, unit] = PartRow(self.path, cell.row.line, cells, places)

    def endings(self) -> Endings:
        """What becomes of the parts of units that the sheet names and gives nothing; what that leaves open is told."""
        silent = {
            key: EmptyPart(cell.text in _NO_PART, cell.row.line)
            for key, cell in self.unsaid.items()
            if key not in self.taken
        }
        found = endings(self.plan, silent, self.start, self.source)
        for identifier in dict.fromkeys(identifier for identifier, _ in found.undecided):
            indicator = self.plan.indicators[identifier]
            olds = {unit: old for (one, unit), old in found.undecided.items() if one == identifier}
            told = [
                say(_HAD, unit=self.plan.units[unit].name, target=promised(indicator, old))
                for unit, old in olds.items()
            ]
            self._report(
                self.unsaid[identifier, next(iter(olds))],
                rule.PARTS_CELL,
                "undecided",
                name=listed((identifier, indicator.name), " "),
                units=listed(told),
                remedy=_END if self.start is None or can_be_none(indicator) else say(_NO_END, indicator=identifier),
            )
        return found

    def _field(self, cell: _PartCell, indicator: Indicator) -> str:
        """What a cell gives."""
        field = self.fields.get(cell.at, "target")
        return "due" if field == "target" and indicator.stages else field

    def _check_sums(
        self, header: Sequence[_PartCell], line: Sequence[_PartCell], columns: _UnitColumns, indicator: Indicator
    ) -> None:
        """The totals that the sheet itself gives beside what it gives to the units."""
        owing = [at for at, unit in columns.units.items() if unit in indicator.reporting]
        at_units = [at for at in owing if self._field(line[at], indicator) == "target"]
        totals = [at for at in columns.totals if self._field(line[at], indicator) == "target" and line[at].text]
        said: dict[str, Any] = {"indicator": indicator.id, "name": listed((indicator.id, indicator.name), " ")}
        target = indicator.at(self.start or BEGINNING).target
        for at in totals:
            heading, figure = header[at].text, _figure(line[at].text, indicator.unit)
            is_of_all = not folded(heading).endswith(SUBTOTAL)
            if indicator.contributes and figure and is_other_total(figure, target.value, is_complete=is_of_all):
                said |= {
                    "what": say(_IN_SHEET, indicator=indicator.id, heading=heading),
                    **other_measure(indicator, figure, target.value),
                }
                self._report(line[at], rule.PARTS_OTHER_MEASURE, "other-measure", **said)
            elif indicator.contributes and not self.has_strangers:
                members = _members(at, at_units, totals, header)
                total, blank = self._sum(members, header, line, indicator)
                if total is not None and figure is not None and figure != total:
                    said |= {"heading": heading, "total": decimal_text(total), "blank": blank}
                    self._report(line[at], rule.PARTS_OFF_TOTAL, "own-sum", **said)
            elif not indicator.contributes and indicator.applies_to == "total" and figure not in (None, target.value):
                said |= {"heading": heading, "target": decimal_text(target.value)}
                self._report(line[at], rule.PARTS_OFF_TOTAL, "own-target", **said)
        total, blank = self._sum(at_units, header, line, indicator)
        if (
            indicator.contributes
            and not self.has_strangers
            and not totals
            and blank
            and total is not None
            and total < target.value
        ):
            said |= {"total": decimal_text(total), "blank": blank, "target": decimal_text(target.value)}
            self._report(line[at_units[0]], rule.PARTS_OFF_TOTAL, "no-sum", **said)

    def _sum(
        self, members: Sequence[int], header: Sequence[_PartCell], line: Sequence[_PartCell], indicator: Indicator
    ) -> tuple[Fraction | None, str]:
        """What units are given together, None where one is given no figure; and who is given nothing at all."""
        figures = [_figure(line[at].text, indicator.unit) for at in members if _is_given(line[at].text)]
        empty = listed(header[at].text for at in members if not line[at].text)
        known = [figure for figure in figures if figure is not None]
        return (sum(known, Fraction(0)) if len(known) == len(figures) else None), empty and say(_BLANK, units=empty)


def _members(at: int, units: Sequence[int], totals: Sequence[int], header: Sequence[_PartCell]) -> Sequence[int]:
    """The units that a total sums up: all; or of a 小计 those up to the last one, or behind it if they all stand so."""
    parts = [other for other in totals if folded(header[other].text).endswith(SUBTOTAL)]
    if at not in parts:
        return units
    stands_before = not any(unit < parts[0] for unit in units)
    before = max((other for other in totals if other < at), default=-1)
    behind = min((other for other in totals if other > at), default=len(header))
    return [unit for unit in units if (at < unit < behind if stands_before else before < unit < at)]


def _is_heading(line: Sequence[_PartCell]) -> bool:
    """Whether a row may be one of headings: a title stands alone."""
    return sum(bool(cell.text) for cell in line) > 1


def _is_given(cell: str) -> bool:
    """Whether a cell says anything: a dash is nothing."""
    return bool(cell) and cell not in _NO_PART and read_number(cell).fault is not Fault.PLACEHOLDER


def _figure(cell: str, unit: str) -> Fraction | None:
    number = plain_number(cell.removesuffix(unit)) or plain_number(cell)
    return None if number is None or number.figure is None else Fraction(number.figure, SCALE)
