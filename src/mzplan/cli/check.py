"""`mzplan check`: validates progress CSVs against the plan."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Annotated

import typer

from mzplan.check.policy import Policy, policy_from
from mzplan.check.settings import Settings, catalogue
from mzplan.cli import engine, options
from mzplan.cli.annotating import refuse_annotating, write_annotated
from mzplan.cli.bringing import brought
from mzplan.cli.checking import Run
from mzplan.cli.choices import format_of
from mzplan.cli.comparing import compared, home_of, warn_of_moved
from mzplan.cli.comparing import write_baseline as write_known
from mzplan.cli.deciding import asked_about, chosen_plan, chosen_settings, deciding_files, refuse_without_plan
from mzplan.cli.fixing import differences, write_repairs
from mzplan.cli.language import known_plan
from mzplan.cli.options import format_option, number_option, path_option
from mzplan.cli.overwriting import FORCE
from mzplan.cli.project import day_of
from mzplan.cli.showing import files_text
from mzplan.cli.telling import report_of, tell, told_in
from mzplan.cli.terminal import CLEAN, FINDINGS, emit, emit_data, look
from mzplan.diagnostics import InputError, show
from mzplan.reading.files import StrPath, is_link
from mzplan.reading.line_names import line_namer
from mzplan.reading.text import line_reader
from mzplan.render.check import FORMATS
from mzplan.render.check.report import no_lines
from mzplan.said import listed, say
from mzplan.submissions.header import FIELDS_ZH
from mzplan.submissions.mirror import Address
from mzplan.submissions.repair import SIZE_LIMIT
from mzplan.submissions.sources import STANDARD_INPUT

_NOT_THERE = "{option} 只管这台电脑上的文件，不能用于 {address}。请先把数据取到本机的文件夹里。"
_WITH_STATISTICS = ("text", "concise", "json", "markdown")


def complete_code(incomplete: str) -> Iterator[tuple[str, str]]:
    """Rule codes for the shell, with their titles."""
    yield from ((code, rule.title) for code, rule in catalogue().items() if code.startswith(incomplete))


def _rules(name: str, help_text: str) -> object:
    return typer.Option(name, metavar="CODES", help=help_text, autocompletion=complete_code)


def command(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="PATHS", help="报表（CSV、工作簿）或文件夹，- 表示标准输入；默认检查项目的 data/。", readable=False
        ),
    ] = None,
    plan: options.Plan = None,
    data: options.Data = None,
    format_: Annotated[str | None, format_option(FORMATS)] = None,
    output: options.Output = None,
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
    annotate: Annotated[
        Path | None,
        path_option(
            "--annotate",
            metavar="DIR",
            help="把有问题的文件各写一份批注副本（Excel 工作簿，版式不变）到该文件夹，退给填表的人。",
        ),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help=FORCE)] = False,
    diff: Annotated[bool, typer.Option("--diff", help="只显示 --fix 会怎样改，不写文件。")] = False,
    since: Annotated[
        str | None,
        typer.Option(
            "--since",
            metavar="REV",
            help="只报自与该 git 版本分开以来改动过的行（REV..HEAD：与它本身比），并查以前的数有没有改动。",
        ),
    ] = None,
    all_: Annotated[bool, typer.Option("--all", help="与 --since 同用：别处的问题也报，改动过的排在前面。")] = False,
    policy_from_: Annotated[
        str | None,
        typer.Option(
            "--policy-from",
            metavar="REV",
            help="计划、分解、设置、豁免和基线都取自该 git 版本：被检查的人不能自己放宽。",
        ),
    ] = None,
    exclude: Annotated[
        list[str] | None,
        typer.Option(
            "--exclude", metavar="PATTERN", help="不报这些文件或文件夹的问题（名称或路径，可用 * 和 ?）；可给多个。"
        ),
    ] = None,
    stdin_filename: Annotated[
        Path | None, path_option("--stdin-filename", metavar="FILE", help="标准输入（-）当作该路径的文件检查。")
    ] = None,
    no_context: Annotated[bool, typer.Option("--no-context", help="不参照数据文件夹里的其他文件。")] = False,
    engine_: engine.Name = "auto",
    memory: engine.Memory = None,
    master: engine.Master = None,
    jobs: Annotated[int | None, number_option("--jobs", "-j", help="DuckDB 的线程数；默认同处理器核数。")] = None,
    max_findings: Annotated[
        int, number_option("--max-findings", help="text、concise 格式每个文件最多列几条；0 为全部。")
    ] = 100,
    as_of: options.Day = None,
    exit_zero: Annotated[bool, typer.Option("--exit-zero", help="有问题也以 0 退出。")] = False,
    verbose: Annotated[
        bool, typer.Option("--verbose", "-v", help="连没有问题的文件、凭说明放行的全部变化也列出。")
    ] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="text、concise 格式只列问题，不写合计和提示。")] = False,
    show_files: Annotated[bool, typer.Option("--show-files", help="只列出会检查哪些文件。")] = False,
    show_settings: Annotated[bool, typer.Option("--show-settings", help="只列出按什么设置检查。")] = False,
) -> int:
    """按计划校验报表（CSV、工作簿）：文件、单元格、与计划对照、勾稽、跨期、漏报迟报。

    每条问题给出位置、规则编号、原值和改法；mzplan rule 编号 可看说明。只有警告时退出码为 0，有错误为 1。

    用法示例：mzplan check data/2023-09/yiwu.csv
    """
    instead = ("diff", "text") if diff else ("text",) if show_files or show_settings else ()
    format_name = _format(format_, output, instead, statistics=statistics)
    if max_findings < 0:
        raise InputError(say("--max-findings 不能小于 0：{count}。", count=max_findings))
    if all_ and since is None:
        raise InputError("--all 只与 --since 同用。")
    asked = {
        "--fix": fix,
        "--diff": diff,
        "--since": since is not None,
        "--write-baseline": write_baseline is not None,
        "--annotate": annotate is not None,
        "--baseline": baseline is not None,
    }
    _refuse_together(asked, STANDARD_INPUT in map(str, paths or ()))
    if stdin_filename is not None and STANDARD_INPUT not in map(str, paths or ()):
        raise InputError("--stdin-filename 要与 -（标准输入）一起用，例如：mzplan check - --stdin-filename FILE")
    wishes = {"select": select, "ignore": ignore, "error": error_, "warn": warn_}

    def settings_in(policy: Policy | None) -> Settings:
        given = {name: words or () for name, words in wishes.items()}
        return chosen_settings(policy).override(**given, strict=strict, jobs=jobs)

    reader = engine.engine_of(engine_, memory, master, is_quiet=quiet)
    with told_in(format_name, output):
        targets = asked_about(paths, data, policy_from_, since)
        _refuse_there({**asked, "--policy-from": policy_from_ is not None}, targets)
        targets = engine.reached(reader, targets)
        with policy_from(policy_from_, home_of(targets)) as policy, compared(since, targets) as past:
            refuse_without_plan(plan, policy, past)
            named = [stdin_filename] if stdin_filename is not None else targets
            choice = chosen_plan(plan, policy, named, data)
            run = Run(
                day=day_of(as_of),
                plan=known_plan(choice.path),
                choice=choice,
                settings=settings_in(policy),
                by_file=chosen_settings(policy),
                targets=targets,
                lost=frozenset(str(path) for path in targets if past is not None and past.has_lost(path)),
                data=data,
                with_context=not no_context,
                policy=policy,
                baseline=baseline,
                exclude=exclude or (),
                stdin_name=str(stdin_filename or ""),
                engine=reader,
                is_quiet=quiet,
            )
            run.warn_of_choice()
            refuse_annotating(annotate, run.homes)
            if show_files or show_settings:
                emit(files_text(run.sources) if show_files else run.shown_settings, output)
                return CLEAN
            if diff:
                changes = differences(run.sources, run.mended())
                emit_data(changes, output)
                return FINDINGS if changes and not exit_zero else CLEAN
            if fix:
                write_repairs(run.sources, run.mended())
            result = run.checked()
            if write_baseline is not None:
                findings = run.counted(result)[0]
                is_anew = run.is_whole and not run.settings.leaves_out
                write_known(write_baseline, findings, run.looked_at(result, write_baseline), is_anew=is_anew)
                return CLEAN
            deciding = [] if past is None else deciding_files(plan, past)
            if past is not None and not quiet:
                warn_of_moved(past, [*deciding, *([] if baseline is None else [baseline])])
            told = run.told(result, past, () if policy is not None else deciding, with_others=all_)
            findings = told.findings
            if policy is not None:
                is_moved = past is None or any(past.has_changed(path) for path in deciding)
                findings = brought(run, findings, plan, settings_in, is_moved=is_moved)
            write_annotated(annotate, run.sources, findings, run.indicator_names, force=force)
    report = report_of(
        findings,
        [file.path for file in result.files],
        result.records,
        known=told.known,
        waived=told.waived,
        ignored=told.ignored,
        ignored_by_option=told.ignored_by_option,
        unchanged=told.unchanged,
        cleared=told.cleared,
        excluded=len(run.given) - len(run.sources),
        links=frozenset(source.path for source in run.sources if is_link(source.file)),
        cap=max_findings,
        verbose=verbose,
        quiet=quiet,
        look=look(output),
        statistics=statistics,
        unit_names={unit.id: unit.name for plan in run.plans.values() for unit in plan.reporting_units},
        regions_of=run.regions_of,
        indicator_name=run.indicator_name,
        field_names=FIELDS_ZH,
        line_text=no_lines if stdin_filename else line_reader(SIZE_LIMIT, run.opened),
        line_hash=line_namer(run.opened),
    )
    tell(format_name, report, output)
    return FINDINGS if report.errors and not exit_zero else CLEAN


def _format(word: str | None, output: Path | None, instead: Collection[str], *, statistics: bool) -> str:
    """The report's format; `instead` are those of what is written in place of a report."""
    if instead and word is None:
        format_of(None, instead, output, "text")
    chosen = format_of(word, FORMATS, None if instead else output, "text")
    if statistics and chosen not in _WITH_STATISTICS:
        raise InputError(say("--statistics 只用于 {known} 格式。", known=listed(_WITH_STATISTICS)))
    return chosen


def _refuse_there(asked: Mapping[str, bool], targets: Sequence[StrPath]) -> None:
    """InputError for what is about files of this computer where there are none."""
    address = next((str(path) for path in targets if isinstance(path, Address)), "")
    given = [option for option, is_given in asked.items() if is_given]
    if address and given:
        raise InputError(say(_NOT_THERE, option=listed(given), address=show(address, 400)))


def _refuse_together(asked: Mapping[str, bool], from_standard_input: bool) -> None:
    given = [option for option, is_given in asked.items() if is_given]
    for one, other in (
        ("--fix", "--diff"),
        ("--diff", "--write-baseline"),
        ("--annotate", "--diff"),
        ("--annotate", "--write-baseline"),
        ("--since", "--write-baseline"),
        ("--baseline", "--write-baseline"),
    ):
        if one in given and other in given:
            raise InputError(say("{one} 与 {other} 不能同时使用。", one=one, other=other))
    refused = [option for option in given if option not in ("--baseline", "--write-baseline")]
    if from_standard_input and refused:
        raise InputError(say("从标准输入读取（-）时不能用 {option}。", option=listed(refused)))
