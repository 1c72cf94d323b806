"""Columns of month, unit, code or parts that a table leaves empty or has not: written from what is said around it."""

from collections.abc import Collection, Iterable, Mapping, Sequence

from mzplan.reading.csv_border import Numbered
from mzplan.said import say
from mzplan.submissions.apportioned import with_only
from mzplan.submissions.header import FIELDS_ZH, FIGURES, Header
from mzplan.submissions.names import Names, trimmed
from mzplan.submissions.tables import FileTable
from mzplan.submissions.whose import Known

_FILLED = "“{heading}”一栏都空着，照{why}填为{value}"
_FILLED_UP = "“{heading}”一栏有的空着，照{why}填为{value}"
_ADDED = "没有“{heading}”一栏，照{why}都当作{value}"
_NO_PARTS = "没有“{heading}”一栏：“完成值”写成 8/10 的照分开的填，其余当作空着"
_CODED = "没有“{heading}”一栏，照“{other}”一栏认出"


def written(names: Names, known: Mapping[str, Known]) -> Mapping[str, str]:
    """A month and a unit as a cell has them."""
    unit = known["unit"].value
    return {"period": known["period"].value, "unit": names.plan.units[unit].name if unit else ""}


def how_added(names: Names, field: str, known: Mapping[str, Known]) -> str:
    """How it is told that there was no column for something."""
    if field in FIGURES:
        return say(_NO_PARTS, heading=FIELDS_ZH[field])
    if field not in known:
        return say(_CODED, heading=FIELDS_ZH[field], other=FIELDS_ZH["name"])
    return say(_ADDED, heading=FIELDS_ZH[field], why=known[field].why, value=written(names, known)[field])


def noted(sheet: FileTable, rows: Sequence[Numbered], notes: Iterable[str]) -> FileTable:
    """A table with other rows, and what is told of that."""
    return sheet._replace(text=with_only(rows, {line for line, _ in rows}), rows=rows, notes=(*sheet.notes, *notes))


def filled(
    names: Names,
    sheet: FileTable,
    header: Header,
    said: Mapping[int, Mapping[str, str]],
    lines: Collection[int],
    known: Mapping[str, Known],
) -> FileTable:
    """A table with the month and the unit that are said around it in their columns, where no record says one.

    Records without a unit among others of that unit are filled too.
    """
    for number, (key, text) in enumerate(written(names, known).items()):
        at = header.positions[number]
        cells = {line: header.arranged(row)[number] for line, row in sheet.rows if line in lines}
        blank = {line for line, cell in cells.items() if not trimmed(cell)}
        others = {said[line][key] for line in cells if line not in blank}
        agrees = not others or (key == "unit" and others == {known[key].value})  # a row may be of another month
        if at < header.width and text and blank and agrees:
            rows = [(line, [*row[:at], text, *row[at + 1 :]] if line in blank else row) for line, row in sheet.rows]
            how = _FILLED_UP if others else _FILLED
            note = say(how, heading=FIELDS_ZH[key], why=known[key].why, value=text)
            sheet = noted(sheet, rows, [note])
    return sheet
