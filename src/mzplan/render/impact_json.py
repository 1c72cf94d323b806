"""What differs between a revision and now as JSON."""

from collections.abc import Callable
from typing import TypeVar

from mzplan.render.impact_changes import part_aspects, plan_aspects
from mzplan.render.status.json import Value, figures_of, mean_of, months_of, oldest
from mzplan.render.words import LIGHT_WORDS, TONES
from mzplan.scoring.progress import Progress
from mzplan.views.impact import Impact, Lit, Year

SCHEMA_VERSION = 2
S = TypeVar("S")
V = TypeVar("V")


def sides(say: Callable[[S], V], before: S | None, after: S | None) -> tuple[V | None, V | None]:
    """What is said of each state; None of one that has nothing of it."""
    return None if before is None else say(before), None if after is None else say(after)


def impact_json(view: Impact) -> dict[str, Value]:
    """Both states of all that differs, year by year."""
    return {
        "schema_version": SCHEMA_VERSION,
        "revision": view.revision,
        "commit": view.commit or None,
        "plans": [
            {
                "year": one.year,
                "change": "added" if one.is_new else "removed",
                "indicators": one.indicators,
                "records": one.records,
            }
            for one in view.alone
        ],
        "years": [_year(year) for year in view.years],
    }


def _year(year: Year) -> dict[str, Value]:
    return {
        "year": year.after.plan.year,
        "period": str(year.after.card.period),
        "preset": year.after.card.preset.name,
        "errors": {"before": year.before.errors, "after": year.after.errors},
        "plan": [
            {"indicator": one.any.id, "name": one.any.name, "change": list(plan_aspects(year, one))}
            for one in year.plan
        ],
        "parts": [
            {"indicator": one.indicator.id, "unit": one.unit, "change": list(part_aspects(one))} for one in year.parts
        ],
        "moves": [one._asdict() for one in year.moves],
        "records": [
            {
                "indicator": one.indicator.id,
                "unit": one.unit,
                "period": one.period,
                **_both(one.indicator.told, one.before, one.after),
            }
            for one in year.records
        ],
        "rows": [
            {
                "indicator": one.indicator.id,
                "name": one.indicator.name,
                "unit": one.unit,
                "direction": one.direction.value,
                **_both(_side, one.before, one.after),
            }
            for one in year.rows
        ],
        "units": [{"unit": one.unit, **_both(_whole, one.before, one.after)} for one in year.standings],
    }


def _both(say: Callable[[S], Value], before: S | None, after: S | None) -> dict[str, Value]:
    return dict(zip(("before", "after"), sides(say, before, after), strict=True))


def _side(row: Progress) -> dict[str, Value]:
    tone = TONES[row.status]
    light = tone if tone in LIGHT_WORDS else None
    return {
        **figures_of(row),
        "target_basis": row.target_basis,
        "status": row.status.value,
        "carried_status": row.carried_status.value if row.carried_status else None,
        "carried_from": oldest(row.carried_months),
        "light": light,
        "reported": row.reported,
        "reporting": row.reporting,
    }


def _whole(lit: Lit) -> dict[str, Value]:
    standing, tally = lit.standing, lit.standing.tally
    return {
        "completion": mean_of(tally),
        "light": lit.light,
        "rank": standing.rank,
        "on_schedule": tally.on_schedule,
        "due": tally.due,
        "judged": tally.judged,
        "reported": standing.reported,
        "reporting": standing.reporting,
        "carried_from": months_of(lit.carried),
    }
