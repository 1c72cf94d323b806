"""What a scorecard must say, worked out the slow way: plain fractions and one row at a time.

Shares no arithmetic with the program: it reads the plan's words and the records, and nothing else.
"""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple

from mzplan.figures import SCALE
from mzplan.period import Period
from mzplan.plan.indicator import Indicator, MilestoneIndicator, RatioIndicator, Schedule, Target
from mzplan.plan.model import LightPreset, Plan

Record = tuple[int, int | None] | None
"""A value and a denominator as the ledger keeps them; None says 不适用."""
Records = Mapping[tuple[str, str, int], Record]
"""By (indicator id, unit id, month)."""

ZERO, ONE = Fraction(0), Fraction(1)
JUDGED = frozenset({"missing", "met", "not_due", "on_schedule", "behind", "far_behind"})
STEADY = frozenset({"met", "not_due", "on_schedule"})


class Row(NamedTuple):
    actual: Fraction | None
    numerator: Fraction | None
    denominator: Fraction | None
    target: Target | None
    basis: str | None
    completion: Fraction | None
    expected: Fraction | None
    gap: Fraction | None
    status: str
    month: int | None
    contribution: Fraction | None
    reported: int
    reporting: int
    streak: int
    is_judged: bool


class Mean(NamedTuple):
    completion: Fraction | None
    raw: Fraction | None
    on_schedule: int
    judged: int


def expected_by(schedule: Schedule, period: Period) -> Fraction:
    if schedule.kind == "always":
        return ONE
    if schedule.kind == "points":
        return max((share for start, share in schedule.points if start <= period), default=ZERO)
    if period >= schedule.due:
        return ONE
    in_its_year = schedule.kind == "linear" and period.year == schedule.due.year
    return Fraction(period.month, schedule.due.month) if in_its_year else ZERO


def met(target: Target, actual: Fraction) -> bool:
    away = abs(actual - target.value)
    return {
        "at_least": actual >= target.value,
        "at_most": actual <= target.value,
        "about": away <= target.tolerance * target.value,
        "undefined": False,
    }[target.operator]


def completion(target: Target, actual: Fraction, baseline: Fraction | None) -> Fraction:
    if target.operator == "at_most":
        return ONE if met(target, actual) else target.value / actual
    start = baseline if baseline is not None and target.operator == "at_least" else ZERO
    if target.value == start:
        return Fraction(met(target, actual))
    return (actual - start) / (target.value - start)


def light(preset: LightPreset, gap: Fraction, expected: Fraction) -> str:
    def is_over(threshold: Fraction, inclusive: bool) -> bool:
        if preset.yardstick == "relative" and expected == 0:
            return True
        short = -gap * 100 if preset.yardstick == "points" else -gap / expected * 100
        return short >= threshold if inclusive else short > threshold

    if gap >= 0:
        return "on_schedule"
    if preset.red is not None and is_over(preset.red, preset.red_inclusive):
        return "far_behind"
    return "behind" if is_over(preset.yellow, preset.yellow_inclusive) else "on_schedule"


def actual_of(indicator: Indicator, figures: Sequence[tuple[int, int | None]]) -> Fraction | None:
    if isinstance(indicator, RatioIndicator):
        below = sum(denominator or 0 for _, denominator in figures)
        return Fraction(sum(value for value, _ in figures) * indicator.scale, below) if below else None
    if isinstance(indicator, MilestoneIndicator):
        shares = [indicator.stages[value].share for value, _ in figures]
        return sum(shares, ZERO) / len(shares) if shares else None
    return sum((Fraction(value, SCALE) for value, _ in figures), ZERO) if figures else None


class Oracle:
    def __init__(self, plan: Plan, records: Records, preset: LightPreset) -> None:
        self.plan, self.records, self.preset = plan, records, preset

    def latest(self, indicator: Indicator, unit: str, period: Period) -> tuple[int, Record] | None:
        last = period.month if period.year == self.plan.year else 12 if period.year > self.plan.year else 0
        months = [month for month in range(1, last + 1) if (indicator.id, unit, month) in self.records]
        return (months[-1], self.records[indicator.id, unit, months[-1]]) if months else None

    def units_of(self, indicator: Indicator) -> list[str]:
        return [
            unit
            for unit in self.plan.units
            if unit in indicator.reporting or unit in indicator.judged or (indicator.id, unit) in self.plan.parts
        ]

    def status(
        self,
        indicator: Indicator,
        target: Target | None,
        actual: Fraction | None,
        share: Fraction | None,
        expected: Fraction,
        *,
        not_applicable: bool,
        before_due: bool,
    ) -> str:
        if indicator.target.operator == "undefined":
            return "undefined"
        if not_applicable:
            return "not_applicable"
        if actual is None:
            return "missing"
        if target is None:
            return "contribution"
        if met(target, actual):
            return "met"
        if before_due:
            return "not_due"
        assert share is not None
        return light(self.preset, share - expected, expected)

    def row(self, indicator: Indicator, unit: str | None, period: Period) -> Row:
        row = self.city(indicator, period) if unit is None else self.unit(indicator, unit, period)
        if not self.plan.escalate or row.status not in ("behind", "far_behind"):
            return row
        streak, at = 1, period
        while at.month > 1:
            at = at.shift(-1)
            before = self.city(indicator, at) if unit is None else self.unit(indicator, unit, at)
            if before.status not in ("behind", "far_behind"):
                break
            streak += 1
        return row._replace(status="far_behind" if streak >= self.plan.escalate else row.status, streak=streak)

    def unit(self, indicator: Indicator, unit: str, period: Period) -> Row:
        found = self.latest(indicator, unit, period)
        record = found[1] if found else None
        actual = actual_of(indicator, [record]) if record else None
        target: Target | None = None
        basis: str | None = None
        if indicator.applies_to != "total":
            if unit in indicator.judged:
                target, basis = indicator.target, "plan"
        elif (indicator.id, unit) in self.plan.parts:
            part = self.plan.parts[indicator.id, unit][-1]
            if part.target.value or part.target.operator == "at_most":
                target, basis = part.target, part.basis
        expected = expected_by(indicator.schedule, period)
        share = None
        if actual is not None and target is not None and indicator.target.operator != "undefined":
            share = completion(target, actual, indicator.baseline if basis == "plan" else None)
        status = self.status(
            indicator,
            target,
            actual,
            share,
            expected,
            not_applicable=found is not None and record is None,
            before_due=indicator.schedule.kind == "by_due" and period < indicator.schedule.due,
        )
        contribution = None
        if actual is not None and indicator.additive and indicator.applies_to == "total":
            all_latest = [self.latest(indicator, one, period) for one in self.units_of(indicator)]
            whole = sum((Fraction(one[1][0], SCALE) for one in all_latest if one and one[1]), ZERO)
            contribution = actual / whole if whole > 0 else None
        owes = unit in indicator.reporting and indicator.target.operator != "undefined"
        is_ratio = isinstance(indicator, RatioIndicator) and actual is not None and record is not None
        return Row(
            actual,
            Fraction(record[0], SCALE) if is_ratio and record else None,
            Fraction(record[1] or 0, SCALE) if is_ratio and record else None,
            target,
            basis,
            share,
            expected if target is not None and status in JUDGED else None,
            None if share is None else share - expected,
            status,
            found[0] if found else None,
            contribution,
            int(owes and found is not None and (self.plan.year, found[0]) == period),
            int(owes),
            0,
            target is not None and status in JUDGED,
        )

    def city(self, indicator: Indicator, period: Period) -> Row:
        units = self.units_of(indicator)
        rows = [self.unit(indicator, unit, period) for unit in units]
        latest = {unit: found for unit in units if (found := self.latest(indicator, unit, period))}
        judged = [unit for unit in units if not indicator.judged or unit in indicator.judged]
        applicable = [unit for unit in judged if unit not in latest or latest[unit][1] is not None]
        figures = [record for unit in applicable if unit in latest and (record := latest[unit][1])]
        target, baseline = indicator.target, None
        expected = expected_by(indicator.schedule, period)
        before_due = indicator.schedule.kind == "by_due" and period < indicator.schedule.due
        above = below = None
        if isinstance(indicator, MilestoneIndicator) and applicable:
            silence = [(0, None)] * (len(applicable) - len(figures))
            actual = actual_of(indicator, [*figures, *silence]) if figures else None
        elif indicator.applies_to == "total":
            actual, baseline = actual_of(indicator, figures), indicator.baseline
            if isinstance(indicator, RatioIndicator) and figures:
                above = Fraction(sum(value for value, _ in figures), SCALE)
                below = Fraction(sum(denominator or 0 for _, denominator in figures), SCALE)
        elif indicator.target.operator == "undefined":
            actual = None
        else:
            meeting = sum(row.status == "met" for unit, row in zip(units, rows, strict=True) if unit in applicable)
            actual = Fraction(meeting) if figures else None
            target = Target("at_least", Fraction(len(applicable)))
            expected = Fraction(expected == 1)
            before_due = expected == 0
        share = None
        not_applicable = bool(judged) and not applicable
        is_undefined = indicator.target.operator == "undefined"
        if actual is not None and not is_undefined and not not_applicable:
            share = completion(target, actual, baseline)
        status = self.status(
            indicator, target, actual, share, expected, not_applicable=not_applicable, before_due=before_due
        )
        return Row(
            actual,
            above,
            below,
            target,
            None if is_undefined else "plan",
            share,
            expected if status in JUDGED else None,
            None if share is None else share - expected,
            status,
            min((found[0] for found in latest.values()), default=None),
            None,
            sum(row.reported for row in rows),
            sum(row.reporting for row in rows),
            0,
            status in JUDGED,
        )


def capped(row: Row) -> Fraction:
    return min(max(row.completion or ZERO, ZERO), ONE)


def mean(rows: Sequence[Row]) -> Mean:
    judged = [row for row in rows if row.is_judged]
    if not judged:
        return Mean(None, None, 0, 0)
    return Mean(
        sum(map(capped, judged), ZERO) / len(judged),
        sum((row.completion or ZERO for row in judged), ZERO) / len(judged),
        sum(row.status in STEADY for row in judged),
        len(judged),
    )


def ranks(plan: Plan, means: Mapping[str, Mean]) -> dict[str, int]:
    """Competition ranking: one more than the number of ranked units that are strictly better."""
    ranked = {
        unit.id: share
        for unit in plan.reporting_units
        if unit.kind != "bureau" and (share := means[unit.id].completion) is not None
    }
    return {unit: 1 + sum(other > own for other in ranked.values()) for unit, own in ranked.items()}


def mark_light(rows: Sequence[Row], preset: LightPreset) -> str | None:
    """Green when all is on schedule; else red when the mean shortfall is one that the preset calls red, else yellow."""
    judged = [row for row in rows if row.is_judged]
    if all(row.status in STEADY for row in judged):
        return "green" if judged else None
    expected = sum((row.expected or ZERO for row in judged), ZERO) / len(judged)
    short = sum(((row.expected or ZERO) - capped(row) for row in judged if row.status not in STEADY), ZERO)
    return "red" if light(preset, -short / len(judged), expected) == "far_behind" else "yellow"
