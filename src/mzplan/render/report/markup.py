"""HTML and SVG put together from elements: every text is escaped in one place, what is already markup is not."""

import re
from collections.abc import Iterable
from html import escape

_UNENDED = frozenset({"td", "th", "tr", "thead", "tbody", "li", "dt", "dd"})
"""What HTML lets end without saying so: a tenth of the page."""
_DRAWN = frozenset({"rect", "path", "line", "polyline", "circle"})
"""What SVG has without content."""


_BARE = re.compile(r"[\w.%#+:-]+")
"""A value that HTML reads without quotes, which are a twentieth of the page."""


class Markup(str):
    """Markup that stands in a page as it is; any other string is text."""

    __slots__ = ()


def element(name: str, /, *content: str, **attributes: str | int | bool | None) -> Markup:
    """An element with its content, and the attributes that are neither None nor False.

    An underscore ends a name that Python keeps for itself; any other one stands for a hyphen.
    """
    given = "".join(_attribute(key.rstrip("_").replace("_", "-"), value) for key, value in attributes.items())
    if name in _DRAWN:
        return Markup(f"<{name}{given} />")
    end = "" if name in _UNENDED else f"</{name}>"
    return Markup(f"<{name}{given}>{markup(content)}{end}")


def empty(name: str, /, **attributes: str | int | bool | None) -> Markup:
    """An element of HTML that has no content and no end."""
    return Markup(element(name, **attributes).removesuffix(f"</{name}>"))


def markup(pieces: Iterable[str], between: str = "") -> Markup:
    """Several pieces as one, texts escaped."""
    return Markup(escape(between).join(piece if isinstance(piece, Markup) else escape(piece) for piece in pieces))


def _attribute(name: str, value: str | int | bool | None) -> str:
    if value is None or value is False:
        return ""
    if value is True:
        return f" {name}"
    text = str(value)
    return f" {name}={text}" if _BARE.fullmatch(text) else f' {name}="{escape(text)}"'
