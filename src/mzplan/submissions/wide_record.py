"""What a sheet of units × indicators says of one indicator and unit: of a ratio in one cell, in several or in lines."""

import re
from collections.abc import Collection, Mapping
from types import MappingProxyType
from typing import NamedTuple

from mzplan.reading.misread import spreadsheet_fault
from mzplan.reading.spreadsheet import MERGED_MARK
from mzplan.submissions.header import FIELDS, FIGURES
from mzplan.submissions.names import Names

_PAIR = re.compile(r"\s*(?a:([\d.,]+)\s*[/／]\s*([\d.,]+))\s*")
"""A ratio in its one cell."""
_PARTS = FIGURES[1:]


MEASURE = "measure"
COLUMNS = (*FIELDS, MEASURE)
"""What a table that is made of a wide sheet has in its columns."""


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
    words: Mapping[str, str] = {}
    """What its line says besides: the note, the evidence, and as `MEASURE` the measure of its figures."""


class Places(NamedTuple):
    """Where the cells of a table that was made of a sheet stand there."""

    lines: Mapping[int, Mapping[str, tuple[int, int]]] = MappingProxyType({})
    """By line of the table and field the row and the number of the cell; a line's first stands for the others."""
    is_turned: bool = False
    """Whether the sheet has a unit's figures in one row, and one note for them all."""
    shared_by: str = ""
    """The unit's name where its rows have the figures of others too, and words in them are of all that they name."""
    worded: Collection[str] = ()
    """The columns of words that the sheet has."""

    def at(self, line: int, field: str) -> tuple[int, int]:
        """The row and the number of a cell; (0, 0) where nothing is known of the line."""
        places = self.lines.get(line, {})
        return places.get(field) or next(iter(places.values()), (0, 0))


def joined(one: WideRecord, other: WideRecord) -> WideRecord | None:
    """A ratio whose parts, and perhaps its value, stand in lines of their own as one record; None for two records."""
    if one[:2] != other[:2] or one.figures.keys() & other.figures.keys():
        return None
    if {*one.figures, *other.figures}.isdisjoint(_PARTS):
        return None
    words = {field: noted(one.words.get(field, ""), text) for field, text in other.words.items()}
    return one._replace(
        figures={**one.figures, **other.figures},
        places={**other.places, **one.places},
        words={**one.words, **words},
    )


def noted(said: str, text: str) -> str:
    """What is noted with more words: 备注 and 说明 are both the note, and neither may be lost, nor told twice.

    What a spreadsheet has left in place of one of them stays alone: it is told, and the record does not count.
    """
    if left := next(filter(spreadsheet_fault, (said, text)), ""):
        return left
    return "；".join(dict.fromkeys(filter(None, (said, text))))


def pair_in(text: str) -> tuple[str, str] | None:
    """Both parts of a ratio that stand in one cell, 3/4, as they stand; None for any other text."""
    mark = MERGED_MARK if text.endswith(MERGED_MARK) else ""
    pair = _PAIR.fullmatch(text.removesuffix(mark))
    return (f"{pair[1]}{mark}", pair[2]) if pair else None


def with_parts(names: Names, record: WideRecord) -> WideRecord:
    """A ratio that has one cell may give both its parts there: 3/4."""
    indicator = names.plan.indicators.get(record.indicator)
    text = record.figures.get("value", "") if indicator and indicator.ratio and len(record.figures) == 1 else ""
    pair = pair_in(text)
    if pair is None:
        return record
    place = record.places["value"]
    return record._replace(
        figures=dict(zip(_PARTS, pair, strict=True)),
        places={**dict.fromkeys(FIGURES, place), **record.places},
    )
