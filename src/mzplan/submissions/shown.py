"""Figures as a workbook shows them: what a format puts beside a number is read as if it had been typed there."""

from collections.abc import Iterator, Mapping

from mzplan.reading.csv_border import CsvTable, Numbered
from mzplan.reading.misread import is_shown_so
from mzplan.submissions.header import FIELDS, FIGURES, Header
from mzplan.submissions.names import Names
from mzplan.submissions.row import measure_of

_CODE = FIELDS.index("indicator")


def as_shown(rows: Iterator[Numbered], table: CsvTable, header: Header, names: Names) -> Iterator[Numbered]:
    """The rows of a table; in place of a figure what is seen there, unless that says the same in the plan's measure."""
    literals = table.around.literals
    return _as_shown(rows, literals, header, names) if literals else rows


def _as_shown(
    rows: Iterator[Numbered], literals: Mapping[tuple[int, int], tuple[str, str]], header: Header, names: Names
) -> Iterator[Numbered]:
    for line, row in rows:
        code = names.indicator(header.arranged(row)[_CODE]).id
        for field in FIGURES if code else ():
            at = header.positions[FIELDS.index(field)]
            if (beside := literals.get((line, at + 1))) and at < len(row) and row[at]:
                shown = row[at].join(beside)
                if not is_shown_so(row[at], shown, measure_of(names.plan.indicators[str(code)], field)):
                    row[at] = shown
        yield line, row
