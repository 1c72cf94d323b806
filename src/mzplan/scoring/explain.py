"""One number back to its clause, its records and its arithmetic, step by step. Figures stay exact; words come later."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Literal, NamedTuple

from mzplan.diagnostics import InputError, Location, show
from mzplan.period import Period
from mzplan.plan.indicator import SILENCE, Indicator, RatioIndicator
from mzplan.plan.lights import Light, light, shortfall
from mzplan.plan.load import breakdown_path
from mzplan.plan.model import ActionArea, Part, Plan, Task
from mzplan.said import say
from mzplan.scoring.pace import Pace, pace
from mzplan.scoring.progress import KEPT, LIT, LOST, ONE, ZERO, Progress, Status
from mzplan.scoring.scorecard import Scorecard
from mzplan.scoring.silence import hinges_on_silence
from mzplan.submissions.ledger import Entry, Ledger

Token = Fraction | str
Formula = tuple[Token, ...]
"""Numbers and signs (`+ − × ÷ ( )`) in the order in which they are read; working it out gives the step's value."""

StepName = Literal["actual", "completion", "capped", "expected", "gap", "excess", "shortfall", "contribution"]

HUNDRED = Fraction(100)

_NO_ROW = "{unit}既不填报也不考核指标 {indicator}，没有可说明的数。"


class Step(NamedTuple):
    """One figure and the arithmetic that makes it."""

    name: StepName
    formula: Formula
    value: Fraction
    """`completion`, `capped`, `expected`, `contribution`: a share; `gap`, `excess`: percentage points; `shortfall`: in
    the preset's yardstick; `actual`: in the measure unit."""
    why: str = ""
    """Which rule was used where there are several: `met`, `at-target`, `stage`, `units`, `own-dates`, `mean`,
    `ratio`, `sum`."""


class RecordRemarks(NamedTuple):
    """What a record says beside its figures, and where a spreadsheet has those."""

    note: str = ""
    evidence: str = ""
    cell: str = ""
    """The cell of a workbook in which its figure stands, as a spreadsheet calls it; empty for a CSV."""


class Record(NamedTuple):
    """A record that was looked at."""

    unit: str
    entry: Entry
    is_used: bool
    is_carried: bool
    """Whether it stands in for one that is owed and not reported."""
    said: RecordRemarks = RecordRemarks()


class Given(NamedTuple):
    """What the breakdown gives a unit from some month of the year on."""

    unit: str
    part: Part
    location: Location
    is_in_force: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """Everything behind one row of the scorecard."""

    card: Scorecard
    row: Progress
    task: Task
    area: ActionArea | None
    basis_location: Location | None
    """The line of the breakdown that sets a unit's part of the total."""
    basis_source: str
    given: tuple[Given, ...]
    """All that the breakdown gives the unit in the year, in order; of the city what it gives each of its units, unless
    their parts only add up to its own target."""
    records: tuple[Record, ...]
    """A unit's year up to the period, the latest first; for the city the record used of each unit."""
    silent: tuple[Period, ...]
    """A unit's periods that were owed and not reported, the latest first; none for the city."""
    addends: tuple[Progress, ...]
    """For the city: the rows that it is folded from, those that are not applicable left out."""
    steps: tuple[Step, ...]
    light: Light | None
    """What the preset says of the gap, and red for what is lost; None where no light is asked for."""
    pace: Pace | None
    streak: int
    hinges: bool
    """Whether what the silent units have not reported could turn the city's verdict."""

    @property
    def plan(self) -> Plan:
        """The plan that it is judged by."""
        return self.card.plan

    def step(self, name: StepName) -> Step | None:
        """The step of that name, if there is one."""
        return next((step for step in self.steps if step.name == name), None)


def explain(
    card: Scorecard,
    ledger: Ledger,
    indicator: str,
    unit: str | None,
    base: Path | None = None,
    said: Callable[[Location], RecordRemarks] = lambda _: RecordRemarks(),
) -> Explanation:
    """What is behind the row of that unit, or of the city for None; InputError when there is no such row.

    The breakdown's path is given from `base` on, where it lies below it. `said` reads what a record says beside its
    figures, which the ledger does not keep.
    """
    plan = card.plan
    row = card.row(indicator, unit)
    if row is None:
        assert unit is not None
        raise InputError(say(_NO_ROW, unit=show(plan.units_and_regions[unit].name), indicator=show(indicator)))
    part = plan.part_for(row.indicator, unit, card.period) if unit is not None else None
    on_part = part is not None and not row.is_whole and row.target_basis in ("official", "reference")
    addends, scorer, breakdown = _addends(row), card.rows.scorer, _breakdown(plan, base)
    return Explanation(
        card=card,
        row=row,
        task=next(task for task in plan.tasks if task.number == row.indicator.task),
        area=next((area for area in plan.action_areas if area.number == row.indicator.area), None),
        basis_location=Location(breakdown, part.line) if part is not None and on_part else None,
        basis_source=part.source if part is not None and on_part else "",
        given=tuple(_given(plan, row, card.period, breakdown)),
        records=tuple(one._replace(said=said(one.entry.location)) for one in _records(ledger, row, card.period)),
        silent=tuple(_silent(ledger, row, card.period)),
        addends=addends,
        steps=tuple(_steps(card, row, addends)),
        light=_light(card, row),
        pace=pace(ledger, row, card.period),
        streak=scorer.streak(row, card.period),
        hinges=hinges_on_silence(scorer, row, card.period),
    )


def _breakdown(plan: Plan, base: Path | None) -> str:
    if not plan.path:
        return ""
    path = Path(breakdown_path(plan.path))
    return str(path.relative_to(base) if base is not None and path.is_relative_to(base) else path)


def _given(plan: Plan, row: Progress, period: Period, breakdown: str) -> Iterable[Given]:
    is_own = row.indicator.applies_to == "total" and (row.unit is None or not row.is_whole)
    units = (row.unit,) if is_own else tuple(one.unit for one in row.addends or (row,))
    for unit in filter(None, units):
        held = plan.part_for(row.indicator, unit, period)
        for part in plan.parts.get((row.indicator.id, unit), ()):
            yield Given(unit, part, Location(breakdown, part.line), part is held)


def _addends(row: Progress) -> tuple[Progress, ...]:
    judged = frozenset(row.indicator.judged)
    involved = (one for one in row.addends if not judged or one.unit in judged)
    return tuple(one for one in involved if one.status is not Status.NOT_APPLICABLE)


def _records(ledger: Ledger, row: Progress, period: Period) -> Iterable[Record]:
    if row.unit is None or row.is_whole:
        for one in row.addends:
            if one.unit is not None and one.entry is not None:
                yield Record(one.unit, one.entry, True, one.is_unreported)
        return
    for entry in reversed(list(ledger.series(row.indicator.id, row.unit))):
        if entry.period <= period:
            is_used = row.entry is not None and entry.period == row.entry.period
            yield Record(row.unit, entry, is_used, is_used and row.is_unreported)


def _silent(ledger: Ledger, row: Progress, period: Period) -> Iterable[Period]:
    if row.unit is None or row.unit not in row.indicator.owing:
        return
    reported = {entry.period for entry in ledger.series(row.indicator.id, row.unit)}
    for month in range(ledger.months_until(period), 0, -1):
        owed = Period(ledger.plan.year, month)
        if owed not in reported and row.indicator.is_owed(owed):
            yield owed


def _steps(card: Scorecard, row: Progress, addends: Sequence[Progress]) -> Iterable[Step]:
    if row.actual is None:
        if row.expected is not None:
            yield _expected(card, row)
        return
    actual = _actual(row, addends)
    yield actual
    if row.contribution is not None:
        city = card.rows[row.indicator.id, None].actual or ZERO
        yield Step("contribution", (*_whole(row.actual), "÷", *_whole(city)), row.contribution)
    if row.completion is None or row.target is None or row.expected is None or row.gap is None:
        return
    yield _completion(row)
    if row.capped != row.completion:
        yield Step("capped", (row.capped,), row.capped)
    yield _expected(card, row)
    if row.excess is not None:
        yield Step("excess", (*_less(row.completion, ONE), "×", HUNDRED), row.excess * HUNDRED)
        return
    yield Step("gap", (*_less(row.completion, row.expected), "×", HUNDRED), row.gap * HUNDRED)
    if card.preset.yardstick == "relative" and row.gap < 0 and row.expected:
        short = shortfall(card.preset, row.gap, row.expected)
        assert short is not None
        yield Step("shortfall", (*_whole(-row.gap), "÷", *_whole(row.expected), "×", HUNDRED), short)


def _actual(row: Progress, addends: Sequence[Progress]) -> Step:
    indicator = row.indicator
    assert row.actual is not None
    if indicator.ratio and not row.counts_units:
        return Step("actual", _ratio(indicator.ratio, row, addends), row.actual, "ratio")
    if not row.is_whole:
        return Step("actual", (row.actual,), row.actual, "stage" if indicator.counts_silence else "")
    if indicator.counts_silence:
        shares = [_share(indicator, one) for one in addends]
        return Step("actual", (*_bracketed(shares), "÷", Fraction(len(shares))), row.actual, "mean")
    if row.counts_units:
        met = [Fraction((one.carried_status or one.status) in KEPT) for one in addends]
        return Step("actual", _sum(met), row.actual, "units")
    return Step("actual", _sum([one.actual for one in addends if one.actual is not None]), row.actual, "sum")


def _share(indicator: Indicator, row: Progress) -> Fraction:
    """A silent unit counts as the first stage."""
    share = row.actual if row.actual is not None else indicator.actual((SILENCE,))
    return share if share is not None else ZERO


def _ratio(indicator: RatioIndicator, row: Progress, addends: Sequence[Progress]) -> Formula:
    rows = [one for one in addends if one.entry is not None] if row.is_whole else [row]
    figures = [one.entry.figure for one in rows if one.entry is not None]
    pairs = [indicator.pair((figure,)) for figure in figures]
    above = [number if number is not None else ZERO for number, _ in pairs]
    below = [number if number is not None else ZERO for _, number in pairs]
    return (*_bracketed(above), "÷", *_bracketed(below), "×", Fraction(indicator.scale))


def _completion(row: Progress) -> Step:
    """The arithmetic of `Measure.completion`, with the numbers in it."""
    target, actual, completion = row.target, row.actual, row.completion
    assert target is not None
    assert actual is not None
    assert completion is not None
    falls, has_way = target.operator == "at_most", target.has_way_from(row.baseline)
    if falls and not has_way:
        if target.met_by(actual):
            return Step("completion", (ONE,), completion, "met")
        return Step("completion", (*_whole(target.value), "÷", *_whole(actual)), completion)
    start = row.baseline if row.baseline is not None and has_way else ZERO
    if target.value == start:
        return Step("completion", (completion,), completion, "at-target")
    if not start:
        return Step("completion", (*_whole(actual), "÷", *_whole(target.value)), completion)
    gone, way = ((start, end) if falls else (end, start) for end in (actual, target.value))
    return Step("completion", (*_less(*gone), "÷", *_less(*way)), completion)


def _expected(card: Scorecard, row: Progress) -> Step:
    """The share expected as of the month that the row is judged by."""
    column, schedule = card.rows.scorer.column(row.indicator, card.period), row.schedule
    own = card.rows.scorer.yardstick(column, row.unit, card.period)
    value = row.expected if row.expected is not None else ZERO
    if row.counts_units or (row.is_whole and row.indicator.counts_silence and row.own_schedule is not None):
        return Step("expected", (value,), value, "units" if row.own_schedule is None else "own-dates")
    month = own.month
    if month is not None and schedule.kind == "linear" and month < schedule.due and month.year == schedule.due.year:
        return Step("expected", (Fraction(month.month), "÷", Fraction(schedule.due.month)), value)
    return Step("expected", _whole(value), value)


def _light(card: Scorecard, row: Progress) -> Light | None:
    if row.status in LOST:
        return "red"
    if row.lag is None or row.expected is None or (row.carried_status or row.status) not in LIT:
        return None
    return light(card.preset, row.lag, row.expected)


def _sum(figures: Sequence[Fraction]) -> Formula:
    tokens: list[Token] = []
    for figure in figures:
        tokens += ["+", *_whole(figure)] if tokens else _whole(figure)
    return tuple(tokens) or (ZERO,)


def _bracketed(figures: Sequence[Fraction]) -> Formula:
    return ("(", *_sum(figures), ")") if len(figures) > 1 else _sum(figures)


def _less(figure: Fraction, other: Fraction) -> Formula:
    return ("(", *_whole(figure), "−", *_whole(other), ")")


def _whole(figure: Fraction) -> Formula:
    """A figure as one operand: as a decimal where six places hold it exactly, else as a division in brackets."""
    if (figure * 10**6).denominator == 1 and figure >= 0:
        return (figure,)
    if (figure * 10**6).denominator == 1:
        return ("(", figure, ")")
    return ("(", Fraction(figure.numerator), "÷", Fraction(figure.denominator), ")")
