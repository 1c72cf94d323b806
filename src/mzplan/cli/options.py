"""Options that several commands share, each with its help once."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from mzplan.cli import completion
from mzplan.diagnostics import InputError, show
from mzplan.plan import model
from mzplan.said import listed, say
from mzplan.views.query import Query, area_named, lead_named, meant, task_named, unit_named


def path_option(*names: str, help: str, metavar: str = "FILE") -> Any:  # noqa: A002  # typer's own name
    """An option that names a file; whoever opens it says what is wrong with it, in our words."""
    return typer.Option(*names, help=help, metavar=metavar, readable=False)


def number_option(name: str, *names: str, help: str, metavar: str = "N") -> Any:  # noqa: A002
    """An option that takes a whole number; InputError for anything else."""

    def read(text: Any) -> int:
        try:
            return int(text)
        except ValueError:
            raise InputError(say("{option} 要一个整数，不能是 {text}。", option=name, text=show(str(text)))) from None

    return typer.Option(name, *names, help=help, metavar=metavar, parser=read)


BY_SCREEN = "默认终端上 terminal，管道里 plain，写文件看扩展名。"
"""Which of the formats of tables is the usual one."""


def format_option(formats: Collection[str], usual: str = "默认 text，写文件看扩展名。") -> Any:
    """`--format`, explained by and completed from the formats that there are, with which of them is the usual one."""
    told = listed((listed(formats), usual), "；")
    return typer.Option("--format", "-f", metavar="FORMAT", help=told, autocompletion=lambda: list(formats))


_WORDS: Mapping[str, tuple[str, Callable[[str], Iterator[tuple[str, str]]]]] = {
    "--period": ("YYYY-MM", completion.complete_period),
    "--compare": ("[YYYY-MM]", completion.complete_period),
    "--unit": ("UNIT", completion.complete_unit),
    "--area": ("AREA", completion.complete_area),
    "--task": ("TASK", completion.complete_task),
    "--lead": ("OFFICE", completion.complete_lead),
    "--indicator": ("INDICATOR", completion.complete_indicator),
    "--lights": ("NAME", completion.complete_lights),
}
"""The options that take a word of the plan: what the help calls it, and what completes it."""


def word_option(name: str, *names: str, help: str) -> Any:  # noqa: A002
    """One of the options that take a word of the plan."""
    metavar, complete = _WORDS[name]
    return typer.Option(name, *names, metavar=metavar, help=help, autocompletion=complete)


def query_of(
    plan: model.Plan,
    units: Sequence[str] | None,
    areas: Sequence[str] | None,
    tasks: Sequence[str] | None,
    leads: Sequence[str] | None,
    **more: Any,
) -> Query:
    """What the names behind those options mean by the plan, and what else is asked; InputError for one that is none."""
    return Query(
        units=meant(units, plan, unit_named),
        areas=meant(areas, plan, area_named),
        tasks=meant(tasks, plan, task_named),
        leads=meant(leads, plan, lead_named),
        **more,
    )


Plan = Annotated[
    Path | None, path_option("--plan", help="计划文件（YAML），只管它那一年；默认取最近一层 plan/ 文件夹里的计划。")
]
Data = Annotated[
    list[Path] | None,
    path_option("--data", metavar="PATH", help="数据文件夹或报表（CSV、工作簿），可给多个；默认取项目的 data/。"),
]
Output = Annotated[
    Path | None, path_option("--output", "-o", help="写入该文件（完整写成或不动），格式看扩展名；默认写到屏幕。")
]
Period = Annotated[
    str | None, word_option("--period", "-p", help="报告期 YYYY-MM；默认取至少半数应报单位已报的最近一期。")
]
Day = Annotated[str | None, typer.Option("--today", "--as-of", metavar="DATE", help="当作今天的日期 YYYY-MM-DD。")]
Lights = Annotated[str | None, word_option("--lights", help="亮灯规则的名称，见 mzplan lights；默认 strict。")]
Units = Annotated[
    list[str] | None,
    word_option("--unit", "-u", help="只看该单位：名称、id、代码、简称或开头几个字；可给多个，全市写“全市”。"),
]
NoRank = Annotated[bool, typer.Option("--no-rank", help="不排位次。")]
Areas = Annotated[
    list[str] | None, word_option("--area", "-a", help="只看该行动领域：序号、简称或名称，工作保障写 0；可给多个。")
]
Leads = Annotated[list[str] | None, word_option("--lead", help="只看该责任处室的指标；可给多个。")]
Tasks = Annotated[list[str] | None, word_option("--task", help="只看该任务：序号或名称；可给多个。")]
