"""The sheet in which a bureau issues its breakdown: either orientation, and nothing unless all is understood."""

import csv
import dataclasses
import io
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import run
from mzplan.period import Period
from mzplan.plan.breakdown_columns import PASSED_OVER, SPELLINGS, field_of
from mzplan.plan.breakdown_merge import merged
from mzplan.plan.breakdown_sheet import read_breakdown_sheet
from mzplan.plan.indicator import MilestoneIndicator
from mzplan.plan.load import breakdown_path, load_plan
from mzplan.plan.lookup import CODE_HEADINGS, UNIT_HEADINGS
from mzplan.plan.model import Part, Plan
from mzplan.plan.starter import listed_units
from mzplan.reading.flaws import Flaw, RefusedError
from mzplan.reading.sheet import sheet_rows, table_rows
from mzplan.submissions.header import meant_field
from test_breakdown_file import PLAN, at_least
from workbooks import Rows, ods_of, rows_of, saved, xls_of, xlsx_of

pytestmark = pytest.mark.traced

SOURCE = "某民〔2030〕9号"
HEAD = "indicator,unit,target,basis,source\n"

ACROSS = """\
某市2030年民政重点任务分解表,,,,,
序号,指标,计量单位,甲县,乙县,合计
一、基本养老,,,,,
1,床位,张,60,"1,000","1,060"
2,T01-03,%,75%,—,
3,条例,,9月底前,,
注：各地可以加码。,,,,,
"""
DOWN = """\
某市2030年民政重点任务分解表,,,
县(市、区),床位（张）,覆盖率,条例
甲,60张,75,2030年9月
乙县,"1,000",/,
合计,"1,060",,
"""
GIVEN = {
    ("T01-01", "jia"): at_least(60),
    ("T01-01", "yi"): at_least(1000),
    ("T01-03", "jia"): at_least(75),
    ("T01-05", "jia"): at_least(1),
}
"""What both sheets say."""


@pytest.fixture(scope="module")
def plan(tmp_path_factory: pytest.TempPathFactory) -> Plan:
    path = tmp_path_factory.mktemp("plan") / "2030.yaml"
    path.write_text(PLAN, encoding="utf-8")
    return load_plan(path)


@pytest.mark.parametrize(
    "heading",
    sorted({*SPELLINGS["due"], *SPELLINGS["basis"], *SPELLINGS["source"], *SPELLINGS["from"], *PASSED_OVER} - {""}),
)
def test_what_a_list_of_parts_calls_a_column_is_no_unit_of_a_sheet(plan: Plan, heading: str) -> None:
    sheet = f"指标,甲县,{heading}\n床位,60,张\n"
    read = read_breakdown_sheet(plan, list(sheet_rows(sheet.encode())), "sheet.csv", SOURCE)
    assert [finding.message for finding in read.findings if heading in finding.message] == []
    assert list(read.parts) == [("T01-01", "jia")]


@pytest.mark.parametrize("heading", sorted({*UNIT_HEADINGS, *CODE_HEADINGS}))
def test_a_column_has_the_same_names_in_every_table(plan: Plan, heading: str) -> None:
    assert meant_field(heading) == field_of(heading)
    if heading in UNIT_HEADINGS:
        assert [unit.name for unit in listed_units(list(sheet_rows(f"{heading}\n甲县\n".encode())), "x")][:1] == [
            "甲县"
        ]


def project(folder: Path, sheet: str | bytes, breakdown: str = "") -> tuple[str, str]:
    """The paths of a plan and of a sheet."""
    plan, file = folder / "2030.yaml", folder / "sheet.csv"
    plan.write_text(PLAN, encoding="utf-8")
    if breakdown:
        Path(breakdown_path(plan)).write_text(HEAD + breakdown, encoding="utf-8")
    file.write_bytes(sheet if isinstance(sheet, bytes) else sheet.encode())
    return str(plan), str(file)


def faults(plan: Plan, sheet: str, *, hinted: bool = False) -> list[str]:
    findings = read_breakdown_sheet(plan, list(sheet_rows(sheet.encode())), "s.csv", SOURCE).findings
    return [
        f"{one.location.line}:{one.location.column} {one.rule.code} {one.message}" + (f"；{one.hint}" if hinted else "")
        for one in findings
    ]


@pytest.mark.parametrize("sheet", [ACROSS, DOWN, DOWN.replace(",", "\t").replace('"1\t', '"1,')])
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16"])
def test_both_orientations_say_the_same(plan: Plan, sheet: str, encoding: str) -> None:
    imported = read_breakdown_sheet(plan, list(sheet_rows(sheet.encode(encoding))), "s.csv", SOURCE)
    assert {key: part.target for key, (part,) in imported.parts.items()} == GIVEN
    assert {(part.basis, part.source) for (part,) in imported.parts.values()} == {("official", SOURCE)}
    assert imported.parts["T01-05", "jia"][0].due == Period(2030, 9)
    # The city's 100 beds are 960 short of what is issued: said, and not refused.
    assert [finding.message for finding in imported.findings] == ["T01-01 各单位合计 1060，比全市目标 100 多 960"]


def test_big5_is_refused_by_its_name() -> None:
    with pytest.raises(RefusedError) as refused:
        list(sheet_rows(("指標,甲縣,乙縣\n" + "養老服務機構護理員,六,四\n" * 3).encode("big5")))
    assert (refused.value.defect.flaw, refused.value.defect.expected) == (Flaw.BAD_BYTES, "Big5")


@pytest.mark.parametrize("book_of", [xlsx_of, xls_of, ods_of])
@pytest.mark.parametrize("text", [ACROSS, DOWN])
def test_a_workbook_says_what_the_csv_of_it_would(text: str, book_of: Callable[[Rows], bytes], plan: Plan) -> None:
    read = read_breakdown_sheet(plan, list(table_rows(book_of(rows_of(text)))), "s.xlsx", SOURCE)
    assert {key: part.target for key, (part,) in read.parts.items()} == GIVEN
    assert [finding.message for finding in read.findings] == ["T01-01 各单位合计 1060，比全市目标 100 多 960"]


def test_a_cell_of_a_workbook_is_told_by_its_row_and_column(plan: Plan) -> None:
    rows = list(table_rows(xlsx_of(rows_of("指标,甲县\n\n床位,六十\n"))))
    (finding,) = read_breakdown_sheet(plan, rows, "s.xlsx", SOURCE).findings
    assert (finding.location.line, finding.location.column, finding.rule.code) == (3, 2, "MZ783")


def test_what_a_workbook_stores_is_read_to_the_last_digit(plan: Plan) -> None:
    """77.25 exactly, and 60.1 + 0.2 as the spreadsheet shows it."""
    book = openpyxl.Workbook()
    book.worksheets[0].append(["指标", "甲县", "乙县"])
    book.worksheets[0].append(["覆盖率", 77.25, 60.1 + 0.2])
    parts = read_breakdown_sheet(plan, list(table_rows(saved(book))), "s.xlsx", SOURCE).parts
    assert [part.target.value for (part,) in parts.values()] == [Fraction(309, 4), Fraction(603, 10)]


@pytest.mark.parametrize("trouble", ["two", "hidden sheet", "hidden row", "none"])
def test_a_workbook_of_which_not_all_is_seen_is_refused(
    trouble: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    book = openpyxl.Workbook()
    first = book.worksheets[0]
    second = book.create_sheet("旧表")
    for sheet in (first, second):
        sheet.append(["指标", "甲县"])
        sheet.append(["床位", 60])
    if trouble == "hidden row":
        first.row_dimensions[2].hidden = True
    if trouble == "none":
        second.delete_rows(1, 2)
    if trouble in ("hidden sheet", "hidden row"):
        (first if trouble == "hidden sheet" else second).sheet_state = "hidden"
        book.active = 1 if trouble == "hidden sheet" else 0
        second.delete_rows(1, 2) if trouble == "hidden sheet" else None
    plan, file = project(tmp_path, saved(book))
    code = run("breakdown", "--plan", plan, "--import", file, "--source", SOURCE)
    said = capsys.readouterr().err
    words = {
        "two": "不止一张",
        "hidden sheet": "是隐藏的（Sheet）",
        "hidden row": "有 1 行是隐藏的",
        "none": "1 项指标",
    }
    assert (code, words[trouble] in said) == (0 if trouble == "none" else 2, True)


@pytest.mark.parametrize(
    ("before", "after", "says"),
    [
        ("甲县,乙县", "甲县,丙乡", "2:15 MZ784 不认识 丙乡，计划里没有这个填报单位"),
        ("1,床位", "1,床铺", "4:3 MZ784 不认识 床铺，计划里没有这个指标"),
        ("1,床位,张,60", "1,床位,张,六十几", "4:8 MZ783 target 不是零或正数：六十几"),
        ("1,床位,张", "1,床位,万张", "4:6 MZ784 T01-01 的计量单位是 张，这里写的是 万张"),
        ("9月底前", "年底前", "6:7 MZ783 due 不是 2030 年的月份：年底前；写成 2030-12"),
        ("9月底前", "择期", "6:7 MZ783 due 不是 2030 年的月份：择期；写成 2030-12"),
        ("甲县,乙县", "甲县,甲", "2:15 MZ785 甲 与前面的 甲县 是同一个"),
    ],
)
def test_what_is_not_understood_is_told_where_it_stands(plan: Plan, before: str, after: str, says: str) -> None:
    assert any(each.startswith(says) for each in faults(plan, ACROSS.replace(before, after), hinted=True))


def test_a_name_is_held_against_its_code(plan: Plan) -> None:
    sheet = "指标编码,指标名称,甲县,乙县\nT01-01,机构,60,40\n"
    assert faults(plan, sheet) == ["2:8 MZ784 机构 不是 T01-01 的名称，计划里是 床位"]


def test_the_sheets_own_total_is_held_against_its_figures(plan: Plan) -> None:
    assert faults(plan, "指标,甲县,乙县,合计\n床位,60,40,110\n") == [
        "2:10 MZ786 T01-01 床位 表内合计是 110，各单位之和是 100"
    ]
    assert faults(plan, "单位,床位\n甲县,60\n乙县,40\n") == []


@pytest.mark.parametrize(
    ("sheet", "place"),
    [
        ("指标,甲县,乙县,丁新区,合计\n床位,30,20,50,100\n", "1:10"),
        ("指标,甲县,乙县,丁新区\n床位,30,,20\n", "1:10"),
        ("单位,床位\n甲县,30\n乙县,20\n丁新区,50\n合计,100\n", "4:1"),
    ],
)
def test_no_sum_is_judged_where_a_name_was_not_read(plan: Plan, sheet: str, place: str) -> None:
    assert [each.split("，")[0] for each in faults(plan, sheet)] == [f"{place} MZ784 不认识 丁新区"]


@pytest.mark.parametrize(
    "sheet",
    [
        "序号,指标,单位,全年目标,分解任务,\n,,,,甲县,乙县\n1,床位,张,100,60,40\n",
        "某市任务分解表,,,,\n行动,重点任务,甲县,乙县,责任处室\n养老,床位,60,40,养老处\n",
        "类别,,甲县,乙县,2030年目标任务数\n养老,床位,60,40,100\n,小计,60,40,100\n",
        "指标,甲县,小计,乙县,小计,合计\n床位,60,60,40,40,100\n",
        "指标,东片小计,甲县,西片小计,乙县,全市总计\n床位,60,60,40,40,100\n",
        "区县,床位（张）\n全年目标,100\n甲县,60\n东片小计,60\n乙县,40\n西片小计,40\n合计,100\n",
        "县市区,养老服务,养老服务\n,床位,备注\n单位,张,\n甲县,60,\n乙县,40,\n",
    ],
)  # fmt: skip
def test_sums_and_headings_of_every_shape_are_understood(plan: Plan, sheet: str) -> None:
    read = read_breakdown_sheet(plan, list(sheet_rows(sheet.encode())), "s.csv", SOURCE)
    assert [finding.message for finding in read.findings] == []
    assert {key: int(part.target.value) for key, (part,) in read.parts.items()} == {
        ("T01-01", "jia"): 60,
        ("T01-01", "yi"): 40,
    }


@pytest.mark.parametrize(
    "sheet",
    [
        "指标,甲县,,乙县,\n,基期值,目标值,上年末数,任务数\n机构,25,30,27,30\n",
        "指标,甲县,甲县,乙县,乙县\n,基期值,目标值,基期值,目标值\n机构,25,30,27,30\n",
        "县市区,机构,\n,基数,目标\n甲县,25,30\n乙县,27,30\n合计,52,60\n",
    ],
)
def test_a_second_row_of_headings_says_what_a_column_gives(plan: Plan, sheet: str) -> None:
    read = read_breakdown_sheet(plan, list(sheet_rows(sheet.encode())), "s.csv", SOURCE)
    assert [finding.message for finding in read.findings] == []
    told = {unit: (int(part.baseline or 0), int(part.target.value)) for (_, unit), (part,) in read.parts.items()}
    assert told == {"jia": (25, 30), "yi": (27, 30)}


@pytest.mark.parametrize(
    ("sheet", "says"),
    [
        ("指标,甲县,乙县,合计\n床位,60,,100\n", "T01-01 床位 表内合计是 100，各单位之和是 60（乙县 空白）"),
        ("指标,甲县,乙县,合计\n床位,60,—,100\n", "T01-01 床位 表内合计是 100，各单位之和是 60"),
        ("指标,甲县,乙县\n床位,60,\n", "T01-01 床位 各单位之和是 60（乙县 空白），全市目标是 100"),
        ("指标,甲县,小计,乙县,小计\n床位,60,70,40,40\n", "T01-01 床位 表内小计是 70，各单位之和是 60"),
        ("指标,甲县,乙县,全年目标\n覆盖率,80%,85%,90%\n", "T01-03 覆盖率 表内全年目标是 90%，计划里是 80"),
        ("指标,甲县,乙县,市本级\n床位,60,40,\n", None),  # the bureau does not report beds
        ("指标,甲县,乙县\n床位,100,\n", None),  # nothing is left for who is given nothing
    ],
)
def test_what_the_sheets_sums_leave_open_is_said(plan: Plan, sheet: str, says: str | None) -> None:
    read = read_breakdown_sheet(plan, list(sheet_rows(sheet.encode())), "s.csv", SOURCE)
    assert [finding.message for finding in read.findings] == ([says] if says else [])


def test_a_sheet_without_a_heading_is_told(plan: Plan) -> None:
    assert faults(plan, "一,二\n三,四\n") == ["1:1 MZ782 看不出哪一行是表头"]


@pytest.mark.parametrize("heading", ["2030年床位", "床铺", "第一类床位数"])
def test_a_name_in_the_heading_that_is_not_known_is_the_one_finding(plan: Plan, heading: str) -> None:
    """The row under it was taken for a heading of units, and its figures for units that are not known."""
    (said,) = faults(plan, f"单位,{heading}\n甲县,60\n乙县,40\n")
    assert said == f"1:4 MZ784 不认识 {heading}，计划里没有这个指标"


@pytest.mark.parametrize("heading", ["指标,单位,目标", "indicator,unit,target,basis,source"])
def test_a_list_of_parts_is_told_that_it_is_the_breakdown_itself(plan: Plan, heading: str) -> None:
    (said,) = faults(plan, f"{heading}\nT01-01,甲县,60\nT01-01,乙县,40\n")
    assert said == "1:1 MZ782 这是分解表，不是各单位一列的下达表"


def test_of_a_unit_that_does_not_report_nothing_else_is_said(plan: Plan) -> None:
    assert faults(plan, "指标,甲县,乙县\n比赛,约3,1\n") == ["1:4 MZ784 甲县 不填报 T01-06，目标不适用于它"]


def sheet_of(plan: Plan, parts: dict[tuple[str, str], Part], *, is_turned: bool) -> bytes:
    """A table of parts with the units across, or down."""
    indicators = dict.fromkeys(indicator for indicator, _ in parts)
    rows = [["指标", *(unit.name for unit in plan.reporting_units)]]
    for indicator in indicators:
        row = [plan.indicators[indicator].name]
        for unit in plan.units:
            part = parts.get((indicator, unit))
            is_stage = isinstance(plan.indicators[indicator], MilestoneIndicator)
            row.append("" if part is None else str(part.due) if is_stage else str(part.target.value))
        rows.append(row)
    text = io.StringIO(newline="")
    csv.writer(text).writerows(zip(*rows, strict=True) if is_turned else rows)
    return text.getvalue().encode()


KEYS = [(f"T01-0{number}", unit) for number in (1, 2, 3, 4, 7) for unit in ("jia", "yi")]
STAGES = [("T01-05", "jia"), ("T01-05", "yi")]
MONTHS = st.integers(min_value=1, max_value=12)


@given(
    figures=st.dictionaries(st.sampled_from(KEYS), st.integers(min_value=2, max_value=100)),
    dues=st.dictionaries(st.sampled_from(STAGES), MONTHS),
    is_turned=st.booleans(),
)
def test_a_table_of_parts_read_again_gives_the_same_parts(
    plan: Plan, figures: dict[tuple[str, str], int], dues: dict[tuple[str, str], int], is_turned: bool
) -> None:
    parts = {key: Part(at_least(figure), "official", SOURCE) for key, figure in figures.items()}
    parts |= {key: Part(at_least(1), "official", SOURCE, due=Period(2030, month)) for key, month in dues.items()}
    if not parts:
        return
    rows = list(sheet_rows(sheet_of(plan, parts, is_turned=is_turned)))
    read = read_breakdown_sheet(plan, rows, "s.csv", SOURCE).parts
    assert {key: one._replace(line=0) for key, (one,) in read.items()} == parts


# -- the command


def test_what_is_issued_takes_the_place_of_what_was_computed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = (
        "T01-01,jia,50,reference,测算\nT01-01,yi,50,reference,测算\nT01-02,jia,30,reference,测算\n"
        "T01-03,yi,90,official,某民1号\n"
    )
    plan, sheet = project(tmp_path, "指标,甲县\n床位,70\n覆盖率,85\n", before)
    assert run("breakdown", "--plan", plan, "--import", sheet, "--source", SOURCE) == 0
    shown = capsys.readouterr()
    assert shown.out.removeprefix("\ufeff") == (
        f"{HEAD}T01-01,jia,70,official,{SOURCE}\nT01-02,jia,30,reference,测算\n"
        f"T01-03,jia,85,official,{SOURCE}\nT01-03,yi,90,official,某民1号\n"
    )
    assert "2 项指标、2 个正式分解数" in shown.err


def test_a_sheet_is_not_written_in_silence_and_how_it_is_written_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    plan, sheet = project(tmp_path, ACROSS)
    assert run("breakdown", "--plan", plan, "--import", sheet, "--source", SOURCE, "--write") == 2
    assert f"要写入，加 -o {breakdown_path(plan)}" in capsys.readouterr().err
    assert not Path(breakdown_path(plan)).exists()


def test_the_file_that_is_written_is_the_breakdown_of_the_plan(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    plan, sheet = project(tmp_path, ACROSS)
    there = breakdown_path(plan)
    assert run("breakdown", "--plan", plan, "--import", sheet, "--source", SOURCE, "-o", there) == 0
    assert "比全市目标 100 多 960" in capsys.readouterr().err
    assert {key: part.target for key, (part,) in load_plan(plan).parts.items()} == GIVEN
    assert run("breakdown", "--plan", plan, "--import", sheet, "--source", SOURCE, "-o", there) == 2
    assert "--force" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("sheet", "arguments", "words"),
    [
        ("指标,甲县,丙乡\n床位,六,7\n", ("--source", SOURCE), "没有全部读懂，什么也没有写"),
        ("指标,甲县\n床位,60\n", (), "要用 --source"),
        ("指标,甲县\n床位,60\n", ("--source", "=1+1"), "要用 --source"),
        ("指标,甲县\n床位,60\n", ("--source", SOURCE, "--by", "equal"), "只与 --source"),
        ("指标,甲县\n床位,—\n", ("--source", SOURCE), "没有一个分解数"),
        ("PK\x03\x04xl/", ("--source", SOURCE), "工作簿打不开，文件可能已损坏"),
        ('指标,甲县\n床位,"60\n', ("--source", SOURCE), "读不成表格（"),
    ],
)
def test_nothing_is_written_unless_all_is_understood(
    sheet: str, arguments: tuple[str, ...], words: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    plan, file = project(tmp_path, sheet)
    there = tmp_path / "new.csv"
    assert run("breakdown", "--plan", plan, "--import", file, *arguments, "-o", str(there)) == 2
    assert words in capsys.readouterr().err
    assert not there.exists()


OFFICIAL = (
    "indicator,unit,target,basis,source,baseline,due,from\n"
    "T01-01,jia,50,official,某民1号,,,\nT01-01,yi,50,reference,测算,,,\nT01-02,jia,30,official,某民1号,25,2030-10,\n"
)
AUTUMN = "指标,甲县,乙县\n床位,70,40\n机构,32,28\n"


def imported(
    folder: Path, capsys: pytest.CaptureFixture[str], sheet: str, *options: str, before: str = OFFICIAL
) -> tuple[list[str], str]:
    """The rows of the file after an import, and what is said."""
    plan, file = project(folder, sheet)
    Path(breakdown_path(plan)).write_text(before, encoding="utf-8")
    run("breakdown", "--plan", plan, "--import", file, "--source", SOURCE, *options)
    shown = capsys.readouterr()
    return shown.out.removeprefix("\ufeff").splitlines()[1:], shown.err


def test_an_import_that_would_change_what_was_issued_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows, said = imported(tmp_path, capsys, AUTUMN)
    assert rows == []
    assert "会改动已正式下达的分解数 2 个" in said
    assert "T01-01 床位 甲县 ≥50 → ≥70、T01-02 机构 甲县 ≥30 → ≥32" in said
    assert "--from 2030-09" in said
    assert "--replace" in said


def test_what_is_issued_from_a_month_on_leaves_the_earlier_rows(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows, _ = imported(tmp_path, capsys, AUTUMN, "--from", "2030-09")
    assert rows == [
        "T01-01,jia,50,official,某民1号,,,",
        f"T01-01,jia,70,official,{SOURCE},,,2030-09",
        "T01-01,yi,50,reference,测算,,,",
        f"T01-01,yi,40,official,{SOURCE},,,2030-09",
        "T01-02,jia,30,official,某民1号,25,2030-10,",
        f"T01-02,jia,32,official,{SOURCE},25,2030-10,2030-09",
        f"T01-02,yi,28,official,{SOURCE},,,2030-09",
    ]


def test_what_replaces_keeps_a_units_own_baseline_and_due_date(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows, _ = imported(tmp_path, capsys, AUTUMN, "--replace")
    assert rows == [
        f"T01-01,jia,70,official,{SOURCE},,",
        f"T01-01,yi,40,official,{SOURCE},,",
        f"T01-02,jia,32,official,{SOURCE},25,2030-10",
        f"T01-02,yi,28,official,{SOURCE},,",
    ]


TWO = (
    "indicator,unit,target,basis,source,baseline,due,from\n"
    "T01-01,jia,60,official,某民1号,,,\nT01-01,yi,40,official,某民1号,,,\n"
)


@pytest.mark.parametrize("options", [("--from", "2030-09"), ("--replace",), ()])
@pytest.mark.parametrize("blank", ["", "待定"])
def test_a_unit_that_is_given_nothing_without_a_word_stops_the_import(
    options: tuple[str, ...], blank: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows, said = imported(tmp_path, capsys, f"指标,甲县,乙县,合计\n床位,100,{blank},100\n", *options, before=TWO)
    assert rows == []
    assert "MZ783 错误：T01-01 床位 乙县原有 ≥40，表内空着或没有写数" in said
    assert "写上数；不再分解的写 0 或“—”" in said


def test_a_part_that_was_none_is_said_to_have_been_none(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    none = TWO.replace(",yi,40,", ",yi,0,")
    refused, said = imported(tmp_path, capsys, "指标,甲县,乙县\n床位,60,40\n", before=none)
    assert (refused, "T01-01 床位 乙县 不分解 → ≥40" in said) == ([], True)


@pytest.mark.parametrize("word", ["—", "/", "不分解", "不适用", "0"])
def test_a_dash_ends_the_part_and_is_said(word: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """From September the 100 beds are all of 甲县; without the end 乙县's 40 would make 140 of them."""
    sheet = f"指标,甲县,乙县,合计\n床位,100,{word},100\n"
    rows, said = imported(tmp_path, capsys, sheet, "--from", "2030-09", before=TWO)
    assert rows == [
        "T01-01,jia,60,official,某民1号,",
        f"T01-01,jia,100,official,{SOURCE},2030-09",
        "T01-01,yi,40,official,某民1号,",
        f"T01-01,yi,0,official,{SOURCE},2030-09",
    ]
    assert "MZ786" not in said
    assert ("从 2030-09 起不再分解的 1 个：T01-01 乙县" in said) == (word != "0")
    refused, said = imported(tmp_path, capsys, sheet, before=TWO)
    assert (refused, "T01-01 床位 乙县 ≥40 → 不分解" in said) == ([], True)
    replaced, _ = imported(tmp_path, capsys, sheet, "--replace", before=TWO)
    assert replaced == [f"T01-01,jia,100,official,{SOURCE}", f"T01-01,yi,0,official,{SOURCE}"]


def test_a_line_of_dashes_ends_all_of_its_parts(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows, _ = imported(tmp_path, capsys, "指标,甲县,乙县\n床位,—,—\n", "--from", "2030-09", before=TWO)
    assert [row for row in rows if "2030-09" in row] == [
        f"T01-01,jia,0,official,{SOURCE},2030-09",
        f"T01-01,yi,0,official,{SOURCE},2030-09",
    ]


def test_what_is_asked_of_each_ends_for_all_of_the_year_or_not_at_all(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A 0 of a share or a stage is no task of none; it would be a demand."""
    before = (
        "indicator,unit,target,basis,source,due\nT01-03,jia,85,official,某民1号,\nT01-05,yi,,official,某民1号,2030-09\n"
    )
    sheet = "指标,甲县,乙县\n覆盖率,—,85\n条例,9月,—\n"
    rows, said = imported(tmp_path, capsys, sheet, "--from", "2030-10", before=before)
    assert (rows, "T01-03 不能从年中起不作要求" in said, "乙县原有 2030-09" in said) == ([], True, True)
    rows, said = imported(tmp_path, capsys, sheet, "--replace", before=before)
    assert rows == [f"T01-03,yi,85,official,{SOURCE},", f"T01-05,jia,,official,{SOURCE},2030-09"]
    assert "不再分解的 2 个：T01-03 甲县、T01-05 乙县" in said


def test_sums_are_those_of_what_the_result_holds(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The sheet says nothing of 乙县, whose 40 stay: 120 of the city's 100."""
    rows, said = imported(tmp_path, capsys, "指标,甲县\n床位,80\n", "--from", "2030-09", before=TWO)
    assert len(rows) == 3
    assert "T01-01 从 2030-09 起各单位合计 120，比全市目标 100 多 20" in said


@pytest.mark.parametrize(
    ("row", "sheet", "options", "is_refused"),
    [
        ("T01-01,jia,70,official,某民1号,,,", "70", (), False),
        ("T01-01,jia,50,reference,测算,,,", "70", (), False),
        ("T01-01,jia,70,official,某民1号,,,2030-09", "70", (), True),  # it would hold in spring too
        ("T01-01,jia,70,official,某民1号,,,2030-09", "70", ("--from", "2030-09"), False),
        ("T01-01,jia,60,official,某民1号,,,2030-09", "70", ("--from", "2030-09"), True),
        ("T01-01,jia,60,official,某民1号,,,2030-09", "70", ("--from", "2030-09", "--replace"), False),
        ("T01-01,jia,60,official,某民1号,,,2030-10", "70", ("--from", "2030-09"), False),
    ],
)
def test_only_what_was_issued_is_guarded(
    row: str,
    sheet: str,
    options: tuple[str, ...],
    is_refused: bool,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    before = f"{OFFICIAL.splitlines()[0]}\n{row}\n"
    rows, said = imported(tmp_path, capsys, f"指标,甲县\n床位,{sheet}\n", *options, before=before)
    assert (rows == []) == is_refused == ("--replace" in said)


@pytest.mark.parametrize(
    ("options", "words"),
    [(("--from", "2031-09"), "2031-09"), (("--from", "九月"), "九月"), (("--from", "2030-9"), "是否要写 2030-09")],
)
def test_the_month_must_be_one_of_the_plans(
    options: tuple[str, ...], words: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows, said = imported(tmp_path, capsys, AUTUMN, *options)
    assert rows == []
    assert words in said


def test_a_sheet_is_held_against_the_total_that_is_in_force_from_its_month_on(tmp_path: Path) -> None:
    path = tmp_path / "2030.yaml"
    revision = "revisions: [{from: 2030-09, target: {at_least: 110}, source: 通知}], source: 床位}"
    path.write_text(PLAN.replace("source: 床位}", revision), encoding="utf-8")
    rows = list(sheet_rows("指标,甲县,乙县\n床位,70,40\n".encode()))
    revised = load_plan(path)
    assert read_breakdown_sheet(revised, rows, "s.csv", SOURCE, Period(2030, 9)).findings == []
    (finding,) = read_breakdown_sheet(revised, rows, "s.csv", SOURCE).findings
    assert finding.message == "T01-01 各单位合计 110，比全市目标 100 多 10"


def test_what_belongs_to_an_import_is_refused_without_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    plan, _ = project(tmp_path, "")
    assert run("breakdown", "--plan", plan, "--from", "2030-09") == 2
    assert "--from 只与 --import 同用" in capsys.readouterr().err


@given(month=st.integers(min_value=2, max_value=12), figure=st.integers(min_value=1, max_value=99))
def test_no_month_before_is_judged_otherwise(plan: Plan, month: int, figure: int) -> None:
    old = (Part(at_least(50), "official", "甲"), Part(at_least(60), "official", "乙", start=Period(2030, 6)))
    before = dataclasses.replace(plan, parts={("T01-01", "jia"): old, ("T01-01", "yi"): old[:1]})
    start = Period(2030, month)
    after = merged(before, {("T01-01", "jia"): (Part(at_least(figure), "official", "丙"),)}, start)
    now = dataclasses.replace(plan, parts=after.parts)
    beds = plan.indicators["T01-01"]
    for unit in ("jia", "yi"):
        for earlier in (Period(2030, each) for each in range(1, month)):
            assert now.part_for(beds, unit, earlier) == before.part_for(beds, unit, earlier)
    issued = now.part_for(beds, "jia", start)
    assert issued is not None
    assert issued.target.value == figure


def test_the_breakdown_of_a_plan_that_has_none_is_written_beside_it(tmp_path: Path) -> None:
    plan, sheet = tmp_path / "plan" / "2030.yaml", tmp_path / "sheet.csv"
    plan.parent.mkdir()
    plan.write_text(PLAN, encoding="utf-8")
    sheet.write_text("指标,甲县,乙县\n床位,60,40\n", encoding="utf-8")
    wanted = Path(breakdown_path(plan))
    asked = ("breakdown", "--plan", plan, "--import", sheet, "--source", SOURCE, "--output", wanted)
    assert run("breakdown", "--plan", plan, "--format", "csv", "--output", wanted) == 2  # a table is no breakdown
    assert run(*asked) == 0
    assert len(wanted.read_text(encoding="utf-8").splitlines()) == 3
    assert run(*asked) == 2  # it is there now
    assert run(*asked, "--force") == 0
