"""What the screens say, in English: one table a field of work, from the Chinese template to the English one.

Loaded only when English is asked for. A template in English has the same fields as its Chinese one, in any order; a
number may bring its noun, `{count:row|rows}`. What comes from files (names, cells, paths) is in no table and stays.
"""

from collections.abc import Mapping
from functools import cache
from string import Formatter
from types import MappingProxyType
from typing import Any

from mzplan.english import command, plan, rules, screens
from mzplan.said import Listed, Said

TABLES: tuple[Mapping[str, str], ...] = (rules.TEXTS, plan.TEXTS, screens.TEXTS, command.TEXTS)
"""No template is in two of them."""

_BETWEEN = {"、": ", ", "，": ", ", "；": "; ", "": " ", "：": ": "}


@cache
def texts() -> Mapping[str, str]:
    """All tables as one."""
    return MappingProxyType({template: text for table in TABLES for template, text in table.items()})


class _English(Formatter):
    """Fields in English, numbers with the noun that fits them."""

    def format_field(self, value: Any, format_spec: str) -> str:
        """`{count:row|rows}` is 1 row, 2 rows."""
        if "|" in format_spec:
            one, _, many = format_spec.partition("|")
            return f"{value} {one if value == 1 else many}"
        return format(english(value) if isinstance(value, str) else value, format_spec)


_FORMATTER = _English()


def english(text: str) -> str:
    """The text in English: by its template, as a whole, or part by part; what no table has stays as it is."""
    if isinstance(text, Said):
        template = texts().get(text.template)
        return str(text) if template is None else _FORMATTER.vformat(template, (), text.fields)
    if isinstance(text, Listed):
        return _BETWEEN.get(text.between, text.between).join(map(english, text.parts))
    return texts().get(text, text)
