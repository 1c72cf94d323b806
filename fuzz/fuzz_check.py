"""Bytes at random through the CSV border and every rule: no exception may come out, whatever goes in.

`make fuzz` runs it for a bounded time; `python fuzz/fuzz_check.py -max_total_time=60 CORPUS` by hand.
"""

import sys
from datetime import date
from pathlib import Path

import atheris

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests"))

with atheris.instrument_imports(include=["mzplan"]):
    from mzplan.check import run_checks
    from mzplan.project import Source

    from corpus import cases
    from mzplan.diagnostics import show
    from mzplan.plan_load import load_plan

PLAN = load_plan(ROOT / "tests" / "plans" / "tiny.yaml")
TODAY = date(2023, 12, 31)


def check(data: bytes) -> None:
    """One file through the whole of `mzplan check`."""
    result = run_checks(PLAN, [Source.of_bytes("data/2023-06/jia.csv", data)], today=TODAY)
    for finding in result.diagnostics:
        assert finding.location.line >= 0
        assert "\x1b" not in show(finding.message)


def main() -> None:
    """Start from the corpus of the tests, then wander."""
    folder = ROOT / ".fuzz-corpus"
    folder.mkdir(exist_ok=True)
    for case in cases():
        if len(case.data) < 4096:
            (folder / case.name).write_bytes(case.data)
    atheris.Setup([*sys.argv, "-max_len=4096", str(folder)], check)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
