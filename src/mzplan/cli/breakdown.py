"""`mzplan breakdown`: reference parts of city totals, with how each came about."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated

import typer

from mzplan.cli import options
from mzplan.cli.choices import format_of
from mzplan.cli.completion import complete_indicator
from mzplan.cli.options import format_option, path_option
from mzplan.cli.project import load_named, resolve_period
from mzplan.cli.sheets import rows_of
from mzplan.cli.terminal import emit_data, present, warn
from mzplan.diagnostics import InputError, errors_of, show
from mzplan.plan.breakdown import (
    Breakdown,
    break_down_by_plan,
    break_down_through,
    breakdown_file,
    plan_weights,
    read_weights,
    select,
    since,
    updated_file,
    weight_name,
)
from mzplan.plan.breakdown_merge import Merged, promised
from mzplan.plan.indicator import Indicator
from mzplan.plan.load import LARGEST_BREAKDOWN, breakdown_path, finding_line
from mzplan.plan.model import BEGINNING, Part, Plan
from mzplan.render.breakdown import FORMATS, Breakdowns
from mzplan.said import first_of, listed, say

_LARGEST = 1 << 20
"""Bytes of a file of weights."""

_IMPORT_PRINTS = "--import 不用 --write，它输出整个分解文件：要写入，加 -o {path}；已有这个文件的，再加 --force。"
_NOT_ALL_READ = "{path} 没有全部读懂，什么也没有写："
_IMPORTED = "{path}：{indicators} 项指标、{parts} 个正式分解数。"
_WOULD_CHANGE = (
    "{path} 会改动已正式下达的分解数 {count} 个，以前各月也会按新数重判，什么也没有写：{rows}。"
    "年中调整的写明从哪个月起，如 --from {year}-09；要改正原来的数，加 --replace。"
)
_CHANGES_NAMED = 5
_ENDED = "{since}不再分解的 {count} 个：{names}。"
_WRITTEN = "已写入 {path}：{count} 项指标的参考分解。"


def command(
    indicators: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="INDICATOR",
            help="指标编码或名称，可给多个；默认为计划里写有权重的全部指标。",
            autocompletion=complete_indicator,
        ),
    ] = None,
    by: Annotated[
        str | None,
        typer.Option("--by", metavar="WEIGHT", help="权重：计划里的 townships、population 等，或 equal（均分）。"),
    ] = None,
    weights: Annotated[
        Path | None, path_option("--weights", metavar="FILE", help="自备权重的 CSV 或工作簿，表头为 unit,weight。")
    ] = None,
    sheet: Annotated[
        Path | None,
        path_option(
            "--import", help="正式下达的分解表（单位×指标，横竖都行；工作簿、CSV，或制表符分隔）：改写成分解文件。"
        ),
    ] = None,
    source: Annotated[
        str | None, typer.Option("--source", metavar="DOCUMENT", help="与 --import 同用：下达的文号或文件名。")
    ] = None,
    start: Annotated[
        str | None,
        typer.Option(
            "--from", metavar="PERIOD", help="与 --import 同用：新的分解数从哪个月起考核，如 2023-09；以前的行不动。"
        ),
    ] = None,
    write: Annotated[bool, typer.Option("--write", help="写入计划旁边的 <计划名>.breakdown.csv。")] = False,
    replace: Annotated[
        bool,
        typer.Option(
            "--replace",
            "--replace-official",
            help="正式下达的分解数也重新测算（默认保留，只分解其余部分）；与 --import 同用时也由新表取代（默认拒绝）。",
        ),
    ] = False,
    format_: Annotated[str | None, format_option(FORMATS)] = None,
    plan: options.Plan = None,
    output: options.Output = None,
) -> None:
    """把全市目标按权重测算到各单位，并列出每个数的由来。

    结果是参考分解（测算），非正式下达；各单位之和正好等于全市目标。加 --write 才写入分解文件。

    加 --import 则读入正式下达的分解表，输出加上这些正式分解数的整个分解文件；读不懂一处就什么也不写。年中调整的
    加 --from 写明从哪个月起，以前各月仍按原来的数考核。

    用法示例：mzplan breakdown T05-03 --by population
    """
    if by is not None and weights is not None:
        raise InputError("--by 与 --weights 只能用一个。")
    if sheet is not None:
        if indicators or by is not None or weights is not None or format_ is not None:
            raise InputError("--import 只与 --source、--from、--replace、--plan、--output 同用。")
        loaded, _ = load_named(plan)
        if write:
            raise InputError(say(_IMPORT_PRINTS, path=show(breakdown_path(loaded.path), 400)))
        _import(loaded, sheet, source or "", start, output, replace=replace)
        return
    for option, given in (("--source", source), ("--from", start)):
        if given is not None:
            raise InputError(say("{option} 只与 --import 同用。", option=option))
    format_name = format_of(format_, FORMATS, output, "text")
    loaded, _ = load_named(plan)
    chosen = select(loaded, indicators or [], any_weight=by is not None or weights is not None)
    if not chosen:
        raise InputError("计划里没有要分解的指标：请给指标写 breakdown，或用 --by 指定权重。")
    breakdowns = _compute(loaded, chosen, by, weights, keep_official=not replace)
    present(Breakdowns(loaded, breakdowns), FORMATS, format_name, output)
    if write:
        _write(loaded, breakdowns)


def _compute(
    plan: Plan, chosen: Sequence[Indicator], by: str | None, file: Path | None, *, keep_official: bool
) -> tuple[Breakdown, ...]:
    if file is not None:
        given, name = read_weights(plan, rows_of(file, _LARGEST), str(file)), show(file.name)
    elif by is not None:
        given, name = plan_weights(plan, by), weight_name(by)
    else:
        return break_down_by_plan(plan, chosen, keep_official=keep_official)
    return tuple(
        breakdown
        for each in chosen
        for breakdown in break_down_through(plan, each, given, name, keep_official=keep_official)
    )


def _write(plan: Plan, breakdowns: Sequence[Breakdown]) -> None:
    path = Path(breakdown_path(plan.path))
    emit_data(updated_file(plan, breakdowns), path)
    warn(say(_WRITTEN, path=show(str(path)), count=len({each.indicator.id for each in breakdowns})))
    changed = {
        (each.indicator.id, unit): (old, part)
        for each in breakdowns
        for unit, part in each.parts.items()
        if (old := plan.part_for(each.indicator, unit, each.start or BEGINNING)) and old.target != part.target
    }
    if changed:
        warn(say("其中与原来不同的 {count} 个：{rows}。", count=len(changed), rows=_rows(plan, changed)))


def _import(plan: Plan, sheet: Path, source: str, start: str | None, output: Path | None, *, replace: bool) -> None:
    """The whole breakdown file with what a sheet issues; nothing unless all of the sheet is understood."""
    # They bring pydantic, which no other way of this command needs.
    from mzplan.plan.breakdown_rows import flaw
    from mzplan.plan.breakdown_sheet import read_breakdown_sheet

    if not source.strip() or flaw("source", source.strip())[0]:
        raise InputError("--import 要用 --source 写明下达的文号或文件名，不以 = + - @ 开头。")
    format_of(None, ("csv",), output, "csv")
    from_month = resolve_period(plan, start)
    rows = rows_of(sheet, LARGEST_BREAKDOWN)
    imported = read_breakdown_sheet(plan, rows, str(sheet), source.strip(), from_month)
    lines = [finding_line(finding) for finding in imported.findings]
    if errors_of(imported.findings):
        raise InputError(listed([say(_NOT_ALL_READ, path=show(str(sheet))), *lines], "\n"), imported.findings)
    if not (imported.parts or imported.ended):
        raise InputError(say("{path} 里没有一个分解数。", path=show(str(sheet))))
    after = imported.merged
    if after.changed and not replace:
        raise InputError(_would_change(plan, after, sheet))
    emit_data(breakdown_file(plan, after.parts), output)
    for line in lines:
        warn(line)
    counted = len(imported.parts), len({indicator for indicator, _ in imported.parts})
    warn(say(_IMPORTED, path=show(str(sheet)), parts=counted[0], indicators=counted[1]))
    if imported.ended:
        names = [listed((identifier, show(plan.units[unit].name)), " ") for identifier, unit in imported.ended]
        warn(say(_ENDED, since=since(from_month), count=len(names), names=listed(names)))


def _would_change(plan: Plan, after: Merged, sheet: Path) -> str:
    """Which official rows a sheet would change, and how it can be meant."""
    rows = _rows(plan, after.changed)
    return say(_WOULD_CHANGE, path=show(str(sheet)), count=len(after.changed), rows=rows, year=plan.year)


def _rows(plan: Plan, changed: Mapping[tuple[str, str], tuple[Part, Part | None]]) -> str:
    """Which parts differ, each before and now; the first few of many."""
    rows = [
        say(
            "{indicator} {name} {unit}{start} {before} → {now}",
            indicator=identifier,
            name=show(plan.indicators[identifier].name),
            unit=show(plan.units[unit].name),
            start=since(old.start),
            before=_told(plan.indicators[identifier], old),
            now=_told(plan.indicators[identifier], new),
        )
        for (identifier, unit), (old, new) in changed.items()
    ]
    return first_of(rows, _CHANGES_NAMED, "{names}…")


def _told(indicator: Indicator, part: Part | None) -> str:
    """What a unit was given, if it is anything to be done."""
    return promised(indicator, part) if part is not None and part.is_target else "不分解"
