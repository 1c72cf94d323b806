"""The main table of a document as CSV and TSV, for spreadsheets and other programs."""

from mzplan.reading.csv_border import MARK
from mzplan.reading.formula import no_formula
from mzplan.render.document import Document, Table
from mzplan.render.guard import ANYWHERE, inert
from mzplan.render.layout import Look


def csv(document: Document, _look: Look) -> str:
    """A byte order mark, every cell quoted, so that `::` begins no line, and no cell that could be a formula."""
    lines = [",".join(map(_quoted, row)) for row in _rows(document)]
    return MARK + "\r\n".join(lines) + "\r\n"


def tsv(document: Document, _look: Look) -> str:
    """Cells apart by tabs, of which no text can hold one; no cell that could be a formula."""
    return inert("\n".join("\t".join(map(no_formula, row)) for row in _rows(document)) + "\n")


def _rows(document: Document) -> list[list[str]]:
    table: Table = document.main or document.tables[0]
    return [table.raw_headings, *table.raw_rows()]


def _quoted(text: str) -> str:
    return '"' + ANYWHERE.sub("# #", no_formula(text)).replace('"', '""') + '"'
