"""Read the data of a project into a ledger, in one process: what a check does before it looks across rows.

    python benchmarks/reading.py FOLDER [--fast-path-off | --engine duckdb [--memory SIZE]]

With the fast path off every row is sent to the rules, as a row is that has something wrong with it.
"""

import argparse
from datetime import date
from pathlib import Path

from mzplan.check.engines import Engine
from mzplan.check.reader import Scanner
from mzplan.check.run import evidence_exists, read_all
from mzplan.engine.sound import Means
from mzplan.plan.load import load_plan
from mzplan.submissions.filed import places_of_sources
from mzplan.submissions.ledger import Ledger
from mzplan.submissions.names import Names
from mzplan.submissions.sources import data_sources


def main() -> None:
    """Read, and say how many records there are."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--fast-path-off", action="store_true")
    parser.add_argument("--engine", default="python")
    parser.add_argument("--memory", default="")
    options = parser.parse_args()
    plan = load_plan(next((options.folder / "plan").glob("*.yaml")))
    data = options.folder / "data"
    sources = data_sources([data if data.exists() else options.folder / "all.csv"], options.folder)
    ledger = Ledger(plan)
    ledger.sources = [source.path for source in sources]
    day = date(plan.year + 1, 1, 1)
    if options.fast_path_off:
        scanner = Scanner(plan, ledger, day, evidence_exists, fast=False)
        for file, source in enumerate(sources):
            scanner.scan(file, source)
    else:
        places = places_of_sources(Names(plan), sources)
        read_all(plan, ledger, sources, places, day, Engine(options.engine, Means(memory=options.memory)), None)
    print(f"{ledger.count()} records")


if __name__ == "__main__":
    main()
