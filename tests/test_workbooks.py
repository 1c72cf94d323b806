"""A workbook is read as the CSV of the same content would be, and nothing in it costs more than a form may."""

import csv
import io
import json
import sys
import zipfile
from collections.abc import Callable, Mapping
from datetime import date
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
import xlwt
from hypothesis import example, given
from hypothesis import strategies as st
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from conftest import through
from corpus import HEADER, NUMBERS, ROWS, UNITS, text
from mzplan.check.run import CheckResult, run_checks
from mzplan.plan.load import load_plan
from mzplan.reading.flaws import Flaw, RefusedError
from mzplan.rules import RULES
from mzplan.submissions import books
from mzplan.submissions.books import book_of, report_of
from mzplan.submissions.places import Spot
from mzplan.submissions.sources import Source
from repositories import Git, commit, git
from rule_examples import PLAN as EXAMPLES
from test_cli_check import Run, check, codes, report, write
from workbooks import NUMBER, WRITERS, Rows, ods_content, repacked, rows_of, saved, xlsx_of, xlsx_of_sheets, zipped

__all__ = ["check", "git"]

PLAN = load_plan(Path(__file__).parent / "plans" / "tiny.yaml")
TABLE = rows_of(text())
FORMATS = sorted(WRITERS)
MARCH = "data/2023-03/jia"


def checked(data: bytes, ending: str) -> CheckResult:
    source = Source("data/2023-06/jia" + ending, content=BytesIO(data), spot=Spot(("2023-06",), f"jia{ending}"))
    return run_checks(PLAN, [source], today=date(2023, 12, 31))


def told(result: CheckResult) -> list[tuple[object, ...]]:
    """All that is said, but the tab and what only text files have: columns and repairs."""
    return [
        (f.rule.code, f.location.line, f.lines, f.row, f.cell.rpartition("!")[2], f.field, f.value, f.message, f.period)
        for f in result.diagnostics
    ]


def csv_of(rows: Rows) -> bytes:
    stream = io.StringIO(newline="")
    csv.writer(stream, lineterminator="\n").writerows(rows)
    return stream.getvalue().encode()


def table_in(data: bytes) -> str:
    return report_of(data).text.decode()


def refusal(data: bytes) -> tuple[Flaw, str]:
    with pytest.raises(RefusedError) as caught:
        report_of(data)
    return caught.value.defect.flaw, caught.value.defect.detail


_ODD = [cell for cell, _ in (*NUMBERS, *UNITS)]
_CELLS = st.sampled_from(_ODD) | st.text(st.characters(codec="utf-8", categories=["L", "N", "P", "S"]), max_size=8)


def _is_storable(cell: str) -> bool:
    """Whether every spreadsheet keeps it as it is: no control characters, no escapes of theirs."""
    return len(cell) < 1000 and "_x" not in cell and all(c == " " or (c.isprintable() and c != "\ufeff") for c in cell)


@st.composite
def tables(draw: st.DrawFn) -> Rows:
    """The sound table below some blank rows, with some cells spoilt, a row twice, a row less."""
    rows = [list(row) for row in TABLE]
    for _ in range(draw(st.integers(0, 4))):
        row = draw(st.integers(1, len(rows) - 1))
        rows[row][draw(st.integers(0, 8))] = draw(_CELLS.filter(_is_storable))
    if draw(st.booleans()):
        rows.insert(draw(st.integers(1, len(rows))), list(draw(st.sampled_from(rows))))
    if draw(st.booleans()):
        rows.insert(draw(st.integers(0, len(rows))), [""] * 9)
    if draw(st.booleans()):
        rows.insert(0, ["2023年6月报表", *[""] * 8])
    return rows


@pytest.mark.parametrize("ending", FORMATS)
@given(rows=tables())
@example(rows=[*TABLE[:2], [TABLE[1][0], f"{TABLE[1][1]} ", *TABLE[1][2:]]])
@example(rows=[TABLE[0], TABLE[0], ["0", *TABLE[1][1:]], TABLE[2], [*TABLE[3][:4], *[""] * 5], TABLE[4]])
def test_a_workbook_is_told_what_the_csv_of_the_same_content_is(ending: str, rows: Rows) -> None:
    as_csv, as_book = checked(csv_of(rows), ".csv"), checked(WRITERS[ending](rows), ending)
    passed_over = {code for code, rule in RULES.items() if rule.takes_out}  # what no repair takes out of a workbook
    assert told(as_book) == [each for each in told(as_csv) if each[0] not in passed_over]
    for column in ("values", "denominators", "lines", "flags"):
        assert list(getattr(as_book.ledger, column)) == list(getattr(as_csv.ledger, column))


@pytest.mark.parametrize("ending", FORMATS)
def test_a_finding_names_tab_and_cell(ending: str) -> None:
    rows = [["", *row] for row in [[""] * 9, [""] * 9, *TABLE]]
    rows[3][5] = "三十"
    (finding,) = [f for f in checked(WRITERS[ending](rows), ending).diagnostics if f.rule.code == "MZ210" or f.value]
    assert (finding.cell, finding.location.line, finding.location.column) == ("填报表!F4", 4, 6)


@given(st.decimals(min_value=-(10**9), max_value=10**9, places=4, allow_nan=False).map(lambda d: f"{d.normalize():f}"))
def test_a_figure_says_what_was_typed(typed: str) -> None:
    if NUMBER.fullmatch(typed):
        for write_book in WRITERS.values():
            assert table_in(write_book([["x", typed]])) == f"x,{typed}\n"


def formatted() -> bytes:
    """Cells as clerks format them, below the header."""
    stream = BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    sheet = book.add_worksheet("表")
    sheet.write_row(0, 0, HEADER.split(","))
    per_cent, tenths, month, thousands, quoted = (
        book.add_format({"num_format": code}) for code in ("0%", "0.00%", 'yyyy"年"m"月"', "#,##0,", '0"%"')
    )
    sheet.write(1, 0, 0.95, per_cent)
    sheet.write(1, 1, 0.1 + 0.2, tenths)
    sheet.write(1, 2, 0.1 + 0.2)
    sheet.write(1, 3, date(2023, 10, 1), month)
    sheet.write(1, 4, 45_200.375, book.add_format({"num_format": 22}))
    sheet.write(1, 5, 12_000, thousands)
    sheet.write(1, 6, 95, quoted)
    sheet.write_boolean(1, 7, True)
    sheet.write_formula(2, 0, "=1/0", None, "#DIV/0!")
    sheet.write_formula(2, 1, "=A1*2", None, 24)
    sheet.write_formula(2, 2, '=""', None, "")
    sheet.write(2, 3, 1234567890123456)
    sheet.write(2, 4, 1e-7)
    book.close()
    return stream.getvalue()


def test_a_cell_is_what_the_clerk_sees_and_never_another_figure() -> None:
    _, first, second = rows_of(table_in(formatted()))
    assert first[:4] == ["95%", "30%", "0.3", "2023-10-01"]
    assert first[4:8] == ["2023-10-01 09:00:00", "12000（显示时缩小了）", "95", "TRUE"]
    assert second[:5] == ["#DIV/0!", "24", '（没有算出结果）=""', "1234567890123460", "0.0000001"]


def test_in_other_formats_too() -> None:
    old = xlwt.Workbook()
    sheet = old.add_sheet("表")
    sheet.write(0, 0, 0.95, xlwt.easyxf(num_format_str="0%"))
    sheet.write(0, 1, date(2023, 10, 1), xlwt.easyxf(num_format_str="yyyy-mm"))
    sheet.write(0, 2, 0.1 + 0.2)
    sheet.write(0, 3, True)
    cells = (
        '<table:table-row><table:table-cell office:value-type="percentage" office:value="0.95"/>'
        '<table:table-cell office:value-type="date" office:date-value="2023-10-01"/>'
        '<table:table-cell office:value-type="float" office:value="0.30000000000000004"/>'
        '<table:table-cell office:value-type="boolean" office:boolean-value="true"/></table:table-row>'
    )
    opened = zipped({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": ods_content(cells)})
    assert table_in(saved(old)) == table_in(opened) == "95%,2023-10-01,0.3,TRUE\n"


def test_dates_count_from_1904_where_the_workbook_says_so() -> None:
    book = openpyxl.Workbook()
    book.epoch = CALENDAR_MAC_1904
    book.worksheets[0]["A1"] = date(2023, 10, 1)
    assert table_in(saved(book)) == "2023-10-01\n"


@pytest.mark.parametrize(
    ("value", "code"), [("95%", "MZ215"), ("#DIV/0!", "MZ212"), ("=SUM(A1:A2)", "MZ213"), ("2023-10-01", "MZ226")]
)
def test_what_is_no_figure_in_a_spreadsheet_is_an_error_and_no_zero(value: str, code: str) -> None:
    rows = [list(row) for row in TABLE]
    book = openpyxl.load_workbook(BytesIO(xlsx_of(rows)))
    cell = book.worksheets[0]["E2"]
    match value:
        case "95%":
            cell.value, cell.number_format = 0.95, "0%"
        case "2023-10-01":
            cell.value = date(2023, 10, 1)
        case _:
            cell.value = value
    result = checked(saved(book), ".xlsx")
    assert [(f.rule.code, f.cell, f.value) for f in result.diagnostics if f.value] == [(code, "填报表!E2", value)]
    rows[1][4] = value
    assert told(checked(csv_of(rows), ".csv")) == told(result)


def test_traps_of_programs_that_write_workbooks() -> None:
    plain = xlsx_of(TABLE)
    expected = table_in(plain)

    def in_other_spelling(name: str, content: bytes) -> tuple[str, bytes]:
        return name.replace("sharedStrings", "SharedStrings").replace("/", "\\"), content

    def with_wrong_dimension(name: str, content: bytes) -> tuple[str, bytes]:
        return name, content.replace(b'<dimension ref="A1:I5"', b'<dimension ref="A1:A1"')

    def with_prefixes(name: str, content: bytes) -> tuple[str, bytes]:
        if "sheet1.xml" not in name:
            return name, content
        for tag in (b"worksheet", b"sheetData", b"row", b"c", b"v"):
            content = content.replace(b"<" + tag + b" ", b"<x:" + tag + b" ").replace(
                b"<" + tag + b">", b"<x:" + tag + b">"
            )
            content = content.replace(b"</" + tag + b">", b"</x:" + tag + b">")
        return name, content.replace(b'xmlns="', b'xmlns:x="')

    assert b"A1:I5" in zipfile.ZipFile(BytesIO(plain)).read("xl/worksheets/sheet1.xml")
    for change in (in_other_spelling, with_wrong_dimension, with_prefixes):
        assert table_in(repacked(plain, change)) == expected, change.__name__


def test_cells_without_references_stand_side_by_side() -> None:
    sheet = "<row><c><v>1</v></c><c/><c><v>2</v></c></row><row/><row><c><v>3</v></c></row>"
    assert table_in(sheet_of(sheet)) == "1,,2\n\n3,,\n"


@pytest.mark.parametrize("ending", FORMATS)
def test_under_the_name_of_a_csv_it_is_read_and_its_name_told(ending: str) -> None:
    result = checked(WRITERS[ending](TABLE), ".csv")
    assert [f.rule.code for f in result.diagnostics if not f.rule.code.startswith("MZ6")] == ["MZ126"]
    assert result.ledger.count() == len(ROWS)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"<html><table><tr><td>1</td></tr></table></html>", "MZ106"),
        (b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>', "MZ104"),
        (b"PK\x03\x04xl/", "MZ104"),
        (b"PK\x03\x04garbage", "MZ104"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" * 100, "MZ104"),
        (zipped({"word/document.xml": "<x/>"}), "MZ106"),
        (zipped({"photo.jpg": "x"}), "MZ105"),
        (zipped({"xl/workbook.bin": "x"}), "MZ104"),
        (zipped({"xl/workbook.xml": "<x/>"}), "MZ104"),
        (zipped({"xl/workbook.xml": "<!DOCTYPE x><x/>"}), "MZ104"),
        (zipped({"content.xml": "<x/>"}), "MZ105"),
        (xlsx_of([]), "MZ103"),
        (xlsx_of([["填报说明"]]), "MZ130"),
    ],
)
def test_what_is_no_table_is_refused_by_name(data: bytes, code: str) -> None:
    for ending in (".xls", ".xlsx", ".csv"):
        result = checked(data, ending)
        assert [f.rule.code for f in result.diagnostics if not f.rule.code.startswith("MZ6")] == [code]
        assert result.ledger.count() == 0


def test_a_password_is_told() -> None:
    package = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 500 + "EncryptedPackage".encode("utf-16-le")
    assert refusal(package) == (Flaw.SPREADSHEET, "encrypted")
    manifest = {"META-INF/manifest.xml": "<m><encryption-data/></m>", "content.xml": "?"}
    locked = zipped({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", **manifest})
    assert refusal(locked) == (Flaw.SPREADSHEET, "encrypted")


def test_without_the_library_an_old_workbook_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "xlrd", None)
    books._place_kept.cache_clear()  # what is remembered of one that another test read needs no library
    (finding,) = [f for f in checked(WRITERS[".xls"](TABLE), ".xls").diagnostics if f.rule.code == "MZ104"]
    assert "-m pip install xlsxwriter xlrd openpyxl" in finding.hint
    assert [f for f in checked(xlsx_of(TABLE), ".xlsx").diagnostics if f.rule.code == "MZ104"] == []


def test_of_several_sheets_the_one_with_records_is_read() -> None:
    note: Rows = [["填报说明"], ["每个指标填一行"]]
    sheet = report_of(xlsx_of_sheets(("说明", note), ("填报", TABLE), ("空", [])))
    assert (sheet.name, sheet.defects) == ("填报", ())
    form = report_of(xlsx_of_sheets(("样式", TABLE[:1]), ("填报", TABLE)))
    assert (form.name, form.defects) == ("填报", ())
    assert refusal(xlsx_of_sheets(("一", TABLE), ("二", TABLE))) == (Flaw.SHEETS, "一、二")
    assert refusal(xlsx_of_sheets(("说明", note), ("二", TABLE), states={"二": "hidden"})) == (Flaw.SHEETS, "二")
    beside = report_of(xlsx_of_sheets(("一", TABLE), ("二", TABLE), states={"二": "veryHidden"}))
    assert (beside.name, [(one.flaw, one.detail) for one in beside.defects]) == ("一", [(Flaw.SHEETS, "二")])


def sheet_of(cells: str, shared: str = "") -> bytes:
    """A workbook whose only sheet is that XML."""
    relation = 'Type="http://x/worksheet" Target="worksheets/sheet1.xml"'
    return zipped(
        {
            "xl/workbook.xml": '<workbook xmlns:r="r"><sheets><sheet name="S" r:id="a"/></sheets></workbook>',
            "xl/_rels/workbook.xml.rels": f'<Relationships><Relationship Id="a" {relation}/></Relationships>',
            "xl/worksheets/sheet1.xml": f"<worksheet>{cells}</worksheet>",
            "xl/sharedStrings.xml": f"<sst>{shared}</sst>",
        }
    )


def ods_sheet(cells: str) -> bytes:
    return zipped({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": ods_content(cells)})


_FAR = '<row r="{0}"><c r="{1}{0}"><v>1</v></c></row>'
BOMBS: Mapping[str, Callable[[], bytes]] = {
    "a million blank rows": lambda: sheet_of("".join(f'<row r="{at}"/>' for at in range(1, 1_050_000))),
    "merged cells": lambda: sheet_of('<mergeCell ref="A1:B1"/>' * 42_000),
    "a part that unpacks to more than it says": lambda: sheet_of(" " * (65 << 20)),
    "shared strings": lambda: sheet_of("", "<si><t>" + "x" * (70 << 20) + "</t></si>"),
    "wide and long": lambda: sheet_of(
        _FAR.format(1, "XFD") + "".join(_FAR.format(at, "A") for at in range(2, 100_000))
    ),
    "wide in every row": lambda: sheet_of("".join(_FAR.format(at, "XFD") for at in range(1, 2_000))),
    "repeated cells": lambda: ods_sheet(
        '<table:table-row table:number-rows-repeated="1000000">'
        '<table:table-cell table:number-columns-repeated="16000" office:value-type="float" office:value="1"/>'
        "</table:table-row>"
    ),
    "blanks in a text": lambda: ods_sheet(
        '<table:table-row><table:table-cell><text:p><text:s text:c="2000000000"/></text:p></table:table-cell>'
        "</table:table-row>"
    ),
}


@pytest.mark.untraced
@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_refused(name: str) -> None:
    assert refusal(BOMBS[name]()) == (Flaw.SPREADSHEET, "too-large")


def test_a_cell_at_the_far_end_of_a_sheet_costs_nothing() -> None:
    assert table_in(sheet_of(_FAR.format(1, "A") + _FAR.format(1_048_576, "B"))).count("\n") == 1_048_576
    wide = table_in(sheet_of(_FAR.format(1, "XFD")))
    assert wide == "," * 16_383 + "1\n"
    beyond = sheet_of(_FAR.format(1, "XFE"))
    assert refusal(beyond) == (Flaw.SPREADSHEET, "damaged")
    far = ods_sheet('<table:table-row table:number-rows-repeated="1048576"><table:table-cell/></table:table-row>')
    assert refusal(far) == (Flaw.EMPTY, "")


@through(
    "data",
    [
        sheet_of("<t>text outside of all cells</t><v>1</v><f>1</f></c>"),
        sheet_of('<row r="x"/>'),
        sheet_of('<c t="s"><v>7</v></c>'),
        sheet_of('<c r="A0"><v>1</v></c>'),
        sheet_of('<c r="A１"><v>1</v></c>'),
        ods_sheet(
            '<table:table-row table:number-rows-repeated="-9"><table:table-cell><text:p>1</text:p></table:table-cell>'
        ),
        ods_sheet(
            '<table:table-row><table:table-cell><text:p><text:s text:c="-9"/></text:p></table:table-cell>'
            "</table:table-row>"
        ),
        ods_sheet('<table:table-row><table:table-cell table:number-columns-repeated="99999999"/></table:table-row>'),
        zipped({"xl/workbook.xml": '<?xml version="1.0" encoding="no-such"?><x/>'}),
    ],
)
def test_what_no_program_writes_is_damage(data: bytes) -> None:
    assert refusal(data) == (Flaw.SPREADSHEET, "damaged")


@pytest.mark.parametrize("stored", ["1E999999", "1E999999999999", "-1E-999999", "1E41", "inf", "nan", "1 2"])
def test_a_number_out_of_all_proportion_stays_as_it_stands(stored: str) -> None:
    assert table_in(sheet_of(f"<row><c><v>{stored}</v></c></row>")) == f"{stored}\n"


def test_a_part_that_says_it_is_small_is_read_no_further() -> None:
    data = bytearray(sheet_of(_FAR.format(1, "A") + " " * 1_000_000))
    for at in (data.find(b"xl/worksheets/sheet1.xml"), data.rfind(b"xl/worksheets/sheet1.xml")):
        size = data.find(
            (1_000_000 + len(f"<worksheet>{_FAR.format(1, 'A')}</worksheet>")).to_bytes(4, "little"), at - 46
        )
        assert size > 0
        data[size : size + 4] = (100).to_bytes(4, "little")
    assert refusal(bytes(data)) == (Flaw.SPREADSHEET, "damaged")


def test_the_commands_read_workbooks(check: Run) -> None:
    rows = rows_of(Path(f"{MARCH}.csv").read_text())
    Path(f"{MARCH}.csv").unlink()
    write(f"{MARCH}.xlsx", xlsx_of(rows))
    assert check().code == 0
    rows[1][4] = "三十"
    write(f"{MARCH}.xlsx", xlsx_of(rows))
    (finding,) = json.loads(check("--format", "json").out)["diagnostics"]
    assert (finding["path"], finding["line"], finding["cell"]) == (f"{MARCH}.xlsx", 2, "填报表!E2")
    ran = check()
    assert "（填报表!E2）" in ran.out


def test_a_csv_and_a_workbook_of_one_month_are_an_error_and_neither_counts(check: Run) -> None:
    write(f"{MARCH}.xlsx", xlsx_of(rows_of(Path(f"{MARCH}.csv").read_text())))
    found = [code for code in codes(check("--format", "concise")) if code.startswith("MZ121")]
    assert found == [f"MZ121 {MARCH}.csv:0", f"MZ121 {MARCH}.xlsx:0"]


@pytest.mark.parametrize(("report", "form"), [(".csv", ".xlsx"), (".xlsx", ".csv")])
def test_a_form_that_nobody_filled_in_takes_no_report_s_place(check: Run, report: str, form: str) -> None:
    rows = rows_of(Path(f"{MARCH}.csv").read_text())
    sound = check().out
    Path(f"{MARCH}.csv").unlink()
    blank = [rows[0], *([*row[:4], *[""] * 5] for row in rows[1:])]
    for ending, content in ((report, rows), (form, blank)):
        text = xlsx_of(content) if ending == ".xlsx" else "".join(",".join(row) + "\n" for row in content)
        write(f"{MARCH}{ending}", text)
    assert sound.endswith("没有发现问题。\n")
    assert codes(check("--format", "concise")) == [f"MZ139 {MARCH}{form}:0"]


def test_a_workbook_is_not_repaired_in_place(check: Run) -> None:
    rows = rows_of(Path(f"{MARCH}.csv").read_text())
    Path(f"{MARCH}.csv").unlink()
    rows[1][1] = "甲"
    data = xlsx_of(rows)
    write(f"{MARCH}.xlsx", data)
    ran = check("--fix")
    assert f"没有改动 {MARCH}.xlsx：工作簿、Parquet 不由 --fix 改写" in ran.err
    assert Path(f"{MARCH}.xlsx").read_bytes() == data
    assert "--fix" not in check().out


def test_since_compares_the_rows_of_workbooks(check: Run, git: Git) -> None:
    rows = rows_of(report("甲县", "2023-03", "十"))
    Path(f"{MARCH}.csv").unlink()
    rows[2][5] = "八"
    write(f"{MARCH}.xlsx", xlsx_of(rows))
    git("init", "-q", ".")
    commit(git)
    rows[2][5] = "九"
    write(f"{MARCH}.xlsx", xlsx_of(rows))
    ran = check("--since", "HEAD", "--format", "concise")
    assert codes(ran) == [f"MZ217 {MARCH}.xlsx:3"], "row 2 is as bad as it was"


@pytest.mark.parametrize(
    ("typed", "worked_out", "codes"),
    [(83, None, ["MZ405"]), (81.77, None, []), ("", None, []), (None, 83, [])],
    ids=["typed over", "typed as it is", "left empty", "a stale result"],
)
def test_a_ratio_typed_over_its_formula_is_held_against_its_parts(
    typed: object, worked_out: float | None, codes: list[str]
) -> None:
    """296 of 362 are 81.77; what a formula has stored is as old as the last program that worked it out."""
    stream = BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    sheet = book.add_worksheet("填报表")
    sheet.write_row(
        0, 0, ["报告期", "填报单位", "指标编码", "指标名称", "完成值", "分子", "分母", "比率（自动算）", "说明", "佐证"]
    )
    sheet.write_row(1, 0, ["2031-03", "青山县", "T01-03", "困难老人探访率", "", 296, 362])
    if worked_out is None:
        sheet.write(1, 7, typed)
    else:
        sheet.write_formula(1, 7, "=ROUND(F2/G2*100,2)", None, worked_out)
    book.close()
    found = run_checks(EXAMPLES, [Source.of_bytes("示例.xlsx", stream.getvalue())]).diagnostics
    assert [each.rule.code for each in found] == codes
    (grid,) = book_of(stream.getvalue())
    assert grid.rows[2].get(5, "") == ("83" if codes else ""), "what is typed as it is worked out says nothing more"
