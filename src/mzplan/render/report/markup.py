"""HTML and SVG put together from elements: every text is said and escaped in one place, markup is not touched."""

import re
from collections.abc import Callable, Iterable, Iterator
from html import escape
from typing import NamedTuple, Union

_UNENDED = frozenset({"td", "th", "tr", "thead", "tbody", "li", "dt", "dd"})
"""What HTML lets end without saying so: a tenth of the page."""
_DRAWN = frozenset({"rect", "path", "line", "polyline", "circle"})
"""What SVG has without content."""


_BARE = re.compile(r"[\w.%#+:-]+")
"""A value that HTML reads without quotes, which are a twentieth of the page."""


class Raw(str):
    """What stands in a page as it is; any other string is text."""

    __slots__ = ()


class Attribute(NamedTuple):
    """An attribute and its text."""

    name: str
    text: str


class Markup(NamedTuple):
    """A piece of a page: what it is made of, one after the other."""

    pieces: tuple[Union[str, Attribute, "Markup"], ...] = ()

    def written(self, tell: Callable[[str], str] = str) -> str:
        """The piece as it stands in a page, with each text as `tell` says it."""
        text: list[str] = []
        _write(self, tell, text)
        return "".join(text)


def _write(markup: Markup, tell: Callable[[str], str], text: list[str]) -> None:
    for piece in markup.pieces:
        match piece:
            case Markup():
                _write(piece, tell, text)
            case Raw():
                text.append(piece)
            case Attribute():
                said = tell(piece.text)
                value = said if _BARE.fullmatch(said) else f'"{escape(said)}"'
                text.append(f" {piece.name}={value}")
            case _:
                text.append(escape(tell(piece)))


def element(name: str, /, *content: str | Markup, **attributes: str | int | bool | None) -> Markup:
    """An element with its content, and the attributes that are neither None nor False.

    An underscore ends a name that Python keeps for itself; any other one stands for a hyphen.
    """
    opening = _opening(name, attributes)
    if name in _DRAWN:
        return Markup((*opening, Raw(" />")))
    return Markup((*opening, Raw(">"), *content, Raw("" if name in _UNENDED else f"</{name}>")))


def empty(name: str, /, **attributes: str | int | bool | None) -> Markup:
    """An element of HTML that has no content and no end."""
    return Markup((*_opening(name, attributes), Raw(">")))


def markup(pieces: Iterable[str | Markup]) -> Markup:
    """Several pieces as one."""
    return Markup(tuple(pieces))


def _opening(name: str, attributes: dict[str, str | int | bool | None]) -> Iterator[Raw | Attribute]:
    yield Raw(f"<{name}")
    for key, value in attributes.items():
        shown = key.rstrip("_").replace("_", "-")
        if value is True:
            yield Raw(f" {shown}")
        elif value is not None and value is not False:
            yield Attribute(shown, value if isinstance(value, str) else str(value))
