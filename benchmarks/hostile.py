"""What hostile input may cost: processor time and memory of files, plans and cells made to be dear.

    python benchmarks/hostile.py

Prints what each took beside its bound, and ends with 1 when one is beyond it. The bounds are several times what things
take; what grows with the square of its input takes more.
"""

import sys
import time
import tracemalloc
from collections.abc import Callable, Iterator
from contextlib import suppress
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "tests"))

import bulletin_cases  # noqa: E402
from corpus import cases  # noqa: E402  # the corpus of broken files lies beside the tests
from factory import wording  # noqa: E402
from mzplan.diagnostics import InputError  # noqa: E402
from mzplan.plan.load import read_plan  # noqa: E402
from mzplan.plan.yaml_border import read_yaml  # noqa: E402
from mzplan.reading.csv_border import CsvTable  # noqa: E402
from mzplan.reading.misread import read_number  # noqa: E402
from test_corpus import checked  # noqa: E402
from test_plan_beside_document import DOCUMENT, NOTHING, TINY  # noqa: E402
from test_verify_effort import PIECES, hostile  # noqa: E402

MEMORY = 100 << 20
"""Bytes that a check of any one broken file may take."""

CELLS = ("1e2000000", "9" * 5000, "0." + "0" * 5000 + "1", "一" * 4000, "1," * 2000, "１" * 4096)
OPENINGS = ("[", "{a: ", "- ", "? ")
WRONG = {
    "15,000 unknown keys": "".join(f"k{n}: 1\n" for n in range(15_000)),
    "30,000 unknown units": "reporting: [" + ", ".join(f"u{n}" for n in range(30_000)) + "]\n",
    "a relation of 30,000 terms": "relations:\n- {terms: [" + ", ".join(["T01-01"] * 30_000) + "], at_most: T01-02}\n",
}


def jobs(folder: Path) -> Iterator[tuple[str, float, Callable[[], object]]]:
    """What is done, and how many seconds of the processor it may take."""
    for cell in CELLS:
        yield f"a hundred cells {cell[:9]}…", 1, lambda cell=cell: [read_number(cell) for _ in range(100)]
    for opening in OPENINGS:
        text = (opening * 100_000).encode()[: 1 << 20]
        yield f"YAML opened 100,000 times with {opening!r}", 5, lambda text=text: read_yaml(text, "p.yaml")
    sound = (ROOT / "plan" / "2023.yaml").read_text(encoding="utf-8")
    for name, text in WRONG.items():
        path = folder / f"{name}.yaml"
        path.write_text(f"{text}{sound}", encoding="utf-8")
        yield f"a plan with {name}", 8, lambda path=path: read_plan(path)
    for piece in NOTHING:
        text = DOCUMENT + piece * (200_000 // len(piece))
        yield f"a document of {piece!r}", 8, lambda text=text: read_plan(TINY, wording(text))
    quotes = ("a,b\n" + '1,"x"y\n' * 50_000 + '1,"x\n' * 50_000).encode()
    for kind in PIECES:
        for size in (60, 400, 2000, 500_000):
            draft = hostile(kind, letters=490_000, size=size)
            yield f"a draft of {kind}, {size} characters a sentence", 4, lambda draft=draft: verified(draft)
    yield "100,000 broken quotes", 5, lambda: [list(rows) for rows in CsvTable(BytesIO(quotes)).batches()]


def verified(draft: bytes) -> None:
    """What comes of a draft, or that it is refused."""
    with suppress(InputError):
        bulletin_cases.verified("x.md", draft, bulletin_cases.SITUATIONS["official"]())


def corpus() -> Iterator[tuple[str, float, Callable[[], object]]]:
    """The same for every broken file of the corpus."""
    for case in cases():
        yield f"broken file {case.name}", 5, lambda case=case: checked(case)


def main() -> None:
    """Run everything and print what took longest."""
    taken = []
    with TemporaryDirectory() as folder:
        for name, bound, job in (*jobs(Path(folder)), *corpus()):
            start = time.process_time()
            job()
            taken.append((time.process_time() - start, bound, name))
    beyond = [name for seconds, bound, name in taken if seconds > bound]
    for seconds, bound, name in sorted(taken, reverse=True)[:20]:
        print(f"{seconds:6.2f} s of {bound:g}  {name}")
    tracemalloc.start()
    for _, _, job in corpus():
        job()
    peak = tracemalloc.get_traced_memory()[1]
    print(f"{peak / 2**20:.0f} MiB of {MEMORY / 2**20:.0f}  the highest that a broken file took")
    sys.exit(1 if beyond or peak > MEMORY else 0)


if __name__ == "__main__":
    main()
