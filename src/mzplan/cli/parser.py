"""The parser: typer's commands and groups, with their help pages and usage errors in Chinese.

Imported only when there is something to parse.
"""

from collections.abc import Mapping
from importlib import import_module
from types import MappingProxyType
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup

from mzplan import __version__
from mzplan.cli.common import CANNOT_RUN, CLEAN, INTERRUPTED, ReaderGoneError, complain
from mzplan.diagnostics import InputError, show

COMMANDS: Mapping[str, str] = MappingProxyType(
    {
        "status": "完成情况表：各单位 × 各行动领域",
        "check": "按计划校验填报的 CSV",
        "summary": "生成公文式通报、简报、反馈函、催报单",
        "explain": "一个数字的来龙去脉：条款、口径、CSV 行",
        "template": "生成填报单位的空白填报表",
        "plan": "查看、校验计划文件",
        "breakdown": "把全市目标按权重测算到各单位",
        "lights": "亮灯规则及其出处",
        "rule": "说明一条校验规则",
    }
)
"""Every command with its line in `mzplan --help`, in the order of that page."""

_USAGE_ERROR: type[Exception] = typer.BadParameter.__mro__[1]
"""The base of every usage error; typer exports only its children."""

_HELP_ZH: Mapping[str, str] = MappingProxyType(
    {
        "Usage:": "用法：",
        "Options:": "选项：",
        "Arguments:": "参数：",
        "Commands:": "命令：",
        "命令:": "命令：",
        "Show this message and exit.": "显示本说明并退出。",
        "Install completion for the current shell.": "为当前 shell 安装命令补全。",
        "Show completion for the current shell, to copy it or\n                        customize the installation.": (
            "显示当前 shell 的补全脚本。"
        ),
        "[required]": "［必填］",
        "[default: ": "［默认 ",
    }
)


def in_chinese(help_text: str) -> str:
    """A help page with the words that the library writes itself put into Chinese."""
    for english, chinese in _HELP_ZH.items():
        help_text = help_text.replace(english, chinese)
    return help_text


class ChineseCommand(TyperCommand):
    """A command whose help page is Chinese throughout."""

    def get_help(self, ctx: Any) -> str:
        """The help page."""
        return in_chinese(super().get_help(ctx))


class ChineseGroup(TyperGroup):
    """A group of commands whose help page is Chinese throughout."""

    def get_help(self, ctx: Any) -> str:
        """The help page."""
        return in_chinese(super().get_help(ctx))


class _Commands(ChineseGroup):
    """Imports a command's module when the command is named, so that each run pays for one command only."""

    def list_commands(self, ctx: Any) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        return _load(cmd_name) if cmd_name in COMMANDS else None

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        if args and not args[0].startswith("-") and args[0] not in COMMANDS:
            from mzplan.plan.model import nearest

            meant = nearest(args[0], COMMANDS)
            hint = f"您是否要用 mzplan {meant}?" if meant else "可用的命令见 mzplan --help。"
            raise InputError(f"没有命令 {show(args[0])}。{hint}")
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        with formatter.section("命令"):
            formatter.write_dl(list(COMMANDS.items()))


def _load(name: str) -> Any:
    module = import_module(f"mzplan.cli.{name}")
    group: typer.Typer | None = getattr(module, "app", None)
    if group is None:
        group = typer.Typer(add_completion=False, rich_markup_mode=None)
        group.command(name, cls=ChineseCommand)(module.command)
    command = typer.main.get_command(group)
    command.name = name
    return command


app = typer.Typer(cls=_Commands, add_completion=True, rich_markup_mode=None, pretty_exceptions_enable=False)


def _print_version(asked: bool) -> None:
    if asked:
        typer.echo(f"mzplan {__version__}")
        raise typer.Exit


@app.callback()
def _root(
    version: bool = typer.Option(
        False, "--version", "-V", callback=_print_version, is_eager=True, help="显示版本号并退出。"
    ),
    debug: bool = typer.Option(False, "--debug", help="程序自身出错时显示完整的跟踪信息。"),
) -> None:
    """市级民政年度工作要点指标跟踪：校验县（市、区）填报的 CSV，给出完成情况表，生成通报。

    用法示例：mzplan status    mzplan check data/2023-09    mzplan summary --period 2023-09
    """


def invoke(given: list[str]) -> int:
    """Run what these arguments ask for; the exit code."""
    command = typer.main.get_command(app)
    try:
        result = command.main(args=given or ["--help"], prog_name="mzplan", standalone_mode=False)
    except _USAGE_ERROR as error:
        return complain(_usage_text(error), CANNOT_RUN)
    except typer.Abort:
        return INTERRUPTED
    except typer.Exit as error:
        return error.exit_code
    except SystemExit as stop:
        if isinstance(stop.__context__, BrokenPipeError):
            raise ReaderGoneError from None  # the library's own way of ending a help page that nobody reads
        raise
    return result if isinstance(result, int) else CLEAN


def _usage_text(error: Any) -> str:
    """A usage error in the user's language, with the option or value that is wrong and where help is."""
    kind = type(error).__name__
    path = error.ctx.command_path if error.ctx is not None else "mzplan"
    option = show(str(getattr(error, "option_name", "") or ""))
    parameter = error.param.get_error_hint(error.ctx) if getattr(error, "param", None) is not None else ""
    match kind:
        case "NoSuchOption":
            meant = getattr(error, "possibilities", None)
            fact = f"没有选项 {option}" + (f",您是否要用 {'、'.join(sorted(meant))}?" if meant else "。")
        case "MissingParameter":
            fact = f"缺少必填的参数 {parameter}。"
        case "BadOptionUsage":
            fact = f"选项 {option} 后面缺少值，或给了不该有的值。"
        case "BadParameter":
            fact = f"参数 {parameter} 的值不对：{show(error.message, 200)}"
        case _:
            fact = show(error.format_message(), 200)
    return f"{fact}\n用法见 {path} --help。"
