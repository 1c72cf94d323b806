"""The CSV border: bytes to numbered rows, headers in either language, cells in the plan's terms."""

import io
from collections.abc import Sequence
from itertools import chain

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import through
from mzplan.reading.csv_border import BLOCK, LINE_LIMIT, CsvTable
from mzplan.reading.csv_lines import cell_columns, physical_lines
from mzplan.reading.flaws import Defect, Flaw, RefusedError
from mzplan.submissions.header import FIELDS, FIELDS_ZH, Header, find_header, separator_of
from mzplan.submissions.names import Names, matched_form
from mzplan.submissions.places import Spot
from mzplan.submissions.row import Row
from mzplan.submissions.sources import Source
from rule_examples import HEADER, PLAN, check_rows, said

NAMES = Names(PLAN)
ZH = ",".join(FIELDS_ZH.values())


def rows_of(data: bytes | str, width: int = 0) -> tuple[list[tuple[int, list[str]]], CsvTable]:
    """All rows of a text, each with its line."""
    table = CsvTable(io.BytesIO(data.encode() if isinstance(data, str) else data))
    table.width = width
    return [row for batch in table.batches() for row in batch], table


def flaws(table: CsvTable) -> list[tuple[Flaw, int, int]]:
    return [(defect.flaw, defect.line, defect.column) for defect in table.defects]


def refusal(data: bytes | str) -> Defect:
    with pytest.raises(RefusedError) as refused:
        rows_of(data)
    return refused.value.defect


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_rows_know_their_physical_line_whatever_the_line_end(end: str) -> None:
    rows, _ = rows_of(end.join(["a,b", "1,2", "", '3,"4', '5"', "6,7"]))
    expected = [(1, ["a", "b"]), (2, ["1", "2"]), (4, ["3", f"4{end}5"]), (6, ["6", "7"])]
    assert [row for row in rows if any(row[1])] == expected


@pytest.mark.parametrize("blank", ["\n", "\r\n", "\r", " \n", "\t\n"])
def test_blank_lines_are_counted_and_cost_nothing(blank: str) -> None:
    read, _ = rows_of(f"a,b\n{blank * 3 * BLOCK}1,2\n{blank * 3}\ufeff3,4\n")
    said = [(line, row) for line, row in read if "".join(row).strip()]
    assert said == [(1, ["a", "b"]), (3 * BLOCK + 2, ["1", "2"]), (3 * BLOCK + 6, ["3", "4"])]


def test_line_ends_may_be_mixed_and_the_last_may_be_missing() -> None:
    rows, _ = rows_of("a,b\r\n1,2\r3,4\n5,6")
    assert rows == [(1, ["a", "b"]), (2, ["1", "2"]), (3, ["3", "4"]), (4, ["5", "6"])]


def test_lines_break_only_where_an_editor_breaks_them() -> None:
    rows, _ = rows_of('a,b\n1,"x\u2028y"\n2,\x0bz\u0085\n3,4\n')
    assert rows == [(1, ["a", "b"]), (2, ["1", "x\u2028y"]), (3, ["2", "\x0bz\u0085"]), (4, ["3", "4"])]


@given(
    st.lists(st.lists(st.text('ab,"\n 义', max_size=6), min_size=2, max_size=4), min_size=1, max_size=30),
    st.sampled_from(["\n", "\r\n"]),
    st.integers(0, 3),
)
def test_what_a_csv_writer_writes_is_read_back(rows: list[list[str]], end: str, filler: int) -> None:
    import csv

    stream = io.StringIO(newline="")
    csv.writer(stream, lineterminator=end).writerows([["x" * (BLOCK - 30)] * filler + ["y"] * 2, *rows])
    read, table = rows_of(stream.getvalue())
    assert [row for _, row in read][1:] == rows
    assert table.defects == []
    lines = physical_lines(stream.getvalue())
    assert [at for at, _ in read] == sorted({at for at, _ in read})
    assert read[-1][0] <= len(lines)


def test_a_quoted_cell_may_go_over_the_border_of_two_blocks() -> None:
    note = "长" * 40_000
    text = "".join(f'{n},"{note[:30000]}\n{n}"\n' for n in range(20))
    rows, table = rows_of(text)
    assert [(line, row[0], row[1][-2:]) for line, row in rows] == [
        (2 * n + 1, str(n), f"\n{n}"[-2:]) for n in range(20)
    ]
    assert table.defects == []


@pytest.mark.parametrize(
    ("text", "line", "column", "kept"),
    [
        ('a,b\n1,"x\n3,4\n5,6\n', 2, 3, [1, 3, 4]),
        ('a,b\n1,"x\n3,"4"\n5,6\n', 2, 3, [1, 3, 4]),
        ('a,b\n1,"x\n3,"4,5"\n5,6\n', 2, 3, [1, 3, 4]),
        ('a,b\n1,"one\ntwo"\n2,"x\n5,6\n', 4, 3, [1, 2, 5]),
        ('a,b\n1,"x', 2, 3, [1]),
    ],
)
def test_a_quote_without_end_costs_its_own_row_and_is_told_where_it_opens(
    text: str, line: int, column: int, kept: list[int]
) -> None:
    rows, table = rows_of(text, width=2)
    assert flaws(table) == [(Flaw.OPEN_QUOTE, line, column)]
    assert [at for at, _ in rows] == kept


def test_text_after_a_closing_quote_costs_its_row() -> None:
    rows, table = rows_of('a,b\n1,"x"y\n3,4\n', width=2)
    assert flaws(table) == [(Flaw.STRAY_QUOTE, 2, 3)]
    assert [at for at, _ in rows] == [1, 3]


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        ("单位,值\n青山县,2\n".encode(), "utf-8"),
        ("\ufeff单位,值\n青山县,2\n".encode(), "utf-8"),
        ("单位,值\n青山县,2\n".encode("gb18030"), "gb18030"),
        (b"a,b\n" * BLOCK + "青山县,2\n".encode("gb18030"), "gb18030"),
    ],
)
def test_encodings_are_told_apart(data: bytes, encoding: str) -> None:
    rows, table = rows_of(data)
    assert table.encoding == encoding
    assert rows[-1][1] == ["青山县", "2"]
    assert flaws(table) == ([(Flaw.GB18030, 0, 0)] if encoding == "gb18030" else [])


@pytest.mark.parametrize(
    ("data", "line", "column"),
    [
        (b"\xef\xbb\xbf" + "单位\n青山".encode() + b"\xb0,1\n", 2, 3),
        ("单位,数值完成情况说明\n青山县,2\n".encode() + b"a\xff\xff,1\n", 3, 2),
        ("单位\n青山县\n".encode("gb18030") + b"ab\xff\xff\n", 3, 3),
        (b"a,b\r\n" * BLOCK + "单位数值完成情况说明\n".encode() + b"\xff", BLOCK + 2, 1),
        (b"\xef\xbb\xbfab\xed\xa0\x80", 1, 3),
        (b"\xef\xbb\xbfab\xc0\xaf", 1, 3),
        (b"\xef\xbb\xbfab\xf4\x90\x80\x80", 1, 3),
        (b"\xef\xbb\xbfab\xe9\x9d", 1, 3),
    ],
)
def test_the_first_bad_byte_is_named_by_line_and_column(data: bytes, line: int, column: int) -> None:
    defect = refusal(data)
    assert (defect.flaw, defect.line, defect.column) == (Flaw.BAD_BYTES, line, column)


@through(
    ("data", "flaw", "detail"),
    [
        (b"", Flaw.EMPTY, ""),
        (b"\xef\xbb\xbf\r\n \r\n", Flaw.EMPTY, ""),
        (b"PK\x03\x04....xl/workbook.xml", Flaw.SPREADSHEET, "xlsx"),
        (b"PK\x03\x04....photo.jpg", Flaw.ARCHIVE, "zip"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Flaw.SPREADSHEET, "xls"),
        (b"\x1f\x8b\x08\x00", Flaw.ARCHIVE, "gzip"),
        (b"%PDF-1.7", Flaw.DOCUMENT, "PDF"),
        (b"PAR1\x15\x04\x00", Flaw.PARQUET, "not-called-so"),
        (b'TABLE\r\n0,1\r\n"EXCEL"\r\nVECTORS', Flaw.SPREADSHEET, ".dif"),
        (b'ID;PWXL;N;E\r\nC;X1;Y1;K"a"', Flaw.SPREADSHEET, ".slk"),
        (
            b'<?xml version="1.0"?>\n<office:document o:mimetype="application/vnd.oasis.opendocument.spreadsheet">',
            Flaw.SPREADSHEET,
            ".fods",
        ),
        (
            b'<?xml version="1.0"?>\n<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">',
            Flaw.SPREADSHEET,
            ".xml",
        ),
        (b"  <!DOCTYPE html><html>", Flaw.DOCUMENT, "HTML"),
        (b'<?xml version="1.0"?>', Flaw.DOCUMENT, "HTML"),
        (b'[{"period": 1}]', Flaw.DOCUMENT, "JSON"),
        (b"version https://git-lfs.github.com/spec/v1\noid sha256:0\n", Flaw.LFS_POINTER, ""),
        ("期,b\n".encode("utf-16"), Flaw.UTF16, "UTF-16"),
        ("period,b\n".encode("utf-16-le"), Flaw.UTF16, "UTF-16"),
        ("period,b\n".encode("utf-16-be"), Flaw.UTF16, "UTF-16"),
        ("period\n".encode("utf-32"), Flaw.UTF16, "UTF-32"),
        (b"a,b\n1,\0\n", Flaw.BINARY, "NUL"),
        (b"a,b\n" + bytes(range(1, 9)) * 2, Flaw.BINARY, "control"),
    ],
)
def test_foreign_files_are_named_by_their_first_bytes(data: bytes, flaw: Flaw, detail: str) -> None:
    defect = refusal(data)
    assert (defect.flaw, defect.detail) == (flaw, detail)


PAGE = "<table><tr><td>报告期</td></tr></table>"
SHEET = '<?xml version="1.0"?>\n<!-- 导出 -->\n<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">'


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize(
    ("text", "detail"),
    [
        *(
            (before + PAGE, "HTML")
            for before in ("", "\r\n", "<!-- 导出 -->", "<style>td{}</style>", "<div>", "<HTML lang='zh'>")
        ),
        ("MIME-Version: 1.0\r\nX-Document-Type: Workbook\r\n\r\n" + PAGE, "HTML"),
        (SHEET, ".xml"),
    ],
)
def test_a_page_is_named_in_whatever_encoding_and_with_whatever_it_begins(
    text: str, detail: str, encoding: str
) -> None:
    assert refusal(text.encode(encoding)).detail == detail


@pytest.mark.parametrize("first", ["<5", "< a", "<甲县>", "From", "MIME-Version:", "a<b>"])
def test_a_table_that_begins_with_such_a_mark_is_none(first: str) -> None:
    assert list(rows_of(f"{first},b\n1,2\n"))


@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("foreign", ["\0", "\x01" * 20])
def test_characters_of_no_text_are_told_at_the_first_line_that_holds_them(foreign: str, ends: str) -> None:
    defect = refusal(ends.join(("a,b", "1,2", f"1,{foreign}", "1,2", f"1,{foreign}", "")))
    assert (defect.flaw, defect.line) == (Flaw.BINARY, 3)


def test_a_conflict_marker_refuses_the_file_at_its_line_even_late() -> None:
    rows = "a,b\n" * (BLOCK // 2)
    defect = refusal(f"{rows}<<<<<<< HEAD\n1,2\n=======\n1,3\n>>>>>>> other\n")
    assert (defect.flaw, defect.line) == (Flaw.CONFLICT, BLOCK // 2 + 1)


@pytest.mark.parametrize("at", [1, 3])
def test_a_line_without_end_is_refused(at: int) -> None:
    defect = refusal("a,b\n" * (at - 1) + "x" * (LINE_LIMIT + 1) + "\n1,2\n")
    assert (defect.flaw, defect.line) == (Flaw.LONG_LINE, at)


def test_a_file_that_grows_beyond_the_limit_is_refused() -> None:
    table = CsvTable(io.BytesIO(b"a,b\n" * BLOCK), limit=BLOCK)
    with pytest.raises(RefusedError) as refused:
        list(chain.from_iterable(table.batches()))
    assert refused.value.defect.detail == "too-large"


@pytest.mark.parametrize(
    ("line", "columns"),
    [
        ("a,b,c\n", [1, 3, 5]),
        ('"a,b",c,\n', [1, 7, 9]),
        ('甲,"乙""丙",丁\r\n', [1, 3, 10]),
        ('a,"goes on\n', [1, 3]),
        ("", [1]),
    ],
)
def test_columns_count_characters_from_one(line: str, columns: list[int]) -> None:
    assert cell_columns(line) == columns


def header_of(*lines: str) -> tuple[Header, list[Defect]]:
    defects: list[Defect] = []
    rows = [(number, line.split(",")) for number, line in enumerate(lines, start=1)]
    return find_header(rows, defects), defects


@pytest.mark.parametrize(
    ("lines", "flaw", "expected"),
    [
        (["2031-03,青山县,T01-01,,12,,,,"], Flaw.NO_HEADER, ""),
        ([HEADER.replace("value", "vlaue")], Flaw.MISSING_COLUMN, "value"),
        ([ZH.replace("完成值", "完成直")], Flaw.MISSING_COLUMN, "完成值"),
        ([HEADER.replace(",value", "")], Flaw.MISSING_COLUMN, "value"),
        ([f"{HEADER},Value"], Flaw.REPEATED_COLUMN, "value"),
        ([f"{HEADER},完成值"], Flaw.REPEATED_COLUMN, "value"),
        ([HEADER + ",x" * 300], Flaw.TOO_MANY_COLUMNS, ""),
    ],
)
def test_a_header_that_cannot_be_used_refuses_the_file(lines: Sequence[str], flaw: Flaw, expected: str) -> None:
    with pytest.raises(RefusedError) as refused:
        header_of(*lines)
    assert (refused.value.defect.flaw, refused.value.defect.expected) == (flaw, expected)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (f"{HEADER}\n", (",", 1)),
        (HEADER.replace(",", ";"), (";", 1)),
        (f"填报表,\n\n{HEADER}\n".replace(",", "\t"), ("\t", 3)),
        (f'"填\n报表"\n{ZH}\n'.replace(",", "，"), ("，", 3)),
        ("2031-03;青山县\n" * 10 + HEADER.replace(",", ";"), None),
        (f'"{HEADER.replace(",", ";")}', None),
    ],
)
def test_a_separator_is_that_of_the_row_that_is_a_header(text: str, found: tuple[str, int] | None) -> None:
    assert separator_of(text) == found


def test_the_columns_of_the_form_are_passed_over_and_a_stranger_is_told() -> None:
    header, defects = header_of(f"{ZH},计量单位,目标,上次填报,备份")
    assert header.positions == tuple(range(9))
    assert [(d.flaw, d.cell) for d in defects] == [(Flaw.UNKNOWN_COLUMN, 13)]


@pytest.mark.parametrize(
    ("text", "unit", "fix", "is_alias"),
    [
        ("青山县", "qingshan", None, False),
        ("qingshan", "qingshan", None, False),
        ("990101", "qingshan", None, False),
        ("青山", "qingshan", "青山县", True),
        (" 青山县", "qingshan", "青山县", False),
        ("青山县\u200b", "qingshan", "青山县", False),
        ("⾼新区", "gaoxin", "高新区", False),
        ("ＧＸＱ", "gaoxin", "高新区", False),
        ("\u202e青山县", None, None, False),
        ("青", None, None, False),
        ("99010", None, None, False),
        ("", None, None, False),
    ],
)
def test_units_are_known_by_every_spelling_that_leaves_no_doubt(
    text: str, unit: str | None, fix: str | None, is_alias: bool
) -> None:
    assert NAMES.unit(text) == (unit, fix, is_alias)


@pytest.mark.parametrize(
    ("text", "code", "fix"),
    [
        ("T01-01", "T01-01", None),
        ("t01-01", "T01-01", "T01-01"),
        ("T01－01", "T01-01", "T01-01"),
        ("T01–01", "T01-01", "T01-01"),
        ("Т01-01", None, None),  # a Cyrillic Т
        ("T01-1", None, None),
    ],
)
def test_codes_are_known_by_every_spelling_that_leaves_no_doubt(text: str, code: str | None, fix: str | None) -> None:
    named = NAMES.indicator(text)
    assert (named.id, named.fix) == (code, fix)


@through(
    ("text", "period", "fix"),
    [
        ("2031-03", "2031-03", None),
        ("2031年3月", "2031-03", None),
        ("2031年03月", "2031-03", "2031-03"),
        ("2031/3", "2031-03", "2031-03"),
        ("203103", "2031-03", "2031-03"),
        ("２０３１－０３", "2031-03", "2031-03"),
        (" 2031-03", "2031-03", "2031-03"),
        ("2031-13", None, None),
        ("3月", None, None),
    ],
)
def test_periods_in_other_spellings(text: str, period: str | None, fix: str | None) -> None:
    found, written = NAMES.period(text)
    assert (found and str(found), written) == (period, fix)


def row(**cells: str) -> Row:
    common = {"period": "2031-03", "unit": "青山县", "indicator": "T01-01"}
    return Row(2, tuple({**common, **cells}.get(field, "") for field in FIELDS), NAMES)


def test_a_row_whose_name_is_another_indicators_says_nothing_reliable() -> None:
    shifted = row(name="持证护理员数", value="5")
    assert shifted.is_shifted
    assert (shifted.indicator, shifted.figure, shifted.numbers) == (None, None, {})


def test_a_percentage_may_carry_its_sign_only_where_percent_is_the_unit() -> None:
    assert row(indicator="T01-03", value="70％").number("value").plain == "70"
    assert row(indicator="T01-07", value="70%").number("value").figure is None
    assert row(indicator="T01-01", value="70%").number("value").figure is None


def test_bytes_can_be_read_again() -> None:
    source = Source.of_bytes("data/2031-03/qingshan.csv", b"abc")
    assert source.spot == Spot(("2031-03",), "qingshan.csv", is_data=False)
    for _ in range(2):
        with source.open() as stream:
            assert stream.read() == b"abc"


def test_a_finding_stands_at_its_cell_in_every_order_and_language() -> None:
    assert said(check_rows('2031-03,"青山县",T01-01,新增养老床位数,多少,,,,')) == ["MZ224@2:30"]
    text = "分母,完成值,填报单位,报告期,指标编码,分子\n,多少,青山县,2031-03,T01-01,\n"
    from mzplan.check.run import run_checks

    found = run_checks(PLAN, [Source.of_bytes("x.csv", text.encode())]).diagnostics
    assert [(f.location.line, f.location.column, f.field, f.value) for f in found] == [(2, 2, "value", "多少")]


def test_only_what_may_be_a_name_is_put_into_its_plain_form() -> None:
    assert matched_form("\u3000" + "Ａ" * 98 + "\u200b") == "A" * 98
    assert matched_form("\u3000" + "Ａ" * 100) == "Ａ" * 100, "no name is that long; undoing its forms takes time"
