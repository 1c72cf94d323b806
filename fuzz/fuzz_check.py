"""Bytes at random through the CSV border and every rule: no exception may come out, whatever goes in.

`make fuzz` runs it for a bounded time; `python fuzz/fuzz_check.py -max_total_time=60 CORPUS` by hand.
"""

import io
import sys
from datetime import date
from pathlib import Path

import atheris

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests"))

with atheris.instrument_imports(include=["mzplan"]):
    from mzplan.check.run import run_checks
    from mzplan.plan.load import load_plan
    from mzplan.render.check import FORMATS, render
    from mzplan.render.check.report import CheckReport
    from mzplan.submissions.places import Spot
from corpus import cases
from mzplan.submissions.sources import Source

PLAN = load_plan(ROOT / "tests" / "plans" / "tiny.yaml")
TODAY = date(2023, 12, 31)


PATH = "data/2023-06/jia.csv"


def check(data: bytes) -> None:
    """One file through the whole of `mzplan check`, and its findings through every format."""
    source = Source(PATH, content=io.BytesIO(data), spot=Spot(("2023-06",), "jia.csv"))
    result = run_checks(PLAN, [source], today=TODAY)
    report = CheckReport(diagnostics=result.diagnostics, files=(PATH,), records=result.records)
    for name in FORMATS:
        shown = render(name, report)
        assert "\x1b" not in shown, name
        assert "##[" not in shown, name


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
