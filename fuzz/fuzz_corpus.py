"""The corpus with one seed after another: each file gets what it deserves, whichever of its rows is spoilt.

`make fuzz` runs it for a bounded time; `python fuzz/fuzz_corpus.py SECONDS` by hand.
"""

import sys
import time
from itertools import count
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))

from corpus import cases
from test_corpus import assert_deserved


def main() -> None:
    """Seeds 1, 2, 3 … until the time is over; the one that fails is named."""
    until = time.monotonic() + float(sys.argv[1])
    for seed in count(1):
        for case in cases(seed):
            if time.monotonic() > until:
                print(f"{seed - 1} seeds, no finding out of place")
                return
            try:
                assert_deserved(case)
            except BaseException:
                print(f"seed {seed}, {case.name}: {case.data[:400]!r}")
                raise


if __name__ == "__main__":
    main()
