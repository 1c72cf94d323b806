"""Whether a scorecard says what the slow definitions of `oracle` say: every field of every row, every mean and rank."""

from collections.abc import Sequence

from mzplan.period import Period
from mzplan.plan.indicator import Figure
from mzplan.plan.model import LightPreset, Plan
from mzplan.scoring.progress import Progress, Status, Tally
from mzplan.scoring.scorecard import Scorecard, score
from mzplan.submissions.ledger import Ledger
from oracle import Mean, Oracle, Records, Row, mean, ranks

Rows = dict[tuple[str, str | None], Row]


def ledger_with(plan: Plan, records: Records) -> Ledger:
    """A ledger with those records; each record's line is its month."""
    ledger = Ledger(plan)
    ledger.sources = ["x.csv"]
    for (identifier, unit, month), record in records.items():
        figure = Figure(None) if record is None else Figure(*record)
        ledger.write(ledger.cell(identifier, unit, month), figure, 0, month)
    return ledger


def expected_rows(oracle: Oracle, period: Period) -> Rows:
    return {
        (one.id, unit): oracle.row(one, unit, period)
        for one in oracle.plan.indicators.values()
        for unit in (None, *oracle.units_of(one))
    }


def assert_agrees(plan: Plan, records: Records, ledger: Ledger, preset: LightPreset, period: Period) -> Rows:
    """Hold everything that the scorecard says against the slow definitions; the rows as those have them."""
    card = score(plan, ledger, period, preset)
    rows = expected_rows(Oracle(plan, records, preset), period)
    assert list(card.rows) == list(rows)
    assert {key: status.value for key, status in card.rows.statuses()} == {key: row.status for key, row in rows.items()}
    assert {key: _said(row) for key, row in card.rows.items()} == rows
    for (identifier, unit), row in card.rows.items():
        units_of = [one for (name, one) in rows if name == identifier and one is not None]
        assert [one.unit for one in row.addends] == (units_of if unit is None else [])
        assert row.carried_months == tuple(
            sorted({one.record_period for one in _slow_carried(row) if one.record_period})
        )
        assert list(row.carried_rows) == _slow_carried(row)
    _assert_means(card, rows)
    for identifier in plan.indicators:
        assert card.rows.places(identifier) == _slow_places(list(card.rows[identifier, None].addends), plan)
    return rows


def _slow_carried(row: Progress) -> list[Progress]:
    """Whose older figures a row rests on; of a count, or a mean of stages, those of whom something is asked."""
    if row.reported == row.reporting and row.unit is None:
        return []
    carried = [one for one in row.addends or (row,) if one.actual is not None and one.is_unreported]
    return [one for one in carried if one.is_judged or row.unit is not None or row.indicator.applies_to == "total"]


def _said(row: Progress) -> Row:
    assert row.entry is None or row.entry.location.line == row.entry.period.month
    assert row.unit is None or row.record_period == (row.entry.period if row.entry else None)
    return Row(
        row.actual,
        row.numerator,
        row.denominator,
        row.target,
        row.target_basis,
        row.completion,
        row.expected,
        row.gap,
        row.status.value,
        row.carried_status.value if row.carried_status else None,
        row.record_period.month if row.record_period else None,
        row.contribution,
        row.reported,
        row.reporting,
        row.streak,
        row.indicator.weight,
        row.is_waiting,
    )


def _slow_places(rows: Sequence[Progress], plan: Plan) -> dict[str, int]:
    """One more than how many ranked units are better, by completion or, of what there should be much of, by share."""
    ranked = [row for row in rows if row.unit and plan.units[row.unit].is_ranked]
    shares = {row.unit: row.completion for row in ranked if row.is_judged and row.completion is not None}
    if not shares:
        growing = [row for row in ranked if row.indicator.target.operator == "at_least"]
        shares = {row.unit: row.contribution for row in growing if row.contribution is not None}
    return {str(unit): 1 + sum(other > share for other in shares.values()) for unit, share in shares.items()}


def _assert_means(card: Scorecard, rows: Rows) -> None:
    plan = card.plan
    everyone = (None, *plan.units)
    numbers = [*(area.number for area in plan.action_areas), *([None] if plan.safeguards else [])]
    areas = {
        (area, unit): [
            row for (name, owner), row in rows.items() if owner == unit and plan.indicators[name].area == area
        ]
        for area in numbers
        for unit in everyone
    }
    wholes = {unit: [row for (_, owner), row in rows.items() if owner == unit] for unit in everyone}
    assert {key: _mean(one) for key, one in card.areas.items()} == {key: mean(some) for key, some in areas.items()}
    assert {unit: _mean(one.tally) for unit, one in card.units.items()} == {
        unit: mean(some) for unit, some in wholes.items()
    }
    places = ranks(plan, {unit: mean(wholes[unit]) for unit in plan.units})
    assert {unit: one.rank for unit, one in card.units.items()} == {unit: places.get(unit or "") for unit in everyone}
    for unit, one in card.units.items():
        assert one.ties == sum(place == places.get(unit or "") for place in places.values())
        assert one.tally.not_due == card.rows.totals([unit])[Status.NOT_DUE]
        assert sums(one.tally) == len(wholes[unit]), "each row stands in exactly one sum"
        assert (one.reported, one.reporting) == (
            sum(row.reported for row in wholes[unit]),
            sum(row.reporting for row in wholes[unit]),
        )


def sums(tally: Tally) -> int:
    """What the head's sums come to."""
    return tally.due + tally.not_due + tally.later + tally.unjudged


def _mean(tally: Tally) -> Mean:
    counts = (tally.on_schedule, tally.due, tally.judged, tally.missing, tally.not_due, tally.later, tally.unjudged)
    return Mean(tally.completion, tally.raw, *counts)
