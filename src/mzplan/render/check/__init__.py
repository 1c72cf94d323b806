"""The output of `mzplan check`: one pure function for each format, closed by one table."""

from collections.abc import Callable, Mapping

from mzplan.render.check.github import github
from mzplan.render.check.gitlab import gitlab
from mzplan.render.check.html import html
from mzplan.render.check.json import json, jsonl
from mzplan.render.check.junit import junit
from mzplan.render.check.markdown import markdown
from mzplan.render.check.rdjson import rdjson
from mzplan.render.check.report import CheckReport
from mzplan.render.check.sarif import sarif
from mzplan.render.check.text import concise, text
from mzplan.render.guard import inert

FORMATS: Mapping[str, Callable[[CheckReport], str]] = {
    "text": text,
    "concise": concise,
    "json": json,
    "jsonl": jsonl,
    "github": github,
    "gitlab": gitlab,
    "sarif": sarif,
    "junit": junit,
    "rdjson": rdjson,
    "markdown": markdown,
    "html": html,
}
"""Every value of `check --format`."""


WITHOUT_TALLY = frozenset({"gitlab", "junit", "rdjson", "jsonl"})
"""Formats that have no place for how many findings are not told: whoever writes one says it beside it."""


def render(name: str, report: CheckReport) -> str:
    """The report in that format; no line of it is a workflow command but those that `github` means to be."""
    output = FORMATS[name](report)
    return output if FORMATS[name] is github else inert(output)
