"""Every odd and hostile file of the corpus gets exactly what it deserves, at its place."""

import io
import json
from datetime import date
from pathlib import Path
from unicodedata import category

import pytest

from conftest import of
from corpus import INJECTIONS, JIA, PROJECTS, ROWS, Case, Project, cases, text
from mzplan.check.run import CheckResult, run_checks
from mzplan.diagnostics import Diagnostic, Severity
from mzplan.plan.load import load_plan
from mzplan.render.check import FORMATS
from mzplan.render.check.report import CheckReport
from mzplan.submissions.ledger import EMPTY
from mzplan.submissions.places import Spot
from mzplan.submissions.sources import Source, context_sources, data_sources
from workbooks import WRITERS, rows_of

PATH = "data/2023-06/jia.csv"
PLAN = load_plan(Path(__file__).parent / "plans" / "tiny.yaml")
CASES = {case.name: case for case in cases()}


def checked(case: Case) -> CheckResult:
    source = Source(PATH, content=io.BytesIO(case.data), spot=Spot(("2023-06",), "jia.csv"))
    return run_checks(PLAN, [source], today=date(2023, 12, 31))


def own(result: CheckResult) -> list[Diagnostic]:
    """The findings without those about reports and indicators that are not there."""
    return [finding for finding in result.diagnostics if not finding.rule.code.startswith("MZ6")]


def figures(result: CheckResult) -> int:
    return len(result.ledger.values) - result.ledger.values.count(EMPTY)


def assert_deserved(case: Case) -> None:
    """Also run by `make fuzz`, with one seed after another."""
    result = checked(case)
    found = own(result)
    errors = [finding for finding in found if finding.severity is Severity.ERROR]
    if case.kind == "ok":
        assert found == []
    elif case.kind == "silent":
        assert [(each.rule.code, each.lines) for each in result.diagnostics] == [("MZ603", (case.line,))]
        assert (result.records, figures(result)) == (3, 3)
    elif case.kind == "warn":
        assert errors == []
        assert case.line in (0, found[0].location.line)
    else:
        assert len(errors) == case.errors, "one finding for one cause"
        assert case.line in (0, errors[0].location.line)
        assert errors[0].hint
    if case.kind == "refuse":
        assert figures(result) == 0
    elif case.kind in ("ok", "warn"):
        assert figures(result) == 4
    elif case.name.startswith("number"):
        assert figures(result) == 3, "the other rows of the file count"


@pytest.mark.untraced
def test_each_file_gets_what_it_deserves() -> None:
    for name, case in CASES.items():
        with of(name):
            assert_deserved(case)


@pytest.mark.untraced
def test_no_cell_reaches_an_output_as_it_stands() -> None:
    hidden = [cell for cell in INJECTIONS if any(category(c) in ("Cc", "Cf") for c in cell)]
    for case in (case for case in CASES.values() if case.name.startswith("injection")):
        result = checked(case)
        report = CheckReport(diagnostics=result.diagnostics, files=(PATH,), records=result.records)
        for name, render in FORMATS.items():
            shown = render(report)
            assert "\x1b" not in shown, (case.name, name)
            assert "\u202e" not in shown, (case.name, name)
            assert not any(cell in shown for cell in hidden), (case.name, name)
            if name == "json":
                json.loads(shown)


def test_a_short_file_with_a_quoted_cell_still_gives_columns() -> None:
    rows = b'period,unit,indicator,name,value,numerator,denominator\n2023-06,jia,T01-01,,"1,205",,\n'
    found = own(checked(Case("short", rows, "warn", 2)))
    assert {(each.location.line, each.location.column) for each in found} == {(2, 21)}


def put(project: Project, folder: Path) -> Path:
    """The project's files; the one to look at."""
    (folder / "plan").mkdir()
    unit, month = project.rows or ("", "")
    rows = tuple((month, unit, *row[2:]) for row in ROWS[:3])
    contents = {f"data/{name}": text(ROWS[:3]) for name in project.beside}
    contents[f"data/{project.path}"] = text(rows) if project.rows else "not a table"
    for name, content in contents.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        write = WRITERS.get(file.suffix.lower()) if project.rows else None
        file.write_bytes(write(rows_of(content)) if write else content.encode())
    return folder / "data" / project.path


def looked_at(folder: Path, *paths: Path) -> CheckResult:
    """The project's data, or some of its files beside the others."""
    given = data_sources(paths or [folder / "data"], folder)
    return run_checks(PLAN, given, today=date(2023, 7, 20), context=context_sources(given, folder))


@pytest.mark.parametrize("project", PROJECTS, ids=[project.name for project in PROJECTS])
def test_each_file_of_a_project_is_seen_and_told_where_it_belongs(project: Project, tmp_path: Path) -> None:
    """One cause, one finding: whose report lies astray is not missing as well, nor are its indicators."""
    file = put(project, tmp_path)
    whole = looked_at(tmp_path)
    found = [finding for finding in whole.diagnostics if finding.location.path == str(file)]
    if not project.code:
        code = "MZ128" if project.path == "README.md" else "MZ102"
        assert [finding.rule.code for finding in whole.diagnostics] == [code]
        return
    said = {finding.rule.code: finding for finding in found}
    errors = {code for code, finding in said.items() if finding.severity is Severity.ERROR}
    assert project.remedy in said[project.code].hint
    of_rows = {"MZ308"} if project.rows == ("乙市", "2023-06") else set()
    assert errors == ({project.code} if not project.counts else set()) | of_rows
    assert ("MZ603" in said) == project.counts
    assert figures(whole) == 3 * (project.counts + len(project.beside))
    missing = {finding.unit for finding in whole.diagnostics if finding.rule.code in ("MZ601", "MZ602")}
    assert missing.isdisjoint({"devzone"} if "开发区" in str(project.rows) else {"jia"}) or not project.rows
    assert looked_at(tmp_path, file).diagnostics == tuple(found)


def test_the_month_of_the_folder_binds_whatever_the_file_is_called(tmp_path: Path) -> None:
    for name in ("甲县.csv", "汇总.csv"):
        (tmp_path / name).mkdir()
        put(Project("", f"2023-06/{name}", ("甲县", "2023-05"), ""), tmp_path / name)
        result = looked_at(tmp_path / name)
        assert "MZ307" in [finding.rule.code for finding in result.diagnostics]
        assert figures(result) == 0


def test_of_two_badly_named_reports_neither_counts(tmp_path: Path) -> None:
    first = put(Project("", "2023-06/甲县.csv", JIA, ""), tmp_path)
    (first.parent / "甲.csv").write_bytes(first.read_bytes())
    result = looked_at(tmp_path)
    found = [(Path(f.location.path).name, f.rule.code) for f in result.diagnostics if f.rule.code != "MZ602"]
    assert found == [("甲.csv", "MZ121"), ("甲县.csv", "MZ121")]
    assert figures(result) == 0


def test_links_to_folders_are_told_and_not_followed(tmp_path: Path) -> None:
    file = put(Project("", "2023-06/jia.csv", JIA, ""), tmp_path)
    (tmp_path / "data" / "2023-05").symlink_to(file.parent)
    (tmp_path / "data" / "2023-04").symlink_to(tmp_path.parent)
    result = looked_at(tmp_path)
    told = [Path(f.location.path).name for f in result.diagnostics if f.rule.code == "MZ101"]
    assert told == ["2023-04", "2023-05"]
