"""An explanation as JSON: the facts, and each step with its formula; figures are strings of plain decimals."""

from mzplan.figures import decimal_or_none, decimal_text
from mzplan.render.explain.build import formula_text, record_text
from mzplan.render.explain.promise import given_facts, promise_facts
from mzplan.render.guard import slashed
from mzplan.render.lights import thresholds
from mzplan.render.status.json import figures_of, oldest
from mzplan.scoring.explain import Explanation

SCHEMA_VERSION = 1


def as_document(found: Explanation) -> dict[str, object]:
    """Everything that the text says, for a program."""
    row, indicator, need = found.row, found.row.indicator, found.pace
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
        "unit_name": found.plan.city if row.unit is None else found.plan.units_and_regions[row.unit].name,
        "area": None if found.area is None else {"number": found.area.number, "name": found.area.name},
        "task": {"number": found.task.number, "name": found.task.name},
        "source": indicator.source,
        "note": indicator.note or None,
        **promise_facts(found.plan.indicators[indicator.id]),
        "target": None
        if row.target is None or row.target.operator == "undefined"
        else {
            "operator": row.target.operator,
            "value": decimal_text(row.target.value),
            "basis": row.target_basis,
            "location": slashed(str(found.basis_location)) if found.basis_location else None,
            "source": found.basis_source or None,
            "baseline": decimal_or_none(row.baseline),
        },
        "given": given_facts(found),
        "records": [
            {
                "unit": record.unit,
                "period": str(record.entry.period),
                "path": slashed(record.entry.location.path),
                "line": record.entry.location.line,
                "cell": record.said.cell or None,
                "value": record_text(found, record),
                "used": record.is_used,
                "note": record.said.note,
                "evidence": record.said.evidence,
            }
            for record in found.records
        ],
        "silent": [str(period) for period in found.silent],
        "addends": [
            {"unit": one.unit, "actual": decimal_or_none(one.actual), "status": one.status} for one in found.addends
        ],
        "steps": [
            {
                "name": step.name,
                "formula": formula_text(step.formula),
                "value": figures.get(step.name) or decimal_text(step.value),
            }
            for step in found.steps
        ],
        "schedule": row.schedule.kind,
        "due": str(row.schedule.due),
        "preset": {key: said for key, said in thresholds(found.card.preset).items() if key not in ("title", "note")},
        "light": found.light,
        "streak": found.streak,
        "status": row.status.value,
        "carried_status": row.carried_status.value if row.carried_status else None,
        "carried_from": oldest(row.carried_months),
        "reported": row.reported,
        "reporting": row.reporting,
        "awaits_reports": found.hinges,
        "pace": None
        if need is None
        else {
            "left": decimal_text(need.left),
            "months": need.months,
            "every": need.every if need.required is not None else None,
            "required": decimal_or_none(need.least),
            "mean": decimal_or_none(need.mean),
            "best": decimal_or_none(need.best),
            "reach": need.reach.value if need.reach else None,
        },
    }
