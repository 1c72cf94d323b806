"""The plan compiled into relations: all that a row is set against in which nothing can be wrong.

Nothing is decided here: names, stages and kinds are those that the fast path goes by, and `tests/test_engine.py` holds
that no row is taken by them of which a rule would speak.
"""

import csv
from collections.abc import Iterator, Mapping, Sequence
from io import StringIO
from typing import NamedTuple

from mzplan.figures import SCALE
from mzplan.plan.indicator import Indicator
from mzplan.plan.model import Plan
from mzplan.submissions.ledger import MONTHS
from mzplan.submissions.names import Names, stage_names

Value = str | int


class PlanTable(NamedTuple):
    """A table with the types of its columns, `INT`, `BIGINT` or `TEXT` each; an absent value is None."""

    columns: Mapping[str, str]
    rows: Sequence[Sequence[Value | None]]

    def as_csv(self) -> str:
        """The same as a CSV with a header, in UTF-8 once it is written."""
        text = StringIO()
        csv.writer(text, lineterminator="\n").writerows([list(self.columns), *self.rows])
        return text.getvalue()


FILES = {"file": "INT", "lines": "INT", "unit": "TEXT", "month": "INT"}
"""What is known of each file: how many lines it has below its header, and the unit and month of which alone it speaks.

It may speak of any where they are null.
"""
LINES = {"file": "INT", "text": "TEXT"}
"""The lines below the headers as they stand, without their ends."""


def relations(plan: Plan, names: Names) -> Mapping[str, PlanTable]:
    """What may stand in the cells of a sound row, and what follows of it: by name of the relation."""
    ids = [unit.id for unit in plan.reporting_units]
    owed: dict[str, list[str]] = {unit: [] for unit in ids}
    for code, indicator in plan.indicators.items():
        for unit in indicator.reporting:
            owed[unit].append(code)
    reported = {unit: tuple(codes) for unit, codes in owed.items()}
    groups = {codes: number for number, codes in enumerate(dict.fromkeys(reported.values()))}
    columns = {"text": "TEXT", "unit": "TEXT", "block": "INT", "reporters": "INT"}
    units = PlanTable(
        columns,
        [
            (text, unit, plan.unit_index[unit] * MONTHS, groups[reported[unit]])
            for text, unit in plan.unit_names.items()
            if names.unit(text)[:2] == (unit, None)
        ],
    )
    months = PlanTable({"text": "TEXT", "month": "INT"}, [(str(period), period.month) for period in plan.periods])
    step = len(ids) * MONTHS
    bases = {code: at * step for at, code in enumerate(plan.indicators)}
    columns = {"reporters": "INT", "code": "TEXT", "base": "INT", "name": "TEXT", "kind": "TEXT", "step": "INT"}
    columns |= {"scale": "BIGINT", "part_of_whole": "INT"}
    indicators = PlanTable(
        columns,
        [
            (group, code, bases[code], *_known(plan.indicators[code]))
            for codes, group in groups.items()
            for code in codes
        ],
    )
    stages = [
        (bases[code], word, at) for code, one in plan.indicators.items() for at, word in enumerate(stage_names(one))
    ]
    return {
        "units": units,
        "months": months,
        "indicators": indicators,
        "stages": PlanTable({"base": "INT", "word": "TEXT", "position": "INT"}, stages),
    }


def _known(indicator: Indicator) -> Iterator[Value]:
    """The name, the kind, of which number of millionths figures are multiples, and how parts become a share."""
    ratio = indicator.ratio
    yield indicator.name
    yield "ratio" if ratio else "stages" if stage_names(indicator) else "number"
    yield 10 ** (6 - indicator.decimals)
    yield ratio.scale * SCALE if ratio else 0
    yield int(bool(ratio and ratio.part_of_whole))
