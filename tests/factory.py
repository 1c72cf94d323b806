"""A plan small enough to work out by hand, with every kind of indicator and every status, and half a year of data.

All expectations in the tests that use it are for June unless they say otherwise: a linear plan expects 50 %.
"""

import shutil
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import TypeVar

from mzplan.diagnostics import Diagnostic
from mzplan.figures import parse_plain
from mzplan.period import Period
from mzplan.plan.document_text import Wording
from mzplan.plan.indicator import (
    DEFAULT_STAGES,
    CountIndicator,
    Figure,
    Indicator,
    MilestoneIndicator,
    StockIndicator,
)
from mzplan.plan.lights import PRESETS
from mzplan.plan.load import read_plan
from mzplan.plan.model import ActionArea, Plan, Task
from mzplan.plan.target import Schedule, Target
from mzplan.render.formats import Formats
from mzplan.render.layout import Look
from mzplan.scoring.scorecard import score
from mzplan.submissions.ledger import Ledger
from mzplan.views import StatusView
from mzplan.views.query import Query

PLANS = Path(__file__).parent / "plans"
PLAN_HEAD = """\
title: 2024年工作要点
city: 全市
year: 2024
issued: "2024-03-01"
publisher: 示范市民政局
source: 示民发〔2024〕1号
reporting: [county]
reporting_units:
"""
"""What a plan file begins with, up to its units."""
FIRST_TASK = """\
action_areas:
  - number: 1
    name: 第一行动
    tasks:
      - number: 1
        name: 第一项任务
        indicators:
"""
"""The head of the first area and task of a plan file, up to its indicators."""
View = TypeVar("View")
LOOK = Look()
YEAR = 2023
DUE = Period(YEAR, 12)
JUNE = Period(YEAR, 6)

COUNTIES = ("north", "south", "zone")


def at_least(value: int) -> Target:
    return Target("at_least", Fraction(value))


def indicator(kind: type[Indicator] = CountIndicator, identifier: str = "T01-01", **more: object) -> Indicator:
    """A hundred beds that the three counties report, linear to December, unless told otherwise."""
    fields: dict[str, object] = {
        "id": identifier,
        "name": "床位",
        "name_en": "",
        "unit": "张",
        "target": at_least(100),
        "applies_to": "total",
        "judged": (),
        "reporting": COUNTIES,
        "schedule": Schedule("linear", DUE),
        "source": "床位的原文",
        "task": 1,
        "area": 1,
    }
    return kind(**{**fields, **more})  # type: ignore[arg-type]  # a table of fields


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


def plan_of_tests(name: str) -> Plan:
    """A plan of `tests/plans/`, read anew and as if it lay in a project."""
    plan, _ = read_plan(PLANS / f"{name}.yaml")
    assert plan is not None
    return replace(plan, path="plan/2023.yaml", digest="")


SMALL = plan_of_tests("small")
UNITS = SMALL.reporting_units
NAMES = {unit.id: unit.name for unit in UNITS}
BEDS, COVERAGE = SMALL.indicators["T01-01"], SMALL.indicators["T01-02"]


def check_plan(path: Path | str) -> list[Diagnostic]:
    """Every finding about a plan file and its breakdown, warnings too, in the order of a report."""
    return read_plan(path)[1]


def small_plan(**changes: object) -> Plan:
    return replace(SMALL, **changes)  # type: ignore[arg-type]  # a table of fields


def plan_with(*indicators: Indicator, **changes: object) -> Plan:
    """The units of the small plan with those indicators alone, without parts."""
    areas = (ActionArea(1, "行动", "行动", (Task(1, "任务", 1, indicators),)),)
    return small_plan(**{"action_areas": areas, "safeguards": (), "parts": {}, **changes})


def plan_of_one(target: Target, kind: type[Indicator] = StockIndicator, **more: object) -> Plan:
    """One indicator of one county, judged on it alone; a level unless told otherwise."""
    alone = {"applies_to": "each", "judged": ("north",), "reporting": ("north",), "name": "水平", "unit": "个"}
    return plan_with(indicator(kind, "T01-01", target=target, **{**alone, **more}))


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


def written(formats: Formats[View], name: str, view: View, look: Look = LOOK) -> str:
    """A view in one of its command's text formats."""
    output = formats[name](view, look)
    assert isinstance(output, str)
    return output


def write_project(folder: Path) -> Path:
    """The plan, its breakdown and `DATA` as the files of a project."""
    (folder / "plan").mkdir()
    shutil.copy(PLANS / "small.yaml", folder / "plan/2023.yaml")
    shutil.copy(PLANS / "small.breakdown.csv", folder / "plan/2023.breakdown.csv")
    files: dict[str, list[str]] = {}
    for text in DATA.strip().splitlines():
        identifier, unit, *cells = text.split()
        for month, cell in enumerate(cells, start=1):
            if cell != "-":
                above, _, below = cell.partition("/")
                figures = f",{above},{below}" if below else f"{cell},,"
                row = f"{Period(YEAR, month)},{NAMES[unit]},{identifier},{figures},本地没有此项"
                files.setdefault(f"data/{Period(YEAR, month)}/{unit}.csv", []).append(row)
    for path, rows in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        header = "period,unit,indicator,value,numerator,denominator,note"
        (folder / path).write_text("\n".join([header, *rows]) + "\n", encoding="utf-8-sig")
    return folder


def wording(text: str, path: str = "要点.txt") -> Wording:
    """A document whose lines are its paragraphs."""
    lines = enumerate(text.splitlines(), 1)
    return Wording(path, [(line, [(number, at) for at in range(1, len(line) + 1)]) for number, line in lines])
