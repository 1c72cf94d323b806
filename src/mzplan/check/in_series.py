"""The rules about a unit's year of one indicator, applied to every one of them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from mzplan.check.remedies import with_the_only
from mzplan.diagnostics import Rule, Severity
from mzplan.plan.model import Plan
from mzplan.reading.number import plain_number
from mzplan.rules import CHECKS
from mzplan.rules.bearing import Bearing
from mzplan.rules.notes import CONTRADICTED, record_of
from mzplan.rules.registry import Finding, Found, SeriesCheck, severity_of
from mzplan.rules.scope import Series
from mzplan.submissions.ledger import MONTHS, Ledger
from mzplan.submissions.statements import contradicts

_Said = tuple[Rule, int, Finding]


def in_series(plan: Plan, ledger: Ledger, *, errors_only: bool) -> Iterator[tuple[Rule, Found]]:
    """What the rules find in all years; with `errors_only` without those that find no more than what is odd."""
    checks = [(rule, check) for rule, check in CHECKS.series if not errors_only or rule.counts_always]
    for series in _all_series(plan, ledger):
        said = _found(series, checks)
        confirmed = {
            at
            for rule, at, finding in said
            if rule.code != CONTRADICTED and finding.of_note and severity_of(rule, finding) is Severity.ERROR
        }
        for rule, at, finding in said:
            if rule.code != CONTRADICTED or at not in confirmed:
                keys = series.unit.id, series.indicator.id, str(series.period(at))
                told = _proved(series, at, finding, said, checks) if finding.remedies else finding
                yield rule, Found(told, series.place(at), *keys, series.cell(at))


def _found(series: Series, checks: Sequence[tuple[Rule, SeriesCheck]]) -> Sequence[_Said]:
    return [(rule, at, finding) for rule, check in checks for at, finding in check(series)]


def _proved(
    series: Series, at: int, finding: Finding, said: Sequence[_Said], checks: Sequence[tuple[Rule, SeriesCheck]]
) -> Finding:
    """A finding with the only one of its proposals that holds: the figure then has none, and no other a new one.

    A note that confirms what is wrong is of the figure that stands there, and goes with it.
    """
    before = {(rule.code, place) for rule, place, _ in said if place != at}

    def holds(changes: Mapping[str, str]) -> bool:
        again = _with(series, at, changes)
        if finding.of_note == Bearing.CONFIRMED:
            again = replace(again, otherwise={at: False})
        return {(rule.code, place) for rule, place, _ in _found(again, checks)} <= before

    hints = [each.hint for each in finding.remedies if holds({finding.field: each.text, **each.also})]
    return with_the_only(finding, hints)


def _with(series: Series, at: int, changes: Mapping[str, str]) -> Series:
    """The year with other figures in one place, and what its note then says of them."""
    values, denominators = list(series.values), list(series.denominators)
    for field, text in changes.items():
        number = plain_number(text)
        if number is not None and number.figure is not None:
            (denominators if field == "denominator" else values)[at] = number.figure
    again = replace(series, values=values, denominators=denominators)
    return replace(again, otherwise={at: contradicts(record_of(again, at))})


def _all_series(plan: Plan, ledger: Ledger) -> Iterator[Series]:
    """The years with a figure, of every indicator and unit in plan order."""
    stride = ledger.block_count
    for at, indicator in enumerate(plan.indicators.values()):
        values = ledger.values[at * stride : (at + 1) * stride]
        is_ratio = "denominator" in indicator.columns
        below = ledger.denominators[at * stride : (at + 1) * stride].tolist() if is_ratio else []
        for start, unit in zip(range(0, stride, MONTHS), plan.reporting_units, strict=True):
            year = values[start : start + MONTHS]
            months = [month for month, value in enumerate(year, start=1) if value >= 0]
            if months:
                figures = [value for value in year if value >= 0]
                denominators = [below[start + month - 1] for month in months] if is_ratio else ()
                yield Series(ledger, indicator, unit, months, figures, denominators)
