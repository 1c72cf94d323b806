"""Keeps sound plans between runs, as JSON beside the bytes that they were read from: no YAML need be read again.

A convenience only: whatever is wrong with it (no home, a full disk, a damaged entry) means that the plan is read again.
"""

import json
import os
import sys
from collections.abc import Hashable
from contextlib import suppress
from fractions import Fraction
from typing import Any
from zlib import crc32

from mzplan import __version__
from mzplan.period import Period
from mzplan.plan.indicator import KINDS, Indicator, MilestoneIndicator, RatioIndicator, Schedule, Stage, Target
from mzplan.plan.model import ActionArea, LightPreset, Part, Plan, Relation, ReportingUnit, Task
from mzplan.plan.parts import Parts, Shared, columns, shared
from mzplan.reading.files import write_whole

FORMAT = 4
"""Raised whenever the layout of an entry, or what a plan file means, changes within a version."""

KEPT = 20
LARGEST = 1 << 24

_MEANING = (
    *("indicator", "lights", "model", "build", "form", "form_messages", "build_indicator", "breakdown_csv"),
    *("stages", "yaml_border"),
)
"""The modules that decide what a plan file means: while they are being worked on, old entries do not count."""


def load(source: bytes, path: str) -> Plan | None:
    """The plan of these bytes as it was found sound before, said to be from that path; None when it is not kept."""
    try:
        folder = _folder()
        if not folder or not _is_ours(folder):
            return None
        with open(os.path.join(folder, _name(source)), "rb") as file:
            head, _, rest = file.read(LARGEST).partition(b"\n")
        body = rest[len(source) :]
        if head != _seal(source, body) or not rest.startswith(source):
            return None
        plan = _decode(json.loads(body), path)
    except Exception:  # a convenience that fails must not be noticed, whatever an entry holds
        return None
    return plan


def store(plan: Plan, source: bytes) -> None:
    """Keep a plan that was found sound in these bytes; does nothing when that is not possible."""
    with suppress(OSError, ValueError):
        folder = _folder()
        if not folder:
            return
        os.makedirs(folder, mode=0o700, exist_ok=True)
        if not _is_ours(folder):
            return
        body = json.dumps(_encode(plan), ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()
        write_whole(os.path.join(folder, _name(source)), _seal(source, body) + b"\n" + source + body)
        _prune(folder)


def _folder() -> str:
    """Where entries are kept; empty when the user wants none or has no home."""
    if os.environ.get("MZPLAN_NO_CACHE"):
        return ""
    if sys.platform == "win32":
        given = os.environ.get("LOCALAPPDATA", "")
        return os.path.join(given, "mzplan", "cache") if given else ""
    given = os.environ.get("XDG_CACHE_HOME", "")
    home = given if given.startswith("/") else os.path.expanduser("~/.cache")
    return os.path.join(home, "mzplan") if home.startswith("/") else ""


def _is_ours(folder: str) -> bool:
    """Whether nobody else can have put entries there."""
    status = os.stat(folder)
    return sys.platform == "win32" or (status.st_uid == os.geteuid() and not status.st_mode & 0o022)


def _name(source: bytes) -> str:
    here = os.path.dirname(__file__)
    stamps = [os.stat(os.path.join(here, f"{module}.py")).st_mtime_ns for module in _MEANING]
    return f"{crc32(source):08x}-{__version__}-{FORMAT}-{crc32(repr(stamps).encode()):08x}.json"


def _seal(source: bytes, body: bytes) -> bytes:
    """The first line of an entry, which holds it to be whole; what it is an entry of follows, byte for byte."""
    return b"mzplan-plan %d %08x" % (len(source), crc32(body))


def _prune(folder: str) -> None:
    entries = [os.path.join(folder, name) for name in os.listdir(folder) if name.endswith(".json")]
    for entry in sorted(entries, key=os.path.getmtime, reverse=True)[KEPT:]:
        os.unlink(entry)


class _Table:
    """Values that many indicators share, each kept once."""

    def __init__(self) -> None:
        self.positions: dict[Hashable, int] = {}
        self.entries: list[Any] = []

    def position(self, key: Hashable, entry: Any) -> int:
        if key not in self.positions:
            self.positions[key] = len(self.entries)
            self.entries.append(entry)
        return self.positions[key]


def _pair(number: Fraction | None) -> list[int] | None:
    return None if number is None else [number.numerator, number.denominator]


def _number(pair: list[int] | None) -> Fraction | None:
    return None if pair is None else Fraction(*pair)


_RATIO = ("scale", "numerator", "denominator", "part_of_whole", "denominator_accumulates")


def _encode(plan: Plan) -> dict[str, Any]:
    units, schedules, stages, origins = _Table(), _Table(), _Table(), _Table()

    def schedule(of: Schedule) -> int:
        points = [[*month, *(_pair(share) or ())] for month, share in of.points]
        return schedules.position(of, [of.kind, *of.due, points])

    def indicator(of: Indicator) -> list[Any]:
        extra: list[Any] = []
        if isinstance(of, RatioIndicator):
            extra = [getattr(of, name) for name in _RATIO]
        elif isinstance(of, MilestoneIndicator):
            listed = [[stage.name, *(_pair(stage.share) or ())] for stage in of.stages]
            extra = [stages.position(of.stages, listed)]
        return [
            of.kind,
            [of.id, of.name, of.name_en, of.unit, of.applies_to, of.source, of.breakdown, of.note],
            [of.target.operator, _pair(of.target.value), _pair(of.target.tolerance)],
            [units.position(of.judged, of.judged), units.position(of.reporting, of.reporting), schedule(of.schedule)],
            _pair(of.baseline),
            extra,
        ]

    def origin(of: Part) -> int:
        return origins.position((of.basis, of.source), [of.basis, of.source])

    def task(of: Task) -> list[Any]:
        return [of.number, of.name, [indicator(member) for member in of.indicators]]

    areas = [
        [area.number, area.name, area.short, [task(member) for member in area.tasks]] for area in plan.action_areas
    ]
    safeguards = [task(member) for member in plan.safeguards]
    parts = [
        [
            key,
            units.position(of.units, of.units),
            [[*(_pair(kind.target.value) or ()), origin(kind)] for kind in of.kinds],
            of.which,
            of.steps,
        ]
        for key, of in columns(plan.parts).items()
    ]
    return {
        "plan": [plan.title, plan.year, plan.city, plan.publisher, plan.issued, plan.source],
        "settings": [plan.safeguards_name, plan.escalate, plan.report_day, plan.digest],
        "units": [
            [unit.id, unit.name, unit.kind, unit.code, unit.aliases, {k: _pair(v) for k, v in unit.weights.items()}]
            for unit in plan.reporting_units
        ],
        "areas": areas,
        "safeguards": safeguards,
        "parts": parts,
        "tables": [units.entries, schedules.entries, stages.entries, origins.entries],
        "relations": [[of.terms, of.operator, of.whole, of.missing] for of in plan.relations],
        "lights": [
            [
                [of.name, of.yardstick, of.title, of.source, of.note],
                [_pair(of.yellow), of.yellow_inclusive, _pair(of.red), of.red_inclusive],
            ]
            for of in plan.lights
        ],
    }


def _decode(entry: dict[str, Any], path: str) -> Plan:
    title, year, city, publisher, issued, source = entry["plan"]
    safeguards_name, escalate, report_day, digest = entry["settings"]
    tables = entry["tables"]
    units = [tuple(ids) for ids in tables[0]]
    schedules = [
        Schedule(kind, Period(*due), tuple((Period(y, m), Fraction(n, d)) for y, m, n, d in points))
        for kind, *due, points in tables[1]
    ]
    stages = [tuple(Stage(name, Fraction(n, d)) for name, n, d in listed) for listed in tables[2]]

    def indicator(held: list[Any], number: int, area: int | None) -> Indicator:
        kind, words, (operator, value, tolerance), (judged, reporting, schedule), baseline, extra = held
        identifier, name, name_en, unit, applies_to, clause, breakdown, note = words
        more: dict[str, Any] = {}
        if len(extra) == len(_RATIO):
            more = dict(zip(_RATIO, extra, strict=True))
        elif extra:
            more = {"stages": stages[extra[0]]}
        return KINDS[kind](
            id=identifier,
            name=name,
            name_en=name_en,
            unit=unit,
            target=Target(operator, Fraction(*value), Fraction(*tolerance)),
            applies_to=applies_to,
            judged=units[judged],
            reporting=units[reporting],
            schedule=schedules[schedule],
            source=clause,
            task=number,
            area=area,
            baseline=_number(baseline),
            breakdown=breakdown,
            note=note,
            **more,
        )

    def task(held: list[Any], area: int | None) -> Task:
        number, name, listed = held
        return Task(number, name, area, tuple(indicator(member, number, area) for member in listed))

    areas = tuple(
        ActionArea(number, name, short, tuple(task(member, number) for member in listed))
        for number, name, short, listed in entry["areas"]
    )
    safeguards = tuple(task(member, None) for member in entry["safeguards"])
    targets = {
        member.id: member.target
        for held in (*(t for area in areas for t in area.tasks), *safeguards)
        for member in held.indicators
    }
    places = [{unit: at for at, unit in enumerate(ids)} for ids in units]

    def shared_out(key: str, ids: int, kinds: list[list[int]], which: list[int], steps: list[int]) -> Shared:
        different = [Part(targets[key].with_value(Fraction(n, d)), *tables[3][origin]) for n, d, origin in kinds]
        return shared(places[ids], different, which, steps)

    return Plan(
        title=title,
        year=year,
        city=city,
        publisher=publisher,
        issued=issued,
        source=source,
        reporting_units=tuple(
            ReportingUnit(
                id=identifier,
                name=name,
                kind=kind,
                code=code,
                aliases=tuple(aliases),
                weights={word: Fraction(*pair) for word, pair in weights.items()},
            )
            for identifier, name, kind, code, aliases, weights in entry["units"]
        ),
        action_areas=areas,
        safeguards=safeguards,
        safeguards_name=safeguards_name,
        parts=Parts({held[0]: shared_out(*held) for held in entry["parts"]}),
        relations=tuple(Relation(tuple(terms), op, whole, missing) for terms, op, whole, missing in entry["relations"]),
        lights=tuple(
            LightPreset(
                name=name,
                yardstick=yardstick,
                yellow=Fraction(*yellow),
                yellow_inclusive=yellow_inclusive,
                red=_number(red),
                red_inclusive=red_inclusive,
                title=words,
                source=published,
                note=note,
            )
            for (name, yardstick, words, published, note), (yellow, yellow_inclusive, red, red_inclusive) in entry[
                "lights"
            ]
        ),
        escalate=escalate,
        report_day=report_day,
        path=path,
        digest=digest,
    )
