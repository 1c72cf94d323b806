"""The parser: typer's commands and groups, with their help pages and usage errors in Chinese."""

import os
from collections.abc import Callable, Mapping
from importlib import import_module
from pathlib import Path
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup

from mzplan import __version__
from mzplan.cli.elsewhere import OPTIONS_ELSEWHERE, no_command
from mzplan.cli.help_text import UNFOLDED, folded, in_chinese, say_in_english, told_help
from mzplan.cli.language import LANGUAGES, OPTION, asked_for, choose, is_english, tell
from mzplan.cli.overwriting import AMONG_DATA, BASELINE, BREAKDOWN, FORCE, refuse_to_overwrite
from mzplan.cli.project import NoProjectError
from mzplan.cli.proposing import begin, remember
from mzplan.cli.shells import (
    INSTALL,
    INSTALL_HELP,
    SHOW,
    SHOW_HELP,
    install_completion,
    prepare_completion,
    shell_option,
    show_completion,
    with_shell,
)
from mzplan.cli.terminal import CANNOT_RUN, CLEAN, INTERRUPTED, ReaderGoneError, complain
from mzplan.cli.typed import path_of, paths_of, without_stray_quote
from mzplan.diagnostics import InputError, quoted, show
from mzplan.plan.lookup import MEANT, nearest
from mzplan.said import listed, say

COMMANDS: Mapping[str, str] = {
    "status": "完成情况表：各单位 × 各行动领域",
    "check": "按计划校验报表（CSV、工作簿）",
    "summary": "生成公文式通报、简报、反馈函、催报单",
    "explain": "一个数字的来龙去脉：条款、口径、填报的行",
    "report": "给领导看的一页：热力图、图表、逐级下钻，可打印",
    "impact": "与某个 git 版本相比，哪些数字、状态、位次变了",
    "template": "生成填报单位的空白填报表（Excel 工作簿或 CSV）",
    "collect": "收下各单位报来的文件：查、归档、退回",
    "init": "新建自己的项目，或由今年的计划生成明年的",
    "plan": "查看、校验计划文件",
    "breakdown": "把全市目标按权重测算到各单位",
    "lights": "亮灯规则及其出处",
    "rule": "说明一条校验规则",
    "sql": "取出没有问题的报表里的数的 SQL 语句，给有数据仓库的人",
    "help": "显示一页说明：安装、收表、通报、明年的计划、口径……",
    "doctor": "看这台电脑：版本、控制台、盘符、被占用的文件、缺的组件，哪里不对怎么办",
}
"""Every command with its line in `mzplan --help`, in the order of that page."""

_TYPED = "mzplan.typed"
"""Where a context keeps the words that stood behind the command."""
_PLACES: Mapping[str, str] = {"plan": "--plan 计划.yaml", "data": "--data data", "files": "计划.yaml"}
"""The parameters that say where plan and data are, with what they are to be given."""

_NO_OPTION, _OF_OTHERS = "没有选项 {option}。{hint}", "有这个选项的是 {commands}。"
_NEEDS_VALUE = "选项 {option} 后面缺少值，写成 {option} {value}。"
_EMPTY = "选项 {option} 的值是空的，写成 {option} {value}。"
_EMPTY_ARGUMENT = "参数 {value} 是空的。"
_NEEDS_NO_VALUE = "选项 {option} 不带值，后面不写“=”。"
_NO_NAME = "{value} 不写选项名，直接写：{command} {values}。"
_SHORTEST = 3
"""Letters of a word that another one may begin with and be meant."""
_HELP = "{fact}\n用法见 {command} --help。"


def _add_force(parameters: list[Any], force: Any) -> bool:
    """Whatever has `--output` has `--force` as well; False for a command with its own, as it writes several files."""
    at = next((at for at, each in enumerate(parameters, 1) if each.name == "output"), 0)
    if not at or any(each.name == "force" for each in parameters):
        return False
    parameters.insert(at, force)
    return True


def _common_options() -> Mapping[str, Any]:
    """Options of many commands as typer itself makes them, since how it does so differs from version to version."""
    only = typer.Typer(add_completion=False, rich_markup_mode=None)

    @only.command()
    def command(
        force: bool = typer.Option(False, "--force", help=FORCE),
        lang: str = typer.Option(
            None,
            OPTION,
            metavar="|".join(LANGUAGES),
            help="界面的语言：zh 中文（默认）、en 英文；也可用环境变量 MZPLAN_LANG。",
            autocompletion=lambda: list(LANGUAGES.items()),
            expose_value=False,
        ),
    ) -> None:
        """Never run."""

    return {param.name: param for param in typer.main.get_command(only).params}


def _refuse_to_overwrite(command: str, given: Mapping[str, Any], *, force: bool) -> None:
    """Before anything is done, so that no command can forget it and nobody waits for a result in vain."""
    makes = AMONG_DATA if command == "template" else BREAKDOWN if given.get("sheet") else ""
    for name, usual in (("output", ""), ("write_baseline", BASELINE)):
        if given.get(name) is not None:
            refuse_to_overwrite(given[name], force=force, usual=usual, makes=makes)


class _Chinese:
    """What commands and groups share: Chinese help pages, values read plainly, nothing written over figures."""

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.help = told_help(getattr(self, "help", None))
        self.context_settings["help_option_names"] = ["--help", "-h"]  # type: ignore[attr-defined]  # of the class that this is mixed into
        common = _common_options()
        self._has_our_force = _add_force(self.params, common["force"])  # type: ignore[attr-defined]  # likewise
        self.params.append(common["lang"])  # type: ignore[attr-defined]  # likewise
        for param in self.params if is_english() else ():  # type: ignore[attr-defined]  # likewise
            say_in_english(param)

    def invoke(self, ctx: Any) -> Any:
        """Do what the command does, if it may be written where it is to go; NoProjectError has its example."""
        force = bool(ctx.params.get("force"))
        if self._has_our_force:
            del ctx.params["force"]
        remember(ctx, asked_for(), _options_of)
        _refuse_to_overwrite(ctx.command.name, ctx.params, force=force)
        try:
            return super().invoke(ctx)  # type: ignore[misc]  # likewise
        except NoProjectError as error:
            raise NoProjectError(error.example or _with_plan_and_data(ctx)) from None

    def get_help(self, ctx: Any) -> str:
        """The help page."""
        ctx.terminal_width = UNFOLDED
        return folded(in_chinese(super().get_help(ctx)))  # type: ignore[misc]  # likewise

    def get_params(self, ctx: Any) -> list[Any]:
        """The arguments and options; they read their values as `_reading_plainly` says."""
        params: list[Any] = super().get_params(ctx)  # type: ignore[misc]  # likewise
        return [_refusing_what_is_empty(_reading_plainly(param)) for param in params]

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Read the words of the command line into the context; an error knows which command it is about."""
        ctx.meta[_TYPED] = tuple(args)
        try:
            return list(super().parse_args(ctx, args))  # type: ignore[misc]  # likewise
        except typer.TyperException as error:
            error.ctx = getattr(error, "ctx", None) or ctx  # type: ignore[attr-defined]  # a usage error's own field
            raise


class ChineseCommand(_Chinese, TyperCommand):
    """A command that speaks Chinese, and refuses words that it has no argument for."""

    allow_extra_args = True

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Read the words of the command line into the context."""
        left = super().parse_args(ctx, args)
        if left and not ctx.resilient_parsing:
            from mzplan.cli.stray import too_many  # it reads the plan, which nobody needs who typed no word too many

            raise InputError(say(_HELP, fact=too_many(ctx, left, ctx.meta[_TYPED]), command=ctx.command_path))
        return left


class ChineseGroup(_Chinese, TyperGroup):
    """A group of commands that speaks Chinese."""


def _with_plan_and_data(ctx: Any) -> str:
    """What was typed, with a plan and data named as well; empty where the command has no place for either."""
    words = [ctx.command_path, *map(quoted, ctx.meta[_TYPED])]
    wanted = [tell(option) for name, option in _PLACES.items() if name in ctx.params and not ctx.params[name]]
    return " ".join([*words, *wanted]) if wanted else ""


def _reading_plainly(param: Any) -> Any:
    """The same parameter, which reads text, paths and what has a parser of its own without pydantic.

    From 0.29 on, typer has pydantic convert every value, given or not: importing it would be a third of a short run.
    """
    if "process_value" in vars(param):
        return param
    convert, takes_many = param.process_value, param.multiple or param.nargs == -1
    descriptor = getattr(param, "type_descriptor", None)
    if descriptor is None:
        return _of_before_0_29(param)
    kind = descriptor.annotation
    usual: Mapping[Any, Callable[[Any], object]] = {str: str, list[str]: str, Path: path_of, list[Path]: _as_read}
    each = usual.get(kind, descriptor.parameter_info.parser)

    def process_value(ctx: Any, value: Any) -> Any:
        if (value is None and param.required) or (value is not None and each is None):
            return convert(ctx, value)
        if takes_many:
            given = paths_of(value or ()) if kind == list[Path] else value or ()
            value = tuple(map(each, given)) if each is not None else ()
        elif value is not None and each is not None:
            value = each(value)
        return value if param.callback is None else param.callback(ctx, param, value)

    param.process_value = process_value
    if param.param_type_name == "argument":
        param.display_type_rich = lambda ctx: ""  # in the list of arguments, a Python type says nothing
    return param


def _as_read(path: Path) -> Path:
    return path


def _of_before_0_29(param: Any) -> Any:
    """The same parameter of an older typer: its paths are read as we read them, and usage says which may be several."""
    convert, usage = param.process_value, param.get_usage_pieces
    if param.type.name == "path":
        read = paths_of if param.multiple or param.nargs == -1 else path_of
        param.process_value = lambda ctx, value: read(value) if value else convert(ctx, value)
    if param.nargs == -1:
        param.get_usage_pieces = lambda ctx: [f"{piece}..." for piece in usage(ctx)]
    return param


def _refusing_what_is_empty(param: Any) -> Any:
    """The same parameter, which takes no empty text: `--jobs=` is what a variable without a value leaves."""
    if hasattr(param, "takes_no_empty_text"):
        return param
    convert = param.process_value

    def process_value(ctx: Any, value: Any) -> Any:
        if not ctx.resilient_parsing and (value == "" or (isinstance(value, tuple | list) and "" in value)):
            words = _EMPTY_ARGUMENT if param.param_type_name == "argument" else _EMPTY
            fact = say(words, option=param.opts[0], value=_value_of(param))
            raise InputError(say(_HELP, fact=fact, command=ctx.command_path))
        return convert(ctx, value)

    param.process_value, param.takes_no_empty_text = process_value, True
    return param


class _Commands(ChineseGroup):
    """Imports a command's module when the command is named, so that each run pays for one command only."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        return super().parse_args(ctx, with_shell(args))

    def list_commands(self, ctx: Any) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        return _load(cmd_name) if cmd_name in COMMANDS else None

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        if args[0] not in COMMANDS:
            raise InputError(no_command(args[0], COMMANDS, "mzplan", "可用的命令见 mzplan --help。"))
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        with formatter.section(tell("命令")):
            formatter.write_dl([(name, tell(line)) for name, line in COMMANDS.items()])


def _load(name: str) -> Any:
    module = import_module(f"mzplan.cli.{name}")
    group: typer.Typer | None = getattr(module, "app", None)
    if group is None:
        group = typer.Typer(add_completion=False, rich_markup_mode=None)
        group.command(name, cls=ChineseCommand)(module.command)
    command = typer.main.get_command(group)
    command.name = name
    return command


def _options_of(name: str) -> Mapping[str, list[str]]:
    """The options of a command, or of a command of a group; none where there is no such command."""
    command: Any = typer.main.get_command(app)
    for word in name.split():
        command = command.get_command(None, word)
    return {param.name: param.opts for param in command.params} if command is not None else {}


app = typer.Typer(
    cls=_Commands,
    invoke_without_command=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


def _print_version(asked: bool) -> None:
    if asked:
        typer.echo(f"mzplan {__version__}")
        raise typer.Exit


@app.callback()
def _root(
    context: typer.Context,
    version: bool = typer.Option(
        False, "--version", "-V", callback=_print_version, is_eager=True, help="显示版本号并退出。"
    ),
    install: str = shell_option(INSTALL, install_completion, INSTALL_HELP),
    show: str = shell_option(SHOW, show_completion, SHOW_HELP),
    debug: bool = typer.Option(False, "--debug", help="程序自身出错时显示完整的跟踪信息。"),
) -> None:
    """市级民政年度工作要点指标跟踪：校验县（市、区）的报表，给出完成情况表，生成通报。

    用法示例：mzplan status    mzplan check data/2023-09    mzplan summary --period 2023-09
    """
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())


def invoke(given: list[str]) -> int:
    """Run what these arguments ask for; the exit code."""
    choose(given, os.environ)
    begin(asked_for(), _options_of)
    prepare_completion(os.environ)
    command = typer.main.get_command(app)
    try:
        result = command.main(args=without_stray_quote(given), prog_name="mzplan", standalone_mode=False)
    except typer.Abort:
        return INTERRUPTED
    except typer.Exit as error:
        return error.exit_code
    except typer.TyperException as error:
        return complain(_usage_text(error), CANNOT_RUN)
    except SystemExit as stop:
        if isinstance(stop.__context__, BrokenPipeError):
            raise ReaderGoneError from None  # the library's own way of ending a help page that nobody reads
        raise
    return result if isinstance(result, int) else CLEAN


def _usage_text(error: Any) -> str:
    """A usage error in the user's language, with the option or value that is wrong and where help is.

    The library exports the errors' common base only; they are told apart by what they know.
    """
    context, parameter, command = error.ctx, getattr(error, "param", None), error.ctx.command_path
    option = getattr(error, "option_name", None)
    if hasattr(error, "possibilities"):
        fact = say(_NO_OPTION, option=show(str(option)), hint=_meant_by(context, str(option)))
    elif option is not None:
        taker = _taker(context, option)
        words = _NEEDS_NO_VALUE if taker is None else _NEEDS_VALUE
        fact = say(words, option=show(str(option)), value=_value_of(taker) if taker is not None else "")
    elif parameter is not None:
        words = "缺少必填的参数 {parameter}。" if hasattr(error, "param_type") else "参数 {parameter} 的值不对。"
        fact = say(words, parameter=_shown(parameter))
    else:
        fact = say("不能这样用 {command}。", command=command)
    return say(_HELP, fact=fact, command=command)


def _meant_by(context: Any, option: str) -> str:
    """What whoever wrote an option that there is not may have meant: an argument, or the option of another command."""
    params, root = context.command.get_params(context), context.find_root()
    option = OPTIONS_ELSEWHERE.get(option, option)
    arguments = [_value_of(each) for each in params if each.param_type_name == "argument"]
    of = {one: param.opts for one in COMMANDS for param in _load(one).params if option in param.opts}
    if context.parent is root and context.info_name in of:
        return say(MEANT, name=option)
    if any(option in param.opts and param.is_flag for param in root.command.params):
        return say(MEANT, name=f"{root.command_path} {option}{context.command_path.removeprefix(root.command_path)}")
    name = next((each for opts in of.values() for each in opts if each[:2] == "--"), option).removeprefix("--")
    if name.upper() in arguments:
        return say(_NO_NAME, value=name.upper(), command=context.command_path, values=" ".join(arguments))
    if of:
        return say(_OF_OTHERS, commands=listed(of))
    long = [each[2:] for param in params for each in param.opts if each[:2] == "--"]
    if option[:2] != "--":  # one letter is like any word that has it
        name = next((word[1:] for word in context.meta[_TYPED] if word.startswith(option) and word[1:] in long), "")
    begun = [each for each in long if len(each) >= _SHORTEST and (each.startswith(name) or name.startswith(each))]
    meant = (begun[0] if len(begun) == 1 else nearest(name, long)) if len(name) >= _SHORTEST else None
    return say(MEANT, name=f"--{meant}") if meant else ""


def _taker(context: Any, option: str) -> Any:
    """The parameter of the command that takes the value behind an option; None for a switch."""
    params = [param for param in context.command.params if option in (*param.opts, *param.secondary_opts)]
    return next((param for param in params if not param.is_flag), None)


def _value_of(parameter: Any) -> str:
    """What the help page calls a parameter's value."""
    return str(parameter.metavar or parameter.name).strip("[].")


def _shown(parameter: Any) -> str:
    """An option by its names, an argument by what the help page calls it."""
    return _value_of(parameter) if parameter.param_type_name == "argument" else " / ".join(parameter.opts)
