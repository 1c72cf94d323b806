"""English for what plans, their files and the commands about them say: one table a subject."""

from collections.abc import Mapping
from types import MappingProxyType

from mzplan.english.plan import (
    breakdown,
    file,
    promises,
    regions,
    rules_of_breakdown,
    rules_of_document,
    rules_of_file,
    rules_of_plan,
    screens,
    words,
)

TABLES: tuple[Mapping[str, str], ...] = (
    rules_of_plan.TEXTS,
    rules_of_file.TEXTS,
    rules_of_breakdown.TEXTS,
    rules_of_document.TEXTS,
    file.TEXTS,
    promises.TEXTS,
    regions.TEXTS,
    breakdown.TEXTS,
    words.TEXTS,
    screens.TEXTS,
)
TEXTS: Mapping[str, str] = MappingProxyType({template: text for table in TABLES for template, text in table.items()})
