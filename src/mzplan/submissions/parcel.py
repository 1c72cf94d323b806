"""What comes of a file: the reports that it holds, and what is nobody's."""

from typing import NamedTuple

from mzplan.period import Period
from mzplan.reading.flaws import Defect
from mzplan.reading.workbook import Sheet
from mzplan.submissions.received import Received
from mzplan.submissions.wide_record import Places

AS_THEY_STAND = Places()
"""The places of cells that stand in the file where the text of the report has them."""


class Parcel(NamedTuple):
    """One unit's report for one month, as it came in."""

    received: Received
    unit: str
    period: Period
    why: str
    """By what these two are known, in words."""
    text: bytes
    """Its rows as a CSV, each on the line where it stands in the file or sheet."""
    sheet: Sheet | None = None
    """The tab of a workbook that it is from, with what is to be said of it besides its rows."""
    notes: tuple[str, ...] = ()
    """What had to be done to the file before it was a CSV, in words."""
    refusal: Defect | None = None
    """Why the file is not read."""
    places: Places = AS_THEY_STAND
    at_odds: tuple[str, ...] = ()
    """What the file or the tab is called that its contents contradict, in words."""
    doubts: tuple[str, ...] = ()
    """What the file or a folder is called that speaks against its figures, and what makes doubtful whose it is."""
    void_by: str = ""
    """What it is called that says that it is void, in words."""
    is_guide: bool = False
    """Whether it is but the first sheet of a form, saved by itself, with nothing else on it than as it was made."""
    lacking: frozenset[str] = frozenset()
    """The columns that its text has and the file has not: what is in them was said elsewhere."""
    others: frozenset[str] = frozenset()
    """The other units of which the file has a report that goes back with it."""

    @property
    def key(self) -> tuple[str, Period]:
        """Whose it is and for when."""
        return self.unit, self.period

    @property
    def tab(self) -> str:
        """What the tab is called that it is from; empty for none."""
        return self.sheet.name if self.sheet else ""


class Unknown(NamedTuple):
    """A file, or what is left of it, that is nobody's report."""

    received: Received
    reason: str
    refusal: Defect | None = None
    """Why it cannot be read."""
