"""A sheet of units × indicators told as what it is, where records are asked for."""

from collections.abc import Sequence

from mzplan.reading.csv_border import Numbered
from mzplan.reading.flaws import Defect, Flaw
from mzplan.said import Named, listed
from mzplan.submissions.header import ENOUGH_HEADINGS, meant_field
from mzplan.submissions.names import Names

_SIDE_BY_SIDE = 3
"""So many units or indicators in one row are told as the columns of a wide sheet."""


def side_by_side(head: Sequence[Numbered], names: Names) -> Defect | None:
    """Units or indicators side by side in place of the columns, if that is what the first rows have."""
    first = head[0][0]
    headings = [row[0] for _, row in head if row and meant_field(row[0]) is not None]
    if len(set(headings)) >= ENOUGH_HEADINGS:
        return Defect(Flaw.WIDE, first, 1, listed(headings), "各条记录，列名在第一列")
    for line, row in head:
        units = {unit: cell for cell in row if cell and (unit := names.unit(cell).id)}
        codes = {code: cell for cell in row if cell and (code := names.indicator(cell).id)}
        codes |= {code: cell for cell in row if cell and (code := names.indicator_called(cell))}
        for found, what in ((units, Named("各填报单位", "reporting units")), (codes, "各指标")):
            if len(found) >= _SIDE_BY_SIDE:
                return Defect(Flaw.WIDE, line, 1, listed(found.values()), what)
    return None
