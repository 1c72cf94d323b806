"""The month a record speaks for. Knows nothing of plans or files."""

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple, Self

_CANONICAL = re.compile(r"(\d{4})-(0[1-9]|1[0-2])", re.ASCII)
_ON_FORMS = re.compile(r"(\d{4})年([1-9]|1[0-2])月", re.ASCII)
_DASH = "[-—–−~]"
_LOOSE = rf"(?a:(\d{{4}})(?:(?:年|{_DASH}|[/.])(?=\d)|年第|(?=\d\d))(0?[1-9]|1[0-2])(?:月[底末]|月?份?))"
_DIGITS = {digit: str(value) for value, digit in enumerate("〇一二三四五六七八九")} | {"零": "0", "○": "0", "O": "0"}
_YEAR = re.compile(r"(?a:[\d〇零○O一二三四五六七八九]{4}(?=年))")
_MONTH = re.compile(r"(?<![一二三四五六七八九])(十[一二]?|[一二三四五六七八九])月")
_DAY = re.compile("(?<=月)((?:[二三]?十|廿)[一二三四五六七八九]?|[一二三四五六七八九])日")
MONTH_NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NAME = rf"(?:({'|'.join(MONTH_NAMES)})[a-z]*\.?)"
_TIME = r"(?:[ T](?:[01]?\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d+)?)?)?"
_DATE = re.compile(rf"(?a:(?P<year>\d{{4}})[-/.年](?P<month>\d{{1,2}})[-/.月](?P<day>\d{{1,2}})日?{_TIME})")
_DATE_AMERICAN = re.compile(rf"(?a:(\d{{1,2}})[-/.](\d{{1,2}})[-/.](\d{{4}}|\d{{2}}){_TIME})")
_COMPACT_DATE = re.compile(r"(?a:(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2}))")
_NAMED = re.compile(rf"(?ai:(?:\d{{1,2}}[-/ ])?{_NAME}[-/ ,.年']*(\d{{4}}|\d{{2}})|(\d{{4}}|\d{{2}})[-/ ,.年]*{_NAME})")
_YEAR_FIRST = re.compile(r"(?a:(\d{2})(?:年|[-/.])(\d{1,2})月?(?:份)?)")
_YEAR_LAST = re.compile(r"(?a:(\d{1,2})月?[-/.](\d{4}|\d{2}))")
_BARE = re.compile(r"(?a:(?:第(?=\d+月))?(\d{1,2})(?:月[份底末]?)?)")
_DAY_ALONE = re.compile(rf"(?ai:(\d{{1,2}})[-/ ]{_NAME}|{_NAME}[-/ ](\d{{1,2}})|(\d{{1,2}})[-/.月](\d{{1,2}})[日号]?)")
_LOST_ZERO = re.compile(r"(?a:(\d{4})\.1)")
_STRETCH = re.compile(rf"(?a:(?:(\d{{4}})[年.-]?)?0?1月?份?(?:{_DASH}|至|到)(\d{{1,2}})月[份底末]?\(?(?:累计)?\)?)")
_UP_TO = re.compile("截[至止到]")
_DAYS = re.compile(
    rf"(?a:(?:(?P<year>\d{{4}})[-/.年])?(?P<from>\d{{1,2}})[-/.月]0?1[日号]?(?:{_DASH}|至|到)"
    r"(?:(?:(?P=year)[-/.年])?(?P<month>\d{1,2})[-/.月])?(?P<day>\d{1,2})[日号]?)"
)
"""The days of a month, or of the months since January, from the first to the last."""
_FROM = re.compile(
    r"(?a:(?:(?<!\d)|(?<=(?<!\d)20\d\d)(?=\d\d))(?P<first>0?[1-9]|1[0-2]|一)月?份?(?:\d{1,2}[日号])?\s*(?:[-—–−~]+|至|到)\s*"
    r"(?=(?:20\d\d年)?(?:0?[1-9]|1[0-2])月|(?<=[年.]\d-)(?:[1-9]|1[0-2])(?![-\d./日])"
    r"|20\d\d[-./](?:0?[1-9]|1[0-2])(?!\d)|(?<=\d{4}01-)(?:0[2-9]|1[0-2])(?!\d)|(?<=\d{6}-)20\d\d(?:0[1-9]|1[0-2])(?!\d)))"
)
"""How a stretch of months opens, whose last month stands behind it: 1月至10月, 2023年1-10月, 2023.1-10, 202301-10."""
_UP_TO_DAY = re.compile(r"(?a:(?:截[至止到]|[至到—])(?:\d{4}年)?((0?[1-9]|1[0-2])月(\d{1,2})[日号]))")
_SERIAL = re.compile(r"(?a:(\d{5})(?:\.\d+)?)")
_M, _D, _Y = r"(?:0?[1-9]|1[0-2])", r"(?:0?[1-9]|[12]\d|3[01])(?!\d)", r"(?:20)?\d\d"
_CLOCK = (
    r"(?:(?:[上中下]午|凌晨|早上|晚上?)\s*)?\d{1,2}(?:[时点](?:\d{1,2}分|[半整]|[一二三]刻)?|:\d\d(?::\d\d(?:\.\d+)?)?)"
)
TIME = rf"(?a:(?:(?<=日)\s*|(?=[上中下凌早晚])){_CLOCK}(?:\s*[之以]?前)?|{_CLOCK}\s*[之以]?前)"
"""A time of day, or by which, that stands behind a day, or by its words is no number of hours: 下午3点, 15时前."""
DAY = (
    rf"(?ai:(?:20\d\d[-/.年]{_M}[-/.月]{_D}日?|{_M}月{_D}日|{_M}/{_D}|{_M}[-/.]{_D}[-/.]{_Y}|{_D}[-/.]{_M}[-/.]{_Y}"
    rf"|{_D}[-/ ]{_NAME}(?:[-/ ,]+{_Y})?|{_NAME}[-/ ]{_D}(?:[, ]+20\d\d)?|{_NAME}[-/ ]20\d\d"
    r"|20\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01]))(?:(?:\s*|T)"
    rf"{_CLOCK})?)"
)
"""A day, and a time of it, as people and spreadsheets write it: 8月3日14时, 2023/8/3 0:00, 3-Aug, Aug-23."""
_FIRST_SERIAL = date(1899, 12, 30)
"""The day that a spreadsheet counts from, for days after February 1900."""


class Period(NamedTuple):
    """One calendar month; ordered, hashable, printed as `2023-06`."""

    year: int
    month: int

    @classmethod
    def parse(cls, text: str) -> Self:
        """The period that `YYYY-MM` names; ValueError for anything else."""
        if match := _CANONICAL.fullmatch(text):
            return cls(int(match[1]), int(match[2]))
        raise ValueError(f"not a period: {text[:40]!r}")

    @classmethod
    def containing(cls, day: date) -> Self:
        """The month of that day."""
        return cls(day.year, day.month)

    @classmethod
    def written(cls, text: str) -> Self:
        """The period of a cell of the data: `YYYY-MM`, or as forms have it; ValueError for anything else."""
        match = _ON_FORMS.fullmatch(text)
        return cls(int(match[1]), int(match[2])) if match else cls.parse(text)

    @property
    def on_forms(self) -> str:
        """How forms write it, so that a spreadsheet leaves it alone: 2023年6月."""
        return f"{self.year:04d}年{self.month}月"

    @classmethod
    def guess(cls, text: str) -> Self | None:
        """The period meant by a common other spelling (2023年6月, 2023/6, 202306), or None."""
        match = re.fullmatch(_LOOSE, text)
        return cls(int(match[1]), int(match[2])) if match else None

    @classmethod
    def of_day(cls, text: str) -> Self | None:
        """The month of a day written with its year first, or None."""
        found = _DATE.fullmatch(text) or _COMPACT_DATE.fullmatch(text)
        return cls(int(found["year"]), int(found["month"])) if found and 1 <= int(found["month"]) <= _MONTHS else None

    @classmethod
    def readings(cls, text: str, year: int) -> frozenset[Self]:
        """The months that a text may mean which a spreadsheet has made of one: Oct-23, 23-Oct, 45200, 10月, 2023/10/1.

        A text without a year speaks of the year given, one with a year of two digits of this century or of a day. Of
        dates the first of a month is one, as a spreadsheet makes it of a month, and the last, up to which it goes; of
        months since January (2023年1-10月, 截至10月底), whose total is told, the last one is.
        """
        text = re.sub(r"\s*([年月日])\s*", r"\1", text)
        text = _UP_TO.sub("", in_digits(text))
        months = [(int(found[1]), int(found[2])) for found in (re.fullmatch(_LOOSE, text),) if found]
        if found := _STRETCH.fullmatch(text):
            months.append((int(found[1] or year), int(found[2])))
        if (found := _DAYS.fullmatch(text)) and _is_whole(found, year):
            months.append((int(found["year"] or year), int(found["month"] or found["from"])))
        days = list[tuple[int, int, int]]()
        if found := _DATE.fullmatch(text) or _COMPACT_DATE.fullmatch(text):
            days.append((int(found["year"]), int(found["month"]), int(found["day"])))
        if found := _DATE_AMERICAN.fullmatch(text):
            first, second, third = found.groups()
            ways = (third, first, second), (third, second, first), (first, second, third)
            days += [(_full(year), int(month), int(day)) for year, month, day in ways]
        if found := _DAY_ALONE.fullmatch(text):
            name, day = found[2] or found[3], found[1] or found[4] or found[6]
            days.append((year, MONTH_NAMES.index(name.casefold()) + 1 if name else int(found[5]), int(day)))
        months += [(year, month) for year, month, day in days if _is_edge(year, month, day)]
        if found := _NAMED.fullmatch(text):
            month = MONTH_NAMES.index((found[1] or found[4]).casefold()) + 1
            months.append((_full(found[2] or found[3]), month))
        if found := _YEAR_FIRST.fullmatch(text):
            months.append((_full(found[1]), int(found[2])))
        if found := _YEAR_LAST.fullmatch(text):
            months.append((_full(found[2]), int(found[1])))
        if year and len(text) <= _SHORT:  # 10.1 is a day of October, and no month of 2010
            months = [each for each in months if abs(each[0] - year) <= 1]
        if found := _BARE.fullmatch(text):
            months.append((year, int(found[1])))
        if found := _SERIAL.fullmatch(text):
            day = _FIRST_SERIAL + timedelta(int(found[1]))
            months.append(cls.containing(day))
        return frozenset(cls(*each) for each in months if 1 <= each[1] <= _MONTHS)

    @classmethod
    def without_zero(cls, text: str) -> Self | None:
        """The October that a number without its last zero may have been (2023.1), or None."""
        found = _LOST_ZERO.fullmatch(text)
        return cls(int(found[1]), _OCTOBER) if found else None

    def shift(self, months: int) -> Self:
        """The period that many months later, or earlier when negative."""
        year, month = divmod(self.year * 12 + self.month - 1 + months, 12)
        return type(self)(year, month + 1)

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.month:02d}"


_MONTHS, _OCTOBER = 12, 10
_SHORT = len("10-23")
"""What is no longer has its year in two digits, if it has one."""


def is_day(text: str, year: int) -> bool:
    """Whether a text is but a day, as people or a spreadsheet write it: 8月3日, 2023/8/3 0:00, 3-Aug, Aug-23, 45141.

    A count of days is one only in that year or the next.
    """
    text = re.sub(r"\s*([年月日])\s*", r"\1", in_digits(text))
    if found := _SERIAL.fullmatch(text):
        return (_FIRST_SERIAL + timedelta(int(found[1]))).year in (year, year + 1)
    return re.fullmatch(DAY, text) is not None


def in_digits(text: str) -> str:
    """The text with its years, months and their days in digits: 2023年9月6日 for 二〇二三年九月六日."""
    years = _YEAR.sub(lambda found: "".join(_DIGITS.get(digit, digit) for digit in found[0]), text)
    months = _MONTH.sub(lambda found: f"{_month_number(found[1])}月", years)
    return _DAY.sub(lambda found: f"{_day_number(found[1])}日", months)


def ends_in_short(text: str) -> Iterator[tuple[int, int, str]]:
    """How totals say up to when they go, with its span and the same in short: 1— for 1月至, 9月底 for 截至…9月30日.

    The months are in digits. A stretch from another month, and a day that is no month's last, stay as they are.
    """
    for found in _FROM.finditer(text):
        if found["first"].lstrip("0") == "1":
            yield *found.span(), "1—"
    for found in _UP_TO_DAY.finditer(text):
        common, leap = (monthrange(year, int(found[2]))[1] for year in (1, 4))
        if int(found[3]) in (common, leap):
            yield *found.span(1), f"{int(found[2])}月底"


def stretches_ended(text: str) -> str | None:
    """The text in digits with the last month for each stretch since January; None where one begins in another month.

    Totals since January are called by all their months: 2023年1—10月 is October's report.
    """
    plain = in_digits(text)
    if any(found["first"].lstrip("0") not in ("1", "一") for found in _FROM.finditer(plain)):
        return None
    return _FROM.sub("-", plain)


def _day_number(text: str) -> int:
    tens, is_ten, ones = text.replace("廿", "二十").rpartition("十")
    return 10 * bool(is_ten) * int(_DIGITS.get(tens, "1")) + int(_DIGITS.get(ones, "0"))


def _month_number(text: str) -> int:
    return 10 + int(_DIGITS.get(text[1:], "0")) if text.startswith("十") else int(_DIGITS[text])


def _is_edge(year: int, month: int, day: int) -> bool:
    """Whether a day is the first or the last of its month."""
    return 1 <= month <= _MONTHS and day in (1, monthrange(year, month)[1])


def _is_whole(days: re.Match[str], year: int) -> bool:
    """Whether days go up to the last of their month, and begin with that month or the year."""
    month = int(days["month"] or days["from"])
    is_edge = _is_edge(int(days["year"] or year) or 1, month, int(days["day"])) and int(days["day"]) > 1
    return is_edge and int(days["from"]) in (1, month)


def _full(year: str) -> int:
    return int(year) if len(year) > 2 else 2000 + int(year)
