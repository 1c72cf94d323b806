"""Totals beside the figures of the units that they add up: of all units, or of a region's members."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from mzplan.diagnostics import column_letters, show
from mzplan.figures import plain
from mzplan.reading.misread import read_number
from mzplan.reading.number import Fault
from mzplan.said import listed, say
from mzplan.submissions.names import Names

_OF_SUMS = (None, Fault.BLANK, Fault.PLACEHOLDER)
"""What the cells of a sum may be that is held against its total."""
_REGION_THERE = "表里“{heading}”是地区，由下级单位合成，没有采用"
_TOTALS = "合计对不上，请核对：{said}"
_TOTAL = "{cell} 写的是{said}，各单位加起来是{sum}"
_SHOWN = 5


class Total(NamedTuple):
    """A total beside the units that they do not add up to."""

    row: int
    number: int
    """Of its column, from 1."""
    said: int
    """In millionths; likewise the next."""
    sum: int


class TotalLine(NamedTuple):
    """A line of a long form that is a total: of which month, whose, of which indicator, and what it says."""

    period: str
    heading: str
    code: str
    said: str


def is_total(names: Names, text: str) -> bool:
    """Whether a text in a unit's place names no unit but all of them, or a region."""
    return bool(names.region(text)) or ("小计" not in text and names.unit(text).id is None and names.is_total(text))


def summed(names: Names, heading: str, units: Mapping[int, str]) -> Collection[int]:
    """Where the units stand of which a heading is that of the total: all, or a region's members; empty for others."""
    if region := names.region(heading):
        members = frozenset(names.plan.members[region])
        return [place for place, unit in units.items() if unit in members]
    return units.keys() if is_total(names, heading) else ()


def wrong_total(names: Names, code: str, place: tuple[int, int], said: str, addends: Iterable[str]) -> Total | None:
    """The total in a place (row, column) that its addends do not come to; None where they do, or it cannot be told.

    It can where the indicator's figures add up over units and all of these are numbers.
    """
    indicator = names.plan.indicators.get(code)
    if indicator is None or not indicator.additive:
        return None
    numbers = [*map(read_number, addends)]
    total, figure = sum(each.figure or 0 for each in numbers), read_number(said).figure
    is_wrong = figure is not None and figure != total and all(each.fault in _OF_SUMS for each in numbers)
    return Total(*place, figure, total) if is_wrong and figure is not None else None


def wrong_totals(
    names: Names, totals: Mapping[int, TotalLine], records: Iterable[Sequence[str]], number: int
) -> tuple[Collection[str], Sequence[Total]]:
    """Of the lines of a long form that are totals, the regions of which no member is there, and what is wrong.

    `records`: the month, the unit, the indicator and the value of each; `number`: of the column of values, from 1.
    """
    figures = dict[tuple[str, str], dict[str, str]]()
    units = dict[int, str]()
    for period, unit, code, said in records:
        figures.setdefault((period, code), {})[unit] = said
        units[len(units)] = unit
    absent = dict.fromkeys(each.heading for each in totals.values() if not summed(names, each.heading, units))
    wrong = []
    for line, (period, heading, code, said) in totals.items():
        own = figures.get((period, code), {})
        present = dict(enumerate(own))
        addends = (own[present[place]] for place in summed(names, heading, present))
        wrong.append(None if heading in absent else wrong_total(names, code, (line, number), said, addends))
    return absent, [*filter(None, wrong)]


def said_of_totals(regions: Iterable[str], wrong: Sequence[Total]) -> Iterator[str]:
    """What is told of totals beside the units: of regions of which no member is there, of sums that are wrong."""
    yield from (say(_REGION_THERE, heading=show(heading, 40)) for heading in regions)
    if wrong:
        yield say(_TOTALS, said=listed(map(_said_of, wrong[:_SHOWN]), "；"))


def _said_of(total: Total) -> str:
    cell = f"{column_letters(total.number)}{total.row}"
    return say(_TOTAL, cell=cell, said=plain(total.said), sum=plain(total.sum))
