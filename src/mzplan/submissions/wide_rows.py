"""What a sheet of units × indicators says of one unit, as the rows of a report."""

from collections.abc import Collection, Mapping, Sequence

from mzplan.diagnostics import column_letters
from mzplan.reading.around import Comment
from mzplan.submissions.header import FIELDS_ZH, READING_HEADINGS
from mzplan.submissions.names import Names
from mzplan.submissions.repair import quoted
from mzplan.submissions.wide import Wide
from mzplan.submissions.wide_cells import Aside
from mzplan.submissions.wide_record import COLUMNS, Places, WideRecord

_HERE = "这一格"


def long_form(
    names: Names, records: Sequence[WideRecord], period: str, wide: Wide, whose: Mapping[Aside, Collection[str]]
) -> tuple[bytes, Places, Sequence[Comment]]:
    """Records of one of the sheet's units as a CSV with our header, between the titles and what stood below.

    And by its cells the sheet's from which they are, and what stood beside figures, noted on lines that the CSV has
    not: a row is told to be taken out, and theirs has the figures. `whose` tells of which units each aside is said.
    """
    titles, footers = (
        [each for each in asides if records[0].unit in whose[each]] for asides in (wide.titles, wide.footers)
    )
    lines = [quoted(each.text) for each in titles]
    places: dict[int, Mapping[str, tuple[int, int]]] = {
        line: {"": (each.row, each.number)} for line, each in enumerate(titles, start=1)
    }
    lines.append(",".join((*FIELDS_ZH.values(), READING_HEADINGS[0])))
    for record in records:
        unit = names.plan.units[record.unit].name
        cells = {"period": period, "unit": unit, "indicator": record.indicator, "name": record.name}
        cells |= {**record.words, **record.figures}
        lines.append(",".join(quoted(cells.get(field, "")) for field in COLUMNS))
        places[len(lines)] = record.places
    for each in (each for each in footers if not each.is_beside):
        lines.append(_alone(each.text))
        places[len(lines)] = {"": (each.row, each.number)}
    beside = dict(enumerate((each for each in footers if each.is_beside), start=len(lines) + 1))
    places |= {line: {"": (each.row, each.number)} for line, each in beside.items()}
    comments = [
        Comment(f"{column_letters(each.number)}{each.row}", each.text, line, _HERE) for line, each in beside.items()
    ]
    own = records[0].unit
    is_shared = not wide.is_turned and any(record.unit != own for record in wide.records)
    shared_by = names.plan.units[own].name if is_shared else ""
    return ("\n".join(lines) + "\n").encode(), Places(places, wide.is_turned, shared_by, wide.worded), comments


def _alone(text: str) -> str:
    """A row of the long form that says no more than a text, where a record has its name."""
    cells = dict.fromkeys(COLUMNS, "") | {"name": text}
    return ",".join(map(quoted, cells.values()))
