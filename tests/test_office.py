"""Forms and bulletins in a real office: forms saved as CSV check clean, bulletins are printed. Skipped without one."""

import csv
import io
import re
import shutil
import subprocess
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path

import docx
import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from conftest import run
from mzplan.check.run import run_checks
from mzplan.period import Period
from mzplan.plan.load import load_plan
from mzplan.plan.model import Plan
from mzplan.render.form import FORMATS
from mzplan.submissions.blank_form import blank_form
from mzplan.submissions.ledger import Ledger
from mzplan.submissions.sources import Source, data_sources
from workbooks import saved

OFFICE = shutil.which("soffice")
pytestmark = [
    pytest.mark.office,
    pytest.mark.untraced,
    pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed: make office-tests"),
]
ROOT = Path(__file__).parent.parent
OCTOBER = Period(2023, 10)
SECOND_SHEET = "Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,2"
"""Commas, quotes, UTF-8, and the sheet that is filled in."""
AS_SHOWN = SECOND_SHEET.replace("false,true,false", "false,true,true")
"""The same, each cell in the format that it has."""


@pytest.fixture(scope="module")
def plan() -> Plan:
    return load_plan(ROOT / "plan" / "2023.yaml")


def convert(file: Path, to: str) -> Path:
    """What LibreOffice makes of a file."""
    (made,) = converted([file], to)
    return made


def converted(files: Sequence[Path], to: str) -> list[Path]:
    """What it makes of several files of one folder, in their order."""
    assert OFFICE is not None
    folder = files[0].parent
    home, out = f"-env:UserInstallation=file://{folder}/office", folder / "out"
    command = [OFFICE, home, "--headless", "--convert-to", to, "--outdir", str(out), *map(str, files)]
    done = subprocess.run(command, capture_output=True, check=False, timeout=300)
    assert done.returncode == 0
    return [made for file in files for made in out.glob(f"{file.stem}[.-]*")]


def filled(plan: Plan, unit: str, said: Mapping[str, Mapping[str, str | int]] | None = None) -> bytes:
    """A unit's form as somebody fills it in: 3 of everything, 12.5 of money, 3 of 4, milestones underway.

    Of the indicators in `said` only those cells.
    """
    form = blank_form(plan, Ledger(plan), plan.units[unit], OCTOBER)
    book = openpyxl.load_workbook(io.BytesIO(FORMATS["xlsx"](form)))
    sheet = book["填报"]
    assert isinstance(sheet, Worksheet)
    headings = [cell.value for cell in sheet[1]]
    for asked, cells in zip(form.rows, sheet.iter_rows(min_row=2), strict=True):
        row = dict(zip(headings, cells, strict=True))
        if said and asked.indicator.id in said:
            for heading, text in said[asked.indicator.id].items():
                row[heading].value = text
            continue
        if "numerator" in asked.indicator.columns:
            row["分子"].value, row["分母"].value = 3, 4
        else:
            figure = 12.5 if asked.indicator.decimals else 3
            row["完成值"].value = asked.stages[1] if asked.stages else figure
        row["说明"].value = "=不是公式，新院投用"
        row["说明"].data_type = "s"
    return saved(book)


def figures(plan: Plan, unit: str, content: bytes) -> Iterator[tuple[str, str]]:
    """The records of a CSV, which must have no finding."""
    result = run_checks(plan, [Source("x.csv", content=io.BytesIO(content))], today=date(2023, 11, 1))
    assert [(finding.rule.code, finding.message) for finding in result.diagnostics] == []
    for indicator in plan.owed(unit, OCTOBER):
        entry = result.ledger.entry(result.ledger.cell(indicator.id, unit, OCTOBER.month))
        assert entry is not None
        assert entry.has_note
        yield indicator.id, indicator.told(entry.figure)


@pytest.mark.parametrize("unit", ["yiwu", "bureau"])
def test_a_form_saved_as_csv_checks_clean_and_says_what_was_filled_in(unit: str, plan: Plan, tmp_path: Path) -> None:
    book = tmp_path / f"{unit}.xlsx"
    book.write_bytes(filled(plan, unit))
    found = dict(figures(plan, unit, convert(book, f"csv:{SECOND_SHEET}").read_bytes()))
    expected = {
        each.id: "3/4"
        if "numerator" in each.columns
        else "推进中"
        if each.counts_silence
        else "12.5"
        if each.decimals
        else "3"
        for each in plan.owed(unit, OCTOBER)
    }
    assert found == expected


AS_TOLD: Mapping[str, Mapping[str, str | int]] = {
    "T05-03": {"完成值": 0},  # 没有发生
    "T05-04": {},  # 还没有数
    "T05-06": {},
    "T08-04": {},
    "T21-06": {"完成值": "不适用", "说明": "本地没有婚姻登记机关"},  # 没有这项工作
    "T11-05": {"完成值": "不适用", "说明": "本地没有列入实验区"},
    "T10-03": {"完成值": "已完成", "佐证": "义民〔2023〕18号；https://example.org/1；附件.pdf"},
    "T10-04": {"完成值": "未启动"},
    "T05-07": {"分子": 0, "分母": 4},
}
"""What the first sheet says is to be written for each of these."""


@pytest.mark.parametrize("to", ["xlsx", "xls", "ods", f"csv:{SECOND_SHEET}", f"csv:{AS_SHOWN}"])
def test_a_form_filled_in_as_it_says_comes_back_clean_in_every_kind(to: str, plan: Plan, tmp_path: Path) -> None:
    book = tmp_path / "form.xlsx"
    book.write_bytes(filled(plan, "yiwu", AS_TOLD))
    (tmp_path / "data/2023-10").mkdir(parents=True)
    made = convert(book, to)
    sent = made.rename(tmp_path / f"data/2023-10/yiwu{made.suffix}")
    (tmp_path / "附件.pdf").touch()
    result = run_checks(plan, data_sources([sent], tmp_path), today=date(2023, 11, 1))
    (told,) = result.diagnostics
    assert (told.rule.code, {part.indicator for part in told.parts}) == ("MZ603", {"T05-04", "T05-06", "T08-04"})
    entries = {code: result.ledger.entry(result.ledger.cell(code, "yiwu", OCTOBER.month)) for code in AS_TOLD}
    assert {code: plan.indicators[code].told(entry.figure) for code, entry in entries.items() if entry} == {
        "T05-03": "0", "T21-06": "不适用", "T11-05": "不适用", "T10-03": "已完成", "T10-04": "未启动", "T05-07": "0/4",
    }  # fmt: skip


Cells = Mapping[tuple[str, str], str | int | float | None]
RIGHT: Mapping[str, Cells] = {
    "zero": {("T05-03", "完成值"): 0},
    "none of none": {("T05-07", "分子"): 0, ("T05-07", "分母"): 4},
    "nothing to do": {("T05-03", "完成值"): "不适用", ("T05-03", "说明"): "本地没有此项工作"},
    "document": {("T10-03", "完成值"): "已完成", ("T10-03", "佐证"): "义民〔2023〕18号"},
    "address": {("T10-03", "佐证"): "https://example.org/a?b=1,2"},
    "lines": {("T05-03", "说明"): '新院“投用”, 含 "两家"\n分别为甲、乙'},
    "blanks": {("T05-03", "说明"): " 前后有空格 "},
    "formula": {("T05-03", "完成值"): "=1+2"},
    "digits as text": {("T05-03", "完成值"): "3"},
    "whole float": {("T05-03", "完成值"): 3.0},
}
WRONG: Mapping[str, tuple[Cells, str]] = {
    "words": ({("T05-03", "完成值"): "三家"}, "MZ219"),
    "measure": ({("T05-03", "完成值"): "12家"}, "MZ219"),
    "below zero": ({("T05-03", "完成值"): -3}, "MZ403"),
    "half": ({("T05-03", "完成值"): 1.5}, "MZ407"),
    "more than all": ({("T05-07", "分子"): 15, ("T05-07", "分母"): 4}, "MZ404"),
    "one part": ({("T05-07", "分母"): None}, "MZ401"),
    "no reason": ({("T05-03", "完成值"): "不适用", ("T05-03", "说明"): None}, "MZ311"),
    "no such code": ({("T05-03", "指标编码"): "T05-99"}, "MZ301"),
    "error": ({("T05-03", "完成值"): "=1/0"}, "MZ212"),
    "no stage": ({("T10-03", "完成值"): "完成"}, "MZ310"),
    "other month": ({("T05-03", "报告期"): "2023年9月"}, "MZ307"),
    "other unit": ({("T05-03", "填报单位"): "永康市"}, "MZ308"),
}


def changed(form: bytes, cells: Cells) -> bytes:
    """The form with other cells, by code and heading."""
    book = openpyxl.load_workbook(io.BytesIO(form))
    sheet = book["填报"]
    assert isinstance(sheet, Worksheet)
    columns = {cell.value: at for at, cell in enumerate(sheet[1], start=1)}
    rows = {sheet.cell(row, columns["指标编码"]).value: row for row in range(2, sheet.max_row + 1)}
    for (code, heading), value in cells.items():
        sheet.cell(rows[code], columns[heading]).value = value
    return saved(book)


@pytest.mark.parametrize("to", ["xlsx", "xls", "ods", f"csv:{SECOND_SHEET}", f"csv:{AS_SHOWN}"])
def test_right_and_wrong_forms_are_told_alike_whatever_kind_the_office_saves(
    to: str, plan: Plan, tmp_path: Path
) -> None:
    """Ten right ones have no finding, twelve wrong ones each the one that its cell asks for."""
    form = filled(plan, "yiwu")
    expected: dict[str, tuple[Cells, list[str]]] = {name: (cells, []) for name, cells in RIGHT.items()}
    expected |= {name: (cells, [code]) for name, (cells, code) in WRONG.items()}
    files = []
    for at, (cells, _) in enumerate(expected.values()):
        files.append(tmp_path / f"{at}.xlsx")
        files[-1].write_bytes(changed(form, cells))
    found = {}
    for name, made in zip(expected, converted(files, to), strict=True):
        sent = tmp_path / name / f"data/2023-10/yiwu{made.suffix}"
        sent.parent.mkdir(parents=True)
        made.rename(sent)
        result = run_checks(plan, data_sources([sent], tmp_path / name), today=date(2023, 11, 1))
        found[name] = [finding.rule.code for finding in result.diagnostics]
    assert found == {name: codes for name, (_, codes) in expected.items()}


@pytest.mark.parametrize("to", ["xlsx", "xls", "ods", f"csv:{SECOND_SHEET}"])
def test_a_form_that_was_opened_and_saved_and_not_filled_in_is_none(to: str, plan: Plan, tmp_path: Path) -> None:
    """Its milestone of September stands in it, and the seal is gone."""
    ledger = run_checks(plan, data_sources([ROOT / "data" / "2023-09"], ROOT), today=date(2023, 11, 1)).ledger
    book = tmp_path / "form.xlsx"
    book.write_bytes(FORMATS["xlsx"](blank_form(plan, ledger, plan.units["yiwu"], OCTOBER)))
    made = convert(book, to)
    sent = tmp_path / f"data/2023-10/yiwu{made.suffix}"
    sent.parent.mkdir(parents=True)
    made.rename(sent)
    result = run_checks(plan, data_sources([sent], tmp_path), today=date(2023, 11, 1))
    assert [finding.rule.code for finding in result.diagnostics] == ["MZ139"]
    assert result.ledger.reporters(OCTOBER) == frozenset()


def test_the_first_sheet_saved_in_place_of_the_second_is_known(plan: Plan, tmp_path: Path) -> None:
    book = tmp_path / "form.xlsx"
    book.write_bytes(filled(plan, "yiwu", AS_TOLD))
    first_sheet = SECOND_SHEET.removesuffix("2") + "1"
    made = convert(book, f"csv:{first_sheet}").read_bytes()
    (told,) = run_checks(plan, [Source("x.csv", content=io.BytesIO(made))]).diagnostics
    assert (told.rule.code, told.hint) == (
        "MZ130",
        "这是填报表的第一张，“填报说明”；打开第二张“填报”，再另存为 CSV。",
    )


def test_the_ratio_is_worked_out_in_the_office(plan: Plan, tmp_path: Path) -> None:
    book = tmp_path / "yiwu.xlsx"
    book.write_bytes(filled(plan, "yiwu"))
    saved = openpyxl.load_workbook(convert(book, "xlsx"), data_only=True)["填报"]
    assert isinstance(saved, Worksheet)
    ratios = {row[7] for row in saved.iter_rows(min_row=2, values_only=True) if row[5] is not None}
    assert ratios == {75, 7500}  # of a hundred, and of ten thousand


def test_a_workbook_of_status_is_shown_as_the_first_screen_tells_it(tmp_path: Path) -> None:
    """Its second sheet is what needs attention: 移民村 18 of at least 35, 51.4 % where 75 % are expected."""
    book = tmp_path / "表.xlsx"
    assert run("status", "--plan", ROOT / "plan" / "2023.yaml", "--data", ROOT / "data", "-o", book) == 0
    rows = list(csv.reader(io.StringIO(convert(book, f"csv:{AS_SHOWN}").read_text("utf-8"))))
    villages = next(row for row in rows if row[1:2] == ["T25-09"])
    assert villages[:10] == [
        "全市", "T25-09", "新时代美丽移民村数", "18", "≥35", "个", "51.4%", "75.0%", "-23.6", "严重滞后（未报1家）",
    ]  # fmt: skip


OF_OFFICE = """文号: 金民〔2023〕45号
抄送: 省民政厅，市政府办公室
印发: 金华市民政局办公室
印发日期: 2023-10-16
联系人: 李某
"""


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="poppler is not installed: make office-tests")
def test_no_word_of_a_table_is_torn_in_whatever_font_stands_in_for_times(tmp_path: Path) -> None:
    """DejaVu Serif here, which is wider: `overdu` stood above `e`, and `T25-` above `09`."""
    asked = ("status --full --lang en", "status --unit panan --lang en", "status", "plan --lang en", "lights --lang en")
    made = [tmp_path / f"{number}.docx" for number in range(len(asked))]
    for words, file in zip(asked, made, strict=True):
        assert run(*words.split(), "-f", "docx", "-o", file) == 0
    word = re.compile("[A-Z][0-9]{2}-[0-9]{2}|[A-Za-z]{2,}|[0-9]+(?:[.][0-9]+)?")
    for file, printed in zip(made, converted(made, "pdf"), strict=True):
        tables = docx.Document(str(file)).tables
        cells = [cell.text for table in tables for row in table.rows for cell in row.cells]
        text = subprocess.run(["pdftotext", "-layout", printed, "-"], capture_output=True, check=True).stdout.decode()
        said = Counter(found for cell in cells for found in word.findall(cell))
        assert said
        assert said - Counter(word.findall(text)) == Counter()


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="poppler is not installed: make office-tests")
@pytest.mark.parametrize("of", [(), ("--unit", "义乌市"), ("--unit", "武义县")])
def test_a_bulletin_is_printed_with_its_imprint_below_the_notes_on_the_last_and_even_page(
    of: tuple[str, ...], tmp_path: Path
) -> None:
    office, made = tmp_path / "office.yaml", tmp_path / "out.docx"
    office.write_text(OF_OFFICE, "utf-8")
    data = ("--plan", ROOT / "plan" / "2023.yaml", "--data", ROOT / "data", "--date", "2023-10-15")
    assert run("summary", *of, *data, "--office", office, "-o", made) == 0
    printed = subprocess.run(["pdftotext", "-raw", convert(made, "pdf"), "-"], capture_output=True, check=True)
    *pages, last = printed.stdout.decode().removesuffix("\f").split("\f")
    lines = [re.sub(r"\s", "", line) for line in last.splitlines() if line.strip()]
    number = next(int(match[1]) for line in lines if (match := re.fullmatch("—([0-9]+)—", line)))
    assert number % 2 == 0
    assert len(pages) < number <= len(pages) + 2  # a page between that nothing stands on is not printed
    assert lines[0] == "说明："
    assert "计划：2023年全市民政工作要点（版本" in "".join(lines)
    told = "".join(lines).partition("mzplan")[2]
    assert told.lstrip("0123456789.") == f"抄送：省民政厅，市政府办公室。金华市民政局办公室2023年10月16日印发—{number}—"
    assert "印发" not in "".join(pages)
    assert "".join(pages[0].split()).startswith("金民〔2023〕45号")
    signed = next("".join(page.split()) for page in pages if "2023年10月15日" in "".join(page.split()))
    assert re.match("(?!附件|金华市民政局2023)", signed)  # nobody signs a page without text
