"""The bulletin as JSON: every sentence with the figures it uses, each as the scorecard names it."""

from collections.abc import Sequence

from mzplan.bulletin.model import EVERY, Annex, Bulletin, BulletinParagraph, BulletinSection, Cited, Part, Ref, Sentence
from mzplan.bulletin.office import Office
from mzplan.figures import decimal_text
from mzplan.render.summary.build import annex_title, mark, safe
from mzplan.zh import dated

SCHEMA_VERSION = 1
"""Of the document below, and of the variables of a template, which are the same."""

Document = dict[str, object]


def as_document(bulletin: Bulletin) -> Document:
    """The bulletin as plain dictionaries, lists and strings; figures are decimals as strings, shares 0 to 1."""
    trace = bulletin.trace
    return {
        "schema_version": SCHEMA_VERSION,
        "kind": bulletin.kind,
        "draft": bulletin.draft,
        "title": _sentence(bulletin.title),
        "salutation": safe(bulletin.salutation),
        "lead": [_paragraph(paragraph) for paragraph in bulletin.lead],
        "sections": [_section(bulletin, section, 1, number) for number, section in enumerate(bulletin.sections, 1)],
        "annexes": [
            _annex(bulletin, annex, annex_title(len(bulletin.annexes), number))
            for number, annex in enumerate(bulletin.annexes, 1)
        ],
        "closing": safe(bulletin.closing),
        "attachments": [safe(title) for title in bulletin.attachments],
        "notes": [_sentence(note) for note in bulletin.notes],
        "signature": safe(bulletin.signature),
        "dated": safe(bulletin.dated),
        "office": _office(bulletin.office),
        "trace": {
            "plan": safe(trace.plan),
            "plan_digest": trace.plan_digest,
            "data_digest": trace.data_digest,
            "preset": trace.preset,
            "program": trace.program,
        },
    }


def _office(office: Office) -> Document:
    return {
        "number": safe(office.number),
        "signer": safe(office.signer),
        "copies": safe(office.copies),
        "printer": safe(office.printer),
        "printed": safe(dated(office.printed)),
        "contact": safe(office.contact),
        "phone": safe(office.phone),
    }


def _section(bulletin: Bulletin, section: BulletinSection, level: int, number: int) -> Document:
    return {
        "mark": mark(bulletin, level, number),
        "heading": safe(section.heading),
        "level": level,
        "paragraphs": [_paragraph(paragraph) for paragraph in section.paragraphs],
        "sections": [
            _section(bulletin, child, level + 1, position) for position, child in enumerate(section.sections, 1)
        ],
    }


def _paragraph(paragraph: BulletinParagraph) -> Document:
    return {
        "label": safe(paragraph.label),
        "text": safe(paragraph),
        "sentences": [_sentence(sentence) for sentence in paragraph.sentences],
    }


def _sentence(sentence: Sentence) -> Document:
    return {"text": safe(sentence), "figures": _figures(sentence.parts)}


def _annex(bulletin: Bulletin, annex: Annex, label: str) -> Document:
    return {
        "label": label,
        "title": safe(annex.title),
        "columns": [
            {"heading": column.heading, "align": column.align, "width": column.width} for column in annex.columns
        ],
        "rows": [[{"text": safe(cell), "figures": _figures(cell.parts)} for cell in row] for row in annex.rows],
        "note": safe(annex.note),
        "paragraphs": [_paragraph(paragraph) for paragraph in annex.paragraphs],
        "sections": [_section(bulletin, section, 1, number) for number, section in enumerate(annex.sections, 1)],
    }


def _figures(parts: Sequence[Part]) -> list[Document]:
    return [_figure(part) for part in parts if isinstance(part, Cited)]


def _figure(cited: Cited) -> Document:
    return {"text": cited.text, "measure_unit": cited.unit, "value": decimal_text(cited.value), **reference(cited.ref)}


def reference(ref: Ref) -> Document:
    """Which figure of the scorecard it is."""
    subject = ref.subject
    return {
        "field": ref.field or None,
        "group": ref.group or None,
        "indicator": subject.indicator or None,
        "unit": subject.unit,
        "area": None if subject.area == EVERY else "safeguards" if subject.area is None else subject.area,
    }
