"""Rows and columns of a unit that the plan does not know, in a table of several units: the report of none of those."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

from mzplan.diagnostics import show
from mzplan.said import say
from mzplan.submissions.names import DITTO_MARKS, Names, trimmed

Key = tuple[str, ...]
"""A month and a unit."""
_COLUMN = "表里“{heading}”一列不是计划里的填报单位，没有采用{meant}"
_ROWS = "第{row}行起的“{unit}”不是计划里的填报单位，它的 {count} 条没有采用{meant}"
_MEANT = "：是否应是“{name}”？"


def carried(said: Mapping[int, Key], records: Collection[int], first: Key) -> dict[int, Key]:
    """The month and the unit of each row: a cell that says nothing may be merged with the one above, of a record."""
    keys = dict[int, Key]()
    last = first
    for line, each in said.items():
        keys[line] = tuple(here or above for here, above in zip(each, last, strict=True))
        last = keys[line] if line in records else last
    return keys


def with_strangers(
    names: Names,
    said: Mapping[int, Key],
    records: Mapping[int, str],
    cells: Mapping[int, str],
    first: Key,
    owed: Callable[[Key], Collection[str]],
) -> dict[int, Key]:
    """As `carried`, with the name of an unknown unit in the place of the unit on the rows that are nobody else's.

    Such a name is a slip of the pen in the report of the unit above it or below, or of that which it is like, which
    before both where it has rows of its own: if that owes some of these indicators and has none of them. `records` are
    the indicators of the rows, `cells` what their column of units says.
    """
    keys = carried(said, records, first)
    named, text = dict[int, str](), ""
    for line in records:
        if (cell := trimmed(cells.get(line, ""))) and cell not in DITTO_MARKS:
            text = "" if names.unit(cell).id or names.unit_in(cell) else cell
        named[line] = text
    own = {(keys[line], code) for line, code in records.items() if not named[line]}
    units = {key for key, _ in own}
    above, below = _beside(records, named, keys), _beside(reversed(list(records)), named, keys)
    found = dict[tuple[str, Key, Key, Key], list[int]]()
    for line, text in named.items():
        if text:
            found.setdefault((text, keys[line], above[line], below[line]), []).append(line)
    apart = dict(keys)
    for (text, like, *beside), lines in found.items():
        there = {records[line] for line in lines}
        may_mean = [like, *beside] if like in units else [*beside, like]
        lacking = (key for key in may_mean if not any((key, code) in own for code in there))
        meant = next((key for key in lacking if not there.isdisjoint(owed(key))), None)
        apart |= {line: meant or (keys[line][0], text) for line in lines}
    return apart


def _beside(lines: Iterable[int], named: Mapping[int, str], keys: Mapping[int, Key]) -> Mapping[int, Key]:
    """Which month and unit that is known stood last at each of the lines, in their order; empty before the first."""
    found, last = dict[int, Key](), Key(("", ""))
    for line in lines:
        last = last if named[line] else keys[line]
        found[line] = last
    return found


def said_of_strangers(names: Names, strange: Mapping[int, Key], units: Collection[str]) -> Iterator[str]:
    """What is told of records of unknown units beside those of `units`, once for each."""
    lines = dict[str, list[int]]()
    for line, (_, text) in strange.items():
        lines.setdefault(text, []).append(line)
    for text, own in lines.items():
        meant = _meant(names, text, units)
        yield say(_ROWS, unit=show(text, 40), row=own[0], count=len(own), meant=meant)


def said_of_column(names: Names, heading: str, units: Collection[str]) -> str:
    """What is told of a column, or turned a row, that is headed by an unknown unit beside those of `units`."""
    return say(_COLUMN, heading=show(heading, 40), meant=_meant(names, heading, units))


def _meant(names: Names, text: str, units: Collection[str]) -> str:
    near = names.nearest_beside(text, units)  # none that has its own
    return say(_MEANT, name=near.name) if near else ""
