"""What differs between two states of plan and data, year by year, each by its own plan."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from enum import StrEnum
from fractions import Fraction
from typing import NamedTuple

from mzplan.period import Period
from mzplan.plan.indicator import Figure, Indicator
from mzplan.plan.lights import Light
from mzplan.plan.model import BEGINNING, Part, Plan, in_force
from mzplan.scoring.progress import RESCHEDULED, RETARGETED, STATUS_ZH, UNREAD, ZERO, Progress, Status, UnitTally
from mzplan.scoring.scorecard import Key, Rows, Scorecard
from mzplan.scoring.scorer import Scorer
from mzplan.scoring.silence import silent_units
from mzplan.submissions.ledger import Entry, Ledger
from mzplan.views.overview import TallyLights

WORST = (
    *(Status.EXCEEDED, Status.OVERDUE, Status.FAR_BEHIND, Status.BEHIND),
    *(Status.MISSING, Status.UNDEFINED, Status.NOT_APPLICABLE, Status.CONTRIBUTION),
    *(Status.NOT_DUE, Status.ON_SCHEDULE, Status.HOLDING, Status.MET),
)
"""Statuses from the worst to the best: what has become worse is told first."""


class Direction(StrEnum):
    """Which way a row went, in the order in which changes are told: silence is neither worse nor better."""

    WORSE = "worse"
    SILENT = "silent"
    """Nothing is reported any more of what was."""
    UNREAD = "unread"
    """What was reported cannot be read any more: nobody is silent."""
    UNREPORTED = "unreported"
    """Nothing is reported in either state: what differs is what is asked, or an older figure."""
    HEARD = "heard"
    """What was not reported is."""
    RETARGETED = "retargeted"
    """Something else is asked: what differs is no work done or lost."""
    RESCHEDULED = "rescheduled"
    """The same is asked for by another date, or another share of it by now: no work either."""
    REMOVED = "removed"
    ADDED = "added"
    REGROUNDED = "regrounded"
    """The same figures, on another basis: a part that was computed is given officially."""
    SAME = "same"
    """Other figures, and neither another status nor another completion."""
    BETTER = "better"


DIRECTION_ZH: Mapping[Direction, str] = {
    Direction.WORSE: "变差",
    Direction.SILENT: "转为未报",
    Direction.UNREAD: UNREAD,
    Direction.UNREPORTED: STATUS_ZH[Status.MISSING],
    Direction.HEARD: "补报",
    Direction.RETARGETED: RETARGETED,
    Direction.RESCHEDULED: RESCHEDULED,
    Direction.REMOVED: "删去",
    Direction.ADDED: "新增",
    Direction.REGROUNDED: "仅依据变",
    Direction.SAME: "仅数值变",
    Direction.BETTER: "变好",
}

_OF_SILENCE = (Direction.SILENT, Direction.UNREAD, Direction.HEARD, Direction.UNREPORTED)
_OF_FIGURES = (Direction.WORSE, Direction.SAME, Direction.BETTER)


class State(NamedTuple):
    """A plan with its data, scored at the period that is compared."""

    card: Scorecard
    ledger: Ledger
    errors: int = 0
    """Findings because of which rows of the data count nothing."""

    @property
    def is_silent(self) -> bool:
        """Whether nobody has reported anything for the period."""
        return not self.ledger.reporters(self.card.period)

    @property
    def plan(self) -> Plan:
        """The plan of that state."""
        return self.card.plan


class RecordChange(NamedTuple):
    """A record that differs; None where there is none."""

    indicator: Indicator
    unit: str
    period: str
    before: Figure | None
    after: Figure | None


class RowChange(NamedTuple):
    """A row of the scorecard that differs; None where that state has no such row."""

    indicator: Indicator
    unit: str | None
    before: Progress | None
    after: Progress | None
    silence: Direction | None = None
    """Of a city's row that those who reported in both states did not move its way: which way those went who did not."""
    is_unread: bool = False
    """Whether what is not reported now is there but could not be read."""

    @property
    def direction(self) -> Direction:
        """Which way it went: by status, and in the same status by completion."""
        if self.silence is not None:
            return self.silence
        if self.before is None or self.after is None:
            return Direction.ADDED if self.before is None else Direction.REMOVED
        was, now = self.before.is_unreported, self.after.is_unreported
        if was != now:
            return Direction.HEARD if was else Direction.UNREAD if self.is_unread else Direction.SILENT
        if was and not self.before.reported and not self.after.reported:
            return Direction.UNREPORTED
        if self.before.asked != self.after.asked:
            return Direction.RETARGETED
        if self.before.timed != self.after.timed:
            return Direction.RESCHEDULED
        if _figures(self.before._replace(target_basis=self.after.target_basis)) == _figures(self.after):
            return Direction.REGROUNDED
        rise, gain = self._moved
        if not rise and not gain:
            return Direction.SAME
        return Direction.WORSE if (rise or gain) < 0 else Direction.BETTER

    @property
    def is_verdict(self) -> bool:
        """Whether it has another verdict than before, or none in one of the states."""
        was, now = (row and (row.status, row.carried_status) for row in (self.before, self.after))
        return was != now

    @property
    def _moved(self) -> tuple[int, Fraction]:
        """How many places it rose in `WORST`, and what it gained in completion."""
        gain = (self.after.capped if self.after else ZERO) - (self.before.capped if self.before else ZERO)
        return _badness(self.after) - _badness(self.before), gain

    @property
    def order(self) -> tuple[int, int, Fraction]:
        """Worst first: by direction, then what fell furthest in status, then what lost most of its completion."""
        return (list(Direction).index(self.direction), *self._moved)


class Lit(NamedTuple):
    """A unit's standing with the light of its mean, and the months from which figures are carried into it."""

    standing: UnitTally
    light: Light | None
    carried: tuple[Period, ...]


class StandingChange(NamedTuple):
    """A unit or a region whose standing differs, or the city for None."""

    unit: str | None
    before: Lit | None
    after: Lit | None

    @property
    def is_rank_alone(self) -> bool:
        """Whether nothing of its own differs: others passed it, or fell behind it."""
        was, now = (one and one.standing._replace(rank=None, ties=0) for one in (self.before, self.after))
        return was == now


class Move(NamedTuple):
    """A unit or a region that is in another region than before; empty for none."""

    unit: str
    before: str
    after: str


class PlanChange(NamedTuple):
    """An indicator that is judged otherwise; None where that state has none."""

    before: Indicator | None
    after: Indicator | None

    @property
    def any(self) -> Indicator:
        """The indicator as it is, else as it was."""
        found = self.after or self.before
        assert found is not None
        return found


class PartChange(NamedTuple):
    """What a unit was given of an indicator, where that differs: its parts in the order of time."""

    indicator: Indicator
    unit: str
    before: Sequence[Part]
    after: Sequence[Part]


class Year(NamedTuple):
    """All that differs in a year that both states have a plan of, each judging by its own."""

    before: State
    after: State
    plan: Sequence[PlanChange]
    parts: Sequence[PartChange]
    records: Sequence[RecordChange]
    rows: Sequence[RowChange]
    """The city's, its regions' and the units', worst first."""
    standings: Sequence[StandingChange]
    moves: Sequence[Move]

    @property
    def is_nothing(self) -> bool:
        """Whether both states come to the same."""
        return not (self.plan or self.parts or self.records or self.rows or self.standings or self.moves)


class Alone(NamedTuple):
    """A year that one state alone has a plan of."""

    year: int
    is_new: bool
    """Whether it is the later state that has it."""
    indicators: int
    records: int


class Impact(NamedTuple):
    """All that differs between a revision and now."""

    revision: str
    commit: str
    years: Sequence[Year]
    alone: Sequence[Alone]

    @property
    def is_nothing(self) -> bool:
        """Whether both states come to the same in every year."""
        return not self.alone and all(year.is_nothing for year in self.years)


def year_between(before: State, after: State, units: Sequence[str | None] | None) -> Year:
    """What differs between two states at one period, of the units named, or of all and the city where that is None."""

    def wanted(unit: str | None) -> bool:
        return units is None or unit in units

    rows = [change for change in _rows(before, after) if wanted(change.unit)]
    return Year(
        before,
        after,
        tuple(_plan(before.plan, after.plan)),
        tuple(change for change in _parts(before.plan, after.plan) if wanted(change.unit)),
        tuple(change for change in _records(before, after) if wanted(change.unit)),
        tuple(sorted(rows, key=lambda change: change.order)),
        tuple(change for change in _standings(before.card, after.card) if wanted(change.unit)),
        tuple(move for move in _moves(before.plan, after.plan) if wanted(move.unit)),
    )


def _badness(row: Progress | None) -> int:
    return len(WORST) if row is None else WORST.index(row.status)


def _plan(before: Plan, after: Plan) -> Iterator[PlanChange]:
    for code in dict.fromkeys((*after.indicators, *before.indicators)):
        was, now = before.indicators.get(code), after.indicators.get(code)
        if was is None or now is None or _judged_by(was) != _judged_by(now):
            yield PlanChange(was, now)


def _moves(before: Plan, after: Plan) -> Iterator[Move]:
    for unit, now in after.units_and_regions.items():
        if (was := before.units_and_regions.get(unit, now)).parent != now.parent:
            yield Move(unit, was.parent, now.parent)


def _judged_by(indicator: Indicator) -> Indicator:
    """What decides about verdicts, parts of units aside: all but where it stands and what is said of it."""
    return replace(indicator, name_en="", source="", note="", task=0, area=None, breakdown="")


def _parts(before: Plan, after: Plan) -> Iterator[PartChange]:
    """The parts that differ in what judges by them: not in where they stand and what they were taken from."""
    indicators = {**before.indicators, **after.indicators}
    for key in dict.fromkeys((*after.parts, *before.parts)):
        was, now = ([part._replace(source="", line=0) for part in each.parts.get(key, ())] for each in (before, after))
        starts = {BEGINNING, *(part.start or BEGINNING for part in (*was, *now))}
        due = indicators[key[0]].schedule.due
        if any(_given(was, start, due) != _given(now, start, due) for start in starts):
            yield PartChange(indicators[key[0]], key[1], was, now)


def _given(parts: Sequence[Part], moment: Period, due: Period) -> Part | None:
    """What a unit has by then, however it is written: the indicator's date may be left out, a part given twice."""
    part = in_force(parts, moment)
    return part and part._replace(start=None, due=part.due or due)


def _records(before: State, after: State) -> Iterator[RecordChange]:
    indicators = {**before.plan.indicators, **after.plan.indicators}
    for unit in dict.fromkeys((*after.plan.units, *before.plan.units)):
        for code, indicator in indicators.items():
            was, now = _year(before, code, unit), _year(after, code, unit)
            for period in sorted(was.keys() | now.keys()):
                old, new = (entry.figure if entry else None for entry in (was.get(period), now.get(period)))
                if old != new:
                    yield RecordChange(indicator, unit, period, old, new)


def _year(state: State, code: str, unit: str) -> Mapping[str, Entry]:
    if code not in state.plan.indicators or unit not in state.plan.units:
        return {}
    return {str(entry.period): entry for entry in state.ledger.series(code, unit)}


def _rows(before: State, after: State) -> Iterator[RowChange]:
    indicators = {**before.plan.indicators, **after.plan.indicators}
    changes: dict[Key, RowChange] = {}
    for key in dict.fromkeys((*_keys(after), *_keys(before))):
        was, now = before.card.rows.get(key), after.card.rows.get(key)
        if (was and _figures(was)) != (now and _figures(now)):
            changes[key] = RowChange(indicators[key[0]], key[1], was, now, is_unread=_is_unread(now))
    silent: dict[str, dict[str, Direction]] = {}
    for (code, unit), change in changes.items():
        if unit in {**before.plan.units, **after.plan.units} and change.direction in _OF_SILENCE:
            silent.setdefault(code, {})[unit] = change.direction
    held = Scorer(after.plan, Ledger(after.plan), after.card.preset)
    for code, turns in silent.items():
        if before.plan.indicators[code].stages != after.plan.indicators[code].stages:
            continue
        rows = _held(before, after, held, code, turns)
        for whole in (None, *after.card.regions):
            below = after.plan.members[whole] if whole else turns.keys()
            if (code, whole) in changes and (own := [turn for unit, turn in turns.items() if unit in below]):
                changes[code, whole] = _by_contribution(changes[code, whole], rows[code, whole], own)
    yield from changes.values()


def _keys(state: State) -> Iterator[Key]:
    """The rows of a state, those of its regions among them."""
    yield from state.card.rows
    yield from ((code, region.id) for code in state.plan.indicators for region in state.plan.regions)


def _held(before: State, after: State, scorer: Scorer, code: str, silent: Collection[str]) -> Rows:
    """The rows of the city and its regions, had the units that are silent in either state stayed as they were."""
    ledger, rows = scorer.ledger, Rows(scorer, after.card.period)
    for unit in after.plan.units:
        for entry in _year(before if unit in silent else after, code, unit).values():
            ledger.write(ledger.cell(code, unit, entry.period.month), entry.figure)
    rows.add(after.plan.indicators[code])
    return rows


def _by_contribution(change: RowChange, held: Progress, turns: Collection[Direction]) -> RowChange:
    """The row of the city or a region, worse or better only if it is so without those who moved it by silence."""
    went = change.direction
    if change.before is None or went not in (*_OF_FIGURES, *_OF_SILENCE):
        return change
    is_moved = _figures(change.before) != _figures(held)
    if went in _OF_FIGURES and is_moved and change._replace(after=held).direction is went:
        return change
    likely = (went, Direction.HEARD if went is Direction.BETTER else Direction.SILENT, *_OF_SILENCE)
    return change._replace(silence=next(turn for turn in likely if turn in turns))


def _is_unread(row: Progress | None) -> bool:
    """Whether all that is not reported in the row is there but could not be read."""
    if row is None:
        return False
    silent = silent_units(row) if row.addends else [row]
    return bool(silent) and all(one.is_unread for one in silent)


def _figures(row: Progress) -> tuple[object, ...]:
    measured = (row.actual, row.numerator, row.denominator, row.target, row.target_basis)
    return (*measured, row.completion, row.expected, row.status, row.reporting - row.reported)


def _standings(before: Scorecard, after: Scorecard) -> Iterator[StandingChange]:
    now_all, was_all = ({None: card.units[None], **card.regions, **card.units} for card in (after, before))
    for unit in dict.fromkeys((*now_all, *was_all)):
        was, now = was_all.get(unit), now_all.get(unit)
        if was != now:
            yield StandingChange(unit, _lit(before, was), _lit(after, now))


def _lit(card: Scorecard, one: UnitTally | None) -> Lit | None:
    return Lit(one, TallyLights(card.preset).of(one.tally).light, card.rows.carried(one.unit)) if one else None
