"""One way down: a module imports only from rows above its own, and nothing below the command line prints."""

import ast
from functools import cache
from pathlib import Path

import pytest

SOURCE = Path(__file__).parent.parent / "src" / "mzplan"

ROWS = [
    {"diagnostics", "period", "figures", "files", "value"},
    {"zh", "numbers", "misread", "csv_border", "indicator", "planes"},
    {"plan", "plan_document", "draft_rules", "plan_rules"},
    {"lights", "header", "ledger", "parts", "yaml_border", "plan_draft", "plan_cache"},
    {
        "plan_stages",
        "plan_form",
        "plan_indicator",
        "plan_parts",
        "plan_build",
        "plan_load",
        "breakdown",
        "records",
        "places",
    },
    {"rules", "progress"},
    {"columns", "scorer", "scoring", "tallies"},
    {"screen", "suspects", "scan", "scanned", "parallel", "check", "project", "pace"},
    {"settings", "waivers", "baseline", "since", "repair", "rule_pages"},
    {"views", "explain", "form", "bulletin"},
    {"render"},
    {"cli"},
]
ROW = {name: number for number, row in enumerate(ROWS) for name in row}
MODULES = sorted(
    path for path in SOURCE.rglob("*.py") if path.parent != SOURCE or path.stem not in ("__init__", "__main__")
)


def top(path: Path) -> str:
    """`render` for render/status/plain.py, `plan` for plan.py."""
    return path.relative_to(SOURCE).with_suffix("").parts[0]


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def imported(tree: ast.Module) -> set[str]:
    """The modules of ours that a module imports anywhere, also inside functions and for types."""
    names: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("mzplan."):
            names.add(node.module.split(".")[1])
        elif isinstance(node, ast.Import):
            names.update(alias.name.split(".")[1] for alias in node.names if alias.name.startswith("mzplan."))
    return names


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(SOURCE).as_posix())
def test_modules_import_only_from_the_rows_above(path: Path) -> None:
    own = top(path)
    assert own in ROW, f"{own} has no row: give it one in tests/test_layers.py"
    upward = {name for name in imported(tree(path)) if name != own and ROW[name] > ROW[own]}
    assert not upward


def test_every_row_names_modules_that_exist() -> None:
    assert {name for row in ROWS for name in row} == {top(path) for path in MODULES}


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(SOURCE).as_posix())
def test_only_the_command_line_prints_exits_or_reads_the_clock(path: Path) -> None:
    if top(path) == "cli":
        return
    calls = {ast.unparse(node.func) for node in ast.walk(tree(path)) if isinstance(node, ast.Call)}
    assert not calls & {"print", "exit", "sys.exit", "date.today", "datetime.now", "time.time"}


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(SOURCE).as_posix())
def test_no_year_or_city_stands_in_the_program(path: Path) -> None:
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Constant):
            assert not (isinstance(node.value, int) and 2020 <= node.value <= 2030)
            assert not (isinstance(node.value, str) and "金华" in node.value)
