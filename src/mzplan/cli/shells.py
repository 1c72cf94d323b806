"""Completion in the shell: its script shown or installed, for a shell that is named or that runs."""

import os
import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import PurePath
from typing import Any

import typer
import typer.completion

from mzplan.cli.language import tell
from mzplan.diagnostics import InputError, show
from mzplan.plan.lookup import one_of
from mzplan.reading.files import system_reason
from mzplan.said import listed, say

_POWERSHELL = ("powershell", "pwsh")
SHELLS = ("bash", "zsh", "fish", *_POWERSHELL)
_WITHOUT = ("cmd", "cmd.exe")
INSTALL, SHOW = "--install-completion", "--show-completion"
INSTALL_HELP = "安装命令补全：bash、zsh、fish、powershell、pwsh；默认当前的 shell。"
SHOW_HELP = "只显示补全脚本。"
_PROGRAM = "mzplan"
_VARIABLE = f"_{_PROGRAM.upper()}_COMPLETE"
_SCRIPT = """\
Register-ArgumentCompleter -Native -CommandName mzplan, mzplan.cmd, mzplan.exe -ScriptBlock {
    param($word, $line, $position)
    $Env:_MZPLAN_COMPLETE = 'complete_powershell'
    $Env:_TYPER_COMPLETE_ARGS = $line.ToString()
    $Env:_TYPER_COMPLETE_WORD_TO_COMPLETE = $word
    & "$($line.CommandElements[0])" | ForEach-Object {
        $found, $help = $_ -Split ':::', 2
        [System.Management.Automation.CompletionResult]::new($found, $found, 'ParameterValue', $help)
    }
    $Env:_MZPLAN_COMPLETE = ''
    $Env:_TYPER_COMPLETE_ARGS = ''
    $Env:_TYPER_COMPLETE_WORD_TO_COMPLETE = ''
}
"""
"""Completion in PowerShell: the library's own takes the Tab key for all programs, and its installer changes policy."""
_FOR_NOW = f"{_PROGRAM} {SHOW} powershell | Out-String | Invoke-Expression"
_INSTRUCTION = re.compile(f"(?:complete|source)_(?:{'|'.join(SHELLS)})")

_NO_SHELL = (
    "看不出当前是哪一种 shell，请写明：{option} SHELL，可用的有：{known}；Windows 上是 powershell，cmd 没有补全。"
)
_NOT_INSTALLED = (
    "PowerShell 的补全不自动装入，那要放宽这台电脑运行脚本的限制。在 PowerShell 里写 {command} ，"
    '这个窗口就有补全；每次都要的，新建快捷方式：powershell -NoExit -Command "{command}"'
)
_NO_INSTRUCTION = "环境变量 {variable} 不能是 {text}，要写 complete_bash 之类：complete_ 后面是 {known}。"
_INSTALLED = "{shell} 的命令补全已装入 {path}，重新打开终端后生效。"
_NOT_WRITTEN = "{shell} 的命令补全装不进 {path}：{reason}。请用 {option} {shell} 得到脚本，自行加入。"
_NOT_TEXT = "读不了 {shell} 的设置文件：不是 UTF-8 文本。请用 {option} {shell} 得到脚本，自行加入。"


def shell_option(name: str, callback: Callable[..., None], help_text: str) -> Any:
    """One of the options to do with completion; it is done before anything else."""
    return typer.Option(
        None, name, metavar="SHELL", callback=callback, is_eager=True, show_default=False, help=help_text
    )


def with_shell(words: Sequence[str]) -> list[str]:
    """The words of the command line, with the shell that runs where an option to do with it names none."""
    given: list[str] = []
    for at, word in enumerate(words):
        given.append(word)
        if word in (INSTALL, SHOW) and (at + 1 == len(words) or words[at + 1].startswith("-")):
            given.append(_running(word))
    return given


def _running(option: str) -> str:
    name = PurePath(os.environ.get("SHELL", "")).name
    if name not in SHELLS:
        raise InputError(say(_NO_SHELL, option=option, known=listed(SHELLS)))
    return name


def _known(name: str) -> str:
    if name.casefold() in _WITHOUT:
        raise InputError("cmd 没有命令补全。请用 PowerShell：mzplan --show-completion powershell。")
    return one_of(name, SHELLS, "没有 shell {text}。{hint}")


def prepare_completion(environment: Mapping[str, str]) -> None:
    """Make ready for a shell that asks what may follow; a word in its variable that asks for nothing is refused."""
    text = environment.get(_VARIABLE)
    if not text:
        return
    if _INSTRUCTION.fullmatch(text) is None:
        raise InputError(say(_NO_INSTRUCTION, variable=_VARIABLE, text=show(text), known=listed(SHELLS)))
    typer.completion.get_completion_inspect_parameters()  # teaches the library how each shell asks


def install_completion(context: typer.Context, value: str | None) -> None:
    """Install the script for the shell of that name; nothing is written for one that is not known."""
    if value is None or context.resilient_parsing:
        return
    from typer.completion import install  # type: ignore[attr-defined]  # with it comes the search for the shell that runs

    shell = _known(value)
    if shell in _POWERSHELL:
        raise InputError(say(_NOT_INSTALLED, command=_FOR_NOW))
    try:
        _, path = install(shell=shell, prog_name=_PROGRAM, complete_var=_VARIABLE)
    except UnicodeDecodeError:
        raise InputError(say(_NOT_TEXT, shell=shell, option=SHOW)) from None
    except OSError as error:
        place, reason = show(str(error.filename or ""), 400), system_reason(error)
        raise InputError(say(_NOT_WRITTEN, shell=shell, path=place, reason=reason, option=SHOW)) from None
    typer.echo(tell(say(_INSTALLED, shell=shell, path=show(str(path), 400))))
    raise typer.Exit


def show_completion(context: typer.Context, value: str | None) -> None:
    """Show the script for the shell of that name."""
    if value is None or context.resilient_parsing:
        return
    from typer.completion import get_completion_script  # type: ignore[attr-defined]  # as above

    shell = _known(value)
    is_own = shell in _POWERSHELL
    typer.echo(_SCRIPT if is_own else get_completion_script(prog_name=_PROGRAM, complete_var=_VARIABLE, shell=shell))
    raise typer.Exit
