"""The plan that the rules' examples speak of, and the files that an example stands for.

An example is the text of one CSV, or several files, each under a line `--- PATH [HOW]`. Without HOW the lines below are
the file, in UTF-8. `[gb18030]`, `[utf-16]`, `[crlf]`, `[cr-cr-lf]` say how it is written; `[hex]` gives its bytes,
`[one-line]` the number of characters of its only line; `[absent]` takes a file away; `[complete PERIOD …]` on a folder
puts sound reports of all units there; `--- PATH -> TARGET` is a symbolic link.
"""

import re
from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from pathlib import Path

from mzplan.check.run import CheckResult, run_checks
from mzplan.period import Period
from mzplan.plan.indicator import (
    CountIndicator,
    Indicator,
    MilestoneIndicator,
    RatioIndicator,
    Schedule,
    StockIndicator,
    Target,
)
from mzplan.plan.model import ActionArea, Part, Plan, Relation, ReportingUnit, Task
from mzplan.submissions.header import FIELDS
from mzplan.submissions.sources import data_sources

TODAY = date(2031, 7, 15)
YEAR = 2031

UNITS = (
    ReportingUnit(id="qingshan", name="青山县", kind="county", code="990101", aliases=("青山",), weights={}),
    ReportingUnit(id="lvshui", name="绿水县", kind="county", code="990102", aliases=("绿水",), weights={}),
    ReportingUnit(id="gaoxin", name="高新区", kind="zone", code="GXQ", aliases=("开发区",), weights={}),
    ReportingUnit(id="bureau", name="市本级", kind="bureau", weights={}),
)
COUNTIES = ("qingshan", "lvshui", "gaoxin")
ALL = (*COUNTIES, "bureau")


def at_least(value: int) -> Target:
    return Target("at_least", Fraction(value))


def indicator(kind: type[Indicator], code: str, name: str, unit: str, target: Target, **more: object) -> Indicator:
    fields: dict[str, object] = {
        "name_en": "",
        "applies_to": "total",
        "judged": (),
        "reporting": COUNTIES,
        "schedule": Schedule("linear", Period(YEAR, 12)),
        "source": "",
        "task": 1,
        "area": 1,
    }
    given = {"id": code, "name": name, "unit": unit, "target": target}
    return kind(**{**fields, **given, **more})  # type: ignore[arg-type]  # a table of fields


ABOUT = Target("about", Fraction(1000), Fraction(1, 20))
INDICATORS = (
    indicator(CountIndicator, "T01-01", "新增养老床位数", "张", at_least(400)),
    indicator(StockIndicator, "T01-02", "持证护理员数", "人", at_least(300), reporting=ALL),
    indicator(RatioIndicator, "T01-03", "困难老人探访率", "%", at_least(90)),
    indicator(MilestoneIndicator, "T01-04", "养老服务条例", "", at_least(1), applies_to="each", judged=COUNTIES),
    indicator(CountIndicator, "T01-05", "福利彩票销量", "万元", ABOUT),
    indicator(CountIndicator, "T01-06", "其中护理型床位数", "张", at_least(200)),
    indicator(RatioIndicator, "T01-07", "每万人护理员", "人", at_least(18), scale=10_000, part_of_whole=False),
    indicator(RatioIndicator, "T01-08", "合法性审查率", "%", at_least(100), denominator_accumulates=True),
    indicator(CountIndicator, "T02-01", "政策宣讲场次", "场", at_least(12), reporting=("bureau",)),
    indicator(StockIndicator, "T02-02", "核心指标", "项", Target("undefined"), reporting=ALL),
    *(indicator(CountIndicator, f"T03-0{n}", f"示例指标{n}", "件", at_least(500)) for n in range(1, 6)),
)
PARTS = {
    ("T01-01", "qingshan"): Part(at_least(100), "official", ""),
    ("T01-05", "qingshan"): Part(ABOUT, "official", ""),
}
PLAN = Plan(
    title="示例计划",
    year=YEAR,
    city="全市",
    publisher="市民政局",
    issued="2031-01-10",
    source="",
    reporting_units=UNITS,
    action_areas=(ActionArea(1, "示例行动", "示例", (Task(1, "示例任务", 1, INDICATORS),)),),
    safeguards=(),
    parts=PARTS,
    relations=(Relation(("T01-06",), "at_most", "T01-01"),),
)

HEADER = ",".join(FIELDS)
_FILE = re.compile(r"--- (\S+)(?: -> (\S+))?(?: \[(.+)\])?\n")


def sound_cells(one: Indicator, month: int) -> str:
    """Figures on which no rule has a word to say."""
    if isinstance(one, RatioIndicator):
        return f",{month},100" if one.scale == 100 else ",20,10000"
    return "推进中,," if isinstance(one, MilestoneIndicator) else f"{month},,"


def complete_report(unit: ReportingUnit, period: str) -> str:
    month = int(period[-2:])
    rows = (f"{period},{unit.name},{i.id},{i.name},{sound_cells(i, month)},," for i in PLAN.owed(unit.id))
    return "\n".join((HEADER, *rows, ""))


def files_of(example: str) -> Iterator[tuple[str, bytes | Path | None]]:
    """Paths with bytes, the target of a link, or None for a file that is taken away."""
    if not example.startswith("--- "):
        yield "示例.csv", example.encode()
        return
    for match in _FILE.finditer(example):
        path, target, how = match.groups(default="")
        following = _FILE.search(example, match.end())
        text = example[match.end() : following.start() if following else len(example)]
        if target:
            yield path, Path(target)
        elif how.startswith("complete"):
            for period in how.split()[1:]:
                for unit in UNITS:
                    yield f"{path}{period}/{unit.id}.csv", complete_report(unit, period).encode()
        elif path.endswith("/"):
            yield path, b""
        else:
            yield path, _written(text, how)


def _written(text: str, how: str) -> bytes | None:
    match how:
        case "":
            return text.encode()
        case "absent":
            return None
        case "hex":
            return bytes.fromhex(text)
        case "one-line":
            return b"x" * int(text)
        case "crlf":
            return text.replace("\n", "\r\n").encode()
        case "cr-cr-lf":
            return text.replace("\n", "\r\r\n").encode()
    return text.encode(how)


def put(example: str, folder: Path) -> list[Path]:
    """Write the example's files below a folder; returns what to check: the data folder if all its reports are there."""
    files = dict(files_of(example))
    for name, content in files.items():
        path = folder / name
        if content is None:
            continue
        if name.endswith("/"):
            path.mkdir(parents=True)
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(content, Path):
            path.symlink_to(content)
        else:
            path.write_bytes(content)
    return [folder / "data"] if "[complete" in example or "data/" in files else [folder / name for name in files]


def check_example(example: str, folder: Path, plan: Plan = PLAN, today: date | None = TODAY) -> CheckResult:
    (folder / "plan").mkdir(exist_ok=True)
    project = folder / "project"
    project.mkdir()
    return run_checks(plan, data_sources(put(example, project), project), today=today)


def check_rows(*rows: str, plan: Plan = PLAN, today: date | None = TODAY) -> CheckResult:
    """What is said about those rows under the usual header, in one file that stands nowhere in particular."""
    from mzplan.submissions.row import Source

    text = "\n".join((HEADER, *rows, ""))
    return run_checks(plan, [Source.of_bytes("示例.csv", text.encode())], today=today)


def said(result: CheckResult) -> list[str]:
    """Each finding as `MZ301@2:9`: code, line, column."""
    return [f"{f.rule.code}@{f.location.line}:{f.location.column}" for f in result.diagnostics]
