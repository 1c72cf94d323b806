"""The bulletin in its formats. Each takes a bulletin and nothing else, so that the same one gives the same bytes."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from mzplan.bulletin.model import Bulletin
from mzplan.render.summary.docx import docx
from mzplan.render.summary.html import html
from mzplan.render.summary.json import json
from mzplan.render.summary.markdown import markdown
from mzplan.render.summary.text import text

FORMATS: Mapping[str, Callable[[Bulletin], str | bytes]] = MappingProxyType(
    {"text": text, "markdown": markdown, "html": html, "docx": docx, "json": json}
)
"""Every format of `mzplan summary` by its name."""

SUFFIXES: Mapping[str, str] = MappingProxyType(
    {".txt": "text", ".md": "markdown", ".html": "html", ".htm": "html", ".docx": "docx", ".json": "json"}
)
"""The format that an output file's name asks for."""
