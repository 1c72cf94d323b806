"""Workbooks as clerks send them: a header in two rows, last month's sheet beside this month's, the townships' too."""

import zipfile
from collections.abc import Callable, Sequence
from datetime import date
from io import BytesIO
from pathlib import Path
from xml.sax.saxutils import escape

import pytest
import xlwt
from hypothesis import given
from hypothesis import strategies as st

from conftest import through
from inbox import Collect, collect, figures, rows
from mzplan.check.run import CheckResult, run_checks
from mzplan.diagnostics import Severity
from mzplan.reading.spreadsheet import Grid
from mzplan.reading.workbook import sheets_of
from mzplan.submissions import books
from mzplan.submissions.places import Spot
from mzplan.submissions.repair import reshaped
from mzplan.submissions.sources import Source
from mzplan.submissions.tables import contents_of
from test_cli_check import Run, check, write
from test_workbooks import PLAN, TABLE, csv_of
from workbooks import Rows, ods_of, repacked, saved, transposed, xlsx_of, xlsx_of_sheets, zipped

__all__ = ["check", "collect"]

HEADINGS = TABLE[0]
TOWNS = ("东街道", "西街道", "北镇")


def book(*sheets: tuple[str, Rows], hidden: str = "") -> bytes:
    return xlsx_of_sheets(*sheets, states={hidden: "hidden"})


def checked(data: bytes, ending: str = ".xlsx") -> CheckResult:
    source = Source(f"data/2023-06/jia{ending}", content=BytesIO(data), spot=Spot(("2023-06",), f"jia{ending}"))
    return run_checks(PLAN, [source], today=date(2023, 6, 30))


def told(data: bytes, ending: str = ".xlsx") -> list[tuple[str, str]]:
    found = [each for each in checked(data, ending).diagnostics if not each.rule.code.startswith("MZ6")]
    return [(each.rule.code, each.message) for each in found]


def of_month(month: str) -> Rows:
    return [TABLE[0], *([month, *row[1:]] for row in TABLE[1:])]


# -- a header in two rows


def torn(above: Sequence[int], band: str = "完成情况") -> Rows:
    """The table, its header in two rows: what stands in the upper one, and a band over the rest."""
    first = min({*range(len(HEADINGS))} - {*above})
    upper = [text if at in above else band * (at == first) for at, text in enumerate(HEADINGS)]
    lower = ["" if at in above else text for at, text in enumerate(HEADINGS)]
    return [upper, lower, *TABLE[1:]]


@given(st.sets(st.integers(0, len(HEADINGS) - 1), min_size=1, max_size=len(HEADINGS) - 1))
def test_a_header_in_two_rows_is_one(above: set[int]) -> None:
    data = xlsx_of(torn(sorted(above)))
    assert told(data) == []
    assert checked(data).records == len(TABLE) - 1


def test_in_a_csv_its_rows_are_to_be_made_one() -> None:
    assert told(csv_of(torn([0, 1, 2, 3, 7, 8])), ".csv") == [("MZ134", "表头分在第1、2两行，读不成一行")]


@given(st.sets(st.integers(0, len(HEADINGS) - 1), min_size=1, max_size=len(HEADINGS) - 1), st.sampled_from(",;\t"))
def test_they_are_one_once_they_are_joined(above: set[int], mark: str) -> None:
    data = csv_of(torn(sorted(above))).decode().replace(",", mark).encode()
    shape = reshaped(data)
    assert shape is not None
    assert [code for code, _ in told(shape.data, ".csv")] in ([], ["MZ131"])  # a title over the header
    values = [checked(each, ".csv").ledger.values.held for each in (shape.data, csv_of(TABLE))]
    assert values[0] == values[1]
    assert reshaped(shape.data) is None


def test_fix_joins_them_and_takes_out_what_stood_over_the_figures(check: Run) -> None:
    path = Path("data/2023-06/jia.csv")
    write(path, csv_of(torn([0, 1, 2, 3, 7, 8])))
    check("--fix", str(path))
    assert path.read_text("utf-8-sig") == csv_of(TABLE).decode()


def test_a_band_that_says_what_the_figures_are_stays(check: Run) -> None:
    path = Path("data/2023-06/jia.csv")
    write(path, csv_of(torn([0, 1, 2, 3, 7, 8], "当月数")))
    check("--fix", str(path))
    assert "当月数" in path.read_text("utf-8-sig")


@pytest.mark.parametrize("band", ["指标", "指标名称", "单位", "指标情况"])
def test_a_band_over_code_and_name_may_be_called_as_a_column_is(band: str) -> None:
    first, *others = torn([0, 1, 7, 8], band)
    rows = [[*first[:4], "完成情况", *first[5:]], *others]
    assert told(xlsx_of(rows)) == []
    assert checked(xlsx_of(rows)).records == len(TABLE) - 1
    assert told(csv_of(rows), ".csv") == [("MZ134", "表头分在第1、2两行，读不成一行")]


def test_what_stands_over_the_figures_is_read() -> None:
    ((code, message),) = told(xlsx_of(torn([0, 1, 2, 3, 7, 8], "当月数")))
    assert (code, "当月数" in message) == ("MZ161", True)


# -- last month's sheet


@pytest.mark.parametrize("is_hidden", [False, True])
@pytest.mark.parametrize(
    ("name", "month"),
    [("5月", "2023-05"), ("Sheet2", "2023年5月"), ("五月", "2023/5/1"), ("2023年5月", ""), ("12月", "2022-12")],
)
def test_a_sheet_of_an_earlier_month_is_passed_over(name: str, month: str, *, is_hidden: bool) -> None:
    sheets = [(name, of_month(month)), ("填报表", TABLE)]
    for each in (sheets, sheets[::-1]):
        data = book(*each, hidden=name if is_hidden else "")
        assert told(data) == [("MZ129", f"工作表（{name}）是以前月份的填报表，没有读")]
        assert checked(data).records == len(TABLE) - 1


@pytest.mark.parametrize(
    ("name", "month"),
    [("5月", "2023-06"), ("二", "2023-06"), ("二", ""), ("6月", "2023-05"), ("7月", ""), ("二", "2023")],
)
def test_where_nobody_knows_which_sheet_counts_none_does(name: str, month: str) -> None:
    changed = [[*row[:4], "7" if row[4].isdigit() else row[4], *row[5:]] for row in of_month(month)]
    said = f"几张工作表里有填报记录（填报表、{name}），没有采用"
    assert told(book(("填报表", TABLE), (name, changed))) == [("MZ124", said)]


@pytest.mark.parametrize("cut", range(2, len(TABLE)))
def test_one_report_in_several_sheets_is_to_be_put_together_and_not_cut(cut: int) -> None:
    """Keeping one would lose the figures of the other; what both have may be a copy, of which one is to be chosen."""
    first, second = TABLE[:cut], [TABLE[0], *TABLE[cut:]]
    for sheets, whole in (((first, second), True), ((first, TABLE), False), ((first, [*second, first[-1]]), False)):
        (found,) = (
            each
            for each in checked(book(("1-养老", sheets[0]), ("2-儿童", sheets[1]))).diagnostics
            if each.rule.code == "MZ124"
        )
        assert found.hint.startswith("各张的指标都不相同" if whole else "只留要报的一张")
        assert "先把那些行移过来" in found.hint or "合到一张里" in found.hint
    assert checked(book(("合", [*first, *second[1:]]))).records == len(TABLE) - 1  # as the remedy asks


def test_a_hidden_report_beside_an_earlier_one_is_not_read() -> None:
    data = book(("5月", of_month("2023-05")), ("6月", TABLE), hidden="6月")
    assert {code for code, _ in told(data)} == {"MZ124", "MZ307"}


# -- the townships' sheets


def shares(of: Callable[[str], Sequence[int]], table: Rows = TABLE) -> list[list[list[str]]]:
    """The table of each township: every figure of the county's in parts."""
    tables = [[list(table[0])] for _ in TOWNS]
    for row in table[1:]:
        parts = [list(map(str, of(cell))) if cell.isdigit() else [cell] * len(TOWNS) for cell in row[4:7]]
        for number, town in enumerate(TOWNS):
            tables[number].append([row[0], town, *row[2:4], *(each[number] for each in parts), "", ""])
    return tables


def halves(figure: str) -> list[int]:
    half = int(figure) // 2
    return [half, int(figure) - half, 0]


@given(st.data())
def test_sheets_that_add_up_to_the_report_are_its_details(data: st.DataObject) -> None:
    def parts(figure: str) -> list[int]:
        first = data.draw(st.integers(1, int(figure) - 1))
        second = data.draw(st.integers(0, int(figure) - first))
        return [first, second, int(figure) - first - second]

    sheets = data.draw(st.permutations([("填报表", TABLE), *zip(TOWNS, shares(parts), strict=True)]))
    assert told(book(*sheets)) == []
    assert checked(book(*sheets)).records == len(TABLE) - 1


def test_sheets_that_do_not_add_up_are_refused() -> None:
    tables = shares(halves)
    tables[0][1][4] = "1"  # of 15
    assert [code for code, _ in told(book(("填报表", TABLE), *zip(TOWNS, tables, strict=True)))] == ["MZ124"]


def test_what_a_detail_says_of_its_figures_is_read() -> None:
    tables = shares(halves)
    tables[1][1][7] = "此为当月数"
    ((code, message),) = told(book(("填报表", TABLE), *zip(TOWNS, tables, strict=True)))
    assert (code, message.partition("”")[0]) == ("MZ161", "工作表“西街道")


@pytest.mark.parametrize("is_turned", [False, True])
@pytest.mark.parametrize(("more", "codes"), [(0, []), (1, ["MZ160"])])
def test_a_list_of_townships_may_stand_beside_the_report(more: int, codes: list[str], *, is_turned: bool) -> None:
    counts = [row for row in TABLE[1:] if row[4].isdigit()]
    table = [["指标编码", "指标名称", *TOWNS, "合计"]]
    table += [[*row[2:4], *map(str, halves(row[4])), str(int(row[4]) + more)] for row in counts]
    listed = transposed(table) if is_turned else table
    assert [code for code, _ in told(book(("填报表", TABLE), ("镇街", listed)))] == codes


def test_collect_files_the_report_and_not_its_details(collect: Collect) -> None:
    write("inbox/甲县.xlsx", book(("4月", rows()), *zip(TOWNS, shares(halves, rows()), strict=True)))
    ran = collect("inbox")
    assert ran.code == 0, ran.out
    assert figures("data/2023-04/jia.csv")["T01-01"][0] == "30"
    assert not Path("returns").exists()


# -- columns and margins


HARMLESS = (
    *("请领导审阅", "以上请审阅", "附件：", "此表一式两份", "共3个县市，68项指标", "以上报表一式两份，请审核"),
    *("现报送报表2张，请查收", "旁注"),
)
"""What puts nothing in doubt, wherever it stands."""
DOUBTFUL = ("已核", "10月数", "乙市数", "以上为当月数", "作废", "报表2张有误", "75")


@pytest.mark.untraced
@through(("words", "is_sound"), [*((each, True) for each in HARMLESS), *((each, False) for each in DOUBTFUL)])
def test_words_keep_a_table_away_for_what_they_say_and_not_for_where_they_stand(words: str, *, is_sound: bool) -> None:
    """Beside a record in a column without a heading, there on a line of their own, below the table, above it."""
    wide = [[*row, "", ""] for row in TABLE]
    beside, last = [*map(list, wide)], [""] * len(wide[0])
    beside[2][-1] = words
    sheets = [beside, [*wide, [*last[:-1], words]], [*wide, [words, *last[1:]]], [[words, *last[1:]], *wide]]
    for table in sheets:
        for data, ending in ((xlsx_of(table), ".xlsx"), (csv_of(table), ".csv")):
            ran = checked(data, ending)
            errors = [each for each in ran.diagnostics if each.severity is Severity.ERROR and not each.rule.takes_out]
            assert bool(errors) is not is_sound, (words, table, ran.diagnostics)
            assert not is_sound or ran.records == len(TABLE) - 1


@pytest.mark.parametrize("at", [0, 7, 8, 9])
@pytest.mark.parametrize(
    ("remark", "codes"), [("", []), ("-", []), ("√", []), ("无", []), ("已核", ["MZ153"]), ("5", ["MZ153"])]
)
def test_a_second_column_of_remarks_must_be_empty(at: int, remark: str, codes: list[str]) -> None:
    table = [[*row[:at], "", *row[at:]] for row in TABLE]
    table[0][at], table[1][at] = "备注", remark
    for data, ending in ((xlsx_of(table), ".xlsx"), (csv_of(table), ".csv")):
        assert [code for code, _ in told(data, ending)] == codes


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("&C&P/&N", []),
        ('&L&"宋体,加粗"&12甲县&R第&P页 共&N页', []),
        ("&L甲县 2023年6月&C乙市民政报表", [("MZ158", "页眉、页脚写的是“乙市”，应是甲县")]),
        ("&C数据作废", [("MZ161", "页眉、页脚写着“数据作废”，没有采用")]),
        ("&R以上数据为当月数", [("MZ161", "页眉、页脚写着“以上数据为当月数”，没有采用")]),
        ("&C&K01+000床位按核定数填报", [("MZ129", "页眉、页脚没有读，上面写着“床位按核定数填报”")]),
        ("&C服务类救助项目数 31", [("MZ160", "页眉、页脚里有指标或更正的数（服务类救助项目数 31），没有采用")]),
    ],
)
@pytest.mark.parametrize("where", ["oddHeader", "firstFooter"])
def test_what_is_printed_on_each_page_is_read(where: str, text: str, said: list[tuple[str, str]]) -> None:
    def put(name: str, content: bytes) -> tuple[str, bytes]:
        element = f"<headerFooter><{where}>{escape(text)}</{where}></headerFooter></worksheet>".encode()
        return name, content.replace(b"</worksheet>", element) if name.startswith("xl/worksheets/sheet") else content

    assert told(repacked(xlsx_of(TABLE), put)) == said


def printed_by_xls(text: str) -> bytes:
    book = xlwt.Workbook()
    sheet = book.add_sheet("填报表")
    sheet.header_str = b""
    sheet._Worksheet__footer_str = f"&C{text} &P"  # its setter takes bytes, and its writer text or ASCII
    for at, row in enumerate(TABLE):
        for number, cell in enumerate(row):
            sheet.write(at, number, cell)
    return saved(book)


def printed_by_ods(text: str) -> bytes:
    """The second kind of pages is no sheet's, and the header of the first is not shown."""
    pages = "".join(
        f'<style:master-page style:name="{name}"><style:header style:display="{shown}"><text:p>{above}</text:p>'
        f"</style:header><style:footer><text:p>{below}<text:page-number>1</text:page-number></text:p></style:footer>"
        "</style:master-page>"
        for name, shown, above, below in (("p", "false", "数据有误", text), ("q", "true", "数据有误", "数据有误"))
    )
    style = '<style:style style:name="t" style:family="table" style:master-page-name="p"/>'

    def put(name: str, content: bytes) -> tuple[str, bytes]:
        said = content.decode().replace("<table:table ", '<table:table table:style-name="t" ')
        body = f"<office:automatic-styles>{style}</office:automatic-styles><office:body>"
        return name, said.replace("<office:body>", body).encode() if name == "content.xml" else content

    with zipfile.ZipFile(BytesIO(repacked(ods_of(TABLE), put))) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    return zipped({**parts, "styles.xml": f"<office:document-styles>{pages}</office:document-styles>"})


@pytest.mark.parametrize(("make", "ending"), [(printed_by_xls, ".xls"), (printed_by_ods, ".ods")])
def test_what_is_printed_on_each_page_is_read_in_every_format(make: Callable[[str], bytes], ending: str) -> None:
    assert told(make("以上数据为当月数"), ending) == [("MZ161", "页眉、页脚写着“以上数据为当月数”，没有采用")]
    assert told(make("甲县"), ending) == []


def test_a_figure_that_nobody_says_what_it_is_of_is_told_once() -> None:
    """It is no record without period, unit and code, and none of a merged cell."""
    table = [*TABLE, ["", "", "", "", "12", "", "", "", ""]]
    words = [("MZ160", "这一行不是填报记录，却写着“12”，没有采用")]
    assert told(xlsx_of(table)) == told(csv_of(table), ".csv") == words


@pytest.mark.parametrize(
    ("rows", "hint"),
    [(4, "补上；里程碑写到了哪个阶段。"), (3, "补上；没有发生的填 0；里程碑写到了哪个阶段。")],
)
def test_what_lacks_is_asked_for_as_its_kind_is_written(rows: int, hint: str) -> None:
    """The table without its milestone, and without that and a count: a zero is no stage."""
    found = checked(csv_of(TABLE[:rows]), ".csv").diagnostics
    assert [each.hint for each in found if each.rule.code == "MZ603"] == [hint]


def test_a_workbook_is_read_once_for_all_who_ask_for_its_report(monkeypatch: pytest.MonkeyPatch) -> None:
    """As a file of tables, and as a report however often; another file is another report."""
    read: list[bytes] = []

    def sheets(data: bytes) -> list[Grid]:
        read.append(data)
        return sheets_of(data)

    monkeypatch.setattr(books, "sheets_of", sheets)
    data, other = (book(("填报", [HEADINGS, ["2023-06", "甲县", "T01-01", name, "1"]])) for name in ("一", "二"))
    first = contents_of(data).tables[0].sheet
    assert [books.report_of(each) == first for each in (data, bytes(bytearray(data)), other)] == [True, True, False]
    assert read == [data, other]
