"""Why a cell is no number, and what its writer most likely meant: asked only about cells that the grammar refuses."""

import re
import unicodedata
from datetime import date

from mzplan.figures import SCALE, plain
from mzplan.period import MONTH_NAMES
from mzplan.reading.number import (
    BLANKS,
    LONGEST,
    Fault,
    MeasureUnit,
    Number,
    in_unit,
    narrowed,
    plain_figure,
    plain_number,
    shifted,
    single,
)
from mzplan.reading.spreadsheet import DISGUISED_MARK, FORMULA_MARK, MERGED_MARK, SCALED_MARK, unmarked
from mzplan.zh import DIGITS, MONEY, POWERS

_PLACEHOLDERS = frozenset(
    {
        *("-", "--", "---", "—", "——", "―", "–", "/", "//", "\\", ".", "..", "…", "……", "*", "×", "?"),
        *("无", "暂无", "没有", "空", "缺", "待填", "待报", "待定", "待核实", "待统计", "未填", "未报", "未统计"),
        *("零报告", "零上报", "零申报"),
        *("未发生", "没有发生", "无发生", "尚未发生"),
        *("不涉及", "未涉及", "没有涉及", "无此项", "无此项工作", "不存在", "不需要", "不用填"),
        *("n/a", "na", "n.a.", "none", "null", "nil", "tbd", "tba"),
    }
)
_AS_BEFORE = re.compile(
    "(?:数据?)?(?:(?:[与和跟同比较](?:上个?[月期次季]|前[次期月]|以前|之前|上))?(?:的?数据?)?"
    "(?:相同|一[样致]|持平|(?:[暂尚仍]?[无未没]有?|不)(?:任何)?(?:变[化动更]?|增减|新增|新?进展)|(?:保持|维持)不变)"
    "|同(?:(?:上|前)(?:[个一]?[月期次季]|面|行)?|(?:[0-9]{1,2}|十?[一二三四五六七八九]|十)月份?)(?:数据?)?|如上|照旧|依旧|仍旧|不变|〃+|″+)"
)
"""What says that a figure is as it was: 同上, 持平, 无变化."""
_MARKED = {
    narrowed(MERGED_MARK): Fault.MERGED,
    **dict.fromkeys(map(narrowed, (SCALED_MARK, DISGUISED_MARK)), Fault.DISGUISED),
}
_SPREADSHEET_ERROR = re.compile(r"#(?:REF|N/A|DIV/0|VALUE|NAME|NUM|NULL|SPILL|CALC)[!?]?|#{2,}", re.I)
_TOO_NARROW = re.compile("#{2,}")
_FORMULA = re.compile(r"[=@].*|[+-][A-Za-z(].*|[+-]?[0-9.]+[*^+][0-9.(].*", re.S)
_LEFT = re.compile(
    rf"[(（]{FORMULA_MARK[1:-1]}[)）]|@[A-Za-z]+\(|[=＝][-+(\s]*"
    r"(?:[A-Za-z_][A-Za-z0-9_.]*[(|]|[^\W\d][\w.]*!\$?[A-Za-z]|'[^']+'!|\"|\[[.$0-9]"
    r"|\$?[A-Za-z]{1,3}\$?[1-9][0-9]{0,6}(?=$|[-+*/^&:,)<>=!%\s])|[0-9][0-9.+*/^()%\s-]*[+*/^-][0-9.+*/^()%\s-]*$)"
)
"""What is a formula wherever it stands, and no words that begin with its sign (=A组12人): a function, a cell, a sum."""
LEFT_SIGNS = frozenset("#＃@＠=＝(（")
"""How what a spreadsheet has left in place of a cell's content may begin."""
_ADDEND = r"[0-9][0-9.,]* ?[^\x00-\x7f]{0,6} ?"
_SUM = re.compile(rf"=? ?({_ADDEND}(?:\+ ?{_ADDEND})+)(?:= ?({_ADDEND}))?")
_SCIENTIFIC = re.compile(r"([+-]?)([0-9]{1,15})(?:\.([0-9]{0,15}))?[eE]([+-]?)([0-9]+)")
_NOT_FINITE = re.compile(r"[+-]?(?:nan|inf|infinity)", re.I)
_DIGITS = re.compile(r"[+-]?[0-9]+(?:\.[0-9]+)?")
_LEADING_ZERO = re.compile(r"[+-]?0[0-9]")
_MAGNITUDE = re.compile(r"([+-]?[0-9,]+(?:\.[0-9]+)?)[ ]?(百万|千万|万亿|百|千|万|亿)(.{0,6})", re.S)
_WITH_UNIT = re.compile(r"([+-]?[0-9,]+(?:\.[0-9]+)?)[ ]?([^0-9\s.,%+\-~～—–至到][^0-9]{0,7})", re.S)
_RANGE = re.compile(r"([0-9][0-9,.]*)[ ]?[-~～—–−至到][ ]?[0-9][0-9,.]*[^0-9-]{0,4}")
_PART = r"((?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?)"
_PAIR_WORD = "(?:(?![年月日号时分百千万亿不非未应改])[^0-9/／÷:∶%-])"
"""Of a measure, or of what a pair is of: no date, nothing larger, and no correction."""
_PAIR = re.compile(rf"{_PART}{_PAIR_WORD}{{0,3}}[/／÷:∶][ ]?{_PART}")
_SHARE = re.compile(r"[0-9]+(?:\.[0-9]+)?%")
_BESIDE_PAIRS = re.compile(f"{_PAIR_WORD}{{0,6}}")
_TIME = r"(?:[ ][0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?)?"
_DATE = re.compile(
    rf"(?P<year>[0-9]{{4}})[年/-](?P<month>[0-9]{{1,2}})[月/-](?P<day>[0-9]{{1,2}})日?{_TIME}"
    r"|(?P<month_zh>[0-9]{1,2})月(?P<day_zh>[0-9]{1,2})日"
    r"|(?P<hours>[0-9]{1,2}):(?P<minutes>[0-9]{2}):(?P<seconds>[0-9]{2})"
    r"|(?P<first_day>[0-9]{1,2})-(?P<name>[A-Za-z]{3})|(?P<first_name>[A-Za-z]{3})-(?P<later_day>[0-9]{1,2})"
)
_REMARK = re.compile(r"([+-]?[0-9][0-9,]*(?:\.[0-9]+)?)[ ]?([^0-9()]{0,4})\(([^()]{1,40})\)", re.S)
_CURRENCY = re.compile(r"(?:[￥¥$€£]|RMB|CNY|人民币)[ ]?([+-]?[0-9,]+(?:\.[0-9]+)?)(?:元)?", re.I)
_TRAILING = ",，.。、;；"
_INEXACT = re.compile(
    r"[0-9][0-9,.]*[+＋]|"
    r"(?:约|大约|近|将近|超|超过|逾|至少|不少于|不低于|不超过|大概|估计|[<>≥≤≈~±]).*"
    r"|.*(?:左右|以上|以下|余|多|上下)[^0-9]{0,4}"
)
_PARTED = re.compile(r"(?a:[-+]?\d{1,2}(?: \d{3})+(?:\.\d+)?)")
_SHORT = 3
"""Digits of a number in which a blank has gone astray; more may be two numbers."""
_SEPARATED = re.compile(r"[+-]?[0-9](?:[0-9]|[ ,._'’][0-9])*")
_TWO = re.compile(
    r"([1-9][0-9]{2}|[1-9][0-9]{0,2}(?:,[0-9]{3})+),([1-9][0-9]?(?:,[0-9]{3})+)|([1-9][0-9]{3,}),([1-9][0-9]{3,})"
)
"""Two numbers with a comma between them: the thousands of the second begin anew, or neither has any parted."""
_UNUSUAL = re.compile(r"'?[+-]?[0-9]*\.?[0-9]*")
_MINUS = str.maketrans(dict.fromkeys("−–—‐‑‒﹣", "-"))
_LETTERS = str.maketrans({"O": "0", "o": "0", "l": "1", "I": "1"})

_CHINESE_DIGITS = {
    **{digit: value for value, digit in enumerate(DIGITS)},
    **{digit: value for value, digit in enumerate("〇壹贰叁肆伍陆柒捌玖")},
    "两": 2,
}
_CHINESE_UNITS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_CHINESE_ALL = "零〇一二三四五六七八九十百千万亿两壹贰叁肆伍陆柒捌玖拾佰仟"
_CHINESE = re.compile(f"[{_CHINESE_ALL}]{{1,24}}")
_CLASSIFIERS = "个家名人位张户所处场起宗例件次项条份支辆台套座对床批"
_CHINESE_UNIT = re.compile(f"([{_CHINESE_ALL}]{{1,24}})[{_CLASSIFIERS}]+")


def read_number(text: str) -> Number:
    """What a cell says, in bounded time whatever it holds: a number, or why it is none and what was meant."""
    number = plain_number(text)
    if number is not None:
        return number
    core = text.strip(BLANKS)
    return _misread(narrowed(core)) if core else Number(None, fault=Fault.BLANK)


def _misread(text: str) -> Number:
    """What a text that is no plain number says; it is trimmed, and narrow unless longer than `LONGEST`."""
    if _LEFT.match(text):
        return _formula(unmarked(text))
    if len(text) > LONGEST:
        return Number(None, fault=Fault.TOO_LONG if _DIGITS.fullmatch(text) else Fault.OTHER)
    for examine in (
        *(_marked, _nothing, _spreadsheet, _scientific, _percent, _chinese, _magnitude, _digits, _pair, _date, _remark),
        *(_inexact, _punctuated, _unit),
    ):
        if found := examine(text):
            return found
    return _spelling(text) or Number(None, fault=Fault.OTHER)


def meant_in(text: str, unit: str) -> str | None:
    """The number that a text means, written in that measure unit; None when nobody can tell.

    What names its own unit or a 万 is converted (0.1亿元 and 10000000元 are 1000 in 万元); else it is in the unit.
    """
    number = read_number(text)
    if number.fault in (Fault.PAIR, Fault.DATE):
        return None
    is_measured = number.fault in (Fault.MAGNITUDE, Fault.WITH_UNIT)
    figure = in_unit(number, unit) if is_measured else number.meant if number.fault else number.figure
    return None if figure is None else plain(figure)


def total_in(text: str, unit: str) -> str | None:
    """What a sum comes to in that measure unit: 2266+25.2万 is 2291.2 in 万元; None where its own result differs."""
    found = _SUM.fullmatch(narrowed(text.strip(BLANKS))[:LONGEST])
    parts = [meant_in(each.strip(), unit) for each in found[1].split("+")] if found else []
    figures = [figure for each in parts if each is not None and (figure := plain_figure(each)) is not None]
    if found is None or len(figures) < len(parts):
        return None
    total = plain(sum(figures))
    return total if not found[2] or meant_in(found[2].strip(), unit) == total else None


def is_shown_so(number: str, shown: str, unit: str) -> bool:
    """Whether what a cell shows, read as if it had been typed, says the number that is stored there, in that unit.

    Of a number without a unit, as parts of ratios are, it may say what is counted.
    """
    read = read_number(shown)
    if read.fault in (Fault.MAGNITUDE, Fault.WITH_UNIT):
        own = {single(MeasureUnit.of(unit).single)} if unit else set(_CLASSIFIERS)
        is_own = read.unit in own if unit else own.issuperset(read.unit)
        figure = in_unit(read, unit) if is_own or not read.unit else None
    else:
        figure = read.meant if read.fault is Fault.PERCENT and unit == "%" else read.figure
    return figure is not None and figure == plain_figure(number)


def spreadsheet_fault(text: str) -> str:
    """What a spreadsheet has left in place of a cell's content, in words; empty when it has not."""
    core = text.strip(BLANKS)
    if core[:1] not in LEFT_SIGNS:
        return ""
    core = narrowed(core)
    if core.startswith("#") and _SPREADSHEET_ERROR.fullmatch(core):
        return TOO_NARROW if _TOO_NARROW.fullmatch(core) else FORMULA_FAILED
    return IS_FORMULA if _LEFT.match(core) else ""


TOO_NARROW, FORMULA_FAILED, IS_FORMULA = "列太窄，没有显示出来", "公式出错", "是公式"


def _marked(text: str) -> Number | None:
    """A text that whoever read it from a workbook has marked: nobody can tell what number was meant."""
    fault = next((fault for mark, fault in _MARKED.items() if text.endswith(mark)), None)
    return None if fault is None else Number(None, fault=fault)


def _nothing(text: str) -> Number | None:
    is_nothing = text.casefold() in _PLACEHOLDERS or _AS_BEFORE.fullmatch(text)
    return Number(None, fault=Fault.PLACEHOLDER) if is_nothing else None


def _spreadsheet(text: str) -> Number | None:
    if _NOT_FINITE.fullmatch(text):
        return Number(None, fault=Fault.NOT_FINITE)
    if _SPREADSHEET_ERROR.fullmatch(text):
        return Number(None, fault=Fault.SPREADSHEET_ERROR)
    return _formula(text) if _FORMULA.fullmatch(text) or _SUM.fullmatch(text) else None


def _formula(text: str) -> Number:
    total = total_in(text, "")
    return Number(None, fault=Fault.FORMULA, meant=None if total is None else plain_figure(total))


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
        meant = shifted(-digits if sign == "-" else digits, shift)
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
    power, unit = POWERS[match[2]], single(match[3])
    return Number(None, fault=Fault.MAGNITUDE, meant=shifted(plain_figure(match[1]), power), unit=unit)


def _measured(fault: Fault, figure: str, unit: str) -> Number:
    """A number that was written with that unit."""
    measure = MeasureUnit.of(unit.strip())
    return Number(None, fault=fault, meant=shifted(plain_figure(figure), measure.power), unit=single(measure.single))


def _chinese(text: str) -> Number | None:
    if not _CHINESE.fullmatch(text):
        return None
    value = chinese_value(text)
    return Number(None, fault=Fault.CHINESE, meant=None if value is None else value * SCALE)


def _digits(text: str) -> Number | None:
    """Digits of other scripts, circled, Roman or fractions; or too many of our own."""
    if _DIGITS.fullmatch(text) and not _LEADING_ZERO.match(text):
        return Number(None, fault=Fault.TOO_LONG)
    has_others = any(not character.isascii() and character.isnumeric() for character in text)
    if not has_others or _CHINESE.search(text):
        return None
    ascii_text = "".join(str(unicodedata.decimal(character, character)) for character in text)
    return Number(None, fault=Fault.OTHER_DIGITS, meant=plain_figure(ascii_text))


def _pair(text: str) -> Number | None:
    """Two numbers with a stroke between them, be there a measure or the share beside them; or several such pairs."""
    pairs = [[plain_figure(part.strip()) for part in match.groups()] for match in _PAIR.finditer(text)]
    words = _PAIR.split(_SHARE.sub("、", text))[:: _PAIR.groups + 1]
    if not pairs or any(None in pair for pair in pairs) or not all(map(_BESIDE_PAIRS.fullmatch, words)):
        return None
    if any(words) and _INEXACT.fullmatch(text):
        return None
    above, below = pairs[0] if len(pairs) == 1 else (None, None)
    return Number(None, fault=Fault.PAIR, meant=above, below=below)


def _date(text: str) -> Number | None:
    """A day or a time, and the two numbers that a spreadsheet may have taken for it, or the one in such a format."""
    match = _DATE.fullmatch(text)
    if match is None:
        return None
    parts = match.groupdict(default="")
    if parts["hours"]:
        above, below = (int(parts[each]) * SCALE for each in ("hours", "minutes"))
        is_typed = parts["seconds"] == "00"
        return Number(None, fault=Fault.DATE, meant=above if is_typed else None, below=below if is_typed else None)
    month, day = parts["month"] or parts["month_zh"], parts["day"] or parts["day_zh"]
    if name := parts["name"] or parts["first_name"]:
        if name.casefold() not in MONTH_NAMES:
            return None
        month, day = str(MONTH_NAMES.index(name.casefold()) + 1), parts["first_day"] or parts["later_day"]
    if not (1 <= int(month) <= 12 and 1 <= int(day) <= 31):
        return None
    if parts["year"] and int(parts["year"]) < _FIRST_YEAR:
        day_zero = date(1899, 12, 30)
        days = (date(int(parts["year"]), int(month), 1) - day_zero).days + int(day) - 1
        return Number(None, fault=Fault.DATE, meant=days * SCALE if days in _SURE and ":" not in text else None)
    return Number(None, fault=Fault.DATE, meant=int(month) * SCALE, below=int(day) * SCALE)


_FIRST_YEAR, _SURE = 2000, range(61, 1462)
"""Nobody types an earlier year; the numbers which every spreadsheet shows as one day: some count from 1904."""


def _remark(text: str) -> Number | None:
    match = _REMARK.fullmatch(text)
    return match and _measured(Fault.REMARK, match[1], match[2])


def _punctuated(text: str) -> Number | None:
    """A number with a stop at its end, or with the Chinese full stop for its point."""
    meant = plain_figure(text.rstrip(_TRAILING).replace("。", "."))
    return None if meant is None else Number(None, fault=Fault.UNUSUAL, meant=meant)


def _inexact(text: str) -> Number | None:
    has_figure = any(character.isdigit() or character in _CHINESE_ALL for character in text)
    is_inexact = has_figure and (_RANGE.fullmatch(text) or _INEXACT.fullmatch(text))
    return Number(None, fault=Fault.INEXACT) if is_inexact else None


def _unit(text: str) -> Number | None:
    if currency := _CURRENCY.fullmatch(text):
        unit = MONEY if text.endswith(MONEY) else ""  # the sign alone may be that of a cell's format
        return Number(None, fault=Fault.WITH_UNIT, meant=plain_figure(currency[1]), unit=unit)
    if chinese := _CHINESE_UNIT.fullmatch(text):
        value, unit = chinese_value(chinese[1]), text.removeprefix(chinese[1])
        return None if value is None else Number(None, fault=Fault.WITH_UNIT, meant=value * SCALE, unit=unit)
    match = _WITH_UNIT.fullmatch(text)
    if match is None or not match[2].isprintable() or plain_figure(match[1]) is None:
        return None
    if plain_figure(text.translate(_LETTERS)) is not None:
        return None
    return _measured(Fault.WITH_UNIT, match[1], match[2])


def _spelling(text: str) -> Number | None:
    """A number whose spelling alone is odd."""
    if two := _TWO.fullmatch(text):
        above, below = map(plain_figure, filter(None, two.groups()))
        return Number(None, fault=Fault.PAIR, meant=above, below=below)
    if _SEPARATED.fullmatch(text) and not _DIGITS.fullmatch(text):
        return Number(None, fault=Fault.SEPARATOR, meant=_joined(text))
    usual = text.translate(_MINUS).translate(_LETTERS)
    if any(character.isdigit() for character in usual) and _UNUSUAL.fullmatch(usual):
        return Number(None, fault=Fault.UNUSUAL, meant=_usual(usual))
    return None


def _joined(text: str) -> int | None:
    """The number that blanks part into thousands, or of which one went astray; None where it may be two numbers."""
    is_one = _PARTED.fullmatch(text) or sum(map(str.isdigit, text)) <= _SHORT
    return plain_figure(text.replace(" ", "")) if is_one else None


def _usual(text: str) -> int | None:
    text = text.removeprefix("'")
    negative, digits = text.startswith("-"), text.lstrip("+-")
    whole, _, decimals = digits.partition(".")
    figure = plain_figure(f"{whole.lstrip('0') or '0'}{'.' if decimals else ''}{decimals}")
    return figure if figure is None or not negative else -figure


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
            large = 10 ** POWERS[character]
            total = (total + section) * large if character == "亿" else total + section * large
            section = digit = 0
    value = total + section + digit
    return value if value < 10**12 else None
