"""English where it is asked for: by option or variable, on every screen, and nothing Chinese but what is quoted."""

import ast
import importlib
import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from string import Formatter
from zipfile import ZipFile

import openpyxl
import pytest

from conftest import Mzplan, few, parsed, through, unquoted, walked
from mzplan.cli.help import pages
from mzplan.cli.parser import COMMANDS
from mzplan.english import BETWEEN, CHINESE, TABLES, english, texts
from mzplan.english.words import MEASURES
from mzplan.plan.load import load_plan
from mzplan.said import say
from mzplan.scoring.progress import INCOMPLETE, STATUS_ZH, Status
from mzplan.views import query
from mzplan.zh import Amount

pytestmark = pytest.mark.untraced

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "src" / "mzplan"
SCREENS = ("render/status", "render/explain", "render/report", "scoring", "views")
COMMAND_LINE = (
    *("__init__", "annotating", "bringing", "check", "checking", "choices", "comparing", "fixing", "help", "help_text"),
    *("language", "loading", "options", "parser", "project", "rule", "shells", "showing", "status", "summary"),
    *("telling", "terminal", "verifying", "watching"),
)
MODULES = [
    *(path for folder in SCREENS for path in sorted((PACKAGE / folder).rglob("*.py"))),
    PACKAGE / "reading" / "files.py",
    *(PACKAGE / "render" / f"{name}.py" for name in ("words", "table", "xlsx", "annotated/book")),
    *(PACKAGE / "cli" / f"{name}.py" for name in COMMAND_LINE),
]
EN = ("--lang", "en")
GLUED = re.compile(r"[0-9][a-z]{4}|[a-z]{3}[A-Z][a-z]{2}|[a-z]{4}[0-9]")
"""A word that touches a number or another word."""
NEVER_SHOWN = frozenset(
    {
        *("用法：", "[选项]", "命令 [参数]...", "选项：", "参数：", "命令：", "命令:", "显示本说明并退出。"),
        "［必填］",
        "［默认 \\1］",  # put in for the library's own English
        *("[、，,/\\s]+", "￥"),  # understood or written in files
        *("中文", "宋体"),  # names of a language and of a font
    }
)


def lines(output: str) -> list[str]:
    """What is read of an output, which may be a page: without tags, styles and scripts."""
    return re.sub("<[^<>]*>", "\n", re.sub("(?s)<(style|script)>.*?</\\1>", "", output)).splitlines()


def fields(template: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(template) if name is not None}


def strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for pair in value.items():
            yield from strings(pair)
    elif isinstance(value, tuple | list | frozenset):
        for each in value:
            yield from strings(each)


def said_in(path: Path) -> Iterator[str]:
    """Every Chinese text of a module: what its own names hold, and what stands in its functions, but for their help."""
    name = ".".join(("mzplan", *path.relative_to(PACKAGE).with_suffix("").parts)).removesuffix(".__init__")
    module, tree = importlib.import_module(name), parsed(path.read_text("utf-8"))
    own = [node for node in tree.body if isinstance(node, ast.Assign | ast.AnnAssign)]
    for each in own:
        if CHINESE.search(ast.unparse(each)):
            for target in ast.walk(each):
                if isinstance(target, ast.Name) and isinstance(target.ctx, ast.Store):
                    yield from strings(getattr(module, target.id, None))
    seen = {id(each) for node in own for each in ast.walk(node)}
    seen |= {id(node.value) for node in walked(tree) if isinstance(node, ast.Expr)}
    seen |= {
        id(each)
        for node in walked(tree)
        if isinstance(node, ast.Call) and ast.unparse(node.func).endswith(("option", "Option", "Argument"))
        for each in ast.walk(node)
    }
    for node in walked(tree):
        if id(node) not in seen and isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


@through("path", MODULES)
def test_every_text_of_a_screen_has_its_english(path: Path) -> None:
    found = {text for text in said_in(path) if CHINESE.search(text)}
    assert found - texts().keys() - BETWEEN.keys() - NEVER_SHOWN == set()


def test_an_english_template_has_the_fields_of_the_chinese_one_and_nothing_chinese() -> None:
    pairs = [pair for table in TABLES for pair in table.items()]
    assert len(pairs) > 1000
    assert [chinese for chinese, said in pairs if fields(chinese) != fields(said)] == []
    commands = re.compile('"[^"]*"')
    assert [said for _, said in pairs if CHINESE.search(commands.sub("", unquoted(said)))] == []


def test_amounts_months_and_quotes() -> None:
    told = say("{amount}", amount=Amount("3", "个百分点"))
    assert (str(told), english(told)) == ("3个百分点", "3 points")
    assert english(say("{amount}", amount=Amount("3.5", "%"))) == "3.5%"
    assert english(say("{amount}", amount=Amount("1", "件"))) == "1 case"
    ones = [english(say("{amount}", amount=Amount("1", unit))) for unit in MEASURES]
    assert [told for told in ones if re.search(r"^1 (\w+s\b|people)", told)] == []
    assert english("件") == "cases"
    assert english(say("{year}年{month}月", year=2024, month=9)) == "September 2024"
    assert english(say("说明：{text}", text="未报")) == "note: “未报” (not reported)"
    assert english(say("说明：{text}", text="未报数")) == "note: “未报数”"
    assert english(say("{unit}{progress}", unit="义乌市", progress="1/2"), {"义乌市": "Yiwu City"}) == "Yiwu City 1/2"


@pytest.fixture
def shipped(monkeypatch: pytest.MonkeyPatch) -> None:
    """The shipped plan and data, where we are."""
    monkeypatch.chdir(ROOT)


@pytest.mark.parametrize(
    "arguments",
    [("--lang", "en", "explain", "T05-03"), ("explain", "--lang", "en", "T05-03"), ("explain", "T05-03", "--lang=en")],
    ids=" ".join,
)
@pytest.mark.usefixtures("shipped")
def test_the_option_may_stand_anywhere(arguments: tuple[str, ...], mzplan: Mzplan) -> None:
    ran = mzplan(*arguments)
    assert ran.code == 0
    assert ran.out.startswith("T05-03 New beds in dementia-care units · whole city · 2023-09\n\nVerdict\n")


@pytest.mark.usefixtures("shipped")
def test_the_variable_asks_too_the_option_beats_it_and_the_system_is_not_asked(
    mzplan: Mzplan, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LANG", "en_US.UTF-8")
    chinese = mzplan("explain", "T05-03").out
    assert "结论" in chinese
    monkeypatch.setenv("MZPLAN_LANG", "en")
    assert "Verdict" in mzplan("explain", "T05-03").out
    assert mzplan("explain", "T05-03", "--lang", "zh").out == chinese
    monkeypatch.setenv("MZPLAN_LANG", "")
    assert mzplan("explain", "T05-03").out == chinese


@pytest.mark.parametrize("arguments", [("--lang", "fr", "status"), ("status", "--lang=eng"), ("status", "--lang")])
def test_another_language_is_refused(arguments: tuple[str, ...], mzplan: Mzplan) -> None:
    ran = mzplan(*arguments)
    assert (ran.code, ran.out) == (2, "")
    assert "--lang" in ran.err or "zh（中文）或 en（English）" in ran.err


def test_another_language_of_the_variable_is_refused(mzplan: Mzplan, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MZPLAN_LANG", "de")
    told = "MZPLAN_LANG 的 de 不是 mzplan 的语言，写 zh（中文）或 en（English）。MZPLAN_LANG: write zh or en."
    assert mzplan("status").err == f"mzplan: {told}\n"


HELPED = [(), *((name,) for name in COMMANDS), ("plan", "check"), ("plan", "schema")]


@pytest.mark.parametrize("command", HELPED, ids=" ".join)
def test_a_help_page_is_in_english(command: tuple[str, ...], mzplan: Mzplan) -> None:
    shown = mzplan(*command, "--help", "--lang", "en").out
    assert shown.startswith(" ".join(("Usage: mzplan", *command)))
    assert not CHINESE.search(shown)


SHOWN = (
    ("status", "--full"),
    ("status", "--unit", "yiwu"),
    ("status", "--area", "2", "--trend", "6"),
    ("status", "--compare"),
    ("status", "--by", "status"),
    ("status", "--by", "task", "--format", "csv"),
    ("status", "--only", "behind", "--format", "markdown"),
    ("status", "--indicator", "T05-03", "--format", "html"),
    ("status", "--period", "2023-01", "--unit", "panan"),
    ("explain", "T05-03", "yiwu"),
    ("explain", "T20-10"),
    ("explain", "T25-09", "panan"),
    ("check", "--today", "2023-10-09"),
    ("check", "--show-settings"),
    ("rule",),
    ("help",),
    ("help", "nothing-like-it"),
    ("status", "--unit", "nowhere"),
    ("status", "--period", "2023-12"),
    ("status", "--sort", "rank", "--no-rank"),
    ("status", "--trend", "99"),
    ("status", "--unti", "yiwu"),
    ("stauts",),
    ("explain",),
    ("explain", "T99-99"),
    ("check", "--all"),
    ("report",),
    ("status", "-o", "a.pdf"),
)


@pytest.mark.parametrize("arguments", SHOWN, ids=" ".join)
@pytest.mark.usefixtures("shipped")
def test_nothing_on_a_screen_is_in_chinese(
    arguments: tuple[str, ...], mzplan: Mzplan, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MZPLAN_LANG", "en")
    ran = mzplan(*arguments)
    assert ran.code in (0, 1, 2)
    assert ran.out or ran.err
    for line in lines(ran.out + ran.err):
        assert not CHINESE.search(unquoted(line))
        assert not GLUED.search(unquoted(line))


def test_where_there_is_no_project_it_is_told_in_english(
    tmp_path: Path, mzplan: Mzplan, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    ran = mzplan("status", "--lang", "en")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("mzplan: This is not a project: ")
    assert ran.err.endswith(" --plan plan.yaml --data data.\n")
    assert not CHINESE.search(ran.err)


@pytest.mark.parametrize("width", ["60", "80", "100", "120"])
@pytest.mark.usefixtures("shipped")
def test_english_fits_into_a_terminal(width: str, mzplan: Mzplan, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", width)
    shown = mzplan("status", "--lang", "en", "--format", "terminal").out
    assert not CHINESE.search(shown)
    assert max(map(len, shown.splitlines())) <= int(width)


@pytest.mark.usefixtures("shipped")
def test_the_page_for_the_director_is_in_english(tmp_path: Path, mzplan: Mzplan) -> None:
    page = tmp_path / "page.html"
    assert mzplan("report", "--lang", "en", "--unit", "yiwu", "-o", page).code == 0
    text = page.read_text("utf-8")
    assert "<html lang=en>" in text
    for line in lines(text):
        assert not CHINESE.search(unquoted(line))
        assert not GLUED.search(unquoted(line))


@few("asked", [(), ("--unit", "panan"), ("--compare",), ("--trend",)], [("--unit", "panan"), ("--compare",)])
@pytest.mark.usefixtures("shipped")
def test_the_workbook_is_in_english_with_the_rules_that_colour_it(
    asked: tuple[str, ...], tmp_path: Path, mzplan: Mzplan
) -> None:
    """A light behind which a mark stands was glued to it, and stayed Chinese."""
    path = tmp_path / "status.xlsx"
    assert mzplan("status", "--lang", "en", *asked, "-o", path).code == 0
    book = openpyxl.load_workbook(path)
    texts = [str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row]
    rules = [rule for sheet in book for marked in sheet.conditional_formatting for rule in marked.rules]
    texts += [formula for rule in rules for formula in rule.formula]
    with ZipFile(path) as parts:
        printed = [parts.read(name).decode() for name in parts.namelist() if "sheet" in name or "docProps" in name]
    texts += [text for part in printed for text in re.findall(">([^<]*)<", part)]
    assert any("Page &amp;P of &amp;N" in text for text in texts)
    assert [text for text in (*texts, *book.sheetnames) if CHINESE.search(unquoted(text))] == []


@pytest.mark.usefixtures("shipped")
def test_the_bulletin_stays_chinese_and_says_so(mzplan: Mzplan) -> None:
    chinese = mzplan("summary")
    ran = mzplan("summary", "--lang", "en")
    assert (ran.code, ran.out) == (0, chinese.out)
    assert ran.err == (
        "The bulletin and its verification are in Chinese only; --lang en is for help, hints and errors.\n"
    )
    refused = mzplan("summary", "--lang", "en", "--date", "soon")
    assert (refused.code, refused.err.splitlines()[-1]) == (
        2,
        "mzplan: soon is not a date. Write YYYY-MM-DD, such as 2023-10-15.",
    )


@pytest.mark.usefixtures("shipped")
def test_machines_get_the_same_keys_and_figures(mzplan: Mzplan) -> None:
    asked = ("status", "--unit", "yiwu", "--format", "json")
    assert mzplan(*asked, "--lang", "en").out == mzplan(*asked).out


def test_the_glossary_calls_an_idea_what_the_screens_call_it() -> None:
    rows = re.findall(
        r"^\| ([^|]+) \| ([^|（]+?)(?:（[^|]*)? \|", (ROOT / "docs" / "reference" / "glossary.md").read_text(), re.M
    )
    shown = {chinese: (english(chinese).casefold(), told) for told, chinese in rows if chinese in texts()}
    assert len(shown) > 15
    assert [pair for pair in shown.values() if pair[0] != pair[1]] == []


def leaves(value: object, path: str = "") -> Iterator[tuple[str, object]]:
    """Each value of a document with the keys that lead to it."""
    if isinstance(value, dict | list):
        for key, each in value.items() if isinstance(value, dict) else enumerate(value):
            yield from leaves(each, f"{path}/{key}")
    else:
        yield path, value


@pytest.mark.parametrize(
    "asked",
    [
        "status",
        "status --by status",
        "status --by lead",
        "check",
        "explain T25-09",
        "explain T20-10 lanxi",
        "plan",
        "lights",
        "doctor",
        "rule MZ101",
        "impact nowhere",
    ],
)
@pytest.mark.usefixtures("shipped")
def test_json_has_sentences_in_the_language_of_the_run_and_names_as_the_plan_has_them(
    mzplan: Mzplan, asked: str
) -> None:
    """Keys, codes and figures are the same in both; what stays Chinese stands in the plan, its breakdown or a file."""
    chinese, said = (dict(leaves(json.loads(mzplan(*asked.split(), "-f", "json", *more).out))) for more in ((), EN))
    assert chinese.keys() == said.keys()
    differing = {path for path, text in said.items() if text != chinese[path]}
    assert differing <= {path for path, text in chinese.items() if CHINESE.search(str(text))}
    page = (ROOT / "docs" / "reference" / "json.md").read_text("utf-8")
    row = next(row for row in re.findall("^\\| `.*", page, re.M) if f"`{asked.split()[0]}`" in row.split("|")[1])
    keys = {re.sub(r"/(\d+)", "[]", path).strip("[]/").replace("/", ".") for path in differing}
    assert {key.removesuffix("[]") for key in keys} <= {key.removesuffix("[]") for key in re.findall("`([^` ]*)`", row)}
    files = "".join(path.read_text("utf-8") for path in (*ROOT.glob("plan/2023*"), *ROOT.glob("data/*/*.csv")))
    stays = {str(text) for path, text in said.items() if not path.endswith(("/bad", "/good"))}
    assert [text for text in stays if CHINESE.search(unquoted(text)) and text not in files] == []


def test_what_an_english_screen_calls_a_thing_may_be_typed() -> None:
    """In whatever capitals: the hint proposed the very name that had been refused."""
    plan = load_plan("plan/2023.yaml")
    for unit in plan.reporting_units:
        assert {query.unit_named(plan, name) for name in (unit.name, unit.name_en, unit.id.upper())} == {unit.id}
    for area in plan.action_areas:
        short = plan.english[area.short]
        assert {query.area_named(plan, name) for name in (area.name, area.name_en, short, short.upper())} == {
            area.number
        }
    for task in plan.tasks:
        assert query.task_named(plan, task.name_en) == task.number
    called = Counter(each.name_en for each in plan.indicators.values())
    for indicator in plan.indicators.values():
        if called[indicator.name_en] == 1:
            assert query.indicator_named(plan, indicator.name_en) == indicator.id
    for status, word in STATUS_ZH.items():
        assert query.status_named(english(word)) is query.status_named(english(word).upper()) is status
    assert query.status_named(english(INCOMPLETE)) is Status.MISSING
    assert query.status_named("met") is query.status_named("completed") is Status.MET
    assert query.unit_named(plan, plan.english[plan.city]) is query.unit_named(plan, "whole city") is None


@pytest.mark.usefixtures("shipped")
def test_a_language_may_be_asked_for_in_capitals(mzplan: Mzplan, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MZPLAN_LANG", "EN")
    assert mzplan("lights").out == mzplan("lights", "--lang", "En").out
    ran = mzplan("collect", "nowhere")
    assert (ran.code, ran.err[:35]) == (2, "mzplan: cannot find nowhere. Check ")


@pytest.mark.parametrize("given", [EN, ("--lang=zh",), ()], ids=" ".join)
def test_a_language_alone_asks_for_the_help_page(given: tuple[str, ...], mzplan: Mzplan) -> None:
    assert mzplan(*given) == mzplan(*given, "--help")


def test_a_language_that_there_is_not_is_quoted_as_it_was_written(mzplan: Mzplan) -> None:
    assert mzplan("--lang", "en_US").err.startswith("mzplan: --lang 的 en_US 不是")


@pytest.mark.usefixtures("shipped")
def test_a_page_that_there_is_in_chinese_alone_says_so(mzplan: Mzplan) -> None:
    for name, page in pages().items():
        is_alone = page.name.endswith(".zh.md") and not page.with_name(f"{name}.md").exists()
        assert (mzplan("help", name, "--lang", "en").err != "") is is_alone
        assert mzplan("help", name).err == ""
    told = mzplan("help", "collect", "--lang", "en").err
    assert told == "This page is in Chinese only; which are in English: mzplan help --lang en.\n"
