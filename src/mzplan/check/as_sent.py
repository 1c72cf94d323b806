"""The findings of a report that came in, where they stand in the file that was sent, without what was put right."""

from collections.abc import Mapping, Sequence

from mzplan.check.folded import narrowed
from mzplan.diagnostics import Diagnostic, Location
from mzplan.rules.marked_figures import in_workbook
from mzplan.said import columns_asked, say
from mzplan.submissions.header import FIELDS_ZH
from mzplan.submissions.parcel import Parcel
from mzplan.submissions.wide_record import COLUMNS, Places

Cells = Mapping[tuple[str, str], tuple[int, int]]
"""By indicator and field the row and the number of a cell."""
_OF_EARLIER = "{period} 的表里：{message}"


def by_label(parcels: Mapping[str, Parcel], findings: Sequence[Diagnostic]) -> dict[str, Sequence[Diagnostic]]:
    """The findings of each report: also those that stand in a report that is filed, and in which it takes part.

    Not those of a later month's: what is wrong there is for its sender to mend there.
    """
    found: dict[str, list[Diagnostic]] = {label: [] for label in parcels}
    for finding in findings:
        if finding.location.path in found:
            found[finding.location.path].append(finding)
            continue
        for place in _part_in(parcels, finding):
            if not _is_later(finding, parcels[place.path]):
                is_earlier = finding.period < str(parcels[place.path].period)
                there = say(_OF_EARLIER, period=finding.period, message=finding.message)
                told = finding._replace(message=there) if is_earlier and finding.period else finding
                found[place.path].append(told._replace(location=place, row=place.line, cell_number=0, parts=()))
    return {label: tuple(several) for label, several in found.items()}


def beyond(parcels: Mapping[str, Parcel], findings: Sequence[Diagnostic]) -> dict[str, Sequence[Diagnostic]]:
    """What each report makes of those of later months that are filed, told where that stands."""
    found: dict[str, list[Diagnostic]] = {label: [] for label in parcels}
    for finding in (each for each in findings if each.location.path not in parcels):
        for place in _part_in(parcels, finding):
            if _is_later(finding, parcels[place.path]):
                found[place.path].append(finding)
    return {label: tuple(several) for label, several in found.items()}


def bound_units(units: Mapping[str, str], findings: Sequence[Diagnostic]) -> frozenset[str]:
    """The units, by the path of each report, that have to do with another: a finding is about reports of both."""
    paths = ({finding.location.path, *(place.path for place in finding.related)} for finding in findings)
    together = ({units[path] for path in some & units.keys()} for some in paths)
    return frozenset().union(*(several for several in together if len(several) > 1))


def _part_in(parcels: Mapping[str, Parcel], finding: Diagnostic) -> Sequence[Location]:
    """In each report that takes part in a finding the last of its places."""
    return list({place.path: place for place in finding.related if place.path in parcels}.values())


def _is_later(finding: Diagnostic, parcel: Parcel) -> bool:
    return finding.period > str(parcel.period)


def at_its_cell(finding: Diagnostic, parcel: Parcel, cells: Cells) -> Diagnostic:
    """A finding about a report as it would be filed told where its indicator stands in the file that was sent."""
    row, number = cells.get((finding.indicator, finding.field or "indicator"), (0, 0))
    place = Location(parcel.received.name, row, 0)
    return placed(finding._replace(location=place, row=row, cell_number=number, parts=()), parcel)


def left(finding: Diagnostic) -> Diagnostic | None:
    """What is left of a finding when all that can be put right without loss has been."""
    rule = finding.rule
    if rule.takes_out or (rule.fixable and not finding.row):
        return None
    if not finding.parts:
        return finding if finding.fix is None else None
    parts = [part for part in finding.parts if part.fix is None]
    return narrowed(finding, parts) if parts else None


def placed(finding: Diagnostic, parcel: Parcel) -> Diagnostic:
    """The finding where it stands in the file that was sent."""
    if parcel.places.lines:
        finding = _in_wide(finding, parcel.places)
    if "indicator" in parcel.lacking and finding.field == "indicator":
        finding = finding._replace(field="name")  # its column has the codes instead
    elif finding.field in parcel.lacking:
        parts = tuple(part._replace(column=0, cell_number=0, field="") for part in finding.parts)
        place = finding.location._replace(column=0)
        finding = finding._replace(location=place, field="", cell_number=0, parts=parts)
    return in_workbook(finding, parcel.tab) if parcel.tab else finding


def _in_wide(finding: Diagnostic, places: Places) -> Diagnostic:
    """Where a finding about a row that was made of a wide sheet stands there."""
    at = places.at
    parts = []
    for part in finding.parts:
        row, number = at(part.line, part.field or finding.field or _column(part.cell_number or finding.cell_number))
        parts.append(part._replace(line=row, row=row, cell_number=number))
    line = finding.location.line
    row, number = at(line, finding.field or _column(finding.cell_number))
    hint = finding.hint
    asked = columns_asked(hint)
    if "denominator" in asked and at(line, "numerator") == at(line, "denominator"):
        hint = say(_IN_ONE_CELL, hint=hint)
    if column := "evidence" if finding.field == "evidence" else "note" if "note" in asked else "":
        is_of_all = places.is_turned and column == "note"
        hint = say(_IN_UNITS_ROW if is_of_all else _ONE_MORE, hint=hint, column=FIELDS_ZH[column])
        hint = say(_OF_SEVERAL, hint=hint, unit=places.shared_by) if places.shared_by else hint
    if finding.field == "indicator" and at(line, "name") == (row, number):
        finding = finding._replace(field="name")  # the one column that there is
    place = Location(finding.location.path, row, number)
    return finding._replace(location=place, row=row, cell_number=number, hint=hint, parts=tuple(parts))


def _column(number: int) -> str:
    """What the cell of that number holds in a table that was made of a wide sheet; empty for none."""
    return COLUMNS[number - 1] if 0 < number <= len(COLUMNS) else ""


_IN_ONE_CELL = "{hint}没有分子、分母两栏的，两个数写在一格：如 8/10。"
_ONE_MORE = "{hint}没有“{column}”一栏的，加一栏。"
_OF_SEVERAL = "{hint}同一行有几家单位的数，前面写上单位的名称：如“{unit}：……”。"
_IN_UNITS_ROW = "{hint}写在这家单位那一行的“{column}”一栏，前面写上指标的名称；没有这一栏的，加一栏。"
"""What a form has columns for, and a sheet of units × indicators not always, nor a note for each indicator."""
