"""Every kind of document of every month and situation, with one thing after another turned round: none passes.

`make fuzz` runs it for a bounded time, another document first each time; `python fuzz/fuzz_bulletin.py SECONDS [SEED]`
by hand: all of it takes half an hour.
"""

import sys
import time
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))

import bulletin_cases as cases
from mzplan.bulletin import Request
from test_bulletin_prose import CELLS, material
from turning import RARE, documents, passed


def main() -> None:
    """Situations in an order of their own until the time is over; the document in which something passes is named."""
    until = time.monotonic() + float(sys.argv[1])
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else int(time.time())
    given = [
        *cases.SITUATIONS.values(),
        *RARE.values(),
        *(lambda cell=cell: material(*cell, "official") for cell in CELLS),
    ]
    Random(seed).shuffle(given)
    told = 0
    for make in given:
        one = make()
        for kind, unit, area in documents(one):
            if time.monotonic() > until:
                print(f"seed {seed}: {told} documents, each turn of which is found")
                return
            found = list(passed(one, one.write(Request(kind=kind, unit=unit, area=area))))
            if found:
                raise SystemExit(f"seed {seed}, {one.facts.period} {kind} {unit} {area}: " + "\n".join(found))
            told += 1
    print(f"{told} documents, all there are: each turn is found")


if __name__ == "__main__":
    main()
