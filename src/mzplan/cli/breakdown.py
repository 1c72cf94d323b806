"""`mzplan breakdown`: reference parts of city totals, with how each came about."""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Annotated

import typer

from mzplan.cli.completion import complete_indicator
from mzplan.cli.options import OutputOption, PlanOption, path_option
from mzplan.cli.project import contents, plan_path
from mzplan.cli.terminal import emit, warn
from mzplan.diagnostics import InputError, show
from mzplan.figures import decimal_text, rounded
from mzplan.plan.breakdown import (
    Breakdown,
    Share,
    break_down,
    break_down_by_plan,
    plan_weights,
    read_weights,
    select,
    updated_file,
    weight_name,
)
from mzplan.plan.indicator import Indicator
from mzplan.plan.load import breakdown_path, load_plan
from mzplan.plan.model import Plan
from mzplan.render.layout import pad, width_of

_LARGEST = 1 << 20
"""Bytes of a file of weights."""

_TITLE = "{id} {name}：{city}目标{value}{unit}，按{weight}分解"
_REST = "{id} {name}：{city}目标{value}{unit}，其中正式下达{official}{unit}，其余{rest}{unit}按{weight}分解"
_ALL_OFFICIAL = "{id} {name}：{city}目标{value}{unit}已全部正式下达，没有需要测算的部分。"
_COLUMNS = ("单位", "权重", "精确份额", "取整", "余数", "补足", "分解数")
_ALL_COLUMNS = ("单位", "依据", "分解数")
_OFFICIAL = "正式下达"
_SUM = "合计"
_LEFT_OUT = "未参加分解（没有权重）：{names}"
_FOOTER = "参考分解（测算），非正式下达。按最大余数法：先取整，差额依余数从大到小各补足{step}，余数相同的先列者先得。"
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
    plan: PlanOption = None,
    output: OutputOption = None,
) -> None:
    """把全市目标按权重测算到各单位，并列出每个数的由来。

    结果是参考分解（测算），非正式下达；各单位之和正好等于全市目标。加 --write 才写入分解文件。

    用法示例：mzplan breakdown T05-03 --by population
    """
    if by is not None and weights is not None:
        raise InputError(_ONE_WEIGHT)
    loaded = load_plan(plan_path(plan))
    chosen = select(loaded, indicators or [], any_weight=by is not None or weights is not None)
    if not chosen:
        raise InputError(_NOTHING)
    breakdowns = _compute(loaded, chosen, by, weights, keep_official=not replace_official)
    emit("\n".join(_table(loaded, each) for each in breakdowns), output)
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


def _table(plan: Plan, breakdown: Breakdown) -> str:
    """One indicator: a line that names it, a line per unit, the sum, and what the figures are.

    A total that is official throughout gets its parts and nothing about how they were computed.
    """
    indicator = breakdown.indicator
    if not breakdown.shares:
        parts = [(plan.units[unit].name, _OFFICIAL, decimal_text(value)) for unit, value in breakdown.official.items()]
        rows = [_ALL_COLUMNS, *parts, (_SUM, "", decimal_text(breakdown.total))]
        return "\n".join([_title(plan, breakdown), *_aligned(rows)]) + "\n"
    computed = [_row(plan.units[share.unit].name, share, breakdown.step) for share in breakdown.shares]
    kept = [
        (plan.units[unit].name, _OFFICIAL, "", "", "", "", decimal_text(value))
        for unit, value in breakdown.official.items()
    ]
    weight = sum((share.weight for share in breakdown.shares), Fraction(0))
    whole = sum((share.part for share in breakdown.shares), breakdown.total - breakdown.shared)
    total = (_SUM, decimal_text(weight), "", "", "", "", decimal_text(whole))
    lines = [_title(plan, breakdown), *_aligned([_COLUMNS, *computed, *kept, total])]
    if breakdown.left_out:
        lines.append(_LEFT_OUT.format(names="、".join(plan.units[unit].name for unit in breakdown.left_out)))
    lines.append(_FOOTER.format(step=f"{decimal_text(breakdown.step)}{indicator.unit}"))
    return "\n".join(lines) + "\n"


def _row(name: str, share: Share, step: Fraction) -> tuple[str, ...]:
    return (
        name,
        decimal_text(share.weight),
        rounded(share.quota, 3, below=[share.whole + step]),
        decimal_text(share.whole),
        rounded(share.remainder, 3, below=[step], above=[0]),
        decimal_text(share.extra),
        decimal_text(share.part),
    )


def _title(plan: Plan, breakdown: Breakdown) -> str:
    indicator = breakdown.indicator
    words = _ALL_OFFICIAL if not breakdown.shares else _REST if breakdown.official else _TITLE
    return words.format(
        id=indicator.id,
        name=indicator.name,
        city=plan.city,
        value=decimal_text(breakdown.total),
        official=decimal_text(breakdown.total - breakdown.shared),
        rest=decimal_text(breakdown.shared),
        unit=indicator.unit,
        weight=breakdown.weight,
    )


def _aligned(rows: Sequence[tuple[str, ...]]) -> Iterator[str]:
    """Columns that line up in a terminal: names to the left, figures to the right."""
    widths = [max(map(width_of, column)) for column in zip(*rows, strict=True)]
    for name, *figures in rows:
        padded = [pad(text, width, "right") for text, width in zip(figures, widths[1:], strict=True)]
        yield "  ".join(["", pad(name, widths[0]), *padded]).rstrip()
