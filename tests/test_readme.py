"""The pages for people keep up with the program: generated parts, tables, links, and the commands they tell to type."""

import functools
import re
from collections import Counter
from pathlib import Path
from types import ModuleType
from xml.etree import ElementTree

import pytest
import typer

from mzplan.check.settings import catalogue
from mzplan.cli.parser import COMMANDS, app
from mzplan.render.layout import NARROW
from mzplan.rules.pages import PAGE, address
from test_docs_pages import script

pytestmark = pytest.mark.untraced

ROOT = Path(__file__).parent.parent
READMES = ("README.md", "README.zh.md")
PAGES = tuple(
    sorted(
        path.relative_to(ROOT).as_posix()
        for pattern in ("*.md", "docs/**/*.md", "data/*.md", "benchmarks/*.md")
        for path in ROOT.glob(pattern)
    )
)


@pytest.fixture(scope="module")
def make_docs() -> ModuleType:
    """The script that fills the pages."""
    return script("make_docs")


def page(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def test_the_pictures_are_what_the_program_shows(make_docs: ModuleType) -> None:
    """Told by their words: how rich and browsers draw them may differ from version to version."""
    for name, drawn in make_docs.PICTURES.items():
        assert words_of(page(name)) == words_of(drawn()), "run make docs"
        assert all(f"docs/{Path(name).name}" in page(readme) for readme in READMES)


def test_a_text_in_the_picture_of_a_terminal_takes_as_much_room_as_its_cells() -> None:
    """A cell is 12.2 wide; 移民村 takes six."""
    texts = [node for node in ElementTree.fromstring(page("docs/status.svg")).iter() if node.get("textLength")]
    assert len(texts) > 40
    for node in texts:
        assert float(str(node.get("textLength"))) == pytest.approx(12.2 * NARROW.cells(str(node.text)), abs=0.1)


def words_of(picture: str) -> str:
    """All that can be read in it, without blanks and styles, in which versions of rich differ."""
    nodes = ElementTree.fromstring(picture).iter()
    read = "".join(
        str(text) for node in nodes for text in ("" if node.tag.endswith("style") else node.text, node.tail) if text
    )
    return "".join(read.split())


def generated_parts(text: str) -> list[str]:
    """The names of the parts in order; each is opened once and closed by its own name."""
    marks = re.findall("<!-- (begin|end): (.+?) -->", text)
    assert [(opening, closing) for opening, closing in zip(marks[::2], marks[1::2], strict=True)] == [
        (("begin", name), ("end", name)) for _, name in marks[::2]
    ]
    return [name for _, name in marks[::2]]


def test_both_readmes_have_the_same_parts_and_as_many_chapters() -> None:
    english, chinese = map(page, READMES)
    assert "commands" in generated_parts(english)
    assert generated_parts(english) == generated_parts(chinese)
    assert len(re.findall("^## ", english, re.MULTILINE)) == len(re.findall("^## ", chinese, re.MULTILINE))


@pytest.mark.parametrize("name", READMES)
def test_a_readme_tells_the_nine_families_of_rules(name: str) -> None:
    families = re.findall(r"\| \[MZ(\d)xx\]\(docs/rules\.md#mz(\d)xx\) \|", page(name))
    assert families == [(str(n), str(n)) for n in range(1, 10)]


@pytest.mark.parametrize("name", READMES)
def test_a_readme_has_every_command(name: str) -> None:
    text = page(name)
    assert [command for command in COMMANDS if f"`mzplan {command}`" not in text] == []


def test_a_page_counts_every_rule() -> None:
    rows = r"^\| \[MZ(\d)xx\]\(\.\./rules\.md#mz\1xx\) \| .* \| (\d+) \|$"
    counted = re.findall(rows, page("docs/how-to/waive.md"), re.MULTILINE)
    families = Counter(code[2] for code in catalogue())
    assert [(family, int(count)) for family, count in counted] == sorted(families.items())


@pytest.mark.parametrize(
    ("name", "first"),
    [("README.md", ["Install", "Start", "A month"]), ("README.zh.md", ["安装", "开始", "一个月"])],
)
def test_a_readme_is_short_and_begins_with_what_a_newcomer_does(name: str, first: list[str]) -> None:
    text = page(name)
    assert len(text.splitlines()) <= 200
    assert re.findall("^## (.+)$", text, re.MULTILINE)[:3] == first
    typed = re.findall(r"^\$ mzplan (\w+)", text, re.MULTILINE)
    assert typed == ["template", "collect", "status", "summary"]


def test_the_page_of_formats_names_every_variable_of_the_environment() -> None:
    read = {
        name for path in ROOT.glob("src/**/*.py") for name in re.findall(r"\bMZPLAN_[A-Z_]+[A-Z]", path.read_text())
    }
    assert set(re.findall(r"`(MZPLAN_[A-Z_]+)", page("docs/reference/files.md"))) == read


def test_every_rule_has_its_place_on_the_page_of_rules() -> None:
    for code, rule in catalogue().items():
        assert not is_dead("README.md", address(code))
        assert f"\n### {code} {rule.title}\n" in page(PAGE)


def test_there_are_pages_to_look_at() -> None:
    assert {
        *READMES,
        "CONTRIBUTING.md",
        "docs/how-to/ci.md",
        "docs/reference/files.md",
        "docs/reference/plan.md",
        "docs/reference/summary.md",
        PAGE,
    } <= set(PAGES)


def without_fences(text: str) -> str:
    return re.sub(r"^```.*?^```$", "", text, flags=re.DOTALL | re.MULTILINE)


def without_code(text: str) -> str:
    return re.sub(r"`[^`\n]*`", "", without_fences(text))


def slug(heading: str) -> str:
    """The anchor that a code host gives a heading."""
    return re.sub(r"[^\w\- ]", "", heading.strip().lower()).replace(" ", "-")


def is_dead(name: str, target: str) -> bool:
    """Whether a link of that page within the project leads to no file, or to no heading of one."""
    path, _, anchor = target.partition("#")
    file = (ROOT / name).parent / path if path else ROOT / name
    if not anchor or not file.exists():
        return not file.exists()
    text = without_fences(file.read_text("utf-8"))
    anchors = {*map(slug, re.findall("^#+ (.+)$", text, re.MULTILINE)), *re.findall('<a id="([^"]+)"></a>', text)}
    return anchor not in anchors


def test_every_link_within_the_project_leads_somewhere() -> None:
    links = [
        (name, target)
        for name in PAGES
        for target in re.findall(r"\]\(([^)\s]+)\)", without_code(page(name)))
        if not re.match("[a-z]+:", target)
    ]
    assert ("README.md", "docs/how-to/ci.md") in links
    assert [link for link in links if is_dead(*link)] == []


@functools.cache
def options_of(command: str) -> frozenset[str]:
    """Every option that a command and its subcommands know, and those before it."""
    program = typer.main.get_command(app)
    context = typer.Context(program)
    found = program.get_command(context, command)  # type: ignore[attr-defined]  # a group by its annotation's child
    commands = [program, found, *getattr(found, "commands", {}).values()]
    return frozenset({"--help"} | {option for each in commands for given in each.params for option in given.opts})


def mistyped(line: str) -> list[str]:
    """The command or the options of a line that mzplan does not know; what follows a pipe or remark is not its own."""
    words = re.split("[ =]", re.split(" [|>#]", line)[0])
    command = next((word for word in words[1:] if re.fullmatch("[a-z][a-z-]*", word)), None)
    if command is None or "-completion" in words[1]:  # what stands behind it is a shell
        return []
    if command not in COMMANDS:
        return [command]
    return [word for word in words if word.startswith("--") and word not in options_of(command)]


def test_every_command_that_a_page_tells_to_type_is_one() -> None:
    typed = [
        (name, line)
        for name in PAGES
        for line in re.findall(r"(?:`|^\$ |^|run: )(mzplan [^`\n]+)", page(name), re.MULTILINE)
    ]
    assert ("README.md", "mzplan summary --kind brief") in typed
    assert [(name, line) for name, line in typed if mistyped(line)] == []
