"""What stands above a table's header: titles, and what nobody may lose with them."""

from collections.abc import Sequence

from mzplan.reading.csv_border import CsvTable, Numbered
from mzplan.reading.flaws import Defect, Flaw
from mzplan.submissions.doubts import leaves_doubt
from mzplan.submissions.harmless import is_harmless, only_replaces, speaks_of_table, without_days, without_own_end
from mzplan.submissions.header import Header
from mzplan.submissions.labels import LabelClaim, contradictions, mended
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
    wrong = set()
    for at, cells in titles:
        claims = [LabelClaim(each.detail, each.expected) for each in said if each.line == at]
        right = mended(cells, claims, names, place.period)
        again = contradictions([(at, right)], asides, header, (), names, place)
        if claims and (again or _told_above(at, right, header, names, place)):
            wrong.add(at)
    said = [each._replace(is_mended=each.line not in wrong) for each in said]
    said += beside_table(table, names, place)
    told_of = {defect.line for defect in said}
    for at, cells in titles:
        if at not in told_of and (told := _told_above(at, cells, header, names, place)):
            said.append(told)
    if records:
        said.append(Defect(Flaw.RECORDS_ABOVE, records[0], 1, str(len(records)), str(header.line)))
    return len(records), said


def _told_above(line: int, cells: Sequence[str], header: Header, names: Names, place: Place) -> Defect | None:
    """What is told of a title that names no other unit, month or measure; None for a plain one."""
    row = [without_own_end(cell, place.period) for cell in without_days(cells, header, names)]
    if figure := figure_in(row, header, names):
        return Defect(Flaw.FIGURE_ABOVE, line, 1, figure, said_in(cells))
    if is_harmless(row, names, is_above=True):
        return None
    is_doubtful = not only_replaces(row, names) and leaves_doubt(said_in(row), names, place.unit, place.period)
    return Defect(Flaw.WORDS_ABOVE if is_doubtful else Flaw.ASIDE_ABOVE, line, 1, said_in(cells))
