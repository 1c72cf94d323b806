"""The output of `mzplan doctor`: what the program finds on a computer, and what to do where something is wrong."""

from collections.abc import Sequence
from typing import NamedTuple

from mzplan.diagnostics import show
from mzplan.render.document import Cell, Column, Document, Table, listing
from mzplan.render.formats import Formats, formats
from mzplan.said import listed, say

SCHEMA_VERSION = 1

_LONGEST = 300
_COLUMNS = (Column("what", "检查项"), Column("value", "情况", label=True))


class Fact(NamedTuple):
    """One thing that was looked at."""

    name: str
    what: str
    value: str
    remedy: str = ""
    """What to do, where it is wrong; empty where it is well."""


def document(facts: Sequence[Fact]) -> Document:
    """What is wrong, then everything that was looked at."""
    wrong = [say("{what}：{remedy}", what=fact.what, remedy=fact.remedy) for fact in facts if fact.remedy]
    rows = [[Cell(fact.what, "red" if fact.remedy else ""), Cell(show(fact.value, _LONGEST))] for fact in facts]
    verdict = listing("warnings", wrong, "red") if wrong else listing("facts", ["没有发现问题。"])
    return Document("mzplan 自检", (verdict, Table("facts", "", _COLUMNS, rows)))


def as_document(facts: Sequence[Fact]) -> dict[str, object]:
    """The same for programs: `remedy` is null where nothing is wrong."""
    return {
        "schema_version": SCHEMA_VERSION,
        "problems": sum(bool(fact.remedy) for fact in facts),
        "facts": [
            {
                "name": fact.name,
                "value": listed((fact.value,)),
                "remedy": (fact.remedy and listed((fact.remedy,))) or None,
            }
            for fact in facts
        ],
    }


FORMATS: Formats[Sequence[Fact]] = formats(document, "text", "markdown", json=as_document)
"""Every value of `doctor --format`."""
