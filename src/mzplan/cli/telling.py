"""How the findings of a run reach people and programs, and in the same formats why a run cannot be."""

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from mzplan.check.settings import CANNOT_CHECK
from mzplan.cli.project import project_root, repository_root
from mzplan.cli.proposing import line_typed
from mzplan.cli.terminal import emit_as, telling, warn
from mzplan.diagnostics import Diagnostic, InputError, Location, show
from mzplan.reading.files import append, from_here, system_reason
from mzplan.render.check import WITHOUT_TALLY, render
from mzplan.render.check.markdown import step_summary
from mzplan.render.check.report import CheckReport, cleared_by_notes, left_out
from mzplan.render.formats import FOR_PEOPLE
from mzplan.rules.pages import PAGE
from mzplan.said import say
from mzplan.submissions.sources import DATA


def report_of(
    findings: Sequence[Diagnostic],
    files: Sequence[str],
    records: int | None = 0,
    cleared: Sequence[Diagnostic] = (),
    **more: Any,
) -> CheckReport:
    """The findings, and what notes clear, with where we are and where the rules are explained."""
    tell = telling()
    told, cleared = (each if tell is str else [finding.told(tell) for finding in each] for each in (findings, cleared))
    return CheckReport(
        diagnostics=told,
        cleared=cleared,
        tell=tell,
        files=files,
        records=records,
        cwd=str(Path.cwd()),
        root=repository_root(),
        rules_page=os.environ.get("MZPLAN_RULES_URL") or PAGE,
        command=line_typed().command,
        again=line_typed().again,
        **more,
    )


def tell(format_name: str, report: CheckReport, output: Path | None) -> None:
    """Write the report, and with `github` the page of the step as well."""
    emit_as(format_name, render(format_name, report), output)
    if format_name in WITHOUT_TALLY and (untold := left_out(report)):
        warn(untold)
    for line in cleared_by_notes(report) if format_name in WITHOUT_TALLY else ():
        warn(line)
    path = os.environ.get("GITHUB_STEP_SUMMARY")
    if format_name != "github" or not path:
        return
    try:
        append(path, step_summary(report).encode(errors="backslashreplace"))
    except OSError as problem:
        warn(say("没有写出步骤摘要：{reason}。", reason=show(system_reason(problem))))


@contextmanager
def told_in(format_name: str, output: Path | None) -> Iterator[None]:
    """Tell an InputError in the asked format too: an annotation or an upload that is not there passes for a clean one.

    Each finding that it carries where it stands; without any, the error itself. It goes on to whoever prints it.
    """
    try:
        yield
    except InputError as error:
        if format_name not in FOR_PEOPLE:
            tell(format_name, _refusal(error), output)
        raise


def _refusal(error: InputError) -> CheckReport:
    """The reasons; one that stands nowhere is told of the data folder, as what has no path is shown by no platform."""
    findings = list(error.findings)
    if not findings:
        data = Location(from_here(Path(project_root() or os.curdir, DATA)))
        findings = [Diagnostic(data, CANNOT_CHECK, error.message, CANNOT_CHECK.severity)]
    files = sorted({finding.location.path for finding in findings})
    return report_of(findings, files, is_refused=True)
