"""What a scorecard must say, worked out the slow way: plain fractions and one row at a time.

Shares no arithmetic with the program: it reads the plan's words and the records, and nothing else.
"""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import product
from typing import NamedTuple

from mzplan.figures import SCALE
from mzplan.period import Period
from mzplan.plan.indicator import Indicator, MilestoneIndicator, RatioIndicator
from mzplan.plan.model import LightPreset, Plan
from mzplan.plan.target import Schedule, Target

Record = tuple[int, int | None] | None
"""A value and a denominator as the ledger keeps them; None says 不适用."""
Records = Mapping[tuple[str, str, int], Record]
"""By (indicator id, unit id, month)."""

ZERO, ONE = Fraction(0), Fraction(1)
UNJUDGED = frozenset({"undefined", "not_applicable", "contribution"})
KEPT = frozenset({"met", "holding"})
REACHED = frozenset({"met", "holding", "on_schedule"})
LAGGING = frozenset({"behind", "far_behind", "overdue", "exceeded"})


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
    carried: str | None
    month: int | None
    contribution: Fraction | None
    reported: int
    reporting: int
    streak: int
    weight: Fraction
    is_waiting: bool = False

    @property
    def is_judged(self) -> bool:
        return self.target is not None and self.status not in UNJUDGED and not self.is_waiting

    @property
    def is_due(self) -> bool:
        if self.status == "missing":
            return self.is_judged and self.expected != 0
        return self.is_judged and self.status != "not_due"

    @property
    def stood(self) -> str:
        return self.carried or self.status


class Mean(NamedTuple):
    completion: Fraction | None
    raw: Fraction | None
    on_schedule: int
    due: int
    judged: int
    missing: int
    not_due: int
    later: int
    unjudged: int


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


def exceeded(target: Target, actual: Fraction) -> bool:
    if target.operator == "at_most":
        return actual > target.value
    return target.operator == "about" and actual > target.value * (1 + target.tolerance)


def completion(target: Target, actual: Fraction, baseline: Fraction | None) -> Fraction:
    if target.operator == "at_most" and baseline is not None and baseline > target.value:
        return (baseline - actual) / (baseline - target.value)
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

    def verdict(
        self,
        indicator: Indicator,
        target: Target,
        actual: Fraction,
        share: Fraction,
        expected: Fraction,
        *,
        is_due: bool,
        counts: bool = False,
    ) -> str:
        """Rules 5 to 12 of the contract, for a figure that is known; `counts` where it counts units."""
        kept_up = indicator.schedule.kind == "always" or "at_most" in (indicator.target.operator, target.operator)
        if indicator.cumulative and not counts and exceeded(target, actual):
            return "exceeded"
        if met(target, actual):
            return "holding" if kept_up and not is_due else "met"
        if is_due:
            return "overdue"
        above_band = target.operator == "about" and exceeded(target, actual)
        away = ONE - share if above_band else share - expected  # too much is as far off as too little
        return "not_due" if expected == 0 else light(self.preset, away, expected)

    def is_for_good(self, indicator: Indicator, target: Target, status: str) -> bool:
        """Whether no later report can change it."""
        grows = indicator.cumulative or isinstance(indicator, MilestoneIndicator)
        return status == "exceeded" or (grows and status in KEPT and target.operator == "at_least")

    def row(self, indicator: Indicator, unit: str | None, period: Period) -> Row:
        row = self.city(indicator, period) if unit is None else self.unit(indicator, unit, period)
        if not self.plan.escalate or row.status not in ("behind", "far_behind"):
            return row
        streak = self.streak(indicator, unit, period)
        return row._replace(status="far_behind" if streak >= self.plan.escalate else row.status, streak=streak)

    def streak(self, indicator: Indicator, unit: str | None, period: Period) -> int:
        """How many of the periods owed and reported it has lagged in a row."""
        count = 0
        for month in range(period.month, 0, -1):
            at = Period(period.year, month)
            status = (self.city(indicator, at) if unit is None else self.unit(indicator, unit, at)).status
            if month == period.month and status not in LAGGING:
                return 0
            if status == "missing" or not indicator.is_owed(at):
                continue
            if status not in LAGGING:
                break
            count += 1
        return count

    def is_reported(self, indicator: Indicator, unit: str, period: Period) -> bool:
        """Whether there is a record of the period last owed, or of a later one."""
        owed, found = indicator.owed_by(period), self.latest(indicator, unit, period)
        return owed is None or (found is not None and owed.year == self.plan.year and found[0] >= owed.month)

    def asked(
        self, indicator: Indicator, schedule: Schedule, period: Period, record: int | None
    ) -> tuple[Fraction, bool]:
        """What is expected, and whether due has come, at the period last owed, or since at the month of the record."""
        owed = indicator.owed_by(period)
        months = [one for one in (owed, record and Period(self.plan.year, record)) if one]
        return (expected_by(schedule, max(months)), max(months) >= schedule.due) if months else (ZERO, False)

    def given(
        self, indicator: Indicator, unit: str, period: Period
    ) -> tuple[Target | None, str | None, Fraction | None, Schedule]:
        """What a unit is judged by, what that rests on, where its way starts and when it is due."""
        rows = self.plan.parts.get((indicator.id, unit), ())
        part = [row for row in rows if row.start is None or row.start <= period][-1:]
        if not part:
            judged = unit in indicator.judged
            target, basis = (indicator.target, "plan") if judged else (None, None)
            return target, basis, indicator.baseline, indicator.schedule
        (own,) = part
        if own.target.operator != "at_most" and own.target.value == 0:
            return None, None, None, indicator.schedule
        due = own.due or indicator.schedule.due
        schedule = indicator.schedule._replace(due=due)
        start = own.baseline
        if own.target.operator == "about" or (own.target.operator == "at_most" and (start or ZERO) <= own.target.value):
            start = None
        if self.is_blind(indicator, unit, period):
            schedule = Schedule("by_due", due)
        elif own.target.operator == "at_most" and start is None:  # kept or not: there is no part of a ceiling
            points = tuple((month, ONE if share else ZERO) for month, share in schedule.points)
            schedule = Schedule("always" if schedule.kind == "linear" else schedule.kind, due, points)
        return own.target, own.basis, start, schedule

    def is_blind(self, indicator: Indicator, unit: str, period: Period) -> bool:
        """Whether it has a part of an indicator with a baseline, none of its own, and nothing that must hold always."""
        rows = self.plan.parts.get((indicator.id, unit), ())
        part = [row for row in rows if row.start is None or row.start <= period][-1:]
        lacks = indicator.baseline is not None and indicator.schedule.kind != "always"
        return lacks and bool(part) and part[0].baseline is None

    def unit(self, indicator: Indicator, unit: str, period: Period) -> Row:
        indicator = indicator.at(period)
        found = self.latest(indicator, unit, period)
        record = found[1] if found else None
        actual = actual_of(indicator, [record]) if record else None
        target, basis, baseline, schedule = self.given(indicator, unit, period)
        expected, is_due = self.asked(indicator, schedule, period, found[0] if found else None)
        is_reported = self.is_reported(indicator, unit, period)
        share = carried = None
        if indicator.target.operator == "undefined":
            status = "undefined"
        elif found is not None and record is None:
            status = "not_applicable"
        elif target is None:
            status = "contribution"
        elif actual is None:
            status = "not_due" if is_reported else "missing"
        else:
            share = completion(target, actual, baseline)
            status = self.verdict(indicator, target, actual, share, expected, is_due=is_due)
            if not is_reported and not self.is_for_good(indicator, target, status):
                status, carried = "missing", status
        is_waiting = (
            self.is_blind(indicator, unit, period) and not is_due and (carried or status) in ("not_due", "missing")
        )
        if is_waiting:  # nobody knows how far along it is before it is due
            share = None
        contribution = None
        if actual is not None and indicator.additive and indicator.applies_to == "total":
            all_latest = [self.latest(indicator, one, period) for one in self.units_of(indicator)]
            whole = sum((Fraction(one[1][0], SCALE) for one in all_latest if one and one[1]), ZERO)
            contribution = actual / whole if whole > 0 else None
        owes = (
            unit in indicator.reporting
            and indicator.target.operator != "undefined"
            and indicator.owed_by(period) is not None
        )
        is_ratio = isinstance(indicator, RatioIndicator) and actual is not None and record is not None
        return Row(
            actual,
            Fraction(record[0], SCALE) if is_ratio and record else None,
            Fraction(record[1] or 0, SCALE) if is_ratio and record else None,
            target,
            basis,
            share,
            expected if target is not None and status not in UNJUDGED else None,
            None if share is None else share - expected,
            status,
            carried,
            found[0] if found else None,
            contribution,
            int(owes and is_reported),
            int(owes),
            0,
            indicator.weight,
            is_waiting,
        )

    def city(self, indicator: Indicator, period: Period) -> Row:  # noqa: C901 - the contract's cases, one after another
        indicator = indicator.at(period)
        units = self.units_of(indicator)
        rows = {unit: self.unit(indicator, unit, period) for unit in units}
        latest = {unit: found for unit in units if (found := self.latest(indicator, unit, period))}
        judged = [unit for unit in units if indicator.applies_to == "total" or rows[unit].target is not None]
        applicable = [unit for unit in judged if unit not in latest or latest[unit][1] is not None]
        figures = [record for unit in applicable if unit in latest and (record := latest[unit][1])]
        heard = any(self.is_reported(indicator, unit, period) for unit in applicable)
        silent = [unit for unit in applicable if rows[unit].status == "missing"]
        common = min((latest[unit][0] if unit in latest else 0 for unit in units), default=0)
        expected, is_due = self.asked(indicator, indicator.schedule, period, common)
        is_undefined = indicator.target.operator == "undefined"
        counts = indicator.applies_to != "total" and not isinstance(indicator, MilestoneIndicator)
        target = indicator.target
        above = below = actual = share = carried = None
        if indicator.applies_to != "total" and applicable:  # every unit has a promise, and a date, of its own
            dated = [(self.given(indicator, unit, period)[3], latest.get(unit)) for unit in applicable]
            asked = [self.asked(indicator, schedule, period, found and found[0]) for schedule, found in dated]
            wanted = [Fraction(share == 1) if counts else share for share, _ in asked]
            expected, is_due = sum(wanted, ZERO) / len(asked), all(due for _, due in asked)
        if counts and not is_undefined:
            target = Target("at_least", Fraction(len(applicable)))

        def judge(value: Fraction) -> str:
            part = completion(target, value, None)
            return self.verdict(indicator, target, value, part, expected, is_due=is_due, counts=True)

        if not applicable and (judged or indicator.applies_to != "total"):
            status = "undefined" if is_undefined else "not_applicable"
        elif counts and is_undefined:
            status = "undefined"
        elif counts:
            stood = [rows[unit].stood for unit in applicable]
            actual = Fraction(sum(one in KEPT for one in stood)) if figures else None
            sure = sum(rows[unit].status in KEPT for unit in applicable if unit not in silent)
            outcomes = {judge(Fraction(sure + more)) for more in range(len(silent) + 1)}
            limited = [unit for unit in silent if (own := rows[unit].target) and own.operator in ("at_most", "about")]
            if limited and indicator.cumulative:
                outcomes.add("exceeded")
            status = "exceeded" if "exceeded" in stood else self.certain(outcomes, heard=heard)
        elif isinstance(indicator, MilestoneIndicator) and applicable:
            first = {unit: found[1][0] if (found := latest.get(unit)) and found[1] else 0 for unit in applicable}
            means = possible_means(indicator, first, silent)
            actual = actual_of(indicator, [(stage, None) for stage in first.values()]) if figures else None
            status = "undefined" if is_undefined else self.certain(set(map(judge, means)), heard=heard)
        else:
            actual = actual_of(indicator, figures)
            if isinstance(indicator, RatioIndicator) and figures:
                above = Fraction(sum(value for value, _ in figures), SCALE)
                below = Fraction(sum(denominator or 0 for _, denominator in figures), SCALE)
            if is_undefined:
                status = "undefined"
            elif actual is None:
                status = "not_due" if heard else "missing"
            else:
                part = completion(target, actual, indicator.baseline)
                status = self.verdict(indicator, target, actual, part, expected, is_due=is_due)
                if not heard and not self.is_for_good(indicator, target, status):
                    status, carried = "missing", status
        if actual is not None and status not in UNJUDGED:
            plain = counts or isinstance(indicator, MilestoneIndicator)
            share = completion(target, actual, None if plain else indicator.baseline)
        return Row(
            actual if status != "not_applicable" else None,
            above,
            below,
            target,
            None if is_undefined and status == "undefined" else "plan",
            share,
            expected if status not in UNJUDGED else None,
            None if share is None else share - expected,
            status,
            carried,
            min((found[0] for found in latest.values()), default=None),
            None,
            sum(row.reported for row in rows.values()),
            sum(row.reporting for row in rows.values()),
            0,
            indicator.weight,
        )

    @staticmethod
    def certain(outcomes: set[str], *, heard: bool) -> str:
        """The verdict that holds whatever the silent would have said; not_due blames nobody and may stand."""
        if len(outcomes) == 1 and (heard or outcomes <= KEPT):
            return next(iter(outcomes))
        return "not_due" if heard and "not_due" in outcomes else "missing"


def possible_means(indicator: MilestoneIndicator, first: Mapping[str, int], silent: Sequence[str]) -> set[Fraction]:
    """The mean share for every stage, from where it stood on, that each silent unit could have reported."""
    every = range(len(indicator.stages))
    ways = product(*(every[stage:] if unit in silent else (stage,) for unit, stage in first.items()))
    return {mean for way in ways if (mean := actual_of(indicator, [(stage, None) for stage in way])) is not None}


def capped(row: Row) -> Fraction:
    return min(max(row.completion or ZERO, ZERO), ONE)


def mean(rows: Sequence[Row]) -> Mean:
    judged = [row for row in rows if row.is_judged]
    not_due = sum(row.status == "not_due" for row in rows)
    later = sum(row.status == "missing" and not (row.is_judged and row.is_due) for row in rows)
    unjudged = sum(row.status in ("undefined", "not_applicable", "contribution") for row in rows)
    if not judged:
        return Mean(None, None, 0, 0, 0, 0, not_due, later, unjudged)
    weight = sum((row.weight for row in judged), ZERO)
    due = [row for row in judged if row.is_due]
    return Mean(
        sum((capped(row) * row.weight for row in judged), ZERO) / weight,
        sum(((row.completion or ZERO) * row.weight for row in judged), ZERO) / weight,
        sum(row.status in REACHED for row in due),
        len(due),
        len(judged),
        sum(row.status == "missing" for row in due),
        not_due,
        later,
        unjudged,
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
    """Green when all that is due is reached; red when something is overdue or exceeded, or the mean shortfall of what
    is heard is one that the preset calls red; yellow when anything else lags. None where nothing is due, or silence is
    all that is amiss."""
    due = [row for row in rows if row.is_due]
    heard = [row for row in due if row.status != "missing"]
    if all(row.status in REACHED for row in heard):
        return "green" if heard and len(heard) == len(due) else None
    if any(row.status in ("overdue", "exceeded") for row in heard):
        return "red"
    expected = sum((row.expected or ZERO for row in heard), ZERO) / len(heard)
    late = [(row, row.expected or ZERO) for row in heard if row.status not in REACHED]
    above = [min(row.completion - 1, want) for row, want in late if row.completion and row.completion > 1]
    lacking = [*(want - capped(row) for row, want in late), *above]  # what is above a band lacks what is too much
    short = sum((max(one, ZERO) for one in lacking), ZERO)
    return "red" if light(preset, -short / len(heard), expected) == "far_behind" else "yellow"
