"""What pages tell to type does what they show: each page is run from top to bottom in a project of its own."""

import re
import sys
from importlib import import_module
from pathlib import Path
from types import ModuleType

import pytest

from conftest import few, through
from mzplan.bulletin.verify import draft
from mzplan.check import settings, waivers
from mzplan.check.settings import catalogue
from mzplan.plan.load import LARGEST_BREAKDOWN
from mzplan.plan.yaml_border import MAX_BYTES, MAX_DEPTH, MAX_NODES
from mzplan.reading import archive, parquet, spreadsheet, xls
from mzplan.reading.csv_border import CELL_LIMIT, COLUMN_LIMIT, LINE_LIMIT
from mzplan.reading.files import DATA_LIMIT
from mzplan.reading.walk import MOST_ENTRIES
from mzplan.rules.pages import PAGE
from mzplan.rules.pages import page as rules_page

pytestmark = pytest.mark.untraced

ROOT = Path(__file__).parent.parent
FOLDERS = ("tutorial", "how-to", "reference", "explanation")
FILES = (page for name in FOLDERS for page in (ROOT / "docs" / name).glob("*.md"))
PAGES = ("README.md", "README.zh.md", *sorted(file.relative_to(ROOT).as_posix() for file in FILES))


def script(name: str) -> ModuleType:
    """A module of `scripts/`."""
    folder = str(ROOT / "scripts")
    if folder not in sys.path:
        sys.path.append(folder)
    return import_module(name)


@few("name", PAGES, [name for name in PAGES if name.replace(".md", ".zh.md") not in PAGES])
def test_a_page_shows_what_the_program_prints(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    assert script("make_docs").filled(text, name) == text, "run make docs"


@pytest.mark.parametrize("name", ["docs/how-to/scale.md", "docs/reference/plan.md"])
def test_processes_print_the_same(name: str) -> None:
    """Short pages, with every line run as whoever types it does."""
    text = (ROOT / name).read_text(encoding="utf-8")
    assert script("run_pages").shown(text, in_processes=True) == text


def test_make_docs_fills_every_page() -> None:
    assert script("make_docs").PAGES == PAGES


def test_the_page_of_rules_is_what_the_rules_say() -> None:
    assert (ROOT / PAGE).read_text(encoding="utf-8") == rules_page(catalogue()), "run make docs"


def run(*lines: str) -> str:
    return str(script("run_pages").shown("\n".join(["<!-- run in: empty -->", *lines])))


def test_what_a_command_prints_stands_under_it() -> None:
    assert run("```console", "$ printf 1", "2", "3", "```", "$ printf 4") == "\n".join(
        ["<!-- run in: empty -->", "```console", "$ printf 1", "1", "```", "$ printf 4"]
    )


def test_files_folders_and_texts_of_a_page_are_there_for_the_commands_after() -> None:
    text = ["<!-- file: a/b.csv -->", "```csv", "x", "```", "<!-- added to: a/b.csv -->", "```csv", "y", "```"]
    shown = run(*text, "```console", "$ cd a", "$ cat >> b.csv <<'END'", "z", "END", "$ cat b.csv", "```")
    assert shown.endswith("\nEND\n$ cat b.csv\nx\ny\nz\n```")


@pytest.mark.parametrize("code", ["# exit code 1", "# 退出码 1", "# refused: exit code 1"])
def test_a_command_ends_as_the_page_says(code: str) -> None:
    assert run("```console", f"$ false  {code}", "```").endswith(f"$ false  {code}\n```")
    with pytest.raises(script("run_pages").PageError, match="ends with 0"):
        run("```console", f"$ true  {code}", "```")


@pytest.mark.parametrize(
    "lines",
    [
        ("```console", "$ false", "```"),
        ("```yaml", "a: 1", "```"),
        ("<!-- not run: I would rather not -->", "```console", "$ true", "```"),
    ],
)
def test_nothing_is_left_out_unsaid(lines: tuple[str, ...]) -> None:
    with pytest.raises(script("run_pages").PageError):
        run(*lines)


def test_some_of_what_a_command_prints_is_shown_with_a_mark_for_the_rest() -> None:
    printed = "$ printf 'a\\nb\\n\\nc\\nd\\n\\ne\\n'"
    for wanted, kept in {
        "first 2": "a\nb\n……",
        "last 2": "……\n\ne",
        "c; e": "……\nc\nd\ne",
        "a": "a\nb\n……",
        "first 7": "a\nb\n\nc\nd\n\ne",
    }.items():
        block = [f"<!-- shown: {wanted} -->", "```console", printed, "```"]
        assert run(*block) == "\n".join(["<!-- run in: empty -->", *block[:-1], kept, "```"])
    with pytest.raises(script("run_pages").PageError, match="nothing is shown of z"):
        run("<!-- shown: z -->", "```console", printed, "```")


def test_a_page_may_tell_to_edit_a_file_and_how_a_command_ends() -> None:
    file = ["<!-- file: a -->", "```", "42 of 45", "```", ""]
    ends = ["<!-- exit code: 1 -->", "<!-- shown: last 1 -->", "```console", "$ cat a; false", "40 of 45", "```"]
    text = [*file, "<!-- edited: a: 42 → 40 -->", "", *ends]
    assert run(*text) == "\n".join(["<!-- run in: empty -->", *text])
    with pytest.raises(script("run_pages").PageError, match="no 44 in a"):
        run(*file, "<!-- edited: a: 44 → 40 -->")


def for_officers(name: str) -> bool:
    """Whether the page is written for those who sit at Windows: it is in Chinese, or is the same in English."""
    return name.endswith(".zh.md") or (ROOT / name.replace(".md", ".zh.md")).exists()


@through("name", [name for name in PAGES if for_officers(name)])
def test_what_officers_are_told_to_type_is_taken_by_every_shell(name: str) -> None:
    """cmd knows no apostrophes and no remarks, PowerShell splits at a comma, and neither has the tools of Unix."""
    text = (ROOT / name).read_text(encoding="utf-8")
    blocks = re.findall(r"^( *<!-- not run: [^\n]*\n)? *```console\n(.*?)^ *```$", text, re.MULTILINE | re.DOTALL)
    lines = [line.strip() for left_alone, body in blocks for line in body.splitlines() if left_alone or "$ " in line]
    typed = [line.removeprefix("$ ") for line in lines] + re.findall("`(mzplan [^`]+)`", text)
    assert typed
    plain = re.compile(r"(?:mzplan|cd|python -m pip|pipx)( \"[^\"]+\"| [^\s\"'|&;#$,]+)+")
    assert [line for line in typed if not plain.fullmatch(line)] == []


def test_lines_to_type_are_quoted_as_every_shell_takes_it() -> None:
    """Those of pages and those of messages."""
    places = [*ROOT.glob("src/mzplan/**/*.py"), *ROOT.glob("src/mzplan/starter/*"), *map(ROOT.joinpath, PAGES)]
    wrong = re.compile(r"pip(?:x)? install '|pip install [^\n`]* #|--[a-z]+ [^\s\"'，{]+,[^\s，…]")
    assert [(str(place), found) for place in places if (found := wrong.findall(place.read_text("utf-8")))] == []


def test_a_page_with_commands_says_where_they_run() -> None:
    with pytest.raises(script("run_pages").PageError, match="no project"):
        script("run_pages").shown("```console\n$ true\n```\n")


def test_the_limits_that_a_page_tells_are_those_that_are_kept() -> None:
    told = (ROOT / "docs" / "how-to" / "scale.md").read_text(encoding="utf-8").split("## Limits")[1]
    kept = {
        "a CSV": f"{_bytes(DATA_LIMIT)}; a line {_bytes(LINE_LIMIT)}, "
        f"a cell {CELL_LIMIT:,} characters, {COLUMN_LIMIT} columns",
        "Parquet that Python reads": f"{_bytes(parquet.LIMIT)}, and as much as the CSV that it would be",
        "a workbook": f"{_bytes(archive._MOST)} unpacked, {spreadsheet._MOST_PARTS:,} cells; "
        f"an `.xls` {_bytes(xls._LIMIT)}",
        "a zip given to `collect`": f"{archive._MOST_MEMBERS:,} files, {_bytes(archive.PACKED)} unpacked",
        "a folder of data": f"{MOST_ENTRIES:,} files and folders",
        "a plan": f"{_bytes(MAX_BYTES)}, {MAX_DEPTH} levels, {MAX_NODES:,} values; "
        f"its breakdown {_bytes(LARGEST_BREAKDOWN)}",
        "a draft given to `summary --verify`": _bytes(draft.LIMIT),
        "`mzplan.toml`": _bytes(settings.SIZE_LIMIT),
        "`waivers.csv`": _bytes(waivers.SIZE_LIMIT),
    }
    rows = dict(re.findall(r"^\| ([^|]+) \| ([^|]+) \|$", told, re.MULTILINE))
    assert rows == {"of": "limit", **kept}


def _bytes(number: int) -> str:
    size = next(power for power in (30, 20, 10) if number >= 1 << power)
    return f"{number >> size} {'KMG'[size // 10 - 1]}iB"
