"""What a sheet says of itself above its records and in its headings, set against its place and the plan."""

import re
from collections.abc import Iterator, Sequence

from mzplan.plan.indicator import RatioIndicator
from mzplan.plan.model import Plan
from mzplan.reading.csv_border import Defect, Flaw, Numbered
from mzplan.submissions.header import Header, meant_field
from mzplan.submissions.names import Names, matched_form
from mzplan.submissions.places import Place

_MONTHS = re.compile(
    r"(?:(?P<year>[0-9]{4})年)?(?:[0-9]{1,2}月?[-—~至到])?(?<![0-9])(?P<month>[0-9]{1,2})月(?![0-9]*日)"
)
_DATED = re.compile(r"(?:日期|时间)[:：]?\s*[0-9年月日./-]+")
"""When it was filled in, which is another month."""
_MEASURE = re.compile(r"(?:计量|金额)?单位[:：]\s*([^\s,，;；()（）]{1,20})")
_IN_HEADING = re.compile(r"\(([^()]{1,12})\)$")
_MONEY = re.compile(r"[百千万亿]*元")
_IN_BRACKETS = re.compile(r"[（(]([^（）()]*)[）)]")


def contradictions(
    above: Sequence[Numbered], header: Header, headings: Sequence[str], names: Names, place: Place
) -> list[Defect]:
    """What the titles and headings say that the file's place or the plan's measure units do not.

    A title that is taken off with such a word in it would leave figures of which nobody knows any longer what they are.
    """
    measures = _money_of(names.plan)
    found = []
    for line, cells in above:
        text = _DATED.sub("", matched_form(" ".join(filter(None, cells))[:_LONGEST]))
        found += [Defect(Flaw.LABEL, line, 1, said, meant) for said, meant in _of_another(text, names, place)]
        found += [
            Defect(Flaw.LABEL, line, 1, said[0], _ALL_MEASURES)
            for said in _MEASURE.finditer(text)
            if _is_other_money(said[1], measures)
        ]
    for at, cell in enumerate(headings):
        said = _IN_HEADING.search(matched_form(cell))
        if said and meant_field(cell) in _OF_FIGURES and _is_other_money(said[1], measures):
            found.append(Defect(Flaw.LABEL, header.line, 0, cell, _ALL_MEASURES, at + 1))
    return found


_LONGEST = 500
_ALL_MEASURES = "计划规定的计量单位"
_OF_FIGURES = ("value", "numerator", "denominator")


def _of_another(text: str, names: Names, place: Place) -> Iterator[tuple[str, str]]:
    """The month and the unit that a title names, where none is the file's."""
    months = list(_MONTHS.finditer(text))
    if place.period is not None and months:
        own = (place.period.year, place.period.month)
        if not any((int(said["year"] or own[0]), int(said["month"])) == own for said in months):
            yield months[-1][0], str(place.period)
    unit = names.unit_in(text)
    if unit and place.unit not in ("", None, unit) and names.plan.units[unit].kind != "bureau":
        yield names.plan.units[unit].name, names.plan.units[place.unit].name


def _money_of(plan: Plan) -> frozenset[str]:
    """The measures of money that the plan's figures have."""
    texts = [indicator.unit for indicator in plan.indicators.values()]
    for indicator in plan.indicators.values():
        if isinstance(indicator, RatioIndicator):
            texts += _IN_BRACKETS.findall(f"{indicator.numerator}{indicator.denominator}")
    return frozenset(text for text in texts if _MONEY.fullmatch(text))


def _is_other_money(measure: str, known: frozenset[str]) -> bool:
    """Whether a label names money in a measure that no figure of the plan has: yuan for ten thousands of yuan."""
    named = set(_MONEY.findall(measure))
    return bool(named) and named.isdisjoint(known)
