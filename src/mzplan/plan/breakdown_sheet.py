"""The sheet in which a bureau issues its breakdown, units × indicators in either orientation, as parts of the plan."""

import re
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any, NamedTuple

from mzplan.diagnostics import Diagnostic, Location, Rule
from mzplan.figures import SCALE, decimal_text
from mzplan.plan import rules as rule
from mzplan.plan.breakdown_rows import Entry, RowReader, folded
from mzplan.plan.build_indicator import Units
from mzplan.plan.indicator import MilestoneIndicator
from mzplan.plan.model import Part, Plan
from mzplan.reading.misread import read_number
from mzplan.reading.number import Fault, plain_number
from mzplan.reading.sheet import SheetRow

_MESSAGES: Mapping[str, tuple[str, str]] = {
    "no-heading": ("看不出哪一行是表头", "表头一行写各单位，左边一列写指标（或者相反）；名称与计划一致"),
    "strange-unit": ("不认识 {value}，计划里没有这个填报单位", "写 reporting_units 里的 id、名称或别名"),
    "strange-indicator": ("不认识 {value}，计划里没有这个指标", "写计划里的指标编码或名称"),
    "same": ("{value} 与前面的 {first} 是同一个", "删去其中一个"),
    "label": ("{value} 不是 {indicator} 的名称，计划里是 {name}", "核对编码和名称，是否错了行"),
    "measure": ("{indicator} 的计量单位是 {measure}，这里写的是 {value}", "换算成计划的计量单位"),
    "own-sum": ("{name} 表内合计是 {value}，各单位之和是 {total}", "核对下达文件"),
}
_LOOKED_AT = 20
_TOTALS = frozenset(
    {"合计", "总计", "全市", "全市合计", "全市目标", "目标", "目标值", "年度目标", "目标任务", "总目标", "小计"}
)
_EYE = frozenset(
    {"序号", "备注", "说明", "责任处室", "牵头处室", "责任科室", "任务", "重点任务", "行动", "类别", "完成时限"}
)
_MEASURES = frozenset({"计量单位", "单位"})
_LABELS = frozenset(
    {
        "",
        "指标",
        "指标名称",
        "指标编码",
        "指标编号",
        "指标代码",
        "编码",
        "名称",
        "项目",
        "县市区",
        "县(市、区)",
        "区县",
        "地区",
    }
    | {"填报单位", "责任单位", "单位名称", "单位"}
)
_REMARK = re.compile(r"\(([^()]*)\)$")


class Imported(NamedTuple):
    """What a sheet gives, and what is to be said of it."""

    parts: Mapping[tuple[str, str], tuple[Part, ...]]
    findings: Sequence[Diagnostic]


def read_breakdown_sheet(plan: Plan, rows: Sequence[SheetRow], path: str, source: str) -> Imported:
    """The official parts that a sheet issues; an error among the findings leaves something not understood."""
    sheet = _Sheet(plan, path, source)
    sheet.read(rows)
    parts = sheet.reader.finished()
    return Imported(parts, sorted(sheet.reader.found.found, key=lambda finding: finding.order))


class _Cell(NamedTuple):
    text: str
    row: SheetRow
    at: int


class _Columns(NamedTuple):
    """What stands in which column of a sheet that has the units across."""

    units: Mapping[int, str]
    labels: Sequence[int]
    totals: Sequence[int]
    measures: Sequence[int]


class _Sheet:
    def __init__(self, plan: Plan, path: str, source: str) -> None:
        units = Units(
            kinds={unit.id: unit.kind for unit in plan.reporting_units},
            names={unit.id: unit.name for unit in plan.reporting_units},
            ids_by_name=dict(plan.unit_names),
        )
        self.plan = plan
        self.path = path
        self.source = source
        self.reader = RowReader(path, plan.indicators, units, plan.year, _MESSAGES)
        self.names = self.reader.names
        self.totals = _TOTALS | {folded(plan.city), folded(f"{plan.city}合计"), folded(f"{plan.city}目标")}

    def read(self, rows: Sequence[SheetRow]) -> None:
        """Take every cell that gives a unit something."""
        width = max((len(row.cells) for row in rows), default=0)
        grid = [[_Cell(row.cells[at] if at < len(row.cells) else "", row, at) for at in range(width)] for row in rows]
        for start, line in enumerate(grid[:_LOOKED_AT]):
            if sum(bool(cell.text) for cell in line) < 2:
                continue
            has_units = any(self.names.unit(cell.text) for cell in line)
            if has_units != any(self.names.indicator(cell.text) for cell in line):
                self._body(grid[start:] if has_units else self._turned(grid[start:]), is_turned=not has_units)
                return
        place = Location(self.path, rows[0].line, 1) if rows else Location(self.path)
        self.reader.found.report(rule.PARTS_HEADER, place, "no-heading")

    def _turned(self, grid: Sequence[Sequence[_Cell]]) -> list[list[_Cell]]:
        """The same cells with the units across: the column that names most of them comes first, as the header."""
        columns = [list(column) for column in zip(*grid, strict=True)]
        named = [sum(self.names.unit(cell.text) is not None for cell in column) for column in columns]
        header = columns.pop(named.index(max(named)))
        return [header, *columns]

    def _report(self, cell: _Cell, broken: Rule, message: str, **named: Any) -> None:
        place = Location(self.path, cell.row.line, cell.row.column(cell.at))
        self.reader.found.report(broken, place, message, value=cell.text, **named)

    def _body(self, grid: Sequence[Sequence[_Cell]], *, is_turned: bool) -> None:
        header, lines = grid[0], grid[1:]
        columns = self._columns(header, lines, is_turned=is_turned)
        for line in lines:
            given = [at for at in columns.units if _is_given(line[at].text)]
            words = [line[at] for at in columns.labels if line[at].text]
            if not given or any(folded(cell.text) in (self.totals | _EYE) for cell in words):
                continue
            label = self._named(words, line)
            if label is None:
                continue
            indicator = self.names.indicator(label.text) or ""
            for cell in (line[at] for at in columns.measures if line[at].text):
                self._check_measure(cell, indicator, cell.text)
            for at in given:
                self._take(line[at], label, header[at], indicator, columns.units[at])
            for at in columns.totals:
                self._check_sum(line[at], indicator, [line[unit].text for unit in given])

    def _columns(self, header: Sequence[_Cell], lines: Sequence[Sequence[_Cell]], *, is_turned: bool) -> _Columns:
        units: dict[int, str] = {}
        labels: list[int] = []
        totals: list[int] = []
        measures: list[int] = []
        for at, cell in enumerate(header):
            heading = folded(cell.text)
            if unit := self.names.unit(cell.text):
                if unit in units.values():
                    first = next(header[place].text for place, one in units.items() if one == unit)
                    self._report(cell, rule.PARTS_REPEATED, "same", first=first)
                units[at] = unit
            elif is_turned and not at:
                labels.append(at)
            elif heading in _MEASURES:
                measures.append(at)
            elif heading in _LABELS:
                labels.append(at)
            elif _REMARK.sub("", heading) in self.totals:
                totals.append(at)
            elif heading not in _EYE and any(_is_given(line[at].text) for line in lines):
                self._report(cell, rule.PARTS_STRAY, "strange-unit", near=(cell.text, self.names.known_units()))
        return _Columns(units, labels, totals, measures)

    def _named(self, words: Sequence[_Cell], line: Sequence[_Cell]) -> _Cell | None:
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

    def _check_measure(self, cell: _Cell, indicator: str, written: str) -> None:
        """The measure unit that stands beside a name, or in brackets behind it."""
        measure = self.plan.indicators[indicator].unit
        if measure and folded(written).removeprefix("单位:") != folded(measure):
            self._report(cell, rule.PARTS_STRAY, "measure", indicator=indicator, measure=measure)

    def _take(self, cell: _Cell, label: _Cell, heading: _Cell, indicator: str, unit: str) -> None:
        column = "due" if isinstance(self.plan.indicators[indicator], MilestoneIndicator) else "target"
        cells = {"indicator": indicator, "unit": unit, "target": "", column: cell.text}
        cells |= {"basis": "official", "source": self.source}
        heads = {"indicator": (label.row, label.at), "unit": (heading.row, heading.at)}
        here = dict.fromkeys(("target", "due"), (cell.row, cell.at))
        self.reader.take(Entry(self.path, cell.row.line, cells, {**heads, **here}))

    def _check_sum(self, cell: _Cell, indicator: str, given: Sequence[str]) -> None:
        """The total that the sheet itself gives beside the sum of what it gives to the units."""
        one = self.plan.indicators[indicator]
        figures = [_figure(text, one.unit) for text in (cell.text, *given)]
        known = [figure for figure in figures if figure is not None]
        total = sum(known[1:], Fraction(0))
        if one.contributes and len(known) == len(figures) and known[0] != total:
            name = f"{indicator} {one.name}"
            self._report(
                cell, rule.PARTS_OFF_TOTAL, "own-sum", indicator=indicator, name=name, total=decimal_text(total)
            )


def _is_given(cell: str) -> bool:
    """Whether a cell says anything: a dash is nothing."""
    return bool(cell) and read_number(cell).fault is not Fault.PLACEHOLDER


def _figure(cell: str, unit: str) -> Fraction | None:
    number = plain_number(cell.removesuffix(unit)) or plain_number(cell)
    return None if number is None or number.figure is None else Fraction(number.figure, SCALE)
