"""`mzplan check`: validates progress CSVs against the plan."""

import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Annotated

import typer

from mzplan.check.baseline import baseline_text, compare, read_baseline, relative_path
from mzplan.check.run import CheckResult, run_checks
from mzplan.check.settings import Settings, catalogue, find_settings, read_settings
from mzplan.check.since import changes_since
from mzplan.check.waivers import NAME as WAIVERS
from mzplan.check.waivers import apply_waivers, read_waivers
from mzplan.cli.choices import known
from mzplan.cli.fixing import differences, write_repairs
from mzplan.cli.options import DataOption, OutputOption, PlanOption, format_option, path_option, whole_number
from mzplan.cli.project import data_paths, plan_path, project_root, repository_root, today
from mzplan.cli.terminal import CLEAN, FINDINGS, emit, rows_counted, wants_colour, warn
from mzplan.diagnostics import Diagnostic, InputError, show
from mzplan.plan.load import load_plan
from mzplan.plan.model import Plan
from mzplan.reading.files import StrPath, append, system_reason
from mzplan.reading.text import line_reader
from mzplan.render.check import FORMATS, render
from mzplan.render.check.markdown import step_summary
from mzplan.render.check.report import Report
from mzplan.rules.pages import PAGE
from mzplan.submissions.header import FIELDS_ZH
from mzplan.submissions.repair import SIZE_LIMIT
from mzplan.submissions.sources import STANDARD_INPUT, Source, context_sources, data_sources

_NOT_A_DAY = "“{text}”不是日期，写成 YYYY-MM-DD，例如 {today}。"
_TOGETHER = "{one} 与 {other} 不能同时使用。"
_NO_STANDARD_INPUT = "从标准输入读取（-）时不能用 {option}。"
_STATISTICS = "--statistics 只用于 {known} 格式。"
_NEGATIVE = "--max-findings 不能小于 0：{count}。"
_BASELINE = "已写入基线 {path}：{count} 条。"
_GONE = "基线中有 {count} 条已不再出现，可用 --write-baseline 重新生成。"
_NO_SUMMARY = "没有写出步骤摘要：{reason}。"

_WITH_STATISTICS = ("text", "concise", "json", "markdown")


def complete_code(incomplete: str) -> Iterator[tuple[str, str]]:
    """Rule codes for the shell, with their titles."""
    yield from ((code, rule.title) for code, rule in catalogue().items() if code.startswith(incomplete))


def _rules(name: str, help_text: str) -> object:
    return typer.Option(name, metavar="CODES", help=help_text, autocompletion=complete_code, show_default=False)


def command(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="PATHS",
            help="CSV 文件或文件夹，- 表示标准输入；默认检查项目的 data/。",
            show_default=False,
            readable=False,
        ),
    ] = None,
    plan: PlanOption = None,
    data: DataOption = None,
    format_: Annotated[
        str,
        format_option(
            FORMATS,
            "text、concise、json、jsonl、github、gitlab、sarif、junit、rdjson 或 markdown。",
            show_default=True,
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
    baseline: Annotated[Path | None, path_option("--baseline", metavar="FILE", help="只报该基线之外的新问题。")] = None,
    write_baseline: Annotated[
        Path | None, path_option("--write-baseline", metavar="FILE", help="把现有问题全部写入基线，然后退出。")
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
        int | None,
        typer.Option(
            "--jobs",
            "-j",
            metavar="N",
            help="并行的进程数；默认同处理器核数。",
            show_default=False,
            parser=whole_number("--jobs"),
        ),
    ] = None,
    max_findings: Annotated[
        int,
        typer.Option(
            "--max-findings",
            metavar="N",
            help="text、concise 格式每个文件最多列几条；0 为全部。",
            parser=whole_number("--max-findings"),
        ),
    ] = 100,
    as_of: Annotated[
        str | None,
        typer.Option("--today", "--as-of", metavar="DATE", help="当作今天的日期 YYYY-MM-DD。", show_default=False),
    ] = None,
    exit_zero: Annotated[bool, typer.Option("--exit-zero", help="有问题也以 0 退出。")] = False,
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="连没有问题的文件也列出。")] = False,
) -> int:
    """按计划校验填报的 CSV：文件、单元格、与计划对照、勾稽、跨期、漏报迟报。

    每条问题给出位置、规则编号、原值和改法；mzplan rule 编号 可看说明。只有警告时退出码为 0，有错误为 1。

    用法示例：mzplan check data/2023-10/yiwu.csv
    """
    format_name = _format(format_, statistics=statistics)
    if max_findings < 0:
        raise InputError(_NEGATIVE.format(count=max_findings))
    changing = {
        "--fix": fix,
        "--diff": diff,
        "--since": since is not None,
        "--write-baseline": write_baseline is not None,
    }
    _refuse_together(changing, baseline is not None, STANDARD_INPUT in map(str, paths or ()))
    run = Run(
        day=_day(as_of),
        plan=load_plan(plan_path(plan)),
        settings=_settings().override(
            select=select or (), ignore=ignore or (), error=error_ or (), warn=warn_ or (), strict=strict, jobs=jobs
        ),
        targets=paths or data_paths(data),
        data=data,
        with_context=not no_context,
    )
    if diff:
        changes = differences(run.sources, run.mended())
        emit(changes, output)
        return FINDINGS if changes and not exit_zero else CLEAN
    if fix:
        write_repairs(run.sources, run.mended())
    result = run.checked()
    findings, waived = run.counted(result)
    if since is not None:
        findings = changes_since(since, [Path(path) for path in run.targets]).limit(findings)
    if write_baseline is not None:
        emit(baseline_text(findings, _relative_to(write_baseline)), write_baseline)
        warn(_BASELINE.format(path=show(str(write_baseline), 4096), count=len(findings)))
        return CLEAN
    unknown, count = (findings, 0) if baseline is None else _unknown(baseline, findings)
    report = Report(
        diagnostics=unknown,
        known=count,
        waived=waived,
        files=[file.path for file in result.files],
        records=result.records,
        cap=max_findings,
        verbose=verbose,
        colour=wants_colour(output),
        statistics=statistics,
        unit_names={unit.id: unit.name for unit in run.plan.reporting_units},
        field_names=FIELDS_ZH,
        cwd=str(Path.cwd()),
        root=repository_root(),
        line_text=line_reader(SIZE_LIMIT),
        rules_page=os.environ.get("MZPLAN_RULES_URL") or PAGE,
    )
    emit(render(format_name, report), output)
    if format_name == "github":
        _append_summary(report)
    return FINDINGS if report.errors and not exit_zero else CLEAN


def _format(word: str, *, statistics: bool) -> str:
    if statistics and known(word, FORMATS) not in _WITH_STATISTICS:
        raise InputError(_STATISTICS.format(known="、".join(_WITH_STATISTICS)))
    return known(word, FORMATS)


def _refuse_together(changing: Mapping[str, bool], has_baseline: bool, from_standard_input: bool) -> None:
    given = [option for option, is_given in changing.items() if is_given]
    for one, other in (("--fix", "--diff"), ("--diff", "--write-baseline")):
        if one in given and other in given:
            raise InputError(_TOGETHER.format(one=one, other=other))
    if has_baseline and "--write-baseline" in given:
        raise InputError(_TOGETHER.format(one="--baseline", other="--write-baseline"))
    if from_standard_input and (refused := [option for option in given if option != "--write-baseline"]):
        raise InputError(_NO_STANDARD_INPUT.format(option="、".join(refused)))


def _settings() -> Settings:
    path = find_settings(Path.cwd())
    return Settings() if path is None else read_settings(os.path.relpath(path))


def _day(text: str | None) -> date:
    if text is None:
        return today()
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise InputError(_NOT_A_DAY.format(text=show(text), today=today())) from None


def _unknown(path: Path, findings: Sequence[Diagnostic]) -> tuple[list[Diagnostic], int]:
    """The findings that the baseline does not know, and how many it knows."""
    compared = compare(findings, read_baseline(path), _relative_to(path))
    if compared.gone:
        warn(_GONE.format(count=compared.gone))
    return compared.new, compared.known


def _relative_to(path: Path) -> Callable[[str], str]:
    """Paths as the baseline file in that place calls them, whatever the working folder."""
    folder = str(path.absolute().parent)
    return lambda name: relative_path(name, str(Path.cwd()), folder)


def _append_summary(report: Report) -> None:
    """Add the whole report to the step's summary page, where the runner has one."""
    path = os.environ.get("GITHUB_STEP_SUMMARY")
    if not path:
        return
    try:
        append(path, step_summary(report).encode(errors="backslashreplace"))
    except OSError as problem:
        warn(_NO_SUMMARY.format(reason=show(system_reason(problem))))


@dataclass(frozen=True, kw_only=True)
class Run:
    """What is checked, and against what."""

    plan: Plan
    settings: Settings
    day: date
    targets: Sequence[StrPath]
    data: list[Path] | None
    """Where the user says the data are."""
    with_context: bool
    """Whether the project's other files are read beside the ones given."""

    @cached_property
    def whole(self) -> Sequence[StrPath]:
        """All the data there are; none where nobody says which they are."""
        try:
            return data_paths(self.data)
        except InputError:
            return ()

    @property
    def is_whole(self) -> bool:
        """Whether all data are looked at, so that a waiver without use can be told."""
        return {os.path.realpath(path) for path in self.whole} <= {os.path.realpath(path) for path in self.targets}

    @cached_property
    def sources(self) -> Sequence[Source]:
        """The files that are reported on; standard input is read once."""
        stdin = None if sys.stdin is None else sys.stdin.buffer
        return data_sources(self.targets, project_root(), stdin, self.whole)

    def checked(self) -> CheckResult:
        """What the checks say, with the project's other files as context when only some are given."""
        with rows_counted() as count:
            return run_checks(
                self.plan,
                self.sources,
                today=self.day,
                jobs=self.settings.jobs or os.cpu_count() or 1,
                context=context_sources(self.sources, project_root(), self.whole) if self.with_context else (),
                progress=count,
            )

    def mended(self) -> list[Diagnostic]:
        """The findings that a repair may act on."""
        return self.settings.apply(self.checked().diagnostics)

    def counted(self, result: CheckResult) -> tuple[list[Diagnostic], int]:
        """The findings that count, in the order of a report, and how many are waived."""
        found, waived = list(result.diagnostics), 0
        place = str(Path(project_root() or os.curdir, WAIVERS))
        if os.path.lexists(place):
            place = os.path.relpath(place)
            waivers, wrong = read_waivers(place, self.plan)
            kept = apply_waivers(found, waivers, place, self.day, whole=self.is_whole)
            found, waived = [*kept.kept, *wrong], kept.waived
        return sorted(self.settings.apply(found), key=lambda finding: finding.order), waived
