"""What a sheet issues put into the parts that a plan has: which rows it adds, which it would change."""

from collections.abc import Collection, Mapping
from fractions import Fraction
from typing import NamedTuple

from mzplan.period import Period
from mzplan.plan.indicator import Indicator
from mzplan.plan.model import BEGINNING, Part, Plan, in_force, in_order

_Parts = Mapping[tuple[str, str], tuple[Part, ...]]


class Merged(NamedTuple):
    """The parts of a plan with those of a sheet."""

    parts: _Parts
    changed: Mapping[tuple[str, str], tuple[Part, Part | None]]
    """By indicator and unit the official row that is gone, and what is in its place where that gives another figure."""


def merged(
    plan: Plan, imported: _Parts, start: Period | None = None, dropped: Collection[tuple[str, str]] = ()
) -> Merged:
    """The plan's parts and the imported ones, which hold from `start` on, or all of the year.

    From a month on, earlier rows stay, so that no past month is judged anew; for all of the year, the rows of the same
    unit give way, and the computed ones of the same indicator. Rows issued to units of which the sheet says nothing
    stay in any case, but those that are `dropped`. A row keeps the unit's own baseline and due date unless the sheet
    gives another, or a part of 0, to which there is no way.
    """
    issued = {indicator for indicator, _ in (*imported, *dropped)}
    parts = {
        (indicator, unit): tuple(part for part in rows if start or indicator not in issued or part.basis == "official")
        for (indicator, unit), rows in plan.parts.items()
    }
    changed: dict[tuple[str, str], tuple[Part, Part | None]] = {
        key: (parts.pop(key)[-1], None) for key in dropped if parts.get(key)
    }
    for key, (given,) in imported.items():
        old = plan.parts.get(key, ())
        new = given._replace(start=start)
        before = in_force(old, start) if start else next(reversed(old), None)
        if before is not None and given.is_target:
            new = new._replace(
                baseline=before.baseline if given.baseline is None else given.baseline, due=given.due or before.due
            )
        kept = [part for part in old if _stays(part, start)]
        gone = [part for part in old if part not in kept and part.basis == "official"]
        parts[key] = in_order([*kept, new])
        if other := next((part for part in reversed(gone) if _promise(part) != _promise(new)), None):
            changed[key] = other, new
    return Merged(parts, changed)


class EmptyPart(NamedTuple):
    """A cell that gives a unit nothing."""

    says_none: bool
    """Whether it says that the unit has no part: a dash does, a blank says nothing at all."""
    line: int


class Endings(NamedTuple):
    """What becomes of the parts of units that a sheet names and gives nothing."""

    none: _Parts
    """They have a part of 0."""
    dropped: Collection[tuple[str, str]]
    """Their rows go, as 0 would be a demand."""
    undecided: Mapping[tuple[str, str], Part]
    """The parts that would go on in silence: neither to keep nor to end them is safe."""


def endings(plan: Plan, silent: Mapping[tuple[str, str], EmptyPart], start: Period | None, source: str) -> Endings:
    """What a sheet that holds from a month on, or for all of the year, comes to for those that it gives nothing.

    Only what would go on is ended or left open: for all of the year the computed parts give way in any case.
    """
    none: dict[tuple[str, str], tuple[Part, ...]] = {}
    dropped, undecided = [], {}
    for key, silence in silent.items():
        rows, indicator = plan.parts.get(key, ()), plan.indicators[key[0]]
        issued = next((part for part in reversed(rows) if part.basis == "official"), None)
        old = in_force(rows, start) if start else issued
        if old is None or not old.is_target:
            continue
        if silence.says_none and can_be_none(indicator):
            zero = old.target.with_value(Fraction(0))
            none[key] = (Part(zero, "official", source, silence.line, start=start),)
        elif silence.says_none and start is None:
            dropped.append(key)
        else:
            undecided[key] = old
    return Endings(none, dropped, undecided)


def can_be_none(indicator: Indicator) -> bool:
    """Whether a part of 0 is no task: a ceiling of 0 is one, and so is a 0 of what is asked of each."""
    return indicator.contributes and indicator.target.operator != "at_most"


def promised(indicator: Indicator, part: Part) -> str:
    """A unit's target, or its due date where it is no figure that is promised."""
    if indicator.stages:
        return str(part.due or indicator.schedule.due)
    return indicator.target_text(part.target)


def _stays(part: Part, start: Period | None) -> bool:
    """Whether a unit's row is not touched by one that is issued from that month on."""
    if start is None:
        return False
    own = part.start or BEGINNING
    return own < start or (own > start and part.basis == "official")


def _promise(part: Part) -> tuple[object, ...]:
    """What the unit is judged by, and from when on."""
    return part.target, part.baseline, part.due, part.start
