"""The benchmark's data generator: what it promises the checkers must be in the files."""

import csv
import json
import sys
from collections import Counter
from importlib import import_module
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from conftest import Mzplan
from mzplan.plan.load import load_plan

pytestmark = pytest.mark.untraced

sys.path.insert(0, str(Path(__file__).parent.parent / "benchmarks"))

make_data: Any = import_module("make_data")
plot: Any = import_module("plot")
TINY = make_data.SIZES["tiny"]


def rows_of(folder: Path) -> list[dict[str, str]]:
    return [
        row
        for path in sorted(folder.glob("data/*/*.csv"))
        for row in csv.DictReader(path.read_text(encoding="utf-8").splitlines())
    ]


def bytes_of(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_thousands_of_units_have_names_ids_and_codes_of_their_own() -> None:
    units = make_data.units_of(make_data.SIZES["10m"])
    assert {len({getattr(unit, key) for unit in units}) for key in ("id", "name", "code")} == {3_000}
    assert {len(unit.code) for unit in units} == {6}


def test_every_program_has_its_line_in_the_picture_and_what_is_drawn_is_what_was_kept(tmp_path: Path) -> None:
    costs = [plot.Cost(name, rows, rows / 2_000, rows / 1_000, 50) for name in ("a", "b") for rows in (1_000, 50_000)]
    plot.write(costs, tmp_path / "cost.csv")
    assert plot.read(tmp_path / "cost.csv") == costs
    drawn = ElementTree.fromstring(plot.picture(costs))
    svg = "{http://www.w3.org/2000/svg}"
    assert len(drawn.findall(f"{svg}polyline")) == 4  # each program in both charts
    texts = [each.text for each in drawn.findall(f"{svg}text")]
    assert {"a", "b", "1,000", "100,000", "0.1", "100"} <= set(texts)  # from 0.5 s to 50 s, up to 50,000 rows


def test_the_same_bytes_every_time(tmp_path: Path) -> None:
    for name in ("a", "b"):
        make_data.write_made_up(TINY, tmp_path / name, bad=True)
    assert bytes_of(tmp_path / "a") == bytes_of(tmp_path / "b")


def test_bad_rows_are_those_announced(tmp_path: Path) -> None:
    make_data.write_made_up(TINY, tmp_path, bad=True)
    plan = load_plan(tmp_path / "plan" / "plan.yaml")
    rows = rows_of(tmp_path)
    keys = Counter((row["indicator"], row["unit"], row["period"]) for row in rows)
    known = [row for row in rows if row["indicator"] in plan.indicators]
    found = {
        "unknown-unit": sum(row["unit"] not in plan.unit_names for row in rows),
        "unknown-indicator": len(rows) - len(known),
        "not-a-number": sum(row["value"] == "1.4亿" for row in rows),
        "numerator-above-denominator": sum(int(row["numerator"] or 0) > int(row["denominator"] or 0) for row in rows),
        "repeated-record": sum(keys.values()) - len(keys),
        "name-mismatch": sum(row["name"] != plan.indicators[row["indicator"]].name for row in known),
        "unknown-stage": sum(row["value"] == "快了" for row in rows),
    }
    announced = json.loads((tmp_path / "expected.json").read_text(encoding="utf-8"))
    falling = announced["findings"].pop("falling-total")
    assert (announced["findings"], falling, announced["records"]) == (found, 1, len(rows))


def test_sums_are_those_of_the_last_month(tmp_path: Path) -> None:
    make_data.write_made_up(TINY, tmp_path, bad=False)
    last = [row for row in rows_of(tmp_path) if row["period"] == "2023-12" and row["indicator"] == "T01-03"]
    sums = json.loads((tmp_path / "expected.json").read_text(encoding="utf-8"))["sums"]
    assert sums["T01-03"] == {
        "numerator": str(sum(int(row["numerator"]) for row in last)),
        "denominator": str(sum(int(row["denominator"]) for row in last)),
    }


def test_valid_data_check_clean_and_each_bad_row_is_one_finding(tmp_path: Path, mzplan: Mzplan) -> None:
    for bad in (False, True):
        folder = tmp_path / str(bad)
        make_data.write_made_up(make_data.SIZES["7k"], folder, bad=bad)
        announced = json.loads((folder / "expected.json").read_text(encoding="utf-8"))
        told = mzplan("check", folder / "data", "--plan", folder / "plan" / "plan.yaml", "--format", "json")
        report = json.loads(told.out)
        rules = Counter(each["rule"].replace("magnitude-word", "not-a-number") for each in report["diagnostics"])
        assert (told.code, report["summary"]["records"], rules) == (bad, announced["records"], announced["findings"])
