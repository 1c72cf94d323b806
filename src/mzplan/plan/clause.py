"""What numbers a text names, and what they come to in an indicator's measure unit: a target is held against them."""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from fractions import Fraction
from typing import NamedTuple

from mzplan.figures import SCALE, rounded
from mzplan.plan.direction import NUMERALS, SaidWay, said_way
from mzplan.plan.target import Schedule, Target
from mzplan.reading.misread import chinese_value
from mzplan.reading.number import BLANKS, WIDE, MeasureUnit
from mzplan.reading.spelled import shares
from mzplan.zh import MONEY, POWERS

_QUOTED = re.compile(r"“[^”]*”|《[^》]*》|〔[^〕]*〕")
"""Names and document numbers: what stands in them is no amount."""
_ARABIC = re.compile(
    r"(?<![0-9A-Za-z.第])([0-9]{1,3}(?:,[0-9]{3}){1,4}(?![0-9])|[0-9]{1,15})(\.[0-9]{1,9})?(百万|千万|万亿|[百千万亿])?([%‰])?"
    r"(?![0-9A-Za-z年月日号]|\.[0-9])"
)
_CHINESE = re.compile(
    f"(?<![0-9第每几数{NUMERALS}])(?![百千万亿]|一批)([{NUMERALS}]+)(?=[个家名人张户所处场件次项条份支辆套座位门部批])"
)
"""Chinese numerals where they count: no ordinals (第四批), nothing vague (一批, 几十个, 千家), no rates (每十个)."""
BY_MONTH = re.compile(
    r"(?:(?<![0-9年])([0-9]{1,2})月(?:[0-9]{1,2}日|底|末|份)?(?:之前|以前|前|底|末)|(?<![每逐])(?<![0-9]年)"
    r"(?:第?([一二三四])季度(?:之前|以前|前|底|末|内)|上半年|年中(?:之前|以前|前)))"
)
"""A month by whose end something is to be done; one of another year is none of the plan's."""
_QUARTERS = "一二三四"
DUE_ELSEWHERE = "{indicator} 的原文写着“{words}”，due 是 {name}", "照原文改 due 或进度点；不是一回事的少摘几个字"
"""What is said where it is none of the plan's."""
_REACH = 8
"""So many characters behind a number may say what it counts."""
_ROUNDED = 1000
"""A tolerance is written with one decimal: so small a part of the target it may be off."""


class StatedNumber(NamedTuple):
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

    @property
    def is_points(self) -> bool:
        """Whether it is given in percentage points."""
        return self.behind.removeprefix("个").startswith("百分点")

    def measured(self, unit: str) -> str:
        """It with what it counts, where it is given in other steps than that measure unit counts in; else empty."""
        measure = MeasureUnit.of(unit)
        single = measure.single if self.behind.startswith(measure.single) else ""
        return f"{self.text}{single}" if self.is_scaled or measure.counts(self.behind) else ""

    def in_unit(self, unit: str) -> Fraction | None:
        """What it comes to in that measure unit.

        None for a percentage of what is not measured in per cent, and for money of what is not. What is given in 万,
        or in the single thing that the unit counts by 万, is converted: 5000元 are 0.5 in 万元.
        """
        if (self.is_percent and unit != "%") or (self.behind.startswith(MONEY) and MONEY not in unit):
            return None
        measure = MeasureUnit.of(unit)
        is_single = self.is_scaled or measure.counts(self.behind)
        return self.value / 10**measure.power if is_single else self.value


def amounts(text: str) -> Iterator[StatedNumber]:
    """Each number that a text names, kind by kind; no dates, no ordinals, no grades (4A).

    Those are the shares that it spells out (三分之二, 五成, 翻一番), what it writes in digits, and numerals that count.
    """
    plain = text.translate(WIDE)
    for share in (spelled := sorted(shares(plain), key=lambda each: each.start)):
        behind = plain[share.start + len(share.text) :][:_REACH]
        yield StatedNumber(share.text, share.start, share.percent, is_percent=True, behind=behind)
    for share in spelled:
        plain = plain.replace(share.text, " " * len(share.text))
    for match in _ARABIC.finditer(plain):
        whole, decimals, times, percent = match.groups(default="")
        value = Fraction(whole.replace(",", "") + decimals) * 10 ** POWERS.get(times, 0)
        value /= 10 if percent == "‰" else 1  # 95‰ are 9.5 per cent
        behind = plain[match.end() : match.end() + _REACH].lstrip("余多" + BLANKS)
        yield StatedNumber(text[match.start() : match.end()], match.start(), value, bool(percent), bool(times), behind)
    for match in _CHINESE.finditer(plain):
        meant = chinese_value(match[1])
        if meant is not None:
            yield StatedNumber(match[0], match.start(), Fraction(meant))


def contradicts(
    clause: str, unit: str, target: Target, scale: int = 1, starts: Collection[Fraction] = ()
) -> Sequence[tuple[StatedNumber, Fraction]]:
    """The numbers that a clause names, where the target is none of them; none where it is, or where it names none.

    Each with what it is in the measure unit. `scale` is by what a ratio is multiplied: 3 days on average are 300 in
    hundredths. A target may be named by how far it is from where it `starts`, the baseline or the target before; one
    that grows is by its per cent, which no percentage point is.
    """
    numbers = list(amounts(_without_names(clause)))
    named = [(each, meant) for each in numbers if (meant := each.in_unit(unit)) is not None]
    promised = _values(target, scale).union(abs(target.value - start) for start in starts)
    growths = [abs(target.value - start) / start * 100 for start in starts if start]
    is_promised = any(is_named(meant, promised) or is_end(meant, target) for _, meant in named)
    is_promised |= any(each.is_percent and is_named(each.value, growths) for each in numbers)
    if target.growth:
        grown = [(each, each.value) for each in numbers if each.is_percent or each.is_points]
        is_promised |= any(each.is_percent and is_named(share, [target.growth * 100]) for each, share in grown)
        named = grown or [each for each in named if each[1] != target.value / (1 + target.growth)]
    return () if target.operator == "undefined" or is_promised else named


def is_named(figure: Fraction, values: Iterable[Fraction]) -> bool:
    """Whether a figure is one of those values; of 三分之二, which no decimal is, each may be rounded or cut off."""
    is_decimal = SCALE % figure.denominator == 0
    known = {figure} if is_decimal else {Fraction(rounded(figure, decimals)) for decimals in range(4)}
    known |= set() if is_decimal else {Fraction(figure * 10**cut // 1, 10**cut) for cut in (1, 2, 3)}
    return any(value in known for value in values)


def is_end(figure: Fraction, target: Target) -> bool:
    """Whether a figure is an end of the range for which an `about` stands, whose tolerance has been rounded."""
    if not target.tolerance:
        return False
    return abs(abs(figure - target.value) - target.value * target.tolerance) * _ROUNDED < target.value


_PAST, _BEYOND = "过", "超过"


def way_of(text: str, number: StatedNumber) -> SaidWay:
    """Which way a text means a number of its own; 过半 is more than half."""
    before, behind = text[: number.start], text[number.start + len(number.text) :]
    return said_way(f"{before}{_BEYOND}" if number.text.startswith(_PAST) else before, behind)


class OtherWay(NamedTuple):
    """A clause that means the number of a target another way than the target does."""

    words: str
    way: str


def other_way(
    clause: str, unit: str, target: Target, scale: int = 1, starts: Collection[Fraction] = ()
) -> OtherWay | None:
    """The words by which a clause makes a ceiling of the target's number where it is a floor, or the reverse.

    None where none do, where others agree with the target, or where the number is told without any. Of a target that
    is told by how far it is from where it `starts`, they are about that distance.
    """
    told = None
    plain = _without_names(clause)
    for each in amounts(plain):
        falls = _falls_by(each, unit, target, scale, starts)
        said = way_of(plain, each)
        if falls is None or (said.way == "about" and target.operator != "about"):
            continue
        way = _TURNED.get(said.way or "", said.way) if falls else said.way
        if way in (None, target.operator) or (target.operator == "about" and not said.is_sure):
            return None
        told = OtherWay(f"{said.before}{each.text}{said.behind}", way)
    return told


_TURNED = {"at_least": "at_most", "at_most": "at_least"}


def _falls_by(each: StatedNumber, unit: str, target: Target, scale: int, starts: Iterable[Fraction]) -> bool | None:
    """Whether a number tells by how much a target falls short of where it starts; None where it is no figure of it."""
    meant = each.in_unit(unit)
    if target.operator == "undefined":
        return None
    if target.growth and each.is_percent and each.value == target.growth * 100:
        return False
    if meant is None:
        return None
    if is_named(meant, _values(target, scale)):
        return False
    return next((start > target.value for start in starts if meant == abs(target.value - start)), None)


def due_elsewhere(clause: str, schedule: Schedule) -> str:
    """The words by which a clause names a month for its end, where none that it names has a due date or a point."""
    named = list(BY_MONTH.finditer("".join(clause.translate(WIDE).split())))
    own = {schedule.due.month, *(month.month for month, _ in schedule.points)}
    return named[0][0] if named and not any(_month(match) in own for match in named) else ""


def _month(by: re.Match[str]) -> int:
    """The month that the words for an end mean: 二季度末 and 上半年 are June."""
    return int(by[1]) if by[1] else 3 * (_QUARTERS.index(by[2] or "二") + 1)


def _without_names(clause: str) -> str:
    return _QUOTED.sub(lambda name: " " * len(name[0]), clause)


def _values(target: Target, scale: int) -> set[Fraction]:
    """A target as a clause may name it."""
    return {target.value, target.value / scale}


def is_off_by_tens(figure: Fraction, unit: str, named: Sequence[tuple[StatedNumber, Fraction]]) -> bool:
    """Whether a figure is the one number that a clause names, in that measure unit, with zeros too many or too few."""
    if len(named) != 1 or not figure or not named[0][1]:
        return False
    amount, meant = named[0]
    times = figure / meant
    is_measured = amount.is_percent or amount.is_scaled or amount.behind.startswith(unit[-1:])
    return is_measured and str(max(times, 1 / times)).strip("0") == "1"
