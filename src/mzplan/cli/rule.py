"""`mzplan rule`: what a rule says, why, and how to mend what it finds."""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from mzplan.check.settings import SEE_RULES, catalogue, codes_of, nearest_rule
from mzplan.cli import options
from mzplan.cli.choices import format_of
from mzplan.cli.language import teller
from mzplan.cli.options import format_option
from mzplan.cli.project import plan_choice
from mzplan.cli.terminal import emit_as, emit_data, look
from mzplan.diagnostics import InputError, show
from mzplan.plan.load import load_plan
from mzplan.plan.lookup import MEANT, find_indicator
from mzplan.render.guard import json_text
from mzplan.rules.pages import EXAMPLE, document, listing, page, section, text
from mzplan.said import say

FORMATS = ("text", "markdown", "json")


def complete_rule(incomplete: str) -> Iterator[tuple[str, str]]:
    """Codes and names for the shell, with their titles."""
    for rule in catalogue().values():
        for word in (rule.code, rule.name):
            if word.startswith(incomplete):
                yield word, rule.title


def command(
    code: Annotated[
        str | None,
        typer.Argument(
            metavar="CODE", help="规则的编号、名称或一类（MZ2xx）；不给则列出全部规则。", autocompletion=complete_rule
        ),
    ] = None,
    format_: Annotated[str | None, format_option(FORMATS)] = None,
    output: options.Output = None,
) -> None:
    """说明一条校验规则：查什么、为什么、怎么改，附错误和正确的例子。

    用法示例：mzplan rule MZ301
    """
    format_name, tell = format_of(format_, FORMATS, output, "text"), teller()
    rules = catalogue()
    if code is None:
        if format_name == "json":
            whole = _json([document(rule, tell) for rule in rules.values()])
        else:
            whole = page(rules, tell) if format_name == "markdown" else _folded(listing(rules, tell), output)
        emit_as(format_name, whole, output)
        return
    found = [rules[each] for each in sorted(codes_of([code])[0])]
    if not found:
        raise InputError(say("没有规则“{word}”。{hint}", word=show(code), hint=_hint(code)))
    if format_name == "json":
        documents = [document(rule, tell) for rule in found]
        emit_data(_json(documents[0] if len(found) == 1 else documents), output)
    else:
        write = section if format_name == "markdown" else lambda rule, tell: _folded(text(rule, tell), output, 2)
        emit_as(format_name, "\n".join(write(rule, tell) for rule in found), output)


def _folded(whole: str, output: Path | None, at: int | None = None) -> str:
    """Each line in as many as the terminal asks for, but the examples', which are indented."""
    here = look(output)
    lines = ([line] if line.startswith(EXAMPLE) else here.hung(line, at) for line in whole.splitlines())
    return "".join(f"{line}\n" for each in lines for line in each)


def _hint(word: str) -> str:
    """What is meant: an indicator of the plan, which another command explains, or the nearest rule."""
    try:
        indicator = find_indicator(load_plan(plan_choice(None).path), word)
    except InputError:  # there is no plan, or no such indicator in it
        meant = nearest_rule(word)
        return say(MEANT, name=f"mzplan rule {meant}") if meant else SEE_RULES
    return say(MEANT, name=f"mzplan explain {indicator.id}")


def _json(content: object) -> str:
    return json_text(content, indent=2) + "\n"
