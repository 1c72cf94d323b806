"""A sheet of units × indicators as the records that it holds: one for each cell that says something."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from mzplan.plan.indicator import RatioIndicator
from mzplan.reading.csv_border import Numbered
from mzplan.reading.misread import read_number
from mzplan.reading.number import Fault
from mzplan.submissions.header import meant_field
from mzplan.submissions.names import Names, matched_form, trimmed

_LOOKED_AT = 10
"""The headings are looked for in so many rows."""
_LEAST = 2
"""So many units in one row are the columns of a wide sheet."""
_FIGURES = ("value", "numerator", "denominator")
_PAIR = re.compile(r"\s*(?a:([\d.,]+)\s*[/／]\s*([\d.,]+))\s*")
"""A ratio in its one cell."""
_FOR_THE_EYE = re.compile(
    r"(?:序号|备注|说明|计量单位|单位|口径|任务|重点任务|类别|行动|全市.*|.*[合总小]计|.*目标.*|指标.*|编码|名称|项目|上.*)?"
)


class WideRecord(NamedTuple):
    """What the sheet says of one indicator and unit."""

    unit: str
    indicator: str
    """Its code; as it stands where the plan knows none."""
    name: str
    figures: Mapping[str, str]
    """By field what stands in the cells."""
    places: Mapping[str, tuple[int, int]]
    """By field the row and the number of the cell."""


class Wide(NamedTuple):
    """A wide sheet."""

    records: Sequence[WideRecord]
    strangers: Sequence[str]
    """Headings over figures that are of no unit, so that nobody takes them."""


class _Cell(NamedTuple):
    text: str
    row: int
    number: int


def unfolded(names: Names, rows: Sequence[Numbered]) -> Wide | None:
    """The records of a sheet that has units across and indicators down, or the other way round; None for another."""
    width = max((len(cells) for _, cells in rows), default=0)
    grid = [
        [_Cell(trimmed(cells[at]) if at < len(cells) else "", row, at + 1) for at in range(width)]
        for row, cells in rows
        if any(map(trimmed, cells))
    ]
    return _read(names, grid) or _read(names, [list(column) for column in zip(*grid, strict=True)])


def _read(names: Names, grid: Sequence[Sequence[_Cell]]) -> Wide | None:
    headings = [_units(names, line) for line in grid[:_LOOKED_AT]]
    at = next((at for at, units in enumerate(headings) if len(set(units.values())) >= _LEAST), None)
    if at is None:
        return None
    line, units, below = grid[at], headings[at], grid[at + 1 :]
    fields = {place: field for place, cell in enumerate(below[0]) if (field := _field(cell.text))} if below else {}
    if fields:
        below = below[1:]
        units = _carried(units, fields, line)
    records = [record for each in below for record in _records(names, each, units, fields)]
    if not any(record.indicator in names.plan.indicators for record in records):
        return None
    strangers = [
        cell.text
        for place, cell in enumerate(line)
        if place not in units
        and not _FOR_THE_EYE.fullmatch(matched_form(cell.text))
        and any(_is_figure(each[place].text) for each in below)
    ]
    return Wide(records, strangers)


def _units(names: Names, line: Sequence[_Cell]) -> Mapping[int, str]:
    return {place: unit for place, cell in enumerate(line) if cell.text and (unit := names.unit(cell.text).id)}


def _field(text: str) -> str | None:
    field = meant_field(text)
    return field if field in _FIGURES else None


def _carried(units: Mapping[int, str], fields: Mapping[int, str], line: Sequence[_Cell]) -> dict[int, str]:
    """A heading goes on to the right over the parts of its ratio."""
    carried: dict[int, str] = {}
    unit = ""
    for place, cell in enumerate(line):
        unit = units.get(place, "" if cell.text else unit)
        if unit and (place in units or place in fields):
            carried[place] = unit
    return carried


def _records(
    names: Names, line: Sequence[_Cell], units: Mapping[int, str], fields: Mapping[int, str]
) -> Iterator[WideRecord]:
    labels = [cell.text for place, cell in enumerate(line) if place not in units and cell.text]
    code = next((found for text in labels if (found := names.indicator(text).id)), None)
    name = next((text for text in labels if names.indicator_called(text)), "")
    code = code or names.indicator_called(name)
    if code is None and (not labels or not any(_is_figure(line[place].text) for place in units)):
        return
    if code is None and _FOR_THE_EYE.fullmatch(matched_form(labels[0])):
        return
    cells: list[tuple[str, dict[str, _Cell]]] = []
    for place, unit in units.items():
        field = fields.get(place, "value")
        if line[place].text:
            if not cells or cells[-1][0] != unit or field in cells[-1][1]:
                cells.append((unit, {}))
            cells[-1][1][field] = line[place]
    for unit, given in cells:
        if not _is_silent(names, code, unit, given):
            figures = {field: cell.text for field, cell in given.items()}
            places = {field: (cell.row, cell.number) for field, cell in given.items()}
            yield _with_parts(names, WideRecord(unit, code or labels[0], name, figures, places))


def _is_silent(names: Names, code: str | None, unit: str, given: Mapping[str, _Cell]) -> bool:
    """Whether it is a dash for who has nothing to report of that indicator."""
    if code is None or unit in names.plan.indicators[code].reporting:
        return False
    return all(read_number(cell.text).fault is Fault.PLACEHOLDER for cell in given.values())


def _with_parts(names: Names, record: WideRecord) -> WideRecord:
    """A ratio that has one cell may give both its parts there: 3/4."""
    is_ratio = isinstance(names.plan.indicators.get(record.indicator), RatioIndicator)
    pair = _PAIR.fullmatch(record.figures.get("value", "")) if is_ratio and len(record.figures) == 1 else None
    if pair is None:
        return record
    place = record.places["value"]
    return record._replace(
        figures={"numerator": pair[1], "denominator": pair[2]},
        places=dict.fromkeys(_FIGURES, place),
    )


def _is_figure(text: str) -> bool:
    return any(character.isdigit() for character in text)
