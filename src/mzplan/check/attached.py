"""What comes in beside reports, documents and the first sheet of a form: where there is no report they stand for it."""

from collections.abc import Collection, Sequence
from pathlib import PurePath

from mzplan.check.outcomes import Key, Outcome, Taken
from mzplan.period import Period
from mzplan.rules import CHECKS
from mzplan.said import say
from mzplan.submissions.called import is_called_report
from mzplan.submissions.names import Names
from mzplan.submissions.parcel import Parcel, Unknown
from mzplan.submissions.parcels import parcels_of
from mzplan.submissions.received import Received

_UNREAD = "{refused}，{reason}。{hint}"
_AS_OTHERS = "单位看文件名，报告期与一起收到的表相同"


def with_attached(
    names: Names,
    parcels: Sequence[Parcel],
    beside: Sequence[Received],
    known: Collection[Key],
    filed: Collection[Key],
    period: Period | None,
) -> tuple[list[Parcel], list[Taken]]:
    """The reports with what stands for one that is not there, and what became of the rest.

    `known` are those that came in again, `filed` those on file; `period` is meant where a name says no month, else the
    one that all reports are of.
    """
    reports, taken = [each for each in parcels if not each.is_guide], list[Taken]()
    came_in = {*known, *(each.key for each in reports)}
    units, months = {unit for unit, _ in came_in}, {month for _, month in came_in}
    usual = next(iter(months)) if len(months) == 1 else None
    found = [(each.received, each) for each in parcels if each.is_guide]
    for received, one in (*found, *((each, _in_place(names, each, period, usual)) for each in beside)):
        if isinstance(one, Parcel) and not (one.key in came_in or one.key in filed):
            reports.append(one)
        elif isinstance(one, Unknown) and names.unit_in(received.hints[0]) not in units:
            taken.append(Taken(received=received, outcome=Outcome.UNKNOWN, reason=why_unknown(one)))
        else:
            taken.append(Taken(received=received, outcome=Outcome.BESIDE))
    return reports, taken


def _in_place(names: Names, received: Received, period: Period | None, usual: Period | None) -> Parcel | Unknown | None:
    """What is no table and is called as a report is, by its own name, and not by its folders."""
    alone = received._replace(name=PurePath(received.name).name)
    if not is_called_report(names, alone.hints[0]):
        return None
    one, *others = parcels_of(names, alone, period)
    if isinstance(one, Unknown) and period is None and usual is not None:
        one, *others = parcels_of(names, alone, usual)
        one = one._replace(why=_AS_OTHERS) if isinstance(one, Parcel) else one
    return None if others or not one.refusal else one._replace(received=received)


def why_unknown(unknown: Unknown) -> str:
    """Why something is nobody's report."""
    if unknown.refusal is None:
        return unknown.reason
    refused = CHECKS.flaw[unknown.refusal.flaw][1](unknown.refusal)
    return say(_UNREAD, refused=refused.message, reason=unknown.reason, hint=refused.hint)
