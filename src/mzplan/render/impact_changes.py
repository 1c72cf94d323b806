"""In words: how what judges an indicator, or what a unit was given of it, differs between two states."""

from collections.abc import Callable, Iterator, Sequence

from mzplan.diagnostics import show
from mzplan.figures import decimal_text
from mzplan.plan.breakdown import since
from mzplan.plan.indicator import Indicator
from mzplan.plan.model import BASIS_ZH, BEGINNING, Part, Plan, in_force
from mzplan.render.plan import schedule_text, scope_text, target_text, units_text
from mzplan.said import listed, say
from mzplan.views.impact import DIRECTION_ZH, Direction, PartChange, PlanChange, Year

ADDED, REMOVED, NONE = DIRECTION_ZH[Direction.ADDED], DIRECTION_ZH[Direction.REMOVED], "-"
_CHANGED_SINCE = "{since}{aspect} {before} → {after}"
_FROM = "{month}起{target}"

_ASPECTS: Sequence[tuple[str, Callable[[Plan, Indicator], str]]] = (
    ("目标", lambda _, one: target_text(one)),
    (
        "目标调整",
        lambda _, one: (
            listed(say(_FROM, month=each.start, target=one.target_text(each.target)) for each in one.revisions) or NONE
        ),
    ),
    ("基期值", lambda _, one: NONE if one.baseline is None else decimal_text(one.baseline)),
    ("类型", lambda _, one: one.kind_zh),
    ("名称", lambda _, one: one.name),
    ("计量单位", lambda _, one: one.measure),
    ("对象", scope_text),
    ("进度", lambda _, one: schedule_text(one.schedule)),
    ("期限", lambda _, one: str(one.schedule.due)),
    ("填报单位", lambda plan, one: units_text(plan, one.reporting)),
)
"""What decides about an indicator's verdicts, parts of units aside, in the words of `mzplan plan`."""
_PART_ASPECTS: Sequence[tuple[str, Callable[[Indicator, Part], str]]] = (
    ("目标", lambda one, part: one.target_text(part.target)),
    ("基期值", lambda _, part: NONE if part.baseline is None else decimal_text(part.baseline)),
    ("期限", lambda one, part: str(part.due or one.schedule.due)),
    ("依据", lambda _, part: BASIS_ZH[part.basis]),
)
"""What decides about a unit's verdict, in the same words."""


def plan_aspects(year: Year, change: PlanChange) -> Iterator[str]:
    """What of an indicator differs; of one that a state does not have that it is added or removed."""
    before, after = change.before, change.after
    if before is None or after is None:
        yield ADDED if before is None else REMOVED
        return
    for word, aspect in _ASPECTS:
        was, now = show(aspect(year.before.plan, before)), show(aspect(year.after.plan, after))
        if was != now:
            yield say("{aspect} {before} → {after}", aspect=word, before=was, after=now)


def part_aspects(change: PartChange) -> Iterator[str]:
    """What differs from the beginning of the year, and from each month on at which it changes."""
    starts = sorted({part.start or BEGINNING for part in (*change.before, *change.after)})
    told: list[tuple[str, str, str]] = []
    for start in starts:
        was, now = in_force(change.before, start), in_force(change.after, start)
        if was is None or now is None:
            differ = [("分解", NONE if was is None else _sum(change, was), NONE if now is None else _sum(change, now))]
        else:
            sides = (
                (word, aspect(change.indicator, was), aspect(change.indicator, now)) for word, aspect in _PART_ASPECTS
            )
            differ = [side for side in sides if side[1] != side[2]]
        for word, old, new in differ:
            if (word, old, new) not in told and old != new:
                told.append((word, old, new))
                yield say(_CHANGED_SINCE, since=since(start), aspect=word, before=show(old), after=show(new))


def _sum(change: PartChange, part: Part) -> str:
    """A part that the other state does not have at all."""
    return listed((listed((word, aspect(change.indicator, part)), " ") for word, aspect in _PART_ASPECTS), "，")
