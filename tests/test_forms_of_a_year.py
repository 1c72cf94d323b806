"""The forms of every unit for each month of the year, filled in by a program from the demonstration's own figures."""

import csv
import io
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache, partial
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from conftest import few
from mzplan.check.run import run_checks
from mzplan.period import Period
from mzplan.plan.load import load_plan
from mzplan.plan.model import Plan
from mzplan.reading.files import open_regular
from mzplan.render.form import FORMATS
from mzplan.submissions.blank_form import Form, blank_form
from mzplan.submissions.header import FIELDS, FIELDS_ZH
from mzplan.submissions.ledger import Ledger
from mzplan.submissions.opening import said_on
from mzplan.submissions.sources import Source, data_sources
from workbooks import NUMBER, saved

pytestmark = pytest.mark.untraced

ROOT = Path(__file__).parent.parent
DATA = ROOT / "data"
LAST = 9
"""The last month of the demonstration."""
TO_FILL = ("value", "numerator", "denominator", "note", "evidence")

Row = Mapping[str, str]


@cache
def plan() -> Plan:
    return load_plan(ROOT / "plan" / "2023.yaml")


def before(month: int) -> list[Source]:
    return [
        source
        for number in range(1, min(month - 1, LAST) + 1)
        for source in data_sources([DATA / f"2023-{number:02d}"], ROOT)
    ]


def last_report(unit: str, month: int) -> Path:
    """What the unit has reported for that month, or last before it."""
    paths = (DATA / f"2023-{number:02d}" / f"{unit}.csv" for number in range(month, 0, -1))
    return next(path for path in paths if path.exists())


def demonstrated(unit: str, month: int) -> Mapping[str, Row]:
    """By indicator what it says, by field."""
    rows = csv.DictReader(io.StringIO(last_report(unit, month).read_text("utf-8-sig")))
    return {row["indicator"]: row for row in rows}


def forms(month: int) -> Iterator[Form]:
    """Those of every unit, made of what has been reported before."""
    ledger = run_checks(plan(), before(month), today=date(2024, 2, 1)).ledger if month > 1 else Ledger(plan())
    for unit in plan().reporting_units:
        yield blank_form(
            plan(),
            ledger,
            unit,
            Period(2023, month),
            lambda path, lines: said_on(partial(open_regular, path), lines),
        )


def filled_csv(form: Form, rows: Mapping[str, Row]) -> bytes:
    header, *cells = csv.reader(io.StringIO(FORMATS["csv"](form).decode("utf-8-sig")))
    for row in cells:
        said = rows[row[header.index(FIELDS_ZH["indicator"])]]
        for field in TO_FILL:
            row[header.index(FIELDS_ZH[field])] = said[field]
    text = io.StringIO()
    csv.writer(text).writerows([header, *cells])
    return text.getvalue().encode("utf-8-sig")


def filled_workbook(form: Form, rows: Mapping[str, Row]) -> bytes:
    """What stands there already is left: a milestone that has not changed, and its evidence."""
    book = openpyxl.load_workbook(io.BytesIO(FORMATS["xlsx"](form)))
    sheet = book["填报"]
    assert isinstance(sheet, Worksheet)
    headings = [cell.value for cell in sheet[1]]
    at = {field: headings.index(FIELDS_ZH[field]) for field in FIELDS}
    for cells in sheet.iter_rows(min_row=2):
        said = rows[str(cells[at["indicator"]].value)]
        for field in TO_FILL:
            cell, text = cells[at[field]], said[field]
            if text and str(cell.value) != text:
                assert not cell.protection.locked, f"{cell.coordinate} is to be filled in"
                cell.value = float(text) if NUMBER.fullmatch(text) else text
    return saved(book)


@few("month", range(1, 13), [1, 12])
def test_filled_in_with_the_months_figures_they_check_clean(month: int) -> None:
    """Every third unit sends a workbook, the others a CSV; figures that are those of an old month are told so."""
    made = list(forms(month))
    given, old = [], set()
    for number, form in enumerate(made):
        ending, fill = ("csv", filled_csv) if (number + month) % 3 else ("xlsx", filled_workbook)
        path, content = f"data/{form.period}/{form.unit.id}.{ending}", fill(form, demonstrated(form.unit.id, month))
        given.append(Source.of_bytes(path, content))
        if last_report(form.unit.id, month).parent.name != str(form.period):
            old.add((path, "MZ511"))
    result = run_checks(plan(), given, today=date(2024, 2, 1), context=before(month))
    assert {(each.location.path, each.rule.code) for each in result.diagnostics} <= old
    for form in made:
        said = demonstrated(form.unit.id, month)
        for row in form.rows:
            entry = result.ledger.entry(result.ledger.cell(row.indicator.id, form.unit.id, month))
            assert entry is not None
            expected = said[row.indicator.id]
            parts = [expected["numerator"], expected["denominator"]]
            assert row.indicator.told(entry.figure) == ("/".join(parts) if any(parts) else expected["value"])
