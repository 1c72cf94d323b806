"""The output of `mzplan summary`. The same bulletin gives the same bytes."""

from mzplan.bulletin.model import Bulletin
from mzplan.render.formats import Formats, formats
from mzplan.render.summary.build import document
from mzplan.render.summary.json import as_document

FORMATS: Formats[Bulletin] = formats(document, "text", "markdown", "html", "docx", "xlsx", json=as_document)
"""Every value of `summary --format`."""
