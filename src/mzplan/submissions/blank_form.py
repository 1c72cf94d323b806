"""The form that a clerk fills in for one unit and month: what stands in it, whatever it is printed as.

Knows nothing of the command line, of files or of how a workbook looks.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from datetime import date
from typing import NamedTuple

from mzplan.period import Period
from mzplan.plan.indicator import Indicator
from mzplan.plan.model import BASIS_IN_FULL, REFERENCE_CAUTION, Plan, ReportingUnit
from mzplan.submissions.header import FIELDS_ZH, FILLED_IN, READING_HEADINGS
from mzplan.submissions.ledger import Entry, Ledger
from mzplan.submissions.names import stage_names
from mzplan.submissions.unfilled import LAST, LAST_SHOWN

HEADINGS = (*FIELDS_ZH.values(), *READING_HEADINGS)
"""The columns of a progress CSV, then those for the clerk's eye that the checks pass over."""

_MEANING = "{filling}。{note}"

Said = Callable[[str, Collection[int]], Mapping[int, Mapping[str, str]]]
"""What the records on those lines of that file say, by field."""


class FormRow(NamedTuple):
    """An indicator that the unit owes, and what a clerk must know to report it."""

    indicator: Indicator
    stages: tuple[str, ...]
    """The words that the value may be; empty when it is a number."""
    target: str
    basis: str
    """What the target rests on, in full; both empty when the unit is not judged."""
    last: str
    """The figure reported last, its month, and the evidence that is carried forward."""
    stage: str = ""
    """The stage that a milestone had reached by then: it stands where nothing has changed."""
    evidence: str = ""
    """What was given for that stage."""

    @property
    def meaning(self) -> str:
        """What is to be filled in, and what the plan notes about it."""
        return _MEANING.format(filling=self.indicator.filling, note=self.indicator.note)


class Form(NamedTuple):
    """What a unit owes for a month."""

    plan: Plan
    unit: ReportingUnit
    period: Period
    rows: tuple[FormRow, ...]

    @property
    def due(self) -> date:
        """The last day on which it is in time."""
        return self.plan.due_day(self.period)

    def cells(self) -> Iterator[tuple[str, ...]]:
        """Each row as it stands under `HEADINGS`, with what is carried forward: nothing else is filled in."""
        for row in self.rows:
            keys = self.period.on_forms, self.unit.name, row.indicator.id, row.indicator.name
            carried = {"value": row.stage, "evidence": row.evidence}
            filled = (carried.get(field, "") for field in FILLED_IN)
            yield (*keys, *filled, row.indicator.measure, row.target, row.basis, row.last, row.meaning)


def blank_form(
    plan: Plan, ledger: Ledger, unit: ReportingUnit, period: Period, said: Said = lambda path, lines: {}
) -> Form:
    """A row for each indicator that the unit owes in the month, with the last record before it."""
    last = {
        indicator.id: entry
        for indicator in plan.owed(unit.id, period)
        if (entry := ledger.latest(indicator.id, unit.id, period.shift(-1))) is not None
    }
    shown = _evidence(plan, ledger, unit, last, said)
    return Form(plan, unit, period, tuple(_rows(plan, unit, period, last, shown)))


def _rows(
    plan: Plan, unit: ReportingUnit, period: Period, last: Mapping[str, Entry], shown: Mapping[str, str]
) -> Iterator[FormRow]:
    for indicator in plan.owed(unit.id, period):
        promised = plan.target_for(indicator, unit.id, period)
        entry, stages, evidence = last.get(indicator.id), stage_names(indicator), shown.get(indicator.id, "")
        yield FormRow(
            indicator,
            stages,
            indicator.target_text(promised[0]) if promised else "",
            _basis(promised[1]) if promised else "",
            _last(indicator.told(entry.figure), entry.period.month, evidence) if entry else "",
            indicator.told(entry.figure) if entry and stages and not entry.is_not_applicable else "",
            evidence,
        )


def _last(value: str, month: int, evidence: str) -> str:
    last = LAST.format(value=value, month=month)
    return LAST_SHOWN.format(last=last, evidence=evidence) if evidence else last


def _basis(basis: str) -> str:
    return REFERENCE_CAUTION if basis == "reference" else BASIS_IN_FULL[basis]


def _evidence(
    plan: Plan, ledger: Ledger, unit: ReportingUnit, last: Mapping[str, Entry], said: Said
) -> Mapping[str, str]:
    """By milestone what was given last for the stage it is at; each file is read once."""
    given = {
        identifier: found
        for identifier, entry in last.items()
        if stage_names(plan.indicators[identifier])
        and not entry.is_not_applicable
        and (found := _shown(ledger.series(identifier, unit.id), entry)) is not None
    }
    lines: dict[str, set[int]] = {}
    for entry in given.values():
        lines.setdefault(entry.location.path, set()).add(entry.location.line)
    read = {path: said(path, wanted) for path, wanted in lines.items()}
    return {
        identifier: read[entry.location.path].get(entry.location.line, {}).get("evidence", "")
        for identifier, entry in given.items()
    }


def _shown(series: Iterable[Entry], last: Entry) -> Entry | None:
    """The latest record with evidence since the milestone came to its stage."""
    found = None
    for entry in series:
        if entry.period > last.period:
            break
        if entry.figure != last.figure:
            found = None
        elif entry.has_evidence:
            found = entry
    return found
