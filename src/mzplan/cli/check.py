"""`mzplan check`: validates progress CSVs against the plan."""

import os
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from io import BytesIO
from pathlib import Path
from typing import Annotated, NamedTuple

import typer

from mzplan.check.baseline import Identity
from mzplan.check.history import history_findings, without_consequences
from mzplan.check.policy import Policy, policy_from
from mzplan.check.run import CheckResult, run_checks
from mzplan.check.settings import NAME as SETTINGS
from mzplan.check.settings import Settings, catalogue, find_settings, read_settings
from mzplan.check.since import Changes
from mzplan.check.waivers import NAME as WAIVERS
from mzplan.check.waivers import Waiver, apply_waivers, read_waivers
from mzplan.cli.choices import known
from mzplan.cli.comparing import (
    changed_first,
    compared,
    home_of,
    known_findings,
    looked_at,
    unknown_findings,
    warn_of_gone,
    warn_of_moved,
)
from mzplan.cli.comparing import write_baseline as write_known
from mzplan.cli.fixing import differences, write_repairs
from mzplan.cli.options import DataOption, OutputOption, PlanOption, format_option, path_option, whole_number
from mzplan.cli.project import data_paths, plan_choice, plan_path, project_root, today
from mzplan.cli.showing import files_text, settings_text
from mzplan.cli.telling import report_of, tell, told_in
from mzplan.cli.terminal import CLEAN, FINDINGS, emit, rows_counted, wants_colour, warn
from mzplan.diagnostics import Diagnostic, InputError, Severity, show
from mzplan.plan.choice import Choice, choose
from mzplan.plan.load import breakdown_path, load_plan, read_plan
from mzplan.plan.model import Plan
from mzplan.reading.files import StrPath
from mzplan.reading.line_names import line_namer
from mzplan.reading.text import line_reader
from mzplan.render.check import FORMATS
from mzplan.render.check.report import no_lines
from mzplan.submissions.header import FIELDS_ZH
from mzplan.submissions.repair import RESHAPED, SIZE_LIMIT, reshaped
from mzplan.submissions.sources import (
    PLANS,
    STANDARD_INPUT,
    Source,
    context_sources,
    data_sources,
    is_excluded,
    newest_year,
)

_NOT_A_DAY = "“{text}”不是日期，写成 YYYY-MM-DD，例如 {today}。"
_TOGETHER = "{one} 与 {other} 不能同时使用。"
_NO_STANDARD_INPUT = "从标准输入读取（-）时不能用 {option}。"
_STATISTICS = "--statistics 只用于 {known} 格式。"
_ALL = "--all 只与 --since 同用。"
_EXCLUDED = "按 --exclude 略过 {count} 个文件的问题。"
_NO_DASH = "--stdin-filename 要与 -（标准输入）一起用，例如：mzplan check - --stdin-filename FILE"
_NEGATIVE = "--max-findings 不能小于 0：{count}。"
_BY_OWN = "（按这里改动后的计划和设置）"

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
        list[str] | None, _rules("--select", "只查这些规则：编号、名称、一类（MZ2）或全部（ALL），可用逗号隔开。")
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
    exclude: Annotated[
        list[str] | None,
        typer.Option(
            "--exclude",
            metavar="PATTERN",
            help="不报这些文件或文件夹的问题（名称或路径，可用 * 和 ?）；可给多个。",
            show_default=False,
        ),
    ] = None,
    stdin_filename: Annotated[
        Path | None,
        path_option("--stdin-filename", metavar="FILE", help="标准输入（-）当作该路径的文件检查。"),
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
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="text、concise 格式只列问题，不写合计和提示。")] = False,
    show_files: Annotated[bool, typer.Option("--show-files", help="只列出会检查哪些文件。")] = False,
    show_settings: Annotated[bool, typer.Option("--show-settings", help="只列出按什么设置检查。")] = False,
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
    if stdin_filename is not None and STANDARD_INPUT not in map(str, paths or ()):
        raise InputError(_NO_DASH)
    wishes = {"select": select, "ignore": ignore, "error": error_, "warn": warn_}

    def settings_in(policy: Policy | None) -> Settings:
        given = {name: words or () for name, words in wishes.items()}
        return _settings(policy).override(**given, strict=strict, jobs=jobs)

    with told_in(format_name, output):
        targets = paths or data_paths(data)
        with policy_from(policy_from_, home_of(targets)) as policy:
            choice = _plan(plan, policy, [stdin_filename] if stdin_filename is not None else targets)
            if choice.note and not quiet:
                warn(choice.note)
            run = Run(
                day=_day(as_of),
                plan=load_plan(choice.path),
                other_years=frozenset(choice.others),
                settings=settings_in(policy),
                targets=targets,
                data=data,
                with_context=not no_context,
                policy=policy,
                baseline=baseline,
                exclude=exclude or (),
                stdin_name=str(stdin_filename or ""),
                is_quiet=quiet,
            )
            if show_files or show_settings:
                emit(files_text(run.sources) if show_files else run.shown_settings, output)
                return CLEAN
            if diff:
                changes = differences(run.sources, run.mended())
                emit(changes, output)
                return FINDINGS if changes and not exit_zero else CLEAN
            if fix:
                write_repairs(run.sources, run.mended())
            result = run.checked()
            if write_baseline is not None:
                findings = run.counted(result)[0]
                is_anew = run.is_whole and not run.settings.leaves_out
                write_known(write_baseline, findings, run.looked_at(result, write_baseline), is_anew=is_anew)
                return CLEAN
            with compared(since, run.targets) as past:
                deciding = [] if past is None else _deciding(plan, past)
                told = run.told(result, past, () if policy is not None else deciding, with_others=all_)
                findings = told.findings
                if policy is not None:
                    is_moved = past is None or any(past.has_changed(path) for path in deciding)
                    findings = [*findings, *_brought(run, findings, plan, settings_in, is_moved=is_moved)]
    report = report_of(
        findings,
        [file.path for file in result.files],
        result.records,
        known=told.known,
        waived=told.waived,
        ignored=told.ignored,
        unchanged=told.unchanged,
        cap=max_findings,
        verbose=verbose,
        quiet=quiet,
        colour=wants_colour(output),
        statistics=statistics,
        unit_names={unit.id: unit.name for unit in run.plan.reporting_units},
        indicator_names={code: indicator.name for code, indicator in run.plan.indicators.items()},
        field_names=FIELDS_ZH,
        line_text=no_lines if stdin_filename else line_reader(SIZE_LIMIT),
        line_hash=line_namer(),
    )
    tell(format_name, report, output)
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


def _plan(option: Path | None, policy: Policy | None, targets: Sequence[StrPath]) -> Choice:
    """The plan file, of several that of the newest data; with a policy as its revision has it, chosen there."""
    if policy is None:
        return plan_choice(option, None, targets)
    root = project_root()
    policy.check_project(Path.cwd(), root)
    named = option or os.environ.get("MZPLAN_PLAN")
    if named and not policy.is_folder(named):
        policy.file(breakdown_path(named))
        return Choice(policy.needed(named))
    plans = policy.plans(named or os.path.relpath(Path(root or os.curdir, PLANS)))
    return choose(plans, newest_data=newest_year(targets))


def _deciding(option: Path | None, past: Changes) -> list[str]:
    """The files that decide about all rows, also those that are there no more."""
    here, root = Path.cwd(), Path(project_root() or os.curdir)
    named = option or os.environ.get("MZPLAN_PLAN")
    settings = [str(folder / SETTINGS) for folder in (here, *here.parents)]
    plans = past.all_below(named or root / PLANS)
    beside = [breakdown_path(named)] if named else []
    paths = (*plans, *beside, str(root / WAIVERS), *settings)
    return [os.path.relpath(path) for path in paths if past.repository.inside(path) is not None]


def _settings(policy: Policy | None) -> Settings:
    path = find_settings(Path.cwd()) if policy is None else policy.settings(Path.cwd())
    return Settings() if path is None else read_settings(os.path.relpath(path) if policy is None else path)


def _brought(
    run: "Run",
    told: Sequence[Diagnostic],
    option: Path | None,
    settings_in: Callable[[Policy | None], Settings],
    *,
    is_moved: bool,
) -> list[Diagnostic]:
    """What is to be said of the plan, settings and waivers that stand here, though others decide.

    They decide once they are merged: what is wrong with them would stop whoever comes next, and what the data are by
    them is told as warnings where they have been moved.
    """
    settings = None
    try:
        plan, found = read_plan(plan_path(option, None, run.targets))
    except InputError as error:
        if not error.findings:
            raise
        return list(error.findings)
    try:
        settings = settings_in(None)
    except InputError as error:
        if not error.findings:
            raise
        found = [*found, *error.findings]
    own = replace(run, policy=None, plan=plan or run.plan, settings=settings or run.settings)
    found = [*found, *own.waivers()[1]]
    if any(finding.severity is Severity.ERROR for finding in found):
        return found
    if not is_moved or (own.plan.digest == run.plan.digest and own.settings == run.settings):
        return found
    known = {(each.location, each.rule.code, each.message) for each in told}
    return found + [
        each._replace(severity=Severity.WARNING, message=f"{each.message}{_BY_OWN}")
        for each in own._told(own.checked(), None, (), with_others=True)[0].findings
        if (each.location, each.rule.code, each.message) not in known
    ]


def _day(text: str | None) -> date:
    if text is None:
        return today()
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise InputError(_NOT_A_DAY.format(text=show(text), today=today())) from None


class Told(NamedTuple):
    """What a run tells, and how many findings it does not."""

    findings: list[Diagnostic]
    waived: int
    ignored: int
    known: int = 0
    unchanged: int = 0


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
    baseline: Path | None = None
    """Where the findings stand that are known."""
    exclude: Sequence[str] = ()
    """Patterns of files that are read beside the others, but not reported on."""
    is_quiet: bool = False
    other_years: frozenset[int] = frozenset()
    """Years that have plans of their own: their data are not looked at."""
    stdin_name: str = ""
    """Where the standard input would lie."""

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
        looked_at = {os.path.realpath(path) for path in self.targets}
        return not self.exclude and looked_at.issuperset(os.path.realpath(path) for path in self.whole)

    @cached_property
    def given(self) -> Sequence[Source]:
        """The files that are named; standard input is read once."""
        stdin = None if sys.stdin is None else sys.stdin.buffer
        return data_sources(self.targets, project_root(), stdin, self.whole, self.stdin_name, self.other_years)

    @cached_property
    def sources(self) -> Sequence[Source]:
        """The files that are reported on."""
        return [source for source in self.given if not is_excluded(source.path, self.exclude)]

    @property
    def shown_settings(self) -> str:
        """What decides about the run, for whoever wonders."""
        paths = {"plan": self.plan.path, "data": [str(path) for path in self.targets], "exclude": self.exclude}
        return settings_text(self.settings, find_settings(Path.cwd()), {**paths, "today": str(self.day)})

    def checked(self) -> CheckResult:
        """What the checks say, with the project's other files as context when only some are given."""
        others = context_sources(self.given, project_root(), self.whole, self.other_years) if self.with_context else []
        excluded = [source for source in self.given if is_excluded(source.path, self.exclude)]
        with rows_counted() as count:
            result = run_checks(
                self.plan,
                self.sources,
                today=self.day,
                jobs=self.settings.jobs or os.cpu_count() or 1,
                context=[*others, *excluded],
                progress=count,
            )
        if excluded and not self.is_quiet:
            warn(_EXCLUDED.format(count=len(excluded)))
        kept = (finding for finding in result.diagnostics if not is_excluded(finding.location.path, self.exclude))
        return result._replace(diagnostics=tuple(kept)) if self.exclude else result

    def told(
        self, result: CheckResult, past: Changes | None, deciding: Sequence[StrPath], *, with_others: bool
    ) -> Told:
        """What is told of a result; with a past also of what has become of figures that had been reported.

        These come second, as an error that is told of a row says enough of its figure, and one that is not, nothing.
        """
        told, gone = self._told(result, past, deciding, with_others=with_others)
        if past is not None:
            history = history_findings(self.plan, past, self.targets, result.ledger, self.day, told.findings)
            ordered = sorted([*result.diagnostics, *history], key=lambda finding: finding.order)
            with_history = result._replace(diagnostics=tuple(ordered))
            told, gone = self._told(with_history, past, deciding, with_others=with_others)
            told = told._replace(findings=without_consequences(told.findings))
            if not with_others:
                warn_of_moved(past, deciding)
        warn_of_gone(gone)
        return told

    def _told(
        self, result: CheckResult, past: Changes | None, deciding: Sequence[StrPath], *, with_others: bool
    ) -> tuple[Told, int]:
        """The same of findings as they are, and how many entries of the baseline are gone."""
        told, gone = Told(*self.counted(result)), 0
        if self.baseline is not None:
            looked = self.looked_at(result, self.baseline)
            new = unknown_findings(self.baseline, self.known_before, told.findings, looked)
            told, gone = told._replace(findings=new.new, known=new.known), new.gone
        if past is not None:
            findings, unchanged = changed_first(past, told.findings, deciding, with_others=with_others)
            told = told._replace(findings=findings, unchanged=unchanged)
        return told, gone

    @cached_property
    def known_before(self) -> Counter[Identity]:
        """What the baseline knows."""
        return Counter() if self.baseline is None else known_findings(self.baseline, self.policy)

    def looked_at(self, result: CheckResult, baseline: Path) -> Callable[[Identity], bool]:
        """Whether this run would find an entry of a baseline again."""
        files = [file.path for file in result.files]
        return looked_at(baseline, self.settings, files, is_whole=self.is_whole)

    def mended(self) -> list[Diagnostic]:
        """The findings that a repair may act on; of a file in another shape also those that it has in ours."""
        found = self.settings.apply(self.checked().diagnostics)
        misshapen = {finding.location.path for finding in found if finding.rule.code in RESHAPED}
        for source in self.sources:
            if source.path in misshapen:
                with source.open() as stream:
                    shape = reshaped(stream.read(SIZE_LIMIT))
                if shape is not None:
                    inside = source._replace(content=BytesIO(shape.data), size=len(shape.data))
                    found += self.settings.apply(run_checks(self.plan, [inside], today=self.day).diagnostics)
        return found

    def counted(self, result: CheckResult) -> tuple[list[Diagnostic], int, int]:
        """The findings that count, in the order of a report; how many are waived, and how many settings ignore."""
        waivers, wrong, place = self.waivers()
        kept = apply_waivers(result.diagnostics, waivers, place, self.day, whole=self.is_whole)
        found = [*kept.kept, *wrong]
        counted = self.settings.apply(found)
        return sorted(counted, key=lambda finding: finding.order), kept.waived, len(found) - len(counted)

    def waivers(self) -> tuple[list[Waiver], list[Diagnostic], str]:
        """The agreed exceptions, what is wrong with them, and what their file is called."""
        place = os.path.relpath(Path(project_root() or os.curdir, WAIVERS))
        source = (Path(place) if os.path.lexists(place) else None) if self.policy is None else self.policy.file(place)
        if source is None:
            return [], [], place
        waivers, wrong = read_waivers(source, self.plan)
        if self.policy is not None:
            place = self.policy.named(str(source))
            # They waive nothing, which is strict enough: as errors they would stop the request that mends them.
            place_of = self.policy.place
            wrong = [each._replace(location=place_of(each.location), severity=Severity.WARNING) for each in wrong]
        return waivers, wrong, place
