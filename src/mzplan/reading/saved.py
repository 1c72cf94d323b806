"""When a workbook was saved last, as it says of itself: the date of a file is that of its way through a chat."""

import re

from mzplan.reading.archive import part_of

_PARTS = ("docProps/core.xml", "meta.xml")
_MOMENT = re.compile(rb"<(?:dcterms:modified|dc:date)\b[^>]*>(20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d)[\d.]*(Z?)<")
_AS_MADE = "2001"
"""What programs give that know no time lies before."""


def saved_at(data: bytes) -> str:
    """The moment in ISO 8601, with Z where it is universal time; empty for a CSV and where nothing is said."""
    if not data.startswith(b"PK\x03\x04"):
        return ""
    found = next((said for name in _PARTS if (said := _MOMENT.search(part_of(data, name)))), None)
    moment = (found[1] + found[2]).decode() if found else ""
    return moment if moment > _AS_MADE else ""


def is_earlier(one: str, other: str) -> bool:
    """Whether a moment is before another; of two clocks nobody knows."""
    return bool(one and other) and one.endswith("Z") == other.endswith("Z") and one < other


def shown_moment(moment: str) -> str:
    """A moment to the minute: 2023-11-02 09:14."""
    text = moment[:16].replace("T", " ")
    return f"{text} UTC" if moment.endswith("Z") else text
