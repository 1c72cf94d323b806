"""The first screen as data: units × areas with their lights, standings, totals by status."""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from fractions import Fraction
from functools import cache
from itertools import accumulate
from sys import maxsize
from typing import Any, Literal, NamedTuple, TypeVar

from mzplan.period import Period
from mzplan.plan.lights import Light, limits
from mzplan.plan.model import LightPreset
from mzplan.said import SCREEN
from mzplan.scoring.means import tally
from mzplan.scoring.progress import Status, Tally, UnitTally, by_area, carried_into
from mzplan.scoring.scorecard import Scorecard
from mzplan.views.query import Order, Query, is_said, sort_by

T = TypeVar("T")


class LitMean(NamedTuple):
    """A mean completion with its light."""

    tally: Tally
    light: Light | None
    """Green when all that is due is reached; red when the mean shortfall of what is due and reported, in which nobody's
    lead makes up for another's lag, is one that the preset calls red; yellow when anything else lags. None when nothing
    is due, and when something is missing and nothing lags: silence has no colour."""


class Sorted(NamedTuple):
    """What any set of rows may be sorted by."""

    mark: LitMean
    name: str
    rank: int | None = None
    change: Fraction | None = None
    is_whole: bool = False
    """Whether it is the city among its units, which stays on top of them."""
    areas: Iterable[LitMean] = ()
    """Its parts, where one of them may stand worse than their mean."""

    @property
    def gap(self) -> Fraction | None:
        """The mean of what lacks of what is expected by now and reported, below 0; None where there is nothing."""
        tally = self.mark.tally
        return -tally.short / tally.heard if tally.heard else None

    @property
    def severity(self) -> int:
        """The worst light of it or its areas first, then what is silent, what is not due, what is as it should be."""
        if self.mark.light is None:
            return 2 if self.mark.tally.missing else 3
        if self.mark.light == "yellow":
            return 0 if any(area.light == "red" for area in self.areas) else 1
        return 0 if self.mark.light == "red" else 4


_ORDERS: Mapping[Order, Callable[[Sorted], Any]] = {
    "gap": lambda one: one.gap,
    "completion": lambda one: one.mark.tally.completion,
    "rank": lambda one: one.rank,
    "status": lambda one: one.severity,
    "name": lambda one: one.name,
    "change": lambda one: one.change,
}
"""Sets of rows have no contribution."""


def ordered(items: Sequence[T], query: Query, by: Callable[[T], Sorted]) -> tuple[T, ...]:
    """Sets of rows as the query orders them, else as they are; the city stays on top of its units."""
    whole, parts = [item for item in items if by(item).is_whole], [item for item in items if not by(item).is_whole]
    key = _ORDERS.get(query.order) if query.order is not None else None
    if key is not None:
        return (*whole, *sort_by(parts, lambda item: key(by(item)), descending=query.descending))
    return (*whole, *(reversed(parts) if query.order == "plan" and query.descending else parts))


class MatrixLine(NamedTuple):
    """One line of the matrix: a unit, or the city for None."""

    unit: str | None
    areas: tuple[LitMean, ...]
    """In the order of `Overview.areas`."""
    whole: LitMean
    rank: int | None
    ties: int
    moved: int | Literal["new"] | None
    """Places gained since the period before; None when there is nothing to compare."""
    reported: int
    reporting: int
    carried: tuple[Period, ...] = ()
    """The months that the figures are from which stand in for what a unit has not reported."""


class ListedUnits(NamedTuple):
    """Whose lines a screen has."""

    owners: tuple[str | None, ...]
    """The city, the regions and units named; a region with its children, the city with its units, or of many with its
    topmost regions, where there are any; where there are more units than a screen holds, the silent and worst first."""
    rest: tuple[LitMean, ...] = ()
    """How those stand that have no line."""
    has_regions: bool = False
    """Whether regions are among these."""


class PickedUnits(NamedTuple):
    """Whose rows a screen has where `only` picks rows: those of the units themselves, never of regions for them."""

    owners: tuple[str | None, ...]
    """The city, the regions and units named; then as many as a screen holds of those that have such a row, the silent
    and worst first."""
    rest: tuple[str, ...]
    """Those that have such a row, and no line."""
    others: int
    """How many have none."""
    having: int
    """How many units, and no regions, have one."""


class Overview(NamedTuple):
    """The first screen."""

    areas: tuple[int | None, ...]
    standings: tuple[MatrixLine, ...]
    """The city first, then the units as ordered."""
    city_totals: Mapping[Status, int]
    """How many indicators of the city have each status."""
    unit_totals: Mapping[Status, int]
    """How many rows of the units do."""


class TallyLights:
    """Gives tallies their lights; limits are worked out once for each mean expectation."""

    def __init__(self, preset: LightPreset) -> None:
        self._limits_at = cache(lambda expected, heard: limits(preset, expected / heard))

    def of(self, tally: Tally) -> LitMean:
        """The mark of any set of rows."""
        return LitMean(tally, self._light(tally))

    def _light(self, tally: Tally) -> Light | None:
        heard, expected = tally.heard, tally.expected
        if tally.on_schedule == heard:
            return "green" if heard and not tally.missing else None
        if tally.lost:
            return "red"
        reached, at = expected - tally.short, self._limits_at(expected, heard)
        return "red" if at.light(reached.numerator, reached.denominator * heard) == "red" else "yellow"


class ScopeTotal(NamedTuple):
    """What the rows within the areas, tasks, offices or indicators asked for come to; the whole has places too."""

    areas: Mapping[tuple[int | None, str | None], Tally]
    """By area and unit."""
    units: Mapping[str | None, UnitTally]
    carried: Callable[[str | None], tuple[Period, ...]]
    """The months from which figures stand in for what a unit has not reported."""


def scope(card: Scorecard, query: Query) -> ScopeTotal:
    """The sums of every area and unit within what is asked for."""
    standings: dict[str | None, UnitTally] = {**card.units, **card.regions}
    if not query.picks:
        return ScopeTotal({**card.areas, **_areas_of_regions(card)}, standings, card.rows.carried)
    rows = {unit: [row for row in card.of_unit(unit) if query.wants(row.indicator)] for unit in standings}
    areas = {unit: by_area(own) for unit, own in rows.items()}
    wanted = dict.fromkeys(one.area for one in card.plan.indicators.values() if query.wants(one))
    return ScopeTotal(
        {(area, unit): tally(areas[unit].get(area, ())) for area in wanted for unit in standings},
        {
            unit: standings[unit]._replace(
                tally=tally(own),
                reported=sum(row.reported for row in own),
                reporting=sum(row.reporting for row in own),
            )
            for unit, own in rows.items()
        },
        lambda unit: carried_into(rows[unit]),
    )


def _areas_of_regions(card: Scorecard) -> Mapping[tuple[int | None, str | None], Tally]:
    """What the rows of each region come to in each area."""
    rows = {region: by_area(card.of_unit(region)) for region in card.regions}
    areas = [area for area, unit in card.areas if unit is None]
    return {(area, region): tally(own.get(area, ())) for area in areas for region, own in rows.items()}


def shown(card: Scorecard, query: Query, within: ScopeTotal) -> ListedUnits:
    """Whom a screen lists; with `full` everybody, regions before their members."""
    plan = card.plan
    children = [one for unit in query.units for one in plan.children.get(unit or "-", ())]
    fixed: tuple[str | None, ...] = query.units or (None,)
    if not query.units:
        is_small = query.full or len(plan.reporting_units) <= SCREEN
        children = list(plan.below[""] if is_small else plan.children[""])
    if query.full or len(plan.reporting_units) <= SCREEN:
        return ListedUnits(tuple(dict.fromkeys((*fixed, *children))))
    first = foremost(card, query, within, children)
    rest = [unit for unit in first[SCREEN:] if unit not in fixed]
    marks = TallyLights(card.preset)
    kept = first[:SCREEN]
    if query.order == "plan" and query.descending:
        kept = kept[::-1]  # in plan order, which the lines made of them turn round
    owners = tuple(dict.fromkeys((*fixed, *kept)))
    marked = tuple(marks.of(within.units[unit].tally) for unit in rest)
    return ListedUnits(owners, marked, any(unit in plan.members for unit in rest))


def picked(card: Scorecard, query: Query, within: ScopeTotal) -> PickedUnits:
    """Whose rows a screen has of those that `only` picks."""
    fixed: tuple[str | None, ...] = query.units or (None,)
    named = frozenset(query.named(card.plan) or card.plan.units)
    asked = [unit for unit in card.plan.units if unit in named]
    indicators = frozenset(one.id for one in card.plan.indicators.values() if query.wants(one))
    having = {
        unit
        for (identifier, unit), status, is_unreported in card.rows.of_units()
        if identifier in indicators and is_said(status, is_unreported, query.only)
    }
    found = [unit for unit in asked if unit in having]
    first = foremost(card, query, within, [unit for unit in found if unit not in fixed])
    most = len(first) if query.full else SCREEN
    return PickedUnits((*fixed, *first[:most]), tuple(first[most:]), len(asked) - len(found), len(found))


def foremost(card: Scorecard, query: Query, within: ScopeTotal, units: Sequence[str]) -> Sequence[str]:
    """Units or regions as the query orders them, else first the silent, then the worst.

    Regions go by the share that they have not reported, units that have reported nothing by how long they have not;
    then by light, of one light what lags firmly before computed parts, then by what is lacking; last who owes nothing.
    """
    plan, marks = card.plan, TallyLights(card.preset)
    lit = {unit: marks.of(within.units[unit].tally) for unit in units}
    firm = {unit for (_, unit), computed in card.rows.lagging() if not computed}
    numbers = tuple(dict.fromkeys(area for area, _ in within.areas))

    def figures(unit: str) -> Sorted:
        areas = (marks.of(within.areas[area, unit]) for area in numbers)
        return Sorted(lit[unit], plan.units_and_regions[unit].name, within.units[unit].rank, areas=areas)

    def place(unit: str) -> tuple[bool, Fraction, int, int, bool]:
        one = within.units[unit]
        share = Fraction(one.unreported, one.reporting) if one.reporting else Fraction(0)
        is_silent = share == 1 and unit in plan.units
        heard = max((period.month for period in within.carried(unit)), default=0) if is_silent else 0
        is_idle = not (one.reporting or one.tally.judged)
        silence = -share if is_silent or unit in plan.members else Fraction(0)
        return is_idle, silence, heard, figures(unit).severity, unit not in firm

    if query.order in _ORDERS or query.order == "plan":
        return ordered(units, query, figures)
    return sorted(ordered(units, Query(order="gap"), figures), key=place)


def overview(card: Scorecard, query: Query) -> Overview:
    """The first screen of a scorecard."""
    earlier = card.rows.earlier() if query.rank else None
    moved = _moves(card, earlier) if earlier else {}
    within = scope(card, query)
    areas = tuple(dict.fromkeys(area for area, _ in within.areas))
    marks = TallyLights(card.preset)

    def line(unit: str | None) -> MatrixLine:
        standing = within.units[unit]
        return MatrixLine(
            unit,
            tuple(marks.of(within.areas[area, unit]) for area in areas),
            marks.of(standing.tally),
            standing.rank,
            standing.ties,
            None if unit is None else moved.get(unit),
            standing.reported,
            standing.reporting,
            within.carried(unit) if standing.reported < standing.reporting else (),
        )

    def figures(one: MatrixLine) -> Sorted:
        name = card.plan.city if one.unit is None else card.plan.units_and_regions[one.unit].name
        return Sorted(one.whole, name, one.rank, is_whole=one.unit is None, areas=one.areas)

    listed = shown(card, query, within)
    lines = [line(unit) for unit in dict.fromkeys((None, *listed.owners))]
    return Overview(areas, ordered(lines, query, figures), *_totals(card, query))


def _moves(card: Scorecard, earlier: Period) -> Mapping[str, int | Literal["new"]]:
    """The places that units have gained since a period.

    Where a unit has passed, or was passed by, one of whose reports some are missing then or now, itself included,
    silence may have moved it, and nothing is said.
    """
    before = card.rows.ranks(earlier, card.unread)
    now = {unit: one.rank for unit, one in card.units.items() if unit is not None and one.rank is not None}
    silent = {unit for unit in now if any(card.rows.is_silent(unit, period) for period in (earlier, card.period))}
    places = {unit: (before.get(unit, len(now) + 1), rank) for unit, rank in now.items()}
    among_all, among_silent = _Passed(places.values()), _Passed(places[unit] for unit in silent)
    moved: dict[str, int | Literal["new"]] = {}
    for unit, rank in now.items():
        if unit not in before:
            moved[unit] = "new"
        elif not (among_all if unit in silent else among_silent).by(*places[unit]):
            moved[unit] = before[unit] - rank
    return moved


class _Passed:
    """Tells of places then and now whether one of some units has passed another, without comparing each with each."""

    def __init__(self, places: Iterable[tuple[int, int]]) -> None:
        now: dict[int, list[int]] = {}
        for then, place in places:
            now.setdefault(then, []).append(place)
        self._then = sorted(now)
        self._of = now
        self._last = list(accumulate((max(now[then]) for then in self._then), max, initial=0))
        """The last place now of those that stood before each place then."""
        least = accumulate((min(now[then]) for then in reversed(self._then)), min, initial=maxsize)
        self._first = list(reversed(list(least)))
        """The first place now of those that stood at each place then or behind."""

    def by(self, then: int, now: int) -> bool:
        """Whether one of them stands to who has moved from one place to the other as it did not stand then."""
        ahead, behind = bisect_left(self._then, then), bisect_right(self._then, then)
        beside = self._of.get(then, ())
        return self._last[ahead] >= now or self._first[behind] <= now or any(place != now for place in beside)


def _totals(card: Scorecard, query: Query) -> tuple[Mapping[Status, int], Mapping[Status, int]]:
    named = [unit for unit in query.named(card.plan) if unit in card.plan.units]
    units = card.rows.totals(named) if named or not query.units else Counter[Status]()
    return card.rows.totals([None]), units
