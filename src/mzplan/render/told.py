"""A document in another language: every text of it, before anything is laid out."""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from mzplan.said import Listed, Said

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


def prose_told(document: Any, tell: Callable[[str], str]) -> Any:
    """What becomes JSON, with the sentences made by `say` and `listed` as `tell` says them: keys, names, cells stay."""
    if isinstance(document, Said | Listed):
        return tell(document)
    if isinstance(document, Mapping):
        return {key: prose_told(value, tell) for key, value in document.items()}
    return [prose_told(each, tell) for each in document] if isinstance(document, list) else document
