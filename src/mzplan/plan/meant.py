"""What the author of a plan meant by a value in words, for hints only: ≥95, 约500, 翻一番, 0.15亿, 6月."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from fractions import Fraction

from mzplan.figures import decimal_text, rounded
from mzplan.plan.clause import amounts
from mzplan.reading.misread import meant_in

_NUMBER = r"([0-9][0-9,]*(?:\.[0-9]+)?(?:万亿|[亿万千百])?[元%]?)"
_AMOUNT = re.compile(_NUMBER)
_RANGE = re.compile(rf"{_NUMBER}[^0-9]{{0,2}}?[-—–~至到]+{_NUMBER}")
_DOUBLED: Mapping[str, int] = {"翻一番": 100, "翻番": 100, "翻两番": 300, "翻二番": 300}
_COVERED = "全覆盖"
_GROWTH = "{{growth: {number}}}"
_GROWS = re.compile(r"增长|增幅|增加|提高|上升")
_FALLS = re.compile(r"下降|减少|降低")
_BY = r"[^，。；、,;:0-9到至]{0,6}$"
"""What stands between a word and the number by which, not to which, something changes."""
_GROWN, _FALLEN = re.compile(f"(?:{_GROWS.pattern}){_BY}"), re.compile(f"(?:{_FALLS.pattern}){_BY}")
_DOWN_TO = re.compile(r"[降减](?:低|少|下)?[到至]")
_NONE = re.compile(r"零|0起|杜绝|不发生")
_ABOUT = re.compile(r"约|左右|上下|±|~|大概")
_AT_MOST = re.compile(r"<|max|≤|＜|以内|以下|不超过|不高于|至多|最多|控制在")
_AT_LEAST = re.compile(r">|min|≥|以上|不少于|不低于|至少|达到|超过|全覆盖")
_EACH = re.compile(r"[各每逐]|所有|全部单位")
_COUNTIES = re.compile(r"[各每逐]个?县")
"""The counties alone; 各县（市、区） is everybody."""
_WHOLE = re.compile(r"全[市省州区县]|合计|总[数计量]")
_YEAR = r"(?:([12][0-9]{3})(?:年|[-/.])|本年|今年|当年)?"
_BY_THEN = re.compile(r"(?:之前|以前|前)$")
_MONTH = re.compile(_YEAR + r"(0?[1-9]|1[0-2])(?:月份?|月底|月末)?")
_END = re.compile(_YEAR + r"(年底|年末|底|末|全年|年内|年度|上半年|半年|[一二三四1-4]季度|下半年)(?:底|末|内)?")
_DAY = re.compile(r"([12][0-9]{3})[年\-/.](0?[1-9]|1[0-2])[月\-/.](0?[1-9]|[12][0-9]|3[01])[日号]?")
_ENDS: Mapping[str, int] = {"上半年": 6, "半年": 6, **{f"{word}季度": 3 * n for n, word in enumerate("一二三四", 1)}}


def targets_meant(given: object, unit: str = "", clause: str = "") -> Sequence[str]:
    """The targets that a value without a direction may stand for, as they are to be written.

    A number that the clause names as a per cent of change is a growth, or, where something falls, no target at all.
    """
    if isinstance(given, list) and len(given) == 1:
        given = given[0]
    text = _plain(str(given))
    if percent := growth_meant(text):
        return (_GROWTH.format(number=percent),)
    if unit == "%" and text == _COVERED:
        return ("{at_least: 100}",)
    found = _AMOUNT.search(text)
    if found is None:
        return ("{at_most: 0}",) if _NONE.search(text) and not isinstance(given, list | dict) else ()
    number = meant_in(found[1], unit)
    if number is None or isinstance(given, list | dict | bool):
        return ()
    if span := _RANGE.search(text):
        low, high = meant_in(span[1], unit), meant_in(span[2], unit)
        return _range(low, high) if low and high and 0 < Fraction(low) < Fraction(high) else ()
    return _directed(text, number, clause)


def _directed(text: str, number: str, clause: str) -> Sequence[str]:
    """The targets that a number may stand for, by the words beside it, else by what its clause says of it."""
    if _ABOUT.search(text):
        return (f"{{about: {number}, tolerance: 5}}",)
    leading = [clause[: each.start] for each in amounts(clause) if each.is_percent and each.value == Fraction(number)]
    if any(_FALLEN.search(words) for words in leading):
        return ()
    if (_GROWS.search(text) and "%" in text) or any(_GROWN.search(words) for words in leading):
        return (_GROWTH.format(number=number),)
    if _FALLS.search(text) and not _DOWN_TO.search(text):
        return ()
    if _AT_MOST.search(text) or _DOWN_TO.search(text):
        return (f"{{at_most: {number}}}",)
    if Fraction(number) == 0:
        return ("{at_most: 0}",)
    if _AT_LEAST.search(text):
        return (f"{{at_least: {number}}}",)
    return (f"{{at_least: {number}}}", f"{{at_most: {number}}}", f"{{about: {number}, tolerance: 5}}")


def _range(low: str, high: str) -> Sequence[str]:
    """The targets that a range may stand for: its middle and how far it goes, or one of its ends."""
    ends = Fraction(low), Fraction(high)
    middle = (ends[0] + ends[1]) / 2
    tolerance = decimal_text(Fraction(rounded((ends[1] - middle) / middle * 100, 1)))
    return (
        f"{{about: {decimal_text(middle)}, tolerance: {tolerance}}}",
        f"{{at_least: {low}}}",
        f"{{at_most: {high}}}",
    )


def growth_meant(text: str) -> int | None:
    """How many per cent 翻一番 is."""
    return next((percent for words, percent in _DOUBLED.items() if words in text), None)


def number_meant(text: str, unit: str, key: str) -> str | None:
    """The number that a text stands for: 1,000, of a growth 翻一番, of a per cent 全覆盖."""
    whole = growth_meant(text) if key == "growth" else 100 if unit == "%" and text == _COVERED else None
    return meant_in(text, unit) if whole is None else str(whole)


def direction_meant(key: str) -> str | None:
    """The direction that a key for a target stands for: 至少 and min for at_least."""
    text = _plain(key)
    ways = {"about": _ABOUT, "at_most": _AT_MOST, "at_least": _AT_LEAST}
    return next((way for way, said in ways.items() if said.search(text)), None)


def scopes_meant(text: str) -> Sequence[str]:
    """What a word for those whom a target applies to may stand for: 各县 is each, 全市 the total, 永康 a unit."""
    if _COUNTIES.fullmatch(text):
        return ("[county]",)
    if _EACH.match(text):
        return ("each",)
    return ("total",) if _WHOLE.match(text) else (f"[{text}]",)


def word_meant(text: str, chinese: Mapping[str, str]) -> Sequence[str]:
    """The word that a Chinese one stands for: 每季度 for quarter (按季), 全年保持, 常态保持 for always; the longest."""
    said = {word: each.removeprefix("按") for word, each in chinese.items()}
    fits = {word: each for word, each in said.items() if each in text or text in each}
    fits = fits or {word: each for word, each in said.items() if len(each) > 2 and each[-2:] in text}
    return [word for word, each in fits.items() if len(each) == max(map(len, fits.values()))]


def month_meant(text: str, year: int | str) -> str | None:
    """The month that a text stands for: 6月 is 2023-06 in a plan of 2023, 年底前 its December."""
    plain = _BY_THEN.sub("", _plain(text))
    if day := day_meant(plain):
        return day[:7]
    if found := _MONTH.fullmatch(plain):
        return f"{found[1] or year}-{int(found[2]):02}"
    if found := _END.fullmatch(plain):
        word = re.sub("[1-4]", lambda digit: "一二三四"[int(digit[0]) - 1], found[2])
        return f"{found[1] or year}-{_ENDS.get(word, 12):02}"
    return None


def day_meant(text: str) -> str | None:
    """The day that a text stands for: 2023年2月20日 is 2023-02-20."""
    found = _DAY.fullmatch(_plain(text))
    return f"{found[1]}-{int(found[2]):02}-{int(found[3]):02}" if found else None


def _plain(text: str) -> str:
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text))
