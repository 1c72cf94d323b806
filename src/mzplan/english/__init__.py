"""What the screens say, in English: one table a field of work, from the Chinese template to the English one.

Loaded only when English is asked for. A template in English has the same fields as its Chinese one, in any order; a
number may bring its noun, `{count:row|rows}`, or be a month's, `{month:month}`; a heading
within a sentence is `{by:inner}`; a template without Chinese needs no
line. What comes from files (cells, paths) is in no table and stays, and so does a field in quotes, with its English
behind it where it has one; names of units, areas, tasks and indicators are handed in with their English ones.
"""

import re
from collections.abc import Mapping, Sequence
from functools import cache
from string import Formatter
from types import MappingProxyType
from typing import Any

from mzplan.english import command, explained, helps, page, plan, rules, screens, words
from mzplan.said import Listed, Named, Said
from mzplan.zh import Amount

TABLES: tuple[Mapping[str, str], ...] = (
    *rules.TABLES,
    *(module.TEXTS for module in (words, plan, screens, explained, page, helps, command)),
)
"""No template is in two of them."""

CHINESE = re.compile("[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")
"""A character that an English text has none of."""
NO_NAMES: Mapping[str, str] = MappingProxyType({})

BETWEEN = {
    "\u3000": "  ",
    "、": ", ",
    "，": ", ",
    "；": "; ",
    "": " ",
    "：": ": ",
    "。": ". ",
    "或": " or ",
    " 或 ": " or ",
    "和": " and ",
    "＋": " + ",
}
"""What stands between the parts of a list."""
_STOPS = (",", ".", ";", ":", ")", " ")
_ONE = re.compile(r"(?<![\d.,])1 $")
"""Behind it stands a measure word for one."""
_SIGNS = "≥≤~±+-"
_OPENING = ("“", '"', "'", "‘", "`")
"""Behind them stands what is quoted as it is written."""
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


@cache
def texts() -> Mapping[str, str]:
    """All tables as one."""
    return MappingProxyType({template: text for table in TABLES for template, text in table.items()})


class _English(Formatter):
    """Fields in English, numbers with the noun that fits them."""

    def __init__(self, names: Mapping[str, str]) -> None:
        self.names = names

    def vformat(self, format_string: str, args: Sequence[Any], kwargs: Mapping[str, Any]) -> str:
        """The template with its fields; with an empty one goes the blank before it, or behind it where none is."""
        text = blank = gloss = ""
        for before, name, spec, _ in self.parse(format_string):
            if gloss and before.startswith("”") and not before.startswith("” ("):
                text += f"” ({gloss})"
                blank = "”"
            text += before.removeprefix(blank)
            blank = gloss = ""
            if name is not None:
                value, _ = self.get_field(name, args, kwargs)
                is_quoted = isinstance(value, str) and (before.endswith(_OPENING) or text.rfind("“") > text.rfind("”"))
                told = str(value) if is_quoted else self.format_field(value, spec or "")
                if isinstance(value, str) and not is_quoted and _ONE.search(text):
                    told = (self.names.get(value) or words.MEASURES.get(value, "")).partition("|")[0] or told
                if is_quoted and before.endswith("“"):
                    told, gloss = _in_quotes(value, self.names)
                if told and text == f"{told} (":  # a gloss that says the same
                    text, blank = told, ")"
                    continue
                blank = " " if not (told or text) else ""
                text = text + told if told else text.removesuffix(" ")
        return text

    def format_field(self, value: Any, format_spec: str) -> str:
        """`{count:row|rows}` is 1 row, 2 rows, 1,000 rows; `{month:month}` is September, `{by:inner}` no heading."""
        if "|" in format_spec:
            one, _, many = format_spec.partition("|")
            count = f"{value:,}" if isinstance(value, int) else value
            return f"{count} {one if str(value) == '1' else many}"
        if format_spec == "month":
            return _MONTHS[int(value) - 1]
        if format_spec == "inner":
            told = english(value, self.names)
            return told[:1].lower() + told[1:]
        if isinstance(value, Amount):
            return _amount(value, self.names)
        return format(english(value, self.names) if isinstance(value, str) else value, format_spec)


def _amount(amount: Amount, names: Mapping[str, str]) -> str:
    """A number with its measure word, for one or for many, behind a blank unless it is a sign."""
    number = english(amount.number, names)
    unit = names.get(amount.unit) or words.MEASURES.get(amount.unit) or english(amount.unit, names)
    one, _, many = unit.partition("|")
    word = many if many and number.strip(_SIGNS) != "1" else one
    return number + (f" {word}" if word[:1].isalpha() else word)


def _in_quotes(value: str, names: Mapping[str, str]) -> tuple[str, str]:
    """What quotes hold, as it is written, and its English where it has one; each of a list has quotes of its own."""
    if isinstance(value, Listed) and value.between == "、":
        *others, (last, gloss) = [_in_quotes(part, names) for part in value.parts if part] or [("", "")]
        return "".join(f"{told}” ({said}), “" if said else f"{told}”, “" for told, said in others) + last, gloss
    said = english(value, names)
    return str(value), "" if CHINESE.search(said) or said == value else said


def _joined(parts: Sequence[str], between: str) -> str:
    """The parts of a list; where nothing stands between them, a blank, unless the next one opens with a stop."""
    if between:
        return BETWEEN.get(between, between).join(parts)
    return "".join(part if not at or part.startswith(_STOPS) else f" {part}" for at, part in enumerate(parts))


def english(text: str, names: Mapping[str, str] = NO_NAMES) -> str:
    """The text in English: by its template, as a whole, or part by part; what no table has stays as it is."""
    if isinstance(text, Said):
        template = texts().get(text.template)
        if template is None and CHINESE.search(text.template):
            return str(text)
        return _English(names).vformat(template or text.template, (), text.fields)
    if isinstance(text, Named):
        return text.english
    if isinstance(text, Listed):
        return _joined([english(part, names) for part in text.parts if part], text.between)
    return names.get(text, "").rpartition("|")[2] or texts().get(text) or str(text)
