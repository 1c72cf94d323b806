"""Words for which a command has no argument, and the options that may have been meant: those that take them."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from mzplan.cli.choices import format_of
from mzplan.cli.language import known_plan
from mzplan.cli.project import period_meant, plan_choice
from mzplan.diagnostics import InputError, quoted, show
from mzplan.plan.choice import PLAN_SUFFIXES
from mzplan.plan.lookup import find_indicator
from mzplan.plan.model import Plan
from mzplan.said import listed, say
from mzplan.views.query import area_named, lead_named, status_named, task_named, unit_named

_ONLY_OPTIONS = "{command} 后面只写选项。"
_AT_MOST = "{command} 后面最多写 {arguments}。"
_IN_QUOTES = '几个值写在一对引号里（PowerShell 在逗号处分开）：{option} "{values}"。'
_PLAN_WORDS: Mapping[str, Callable[[Plan, str], object]] = {
    "--unit": unit_named,
    "--area": area_named,
    "--task": task_named,
    "--indicator": find_indicator,
    "--lead": lead_named,
}
"""How the options that name a part of the plan read their values; InputError for one that names none."""
_DRAFTS = frozenset({".docx", ".md", ".txt", ".html"})


def too_many(context: Any, words: Sequence[str], typed: Sequence[str]) -> str:
    """Says which words a command has no argument for, and the options that take them if each has one."""
    params, command = context.command.params, context.command_path
    arguments = [param.metavar for param in params if param.param_type_name == "argument"]
    option, value = ("", "", *typed)[typed.index(words[0]) :][:2]
    if any(value in param.opts for param in params):
        hint: str = say("{value} 成了 {option} 的值：请在 {option} 后面写上值。", option=option, value=value)
    elif any(option in param.opts and "," in (param.metavar or "") for param in params):
        hint = say(_IN_QUOTES, option=option, values=show(",".join([value, *words])))
    else:
        hint = say(_AT_MOST if arguments else _ONLY_OPTIONS, command=command, arguments=" ".join(arguments))
        if all(meant := [_option_for(context, word) for word in words]):
            hint = listed((hint, say("请写 {options}。", options=" ".join(meant))), "")
    return say("多出了参数 {words}。{hint}", words=" ".join(show(word) for word in words), hint=hint)


def _option_for(context: Any, word: str) -> str:
    """An option with the value that was meant, as a shell takes it; empty where the word fits none of the command."""
    options = {name: param for param in context.command.params for name in param.opts if name[:2] == "--"}
    offered = ((name, value) for name, value in _meanings(context, options, word) if name in options)
    return next((f"{name} {quoted(value)}" for name, value in offered), "")


def _meanings(context: Any, options: Mapping[str, Any], word: str) -> Iterator[tuple[str, str]]:
    """What the word may be, the surest first: a word of a fixed set, a file, a month, a part of the plan."""
    for name, param in options.items():
        if word in {item.value for item in param.shell_complete(context, word)}:
            yield name, word
    if _is_read(status_named, word):
        yield "--only", word
    path = Path(word)
    if path.exists():
        suffix = path.suffix.lower()
        yield "--plan" if suffix in PLAN_SUFFIXES else "--verify" if suffix in _DRAFTS else "--data", word
    else:
        offered = options["--format"].shell_complete(context, "") if "--format" in options else ()
        formats = [item.value for item in offered]
        if path.suffix and (not formats or _is_read(lambda _: format_of(None, formats, path, ""), word)):
            yield "--output", word
    try:
        plan = known_plan(plan_choice(context.params.get("plan"), word, context.params.get("data") or ()).path)
    except InputError:
        return
    if (period := period_meant(plan, word)) is not None and period.year == plan.year:
        yield "--period", str(period)
    for name, named in _PLAN_WORDS.items():
        if _is_read(partial(named, plan), word):
            yield name, word


def _is_read(read: Callable[[str], object], word: str) -> bool:
    try:
        read(word)
    except InputError:
        return False
    return True
