"""English for plans: every text of a rule, every template of the modules about plans, and what their commands show."""

import ast
import importlib
import inspect
import re
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from string import Formatter
from types import ModuleType

import pytest

from conftest import Mzplan, parsed, through, unquoted, walked
from mzplan.english import CHINESE, texts
from mzplan.plan.indicator import KINDS
from mzplan.plan.lights import PRESETS
from repositories import Git, commit, git
from test_annotated_lost import book_of

__all__ = ["git"]

pytestmark = pytest.mark.untraced

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "src" / "mzplan"
RENDERED = ("breakdown", "collect", "doctor", "impact", "impact_refusal", "lights", "plan")
COMMANDS = ("breakdown", "collect", "doctor", "impact", "init", "lights", "next_year", "overwriting", "plan", "sheets")
MODULES = [
    *(f"mzplan.plan.{path.stem}" for path in sorted((PACKAGE / "plan").glob("*.py")) if path.stem != "__init__"),
    *(f"mzplan.render.{name}" for name in RENDERED),
    *(f"mzplan.cli.{name}" for name in (*COMMANDS, "template")),
]


def fields(template: str) -> list[str]:
    return sorted({name for _, name, _, _ in Formatter().parse(template) if name is not None})


def said(module: ModuleType) -> Iterator[str]:
    """The templates that a module says or reports: of `say`, of its tables of messages."""
    for node in walked(parsed(inspect.getsource(module))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "say":
            yield from _meant(module, node.args[0])
    for name, table in vars(module).items():
        if name.endswith("MESSAGES") and isinstance(table, Mapping):
            yield from (template for pair in table.values() for template in pair)


def _meant(module: ModuleType, node: ast.expr) -> Iterator[str]:
    """What a first argument of `say` may be, as far as it stands in the module."""
    for each in ast.walk(node):
        value = getattr(module, each.id, "") if isinstance(each, ast.Name) else ""
        value = each.value if isinstance(each, ast.Constant) else value
        found = list(value.values()) if isinstance(value, Mapping) else [value]
        yield from (text for text in found if isinstance(text, str))


UNDERSTOOD = (
    *("breakdown_columns", "breakdown_sheet", "clause", "direction", "document"),
    *("document_figures", "meant", "next_year", "stage_words", "starter"),
)
"""Modules of which most Chinese is what files are understood by, or is written into them."""
NEVER_SHOWN = frozenset(
    {
        "民政局",  # what is taken off a name
        *(
            "填报单位名称",
            "单位名称",
            "县(市、区)",
            "县市区",
            "县区",
            "区县",
            "指标编号",
            "指标代码",
        ),  # headings of tables
        *(
            "：",
            "，",
            "｛",
            "｝",
            "［",
            "］",
            "；",
            "＝",
            "＋",
            "－",
            "＠",
            "、",
            " 或 ",
        ),  # signs, and what stands between
        *("万", "亿", "元", "下达", "正式分解", "测算", "参考测算", "【待改】"),
        *("{period} 全市 {figure}{unit}（{told}）", "{above}/{below}，{told}"),  # into next year's plan
        *("已报{reported}家、未报{silent}家", "{reported}家都已报"),
        *("填报表.xlsx", "参考分解（测算）：按{weight}"),  # names a file, and is written into one
        *(kind.how_to_fill for kind in KINDS.values()),  # into forms
    }
)


def words(module: ModuleType) -> Iterator[str]:
    """The Chinese texts of a module, but for patterns, examples, descriptions of keys, and the help of commands."""
    tree = parsed(inspect.getsource(module))
    passed = {
        id(part)
        for node in walked(tree)
        if isinstance(node, ast.Expr | ast.JoinedStr)
        or (isinstance(node, ast.keyword) and node.arg in ("help", "description", "bad", "good"))
        or (isinstance(node, ast.Call) and ast.unparse(node.func) == "re.compile")
        for part in ast.walk(node)
        if isinstance(part, ast.Constant)
    }
    passed -= {
        id(part)
        for node in walked(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Yield | ast.Call)
        for part in ast.walk(node)
    }
    for node in walked(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in passed:
            yield node.value


@through("name", [name for name in MODULES if name.rpartition(".")[2] not in UNDERSTOOD])
def test_every_word_that_a_screen_may_show_has_its_english(name: str) -> None:
    for text in words(importlib.import_module(name)):
        if CHINESE.search(text) and text not in NEVER_SHOWN:
            assert text in texts()


@through("name", MODULES)
def test_every_template_has_its_english_with_the_same_fields(name: str) -> None:
    for template in said(importlib.import_module(name)):
        if CHINESE.search(template):
            assert template in texts()
            assert fields(template) == fields(texts()[template])


def test_the_presets_of_lights_have_their_english() -> None:
    for preset in PRESETS.values():
        assert {preset.title, preset.note} <= texts().keys()
        assert preset.source in texts() or preset.source.startswith("http")


@pytest.fixture
def demo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The plan and data that are shipped, in a folder of their own, we in it, and English asked for."""
    shutil.copytree(ROOT / "plan", tmp_path / "plan")
    shutil.copytree(ROOT / "data", tmp_path / "data")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("MZPLAN_LANG", "en")
    return tmp_path


SHOWN = (
    ("plan",),
    ("plan", "--format", "markdown"),
    ("plan", "check"),
    ("lights",),
    ("lights", "--lights", "tianjin-2022", "--period", "2023-06"),
    ("breakdown",),
    ("breakdown", "T26-02", "--by", "equal"),
    ("template", "--all", "--period", "2023-10", "--output", "forms/"),
    ("doctor",),
    ("init", "new", "--city", "Nowhere", "--year", "2026", "--units", "north=North County"),
)


@pytest.mark.parametrize("arguments", SHOWN, ids=" ".join)
def test_nothing_of_the_shipped_plan_is_shown_in_chinese(
    arguments: tuple[str, ...], demo: Path, mzplan: Mzplan
) -> None:
    ran = mzplan(*arguments)
    assert ran.code in (0, 1)
    assert ran.out or ran.err
    for line in (ran.out + ran.err).splitlines():
        assert not CHINESE.search(unquoted(line))


def test_the_english_screens_read_like_this(demo: Path, mzplan: Mzplan) -> None:
    plan = mzplan("plan", "--task", "26").out
    assert "Issued by Jinhua Civil Affairs Bureau on 2023-04-10" in plan
    assert "Area 9 Resettled migrants: Security and common prosperity for reservoir migrants" in plan
    assert "T26-03  Acceptance of resettlement at the pumped-storage station" in plan
    assert "≥3 reservoirs" in plan
    assert "≥1 item " in mzplan("plan", "--task", "1").out
    assert mzplan("breakdown", "T05-03").out.startswith(
        "T05-03 New beds in dementia-care units: whole city target 800 beds, broken down by residents\n"
    )
    assert "Reporting unit foo is not known. There are: Wucheng District, " in mzplan("template", "--unit", "foo").err
    assert mzplan("lights", "strictt").err == (
        "mzplan: Light preset strictt is not known. "
        "Did you mean strict? There are: strict, yinchuan-2025, tianjin-2022, sanya-2022, xuancheng-2020.\n"
    )


def test_a_wrong_plan_is_told_in_english(demo: Path, mzplan: Mzplan) -> None:
    path = Path("plan/2023.yaml")
    text = path.read_text("utf-8")
    text = text.replace("target: {at_least: 800}\n            breakdown: population", "target: 80", 1)
    path.write_text(
        text.replace("kind: milestone", "kind: milstone", 1).replace("publisher: ", "publishers: ", 1), "utf-8"
    )
    ran = mzplan("plan", "check")
    assert ran.code == 2
    told = [line.split(" ", 3)[3] for line in ran.out.splitlines()[:3]]
    assert told[0].startswith("there is no key publishers; did you mean publisher? keys: title, city, year, issued, ")
    assert told[1].startswith("kind cannot be “milstone”; did you mean “milestone”? choose from: count, stock, ")
    assert told[2] == (
        "target needs a direction, not 80; write {at_least: number}, {at_most: number}, "
        "{about: number, tolerance: per cent}, {growth: per cent} or undefined"
    )
    assert ran.out.endswith("× plan/2023.yaml: 3 errors, 0 warnings.\n")


def test_a_wrong_plan_is_told_by_its_english_names(demo: Path, mzplan: Mzplan) -> None:
    """A row twice, by whatever command reads the plan, and one alias for two."""
    path, parts = Path("plan/2023.yaml"), Path("plan/2023.breakdown.csv")
    plan, rows = path.read_text("utf-8"), parts.read_text("utf-8-sig").splitlines(keepends=True)
    parts.write_text("".join([*rows, rows[1]]), "utf-8")
    for command in (("plan", "check"), ("status",), ("check",), ("summary",), ("explain", "T05-03")):
        ran = mzplan(*command)
        assert ran.code == 2
        assert re.search("MZ785 .* has a row for [A-Z][a-z]+ (District|County|City) already", ran.out + ran.err)
    parts.write_text("".join(rows), "utf-8")
    path.write_text(plan.replace("aliases: [金东]", "aliases: [婺城区]", 1), "utf-8")
    told = mzplan("plan", "check").out
    assert "MZ722" in told
    assert "Wucheng District" in told
    assert not CHINESE.search(unquoted(told))


def test_a_key_without_its_indicator_is_told_with_it(demo: Path, mzplan: Mzplan) -> None:
    path = Path("plan/2023.yaml")
    path.write_text(path.read_text("utf-8").replace("            kind: stock\n", "", 1), "utf-8")
    assert "T01-02: required key kind is missing; add kind, one of: count" in mzplan("plan", "check").out


def test_what_differs_is_told_in_english(demo: Path, git: Git, mzplan: Mzplan) -> None:
    git("init", "--quiet")
    git("init", "-q")
    commit(git)
    plan, data = Path("plan/2023.yaml"), Path("data/2023-09/yiwu.csv")
    plan.write_text(plan.read_text("utf-8").replace("{at_least: 600}", "{at_least: 660}", 1), "utf-8")
    data.write_text(
        data.read_text("utf-8-sig").replace("T05-03,新增认知障碍照护专区床位,190,", "T05-03,,191,"), "utf-8"
    )
    ran = mzplan("impact", "HEAD")
    assert "Target ≥600 people → ≥660 people" in ran.out
    assert "Yiwu City       2023-09  T05-03  New beds in dementia-care units     190  191" in ran.out
    assert not CHINESE.search(ran.out + ran.err)


def test_what_came_in_is_told_in_english_and_its_sender_in_chinese(demo: Path, mzplan: Mzplan) -> None:
    Path("inbox").mkdir()
    sent = Path("data/2023-09/yiwu.csv").read_text("utf-8-sig").replace("2023-09", "2023-10")
    Path("inbox/yiwu.csv").write_text(sent.replace(",190,", ",1九0,"), "utf-8")
    out = mzplan("collect", "inbox", "--as-of", "2023-11-20").out
    assert "× inbox/yiwu.csv: Yiwu City 2023-10, sent back\n" in out
    assert (
        "  Yiwu City: your form “yiwu.csv” for October 2023 has 1 error; correct and send the whole form again.\n"
        in out
    )
    assert "2023-10: 11 units owe a report: 0 filed; sent back, to be sent again: Yiwu City; not reported: " in out
    reply = Path("returns/2023-10/yiwu.txt").read_text("utf-8")
    assert reply.startswith("义乌市：你们报来的2023年10月填报表“yiwu.csv”有 1 处要改，改好后请把整张表重新发来。\n")


def test_projects_are_made_in_english_words_and_chinese_files(demo: Path, mzplan: Mzplan) -> None:
    made = mzplan("init", "--from", "plan/2023.yaml").out
    assert "  123 texts are marked “【待改】” (to be edited): write them as the document of 2024 has them\n" in made
    found = mzplan("plan", "check", "plan/2024.yaml").out
    assert "MZ718 warning: source is still to be written: “1个核心指标”; " in found
    assert not CHINESE.search(unquoted(made + found))
    assert "words_en:\n  2024年全市民政工作要点: Civil-affairs work plan of the city for 2024\n" in Path(
        "plan/2024.yaml"
    ).read_text("utf-8")
    assert "Missing: --city, --year, --units." in mzplan("init", "new").err


def test_a_key_that_is_a_word_of_the_screens_is_told_as_it_was_written(demo: Path, mzplan: Mzplan) -> None:
    path = Path("plan/2023.yaml")
    path.write_text(path.read_text("utf-8").replace("target: undefined", "target: {约: 1200}", 1), "utf-8")
    assert ": there is no key 约; keys: at_least, at_most, about, tolerance, growth\n" in mzplan("plan", "check").out


def test_what_a_hint_proposes_is_listed_in_english(demo: Path, mzplan: Mzplan) -> None:
    path = Path("plan/2023.yaml")
    text = path.read_text("utf-8")
    path.write_text(text.replace("target: {at_least: 800}", "target: 800", 1), "utf-8")
    out = mzplan("plan", "check").out
    assert "write {at_least: 800} or {at_most: 800} or {about: 800, tolerance: 5}" in out
    assert not CHINESE.search(unquoted(out))


def test_what_a_copy_does_not_keep_is_told_in_english(demo: Path, mzplan: Mzplan) -> None:
    path = Path("data/2023-09/yiwu.csv")
    table = [line.split(",") for line in path.read_text("utf-8-sig").replace(",190,", ",1九0,").splitlines()]
    path.unlink()
    path.with_suffix(".xlsx").write_bytes(book_of(table, lambda sheet: sheet.add_sparkline("K3", {"range": "E2:E3"})))
    err = mzplan("check", path.with_suffix(".xlsx"), "--annotate", "copies").err
    assert "\n  Not kept of the file: sparklines; where they are needed, mend the file itself.\n" in err
    assert not CHINESE.search(unquoted(err))


def test_an_impact_tells_its_targets_in_english(demo: Path, mzplan: Mzplan, git: Git) -> None:
    git("init", "-q", ".")
    commit(git)
    Path("data/2023-09/lanxi.csv").unlink()
    told = mzplan("impact", "HEAD").out
    assert not CHINESE.search(told)
    assert re.search(r"T25-05 .* ~14000  ", told)
    assert re.search(r"T02-03 .* all completed  ", told)


def test_what_a_plan_says_beside_a_revision_stands_in_quotes(demo: Path, mzplan: Mzplan) -> None:
    path = Path("plan/2023.yaml")
    revised = "revisions: [{from: 2023-09, target: {at_least: 900}, source: 调整通知, note: 省里追加}]"
    path.write_text(
        path.read_text("utf-8").replace("{at_least: 800}\n", f"{{at_least: 800}}\n            {revised}\n", 1)
    )
    told = mzplan("explain", "T05-03").out
    assert "\n  From 2023-09 ≥900 beds (“调整通知”); “省里追加”\n" in told
    assert not CHINESE.search(unquoted(told))


def test_what_stands_in_a_breakdown_is_quoted_in_english(demo: Path, mzplan: Mzplan) -> None:
    """Unknown columns, units, indicators, bases and figures, each of which may be Chinese."""
    path = Path("plan/2023.breakdown.csv")
    rows = path.read_text("utf-8-sig").splitlines()
    for row in ("床铺,yiwu,5,official,文号", "T05-03,丙乡,5,official,文号", "T05-03,yiwu,五,官方,文号"):
        path.write_text(f"{rows[0]}\n{row}\n", "utf-8")
        told = mzplan("plan", "check").out
        assert re.search("“(床铺|丙乡|官方|五)”", told)
        assert not CHINESE.search(unquoted(told))
    path.write_text(f"{rows[0]},来历\n{rows[1]},甲\n", "utf-8")
    assert ": Unknown column “来历”; " in mzplan("plan", "check").out


def test_a_name_that_a_file_is_told_to_write_is_one_that_it_takes(demo: Path, mzplan: Mzplan) -> None:
    """What screens in English call a thing no file may: the hint says what to write, and obeyed, nothing is told."""
    path, meant = Path("plan/2023.breakdown.csv"), re.compile("did you mean “(.+?)”")
    text = path.read_text("utf-8-sig")
    row = next(line for line in text.splitlines() if line.startswith("T05-03,yiwu,"))
    for written in (
        row.replace("yiwu", "Yiwu City"),
        row.replace("yiwu", "义务市"),
        row.replace("yiwu", "Yiwu Cty"),
        row.replace("T05-03", "New beds in dementia-care units"),
        row.replace("T05-03", "新增认知障碍照护专区床"),
    ):
        path.write_text(text.replace(row, written), "utf-8")
        (hint,) = meant.findall(mzplan("plan", "check").out)
        wrong = next(one for one, right in zip(written.split(","), row.split(","), strict=True) if one != right)
        path.write_text(text.replace(row, written.replace(wrong, hint)), "utf-8")
        assert mzplan("plan", "check").code == 0, written


def test_a_command_that_a_finding_about_the_plan_proposes_is_of_that_plan_in_that_language(
    demo: Path, mzplan: Mzplan, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("MZPLAN_LANG")
    path = Path("plan/2023.breakdown.csv")
    path.write_text(re.sub("(?m)^(T05-03,yiwu),211,", r"\1,216,", path.read_text("utf-8-sig")), "utf-8")
    for files, given in (((), ""), ((str(path.with_name("2023.yaml")),), " --plan plan/2023.yaml")):
        told = mzplan("--lang", "en", "plan", "check", *files).out.splitlines()[0]
        assert told.endswith(f"exactly: work them out again with mzplan breakdown{given} --lang en --write")


def test_a_key_that_is_missing_in_a_list_is_told_with_its_place(demo: Path, mzplan: Mzplan) -> None:
    path = Path("plan/2023.yaml")
    revisions = (
        "revisions: [{from: 2023-06, target: {at_least: 850}, source: x}, {from: 2023-09, target: {at_least: 900}}]"
    )
    target = "target: {at_least: 800}\n            "
    path.write_text(path.read_text("utf-8").replace(target, f"{target}{revisions}\n            ", 1), "utf-8")
    assert (
        ": T05-03, member 2 of revisions: required key source is missing; add source\n" in mzplan("plan", "check").out
    )


def test_doubts_and_the_mark_of_parts_are_told_in_english(demo: Path, mzplan: Mzplan) -> None:
    """Of one county's report of a month that has begun, in which nothing lags by computed parts; and of odd figures."""
    report = Path("data/2023-09/yiwu.csv")
    begun = Path("data/2023-10")
    begun.mkdir()
    (begun / "yiwu.csv").write_text(report.read_text("utf-8-sig").replace("2023-09", "2023-10"), "utf-8")
    told = mzplan("status", "--period", "2023-10").out
    assert "* reference breakdown (computed), not officially assigned" in told
    assert not CHINESE.search(told)
    shutil.rmtree(begun)
    rows = re.sub(r"(?m)^(2023-09,义乌市,T05-03,[^,]*),190,", r"\1,700,", report.read_text("utf-8-sig"))
    report.write_text(re.sub(r"(?m)^(2023-09,义乌市,T03-12,[^,]*),[0-9]+,", r"\1,7,", rows), "utf-8")
    told = mzplan("status").out
    assert "; Yiwu City T05-03 New beds in dementia-care units (from 160 in 2023-08 to 700, a change of 540: " in told
    assert not CHINESE.search(told)


def test_what_growth_needs_beside_it_is_told_in_english(demo: Path, mzplan: Mzplan) -> None:
    path = Path("plan/2023.yaml")
    text = path.read_text("utf-8").replace("target: {at_least: 800}", "target: 增长8%", 1)
    path.write_text(text.replace("新增认知障碍照护专区床位800张", "新增认知障碍照护专区床位增长8%", 1), "utf-8")
    told = mzplan("plan", "check").out
    assert "write {growth: 8}, and baseline: last year's figure beside it\n" in told
