"""The workbook that a clerk fills in: what may be written where, what stands there already, and that it comes back."""

import io
import re
from collections.abc import Iterator, Mapping
from datetime import date
from fractions import Fraction
from pathlib import Path

import openpyxl
import pytest
from openpyxl.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet

from conftest import Mzplan, run
from mzplan.check.run import CheckResult, run_checks
from mzplan.diagnostics import InputError, Severity
from mzplan.figures import SCALE
from mzplan.period import Period
from mzplan.plan.indicator import Figure, Indicator, RatioIndicator
from mzplan.plan.load import load_plan
from mzplan.plan.model import Plan
from mzplan.reading.seal import is_untouched
from mzplan.render.form_workbook import workbook
from mzplan.submissions.blank_form import Form, blank_form
from mzplan.submissions.header import FIELDS_ZH, PASSED_OVER, RATIO_HEADING
from mzplan.submissions.ledger import Ledger
from mzplan.submissions.sources import Source
from test_cli_check import SOUND, write
from workbooks import saved

pytestmark = pytest.mark.untraced

ROOT = Path(__file__).parent.parent
PLANS = ROOT / "tests" / "plans"
JUNE = Period(2023, 6)
COUNT, RATIO, STOCK, STAGES = "T01-01", "T01-02", "T02-01", "T02-02"
URL = "https://example.org/1"


@pytest.fixture(scope="module")
def plan() -> Plan:
    return load_plan(PLANS / "tiny.yaml")


@pytest.fixture(scope="module")
def form(plan: Plan) -> Form:
    """June's form of a county that has reported in May, and has shown something for its milestone."""
    ledger = Ledger(plan)
    ledger.sources.append("may.csv")
    ledger.write(ledger.cell(COUNT, "jia", 4), Figure(12 * SCALE))
    ledger.write(ledger.cell(RATIO, "jia", 5), Figure(30 * SCALE, 60 * SCALE))
    ledger.write(ledger.cell(STAGES, "jia", 4), Figure(2), line=3, evidence=True)
    ledger.write(ledger.cell(STAGES, "jia", 5), Figure(2), line=9)
    said = {3: {"evidence": URL}, 9: {"evidence": ""}}
    return blank_form(plan, ledger, plan.units["jia"], JUNE, lambda path, lines: {at: said[at] for at in lines})


@pytest.fixture(scope="module")
def sheet(form: Form) -> Worksheet:
    return data_sheet(workbook(form))


def data_sheet(content: bytes, **how: bool) -> Worksheet:
    book = openpyxl.load_workbook(io.BytesIO(content), **how)
    assert book.sheetnames == ["填报说明", "填报"]
    found = book["填报"]
    assert isinstance(found, Worksheet)
    return found


def rows(sheet: Worksheet) -> Iterator[dict[str, Cell]]:
    """Each row's cells by heading."""
    header, *others = sheet.iter_rows()
    headings = [str(cell.value) for cell in header]
    for row in others:
        yield dict(zip(headings, row, strict=True))  # type: ignore[arg-type]  # no merged cells


def row_of(sheet: Worksheet, code: str) -> dict[str, Cell]:
    return next(row for row in rows(sheet) if row["指标编码"].value == code)


def test_its_header_is_what_the_checks_read_and_else_what_they_pass_over(sheet: Worksheet) -> None:
    headings = [cell.value for cell in sheet[1]]
    assert [heading for heading in headings if heading not in PASSED_OVER] == list(FIELDS_ZH.values())
    assert headings.index(RATIO_HEADING) == headings.index("分母") + 1


def test_a_row_says_what_is_asked_and_what_was_said_last(sheet: Worksheet) -> None:
    told = {code: {name: cell.value for name, cell in row_of(sheet, code).items()} for code in (COUNT, RATIO)}
    assert (told[COUNT]["报告期"], told[COUNT]["填报单位"]) == ("2023年6月", "甲县")
    # 100 by townships, 6 of 10
    assert (told[COUNT]["目标"], told[COUNT]["目标依据"]) == ("≥60", "参考分解（测算），非正式下达")
    assert (told[COUNT]["上次填报"], told[RATIO]["上次填报"]) == ("12（4月）", "30/60（5月）")
    assert told[COUNT]["填报口径"] == "1月1日以来的累计数。"
    assert told[RATIO]["填报口径"] == "分子：有助餐点的村（社区）数；分母：村（社区）总数。"


def test_a_milestone_stands_where_it_stood_with_what_was_shown_for_it(sheet: Worksheet) -> None:
    row = row_of(sheet, STAGES)
    assert (row["完成值"].value, row["佐证"].value) == ("已完成", URL)
    others = [row_of(sheet, code) for code in (COUNT, RATIO, STOCK)]
    assert {each[name].value for each in others for name in ("完成值", "分子", "分母", "说明", "佐证")} == {None}


def test_evidence_of_an_earlier_stage_does_not_carry_over(plan: Plan) -> None:
    ledger = Ledger(plan)
    ledger.write(ledger.cell(STAGES, "jia", 3), Figure(1), line=3, evidence=True)
    ledger.write(ledger.cell(STAGES, "jia", 5), Figure(2), line=9)
    made = blank_form(plan, ledger, plan.units["jia"], JUNE, lambda path, lines: {3: {"evidence": URL}})
    assert [(row.stage, row.evidence) for row in made.rows if row.stages] == [("已完成", "")]


def test_only_what_is_to_be_filled_in_can_be_written_in(sheet: Worksheet) -> None:
    assert sheet.protection.sheet
    assert sheet.protection.password is None
    may = (sheet.protection.formatCells, sheet.protection.formatColumns, sheet.protection.formatRows)
    assert may == (False, False, False)  # False is allowed
    free = {
        row["指标编码"].value: [name for name, cell in row.items() if not cell.protection.locked] for row in rows(sheet)
    }
    assert free == {
        COUNT: ["完成值", "说明", "佐证"],
        RATIO: ["完成值", "分子", "分母", "说明", "佐证"],
        STOCK: ["完成值", "说明", "佐证"],
        STAGES: ["完成值", "说明", "佐证"],
    }


def test_the_page_is_a4_on_its_side_with_its_header_on_each_page(sheet: Worksheet) -> None:
    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "landscape")
    assert (sheet.print_title_rows, sheet.freeze_panes) == ("$1:$1", "E2")
    assert sheet.sheet_properties.pageSetUpPr is not None
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    pages = sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight
    assert pages == (1, 0), "one wide, as many as need be"


def rule_of(sheet: Worksheet, cell: Cell) -> str:
    """The formula of the rule that binds a cell; a list as its words."""
    found = [rule for rule in sheet.data_validations.dataValidation if cell.coordinate in rule.sqref]
    assert len(found) == 1
    assert found[0].error
    assert found[0].prompt
    return str(found[0].formula1)


def test_stages_are_chosen_from_a_list(sheet: Worksheet) -> None:
    assert rule_of(sheet, row_of(sheet, STAGES)["完成值"]) == '"未启动,推进中,已完成,不适用"'
    assert rule_of(sheet, row_of(sheet, RATIO)["完成值"]) == '"不适用"'


FUNCTIONS = {
    "ISNUMBER": lambda value: isinstance(value, Fraction),
    "ROUND": lambda value, digits: Fraction(int(value * 10**digits + Fraction(1, 2)), 10**digits),
    "AND": lambda *given: all(given),
    "OR": lambda *given: any(given),
    "NOT": lambda given: not given,
    "FALSE": False,
}


def holds(formula: str, cells: Mapping[str, object]) -> bool:
    """What such a formula comes to; `IF` alone leaves out what it does not need, and none is nested."""
    text = re.sub(r"(?<![<>=])=(?!=)", "==", formula.removeprefix("="))
    if found := re.fullmatch(r"IF\((ISNUMBER\(\w+\)),(.*),([^,]*)\)", text):
        text = f"({found[2]}) if {found[1]} else ({found[3]})"
    return bool(eval(text, {"__builtins__": {}}, {**FUNCTIONS, **cells}))


TYPED = ("0", "12", "12.5", "-1", "约12", "不适用", "12.25")


@pytest.mark.parametrize("code", [COUNT, STOCK])
@pytest.mark.parametrize("typed", TYPED)
def test_a_figures_cell_takes_what_the_checks_take(code: str, typed: str, plan: Plan, sheet: Worksheet) -> None:
    cell = row_of(sheet, code)["完成值"]
    assert holds(rule_of(sheet, cell), {cell.coordinate: amount(typed)}) == is_sound(plan, code, typed, "", "")


@pytest.mark.parametrize(
    ("above", "below"),
    [("3", "4"), ("4", "4"), ("5", "4"), ("0", "4"), ("0", "0"), ("-1", "4"), ("1.5", "4")],
)
def test_the_parts_of_a_ratio_are_taken_as_the_checks_take_them(
    above: str, below: str, plan: Plan, sheet: Worksheet
) -> None:
    row = row_of(sheet, RATIO)
    parts = row["分子"], row["分母"]
    cells = {parts[0].coordinate: amount(above), parts[1].coordinate: amount(below)}
    taken = all(holds(rule_of(sheet, part), cells) for part in parts)
    assert taken == is_sound(plan, RATIO, "", above, below)


def amount(typed: str) -> object:
    """What a spreadsheet makes of what is typed."""
    return Fraction(typed) if re.fullmatch(r"-?[0-9.]+", typed) else typed


def is_sound(plan: Plan, code: str, value: str, above: str, below: str) -> bool:
    """Whether the checks have no error for a row with those figures."""
    row = f"2023-06,甲县,{code},,{value},{above},{below},本地没有这项工作,\n"
    text = "period,unit,indicator,name,value,numerator,denominator,note,evidence\n" + row
    result = run_checks(plan, [Source("x.csv", content=io.BytesIO(text.encode()))], today=date(2023, 7, 1))
    return not [each for each in result.diagnostics if each.severity is Severity.ERROR]


def test_a_ratio_that_may_pass_a_hundred_per_cent_has_no_such_bound() -> None:
    plan = load_plan(ROOT / "plan" / "2023.yaml")
    free = next(
        each for each in plan.indicators.values() if isinstance(each, RatioIndicator) and not each.part_of_whole
    )
    parts = [row_of(december(plan, free), free.id)[name] for name in ("分子", "分母")]
    cells = {part.coordinate: Fraction(figure) for part, figure in zip(parts, (5, 4), strict=True)}
    assert all(holds(rule_of(december(plan, free), part), cells) for part in parts)


def test_money_may_have_the_decimals_of_its_indicator() -> None:
    plan = load_plan(ROOT / "plan" / "2023.yaml")
    money = next(each for each in plan.indicators.values() if each.decimals == 2 and "numerator" not in each.columns)
    sheet = december(plan, money)
    cell = row_of(sheet, money.id)["完成值"]
    formula = rule_of(sheet, cell)
    taken = {typed: holds(formula, {cell.coordinate: amount(typed)}) for typed in ("8.25", "8.255", "8")}
    assert taken == {"8.25": True, "8.255": False, "8": True}


def december(plan: Plan, indicator: Indicator) -> Worksheet:
    """December's form of a unit that owes that indicator."""
    form = blank_form(plan, Ledger(plan), plan.units[indicator.owing[0]], plan.periods[-1])
    return data_sheet(workbook(form))


def test_the_ratio_is_worked_out_beside_and_has_a_value_before(form: Form) -> None:
    content = workbook(form)
    cell = row_of(data_sheet(content), RATIO)[RATIO_HEADING]
    assert cell.value == '=IF(AND(ISNUMBER(F3),ISNUMBER(G3)),IF(N(G3)>0,ROUND(F3/G3*100,2),""),"")'
    assert data_sheet(content, data_only=True)[cell.coordinate].value in ("", None)


def test_the_first_sheet_says_for_whom_until_when_and_how(form: Form) -> None:
    first = openpyxl.load_workbook(io.BytesIO(workbook(form)))["填报说明"]
    lines = [" ".join(str(cell.value) for cell in row if cell.value) for row in first.iter_rows()]
    assert lines[:5] == [
        "2023年示范市民政工作要点：指标填报表",
        "填报单位 甲县",
        "报告期 2023年6月",
        "指标 4 项，在“填报”表里",
        "报送期限 2023年7月10日前交回",
    ]
    assert "没有发生 填 0（零报告）。" in lines
    assert "还没有数 空着，“说明”“佐证”也不写。整行空着是未报，不算 0。" in lines


def test_nothing_that_a_clerk_once_wrote_becomes_a_formula(plan: Plan) -> None:
    ledger = Ledger(plan)
    ledger.write(ledger.cell(STAGES, "jia", 5), Figure(2), line=3, evidence=True)
    hostile = '=HYPERLINK("http://evil","x")'
    made = blank_form(plan, ledger, plan.units["jia"], JUNE, lambda path, lines: {3: {"evidence": hostile}})
    cell = row_of(data_sheet(workbook(made)), STAGES)["佐证"]
    assert (cell.value, cell.data_type) == (hostile, "s")


def test_the_same_form_is_the_same_bytes_and_whoever_saves_it_leaves_a_trace(form: Form) -> None:
    made = workbook(form)
    assert made == workbook(form)
    assert is_untouched(made)
    saved = io.BytesIO()
    openpyxl.load_workbook(io.BytesIO(made)).save(saved)
    assert not is_untouched(saved.getvalue())
    assert not is_untouched(made[:-30])
    assert not is_untouched(b"")


def returned(plan: Plan, content: bytes) -> CheckResult:
    return run_checks(plan, [Source("jia.xlsx", content=io.BytesIO(content))], today=date(2023, 7, 1))


def test_sent_back_as_it_is_it_checks_clean_and_says_what_was_filled_in(plan: Plan, form: Form) -> None:
    book = openpyxl.load_workbook(io.BytesIO(workbook(form)))
    for cell, figure in {"E2": 14, "F3": 33, "G3": 60, "E4": 41}.items():
        book["填报"][cell] = figure
    result = returned(plan, saved(book))
    assert [finding.rule.code for finding in result.diagnostics] == []
    told = {}
    for code in (COUNT, RATIO, STOCK, STAGES):
        entry = result.ledger.entry(result.ledger.cell(code, "jia", 6))
        assert entry is not None
        told[code] = plan.indicators[code].told(entry.figure)
    assert told == {COUNT: "14", RATIO: "33/60", STOCK: "41", STAGES: "已完成"}


def test_one_that_nobody_has_touched_reports_nothing(plan: Plan, form: Form) -> None:
    """Its milestones stand where they stood, and nobody has said that they still do."""
    result = returned(plan, workbook(form))
    assert [finding.rule.code for finding in result.diagnostics] == ["MZ139"]
    assert result.diagnostics[0].severity is Severity.WARNING, "it is not reported, and nothing is wrong"
    assert result.ledger.count() == 0


def test_without_the_library_it_says_what_to_install(form: Form, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "xlsxwriter", None)
    with pytest.raises(InputError, match=r"xlsxwriter xlrd openpyxl"):
        workbook(form)


# --- the command -----------------------------------------------------------------------------------------------------


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    home = tmp_path / "project"
    for name, text in SOUND.items():
        write(home / name, text)
    write(home / "plan/2023.yaml", (PLANS / "tiny.yaml").read_bytes())
    monkeypatch.chdir(home)
    return home


ALL = ("template", "--all", "-p", "2023-04")


def made(folder: str) -> list[str]:
    return sorted(path.name for path in Path(folder).iterdir())


@pytest.mark.usefixtures("project")
def test_all_units_get_their_workbooks_in_a_folder_that_is_made(mzplan: Mzplan) -> None:
    told = "已写入 new/forms/：2023-04 的填报表 4 份，共 13 项指标。\n"
    assert mzplan(*ALL, "-o", "new/forms/") == (0, "", told)
    assert made("new/forms") == ["bureau.xlsx", "devzone.xlsx", "jia.xlsx", "yi.xlsx"]
    assert mzplan(*ALL, "-o", "new/forms/").code == 0, "as often as you like, as long as nobody has filled one in"


@pytest.mark.usefixtures("project")
def test_the_months_folder_is_made_among_the_data(mzplan: Mzplan) -> None:
    assert mzplan("template", "-u", "甲县", "-p", "2023-04", "-o", "data/2023-04/").code == 0
    assert made("data/2023-04") == ["jia.xlsx"]


@pytest.mark.usefixtures("project")
def test_a_unit_that_owes_nothing_gets_no_form_and_is_named(mzplan: Mzplan) -> None:
    """The bureau has one indicator; it is to be reported at the end of each quarter."""
    path = Path("plan/2023.yaml")
    path.write_text(re.sub(r"( +)- id: T03-01\n", r"\g<0>\1  report_every: quarter\n", path.read_text()))
    told = "已写入 forms/：2023-04 的填报表 3 份，共 12 项指标。没有应报指标的：市本级。\n"
    assert mzplan(*ALL, "-o", "forms/") == (0, "", told)
    assert "bureau.xlsx" not in made("forms")


@pytest.mark.usefixtures("project")
def test_several_units_as_csv(mzplan: Mzplan) -> None:
    assert mzplan("template", "-u", "甲县", "-u", "乙", "-u", "甲", "--format", "csv", "-o", "forms").code == 0
    assert made("forms") == ["jia.csv", "yi.csv"]
    single = mzplan("template", "-u", "甲县").out
    assert Path("forms/jia.csv").read_bytes().decode() == single


@pytest.mark.usefixtures("project")
@pytest.mark.parametrize("name", ["甲县.xlsx", "forms/"])
def test_one_units_workbook_by_suffix_or_in_a_folder(name: str) -> None:
    assert run("template", "-u", "甲县", "-o", name) == 0
    path = Path(name) / "jia.xlsx" if name.endswith("/") else Path(name)
    assert is_untouched(path.read_bytes())


@pytest.mark.usefixtures("project")
def test_what_is_filled_in_is_never_written_over_and_then_nothing_is(mzplan: Mzplan) -> None:
    assert mzplan(*ALL, "-o", "forms/").code == 0
    filled = Path("forms/jia.xlsx")
    book = openpyxl.load_workbook(filled)
    book["填报"]["E2"] = 5
    book.save(filled)
    Path("forms/bureau.xlsx").unlink()
    before = filled.read_bytes()
    refused = mzplan(*ALL, "-o", "forms/")
    assert refused.code == 2
    assert refused.err.startswith("mzplan: forms/jia.xlsx 是工作簿，里面可能有数，不会覆盖。")
    assert filled.read_bytes() == before
    assert made("forms") == ["devzone.xlsx", "jia.xlsx", "yi.xlsx"]
    assert run(*ALL, "-o", "forms/", "--force") == 0
    assert is_untouched(filled.read_bytes())


@pytest.mark.usefixtures("project")
def test_all_are_written_or_none(mzplan: Mzplan) -> None:
    Path("forms/yi.xlsx").mkdir(parents=True)
    refused = mzplan(*ALL, "-o", "forms/")
    assert (refused.code, refused.err) == (2, "mzplan: 无法写入 forms/yi.xlsx：是文件夹。\n")
    assert made("forms") == ["yi.xlsx"]


@pytest.mark.usefixtures("project")
@pytest.mark.parametrize("name", ["forms.xlsx", "forms.csv", "forms.2023"])
def test_several_forms_do_not_go_into_one_file(name: str, mzplan: Mzplan) -> None:
    refused = mzplan(*ALL, "-o", name)
    assert refused.code == 2
    assert "请写成 --output forms/ 的样子" in refused.err
    assert not Path(name).exists()
