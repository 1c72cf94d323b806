"""A document in another language: every text of it, before anything is laid out."""

from collections.abc import Callable
from typing import Any, TypeVar

Whole = TypeVar("Whole")


def told(whole: Whole, tell: Callable[[str], str]) -> Whole:
    """The document, table, block or whatever is made of named tuples, with each text as `tell` says it."""
    return whole if tell is str else _told(whole, tell)


def _told(part: Any, tell: Callable[[str], str]) -> Any:
    if isinstance(part, str):
        return tell(part)
    if isinstance(part, tuple):
        parts = (_told(each, tell) for each in part)
        return type(part)(*parts) if hasattr(part, "_fields") else tuple(parts)
    return [_told(each, tell) for each in part] if isinstance(part, list) else part
