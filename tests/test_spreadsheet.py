"""`status -o 表.xlsx` and the annexes of `summary`: the figures of the other formats, as numbers."""

import contextlib
import csv
import io
import re
import shutil
from decimal import Decimal
from functools import cache
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from conftest import Mzplan, run
from factory import LOOK, SMALL, view_of, write_project, written
from mzplan.cli import terminal
from mzplan.diagnostics import InputError
from mzplan.period import Period
from mzplan.render.layout import Look
from mzplan.render.status import FORMATS
from mzplan.views import StatusView
from mzplan.views.detail import label_of
from mzplan.views.query import GROUPINGS, Grouping, Query
from test_hostile_names import named

ROOT = Path(__file__).parent.parent
MAY = Period(2023, 5)
HEAD = {"总览": 2, "关注": 2, "汇总": 2, "明细": 2, "走势": 2, "比较": 2}
"""Rows of the head."""
COLOURS = {"绿": "C6EFCE", "黄": "FFEB9C", "红": "FFC7CE"}
NUMBER = re.compile(r"[+-]?[0-9]+(?:\.[0-9]+)?")


def book_of(view: StatusView) -> openpyxl.Workbook:
    content = FORMATS["xlsx"](view, LOOK)
    assert isinstance(content, bytes)
    return openpyxl.load_workbook(io.BytesIO(content))


def sheet_of(view: StatusView, name: str) -> Worksheet:
    sheet = book_of(view)[name]
    assert isinstance(sheet, Worksheet)
    return sheet


def grid(sheet: Worksheet) -> list[list[Any]]:
    """The rows that can be filtered: the lower row of the head, then the table."""
    found = re.fullmatch(r"([A-Z]+)(\d+):([A-Z]+)(\d+)", str(sheet.auto_filter.ref))
    assert found is not None
    top, last = int(found[2]), int(found[4])
    rows = [list(row) for row in sheet.iter_rows(min_row=top, max_row=last)]
    above = [cell.value for cell in sheet[top - 1]]
    heads = [cell.value or over for cell, over in zip(rows[0], above, strict=True)]
    return [heads, *rows[1:]]


def shown(cell: Any) -> str:
    """A number as its format shows it, else the text."""
    value = cell.value
    if not isinstance(value, int | float):
        return "" if value is None else str(value)
    plain = cell.number_format.split(";")[0].lstrip("+")
    sign = re.match(r'"(.)"', plain)
    mark = "*" if plain.endswith('"*"') else ""
    exact = Decimal(str(value)) * (100 if "%" in plain else 1)
    decimals = len(plain.partition(".")[2].rstrip('%"*'))
    return (sign[1] if sign else "") + f"{exact:.{decimals}f}" + mark


@pytest.mark.parametrize("query", [Query(), Query(units=("zone",)), Query(areas=(1,)), Query(indicators=("T01-01",))])
def test_every_figure_of_the_rows_is_that_of_the_csv_and_a_number(query: Query) -> None:
    owners = query.units or (None, "north", "south", "zone", "bureau")
    text = written(FORMATS, "csv", view_of(query._replace(units=owners, order="plan")))
    headings, *rows = list(csv.reader(io.StringIO(text.lstrip("\ufeff"))))
    heads, *cells = grid(sheet_of(view_of(query), "明细"))
    assert heads == headings
    found = sorted([shown(cell) for cell in row] for row in cells)
    assert found == sorted(rows)
    for row in cells:
        for heading, cell in zip(heads, row, strict=True):
            if NUMBER.fullmatch(shown(cell)) and heading not in ("编码", "填报单位", "指标"):
                assert isinstance(cell.value, int | float), heading
            if heading.endswith("%") and cell.value is not None:
                assert cell.number_format == "0.0%"


def test_a_target_is_a_number_with_its_direction_as_a_format() -> None:
    heads, *rows = grid(sheet_of(view_of(), "明细"))
    beds = next(row for row in rows if row[heads.index("编码")].value == "T01-01")
    target = beds[heads.index("目标")]
    assert (target.value, target.number_format) == (100, '"≥"0')
    gap = beds[heads.index("差距（百分点）")]
    assert (gap.value, gap.number_format) == (-1, "+0.0;-0.0;0.0")


def test_a_light_stands_beside_its_figures_and_colours_them_by_its_word() -> None:
    sheet = sheet_of(view_of(), "总览")
    rules = {
        (str(place.sqref), re.search(r'="(.+)"$', rule.formula[0])[1]): rule.dxf.fill.bgColor.rgb[-6:]  # type: ignore[index]  # ours end so
        for place in sheet.conditional_formatting
        for rule in place.rules
    }
    assert {word: colour for (_, word), colour in rules.items()}.items() <= COLOURS.items()
    heads, *rows = grid(sheet)
    lights = [at for at, head in enumerate(heads) if head == "灯"]
    assert len(lights) == 4  # three areas and the whole
    words = {str(row[at].value).rstrip("*") for row in rows for at in lights if row[at].value}
    assert {"绿", "黄", "红"} & words == {word for _, word in rules}
    assert "缺" in words, "silence has a word and no colour"
    # 开发区 has accidents, 0 of 1 due: red
    zone = next(row for row in rows if row[0].value == "开发区")
    assert [cell.value for cell in zone[lights[2] - 2 : lights[2] + 1]] == [0, 1, "红"]


@pytest.mark.parametrize(
    ("query", "names"),
    [
        (Query(), ["总览", "关注", "明细", "走势"]),
        (Query(by="area"), ["总览", "关注", "汇总", "明细", "走势"]),
        (Query(compare=MAY, units=("zone",)), ["总览", "关注", "明细", "走势", "比较"]),
    ],
)
def test_each_sheet_stays_at_its_head_is_filtered_and_prints_on_a4(query: Query, names: list[str]) -> None:
    book = book_of(view_of(query))
    assert book.sheetnames == names
    for sheet in book.worksheets:
        top = int(re.findall(r"\d+", str(sheet.auto_filter.ref))[0])
        assert int(re.findall(r"\d+", str(sheet.freeze_panes))[0]) == top + 1
        assert sheet.page_setup.orientation == "landscape"
        assert int(str(sheet.page_setup.paperSize)) == 9
        assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)
        assert str(sheet.print_title_rows).endswith(str(top))


@pytest.mark.untraced
@pytest.mark.parametrize("by", GROUPINGS)
def test_every_grouping_has_its_sheet_and_the_year_is_told_with_it(by: Grouping) -> None:
    heads, *rows = grid(sheet_of(view_of(Query(by=by)), "汇总"))
    assert heads[1] == GROUPINGS[by]
    assert [row[1].value for row in rows] == [label_of(SMALL, by, one.key) for one in view_of(Query(by=by)).groups]
    year = grid(sheet_of(view_of(Query(by=by)), "走势"))[0]
    assert year[0] == ("填报单位" if by == "status" else GROUPINGS[by])


@pytest.mark.untraced
def test_the_marks_of_computed_parts_and_of_carried_figures_stand_in_every_sheet() -> None:
    """南县 sent nothing in June; the parts of beds are computed, but for 开发区."""
    for name in ("总览", "明细", "走势"):
        sheet = sheet_of(view_of(), name)
        heads, *rows = grid(sheet)
        south = [shown(cell) for row in rows if row[0].value == "南县" for cell in row]
        assert "参考" in south
        assert any("2023-05" in text for text in south)
        assert {"依据", "沿用"} <= {str(head).removeprefix("目标") for head in heads}
        below = [str(row[0].value) for row in sheet.iter_rows()]
        assert any("非正式下达" in text for text in below)
        assert any(text.startswith("沿用：") for text in below)
    heads, *rows = grid(sheet_of(view_of(), "关注"))
    silent = next(row for row in rows if row[0].value == "南县")
    assert [silent[heads.index(head)].value for head in ("指标", "状态", "记录月份", "沿用")] == [
        "本期未报 5 项",
        "未报",
        "2023-05",
        "沿用",
    ]


def test_what_needs_attention_is_what_the_first_screen_names_and_what_waits_for_reports() -> None:
    view = view_of()
    heads, *rows = grid(sheet_of(view, "关注"))
    assert [row[heads.index("编码")].value for row in rows] == [*(one.row.indicator.id for one in view.concerns), None]
    assert rows[0][heads.index("由于")].value == "已超上限：开发区；另有未报：南县"
    zone = grid(sheet_of(view_of(Query(units=("zone",))), "关注"))[1:]
    assert [row[0].value for row in zone] == ["开发区", "开发区"]


def test_the_year_is_a_chart_of_excels_own() -> None:
    sheet = sheet_of(view_of(), "走势")
    (chart,) = sheet._charts  # type: ignore[attr-defined]  # openpyxl tells charts in no other way
    heads, *rows = grid(sheet)
    assert len(chart.series) == len(rows) == 5
    assert heads[1:7] == [f"2023-0{month}" for month in range(1, 7)]
    assert [row[6].number_format for row in rows] == ["0.0%"] * 5
    assert chart.series[0].val.numRef.f.endswith("$B$4:$G$4")


@cache
def shipped(*asked: str) -> openpyxl.Workbook:
    """The book of the shipped data, written once for all tests."""
    with TemporaryDirectory() as folder, contextlib.chdir(ROOT):
        assert run("status", *asked, "-o", f"{folder}/k.xlsx") == 0
        return openpyxl.load_workbook(f"{folder}/k.xlsx")


@pytest.mark.untraced
def test_of_more_lines_than_can_be_told_apart_the_total_alone_is_drawn() -> None:
    sheet = shipped("--unit", "yiwu")["走势"]
    ((line,),) = ([*chart.series] for chart in sheet._charts)  # type: ignore[attr-defined]  # as above
    drawn = int(line.val.numRef.f.rpartition("$")[2])
    assert [cell.value for cell in sheet[drawn]][2:4] == ["合计", 0.194]


@pytest.mark.untraced
@pytest.mark.parametrize("scope", [("--area", "9"), ("--unit", "yiwu"), ("--unit", "wuyi", "--area", "2")])
def test_a_book_of_a_part_says_nothing_of_what_lags_elsewhere(scope: tuple[str, ...]) -> None:
    whole, part = ("".join(map(shown, chain(*shipped(*asked)["关注"].iter_rows()))) for asked in ((), scope))
    assert "按此滞后的有武义县7项、" in whole
    assert "按此滞后" not in part


def attended(*asked: str, mzplan: Mzplan) -> list[tuple[Any, ...]]:
    """What 关注 says of units that owe reports: whose, how many, in which state."""
    Path("k.xlsx").unlink(missing_ok=True)
    assert mzplan("status", *asked, "-o", "k.xlsx").code == 0
    rows = [[cell for cell in row if cell] for row in openpyxl.load_workbook("k.xlsx")["关注"].values]
    return [tuple(row[:3]) for row in rows if len(row) > 2 and str(row[1]).startswith("本期")]


@pytest.mark.untraced
def test_attention_tells_what_could_not_be_read_and_what_is_owed_of_what_is_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, mzplan: Mzplan
) -> None:
    for folder in ("plan", "data/2023-08", "data/2023-09"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    monkeypatch.chdir(tmp_path)
    Path("data/2023-09/yiwu.csv").write_bytes(b"garbage\0")
    unread = ("义乌市", "本期报了但未能读入 68 项", "报了但未能读入")
    assert attended(mzplan=mzplan) == [unread, ("磐安县", "本期未报 66 项", "未报")]
    assert attended("--unit", "yiwu", mzplan=mzplan) == [unread]
    assert attended("--area", "9", "--unit", "panan", mzplan=mzplan) == [("磐安县", "本期未报 5 项", "未报")]
    assert attended("--only", "exceeded", mzplan=mzplan) == []
    explained = mzplan("explain", "T25-09").out
    assert "已报8家、报了但未能读入1家、未报1家，报齐后结论可能改变。" in explained
    assert "data/2023-08/yiwu.csv:63      采用（沿用，本期报了但未能读入）" in explained
    assert "应报的一期未能读入，不判定 → 报了但未能读入" in mzplan("explain", "T05-03", "yiwu").out


@pytest.mark.untraced
def test_no_place_stands_beside_the_figures_of_a_part() -> None:
    whole, part = (shipped(*asked)["总览"] for asked in ((), ("--area", "2")))
    assert ["位次" in [cell.value for row in sheet.iter_rows() for cell in row] for sheet in (whole, part)] == [
        True,
        False,
    ]


def test_names_are_texts_and_never_formulas_or_numbers() -> None:
    plan = named("=HYPERLINK(1)")
    for sheet in book_of(view_of(plan=plan)).worksheets:
        cells = [cell for row in sheet.iter_rows() for cell in row]
        assert not [cell for cell in cells if cell.data_type == "f"]
        assert all(cell.data_type == "s" for cell in cells if isinstance(cell.value, str))


def test_the_same_status_gives_the_same_bytes() -> None:
    assert FORMATS["xlsx"](view_of(), LOOK) == FORMATS["xlsx"](view_of(), Look(80, colour=True))


# --- the command -----------------------------------------------------------------------------------------------------


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(write_project(tmp_path))
    return tmp_path


def test_it_is_written_anew_until_somebody_has_saved_something_in_it(project: Path, mzplan: Mzplan) -> None:
    assert mzplan("status", "-o", "表.xlsx") == (0, "", "")
    assert mzplan("status", "-o", "表.xlsx", "--unit", "南县") == (0, "", "")
    openpyxl.load_workbook("表.xlsx").save("表.xlsx")
    refused = mzplan("status", "-o", "表.xlsx")
    assert refused.code == 2
    assert "里面可能有数" in refused.err


def test_no_terminal_shows_it(project: Path, mzplan: Mzplan, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(terminal, "is_terminal", lambda: True)
    refused = mzplan("status", "--format", "xlsx")
    assert (refused.code, refused.out) == (2, "")
    assert "XLSX 不能显示在屏幕上，请用 --output 民政工作要点.xlsx" in refused.err


def test_rows_left_out_are_told_in_the_book_itself(project: Path, mzplan: Mzplan) -> None:
    bad = project / "data/2023-06/zone.csv"
    bad.write_text(bad.read_text("utf-8-sig").replace("T01-01,9,", "T01-01,九,"), encoding="utf-8")
    assert mzplan("status", "-o", "表.xlsx").code == 0
    texts = [str(row[0].value) for row in openpyxl.load_workbook("表.xlsx")["总览"].iter_rows()]
    assert any("data/2023-06/zone.csv（1 处错误）" in text for text in texts)


def test_the_annexes_of_a_bulletin_are_sheets_with_numbers(project: Path, mzplan: Mzplan) -> None:
    assert mzplan("summary", "-o", "附表.xlsx").code == 0
    book = openpyxl.load_workbook("附表.xlsx")
    assert [name.split()[0] for name in book.sheetnames] == [
        f"附件{number + 1}" for number in range(len(book.sheetnames))
    ]
    heads, *rows = [[cell.value for cell in row] for row in book.worksheets[1].iter_rows(min_row=2)]
    north = dict(zip(heads, next(row for row in rows if row[0] == "北县"), strict=True))
    assert (north["应报"], north["已报"]) == (5, 5)
    # 13/15 of the year's promises, printed 86.7
    share = next(heading for heading in heads if "完成率" in str(heading))
    assert north[share] == 0.867


def test_the_annexes_mark_what_is_carried_and_computed_and_count_in_numbers(project: Path, mzplan: Mzplan) -> None:
    Path("data/2023-06/north.csv").unlink()
    assert mzplan("summary", "-p", "2023-06", "-o", "附表.xlsx").code == 0
    areas, units, indicators = openpyxl.load_workbook("附表.xlsx").worksheets
    for sheet in (areas, units, indicators):
        assert [cell.value for cell in sheet[3]][-2:] == ["依据", "沿用"]
    carried = {row[0].value: row[-1].value for row in units.iter_rows(min_row=4) if row[1].value is not None}
    assert (carried["北县"], carried["开发区"]) == ("2023-05", None)
    for sheet in (areas, indicators):
        assert any("北县 2023-05" in str(row[-1].value) for row in sheet.iter_rows(min_row=4))
    counted = [cell for row in indicators.iter_rows(min_row=4) for cell in row if "家单位" in cell.number_format]
    assert counted
    assert all(isinstance(cell.value, int | float) for cell in counted)
    rules = [rule.formula[0] for cells in indicators.conditional_formatting for rule in cells.rules]
    assert any("达序时" in rule or "已完成" in rule for rule in rules)


def test_a_letter_without_annexes_is_refused(project: Path, mzplan: Mzplan) -> None:
    refused = mzplan("summary", "--kind", "reminder", "-o", "催报.xlsx")
    assert refused.code == 2
    assert "没有附表" in refused.err
    assert not Path("催报.xlsx").exists()


def test_without_the_library_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "xlsxwriter", None)
    with pytest.raises(InputError, match="pip install xlsxwriter"):
        FORMATS["xlsx"](view_of(), LOOK)
