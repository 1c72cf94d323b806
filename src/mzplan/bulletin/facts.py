"""The value of every figure that a bulletin may cite, and how it prints. Prose and its verification both ask here."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from mzplan import figures, zh
from mzplan.bulletin import groups
from mzplan.bulletin.model import EVERY, Cited, Ref
from mzplan.bulletin.scored import ScoredYear
from mzplan.period import Period
from mzplan.scoring.pace import Pace
from mzplan.scoring.progress import Progress, Tally, UnitTally
from mzplan.zh import Amount

PARTITION = ("steady", "lagging", "missing&due")
"""The shares of one whole: everything that is due by now is in exactly one of these groups."""


@dataclass(frozen=True)
class Facts(ScoredYear):
    """The same, asked figure by figure."""

    _before: dict[Period, "Facts"] = field(default_factory=dict, repr=False, compare=False)
    """What `at` has answered, of this period and those before it: the check of a draft asks for each figure."""

    def at(self, period: Period) -> "Facts":
        """The facts as they stood at an earlier period."""
        if period == self.period:
            return self
        if period not in self._before:
            self._before[period] = Facts(self.scored(period), self.ledger, self.scored, self._before)
        return self._before[period]

    def value(self, ref: Ref) -> Fraction | None:
        """The exact value of a figure; None when there is none, as for what is not reported."""
        return FIELDS[ref.field].value(self, ref)

    def cite(self, ref: Ref) -> Cited:
        """A figure for a sentence; KeyError when there is none: the sentence should not have been chosen."""
        value = self.value(ref)
        if value is None:
            raise KeyError(ref)
        shown = FIELDS[ref.field].show(self, ref, value)
        return Cited(ref, value, shown.number, shown.unit)

    def members(self, ref: Ref) -> tuple[str, ...]:
        """Names, in plan order, of the indicators or units that a count counts; empty for any other figure."""
        if ref.field == "count":
            return tuple(zh.full_width(row.indicator.name) for row in self.rows(ref.subject, ref.group))
        return self.unit_names(self.counted_units(ref))

    def counted_units(self, ref: Ref) -> tuple[str, ...]:
        """The units, in plan order, that a count counts; empty for any other figure."""
        if ref.field in ("addends", "unreported"):
            rows = self.addends(ref.subject, ref.group if ref.field == "addends" else "unfiled&unsent")
            return tuple(row.unit for row in rows if row.unit is not None)
        if ref.field == "reporters":
            return tuple(one.unit for one in self.reporters(ref.group, ref.subject.unit) if one.unit is not None)
        return ()


@dataclass(frozen=True, slots=True)
class Field:
    """One kind of figure: where its value is and how it prints."""

    value: Callable[[Facts, Ref], Fraction | None]
    show: Callable[[Facts, Ref, Fraction], Amount]


def _of_row(get: Callable[[Progress], Fraction | None]) -> Callable[[Facts, Ref], Fraction | None]:
    return lambda facts, ref: get(row) if (row := facts.row(ref.subject)) else None


def _of_pace(get: Callable[[Pace], Fraction | int | None]) -> Callable[[Facts, Ref], Fraction | None]:
    """Of what is told by the month alone: prose says 月均."""

    def value(facts: Facts, ref: Ref) -> Fraction | None:
        need = facts.pace(ref.subject)
        return _fraction(get(need)) if need and need.every == "month" else None

    return value


def _of_standing(get: Callable[[UnitTally], int | None]) -> Callable[[Facts, Ref], Fraction | None]:
    return lambda facts, ref: _fraction(get(one)) if (one := facts.standing(ref.subject.unit)) else None


def _of_all_standings(get: Callable[[UnitTally], int]) -> Callable[[Facts, Ref], Fraction | None]:
    """Of one unit, or of all that report together where none is named."""

    def value(facts: Facts, ref: Ref) -> Fraction | None:
        every = facts.reporters("all") if ref.subject.unit is None else [facts.standing(ref.subject.unit)]
        return _fraction(sum(get(one) for one in every if one)) if any(every) else None

    return value


def _of_tally(get: Callable[[Tally], Fraction | None], *, whole: bool) -> Callable[[Facts, Ref], Fraction | None]:
    def value(facts: Facts, ref: Ref) -> Fraction | None:
        tally = facts.tally(ref.subject._replace(area=EVERY) if whole else ref.subject)
        return get(tally) if tally else None

    return value


def _of_period(get: Callable[[Facts], int | None]) -> Callable[[Facts, Ref], Fraction | None]:
    return lambda facts, _: _fraction(get(facts))


def _fraction(number: Fraction | int | None) -> Fraction | None:
    return None if number is None else Fraction(number)


def _threshold(facts: Facts, _ref: Ref, value: Fraction) -> Amount:
    measure = "个百分点" if facts.card.preset.yardstick == "points" else "%"
    return Amount(zh.trimmed(figures.rounded(value, 2)), measure)


def _whole(_facts: Facts, _ref: Ref, value: Fraction) -> Amount:
    return Amount(str(int(value)), "")


def _amount(facts: Facts, ref: Ref, value: Fraction) -> Amount:
    row = facts.row(ref.subject)
    if row is None:
        return Amount(str(value), "")
    if groups.is_judged_one_by_one(row):
        return Amount(str(int(value)), "家")
    missed = row.target.value if ref.field == "actual" and row.target and not row.is_kept else None
    return zh.amount(value, row.indicator.unit, missed)


def _mean_amount(facts: Facts, ref: Ref, value: Fraction) -> Amount:
    row = facts.row(ref.subject)
    is_rough = Fraction(1, 10) <= value < 1  # 0.9万元 beside 7.34万元, not 8888.9元
    return zh.amount(value, row.indicator.unit if row else "", short=is_rough, decimals=1)


def _target(facts: Facts, ref: Ref, value: Fraction) -> Amount:
    number, unit = _amount(facts, ref, value)
    return Amount(zh.trimmed(number), unit)


def _shortfall(facts: Facts, ref: Ref, value: Fraction) -> Amount:
    row = facts.row(ref.subject)
    if row is not None and row.indicator.unit == "%":
        return Amount(zh.points(value / 100), "个百分点")
    if row is not None and zh.is_rate(row.indicator.unit):
        return Amount(zh.points(value / 100), zh.measure(row.indicator.unit))
    return zh.amount(value, row.indicator.unit if row else "")


def _percent(facts: Facts, ref: Ref, value: Fraction) -> Amount:
    below: list[Fraction | int] = [1]
    row = facts.row(ref.subject)
    if ref.field == "completion" and row is not None:
        if row.is_kept:
            below = []
        if row.expected is not None and row.gap is not None and row.gap < 0:
            below.append(row.expected)
    decimals = facts.overall_decimals if ref.field == "overall" and ref.subject.unit is not None else 1
    return Amount(figures.percent(value, decimals, below), "")


def _share(facts: Facts, ref: Ref) -> Fraction | None:
    whole = sum(len(facts.rows(ref.subject, name)) for name in PARTITION)
    return Fraction(len(facts.rows(ref.subject, ref.group)), whole) if whole else None


def _points(_facts: Facts, _ref: Ref, value: Fraction) -> Amount:
    return Amount(zh.points(value) if value < 0 else zh.percent(value), "")


def _shortfall_value(row: Progress) -> Fraction | None:
    if row.actual is None or row.target is None:
        return None
    difference = row.actual - row.target.value
    return abs(difference) if difference else None


def due_by_now(row: Progress) -> Fraction | None:
    """What the schedule asks for by now of what starts from nothing; None by a computed target, which judges nobody."""
    target = row.target if row.target_basis != "reference" and row.baseline is None else None
    is_asked = target is not None and target.operator in ("at_least", "about") and row.indicator.cumulative
    if target is None or not is_asked or row.counts_units or not row.expected:
        return None
    return target.value * row.expected


def _from_due(row: Progress) -> Fraction | None:
    """How far a figure is from that, on either side."""
    due = due_by_now(row)
    return abs(row.actual - due) if due is not None and row.actual is not None and row.actual != due else None


def _remaining(facts: Facts, ref: Ref) -> Fraction | None:
    """How far a figure that needs a pace is from the target named, be it kept before."""
    row = facts.row(ref.subject)
    return _shortfall_value(row) if row is not None and facts.pace(ref.subject) is not None else None


def _pace_to_target(facts: Facts, ref: Ref) -> Fraction | None:
    """At least so many a month to the target that is named, and not just into what `about` allows."""
    need, left = facts.pace(ref.subject), _remaining(facts, ref)
    if need is None or need.required is None or left is None:
        return None
    return need._replace(required=left / need.months).least


def _increase(facts: Facts, ref: Ref) -> Fraction | None:
    """What the months of a group, 7—9 or 9, have brought of what adds up over units; None of a unit silent then."""
    first, last = int(ref.group.partition("—")[0]), int(ref.group.rpartition("—")[2])
    if not 0 < first <= last <= facts.period.month:
        return None
    row = facts.row(ref.subject)
    if row is None or not row.indicator.additive or groups.is_judged_one_by_one(row):
        return None
    months = [facts.at(Period(facts.period.year, month)) for month in (first - 1, last) if month]
    rows = filter(None, (one.row(ref.subject) for one in months))
    if any(row.carried_from is not None for row in rows):
        return None
    *before, now = (one.value(ref._replace(field="actual")) for one in months)
    return None if now is None or None in before else now - sum(filter(None, before))


def _edge(row: Progress, side: int) -> Fraction | None:
    """Where the band of an `about` target ends, below or above."""
    target = row.target
    return target.value * (1 + side * target.tolerance) if target and target.operator == "about" else None


def _since(facts: Facts, ref: Ref) -> Fraction | None:
    """The month from which on a unit has owed something, if it has."""
    return Fraction(ref.group) if facts.rows(ref.subject, f"unfiled&unsent&since={ref.group}") else None


def _due_month(facts: Facts, ref: Ref) -> Fraction | None:
    """A month by whose end something unmet is due, if anything is."""
    return Fraction(ref.group) if facts.rows(ref.subject, f"unmet&due={ref.group}") else None


def _unit_since(facts: Facts, ref: Ref) -> Fraction | None:
    """The month from which on a unit that was heard of before has sent nothing; None of any other."""
    last = facts.last_heard(ref.subject.unit) if ref.subject.unit in facts.silent else None
    return Fraction(last + 1) if last else None


def _silent_months(facts: Facts, ref: Ref) -> Fraction | None:
    """For how many months a unit has sent nothing, this one among them; None of one that has sent something."""
    unit = ref.subject.unit
    return Fraction(facts.period.month - (facts.last_heard(unit) or 0)) if unit in facts.silent else None


def _unreported(facts: Facts, ref: Ref) -> Fraction | None:
    """How many units owe a report of a row, but for those whose report is there and could not be read."""
    row = facts.row(ref.subject)
    return Fraction(row.reporting - row.reported - len(facts.addends(ref.subject, "unfiled&unread"))) if row else None


FIELDS: Mapping[str, Field] = {
    "actual": Field(_of_row(lambda row: row.actual), _amount),
    "increase": Field(_increase, _amount),
    "target": Field(_of_row(lambda row: row.target.value if row.target else None), _target),
    "baseline": Field(_of_row(lambda row: row.baseline), _target),
    "completion": Field(_of_row(lambda row: row.completion), _percent),
    "expected": Field(_of_row(lambda row: row.expected), _percent),
    "gap": Field(_of_row(lambda row: row.told_gap), _points),
    "contribution": Field(_of_row(lambda row: row.contribution), _percent),
    "reported": Field(_of_row(lambda row: Fraction(row.reported)), _whole),
    "unreported": Field(_unreported, _whole),
    "reporting": Field(_of_row(lambda row: Fraction(row.reporting)), _whole),
    "shortfall": Field(_of_row(_shortfall_value), _shortfall),
    "remaining": Field(_remaining, _shortfall),
    "due_by_now": Field(_of_row(due_by_now), _target),
    "from_due": Field(_of_row(_from_due), _shortfall),
    "pace": Field(_pace_to_target, _amount),
    "pace_to_band": Field(_of_pace(lambda need: need.least), _amount),
    "left_to_band": Field(_of_pace(lambda need: need.left), _shortfall),
    "floor": Field(_of_row(lambda row: _edge(row, -1)), _target),
    "ceiling": Field(_of_row(lambda row: _edge(row, 1)), _target),
    "pace_mean": Field(_of_pace(lambda need: need.mean), _mean_amount),
    "pace_best": Field(_of_pace(lambda need: need.best), _mean_amount),
    "due": Field(_of_row(lambda row: Fraction(row.schedule.due.month)), _whole),
    "due_year": Field(_of_row(lambda row: Fraction(row.schedule.due.year)), _whole),
    "used": Field(_of_row(lambda row: Fraction(row.record_period.month) if row.record_period else None), _whole),
    "count": Field(lambda facts, ref: Fraction(len(facts.rows(ref.subject, ref.group))), _whole),
    "share": Field(_share, _percent),
    "addends": Field(lambda facts, ref: Fraction(len(facts.addends(ref.subject, ref.group))), _whole),
    "reporters": Field(lambda facts, ref: Fraction(len(facts.reporters(ref.group, ref.subject.unit))), _whole),
    "overall": Field(_of_tally(lambda tally: tally.completion, whole=True), _percent),
    "overall_raw": Field(_of_tally(lambda tally: tally.raw, whole=True), _percent),
    "area_mean": Field(_of_tally(lambda tally: tally.completion, whole=False), _percent),
    "rank": Field(_of_standing(lambda standing: standing.rank), _whole),
    "ranked": Field(
        lambda facts, _: Fraction(sum(standing.rank is not None for standing in facts.card.units.values())), _whole
    ),
    "owed": Field(_of_all_standings(lambda standing: standing.reporting), _whole),
    "filed": Field(_of_all_standings(lambda standing: standing.reported), _whole),
    "due_month": Field(_due_month, _whole),
    "since": Field(_since, _whole),
    "unit_used": Field(lambda facts, ref: _fraction(facts.last_heard(ref.subject.unit)), _whole),
    "unit_since": Field(_unit_since, _whole),
    "silent_months": Field(_silent_months, _whole),
    "year": Field(_of_period(lambda facts: facts.period.year), _whole),
    "month": Field(_of_period(lambda facts: facts.period.month), _whole),
    "elapsed": Field(lambda facts, _: Fraction(facts.period.month, 12), _percent),
    "yellow": Field(lambda facts, _: facts.card.preset.yellow, _threshold),
    "red": Field(lambda facts, _: facts.card.preset.red, _threshold),
    "deadline_month": Field(_of_period(lambda facts: facts.period.shift(1).month), _whole),
    "next_month": Field(_of_period(lambda facts: facts.period.shift(1).month), _whole),
    "next_deadline_month": Field(_of_period(lambda facts: facts.period.shift(2).month), _whole),
    "deadline_day": Field(_of_period(lambda facts: facts.plan.report_day), _whole),
}
"""Every field that a slot of a phrase may name."""
