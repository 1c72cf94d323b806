"""What a clerk's file comes to: last month's report carried on, and one thing done to it that clerks do to it."""

import csv
import io
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

import pytest

from conftest import run
from mzplan.check.run import CheckResult, run_checks
from mzplan.diagnostics import Diagnostic
from mzplan.plan.load import load_plan
from mzplan.submissions.header import FIELDS, FIELDS_ZH
from mzplan.submissions.sources import context_sources, data_sources

pytestmark = pytest.mark.untraced

ROOT = Path(__file__).parents[1]
SEPTEMBER = ROOT / "data" / "2023-09" / "yiwu.csv"
UNITS = ("义乌市", "永康市", "东阳市")
TODAY = date(2023, 11, 5)
PLAN = load_plan(ROOT / "plan" / "2023.yaml")
Rows = list[list[str]]
Edit = Callable[[Rows], object]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project with the September report of one county."""
    (tmp_path / "plan").mkdir()
    for name in ("2023-09", "2023-10"):
        (tmp_path / "data" / name).mkdir(parents=True)
    (tmp_path / "data/2023-09/yiwu.csv").write_bytes((SEPTEMBER).read_bytes())
    return tmp_path


def october() -> Rows:
    """The report of October: the header, then the rows of September under the new month."""
    rows = list(csv.reader(io.StringIO((SEPTEMBER).read_text("utf-8-sig"))))
    return [list(FIELDS_ZH.values()), *(["2023-10", *row[1:]] for row in rows[1:])]


def written(rows: Rows) -> str:
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue()


def checked(project: Path, data: bytes) -> CheckResult:
    path = project / "data/2023-10/yiwu.csv"
    path.write_bytes(data)
    given = data_sources([path], project)
    return run_checks(PLAN, given, today=TODAY, context=context_sources(given, project))


def put(field: str, text: str, *codes: str) -> Edit:
    """Write that into the cell of each of these indicators, or of all."""
    at = FIELDS.index(field)

    def edit(rows: Rows) -> None:
        for row in rows[1:]:
            if not codes or row[2] in codes:
                row[at] = text

    return edit


def both(*edits: Edit) -> Edit:
    return lambda rows: [edit(rows) for edit in edits]


def increments(rows: Rows) -> None:
    """Every total since January becomes 0: nothing was added this month."""
    for row in rows[1:]:
        if PLAN.indicators[row[2]].cumulative:
            row[4] = "0"


NO_PARTS = both(put("numerator", "", "T05-06"), put("denominator", "", "T05-06"))


def suffixed(rows: Rows) -> None:
    """Every number with its measure unit."""
    for row in rows[1:]:
        unit = PLAN.indicators[row[2]].unit
        if row[4].isdigit() and not unit.startswith("万"):
            row[4] += unit


def percent_only(rows: Rows) -> None:
    """Ratios of a hundred without their parts."""
    for row in rows[1:]:
        if PLAN.indicators[row[2]].unit == "%":
            row[4:7] = f"{100 * int(row[5]) / int(row[6]):.1f}%", "", ""


def dragged(rows: Rows) -> None:
    """The month counts on from row to row, as a spreadsheet fills a column."""
    for at, row in enumerate(rows[1:]):
        row[0] = f"2023-{at % 12 + 1:02d}" if at else row[0]


MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
SERIES: dict[str, Callable[[int], str]] = {
    "Oct-23": lambda at: f"{MONTHS[(9 + at) % 12]}-{23 + (9 + at) // 12}",
    "23-Oct": lambda at: f"{23 + at}-Oct",
    "2023年10月": lambda at: f"2023年{10 + at}月",
    "10月": lambda at: f"{10 + at}月",
    "45200": lambda at: str(45200 + at),
    "2023/10/1": lambda at: f"2023/{10 + at // 30}/{at % 30 + 1}",
    "2023-10-01 00:00:00": lambda at: f"{2023 + (9 + at) // 12}-{(9 + at) % 12 + 1:02d}-01 00:00:00",
    "2023-10": lambda at: f"2023-{10 + at}",
    "2023-10 by years": lambda at: f"{2023 + at}-10",
}
"""Months as a spreadsheet writes them, and how it counts on from one."""


def grouped(rows: Rows) -> None:
    """A heading after every ten rows."""
    for at in range(61, 0, -10):
        rows.insert(at, [f"任务{at}", *[""] * 8])


def signed(rows: Rows) -> None:
    """Who filled it in, and when."""
    said = ("填表人：张三", "联系电话：0579-85123456", "审核人：李四", "填报日期：11月3日")
    rows += [[text, *[""] * 8] for text in said]


def slipped(rows: Rows) -> None:
    """Figures one row above their indicators."""
    figures = [row[4:7] for row in rows[2:]]
    for row, cells in zip(rows[1:], figures, strict=False):
        row[4:7] = cells


def wide(rows: Rows) -> None:
    """A column for each unit."""
    rows[:] = [["指标编码", "指标名称", *UNITS], *([*row[2:4], "1", "2", "3"] for row in rows[1:])]


def turned(rows: Rows) -> None:
    """A column for each record."""
    rows[:] = [list(cells) for cells in zip(*rows, strict=True)]


def recoded(old: str, new: str) -> Edit:
    """Every code with that in place of its dash."""

    def edit(rows: Rows) -> None:
        for row in rows[1:]:
            row[2] = row[2].replace(old, new)

    return edit


def counted(rows: Rows) -> None:
    """The unit counts on from row to row."""
    for at, row in enumerate(rows[1:], start=1):
        row[1] += str(at)


def swapped(rows: Rows) -> None:
    """Numerators where denominators belong, in the ratios that such a change makes wrong."""
    for row in rows[1:]:
        if row[5] and PLAN.indicators[row[2]].unit == "%" and row[5] != "0":
            row[5], row[6] = row[6], row[5]


def pasted_below(rows: Rows) -> None:
    """The same rows once more, a figure of which is another."""
    again = [[*row] for row in rows]
    put("value", "191", "T05-03")(again)
    rows += again[1:]


class Case(NamedTuple):
    name: str
    edit: Edit
    expected: Sequence[tuple[str, int, str]] = ()
    """Code, how many rows it stands for, and what message or hint must say."""


MILESTONES = ("T02-03", "T10-03", "T10-04")


def stages(word: str, said: str) -> Case:
    return Case(f"a stage called {word}", put("value", word, *MILESTONES), [("MZ310", 3, said)])


OWED = 68
"""How many indicators 义乌市 owes, and so how many rows its report has."""

CASES = [
    Case("nothing odd", lambda rows: rows),
    *(
        stages(word, "是否应是“已完成”？")
        for word in ("完成", "√", "100%", "是", "已办结", "已经完成", "1", "100 ％", "100.00%", "对", "全面完成")
    ),
    *(
        stages(word, "从中选一个：未启动、推进中、已完成。2023-09 是 已完成，请核对。")
        for word in ("基本完成", "正在推进", "持续推进")
    ),
    *(stages(word, "从中选一个") for word in ("大体如此", "2", "未完成")),
    *(
        Case(f"a stage written {word!r}", put("value", word, *MILESTONES), [("MZ234", 3, "已完成")])
        for word in ("已完成。", " 已 完成 ", "已完成，")
    ),
    Case("an alias in every row", put("unit", "义乌"), [("MZ303", OWED, "义乌市")]),
    *(
        Case(f"October as {text!r}", put("period", text), [("MZ202", OWED, "应写作 2023-10")])
        for text in (
            *("2023年10月份", "Oct-23", "23-Oct", "45200", "45200.0", "10月", "2023/10/1", "2023-10-31", "20231031"),
            "2023-10-01 0:00",
            *("2023-10-01 08:30", "2023/10/1 8:30:00", "2023-10-31 23:59:59", "2023-10-31T23:59:59.5", "45200.354"),
            *("2023-10-01 00:00:00", "二〇二三年十月", "十月份", "October 2023", "1-Oct-23", "10/1/2023", "23年10月"),
            *("2023.1", "2023.10", "1-Oct", "Oct-1", "10月1日", "10月31日", "二0二三年十月", "2023—10"),
            *("2023年1-10月", "2023年1—10月（累计）"),
        )
    ),
    Case("October as the form has it", put("period", "2023年10月"), []),
    *(
        Case(f"another month as {text!r}", put("period", text), [("MZ201", OWED, "报告期写成 2023-10")])
        for text in (
            "Sep-23",
            "45170",
            "9月",
            "2023-09-01 0:00",
            "二〇二三年九月",
            "本月",
            *("2023-10-32 25:00", "2023-10-01 25:00", "2023-10-01 8:75", "2023-09-30 23:59:59"),
            "Oct-22",
            "Oct-24",
            "Oct-99",
            "21-Oct",
            "October-22",
            *("10-Oct", "2-Oct", "10月2日", "9月1日", "1-Sep"),
        )
    ),
    Case("the month before, as it should be written", put("period", "2023-09"), [("MZ307", OWED, "改成 2023-10")]),
    *(
        Case(f"January as {text!r}", put("period", text), [("MZ307", OWED, "改成 2023-10")])
        for text in ("2023.01", "2023-1", "2023/1", "2023年1月")
    ),
    Case("yuan for ten thousands of yuan", put("value", "24500000", "T25-05"), [("MZ507", 1, "应是 2450；")]),
    Case("the month's increase for the total", increments, [("MZ501", 15, "15 项比上次小，像是填了当月数")]),
    Case("a document's number as evidence", put("evidence", "义民〔2023〕18号", *MILESTONES), []),
    Case("several pieces of evidence", put("evidence", "金民〔2023〕5号；义民[2023]18号", *MILESTONES), []),
    Case("evidence of nothing", put("evidence", "见附件", *MILESTONES), [("MZ411", 3, "文号")]),
    Case("evidence given once", put("evidence", "", *MILESTONES), []),
    Case(
        "done this month, and nothing to show", put("value", "已完成", "T08-04", "T11-05"), [("MZ410", 2, "没有佐证")]
    ),
    *(
        Case(f"{word!r} for a number", put("value", word, "T05-04"), [(code, 1, said)])
        for word, code, said in (
            ("￥141", "MZ219", "只填数：141"),
            ("141人", "MZ219", "只填数：141"),
            ("七十家", "MZ219", "只填数。2023-09 是 135，请核对。"),
            ("一百四十家", "MZ219", "只填数：140"),
            ("141（新增2）", "MZ219", "只填数：141；括号里的话写在“说明”里"),
            ("139（9月）", "MZ219", "像是照“上次填报”一栏抄的"),
            ("141，", "MZ223", "里有多余的标点是否应是 141？"),
            ("177。", "MZ223", "里有多余的标点是否应是 177？"),
            ("14 1", "MZ222", "中间有空格是否应是 141？"),
            ("140+", "MZ218", "填确切的数"),
            ("不涉及", "MZ211", "“完成值”写“不适用”，并在“说明”里写明原因"),
            ("未发生", "MZ211", "2023-09 是 135，请核对。"),
            ("9月14日", "MZ226", "是日期，不是数只填一个数。单元格的格式不是“常规”的，先设为“常规”再填"),
            ("1900-05-20", "MZ226", "像是单元格设成了日期格式：是否应是 141？先设为“常规”再填"),
            ("1904-01-01", "MZ226", "只填一个数"),
            ("1900-01-04", "MZ226", "只填一个数"),
            ("2023-10-01 08:30:00", "MZ226", "只填一个数"),
            ("141%", "MZ215", "不是百分数。单元格的格式不是“常规”的，先设为“常规”再填"),
            ("9/14", "MZ225", "是两个数"),
            ("14100.00%", "MZ215", "像是单元格设成了百分比格式：是否应是 141？"),
        )
    ),
    Case("a full stop for the point", put("value", "2379。5", "T25-05"), [("MZ223", 1, "2379.5")]),
    Case(
        "two parts in one cell",
        both(NO_PARTS, put("value", "296/362", "T05-06")),
        [("MZ225", 1, "分母 362？")],
    ),
    Case(
        "9/14 as a date",
        both(NO_PARTS, put("value", "9月14日", "T05-06")),
        [("MZ226", 1, "2023-09 是 296/362，请核对。")],
    ),
    Case(
        "9:14 as a time",
        both(NO_PARTS, put("value", "09:14:00", "T05-06")),
        [("MZ226", 1, "2023-09 是 296/362，请核对。")],
    ),
    Case(
        "numbers as dates",
        both(put("value", "1900-08-21"), NO_PARTS),
        [("MZ226", 41, "像是整张表设成了日期格式"), ("MZ310", 27, "1900-08-21")],
    ),
    Case(
        "9/14 as a date in a part",
        both(NO_PARTS, put("numerator", "9月14日", "T05-06")),
        [("MZ226", 1, "2023-09 是 296/362，请核对。")],
    ),
    Case("a share to ten decimals", put("value", "81.7679558011", "T05-06"), []),
    Case("a share to ten decimals, per cent", put("value", "81.7679558011%", "T05-06"), [("MZ232", 1, "81.767956")]),
    Case("many numbers with their units", suffixed, [("MZ219", 22, "其余各行照此改")]),
    Case("ratios as percentages only", percent_only, [("MZ401", 15, "15 项比率只填了百分数")]),
    Case("the unit with its bureau", put("unit", "义乌市民政局"), [("MZ303", OWED, "应写作“义乌市”")]),
    Case("the city for the unit", put("unit", "金华市"), [("MZ302", OWED, "这是各单位的合计：删去这一行")]),
    Case("the unit with its city", put("unit", "金华市义乌市"), [("MZ303", OWED, "应写作“义乌市”")]),
    Case("with its province", put("unit", "浙江省义乌市"), [("MZ303", OWED, "应写作“义乌市”")]),
    Case("with both", put("unit", "浙江省金华市义乌市民政局"), [("MZ303", OWED, "应写作“义乌市”")]),
    Case("with city and bureau", put("unit", "金华市义乌市民政局"), [("MZ303", OWED, "应写作“义乌市”")]),
    Case("a code misread, with its name", put("indicator", "T0504", "T05-04"), [("MZ301", 1, "是否应是 T05-04")]),
    *(
        Case(
            f"a code and a name off, {name}",
            both(put("name", name, code), put("indicator", written, code)),
            [("MZ301", 1, said)],
        )
        for name, code, written, said in (
            ("美丽移民村数", "T25-09", "T52-09", "是否应是 T25-09（新时代美丽移民村数）？"),
            ("新增持证护理员", "T05-04", "T05-14", "是否应是 T05-04"),
            ("一社一码落地率", "T14-08", "T14-80", "是否应是 T14-08"),
            ("新增社工", "T17-07", "T17-70", "是否应是 T17-07"),
            ("新时代美丽移民村数量", "T25-09", "T26-09", "是否应是 T25-09"),
            ("慈善晚会场次", "T17-07", "T17-70", "指标编码见 mzplan plan"),
        )
    ),
    Case("a month dragged down", dragged, [("MZ307", 62, "往下拖动时填成了序列")]),
    Case("headings over groups", grouped, [("MZ155", 7, "分组标题")]),
    Case("signatures below", signed, [("MZ151", 4, "落款")]),
    Case("figures one row up", slipped, [("MZ313", 0, "错开了 1 行（上移了）")]),
    Case("units side by side", wide, [("MZ156", 1, "各填报单位（义乌市、永康市、东阳市）")]),
    Case("on its side", turned, [("MZ156", 1, "列名在第一列")]),
    Case("a month in another spelling", put("period", "2023年9月"), [("MZ307", OWED, "改成 2023-10")]),
    Case("a day within the month", put("period", "2023-10-30"), [("MZ201", OWED, "像是 2023-10")]),
    Case("a stretch from another month", put("period", "2023年3-10月"), [("MZ201", OWED, "报告期写成 2023-10")]),
    Case("codes in full width", recoded("-", "－"), [("MZ305", OWED, "其余各行照此改")]),
    Case("codes without their dash", recoded("-", ""), [("MZ301", OWED, "其余各行照此改")]),
    Case("a unit dragged down", counted, [("MZ302", OWED, "往下拖动时填成了序列")]),
    Case("parts the other way round", swapped, [("MZ404", 7, "分子、分母两列填反了")]),
    Case("the sheet pasted twice", lambda rows: rows.extend(rows[1:]), [("MZ320", OWED, "像是整张表贴了两遍")]),
    Case("another table pasted below", pasted_below, [("MZ320", OWED, "像是两张表放在了一起先核对各是哪个单位")]),
    Case("half a bed", put("value", "190.5", "T05-03"), [("MZ407", 1, "190.5 张，应是整数")]),
    Case("half a community", put("numerator", "296.5", "T05-06"), [("MZ407", 1, "应是整数")]),
    Case("two months", put("period", "2023-09", "T02-03", "T10-03"), [("MZ307", 2, "改成 2023-10")]),
]


def summary(finding: Diagnostic) -> tuple[str, int]:
    return finding.rule.code, len(finding.lines)


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_what_a_clerk_is_told(project: Path, case: Case) -> None:
    rows = october()
    case.edit(rows)
    found = [each for each in checked(project, written(rows).encode()).diagnostics if each.rule.code != "MZ511"]
    assert [summary(each) for each in found] == [(code, count) for code, count, _ in case.expected]
    for finding, (_, _, said) in zip(found, case.expected, strict=True):
        assert said in finding.message + finding.hint


@pytest.mark.parametrize("series", SERIES.values(), ids=SERIES)
def test_months_filled_down_are_one_finding_in_whatever_spelling(project: Path, series: Callable[[int], str]) -> None:
    rows = october()
    for at, row in enumerate(rows[1:]):
        row[0] = series(at)
    (found,) = [each for each in checked(project, written(rows).encode()).diagnostics if each.rule.code != "MZ511"]
    assert found.rule.code in ("MZ201", "MZ306", "MZ307")
    assert "像是往下拖动时填成了序列" in found.message
    assert len(found.lines) >= OWED - 1  # the first may be right
    assert [each.value for each in found.singly()] == [row[0] for row in rows[1:]][-len(found.lines) :]
    assert found.severity.value == "error"


def test_a_figure_that_may_be_wrong_is_named_wherever_it_is_shown(
    project: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for part in ("plan/2023.yaml", "plan/2023.breakdown.csv"):
        (project / part).write_bytes((ROOT / "plan" / Path(part).name).read_bytes())
    rows = october()
    put("value", "800", "T05-03")(rows)
    (project / "data/2023-10/yiwu.csv").write_text(written(rows), encoding="utf-8")
    monkeypatch.chdir(project)
    said = "义乌市 T05-03 新增认知障碍照护专区床位（由 2023-09 的 190 变为 800"
    assert run("status") == 0
    assert said in capsys.readouterr().out
    assert run("summary", "--draft", "--period", "2023-10") == 0
    shown = capsys.readouterr()
    assert said in shown.err
    assert said not in shown.out
    put("note", "新院投用610张", "T05-03")(rows)
    (project / "data/2023-10/yiwu.csv").write_text(written(rows), encoding="utf-8")
    assert run("status") == 0
    assert said not in capsys.readouterr().out


def test_a_place_is_told_as_a_spreadsheet_calls_it(project: Path) -> None:
    rows = october()
    rows[3][7] = "一行\n两行\n三行\n四行"
    put("value", "七家", "T05-04")(rows)
    rows.insert(2, [""] * 9)
    at = next(number for number, row in enumerate(rows, start=1) if row[2] == "T05-04")
    (finding,) = [each for each in checked(project, written(rows).encode()).diagnostics if each.rule.code != "MZ511"]
    assert (finding.row, finding.cell, finding.location.line) == (at, f"E{at}", at + 3)


def test_text_tells_what_explains_many_rows_first_and_where_they_are(
    project: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (project / "plan/2023.yaml").write_bytes((ROOT / "plan" / "2023.yaml").read_bytes())
    rows = october()
    put("value", "七家", "T01-05")(rows)
    put("value", "完成", *MILESTONES)(rows)
    (project / "data/2023-10/yiwu.csv").write_text(written(rows), encoding="utf-8")
    monkeypatch.chdir(project)
    assert run("check", "data/2023-10/yiwu.csv", "--today", "2023-11-05") == 1
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith(
        "data/2023-10/yiwu.csv:3:31: MZ310 错误：第3行 E列（E3） T02-03 低保特困救助标准提高：“完成值”一栏，3 项的阶段"
    )
    assert lines[2] == "  各处：E3 T02-03、E31 T10-03、E32 T10-04"
    assert lines[3].startswith("data/2023-10/yiwu.csv:2:")


def test_headings_with_line_breaks_are_one_finding_and_each_is_put_right(project: Path) -> None:
    rows = october()
    rows[0] = [f"{name[0]}\n{name[1:]}" for name in rows[0][:5]] + rows[0][5:]
    (found,) = [each for each in checked(project, written(rows).encode()).diagnostics if each.rule.code != "MZ511"]
    assert (found.rule.code, found.message) == ("MZ136", "5 个列名写法不规范")
    assert sorted(str(part.fix) for part in found.parts) == sorted(list(FIELDS_ZH.values())[:5])


@pytest.mark.parametrize("field", ["note", "evidence"])
def test_a_mark_that_nobody_sees_in_an_empty_cell_is_one_finding(project: Path, field: str) -> None:
    rows = october()
    put(field, "\ufeff", "T05-03")(rows)
    assert [each.rule.code for each in checked(project, written(rows).encode()).diagnostics] == ["MZ206"]
