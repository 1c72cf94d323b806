"""Which figure each number in a table of a draft stands for: by the heading above it and the label of its row."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from mzplan.bulletin.groups import stages_of
from mzplan.bulletin.model import EVERY, Ref, Subject
from mzplan.bulletin.phrases import P
from mzplan.bulletin.verify.draft import Block
from mzplan.bulletin.verify.grammar import NUMBER, slot_of
from mzplan.bulletin.verify.names import Mention, normalised
from mzplan.bulletin.verify.passages import Passage, area_of
from mzplan.bulletin.verify.reading import BoundNumber, DraftReader

_CARRIED = (P.CARRIED, P.CARRIED_KEPT, P.CARRIED_MET)
"""What is told in a cell besides its figure."""


def row_numbers(reader: DraftReader, block: Block, headings: Sequence[str]) -> Iterator[BoundNumber]:
    """Every number of a table's row that stands under one of these headings."""
    cells = [block.text[start:end].strip() for start, end in block.cells]
    label = next((cell for cell in cells if cell), "")
    name, _ = normalised(label)
    subject = _subject(reader, next(iter(reader.names.mentions(name)), None), name)
    for heading, (start, end) in zip(headings, block.cells, strict=False):
        text, positions = normalised(block.text[start:end])
        mentions = tuple(reader.names.mentions(text))
        hidden = reader.names.hide(text, mentions)
        template = reader.grammar.columns.get(heading, "")
        if cells[0] != label or not template:
            continue
        places = tuple(block.places[start + position] for position in positions)
        passage = Passage(text, mentions, places, reader.outline.scope)
        carried = {one.start: one.template for one in reader.grammar.readings(hidden) if one.template in _CARRIED}
        for token in re.finditer(rf"(?<![0-9.A-Za-z\ue000])(-?{NUMBER})", hidden):
            bound = BoundNumber(token[1], places[token.start()], passage, token.start(), token.end(), in_cell=True)
            slot = carried.get(token.start(), template)
            yield replace(bound, ref=_ref(reader, slot, subject)) if subject else bound


def _subject(reader: DraftReader, mention: Mention | None, name: str) -> Subject | None:
    document = reader.outline.document
    if mention is None:
        return Subject() if name in ("合计", "总计", "全市合计") else None
    match mention.kind:
        case "indicator":
            return Subject(mention.ids[0], document.unit)
        case "unit" | "region":
            return Subject("", mention.ids[0], document.area)
        case "area":
            return Subject("", document.unit, area_of(mention.ids[0]))
        case "city":
            return Subject("", None, document.area)
        case "task" | "other":
            return None


def _ref(reader: DraftReader, template: str, subject: Subject) -> Ref:
    slot = slot_of(template)
    name, group = slot.field, slot.group
    if name in ("completion", "overall", "area_mean"):
        name = "completion" if subject.indicator else "area_mean" if subject.area != EVERY else "overall"
    elif name in ("reporting", "owed", "reported", "filed"):
        of_row, of_unit = ("reporting", "owed") if name in ("reporting", "owed") else ("reported", "filed")
        name = of_row if subject.indicator else of_unit
    row = reader.facts.row(subject) if subject.indicator else None
    if name == "actual" and row is not None and stages_of(row):
        name, group = "addends", "met"
    return Ref(name, group, subject)
