"""The output of `mzplan status`."""

from mzplan.render.formats import Formats, formats
from mzplan.render.status.build import document
from mzplan.render.status.json import as_document, jsonl
from mzplan.views import StatusView

FORMATS: Formats[StatusView] = formats(
    document, "terminal", "plain", "markdown", "html", "latex", "docx", "csv", "tsv", json=as_document, jsonl=jsonl
)
"""Every value of `status --format`."""
