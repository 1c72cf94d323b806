"""Options that the commands share."""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

PlanOption = Annotated[
    Path | None,
    typer.Option("--plan", help="计划文件（YAML）；默认取最近一层 plan/ 文件夹里的计划。", show_default=False),
]
DataOption = Annotated[
    list[Path] | None,
    typer.Option("--data", help="数据文件夹或 CSV 文件，可给多个；默认取项目的 data/。", show_default=False),
]
OutputOption = Annotated[
    Path | None,
    typer.Option("--output", "-o", help="写入该文件（要么完整写成，要么不动）；默认写到屏幕。", show_default=False),
]
PeriodOption = Annotated[
    str | None,
    typer.Option("--period", "-p", help="报告期 YYYY-MM；默认取数据中最近的一期。", show_default=False),
]


def _complete_lights(incomplete: str) -> Iterator[tuple[str, str]]:
    """Names of presets for the shell."""
    from mzplan.cli.completion import complete_lights

    return complete_lights(incomplete)


LightsOption = Annotated[
    str | None,
    typer.Option(
        "--lights",
        help="亮灯规则的名称，见 mzplan lights；默认 strict。",
        show_default=False,
        autocompletion=_complete_lights,
    ),
]
