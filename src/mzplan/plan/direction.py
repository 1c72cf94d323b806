"""Which way a text means a number, in what targets and clauses say: at least so many, at most, or about."""

import re
from typing import Literal, NamedTuple

from mzplan.reading.number import BLANKS, WIDE

Way = Literal["at_least", "at_most", "about"]

NUMERALS = "零〇一二三四五六七八九十百千万亿两"
_FORBIDS = "不[得能应可宜要许准该]|严禁|禁止|避免|防止|严防|杜绝|[勿莫]"
_DENIES = (
    "(?P<denied>(?:严禁|禁止|避免|杜绝|严防)(?:(?!确保|力争|实现|完成)[^，。；、,;的0-9]){0,8}?|"
    f"(?:{_FORBIDS}|[不未无]|没有?)(?:[得能够会应当该可宜要许准再有曾一予例]|可以|允许|出现|发生){{0,3}})?"
)
"""What turns a verb round; what is forbidden may have its subject before it: 严禁差错率超过."""
_AHEAD = re.compile(
    rf"(?:{_DENIES}(?:(?P<more>超[过出]?|[高多大]于|高[出过]|突破|逾)|(?P<less>[低少小]于|不足|不到|[不未]满|未到)"
    "|(?P<reached>达到?))(?:或者?)?(?:等于)?"
    "|(?P<floor>至少|最少|起码|不止|[>≥≧]=?|min(?:imum)?|at_?least|下限|底线)"
    "|(?P<ceiling>至多|最多|[<≤≦]=?|max(?:imum)?|at_?most|上限)"
    "|(?P<about>大?约|大概|接近|[~±]|about)"
    "|(?P<raised>[提升增][高升长加]?[到至])|(?P<lowered>(?:控制|限制|压[减降缩]|下降|[降减][低少]?)[在到至]))"
    r"(?:\(含(?:本数)?\))?[为是在]?[:=]?$",
    re.I,
)
_BEHIND = re.compile(
    rf"(?:个?百分点|[^，。；、,;的0-9{NUMERALS}]{{0,2}}?)(?:\(不?含(?:本数)?\))?[及或]?"
    "(?:(?P<floor>[以之]上)|(?P<ceiling>[以之][内下]|为限|封顶)|(?P<about>左右|上下|±))"
)
_UNREAD = re.compile(f"(?:{_FORBIDS})[^，。；、,;的]{{1,6}}$")
"""What may turn round the word behind it, and what not: 不得擅自超过, 不能自理的超过."""
_WAYS: dict[str, Way] = {
    **dict.fromkeys(("more", "reached", "floor", "raised"), "at_least"),
    **dict.fromkeys(("less", "ceiling", "lowered"), "at_most"),
    "about": "about",
}
_OTHER: dict[Way, Way] = {"at_least": "at_most", "at_most": "at_least", "about": "about"}
_UNSURE = ("reached", "raised", "lowered")
"""What tells a way only where nothing behind the number does: 控制在95%以上."""


class SaidWay(NamedTuple):
    """Which way the words around a number mean it."""

    way: Way | None
    """None where they do not say, or say two ways."""
    before: str = ""
    behind: str = ""
    """The words that say it."""
    is_sure: bool = False
    """Whether no other words could say otherwise."""


def said_way(before: str, behind: str = "") -> SaidWay:
    """Which way a number is meant, by what stands before it and behind; 左右 gives way to either of the others."""
    before, behind = before.rstrip(BLANKS), behind.lstrip(BLANKS)
    ahead, after = _AHEAD.search(before.translate(WIDE)), _BEHIND.match(behind.translate(WIDE))
    is_sure = after is not None
    if ahead is not None and (_is_sure(ahead) or after is None):
        is_sure |= _is_sure(ahead)
    else:
        ahead = None
    ways = {_way(found) for found in (ahead, after) if found}
    if len(ways) > 1:
        ways.discard("about")
    is_read = len(ways) == 1 and not (ahead and not _is_denied(ahead) and _UNREAD.search(before[: ahead.start()]))
    way = ways.pop() if is_read else None
    words = (before[ahead.start() :] if ahead else "", behind[: after.end()] if after else "")
    return SaidWay(way, *words, is_sure)


def forbids(text: str) -> bool:
    """Whether a text forbids something: where no way is read of its number, one is meant all the same."""
    return bool(re.search(_FORBIDS, text))


def _said(found: re.Match[str]) -> str:
    return next(name for name, words in found.groupdict().items() if words and name != "denied")


def _is_denied(found: re.Match[str]) -> bool:
    return bool(found.groupdict().get("denied"))


def _is_sure(found: re.Match[str]) -> bool:
    return _is_denied(found) or _said(found) not in _UNSURE


def _way(found: re.Match[str]) -> Way:
    way = _WAYS[_said(found)]
    return _OTHER[way] if _is_denied(found) else way
