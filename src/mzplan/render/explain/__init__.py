"""The output of `mzplan explain`: one function for each format, closed by one table."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from mzplan.render.explain.paragraphs import paragraphs, title
from mzplan.render.layout import flow, width_of
from mzplan.scoring.explain import Explanation


def text(found: Explanation, width: int | None = None) -> str:
    """Headings and indented lines, folded at the width given."""
    lines = [title(found)]
    for paragraph in paragraphs(found):
        lines += ["", paragraph.heading]
        for line in paragraph.lines:
            folded = [line] if width is None or width_of(line) <= width - 2 else flow([line], width - 4)
            lines += [("  " if place == 0 else "    ") + piece for place, piece in enumerate(folded)]
    return "\n".join(lines) + "\n"


def markdown(found: Explanation, width: int | None = None) -> str:
    """A heading for each paragraph and a list under it."""
    from mzplan.render.check.markdown import escape

    lines = [f"# {escape(title(found))}"]
    for paragraph in paragraphs(found):
        lines += ["", f"## {escape(paragraph.heading)}", ""]
        lines += [f"- {escape(' '.join(line.split()))}" for line in paragraph.lines]
    return "\n".join(lines) + "\n"


def _json(found: Explanation, _width: int | None = None) -> str:
    from mzplan.render.explain.facts import json

    return json(found)


FORMATS: Mapping[str, Callable[[Explanation, int | None], str]] = MappingProxyType(
    {"text": text, "markdown": markdown, "json": _json}
)
"""Every value of `explain --format`."""


def render(name: str, found: Explanation, width: int | None = None) -> str:
    """The explanation in that format; no line of it is a command to a CI runner."""
    output = FORMATS[name](found, width)
    if name == "json" or ("::" not in output and "##" not in output):
        return output
    from mzplan.render.check.guard import inert

    return inert(output)
