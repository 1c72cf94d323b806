"""Rules as people read them: what `mzplan rule` prints and `docs/rules.md` holds. Knows nothing of findings."""

from collections.abc import Callable, Iterable, Iterator, Mapping

from mzplan.diagnostics import LEVELS, Rule, Severity, show
from mzplan.said import Named, say

Tell = Callable[[str], str]
"""Says a text in the reader's language."""

PAGE = "docs/rules.md"
"""The page of all rules, in the program's own repository; an address of it may stand for it."""

EXAMPLE = " " * 4
"""Before each line of an example at a terminal."""

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


def address(code: str, page: str = PAGE) -> str:
    """Where the page of rules explains that code."""
    return f"{page}#{code.lower()}"


def section(rule: Rule, tell: Tell = str) -> str:
    """One rule as Markdown."""
    return _lines(_section(rule, _parts(rule)), tell)


def text(rule: Rule, tell: Tell = str) -> str:
    """One rule for a terminal."""
    return _lines(_text(rule), tell)


def _lines(lines: Iterable[str], tell: Tell) -> str:
    return "".join(f"{tell(line)}\n" for line in lines)


def listing(rules: Mapping[str, Rule], tell: Tell = str) -> str:
    """Every rule on a line of its own, for a terminal."""
    width = max((len(rule.name) for rule in rules.values()), default=0)
    levels = {severity: tell(level) for severity, level in LEVELS.items()}
    wide = max(map(len, levels.values()))
    lines: list[str] = []
    for family, members in families(rules):
        lines.append(say("MZ{family}xx {title}", family=family, title=FAMILIES[family]))
        for rule in members:
            start = f"  {rule.code}  {levels[rule.severity].ljust(wide)}  {rule.name.ljust(width)}"
            lines.append(say("{start}  {title}{fixable}", start=start, title=rule.title, fixable=_fixable(rule)))
    return _lines([*lines, "", "用 mzplan rule MZ301 查看一条规则的说明和例子。"], tell)


_OF_DATA = "123456"
"""The families whose errors keep a record, or its whole file, out of every figure."""
_RELAXED = (
    "有这个错误的记录（或整个文件）不进入任何数字。mzplan.toml、waivers.csv 或命令行把它降为警告、豁免或不查，"
    "只改变 mzplan check 的报告和退出码；status、summary、explain 仍然不采用。"
)


def page(rules: Mapping[str, Rule], tell: Tell = str) -> str:
    """Every rule as Markdown: the whole of `docs/rules.md`, with an anchor for each code and each family."""
    lines: list[str] = ["# 校验规则", "", "<!-- 由规则的代码生成（make docs），请勿直接修改。 -->", ""]
    lines += ["编号一经使用不再改变，也不挪作他用。“可自动修复”的，`mzplan check --fix` 会自动改正。", ""]
    lines += [say("MZ1xx 至 MZ6xx 的错误：{relaxed}", relaxed=_RELAXED), ""]
    lines += ["| 编号 | 内容 | 条数 |", "| --- | --- | ---: |"]
    lines += [
        say("| [MZ{n}xx](#mz{n}xx) | {title} | {count} |", n=n, title=FAMILIES[n], count=len(members))
        for n, members in families(rules)
    ]
    for family, members in families(rules):
        lines += ["", f'<a id="mz{family}xx"></a>', ""]
        lines.append(say("## MZ{family}xx {title}", family=family, title=FAMILIES[family]))
        for rule in members:
            lines += ["", f'<a id="{rule.code.lower()}"></a>', "", *_section(rule, _own_parts(rule))]
    return _lines(lines, tell)


def document(rule: Rule, tell: Tell = str) -> dict[str, object]:
    """One rule for programs: its texts as `tell` says them."""
    rule = rule.told(tell)
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


def families(rules: Mapping[str, Rule]) -> Iterator[tuple[str, list[Rule]]]:
    """The families that have rules, by their digit."""
    for family in FAMILIES:
        if members := [rule for code, rule in sorted(rules.items()) if code[2] == family]:
            yield family, members


def _fixable(rule: Rule) -> str:
    return "（可自动修复）" if rule.fixable else ""


def _parts(rule: Rule) -> Iterator[tuple[str, str]]:
    """Headings and texts of one rule that stands alone."""
    *told, source = _own_parts(rule)
    yield from told
    if rule.code[2] in _OF_DATA and rule.severity is Severity.ERROR:
        yield "放宽", _RELAXED
    yield source


def _own_parts(rule: Rule) -> Iterator[tuple[str, str]]:
    yield from (
        ("是什么", rule.what),
        (Named("为什么", "Why"), rule.why),
        ("怎么改", rule.mend),
        (Named("依据", "Source"), rule.source),
    )


def _section(rule: Rule, parts: Iterable[tuple[str, str]]) -> Iterator[str]:
    yield say("### {code} {title}", code=rule.code, title=rule.title)
    yield ""
    yield say("`{name}` · {level}{fixable}", name=rule.name, level=LEVELS[rule.severity], fixable=_fixable(rule))
    for heading, body in parts:
        if body:
            yield from ("", say("**{heading}**：{body}", heading=heading, body=body))
    for heading, example in (("错误的例子", rule.bad), ("正确的例子", rule.good)):
        if example:
            fence = "````" if "```" in example else "```"
            yield from (
                "",
                say("**{heading}**：", heading=heading),
                "",
                f"{fence}{_language(rule)}",
                visible(example),
                fence,
            )


def _text(rule: Rule) -> Iterator[str]:
    yield say(
        "{code} {name}（{level}）：{title}{fixable}",
        code=rule.code,
        name=rule.name,
        level=LEVELS[rule.severity],
        title=rule.title,
        fixable=_fixable(rule),
    )
    for heading, body in _parts(rule):
        if body:
            yield from ("", say("{heading}：{body}", heading=heading, body=body))
    for heading, example in (("错误的例子", rule.bad), ("正确的例子", rule.good)):
        if example:
            yield from (
                "",
                say("{heading}：", heading=heading),
                *(f"{EXAMPLE}{line}" for line in visible(example).split("\n")),
            )


def _language(rule: Rule) -> str:
    """The language of a rule's examples, for the page's highlighting; none for one that is several files or bytes."""
    if "\n--- " in f"\n{rule.bad}" and rule.code[2] != "7":
        return ""
    if rule.code[2] == "7":
        return "csv" if rule.bad.startswith("indicator,") else "yaml"
    return "toml" if "MZ800" <= rule.code < "MZ810" else "csv"


def visible(example: str) -> str:
    """An example with its hidden characters spelt out, without the last line end."""
    lines = example.removesuffix("\n").replace("\r\n", "\n").split("\n")
    return "\n".join(show(line, 400) for line in lines)
