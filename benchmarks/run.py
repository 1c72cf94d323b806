"""Time mzplan beside DuckDB, Polars and frictionless: whole processes, in turn, on the same files.

    python benchmarks/run.py                         # every case, five counted runs each
    python benchmarks/run.py --only status-unit check-1m --runs 9
    python benchmarks/run.py --output build/bench/results.md
    python benchmarks/run.py --plot                  # cost against rows, of all engines and peers: cost.csv, cost.svg
    python benchmarks/run.py --plot --sizes 55m --runs 1

A case starts its commands in turn (A B C A B C …) after one round that is not counted, so that a machine that
becomes slower or faster meets all alike; a ratio is taken round by round, and the median of the rounds is printed.
Times and the peak of the largest process are the operating system's own accounting of the finished process. The peak
of all processes of a command together is sampled in one more run (Linux only). Before anything is timed, the bytecode
is compiled, and every checker's counts and every sum are compared with what the data generator put in.
"""

import argparse
import json
import os
import shlex
import shutil
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple

from plot import PICTURE, Cost, picture, read, write

HERE = Path(__file__).parent
ROOT = HERE.parent
PEERS = HERE / "peers"
SHIPPED = "shipped"
"""The project's own data, which the peers read from tables made of them."""

ROWS = {
    "7k": 7_200,
    "100k": 100_800,
    "300k": 302_400,
    "1m": 1_008_000,
    "3m": 3_024_000,
    "10m": 10_080_000,
    "55m": 55_176_000,
}
"""Of each size that is drawn."""

DATA = {
    "7k": ["--size", "7k"],
    "100k": ["--size", "100k"],
    "1m": ["--size", "1m"],
    "1m-bad": ["--size", "1m", "--bad"],
    "1m-one": ["--size", "1m", "--one-file"],
    SHIPPED: ["--plan", str(ROOT / "plan" / "2023.yaml"), "--data", str(ROOT / "data")],
}


ONE_FILE = "all.csv"
"""All rows of a folder that has no file for each unit and month."""

SAME_AS = {"magnitude-word": "not-a-number"}
"""mzplan tells 1.4亿 from other cells that are no numbers; the peers do not."""


class Command(NamedTuple):
    """What is started, and where."""

    arguments: list[str]
    folder: Path = ROOT

    def __str__(self) -> str:
        return shlex.join(self.arguments)


class Tools(NamedTuple):
    """How to start each program."""

    mzplan: list[str]
    peers: str
    folder: Path

    def check(self, data: str, *options: str) -> Command:
        """`mzplan check` of a generated project, as one runs it there."""
        return self._mzplan("check", data, [str(self.folder / data / ONE_FILE)], options)

    def status(self, data: str, *options: str) -> Command:
        """`mzplan status` of a generated project, as one runs it there."""
        return self._mzplan("status", data, ["--data", str(self.folder / data / ONE_FILE)], options)

    def shipped(self, *arguments: str) -> Command:
        """`mzplan` with those arguments in this project."""
        return Command([*self.mzplan, *arguments])

    def reading(self, data: str, *options: str) -> Command:
        """A generated project's files read into a ledger, and nothing else."""
        return Command([self.python, str(HERE / "reading.py"), str(self.folder / data), *options])

    @property
    def python(self) -> str:
        """The interpreter beside `mzplan`."""
        return str(Path(self.mzplan[0]).with_name("python"))

    def _mzplan(self, command: str, data: str, one_file: list[str], options: Sequence[str]) -> Command:
        base = self.folder / data
        if data == SHIPPED:
            return Command([*self.mzplan, command, *options])
        if not (base / ONE_FILE).exists():
            return Command([*self.mzplan, command, *options], base)
        return Command([*self.mzplan, command, *one_file, "--plan", str(base / "plan" / "plan.yaml"), *options])

    def peer(self, script: str, data: str, *options: str) -> Command:
        """One of the peer scripts on a generated folder."""
        return Command([self.peers, str(PEERS / f"{script}.py"), str(self.folder / data), *options])

    def frictionless(self, data: str) -> Command:
        """frictionless' own validate command."""
        command = Path(self.peers).with_name("frictionless")
        return Command([str(command), "validate", str(self.folder / data / "datapackage.json")])


class Case(NamedTuple):
    """Commands that are timed in turn; ratios are the first one's figures over each other's."""

    title: str
    commands: Callable[[Tools], dict[str, Command]]


CASES = {
    "status": Case(
        "`status`, shipped data",
        lambda tools: {
            "mzplan status": tools.shipped("status"),
            "frictionless validate": tools.frictionless(SHIPPED),
            "DuckDB, same sums": tools.peer("duckdb_status", SHIPPED),
        },
    ),
    "status-unit": Case(
        "`status --unit`, shipped data",
        lambda tools: {
            "mzplan status --unit 义乌市": tools.shipped("status", "--unit", "义乌市"),
            "frictionless validate": tools.frictionless(SHIPPED),
            "DuckDB, same sums": tools.peer("duckdb_status", SHIPPED),
        },
    ),
    "check": Case(
        "`check data`, shipped data",
        lambda tools: {
            "mzplan check data": tools.shipped("check", "data"),
            "frictionless validate": tools.frictionless(SHIPPED),
            "DuckDB": tools.peer("duckdb_check", SHIPPED),
        },
    ),
    "summary": Case(
        "`summary`, shipped data",
        lambda tools: {
            "mzplan summary": tools.shipped("summary"),
            "frictionless validate": tools.frictionless(SHIPPED),
        },
    ),
    "check-7k": Case(
        "`check`, 7,200 rows in 120 files",
        lambda tools: {
            "mzplan check": tools.check("7k"),
            "DuckDB": tools.peer("duckdb_check", "7k"),
            "Polars": tools.peer("polars_check", "7k"),
            "frictionless validate": tools.frictionless("7k"),
        },
    ),
    "check-100k": Case(
        "`check`, 100,800 rows in 840 files",
        lambda tools: {
            "mzplan check": tools.check("100k"),
            "DuckDB": tools.peer("duckdb_check", "100k"),
            "Polars": tools.peer("polars_check", "100k"),
            "frictionless validate": tools.frictionless("100k"),
        },
    ),
    "check-1m": Case(
        "`check`, 1,008,000 rows in 3,600 files",
        lambda tools: {
            "mzplan check --engine duckdb": tools.check("1m", "--engine", "duckdb"),
            "mzplan check --engine python": tools.check("1m", "--engine", "python"),
            "DuckDB": tools.peer("duckdb_check", "1m"),
            "Polars": tools.peer("polars_check", "1m"),
        },
    ),
    "check-1m-bad": Case(
        "`check`, the same with 0.1 % bad rows",
        lambda tools: {
            "mzplan check, bad rows": tools.check("1m-bad"),
            "mzplan check, valid rows": tools.check("1m"),
            "DuckDB, bad rows": tools.peer("duckdb_check", "1m-bad"),
        },
    ),
    "check-1m-one": Case(
        "`check`, 1,008,000 rows in one file",
        lambda tools: {
            "mzplan check --engine duckdb": tools.check("1m-one", "--engine", "duckdb"),
            "mzplan check --engine python": tools.check("1m-one", "--engine", "python"),
            "DuckDB": tools.peer("duckdb_check", "1m-one"),
            "Polars": tools.peer("polars_check", "1m-one"),
        },
    ),
    "status-1m": Case(
        "`status`, 1,008,000 rows in 3,600 files",
        lambda tools: {
            "mzplan status": tools.status("1m"),
            "mzplan check": tools.check("1m"),
            "DuckDB, same sums": tools.peer("duckdb_status", "1m"),
        },
    ),
    "read-1m": Case(
        "1,008,000 rows in 3,600 files read into a ledger, and nothing else",
        lambda tools: {
            "mzplan, DuckDB": tools.reading("1m", "--engine", "duckdb"),
            "mzplan, Python": tools.reading("1m", "--engine", "python"),
            "DuckDB": tools.peer("duckdb_check", "1m"),
        },
    ),
    "read-1m-one": Case(
        "the 1,008,000 rows in one file read into a ledger",
        lambda tools: {
            "mzplan, DuckDB": tools.reading("1m-one", "--engine", "duckdb"),
            "mzplan, Python": tools.reading("1m-one", "--engine", "python"),
            "DuckDB": tools.peer("duckdb_check", "1m-one"),
        },
    ),
    "slow-path": Case(
        "100,800 rows in 840 files read in one process, every row sent to the rules",
        lambda tools: {
            "fast path off": tools.reading("100k", "--fast-path-off"),
            "fast path on": tools.reading("100k"),
        },
    ),
    "start-up": Case(
        "Start-up",
        lambda tools: {
            "mzplan --version": tools.shipped("--version"),
            "python -c pass": Command([sys.executable, "-c", "pass"]),
            "python -c 'import duckdb'": Command([tools.peers, "-c", "import duckdb"]),
        },
    ),
}


PROGRAMS: dict[str, Callable[[Tools, str], Command]] = {
    "mzplan check --engine python": lambda tools, data: tools.check(data, "--engine", "python"),
    "mzplan check --engine duckdb": lambda tools, data: tools.check(data, "--engine", "duckdb"),
    "mzplan check --engine spark": lambda tools, data: tools.check(data, "--engine", "spark"),
    "DuckDB script": lambda tools, data: tools.peer("duckdb_check", data),
    "Polars script": lambda tools, data: tools.peer("polars_check", data),
    "frictionless validate": lambda tools, data: tools.frictionless(data),
}
"""What is drawn against the rows."""


class Run(NamedTuple):
    """One finished process: seconds of wall and processor time, and the peak of its largest process in MB."""

    wall: float
    cpu: float
    peak: float
    code: int


def run(command: Command) -> Run:
    """Start the command, wait for it, and take the system's accounting."""
    start = time.perf_counter()
    with subprocess.Popen(
        command.arguments,
        cwd=command.folder,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as child:
        _, status, usage = os.wait4(child.pid, 0)
        wall = time.perf_counter() - start
        child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode not in (0, 1):
        raise SystemExit(f"exit {child.returncode}: {command}")
    return Run(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, child.returncode)


def family(process: int) -> Iterable[int]:
    """The process and everything below it."""
    yield process
    for children in Path(f"/proc/{process}/task").glob("*/children"):
        for child in children.read_text().split():
            yield from family(int(child))


def together(command: Command) -> float | None:
    """The highest sampled memory of all processes of the command together, in MB; shared pages count once."""
    if not Path("/proc/self/smaps_rollup").exists():
        return None
    highest, over = 0, threading.Event()

    def watch(process: int) -> None:
        nonlocal highest
        while not over.wait(0.01):
            total = 0
            try:
                for one in family(process):
                    lines = Path(f"/proc/{one}/smaps_rollup").read_text().splitlines()
                    total += next(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
            except (OSError, StopIteration):  # a process that has just ended
                continue
            highest = max(highest, total)

    with subprocess.Popen(
        command.arguments, cwd=command.folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as child:
        watcher = threading.Thread(target=watch, args=(child.pid,))
        watcher.start()
        child.wait()
        over.set()
        watcher.join()
    return highest / 1024


@dataclass(slots=True)
class Measured:
    """The runs of one command of a case."""

    label: str
    runs: list[Run] = field(default_factory=list)
    together: float | None = None


def measure(commands: dict[str, Command], rounds: int) -> list[Measured]:
    """Run the commands in turn, after one round that is not counted."""
    results = [Measured(label) for label in commands]
    for number in range(rounds + 1):
        for result, command in zip(results, commands.values(), strict=True):
            once = run(command)
            if number:
                result.runs.append(once)
    for result, command in zip(results, commands.values(), strict=True):
        result.together = together(command)
    return results


def table(results: Sequence[Measured]) -> str:
    """The measurements as Markdown; ratios are the first command's figure over the line's."""
    lines = [
        "| command | wall s (min-max) | CPU s | first / this, wall | first / this, peak | peak MB | together MB |",
        "|---|---|---|---|---|---|---|",
    ]
    first = results[0]
    for result in results:
        walls = [one.wall for one in result.runs]
        ratio = median(a.wall / b.wall for a, b in zip(first.runs, result.runs, strict=True))
        peak = median(one.peak for one in result.runs)
        memory = median(one.peak for one in first.runs) / peak
        lines.append(
            f"| {result.label} | {median(walls):.2f} ({min(walls):.2f}-{max(walls):.2f}) "
            f"| {median(one.cpu for one in result.runs):.2f} "
            + ("| | " if result is first else f"| **{ratio:.2f}** | {memory:.2f} ")
            + f"| {peak:.0f} | {'' if result.together is None else format(result.together, '.0f')} |"
        )
    return "\n".join(lines)


def costs(tools: Tools, sizes: Sequence[str], rounds: int, longest: float) -> Iterator[Cost]:
    """What each program costs for each size, in turn, from the smallest on.

    One that is not installed is left out, and so is one that would be likely to take longer than so many seconds.
    """
    last: dict[str, tuple[int, float]] = {}
    for size in sorted(sizes, key=ROWS.__getitem__):
        rows = ROWS[size]
        commands = {name: make(tools, size) for name, make in PROGRAMS.items() if is_there(tools, name)}
        expected = {name: last[name][1] * rows / last[name][0] if name in last else 0 for name in commands}
        commands = {name: command for name, command in commands.items() if expected[name] <= longest}
        runs = {name: [run(command)] for name, command in commands.items()}
        for _ in range(rounds - 1):
            for name, command in commands.items():
                runs[name].append(run(command))
        for name, of in runs.items():
            counted = of[1:] or of  # the first one reads the files from the disk
            wall, cpu, peak = (median(getattr(one, what) for one in counted) for what in ("wall", "cpu", "peak"))
            last[name] = rows, wall
            yield Cost(name, rows, wall, cpu, peak)


def is_there(tools: Tools, program: str) -> bool:
    """Whether what a program needs is installed."""
    is_mzplan = program.startswith("mzplan")
    needed = {"duckdb": "duckdb", "spark": "pyspark", "python": "mzplan"}[program.split()[-1]] if is_mzplan else ""
    module = needed or program.split()[0].lower()
    tried = [tools.python if is_mzplan else tools.peers, "-c", f"import {module}"]
    return subprocess.run(tried, stderr=subprocess.DEVNULL, check=False).returncode == 0


def plot(tools: Tools, sizes: Sequence[str], rounds: int, longest: float) -> None:
    """Measure, keep what was measured in place of what was known of it, and draw all."""
    known = {(each.program, each.rows): each for each in read()}
    for cost in costs(tools, sizes, rounds, longest):
        known[cost.program, cost.rows] = cost
        print(
            f"{cost.program}: {cost.rows:,} rows, {cost.wall:.2f} s, {cost.cpu:.2f} s CPU, {cost.peak:.0f} MB",
            flush=True,
        )
        order = list(PROGRAMS)
        write(sorted(known.values(), key=lambda each: (order.index(each.program), each.rows)))
    PICTURE.write_text(picture(read()), encoding="utf-8")


def answer(command: Command) -> Any:
    """What the command prints as JSON."""
    done = subprocess.run(command.arguments, cwd=command.folder, stdout=subprocess.PIPE, check=False)
    if done.returncode not in (0, 1):
        raise SystemExit(f"exit {done.returncode}: {command}")
    return json.loads(done.stdout)


def agree(what: str, **answers: dict[Any, Any]) -> None:
    """End the run unless all say the same."""
    (first, wanted), *others = answers.items()
    for name, got in others:
        if got != wanted:
            odd = [key for key in wanted | got if wanted.get(key) != got.get(key)]
            lines = (f"  {key}: {name} {got.get(key)}, {first} {wanted.get(key)}" for key in odd[:20])
            raise SystemExit("\n".join([f"{what}: {name} and {first} differ", *lines]))
    print(f"{what}: {', '.join(answers)} agree", file=sys.stderr)


def verify_findings(tools: Tools, data: str) -> None:
    """Every checker finds what the generator put in and nothing else."""
    made = json.loads((tools.folder / data / "expected.json").read_text(encoding="utf-8"))
    report = answer(tools.check(data, "--format", "json"))
    agree(
        f"findings in {data}",
        generator={"records": made["records"], "findings": made["findings"]},
        mzplan={
            "records": report["summary"]["records"],
            "findings": Counter(SAME_AS.get(found["rule"], found["rule"]) for found in report["diagnostics"]),
        },
        duckdb=answer(tools.peer("duckdb_check", data)),
        polars=answer(tools.peer("polars_check", data)),
    )


def verify_sums(tools: Tools, data: str) -> None:
    """The city's figures of mzplan and of the DuckDB script are those of the generated rows."""
    made = json.loads((tools.folder / data / "expected.json").read_text(encoding="utf-8"))["sums"]

    def figures(rows: Iterable[dict[str, Any]]) -> dict[str, dict[str, Decimal]]:
        sums = {}
        for row in rows:
            if row["numerator"] is not None:
                sums[row["indicator"]] = {key: Decimal(row[key]) for key in ("numerator", "denominator")}
            else:
                key = "share" if row["kind"] == "milestone" else "sum"
                sums[row["indicator"]] = {key: round(Decimal(row["actual"]), 6)}
        return sums

    made = {key: {name: Decimal(value) for name, value in sums.items()} for key, sums in made.items()}
    agree(
        f"sums of {data}", generator=made, duckdb=figures(answer(tools.peer("duckdb_status", data, "--json"))["city"])
    )
    status = answer(tools.status(data, "--format", "json"))
    city = [row for row in status["rows"] if row["unit"] is None]
    counts_units = {row["indicator"] for row in city if row["applies_to"] != "total" and row["kind"] != "milestone"}
    agree(
        f"sums of {data}",
        generator={key: sums for key, sums in made.items() if key not in counts_units},
        mzplan=figures(row for row in city if row["indicator"] not in counts_units),
    )


def verify_completion(tools: Tools, data: str) -> None:
    """Completion of every unit and area, and of how many indicators, is that of the DuckDB script."""
    status = answer(tools.status(data, "--format", "json"))
    exact = {(row["unit"], row["area"]): row for row in status["areas"]}
    exact |= {(row["unit"], "whole"): row for row in status["units"]}
    exact = {key: row for key, row in exact.items() if row["judged"]}
    tallies = answer(tools.peer("duckdb_status", data, "--json"))["areas"]
    binary = {(row["unit"], "whole" if row["whole"] else row["area"]): row for row in tallies if row["judged"]}
    agree(
        f"counts in {data}",
        mzplan={key: row["judged"] for key, row in exact.items()},
        duckdb={key: row["judged"] for key, row in binary.items()},
    )
    off = {key: binary[key]["completion"] - float(row["completion"]) for key, row in exact.items()}
    agree(f"completion in {data}", mzplan={}, duckdb={key: by for key, by in off.items() if abs(by) > 1e-6})


def prepare(folder: Path, names: Iterable[str]) -> None:
    """Make the data that are not there yet; the shipped ones may have changed."""
    shutil.rmtree(folder / SHIPPED, ignore_errors=True)
    for name in names:
        if not (folder / name / "datapackage.json").exists():
            make = [
                sys.executable,
                str(HERE / "make_data.py"),
                *DATA.get(name, ["--size", name]),
                "--folder",
                str(folder / name),
            ]
            subprocess.run(make, cwd=ROOT, check=True)


def main() -> None:
    """Read the command line, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", nargs="+", choices=CASES, default=list(CASES), metavar="CASE", help=", ".join(CASES))
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--mzplan", type=shlex.split, default=[str(Path(sys.executable).with_name("mzplan"))])
    parser.add_argument("--peers", default=sys.executable, help="the Python that has duckdb, polars and frictionless")
    parser.add_argument("--folder", type=Path, default=ROOT / "build" / "bench")
    parser.add_argument("--no-verify", action="store_true", help="do not compare the checkers' counts first")
    parser.add_argument("--output", type=Path, help="write the tables there as well")
    parser.add_argument("--plot", action="store_true", help="measure cost against rows instead, and draw it")
    parser.add_argument("--sizes", nargs="+", choices=ROWS, default=[size for size in ROWS if size != "55m"])
    parser.add_argument("--longest", type=float, default=900, help="leave out what would take longer, in seconds")
    options = parser.parse_args()
    start = shutil.which(options.mzplan[0]) or options.mzplan[0]
    tools = Tools([str(Path(start).absolute()), *options.mzplan[1:]], options.peers, options.folder.resolve())
    chosen = {name: CASES[name] for name in options.only}
    # Where PYTHONDONTWRITEBYTECODE is set, an editable install would read its source anew on every run.
    subprocess.run([tools.python, "-m", "compileall", "-q", str(ROOT / "src")], check=True)
    if options.plot:
        prepare(tools.folder, options.sizes)
        plot(tools, options.sizes, options.runs, options.longest)
        return
    prepare(tools.folder, DATA)
    if not options.no_verify:
        verify_findings(tools, "7k")
        verify_findings(tools, "1m-bad")
        verify_sums(tools, "7k")
        verify_completion(tools, "7k")
        verify_completion(tools, SHIPPED)
    sections = []
    for case in chosen.values():
        sections.append(f"### {case.title}\n\n{table(measure(case.commands(tools), options.runs))}\n")
        print(sections[-1], flush=True)
    if options.output:
        options.output.parent.mkdir(parents=True, exist_ok=True)
        options.output.write_text("\n".join(sections), encoding="utf-8")


if __name__ == "__main__":
    main()
