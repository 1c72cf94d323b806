"""Whether the words around a number make it a total: of all indicators, or of what all units owe and have sent."""

import re

from mzplan.bulletin.model import EVERY, Ref
from mzplan.bulletin.verify.grammar import TOTALS, PhraseMatch
from mzplan.bulletin.verify.passages import JOINTS

_REPORTS = "(?:应报|实报|已报)(?:的|指标)?[0-9]+项(?:指标)?"
_REPORTS_BEFORE = re.compile(f"{_REPORTS}[^。；]*$")
_OF_ALL_UNITS = re.compile(rf"(?:{_REPORTS}|{JOINTS.pattern}|[0-9]{{1,2}}月(?:份|底|末)?|各)*")
"""What may stand before how much all units owe and have sent, and makes it nobody else's."""
_NO_PREDICATE = re.compile("$|[，。；：、（）]|中|已?[均都]|已?全部")
"""What follows a total; else it counts only those of which something is said (3项指标未达到进度要求)."""


def fits_total(text: str, phrase: PhraseMatch) -> bool:
    """Whether a phrase for all indicators can be meant: not of those that are owed, or of which more is said."""
    is_of_reports = text.endswith("报", 0, phrase.phrase_start)
    is_total = not is_of_reports and _NO_PREDICATE.match(text, phrase.phrase_end) is not None
    return is_total or phrase.template not in TOTALS


def counts_reports(ref: Ref, text: str, phrase: PhraseMatch) -> bool | None:
    """Whether a number of figures owed, sent or missing can be meant of that subject; None of any other number.

    Of all units together only where nobody else stands before it: neither 各县（市、区）应报653项, nor 人均.
    """
    is_of_city = ref.subject.unit is None
    if ref.group == "missing" and is_of_city and _REPORTS_BEFORE.search(text, 0, phrase.phrase_start):
        return False  # 应报706项，未报66项: a part of those
    if ref.field == "owed" and ref.subject.area != EVERY:
        return False
    if ref.field not in ("owed", "filed") or not is_of_city:
        return None
    begun = max(text.rfind(mark, 0, phrase.phrase_start) for mark in "；。") + 1
    is_meant = _OF_ALL_UNITS.fullmatch(text, begun, phrase.phrase_start) is not None
    return is_meant and ref.subject.area == EVERY and phrase.template not in TOTALS
