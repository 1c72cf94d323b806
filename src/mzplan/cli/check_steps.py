"""The steps of a run of `mzplan check`: what is read, which findings count, what is repaired, what a report needs."""

import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any

from mzplan.cli.common import data_paths, project_root, warn
from mzplan.cli.waiting import rows_counted
from mzplan.diagnostics import InputError, show
from mzplan.reading.files import StrPath, upward

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from mzplan.check.run import CheckResult
    from mzplan.check.settings import Settings
    from mzplan.diagnostics import Diagnostic
    from mzplan.plan.model import Plan
    from mzplan.render.check.report import Report
    from mzplan.submissions.repair import Repair
    from mzplan.submissions.row import Source

_FIXED = "已改正 {path}：{what}。"
_NOTHING_TO_FIX = "没有可以自动改正的地方。"
_NOT_FIXED = "没有改动 {path}：{reason}。"
_ROWS = "{count} 行的写法"


def tell(text: str) -> None:
    """A line on standard error, which a runner listens to as well."""
    from mzplan.render.check.guard import inert

    warn(inert(text))


@dataclass(frozen=True, kw_only=True)
class Run:
    """What is checked, and against what."""

    plan: "Plan"
    settings: "Settings"
    day: date
    targets: "Sequence[StrPath]"
    data: "list[Path] | None"
    """Where the user says the data are."""
    with_context: bool
    """Whether the project's other files are read beside the ones given."""

    @cached_property
    def is_whole(self) -> bool:
        """Whether all data are looked at, so that a waiver without use can be told."""
        try:
            data = {os.path.realpath(path) for path in data_paths(self.data)}
        except InputError:
            return True
        return data <= {os.path.realpath(path) for path in self.targets}

    @cached_property
    def sources(self) -> "Sequence[Source]":
        """The files that are reported on; standard input is read once."""
        from mzplan.submissions.sources import data_sources

        stdin = None if sys.stdin is None else sys.stdin.buffer
        return data_sources(self.targets, project_root(), stdin)

    def checked(self) -> "CheckResult":
        """What the checks say, with the project's other files as context when only some are given."""
        from mzplan.check.run import run_checks
        from mzplan.submissions.sources import context_sources

        with rows_counted() as count:
            return run_checks(
                self.plan,
                self.sources,
                today=self.day,
                jobs=self.settings.jobs or os.cpu_count() or 1,
                context=context_sources(self.sources, project_root()) if self.with_context else (),
                progress=count,
            )


def counted_findings(run: Run, result: "CheckResult") -> "tuple[list[Diagnostic], int]":
    """The findings that count, in the order of a report, and how many are waived."""
    from mzplan.check.waivers import NAME, apply_waivers, read_waivers

    found, waived = list(result.diagnostics), 0
    place = os.path.join(project_root() or os.curdir, NAME)
    if os.path.lexists(place):
        place = os.path.relpath(place)
        waivers, wrong = read_waivers(place, run.plan)
        kept = apply_waivers(found, waivers, place, run.day, whole=run.is_whole)
        found, waived = [*kept.kept, *wrong], kept.waived
    return sorted(run.settings.apply(found), key=lambda finding: finding.order), waived


def repairs(run: Run) -> "Iterator[tuple[Source, bytes, Repair]]":
    """Each file that a repair changes, with its bytes as they are."""
    from mzplan.reading.files import FileError
    from mzplan.submissions.repair import SIZE_LIMIT, repair

    fixes: dict[str, list[Diagnostic]] = {}
    for finding in run.settings.apply(run.checked().diagnostics):
        if finding.fix is not None:
            fixes.setdefault(finding.location.path, []).append(finding)
    for source in run.sources:
        try:
            with source.open() as stream:
                data = stream.read(SIZE_LIMIT + 1)
        except FileError:
            continue
        if len(data) > SIZE_LIMIT:
            tell(_NOT_FIXED.format(path=show(source.path, 4096), reason=f"超过 {SIZE_LIMIT >> 20} MB"))
            continue
        found = repair(data, fixes.get(source.path, ()))
        if found is not None and found.data != data:
            yield source, data, found


def differences(run: Run) -> str:
    """What `write_repairs` would do, as unified diffs; empty when it would do nothing."""
    from mzplan.render.check.diff import unified_diff

    return "".join(unified_diff(source.path, found) for source, _, found in repairs(run))


def write_repairs(run: Run) -> None:
    """Write every file that a repair changes, each whole or not at all; InputError when one cannot be written."""
    from mzplan.reading.files import system_reason, write_whole

    count = 0
    for source, data, found in list(repairs(run)):
        path = show(source.path, 4096)
        with source.open() as stream:
            is_same = stream.read(len(data) + 1) == data
        if not is_same:
            tell(_NOT_FIXED.format(path=path, reason="检查期间文件有变动"))
            continue
        try:
            write_whole(source.file or source.path, found.data)
        except OSError as problem:
            raise InputError(_NOT_FIXED.format(path=path, reason=show(system_reason(problem)))) from None
        rows = sum(row.after is not None and row.after != row.before for row in found.rows)
        what = "；".join([*([_ROWS.format(count=rows)] if rows else []), *found.notes])
        tell(_FIXED.format(path=path, what=what))
        count += 1
    if not count:
        tell(_NOTHING_TO_FIX)


def make_report(run: Run, result: "CheckResult", findings: "Sequence[Diagnostic]", **more: Any) -> "Report":
    """The report of a run's findings; `more` are fields of `Report`."""
    from mzplan.render.check.report import Report
    from mzplan.rules.pages import PAGE
    from mzplan.submissions.header import FIELDS_ZH

    return Report(
        diagnostics=findings,
        files=[file.path for file in result.files],
        records=result.records,
        unit_names={unit.id: unit.name for unit in run.plan.reporting_units},
        field_names=FIELDS_ZH,
        cwd=os.getcwd(),
        root=_repository_root(),
        line_text=_line_reader(),
        rules_page=os.environ.get("MZPLAN_RULES_URL") or PAGE,
        **more,
    )


def _repository_root() -> str:
    """The folder that a runner's paths start from: its workspace when we are in it, else the git repository's."""
    above = list(upward(os.getcwd()))
    for name in ("GITHUB_WORKSPACE", "CI_PROJECT_DIR"):
        if (given := os.environ.get(name)) and os.path.normpath(given) in above:
            return given
    return next((folder for folder in above if os.path.exists(os.path.join(folder, ".git"))), "")


def _line_reader() -> "Callable[[str, int], str | None]":
    """Lines of the files checked; the last file asked about is remembered, since findings come file by file."""
    from mzplan.reading.csv_border import physical_lines
    from mzplan.reading.files import FileError, open_regular
    from mzplan.submissions.repair import SIZE_LIMIT

    @lru_cache(maxsize=1)
    def lines_of(path: str) -> list[str]:
        try:
            with open_regular(path, SIZE_LIMIT) as stream:
                data = stream.read()
        except FileError:
            return []
        for encoding in ("utf-8-sig", "gb18030"):
            try:
                return physical_lines(data.decode(encoding))
            except UnicodeDecodeError:
                continue
        return []

    def line_text(path: str, line: int) -> str | None:
        lines = lines_of(path)
        return lines[line - 1].rstrip("\r\n") if 0 < line <= len(lines) else None

    return line_text
