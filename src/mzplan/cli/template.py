"""`mzplan template`: the form that a clerk fills in."""

from typing import Annotated

import typer

from mzplan.cli import completion
from mzplan.cli.loading import load_checked
from mzplan.cli.options import DataOption, OutputOption, PlanOption
from mzplan.cli.project import has_data, plan_path, resolve_period
from mzplan.cli.terminal import emit, warn
from mzplan.diagnostics import InputError, show
from mzplan.plan.load import load_plan
from mzplan.plan.lookup import find_unit
from mzplan.submissions.blank_form import blank_form
from mzplan.submissions.ledger import Ledger


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
    if has_data(data):
        loaded, result = load_checked(plan, data)
        ledger = result.ledger
    else:
        loaded = load_plan(plan_path(plan))
        ledger = Ledger(loaded)
    owner = find_unit(loaded, unit)
    if not loaded.owed(owner.id):
        raise InputError(f"{show(owner.name)}没有应报的指标。")
    latest = ledger.latest_period()
    chosen = resolve_period(loaded, period) or (latest.shift(1) if latest and latest.month < 12 else loaded.periods[0])
    emit(blank_form(loaded, ledger, owner, chosen), output)
    if output is not None:
        warn(f"已写入 {show(str(output))}：{owner.name} {chosen}，{len(loaded.owed(owner.id))} 项指标。")
