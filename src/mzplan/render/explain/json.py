"""An explanation as JSON: the facts, and each step with its formula; figures are strings of plain decimals."""

from fractions import Fraction

from mzplan.figures import decimal_text
from mzplan.render.explain.build import formula_text, record_text
from mzplan.render.guard import json_text
from mzplan.render.layout import Look
from mzplan.render.status.json import figures_of
from mzplan.scoring.explain import Explanation
from mzplan.scoring.pace import Pace

SCHEMA_VERSION = 1


def json(found: Explanation, _look: Look) -> str:
    """Everything that the text says, for a program."""
    return json_text(_facts(found), indent=2) + "\n"


def _facts(found: Explanation) -> dict[str, object]:
    row, indicator, preset = found.row, found.row.indicator, found.card.preset
    figures = figures_of(row)
    return {
        "schema_version": SCHEMA_VERSION,
        "plan": found.plan.title,
        "period": str(found.card.period),
        "indicator": indicator.id,
        "name": indicator.name,
        "kind": indicator.kind,
        "measure_unit": indicator.unit,
        "unit": row.unit,
        "unit_name": found.plan.city if row.unit is None else found.plan.units[row.unit].name,
        "area": None if found.area is None else {"number": found.area.number, "name": found.area.name},
        "task": {"number": found.task.number, "name": found.task.name},
        "source": indicator.source,
        "note": indicator.note or None,
        "target": None
        if row.target is None or row.target.operator == "undefined"
        else {
            "operator": row.target.operator,
            "value": decimal_text(row.target.value),
            "basis": row.target_basis,
            "location": str(found.basis_location) if found.basis_location else None,
            "source": found.basis_source or None,
            "baseline": None if indicator.baseline is None else decimal_text(indicator.baseline),
        },
        "records": [
            {
                "unit": record.unit,
                "period": str(record.entry.period),
                "path": record.entry.location.path,
                "line": record.entry.location.line,
                "value": record_text(found, record),
                "used": record.is_used,
            }
            for record in found.records
        ],
        "addends": [
            {"unit": one.unit, "actual": None if one.actual is None else decimal_text(one.actual), "status": one.status}
            for one in found.addends
        ],
        "steps": [
            {
                "name": step.name,
                "formula": formula_text(step.formula),
                "value": figures.get(step.name) or decimal_text(step.value),
            }
            for step in found.steps
        ],
        "schedule": indicator.schedule.kind,
        "due": str(indicator.schedule.due),
        "preset": {
            "name": preset.name,
            "yardstick": preset.yardstick,
            "yellow": decimal_text(preset.yellow),
            "yellow_inclusive": preset.yellow_inclusive,
            "red": None if preset.red is None else decimal_text(preset.red),
            "red_inclusive": preset.red_inclusive,
            "source": preset.source,
        },
        "light": found.light,
        "streak": found.streak,
        "status": row.status.value,
        "pace": None if found.pace is None else _pace_facts(found.pace),
    }


def _pace_facts(need: Pace) -> dict[str, object]:
    def exact(figure: Fraction | None) -> str | None:
        return None if figure is None else decimal_text(figure)

    return {
        "left": exact(need.left),
        "months": need.months,
        "required": exact(need.required),
        "mean": exact(need.mean),
        "best": exact(need.best),
        "reach": need.reach.value if need.reach else None,
    }
