"""What CONTRIBUTING.md says one has to write for one change is all that there is to write."""

import csv
import io
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest

from mzplan.render.formats import SUFFIXES, WRITERS
from mzplan.submissions.header import FIELDS

pytestmark = pytest.mark.untraced

ROOT = Path(__file__).parent.parent
PERIOD, UNIT = "2023-09", "yiwu"


def changed(folder: Path, module: str, before: str, after: str) -> Path:
    """A copy of the package in which one thing has been written."""
    shutil.copytree(ROOT / "src" / "mzplan", folder / "mzplan")
    return also(folder, module, before, after)


def also(folder: Path, module: str, before: str, after: str) -> Path:
    """That copy, in which another thing has been written."""
    path = folder / "mzplan" / module
    text = path.read_text(encoding="utf-8")
    assert text.count(before) == 1
    path.write_text(text.replace(before, after), encoding="utf-8")
    return folder


RUNNER = """
import contextlib, io, json, sys
from mzplan.cli import main

for command in sys.argv[1:]:
    streams = [io.TextIOWrapper(io.BytesIO(), "utf-8") for _ in range(2)]
    with contextlib.redirect_stdout(streams[0]), contextlib.redirect_stderr(streams[1]):
        try:
            main(command.split())
        except SystemExit as stop:
            code = stop.code
    said = [stream.flush() or stream.buffer.getvalue().decode() for stream in streams]
    print(json.dumps([code, *said]))
"""


def run(package: Path, project: Path, *commands: str) -> list[tuple[int, str, str]]:
    """Code, output and errors of commands of that package, one after the other in one process."""
    environment = {**os.environ, "PYTHONPATH": str(package), "PYTHONUTF8": "1"}
    done = subprocess.run(
        [sys.executable, "-c", RUNNER, *commands], cwd=project, env=environment, stdout=subprocess.PIPE, check=True
    )
    return [(code, said, errors) for code, said, errors in map(json.loads, done.stdout.splitlines())]


def test_a_column_of_the_csvs_is_one_row_of_a_table(tmp_path: Path) -> None:
    last = '            ("evidence", "佐证"),\n'
    package = changed(tmp_path, "submissions/header.py", last, f'{last}            ("contact", "联系人"),\n')
    project = tmp_path / "project"
    shutil.copytree(ROOT / "plan", project / "plan")
    shutil.copytree(ROOT / "data" / PERIOD, project / "data" / PERIOD)
    report = project / "data" / PERIOD / f"{UNIT}.csv"
    ((code, before, said),) = run(package, project, "status --format csv")
    assert code == 0, said
    rows = list(csv.reader(io.StringIO(report.read_text(encoding="utf-8-sig"))))
    written = [[*rows[0], "联系人"], *([*row, "王芳"] for row in rows[1:])]
    with report.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(written)
    forms = [f"template --unit 义乌市 --period 2023-10 -o {tmp_path}/form.{suffix}" for suffix in ("csv", "xlsx")]
    ran = run(package, project, "status --format csv", "check data", *forms)
    assert [code for code, _, _ in ran] == [0, 0, 0, 0], ran
    assert ran[0][1] == before
    assert ",佐证,联系人,计量单位," in (tmp_path / "form.csv").read_text(encoding="utf-8-sig")
    with ZipFile(tmp_path / "form.xlsx") as book:
        assert "联系人" in book.read("xl/sharedStrings.xml").decode()
    report.write_text(report.read_text(encoding="utf-8").replace("王芳", "王芳\u200b", 1), encoding="utf-8")
    ((code, shown, _),) = run(package, project, "check data --format json")
    assert (code, '"field": "contact"' in shown) == (1, True)  # a rule sees what the column holds


RULE = """

@row_rule("MZ499", WARNING, title="八十八", what="示例。", why="示例。", mend="示例。")
def eighty_eight(row: Row, scope: Scope) -> Iterator[Finding]:
    if row.text("value") == "88":
        yield Finding("写着88", "value")
"""


def test_a_rule_about_rows_is_asked_of_every_row(tmp_path: Path) -> None:
    """The fast path does not know it, and so takes no row past it."""
    last = '        yield Finding(message, "evidence", hint, cause=cause)\n'
    package = changed(tmp_path, "rules/evidence.py", last, last + RULE)
    figures = {"T01-05": 88, "T03-01": 3, "T03-06": 88}
    rows = "".join(f"2023-09,武义县,{code},,{figure},,,,\n" for code, figure in figures.items())
    report = tmp_path / "data" / "2023-09" / "wuyi.csv"
    report.parent.mkdir(parents=True)
    report.write_text(f"{','.join(FIELDS)}\n{rows}", encoding="utf-8")
    shutil.copytree(ROOT / "plan", tmp_path / "plan")
    ((_, shown, said),) = run(package, tmp_path, "check data --format json --select MZ499")
    found = json.loads(shown)["diagnostics"]
    assert [(each["code"], each["line"]) for each in found] == [("MZ499", 2), ("MZ499", 4)], said


def test_a_column_of_a_table_is_its_heading_and_one_entry(tmp_path: Path) -> None:
    last = '        Column("rule", "规则"),\n'
    package = changed(tmp_path, "render/columns.py", last, f'{last}        Column("kind", "类别"),\n')
    for table, kind in (
        ('    (column("status"), lambda it: words.status(it.row)),\n', "it.row.indicator.kind_zh"),
        ('        (column("whole"), lambda it: _mean(it.whole)),\n', "'甲类'"),
        ("        *(_of_status(status, 2 + place) for place, status in enumerate(TONES)),\n", "'乙类'"),
    ):
        indent = table[: table.index(table.strip())]
        also(package, "render/status/tables.py", table, f'{indent}(column("kind"), lambda it: Cell({kind})),\n{table}')
    shown = {
        "status --unit 义乌市 --full --format csv": {"类别", "累计量"},
        "status --format text": {"类别", "甲类"},
        "status --format html": {"类别", "甲类"},
        "status --by lead --format markdown": {"类别", "乙类"},
    }
    for words, (code, said, errors) in zip(shown.values(), run(package, ROOT, *shown), strict=True):
        assert (code, {word for word in words if word not in said}) == (0, set()), errors


FLOW = """@dataclass(frozen=True, kw_only=True)
class FlowIndicator(Indicator):
    \"\"\"Of the month alone.\"\"\"

    kind: ClassVar[str] = "flow"
    kind_zh: ClassVar[str] = "当月量"
    filling: ClassVar[str] = "当月的数"
    how_to_fill: ClassVar[str] = "填当月的数。"


KINDS: Mapping"""
FLOW_FORM = """class FlowForm(AdditiveForm):
    \"\"\"flow: of the month alone.\"\"\"

    makes: ClassVar[type[Indicator]] = FlowIndicator

    kind: Literal["flow"] | None


INDICATOR_FORMS: Mapping"""


def test_a_kind_of_indicator_is_a_class_and_a_form(tmp_path: Path) -> None:
    package = changed(tmp_path, "plan/indicator.py", "KINDS: Mapping", FLOW)
    also(
        package,
        "plan/indicator.py",
        "RatioIndicator, MilestoneIndicator)",
        "RatioIndicator, MilestoneIndicator, FlowIndicator)",
    )
    plan = tmp_path / "plan" / "2023.yaml"
    plan.parent.mkdir()
    written = (ROOT / "tests" / "plans" / "tiny.yaml").read_text(encoding="utf-8")
    written = written.replace("kind: count\n", "kind: flow\n").replace("            breakdown: townships\n", "")
    plan.write_text(written, encoding="utf-8")
    ((code, said, _),) = run(package, tmp_path, "plan check")
    assert (code, "kind 不能是“flow”" in said) == (2, True)  # without its form it is no kind of a plan's
    report = tmp_path / "data" / "2023-02" / "jia.csv"
    report.parent.mkdir(parents=True)
    report.write_text(f"{','.join(FIELDS)}\n2023-02,甲县,T01-01,,12,,,,\n", encoding="utf-8")
    form = "plan/form_indicator.py"
    also(package, form, "INDICATOR_FORMS: Mapping", FLOW_FORM)
    also(package, form, "import CountIndicator, ", "import CountIndicator, FlowIndicator, ")
    also(package, form, "RatioForm, MilestoneForm)", "RatioForm, MilestoneForm, FlowForm)")
    wrong = tmp_path / "wrong.yaml"
    wrong.write_text(written.replace("kind: flow", "kind: flo"), encoding="utf-8")
    *ran, (code, said, _) = run(
        package,
        tmp_path,
        "plan check",
        "init --from plan/2023.yaml",
        "check data",
        "status --full",
        "template --unit 甲县 --period 2023-02 -o form.csv",
        "plan check wrong.yaml",
    )
    assert [each for each in ran if each[0]] == []
    assert (code, "flow" in said) == (2, True)


def test_a_part_of_the_page_is_a_function_and_one_line(tmp_path: Path) -> None:
    line = '    ("verdict", "结论", overview.verdict),\n'
    package = changed(tmp_path, "render/report/page.py", line, f'{line}    ("again", "再说一遍", overview.verdict),\n')
    ((code, _, said),) = run(package, ROOT, f"report --unit 义乌市 -o {tmp_path}/page.html")
    assert code == 0, said
    page = (tmp_path / "page.html").read_text(encoding="utf-8")
    assert "<section id=again><h2>再说一遍</h2>" in page
    assert "<a href=#again>再说一遍</a>" in page


def test_a_format_for_ci_is_a_function_and_one_line(tmp_path: Path) -> None:
    line = '    "html": html,\n'
    package = changed(tmp_path, "render/check/__init__.py", line, f'{line}    "brief": concise,\n')
    brief, concise, page = run(
        package, ROOT, "check data --format brief", "check data --format concise", "check --help"
    )
    assert brief == concise
    assert "brief" in page[1]


def test_an_output_format_says_what_its_files_are_called() -> None:
    """Else no `-o` chooses it; what a terminal shows is no file's."""
    assert WRITERS.keys() - SUFFIXES.keys() == {"terminal"}
