"""`mzplan breakdown`: reference parts of city totals, with how each came about."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from mzplan.cli.choices import format_of
from mzplan.cli.completion import complete_indicator
from mzplan.cli.options import OutputOption, PlanOption, format_option, path_option
from mzplan.cli.project import contents, load_named
from mzplan.cli.terminal import emit, present, warn
from mzplan.diagnostics import InputError, show
from mzplan.plan.breakdown import (
    Breakdown,
    break_down,
    break_down_by_plan,
    plan_weights,
    read_weights,
    select,
    updated_file,
    weight_name,
)
from mzplan.plan.indicator import Indicator
from mzplan.plan.load import breakdown_path
from mzplan.plan.model import Plan
from mzplan.render.breakdown import FORMATS, Breakdowns

_LARGEST = 1 << 20
"""Bytes of a file of weights."""

_NOTHING = "计划里没有要分解的指标：请给指标写 breakdown，或用 --by 指定权重。"
_ONE_WEIGHT = "--by 与 --weights 只能用一个。"
_NOT_UTF8 = "读不了 {path}：不是 UTF-8 编码，请另存为“CSV UTF-8”。"
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
        Path | None,
        path_option("--weights", metavar="FILE", help="自备权重的 CSV，表头为 unit,weight。"),
    ] = None,
    write: Annotated[bool, typer.Option("--write", help="写入计划旁边的 <计划名>.breakdown.csv。")] = False,
    replace_official: Annotated[
        bool, typer.Option("--replace-official", help="正式下达的分解数也重新测算；默认保留，只分解其余部分。")
    ] = False,
    format_: Annotated[
        str | None, format_option(FORMATS, "text、markdown、html、latex、docx；默认 text，写文件看扩展名。")
    ] = None,
    plan: PlanOption = None,
    output: OutputOption = None,
) -> None:
    """把全市目标按权重测算到各单位，并列出每个数的由来。

    结果是参考分解（测算），非正式下达；各单位之和正好等于全市目标。加 --write 才写入分解文件。

    用法示例：mzplan breakdown T05-03 --by population
    """
    if by is not None and weights is not None:
        raise InputError(_ONE_WEIGHT)
    format_name = format_of(format_, FORMATS, output, "text")
    loaded, _ = load_named(plan)
    chosen = select(loaded, indicators or [], any_weight=by is not None or weights is not None)
    if not chosen:
        raise InputError(_NOTHING)
    breakdowns = _compute(loaded, chosen, by, weights, keep_official=not replace_official)
    present(Breakdowns(loaded, breakdowns), FORMATS, format_name, output)
    if write:
        _write(loaded, breakdowns)


def _compute(
    plan: Plan, chosen: Sequence[Indicator], by: str | None, file: Path | None, *, keep_official: bool
) -> tuple[Breakdown, ...]:
    if file is not None:
        given, name = read_weights(plan, _text(file), str(file)), show(file.name)
    elif by is not None:
        given, name = plan_weights(plan, by), weight_name(by)
    else:
        return break_down_by_plan(plan, chosen, keep_official=keep_official)
    return tuple(break_down(plan, each, given, name, keep_official=keep_official) for each in chosen)


def _text(path: Path) -> str:
    try:
        return contents(path, _LARGEST).decode("utf-8-sig")
    except UnicodeDecodeError:
        raise InputError(_NOT_UTF8.format(path=show(str(path)))) from None


def _write(plan: Plan, breakdowns: Sequence[Breakdown]) -> None:
    path = Path(breakdown_path(plan.path))
    emit(updated_file(plan, breakdowns), path)
    warn(_WRITTEN.format(path=show(str(path)), count=len(breakdowns)))
