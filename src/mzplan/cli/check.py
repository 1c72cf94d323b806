"""`mzplan check`: validates progress CSVs against the plan."""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from mzplan.cli.check_run import Asked, run
from mzplan.cli.options import DataOption, OutputOption, PlanOption


def complete_format(incomplete: str) -> Iterator[str]:
    """Formats for the shell."""
    from mzplan.render.check import FORMATS

    yield from (name for name in FORMATS if name.startswith(incomplete))


def complete_code(incomplete: str) -> Iterator[tuple[str, str]]:
    """Rule codes for the shell, with their titles."""
    from mzplan.check.settings import catalogue

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
) -> int:
    """按计划校验填报的 CSV：文件、单元格、与计划对照、勾稽、跨期、缺报迟报。

    每条问题给出位置、规则编号、原值和改法；mzplan rule 编号 可看说明。只有警告时退出码为 0，有错误为 1。

    用法示例：mzplan check data/2023-10/yiwu.csv
    """
    return run(
        Asked(
            paths=paths,
            plan=plan,
            data=data,
            format_=format_,
            output=output,
            select=select,
            ignore=ignore,
            error_=error_,
            warn_=warn_,
            strict=strict,
            statistics=statistics,
            baseline=baseline,
            write_baseline=write_baseline,
            fix=fix,
            diff=diff,
            since=since,
            no_context=no_context,
            jobs=jobs,
            max_findings=max_findings,
            as_of=as_of,
            exit_zero=exit_zero,
            verbose=verbose,
        )
    )
