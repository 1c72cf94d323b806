"""What rules and the check say in English: every text has its line, and nothing Chinese is left but what is quoted."""

import ast
import json
import re
import shutil
from collections.abc import Callable, Iterator
from functools import partial
from importlib import import_module
from pathlib import Path
from string import Formatter

import pytest

import mzplan
from conftest import Mzplan, of, parsed, unquoted, walked
from mzplan.check.baseline import fingerprints
from mzplan.check.settings import CANNOT_CHECK, catalogue
from mzplan.diagnostics import Diagnostic, Location, Rule, Severity
from mzplan.english import CHINESE, english, texts
from mzplan.render.check import FORMATS, render
from mzplan.render.check.report import CheckReport
from mzplan.rules.examples import table
from mzplan.rules.pages import document, listing, page, section, text
from mzplan.said import Said, listed, retold, say
from mzplan.submissions.header import FIELDS_ZH
from mzplan.zh import Amount
from rule_examples import PLAN, TODAY, check_example

pytestmark = pytest.mark.untraced

PACKAGES = ("check", "reading", "render/check", "rules", "submissions")
FORMS = ("submissions/blank_form.py", "submissions/form_guide.py")
"""They write forms, which are in Chinese."""
ROOT = Path(mzplan.__file__).parent
RULES = catalogue()
ON_DATA = [rule for code, rule in RULES.items() if code[2] in "123456" and rule.bad]
NAMES = {unit.name: unit.id for unit in PLAN.units.values()} | {one.name: code for code, one in PLAN.indicators.items()}
"""The plan of the examples has no English names: its codes stand for them."""
TELL = partial(english, names=NAMES)
KNOWN = {word for word in (*texts(), *NAMES) if CHINESE.search(word)}
"""Words that have their English."""


def fields(template: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(template) if name is not None}


def test_each_text_of_a_rule_has_its_english() -> None:
    for code, rule in RULES.items():
        with of(code):
            must_be_said_in_english(rule)


def must_be_said_in_english(rule: Rule) -> None:
    for said in (rule.title, rule.what, rule.why, rule.mend, rule.source):
        template = said.template if isinstance(said, Said) else said
        if template:
            assert fields(texts()[template]) == fields(template)
            assert not CHINESE.search(unquoted(english(said)))
    assert re.fullmatch("[A-Z0-9].*[^.]", english(rule.title))


def templates(path: Path) -> Iterator[str]:
    """The templates of a module that its calls of `say` name: as they stand there, or by a constant."""
    module = import_module(".".join(("mzplan", *path.relative_to(ROOT).with_suffix("").parts)))
    for call in walked(parsed(path.read_text())):
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == "say":
            for each in ast.walk(call.args[0]):
                if isinstance(each, ast.Constant) and isinstance(each.value, str):
                    yield each.value
                elif isinstance(each, ast.Name) and isinstance(value := getattr(module, each.id, None), str):
                    yield value


def test_each_template_of_the_check_has_its_english() -> None:
    paths = [path for package in PACKAGES for path in (ROOT / package).rglob("*.py")]
    asked = [path for path in paths if path.relative_to(ROOT).as_posix() not in FORMS]
    said = {template for path in asked for template in templates(path) if CHINESE.search(template)}
    assert len(said) > 300
    assert said - texts().keys() == set()
    assert {template for template in said if fields(texts()[template]) != fields(template)} == set()


@pytest.mark.parametrize("rule", ON_DATA, ids=lambda rule: rule.code)
def test_what_is_found_is_told_in_english_and_known_by_the_same_names(rule: Rule, tmp_path: Path) -> None:
    findings = check_example(rule.bad, tmp_path, today=TODAY).diagnostics
    told = [finding.told(TELL) for finding in findings]
    assert told
    for each in told:
        assert not CHINESE.search(unquoted(f"{each.message} {each.hint}")), (each.message, each.hint)
        assert not re.search(r"”\w|  |\b1 \w+s are", f"{each.message} {each.hint}"), (each.message, each.hint)
        assert "、" not in each.message + each.hint
        assert unglossed(f"{each.message} {each.hint}", KNOWN.__contains__) == []
    assert fingerprints(told, str) == fingerprints(findings, str)
    assert [each.order for each in told] == [each.order for each in findings]


REFUSED = Diagnostic(Location("data"), CANNOT_CHECK, "没有检查任何文件。", CANNOT_CHECK.severity)


def test_what_could_not_be_checked_is_known_by_the_same_name_in_english() -> None:
    assert REFUSED.told(TELL).message == "No file was checked."
    assert fingerprints([REFUSED.told(TELL)], str) == fingerprints([REFUSED], str)


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("kind", ["findings", "one", "none", "refused"])
def test_no_format_says_a_word_of_its_own_in_chinese(name: str, kind: str, tmp_path: Path) -> None:
    if kind == "refused":
        found: list[Diagnostic] = [REFUSED]
    elif kind == "none":
        found = []
    else:
        rows = ["2031-03,qingshan,T01-99,,12,,,,"] * (1 if kind == "one" else 12) + ["2031/3,qingshan,T01-01,,12,,,,"]
        found = list(check_example(table(*rows), tmp_path).diagnostics)
        assert {each.severity for each in found} == {Severity.ERROR, Severity.WARNING}
        found = [each._replace(location=each.location._replace(path="a.csv")) for each in found]
    report = CheckReport(
        diagnostics=[each.told(TELL) for each in found],
        files=["a.csv", "b.csv"],
        records=12,
        tell=TELL,
        field_names=FIELDS_ZH,
        unit_names={"qingshan": "Qingshan"},
        indicator_name=lambda finding: "Beds",
        is_refused=kind == "refused",
        waived=1,
        ignored=3,
        ignored_by_option=1,
        known=2,
        unchanged=1,
        excluded=1,
        cap=3,
        statistics=True,
        verbose=True,
    )
    assert not CHINESE.search(unquoted(render(name, report)))


def test_the_pages_of_rules_are_in_english_but_for_their_examples() -> None:
    assert not CHINESE.search(unquoted(listing(RULES, TELL)))
    assert not CHINESE.search(unquoted(re.sub("(?ms)^```.*?^```", "", page(RULES, TELL))))
    for rule in RULES.values():
        assert not CHINESE.search(unquoted(re.sub("(?m)^    .*", "", text(rule, TELL))))
        assert not CHINESE.search(unquoted(re.sub("(?ms)^(```+).*?^\\1", "", section(rule, TELL))))
        shown = {key: value for key, value in document(rule, TELL).items() if key not in ("bad", "good")}
        assert not CHINESE.search(unquoted(str(shown)))


def test_a_text_is_changed_inside_and_still_said_in_english() -> None:
    file = say("无法读取 {path}：{reason}", path="/tmp/old/waivers.csv", reason="磁盘空间不足")
    whole = listed([file, say("“{text}”{fault}", text="/tmp/old", fault=FIELDS_ZH["value"])], "；")
    changed = retold(whole, lambda plain: plain.replace("/tmp/old", "main:"))
    assert changed == "无法读取 main:/waivers.csv：磁盘空间不足；“main:”完成值"
    assert english(changed) == "cannot read main:/waivers.csv: no space left on the disk; “main:”value"


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, mzplan: Mzplan) -> Mzplan:
    """A project of one report with an error and what is missing beside it."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "plan").mkdir()
    shutil.copy(Path(__file__).parent / "plans" / "tiny.yaml", tmp_path / "plan" / "2023.yaml")
    (tmp_path / "data" / "2023-03").mkdir(parents=True)
    rows = table("2023-03,甲县,T01-01,服务类救助项目数,1O,,,,", "2023-03,甲县,T02-02,发展规划,未启动,,,,")
    (tmp_path / "data" / "2023-03" / "jia.csv").write_text(rows)
    return mzplan


def test_programs_are_told_the_same_in_either_language_but_for_the_words(project: Mzplan, tmp_path: Path) -> None:
    said = {}
    for language in ("zh", "en"):
        checked = ("--lang", language, "check", "--today", "2023-04-05")
        (run,) = json.loads(project(*checked, "--format", "sarif").out)["runs"]
        said[language] = run["results"]
        assert (
            project("--lang", language, "check", "--today", "2023-04-05", "--write-baseline", f"{language}.json").code
            == 0
        )
    assert len(said["zh"]) > 1
    for chinese, other in zip(said["zh"], said["en"], strict=True):
        assert CHINESE.search(chinese.pop("message")["text"])
        assert not CHINESE.search(unquoted(other.pop("message")["text"]))
        assert chinese == other
    assert (tmp_path / "zh.json").read_bytes() == (tmp_path / "en.json").read_bytes()
    assert project("--lang", "en", "check", "--today", "2023-04-05", "--baseline", "zh.json").code == 0


def unglossed(said: str, is_known: Callable[[str], object]) -> list[str]:
    """What stands in quotes behind which its meaning is missing; a word may itself be the meaning, in brackets."""
    quoted = re.finditer(r"(\(?)“([^“”]*)”(\)| \()?", said)
    return [each[2] for each in quoted if is_known(each[2]) and each[3] != " (" and not (each[1] and each[3])]


def test_what_is_quoted_in_chinese_is_glossed() -> None:
    """What is to be written into a file is Chinese; whoever reads English has to know what it says."""
    assert unglossed("write “甲” or “乙” (B), not C (“丙”)", CHINESE.search) == ["甲"]
    assert [said for said in texts().values() if unglossed(said, CHINESE.search)] == []


def test_what_stands_in_quotes_is_said_as_it_is_to_be_written() -> None:
    hint = "数没有错的，“说明”写明原因和{what}，如“…，{words}”。"
    words = say("{part}比上次{up}{amount}", part="", up="增加", amount=Amount("1015", "张"))
    assert english(say(hint, what="增减的数", words=words), {"张": "bed|beds"}).endswith(
        "such as “…，比上次增加1015张” (1015 beds more than last time; in place of the dots the reason, in Chinese)."
    )
    for new, told in (("1", "1 bed: "), ("1.1", "1.1 beds: "), ("11", "11 beds: "), ("2", "2 beds: ")):
        message = say("{new} {unit}像是{words}，{known}", new=new, unit="张", words="多写了几位", known="")
        assert english(message, {"张": "bed|beds"}).startswith(told)
    words = say("{part}比上次{up}{amount}", part="分子", up="减少", amount=Amount("1", "张"))
    assert english(words, {"张": "bed|beds"}) == "numerator 1 bed less than last time"
