"""What columns of figures are called where none is headed as ours is: totals since January, and what is none."""

import re
import unicodedata
from collections.abc import Sequence

from mzplan.period import Period, in_digits
from mzplan.reading.number import BLANKS

_RESULTS = re.compile(
    r"(?:(?:本年|今年|全年|年度|年内|1月?[-—~至到][0-9]{1,2}月)度?)?(?:累计|总计)(?:完成)?(?:值|数|量|情况)?"
    r"|(?:(?:年初|1月)(?:至今|以来|起)|本?年|当年)?(?:实际|累计)?(?:完成|累计)[值数量情况]*"
    r"|截[至止]到?(?:目前|今|本[月期])[底末止]*(?:累计|完成)+[值数量情况]*"
)
"""What a column of totals since January may also be called."""
_UP_TO = re.compile(r"(?P<months>.*?[月日份底末止])(?P<total>累计|总计)?(?:实际)?(?:完成)?[值数量情况]*")
_SINCE = re.compile("^(?:年初[至到]|[至到]|一(?=月?[-—~至到]))")
_STRETCH = re.compile("^截|[-—~至到]")
"""How months are told whose total is meant: 1-9月, 截至9月底."""
_TO_NOW, _TO_LAST = (re.compile(rf"(?:截?至)?{span}[月期]底?末?累计(?:完成)?[值数量情况]*") for span in "本上")
"""A total up to the month of the report, where one up to the last month stands beside it."""
_OF_ONE_MONTH = "一个月的数"
_OTHER_FIGURES = (
    (re.compile(r".*(?:率|占比|百分比|进度|%)"), "完成的百分比"),
    (re.compile(r".*(?:目标|计划|任务|应完成).*"), "目标"),
    (re.compile(r"(?:上|前|去年|同期|上年).*"), "以前的数"),
    (re.compile(r".*(?:暂估|估计|预计|预估|快报|初步|未核).*"), "没有核实的数"),
    (re.compile(r"(?:本月|当月|单月|本期|本季|当季|[0-9]{1,2}月份?(?![-—~至到])|本次|新增).*"), _OF_ONE_MONTH),
    (re.compile(r"(?:[2-9]|1[0-2])月?份?[-—~至到].*月.*"), "从别的月份起的数"),
)
_IN_BRACKETS = re.compile(r"\(([^()]+)\)")
_NOT_TOTAL = re.compile("[非未不]")


def other_figures(heading: str) -> str:
    """What a column holds whose heading sounds like that of the figures asked for, and is not; else empty."""
    plain = _plain(heading)
    if _RESULTS.fullmatch(plain):
        return ""
    said = (plain, *_IN_BRACKETS.findall(plain))
    found = next((words for pattern, words in _OTHER_FIGURES if any(map(pattern.fullmatch, said))), "")
    is_total = "累计" in plain and not _NOT_TOTAL.search(plain)
    return "" if found == _OF_ONE_MONTH and is_total else found


def names_results(heading: str) -> bool:
    """Whether it is what the totals since January are called, where no column is called as ours is."""
    return _RESULTS.fullmatch(_plain(heading)) is not None


def is_total(heading: str) -> bool:
    """Whether it says that they are totals, and not up to which month: that may be another than the report's."""
    return "累计" in heading and not any(map(str.isdigit, in_digits(_plain(heading))))


def month_of_total(heading: str, year: int) -> Period | None:
    """The month up to which the totals go that a heading says it is of: 1-9月, 9月累计, 截至9月底; None for others.

    It is one of that year unless the heading tells another.
    """
    said = _SINCE.sub(lambda since: "1" if since[0] == "一" else "1-", _plain(heading))
    found = _UP_TO.fullmatch(in_digits(said))
    months = Period.readings(found["months"], year) if found else frozenset()
    is_total = found and (found["total"] or _STRETCH.search(found["months"]))
    return next(iter(months)) if is_total and len(months) == 1 else None


def own_totals(headings: Sequence[str], month: Period | None, year: int) -> list[int]:
    """Which of the headings that stand side by side are of totals since January up to the month of the report.

    Where that is not known, of totals up to the only month that any tells.
    """
    is_beside_last = any(_TO_LAST.fullmatch(_plain(heading)) for heading in headings)
    months = {at: told for at, heading in enumerate(headings) if (told := month_of_total(heading, year))}
    own = month or (next(iter(months.values())) if len({*months.values()}) == 1 else None)
    return [
        at
        for at, heading in enumerate(headings)
        if (months[at] == own if at in months else names_results(heading))
        or (is_beside_last and _TO_NOW.fullmatch(_plain(heading)))
    ]


def _plain(heading: str) -> str:
    return "".join(unicodedata.normalize("NFKC", heading[:64].strip(BLANKS)).split())
