"""The breakdown file beside a plan, `<stem>.breakdown.csv`: its encoding, its header, and the cells of each row."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from mzplan.diagnostics import Location
from mzplan.plan import breakdown_rules as rule
from mzplan.plan import file_rules
from mzplan.plan.breakdown import COLUMNS, OPTIONAL
from mzplan.plan.breakdown_columns import PASSED_OVER, SPELLINGS, field_of, folded
from mzplan.plan.breakdown_rows import PartRow, RowReader
from mzplan.plan.build_indicator import Units
from mzplan.plan.findings import GLOSSED, Findings
from mzplan.plan.indicator import Indicator
from mzplan.plan.lookup import nearest
from mzplan.plan.model import Part
from mzplan.reading.csv_border import HEADER_ROWS
from mzplan.reading.flaws import Flaw, RefusedError
from mzplan.reading.sheet import SheetRow, sheet_rows
from mzplan.said import listed, say

_HEADER = ",".join(COLUMNS)

_ENOUGH = 3
"""A header is known by so many of its names."""

_MESSAGES: Mapping[str, tuple[str, str]] = {
    "bytes": ("编码不是 UTF-8、UTF-16 或 GB18030：第一个读不懂的字节是 {detail}", "用表格软件另存为“CSV UTF-8”"),
    "encoding": ("编码是 {detail}（繁体中文）", "用表格软件另存为“CSV UTF-8”"),
    "foreign": ("这不是 CSV，而是 {detail}", "用表格软件打开，另存为“CSV UTF-8”"),
    "csv": ("读不成表格：{detail}", "检查双引号是否成对；用表格软件重新另存为“CSV UTF-8”"),
    "empty": ("分解表是空的", "第一行写 {columns}；没有分解就删去这个文件"),
    "header": ("表头是 {found}", "应是 {columns}，可加 {optional}（次序不限，也可用中文）"),
    "no-column": ("表头缺 {missing}", "应有 {columns}，可加 {optional}（次序不限，也可用中文）"),
    "column": ("不认识的列 {found}", "可以有的列：{columns},{optional}"),
    "same-column": ("{found} 和 {first} 是同一列", "删去其中一列"),
    "cells": ("这一行有 {found} 列，表头有 {expected} 列", "文字里有分隔符时整格加双引号"),
}
_PROBLEMS = {
    Flaw.OPEN_QUOTE: "从这一行起引号没有成对，一直到文件末尾",
    Flaw.STRAY_QUOTE: "这一行的引号后面还有别的字",
    Flaw.LONG_CELL: "有一格太长",
}


class _BreakdownHeader(NamedTuple):
    width: int
    positions: Mapping[str, int]
    """By column, where it stands."""

    def entry(self, path: str, row: SheetRow) -> PartRow:
        cells = {column: row.cells[at] for column, at in self.positions.items()}
        return PartRow(path, row.line, cells, {column: (row, at) for column, at in self.positions.items()})


def read_parts(
    data: bytes, path: str, indicators: Mapping[str, Indicator | None], units: Units, year: int | None
) -> tuple[dict[tuple[str, str], tuple[Part, ...]], Findings]:
    """The parts written in a breakdown file, and what is wrong with it.

    An indicator that is None is there and wrong: nothing is said of its rows.
    """
    reader = RowReader(path, indicators, units, year, _MESSAGES)
    try:
        for entry in _entries(data, path, reader.found):
            reader.take(entry)
            if reader.found.is_full:
                break
    except RefusedError as refused:
        _refuse(refused, path, reader.found)
    return reader.finished(), reader.found


def _refuse(refused: RefusedError, path: str, found: Findings) -> None:
    defect = refused.defect
    place = Location(path, defect.line, defect.column)
    if defect.flaw is Flaw.BAD_BYTES:
        words = "bytes" if defect.detail else "encoding"
        found.report(file_rules.NOT_UTF8, place, words, detail=defect.detail or defect.expected)
    elif defect.flaw in _PROBLEMS:
        found.report(rule.PARTS_UNREADABLE, place, "csv", detail=_PROBLEMS[defect.flaw])
    else:
        found.report(rule.PARTS_UNREADABLE, place, "foreign", detail=defect.detail or defect.flaw)


def _entries(data: bytes, path: str, found: Findings) -> Iterator[PartRow]:
    header: _BreakdownHeader | None = None
    above: list[SheetRow] = []
    for row in sheet_rows(data):
        place = Location(path, row.line, 1)
        if header is not None:
            if len(row.cells) == header.width:
                yield header.entry(path, row)
            else:
                found.report(rule.PARTS_HEADER, place, "cells", found=len(row.cells), expected=header.width)
        elif sum(field_of(cell) is not None for cell in row.cells) >= _ENOUGH:
            header = _header(row, path, found)
            if header is None:
                return
        elif len(above) < HEADER_ROWS - 1:
            above.append(row)
        else:
            break
    if header is None and above:
        first = above[0]
        place, shown = Location(path, first.line, 1), ",".join(first.cells)
        found.report(rule.PARTS_HEADER, place, "header", found=shown, columns=_HEADER, optional=",".join(OPTIONAL))
    elif header is None:
        found.report(rule.PARTS_HEADER, Location(path), "empty", columns=_HEADER)


def _header(row: SheetRow, path: str, found: Findings) -> _BreakdownHeader | None:
    """Which column is which; None when one is missing, strange or there twice."""
    before = found.errors
    positions: dict[str, int] = {}
    misspelt: set[str | None] = set()
    names: dict[str, Any] = {"columns": _HEADER, "optional": ",".join(OPTIONAL)}
    for at, cell in enumerate(row.cells):
        place, field = Location(path, row.line, row.column(at)), field_of(cell)
        if field is None:
            if folded(cell) not in PASSED_OVER:
                near = (cell, [*COLUMNS, *OPTIONAL, *(spelling for each in SPELLINGS.values() for spelling in each)])
                misspelt.add(field_of(nearest(*near) or ""))
                found.report(rule.PARTS_HEADER, place, "column", found=cell, near=near, **names)
        elif field in positions:
            first = row.cells[positions[field]]
            found.report(rule.PARTS_HEADER, place, "same-column", found=cell, first=first)
        else:
            positions[field] = at
    if "indicator" not in positions and "name" in positions:
        positions["indicator"] = positions.pop("name")
    if missing := [column for column in COLUMNS if column not in positions.keys() | misspelt]:
        place = Location(path, row.line, 1)
        told = listed(say(GLOSSED, word=column, chinese=SPELLINGS[column][0]) for column in missing)
        found.report(rule.PARTS_HEADER, place, "no-column", missing=told, **names)
    return _BreakdownHeader(len(row.cells), positions) if found.errors == before else None
