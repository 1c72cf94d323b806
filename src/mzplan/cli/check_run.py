"""One run of `mzplan check`: what the command does besides reading its options."""

import os
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from mzplan.cli.check_steps import Run, counted_findings, differences, make_report, tell, write_repairs
from mzplan.cli.common import data_paths, emit, plan_path, today, wants_colour
from mzplan.diagnostics import InputError, show

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from mzplan.check.settings import Settings
    from mzplan.diagnostics import Diagnostic
    from mzplan.render.check.report import Report

_NO_FORMAT = "没有格式“{word}”。{hint}可用的有 {known}。"
_MEANT = "是否要用 {meant}？"
_NOT_A_DAY = "“{text}”不是日期，写成 YYYY-MM-DD，例如 {today}。"
_TOGETHER = "{one} 与 {other} 不能同时使用。"
_NO_STANDARD_INPUT = "从标准输入读取（-）时不能用 {option}。"
_STATISTICS = "--statistics 只用于 {known} 格式。"
_NOTHING_TO_FIX = "没有可以自动改正的地方。"
_BASELINE = "已写入基线 {path}：{count} 条。"
_GONE = "基线中有 {count} 条已不再出现，可用 --write-baseline 重新生成。"
_NO_SUMMARY = "没有写出步骤摘要：{reason}。"

_WITH_STATISTICS = ("text", "concise", "json", "markdown")


class Asked(NamedTuple):
    """What the user asks for."""

    paths: "list[Path] | None" = None
    plan: "Path | None" = None
    data: "list[Path] | None" = None
    format_: str = "text"
    output: "Path | None" = None
    select: list[str] | None = None
    ignore: list[str] | None = None
    error_: list[str] | None = None
    warn_: list[str] | None = None
    strict: bool = False
    statistics: bool = False
    baseline: "Path | None" = None
    write_baseline: "Path | None" = None
    fix: bool = False
    diff: bool = False
    since: str | None = None
    no_context: bool = False
    jobs: int | None = None
    max_findings: int = 100
    as_of: str | None = None
    exit_zero: bool = False
    verbose: bool = False


def run(asked: Asked = Asked()) -> int:
    """Print the report; 1 when there is an error, or a change that `--diff` shows, else 0."""
    from mzplan.render.check import render

    known_format = _format(asked.format_, statistics=asked.statistics)
    work = _work(asked)
    if asked.diff:
        changes = differences(work)
        if not changes:
            tell(_NOTHING_TO_FIX)
        emit(changes, asked.output)
        return int(bool(changes) and not asked.exit_zero)
    if asked.fix:
        write_repairs(work)
    result = work.checked()
    findings, waived = counted_findings(work, result)
    if asked.since is not None:
        from pathlib import Path

        from mzplan.check.since import changes_since

        findings = changes_since(asked.since, [Path(path) for path in work.targets]).limit(findings)
    if asked.write_baseline is not None:
        _write_baseline(asked.write_baseline, findings)
        return 0
    known = 0
    if asked.baseline is not None:
        findings, known = _unknown(asked.baseline, findings)
    view = {"cap": asked.max_findings, "verbose": asked.verbose, "statistics": asked.statistics}
    colour = asked.output is None and wants_colour()
    report = make_report(work, result, findings, waived=waived, known=known, colour=colour, **view)
    emit(render(known_format, report), asked.output)
    if known_format == "github":
        _append_summary(report)
    return int(bool(report.errors) and not asked.exit_zero)


def _work(asked: Asked) -> Run:
    """What is checked, and against what; InputError for wishes that cannot be met together."""
    from mzplan.plan.load import load_plan

    changing = {
        "--fix": asked.fix,
        "--diff": asked.diff,
        "--since": asked.since is not None,
        "--write-baseline": asked.write_baseline is not None,
    }
    _refuse_together(changing, asked.baseline is not None, any(str(path) == "-" for path in asked.paths or ()))
    settings = _settings().override(
        select=asked.select or (),
        ignore=asked.ignore or (),
        error=asked.error_ or (),
        warn=asked.warn_ or (),
        strict=asked.strict,
        jobs=asked.jobs,
    )
    return Run(
        day=_day(asked.as_of),
        plan=load_plan(plan_path(asked.plan)),
        settings=settings,
        targets=asked.paths or data_paths(asked.data),
        data=asked.data,
        with_context=not asked.no_context,
    )


def _format(word: str, *, statistics: bool) -> str:
    from mzplan.plan.model import nearest
    from mzplan.render.check import FORMATS

    if word not in FORMATS:
        meant = nearest(word, FORMATS)
        hint = _MEANT.format(meant=meant) if meant else ""
        raise InputError(_NO_FORMAT.format(word=show(word), hint=hint, known="、".join(FORMATS)))
    if statistics and word not in _WITH_STATISTICS:
        raise InputError(_STATISTICS.format(known="、".join(_WITH_STATISTICS)))
    return word


def _refuse_together(changing: "Mapping[str, bool]", has_baseline: bool, from_standard_input: bool) -> None:
    given = [option for option, is_given in changing.items() if is_given]
    for one, other in (("--fix", "--diff"), ("--diff", "--write-baseline")):
        if one in given and other in given:
            raise InputError(_TOGETHER.format(one=one, other=other))
    if has_baseline and "--write-baseline" in given:
        raise InputError(_TOGETHER.format(one="--baseline", other="--write-baseline"))
    if from_standard_input and (refused := [option for option in given if option != "--write-baseline"]):
        raise InputError(_NO_STANDARD_INPUT.format(option="、".join(refused)))


def _settings() -> "Settings":
    from mzplan.check.settings import Settings, find_settings, read_settings

    path = find_settings(os.getcwd())
    return Settings() if path is None else read_settings(os.path.relpath(path))


def _day(text: str | None) -> date:
    if text is None:
        return today()
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise InputError(_NOT_A_DAY.format(text=show(text), today=today())) from None


def _write_baseline(path: "Path", findings: "Sequence[Diagnostic]") -> None:
    from mzplan.check.baseline import baseline_text

    emit(baseline_text(findings, _relative_to(path)), path)
    tell(_BASELINE.format(path=show(str(path), 4096), count=len(findings)))


def _unknown(path: "Path", findings: "Sequence[Diagnostic]") -> "tuple[list[Diagnostic], int]":
    from mzplan.check.baseline import compare, read_baseline

    compared = compare(findings, read_baseline(path), _relative_to(path))
    if compared.gone:
        tell(_GONE.format(count=compared.gone))
    return compared.new, compared.known


def _relative_to(path: "Path") -> "Callable[[str], str]":
    """Paths as the baseline file in that place calls them, whatever the working folder."""
    from mzplan.check.baseline import relative_path

    folder = str(path.absolute().parent)
    return lambda name: relative_path(name, os.getcwd(), folder)


def _append_summary(report: "Report") -> None:
    """Add the whole report to the step's summary page, where the runner has one."""
    from mzplan.reading.files import system_reason
    from mzplan.render.check.markdown import step_summary

    path = os.environ.get("GITHUB_STEP_SUMMARY")
    if not path:
        return
    try:
        with open(path, "a", encoding="utf-8", newline="\n", errors="backslashreplace") as stream:
            stream.write(step_summary(report))
    except OSError as problem:
        tell(_NO_SUMMARY.format(reason=show(system_reason(problem))))
