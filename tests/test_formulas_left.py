"""What a spreadsheet leaves in place of a cell's content, a formula or an error value, is told, and counts as none."""

import re
from io import BytesIO
from xml.sax.saxutils import escape

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import through
from inbox import Collect, april, check, collect, figures, rows
from mzplan.plan.breakdown_rows import flaw
from mzplan.reading.formula import no_formula
from mzplan.reading.misread import spreadsheet_fault
from mzplan.reading.spreadsheet import formula_text
from mzplan.rules import RULES
from mzplan.submissions import header
from rule_examples import check_rows
from test_cli_check import write
from test_workbooks import TABLE, checked, csv_of, told
from workbooks import Rows, ods_of, repacked, saved, xlsx_of

__all__ = ["check", "collect"]

pytestmark = pytest.mark.untraced

CAUSE = '=CONCATENATE("新院","投用")'
"""What it says would be a reason."""
FORMULAS = (
    *(
        CAUSE,
        '=IF(E2="","","新院投用")',
        "=备注!B3",
        "='9 月'!$B$3",
        '=B2&"张"',
        '="新院投用"',
        "=SUM(B2:B9)",
        "=60+60",
    ),
    *("=Sheet1!A1", "=[1]Sheet1!$A$1", "=-(A1+B1)", "=A1", "=cmd|' /C calc'!A0", "@SUM(A1)", f"={'A1+' * 40}A1"),
)
ERRORS = ("#REF!", "#N/A", "#NAME?", "#DIV/0!", "####", "＃REF!")
WORDS = (
    *("=不是公式，新院投用", "=A组12人", "=12张，含补报", "=T05-03的一半", "=（含补报3人）", "= 新院投用", "=上月数"),
    *("#1楼新院投用", "@张三", "（新院投用）", "-5张系退回", "+5张系新院投用", "新院投用=12张", "公式算的，=SUM(A1)"),
)


def xlsx_with(formula: str, cell: str, table: Rows = TABLE) -> bytes:
    """A workbook with a formula that nobody has worked out."""
    book = openpyxl.load_workbook(BytesIO(xlsx_of(table)))
    book.worksheets[0][cell].value = formula
    assert book.worksheets[0][cell].data_type == "f"
    return saved(book)


def ods_with(formula: str, row: int, column: int) -> bytes:
    mark = "\ue000"
    table = [
        [mark if (at, n) == (row, column) else cell for n, cell in enumerate(each)] for at, each in enumerate(TABLE)
    ]
    given = f'<table:table-cell table:formula="of:{escape(formula, {chr(34): "&quot;"})}"/>'
    cell = re.compile(f"<table:table-cell [^>]*><text:p>{mark}</text:p></table:table-cell>")
    return repacked(ods_of(table), lambda name, data: (name, cell.sub(lambda _: given, data.decode()).encode()))


CODES = {"period": "MZ201", "unit": "MZ302", "indicator": "MZ301", "name": "MZ304", "value": "MZ213"}


@through(("field", "formula"), [(field, text) for field in (*CODES, *header.WORDS) for text in (CAUSE, "=上月说明")])
def test_a_formula_without_a_result_is_told_wherever_it_stands(field: str, formula: str) -> None:
    """Also a name alone (=上月说明), which is as good as words in a CSV."""
    at = header.FIELDS.index(field)
    cell = f"{'ABCDEFGHI'[at]}2"
    for data, ending in ((xlsx_with(formula, cell), ".xlsx"), (ods_with(formula, 1, at), ".ods")):
        found = [each for each in checked(data, ending).diagnostics if each.cell.endswith(f"!{cell}")]
        assert [each.rule.code for each in found] == [CODES.get(field, "MZ213")]
        assert "是公式" in found[0].message
        assert found[0].value == formula


@through("text", [*FORMULAS, *ERRORS])
def test_it_is_no_note_in_a_csv_nor_as_text_of_a_workbook(text: str) -> None:
    """Be it marked as text or not; of both the same is told, and the row counts for nothing."""
    for written in (text, no_formula(text)):
        table = [list(row) for row in TABLE]
        table[1][7] = written
        found = checked(csv_of(table), ".csv")
        assert [each.rule.code for each in found.diagnostics] == ["MZ212" if text[0] in "#＃" else "MZ213"]
        assert len([cell for cell in range(len(found.ledger.lines)) if found.ledger.entry(cell)]) == len(TABLE) - 2
        assert told(found) == told(checked(xlsx_of(table), ".xlsx"))


@through("text", WORDS)
def test_words_that_begin_likewise_are_words(text: str) -> None:
    for written in (text, no_formula(text)):
        assert check_rows(f"2031-03,青山县,T01-01,新增养老床位数,12,,,{written},").diagnostics == ()


@given(st.sampled_from(["", "=", "＝", "#", "'"]), st.text(st.characters(categories=["Lo"]), min_size=1, max_size=9))
def test_words_without_a_sign_of_a_formula_are_never_one(sign: str, text: str) -> None:
    assert spreadsheet_fault(sign + text) == ""


@pytest.mark.parametrize(
    ("row", "codes"),
    [
        ("2031-03,青山县,T01-01,新增养老床位数,不适用,,,{},", ["MZ213"]),  # not: that no reason is given
        ("2031-03,青山县,T01-01,新增养老床位数,,,,{},", ["MZ213"]),  # not: that the figure lacks
        ("2031-03,青山县,T01-01,新增养老床位数,12,,,辖区新院投用,{}", ["MZ213"]),  # not: that it is not to be found
    ],
)
def test_it_is_one_cause_and_one_finding(row: str, codes: list[str]) -> None:
    assert [
        each.rule.code for each in check_rows(row.format('"' + CAUSE.replace('"', '""') + '"')).diagnostics
    ] == codes


def test_a_column_of_them_is_one_finding() -> None:
    table = [
        [*row[:7], f'=IF(E{at}="","","新院投用")' if at > 1 else row[7], *row[8:]] for at, row in enumerate(TABLE, 1)
    ]
    (found,) = checked(csv_of(table), ".csv").diagnostics
    assert (found.rule.code, len(found.lines)) == ("MZ213", len(TABLE) - 1)


@pytest.mark.parametrize("title", [CAUSE, '=A9&"报表"', "#REF!", "=上月说明"])
def test_above_the_table_it_is_told_with_what_to_do(title: str) -> None:
    table = [[title, *[""] * 8], *TABLE]
    book = openpyxl.load_workbook(BytesIO(xlsx_of(table)))
    book.worksheets[0]["A1"].value = title
    (found,) = checked(saved(book), ".xlsx").diagnostics
    assert found.rule is RULES["MZ161"]
    assert f"写着“{title}”" in found.message
    assert found.hint == "写成文字；工作簿里的公式，在 Excel 或 WPS 里打开，算好以后保存。"


def test_nothing_of_it_is_filed(collect: Collect) -> None:
    """It was filed as a note ('=CONCATENATE…), and what it mentions was a reason for the figure."""
    write("inbox/甲.xlsx", xlsx_with(CAUSE, "H2", rows()))
    write("inbox/乙.csv", april("乙市"))
    assert collect("inbox").code == 1
    assert "T01-01" in figures("data/2023-04/yi.csv")
    with pytest.raises(FileNotFoundError):
        figures("data/2023-04/jia.csv")


def test_words_stand_alone_with_none_of_it_beside_them(collect: Collect) -> None:
    """备注 and 说明 are both the note: one that is a formula is not hidden behind the other."""
    table = [
        ["指标编码", "指标名称", "甲县", "乙市", "备注", "说明"],
        ["T01-01", "服务类救助项目数", "30", "31", "新院投用", ""],
        ["T01-02", "助餐点覆盖率", "8/10", "9/10", "", ""],
        ["T02-01", "四A级社会组织数", "12", "13", "", ""],
        ["T02-02", "发展规划", "未启动", "未启动", "", ""],
    ]
    write("inbox/4月.xlsx", xlsx_with(CAUSE, "F2", table))
    ran = collect("inbox")
    assert ran.code == 1
    assert "“说明”一栏的“=CONCATENATE" in ran.out


def test_nor_is_it_the_source_of_a_breakdown() -> None:
    assert flaw("source", formula_text(CAUSE)) == flaw("source", CAUSE) == ("formula", "=")
