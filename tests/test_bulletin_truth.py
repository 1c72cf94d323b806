"""Every figure of every kind is one that `status --format json` has, or follows from what it has by counting."""

import json
from collections.abc import Callable, Iterable, Iterator
from fractions import Fraction
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import bulletin_cases as cases
from factory import written
from mzplan.bulletin import EVERY, Kind, Material, Request
from mzplan.bulletin.facts import FIELDS
from mzplan.bulletin.model import WHOLE, Cited, Ref
from mzplan.plan.model import Plan
from mzplan.render.status import FORMATS
from mzplan.views import StatusView
from mzplan.views.query import Query

Row = dict[str, Any]
CLOSE = Fraction(1, 10**6)
"""The JSON has six decimals."""

KEPT = ("met", "holding")
LATE = ("behind", "far_behind")


def number(text: object) -> Fraction | None:
    return None if text is None else Fraction(str(text))


class Status:
    """What the JSON of one period says, and the screen of what reports may yet lift; due dates come from the plan."""

    def __init__(self, document: dict[str, Any], plan: Plan, period: int) -> None:
        self.rows: list[Row] = document["rows"]
        self.areas = {(one["area"], one["unit"]): one for one in document["areas"]}
        self.units = {one["unit"]: one for one in document["units"]}
        self.plan = plan
        self.month = period

    def row(self, ref: Ref) -> Row:
        wanted = (ref.subject.indicator, ref.subject.unit)
        return next(row for row in self.rows if (row["indicator"], row["unit"]) == wanted)

    def due(self, row: Row) -> int:
        return self.plan.indicators[row["indicator"]].schedule.due.month

    def is_judged(self, row: Row) -> bool:
        return row["target"] is not None and row["status"] not in ("undefined", "not_applicable", "contribution")

    def is_due(self, row: Row) -> bool:
        """Whether something is expected by now: what is missing counts too, where the schedule asks for something."""
        expects = row["status"] != "not_due" if row["status"] != "missing" else Fraction(row["expected"] or 0) > 0
        return self.is_judged(row) and expects

    def is_in(self, row: Row, name: str) -> bool:
        status, used = row["status"], row["record_period"]
        last = int(used[5:]) if used else None
        name, _, wanted = name.partition("=")
        keeps = self.plan.indicators[row["indicator"]].schedule.kind == "always"
        tests: dict[str, Callable[[], bool]] = {
            "all": lambda: True,
            "judged": lambda: self.is_judged(row),
            "firm": lambda: self.is_judged(row) and row["target_basis"] != "reference",
            "reference": lambda: self.is_judged(row) and row["target_basis"] == "reference",
            "steady": lambda: status in (*KEPT, "on_schedule") and self.is_judged(row),
            "lagging": lambda: status in (*LATE, "overdue", "exceeded"),
            "lapsed": lambda: status == "exceeded" or (self.is_in(row, "lagging") and self.due(row) <= self.month),
            "slow": lambda: self.is_in(row, "lagging") and not self.is_in(row, "lapsed"),
            "lacking": lambda: any(self.is_in(one, "firm") and self.is_in(one, "lagging") for one in self.behind(row)),
            "open": lambda: (
                row["awaits_reports"]
                and (self.is_in(row, "lagging") or (self.is_in(row, "steady") and self.is_mostly_silent))
            ),
            "sure": lambda: not row["awaits_reports"],
            "behind": lambda: status in LATE,
            "missing": lambda: status == "missing" and self.is_judged(row),
            "early": lambda: status == "met" and not keeps and self.month < self.due(row),
            "later": lambda: self.is_judged(row) and not self.is_due(row),
            "kept": lambda: status in KEPT,
            "unmet": lambda: self.is_judged(row) and status not in (*KEPT, "missing"),
            "applicable": lambda: status != "not_applicable",
            "milestones": lambda: row["kind"] == "milestone",
            "measured": lambda: row["kind"] != "milestone",
            "unfiled": lambda: row["reporting"] > row["reported"],
            "unread": lambda: False,
            "unsent": lambda: True,
            "never": lambda: last is None,
            "idle": lambda: (
                self.is_in(row, "milestones") and row["actual"] == "0" and row["reported"] == row["reporting"]
            ),
            "since": lambda: last is not None and str(last + 1) == wanted,
            "due": lambda: not keeps and str(self.due(row)) == wanted if wanted else self.is_due(row),
        }
        return tests[name]() if name in tests else status == name

    def counted(self, ref: Ref, rows: Iterator[Row]) -> list[Row]:
        return [row for row in rows if all(self.is_in(row, name) for name in ref.group.split("&"))]

    def within(self, ref: Ref) -> Iterator[Row]:
        for row in self.rows:
            if row["unit"] == ref.subject.unit and ref.subject.area in (EVERY, row["area"]):
                yield row

    def addends(self, ref: Ref) -> Iterator[Row]:
        return self.behind(self.row(ref))

    def behind(self, city: Row) -> Iterator[Row]:
        """The rows of the units behind a row of the city that its target applies to."""
        judged = self.plan.indicators[city["indicator"]].judged
        for row in self.rows if city["unit"] is None else ():
            concerned = row["unit"] is not None and (not judged or row["unit"] in judged)
            if concerned and row["indicator"] == city["indicator"]:
                yield row

    @property
    def is_mostly_silent(self) -> bool:
        return 2 * self.reporters("none") > self.reporters("all")

    def reporters(self, group: str) -> int:
        owing = [one for unit, one in self.units.items() if unit is not None and one["reporting"]]
        tests: dict[str, Callable[[Row], bool]] = {
            "all": lambda one: True,
            "full": lambda one: one["reported"] == one["reporting"],
            "partial": lambda one: 0 < one["reported"] < one["reporting"],
            "none": lambda one: one["reported"] == 0,
            "late": lambda one: one["reported"] < one["reporting"],
            "lacking": lambda one: one["reported"] < one["reporting"],
        }
        return sum(tests[group](one) for one in owing)


def mean_of_all(status: Status, ref: Ref) -> Fraction:
    """Uncapped completions, which the JSON has row by row."""
    rows = [
        row for row in status.within(ref._replace(subject=ref.subject._replace(area=EVERY))) if status.is_judged(row)
    ]
    return sum((number(row["completion"]) or Fraction(0) for row in rows), Fraction(0)) / len(rows)


Source = Callable[[Status, Ref], Fraction | None]


def of_row(key: str) -> Source:
    return lambda status, ref: number(status.row(ref)[key])


def of_unit(key: str) -> Source:
    return lambda status, ref: number(status.units[ref.subject.unit][key])


def _remaining(status: Status, ref: Ref) -> Fraction:
    row = status.row(ref)
    return Fraction(row["target"]) - Fraction(row["actual"])


def _needed(status: Status, ref: Ref) -> Fraction:
    """Each month at least, of what keeps the promise: of 约14000 with 5 per cent to spare 13300."""
    target = status.plan.indicators[ref.subject.indicator].target
    spare = target.tolerance * Fraction(status.row(ref)["target"])
    return Fraction(-(-(_remaining(status, ref) - spare) / (status.due(status.row(ref)) - status.month) // 1))


def _gap(status: Status, ref: Ref) -> Fraction | None:
    gap = number(status.row(ref)["gap"])
    return None if gap is None else gap / 100


def _share(status: Status, ref: Ref) -> Fraction:
    whole = len(status.counted(ref._replace(group="due"), status.within(ref)))
    return Fraction(len(status.counted(ref, status.within(ref))), whole)


def _latest(rows: Iterable[Row]) -> Fraction:
    return Fraction(max(int(row["record_period"][5:]) for row in rows if row["record_period"]))


SOURCES: dict[str, Source] = {
    **{key: of_row(key) for key in ("actual", "target", "completion", "expected", "contribution")},
    "gap": _gap,
    "reported": of_row("reported"),
    "reporting": of_row("reporting"),
    "unreported": lambda status, ref: Fraction(status.row(ref)["reporting"] - status.row(ref)["reported"]),
    "shortfall": lambda status, ref: abs(_remaining(status, ref)),
    "remaining": _remaining,
    "pace": _needed,
    "pace_to_band": _needed,
    "used": lambda status, ref: _latest([status.row(ref)]),
    "unit_used": lambda status, ref: _latest(status.within(ref)),
    "unit_since": lambda status, ref: _latest(status.within(ref)) + 1,
    "due": lambda status, ref: Fraction(status.due(status.row(ref))),
    "baseline": lambda status, ref: status.plan.indicators[ref.subject.indicator].baseline,
    "count": lambda status, ref: Fraction(len(status.counted(ref, status.within(ref)))),
    "addends": lambda status, ref: Fraction(len(status.counted(ref, status.addends(ref)))),
    "share": _share,
    "reporters": lambda status, ref: Fraction(status.reporters(ref.group)),
    "overall": of_unit("completion"),
    "overall_raw": lambda status, ref: mean_of_all(status, ref),
    "area_mean": lambda status, ref: number(status.areas[ref.subject.area, ref.subject.unit]["completion"]),
    "rank": of_unit("rank"),
    "ranked": lambda status, _: Fraction(sum(one["rank"] is not None for one in status.units.values())),
    "owed": of_unit("reporting"),
    "filed": of_unit("reported"),
    "since": lambda _, ref: Fraction(ref.group),
    "due_month": lambda _, ref: Fraction(ref.group),
}


def said(status: Status, months: dict[int, Status], cited: Cited) -> Fraction | None:
    """What a figure must be by the JSON alone."""
    if cited.ref.field in ("pace_mean", "pace_best"):
        return _pace(months, status, cited.ref)
    if source := SOURCES.get(cited.ref.field):
        return source(status, cited.ref)
    return _calendar(status, cited.ref.field)


def _calendar(status: Status, field: str) -> Fraction:
    return {
        "year": Fraction(status.plan.year),
        "month": Fraction(status.month),
        "elapsed": Fraction(status.month, 12),
        "deadline_month": Fraction(status.month % 12 + 1),
        "next_month": Fraction(status.month % 12 + 1),
        "next_deadline_month": Fraction((status.month + 1) % 12 + 1),
        "red": Fraction(10),
        "deadline_day": Fraction(status.plan.report_day),
    }[field]


def _pace(months: dict[int, Status], status: Status, ref: Ref) -> Fraction:
    indicator = status.plan.indicators[ref.subject.indicator]
    known = [(0, Fraction(0) if indicator.cumulative else indicator.baseline or Fraction(0))]
    for month, then in months.items():
        row = then.row(ref)
        if row["actual"] is not None and row["reported"]:
            known.append((month, Fraction(row["actual"])))
    grain = 10**indicator.decimals  # a month brings whole things, or parts as small as a figure may have
    steps = [
        Fraction(-((sooner[1] - later[1]) * grain // (later[0] - sooner[0])), grain)
        for sooner, later in pairwise(known)
    ]
    return max(steps) if ref.field == "pace_best" else (known[-1][1] - known[0][1]) / known[-1][0]


def statuses(material: Material, *, past: bool = True) -> dict[int, Status]:
    facts = material.facts
    cards = [*(facts.at(period).card for period in facts.earlier if past), facts.card]
    views = [StatusView(card=card, ledger=facts.ledger, query=Query()) for card in cards]
    return {
        view.card.period.month: Status(
            json.loads(written(FORMATS, "json", view)),
            facts.plan,
            view.card.period.month,
        )
        for view in views
    }


@pytest.mark.untraced
@pytest.mark.parametrize("name", cases.SITUATIONS)
def test_every_figure_is_in_the_status_or_counted_from_it(name: str) -> None:
    material = cases.SITUATIONS[name]()
    months = statuses(material)
    status = months[max(months)]
    checked = 0
    for kind, unit, area in cases.documents(material):
        for cited in material.write(Request(kind=kind, unit=unit, area=area)).figures:
            figure = said(status, months, cited)
            assert figure is not None, (kind, cited)
            assert abs(figure - cited.value) <= CLOSE, (kind, cited, figure)
            checked += 1
    assert checked > (100 if len(material.facts.plan.units) > 1 else 20)


@st.composite
def halves(draw: st.DrawFn) -> Material:
    """A month of which any number of units, often most, are silent, and the others at any pace."""
    last = draw(st.sampled_from([1, 6, 9, 12]))
    silent = draw(st.permutations(cases.ALL_UNITS))[: draw(st.integers(0, len(cases.ALL_UNITS)))]
    paces = {one.id: draw(st.sampled_from([Fraction(n, 2) for n in (0, 1, 2, 4)])) for one in cases.indicators()}
    since = draw(st.integers(1, last))

    def speed(indicator: str, unit: str, month: int) -> Fraction | None:
        return None if unit in silent and month >= since else paces[indicator]

    return cases.material(last, speed)


@pytest.mark.untraced
@given(halves(), st.sampled_from(["bulletin", "brief"]))
def test_every_count_of_the_lead_is_that_of_the_status_whoever_is_silent(material: Material, kind: Kind) -> None:
    status = statuses(material, past=False)[material.facts.period.month]
    bulletin = material.write(Request(kind=kind, draft=True))
    city = status.units[None]
    whole = {"due": city["due"], "steady": city["on_schedule"], "judged": city["judged"]}
    sections = [paragraph for section in bulletin.sections[:1] for paragraph in section.paragraphs]
    for sentence in (one for paragraph in (*bulletin.lead, *sections) for one in paragraph.sentences):
        for cited in sentence.figures:
            if cited.ref.field in ("count", "share", "reporters"):
                assert cited.value == said(status, {}, cited), cited
            if cited.ref.field == "count" and cited.ref.subject == WHOLE:
                assert cited.value == whole.get(cited.ref.group, cited.value), cited


@pytest.mark.untraced
def test_every_field_is_known_to_this_test() -> None:
    """A new field must say here where in the status it comes from."""
    materials = [make() for make in cases.SITUATIONS.values()]
    seen = {
        cited.ref.field
        for material in materials
        for kind, unit, area in cases.documents(material)
        for cited in material.write(Request(kind=kind, unit=unit, area=area)).figures
    }
    never_printed = {
        "silent_months",
        "due_year",
        "yellow",
    }  # of another year than the plan's; of other rules than the default
    never_printed |= {
        "floor",
        "ceiling",
        "left_to_band",
        "pace_to_band",
        "increase",
        "due_by_now",
        "from_due",
    }  # read in drafts; no `about` lags here
    assert seen | never_printed >= set(FIELDS)
