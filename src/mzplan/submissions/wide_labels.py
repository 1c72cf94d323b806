"""What the lines and columns of a sheet of units × indicators are called: after what, and which figures they hold."""

import re
from collections.abc import Iterable, Mapping

from mzplan.diagnostics import column_letters
from mzplan.period import Period
from mzplan.said import listed, say
from mzplan.submissions.header import FIGURES, meant_field
from mzplan.submissions.names import Names
from mzplan.submissions.result_headings import month_of_total, own_totals
from mzplan.submissions.wide_headings import is_of_month, names_other_kind

VALUE, *_PARTS = FIGURES
OTHER = "other"
"""Figures that are not those from January up to the month of the report."""

_PART = re.compile(r"(?P<name>.*?)[\s(（:：—－–_-]*(?P<part>分子|分母)\s*(?:[)）]?\s*|(?<=^..)[(（:：].*)")
"""How a line is called that holds one part of a ratio: …率（分子）, 分子（…数）."""
_CODE_FIRST = re.compile(r"(?s:[(（\[【]?(?P<code>[A-Za-z0-9-]{3,})(?P<name>.+))")
_CODE_LAST = re.compile(r"(?s:(?P<name>.+?)[\s:：_—]*[(（\[【]?(?P<code>[A-Za-z0-9-]{3,})[)）\]】]?)")
"""A code and a name in one cell; a name may begin with digits."""
_BETWEEN = ")）]】 \n\r\t\u3000:：、.．_—"
_LONGEST = 100
"""Characters of what a line is called."""
_COLUMNS, _ROWS = "“{heading}”在 {places} 列", "“{heading}”在第 {places} 行"


def kinds_of(headings: Iterable[str], month: Period | None, year: int) -> Mapping[str, str]:
    """By heading, of those side by side that say it, which figures stand below: a field of `FIGURES`, or `OTHER`.

    `month` is that of the report, where it is known.
    """
    told = [*dict.fromkeys(heading for heading in headings if heading)]
    own = {told[at] for at in own_totals(told, month, year)}
    fields = {heading: str(field) for heading in told if (field := meant_field(heading)) in FIGURES}
    months = {heading for heading in told if is_of_month(heading)}
    others = {each for each in told if names_other_kind(each) or month_of_total(each, year)}
    others |= months if own or len(months) > 1 else set()
    return {**dict.fromkeys(others, OTHER), **dict.fromkeys(own, VALUE), **fields}


def is_month(heading: str, year: int) -> bool:
    """Whether a heading is a month, be it of totals."""
    return is_of_month(heading) or month_of_total(heading, year) is not None


def months_told(places: Iterable[tuple[str, int, int]], year: int) -> str:
    """Which of headings, each with its row and its column, are of which month; empty where they are not of several."""
    found = dict[str, list[tuple[int, int]]]()
    for heading, row, column in places:
        if is_month(heading, year):
            found.setdefault(heading, []).append((row, column))
    if len(found) < 2:
        return ""
    is_row = len({row for cells in found.values() for row, _ in cells}) == 1
    said = []
    for heading, cells in found.items():
        numbers = sorted(column if is_row else row for row, column in cells)
        said.append(
            told_at(heading, numbers) if is_row else say(_ROWS, heading=heading, places=listed(map(str, numbers)))
        )
    return listed(said, "，")


def told_at(heading: str, columns: Iterable[int]) -> str:
    """In which columns of a sheet a heading stands, or over which."""
    return say(_COLUMNS, heading=heading, places=listed(map(column_letters, columns)))


def without_part(names: Names, text: str) -> tuple[str, str]:
    """What a line is called without the part of a ratio that it holds, and that; "" for lines that hold no part."""
    found = _PART.fullmatch(text) if len(text) <= _LONGEST else None
    rest = found["name"] if found else text
    is_part = found and (not rest or names.indicator_in(rest) or code_and_name(names, rest))
    return (rest, str(meant_field(found["part"]))) if found and is_part else (text, "")


def code_and_name(names: Names, text: str) -> tuple[str, str] | None:
    """The code and the name in one cell (T01-05 名, 名（T01-05）), both an indicator's; None for others."""
    found = [each.fullmatch(text) for each in (_CODE_FIRST, _CODE_LAST) if len(text) <= _LONGEST]
    told = [(each["code"], each["name"]) for each in found if each]
    parted = [
        (code[:end], f"{code[end:]}{name}".lstrip(_BETWEEN)) for code, name in told for end in range(3, len(code))
    ]
    told = [*((code, name.lstrip(_BETWEEN)) for code, name in told), *parted]
    return next(
        ((code, name) for code, name in told if names.indicator(code).id and names.indicator_called(name)), None
    )
