"""`mzplan status`: who is behind, by how much, and what it would take."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Annotated, Any

import typer

from mzplan.cli import engine, options
from mzplan.cli.choices import format_of
from mzplan.cli.loading import DOUBTFUL_SHOWN, Loaded, doubtful, left_out, load, must_have_records
from mzplan.cli.options import BY_SCREEN, format_option, number_option, query_of, word_option
from mzplan.cli.parser import ChineseCommand
from mzplan.cli.project import resolve_period
from mzplan.cli.terminal import CLEAN, FINDINGS, present, usual_format, warn
from mzplan.cli.watching import must_be_shown, watch
from mzplan.diagnostics import InputError
from mzplan.period import Period
from mzplan.plan.model import Plan
from mzplan.render.formats import DATA
from mzplan.render.status import FORMATS
from mzplan.render.status.build import asides
from mzplan.said import listed, say
from mzplan.scoring.progress import LAGGING, STATUS_ZH, Status
from mzplan.views import StatusView
from mzplan.views.query import (
    GROUPINGS,
    ORDERS,
    Query,
    grouping_named,
    indicator_named,
    is_among,
    meant,
    must_mean,
    order_named,
    split,
    status_named,
)

TREND = "6"
"""Periods of a `--trend` that is not followed by a number."""
LAST = "上期"
"""What a `--compare` that is not followed by a period is compared with: the last with records before."""
MOST_PERIODS = 12

_NO_LAST = "{period} 以前没有任何一期有填报，没有上期可比。"
_OTHER_PERIOD = "{period} 以前没有任何一期有填报，没有上期可比：请用 --period 另选一期，数据到 {latest}。"
_ROWS_ALONE = "{format} 只写单个指标，不写 --by、--trend、--compare 的结果：请用 json 或 csv。"
_NOT_EARLIER = "--compare 要写早于 {period} 的报告期，不能是 {given}。"
_UNLISTED = "--only 不列{statuses}，--fail-on 看不到：把它写进 --only，或去掉 --only。"


class StatusCommand(ChineseCommand):
    """`--trend` and `--compare` may stand without their values."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Put the values in where they are missing."""
        return super().parse_args(ctx, values_filled(args))


def values_filled(arguments: Sequence[str]) -> list[str]:
    """The arguments with the usual value behind every `--trend` and `--compare` that has none."""
    usual = {"--trend": TREND, "--compare": LAST}
    filled: list[str] = []
    for argument in arguments:
        before = filled[-1] if filled else ""
        is_value = argument.lstrip("-").isdigit() if before == "--trend" else not argument.startswith("-")
        if before in usual and not is_value:
            filled.append(usual[before])
        filled.append(argument)
    return [*filled, usual[filled[-1]]] if filled and filled[-1] in usual else filled


def complete_status(incomplete: str) -> Iterator[tuple[str, str]]:
    """Statuses for the shell; the last of several joined by commas is completed."""
    head, comma, last = incomplete.rpartition(",")
    for status, word in STATUS_ZH.items():
        if status.value.startswith(last):
            yield f"{head}{comma}{status.value}", word


app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command("status", cls=StatusCommand)
def command(
    unit: options.Units = None,
    area: options.Areas = None,
    task: options.Tasks = None,
    lead: options.Leads = None,
    indicator: Annotated[
        list[str] | None, word_option("--indicator", "-i", help="只看该指标：编码或名称；可给多个。")
    ] = None,
    by: Annotated[
        str | None,
        typer.Option(
            "--by",
            metavar="GROUP",
            help="汇总方式：unit、area、task、lead、indicator、status。",
            autocompletion=lambda: list(GROUPINGS.items()),
        ),
    ] = None,
    only: Annotated[
        list[str] | None,
        typer.Option(
            "--only",
            metavar="STATUS,…",
            help='只列这些状态，如 "behind,missing" 或 "滞后,未报"。',
            autocompletion=complete_status,
        ),
    ] = None,
    sort: Annotated[
        str | None,
        typer.Option(
            "--sort",
            metavar="ORDER",
            help="排序：plan 计划、gap 差距、completion 完成率、contribution 占比、rank 位次、status 状态、"
            "name 名称、change 变化；前加 - 倒序。默认为各表最好读的顺序。",
            autocompletion=lambda: list(ORDERS.items()),
        ),
    ] = None,
    period: options.Period = None,
    trend: Annotated[
        int | None, number_option("--trend", metavar="[N]", help="并列最近 N 期（不写 N 为 6 期），附走势和变化。")
    ] = None,
    compare: Annotated[str | None, word_option("--compare", help="与该期（不写为上期）比较：当时和现在。")] = None,
    changed: Annotated[bool, typer.Option("--changed", help="与 --trend、--compare 同用：只列有变化的。")] = False,
    lights: options.Lights = None,
    no_rank: options.NoRank = False,
    full: Annotated[
        bool, typer.Option("--full", help="不省略：全部滞后目标和变化，各状态项数，指标的占比和位次，完整说明。")
    ] = False,
    fail_on: Annotated[
        list[str] | None,
        typer.Option(
            "--fail-on",
            metavar="STATUS,…",
            help='所看范围内有这些状态时以 1 退出，如 "far_behind,missing"。',
            autocompletion=complete_status,
        ),
    ] = None,
    again: Annotated[bool, typer.Option("--watch", help="数据或计划有改动就重印，Ctrl-C 结束。")] = False,
    format_: Annotated[str | None, format_option(FORMATS, BY_SCREEN)] = None,
    plan: options.Plan = None,
    data: options.Data = None,
    output: options.Output = None,
    engine_: engine.Name = "auto",
    memory: engine.Memory = None,
    master: engine.Master = None,
) -> int:
    """完成情况：滞后的目标和由于谁，未报的单位，与上月相比，各单位 × 各行动领域应达和达到几项；逐级下钻。

    有错误的数据行不计入任何数字，表上会点名；原因用 mzplan check 查看，一个数字的来历用 mzplan explain 查看。

    用法示例：mzplan status    mzplan status --unit 义乌市 --only "behind,missing"    mzplan status --area 2 --trend 6
              mzplan status --output 表.xlsx
    """
    chosen, reader = (
        format_of(format_, FORMATS, output, usual_format(output)),
        engine.engine_of(engine_, memory, master),
    )
    if trend is not None and not 2 <= trend <= MOST_PERIODS:
        raise InputError(say("--trend 的期数要在 2 到 {most} 之间，不能是 {count}。", most=MOST_PERIODS, count=trend))

    def asked(of: Plan) -> Query:
        order, descending = order_named(sort) if sort is not None else (None, False)
        return query_of(
            of,
            unit,
            area,
            task,
            lead,
            indicators=meant(indicator, of, indicator_named),
            only=_statuses(only),
            by=grouping_named(by) if by else None,
            order=order,
            descending=descending,
            trend=trend,
            changed=changed,
            rank=not no_rank,
            full=full,
        )

    def answer() -> int:
        gate = _statuses(fail_on)
        loaded = load(plan, data, period, lights, rank=not no_rank, engine=reader, asked=asked)
        query = must_mean(asked(loaded.plan)._replace(compare=_compared(loaded, compare)))
        _must_fit(query, chosen)
        _must_see(query, gate)
        view = viewed(loaded, query)
        present(view, FORMATS, chosen, output)
        if chosen in DATA:
            for line in asides(view):
                warn(line)
        return FINDINGS if _is_gated(view, gate) else CLEAN

    if not again:
        return answer()
    must_be_shown(output, chosen)
    return watch(plan, data, answer)


def _compared(loaded: Loaded, text: str | None) -> Period | None:
    """The period to compare with: an earlier one with records."""
    if text == LAST:
        period = loaded.scorecard.rows.earlier()
        if period is None:
            latest = loaded.ledger.latest_period()
            reason = _OTHER_PERIOD if latest and latest > loaded.period else _NO_LAST
            raise InputError(say(reason, period=loaded.period, latest=latest))
    else:
        period = resolve_period(loaded.plan, text)
    if period is None:
        return None
    if period >= loaded.period:
        raise InputError(say(_NOT_EARLIER, given=period, period=loaded.period))
    must_have_records(loaded.result, period)
    return period


def _must_fit(query: Query, format_name: str) -> None:
    """InputError for a question whose answer the format has no place for."""
    if format_name == "jsonl" and (query.by or query.has_history):
        raise InputError(say(_ROWS_ALONE, format=format_name))
    if format_name in ("csv", "tsv") and query.trend is not None and query.compare is not None:
        raise InputError(say("{format} 只写一张表，--trend 和 --compare 不能一起用。", format=format_name))


def _must_see(query: Query, gate: frozenset[Status]) -> None:
    """InputError for a gate on what is not listed: it would never close, or close on what nobody sees."""
    listed_too = frozenset(LAGGING) if Status.BEHIND in query.only else frozenset()
    if query.only and (unlisted := gate - query.only - listed_too):
        raise InputError(say(_UNLISTED, statuses=listed(STATUS_ZH[one] for one in Status if one in unlisted)))


def _statuses(names: Iterable[str] | None) -> frozenset[Status]:
    return frozenset(status_named(name) for name in split(names or ()))


def viewed(loaded: Loaded, query: Query) -> StatusView:
    """What was loaded, with the question asked of it."""
    most = None if query.full else DOUBTFUL_SHOWN
    return StatusView(
        card=loaded.scorecard,
        ledger=loaded.ledger,
        query=query,
        left_out=left_out(loaded.errors),
        doubts=doubtful(loaded.plan, loaded.result, loaded.period, most),
        begun=loaded.begun,
    )


def _is_gated(view: StatusView, gate: frozenset[Status]) -> bool:
    """Whether a row within what was asked for has one of those statuses, which is told."""
    if not gate:
        return False
    named = frozenset(view.query.units)
    indicators = view.card.plan.indicators
    rows = (
        row
        for (identifier, unit), row in view.card.rows.items()
        if (not named or unit in named) and view.query.wants(indicators[identifier]) and is_among(row, gate)
    )
    found = Counter(
        row.status_text if row.status in gate or row.is_lagging else STATUS_ZH[Status.MISSING] for row in rows
    )
    if found:
        found_said = listed((say("{word} {count} 项次", word=word, count=count) for word, count in found.items()), "，")
        warn(say("--fail-on：{found}。", found=found_said))
    return bool(found)
