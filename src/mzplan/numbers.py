"""What a cell of figures says: our own ASCII grammar first, arithmetic second. Knows nothing of plans or findings."""

import re
import unicodedata
from enum import StrEnum
from typing import NamedTuple

from mzplan.figures import SCALE, plain

BLANKS = " \t\r\n\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
"""What may stand around a cell's text unseen and is taken off."""

WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
"""Full-width forms of ASCII, and nothing else: NFKC would turn ② into 2 and ½ into 1⁄2."""

NOT_APPLICABLE_WORD = "不适用"


class Fault(StrEnum):
    """Why a cell is not a number."""

    BLANK = "blank"
    PLACEHOLDER = "placeholder"
    SPREADSHEET_ERROR = "spreadsheet-error"
    FORMULA = "formula"
    SCIENTIFIC = "scientific"
    NOT_FINITE = "not-finite"
    PERCENT = "percent"
    MAGNITUDE = "magnitude"
    CHINESE = "chinese"
    INEXACT = "inexact"
    WITH_UNIT = "with-unit"
    OTHER_DIGITS = "other-digits"
    TOO_LONG = "too-long"
    SEPARATOR = "separator"
    UNUSUAL = "unusual"
    """A number, but not written plainly: a leading zero, a bare point, another minus sign."""
    OTHER = "other"


class Habit(StrEnum):
    """How a cell is written where it still says exactly one number."""

    BLANKS = "blanks"
    WIDTH = "width"
    GROUPS = "groups"
    PERCENT = "percent"


class Number(NamedTuple):
    """What a cell says. `figure` is millionths, None when it is not a number: then `fault` says why."""

    figure: int | None
    decimals: int = 0
    """How many digits the cell gives after the point."""
    fault: Fault | None = None
    meant: int | None = None
    """For a fault: the millionths that the writer most likely meant."""
    habits: tuple[Habit, ...] = ()
    plain: str = ""
    """With habits: the same number as it should be written."""


_GRAMMAR = re.compile(r"([+-]?)(0|[1-9][0-9]{0,11}|[1-9][0-9]{0,2}(?:,[0-9]{3}){1,3})(?:\.([0-9]{1,6}))?")
_PLACEHOLDERS = frozenset(
    {
        *("-", "--", "---", "—", "——", "―", "–", "/", "//", "\\", ".", "..", "…", "……", "*", "×", "?"),
        *("无", "暂无", "没有", "空", "缺", "待填", "待报", "待定", "待核实", "待统计", "未填", "未报", "未统计"),
        *("n/a", "na", "n.a.", "none", "null", "nil", "tbd", "tba"),
    }
)
_SPREADSHEET_ERROR = re.compile(r"#(?:REF|N/A|DIV/0|VALUE|NAME|NUM|NULL|SPILL|CALC)[!?]?|#{2,}|TRUE|FALSE", re.I)
_FORMULA = re.compile(r"[=@].*|[+-][A-Za-z(].*|[+-]?[0-9.]+[*^+][0-9.(].*", re.S)
_SCIENTIFIC = re.compile(r"([+-]?)([0-9]{1,15})(?:\.([0-9]{0,15}))?[eE]([+-]?)([0-9]+)")
_NOT_FINITE = re.compile(r"[+-]?(?:nan|inf|infinity)", re.I)
_DIGITS = re.compile(r"[+-]?[0-9]+(?:\.[0-9]+)?")
_LEADING_ZERO = re.compile(r"[+-]?0[0-9]")
_MAGNITUDE = re.compile(r"([+-]?[0-9,]+(?:\.[0-9]+)?)[ ]?(百万|千万|万亿|百|千|万|亿)(.{0,6})", re.S)
_WITH_UNIT = re.compile(r"([+-]?[0-9,]+(?:\.[0-9]+)?)[ ]?([^0-9\s.,%+\-~～—–至到][^0-9]{0,7})", re.S)
_RANGE = re.compile(r"([0-9][0-9,.]*)[ ]?[-~～—–−至到][ ]?[0-9][0-9,.]*[^0-9-]{0,4}")
_INEXACT = re.compile(
    r"(?:约|大约|近|将近|超|超过|逾|至少|不少于|不低于|不超过|大概|估计|[<>≥≤≈~±]).*"
    r"|.*(?:左右|以上|以下|余|多|上下)[^0-9]{0,4}"
)
_SEPARATED = re.compile(r"[+-]?[0-9](?:[0-9]|[ ,._'’][0-9])*")
_UNUSUAL = re.compile(r"'?[+-]?[0-9]*\.?[0-9]*")
_POWERS = {"百": 2, "千": 3, "万": 4, "百万": 6, "千万": 7, "亿": 8, "万亿": 12}
_MINUS = str.maketrans(dict.fromkeys("−–—‐‑‒﹣", "-"))
_LETTERS = str.maketrans({"O": "0", "o": "0", "l": "1", "I": "1"})

_CHINESE_DIGITS = {
    **{digit: value for value, digit in enumerate("零一二三四五六七八九")},
    **{digit: value for value, digit in enumerate("〇壹贰叁肆伍陆柒捌玖")},
    "两": 2,
}
_CHINESE_UNITS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_CHINESE_ALL = "零〇一二三四五六七八九十百千万亿两壹贰叁肆伍陆柒捌玖拾佰仟"
_CHINESE = re.compile(f"[{_CHINESE_ALL}]{{1,24}}")

_LONGEST = 64
"""No number is longer; a longer text is not examined further."""


def read_number(text: str) -> Number:
    """What a cell says, in bounded time whatever it holds; a lossless other spelling is read and its habits named."""
    core = text.strip(BLANKS)
    if match := _GRAMMAR.fullmatch(core):
        return _parsed(match, text, core)
    if not core:
        return Number(None, fault=Fault.BLANK)
    if len(core) > _LONGEST:
        return Number(None, fault=Fault.TOO_LONG if _DIGITS.fullmatch(core) else Fault.OTHER)
    narrow = core.translate(WIDE).strip(BLANKS)
    if match := _GRAMMAR.fullmatch(narrow):
        return _parsed(match, text, core)
    return _fault(narrow)


def _parsed(match: re.Match[str], text: str, core: str) -> Number:
    sign, whole, decimals = match.groups(default="")
    digits = whole.replace(",", "")
    figure = int(digits) * SCALE + int(decimals.ljust(6, "0"))
    if sign == "-":
        figure = -figure
    if core == text and match.string == core and digits == whole:
        return Number(figure, len(decimals))
    habits = (
        *([Habit.BLANKS] if core != text else []),
        *([Habit.WIDTH] if match.string != core else []),
        *([Habit.GROUPS] if digits != whole else []),
    )
    written = f"{'-' if sign == '-' else ''}{digits}{'.' if decimals else ''}{decimals}"
    return Number(figure, len(decimals), habits=habits, plain=written)


def _fault(text: str) -> Number:
    """Why a text that is no plain number is none; `text` is trimmed, narrow and at most `_LONGEST` characters."""
    for examine in (_nothing, _spreadsheet, _scientific, _percent, _chinese, _magnitude, _digits, _inexact, _unit):
        if found := examine(text):
            return found
    return _spelling(text) or Number(None, fault=Fault.OTHER)


def _nothing(text: str) -> Number | None:
    return Number(None, fault=Fault.PLACEHOLDER) if text.casefold() in _PLACEHOLDERS else None


def _spreadsheet(text: str) -> Number | None:
    if _NOT_FINITE.fullmatch(text):
        return Number(None, fault=Fault.NOT_FINITE)
    if _SPREADSHEET_ERROR.fullmatch(text):
        return Number(None, fault=Fault.SPREADSHEET_ERROR)
    return Number(None, fault=Fault.FORMULA) if _FORMULA.fullmatch(text) else None


def _scientific(text: str) -> Number | None:
    match = _SCIENTIFIC.fullmatch(text)
    if match is None:
        return None
    sign, whole, decimals, direction, exponent = match.groups(default="")
    power = int(exponent) if len(exponent) <= 2 else 99
    meant = None
    if power <= 15:
        digits = int(whole + decimals) * SCALE
        shift = (-power if direction == "-" else power) - len(decimals)
        meant = _shifted(-digits if sign == "-" else digits, shift)
    return Number(None, fault=Fault.SCIENTIFIC, meant=meant)


def _percent(text: str) -> Number | None:
    if not text.endswith("%"):
        return None
    inner = read_number(text[:-1])
    if inner.figure is None:
        return None
    return Number(None, inner.decimals, fault=Fault.PERCENT, meant=inner.figure)


def _magnitude(text: str) -> Number | None:
    match = _MAGNITUDE.fullmatch(text)
    if match is None or _INEXACT.fullmatch(text):
        return None
    return Number(None, fault=Fault.MAGNITUDE, meant=_shifted(_plain_part(match[1]), _POWERS[match[2]]))


def _chinese(text: str) -> Number | None:
    if not _CHINESE.fullmatch(text):
        return None
    value = chinese_value(text)
    return Number(None, fault=Fault.CHINESE, meant=None if value is None else value * SCALE)


def _digits(text: str) -> Number | None:
    """Digits of other scripts, circled, Roman or fractions; or too many of our own."""
    if _DIGITS.fullmatch(text) and not _LEADING_ZERO.match(text):
        return Number(None, fault=Fault.TOO_LONG)
    others = [character for character in text if not character.isascii() and _is_numeric(character)]
    if not others or _CHINESE.search(text):
        return None
    ascii_text = "".join(
        str(unicodedata.decimal(character)) if unicodedata.decimal(character, None) is not None else character
        for character in text
    )
    return Number(None, fault=Fault.OTHER_DIGITS, meant=_plain_part(ascii_text))


def _is_numeric(character: str) -> bool:
    return unicodedata.numeric(character, None) is not None


def _inexact(text: str) -> Number | None:
    has_figure = any(character.isdigit() or character in _CHINESE_ALL for character in text)
    is_inexact = has_figure and (_RANGE.fullmatch(text) or _INEXACT.fullmatch(text))
    return Number(None, fault=Fault.INEXACT) if is_inexact else None


def _unit(text: str) -> Number | None:
    match = _WITH_UNIT.fullmatch(text)
    if match is None or not match[2].isprintable() or _plain_part(match[1]) is None:
        return None
    if _plain_part(text.translate(_LETTERS)) is not None:
        return None
    return Number(None, fault=Fault.WITH_UNIT, meant=_plain_part(match[1]))


def _spelling(text: str) -> Number | None:
    """A number whose spelling alone is odd."""
    if _SEPARATED.fullmatch(text) and not _DIGITS.fullmatch(text):
        return Number(None, fault=Fault.SEPARATOR)
    usual = text.translate(_MINUS).translate(_LETTERS)
    if any(character.isdigit() for character in usual) and _UNUSUAL.fullmatch(usual):
        return Number(None, fault=Fault.UNUSUAL, meant=_usual(usual))
    return None


def _usual(text: str) -> int | None:
    text = text.removeprefix("'")
    negative, digits = text.startswith("-"), text.lstrip("+-")
    whole, _, decimals = digits.partition(".")
    figure = _plain_part(f"{whole.lstrip('0') or '0'}{'.' if decimals else ''}{decimals}")
    return figure if figure is None or not negative else -figure


def _plain_part(text: str) -> int | None:
    match = _GRAMMAR.fullmatch(text)
    return None if match is None else _parsed(match, text, text).figure


def _shifted(figure: int | None, power: int) -> int | None:
    """The figure times ten to that power, when it stays exact and within our range."""
    if figure is None:
        return None
    if power < 0:
        moved, lost = divmod(figure, 10**-power)
        return None if lost else moved
    moved = figure * 10**power
    return moved if abs(moved) < 10**12 * SCALE else None


def chinese_value(text: str) -> int | None:
    """The whole number that Chinese numerals name (一百二十, 两万零三, 二〇二三), or None."""
    if not _CHINESE.fullmatch(text):
        return None
    if all(character in _CHINESE_DIGITS for character in text):
        return int("".join(str(_CHINESE_DIGITS[character]) for character in text)) if len(text) <= 12 else None
    total = section = digit = 0
    for character in text:
        if character in _CHINESE_DIGITS:
            digit = _CHINESE_DIGITS[character]
        elif character in _CHINESE_UNITS:
            section += (digit or 1) * _CHINESE_UNITS[character]
            digit = 0
        else:
            section += digit
            total = (total + section) * 10**8 if character == "亿" else total + section * 10**4
            section = digit = 0
    value = total + section + digit
    return value if value < 10**12 else None


def in_unit(figure: int, unit: str) -> str:
    """A count of single things, written in a measure unit that counts in 万 or 亿 (140000000 in 万元 is 14000)."""
    power = 8 if unit.startswith("亿") else 4 if unit.startswith("万") else 0
    moved = _shifted(figure, -power)
    return plain(figure if moved is None else moved)
