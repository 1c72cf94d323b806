"""Who has reported for a month when all that came in is settled, and whose file is there without a figure."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from mzplan.check.collect import Intake
from mzplan.check.outcomes import Outcome, Taken
from mzplan.period import Period
from mzplan.submissions.places import month_meant


class Standing(NamedTuple):
    """What has become of a unit's report for a month: filed, now or before; else of what came in."""

    outcome: Outcome | None = None
    """None where there is no report."""
    unread: tuple[str, ...] = ()
    """Where there is no report: the unit's files in which no figure was read."""


def standings(
    intake: Intake, taken: Sequence[Taken], periods: Collection[Period]
) -> Mapping[Period, Mapping[str, Standing]]:
    """By month what has become of the report of each unit that owes one; nobody is silent of a month not yet over.

    Who has reported is told as everywhere: whoever has a record when all is read that is filed by now.
    """
    became = {key: one.outcome for one in taken for key in one.keys}
    became |= {
        one.key: one.outcome for one in taken if one.key and one.key in one.keys
    }  # its own goes before all others
    found: dict[Period, dict[str, Standing]] = {}
    for month in periods:
        heard, unread = intake.ledger.reporters(month), _unread(intake, taken, month)
        found[month] = {}
        for unit in intake.plan.units:
            outcome = Outcome.FILED if unit in heard else became.get((unit, month))
            if intake.plan.owed(unit, month) and (outcome is not None or is_over(month, intake.today)):
                found[month][unit] = Standing(outcome, tuple(unread[unit]) if outcome is None else ())
    return found


def is_over(month: Period, today: date) -> bool:
    """Whether a month has ended."""
    return month < Period.containing(today)


def _unread(intake: Intake, taken: Sequence[Taken], month: Period) -> Mapping[str, list[str]]:
    """By unit the files that lie in the place of its report, and what came in that is called as if it were that."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for source, key in intake.context:
        if key is not None and key[1] == month:
            found[key[0]].append(source.path)
    for one in taken:
        if one.parcel is not None and one.outcome is Outcome.BLANK and one.parcel.period == month:
            found[one.parcel.unit].append(one.received.name)
    for hints, name in ((one.received.hints, one.received.name) for one in taken if one.parcel is None):
        unit = next(filter(None, map(intake.names.unit_in, hints)), "")
        told = next(filter(None, (month_meant(text, intake.plan.year) for text in hints)), month)
        if unit and told == month:
            found[unit].append(name)
    return found
