"""`mzplan status`: who is behind, by how much, and what it would take."""

from collections.abc import Sequence
from typing import Annotated, Any

import typer

from mzplan.cli import completion
from mzplan.cli.options import DataOption, LightsOption, OutputOption, PeriodOption, PlanOption
from mzplan.cli.parser import ChineseCommand
from mzplan.cli.status_run import Asked, run

TREND = 6
"""Periods of a `--trend` that is not followed by a number."""


class StatusCommand(ChineseCommand):
    """`--trend` may stand without its number."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Put the number in where it is missing."""
        return super().parse_args(ctx, trend_filled(args))


def trend_filled(arguments: Sequence[str]) -> list[str]:
    """The arguments with the usual number of periods behind every `--trend` that has none."""
    filled: list[str] = []
    for argument in arguments:
        if filled and filled[-1] == "--trend" and not argument.lstrip("-").isdigit():
            filled.append(str(TREND))
        filled.append(argument)
    return [*filled, str(TREND)] if filled[-1:] == ["--trend"] else filled


app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command("status", cls=StatusCommand)
def command(
    unit: Annotated[
        list[str] | None,
        typer.Option(
            "--unit",
            "-u",
            help="只看该单位：名称、id、代码、简称或开头几个字；可给多个，全市写“全市”。",
            autocompletion=completion.complete_unit,
            show_default=False,
        ),
    ] = None,
    area: Annotated[
        list[str] | None,
        typer.Option(
            "--area",
            "-a",
            help="只看该行动领域：序号、简称或名称；可给多个。",
            autocompletion=completion.complete_area,
            show_default=False,
        ),
    ] = None,
    task: Annotated[
        list[str] | None,
        typer.Option(
            "--task",
            help="只看该任务：序号或名称；可给多个。",
            autocompletion=completion.complete_task,
            show_default=False,
        ),
    ] = None,
    indicator: Annotated[
        list[str] | None,
        typer.Option(
            "--indicator",
            "-i",
            help="只看该指标：编码或名称；可给多个。",
            autocompletion=completion.complete_indicator,
            show_default=False,
        ),
    ] = None,
    by: Annotated[
        str | None,
        typer.Option(
            "--by",
            help="汇总方式：unit、area、task、indicator、status。",
            autocompletion=completion.complete_grouping,
            show_default=False,
        ),
    ] = None,
    only: Annotated[
        list[str] | None,
        typer.Option(
            "--only",
            help="只列这些状态，如 behind,missing 或 滞后,未报。",
            autocompletion=completion.complete_status,
            show_default=False,
        ),
    ] = None,
    sort: Annotated[
        str,
        typer.Option(
            "--sort",
            help="排序：plan、gap、completion、contribution、rank、status、name；前加 - 倒序。",
            autocompletion=completion.complete_order,
        ),
    ] = "plan",
    period: PeriodOption = None,
    trend: Annotated[
        int | None,
        typer.Option(
            "--trend", metavar="[N]", help="并列最近 N 期（不写 N 为 6 期），附走势和变化。", show_default=False
        ),
    ] = None,
    compare: Annotated[
        str | None,
        typer.Option("--compare", metavar="YYYY-MM", help="与该期比较：当时和现在。", show_default=False),
    ] = None,
    lights: LightsOption = None,
    no_rank: Annotated[bool, typer.Option("--no-rank", help="不排位次。")] = False,
    fail_on: Annotated[
        list[str] | None,
        typer.Option(
            "--fail-on",
            help="所看范围内有这些状态时以 1 退出，如 far_behind,missing。",
            autocompletion=completion.complete_status,
            show_default=False,
        ),
    ] = None,
    format_: Annotated[
        str | None,
        typer.Option(
            "--format",
            "-f",
            metavar="FORMAT",
            help="terminal、plain、markdown、html、latex、csv、tsv、json、jsonl；"
            "默认：终端上 terminal，管道里 plain，写文件看扩展名。",
            autocompletion=completion.complete_format,
            show_default=False,
        ),
    ] = None,
    plan: PlanOption = None,
    data: DataOption = None,
    output: OutputOption = None,
) -> int:
    """完成情况表：各单位 × 各行动领域的完成率和灯，需要关注的事项，逐级下钻。

    有错误的数据行不计入任何数字，表上会点名；原因用 mzplan check 查看，一个数字的来历用 mzplan explain 查看。

    用法示例：mzplan status    mzplan status --unit 义乌市 --only behind,missing    mzplan status --area 2 --trend 6
    """
    return run(
        Asked(
            unit=unit,
            area=area,
            task=task,
            indicator=indicator,
            by=by,
            only=only,
            sort=sort,
            period=period,
            trend=trend,
            compare=compare,
            lights=lights,
            no_rank=no_rank,
            fail_on=fail_on,
            format_=format_,
            plan=plan,
            data=data,
            output=output,
        )
    )
