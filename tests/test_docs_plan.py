"""docs/reference/plan.md: every form has its table of keys."""

import re
from pathlib import Path

from mzplan.plan.form import json_schema

PAGE = Path(__file__).parent.parent / "docs" / "reference" / "plan.md"


def test_every_form_has_its_table() -> None:
    assert set(re.findall(r"<!-- begin: keys: (\w+) -->", PAGE.read_text())) == {
        *json_schema()["$defs"],
        "PlanForm",
        "IndicatorForm",
    }
