"""What a number's format puts beside it is read as if it had been typed there, unless it is the plan's own measure."""

from pathlib import Path

import openpyxl
import pytest

from test_clerk import PLAN, checked, october, project
from workbooks import ods_content, saved, zipped

__all__ = ["project"]

pytestmark = pytest.mark.untraced

Told = list[tuple[str, str, str]]
MONEY = next(row[2] for row in october() if row[2] in PLAN.indicators and PLAN.indicators[row[2]].unit == "万元")
PEOPLE = next(row[2] for row in october() if row[2] in PLAN.indicators and PLAN.indicators[row[2]].unit == "人")


def told(project: Path, code: str, field: str, value: str, number_format: str = "General") -> Told:
    """What is said of one cell of October's report."""
    book = openpyxl.Workbook()
    for row in october():
        book.worksheets[0].append([int(cell) if cell.isdigit() else cell or None for cell in row])
    (at,) = [at for at, row in enumerate(october(), start=1) if row[2] == code]
    cell = book.worksheets[0].cell(at, {"value": 5, "numerator": 6}[field])
    cell.value = int(value) if value.isdigit() else value
    cell.number_format = number_format
    found = checked(project, saved(book)).diagnostics
    return [(each.rule.code, each.message, each.hint) for each in found if each.field == field]


@pytest.mark.parametrize(
    ("code", "field", "number_format", "typed"),
    [
        (MONEY, "value", '0"元"', "40元"),
        (MONEY, "value", '0"亿"', "40亿"),
        (MONEY, "value", '"$"0', "$40"),
        (MONEY, "value", "￥#,##0", "￥40"),
        (MONEY, "value", "[$¥-804]#,##0", "¥40"),
        (MONEY, "value", 'General"（当月）"', "40（当月）"),
        (MONEY, "value", '[>=30]0"元";0"万元"', "40元"),
        (MONEY, "value", 'G/通用格式"元"', "40元"),
        (PEOPLE, "value", '"约"0', "约40"),
        (PEOPLE, "value", '0"左右"', "40左右"),
        (PEOPLE, "value", '0"万人"', "40万人"),
        (PEOPLE, "value", '0"元"', "40元"),
        *((PEOPLE, "value", f'0"{unit}"', f"40{unit}") for unit in ("k", "w", "‰", "倍", "两", "张", "人/天", "人次")),
        ("T05-06", "numerator", '0"万人"', "40万人"),
        *(("T05-06", "numerator", f'0"{unit}"', f"40{unit}") for unit in ("k", "‰", "两", "倍")),
        ("T05-06", "numerator", '0"%"', "40%"),
    ],
)
def test_what_a_format_adds_is_judged_as_if_it_had_been_typed(
    project: Path, code: str, field: str, number_format: str, typed: str
) -> None:
    found = told(project, code, field, "40", number_format)
    assert found
    assert found == told(project, code, field, typed)


@pytest.mark.parametrize(
    ("code", "field", "number_format"),
    [
        (MONEY, "value", '0"万元"'),
        (MONEY, "value", '[$¥-804]0"万元"'),
        (MONEY, "value", '[>=90]0"元";0"万元"'),
        (PEOPLE, "value", '0"人"'),
        (PEOPLE, "value", '0" 名"'),
        (PEOPLE, "value", "_ * #,##0_ "),
        ("T05-06", "numerator", '0"人"'),
    ],
)
def test_the_plans_own_measure_says_what_is_stored(project: Path, code: str, field: str, number_format: str) -> None:
    assert told(project, code, field, "40", number_format) == told(project, code, field, "40")


def test_digits_that_are_text_have_their_own_format(project: Path) -> None:
    rows = october()
    book = openpyxl.Workbook()
    for row in rows:
        book.worksheets[0].append([cell or None for cell in row])
    (at,) = [at for at, row in enumerate(rows, start=1) if row[2] == PEOPLE]
    book.worksheets[0].cell(at, 5).number_format = '0;-0;0;"约"@'
    (found,) = [each for each in checked(project, saved(book)).diagnostics if each.field == "value"]
    assert (found.rule.code, found.value) == ("MZ218", f"约{rows[at - 1][4]}")


@pytest.mark.parametrize(("shown", "codes"), [("135元", ["MZ219"]), ("135人", []), ("约135", ["MZ218"]), ("135", [])])
def test_what_an_open_document_shows_is_judged_likewise(project: Path, shown: str, codes: list[str]) -> None:
    number = (
        f'<table:table-cell office:value-type="float" office:value="135"><text:p>{shown}</text:p></table:table-cell>'
    )
    rows = ""
    for row in october():
        texts = "".join(
            f'<table:table-cell office:value-type="string"><text:p>{cell}</text:p></table:table-cell>' for cell in row
        )
        typed = '<table:table-cell office:value-type="string"><text:p>135</text:p></table:table-cell>'
        rows += f"<table:table-row>{texts.replace(typed, number, 1) if row[2] == PEOPLE else texts}</table:table-row>"
    book = zipped({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": ods_content(rows)})
    found = checked(project, book).diagnostics
    assert [each.rule.code for each in found if each.field == "value"] == codes
