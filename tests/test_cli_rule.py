"""Every rule can be explained, in the terminal and as Markdown."""

import json
import re

import pytest

from conftest import Mzplan, of
from mzplan.check.settings import SETTINGS_RULES, catalogue
from mzplan.diagnostics import Rule, Severity, show
from mzplan.plan.rules import PLAN_RULES
from mzplan.rules import RULES
from mzplan.rules.pages import FAMILIES, page, section, visible


def test_a_rule_tells_a_clerk_what_why_and_how_to_mend() -> None:
    for code, rule in catalogue().items():
        with of(code):
            must_tell_what_why_and_how(rule)


def must_tell_what_why_and_how(rule: Rule) -> None:
    assert re.fullmatch(r"MZ[1-9]\d\d", rule.code)
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", rule.name)
    for part in (rule.title, rule.what, rule.why, rule.mend):
        assert re.search("[\u4e00-\u9fff]", part)
        assert show(part.replace("\n", ""), 2000) == part.replace("\n", "")
    assert len(rule.title) <= 24
    assert not rule.title.endswith("。")
    assert {part[-1] for part in (rule.what, rule.why, rule.mend)} == {"。"}


def test_codes_and_names_are_unique_and_in_order() -> None:
    assert list(catalogue()) == sorted(catalogue())
    assert len({rule.name for rule in catalogue().values()}) == len(catalogue())
    assert {*RULES, *(rule.code for rule in (*PLAN_RULES, *SETTINGS_RULES))} <= catalogue().keys()


def test_the_list_has_every_rule_under_its_family(mzplan: Mzplan) -> None:
    code, out, err = mzplan("rule")
    assert (code, err) == (0, "")
    lines = out.splitlines()
    assert [line for line in lines if line.startswith("MZ")] == [f"MZ{n}xx {name}" for n, name in FAMILIES.items()]
    listed = [line.split()[0] for line in lines if line.startswith("  MZ")]
    assert listed == list(catalogue())


def test_one_rule_is_explained(mzplan: Mzplan) -> None:
    code, out, _ = mzplan("rule", "MZ803")
    assert code == 0
    assert out == (
        "MZ803 invalid-setting（错误）：设置的值不对\n"
        "\n"
        "是什么：mzplan.toml 不符合 TOML 语法，或某一项的值不是应有的类型，或同一条规则既要算错误又要算警告。\n"
        "\n"
        "为什么：值不对就无法知道要怎样检查，不能猜。\n"
        "\n"
        "怎么改：select、ignore、error、warn 是规则编号的列表，strict 是 true 或 false，jobs 是 DuckDB 的线程数。\n"
        "\n"
        "错误的例子：\n"
        '    strict = "yes"\n'
        "\n"
        "正确的例子：\n"
        "    strict = true\n"
    )


def test_a_rule_is_found_by_name_and_in_lower_case(mzplan: Mzplan) -> None:
    by_code = mzplan("rule", "MZ803")
    assert mzplan("rule", "invalid-setting") == by_code
    assert mzplan("rule", "mz803") == by_code


def test_a_family_is_explained_rule_by_rule(mzplan: Mzplan) -> None:
    out = mzplan("rule", "MZ8xx")[1]
    assert re.findall(r"^MZ\d+", out, flags=re.MULTILINE) == [code for code in catalogue() if code.startswith("MZ8")]


def test_programs_get_json(mzplan: Mzplan) -> None:
    one = json.loads(mzplan("rule", "MZ814", "--format", "json")[1])
    assert (one["code"], one["name"], one["severity"], one["source"]) == ("MZ814", "expired-waiver", "warning", None)
    every = json.loads(mzplan("rule", "--format", "json")[1])
    assert [rule["code"] for rule in every] == list(catalogue())
    assert one in every


def test_markdown_is_the_page_and_its_section(mzplan: Mzplan) -> None:
    one = mzplan("rule", "MZ814", "--format", "markdown")[1]
    assert one == section(catalogue()["MZ814"])
    assert one in mzplan("rule", "--format", "markdown")[1] == page(catalogue())


def test_an_error_of_the_data_says_that_relaxing_it_changes_no_figure(mzplan: Mzplan) -> None:
    said = {code: "放宽" in mzplan("rule", code, "--format", "markdown")[1] for code in ("MZ301", "MZ303", "MZ803")}
    assert said == {"MZ301": True, "MZ303": False, "MZ803": False}


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("MZ3O1", "没有规则“MZ3O1”。是否要写 mzplan rule MZ301？"),
        ("expired-waver", "没有规则“expired-waver”。是否要写 mzplan rule expired-waiver？"),
        ("一二三", "没有规则“一二三”。用 mzplan rule 查看全部规则。"),
        ("\x1b[31m::error::", "没有规则“\\x1b[31m::error::”。用 mzplan rule 查看全部规则。"),
        ("", "参数 CODE 是空的。\n用法见 mzplan rule --help。"),
    ],
)
def test_an_unknown_rule_cannot_be_explained(word: str, expected: str, mzplan: Mzplan) -> None:
    assert mzplan("rule", word) == (2, "", f"mzplan: {expected}\n")


def test_an_unknown_format_stops_the_run(mzplan: Mzplan) -> None:
    code, out, err = mzplan("rule", "MZ803", "--format", "xml")
    assert (code, out) == (2, "")
    assert err == "mzplan: 没有输出格式 xml。可用的有：text、markdown、json。\n"


def test_hidden_characters_in_an_example_are_spelt_out() -> None:
    rule = Rule("MZ999", "x", Severity.ERROR, "", "", "", "", bad="a\x1b\u200b,b\r\nc\n")
    assert visible(rule.bad) == "a\\x1b\\u{200b},b\nc"
