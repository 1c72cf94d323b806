"""What the author of a plan meant by a value in words, for hints only: ≥95, 约500, 翻一番, 0.15亿, 6月."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction
from math import ceil, floor
from typing import NamedTuple

from mzplan.figures import SCALE, decimal_text, rounded
from mzplan.plan.breakdown_columns import field_of
from mzplan.plan.clause import StatedNumber, amounts, way_of
from mzplan.plan.direction import NUMERALS, Way, forbids, said_way
from mzplan.reading.misread import chinese_value, meant_in, read_number
from mzplan.reading.number import NOT_APPLICABLE_WORD, Fault, MeasureUnit

_GLUED = re.compile(r"(?<=[A-Za-z])(?=[0-9])|(?<=[0-9])(?=[A-Za-z])")
_UNTIL = re.compile(r"[^0-9]{0,3}?[-—–~至到]+")
"""What stands between the ends of a range."""
_DOUBLED: Mapping[str, int] = {"翻一番": 100, "翻番": 100, "翻两番": 300, "翻二番": 300}
_COVERED = "全覆盖"
_GROWTH = "{{growth: {number}}}"
_GROWS = re.compile(r"growth|(?:增长|增幅|增加|提高|上升)(?![到至])")
_FALLS = re.compile(r"下降|减少|降低")
_BY = r"[^，。；、,;:0-9到至]{0,6}$"
"""What stands between a word and the number by which, not to which, something changes."""
_GROWN, _FALLEN = re.compile(f"(?:{_GROWS.pattern}){_BY}"), re.compile(f"(?:{_FALLS.pattern}){_BY}")
_FALLS_TO = re.compile(r"[降减](?:低|少|下)?[到至]")
_NONE = re.compile(r"零|0起|杜绝|不发生")
_TARGETS: Mapping[Way, str] = {
    "at_least": "{{at_least: {number}}}",
    "at_most": "{{at_most: {number}}}",
    "about": "{{about: {number}, tolerance: 5}}",
}
_POINT, _DECIMAL = "{{value: {number}}}", re.compile(r"[0-9]+(?:\.[0-9]+)?")
_EACH = re.compile(r"[各每逐]|所有|全部单位")
_UNIT_KINDS = {
    "county": re.compile("(?:各|县级)?[县市区]|县级市|市辖区|旗|县\\(市、区\\)|district|city"),
    "zone": re.compile("(?:经济|技术|高新)*(?:开发|高新|功能|新|园)区"),
    "bureau": re.compile("市?本级|市?民?政?局"),
}
_COUNTIES = re.compile(r"[各每逐]个?县")
"""The counties alone; 各县（市、区） is everybody."""
_BETWEEN = re.compile("[、，,；;→]|[-—－]?[>＞]")
_WHOLE_NUMBER = re.compile(rf"[0-9]+|[{NUMERALS}]+")
_UNKNOWN = re.compile("待定|待明确|未定|未明确|不明确|未定义|定义缺失|tbd", re.I)
_KEYS = {
    key: re.compile(words)
    for key, words in {
        "id": "(?:指标)?编[码号]",
        "number": "[编序]号",
        "kind": "(?:指标)?类[型别]",
        "unit": "(?:计量)?单位",
        "reporting": "填报单位|报送单位",
        "reporting_units": "填报单位",
        "applies_to": "适用(?:范围|于)|考核对象",
        "schedule": "进度(?:安排)?|节点",
        "report_every": "(?:报送)?频次|报送周期",
        "lead": "(?:责任|牵头)(?:处室|部门|单位)|处室",
        "weight": "权重",
        "weights": "权重",
        "decimals": "小数位数?",
        "numerator": "分子",
        "denominator": "分母",
        "stages": "阶段",
        "tolerance": "容差|允许误差",
        "revisions": "(?:目标)?调整",
        "breakdown": "分解",
        "source": "原文|依据",
        "note": "说明|备注",
        "title": "标题",
        "city": "城市",
        "year": "年[度份]",
        "issued": "印发(?:日期|时间)",
        "publisher": "(?:发布|印发|发文)单位",
        "report_day": "报送日期?",
        "escalate": "升级(?:期数)?",
        "action_areas": "行动",
        "tasks": "任务",
        "indicators": "指标",
        "safeguards": "工作保障",
        "aliases": "别名",
        "code": "(?:区划)?代码",
    }.items()
}
"""What people call the keys of a plan that no column of a breakdown has."""
_WHOLE = re.compile(r"全[市省州区县]|合计|总[数计量]")
_YEAR = r"(?:([12][0-9]{3})(?:年|[-/.])|本年|今年|当年)?"
_BY_THEN = re.compile(r"(?:之前|以前|前|起)$")
_MONTH = re.compile(_YEAR + r"(0?[1-9]|1[0-2])(?:月(?:份|底|末|[0-9]{1,2}[日号])?)?")
_END = re.compile(_YEAR + r"(年底|年末|底|末|全年|年内|年度|上半年|半年|下半年)(?:底|末|内)?")
_QUARTER = re.compile(_YEAR + r"(?:第?([一二三四1-4])季度|Q([1-4]))(?:底|末|内)?")
_DAY = re.compile(r"([12][0-9]{3})[年\-/.](0?[1-9]|1[0-2])[月\-/.](0?[1-9]|[12][0-9]|3[01])[日号]?")
_ENDS: Mapping[str, int] = {"上半年": 6, "半年": 6}
_ORDER = "一二三四"


class _NumberSaid(NamedTuple):
    """A number of a text."""

    amount: StatedNumber
    figures: Sequence[Fraction]
    """What it is in the measure unit, or may be; a per cent is by how much what has another unit grows."""
    text: str

    @property
    def way(self) -> Way | None:
        return way_of(self.text, self.amount).way

    def is_until(self, first: "_NumberSaid") -> bool:
        """Whether it is the end of a range; what rises or falls from one number to another is none."""
        if (first.way, self.way) == ("at_least", "at_most"):
            return True
        between = self.text[first.amount.start + len(first.amount.text) : self.amount.start]
        return bool(_UNTIL.fullmatch(between)) and not said_way(between).way


def targets_meant(given: object, unit: str = "", clause: str = "") -> Sequence[str]:
    """The targets that a value without a direction may stand for, as they are to be written.

    A number that the clause names as a per cent of change is a growth, or, where something falls, no target at all.
    """
    if isinstance(given, list) and len(given) == 1:
        given = given[0]
    text = _GLUED.sub(" ", _plain(str(given)))
    if percent := growth_meant(text):
        return (_GROWTH.format(number=percent),)
    if unit == "%" and text == _COVERED:
        return ("{at_least: 100}",)
    if isinstance(given, list | dict | bool) or text.startswith("-"):
        return ()
    if _UNKNOWN.search(text):
        return ("undefined",)
    numbers = _stated(text, unit)
    if not numbers:
        return ("{at_most: 0}",) if _NONE.search(text) else ()
    first, *others = numbers
    if others and others[0].is_until(first):
        low, high = first.figures[0], others[0].figures[0]
        return _range(low, high) if 0 < low < high else ()
    return _directed(next((each for each in numbers if each.way), first), _stated(clause, unit), unit)


def _stated(text: str, unit: str) -> list[_NumberSaid]:
    """The numbers of a text that the measure unit can have, in their order.

    1.4万 of what is counted by 万 is 1.4, or so many of them.
    """
    found, power = [], MeasureUnit.of(unit).power
    for each in sorted(amounts(text), key=lambda each: each.start):
        figure = each.value if each.is_percent else each.in_unit(unit)
        if figure is not None:
            is_either = power and each.text.endswith(unit[:1]) and not each.behind
            found.append(_NumberSaid(each, [figure, each.value] if is_either else [figure], text))
    return found


def _directed(number: _NumberSaid, named: Sequence[_NumberSaid], unit: str) -> Sequence[str]:
    """The targets that a number may stand for, by the words beside it, else by what its clause says of it."""
    text = number.text
    same = [each for each in named if each.figures[0] in number.figures]
    leading = [each.text[: each.amount.start] for each in same if each.amount.is_percent]
    way = number.way or next((each.way for each in same if each.way), None)
    if any(map(_FALLEN.search, leading)) or (_FALLS.search(text) and not _FALLS_TO.search(text)):
        return ()
    if (_GROWS.search(text) and (number.amount.is_percent or "growth" in text)) or any(map(_GROWN.search, leading)):
        return () if way == "at_most" else (_GROWTH.format(number=_written(number.figures[0], way)),)
    if (number.amount.is_percent and unit != "%") or (way is None and forbids(text)):
        return ()
    if way is None and number.figures[0] == 0:
        way = "at_most"
    forms = [(each, form) for each, form in _TARGETS.items() if way in (None, each)]
    return [form.format(number=_written(figure, each)) for figure in number.figures for each, form in forms]


def _written(figure: Fraction, way: str | None) -> str:
    """A figure in decimals; one that none are, as 三分之二, is rounded so that it is reached by itself."""
    if SCALE % figure.denominator == 0:
        return decimal_text(figure)
    return decimal_text(Fraction((ceil if way == "at_most" else floor)(figure * 100), 100))


def _range(low: Fraction, high: Fraction) -> Sequence[str]:
    """The targets that a range may stand for: its middle and how far it goes, or one of its ends."""
    middle = (low + high) / 2
    tolerance = decimal_text(Fraction(rounded((high - middle) / middle * 100, 1)))
    about = f"{{about: {decimal_text(middle)}, tolerance: {tolerance}}}"
    return (about, f"{{at_least: {decimal_text(low)}}}", f"{{at_most: {decimal_text(high)}}}")


def growth_meant(text: str) -> int | None:
    """How many per cent 翻一番 is."""
    return next((percent for words, percent in _DOUBLED.items() if words in text), None)


def numbers_meant(text: str, unit: str, key: str) -> Sequence[str]:
    """The numbers that a text may stand for, as they are written: 1,000, 七成, of growth 翻一番, of a per cent 全覆盖.

    What it says another way than its key does is none.
    """
    plain = _plain(text)
    whole = growth_meant(plain) if key == "growth" else 100 if unit == "%" and plain == _COVERED else None
    if whole is not None:
        return (str(whole),)
    is_point = key[:1].isdigit()
    is_share = is_point or key == "growth"
    own = key if key in _TARGETS else "at_least" if is_share else None
    stated = _stated(plain, "%" if is_share else unit)
    is_percent = any(each.amount.is_percent for each in stated)
    is_plain = len(stated) == 1 and stated[0].way in (None, own) and (is_share or unit == "%" or not is_percent)
    written = [_written(figure, own) for figure in stated[0].figures] if is_plain else []
    form = _POINT if is_point and not is_percent and not _DECIMAL.fullmatch(plain) else "{number}"
    if number := meant_in(text, unit):
        written = [number, *written[1:]]
    return [form.format(number=each) for each in written]


def direction_meant(key: str) -> str | None:
    """The direction that a key for a target stands for: 至少 and min for at_least."""
    plain = _plain(key)
    return said_way(plain).way or said_way("", plain).way


def keys_meant(word: str) -> Sequence[str]:
    """The keys of a plan that a Chinese word for one may stand for: 责任处室 is lead, 完成时限 due."""
    plain, column = _plain(word), field_of(word)
    return [*(key for key, words in _KEYS.items() if words.fullmatch(plain)), *([column] if column else [])]


def whole_meant(text: str) -> str | None:
    """The whole number that a text stands for: 次月10日 is 10, 三期 3; None where it names none, or several."""
    named = _WHOLE_NUMBER.findall(_plain(text))
    number = None if len(named) != 1 else int(named[0]) if named[0].isdecimal() else chinese_value(named[0])
    return None if number is None else str(number)


def members_in(text: str) -> list[str]:
    """The members of a list that is written as one text: 起草、印发 and 起草，印发; empty where it is one."""
    members = [each.strip() for each in _BETWEEN.split(text)]
    return members if len(members) > 1 and all(members) else []


def is_nothing(text: str) -> bool:
    """Whether a text says that there is nothing: 无, /, 不适用."""
    return text == NOT_APPLICABLE_WORD or read_number(text).fault is Fault.PLACEHOLDER


def scopes_meant(text: str) -> Sequence[str]:
    """What a word for those whom a target applies to may stand for: 各县 is each, 全市 the total, 永康 a unit."""
    if _COUNTIES.fullmatch(text):
        return ("[county]",)
    if _EACH.match(text):
        return ("each",)
    return ("total",) if _WHOLE.match(text) else (f"[{text}]",)


def unit_kinds_meant(word: str) -> list[str]:
    """The kind of a reporting unit that a word for one stands for."""
    return [kind for kind, words in _UNIT_KINDS.items() if words.fullmatch(_plain(word))]


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
        return f"{found[1] or year}-{_ENDS.get(found[2], 12):02}"
    if found := _QUARTER.fullmatch(plain):
        said = found[2] or found[3]
        return f"{found[1] or year}-{3 * (int(said) if said.isdecimal() else _ORDER.index(said) + 1):02}"
    return None


def day_meant(text: str) -> str | None:
    """The day that a text stands for: 2023年2月20日 is 2023-02-20, and the 30th is none."""
    found = _DAY.fullmatch(_plain(text))
    try:
        return str(date(*map(int, found.groups()))) if found else None
    except ValueError:
        return None


def _plain(text: str) -> str:
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text))
