"""Sentences that remember how they were made: a template with named fields, to be said again in another language.

What people read is Chinese and is made as text, wherever it is made. A text without fields is its own template. One
with fields is made by `say`, a list by `listed`; both are texts like any other that also keep what they were made of,
so that `mzplan.english` can say them again where they leave the program. A text glued of others has lost that.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any


class Said(str):
    """A text with the template and the fields it was made of; `+` and `.join` give a plain text without them."""

    __slots__ = ("fields", "template")
    template: str
    fields: Mapping[str, Any]

    def __new__(cls, template: str, fields: Mapping[str, Any]) -> "Said":
        """The text in Chinese."""
        said = super().__new__(cls, template.format_map(fields))
        said.template, said.fields = template, fields
        return said

    def __reduce__(self) -> tuple[type["Said"], tuple[str, Mapping[str, Any]]]:
        """Made anew from its template: the text alone would have lost it on the way to another process."""
        return Said, (self.template, dict(self.fields))


class Asking(Said):
    """A sentence that asks to write something into a column, which a table may be without."""

    __slots__ = ("column",)
    column: str

    def __reduce__(self) -> tuple[Any, ...]:
        """As of `Said`."""
        return _asking, (self.column, self.template, dict(self.fields))


class Named(str):
    """A word that brings its own English: the name of a column, which as a heading elsewhere is said otherwise."""

    __slots__ = ("english",)
    english: str

    def __new__(cls, word: str, english: str) -> "Named":
        """The word in Chinese."""
        named = super().__new__(cls, word)
        named.english = english
        return named

    def __reduce__(self) -> tuple[type["Named"], tuple[str, str]]:
        """As of `Said`."""
        return Named, (str(self), self.english)


class Listed(str):
    """A text of several, with what stands between them."""

    __slots__ = ("between", "parts")
    between: str
    parts: tuple[str, ...]

    def __new__(cls, parts: tuple[str, ...], between: str) -> "Listed":
        """The parts one after the other."""
        listed = super().__new__(cls, between.join(parts))
        listed.parts, listed.between = parts, between
        return listed

    def __reduce__(self) -> tuple[type["Listed"], tuple[tuple[str, ...], str]]:
        """As of `Said`."""
        return Listed, (self.parts, self.between)


def say(template: str, /, **fields: object) -> Said:
    """The template with its fields filled in; a field may itself be said or listed, a figure, a month or a word."""
    return Said(template, fields)


def asking(column: str, template: str, /, **fields: object) -> Asking:
    """The same, which asks to write something into a column."""
    return _asking(column, template, fields)


def _asking(column: str, template: str, fields: Mapping[str, Any]) -> Asking:
    asking = Asking(template, fields)
    asking.column = column
    return asking


def columns_asked(text: str) -> frozenset[str]:
    """The columns into which a text, or what it is made of, asks to write something."""
    own = frozenset({text.column}) if isinstance(text, Asking) else frozenset()
    parts = text.fields.values() if isinstance(text, Said) else text.parts if isinstance(text, Listed) else ()
    return own.union(*(columns_asked(part) for part in parts if isinstance(part, str)))


def retold(text: str, change: Callable[[str], str]) -> str:
    """The text with each plain piece of it changed, however deep it lies, and still known by its template."""
    if isinstance(text, Said):
        fields = {name: _changed(value, change) for name, value in text.fields.items()}
        return _asking(text.column, text.template, fields) if isinstance(text, Asking) else Said(text.template, fields)
    if isinstance(text, Listed):
        return Listed(tuple(retold(part, change) for part in text.parts), text.between)
    return text if isinstance(text, Named) else change(text)


def _changed(value: Any, change: Callable[[str], str]) -> Any:
    """A field likewise; what is no text, such as a place in a file, stays what it is unless it reads otherwise then."""
    if isinstance(value, str):
        return retold(value, change)
    changed = change(str(value))
    return value if changed == str(value) else changed


SCREEN = 30
"""How many units a screen holds, each in a line or by name: of more the first few stand there, the rest counted."""


def first_of(names: Sequence[str], most: int, template: str) -> str:
    """The names as one text, or the first of more than that many in a template of `{names}` and `{count}`."""
    told = listed(names[:most])
    return say(template, names=told, count=len(names)) if len(names) > most else told


def listed(parts: Iterable[str], between: str = "、") -> Listed:
    """Several words or sentences as one text, with what stands between them: nothing between whole sentences."""
    return Listed(tuple(parts), between)
