"""`mzplan check`: validates progress CSVs against the plan."""

import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mzplan.cli.check_run import Run, counted_findings, differences, make_report, tell, write_repairs
from mzplan.cli.common import data_paths, emit, plan_path, today, wants_colour
from mzplan.cli.options import DataOption, OutputOption, PlanOption
from mzplan.diagnostics import InputError, show

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from mzplan.diagnostics import Diagnostic
    from mzplan.render.check.report import Report
    from mzplan.settings import Settings

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


def complete_format(incomplete: str) -> Iterator[str]:
    """Formats for the shell."""
    from mzplan.render.check import FORMATS

    yield from (name for name in FORMATS if name.startswith(incomplete))


def complete_code(incomplete: str) -> Iterator[tuple[str, str]]:
    """Rule codes for the shell, with their titles."""
    from mzplan.settings import catalogue

    yield from ((code, rule.title) for code, rule in catalogue().items() if code.startswith(incomplete))


def _rules(name: str, help_text: str) -> object:
    return typer.Option(name, metavar="CODES", help=help_text, autocompletion=complete_code, show_default=False)


def command(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="[PATHS]...", help="CSV 文件或文件夹，- 表示标准输入；默认检查项目的 data/。", show_default=False
        ),
    ] = None,
    plan: PlanOption = None,
    data: DataOption = None,
    format_: Annotated[
        str,
        typer.Option(
            "--format",
            "-f",
            metavar="FORMAT",
            help="text、concise、json、jsonl、github、gitlab、sarif、junit、rdjson 或 markdown。",
            autocompletion=complete_format,
        ),
    ] = "text",
    output: OutputOption = None,
    select: Annotated[
        list[str] | None, _rules("--select", "只查这些规则：编号、名称或一类（MZ2xx），可用逗号隔开。")
    ] = None,
    ignore: Annotated[list[str] | None, _rules("--ignore", "不查这些规则。")] = None,
    error_: Annotated[list[str] | None, _rules("--error", "这些规则算错误。")] = None,
    warn_: Annotated[list[str] | None, _rules("--warn", "这些规则只算警告。")] = None,
    strict: Annotated[bool, typer.Option("--strict", help="警告也算错误。")] = False,
    statistics: Annotated[bool, typer.Option("--statistics", help="附按规则、按单位的计数。")] = False,
    baseline: Annotated[
        Path | None, typer.Option("--baseline", metavar="FILE", help="只报该基线之外的新问题。", show_default=False)
    ] = None,
    write_baseline: Annotated[
        Path | None,
        typer.Option("--write-baseline", metavar="FILE", help="把现有问题全部写入基线，然后退出。", show_default=False),
    ] = None,
    fix: Annotated[
        bool, typer.Option("--fix", help="先做不改变数值的修正（编码、全角数字、千分位、别名等），再检查。")
    ] = False,
    diff: Annotated[bool, typer.Option("--diff", help="只显示 --fix 会怎样改，不写文件。")] = False,
    since: Annotated[
        str | None,
        typer.Option("--since", metavar="REV", help="只报自该 git 版本以来改动过的行。", show_default=False),
    ] = None,
    no_context: Annotated[bool, typer.Option("--no-context", help="不参照数据文件夹里的其他文件。")] = False,
    jobs: Annotated[
        int | None, typer.Option("--jobs", "-j", help="并行的进程数；默认同处理器核数。", show_default=False)
    ] = None,
    max_findings: Annotated[
        int, typer.Option("--max-findings", min=0, help="text、concise 格式每个文件最多列几条；0 为全部。")
    ] = 100,
    as_of: Annotated[
        str | None,
        typer.Option("--today", "--as-of", metavar="DATE", help="当作今天的日期 YYYY-MM-DD。", show_default=False),
    ] = None,
    exit_zero: Annotated[bool, typer.Option("--exit-zero", help="有问题也以 0 退出。")] = False,
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="连没有问题的文件也列出。")] = False,
) -> None:
    """按计划校验填报的 CSV：文件、单元格、与计划对照、勾稽、跨期、缺报迟报。

    每条问题给出位置、规则编号、原值和改法；mzplan rule 编号 可看说明。只有警告时退出码为 0，有错误为 1。

    用法示例：mzplan check data/2023-10/yiwu.csv
    """
    from mzplan.plan_load import load_plan
    from mzplan.render.check import render

    known_format = _format(format_, statistics=statistics)
    changing = {
        "--fix": fix,
        "--diff": diff,
        "--since": since is not None,
        "--write-baseline": write_baseline is not None,
    }
    _refuse_together(changing, baseline is not None, Path("-") in (paths or ()))
    settings = _settings().override(
        select=select or (), ignore=ignore or (), error=error_ or (), warn=warn_ or (), strict=strict, jobs=jobs
    )
    day = _day(as_of)
    loaded = load_plan(plan_path(plan))
    run = Run(loaded, settings, day, paths or data_paths(data), data, with_context=not no_context)
    if diff:
        changes = differences(run)
        if not changes:
            tell(_NOTHING_TO_FIX)
        emit(changes, output)
        raise typer.Exit(int(bool(changes) and not exit_zero))
    if fix:
        write_repairs(run)
    result = run.checked()
    findings, waived = counted_findings(run, result)
    if since is not None:
        from mzplan.since import changes_since

        findings = changes_since(since, run.targets).limit(findings)
    if write_baseline is not None:
        _write_baseline(write_baseline, findings)
        return
    known = 0
    if baseline is not None:
        findings, known = _unknown(baseline, findings)
    view = {"cap": max_findings, "verbose": verbose, "statistics": statistics}
    colour = output is None and wants_colour()
    report = make_report(run, result, findings, waived=waived, known=known, colour=colour, **view)
    emit(render(known_format, report), output)
    if known_format == "github":
        _append_summary(report)
    if report.errors and not exit_zero:
        raise typer.Exit(1)


def _format(word: str, *, statistics: bool) -> str:
    from mzplan.plan import nearest
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
    from mzplan.settings import Settings, find_settings, read_settings

    path = find_settings(Path.cwd())
    return Settings() if path is None else read_settings(Path(os.path.relpath(path)))


def _day(text: str | None) -> date:
    if text is None:
        return today()
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise InputError(_NOT_A_DAY.format(text=show(text), today=today())) from None


def _write_baseline(path: Path, findings: "Sequence[Diagnostic]") -> None:
    from mzplan.baseline import baseline_text

    emit(baseline_text(findings, _relative_to(path)), path)
    tell(_BASELINE.format(path=show(str(path), 4096), count=len(findings)))


def _unknown(path: Path, findings: "Sequence[Diagnostic]") -> "tuple[list[Diagnostic], int]":
    from mzplan.baseline import compare, read_baseline

    compared = compare(findings, read_baseline(path), _relative_to(path))
    if compared.gone:
        tell(_GONE.format(count=compared.gone))
    return compared.new, compared.known


def _relative_to(path: Path) -> "Callable[[str], str]":
    """Paths as the baseline file in that place calls them, whatever the working folder."""
    from mzplan.baseline import relative_path

    folder = str(path.absolute().parent)
    return lambda name: relative_path(name, str(Path.cwd()), folder)


def _append_summary(report: "Report") -> None:
    """Add the whole report to the step's summary page, where the runner has one."""
    from mzplan.files import system_reason
    from mzplan.render.check.markdown import step_summary

    path = os.environ.get("GITHUB_STEP_SUMMARY")
    if not path:
        return
    try:
        with Path(path).open("a", encoding="utf-8", newline="\n", errors="backslashreplace") as stream:
            stream.write(step_summary(report))
    except OSError as problem:
        tell(_NO_SUMMARY.format(reason=show(system_reason(problem))))
