"""A small plan of an invented city, and the situations that its bulletin is read in."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from copy import copy
from dataclasses import replace
from fractions import Fraction
from functools import cache
from types import MappingProxyType
from typing import Any

import factory
from factory import at_least, small_plan
from mzplan.bulletin import EVERY, Kind, Material, gather
from mzplan.bulletin.office import NOBODY, Office
from mzplan.bulletin.verify import Verification, verify
from mzplan.bulletin.verify.draft import read_draft
from mzplan.bulletin.verify.truth import Truth
from mzplan.period import Period
from mzplan.plan.indicator import (
    CountIndicator,
    Figure,
    Indicator,
    MilestoneIndicator,
    RatioIndicator,
    Stage,
    StockIndicator,
)
from mzplan.plan.model import ActionArea, Basis, Part, Plan, ReportingUnit, Task
from mzplan.plan.target import Schedule, Target
from mzplan.submissions.ledger import Ledger

YEAR = 2031
DECEMBER = Period(YEAR, 12)
LINEAR = Schedule("linear", DECEMBER)
BY_DUE = Schedule("by_due", DECEMBER)
ALWAYS = Schedule("always", DECEMBER)
DOCUMENT = tuple(
    Stage(name, Fraction(share, 4)) for share, name in enumerate(["未启动", "起草", "征求意见", "审议", "印发"])
)

COUNTIES = ("dong", "xi", "nan")
ALL_UNITS = (*COUNTIES, "gaoxin", "bureau")
UNITS = (
    ReportingUnit(id="dong", name="东山县", kind="county", weights={}, aliases=("东山",)),
    ReportingUnit(id="xi", name="西河县", kind="county", weights={}, aliases=("西河",)),
    ReportingUnit(id="nan", name="南江市", kind="county", weights={}, aliases=("南江",)),
    ReportingUnit(id="gaoxin", name="高新区", kind="zone", weights={}),
    ReportingUnit(id="bureau", name="市本级", kind="bureau", weights={}),
)


def _one(kind: type[Indicator], identifier: str, name: str, unit: str, target: Target, **more: Any) -> Indicator:
    """An indicator whose units are judged each for itself unless it has a total; its task is that of its area."""
    area = {"B": 1, "C": 2}.get(identifier[0])
    given = {"applies_to": "total", "schedule": LINEAR, "task": area or 3, "area": area, **more}
    judged = () if given["applies_to"] == "total" else given["reporting"]
    return factory.indicator(kind, identifier, name=name, unit=unit, target=target, judged=judged, **given)


def indicators(units: tuple[str, ...] = (*COUNTIES, "gaoxin")) -> tuple[Indicator, ...]:
    count, stock, ratio, milestone = CountIndicator, StockIndicator, RatioIndicator, MilestoneIndicator
    about = Target("about", Fraction(14000), Fraction(5, 100))
    all_of, bureau = {"reporting": units}, {"reporting": ("bureau",), "schedule": BY_DUE}
    people = {"scale": 10000, "part_of_whole": False, "schedule": ALWAYS}
    return (
        _one(count, "B1", "救助服务资金", "万元", about, **all_of),
        _one(count, "B2", "乡镇街道社工站数", "家", at_least(4), **all_of, applies_to="each"),
        _one(count, "B3", "服务困难群众人次", "人次", at_least(20000), **all_of),
        _one(stock, "B4", "核心指标达标数", "项", Target("undefined"), **bureau),
        _one(count, "C1", "新增护理型床位", "张", at_least(800), **all_of),
        _one(ratio, "C2", "助餐服务城乡社区覆盖率", "%", at_least(70), **all_of, schedule=BY_DUE),
        _one(stock, "C3", "4A级以上养老机构数", "家", at_least(200), **all_of, baseline=Fraction(160)),
        _one(milestone, "C4", "养老服务办法修订", "", at_least(1), **bureau, applies_to="units", stages=DOCUMENT),
        _one(milestone, "C5", "认知障碍照护试点", "", at_least(1), **all_of, applies_to="each", schedule=BY_DUE),
        _one(count, "S1", "重大安全事故数", "起", Target("at_most"), **all_of, schedule=ALWAYS),
        _one(ratio, "S2", "每万人口社工数", "人/万人", at_least(18), **all_of, **people),
    )


def milestones(*schedules: Schedule) -> tuple[Indicator, ...]:
    """M1, M2 …: things that 市本级 is to do in stages, one after each schedule."""
    given = {"applies_to": "units", "stages": DOCUMENT, "reporting": ("bureau",), "task": 2, "area": 2}
    return tuple(
        _one(MilestoneIndicator, f"M{at}", f"养老制度建设{name}", "", at_least(1), schedule=schedule, **given)
        for at, (name, schedule) in enumerate(zip("甲乙丙丁戊己", schedules, strict=False), 1)
    )


def plan(
    *,
    breakdown: Basis | None = None,
    shares: Mapping[str, int] | None = None,
    units: tuple[ReportingUnit, ...] = UNITS,
    only: Iterable[str] = (),
    instead: Mapping[str, Mapping[str, Any]] = MappingProxyType({}),
    more: Iterable[Indicator] = (),
) -> Plan:
    """The plan; with parts of C1 and B3 where a breakdown is asked for, with some of its indicators where named.

    `instead` changes fields of the indicators that it names; `more` are added.
    """
    ids = tuple(unit.id for unit in units if unit.kind != "bureau")
    wanted = frozenset(only)
    chosen = [replace(one, **instead.get(one.id, {})) for one in indicators(ids) if not wanted or one.id in wanted]
    chosen += more
    parts = {}
    if breakdown:
        given = shares or dict.fromkeys(ids, 200)
        for unit, share in given.items():
            parts["C1", unit] = (Part(at_least(share), breakdown, "按单位平均"),)
    return small_plan(
        title=f"{YEAR}年全市民政工作要点",
        year=YEAR,
        publisher="云川市民政局",
        reporting_units=units,
        action_areas=(
            ActionArea(1, "推进社会救助提质行动", "救助", (_task(1, 1, chosen),)),
            ActionArea(2, "推进养老服务提升行动", "养老", (_task(2, 2, chosen),)),
        ),
        safeguards=(_task(3, None, chosen),),
        parts=parts,
        digest="0123456789abcdef",
    )


def _task(number: int, area: int | None, chosen: Iterable[Indicator]) -> Task:
    return Task(number, f"任务{number}", area, tuple(one for one in chosen if one.area == area))


Speed = Callable[[str, str, int], Fraction | None]
"""How far (indicator, unit, month) has come, as a share of what an even pace needs; None for no report."""


def even(share: Fraction | int = 1) -> Speed:
    """Everybody reports every month, at that share of an even pace."""
    return lambda _indicator, _unit, _month: Fraction(share)


def ledger(given: Plan, last: int, speed: Speed) -> Ledger:
    """The year up to a month: each unit an equal part of each target, at its speed; a ratio over 1 000."""
    filled = Ledger(given)
    for indicator in given.indicators.values():
        for unit in indicator.reporting:
            for month in range(1, last + 1):
                pace = speed(indicator.id, unit, month)
                if pace is not None:
                    filled.write(filled.cell(indicator.id, unit, month), _figure(indicator, month, pace))
    return filled


def _figure(indicator: Indicator, month: int, pace: Fraction) -> Figure:
    way = min(pace * Fraction(month, 12), Fraction(3))
    if isinstance(indicator, MilestoneIndicator):
        return Figure(min(len(indicator.stages) - 1, int(way * len(indicator.stages))))
    if isinstance(indicator, RatioIndicator):
        below = 1000 * (indicator.scale // 100)
        above = int(min(pace, Fraction(1)) * indicator.target.value * below / indicator.scale)
        return Figure(above * 10**6, below * 10**6)
    whole = indicator.target.value if indicator.target.operator != "undefined" else Fraction(0)
    if indicator.baseline is not None:
        whole = indicator.baseline + (whole - indicator.baseline) * way
        way = Fraction(1)
    count = 1 if indicator.applies_to == "each" else max(1, len(indicator.reporting))
    return Figure(int(whole * way / count) * 10**6)


def material(last: int, speed: Speed, given: Plan | None = None, *, rank: bool = True) -> Material:
    """All that a bulletin of that month is written from."""
    chosen = given or plan()
    return gather(chosen, ledger(chosen, last, speed), Period(YEAR, last), rank=rank)


def silent(*units: str, since: int = 1, pace: Fraction | int = 1) -> Speed:
    """Everybody at that pace, except units that have sent nothing from a month on."""
    return lambda _indicator, unit, month: None if unit in units and month >= since else Fraction(pace)


def lagging(*ids: str, pace: Fraction = Fraction(1, 2), others: Fraction | int = 1) -> Speed:
    """Everything at an even pace, except some indicators."""
    return lambda indicator, _unit, _month: pace if indicator in ids else Fraction(others)


def mixed(indicator: str, unit: str, month: int) -> Fraction | None:
    """A lagging indicator, a late county, one that reports only some, one early finish."""
    if unit == "xi" and month >= 8:
        return None
    if unit == "nan" and month == 9 and indicator in ("C1", "C2"):
        return None
    return {"C1": Fraction(1, 2), "B3": Fraction(8, 5), "C2": Fraction(13, 14)}.get(indicator, Fraction(1))


def gaps(indicator: str, unit: str, month: int) -> Fraction | None:
    """A county that leaves out beds since May and helped people in the month itself, and one that is silent for all."""
    if unit == "nan" and ((indicator == "C1" and month >= 5) or (indicator == "B3" and month >= 9)):
        return None
    return None if unit == "xi" and month >= 7 else Fraction(1)


def unread(last: int, speed: Speed, unit: str, given: Plan | None = None) -> Material:
    """A month for which the report of one unit is there, and could not be read."""
    chosen = given or plan()
    filled = ledger(chosen, last, speed)
    filled.faulty = frozenset({(unit, f"{YEAR}-{last:02d}")})
    return gather(chosen, filled, Period(YEAR, last))


def refused(last: int, speed: Speed, indicator: str, unit: str) -> Material:
    """A month for which one row of a unit, which has parts of its own, is there, and was not taken."""
    chosen = plan(breakdown="official")
    filled = ledger(chosen, last, speed)
    filled.refused = frozenset({(indicator, unit, f"{YEAR}-{last:02d}")})
    return gather(chosen, filled, Period(YEAR, last))


_SITUATIONS: Mapping[str, Callable[[], Material]] = {
    "mixed": lambda: material(9, mixed),
    "official": lambda: material(9, mixed, plan(breakdown="official")),
    "gaps": lambda: material(9, gaps),
    "reference": lambda: material(8, mixed, plan(breakdown="reference")),
    "over": lambda: material(6, even(3)),
    "first": lambda: material(1, lagging("C1", "C3")),
    "december": lambda: material(12, lagging("C1", "B2", "C5")),
    "below-base": lambda: material(6, lagging("C3", pace=Fraction(-1))),
    "nothing": lambda: material(9, lambda *_: None),
    "december-silent": lambda: material(12, silent("xi", since=10), plan(breakdown="official")),
    "january-silent": lambda: material(1, silent("xi", "bureau")),
    "june-slow": lambda: material(6, lagging("C1")),
    "one-unit-in-december": lambda: material(12, even(), plan(units=UNITS[:1], only=("B1", "C5", "S1"))),
    "one-unit": lambda: material(9, even(), plan(units=UNITS[:1], only=("B1", "C5", "S1"))),
}
SITUATIONS: Mapping[str, Callable[[], Material]] = {name: cache(made) for name, made in _SITUATIONS.items()}
"""Each is gathered once: what can be written of it is kept for the same material."""

Document = tuple[Kind, str, int | None]
WHOLE: tuple[Document, ...] = (("bulletin", "", EVERY), ("brief", "", EVERY), ("reminder", "", EVERY))
DOCUMENTS: tuple[Document, ...] = (
    *WHOLE,
    *(("unit", unit, EVERY) for unit in ALL_UNITS if unit != "bureau"),
    *(("area", "", area) for area in (1, 2, None)),
)
"""Kind, unit and area of whatever can be written of any month."""


ENDS: Mapping[int, Kind] = {6: "half-year", 12: "annual"}


def documents(given: Material) -> Iterator[Document]:
    """Those that the plan has units, and indicators in the area, for."""
    for kind, unit, area in DOCUMENTS:
        if unit and unit not in given.facts.plan.units:
            continue
        if area == EVERY or any(one.area == area for one in given.facts.plan.indicators.values()):
            yield kind, unit, area
    if kind_of_month := ENDS.get(given.facts.period.month):
        yield kind_of_month, "", EVERY


TITLE = f"{YEAR}年1—9月全市民政重点工作指标进展简报"
"""Of the one document of September that has no annexes."""


def verified(name: str, data: bytes, given: Material, office: Office = NOBODY) -> Verification:
    """What comes of a draft in a file of that name."""
    return verify(name, read_draft(name, data), truth(given, office))


def truth(given: Material, office: Office = NOBODY) -> Truth:
    """What is right of that material; writing it anew for each of many drafts would be most of what they cost."""
    key = id(given), id(office)
    if key not in _KEPT:
        if len(_KEPT) == 8:
            del _KEPT[next(iter(_KEPT))]
        kept = Truth(given.facts, given.trace, office)
        vars(kept)["_written"] = cache(kept._written)
        _KEPT[key] = given, office, kept
    found = copy(_KEPT[key][2])
    found.documents, found.known, found._asked = [*found.documents], {}, {*found._asked}
    return found


_KEPT: dict[tuple[int, int], tuple[Material, Office, Truth]] = {}
"""The material and the office that were asked of last, and what can be written of it."""
