"""The plan that the rules' examples speak of, and the files that an example stands for.

An example is the text of one CSV, or several files, each under a line `--- PATH [HOW]`. Without HOW the lines below are
the file, in UTF-8. `[gb18030]`, `[utf-16]`, `[crlf]`, `[cr-cr-lf]` say how it is written; `[hex]` gives its bytes,
`[one-line]` the number of characters of its only line; `[absent]` takes a file away; `[complete PERIOD …]` on a folder
puts sound reports of all units there; `--- PATH -> TARGET` is a symbolic link. `[workbook]` makes a workbook: each tab
under a line `=== NAME`, a row after `(隐藏)` hidden, after `(划去)` struck out.
"""

import csv
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path

import openpyxl
from openpyxl.styles import Font

from factory import plan_of_tests
from mzplan.check.run import CheckResult, run_checks
from mzplan.diagnostics import Diagnostic
from mzplan.plan.indicator import Indicator, MilestoneIndicator, RatioIndicator
from mzplan.plan.model import Plan, ReportingUnit
from mzplan.rules import RULES
from mzplan.submissions.header import FIELDS
from mzplan.submissions.sources import Source, data_sources

TODAY = date(2031, 7, 15)
PLAN = replace(plan_of_tests("examples"), path="")
UNITS = PLAN.reporting_units
DOUBTS = {code for code, rule in RULES.items() if rule.casts_doubt}
"""Of figures that may be wrong."""
HEADER = ",".join(FIELDS)
_HIDDEN, _STRUCK = "(隐藏)", "(划去)"
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
        case "workbook":
            return workbook_of(text)
        case "crlf":
            return text.replace("\n", "\r\n").encode()
        case "cr-cr-lf":
            return text.replace("\n", "\r\r\n").encode()
    return text.encode(how)


def workbook_of(text: str) -> bytes:
    """The sheets of a workbook, each below its `=== NAME`, every cell a text."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for line in text.splitlines():
        if line.startswith("=== "):
            sheet = book.create_sheet(line.removeprefix("=== "))
            continue
        sheet.append(next(csv.reader([line.removeprefix(_HIDDEN).removeprefix(_STRUCK)])))
        sheet.row_dimensions[sheet.max_row].hidden = line.startswith(_HIDDEN)
        if line.startswith(_STRUCK):
            for cell in sheet[sheet.max_row]:
                cell.font = Font(strike=True)
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


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
    text = "\n".join((HEADER, *rows, ""))
    return run_checks(plan, [Source.of_bytes("示例.csv", text.encode())], today=today)


def of_notes(row: str, plan: Plan = PLAN) -> list[Diagnostic]:
    """What the rules about notes say of a row."""
    return [each for each in check_rows(row, plan=plan, today=None).diagnostics if each.rule.code in ("MZ430", "MZ431")]


def said(result: CheckResult) -> list[str]:
    """Each finding as `MZ301@2:9`: code, line, column."""
    return [f"{f.rule.code}@{f.location.line}:{f.location.column}" for f in result.diagnostics]
