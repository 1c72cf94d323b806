"""Where a file belongs that lies outside of all data, by what it says."""

from mzplan.reading.files import FileError
from mzplan.reading.flaws import RefusedError
from mzplan.reading.workbook import LIMIT, is_workbook
from mzplan.submissions.names import Names
from mzplan.submissions.parcel import Parcel
from mzplan.submissions.parcels import parcels_of
from mzplan.submissions.places import Spot
from mzplan.submissions.received import Received
from mzplan.submissions.sources import Source

_LONGEST = 1 << 20
"""Bytes of a CSV; with more it is nobody's report."""


def spot_told(names: Names, source: Source) -> Spot | None:
    """Where a file belongs that lies outside of all data, by what it says; None unless it is one report of the year."""
    try:
        with source.open() as stream:
            data = stream.read(LIMIT + 1)
    except (FileError, RefusedError, OSError):
        return None
    if len(data) > (LIMIT if is_workbook(data) else _LONGEST):
        return None
    told = parcels_of(names, Received(source.path, data), None)
    if len(told) != 1 or not isinstance(told[0], Parcel) or told[0].period.year != names.plan.year:
        return None
    folders = source.spot.folders if source.spot else (str(told[0].period),)
    return Spot(folders, f"{told[0].unit}.csv", is_data=False)
