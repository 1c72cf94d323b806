"""What is told of a list or a count of those of whom something holds, and what to write instead."""

import re
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple

from mzplan.bulletin.facts import Facts
from mzplan.bulletin.verify.among import Among, Most, Predicate
from mzplan.bulletin.verify.consistency import Slip
from mzplan.bulletin.verify.names import Mention
from mzplan.bulletin.verify.passages import Passage
from mzplan.diagnostics import show
from mzplan.rules.draft import LIST_MISMATCH
from mzplan.zh import full_width, joined, percent

_OTHERS = "“{said}”与数据不符：按数据，“{what}”的是{members}"
_SO_FAR = "“{said}”与数据不符：按已报数，“{what}”的有{members}"
_NOBODY = "“{said}”与数据不符：按数据，没有“{what}”的"
_NOT_ALL = "“{said}”与数据不符：{members}不是"
_SO_MANY = "“{said}”与数据不符：按数据应为{right}"
_CORRECT, REWORD, _REORDER = "改为“{right}”。", "按提示改说法。", "按提示的先后改。"
_PLACE, _FROM_BELOW = "第{at}位", "倒数第{at}位"
_NAMES = 5
_IN_DIGITS = re.compile("(?:倒数)?第[0-9]+[位名]?")


def ids_of(listed: Sequence[Mention]) -> frozenset[str]:
    """The first id of each name."""
    return frozenset(one.ids[0] for one in listed)


def number_told(passage: Passage, opening: re.Match[str], closing: re.Match[str], at: int) -> tuple[int, int]:
    """Where the number, the share or the place is told: from some place on to the end where none is in digits."""
    told = [(one, name) for one in (opening, closing) for name in ("count", "portion") if name in one.groupdict()]
    place = _IN_DIGITS.search(passage.text, at, closing.end())
    spans = [one.span(name) for one, name in told if one[name]] or [place.span() if place else (at, closing.end())]
    return spans[0]


class WrongSet(NamedTuple):
    """A list or a count that the data contradict."""

    passage: Passage
    facts: Facts
    form: str
    start: int
    among: Among
    """Of whom it holds."""
    listed: Sequence[Mention]
    """Who is named."""

    def slip(self, end: int, words: str, kind: str) -> Slip:
        """What is said up to a place with the names of those of whom those words hold, or of whom they do not."""
        among, but = self.among, ids_of(self.listed)
        plan, said = self.facts.plan, self.passage.quoted(self.start, end)
        failing = (
            among.few - but - among.perhaps if self.form == "all" or (self.form == "rest" and but) else frozenset()
        )
        settled = failing or among.told
        meant = settled or (among.seen if self.form in ("rest", "none") else frozenset())
        areas = {str(area.number): area.name for area in plan.action_areas} | {"safeguards": plan.safeguards_name or ""}
        named = {
            "unit": {unit.id: unit.name for unit in plan.reporting_units},
            "indicator": {one.id: one.name for one in plan.indicators.values()},
        }.get(kind, areas)
        if among.places:  # who is not ranked with the others comes behind none of them
            meant = meant & among.few or meant
        ids = sorted((one for one in named if one in meant), key=lambda one: among.places.get(one, 0))
        members = [named[one] for one in ids]
        members = [full_width(name) for name in members[:_NAMES]] + members[_NAMES:]
        form = _NOT_ALL if failing else _OTHERS if settled else _SO_FAR if members else _NOBODY
        message = form.format(said=show(said, 60), what=show(words), members=joined(members, _NAMES))
        return Slip(LIST_MISMATCH, self.passage.places[self.start], message, said)

    def remedied(self, slip: Slip, told: Mapping[str, str], predicate: Predicate) -> Slip:
        """A slip with the number or the share as it should be, where that is wrong, and not of whom it is said."""
        among, listed = self.among, self.listed
        said, right, of = show(slip.value, 60), "", ""
        if "portion" in told:
            is_known = among.surely & among.few == among.perhaps & among.few
            right = f"{percent(Fraction(len(among.surely & among.few), len(among.few)))}%" if is_known else ""
        elif "count" in told and (self.form == "rest" or not listed):
            whole = among.few if self.form == "all" or listed else among.surely
            is_known = self.form == "all" or bool(listed) or among.surely == among.perhaps
            right, of = str(len(whole - ids_of(listed))) if is_known else "", told.get("of", "项")
        elif len(listed) == 1 and listed[0].start == self.start and (at := among.places.get(listed[0].ids[0])):
            is_high = isinstance(predicate, Most) and predicate.is_high
            ranked = [among.places[one] for one in among.few]
            is_tied, at = ranked.count(at) > 1, among.place(listed[0].ids[0])
            right = "" if is_tied else (_PLACE if is_high else _FROM_BELOW).format(at=at)
        elif "order" in told and {one.ids[0] for one in listed} == among.told:
            return slip._replace(hint=_REORDER)
        if not right or right == told.get("count"):
            return slip._replace(hint="" if "names" in told else REWORD)
        message = _SO_MANY.format(said=said, right=right + of)
        words = told["before"] + right + told["after"]
        return slip._replace(message=message, hint=_CORRECT.format(right=words), instead=words)
