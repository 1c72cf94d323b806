"""Whatever a plan's names hold stays text, in every format of every command that shows a plan and its figures."""

import io
import re
from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser
from typing import Any
from zipfile import ZipFile

import pytest

from factory import JUNE, small_plan, view_of
from mzplan.bulletin import Request, gather
from mzplan.plan.model import ActionArea, Plan, Task
from mzplan.render import explain, plan, status, summary
from mzplan.render.formats import BINARY
from mzplan.render.layout import Look
from mzplan.render.plan import Excerpt
from mzplan.scoring.explain import explain as explained
from mzplan.views.query import Query

HOSTILE = "a|b<script>[x](y)@me #1 ::error ##[error] \x1b[31m\u202e{}%$&_~^\\\n::error::x'\"`*"


def named(name: str) -> Plan:
    """The small plan in which everything that has a name has that one."""
    whole = small_plan()

    def tasks(given: tuple[Task, ...]) -> tuple[Task, ...]:
        return tuple(
            one._replace(
                name=name, indicators=tuple(replace(each, name=name, source=name, note=name) for each in one.indicators)
            )
            for one in given
        )

    return replace(
        whole,
        title=name,
        publisher=name,
        reporting_units=tuple(unit._replace(name=f"{unit.id}{name}") for unit in whole.reporting_units),
        action_areas=tuple(ActionArea(one.number, name, name, tasks(one.tasks)) for one in whole.action_areas),
        safeguards=tasks(whole.safeguards),
    )


def shown(name: str, *only: str) -> Iterator[tuple[str, str]]:
    """A format, and what a command writes in it of a plan with such names."""
    whole = named(name)
    view = view_of(Query(units=(None, "north", "south")), plan=whole)
    for formats, what in (
        (status.FORMATS, view_of(plan=whole)),
        (status.FORMATS, view),
        (explain.FORMATS, explained(view.card, view.ledger, "T01-01", None)),
        (plan.FORMATS, Excerpt(whole, whole.tasks)),
        (summary.FORMATS, gather(whole, view.ledger, JUNE).write(Request())),
    ):
        known: Any = formats
        for format_name in only or known:
            written = known[format_name](what, Look(120))
            if format_name in BINARY:
                parts = ZipFile(io.BytesIO(written))
                inside = ("word/document.xml", "xl/sharedStrings.xml")
                written = "".join(parts.read(name).decode() for name in inside if name in parts.namelist())
            yield format_name, written


@pytest.mark.untraced
def test_no_name_becomes_a_command_or_is_hidden() -> None:
    for format_name, text in shown(HOSTILE):
        assert not set(text) & {"\x1b", "\u202e"}, format_name
        if format_name not in BINARY:  # nobody's log
            assert "##[" not in text, format_name
            assert not any(line.lstrip(" -").startswith("::") for line in text.splitlines()), format_name


class Page(HTMLParser):
    """The elements of a page with their attributes."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs


def test_a_page_has_no_element_that_a_name_brought_and_reaches_for_nothing() -> None:
    harmless, hostile = ([Page(text) for _, text in shown(given, "html")] for given in ("甲", HOSTILE))
    assert [page.tags for page in hostile] == [page.tags for page in harmless]
    for page in hostile:
        assert not {"script", "link", "img", "iframe", "a", "base", "form"} & set(page.tags)
        assert ("content", "default-src 'none'; style-src 'unsafe-inline'") in page.attributes
        assert not [name for name, _ in page.attributes if name.startswith("on") or name in ("src", "href", "style")]
        assert page.tags.index("meta") < page.tags.index("title")


def test_tables_in_markdown_keep_their_shape_and_obey_no_name() -> None:
    for _, text in shown(HOSTILE, "markdown"):
        assert not [mark for mark in ("<script>", "@me", "[x](y)") if mark in text]
        for table in re.findall(r"(?:^\|.*\n)+", text, re.MULTILINE):
            assert len({len(re.findall(r"(?<!\\)\|", row)) for row in table.splitlines()}) == 1, table
