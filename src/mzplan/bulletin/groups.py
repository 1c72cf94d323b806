"""Which rows of a scorecard a count counts: 已完成, 滞后, 未报. One meaning for prose and verification."""

import re
from collections.abc import Callable, Iterable, Mapping

from mzplan.bulletin.model import EVERY, Subject
from mzplan.period import Period
from mzplan.plan.indicator import Stage
from mzplan.scoring.progress import KEPT, LAGGING, Progress, Status, UnitTally
from mzplan.scoring.scorecard import Scorecard
from mzplan.scoring.silence import hinges_on_silence

Test = Callable[[Progress, Scorecard], bool]
PUT_OFF = "待报齐"
"""The status of what gets no verdict before all have reported."""
_UNMET = (Status.NOT_DUE, Status.ON_SCHEDULE, *LAGGING)

REPORTERS: Mapping[str, Callable[[UnitTally, bool], bool]] = {
    "all": lambda tally, _: True,
    "full": lambda tally, _: tally.reported == tally.reporting,
    "partial": lambda tally, _: 0 < tally.reported < tally.reporting,
    "heard": lambda tally, _: tally.reported > 0,
    "none": lambda tally, is_unread: tally.reported == 0 and not is_unread,
    "unread": lambda _, is_unread: is_unread,
    "late": lambda tally, _: tally.reported < tally.reporting,
    "lacking": lambda tally, is_unread: tally.reported < tally.reporting and not is_unread,
}
"""Groups of the units that owe reports, by what they sent, and whether there is some of which nothing could be read."""


def is_mostly_silent(card: Scorecard) -> bool:
    """Whether most of the units that owe reports have sent none that counts: nothing can be said of the city then."""
    owing = [tally for unit, tally in card.units.items() if unit is not None and tally.reporting]
    return 2 * sum(not tally.reported for tally in owing) > len(owing)


def is_put_off(row: Progress, card: Scorecard) -> bool:
    """Whether it gets no verdict before all have reported: what lags, and in a draft of few what is in time as well."""
    return (row.is_lagging or (row.is_on_schedule and is_mostly_silent(card))) and hinges_on_silence(
        card.rows.scorer, row, card.period
    )


def is_told_so_far(text: str) -> bool:
    """Whether a text says of what it counts that this is by the reports so far, or that it waits for others."""
    return "报齐" in text or "按已报" in text


def stages_of(row: Progress) -> tuple[Stage, ...]:
    """The stages of a milestone; none for what is measured in numbers."""
    return row.indicator.stages


def is_judged_one_by_one(row: Progress) -> bool:
    """Whether the city's row counts the units that meet a target, rather than adding up what they report."""
    return row.unit is None and row.indicator.applies_to != "total" and not stages_of(row)


def is_firm(row: Progress) -> bool:
    """Whether the row is judged by what the plan promises or the city has handed down, not by a computed reference."""
    return row.is_judged and row.target_basis != "reference"


def is_early(row: Progress, period: Period) -> bool:
    """Whether it is met before it is due."""
    schedule = row.schedule
    return row.status is Status.MET and period < schedule.due


def is_in_time(row: Progress, card: Scorecard) -> bool:
    """Whether it is met, and reports show that it was by the month in which it was due."""
    then = card.rows.when_due(row)
    return row.status is Status.MET and (card.period <= row.schedule.due if then is None else then.status is Status.MET)


def is_late(row: Progress, card: Scorecard) -> bool:
    """Whether it is met, and all reports of the month in which it was due show that it was not met then."""
    then = card.rows.when_due(row) if row.status is Status.MET else None
    return then is not None and then.is_lagging and then.reported == then.reporting


def is_lapsed(row: Progress, period: Period) -> bool:
    """Whether its date has come, or its limit is passed, and reports say that the promise is not kept."""
    return row.status is Status.EXCEEDED or (row.is_lagging and row.schedule.is_due(period))


def is_pending(row: Progress, period: Period) -> bool:
    """Whether it is neither kept nor lapsed, by reports: before its date nothing is called 未达标 or 未完成."""
    return row.status in _UNMET and not is_lapsed(row, period)


def is_unfiled(row: Progress) -> bool:
    """Whether a unit owes a report of it for the period."""
    return row.reporting > row.reported


def is_idle(row: Progress) -> bool:
    """Whether all have reported of what is to be done in stages, and none has begun; silence tells nothing of it."""
    owing = [one for one in concerned(row) or (row,) if one.status is not Status.NOT_APPLICABLE]
    is_known = all(one.record_period is not None and not is_unfiled(one) for one in owing)
    return bool(stages_of(row)) and row.actual == 0 and is_known


def _has(*states: Status) -> Test:
    """Whether a row has one of those statuses, and not but by the reports so far: what waits is not done, nor late."""
    return lambda row, card: row.status in states and not is_put_off(row, card)


STATES: Mapping[str, tuple[Status, ...]] = {
    "behind": (Status.BEHIND, Status.FAR_BEHIND),
    "met": (Status.MET,),
    "holding": (Status.HOLDING,),
    "on_schedule": (Status.ON_SCHEDULE,),
    "not_due": (Status.NOT_DUE,),
    "far_behind": (Status.FAR_BEHIND,),
    "overdue": (Status.OVERDUE,),
    "exceeded": (Status.EXCEEDED,),
    "undefined": (Status.UNDEFINED,),
    "not_applicable": (Status.NOT_APPLICABLE,),
    "contribution": (Status.CONTRIBUTION,),
}
"""Groups of rows that have one of some statuses for good."""
TESTS: Mapping[str, Test] = {
    **{name: _has(*states) for name, states in STATES.items()},
    "all": lambda row, _: True,
    "judged": lambda row, _: row.is_judged,
    "firm": lambda row, _: is_firm(row),
    "reference": lambda row, _: row.is_judged and row.target_basis == "reference",
    "due": lambda row, _: row.is_due,
    "later": lambda row, _: row.is_judged and not row.is_due,
    "steady": lambda row, _: row.is_judged and row.is_on_schedule,
    "lagging": lambda row, _: row.is_lagging,
    "lapsed": lambda row, card: is_lapsed(row, card.period),
    "slow": lambda row, card: row.is_lagging and not is_lapsed(row, card.period),
    "open": is_put_off,
    "sure": lambda row, card: not hinges_on_silence(card.rows.scorer, row, card.period),
    "missing": lambda row, _: row.is_judged and row.status is Status.MISSING,
    "kept": lambda row, _: row.is_kept,
    "early": lambda row, card: is_early(row, card.period) and not is_put_off(row, card),
    "in_time": lambda row, card: is_in_time(row, card) and not is_put_off(row, card),
    "late": lambda row, card: is_late(row, card) and not is_put_off(row, card),
    "applicable": lambda row, _: row.status is not Status.NOT_APPLICABLE,
    "lacking": lambda row, _: is_lacking(row),
    "unmet": lambda row, card: (row.status in _UNMET and row.status is not Status.EXCEEDED) or is_put_off(row, card),
    "pending": lambda row, card: is_pending(row, card.period),
    "milestones": lambda row, _: bool(stages_of(row)),
    "begun": lambda row, _: bool(stages_of(row)) and bool(row.actual),
    "under_way": lambda row, _: bool(stages_of(row)) and bool(row.actual) and row.status is not Status.MET,
    "idle": lambda row, _: is_idle(row),
    "measured": lambda row, _: not stages_of(row),
    "owed": lambda row, _: row.reporting > 0,
    "filed": lambda row, _: row.reported > 0,
    "unfiled": lambda row, _: is_unfiled(row),
    "unread": lambda row, _: row.is_unread,
    "unsent": lambda row, _: not row.is_unread,
    "never": lambda row, _: row.record_period is None,
    "carried": lambda row, _: row.carried_from is not None,
    "kept_before": lambda row, _: (
        row.carried_from is not None and not {row.status, row.carried_status}.isdisjoint(KEPT)
    ),
}
"""By name; besides, `since=8` is owed since August, `due=12` is to be done, and not just kept, by December."""
_WHATEVER_ITS_TARGET = frozenset(
    {"all", "firm", "reference", "contribution", "undefined", "milestones", "measured"}
    | {"owed", "filed", "unfiled", "unsent", "unread", "never", "carried", "since"}
)
"""Tests of what a unit has to do and of what it sends, which its targets do not change."""
_WHATEVER_IT_DID = _WHATEVER_ITS_TARGET | {"judged", "missing", "due", "later"}
"""Tests that hold of a unit, or do not, before it has sent anything."""


def passes(row: Progress, group: str, card: Scorecard) -> bool:
    """Whether a row belongs to a group: tests joined by `&`, all of which must hold, of one of those joined by `|`."""
    return any(all(_passes(row, name, card) for name in one.split("&")) for one in group.split("|"))


def held_against(unit: str | None, group: str, card: Scorecard) -> str | None:
    """The group that a count told of a unit is held against, of the city the group itself.

    Of what a target makes of a unit's rows only those with an official one; None where the unit has sent nothing and
    the group is of what it did.
    """
    names = {name.partition("=")[0] for name in re.split("[&|]", group)}
    tally = None if unit is None else card.units.get(unit)
    if tally is None or names <= _WHATEVER_ITS_TARGET:
        return group
    if tally.reporting and not tally.reported and not names <= _WHATEVER_IT_DID:
        return None
    is_of_none = "not_applicable" in names  # which has no target that could judge it
    return group if "firm" in names or is_of_none else "|".join(f"firm&{one}" for one in group.split("|"))


def by_any_target(group: str) -> str:
    """The group that `held_against` gives, with what has a computed target too: what is so of that alone is open."""
    return group.replace("firm&", "")


def both(group: str, other: str) -> str:
    """The group of what belongs to two, of which the second is joined by no `|`."""
    return "|".join(f"{one}&{other}" for one in group.split("|"))


def _passes(row: Progress, name: str, card: Scorecard) -> bool:
    test, given, number = name.partition("=")
    if not given:
        return TESTS[test](row, card)
    if test == "since":
        return row.record_period is not None and str(row.record_period.month + 1) == number
    due = row.schedule.due
    if row.schedule.kind == "always":
        return False
    return due.year == card.period.year and str(due.month) == number


def rows_about(card: Scorecard, subject: Subject) -> Iterable[Progress]:
    """The rows a count is taken over: of the subject's unit or the city, within its area."""
    return (row for row in card.of_unit(subject.unit) if subject.area in (EVERY, row.indicator.area))


def is_lacking(row: Progress) -> bool:
    """Whether some of the units behind a city row are late, be the city's own date to come."""
    return any(is_firm(one) and one.is_lagging for one in concerned(row))


def concerned(row: Progress) -> tuple[Progress, ...]:
    """The unit rows behind a city row that its target applies to."""
    judged = row.indicator.judged
    return tuple(one for one in row.addends if not judged or one.unit in judged)
