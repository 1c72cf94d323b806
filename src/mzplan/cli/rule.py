"""`mzplan rule`: what a rule says, why, and how to mend what it finds."""

from collections.abc import Iterator
from typing import Annotated

import typer

from mzplan.cli.common import emit
from mzplan.cli.options import OutputOption
from mzplan.diagnostics import InputError, show

FORMATS = ("text", "markdown", "json")

_UNKNOWN = "没有规则“{word}”。{hint}"
_MEANT = "您是否要用 mzplan rule {meant}？"
_SEE_ALL = "用 mzplan rule 查看全部规则。"
_NO_FORMAT = "没有格式“{word}”，可用的有 {known}。"


def complete_rule(incomplete: str) -> Iterator[tuple[str, str]]:
    """Codes and names for the shell, with their titles."""
    from mzplan.check.settings import catalogue

    for rule in catalogue().values():
        for word in (rule.code, rule.name):
            if word.startswith(incomplete):
                yield word, rule.title


def command(
    code: Annotated[
        str | None,
        typer.Argument(
            metavar="[CODE]",
            help="规则的编号、名称或一类（MZ2xx）；不给则列出全部规则。",
            autocompletion=complete_rule,
            show_default=False,
        ),
    ] = None,
    format_: Annotated[
        str,
        typer.Option(
            "--format", "-f", metavar="FORMAT", help="text、markdown 或 json。", autocompletion=lambda: FORMATS
        ),
    ] = "text",
    output: OutputOption = None,
) -> None:
    """说明一条校验规则：查什么、为什么、怎么改，附错误和正确的例子。

    用法示例：mzplan rule MZ301
    """
    from mzplan.check.settings import catalogue, codes_of, nearest_rule
    from mzplan.rules.pages import document, listing, page, section, text

    if format_ not in FORMATS:
        raise InputError(_NO_FORMAT.format(word=show(format_), known="、".join(FORMATS)))
    rules = catalogue()
    if code is None:
        every = [document(rule) for rule in rules.values()]
        emit(_json(every) if format_ == "json" else page(rules) if format_ == "markdown" else listing(rules), output)
        return
    found = [rules[each] for each in sorted(codes_of([code])[0])]
    if not found:
        meant = nearest_rule(code)
        hint = _MEANT.format(meant=meant) if meant else _SEE_ALL
        raise InputError(_UNKNOWN.format(word=show(code), hint=hint))
    if format_ == "json":
        documents = [document(rule) for rule in found]
        emit(_json(documents[0] if len(found) == 1 else documents), output)
    else:
        emit("\n".join((section if format_ == "markdown" else text)(rule) for rule in found), output)


def _json(content: object) -> str:
    from mzplan.render.check.guard import json_text

    return json_text(content, indent=2) + "\n"
