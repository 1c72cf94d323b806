"""What frictionless can hold of the checks of `mzplan check`: `python frictionless_check.py FOLDER`.

The same as `frictionless validate FOLDER/datapackage.json`, with findings counted by kind; exit 1 when there are any.
It sees cells and keys: enums, patterns, the primary key. Names against their own indicator, ratios, falling values,
paths and missing reports are beyond a table schema.
"""

import json
import sys
from collections import Counter
from pathlib import Path

from frictionless import Package

KINDS = {
    "period": "wrong-period",
    "unit": "unknown-unit",
    "indicator": "unknown-indicator",
    "name": "name-mismatch",
    "value": "not-a-number",  # an unknown stage looks the same to it
    "numerator": "not-a-number",
    "denominator": "not-a-number",
}


def main(folder: Path) -> int:
    """Validate the package of the folder; the exit code."""
    report = Package(str(folder / "datapackage.json")).validate(limit_errors=1_000_000)
    found: Counter[str] = Counter()
    for kind, field in report.flatten(["type", "fieldName"]):
        found["repeated-record" if kind == "primary-key" else KINDS.get(field or "", kind)] += 1
    print(json.dumps({"records": sum(task.stats.get("rows", 0) for task in report.tasks), "findings": found}))
    return 0 if report.valid else 1


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
