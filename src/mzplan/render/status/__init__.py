"""The output of `mzplan status`: one function for each format, closed by one table."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import NamedTuple

from mzplan.views import StatusView


class Look(NamedTuple):
    """What a format for people is told about where it is read."""

    width: int | None = None
    """Cells of a line; None for as wide as the tables need."""
    colour: bool = False


def _terminal(view: StatusView, look: Look) -> str:
    from mzplan.render.status.build import document
    from mzplan.render.status.text import terminal

    return terminal(document(view), look.width, colour=look.colour)


def _plain(view: StatusView, look: Look) -> str:
    from mzplan.render.status.build import document
    from mzplan.render.status.text import plain

    return plain(document(view), look.width)


def _markdown(view: StatusView, _look: Look) -> str:
    from mzplan.render.status.build import document
    from mzplan.render.status.markup import markdown

    return markdown(document(view))


def _html(view: StatusView, _look: Look) -> str:
    from mzplan.render.status.build import document
    from mzplan.render.status.markup import html

    return html(document(view))


def _latex(view: StatusView, _look: Look) -> str:
    from mzplan.render.status.build import document
    from mzplan.render.status.markup import latex

    return latex(document(view))


def _csv(view: StatusView, _look: Look) -> str:
    from mzplan.render.status.build import document
    from mzplan.render.status.machine import csv

    return csv(document(view))


def _tsv(view: StatusView, _look: Look) -> str:
    from mzplan.render.status.build import document
    from mzplan.render.status.machine import tsv

    return tsv(document(view))


def _json(view: StatusView, _look: Look) -> str:
    from mzplan.render.status.machine import json

    return json(view)


def _jsonl(view: StatusView, _look: Look) -> str:
    from mzplan.render.status.machine import jsonl

    return jsonl(view)


FORMATS: Mapping[str, Callable[[StatusView, Look], str]] = MappingProxyType(
    {
        "terminal": _terminal,
        "plain": _plain,
        "markdown": _markdown,
        "html": _html,
        "latex": _latex,
        "csv": _csv,
        "tsv": _tsv,
        "json": _json,
        "jsonl": _jsonl,
    }
)
"""Every value of `status --format`; each imports what it needs when it is asked for."""

MACHINE = frozenset({"csv", "tsv", "json", "jsonl"})
"""The formats that hold data alone: what the reader must know besides goes to standard error."""

_SELF_GUARDED = frozenset({"csv", "json", "jsonl"})
"""JSON escapes what a runner would obey; `inert` would turn a CSV's line ends into others than Excel writes."""


def render(name: str, view: StatusView, look: Look | None = None) -> str:
    """The view in that format; no line of it is a command to a CI runner."""
    text = FORMATS[name](view, look or Look())
    if name in _SELF_GUARDED or ("::" not in text and "##" not in text):
        return text
    from mzplan.render.check.guard import inert

    return inert(text)
