"""What stands above a table's header: titles, and what nobody may lose with them."""

from collections.abc import Sequence

from mzplan.reading.csv_border import CsvTable, Numbered
from mzplan.reading.flaws import Defect, Flaw
from mzplan.submissions.doubts import leaves_doubt
from mzplan.submissions.harmless import is_harmless, speaks_of_table, without_days
from mzplan.submissions.header import Header
from mzplan.submissions.labels import contradictions
from mzplan.submissions.names import Names
from mzplan.submissions.other_sheets import beside_table
from mzplan.submissions.places import Place
from mzplan.submissions.remarks import figure_in, said_in
from mzplan.submissions.row import holds_record


def above_header(
    above: Sequence[Numbered], header: Header, headings: Sequence[str], table: CsvTable, names: Names, place: Place
) -> tuple[int, list[Defect]]:
    """How many records are in the rows above the header, and what is told of them; a plain title gets no word."""
    records = [at for at, row in above if holds_record(row, header, names)]
    titles = [item for item in above if item[0] not in records]
    asides = [at for at, row in titles if not speaks_of_table(row, names, is_above=True)]
    said = contradictions(titles, asides, header, headings, names, place)
    said += beside_table(table, names, place)
    told_of = {defect.line for defect in said}
    for at, cells in titles:
        if at in told_of:
            continue
        row = without_days(cells, header, names)
        if figure := figure_in(row, header, names):
            said.append(Defect(Flaw.FIGURE_ABOVE, at, 1, figure, said_in(cells)))
        elif not is_harmless(row, names, is_above=True):
            flaw = Flaw.WORDS_ABOVE if leaves_doubt(said_in(row), names, place.unit) else Flaw.ASIDE_ABOVE
            said.append(Defect(flaw, at, 1, said_in(cells)))
    if records:
        said.append(Defect(Flaw.RECORDS_ABOVE, records[0], 1, str(len(records)), str(header.line)))
    return len(records), said
