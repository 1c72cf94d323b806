"""How numbers, amounts, lists, headings and periods read in official Chinese. Knows nothing of plans or scorecards.

Arabic half-width digits for what is counted or measured, full-width punctuation, 百分点 for differences (GB/T 15835,
GB/T 9704). Rounding is half up, once, here; a rounded figure never contradicts the verdict it stands beside.
"""

import re
from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import NamedTuple

from mzplan import figures
from mzplan.figures import rounded
from mzplan.period import Period
from mzplan.said import say

DIGITS = "零一二三四五六七八九"

POWERS = {"百": 2, "千": 3, "万": 4, "百万": 6, "千万": 7, "亿": 8, "万亿": 12}
"""The powers of ten that Chinese has words for."""
MAGNITUDES = {word: Fraction(10) ** POWERS[word] for word in ("万", "亿")}
"""Those by which figures are shortened, and how much each is."""
MONEY = "元"
YUAN = {MONEY: Fraction(1), **{f"{word}{MONEY}": size for word, size in MAGNITUDES.items()}}
"""The measure words of money, and how many yuan each is."""
_RATE = "%"
_MONTH, _MONTH_OF_YEAR = "{month}月", "{year}年{month}月"

_BRACKETS = str.maketrans("()", "（）")
_STOPS = str.maketrans(",:;!?", "，：；！？")
_STOP_IN_CHINESE = re.compile(r"(?<=[^\x00-\x7f])[,:;!?]|[,:;!?](?=[^\x00-\x7f])")


class Amount(NamedTuple):
    """A number as printed and the words that follow it: `1.2` and `万人次`."""

    number: str
    unit: str

    def __str__(self) -> str:
        return self.number + self.unit


def numeral(number: int) -> str:
    """1 to 99 as headings count: 一, 十, 十一, 二十, 二十七."""
    if not 1 <= number <= 99:
        raise ValueError(f"no heading has the number {number}")
    tens, ones = divmod(number, 10)
    leading = "" if tens == 0 else "十" if tens == 1 else f"{DIGITS[tens]}十"
    return leading + (DIGITS[ones] if ones else "")


def heading(level: int, number: int) -> str:
    """The mark of a heading of level 1 to 4: 一、（一）1.（1）."""
    match level:
        case 1:
            return f"{numeral(number)}、"
        case 2:
            return f"（{numeral(number)}）"
        case 3:
            return f"{number}."
        case _:
            return f"（{number}）"


def firstly(number: int) -> str:
    """The word that opens one of several points: 一是, 二是."""
    return f"{numeral(number)}是"


def joined(names: Iterable[str], cap: int | None = None) -> str:
    """Names as one list, 甲、乙和丙; beyond the cap the first few and 等.

    Names that hold a 、 themselves are kept apart by ；, and none that hold a 和 is followed by another one. Nothing
    stands between two quotation marks (GB/T 15834).
    """
    given = list(names)
    whole = cap is None or len(given) <= cap
    kept = given if whole else given[:cap]
    if any("、" in name for name in kept):
        text = "；".join(kept)
    elif whole and len(kept) > 1 and not any("和" in name for name in kept):
        text = _enumerated(kept[:-1]) + "和" + kept[-1]
    else:
        text = _enumerated(kept)
    return text if whole else f"{text}等"


def _enumerated(names: Sequence[str]) -> str:
    return "、".join(names).replace("”、“", "”“")


def full_width(text: str) -> str:
    """A name with its half-width brackets, and stops beside Chinese, made full-width, as Chinese prose sets them."""
    return _STOP_IN_CHINESE.sub(lambda stop: stop[0].translate(_STOPS), text.translate(_BRACKETS))


def percent(share: Fraction, below: Iterable[Fraction | int] = (), above: Iterable[Fraction | int] = ()) -> str:
    """A share as a percentage with one decimal, without its sign: 0.525 reads 52.5. The bounds are shares too."""
    return figures.percent(share, 1, below, above)


def points(gap: Fraction) -> str:
    """The size of a difference of two shares in percentage points, one decimal; 0.0 only for none at all."""
    return rounded(abs(gap) * 100, 1, above=[0])


def measure(unit: str) -> str:
    """The measure word that follows a figure in prose: 人/万人 and 个/县 name their denominator elsewhere."""
    return unit.split("/", 1)[0] or unit


def single(word: str) -> str:
    """The measure word without the magnitude that money has in it: 元 for 万元; 万人 is a word of its own."""
    return MONEY if word in YUAN else word


def is_rate(unit: str) -> bool:
    """Whether figures of that measure unit are rates, which are printed with one decimal."""
    return unit == _RATE or "/万" in unit


def amount(
    value: Fraction, unit: str, apart_from: Fraction | None = None, *, short: bool = False, decimals: int = 2
) -> Amount:
    """A figure with its measure word, in the size that reads best: 12 000 人次 as 1.2万人次, 14 000 万元 as 1.4亿元.

    Rates have one decimal, everything else as few as needed, up to `decimals`. `apart_from` is the target that an unmet
    figure falls short of, or exceeds: both never read the same. A `short` figure keeps its unit as it is, for tables.
    """
    if is_rate(unit):
        below = [apart_from] if apart_from is not None and value < apart_from else []
        above = [apart_from] if apart_from is not None and value > apart_from else []
        return Amount(rounded(value, 1, below, above), measure(unit))
    scale, word = (Fraction(1), measure(unit)) if short else _scale(value, measure(unit))
    other = None if apart_from is None or apart_from == value else apart_from / scale
    text = trimmed(rounded(value / scale, decimals))
    while other is not None and decimals < 6 and text == trimmed(rounded(other, decimals)):
        decimals += 2
        text = trimmed(rounded(value / scale, decimals))
    return Amount(text, word)


def _scale(value: Fraction, word: str) -> tuple[Fraction, str]:
    size = abs(value)
    if word in YUAN:
        own = YUAN[word]
        best = max((each for each in YUAN if size * own >= YUAN[each]), key=YUAN.__getitem__, default=MONEY)
        return (YUAN[best] / own, best) if size else (Fraction(1), word)
    larger = MAGNITUDES["万"]
    return (larger, f"万{word}") if size >= larger else (Fraction(1), word)


def trimmed(text: str) -> str:
    """A decimal without the zeros that say nothing: 70.0 reads 70."""
    return text.rstrip("0").removesuffix(".") if "." in text else text


def month_name(period: Period, year: int) -> str:
    """A month as prose of that year names it: 9月, or 2024年3月."""
    if period.year == year:
        return say(_MONTH, month=period.month)
    return say(_MONTH_OF_YEAR, year=period.year, month=period.month)


def dated(text: str) -> str:
    """An ISO date as official prose writes it: 2023-04-10 reads 2023年4月10日; anything else stays as it is."""
    parts: Sequence[str] = text.split("-")
    if len(parts) == 3 and all(part.isascii() and part.isdigit() for part in parts):
        return f"{int(parts[0])}年{int(parts[1])}月{int(parts[2])}日"
    return text
