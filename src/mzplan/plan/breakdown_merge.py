"""What a sheet issues put into the parts that a plan has: which rows it adds, which it would change."""

from collections.abc import Mapping
from typing import NamedTuple

from mzplan.period import Period
from mzplan.plan.model import BEGINNING, Part, Plan, in_force, in_order

_Parts = Mapping[tuple[str, str], tuple[Part, ...]]


class Merged(NamedTuple):
    """The parts of a plan with those of a sheet."""

    parts: _Parts
    changed: Mapping[tuple[str, str], tuple[Part, Part]]
    """By indicator and unit, the official row that is gone and the one in its place, where they give another figure."""


def merged(plan: Plan, imported: _Parts, start: Period | None = None) -> Merged:
    """The plan's parts and the imported ones, which hold from `start` on, or all of the year.

    From a month on, earlier rows stay, so that no past month is judged anew; for all of the year, the rows of the same
    unit give way, and the computed ones of the same indicator. Rows issued to units of which the sheet says nothing
    stay in any case. A row keeps the unit's own baseline and due date unless the sheet gives another.
    """
    issued = {indicator for indicator, _ in imported}
    parts = {
        (indicator, unit): tuple(part for part in rows if start or indicator not in issued or part.basis == "official")
        for (indicator, unit), rows in plan.parts.items()
    }
    changed = {}
    for key, (given,) in imported.items():
        old = plan.parts.get(key, ())
        new = given._replace(start=start)
        if before := in_force(old, start) if start else next(reversed(old), None):
            new = new._replace(
                baseline=before.baseline if given.baseline is None else given.baseline, due=given.due or before.due
            )
        kept = [part for part in old if _stays(part, start)]
        gone = [part for part in old if part not in kept and part.basis == "official"]
        parts[key] = in_order([*kept, new])
        if other := next((part for part in reversed(gone) if _promise(part) != _promise(new)), None):
            changed[key] = other, new
    return Merged(parts, changed)


def _stays(part: Part, start: Period | None) -> bool:
    """Whether a unit's row is not touched by one that is issued from that month on."""
    if start is None:
        return False
    own = part.start or BEGINNING
    return own < start or (own > start and part.basis == "official")


def _promise(part: Part) -> tuple[object, ...]:
    """What the unit is judged by, and from when on."""
    return part.target, part.baseline, part.due, part.start
