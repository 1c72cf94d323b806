"""What stands in the other sheets of a workbook is told; a cover, lists to choose from and the form's guide pass."""

from datetime import date
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest

from mzplan.check.run import run_checks
from mzplan.period import Period
from mzplan.render.form_workbook import workbook
from mzplan.submissions.blank_form import blank_form
from mzplan.submissions.ledger import Ledger
from mzplan.submissions.sources import data_sources
from test_clerk import PLAN, Rows, checked, october, project
from workbooks import saved

__all__ = ["project"]

pytestmark = pytest.mark.untraced

Told = list[tuple[str, str]]
NAME = PLAN.indicators["T05-04"].name


def told(project: Path, name: str, rows: Rows, *, is_hidden: bool = False) -> Told:
    """What is said of a sheet that stands behind October's report."""
    book = openpyxl.Workbook()
    for row in october():
        book.worksheets[0].append([int(cell) if cell.isdigit() else cell or None for cell in row])
    sheet = book.create_sheet(name)
    for row in rows:
        sheet.append([int(cell) if cell.isdigit() else cell or None for cell in row])
    sheet.sheet_state = "hidden" if is_hidden else "visible"
    found = checked(project, saved(book)).diagnostics
    return [(each.rule.code, each.message) for each in found if each.rule.code not in ("MZ511", "MZ126")]


@pytest.mark.parametrize(
    ("name", "rows"),
    [
        ("更正", [["床位", "255"]]),
        ("Sheet2", [["备注"], ["床位更正为255"]]),
        ("Sheet2", [["T05-04", "255"]]),
        ("Sheet2", [[NAME, "", "255"]]),
        ("Sheet2", [[f"{NAME}255"]]),
        ("Sheet2", [["指标编码", "义乌市", "永康市"], ["T05-04", "7", "8"]]),
        ("Sheet2", [["单位", "T05-04", NAME], ["义乌市", "7", "8"]]),
    ],
)
def test_figures_in_another_sheet_are_an_error(project: Path, name: str, rows: Rows) -> None:
    ((code, message),) = told(project, name, rows)
    assert (code, message.partition("（")[0]) == ("MZ160", f"工作表“{name}”里有指标或更正的数")


@pytest.mark.parametrize("text", ["以上数据为当月数", "金额以元计", "本表数据为暂估数"])
def test_another_sheet_that_says_the_figures_are_of_the_wrong_kind_is_an_error(project: Path, text: str) -> None:
    assert told(project, "备注", [["说明"], [text]]) == [("MZ161", f"工作表“备注”写着“{text}”，没有采用")]


@pytest.mark.parametrize("text", ["义乌市、东阳市数据为9月数据", "义乌市数据偏高", "义乌市的数还在核"])
def test_words_of_the_units_figures_that_put_them_in_doubt_are_an_error(project: Path, text: str) -> None:
    assert told(project, "备注", [["说明"], [text]]) == [("MZ161", f"工作表“备注”写着“{text}”，没有采用")]


@pytest.mark.parametrize("text", ["义乌市数据已审核", "义乌市、东阳市数据真实有效", "报送单位：义乌市、东阳市"])
def test_words_of_the_units_figures_that_put_nothing_in_doubt_are_none(project: Path, text: str) -> None:
    assert [code for code, _ in told(project, "备注", [["说明"], [text]]) if code != "MZ129"] == []


def test_a_list_of_whom_to_call_is_no_word_of_figures(project: Path) -> None:
    assert [code for code, _ in told(project, "通讯录", [["义乌市", "张三", "13812345678"]])] == ["MZ129"]


@pytest.mark.parametrize(
    ("day", "codes"), [("10月31日", []), ("2023年10月底", []), ("9月30日", ["MZ129"]), ("2022年10月31日", ["MZ129"])]
)
def test_up_to_when_the_figures_are_is_told_of_another_month(project: Path, day: str, codes: list[str]) -> None:
    assert [code for code, _ in told(project, "备注", [["说明"], [f"以上数据截至{day}"]])] == codes


@pytest.mark.parametrize(
    ("is_hidden", "called"), [(False, "工作表“备注”"), (True, "隐藏的工作表“备注”")], ids=["shown", "hidden"]
)
@pytest.mark.parametrize("text", ["床位按核定数填报", "255"])
def test_other_words_are_a_warning(project: Path, text: str, called: str, *, is_hidden: bool) -> None:
    found = told(project, "备注", [["义乌市"], [text], ["新院未计"]], is_hidden=is_hidden)
    assert found == [("MZ129", f"{called}没有读，上面写着“{text}”")]


@pytest.mark.parametrize("is_hidden", [False, True])
@pytest.mark.parametrize(
    "rows",
    [
        [],
        [["  "]],
        [["义乌市2023年10月填报表"], ["填报人：张三"], ["联系电话", "0579-85123456"], ["第1页 共2页"]],
        [["未启动", "义乌市"], ["推进中", "永康市"], ["已完成", ""], ["不适用", ""]],
        [["序号", "指标编码", "指标名称", "计量单位"], ["1", "T05-04", NAME, "张"], ["2", "T05-06", "", "%"]],
    ],
    ids=["empty", "blank", "cover", "choices", "catalogue"],
)
def test_what_says_nothing_of_the_figures_passes(project: Path, rows: Rows, *, is_hidden: bool) -> None:
    assert told(project, "Sheet2", rows, is_hidden=is_hidden) == []


def test_what_stands_far_down_is_told_and_a_large_sheet_too(project: Path) -> None:
    cover = [["义乌市2023年10月填报表"]] * 500
    assert told(project, "封面", [*cover, ["床位按核定数填报"]]) == [
        ("MZ129", "工作表“封面”没有读，上面写着“床位按核定数填报”")
    ]
    assert [code for code, _ in told(project, "封面", [["义乌市", *[""] * 9, "义乌市"]] * 5000)] == ["MZ129"]


@pytest.mark.parametrize(
    ("cell", "text", "code"), [("C12", "床位按核定数填报", "MZ129"), ("B25", "以上数据为当月数", "MZ161"), ("", "", "")]
)
def test_the_guide_of_a_form_passes_as_it_was_made(tmp_path: Path, cell: str, text: str, code: str) -> None:
    made = workbook(blank_form(PLAN, Ledger(PLAN), PLAN.units["yiwu"], Period(2023, 10)))
    book = openpyxl.load_workbook(BytesIO(made))
    guide, form = book.worksheets
    form["E2"] = 0
    if cell:
        guide[cell] = text
    path = tmp_path / "data/2023-10/yiwu.xlsx"
    path.parent.mkdir(parents=True)
    (tmp_path / "plan").mkdir()
    book.save(path)
    found = run_checks(PLAN, data_sources([path], tmp_path), today=date(2023, 11, 5)).diagnostics
    told = {each.rule.code for each in found if guide.title in each.message}
    assert told == ({code} if code else set())
