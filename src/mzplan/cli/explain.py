"""`mzplan explain`: one number back to its clause, its arithmetic and the rows it rests on."""

from itertools import chain
from pathlib import Path
from typing import Annotated

import typer

from mzplan.check.settings import catalogue
from mzplan.cli import completion, options
from mzplan.cli.choices import format_of
from mzplan.cli.loading import Loaded, load, said_in, warn_of_left_out
from mzplan.cli.options import format_option
from mzplan.cli.terminal import present, warn
from mzplan.diagnostics import Diagnostic, InputError, quoted, show
from mzplan.plan.lookup import MEANT
from mzplan.plan.model import Plan
from mzplan.render.explain import FORMATS
from mzplan.said import say
from mzplan.scoring.explain import explain
from mzplan.views.query import indicator_named, unit_named

_LEFT_OUT = "有错误、未计入的数据：{place} {code} {message}"


def command(
    indicator: Annotated[
        str,
        typer.Argument(
            metavar="INDICATOR", help="指标的编码或名称，如 T05-03。", autocompletion=completion.complete_indicator
        ),
    ],
    unit: Annotated[
        str | None,
        typer.Argument(
            metavar="UNIT",
            help="单位的名称、id、代码或简称；不给则说明全市的数。",
            autocompletion=completion.complete_unit,
        ),
    ] = None,
    period: options.Period = None,
    lights: options.Lights = None,
    format_: Annotated[str | None, format_option(FORMATS)] = None,
    plan: options.Plan = None,
    data: options.Data = None,
    output: options.Output = None,
) -> None:
    """一个数字的来龙去脉：条款、目标的来处、用到的每条记录（文件:行）、带数字的算式、序时、亮灯规则和结论。

    用法示例：mzplan explain T05-03 义乌市    mzplan explain T05-03 --period 2023-06 --format json
    """
    format_name = format_of(format_, FORMATS, output, "text")
    loaded = load(plan, data, period, lights, rank=False, may_be_empty=period is None)
    identifier = _indicator(loaded.plan, indicator, unit)
    owner = unit_named(loaded.plan, unit) if unit is not None else None
    found = explain(loaded.scorecard, loaded.ledger, identifier, owner, Path.cwd(), said_in(loaded.ledger))
    present(found, FORMATS, format_name, output)
    _warn_of_rows_left_out(loaded, identifier, owner)


def _indicator(plan: Plan, text: str, unit: str | None) -> str:
    """The indicator that is named; InputError says so if it is a rule, or if indicator and unit are exchanged."""
    try:
        return indicator_named(plan, text)
    except InputError:
        if (command := _meant_otherwise(plan, text, unit)) is None:
            raise
        raise InputError(say("没有指标 {text}。{hint}", text=show(text), hint=say(MEANT, name=command))) from None


def _meant_otherwise(plan: Plan, text: str, unit: str | None) -> str | None:
    """The command that was meant where the text is a rule, or a unit with its indicator behind it."""
    if (rule := text.strip().upper()) in catalogue():
        return f"mzplan rule {rule}"
    try:
        unit_named(plan, text)
        return f"mzplan explain {indicator_named(plan, unit)} {quoted(text)}" if unit is not None else None
    except InputError:
        return None


def _warn_of_rows_left_out(loaded: Loaded, indicator: str, unit: str | None) -> None:
    """Records that would have been used if they had no errors, and whatever cannot be read: else a figure surprises."""
    warn_of_left_out(finding for finding in loaded.errors if not finding.lines)
    for finding in chain.from_iterable(map(Diagnostic.singly, loaded.errors)):
        if finding.indicator == indicator and unit in (None, finding.unit):
            path, cell = show(finding.location.path, 200), show(finding.cell, 200)
            place = f"{path} {cell}" if finding.sheet and cell else show(str(finding.location), 200)
            warn(say(_LEFT_OUT, place=place, code=finding.rule.code, message=finding.message))
