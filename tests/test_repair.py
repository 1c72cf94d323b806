"""A repair changes how a file is written and never what it says."""

import csv
import io
from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import through
from findings import SEPARATED, finding
from mzplan.check.run import CheckResult, run_checks
from mzplan.diagnostics import Diagnostic
from mzplan.plan.load import load_plan
from mzplan.render.check.diff import unified_diff
from mzplan.submissions.repair import Repair, RowRepair, read_rows, repair
from mzplan.submissions.sources import Source

HEADER = "period,unit,indicator,value,note\n"
PLAN = load_plan(Path(__file__).parent / "plans" / "tiny.yaml")
ROW = "2023-06,义乌市,T05-03,12,\n"


def mended(data: str | bytes, *findings: Diagnostic) -> bytes | None:
    found = repair(data.encode() if isinstance(data, str) else data, findings)
    return None if found is None else found.data


def fix(line: int, column: int, value: str, to: str) -> Diagnostic:
    return finding(SEPARATED.rule, line=line, column=column, value=value, fix=to)


@pytest.mark.parametrize(
    "text", [HEADER + ROW, "\ufeff" + HEADER + ROW, (HEADER + ROW).replace("\n", "\r\n"), HEADER.rstrip()]
)
def test_a_file_that_needs_nothing_stays_byte_for_byte(text: str) -> None:
    assert mended(text) == text.encode()


def test_a_cell_takes_its_repair_and_its_neighbours_keep_their_quotes() -> None:
    text = 'period,"unit",value\n"2023-06",义乌市,"1,234"\n 2023-06 ,"义""乌",5\n'
    assert mended(text, fix(2, 15, "1,234", "1234")) == text.replace('"1,234"', "1234").encode()


def test_a_repair_that_holds_a_comma_is_quoted() -> None:
    assert mended("a,b\nx,y\n", fix(2, 1, "x", 'p,"q"')) == b'a,b\n"p,""q""",y\n'


def test_a_finding_whose_cell_no_longer_says_that_changes_nothing() -> None:
    text = "a,b\nx,y\n"
    assert mended(text, fix(2, 1, "z", "n"), fix(9, 1, "x", "n"), fix(2, 99, "x", "n")) == text.encode()


def test_cells_of_several_lines_do_not_move_the_rows_below() -> None:
    text = 'a,b\n"one\r\ntwo\rthree\nfour",y\nx,z\n'
    assert mended(text, fix(6, 1, "x", "n")) == text.replace("\nx,", "\nn,").encode()


def test_a_cell_that_starts_on_a_later_line_is_found_by_what_it_says() -> None:
    text = 'a,b,c\n"one\ntwo",x,z\n"one\ntwo",x,x\n'
    assert mended(text, fix(2, 0, "x", "n")) == text.replace("x,z", "n,z").encode()
    assert mended(text, fix(4, 0, "x", "n")) == text.encode()


def test_gb18030_becomes_utf_8_with_a_bom_for_excel() -> None:
    assert mended((HEADER + ROW).encode("gb18030")) == b"\xef\xbb\xbf" + (HEADER + ROW).encode()


def test_what_old_programs_put_at_the_end_goes() -> None:
    assert mended("a,b\n1,2\n\x1a") == b"a,b\n1,2\n"


def test_a_bom_is_kept_once() -> None:
    assert mended("\ufeff\ufeff" + HEADER + ROW) == ("\ufeff" + HEADER + ROW).encode()


@pytest.mark.parametrize(
    ("mixed", "expected"),
    [
        ("a\r\nb\nc\r\n", "a\r\nb\r\nc\r\n"),
        ("a\nb\r\nc\n", "a\nb\nc\n"),
        ("a\rb\rc\r", "a\nb\nc\n"),
        ("a\r\r\nb\r\r\nc", "a\r\nb\r\nc"),
        ("a\nb\r\n", "a\nb\n"),
    ],
)
def test_line_ends_become_those_of_most_rows(mixed: str, expected: str) -> None:
    assert mended(mixed) == expected.encode()


def test_empty_edges_go_and_empty_rows_inside_stay() -> None:
    head = "period,unit,indicator,value"
    text = f"{head},,,\n1,2,3,4,,,\n,,,,,,\n5,6,7,8, ,,\n,,,,,,\n\n\u3000,\n"
    assert mended(text) == f"{head}\n1,2,3,4\n,,,\n5,6,7,8\n".encode()


def test_a_file_without_a_header_keeps_its_empty_cells() -> None:
    text = "2023-06,义乌市,T05-03,12,,\n2023-06,义乌市,T05-04,13,,\n"
    assert mended(text) == text.encode()


def test_a_column_without_a_name_that_says_something_stays() -> None:
    text = "a,b,,\n1,2,,\n3,4,x,\n"
    assert mended(text) == text.encode()


@through(
    "data",
    [
        b"",
        b"\xef\xbb\xbf",
        b"a,b\n1,\xff\xff\n",
        b"\xef\xbb\xbfa,b\n1,\xd2\xe5\n",
        b"a\0b\n",
        "a,b\n1,2\n".encode("utf-16"),
        b'a,b\n"1,2\n3,4\n',
        b'a,b\n"1"x,2\n',
        "名称,b\n青山县民政局报送,1\n".encode() + "义乌,2\n".encode("gb18030"),
        b"<<<<<<< HEAD\na,b\n=======\na,c\n>>>>>>> x\n",
        b"<html><table><tr><td>1</td></tr></table></html>",
        b"PK\x03\x04xl/",
    ],
)
def test_a_file_that_cannot_be_read_completely_is_not_touched(data: bytes) -> None:
    assert repair(data, ()) is None


CELLS = st.text(st.sampled_from('abc ,"\r\n1２。\u3000义\ufeff='), max_size=6)
TABLES = st.lists(st.lists(CELLS, min_size=1, max_size=4), min_size=1, max_size=6)


def written(table: list[list[str]], end: str) -> str:
    stream = io.StringIO()
    breaks = any("\r" in cell or "\n" in cell for row in table for cell in row)
    if breaks:  # a bare CR would end the row
        csv.writer(stream, lineterminator=end, quoting=csv.QUOTE_ALL).writerows(table)
    else:
        csv.writer(stream, lineterminator=end).writerows(table)
    return stream.getvalue()


def lines_of(text: str) -> list[int]:
    """The physical line on which each record starts."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    lines = [1, *(reader.line_num + 1 for _ in reader)]
    return lines[:-1]


def unmarked(rows: Iterable[list[str]]) -> list[list[str]]:
    """Rows without the byte order marks they begin with."""
    return [[row[0].lstrip("\ufeff"), *row[1:]] for row in rows if row]


def read(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline=""), strict=True))


@given(TABLES, st.sampled_from(["\n", "\r\n", "\r"]))
def test_rows_are_read_as_python_reads_them(table: list[list[str]], end: str) -> None:
    text = written(table, end)
    rows = read_rows(text)
    assert rows is not None
    found = [[cell.value for cell in row.cells] for row in rows]
    assert unmarked(found) == unmarked(row or [""] for row in read(text))
    assert [row.line for row in rows] == lines_of(text)


@given(st.text(st.sampled_from('ab,"\r\n '), max_size=30))
def test_what_is_read_is_what_stands_there(text: str) -> None:
    rows = read_rows(text)
    if rows is None:
        return
    assert "".join(",".join(text[c.start : c.end] for c in row.cells) + row.ending for row in rows) == text


@given(TABLES, st.sampled_from(["\n", "\r\n", "\r"]), st.booleans(), st.sampled_from(["utf-8", "gb18030"]))
def test_a_repair_loses_no_cell_and_doing_it_twice_changes_nothing(
    table: list[list[str]], end: str, bom: bool, encoding: str
) -> None:
    text = written(table, end)
    data = (("\ufeff" if bom and encoding == "utf-8" else "") + text).encode(encoding)
    once = mended(data)
    if once is None:
        return
    assert mended(once) == once

    def said(rows: list[list[str]]) -> list[list[str]]:
        kept = [row[: max((n for n, cell in enumerate(row, 1) if cell.strip()), default=0)] for row in unmarked(rows)]
        return [row for row in kept if row]

    assert said(read(once.decode("utf-8-sig"))) == said(read(data.decode(encoding).lstrip("\ufeff")))


SPELLINGS = st.sampled_from(
    ["{}", " {}", "{}\u3000", "\t{} ", "'{}", "{}%", "约{}", "{}元", "+{}", "-{}", "{}.50", "0{}", "不适用", ""]
)
NUMBERS = st.integers(0, 10**7).flatmap(
    lambda n: st.sampled_from(
        [str(n), f"{n:,}", str(n).translate({d: d + 0xFEE0 for d in range(48, 58)}), f"{n:,}"[:-1]]
    )
)
VALUES = st.builds(lambda spelling, number: spelling.format(number), SPELLINGS, NUMBERS)
KEYS = st.sampled_from(
    ["甲县", " 甲县", "甲", "jia", "990101", "乙市\u3000", "丙县", "開发区", "开发区", "ＫＦＱ", "示范开发区", ""]
)
MONTHS = st.sampled_from(
    ["2023-01", "2023年2月", "2023年02月", "202303", "2023/4", " 2023-05", "2023-13", "２０２３-06", ""]
)
CODES = st.sampled_from(["T01-01", "t01-01", "T01—01", " T02-01", "Ｔ０１-01", "T01-1", "T01-02"])
RECORDS = st.lists(st.tuples(MONTHS, KEYS, CODES, VALUES, VALUES, VALUES), max_size=8)


@given(RECORDS, st.sampled_from(["utf-8", "utf-8-sig", "gb18030"]), st.sampled_from(["\n", "\r\n"]), st.integers(0, 3))
def test_a_repair_changes_no_figure_and_leaves_nothing_to_repair(
    records: list[tuple[str, ...]], encoding: str, end: str, edge: int
) -> None:
    header = ["period", " unit", "Indicator", "value", "numerator", "denominator"]
    table = [[*row, *[""] * edge] for row in (header, *records)] + [[""] * 6] * edge
    data = written(table, end).encode(encoding)

    def checked(content: bytes) -> CheckResult:
        return run_checks(PLAN, [Source("x.csv", content=io.BytesIO(content))])

    before = checked(data)
    found = repair(data, before.diagnostics)
    assert found is not None
    after = checked(found.data)
    assert after.ledger.values[:] == before.ledger.values[:]
    assert after.ledger.denominators == before.ledger.denominators
    assert not any(each.fix is not None for each in after.diagnostics)
    assert repair(found.data, after.diagnostics) == Repair(
        found.data, (), tuple(RowRepair(c.line, c.after or "", c.after) for c in found.rows if c.after is not None)
    )


def test_the_diff_is_unified_and_says_what_happens_to_the_whole_file() -> None:
    rows = [f"2023-06,义乌市,T05-{n:02},{n}\r\n" for n in range(1, 20)]
    data = ("period,unit,indicator,value\r\n" + "".join(rows).replace(",5\r", ",５\r") + "\n").encode("gb18030")
    found = repair(data, [fix(6, 20, "５", "5")])
    assert found is not None
    assert unified_diff("data/2023-06/yiwu.csv", found) == (
        "data/2023-06/yiwu.csv：编码由 GB18030 改为 UTF-8（带 BOM，便于 Excel 打开）；去掉末尾 1 个空行\n"
        "--- a/data/2023-06/yiwu.csv\n"
        "+++ b/data/2023-06/yiwu.csv\n"
        "@@ -3,7 +3,7 @@\n"
        " 2023-06,义乌市,T05-02,2\n"
        " 2023-06,义乌市,T05-03,3\n"
        " 2023-06,义乌市,T05-04,4\n"
        "-2023-06,义乌市,T05-05,５\n"
        "+2023-06,义乌市,T05-05,5\n"
        " 2023-06,义乌市,T05-06,6\n"
        " 2023-06,义乌市,T05-07,7\n"
        " 2023-06,义乌市,T05-08,8\n"
        "@@ -18,4 +18,3 @@\n"
        " 2023-06,义乌市,T05-17,17\n"
        " 2023-06,义乌市,T05-18,18\n"
        " 2023-06,义乌市,T05-19,19\n"
        "-\n"
    )


def test_changes_near_each_other_are_one_hunk_and_removals_stand_before_additions() -> None:
    rows = "".join(f"r{n}\n" for n in range(1, 12))
    found = repair(rows.encode(), [fix(4, 1, "r4", "x"), fix(5, 1, "r5", "y"), fix(9, 1, "r9", "z")])
    assert found is not None
    assert unified_diff("x.csv", found).splitlines()[2:] == [
        "@@ -1,11 +1,11 @@",
        *(" r1", " r2", " r3", "-r4", "-r5", "+x", "+y", " r6", " r7", " r8", "-r9", "+z", " r10", " r11"),
    ]


def test_a_row_of_several_lines_is_shown_as_several() -> None:
    found = repair(b'a,b\n"one\ntwo",x\n', [fix(2, 0, "x", "y")])
    assert found is not None
    assert unified_diff("x.csv", found).splitlines()[2:] == [
        "@@ -1,3 +1,3 @@",
        *(" a,b", '-"one', '-two",x', '+"one', '+two",y'),
    ]


def test_there_is_no_diff_of_nothing() -> None:
    found = repair((HEADER + ROW).encode(), ())
    assert found is not None
    assert unified_diff("x.csv", found) == ""


def test_a_diff_is_no_command_and_hides_nothing() -> None:
    found = repair(b"a\n::error::x\n##[error]y\x1b\nz\n\n", ())
    assert found is not None
    assert unified_diff("::error::x\n.csv", found).splitlines() == [
        ": :error::x\\x0a.csv：去掉末尾 1 个空行",
        "--- a/::error::x\\x0a.csv",
        "+++ b/::error::x\\x0a.csv",
        "@@ -2,4 +2,3 @@",
        " : :error::x",
        " # #[error]y\\x1b",
        " z",
        "-",
    ]
