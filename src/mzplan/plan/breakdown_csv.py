"""The breakdown file beside a plan: targets of units by indicator, read from `<stem>.breakdown.csv`."""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple, cast, get_args

from mzplan.diagnostics import Location
from mzplan.figures import SCALE, decimal_text, parse_plain
from mzplan.plan import rules as rule
from mzplan.plan.breakdown import COLUMNS
from mzplan.plan.build_indicator import Units
from mzplan.plan.findings import Findings
from mzplan.plan.indicator import Indicator
from mzplan.plan.model import Basis, Part
from mzplan.plan.yaml_border import is_hidden, mark_at
from mzplan.reading.csv_border import cell_columns

_HEADER = ",".join(COLUMNS)
LONGEST_CELL = 2000

_MESSAGES: Mapping[str, tuple[str, str]] = {
    "bytes": ("第一个不是 UTF-8 的字节是 0x{byte:02x}", "用表格软件另存为“CSV UTF-8”"),
    "empty": ("分解表是空的", "第一行写 {columns}；没有分解就删去这个文件"),
    "csv": ("读不成表格：{problem}", "检查双引号是否成对；用表格软件重新另存为“CSV UTF-8”"),
    "header": ("表头是 {found}", "应是 {columns}（次序不限）"),
    "cells": ("这一行有 {found} 列，表头有 {expected} 列", "文字里有逗号时整格加双引号"),
    "blank": ("{column} 是空的", "写上内容"),
    "long": ("{column} 超过 {limit} 个字", "写短一些"),
    "hidden": ("{column} 里有看不见的字符 {detail}", "删去该字符重新输入"),
    "formula": ("{column} 以 {detail} 开头，表格软件会当成公式", "去掉开头的 {detail}"),
    "number": ("target 不是零或正数：{value}", "只写数字，小数点后最多6位，不加逗号、%和单位"),
    "basis": ("basis 不能是 {value}", "正式下达的写 official，测算的写 reference"),
    "no-indicator": ("计划里没有指标 {value}", "写计划里的指标编码"),
    "no-unit": ("计划里没有填报单位 {value}", "写 reporting_units 里的 id"),
    "not-additive": ("{indicator} 是{kind}，不能按份额分", "删去这一行"),
    "not-total": ("{indicator} 的目标是逐单位的，不用分解", "删去这一行；applies_to 是 total 的才分解"),
    "undefined": ("{indicator} 的目标是 undefined，没有数可分解", "删去这一行"),
    "not-reporting": ("{unit_name} 不填报 {indicator}，目标不适用于它", "删去这一行，或在计划里改 reporting"),
    "repeated": ("{indicator} 对 {unit_name} 已有一行（第 {line} 行）", "删去其中一行"),
    "off-total": ("{indicator} 各单位合计 {total}，比全市目标 {target} {how} {gap}", "{remedy}"),
}
_REMEDY = {
    "official": "核对下达文件；有意加码的可以不管",
    "reference": "参考分解应正好等于全市目标：用 mzplan breakdown 重新测算",
}
_PROBLEMS = (
    ("unexpected end", "从这一行起引号没有成对，一直到文件末尾"),
    ("expected after", "这一行的引号后面还有别的字"),
    ("larger than field limit", "有一格太长"),
)
_FORMULA = re.compile(r"\s*[=+\-@＝＋－＠]")


class _Row(NamedTuple):
    path: str
    line: int
    cells: Mapping[str, str]
    order: Sequence[str]
    """The columns as the header has them."""
    text: str
    """Its first line as it stands in the file."""

    def place(self, column: str) -> Location:
        """Where a cell starts; the row, when that is on a later line."""
        starts, at = cell_columns(self.text), self.order.index(column)
        return Location(self.path, self.line, starts[at] if at < len(starts) else 1)


def read_parts(
    data: bytes, path: str, indicators: Mapping[str, Indicator | None], units: Units
) -> tuple[dict[tuple[str, str], tuple[Part, ...]], Findings]:
    """The parts written in a breakdown file, and what is wrong with it.

    An indicator that is None is there and wrong: nothing is said of its rows.
    """
    found = Findings(_MESSAGES)
    parts: dict[tuple[str, str], tuple[Part, ...]] = {}
    for row in _rows(data, path, found):
        _take(row, indicators, units, parts, found)
    _check_totals(path, indicators, parts, found)
    return parts, found


def _rows(data: bytes, path: str, found: Findings) -> Iterator[_Row]:
    data = data.removeprefix(b"\xef\xbb\xbf")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8")
        place = Location(path, *mark_at(before, len(before)))
        found.report(rule.NOT_UTF8, place, "bytes", byte=data[error.start])
        return
    taken: list[str] = []
    reader = csv.reader(_noted(io.StringIO(text, newline=""), taken), strict=True)
    header: list[str] | None = None
    end = 0
    try:
        for raw in reader:
            start, end, first = end, reader.line_num, taken[0]
            taken.clear()
            if not raw:
                continue
            if found.is_full:
                return
            cells = [cell.strip() for cell in raw]
            if not any(cells):
                continue
            place = Location(path, start + 1, 1)
            if header is None:
                header = cells
                if sorted(header) != sorted(COLUMNS):
                    found.report(rule.PARTS_HEADER, place, "header", found=",".join(cells), columns=_HEADER)
                    return
            elif len(cells) != len(header):
                found.report(rule.PARTS_HEADER, place, "cells", found=len(cells), expected=len(header))
            else:
                yield _Row(path, start + 1, dict(zip(header, cells, strict=True)), header, first)
    except csv.Error as error:
        problem = next((chinese for english, chinese in _PROBLEMS if english in str(error)), str(error))
        found.report(rule.PARTS_UNREADABLE, Location(path, end + 1, 1), "csv", problem=problem)
        return
    if header is None:
        found.report(rule.PARTS_HEADER, Location(path), "empty", columns=_HEADER)


def _noted(lines: Iterable[str], taken: list[str]) -> Iterator[str]:
    """The same lines, each put into `taken` as it is handed out."""
    for line in lines:
        taken.append(line)
        yield line


def _take(
    row: _Row,
    indicators: Mapping[str, Indicator | None],
    units: Units,
    parts: dict[tuple[str, str], tuple[Part, ...]],
    found: Findings,
) -> None:
    before = found.errors
    for column in COLUMNS:
        _check_cell(row, column, found)
    indicator = _named_indicator(row, indicators, found)
    unit = row.cells["unit"]
    if unit and unit not in units.kinds and units.is_complete:
        near = (units.ids_by_name.get(unit, unit), units.kinds)
        found.report(rule.PARTS_STRAY, row.place("unit"), "no-unit", value=unit, near=near)
    if found.errors > before or indicator is None or unit not in units.kinds:
        return
    name = units.names[unit]
    if unit not in indicator.reporting:
        place = row.place("unit")
        found.report(rule.PARTS_STRAY, place, "not-reporting", indicator=indicator.id, unit=unit, unit_name=name)
    elif (indicator.id, unit) in parts:
        line = parts[indicator.id, unit][0].line
        found.report(
            rule.PARTS_REPEATED,
            row.place("indicator"),
            "repeated",
            line=line,
            related=[Location(row.path, line, 1)],
            indicator=indicator.id,
            unit=unit,
            unit_name=name,
        )
    else:
        value = Fraction(parse_plain(row.cells["target"]) or 0, SCALE)
        basis = cast("Basis", row.cells["basis"])
        parts[indicator.id, unit] = (Part(indicator.target.with_value(value), basis, row.cells["source"], row.line),)


def _check_cell(row: _Row, column: str, found: Findings) -> None:
    text = row.cells[column]
    message, detail = _flaw(column, text)
    if message:
        broken = rule.HIDDEN if message == "hidden" else rule.PARTS_CELL
        found.report(broken, row.place(column), message, column=column, value=text, detail=detail, limit=LONGEST_CELL)


def _flaw(column: str, text: str) -> tuple[str, str]:
    """What is wrong with a cell, with the character that is; nothing when it is sound."""
    if not text:
        return "blank", ""
    if len(text) > LONGEST_CELL:
        return "long", ""
    if not text.isprintable() and (hidden := next(filter(is_hidden, text), "")):
        return "hidden", f"U+{ord(hidden):04X}"
    if column == "target":
        value = parse_plain(text)
        return ("number", "") if value is None or value < 0 else ("", "")
    if column == "basis":
        return ("basis", "") if text not in get_args(Basis) else ("", "")
    return ("formula", text[0]) if _FORMULA.match(text) else ("", "")


def _named_indicator(row: _Row, indicators: Mapping[str, Indicator | None], found: Findings) -> Indicator | None:
    """The indicator of a row, if its city total can be shared out."""
    name = row.cells["indicator"]
    indicator = indicators.get(name)
    if indicator is None:
        if name and name not in indicators:
            place = row.place("indicator")
            found.report(rule.PARTS_STRAY, place, "no-indicator", value=name, near=(name, indicators))
        return None
    message = ""
    if not indicator.additive:
        message = "not-additive"
    elif indicator.applies_to != "total":
        message = "not-total"
    elif indicator.target.operator == "undefined":
        message = "undefined"
    if message:
        kind = indicator.kind_zh
        found.report(rule.PARTS_STRAY, row.place("indicator"), message, indicator=name, kind=kind)
        return None
    return indicator


def _check_totals(
    path: str,
    indicators: Mapping[str, Indicator | None],
    parts: Mapping[tuple[str, str], tuple[Part, ...]],
    found: Findings,
) -> None:
    """The parts of every unit that reports add up to the city's target; those of some do not pass it."""
    for indicator in indicators.values():
        if indicator is None:
            continue
        given = [parts[indicator.id, unit][-1] for unit in indicator.reporting if (indicator.id, unit) in parts]
        total = sum((part.target.value for part in given), Fraction(0))
        target = indicator.target.value
        is_complete = len(given) == len(indicator.reporting)
        if not given or total == target or (total < target and not is_complete):
            continue
        basis = "official" if any(part.basis == "official" for part in given) else "reference"
        found.report(
            rule.PARTS_OFF_TOTAL,
            Location(path, given[0].line, 1),
            "off-total",
            indicator=indicator.id,
            total=decimal_text(total),
            target=decimal_text(target),
            how="少" if total < target else "多",
            gap=decimal_text(abs(total - target)),
            remedy=_REMEDY[basis],
        )
