"""Every rule about progress data, by code. One module for each thing that a rule looks at."""

from collections.abc import Mapping
from types import MappingProxyType

from mzplan.diagnostics import Rule
from mzplan.plan.rules import PLAN_RULES
from mzplan.rules import (
    at_first,
    cells,
    completeness,
    copies,
    denominators,
    dittos,
    dropped,
    evidence,
    figures,
    files,
    foreign_reports,
    headers,
    jumps,
    kinds,
    levels,
    magnitude,
    marked_figures,
    match,
    no_record,
    notes,
    number_cells,
    number_habits,
    other_ratios,
    places,
    series,
    shape,
    spreadsheet_cells,
    together,
    two_numbers,
    workbooks,
)
from mzplan.rules.registry import checks, registered

FAMILIES = (
    *(files, workbooks, places, headers, no_record, shape, cells, dittos, number_cells, spreadsheet_cells, two_numbers),
    *(marked_figures, number_habits, match, kinds, figures, evidence, notes, magnitude, series),
    *(levels, jumps, at_first, denominators, other_ratios, dropped, together, copies, foreign_reports, completeness),
)
"""Importing a family registers its rules."""

CHECKS = checks()
"""What the engine applies."""

DATA_RULES: Mapping[str, Rule] = registered()
"""Those of this package, by code."""

RULES: Mapping[str, Rule] = MappingProxyType(
    dict(sorted({**DATA_RULES, **{rule.code: rule for rule in PLAN_RULES}}.items()))
)
"""Those, and the rules about the plan itself."""
