"""No sentence of a screen is filled by hand: only a template with its fields can be said in English."""

import ast
import importlib
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from conftest import Mzplan, of, parsed, walked
from mzplan.english import BETWEEN, CHINESE, texts
from mzplan.render.summary import template_faults

PACKAGE = Path(__file__).parent.parent / "src" / "mzplan"
CHINESE_BY_DECISION = (
    *("bulletin", "render/summary/build", "render/summary/verification", "render/workbook"),  # official prose
    *("submissions/blank_form", "submissions/form_guide", "render/form_workbook"),  # forms that clerks fill in
    *("render/annotated/build", "render/annotated/listing", "render/annotated/marks"),  # what senders get back
    *("submissions/filed", "submissions/received"),  # likewise
    *("plan/next_year", "cli/next_year"),  # the comments in a plan's file
    *("period", "zh"),  # how Chinese writes numbers and months
    *(
        "plan/form_meant",
        "plan/scale",
        "submissions/other_sheets",
        "submissions/figures_said",
        "submissions/statements",
    ),  # what is read, not told
    *("rules/bearing", "rules/evidence"),
    *("render/docx", "render/text", "render/document"),  # headings of the bulletin
    "english",
)
OF_SCREENS = (
    "cli/",
    "render/",
    "views/",
    "check/",
    "scoring/",
    "plan/model",
    "plan/breakdown",
    "submissions/form_guide",
)
OF_PROSE = ("render/summary/", "render/workbook", "render/document")
"""What is official prose, or a heading of it with its colon."""
OPENS_WITH_A_SIGN = frozenset(
    {
        *("{told}{back}{away}", "{change}{why}", "{message}{quoted}", "{lacking}{why}"),  # a stop, as of a clause
        *("{amount}{carried}", "{text}{mark}", "{actual}/{target}{carried}", "`{name}` · {level}{fixable}"),  # brackets
        *("{indicator} {name} {unit}{start} {before} → {now}", "{start}  {title}{fixable}"),  # likewise
        *("{amount}{mark}", "{word}{mark}", "{rank}{moved}", "{sign}{number}", "{name}{suffix}"),  # no words
    }
)
"""Templates of fields that touch, of which the second brings what stands between."""
PATHS = [path for path in sorted(PACKAGE.rglob("*.py")) if path.relative_to(PACKAGE).parts[0] != "english"]


def name_of(path: Path) -> str:
    return path.relative_to(PACKAGE).with_suffix("").as_posix()


def is_chinese(node: ast.AST) -> bool:
    return any(
        isinstance(each, ast.Constant) and isinstance(each.value, str) and CHINESE.search(each.value) is not None
        for each in ast.walk(node)
    )


def filled(source: str) -> Iterator[str]:
    """What a module fills by hand while it runs: Chinese before `.format`, its own names included, and f-strings."""
    tree = parsed(source)
    own = {
        target.id
        for node in tree.body
        if isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None and is_chinese(node.value)
        for target in ast.walk(node)
        if isinstance(target, ast.Name) and isinstance(target.ctx, ast.Store)
    }
    functions = [node for node in walked(tree) if isinstance(node, ast.FunctionDef)]
    for node in (each for function in functions for line in function.body for each in ast.walk(line)):
        if isinstance(node, ast.JoinedStr) and is_chinese(ast.Tuple([part for part in node.values])):  # noqa: C416
            yield ast.unparse(node)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr.startswith("format"):
            names = {each.id for each in ast.walk(node.func.value) if isinstance(each, ast.Name)}
            if is_chinese(node.func.value) or names & own:
                yield ast.unparse(node)


def glued(source: str) -> Iterator[str]:
    """What is joined with Chinese between, or listed with what has no English, while a module runs."""
    for node in walked(parsed(source)):
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "listed":
            between = [str(each.value) for each in node.args[1:] if isinstance(each, ast.Constant)]
            yield from (text for text in between if CHINESE.search(text) and text not in BETWEEN)
        if isinstance(node, ast.FunctionDef):
            for each in ast.walk(node):
                if isinstance(each, ast.Call) and isinstance(each.func, ast.Attribute) and each.func.attr == "join":
                    yield from [ast.unparse(each)] if is_chinese(each.func.value) else []


def flattened(source: str) -> Iterator[str]:
    """An error as a field of a sentence, or its text: only its message remembers how it was said."""
    for handler in walked(parsed(source)):
        if isinstance(handler, ast.ExceptHandler) and handler.name:
            for node in (each for line in handler.body for each in ast.walk(line) if isinstance(each, ast.Call)):
                name, given = ast.unparse(node.func), [*node.args, *(each.value for each in node.keywords)]
                is_text = name == "str" and "InputError" in ast.unparse(handler.type or handler)
                if is_text or name in ("say", "listed", "asking", "show"):
                    yield from (ast.unparse(node) for each in given if ast.unparse(each) == handler.name)


def composed(source: str) -> Iterator[str]:
    """Chinese that is put together of words that stand elsewhere, so that a search for it finds nothing; no pattern."""
    tree = parsed(source)
    patterns = [node for node in walked(tree) if is_pattern(node)]
    inside = {id(each) for node in patterns for each in ast.walk(node)}
    for node in walked(tree):
        pieces = node.values if isinstance(node, ast.JoinedStr) else []
        pieces = [node.left, node.right] if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add) else pieces
        if id(node) not in inside and any(isinstance(each, ast.Constant) and is_chinese(each) for each in pieces):
            yield ast.unparse(node)


def is_pattern(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and ast.unparse(node.func) in ("re.compile", "re.sub")


def touching(source: str) -> Iterator[str]:
    """Templates of nothing but fields, two of which touch, which English would write as one word."""
    for node in walked(parsed(source)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and re.search(r"[a-z]\}\{[a-z]", node.value):
            yield from [] if CHINESE.search(node.value) else [node.value]


def test_what_is_filled_by_hand_is_found() -> None:
    source = '_A: str = "甲{n}"\n_B = {"x": "乙{n}"}\n_C = "c{n}"\nD = _A.format(n=1)\ndef f():\n    {body}\n'
    for body in ("_A.format(n=1)", "_B['x'].format_map({})", "'丙{}'.format(1)", "f'丁{1}'", "(_C or _A).format(n=1)"):
        assert len(list(filled(source.replace("{body}", body)))) == 1, body
    assert list(filled(source.replace("{body}", "_C.format(n=1) + say(_A, n=f'{1}')"))) == []


@pytest.mark.untraced
def test_nothing_for_a_screen_is_filled_by_hand() -> None:
    for path in PATHS:
        if not name_of(path).startswith(CHINESE_BY_DECISION):
            assert (name_of(path), list(filled(path.read_text("utf-8")))) == (name_of(path), [])


def test_what_is_composed_is_found() -> None:
    assert list(composed('A = f"新{B}"\nC = "新" + B\nD = re.compile(f"新{B}")\nE = f"{B}x" + say("新{b}", b=B)')) == [
        "f'新{B}'",
        "'新' + B",
    ]


@pytest.mark.untraced
def test_every_phrase_of_a_screen_stands_written_out_in_one_place() -> None:
    for path in PATHS:
        if name_of(path).startswith(OF_SCREENS) and not name_of(path).startswith(OF_PROSE):
            assert (name_of(path), list(composed(path.read_text("utf-8")))) == (name_of(path), [])


def test_what_is_glued_or_touches_is_found() -> None:
    source = 'def f():\n    listed(x, " 与 ")\n    "、".join(x)\n    listed(x, "、")\n    ", ".join(x)'
    assert sorted(glued(source)) == [" 与 ", "'、'.join(x)"]
    assert list(touching('_A, _B, _C = "{a}{b}", "{a} {b}", "第{a}{b}"')) == ["{a}{b}"]


def padded(source: str) -> Iterator[str]:
    """Templates of a field with a blank on either side, which Chinese wants where it has none between words."""
    for node in walked(parsed(source)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield from re.findall(r"^ \{[a-z]+\} $", node.value)


@pytest.mark.untraced
def test_a_blank_of_chinese_is_none_in_english() -> None:
    assert list(padded("A, B, C = ' {a} ', '{b} ', '{a} {b}'")) == [" {a} "]
    assert {text for path in PATHS for text in padded(path.read_text("utf-8"))} - texts().keys() == set()


@pytest.mark.untraced
def test_nothing_for_a_screen_is_glued() -> None:
    for path in PATHS:
        if not name_of(path).startswith((*CHINESE_BY_DECISION, "submissions/wide")):  # what it joins is a cell's text
            source = path.read_text("utf-8")
            with of(name_of(path)):
                assert list(glued(source)) == []
                assert set(touching(source)) - texts().keys() - OPENS_WITH_A_SIGN == set()


def test_an_error_that_is_flattened_is_found() -> None:
    source = "try:\n    x()\nexcept {kind} as error:\n    {body}\n"
    for kind, body, count in (
        ("InputError", "raise InputError(say(A, fact=error)) from None", 1),
        ("(InputError, OSError)", "y = say(A, fact=str(error))", 1),
        ("OSError", "y = say(A, fact=error)", 1),
        ("OSError", "y = str(error)", 0),
        ("InputError", "y = say(A, fact=error.message)", 0),
    ):
        assert len(list(flattened(source.format(kind=kind, body=body)))) == count, body


@pytest.mark.untraced
def test_no_error_is_flattened_into_a_sentence() -> None:
    assert {name_of(path): found for path in PATHS if (found := list(flattened(path.read_text("utf-8"))))} == {}


@pytest.mark.untraced
def test_every_refusal_has_its_english() -> None:
    """The prose of a bulletin is Chinese; why none is written, or none verified, is told like everything else."""
    for path in PATHS:
        with of(name_of(path)):
            must_refuse_in_english(path)


def must_refuse_in_english(path: Path) -> None:
    tree = parsed(path.read_text("utf-8"))
    module = importlib.import_module(".".join(("mzplan", *path.relative_to(PACKAGE).with_suffix("").parts)))
    raised = [node for node in walked(tree) if isinstance(node, ast.Call) and ast.unparse(node.func) == "InputError"]
    meant = [
        value
        for call in raised
        for node in ast.walk(call)
        for value in [node.value if isinstance(node, ast.Constant) else getattr(module, getattr(node, "id", ""), "")]
        if isinstance(value, str) and CHINESE.search(value)
    ]
    assert not any(isinstance(node, ast.JoinedStr) and is_chinese(node) for call in raised for node in ast.walk(call))
    assert [text for text in meant if getattr(text, "template", text) not in texts()] == []


@pytest.mark.parametrize(
    ("template", "told"),
    [
        ("\n{{ nothing }}", "line 2: there is no such variable: nothing"),
        ("{% include 'x' %}", "line 1: a template cannot use include"),
        ("{{ 1 / 'x' }}", "line 1: / cannot be used on a number and a text"),
        ("{% if }", "line 1: “}” cannot stand here"),
        ("{{ [1][::0] }}", "line 1: it is wrong or cannot be worked out (slice step cannot be zero)"),
        ("{{ 'a' * 9 }}", "line 1: a template cannot use * on texts"),
        ("{{ bulletin }}", "line 1: only texts and numbers can be printed, no list or mapping as a whole"),
    ],
)
def test_a_template_that_fails_is_told_in_english(template: str, told: str, tmp_path: Path, mzplan: Mzplan) -> None:
    path = tmp_path / "t.j2"
    path.write_text(template)
    ran = mzplan("--lang", "en", "summary", "--template", path)
    assert (ran.code, ran.err.splitlines()[-1]) == (2, f"mzplan: Template {path}, {told}")


def test_every_fault_of_a_template_has_its_english() -> None:
    words = {*template_faults._TOKENS.values(), *template_faults._TYPES.values()}
    told = {template for _, template in template_faults._FAULTS} | {one for one in words if CHINESE.search(one)}
    assert told - texts().keys() == set()
