"""The first screen as data: units × areas with their lights, standings, totals by status, what needs attention."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from fractions import Fraction
from heapq import nsmallest
from typing import Any, Literal, NamedTuple

from mzplan.figures import ExactSum
from mzplan.ledger import Ledger
from mzplan.lights import Light, light
from mzplan.pace import Pace, pace, streak
from mzplan.period import Period
from mzplan.plan import LightPreset
from mzplan.progress import Progress, Scorecard, Status, Tally
from mzplan.scoring import Scorer
from mzplan.views.movement import ranks
from mzplan.views.query import Query

ATTENTION = 10
"""How many items the attention list has at most."""
KEPT_FOR_SILENCE = 3
"""How many of them the units with missing reports may claim before the worst gaps."""


class Mark(NamedTuple):
    """A mean completion with its light."""

    tally: Tally
    light: Light | None
    """Green when all that is judged is on schedule; red when the mean shortfall, in which nobody's lead makes up for
    another's lag, is one that the preset calls red; else yellow. None when nothing judges."""
    on_reference: bool
    """Whether a target that it counts is a computed part of a city total."""


class Standing(NamedTuple):
    """One line of the matrix: a unit, or the city for None."""

    unit: str | None
    areas: tuple[Mark, ...]
    """In the order of `Overview.areas`."""
    whole: Mark
    rank: int | None
    ties: int
    moved: int | Literal["new"] | None
    """Places gained since the period before; None when there is nothing to compare."""
    reported: int
    reporting: int


class Lag(NamedTuple):
    """An indicator that is behind: its worst row, and how many other units lag with it."""

    row: Progress
    others: int
    pace: Pace | None
    streak: int


class Silence(NamedTuple):
    """A unit that owes reports for the period."""

    unit: str
    unreported: int
    reporting: int
    never: tuple[str, ...]
    """Ids of the indicators it has never reported this year."""


class Overview(NamedTuple):
    """The first screen."""

    areas: tuple[int | None, ...]
    standings: tuple[Standing, ...]
    """The city first, then the units as ordered."""
    city_totals: Mapping[Status, int]
    """How many indicators of the city have each status."""
    unit_totals: Mapping[Status, int]
    """How many rows of the units do."""


class _Marking:
    """Adds up how far the rows of one mark fall short of what is expected."""

    __slots__ = ("expected", "on_reference", "reached", "wanted")

    def __init__(self) -> None:
        self.expected, self.wanted, self.reached = ExactSum(), ExactSum(), ExactSum()
        self.on_reference = False

    def add(self, row: Progress) -> None:
        if row.expected:
            self.expected.add(row.expected)
            if not row.is_on_schedule:  # so what it has reached is less than what was wanted
                self.wanted.add(row.expected)
                self.reached.add(row.capped)
        if row.target_basis == "reference":
            self.on_reference = True

    def sums(self) -> "_Sums":
        return _Sums(self.wanted.total() - self.reached.total(), self.expected.total(), self.on_reference)


class _Sums(NamedTuple):
    short: Fraction
    expected: Fraction
    on_reference: bool

    def mark(self, tally: Tally, preset: LightPreset) -> Mark:
        return Mark(tally, self._light(tally, preset), self.on_reference)

    def _light(self, tally: Tally, preset: LightPreset) -> Light | None:
        if not tally.judged:
            return None
        if tally.on_schedule == tally.judged:
            return "green"
        gap, expected = -self.short / tally.judged, self.expected / tally.judged
        return "red" if light(preset, gap, expected) == "red" else "yellow"


def _together(parts: Sequence[_Sums]) -> _Sums:
    return _Sums(
        sum((part.short for part in parts), Fraction(0)),
        sum((part.expected for part in parts), Fraction(0)),
        any(part.on_reference for part in parts),
    )


def mark_of(rows: Iterable[Progress], tally: Tally, preset: LightPreset) -> Mark:
    """The mark of any set of rows whose tally is known."""
    marking = _Marking()
    for row in rows:
        if row.is_judged:
            marking.add(row)
    return marking.sums().mark(tally, preset)


def overview(card: Scorecard, ledger: Ledger, query: Query) -> Overview:
    """The first screen of a scorecard."""
    earlier = earlier_period(card) if query.rank else None
    before = ranks(card.plan, ledger, earlier) if earlier else None
    areas = tuple(dict.fromkeys(area for area, _ in card.areas))
    shown = (None, *query.units) if query.units else tuple(card.units)
    units = tuple(dict.fromkeys(shown))
    return Overview(
        areas,
        _ordered(card, _standings(card, areas, units, before), query),
        *_totals(card, query),
    )


def _standings(
    card: Scorecard, areas: Sequence[int | None], units: Sequence[str | None], before: Mapping[str, int] | None
) -> list[Standing]:
    wanted = frozenset(units)
    markings = {(area, unit): _Marking() for area in areas for unit in units}
    for (_, unit), row in card.rows.items():
        if unit in wanted and row.is_judged:
            markings[row.indicator.area, unit].add(row)
    standings = []
    for unit in units:
        standing = card.units[unit]
        parts = [markings[area, unit].sums() for area in areas]
        standings.append(
            Standing(
                unit,
                tuple(part.mark(card.areas[area, unit], card.preset) for area, part in zip(areas, parts, strict=True)),
                _together(parts).mark(standing.tally, card.preset),
                standing.rank,
                standing.ties,
                _moved(standing.rank, unit, before),
                standing.reported,
                standing.reporting,
            )
        )
    return standings


def _moved(rank: int | None, unit: str | None, before: Mapping[str, int] | None) -> int | Literal["new"] | None:
    if rank is None or unit is None or before is None:
        return None
    earlier = before.get(unit)
    return "new" if earlier is None else earlier - rank


def _ordered(card: Scorecard, standings: list[Standing], query: Query) -> tuple[Standing, ...]:
    """The city stays on top; an order that says nothing about units keeps the plan's."""
    names = card.plan.units
    never = len(standings) + 1
    keys: Mapping[str, Callable[[Standing], Any]] = {
        "completion": lambda one: one.whole.tally.completion or Fraction(0),
        "rank": lambda one: one.rank or never,
        "name": lambda one: names[one.unit or ""].name,
    }
    city, units = [one for one in standings if one.unit is None], [one for one in standings if one.unit is not None]
    if query.order in keys:
        units.sort(key=keys[query.order])
    if query.descending:
        units.reverse()
    return (*city, *units)


def _totals(card: Scorecard, query: Query) -> tuple[Mapping[Status, int], Mapping[Status, int]]:
    city: Counter[Status] = Counter()
    units: Counter[Status] = Counter()
    named = frozenset(query.units)
    for (_, unit), row in card.rows.items():
        if unit is None:
            city[row.status] += 1
        elif not named or unit in named:
            units[row.status] += 1
    return city, units


def attention(card: Scorecard, ledger: Ledger, query: Query) -> tuple[Lag | Silence, ...]:
    """The worst gaps and the units with missing reports, at most ten; of each indicator only its worst row.

    Worst means furthest below the expectation. Units come by how much they owe. Whatever room one kind leaves, the
    other takes.
    """
    silent = nsmallest(ATTENTION, _silent(card, query), key=lambda one: -one.unreported)
    lagging = _lagging(card, query)
    room = ATTENTION - min(len(silent), KEPT_FOR_SILENCE)
    worst = nsmallest(room, lagging.values(), key=lambda rows: rows[0].gap or Fraction(0))
    scorer = Scorer(card.plan, ledger, card.preset)
    lags = [
        Lag(
            rows[0],
            sum(row.unit is not None for row in rows[1:]),
            pace(ledger, rows[0], card.period),
            streak(scorer, rows[0], card.period),
        )
        for rows in worst
    ]
    return (*lags, *silent[: ATTENTION - len(lags)])


def _lagging(card: Scorecard, query: Query) -> dict[str, list[Progress]]:
    """The rows behind of each indicator, the worst one first."""
    named = frozenset(query.units)
    lagging: dict[str, list[Progress]] = {}
    for (identifier, unit), row in card.rows.items():
        if row.gap is None or row.status not in (Status.BEHIND, Status.FAR_BEHIND):
            continue
        if named and unit not in named:
            continue
        rows = lagging.setdefault(identifier, [])
        rows.append(row)
        if (rows[0].gap or 0) > row.gap:
            rows[0], rows[-1] = rows[-1], rows[0]
    return lagging


def _silent(card: Scorecard, query: Query) -> list[Silence]:
    named = frozenset(query.units)
    owing = {
        unit: standing
        for unit, standing in card.units.items()
        if unit is not None and standing.reported < standing.reporting and (not named or unit in named)
    }
    never: dict[str, list[str]] = {unit: [] for unit in owing}
    for (identifier, unit), row in card.rows.items():
        if unit in never and row.reporting and row.record_period is None:
            never[unit].append(identifier)
    return [
        Silence(unit, standing.reporting - standing.reported, standing.reporting, tuple(never[unit]))
        for unit, standing in owing.items()
    ]


def earlier_period(card: Scorecard) -> Period | None:
    """The period before, within the plan's year."""
    return card.period.shift(-1) if card.period.month > 1 and card.period.year == card.plan.year else None
