"""What numbers a text names, and what they come to in an indicator's measure unit: a target is held against them."""

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import NamedTuple

from mzplan.plan.target import Target
from mzplan.reading.misread import chinese_value
from mzplan.reading.number import BLANKS, POWERS, WIDE, MeasureUnit

_QUOTED = re.compile(r"“[^”]*”|《[^》]*》|〔[^〕]*〕")
"""Names and document numbers: what stands in them is no amount."""
_ARABIC = re.compile(
    r"(?<![0-9A-Za-z.第])([0-9]{1,3}(?:,[0-9]{3}){1,4}(?![0-9])|[0-9]{1,15})(\.[0-9]{1,9})?(百万|千万|万亿|[百千万亿])?(%)?"
    r"(?![0-9A-Za-z年月日号]|\.[0-9])"
)
_NUMERALS = "零〇一二三四五六七八九十百千万亿两"
_CHINESE = re.compile(
    f"(?<![0-9第每几数{_NUMERALS}])(?![百千万亿]|一批)([{_NUMERALS}]+)(?=[个家名人张户所处场件次项条份支辆套座位门部批])"
)
"""Chinese numerals where they count: no ordinals (第四批), nothing vague (一批, 几十个, 千家), no rates (每十个)."""
_SHARE = re.compile(f"百分之([{_NUMERALS}]{{1,8}})")
_MONEY = "元"
_BEHIND = 8
"""So many characters behind a number may say what it counts."""


class Amount(NamedTuple):
    """A number as a text names it."""

    text: str
    start: int
    """Where it starts in the text."""
    value: Fraction
    is_percent: bool = False
    is_scaled: bool = False
    """Whether it is given in 万 or the like."""
    behind: str = ""
    """The words that follow it."""

    def in_unit(self, unit: str) -> Fraction | None:
        """What it comes to in that measure unit.

        None for a percentage of what is not measured in per cent, and for money of what is not. What is given in 万,
        or in the single thing that the unit counts by 万, is converted: 5000元 are 0.5 in 万元.
        """
        if (self.is_percent and unit != "%") or (self.behind.startswith(_MONEY) and _MONEY not in unit):
            return None
        measure = MeasureUnit.of(unit)
        is_single = self.is_scaled or measure.counts(self.behind)
        return self.value / 10**measure.power if is_single else self.value


def amounts(text: str) -> Iterator[Amount]:
    """Each number that a text names, the digits before the Chinese ones; no dates, no ordinals, no grades (4A)."""
    plain = text.translate(WIDE)
    for match in _ARABIC.finditer(plain):
        whole, decimals, times, percent = match.groups(default="")
        value = Fraction(whole.replace(",", "") + decimals) * 10 ** POWERS.get(times, 0)
        behind = plain[match.end() : match.end() + _BEHIND].lstrip("余多" + BLANKS)
        yield Amount(text[match.start() : match.end()], match.start(), value, bool(percent), bool(times), behind)
    for pattern in (_CHINESE, _SHARE):
        for match in pattern.finditer(plain):
            meant = chinese_value(match[1])
            if meant is not None:
                yield Amount(match[0], match.start(), Fraction(meant), pattern is _SHARE)


def contradicts(clause: str, unit: str, target: Target, scale: int = 1) -> Sequence[tuple[Amount, Fraction]]:
    """The numbers that a clause names, where the target is none of them; none where it is, or where it names none.

    Each with what it is in the measure unit. `scale` is by what a ratio is multiplied: 3 days on average are 300 in
    hundredths.
    """
    promised = {target.value, target.value / scale}
    if target.growth:
        promised.add(target.growth * 100)
    text = _QUOTED.sub(lambda name: " " * len(name[0]), clause)
    named = [(each, meant) for each in amounts(text) if (meant := each.in_unit(unit)) is not None]
    if not named or target.operator == "undefined" or any(meant in promised for _, meant in named):
        return ()
    return named


def is_off_by_tens(figure: Fraction, unit: str, named: Sequence[tuple[Amount, Fraction]]) -> bool:
    """Whether a figure is the one number that a clause names, in that measure unit, with zeros too many or too few."""
    if len(named) != 1 or not figure or not named[0][1]:
        return False
    amount, meant = named[0]
    times = figure / meant
    is_measured = amount.is_percent or amount.is_scaled or amount.behind.startswith(unit[-1:])
    return is_measured and str(max(times, 1 / times)).strip("0") == "1"
