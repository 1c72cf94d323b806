"""Every command's screens together: columns that line up on any console, one word for one idea, no English sentence."""

import ast
import html
import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import import_module
from pathlib import Path

import pytest

from conftest import parsed, walked
from mzplan import cli
from mzplan.bulletin import Request, gather
from mzplan.check.settings import catalogue
from mzplan.cli import terminal
from mzplan.cli.loading import load
from mzplan.cli.parser import COMMANDS
from mzplan.period import Period
from mzplan.plan.breakdown import break_down_by_plan, select
from mzplan.plan.lights import PRESETS
from mzplan.plan.lookup import MEANT
from mzplan.plan.model import BASIS_IN_FULL, REFERENCE_PART
from mzplan.plan.target import SCHEDULE_ZH, UNDEFINED
from mzplan.reading.files import OBSTACLE_ZH
from mzplan.reading.number import NOT_APPLICABLE_WORD
from mzplan.render import breakdown, lights, plan
from mzplan.render.breakdown import Breakdowns
from mzplan.render.columns import COLUMNS
from mzplan.render.document import Document, Heading, Listing, Table
from mzplan.render.explain.build import document as explanation
from mzplan.render.layout import Look
from mzplan.render.lights import Rules
from mzplan.render.plan import Excerpt
from mzplan.render.status.build import document as status
from mzplan.render.summary.build import document as summary
from mzplan.render.table import ruled_lines, table_lines
from mzplan.render.text import lines_of
from mzplan.said import Listed, Said, say
from mzplan.scoring.explain import explain
from mzplan.scoring.progress import STATUS_ZH, Status
from mzplan.views import StatusView
from mzplan.views.presets import effect
from mzplan.views.query import Query

pytestmark = pytest.mark.untraced

ROOT = Path(__file__).parent.parent
PLAN = ROOT / "plan" / "2023.yaml"
QUERIES = (
    Query(),
    Query(units=(None, "yiwu", "panan"), areas=(3,)),
    Query(areas=(2,)),
    Query(indicators=("T05-03",)),
    Query(by="task"),
    Query(by="status"),
    Query(only=frozenset({Status.BEHIND, Status.MISSING})),
    Query(trend=6),
    Query(compare=Period(2023, 6)),
)


@cache
def documents() -> Mapping[str, Document]:
    """What the commands show of the plan and the data that are shipped."""
    loaded = load(ROOT / "plan" / "2023.yaml", [ROOT / "data"])
    card, ledger, whole = loaded.scorecard, loaded.ledger, loaded.plan
    presets = list(PRESETS.values())
    broken = break_down_by_plan(whole, select(whole, [], any_weight=False), keep_official=True)
    bulletin = gather(whole, ledger, loaded.period).write(Request())
    return {
        **{f"status {query}": status(StatusView(card=card, ledger=ledger, query=query)) for query in QUERIES},
        "plan": plan.document(Excerpt(whole, whole.tasks)),
        "lights": lights.document(Rules(presets, [effect(card, ledger, preset) for preset in presets], card)),
        "breakdown": breakdown.document(Breakdowns(whole, broken)),
        "explain": explanation(explain(card, ledger, "T05-03", None)),
        "summary": summary(bulletin),
    }


@pytest.mark.parametrize("ambiguous", [1, 2])
@pytest.mark.parametrize("width", [80, 120, None])
def test_columns_line_up_whatever_a_character_of_ambiguous_width_takes(width: int | None, ambiguous: int) -> None:
    look = Look(width, ambiguous=ambiguous)
    checked = 0
    for name, document in documents().items():
        for table in document.tables:
            edges: dict[int, list[int]] = {}
            for line in ruled_lines(table, look) if document.is_official else table_lines(table, look):
                if not line or line[0].text.startswith("■"):
                    edges.clear()  # the next part of the table may have other columns
                elif len(line) > 1 or document.is_official:
                    found = [look.cells("".join(span.text for span in line[: at + 1])) for at in range(len(line))]
                    assert edges.setdefault(len(line), found) == found, (name, line)
                    checked += 1
    assert checked > 300


@pytest.mark.parametrize("ambiguous", [1, 2])
@pytest.mark.parametrize("width", [80, 120])
def test_no_line_is_longer_than_the_console_is_wide(width: int, ambiguous: int) -> None:
    look = Look(width, ambiguous=ambiguous)
    for name, document in documents().items():
        lines = ["".join(span.text for span in line).rstrip() for line in lines_of(document, look)]
        assert document.is_official or [line for line in lines if look.cells(line) > width] == [], name


def test_records_stand_under_each_other() -> None:
    lines = ["".join(span.text for span in line) for line in lines_of(documents()["explain"], Look(ambiguous=2))]
    places = {Look(ambiguous=2).cells(line[: line.index("data/2023")]) for line in lines if "data/2023" in line}
    assert len(places) == 1


def test_the_console_says_how_wide_its_characters_are(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("COLUMNS", "120")
    drawn = {}
    for given in ("1", "2"):
        monkeypatch.setenv("MZPLAN_AMBIGUOUS_WIDTH", given)
        drawn[given] = "".join(screen(capsys, "status --indicator T05-03"))
    longest = {given: max(map(len, re.findall("█+", text))) for given, text in drawn.items()}
    assert longest == {"1": 9, "2": 4}  # of the 90 % of one unit, in bars of ten and of five
    monkeypatch.setenv("MZPLAN_AMBIGUOUS_WIDTH", "3")
    assert "MZPLAN_AMBIGUOUS_WIDTH 要写 1 或 2，不能是 3。" in "".join(screen(capsys, "status"))


def test_a_chinese_windows_console_takes_two_cells_and_a_file_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("MZPLAN_AMBIGUOUS_WIDTH", raising=False)
    assert terminal.ambiguous_width(None) == 1
    monkeypatch.setattr(terminal, "code_page", lambda: 936)
    assert terminal.ambiguous_width(None) == 2
    assert terminal.ambiguous_width(Path("status.txt")) == 1


def letters(text: str) -> str:
    """A text without markup, blanks and what a format escapes."""
    return re.sub(r"<[^>]*>|[\s\\\\{}$|·*_]", "", text)


@pytest.mark.parametrize("name", ["markdown", "html", "latex", "docx"])
def test_every_format_tells_every_cell_of_every_document(name: str) -> None:
    for command, document in documents().items():
        if name == "docx" and command in {f"status {query}" for query in QUERIES[1:]}:
            continue  # the same tables, and it is slow
        written = getattr(import_module(f"mzplan.render.{name}"), name)(document, Look())
        text = zipfile.ZipFile(io.BytesIO(written)).read("word/document.xml").decode() if name == "docx" else written
        told = letters(html.unescape(text))
        for table in document.tables:
            cells = {cell.text for row in table.rows for cell in row if re.fullmatch(r"[\w.-]+", cell.text)}
            assert [cell for cell in cells if letters(cell) not in told] == [], command


ASKED = """
doctor
impact nope
status
status --unit 义乌市
status --unit 义乌市 --only behind,missing
status --area 2
status --indicator T05-03
status --by task
status --by status
status --trend 3
status --compare 2023-06
explain T05-03
explain T05-03 义乌市
explain T12-04 磐安县
plan
plan check
lights
lights yinchuan-2025
breakdown
summary
summary --kind brief
summary --kind reminder
summary --unit 磐安县
check
check --statistics
rule
rule MZ301
template --unit 义乌市
status extra
status --nope
status --format nope
status --trend x
status --only nope
explain
explain nope
check --max-findings -1
check nowhere
summary --kind nope
summary --kind=
plan --unit x
explain --unit x
check --jobs=
--show-completion nosh
--install-completion nosh
summary --format nope
plan nope
lights nope
breakdown nope
rule nope
nope
""".strip().splitlines()
SCREENS = [*ASKED, "--help", *(f"{command} --help" for command in COMMANDS)]

SECOND_WORDS = {
    "未定义": "定义缺失",
    "要点规定": "计划规定",
    "官方": "正式",
    "缺报": "未报",
    "未上报": "未报",
    "未填报": "未报",
    "落后": "滞后",
    "进度率": "完成率",
    "完成比例": "完成率",
    "达标率": "完成率",
    "判定规则": "亮灯规则",
    "灯色": "灯",
    "名次": "位次",
    "实际值": "完成值",
    "目标数": "目标",
    "填报月份": "报告期",
    "统计期": "报告期",
    "区县": "县（市、区）",
    "上报单位": "填报单位",
    "报错": "错误",
    "告警": "警告",
    "ERROR": "错误",
    "Error": "错误",
    "Warning": "警告",
    "没有格式": "没有输出格式",
    "找不到格式": "没有输出格式",
}
"""What an idea is not called, and what it is."""

_SENTENCE = re.compile(r"(?<![\w/.=-])[A-Za-z']+(?: [a-z']+){2,}")
"""Three English words in a row, of which only the first may begin with a capital."""
_OWN_ENGLISH = re.compile(r"mzplan [a-z ]+|pip install [a-z]+|git lfs pull|(?:\b[0-9a-f]{2} ){3,}\w*")


def screen(capsys: pytest.CaptureFixture[str], arguments: str) -> Iterator[str]:
    with pytest.raises(SystemExit):
        cli.main(arguments.split())
    yield from capsys.readouterr()


def test_a_rule_is_told_in_these_words(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    for code in catalogue():
        must_be_in_these_words("".join(screen(capsys, f"rule {code}")))


@pytest.mark.parametrize("arguments", SCREENS)
def test_one_idea_has_one_word_and_no_library_speaks_english(
    arguments: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    must_be_in_these_words("".join(screen(capsys, arguments)))


def must_be_in_these_words(shown: str) -> None:
    assert shown
    names = PLAN.read_text("utf-8")  # a plan may say things in its own words
    assert {word: right for word, right in SECOND_WORDS.items() if word in shown and word not in names} == {}
    assert _SENTENCE.findall(_OWN_ENGLISH.sub("", shown)) == []


OWNED = {
    **dict.fromkeys(STATUS_ZH.values(), "scoring/progress.py"),
    **dict.fromkeys(("正式", "参考", *BASIS_IN_FULL.values(), REFERENCE_PART), "plan/model.py"),
    **dict.fromkeys((*SCHEDULE_ZH.values(), UNDEFINED), "plan/target.py"),
    NOT_APPLICABLE_WORD: "reading/number.py",
    MEANT: "plan/lookup.py",
    **dict.fromkeys(OBSTACLE_ZH.values(), "reading/files.py"),
    **dict.fromkeys(("通过", "未通过"), "render/check/report.py"),
    **dict.fromkeys(("一致", "不符", "过期", "无法核对"), "bulletin/verify/judging.py"),
    **dict.fromkeys(("新增", "删去"), "views/impact.py"),
}
"""Where a word stands alone, and nowhere else."""
ALSO = {
    ("已完成", "plan/indicator.py"): "the last stage of a milestone, which a plan may call otherwise",
    ("未报", "reading/misread.py"): "what clerks write for no figure",
    ("新增", "submissions/another.py"): "how an indicator is called",
}
ELSEWHERE = ("english/", "bulletin/verify/grammar.py")
"""Where words stand with their English, or as drafts may have them, which need not be ours."""


def test_a_word_of_a_table_stands_alone_in_that_table_only() -> None:
    """So that a search for the quoted word finds the line behind it."""
    source, found, everywhere = ROOT / "src" / "mzplan", set(), set()
    for path in sorted(source.rglob("*.py")):
        where = path.relative_to(source).as_posix()
        if where.startswith(ELSEWHERE):
            continue
        for node in walked(parsed(path.read_text("utf-8"))):
            word = node.value if isinstance(node, ast.Constant) else None
            if isinstance(word, str) and word in OWNED:
                everywhere.add(word)
                if where != OWNED[word] and (word, where) not in ALSO:
                    found.add(f"{where}: {word}")
            elif isinstance(word, str) and where != OWNED[MEANT] and word.startswith("是否要写"):
                found.add(f"{where}: {word}")
    assert found == set()
    assert {*STATUS_ZH.values(), *OBSTACLE_ZH.values(), MEANT} <= everywhere


@cache
def written_out() -> frozenset[str]:
    """Every text of the source as it stands there, none that is put together."""
    source = ROOT / "src" / "mzplan"
    trees = [
        parsed(path.read_text("utf-8"))
        for path in source.rglob("*.py")
        if "english" not in path.relative_to(source).parts
    ]
    return frozenset(text for tree in trees for text in texts_of(tree))


OFTEN = frozenset({"填报单位", "计量单位", "进度状态", "{year}年{month}月", "{names}等"})
"""What heads columns of several kinds of tables, or is how a month is written, or a list that goes on."""


def test_a_phrase_and_a_template_stand_in_one_module_only() -> None:
    """Of what shows: whoever changes a sentence finds it once."""
    source, found = ROOT / "src" / "mzplan", dict[str, set[str]]()
    for path in sorted(
        path for layer in ("scoring", "check", "views", "render", "cli") for path in (source / layer).rglob("*.py")
    ):
        where = path.relative_to(source).as_posix()
        if not where.startswith("render/summary/"):
            for text in texts_of(parsed(path.read_text("utf-8"))):
                if len(re.findall("[\u4e00-\u9fff]", text)) > 3 or re.search(
                    "[\u4e00-\u9fff].*{|{.*[\u4e00-\u9fff]", text
                ):
                    found.setdefault(text, set()).add(where)
    assert {text: places for text, places in found.items() if len(places) > 1 and text not in OFTEN} == {}


def texts_of(tree: ast.Module) -> Iterator[str]:
    """The texts that stand in a module as they are, none that is a piece of another."""
    nodes = walked(tree)
    pieces = {id(part) for node in nodes if isinstance(node, ast.JoinedStr) for part in node.values}
    for node in nodes:
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in pieces:
            yield node.value


def not_found(text: str) -> Iterator[str]:
    """What of a text no search finds: itself, or the template that it was made of."""
    if isinstance(text, Listed):
        yield from (missed for part in text.parts for missed in not_found(part))
    elif (template := text.template if isinstance(text, Said) else str(text)) not in written_out():
        yield template


def headings_of(document: Document) -> Iterator[object]:
    """What stands over the parts of a document and its columns, and what explains its marks."""
    yield document.title
    for block in document.blocks:
        match block:
            case Heading():
                yield block.text
            case Listing():
                yield block.heading
                yield from (piece for item in block.items if block.kind == "notes" for piece in item.pieces)
            case Table():
                yield block.title
                yield from block.notes
                yield from (each.heading for each in block.columns)


def test_a_heading_is_found_as_it_stands_on_the_screen() -> None:
    """By a search for its words, those of its template where it has fields; but for what the plan says."""
    whole = load(PLAN, [ROOT / "data"]).plan
    names = {unit.name for unit in whole.units.values()} | {area.short for area in whole.action_areas} | {whole.title}
    for command, document in documents().items():
        if not document.is_official:
            texts = {
                text for text in headings_of(document) if isinstance(text, str) and re.search("[\u4e00-\u9fff]", text)
            } - names
            missed = {each for text in texts for each in not_found(text)}
            assert (command, missed) == (command, set())
    assert {"{city}滞后的目标", "各单位滞后的目标（计划规定或正式下达）", "新滞后", "不再滞后"} <= written_out()
    assert {"另有未报：{units}", "没有输出格式 {text}。{hint}"} <= written_out()
    assert list(not_found(say("没有这样{text}", text=""))) == ["没有这样{text}"]


def test_a_heading_of_several_tables_stands_in_the_table_of_columns_only() -> None:
    known = {one.heading for one in COLUMNS.values()}
    render = ROOT / "src" / "mzplan" / "render"
    made = {
        path.relative_to(render).as_posix(): headings_made(path.read_text("utf-8")) for path in render.rglob("*.py")
    }
    assert made.pop("columns.py") == known
    assert {name: texts & known for name, texts in made.items() if texts & known} == {}
    assert headings_made('Column("x", "指标", label=True), Head("位次")') == {"指标", "位次"}


def headings_made(source: str) -> set[str]:
    """The texts that columns, or heads of a page's table, are made with in place."""
    calls = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)]
    made = {"Column": 1, "Head": 0}
    places = [(call.args, made.get(ast.unparse(call.func), len(call.args))) for call in calls]
    texts = [node.value for args, at in places for node in args[at : at + 1] if isinstance(node, ast.Constant)]
    return {text for text in texts if isinstance(text, str)}


def test_only_one_module_knows_escape_codes() -> None:
    sources = (ROOT / "src" / "mzplan").rglob("*.py")
    knowing = [path.name for path in sources if re.search(r"legacy_windows|\\x1b\[", path.read_text("utf-8"))]
    assert knowing == ["colour.py"]
