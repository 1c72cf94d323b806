"""Parquet says what the CSV of the same content says, whoever reads it; what is no exact figure is refused."""

import csv
import sys
from collections.abc import Sequence
from io import BytesIO, StringIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from unittest import mock

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import Mzplan
from mzplan.check.engines import Engine
from mzplan.check.run import run_checks
from mzplan.reading.parquet import _connection, as_csv
from mzplan.render.check import FORMATS
from mzplan.submissions.sources import data_sources
from rule_examples import HEADER, PLAN, TODAY, UNITS, complete_report
from test_engine import assert_the_same, put

pytestmark = pytest.mark.traced
duckdb: Any = pytest.importorskip("duckdb")

FIELDS = HEADER.split(",")
MONTH = "2031-03"
ONE, TWO, THREE = (unit.id for unit in UNITS[:3])
PLANS = str(Path(__file__).parent / "plans" / "examples.yaml")


def write_parquet(path: Path, rows: Sequence[Sequence[str | None]], **kinds: str) -> None:
    """The rows below that path, each column as text or of that kind."""
    path.parent.mkdir(parents=True, exist_ok=True)
    columns = ", ".join(f"{name} {kinds.get(name, 'VARCHAR')}" for name in FIELDS)
    with duckdb.connect() as connection:
        connection.execute(f"CREATE TABLE rows ({columns})")
        if rows:
            connection.executemany(f"INSERT INTO rows VALUES ({', '.join('?' * len(FIELDS))})", [*map(list, rows)])
        connection.execute(f"COPY rows TO '{path}' (FORMAT parquet)")


def rows_of(text: str) -> list[list[str]]:
    return list(csv.reader(StringIO(text)))[1:]


def reports() -> dict[str, str]:
    """A sound one, one with a note that has a comma, and one with a figure that is no number."""
    sound = complete_report(UNITS[1], MONTH)
    lines = sound.splitlines()
    said = ["新院启用,一期", *[""] * (len(lines) - 2)]
    quoted = StringIO()
    csv.writer(quoted, lineterminator="\n").writerows(
        [FIELDS, *([*row[:7], note, row[8]] for row, note in zip(rows_of(sound), said, strict=True))]
    )
    bad = complete_report(UNITS[2], MONTH).splitlines()
    bad[2] = ",".join([*bad[2].split(",")[:4], "约12", "", "", "", ""])
    return {ONE: complete_report(UNITS[0], MONTH), TWO: quoted.getvalue(), THREE: "\n".join(bad) + "\n"}


def written_both(tmp_path: Path) -> tuple[Path, Path]:
    """The same reports as CSVs, and as Parquet: one file, a folder of parts, and one file."""
    texts, tables = tmp_path / "texts" / "data", tmp_path / "tables" / "data"
    for unit, text in reports().items():
        put(texts, {f"{MONTH}/{unit}.csv": text.encode()})
    for unit in (ONE, THREE):
        write_parquet(tables / MONTH / f"{unit}.parquet", rows_of(reports()[unit]))
    parts, rows = tables / MONTH / f"{TWO}.parquet", rows_of(reports()[TWO])
    write_parquet(parts / "part-00000.snappy.parquet", rows[:2])
    write_parquet(parts / "part-00001.snappy.parquet", rows[2:])
    put(parts, {"_SUCCESS": b"", ".hidden": b""})
    return texts, tables


@pytest.mark.untraced
@pytest.mark.parametrize("engine", ["python", "duckdb"])
def test_it_says_what_its_csv_says(tmp_path: Path, mzplan: Mzplan, engine: str) -> None:
    texts, tables = written_both(tmp_path)
    for command, named in ((("check",), ()), (("status", "--format", "json"), ("--data",))):
        asked = (*command, "--plan", PLANS, "--today", "2031-05-01", "--engine")
        one = mzplan(*asked, "python", *named, str(texts))
        two = mzplan(*asked, engine, *named, str(tables))
        assert (two.code, two.out.replace(".parquet", ".csv").replace("tables", "texts")) == (one.code, one.out)
    assert f"{THREE}.csv:3" in mzplan("check", "--plan", PLANS, str(texts)).out


def test_the_statement_takes_it(tmp_path: Path) -> None:
    """Those in which nothing can be wrong, the parts of a folder together."""
    texts, tables = written_both(tmp_path)
    assert assert_the_same(tables, PLAN) == {f"{ONE}.parquet", f"{TWO}.parquet"}
    assert assert_the_same(texts, PLAN) == {f"{ONE}.csv", f"{TWO}.csv"}


def test_decimals_are_written_as_figures_are() -> None:
    kinds = {"value": "DECIMAL(12, 2)", "numerator": "BIGINT", "denominator": "DECIMAL(9, 0)"}
    rows = [[MONTH, "u", "c", "", value, "100", "10", None, None] for value in ("100", "7.50", "0", "0.05", None)]
    found = [row[4:7] for row in rows_of(csv_made(rows, **kinds))]
    assert found == [[value, "100", "10"] for value in ("100", "7.5", "0", "0.05", "")]


def csv_made(rows: Sequence[Sequence[str | None]], **kinds: str) -> str:
    with TemporaryDirectory() as folder:
        write_parquet(Path(folder) / "x.parquet", rows, **kinds)
        return as_csv([BytesIO((Path(folder) / "x.parquet").read_bytes())]).decode()


CELLS = st.one_of(st.none(), st.text(st.sampled_from("数1,\"'\n\r \\;0."), max_size=5))


@given(st.lists(st.lists(CELLS, min_size=len(FIELDS), max_size=len(FIELDS)), max_size=3))
def test_every_cell_comes_as_it_is(rows: list[list[str | None]]) -> None:
    """Line breaks as blanks, so that row n stands on line n + 1; nothing as an empty cell."""
    text = csv_made(rows)
    flat = [[(cell or "").replace("\r\n", " ").replace("\n", " ").replace("\r", " ") for cell in row] for row in rows]
    assert rows_of(text) == flat
    assert text.count("\n") == len(rows) + 1


@pytest.mark.parametrize("kind", ["DOUBLE", "FLOAT"])
@pytest.mark.parametrize("engine", ["python", "duckdb"])
def test_binary_floats_are_refused(tmp_path: Path, mzplan: Mzplan, kind: str, engine: str) -> None:
    write_parquet(
        tmp_path / "data" / MONTH / f"{ONE}.parquet", [[MONTH, ONE, "T01-01", "", "7", *[None] * 4]], value=kind
    )
    ran = mzplan("check", "--plan", PLANS, "--engine", engine, str(tmp_path / "data"))
    assert ran.code == 1
    assert f"{ONE}.parquet: MZ163 错误：Parquet 里的“value”是浮点数（FLOAT、DOUBLE），没有采用" in ran.out
    assert "改法：把这几列存为文本、整数或 DECIMAL，重新导出。" in ran.out


def test_what_is_no_parquet_is_told_in_every_format(tmp_path: Path, mzplan: Mzplan) -> None:
    """Damaged, a folder with anything else, of no part, of parts that differ; nothing writes to it either."""
    month = tmp_path / "data" / MONTH
    row = [MONTH, ONE, "T01-01", "", "7", *[None] * 4]
    put(month, {f"{ONE}.parquet": b"PAR1PAR1", f"{TWO}.parquet/x.csv": b""})
    write_parquet(month / f"{THREE}.parquet" / "0.parquet", [row])
    write_parquet(month / f"{THREE}.parquet" / "1.parquet", [row], value="INTEGER")
    (month / f"{UNITS[3].id}.parquet").mkdir()
    for form in FORMATS:
        for engine in ("python", "duckdb"):
            ran = mzplan("check", "--plan", PLANS, "--format", form, "--engine", engine, str(tmp_path / "data"))
            assert ran.code == 1, ran.err
            assert form != "text" or ran.out.count("MZ163") >= 4
    before = (month / f"{ONE}.parquet").read_bytes()
    for option in ("--fix", "--diff"):
        mzplan("check", "--plan", PLANS, option, str(tmp_path / "data"))
    assert (month / f"{ONE}.parquet").read_bytes() == before


def with_damaged_pages(data: bytes) -> bytes:
    """The same below a footer that is as good as before."""
    end = len(data) - 8 - int.from_bytes(data[-8:-4], "little")
    return data[:4] + b"\xff" * (end - 4) + data[end:]


@pytest.mark.untraced
@pytest.mark.parametrize("engine", ["python", "duckdb"])
def test_one_whose_pages_are_damaged_leaves_the_others(tmp_path: Path, mzplan: Mzplan, engine: str) -> None:
    _, tables = written_both(tmp_path)
    for damaged in (tables / MONTH / f"{ONE}.parquet", tables / MONTH / f"{TWO}.parquet" / "part-00001.snappy.parquet"):
        damaged.write_bytes(with_damaged_pages(damaged.read_bytes()))
        ran = mzplan("check", "--plan", PLANS, "--engine", engine, str(tables))
        assert ran.code == 1
        assert f"{damaged.relative_to(tables / MONTH).parts[0]}: MZ163 错误：读不成 Parquet，文件可能已损坏" in ran.out
        assert f"{THREE}.parquet:3" in ran.out


def test_the_statement_takes_the_others_of_what_cannot_be_read(tmp_path: Path) -> None:
    """Damaged, or gone once its lines are counted."""
    texts, tables = written_both(tmp_path)
    damaged = tables / MONTH / f"{ONE}.parquet"
    damaged.write_bytes(with_damaged_pages(damaged.read_bytes()))
    assert assert_the_same(tables, PLAN) == {f"{TWO}.parquet"}
    one = texts / MONTH / f"{ONE}.csv"
    gone = Engine("duckdb", tell=lambda _: one.unlink())
    result = run_checks(PLAN, data_sources([texts], texts.parent), today=TODAY, engine=gone)
    assert [file.path for file in result.files if file.is_refused] == [str(one)]
    assert [each.rule.code for each in result.diagnostics if each.location.path == str(one)] == ["MZ101"]


@pytest.mark.parametrize("kind", ["BLOB", "DATE", "BOOLEAN", "VARCHAR[]", "STRUCT(a VARCHAR)"])
def test_the_statement_takes_no_kind_of_which_each_engine_makes_other_words(tmp_path: Path, kind: str) -> None:
    write_parquet(tmp_path / MONTH / f"{ONE}.parquet", [[MONTH, ONE, "T01-01", "", "7", *[None] * 4]], note=kind)
    assert assert_the_same(tmp_path, PLAN) == set()


def test_without_duckdb_the_extra_is_named(tmp_path: Path, mzplan: Mzplan, monkeypatch: pytest.MonkeyPatch) -> None:
    write_parquet(tmp_path / "data" / MONTH / f"{ONE}.parquet", [[MONTH, ONE, "T01-01", "", "7", *[None] * 4]])
    monkeypatch.setitem(sys.modules, "duckdb", None)
    ran = mzplan("check", "--plan", PLANS, "--engine", "python", str(tmp_path / "data"))
    assert "MZ163 错误：没有装 DuckDB（mzplan[duckdb]），读不了 Parquet，没有采用" in ran.out
    assert "改法：运行 " in ran.out


def test_where_it_is_not_read_it_is_told_where_it_is(tmp_path: Path, mzplan: Mzplan) -> None:
    """Under another name, and among what comes in."""
    inbox, data = tmp_path / "inbox", tmp_path / "data"
    write_parquet(inbox / f"{ONE}.parquet", rows_of(complete_report(UNITS[0], MONTH)))
    put(data / MONTH, {f"{ONE}.csv": (inbox / f"{ONE}.parquet").read_bytes()})
    for ran in (
        mzplan("check", "--plan", PLANS, str(data)),
        mzplan("collect", "--plan", PLANS, "--data", str(data), str(inbox)),
    ):
        assert ran.code == 1, ran.err
        assert "这里不读 Parquet，没有采用" in ran.out
        assert "命名为 .parquet，直接放进数据文件夹；或导出为 CSV。" in ran.out
        assert "NUL" not in ran.out


@pytest.mark.untraced
def test_one_engine_is_started_however_many_files_there_are(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It takes longer than to read a small file."""
    connect = mock.Mock(wraps=duckdb.connect)
    monkeypatch.setattr(duckdb, "connect", connect)
    counts = []
    for count in (2, 3):
        for unit in UNITS[:count]:
            write_parquet(tmp_path / MONTH / f"{unit.id}.parquet", rows_of(complete_report(unit, MONTH)))
        _connection.cache_clear()
        connect.reset_mock()
        assert len(assert_the_same(tmp_path, PLAN)) == count
        counts.append(connect.call_count)
    assert counts[0] == counts[1]


def test_a_repair_is_not_written_into_it(tmp_path: Path, mzplan: Mzplan) -> None:
    rows = rows_of(complete_report(UNITS[0], MONTH))
    rows[0][4] = "１２"
    path = tmp_path / "data" / MONTH / f"{ONE}.parquet"
    write_parquet(path, rows)
    before = path.read_bytes()
    ran = mzplan("check", "--plan", PLANS, "--fix", str(tmp_path / "data"))
    assert "工作簿、Parquet 不由 --fix 改写" in ran.err
    assert path.read_bytes() == before
