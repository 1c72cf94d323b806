"""The formats of documents: a writer for each."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import TypeVar

from mzplan.render.csv import csv, tsv
from mzplan.render.document import Document
from mzplan.render.docx import docx
from mzplan.render.html import html
from mzplan.render.latex import latex
from mzplan.render.layout import Look
from mzplan.render.markdown import markdown
from mzplan.render.text import plain, terminal

View = TypeVar("View")
Output = str | bytes
Formats = Mapping[str, Callable[[View, Look], Output]]
"""What a command's view can be written as."""

WRITERS: Formats[Document] = MappingProxyType(
    {
        "terminal": terminal,
        "plain": plain,
        "text": plain,
        "markdown": markdown,
        "html": html,
        "latex": latex,
        "docx": docx,
        "csv": csv,
        "tsv": tsv,
    }
)

DATA = frozenset({"csv", "tsv", "json", "jsonl"})
"""Formats that hold data alone: what the reader must know besides goes to standard error."""

FOR_PROGRAMS = DATA | {"html", "latex", "markdown"}
"""Formats that others than people at a terminal read."""


def formats(document: Callable[[View], Document], *names: str, **others: Callable[[View, Look], str]) -> Formats[View]:
    """A command's formats: those of the document of its view by name, and others that are made from the view itself."""

    def written(name: str) -> Callable[[View, Look], Output]:
        return lambda view, look: WRITERS[name](document(view), look)

    return MappingProxyType({name: written(name) for name in names} | others)
