"""What numbers the words of a clause name, in an indicator's measure unit: a target is held against them."""

import re
from collections.abc import Iterator
from fractions import Fraction

from mzplan.plan.target import Target
from mzplan.reading.misread import chinese_value

_QUOTED = re.compile(r"“[^”]*”|《[^》]*》|〔[^〕]*〕")
"""Names and document numbers: what stands in them is no amount."""
_ARABIC = re.compile(r"(?<![0-9A-Za-z.])([0-9]+(?:\.[0-9]+)?)([万亿]?)([%％]?)(?![0-9A-Za-z年月日号])")
_CHINESE = re.compile(r"[零〇一二三四五六七八九十百千万亿两]+(?=[个家名人张户所处场件次项条份支辆套座位门部批])")
_TIMES = {"": 1, "万": 10**4, "亿": 10**8}


def numbers(clause: str, unit: str) -> Iterator[tuple[str, Fraction]]:
    """Each number of a clause as it stands, and what it comes to in that measure unit.

    A percentage is no number of what is not measured in per cent; 万 and 亿 are counted by the unit's own 万.
    """
    text = _QUOTED.sub(lambda name: " " * len(name[0]), clause)
    own = _TIMES.get(unit[:1], 1) if len(unit) > 1 else 1
    for match in _ARABIC.finditer(text):
        if match[3] and unit != "%":
            continue
        value = Fraction(match[1]) * _TIMES[match[2]]
        yield match[0], value / own if match[2] else value
    for match in _CHINESE.finditer(text):
        meant = chinese_value(match[0])
        if meant is not None:
            yield match[0], Fraction(meant)


def contradicts(clause: str, unit: str, target: Target, scale: int = 1) -> str:
    """The numbers that a clause names, where the target is none of them; empty where it is, or where it names none.

    `scale` is by what a ratio is multiplied: 3 days on average are 300 in hundredths.
    """
    promised = {target.value, target.value / scale}
    if target.growth:
        promised.add(target.growth * 100)
    named = list(numbers(clause, unit))
    if not named or target.operator == "undefined" or any(meant in promised for _, meant in named):
        return ""
    return "、".join(text for text, _ in named)
