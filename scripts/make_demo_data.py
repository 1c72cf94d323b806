"""Makes `data/`: invented monthly reports for the 2023 plan, so that every command has something to show.

Nothing here is a result of any county. The same bytes come out on every run: what looks random is a digest of the
indicator, the unit and the month. Run it from anywhere: `python scripts/make_demo_data.py [FOLDER]`.
"""

import csv
import io
import sys
from collections.abc import Iterator, Sequence
from fractions import Fraction
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from mzplan.figures import decimal_text
from mzplan.plan.indicator import Indicator
from mzplan.plan.load import load_plan
from mzplan.plan.model import Plan

ROOT = Path(__file__).resolve().parent.parent
HEADER = ("period", "unit", "indicator", "name", "value", "numerator", "denominator", "note", "evidence")
LAST = 9
BUREAU = "bureau"

# How fast a unit works, in per cent of the common pace, and each action area likewise: 移民共富 lags.
UNIT_PACE = {
    "wucheng": 101,
    "jindong": 97,
    "lanxi": 92,
    "dongyang": 103,
    "yiwu": 112,
    "yongkang": 107,
    "pujiang": 95,
    "wuyi": 87,
    "panan": 80,
    "devzone": 99,
    BUREAU: 104,
}
AREA_PACE = {1: 106, 2: 101, 3: 97, 4: 103, 5: 98, 6: 94, 7: 102, 8: 100, 9: 70, None: 104}

# Per mille of the year's work done by the end of January, February, …
STEADY = (0, 35, 105, 190, 290, 405, 515, 640, 765)
AFTER_THE_RESULTS = (0, 0, 0, 0, 0, 0, 0, 0, 860)
PACES = {"T17-07": AFTER_THE_RESULTS}

# Titles that a province or the city confers late in the year: the month in which a unit got its first.
NAMED = {
    "T08-07": {"lanxi": 8, "yiwu": 8, "dongyang": 9},
    "T14-13": {},
    "T14-14": {},
    "T17-02": {"dongyang": 9, "yiwu": 9},
    "T20-07": {"yiwu": 7, "wucheng": 9, "wuyi": 9},
    "T26-02": {"pujiang": 8},
}

# Reports that never came: one in the middle of the year, one that is late still.
SILENT = {("pujiang", 5), ("panan", 9)}

# Done well before the year is out.
EARLY = {("T03-06", "yiwu"), ("T05-05", "yongkang"), ("T05-02", "jindong"), ("T05-04", "dongyang"), ("T09-06", "yiwu")}

# Levels at the turn of the year, per cent of what the year's end asks.
STOCK_START = {"T14-11": 74, "T16-07": 71, "T16-09": 58}
OPEN_AT_THE_TURN = {"T01-05": 2, "T03-01": 4, "T14-07": 1}
"""How many units had theirs already; the others follow one by one."""

# What the bureau itself adds to a city total that is shared out among the others.
BUREAU_GOAL = {"T14-11": 28, "T16-07": 16, "T16-09": 150, "T17-07": 90}
UNSPLIT = ("T14-11", "T16-07", "T16-09", "T17-07", "T25-05", "T25-09")
"""City totals that the plan shares out to nobody; here the units work towards them by their population."""
DECIMAL = {"T09-06", "T16-09", "T25-05"}
"""Money, reported with one decimal."""


class Coverage(NamedTuple):
    """The share reached in January and in September at the common pace, in per mille."""

    first: int
    last: int


RATIOS = {
    "T02-06": Coverage(190, 880),
    "T03-03": Coverage(560, 940),
    "T05-06": Coverage(520, 690),
    "T05-07": Coverage(310, 590),
    "T08-06": Coverage(690, 980),
    "T08-08": Coverage(210, 870),
    "T14-06": Coverage(610, 770),
    "T14-08": Coverage(430, 910),
    "T14-10": Coverage(78, 101),
    "T25-06": Coverage(440, 530),
    "T30-04": Coverage(620, 930),
    "T32-09": Coverage(240, 820),
}

# The month in which a milestone is done where the common pace does not say it; 10 and later is still under way.
DONE = {
    ("T22-04", "wuyi"): 7,
    ("T20-10", "lanxi"): 10,
    ("T20-10", "wuyi"): 11,
    ("T06-01", BUREAU): 8,
    ("T08-01", BUREAU): 12,
    ("T16-03", BUREAU): 9,
    ("T24-04", BUREAU): 5,
}

NO_STATION = "辖区内没有救助管理机构，由市救助管理站统一承担"
NOT_OPENED = "省厅尚未启动第五批申报"
RESULTS = "社会工作者职业水平考试成绩9月公布，集中计入{added}人"
FIRST_FUNDS = 3
ARRANGED = "第一批扶持资金3月集中下达{added}万元"
CAUGHT_UP = "上月漏报，含上月新增"
GROWN = "{note}，比上次增加{added}"
CORRECTED = "经复核，7月有两个乡镇重复登记{surplus}人次，本月更正，累计数相应下降"
CORRECTION = ("T03-08", "lanxi", 8)
SURPLUS = 38


class Cells(NamedTuple):
    """What a record says, as it is written."""

    value: str = ""
    numerator: str = ""
    denominator: str = ""
    note: str = ""
    evidence: str = ""


def not_applicable(note: str) -> Cells:
    """A record without a figure, and why."""
    return Cells(value="不适用", note=note)


def draw(sides: int, *keys: object) -> int:
    """A number from 0 up to `sides`, the same for the same keys for ever."""
    digest = sha256("/".join(map(str, keys)).encode()).digest()
    return int.from_bytes(digest[:8]) % sides


class Reports:
    """The invented year of one plan."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan

    def files(self) -> Iterator[tuple[str, bytes]]:
        """Each file's path below the data folder and its bytes."""
        for month in range(1, LAST + 1):
            for unit in self.plan.units:
                if (unit, month) not in SILENT:
                    yield f"{self.plan.year}-{month:02d}/{unit}.csv", self.file(unit, month)

    def file(self, unit: str, month: int) -> bytes:
        """One unit's report of one month."""
        text = io.StringIO(newline="")
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(HEADER)
        for indicator in self.plan.indicators.values():
            if unit in indicator.reporting and indicator.target.operator != "undefined":
                cells = self.cells(indicator, unit, month)
                if (unit, month - 1) in SILENT and cells.numerator and not cells.note:
                    added = int(cells.numerator) - int(self.cells(indicator, unit, month - 2).numerator)
                    cells = cells._replace(note=GROWN.format(note=CAUGHT_UP, added=added) if added else CAUGHT_UP)
                period = f"{self.plan.year}-{month:02d}"
                writer.writerow((period, self.plan.units[unit].name, indicator.id, indicator.name, *cells))
        return text.getvalue().encode()

    def cells(self, indicator: Indicator, unit: str, month: int) -> Cells:
        """What the unit says of the indicator that month."""
        if "denominator" in indicator.columns:
            return self.ratio(indicator, unit, month)
        if not indicator.additive:
            return self.milestone(indicator, unit, month)
        figure = decimal_text(self.amount(indicator, unit, month))
        if (indicator.id, unit, month) == CORRECTION:
            return Cells(value=figure, note=CORRECTED.format(surplus=SURPLUS))
        if indicator.id == "T25-05" and month == FIRST_FUNDS:
            return Cells(value=figure, note=ARRANGED.format(added=self.added(indicator, unit, month)))
        if indicator.id == "T17-07" and month == LAST:
            return Cells(value=figure, note=RESULTS.format(added=self.added(indicator, unit, month)))
        return Cells(value=figure)

    # -- counts and stocks

    def added(self, indicator: Indicator, unit: str, month: int) -> str:
        """By how much the figure has grown in that month."""
        return decimal_text(self.amount(indicator, unit, month) - self.amount(indicator, unit, month - 1))

    def amount(self, indicator: Indicator, unit: str, month: int) -> Fraction:
        """The figure of a count or a stock."""
        if indicator.id in OPEN_AT_THE_TURN:
            return Fraction(int(month >= self.opening(indicator, unit)))
        if indicator.id in NAMED:
            return Fraction(int(month >= NAMED[indicator.id].get(unit, LAST + 1)))
        if indicator.id == "T03-12":
            built = self.amount(self.plan.indicators["T03-01"], unit, month)
            return built * int(self.done(self.plan.indicators["T03-02"], unit) <= month)
        if indicator.id == "T20-05":
            free = 3 + draw(2, indicator.id, unit) + (month > 4)
            return Fraction(6 if self.graded(indicator.id, unit) <= month else free)
        if (indicator.id, unit, month) == CORRECTION:
            return self.amount(indicator, unit, month - 1) - SURPLUS
        done = max(self.progress(indicator, unit, earlier) for earlier in range(1, month + 1))
        if indicator.id in STOCK_START:
            start = Fraction(STOCK_START[indicator.id] + draw(9, indicator.id, unit, "start") - 4, 100)
            done = start + (1 - start) * done
        places = 10 if indicator.id in DECIMAL else 1
        return Fraction(int(self.goal(indicator, unit) * done * places + Fraction(1, 2)), places)

    def goal(self, indicator: Indicator, unit: str) -> Fraction:
        """What the unit works towards by the end of the year."""
        if unit == BUREAU:
            return Fraction(BUREAU_GOAL.get(indicator.id, 0))
        if part := self.plan.part_for(indicator, unit, self.plan.periods[-1]):
            share = Fraction(86, 100) if BUREAU in indicator.reporting else Fraction(1)
            return part.target.value * share
        if indicator.id in UNSPLIT:
            weights = [each.weights.get("population", Fraction(0)) for each in self.plan.reporting_units]
            own = self.plan.units[unit].weights["population"] / sum(weights)
            return indicator.target.value * own * (Fraction(86, 100) if BUREAU in indicator.reporting else 1)
        return indicator.target.value * Fraction(108, 100)

    def progress(self, indicator: Indicator, unit: str, month: int) -> Fraction:
        """The share of the goal reached, before rounding; a month may fall back, the record does not."""
        pace = self.pace(indicator, unit) * (95 + draw(11, indicator.id, unit))
        if (indicator.id, unit) in EARLY:
            pace = pace * 3 // 2
        wobble = 985 + draw(31, indicator.id, unit, month)
        return Fraction(PACES.get(indicator.id, STEADY)[month - 1] * pace * wobble, 10**10)

    def pace(self, indicator: Indicator, unit: str) -> int:
        """Per cent of the common pace, times a hundred per cent of the area's."""
        return UNIT_PACE[unit] * AREA_PACE[indicator.area] // 100

    def opening(self, indicator: Indicator, unit: str) -> int:
        """The month in which the unit's one consortium, foundation or brand came to be; 1 for those that had it."""
        units = sorted(indicator.reporting, key=lambda each: draw(1000, indicator.id, each) - 9 * UNIT_PACE[each])
        rank = units.index(unit)
        at_the_turn = OPEN_AT_THE_TURN[indicator.id]
        return 1 if rank < at_the_turn else 3 + (rank - at_the_turn) * 115 // self.pace(indicator, unit)

    # -- ratios

    def ratio(self, indicator: Indicator, unit: str, month: int) -> Cells:
        """Numerator and denominator of a ratio."""
        match indicator.id:
            case "T03-02":
                below, above = Fraction(1), self.amount(self.plan.indicators["T03-12"], unit, month)
            case "T21-05" | "T21-06":
                below, above = Fraction(1), Fraction(int(self.graded(indicator.id, unit) <= month))
            case "T12-05":
                below = self.denominator(indicator.id, unit, month)
                rate = 1735 + draw(190, indicator.id, unit) + month * (2 + draw(5, indicator.id, unit, "growth"))
                above = Fraction(int(below * rate / 1_000_000))
            case "T30-02":
                below = above = self.denominator(indicator.id, unit, month)
            case _:
                below = self.denominator(indicator.id, unit, month)
                above = Fraction(int(below * self.coverage(indicator, unit, month)))
        return Cells(numerator=decimal_text(above), denominator=decimal_text(below))

    def coverage(self, indicator: Indicator, unit: str, month: int) -> Fraction:
        """The share covered, at most 1: from January's to September's, faster for who works faster."""
        first, last = RATIOS[indicator.id]
        start = first + draw(max(first // 5, 1), indicator.id, unit, "start")
        pace = self.pace(indicator, unit) * (96 + draw(9, indicator.id, unit))
        risen = Fraction((last - first) * STEADY[month - 1] * pace, STEADY[-1] * 10**7)
        return min(Fraction(start, 1000) + risen, Fraction(1))

    def denominator(self, identifier: str, unit: str, month: int) -> Fraction:
        """What a ratio is taken of; people and organisations come and go, townships do not."""
        weights = self.plan.units[unit].weights
        townships = weights.get("townships", Fraction(0))
        people = weights.get("population", Fraction(0))
        villages = townships * 24 + draw(60, "villages", unit)
        organisations = 390 if unit == BUREAU else int(people) // 2400 + draw(30, "organisations", unit)
        moved = draw(4, identifier, unit, month)
        match identifier:
            case "T03-03" | "T05-07" | "T08-06":
                return townships
            case "T05-06":
                return villages
            case "T08-08":
                return villages + townships + moved
            case "T02-06":
                return townships * 17 + 21 + moved
            case "T12-05":
                return Fraction(int(people * (560 + draw(220, "urban", unit)) / 1000))
            case "T14-06":
                return Fraction(int(people) // 1500 + 12 * month + moved)
            case "T14-08" | "T14-10":
                return Fraction(organisations + month)
            case "T25-06":
                funds = self.goal(self.plan.indicators["T25-05"], unit)
                return Fraction(int(funds * (96 + draw(9, identifier, unit)) / 100))
            case "T30-02":
                return Fraction(17 + 3 * month + draw(2, identifier, month))
            case "T30-04":
                return Fraction(14 + draw(9, identifier, unit))
            case _:
                return townships + 18 + draw(8, identifier, unit)

    def graded(self, identifier: str, unit: str) -> int:
        """The month in which a unit's only registry got its grade, or its services became free; 0 for before the year.

        A registry rated 5A is rated 4A or above too.
        """
        if identifier == "T20-05":
            return 4 + draw(9, identifier, unit) + (100 - UNIT_PACE[unit]) // 6
        months = {"yiwu": (0, 0), "yongkang": (0, 6), "dongyang": (0, 8), "wucheng": (0, 12), "pujiang": (7, 12)}
        fourth, fifth = months.get(unit, (8 + draw(5, identifier, unit), 13))
        return fourth if identifier == "T21-05" else fifth

    # -- milestones

    def milestone(self, indicator: Indicator, unit: str, month: int) -> Cells:
        """The stage reached, and where the proof of a finished one is."""
        if indicator.id in ("T22-04", "T22-06") and unit == "devzone":
            return not_applicable(NO_STATION)
        if indicator.id == "T11-07" and month < 4:
            return not_applicable(NOT_OPENED)
        done = self.done(indicator, unit)
        begun = max(1, done - 3 - draw(4, indicator.id, unit, "begun"))
        stage = (month >= begun) + (month >= done)
        proof = f"https://example.org/mzplan-demo/{unit}/{indicator.id}" if stage == 2 else ""
        return Cells(value=indicator.record_text(stage), evidence=proof)

    def done(self, indicator: Indicator, unit: str) -> int:
        """The month in which the unit's milestone is done, 10 and later for not yet."""
        if (indicator.id, unit) in DONE:
            return DONE[indicator.id, unit]
        due = indicator.schedule.due.month
        if due < 12:
            return due - draw(2 if due > 6 else 1, indicator.id, unit)
        return 6 + draw(9, indicator.id, unit) + (100 - self.pace(indicator, unit)) // 8


def make(plan: Plan) -> dict[str, bytes]:
    """The whole data folder: bytes by path."""
    return dict(Reports(plan).files())


def main(arguments: Sequence[str]) -> None:
    """Write the data folder given, or the project's own."""
    folder = Path(arguments[0]) if arguments else ROOT / "data"
    for name, content in make(load_plan(ROOT / "plan" / "2023.yaml")).items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


if __name__ == "__main__":
    main(sys.argv[1:])
