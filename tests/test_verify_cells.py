"""A number in a table of a draft is held against the figure that its row and its column name, whatever it is.

September 2031, 西河县 at half of an even pace, once with parts that were computed, which judge nobody.
"""

import re
from fractions import Fraction
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

import bulletin_cases as cases
from conftest import dear
from mzplan.bulletin import Material, Request
from mzplan.bulletin.verify import Account
from mzplan.render.layout import Look
from mzplan.render.summary import FORMATS

pytestmark = pytest.mark.untraced

_NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")


@cache
def material(*, is_computed: bool) -> Material:
    paces = {"xi": Fraction(1, 2)}
    chosen = cases.plan(breakdown="reference" if is_computed else "official")
    return cases.material(9, lambda _indicator, unit, _month: paces.get(unit, Fraction(1)), chosen)


@cache
def bulletin(*, is_computed: bool) -> str:
    written = FORMATS["markdown"](material(is_computed=is_computed).write(Request()), Look())
    assert isinstance(written, str)
    return written


def with_numbers(draft: str, column: int, said: str) -> tuple[str, set[str]]:
    """The draft with that number in a column of every table where another one stands, and the rows it is in."""
    lines, changed = draft.splitlines(), set[str]()
    for at, line in enumerate(lines):
        cells = line.split("|")
        own = cells[column].strip() if line.startswith("|") and column < len(cells) - 1 else ""
        if _NUMBER.fullmatch(own) and abs(Fraction(own) - int(said)) >= 1:
            cells[column] = f" {said} "
            lines[at] = "|".join(cells)
            changed.add(cells[1].strip())
    return "\n".join(lines), changed


@dear()
@given(st.booleans(), st.integers(2, 11), st.one_of(st.just(0), st.integers(0, 2000)))
def test_a_cell_with_another_number_is_wrong(is_computed: bool, column: int, number: int) -> None:
    draft, changed = with_numbers(bulletin(is_computed=is_computed), column, str(number))
    report = cases.verified("draft.md", draft.encode(), material(is_computed=is_computed))
    assert changed <= {one.text for one in report.statements if one.account is Account.WRONG}
