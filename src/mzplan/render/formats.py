"""The formats of documents: a writer for each."""

from collections.abc import Callable, Mapping
from importlib import import_module
from types import MappingProxyType
from typing import TypeVar

from mzplan.render.document import Document
from mzplan.render.guard import json_text
from mzplan.render.layout import Look
from mzplan.render.told import prose_told, told

View = TypeVar("View")
Output = str | bytes
Formats = Mapping[str, Callable[[View, Look], Output]]
"""What a command's view can be written as."""

WRITERS: Mapping[str, tuple[str, str]] = {
    "terminal": ("text", "terminal"),
    "plain": ("text", "plain"),
    "text": ("text", "plain"),
    "markdown": ("markdown", "markdown"),
    "html": ("html", "html"),
    "latex": ("latex", "latex"),
    "docx": ("docx", "docx"),
    "csv": ("csv", "csv"),
    "tsv": ("csv", "tsv"),
    "xlsx": ("workbook", "annexes"),
}
"""Module and function of each writer, imported when its format is asked for: a run needs one of them."""

SUFFIXES: Mapping[str, tuple[str, ...]] = {
    "text": (".txt",),
    "plain": (".txt",),
    "markdown": (".md", ".markdown"),
    "html": (".html", ".htm"),
    "latex": (".tex",),
    "docx": (".docx",),
    "csv": (".csv",),
    "xlsx": (".xlsx",),
    "tsv": (".tsv",),
    "json": (".json",),
    "jsonl": (".jsonl",),
    "sarif": (".sarif",),
    "junit": (".xml",),
    "diff": (".diff", ".patch"),
}
"""What files of a format are called; no command has two that are called the same."""

JSON_TOO = frozenset({"sarif", "gitlab", "rdjson"})
"""Formats that are JSON whatever else they are: their files may be called `.json`."""

OF_OTHERS = frozenset({".xls", ".xlsm", ".et", ".ods", ".doc", ".docm", ".wps", ".odt", ".rtf", ".pdf"})
"""Suffixes by which a computer chooses a program that reads none of our formats."""

DATA = frozenset({"csv", "tsv", "json", "jsonl"})
"""Formats that hold data alone: what the reader must know besides goes to standard error."""

BINARY = frozenset({"docx", "xlsx"})
"""Formats that no screen shows."""

FOR_PEOPLE = frozenset({"terminal", "plain", "text", "concise"})
"""Formats that people read where they are printed; all others are for programs."""


def suffixes(name: str) -> tuple[str, ...]:
    """What files of that format may be called, the usual one first: any text may be `.txt`."""
    also = (*((".json",) if name in JSON_TOO else ()), *(() if name in BINARY else (".txt",)))
    return tuple(dict.fromkeys((*SUFFIXES.get(name, ()), *also)))


def formats(
    document: Callable[[View], Document],
    *names: str,
    json: Callable[[View], object] | None = None,
    **others: Callable[[View, Look], Output],
) -> Formats[View]:
    """A command's formats: those of the document of its view by name, JSON, and others made from the view itself.

    `json` says a view in plain dictionaries, lists and strings; a sentence of the program
    among them is made by `say` or `listed`.
    """

    def written(name: str) -> Callable[[View, Look], Output]:
        def write(view: View, look: Look) -> Output:
            module, function = WRITERS[name]
            writer: Callable[[Document, Look], Output] = getattr(import_module(f"mzplan.render.{module}"), function)
            return writer(told(document(view), look.tell), look)

        return write

    found = {name: written(name) for name in names}
    if json is not None:
        found["json"] = lambda view, look: json_text(prose_told(json(view), look.tell), indent=2) + "\n"
    return MappingProxyType(found | others)
