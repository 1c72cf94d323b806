"""The demonstration data: what the script makes, and the irregularities it must show."""

import csv
import io
from datetime import date
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

import pytest

from mzplan.check.run import run_checks
from mzplan.plan.load import load_plan
from mzplan.submissions.sources import data_sources

pytestmark = pytest.mark.untraced

ROOT = Path(__file__).parent.parent
DATA = ROOT / "data"


@pytest.fixture(scope="module")
def made() -> dict[str, bytes]:
    path = ROOT / "scripts" / "make_demo_data.py"
    spec = spec_from_file_location("make_demo_data", path)
    assert spec is not None
    assert spec.loader is not None
    script = module_from_spec(spec)
    spec.loader.exec_module(script)
    files: dict[str, bytes] = script.make(load_plan(ROOT / "plan" / "2023.yaml"))
    return files


def rows(made: dict[str, bytes], name: str) -> dict[str, dict[str, str]]:
    return {row["indicator"]: row for row in csv.DictReader(io.StringIO(made[name].decode()))}


def test_the_files_in_the_repository_are_those_the_script_makes(made: dict[str, bytes]) -> None:
    stored = {path.relative_to(DATA).as_posix(): path.read_bytes() for path in DATA.rglob("*.csv")}
    assert stored == made


def test_all_eleven_units_report_nine_months_but_for_two_reports(made: dict[str, bytes]) -> None:
    units = {name.partition("/")[2] for name in made}
    months = {name.partition("/")[0] for name in made}
    assert len(units) == 11
    assert sorted(months) == [f"2023-{month:02d}" for month in range(1, 10)]
    expected = {f"{month}/{unit}" for month in months for unit in units}
    assert expected - made.keys() == {"2023-05/pujiang.csv", "2023-09/panan.csv"}


def test_the_checks_find_the_two_absent_reports_and_nothing_else() -> None:
    plan = load_plan(ROOT / "plan" / "2023.yaml")
    found = run_checks(plan, data_sources([DATA], ROOT), today=date(2023, 10, 15)).diagnostics
    assert [(finding.rule.code, finding.unit, finding.period) for finding in found] == [
        ("MZ601", "pujiang", "2023-05"),
        ("MZ602", "panan", "2023-09"),
    ]


def test_a_unit_reports_only_what_it_owes(made: dict[str, bytes]) -> None:
    plan = load_plan(ROOT / "plan" / "2023.yaml")
    for name in made:
        unit = name.partition("/")[2].removesuffix(".csv")
        owed = [each for each in plan.indicators.values() if unit in each.reporting]
        assert list(rows(made, name)) == [each.id for each in owed if each.target.operator != "undefined"]


def test_a_corrected_figure_falls_and_says_why(made: dict[str, bytes]) -> None:
    july, august = (rows(made, f"2023-{month}/lanxi.csv")["T03-08"] for month in ("07", "08"))
    assert int(august["value"]) - int(july["value"]) == -38
    assert "更正" in august["note"]


def test_a_finished_milestone_has_evidence_and_no_other_has(made: dict[str, bytes]) -> None:
    finished = 0
    for name in made:
        for row in rows(made, name).values():
            assert (row["value"] == "已完成") == row["evidence"].startswith("https://example.org/")
            finished += row["value"] == "已完成"
    assert finished > 300


def test_not_applicable_has_its_reason(made: dict[str, bytes]) -> None:
    reasons = {row["note"] for name in made for row in rows(made, name).values() if row["value"] == "不适用"}
    assert len(reasons) == 2
    assert all(reasons)


def test_the_year_opens_with_zero_reports_and_ends_with_an_early_finish(made: dict[str, bytes]) -> None:
    assert rows(made, "2023-01/yongkang.csv")["T05-05"]["value"] == "0"
    assert int(rows(made, "2023-09/yongkang.csv")["T05-05"]["value"]) >= 8


def test_the_data_say_that_they_are_invented() -> None:
    readme = (DATA / "README.md").read_text(encoding="utf-8")
    assert "虚构" in readme
    assert "made up" in readme
