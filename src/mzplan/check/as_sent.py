"""The findings of a report that came in, where they stand in the file that was sent, without what was put right."""

from collections.abc import Sequence

from mzplan.check.folded import narrowed
from mzplan.diagnostics import Diagnostic, Location
from mzplan.submissions.parcels import Parcel, Places


def by_label(labels: Sequence[str], findings: Sequence[Diagnostic]) -> dict[str, Sequence[Diagnostic]]:
    """The findings of each report: also those that stand in a report that is filed, and in which it takes part."""
    found: dict[str, list[Diagnostic]] = {label: [] for label in labels}
    for finding in findings:
        if finding.location.path in found:
            found[finding.location.path].append(finding)
            continue
        for place in {place.path: place for place in finding.related if place.path in found}.values():
            found[place.path].append(finding._replace(location=place, row=place.line, cell_number=0, parts=()))
    return {label: tuple(several) for label, several in found.items()}


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
    if parcel.places:
        finding = _in_wide(finding, parcel.places)
    return finding.in_sheet(parcel.tab) if parcel.tab else finding


def _in_wide(finding: Diagnostic, places: Places) -> Diagnostic:
    """Where a finding about a row that was made of a wide sheet stands there."""

    def at(line: int, field: str) -> tuple[int, int]:
        return places.get((line, field), (0, 0))

    parts = []
    for part in finding.parts:
        row, number = at(part.line, part.field or finding.field)
        parts.append(part._replace(line=row, row=row, cell_number=number))
    row, number = at(finding.location.line, finding.field)
    place = Location(finding.location.path, row, number)
    return finding._replace(location=place, row=row, cell_number=number, parts=tuple(parts))
