"""Rows of a unit that the plan does not know, in a table of several units: the report of none of those beside them."""

from collections.abc import Callable, Collection, Mapping

from mzplan.submissions.apportioned import own_reports
from mzplan.submissions.names import DITTO_MARKS, Names, trimmed

Key = tuple[str, ...]
"""A month and a unit."""


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
    """As `carried`, with the name of an unknown unit on the rows of a report of its own.

    `records` are the indicators of the rows, `cells` what their column of units says. Single rows that name no unit are
    a slip of the one above; so is a name that is nearly a unit's, unless that one has rows under its own.
    """
    keys = carried(said, records, first)
    named = {text: names.unit(text).id or names.unit_in(text) for text in {*cells.values()} if trimmed(text)}
    there = {*named.values()}
    strange = {text for text, unit in named.items() if not unit and not _is_slip(names, text, there)}
    if not strange:
        return keys
    apart = {line: (each[0], cells[line]) if cells.get(line) in strange else each for line, each in said.items()}
    apart = carried(apart, records, first)
    reports = {key for key in own_reports(apart, records, owed) if key[1] in strange}
    return {line: apart[line] if apart[line] in reports else key for line, key in keys.items()}


def _is_slip(names: Names, text: str, there: Collection[str | None]) -> bool:
    near = names.nearest_unit(text)
    return trimmed(text) in DITTO_MARKS or names.is_total(text) or bool(near and near.id not in there)
