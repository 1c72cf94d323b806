"""Codes without their zeros and names that are cut short, in many rows: one cause each, and no shifted column."""

from collections.abc import Callable
from itertools import pairwise

import pytest

from conftest import through
from inbox import SOUND, WIDE, Collect, check, collect, figures, rows
from mzplan.submissions.names import Names
from rule_examples import PLAN, check_rows, sound_cells
from test_cli_check import write
from workbooks import rows_of, transposed, xlsx_of

__all__ = ["check", "collect"]


def told(code: Callable[[str], str], name: Callable[[str], str]) -> list[tuple[str, str, int]]:
    """Rule, hint and how many rows, of a report of March with such codes and names."""
    rows = [
        f"2031-03,青山县,{code(each.id)},{name(each.name)},{sound_cells(each, 3)},,"
        for each in PLAN.owed("qingshan")[:6]
    ]
    found = check_rows(*rows, today=None).diagnostics
    return [(each.rule.code, each.hint, len(each.lines)) for each in found]


@pytest.mark.parametrize("written", [lambda code: code.replace("-", ""), lambda code: code.replace("0", "")])
@pytest.mark.parametrize("name", [lambda name: name, lambda name: name[:-1]])
def test_a_code_in_another_spelling_beside_its_name_is_one_cause_with_the_code_that_is_meant(
    written: Callable[[str], str], name: Callable[[str], str]
) -> None:
    one = PLAN.owed("qingshan")[0]
    [(code, hint, count)] = told(written, name)
    assert (code, count, f"{one.id}（{one.name}）" in hint) == ("MZ301", 6, True)


def test_names_without_their_last_character_are_one_cause_and_no_shift() -> None:
    [(code, hint, count)] = told(str, lambda name: name[:-1])
    assert (code, count, hint[:7]) == ("MZ304", 6, "照编码改正名称")


def test_names_of_the_next_row_are_a_column_that_has_slipped() -> None:
    names = [each.name for each in PLAN.owed("qingshan")]
    after = dict(pairwise(names))
    [(code, hint, count)] = told(str, after.__getitem__)
    assert (code, count, "核对是编码错还是行错位" in hint) == ("MZ304", 6, True)


@pytest.mark.parametrize("unit", ["青山县（作废）", '"青山县\n（作废）"', "作废 青山县", "青山县已撤销"])
def test_a_row_that_is_withdrawn_beside_its_units_name_is_told_so_and_the_name_alone_is_not_proposed(unit: str) -> None:
    one = PLAN.owed("qingshan")[0]
    row = f"2031-03,{unit},{one.id},{one.name},{sound_cells(one, 3)},,"
    found = check_rows(row, today=None).diagnostics
    assert [(each.rule.code, "说这一行不作数" in each.message, "青山县" in each.hint) for each in found] == [
        ("MZ302", True, False)
    ]


@pytest.mark.parametrize("unit", ["青山县民政局办公室", "青山县（已更名）", "青山线"])
def test_other_words_beside_a_units_name_leave_it_to_be_proposed(unit: str) -> None:
    one = PLAN.owed("qingshan")[0]
    [finding] = check_rows(f"2031-03,{unit},{one.id},{one.name},{sound_cells(one, 3)},,", today=None).diagnostics
    assert (finding.rule.code, finding.hint) == ("MZ302", "是否应是 青山县？")


NUMBERS = ("（8）", "(8)", "8、", "8.", "8. ", "8 ", "⑧", "⑴", "八、", "（八）", "1.2、", "第8项")


@through("number", NUMBERS)
def test_a_number_before_a_name_is_none_of_it(number: str) -> None:
    names = Names(PLAN)
    assert [names.indicator_called(number + each.name) for each in PLAN.indicators.values()] == [*PLAN.indicators]
    assert [names.unit(number + each.name).id for each in PLAN.reporting_units] == [*PLAN.units]
    assert names.unit(f"{number}青山县").fix == "青山县"
    assert {code for code, _, _ in told(str, lambda name: number + name)} == {"MZ305"}


@through("text", ["8", "8、", "8新增养老床位数", "8万、新增养老床位数", "8、新增养老床位数2"])
def test_what_is_no_number_of_a_row_stays_a_part_of_the_name(text: str) -> None:
    assert Names(PLAN).indicator_called(text) is None


@pytest.mark.parametrize("number", ["（8）", "⑧"])
def test_a_table_without_codes_may_number_its_names(collect: Collect, number: str) -> None:
    """The numbers were taken for codes that are wrong."""
    head, *found = (row[3:] for row in rows())
    write("inbox/甲县4月.xlsx", xlsx_of([head, *([number + name, *rest] for name, *rest in found)]))
    assert collect("inbox").code == 0
    assert figures("data/2023-04/jia.csv") == SOUND


_MEASURED = [each for each in PLAN.indicators.values() if each.unit]


@through("form", ["{1}（{2}）", "{1}({2})", "{1}\n（单位：{2}）", "（{0}）{1}（{2}）"])
def test_the_measure_behind_a_name_is_none_of_it(form: str) -> None:
    """As a column of measures may say it; so is one of the same size."""
    called = {each.id: Names(PLAN).indicator_called(form.format(8, each.name, each.unit)) for each in _MEASURED}
    assert called == {each.id: each.id for each in _MEASURED}


@through("measure", ["万人", "万元", "%", "千张", "完成率", "截至3月", "目标"])
def test_what_makes_other_figures_of_a_name_stays_a_part_of_it(measure: str) -> None:
    names = Names(PLAN)
    counted = [each for each in PLAN.indicators.values() if each.unit not in ("", measure)]
    assert not any(names.indicator_called(f"{each.name}（{measure}）") for each in counted)


@pytest.mark.parametrize("turned", [False, True])
@pytest.mark.parametrize("measure", ["个", "家", "单位：个"])
def test_headings_and_lines_may_have_their_measure_behind_them(collect: Collect, measure: str, *, turned: bool) -> None:
    table = [row[1:] for row in rows_of(WIDE)]
    table[1][0], table[3][0] = f"{table[1][0]}（{measure}）", f"{table[3][0]}（{measure}）"
    write("inbox/2023年4月.xlsx", xlsx_of(transposed(table) if turned else table))
    assert collect("inbox").code == 0
    assert figures("data/2023-04/jia.csv") == SOUND


@pytest.mark.parametrize("turned", [False, True])
def test_a_heading_in_a_larger_measure_is_no_heading_of_the_indicator(collect: Collect, *, turned: bool) -> None:
    table = [row[1:] for row in rows_of(WIDE)]
    table[1][0] = f"{table[1][0]}（万个）"
    write("inbox/2023年4月.xlsx", xlsx_of(transposed(table) if turned else table))
    ran = collect("inbox")
    assert ran.code == 1
    assert "计划中没有指标“服务类救助项目数（万个）”" in ran.out
