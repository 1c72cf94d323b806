"""No figure is changed, invented or lost between what came in and what is filed, whatever the file looks like."""

import csv
import io
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from conftest import dear, few
from corpus import cases
from inbox import Collect, collect, figures, of_march
from mzplan.check.collect import Intake
from mzplan.check.outcomes import Outcome, Taken
from mzplan.diagnostics import errors_of
from mzplan.plan.load import load_plan
from mzplan.submissions.received import Received
from mzplan.submissions.repair import reshaped
from test_cli_check import check, write
from test_workbooks import TABLE, checked, csv_of, tables
from workbooks import NUMBER, WRITERS, Rows, transposed, xlsx_of

__all__ = ["check", "collect"]

PLAN = load_plan(Path(__file__).parent / "plans" / "tiny.yaml")
HEADER = ["报告期", "填报单位", "指标编码", "指标名称", "完成值", "分子", "分母", "说明", "佐证"]


def _unicode_text(rows: Rows) -> bytes:
    """As Excel saves it: with tabs between cells, and quotes around those that hold any."""
    stream = io.StringIO(newline="")
    csv.writer(stream, "excel-tab").writerows(rows)
    return stream.getvalue().encode("utf-16")


WRITTEN: Mapping[str, Callable[[Rows], bytes]] = {
    **WRITERS,
    ".csv": csv_of,
    ".gbk.csv": lambda rows: csv_of(rows).decode().encode("gb18030", "replace"),
    ".txt": _unicode_text,
}
COUNTIES = {"jia": "甲县", "yi": "乙市", "devzone": "示范开发区"}


def collected(name: str, data: bytes) -> list[Taken]:
    intake = Intake(PLAN, [], lambda result: result.diagnostics, today=date(2023, 12, 31), home="data", root="")
    return intake.take([Received(name, data)], None, may_replace=False)


def filed_rows(one: Taken) -> list[list[str]]:
    return list(csv.reader(io.StringIO(one.filed.decode("utf-8-sig"))))[1:]


def halfwidth(cell: str) -> str:
    """The cell as it is filed, whichever digits of the keyboard it was typed with, and without blanks around it."""
    return unicodedata.normalize("NFKC", cell).strip()


def with_the_unit(rows: Rows) -> Rows:
    """The rows with the unit in records that lack it: the others and the file's name say which."""
    return [[row[0], row[1] if row[1].strip() or not row[2].strip() else "甲县", *row[2:]] for row in rows]


@pytest.mark.parametrize("ending", WRITTEN)
@given(rows=tables())
@example(rows=[*TABLE[:1], [*TABLE[1][:7], '"12', ""], *TABLE[2:]])
def test_what_is_filed_is_what_came_in_and_what_check_calls_wrong_is_not_filed(ending: str, rows: Rows) -> None:
    data = WRITTEN[ending](rows)
    as_it_is = checked(csv_of(with_the_unit(rows)), ".csv")
    for one in collected("甲县6月" + ending, data):
        if one.outcome is not Outcome.FILED:
            assert not one.filed
            continue
        as_filed = checked(one.filed, ".csv")
        assert not errors_of(as_filed.diagnostics)
        for column in ("values", "denominators", "flags"):
            assert list(getattr(as_filed.ledger, column)) == list(getattr(as_it_is.ledger, column))
        before, after = ([halfwidth(cell) for row in some for cell in row[4:7]] for some in (rows, filed_rows(one)))
        assert all(after.count(cell) == before.count(cell) for cell in before if NUMBER.fullmatch(cell))
    if not errors_of(as_it_is.diagnostics):
        assert [one.outcome for one in collected("甲县6月" + ending, data)] == [Outcome.FILED]


_NUMBER = st.integers(40, 60)
"""So near to each other that no rule asks whether a digit is too many."""
_FIGURE = _NUMBER.map(str)
_STOCK = st.integers(140, 160).map(str)
"""So far from the others that no rule finds two of them in each other's row."""


@st.composite
def reports(draw: st.DrawFn) -> Mapping[tuple[str, str], Sequence[tuple[str, str, str]]]:
    """By month and unit three figures, the first never falling from month to month: count, numerator, stock."""
    found: dict[tuple[str, str], Sequence[tuple[str, str, str]]] = {}
    for unit in draw(st.lists(st.sampled_from(sorted(COUNTIES)), min_size=1, unique=True)):
        months = draw(st.lists(st.sampled_from(("2023-04", "2023-05", "2023-06")), min_size=1, unique=True))
        counts = sorted(draw(st.lists(_NUMBER, min_size=len(months), max_size=len(months))))
        for month, count in zip(sorted(months), counts, strict=True):
            found[month, unit] = [
                ("T01-01", str(count), ""),
                ("T01-02", draw(_FIGURE), "99"),
                ("T02-01", draw(_STOCK), ""),
            ]
    return found


def _cells(month: str, unit: str, code: str, figure: str, below: str) -> list[str]:
    name = PLAN.indicators[code].name
    parts = ["", figure, below] if below else [figure, "", ""]
    return [month, COUNTIES[unit], code, name, *parts, "", ""]


def filed_figures(taken: Sequence[Taken]) -> dict[tuple[str, str], list[list[str]]]:
    assert {one.outcome for one in taken} == {Outcome.FILED}, [one.findings for one in taken]
    return {(str(one.parcel.period), one.parcel.unit): sorted(filed_rows(one)) for one in taken if one.parcel}


@pytest.mark.parametrize("ending", WRITERS)
@given(broken=st.sets(st.integers(0, 8), min_size=1), end=st.sampled_from(["\n", "\r\n", "\n\n"]))
@example(broken={1, 4}, end="\n")
def test_headings_in_several_lines_are_those_in_one(ending: str, broken: set[int], end: str) -> None:
    """Of a table whose column of units it knows by what stands there, and which is written anew, row by row."""
    behind = {1: "（盖章）", 4: "（累计）", 5: "（个）", 6: "（个）"}
    plain = [f"{cell}{behind.get(at, '')}" for at, cell in enumerate(HEADER)]
    header = [f"{cell}{end}{behind.get(at, '')}" if at in broken else plain[at] for at, cell in enumerate(HEADER)]
    taken, alike = (collected("甲县6月" + ending, WRITTEN[ending]([each, *TABLE[1:]])) for each in (header, plain))
    assert [(one.outcome, len(one.findings)) for one in taken] == [(one.outcome, len(one.findings)) for one in alike]
    assert [filed_rows(one) for one in taken if one.filed] == [filed_rows(one) for one in alike if one.filed]


@pytest.mark.parametrize("ending", [".xlsx", ".csv"])
@given(several=reports(), chance=st.randoms(use_true_random=False))
def test_reports_of_several_units_and_months_come_apart_whole(ending: str, several: dict, chance: object) -> None:  # type: ignore[type-arg]
    """In whatever order the rows of one sheet stand."""
    rows = {key: [_cells(*key, *each) for each in given] for key, given in several.items()}
    mixed = [row for given in rows.values() for row in given]
    chance.shuffle(mixed)  # type: ignore[attr-defined]
    taken = collected("汇总" + ending, WRITTEN[ending]([HEADER, *mixed]))
    assert filed_figures(taken) == {key: sorted(given) for key, given in rows.items()}


@given(figures=st.lists(st.tuples(_FIGURE, _FIGURE, _FIGURE), min_size=3, max_size=3), turned=st.booleans())
def test_every_cell_of_a_wide_sheet_is_filed_under_its_unit(figures: list[tuple[str, str, str]], turned: bool) -> None:
    codes = ("T01-01", "T01-02", "T02-01")
    table = [["指标", *COUNTIES.values()]]
    for at, code in enumerate(codes):
        table.append([code, *(each[at] + ("/99" if code == "T01-02" else "") for each in figures)])
    if turned:
        table = transposed(table)
    for writer in (xlsx_of, csv_of):
        taken = collected("2023年6月", writer(table))
        assert filed_figures(taken) == {
            ("2023-06", unit): [
                ["2023-06", name, "T01-01", "", count, "", "", "", ""],
                ["2023-06", name, "T01-02", "", "", above, "99", "", ""],
                ["2023-06", name, "T02-01", "", stock, "", "", "", ""],
            ]
            for (unit, name), (count, above, stock) in zip(COUNTIES.items(), figures, strict=True)
        }


MEALS = "助餐点覆盖率"
ONE_CELL = [
    ["指标编码", "指标名称", "甲县", "乙市", "示范开发区"],
    ["T01-01", "服务类救助项目数", "30", "31", "32"],
    ["T01-02", MEALS, "8/10", "9/11", "7/12"],
    ["T02-01", "四A级社会组织数", "12", "13", "14"],
]
ABOVE, BELOW = ["8", "9", "7"], ["10", "11", "12"]


@pytest.mark.parametrize("turned", [False, True])
@pytest.mark.parametrize(
    "lines",
    [
        [["T01-02", f"{MEALS}（分子）", *ABOVE], ["T01-02", f"{MEALS}（分母）", *BELOW]],
        [["T01-02", f"{MEALS}:分母", *BELOW], ["T01-02", f"{MEALS} 分子", *ABOVE]],
        [["T01-02", f"{MEALS}-分子", *ABOVE], ["", f"{MEALS}-分母", *BELOW]],
        [["T01-02(分子)", MEALS, *ABOVE], ["T01-02(分母)", MEALS, *BELOW]],
        [["T01-02", MEALS, "", "", ""], ["", "分子", *ABOVE], ["", "（分母）", *BELOW]],
        [["T01-02", MEALS, "", "", ""], ["", "分子：有助餐点的社区数", *ABOVE], ["", "分母（社区总数）", *BELOW]],
        [["T01-02", MEALS, "80%", "81.82%", "58.33%"], ["", "分子", *ABOVE], ["", "分母", *BELOW]],
    ],
    ids=[
        "behind the name",
        "the denominator first",
        "a name alone",
        "behind the code",
        "below",
        "with words",
        "below its value",
    ],
)
def test_a_ratio_in_two_lines_of_a_wide_sheet_is_that_in_one_cell(lines: Rows, *, turned: bool) -> None:
    def figures_of(table: Rows) -> dict[tuple[str, str], list[list[str]]]:
        return filed_figures(collected("2023年6月", csv_of(transposed(table) if turned else table)))

    expected = figures_of(ONE_CELL)
    assert sorted(rows[1][5:7] for rows in expected.values()) == [["7", "12"], ["8", "10"], ["9", "11"]]
    found = figures_of([*ONE_CELL[:2], *lines, ONE_CELL[3]])
    assert {key: [row[:4] + row[5:] for row in rows] for key, rows in found.items()} == {
        key: [row[:4] + row[5:] for row in rows] for key, rows in expected.items()
    }, "value aside, which may stand beside its parts"


def test_one_part_alone_of_a_wide_sheet_is_told_to_lack_the_other() -> None:
    table = [*ONE_CELL[:2], ["T01-02", f"{MEALS}（分子）", *ABOVE], ONE_CELL[3]]
    taken = collected("2023年6月", csv_of(table))
    assert [one.outcome for one in taken] == [Outcome.RETURNED] * 3
    assert [[each.rule.code for each in errors_of(one.findings)] for one in taken] == [["MZ401"]] * 3


TITLE, SHAPES = {"MZ131", "MZ152"}, {"MZ109", "MZ132"}
"""Errors that `--fix` mends without loss: titles, the header once more; UTF-16, and semicolons or tabs in every row."""
KNOWN = {"row-footer": {"MZ151"}, "unit-006": {"MZ204"}, "row-merged-units": {"MZ204"}}
"""And who has filled in the table, below it; and a record's unit that all others and the file's name say."""


@pytest.mark.untraced
@few("third", range(3), [0])
def test_the_corpus_is_filed_where_check_finds_no_error_that_fix_would_not_mend(third: int) -> None:
    for case in cases()[third::3]:
        errors = {each.rule.code for each in checked(case.data, ".csv").diagnostics if each.severity == "error"}
        mended = TITLE | (SHAPES if reshaped(case.data) else set()) | KNOWN.get(case.name, set())
        outcome = Outcome.RETURNED if errors - mended else Outcome.FILED
        taken = collected("甲县2023年6月.csv", case.data)
        assert [one.outcome for one in taken] == [outcome], case.name
        assert not any(errors_of(checked(one.filed, ".csv").diagnostics) for one in taken if one.filed), case.name


@pytest.mark.parametrize("asked", [(), ("--replace",)])
@pytest.mark.parametrize("note", ["", "更正", "根据领导要求"])
def test_a_correction_after_the_report_was_due_goes_back_for_its_reason(
    collect: Collect, note: str, asked: tuple[str, ...]
) -> None:
    """Until then 18 stands, whether it may be replaced or not; with the reason, the same figure takes its place."""
    write("inbox/3月.csv", of_march("16", note))
    before = Path("data/2023-03/jia.csv").read_bytes()
    ran = collect("inbox", *asked)
    assert (ran.code, Path("data/2023-03/jia.csv").read_bytes()) == (1, before)
    assert "请加 --replace" not in ran.out
    said = "2023-03 的 T01-01 服务类救助项目数由 18 改为 16，“说明”里"
    assert said in ran.out
    assert said in Path("returns/2023-03/jia.txt").read_text(encoding="utf-8")
    write("inbox/3月.csv", of_march("16"))
    assert collect("inbox", "--replace").code == 0
    assert figures("data/2023-03/jia.csv")["T01-01"][0] == "16"


_WIDE = [["指标", *COUNTIES.values(), "备注"], ["T01-01", "3", "4", "5"], ["T01-02", "1/2", "2/3", "3/4", "新开"]]
_LONG = [HEADER, *(["2023-06", unit, "T01-01", "", "3", "", "", "", ""] for unit in COUNTIES.values())]
_EVEN = {"across": [[*row, "", ""][:5] for row in _WIDE], "long": _LONG}
_EVEN |= {"down": transposed(_EVEN["across"]), "abreast": [[*row, "", *row] for row in _EVEN["across"]]}
_EVEN["long abreast"] = [[*row, "", *other] for row, other in zip(_LONG[:2], _LONG[:3:2], strict=True)]
_WORDS = st.sampled_from(["", "指标编码", "T01-01", "甲县", "备注", "合计", "7", "分子", "本月"])


@dear()
@given(
    layout=st.sampled_from([*_EVEN]),
    cut=st.dictionaries(st.integers(0, 5), st.integers(0, 19)),
    added=st.dictionaries(st.integers(0, 5), st.lists(_WORDS, max_size=4)),
    title=st.sampled_from([[], [[]], [["2023年6月汇总表"]]]),
)
@example(layout="across", cut={1: 4}, added={}, title=[])
@example(layout="long", cut={1: 4}, added={3: HEADER}, title=[])
@example(layout="long", cut={}, added={0: ["说明", "分子", "T01-01", "指标编码"]}, title=[])
def test_a_table_that_is_torn_is_answered(
    layout: str, cut: dict[int, int], added: dict[int, list[str]], title: Rows
) -> None:
    """A CSV has rows that end with their last cell: it was a fault of the program."""
    rows = [*title, *([*row[: cut.get(at)], *added.get(at, [])] for at, row in enumerate(_EVEN[layout]))]
    for ending in (".csv", ".xlsx"):
        assert collected("2023年6月" + ending, WRITTEN[ending](rows))


@pytest.mark.parametrize("layout", ["across", "down", "abreast"])
def test_of_units_and_indicators_a_row_may_end_with_its_last_cell(layout: str) -> None:
    ended = [row[: max(at for at, cell in enumerate(row) if cell) + 1] for row in _EVEN[layout]]
    even, short = (collected("2023年6月.csv", csv_of(rows)) for rows in (_EVEN[layout], ended))
    assert [(one.outcome, one.filed) for one in short] == [(one.outcome, one.filed) for one in even]
