"""Status for other programs: JSON by the schema in the package."""

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction

from mzplan.figures import decimal_or_none, decimal_text
from mzplan.period import Period
from mzplan.render.guard import json_text
from mzplan.render.layout import Look
from mzplan.render.words import unreached
from mzplan.said import listed
from mzplan.scoring.progress import Progress, Tally, by_area, carried_into
from mzplan.scoring.silence import hinges_on_silence
from mzplan.views import StatusView
from mzplan.views.detail import Key, label_of, sorted_rows
from mzplan.views.history import Causes, History, Point, TrendLine
from mzplan.views.query import Grouping, rows_of

SCHEMA_VERSION = 2

Value = str | int | None | list["Value"] | dict[str, "Value"]


def jsonl(view: StatusView, _look: Look) -> str:
    """The rows alone, one object a line, each with its period and preset."""
    head: dict[str, Value] = {"period": str(view.card.period), "preset": view.card.preset.name}
    return "".join(json_text(head | row) + "\n" for row in _rows(view))


def as_document(view: StatusView) -> dict[str, Value]:
    """Rows, areas and units within the filters; figures are strings of plain decimals, absent is null."""
    card, query = view.card, view.query
    named = frozenset(query.named(card.plan))
    wanted = {
        unit: [row for row in card.of_unit(unit) if query.wants(row.indicator)] for unit in named or view.scope.units
    }
    rows = {unit: by_area(own) for unit, own in wanted.items()}
    found: dict[str, Value] = {
        "schema_version": SCHEMA_VERSION,
        "plan": card.plan.title,
        "period": str(card.period),
        "begun": [{"period": str(one.period), "reported": one.reported, "unread": one.unread} for one in view.begun],
        "preset": card.preset.name,
        "rows": list(_rows(view)),
        "areas": [
            {
                "area": area,
                "unit": unit,
                **_tally(tally),
                "on_reference": tally.on_reference,
                "carried_from": months_of(carried_into(rows[unit].get(area, ()))),
            }
            for (area, unit), tally in view.scope.areas.items()
            if not named or unit in named
        ],
        "units": [
            {
                "unit": unit,
                "unit_name": _name(view, unit),
                **_parent(view, unit),
                "completion": mean_of(standing.tally),
                "rank": standing.rank,
                "on_schedule": standing.tally.on_schedule,
                "due": standing.tally.due,
                "judged": standing.tally.judged,
                "reported": standing.reported,
                "reporting": standing.reporting,
                "unread": unit in card.unread,
                "on_reference": standing.tally.on_reference,
                "carried_from": months_of(view.scope.carried(unit)),
            }
            for unit, standing in view.scope.units.items()
            if not named or unit in named
        ],
    }
    if query.by is not None:
        found["groups"] = [
            {
                "by": group.by,
                "key": group.key,
                "name": _label(view, group.by, group.key),
                **_tally(group.mark.tally),
                "statuses": {status.value: count for status, count in group.totals.items()},
                "reported": group.reported,
                "reporting": group.reporting,
                "on_reference": group.mark.tally.on_reference,
                "carried_from": months_of(group.carried),
            }
            for group in view.groups
        ]
    if view.trend is not None:
        found["trend"] = _history(view.trend)
    if view.comparison is not None:
        found["comparison"] = _history(view.comparison)
    return found


def _rows(view: StatusView) -> Iterator[dict[str, Value]]:
    """Every row within the filters, of all units where none is named."""
    query = view.query
    rows = [row for row in rows_of(view.card, query.everyone(view.card.plan)) if query.shows(row)]
    yield from (_row(view, row) for row in sorted_rows(view.card, rows, query))


def _row(view: StatusView, row: Progress) -> dict[str, Value]:
    indicator = row.indicator
    figures = figures_of(row)
    return {
        "indicator": indicator.id,
        "task": indicator.task,
        "area": indicator.area,
        "name": indicator.name,
        "kind": indicator.kind,
        "applies_to": indicator.applies_to,
        "measure_unit": indicator.unit,
        "unit": row.unit,
        "unit_name": _name(view, row.unit),
        **_parent(view, row.unit),
        "actual": figures["actual"],
        "numerator": figures["numerator"],
        "denominator": figures["denominator"],
        "target": figures["target"],
        "target_basis": row.target_basis,
        "completion": figures["completion"],
        "expected": figures["expected"],
        "gap": figures["gap"],
        "status": row.status.value,
        "carried_status": row.carried_status.value if row.carried_status else None,
        "record_period": _period(row.record_period),
        "carried_from": oldest(row.carried_months),
        "contribution": figures["contribution"],
        "reported": row.reported,
        "reporting": row.reporting,
        "unread": row.is_unread,
        "awaits_reports": hinges_on_silence(view.card.rows.scorer, row, view.card.period),
    }


def figures_of(row: Progress) -> dict[str, str | None]:
    """The figures of a row as plain decimals that do not contradict its status; absent is None."""
    has_target = row.target is not None and row.target.operator != "undefined"
    return {
        "actual": decimal_or_none(row.actual, *_apart(row)),
        "numerator": decimal_or_none(row.numerator),
        "denominator": decimal_or_none(row.denominator),
        "target": decimal_or_none(row.target.value) if row.target is not None and has_target else None,
        "completion": decimal_or_none(row.completion, unreached(row)),
        "expected": decimal_or_none(row.expected),
        "gap": decimal_or_none(None if row.gap is None else row.gap * 100, [0], [0]),
        "contribution": decimal_or_none(row.contribution),
    }


def _apart(row: Progress) -> tuple[list[Fraction | int], list[Fraction | int]]:
    """The bounds that keep an unmet actual from reading like its target."""
    if row.target is None or row.is_kept:
        return [], []
    return [row.target.value], [row.target.value]


def _tally(tally: Tally) -> dict[str, Value]:
    return {"completion": mean_of(tally), "on_schedule": tally.on_schedule, "due": tally.due, "judged": tally.judged}


def mean_of(tally: Tally) -> str | None:
    """The mean of capped completions as a plain decimal."""
    return decimal_or_none(tally.completion, [1])


def _name(view: StatusView, unit: str | None) -> str:
    return view.card.plan.city if unit is None else view.card.plan.units_and_regions[unit].name


def _parent(view: StatusView, unit: str | None) -> dict[str, Value]:
    """The region that a unit or region belongs to, in a plan that has any."""
    plan = view.card.plan
    return (
        {"parent": (plan.units_and_regions[unit].parent or None) if unit is not None else None} if plan.regions else {}
    )


def _label(view: StatusView, by: Grouping, key: Key) -> str:
    """A group's name: the plan's own, or a word of the program, which follows the language of the run."""
    label = label_of(view.card.plan, by, key)
    return listed((label,)) if by == "status" or (by, key) == ("lead", None) else label


def _history(history: History) -> dict[str, Value]:
    return {
        "periods": [str(period) for period in history.periods],
        "series": [
            {
                "by": one.by or "indicator",
                "key": one.key,
                "unit": one.row.unit if one.row is not None else one.key if one.by == "unit" else None,
                **_points(one),
            }
            for one in history.series
        ],
        "total": None if history.total is None else _points(history.total),
    }


def _points(one: TrendLine) -> dict[str, Value]:
    return {
        "completion": [decimal_or_none(point.completion) for point in one.points],
        "status": [point.status.value if point.status else None for point in one.points],
        "on_reference": [point.on_reference for point in one.points],
        "carried_from": [oldest(point.carried) for point in one.points],
        "unreported": [point.unreported for point in one.points],
        "target": [_target_of(one, point) for point in one.points],
        "retargeted": len(one.retargeted),
        "causes": _causes(one.causes),
        "change": decimal_or_none(None if one.change is None else one.change * 100),
    }


def _causes(causes: Causes | None) -> dict[str, Value] | None:
    if causes is None:
        return None
    shares = {"work": causes.work, "retargeted": causes.retargeted, "recounted": causes.recounted}
    return {
        **{name: decimal_or_none(share * 100) for name, share in shares.items()},
        "entered": causes.entered,
        "left": causes.left,
    }


def _target_of(one: TrendLine, point: Point) -> str | None:
    """What is asked at that period where it is a single row."""
    targets = list(point.targets.values())
    return decimal_text(targets[0].value) if one.row is not None and targets else None


def oldest(months: Sequence[Period]) -> str | None:
    """The oldest of the months from which figures are carried; None where none is."""
    return _period(min(months, default=None))


def months_of(periods: Iterable[Period]) -> list[Value]:
    """Months as a list of text."""
    return [str(period) for period in periods]


def _period(period: Period | None) -> str | None:
    return None if period is None else str(period)
