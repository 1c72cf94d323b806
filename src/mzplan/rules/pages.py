"""Rules as pages: what `mzplan rule` prints and `docs/rules/` holds. Knows nothing of findings."""

from collections.abc import Iterator, Mapping

from mzplan.diagnostics import Rule, Severity

LEVELS: Mapping[Severity, str] = {Severity.ERROR: "错误", Severity.WARNING: "警告"}

FAMILIES: Mapping[str, str] = {
    "1": "文件与结构",
    "2": "单元格与数字",
    "3": "填报与计划对照",
    "4": "数字之间",
    "5": "报告期之间",
    "6": "完整与及时",
    "7": "计划文件",
    "8": "豁免与设置",
    "9": "文稿与数据",
}
"""What the hundreds of the codes stand for."""

_NOT_GENERATED = "由规则的代码生成（tests/test_cli_rule.py），请勿直接修改。"


def page(rule: Rule) -> str:
    """One rule as Markdown."""
    return "\n".join(_page(rule)) + "\n"


def text(rule: Rule) -> str:
    """One rule for a terminal."""
    return "\n".join(_text(rule)) + "\n"


def listing(rules: Mapping[str, Rule]) -> str:
    """Every rule on a line of its own, for a terminal."""
    width = max((len(rule.name) for rule in rules.values()), default=0)
    lines = []
    for family, members in _families(rules):
        lines.append(f"MZ{family}xx {FAMILIES[family]}")
        lines += [
            f"  {rule.code}  {LEVELS[rule.severity]}  {rule.name.ljust(width)}  {rule.title}{_fixable(rule)}"
            for rule in members
        ]
    return "\n".join([*lines, "", "用 mzplan rule MZ301 查看一条规则的说明和例子。"]) + "\n"


_OF_DATA = "123456"
"""The families whose errors keep a record, or its whole file, out of every figure."""
_RELAXED = (
    "有这个错误的记录（或整个文件）不进入任何数字。mzplan.toml、waivers.csv 或命令行把它降为警告、豁免或不查，"
    "只改变 mzplan check 的报告和退出码；status、summary、explain 仍然不采用。"
)


def index(rules: Mapping[str, Rule]) -> str:
    """The table of contents of `docs/rules/`, as Markdown."""
    lines = ["# 校验规则", "", f"<!-- {_NOT_GENERATED} -->", ""]
    lines += ["编号一经使用不再改变，也不挪作他用。“可修复”的，`mzplan check --fix` 会自动改正。", ""]
    for family, members in _families(rules):
        lines += [
            f"## MZ{family}xx {FAMILIES[family]}",
            "",
            "| 编号 | 名称 | 级别 | 问题 | 可修复 |",
            "| --- | --- | --- | --- | --- |",
        ]
        lines += [
            f"| [{rule.code}]({rule.code}.md) | `{rule.name}` | {LEVELS[rule.severity]} | {_cell(rule.title)} "
            f"| {'是' if rule.fixable else ''} |"
            for rule in members
        ]
        lines.append("")
    return "\n".join(lines)


def pages(rules: Mapping[str, Rule]) -> Mapping[str, str]:
    """The files of `docs/rules/` by name."""
    return {"README.md": index(rules), **{f"{rule.code}.md": page(rule) for rule in rules.values()}}


def document(rule: Rule) -> dict[str, object]:
    """One rule for programs."""
    return {
        "code": rule.code,
        "name": rule.name,
        "severity": rule.severity.value,
        "title": rule.title,
        "what": rule.what,
        "why": rule.why,
        "mend": rule.mend,
        "source": rule.source or None,
        "bad": rule.bad or None,
        "good": rule.good or None,
        "fixable": rule.fixable,
    }


def _families(rules: Mapping[str, Rule]) -> Iterator[tuple[str, list[Rule]]]:
    for family in FAMILIES:
        if members := [rule for code, rule in sorted(rules.items()) if code[2] == family]:
            yield family, members


def _fixable(rule: Rule) -> str:
    return "（可自动修复）" if rule.fixable else ""


def _parts(rule: Rule) -> Iterator[tuple[str, str]]:
    yield from (("是什么", rule.what), ("为什么", rule.why), ("怎么改", rule.mend))
    if rule.code[2] in _OF_DATA and rule.severity is Severity.ERROR:
        yield "放宽", _RELAXED
    yield "依据", rule.source


def _page(rule: Rule) -> Iterator[str]:
    yield f"# {rule.code} {rule.title}"
    yield ""
    yield f"<!-- {_NOT_GENERATED} -->"
    yield ""
    family = f"MZ{rule.code[2]}xx {FAMILIES[rule.code[2]]}"
    yield f"`{rule.name}` · {LEVELS[rule.severity]}{_fixable(rule)} · {family}"
    for heading, body in _parts(rule):
        if body:
            yield from ("", f"## {heading}", "", body)
    for heading, example in (("错误的例子", rule.bad), ("正确的例子", rule.good)):
        if example:
            fence = "````" if "```" in example else "```"
            yield from ("", f"## {heading}", "", f"{fence}{_language(rule)}", visible(example), fence)


def _text(rule: Rule) -> Iterator[str]:
    yield f"{rule.code} {rule.name}（{LEVELS[rule.severity]}）：{rule.title}{_fixable(rule)}"
    for heading, body in _parts(rule):
        if body:
            yield from ("", f"{heading}：{body}")
    for heading, example in (("错误的例子", rule.bad), ("正确的例子", rule.good)):
        if example:
            yield from ("", f"{heading}：", *(f"    {line}" for line in visible(example).split("\n")))


def _language(rule: Rule) -> str:
    """The language of a rule's examples, for the page's highlighting; none for one that is several files or bytes."""
    if "\n--- " in f"\n{rule.bad}" and rule.code[2] != "7":
        return ""
    if rule.code[2] == "7":
        return "csv" if rule.bad.startswith("indicator,") else "yaml"
    return "toml" if "MZ800" <= rule.code < "MZ810" else "csv"


def visible(example: str) -> str:
    """An example with its hidden characters spelt out, without the last line end."""
    from mzplan.diagnostics import show

    lines = example.removesuffix("\n").replace("\r\n", "\n").split("\n")
    return "\n".join(show(line, 400) for line in lines)


def _cell(text: str) -> str:
    return text.replace("|", "\\|")
