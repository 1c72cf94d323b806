"""What the user meant by a name: the unit, the indicator, or the nearest of the names there are."""

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from difflib import SequenceMatcher
from functools import partial
from typing import TypeVar

from mzplan.diagnostics import InputError, show
from mzplan.plan.indicator import Indicator
from mzplan.plan.model import OFFICE, Plan, ReportingUnit, city_spellings, folded
from mzplan.plan.unit_lists import units_told
from mzplan.said import SCREEN, listed, say

MEANT = "是否要写 {name}？"
"""What is said of the nearest, wherever a name is not known."""
MEANT_IN_FILE = "是否要写“{name}”？"
"""Likewise where it is to be written as the file has it, and not as screens in English call it."""
UNIT_HEADINGS = ("填报单位", "填报单位名称", "单位名称", "county", "县(市、区)", "县市区", "县区", "区县")
CODE_HEADINGS = ("指标编码", "指标编号", "指标代码", "编码")
"""What a column of units, and one of indicators' codes, is headed in any table that people make."""
LONGEST_NAME = 100
"""Characters; a longer text holds a name by chance."""
_NOUGHTS = re.compile("(?<![0-9])0+(?=[0-9])")
_NUMBERS = re.compile("[0-9]+|[〇一二三四五六七八九十百]+")
T = TypeVar("T")

_UNKNOWN = "没有{what} {text}。{hint}"
_KNOWN = "可用的有：{names}。"
_SEVERAL = "{text} 可以指多个{what}：{names}。请写全。"
_MOST = 5
_AMONG_OTHERS = "{names} 等"
_IS_REGION = "{region} 是地区，由下级单位合成，不填报：请写它的下级单位。"
_SEE_PLAN = "指标见 mzplan plan。"
_FAR = 0.49
"""A name that is less alike than this is not meant."""
_FAR_IN_LETTERS = 0.69
"""Likewise of a word in Latin letters, of which any two share some: `nounit` is not near to `Pan'an`."""


def nearest(text: str, known: Iterable[str]) -> str | None:
    """The known name that a mistyped one most likely means, or None.

    The only one that differs in capitals, blanks and marks is (yi-wu of yiwu, and not wuyi), else the only one with two
    neighbouring letters exchanged; where several are equally near, the one that is written like it but for noughts, or
    in Chinese for one character (义务 of 义乌, and not 武义), or what all of them stand for in a mapping. A name in
    Chinese with another number is another's: 第31村 is not 第13村.
    """
    if len(text) > 64 or text.isdigit():
        return None
    names = dict.fromkeys(known)
    if not text.isascii() and (numbers := _numbers(text)):
        names = {name: None for name in names if _numbers(name) in ([], numbers)}
    bare = _bare(text)
    for is_twin in (lambda other: other == bare, lambda other: _is_exchanged(other, bare)):
        twins = [name for name in names if bare and is_twin(_bare(name))]
        if len(twins) == 1:
            return twins[0]
    matcher = SequenceMatcher(b=text.casefold())
    near: list[str] = []
    best = _FAR_IN_LETTERS if text.isascii() else _FAR
    for name in names:
        matcher.set_seq1(name.casefold())
        if min(matcher.real_quick_ratio(), matcher.quick_ratio()) >= best and (ratio := matcher.ratio()) >= best:
            near = [*(near if ratio == best else []), name]
            best = ratio
    meant = known if isinstance(known, Mapping) else {}
    if any(meant.get(name, name) != meant.get(near[0], near[0]) for name in near):
        is_alike = _is_alike_but_for_noughts if text.isascii() else _is_replaced
        near = [name for name in near if is_alike(name, text)]
        near = near if len({meant.get(name, name) for name in near}) == 1 else []
    return near[0] if near else None


def _numbers(text: str) -> list[str]:
    return _NUMBERS.findall(_NOUGHTS.sub("", text))


def _is_alike_but_for_noughts(text: str, other: str) -> bool:
    return _NOUGHTS.sub("", text) == _NOUGHTS.sub("", other)


def _is_replaced(text: str, other: str) -> bool:
    """Whether one is the other with one character in the place of another."""
    return len(text) == len(other) and sum(one != another for one, another in zip(text, other, strict=True)) == 1


def _bare(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))


def _is_exchanged(text: str, other: str) -> bool:
    """Whether one is the other with two neighbours exchanged."""
    at = next((at for at, (one, another) in enumerate(zip(text, other, strict=False)) if one != another), len(text))
    return text != other and text[:at] + text[at : at + 2][::-1] + text[at + 2 :] == other


def key_meant(key: str, known: Iterable[str], there: Collection[str], needed: Iterable[str] = ()) -> str | None:
    """What a wrong key most likely means: none of those that are there beside it, one that is needed before all others.

    `units` is `reporting_units`, where that is missing, and not `reporting`.
    """
    missing = [each for each in needed if each not in there]
    words = set(key.split("_"))
    parts = [each for each in missing if words <= set(each.split("_")) or words >= set(each.split("_"))]
    if len(parts) == 1:
        return parts[0]
    return nearest(key, missing) or nearest(key, [each for each in known if each not in there])


def alike(text: str, known: Iterable[str]) -> list[str]:
    """The known names that begin so; else those that contain it, where it is a word of two characters or more.

    A number is compared whole: 1 is not the beginning of 12, nor near to it.
    """
    names = list(known)
    if not text or text.isdigit():
        return []
    begun = [name for name in names if name.casefold().startswith(text.casefold())]
    return begun or [name for name in names if len(text) > 1 and text in name]


def named(
    text: str,
    spellings: Mapping[str, T],
    what: str,
    name: Callable[[T], str] = str,
    others: str = "",
    near: Callable[[str, Mapping[str, T]], str | None] = nearest,
) -> T:
    """What is spelt so, in whatever capitals, or begins so and is the only one; InputError with what may be meant.

    `near` tells which spelling a wrong one most likely means; `others` is said where it tells none; if it is empty, all
    there is.
    """
    wanted = text.strip()
    if wanted in spellings:
        return spellings[wanted]
    folded = {spelling.casefold(): meant for spelling, meant in spellings.items()}
    if wanted.casefold() in folded:
        return folded[wanted.casefold()]
    meant = list(dict.fromkeys(spellings[spelling] for spelling in alike(wanted, spellings)))
    if len(meant) == 1:
        return meant[0]
    if meant:
        some: str = listed(map(name, meant[:_MOST]))
        some = say(_AMONG_OTHERS, names=some) if len(meant) > _MOST else some
        raise InputError(say(_SEVERAL, text=show(text), what=what, names=some))
    found = near(wanted, spellings)
    everything = dict.fromkeys(spellings.values())
    hint = say(MEANT, name=name(spellings[found])) if found else others or _known(map(name, everything))
    raise InputError(say(_UNKNOWN, what=what, text=show(text), hint=hint))


def one_of(text: str, words: Collection[str], unknown: str, *, also: Collection[str] = (), is_slip: bool = True) -> str:
    """The word, if it is one of them; else InputError with all that there are, and the nearest if it is a slip.

    `unknown` is what the error says, with `text` and `hint`; `also` are words that are understood without being told.
    """
    if text in words or text in also:
        return text
    near = nearest(text, [*words, *also]) if is_slip else None
    known = _known(words)
    hint = listed((say(MEANT, name=near), known), "") if near else known
    raise InputError(say(unknown, text=show(text), hint=hint))


def _known(names: Iterable[str]) -> str:
    return say(_KNOWN, names=listed(names))


def in_both(plan: Plan, spellings: Mapping[str, T]) -> Mapping[str, T]:
    """The spellings and what the plan calls the same in English, as screens in English do."""
    return {plan.english[each]: meant for each, meant in spellings.items() if each in plan.english} | dict(spellings)


def is_city(plan: Plan, text: str) -> bool:
    """Whether a text where a unit is asked for means the whole city."""
    return folded(text.strip()) in city_spellings(plan.city, plan.publisher, plan.words_en)


def nearest_unit(
    plan: Plan,
    text: str,
    spellings: Mapping[str, str],
    near: Callable[[str, Mapping[str, str]], str | None] = nearest,
) -> str | None:
    """The spelling that a wrong name of a unit most likely means: that of the only one it holds, or the nearest.

    So 义乌市民政局 means 义乌市, though the city's own office is called more like it; an office without a unit's name
    may be any unit's, and means none. `spellings` are those of unit ids.
    """
    if len(text) > LONGEST_NAME:
        return None
    said = folded(text)
    held = {unit: spelling for spelling, unit in spellings.items() if len(spelling) > 1 and folded(spelling) in said}
    held = {unit: spelling for unit, spelling in held.items() if plan.units_and_regions[unit].kind != "bureau"} or held
    if len(held) == 1:
        return next(iter(held.values()))
    return None if OFFICE in text else near(text, spellings)


def find_unit(plan: Plan, text: str, *, or_region: bool = False) -> ReportingUnit:
    """The unit, or region where that will do, of that name, id, code, alias or unique prefix; else InputError."""
    if is_city(plan, text):
        raise InputError(say("{city} 不是填报单位，是各单位合起来的全市。", city=show(text)))
    spellings = in_both(plan, {**plan.region_names, **plan.unit_names})
    units = plan.units_and_regions
    others = say(_KNOWN, names=units_told(plan, tuple(plan.units))) if len(units) > SCREEN else ""
    found = units[
        named(text, spellings, "填报单位", lambda unit: units[unit].name, others, partial(nearest_unit, plan))
    ]
    if found.id in plan.members and not or_region:
        raise InputError(say(_IS_REGION, region=show(found.name)))
    return found


def find_indicator(plan: Plan, text: str) -> Indicator:
    """The indicator of that id, name or unique prefix of either; InputError with the nearest otherwise."""
    indicators = plan.indicators
    spellings = {each.name: each.id for each in indicators.values()} | {each: each for each in indicators}
    return indicators[
        named(
            text,
            in_both(plan, spellings),
            "指标",
            lambda each: listed((each, indicators[each].name), " "),
            _SEE_PLAN,
        )
    ]
