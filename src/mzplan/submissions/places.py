"""What a file's folder and name say: whose report it is, for which month, and what is wrong with that.

The one place that says so. Below a data folder every file is `<YYYY-MM>/<unit id>.csv` or a workbook in place of the
CSV, a README, or a finding.
"""

import re
from collections.abc import Callable, Sequence
from pathlib import PurePath
from typing import NamedTuple

from mzplan.period import Period, stretches_ended
from mzplan.reading.flaws import Defect, Flaw
from mzplan.reading.parquet import PARQUET
from mzplan.reading.walk import is_hidden
from mzplan.said import say
from mzplan.submissions.names import Names, matched_form

README = re.compile(r"readme(?:\.(?:md|txt))?", re.IGNORECASE)

_CSV = ".csv"
REPORTS = (_CSV, ".xlsx", ".xls", ".ods", PARQUET)
"""How the name of a report may end."""
_UNREAD = frozenset({".xlsm", ".xlsb", ".xltx", ".xltm", ".xlt", ".et", ".ett", ".ots", ".fods", ".dif", ".slk"})
"""How the names of workbooks end that are not read: they have to be saved as one of those."""
WORKBOOKS = frozenset({*REPORTS, *_UNREAD} - {_CSV})
ARCHIVES = frozenset({".zip", ".rar", ".7z", ".gz", ".tgz", ".tar", ".bz2", ".xz"})

_FOLDER = re.compile(r"\d{4}-\d{2}", re.ASCII)
_YEAR_AND_MONTH = re.compile(r"(?<!\d)((?:19|20)\d{2})[年\-_./ ]*(0?[1-9]|1[0-2])(?!\d)月?", re.ASCII)
_MONTH = re.compile(r"(?<!\d)(0?[1-9]|1[0-2])月", re.ASCII)
_BARE_MONTH = re.compile(r"(0?[1-9]|1[0-2])", re.ASCII)

_ANY_PERIOD = "<报告期>"
_ANY_UNIT = "<单位 id>"


class Spot(NamedTuple):
    """Where a file lies: the folders from the data folder down, and its name."""

    folders: tuple[str, ...]
    name: str
    """Empty of the folder of a whole month, which speaks for all units."""
    is_data: bool = True
    """Whether a data folder was known; else the folders are but the one that is called like a month."""


_LOST = frozenset({Flaw.NO_FOLDER, Flaw.OTHER_FOLDER, Flaw.DEEP_FOLDER, Flaw.OTHER_NAME, Flaw.OF_REGION})


class Place(NamedTuple):
    """What a file speaks for, by where it lies: it speaks for nothing else."""

    unit: str = ""
    """The unit's id; empty when the name tells none."""
    period: Period | None = None
    defect: Defect | None = None
    """What is wrong with the place or the name."""
    is_proper: bool = False
    """Whether it is called as a report should be, so that no other may take its records' places."""
    is_table: bool = True
    """Whether it may be a report by its name, so that its rows are looked at."""

    @property
    def key(self) -> tuple[str, Period] | None:
        """The unit and the month, when both are known."""
        return (self.unit, self.period) if self.unit and self.period is not None else None

    @property
    def is_in_place(self) -> bool:
        """Whether the file goes before all others that speak for its unit and month."""
        return self.is_proper and self.key is not None

    @property
    def counts(self) -> bool:
        """Whether its rows enter any figure."""
        return self.defect is None or self.defect.flaw is Flaw.MISNAMED

    @property
    def is_lost(self) -> bool:
        """Whether it lies in no month's folder, or is called like no unit: once filled in, it would count nowhere."""
        return self.defect is not None and self.defect.flaw in _LOST


def is_period(name: str) -> bool:
    """Whether a folder is called like a period."""
    return _FOLDER.fullmatch(name) is not None


def year_of(spot: Spot | None) -> int | None:
    """The year of the month in whose folder a file lies; None when that is called otherwise."""
    month = spot.folders[0] if spot is not None and spot.folders else ""
    return int(month[:4]) if is_period(month) else None


def spot_in(path: str) -> Spot | None:
    """Where a file outside of all data lies, when its folder is called like a period."""
    pure = PurePath(path)
    return Spot((pure.parent.name,), pure.name, is_data=False) if is_period(pure.parent.name) else None


def month_meant(text: str, year: int) -> Period | None:
    """The month that a folder's name means, or a file's name tells beside its unit; of that year unless it says.

    Of a stretch since January it is the last one; one since another month means none.
    """
    plain = stretches_ended(matched_form(text))
    if plain is None:
        return None
    if found := _YEAR_AND_MONTH.search(plain):
        return Period(int(found[1]), int(found[2]))
    if (found := _MONTH.search(plain)) or (found := _BARE_MONTH.fullmatch(plain)):
        return Period(year, int(found[1]))
    return None


def should_be(unit: str, period: Period | None, ending: str = _CSV) -> str:
    """Where in the data folder a report belongs, as far as it is known whose it is and for when."""
    return say("{folder}/{stem}.{suffix}", folder=period or _ANY_PERIOD, stem=unit or _ANY_UNIT, suffix=ending[1:])


def ending_at_odds(path: str, *, is_workbook: bool) -> str:
    """How a file's name ends that says workbook of a CSV, or CSV of a workbook; else empty."""
    ending = PurePath(path).suffix.lower()
    return ending if ending in REPORTS and (ending not in (_CSV, PARQUET)) != is_workbook else ""


def region_of(names: Names, spot: Spot | None) -> str | None:
    """The region that a file in the data is called by, which has no report of its own; None for any other file."""
    return names.region_in(PurePath(spot.name).stem) if spot is not None and spot.is_data else None


def place_at(names: Names, spot: Spot | None) -> Place:
    """What a file there speaks for, whatever other files there are."""
    if spot is None:
        return Place()
    name = PurePath(spot.name)
    exact = names.unit(name.stem).id
    if not spot.is_data or not spot.name:
        is_proper = name.stem in names.plan.units
        return Place(exact or "", names.period(spot.folders[0])[0], is_proper=is_proper)
    told = None if exact else month_meant(name.stem, names.plan.year)
    above = (month_meant(folder, names.plan.year) for folder in spot.folders)
    period = next((month for month in above if month), None) or told
    meant = (names.unit_in(text) for text in (name.stem, *spot.folders))
    unit = exact or next((one for one in meant if one), "")
    if README.fullmatch(spot.name):
        return Place(
            unit, period, Defect(Flaw.README, detail=spot.name, expected=should_be(unit, period)), is_table=False
        )
    ending = name.suffix.lower()
    if ending not in REPORTS or is_hidden(spot.name):
        expected = should_be(unit, period, ".xlsx" if ending in _UNREAD else _ending(spot))
        return Place(unit, period, _of_another_kind(name, expected), is_table=False)
    expected = should_be(unit, period, ending)
    detail = spot.name
    if not spot.folders:
        flaw = Flaw.NO_FOLDER
    elif not is_period(spot.folders[0]) or period is None:
        flaw, detail = Flaw.OTHER_FOLDER, spot.folders[0]
    elif len(spot.folders) > 1:
        flaw, detail = Flaw.DEEP_FOLDER, "/".join(spot.folders)
    elif not unit and (region := region_of(names, spot)):
        flaw, expected = Flaw.OF_REGION, names.plan.units_and_regions[region].name
    elif not unit:
        flaw = Flaw.OTHER_NAME
        near = names.nearest_unit(name.stem)
        expected = should_be(near.id if near else "", period, ending)
    elif told not in (None, period):
        flaw = Flaw.OTHER_MONTH
    elif spot.name != f"{unit}{ending}":
        flaw = Flaw.MISNAMED
    else:
        return Place(unit, period, is_proper=True)
    return Place(unit, period, Defect(flaw, detail=detail, expected=expected))


def _of_another_kind(name: PurePath, expected: str) -> Defect:
    """What a file seems to be that is no report by its name, or which its folder does not show."""
    suffix = name.suffix.lower()
    if suffix in _UNREAD:
        return Defect(Flaw.SPREADSHEET, detail=suffix, expected=expected)
    if suffix in ARCHIVES:
        return Defect(Flaw.ARCHIVE, detail=suffix[1:], expected=expected)
    return Defect(Flaw.HIDDEN if is_hidden(name.name) else Flaw.NO_REPORT, detail=name.name, expected=expected)


def places_of(
    names: Names, spots: Sequence[Spot | None], is_form: Callable[[int], bool] = lambda _: False
) -> list[Place]:
    """What each file speaks for. Of several for one unit and month only that with the proper name counts, if any.

    If a CSV and a workbook both have it, none counts. A form that nobody has filled in takes no report's place:
    `is_form` tells whether the file at that position is one, and is asked of those alone that have a rival.
    """
    places = [place_at(names, spot) for spot in spots]
    rivals: dict[tuple[str, Period], list[int]] = {}
    for file, (place, spot) in enumerate(zip(places, spots, strict=True)):
        if spot is not None and spot.is_data and place.key and _is_filed(place, spot):
            rivals.setdefault(place.key, []).append(file)
    for files in rivals.values():
        tables = [file for file in files if places[file].counts]
        if len(files) == 1 or not tables:
            continue
        filled = [file for file in tables if not is_form(file)] or tables
        proper = [file for file in filled if places[file].is_proper] or filled
        kept = proper if len(proper) == 1 else []
        for file in files:
            if file not in kept:
                other = spots[next(each for each in kept or tables if each != file)]
                ending = _ending(spots[file])
                expected = should_be(places[file].unit, places[file].period, ending)
                defect = Defect(Flaw.REPEATED_REPORT, detail=other.name if other else "", expected=expected)
                places[file] = places[file]._replace(defect=defect)
    return places


def _ending(spot: Spot | None) -> str:
    """How a report's name ends that lies there; a CSV's for what is none."""
    ending = PurePath(spot.name).suffix.lower() if spot else ""
    return ending if ending in REPORTS else _CSV


def _is_filed(place: Place, spot: Spot) -> bool:
    """Whether a report lies in its month's folder, be it badly named or a workbook."""
    is_report = place.counts or (place.defect is not None and place.defect.flaw is Flaw.SPREADSHEET)
    return is_report and len(spot.folders) == 1 and is_period(spot.folders[0])
