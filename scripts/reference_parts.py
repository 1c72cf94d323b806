"""What pages of reference have of the program itself: every command's help, every key of the JSON."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import typer

from mzplan.cli.parser import COMMANDS, app

SCHEMAS = Path(__file__).resolve().parent.parent / "src" / "mzplan" / "schemas"
FORMATS = ("status", "check", "summary", "impact")
"""The commands that have a schema, in the order of the page."""


def names() -> Iterator[str]:
    """Every command and subcommand."""
    program: Any = typer.main.get_command(app)
    for name in COMMANDS:
        yield name
        yield from (f"{name} {each}" for each in getattr(program.get_command(None, name), "commands", {}))


def helps() -> str:
    """A section for each command with its help page in English, which the page's own run fills in."""
    return "\n".join("\n".join([f"## {name}", "", *_session(name)]) for name in names())


DEFAULTS = {
    "默认 text": "`text`",
    "默认终端上": "`terminal` on a terminal, else `plain`",
    "默认看扩展名": "`xlsx` into a folder, else `csv`",
    "xlsx 只有附表": "`text`",
}
"""What is written without `--format`, by how the option's help begins to say it."""


def output_formats() -> str:
    """Every command that has `--format`, with what may stand there and what is written without it."""
    program: Any = typer.main.get_command(app)
    lines = ["| command | `--format` | without it |", "|---|---|---|"]
    for name in names():
        command, *below = name.split()
        found = program.get_command(None, command)
        for each in below:
            found = found.commands[each]
        for told in (param.help for param in found.params if "--format" in param.opts):
            known, _, usual = told.partition("；")
            (default,) = [words for begins, words in DEFAULTS.items() if usual.startswith(begins)]
            lines.append(f"| `{name}` | {', '.join(f'`{word}`' for word in known.split('、'))} | {default} |")
    return "\n".join(lines) + "\n"


def _session(name: str) -> list[str]:
    return ["```console", f"$ mzplan {name} --lang en --help", "```", ""]


def schemas() -> str:
    """The keys of each format, with what they hold and mean."""
    return "\n".join("\n".join(_schema(name)) for name in FORMATS) + "\n"


def _schema(command: str) -> Iterator[str]:
    schema = json.loads((SCHEMAS / f"{command}.schema.json").read_text(encoding="utf-8"))
    yield from ("", f"## {schema['title']}", "", schema["description"], "")
    shapes = schema["$defs"]
    yield from _table(_inlined(schema, shapes))
    for name, shape in schema["$defs"].items():
        if "properties" in shape:
            yield from ("", f"*{name}*{_told(shape, ': ')}", "")
            yield from _table(_inlined(shape, shapes))


def _inlined(part: Any, shapes: Mapping[str, Any]) -> Any:
    """The part with shapes that have no keys of their own in the places that refer to them."""
    if isinstance(part, list):
        return [_inlined(each, shapes) for each in part]
    if not isinstance(part, dict):
        return part
    shape = shapes.get(str(part.get("$ref", "")).rpartition("/")[2], {})
    if shape and "properties" not in shape:
        part = {**_inlined(shape, shapes), **{key: value for key, value in part.items() if key != "$ref"}}
    return {key: _inlined(value, shapes) for key, value in part.items()}


def _table(shape: Mapping[str, Any]) -> Iterator[str]:
    yield from ("| key | holds | meaning |", "|---|---|---|")
    yield from _rows("", shape)


def _rows(before: str, shape: Mapping[str, Any]) -> Iterator[str]:
    """The keys of a shape, with those of shapes that only stand there."""
    for key, member in shape["properties"].items():
        optional = "" if key in shape.get("required", ()) else ", may be absent"
        yield f"| `{before}{key}` | {_holds(member)}{optional} | {_told(member)} |"
        inner = member.get("items", member)
        if "properties" in inner:
            yield from _rows(f"{before}{key}{'[]' if 'items' in member else ''}.", inner)


def _told(member: Mapping[str, Any], before: str = "") -> str:
    text = str(member.get("description", "")).replace("|", "\\|")
    return before + text if text else ""


def _holds(member: Mapping[str, Any]) -> str:
    """What may stand there, in a few words."""
    if reference := member.get("$ref"):
        return f"*{reference.rpartition('/')[2]}*"
    if several := member.get("oneOf") or member.get("anyOf"):
        return " or ".join(dict.fromkeys(map(_holds, several)))
    if "enum" in member:
        return ", ".join(f"`{json.dumps(word)}`" for word in member["enum"])
    if "const" in member:
        return f"`{json.dumps(member['const'])}`"
    kinds = member.get("type", "object")
    words = [_WORDS.get(kind, kind) for kind in ([kinds] if isinstance(kinds, str) else kinds)]
    of = f" of {_holds(member['items'])}" if "items" in member else ""
    return " or ".join(words) + of


_WORDS = {"string": "text", "integer": "whole number", "array": "list", "boolean": "true or false"}
