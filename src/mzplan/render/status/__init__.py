"""The output of `mzplan status`."""

from mzplan.render.formats import Formats, formats
from mzplan.render.layout import Look
from mzplan.render.status.build import document
from mzplan.render.status.json import as_document, jsonl
from mzplan.views import StatusView


def _xlsx(view: StatusView, look: Look) -> bytes:
    from mzplan.render.status.sheets import xlsx  # few runs write a workbook

    return xlsx(view, look)


_TABLES = ("terminal", "plain", "markdown", "html", "latex", "docx", "csv", "tsv")
FORMATS: Formats[StatusView] = formats(document, *_TABLES, json=as_document, jsonl=jsonl, xlsx=_xlsx)
"""Every value of `status --format`."""
