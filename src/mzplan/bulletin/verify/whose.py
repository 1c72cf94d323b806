"""Whose a number is, as the words before it in its sentence say: a unit's, an area's, or the whole city's."""

import re

from mzplan.bulletin.model import EVERY
from mzplan.bulletin.verify.passages import Passage, area_of, is_apart, is_closed, is_listed


def unit_at(passage: Passage, start: int) -> str | None:
    """The unit or region a number belongs to: the last one named before it that is no member of a list or bracket."""
    units = [mention for mention in passage.mentions if mention.kind in ("unit", "region", "city")]
    for mention in reversed(units):
        if mention.end > start or is_closed(passage.text, mention, start):
            continue
        if is_apart(passage.text, mention, start):
            continue
        if is_listed(passage.text, units, mention) or re.search(r"[占列居比]$|次于$", passage.text[: mention.start]):
            continue
        return None if mention.kind == "city" else mention.ids[0]
    return passage.scope.unit


def area_at(passage: Passage, start: int) -> int | None:
    """The area a count belongs to: the one named before it, unless the city is named after that."""
    for mention in reversed([one for one in passage.mentions if one.kind in ("area", "city") and one.end <= start]):
        if is_closed(passage.text, mention, start) or is_apart(passage.text, mention, start):
            continue
        return area_of(mention.ids[0]) if mention.kind == "area" else passage.scope.area
    return passage.scope.area


def names_area(passage: Passage, start: int) -> bool:
    """Whether the sentence itself says that it speaks of an area there, and not the title alone."""
    area = area_at(passage, start)
    return area != EVERY and any(
        one.kind == "area" and one.end <= start and area_of(one.ids[0]) == area for one in passage.mentions
    )
