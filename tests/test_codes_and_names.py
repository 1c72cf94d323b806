"""Codes without their zeros and names that are cut short, in many rows: one cause each, and no shifted column."""

from collections.abc import Callable
from itertools import pairwise

import pytest

from rule_examples import PLAN, check_rows, sound_cells


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
