"""Read the data of a project into a ledger, in one process: what a check does before it looks across rows.

    python benchmarks/reading.py FOLDER [--fast-path-off]

With the fast path off every row is sent to the rules, as a row is that has something wrong with it.
"""

import argparse
from datetime import date
from pathlib import Path

from mzplan.check.reader import Scanner
from mzplan.check.run import evidence_exists
from mzplan.plan.load import load_plan
from mzplan.submissions.ledger import Ledger
from mzplan.submissions.sources import data_sources


def main() -> None:
    """Read, and say how many records there are."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--fast-path-off", action="store_true")
    options = parser.parse_args()
    plan = load_plan(next((options.folder / "plan").glob("*.yaml")))
    sources = data_sources([options.folder / "data"], options.folder)
    ledger = Ledger(plan)
    ledger.sources = [source.path for source in sources]
    scanner = Scanner(plan, ledger, date(plan.year + 1, 1, 1), evidence_exists, fast=not options.fast_path_off)
    for file, source in enumerate(sources):
        scanner.scan(file, source)
    print(f"{ledger.count()} records")


if __name__ == "__main__":
    main()
