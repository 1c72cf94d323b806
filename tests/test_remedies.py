"""A remedy is offered only if it holds: the row, read again with it, has no finding. A fix changes nothing it says."""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from unicodedata import normalize

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from conftest import through
from mzplan.check.run import CheckResult, run_checks
from mzplan.diagnostics import Diagnostic, Severity
from mzplan.rules import DATA_RULES
from mzplan.submissions.header import FIELDS
from mzplan.submissions.repair import NARROWED, repair
from mzplan.submissions.sources import Source, data_sources
from rule_examples import HEADER, PLAN, TODAY, UNITS, check_rows, put, sound_cells

BEDS = "2031-03,青山县,T01-01,新增养老床位数"
CORE = "2031-03,青山县,T02-02,核心指标"
VISITS = "2031-03,青山县,T01-03,困难老人探访率"


@through(
    ("row", "code", "hint"),
    [
        # one number torn by its comma, where the row is whole again without it
        (f"{CORE},1,234,,,,", "MZ153", "1,234 是否应写作 1234？"),
        (f"{CORE},1,234,567,,,,", "MZ153", "1,234,567 是否应写作 1234567？"),
        (f"{VISITS},,1,205,1500,,", "MZ153", "1,205 是否应写作 1205？"),
        (f"{VISITS},,75,100,500,,", "MZ153", "100,500 是否应写作 100500？"),
        (f"{VISITS},, 1,205 ,1500,,", "MZ153", "1,205 是否应写作 1205？"),
        # a sound ratio with a cell too many, or with a comma in its note
        (f"{VISITS},,75,100,,,", "MZ153", "数字不写千分位逗号，含逗号的文字加引号；多余的逗号删去。"),
        (
            f"{VISITS},75,75,100,说明一,说明二,",
            "MZ153",
            "“说明”里有半角逗号，把一格分成了几格：改成全角逗号“说明一，说明二”，或给这一格加引号。",
        ),
        # two ways to read it
        (f"{VISITS},,1,100,300,,", "MZ153", "100,300 是否应写作 100300？"),
        (
            "2031-03,青山县,T01-07,每万人护理员,,1,100,300,,",
            "MZ153",
            "数字不写千分位逗号，含逗号的文字加引号；多余的逗号删去。",
        ),
        # torn, but no wider than the header: the figures run on into the words
        (f"{VISITS},,1,205,1500,", "MZ153", "1,205 是否应写作 1205？"),
        (f"{VISITS},80.33,1,205,1500,", "MZ153", "1,205 是否应写作 1205？"),
        (f"{VISITS},,900,1,205,", "MZ153", "1,205 是否应写作 1205？"),
        (f"{VISITS},,1,205,1,500", "MZ153", "数字不写千分位逗号，含逗号的文字加引号；多余的逗号删去。"),
        (f"{VISITS},,70,100,5,", "MZ153", "数字不写千分位逗号，含逗号的文字加引号；多余的逗号删去。"),
        (f"{CORE},1,234,,,", "MZ312", "1,234 是否应写作 1234？"),
        (f"{CORE},1,234,567,,", "MZ312", "1,234,567 是否应写作 1234567？"),
        (f"{CORE},12,100,,,", "MZ312", "12,100 是否应写作 12100？"),
        (f"{BEDS},12,12,100,,", "MZ312", "分子和分母留空。"),
        # twelve times the target of 100, which is odd of a first figure
        (f"{BEDS},1,234,,,,", "MZ153", "数字不写千分位逗号，含逗号的文字加引号；多余的逗号删去。"),
        (
            f"{BEDS},1,234,,,",
            "MZ312",
            "像是一个数被逗号分成了几格：照原来的数，整个填在“完成值”，分子和分母留空。",
        ),
        (f"{BEDS},3,,205,,", "MZ312", "分子和分母留空。"),
        # values that a cell might have
        (f"{VISITS},,七十,100,,", "MZ217", "是否应是 70？"),
        (f"{VISITS},,七百,100,,", "MZ217", "改成阿拉伯数字。"),
        (f"{VISITS},80,70张,100,,", "MZ219", "只填数。"),
        (f"{BEDS},-１２张,,,,", "MZ219", "只填数。"),
        ("2031-13-01,青山县,T01-01,新增养老床位数,12,,,,", "MZ201", "写成 YYYY-MM，例如 2031-03。"),
        ("2031-03-31,青山县,T01-01,新增养老床位数,12,,,,", "MZ201", "报告期只写到月：是否应是 2031-03？"),
        ("2030-12-31,青山县,T01-01,新增养老床位数,12,,,,", "MZ201", "写成 YYYY-MM，例如 2031-03。"),
        ("Sep-31,青山县,T01-01,新增养老床位数,12,,,,", "MZ201", "写成 YYYY-MM，例如 2031-03。"),
        (
            "2030-09,青山县,T01-01,新增养老床位数,12,,,,",
            "MZ306",
            "确是 2030 年的，放进那一年的文件夹，那一年的计划放进 plan/。",
        ),
        # keys that do not fit the rest of the row
        ("2031-03,青山县,T01-1,新增养老床位数,12,,,,", "MZ301", "是否应是 T01-01（新增养老床位数）？"),
        ("2031-03,青山县,T01-1,困难老人探访率,12,,,,", "MZ301", "名称没有错的，照名称改正编码：见 mzplan plan。"),
        ("2031-03,青三县,T02-01,政策宣讲场次,12,,,,", "MZ302", "填报单位有：青山县、绿水县、高新区、市本级。"),
        ("2031-03,青山县,,政策宣讲场次,12,,,,", "MZ205", "照计划填上编码。"),
        ("2031-03,青山县,,新增养老床位数,12,,,,", "MZ205", "是否应是 T01-01？"),
    ],
)
def test_a_hint_names_a_value_only_if_the_row_is_sound_with_it(row: str, code: str, hint: str) -> None:
    (found,) = (each for each in check_rows(row).diagnostics if each.rule.code == code)
    assert found.hint == hint


@pytest.mark.parametrize(
    ("header", "tail"),
    [
        (HEADER, ",1,205,1500,"),
        (f"{HEADER},", ",1,205,1500,,"),  # a blank column at the end of every row
        (f"{HEADER},,", ",1,205,1500,,,"),
        (HEADER.removesuffix(",note,evidence"), ",1,205,1500"),
        (HEADER.replace(",note", ""), ",1,205,1500"),
        (HEADER.replace("numerator,denominator", "denominator,numerator"), ",1,500,1205,"),
    ],
)
def test_a_torn_number_is_found_whatever_columns_the_file_has(header: str, tail: str) -> None:
    text = f"{header}\n{VISITS},{tail}\n".encode()
    (found,) = checked(text).diagnostics
    torn = "1,500 是否应写作 1500？" if "1,500" in tail else "1,205 是否应写作 1205？"
    assert (found.rule.code, found.hint) == ("MZ153", torn)
    repaired = repair(text, [found])
    assert repaired is not None
    assert b"1205" not in repaired.data or b"1205" in text


@pytest.mark.parametrize(
    "row",
    [
        f"{VISITS},,75,100,,",
        f"{VISITS},,75,100,1500人,",
        f"{VISITS},,75,100,—,",
        f"{VISITS},,75,1000,2030,",
        f"{BEDS},12,,,1500,",
    ],
)
def test_a_sound_row_is_not_taken_for_a_torn_one(row: str) -> None:
    assert check_rows(row).diagnostics == ()


def test_cells_that_do_not_stand_side_by_side_are_no_torn_number() -> None:
    header = "period,unit,indicator,name,numerator,value,denominator,note,evidence"
    assert not checked(f"{header}\n{VISITS},75,,100,1500,\n".encode()).diagnostics


@pytest.mark.parametrize("keys", ["T01-1,新增养老床位数", "T01-1,", "T01-1,新增养老床位", ",新增养老床位数"])
def test_a_code_that_has_a_row_already_is_not_proposed_wherever_that_stands(keys: str) -> None:
    sound, wrong = f"{BEDS},12,,,,", f"2031-03,青山县,{keys},12,,,,"
    taken = "T01-01 这个月已经有一行：核对这一行是哪一项的；重复的，删去这一行。"
    for rows in ((sound, wrong), (wrong, sound)):
        assert [each.hint for each in check_rows(*rows).diagnostics] == [taken]
    (alone,) = check_rows(wrong).diagnostics
    assert alone.hint.startswith("是否应是 T01-01")


@pytest.mark.parametrize(
    "keys", [" T01-01,新增养老床位数", "t01-01,新增养老床位数", "T01—01,新增养老床位数", "T01-01,", ",新增养老床位数"]
)
def test_a_row_that_is_taken_is_not_told_that_it_has_one_already(keys: str) -> None:
    """Its own code, spelt another way, is what stands in the ledger: obeyed, the only row would be deleted."""
    result = check_rows(f"2031-03,青山县,{keys},12,,,,")
    assert not [each for each in result.diagnostics if "已经有一行" in each.hint]


def test_a_period_or_unit_is_not_proposed_where_its_row_would_be_a_second_one() -> None:
    rows = ("2031-03,市本级,T02-01,政策宣讲场次,3,,,,", "2031-02,市本级,T02-01,政策宣讲场次,3,,,,")
    text = "\n".join((HEADER, *rows, "")).encode()
    (found,) = (
        each
        for each in run_checks(PLAN, [Source.of_bytes("2031-03/bureau.csv", text)]).diagnostics
        if each.rule.code == "MZ307"
    )
    assert found.hint == "移到 2031-02 的文件里。"


def test_a_part_of_a_ratio_is_held_against_no_other_month() -> None:
    found = {each.rule.code: each.hint for each in check_rows(f"{VISITS},,3万,0,,").diagnostics}
    assert found == {"MZ216": "应写作 30000。", "MZ402": "没有对象的，“完成值”填“不适用”并写说明。"}


def test_errors_elsewhere_in_the_row_take_no_fix_away() -> None:
    found = {each.rule.code: each.fix for each in check_rows("2031/3,青山,T99-99,,１２ ,约3,,,").diagnostics}
    assert found == {"MZ202": "2031-03", "MZ301": None, "MZ303": "青山县", "MZ233": "１２"}


def test_a_fix_that_leaves_an_error_in_its_cell_is_not_offered() -> None:
    found = {each.rule.code: (each.fix, each.hint) for each in check_rows(f"{VISITS},８０,70,100,,").diagnostics}
    assert found["MZ230"] == (None, "写成“80”还不对：MZ405 完成值与分子分母不符。")
    assert found["MZ405"][0] is None


def test_two_fixes_of_one_cell_agree() -> None:
    found = check_rows("2031-03, 青山 , t01-01 , 新增养老床位數,12,,,,").diagnostics
    fixes: dict[str, set[str | None]] = {}
    for each in found:
        fixes.setdefault(each.field, set()).add(each.fix)
    assert (fixes["unit"], fixes["indicator"]) == ({"青山县"}, {"T01-01"})


# --- repairs ---------------------------------------------------------------------------------------------------------


def checked(data: bytes, path: str = "x.csv") -> CheckResult:
    return run_checks(PLAN, [Source.of_bytes(path, data)], today=TODAY)


def errors(found: Sequence[Diagnostic]) -> Counter[tuple[str, str, str]]:
    """By what they are about, of a cell its words and digits: wide digits, blanks and commas are what is repaired."""
    told = [each for each in found if each.severity is Severity.ERROR]
    return Counter((f.rule.code, f.field, re.sub(r"[^\w.]", "", normalize("NFKC", f.value or ""))) for f in told)


def same_after_repair(data: bytes, path: str = "x.csv") -> None:
    before = checked(data, path)
    found = repair(data, before.diagnostics)
    if found is None:
        return
    after = checked(found.data, path)
    assert list(after.ledger.values) == list(before.ledger.values)
    assert list(after.ledger.denominators) == list(before.ledger.denominators)
    assert all(f.rule.fixable for f in before.diagnostics if f.fix is not None)
    named = [finding for finding in before.diagnostics if not finding.rule.takes_out]
    assert errors(after.diagnostics) == errors(named)
    assert len(named) == len(before.diagnostics) or any("标题、合计、分组或落款" in note for note in found.notes)
    assert not any(f.fix is not None for f in after.diagnostics)
    again = repair(found.data, after.diagnostics)
    assert again is not None
    assert (again.data, again.notes) == (found.data, ())


@pytest.mark.parametrize("extra", [1, 2])
def test_a_cell_that_is_evidence_is_not_taken_away(extra: int) -> None:
    torn = f"{VISITS},,1,205,1500,{',' * extra}"
    for rows in ([torn], [f"{BEDS},12,,,,", torn], [f"{BEDS},12,,,,,", torn], [torn, f"{BEDS},12"]):
        text = "\n".join((HEADER, *rows, "")).encode()
        found = repair(text, checked(text).diagnostics)
        assert found is not None
        assert (found.data, found.notes) == (text, ())


def test_columns_that_every_row_has_and_none_fills_still_go() -> None:
    text = f"{HEADER},,\n{BEDS},12,,,,,,\n{VISITS},,75,100,,,,\n"
    found = repair(text.encode(), checked(text.encode()).diagnostics)
    assert found is not None
    assert found.data.decode() == f"{HEADER}\n{BEDS},12,,,,\n{VISITS},,75,100,,\n"
    assert found.notes == (NARROWED,)


@pytest.mark.parametrize("code", sorted(DATA_RULES))
def test_a_repair_of_an_example_loses_no_error_and_no_figure(code: str, tmp_path: Path) -> None:
    for source in data_sources(put(DATA_RULES[code].bad, tmp_path), tmp_path) if DATA_RULES[code].bad else ():
        if not source.defect and Path(source.file).is_file():
            same_after_repair(Path(source.file).read_bytes(), source.path)


ROWS = [
    row
    for unit in UNITS
    for one in PLAN.indicators.values()
    if unit.id in one.reporting
    for row in [["2031-03", unit.name, one.id, one.name, *sound_cells(one, 3).split(","), "", ""]]
]
"""Sound rows, as cells."""
BLANK = st.sampled_from(["", " ", "\u3000", "\t"])
WIDE = str.maketrans({code: code + 0xFEE0 for code in range(0x30, 0x3A)})
ODD_CELLS = st.sampled_from(
    [
        *("", "0", "1,205", "1", "205", "100", "500", "1500", "12", "０１２", "七十", "12张", "-3", "70%", "１", "无"),
        *("2031年3月", "2031-3-31", "2030-03", "31-03", "青山", "绿水 ", "青三县", "市本级", "t01-01", "T01－03"),
        *("T01-1", "T02-01", "新增养老床位数", "困难老人探访率", "不适用", "推进中", "已完成", "说明一，说明二"),
        "1.2万",
    ]
)


def spaced(row: list[str], at: int, blank: str) -> list[str]:
    return [*row[:at], f"{blank}{row[at]}{blank}", *row[at + 1 :]] if at < len(row) else row


def replaced(row: list[str], at: int, text: str) -> list[str]:
    return [*row[:at], text, *row[at + 1 :]]


MUTATIONS = st.one_of(
    st.tuples(st.just(spaced), st.integers(0, 8), BLANK),
    st.tuples(st.just(replaced), st.integers(0, 8), ODD_CELLS),
    st.tuples(st.just(lambda row, at, text: [*row[:at], text, *row[at:]]), st.integers(4, 9), ODD_CELLS),
    st.tuples(st.just(lambda row, at, text: [*row[:at], *row[at + 1 :]]), st.integers(0, 8), BLANK),
    st.tuples(st.just(lambda row, at, text: [*row, *[""] * at]), st.integers(0, 2), BLANK),
    st.tuples(st.just(lambda row, at, text: [cell.translate(WIDE) for cell in row]), st.integers(0, 8), BLANK),
)
MUTATED = st.builds(
    lambda row, changes: [row, *changes], st.sampled_from(ROWS), st.lists(MUTATIONS, min_size=1, max_size=3)
)


def mutated(drawn: list[object]) -> list[str]:
    row, *changes = drawn
    for change, at, text in changes:  # type: ignore[misc]  # triples, as drawn
        row = change(row, at, text)  # type: ignore[has-type]
    return row  # type: ignore[return-value]


def written(rows: Sequence[Sequence[str]]) -> bytes:
    stream = io.StringIO()
    csv.writer(stream, lineterminator="\n").writerows(rows)
    return stream.getvalue().encode()


@example(
    [ROWS[0], ["２０３１-０３", "青山县", "T０１-０２", "持证护理员数", "３", "", "", "新增养老床位数", ""]], 0, "x.csv"
)
@example([["2031-03", "青山县", "T01-07", "每万人护理员", "", "1,205", "10000", "", ""]], 0, "x.csv")
@example([["2031-03", "青山县", "T01-02", "持证护理员数", " 3 ", "", "", "新增养老床位数", ""]], 0, "x.csv")
@given(
    st.lists(MUTATED.map(mutated), min_size=1, max_size=4),
    st.integers(0, 2),
    st.sampled_from(["x.csv", "2031-03/qingshan.csv"]),
)
def test_a_repair_loses_no_error_and_no_figure(rows: list[list[str]], edge: int, path: str) -> None:
    header = [*FIELDS, *[""] * edge]
    same_after_repair(written([header, *rows]), path)
    same_after_repair(written([header, *([*row, *[""] * edge] for row in rows)]), path)


_PROPOSAL = re.compile(r"(?:是否应是|应写作|只填数：|改成) ?“?([^？。，（“”]+?)(?:（.*）)?[？。”，（]")
_COMMAS = "数字不写千分位逗号，含逗号的文字加引号；多余的逗号删去。"
_MONTHS = "2031-02 是 204700：如果填的是当月数，加上次的是 206164；如果少写了 2 位，应在 146400 左右；请核对。"
_WHOLE = "像是一个数被逗号分成了几格：照原来的数，整个填在“完成值”，分子和分母留空。"
_TAKEN = "T01-01 这个月已经有一行：核对这一行是哪一项的；重复的，删去这一行。"
_NO_PROPOSAL = ("阿拉伯数字", "普通写法", "0—9 的数字")


def said_of_the_row(row: Sequence[str], others: Sequence[Sequence[str]]) -> list[Diagnostic]:
    """What is said of a row with others above it, the first of which is the second line.

    But for what all units come to, which MZ506 sets beside the target: 3205 is what 3,205 says, be it beyond 1000.
    """
    found = checked(written([FIELDS, *others, row])).diagnostics
    return [each for each in found if each.rule.code != "MZ506" and each.location.line in (0, len(others) + 2)]


def obeyed(row: list[str], told: Diagnostic) -> Iterator[list[str]]:
    """The row as it is with each thing done that the hint of a finding proposes, or its fix."""
    if torn := re.search(r"(\S+) 是否应写作 (\S+)？", told.hint):
        figures = "\0".join(cell.strip() for cell in row[4:]).replace(torn[1].replace(",", "\0"), torn[2])
        cells = [*row[:4], *figures.split("\0")]
        yield cells + [""] * (len(FIELDS) - len(cells))  # where it was torn within the width of the header
    elif parts := re.search(r"是否应是分子 (\d+)、分母 (\d+)？", told.hint):
        yield [*row[:4], "", parts[1], parts[2], *row[7:]]
    else:
        match = _PROPOSAL.search(told.hint)
        proposed = {match[1]} - set(_NO_PROPOSAL) if match else set()
        for text in proposed | ({told.fix} if told.fix is not None else set()):
            yield replaced(row, FIELDS.index(told.field), str(text))


BEFORE = {
    "": [],
    "beds": ["2031-02,青山县,T01-01,新增养老床位数,60,,,,"],
    "core": ["2031-02,青山县,T02-02,核心指标,204700,,,,"],
    "visits": ["2031-01,青山县,T01-03,困难老人探访率,,70,80,,", "2031-02,青山县,T01-03,困难老人探访率,,75,90,,"],
}
"""What was reported before March."""


@pytest.mark.parametrize(
    ("before", "row", "hint"),
    [
        ("core", f"{CORE},1,464,,,,", f"{_COMMAS}{_MONTHS}"),
        ("core", f"{CORE},202,464,,,,", "202,464 是否应写作 202464？"),
        ("core", f"{CORE},1,464,,,", f"{_WHOLE}{_MONTHS}"),
        ("beds", f"{BEDS},1 900,,,,", "照原来的数改：小数点用“.”，千位之间什么也不加。2031-02 是 60，请核对。"),
        ("beds", f"{BEDS},七十,,,,", "是否应是 70？"),
        ("beds", f"{BEDS},五十,,,,", "改成阿拉伯数字。2031-02 是 60：如果填的是当月数，累计数应是 110；请核对。"),
        ("beds", f"{BEDS},50张,,,,", "只填数。2031-02 是 60：如果填的是当月数，累计数应是 110；请核对。"),
        ("beds", f"{BEDS},050,,,,", "改成普通写法。2031-02 是 60：如果填的是当月数，累计数应是 110；请核对。"),
        ("visits", f"{VISITS},,1,205,1500,,", f"{_COMMAS}2031-02 是 75/90，请核对。"),
        ("visits", f"{VISITS},,七十六,91,,", "是否应是 76？"),
        # the row that March has already
        ("beds", f"{BEDS},70,,,,\n{BEDS},七十,,,,", _TAKEN),
        ("beds", f"{BEDS},七十,,,,\n{BEDS},70,,,,", _TAKEN),
        ("core", f"{CORE},202464,,,,\n{CORE},202,464,,,,", _TAKEN.replace("T01-01", "T02-02")),
    ],
)
def test_a_number_is_proposed_only_if_it_fits_the_other_months(before: str, row: str, hint: str) -> None:
    found = check_rows(*BEFORE[before], row).diagnostics
    assert [each.hint for each in found] == [hint]


def test_a_number_is_proved_against_reports_that_are_read_later() -> None:
    """February is 60, and by itself 70 may follow; April in a file of its own has 65 already."""
    files = {"a.csv": f"{BEDS},七十,,,,", "b.csv": "2031-02,青山县,T01-01,新增养老床位数,60,,,,"}
    files["c.csv"] = "2031-04,青山县,T01-01,新增养老床位数,65,,,,"
    sources = [Source.of_bytes(path, f"{HEADER}\n{row}\n".encode()) for path, row in files.items()]
    (found,) = run_checks(PLAN, sources, today=None).diagnostics
    assert found.hint == "改成阿拉伯数字。2031-02 是 60，请核对。"
    (alone,) = run_checks(PLAN, sources[:2], today=None).diagnostics
    assert alone.hint == "是否应是 70？"


@example(["2031-03", "青山县", "T01-05", "福利彩票销量", "3", "205", "", "", "", ""], "")
@example(["2031-03", "青山县", "T01-03", "困难老人探访率", "2031-3-31", "3", "100", "", ""], "")
@example(["2031-03", "绿水县", "T01-03", "困难老人探访率", "", "3", "2031-3-31", "", ""], "")
@example([*CORE.split(","), "1", "464", "", "", "", ""], "core")
@example([*BEDS.split(","), "五十", "", "", "", ""], "beds")
@given(MUTATED.map(mutated), st.sampled_from(sorted(BEFORE)))
def test_a_remedy_leaves_nothing_to_be_said_of_its_cell(row: list[str], months: str) -> None:
    others = [each.split(",") for each in BEFORE[months]]
    before = said_of_the_row(row, others)
    known = {(each.rule.code, each.field) for each in before}
    for each in before:
        for cells in obeyed(row, each):
            after = said_of_the_row(cells, others)
            assert {(found.rule.code, found.field) for found in after} <= known
            left = {found.rule.code for found in after if found.field == each.field}
            if each.fix is not None and cells == replaced(row, FIELDS.index(each.field), each.fix):
                left = {code for code in left if not code.startswith("MZ5")}  # written otherwise it is the same figure
            assert "是否应写作" in each.hint or not left
