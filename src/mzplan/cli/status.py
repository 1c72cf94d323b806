"""`mzplan status`: who is behind, by how much, and what it would take."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

import typer

from mzplan.cli import ChineseCommand, completion
from mzplan.cli.common import (
    DataOption,
    LightsOption,
    OutputOption,
    PeriodOption,
    PlanOption,
    emit,
    is_terminal,
    load,
    resolve_period,
    terminal_width,
    wants_colour,
    warn,
)
from mzplan.cli.look import line_width
from mzplan.diagnostics import InputError, show

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mzplan.cli.common import Loaded
    from mzplan.plan import Plan
    from mzplan.progress import Status
    from mzplan.render.status import Look
    from mzplan.views import LeftOut, StatusView
    from mzplan.views.query import Query

TREND = 6
"""Periods of a `--trend` that is not followed by a number."""
MOST_PERIODS = 12

FORMATS_BY_SUFFIX = {
    ".md": "markdown",
    ".markdown": "markdown",
    ".html": "html",
    ".htm": "html",
    ".tex": "latex",
    ".csv": "csv",
    ".tsv": "tsv",
    ".json": "json",
    ".jsonl": "jsonl",
}
UTF_8 = frozenset({"html", "latex", "csv", "tsv", "json", "jsonl"})
"""Formats for files and other programs: UTF-8 in a pipe too, whatever the console's encoding is."""

_NO_FORMAT = "没有输出格式 {name}。{hint}"
_MEANT = "您是否要写 {name}？"
_KNOWN = "可用的有：{names}。"
_BAD_TREND = "--trend 的期数要在 2 到 {most} 之间，不能是 {count}。"
_GATE = "--fail-on：{found}。"


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
) -> None:
    """完成情况表：各单位 × 各行动领域的完成率和灯，需要关注的事项，逐级下钻。

    有错误的数据行不计入任何数字，表上会点名；原因用 mzplan check 查看，一个数字的来历用 mzplan explain 查看。

    用法示例：mzplan status    mzplan status --unit 义乌市 --only behind,missing    mzplan status --area 2 --trend 6
    """
    from mzplan.render.status import MACHINE, render
    from mzplan.views import StatusView

    name = chosen_format(format_, output)
    if trend is not None and not 2 <= trend <= MOST_PERIODS:
        raise InputError(_BAD_TREND.format(most=MOST_PERIODS, count=trend))
    words = Words(
        units=unit,
        areas=area,
        tasks=task,
        indicators=indicator,
        by=by,
        only=only,
        sort=sort,
        trend=trend,
        compare=compare,
        rank=not no_rank,
    )
    loaded = load(plan, data, period, lights, rank=not no_rank)
    query = words.query(loaded.plan)
    gate = _statuses(fail_on)
    view = StatusView(card=loaded.scorecard, ledger=loaded.ledger, query=query, left_out=left_out(loaded))
    text = render(name, view, look_of(name, output))
    emit(text.encode() if name in UTF_8 and not is_terminal() else text, output)
    if name in MACHINE:
        from mzplan.render.status.build import warnings

        for line in warnings(view):
            warn(line)
    _close_gate(view, gate)


class Words(NamedTuple):
    """The user's words for what to show, before the plan says what they mean."""

    units: list[str] | None
    areas: list[str] | None
    tasks: list[str] | None
    indicators: list[str] | None
    by: str | None
    only: list[str] | None
    sort: str
    trend: int | None
    compare: str | None
    rank: bool

    def query(self, plan: "Plan") -> "Query":
        """What they mean; InputError with the nearest name for one that means nothing."""
        from mzplan.views.query import (
            Query,
            area_named,
            grouping_named,
            indicator_named,
            order_named,
            split,
            task_named,
            unit_named,
        )

        order, descending = order_named(self.sort)
        return Query(
            units=tuple(dict.fromkeys(unit_named(plan, name) for name in split(self.units or ()))),
            areas=tuple(dict.fromkeys(area_named(plan, name) for name in split(self.areas or ()))),
            tasks=tuple(dict.fromkeys(task_named(plan, name) for name in split(self.tasks or ()))),
            indicators=tuple(dict.fromkeys(indicator_named(plan, name) for name in split(self.indicators or ()))),
            only=_statuses(self.only),
            by=grouping_named(self.by) if self.by else None,
            order=order,
            descending=descending,
            trend=self.trend,
            compare=resolve_period(plan, self.compare),
            rank=self.rank,
        )


def _statuses(names: "Iterable[str] | None") -> "frozenset[Status]":
    from mzplan.views.query import split, status_named

    return frozenset(status_named(name) for name in split(names or ()))


def chosen_format(name: str | None, output: Path | None) -> str:
    """The format: as asked for, else by the file's suffix, else for a terminal or a pipe."""
    from mzplan.render.status import FORMATS

    if name is None:
        if output is not None:
            return FORMATS_BY_SUFFIX.get(output.suffix.lower(), "plain")
        return "terminal" if is_terminal() or wants_colour() else "plain"
    if name not in FORMATS:
        from mzplan.plan import nearest

        near = nearest(name, FORMATS)
        hint = _MEANT.format(name=near) if near else _KNOWN.format(names="、".join(FORMATS))
        raise InputError(_NO_FORMAT.format(name=show(name), hint=hint))
    return name


def look_of(name: str, output: Path | None) -> "Look":
    """The width of the terminal and whether it has colours; the format `terminal` always has a width."""
    from mzplan.render.status import Look

    width = line_width(output)
    if width is None and name == "terminal":
        width = terminal_width()
    return Look(width, output is None and wants_colour())


def left_out(loaded: "Loaded") -> "tuple[LeftOut, ...]":
    """The files with lines that no figure rests on, and those of which nothing was read."""
    from mzplan.views import LeftOut

    lines: dict[str, set[int]] = {}
    reasons: dict[str, str] = {}
    for finding in loaded.errors:
        path, line, _ = finding.location
        lines.setdefault(path, set()).add(line)
        if not line:
            reasons[path] = finding.rule.title
    return tuple(LeftOut(path, len(lines[path]), reasons.get(path, "")) for path in sorted(lines))


def _close_gate(view: "StatusView", gate: "frozenset[Status]") -> None:
    """Exit 1 when a row within what was asked for has one of those statuses."""
    if not gate:
        return
    from mzplan.progress import STATUS_ZH

    named = frozenset(view.query.units)
    found: dict[Status, int] = {}
    for (_, unit), row in view.card.rows.items():
        if row.status in gate and (not named or unit in named) and view.query.wants(row):
            found[row.status] = found.get(row.status, 0) + 1
    if found:
        listed = "，".join(f"{STATUS_ZH[status]} {found[status]} 项次" for status in STATUS_ZH if status in found)
        warn(_GATE.format(found=listed))
        raise typer.Exit(1)
