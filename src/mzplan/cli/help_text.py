"""What help pages say: the words of the library in Chinese, ours in the language of the run, examples a line each."""

import re
import shutil
from collections.abc import Mapping
from typing import Any

from mzplan.cli.language import is_english, tell
from mzplan.cli.terminal import look
from mzplan.render.layout import NARROW
from mzplan.said import listed

_HELP_ZH: Mapping[str, str] = {
    "Usage: ": "用法：",
    "[OPTIONS]": "[选项]",
    "COMMAND [ARGS]...": "命令 [参数]...",
    "Options:": "选项：",
    "Arguments:": "参数：",
    "Commands:": "命令：",
    "命令:": "命令：",
    "Show this message and exit.": "显示本说明并退出。",
    "[required]": "［必填］",
}
_EXAMPLES = "用法示例："
"""Before the examples of a help text; some blanks stand between two."""
UNFOLDED = 10_000
"""The width at which the library leaves each text of a help page in a line of its own."""
_WIDEST, _NARROWEST = 80, 50
_DEFAULT = re.compile(r"\[default: ([^\]]*)\]")
_BEHIND = re.compile(r" {2}(?=\[(?:default: [^\]]*|required)\]$)", re.MULTILINE)
"""Before what the library adds to a text, which is no column of its own."""


def in_chinese(help_text: str) -> str:
    """A help page with the words that the library writes itself put into Chinese, unless English is asked for."""
    help_text = _BEHIND.sub(" " if is_english() else "", help_text)
    if is_english():
        return help_text
    for english, chinese in _HELP_ZH.items():
        help_text = help_text.replace(english, chinese)
    return _DEFAULT.sub(r"［默认 \1］", help_text)


def folded(help_text: str) -> str:
    """A help page in lines that fit on the terminal, whose library counts characters and not cells, but the examples.

    It is never wider than 80 columns, which are read best, nor narrower than 50.
    """
    here = look(None)._replace(width=max(min(shutil.get_terminal_size().columns, _WIDEST), _NARROWEST))
    is_example, lines = False, list[str]()
    for line in help_text.split("\n"):
        is_example = bool(line) and (is_example or line.lstrip().startswith(tell(_EXAMPLES)))
        lines += [line] if is_example else here.hung(line)
    return "\n".join(lines)


def _told(text: str) -> str:
    """What a help page says, in the language of the run: as a whole, or by its clauses and the words of their lists."""
    whole = tell(text)
    clauses = (listed(clause.split("、")) for clause in text.split("；"))
    return whole if whole != text else tell(listed(clauses, "；"))


def say_in_english(param: Any) -> None:
    """The help of an argument or option, and of what completes its value."""
    if getattr(param, "help", None):
        param.help = _told(param.help)
    complete = param.shell_complete

    def shell_complete(ctx: Any, incomplete: str) -> list[Any]:
        found: list[Any] = complete(ctx, incomplete)
        for one in found:
            one.help = one.help and tell(one.help)
        return found

    param.shell_complete = shell_complete


def told_help(text: str | None) -> str | None:
    """The help of a command in the language of the run, with each example on a line of its own."""
    about, opening, examples = (text or "").partition(_EXAMPLES)
    if about and is_english():
        paragraphs = ("".join(map(str.strip, each.splitlines())) for each in about.strip().split("\n\n"))
        about = "\n\n".join(map(tell, paragraphs)) + "\n\n" * bool(opening)
    if not opening:
        return about or text
    each, label = map(tell, re.split(r"\s{2,}", examples.strip())), tell(opening)
    return f"{about}\b\n{label}" + f"\n{' ' * NARROW.cells(label)}".join(each)  # \b: the library fills up no line
