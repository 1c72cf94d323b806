"""What a sheet says of its figures beside the cells that are read, and what is told of cells left or slipped."""

from collections.abc import Sequence
from pathlib import Path

import openpyxl
import pytest
from openpyxl.comments import Comment

from conftest import Mzplan
from mzplan.diagnostics import Diagnostic
from mzplan.submissions.names import name_form
from mzplan.submissions.repair import repair, reshaped
from test_clerk import PLAN, ROOT, Rows, checked, october, project, put, written
from workbooks import saved

__all__ = ["project"]

pytestmark = pytest.mark.untraced

MONEY = [row for row in october() if row[2] in PLAN.indicators and PLAN.indicators[row[2]].unit == "万元"]


def found(project: Path, data: bytes) -> list[Diagnostic]:
    return [each for each in checked(project, data).diagnostics if each.rule.code not in ("MZ511", "MZ126")]


def measured(heading: str, text: str = "") -> Rows:
    """The report with a column of measures behind: the plan's, or that text where the plan has 万元."""
    rows = october()
    for row in rows[1:]:
        unit = PLAN.indicators[row[2]].unit
        row.append(text if text and unit == "万元" else unit)
    rows[0].append(heading)
    return rows


@pytest.mark.parametrize("heading", ["计量单位", "单位"])
def test_a_column_of_measures_is_held_against_the_plan(project: Path, heading: str) -> None:
    told = [each for each in found(project, written(measured(heading, "元")).encode()) if each.rule.code != "MZ135"]
    assert [(each.rule.code, each.message, len(each.lines)) for each in told] == [
        ("MZ158", "表上写的是“元”，应是万元", len(MONEY))
    ]


@pytest.mark.parametrize("text", ["", "万元"])
def test_a_column_with_the_plans_measures_says_nothing(project: Path, text: str) -> None:
    assert found(project, written(measured("计量单位", text)).encode()) == []


def book(cover: Sequence[Sequence[str]] = (), note: str = "", rows: Rows | None = None) -> bytes:
    workbook = openpyxl.Workbook()
    if cover:
        workbook.worksheets[0].title = "封面"
        for row in cover:
            workbook.worksheets[0].append(list(row))
        sheet = workbook.create_sheet("填报")
    else:
        sheet = workbook.worksheets[0]
    for row in rows or october():
        sheet.append([int(cell) if cell.isdigit() else cell or None for cell in row])
    if note:
        sheet["E2"].comment = Comment(note, "张三")
    return saved(workbook)


@pytest.mark.parametrize(
    ("cover", "said"),
    [
        ([["义乌市2023年9月填报表"]], "工作表“封面”的 A1 写的是“2023年9月”，应是2023-10"),
        ([["填报表"], ["报告期", "2023年9月"]], "工作表“封面”的 B2 写的是“2023年9月”，应是2023-10"),
        ([["填报表"], ["填报单位：永康市"]], "工作表“封面”的 A2 写的是“永康市”，应是义乌市"),
        ([["填报表"], [], ["", "金额单位：元"]], "工作表“封面”的 B3 写的是“金额单位:元”，应是计划规定的计量单位"),
    ],
)
def test_a_cover_that_says_otherwise_is_told(project: Path, cover: Rows, said: str) -> None:
    (told,) = found(project, book(cover))
    assert (told.rule.code, told.message) == ("MZ158", said)


def test_a_cover_may_speak_of_other_days(project: Path) -> None:
    cover = [["义乌市2023年10月填报表"], ["填报单位", "义乌市"], ["报送期限", "2023年11月5日前"], ["样例", "2023年9月"]]
    assert found(project, book(cover)) == []


def test_a_note_at_a_cell_that_admits_a_mistake_is_told(project: Path) -> None:
    (told,) = found(project, book(note="这是当月数"))
    assert (told.rule.code, told.message) == ("MZ161", "批注写着“这是当月数”，没有采用")
    assert (told.row, told.cell_number) == (2, 5), "where a copy marks it"
    assert found(project, book(note="新院投用，已附照片")) == []
    assert found(project, book(note="新院投用\nMZ501 警告：比上月小，像是当月数")) == []


@pytest.mark.parametrize(
    "heading", ["完成值（当月）", "完成值（本月）", "完成值（单月数）", "完成值（暂估）", "完成值（10月）"]
)
def test_a_heading_of_other_figures_is_not_offered_as_that_of_the_figures(project: Path, heading: str) -> None:
    rows = october()
    rows[0][4] = heading
    (told,) = found(project, written(rows).encode())
    assert told.rule.code == "MZ134"
    assert "是否应是" not in told.hint


def test_a_milestone_of_which_only_the_note_is_filled_in_is_told_its_stages(project: Path) -> None:
    rows = october()
    put("value", "", "T10-03")(rows)
    put("note", "正在征求意见", "T10-03")(rows)
    (told,) = [each for each in found(project, written(rows).encode()) if each.rule.code == "MZ210"]
    stages = "写现在到了哪个阶段：未启动、推进中、已完成"
    assert told.hint == f"{stages}；不适用填“不适用”并写说明；还没有数的，这一项什么都不填。"


def test_codes_that_are_not_there_are_one_finding_and_headings_in_their_place_another(project: Path) -> None:
    rows = october()
    for at, row in enumerate(rows[1:]):
        row[2] = "" if at % 5 else f"任务{at // 5}"
    told = found(project, written(rows).encode())
    assert [(each.rule.code, len(each.lines)) for each in told] == [("MZ301", 14), ("MZ205", 54)]


def test_a_note_that_its_comma_put_into_the_next_cell_is_told_whole(project: Path) -> None:
    rows = october()
    rows[1][7:9] = ["新院投用", "床位增加"]
    (told,) = found(project, written(rows).encode())
    assert told.rule.code == "MZ411"
    assert told.hint == "像是“说明”里的半角逗号把一格分成了两格：“说明”写成“新院投用，床位增加”，“佐证”留空。"


@pytest.mark.parametrize("text", ["2500 2600", "250 260", "25,00", "15000（显示时缩小了）"])
def test_where_several_figures_may_be_meant_none_is_told(project: Path, text: str) -> None:
    rows = october()
    put("value", text, "T05-04")(rows)
    (told,) = [each for each in found(project, written(rows).encode()) if each.field == "value"]
    assert not any(map(str.isdigit, told.hint))


def test_codes_that_slipped_are_told_as_codes(project: Path) -> None:
    rows = october()
    codes = [row[2] for row in rows[1:]]
    for row, code in zip(rows[1:], [*codes[1:], codes[0]], strict=True):
        row[2] = code
    (told,) = [each for each in found(project, written(rows).encode()) if each.rule.code == "MZ313"]
    assert told.message.startswith("“指标编码”与名称、数错开了 1 行（上移了）")


@pytest.mark.parametrize("at", [4, 7, 8])
def test_words_alone_in_a_column_of_figures_are_one_finding(project: Path, at: int) -> None:
    rows = october()
    rows.insert(1, ["单位：元" if column == at else "" for column in range(9)])
    (told,) = found(project, written(rows).encode())
    assert (told.rule.code, told.message) == ("MZ158", "表上写的是“单位:元”，应是计划规定的计量单位")


def test_big5_is_named_and_the_file_stays(project: Path) -> None:
    """Its bytes can be read as GB18030, in which it was rewritten as other characters."""
    data = (
        "報告期,填報單位,指標編碼,指標名稱,完成值,分子,分母,說明\n" + "2023-10,義烏市,T05-03,照護專區床位,12,,,無\n" * 3
    ).encode("big5")
    (found,) = [each for each in checked(project, data).diagnostics if each.rule.code != "MZ511"]
    assert (found.rule.code, found.message) == ("MZ110", "文件是 Big5（繁体中文）编码，整个文件没有采用")
    assert (repair(data, ()), reshaped(data.replace(b",", b";"))) == (None, None)


def test_a_file_without_a_header_is_not_rewritten(project: Path, mzplan: Mzplan) -> None:
    """Nobody knows whether it was read in the right encoding."""
    path = project / "data/2023-10/yiwu.csv"
    path.write_bytes("义乌市,新增\n床位,12\n\n\n".encode("gb18030"))
    before = path.read_bytes()
    found = mzplan("check", "--fix", path, "--plan", ROOT / "plan" / "2023.yaml", "--data", project / "data")
    assert "没有找到表头，不知道读得对不对" in found.err
    assert path.read_bytes() == before


@pytest.mark.parametrize("at", [0, 30, 69])
@pytest.mark.parametrize(
    "line", [["负责人：张三", "", "填表人：李四"], ["以上数据真实有效"], ["填报单位：义乌市民政局"], ["一、社会救助"]]
)
def test_what_says_nothing_of_the_figures_passes_in_a_workbook(project: Path, line: list[str], at: int) -> None:
    """No repair takes it out of one."""
    rows = october()
    rows.insert(at, line)
    assert found(project, book(rows=rows)) == []
    rows[at] = ["金额以元计"]
    assert [each.rule.code for each in found(project, book(rows=rows))] == ["MZ161"]


@pytest.mark.parametrize("blank", ["\n", "\r\n", " ", "\u3000"], ids=ascii)
def test_a_break_or_a_blank_within_a_name_is_layout(project: Path, blank: str) -> None:
    """Names of indicators and units are mended, each kind told once."""
    rows = october()
    for row in rows[1:]:
        row[1] = f"义{blank}乌市"
        row[3] = f"{row[3][:4]}{blank}{row[3][4:]}" if len(row[3]) > 4 else row[3]
    found = checked(project, written(rows).encode()).diagnostics
    assert {each.rule.code for each in found} - {"MZ511"} == {"MZ303", "MZ305"}
    assert {each.fix for each in found if each.rule.code == "MZ303"} == {"义乌市"}


def test_a_name_of_words_keeps_their_blanks() -> None:
    assert [name_form(text) for text in ("养老\n床位", "5G 基站", "3 A级", "Beds for  care", "床位 beds")] == [
        "养老床位",
        "5G基站",
        "3A级",
        "Beds for  care",
        "床位beds",
    ]
