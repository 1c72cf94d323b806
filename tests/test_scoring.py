"""The compact scoring says what the slow definitions of `oracle` say: every field of every row, every mean and rank."""

from collections import Counter
from collections.abc import Callable, Mapping
from fractions import Fraction
from functools import partial
from typing import Any, Literal

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from agreement import assert_agrees, expected_rows, ledger_with
from factory import indicator, small_plan
from mzplan.figures import SCALE
from mzplan.period import Period
from mzplan.plan.indicator import (
    CountIndicator,
    Indicator,
    MilestoneIndicator,
    RatioIndicator,
    Stage,
    StockIndicator,
)
from mzplan.plan.lights import PRESETS
from mzplan.plan.model import ActionArea, Basis, LightPreset, Part, Plan, ReportingUnit, Task
from mzplan.plan.target import Operator, Revision, Schedule, ScheduleKind, Target
from mzplan.render.document import plain
from mzplan.render.status.first import verdict
from mzplan.scoring.scorecard import Key, score
from mzplan.scoring.scorer import Scorer
from mzplan.scoring.silence import hinges_on_silence
from mzplan.submissions.ledger import Ledger
from mzplan.views import StatusView
from mzplan.views.overview import overview
from mzplan.views.query import Query
from oracle import LAGGING, Oracle, Records, Row, exceeded, mark_light, mean
from oracle import ranks as ranks_of

KEPT = ("met", "holding")

YEAR = 2031
UNITS = tuple(
    ReportingUnit(id=name, name=name, kind="bureau" if name == "e" else "zone" if name == "d" else "county", weights={})
    for name in "abcde"
)
IDS = tuple(unit.id for unit in UNITS)
STAGES = (Stage("始", Fraction(0)), Stage("中", Fraction(1, 3)), Stage("后", Fraction(4, 5)), Stage("终", Fraction(1)))
OWN = LightPreset("own", "自定", "relative", Fraction(5), Fraction(20), "", "", True, True)

OPERATORS: list[Operator] = ["at_least", "at_least", "at_least", "at_most", "about", "undefined"]
SCHEDULES: list[ScheduleKind] = ["linear", "linear", "by_due", "always", "points"]
SCOPES: list[Literal["total", "each", "units"]] = ["total", "each", "units"]
BASES: list[Basis] = ["official", "reference"]

few = st.sampled_from([0, 1, 3, 4, 5, 6, 8, 10, 12, 20])
units = st.lists(st.sampled_from(IDS), unique=True, max_size=5).map(lambda some: tuple(sorted(some)))
months = st.integers(1, 12).map(lambda month: Period(YEAR, month))
presets = st.sampled_from([*PRESETS.values(), OWN])


@st.composite
def targets(draw: st.DrawFn, kind: type[Indicator]) -> Target:
    if kind is MilestoneIndicator:
        return Target("at_least", Fraction(1))
    operator = draw(st.sampled_from(OPERATORS))
    tolerance = draw(st.sampled_from([Fraction(0), Fraction(1, 20), Fraction(1, 4)])) if operator == "about" else 0
    value = Fraction(draw(few), draw(st.sampled_from([1, 2, 3])))
    return Target("undefined") if operator == "undefined" else Target(operator, value, Fraction(tolerance))


@st.composite
def schedules(draw: st.DrawFn) -> Schedule:
    kind = draw(st.sampled_from(SCHEDULES))
    due = Period(YEAR + draw(st.sampled_from([0, 0, 0, 1])), draw(st.integers(1, 12)))
    if kind != "points":
        return Schedule(kind, due)
    return Schedule(
        "points",
        due,
        ((Period(YEAR, 3), Fraction(1, 5)), (Period(YEAR, 6), Fraction(2, 3)), (Period(YEAR, 12), Fraction(1))),
    )


@st.composite
def indicators(draw: st.DrawFn, number: int) -> Indicator:
    kind = draw(st.sampled_from([CountIndicator, StockIndicator, RatioIndicator, MilestoneIndicator]))
    applies_to = draw(st.sampled_from(SCOPES))
    if kind is MilestoneIndicator and applies_to == "total":
        applies_to = "each"
    more: dict[str, Any] = {}
    if kind is MilestoneIndicator:
        more["stages"] = STAGES
    elif draw(st.booleans()):
        more["baseline"] = Fraction(draw(few))
    target = draw(targets(kind))
    if target.operator != "undefined" and draw(st.integers(0, 3)) == 0:
        later = draw(targets(kind).filter(lambda one: one.operator != "undefined"))
        more["revisions"] = (Revision(Period(YEAR, draw(st.integers(2, 12))), later, "关于调整的通知"),)
    return indicator(
        kind,
        f"T0{number}-01",
        target=target,
        weight=draw(st.sampled_from([Fraction(1), Fraction(1), Fraction(2), Fraction(1, 3)])),
        report_every=draw(st.sampled_from(["month", "month", "quarter", "half", "year"])),
        applies_to=applies_to,
        judged=() if applies_to == "total" else draw(units.filter(bool)),
        reporting=draw(units),
        schedule=draw(schedules()),
        task=number,
        area=None if number == 4 else 1 + number % 2,
        **more,
    )


@st.composite
def given_to(draw: st.DrawFn, kind: type[Indicator]) -> tuple[Part, ...]:
    """What one unit was given: sometimes from some month on, with a start or a date of its own."""
    starts = sorted(
        draw(st.lists(st.sampled_from([None, 3, 8]), unique=True, min_size=1)), key=lambda month: month or 0
    )
    return tuple(
        Part(
            draw(targets(kind).filter(lambda one: one.operator != "undefined")),
            draw(st.sampled_from(BASES)),
            "",
            baseline=draw(st.none() | few.map(Fraction)) if kind is not MilestoneIndicator else None,
            due=draw(st.none() | st.integers(1, 12).map(lambda month: Period(YEAR, month))),
            start=None if month is None else Period(YEAR, month),
        )
        for month in starts
    )


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    made = [draw(indicators(number)) for number in range(1, 5)]
    parts = {
        (one.id, unit): draw(given_to(type(one)))
        for one in made
        if one.target.operator != "undefined"
        for unit in draw(st.lists(st.sampled_from(IDS), unique=True, max_size=3))
    }
    areas = tuple(
        ActionArea(number, "", "", tuple(Task(one.task, "", number, (one,)) for one in made if one.area == number))
        for number in (1, 2)
    )
    return small_plan(
        year=YEAR,
        reporting_units=UNITS,
        action_areas=areas,
        safeguards=(Task(4, "", None, (made[3],)),),
        parts=parts,
        escalate=draw(st.sampled_from([0, 0, 1, 2, 3])),
    )


@st.composite
def filled(draw: st.DrawFn) -> tuple[Plan, Records, Ledger]:
    plan = draw(plans())
    records: dict[tuple[str, str, int], tuple[int, int | None] | None] = {}
    amounts = st.sampled_from([0, 1, 2, 3, 4, 5, 6, 8, 10, 13, 20]).map(lambda whole: whole * SCALE) | st.integers(
        0, 10**8
    )
    for one in plan.indicators.values():
        owners = sorted({*one.reporting, *one.judged})
        for unit in owners:
            for month in draw(st.lists(st.integers(1, 12), unique=True, max_size=4)):
                if draw(st.integers(0, 7)) == 0:
                    records[one.id, unit, month] = None
                elif isinstance(one, MilestoneIndicator):
                    records[one.id, unit, month] = (draw(st.integers(0, 3)), None)
                elif isinstance(one, RatioIndicator):
                    records[one.id, unit, month] = (draw(amounts), draw(amounts))
                else:
                    records[one.id, unit, month] = (draw(amounts), None)
    return plan, records, ledger_with(plan, records)


periods = months | st.sampled_from([Period(YEAR - 1, 12), Period(YEAR + 1, 2)])
SLOW = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


@SLOW
@given(filled(), periods, presets)
def test_every_row_mean_and_rank_is_that_of_the_slow_definitions(
    made: tuple[Plan, Records, Ledger], period: Period, preset: LightPreset
) -> None:
    plan, records, ledger = made
    assert_agrees(plan, records, ledger, preset, period)


@SLOW
@given(filled(), months, presets, units)
def test_the_first_screen_is_that_of_the_slow_definitions(
    made: tuple[Plan, Records, Ledger], period: Period, preset: LightPreset, named: tuple[str, ...]
) -> None:
    plan, records, ledger = made
    oracle = Oracle(plan, records, preset)
    rows = expected_rows(oracle, period)
    card = score(plan, ledger, period, preset)
    before = month_before(records, period)
    earlier: dict[str | None, int] = {}
    silent: set[str | None] = set()
    if before is not None:
        past = expected_rows(oracle, before)
        means = {unit: mean([row for (_, owner), row in past.items() if owner == unit]) for unit in IDS}
        earlier = dict(ranks_of(plan, means).items())
        assert card.rows.ranks(before) == earlier
        owing = (*rows.items(), *past.items())
        silent = {owner for (_, owner), row in owing if owner and row.reported < row.reporting}
    ranked = {unit: one.rank for unit, one in card.units.items() if one.rank is not None}
    query = Query(units=named)
    for standing in overview(card, query).standings:
        own = [row for (_, owner), row in rows.items() if owner == standing.unit]
        assert standing.whole.light == mark_light(own, preset)
        assert standing.whole.tally.on_reference == any(row.is_judged and row.basis == "reference" for row in own)
        for area, mark in zip((1, 2, None), standing.areas, strict=True):
            some = [
                row
                for (name, owner), row in rows.items()
                if (plan.indicators[name].area, owner) == (area, standing.unit)
            ]
            assert mark.light == mark_light(some, preset)
        if standing.rank is None or before is None:
            assert standing.moved is None
        elif standing.unit not in earlier:
            assert standing.moved == "new"
        else:
            own_place = earlier[standing.unit]
            # of the others those above it, and those beside it, then and now; who was never heard of stood below all
            above = {unit for unit in ranked if earlier.get(unit, 99) < own_place}
            beside = {unit for unit in ranked if earlier.get(unit, 99) == own_place}
            changed = above ^ {unit for unit, rank in ranked.items() if rank < standing.rank}
            changed |= beside ^ {unit for unit, rank in ranked.items() if rank == standing.rank}
            is_open = bool(changed & silent or (changed and standing.unit in silent))
            assert standing.moved == (None if is_open else own_place - standing.rank)


def is_late(row: Row) -> bool:
    return row.status in LAGGING


def lag(row: Row) -> Fraction | None:
    """The gap, of too much of what is to be about so many the excess."""
    if row.target is None or row.actual is None or row.completion is None or not exceeded(row.target, row.actual):
        return row.gap
    return 1 - row.completion if row.target.operator == "about" else row.gap


def sorted_by_severity(
    rows: Mapping[tuple[str, str | None], Row], keys: list[tuple[str, str | None]]
) -> list[tuple[str, str | None]]:
    order = ["exceeded", "overdue"]  # both are lost; of the others the furthest behind comes first
    worst = {status: place for place, status in enumerate(order)}
    return sorted(keys, key=lambda key: (worst.get(rows[key].status, 2), lag(rows[key]) or Fraction(0)))


@SLOW
@given(filled(), months, presets)
def test_what_is_in_danger_and_has_changed_is_that_of_the_slow_definitions(
    made: tuple[Plan, Records, Ledger], period: Period, preset: LightPreset
) -> None:
    plan, records, ledger = made
    oracle = Oracle(plan, records, preset)
    rows = expected_rows(oracle, period)
    view = StatusView(card=score(plan, ledger, period, preset), ledger=ledger)
    firm = [key for key, row in rows.items() if key[1] and is_late(row) and row.basis != "reference"]
    cities = [key for key, row in rows.items() if key[1] is None and is_late(row)]
    named = {identifier for identifier, _ in cities}
    others = [key for key in firm if key[0] not in named]
    expected = [*sorted_by_severity(rows, cities), *sorted_by_severity(rows, others)]
    assert [(one.row.indicator.id, one.row.unit) for one in view.dangers] == expected
    for danger in view.dangers:
        own = [key for key in firm if danger.row.unit is None and key[0] == danger.row.indicator.id]
        assert [(row.indicator.id, row.unit) for row in danger.late] == sorted_by_severity(rows, own)
    assert view.on_reference == Counter(
        unit for (_, unit), row in rows.items() if unit and is_late(row) and row.basis == "reference"
    )
    assert [row.indicator.id for row in view.unsettled] == [
        name for (name, unit), row in rows.items() if unit is None and row.status == "missing" and row.is_due
    ]
    scorer = Scorer(plan, ledger, preset)
    open_ = sum(hinges_on_silence(scorer, view.card.rows[key], period) for key in cities)
    assert plain(verdict(view).pieces[0]).startswith(slow_verdict(plan, rows, open_))
    if month_before(records, period) is None:
        assert view.moves is None
        return
    assert view.moves is not None
    now, so_far = said_at(oracle, view, period), so_far_at(oracle, period)
    told, told_so_far = last_told(partial(said_at, oracle, view), period), last_told(partial(so_far_at, oracle), period)
    open_rows = {key: status for key, status in so_far.items() if now[key] == "missing" and key[1] is None}
    for found, rows_said in ((view.moves.done, now), (view.moves.done_so_far, open_rows)):
        assert found == tuple(
            key for key in cities_of(rows_said) if rows_said[key] == "met" and told_so_far.get(key) not in KEPT
        )
    assert view.moves.recovered == tuple(
        key for key in cities_of(now) if told.get(key) in LAGGING and now[key] in ("holding", "on_schedule")
    )
    late = [key for key, status in now.items() if status in LAGGING and told.get(key) not in LAGGING]
    newly = {identifier for identifier, unit in late if unit is None}
    assert set(view.moves.late) == {key for key in late if key[1] is None or key[0] not in newly}
    assert view.moves.late_so_far == tuple(
        key for key, status in open_rows.items() if status in LAGGING and told_so_far.get(key) not in LAGGING
    )


def month_before(records: Records, period: Period) -> Period | None:
    """The last month before that anybody has reported anything of."""
    months = {month for _, _, month in records if month < period.month}
    return Period(period.year, max(months)) if months else None


def slow_verdict(plan: Plan, rows: Mapping[Key, Row], open_: int) -> str:
    """How the first sentence begins, from the statuses of the slow definitions and how many late ones may yet turn."""
    cities = [row for (_, unit), row in rows.items() if unit is None]
    found = Counter(row.status for row in cities if is_late(row))
    if not found:
        return plan.city
    words = {"exceeded": "已超上限", "overdue": "到期未完成", "far_behind": "严重滞后", "behind": "滞后"}
    is_plain = set(found) == {"behind"}  # the word before the count says it
    states = "" if is_plain else "、".join(f"{word}{found[each]}" for each, word in words.items() if each in found)
    silent = Counter("未报齐" if row.reported else "未报" for row in cities if row.status == "missing" and row.is_due)
    asides = "；".join(filter(None, (states, f"其中 {open_} 项报齐后再作结论" if open_ else "")))
    unsaid = "".join(f"，{word} {count} 项" for word, count in silent.items())
    return f"{plan.city}滞后 {found.total()} 项{f'（{asides}）' if asides else ''}{unsaid}；"


def cities_of(said: Mapping[Key, str]) -> list[Key]:
    return [key for key in said if key[1] is None]


def so_far_at(oracle: Oracle, period: Period) -> dict[Key, str]:
    """The statuses at a period by the oracle, without computed parts, by what was reported."""
    rows = expected_rows(oracle, period)
    return {key: row.status for key, row in rows.items() if key[1] is None or row.basis != "reference"}


def said_at(oracle: Oracle, view: StatusView, period: Period) -> dict[Key, str]:
    """Likewise; a total that rests on silence is missing."""
    card = view.at(period)
    scorer = Scorer(card.plan, view.ledger, card.preset)
    return {
        key: "missing" if hinges_on_silence(scorer, card.rows[key], period) else status
        for key, status in so_far_at(oracle, period).items()
    }


def last_told(said: Callable[[Period], dict[Key, str]], period: Period) -> dict[Key, str]:
    """By row the last status of the months before a period that was not missing."""
    told: dict[Key, str] = {}
    for month in range(1, period.month):
        told |= {key: status for key, status in said(Period(period.year, month)).items() if status != "missing"}
    return told


@SLOW
@given(filled(), months)
def test_a_streak_is_counted_back_month_by_month(made: tuple[Plan, Records, Ledger], period: Period) -> None:
    plan, records, ledger = made
    preset = PRESETS["strict"]
    oracle, scorer = Oracle(plan, records, preset), Scorer(plan, ledger, preset)
    card = score(plan, ledger, period, preset)
    for (identifier, unit), row in card.rows.items():
        assert scorer.streak(row, period) == oracle.streak(plan.indicators[identifier], unit, period)
