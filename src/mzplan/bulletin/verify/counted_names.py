"""The names that follow a count: 2家（某县、某县）; against that count and against the data."""

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import NamedTuple

from mzplan.bulletin.facts import Facts
from mzplan.bulletin.model import Ref
from mzplan.bulletin.verify.consistency import MISCOUNTED, Slip
from mzplan.bulletin.verify.names import Mention, normalised
from mzplan.bulletin.verify.reading import BoundNumber
from mzplan.bulletin.verify.regions import region_counts
from mzplan.diagnostics import show
from mzplan.rules.draft import LIST_MISMATCH
from mzplan.zh import joined

_COUNTED = frozenset({"count", "addends", "reporters", "unreported"})
_NOT_AMONG = "{name}不在其中：按数据，{what}的是{members}"
_NOBODY = "没有"
_TWICE = "名单中重复列了{name}"


class CountedNames(NamedTuple):
    """Names that follow a count: where they stand, and what is wrong with them."""

    start: int
    end: int
    slips: tuple[Slip, ...]


def listed(bound: BoundNumber, facts: Facts) -> CountedNames | None:
    """The names that follow a count, in brackets or after a colon or 分别为, against the count and against the data."""
    ref = bound.ref
    if ref is None or bound.in_cell or ref.field not in _COUNTED or bound.reading is None:
        return None
    if (by_region := _by_region(bound)) is not None:
        return by_region
    following = _following(bound)
    if following is None or not following.names:
        return None
    return CountedNames(following.start, following.end, tuple(_slips(bound, ref, following, facts)))


def _by_region(bound: BoundNumber) -> CountedNames | None:
    """How many of a count each region has: together as many as it says; that each has so many its own number tells."""
    told, stated = region_counts(bound.passage, bound.phrase_end), int(Fraction(bound.text))
    if told is None:
        return None
    is_right = stated == told.sum or (told.is_open and stated > told.sum)
    message = MISCOUNTED.format(stated=stated, listed=told.sum)
    slips = () if is_right else (Slip(LIST_MISMATCH, bound.place, message, bound.text),)
    return CountedNames(bound.phrase_end, told.end, slips)


def _slips(bound: BoundNumber, ref: Ref, following: "_Following", facts: Facts) -> Iterator[Slip]:
    members = {normalised(name)[0] for name in facts.members(ref)}
    names = following.names
    said: set[str] = set()
    for mention in names:
        name = bound.passage.text[mention.start : mention.end]
        meant = _names_of(facts, mention)
        if not meant & members:
            what = bound.passage.text[bound.phrase_start : bound.phrase_end]
            known = joined(facts.members(ref), 5) or _NOBODY
            message = _NOT_AMONG.format(name=show(name), what=f"“{show(what)}”", members=known)
            yield Slip(LIST_MISMATCH, bound.passage.places[mention.start], message, name)
        elif len(meant) == 1 and meant <= said:
            yield Slip(LIST_MISMATCH, bound.passage.places[mention.start], _TWICE.format(name=show(name)), name)
        said |= meant
    stated = int(Fraction(bound.text))
    if stated < len(names) or (not following.is_open and stated != len(names)):
        message = MISCOUNTED.format(stated=stated, listed=len(names))
        yield Slip(LIST_MISMATCH, bound.place, message, bound.text, "增减名单或改数目，未列全的在末尾加“等”。")


class _Following(NamedTuple):
    names: tuple[Mention, ...]
    start: int
    end: int
    is_open: bool
    """Whether it ends in 等."""


_DIGIT = re.compile("[0-9]")
_OPENERS = re.compile("（(?:分别[为是]|即|为)?|(?:，)?(?:分别[为是]|即|为|是)|：")


def _following(bound: BoundNumber) -> _Following | None:
    """The names listed right after the phrase of a count; None for no list, or for one with more in it than names."""
    text = bound.passage.text
    start = bound.phrase_end
    opener = _OPENERS.match(text, start)
    if opener is None or _DIGIT.search(text, bound.end, start):
        return None  # they are listed of the last number of a phrase
    stops = "）" if opener[0].startswith("（") else "[；。]" if opener[0] == "：" else "[，；。]"
    stop = re.compile(stops).search(text, opener.end())
    end = stop.start() if stop else len(text)
    names = tuple(one for one in bound.passage.mentions if opener.end() <= one.start and one.end <= end)
    rest, at = "", opener.end()
    for mention in names:
        rest += text[at : mention.start]
        at = mention.end
    rest += text[at:end]
    if re.search(r"[^、和以及与；，“”等项个家]", rest) or any(one.kind not in ("indicator", "unit") for one in names):
        return _told(bound, opener.end(), names) if opener[0] == "：" else None
    return _Following(names, start, min(end + 1, len(text)), text[start:end].endswith("等"))


def _told(bound: BoundNumber, start: int, names: Sequence[Mention]) -> _Following | None:
    """What is counted, told one by one after the colon: the name that each part between ； opens with."""
    text = bound.passage.text
    opening = tuple(one for one in names if one.start <= start + 1 or text[one.start - 2 : one.start].find("；") >= 0)
    return _Following(opening, start, start, is_open=True) if opening else None


def _names_of(facts: Facts, mention: Mention) -> set[str]:
    plan = facts.plan
    if mention.kind == "unit":
        return {normalised(plan.units[one].name)[0] for one in mention.ids}
    return {normalised(plan.indicators[one].name)[0] for one in mention.ids}
