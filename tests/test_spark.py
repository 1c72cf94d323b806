"""What Spark takes is what DuckDB takes, and what it cannot do is told in a sentence. Skipped without Java."""

import os
import random
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from time import sleep
from typing import Any
from unittest.mock import Mock

import pytest

from conftest import Mzplan
from corpus import cases
from mzplan.check import engines
from mzplan.check.reader import Scanner
from mzplan.check.run import evidence_exists
from mzplan.diagnostics import InputError
from mzplan.engine import duck, spark
from mzplan.engine.relations import relations
from mzplan.engine.sound import Database, LineFile, Means, Row, Words
from mzplan.plan.load import load_plan
from mzplan.plan.model import Plan
from mzplan.submissions.ledger import Ledger
from mzplan.submissions.names import Names
from mzplan.submissions.sources import data_sources
from rule_examples import HEADER, PLAN, UNITS, complete_report
from test_engine import EDITS, RATIOS, SOUND, SPELT, TINY, csv_of, make_data, put

pytestmark = [
    pytest.mark.spark,
    pytest.mark.untraced,
    pytest.mark.skipif(
        not (find_spec("pyspark") and shutil.which("java")), reason="Java or PySpark is not installed: make spark-tests"
    ),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),  # of sockets to Java, which end with it
]

MASTER = "local[2]"
ONE_PROCESS = "--conf spark.sql.shuffle.partitions=1 --conf spark.sql.adaptive.enabled=false pyspark-shell"
"""What makes much of it for one machine would keep many small tests waiting."""
ROOT = Path(__file__).parent.parent
TOLD = "用 Spark 读取，结果与 --engine python 相同。\n"


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYSPARK_SUBMIT_ARGS", ONE_PROCESS)


def said_by(
    database: Database, plan: Plan, folder: Path, means: Means
) -> tuple[dict[str, list[tuple[Any, ...]]], list[LineFile]]:
    """What it takes, by name of file, and the files that it was given."""
    sources = data_sources([folder], folder.parent)
    scanner = Scanner(plan, Ledger(plan), None, evidence_exists)
    files = [file for _, file in engines._candidates(scanner, sources, database)]
    with database.taken(relations(plan, scanner.names), files, means, Mock()) as rows:
        found: list[tuple[str, list[Row] | list[Words] | list[tuple[int]]]] = [
            ("files", sorted((file,) for file in rows.files())),
            ("words", sorted(rows.words())),
            ("figures", sorted(rows.figures())),
        ]
    return {name: [(Path(files[row[0]].path).name, *row[1:]) for row in some] for name, some in found}, files


def assert_the_same(folder: Path, plan: Plan = PLAN) -> set[str]:
    """Whatever both engines take of the files, those left aside that Hadoop cannot name; the names of what is taken."""
    one, of_one = said_by(duck, plan, folder, Means())
    two, of_two = said_by(spark, plan, folder, Means(master=MASTER))
    left = {Path(file.path).name for file in {*of_one} - {*of_two}}
    for name, rows in one.items():
        assert {*two[name]} ^ {row for row in rows if row[0] not in left} == set(), name
        assert len(two[name]) == len({*two[name]})
    return {name for (name,) in two["files"]}


def edited(seed: int) -> bytes:
    """A report in which a sign or two are put in or put in the place of others."""
    dice = random.Random(seed)
    end = dice.choice(["\n", "\r\n"])
    text = complete_report(UNITS[0], "2031-03").replace("\n", end)
    for _ in range(dice.randint(0, 2)):
        place = dice.randrange(len(text))
        text = text[:place] + dice.choice(EDITS) + text[place + dice.randint(0, 1) :]
    return text.encode()


def test_it_takes_what_duckdb_takes(tmp_path: Path) -> None:
    """Each line that is sound or not, ratios, files however they are called, and reports with a sign put in."""
    unit = UNITS[0].name
    lines = [*SPELT, *((f"2031-03,{unit},T01-03,,{value},{parts},,", is_taken) for value, parts, is_taken in ratios())]
    ends = [f"2031-03,{unit},T01-01,,7{sign},,,," for sign in ("\u2028", "\u2029", "\x85", "\x0b", "\n")]
    quoted = [f'2031-03,{unit},T01-01,,7,,,"新院启用,月底验收","x"{sign}' for sign in ("\u2028", "\x85", "", " ")]
    sound = csv_of(f"2031-03,{unit},T01-01,,7,,,,")
    files = {f"line{at:03}.csv": csv_of(line) for at, (line, _) in enumerate(lines)}
    files |= {f"end{at}.csv": csv_of(line) for at, line in enumerate([*ends, *quoted])}
    files |= dict.fromkeys(("a b.csv", "a%20b.csv", "a+b&c=d.csv", "义乌.csv", "é'(1)~!.csv", "x,z;@$.csv"), sound)
    files |= {"#.csv": sound, '<">|`^.csv': sound, "1.CSV": sound}
    files |= {"a:b.csv": sound, "_a.csv": sound, "a.csv.gz": sound, "a:b/colon.csv": sound}
    files |= {f"edit{seed:03}.csv": edited(seed) for seed in range(150)}
    files["gb.csv"] = sound.decode().encode("gb18030")
    files["cut.csv"] = sound[:-3]
    files["broken.csv"] = csv_of(f"2031-03,{unit},T01-01,,7,,,说明,")[:-4] + b"\xff,\n"
    files["twice.csv"] = csv_of(f"2031-03,{unit},T01-01,,7,,,,", HEADER)
    files["long.csv"] = csv_of(f"2031-03,{unit},T01-01,,7,,,{'长' * 700_000},")
    put(tmp_path / "all", files)
    taken = assert_the_same(tmp_path / "all")
    assert {f"line{at:03}.csv" for at, (_, is_taken) in enumerate(lines) if is_taken} <= taken
    assert {"a b.csv", "a%20b.csv", "a+b&c=d.csv", "义乌.csv", "é'(1)~!.csv", "x,z;@$.csv"} <= taken
    assert {"#.csv", '<">|`^.csv', "1.CSV", "colon.csv"} <= taken
    assert not taken & {"gb.csv", "broken.csv", "twice.csv", *(f"end{at}.csv" for at in range(4))}
    assert sum(name.startswith("edit") for name in taken) > 10


def ratios() -> Iterator[tuple[str, str, bool]]:
    for value, above, below, is_taken in RATIOS:
        yield value, f"{above},{below}", is_taken


def test_it_takes_what_duckdb_takes_of_the_corpus(tmp_path: Path) -> None:
    put(tmp_path / "all", {f"{case.name}.csv": case.data for case in cases()})
    assert assert_the_same(tmp_path / "all", load_plan(Path(__file__).parent / "plans" / "tiny.yaml"))


@pytest.mark.parametrize("data", ["shipped", "sound", "bad"])
def test_everything_is_shown_the_same(
    tmp_path: Path, mzplan: Mzplan, monkeypatch: pytest.MonkeyPatch, data: str
) -> None:
    if data == "shipped":
        monkeypatch.chdir(ROOT)
    else:
        make_data.write_made_up(TINY, tmp_path, bad=data == "bad")
        monkeypatch.chdir(tmp_path)
    for command in (("check",), ("status", "--format", "json")):
        one = mzplan(*command, "--engine", "python")
        two = mzplan(*command, "--engine", "spark", "--master", MASTER)
        assert (two.code, two.out) == (one.code, one.out)
        assert two.err == TOLD + one.err


def test_what_is_gone_is_told(tmp_path: Path) -> None:
    """A machine of the cluster that does not see a file finds none there."""
    means, plan = Means(master=MASTER), relations(PLAN, Names(PLAN))
    put(tmp_path, {"a.csv": csv_of(*SOUND)})
    files = [LineFile(str(tmp_path / "a.csv"), HEADER, len(SOUND))]
    told = f"Spark 看不到 {tmp_path}/a.csv：集群的每台机器都要能以这个路径读到数据。"
    for is_there in (True, False):
        with pytest.raises(InputError, match=re.escape(told)), spark.taken(plan, files, means, Mock()) as rows:  # noqa: PT012
            (tmp_path / "a.csv").unlink(missing_ok=not is_there)
            rows.files()


def alone(folder: Path, *options: str, patience: int = 300, **environment: str) -> subprocess.Popen[str]:
    """A run in a process of its own, in which Spark has not started yet."""
    program = f"from mzplan.engine import spark_session; spark_session._PATIENCE = {patience}; "
    program += "from mzplan.cli import main; main()"
    return subprocess.Popen(
        [sys.executable, "-c", program, "check", "--engine", "spark", *options],
        cwd=folder,
        env={**os.environ, **environment},
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


REFUSED = {
    "no Java": ((), {"JAVA_HOME": "", "PATH": "{bash}"}, "--engine spark 需要 Java 17 或更新的版本，这台电脑上没有。"),
    "no cluster": (
        ("--master", "spark://127.0.0.1:1"),
        {},
        "Spark 的集群（--master spark://127.0.0.1:1）在 5 秒内没有答复。",
    ),
    "no such master": (
        ("--master", "nowhere"),
        {},
        "Spark 没有启动（Master must either be yarn or start with spark, k8s, or local）。",
    ),
    "no memory": (("--memory", "64MB"), {}, "Spark 的内存不够：--memory 64MB 太小（至少 512MB），"),
}


@pytest.mark.parametrize(("options", "environment", "told"), REFUSED.values(), ids=REFUSED)
def test_what_spark_cannot_do_is_one_sentence(
    tmp_path: Path, options: tuple[str, ...], environment: dict[str, str], told: str
) -> None:
    make_data.write_made_up(TINY, tmp_path, bad=False)
    tools = tmp_path / "bin"
    tools.mkdir()
    for name in ("bash", "dirname", "env", "cat", "tr", "ls", "basename"):
        (tools / name).symlink_to(shutil.which(name) or "")
    given = {key: value.format(bash=tools) for key, value in environment.items()}
    run = alone(tmp_path, *options, "--output", "out.txt", patience=5 if "--master" in options else 300, **given)
    out, err = run.communicate(timeout=300)
    assert (run.returncode, out) == (2, "")
    assert err.startswith(f"{TOLD}mzplan: {told}")
    assert err.count("\n") == 2
    assert not (tmp_path / "out.txt").exists()


DEATH = """
from mzplan.cli import main
from mzplan.engine import spark

def dies(session, query):
    session.sparkContext._gateway.proc.kill()
    session.sparkContext._gateway.proc.wait()
    yield from session.sql(query).toLocalIterator()

spark._fetch = dies
main()
"""


def test_a_java_that_dies_is_told(tmp_path: Path) -> None:
    """As where the system has no memory left for it."""
    make_data.write_made_up(TINY, tmp_path, bad=False)
    command = [sys.executable, "-c", DEATH, "check", "--engine", "spark", "--master", "local[1]"]
    ran = subprocess.run(command, cwd=tmp_path, text=True, capture_output=True, timeout=300)
    assert (ran.returncode, ran.stdout) == (2, "")
    told = "Spark 的 Java 中途停了，多半是内存不够。请用 --memory 写大些，或改用 --engine python。"
    assert ran.stderr == f"{TOLD}mzplan: {told}\n"


def test_ctrl_c_ends_it_and_its_java(tmp_path: Path) -> None:
    make_data.write_made_up(TINY, tmp_path, bad=False)
    run = alone(tmp_path, "--master", "local[1]", "--output", "out.txt")
    assert run.stderr is not None
    assert run.stderr.readline() == TOLD
    sleep(12)
    children = Path(f"/proc/{run.pid}/task/{run.pid}/children").read_text().split()
    run.send_signal(signal.SIGINT)
    out, err = run.communicate(timeout=300)
    assert (run.returncode, out, err) == (130, "", "")
    assert not (tmp_path / "out.txt").exists()
    assert children
    assert not [child for child in children if is_alive(child)]


def is_alive(process: str) -> bool:
    """Whether it still runs, and is not only waiting for its parent to hear of its end."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False
