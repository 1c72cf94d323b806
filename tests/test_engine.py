"""What DuckDB takes is what nothing can be said about: everything that is told and shown is the same under both."""

import json
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, cast
from unittest.mock import Mock, patch

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from conftest import Mzplan
from corpus import cases
from mzplan.check import engines, reader
from mzplan.check.engines import DATABASES, Engine
from mzplan.check.run import run_checks
from mzplan.cli import loading
from mzplan.diagnostics import InputError
from mzplan.engine import ENGINES, duck
from mzplan.engine.sound import Means
from mzplan.engine.statement import DIALECTS
from mzplan.plan.load import load_plan
from mzplan.plan.model import Plan
from mzplan.reading.duck_query import run
from mzplan.submissions.ledger import Ledger
from mzplan.submissions.sources import data_sources
from rule_examples import HEADER, PLAN, TODAY, UNITS, complete_report
from test_fast_path import rows, written

pytestmark = pytest.mark.untraced
pytest.importorskip("duckdb")

sys.path.insert(0, str(Path(__file__).parent.parent / "benchmarks"))
make_data: Any = import_module("make_data")
TINY = make_data.SIZES["tiny"]
DUCKDB = Engine("duckdb", Means(1))
FIELDS_ZH = "报告期,填报单位,指标编码,指标名称,完成值,分子,分母,说明,佐证"


def written_in(ledger: Ledger) -> list[list[int]]:
    """All that it holds; lines as whoever asks for them gets them."""
    lines = [0 if ledger.is_empty(cell) else ledger.location(cell).line for cell in range(len(ledger.values))]
    return [
        lines,
        *(list(column) for column in (ledger.values, ledger.denominators, ledger.lines, ledger.files, ledger.flags)),
    ]


def assert_the_same(folder: Path, plan: Plan = PLAN) -> set[str]:
    """Whatever both engines say of the files; the names of those that DuckDB has read."""
    sources = data_sources([folder], folder.parent)
    one = run_checks(plan, sources, today=TODAY)
    with patch.object(engines, "_found", wraps=engines._found) as found:
        two = run_checks(plan, sources, today=TODAY, engine=DUCKDB)
    assert (two.diagnostics, two.cleared) == (one.diagnostics, one.cleared)
    assert (two.files, two.records) == (one.files, one.records)
    assert (two.ledger.faulty, two.ledger.refused) == (one.ledger.faulty, one.ledger.refused)
    assert two.ledger.notes == one.ledger.notes
    assert written_in(two.ledger) == written_in(one.ledger)
    return {Path(two.ledger.sources[call.args[2]]).name for call in found.call_args_list}


def put(folder: Path, files: dict[str, bytes]) -> None:
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


def csv_of(*lines: str, header: str = HEADER, end: str = "\n") -> bytes:
    return "".join(f"{line}{end}" for line in (header, *lines)).encode()


SOUND = [line for line in complete_report(UNITS[0], "2031-03").splitlines()[1:] if line]
OWN = f"2031-03/{UNITS[0].id}.csv"


def test_where_a_record_stands_is_found_as_far_as_the_file_still_is_what_it_was(tmp_path: Path) -> None:
    put(tmp_path / "data", {OWN: csv_of(*SOUND)})
    ledger = run_checks(PLAN, data_sources([tmp_path / "data"], tmp_path), today=TODAY, engine=DUCKDB).ledger
    first, second = (ledger.cell(line.split(",")[2], UNITS[0].id, 3) for line in SOUND[:2])
    put(tmp_path / "data", {OWN: csv_of(SOUND[0], SOUND[1].replace("2031-03", "三月"), *SOUND[2:])})
    assert (ledger.location(first).line, ledger.location(second).line) == (2, 0)


def test_a_folder_that_looks_like_a_pattern_is_read_by_python(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(tmp_path / "[2031]*" / "data", {OWN: csv_of(*SOUND)})
    monkeypatch.chdir(tmp_path / "[2031]*")
    assert assert_the_same(Path("data")) == set()


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("header", [HEADER, FIELDS_ZH])
def test_a_sound_file_is_taken_however_it_is_saved(tmp_path: Path, header: str, mark: str, end: str) -> None:
    for last in (end, ""):
        put(tmp_path / "data", {OWN: mark.encode() + csv_of(*SOUND, header=header, end=end).removesuffix(b"\n")})
        put(tmp_path / "data", {OWN: (mark + end.join((header, *SOUND)) + last).encode()})
        assert assert_the_same(tmp_path / "data") == {f"{UNITS[0].id}.csv"}


SPELT = [
    (f"2031-03,{UNITS[0].name},T01-01,,7,,,,", True),
    (f"2031-03,{UNITS[0].id},T01-01,新增养老床位数,7,,,,", True),
    (f"2031-03,{UNITS[0].code},T01-01,新增养老床位数,7,,,,", True),
    (f"2031-03,{UNITS[0].name},T01-01,,7,,,补报上月漏报,", True),
    (f'2031-03,{UNITS[0].name},T01-01,,7,,,"新院启用,月底验收",', True),
    (f'2031-03,{UNITS[0].name},T01-01,,7,,,"新院启用,月底验收","https://example.org/a,b"', True),
    (f'2031-03,{UNITS[0].name},T01-01,,7,,,新院启用,"https://example.org/a"', True),
    (f"2031-03,{UNITS[0].name},T01-01,,不适用,,,本县无此项业务,", True),
    (f"2031-03,{UNITS[0].name},T01-01,,不适用,,,,", False),
    (f'2031-03,{UNITS[0].name},T01-01,,"7",,,,', False),
    (f'2031-03,{UNITS[0].name},T01-01,,7,,,"说""明",', False),
    (f"2031-03,{UNITS[0].name},T01-01,,７,,,,", False),
    (f"2031-03,{UNITS[0].name},T01-01,,7,,,,没有.pdf", False),
    (f"2031-03,{UNITS[0].name},T01-01,,7.5,,,,", False),
    (f"2031-03,{UNITS[0].name},T01-01,,7,,,", False),
    (f"2031-03,{UNITS[0].name},T01-01,,7,,,,,", False),
    (f"2031-03,{UNITS[1].name},T01-01,,7,,,,", False),
    (f"2031-04,{UNITS[0].name},T01-01,,7,,,,", False),
    (f"2031-03,{UNITS[0].name},T01-01,,7,,,\ufffd,", False),
    (f"2031-03,{UNITS[0].name},T01-01,,7,,,,\n", False),
    (f"2031-03,{UNITS[0].name},T01-01,,7,,,{'长' * 65_537},", False),
    (f'2031-03,{UNITS[0].name},T01-01,,7,,,,"{"长" * 65_537}"', False),
]


@pytest.mark.parametrize(("line", "is_taken"), SPELT, ids=lambda value: str(value)[:80])
def test_which_lines_are_sound(tmp_path: Path, line: str, is_taken: bool) -> None:
    put(tmp_path / "data", {OWN: csv_of(line)})
    assert bool(assert_the_same(tmp_path / "data")) == is_taken


RATIOS = [
    ("", "7", "100", True),
    ("7", "7", "100", True),
    ("66.7", "2", "3", True),
    ("66.67", "2", "3", True),
    ("66.666667", "2", "3", True),
    ("66.6666667", "2", "3", False),
    ("66.66666666666667", "2", "3", False),
    ("66.6", "2", "3", False),
    ("66.65", "2", "3", False),
    ("67", "2", "3", True),
    ("66", "2", "3", False),
    ("", "101", "100", False),
    ("", "0", "0", False),
    ("", "0", "1", True),
    ("", "", "100", False),
    ("", "1.5", "100", False),
    ("0.5", "1", "200", True),
    ("0.4", "1", "200", False),
    ("50.000001", "499999999999", "999999999998", False),
    ("50", "499999999999", "999999999998", True),
]


@pytest.mark.parametrize(("value", "above", "below", "is_taken"), RATIOS)
def test_parts_have_to_fit_their_ratio(tmp_path: Path, value: str, above: str, below: str, is_taken: bool) -> None:
    """66.65 would be 66.7 to one decimal, half of whose last place may be lost; of two decimals it is not 66.67."""
    put(tmp_path / "data", {OWN: csv_of(f"2031-03,{UNITS[0].name},T01-03,,{value},{above},{below},,")})
    assert bool(assert_the_same(tmp_path / "data")) == is_taken


EDITS = [
    "",
    "\r",
    "\n",
    '"',
    ",",
    "\0",
    "\x01",
    "\x1a",
    "\ufeff",
    "\ufffd",
    " ",
    "0",
    "-",
    "１",
    "\u2028",
    "合计",
    "\r\n",
]


def edited_reports(edits: Sequence[tuple[int, int, str, bool]], end: str) -> dict[str, bytes]:
    """Four reports with signs put in, or in the place of others: of which report, where, what, and whether put in."""
    reports = [(unit, f"2031-0{month}") for unit in UNITS[:2] for month in (2, 3)]
    texts = [complete_report(*each).removesuffix("\n").replace("\n", end) for each in reports]
    for at, place, edit, is_inserted in edits:
        text = texts[at - 1]
        place %= len(text) + 1
        texts[at - 1] = text[:place] + edit + text[place + (not is_inserted) :]
    return {f"{period}/{unit.id}.csv": text.encode() for (unit, period), text in zip(reports, texts, strict=True)}


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(
        st.tuples(st.sampled_from(range(1, 5)), st.integers(0, 400), st.sampled_from(EDITS), st.booleans()), max_size=4
    ),
    st.sampled_from(["\n", "\r\n"]),
    st.booleans(),
)
def test_random_edits_say_the_same(edits: list[tuple[int, int, str, bool]], end: str, is_one_file: bool) -> None:
    files = edited_reports(edits, end)
    with TemporaryDirectory() as folder:
        data = Path(folder) / "data"
        if is_one_file:
            first, *others = files.values()
            texts = [first, *(text.partition(end.encode())[2] for text in others)]
            put(data.parent / "all", {"all.csv": end.encode().join(texts)})
            assert_the_same(data.parent / "all")
            return
        put(data, files)
        taken = assert_the_same(data)
        assert edits or taken == {f"{unit.id}.csv" for unit in UNITS[:2]}


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.lists(rows, min_size=1, max_size=4), min_size=1, max_size=6))
def test_random_rows_say_the_same(reports: list[list[tuple[str, ...]]]) -> None:
    """Those of the fast path: nothing is taken that a rule would speak about."""
    with TemporaryDirectory() as folder:
        for at, report in enumerate(reports):
            text = written(HEADER, report).encode(errors="replace")
            put(Path(folder) / "data", {f"{at}.csv": text, f"2031-03/{UNITS[at % len(UNITS)].id}.csv": text})
        assert_the_same(Path(folder) / "data")


def test_of_the_corpus_too(tmp_path: Path) -> None:
    """Each file alone in the place of its report, twelve months at a time: a session costs more than what it reads."""
    plan = load_plan(Path(__file__).parent / "plans" / "tiny.yaml")
    every, is_any_taken = list(cases()), False
    for year in range(0, len(every), 12):
        for month, case in enumerate(every[year : year + 12], start=1):
            data = case.data.replace(b"2023-06", f"2023-{month:02}".encode())
            put(tmp_path / f"{year}" / "data", {f"2023-{month:02}/jia.csv": data})
        is_any_taken |= bool(assert_the_same(tmp_path / f"{year}" / "data", plan))
    assert is_any_taken


def test_of_the_corpus_whose_files_meet_in_one_place(tmp_path: Path) -> None:
    plan = load_plan(Path(__file__).parent / "plans" / "tiny.yaml")
    put(tmp_path / "all", {f"{case.name}.csv": case.data for case in cases()})
    assert_the_same(tmp_path / "all", plan)


def test_a_file_refused_late_takes_no_place_from_another(tmp_path: Path) -> None:
    """The first is read by Python, the second by DuckDB, though it comes behind."""
    late = csv_of("2031-03,青山县,T01-01,,12,,,,") + b"\n" * (3 << 16) + b"\0\n"
    put(tmp_path / "all", {"a.csv": late, "b.csv": csv_of("2031-03,青山县,T01-01,,13,,,,")})
    assert assert_the_same(tmp_path / "all") == {"b.csv"}


def test_of_two_files_the_one_that_is_read_first_has_the_place(tmp_path: Path) -> None:
    """The first cannot be taken by DuckDB; had the second kept the place, the finding would stand at the first."""
    put(
        tmp_path / "all",
        {"a.csv": csv_of("2031-03,青山县,T01-01,,+12,,,,"), "b.csv": csv_of("2031-03,青山县,T01-01,,13,,,,")},
    )
    assert assert_the_same(tmp_path / "all") == {"b.csv"}, "and then Python has read both"
    put(
        tmp_path / "more",
        {"b.csv": csv_of("2031-03,青山县,T01-01,,+12,,,,"), "a.csv": csv_of("2031-03,青山县,T01-01,,13,,,,")},
    )
    assert assert_the_same(tmp_path / "more") == {"a.csv"}
    put(tmp_path / "both", {name: csv_of("2031-03,青山县,T01-01,,12,,,,") for name in ("a.csv", "b.csv")})
    assert assert_the_same(tmp_path / "both") == set()


def test_a_file_broken_off_counts_the_rows_before(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "MOST_FINDINGS", 3)
    wrong = [f"2031-03,青山县,T09-{n},,1,,,," for n in range(9)]
    put(
        tmp_path / "all",
        {"a.csv": csv_of("2031-03,青山县,T01-01,,12,,,,", *wrong), "b.csv": csv_of("2031-01,绿水县,T01-01,,5,,,,")},
    )
    assert assert_the_same(tmp_path / "all") == {"b.csv"}


@pytest.mark.parametrize("is_one_file", [False, True])
@pytest.mark.parametrize("is_bad", [False, True])
def test_generated_data_are_taken_and_say_the_same(
    tmp_path: Path, mzplan: Mzplan, monkeypatch: pytest.MonkeyPatch, is_bad: bool, is_one_file: bool
) -> None:
    make_data.write_made_up(TINY, tmp_path, bad=is_bad, one_file=is_one_file)
    monkeypatch.chdir(tmp_path)
    data = Path("all.csv" if is_one_file else "data")
    plan = load_plan(tmp_path / "plan" / "plan.yaml")
    with patch.object(engines, "_found", wraps=engines._found) as found:
        result = run_checks(plan, data_sources([data]), engine=DUCKDB)
    left = {finding.location.path for finding in result.diagnostics}
    sound = {file.path for file in result.files} - left
    assert {result.ledger.sources[call.args[2]] for call in found.call_args_list} >= sound
    assert bool(sound) == (not is_bad or not is_one_file)
    for shown in (("check", data), ("check", data, "--format", "json"), ("status", "--data", data, "--format", "json")):
        one, two = (mzplan(*shown, "--plan", "plan/plan.yaml", "--engine", engine) for engine in ("python", "duckdb"))
        assert (two.code, two.out) == (one.code, one.out)
        assert two.err == "用 DuckDB 读取，结果与 --engine python 相同。\n" + one.err


def test_nobody_needs_a_database_but_who_asks_for_it(
    tmp_path: Path, mzplan: Mzplan, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("duckdb", "pyspark", "sqlglot"):
        monkeypatch.setitem(sys.modules, name, None)
    monkeypatch.setattr(engines, "WORTHWHILE", 0)
    make_data.write_made_up(TINY, tmp_path, bad=False)
    monkeypatch.chdir(tmp_path)
    assert (mzplan("check").code, mzplan("check").err) == (0, "")
    for command in ("check", "status", "summary"):
        ran = mzplan(command, "--engine", "duckdb")
        assert (ran.code, ran.out) == (2, "")
        assert "--engine duckdb 需要 DuckDB。请运行：" in ran.err
        assert "duckdb sqlglot。也可以改用 --engine python。" in ran.err
        ran = mzplan(command, "--engine", "spark")
        assert (ran.code, ran.out) == (2, "")
        assert "--engine spark 需要 PySpark。请运行：" in ran.err
        assert "pyspark sqlglot duckdb。也可以改用 --engine python。" in ran.err
    ran = mzplan("sql")
    assert (ran.code, ran.out) == (2, "")
    assert "mzplan sql 需要 sqlglot。请运行：" in ran.err


def test_auto_takes_duckdb_where_it_pays_and_says_so(
    tmp_path: Path, mzplan: Mzplan, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_data.write_made_up(TINY, tmp_path, bad=False)
    monkeypatch.chdir(tmp_path)
    assert mzplan("check").err == ""
    size = sum(path.stat().st_size for path in tmp_path.glob("data/*/*.csv"))
    monkeypatch.setattr(engines, "WORTHWHILE", size + 1)
    assert mzplan("check").err == ""
    monkeypatch.setattr(engines, "WORTHWHILE", size)
    assert mzplan("check").err == "用 DuckDB 读取，结果与 --engine python 相同。\n"
    assert mzplan("check", "--quiet").err == ""
    assert mzplan("check", "--engine", "python").err == ""


def test_too_little_memory_is_told(tmp_path: Path, mzplan: Mzplan, monkeypatch: pytest.MonkeyPatch) -> None:
    make_data.write_made_up(TINY, tmp_path, bad=False)
    monkeypatch.chdir(tmp_path)
    ran = mzplan("check", "--engine", "duckdb", "--memory", "1MB", "--output", "out.json")
    assert ran.code == 2
    assert ran.err.endswith(
        "DuckDB 的内存不够：--memory 1MB 太小，或这台电脑空闲的内存太少。请写大些。也可以改用 --engine python。\n"
    )
    (refusal,) = json.loads(Path("out.json").read_text(encoding="utf-8"))["diagnostics"]
    assert refusal["code"] == "MZ804", "why nothing was checked is all that is written"
    monkeypatch.setattr(engines, "WORTHWHILE", 0)
    ran = mzplan("check", "--memory", "1MB")
    assert (ran.code, ran.err.count("这次改由 Python 读取。")) == (0, 1)
    assert mzplan("check", "--engine", "duckdb", "--memory", "1GB").code == 0


@pytest.mark.parametrize(
    ("is_elsewhere", "told"), [(False, "没有内存。也可以改用 --engine python。"), (True, "没有内存。")]
)
def test_python_is_named_where_it_could_read(tmp_path: Path, told: str, *, is_elsewhere: bool) -> None:
    put(tmp_path / "data", {OWN: csv_of(*SOUND)})
    sources = data_sources([tmp_path / "data"], tmp_path)
    sources = [source._replace(mirror=Mock(address_of=str) if is_elsewhere else None) for source in sources]
    with patch.object(duck, "plain", side_effect=InputError("没有内存。")), pytest.raises(InputError) as refused:
        run_checks(PLAN, sources, today=TODAY, engine=DUCKDB)
    assert refused.value.message == told


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (("--engine", "spork"), "没有引擎“spork”。可用的有 auto、python、duckdb、spark。"),
        (("--memory", "2"), "--memory 要写成 512MB、2GB 这样，不能是 2。"),
        (("--memory", "0GB"), "--memory 要写成 512MB、2GB 这样，不能是 0GB。"),
        (("--engine", "python", "--memory", "2GB"), "--memory 只管 DuckDB 和 Spark，不与 --engine python 同用。"),
        (("--master", "local"), "--master 是 Spark 的集群，只与 --engine spark 同用。"),
    ],
)
@pytest.mark.parametrize("command", ["check", "status", "summary"])
def test_wrong_words_are_told(command: str, options: Sequence[str], told: str, mzplan: Mzplan) -> None:
    ran = mzplan(command, *options)
    assert (ran.code, ran.out, ran.err) == (2, "", f"mzplan: {told}\n")


def test_each_engine_is_a_database_or_none() -> None:
    assert [*ENGINES] == ["auto", "python", *DATABASES]


def test_a_query_that_is_broken_off_ends_the_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """DuckDB tells of Ctrl-C by a RuntimeError."""

    class Connection:
        def execute(self, query: str) -> None:
            raise RuntimeError("Query interrupted")

    with pytest.raises(KeyboardInterrupt):
        run(cast("Any", Connection()), "SELECT 1")


@pytest.mark.parametrize("dialect", DIALECTS)
def test_the_statement_can_be_read_in_each_dialect(dialect: str, mzplan: Mzplan) -> None:
    import sqlglot

    ran = mzplan("sql", "--dialect", dialect)
    assert (ran.code, ran.err) == (0, "")
    parsed = sqlglot.parse(ran.out, dialect=dialect)
    assert [type(each).__name__ for each in parsed if each] == ["Create"] * 6 + ["Select"]
    assert "DOUBLE" not in ran.out
    assert ("parts[" in ran.out) == (dialect != "spark"), "there it would end what a line has too few cells for"
    assert ("$'" in ran.out) == (dialect != "spark"), "Java takes it for the place before a last end of line as well"


def test_what_is_written_for_a_warehouse_gives_the_same_figures(tmp_path: Path, mzplan: Mzplan) -> None:
    """The tables loaded, and the lines of the shipped reports, the statement takes what Python has in its ledger."""
    import duckdb

    ran = mzplan("sql", "--output", tmp_path / "warehouse")
    assert (ran.code, ran.out, ran.err) == (0, "", "")
    texts = {path.stem: path.read_text(encoding="utf-8") for path in (tmp_path / "warehouse").iterdir()}
    assert sorted(texts) == ["indicators", "months", "stages", "statement", "units"]
    data = Path(__file__).parent.parent / "data"
    plan = load_plan(data.parent / "plan" / "2023.yaml")
    ledger = run_checks(plan, data_sources([data], data.parent)).ledger
    *creates, query = filter(str.strip, texts["statement"].split(";\n"))
    with duckdb.connect() as base:
        for each in creates:
            base.execute(each)
        for name in ("units", "months", "indicators", "stages"):
            base.execute(f"COPY {name} FROM '{tmp_path}/warehouse/{name}.csv' (header)")
        for at, path in enumerate(sorted(data.glob("*/*.csv"))):
            lines = path.read_text(encoding="utf-8-sig").splitlines()[1:]
            base.execute(
                "INSERT INTO files VALUES (?, ?, ?, ?)", [at, len(lines), path.stem, int(path.parent.name[5:])]
            )
            base.executemany("INSERT INTO lines VALUES (?, ?)", [[at, line] for line in lines])
        rows = base.execute(f"SELECT indicator, unit, month, cell, figure, denominator FROM ({query})").fetchall()
    assert len(rows) > 1000
    for indicator, unit, month, cell, figure, denominator in rows:
        assert ledger.cell(indicator, unit, month) == cell
        assert (ledger.values[cell], ledger.denominators[cell]) == (figure, denominator)


SHOWN = (
    "check",
    "check --format json",
    "status --format json",
    "status",
    "summary",
    "explain T01-05 义乌市",
    "impact HEAD",
)


@pytest.mark.parametrize("command", SHOWN)
def test_of_the_shipped_data_everything_is_shown_the_same(
    command: str, mzplan: Mzplan, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(Path(__file__).parent.parent)
    one = mzplan(*command.split())
    monkeypatch.setattr(engines, "WORTHWHILE", 0)
    monkeypatch.setattr(loading, "run_checks", run_checks)
    two = mzplan(*command.split())
    assert (two.code, two.out) == (one.code, one.out)
    assert two.err == "用 DuckDB 读取，结果与 --engine python 相同。\n" * (1 + (command == "impact HEAD")) + one.err
