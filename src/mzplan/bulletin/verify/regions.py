"""What a draft says of regions: how many of a count each has, in brackets behind it, and what their paragraphs tell."""

import re
from typing import NamedTuple

from mzplan.bulletin.model import Ref
from mzplan.bulletin.phrases import IN_REGION, Slot
from mzplan.bulletin.verify.grammar import PhraseMatch
from mzplan.bulletin.verify.passages import Passage

COUNT_UNITS = frozenset({"addends", "reporters", "unreported"})
"""Fields that count units, of many of which it is told how many each region has."""

_MARKS = {"region": "\ue010", "unit": "\ue001"}
_COUNTED = re.compile(f"{_MARKS['region']}+([0-9]+){IN_REGION}")
_ONE = f"(?:{_MARKS['region']}+[0-9]+{IN_REGION}|{_MARKS['unit']}+)"
_ALL = re.compile(f"（{_ONE}(?:[、和]{_ONE})*(?P<more>等)?）")


class RegionCounts(NamedTuple):
    """A count told by region: where that ends, how many units it makes, and whether more are left unsaid (等)."""

    end: int
    sum: int
    is_open: bool


def region_counts(passage: Passage, start: int) -> RegionCounts | None:
    """What stands in brackets at a place, if that is how many units each region has, beside units that are in none."""
    letters = list(passage.text)
    for one in passage.mentions:
        if one.kind in _MARKS:
            letters[one.start : one.end] = _MARKS[one.kind] * (one.end - one.start)
    told = _ALL.match("".join(letters), start)
    counts = _COUNTED.findall(told[0]) if told else []
    if told is None or not counts:
        return None
    units = sum(one.kind == "unit" and start < one.start < told.end() for one in passage.mentions)
    return RegionCounts(told.end(), sum(map(int, counts)) + units, bool(told["more"]))


def count_of_region(passage: Passage, start: int, token: re.Match[str], whole: Ref) -> tuple[Ref, PhraseMatch] | None:
    """The figure of a number in such brackets, which stand behind a count at `start`; None for any other number."""
    region = next((one for one in passage.mentions if one.kind == "region" and one.end == token.start()), None)
    between = passage.text[start : token.start()]
    is_part = between.startswith("（") and "）" not in between and passage.text.startswith(IN_REGION, token.end())
    if region is None or not is_part:
        return None
    ref = whole._replace(subject=whole.subject._replace(unit=region.ids[0]))
    end = token.end() + len(IN_REGION)
    return ref, PhraseMatch(token.start(), Slot(ref.field, ref.group, ""), region.start, end, token[1], IN_REGION)
