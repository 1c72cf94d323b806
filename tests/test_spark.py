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
from tempfile import TemporaryDirectory
from time import sleep
from typing import Any
from unittest.mock import Mock, patch

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from conftest import Mzplan
from corpus import cases
from mzplan.check import engines
from mzplan.check.engines import Engine
from mzplan.check.reader import Scanner
from mzplan.check.run import CheckResult, evidence_exists, run_checks
from mzplan.diagnostics import InputError
from mzplan.engine import duck, hadoop, spark
from mzplan.engine.hadoop import mirrored
from mzplan.engine.relations import relations
from mzplan.engine.sound import Database, LineFile, Means, Row, Words
from mzplan.plan.load import load_plan
from mzplan.plan.model import Plan
from mzplan.submissions.ledger import Ledger
from mzplan.submissions.names import Names
from mzplan.submissions.sources import data_sources
from rule_examples import HEADER, PLAN, TODAY, UNITS, complete_report
from test_clerk import CASES as CLERKS
from test_clerk import PLAN as SHIPPED
from test_clerk import october, written
from test_engine import EDITS, RATIOS, SOUND, SPELT, TINY, csv_of, edited_reports, make_data, put, written_in
from test_parquet import PLANS, rows_of, with_damaged_pages, write_parquet, written_both

pytestmark = [
    pytest.mark.spark,
    pytest.mark.untraced,
    pytest.mark.skipif(
        not (find_spec("pyspark") and shutil.which("java")), reason="Java or PySpark is not installed: make spark-tests"
    ),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),  # of sockets to Java, which end with it
]

MASTER = "local[2]"
SPARK = Engine("spark", Means(master=MASTER))
ONE_PROCESS = (
    "--conf spark.sql.shuffle.partitions=1 --conf spark.sql.adaptive.enabled=false "
    "--conf spark.sql.files.openCostInBytes=1 --conf spark.sql.sources.parallelPartitionDiscovery.threshold=1000 "
    "pyspark-shell"
)
"""What makes much of it for one machine would keep many small tests waiting."""
LIGHT_JAVA = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"
"""Starts in half the time, and is slower where much is to be read, which it is not here."""
ROOT = Path(__file__).parent.parent
TOLD = "用 Spark 读取，结果与 --engine python 相同。\n"


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYSPARK_SUBMIT_ARGS", ONE_PROCESS)
    monkeypatch.setenv("JAVA_TOOL_OPTIONS", LIGHT_JAVA)


def said_by(
    database: Database, plan: Plan, folder: Path, means: Means
) -> tuple[dict[str, list[tuple[Any, ...]]], list[LineFile]]:
    """What it takes, by name of file, and the files that it was given."""
    sources = data_sources([folder], folder.parent)
    scanner = Scanner(plan, Ledger(plan), None, evidence_exists)
    files = [file for _, file in engines._candidates(scanner, sources, database, Engine("spark", means))]
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
    left = {Path(file.path).name for file in of_one} - {Path(file.path).name for file in of_two}
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


def assert_told_the_same(folder: Path, plan: Plan) -> set[str]:
    """Whatever is said of the files of a folder, and of the same at its address; which of them Spark has read."""
    address = f"file://{folder}"
    one = run_checks(plan, data_sources([folder], folder.parent), today=TODAY)
    with patch.object(engines, "_found", wraps=engines._found) as found:
        two = run_checks(plan, data_sources([mirrored(address, SPARK.means)]), today=TODAY, engine=SPARK)

    def said(result: CheckResult) -> str:
        told = result.diagnostics, result.cleared, result.files, result.records
        return repr(told).replace(address, str(folder))

    assert said(two) == said(one)
    assert (two.ledger.faulty, two.ledger.refused) == (one.ledger.faulty, one.ledger.refused)
    assert two.ledger.notes == one.ledger.notes
    assert written_in(two.ledger) == written_in(one.ledger)
    return {two.ledger.sources[call.args[2]].removeprefix(f"{address}/") for call in found.call_args_list}


def test_of_clerks_reports_the_same_is_told(tmp_path: Path) -> None:
    """Each case is the report of a unit and a month of its own."""
    places = [(unit, month) for month in range(1, 13) for unit in SHIPPED.reporting_units]
    for (unit, month), case in zip(places, CLERKS, strict=False):
        rows = october()
        case.edit(rows)
        text = written(rows).replace("义乌市", unit.name).replace("2023-10", f"2023-{month:02}")
        put(tmp_path / "data", {f"2023-{month:02}/{unit.id}.csv": text.encode()})
    assert assert_told_the_same(tmp_path / "data", SHIPPED)


@settings(max_examples=3, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(
        st.tuples(st.sampled_from(range(1, 5)), st.integers(0, 400), st.sampled_from(EDITS), st.booleans()), max_size=4
    ),
    st.sampled_from(["\n", "\r\n"]),
)
def test_of_random_edits_the_same_is_told(edits: list[tuple[int, int, str, bool]], end: str) -> None:
    with TemporaryDirectory() as folder:
        put(Path(folder) / "data", edited_reports(edits, end))
        taken = assert_told_the_same(Path(folder) / "data", PLAN)
        assert edits or len(taken) == 4


@pytest.mark.parametrize("data", ["shipped", "sound", "bad"])
def test_everything_is_shown_the_same(
    tmp_path: Path, mzplan: Mzplan, monkeypatch: pytest.MonkeyPatch, data: str
) -> None:
    """Of a path, of an address without an option, and of one that is named."""
    if data == "shipped":
        monkeypatch.chdir(ROOT)
    else:
        make_data.write_made_up(TINY, tmp_path, bad=data == "bad")
        monkeypatch.chdir(tmp_path)
    here = str(Path.cwd() / "data")
    there = here if data == "sound" else f"file://{here}"
    for command, option in ((("check",), ()), (("status", "--format", "json"), ("--data",))):
        one = mzplan(*command, *option, here, "--engine", "python")
        two = mzplan(*command, *option, there, "--engine", "spark", "--master", MASTER)
        assert (two.code, two.out.replace(there, here)) == (one.code, one.out)
        assert two.err.replace(there, here) == TOLD + one.err


def test_at_an_address_all_is_found_that_lies_there(
    tmp_path: Path, mzplan: Mzplan, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Names that Hadoop hides, evidence wherever it may lie, lines as they stand; what is sound is not brought."""
    last, other, third = UNITS[-1], UNITS[1], UNITS[2]
    evidence = "beside.pdf", "papers/own.pdf", "kept.pdf", "nowhere.pdf"
    rows = [f"2031-03,{other.name},T01-01,,{at},,,,{name}" for at, name in enumerate(evidence)]
    files = {
        (sound := f"2031-03/{last.id}.csv"): complete_report(last, "2031-03").encode(),
        f"2031-03/{other.id}.csv": csv_of(*rows),
        f"2031-03/{third.id}.csv": csv_of(f"2031-03,{third.name},T01-01,,７,,,,").replace(b"\n", b"\r\n"),
        "2031-03/beside.pdf": b"%PDF",
        "2031-03/_odd.csv": csv_of(*SOUND),
        "2031-03/.x.csv": csv_of(*SOUND),
        "2031-03/a:b.csv": csv_of(*SOUND),
        "2031-04/deep/x.csv": csv_of(*SOUND),
        "README.md": csv_of(*SOUND),
        "2031-04/README.md": b"# month",
    }
    plan = (ROOT / "tests" / "plans" / "examples.yaml").read_bytes()
    kept = f"inbox/filed/2031-03/{other.id}"
    put(tmp_path, {"papers/own.pdf": b"", f"{kept}/kept.pdf": b"", "plan/plan.yaml": plan})
    put(tmp_path / "data", files)
    monkeypatch.chdir(tmp_path)
    here, there = str(tmp_path / "data"), f"file://{tmp_path}/data"
    brought: list[str] = []
    for form in ("text", "json"):
        asked = "--format", form, "--today", "2031-05-01"
        one = mzplan("check", here, *asked)
        with patch.object(hadoop, "_fetch", wraps=hadoop._fetch) as fetch:
            two = mzplan("check", there, *asked, "--engine", "spark", "--master", MASTER)
        assert (two.code, two.out.replace(there, here)) == (one.code, one.out)
        assert "nowhere.pdf" in one.out
        brought += [call.args[1].removeprefix(f"file:{here}/") for call in fetch.call_args_list]
    assert {f"2031-03/{other.id}.csv", "README.md", "2031-04/README.md"} <= {*brought} <= {*files} - {sound}
    assert len(brought) == len({*brought}), "each once"


def test_parquet_says_what_its_csv_says(tmp_path: Path, mzplan: Mzplan) -> None:
    """By its path, and at its address, from which what Python reads is brought."""
    texts, tables = written_both(tmp_path)
    sound = {f"2031-03/{unit.id}.parquet" for unit in UNITS[:2]}
    assert assert_told_the_same(tables, PLAN) == sound
    asked = "check", "--plan", PLANS, "--today", "2031-05-01", "--engine"
    one = mzplan(*asked, "python", str(texts))
    two = mzplan(*asked, "spark", "--master", MASTER, str(tables))
    assert (two.code, two.out.replace(".parquet", ".csv").replace("tables", "texts")) == (one.code, one.out)


@pytest.mark.parametrize(
    ("size", "own", "parts"), [(0, None, "1"), (80 << 20, None, "11"), (1 << 40, None, "200"), (0, "400", None)]
)
def test_small_data_is_shuffled_in_few_parts(size: int, own: str | None, parts: str | None) -> None:
    """Each part costs its time and memory; what the user has set for the cluster stays."""
    session = Mock()
    session.sparkContext.getConf().contains.side_effect = lambda name: own is not None and name == spark._PARTS
    spark._part(session, size)
    assert [call.args for call in session.conf.set.call_args_list] == ([(spark._PARTS, parts)] if parts else [])


def test_what_cannot_be_read_leaves_the_others(tmp_path: Path) -> None:
    """Pages that are damaged below a good footer, letters that are none, and a checksum that is another file's."""
    _, tables = written_both(tmp_path)
    damaged, sound, summed = (tables / "2031-03" / f"{UNITS[at].id}.parquet" for at in (0, 2, 3))
    damaged.write_bytes(with_damaged_pages(damaged.read_bytes()))
    for at, path in ((2, sound), (3, summed)):
        write_parquet(path, rows_of(complete_report(UNITS[at], "2031-03")))
    summed.with_name(f".{summed.name}.crc").write_bytes(b"crc\0\0\0\x02\0" + bytes(64))
    spoilt = tables / "2031-03" / f"{UNITS[1].id}.parquet" / "part-00000.snappy.parquet"
    letters = "新院".encode()
    assert letters in spoilt.read_bytes()
    spoilt.write_bytes(spoilt.read_bytes().replace(letters, b"\xff" * len(letters)))
    assert assert_told_the_same(tables, PLAN) == {f"2031-03/{sound.name}"}


NOT_THERE = {
    "": "file://{folder}/data/none 那里没有文件夹。请检查地址",
    "a.csv": "file://{folder}/data/none 那里没有文件夹。请检查地址",
}


@pytest.mark.parametrize(("file", "told"), NOT_THERE.items(), ids=NOT_THERE)
def test_what_is_no_data_at_an_address_is_one_sentence(tmp_path: Path, mzplan: Mzplan, file: str, told: str) -> None:
    put(tmp_path / "data", {file: b"PAR1"} if file else {})
    ran = mzplan("check", f"file://{tmp_path}/data/none", "--engine", "spark", "--master", MASTER)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("mzplan: " + told.format(folder=tmp_path))
    assert ran.err.count("\n") == 1


def test_a_store_that_java_does_not_know_is_told(mzplan: Mzplan) -> None:
    ran = mzplan("status", "--data", "s3a://bucket/data", "--engine", "spark", "--master", MASTER)
    told = "Spark 读不了这些文件（Class org.apache.hadoop.fs.s3a.S3AFileSystem not found）。"
    assert (ran.code, ran.out, ran.err) == (2, "", f"mzplan: {told}\n")


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


def alone(
    folder: Path, *options: str, patience: int = 300, fetch: str = "", **environment: str
) -> subprocess.Popen[str]:
    """A run in a process of its own, in which Spark has not started yet; `fetch` is what it does to read there."""
    program = f"from mzplan.engine import spark, spark_session\nspark_session._PATIENCE = {patience}\n"
    program += f"def fetch(session, query):\n {fetch}\n yield\nspark._fetch = fetch\n" if fetch else ""
    program += "from mzplan.cli import main\nmain()"
    make_data.write_made_up(TINY, folder, bad=False)
    return subprocess.Popen(
        [sys.executable, "-c", program, "check", "--engine", "spark", *options, "--output", "out.txt"],
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
    "no memory for Java itself": (("--memory", "1MB"), {}, "Spark 的内存不够：--memory 1MB 太小（至少 512MB），"),
}


@pytest.mark.parametrize(("options", "environment", "told"), REFUSED.values(), ids=REFUSED)
def test_what_spark_cannot_do_is_one_sentence(
    tmp_path: Path, options: tuple[str, ...], environment: dict[str, str], told: str
) -> None:
    tools = tmp_path / "bin"
    tools.mkdir()
    for name in ("bash", "dirname", "env", "cat", "tr", "ls", "basename"):
        (tools / name).symlink_to(shutil.which(name) or "")
    given = {key: value.format(bash=tools) for key, value in environment.items()}
    run = alone(tmp_path, *options, patience=5 if "--master" in options else 300, **given)
    out, err = run.communicate(timeout=300)
    assert (run.returncode, out) == (2, "")
    assert err.startswith(f"mzplan: {told}")
    assert err.endswith("。也可以改用 --engine python。\n")
    assert err.count("\n") == 1
    assert not (tmp_path / "out.txt").exists()


def test_a_java_that_dies_is_told(tmp_path: Path) -> None:
    """As where the system has no memory left for it."""
    dies = "java = session.sparkContext._gateway.proc; java.kill(); java.wait(); session.sql(query).collect()"
    run = alone(tmp_path, "--master", "local[1]", fetch=dies)
    out, err = run.communicate(timeout=300)
    told = "Spark 的 Java 中途停了，多半是内存不够。请用 --memory 写大些。也可以改用 --engine python。"
    assert (run.returncode, out, err) == (2, "", f"{TOLD}mzplan: {told}\n")
    assert not (tmp_path / "out.txt").exists()


def test_ctrl_c_ends_it_and_its_java(tmp_path: Path) -> None:
    lasts = "session.sql('SELECT SUM(id % 7) FROM RANGE(1000000000000)').collect()"
    run = alone(tmp_path, "--master", "local[1]", fetch=lasts)
    assert run.stderr is not None
    assert run.stderr.readline() == TOLD
    sleep(2)
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
