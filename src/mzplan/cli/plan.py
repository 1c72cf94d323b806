"""`mzplan plan`: shows the plan, validates plan files, prints their JSON Schema."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from mzplan.cli import completion
from mzplan.cli.common import emit, is_terminal, plan_path, terminal_width, wants_colour
from mzplan.cli.options import OutputOption, PlanOption
from mzplan.cli.parser import ChineseCommand, ChineseGroup
from mzplan.diagnostics import InputError, show

if TYPE_CHECKING:
    from mzplan.diagnostics import Diagnostic
    from mzplan.plan.model import Plan, Task
    from mzplan.render.status import Look

INVALID = 2
"""The exit code of `check` when a plan is wrong: nothing can be run with it."""

CHECK_FORMATS = ("text", "json", "jsonl", "github", "gitlab", "sarif", "junit", "rdjson")
SHOW_FORMATS = ("terminal", "plain", "markdown", "json")

_NO_FORMAT = "没有输出格式 {name}。可用的有：{known}。"
_NO_COMMAND = (
    "mzplan plan 没有子命令 {name}。要校验文件用 mzplan plan check {name}，要显示它用 mzplan plan --plan {name}。"
)
_SOUND = "√ {path}：{size}、{indicators} 项指标、{units} 个填报单位、{parts} 个分解数{warnings}"
_NO_PROBLEMS = "，没有发现问题。"
_WARNINGS = "，{count} 个警告。"
_INVALID = "× {path}：{errors} 个错误，{warnings} 个警告。"
_NOTHING = "指定的范围里没有任务：行动和任务对不上。"


class _PlanGroup(ChineseGroup):
    """Says what to do with a file that stands where a subcommand belongs."""

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        if args and not args[0].startswith("-") and args[0] not in self.list_commands(ctx):
            raise InputError(_NO_COMMAND.format(name=show(args[0])))
        return super().resolve_command(ctx, args)


app = typer.Typer(cls=_PlanGroup, add_completion=False, rich_markup_mode=None)


def complete_show_format(incomplete: str) -> Iterator[str]:
    """Formats of the plan for the shell."""
    return (name for name in SHOW_FORMATS if name.startswith(incomplete))


def complete_check_format(incomplete: str) -> Iterator[str]:
    """Formats of findings for the shell."""
    return (name for name in CHECK_FORMATS if name.startswith(incomplete))


@app.callback(invoke_without_command=True)
def command(
    context: typer.Context,
    area: Annotated[
        list[str] | None,
        typer.Option(
            "--area",
            "-a",
            help="只看该行动领域：序号、简称或名称；可给多个。",
            autocompletion=completion.complete_area,
            show_default=False,
        ),
    ] = None,
    task: Annotated[
        list[str] | None,
        typer.Option(
            "--task",
            help="只看该任务：序号或名称；可给多个。",
            autocompletion=completion.complete_task,
            show_default=False,
        ),
    ] = None,
    format_: Annotated[
        str | None,
        typer.Option(
            "--format",
            "-f",
            metavar="FORMAT",
            help="terminal、plain、markdown 或 json；默认终端上 terminal，管道里 plain。",
            autocompletion=complete_show_format,
            show_default=False,
        ),
    ] = None,
    plan: PlanOption = None,
    output: OutputOption = None,
) -> None:
    """显示计划：行动、任务，每项指标的目标、对象、期限、进度安排和填报单位。

    mzplan plan check 校验计划文件，mzplan plan schema 输出供编辑器用的 JSON Schema。

    用法示例：mzplan plan --area 2    mzplan plan check plan/2024.yaml
    """
    if context.invoked_subcommand is not None:
        context.obj = plan
        return
    from mzplan.plan.load import load_plan
    from mzplan.render.plan import Excerpt, render

    name = _known(format_, SHOW_FORMATS) if format_ else _usual_format(output)
    loaded = load_plan(plan_path(plan))
    tasks = _tasks(loaded, area or [], task or [])
    if not tasks:
        raise InputError(_NOTHING)
    emit(render(name, Excerpt(loaded, tasks), _look(name, output)), output)


@app.command(cls=ChineseCommand)
def check(
    context: typer.Context,
    files: Annotated[
        list[Path] | None,
        typer.Argument(metavar="[FILE]...", help="计划文件，可给多个；默认为项目的计划。", show_default=False),
    ] = None,
    format_: Annotated[
        str,
        typer.Option(
            "--format",
            "-f",
            metavar="FORMAT",
            help="text、json、jsonl、github、gitlab、sarif、junit 或 rdjson。",
            autocompletion=complete_check_format,
        ),
    ] = "text",
    output: OutputOption = None,
) -> None:
    """校验计划文件和它的分解表：一次列出全部问题，每条有位置和改法。

    没有错误时退出码为 0（警告不算），有错误为 2：计划不对，别的命令都不能运行。

    用法示例：mzplan plan check plan/2024.yaml
    """
    from mzplan.diagnostics import Severity
    from mzplan.plan.load import read_plan

    name = _known(format_, CHECK_FORMATS)
    read = [(path, *read_plan(path)) for path in files or [Path(plan_path(context.obj))]]
    findings = [finding for _, _, found in read for finding in found]
    if name == "text":
        emit("".join(_verdict(path, plan, found) for path, plan, found in read), output)
    else:
        emit(_rendered(name, findings, [path for path, _, _ in read]), output)
    if any(finding.severity is Severity.ERROR for finding in findings):
        raise typer.Exit(INVALID)


@app.command(cls=ChineseCommand)
def schema(output: OutputOption = None) -> None:
    """输出计划文件的 JSON Schema，供编辑器补全和提示。

    在计划文件第一行写 # yaml-language-server: $schema=<路径>，支持 YAML 的编辑器即可使用。

    用法示例：mzplan plan schema --output plan.schema.json
    """
    emit((Path(__file__).parents[1] / "schemas" / "plan.schema.json").read_text(encoding="utf-8"), output)


def _tasks(plan: "Plan", areas: Sequence[str], tasks: Sequence[str]) -> "list[Task]":
    """The tasks of the areas and of the numbers asked for; all when nothing is."""
    from mzplan.views.query import area_named, split, task_named

    wanted_areas = {area_named(plan, name) for name in split(areas)}
    wanted_tasks = {task_named(plan, name) for name in split(tasks)}
    return [
        task
        for task in plan.tasks
        if (not areas or task.area in wanted_areas) and (not tasks or task.number in wanted_tasks)
    ]


def _known(name: str, formats: Sequence[str]) -> str:
    if name not in formats:
        raise InputError(_NO_FORMAT.format(name=show(name), known="、".join(formats)))
    return name


def _usual_format(output: Path | None) -> str:
    if output is not None:
        return {".md": "markdown", ".json": "json"}.get(output.suffix.lower(), "plain")
    return "terminal" if is_terminal() or wants_colour() else "plain"


def _look(name: str, output: Path | None) -> "Look":
    from mzplan.render.status import Look

    if output is not None:
        return Look()
    return Look(terminal_width() if is_terminal() or name == "terminal" else None, wants_colour())


def _verdict(path: Path, plan: "Plan | None", findings: "list[Diagnostic]") -> str:
    """The findings about one plan, a line each, and a line that sums them up."""
    from mzplan.diagnostics import Severity
    from mzplan.plan.load import finding_line
    from mzplan.render.check.guard import inert
    from mzplan.render.plan import size_text

    warnings = sum(finding.severity is Severity.WARNING for finding in findings)
    shown = show(str(path), 400)
    if plan is None:
        last = _INVALID.format(path=shown, errors=len(findings) - warnings, warnings=warnings)
    else:
        last = _SOUND.format(
            path=shown,
            size=size_text(plan, plan.tasks),
            indicators=len(plan.indicators),
            units=len(plan.reporting_units),
            parts=len(plan.parts),
            warnings=_WARNINGS.format(count=warnings) if warnings else _NO_PROBLEMS,
        )
    return inert("".join(f"{line}\n" for line in (*map(finding_line, findings), last)))


def _rendered(name: str, findings: "list[Diagnostic]", paths: Sequence[Path]) -> str:
    """The findings in a format of `mzplan check`."""
    import os

    from mzplan.cli.common import project_root
    from mzplan.render.check import render
    from mzplan.render.check.report import Report

    root = os.environ.get("GITHUB_WORKSPACE") or str(project_root() or "")
    files = sorted({str(path) for path in paths} | {finding.location.path for finding in findings})
    return render(name, Report(diagnostics=findings, files=files, records=0, cwd=str(Path.cwd()), root=root))
