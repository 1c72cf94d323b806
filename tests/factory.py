"""A plan small enough to work out by hand, with every kind of indicator and every status, and half a year of data.

All expectations in the tests that use it are for June unless they say otherwise: a linear plan expects 50 %.
"""

from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import TypeVar

from mzplan.figures import parse_plain
from mzplan.period import Period
from mzplan.plan.indicator import (
    DEFAULT_STAGES,
    CountIndicator,
    Figure,
    Indicator,
    MilestoneIndicator,
    RatioIndicator,
    Schedule,
    StockIndicator,
    Target,
)
from mzplan.plan.lights import PRESETS
from mzplan.plan.model import ActionArea, Part, Plan, ReportingUnit, Task
from mzplan.render.formats import Formats
from mzplan.render.layout import Look
from mzplan.scoring.scorecard import score
from mzplan.submissions.ledger import Ledger
from mzplan.views import StatusView
from mzplan.views.query import Query

View = TypeVar("View")
YEAR = 2023
LOOK = Look()
DUE = Period(YEAR, 12)
JUNE = Period(YEAR, 6)

UNITS = (
    ReportingUnit(id="north", name="北县", kind="county", code="330001", aliases=("北",), weights={}),
    ReportingUnit(id="south", name="南县", kind="county", code="330002", aliases=("南",), weights={}),
    ReportingUnit(id="zone", name="开发区", kind="zone", code="KFQ", weights={}),
    ReportingUnit(id="bureau", name="市本级", kind="bureau", weights={}),
)
COUNTIES = ("north", "south", "zone")


def indicator(
    kind: type[Indicator], identifier: str, name: str, unit: str, target: Target, **more: object
) -> Indicator:
    """An indicator of the three counties, linear to December unless told otherwise."""
    fields: dict[str, object] = {
        "name_en": name,
        "applies_to": "total",
        "judged": (),
        "reporting": COUNTIES,
        "schedule": Schedule("linear", DUE),
        "source": f"{name}的原文",
        "task": int(identifier[1:3]),
        "area": 1,
    }
    given = {"id": identifier, "name": name, "unit": unit, "target": target}
    return kind(**{**fields, **given, **more})  # type: ignore[arg-type]  # a table of fields


def at_least(value: int) -> Target:
    return Target("at_least", Fraction(value))


BEDS = indicator(CountIndicator, "T01-01", "新增床位", "张", at_least(100))
COVERAGE = indicator(
    RatioIndicator, "T01-02", "社区覆盖率", "%", at_least(80), schedule=Schedule("by_due", DUE), note="按社区计"
)
VAGUE = indicator(StockIndicator, "T01-03", "核心指标", "项", Target("undefined"), reporting=("bureau",))
STATIONS = indicator(
    StockIndicator, "T02-01", "社工站", "家", at_least(4),
    applies_to="each", judged=COUNTIES, schedule=Schedule("by_due", JUNE), area=2,
)  # fmt: skip
SCHEME = indicator(
    MilestoneIndicator, "T02-02", "方案印发", "", at_least(1),
    applies_to="units", judged=("bureau",), reporting=("bureau",), area=2,
    schedule=Schedule("points", DUE, ((Period(YEAR, 3), Fraction(1, 2)), (DUE, Fraction(1)))),
)  # fmt: skip
FUNDS = indicator(
    CountIndicator, "T03-01", "帮扶资金", "万元", Target("about", Fraction(1000), Fraction(1, 20)), area=2
)
ACCIDENTS = indicator(
    CountIndicator, "S04-01", "安全事故", "起", Target("at_most", Fraction(0)),
    applies_to="each", judged=COUNTIES, schedule=Schedule("always", DUE), area=None,
)  # fmt: skip

PARTS = {
    ("T01-01", "north"): Part(at_least(50), "reference", "按人口", 2),
    ("T01-01", "south"): Part(at_least(30), "reference", "按人口", 3),
    ("T01-01", "zone"): Part(at_least(20), "official", "下达文件", 4),
}

DATA = """
T01-01 north   5     10    15    20    25    30
T01-01 south   2     4     6     8     10    -
T01-01 zone    1     2     3     4     6     9
T01-02 north   -     -     -     -     -     60/80
T01-02 zone    -     -     -     -     -     50/50
T02-01 north   -     -     -     -     2     4
T02-01 south   -     -     -     -     3     -
T02-01 zone    -     -     -     -     -     不适用
T02-02 bureau  -     -     -     -     -     推进中
T03-01 north   -     -     -     -     -     300
T03-01 south   -     -     -     -     100   -
T03-01 zone    -     -     -     -     -     0
S04-01 north   0     0     0     0     0     0
S04-01 south   0     0     0     0     0     -
S04-01 zone    -     -     -     -     -     1
"""
"""Indicator, unit, then January to June; a dash is silence."""


def small_plan(**changes: object) -> Plan:
    plan = Plan(
        title="2023年试点要点",
        year=YEAR,
        city="全市",
        publisher="市民政局",
        issued="2023-01-10",
        source="https://example.org/plan",
        reporting_units=UNITS,
        action_areas=(
            ActionArea(1, "养老服务行动", "养老", (Task(1, "扩大供给", 1, (BEDS, COVERAGE, VAGUE)),)),
            ActionArea(
                2, "社会事务行动", "事务", (Task(2, "建强基层", 2, (STATIONS, SCHEME)), Task(3, "帮扶", 2, (FUNDS,)))
            ),
        ),
        safeguards=(Task(4, "守住底线", None, (ACCIDENTS,)),),
        parts=PARTS,
        path="plan/2023.yaml",
    )
    return replace(plan, **changes)  # type: ignore[arg-type]  # a table of fields


def figure_of(kind: Indicator, text: str) -> Figure:
    """A cell of `DATA` as a record would have it."""
    if text == "不适用":
        return Figure(None)
    if isinstance(kind, MilestoneIndicator):
        return Figure([stage.name for stage in DEFAULT_STAGES].index(text))
    above, _, below = text.partition("/")
    return Figure(parse_plain(above), parse_plain(below) if below else None)


def ledger_of(plan: Plan, data: str = DATA) -> Ledger:
    """A ledger with those records, in files as they would be: one a month and unit, a line for each record."""
    ledger = Ledger(plan)
    lines: dict[str, int] = {}
    for text in data.strip().splitlines():
        identifier, unit, *cells = text.split()
        for month, cell in enumerate(cells, start=1):
            if cell == "-":
                continue
            path = f"data/{Period(YEAR, month)}/{unit}.csv"
            if path not in ledger.sources:
                ledger.sources.append(path)
            lines[path] = lines.get(path, 1) + 1
            figure = figure_of(plan.indicators[identifier], cell)
            ledger.write(ledger.cell(identifier, unit, month), figure, ledger.sources.index(path), lines[path])
    return ledger


def view_of(
    query: Query | None = None,
    period: Period = JUNE,
    preset: str = "strict",
    plan: Plan | None = None,
    data: str = DATA,
) -> StatusView:
    """The view that `mzplan status` would have of that data."""
    plan = plan or small_plan()
    ledger = ledger_of(plan, data)
    query = query or Query()
    card = score(plan, ledger, period, PRESETS[preset], rank=query.rank)
    return StatusView(card=card, ledger=ledger, query=query)


PLAN_YAML = """\
title: 2023年试点要点
city: 全市
year: 2023
issued: "2023-01-10"
publisher: 市民政局
source: https://example.org/plan
reporting: [county, zone]
reporting_units:
  - {id: north, name: 北县, kind: county, code: "330001", aliases: [北]}
  - {id: south, name: 南县, kind: county, code: "330002", aliases: [南]}
  - {id: zone, name: 开发区, kind: zone, code: KFQ}
  - {id: bureau, name: 市本级, kind: bureau}
action_areas:
  - number: 1
    name: 养老服务行动
    short: 养老
    tasks:
      - number: 1
        name: 扩大供给
        indicators:
          - id: T01-01
            name: 新增床位
            name_en: Beds
            kind: count
            unit: 张
            target: {at_least: 100}
            source: 新增床位的原文
          - id: T01-02
            name: 社区覆盖率
            name_en: Coverage
            kind: ratio
            target: {at_least: 80}
            numerator: 已覆盖的社区数
            denominator: 社区总数
            source: 社区覆盖率的原文
            note: 按社区计
          - id: T01-03
            name: 核心指标
            name_en: Core
            kind: stock
            unit: 项
            target: undefined
            reporting: [bureau]
            source: 核心指标的原文
  - number: 2
    name: 社会事务行动
    short: 事务
    tasks:
      - number: 2
        name: 建强基层
        indicators:
          - id: T02-01
            name: 社工站
            name_en: Stations
            kind: stock
            unit: 家
            target: {at_least: 4}
            applies_to: each
            due: 2023-06
            source: 社工站的原文
          - id: T02-02
            name: 方案印发
            name_en: Scheme
            kind: milestone
            applies_to: [bureau]
            schedule: {2023-03: 50, 2023-12: 100}
            source: 方案印发的原文
      - number: 3
        name: 帮扶
        indicators:
          - id: T03-01
            name: 帮扶资金
            name_en: Funds
            kind: count
            unit: 万元
            target: {about: 1000, tolerance: 5}
            source: 帮扶资金的原文
safeguards:
  name: 工作保障
  items:
    - number: 4
      name: 守住底线
      indicators:
        - id: S04-01
          name: 安全事故
          name_en: Accidents
          kind: count
          unit: 起
          target: {at_most: 0}
          applies_to: each
          schedule: always
          source: 安全事故的原文
"""
"""The plan of `small_plan` as a file."""

BREAKDOWN_CSV = """\
indicator,unit,target,basis,source
T01-01,north,50,reference,按人口
T01-01,south,30,reference,按人口
T01-01,zone,20,official,下达文件
"""


def written(formats: Formats[View], name: str, view: View, look: Look = LOOK) -> str:
    """A view in one of its command's text formats."""
    output = formats[name](view, look)
    assert isinstance(output, str)
    return output


def write_project(folder: Path) -> Path:
    """The plan, its breakdown and `DATA` as the files of a project."""
    (folder / "plan").mkdir()
    (folder / "plan/2023.yaml").write_text(PLAN_YAML, encoding="utf-8")
    (folder / "plan/2023.breakdown.csv").write_text(BREAKDOWN_CSV, encoding="utf-8-sig")
    files: dict[str, list[str]] = {}
    for text in DATA.strip().splitlines():
        identifier, unit, *cells = text.split()
        for month, cell in enumerate(cells, start=1):
            if cell != "-":
                above, _, below = cell.partition("/")
                figures = f",{above},{below}" if below else f"{cell},,"
                row = f"{Period(YEAR, month)},{NAMES[unit]},{identifier},{figures},说明"
                files.setdefault(f"data/{Period(YEAR, month)}/{unit}.csv", []).append(row)
    for path, rows in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        header = "period,unit,indicator,value,numerator,denominator,note"
        (folder / path).write_text("\n".join([header, *rows]) + "\n", encoding="utf-8-sig")
    return folder


NAMES = {unit.id: unit.name for unit in UNITS}
