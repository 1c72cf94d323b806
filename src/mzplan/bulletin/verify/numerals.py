"""Numbers that are spelled out, in digits: 二十八个, 百分之八十一, 三分之一, 八成, 一半, 首位."""

import re
from collections.abc import Iterable, Iterator, Sequence

from mzplan.bulletin.verify.names import Mention
from mzplan.bulletin.verify.rough import HALF_TENTHS, PART, ROUGH, SIDED, TENTHS
from mzplan.figures import rounded
from mzplan.period import ends_in_short
from mzplan.reading import spelled
from mzplan.reading.misread import chinese_value
from mzplan.reading.spelled import DIGITS

_NUMERAL = re.compile(f"(百分之)?([{DIGITS}十百千万亿]+)(?:点([{DIGITS}]+))?")
_LONE = "零〇一百千万亿"
"""Numerals that, standing alone, are mostly none."""
_FEW = 10
"""In no more parts something is divided that is said roughly: 三分之一."""
_COUNTED = re.compile("[余多]?[项家位次个人名张座户处所台套件起条亿万元%日地]|[县市区](?![县市区级（])|月(?!均)")
"""What follows a numeral that is a figure."""
_ALONE = re.compile(
    "[报齐成标到后]的?(?:单位|指标|事项)?(?:仅|只)?[有为]?(一)(?=[家项](?:单位|指标)?(?:[，。；、（]|$))"
)
"""A 一 that is a figure, by what it is counted of: 未报一家, 滞后的有一项."""
_RANKED = re.compile(r"[位名的，。；、）]|$")
_VAGUE = "大致|大体上?|大概|差不多"
"""What people write for 大约, and the texts have for what is spelled out."""
_TENTHS = re.compile(f"(?:大约|约|{_VAGUE})?{spelled.TENTHS}(?:左右|上下)?")
_VAGUELY = re.compile(f"(?:{_VAGUE})(?=[为是]?[0-9{DIGITS}十百千半])")
_OF_POINTS = re.compile("(?<=[0-9])个(?=[、和与及][0-9.]+个(?:[、和与及][0-9.]+个)*百分点)")
"""The 个 of a figure in a list of points that names them but once: 23.6个和20.6个百分点."""
_DECIMAL_TENTHS = re.compile(r"([0-9])\.([0-9])成")
_SIDED = re.compile(SIDED)
_HALVES = (
    ("超过半数", "超过50%"),
    ("超半数", "超过50%"),
    ("过半数", "超过50%"),
    ("过半", "超过50%"),
    ("近半数", "近50%"),
    ("近半", "近50%"),
    ("一半", "50%"),
    ("半数", "50%"),
)
_FIRST = re.compile("(?<=[列居排位全市域])(?:首位|榜首)")


def in_digits(text: str, places: list[int], mentions: Sequence[Mention]) -> tuple[str, list[int]]:
    """The normalised text with numbers that are spelled out in digits, outside of names.

    A lone 一 or 零 is no figure (任何一个月) but behind what it counts (未报一家), nor is 百分之百 as the notes have
    it, nor what counts nothing (一是). How totals say up to when they go is in short then: 1—9月 for 一月至九月.
    """
    named = {position for mention in mentions for position in range(mention.start, mention.end)}
    kept = [one for one in _spelled(text) if not named.intersection(range(*one[:2]))]
    text, places = _replaced(text, places, kept)
    return _replaced(text, places, list(ends_in_short(text)))


def _replaced(text: str, places: list[int], parts: Iterable[tuple[int, int, str]]) -> tuple[str, list[int]]:
    """The text with other words for parts of it, of two that overlap the first; each character keeps its place."""
    letters: list[str] = []
    kept: list[int] = []
    end = 0
    for start, stop, figure in sorted(parts, key=lambda one: (one[0], -one[1])):
        if start < end:
            continue
        letters += [text[end:start], figure]
        kept += [*places[end:start], *[places[start]] * len(figure)]
        end = stop
    return "".join((*letters, text[end:])), [*kept, *places[end:]]


def _spelled(text: str) -> Iterator[tuple[int, int, str]]:
    """Where each number that is spelled out starts and ends, and how it reads in digits."""
    for match in _DECIMAL_TENTHS.finditer(text):
        yield *match.span(), f"{int(match[1] + match[2])}%"
    for match in _TENTHS.finditer(text):
        is_told = text.endswith(ROUGH, 0, match.start()) or _SIDED.match(text, match.end())
        about = "" if is_told else {None: TENTHS, "半": HALF_TENTHS}.get(match[2], "")
        yield *match.span(), f"{about}{spelled.tenths(match[1], match[2])}%"
    for word, figure in (*_HALVES, (_VAGUELY, "大约"), (_OF_POINTS, "个百分点")):
        for match in re.finditer(word, text):
            yield *match.span(), figure
    for match in _ALONE.finditer(text):
        yield *match.span(1), "1"
    for match in _FIRST.finditer(text):
        yield *match.span(), "第1位"
    for share, whole in spelled.parts(text):
        end = share.start + len(share.text)
        if whole <= _FEW:
            start = share.start - len("约") * text.endswith("约", 0, share.start)
            is_told = text.endswith(ROUGH, 0, start) or _SIDED.match(text, end)
            yield start, end, f"{'' if is_told else PART}{rounded(share.percent, 0)}%"
    for match in _NUMERAL.finditer(text):
        number = text[match.start(2) : match.end()]
        is_share = match[1] is not None and number != "百"
        is_rank = text.endswith(("第", "前"), 0, match.start()) and _RANKED.match(text, match.end())
        is_rough = text[match.end() : match.end() + 1] in ("余", "多")
        is_counted = (len(number) > 1 or is_rough or number not in _LONE) and _COUNTED.match(text, match.end())
        value = chinese_value(match[2])
        if value is not None and (is_share or is_rank or is_counted):
            decimals = "".join(str(chinese_value(digit)) for digit in match[3] or "")
            yield *match.span(), f"{value}{'.' * bool(decimals)}{decimals}{'%' * is_share}"
