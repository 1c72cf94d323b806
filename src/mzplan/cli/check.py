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

from mzplan.check.baseline import Identity
from mzplan.check.history import history_findings
from mzplan.check.policy import Policy, policy_from
from mzplan.check.run import CheckResult, run_checks
from mzplan.check.settings import Settings, catalogue, find_settings, read_settings
from mzplan.check.since import Changes
from mzplan.check.waivers import NAME as WAIVERS
from mzplan.check.waivers import apply_waivers, read_waivers
from mzplan.cli.choices import known
from mzplan.cli.comparing import changed_first, compared, home_of, looked_at, unknown_findings
from mzplan.cli.comparing import write_baseline as write_known
from mzplan.cli.fixing import differences, write_repairs
from mzplan.cli.options import DataOption, OutputOption, PlanOption, format_option, path_option, whole_number
from mzplan.cli.project import data_paths, newest_plan, plan_path, project_root, repository_root, today
from mzplan.cli.terminal import CLEAN, FINDINGS, emit, rows_counted, wants_colour, warn
from mzplan.diagnostics import Diagnostic, InputError, show
from mzplan.plan.load import breakdown_path, load_plan
from mzplan.plan.model import Plan
from mzplan.reading.files import StrPath, append, system_reason
from mzplan.reading.line_names import line_namer
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
_ALL = "--all 只与 --since 同用。"
_NEGATIVE = "--max-findings 不能小于 0：{count}。"
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
        typer.Option(
            "--since",
            metavar="REV",
            help="只报自与该 git 版本分开以来改动过的行（REV..HEAD：与它本身比），并查以前的数有没有改动。",
            show_default=False,
        ),
    ] = None,
    all_: Annotated[bool, typer.Option("--all", help="与 --since 同用：别处的问题也报，改动过的排在前面。")] = False,
    policy_from_: Annotated[
        str | None,
        typer.Option(
            "--policy-from",
            metavar="REV",
            help="计划、分解、设置、豁免和基线都取自该 git 版本：被检查的人不能自己放宽。",
            show_default=False,
        ),
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
    if all_ and since is None:
        raise InputError(_ALL)
    changing = {
        "--fix": fix,
        "--diff": diff,
        "--since": since is not None,
        "--write-baseline": write_baseline is not None,
    }
    _refuse_together(changing, baseline is not None, STANDARD_INPUT in map(str, paths or ()))
    wishes = {"select": select, "ignore": ignore, "error": error_, "warn": warn_}
    targets = paths or data_paths(data)
    with policy_from(policy_from_, home_of(targets)) as policy:
        run = Run(
            day=_day(as_of),
            plan=load_plan(_plan(plan, policy)),
            settings=_settings(policy).override(
                **{name: given or () for name, given in wishes.items()}, strict=strict, jobs=jobs
            ),
            targets=targets,
            data=data,
            with_context=not no_context,
            policy=policy,
        )
        if diff:
            changes = differences(run.sources, run.mended())
            emit(changes, output)
            return FINDINGS if changes and not exit_zero else CLEAN
        if fix:
            write_repairs(run.sources, run.mended())
        result = run.checked()
        with compared(since, run.targets) as past:
            if past is not None:
                result = run.with_history(result, past)
            findings, waived, ignored = run.counted(result)
            if write_baseline is not None:
                is_anew = run.is_whole and not run.settings.leaves_out
                write_known(write_baseline, findings, run.looked_at(result, write_baseline), is_anew=is_anew)
                return CLEAN
            known_count = unchanged = 0
            if baseline is not None:
                looked = run.looked_at(result, baseline)
                source = baseline if policy is None else policy.needed(baseline)
                findings, known_count = unknown_findings(baseline, source, findings, looked)
            if past is not None:
                deciding = () if policy is not None else _deciding(plan)
                findings, unchanged = changed_first(past, findings, deciding, with_others=all_)
    report = Report(
        diagnostics=findings,
        known=known_count,
        waived=waived,
        ignored=ignored,
        unchanged=unchanged,
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
        line_hash=line_namer(),
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
    if "--since" in given and "--write-baseline" in given:
        raise InputError(_TOGETHER.format(one="--since", other="--write-baseline"))
    if has_baseline and "--write-baseline" in given:
        raise InputError(_TOGETHER.format(one="--baseline", other="--write-baseline"))
    if from_standard_input and (refused := [option for option in given if option != "--write-baseline"]):
        raise InputError(_NO_STANDARD_INPUT.format(option="、".join(refused)))


def _plan(option: Path | None, policy: Policy | None) -> Path:
    """The plan file; with a policy as its revision has it, the newest one of a folder chosen there."""
    if policy is None:
        return plan_path(option)
    named = option or os.environ.get("MZPLAN_PLAN")
    given = plan_path(option)
    if named and not Path(named).is_dir():
        policy.file(breakdown_path(given))
        return policy.needed(given)
    return newest_plan(policy.plans(given.parent))


def _deciding(plan: Path | None) -> list[StrPath]:
    """The files here that decide about all rows."""
    given = plan_path(plan)
    settings = find_settings(Path.cwd())
    waivers = os.path.relpath(Path(project_root() or os.curdir, WAIVERS))
    return [given, breakdown_path(given), waivers, *([os.path.relpath(settings)] if settings else [])]


def _settings(policy: Policy | None) -> Settings:
    path = find_settings(Path.cwd()) if policy is None else policy.settings(Path.cwd())
    return Settings() if path is None else read_settings(os.path.relpath(path) if policy is None else path)


def _day(text: str | None) -> date:
    if text is None:
        return today()
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise InputError(_NOT_A_DAY.format(text=show(text), today=today())) from None


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
    policy: Policy | None = None
    """Where waivers are taken from, when not from here."""

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

    def with_history(self, result: CheckResult, past: Changes) -> CheckResult:
        """The result with what has become of figures that had been reported."""
        found = history_findings(self.plan, past, self.targets, result.ledger, self.day)
        ordered = sorted([*result.diagnostics, *found], key=lambda finding: finding.order)
        return result._replace(diagnostics=tuple(ordered))

    def looked_at(self, result: CheckResult, baseline: Path) -> Callable[[Identity], bool]:
        """Whether this run would find an entry of a baseline again."""
        files = [file.path for file in result.files]
        return looked_at(baseline, self.settings, files, is_whole=self.is_whole)

    def mended(self) -> list[Diagnostic]:
        """The findings that a repair may act on."""
        return self.settings.apply(self.checked().diagnostics)

    def counted(self, result: CheckResult) -> tuple[list[Diagnostic], int, int]:
        """The findings that count, in the order of a report; how many are waived, and how many settings ignore."""
        found, waived = list(result.diagnostics), 0
        place = os.path.relpath(Path(project_root() or os.curdir, WAIVERS))
        source = (Path(place) if os.path.lexists(place) else None) if self.policy is None else self.policy.file(place)
        if source is not None:
            waivers, wrong = read_waivers(source, self.plan)
            if self.policy is not None:
                place = self.policy.named(str(source))
                wrong = [each._replace(location=each.location._replace(path=place)) for each in wrong]
            kept = apply_waivers(found, waivers, place, self.day, whole=self.is_whole)
            found, waived = [*kept.kept, *wrong], kept.waived
        counted = self.settings.apply(found)
        return sorted(counted, key=lambda finding: finding.order), waived, len(found) - len(counted)
