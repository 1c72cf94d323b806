"""The total that a note states, beside the one in the cell: 截至10月底共145人, its parts, or the parts of a ratio.

A total is one of the indicator's measure unit, with no more words before it than those for a total, and of no other
month or year. Where one number of the note is the cell's own it agrees, whatever else it states.
"""

import re
from collections.abc import Iterator, Sequence
from enum import IntEnum

from mzplan.plan.indicator import Indicator
from mzplan.reading.number import MeasureUnit, plain_number
from mzplan.submissions.amounts import PEOPLE, Stated, stated
from mzplan.submissions.names import matched_form
from mzplan.submissions.reasons import clauses_of, is_of_earlier
from mzplan.submissions.row import Row


class Accord(IntEnum):
    """How the totals of a note and of its cell go together."""

    AGREES, ODD, CONTRADICTS = range(3)


_MAY_STATE = re.compile(r"累计|合计|总|共|实际|1[-—~–至到]\d{1,2}月|其中|\d/\d")
_SURE = re.compile(r"累计|总数|实际|截[至止]|1[-—~–至到]\d{1,2}月")
_IN_SUM = re.compile("合计|总计?|共计?")
_DONE = "新增|完成"
_WORDS = re.compile(
    rf"(?:(?P<year>20\d\d)年|1[-—~–至到]|(?P<month>\d{{1,2}})月[份底末]?|{_SURE.pattern}|{_IN_SUM.pattern}|{_DONE}"
    r"|以来|为止|目前|年初|今年|本年度?|[到至止达为是已有现数的:])*"
)
"""All that may stand before a total of now."""
_AT_MONTHS_END = re.compile(r"累计|截[至止]|1[-—~–至到]|[底末止]")
_OF_A_MONTH = re.compile(r"月|新增|增加|减少")
_PARTS = re.compile(r"(?<![\d./-])(\d{1,9})/(\d{1,9})(?![\d./])")
_CHANGES = re.compile("[由从原]")
_NEARLY = 9
"""Parts that come to more than so many tenths of the total are meant to come to all of it."""


def may_state_a_total(note: str) -> bool:
    """Whether a note has words or signs of a total."""
    return bool(_MAY_STATE.search(note))


def accord(row: Row) -> Accord:
    """How the totals that a record's note states go with its figure."""
    indicator, figure = row.indicator, row.figure
    if (
        indicator is None
        or figure is None
        or figure.value is None
        or not may_state_a_total(note := matched_form(row.note))
    ):
        return Accord.AGREES
    if figure.denominator is not None:
        return _of_parts(note, figure.value, figure.denominator)
    counted = [each for each in stated(note, indicator.unit, indicator.decimals) if _counts_in(each, indicator)]
    if row.stages or any(each.is_about(figure.value) for each in counted):
        return Accord.AGREES
    found = [_of_total(each, is_first=note.startswith(each.clause), row=row) for each in counted]
    return max([*found, _of_shares(note, counted, figure.value)])


def _counts_in(number: Stated, indicator: Indicator) -> bool:
    """Whether a number is of nothing but the indicator's measure unit."""
    single = MeasureUnit.of(indicator.unit).single
    return number.behind in {single, indicator.unit, *(PEOPLE if single in PEOPLE else ())}


def _of_total(number: Stated, *, is_first: bool, row: Row) -> Accord:
    """What a number that is not the cell's says of it, by the words before it."""
    indicator, said = row.indicator, number.before
    if indicator is None or not (_SURE.search(said) or (is_first and _IN_SUM.search(said))):
        return Accord.AGREES
    rest = _WORDS.sub("", said)
    is_flow = re.search(_DONE, said) and not indicator.cumulative
    if is_flow or (rest and not set(rest) <= set(indicator.name)) or not _is_of_now(said, row):
        return Accord.AGREES
    is_plain = not rest and _SURE.search(said) and not ("实际" in said and (re.search(_DONE, said) or not is_first))
    return Accord.CONTRADICTS if is_plain else Accord.ODD


def _is_of_now(said: str, row: Row) -> bool:
    """Whether words before a total name no other year or month than the record's, and not what came in one month."""
    years, months = re.findall(r"(20\d\d)年", said), re.findall(r"(\d{1,2})月", said)
    if any(int(year) != row.names.plan.year for year in years):
        return False
    if months and row.period and int(months[-1]) != row.period.month:
        return False
    return not months or bool(_AT_MONTHS_END.search(said))


def _of_shares(note: str, counted: Sequence[Stated], figure: int) -> Accord:
    """Whether the parts that a note begins with come to another total: one above it cannot be a part."""
    at = note.find("其中")
    parts = [each for each in counted if not _OF_A_MONTH.search(each.clause)]
    if at < 0 or re.search(r"\d", note[:at]) or len(parts) < len(counted) or not parts:
        return Accord.AGREES
    if any(each.low > figure for each in parts):
        return Accord.CONTRADICTS
    low, high = sum(each.low for each in parts), sum(each.high for each in parts)
    is_all = len(parts) > 1 and high * 10 > figure * _NEARLY
    return Accord.ODD if is_all and not low <= figure <= high else Accord.AGREES


def _of_parts(note: str, above: int, below: int) -> Accord:
    """Whether a note gives one part of a ratio as the cells do, and the other one otherwise."""
    given = list(_given(note))
    if (above, below) in given:
        return Accord.AGREES
    return Accord.CONTRADICTS if any((n == above) != (d == below) for n, d in given) else Accord.AGREES


def _given(note: str) -> Iterator[tuple[int, int]]:
    """The numerators and denominators that a note gives of now."""
    for clause in clauses_of(note):
        for found in _PARTS.finditer(clause):
            said = clause[: found.start()]
            numbers = [plain_number(each) for each in found.groups()]
            figures = [each.figure for each in numbers if each and each.figure is not None]
            if len(figures) == 2 and not is_of_earlier(clause) and not _CHANGES.search(said):
                yield figures[0], figures[1]
