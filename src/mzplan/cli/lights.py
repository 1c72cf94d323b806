"""`mzplan lights`: the rules that turn a gap into a light, where they come from, and what each would change."""

from pathlib import Path
from typing import Annotated

import typer

from mzplan.cli import completion, options
from mzplan.cli.choices import format_of
from mzplan.cli.loading import load
from mzplan.cli.options import format_option, word_option
from mzplan.cli.project import NoProjectError, has_reports, load_named
from mzplan.cli.terminal import present
from mzplan.plan.lights import preset_named, presets_of
from mzplan.plan.model import Plan
from mzplan.render.lights import FORMATS, Rules
from mzplan.views.presets import effect


def command(
    name: Annotated[
        str | None,
        typer.Argument(metavar="NAME", help="只看该规则；不给则列出全部。", autocompletion=completion.complete_lights),
    ] = None,
    compared: Annotated[str | None, word_option("--lights", help="与哪个规则相比；默认 strict。")] = None,
    period: options.Period = None,
    format_: Annotated[str | None, format_option(FORMATS)] = None,
    plan: options.Plan = None,
    data: options.Data = None,
    output: options.Output = None,
) -> None:
    """亮灯规则及其出处、界限和空档；有数据时，并列各规则下的状态和会改变的项次。

    用法示例：mzplan lights    mzplan lights yinchuan-2025    mzplan lights --lights tianjin-2022 --period 2023-06
    """
    format_name = format_of(format_, FORMATS, output, "text")
    loaded = load(plan, data, period, compared, rank=False) if has_reports(data) else None
    the_plan = loaded.plan if loaded is not None else _plan_at_hand(plan, period)
    if compared is not None:
        preset_named(the_plan, compared)  # a slip is told, be there data to compare or none
    presets = [preset_named(the_plan, name)] if name is not None else list(presets_of(the_plan).values())
    effects = [effect(loaded.scorecard, loaded.ledger, preset) for preset in presets] if loaded is not None else []
    card = loaded.scorecard if loaded is not None else None
    present(Rules(presets, effects, card), FORMATS, format_name, output)


def _plan_at_hand(option: Path | None, period: str | None) -> Plan | None:
    """The plan that is named or the project's; None where there is neither: the published presets are no plan's."""
    try:
        return load_named(option, period)[0]
    except NoProjectError:
        return None
