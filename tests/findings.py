"""Findings for tests of what is done with findings, made by hand so that no rule of the catalogue is needed."""

from mzplan.diagnostics import Diagnostic, Location, Rule, Severity, show


def _rule(severity: Severity, words: str, *, fixable: bool = False) -> Rule:
    code, name, title, what, why, mend = words.split()
    return Rule(code, name, severity, title, what, why, mend, fixable=fixable)


ERROR, WARNING = Severity.ERROR, Severity.WARNING
NOT_A_NUMBER = _rule(ERROR, "MZ201 not-a-number 不是数字 完成值这一格不是数字。 不是数字就无法汇总。 只填数字。")
THOUSANDS = _rule(
    WARNING, "MZ202 thousands-separator 有千分位逗号 数字里有逗号。 逗号会与分隔符混淆。 去掉逗号。", fixable=True
)
DUPLICATE = _rule(
    ERROR, "MZ303 duplicate-record 重复填报 同一单位、同一指标、同一报告期填了两次。 两个数不知道用哪一个。 只留一行。"
)
MISSING_REPORT = _rule(
    WARNING, "MZ601 missing-report 缺报 到了报送期限还没有这个单位的文件。 缺报会使全市合计偏小。 补报。"
)
FILE = "data/2023-06/yiwu.csv"


def finding(
    rule: Rule = NOT_A_NUMBER,
    path: str = FILE,
    line: int = 4,
    column: int = 25,
    message: str = "完成值不是数字",
    **more: str | int | tuple[Location, ...] | Severity | None,
) -> Diagnostic:
    """One finding; anything not given is plain."""
    given = {"severity": rule.severity, "field": "value", "value": "1O0", "unit": "yiwu", "indicator": "T05-03", **more}
    return Diagnostic(Location(path, line, column), rule, message, **given)  # type: ignore[arg-type]  # by name


WRONG = finding(hint="“1O0”里有字母 O，是否要写 100？", period="2023-06", row=4, cell_number=5)
SEPARATED = finding(
    THOUSANDS,
    line=5,
    message="“1,234”有千分位逗号",
    value="1,234",
    fix="1234",
    hint="写成 1234。",
    period="2023-06",
    row=5,
    cell_number=5,
)
NOWHERE = {"field": "", "value": None, "period": "2023-06"}
TWICE = finding(DUPLICATE, FILE, 9, 0, "与第 3 行重复", row=7, related=(Location(FILE, 3),), **NOWHERE)
PANAN = "data/2023-06/panan.csv"
LATE = finding(MISSING_REPORT, PANAN, 0, 0, "磐安县没有报送 2023-06", unit="panan", indicator="", **NOWHERE)

HOSTILE_TEXTS = (
    "::error::owned",
    "\u3000::warning file=x::owned",
    "\u00a0\t::set-output name=a::b",
    "前 ##[error]owned",
    "##[command]owned",
    "###[group]owned",
    "##vso[task.setvariable variable=a]b",
    "ok\n::error::second line",
    "ok\r::error::after a carriage return",
    "ok\u2028::error::after a line separator",
    "::stop-commands::x",
    "::add-mask::1",
    "]]>&<script>alert('x')</script>\"",
    "| a | `b` | @octocat #1 GH-1 [x](http://evil.example) <img src=x> www.evil.example :100:",
    "\x1b[31mred\x1b]8;;http://evil.example\x07",
    "\u202egnp.exe \u200b\ufeff\x7f\x85\x00\ufffe \U000e0041",
    "\udcff",
    "100%0A::error::encoded",
    "%25%0D%3A,:;",
    "=1+1",
    "Z" * 3000,
    "𠮷𠮷é́",
)
"""What a cell, a path, a hint may hold."""


def hostile() -> list[Diagnostic]:
    """Each hostile text in each place of a finding that a file can reach."""
    return [
        finding(
            rule,
            path=f"data/{text[:100]}.csv",
            line=number + 1,
            message=f"{show(text)} 不对",
            value=text,
            hint=show(text),
            fix=text,
            field=text,
            unit=text,
            period=text,
        )
        for rule in (NOT_A_NUMBER, THOUSANDS)
        for number, text in enumerate(HOSTILE_TEXTS)
    ]
