"""Options that several commands share, each with its help once."""

from collections.abc import Callable, Collection
from pathlib import Path
from typing import Annotated, Any

import typer

from mzplan.cli import completion
from mzplan.diagnostics import InputError, show

_NOT_A_NUMBER = "{option} 要一个整数，不能是 {text}。"


def path_option(*names: str, help: str, metavar: str = "FILE") -> Any:  # noqa: A002  # typer's own name
    """An option that names a file; whoever opens it says what is wrong with it, in our words."""
    return typer.Option(*names, help=help, metavar=metavar, show_default=False, readable=False)


def whole_number(option: str) -> Callable[[Any], int]:
    """Reads the whole number behind that option; InputError for anything else."""

    def read(text: Any) -> int:
        try:
            return int(text)
        except ValueError:
            raise InputError(_NOT_A_NUMBER.format(option=option, text=show(str(text)))) from None

    return read


def format_option(formats: Collection[str], help: str, *, show_default: bool = False) -> Any:  # noqa: A002
    """`--format`, completed from the formats that there are."""
    return typer.Option(
        "--format",
        "-f",
        metavar="FORMAT",
        help=help,
        autocompletion=lambda: list(formats),
        show_default=show_default,
    )


def period_option(help: str) -> Any:  # noqa: A002
    """`--period`, completed from the months of the data."""
    return typer.Option(
        "--period",
        "-p",
        metavar="YYYY-MM",
        help=help,
        autocompletion=completion.complete_period,
        show_default=False,
    )


PlanOption = Annotated[
    Path | None, path_option("--plan", help="计划文件（YAML），只管它那一年；默认取最近一层 plan/ 文件夹里的计划。")
]
DataOption = Annotated[
    list[Path] | None,
    path_option("--data", metavar="PATH", help="数据文件夹或 CSV 文件，可给多个；默认取项目的 data/。"),
]
OutputOption = Annotated[
    Path | None,
    path_option("--output", "-o", help="写入该文件（完整写成或不动），格式看扩展名；默认写到屏幕。"),
]
PeriodOption = Annotated[str | None, period_option("报告期 YYYY-MM；默认取数据中最近的一期。")]
DayOption = Annotated[
    str | None,
    typer.Option("--today", "--as-of", metavar="DATE", help="当作今天的日期 YYYY-MM-DD。", show_default=False),
]
LightsOption = Annotated[
    str | None,
    typer.Option(
        "--lights",
        metavar="NAME",
        help="亮灯规则的名称，见 mzplan lights；默认 strict。",
        show_default=False,
        autocompletion=completion.complete_lights,
    ),
]
UnitsOption = Annotated[
    list[str] | None,
    typer.Option(
        "--unit",
        "-u",
        metavar="UNIT",
        help="只看该单位：名称、id、代码、简称或开头几个字；可给多个，全市写“全市”。",
        autocompletion=completion.complete_unit,
        show_default=False,
    ),
]
NoRankOption = Annotated[bool, typer.Option("--no-rank", help="不排位次。")]
AreasOption = Annotated[
    list[str] | None,
    typer.Option(
        "--area",
        "-a",
        metavar="AREA",
        help="只看该行动领域：序号、简称或名称；可给多个。",
        autocompletion=completion.complete_area,
        show_default=False,
    ),
]
LeadsOption = Annotated[
    list[str] | None,
    typer.Option(
        "--lead",
        metavar="OFFICE",
        help="只看该责任处室的指标；可给多个。",
        autocompletion=completion.complete_lead,
        show_default=False,
    ),
]
TasksOption = Annotated[
    list[str] | None,
    typer.Option(
        "--task",
        metavar="TASK",
        help="只看该任务：序号或名称；可给多个。",
        autocompletion=completion.complete_task,
        show_default=False,
    ),
]
