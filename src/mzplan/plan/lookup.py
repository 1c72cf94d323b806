"""What the user meant by a name: the unit, the indicator, or the nearest of the names there are."""

from collections.abc import Iterable
from difflib import SequenceMatcher

from mzplan.diagnostics import InputError, show
from mzplan.plan.indicator import Indicator
from mzplan.plan.model import Plan, ReportingUnit

MEANT = "是否要写 {name}？"
"""What is said of the nearest, wherever a name is not known."""
_FAR = 0.49
"""A name that is no more alike than this is not meant."""


def nearest(text: str, known: Iterable[str]) -> str | None:
    """The known name that a mistyped one most likely means, the first of several equally near, or None."""
    if len(text) > 64 or text.isdigit():
        return None
    matcher = SequenceMatcher(b=text)
    best, near = _FAR, None
    for name in known:
        matcher.set_seq1(name)
        if matcher.real_quick_ratio() > best and matcher.quick_ratio() > best and (ratio := matcher.ratio()) > best:
            best, near = ratio, name
    return near


def alike(text: str, known: Iterable[str]) -> list[str]:
    """The known names that begin so; else those that contain it, where it is a word of two characters or more.

    A number is compared whole: 1 is not the beginning of 12, nor near to it.
    """
    names = list(known)
    if not text or text.isdigit():
        return []
    begun = [name for name in names if name.startswith((text, text.upper()))]
    return begun or [name for name in names if len(text) > 1 and text in name]


def find_unit(plan: Plan, text: str) -> ReportingUnit:
    """The unit of that name, id, code, alias or unique prefix; InputError with the nearest name otherwise."""
    spellings = plan.unit_names
    wanted = text.strip()
    if wanted in spellings:
        return plan.units[spellings[wanted]]
    meant = {spellings[spelling] for spelling in alike(wanted, spellings)}
    if len(meant) == 1:
        return plan.units[meant.pop()]
    names = "、".join(unit.name for unit in plan.reporting_units if not meant or unit.id in meant)
    if meant:
        raise InputError(f"{show(text)} 可以指多个单位：{names}。请写全。")
    near = nearest(wanted, spellings)
    hint = MEANT.format(name=plan.units[spellings[near]].name) if near else f"可用的单位：{names}。"
    raise InputError(f"没有填报单位 {show(text)}。{hint}")


def find_indicator(plan: Plan, text: str) -> Indicator:
    """The indicator of that id, name or unique prefix of either; InputError with the nearest otherwise."""
    spellings = {
        **{indicator.name: name for name, indicator in plan.indicators.items()},
        **{i: i for i in plan.indicators},
    }
    wanted = text.strip()
    if wanted.upper() in plan.indicators:
        return plan.indicators[wanted.upper()]
    if wanted in spellings:
        return plan.indicators[spellings[wanted]]
    meant = {spellings[spelling] for spelling in alike(wanted, spellings)}
    if len(meant) == 1:
        return plan.indicators[meant.pop()]
    if meant:
        some = "、".join(f"{name} {plan.indicators[name].name}" for name in sorted(meant)[:5])
        raise InputError(f"{show(text)} 可以指多个指标：{some}{' 等' if len(meant) > 5 else ''}。请写全。")
    near = nearest(wanted, spellings)
    if near is None:
        raise InputError(f"没有指标 {show(text)}。指标见 mzplan plan。")
    hint = MEANT.format(name=f"{spellings[near]} {plan.indicators[spellings[near]].name}")
    raise InputError(f"没有指标 {show(text)}。{hint}")
