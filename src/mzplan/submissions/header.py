"""Which column is which: the header in either language, in any order, and what is wrong with one."""

import csv
import re
import unicodedata
from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from functools import lru_cache
from io import StringIO
from itertools import pairwise, permutations, zip_longest
from operator import itemgetter
from types import MappingProxyType
from typing import NamedTuple

from mzplan.plan.lookup import CODE_HEADINGS, UNIT_HEADINGS, nearest
from mzplan.reading.csv_border import COLUMN_LIMIT, HEADER_ROWS, Numbered
from mzplan.reading.flaws import Defect, Flaw, RefusedError
from mzplan.reading.number import BLANKS
from mzplan.said import Named, listed
from mzplan.submissions.result_headings import is_total, names_results, other_figures

FIELDS_ZH: Mapping[str, str] = MappingProxyType(
    {
        field: Named(name, field)
        for field, name in (
            ("period", "报告期"),
            ("unit", "填报单位"),
            ("indicator", "指标编码"),
            ("name", "指标名称"),
            ("value", "完成值"),
            ("numerator", "分子"),
            ("denominator", "分母"),
            ("note", "说明"),
            ("evidence", "佐证"),
        )
    }
)
"""The columns of a progress CSV in their usual order, with their Chinese names; in English a column is its field.

A further one is added at the end: words that a unit may fill in.
"""

FIELDS: tuple[str, ...] = tuple(FIELDS_ZH)
FIGURES = ("value", "numerator", "denominator")
"""Those that may hold a figure …"""
WORDS = FIELDS[FIELDS.index(FIGURES[-1]) + 1 :]
"""… those behind them, that hold words …"""
FILLED_IN = (*FIGURES, *WORDS)
"""… and all that a unit fills in."""
OPTIONAL = frozenset({"name", *WORDS})
_REQUIRED = frozenset(FIELDS) - OPTIONAL

RATIO_HEADING = "比率（自动算）"
MEASURES = "计量单位"
READING_HEADINGS = (MEASURES, "目标", "目标依据", "上次填报", "填报口径")
"""What the form has for the clerk's eye behind the columns of a progress CSV; a workbook works out the ratio before."""
RESULTS = "校验结果"
"""What an annotated copy has beside the rows, and calls its first sheet."""
PASSED_OVER = frozenset({"序号", "目标值", "上期值", RATIO_HEADING, RESULTS, *READING_HEADINGS})
"""Columns for the clerk's eye: no finding, no meaning."""

_SPELLINGS = {
    **{field: field for field in FIELDS},
    **{name: field for field, name in FIELDS_ZH.items()},
    **dict.fromkeys(("county", "县(市、区)", "县（市、区）"), "unit"),
}
_LOOSE = {
    **_SPELLINGS,
    **dict.fromkeys(UNIT_HEADINGS, "unit"),
    **dict.fromkeys(("期间", "月份", "报告月份"), "period"),
    **dict.fromkeys(CODE_HEADINGS, "indicator"),
    **dict.fromkeys(("指标",), "name"),
    **dict.fromkeys(("完成数", "数值"), "value"),
    **dict.fromkeys(("备注",), "note"),
    **dict.fromkeys(("佐证材料", "证明材料"), "evidence"),
}

MEASURE_HEADINGS = frozenset({"计量单位", "指标单位", "单位", "数据单位", "金额单位"})
"""What heads the column of measures."""
MOST_ROWS = 1000
"""A file with more rows is no clerk's report."""
ENOUGH_HEADINGS = 4
"""So many known names make a row a header."""
_LEAST_HEADINGS = 2
"""So many are a part of one: no record names as many."""
_REMEMBERED = 100
"""So many different headers are remembered."""
_REMARK = re.compile(r"\((?:累计|必填|选填|万元|元|%|个数|人数|文件名或网址|yyyy-mm|年月|月份)[^()]{0,12}\)$")
"""What forms add to a heading: 完成值（累计）."""
_MEASURED = re.compile(
    r"(完成[值数]|数值|分子|分母|value|numerator|denominator)\((?:(?:计量|金额)?单位[:为]?)?"
    r"(?:[十百千万亿/、,或]|元|人|人次|名|个|家|张|户|件|次|场|所|处|项|床|座|组|支|对|套|篇|期|份|亩|村|镇|社区|街道|%)+\)"
)
"""A heading of figures with their measure: 分子（人）. Whether it contradicts the plan's is asked elsewhere."""
_OF_UNIT = re.compile(
    r"(?:(?:填报|上报|报送|填表)单位(?:名称?|全称|简称)?(?:\([^()]*\))?|单位(?:名称)?\([单位部门加盖公章签字名、/或并和]+\)):?"
)
"""A heading that can but be the units', with what forms add to it: 填报单位（盖章）, 报送单位全称, 单位（公章）."""
SEPARATORS = {",": "逗号", ";": "分号", "\t": "制表符", "，": "全角逗号", "|": "竖线", "、": "顿号", "；": "全角分号"}


class Header(NamedTuple):
    """Where the columns stand."""

    line: int
    width: int
    """How many cells every row must have."""
    positions: tuple[int, ...]
    """Of each of `FIELDS`; `width` for an absent one, where a reader puts an empty cell."""
    unnamed: tuple[int, ...] = ()
    """Columns without a name, or with another one for what has its own (备注 beside 说明), which must be empty."""

    @property
    def is_usual(self) -> bool:
        """Whether rows come as `FIELDS` and need no rearranging."""
        return self.positions == _IN_ORDER and self.width == len(FIELDS)

    def fits(self, row: Sequence[str]) -> bool:
        """Whether a row has as many cells as the header, and none in a column without a name."""
        return len(row) == self.width and not any(row[at] for at in self.unnamed)

    def arranged(self, row: Sequence[str]) -> tuple[str, ...]:
        """The cells of a row in the order of `FIELDS`; "" for one that is not there."""
        if len(row) == self.width:
            return tuple(row) if self.is_usual else itemgetter(*self.positions)((*row, ""))
        return tuple(row[at] if at < min(len(row), self.width) else "" for at in self.positions)


_IN_ORDER = tuple(range(len(FIELDS)))
USUAL = Header(0, len(FIELDS), _IN_ORDER)
"""The header of rows that have been arranged as `FIELDS`."""


def field_of(cell: str) -> str | None:
    """The field that a heading names, exactly as the contract spells it."""
    return _SPELLINGS.get(cell)


def meant_field(cell: str) -> str | None:
    """The field that a heading means after blanks, width and case are set aside, or by another usual word."""
    return _meant(cell) if len(cell) <= 64 else None


@lru_cache(10_000)  # every row is asked whether it is a header
def _meant(cell: str) -> str | None:
    plain = "".join(unicodedata.normalize("NFKC", cell.strip(BLANKS)).casefold().split())
    measured = _MEASURED.fullmatch(plain)
    field = _LOOSE.get(plain) or _LOOSE.get(measured[1] if measured else _REMARK.sub("", plain))
    return field or ("unit" if _OF_UNIT.fullmatch(plain) else None)


def headings(row: Sequence[str]) -> int:
    """How many different fields the row's cells name: a header has several, a record none."""
    return len({field for cell in row if cell and not cell[:1].isdigit() and (field := meant_field(cell))})


def upper_headings(upper: Mapping[int, str], lower: Mapping[int, str]) -> Mapping[int, str]:
    """The headings of a row, by column, where only it and the row below are a whole header; none where they are not.

    So they stand where a heading is merged over those of its parts: 完成情况 over 完成值, 分子, 分母. What stands over
    a heading is such a one, be it called as a column is: 指标 over 指标编码, 指标名称.
    """
    found = {
        at: text
        for at, text in upper.items()
        if (meant_field(text) or text.strip() in PASSED_OVER) and not lower.get(at, "").strip()
    }
    fields = [{meant_field(text) or names_results(text) * "value" for text in row.values()} for row in (found, lower)]
    above, below = (each - {""} for each in fields)
    if {meant_field(text) for text in upper.values()} >= _REQUIRED > above & _REQUIRED:
        return {}  # a whole header over another
    return found if above - below and below - above and above | below >= _REQUIRED else {}


def is_header(row: Sequence[str]) -> bool:
    """Whether a row names enough columns, or, each once, all that a table needs whose title says whose it is.

    None of keys and others over and over are what stands under the units of a sheet of units × indicators.
    """
    known = headings(row)
    if known < 2:
        return False
    fields = [field for cell in row if (field := meant_field(cell))]
    is_once = len(fields) == known
    if known >= ENOUGH_HEADINGS:
        return is_once or not {"period", "unit", "indicator", "name"}.isdisjoint(fields)
    return is_once and "value" in fields and not {"indicator", "name"}.isdisjoint(fields)


def is_row_number(cell: str, at: int, headings: Sequence[str]) -> bool:
    """Whether a cell holds but the number of its row, under a heading that says so."""
    return cell.strip(BLANKS).isdecimal() and at < len(headings) and headings[at].strip(BLANKS) in ("序号", "行号")


def require_alike(header: Header, first: Sequence[str], line: int, row: Sequence[str]) -> None:
    """RefusedError where a row is a header lower down, by which the rows below it would be read otherwise.

    A part of a header speaks of the columns that it names, a whole one of all. Brackets may hold a measure, and so
    have to be the same. A line that answers for month and unit is none.
    """
    if headings(row) < _LEAST_HEADINGS or is_answered(row):
        return
    is_whole = is_header(row)
    spans = [span for each in (first, row) if is_whole for span in tables_abreast(each)]
    if any(one.stop <= other.start for one, other in permutations(spans, 2)):
        raise RefusedError(Defect(Flaw.TABLES_BESIDE, line, 0, row[spans[-1].start], cell=spans[-1].start + 1))
    for at, (one, other) in enumerate(zip_longest(first, row, fillvalue="")):
        if (is_whole or other.strip(BLANKS)) and not _is_alike(one, other):
            moved = [FIELDS_ZH[field] for field in FIELDS if _places(field, first) != _places(field, row)]
            raise RefusedError(Defect(Flaw.OTHER_HEADER, line, 0, listed(moved) or other, str(header.line), at + 1))


def is_answered(row: Sequence[str]) -> bool:
    """Whether a line has month and unit alone, each beside its label: 填报单位 | 义乌市 | 报告期 | 2023年10月."""
    fields = [meant_field(cell) for cell in row if cell.strip(BLANKS)]
    return set(fields[::2]) == {"period", "unit"} and len(fields) == 2 * _LEAST_HEADINGS and not any(fields[1::2])


def _is_alike(one: str, other: str) -> bool:
    field = meant_field(other)
    if not other.strip(BLANKS):
        return meant_field(one) is None
    if field is None or (field_of(other) is None and "(" in unicodedata.normalize("NFKC", other)):
        return one.strip(BLANKS) == other.strip(BLANKS)
    return field == meant_field(one)


def _places(field: str, row: Sequence[str]) -> Sequence[int]:
    return [at for at, cell in enumerate(row) if meant_field(cell) == field]


def find_header(rows: Sequence[Numbered], defects: list[Defect]) -> Header:
    """The header among the first rows that are not blank; RefusedError when there is none to go by."""
    for at, (line, row) in enumerate(rows[:HEADER_ROWS]):
        if is_header(row):
            for upper, lower in pairwise(rows[max(at - 1, 0) : at + 2]):
                if upper_headings(dict(enumerate(upper[1])), dict(enumerate(lower[1]))):
                    raise RefusedError(Defect(Flaw.TWO_HEADERS, lower[0], 1, str(upper[0])))
            if line != rows[0][0]:
                first_line, first = rows[0]
                defects.append(Defect(Flaw.TITLE_ROW, first_line, 1, " ".join(filter(None, first))[:200], str(line)))
            return read_header(line, row, defects)
    line, row = rows[0]
    raise RefusedError(Defect(Flaw.NO_HEADER, line, 1, ",".join(row)[:200]))


class Separator(NamedTuple):
    """What stands between the cells of a header."""

    mark: str
    line: int
    """The physical line where the header starts."""


def separator_of(text: str) -> Separator | None:
    """By what the first rows of a text have a header among them, commas first; None where they have none."""
    for mark in SEPARATORS:
        reader = csv.reader(StringIO(text, newline=""), delimiter=mark)
        seen = end = 0
        with suppress(csv.Error):  # a cell that never ends
            for row in reader:
                start, end = end + 1, reader.line_num
                if is_header(row):
                    return Separator(mark, start)
                seen += any(cell.strip(BLANKS) for cell in row)
                if seen == HEADER_ROWS:
                    break
    return None


class Headers:
    """Finds headers; one that has been seen before and was in order is not read again."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, ...], Header] = {}

    def find(self, rows: Sequence[Numbered], defects: list[Defect]) -> Header:
        """As `find_header` does."""
        line, row = rows[0]
        known = self._known.get(tuple(row))
        if known is not None:
            return known._replace(line=line)
        before = len(defects)
        header = find_header(rows, defects)
        if len(defects) == before and len(self._known) < _REMEMBERED:
            self._known[tuple(row)] = header
        return header


def read_header(line: int, row: Sequence[str], defects: list[Defect]) -> Header:
    """The columns of a header row; RefusedError when one is missing or stands twice."""
    cells = list(row)
    while cells and not cells[-1].strip(BLANKS):
        cells.pop()
    if len(cells) > COLUMN_LIMIT:
        raise RefusedError(Defect(Flaw.TOO_MANY_COLUMNS, line, 0, str(len(cells))))
    found: dict[str, int] = {}
    strangers: list[int] = []
    spare: set[int] = set()
    for at, cell in enumerate(cells):
        field = field_of(cell) or meant_field(cell)
        if field is None:
            if cell.strip(BLANKS) and cell.strip(BLANKS) not in PASSED_OVER:
                strangers.append(at)
        elif field not in found:
            found[field] = at
        elif _is_again(field, cell, cells[found[field]]):
            flaw = Flaw.TABLES_BESIDE if _is_table(cells[at:], found) else Flaw.REPEATED_COLUMN
            raise RefusedError(Defect(flaw, line, 0, cell, cells[found[field]], at + 1))
        else:
            spare.add(found[field] if field_of(cell) else at)
            found[field] = at if field_of(cell) else found[field]
    totals = [at for at in strangers if names_results(cells[at])]
    if "value" not in found and len(totals) == 1 and is_total(cells[totals[0]]):
        found["value"] = totals[0]
        strangers.remove(totals[0])
    for field, at in sorted(found.items(), key=itemgetter(1)):
        if field_of(cells[at]) is None:
            defects.append(Defect(Flaw.COLUMN_SPELLING, line, 0, cells[at], _like(field, cells), at + 1))
    _missing(line, cells, found, strangers)
    for at in strangers:
        absent = [name for field in FIELDS if field not in found for name in (field, FIELDS_ZH[field])]
        near = _nearest_heading(cells[at], absent)
        defects.append(Defect(Flaw.UNKNOWN_COLUMN, line, 0, cells[at], near or "", at + 1))
    width = len(row)
    named = {at for at, cell in enumerate(cells) if cell.strip(BLANKS)} - spare
    return Header(
        line,
        width,
        tuple(found.get(field, width) for field in FIELDS),
        tuple(at for at in range(width) if at not in named),
    )


def tables_abreast(row: Sequence[str]) -> Sequence[range]:
    """The columns of each table that has its headings in a row, from the first that is known to the last."""
    spans: list[range] = []
    found: dict[str, int] = {}
    for at, cell in enumerate(row):
        field = field_of(cell) or meant_field(cell)
        if field is None:
            continue
        is_further = field in found and _is_again(field, cell, row[found[field]]) and _is_table(row[at:], found)
        if is_further or not spans:
            spans.append(range(at, at))
            found = {}
        found.setdefault(field, at)
        spans[-1] = range(spans[-1].start, at + 1)
    return spans


def _is_again(field: str, cell: str, first: str) -> bool:
    """Whether a heading is the same once more; of a column that need not be there only if both are spelt so."""
    return field not in OPTIONAL or bool(field_of(cell) and field_of(first))


def _is_table(cells: Sequence[str], found: Mapping[str, int]) -> bool:
    """Whether headings have once more what makes a table, be its unit and month said around it: indicators, figures."""
    fields = found.keys() & {field_of(cell) or meant_field(cell) for cell in cells}
    return not fields.isdisjoint(("indicator", "name")) and not fields.isdisjoint(FIGURES)


def _missing(line: int, cells: Sequence[str], found: Mapping[str, int], strangers: Sequence[int]) -> None:
    missing = [field for field in FIELDS if field not in found and field not in OPTIONAL]
    if not missing:
        return
    names = listed(_like(field, cells) for field in missing)
    spellings = {spelling: field for field in missing for spelling in (field, FIELDS_ZH[field])}
    for at in strangers:
        if near := _nearest_heading(cells[at], spellings):
            raise RefusedError(Defect(Flaw.MISSING_COLUMN, line, 0, cells[at], _like(spellings[near], cells), at + 1))
    if missing == ["value"] and (others := [at for at in strangers if other_figures(cells[at])]):
        raise RefusedError(Defect(Flaw.MISSING_COLUMN, line, 0, cells[others[0]], names, others[0] + 1))
    raise RefusedError(Defect(Flaw.MISSING_COLUMN, line, 0, "", names))


def _nearest_heading(cell: str, known: Collection[str]) -> str | None:
    """The heading that was meant; none for a column that holds something else."""
    text = cell.strip(BLANKS)
    if other_figures(text):
        return None
    value = FIELDS_ZH["value"]
    return value if value in known and names_results(text) else nearest(text, known)


def _like(field: str, cells: Sequence[str]) -> str:
    """The field's name in the language of the other headings."""
    return field if any(cell in FIELDS for cell in cells) else FIELDS_ZH[field]
