"""Where a file belongs by its path, and where the cells of a line stand in it."""

from collections.abc import Collection
from itertools import chain

from mzplan.period import Period
from mzplan.plan.model import Plan
from mzplan.reading.csv_border import Defect, Flaw, RefusedError, Table
from mzplan.reading.files import FileError
from mzplan.submissions.header import ENOUGH_HEADINGS, FIELDS, Header, headings, read_header
from mzplan.submissions.row import Names, Source


def place_of(plan: Plan, names: Names, source: Source) -> tuple[str, Period] | None:
    """The unit id and month that a file's path names, when it names both."""
    if source.place is None:
        return None
    period, _ = names.period(source.place[0])
    unit = names.unit(source.place[1]).id
    return (unit, period) if period is not None and unit is not None else None


def is_in_place(plan: Plan, names: Names, source: Source) -> bool:
    """Whether the file is `<period>/<unit id>.csv`, so that no other may take its records' places."""
    return place_of(plan, names, source) is not None and source.place is not None and source.place[1] in plan.units


def misplacement(plan: Plan, names: Names, source: Source) -> Defect | None:
    """What is wrong with the name of a file's folder, or with its own; a file outside of all data may have any."""
    if source.place is None or (source.file and not source.within):
        return None
    period, unit = source.place
    if names.period(period)[0] is None:
        return Defect(Flaw.MISPLACED, detail=f"{period}/")
    if unit in plan.units:
        return None
    known = names.unit(unit).id
    near = plan.units[known] if known else names.nearest_unit(unit)
    return Defect(Flaw.MISPLACED, detail=f"{unit}.csv", expected=f"{near.id}.csv" if near else "")


def cells_of_lines(source: Source, lines: Collection[int]) -> dict[int, dict[str, tuple[int, str]]]:
    """The columns and texts of the cells of the records on those lines, by field; nothing when the file has changed."""
    found: dict[int, dict[str, tuple[int, str]]] = {}
    header: Header | None = None
    try:
        with source.open() as stream:
            table = Table(stream)
            for line, row in chain.from_iterable(table.batches()):
                if header is None and headings(row) >= ENOUGH_HEADINGS:
                    header = read_header(line, row, [])
                elif header is not None and line in lines:
                    places = zip(FIELDS, header.positions, strict=True)
                    columns = table.columns(line)
                    found[line] = {
                        name: (columns[at] if at < len(columns) else 0, row[at]) for name, at in places if at < len(row)
                    }
    except (FileError, RefusedError, OSError):
        pass
    return found
