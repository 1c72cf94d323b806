"""What cannot be answered or read is refused before anybody is told that it is read."""

from pathlib import Path
from unittest.mock import Mock

import pytest

from conftest import Mzplan
from test_many_units import project

duckdb = pytest.importorskip("duckdb")


@pytest.mark.parametrize(
    "refused", ["status --unit nobody", "status --indicator T99-99", "status --sort x", "summary --unit nobody"]
)
def test_what_the_plan_cannot_answer_is_refused_before_anything_is_read(
    refused: str, tmp_path: Path, mzplan: Mzplan, monkeypatch: pytest.MonkeyPatch
) -> None:
    project(tmp_path, 4)
    monkeypatch.chdir(tmp_path)
    ran = mzplan(*refused.split(), "--engine", "duckdb")
    assert (ran.code, ran.out) == (2, "")
    assert "读取" not in ran.err


def test_a_database_that_cannot_be_had_is_not_told_to_read(
    tmp_path: Path, mzplan: Mzplan, monkeypatch: pytest.MonkeyPatch
) -> None:
    project(tmp_path, 4)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("mzplan.engine.duck._fill", Mock(side_effect=duckdb.OutOfMemoryException("full")))
    ran = mzplan("check", "--engine", "duckdb")
    assert ran.code == 2
    assert "DuckDB 的内存不够" in ran.err
    assert "结果与 --engine python 相同" not in ran.err
