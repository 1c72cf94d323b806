"""Write a plan and a year of progress CSVs of any size, the same bytes every time, and what is wrong in them.

    python benchmarks/make_data.py --size 1m --folder build/1m            # 1,008,000 rows, all valid
    python benchmarks/make_data.py --size 1m --folder build/1m-bad --bad  # the same with 1,008 bad rows (0.1 %)
    python benchmarks/make_data.py --plan plan/2023.yaml --data data --folder build/shipped

FOLDER then holds

    plan/plan.yaml, plan/plan.breakdown.csv    what mzplan reads
    data/<period>/<unit>.csv                   the progress files; one row for every indicator, unit and month
                                               (with --one-file all rows in all.csv instead)
    tables/*.csv, datapackage.json             the same plan as flat tables and as a schema, for the peers
    expected.json                              how many findings of each kind there are, and the city's sums

The last form makes the tables alone, of a plan and data that exist. Everything in these files is invented.
"""

import argparse
import csv
import io
import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise, product
from pathlib import Path
from random import Random
from typing import NamedTuple
from zlib import crc32

from mzplan.figures import decimal_text, share_out
from mzplan.plan.indicator import MilestoneIndicator, RatioIndicator
from mzplan.plan.model import Plan

YEAR = 2023
MONTHS = range(1, 13)
COLUMNS = ("period", "unit", "indicator", "name", "value", "numerator", "denominator", "note", "evidence")
NUMBER = r"[+-]?[0-9]{1,12}(\.[0-9]{1,6})?"
BAD_SHARE = 1000
"""One row in so many is bad when bad rows are asked for."""


class Size(NamedTuple):
    """The shape of a plan: `areas * tasks * indicators * units * 12` rows."""

    areas: int
    tasks: int
    indicators: int
    units: int


SIZES = {
    "tiny": Size(2, 2, 3, 2),  # 288 rows; with fewer no count is without parts, which a fall needs
    "7k": Size(5, 3, 4, 10),  # 7,200
    "100k": Size(6, 4, 5, 70),  # 100,800
    "300k": Size(10, 4, 7, 90),  # 302,400
    "1m": Size(10, 4, 7, 300),  # 1,008,000
    "3m": Size(10, 4, 7, 900),  # 3,024,000
    "10m": Size(10, 4, 7, 3_000),  # 10,080,000
    "55m": Size(11, 11, 1, 38_000),  # 55,176,000, as of every township
}

KINDS = ("count", "milestone", "ratio", "count", "stock", "milestone", "count", "ratio", "count", "milestone")
"""The kinds of successive indicators: four counts, a stock, two ratios and three milestones in ten."""

STAGES = {"document": ("未启动", "起草", "征求意见", "审议", "印发"), "": ("未启动", "推进中", "已完成")}

SUBJECTS = (
    "居家养老",
    "社会救助",
    "儿童福利",
    "社区治理",
    "社会组织",
    "慈善事业",
    "婚姻登记",
    "殡葬服务",
    "区划地名",
    "残疾人福利",
)
SITES = (
    "服务中心",
    "示范站点",
    "实训基地",
    "助联体",
    "信息平台",
    "志愿队伍",
    "专业机构",
    "保障资金",
    "服务人次",
    "持证人员",
)
MEASURES = ("数", "新增数", "达标数", "覆盖数", "完成数")
SYLLABLES = "青白云石清永安平和兴泉南北东西龙凤金玉长"
ENDINGS = ("县", "市", "区")


@dataclass(frozen=True, slots=True)
class Unit:
    """A reporting unit of the invented city."""

    position: int
    id: str
    name: str
    code: str
    townships: int


@dataclass(frozen=True, slots=True)
class Spec:
    """An indicator of the invented plan."""

    position: int
    area: int
    task: int
    id: str
    name: str
    kind: str

    @property
    def has_decimals(self) -> bool:
        """Whether its figures have a decimal, as amounts of money have."""
        return self.kind in ("count", "stock") and self.position % 3 == 1

    @property
    def stage_set(self) -> str:
        """The name of a milestone's stage set, empty for the default."""
        return "document" if self.position % 2 else ""

    @property
    def has_parts(self) -> bool:
        """Whether the city total is shared out among the units: a third of counts and stocks."""
        return self.kind in ("count", "stock") and self.position % 3 == 0

    @property
    def is_for_each(self) -> bool:
        """Whether the target binds every unit rather than the city: half of the ratios, all milestones."""
        return self.kind == "milestone" or (self.kind == "ratio" and self.position % 2 == 0)


def units_of(size: Size) -> list[Unit]:
    """The reporting units, each with a name of its own."""
    names = (
        "".join(syllables) + ending
        for count in (2, 3, 4)
        for ending in ENDINGS
        for syllables in product(SYLLABLES, repeat=count)
        if all(one != other for one, other in pairwise(syllables))
    )
    return [
        Unit(i, f"u{i + 1:03d}", name, f"{330_101 + i}", 5 + i * 7 % 21)
        for i, name in zip(range(size.units), names, strict=False)
    ]


def specs_of(size: Size) -> list[Spec]:
    """The indicators in plan order, each with a name of its own."""
    specs = []
    for position in range(size.areas * size.tasks * size.indicators):
        task, number = divmod(position, size.indicators)
        area = task // size.tasks
        measure, rest = divmod(position // len(SUBJECTS), len(SITES))
        name = SUBJECTS[position % len(SUBJECTS)] + SITES[rest] + MEASURES[measure]
        specs.append(
            Spec(position, area + 1, task + 1, f"T{task + 1:02d}-{number + 1:02d}", name, KINDS[position % len(KINDS)])
        )
    return specs


class Row(NamedTuple):
    """One line of a progress CSV."""

    period: str
    unit: str
    indicator: str
    name: str
    value: str = ""
    numerator: str = ""
    denominator: str = ""
    note: str = ""
    evidence: str = ""


def mixed(spec: Spec, unit: Unit, below: int) -> int:
    """From 0 up: what sets a unit's figures of an indicator apart from those of the others, without any pattern."""
    return crc32(f"{spec.position}/{unit.position}".encode()) % below


def step(spec: Spec, unit: Unit) -> int:
    """By how much a count or stock grows in a month: a larger unit does more, and no two do the same in all things."""
    return 20 + 3 * unit.townships + mixed(spec, unit, 160)


def is_corrected(spec: Spec, unit: Unit) -> bool:
    """Whether a count of that series is corrected downward in August, with a note."""
    return (spec.position + 3 * unit.position) % 101 == 0


def row_of(spec: Spec, unit: Unit, month: int) -> Row:
    """The valid record of that indicator, unit and month: figures that differ between units and rise plausibly."""
    i, u, note, evidence = spec.position, unit.position, "", ""
    value = numerator = denominator = ""
    if spec.kind == "ratio":
        below = 101 + mixed(spec, unit, 150)  # of 100 it would look like a percentage
        above = below * (40 + 4 * month) // 100 + (u + month) % 3
        numerator, denominator = str(above), str(below)
        value = hundredths(above, below) if u % 2 else ""
    elif spec.kind == "milestone":
        stages = STAGES[spec.stage_set]
        begun, done = 2 + (i + u) % 4, 6 + (i * 3 + u) % 9
        position = 0 if month < begun else min((month - begun) * len(stages) // (done - begun), len(stages) - 2)
        if month >= done:
            position, evidence = len(stages) - 1, f"https://example.org/{spec.id}/{unit.id}"
        value = stages[position]
    else:
        whole = step(spec, unit) * month + (i + u * month) % 5
        if spec.kind == "stock":
            whole += 300 + mixed(spec, unit, 40)
        elif is_corrected(spec, unit) and month >= 8:
            whole -= 2 * step(spec, unit)
        value = f"{whole}.{(i + u + month) % 9 + 1}" if spec.has_decimals else str(whole)
        if spec.kind == "count" and is_corrected(spec, unit) and month == 8:
            note = f"核减重复统计，比上次减少{decimal_text(Fraction(row_of(spec, unit, 7).value) - Fraction(value))}"
    return Row(f"{YEAR}-{month:02d}", unit.name, spec.id, spec.name, value, numerator, denominator, note, evidence)


def hundredths(above: int, below: int) -> str:
    """A percentage to two decimals, half up."""
    whole, rest = divmod((20_000 * above + below) // (2 * below), 100)
    return f"{whole}.{rest:02d}"


FAULTS = (
    "unknown-unit",
    "unknown-indicator",
    "not-a-number",
    "numerator-above-denominator",
    "falling-total",
    "repeated-record",
    "name-mismatch",
    "unknown-stage",
)
"""The faults put in by turns. Half replace a cell of a valid row, half are rows too many; one finding each."""

FAULTY_KIND = {
    "not-a-number": "count",
    "numerator-above-denominator": "ratio",
    "falling-total": "count",
    "name-mismatch": "milestone",
    "unknown-stage": "milestone",
}


def spoil(fault: str, rows: list[Row], at: int, earlier: Row) -> None:
    """Put the fault into the row at that place; `earlier` is the same unit's record of two months before."""
    row = rows[at]
    match fault:
        case "unknown-unit":
            rows.append(row._replace(unit="子虚县"))
        case "unknown-indicator":
            rows.append(row._replace(indicator="X" + row.indicator[1:]))
        case "repeated-record":
            rows.append(row)
        case "not-a-number":
            rows[at] = row._replace(value="1.4亿")
        case "numerator-above-denominator":
            rows[at] = row._replace(value="", numerator=str(int(row.denominator) + 7))
        case "falling-total":
            rows[at] = row._replace(value=str(int(float(earlier.value)) - 1))
        case "name-mismatch":
            rows[at] = row._replace(name="乌有工程完成数")
        case "unknown-stage":
            rows[at] = row._replace(value="快了")


def faults_of(specs: Sequence[Spec], units: Sequence[Unit]) -> dict[tuple[int, int], dict[int, str]]:
    """Which fault goes where: (month, unit position) to indicator position to fault; no series has two.

    Places are chosen so that one bad row is one finding and nothing follows from it.
    """
    random, wanted = Random(YEAR), max(len(specs) * len(units) * 12 // BAD_SHARE, len(FAULTS))

    def one_of(count: int) -> int:
        return int(random.random() * count)

    places: dict[tuple[int, int], dict[int, str]] = {}
    taken: set[tuple[int, int]] = set()
    for _ in range(10_000 * wanted):
        fault = FAULTS[len(taken) % len(FAULTS)]
        spec, unit, month = specs[one_of(len(specs))], units[one_of(len(units))], 6 + one_of(6)
        there = places.setdefault((month, unit.position), {})
        if (
            FAULTY_KIND.get(fault, spec.kind) == spec.kind
            and (spec.position, unit.position) not in taken
            and fault not in there.values()  # several rows of an unknown unit in one file are one finding
            and not is_corrected(spec, unit)
            and (fault != "falling-total" or (month >= 9 and not spec.has_parts))  # rising again must not be a jump
        ):
            taken.add((spec.position, unit.position))
            there[spec.position] = fault
        if len(taken) == wanted:
            return places
    raise ValueError(f"too few rows to put {wanted} faults into")


def files_of(specs: Sequence[Spec], units: Sequence[Unit], bad: bool) -> Iterator[tuple[str, list[Row]]]:
    """Every progress file as its path under `data/` and its rows."""
    places = faults_of(specs, units) if bad else {}
    for month in MONTHS:
        for unit in units:
            rows = [row_of(spec, unit, month) for spec in specs]
            for at, fault in places.get((month, unit.position), {}).items():
                spoil(fault, rows, at, row_of(specs[at], unit, month - 2))
            yield f"{YEAR}-{month:02d}/{unit.id}.csv", rows


def plan_yaml(size: Size, specs: Sequence[Spec], units: Sequence[Unit]) -> str:
    """The plan in the form that mzplan reads."""
    lines = [
        "title: 基准测试用工作要点（虚构）",
        "city: 全市",
        f"year: {YEAR}",
        f'issued: "{YEAR}-04-10"',
        "publisher: 虚构市民政局",
        "source: https://example.org/plan",
        "reporting: [county]",
        "stage_sets:",
        f"  document: [{', '.join(STAGES['document'])}]",
        "reporting_units:",
        *(
            f'  - {{id: {unit.id}, name: {unit.name}, kind: county, code: "{unit.code}", '
            f"weights: {{townships: {unit.townships}}}}}"
            for unit in units
        ),
        "action_areas:",
    ]
    for spec in specs:
        if spec.position % (size.tasks * size.indicators) == 0:
            subject = SUBJECTS[(spec.area - 1) % len(SUBJECTS)]
            lines += [
                f"  - number: {spec.area}",
                f"    name: 推进{subject}提升行动",
                f"    short: {subject}",
                "    tasks:",
            ]
        if spec.position % size.indicators == 0:
            lines += [f"      - number: {spec.task}", f"        name: 第{spec.task}项任务", "        indicators:"]
        lines.append(f"          - {{{', '.join(f'{key}: {value}' for key, value in settings(spec, units))}}}")
    return "\n".join(lines) + "\n"


def settings(spec: Spec, units: Sequence[Unit]) -> Iterator[tuple[str, object]]:
    """The keys of one indicator in the plan file."""
    yield from (("id", spec.id), ("name", spec.name), ("name_en", f"Indicator {spec.id}"), ("kind", spec.kind))
    yield "unit", {"ratio": '"%"', "milestone": "项"}.get(spec.kind, "个")
    if spec.has_decimals:
        yield "decimals", 1
    if spec.kind == "milestone":
        if spec.stage_set:
            yield "stages", spec.stage_set
    elif spec.kind == "ratio":
        yield "target", "{at_least: 85}"
        if spec.is_for_each:
            yield "applies_to", "each"
    else:
        yield "target", f"{{at_least: {total_of(spec, units)}}}"
        if spec.has_parts:
            yield "breakdown", "townships"
    yield "source", f"{spec.name}达到要求"


def total_of(spec: Spec, units: Sequence[Unit]) -> int:
    """The city's target of a count or stock: a little more than the units will reach."""
    return sum(step(spec, unit) * 13 + (300 if spec.kind == "stock" else 0) for unit in units)


def breakdown_csv(specs: Sequence[Spec], units: Sequence[Unit]) -> str:
    """The reference parts of the city totals that are shared out."""
    lines = ["indicator,unit,target,basis,source"]
    for spec in specs:
        if spec.has_parts:
            parts = share_out(total_of(spec, units), [unit.townships for unit in units])
            lines += (
                f"{spec.id},{unit.id},{part},reference,按乡镇（街道）数测算"
                for unit, part in zip(units, parts, strict=True)
            )
    return "\ufeff" + "\n".join(lines) + "\n"


def sums_of(specs: Sequence[Spec], units: Sequence[Unit]) -> dict[str, dict[str, str]]:
    """The city's figures in December by indicator: a sum, a numerator over a denominator, or a mean share."""
    sums = {}
    for spec in specs:
        rows = [row_of(spec, unit, 12) for unit in units]
        if spec.kind == "ratio":
            sums[spec.id] = {
                "numerator": str(sum(int(row.numerator) for row in rows)),
                "denominator": str(sum(int(row.denominator) for row in rows)),
            }
        elif spec.kind == "milestone":
            stages = STAGES[spec.stage_set]
            shares = [Fraction(stages.index(row.value), len(stages) - 1) for row in rows]
            sums[spec.id] = {"share": decimal_text(sum(shares, Fraction(0)) / len(shares))}
        else:
            sums[spec.id] = {"sum": decimal_text(sum((Fraction(row.value) for row in rows), Fraction(0)))}
    return sums


def write_csv(path: Path, header: Sequence[str], rows: Iterator[Sequence[object]]) -> None:
    """A CSV for the peers: UTF-8, one header line."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    path.write_text(buffer.getvalue(), encoding="utf-8")


def write_tables(plan: Plan, folder: Path) -> None:
    """The plan as flat tables: what a script without a plan loader needs to check and to add up the same things.

    The peers get everything ready for joins: spellings of units, stages with shares, who owes what, every unit's
    target.
    """
    tables = folder / "tables"
    tables.mkdir(parents=True, exist_ok=True)
    indicators = list(plan.indicators.values())
    write_csv(
        tables / "indicators.csv",
        ("indicator", "id", "name", "kind", "area", "applies_to", "scale", "part_of_whole", "cumulative"),
        (
            (
                position,
                one.id,
                one.name,
                one.kind,
                one.area or 0,
                one.applies_to,
                one.scale if isinstance(one, RatioIndicator) else 0,
                int(isinstance(one, RatioIndicator) and one.part_of_whole),
                int(one.cumulative),
            )
            for position, one in enumerate(indicators)
        ),
    )
    write_csv(
        tables / "units.csv",
        ("unit", "id", "name", "ranked"),
        ((i, one.id, one.name, int(one.is_ranked)) for i, one in enumerate(plan.reporting_units)),
    )
    write_csv(
        tables / "spellings.csv",
        ("spelling", "unit"),
        ((spelling, plan.unit_index[unit]) for spelling, unit in plan.unit_names.items()),
    )
    write_csv(
        tables / "stages.csv",
        ("indicator", "stage", "position", "share", "last"),
        (
            (position, stage.name, number, float(stage.share), int(stage is one.stages[-1]))
            for position, one in enumerate(indicators)
            if isinstance(one, MilestoneIndicator)
            for number, stage in enumerate(one.stages)
        ),
    )
    write_csv(
        tables / "reporting.csv",
        ("indicator", "unit"),
        ((position, plan.unit_index[unit]) for position, one in enumerate(indicators) for unit in one.reporting),
    )
    write_csv(tables / "months.csv", ("period", "month"), ((str(one), one.month) for one in plan.periods))
    write_csv(
        tables / "targets.csv", ("indicator", "unit", "operator", "target", "tolerance", "baseline"), targets(plan)
    )


def targets(plan: Plan) -> Iterator[Sequence[object]]:
    """Every target: the city's with unit -1, then each judged unit's."""
    for position, one in enumerate(plan.indicators.values()):
        judged = [(-1, one.target)]
        judged += [
            (number, found[0])
            for number, unit in enumerate(plan.reporting_units)
            if (found := plan.target_for(one, unit.id, plan.periods[-1]))
        ]
        for number, target in judged:
            baseline = "" if one.baseline is None else float(one.baseline)
            yield position, number, target.operator, float(target.value), float(target.tolerance), baseline


def data_package(plan: Plan, folder: Path, files: Sequence[str]) -> Mapping[str, object]:
    """One table in many files with what frictionless can hold of the plan: enums, patterns, a primary key."""
    number = {"type": "string", "constraints": {"pattern": NUMBER}}
    stages = {
        stage.name for one in plan.indicators.values() if isinstance(one, MilestoneIndicator) for stage in one.stages
    }
    values = "|".join([NUMBER, *sorted(stages), "不适用"])
    required = {"required": True}
    fields = [
        {"name": "period", "type": "string", "constraints": {**required, "pattern": r"[0-9]{4}-(0[1-9]|1[0-2])"}},
        {"name": "unit", "type": "string", "constraints": {**required, "enum": list(plan.unit_names)}},
        {"name": "indicator", "type": "string", "constraints": {**required, "enum": list(plan.indicators)}},
        {"name": "name", "type": "string", "constraints": {"enum": [one.name for one in plan.indicators.values()]}},
        {"name": "value", "type": "string", "constraints": {"pattern": f"({values})"}},
        {"name": "numerator", **number},
        {"name": "denominator", **number},
        {"name": "note", "type": "string"},
        {"name": "evidence", "type": "string"},
    ]
    resource: dict[str, object] = {
        "name": "progress",
        "type": "table",
        "path": files[0],
        "scheme": "multipart" if len(files) > 1 else "file",
        "format": "csv",
        "encoding": "utf-8",
        "schema": {"fields": fields, "primaryKey": ["period", "unit", "indicator"]},
    }
    if len(files) > 1:
        resource["extrapaths"] = list(files[1:])
    return {"name": "progress", "resources": [resource]}


def write_peers(plan: Plan, folder: Path, files: Sequence[str]) -> None:
    """What the peers read instead of the plan file; `files` are paths relative to the folder."""
    write_tables(plan, folder)
    package = json.dumps(data_package(plan, folder, files), ensure_ascii=False, indent=1)
    (folder / "datapackage.json").write_text(package, encoding="utf-8")


def write_made_up(size: Size, folder: Path, *, bad: bool, one_file: bool = False) -> int:
    """Plan, data, expectation and the peers' tables of that size; the number of rows."""
    specs, units = specs_of(size), units_of(size)
    plan = folder / "plan" / "plan.yaml"
    plan.parent.mkdir(parents=True, exist_ok=True)
    plan.write_text(plan_yaml(size, specs, units), encoding="utf-8")
    plan.with_name("plan.breakdown.csv").write_text(breakdown_csv(specs, units), encoding="utf-8")
    count = 0
    files: list[str] = []
    for name, rows in files_of(specs, units, bad):
        path = folder / ("all.csv" if one_file else f"data/{name}")
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("a" if one_file and files else "w", encoding="utf-8", newline="\n") as file:
            file.writelines(",".join(line) + "\n" for line in (rows if one_file and files else [COLUMNS, *rows]))
        if not (one_file and files):
            files.append(path.relative_to(folder).as_posix())
        count += len(rows)
    found = [fault for faults in faults_of(specs, units).values() for fault in faults.values()] if bad else []
    expected = {
        "records": count,
        "findings": {fault: found.count(fault) for fault in FAULTS if fault in found},
        "sums": sums_of(specs, units),
    }
    (folder / "expected.json").write_text(json.dumps(expected, ensure_ascii=False, indent=1), encoding="utf-8")
    from mzplan.plan.load import load_plan

    write_peers(load_plan(plan), folder, files)
    return count


def write_existing(plan_path: Path, data: Path, folder: Path) -> int:
    """The peers' tables of a plan that exists, and a copy of its data below the folder; the number of files."""
    from mzplan.plan.load import load_plan

    files = []
    for source in sorted(data.glob("*/*.csv")):
        copy = folder / "data" / source.parent.name / source.name
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(source.read_bytes().removeprefix(b"\xef\xbb\xbf"))  # frictionless' multipart keeps a BOM
        files.append(copy.relative_to(folder).as_posix())
    write_peers(load_plan(plan_path), folder, files)
    return len(files)


def main() -> None:
    """Read the command line and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--size", choices=SIZES, default="7k")
    parser.add_argument("--bad", action="store_true", help="one row in a thousand is bad")
    parser.add_argument("--one-file", action="store_true", help="all rows in one file")
    parser.add_argument("--folder", type=Path, required=True)
    parser.add_argument("--plan", type=Path, help="an existing plan instead of a made-up one; needs --data")
    parser.add_argument("--data", type=Path)
    options = parser.parse_args()
    if options.plan and options.data:
        print(f"{write_existing(options.plan, options.data, options.folder)} files", file=sys.stderr)
    else:
        rows = write_made_up(SIZES[options.size], options.folder, bad=options.bad, one_file=options.one_file)
        print(f"{rows} rows", file=sys.stderr)


if __name__ == "__main__":
    main()
