"""The output of `mzplan explain`."""

from mzplan.render.explain.build import document
from mzplan.render.explain.json import as_document
from mzplan.render.formats import Formats, formats
from mzplan.scoring.explain import Explanation

FORMATS: Formats[Explanation] = formats(document, "text", "markdown", "html", "latex", "docx", json=as_document)
"""Every value of `explain --format`."""
