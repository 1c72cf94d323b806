"""What a cell of figures says: our own ASCII grammar first, arithmetic second. Knows nothing of plans or findings."""

import re
from collections.abc import Sequence
from enum import StrEnum
from typing import NamedTuple

from mzplan.figures import SCALE
from mzplan.zh import MONEY, POWERS

BLANKS = " \t\r\n\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
BLANKS += "\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0"
"""What may stand around a cell's text unseen and is taken off: spaces, and letters that are drawn as nothing."""

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
    PAIR = "pair"
    """Numerator and denominator in one cell: 9/14."""
    DATE = "date"
    """What a spreadsheet makes of 9/14."""
    REMARK = "remark"
    """A number with a remark in brackets: 14（新增1）."""
    MERGED = "merged"
    """What stands for several rows of a workbook; likewise the next, marked by who read it."""
    DISGUISED = "disguised"
    """Of which the workbook shows another number."""
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
    below: int | None = None
    """For two numbers in one cell: the millionths of the second, `meant` being the first."""
    unit: str = ""
    """For a number with its measure unit: that of single things (元 for 3亿元), of which `meant` says how many."""
    habits: tuple[Habit, ...] = ()
    plain: str = ""
    """With habits: the same number as it should be written."""


_GRAMMAR = re.compile(r"([+-]?)(0|[1-9][0-9]{0,11}|[1-9][0-9]{0,2}(?:,[0-9]{3}){1,3})(?:\.([0-9]{1,6}))?")
LONGEST = 64
"""No number is longer; a longer text is not examined further."""


def plain_number(text: str) -> Number | None:
    """The number that a cell says, a lossless other spelling with its habits named; None when it says none."""
    core = text.strip(BLANKS)
    match = _GRAMMAR.fullmatch(core)
    if match is None and core:
        match = _GRAMMAR.fullmatch(narrowed(core))
    return None if match is None else _parsed(match, text, core)


MOST_GROUPS = 4
"""No number has more groups of three digits."""


def is_torn(pieces: Sequence[str]) -> bool:
    """Whether neighbouring cells may be one number that its thousands separators tore."""
    first, *others = [piece.strip(BLANKS) for piece in pieces]
    if others:  # the last group may have decimals behind it
        others[-1], point, decimals = others[-1].partition(".")
        if point and not decimals.isdecimal():
            return False
    return (
        0 < len(others) < MOST_GROUPS
        and len(first) <= 3
        and first.isdecimal()
        and all(len(piece) == 3 and piece.isdecimal() for piece in others)
    )


def narrowed(core: str) -> str:
    """A trimmed text in its narrow forms; a text longer than any number stays as it is."""
    return core.translate(WIDE).strip(BLANKS) if len(core) <= LONGEST else core


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


def plain_figure(text: str) -> int | None:
    """The millionths of a text that is a plain number, or None."""
    match = _GRAMMAR.fullmatch(text)
    return None if match is None else _parsed(match, text, text).figure


def shifted(figure: int | None, power: int) -> int | None:
    """The figure times ten to that power, when it stays exact and within our range."""
    if figure is None:
        return None
    if power < 0:
        moved, lost = divmod(figure, 10**-power)
        return None if lost else moved
    moved = figure * 10**power
    return moved if abs(moved) < 10**12 * SCALE else None


_OWN_POWER = re.compile(r"(万亿|千万|百万|亿|万|[百千](?=[元人]))(?=.)")


class MeasureUnit(NamedTuple):
    """A measure unit taken apart: 万元 counts 元 by the power of 4."""

    single: str
    power: int

    @classmethod
    def of(cls, unit: str) -> "MeasureUnit":
        """The single thing that a measure unit counts, and by what power of ten."""
        found = _OWN_POWER.match(unit)
        return cls(unit[found.end() :], POWERS[found[1]]) if found else cls(unit, 0)

    def counts(self, words: str) -> bool:
        """Whether those words, behind a number, say that it counts the single thing: 元 where the unit is 万元."""
        return self.power > 0 and words.startswith(self.single.partition("/")[0])


_SAME_UNITS = {
    **dict.fromkeys(("块", "块钱", "圆", "元整", "元人民币", "元钱"), MONEY),
    **dict.fromkeys(("名", "位", "个人"), "人"),
}


def single(unit: str) -> str:
    """The measure unit of single things by its usual name."""
    return _SAME_UNITS.get(unit, unit)


def in_unit(number: Number, unit: str) -> int | None:
    """What was meant by a number with a measure unit, in another one: 140000000 元 in 万元 is 14000.

    None when the two count different things, so that no factor leads from one to the other; where neither has a factor
    nor is money, 12张 for 个, the words may differ.
    """
    measure = MeasureUnit.of(unit)
    is_other = number.unit not in ("", single(measure.single))
    if number.meant is None or (is_other and (measure.power or MONEY in (number.unit, measure.single))):
        return None
    return shifted(number.meant, -measure.power)
