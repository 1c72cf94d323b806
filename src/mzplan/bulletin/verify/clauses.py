"""The parts of a draft's sentences between their stops, and what each says where it stands."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from mzplan.bulletin.model import EVERY
from mzplan.bulletin.verify.passages import Passage, area_of, bare, is_apart, is_closed

_DEPENDENT = ("其中", "占", "均", "都", "全部", "另", "分别")
_STOPS = re.compile(r"[，；：。！？（）]")


@dataclass(frozen=True, slots=True)
class Clause:
    """A part of a sentence between stops, and what it means where it stands."""

    start: int
    end: int
    key: tuple[object, ...]
    """Whom it speaks of and what it says, with what it depends on: equal keys say the same."""


def span_of_clause(text: str, position: int) -> tuple[int, int]:
    """Where the words between two stops begin and end that stand around a position."""
    begun = max((stop.end() for stop in _STOPS.finditer(text, 0, position + 1)), default=0)
    stop = _STOPS.search(text, max(begun, position))
    return min(begun, position), stop.start() if stop else len(text)


def clauses(passage: Passage) -> Iterator[Clause]:
    """The parts of a sentence between its stops; a bracket is one part, which depends on what stands before it.

    So do the parts after 45项中 on that.
    """
    text = passage.text
    start = len(text) - len(bare(text))
    previous = whole = ""
    while start < len(text):
        if text[start] == "（":
            end = text.find("）", start) + 1 or len(text)
        else:
            stop = _STOPS.search(text, start)
            end = stop.start() if stop else len(text)
        if end > start:
            words = text[start:end]
            depends = previous if words.startswith(("（", *_DEPENDENT)) else whole
            yield Clause(start, end, _clause_key(passage, start, _qualified(text, end), depends))
            previous, whole = words, words if words.endswith("项中") else "" if text[end : end + 1] in "；。" else whole
        start = end if text[end : end + 1] == "（" or text[start] == "（" else end + 1


def _qualified(text: str, end: int) -> int:
    """Where a clause ends with the bracket after it that says of when its figures are (9月未报，沿用8月数据)."""
    bracket = re.compile("（[^）]*沿用[^）]*）").match(text, end)
    return bracket.end() if bracket else end


def _clause_key(passage: Passage, start: int, end: int, depends: str) -> tuple[object, ...]:
    text = passage.text
    indicators = passage.carried
    unit, area = passage.scope.unit, passage.scope.area
    for mention in passage.mentions:
        if mention.start >= end or is_closed(text, mention, start):
            continue
        if mention.kind == "indicator":
            indicators = mention.ids
        elif mention.kind == "unit" and mention.start < start and not is_apart(text, mention, start):
            unit = mention.ids[0]
        elif mention.kind == "area" and mention.end <= start:
            area = area_of(mention.ids[0])
    return (unit, EVERY if indicators else area, indicators, depends, text[start:end])
