"""One way down: a module imports only from rows above its own, in no circle, and only the command line prints."""

import ast
import builtins
import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

from conftest import parsed, through, walked
from mzplan.plan.form_indicator import INDICATOR_FORMS
from mzplan.plan.indicator import KINDS

pytestmark = pytest.mark.untraced

ROOT = Path(__file__).parent.parent
SOURCE = ROOT / "src" / "mzplan"
CONTRIBUTING = ROOT / "CONTRIBUTING.md"

ROWS = (
    ("__init__", "diagnostics", "period", "figures", "zh", "said"),
    ("english",),
    ("reading",),
    ("plan",),
    ("submissions",),
    ("rules", "scoring", "engine"),
    ("check", "views", "bulletin"),
    ("render",),
    ("cli",),
    ("__main__",),
)
ROW = {name: number for number, row in enumerate(ROWS) for name in row}


@cache
def modules() -> Mapping[str, ast.Module]:
    """Every module of the package, by its name."""
    paths = {".".join(path.relative_to(SOURCE).with_suffix("").parts): path for path in sorted(SOURCE.rglob("*.py"))}
    return {"mzplan." + name.removesuffix(".__init__"): parsed(path.read_text("utf-8")) for name, path in paths.items()}


def path_of(module: str) -> Path:
    """The file that holds it."""
    path = SOURCE.parent.joinpath(*module.split("."))
    return path / "__init__.py" if path.is_dir() else path.with_suffix(".py")


@cache
def calls() -> Sequence[tuple[str, str, ast.Call]]:
    """Every call with its module and what is called."""
    nodes = ((module, node) for module, tree in modules().items() for node in walked(tree))
    return [(module, ast.unparse(node.func), node) for module, node in nodes if isinstance(node, ast.Call)]


@cache
def uses(tree: ast.Module) -> set[str]:
    """What a module imports, and what it names of that and of Python's own, as its home calls it: `os.environ`."""
    homes = {name: name for name in dir(builtins)}
    for node in walked(tree):
        if isinstance(node, ast.Import):
            homes |= {(alias.asname or alias.name): alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            homes |= {(alias.asname or alias.name): f"{node.module}.{alias.name}" for alias in node.names}
    nodes = (node for node in walked(tree) if isinstance(node, ast.Name | ast.Attribute))
    words = [dotted(node).partition(".") for node in nodes]
    return {*homes.values()} - {*dir(builtins)} | {
        homes[first] + dot + rest for first, dot, rest in words if first in homes
    }


def dotted(node: ast.expr) -> str:
    """`os.environ` for such a chain of names; empty for anything else."""
    if isinstance(node, ast.Attribute):
        return f"{before}.{node.attr}" if (before := dotted(node.value)) else ""
    return node.id if isinstance(node, ast.Name) else ""


def below_the_command_line(forbidden: Collection[str], trees: Mapping[str, ast.Module]) -> Mapping[str, set[str]]:
    """What each module below `cli` uses of what is forbidden, a module's names included."""
    found = {
        module: {name for name in uses(tree) if any(f"{name}.".startswith(f"{each}.") for each in forbidden)}
        for module, tree in trees.items()
        if top(module) not in ("cli", "__main__")
    }
    return {module: names for module, names in found.items() if names}


PROCESS = {
    "print",
    "input",
    "exit",
    "quit",
    "SystemExit",
    "sys.exit",
    "sys.stdin",
    "sys.stdout",
    "sys.stderr",
    "sys.argv",
}
PROCESS |= {"os._exit", "os.abort", "os.kill", "os.write", "os.system"}
CLOCK = {"time", "datetime.date.today", "datetime.datetime.now", "datetime.datetime.today", "datetime.datetime.utcnow"}
ENVIRONMENT = {"os.environ", "os.environb", "os.getenv", "os.putenv", "os.path.expanduser", "pathlib.Path.home"}
BY_NAME = {"importlib", "runpy", "__import__", "exec", "eval"}


def top(module: str) -> str:
    """`render` for mzplan.render.status.text, `zh` for mzplan.zh."""
    return module.split(".")[1]


def imported(module: str) -> set[str]:
    """The modules of ours that a module imports anywhere, also inside functions and for types."""
    found: set[str] = set()
    for node in walked(modules()[module]):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] == "mzplan":
            names = {f"{node.module}.{alias.name}" for alias in node.names}
            found |= {name if name in modules() else node.module for name in names}
        elif isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names if alias.name.split(".")[0] == "mzplan"}
    return {name if name != "mzplan" else "mzplan.__init__" for name in found}


def test_every_row_names_what_exists() -> None:
    assert set(ROW) == {top(module) for module in modules()}


def test_contributing_draws_these_rows_and_names_only_what_exists() -> None:
    text = CONTRIBUTING.read_text(encoding="utf-8")
    picture = [re.split(" {3,}", line)[0].split() for line in text.split("```text\n")[1].split("```")[0].splitlines()]
    drawn = [set(row) for row in picture if row != ["↓"]]
    unseen = {"__init__", "__main__"}
    assert drawn == [names for row in reversed(ROWS) if (names := set(row) - unseen)]
    paths = re.findall(r"`((?:src|tests|docs|scripts)/[\w./-]*)`", text)
    assert len(paths) > 10
    assert [path for path in paths if not (ROOT / path).exists()] == []


def test_modules_import_only_from_their_own_row_and_those_above() -> None:
    upward = [
        f"{module} -> {name}" for module in modules() for name in imported(module) if ROW[top(name)] > ROW[top(module)]
    ]
    assert not upward


def test_below_the_command_line_nobody_looks_at_the_environment_but_those_that_contributing_names() -> None:
    assert set(below_the_command_line(ENVIRONMENT, modules())) == {
        "mzplan.plan.cache",  # where the cache of plans lies
        "mzplan.plan.load",  # what pydantic loads
        "mzplan.check.git_command",  # what git is started with
    }


LATE = {"pydantic", "yaml", "rich", "tabulate", "jinja2", "docx", "xlrd", "xlsxwriter", "openpyxl"}
"""The packages that are loaded where they are first needed; of anything else a comment says why."""


def silent_imports(source: str) -> list[int]:
    """The lines of imports inside functions without a comment, behind them or above those that follow each other."""
    lines = source.splitlines()
    within = {n for f in ast.walk(ast.parse(source)) if isinstance(f, ast.FunctionDef) for n in ast.walk(f)}
    silent = []
    for node in within:
        if isinstance(node, ast.ImportFrom | ast.Import):
            home = node.module if isinstance(node, ast.ImportFrom) else node.names[0].name
            first = last = node.lineno - 1
            while lines[first - 1].split()[:1] in (["from"], ["import"]):
                first -= 1
            told = any("#" in line for line in lines[first - 1 : last + 1])
            if (home or "").split(".")[0] not in LATE and not told:
                silent.append(node.lineno)
    return sorted(silent)


def test_contributing_names_the_packages_that_are_loaded_late() -> None:
    text = CONTRIBUTING.read_text(encoding="utf-8").split("Imports stand at the top")[1].split("Plain values")[0]
    said = set(re.findall(r"\w+", text.replace("PyYAML", "yaml")))
    assert sorted(LATE - said) == []


GATHERING = {
    *("plan.yaml_border: YamlDocument", "plan.yaml_border: _Open", "plan.build_indicator: Units", "check.judge: Judge"),
    *(f"bulletin.verify.docx_draft: {name}" for name in ("_DocxParagraph", "_DocxRow", "_DocxTable")),
    *("bulletin.verify: _Course", "bulletin.verify.annex: Annexes", "bulletin.verify.passages: Outline"),
    *("bulletin.verify.reading: DraftReader", "bulletin.verify.statements: SentenceReview"),
    *("bulletin.verify.truth: Truth", "scoring.means: Sums"),
}
"""Dataclasses that are not frozen: they gather while a draft, a plan or what comes in is read or rows are added up."""


def test_plain_values_do_not_change() -> None:
    found = set()
    for module, tree in modules().items():
        for node in (each for each in walked(tree) if isinstance(each, ast.ClassDef)):
            made = [ast.unparse(each) for each in node.decorator_list]
            if any(each.startswith("dataclass") and "frozen=True" not in each for each in made):
                found.add(f"{module.removeprefix('mzplan.')}: {node.name}")
    assert found == GATHERING


def kinds_asked(tree: ast.Module) -> list[str]:
    """Where it is asked what kind an indicator is, by its class or its form's, or by the kind's name."""
    classes = {each.__name__ for each in (*KINDS.values(), *INDICATOR_FORMS.values())}
    found = []
    for node in walked(tree):
        match node:
            case ast.Call(func=ast.Name(id="isinstance"), args=[_, of]):
                asked = {each.id for each in ast.walk(of) if isinstance(each, ast.Name)} & classes
            case ast.MatchClass(cls=ast.Name(id=name)):
                asked = {name} & classes
            case ast.Compare(left=left, comparators=[named]) if "kind" in ast.unparse(left):
                asked = {str(each.value) for each in ast.walk(named) if isinstance(each, ast.Constant)} & KINDS.keys()
            case ast.Match(subject=subject, cases=cases) if "kind" in ast.unparse(subject):
                patterns = [each for one in cases for each in ast.walk(one.pattern)]
                asked = {str(each.value) for each in patterns if isinstance(each, ast.Constant)} & KINDS.keys()
            case ast.Dict(keys=[_, _, *_] as keys):
                words = {str(key.value) if isinstance(key, ast.Constant) else "" for key in keys}
                asked = words if words <= KINDS.keys() else set()
            case _:
                continue
        if asked:
            found.append(ast.unparse(node).partition("\n")[0])
    return found


def test_nobody_asks_what_kind_an_indicator_is() -> None:
    """So that a new kind is one class and one form."""
    own = ("mzplan.plan.indicator", "mzplan.plan.form_indicator")
    found = {module: kinds_asked(tree) for module, tree in modules().items() if module not in own}
    assert {module: asked for module, asked in found.items() if asked} == {}
    asking = [
        "isinstance(x, RatioIndicator | StockIndicator)",
        "isinstance(x, MilestoneForm)",
        "x.kind == 'ratio'",
        "x.kind not in ('count', 'y')",
        "kind == 'stock'",
        "x.get('kind') == 'ratio'",
        "{'count': 1, 'stock': 2}[kind]",
        "match kind:",
    ]
    others = [
        "x.kind == 'city'",
        "isinstance(x, Indicator)",
        "isinstance(x, MeasuredForm)",
        "x == 'count'",
        "{'count': 1, 'of': 2}",
    ]
    asked = kinds_asked(ast.parse("\n".join([*others, *asking, "    case 'ratio': pass"])))
    assert sorted(asked) == sorted([*asking[:-2], "{'count': 1, 'stock': 2}", asking[-1]])


def test_an_import_inside_a_function_says_why() -> None:
    found = {module: silent_imports(path_of(module).read_text(encoding="utf-8")) for module in modules()}
    assert {module: lines for module, lines in found.items() if lines} == {}


@pytest.mark.parametrize(
    ("body", "silent"),
    [
        ("import json", [2]),
        ("from mzplan.zh import measure", [2]),
        ("import json  # only for the one format", []),
        ("# only for the one format\n    import json\n    import csv", []),
        ("x = 1  # a number\n    y = 2\n    import json", [4]),
        ("import yaml", []),
    ],
)
def test_an_import_without_a_reason_is_seen(body: str, silent: list[int]) -> None:
    assert silent_imports(f"def some():\n    {body}\n") == silent


def test_no_import_closes_a_circle() -> None:
    packages: dict[str, set[str]] = {}
    for module in modules():
        packages.setdefault(top(module), set()).update(
            top(name) for name in imported(module) if top(name) != top(module)
        )
    TopologicalSorter(packages).prepare()
    TopologicalSorter({module: imported(module) - {module} for module in modules()}).prepare()


def test_only_the_command_line_prints_exits_or_reads_the_clock() -> None:
    assert set(below_the_command_line(PROCESS | CLOCK, modules())) == {
        "mzplan.render.summary.sandbox",  # a program of its own, started for a template
    }


def test_nobody_below_the_command_line_imports_by_a_name_that_is_made() -> None:
    assert set(below_the_command_line(BY_NAME, modules())) == {
        "mzplan.diagnostics",  # asks whether there is pip, and imports nothing
        "mzplan.engine.sound",  # asks whether there is an engine, likewise
        "mzplan.render.formats",  # the writer of a format, from the table of them
    }


@through(
    "line",
    [
        "from os import environ, getenv",
        "import os as o\no.environ['X']",
        "import datetime\ndatetime.date.today()",
        "from datetime import datetime as when\nwhen.now()",
        "from time import monotonic\nmonotonic()",
        "import sys\nsys.stdout.write('')",
        "import os\nos._exit(1)",
        "raise SystemExit",
        "from importlib import import_module\nimport_module('mzplan.cli.terminal')",
        "__import__('mzplan.cli')",
    ],
)
def test_these_tests_see(line: str) -> None:
    forbidden = PROCESS | CLOCK | ENVIRONMENT | BY_NAME
    assert below_the_command_line(forbidden, {"mzplan.render.new": ast.parse(line)})
    assert not below_the_command_line(forbidden, {"mzplan.cli.new": ast.parse(line)})


def test_reports_are_read_through_one_door() -> None:
    """`table_of` knows workbooks: whoever makes a `CsvTable` without it has a CSV in hand."""
    found = {
        f"{module}: {ast.unparse(node)}"
        for module, called, node in calls()
        if called == "CsvTable" and "mzplan.reading.csv_border" in imported(module)
    }
    assert found == {
        "mzplan.submissions.opening: CsvTable(stream)",
        "mzplan.submissions.opening: CsvTable(BytesIO(sheet.text))",
        "mzplan.submissions.opening: CsvTable(BytesIO(data))",
        "mzplan.submissions.repair: CsvTable(io.BytesIO(data))",  # of CSVs alone
        "mzplan.check.since: CsvTable(BytesIO(data))",  # after `as_csv`
    }


def test_files_are_opened_read_and_written_in_one_place() -> None:
    """Through reading/files alone: what hangs, leaves the project, is too large or is left half written stops there."""
    openers = {"open", "io.open", "os.open", "os.fdopen", "zipfile.ZipFile", "ZipFile"}
    methods = {"read_text", "read_bytes", "write_text", "write_bytes", "touch"}
    found = {
        f"{module}: {ast.unparse(node)}"
        for module, called, node in calls()
        if module != "mzplan.reading.files"
        and (
            called in openers
            or (isinstance(node.func, ast.Attribute) and node.func.attr in methods)
            or (called.endswith(".open") and called != "source.open")
        )
    }
    assert found == {
        "mzplan.cli.plan: SCHEMA.read_text(encoding='utf-8')",  # of the package itself
        "mzplan.cli.init: (STARTER / name).read_text('utf-8')",  # likewise
        "mzplan.reading.archive: archive.open(entry)",  # in memory, and the next seven
        "mzplan.reading.archive: ZipFile(BytesIO(data))",
        "mzplan.reading.archive: archive.open(name)",
        "mzplan.reading.seal: zipfile.ZipFile(content, 'w', zipfile.ZIP_DEFLATED)",
        "mzplan.render.docx_page: zipfile.ZipFile(written)",
        "mzplan.render.docx_page: zipfile.ZipFile(packed, 'w', zipfile.ZIP_DEFLATED)",
        "mzplan.render.annotated.book: ZipFile(stream, 'w', ZIP_DEFLATED)",
        "mzplan.render.annotated.results: ZipFile(BytesIO(data))",
        "mzplan.render.annotated.results: ZipFile(stream, 'w', ZIP_DEFLATED)",
        "mzplan.cli.terminal: os.open(os.devnull, os.O_WRONLY)",
        "mzplan.plan.cache: os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)",  # to judge the folder
    }


def test_no_path_is_related_to_another_drive() -> None:
    """Windows has no way from one to another: whoever cannot know that both are of one asks reading/files."""
    found = {
        f"{module}: {ast.unparse(node)}"
        for module, called, node in calls()
        if module != "mzplan.reading.files" and called.endswith("relpath")
    }
    assert found == {
        "mzplan.submissions.sources: os.path.relpath(lies_at, home)",  # the other is known to lie in each of these
        "mzplan.check.git: os.path.relpath(absolute(path), above)",
        "mzplan.check.git: os.path.relpath(os.path.normpath(os.path.join(real, below)), self.top)",
        "mzplan.check.tree: os.path.relpath(target, top)",
    }


def test_no_year_or_city_stands_in_the_program() -> None:
    constants = [
        (module, node.value)
        for module, tree in modules().items()
        for node in walked(tree)
        if isinstance(node, ast.Constant)
    ]
    assert not [pair for pair in constants if isinstance(pair[1], int) and 2020 <= pair[1] <= 2030]
    assert not [pair for pair in constants if isinstance(pair[1], str) and "金华" in pair[1]]


def test_a_class_is_found_by_its_name() -> None:
    """No two classes share a name, with or without the mark of what a module keeps to itself."""
    names = [
        node.name.lstrip("_") for tree in modules().values() for node in walked(tree) if isinstance(node, ast.ClassDef)
    ]
    assert not {name for name, times in Counter(names).items() if times > 1}


@pytest.mark.parametrize("one", ["a", "b", "c"])
@pytest.mark.parametrize(("two", "three"), [(1, 1), (1, 2)])
def test_the_suite_has_each_of_two_crossed_values_once(
    one: str, two: int, three: int, request: pytest.FixtureRequest
) -> None:
    is_kept = (one, two, three) in {("a", 1, 1), ("b", 1, 2), ("c", 1, 1)}
    assert (request.node.get_closest_marker("many") is None) is is_kept
