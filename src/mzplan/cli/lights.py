"""`mzplan lights`: the rules that turn a gap into a light, where they come from, and what each would change."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mzplan.cli import completion
from mzplan.cli.common import emit, has_data, is_terminal, load, plan_path
from mzplan.cli.look import line_width
from mzplan.cli.options import DataOption, OutputOption, PeriodOption, PlanOption
from mzplan.diagnostics import InputError, show

if TYPE_CHECKING:
    from mzplan.cli.common import Loaded

_NO_FORMAT = "没有输出格式 {name}，可用的有：{known}。"


def command(
    name: Annotated[
        str | None,
        typer.Argument(
            metavar="[NAME]",
            help="只看该规则；不给则列出全部。",
            autocompletion=completion.complete_lights,
            show_default=False,
        ),
    ] = None,
    compared: Annotated[
        str | None,
        typer.Option(
            "--lights",
            help="与哪个规则相比；默认 strict。",
            autocompletion=completion.complete_lights,
            show_default=False,
        ),
    ] = None,
    period: PeriodOption = None,
    format_: Annotated[
        str,
        typer.Option(
            "--format",
            "-f",
            metavar="FORMAT",
            help="text、markdown 或 json。",
            autocompletion=lambda: ["text", "markdown", "json"],
        ),
    ] = "text",
    plan: PlanOption = None,
    data: DataOption = None,
    output: OutputOption = None,
) -> None:
    """亮灯规则及其出处、界限和空档；有数据时，并列各规则下的状态和会改变的项次。

    用法示例：mzplan lights    mzplan lights yinchuan-2025    mzplan lights --lights tianjin-2022 --period 2023-06
    """
    from mzplan.plan.lights import preset_named, presets_of
    from mzplan.plan.load import load_plan
    from mzplan.render.lights import FORMATS
    from mzplan.views.presets import effect

    if format_ not in FORMATS:
        raise InputError(_NO_FORMAT.format(name=show(format_), known="、".join(FORMATS)))
    loaded = _loaded(plan, data, period, compared)
    the_plan = loaded.plan if loaded is not None else load_plan(plan_path(plan))
    presets = [preset_named(the_plan, name)] if name is not None else list(presets_of(the_plan).values())
    effects = [effect(loaded.scorecard, loaded.ledger, preset) for preset in presets] if loaded is not None else []
    card = loaded.scorecard if loaded is not None else None
    text = FORMATS[format_](presets, effects, card, line_width(output))
    emit(text.encode() if format_ == "json" and not is_terminal() else text, output)


def _loaded(plan: Path | None, data: list[Path] | None, period: str | None, lights: str | None) -> "Loaded | None":
    """The data, where there is any: the rules can be read without."""
    return load(plan, data, period, lights, rank=False) if has_data(data) else None
