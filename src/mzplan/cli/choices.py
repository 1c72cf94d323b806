"""A word out of a fixed set, such as the name of an output format: one sentence for every one that does not exist."""

from collections.abc import Collection, Mapping
from pathlib import Path
from types import MappingProxyType

from mzplan.diagnostics import InputError, show
from mzplan.plan.lookup import MEANT, nearest

FORMATS_BY_SUFFIX: Mapping[str, str] = MappingProxyType(
    {
        ".txt": "text",
        ".md": "markdown",
        ".markdown": "markdown",
        ".html": "html",
        ".htm": "html",
        ".tex": "latex",
        ".docx": "docx",
        ".csv": "csv",
        ".tsv": "tsv",
        ".json": "json",
        ".jsonl": "jsonl",
    }
)
"""The format that an output file's name asks for, where the command has it."""

_UNKNOWN = "没有{what} {name}。{hint}可用的有：{known}。"


def known(name: str, names: Collection[str], what: str = "输出格式") -> str:
    """The word, if it is one of them; else InputError with the nearest and all that there are."""
    if name in names:
        return name
    is_meant = name in FORMATS_BY_SUFFIX.values()  # a format that other commands have is no slip
    near = None if is_meant else nearest(name, names)
    hint = MEANT.format(name=near) if near else ""
    raise InputError(_UNKNOWN.format(what=what, name=show(name), hint=hint, known="、".join(names)))


def format_of(name: str | None, formats: Collection[str], output: Path | None, usual: str) -> str:
    """The output format: as asked for, else by the file's suffix, else the usual one."""
    if name is not None:
        return known(name, formats)
    by_suffix = FORMATS_BY_SUFFIX.get(output.suffix.lower(), "") if output is not None else ""
    return by_suffix if by_suffix in formats else usual
