"""`mzplan template`: the form that a clerk fills in."""

from typing import Annotated

import typer

from mzplan.cli import completion
from mzplan.cli.choices import format_of
from mzplan.cli.loading import load_checked
from mzplan.cli.options import DataOption, OutputOption, PlanOption
from mzplan.cli.project import has_data, load_named, resolve_period
from mzplan.cli.terminal import emit, warn
from mzplan.diagnostics import InputError, show
from mzplan.plan.lookup import find_unit
from mzplan.submissions.blank_form import blank_form
from mzplan.submissions.ledger import Ledger

_NOTHING_OWED = "{unit} {period} 没有应报的指标。"


def command(
    unit: Annotated[
        str,
        typer.Option(
            "--unit",
            "-u",
            metavar="UNIT",
            help="填报单位的名称、代码或简称，例如 义乌市。",
            autocompletion=completion.complete_unit,
        ),
    ],
    period: Annotated[
        str | None,
        typer.Option(
            "--period",
            "-p",
            metavar="YYYY-MM",
            help="报告期 YYYY-MM；默认取数据中最近一期的下一个月。",
            show_default=False,
        ),
    ] = None,
    plan: PlanOption = None,
    data: DataOption = None,
    output: OutputOption = None,
) -> None:
    """生成填报单位的空白填报表（CSV，可直接用 Excel 或 WPS 打开）。

    只列该单位应报的指标，附目标和上次填报的数。填好后存为 data/<报告期>/<单位 id>.csv，用 mzplan check 校验。

    用法示例：mzplan template --unit 义乌市 --period 2023-10 --output 义乌市-2023-10.csv
    """
    format_of(None, ("csv",), output, "csv")
    if has_data(data):
        loaded, result = load_checked(plan, data, period)
        ledger = result.ledger
    else:
        loaded, _ = load_named(plan, period)
        ledger = Ledger(loaded)
    owner = find_unit(loaded, unit)
    latest = ledger.latest_period()
    chosen = resolve_period(loaded, period) or (latest.shift(1) if latest and latest.month < 12 else loaded.periods[0])
    owed = loaded.owed(owner.id, chosen)
    if not owed:
        raise InputError(_NOTHING_OWED.format(unit=show(owner.name), period=chosen))
    emit(blank_form(loaded, ledger, owner, chosen), output)
    if output is not None:
        warn(f"已写入 {show(str(output))}：{owner.name} {chosen}，{len(owed)} 项指标。")
